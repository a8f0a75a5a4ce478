//! Rows, dates and details say what the inbox promises, at day and year ends too.

use chrono::{DateTime, Utc};
use repbox::domain::customs::{Customs, Hours};
use repbox::domain::date::TaskDate;
use repbox::domain::handoff::LeadPage;
use repbox::domain::place::Region;
use repbox::domain::record::Record;
use repbox::domain::snooze::{self, Subject};
use repbox::domain::task::{Completion, Local, StoredTask, Task, TaskNumber};
use repbox::domain::view::Today;
use repbox::domain::wording::{self, DateStyle};
use repbox::domain::zone::Zone;
use serde_json::{Value, json};

/// A task of these fields, with an id of its own.
fn stored(fields: Value) -> StoredTask {
    let mut all = json!({"id": "task_1"});
    for (name, value) in fields.as_object().expect("a test writes its fields as an object") {
        all[name] = value.clone();
    }
    let record: Record<'static> = serde_json::from_str(&all.to_string()).unwrap();
    let task = Task::read(&record).unwrap();
    let completed = task.is_complete.then(|| Completion { at: at("2025-11-24T18:00:00Z"), about: false });
    StoredTask { number: TaskNumber(1), task, record, completed, local: Local::default() }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// 14:07 on Monday, in New York.
fn monday() -> Today {
    Today::new(at("2025-11-24T19:07:30Z"), Zone::parse("America/New_York").unwrap())
}

fn row(fields: Value) -> String {
    wording::row_text(&stored(fields).task)
}

fn title(fields: Value) -> String {
    wording::title(&stored(fields).task)
}

fn cell(fields: Value, today: &Today) -> (String, String) {
    let task = stored(fields);
    (wording::date_cell(&task, today, DateStyle::Wide), wording::date_cell(&task, today, DateStyle::Short))
}

fn todo_on(date: &str) -> Value {
    json!({"_type": "lead", "date": date, "date_created": "2025-11-01T08:00:00Z"})
}

#[test]
fn every_type_has_the_row_that_the_specification_words() {
    for (fields, words) in [
        (json!({"_type": "lead", "text": "Send quote", "lead_name": "Fabrikam"}), "Send quote - Fabrikam"),
        (json!({"_type": "lead", "text": "Send quote", "lead_name": ""}), "Send quote"),
        (json!({"_type": "lead", "text": "one\r\ntwo\nthree"}), "one two three"),
        (json!({"_type": "lead", "text": "", "lead_name": "Fabrikam"}), "(no text) - Fabrikam"),
        (json!({"_type": "lead"}), "(no text)"),
        (
            json!({"_type": "incoming_email", "emails": ["a", "b", "c"], "subject": "Re: PO",
                   "contact_name": "Luis", "lead_name": "Heron"}),
            "(3) Re: PO - Luis",
        ),
        (
            json!({"_type": "incoming_email", "emails": ["a"], "subject": "Re: PO", "contact_name": "",
                   "lead_name": "Heron"}),
            "Re: PO - Heron",
        ),
        (json!({"_type": "incoming_email", "subject": "", "emails": null}), "(no text)"),
        (
            json!({"_type": "email_followup", "subject": "Proposal v2", "lead_name": "Heron"}),
            "No reply: Proposal v2 - Heron",
        ),
        (
            json!({"_type": "missed_call", "contact_name": "Tom", "phone": "+1202", "lead_name": "Kestrel"}),
            "Tom - Kestrel",
        ),
        (json!({"_type": "missed_call", "phone": "+1202", "phone_formatted": "+1 202", "lead_name": null}), "+1 202"),
        (json!({"_type": "missed_call", "phone": "+1202", "phone_formatted": ""}), "+1202"),
        (json!({"_type": "missed_call", "lead_name": "Kestrel"}), "Kestrel"),
        (json!({"_type": "missed_call"}), "(no text)"),
        (
            json!({"_type": "answered_detached_call", "phone_formatted": "+1 312-555-0188",
                   "phone_number_description": "Chicago, IL"}),
            "Answered, no contact: +1 312-555-0188 (Chicago, IL)",
        ),
        (json!({"_type": "answered_detached_call", "phone": "+1312"}), "Answered, no contact: +1312"),
        (json!({"_type": "answered_detached_call"}), "Answered, no contact"),
        (json!({"_type": "voicemail", "voicemail_duration": 42, "contact_name": "Sean"}), "0:42 - Sean"),
        (json!({"_type": "voicemail", "voicemail_duration": 3605.9, "phone": "+1617"}), "60:05 - +1617"),
        (json!({"_type": "voicemail", "contact_name": "Sean"}), "Sean"),
        (
            json!({"_type": "opportunity_due", "lead_name": "Heron", "opportunity_value": 1_250_000,
                   "opportunity_value_formatted": "$12,500", "opportunity_note": "Two roasters"}),
            "Heron, $12,500, Two roasters",
        ),
        (json!({"_type": "opportunity_due", "lead_name": "Heron", "opportunity_value": 1_250_000}), "Heron"),
        (json!({"_type": "opportunity_due"}), "(no text)"),
        (json!({"_type": "incoming_sms", "text": "Yes 3pm", "contact_name": "Priya"}), "\"Yes 3pm\" - Priya"),
        (
            json!({"_type": "incoming_sms", "text": "", "remote_phone": "+1202", "attachments": [{}, {}]}),
            "(2 attachments) - +1202",
        ),
        (json!({"_type": "incoming_sms", "remote_phone_formatted": "+1 202"}), "(no text) - +1 202"),
        (
            json!({"_type": "outgoing_call", "text": "Price list", "contact_name": "Marta", "lead_name": "Print"}),
            "Call Marta: Price list - Print",
        ),
        (json!({"_type": "outgoing_call", "phone": "+1202", "lead_name": "Print"}), "Call +1202 - Print"),
        (json!({"_type": "outgoing_call", "text": "Price list"}), "Call: Price list"),
        (json!({"_type": "whatsapp_message", "contact_name": "Luis"}), "whatsapp_message - Luis"),
        (json!({"_type": "", "lead_name": "Heron"}), "(no text) - Heron"),
    ] {
        assert_eq!(row(fields.clone()), words, "{fields}");
    }
}

#[test]
fn a_notice_names_the_task_without_its_lead() {
    for (fields, words) in [
        (json!({"_type": "lead", "text": "Send quote", "lead_name": "Fabrikam"}), "Send quote"),
        (json!({"_type": "lead", "lead_name": "Fabrikam"}), "(no text) - Fabrikam"),
        (json!({"_type": "incoming_email", "emails": ["a", "b"], "subject": "Re: PO", "lead_name": "H"}), "Re: PO"),
        (json!({"_type": "email_followup", "subject": "Proposal v2", "lead_name": "H"}), "Proposal v2"),
        (json!({"_type": "missed_call", "contact_name": "Tom", "lead_name": "Kestrel"}), "Tom"),
        (json!({"_type": "opportunity_due", "lead_name": "H", "opportunity_value_formatted": "$18,000"}), "$18,000"),
        (json!({"_type": "opportunity_due", "lead_name": "H"}), "H"),
        (json!({"_type": "outgoing_call", "contact_name": "Marta", "lead_name": "Print"}), "Call Marta"),
    ] {
        assert_eq!(title(fields.clone()), words, "{fields}");
    }
}

#[test]
fn dates_of_open_tasks_in_the_list() {
    for (date, wide, short) in [
        ("2025-11-21", "! overdue 3d", "! 3d"),
        ("2025-11-23", "! overdue 1d", "! 1d"),
        ("2025-11-17", "! overdue 1w", "! 1w"),
        ("2024-11-24", "! overdue 52w", "! 52w"),
        ("2025-11-22T04:59:59Z", "! overdue 3d", "! 3d"),
        ("2025-11-24T04:59:59Z", "! overdue 1d", "! 1d"),
        ("2025-11-24", "Today", "Today"),
        ("2025-11-24T05:00:00Z", "14h ago", "14h ago"),
        ("2025-11-24T16:00:00Z", "3h ago", "3h ago"),
        ("2025-11-24T19:07:30Z", "0m ago", "0m ago"),
        ("2025-11-24T20:00:30Z", "in 53m", "in 53m"),
        ("2025-11-24T20:07:29Z", "in 59m", "in 59m"),
        ("2025-11-24T20:07:30Z", "Today 15:07", "15:07"),
        ("2025-11-25T04:59:00Z", "Today 23:59", "23:59"),
        ("2025-11-25", "Tomorrow", "Tom"),
        ("2025-11-25T14:00:00Z", "Tomorrow 09:00", "Tom 09:00"),
        ("2025-11-26T15:00:00Z", "Wed 10:00", "Wed 10:00"),
        ("2025-11-30", "Sun", "Sun"),
        ("2025-12-01T15:00:00Z", "01 Dec 10:00", "01 Dec"),
        ("2025-12-31", "31 Dec", "31 Dec"),
        ("2027-01-05", "2027-01-05", "2027-01-05"),
        ("2026-01-05T15:00:00Z", "2026-01-05", "2026-01-05"),
    ] {
        assert_eq!(cell(todo_on(date), &monday()), (wide.to_owned(), short.to_owned()), "{date}");
    }
}

#[test]
fn hours_are_counted_to_twelve_in_rows_details_and_the_menu_where_the_person_does() {
    let twelve = monday().with(Customs { hours: Hours::Of12, ..Customs::default() });
    for (date, wide) in [
        ("2025-11-25T04:59:00Z", "Today 11:59pm"),
        ("2025-11-25T14:00:00Z", "Tomorrow 9:00am"),
        ("2025-11-26T17:30:00Z", "Wed 12:30pm"),
        ("2025-12-01T05:05:00Z", "01 Dec 12:05am"),
    ] {
        assert_eq!(cell(todo_on(date), &twelve).0, wide, "{date}");
    }
    let done = Completion { at: at("2025-11-24T18:00:00Z"), about: false };
    assert_eq!(wording::done_cell(done, &twelve, DateStyle::Wide), "done 1:00pm");
    let full = wording::full_date(TaskDate::At(at("2025-11-25T21:30:00Z")), &twelve);
    assert_eq!(full, "Tue 25 Nov 2025 4:30pm EST (UTC-5), tomorrow");
    let subject = Subject { date: Some(TaskDate::At(twelve.now)), region: Region::of_number("+13125550188") };
    let menu: Vec<String> = snooze::lines(&subject, &twelve, None)
        .into_iter()
        .map(|line| format!("{}: {}", line.label, line.result))
        .collect();
    for line in
        ["tonight: Mon 24 Nov 6:00pm", "tomorrow: Tue 25 Nov 9:00am", "9:00am there (Chicago?): Tue 25 Nov 10:00am"]
    {
        assert!(menu.iter().any(|shown| shown == line), "{line} in {menu:?}");
    }
}

#[test]
fn no_date_and_dateless_are_never_overdue() {
    for fields in [
        json!({"_type": "lead", "date": null}),
        json!({"_type": "lead"}),
        json!({"_type": "lead", "date": "2001-01-01", "is_dateless": true}),
        json!({"_type": "missed_call", "date": null, "date_created": "2025-11-01T08:00:00Z"}),
    ] {
        assert_eq!(cell(fields, &monday()).0, "no date");
    }
}

#[test]
fn inbound_tasks_say_how_long_somebody_waits_whatever_snoozing_did() {
    let inbound = |date: &str, created: &str| json!({"_type": "missed_call", "date": date, "date_created": created});
    for (date, created, wide, short) in [
        ("2025-11-24T15:00:00Z", "2025-11-24T15:00:01Z", "waiting 4h", "4h"),
        ("2025-11-24", "2025-11-24T15:00:00Z", "waiting 4h", "4h"),
        ("2025-11-21T15:00:00Z", "2025-11-21T15:00:00Z", "! waiting 3d", "! 3d"),
        ("2025-11-24T14:00:00Z", "2025-11-21T15:00:00Z", "z waiting 3d", "z 3d"),
        ("2025-11-22", "2025-11-21T15:00:00Z", "! z waiting 3d", "! z 3d"),
        // Created on the evening of the 23rd there, though on the 24th in UTC.
        ("2025-11-24T05:30:00Z", "2025-11-24T04:30:00Z", "z waiting 14h", "z 14h"),
        ("2025-11-25T14:00:00Z", "2025-11-24T15:00:00Z", "z Tomorrow 09:00", "z Tom 09:00"),
        ("2025-11-24T21:30:00Z", "2025-11-24T15:00:00Z", "Today 16:30", "16:30"),
        ("2025-11-24T15:00:00Z", "2025-11-24T20:00:00Z", "waiting 4h", "4h"),
    ] {
        assert_eq!(cell(inbound(date, created), &monday()), (wide.to_owned(), short.to_owned()), "{date} {created}");
    }
    let followup = json!({"_type": "email_followup", "date": "2025-11-24T15:00:00Z",
                          "date_created": "2025-11-20T15:00:00Z"});
    assert_eq!(cell(followup, &monday()).0, "4h ago");
    let unknown_since = json!({"_type": "voicemail", "date": "2025-11-21"});
    assert_eq!(cell(unknown_since, &monday()).0, "! overdue 3d");
}

#[test]
fn of_what_came_in_it_is_said_how_long_it_waits_and_of_what_was_planned_how_long_it_is_past() {
    let of = |task_type: &str, date: &str| {
        let fields = json!({"_type": task_type, "date": date, "date_created": "2025-11-24T14:00:00Z"});
        cell(fields, &monday()).0
    };
    for inbound in ["incoming_email", "missed_call", "answered_detached_call", "voicemail", "incoming_sms"] {
        assert_eq!(of(inbound, "2025-11-24T16:00:00Z"), "waiting 5h", "{inbound}");
        assert_eq!(of(inbound, "2025-11-24"), "waiting 5h", "{inbound}");
    }
    for planned in ["lead", "email_followup", "opportunity_due", "outgoing_call", "of_tomorrow"] {
        assert_eq!(of(planned, "2025-11-24T16:00:00Z"), "3h ago", "{planned}");
        assert_eq!(of(planned, "2025-11-24"), "Today", "{planned}");
    }
}

#[test]
fn a_task_that_was_put_off_here_has_its_sign_while_it_has_a_date() {
    let snoozed = |fields: Value| {
        let mut task = stored(fields);
        task.local.is_snoozed = true;
        wording::date_cell(&task, &monday(), DateStyle::Wide)
    };
    assert_eq!(snoozed(todo_on("2025-11-25")), "z Tomorrow");
    assert_eq!(snoozed(todo_on("2025-11-21")), "! z overdue 3d");
    assert_eq!(snoozed(json!({"_type": "lead", "date": null})), "no date");
}

#[test]
fn the_year_ends_between_two_days_of_one_week() {
    let eve = Today::new(at("2025-12-31T23:30:00Z"), Zone::UTC);
    for (date, wide) in [
        ("2026-01-01", "Tomorrow"),
        ("2026-01-01T00:15:00Z", "in 45m"),
        ("2026-01-01T09:00:00Z", "Tomorrow 09:00"),
        ("2026-01-06", "Tue"),
        ("2026-01-07", "2026-01-07"),
        ("2025-12-30", "! overdue 1d"),
    ] {
        assert_eq!(cell(todo_on(date), &eve).0, wide, "{date}");
    }
    let done = |text: &str| wording::done_cell(Completion { at: at(text), about: false }, &eve, DateStyle::Wide);
    assert_eq!(done("2025-01-05T12:00:00Z"), "done 05 Jan");
    let new_year = Today::new(at("2026-01-01T00:30:00Z"), Zone::UTC);
    let done = |text: &str| wording::done_cell(Completion { at: at(text), about: false }, &new_year, DateStyle::Wide);
    assert_eq!(done("2025-12-31T23:59:00Z"), "done Wed 23:59");
    assert_eq!(done("2025-12-25T12:00:00Z"), "done 2025-12-25");
}

#[test]
fn p40_days_of_a_clock_change_are_whole_days() {
    // New York: 23 hours on 2026-03-08, 25 hours on 2026-11-01.
    let zone = Zone::parse("America/New_York").unwrap();
    let spring = Today::new(at("2026-03-08T05:30:00Z"), zone);
    assert_eq!(cell(todo_on("2026-03-08T07:30:00Z"), &spring).0, "Today 03:30");
    assert_eq!(cell(todo_on("2026-03-09T03:59:00Z"), &spring).0, "Today 23:59");
    assert_eq!(cell(todo_on("2026-03-09T04:00:00Z"), &spring).0, "Tomorrow 00:00");
    let autumn = Today::new(at("2026-11-01T04:30:00Z"), zone);
    assert_eq!(cell(todo_on("2026-11-02T04:59:00Z"), &autumn).0, "Today 23:59");
    assert_eq!(cell(todo_on("2026-11-01T03:59:00Z"), &autumn).0, "! overdue 1d");
    // The hour that comes twice is told apart by the zone's word.
    assert_eq!(wording::moment(at("2026-11-01T05:30:00Z"), &autumn), "Sun 01 Nov 2026 01:30 EDT (UTC-4)");
    assert_eq!(wording::moment(at("2026-11-01T06:30:00Z"), &autumn), "Sun 01 Nov 2026 01:30 EST (UTC-5)");
}

#[test]
fn dates_of_archived_tasks() {
    for (text, about, wide, short) in [
        ("2025-11-24T19:05:00Z", false, "done 14:05", "14:05"),
        ("2025-11-24T19:05:00Z", true, "done about 14:05", "about 14:05"),
        ("2025-11-21T23:02:00Z", true, "done about Fri 18:02", "about Fri 18:02"),
        ("2025-11-18T05:00:00Z", false, "done Tue 00:00", "Tue 00:00"),
        ("2025-11-18T04:59:00Z", false, "done 17 Nov", "17 Nov"),
        ("2025-11-26T15:00:00Z", false, "done 26 Nov", "26 Nov"),
        ("2025-01-05T15:00:00Z", false, "done 05 Jan", "05 Jan"),
        ("2024-11-20T15:00:00Z", false, "done 2024-11-20", "2024-11-20"),
    ] {
        let completion = Completion { at: at(text), about };
        assert_eq!(wording::done_cell(completion, &monday(), DateStyle::Wide), wide);
        assert_eq!(wording::done_cell(completion, &monday(), DateStyle::Short), short);
    }
}

#[test]
fn dates_in_full_name_zone_and_offset_once() {
    let full = |text: &str, today: &Today| wording::full_date(TaskDate::parse(text).unwrap(), today);
    assert_eq!(full("2025-11-21T21:30:00Z", &monday()), "Fri 21 Nov 2025 16:30 EST (UTC-5), overdue 3d");
    assert_eq!(full("2025-11-21", &monday()), "Fri 21 Nov 2025, overdue 3d");
    assert_eq!(full("2025-11-24", &monday()), "Mon 24 Nov 2025, today");
    assert_eq!(full("2025-11-24T20:00:30Z", &monday()), "Mon 24 Nov 2025 15:00 EST (UTC-5), in 53m");
    assert_eq!(full("2025-11-24T16:00:00Z", &monday()), "Mon 24 Nov 2025 11:00 EST (UTC-5), 3h ago");
    assert_eq!(full("2025-11-25", &monday()), "Tue 25 Nov 2025, tomorrow");
    assert_eq!(full("2026-07-01T12:00:00Z", &monday()), "Wed 01 Jul 2026 08:00 EDT (UTC-4), in 31w");
    let offset = Today::new(monday().now, Zone::parse("+5.75").unwrap());
    assert_eq!(wording::moment(at("2025-11-24T12:00:00Z"), &offset), "Mon 24 Nov 2025 17:45 UTC+5:45");
    let utc = Today::new(monday().now, Zone::UTC);
    assert_eq!(wording::moment(at("2025-11-24T12:00:00Z"), &utc), "Mon 24 Nov 2025 12:00 UTC");
}

fn details(fields: Value) -> Vec<(String, String)> {
    wording::details(&stored(fields), &monday(), &LeadPage::default())
        .into_iter()
        .map(|detail| (detail.label, detail.value))
        .collect()
}

fn value<'d>(details: &'d [(String, String)], label: &str) -> Option<&'d str> {
    details.iter().find(|(l, _)| l == label).map(|(_, value)| value.as_str())
}

#[test]
fn details_say_every_field_that_has_a_value() {
    let all = details(json!({
        "_type": "incoming_sms", "date": "2025-11-24T15:00:00Z", "date_created": "2025-11-24T15:00:00Z",
        "date_updated": "2025-11-24T15:00:01Z", "assigned_to": "user_1", "assigned_to_name": "Ana Ruiz",
        "lead_id": "lead_1", "lead_name": "Fabrikam", "contact_id": "cont_1", "contact_name": "",
        "text": "Photos of\nthe site", "remote_phone": "+12025550119", "remote_phone_formatted": "+1 202-555-0119",
        "remote_phone_description": "Priya, mobile", "local_phone": "+12025550101",
        "attachments": [
            {"url": "https://example.com/a", "filename": "site.jpg", "size": 245_760, "content_type": "image/jpeg"},
            {"url": null, "filename": null, "size": 12}
        ],
        "view": "inbox", "due_date": "1999-01-01", "is_complete": false, "priority": "high", "object_id": null,
        "reactions": [{"emoji": "👍", "count": 2}], "big": 9_007_199_254_740_993_i64, "custom": "kept", "empty": []
    }));
    let said: Vec<(&str, &str)> = all.iter().map(|(label, value)| (label.as_str(), value.as_str())).collect();
    assert_eq!(
        said,
        [
            ("When", "Mon 24 Nov 2025 10:00 EST (UTC-5), 4h ago"),
            ("Waiting", "4h, since Mon 24 Nov 2025 10:00 EST (UTC-5)"),
            ("Who", "Ana Ruiz"),
            ("Phone", "+1 202-555-0119 (14:07 there, New York?)"),
            ("Known as", "Priya, mobile"),
            ("Their number", "+12025550119"),
            ("Our number", "+12025550101"),
            ("Attachments", "site.jpg, image/jpeg, 245 kB\nhttps://example.com/a\n(no name), 12 bytes"),
            ("Lead", "Fabrikam"),
            ("Contact", "cont_1"),
            ("Text", "Photos of\nthe site"),
            ("Type", "SMS"),
            ("Created", "Mon 24 Nov 2025 10:00 EST (UTC-5)"),
            ("Updated", "Mon 24 Nov 2025 10:00 EST (UTC-5)"),
            ("Link", "https://app.close.com/lead/lead_1/"),
            ("Dial", "tel:+12025550119"),
            ("Write", "sms:+12025550119"),
            ("assigned_to", "user_1"),
            ("big", "9007199254740993"),
            ("custom", "\"kept\""),
            ("id", "task_1"),
            ("lead_id", "lead_1"),
            ("priority", "high"),
            ("reactions", "[{\"count\":2,\"emoji\":\"👍\"}]"),
        ]
    );
}

#[test]
fn details_of_each_type_have_its_own_fields() {
    let mail = details(json!({"_type": "incoming_email", "subject": "Re: PO", "body_preview": "Hi Ana",
                              "emails": ["acti_1", "acti_2"], "cleared_followups": [1]}));
    assert_eq!(value(&mail, "Subject"), Some("Re: PO"));
    assert_eq!(value(&mail, "Preview"), Some("Hi Ana"));
    assert_eq!(value(&mail, "Emails"), Some("2\nacti_1\nacti_2"));
    assert_eq!(value(&mail, "cleared_followups"), Some("[1]"));
    let voicemail = details(json!({"_type": "voicemail", "voicemail_duration": 65, "voicemail_url": "https://x",
                                   "phone": "+1202"}));
    assert_eq!(value(&voicemail, "Duration"), Some("1:05"));
    assert_eq!(value(&voicemail, "Recording"), Some("https://x"));
    assert_eq!(value(&voicemail, "Phone"), Some("+1202"));
    assert_eq!(value(&voicemail, "Their number"), None);
    let deal = details(json!({"_type": "opportunity_due", "opportunity_value": 1_250_000, "opportunity_note": "Two",
                              "opportunity_value_formatted": "$12,500", "opportunity_value_period": "one_time"}));
    assert_eq!(value(&deal, "Value"), Some("$12,500"));
    assert_eq!(value(&deal, "Note"), Some("Two"));
    assert!(deal.iter().all(|(_, value)| !value.contains("1250000")), "money comes from the formatted field only");
    let followup = details(json!({"_type": "email_followup", "email_id": "acti_9"}));
    assert_eq!(value(&followup, "Email"), Some("acti_9"));
    let other = details(json!({"_type": "whatsapp_message", "text": "hello"}));
    assert_eq!(value(&other, "Type"), Some("whatsapp_message"));
    assert_eq!(value(&other, "text"), Some("\"hello\""));
}

#[test]
fn what_is_done_is_not_overdue_and_due_date_is_never_said() {
    let fields = json!({"_type": "lead", "date": "2025-11-21", "is_complete": true, "due_date": "1999-09-09",
                        "view": "archive"});
    let mut task = stored(fields);
    let said = |task: &StoredTask| {
        wording::details(task, &monday(), &LeadPage::default())
            .into_iter()
            .map(|d| format!("{}={}", d.label, d.value))
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&task)[..2], ["When=Fri 21 Nov 2025", "Completed=Mon 24 Nov 2025 13:00 EST (UTC-5)"]);
    assert!(said(&task).iter().all(|line| !line.contains("1999") && !line.contains("archive")));
    task.completed = task.completed.map(|completed| Completion { about: true, ..completed });
    assert_eq!(said(&task)[1], "Completed=about Mon 24 Nov 2025 13:00 EST (UTC-5)");
}
