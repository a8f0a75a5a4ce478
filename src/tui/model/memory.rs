//! What the screen finds again on the next start: filter, pane, tasks under the cursors,
//! what was typed.

pub mod draft;

use chrono::DateTime;
use draft::Draft;
use serde::{Deserialize, Serialize};

use super::Model;
use super::choice::Choice;
use super::drill::guide::Guide;
use super::find::{Find, History};
use super::panes::{Arrangement, Growth, Pane};
use super::sorting::Sort;
use crate::domain::filter::{People, TypeSet};
use crate::domain::task::{RepId, TaskNumber};
use crate::tui::request::ListName;

/// The screen as it was left. Absent fields mean: as on a first start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    types: String,
    last_types: String,
    rep: Option<String>,
    rep_name: Option<String>,
    pane: String,
    future: bool,
    cursors: [Option<i64>; 3],
    /// When, in microseconds since 1970, UTC.
    left: Option<i64>,
    searches: Vec<String>,
    /// What is searched for, as typed.
    search: String,
    /// Whether that is shown over all types.
    search_all_types: bool,
    commands: Vec<String>,
    sort: String,
    by_lead: bool,
    layout: String,
    growth: String,
    theme: String,
    mouse_off: bool,
    /// The theme that the settings named then: one that they name since counts more.
    theme_set: String,
    /// What the hint line has still to teach.
    untried: Vec<String>,
    /// What was typed and not saved.
    draft: Option<Draft>,
}

/// The words for the panes, as kept.
const PANES: [(&str, Pane); 3] = [
    ("inbox", Pane::List(ListName::Inbox)),
    ("future", Pane::List(ListName::Future)),
    ("archive", Pane::List(ListName::Archive)),
];

/// The words for how large the pane with the keys is, as kept.
const GROWTHS: [(&str, Growth); 3] = [("usual", Growth::Usual), ("larger", Growth::Larger), ("whole", Growth::Whole)];

fn word<T: PartialEq>(words: &[(&str, T)], value: &T) -> String {
    words.iter().find(|(_, known)| known == value).map_or(String::new(), |(word, _)| (*word).to_owned())
}

fn meant<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

impl Memory {
    /// The key under which the file keeps it.
    pub const KEY: &str = "screen";

    /// Reads what was kept; what cannot be read counts as nothing, for it is only comfort.
    pub fn read(text: Option<&str>) -> Option<Memory> {
        serde_json::from_str(text?).ok()
    }

    /// As text to keep.
    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers are always JSON")
    }

    /// What is to be kept of a model.
    pub fn of(model: &Model) -> Memory {
        let rep = match &model.choice.people {
            People::Rep(id) => Some(id.as_str().to_owned()),
            People::Everyone => None,
        };
        Memory {
            types: model.choice.types().words(),
            last_types: model.choice.last().words(),
            rep,
            rep_name: model.choice.person.clone(),
            pane: word(&PANES, &Pane::List(model.panes.list_name())),
            future: model.panes.future_shown,
            left: Some(model.today.now.timestamp_micros()),
            cursors: ListName::ALL.map(|name| model.panes.list(name).kept().map(|n| n.0)),
            searches: model.history.all().to_vec(),
            search: model.kept_search().text().to_owned(),
            search_all_types: model.kept_search().all_types,
            commands: model.data.commands.clone(),
            sort: word(&Sort::WORDS, &model.sorting.sort),
            by_lead: model.sorting.by_lead,
            layout: word(&Arrangement::WORDS, &model.panes.arrangement),
            growth: word(&GROWTHS, &model.panes.growth),
            mouse_off: !model.mouse.on,
            theme: model.look.theme.name().to_owned(),
            theme_set: model.look.themes.set().name().to_owned(),
            untried: model.guide.as_ref().map(Guide::names).unwrap_or_default(),
            draft: model.data.draft.clone(),
        }
    }

    /// Brings a model to where it was left.
    pub fn recall(&self, model: &mut Model) {
        model.data.commands.clone_from(&self.commands);
        model.choice = Choice::new(TypeSet::from_words(&self.types), TypeSet::from_words(&self.last_types));
        if let Some(rep) = &self.rep {
            model.choice.people = People::Rep(RepId::new(rep.clone()));
            model.choice.person = self.rep_name.clone();
        }
        model.history = History::new(self.searches.clone());
        // Words that mean nothing any more search for nothing.
        model.find = Find::read(&self.search, &model.today, model.look.me.as_ref()).unwrap_or_default();
        model.find.all_types = self.search_all_types;
        model.panes.future_shown = self.future;
        model.data.left = self.left.and_then(DateTime::from_timestamp_micros);
        for (name, cursor) in ListName::ALL.into_iter().zip(self.cursors) {
            if let Some(number) = cursor {
                model.panes.list_mut(name).go_to(TaskNumber(number));
            }
        }
        model.sorting.sort = meant(&Sort::WORDS, &self.sort).unwrap_or_default();
        model.sorting.by_lead = self.by_lead;
        model.panes.arrangement = meant(&Arrangement::WORDS, &self.layout).unwrap_or_default();
        model.panes.growth = meant(&GROWTHS, &self.growth).unwrap_or_default();
        model.mouse.on = !self.mouse_off;
        let chosen = model.look.themes.named(&self.theme);
        if let Some(theme) = chosen.filter(|_| self.theme_set == model.look.themes.set().name()) {
            model.look.theme = theme.clone();
        }
        model.guide = (!self.untried.is_empty()).then(|| Guide::read(&self.untried));
        model.data.draft.clone_from(&self.draft);
        if let Some(pane) = meant(&PANES, &self.pane) {
            model.panes.focus_on(pane);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_counts_as_a_first_start() {
        assert_eq!(Memory::read(None), None);
        assert_eq!(Memory::read(Some("{nonsense")), None);
        assert_eq!(Memory::read(Some(r#"{"later": 1}"#)), Some(Memory::default()));
    }
}
