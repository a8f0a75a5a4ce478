//! The types of Close's Tasks page and their fields, a test for each sentence, by the real
//! binary on real files. docs/close-tasks.md links them.

mod support {
    pub(crate) mod page;
    pub(crate) mod world;
}

use support::page::{detail, field, listed, one, rows, task};
use support::world::{World, todo};

const THREAD: &str = "https://app.close.com/activity/acti_thread/";
const CALL: &str = "https://app.close.com/activity/acti_call/";
const LEAD: &str = "https://app.close.com/lead/lead_1/";

fn email(id: &str, own: &str) -> String {
    let thread = "\"object_type\":\"emailthread\",\"object_id\":\"acti_thread\"";
    task("incoming_email", id, &format!("{thread},\"contact_name\":\"Bo\",{own}"))
}

fn followup() -> World {
    let own = "\"object_type\":\"emailthread\",\"object_id\":\"acti_thread\",\"email_id\":\"acti_sent\",\"subject\":\"Proposal v2\",\"body_preview\":\"Attached is the second version\",\"contact_name\":\"Bo\"";
    one("email_followup", own)
}

fn call(kind: &str, own: &str) -> World {
    let number = "\"phone\":\"+13125550188\",\"phone_formatted\":\"+1 312-555-0188\",\"phone_number_description\":\"Chicago, IL\",\"local_phone\":\"+12025550100\"";
    one(kind, &format!("\"object_type\":\"call\",\"object_id\":\"acti_call\",{number}{own}"))
}

fn voicemail() -> World {
    call(
        "voicemail",
        ",\"voicemail_duration\":42,\"voicemail_url\":\"https://api.close.com/call/acti_call/voicemail/\"",
    )
}

fn sms(own: &str) -> World {
    let number = "\"remote_phone\":\"+12025550119\",\"remote_phone_formatted\":\"+1 202-555-0119\",\"local_phone\":\"+12025550101\"";
    one(
        "incoming_sms",
        &format!("\"object_type\":\"sms\",\"object_id\":\"acti_sms\",\"text\":\"3pm works\",{number}{own}"),
    )
}

fn has(world: &World, label: &str, value: &str) {
    assert_eq!(detail(world, label), [value], "{label}");
}

/// The number as people read it; the time at its place may stand behind it.
fn has_number(world: &World, number: &str) {
    let told = detail(world, "Phone").join(" ");
    assert!(told.starts_with(number), "{told}");
}

#[test]
fn lead_is_a_to_do_item_for_a_given_lead() {
    let world = one("lead", "\"text\":\"Send quote\"");
    assert_eq!(rows(&world), ["To-do: Send quote - Fabrikam, Today"]);
    has(&world, "Text", "Send quote");
    has(&world, "Link", LEAD);
    world.out(&["add", "Call the bank", "--lead", "fabrikam"]);
    assert_eq!(listed(&world, "text", &["--lead", "Fabrikam"]), ["Send quote", "Call the bank"]);
}

#[test]
fn object_type_and_object_id_of_a_lead_task_are_null() {
    let world = one("lead", "\"text\":\"Send quote\",\"object_type\":null,\"object_id\":null");
    let made = World::new();
    made.out(&["add", "Call the bank", "--lead", "lead_1"]);
    has(&world, "Link", LEAD);
    has(&made, "Link", LEAD);
    for world in [world, made, World::with(&todo("bare", "2015-01-12"))] {
        world.out(&["done", "1"]);
        for name in ["object_type", "object_id"] {
            assert!(field(&world, name).is_null());
            assert!(detail(&world, name).is_empty());
        }
    }
}

#[test]
fn incoming_email_stands_for_emails_on_a_thread() {
    let world = World::with(&email("one", "\"emails\":[\"acti_1\"],\"subject\":\"Lease terms\""));
    assert_eq!(rows(&world), ["Email: Lease terms - Bo, waiting 2h"]);
    has(&world, "Type", "Email");
}

#[test]
fn the_object_of_an_incoming_email_is_its_thread() {
    let emails = "\"emails\":[\"acti_1\"],\"subject\":\"Lease\"";
    let world = World::with(&email("one", emails));
    has(&world, "object_type", "emailthread");
    has(&world, "Thread", THREAD);
    // What is no thread is no thread's page.
    let other = email("one", emails).replace("emailthread", "call");
    assert!(detail(&World::with(&other), "Thread").is_empty());
}

#[test]
fn multiple_unread_emails_in_one_thread_are_consolidated_into_one_task() {
    let first = email("first", "\"emails\":[\"acti_1\"],\"subject\":\"Lease\"");
    let second = email("second", "\"emails\":[\"acti_2\"],\"subject\":\"Re: Lease\"").replace("T10:00", "T11:00");
    let other_rep = email("third", "\"emails\":[\"acti_3\"],\"subject\":\"Lease\"").replace("user_ana", "user_ben");
    let world = World::with(&(second.clone() + &first + &other_rep));
    assert_eq!(rows(&world), ["Email: (2) Re: Lease - Bo, waiting 2h", "Email: Lease - Bo, waiting 2h"]);
    let found = |id| world.out(&["show", id]);
    assert_eq!(found("task_first"), found("task_second"), "both ids name the task");
    world.out(&["done", "task_second"]);
    assert_eq!(rows(&world).iter().filter(|row| row.contains("done")).count(), 1);
    // After completion a new email opens a new task.
    let file = world.folder().join("later.ndjson");
    std::fs::write(&file, second.replace("second", "later").replace("acti_2", "acti_4")).expect("written");
    world.out(&["import", &file.to_string_lossy()]);
    assert_eq!(rows(&world).len(), 3);
}

#[test]
fn emails_are_the_ids_of_the_email_activities_of_the_task() {
    let world = World::with(&email("one", "\"emails\":[\"acti_1\",\"acti_2\"],\"subject\":\"Lease\""));
    assert_eq!(detail(&world, "Emails"), ["2", "acti_1", "acti_2"]);
    assert_eq!(rows(&world), ["Email: (2) Lease - Bo, waiting 2h"]);
}

#[test]
fn subject_is_the_subject_of_the_email_thread() {
    let world = World::with(&email("one", "\"emails\":[],\"subject\":\"Lease terms\",\"body_preview\":\"Hi Ana\""));
    has(&world, "Subject", "Lease terms");
    has(&world, "Preview", "Hi Ana");
    assert_eq!(world.out(&["done", "1"]), "Completed 1 \"Lease terms\"\n");
}

#[test]
fn email_followup_is_a_reminder_of_a_sent_email_with_no_response() {
    let world = followup();
    assert_eq!(rows(&world), ["Follow-up: No reply: Proposal v2 - Bo, Today"]);
    // A reminder waits for nobody, and two of a thread stay two.
    assert!(detail(&world, "Waiting").is_empty());
    let two = task("email_followup", "a", "\"object_id\":\"acti_thread\"")
        + &task("email_followup", "b", "\"object_id\":\"acti_thread\"");
    assert_eq!(rows(&World::with(&two)).len(), 2);
}

#[test]
fn the_object_of_an_email_followup_is_its_thread() {
    has(&followup(), "object_type", "emailthread");
    has(&followup(), "Thread", THREAD);
}

#[test]
fn email_id_is_the_email_activity_that_was_sent() {
    has(&followup(), "Email", "acti_sent");
}

#[test]
fn subject_and_body_preview_are_those_of_the_email_to_follow_up_on() {
    has(&followup(), "Subject", "Proposal v2");
    has(&followup(), "Preview", "Attached is the second version");
    let found = followup().out(&["list", "--type", "all", "--search", "\"second version\""]);
    assert!(found.contains("Proposal v2"), "{found}");
}

#[test]
fn missed_call_is_a_missed_call() {
    assert_eq!(rows(&call("missed_call", "")), ["Missed call: +1 312-555-0188 - Fabrikam, waiting 2h"]);
    let known = call("missed_call", ",\"contact_name\":\"Bo\"");
    assert_eq!(rows(&known), ["Missed call: Bo - Fabrikam, waiting 2h"]);
}

#[test]
fn the_object_of_a_missed_call_is_the_activity_of_the_call() {
    let world = call("missed_call", "");
    has(&world, "object_type", "call");
    has(&world, "object_id", "acti_call");
    has(&world, "Call", CALL);
}

#[test]
fn phone_of_a_missed_call_is_the_number_of_the_remote_party() {
    let world = call("missed_call", "");
    has_number(&world, "+1 312-555-0188");
    has(&world, "Their number", "+13125550188");
    has(&world, "Known as", "Chicago, IL");
    has(&world, "Dial", "tel:+13125550188");
}

#[test]
fn local_phone_of_a_missed_call_is_the_number_that_was_called() {
    has(&call("missed_call", ""), "Our number", "+12025550100");
}

#[test]
fn answered_detached_call_is_a_call_from_a_number_of_no_contact() {
    let world = call("answered_detached_call", ",\"recording_url\":\"https://api.close.com/r/\"");
    assert_eq!(rows(&world), ["Answered: Answered, no contact: +1 312-555-0188 (Chicago, IL), waiting 2h"]);
    has(&world, "Recording", "https://api.close.com/r/");
}

#[test]
fn the_object_of_an_answered_detached_call_is_the_call() {
    has(&call("answered_detached_call", ""), "Call", CALL);
}

#[test]
fn phone_of_an_answered_detached_call_is_the_number_of_the_remote_party() {
    let world = call("answered_detached_call", "");
    has_number(&world, "+1 312-555-0188");
    has(&world, "Dial", "tel:+13125550188");
}

#[test]
fn voicemail_is_like_a_missed_call_with_additional_fields() {
    assert_eq!(rows(&voicemail()), ["Voicemail: 0:42 - +1 312-555-0188, waiting 2h"]);
    has(&voicemail(), "Call", CALL);
}

#[test]
fn phone_and_local_phone_of_a_voicemail_are_those_of_a_missed_call() {
    for label in ["Phone", "Their number", "Known as", "Our number", "Dial"] {
        assert_eq!(detail(&voicemail(), label), detail(&call("missed_call", ""), label), "{label}");
        assert!(!detail(&voicemail(), label).is_empty(), "{label}");
    }
}

#[test]
fn voicemail_duration_is_in_seconds() {
    has(&voicemail(), "Duration", "0:42");
    let long = call("voicemail", ",\"voicemail_duration\":3725");
    assert!(rows(&long)[0].contains("62:05"), "{:?}", rows(&long));
}

#[test]
fn voicemail_url_is_the_link_of_the_recording() {
    has(&voicemail(), "Recording", "https://api.close.com/call/acti_call/voicemail/");
}

#[test]
fn opportunity_due_is_an_opportunity_scheduled_to_close_on_its_date() {
    let own = "\"opportunity_note\":\"Two roasters\",\"opportunity_value\":1250000,\"opportunity_value_formatted\":\"$12,500\"";
    let world = World::with(&task("opportunity_due", "one", own).replace("\"2015-01-12\"", "\"2015-01-15\""));
    assert_eq!(rows(&world), ["Opportunity: Fabrikam, $12,500, Two roasters, Thu"]);
    let inbox = |now| listed(&world, "_type", &["--type", "all", "--now", now]).len();
    assert_eq!([inbox("2015-01-15T07:59:59Z"), inbox("2015-01-15T08:00:00Z")], [0, 1]);
    has(&world, "Value", "$12,500");
    has(&world, "Note", "Two roasters");
}

#[test]
fn the_object_of_an_opportunity_due_is_the_opportunity() {
    let world = one("opportunity_due", "\"object_type\":\"opportunity\",\"object_id\":\"oppo_1\"");
    has(&world, "object_type", "opportunity");
    has(&world, "object_id", "oppo_1");
    // Close shows an opportunity on its lead's page.
    has(&world, "Link", LEAD);
}

#[test]
fn incoming_sms_is_an_incoming_text_message() {
    assert_eq!(rows(&sms("")), ["SMS: \"3pm works\" - +1 202-555-0119, waiting 2h"]);
    has(&sms(""), "Text", "3pm works");
}

#[test]
fn the_object_of_an_incoming_sms_is_the_message() {
    has(&sms(""), "object_type", "sms");
    has(&sms(""), "Message", "https://app.close.com/activity/acti_sms/");
}

#[test]
fn remote_phone_is_the_number_of_the_sender() {
    has_number(&sms(""), "+1 202-555-0119");
    has(&sms(""), "Their number", "+12025550119");
    has(&sms(""), "Write", "sms:+12025550119");
}

#[test]
fn local_phone_of_an_incoming_sms_is_the_number_that_was_texted() {
    has(&sms(""), "Our number", "+12025550101");
}

#[test]
fn attachments_are_present_for_an_mms() {
    assert!(detail(&sms(""), "Attachments").is_empty());
    let file = r#"{"url":"https://api.close.com/m/1/","filename":"roof.jpg","content_type":"image/jpeg","size":482113,"media_id":"media_1","thumbnail_url":"https://api.close.com/m/1/thumbnail/"}"#;
    let world = sms(&format!(",\"attachments\":[{file},{{\"filename\":null,\"size\":12}}]"));
    assert_eq!(
        detail(&world, "Attachments"),
        [
            "roof.jpg, image/jpeg, 482 kB",
            "https://api.close.com/m/1/",
            "https://api.close.com/m/1/thumbnail/",
            "media_1",
            "(no name), 12 bytes"
        ]
    );
    let silent = sms(&format!(",\"attachments\":[{file}]"));
    assert_eq!(silent.out(&["list", "--type", "all", "--search", "has:attachment"]).lines().count(), 1);
}

#[test]
fn outgoing_call_is_a_call_task_for_a_given_contact() {
    let world = call("outgoing_call", ",\"contact_name\":\"Bo\",\"text\":\"Spring prices\"");
    assert_eq!(rows(&world), ["Call: Call Bo: Spring prices - Fabrikam, Today"]);
    has(&world, "Contact", "Bo");
    has(&world, "Dial", "tel:+13125550188");
}

#[test]
fn the_object_of_an_outgoing_call_is_the_activity_of_the_call() {
    has(&call("outgoing_call", ""), "Call", CALL);
    has(&call("outgoing_call", ""), "object_id", "acti_call");
    // One that is still to be made has none.
    let made = World::new();
    made.out(&["add", "Spring prices", "--type", "outgoing_call", "--phone", "+13125550188"]);
    assert!(detail(&made, "Call").is_empty() && field(&made, "object_id").is_null());
    has(&made, "Dial", "tel:+13125550188");
}
