//! A list pane: a window of rows, a cursor held by task, and how far it is scrolled.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::sections::Sections;
use super::sorting::Sort;
use crate::domain::order::DateKey;
use crate::domain::task::{TaskId, TaskNumber};
use crate::domain::view::{Section, Today};
use crate::tui::request::{Number, Part, Row, Want};

/// A list on the screen.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Where the cursor is, a row of the window; `None` where the list is empty.
    cursor: Option<Cursor>,
    /// Where it is to go as soon as the rows there have come; until then it stays.
    goal: Option<Goal>,
    part: Part,
    sections: Sections,
    /// The first line shown: section headings are lines too.
    top: usize,
    /// The newest question about this list; older answers are late.
    asked: Number,
    /// What has become of that question.
    question: Question,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Question {
    #[default]
    Answered,
    Open,
    /// It is asked again when the cursor moves, not before.
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    /// The task that it stays on, which may be folded into its row.
    task: TaskNumber,
    rank: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    Rank(usize),
    /// The row of this task, else the first one.
    Task(Option<TaskNumber>),
}

/// What a line of a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of a section with so many tasks.
    Heading(Section, usize),
    /// The task of this rank.
    Task(usize),
}

impl List {
    /// How many rows the list has.
    pub fn total(&self) -> usize {
        self.part.total
    }

    /// How many tasks the list has, in its rows and folded into them.
    pub fn tasks(&self) -> usize {
        if self.part.tasks.is_empty() { self.part.total } else { self.part.tasks.iter().map(|(_, n)| n).sum() }
    }

    /// The tasks folded into the row of another one.
    pub fn folded(&self, task: TaskNumber) -> &[TaskNumber] {
        self.part.folds.get(&task).map_or(&[], Vec::as_slice)
    }

    /// All tasks of the row under the cursor.
    pub fn row_tasks(&self) -> Vec<TaskNumber> {
        self.number()
            .into_iter()
            .flat_map(|task| std::iter::once(task).chain(self.folded(task).iter().copied()))
            .collect()
    }

    /// The cursor's rank, from 0.
    pub fn rank(&self) -> Option<usize> {
        self.cursor.map(|c| c.rank)
    }

    /// The number of the task under the cursor.
    pub fn number(&self) -> Option<TaskNumber> {
        self.current().map(|row| row.number)
    }

    /// The task that the cursor stays on, or goes to.
    pub fn kept(&self) -> Option<TaskNumber> {
        match self.goal {
            Some(Goal::Task(task)) => task,
            Some(Goal::Rank(_)) | None => self.cursor.map(|c| c.task),
        }
    }

    /// Whether the cursor is to go where no rows have come yet.
    pub fn is_going(&self) -> bool {
        self.goal.is_some()
    }

    /// Whether the next answer decides where it goes.
    pub fn is_looking(&self) -> bool {
        matches!(self.goal, Some(Goal::Task(_)))
    }

    /// The task under the cursor.
    pub fn current(&self) -> Option<&Row> {
        self.row(self.cursor?.rank)
    }

    /// The row of a rank, if it is in the window.
    pub fn row(&self, rank: usize) -> Option<&Row> {
        self.part.rows.get(rank.checked_sub(self.part.first)?)
    }

    /// The rows at hand.
    pub fn rows(&self) -> &[Row] {
        &self.part.rows
    }

    /// How many tasks a section has.
    pub fn in_section(&self, section: Section) -> usize {
        self.part.tasks.iter().filter(|(s, _)| *s == section).map(|(_, n)| n).sum()
    }

    /// The lines that fit into a height, from the top of the window; in its first one stands
    /// the heading of what follows, however far above that began, unless the next one follows.
    pub fn lines(&self, height: usize, headings: bool) -> impl Iterator<Item = Line> + '_ {
        let sections = self.sections_or_none(headings);
        let (all, top) = (self.part.total + sections.headings(), self.top);
        let first = match (sections.at(top), sections.at(top + 1)) {
            (Line::Task(rank), Line::Task(_)) if height > 1 => sections.heading_of(rank),
            _ => None,
        };
        let shown = move |line: usize| first.filter(|_| line == top).unwrap_or_else(|| sections.at(line));
        (top..all.min(top + height)).map(shown)
    }

    /// The rank `by` rows from the cursor, within the list; counted from the goal if there is one.
    pub fn rank_by(&self, by: isize) -> usize {
        let from = self.goal_rank().or(self.rank()).unwrap_or(0);
        from.saturating_add_signed(by).min(self.part.total.saturating_sub(1))
    }

    /// Puts the cursor on a rank, or remembers to, if its row has not come yet. Whether it moved.
    pub fn go(&mut self, rank: usize) -> bool {
        let rank = rank.min(self.part.total.saturating_sub(1));
        if self.question == Question::Failed {
            self.question = Question::Answered;
        }
        match self.row(rank).map(|row| Cursor { task: row.number, rank }) {
            Some(cursor) => {
                self.goal = None;
                let moved = self.cursor != Some(cursor);
                self.cursor = Some(cursor);
                moved
            }
            None if self.part.total > 0 => {
                self.goal = Some(Goal::Rank(rank));
                false
            }
            None => false,
        }
    }

    fn goal_rank(&self) -> Option<usize> {
        match self.goal {
            Some(Goal::Rank(rank)) => Some(rank),
            Some(Goal::Task(_)) | None => None,
        }
    }

    /// Puts the cursor on a task, now if it is in the window, else when the next answer comes.
    pub fn go_to(&mut self, task: TaskNumber) {
        match self.row_with(task) {
            Some(rank) => (self.goal, self.cursor) = (None, Some(Cursor { task, rank })),
            None => self.look_for(Some(task)),
        }
    }

    /// Puts the cursor on a task where the next answer has it, else on the first row.
    pub fn look_for(&mut self, task: Option<TaskNumber>) {
        self.goal = Some(Goal::Task(task));
    }

    /// The rank of a task in the window.
    pub fn rank_of(&self, task: TaskNumber) -> Option<usize> {
        self.part.rows.iter().position(|row| row.number == task).map(|i| self.part.first + i)
    }

    /// The rank of the row that shows a task, by itself or folded into it.
    pub fn row_with(&self, task: TaskNumber) -> Option<usize> {
        self.rank_of(task).or_else(|| {
            let (row, _) = self.part.folds.iter().find(|(_, tasks)| tasks.contains(&task))?;
            self.rank_of(*row)
        })
    }

    /// Scrolls as little as needed for the cursor to be in sight, below a heading.
    pub fn scroll(&mut self, height: usize, headings: bool) {
        let sections = self.sections_or_none(headings);
        let all = self.part.total + sections.headings();
        self.top = self.top.min(all.saturating_sub(height));
        let Some(rank) = self.rank() else { return };
        let line = sections.line_of(rank);
        let above = if sections.headings() > 0 { line.saturating_sub(1) } else { line };
        self.top = self.top.min(above).max((line + 1).saturating_sub(height.max(1)));
    }

    /// Scrolls by lines, as far as there are rows at hand; a cursor that would leave the
    /// window goes along at its edge. Whether anything moved.
    pub fn wheel(&mut self, by: isize, height: usize, headings: bool) -> bool {
        let sections = self.sections_or_none(headings);
        let (last, height) = (self.part.total + sections.headings(), height.max(1));
        let top = self.top.saturating_add_signed(by).min(last.saturating_sub(height));
        let Some(rank) = self.rank().filter(|_| top != self.top) else { return false };
        // Where there are headings, one stands in the first line.
        let first = top + usize::from(sections.headings() > 0);
        let mut seen = (first..(top + height).min(last)).filter_map(|line| match sections.at(line) {
            Line::Task(rank) => Some(rank),
            Line::Heading(..) => None,
        });
        let Some(first) = seen.next() else { return false };
        let rank = rank.clamp(first, seen.next_back().unwrap_or(first));
        if self.row(rank).is_some() {
            self.top = top;
        }
        self.go(rank);
        true
    }

    fn sections_or_none(&self, headings: bool) -> Sections {
        if headings { self.sections.clone() } else { Sections::default() }
    }

    /// The part of so many rows to ask for anew: around the cursor, or the goal.
    pub fn want(&self, rows: usize) -> Want {
        let (around, rank) = match (self.goal, self.cursor) {
            (Some(Goal::Rank(rank)), _) => (None, rank),
            (Some(Goal::Task(task)), _) => (task, 0),
            (None, Some(cursor)) => (Some(cursor.task), cursor.rank),
            (None, None) => (None, 0),
        };
        Want { around, rank, rows, after: None }
    }

    /// The part of so many rows to ask for now: less is left before or behind the visible page
    /// than half of what such a part has there.
    pub fn lacks(&self, page: usize, rows: usize) -> Option<Want> {
        if self.question != Question::Answered || self.part.total == 0 {
            return None;
        }
        let (first, end) = (self.part.first, self.part.first + self.part.rows.len());
        let rank = self.goal_rank().or(self.rank()).unwrap_or(0);
        let reach = (rows / 2 + page) / 2;
        let before = rank.saturating_sub(reach) < first;
        let behind = (rank + reach).min(self.part.total) > end;
        (before || behind).then(|| self.next_want(rows))
    }

    /// As [`List::want`], with the row before it, so that it is found without counting.
    fn next_want(&self, rows: usize) -> Want {
        let want = self.want(rows);
        let known = want.rank.checked_sub(want.rows / 2 + 1).filter(|rank| rank + want.rows < self.part.total);
        let after = known.and_then(|rank| Some((self.row(rank)?.number, rank)));
        Want { after, ..want }
    }

    /// Notes that question `number` is about this list: older answers are late from now on.
    pub fn ask(&mut self, number: Number) {
        (self.asked, self.question) = (number, Question::Open);
    }

    /// Whether a question about this list is open.
    #[cfg(test)]
    pub(super) fn is_asking(&self) -> bool {
        self.question == Question::Open
    }

    /// Question `number` could not be answered: the cursor stays where it is.
    pub fn give_up(&mut self, number: Number) {
        if number == self.asked {
            (self.goal, self.question) = (None, Question::Failed);
        }
    }

    /// Takes the answer to question `number`, unless it is late. Whether anything changed.
    pub fn take(&mut self, number: Number, part: Part) -> bool {
        if number < self.asked {
            return false;
        }
        self.question = Question::Answered;
        let before = self.cursor;
        let same = self.part == part;
        self.part = part;
        self.sections = Sections::new(&self.part.sections);
        if let Some(Goal::Task(task)) = self.goal {
            self.goal = None;
            let rank = task.and_then(|task| self.row_with(task));
            self.cursor = task.zip(rank).map(|(task, rank)| Cursor { task, rank });
        }
        self.settle();
        !same || self.cursor != before
    }

    /// Finds the cursor's task again; where it has left, its neighbour takes the cursor.
    fn settle(&mut self) {
        if let Some(rank) = self.goal_rank().filter(|rank| self.row(*rank).is_some()) {
            self.go(rank);
            return;
        }
        let Some(cursor) = self.cursor else {
            self.cursor = self.row(0).map(|row| Cursor { task: row.number, rank: 0 });
            return;
        };
        if let Some(rank) = self.row_with(cursor.task) {
            self.cursor = Some(Cursor { rank, ..cursor });
            return;
        }
        let end = self.part.first + self.part.rows.len();
        let rank = cursor.rank.min(self.part.total.saturating_sub(1));
        let rank = rank.clamp(self.part.first, end.saturating_sub(1).max(self.part.first));
        self.cursor = self.row(rank).map(|row| Cursor { task: row.number, rank });
    }

    /// Takes a task out at once, before the disk has answered.
    pub fn remove(&mut self, task: TaskNumber, today: &Today) -> Option<Row> {
        let rank = self.rank_of(task)?;
        let row = self.part.rows.remove(rank - self.part.first);
        self.part.total -= 1;
        let section = section_of(&row, today);
        for sections in [&mut self.part.sections, &mut self.part.tasks] {
            sections.iter_mut().filter(|(name, _)| *name == section).for_each(|(_, n)| *n = n.saturating_sub(1));
            sections.retain(|(_, count)| *count > 0);
        }
        self.sections = Sections::new(&self.part.sections);
        if let Some(cursor) = self.cursor.as_mut().filter(|c| c.rank > rank) {
            cursor.rank -= 1;
        }
        self.settle();
        Some(row)
    }

    /// Puts a task in at once, `before` telling which rows it stands before. Outside the
    /// window only the count grows.
    pub fn insert(&mut self, row: Row, today: Option<&Today>, before: impl Fn(&Row) -> bool) {
        if self.rank_of(row.number).is_some() {
            return;
        }
        let place = self.part.rows.iter().position(before);
        let at_end = self.part.first + self.part.rows.len() == self.part.total;
        self.part.total += 1;
        if let Some(today) = today {
            self.count_section(section_of(&row, today));
        }
        match place {
            Some(0) if self.part.first > 0 => self.part.first += 1,
            None if !at_end => {}
            place => self.part.rows.insert(place.unwrap_or(self.part.rows.len()), row),
        }
        self.settle();
    }

    fn count_section(&mut self, section: Section) {
        let has_sections = !self.part.sections.is_empty() || self.part.tasks.is_empty();
        for sections in [&mut self.part.sections, &mut self.part.tasks].into_iter().skip(usize::from(!has_sections)) {
            match sections.iter().position(|(name, _)| *name == section) {
                Some(i) => sections[i].1 += 1,
                None => sections.insert(sections.partition_point(|(name, _)| *name < section), (section, 1)),
            }
        }
        self.sections = Sections::new(&self.part.sections);
    }
}

/// The place of an open task on the screen. Places of one sort are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// By section, the pinned ones of each first, then by date.
    Earliest(Section, bool, DateKey),
    /// The same, the sections and the dates the other way round.
    Latest(Reverse<Section>, bool, Reverse<DateKey>),
    /// The pinned ones first, then by when they were made.
    Oldest(bool, Option<DateTime<Utc>>, TaskId),
    /// The same the other way round.
    Newest(bool, Reverse<(Option<DateTime<Utc>>, TaskId)>),
}

impl Place {
    /// The place of a row.
    pub fn of(row: &Row, today: &Today, sort: Sort) -> Place {
        let (task, is_unpinned) = (&row.task, !row.local.is_pinned);
        let (section, date) = (section_of(row, today), DateKey::of(task, &today.zone));
        match sort {
            Sort::Earliest => Place::Earliest(section, is_unpinned, date),
            Sort::Latest => Place::Latest(Reverse(section), is_unpinned, Reverse(date)),
            Sort::Oldest => Place::Oldest(is_unpinned, task.created, task.id.clone()),
            Sort::Newest => Place::Newest(is_unpinned, Reverse((task.created, task.id.clone()))),
        }
    }
}

/// The section of an open task.
pub fn section_of(row: &Row, today: &Today) -> Section {
    today.section(row.task.actionable().map(|date| today.day_of(date)))
}
