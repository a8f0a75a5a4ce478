//! What follows from an outcome: the decision, before anything is written.

use super::{Callee, Outcome, Rules};
use crate::domain::date::TaskDate;
use crate::domain::edit::{Changes, Refusal};
use crate::domain::kind::Body;
use crate::domain::number::PhoneNumber;
use crate::domain::task::StoredTask;
use crate::domain::view::Today;
use crate::domain::wording;

/// A call to reach somebody for a task, and what the file knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The task.
    pub task: StoredTask,
    /// The number called: the task's, else one of its contact.
    pub number: Option<PhoneNumber>,
    /// How often nobody was reached since somebody was, before this call.
    pub tries: u32,
    /// The open missed calls and voicemails of the number, without the task itself.
    pub debts: Vec<StoredTask>,
}

/// A try among several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    /// Which, from 1 on.
    pub number: u32,
    /// How many there are at most; `None`: no rule counts them.
    pub most: Option<u16>,
}

impl Try {
    /// Whether the rules let no other follow.
    pub fn is_last(self) -> bool {
        self.most.is_some_and(|most| self.number >= u32::from(most))
    }
}

/// What follows from an outcome, beside the task's completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<'a> {
    /// Which try it was; `None`: somebody was reached.
    pub attempt: Option<Try>,
    /// The debts that it pays: offered, for a person may see it otherwise.
    pub also: &'a [StoredTask],
    /// The call to make next.
    pub next: Option<Box<Changes>>,
}

impl Attempt {
    /// Who is called.
    pub fn callee(&self) -> Callee {
        Callee::of(&self.task, self.number.clone())
    }

    /// Why the task takes no outcome.
    pub fn refusal(&self) -> Option<Refusal> {
        self.task.task.is_complete.then_some(Refusal::Complete)
    }

    /// What follows from an outcome, where it is `today`. A call that nobody took pays no
    /// debt unless another one is planned: else nothing would be left of it.
    pub fn plan(&self, outcome: &Outcome, rules: &Rules, today: &Today) -> Plan<'_> {
        let ending = outcome.ending();
        let again = rules.again(ending).filter(|_| !self.callee().is_nobody());
        let most = again.map(|_| rules.tries);
        let attempt = ending.is_try().then(|| Try { number: self.tries.saturating_add(1), most });
        let date = match (outcome, attempt) {
            (Outcome::CallBack(date), _) => Some(*date),
            (_, Some(attempt)) if !attempt.is_last() => again.and_then(|delay| delay.ends(today)),
            (_, Some(_) | None) => None,
        };
        let pays = *outcome != Outcome::NoAnswer || date.is_some();
        Plan { attempt, also: if pays { &self.debts } else { &[] }, next: date.map(|date| Box::new(self.next(date))) }
    }

    /// The call to the same person, by the same rep, for the same reason.
    fn next(&self, date: TaskDate) -> Changes {
        let task = &self.task.task;
        let told = reason(&task.body).filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let text = told.or_else(|| self.callee().is_nobody().then(|| wording::title(task)));
        let phone = self.number.as_ref().map(|number| number.dialled().to_owned());
        let lead = Some(task.lead.clone()).filter(|lead| lead.id.is_some());
        let contact = Some(task.contact.clone()).filter(|contact| contact.id.is_some());
        let rep = Some(task.rep.clone()).filter(|rep| rep.id.is_some());
        // Who stands together in a task may stand together in the next.
        Changes { text, date: Some(date), lead, contact, rep, phone, is_by_ids: true }
    }
}

/// What a task says a call is about.
fn reason(body: &Body) -> Option<&str> {
    match body {
        Body::Lead { text, .. } | Body::OutgoingCall { text, .. } => text.as_deref(),
        Body::IncomingEmail { subject, .. } | Body::EmailFollowup { subject, .. } => subject.as_deref(),
        Body::OpportunityDue { note, .. } => note.as_deref(),
        Body::MissedCall(_)
        | Body::AnsweredDetachedCall { .. }
        | Body::Voicemail { .. }
        | Body::IncomingSms { .. }
        | Body::Unknown { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::{Local, Task, TaskNumber};
    use crate::domain::when::Delay;
    use crate::domain::zone::Zone;

    fn stored(json: &str) -> StoredTask {
        let record = serde_json::from_str(json).expect("JSON");
        let task = Task::read(&record).expect("a task");
        StoredTask { number: TaskNumber(1), task, record, completed: None, local: Local::default() }
    }

    fn attempt(tries: u32) -> Attempt {
        let call = r#"{"id":"t","_type":"outgoing_call","text":"Agree the date","phone":"+13125550188","lead_id":"lead_1","contact_id":"cont_1","assigned_to":"user_1"}"#;
        let missed = r#"{"id":"m","_type":"missed_call","phone":"(312) 555-0188"}"#;
        let number = PhoneNumber::read("+13125550188");
        Attempt { task: stored(call), number, tries, debts: vec![stored(missed)] }
    }

    /// A Thursday.
    fn today() -> Today {
        Today::new("2026-11-26T19:07:00Z".parse().expect("a moment"), Zone::UTC)
    }

    fn next(plan: &Plan<'_>) -> Option<String> {
        plan.next.as_ref().and_then(|next| next.date).map(TaskDate::to_wire)
    }

    #[test]
    fn a_call_without_answer_is_made_again_by_the_rule_until_the_last_try() {
        let rules = Rules::default();
        for tries in 0..8 {
            let attempt = attempt(tries);
            let plan = attempt.plan(&Outcome::NoAnswer, &rules, &today());
            assert_eq!(plan.attempt, Some(Try { number: tries + 1, most: Some(6) }));
            let is_again = tries < 5;
            assert_eq!(next(&plan).as_deref(), is_again.then_some("2026-11-30"), "after {tries} tries");
            assert_eq!(plan.also.len(), usize::from(is_again), "the last try leaves the missed call open");
        }
        let attempt = attempt(0);
        let plan = attempt.plan(&Outcome::NoAnswer, &rules, &today());
        let next = plan.next.expect("a call");
        assert_eq!((next.text.as_deref(), next.phone.as_deref()), (Some("Agree the date"), Some("+13125550188")));
        assert_eq!(
            (next.lead, next.contact, next.rep),
            (
                Some(attempt.task.task.lead.clone()),
                Some(attempt.task.task.contact.clone()),
                Some(attempt.task.task.rep.clone()),
            )
        );
    }

    #[test]
    fn a_call_back_stands_at_the_time_agreed_and_what_reached_somebody_is_over() {
        let (attempt, rules) = (attempt(5), Rules::default());
        let at = TaskDate::parse("2026-12-01T09:30:00+00:00").expect("a date");
        let plan = attempt.plan(&Outcome::CallBack(at), &rules, &today());
        assert_eq!((next(&plan).as_deref(), plan.attempt), (Some("2026-12-01T09:30:00+00:00"), None));
        for outcome in [Outcome::Reached, Outcome::WrongNumber, Outcome::NotInterested] {
            let plan = attempt.plan(&outcome, &rules, &today());
            assert_eq!((plan.next.is_none(), plan.also.len(), plan.attempt), (true, 1, None), "{outcome:?}");
        }
    }

    #[test]
    fn a_message_left_pays_the_debt_and_is_followed_up_only_by_a_rule() {
        let attempt = attempt(1);
        let plan = attempt.plan(&Outcome::LeftVoicemail, &Rules::default(), &today());
        assert_eq!(
            (plan.attempt, plan.next.is_none(), plan.also.len()),
            (Some(Try { number: 2, most: None }), true, 1)
        );
        let rules = Rules { left_voicemail: Delay::read("1w"), no_answer: None, tries: 3 };
        let plan = attempt.plan(&Outcome::LeftVoicemail, &rules, &today());
        assert_eq!(
            (next(&plan).as_deref(), plan.attempt),
            (Some("2026-12-03"), Some(Try { number: 2, most: Some(3) }))
        );
        let plan = attempt.plan(&Outcome::NoAnswer, &rules, &today());
        assert_eq!((plan.next.is_none(), plan.also.len()), (true, 0), "no rule: the missed call stays");
    }

    #[test]
    fn tries_of_which_nothing_tells_whom_they_reach_are_not_repeated() {
        let attempt =
            Attempt { task: stored(r#"{"id":"t","_type":"voicemail"}"#), number: None, tries: 0, debts: vec![] };
        assert_eq!(attempt.plan(&Outcome::NoAnswer, &Rules::default(), &today()).next, None);
        let at = TaskDate::parse("2026-12-01").expect("a date");
        let plan = attempt.plan(&Outcome::CallBack(at), &Rules::default(), &today());
        assert_eq!(plan.next.expect("a call").text.as_deref(), Some("(no text)"));
    }
}
