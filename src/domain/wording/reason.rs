//! What a system gives as the reason of a failure.

/// The reason without the system's number for it: `No such file or directory`. Source: ux.md,
/// section 6.
pub fn reason(said: impl ToString) -> String {
    let said = said.to_string();
    match said.split_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_reason_has_no_code() {
        assert_eq!(super::reason("No such file or directory (os error 2)"), "No such file or directory");
        assert_eq!(super::reason("the pipe is full"), "the pipe is full");
    }
}
