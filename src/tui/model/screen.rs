//! The model: one truth for every pane.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use crossterm::event::KeyEvent;

use super::choice::{Choice as Filter, SideRow, TypeRow};
use super::details::Details;
use super::drill::Drill;
use super::drill::guide::Guide;
use super::find::{Find, History};
use super::marks::Marks;
use super::memory::draft::Draft;
use super::notice::Notice;
use super::overlay::{Overlay, Overlays, Question};
use super::panes::{Pane, Panes};
use super::power::Power;
use super::saving::Saving;
use super::sorting::Sorting;
use crate::domain::calling::CallHours;
use crate::domain::change::Action as Change;
use crate::domain::edit::Edit;
use crate::domain::filter::{Aliases, TypeSet};
use crate::domain::handoff::LeadPage;
use crate::domain::number::Dialler;
use crate::domain::outcome::Rules;
use crate::domain::query::Saved;
use crate::domain::retention::KeepTimes;
use crate::domain::shown::Signs;
use crate::domain::snooze::Choice;
use crate::domain::task::{Party, RepId, TaskNumber};
use crate::domain::view::Today;
use crate::domain::zone::Zone;
use crate::settings::AfterMove;
use crate::settings::theme::{Theme, Themes};
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::request::{Counts, ListName, Looked, NAMED, Number, Row, SavedCount};

/// Everything that the views draw.
#[derive(Clone, Debug)]
pub struct Model {
    /// Now, in the zone shown.
    pub today: Today,
    /// The terminal's size in cells.
    pub size: Size,
    /// How it is drawn.
    pub look: Look,
    /// Lists, sidebar, details.
    pub panes: Panes,
    /// The task shown beside the lists.
    pub details: Details,
    /// Types and people shown.
    pub choice: Filter,
    /// What is searched for.
    pub find: Find,
    /// What was searched for.
    pub history: History,
    /// How the open lists are arranged.
    pub sorting: Sorting,
    /// Marked tasks.
    pub marks: Marks,
    /// What the disk said beside the lists.
    pub data: Data,
    /// What happened.
    pub notice: Notice,
    /// Writes on their way.
    pub saving: Saving,
    /// The tasks that are gone through one at a time, in place of the panes.
    pub power: Option<Power>,
    /// What lies over the panes.
    pub overlays: Overlays,
    /// The keys being practised, if any are.
    pub drill: Option<Drill>,
    /// What the hint line has still to teach, if anything.
    pub guide: Option<Guide>,
    /// The mouse.
    pub mouse: Pointer,
    /// The first key of a sequence.
    pub begun: Vec<Key>,
    /// What waits for an answer that decides what it is about, in order.
    pub typed_ahead: VecDeque<Typed>,
    /// Raised by `update` whenever something visible changed.
    pub revision: u64,
}

/// A size in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// How the screen looks and behaves for this person and this terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Unicode or ASCII.
    pub signs: Signs,
    /// Colours, or bold, underline and reverse alone.
    pub colour: bool,
    /// The theme, where there are colours.
    pub theme: Theme,
    /// The themes to choose from.
    pub themes: Themes,
    /// Which rep sits here.
    pub me: Option<RepId>,
    /// That rep's name, where the settings say it.
    pub my_name: Option<String>,
    /// Under which names the history may have that rep.
    pub aliases: Aliases,
    /// The machine's own zone.
    pub here: Option<Zone>,
    /// Whether the zone shown is the machine's, wherever that goes: none was chosen.
    pub is_zone_here: bool,
    /// Where the cursor goes when a change takes its row away.
    pub after_move: AfterMove,
    /// Which keys do what.
    pub keys: Keymap,
    /// The page that is opened for a lead.
    pub lead_page: LeadPage,
    /// When people are called, where they are.
    pub call_hours: CallHours,
    /// What follows from a call that reached nobody.
    pub calls: Rules,
    /// What dials, where the person has chosen it.
    pub dialler: Option<Dialler>,
    /// Whether the person sits at another machine: what opens here is not seen there.
    pub is_remote: bool,
    /// How long archived tasks are kept.
    pub keep: KeepTimes,
}

/// The mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// Whether it is ours; else the terminal selects text with it.
    pub on: bool,
    /// The task clicked last: a second click is about this one only.
    pub clicked: Option<TaskNumber>,
}

impl Default for Pointer {
    fn default() -> Pointer {
        Pointer { on: true, clicked: None }
    }
}

/// What the disk said beside the lists.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Whether it has said anything yet.
    pub loaded: bool,
    /// The last number given to a request.
    pub number: Number,
    /// The newest [`Read::Everything`](crate::tui::request::Read::Everything).
    pub everything: Number,
    /// Whether it is still open.
    pub loading: Loading,
    /// How far the archive has been looked through for what is searched for.
    pub looked: Looked,
    /// Counts of every type: of what is searched for.
    pub counts: Counts,
    /// The same of all tasks.
    pub unsearched: Counts,
    /// The names of the types that the file has and this version does not know.
    pub other_types: Arc<[String]>,
    /// The first task of the future.
    pub next: Option<Row>,
    /// Completed today; known where the inbox is empty.
    pub done_today: usize,
    /// The question for the tasks to be marked, while it is open.
    pub marking: Option<Number>,
    /// The question for the tasks of power mode, while it is open.
    pub gathering: Option<Number>,
    /// The task whose contact's number is looked for, and what for.
    pub sought: Option<(TaskNumber, Sought)>,
    /// The task for which somebody was called last, until its outcome is said, or refused.
    pub called: Option<TaskNumber>,
    /// The saved searches, and how much of the inbox each finds.
    pub saved: Vec<SavedCount>,
    /// The [`Data::everything`] after which they were asked for.
    pub saved_after: Number,
    /// The reps of the file.
    pub reps: Vec<(Party<RepId>, u64)>,
    /// What `.` does again.
    pub repeat: Option<Repeat>,
    /// The last choice of the snooze menu: it comes first next time.
    pub last_snooze: Option<Choice>,
    /// The same change done again and again, faster than a person decides.
    pub run: Option<Run>,
    /// Lines done in the palette, newest first.
    pub commands: Vec<String>,
    /// The program ends as soon as every change is on the disk.
    pub leaving: bool,
    /// What was typed where the program was ended from outside, until it is open again.
    pub draft: Option<Draft>,
    /// The question for its task, while that is open.
    pub draft_sought: Option<Number>,
    /// The task changed last.
    pub changed: Option<TaskNumber>,
    /// A task just restored: shown though the types would hide it, until the cursor leaves it.
    pub keep: Option<TaskNumber>,
    /// When the archive is next looked through for tasks past their keep time, in UTC.
    pub next_purge: Option<DateTime<Utc>>,
    /// An unusual purge that waits to be asked about, until nothing else has the keys.
    pub purge_question: Option<Question>,
    /// When the screen was last left, in UTC, until what happened since is asked for.
    pub left: Option<DateTime<Utc>>,
    /// The day on which one was last asked about.
    pub purge_asked: Option<NaiveDate>,
}

/// The newest question about all lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loading {
    /// It is answered.
    #[default]
    Idle,
    /// It is open; each cursor stays on its task.
    Renews,
    /// It is open, and its answer decides on which tasks the cursors stand.
    Decides,
}

/// Something done by hand that waits for what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A key.
    Key {
        /// Which.
        event: KeyEvent,
        /// Whether it came less than a tenth of a second after the one before.
        is_hurried: bool,
    },
    /// Pasted text.
    Paste(String),
    /// An action that was clicked.
    Clicked(Action),
}

/// What a number is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// To call it.
    ToCall,
    /// To copy it.
    ToCopy,
}

/// Changes of one kind that came so fast that they are one step of undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What was done.
    pub action: Change,
    /// To how many tasks.
    pub count: usize,
}

/// What can be done again to another task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The same edit.
    Edit(Edit),
    /// The same choice of the snooze menu, which may mean another date there.
    Snooze(Choice),
}

impl Data {
    /// The next request's number.
    pub fn next_number(&mut self) -> Number {
        self.number += 1;
        self.number
    }

    /// Whether the file holds no task at all.
    pub fn is_empty(&self) -> bool {
        let counts = &self.unsearched;
        self.loaded && [counts.inbox, counts.future, counts.archive].iter().flatten().all(|n| *n == 0)
    }
}

impl Model {
    /// A model before anything was read.
    pub fn new(today: Today, size: Size, look: Look) -> Model {
        Model {
            today,
            size,
            look,
            panes: Panes::default(),
            details: Details::default(),
            choice: Filter::default(),
            find: Find::default(),
            history: History::default(),
            sorting: Sorting::default(),
            marks: Marks::default(),
            data: Data::default(),
            notice: Notice::default(),
            saving: Saving::default(),
            power: None,
            overlays: Overlays::default(),
            drill: None,
            guide: None,
            mouse: Pointer::default(),
            begun: Vec::new(),
            typed_ahead: VecDeque::new(),
            revision: 0,
        }
    }

    /// Notes that something visible changed.
    pub fn touch(&mut self) {
        self.revision += 1;
    }

    /// Which keys hold.
    pub fn context(&self) -> Context {
        match (self.overlays.top(), self.panes.focus()) {
            (Some(overlay), _) => overlay.context(),
            (None, _) if self.power.is_some() => Context::Power,
            (None, _) if self.is_first_run() => Context::Empty,
            (None, Pane::Types) => Context::Types,
            (None, Pane::Details) => Context::Details,
            (None, Pane::List(ListName::Archive)) => Context::Archive,
            (None, Pane::List(ListName::Inbox | ListName::Future)) => Context::Open,
        }
    }

    /// Whether nothing has the keys but the pane, no sequence of keys is begun and none waits.
    pub fn is_free(&self) -> bool {
        self.overlays.top().is_none() && self.begun.is_empty() && self.typed_ahead.is_empty()
    }

    /// How it looks now: the theme under the picker's cursor, or in the palette's line, else
    /// the one in use.
    pub fn theme(&self) -> &Theme {
        match self.overlays.asking() {
            _ if !self.look.colour => Theme::mono(),
            Some(Overlay::Themes(menu)) => menu.chosen().map_or(&self.look.theme, |choice| &choice.value),
            Some(Overlay::Palette(palette)) => {
                let named = palette.meant().filter(|(action, _)| *action == Action::ChooseTheme);
                named.and_then(|(_, name)| self.look.themes.named(name)).unwrap_or(&self.look.theme)
            }
            _ => &self.look.theme,
        }
    }

    /// Whether the file holds no tasks, of anyone.
    pub fn is_first_run(&self) -> bool {
        self.data.is_empty() && self.choice.people == crate::domain::filter::People::Everyone
    }

    /// The types shown: a search that says which it means is shown over all of them.
    pub fn types(&self) -> TypeSet {
        if self.find.all_types { TypeSet::ALL } else { self.choice.types().clone() }
    }

    /// The lines of the sidebar that its cursor goes to.
    pub fn side_rows(&self) -> Vec<SideRow> {
        let types = TypeRow::rows(self.has_others()).into_iter().map(SideRow::Type);
        types.chain((0..self.data.saved.len()).map(SideRow::Saved)).collect()
    }

    /// What is searched for, without what is still being typed.
    pub fn kept_search(&self) -> &Find {
        let typed = self.overlays.iter().find_map(|overlay| match overlay {
            Overlay::Find(finder) => Some(finder.before()),
            _ => None,
        });
        typed.unwrap_or(&self.find)
    }

    /// Whether a saved search is the one that is shown.
    pub fn shows(&self, saved: &Saved) -> bool {
        self.find.all_types && self.find.text() == saved.text
    }

    /// The task that keys act on: power mode's, else the one under the cursor.
    pub fn current_task(&self) -> Option<&Row> {
        match &self.power {
            Some(power) => power.present().map(|turn| &turn.row),
            None => self.panes.current().current(),
        }
    }

    /// Whether the file holds types unknown to this version.
    pub fn has_others(&self) -> bool {
        let counts = &self.data.unsearched;
        [counts.inbox, counts.future, counts.archive].iter().any(|by_type| by_type[NAMED..].iter().any(|n| *n > 0))
    }

    /// Whether the task under the cursor, or its list, is still to be decided by the disk.
    pub fn is_cursor_coming(&self) -> bool {
        let is_decided = self.data.loading != Loading::Decides && self.data.gathering.is_none();
        !is_decided || self.panes.goal.is_some() || self.panes.current().is_looking() || self.saving.leads()
    }

    /// Whether it is still to be decided which tasks a change is about.
    pub fn are_targets_coming(&self) -> bool {
        self.are_marks_coming() || self.is_cursor_coming() || self.panes.current().is_going()
    }

    /// Whether tasks are still to be marked, or gone through.
    pub fn are_marks_coming(&self) -> bool {
        self.data.marking.is_some() || self.data.sought.is_some() || self.data.gathering.is_some()
    }

    /// Whether something is still to come: an answer of the disk, or the cursor's rest.
    #[cfg(test)]
    pub(crate) fn is_waiting(&self) -> bool {
        let lists = ListName::ALL.iter().any(|name| self.panes.list(*name).is_asking());
        lists
            || self.data.loading != Loading::Idle
            || self.data.looked != Looked::Whole
            || self.details.is_asking()
            || self.details.is_trailing()
            || self.data.marking.is_some()
            || self.data.sought.is_some()
            || self.data.gathering.is_some()
            || !self.saving.pending().is_empty()
    }

    /// Whether what the letters of a search find is still to come.
    pub fn is_finding(&self) -> bool {
        self.data.loading != Loading::Idle && matches!(self.overlays.top(), Some(Overlay::Find(_)))
    }

    /// The next moment at which something visible changes by itself, in UTC.
    pub fn next_moment(&self) -> Option<DateTime<Utc>> {
        let now = self.today.now;
        let minute = now.duration_trunc(TimeDelta::minutes(1)).ok()?.checked_add_signed(TimeDelta::minutes(1));
        let slow = self.saving.slow_at().filter(|at| *at > now);
        // A day may begin within a minute, where an offset has seconds.
        let midnight = Some(self.today.ends).filter(|at| *at > now);
        [minute, slow, midnight, self.notice.fades()].into_iter().flatten().min()
    }
}
