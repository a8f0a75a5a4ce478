//! Terms to tests.

use chrono::NaiveDate;

use super::error::nearest;
use super::fields::{FIELDS, FieldName, STATES, THINGS};
use super::fold::{Digits, Folded};
use super::lex::{self, Raw};
use super::term::{Days, Moment, Search, Term, Test};
use super::{Problem, QueryError};
use crate::domain::date::TaskDate;
use crate::domain::kind::TaskType;
use crate::domain::task::{RepId, TaskNumber};
use crate::domain::view::Today;
use crate::domain::when;
use crate::domain::wording;

/// Longer queries are refused.
pub const MOST_BYTES: usize = 4096;
/// Queries with more terms, or terms with more values, are refused.
pub const MOST_TERMS: usize = 64;

/// Reads a query where it is `today`; `me` is what `rep:me` means.
///
/// # Errors
/// When a term is not understood: which one, and what works.
pub fn parse(text: &str, today: &Today, me: Option<&RepId>) -> Result<Search, QueryError> {
    let too_long = || QueryError { span: 0..text.len(), problem: Problem::TooLong };
    if text.len() > MOST_BYTES {
        return Err(too_long());
    }
    let raws = lex::terms(text)?;
    if raws.len() > MOST_TERMS {
        return Err(too_long());
    }
    let reader = Reader { today, me };
    let mut terms: Vec<Term> = Vec::new();
    for (at, raw) in raws.iter().enumerate() {
        let span = raw.span.clone();
        let term = reader.term(raw).map_err(|problem| {
            let problem = reader.parted(raw, raws.get(at + 1)).unwrap_or(problem);
            QueryError { span: span.clone(), problem }
        })?;
        if term.any.len() > MOST_TERMS {
            return Err(QueryError { span, problem: Problem::TooLong });
        }
        if !term.any.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    Ok(Search { terms })
}

struct Reader<'a> {
    today: &'a Today,
    me: Option<&'a RepId>,
}

impl Reader<'_> {
    fn term(&self, raw: &Raw<'_>) -> Result<Term, Problem> {
        let any = match field(raw.text) {
            None => values(raw.text).iter().map(|word| words(word)).collect(),
            Some((name, sign, value)) => {
                let (known, field, example) = named(name)?;
                if let "=" | "!=" = sign {
                    return Err(equals(known, sign, value, example));
                }
                let values = values(value);
                if values.is_empty() {
                    return Err(Problem::NoValue(example));
                }
                if sign != ":" && !matches!(field, FieldName::When(_)) {
                    return Err(Problem::NotCompared(example));
                }
                let tests = values.iter().map(|value| self.test((known, field), sign, value.trim()));
                tests.collect::<Result<Vec<Test>, Problem>>()?
            }
        };
        let sign = if raw.excludes { "-" } else { "" };
        Ok(Term { text: format!("{sign}{}", raw.text), excludes: raw.excludes, any })
    }

    fn test(&self, (known, field): (&'static str, FieldName), sign: &str, value: &str) -> Result<Test, Problem> {
        let (folded, exact) = (Folded::new(value), value.to_owned());
        Ok(match field {
            FieldName::When(moment) => self.when(moment, sign, value)?,
            FieldName::Type => of_type(known, value)?,
            FieldName::Is => Test::Is(one_of(known, value, &STATES)?),
            FieldName::Has => Test::Has(one_of(known, value, &THINGS)?),
            FieldName::Lead => Test::Lead(folded, exact),
            FieldName::Contact => Test::Contact(folded, exact),
            FieldName::Rep if value.eq_ignore_ascii_case("me") => Test::RepId(self.me.cloned().ok_or(Problem::WhoAmI)?),
            FieldName::Rep => Test::Rep(folded, exact),
            FieldName::Phone => match value.bytes().any(|b| b.is_ascii_digit()) {
                true => Test::Phone(Digits::in_text(value)),
                false => return Err(Problem::NoDigits(exact)),
            },
            FieldName::Id => id(exact),
        })
    }

    fn when(&self, moment: Moment, sign: &str, value: &str) -> Result<Test, Problem> {
        if moment == Moment::Date && sign == ":" && value.eq_ignore_ascii_case("none") {
            return Ok(Test::Dateless);
        }
        let days = match (sign, value.split_once("..")) {
            (":", Some((from, to))) => self.range(moment, from, to)?,
            (sign, _) => {
                let day = self.day(moment, value)?;
                let (before, after) = (day.pred_opt(), day.succ_opt());
                match sign {
                    "<" => Days { from: None, to: before },
                    "<=" => Days { from: None, to: Some(day) },
                    ">" => Days { from: after, to: None },
                    ">=" => Days { from: Some(day), to: None },
                    _ => Days { from: Some(day), to: Some(day) },
                }
            }
        };
        Ok(Test::When(moment, days))
    }

    /// What is said of `date:28 nov`, which is parted at the blank.
    fn parted(&self, raw: &Raw<'_>, next: Option<&Raw<'_>>) -> Option<Problem> {
        let (name, sign, value) = field(raw.text)?;
        let (known, FieldName::When(moment), _) = named(name).ok()? else { return None };
        let whole = format!("{value} {}", next.filter(|next| !next.excludes)?.text);
        self.day(moment, &whole).is_ok().then(|| Problem::Parted(format!("{known}{sign}\"{whole}\"")))
    }

    /// `mon..fri` ends on the first Friday that is not before that Monday.
    fn range(&self, moment: Moment, from: &str, to: &str) -> Result<Days, Problem> {
        let end = |text: &str| match text.trim().is_empty() {
            true => Ok(None),
            false => self.day(moment, text).map(Some),
        };
        let from = end(from)?;
        let to = match from.and_then(|from| when::first_such_weekday(to, from)) {
            Some(day) => Some(day),
            None => end(to)?,
        };
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(Problem::Reversed { first: to, last: from }),
            (from, to) => Ok(Days { from, to }),
        }
    }

    /// Tasks were created and done on days that are past; their dates may be to come.
    fn day(&self, moment: Moment, text: &str) -> Result<NaiveDate, Problem> {
        let when = match moment {
            Moment::Date => when::parse(text, self.today)?,
            Moment::Created | Moment::Done => when::parse_past(text, self.today)?,
        };
        match when.date {
            TaskDate::Day(day) => Ok(day),
            TaskDate::At(_) => Err(Problem::HasTime),
        }
    }
}

/// The values of a term that say something: blanks and accents alone do not.
fn values(text: &str) -> Vec<String> {
    let mut values = lex::values(text);
    values.retain(|value| !Folded::new(value).as_str().trim().is_empty());
    values
}

fn equals(known: &'static str, sign: &str, value: &str, example: &'static str) -> Problem {
    let value = value.trim_start_matches('=');
    match (value.is_empty(), sign) {
        (true, _) => Problem::NoValue(example),
        (false, "!=") => Problem::Equals(format!("-{known}:{value}")),
        (false, _) => Problem::Equals(format!("{known}:{value}")),
    }
}

/// The field's name, the sign behind it, and the rest: of a term that begins with letters
/// and a sign. Behind `:` a comparison may follow. `=` and `!=`, which other languages
/// write, are signs behind the fields that there are.
pub(super) fn field(text: &str) -> Option<(&str, &str, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    if name.is_empty() {
        return None;
    }
    let has_colon = rest.starts_with(':');
    let compared = rest.strip_prefix(':').unwrap_or(rest);
    let comparison = ["<=", ">=", "<", ">"].into_iter().find_map(|sign| Some((sign, compared.strip_prefix(sign)?)));
    let equals = ["=", "!="].into_iter().find_map(|sign| Some((sign, rest.strip_prefix(sign)?)));
    // `a<b` in a text is no field: only known ones are compared.
    match comparison.or(equals) {
        Some((sign, value)) => (has_colon || named(name).is_ok()).then_some((name, sign, value)),
        None => has_colon.then_some((name, ":", compared)),
    }
}

fn named(name: &str) -> Result<(&'static str, FieldName, &'static str), Problem> {
    let found = FIELDS.into_iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let nearest = nearest(name, FIELDS.map(|(known, ..)| known));
        Problem::Field { name: name.to_owned(), nearest }
    })
}

fn one_of<T: Copy>(field: &'static str, value: &str, known: &[(&'static str, T)]) -> Result<T, Problem> {
    let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(value));
    let words = || known.iter().map(|(word, _)| *word);
    found.map(|(_, found)| *found).ok_or_else(|| Problem::Value {
        field,
        value: value.to_owned(),
        nearest: nearest(value, words()),
        known: words().collect(),
    })
}

/// Digits alone are always a number of this file, so that no id can shadow one.
fn id(value: String) -> Test {
    match value.bytes().all(|b| b.is_ascii_digit()) {
        // No file has so many tasks as digits that are no number.
        true => Test::Number(TaskNumber(value.parse().unwrap_or(i64::MAX))),
        false => Test::Id(value),
    }
}

/// Whether a field that knows its values knows this one, to the letter but for its case.
pub(super) fn is_value(field: FieldName, value: &str) -> bool {
    match field {
        FieldName::Type => known_type(value).is_some(),
        FieldName::Is => STATES.iter().any(|(word, _)| word.eq_ignore_ascii_case(value)),
        FieldName::Has => THINGS.iter().any(|(word, _)| word.eq_ignore_ascii_case(value)),
        _ => false,
    }
}

/// A type by its wire name, its tag or the sidebar's word. A name that is like none of them
/// may be a type of tomorrow.
fn of_type(field: &'static str, value: &str) -> Result<Test, Problem> {
    if let Some(known) = known_type(value) {
        return Ok(known);
    }
    let names = TaskType::ALL.map(TaskType::wire_name);
    match nearest(value, names).filter(|name| strsim::normalized_damerau_levenshtein(value, name) > 0.7) {
        Some(near) => {
            Err(Problem::Value { field, value: value.to_owned(), nearest: Some(near), known: names.to_vec() })
        }
        None => Ok(Test::Type(value.to_owned())),
    }
}

fn known_type(value: &str) -> Option<Test> {
    let is = |name: &str| name.eq_ignore_ascii_case(value);
    let is_meant =
        |t: &TaskType| is(t.wire_name()) || is(wording::tag(Some(*t)).trim()) || is(wording::label(Some(*t)));
    match TaskType::ALL.iter().find(|t| is_meant(t)) {
        Some(known) => Some(Test::Type(known.wire_name().to_owned())),
        None if is("all") => Some(Test::AnyType),
        None => (is("other") || is(wording::tag(None))).then_some(Test::OtherType),
    }
}

fn words(text: &str) -> Test {
    Test::Text(Folded::new(text), Digits::of_number(text))
}
