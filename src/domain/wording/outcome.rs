//! Calls and what came of them, in words.

use super::dates::typed_date;
use super::removal::counted;
use super::rows::title;
use crate::domain::kind::TaskType;
use crate::domain::outcome::{Attempt, Outcome, Plan, Try};
use crate::domain::task::StoredTask;
use crate::domain::view::Today;

/// What the history says of a call: `Called +1 312-555-0188 for "Agree the date", no answer
/// (try 2 of 6), again Mon 30 Nov; also done: 2 missed calls`. `also` are the debts that were
/// paid.
pub fn called(attempt: &Attempt, outcome: &Outcome, plan: &Plan<'_>, also: &[StoredTask], today: &Today) -> String {
    let (title, task) = (title(&attempt.task.task), &attempt.task.task);
    let number = attempt.number.as_ref().map(|number| number.shown());
    let whom = number.or(task.contact.name_or_id()).or(task.lead.name_or_id());
    let subject = match whom {
        // Titles of calls end with whom they are about, where nothing more is known.
        Some(whom) if title.ends_with(whom) => format!("Called {whom}"),
        Some(whom) => format!("Called {whom} for \"{title}\""),
        None => format!("Called for \"{title}\""),
    };
    let again = plan.next.as_ref().and_then(|next| next.date).filter(|_| plan.attempt.is_some());
    let again = again.map(|date| format!(", again {}", typed_date(date, today))).unwrap_or_default();
    let ended = match outcome {
        Outcome::CallBack(date) => format!("call back {}", typed_date(*date, today)),
        other => other.ending().label().to_owned(),
    };
    let tried = plan.attempt.map(|attempt| format!(" ({})", tried(attempt))).unwrap_or_default();
    let also = also_done(also).map(|also| format!("; {also}")).unwrap_or_default();
    format!("{subject}, {ended}{tried}{again}{also}")
}

/// How it ended and what follows, for a person who knows the task: `no answer: again Mon 30
/// Nov, try 2 of 6`.
pub fn ended(outcome: &Outcome, plan: &Plan<'_>, today: &Today) -> String {
    if let Outcome::CallBack(date) = outcome {
        return format!("call back {}", typed_date(*date, today));
    }
    let again = plan.next.as_ref().and_then(|next| next.date).map(|date| format!("again {}", typed_date(date, today)));
    let tried = plan.attempt.filter(|attempt| attempt.most.is_some()).map(tried);
    let follows: Vec<String> = again.into_iter().chain(tried).collect();
    let between = if follows.is_empty() { "" } else { ": " };
    format!("{}{between}{}", outcome.ending().label(), follows.join(", "))
}

/// `try 2 of 6`, `try 6 of 6, the last`, `try 2` where no rule counts them.
pub fn tried(attempt: Try) -> String {
    match attempt.most {
        Some(most) if attempt.is_last() => format!("try {} of {most}, the last", attempt.number),
        Some(most) => format!("try {} of {most}", attempt.number),
        None => format!("try {}", attempt.number),
    }
}

/// `also done: 2 missed calls, 1 voicemail`; `None` where there is nothing.
pub fn also_done(tasks: &[StoredTask]) -> Option<String> {
    let of = |task_type: TaskType| {
        let count = tasks.iter().filter(|stored| stored.task.body.task_type() == Some(task_type)).count() as u64;
        (count > 0).then(|| format!("{count} {}", counted(Some(task_type), count)))
    };
    let pieces: Vec<String> = TaskType::ALL.into_iter().filter_map(of).collect();
    (!pieces.is_empty()).then(|| format!("also done: {}", pieces.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::TaskDate;
    use crate::domain::number::PhoneNumber;
    use crate::domain::outcome::Rules;
    use crate::domain::task::{Local, Task, TaskNumber};
    use crate::domain::zone::Zone;

    fn stored(json: &str) -> StoredTask {
        let record = serde_json::from_str(json).expect("JSON");
        let task = Task::read(&record).expect("a task");
        StoredTask { number: TaskNumber(1), task, record, completed: None, local: Local::default() }
    }

    fn attempt(json: &str, tries: u32, debts: &[&str]) -> Attempt {
        let task = stored(json);
        let number = task.task.body.call().and_then(PhoneNumber::of);
        Attempt { task, number, tries, debts: debts.iter().map(|json| stored(json)).collect() }
    }

    #[test]
    fn what_follows_is_said_with_the_ending() {
        let today = Today::new("2026-11-26T19:07:00Z".parse().expect("a moment"), Zone::UTC);
        let call = r#"{"id":"t","_type":"missed_call","phone":"+13125550188"}"#;
        let said = |tries, outcome: Outcome| {
            ended(&outcome, &attempt(call, tries, &[]).plan(&outcome, &Rules::default(), &today), &today)
        };
        assert_eq!(said(1, Outcome::NoAnswer), "no answer: again Mon 30 Nov, try 2 of 6");
        assert_eq!(said(5, Outcome::NoAnswer), "no answer: try 6 of 6, the last");
        assert_eq!(said(1, Outcome::LeftVoicemail), "left voicemail");
        let at = TaskDate::parse("2026-12-01T09:30:00+00:00").expect("a date");
        assert_eq!(said(1, Outcome::CallBack(at)), "call back Tue 01 Dec 09:30");
    }

    #[test]
    fn the_history_says_whom_why_what_came_of_it_and_what_follows() {
        // A Thursday.
        let today = Today::new("2026-11-26T19:07:00Z".parse().expect("a moment"), Zone::UTC);
        let said = |attempt: &Attempt, outcome: Outcome| {
            let plan = attempt.plan(&outcome, &Rules::default(), &today);
            called(attempt, &outcome, &plan, plan.also, &today)
        };
        let call = r#"{"id":"t","_type":"outgoing_call","text":"Terms","phone":"+13125550188","phone_formatted":"+1 312-555-0188","contact_name":"Ana"}"#;
        let missed = r#"{"id":"m","_type":"missed_call","phone":"+13125550188"}"#;
        let voicemail = r#"{"id":"v","_type":"voicemail","phone":"+13125550188"}"#;
        assert_eq!(
            said(&attempt(call, 1, &[missed, voicemail, missed]), Outcome::NoAnswer),
            "Called +1 312-555-0188 for \"Call Ana: Terms\", no answer (try 2 of 6), again Mon 30 Nov; \
             also done: 2 missed calls, 1 voicemail"
        );
        assert_eq!(
            said(&attempt(missed, 5, &[voicemail]), Outcome::NoAnswer),
            "Called +13125550188, no answer (try 6 of 6, the last)"
        );
        let bare = r#"{"id":"t","_type":"outgoing_call","contact_name":"Ana"}"#;
        assert_eq!(said(&attempt(bare, 0, &[]), Outcome::Reached), "Called Ana, reached");
        let at = TaskDate::parse("2026-12-01T09:30:00+00:00").expect("a date");
        assert_eq!(
            said(&attempt(missed, 0, &[]), Outcome::CallBack(at)),
            "Called +13125550188, call back Tue 01 Dec 09:30"
        );
        let todo = r#"{"id":"t","_type":"lead","text":"Ring them","lead_id":"lead_1","lead_name":"Acme"}"#;
        assert_eq!(
            said(&attempt(todo, 0, &[]), Outcome::LeftVoicemail),
            "Called Acme for \"Ring them\", left voicemail (try 1)"
        );
    }
}
