//! The purge of the screen, with the real file.

use chrono::TimeDelta;

use super::*;

/// A file in which so many calls were completed, and came, so many days ago.
fn of_calls(count: usize, days: i64) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("inbox.db");
    let then = now() - TimeDelta::days(days);
    let mut repository = Repository::open(&path).expect("a new file");
    let mut importer = repository.importer(then).expect("an importer");
    for i in 0..count {
        let mut record = Record::new();
        record.set("id", quote(&format!("task_{i:05}")));
        record.set("_type", quote("missed_call"));
        record.set("is_complete", "true");
        record.set("date_updated", quote(&then.to_rfc3339()));
        let task = Task::read(&record).expect("a task");
        importer.take(&crate::repository::Packed::new(&record, &task, None)).expect("taken in");
    }
    importer.finish("Imported").expect("finished");
    (folder, path)
}

/// How many tasks the file holds, read beside the screen.
fn held(bench: &Bench) -> usize {
    let numbers: Vec<TaskNumber> = (1..=30).map(TaskNumber).collect();
    let reader = Repository::open_reader(&bench.path).expect("a second reader");
    reader.tasks(&numbers).expect("readable").len()
}

#[test]
fn p39_an_unusual_purge_removes_nothing_before_a_yes_and_all_of_it_is_undone() {
    let (folder, path) = of_calls(30, 91);
    let (session, sender) = open(Repository::open(&path).expect("the same file"));
    let mut bench = Bench { session, sender, _folder: folder, path };
    let question = "Remove 30 archived tasks past their time (30 missed calls)? The last look was 91d ago";
    bench.until("Archived tasks past their time: 30.  ! answers");
    bench.press("!");
    assert!(bench.screen().contains(question), "{}", bench.screen());
    assert_eq!(held(&bench), 30);
    bench.press("y");
    assert!(bench.screen().contains("Removed 30 archived missed calls older than 90d.  u undo"), "{}", bench.screen());
    assert_eq!(held(&bench), 0);
    bench.press("u");
    assert_eq!(held(&bench), 30);
}
