//! Changes from the screen of tasks that another program changed meanwhile.

use super::*;

#[test]
fn marked_tasks_that_are_deleted_elsewhere_are_told_and_the_others_change() {
    let mut bench = bench(&texts(4));
    bench.press("x j x j x");
    let mut other = Repository::open(&bench.path).expect("a second writer");
    other.edit(&Batch::new(&[TaskNumber(2)], &Edit::Delete, now())).expect("deleted elsewhere");
    bench.press("e");
    assert!(bench.screen().contains("Completed 2. 1 is no longer there."), "{}", bench.screen());
    assert_eq!((bench.total(ListName::Inbox), bench.total(ListName::Archive)), (1, 2));
    bench.press("u");
    assert_eq!((bench.total(ListName::Inbox), bench.total(ListName::Archive)), (3, 0), "the bulk is one step");
}

#[test]
fn a_task_that_is_deleted_elsewhere_is_said_to_be_and_nothing_is_told_as_done() {
    let mut bench = bench(&texts(2));
    let mut other = Repository::open(&bench.path).expect("a second writer");
    other.edit(&Batch::new(&[TaskNumber(1)], &Edit::Delete, now())).expect("deleted elsewhere");
    bench.press("e");
    assert!(bench.screen().contains("Task 1 is no longer there."), "{}", bench.screen());
    assert_eq!((bench.total(ListName::Inbox), bench.total(ListName::Archive)), (1, 0));
}
