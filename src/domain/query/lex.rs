//! A query's text as terms: parted at blanks, with quotes and commas.

use std::ops::Range;

use super::{Problem, QueryError};

/// A term as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Raw<'t> {
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// Without the sign that excludes.
    pub(super) text: &'t str,
    pub(super) excludes: bool,
}

/// Parts a text at the blanks that are in no quotes.
pub(super) fn terms(text: &str) -> Result<Vec<Raw<'_>>, QueryError> {
    let mut terms = Vec::new();
    let (mut start, mut quote) = (None, None);
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c, quote, start) {
            ('"', None, _) => (quote, start) = (Some(i), start.or(Some(i))),
            ('"', Some(_), _) => quote = None,
            (c, None, Some(from)) if c.is_whitespace() => {
                terms.push(raw(text, from..i));
                start = None;
            }
            (c, None, None) if !c.is_whitespace() => start = Some(i),
            _ => {}
        }
    }
    match (quote, start) {
        (Some(_), Some(from)) => Err(QueryError { span: from..text.len(), problem: Problem::OpenQuote }),
        _ => Ok(terms),
    }
}

fn raw(text: &str, span: Range<usize>) -> Raw<'_> {
    let term = &text[span.clone()];
    match term.strip_prefix('-').filter(|rest| !rest.is_empty()) {
        Some(rest) => Raw { span, text: rest, excludes: true },
        None => Raw { span, text: term, excludes: false },
    }
}

/// The values of a term: parted at the commas that are in no quotes, without the quotes.
/// Empty ones are left out.
pub(super) fn values(text: &str) -> Vec<String> {
    let (mut values, mut value, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(std::mem::take(&mut value)),
            c => value.push(c),
        }
    }
    values.push(value);
    values.retain(|value| !value.trim().is_empty());
    values
}
