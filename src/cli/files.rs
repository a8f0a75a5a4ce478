//! `import`, `export`, `backup`, `demo --into`, `demo --print`: files in and out.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressStyle};

use super::World;
use super::args::{Chosen, ExportForm};
use super::output::{Exit, Failure, line, say};
use crate::app::demo;
use crate::app::export::{self, Part};
use crate::app::import::{self, News, Options, Source};
use crate::app::{self, Error};
use crate::domain::filter::{Query, TypeSet};
use crate::domain::order::Order;
use crate::domain::view::{Today, View};
use crate::domain::wording;
use crate::repository::Repository;

/// `repbox import`
pub fn import(world: &World, files: &[PathBuf], options: Options, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository = world.writer()?;
    let bar = bar(files);
    let read = Arc::new(AtomicU64::new(0));
    let sources = files.iter().map(|file| source(&repository, file, &read)).collect::<Result<Vec<_>, _>>()?;
    let report = import::import(&mut repository, sources, options, world.clock.now(), &mut |news| match news {
        News::Bad { source, place, reason } => bar.suspend(|| say(&format!("{source}, {place}: {reason}"))),
        News::Progress(tasks) => {
            bar.set_position(read.load(Ordering::Relaxed));
            bar.set_message(format!("{tasks} tasks"));
        }
    })?;
    bar.finish_and_clear();
    if report.passed_over > 0 && !world.quiet {
        say(&format!("{} events bring no task and were passed over", report.passed_over));
    }
    if options.strict && report.bad > 0 {
        say("nothing was imported: --strict takes all or nothing");
        return Ok(Exit::Failed);
    }
    let done = if options.dry_run { "Would import" } else { "Imported" };
    writeln!(out, "{done} {}", report.counts())?;
    Ok(if report.bad > 0 { Exit::Failed } else { Exit::Done })
}

fn bar(files: &[PathBuf]) -> ProgressBar {
    let size = files.iter().map(|file| std::fs::metadata(file).map_or(0, |meta| meta.len())).sum();
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:40} {percent}% {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(size).with_style(style)
}

/// Counts the bytes that the reading thread has taken.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

fn source(repository: &Repository, file: &Path, read: &Arc<AtomicU64>) -> app::Result<Source> {
    let read = Arc::clone(read);
    if file == Path::new("-") {
        return Ok(Source { name: "standard input".to_owned(), bytes: Box::new(Counted { inner: io::stdin(), read }) });
    }
    let name = file.display().to_string();
    if repository.owns(file) {
        return Err(Error::OwnFile(name));
    }
    match File::open(file) {
        Ok(inner) => Ok(Source { name, bytes: Box::new(Counted { inner, read }) }),
        Err(error) => Err(Error::Source { name, error }),
    }
}

/// `repbox export`
pub fn export(
    world: &World,
    chosen: &Chosen,
    view: View,
    form: ExportForm,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let repository = world.reader()?;
    let filter = world.filter(&repository, chosen, TypeSet::ALL)?;
    let query = Query { view, filter, order: Order::AS_THEY_CAME };
    let part = Part { skip: 0, limit: None, fields: None };
    export::export(&repository, &query, &world.today(), (form.into(), part), out)?;
    Ok(Exit::Done)
}

/// `repbox backup`
///
/// # Errors
/// When the copy's name is taken or cannot be written, or the file is damaged; then there
/// is no copy.
pub fn backup(world: &World, target: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let copied = world.reader()?.backup(target).map_err(Error::from)?;
    let (tasks, size) = (copied.tasks, wording::bytes_in_words(copied.bytes));
    let noun = if tasks == 1 { "task" } else { "tasks" };
    writeln!(out, "Copied {tasks} {noun}, {size}, to {}", line(&copied.path.display().to_string()))?;
    Ok(Exit::Done)
}

/// `repbox demo --print`
pub fn print_demo(world: &World, out: &mut dyn Write) -> Result<Exit, Failure> {
    write!(out, "{}", demo::ndjson(&world.today()))?;
    Ok(Exit::Done)
}

/// `repbox demo --into`
pub fn demo_into(world: &World, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut repository = world.writer()?;
    let report = demo::import(&mut repository, &world.today())?;
    writeln!(out, "{}", report.sentence())?;
    Ok(Exit::Done)
}

/// A path that was typed where no shell reads `~`.
pub(super) fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        (Err(_), _) | (_, None) => path.to_owned(),
    }
}

/// Takes in a file for the screen; the sentence for its notice line.
///
/// # Errors
/// As a sentence, when the file cannot be read or written.
pub fn intake(repository: &mut Repository, file: &Path, now: DateTime<Utc>) -> Result<String, String> {
    let read = Arc::new(AtomicU64::new(0));
    let source = source(repository, &from_home(file), &read).map_err(|e| e.to_string())?;
    let report =
        import::import(repository, vec![source], Options::default(), now, &mut |_| {}).map_err(|e| e.to_string())?;
    let bad =
        if report.bad > 0 { format!(", {} refused: repbox import names them", report.bad) } else { String::new() };
    Ok(format!("{}{bad}", report.sentence()))
}

/// Takes in the demo for the screen.
///
/// # Errors
/// As a sentence, when the file cannot be written.
pub fn intake_demo(repository: &mut Repository, today: &Today) -> Result<String, String> {
    demo::import(repository, today).map(|report| report.sentence()).map_err(|e| e.to_string())
}
