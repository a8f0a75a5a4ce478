//! How the open lists are sorted, and whether a lead's tasks are folded into one row.

use std::collections::BTreeSet;

use crate::domain::task::LeadId;

/// What the open lists are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By date, the earliest first.
    #[default]
    Earliest,
    /// By date, the latest first.
    Latest,
    /// By when they were made, the newest first.
    Newest,
    /// By when they were made, the oldest first.
    Oldest,
}

impl Sort {
    /// All of them, in the order of the key.
    pub const ALL: [Sort; 4] = [Sort::Earliest, Sort::Latest, Sort::Newest, Sort::Oldest];

    /// Each with its word on the command line.
    pub const WORDS: [(&str, Sort); 4] = [
        ("date", Sort::Earliest),
        ("-date", Sort::Latest),
        ("-date_created", Sort::Newest),
        ("date_created", Sort::Oldest),
    ];

    /// The next one.
    #[must_use]
    pub fn next(self) -> Sort {
        Sort::ALL[(self as usize + 1) % Sort::ALL.len()]
    }

    /// The words for a title.
    pub fn words(self) -> &'static str {
        match self {
            Sort::Earliest => "date up",
            Sort::Latest => "date down",
            Sort::Newest => "newest first",
            Sort::Oldest => "oldest first",
        }
    }

    /// Whether rows stand in sections: those by date do.
    pub fn has_sections(self) -> bool {
        matches!(self, Sort::Earliest | Sort::Latest)
    }
}

/// How the open lists are arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorting {
    /// What they are sorted by.
    pub sort: Sort,
    /// Whether the tasks of a lead are one row.
    pub by_lead: bool,
    /// The leads whose tasks are not folded.
    pub unfolded: BTreeSet<LeadId>,
}

impl Sorting {
    /// Whether it is the order of the repository, with each task a row of its own.
    pub fn is_plain(&self) -> bool {
        self.sort == Sort::Earliest && !self.by_lead
    }

    /// What a title says of it: `, by lead, newest first`.
    pub fn title(&self) -> String {
        let by_lead = if self.by_lead { ", by lead" } else { "" };
        let sort = if self.sort == Sort::default() { String::new() } else { format!(", {}", self.sort.words()) };
        format!("{by_lead}{sort}")
    }
}
