//! The threads that reach the disk: one reads, one writes. Their answers are messages.
//! Other programs are waited for on threads of their own.
//!
//! A newer read of a kind replaces the one that waits, and has the reader give up the one
//! that it is at; writes are done one after the other and none is dropped. The reader also looks every 700 ms whether another
//! process has changed the file, the clock has jumped, or the machine has come to another zone.

mod waiting;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use self::waiting::{Hurry, Waiting};
use super::opener::{self, Order};
use super::reader::Reader;
use super::request::{Number, Read, Write};
use super::update::Msg;
use super::writer::{Intake, Writer};
use crate::clock::{self, Clock};
use crate::domain::zone::Zone;
use crate::repository::{Repository, Result};

/// How soon another process's change is seen, at the latest.
const GLANCE: Duration = Duration::from_millis(700);
/// When nobody has written for so long, the screen is remembered and the log moved into the
/// file. What others write is noticed one calm later, so that two make a quiet second.
const CALM: Duration = Duration::from_millis(450);
/// A difference between clocks that only a jump explains: sleep, or somebody set it.
const JUMP: Duration = Duration::from_millis(1500);

/// Where messages go; false when nobody listens any more.
pub type Sink = Box<dyn Fn(Msg) -> bool + Send + Sync>;

/// The two threads, and a way to start other programs.
pub struct Worker {
    reads: Sender<(Number, Read)>,
    hurry: Arc<Hurry>,
    writes: Sender<(Number, Write)>,
    writer: JoinHandle<()>,
    /// Where programs that fail are told.
    failures: Arc<Sink>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

impl Worker {
    /// Starts both threads on the file that `writer` has open.
    ///
    /// # Errors
    /// When the file cannot be opened a second time.
    pub fn start(writer: Repository, intake: Intake, clock: Clock, sink: impl Fn() -> Sink) -> Result<Worker> {
        let reader = Reader::new(writer.another_reader()?);
        let (reads, read_requests) = mpsc::channel();
        let (writes, write_requests) = mpsc::channel();
        let answers = Guarded(sink());
        let hurry = Arc::new(Hurry::new(reader.stopper()));
        let hurried = Arc::clone(&hurry);
        std::thread::spawn(move || serve_reads(reader, &read_requests, clock, &hurried, &answers));
        let outcomes = Guarded(sink());
        let mut writer = Writer { repository: writer, intake, last: None };
        let writer = std::thread::spawn(move || serve_writes(&mut writer, &write_requests, &outcomes));
        Ok(Worker { reads, hurry, writes, writer, failures: Arc::new(sink()) })
    }

    /// Asks. That a thread is gone is told by its last message.
    pub fn read(&self, number: Number, read: Read) {
        let is_everything = matches!(read, Read::Everything { .. });
        let _ = self.reads.send((number, read));
        if self.hurry.is_due(is_everything) {
            self.hurry.stop();
        }
    }

    /// Writes, after all earlier writes.
    pub fn write(&self, number: Number, write: Write) {
        let _ = self.writes.send((number, write));
    }

    /// Has another program do something. It may run for as long as it likes, also when this
    /// one has ended; that it fails is a message.
    pub fn start_program(&self, order: Order) {
        let failures = Arc::clone(&self.failures);
        std::thread::spawn(move || {
            if let Err(why) = opener::carry_out(&order) {
                failures(Msg::NotOpened(why));
            }
        });
    }

    /// Waits until every write is on the disk, or its failure among the messages.
    pub fn finish(self) {
        drop(self.writes);
        // A panic there has been told by its message, and printed.
        let _ = self.writer.join();
    }
}

/// Tells the loop when its thread panics: a screen without its disk, or without keys, must not
/// stay open.
pub(super) struct Guarded(pub(super) Sink);

impl Drop for Guarded {
    fn drop(&mut self) {
        if std::thread::panicking() {
            (self.0)(Msg::Broken);
        }
    }
}

fn serve_reads(
    mut reader: Reader,
    requests: &Receiver<(Number, Read)>,
    clock: Clock,
    hurry: &Hurry,
    answers: &Guarded,
) {
    let mut waiting = Waiting::default();
    let mut watch = Watch::new(clock);
    let mut reads_ahead = false;
    loop {
        let at_rest = if reads_ahead { waiting::BREATH } else { watch.left() };
        match requests.recv_timeout(waiting.patience().unwrap_or(at_rest)) {
            Ok(request) => waiting.put(request, Instant::now()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        requests.try_iter().for_each(|request| waiting.put(request, Instant::now()));
        if let Some(asked) = waiting.take() {
            let answered = hurry.while_at(&asked, || {
                let newer = requests.try_recv().map(|request| waiting.put(request, Instant::now()));
                (newer.is_err() || !asked.is_further()).then(|| reader.answer(asked.read.clone()))
            });
            requests.try_iter().for_each(|request| waiting.put(request, Instant::now()));
            let number = asked.number;
            let answer = waiting.settle(asked, answered);
            if answer.is_some_and(|answer| !answers.0(Msg::Answer(number, answer))) {
                return;
            }
        }
        if watch.is_due() {
            if !glance(&reader, &mut watch, answers) {
                return;
            }
            reads_ahead = true;
        }
        // What a search will need, a little at a time, as long as nobody waits.
        if reads_ahead && waiting.is_empty() {
            reads_ahead = reader.read_ahead().unwrap_or(false);
        }
    }
}

fn glance(reader: &Reader, watch: &mut Watch, answers: &Guarded) -> bool {
    let jumped = watch.turn();
    let told = !reader.is_behind() || answers.0(Msg::FileChanged);
    let told = told && jumped.is_none_or(|now| answers.0(Msg::Now(now)));
    told && watch.moved(clock::system_zone()).is_none_or(|here| answers.0(Msg::Here(here)))
}

/// When to look next, whether the wall clock ran as the steady one, and where the machine is.
struct Watch {
    clock: Clock,
    here: Zone,
    steady: Instant,
    wall: chrono::DateTime<chrono::Utc>,
}

impl Watch {
    fn new(clock: Clock) -> Watch {
        Watch { clock, here: clock::system_zone(), steady: Instant::now(), wall: clock.now() }
    }

    fn left(&self) -> Duration {
        GLANCE.saturating_sub(self.steady.elapsed())
    }

    fn is_due(&self) -> bool {
        self.steady.elapsed() >= GLANCE
    }

    /// Begins the next second; the time, if the clock has jumped.
    fn turn(&mut self) -> Option<chrono::DateTime<chrono::Utc>> {
        let (steady, wall) = (self.steady.elapsed(), self.clock.now());
        let passed = wall.signed_duration_since(self.wall);
        let apart = passed.num_milliseconds().abs_diff(i64::try_from(steady.as_millis()).unwrap_or(i64::MAX));
        (self.steady, self.wall) = (Instant::now(), wall);
        let runs = matches!(self.clock, Clock::System);
        (runs && u128::from(apart) > JUMP.as_millis()).then_some(wall)
    }

    /// The machine's zone, if it is another one by now.
    fn moved(&mut self, here: Zone) -> Option<Zone> {
        (std::mem::replace(&mut self.here, here) != here).then_some(here)
    }
}

fn serve_writes(writer: &mut Writer, requests: &Receiver<(Number, Write)>, outcomes: &Guarded) {
    // Where the setting is refused, SQLite moves the log itself, in the middle of some write.
    let deferred = writer.repository.defer_checkpoints().is_ok();
    let mut log = Log { is_long: false, version: writer.repository.data_version().ok() };
    let mut later = None;
    loop {
        match requests.recv_timeout(CALM) {
            // Only the last screen counts, and no list needs to be read anew for it.
            Ok((number, remember @ Write::Remember(_))) => later = Some((number, remember)),
            Ok((number, write)) => {
                log.is_long |= deferred;
                outcomes.0(Msg::Written(number, writer.perform(write)));
            }
            Err(ended) => {
                if let Some((number, remember)) = later.take() {
                    outcomes.0(Msg::Written(number, writer.perform(remember)));
                    log.is_long = true;
                }
                let is_over = ended == RecvTimeoutError::Disconnected;
                log.empty_if_calm(&mut writer.repository, is_over);
                if is_over {
                    return;
                }
            }
        }
    }
}

/// What is known of the log: others write into it too, and cannot empty it while the
/// screen reads.
struct Log {
    is_long: bool,
    version: Option<i64>,
}

impl Log {
    /// Moves the log into the file, unless somebody has just written.
    fn empty_if_calm(&mut self, repository: &mut Repository, is_over: bool) {
        let version = repository.data_version().ok();
        let others_wrote = version != self.version;
        self.version = version;
        self.is_long |= others_wrote;
        if is_over || (self.is_long && !others_wrote) {
            // The changes are safe in the log; only its length is at stake.
            let _ = repository.checkpoint();
            self.is_long = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p32_a_thread_that_panics_says_that_it_is_gone() {
        let (sender, messages) = mpsc::channel();
        let guarded = Guarded(Box::new(move |msg| sender.send(msg).is_ok()));
        let panics = std::thread::spawn(move || {
            let _guarded = guarded;
            panic!("on purpose");
        });
        assert!(panics.join().is_err());
        assert_eq!(messages.recv(), Ok(Msg::Broken));
    }

    #[test]
    fn p11_changes_of_others_are_looked_for_so_often_that_a_second_has_room_to_show_them() {
        // On a million tasks both take less than a tenth of it: BENCHMARKS.md.
        const TO_READ_AND_DRAW: Duration = Duration::from_millis(300);
        assert!(GLANCE + TO_READ_AND_DRAW <= Duration::from_secs(1), "{GLANCE:?}");
        let mut watch = Watch::new(Clock::System);
        assert!(watch.left() <= GLANCE);
        watch.steady = watch.steady.checked_sub(GLANCE).expect("the machine has run for a while");
        assert!(watch.is_due() && watch.left().is_zero(), "it neither waits longer nor passes it over");
    }

    #[test]
    fn a_fixed_clock_never_jumps() {
        let mut watch = Watch::new(Clock::Fixed(chrono::DateTime::UNIX_EPOCH));
        watch.steady = watch.steady.checked_sub(Duration::from_secs(60)).unwrap_or(watch.steady);
        assert_eq!(watch.turn(), None);
    }

    #[test]
    fn a_clock_that_ran_on_while_the_machine_slept_is_told_as_one_that_was_set_back() {
        for hours in [-9, 9] {
            let mut watch = Watch::new(Clock::System);
            watch.wall += chrono::TimeDelta::hours(hours);
            assert!(watch.turn().is_some(), "{hours}");
            assert_eq!(watch.turn(), None, "once");
        }
    }

    #[test]
    fn another_zone_of_the_machine_is_told_once() {
        let mut watch = Watch::new(Clock::System);
        watch.here = Zone::UTC;
        let riga = Zone::parse("Europe/Riga").unwrap();
        assert_eq!([Zone::UTC, riga, riga].map(|here| watch.moved(here)), [None, Some(riga), None]);
    }
}
