//! A list sorted otherwise than by date, or with the tasks of a lead folded into one row.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::model::sorting::{Sort, Sorting};
use super::request::Want;
use super::shelf::Ranks;
use crate::domain::task::TaskNumber;
use crate::domain::view::Section;
use crate::repository::Leads;

/// What is known of the open tasks beside their dates.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The pinned ones.
    pub pinned: HashSet<TaskNumber>,
    /// The leads of those that have one.
    pub leads: Leads,
    /// The place of each in the order in which they were made.
    pub made: HashMap<TaskNumber, usize>,
}

/// A list as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The task of each row.
    pub rows: Ranks,
    /// The tasks folded into the row of another one.
    pub folds: BTreeMap<TaskNumber, Vec<TaskNumber>>,
}

impl Arranged {
    /// The rank of the first wanted row, and the wanted rows. Around a folded task stands its row.
    pub fn part(&self, want: &Want) -> (usize, &[TaskNumber]) {
        self.rows.part(&Want { around: want.around.map(|task| self.row_of(task)), ..*want })
    }

    /// What is folded into rows.
    pub fn folds_of(&self, rows: &[TaskNumber]) -> BTreeMap<TaskNumber, Vec<TaskNumber>> {
        rows.iter().filter_map(|row| Some((*row, self.folds.get(row)?.clone()))).collect()
    }

    /// The row in which a task stands.
    fn row_of(&self, task: TaskNumber) -> TaskNumber {
        let folded = self.folds.iter().find(|(_, tasks)| tasks.contains(&task));
        folded.map_or(task, |(head, _)| *head)
    }
}

/// Arranges a list that is in the order by date.
pub fn arrange(ranks: &Ranks, sorting: &Sorting, beside: &Beside) -> Arranged {
    let rows = match sorting.sort {
        Sort::Earliest => ranks.clone(),
        Sort::Latest => latest(ranks, beside),
        Sort::Newest => made(ranks, beside, true),
        Sort::Oldest => made(ranks, beside, false),
    };
    if sorting.by_lead { fold(&rows, sorting, beside) } else { Arranged { rows, folds: BTreeMap::new() } }
}

/// The tasks of a list one after the other as it is arranged, those of a folded row behind it.
/// With marks the marked ones alone: those that the list does not have come last.
pub fn in_turn(ranks: &Ranks, sorting: &Sorting, beside: &Beside, marks: &[TaskNumber]) -> Vec<TaskNumber> {
    let arranged = arrange(ranks, sorting, beside);
    let folded = |row: &TaskNumber| arranged.folds.get(row).cloned().unwrap_or_default();
    let mut tasks: Vec<TaskNumber> =
        arranged.rows.tasks.iter().flat_map(|row| std::iter::once(*row).chain(folded(row))).collect();
    if !marks.is_empty() {
        let marked: HashSet<TaskNumber> = marks.iter().copied().collect();
        tasks.retain(|task| marked.contains(task));
        let here: HashSet<TaskNumber> = tasks.iter().copied().collect();
        tasks.extend(marks.iter().filter(|task| !here.contains(task)));
    }
    tasks
}

/// Exactly reversed, save that what is pinned stays at the top of its section.
fn latest(ranks: &Ranks, beside: &Beside) -> Ranks {
    let mut tasks = Vec::with_capacity(ranks.tasks.len());
    let mut end = ranks.tasks.len();
    for (_, count) in ranks.sections.iter().rev() {
        let section = &ranks.tasks[end - count..end];
        let is_pinned = |task: &&TaskNumber| beside.pinned.contains(task);
        tasks.extend(section.iter().rev().filter(is_pinned));
        tasks.extend(section.iter().rev().filter(|task| !is_pinned(task)));
        end -= count;
    }
    Ranks { tasks, sections: ranks.sections.iter().rev().copied().collect() }
}

/// Without sections: what is pinned stands first.
fn made(ranks: &Ranks, beside: &Beside, newest_first: bool) -> Ranks {
    let mut tasks = ranks.tasks.clone();
    tasks.sort_by_cached_key(|task| {
        let place = beside.made.get(task).map_or(isize::MAX, |place| isize::try_from(*place).unwrap_or(isize::MAX));
        (!beside.pinned.contains(task), if newest_first { -place } else { place })
    });
    Ranks { tasks, sections: Vec::new() }
}

/// One row for the tasks of a lead, where the first of them stands. Those of a lead that is
/// not folded follow it.
fn fold(ranks: &Ranks, sorting: &Sorting, beside: &Beside) -> Arranged {
    let open: HashSet<i64> =
        sorting.unfolded.iter().filter_map(|lead| beside.leads.numbers.get(lead).copied()).collect();
    let mut of_lead: HashMap<i64, Vec<TaskNumber>> = HashMap::new();
    for task in &ranks.tasks {
        if let Some(lead) = beside.leads.of.get(task) {
            of_lead.entry(*lead).or_default().push(*task);
        }
    }
    let mut arranged = Arranged::default();
    let mut sections = ranks.sections.iter().copied();
    let (mut section, mut left) = sections.next().map_or((None, usize::MAX), |(s, count)| (Some(s), count));
    for task in &ranks.tasks {
        while left == 0 {
            (section, left) = sections.next().map_or((None, usize::MAX), |(s, count)| (Some(s), count));
        }
        left -= 1;
        let rows = match beside.leads.of.get(task) {
            None => vec![*task],
            Some(lead) => match of_lead.remove(lead) {
                // It stands with the first one of its lead.
                None => continue,
                Some(tasks) if open.contains(lead) => tasks,
                Some(tasks) => {
                    if tasks.len() > 1 {
                        arranged.folds.insert(*task, tasks[1..].to_vec());
                    }
                    vec![*task]
                }
            },
        };
        arranged.rows.tasks.extend(&rows);
        count(&mut arranged.rows.sections, section, rows.len());
    }
    arranged
}

fn count(sections: &mut Vec<(Section, usize)>, section: Option<Section>, rows: usize) {
    let Some(section) = section else { return };
    match sections.last_mut() {
        Some((last, count)) if *last == section => *count += rows,
        _ => sections.push((section, rows)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::LeadId;
    use proptest::prelude::*;

    fn numbers(numbers: &[i64]) -> Vec<TaskNumber> {
        numbers.iter().copied().map(TaskNumber).collect()
    }

    /// Overdue 1 and 2, today 3, 4 and 5; 2 and 4 are of one lead, 5 is pinned.
    fn ranks() -> (Ranks, Beside) {
        let sections = vec![(Section::Overdue, 2), (Section::Today, 3)];
        let of = HashMap::from([(TaskNumber(2), 7), (TaskNumber(4), 7), (TaskNumber(3), 8)]);
        let leads = Leads { of, numbers: HashMap::from([(LeadId::new("acme"), 7), (LeadId::new("blue"), 8)]) };
        let made = [(1, 4), (2, 0), (3, 3), (4, 1), (5, 2)].map(|(task, place)| (TaskNumber(task), place));
        let beside = Beside { pinned: HashSet::from([TaskNumber(5)]), leads, made: HashMap::from(made) };
        (Ranks { tasks: numbers(&[1, 2, 3, 4, 5]), sections }, beside)
    }

    fn arranged(sort: Sort, by_lead: bool, unfolded: &[&str]) -> Arranged {
        let (ranks, beside) = ranks();
        let unfolded = unfolded.iter().map(|lead| LeadId::new(*lead)).collect();
        arrange(&ranks, &Sorting { sort, by_lead, unfolded }, &beside)
    }

    #[test]
    fn each_sort_has_its_order_and_pins_stay_on_top() {
        let order = |sort| arranged(sort, false, &[]).rows.tasks;
        assert_eq!(order(Sort::Latest), numbers(&[5, 4, 3, 2, 1]));
        assert_eq!(order(Sort::Newest), numbers(&[5, 1, 3, 4, 2]));
        assert_eq!(order(Sort::Oldest), numbers(&[5, 2, 4, 3, 1]));
        let sections = arranged(Sort::Latest, false, &[]).rows.sections;
        assert_eq!(sections, [(Section::Today, 3), (Section::Overdue, 2)]);
    }

    #[test]
    fn the_tasks_of_a_lead_are_one_row_where_the_first_of_them_stands() {
        let folded = arranged(Sort::Earliest, true, &[]);
        assert_eq!(folded.rows.tasks, numbers(&[1, 2, 3, 5]));
        assert_eq!(folded.folds, BTreeMap::from([(TaskNumber(2), numbers(&[4]))]));
        assert_eq!(folded.rows.sections, [(Section::Overdue, 2), (Section::Today, 2)]);
        let unfolded = arranged(Sort::Earliest, true, &["acme"]);
        assert_eq!(unfolded.rows.tasks, numbers(&[1, 2, 4, 3, 5]));
        assert_eq!(unfolded.rows.sections, [(Section::Overdue, 3), (Section::Today, 2)]);
        assert!(unfolded.folds.is_empty());
    }

    #[test]
    fn tasks_have_their_turns_as_the_list_is_arranged_and_marked_ones_are_the_only_ones() {
        let (ranks, beside) = ranks();
        let turns = |sort, by_lead, marks: &[i64]| {
            in_turn(&ranks, &Sorting { sort, by_lead, ..Sorting::default() }, &beside, &numbers(marks))
        };
        assert_eq!(turns(Sort::Earliest, false, &[]), numbers(&[1, 2, 3, 4, 5]));
        assert_eq!(turns(Sort::Earliest, true, &[]), numbers(&[1, 2, 4, 3, 5]));
        assert_eq!(turns(Sort::Oldest, true, &[9, 4, 5]), numbers(&[5, 4, 9]));
    }

    proptest! {
        #[test]
        fn no_task_is_lost_or_shown_twice_however_it_is_arranged(
            overdue in 0_usize..6,
            today in 0_usize..6,
            leads in proptest::collection::vec(0_i64..4, 12),
            sort in proptest::sample::select(Sort::ALL.to_vec()),
            by_lead: bool,
            unfolded in proptest::collection::btree_set((0_i64..4).prop_map(|n| LeadId::new(n.to_string())), 0..3),
        ) {
            let tasks: Vec<TaskNumber> = (0..overdue + today).map(|n| TaskNumber(n as i64)).collect();
            let sections = vec![(Section::Overdue, overdue), (Section::Today, today)];
            let of = (0_i64..).map(TaskNumber).zip(leads).filter(|(_, lead)| *lead > 0).collect();
            let numbers = (0_i64..4).map(|n| (LeadId::new(n.to_string()), n)).collect();
            let beside = Beside { leads: Leads { of, numbers }, ..Beside::default() };
            let ranks = Ranks { tasks: tasks.clone(), sections };
            let arranged = arrange(&ranks, &Sorting { sort, by_lead, unfolded }, &beside);
            let mut shown: Vec<_> = arranged.rows.tasks.iter().chain(arranged.folds.values().flatten()).copied().collect();
            shown.sort_unstable();
            prop_assert_eq!(shown, tasks);
            let rows: usize = arranged.rows.sections.iter().map(|(_, count)| count).sum();
            prop_assert!(rows == arranged.rows.tasks.len() || !sort.has_sections());
        }
    }
}
