//! A screen on a desk, for tests: tasks in memory answer what the disk would.
//!
//! ```ignore
//! let mut desk = inbox([todo("Send quote").due("2026-01-05")]).at("2026-01-05T09:00-05:00");
//! desk.press("e");
//! ```

mod arranging;
mod calling;
mod counting;
mod draft;
mod figures;
mod purging;
mod screen;

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Utc};
use crossterm::event::KeyEvent;

pub(crate) use draft::{Draft, inbox, task, todo};

use super::key::Key;
use super::model::entry::Name;
use super::model::{Look, Model, Size};
use super::request::{Answer, Card, Everything, ListName, Looked, Outcome, Read, Row, Scope, Want, Write};
use super::shelf::{Ranks, Shelf};
use super::update::{self, Effect, Msg, update};
use crate::domain::change::{Action, Step, StepNumber};
use crate::domain::edit::{self, Changes, Edit, Field as FieldName, NewTask, local_id};
use crate::domain::order::DateKey;
use crate::domain::query::Saved;
use crate::domain::record::{Field, Record};
use crate::domain::retention::Unusual;
use crate::domain::task::{LeadId, Local, Party, RepId, StoredTask, Task, TaskNumber};
use crate::domain::view::Today;
use crate::domain::zone::Zone;
use crate::repository::{Expired, Happened, OpenTask, Restored, Written};

/// A model with its tasks.
pub(crate) struct Desk {
    pub(crate) model: Model,
    pub(crate) tasks: Vec<Row>,
    /// What was to be done outside and is no question to the disk.
    pub(crate) effects: Vec<Effect>,
    /// Writes that wait, where the disk is slow.
    pub(crate) waiting: Vec<(u64, Write)>,
    /// Whether writes wait for [`Desk::write`].
    pub(crate) slow: bool,
    /// The saved searches.
    pub(crate) saved: Vec<Saved>,
    /// The unusual purge that each look comes to.
    pub(crate) unusual: Option<(Expired, Unusual)>,
    /// What happened while the screen was closed.
    pub(crate) happened: Happened,
    /// How often anybody was tried before.
    pub(crate) tries: u32,
    undo: Vec<(DoneStep, String)>,
    redo: Vec<(DoneStep, String)>,
}

/// Rows before and after a step.
type DoneStep = Vec<(TaskNumber, Option<Row>, Option<Row>)>;

impl Desk {
    fn open(tasks: Vec<StoredTask>, moment: DateTime<FixedOffset>) -> Desk {
        let today = Today::new(moment.to_utc(), Zone::Offset(*moment.offset()));
        let look = Look { colour: true, ..Look::default() };
        let mut model = Model::new(today, Size { width: 100, height: 30 }, look);
        let effects = update::begin(&mut model);
        let tasks = tasks.into_iter().map(Arc::new).collect();
        let mut desk = Desk {
            model,
            tasks,
            effects: Vec::new(),
            waiting: Vec::new(),
            slow: false,
            saved: Vec::new(),
            unusual: None,
            happened: Happened::default(),
            tries: 0,
            undo: Vec::new(),
            redo: Vec::new(),
        };
        desk.perform(effects);
        desk
    }

    /// With another size.
    pub(crate) fn sized(mut self, width: u16, height: u16) -> Desk {
        self.send(Msg::Resize(Size { width, height }));
        self
    }

    /// With another look.
    pub(crate) fn looking(mut self, look: Look) -> Desk {
        self.model.look = look;
        self
    }

    /// Presses a key again and again, faster than anyone decides.
    pub(crate) fn hold(&mut self, key: &str, times: usize) -> &mut Desk {
        let key = Key::parse(key).expect("a key of the keymap's spelling");
        let event = KeyEvent::new(key.code, key.modifiers);
        self.send(Msg::Key(event));
        (1..times).for_each(|_| self.send(Msg::HurriedKey(event)));
        self
    }

    /// Types text into the field that has the keys.
    pub(crate) fn write_in(&mut self, text: &str) -> &mut Desk {
        for c in text.chars() {
            self.send(Msg::Key(KeyEvent::from(crossterm::event::KeyCode::Char(c))));
        }
        self
    }

    /// Gives a task fields that no version knows.
    pub(crate) fn add_fields(&mut self, number: i64, count: usize) {
        let row = self.tasks.iter_mut().find(|row| row.number.0 == number).expect("a task of the desk");
        let mut fields = row.record.clone().into_owned().fields().to_vec();
        fields.extend((0..count).map(|i| Field { name: format!("custom_{i}").into(), json: "1".into() }));
        Arc::make_mut(row).record = Record::from_fields(fields).expect("names are unique");
        self.send(Msg::FileChanged);
    }

    /// Changes a task as another process would.
    pub(crate) fn change_elsewhere(&mut self, number: i64, edit: &Edit) {
        let row = self.tasks.iter_mut().find(|row| row.number.0 == number).expect("a task of the desk");
        *row = Arc::new(edit.apply(row).expect("an edit of fields"));
    }

    /// Presses keys, parted by blanks.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Desk {
        for key in keys.split(' ') {
            let key = Key::parse(key).expect("a key of the keymap's spelling");
            self.send(Msg::Key(KeyEvent::new(key.code, key.modifiers)));
        }
        self.send(Msg::Rested);
        self
    }

    /// Presses keys, parted by blanks, all before the first answer.
    pub(crate) fn burst(&mut self, keys: &str) -> &mut Desk {
        let keys = keys.split(' ').map(|key| Key::parse(key).expect("a key of the keymap's spelling"));
        let msgs = keys.map(|key| Msg::Key(KeyEvent::new(key.code, key.modifiers)));
        let effects: Vec<Effect> = msgs.flat_map(|msg| update(&mut self.model, msg)).collect();
        self.perform(effects);
        self
    }

    /// Sends a message, and answers what it asks.
    pub(crate) fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
    }

    /// Does what was to be done outside, later than it was asked.
    pub(crate) fn carry_out(&mut self, effect: Effect) {
        self.perform(vec![effect]);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Read(number, read) => {
                    let answer = self.answer(read);
                    self.send(Msg::Answer(number, answer));
                }
                Effect::Write(number, write) if self.slow => self.waiting.push((number, write)),
                Effect::Write(number, write) => self.done(number, write),
                Effect::Rest => {}
                other => self.effects.push(other),
            }
        }
    }

    /// Lets the waiting writes through.
    pub(crate) fn write(&mut self) {
        self.slow = false;
        for (number, write) in std::mem::take(&mut self.waiting) {
            self.done(number, write);
        }
    }

    fn done(&mut self, number: u64, write: Write) {
        let outcome = match write {
            Write::Edit { tasks, edit, seen, joins, now } => self.edit(&tasks, edit, seen.as_ref(), joins, now),
            Write::Add { is_call, fields, by, now } => self.add(is_call, fields, by, now),
            Write::EndCall { task, outcome, agreed, rules, by, today } => {
                self.end_call((task, &outcome, &agreed), &rules, by, &today)
            }
            Write::Undo(steps, now) => Outcome::Undone((0..steps).map_while(|_| self.step_back(now)).collect()),
            Write::Redo(steps, now) => Outcome::Redone((0..steps).map_while(|_| self.step_forth(now)).collect()),
            Write::Import(..) | Write::Demo(_) => Outcome::Imported("Imported 2 tasks".to_owned()),
            Write::Purge { agreed, .. } => Outcome::Purged(self.purge(agreed)),
            Write::SaveSearch { name, text, .. } => self.save_search(name, text),
            Write::ForgetSearch(saved) => self.forget_search(saved),
            Write::Remember(_) => Outcome::Remembered,
        };
        self.send(Msg::Written(number, Ok(outcome)));
    }

    fn edit(
        &mut self,
        tasks: &[TaskNumber],
        edit: Edit,
        seen: Option<&Record<'static>>,
        joins: bool,
        now: DateTime<Utc>,
    ) -> Outcome {
        if let Some(row) = self.unlike(tasks, seen) {
            return Outcome::ChangedSince(now, row);
        }
        let mut step = Vec::new();
        let mut written = Written { step: Some(StepNumber(1)), ..Written::default() };
        let is_gone = |task: &&TaskNumber| self.tasks.iter().all(|row| row.number != **task);
        written.left_out.extend(tasks.iter().filter(is_gone));
        for row in self.tasks.clone().iter().filter(|row| tasks.contains(&row.number)) {
            if let Some(refusal) = edit.refusal(row.task.body.task_type(), row.task.is_complete) {
                written.refused.push((row.number, refusal));
                continue;
            }
            match update::ahead::of(row, &edit, now) {
                None => written.already.push(row.number),
                Some(ahead) => {
                    written.changed.push(row.number);
                    step.push((row.number, Some(ahead.before), ahead.after));
                }
            }
        }
        written.summary = edit.summary(written.changed.len(), &self.title_of(&written.changed));
        self.put(step.iter().map(|(number, _, after)| (*number, after.clone())).collect());
        match self.undo.last_mut().filter(|_| joins) {
            Some((earlier, summary)) => {
                earlier.extend(step);
                *summary = edit.summary(earlier.len(), "");
            }
            None => self.undo.push((step, written.summary.clone())),
        }
        Outcome::Edited(edit, written)
    }

    /// A task that has another value by now than was seen.
    fn unlike(&self, tasks: &[TaskNumber], seen: Option<&Record<'static>>) -> Option<Row> {
        let row = self.tasks.iter().find(|row| tasks.contains(&row.number))?;
        let is_other = |field: &Field<'_>| edit::get(row, &field.name).as_deref().unwrap_or("null") != &*field.json;
        seen?.fields().iter().any(is_other).then(|| row.clone())
    }

    fn add(&mut self, is_call: bool, fields: Changes, by: Option<RepId>, now: DateTime<Utc>) -> Outcome {
        let number = TaskNumber(self.tasks.iter().map(|row| row.number.0).max().unwrap_or(0) + 1);
        let new = NewTask { is_call, fields, id: local_id(number.0.unsigned_abs().into()), by };
        let record = new.record(now);
        let task = Task::read(&record).expect("what is made here is a task");
        let summary = format!("Added \"{}\"", crate::domain::wording::title(&task));
        let row = Arc::new(StoredTask { number, task, record, completed: None, local: Local::default() });
        self.put(vec![(number, Some(row.clone()))]);
        self.undo.push((vec![(number, None, Some(row))], summary.clone()));
        let step = Some(StepNumber(1));
        let written = Written { step, changed: vec![number], summary, ..Written::default() };
        Outcome::Added(written, new.has_lead())
    }

    /// Names of leads, contacts and reps that have the text in them; contacts of the lead.
    fn names(&self, of: FieldName, text: &str, lead: Option<&LeadId>) -> Vec<Name> {
        let of_row = |row: &Row| match of {
            FieldName::Lead => Name::of(&row.task.lead),
            FieldName::Contact if lead.is_some() && lead != row.task.lead.id.as_ref() => None,
            FieldName::Contact => Name::of(&row.task.contact),
            FieldName::Rep => Name::of(&row.task.rep),
            FieldName::Text | FieldName::Date | FieldName::Phone => None,
        };
        let mut names: Vec<Name> = self.tasks.iter().filter_map(of_row).collect();
        names.retain(|name| name.name.to_lowercase().contains(&text.to_lowercase()));
        let mut seen = Vec::new();
        names.retain(|name| {
            !seen.contains(&name.id) && {
                seen.push(name.id.clone());
                true
            }
        });
        names
    }

    fn title_of(&self, tasks: &[TaskNumber]) -> String {
        let row = self.tasks.iter().find(|row| tasks.first() == Some(&row.number));
        row.map(|row| crate::domain::wording::title(&row.task)).unwrap_or_default()
    }

    fn step_back(&mut self, now: DateTime<Utc>) -> Option<Restored> {
        let (step, summary) = self.undo.pop()?;
        let rows = step.iter().map(|(number, before, _)| (*number, before.clone())).collect();
        let restored = self.restored(rows, &summary, now);
        self.redo.push((step, summary));
        Some(restored)
    }

    fn step_forth(&mut self, now: DateTime<Utc>) -> Option<Restored> {
        let (step, summary) = self.redo.pop()?;
        let rows = step.iter().map(|(number, _, after)| (*number, after.clone())).collect();
        let restored = self.restored(rows, &summary, now);
        self.undo.push((step, summary));
        Some(restored)
    }

    fn restored(&mut self, rows: Vec<(TaskNumber, Option<Row>)>, summary: &str, at: DateTime<Utc>) -> Restored {
        let changed: Vec<TaskNumber> = rows.iter().map(|(number, _)| *number).collect();
        self.put(rows);
        let step = Step {
            number: StepNumber(2),
            at,
            action: Action::Complete,
            tasks: changed.len() as u64,
            summary: summary.to_owned(),
            by: None,
            of: None,
            undone: true,
        };
        Restored { step, changed, left_alone: Vec::new() }
    }

    fn put(&mut self, rows: Vec<(TaskNumber, Option<Row>)>) {
        for (number, row) in rows {
            self.tasks.retain(|held| held.number != number);
            self.tasks.extend(row);
        }
        self.tasks.sort_by_key(|row| row.number);
    }

    fn answer(&self, read: Read) -> Answer {
        match read {
            Read::Everything { scope, wants, marks } => self.everything(&scope, &wants, &marks),
            Read::Part { list, scope, want } => Answer::Part(list, self.part(list, &scope, &want)),
            Read::Card { task, lead, contact } => {
                let of_lead = |row: &&Row| lead.is_some() && row.task.lead.id == lead && !row.task.is_complete;
                let others = self.tasks.iter().filter(of_lead).filter(|row| row.number != task).cloned().collect();
                let number = contact.and_then(|contact| self.number_of(&contact));
                Answer::Card(task, Card { others, history: Vec::new(), number })
            }
            Read::Saved { people, today, me } => Answer::Saved(self.saved_counts(people, today, me.as_ref())),
            Read::Reps => Answer::Reps(self.reps()),
            Read::Whole { list, scope } => Answer::Whole(self.ranks(list, &scope).tasks),
            Read::Overdue { scope } => Answer::Whole(self.ranks(ListName::Inbox, &scope).overdue().to_vec()),
            Read::Names { of, text, lead } => {
                let names = self.names(of, &text, lead.as_ref());
                Answer::Names { of, text, lead, names }
            }
            read @ (Read::Stats { .. } | Read::Since { .. } | Read::Fortnight { .. }) => self.figures(&read),
            Read::Queue { list, scope, marks } => self.queue(list, &scope, &marks),
            Read::Rows { tasks } => Answer::Rows(self.rows(&tasks)),
            Read::Attempt { task, .. } => self.attempt(task),
            Read::NumberOf { task, contact, .. } => Answer::NumberOf(task, self.number_of(&contact)),
            Read::OfLead { lead } => {
                let of_lead = self.tasks.iter().filter(|row| row.task.lead.id.as_ref() == Some(&lead));
                Answer::Whole(of_lead.filter(|row| !row.task.is_complete).map(|row| row.number).collect())
            }
        }
    }

    fn everything(&self, scope: &Scope, wants: &[Want; 3], marks: &[TaskNumber]) -> Answer {
        let parts = std::array::from_fn(|i| self.part(ListName::ALL[i], scope, &wants[i]));
        let (counts, unsearched) = self.counts(scope);
        let next = self.part(ListName::Future, scope, &Want { around: None, rank: 0, rows: 1, after: None }).rows.pop();
        let shown: Vec<_> = ListName::ALL.iter().flat_map(|list| self.ranks(*list, scope).tasks).collect();
        let hidden_marks = marks.iter().filter(|task| !shown.contains(task)).count();
        let done_today = self.tasks.iter().filter(|row| row.task.is_complete).count();
        Answer::Everything(Box::new(Everything {
            parts,
            counts,
            unsearched,
            next,
            done_today,
            hidden_marks,
            looked: Looked::Whole,
            other_types: self.other_types(),
        }))
    }

    fn shelf(&self, scope: &Scope) -> Shelf {
        let zone = scope.today.zone;
        let shown = |row: &&Row| self.is_of(row, scope) || scope.keep == Some(row.number);
        let mut open: Vec<_> = self.tasks.iter().filter(|row| !row.task.is_complete).filter(shown).collect();
        open.sort_by_key(|row| DateKey::of(&row.task, &zone));
        let place = |row: &&Row| OpenTask {
            number: row.number,
            task_type: self.type_number(row.task.body.wire_name()).expect("a type of its tasks"),
            day: row.task.actionable().map(|date| scope.today.day_of(date)),
            at_micros: None,
        };
        let pinned = open.iter().filter(|row| row.local.is_pinned).map(|row| row.number).collect();
        Shelf::new(open.iter().map(place).collect(), pinned)
    }

    fn ranks(&self, list: ListName, scope: &Scope) -> Ranks {
        let (inbox, future) = self.shelf(scope).ranks(&self.type_numbers(&scope.types), scope.keep, &scope.today);
        match list {
            ListName::Inbox => inbox,
            ListName::Future => future,
            ListName::Archive => {
                let shown = |row: &&Row| {
                    let passes = self.is_of(row, scope) && scope.types.contains_name(row.task.body.wire_name());
                    passes || scope.keep == Some(row.number)
                };
                let mut done: Vec<_> = self.tasks.iter().filter(|row| row.task.is_complete).filter(shown).collect();
                done.sort_by_key(|row| std::cmp::Reverse((row.completed.map(|c| c.at), row.number)));
                Ranks { tasks: done.iter().map(|row| row.number).collect(), sections: Vec::new() }
            }
        }
    }

    fn reps(&self) -> Vec<(Party<RepId>, u64)> {
        let mut reps: Vec<(Party<RepId>, u64)> = Vec::new();
        for row in self.tasks.iter().filter(|row| row.task.rep.id.is_some()) {
            match reps.iter_mut().find(|(party, _)| party.id == row.task.rep.id) {
                Some((_, open)) => *open += 1,
                None => reps.push((row.task.rep.clone(), 1)),
            }
        }
        reps
    }

    /// The text of the task under the cursor.
    pub(crate) fn current(&self) -> String {
        self.model.current_task().map_or_else(String::new, |row| crate::domain::wording::title(&row.task))
    }

    /// The titles of a list, from its window.
    pub(crate) fn titles(&self, list: ListName) -> Vec<String> {
        self.model.panes.list(list).rows().iter().map(|row| crate::domain::wording::title(&row.task)).collect()
    }

    /// What the notice line says.
    pub(crate) fn notice(&self) -> String {
        self.model.notice.message().map_or_else(String::new, |m| m.text.clone())
    }
}
