//! The number of a call or message: what is dialled, how it is shown, and what dials it.
//!
//! Only `+` and ASCII digits are ever handed over. Source: the promise P20.

use std::borrow::Cow;

use super::kind::Call;

/// Longer ones are no numbers.
const LONGEST: usize = 20;

/// Fewer digits are the end of too many numbers.
const LEAST: usize = 5;

/// The most digits of a country's code.
const CODE: usize = 3;

/// A number that can be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// At most a `+`, then digits.
    dialled: String,
    /// As people read it.
    shown: String,
}

impl PhoneNumber {
    /// The number of the other end. It is shown as Close formats it where that is the same
    /// number and nothing else, else as it is dialled: what is seen is what is called.
    pub fn of(call: &Call) -> Option<PhoneNumber> {
        let given = |text: &Option<String>| text.as_deref().and_then(PhoneNumber::read);
        let formatted = given(&call.phone_formatted);
        let Some(raw) = given(&call.phone) else { return formatted };
        match formatted.filter(|formatted| raw.is_also(formatted)) {
            Some(formatted) => Some(PhoneNumber { shown: formatted.shown, ..raw }),
            None => Some(PhoneNumber { shown: raw.dialled.clone(), ..raw }),
        }
    }

    /// A number as it is written. Signs that only part groups are left out of what is
    /// dialled, and `(0)` behind a country's code; `*` and `#`, which make a code of it,
    /// refuse it.
    pub fn read(text: &str) -> Option<PhoneNumber> {
        let shown = without_trunk(&text.trim().replace('\u{a0}', " ")).into_owned();
        let dialled: String = shown.chars().filter(|c| !is_between_groups(*c)).collect();
        let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
        let is_number = (2..=LONGEST).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(PhoneNumber { dialled, shown })
    }

    /// Whether two texts are numbers, and not the same one.
    pub(super) fn are_others(raw: &str, formatted: &str) -> bool {
        let (raw, formatted) = (PhoneNumber::read(raw), PhoneNumber::read(formatted));
        raw.zip(formatted).is_some_and(|(raw, formatted)| !raw.is_also(&formatted))
    }

    /// Whether the other is this one, or its form within its country: `(312) 555-0188`.
    fn is_also(&self, other: &PhoneNumber) -> bool {
        let within = other.dialled.trim_start_matches('0');
        self.dialled == other.dialled || within.len() >= LEAST && self.dialled.ends_with(within)
    }

    /// Whether both lead to one place: the same digits, or one is the form within its country
    /// of the other, as `(312) 555-0188` of `+1 312-555-0188`. A country's code has at most
    /// three digits, so that a number without the code of its area is no other's end.
    pub fn is_same(&self, other: &PhoneNumber) -> bool {
        let is_within = |whole: &PhoneNumber, part: &PhoneNumber| {
            let rest = whole.dialled.len().checked_sub(part.dialled.trim_start_matches('0').len());
            whole.dialled.starts_with('+') && whole.is_also(part) && rest.is_some_and(|rest| rest <= CODE + 1)
        };
        self.dialled == other.dialled || is_within(self, other) || is_within(other, self)
    }

    /// The last digits: whatever [is the same](PhoneNumber::is_same) has them too.
    pub fn ending(&self) -> &str {
        let digits = self.dialled.trim_start_matches('+');
        digits.get(digits.len().saturating_sub(LEAST)..).unwrap_or(digits)
    }

    /// What is dialled: `+13125550188`.
    pub fn dialled(&self) -> &str {
        &self.dialled
    }

    /// How people read it: `+1 312-555-0188`. One line of digits and signs between them.
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

/// A number without the `(0)` of `+44 (0)20 7946 0958`: it is dialled within the country only.
pub fn without_trunk(number: &str) -> Cow<'_, str> {
    let is_code = |code: &str| (1..=CODE).contains(&code.bytes().filter(u8::is_ascii_digit).count());
    match number.split_once("(0)") {
        Some((code, rest)) if code.starts_with('+') && is_code(code) => {
            Cow::Owned(format!("{} {}", code.trim_end(), rest.trim_start()))
        }
        Some(_) | None => Cow::Borrowed(number),
    }
}

fn is_between_groups(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '(' | ')' | '/')
}

/// A program that dials, with its arguments: `{number}` in them stands for the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialler(Vec<String>);

/// Why a list is no dialler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiallerError {
    /// It names no program.
    #[error("it names no program; write one and its arguments: [\"linphone\", \"--call\", \"{{number}}\"]")]
    NoProgram,
    /// The number goes nowhere.
    #[error(
        "no argument has {{number}}, so nothing would be dialled; write [\"linphone\", \"--call\", \"{{number}}\"]"
    )]
    NoNumber,
}

impl Dialler {
    const NUMBER: &str = "{number}";

    /// A program and its arguments.
    ///
    /// # Errors
    /// When there is no program, or no argument has the number.
    pub fn new(words: Vec<String>) -> Result<Dialler, DiallerError> {
        match words.as_slice() {
            [program, ..] if program.trim().is_empty() || program.contains(Dialler::NUMBER) => {
                Err(DiallerError::NoProgram)
            }
            [] => Err(DiallerError::NoProgram),
            [_, arguments @ ..] if arguments.iter().any(|word| word.contains(Dialler::NUMBER)) => Ok(Dialler(words)),
            [..] => Err(DiallerError::NoNumber),
        }
    }

    /// The program and its arguments as they were given.
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The program and its arguments for a number, which fills single arguments and never
    /// parts them.
    pub fn command(&self, number: &PhoneNumber) -> Vec<String> {
        self.0.iter().map(|word| word.replace(Dialler::NUMBER, number.dialled())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(phone: &str, formatted: &str) -> Option<(String, String)> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let call = Call { phone: given(phone), phone_formatted: given(formatted), ..Call::default() };
        PhoneNumber::of(&call).map(|number| (number.dialled, number.shown))
    }

    #[test]
    fn p20_a_number_is_a_plus_and_digits() {
        for text in ["*#06#", "112;ext=1", "+", "1", "+1,,9", "tel:12", "١٢٣", "++12", "12&body=x", "-", "", "12\n34"]
        {
            assert_eq!(PhoneNumber::read(text), None, "{text}");
        }
        let read = |text| PhoneNumber::read(text).map(|number| number.dialled);
        assert_eq!(read("0800 / 12-34.5").as_deref(), Some("080012345"));
        assert_eq!(read(" +1 (312) 555-0188 ").as_deref(), Some("+13125550188"));
        // The zero within the brackets is dialled within the country only.
        for text in ["+44 (0)20 7946 0958", "+44(0)2079460958", "+44 (0) 20 7946 0958", "+44-(0)20-7946-0958"] {
            assert_eq!(read(text).as_deref(), Some("+442079460958"), "{text}");
        }
        assert_eq!(read("(0)20 7946 0958").as_deref(), Some("02079460958"));
        assert_eq!(read("+442079 (0)460958").as_deref(), Some("+4420790460958"), "no country has this code");
    }

    #[test]
    fn a_number_that_was_changed_here_is_not_shown_as_it_was() {
        let shown = |phone: &str, formatted: &str| {
            let call = Call { phone: Some(phone.into()), phone_formatted: Some(formatted.into()), ..Call::default() };
            call.number().map(str::to_owned)
        };
        assert_eq!(shown("+442079460958", "+1 312-555-0188").as_deref(), Some("+442079460958"));
        assert_eq!(shown("+13125550188", "(312) 555-0188").as_deref(), Some("(312) 555-0188"));
        assert_eq!(shown("+13125550188", "anonymous").as_deref(), Some("anonymous"));
        assert_eq!(shown("", "+1 312-555-0188").as_deref(), Some("+1 312-555-0188"));
    }

    #[test]
    fn what_is_seen_is_what_is_dialled() {
        for (phone, formatted, shown) in [
            ("+13125550188", "+1 312-555-0188", "+1 312-555-0188"),
            ("+13125550188", "(312) 555-0188", "(312) 555-0188"),
            ("+4930123456", "030 123456", "030 123456"),
            // Another number, and words.
            ("+13125550188", "+1 900-555-0188", "+13125550188"),
            ("+13125550188", "the bank", "+13125550188"),
            ("+442079460958", "+44 (0)20 7946 0958", "+44 20 7946 0958"),
            ("+13125550100", "00", "+13125550100"),
            ("+13125550188", "+1 312-555-0188\u{202e}", "+13125550188"),
            ("+13125550188", "", "+13125550188"),
        ] {
            assert_eq!(of(phone, formatted), Some((phone.to_owned(), shown.to_owned())), "{formatted}");
        }
        assert_eq!(of("", "+1 312-555-0188"), Some(("+13125550188".to_owned(), "+1 312-555-0188".to_owned())));
        assert_eq!(of("*#06#", "the bank"), None);
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written_and_no_other_ends_like_it() {
        let read = |text| PhoneNumber::read(text).expect("a number");
        let is_same = |a, b| {
            let (a, b) = (read(a), read(b));
            assert_eq!(a.is_same(&b), b.is_same(&a), "{a:?} {b:?}");
            assert!(!a.is_same(&b) || a.ending() == b.ending(), "{a:?} {b:?}");
            a.is_same(&b)
        };
        for (a, b) in [
            ("+13125550188", "+1 (312) 555-0188"),
            ("+13125550188", "(312) 555-0188"),
            ("+13125550188", "1-312-555-0188"),
            ("+13125550188", "0013125550188"),
            ("+4930123456", "030 123456"),
            ("+49 (0)30 123456", "030 123456"),
            ("911", "911"),
        ] {
            assert!(is_same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("+13125550188", "555-0188"),
            ("+13125550188", "+13125550189"),
            ("+13125550188", "+43125550188"),
            ("+4930123456", "040 123456"),
            ("+13125550188", "0188"),
        ] {
            assert!(!is_same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn p19_a_number_fills_single_arguments_of_the_dialler() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let dialler =
            Dialler::new(words(&["dial it", "--to=sip:{number}@pbx; touch x", "{number}"])).expect("a dialler");
        let number = PhoneNumber::read("+1 312-555-0188").expect("a number");
        assert_eq!(dialler.command(&number), ["dial it", "--to=sip:+13125550188@pbx; touch x", "+13125550188"]);
        assert_eq!(Dialler::new(Vec::new()), Err(DiallerError::NoProgram));
        assert_eq!(Dialler::new(words(&["{number}", "{number}"])), Err(DiallerError::NoProgram));
        assert_eq!(Dialler::new(words(&["linphone", "--call"])), Err(DiallerError::NoNumber));
    }
}
