//! Leads and contacts by name.

use super::*;
use crate::domain::task::LeadId;

#[test]
fn who_was_renamed_is_found_by_a_former_name_and_has_the_newest() {
    let line = |id: &str, lead: &str, name: &str| {
        format!(r#"{{"id":"task_{id}","_type":"lead","date":"2026-03-04","lead_id":"{lead}","lead_name":{name}}}"#)
    };
    let named =
        [("aaaaaa", "lead_1", "\"Acme\""), ("bbbbbb", "lead_1", "\"Acme Corp\""), ("cccccc", "lead_2", "\"Zoo\"")];
    let unnamed = [("dddddd", "lead_1", "null"), ("eeeeee", "lead_1", "\"\"")];
    let lines: Vec<String> = named.into_iter().chain(unnamed).map(|(id, lead, name)| line(id, lead, name)).collect();
    let (_folder, repository) = file(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let found = |text, likeness| repository.leads_named(text, likeness, 9).expect("read");
    let lead = Party { id: Some(LeadId::new("lead_1")), name: Some("Acme Corp".to_owned()) };
    for (text, likeness) in [("acme", Likeness::Whole), ("Acme Corp", Likeness::Whole), ("ac", Likeness::Part)] {
        assert_eq!(found(text, likeness), std::slice::from_ref(&lead), "{text}");
    }
    assert_eq!(found("lead_1", Likeness::Whole), [lead]);
}
