//! Searches under a name: saved on the screen, listed by `list --saved`.

use super::error::{Error, Result};
use super::find::FindError;
use crate::domain::query::{self, Saved};
use crate::domain::task::RepId;
use crate::domain::view::Today;
use crate::repository::Repository;

/// Saves a search under a name; what had that name gives way.
///
/// # Errors
/// When the name or the search is none; or the file cannot be written.
pub fn save(repository: &mut Repository, name: &str, text: &str, today: &Today, me: Option<&RepId>) -> Result<Saved> {
    let name = Saved::name_of(name)?;
    let text = text.trim();
    query::parse(text, today, me).map_err(|error| Error::Query { text: text.to_owned(), error })?;
    Ok(repository.save_search(&name, text)?)
}

/// The search of a name, in any letter case.
///
/// # Errors
/// When there is none; or the file cannot be read.
pub fn named(repository: &Repository, name: &str) -> Result<Saved> {
    let mut all = repository.saved_searches()?;
    if let Some(at) = all.iter().position(|saved| saved.is_named(name)) {
        return Ok(all.swap_remove(at));
    }
    let known = all.into_iter().map(|saved| saved.name).collect();
    Err(Error::Find(FindError::NoSaved { text: name.to_owned(), known }))
}
