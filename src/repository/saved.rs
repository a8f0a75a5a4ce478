//! Searches that are kept under a name, beside the tasks: the file's, for every program that
//! opens it. Nothing of the journal: they are no change to tasks.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{Repository, Result};
use crate::domain::query::Saved;

/// Their keys among what the file remembers begin so; the name follows, in small letters.
const KEY: &str = "search ";
/// No key that begins with [`KEY`] stands behind this.
const BEHIND: &str = "search!";

/// A saved search as the file keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    place: u32,
    name: String,
    text: String,
}

impl Repository {
    /// The saved searches, by place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<Saved>> {
        saved(&self.conn).map_err(|e| self.error(e))
    }

    /// Saves a search under a name, in place of what has that name in any letter case; else
    /// at the first place that is free.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_search(&mut self, name: &str, text: &str) -> Result<Saved> {
        self.write(|tx, _| {
            let all = saved(tx)?;
            let same = all.iter().find(|other| other.is_named(name)).map(|other| other.place);
            let free = || (1..).find(|place| all.iter().all(|other| other.place != *place)).unwrap_or(u32::MAX);
            let place = same.unwrap_or_else(free);
            let kept = Kept { place, name: name.to_owned(), text: text.to_owned() };
            let value = serde_json::to_string(&kept).expect("a number and two texts are always JSON");
            let mut save = tx.prepare_cached(
                "INSERT INTO memory (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            )?;
            save.execute([key(name), value])?;
            Ok(Saved { place, name: kept.name, text: kept.text })
        })
    }

    /// Forgets the search of a name; whether there was one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_search(&mut self, name: &str) -> Result<bool> {
        self.write(|tx, _| tx.prepare_cached("DELETE FROM memory WHERE key = ?1")?.execute([key(name)]))
            .map(|gone| gone > 0)
    }
}

fn key(name: &str) -> String {
    format!("{KEY}{}", name.to_lowercase())
}

/// What cannot be read is none: it is only comfort.
fn saved(conn: &Connection) -> rusqlite::Result<Vec<Saved>> {
    let mut select = conn.prepare_cached("SELECT value FROM memory WHERE key >= ?1 AND key < ?2")?;
    let values = select.query_map([KEY, BEHIND], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let kept = values.iter().filter_map(|value| serde_json::from_str::<Kept>(value).ok());
    let mut saved: Vec<Saved> = kept.map(|Kept { place, name, text }| Saved { place, name, text }).collect();
    saved.sort_by_key(|one| one.place);
    Ok(saved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_search_keeps_its_place_when_another_goes_or_its_text_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = Repository::open(&folder.path().join("tasks.db")).expect("a new file");
        for (name, text) in [("hot leads", "is:overdue"), ("west coast", "phone:415"), ("calls", "is:callable")] {
            file.save_search(name, text).expect("saved");
        }
        let places = |file: &Repository| -> Vec<(u32, String, String)> {
            let all = file.saved_searches().expect("read");
            all.into_iter().map(|saved| (saved.place, saved.name, saved.text)).collect()
        };
        let one = |place, name: &str, text: &str| (place, name.to_owned(), text.to_owned());
        assert!(file.forget_search("WEST coast").expect("forgotten"));
        assert!(!file.forget_search("west coast").expect("not there"));
        file.save_search("Hot Leads", "is:today").expect("saved");
        assert_eq!(places(&file), [one(1, "Hot Leads", "is:today"), one(3, "calls", "is:callable")]);
        file.save_search("new", "quote").expect("saved");
        assert_eq!(places(&file)[1], one(2, "new", "quote"));
        file.remember("screen", "{}").expect("other things are remembered too");
        assert_eq!(places(&file).len(), 3);
    }
}
