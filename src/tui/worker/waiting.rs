//! The questions that wait for the reader, and what has it leave the one that it is at.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::repository::{Error, Result};
use crate::tui::request::{Answer, Looked, Number, Read};

/// After an answer the processor is the screen's for a moment, before what nobody waits for.
pub(super) const BREATH: Duration = Duration::from_millis(4);
/// Questions for everything that come so soon after each other are those of a held key, or of a
/// burst of letters. The archive is looked at when it is over: the next one finds the processor free.
const BURST: Duration = Duration::from_millis(60);
/// The whole archive is looked through when whoever types has paused: no letter waits for it.
const PAUSE: Duration = Duration::from_millis(120);

/// Has the reader give up what it is at, where a question is to be answered first: it is
/// asked again, unless that question takes its place.
pub(super) struct Hurry {
    stop: Box<dyn Fn() + Send + Sync>,
    /// Whether the reader goes further with what it has answered in part.
    is_further: AtomicBool,
    /// How many stops have begun, and how many of them are over: one that hits a question
    /// is over only after that has begun.
    begun: AtomicU64,
    over: AtomicU64,
}

impl Hurry {
    /// `stop` has the reader give up what it is at.
    pub(super) fn new(stop: impl Fn() + Send + Sync + 'static) -> Hurry {
        let (begun, over) = (AtomicU64::new(0), AtomicU64::new(0));
        Hurry { stop: Box::new(stop), is_further: AtomicBool::new(false), begun, over }
    }

    /// Does it.
    pub(super) fn stop(&self) {
        self.begun.fetch_add(1, Ordering::SeqCst);
        (self.stop)();
        self.over.fetch_add(1, Ordering::SeqCst);
    }

    /// Answers a question; `None`: it was left for another one. Whatever one fails with
    /// that was stopped, it failed by that: SQLite does not always say so, as where the
    /// table of the words is opened just then.
    pub(super) fn while_at(
        &self,
        asked: &Asked,
        work: impl FnOnce() -> Option<Result<Answer>>,
    ) -> Option<Result<Answer>> {
        let over = self.over.load(Ordering::SeqCst);
        self.is_further.store(asked.is_further(), Ordering::SeqCst);
        let answered = work();
        self.is_further.store(false, Ordering::SeqCst);
        let is_stopped = || self.begun.load(Ordering::SeqCst) > over;
        answered.filter(|answered| answered.is_ok() || !is_stopped())
    }

    /// Whether a question that was sent comes before what the reader is at: everything anew,
    /// or anything where only counts are left.
    pub(super) fn is_due(&self, is_everything: bool) -> bool {
        is_everything || self.is_further.load(Ordering::SeqCst)
    }
}

/// A question that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) number: Number,
    pub(super) read: Read,
    /// How far the archive was looked through for it, where it was answered in part.
    pub(super) so_far: Option<Looked>,
}

impl Asked {
    /// Whether it goes further with what was answered in part.
    pub(super) fn is_further(&self) -> bool {
        self.so_far.is_some()
    }

    /// How long another question is waited for before this one is taken up.
    fn patience(&self, is_burst: bool) -> Duration {
        match self.so_far {
            None => Duration::ZERO,
            Some(Looked::NotYet) if is_burst => BURST,
            Some(Looked::NotYet) => BREATH,
            Some(Looked::Begun | Looked::Whole) => PAUSE,
        }
    }
}

/// The reads that wait: the newest of each kind, oldest kind first.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    reads: Vec<Asked>,
    /// When everything was last asked for.
    everything: Option<Instant>,
    /// Whether it was so soon after the time before.
    is_burst: bool,
}

impl Waiting {
    /// Takes one in that came at a moment, in place of an older one of its kind.
    pub(super) fn put(&mut self, (number, read): (Number, Read), at: Instant) {
        if matches!(read, Read::Everything { .. }) {
            let earlier = self.everything.replace(at);
            self.is_burst = earlier.is_some_and(|earlier| at.saturating_duration_since(earlier) < BURST);
        }
        self.reads.retain(|waiting| waiting.read.kind() != read.kind());
        self.reads.push(Asked { number, read, so_far: None });
    }

    /// Puts one back behind the others, unless a newer one has taken its place.
    fn put_back(&mut self, asked: Asked) {
        if self.reads.iter().all(|waiting| waiting.read.kind() != asked.read.kind()) {
            self.reads.push(asked);
        }
    }

    /// Whether none waits.
    pub(super) fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }

    /// The next one: the oldest that has no answer yet, before any that only goes further.
    pub(super) fn take(&mut self) -> Option<Asked> {
        let unanswered = self.reads.iter().position(|waiting| !waiting.is_further());
        (!self.reads.is_empty()).then(|| self.reads.remove(unanswered.unwrap_or(0)))
    }

    /// How long another question is waited for before the next one is taken; `None`: none waits.
    pub(super) fn patience(&self) -> Option<Duration> {
        self.reads.iter().map(|asked| asked.patience(self.is_burst)).min()
    }

    /// What is to be told of a question, if anything yet. `None`: it was left for another one.
    pub(super) fn settle(&mut self, asked: Asked, answered: Option<Result<Answer>>) -> Option<Answer> {
        match answered {
            None | Some(Err(Error::GivenUp(_))) => {
                self.put_back(asked);
                None
            }
            Some(Err(error)) => Some(Answer::Failed(asked.read.kind(), error.to_string())),
            Some(Ok(answer)) => {
                if let Answer::Everything(everything) = &answer
                    && everything.looked != Looked::Whole
                {
                    self.put_back(Asked { so_far: Some(everything.looked), ..asked });
                }
                Some(answer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, mpsc};

    use super::*;
    use crate::domain::edit::Field;
    use crate::domain::filter::{People, TypeSet};
    use crate::domain::query;
    use crate::domain::zone::Zone;
    use crate::repository::Repository;
    use crate::tui::model::sorting::Sorting;
    use crate::tui::reader::Reader;
    use crate::tui::request::{Everything, Scope, Want};

    fn asked(asked: Asked) -> (Number, Read) {
        (asked.number, asked.read)
    }

    fn everything(text: &str) -> Read {
        let today = crate::domain::view::Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let scope = Scope {
            types: TypeSet::ALL,
            people: People::Everyone,
            search: query::parse(text, &today, None).expect("a query"),
            today,
            keep: None,
            sorting: Sorting::default(),
        };
        let want = Want { around: None, rank: 0, rows: 60, after: None };
        Read::Everything { scope, wants: Box::new([want; 3]), marks: Vec::new() }
    }

    fn so_far(looked: Looked) -> Option<Result<Answer>> {
        Some(Ok(Answer::Everything(Box::new(Everything { looked, ..Everything::default() }))))
    }

    #[test]
    fn a_running_search_is_given_up_for_the_next_letter_and_for_no_details_unless_it_goes_further() {
        let hurry = Hurry::new(|| ());
        for so_far in [None, Some(Looked::NotYet)] {
            let asked = Asked { number: 1, read: everything("ac"), so_far };
            hurry.while_at(&asked, || {
                assert!(hurry.is_due(true));
                assert_eq!(hurry.is_due(false), so_far.is_some());
                None
            });
        }
    }

    fn strange() -> Option<Result<Answer>> {
        Some(Err(Error::Gone("vtable constructor failed: word".into())))
    }

    #[test]
    fn whatever_a_question_fails_with_while_it_is_stopped_it_is_asked_again() {
        let hurry = Hurry::new(|| ());
        let (asked, mut waiting) = (Asked { number: 1, read: everything("ac"), so_far: None }, Waiting::default());
        hurry.stop();
        let answered = hurry.while_at(&asked, strange);
        assert!(matches!(waiting.settle(asked.clone(), answered), Some(Answer::Failed(..))), "nothing stopped it");
        let answered = hurry.while_at(&asked, || {
            hurry.stop();
            strange()
        });
        assert_eq!((waiting.settle(asked.clone(), answered), waiting.take()), (None, Some(asked.clone())));
        let answered = hurry.while_at(&asked, || {
            hurry.stop();
            so_far(Looked::Whole)
        });
        assert!(waiting.settle(asked, answered).is_some(), "it was nearly answered");
    }

    #[test]
    fn a_stop_that_begins_before_a_question_and_ends_after_it_counts_as_its_own() {
        let (begun, begins) = mpsc::channel::<()>();
        let (ended, ends) = mpsc::channel::<()>();
        let ends = Mutex::new(ends);
        let hurry = Hurry::new(move || {
            begun.send(()).expect("somebody waits");
            ends.lock().expect("one stop").recv().expect("an end");
        });
        let asked = Asked { number: 1, read: everything("ac"), so_far: None };
        std::thread::scope(|scope| {
            scope.spawn(|| hurry.stop());
            begins.recv().expect("it begins");
            let answered = hurry.while_at(&asked, strange);
            ended.send(()).expect("it waits");
            assert!(answered.is_none(), "{answered:?}");
        });
    }

    #[test]
    fn a_search_that_is_stopped_at_any_moment_of_its_first_use_of_the_words_is_no_failure() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tasks.db");
        drop(Repository::open(&path).expect("a new file"));
        for _ in 0..40 {
            let mut reader = Reader::new(Repository::open_reader(&path).expect("opens"));
            let hurry = Hurry::new(reader.stopper());
            let (is_over, mut failed) = (AtomicBool::new(false), Vec::new());
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    while !is_over.load(Ordering::SeqCst) {
                        hurry.stop();
                        std::hint::spin_loop();
                    }
                });
                for word in ["quote", "acme", "dana"] {
                    let mut waiting = Waiting::default();
                    waiting.put((1, everything(&format!("{word} -lead:{word}"))), Instant::now());
                    for _ in 0..8 {
                        let Some(asked) = waiting.take() else { break };
                        let answered = hurry.while_at(&asked, || Some(reader.answer(asked.read.clone())));
                        failed
                            .extend(waiting.settle(asked, answered).filter(|told| matches!(told, Answer::Failed(..))));
                    }
                }
                is_over.store(true, Ordering::SeqCst);
            });
            assert_eq!(failed, []);
        }
    }

    #[test]
    fn what_was_given_up_is_asked_again_unless_a_newer_question_takes_its_place() {
        let mut waiting = Waiting::default();
        let given_up = || Some(Err(Error::GivenUp(std::path::PathBuf::new())));
        waiting.put((1, everything("a")), Instant::now());
        let first = waiting.take().expect("waits");
        assert_eq!(waiting.settle(first.clone(), given_up()), None);
        assert_eq!(waiting.take(), Some(first.clone()));
        waiting.put((2, everything("ac")), Instant::now());
        assert_eq!(waiting.settle(first, given_up()), None);
        assert_eq!(waiting.take().map(asked), Some((2, everything("ac"))));
        assert_eq!(waiting.take(), None);
    }

    #[test]
    fn a_search_goes_on_behind_what_else_is_asked_until_the_archive_is_looked_through() {
        let mut waiting = Waiting::default();
        waiting.put((1, everything("a")), Instant::now());
        let first = waiting.take().expect("waits");
        waiting.put((2, Read::Reps), Instant::now());
        assert!(waiting.settle(first, so_far(Looked::NotYet)).is_some());
        assert_eq!(waiting.take().map(asked), Some((2, Read::Reps)));
        let further = waiting.take().expect("waits");
        assert_eq!((further.so_far, further.number), (Some(Looked::NotYet), 1));
        assert!(waiting.settle(further, so_far(Looked::Begun)).is_some());
        assert!(waiting.patience() >= Some(Duration::from_millis(100)), "a fast hand types ten letters a second");
        waiting.put((3, Read::Reps), Instant::now());
        assert_eq!(waiting.patience(), Some(Duration::ZERO));
        assert_eq!(waiting.take().map(asked), Some((3, Read::Reps)), "what has no answer yet comes first");
        let further = waiting.take().expect("waits");
        assert_eq!((further.so_far, further.number), (Some(Looked::Begun), 1));
        assert!(waiting.settle(further, so_far(Looked::Whole)).is_some());
        assert_eq!(waiting.take(), None);
    }

    #[test]
    fn the_archive_waits_for_the_end_of_a_burst_of_letters_and_for_no_hand_that_types() {
        let start = Instant::now();
        for (apart, is_soon) in [(33, false), (59, false), (60, true), (150, true)] {
            let mut waiting = Waiting::default();
            waiting.put((1, everything("a")), start);
            waiting.put((2, everything("ac")), start + Duration::from_millis(apart));
            let asked = waiting.take().expect("waits");
            assert!(waiting.settle(asked, so_far(Looked::NotYet)).is_some());
            let patience = waiting.patience().expect("the archive is left");
            assert_eq!(patience < Duration::from_millis(10), is_soon, "{apart} ms");
            assert!(is_soon || patience >= Duration::from_millis(apart), "{apart} ms");
        }
    }

    #[test]
    fn a_newer_read_replaces_the_waiting_one_of_its_kind() {
        let mut waiting = Waiting::default();
        let card = |n| Read::Card { task: crate::domain::task::TaskNumber(n), lead: None, contact: None };
        waiting.put((1, card(1)), Instant::now());
        waiting.put((2, Read::Reps), Instant::now());
        waiting.put((3, card(3)), Instant::now());
        assert_eq!(waiting.take().map(asked), Some((2, Read::Reps)));
        assert_eq!(waiting.take().map(asked), Some((3, card(3))));
        assert_eq!(waiting.take(), None);
    }

    #[test]
    fn the_names_of_one_field_do_not_replace_those_of_another() {
        let mut waiting = Waiting::default();
        let names = |of, text: &str| Read::Names { of, text: text.to_owned(), lead: None };
        waiting.put((1, names(Field::Lead, "fa")), Instant::now());
        waiting.put((2, names(Field::Lead, "fab")), Instant::now());
        waiting.put((3, names(Field::Contact, "an")), Instant::now());
        assert_eq!(waiting.take().map(asked), Some((2, names(Field::Lead, "fab"))));
        assert_eq!(waiting.take().map(asked), Some((3, names(Field::Contact, "an"))));
    }
}
