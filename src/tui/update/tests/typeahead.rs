//! Keys that come faster than the disk answers.

use super::{MORNING, three};
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;
use crate::tui::request::{Answer, Kind, ListName};
use crate::tui::update::{self, Effect, Msg, update};

fn leads() -> Desk {
    inbox([
        todo("Send quote").lead("Fabrikam").due("2026-01-02"),
        todo("Call Dana").lead("Acme").due("2026-01-05"),
        todo("Check answers").lead("Acme").due("2026-01-05"),
        todo("Renewal").lead("Acme").due("2026-01-09"),
        task("voicemail").lead("Acme").due("2026-01-05T12:00:00+00:00"),
    ])
    .at(MORNING)
}

fn done(desk: &Desk) -> Vec<String> {
    let done = desk.tasks.iter().filter(|row| row.task.is_complete);
    done.map(|row| crate::domain::wording::title(&row.task)).collect()
}

#[test]
fn a_change_behind_a_search_is_done_to_what_it_finds() {
    let mut desk = leads();
    desk.burst("/ a c m e Enter e");
    assert_eq!(done(&desk), ["Call Dana"]);
    desk.burst("/ t y p e : v o i c e m a i l Enter e");
    assert_eq!(done(&desk), ["Call Dana", "Acme"], "the voicemail");
}

#[test]
fn a_change_behind_a_search_that_finds_nothing_changes_nothing() {
    let mut desk = leads();
    desk.burst("/ z z z z Enter e");
    assert!(done(&desk).is_empty(), "{:?}", done(&desk));
    assert_eq!(desk.notice(), "No task here.");
}

#[test]
fn moving_behind_a_search_goes_on_from_what_it_finds() {
    let mut desk = leads();
    desk.burst("/ a c m e Enter j e");
    assert_eq!(done(&desk), ["Check answers"]);
}

#[test]
fn a_note_behind_a_search_is_written_on_what_it_finds() {
    let mut desk = leads();
    desk.burst("/ r e n e w Enter g f m").send(Msg::Paste("ask Bo".into()));
    let Some(Overlay::Note(note)) = desk.model.overlays.top() else { panic!("a note is being written") };
    let row = desk.tasks.iter().find(|row| row.number == note.task).expect("its task");
    assert_eq!((crate::domain::wording::title(&row.task).as_str(), note.field.text()), ("Renewal", "ask Bo"));
}

#[test]
fn a_paste_waits_behind_the_key_that_opens_its_field() {
    let mut desk = leads();
    let key = |c: char| Msg::Key(crossterm::event::KeyCode::Char(c).into());
    let mut effects = update(&mut desk.model, key('u'));
    effects.extend(update(&mut desk.model, key('m')));
    effects.extend(update(&mut desk.model, Msg::Paste("ask Bo".into())));
    effects.into_iter().for_each(|effect| desk.carry_out(effect));
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Note(note)) if note.field.text() == "ask Bo"));
}

#[test]
fn a_change_behind_going_to_the_task_changed_last_is_done_to_that_task() {
    let mut desk = leads();
    desk.press("e").burst("g . e");
    assert!(done(&desk).is_empty(), "it was re-opened: {:?}", done(&desk));
}

#[test]
fn a_change_behind_an_undo_is_done_to_what_that_brings_back() {
    let mut desk = leads();
    desk.press("e").burst("u e");
    assert_eq!(done(&desk), ["Send quote"]);
    desk.burst("u u");
    assert!(done(&desk).is_empty());
}

#[test]
fn a_change_behind_the_end_of_a_long_list_is_done_to_its_last_task() {
    let mut desk = inbox((0..900).map(|i| todo(&format!("T{i:03}")).due("2026-01-05"))).at(MORNING);
    desk.burst("G e");
    assert_eq!(done(&desk), ["T899"]);
    desk.burst("g g G k x e");
    assert_eq!(done(&desk), ["T897", "T899"]);
}

#[test]
fn what_is_typed_before_the_first_lists_is_about_them() {
    let mut desk = leads();
    desk.model = Model::new(desk.model.today, desk.model.size, desk.model.look.clone());
    let effects = update::begin(&mut desk.model);
    desk.burst("j e");
    assert!(done(&desk).is_empty());
    effects.into_iter().for_each(|effect| desk.carry_out(effect));
    assert_eq!(done(&desk), ["Call Dana"]);
}

#[test]
fn whole_sequences_wait_for_the_marks() {
    for (mark, snoozed) in [("* a", 3), ("* l", 1)] {
        let mut desk = leads();
        desk.burst(&format!("{mark} s t"));
        assert!(desk.model.overlays.top().is_none(), "{mark}: the menu is done with");
        assert_eq!(desk.titles(ListName::Future).len(), 1 + snoozed, "{mark}");
    }
    let mut desk = leads();
    desk.burst("* a s 1");
    assert_eq!(desk.model.marks.count(), 0, "1 is a line of the menu");
    assert!(desk.notice().starts_with("Snoozed 3"), "{}", desk.notice());
}

#[test]
fn a_command_that_waits_for_the_marks_does_what_its_name_says() {
    let mut desk = leads();
    desk.press("e g a").burst("* a : d o n e Enter");
    assert_eq!(done(&desk), ["Send quote"], "it is done already, and is not re-opened");
}

#[test]
fn where_nothing_is_to_be_decided_no_key_waits() {
    let mut desk = three();
    desk.slow = true;
    desk.burst("e e j 1 /");
    assert!(desk.model.typed_ahead.is_empty());
    assert_eq!(desk.waiting.iter().filter(|(_, write)| write.words().starts_with("Completed")).count(), 2);
}

#[test]
fn a_day_of_the_calendar_is_gone_to_once_the_days_are_known() {
    let mut desk = leads();
    desk.burst("g d Right Right Right Right Enter e");
    assert_eq!(done(&desk), ["Renewal"]);
}

#[test]
fn the_second_press_of_a_call_dials_also_before_the_number_is_found() {
    let borrowed = todo("Call Dana").lead("Acme").with("contact_id", "cont_1").due("2026-01-05");
    let known =
        task("missed_call").lead("Acme").with("contact_id", "cont_1").with("phone", "+15550100").due("2026-01-09");
    let mut desk = inbox([borrowed, known]).at(MORNING);
    desk.burst("c c");
    assert!(desk.model.overlays.top().is_none());
    assert!(desk.notice().starts_with("Calling"), "{}", desk.notice());
}

#[test]
fn what_waits_for_an_answer_that_never_comes_is_dropped_and_nothing_else_is_closed() {
    for (keys, reads) in [("/ a c m e Enter j e", 4), ("* a s t", 1), ("g d Enter", 1)] {
        let mut desk = leads();
        let mut asked = Vec::new();
        for key in keys.split(' ') {
            let key = crate::tui::key::Key::parse(key).expect("a key");
            let event = crossterm::event::KeyEvent::new(key.code, key.modifiers);
            asked.extend(update(&mut desk.model, Msg::Key(event)));
        }
        let mut failed = 0;
        for effect in asked {
            match effect {
                Effect::Read(number, read) if read.kind() != Kind::Saved => {
                    desk.send(Msg::Answer(number, Answer::Failed(read.kind(), "the disk is gone".into())));
                    failed += 1;
                }
                _ => {}
            }
        }
        assert_eq!(failed, reads, "{keys}");
        assert!(desk.model.typed_ahead.is_empty() && done(&desk).is_empty(), "{keys}");
        assert_eq!(desk.notice(), "the disk is gone");
        desk.press("Esc Esc Esc e");
        assert_eq!(done(&desk), ["Send quote"], "{keys}: the next key is about the cursor's task");
    }
}

#[test]
fn a_question_that_fails_closes_no_other_one() {
    let mut desk = leads();
    let key = |c: char| Msg::Key(crossterm::event::KeyCode::Char(c).into());
    let marks: Vec<Effect> = "*a".chars().flat_map(|c| update(&mut desk.model, key(c))).collect();
    desk.send(Msg::Answer(999, Answer::Failed(Kind::Stats, "no figures".into())));
    desk.press("s");
    assert_eq!(desk.model.typed_ahead.len(), 1, "it waits for the marks still");
    marks.into_iter().for_each(|effect| desk.carry_out(effect));
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Snooze(menu)) if menu.tasks.len() == 3));
}

#[test]
fn what_is_typed_behind_a_rep_whose_name_is_still_being_read_is_done_after_it() {
    let mut desk = inbox([todo("one").due("2026-01-05"), todo("two").rep("Bo").due("2026-01-05")]).at(MORNING);
    desk.burst("a b Enter j");
    assert_eq!(desk.tasks[0].task.rep.shown_name(), Some("Bo"));
    assert_eq!((desk.current().as_str(), desk.model.overlays.top().is_none()), ("two", true));
}
