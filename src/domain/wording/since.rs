//! What happened while the screen was closed, in one line.

use chrono::{DateTime, Utc};

use super::dates::past_moment;
use super::removal::counted;
use crate::domain::filter::Aliases;
use crate::domain::kind::TaskType;
use crate::domain::view::Today;

/// The type of a task that was done, and who did it.
pub type DoneBy<'a> = (Option<TaskType>, Option<&'a str>);

/// What happened meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Meanwhile<'a> {
    /// How many open tasks came, by [`TaskType::index`]; unknown types last.
    pub came: &'a [u64],
    /// The tasks that were done.
    pub done: &'a [DoneBy<'a>],
    /// Who sits here.
    pub me: &'a Aliases,
}

/// So many things are told, the largest first; the rest is counted.
const TOLD: usize = 3;

/// `Since 18:02: 3 new missed calls, 1 to-do done by Ana`; `None` where nothing happened.
pub fn since(left: DateTime<Utc>, meanwhile: &Meanwhile<'_>, today: &Today) -> Option<String> {
    let came = meanwhile.came.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut came: Vec<(u64, String)> = came
        .map(|(index, count)| (*count, format!("new {}", counted(TaskType::ALL.get(index).copied(), *count))))
        .collect();
    let mut done: Vec<(u64, DoneBy<'_>)> = Vec::new();
    for deed in meanwhile.done {
        match done.iter_mut().find(|(_, other)| other == deed) {
            Some((count, _)) => *count += 1,
            None => done.push((1, *deed)),
        }
    }
    let who = |by: Option<&str>| match by {
        Some(name) if meanwhile.me.has(name) => " by you".to_owned(),
        // As people who work together call each other.
        Some(name) => format!(" by {}", name.split_whitespace().next().unwrap_or(name)),
        None => String::new(),
    };
    let mut done: Vec<(u64, String)> = done
        .into_iter()
        .map(|(count, (task_type, by))| (count, format!("{} done{}", counted(task_type, count), who(by))))
        .collect();
    for pieces in [&mut came, &mut done] {
        pieces.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    }
    let mut pieces: Vec<String> = came.iter().chain(&done).map(|(count, words)| format!("{count} {words}")).collect();
    let rest: u64 = came.iter().chain(&done).skip(TOLD).map(|(count, _)| count).sum();
    pieces.truncate(TOLD);
    pieces.extend((rest > 0).then(|| format!("{rest} more")));
    (!pieces.is_empty()).then(|| format!("Since {}: {}", past_moment(left, today), pieces.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zone::Zone;

    #[test]
    fn what_happened_is_told_by_type_and_person_the_most_first_and_nothing_is_not_told() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        let today = Today::new(at("2026-11-24T19:07:00Z"), Zone::parse("America/New_York").expect("a zone"));
        let said = |came: &[(usize, u64)], done: &[(Option<TaskType>, Option<&str>)], left: &str| {
            let mut counts = [0; TaskType::COUNT + 1];
            came.iter().for_each(|(index, count)| counts[*index] = *count);
            let me = Aliases::from_iter(["Bo Ek", "Bo Lund"]);
            since(at(left), &Meanwhile { came: &counts, done, me: &me }, &today)
        };
        let ana = (Some(TaskType::Lead), Some("Ana Ruiz"));
        assert_eq!(
            said(&[(3, 3)], &[ana], "2026-11-24T18:02:00Z").as_deref(),
            Some("Since 13:02: 3 new missed calls, 1 to-do done by Ana")
        );
        let mine = (Some(TaskType::Voicemail), Some("Bo Ek"));
        assert_eq!(
            said(&[(6, 1)], &[ana, mine, mine, (None, None)], "2026-11-20T23:02:00Z").as_deref(),
            Some("Since Fri 18:02: 1 new opportunity, 2 voicemails done by you, 1 to-do done by Ana, 1 more")
        );
        let once = (Some(TaskType::Lead), Some("bo lund"));
        assert_eq!(
            said(&[], &[once], "2026-11-24T18:02:00Z").as_deref(),
            Some("Since 13:02: 1 to-do done by you"),
            "under a former name"
        );
        assert_eq!(said(&[], &[], "2026-11-20T23:02:00Z"), None);
    }
}
