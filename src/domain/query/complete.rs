//! What a query that is being typed may go on with.

use super::fields::{FIELDS, FieldName, STATES, THINGS};
use super::parse::{field, is_value};
use super::term::Moment;
use crate::domain::kind::TaskType;

/// The word that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Where in the text it begins.
    pub start: usize,
    /// As far as it is typed, without an opening quote.
    pub text: String,
    /// What it may become.
    pub wanted: Wanted,
}

/// What a word may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The word of a field.
    Field,
    /// A value of a field.
    Value(FieldName),
}

/// Days as people say them, for dates of tasks.
const DAYS: [&str; 12] = ["today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "eow", "eom", "none"];
/// The same, for what is past.
const PAST_DAYS: [&str; 10] = ["today", "yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "7d"];

impl Begun {
    /// The word at the end of a text: what stands before the cursor.
    pub fn at_end(text: &str) -> Begun {
        let start = last_part(text, char::is_whitespace);
        let term = &text[start..];
        let start = start + usize::from(term.starts_with('-'));
        let term = &text[start..];
        let known = |name: &str| FIELDS.iter().find(|(word, ..)| word.eq_ignore_ascii_case(name));
        let value = field(term).and_then(|(name, _, value)| Some((known(name)?.1, value)));
        match value {
            None => Begun { start, text: term.to_owned(), wanted: Wanted::Field },
            Some((field, value)) => {
                let start = text.len() - value.len() + last_part(value, |c| c == ',');
                let text = text[start..].trim_start_matches('"').to_owned();
                Begun { start, text, wanted: Wanted::Value(field) }
            }
        }
    }

    /// The words that it may become, as they are written; `names` are those of the file,
    /// for fields that name somebody.
    pub fn words(&self, names: &[String]) -> Vec<String> {
        let known: Vec<String> = match self.wanted {
            Wanted::Field => FIELDS.iter().map(|(word, ..)| format!("{word}:")).collect(),
            Wanted::Value(FieldName::Type) => TaskType::ALL.map(|known| known.wire_name().to_owned()).to_vec(),
            Wanted::Value(FieldName::Is) => STATES.map(|(word, _)| word.to_owned()).to_vec(),
            Wanted::Value(FieldName::Has) => THINGS.map(|(word, _)| word.to_owned()).to_vec(),
            Wanted::Value(FieldName::When(Moment::Date)) => DAYS.map(str::to_owned).to_vec(),
            Wanted::Value(FieldName::When(Moment::Created | Moment::Done)) => PAST_DAYS.map(str::to_owned).to_vec(),
            // What the file gave fits already.
            Wanted::Value(FieldName::Lead | FieldName::Contact | FieldName::Rep) => {
                return names.iter().filter_map(|name| written(name)).collect();
            }
            Wanted::Value(FieldName::Phone | FieldName::Id) => Vec::new(),
        };
        let begun = self.text.to_lowercase();
        let (first, second): (Vec<String>, Vec<String>) =
            known.into_iter().filter(|word| word.contains(&begun)).partition(|word| word.starts_with(&begun));
        if first.is_empty() { second } else { first }
    }
}

/// The text with its last value written out, where that is only begun and may become one
/// of those that its field knows: any of them is meant, as a begun word means every word
/// with it.
pub fn spelled_out(text: &str) -> Option<String> {
    let begun = Begun::at_end(text);
    let Wanted::Value(field @ (FieldName::Type | FieldName::Is | FieldName::Has)) = begun.wanted else { return None };
    if begun.text.is_empty() || is_value(field, &begun.text) {
        return None;
    }
    let words = begun.words(&[]);
    (!words.is_empty()).then(|| format!("{}{}", &text[..begun.start], words.join(",")))
}

/// Where the part behind the last separator that is in no quotes begins.
fn last_part(text: &str, is_separator: impl Fn(char) -> bool) -> usize {
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if !is_quoted && is_separator(c) => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

/// A name as a value, in quotes where it needs them. A quote in it cannot be written: then
/// its longest part without one stands for it.
fn written(name: &str) -> Option<String> {
    let part = name.split('"').map(str::trim).max_by_key(|part| part.len()).filter(|part| !part.is_empty())?;
    let is_parted = part.contains(|c: char| c.is_whitespace() || c == ',');
    Some(if is_parted { format!("\"{part}\"") } else { part.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn becomes(text: &str) -> Vec<String> {
        let begun = Begun::at_end(text);
        begun.words(&[]).into_iter().map(|word| format!("{}{word}", &text[..begun.start])).collect()
    }

    #[test]
    fn fields_and_their_values_are_completed_where_the_cursor_is() {
        assert_eq!(becomes("ty"), ["type:"]);
        assert_eq!(becomes("acme -d"), ["acme -date:", "acme -due:", "acme -done:"]);
        assert_eq!(becomes("is:o"), ["is:overdue", "is:open"]);
        assert_eq!(becomes("IS:PIN"), ["IS:pinned"]);
        assert_eq!(becomes("type:voicemail,miss"), ["type:voicemail,missed_call"]);
        assert_eq!(becomes("type:call"), ["type:missed_call", "type:answered_detached_call", "type:outgoing_call"]);
        assert_eq!(becomes("date<=fr"), ["date<=fri"]);
        assert_eq!(becomes("done:to"), ["done:today"], "nothing was done tomorrow");
        assert_eq!(becomes("created>=y"), ["created>=yesterday"]);
        assert_eq!(becomes("phone:5"), [""; 0]);
        assert_eq!(becomes("zzz"), [""; 0]);
        assert_eq!(becomes("").len(), FIELDS.len());
    }

    #[test]
    fn a_begun_value_is_any_that_it_may_become_and_a_whole_one_is_itself() {
        for (text, becomes) in [
            ("type:v", Some("type:voicemail")),
            ("acme -is:o", Some("acme -is:overdue,open")),
            ("type:lead,incoming", Some("type:lead,incoming_email,incoming_sms")),
            ("is:open", None),
            ("TYPE:Lead", None),
            ("type:other", None),
            ("type:fax", None),
            ("type:", None),
            ("lead:ac", None),
            ("is:o acme", None),
        ] {
            assert_eq!(spelled_out(text).as_deref(), becomes, "{text}");
        }
        for known in TaskType::ALL {
            assert_eq!(spelled_out(&format!("type:{}", crate::domain::wording::tag(Some(known)).trim())), None);
        }
    }

    #[test]
    fn names_of_the_file_stand_in_quotes_where_they_have_blanks() {
        let names = ["Acme Robotics", "Fabrikam", "Munson Motors \"West\"", "\""].map(str::to_owned);
        let begun = Begun::at_end("is:open lead:\"acme ro");
        assert_eq!((begun.start, begun.text.as_str()), (13, "acme ro"));
        let written = ["\"Acme Robotics\"", "Fabrikam", "\"Munson Motors\""];
        assert_eq!(begun.words(&names), written, "as much of a name as can be written");
        assert_eq!(Begun::at_end("rep:m").words(&names), written);
    }
}
