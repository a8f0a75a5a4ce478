//! Tables and sentences: the one place that talks to people.

use std::io::{self, IsTerminal, Write};

use crate::app;
use crate::app::find::FindError;
use crate::domain::query::Search;
use crate::domain::shown::{Shown, Signs};
use crate::domain::task::StoredTask;
use crate::domain::view::{Today, View};
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
    #[error("the output cannot be written: {}", crate::domain::wording::reason(.0))]
    Output(#[from] io::Error),
}

impl Failure {
    /// The exit status: 2 where something was typed that nobody understands.
    pub fn exit(&self) -> Exit {
        match self {
            Failure::When(_)
            | Failure::App(
                app::Error::Find(FindError::Type { .. } | FindError::NoType | FindError::Field { .. })
                | app::Error::Query { .. }
                | app::Error::Incomplete(_),
            ) => Exit::Usage,
            Failure::App(_) | Failure::Settings(_) | Failure::Output(_) => Exit::Failed,
        }
    }

    /// Says on standard error what went wrong; of a query, also where.
    pub fn tell(&self) {
        say(&format!("repbox: {self}"));
        if let Failure::App(app::Error::Query { text, error }) = self {
            underlined(text, &error.span).into_iter().flatten().for_each(|text| say(&text));
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

/// A longer query is not shown again.
const LONGEST_QUERY: usize = 200;

/// A query, and below it a mark under the part that is meant.
fn underlined(text: &str, span: &std::ops::Range<usize>) -> Option<[String; 2]> {
    let (before, bad) = (line(text.get(..span.start)?).cells(), line(text.get(span.clone())?).cells());
    let is_shown = bad > 0 && line(text).cells() <= LONGEST_QUERY;
    is_shown.then(|| [format!("  {text}"), format!("  {}{}", " ".repeat(before), "^".repeat(bad))])
}

/// What is said where no task of a view matches.
pub(super) fn nothing_matches(search: &Search, view: View) -> String {
    let place = match view {
        View::Inbox => "in the inbox ",
        View::Future => "in the future ",
        View::Open => "open ",
        View::Archive => "in the archive ",
        View::All => "",
    };
    let hint = if view == View::All { "" } else { " --view all looks everywhere." };
    format!("Nothing {place}matches {}.{hint}", search.words())
}

/// A text on one line, harmless.
pub fn line(text: &str) -> Shown {
    Shown::line(text, Signs::Unicode)
}

/// The terminal's own red, and its own colour again.
const RED: &str = "\x1b[31m";
const PLAIN: &str = "\x1b[39m";

/// A row for each task: number, box, tag, date, text. Cut to the terminal's width, whole
/// where standard output is none. With `colours`, the date of what is overdue is red, as on
/// the screen.
pub fn table(tasks: &[StoredTask], today: &Today, colours: bool, out: &mut dyn Write) -> io::Result<()> {
    let width =
        io::stdout().is_terminal().then(|| crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns)));
    let dates: Vec<String> = tasks.iter().map(|task| date(task, today)).collect();
    let numbers = tasks.iter().map(|task| task.number.to_string().len()).max().unwrap_or(0);
    let longest = dates.iter().map(String::len).max().unwrap_or(0);
    for (task, date) in tasks.iter().zip(&dates) {
        let mark = if task.task.is_complete { 'x' } else { ' ' };
        let tag = wording::tag(task.task.body.task_type());
        let (head, date) = (format!("{:>numbers$} [{mark}] {tag} ", task.number.0), format!("{date:<longest$}  "));
        let text = line(&wording::row_text(&task.task));
        let used = head.len() + date.len();
        let text = width.map_or_else(|| text.clone(), |width| text.cut(width.saturating_sub(used)));
        let is_alarm = colours && !task.task.is_complete && today.is_overdue(task.task.actionable());
        match is_alarm {
            true => writeln!(out, "{head}{RED}{date}{PLAIN}{text}")?,
            false => writeln!(out, "{head}{date}{text}")?,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bad_term_of_a_query_is_underlined_in_cells() {
        assert_eq!(underlined("日本 tpye:x y", &(7..13)), Some(["  日本 tpye:x y".into(), "       ^^^^^^".into()]));
        assert_eq!(underlined(&"x".repeat(201), &(0..5)), None);
        assert_eq!(underlined("", &(0..0)), None);
    }
}
