//! What an import took in, in words.

/// `1 204 tasks: 900 new, 280 updated, 24 unchanged`, and `, 3 stay deleted` where some do.
pub fn taken_in(new: u64, updated: u64, unchanged: u64, deleted: u64) -> String {
    let all = new + updated + unchanged + deleted;
    let tasks = if all == 1 { "task" } else { "tasks" };
    let [all, new, updated, unchanged] = [all, new, updated, unchanged].map(grouped);
    let deleted = match deleted {
        0 => String::new(),
        1 => ", 1 stays deleted".to_owned(),
        more => format!(", {} stay deleted", grouped(more)),
    };
    format!("{all} {tasks}: {new} new, {updated} updated, {unchanged} unchanged{deleted}")
}

/// Digits in groups of three: `1 204`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_counts_each_task_once_and_says_which_stay_deleted() {
        assert_eq!(taken_in(900, 280, 24, 0), "1 204 tasks: 900 new, 280 updated, 24 unchanged");
        assert_eq!(taken_in(1, 0, 0, 0), "1 task: 1 new, 0 updated, 0 unchanged");
        assert_eq!(taken_in(0, 0, 2, 1), "3 tasks: 0 new, 0 updated, 2 unchanged, 1 stays deleted");
        assert!(taken_in(0, 0, 0, 1200).ends_with("0 unchanged, 1 200 stay deleted"));
    }
}
