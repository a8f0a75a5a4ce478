//! Tables and sentences: the one place that talks to people.

use std::io::{self, IsTerminal, Write};

use crate::app;
use crate::domain::shown::{Shown, Signs};
use crate::domain::task::StoredTask;
use crate::domain::view::Today;
use crate::domain::wording::{self, DateStyle};

/// How a command ended: the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Done,
    /// 1
    Failed,
    /// 2
    Usage,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The use case failed.
    #[error(transparent)]
    App(#[from] app::Error),
    /// The settings.
    #[error(transparent)]
    Settings(#[from] crate::settings::SettingsError),
    /// A date that nobody understands.
    #[error(transparent)]
    When(#[from] crate::domain::when::WhenError),
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// The exit status: 2 where something was typed that nobody understands.
    pub fn exit(&self) -> Exit {
        match self {
            Failure::When(_) => Exit::Usage,
            Failure::App(_) | Failure::Settings(_) | Failure::Output(_) => Exit::Failed,
        }
    }

    /// Whether nobody reads any more: `repbox list | head` has what it wanted.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Failure::Output(e) | Failure::App(app::Error::Output(e)) => e.kind() == io::ErrorKind::BrokenPipe,
            Failure::App(_) | Failure::Settings(_) | Failure::When(_) => false,
        }
    }
}

/// Says a sentence on standard error, harmless whatever it quotes.
pub fn say(sentence: &str) {
    // Where nobody listens, nothing can be said.
    drop(writeln!(io::stderr(), "{}", line(sentence)));
}

/// A text on one line, harmless.
pub fn line(text: &str) -> Shown {
    Shown::line(text, Signs::Unicode)
}

/// A row for each task: number, box, tag, date, text. Cut to the terminal's width, whole
/// where standard output is none.
pub fn table(tasks: &[StoredTask], today: &Today, out: &mut dyn Write) -> io::Result<()> {
    let width =
        io::stdout().is_terminal().then(|| crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns)));
    let dates: Vec<String> = tasks.iter().map(|task| date(task, today)).collect();
    let numbers = tasks.iter().map(|task| task.number.to_string().len()).max().unwrap_or(0);
    let longest = dates.iter().map(String::len).max().unwrap_or(0);
    for (task, date) in tasks.iter().zip(&dates) {
        let mark = if task.task.is_complete { 'x' } else { ' ' };
        let tag = wording::tag(task.task.body.task_type());
        let head = format!("{:>numbers$} [{mark}] {tag} {date:<longest$}  ", task.number.0);
        let text = line(&wording::row_text(&task.task));
        let text = width.map_or_else(|| text.clone(), |width| text.cut(width.saturating_sub(head.len())));
        writeln!(out, "{head}{text}")?;
    }
    Ok(())
}

/// A task in one line, for screen readers: what it is, then when.
pub fn plain(task: &StoredTask, today: &Today) -> String {
    let label = wording::label(task.task.body.task_type());
    format!("{}: {label}: {}, {}", task.number, line(&wording::row_text(&task.task)), date(task, today))
}

fn date(task: &StoredTask, today: &Today) -> String {
    match task.completed {
        Some(completed) => wording::done_cell(completed, today, DateStyle::Wide),
        None => wording::date_cell(task, today, DateStyle::Wide),
    }
}
