//! What a person has set: where the cursor goes, what the space bar does.

use super::three;
use crate::settings::{AfterMove, Keys, Space};
use crate::tui::desk::Desk;
use crate::tui::keymap::Keymap;
use crate::tui::model::Look;
use crate::tui::model::panes::Pane;
use crate::tui::request::ListName;

fn following() -> Desk {
    three().looking(Look { after_move: AfterMove::Follow, ..Look::default() })
}

#[test]
fn who_follows_goes_with_the_task_to_the_archive_and_back() {
    let mut desk = following();
    desk.press("e");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Archive));
    assert_eq!(desk.current(), "Send quote");
    desk.press("e");
    assert_eq!(desk.model.panes.focus(), Pane::List(ListName::Inbox));
    assert_eq!(desk.current(), "Send quote");
}

#[test]
fn who_follows_stays_where_the_task_stays_or_is_gone() {
    let mut desk = following();
    desk.press("f");
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::List(ListName::Inbox), "Send quote"));
    desk.press("# y");
    assert_eq!((desk.model.panes.focus(), desk.current().as_str()), (Pane::List(ListName::Inbox), "Call Dana"));
}

#[test]
fn the_space_bar_completes_unless_it_is_set_to_mark() {
    let mut desk = three();
    desk.press("Space");
    assert_eq!(desk.current(), "Call Dana");
    let keys = Keymap::new(&Keys::default(), Space::Mark).unwrap();
    let mut desk = three().looking(Look { keys, ..Look::default() });
    desk.press("Space");
    assert_eq!((desk.model.marks.tasks().len(), desk.current().as_str()), (1, "Send quote"));
    desk.press("e");
    assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
}

#[test]
fn what_is_said_names_the_keys_that_hold() {
    let set = |name: &str, key: &str| (name.to_owned(), vec![key.to_owned()]);
    let own = [
        ("accept", "F5"),
        ("onward", "F6"),
        ("details-down", "F7"),
        ("save", "F8"),
        ("step-back", "F9"),
        ("search", "F10"),
        ("go-saved-1", "F11"),
    ];
    let keys = Keys { own: own.map(|(name, key)| set(name, key)).into(), ..Keys::default() };
    let keys = Keymap::new(&keys, Space::Complete).expect("keys");
    let desk = || three().looking(Look { keys: keys.clone(), colour: true, ..Look::default() }).sized(100, 24);
    let screen = |keys: &str, text: &str, last: &str| {
        let mut desk = desk();
        desk.press(keys).write_in(text);
        desk.press(last).screen()
    };
    for (keys, text, last, said) in [
        ("d", "2015-01-05", "F5", "ago. F5 again to keep it"),
        (":", "date 2015-01-05", "F5", "ago. F5 again to keep it"),
        ("i Tab Tab Tab", "2015-01-05", "F6", "ago. F6 again to keep it"),
        ("T", "", "Down", "Theme: F5 keeps it, F9 goes back"),
        ("g 2", "", "k", "F8 in the field of a search saves one."),
        ("F10", "", "F8", "Nothing is searched for: F10 begins a search."),
        ("F10", "quote", "F8", "F5 take it"),
    ] {
        let screen = screen(keys, text, last);
        assert!(screen.contains(said), "{keys} {text} {last}: {said}\n{screen}");
    }
    let mut desk = desk();
    desk.press("F10").write_in("quote").press("F8").write_in("hot").press("F5");
    assert_eq!(desk.notice(), "Saved \"hot\": F11. It finds all types.");
}
