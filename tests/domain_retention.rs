//! How long the archive keeps a task: what never goes, and from when the time counts.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use repbox::domain::kind::TaskType;
use repbox::domain::record::Record;
use repbox::domain::retention::{KeepTime, KeepTimes, Prospect};
use repbox::domain::task::{Completion, Local, StoredTask, Task, TaskNumber};

fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0..4_102_444_800_i64).prop_map(|seconds| DateTime::from_timestamp_secs(seconds).expect("a moment"))
}

fn any_task() -> impl Strategy<Value = StoredTask> {
    let names = TaskType::ALL.map(TaskType::wire_name).into_iter().chain(["fax", ""]).collect::<Vec<_>>();
    let kind = prop::sample::select(names);
    (kind, prop::option::of(moment()), prop::option::of(moment()), any::<bool>()).prop_map(
        |(kind, done, arrived, is_pinned)| {
            let json = format!(r#"{{"id":"task_aaaaaa","_type":"{kind}","is_complete":{}}}"#, done.is_some());
            let record: Record<'static> = serde_json::from_str(&json).expect("JSON");
            let task = Task::read(&record).expect("a task");
            let completed = done.map(|at| Completion { at, about: false });
            let local = Local { is_pinned, arrived, ..Local::default() };
            StoredTask { number: TaskNumber(1), task, record, completed, local }
        },
    )
}

fn any_keep() -> impl Strategy<Value = KeepTimes> {
    let time = prop_oneof![Just(KeepTime::Ever), (1..=KeepTime::MOST_DAYS).prop_map(KeepTime::Days)];
    prop::collection::vec(time, 9).prop_map(|times| {
        let mut keep = KeepTimes::default();
        for (task_type, time) in TaskType::ALL.into_iter().zip(times) {
            // To-dos refuse.
            let _ = keep.set(task_type, time);
        }
        keep
    })
}

proptest! {
    #[test]
    fn open_tasks_pinned_ones_to_dos_and_unknown_types_never_go(task in any_task(), keep in any_keep()) {
        let stays = task.completed.is_none()
            || task.local.is_pinned
            || matches!(task.task.body.task_type(), None | Some(TaskType::Lead));
        prop_assert!(!stays || keep.removal(&task).is_none());
    }

    #[test]
    fn the_time_counts_from_the_later_of_completion_and_arrival(task in any_task(), keep in any_keep()) {
        if let Some(end) = keep.removal(&task) {
            let done = task.completed.expect("only completed ones go").at;
            let KeepTime::Days(days) = keep.of(task.task.body.task_type().expect("a known type")) else {
                return Err(TestCaseError::fail("what is kept for ever goes"));
            };
            let from = task.local.arrived.unwrap_or(done).max(done);
            prop_assert_eq!(end, from + TimeDelta::days(days.into()));
        }
    }

    #[test]
    fn p39_no_jump_of_the_clock_is_an_everyday_purge(
        first in moment(), step in moment(), run in prop::option::of(moment()), now in moment(), going in 1..9_u64, more in 0..9_u64,
    ) {
        let prospect = Prospect { going, archived: going + more, first_step: Some(first), last_step: Some(step), last_run: run };
        let seen = run.unwrap_or(first);
        if now < step || run.is_some_and(|run| now < run) || now - seen > TimeDelta::days(30) {
            prop_assert!(prospect.unusual(now).is_some());
        }
    }
}
