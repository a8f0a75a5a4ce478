//! What the indexes of words tell of a search: a set of rows.

use rusqlite::Connection;

use crate::domain::query::term::Term;

/// A set of rows of `task`, a bit each.
#[derive(Debug)]
pub(in crate::repository) struct Hits {
    bits: Vec<u64>,
    count: usize,
}

/// Rows whose own texts fulfil an expression of FTS5, and those whose lead's or contact's
/// name does.
const IN_TEXTS: &str = "SELECT rowid FROM word WHERE word MATCH ?1";
const IN_LEADS: &str = "SELECT t.n FROM task t INDEXED BY task_lead
  WHERE t.lead IN (SELECT rowid FROM lead_word WHERE lead_word MATCH ?1) AND t.gone = 0";
const IN_CONTACTS: &str = "SELECT t.n FROM task t INDEXED BY task_contact
  WHERE t.contact IN (SELECT rowid FROM contact_word WHERE contact_word MATCH ?1)";

/// No file has so many rows; what a damaged one says takes no memory.
const MOST_ROWS: i64 = 1 << 31;

impl Hits {
    /// The rows that fulfil what is asked; `None` where they are more than `most`.
    pub(in crate::repository) fn of(conn: &Connection, asked: &Asked, most: usize) -> rusqlite::Result<Option<Hits>> {
        let mut last = conn.prepare_cached("SELECT coalesce(max(n), 0) FROM task")?;
        let last: i64 = last.query_row([], |row| row.get(0))?;
        let words = usize::try_from(last.clamp(0, MOST_ROWS)).unwrap_or(0) / 64 + 1;
        let mut hits = Hits { bits: vec![0; words], count: 0 };
        let of_names = asked.of_names.as_ref();
        let questions = [(IN_TEXTS, Some(&asked.of_texts)), (IN_LEADS, of_names), (IN_CONTACTS, of_names)];
        for (sql, expression) in questions {
            let Some(expression) = expression else { continue };
            let mut select = conn.prepare_cached(sql)?;
            let mut rows = select.query([expression])?;
            while let Some(row) = rows.next()? {
                hits.insert(row.get(0)?);
                if hits.count > most {
                    return Ok(None);
                }
            }
        }
        Ok(Some(hits))
    }

    /// Those that are among others too.
    pub(in crate::repository) fn and(mut self, others: &Hits) -> Hits {
        for (word, other) in self.bits.iter_mut().zip(&others.bits) {
            *word &= other;
        }
        self.counted()
    }

    /// Those, and the others.
    pub(in crate::repository) fn or(mut self, others: &Hits) -> Hits {
        for (word, other) in self.bits.iter_mut().zip(&others.bits) {
            *word |= other;
        }
        self.counted()
    }

    fn counted(mut self) -> Hits {
        self.count = self.bits.iter().map(|word| word.count_ones() as usize).sum();
        self
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

/// What a term asks of the indexes.
#[derive(Debug)]
pub(in crate::repository) struct Asked {
    /// An expression of FTS5.
    of_texts: String,
    /// Another one; digits of a number are in no name.
    of_names: Option<String>,
    /// Whether what it is asked for is left out.
    pub(in crate::repository) excludes: bool,
    /// Whether the term, but for its sign, holds exactly where the expression does; else it
    /// holds nowhere else.
    pub(in crate::repository) is_exact: bool,
}

impl Asked {
    /// What a term asks, if the indexes can tell each of its tests.
    pub(in crate::repository) fn of(term: &Term) -> Option<Asked> {
        let pieces = term.any.iter().map(|test| test.pieces()).collect::<Option<Vec<_>>>()?;
        let texts: Vec<String> = pieces.iter().filter_map(|pieces| pieces.text.as_deref()).map(phrase).collect();
        let digits = pieces.iter().filter_map(|pieces| pieces.digits.as_deref()).map(phrase);
        Some(Asked {
            of_texts: texts.iter().cloned().chain(digits).collect::<Vec<_>>().join(" OR "),
            of_names: (!texts.is_empty()).then(|| texts.join(" OR ")),
            excludes: term.excludes,
            is_exact: pieces.iter().all(|pieces| pieces.is_exact),
        })
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
        let mut others = Hits { bits: vec![0; 3], count: 0 };
        [2, 64].into_iter().for_each(|number| others.insert(number));
        let both = hits.and(&others);
        assert_eq!((both.numbers().collect::<Vec<_>>(), both.count()), (vec![64], 1));
        assert_eq!(both.or(&others).numbers().collect::<Vec<_>>(), [2, 64]);
    }
}
