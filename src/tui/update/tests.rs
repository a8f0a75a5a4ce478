//! Rules of the screen, by value: keys in, model and effects out.

mod bulk;
mod conflict;
mod ending;
mod every_key;
mod figures;
mod filters;
mod finding;
mod forms;
mod guide;
mod handing;
mod leaving;
mod linking;
mod looks;
mod naming;
mod palette;
mod pointing;
mod powering;
mod preferences;
mod purging;
mod returning;
mod saving;
mod snooze;
mod sorting;
mod typeahead;

use crate::domain::edit::Edit;
use crate::domain::zone::Zone;
use crate::tui::desk::{Desk, inbox, task, todo};
use crate::tui::model::Look;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::request::{ListName, Write};
use crate::tui::update::{Effect, Msg, update};
use chrono::TimeDelta;

const MORNING: &str = "2026-01-05T09:00-05:00";

fn three() -> Desk {
    inbox([
        todo("Send quote").lead("Fabrikam").due("2026-01-02"),
        todo("Call Dana").lead("Tailspin").due("2026-01-05"),
        todo("Check answers").lead("Acme").due("2026-01-05T15:00:00+00:00"),
        todo("Later").due("2026-01-09"),
        todo("Old").due("2025-12-01").done("2025-12-02T10:00:00+00:00"),
        task("voicemail").due("2026-01-05T12:00:00+00:00"),
    ])
    .at(MORNING)
}

#[test]
fn completing_moves_the_row_to_the_archive_and_the_next_row_takes_the_cursor() {
    let mut desk = three();
    desk.press("e");
    assert_eq!(desk.current(), "Call Dana");
    assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
    assert_eq!(desk.notice(), "Completed \"Send quote\".");
}

#[test]
fn completing_the_last_row_gives_the_cursor_to_the_one_before() {
    let mut desk = three();
    desk.press("G e");
    assert_eq!(desk.current(), "Call Dana");
}

#[test]
fn a_change_shows_before_the_disk_has_it_and_saved_only_after() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e");
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Check answers"]);
    assert_eq!(desk.model.data.counts.inbox[0], 2);
    assert_eq!(desk.model.saving.saved_at(), None);
    desk.write();
    assert_eq!(desk.model.saving.saved_at(), Some(desk.model.today.now));
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Check answers"]);
}

#[test]
fn a_read_from_before_the_write_does_not_bring_the_row_back() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e");
    desk.send(Msg::FileChanged);
    assert_eq!(desk.titles(ListName::Inbox), ["Call Dana", "Check answers"]);
    assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
}

#[test]
fn when_the_write_fails_the_row_returns_and_the_error_stays_until_esc() {
    let mut desk = three();
    desk.slow = true;
    desk.press("e");
    let (number, _) = desk.waiting.remove(0);
    let effects = update(&mut desk.model, Msg::Written(number, Err("the disk is full".into())));
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote", "Call Dana", "Check answers"]);
    assert_eq!(desk.model.data.counts.inbox[0], 3);
    assert!(matches!(effects[..], [Effect::Read(..)]));
    desk.send(Msg::Now(desk.model.today.now + TimeDelta::hours(1)));
    assert_eq!(desk.notice(), "the disk is full");
    desk.press("Esc");
    assert_eq!(desk.notice(), "");
}

#[test]
fn undo_puts_the_cursor_on_the_task_that_came_back() {
    let mut desk = three();
    desk.press("e G u");
    assert_eq!(desk.current(), "Send quote");
    assert_eq!(desk.notice(), "Undone: Completed \"Send quote\".");
    desk.press("U");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn a_restored_task_that_the_types_hide_stays_until_the_cursor_leaves_it() {
    let mut desk = three();
    desk.press("6 e 1 u");
    assert_eq!(desk.titles(ListName::Inbox).len(), 4);
    desk.press("j");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
}

#[test]
fn the_archive_reopens() {
    let mut desk = three();
    desk.press("g a e");
    assert_eq!(desk.titles(ListName::Inbox), ["Old", "Send quote", "Call Dana", "Check answers"]);
    assert_eq!(desk.notice(), "Re-opened \"Old\".");
}

#[test]
fn marked_tasks_are_changed_as_one_step_and_can_be_brought_back_as_marks() {
    let mut desk = three();
    desk.slow = true;
    desk.press("J e");
    assert_eq!(desk.titles(ListName::Inbox), ["Check answers"]);
    let writes: Vec<_> = desk.waiting.iter().map(|(_, write)| write.clone()).collect();
    assert!(matches!(&writes[..], [Write::Edit { tasks, edit: Edit::Complete(true), .. }] if tasks.len() == 2));
    desk.write();
    desk.press("g m");
    assert_eq!(desk.model.marks.count(), 2);
    desk.press("* n");
    assert_eq!(desk.model.marks.count(), 0);
}

#[test]
fn marks_that_the_types_hide_are_counted_as_hidden() {
    let mut desk = three();
    desk.press("x 6");
    assert_eq!((desk.model.marks.count(), desk.model.marks.hidden), (1, 1));
}

#[test]
fn more_than_25_marks_are_asked_about_and_no_is_the_default() {
    let drafts = (0..30).map(|i| todo(&format!("Task {i}")).due("2026-01-05"));
    let mut desk = inbox(drafts).at(MORNING);
    desk.press("* a e");
    desk.press("Enter");
    assert_eq!(desk.model.panes.list(ListName::Inbox).total(), 30);
    desk.press("e y");
    assert_eq!(desk.model.panes.list(ListName::Inbox).total(), 0);
    assert_eq!(desk.notice(), "Completed 30.");
}

#[test]
fn the_cursor_is_held_by_task_when_others_change_the_file() {
    let mut desk = three();
    desk.press("j");
    desk.tasks.remove(0);
    desk.send(Msg::FileChanged);
    assert_eq!(desk.current(), "Call Dana");
    assert_eq!(desk.model.panes.current().rank(), Some(0));
}

#[test]
fn holding_j_never_reaches_a_row_that_has_not_come() {
    let drafts = (0..2000).map(|i| todo(&format!("Task {i:04}")).due("2026-01-05"));
    let mut desk = inbox(drafts).at(MORNING);
    for step in 1..1500 {
        desk.press("j");
        let list = desk.model.panes.current();
        assert_eq!(list.rank(), Some(step));
        assert!(list.row(step + 20).is_some() && list.row(step.saturating_sub(20)).is_some());
    }
    desk.press("G");
    assert_eq!(desk.current(), "Task 1999");
    desk.press("g g");
    assert_eq!(desk.current(), "Task 0000");
}

#[test]
fn a_late_answer_is_dropped() {
    let mut desk = three();
    let effects = update(&mut desk.model, Msg::FileChanged);
    desk.press("6");
    let [Effect::Read(number, _), ..] = &effects[..] else { panic!("a changed file is read anew") };
    let before = desk.titles(ListName::Inbox);
    let late = crate::tui::request::Answer::Everything(Box::default());
    update(&mut desk.model, Msg::Answer(*number, late));
    assert_eq!(desk.titles(ListName::Inbox), before);
}

#[test]
fn number_keys_choose_types_and_0_goes_back_and_forth() {
    let mut desk = three();
    desk.press("6");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
    desk.press("0");
    assert_eq!(desk.titles(ListName::Inbox).len(), 4);
    desk.press("0");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
}

#[test]
fn in_the_types_space_adds_and_enter_leaves_only_this() {
    let mut desk = three();
    desk.press("g t j j j j j j Space");
    assert_eq!(desk.titles(ListName::Inbox).len(), 4);
    desk.press("Enter");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
}

#[test]
fn an_unknown_key_changes_nothing_and_says_so() {
    let mut desk = three();
    desk.press("b");
    assert_eq!(desk.notice(), "No action on \"b\". ? for help");
    desk.press("g b");
    assert_eq!(desk.notice(), "No action on \"g b\". ? for help");
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn a_first_key_waits_and_esc_cancels_it() {
    let mut desk = three();
    desk.press("g");
    desk.send(Msg::Now(desk.model.today.now + TimeDelta::hours(2)));
    assert_eq!(desk.model.begun.len(), 1);
    desk.press("Esc");
    assert!(desk.model.begun.is_empty());
    assert!(desk.effects.is_empty());
}

#[test]
fn keys_act_on_press_and_a_held_key_repeats_movement_only() {
    use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
    let mut desk = three();
    let key = |c, kind| Msg::Key(KeyEvent::new_with_kind(KeyCode::Char(c), KeyModifiers::NONE, kind));
    desk.send(key('e', KeyEventKind::Repeat));
    desk.send(key('e', KeyEventKind::Release));
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    desk.send(key('j', KeyEventKind::Repeat));
    assert_eq!(desk.current(), "Call Dana");
    desk.send(key('о', KeyEventKind::Press));
    assert_eq!(desk.current(), "Check answers");
}

#[test]
fn a_zone_reorders_the_list_at_once() {
    let mut desk =
        inbox([todo("Late in New York").due("2026-01-06T04:30:00+00:00"), todo("Today").due("2026-01-05")]).at(MORNING);
    assert_eq!(desk.titles(ListName::Inbox), ["Today", "Late in New York"]);
    desk.press("g z");
    desk.send(Msg::Paste("+2".into()));
    desk.press("Enter");
    assert_eq!(desk.titles(ListName::Inbox), ["Today"]);
    assert_eq!(desk.titles(ListName::Future), ["Late in New York"]);
    assert_eq!(desk.model.today.zone.name(), "UTC+2");
}

#[test]
fn the_screen_goes_with_the_machine_to_another_zone_unless_one_was_chosen() {
    let zone = |name: &str| Zone::parse(name).expect("a zone");
    let travelling = Look { is_zone_here: true, here: Some(zone("-5")), ..Look::default() };
    let mut desk = inbox([todo("x").due("2026-01-05")]).at(MORNING).looking(travelling).sized(140, 40);
    desk.send(Msg::Here(zone("Pacific/Kiritimati")));
    assert_eq!(desk.model.data.counts.overdue[0], 1, "{}", desk.screen());
    assert_eq!(desk.notice(), "Times are shown in Pacific/Kiritimati.");
    assert!(desk.screen().contains("! overdue 1d") && !desk.screen().contains("(here "));
    desk.press("g z").send(Msg::Paste("-12".into()));
    desk.press("Enter").send(Msg::Here(zone("Asia/Tokyo")));
    assert_eq!((desk.model.data.counts.overdue[0], desk.model.today.zone), (0, zone("-12")));
    assert!(desk.screen().contains("(here "), "{}", desk.screen());
}

#[test]
fn people_narrow_every_list_and_esc_widens_them() {
    let mut desk =
        inbox([todo("Hers").rep("Ana").due("2026-01-05"), todo("His").rep("Bo").due("2026-01-05")]).at(MORNING);
    desk.press("0 @ B o Enter");
    assert_eq!(desk.titles(ListName::Inbox), ["His"]);
    desk.press("Esc");
    assert_eq!(desk.titles(ListName::Inbox).len(), 2);
}

#[test]
fn at_midnight_sections_are_computed_anew() {
    let mut desk = inbox([todo("Tomorrow's").due("2026-01-06")]).at("2026-01-05T23:59-05:00");
    assert_eq!(desk.titles(ListName::Future).len(), 1);
    let midnight = desk.model.today.ends;
    assert!(desk.model.next_moment().is_some_and(|at| at <= midnight));
    desk.send(Msg::Now(midnight));
    assert_eq!(desk.titles(ListName::Inbox), ["Tomorrow's"]);
    desk.send(Msg::Now(midnight - TimeDelta::minutes(1)));
    assert_eq!(desk.titles(ListName::Future).len(), 1);
}

#[test]
fn time_that_changes_nothing_visible_draws_nothing() {
    let mut desk = three();
    let before = desk.model.revision;
    desk.send(Msg::Now(desk.model.today.now + TimeDelta::seconds(20)));
    desk.press("k");
    assert_eq!(desk.model.revision, before);
    desk.send(Msg::Now(desk.model.today.now + TimeDelta::seconds(60)));
    assert!(desk.model.revision > before);
}

#[test]
fn panes_keep_their_cursors_and_tab_goes_around() {
    let mut desk = three().sized(140, 40);
    desk.press("j Tab Tab Tab Tab");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
    assert_eq!(desk.current(), "Call Dana");
    desk.press("Tab");
    assert_eq!(desk.current(), "Old");
    desk.press("Shift-Tab");
    assert_eq!(desk.current(), "Call Dana");
}

#[test]
fn tab_goes_around_past_details_that_have_no_task_to_show() {
    let mut desk = inbox([todo("Send quote").due("2026-01-05")]).at(MORNING).sized(140, 40);
    desk.press("g a Tab");
    assert_eq!(desk.model.panes.focus(), Pane::Types);
    desk.press("Shift-Tab");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
}

#[test]
fn where_panes_are_tabs_tab_goes_from_the_types_to_the_first_list() {
    let mut desk = three().sized(80, 24);
    desk.press("g t Tab");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
    desk.press("Shift-Tab");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
}

#[test]
fn the_task_changed_last_is_reached_wherever_it_is() {
    let mut desk = three();
    desk.press("e g .");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn the_task_changed_last_is_shown_where_the_types_would_hide_it() {
    let mut desk = three();
    desk.press("e 6 g .");
    assert_eq!(desk.current(), "Send quote");
    desk.press("g i j g a");
    assert!(desk.titles(ListName::Archive).is_empty(), "{:?}", desk.titles(ListName::Archive));
}

#[test]
fn q_closes_details_that_fill_the_screen_before_it_quits() {
    let mut desk = three().sized(80, 24);
    desk.press("Enter q");
    assert_eq!((desk.model.panes.focus(), desk.effects.len()), (Pane::List(ListName::Inbox), 0));
    desk.press("q");
    assert!(desk.effects.contains(&Effect::Quit));
}

#[test]
fn details_that_are_not_shown_are_not_scrolled() {
    let mut desk = three().sized(80, 20);
    desk.press("Ctrl-e Ctrl-e");
    assert_eq!((desk.model.details.top, desk.notice().as_str()), (0, "Enter opens the details."));
}

#[test]
fn quitting_keeps_the_screen_and_the_next_start_finds_it() {
    let mut desk = three();
    desk.slow = true;
    desk.press("6 0 F j q");
    let kept = desk.waiting.iter().rev().find_map(|(_, write)| match write {
        Write::Remember(text) => Some(text.clone()),
        _ => None,
    });
    assert!(desk.effects.contains(&Effect::Quit));
    let memory = crate::tui::model::memory::Memory::read(kept.as_deref()).expect("it was written");
    let mut again = three();
    memory.recall(&mut again.model);
    again.send(Msg::FileChanged);
    assert_eq!(again.current(), desk.current());
    assert!(again.model.choice.types().is_all() && again.model.panes.future_shown);
}

#[test]
fn an_empty_file_offers_the_demo_and_an_import_and_nothing_else_does() {
    let mut desk = inbox([]).at(MORNING);
    desk.slow = true;
    desk.press("d");
    assert!(matches!(desk.waiting[..], [(_, Write::Demo(_))]));
    desk.press("i");
    desk.send(Msg::Paste("tasks.json\n".into()));
    desk.press("Enter");
    assert!(matches!(&desk.waiting[..], [_, (_, Write::Import(path, _))] if path.as_os_str() == "tasks.json"));
    let mut full = three();
    full.press("d");
    assert!(matches!(full.model.overlays.top(), Some(Overlay::Date(_))), "a date is typed there");
}

#[test]
fn pasted_text_is_never_keys() {
    let mut desk = three();
    desk.send(Msg::Paste("ejejq".into()));
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    assert!(desk.effects.is_empty());
}

#[test]
fn a_file_that_changed_elsewhere_in_nothing_visible_draws_nothing() {
    let mut desk = three();
    let before = desk.model.revision;
    desk.send(Msg::FileChanged);
    assert_eq!(desk.model.revision, before);
    desk.tasks.remove(0);
    desk.send(Msg::FileChanged);
    assert!(desk.model.revision > before);
}
