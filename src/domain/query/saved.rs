//! Searches that are kept under a name.

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its place in the sidebar, from 1: `g 1` goes there.
    pub place: u32,
    /// Its name, as it was given.
    pub name: String,
    /// The query, as it was typed.
    pub text: String,
}

/// Longer names have no room anywhere.
const LONGEST_NAME: usize = 40;

/// A name that no search can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It says nothing.
    #[error("The name is empty. Write one such as hot leads.")]
    Empty,
    /// It is longer than there is room for.
    #[error("The name is too long: {LONGEST_NAME} letters fit.")]
    TooLong,
}

impl Saved {
    /// Whether it has this name, in any letter case and with any blanks.
    pub fn is_named(&self, name: &str) -> bool {
        Saved::name_of(name).is_ok_and(|name| name.to_lowercase() == self.name.to_lowercase())
    }

    /// The name that a text gives, its blanks single.
    ///
    /// # Errors
    /// When no search can have that name.
    pub fn name_of(text: &str) -> Result<String, NameError> {
        let blank = |c: char| if c.is_control() { ' ' } else { c };
        let text: String = text.chars().map(blank).collect();
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(NameError::Empty),
            1..=LONGEST_NAME => Ok(name),
            _ => Err(NameError::TooLong),
        }
    }
}
