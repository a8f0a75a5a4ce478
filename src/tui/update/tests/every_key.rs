//! No key of the table does nothing: pressed where it has work to do, it changes what is
//! drawn, asks for something outside, or says why not.

use super::MORNING;
use crate::domain::edit::{Changes, Edit};
use crate::tui::desk::{Desk, Draft, inbox, task, todo};
use crate::tui::keymap::Context;
use crate::tui::update::Msg;

/// Where keys are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// A file with tasks of every type.
    Tasks,
    /// A file without any.
    Nothing,
    /// The form of a task that somebody else has changed.
    Conflict,
}

use At::{Conflict, Nothing, Tasks};

/// The rule, where, what is pressed before, and the keys: alternatives are parted by two
/// blanks, the keys of a sequence by one.
type Rule = (&'static str, At, &'static str, &'static str);

const OF_LISTS: &[Rule] = &[
    ("moves down", Tasks, "", "j  Down"),
    ("moves up", Tasks, "G", "k  Up"),
    ("goes to the first", Tasks, "G", "g g  Home"),
    ("goes to the last", Tasks, "", "G  End"),
    ("goes half a page down", Tasks, "", "Ctrl-d"),
    ("goes half a page up", Tasks, "G", "Ctrl-u"),
    ("goes a page down", Tasks, "", "PgDn"),
    ("goes a page up", Tasks, "G", "PgUp"),
    ("scrolls the details from the list", Tasks, "", "Ctrl-e"),
    ("scrolls the details back", Tasks, "Ctrl-e Ctrl-e", "Ctrl-y"),
    ("gives the keys to the next pane", Tasks, "", "Tab"),
    ("gives the keys to the previous pane", Tasks, "", "Shift-Tab"),
    ("opens the details", Tasks, "", "Right  l  Enter"),
    ("goes back from the details", Tasks, "l", "Left  h"),
    ("scrolls in the details", Tasks, "l", "j  Down  Ctrl-e"),
    ("scrolls back in the details", Tasks, "l G", "k  Up  Ctrl-y"),
    ("goes to the inbox", Tasks, "g a", "g i"),
    ("goes to the archive", Tasks, "", "g a"),
    ("goes to the future", Tasks, "", "g f"),
    ("goes to the types", Tasks, "", "g t"),
    ("shows a saved search", Tasks, "", "g 1  g 2  g 9"),
    ("goes to the task changed last", Tasks, "e G", "g ."),
    ("brings the last marks back", Tasks, "x x e", "g m"),
    ("says that there were no marks", Tasks, "", "g m"),
    ("shows the future", Tasks, "", "F"),
    ("hides the future", Tasks, "F", "F"),
    ("completes", Tasks, "", "e  Space"),
    ("re-opens", Tasks, "g a", "e  Space"),
    ("opens the snooze menu", Tasks, "", "s  h"),
    ("says why a completed task is not snoozed", Tasks, "g a", "s  h"),
    ("asks for a date", Tasks, "", "d"),
    ("repeats the last change", Tasks, "e", "."),
    ("says that there is nothing to repeat", Tasks, "", "."),
    ("undoes", Tasks, "e", "u  z"),
    ("says that there is nothing to undo", Tasks, "", "u  z"),
    ("redoes", Tasks, "e u", "U  Ctrl-r"),
    ("opens a new task", Tasks, "", "n"),
    ("edits", Tasks, "", "i  F2"),
    ("assigns", Tasks, "", "a"),
    ("chooses whose tasks", Tasks, "", "@"),
    ("writes a note", Tasks, "", "m"),
    ("shows whom a call would reach", Tasks, "4", "c"),
    ("says that there is no number", Tasks, "", "c  y"),
    ("dials on the second press", Tasks, "4 c", "c  Enter"),
    ("answers", Tasks, "8", "r"),
    ("says that there is nothing to answer", Tasks, "", "r"),
    ("opens the lead in Close", Tasks, "", "o"),
    ("copies the number", Tasks, "4", "y"),
    ("copies the link", Tasks, "", "Y"),
    ("pins", Tasks, "G", "f"),
    ("keeps in the archive", Tasks, "g a", "f"),
    ("marks", Tasks, "", "x  v"),
    ("marks on and goes on", Tasks, "", "J  Shift-Down"),
    ("marks back and goes back", Tasks, "G", "K  Shift-Up"),
    ("marks all", Tasks, "", "* a  Ctrl-a"),
    ("takes all marks away", Tasks, "x", "* n"),
    ("marks the overdue ones", Tasks, "", "* o"),
    ("marks the same type", Tasks, "0", "* t"),
    ("marks the same lead", Tasks, "", "* l"),
    ("asks before it deletes", Tasks, "", "#  Delete"),
    ("shows all types and back", Tasks, "", "0"),
    ("shows one type", Tasks, "0", "1  2  3  4  5  6  7  8  9"),
    ("searches", Tasks, "", "/"),
    ("sorts", Tasks, "", "S"),
    ("groups", Tasks, "", "B"),
    ("folds a lead again", Tasks, "B l", "Left"),
    ("chooses a zone", Tasks, "", "g z"),
    ("cycles the layouts", Tasks, "", "w"),
    ("enlarges the pane", Tasks, "", "+"),
    ("chooses a theme", Tasks, "", "T"),
    ("gives the mouse to the terminal", Tasks, "", "M"),
    ("syncs, or says why not", Tasks, "", "R"),
    ("opens the palette", Tasks, "", ":  Ctrl-k"),
    ("opens the help", Tasks, "", "?  F1"),
    ("steps back from the types", Tasks, "g t", "Esc"),
    ("steps back from the marks", Tasks, "x", "Esc"),
    ("quits", Tasks, "", "q  Ctrl-c"),
    ("suspends", Tasks, "", "Ctrl-z"),
    ("draws anew", Tasks, "", "Ctrl-l"),
    ("shows what can follow", Tasks, "", "g  *"),
    ("gives up the first key", Tasks, "g", "Esc"),
    ("says that a key means nothing", Tasks, "", "b"),
];

const OF_TYPES: &[Rule] = &[
    ("moves among the types", Tasks, "g t", "j  Down"),
    ("shows the type alone", Tasks, "g t j j", "Enter"),
    ("adds the type", Tasks, "g t j j", "Space"),
    ("deletes a saved search", Tasks, "g t G", "#  Delete"),
    ("says that a type stays", Tasks, "g t", "#  Delete"),
];

const OF_MENUS: &[Rule] = &[
    ("snoozes", Tasks, "s", "1  2  n  t  b  w  m  Enter"),
    ("snoozes to the contact's morning", Tasks, "4 s", "c"),
    ("brings a task of the future back to now", Tasks, "g f s", "r"),
    ("types a date", Tasks, "s", "d"),
    ("completes nothing in the snooze menu", Tasks, "s", "e"),
    ("leaves the snooze menu", Tasks, "s", "h  Left  q  Esc"),
    ("moves in a menu", Tasks, "s", "j  Down"),
    ("answers a question", Tasks, "#", "y  n  Enter  Esc  q"),
    ("leaves the call", Tasks, "4 c", "q  Esc"),
    ("scrolls the help", Tasks, "?", "j  Down  PgDn  Ctrl-d  G  End"),
    ("searches the help", Tasks, "?", "/"),
    ("closes the help", Tasks, "?", "q  ?  F1  Esc"),
    ("opens the help of a menu", Tasks, "s", "?  F1"),
    ("opens the help of the calendar", Tasks, "g d", "?  F1"),
    ("opens the help of a question", Tasks, "#", "?  F1"),
    ("opens the help of a call", Tasks, "4 c", "?  F1"),
    ("opens the help where letters are text", Tasks, ":", "F1"),
    ("opens the help of a search", Tasks, "/", "F1"),
    ("opens the help of a form", Tasks, "n", "F1"),
    ("moves in the palette", Tasks, ":", "Down  Ctrl-n  PgDn"),
    ("takes a name of the palette", Tasks, ": s n o", "Tab"),
    ("does a line of the palette", Tasks, ": d o n e", "Enter"),
    ("leaves the palette", Tasks, ":", "Esc"),
];

const OF_POWER: &[Rule] = &[
    ("begins power mode", Tasks, "", "p"),
    ("leaves a task for later", Tasks, "p", "Right  l"),
    ("goes back to what was left", Tasks, "p Right", "Left  h"),
    ("says that nothing was left", Tasks, "p", "Left  h"),
    ("completes and goes on", Tasks, "p", "e  Space"),
    ("opens the snooze menu", Tasks, "p", "s"),
    ("dials at once", Tasks, "4 p", "c"),
    ("says that there is no number", Tasks, "p", "c"),
    ("copies number and link", Tasks, "4 p", "y  Y"),
    ("asks how the call ended, and does what follows", Tasks, "4 p c", "1  2  3  4  5  6"),
    ("leaves unsaid how the call ended", Tasks, "4 p c", "Esc"),
    ("opens, assigns, notes, dates, edits, deletes", Tasks, "p", "o  a  m  d  i  F2  #  Delete"),
    ("undoes", Tasks, "p e", "u  z"),
    ("redoes", Tasks, "p e u", "U  Ctrl-r"),
    ("says that a key is for the lists", Tasks, "p", "x  /  F  S  g f  * l"),
    ("syncs, or says why not", Tasks, "p", "R"),
    ("opens palette and help", Tasks, "p", ":  Ctrl-k  ?  F1"),
    ("goes back to the lists", Tasks, "p", "p  Esc  q"),
];

const OF_FIELDS: &[Rule] = &[
    ("keeps a search", Tasks, "/ q u o", "Enter"),
    ("drops a search", Tasks, "/ q u o", "Esc"),
    ("recalls a search", Tasks, "/ q u o Enter Esc /", "Up"),
    ("goes on to a later search", Tasks, "/ q u o Enter Esc / Up", "Down"),
    ("completes a search", Tasks, "/ t y p", "Tab"),
    ("saves a search", Tasks, "/ q u o", "Ctrl-s"),
    ("goes to the next field", Tasks, "n", "Tab  Down"),
    ("goes to the previous field", Tasks, "n Tab", "Shift-Tab  Up"),
    ("goes on, or says what is missing", Tasks, "n", "Enter  Ctrl-s"),
    ("closes the form", Tasks, "n", "Esc"),
    ("opens the editor", Tasks, "n", "Ctrl-o"),
    ("makes a call of it", Tasks, "n", "Ctrl-t"),
    ("says that no question waits", Tasks, "", "!"),
    ("turns to a question that waits", Conflict, "", "!"),
    ("settles whose values stand", Conflict, "!", "m  t  c"),
    ("fills the file with a demo", Nothing, "", "d"),
    ("opens a new task on the first screen", Nothing, "", "n"),
    ("asks for a file", Nothing, "", "i"),
    ("says how Close is reached", Nothing, "", "c"),
    ("says what is for tasks", Nothing, "", "g d  g i  * a  * n  e  /"),
    ("chooses the zone on the first screen", Nothing, "", "g z"),
];

/// Overdue to-dos of one lead, the first with many fields, and a task of every other type.
fn drafts() -> Vec<Draft> {
    let call =
        |kind: &str| task(kind).with("phone", "+13125550188").with("phone_formatted", "+1 312-555-0188").lead("Acme");
    let quote = todo("Send the revised quote").lead("Acme").rep("Ana").due("2026-01-02");
    let more = (0..20).map(|i| todo(&format!("Step {i}")).lead("Acme").due("2026-01-03"));
    let others = [
        todo("Call Dana").lead("Tailspin").due("2026-01-05T19:00:00+00:00"),
        task("incoming_email").with("subject", "Re: terms").lead("Acme").due("2026-01-05"),
        task("email_followup").with("subject", "Contract").lead("Coho").due("2026-01-04"),
        call("missed_call").due("2026-01-04"),
        call("answered_detached_call").due("2026-01-05"),
        call("voicemail").due("2026-01-05"),
        task("opportunity_due").with("opportunity_note", "Close it").lead("Acme").due("2026-01-05"),
        call("incoming_sms").with("text", "call me?").due("2026-01-05"),
        call("outgoing_call").with("text", "renewal").due("2026-01-05"),
        todo("Later").lead("Acme").due("2026-01-09"),
        task("missed_call").lead("Acme").due("2026-01-09"),
        todo("Old").lead("Acme").due("2025-12-01").done("2025-12-02T10:00:00+00:00"),
        todo("Older").lead("Acme").due("2025-12-01").done("2025-12-01T10:00:00+00:00"),
    ];
    std::iter::once(quote).chain(more).chain(others).collect()
}

fn desk(at: At, (width, height): (u16, u16)) -> Desk {
    let mut desk = match at {
        Nothing => inbox([]).at(MORNING),
        Tasks | Conflict => inbox(drafts()).at(MORNING),
    }
    .sized(width, height);
    if at == Tasks {
        desk.press("/").write_in("lead:tailspin").press("Ctrl-s").write_in("hot").press("Enter Esc g g");
        desk.add_fields(1, 60);
    }
    if at == Conflict {
        desk.press("i").write_in("mine");
        let theirs = Changes { text: Some("theirs".to_owned()), ..Changes::default() };
        desk.change_elsewhere(1, &Edit::Fields(Box::new(theirs)));
        desk.press("Ctrl-s");
    }
    desk.send(Msg::Now(desk.model.today.now + chrono::TimeDelta::seconds(10)));
    desk
}

/// All that can be seen of what was done so far.
fn seen(desk: &Desk) -> (ratatui::buffer::Buffer, usize, usize, Context) {
    (desk.buffer(), desk.effects.len(), desk.model.notice.log().count(), desk.model.context())
}

#[test]
fn no_key_of_the_table_does_nothing_on_a_wide_screen_and_on_the_least() {
    let mut silent = Vec::new();
    for size in [(140, 40), (40, 12)] {
        for (rule, at, before, keys) in [OF_LISTS, OF_TYPES, OF_MENUS, OF_POWER, OF_FIELDS].concat() {
            for key in keys.split("  ") {
                let mut desk = desk(at, size);
                if !before.is_empty() {
                    desk.press(before);
                }
                let was = seen(&desk);
                desk.press(key);
                let is_unknown = desk.notice().starts_with("No action on") && !["b", "e"].contains(&key);
                if seen(&desk) == was || is_unknown {
                    silent.push(format!("{size:?} {rule}: {before} then {key}: {}", desk.notice()));
                }
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn the_sweep_of_a_lead_takes_hidden_types_and_the_future_too() {
    let mut desk = desk(Tasks, (140, 40));
    desk.press("* l");
    assert_eq!((desk.model.marks.count(), desk.model.marks.hidden), (30, 8));
}

#[test]
fn on_the_first_screen_the_second_key_of_two_does_nothing_of_its_own() {
    for keys in ["g d", "* n", "g i"] {
        let mut desk = desk(Nothing, (140, 40));
        desk.press(keys);
        assert_eq!(desk.notice(), "That is for tasks. n makes one, d shows the demo.", "{keys}");
        assert!(desk.effects.is_empty() && desk.model.overlays.top().is_none(), "{keys}");
    }
}

#[test]
fn where_one_list_fills_the_screen_it_is_told_how_the_future_is_reached() {
    let mut small = desk(Tasks, (40, 12));
    small.press("F");
    assert_eq!(small.notice(), "Future is shown: g f goes there.");
    let mut wide = desk(Tasks, (140, 40));
    wide.press("F");
    assert_eq!(wide.notice(), "");
}
