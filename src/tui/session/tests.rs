//! The loop with a real file, stepped until the disk has nothing more to say.

mod meanwhile;
mod purging;

use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::edit::{Changes, Edit};
use crate::domain::record::{Record, quote};
use crate::domain::task::{Party, RepId, Task, TaskNumber};
use crate::domain::view::Today;
use crate::domain::zone::Zone;
use crate::repository::{Batch, Repository};
use crate::tui::key::Key;
use crate::tui::model::memory::Memory;
use crate::tui::model::{Look, Model, Size};
use crate::tui::request::ListName;
use crate::tui::worker::Sink;
use crate::tui::writer::Intake;

/// A terminal that counts its frames.
#[derive(Debug)]
struct Paper {
    terminal: Terminal<TestBackend>,
    frames: usize,
    copied: Vec<String>,
}

impl Surface for Paper {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.frames += 1;
        self.terminal.draw(|frame| crate::tui::view::draw(frame, model)).expect("a test backend has no errors");
        Ok(())
    }
    fn clear(&mut self) -> io::Result<()> {
        self.terminal.clear().expect("a test backend has no errors");
        Ok(())
    }
    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn edit(&mut self, text: &str) -> io::Result<Result<String, String>> {
        Ok(Ok(format!("{text}, and more")))
    }
    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }
    fn mouse(&mut self, _: bool) -> io::Result<()> {
        Ok(())
    }
    fn size(&self) -> io::Result<Size> {
        Ok(Size { width: 140, height: 40 })
    }
}

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-01-05T14:00:00Z").expect("a moment").to_utc()
}

fn fill(repository: &mut Repository, texts: &[String]) {
    let mut importer = repository.importer(now()).expect("an importer");
    for (i, text) in texts.iter().enumerate() {
        let mut record = Record::new();
        record.set("id", quote(&format!("task_{i:05}")));
        record.set("_type", quote("lead"));
        record.set("is_complete", "false");
        record.set("date", quote("2026-01-05"));
        record.set("text", quote(text));
        let task = Task::read(&record).expect("a task");
        importer.take(&crate::repository::Packed::new(&record, &task, None)).expect("taken in");
    }
    importer.finish("Imported").expect("finished");
}

fn intake() -> Intake {
    let file = |repository: &mut Repository, _: &std::path::Path, _| {
        fill(repository, &["From a file".to_owned()]);
        Ok("Imported 1 task".to_owned())
    };
    Intake { file, demo: |_, _| Err("no demo here".to_owned()) }
}

struct Bench {
    session: Session<Paper>,
    sender: Sender<Msg>,
    _folder: tempfile::TempDir,
    path: std::path::PathBuf,
}

fn bench(texts: &[String]) -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("inbox.db");
    let mut repository = Repository::open(&path).expect("a new file");
    if !texts.is_empty() {
        fill(&mut repository, texts);
    }
    let (session, sender) = open(repository);
    Bench { session, sender, _folder: folder, path }
}

fn open(repository: Repository) -> (Session<Paper>, Sender<Msg>) {
    let remembered = repository.memory(Memory::KEY).expect("readable");
    let (sender, messages) = mpsc::channel();
    let clock = Clock::Fixed(now());
    let sink = || -> Sink {
        let sender = sender.clone();
        Box::new(move |msg| sender.send(msg).is_ok())
    };
    let worker = Worker::start(repository, intake(), clock, sink).expect("a worker");
    let look = Look { colour: true, ..Look::default() };
    let mut model = Model::new(Today::new(now(), Zone::UTC), Size { width: 140, height: 40 }, look);
    if let Some(memory) = Memory::read(remembered.as_deref()) {
        memory.recall(&mut model);
    }
    let terminal = Terminal::new(TestBackend::new(140, 40)).expect("a test backend has no errors");
    let paper = Paper { terminal, frames: 0, copied: Vec::new() };
    let mut session = Session::begin(model, paper, worker, clock, messages).expect("begun");
    settle(&mut session);
    (session, sender)
}

/// Steps until no question and no write is open; the cursor need not rest for it.
fn settle(session: &mut Session<Paper>) {
    if session.model.details.is_trailing() {
        session.turn(Some(Msg::Rested)).expect("a turn");
    }
    let deadline = Instant::now() + Duration::from_secs(20);
    while session.model.is_waiting() {
        assert!(Instant::now() < deadline, "the disk has not answered within 20 s");
        session.step(Duration::from_millis(100)).expect("a turn");
    }
}

impl Bench {
    fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            let key = Key::parse(key).expect("a key");
            self.session.turn(Some(Msg::Key(KeyEvent::new(key.code, key.modifiers)))).expect("a turn");
        }
        settle(&mut self.session);
    }

    fn total(&self, list: ListName) -> usize {
        self.session.model.panes.list(list).total()
    }

    /// Steps until the screen says something that nobody asked for.
    fn until(&mut self, words: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while !self.screen().contains(words) {
            assert!(Instant::now() < deadline, "{words} is not on\n{}", self.screen());
            self.session.step(Duration::from_millis(100)).expect("a turn");
        }
    }

    fn screen(&self) -> String {
        self.session.surface.terminal.backend().to_string()
    }
}

fn texts(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("Task {i:05}")).collect()
}

#[test]
fn a_toggle_is_on_the_disk_and_undo_brings_it_back() {
    let mut bench = bench(&texts(3));
    bench.press("e");
    assert_eq!((bench.total(ListName::Inbox), bench.total(ListName::Archive)), (2, 1));
    assert!(bench.screen().contains("saved 14:00"));
    let other = Repository::open_reader(&bench.path).expect("a second reader");
    assert_eq!(other.open_tasks(&Default::default(), &Zone::UTC).expect("readable").len(), 2);
    bench.press("u");
    assert_eq!((bench.total(ListName::Inbox), bench.total(ListName::Archive)), (3, 0));
    assert_eq!(bench.session.model.panes.current().rank(), Some(0));
}

#[test]
fn scrolling_meets_every_task_of_a_long_list() {
    let mut bench = bench(&texts(700));
    for i in 1..700 {
        bench.press("j");
        let row = bench.session.model.current_task().expect("a row").clone();
        assert_eq!(crate::domain::wording::title(&row.task), format!("Task {i:05}"));
    }
    bench.press("g g * a e");
    bench.press("y");
    assert_eq!((bench.total(ListName::Inbox), bench.total(ListName::Archive)), (0, 700));
    bench.press("g a G");
    for i in 1..700 {
        bench.press("k");
        assert_eq!(bench.session.model.panes.current().rank(), Some(699 - i));
    }
}

#[test]
fn another_process_is_seen_without_a_key_and_the_cursor_stays_on_its_task() {
    let mut bench = bench(&texts(5));
    bench.press("j j");
    let before = bench.session.model.panes.current().number();
    let mut other = Repository::open(&bench.path).expect("a second writer");
    let first = bench.session.model.panes.current().rows()[0].number;
    other.edit(&Batch::new(&[first], &Edit::Complete(true), now())).expect("completed elsewhere");
    // How soon it is looked for, the worker's own test holds; a busy machine may take longer.
    let deadline = Instant::now() + Duration::from_secs(20);
    while bench.total(ListName::Inbox) == 5 {
        assert!(Instant::now() < deadline, "the change was not seen");
        bench.session.step(Duration::from_millis(100)).expect("a turn");
    }
    assert_eq!(bench.session.model.panes.current().number(), before);
    assert_eq!(bench.session.model.panes.current().rank(), Some(1));
}

#[test]
fn nothing_is_drawn_when_nothing_changed() {
    let mut bench = bench(&texts(2));
    let frames = bench.session.surface.frames;
    bench.press("k k");
    bench.session.turn(None).expect("a turn");
    assert_eq!(bench.session.surface.frames, frames);
}

#[test]
fn a_waiting_backlog_is_drawn_as_one_frame() {
    let mut bench = bench(&texts(30));
    let frames = bench.session.surface.frames;
    let j = Key::parse("j").expect("a key");
    for _ in 0..9 {
        bench.sender.send(Msg::Key(KeyEvent::new(j.code, j.modifiers))).expect("listened to");
    }
    bench.session.turn(None).expect("a turn");
    assert_eq!(bench.session.model.panes.current().rank(), Some(9));
    assert_eq!(bench.session.surface.frames, frames + 1);
}

#[test]
fn the_details_follow_once_the_cursor_rests() {
    let mut bench = bench(&texts(30));
    let j = Key::parse("j").expect("a key");
    for _ in 0..3 {
        bench.session.turn(Some(Msg::Key(KeyEvent::new(j.code, j.modifiers)))).expect("a turn");
    }
    let details = |bench: &Bench| bench.session.model.details.row().map(|row| row.number.0);
    assert_eq!(details(&bench), Some(1));
    assert!(bench.screen().contains("To-do 1 of 30"));
    while bench.session.model.details.is_trailing() {
        bench.session.step(Duration::from_secs(1)).expect("a turn");
    }
    assert_eq!(details(&bench), Some(4));
    assert!(bench.screen().contains("To-do 4 of 30"));
    bench.session.turn(Some(Msg::Key(KeyEvent::new(j.code, j.modifiers)))).expect("a turn");
    let e = Key::parse("Ctrl-e").expect("a key");
    bench.session.turn(Some(Msg::Key(KeyEvent::new(e.code, e.modifiers)))).expect("a turn");
    assert_eq!(details(&bench), Some(5), "another key waits for no rest");
}

#[test]
fn p32_a_broken_thread_ends_the_session_and_what_was_written_is_on_the_disk() {
    let mut bench = bench(&texts(2));
    let e = Key::parse("e").expect("a key");
    bench.session.turn(Some(Msg::Key(KeyEvent::new(e.code, e.modifiers)))).expect("a turn");
    bench.session.turn(Some(Msg::Broken)).expect("a turn");
    assert_eq!(bench.session.end(), Some(&End::Broken));
    bench.session.close();
    let file = Repository::open_reader(&bench.path).expect("the same file");
    assert_eq!(file.open_tasks(&Default::default(), &Zone::UTC).expect("readable").len(), 1);
}

#[test]
fn what_fails_after_the_end_is_told_by_how_it_ended() {
    let mut bench = bench(&[]);
    let d = Key::parse("d").expect("a key");
    // It waits before the turn begins, and so before what the write comes to.
    bench.sender.send(Msg::End).expect("listened to");
    bench.session.turn(Some(Msg::Key(KeyEvent::new(d.code, d.modifiers)))).expect("a turn");
    let told = End::Unsaved(vec!["not saved: Imported the demo: no demo here".to_owned()]);
    assert_eq!(bench.session.close(), told);
}

#[test]
fn an_import_fills_an_empty_file() {
    let mut bench = bench(&[]);
    assert!(bench.screen().contains("No tasks yet."));
    bench.press("i");
    bench.session.turn(Some(Msg::Paste("tasks.json".into()))).expect("a turn");
    bench.press("Enter");
    assert!(bench.screen().contains("From a file") && bench.screen().contains("Imported 1 task."));
}

#[test]
fn the_next_start_finds_the_filter_and_the_task() {
    let mut first = bench(&texts(9));
    first.press("0 j j q");
    assert_eq!(first.session.end(), Some(&End::Wanted));
    let number = first.session.model.panes.current().number();
    first.session.close();
    let (again, _sender) = open(Repository::open(&first.path).expect("the same file"));
    assert!(again.model.choice.types().is_all());
    assert_eq!(again.model.panes.current().number(), number);
}

fn set_text(bench: &Bench, number: i64, text: &str) {
    let mut other = Repository::open(&bench.path).expect("a second writer");
    let changes = Changes { text: Some(text.to_owned()), ..Changes::default() };
    let edit = Edit::Fields(Box::new(changes));
    other.edit(&Batch::new(&[TaskNumber(number)], &edit, now())).expect("changed elsewhere");
}

fn held(bench: &Bench, number: i64) -> String {
    let reader = Repository::open_reader(&bench.path).expect("a second reader");
    let tasks = reader.tasks(&[TaskNumber(number)]).expect("readable");
    crate::domain::wording::title(&tasks[0].task)
}

#[test]
fn a_change_made_elsewhere_while_the_form_is_open_is_never_written_over_in_silence() {
    for (key, stands) in [("m", "Task 00000!"), ("t", "theirs")] {
        let mut bench = bench(&texts(3));
        bench.press("i !");
        set_text(&bench, 1, "theirs");
        bench.press("Ctrl-s");
        bench.press("!");
        assert!(bench.screen().contains("Changed elsewhere at 14:00. [m]ine [t]heirs [c]ancel"), "{}", bench.screen());
        assert_eq!(held(&bench, 1), "theirs");
        bench.press("c");
        assert!(bench.screen().contains("Task 00000!"));
        bench.press("Ctrl-s");
        bench.press("!");
        bench.press(key);
        assert_eq!(held(&bench, 1), stands);
    }
}

#[test]
fn a_change_of_another_field_elsewhere_is_no_conflict() {
    let mut bench = bench(&texts(3));
    bench.press("i !");
    let mut other = Repository::open(&bench.path).expect("a second writer");
    let rep = Party { id: Some(RepId::new("user_1".to_owned())), name: None };
    other.edit(&Batch::new(&[TaskNumber(1)], &Edit::Assign(rep), now())).expect("changed elsewhere");
    bench.press("Ctrl-s");
    assert!(!bench.screen().contains("Changed elsewhere"), "{}", bench.screen());
    assert_eq!(held(&bench, 1), "Task 00000!");
}

#[test]
fn a_task_deleted_elsewhere_gives_the_form_back_with_what_was_typed() {
    let mut bench = bench(&texts(3));
    bench.press("i !");
    let mut other = Repository::open(&bench.path).expect("a second writer");
    other.edit(&Batch::new(&[TaskNumber(1)], &Edit::Delete, now())).expect("deleted elsewhere");
    bench.press("Ctrl-s");
    let screen = bench.screen();
    assert!(screen.contains("Task 00000!") && screen.contains("Error: "), "{screen}");
}

#[test]
fn a_run_of_one_change_is_one_step_in_the_journal_unless_another_process_comes_between() {
    let mut bench = bench(&texts(5));
    let e = Key::parse("e").expect("a key");
    let event = KeyEvent::new(e.code, e.modifiers);
    let press = |bench: &mut Bench, msg| {
        bench.session.turn(Some(msg)).expect("a turn");
        settle(&mut bench.session);
    };
    press(&mut bench, Msg::Key(event));
    press(&mut bench, Msg::HurriedKey(event));
    set_text(&bench, 5, "theirs");
    press(&mut bench, Msg::HurriedKey(event));
    let reader = Repository::open_reader(&bench.path).expect("a second reader");
    let steps = reader.history(None, 3).expect("readable");
    let said: Vec<(&str, u64)> = steps.iter().map(|step| (step.summary.as_str(), step.tasks)).collect();
    assert_eq!(said, [("Completed \"Task 00002\"", 1), ("Changed \"theirs\"", 1), ("Completed 2", 2)]);
    bench.press("u");
    bench.press("u");
    bench.press("u");
    assert_eq!(bench.total(ListName::Inbox), 5);
}

#[test]
fn a_letter_of_a_search_and_what_it_finds_are_one_frame_where_that_comes_soon() {
    let mut bench = bench(&texts(12));
    bench.press("/");
    bench.session.soon = Duration::from_secs(20);
    let frames = bench.session.surface.frames;
    let key = Key::parse("1").expect("a key");
    bench.session.turn(Some(Msg::Key(KeyEvent::new(key.code, key.modifiers)))).expect("a turn");
    assert_eq!(bench.session.surface.frames, frames + 1);
    let screen = bench.screen();
    assert!(screen.contains(" /1 ") && !screen.contains("Task 00002"), "both in one frame\n{screen}");
}
