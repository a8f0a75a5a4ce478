//! Takes files of tasks in: one thread reads and packs, the other writes.

use std::collections::VecDeque;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use crate::close::parse::Flaw;
use crate::close::reader::{self, Piece};
use crate::domain::record::Record;
use crate::domain::task::Task;
use crate::domain::wording;
use crate::repository::{Importer, Packed, Repository, Taken};

/// A source of tasks with the name that errors call it by.
pub struct Source {
    /// A file's path, or `standard input`.
    pub name: String,
    /// Its bytes.
    pub bytes: Box<dyn Read + Send>,
}

/// How an import goes about bad records and the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// One bad record, and nothing is taken in.
    pub strict: bool,
    /// Nothing is taken in; the counts say what would be.
    pub dry_run: bool,
}

/// What came of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Tasks that the file did not have.
    pub new: u64,
    /// Tasks that changed.
    pub updated: u64,
    /// Tasks that were the same, or newer here.
    pub unchanged: u64,
    /// Tasks that were deleted here, and stay so.
    pub deleted: u64,
    /// Records that were refused.
    pub bad: u64,
    /// Events that bring no task, such as deletions: what is held is kept.
    pub passed_over: u64,
}

impl Report {
    /// The sentence that ends an import.
    pub fn sentence(&self) -> String {
        format!("Imported {}", self.counts())
    }

    /// `1 204 tasks: 900 new, 280 updated, 24 unchanged`
    pub fn counts(&self) -> String {
        wording::taken_in(self.new, self.updated, self.unchanged, self.deleted)
    }

    /// One more task was taken in.
    pub(super) fn count(&mut self, taken: Taken) {
        match taken {
            Taken::New => self.new += 1,
            Taken::Updated => self.updated += 1,
            Taken::Unchanged => self.unchanged += 1,
            Taken::StaysDeleted => self.deleted += 1,
        }
    }

    fn read(&self) -> u64 {
        self.new + self.updated + self.unchanged + self.deleted + self.bad
    }
}

/// Something worth telling while an import runs.
#[derive(Debug)]
pub enum News<'a> {
    /// A record was refused.
    Bad {
        /// The source's name.
        source: &'a str,
        /// `line 12`, or `record 12`.
        place: &'a str,
        /// What is wrong with it.
        reason: &'a str,
    },
    /// So many records have been read.
    Progress(u64),
}

enum Item {
    Whole(Box<Packed>),
    Part(Record<'static>, Option<DateTime<Utc>>),
    Nothing,
    Bad(String),
    Failed(std::io::Error),
}

/// So many records go from thread to thread at once.
const BATCH: usize = 128;
/// Fewer go where they are long: so many bytes, and what the last one has beyond.
const HEAVIEST: usize = 1 << 20;
/// So many batches wait at most: memory does not grow with the file.
const WAITING: usize = 8;
/// While so many bytes wait, nothing more is packed: the longest records are a batch each.
const HEAVIEST_WAITING: usize = WAITING * HEAVIEST;

type Batch = Vec<(String, Item)>;

/// Takes the sources in, all in one step of the journal.
///
/// # Errors
/// When a source cannot be read or the file cannot be written: then nothing was taken in.
pub fn import(
    repository: &mut Repository,
    sources: Vec<Source>,
    options: Options,
    now: DateTime<Utc>,
    tell: &mut dyn FnMut(News<'_>),
) -> Result<Report> {
    let mut importer = repository.importer(now)?;
    let mut report = Report::default();
    for Source { name, bytes } in sources {
        let (sender, batches) = sync_channel::<Batch>(WAITING);
        let (used, emptied) = channel();
        // At an error it may wait for its source for ever, and is left: nobody waits for it,
        // and the lock on the file goes at once.
        let reading = std::thread::spawn(move || pack(bytes, &sender, &emptied));
        for batch in &batches {
            for (place, item) in &batch {
                one(&mut importer, &mut report, (&name, place), item, tell)?;
            }
            tell(News::Progress(report.read()));
            // The reading thread may be done by now.
            let _ = used.send(batch);
        }
        // One that panicked has not read its source to the end.
        if let Err(panic) = reading.join() {
            std::panic::resume_unwind(panic);
        }
    }
    let refused = options.strict && report.bad > 0;
    if !options.dry_run && !refused {
        importer.finish(&report.sentence())?;
    }
    Ok(report)
}

/// Reads and packs. Batches come back when they are used: memory that one thread takes
/// and another gives back makes both wait for the allocator.
fn pack(bytes: Box<dyn Read + Send>, sender: &SyncSender<Batch>, emptied: &Receiver<Batch>) {
    let (mut batch, mut weight) = (Batch::with_capacity(BATCH), 0);
    // What each batch weighs that is not used yet; they are used in the order in which they went.
    let mut waiting = VecDeque::new();
    let read = reader::read(bytes, &mut |place, piece| {
        weight += bytes_of(&piece);
        batch.push((place.to_owned(), item(piece)));
        if batch.len() < BATCH && weight < HEAVIEST {
            return ControlFlow::Continue(());
        }
        waiting.push_back(std::mem::take(&mut weight));
        // Nobody listens after an error.
        if sender.send(std::mem::take(&mut batch)).is_err() {
            return ControlFlow::Break(());
        }
        for _ in emptied.try_iter() {
            waiting.pop_front();
        }
        while waiting.iter().sum::<usize>() > HEAVIEST_WAITING {
            if emptied.recv().is_err() {
                return ControlFlow::Break(());
            }
            waiting.pop_front();
        }
        batch.reserve(BATCH);
        ControlFlow::Continue(())
    });
    if let Err(e) = read {
        batch.push((String::new(), Item::Failed(e)));
    }
    drop(sender.send(batch));
}

fn bytes_of(piece: &Piece<'_>) -> usize {
    match piece {
        Piece::Task(record) | Piece::Part(record, _) => record.fields().iter().map(|field| field.json.len()).sum(),
        Piece::Nothing | Piece::Bad(_) => 0,
    }
}

fn item(piece: Piece<'_>) -> Item {
    match piece {
        Piece::Task(record) => match Task::read(&record) {
            Ok(task) => Item::Whole(Box::new(Packed::new(&record, &task, None))),
            Err(e) => Item::Bad(e.to_string()),
        },
        Piece::Part(record, told) => Item::Part(record.into_owned(), told),
        Piece::Nothing => Item::Nothing,
        Piece::Bad(flaw) => Item::Bad(flaw.to_string()),
    }
}

fn one(
    importer: &mut Importer<'_>,
    report: &mut Report,
    (source, place): (&str, &str),
    item: &Item,
    tell: &mut dyn FnMut(News<'_>),
) -> Result<()> {
    let taken = match item {
        Item::Whole(packed) => Ok(importer.take(packed)?),
        Item::Part(part, told) => match laid_over(importer, part, *told)? {
            Ok(packed) => Ok(importer.take(&packed)?),
            Err(flaw) => Err(flaw.to_string()),
        },
        Item::Bad(reason) => Err(reason.clone()),
        Item::Nothing => {
            report.passed_over += 1;
            return Ok(());
        }
        Item::Failed(error) => {
            let error = std::io::Error::new(error.kind(), error.to_string());
            return Err(Error::Source { name: source.to_owned(), error });
        }
    };
    match taken {
        Ok(taken) => report.count(taken),
        Err(reason) => {
            report.bad += 1;
            tell(News::Bad { source, place, reason: &reason });
        }
    }
    Ok(())
}

/// Lays the fields of an event over the record that is held: what an event leaves out,
/// or gives as null in `view`, says nothing.
fn laid_over(
    importer: &mut Importer<'_>,
    part: &Record<'static>,
    told: Option<DateTime<Utc>>,
) -> Result<std::result::Result<Box<Packed>, Flaw>> {
    let id = part.get("id").and_then(|json| serde_json::from_str::<String>(json).ok()).unwrap_or_default();
    let record = match importer.held(&id)? {
        None => part.clone(),
        Some(held) => {
            let mut fields = held.fields().to_vec();
            for field in part.fields().iter().filter(|f| f.name != "view") {
                match fields.iter_mut().find(|held| held.name == field.name) {
                    Some(held) => *held = field.clone(),
                    None => fields.push(field.clone()),
                }
            }
            match Record::from_fields(fields) {
                Ok(record) => record,
                Err(e) => return Ok(Err(e.into())),
            }
        }
    };
    Ok(match Task::read(&record) {
        Ok(task) => Ok(Box::new(Packed::new(&record, &task, told))),
        Err(e) => Err(e.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(length: usize) -> String {
        format!("{{\"_type\":\"lead\",\"id\":\"a\",\"text\":\"{}\"}}\n", "a".repeat(length))
    }

    #[test]
    fn p25_no_more_is_packed_while_long_records_wait() {
        for (length, most) in [(10, 12), (HEAVIEST, WAITING), (4 * HEAVIEST, 2), (12 * HEAVIEST, 1)] {
            let (sender, batches) = sync_channel(BATCH);
            // Nothing is used, and who would wait for that is told so.
            let (_, emptied) = channel();
            let records = if length < HEAVIEST { 12 * BATCH } else { 12 };
            pack(Box::new(std::io::Cursor::new(task(length).repeat(records))), &sender, &emptied);
            drop(sender);
            assert_eq!(batches.iter().filter(|batch| !batch.is_empty()).count(), most, "{length}");
        }
    }

    #[test]
    fn p25_long_records_are_few_to_a_batch() {
        for (length, most) in [(10, BATCH), (HEAVIEST / 4, 4), (HEAVIEST, 1)] {
            let (sender, batches) = sync_channel(BATCH);
            let (_used, emptied) = channel();
            let lines = task(length).repeat(most * 2).into_bytes();
            pack(Box::new(std::io::Cursor::new(lines)), &sender, &emptied);
            drop(sender);
            let lengths: Vec<usize> = batches.iter().map(|batch| batch.len()).collect();
            assert_eq!(lengths, [most, most, 0], "{length}");
        }
    }
}
