//! What the index of words tells of a search: a set of rows.

use rusqlite::Connection;

use crate::domain::query::term::Term;

/// A set of rows of `task`, a bit each.
#[derive(Debug)]
pub(in crate::repository) struct Hits {
    bits: Vec<u64>,
    count: usize,
}

/// No file has so many rows; what a damaged one says takes no memory.
const MOST_ROWS: i64 = 1 << 31;

impl Hits {
    /// The rows whose texts fulfil an expression of FTS5.
    pub(in crate::repository) fn of(conn: &Connection, expression: &str) -> rusqlite::Result<Hits> {
        let mut last = conn.prepare_cached("SELECT coalesce(max(n), 0) FROM task")?;
        let last: i64 = last.query_row([], |row| row.get(0))?;
        let words = usize::try_from(last.clamp(0, MOST_ROWS)).unwrap_or(0) / 64 + 1;
        let mut hits = Hits { bits: vec![0; words], count: 0 };
        let mut select = conn.prepare_cached("SELECT rowid FROM word WHERE word MATCH ?1")?;
        let mut rows = select.query([expression])?;
        while let Some(row) = rows.next()? {
            hits.insert(row.get(0)?);
        }
        Ok(hits)
    }

    fn insert(&mut self, number: i64) {
        let Some((word, bit)) = place(number) else { return };
        if let Some(word) = self.bits.get_mut(word) {
            self.count += usize::from(*word & bit == 0);
            *word |= bit;
        }
    }

    /// Whether a row is one of them.
    pub(in crate::repository) fn has(&self, number: i64) -> bool {
        place(number).is_some_and(|(word, bit)| self.bits.get(word).is_some_and(|word| word & bit != 0))
    }

    /// How many there are.
    pub(in crate::repository) fn count(&self) -> usize {
        self.count
    }

    /// Their numbers, in order.
    pub(in crate::repository) fn numbers(&self) -> impl Iterator<Item = i64> {
        let set = (0_i64..).step_by(64).zip(&self.bits).filter(|(_, word)| **word != 0);
        set.flat_map(|(first, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit))
    }
}

fn place(number: i64) -> Option<(usize, u64)> {
    usize::try_from(number).ok().map(|number| (number / 64, 1 << (number % 64)))
}

/// What a term asks of the index.
pub(in crate::repository) struct Asked {
    /// An expression of FTS5, in brackets.
    pub(in crate::repository) expression: String,
    /// Whether the term, but for its sign, holds exactly where the expression does; else it
    /// holds nowhere else.
    pub(in crate::repository) is_exact: bool,
}

impl Asked {
    /// What a term asks, if the index can tell each of its tests.
    pub(in crate::repository) fn of(term: &Term) -> Option<Asked> {
        let pieces = term.any.iter().map(|test| test.pieces()).collect::<Option<Vec<_>>>()?;
        let phrases = pieces.iter().flat_map(|pieces| &pieces.any).map(|text| phrase(text));
        let expression = format!("({})", phrases.collect::<Vec<_>>().join(" OR "));
        Some(Asked { expression, is_exact: pieces.iter().all(|pieces| pieces.is_exact) })
    }
}

/// A text as a string of FTS5: nothing in it is a sign of its language.
fn phrase(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_into_it_once_and_in_order() {
        let mut hits = Hits { bits: vec![0; 3], count: 0 };
        for number in [190, 1, 64, 63, 64, 192, -1, i64::MAX] {
            hits.insert(number);
        }
        assert_eq!(hits.numbers().collect::<Vec<_>>(), [1, 63, 64, 190]);
        assert_eq!(hits.count(), 4);
        assert!(hits.has(64) && !hits.has(65) && !hits.has(192) && !hits.has(-1));
    }
}
