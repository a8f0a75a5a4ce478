//! The open tasks in order, in memory: which stand in the inbox, which in the future,
//! how many of each type and section. Pure: the worker brings the order from the disk.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::task::TaskNumber;
use crate::domain::view::{Section, Today};
use crate::repository::{OpenTask, TypeNumbers};

use super::model::fortnight::{DAYS, DayOfTasks};
use super::request::{Counts, Want};

/// All open tasks of some people, in the order by date of some zone.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    tasks: Vec<OpenTask>,
    pinned: HashSet<TaskNumber>,
    /// A task of somebody else among them, shown but not counted.
    guest: Option<TaskNumber>,
}

/// The tasks of a list that the types let through, in order, and its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranks {
    /// The tasks.
    pub tasks: Vec<TaskNumber>,
    /// How many stand in each section.
    pub sections: Vec<(Section, usize)>,
}

impl Shelf {
    /// Takes the tasks as the repository orders them, and which of them are pinned.
    pub fn new(tasks: Vec<OpenTask>, pinned: HashSet<TaskNumber>) -> Shelf {
        Shelf { tasks, pinned, guest: None }
    }

    /// The same with the tasks of some ranks alone.
    pub fn among(&self, ranks: &[usize]) -> Shelf {
        let mut tasks = Vec::with_capacity(ranks.len());
        tasks.extend(ranks.iter().filter_map(|rank| self.tasks.get(*rank)));
        Shelf { tasks, pinned: self.pinned.clone(), guest: None }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// All of them, in order.
    pub fn numbers(&self) -> impl Iterator<Item = TaskNumber> + '_ {
        self.tasks.iter().map(|task| task.number)
    }

    /// The one of a rank.
    pub fn number(&self, rank: usize) -> Option<TaskNumber> {
        self.tasks.get(rank).map(|task| task.number)
    }

    /// The pinned ones.
    pub fn pinned(&self) -> &HashSet<TaskNumber> {
        &self.pinned
    }

    /// Whether a task stands here, of whomever it is.
    pub fn holds(&self, number: TaskNumber) -> bool {
        self.tasks.iter().any(|task| task.number == number)
    }

    /// Lets a task of somebody else in, at its place by date, in place of an earlier one.
    pub fn admit(&mut self, guest: Option<OpenTask>) {
        if let Some(earlier) = self.guest.take() {
            self.tasks.retain(|task| task.number != earlier);
        }
        if let Some(guest) = guest {
            // Dateless tasks stand last; on one day, those without a time first.
            let place = |task: &OpenTask| (task.day.is_none(), task.day, task.at_micros);
            let at = self.tasks.partition_point(|task| place(task) <= place(&guest));
            self.tasks.insert(at, guest);
            self.guest = Some(guest.number);
        }
    }

    /// The inbox and the future of these types; `keep` is shown whatever its type.
    pub fn ranks(&self, types: &TypeNumbers, keep: Option<TaskNumber>, today: &Today) -> (Ranks, Ranks) {
        let (mut inbox, mut future) = (Ranks::default(), Ranks::default());
        for (day, tasks) in self.days() {
            let list = if is_future(day, today) { &mut future } else { &mut inbox };
            let before = list.tasks.len();
            let shown = tasks.iter().filter(|task| types.contains(task.task_type) || keep == Some(task.number));
            list.tasks.extend(shown.map(|task| task.number));
            list.add(today.section(day), list.tasks.len() - before);
        }
        if !self.pinned.is_empty() {
            inbox.raise(&self.pinned);
            future.raise(&self.pinned);
        }
        (inbox, future)
    }

    /// How many of the lists' tasks stand on each day from `first` on, and the first of them
    /// in the order shown.
    pub fn by_day(&self, lists: &[Ranks], first: NaiveDate) -> [DayOfTasks; DAYS] {
        let day_of: HashMap<TaskNumber, NaiveDate> =
            self.tasks.iter().filter_map(|task| Some((task.number, task.day?))).collect();
        let mut days = [DayOfTasks::default(); DAYS];
        for task in lists.iter().flat_map(|list| &list.tasks) {
            let ahead = day_of.get(task).and_then(|day| usize::try_from((*day - first).num_days()).ok());
            if let Some(day) = ahead.and_then(|ahead| days.get_mut(ahead)) {
                day.count += 1;
                day.first = day.first.or(Some(*task));
            }
        }
        days
    }

    /// Adds the open tasks to the counts by type, while these types are asked for.
    pub fn count(&self, counts: &mut Counts, types: &TypeNumbers, today: &Today) {
        let place = |task: &OpenTask| Counts::place_of(task.task_type, types);
        for (day, tasks) in self.days() {
            let future = is_future(day, today);
            let list = if future { &mut counts.future } else { &mut counts.inbox };
            let counted = tasks.iter().filter(|task| self.guest != Some(task.number));
            counted.clone().for_each(|task| list[place(task)] += 1);
            if day.is_some_and(|day| day < today.day) {
                counted.for_each(|task| counts.overdue[place(task)] += 1);
            }
        }
    }

    /// The tasks of each day, for all of a day stand in one section.
    fn days(&self) -> impl Iterator<Item = (Option<NaiveDate>, &[OpenTask])> {
        self.tasks.chunk_by(|a, b| a.day == b.day).map(|tasks| (tasks[0].day, tasks))
    }
}

fn is_future(day: Option<NaiveDate>, today: &Today) -> bool {
    day.is_some_and(|day| day > today.day)
}

impl Ranks {
    fn add(&mut self, section: Section, tasks: usize) {
        match self.sections.last_mut() {
            Some((last, count)) if *last == section => *count += tasks,
            _ if tasks > 0 => self.sections.push((section, tasks)),
            _ => {}
        }
    }

    /// Puts the pinned tasks of each section before its others.
    fn raise(&mut self, pinned: &HashSet<TaskNumber>) {
        let mut first = 0;
        for (_, count) in &self.sections {
            // A stable sort keeps the order by date in both halves.
            self.tasks[first..first + count].sort_by_key(|task| !pinned.contains(task));
            first += count;
        }
    }

    /// The overdue tasks.
    pub fn overdue(&self) -> &[TaskNumber] {
        let overdue = self.sections.iter().take_while(|(section, _)| *section == Section::Overdue);
        &self.tasks[..overdue.map(|(_, count)| count).sum()]
    }

    /// The rank of the first wanted row, and the wanted rows.
    pub fn part(&self, want: &Want) -> (usize, &[TaskNumber]) {
        let around = want.around.and_then(|task| self.tasks.iter().position(|t| *t == task));
        let window = window(around.unwrap_or(want.rank), want.rows, self.tasks.len());
        (window.start, &self.tasks[window])
    }
}

/// The window of `rows` that has `rank` in its middle, or the last rank. What of it lies
/// beyond an end is not made up for at the other: a list that is seen from its top needs
/// only half of it.
pub fn window(rank: usize, rows: usize, total: usize) -> Range<usize> {
    let rank = rank.min(total.saturating_sub(1));
    rank.saturating_sub(rows / 2)..(rank + rows.div_ceil(2)).min(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filter::TypeSet;
    use crate::domain::zone::Zone;
    use crate::repository::TypeNumber;
    use crate::tui::request::{NAMED, UNNAMED};

    fn task(number: i64, task_type: i64, days: i64, today: &Today) -> OpenTask {
        let day = today.day.checked_add_signed(chrono::TimeDelta::days(days));
        OpenTask { number: TaskNumber(number), task_type: TypeNumber::new(task_type), day, at_micros: None }
    }

    /// A choice of types in a file that numbers fax 9 and pager 10.
    fn types(words: &str) -> TypeNumbers {
        let held = [("fax", 9), ("pager", 10)];
        let number = |name: &str| held.iter().find(|(held, _)| *held == name).map(|(_, n)| TypeNumber::new(*n));
        TypeNumbers::new(&TypeSet::from_words(words), |name| Ok::<_, std::convert::Infallible>(number(name)))
            .expect("nothing fails")
    }

    #[test]
    fn types_hide_tasks_from_lists_but_not_from_counts() {
        let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let tasks = vec![task(1, 0, -1, &today), task(2, 1, 0, &today), task(3, 0, 0, &today), task(4, 0, 1, &today)];
        let shelf = Shelf::new(tasks, HashSet::new());
        let (inbox, future) = shelf.ranks(&types("lead"), None, &today);
        assert_eq!(inbox.tasks, [TaskNumber(1), TaskNumber(3)]);
        assert_eq!(inbox.sections, [(Section::Overdue, 1), (Section::Today, 1)]);
        assert_eq!(future.tasks, [TaskNumber(4)]);
        let (inbox, _) = shelf.ranks(&types("lead"), Some(TaskNumber(2)), &today);
        assert_eq!(inbox.tasks.len(), 3);
        let mut counts = Counts::default();
        shelf.count(&mut counts, &types("lead"), &today);
        assert_eq!((counts.inbox[0], counts.inbox[1], counts.overdue[0], counts.future[0]), (2, 1, 1, 1));
    }

    #[test]
    fn an_unknown_type_stands_for_itself_alone_and_is_counted_apart_while_it_is_asked_for() {
        let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let tasks = [(1, 0), (2, 9), (3, 10), (4, 9)].map(|(n, task_type)| task(n, task_type, 0, &today)).to_vec();
        let shelf = Shelf::new(tasks, HashSet::new());
        let shown = |words: &str| {
            let mut counts = Counts::default();
            shelf.count(&mut counts, &types(words), &today);
            let numbers: Vec<i64> = shelf.ranks(&types(words), None, &today).0.tasks.iter().map(|n| n.0).collect();
            (numbers, counts.inbox[NAMED], counts.inbox[UNNAMED])
        };
        assert_eq!(shown("fax"), (vec![2, 4], 2, 1));
        assert_eq!(shown("lead,pager"), (vec![1, 3], 1, 2));
        assert_eq!(shown("fax,pager"), (vec![2, 3, 4], 3, 0));
        assert_eq!(shown("telex"), (vec![], 0, 3), "no task has it");
        assert_eq!(shown("other"), (vec![2, 3, 4], 0, 3));
        assert_eq!(shown("lead"), (vec![1], 0, 3));
    }

    #[test]
    fn a_day_counts_its_own_tasks_and_today_not_the_late_ones() {
        let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let tasks = [(1, -1), (2, 0), (3, 2), (4, 2), (5, 13), (6, 14)].map(|(n, days)| task(n, 0, days, &today));
        let shelf = Shelf::new(tasks.to_vec(), HashSet::from([TaskNumber(4)]));
        let (inbox, future) = shelf.ranks(&types("all"), None, &today);
        let days = shelf.by_day(&[inbox, future], today.day);
        assert_eq!(days.map(|day| day.count), [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!([days[0].first, days[2].first], [Some(TaskNumber(2)), Some(TaskNumber(4))], "the pinned one");
    }

    #[test]
    fn a_task_of_somebody_else_stands_at_its_place_and_is_not_counted() {
        let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let tasks = [(1, -1), (2, 0), (3, 1)].map(|(n, days)| task(n, 0, days, &today)).to_vec();
        let mut shelf = Shelf::new(tasks, HashSet::new());
        let shown = |shelf: &Shelf| shelf.ranks(&types("all"), None, &today).0.tasks;
        shelf.admit(Some(task(9, 0, 0, &today)));
        assert_eq!(shown(&shelf), [1, 2, 9].map(TaskNumber));
        let mut counts = Counts::default();
        shelf.count(&mut counts, &types("lead"), &today);
        assert_eq!((counts.inbox[0], counts.future[0]), (2, 1));
        let dateless = OpenTask { day: None, ..task(8, 0, 0, &today) };
        shelf.admit(Some(dateless));
        assert_eq!(shown(&shelf), [1, 2, 8].map(TaskNumber));
        shelf.admit(None);
        assert_eq!(shown(&shelf), [1, 2].map(TaskNumber));
    }

    #[test]
    fn pinned_tasks_stand_first_in_their_section_and_no_further_up() {
        let today = Today::new(chrono::DateTime::UNIX_EPOCH, Zone::UTC);
        let tasks = [(1, -9), (2, -3), (3, -1), (4, 0), (5, 0)].map(|(n, days)| task(n, 0, days, &today)).to_vec();
        let shelf = Shelf::new(tasks, HashSet::from([TaskNumber(3), TaskNumber(5)]));
        let (inbox, _) = shelf.ranks(&types("lead"), None, &today);
        assert_eq!(inbox.tasks, [3, 1, 2, 5, 4].map(TaskNumber));
        assert_eq!(inbox.overdue(), [3, 1, 2].map(TaskNumber));
    }

    #[test]
    fn a_part_has_its_task_in_the_middle_and_what_lies_beyond_an_end_is_left_out() {
        let ranks = Ranks { tasks: (0..100).map(TaskNumber).collect(), sections: Vec::new() };
        let part = |around: i64, rank| {
            let want = Want { around: Some(TaskNumber(around)), rank, rows: 10, after: None };
            let (first, tasks) = ranks.part(&want);
            assert_eq!(tasks.first(), Some(&TaskNumber(first as i64)));
            first..first + tasks.len()
        };
        assert_eq!([part(50, 0), part(2, 0), part(98, 0)], [45..55, 0..7, 93..100]);
        assert_eq!([part(1000, 30), part(1000, 1000)], [25..35, 94..100], "where the task is not, its rank");
        let one = |rows| window(7, rows, 10);
        assert_eq!([one(0), one(1), one(2), one(3)], [7..7, 7..8, 6..8, 6..9]);
        assert_eq!(window(3, 10, 0), 0..0);
    }
}
