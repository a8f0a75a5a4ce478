//! A list of tasks: headings, rows, what stands where there are none.

use ratatui::layout::Rect;

use super::areas::{self, Layout};
use super::bars::Chosen;
use super::hit::Hit;
use super::pen::Pen;
use super::style::{self, Role};
use crate::domain::filter::People;
use crate::domain::view::Section;
use crate::domain::wording::{self, DateStyle};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::model::list::Line;
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Looked, Row};

/// The list's word.
pub(super) fn word(name: ListName) -> &'static str {
    match name {
        ListName::Inbox => "Inbox",
        ListName::Future => "Future",
        ListName::Archive => "Archive",
    }
}

/// `Inbox 3 of 12`: shown of all types, or `Inbox 12` where the filter hides none; and how
/// they are arranged, if otherwise than usual. `Archive 60+` while it is searched.
pub(super) fn title(model: &Model, name: ListName) -> String {
    if let (ListName::Archive, false) = (name, model.data.looked == Looked::Whole) {
        return format!("{} {}", word(name), found_so_far(model));
    }
    let counts = &model.data.counts;
    let all: usize = match name {
        ListName::Inbox => counts.inbox,
        ListName::Future => counts.future,
        ListName::Archive => counts.archive,
    }
    .iter()
    .sum();
    let shown = model.panes.list(name).tasks();
    let sorting = if name == ListName::Archive { String::new() } else { model.sorting.title() };
    let of = if shown < all { format!(" of {all}") } else { String::new() };
    format!("{} {shown}{of}{sorting}", word(name))
}

/// How many tasks of the archive are found, while it is searched.
fn found_so_far(model: &Model) -> String {
    match model.data.looked {
        Looked::NotYet => "?".to_owned(),
        Looked::Begun | Looked::Whole => format!("{}+", model.panes.list(ListName::Archive).tasks()),
    }
}

/// The section's words.
fn section_words(section: Section) -> &'static str {
    match section {
        Section::Overdue => "Overdue",
        Section::Today => "Today",
        Section::NoDate => "No date",
        Section::Tomorrow => "Tomorrow",
        Section::ThisWeek => "This week",
        Section::Later => "Later",
    }
}

/// Draws a list.
pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, name: ListName, area: Rect) {
    let list = model.panes.list(name);
    let headings = areas::has_headings(model, name);
    let footer = name == ListName::Inbox && areas::has_future_line(model);
    let height = usize::from(area.height).saturating_sub(usize::from(footer));
    let mut y = area.y;
    for line in list.lines(height, headings) {
        let rect = Rect { y, height: 1, ..area };
        match line {
            Line::Heading(section, _) => {
                // Rows may stand for several tasks each; the title counts tasks, too.
                let count = list.in_section(section);
                let role = if section == Section::Overdue { Role::Alarm } else { Role::Heading };
                pen.heading(rect, &format!("{} {count}", section_words(section)), role);
            }
            Line::Task(rank) => {
                if let Some(row) = list.row(rank) {
                    task(pen, model, name, row, rect);
                }
            }
        }
        y += 1;
    }
    if list.total() == 0 && model.data.loaded {
        y = empty(pen, model, name, Rect { height: area.height - u16::from(footer), ..area });
    }
    if footer {
        future_line(pen, model, Rect { y: y.min(area.bottom().saturating_sub(1)), height: 1, ..area });
    }
}

fn task(pen: &mut Pen<'_>, model: &Model, name: ListName, row: &Row, line: Rect) {
    let tiny = Layout::of(model.size) == Layout::Tiny;
    let current = model.panes.list(name).number() == Some(row.number);
    let focused = model.panes.focus() == Pane::List(name) && model.overlays.top().is_none();
    let marked = model.marks.contains(row.number);
    let role = |role| match (current, focused) {
        (true, true) => Role::Cursor,
        (true, false) => Role::IdleCursor,
        (false, _) => role,
    };
    if current {
        pen.paint(line, role(Role::Plain));
    }
    if current && focused {
        pen.cursor = Some((line.x, line.y));
    }
    let sign = if current { ">" } else { " " };
    let mut x = line.x;
    match (tiny, marked) {
        // One cell for both: a mark under the cursor still shows.
        (true, true) if current => x += pen.say((x, line.y), 1, "#", role(Role::Mark)),
        (true, true) => x += pen.say((x, line.y), 1, "+", role(Role::Mark)),
        (true, false) => x += pen.say((x, line.y), 1, sign, role(Role::Strong)),
        (false, _) => {
            x += pen.say((x, line.y), 1, sign, role(Role::Strong));
            x += pen.say((x, line.y), 1, if marked { "+" } else { " " }, role(Role::Mark));
        }
    }
    pen.meets(line, Hit::Task(name, row.number));
    pen.meets(Rect { x, width: 3, ..line }, Hit::Box(name, row.number));
    let (check, check_role) = if row.task.is_complete { ("[x] ", Role::Done) } else { ("[ ] ", Role::Plain) };
    x += pen.say((x, line.y), 4, check, role(check_role));
    let task_type = row.task.body.task_type();
    x += pen.say((x, line.y), 5, &format!("{:<5}", wording::tag(task_type)), role(style::tag(task_type)));
    let (date, date_role) = date(model, row, if tiny { DateStyle::Short } else { DateStyle::Wide });
    let used = pen.say_right(Rect { x, width: line.right().saturating_sub(x), ..line }, &date, role(date_role));
    let text = match model.panes.list(name).folded(row.number).len() {
        0 => wording::row_text(&row.task),
        others => format!("{}, {} tasks: {}", lead(row), others + 1, wording::title(&row.task)),
    };
    let room = line.right().saturating_sub(x + used + 1);
    pen.say_found((x, line.y), room, &text, role(Role::Plain), model.find.search());
}

fn lead(row: &Row) -> &str {
    row.task.lead.shown_name().unwrap_or("(no name)")
}

/// The date with its sign, and how it looks.
pub(super) fn date(model: &Model, row: &Row, style: DateStyle) -> (String, Role) {
    if let Some(completed) = row.completed {
        let done = wording::done_cell(completed, &model.today, style);
        let pin = if row.local.is_pinned { "^ " } else { "" };
        let left = wording::removal(row, &model.look.keep, &model.today, style);
        return (left.map_or_else(|| format!("{pin}{done}"), |left| format!("{left} {done}")), Role::Plain);
    }
    let overdue = model.today.is_overdue(row.task.actionable());
    (wording::date_cell(row, &model.today, style), if overdue { Role::Alarm } else { Role::Plain })
}

/// `4 in future, next: Proposal v2, tomorrow 09:00. F shows them`
fn future_line(pen: &mut Pen<'_>, model: &Model, line: Rect) {
    pen.meets(line, Hit::Action(Action::ToggleFuture));
    let count = model.panes.list(ListName::Future).tasks();
    if Layout::of(model.size) == Layout::Tiny {
        let mut parts = Vec::new();
        if count > 0 && !model.panes.future_shown {
            parts.push(format!("{count} in future: {}", model.look.keys.key(Action::ToggleFuture)));
        }
        let hidden = super::bars::hidden_types(model).0;
        if hidden > 0 {
            parts.push(format!("{hidden} other types: {}", model.look.keys.key(Action::AllTypes)));
        }
        pen.say((line.x + 1, line.y), line.width.saturating_sub(1), &parts.join("    "), Role::Plain);
        return;
    }
    let words = format!(" {count} in future");
    let mut x = line.x + pen.say((line.x, line.y), line.width, &words, Role::Plain);
    let key = model.look.keys.key(Action::ToggleFuture);
    // An inbox that is clear has said what comes next.
    let (title, tail) = match next(model).filter(|_| !is_clear(model)) {
        Some((title, when)) => (format!(", next: {title}"), format!(", {when}. {key} shows them")),
        None => (String::new(), format!(". {key} shows them")),
    };
    // The title is cut, not the date.
    let tail_cells = u16::try_from(pen.shown(&tail).cells()).unwrap_or(u16::MAX);
    x += pen.say((x, line.y), line.right().saturating_sub(x + tail_cells), &title, Role::Plain);
    pen.say((x, line.y), line.right().saturating_sub(x), &tail, Role::Plain);
}

/// The first task of the future, and when it is: `Proposal v2`, `tomorrow 09:00`.
fn next(model: &Model) -> Option<(String, String)> {
    let next = model.data.next.as_ref()?;
    let when = wording::short_date(next.task.actionable()?, &model.today);
    let when = when.strip_prefix("Tomorrow").map_or(when.clone(), |rest| format!("tomorrow{rest}"));
    Some((wording::title(&next.task), when))
}

/// What stands where no task does; the line below it comes back.
fn empty(pen: &mut Pen<'_>, model: &Model, name: ListName, area: Rect) -> u16 {
    let mut y = area.y;
    let shown = pen.shown(&empty_words(model, name));
    for line in shown.wrap(usize::from(area.width.saturating_sub(2)).max(1)) {
        if y < area.bottom() {
            pen.put((area.x + 1, y), area.width.saturating_sub(2), &line, Role::Plain);
            y += 1;
        }
    }
    if model.panes.focus() == Pane::List(name) {
        pen.cursor = Some((area.x, area.y));
    }
    y
}

fn empty_words(model: &Model, name: ListName) -> String {
    if !model.find.is_empty() {
        return super::find::nothing(model, name);
    }
    let (hidden, what) = match name {
        ListName::Archive => (hidden_in(model, &model.data.counts.archive), "completed"),
        ListName::Future => (hidden_in(model, &model.data.counts.future), "later"),
        ListName::Inbox => (hidden_in(model, &model.data.counts.inbox), ""),
    };
    if let (0, Some(whose)) = (hidden, whose(model, name)) {
        let what = if what.is_empty() { "open" } else { what };
        let is_last = model.types().is_all();
        let way = model.look.keys.key(if is_last { Action::StepBack } else { Action::ChoosePeople });
        return format!("No {what} tasks of {whose} here. {way} shows everyone's.");
    }
    match (name, hidden) {
        (ListName::Inbox, 0) => all_clear(model),
        (ListName::Archive, 0) => {
            format!("Nothing completed yet. {} on a task completes it.", model.look.keys.key(Action::Complete))
        }
        (ListName::Future, 0) => "Nothing from tomorrow on.".to_owned(),
        (_, hidden) => {
            let tasks = if hidden == 1 { "task" } else { "tasks" };
            let what = if what.is_empty() { String::new() } else { format!("{what} ") };
            let (types, key) = (types_words(model), model.look.keys.key(Action::AllTypes));
            format!("No {what}{types}. {hidden} {what}{tasks} of other types: {key} shows all.")
        }
    }
}

/// Whether the inbox is empty, and no filter has emptied it.
fn is_clear(model: &Model) -> bool {
    let is_empty = model.panes.list(ListName::Inbox).total() == 0;
    is_empty
        && model.find.is_empty()
        && hidden_in(model, &model.data.counts.inbox) == 0
        && whose(model, ListName::Inbox).is_none()
}

/// Whose tasks alone are shown. An inbox of one's own is clear where it is empty.
fn whose(model: &Model, name: ListName) -> Option<String> {
    let People::Rep(id) = &model.choice.people else { return None };
    match (Some(id) == model.look.me.as_ref(), name) {
        (true, ListName::Inbox) => None,
        (true, _) => Some("yours".to_owned()),
        (false, _) => Some(model.choice.person.clone().unwrap_or_else(|| id.as_str().to_owned())),
    }
}

fn hidden_in(model: &Model, by_type: &[usize]) -> usize {
    super::bars::hidden(model, by_type)
}

/// `to-dos`, or `tasks of 3 types`.
pub(super) fn types_words(model: &Model) -> String {
    match super::bars::chosen(model).as_slice() {
        [Chosen::Type(one)] => wording::plural_label(*one).to_owned(),
        [Chosen::Named(name)] => format!("tasks of type {name}"),
        several => format!("tasks of {} types", several.len()),
    }
}

/// `All clear at 16:12. 17 done today. Next: Proposal v2, tomorrow 09:00.`
fn all_clear(model: &Model) -> String {
    let now = model.today.time_of(model.today.now);
    let mut words = format!("All clear at {now}.");
    if model.data.done_today > 0 {
        words.push_str(&format!(" {} done today.", model.data.done_today));
    }
    if let Some((title, when)) = next(model) {
        words.push_str(&format!(" Next: {title}, {when}."));
    }
    words
}
