//! Does the screen's writes, through the use cases that the command line has too.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::model::memory::Memory;
use super::request::{Outcome, Write};
use crate::app::purge::{self, Purge};
use crate::app::undo::{self, Direction};
use crate::app::{self, change, saved};
use crate::domain::change::StepNumber;
use crate::domain::edit::{Changes, Edit, NewTask};
use crate::domain::record::Record;
use crate::domain::task::{RepId, TaskNumber};
use crate::domain::view::Today;
use crate::repository::{self, Batch, CallEnd, Repository, Restored};

/// How tasks come in from outside: what `repbox import` and `repbox demo` do. Each gives
/// its summary, or a sentence that says what is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    /// Takes in a file of tasks.
    pub file: fn(&mut Repository, &Path, DateTime<Utc>) -> Result<String, String>,
    /// Takes in the demo, with dates around now.
    pub demo: fn(&mut Repository, &Today) -> Result<String, String>,
}

/// A connection that writes.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) repository: Repository,
    pub(super) intake: Intake,
    /// The step of the last edit, which a run of one change goes on with.
    pub(super) last: Option<StepNumber>,
}

impl Writer {
    fn edit(
        &mut self,
        tasks: &[TaskNumber],
        edit: &Edit,
        seen: Option<&Record<'static>>,
        joins: bool,
        now: DateTime<Utc>,
    ) -> Result<Outcome, String> {
        let joins = self.last.take().filter(|_| joins);
        // Of several tasks, those that do not allow it are told and left alone.
        let batch = Batch { seen, joins, lenient: seen.is_none(), ..Batch::new(tasks, edit, now) };
        match change::edit(&mut self.repository, &batch) {
            Ok(written) => {
                self.last = written.step;
                Ok(Outcome::Edited(edit.clone(), written))
            }
            Err(app::Error::File(repository::Error::ChangedSince(task))) => self.changed_since(task, now),
            Err(app::Error::File(repository::Error::NoTask { number, .. })) => {
                Err(format!("Task {number} is no longer there."))
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// The task as it is now, and since when.
    fn changed_since(&self, task: TaskNumber, now: DateTime<Utc>) -> Result<Outcome, String> {
        let said = |error: repository::Error| error.to_string();
        let last = self.repository.history(Some(task), 1).map_err(said)?;
        let mut rows = self.repository.tasks(&[task]).map_err(said)?;
        let row = rows.pop().ok_or_else(|| format!("Task {task} is no longer there."))?;
        Ok(Outcome::ChangedSince(last.first().map_or(now, |step| step.at), Arc::new(row)))
    }

    /// The last actions taken back, or done again, as far as there are any.
    fn restore(&mut self, way: Direction, steps: u64, now: DateTime<Utc>) -> Result<Vec<Restored>, String> {
        match undo::go(&mut self.repository, way, steps, now) {
            Ok(restored) => Ok(restored),
            Err(app::Error::NothingToUndo | app::Error::NothingToRedo) => Ok(Vec::new()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn add(
        &mut self,
        is_call: bool,
        fields: Changes,
        by: Option<RepId>,
        now: DateTime<Utc>,
    ) -> Result<Outcome, String> {
        let id = change::new_id().map_err(|error| error.to_string())?;
        let new = NewTask { is_call, fields, id, by };
        let written = change::add(&mut self.repository, &new, now).map_err(|error| error.to_string())?;
        Ok(Outcome::Added(written, new.has_lead()))
    }

    /// Does a write; on the disk when this returns. An error is a sentence for the notice line.
    pub(super) fn perform(&mut self, write: Write) -> Result<Outcome, String> {
        let repository = &mut self.repository;
        let said = |error: repository::Error| error.to_string();
        match write {
            Write::Edit { tasks, edit, seen, joins, now } => self.edit(&tasks, &edit, seen.as_ref(), joins, now),
            Write::Add { is_call, fields, by, now } => self.add(is_call, fields, by, now),
            Write::EndCall { task, outcome, agreed, rules, by, today } => {
                let id = change::new_id().map_err(|error| error.to_string())?;
                let (outcome, agreed, rules, by) = (&outcome, agreed.as_slice(), &rules, by.as_ref());
                let end = CallEnd { task, was_open: true, outcome, agreed, rules, id: &id, by, today: &today };
                app::outcome::end(repository, &end).map(|_| Outcome::CallEnded).map_err(|error| error.to_string())
            }
            Write::Undo(steps, now) => self.restore(Direction::Undo, steps, now).map(Outcome::Undone),
            Write::Redo(steps, now) => self.restore(Direction::Redo, steps, now).map(Outcome::Redone),
            Write::Import(path, now) => (self.intake.file)(repository, &path, now).map(Outcome::Imported),
            Write::Demo(today) => (self.intake.demo)(repository, &today).map(Outcome::Imported),
            Write::Purge { keep, agreed: None, now } => {
                purge::purge(repository, &keep, now).map(Outcome::Purged).map_err(said)
            }
            Write::Purge { keep, agreed: Some(agreed), now } => {
                let removed = purge::purge_agreed(repository, &agreed, &keep, now).map_err(said)?;
                Ok(Outcome::Purged(Purge::of(removed)))
            }
            Write::SaveSearch { name, text, today, me } => saved::save(repository, &name, &text, &today, me.as_ref())
                .map(Outcome::SearchSaved)
                .map_err(|error| error.to_string()),
            Write::ForgetSearch(saved) => {
                repository.forget_search(&saved.name).map(|_| Outcome::SearchForgotten(saved)).map_err(said)
            }
            Write::Remember(text) => {
                repository.remember(Memory::KEY, &text).map(|()| Outcome::Remembered).map_err(said)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::{ContactId, LeadId, Party};

    #[test]
    fn a_form_does_not_give_a_task_a_contact_of_another_lead() {
        let folder = tempfile::tempdir().expect("a folder");
        let repository = Repository::open(&folder.path().join("tasks.db")).expect("a new file");
        let intake = Intake { file: |_, _, _| Ok(String::new()), demo: |_, _| Ok(String::new()) };
        let mut writer = Writer { repository, intake, last: None };
        let now = DateTime::UNIX_EPOCH;
        let lead = |name: &str| Some(Party { id: Some(LeadId::new(format!("lead_{name}"))), name: Some(name.into()) });
        let contact =
            |name: &str| Some(Party { id: Some(ContactId::new(format!("cont_{name}"))), name: Some(name.into()) });
        let fields = |of: &str, whom: &str| Changes {
            text: Some("Ring".to_owned()),
            lead: lead(of),
            contact: contact(whom),
            ..Changes::default()
        };
        let mut add = |of: &str, whom: &str| {
            writer.perform(Write::Add { is_call: false, fields: fields(of, whom), by: None, now })
        };
        add("Acme", "Ann").expect("added");
        add("Blue", "Bob").expect("added");
        let refused = "Bob is a contact of Blue, not of Acme; name one of its own: Ann, or change the lead too; written as ids, lead_Acme and cont_Bob go together";
        assert_eq!(add("Acme", "Bob"), Err(refused.to_owned()));
        let mut edit = |changes: Changes| {
            let edit = Edit::Fields(Box::new(changes));
            writer.perform(Write::Edit { tasks: vec![TaskNumber(1)], edit, seen: None, joins: false, now })
        };
        assert_eq!(edit(Changes { contact: contact("Bob"), ..Changes::default() }), Err(refused.to_owned()));
        edit(Changes { contact: contact("New"), ..Changes::default() }).expect("nobody else's yet");
        edit(fields("Blue", "Bob")).expect("the lead goes with the contact");
    }
}
