//! Tasks being described, and the file that they make.

use chrono::DateTime;

use super::Desk;
use crate::domain::record::{Field, Record, quote};
use crate::domain::task::{Completion, Local, StoredTask, Task, TaskNumber};

/// A task being described.
#[derive(Clone, Debug)]
pub(crate) struct Draft(Vec<(String, String)>);

/// A task of a type.
pub(crate) fn task(wire_name: &str) -> Draft {
    Draft(Vec::new()).json("_type", &quote(wire_name)).json("is_complete", "false")
}

/// A to-do.
pub(crate) fn todo(text: &str) -> Draft {
    task("lead").with("text", text)
}

impl Draft {
    /// With a field of text.
    pub(crate) fn with(self, name: &str, text: &str) -> Draft {
        self.json(name, &quote(text))
    }

    /// With a field of any JSON.
    pub(crate) fn json(mut self, name: &str, json: &str) -> Draft {
        self.0.push((name.to_owned(), json.to_owned()));
        self
    }

    /// Due then.
    pub(crate) fn due(self, date: &str) -> Draft {
        self.with("date", date)
    }

    /// Of a lead.
    pub(crate) fn lead(self, name: &str) -> Draft {
        let id: String = name.chars().take(20).collect();
        self.with("lead_id", &format!("lead_{id}")).with("lead_name", name)
    }

    /// Of a rep.
    pub(crate) fn rep(self, name: &str) -> Draft {
        let id: String = name.chars().take(20).collect();
        self.with("assigned_to", &format!("user_{id}")).with("assigned_to_name", name)
    }

    /// Completed then.
    pub(crate) fn done(self, at: &str) -> Draft {
        self.json("is_complete", "true").with("date_updated", at)
    }

    fn store(self, number: i64) -> StoredTask {
        let mut record = Record::new().into_owned();
        record.set("id", quote(&format!("task_{number:05}")));
        for (name, json) in self.0 {
            let mut fields = record.fields().to_vec();
            fields.retain(|f| f.name != name);
            fields.push(Field { name: name.into(), json: json.into() });
            record = Record::from_fields(fields).expect("names are unique by now");
        }
        let task = Task::read(&record).expect("a draft is a valid task");
        let completed =
            task.is_complete.then(|| Completion { at: task.updated.expect("done() says when"), about: false });
        StoredTask { number: TaskNumber(number), task, record, completed, local: Local::default() }
    }
}

/// A file with these tasks, numbered from 1.
pub(crate) fn inbox(drafts: impl IntoIterator<Item = Draft>) -> Drafts {
    Drafts(drafts.into_iter().zip(1..).map(|(draft, number)| draft.store(number)).collect())
}

/// Tasks that wait for a moment to be looked at.
pub(crate) struct Drafts(Vec<StoredTask>);

impl Drafts {
    /// The screen at a moment, in the zone of its offset, at 100x30.
    pub(crate) fn at(self, moment: &str) -> Desk {
        let moment = DateTime::parse_from_str(moment, "%Y-%m-%dT%H:%M%:z").expect("a moment with an offset");
        Desk::open(self.0, moment)
    }
}
