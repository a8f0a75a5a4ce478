//! When a call that reached nobody is made again.

use super::Ending;
use crate::domain::when::Delay;

/// The rules of the settings; `None`: not again by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// So long after nobody answered.
    pub no_answer: Option<Delay>,
    /// So long after a message was left.
    pub left_voicemail: Option<Delay>,
    /// So many tries at most, from 1 on.
    pub tries: u16,
}

impl Rules {
    /// More tries reach nobody either.
    pub const MOST_TRIES: u16 = 99;

    /// How long after an ending the call is made again.
    pub fn again(&self, ending: Ending) -> Option<&Delay> {
        match ending {
            Ending::NoAnswer => self.no_answer.as_ref(),
            Ending::LeftVoicemail => self.left_voicemail.as_ref(),
            Ending::Reached | Ending::WrongNumber | Ending::CallBack | Ending::NotInterested => None,
        }
    }
}

impl Default for Rules {
    /// Source: ux.md section 7: again in 2 business days, at most 6 tries.
    fn default() -> Rules {
        Rules { no_answer: Delay::read("2bd"), left_voicemail: None, tries: 6 }
    }
}
