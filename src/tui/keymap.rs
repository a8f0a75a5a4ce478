//! One ordered table: where, which keys, which action. Help and hints are made from it.
//!
//! The most used bindings of a context stand first.

use std::sync::LazyLock;

use crossterm::event::{KeyCode, KeyModifiers};

use super::action::Action;
use super::key::Key;
use crate::domain::kind::TaskType;
use crate::settings::Space;

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
    /// The help.
    Help,
    /// A menu with a field to find in.
    Menu,
    /// The snooze menu.
    Snooze,
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
    Archive, Calendar, Conflict, Details, Empty, Field, Find, Form, Help, Menu, Open, Question, Snooze, Stats, Types,
};

/// The lists.
const LISTS: &[Context] = &[Open, Archive];
/// Where a task is under the cursor.
const ON_TASK: &[Context] = &[Open, Archive, Details];
/// Everything with rows.
const ROWS: &[Context] = &[Open, Archive, Types, Help, Snooze, Stats];
/// The panes: where no overlay is open.
const PANES: &[Context] = &[Open, Archive, Types, Details];
/// The panes and the first screen.
const SCREENS: &[Context] = &[Open, Archive, Types, Details, Empty];
/// Overlays.
const OVERLAYS: &[Context] = &[Help, Menu, Snooze, Conflict, Field, Find, Question, Stats, Calendar];
/// Everywhere.
const ANYWHERE: &[Context] =
    &[Open, Archive, Types, Details, Empty, Help, Menu, Snooze, Form, Conflict, Field, Find, Question, Stats, Calendar];

/// Keys that mean an action in some contexts.
#[derive(Debug)]
pub struct Binding {
    /// Where.
    pub contexts: &'static [Context],
    /// The keys, any of which will do; each a sequence of one or two.
    pub keys: Vec<Vec<Key>>,
    /// What they mean.
    pub action: Action,
    /// A word for the hint line; bindings without one are only in the help.
    pub hint: Option<&'static str>,
}

type Line = (&'static [Context], &'static str, Action, Option<&'static str>);

/// Alternatives are parted by two blanks, the keys of a sequence by one.
const TABLE: &[Line] = &[
    (&[Menu, Snooze, Field], "Enter", Action::Accept, Some("take it")),
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
    (&[Details], "j  Down  Ctrl-e", Action::DetailsDown, Some("scroll")),
    (&[Details], "k  Up  Ctrl-y", Action::DetailsUp, None),
    (&[Details], "h  Left", Action::CloseDetails, Some("back")),
    (&[Details], "e  Space", Action::Complete, Some("done or re-open")),
    (&[Open], "s  h", Action::Snooze, Some("snooze")),
    (&[Details], "s", Action::Snooze, Some("snooze")),
    (LISTS, "x  v", Action::Mark, Some("mark")),
    (PANES, "Tab", Action::NextPane, Some("pane")),
    (PANES, "/", Action::Find, Some("search")),
    (PANES, "u  z", Action::Undo, Some("undo")),
    (&[Empty], "u  z", Action::Undo, None),
    (&[Open, Archive, Types, Details], "n", Action::New, Some("new")),
    (ON_TASK, "i  F2", Action::Edit, Some("edit")),
    (ON_TASK, "a", Action::Assign, Some("assign")),
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
    (PANES, "Shift-Tab", Action::PreviousPane, None),
    (PANES, "g i", Action::GoInbox, Some("inbox")),
    (PANES, "g a", Action::GoArchive, Some("archive")),
    (PANES, "g f", Action::GoFuture, Some("future")),
    (PANES, "g t", Action::GoTypes, Some("types")),
    (PANES, "g .", Action::GoLastChanged, Some("changed")),
    (PANES, "g m", Action::MarksBack, Some("marks")),
    (PANES, "g z", Action::ChooseZone, Some("zone")),
    (PANES, "g d", Action::Calendar, Some("day")),
    (&[Open, Archive, Types, Help, Details], "g g  Home", Action::First, Some("top")),
    (&[Open, Archive, Types, Help, Details], "G  End", Action::Last, None),
    (&[Open, Archive, Types, Help, Details], "Ctrl-d", Action::HalfPageDown, None),
    (&[Open, Archive, Types, Help, Details], "Ctrl-u", Action::HalfPageUp, None),
    (&[Open, Archive, Types, Help, Details], "PgDn", Action::PageDown, None),
    (&[Open, Archive, Types, Help, Details], "PgUp", Action::PageUp, None),
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
    (&[Find], "Up", Action::EarlierSearch, Some("earlier")),
    (&[Find], "Down", Action::LaterSearch, None),
    (&[Menu], "Down  Ctrl-n", Action::MoveDown, Some("next")),
    (&[Menu], "Up  Ctrl-p", Action::MoveUp, None),
    (&[Menu], "PgDn", Action::PageDown, None),
    (&[Menu], "PgUp", Action::PageUp, None),
    (&[Help], "q  ?  F1", Action::Close, Some("close")),
    (SCREENS, "Esc", Action::StepBack, None),
    (ANYWHERE, "Ctrl-c", Action::QuitNow, None),
    (ANYWHERE, "Ctrl-z", Action::Suspend, None),
    (ANYWHERE, "Ctrl-l", Action::Redraw, None),
];

static BINDINGS: LazyLock<Vec<Binding>> = LazyLock::new(|| TABLE.iter().map(binding).collect());

/// As [`BINDINGS`], where the space bar marks.
static SPACE_MARKS: LazyLock<Vec<Binding>> = LazyLock::new(|| {
    let space = [Key { code: KeyCode::Char(' '), modifiers: KeyModifiers::NONE }];
    let mut bindings: Vec<Binding> = TABLE.iter().map(binding).collect();
    for binding in &mut bindings {
        match binding.action {
            Action::Complete | Action::Reopen => binding.keys.retain(|keys| *keys != space),
            Action::Mark => binding.keys.push(space.to_vec()),
            _ => {}
        }
    }
    bindings
});

fn binding((contexts, keys, action, hint): &Line) -> Binding {
    let sequence = |text: &str| text.split(' ').filter_map(Key::parse).collect();
    Binding { contexts, keys: keys.split("  ").map(sequence).collect(), action: *action, hint: *hint }
}

/// Every binding, in the order of the help; the space bar does what the person has set.
pub fn bindings(space: Space) -> &'static [Binding] {
    match space {
        Space::Complete => &BINDINGS,
        Space::Mark => &SPACE_MARKS,
    }
}

/// The bindings of a context, in the order of the help.
pub fn bindings_in(context: Context, space: Space) -> impl Iterator<Item = &'static Binding> {
    bindings(space).iter().filter(move |b| b.contexts.contains(&context))
}

/// What keys pressed one after the other mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An action.
    Action(Action),
    /// The beginning of several sequences.
    Begun,
    /// Nothing here.
    Nothing,
}

/// What the keys mean in a context.
pub fn meaning(context: Context, space: Space, pressed: &[Key]) -> Meaning {
    let mut begun = false;
    for binding in bindings_in(context, space) {
        for keys in &binding.keys {
            if keys == pressed {
                return Meaning::Action(binding.action);
            }
            begun |= keys.starts_with(pressed);
        }
    }
    if begun { Meaning::Begun } else { Meaning::Nothing }
}

/// What can follow a first key: the next key and its word.
pub fn choices(context: Context, space: Space, pressed: &[Key]) -> Vec<(String, String)> {
    let follows = |keys: &&Vec<Key>| keys.len() > pressed.len() && keys.starts_with(pressed);
    bindings_in(context, space)
        .filter_map(|b| {
            let keys = b.keys.iter().find(follows)?;
            let word = b.hint.map_or_else(|| b.action.help(), str::to_owned);
            Some((keys[pressed.len()].to_string(), word))
        })
        .collect()
}

/// The hint line of a context: a key and a word each.
pub fn hints(context: Context, space: Space) -> Vec<(String, String)> {
    bindings_in(context, space)
        .filter(|b| b.keys[0].len() == 1)
        .filter_map(|b| Some((hint_keys(b), b.hint?.to_owned())))
        .collect()
}

/// `j/k` for the pair that moves, else the first key.
fn hint_keys(binding: &Binding) -> String {
    let first = spell(&binding.keys[0]);
    match binding.action {
        Action::MoveDown | Action::DetailsDown if first == "j" => "j/k".to_owned(),
        _ => first,
    }
}

/// A sequence as the help writes it: `g i`.
pub fn spell(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_key_of_the_table_can_be_read() {
        for ((_, text, ..), binding) in TABLE.iter().zip(bindings(Space::Complete)) {
            let written: Vec<_> = binding.keys.iter().map(|keys| spell(keys)).collect();
            assert_eq!(written.join("  "), *text);
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_place_and_no_sequence_hides_another() {
        let both = ANYWHERE.iter().flat_map(|context| [(context, Space::Complete), (context, Space::Mark)]);
        for (context, space) in both {
            let mut seen: HashMap<&Vec<Key>, Action> = HashMap::new();
            for binding in bindings_in(*context, space) {
                for keys in &binding.keys {
                    assert_eq!(seen.insert(keys, binding.action), None, "{context:?} {}", spell(keys));
                }
            }
            for keys in seen.keys() {
                let hidden = |other: &&&Vec<Key>| other.len() > keys.len() && other.starts_with(keys);
                assert!(!seen.keys().any(|other| hidden(&other)), "{context:?} {}", spell(keys));
            }
        }
    }

    #[test]
    fn names_of_actions_are_unique() {
        let mut names = HashMap::new();
        for binding in bindings(Space::Complete) {
            let other = names.insert(binding.action.name(), binding.action);
            assert!(other.is_none_or(|other| other == binding.action), "{}", binding.action.name());
        }
    }

    #[test]
    fn a_first_key_waits_and_shows_its_choices() {
        let g = [Key::parse("g").expect("a key")];
        assert_eq!(meaning(Open, Space::Complete, &g), Meaning::Begun);
        let shown = choices(Open, Space::Complete, &g);
        assert!(shown.contains(&("i".into(), "inbox".into())), "{shown:?}");
        assert!(shown.contains(&("g".into(), "top".into())), "{shown:?}");
        assert_eq!(meaning(Open, Space::Complete, &[Key::parse("b").expect("a key")]), Meaning::Nothing);
    }
}
