//! What was typed and is not saved comes back, or is asked about before it is thrown away.

use super::forms::{form, is_open};
use super::{MORNING, three};
use crate::domain::task::RepId;
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::model::memory::Memory;
use crate::tui::model::overlay::{Leaving, Overlay};
use crate::tui::model::{Look, Size};
use crate::tui::request::{Answer, ListName, Read};
use crate::tui::update::{Effect, Msg, update};

#[test]
fn esc_asks_only_if_something_was_typed_and_no_is_the_default() {
    let me = Look { me: Some(RepId::new("user_Ana".to_owned())), ..Look::default() };
    let mut desk = three().looking(me);
    for keys in ["n Esc", "i Esc", "i Tab Tab Esc", "i x Backspace Esc", "m Esc"] {
        desk.press(keys);
        assert!(!is_open(&desk), "{keys}");
    }
    desk.press("n").write_in("half a thought").press("Esc");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Discard(Leaving::Form))));
    desk.press("Enter");
    assert_eq!(form(&desk).current().text(), "half a thought");
    desk.press("Esc y");
    assert!(!is_open(&desk));
    desk.press("m").write_in("a note").press("Esc n Enter");
    assert_eq!(desk.notice(), "Wrote a note on \"Send quote\".");
}

#[test]
fn ctrl_c_quits_from_anywhere_but_asks_once_where_typed_text_would_be_lost() {
    let quits = |desk: &Desk| desk.effects.contains(&Effect::Quit);
    for keys in ["Ctrl-c", "n Ctrl-c", "m Ctrl-c", "s Ctrl-c", "? Ctrl-c", "# Ctrl-c"] {
        let mut desk = three();
        desk.press(keys);
        assert!(quits(&desk), "{keys}");
    }
    for open in ["n", "i", "m"] {
        let mut desk = three();
        desk.press(open).write_in("half a thought").press("Ctrl-c");
        assert!(!quits(&desk), "{open}");
        assert!(desk.screen().contains("Quit and throw away what you typed? y/N"), "{}", desk.screen());
        desk.press("n");
        assert!(is_open(&desk) && desk.screen().contains("half a thought"), "no is the default");
        desk.press("Ctrl-c Ctrl-c");
        assert!(quits(&desk), "{open}: the second time it quits");
    }
    let mut desk = three();
    desk.press("n").write_in("x").press("Ctrl-c y");
    assert!(quits(&desk), "yes quits");
}

#[test]
fn when_the_write_fails_every_form_and_note_comes_back_with_what_was_typed() {
    let mut desk = three();
    desk.slow = true;
    desk.press("m").write_in("a note").press("Enter");
    desk.press("n").write_in("first").press("Ctrl-s");
    desk.press("n").write_in("second").press("Ctrl-s");
    for (number, _) in std::mem::take(&mut desk.waiting) {
        update(&mut desk.model, Msg::Written(number, Err("the disk is full".into())));
    }
    assert_eq!(desk.notice(), "the disk is full");
    let mut typed = Vec::new();
    while let Some(overlay) = desk.model.overlays.top() {
        typed.push(match overlay {
            Overlay::Form(form) => form.current().text().to_owned(),
            Overlay::Note(note) => note.field.text().to_owned(),
            other => panic!("what was typed comes back, not {other:?}"),
        });
        desk.press("Esc y");
    }
    assert_eq!(typed, ["a note", "first", "second"], "one after the other");
}

#[test]
fn what_comes_back_does_not_open_under_the_typing_hand() {
    let mut desk = three();
    desk.slow = true;
    desk.press("n").write_in("first").press("Ctrl-s n").write_in("sec");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    desk.write_in("ond");
    assert_eq!(form(&desk).current().text(), "second");
    desk.press("Ctrl-c");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Discard(Leaving::Program))));
    desk.press("n Ctrl-u Esc");
    assert_eq!(form(&desk).current().text(), "first");
}

#[test]
fn with_what_came_back_waiting_nobody_quits_unasked() {
    let mut desk = three();
    desk.slow = true;
    desk.press("n").write_in("first").press("Ctrl-s n");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    desk.press("Ctrl-c");
    assert!(!desk.effects.contains(&Effect::Quit));
    desk.press("n Esc");
    assert_eq!(form(&desk).current().text(), "first");
}

#[test]
fn a_path_that_cannot_be_imported_comes_back_below_what_is_wrong_with_it() {
    let mut desk = inbox([]).at(MORNING);
    desk.slow = true;
    desk.press("i").write_in("~/taks.json").press("Enter");
    let (number, _) = desk.waiting.pop().expect("the import");
    desk.send(Msg::Written(number, Err("no such file".into())));
    let screen = desk.screen();
    assert!(screen.contains("no such file") && screen.contains("File to import: ~/taks.json"), "{screen}");
    desk.press("Esc");
    assert!(!is_open(&desk));
    assert_eq!(desk.notice(), "");
}

#[test]
fn a_date_whose_write_fails_comes_back_as_it_was_typed() {
    for keys in ["s d", "d"] {
        let mut desk = three();
        desk.slow = true;
        desk.press(keys).write_in("fri 14:30").press("Enter");
        let (number, _) = desk.waiting.remove(0);
        desk.send(Msg::Written(number, Err("the disk is full".into())));
        let Some(Overlay::Date(entry)) = desk.model.overlays.top() else { panic!("{keys}: the date comes back") };
        assert_eq!(entry.field.text(), "fri 14:30");
        assert_eq!(desk.notice(), "the disk is full");
        desk.press("Enter");
        assert_eq!(desk.waiting.len(), 1, "once more, with one key");
    }
}

/// The screen after the next start, which remembers what the last one did.
fn restarted(mut desk: Desk) -> Desk {
    desk.send(Msg::End);
    assert!(desk.effects.contains(&Effect::Quit));
    let memory = Memory::read(Some(&Memory::of(&desk.model).write())).expect("what is written can be read");
    let mut next = three();
    memory.recall(&mut next.model);
    next.send(Msg::FileChanged);
    next
}

#[test]
fn what_was_typed_when_a_signal_came_is_back_at_the_next_start() {
    let mut desk = three();
    desk.press("n").write_in("meet Tom").press("Tab").write_in("fab");
    let mut next = restarted(desk);
    assert_eq!(next.notice(), "What you typed before the end is back.");
    assert_eq!(form(&next).current().text(), "meet Tom");
    next.press("Ctrl-s");
    assert!(!is_open(&next));
    let task = &next.model.current_task().expect("the new task").task;
    assert_eq!(task.lead.shown_name(), Some("Fabrikam"));

    let mut desk = three();
    desk.press("i").write_in(" today");
    let mut next = restarted(desk);
    next.press("Ctrl-s");
    assert_eq!(next.titles(ListName::Inbox)[0], "Send quote today");

    let mut desk = three();
    desk.press("j m").write_in("asks for Ann");
    let mut next = restarted(desk);
    next.press("Enter");
    assert_eq!(next.notice(), "Wrote a note on \"Call Dana\".");
    assert_eq!(restarted(next).model.overlays.top().map(Overlay::typed), None, "once is enough");
}

#[test]
fn what_was_typed_for_a_task_far_from_the_cursor_is_back_too() {
    let many = || inbox((0..900).map(|i| todo(&format!("T{i:03}")).due("2026-01-05"))).at(MORNING);
    let mut desk = many();
    desk.press("p").hold("Right", 450).press("m").write_in("asks for Ann").send(Msg::End);
    let memory = Memory::of(&desk.model);
    let mut next = many();
    assert!(next.model.panes.list(ListName::Inbox).rows().len() < 450, "it is not at hand");
    memory.recall(&mut next.model);
    next.send(Msg::FileChanged);
    assert_eq!(next.notice(), "What you typed before the end is back.");
    next.press("Enter");
    assert_eq!(next.tasks[450].local.notes.first().map(|note| note.text.as_str()), Some("asks for Ann"));
}

#[test]
fn what_was_typed_is_kept_for_the_next_start_until_the_disk_has_told_of_its_task() {
    let mut desk = three();
    desk.press("j m").write_in("asks for Ann").send(Msg::End);
    let memory = Memory::of(&desk.model);
    let mut next = inbox([]).at(MORNING);
    memory.recall(&mut next.model);
    let asked = update(&mut next.model, Msg::Resize(Size { width: 90, height: 30 }));
    let is_sought = |effect: &&Effect| matches!(effect, Effect::Read(_, Read::Rows { .. }));
    let Some(Effect::Read(number, read)) = asked.iter().find(is_sought) else { panic!("its task is asked for") };
    next.send(Msg::Answer(*number, Answer::Failed(read.kind(), "the disk is gone".into())));
    assert_eq!((&next.model.data.draft, next.notice().as_str()), (&desk.model.data.draft, "the disk is gone"));
}

#[test]
fn what_was_typed_for_a_task_that_is_gone_is_said_until_it_is_dismissed() {
    let mut desk = three();
    desk.press("i").write_in(" today");
    desk.send(Msg::End);
    let memory = Memory::of(&desk.model);
    let mut next = inbox([]).at(MORNING);
    memory.recall(&mut next.model);
    next.send(Msg::FileChanged);
    assert_eq!(next.notice(), "Typed before the end, for a task that is not here: text \"Send quote today\"");
    assert!(!is_open(&next));
}

#[test]
fn nothing_typed_or_thrown_away_leaves_no_draft() {
    for keys in ["n", "i", "m", "n x Ctrl-c y"] {
        let mut desk = three();
        desk.press(keys);
        if !keys.ends_with('y') {
            desk.send(Msg::End);
        }
        assert_eq!(desk.model.data.draft, None, "{keys}");
    }
}
