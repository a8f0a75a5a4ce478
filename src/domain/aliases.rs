//! The names under which the history may have one person.

/// Every name that somebody has had, for people marry. Letter case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases(Vec<String>);

impl Aliases {
    /// Whether somebody who is called so is the person.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

impl<S: AsRef<str>> FromIterator<S> for Aliases {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Aliases {
        Aliases(names.into_iter().map(|name| name.as_ref().to_lowercase()).collect())
    }
}
