//! What is read within one state of the file.

use super::*;
use crate::domain::stats;

#[test]
fn whatever_is_read_can_be_read_at_once_with_more() {
    let (_folder, repository) = file(&[OPEN, NULL_COMPLETE, DONE]);
    let today = Today::new(now(), Zone::UTC);
    let filter = Filter { types: TypeSet::ALL, ..Filter::default() };
    let query = Query { view: View::All, filter: filter.clone(), order: Order::BY_DATE };
    let all = [TaskNumber(1), TaskNumber(2), TaskNumber(3)];
    let read = || -> Result<()> {
        assert_eq!(repository.at_once(|| repository.count(&query, &today))?, 3);
        assert_eq!(repository.list(&query, &today, 0, None)?.len(), 3);
        assert_eq!(repository.matching(&query, &today)?.len(), 3);
        assert_eq!(repository.tasks(&all)?.len(), 3);
        assert_eq!(repository.open_tasks(&People::Everyone, &Zone::UTC)?.len(), 2);
        assert_eq!(repository.archive(&filter, ArchiveFrom::Position(0), 9)?.total, 1);
        let leads = Filter { types: TypeSet::default(), ..Filter::default() };
        assert_eq!(repository.rank_of_hidden(&leads, TaskNumber(3))?, Some(0));
        assert_eq!(repository.tally(&filter, &today)?.types.iter().map(|row| row.of(View::Open)).sum::<u64>(), 2);
        repository.stats(&stats::Span::year(&today), &today)?;
        repository.since(now())?;
        assert!(repository.attempt(TaskNumber(1), &today)?.is_some());
        Ok(())
    };
    repository.at_once(read).expect("read");
}
