//! Every field that Close's API has is seen in a task's details, whatever its type; what
//! must never be believed is not. Source: the API reference, 3.1 and 3.2.

use repbox::domain::handoff::LeadPage;
use repbox::domain::record::Record;
use repbox::domain::task::{Completion, Local, StoredTask, Task, TaskNumber};
use repbox::domain::view::Today;
use repbox::domain::wording;
use repbox::domain::zone::Zone;

/// A field, a value of it as JSON, and how that value is seen.
type Row = (&'static str, &'static str, &'static str);

/// Section 3.1, but for the type, the date, and what must not be seen.
const COMMON: [Row; 25] = [
    ("id", r#""task_bY3""#, "id: task_bY3"),
    ("is_complete", "true", "Completed: Wed 04 Mar 2026 15:00 UTC"),
    ("assigned_to", r#""user_7""#, "assigned_to: user_7"),
    ("assigned_to_name", r#""Ana Ruiz""#, "Who: Ana Ruiz"),
    ("lead_id", r#""lead_7""#, "lead_id: lead_7"),
    ("lead_name", r#""Fabrikam""#, "Lead: Fabrikam"),
    ("contact_id", r#""cont_7""#, "contact_id: cont_7"),
    ("contact_name", r#""Bo Diaz""#, "Contact: Bo Diaz"),
    ("object_type", r#""thing""#, "object_type: thing"),
    ("object_id", r#""acti_object""#, "object_id: acti_object"),
    ("organization_id", r#""orga_7""#, "organization_id: orga_7"),
    ("created_by", r#""user_8""#, "created_by: user_8"),
    ("created_by_name", r#""Cy Poe""#, "created_by_name: Cy Poe"),
    ("updated_by", r#""user_9""#, "updated_by: user_9"),
    ("updated_by_name", r#""Di Lee""#, "updated_by_name: Di Lee"),
    ("date_created", r#""2026-03-02T15:04:05.123000+00:00""#, "Created: Mon 02 Mar 2026 15:04 UTC"),
    ("date_updated", r#""2026-03-03T16:05:06.123000+00:00""#, "Updated: Tue 03 Mar 2026 16:05 UTC"),
    ("priority", r#""high""#, "priority: high"),
    ("resolution", r#""skipped""#, "resolution: skipped"),
    ("sequence_id", r#""seq_7""#, "sequence_id: seq_7"),
    ("sequence_subscription_id", r#""sub_7""#, "sequence_subscription_id: sub_7"),
    ("deduplication_key", r#""dedup-7""#, "deduplication_key: dedup-7"),
    ("is_primary_lead_notification", "false", "is_primary_lead_notification: false"),
    ("is_new", "true", "is_new: true"),
    ("date", r#""2026-03-04T14:30:00+00:00""#, "When: Wed 04 Mar 2026 14:30 UTC"),
];

const NUMBER: [Row; 4] = [
    ("phone", r#""+13125550188""#, "Their number: +13125550188"),
    ("phone_formatted", r#""+1 312-555-0188""#, "Phone: +1 312-555-0188"),
    ("phone_number_description", r#""Chicago, IL""#, "Known as: Chicago, IL"),
    ("local_phone", r#""+12025550100""#, "Our number: +12025550100"),
];

const MMS: &str = r#"[{"url":"https://api.close.com/m/1/","filename":"roof.jpg","size":482113,"content_type":"image/jpeg","media_id":"media_7","thumbnail_url":"https://api.close.com/m/1/thumbnail/"}]"#;

/// Section 3.2: each type with the fields of its own.
fn types() -> Vec<(&'static str, Vec<Row>)> {
    let call = |own: &[Row]| [&NUMBER[..], own].concat();
    vec![
        (
            "lead",
            vec![
                ("text", r#""Send the quote""#, "Text: Send the quote"),
                ("agent_config_id", r#""agent_7""#, "Automation: agent_7"),
            ],
        ),
        (
            "incoming_email",
            vec![
                ("emails", r#"["acti_m1","acti_m2"]"#, "Emails: 2\nacti_m1\nacti_m2"),
                ("subject", r#""Lease terms""#, "Subject: Lease terms"),
                ("body_preview", r#""Hi Ana""#, "Preview: Hi Ana"),
                ("cleared_followups", r#"["task_f1"]"#, r#"cleared_followups: ["task_f1"]"#),
            ],
        ),
        (
            "email_followup",
            vec![
                ("email_id", r#""acti_m3""#, "Email: acti_m3"),
                ("subject", r#""Proposal""#, "Subject: Proposal"),
                ("body_preview", r#""Attached is""#, "Preview: Attached is"),
            ],
        ),
        ("missed_call", call(&[])),
        (
            "answered_detached_call",
            call(&[("recording_url", r#""https://api.close.com/r/1/""#, "Recording: https://api.close.com/r/1/")]),
        ),
        (
            "voicemail",
            call(&[
                ("voicemail_duration", "65", "Duration: 1:05"),
                ("voicemail_url", r#""https://api.close.com/v/1/""#, "Recording: https://api.close.com/v/1/"),
            ]),
        ),
        (
            "opportunity_due",
            vec![
                ("opportunity_note", r#""Two roasters""#, "Note: Two roasters"),
                ("opportunity_value_currency", r#""USD""#, "Currency: USD"),
                ("opportunity_value_formatted", r#""$500 monthly""#, "Value: $500 monthly"),
                ("opportunity_value_period", r#""monthly""#, "Period: monthly"),
            ],
        ),
        (
            "incoming_sms",
            vec![
                ("text", r#""3pm works""#, "Text: 3pm works"),
                ("remote_phone", r#""+12025550119""#, "Their number: +12025550119"),
                ("remote_phone_formatted", r#""+1 202-555-0119""#, "Phone: +1 202-555-0119"),
                ("remote_phone_description", r#""Priya, mobile""#, "Known as: Priya, mobile"),
                ("local_phone", r#""+12025550101""#, "Our number: +12025550101"),
                (
                    "attachments",
                    MMS,
                    "Attachments: roof.jpg, image/jpeg, 482 kB\nhttps://api.close.com/m/1/\nhttps://api.close.com/m/1/thumbnail/\nmedia_7",
                ),
            ],
        ),
        ("outgoing_call", call(&[("text", r#""Spring prices""#, "Text: Spring prices")])),
        ("whatsapp_message", vec![("text", r#""hello""#, r#"text: "hello""#)]),
    ]
}

/// The details of a task of these fields, a string each.
fn seen(kind: &str, fields: &[(&str, &str)]) -> Vec<String> {
    let fields: String = fields.iter().map(|(name, json)| format!(",\"{name}\":{json}")).collect();
    let id = if fields.contains("\"id\"") { "" } else { "\"id\":\"task_0\"," };
    let record: Record<'static> = serde_json::from_str(&format!("{{{id}\"_type\":\"{kind}\"{fields}}}")).expect("JSON");
    let task = Task::read(&record).expect("a task");
    let at = "2026-03-04T15:00:00Z".parse().expect("a moment");
    let completed = task.is_complete.then_some(Completion { at, about: false });
    let stored = StoredTask { number: TaskNumber(1), task, record, completed, local: Local::default() };
    let details = wording::details(&stored, &Today::new(at, Zone::UTC), &LeadPage::default());
    details.into_iter().map(|detail| format!("{}: {}", detail.label, detail.value)).collect()
}

fn has(seen: &[String], expected: &str) -> bool {
    // Behind a date stands how far it is, behind a number the time there.
    let may_go_on = ["When: ", "Phone: "].iter().any(|label| expected.starts_with(label));
    seen.iter().any(|line| line == expected || may_go_on && line.starts_with(expected))
}

#[test]
fn every_field_of_every_type_is_seen_but_view_and_due_date() {
    for (kind, own) in types() {
        let rows = [&COMMON[..], &own].concat();
        let mut fields: Vec<(&str, &str)> = rows.iter().map(|(name, json, _)| (*name, *json)).collect();
        fields.extend([("view", r#""future""#), ("due_date", r#""1999-01-01""#)]);
        let seen = seen(kind, &fields);
        for (name, _, expected) in rows {
            assert!(has(&seen, expected), "{name} of {kind} is not seen as {expected:?} in {seen:#?}");
        }
        assert!(seen.iter().any(|line| line.starts_with("Type: ")), "{kind}");
        let all = seen.join("\n");
        assert!(!all.contains("future") && !all.contains("1999"), "{kind}: {all}");
    }
}

#[test]
fn every_field_is_seen_when_it_is_alone() {
    for (kind, own) in types() {
        for (name, json, expected) in own {
            let seen = seen(kind, &[(name, json)]);
            // Without a number as people read it, the one that came stands for it.
            let other = expected.replace("Their number", "Phone");
            assert!(has(&seen, expected) || has(&seen, &other), "{name} of {kind}: {seen:#?}");
        }
    }
    for (name, json, label) in [
        ("assigned_to", r#""user_7""#, "Who: user_7"),
        ("lead_id", r#""lead_7""#, "Lead: lead_7"),
        ("contact_id", r#""cont_7""#, "Contact: cont_7"),
        ("is_dateless", "true", "When: no date"),
    ] {
        assert!(has(&seen("lead", &[(name, json)]), label), "{name}");
    }
}

#[test]
fn a_value_in_cents_is_seen_as_close_writes_it_and_raw_only_where_close_writes_none() {
    let cents = ("opportunity_value", "50000");
    let formatted = seen("opportunity_due", &[cents, ("opportunity_value_formatted", r#""$500""#)]);
    assert!(has(&formatted, "Value: $500"));
    assert!(!formatted.join("\n").contains("50000"), "{formatted:?}");
    // Whose unit is a cent is not known for every currency: no amount is made of it.
    for none in [None, Some("null"), Some(r#""""#)] {
        let fields: Vec<_> =
            std::iter::once(cents).chain(none.map(|json| ("opportunity_value_formatted", json))).collect();
        let raw = seen("opportunity_due", &fields);
        assert!(has(&raw, "opportunity_value: 50000"), "{raw:?}");
        assert!(raw.iter().all(|line| !line.starts_with("Value")), "{raw:?}");
    }
}
