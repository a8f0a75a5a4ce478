//! The lines above the panes, title and tabs, and what stands there in a file without tasks.

use ratatui::layout::Rect;

use super::areas::{Areas, Layout};
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use super::{find, list};
use crate::domain::filter::{Others, People};
use crate::domain::kind::TaskType;
use crate::domain::shown::Shown;
use crate::domain::view::Section;
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::panes::Pane;
use crate::tui::request::{Counts, ListName};

/// A shorter name of a person is not cut for counts.
const LEAST_PERSON: usize = 8;
/// A shorter search is not cut for counts.
const LEAST_SEARCH: usize = 24;
/// A narrower title leaves the machine's own time out.
const ROOM_FOR_HERE: u16 = 80;

/// ` INBOX mine  1 overdue | 2 today     To-do only; 9 of other types: 0 shows all     Mon 24 Nov 14:07 EST`
pub(super) fn title(pen: &mut Pen<'_>, model: &Model, areas: &Areas) {
    let line = areas.title;
    let tiny = areas.layout == Layout::Tiny;
    let today = &model.today;
    let here = if line.width < ROOM_FOR_HERE { String::new() } else { here(model) };
    let day = if tiny { String::new() } else { today.zone.local(today.now).format("%a %d %b ").to_string() };
    let clock = format!("{day}{} {}{here} ", today.time_of(today.now), today.zone.abbreviation(today.now));
    let used = pen.say_right(line, &clock, Role::Plain);
    let end = line.right().saturating_sub(used + 1);
    let mut x = line.x + 1;
    for (words, role) in title_pieces(pen, model, tiny, end.saturating_sub(x)) {
        x += pen.put((x, line.y), end.saturating_sub(x), &words, role);
    }
    let sentence = types_sentence(model);
    let cells = u16::try_from(sentence.len()).unwrap_or(u16::MAX);
    let room = end.saturating_sub(x);
    // Where panes are tabs, the line of the tabs has more room.
    if areas.layout == Layout::Wide && room > cells + 4 {
        pen.button((x + (room - cells) / 2, line.y), cells, &sentence, Role::Plain, Action::AllTypes);
    }
}

/// ` (here 20:07)`, where the machine's clock shows another time than the zone's.
fn here(model: &Model) -> String {
    let (now, zone) = (model.today.now, model.today.zone);
    match model.look.here.map(|here| here.local(now)) {
        Some(here) if here.naive_local() != zone.local(now).naive_local() => {
            format!(" (here {})", model.today.customs.time(here.time()))
        }
        Some(_) | None => String::new(),
    }
}

/// The pane's name, whose tasks, how many, what is searched for, how many marked. A long name
/// is cut first, then counts are left out; the marks, which the next key acts on, never.
fn title_pieces(pen: &Pen<'_>, model: &Model, tiny: bool, room: u16) -> Vec<(Shown, Role)> {
    let (name, mut counts) = match elsewhere(model).filter(|_| tiny) {
        Some(name) => (name, Vec::new()),
        None => ("INBOX".to_owned(), counts(model, tiny)),
    };
    let (person, search) = (pen.shown(&person(model)), pen.shown(&find::title(model, tiny)));
    let marks = marks(model);
    let cells = |counts: &[(String, Role)]| counts.iter().map(|(words, _)| words.len()).sum::<usize>();
    let left = usize::from(room).saturating_sub(name.len() + marks.len());
    let least = person.cells().min(LEAST_PERSON) + search.cells().min(LEAST_SEARCH);
    while cells(&counts) + least > left && counts.pop().is_some() {}
    let left = left.saturating_sub(cells(&counts));
    let person = person.cut(left.saturating_sub(search.cells().min(LEAST_SEARCH)));
    let search = search.cut(left.saturating_sub(person.cells()));
    let head = [(pen.shown(&name), Role::FocusTitle), (person, Role::Strong)];
    let counts = counts.into_iter().map(|(words, role)| (pen.shown(&words), role)).collect::<Vec<_>>();
    let tail = [(search, Role::Strong), (pen.shown(&marks), Role::Mark)];
    head.into_iter().chain(counts).chain(tail).collect()
}

/// `  +12 (3 hidden)`
fn marks(model: &Model) -> String {
    match (model.marks.count(), model.marks.hidden) {
        (0, _) => String::new(),
        (marked, 0) => format!("  +{marked}"),
        (marked, hidden) => format!("  +{marked} ({hidden} hidden)"),
    }
}

/// Where one pane is shown at a time: its name, unless it is the inbox.
fn elsewhere(model: &Model) -> Option<String> {
    match model.panes.focus() {
        Pane::Types => Some("TYPES".to_owned()),
        Pane::List(ListName::Inbox) => None,
        Pane::List(name) => Some(list::title(model, name).replace(list::word(name), &list::word(name).to_uppercase())),
        Pane::Details if model.panes.list_name() == ListName::Inbox => None,
        Pane::Details => Some(list::word(model.panes.list_name()).to_uppercase()),
    }
}

/// `  1 overdue | 2 today`
fn counts(model: &Model, tiny: bool) -> Vec<(String, Role)> {
    let list = model.panes.list(ListName::Inbox);
    let (overdue, today) = (list.in_section(Section::Overdue), list.in_section(Section::Today));
    let mut counts = Vec::new();
    if overdue > 0 {
        let words = if tiny { format!(" {overdue}!") } else { format!("  {overdue} overdue") };
        counts.push((words, Role::Alarm));
    }
    if today > 0 {
        let between = match (tiny, overdue) {
            (true, _) => " ",
            (false, 0) => "  ",
            (false, _) => " | ",
        };
        counts.push((format!("{between}{today} today"), Role::Plain));
    }
    counts
}

fn person(model: &Model) -> String {
    match &model.choice.people {
        People::Everyone => String::new(),
        People::Rep(id) if Some(id) == model.look.me.as_ref() => " mine".to_owned(),
        People::Rep(id) => format!(" {}", model.choice.person.as_deref().unwrap_or(id.as_str())),
    }
}

/// A type that is shown, as the words about a choice tell it.
pub(super) enum Chosen {
    /// One of the nine; `None`: all that this version does not know.
    Type(Option<TaskType>),
    /// An unknown one, by its name.
    Named(String),
}

/// The types shown.
pub(super) fn chosen(model: &Model) -> Vec<Chosen> {
    let types = model.types();
    let known = TaskType::ALL.into_iter().filter(|t| types.contains(*t)).map(|t| Chosen::Type(Some(t)));
    let others: Vec<Chosen> = match types.others() {
        Others::None => Vec::new(),
        Others::All => vec![Chosen::Type(None)],
        Others::Named(names) => names.iter().cloned().map(Chosen::Named).collect(),
    };
    known.chain(others).collect()
}

/// How many tasks of a count by type the chosen types leave out.
pub(super) fn hidden(model: &Model, by_type: &[usize]) -> usize {
    let types = model.types();
    by_type.iter().enumerate().filter(|(place, _)| !Counts::is_shown(*place, &types)).map(|(_, n)| n).sum()
}

/// How many tasks of the inbox the types leave out, how many of them overdue.
pub(super) fn hidden_types(model: &Model) -> (usize, usize) {
    (hidden(model, &model.data.counts.inbox), hidden(model, &model.data.counts.overdue))
}

/// `To-do only; 9 of other types, 1 overdue: 0 shows all`
fn types_sentence(model: &Model) -> String {
    if model.types().is_all() || !model.data.loaded || model.is_first_run() {
        return String::new();
    }
    let (hidden, overdue) = hidden_types(model);
    let key = model.look.keys.key(Action::AllTypes);
    let which = match chosen(model).as_slice() {
        [Chosen::Type(one)] => format!("{} only", wording::label(*one)),
        [Chosen::Named(name)] => format!("{name} only"),
        several => format!("{} types", several.len()),
    };
    match (hidden, overdue) {
        (0, _) => which,
        (_, 0) => format!("{which}; {hidden} of other types: {key} shows all"),
        (_, _) => format!("{which}; {hidden} of other types, {overdue} overdue: {key} shows all"),
    }
}

/// `* Inbox 3 of 12 *   Archive 2 of 31`
pub(super) fn tabs(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let mut x = line.x;
    let in_types = model.panes.focus() == Pane::Types;
    if in_types {
        x += pen.say((x, line.y), line.width, "* Types *", Role::FocusTitle) + 1;
    }
    for name in model.panes.shown() {
        let current = model.panes.list_name() == name && !in_types;
        let title = list::title(model, name);
        let focused = current && model.panes.focus() == Pane::List(name);
        let words = if current { format!("* {title} *") } else { format!("  {title}  ") };
        let role = match (current, focused) {
            (true, true) => Role::FocusTitle,
            (true, false) => Role::Strong,
            (false, _) => Role::Plain,
        };
        let cells = pen.say((x, line.y), line.right().saturating_sub(x), &words, role);
        pen.meets(Rect { x, width: cells, ..line }, Hit::Pane(Pane::List(name)));
        x += cells + 1;
    }
    let room = usize::from(line.right().saturating_sub(x + 1));
    let whole = types_sentence(model);
    // The types themselves stand on the line above.
    let short = whole.split_once("; ").map_or("", |(_, rest)| rest).to_owned();
    let shorter = short.replace(" shows all", "");
    if let Some(words) = [whole, short, shorter].iter().find(|words| words.len() <= room) {
        let used = pen.say_right(Rect { width: line.width.saturating_sub(1), ..line }, words, Role::Plain);
        let all = Rect { x: line.right().saturating_sub(used + 1), width: used, ..line };
        pen.meets(all, Hit::Action(Action::AllTypes));
    }
}

/// The first screen of a file without tasks.
pub(super) fn first_run(pen: &mut Pen<'_>, model: &Model, areas: &Areas) {
    let height = areas.notice.y.saturating_sub(1);
    let y = 1 + height / 3;
    let line = |y: u16| Rect { x: 0, y, width: areas.title.width, height: 1 };
    let middle = |cells: u16| areas.title.width.saturating_sub(cells) / 2;
    pen.say((middle(13), y), 13, "No tasks yet.", Role::Strong);
    let all = [(Action::LoadDemo, " demo"), (Action::New, " new task"), (Action::ImportFile, " import a file")];
    let all = all.map(|(action, words)| (action, model.look.keys.key_in(Context::Empty, action), words));
    let cells = |(_, key, words): &(Action, String, &str)| u16::try_from(key.len() + words.len()).unwrap_or(0);
    let mut x = middle(all.iter().map(cells).sum::<u16>() + 6);
    for (action, key, words) in &all {
        x += pen.button((x, line(y + 2).y), line(y).width, key, Role::Key, *action);
        x += pen.button((x, line(y + 2).y), 20, words, Role::Plain, *action) + 3;
    }
    pen.cursor = Some((middle(13), y));
}
