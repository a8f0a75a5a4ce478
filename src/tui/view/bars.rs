//! The lines around the panes: title, tabs, hints; questions and the path field.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::areas::{Areas, Layout};
use super::hit::Hit;
use super::pen::Pen;
use super::style::Role;
use super::{find, list};
use crate::domain::filter::{Others, People};
use crate::domain::kind::TaskType;
use crate::domain::shown::Shown;
use crate::domain::view::Section;
use crate::domain::when;
use crate::domain::wording;
use crate::tui::action::Action;
use crate::tui::keymap::{Context, Hint, spell};
use crate::tui::model::Model;
use crate::tui::model::field::Field;
use crate::tui::model::overlay::{Asked, Question};
use crate::tui::model::panes::Pane;
use crate::tui::model::snooze::{DateEntry, Purpose};
use crate::tui::request::ListName;

/// What is said of a date takes no more lines.
const MOST_SAID: usize = 3;
/// Narrower hints leave out how to move and how to quit.
const ROOM_FOR_ALL_HINTS: usize = 50;
/// A shorter name of a person is not cut for counts.
const LEAST_PERSON: usize = 8;
/// A longer name of a saved search is cut among what can follow a first key.
const LONGEST_NAME: usize = 16;
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
        pen.say((x + (room - cells) / 2, line.y), cells, &sentence, Role::Plain);
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

/// The types shown, unknown ones as `None`.
pub(super) fn chosen(model: &Model) -> Vec<Option<TaskType>> {
    let types = model.types();
    let known = TaskType::ALL.into_iter().filter(|t| types.contains(*t)).map(Some);
    known.chain((*types.others() != Others::None).then_some(None)).collect()
}

/// How many tasks of a count by type the chosen types leave out.
pub(super) fn hidden(model: &Model, by_type: &[usize]) -> usize {
    let chosen = chosen(model);
    let is_chosen = |i: usize| chosen.contains(&TaskType::ALL.get(i).copied());
    by_type.iter().enumerate().filter(|(i, _)| !is_chosen(*i)).map(|(_, n)| n).sum()
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
        [one] => format!("{} only", wording::label(*one)),
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
        pen.say_right(Rect { width: line.width.saturating_sub(1), ..line }, words, Role::Plain);
    }
}

/// The first screen of a file without tasks.
pub(super) fn first_run(pen: &mut Pen<'_>, model: &Model, areas: &Areas) {
    let height = areas.notice.y.saturating_sub(1);
    let y = 1 + height / 3;
    let line = |y: u16| Rect { x: 0, y, width: areas.title.width, height: 1 };
    let middle = |cells: u16| areas.title.width.saturating_sub(cells) / 2;
    pen.say((middle(13), y), 13, "No tasks yet.", Role::Strong);
    let key = |action| model.look.keys.key_in(Context::Empty, action);
    let all = [
        (key(Action::LoadDemo), " demo"),
        (key(Action::New), " new task"),
        (key(Action::ImportFile), " import a file"),
    ];
    let cells = |(key, words): &(String, &str)| u16::try_from(key.len() + words.len()).unwrap_or(0);
    let mut x = middle(all.iter().map(cells).sum::<u16>() + 6);
    for (key, words) in all {
        x += pen.say((x, line(y + 2).y), line(y).width, &key, Role::Key);
        x += pen.say((x, line(y + 2).y), 20, words, Role::Plain) + 3;
    }
    pen.cursor = Some((middle(13), y));
}

/// What the keys do here; after a first key, what can follow.
pub(super) fn hints(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let context = model.context();
    let mut x = line.x + 1;
    if !model.begun.is_empty() {
        return choices(pen, model, line);
    }
    if let Some(drill) = &model.drill {
        let (progress, key, words) = drill.line(model);
        let used = pen.say((x, line.y), line.right().saturating_sub(x), &progress, Role::Strong) + 2;
        hint(pen, (x + used, line.y), line.right(), &key, words);
        return;
    }
    for Hint { key, word, .. } in fitting(model.look.keys.hints(context), usize::from(line.width.saturating_sub(1))) {
        x += hint(pen, (x, line.y), line.right(), &key, &word);
    }
}

/// What can follow a first key: all of it, on as many lines as that needs.
fn choices(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    let room = usize::from(line.width.saturating_sub(1));
    let first = format!("{} ", spell(&model.begun));
    let (mut lines, mut used): (Vec<Vec<(String, String)>>, usize) = (vec![Vec::new()], first.len() + 1);
    let (context, keys) = (model.context(), &model.look.keys);
    let saved = keys.saved_choices(context, &model.begun).into_iter().filter_map(|(key, place)| {
        let (saved, _) = model.data.saved.iter().find(|(saved, _)| saved.place == u32::from(place))?;
        Some((key, pen.shown(&saved.name).cut(LONGEST_NAME).as_str().to_owned()))
    });
    let saved: Vec<_> = saved.collect();
    for (key, word) in keys.choices(context, &model.begun).into_iter().chain(saved) {
        // The blanks behind the last one of a line may be cut.
        if used + key.len() + 1 + word.len() > room {
            lines.push(Vec::new());
            used = first.len() + 1;
        }
        used += key.len() + word.len() + 3;
        lines.last_mut().into_iter().for_each(|line| line.push((key.clone(), word.clone())));
    }
    let top = line.y.saturating_sub(u16::try_from(lines.len().saturating_sub(1)).unwrap_or(0));
    for (hints, y) in lines.iter().zip(top..) {
        pen.clear(Rect { y, ..line });
        let begun = if y == top { first.as_str() } else { "  " };
        let mut x = line.x + 2 + pen.say((line.x + 1, y), 4, begun, Role::Key);
        for (key, word) in hints {
            x += hint(pen, (x, y), line.right(), key, word);
        }
    }
}

/// As many hints as fit, from the front; help and, with room, quit stand last and always.
fn fitting(hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    let cells = |hint: &Hint| hint.key.len() + hint.word.len() + 3;
    // Where there is little room, what anyone tries first goes unsaid.
    let is_tight = room < ROOM_FOR_ALL_HINTS && hints.iter().map(cells).sum::<usize>() > room;
    let is_plain = |hint: &Hint| matches!(hint.action, Action::MoveDown | Action::DetailsDown | Action::Quit);
    let hints = hints.into_iter().filter(|hint| !is_tight || !is_plain(hint));
    let is_last = |hint: &Hint| matches!(hint.action, Action::Help | Action::Quit);
    let (last, first): (Vec<_>, Vec<_>) = hints.partition(is_last);
    let mut used: usize = last.iter().map(cells).sum();
    let fits = |hint: &Hint| {
        used += cells(hint);
        used <= room
    };
    first.into_iter().take_while(fits).chain(last).collect()
}

fn hint(pen: &mut Pen<'_>, (x, y): (u16, u16), right: u16, key: &str, word: &str) -> u16 {
    let used = pen.say((x, y), right.saturating_sub(x), key, Role::Key);
    let at = x + used + 1;
    used + 1 + pen.say((at, y), right.saturating_sub(at), word, Role::Plain) + 2
}

/// `Complete 40 tasks? y/N`
pub(super) fn question(pen: &mut Pen<'_>, question: &Question, line: Rect) {
    match question.about {
        // A long title is cut, not its closing quote.
        Asked::Edit(..) => match question.words.strip_suffix("\"? y/N") {
            Some(words) => ask_cut(pen, words, "\"? y/N ", line),
            None => ask(pen, question.words.trim_end_matches("y/N"), "y/N ", line),
        },
        Asked::Purge(_) => ask_whole(pen, &question.words, line),
    }
}

/// A question on one line, whatever is cut of it.
fn ask_cut(pen: &mut Pen<'_>, words: &str, tail: &str, line: Rect) {
    let rest = u16::try_from(pen.shown(tail).cells()).unwrap_or(u16::MAX);
    pen.clear(line);
    let room = line.width.saturating_sub(rest + 1);
    let x = line.x + 1 + pen.say((line.x + 1, line.y), room, words, Role::Strong);
    let used = pen.say((x, line.y), rest, tail, Role::Strong);
    pen.cursor = Some((x + used, line.y));
}

/// A question of which each word counts, on as many lines as it needs.
pub(super) fn ask_whole(pen: &mut Pen<'_>, words: &str, line: Rect) {
    let lines: Vec<Shown> = pen.wrapped(words, line.width.saturating_sub(3)).collect();
    // The title's line stays.
    let skipped = lines.len().saturating_sub(usize::from(line.y));
    let shown = lines.iter().skip(skipped);
    let first = line.y.saturating_sub(u16::try_from(shown.len().saturating_sub(1)).unwrap_or(0));
    for (words, y) in shown.zip(first..) {
        let line = Rect { y, ..line };
        pen.clear(line);
        let used = pen.put((line.x + 1, y), line.width.saturating_sub(2), words, Role::Strong);
        pen.cursor = Some((line.x + 2 + used, y));
    }
}

/// `[c]ancel`, or `[x] cancel` where the key is not how the word begins.
pub(super) fn bracketed(key: &str, word: &str) -> String {
    match word.strip_prefix(key) {
        Some(rest) => format!("[{key}]{rest}"),
        None => format!("[{key}] {word}"),
    }
}

/// A question; where one line is too short, how to answer has a line of its own below it.
pub(super) fn ask(pen: &mut Pen<'_>, words: &str, tail: &str, line: Rect) {
    let cells = |text: &str| u16::try_from(pen.shown(text).cells()).unwrap_or(u16::MAX);
    let (first, rest) = (cells(words), cells(tail));
    pen.clear(line);
    if first.saturating_add(rest) + 2 > line.width {
        let above = Rect { y: line.y.saturating_sub(1), ..line };
        pen.clear(above);
        pen.say((line.x + 1, above.y), line.width.saturating_sub(2), words, Role::Strong);
        let used = pen.say((line.x + 1, line.y), line.width.saturating_sub(2), tail, Role::Strong);
        pen.cursor = Some((line.x + 1 + used, line.y));
        return;
    }
    let mut x = line.x + 1 + pen.say((line.x + 1, line.y), first, words, Role::Strong);
    x += pen.say((x, line.y), rest, tail, Role::Strong);
    pen.cursor = Some((x, line.y));
}

/// `File to import: ~/tasks.json`
pub(super) fn prompt(pen: &mut Pen<'_>, words: &str, field: &Field, line: Rect) {
    pen.clear(line);
    let used = pen.say((line.x + 1, line.y), line.width, words, Role::Strong);
    typed(pen, field, Rect { x: line.x + 1 + used, width: line.width.saturating_sub(used + 2), ..line });
}

/// `Snooze until: fri 9`, and below it what that means.
pub(super) fn date_entry(pen: &mut Pen<'_>, model: &Model, entry: &DateEntry, areas: &Areas) {
    let which = super::menus::which(model, entry.tasks.len());
    let words = match entry.purpose {
        Purpose::Snooze => format!("Snooze{which} until: "),
        Purpose::CallBack => "Call back at: ".to_owned(),
        Purpose::Date if which.is_empty() => "Date: ".to_owned(),
        Purpose::Date => format!("Date of{which}: "),
    };
    let (said, role) = match entry.preview(&model.today) {
        Some(Ok(meant)) => (meant, Role::Done),
        Some(Err(wrong)) => (wrong, Role::Alarm),
        None => (when::EXAMPLES.to_owned(), Role::Plain),
    };
    let last = areas.hints;
    let lines: Vec<Shown> = pen.wrapped(&said, last.width.saturating_sub(2)).take(MOST_SAID).collect();
    let above = |n: usize| Rect { y: last.y.saturating_sub(u16::try_from(n).unwrap_or(0)), ..last };
    for (i, said) in lines.iter().enumerate() {
        let line = above(lines.len() - 1 - i);
        pen.clear(line);
        pen.put((line.x + 1, line.y), line.width.saturating_sub(1), said, role);
    }
    prompt(pen, &words, &entry.field, above(lines.len()));
}

/// A field's text around the real cursor; what lies before and behind it scrolls away.
/// Walked no further than it is drawn, however long the text. The first byte that is drawn
/// comes back.
pub(super) fn typed(pen: &mut Pen<'_>, field: &Field, line: Rect) -> usize {
    let room = usize::from(line.width).max(1);
    let (before, after) = field.text().split_at(field.before_cursor().len());
    let (mut cells, mut start) = (0, before.len());
    for (i, cluster) in before.grapheme_indices(true).rev() {
        let width = pen.shown(cluster).cells();
        // The cursor has a cell of its own behind the text.
        if cells + width > room - 1 {
            break;
        }
        (cells, start) = (cells + width, i);
    }
    let x = line.x + pen.say((line.x, line.y), line.width, &before[start..], Role::Plain);
    let mut left = usize::from(line.right().saturating_sub(x));
    let fits = |cluster: &&str| {
        let width = pen.shown(cluster).cells();
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    let rest: String = after.graphemes(true).take_while(fits).collect();
    pen.say((x, line.y), line.right().saturating_sub(x), &rest, Role::Plain);
    pen.cursor = Some((x.min(line.right().saturating_sub(1)), line.y));
    start
}
