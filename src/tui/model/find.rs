//! What is searched for, and the field in which that is typed.

use super::field::Field;
use super::panes::Pane;
use crate::domain::query::complete::Begun;
use crate::domain::query::{self, Problem, QueryError, Search};
use crate::domain::task::{RepId, TaskNumber};
use crate::domain::view::Today;
use crate::tui::key::Key;

/// Older searches are forgotten.
const MOST_REMEMBERED: usize = 100;

/// The search that the lists are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    text: String,
    search: Search,
    /// Whether it is shown over all types, for it says itself which it means.
    pub all_types: bool,
}

impl Find {
    /// The search of a text; one that says which types it means is shown over all of them.
    ///
    /// # Errors
    /// When the text is not understood.
    pub fn read(text: &str, today: &Today, me: Option<&RepId>) -> Result<Find, QueryError> {
        let search = query::parse(text, today, me)?;
        Ok(Find { text: text.trim().to_owned(), all_types: search.names_types(), search })
    }

    /// As [`Find::read`], of a text that is still being typed: a quotation that is open is
    /// taken to end where the text does.
    ///
    /// # Errors
    /// As [`Find::read`].
    pub fn read_begun(text: &str, today: &Today, me: Option<&RepId>) -> Result<Find, QueryError> {
        match Find::read(text, today, me) {
            Err(QueryError { problem: Problem::OpenQuote, .. }) => Find::read(&format!("{text}\""), today, me),
            read => read,
        }
    }

    /// As [`Find::read`], of a saved search: over all types.
    ///
    /// # Errors
    /// As [`Find::read`].
    pub fn saved(text: &str, today: &Today, me: Option<&RepId>) -> Result<Find, QueryError> {
        Find::read(text, today, me).map(|find| Find { all_types: true, ..find })
    }

    /// The search as it was understood.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.search.is_empty()
    }

    /// Another day, or another zone: words such as `fri` mean other days.
    pub fn renew(&mut self, today: &Today, me: Option<&RepId>) {
        if let Ok(again) = Find::read(&self.text, today, me) {
            self.search = again.search;
        }
    }
}

/// A search being typed.
#[derive(Clone, Debug)]
pub struct Finder {
    /// The text.
    pub field: Field,
    /// The text is a whole that the next letter takes the place of.
    pub is_selected: bool,
    /// What is wrong with the text.
    pub error: Option<QueryError>,
    /// What was searched for before.
    before: Find,
    /// Where the lists' cursors were.
    pub cursors: [Option<TaskNumber>; 3],
    /// Which pane had the keys.
    pub from: Pane,
    /// What the word before the cursor may become.
    pub offers: Option<Offers>,
    /// The begun word for which names were asked and have not come yet.
    pub asked: Option<String>,
    /// Which of the earlier searches is recalled, and the text that it took the place of.
    recalled: Option<(usize, String)>,
}

/// Words that a begun one may become, tried one after the other.
#[derive(Clone, Debug)]
pub struct Offers {
    /// Where in the text they stand.
    start: usize,
    /// The words.
    pub words: Vec<String>,
    /// The one that stands there.
    pub at: usize,
}

impl Finder {
    /// A field that begins with what is searched for now.
    pub fn new(before: &Find, cursors: [Option<TaskNumber>; 3], from: Pane) -> Finder {
        let field = Field::with(before.text());
        let is_selected = !field.text().is_empty();
        Finder {
            field,
            is_selected,
            error: None,
            before: before.clone(),
            cursors,
            from,
            offers: None,
            asked: None,
            recalled: None,
        }
    }

    /// What was searched for before.
    pub fn before(&self) -> &Find {
        &self.before
    }

    /// Takes a key. Whether it changed the text.
    pub fn press(&mut self, key: Key) -> bool {
        self.forget_offers();
        if std::mem::take(&mut self.is_selected) && key.replaces() {
            self.field = Field::default();
            self.field.press(key);
            return true;
        }
        self.field.press(key)
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str) {
        self.forget_offers();
        if std::mem::take(&mut self.is_selected) {
            self.field = Field::default();
        }
        self.field.paste(text);
    }

    /// Another text, as if it had been typed.
    pub fn put(&mut self, text: &str) {
        self.forget_offers();
        (self.field, self.is_selected) = (Field::with(text), false);
    }

    fn forget_offers(&mut self) {
        (self.offers, self.asked) = (None, None);
    }

    /// The word before the cursor.
    pub fn begun(&self) -> Begun {
        Begun::at_end(self.field.before_cursor())
    }

    /// The text with the value before the cursor written out, where it is only begun.
    pub fn spelled_out(&self) -> Option<String> {
        let (text, before) = (self.field.text(), self.field.before_cursor());
        let behind = &text[before.len()..];
        let ends = behind.is_empty() || behind.starts_with([' ', ',']);
        query::complete::spelled_out(before).filter(|_| ends).map(|spelled| spelled + behind)
    }

    /// Puts the first of some words in place of the begun one.
    pub fn offer(&mut self, words: Vec<String>) {
        let start = self.begun().start;
        (self.offers, self.is_selected) = (Some(Offers { start, words, at: 0 }), false);
        self.step_offer(0);
    }

    /// Puts the word `by` places further on in its place.
    pub fn step_offer(&mut self, by: isize) {
        let Some(offers) = &mut self.offers else { return };
        let count = isize::try_from(offers.words.len()).unwrap_or(isize::MAX).max(1);
        let at = isize::try_from(offers.at).unwrap_or(0);
        offers.at = (at + by).rem_euclid(count).unsigned_abs();
        if let Some(word) = offers.words.get(offers.at) {
            self.field.replace_before(offers.start, word);
        }
    }

    /// Recalls the search `by` places further back, or on. Whether that is another text.
    pub fn recall(&mut self, history: &History, by: isize) -> bool {
        let at = self.recalled.as_ref().map_or(-1, |(at, _)| isize::try_from(*at).unwrap_or(isize::MAX));
        let typed = self.recalled.take().map_or_else(|| self.field.text().to_owned(), |(_, typed)| typed);
        let wanted = usize::try_from(at + by);
        let earlier = wanted.ok().and_then(|wanted| Some((wanted, history.nth(wanted)?.to_owned())));
        let text = match (earlier, usize::try_from(at)) {
            (Some((at, text)), _) => {
                self.recalled = Some((at, typed));
                text
            }
            // The oldest one stays.
            (None, Ok(at)) if by > 0 => {
                self.recalled = Some((at, typed));
                return false;
            }
            (None, _) => typed,
        };
        let changes = text != self.field.text();
        self.put(&text);
        changes
    }
}

/// What was searched for, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(Vec<String>);

impl History {
    /// The searches of earlier days.
    pub fn new(mut searches: Vec<String>) -> History {
        searches.retain(|text| !text.trim().is_empty());
        searches.drain(..searches.len().saturating_sub(MOST_REMEMBERED));
        History(searches)
    }

    /// Remembers a search, as the newest one.
    pub fn add(&mut self, text: &str) {
        let mut searches = std::mem::take(&mut self.0);
        searches.retain(|earlier| earlier != text);
        searches.push(text.to_owned());
        *self = History::new(searches);
    }

    /// The newest one, the one before it, and so on.
    pub fn nth(&self, back: usize) -> Option<&str> {
        self.0.iter().rev().nth(back).map(String::as_str)
    }

    /// All of them, the newest last.
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_searches_come_back_and_what_was_typed_stands_before_the_newest() {
        let mut history = History::default();
        ["acme", "is:overdue", "acme"].iter().for_each(|text| history.add(text));
        assert_eq!(history.all(), ["is:overdue", "acme"]);
        let mut finder = Finder::new(&Find::default(), [None; 3], Pane::Types);
        finder.put("new");
        let mut seen = Vec::new();
        for by in [1, 1, 1, -1, -1, -1] {
            finder.recall(&history, by);
            seen.push(finder.field.text().to_owned());
        }
        assert_eq!(seen, ["acme", "is:overdue", "is:overdue", "acme", "new", "new"]);
    }

    #[test]
    fn only_so_many_searches_are_remembered() {
        let history = History::new((0..200).map(|n| n.to_string()).collect());
        assert_eq!((history.all().len(), history.nth(0)), (MOST_REMEMBERED, Some("199")));
    }
}
