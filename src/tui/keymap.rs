//! One ordered table: where, which keys, which action. Help, hints and papers are made from
//! what it becomes with a person's settings.
//!
//! The most used bindings of a context stand first. What the settings make of the table is
//! in `own`, what is asked of the result in `live`, how it is put on paper in `paper`.

mod live;
mod own;
mod paper;
#[cfg(test)]
mod tests;

pub use live::{Hint, Keymap, Meaning, spell};
pub use own::WrongKeys;
pub use paper::{CONTEXTS, page};

use super::action::Action;
use super::key::Key;
use crate::domain::kind::TaskType;
use crate::domain::outcome::Ending;

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The inbox or the future.
    Open,
    /// The archive.
    Archive,
    /// The types.
    Types,
    /// The details.
    Details,
    /// A file without any task.
    Empty,
    /// The help, or the messages.
    Help,
    /// The command palette.
    Palette,
    /// A menu with a field to find in.
    Menu,
    /// The snooze menu.
    Snooze,
    /// Power mode.
    Power,
    /// A call that the next press begins.
    Call,
    /// After a call.
    Called,
    /// The form of a task.
    Form,
    /// Whose values stand.
    Conflict,
    /// A field.
    Field,
    /// The field of a search.
    Find,
    /// A question.
    Question,
    /// The charts of what was done.
    Stats,
    /// The strip of the next two weeks.
    Calendar,
}

use Context::{
    Archive, Calendar, Call, Called, Conflict, Details, Empty, Field, Find, Form, Help, Menu, Open, Palette, Power,
    Question, Snooze, Stats, Types,
};

/// The lists.
const LISTS: &[Context] = &[Open, Archive];
/// Where a task is under the cursor.
const ON_TASK: &[Context] = &[Open, Archive, Details, Power];
/// Everything with rows.
const ROWS: &[Context] = &[Open, Archive, Types, Help, Snooze, Stats];
/// Everything that has ends and pages.
const SCROLLED: &[Context] = &[Open, Archive, Types, Help, Details, Power, Stats];
/// The panes: where no overlay is open.
const PANES: &[Context] = &[Open, Archive, Types, Details];
/// The panes and the first screen.
const SCREENS: &[Context] = &[Open, Archive, Types, Details, Empty];
/// Overlays.
const OVERLAYS: &[Context] =
    &[Help, Palette, Menu, Snooze, Call, Called, Conflict, Field, Find, Question, Stats, Calendar];
/// Everywhere.
const ANYWHERE: &[Context] = &[
    Open, Archive, Types, Details, Empty, Power, Help, Palette, Menu, Snooze, Call, Called, Form, Conflict, Field,
    Find, Question, Stats, Calendar,
];

impl Context {
    /// Whether letters are text here, and no keys.
    pub fn takes_text(self) -> bool {
        matches!(self, Palette | Menu | Field | Find | Form)
    }

    /// Whether it is one of the screen's own, with nothing over it.
    fn is_screen(self) -> bool {
        SCREENS.contains(&self) || self == Power
    }
}

/// Keys that mean an action in some contexts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub contexts: &'static [Context],
    /// The keys, any of which will do; each a sequence of one or two. None: nothing here.
    pub keys: Vec<Vec<Key>>,
    /// What they mean.
    pub action: Action,
    /// A word for the hint line; bindings without one are only in the help.
    pub hint: Option<&'static str>,
}

type Line = (&'static [Context], &'static str, Action, Option<&'static str>);

/// Alternatives are parted by two blanks, the keys of a sequence by one.
const TABLE: &[Line] = &[
    (&[Palette, Menu, Snooze, Field], "Enter", Action::Accept, Some("take it")),
    (&[Find], "Enter", Action::Accept, Some("keep")),
    (ROWS, "j  Down", Action::MoveDown, Some("move")),
    (ROWS, "k  Up", Action::MoveUp, None),
    (&[Open], "e  Space", Action::Complete, Some("done")),
    (&[Archive], "e  Space", Action::Reopen, Some("re-open")),
    (&[Types], "Enter", Action::ApplyType, Some("only this")),
    (&[Types], "Space", Action::AddType, Some("add")),
    (&[Empty], "d", Action::LoadDemo, Some("demo")),
    (&[Empty], "n", Action::New, Some("new task")),
    (&[Empty], "i", Action::ImportFile, Some("import a file")),
    (&[Empty], "c", Action::Connect, None),
    (&[Details], "j  Down  Ctrl-e", Action::DetailsDown, Some("scroll")),
    (&[Details], "k  Up  Ctrl-y", Action::DetailsUp, None),
    (&[Details], "h  Left", Action::CloseDetails, Some("back")),
    (&[Details], "e  Space", Action::Complete, Some("done or re-open")),
    (&[Power], "e  Space", Action::Complete, Some("done")),
    (&[Power], "Right  l", Action::Later, Some("later")),
    (&[Power], "Left  h", Action::Earlier, Some("back")),
    (&[Power], "c", Action::Call, Some("call")),
    (&[Power], "s", Action::Snooze, Some("snooze")),
    (&[Power], "Esc", Action::StepBack, Some("the lists")),
    (&[Power], "q", Action::Close, None),
    (&[Power], "j  Down  Ctrl-e", Action::DetailsDown, Some("scroll")),
    (&[Power], "k  Up  Ctrl-y", Action::DetailsUp, None),
    (&[Power], "u  z", Action::Undo, Some("undo")),
    (&[Power], ":  Ctrl-k", Action::Palette, Some("commands")),
    (&[Power], "U  Ctrl-r", Action::Redo, None),
    (&[Power], "?  F1", Action::Help, Some("help")),
    (&[Power], "n", Action::New, None),
    (&[Power], "T", Action::ChooseTheme, None),
    (&[Power], "M", Action::ToggleMouse, None),
    (&[Power], "g z", Action::ChooseZone, Some("zone")),
    (&[Open], "s  h", Action::Snooze, Some("snooze")),
    (&[Details], "s", Action::Snooze, Some("snooze")),
    (LISTS, "x  v", Action::Mark, Some("mark")),
    (PANES, "Tab", Action::NextPane, Some("pane")),
    (PANES, "/", Action::Find, Some("search")),
    (SCREENS, ":  Ctrl-k", Action::Palette, Some("commands")),
    (PANES, "u  z", Action::Undo, Some("undo")),
    (&[Empty], "u  z", Action::Undo, None),
    (&[Open, Archive, Types, Details], "n", Action::New, Some("new")),
    (ON_TASK, "i  F2", Action::Edit, Some("edit")),
    (ON_TASK, "a", Action::Assign, Some("assign")),
    (&[Open, Archive, Types, Details, Power], "p", Action::Power, None),
    (&[Open, Archive, Details], "c", Action::Call, None),
    (ON_TASK, "o", Action::Open, None),
    (ON_TASK, "O", Action::OpenRecording, None),
    (ON_TASK, "r", Action::Reply, None),
    (ON_TASK, "y", Action::CopyNumber, None),
    (ON_TASK, "Y", Action::CopyLink, None),
    (ON_TASK, "d", Action::SetDate, None),
    (ON_TASK, ".", Action::Repeat, None),
    (ON_TASK, "m", Action::Note, None),
    (ON_TASK, "f", Action::Pin, None),
    (ON_TASK, "#  Delete", Action::Delete, None),
    (LISTS, "Enter  Right  l", Action::OpenDetails, None),
    // Says why not: a completed task has nothing to be put off.
    (&[Archive], "s  h", Action::Snooze, None),
    (PANES, "0", Action::AllTypes, Some("all types")),
    (PANES, "@", Action::ChoosePeople, Some("whose")),
    (PANES, "F", Action::ToggleFuture, Some("future")),
    (SCREENS, "?  F1", Action::Help, Some("help")),
    (SCREENS, "q", Action::Quit, Some("quit")),
    (SCREENS, "U  Ctrl-r", Action::Redo, None),
    (&[Open, Archive, Types, Details, Power], "!", Action::Decide, None),
    (SCREENS, "T", Action::ChooseTheme, None),
    (SCREENS, "M", Action::ToggleMouse, None),
    (&[Open, Archive, Types, Details, Empty, Power], "R", Action::Sync, None),
    (PANES, "S", Action::Sort, None),
    (PANES, "B", Action::Group, None),
    (LISTS, "Left", Action::Fold, None),
    (PANES, "w", Action::CycleLayout, None),
    (PANES, "+", Action::Enlarge, None),
    (PANES, "Shift-Tab", Action::PreviousPane, None),
    (PANES, "g i", Action::GoInbox, Some("inbox")),
    (PANES, "g a", Action::GoArchive, Some("archive")),
    (PANES, "g f", Action::GoFuture, Some("future")),
    (PANES, "g t", Action::GoTypes, Some("types")),
    (PANES, "g 1", Action::GoSaved(1), None),
    (PANES, "g 2", Action::GoSaved(2), None),
    (PANES, "g 3", Action::GoSaved(3), None),
    (PANES, "g 4", Action::GoSaved(4), None),
    (PANES, "g 5", Action::GoSaved(5), None),
    (PANES, "g 6", Action::GoSaved(6), None),
    (PANES, "g 7", Action::GoSaved(7), None),
    (PANES, "g 8", Action::GoSaved(8), None),
    (PANES, "g 9", Action::GoSaved(9), None),
    (PANES, "g .", Action::GoLastChanged, Some("changed")),
    (PANES, "g m", Action::MarksBack, Some("marks")),
    (SCREENS, "g z", Action::ChooseZone, Some("zone")),
    (PANES, "g d", Action::Calendar, Some("day")),
    (SCROLLED, "g g  Home", Action::First, Some("top")),
    (SCROLLED, "G  End", Action::Last, None),
    (SCROLLED, "Ctrl-d", Action::HalfPageDown, None),
    (SCROLLED, "Ctrl-u", Action::HalfPageUp, None),
    (SCROLLED, "PgDn", Action::PageDown, None),
    (SCROLLED, "PgUp", Action::PageUp, None),
    (LISTS, "Ctrl-e", Action::DetailsDown, None),
    (LISTS, "Ctrl-y", Action::DetailsUp, None),
    (LISTS, "J  Shift-Down", Action::MarkDown, None),
    (LISTS, "K  Shift-Up", Action::MarkUp, None),
    (LISTS, "* a  Ctrl-a", Action::MarkAll, Some("all")),
    (LISTS, "* o", Action::MarkOverdue, Some("overdue")),
    (LISTS, "* t", Action::MarkType, Some("same type")),
    (LISTS, "* l", Action::MarkLead, Some("same lead")),
    (LISTS, "* n", Action::MarkNone, Some("none")),
    (PANES, "1", Action::OnlyType(TaskType::Lead), None),
    (PANES, "2", Action::OnlyType(TaskType::IncomingEmail), None),
    (PANES, "3", Action::OnlyType(TaskType::EmailFollowup), None),
    (PANES, "4", Action::OnlyType(TaskType::MissedCall), None),
    (PANES, "5", Action::OnlyType(TaskType::AnsweredDetachedCall), None),
    (PANES, "6", Action::OnlyType(TaskType::Voicemail), None),
    (PANES, "7", Action::OnlyType(TaskType::OpportunityDue), None),
    (PANES, "8", Action::OnlyType(TaskType::IncomingSms), None),
    (PANES, "9", Action::OnlyType(TaskType::OutgoingCall), None),
    (&[Form], "Tab  Down", Action::NextField, Some("next")),
    (&[Form], "Shift-Tab  Up", Action::PreviousField, None),
    (&[Form], "Enter", Action::Onward, None),
    (&[Form], "Ctrl-s", Action::SaveForm, Some("save")),
    (&[Form], "Esc", Action::StepBack, Some("cancel")),
    (&[Form], "Ctrl-o", Action::OpenEditor, Some("editor")),
    (&[Form], "Ctrl-n", Action::NextOffer, Some("other name")),
    (&[Form], "Ctrl-p", Action::PreviousOffer, None),
    (&[Form], "Ctrl-t", Action::SwitchKind, None),
    (&[Conflict], "m", Action::Mine, Some("mine")),
    (&[Conflict], "t", Action::Theirs, Some("theirs")),
    (&[Conflict], "c", Action::Close, Some("back to the form")),
    (&[Snooze], "1", Action::SnoozeTo('1'), None),
    (&[Snooze], "2", Action::SnoozeTo('2'), None),
    (&[Snooze], "n", Action::SnoozeTo('n'), None),
    (&[Snooze], "t", Action::SnoozeTo('t'), None),
    (&[Snooze], "b", Action::SnoozeTo('b'), None),
    (&[Snooze], "w", Action::SnoozeTo('w'), None),
    (&[Snooze], "m", Action::SnoozeTo('m'), None),
    (&[Snooze], "c", Action::SnoozeTo('c'), None),
    (&[Snooze], "r", Action::SnoozeTo('r'), None),
    (&[Call], "c  Enter", Action::Dial, Some("dial")),
    (&[Call], "y", Action::CopyNumber, Some("copy")),
    (&[Call], "q", Action::Close, None),
    (&[Called], "1", Action::Ended(Ending::Reached), None),
    (&[Called], "2", Action::Ended(Ending::NoAnswer), None),
    (&[Called], "3", Action::Ended(Ending::LeftVoicemail), None),
    (&[Called], "4", Action::Ended(Ending::WrongNumber), None),
    (&[Called], "5", Action::Ended(Ending::CallBack), None),
    (&[Called], "6", Action::Ended(Ending::NotInterested), None),
    (&[Called], "a", Action::AlsoDone, None),
    (&[Called], "m", Action::Note, Some("note")),
    (&[Called], "j  Down  Ctrl-e", Action::DetailsDown, Some("scroll")),
    (&[Called], "k  Up  Ctrl-y", Action::DetailsUp, None),
    (&[Called], "o", Action::Open, Some("open in Close")),
    (&[Called], "c", Action::Call, Some("dial again")),
    (&[Called], "y", Action::CopyNumber, None),
    (&[Called], "q", Action::Close, None),
    (&[Called], "?  F1", Action::Help, Some("help")),
    (&[Snooze, Call, Conflict, Question, Stats, Calendar], "?  F1", Action::Help, None),
    (&[Palette, Menu, Field, Find, Form], "F1", Action::Help, None),
    (&[Question], "y", Action::Agree, Some("yes")),
    (&[Question], "n  Enter  q", Action::Refuse, Some("no")),
    (&[Calendar], "Enter", Action::Accept, Some("see it")),
    (&[Calendar], "s", Action::SnoozeToDay, Some("snooze to it")),
    (&[Calendar], "l  Right", Action::NextDay, Some("next day")),
    (&[Calendar], "h  Left", Action::PreviousDay, None),
    (&[Calendar], "j  Down", Action::NextWeek, Some("week")),
    (&[Calendar], "k  Up", Action::PreviousWeek, None),
    (OVERLAYS, "Esc", Action::StepBack, Some("back")),
    (&[Stats, Calendar], "q", Action::Close, None),
    (&[Snooze], "d", Action::SnoozeTo('d'), Some("type a date")),
    (&[Snooze], "h  Left  q", Action::Close, None),
    (&[Find], "Tab", Action::CompleteWord, Some("complete")),
    (&[Find], "Shift-Tab", Action::CompleteBack, None),
    (&[Find], "Ctrl-s", Action::SaveSearch, Some("save")),
    (&[Types], "#  Delete", Action::ForgetSearch, None),
    (&[Find], "Up", Action::EarlierSearch, Some("earlier")),
    (&[Find], "Down", Action::LaterSearch, None),
    (&[Palette], "Tab", Action::TakeName, Some("take the name")),
    (&[Palette, Menu], "Down  Ctrl-n", Action::MoveDown, Some("next")),
    (&[Palette, Menu], "Up  Ctrl-p", Action::MoveUp, None),
    (&[Palette, Menu], "PgDn", Action::PageDown, None),
    (&[Palette, Menu], "PgUp", Action::PageUp, None),
    (&[Help], "/", Action::FindHere, Some("find")),
    (&[Help], "q  ?  F1", Action::Close, Some("close")),
    (SCREENS, "Esc", Action::StepBack, None),
    (ANYWHERE, "Ctrl-c", Action::QuitNow, None),
    (ANYWHERE, "Ctrl-z", Action::Suspend, None),
    (ANYWHERE, "Ctrl-l", Action::Redraw, None),
];
