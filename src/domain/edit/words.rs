//! How an edit is said: before, as a question, and afterwards.

use super::Edit;

impl Edit {
    /// What was done, of one task or of many: `Completed "Send quote"`, `Snoozed 12`.
    /// `title` is the first task's, raw.
    pub fn summary(&self, count: usize, title: &str) -> String {
        let what = if count == 1 { format!("\"{title}\"") } else { count.to_string() };
        match self {
            Edit::Assign(rep) => {
                let to = rep.name_or_id().unwrap_or("nobody");
                format!("Assigned {what} to {to}")
            }
            Edit::Note(_) => format!("Wrote a note on {what}"),
            Edit::Complete(_) | Edit::Snooze(_) | Edit::Fields(_) | Edit::Delete | Edit::Pin(_) => {
                format!("{} {what}", self.word())
            }
        }
    }

    /// The word before what was changed: `Completed`, `Snoozed`.
    pub fn word(&self) -> &'static str {
        match self {
            Edit::Complete(true) => "Completed",
            Edit::Complete(false) => "Re-opened",
            Edit::Snooze(_) => "Snoozed",
            Edit::Assign(_) => "Assigned",
            Edit::Fields(_) => "Changed",
            Edit::Delete => "Deleted",
            Edit::Pin(true) => "Pinned",
            Edit::Pin(false) => "Unpinned",
            Edit::Note(_) => "Noted",
        }
    }

    /// What is said of tasks that were so already: `already done`.
    pub fn already(&self) -> &'static str {
        match self {
            Edit::Complete(true) => "already done",
            Edit::Complete(false) => "already open",
            Edit::Snooze(_) | Edit::Fields(_) | Edit::Delete | Edit::Note(_) => "already so",
            Edit::Assign(_) => "already theirs",
            Edit::Pin(true) => "already pinned",
            Edit::Pin(false) => "not pinned",
        }
    }

    /// The word of a question: `Complete`, `Delete`.
    pub fn imperative(&self) -> &'static str {
        match self {
            Edit::Complete(true) => "Complete",
            Edit::Complete(false) => "Re-open",
            Edit::Snooze(_) => "Snooze",
            Edit::Assign(_) => "Assign",
            Edit::Fields(_) => "Change",
            Edit::Delete => "Delete",
            Edit::Pin(true) => "Pin",
            Edit::Pin(false) => "Unpin",
            Edit::Note(_) => "Write a note on",
        }
    }

    /// The question before it: `Delete 12 tasks, 3 of them from today? y/N`. `title` is
    /// the first task's, raw.
    pub fn question(&self, count: usize, title: &str, of_today: usize) -> String {
        let what = match (count, of_today) {
            (1, _) => format!("\"{title}\""),
            (count, 0) => format!("{count} tasks"),
            (count, of_today) => format!("{count} tasks, {of_today} of them from today"),
        };
        format!("{} {what}? y/N", self.imperative())
    }
}

/// What is said of tasks that are gone when others are changed: `2 are no longer there`.
pub fn are_gone(count: usize) -> String {
    if count == 1 { "1 is no longer there".to_owned() } else { format!("{count} are no longer there") }
}

/// What is said of tasks that a query found, but not when they were to be changed:
/// `2 match no longer and stay as they are`.
pub fn match_no_longer(count: usize) -> String {
    match count {
        1 => "1 matches no longer and stays as it is".to_owned(),
        more => format!("{more} match no longer and stay as they are"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_the_thing_and_the_count() {
        assert_eq!(Edit::Delete.question(12, "", 3), "Delete 12 tasks, 3 of them from today? y/N");
        assert_eq!(Edit::Delete.question(1, "Send quote", 1), "Delete \"Send quote\"? y/N");
        assert_eq!(Edit::Complete(true).question(40, "", 0), "Complete 40 tasks? y/N");
    }
}
