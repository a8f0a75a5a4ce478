//! How a call ended, and what follows from it: the task is done, the debts to the same
//! number are paid, and a rule may plan the next call.
//!
//! Source: ux.md section 7. Which rules there are: `rules`; what follows: `plan`.

mod plan;
mod rules;

pub use plan::{Attempt, Plan, Try};
pub use rules::Rules;

use super::date::TaskDate;
use super::kind::TaskType;
use super::number::PhoneNumber;
use super::task::{ContactId, LeadId, StoredTask};

/// A way in which a call ends, in the order of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ending {
    /// They talked.
    Reached,
    /// Nobody took it.
    NoAnswer,
    /// Nobody took it, and a message was left.
    LeftVoicemail,
    /// Somebody else's number.
    WrongNumber,
    /// They want to be called at another time.
    CallBack,
    /// They do not want to be called again.
    NotInterested,
}

impl Ending {
    /// All of them with their words: of the settings, the command line and the file.
    pub const WORDS: [(&str, Ending); 6] = [
        ("reached", Ending::Reached),
        ("no_answer", Ending::NoAnswer),
        ("left_voicemail", Ending::LeftVoicemail),
        ("wrong_number", Ending::WrongNumber),
        ("call_back", Ending::CallBack),
        ("not_interested", Ending::NotInterested),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Ending::WORDS[self as usize].0
    }

    /// The way of a word.
    pub fn from_word(word: &str) -> Option<Ending> {
        Ending::WORDS.iter().find(|(known, _)| *known == word).map(|(_, ending)| *ending)
    }

    /// For people: `no answer`.
    pub fn label(self) -> &'static str {
        match self {
            Ending::Reached => "reached",
            Ending::NoAnswer => "no answer",
            Ending::LeftVoicemail => "left voicemail",
            Ending::WrongNumber => "wrong number",
            Ending::CallBack => "call back",
            Ending::NotInterested => "not interested",
        }
    }

    /// Whether the call reached nobody: it counts as a try, until one reaches somebody.
    pub fn is_try(self) -> bool {
        matches!(self, Ending::NoAnswer | Ending::LeftVoicemail)
    }
}

/// An ending with what it needs to be acted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They talked.
    Reached,
    /// Nobody took it.
    NoAnswer,
    /// Nobody took it, and a message was left.
    LeftVoicemail,
    /// Somebody else's number.
    WrongNumber,
    /// They want to be called then.
    CallBack(TaskDate),
    /// They do not want to be called again.
    NotInterested,
}

impl Outcome {
    /// The outcome of an ending that needs no more; `None`: of [`Ending::CallBack`].
    pub fn of(ending: Ending) -> Option<Outcome> {
        Some(match ending {
            Ending::Reached => Outcome::Reached,
            Ending::NoAnswer => Outcome::NoAnswer,
            Ending::LeftVoicemail => Outcome::LeftVoicemail,
            Ending::WrongNumber => Outcome::WrongNumber,
            Ending::NotInterested => Outcome::NotInterested,
            Ending::CallBack => return None,
        })
    }

    /// The way in which the call ended.
    pub fn ending(&self) -> Ending {
        match self {
            Outcome::Reached => Ending::Reached,
            Outcome::NoAnswer => Ending::NoAnswer,
            Outcome::LeftVoicemail => Ending::LeftVoicemail,
            Outcome::WrongNumber => Ending::WrongNumber,
            Outcome::CallBack(_) => Ending::CallBack,
            Outcome::NotInterested => Ending::NotInterested,
        }
    }
}

/// Who was called, as far as the task and the number tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callee {
    /// The contact.
    pub contact: Option<ContactId>,
    /// The number.
    pub number: Option<PhoneNumber>,
    /// The lead.
    pub lead: Option<LeadId>,
}

impl Callee {
    /// Who a task is about, called at a number.
    pub fn of(stored: &StoredTask, number: Option<PhoneNumber>) -> Callee {
        Callee { contact: stored.task.contact.id.clone(), number, lead: stored.task.lead.id.clone() }
    }

    /// Whether a call to the one was a try to reach the other: the same contact, by whichever
    /// number; where one of them names none, the same number; where neither has either, the
    /// same lead.
    pub fn is_same(&self, other: &Callee) -> bool {
        if let (Some(contact), Some(others)) = (&self.contact, &other.contact) {
            return contact == others;
        }
        match (&self.number, &other.number) {
            (Some(number), Some(others)) => number.is_same(others),
            (None, None) => self.lead.is_some() && self.lead == other.lead,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether nothing tells who it is.
    pub fn is_nobody(&self) -> bool {
        self.contact.is_none() && self.number.is_none() && self.lead.is_none()
    }
}

/// How many of these calls, the newest first, were tries to reach somebody since one did.
pub fn tries_before<'c>(callee: &Callee, calls: impl IntoIterator<Item = (Ending, &'c Callee)>) -> u32 {
    let theirs = calls.into_iter().filter(|(_, other)| callee.is_same(other));
    theirs.take_while(|(ending, _)| ending.is_try()).fold(0, |count: u32, _| count.saturating_add(1))
}

/// The types of which an open task is a debt to the number that it came from. An answered
/// call is none: it asks whose the number is.
pub const DEBTS: [TaskType; 2] = [TaskType::MissedCall, TaskType::Voicemail];

/// Whether a task is a debt to a number.
pub fn is_debt(stored: &StoredTask, number: &PhoneNumber) -> bool {
    let is_owed = stored.task.body.task_type().is_some_and(|task_type| DEBTS.contains(&task_type));
    let from = stored.task.body.call().and_then(PhoneNumber::of);
    is_owed && !stored.task.is_complete && from.is_some_and(|from| from.is_same(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callee(contact: &str, number: &str, lead: &str) -> Callee {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Callee {
            contact: given(contact).map(ContactId::new),
            number: PhoneNumber::read(number),
            lead: given(lead).map(LeadId::new),
        }
    }

    #[test]
    fn words_lead_to_endings_and_back() {
        for (word, ending) in Ending::WORDS {
            assert_eq!((ending.word(), Ending::from_word(word)), (word, Some(ending)));
            assert_eq!(Outcome::of(ending).map_or(Ending::CallBack, |outcome| outcome.ending()), ending);
        }
    }

    #[test]
    fn a_try_counts_for_the_contact_else_the_number_else_the_lead() {
        let ana = callee("cont_ana", "+13125550188", "lead_1");
        assert!(ana.is_same(&callee("cont_ana", "+14155550100", "")), "another number of hers");
        assert!(!ana.is_same(&callee("cont_bo", "+13125550188", "lead_1")), "a colleague at the same number");
        assert!(ana.is_same(&callee("", "(312) 555-0188", "")), "her number, before she was a contact");
        assert!(!ana.is_same(&callee("", "", "lead_1")));
        assert!(callee("", "", "lead_1").is_same(&callee("cont_ana", "", "lead_1")));
        assert!(!callee("", "", "").is_same(&callee("", "", "")), "nobody is nobody else");
    }

    #[test]
    fn tries_count_since_somebody_was_reached() {
        let (ana, bo) = (callee("cont_ana", "", ""), callee("cont_bo", "", ""));
        let calls = [
            (Ending::NoAnswer, &ana),
            (Ending::Reached, &bo),
            (Ending::LeftVoicemail, &ana),
            (Ending::CallBack, &ana),
            (Ending::NoAnswer, &ana),
        ];
        assert_eq!((tries_before(&ana, calls), tries_before(&bo, calls)), (2, 0));
    }
}
