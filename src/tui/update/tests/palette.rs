//! The command palette, and the help and messages over the panes.

use super::three;
use crate::domain::date::TaskDate;
use crate::domain::filter::People;
use crate::domain::kind::TaskType;
use crate::domain::task::RepId;
use crate::tui::action::Action;
use crate::tui::desk::{Desk, inbox, todo};
use crate::tui::keymap::{Context, Keymap};
use crate::tui::model::memory::Memory;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::palette::Palette;
use crate::tui::model::panes::Arrangement;
use crate::tui::model::sorting::Sort;
use crate::tui::request::ListName;
use crate::tui::update::Msg;

fn palette(desk: &Desk) -> &Palette {
    match desk.model.overlays.top() {
        Some(Overlay::Palette(palette)) => palette,
        other => panic!("no palette but {other:?}"),
    }
}

fn run(desk: &mut Desk, line: &str) {
    desk.press(":");
    desk.write_in(line);
    desk.press("Enter");
}

fn first(desk: &Desk) -> Action {
    palette(desk).chosen().expect("an offer").action
}

#[test]
fn every_action_of_the_panes_is_offered_with_its_key() {
    let mut desk = three();
    desk.press(":");
    let palette = palette(&desk);
    for action in Keymap::actions_of_panes() {
        if matches!(action, Action::Palette | Action::StepBack | Action::LoadDemo) {
            continue;
        }
        let offer = palette.found().iter().find(|offer| offer.action == action);
        let offer = offer.unwrap_or_else(|| panic!("{} is not offered", action.name()));
        assert_eq!(offer.line, action.name());
        // A key that does something else here would teach the wrong thing.
        let keys = &desk.model.look.keys;
        assert_eq!(Some(&offer.key).filter(|key| !key.is_empty()), keys.key_to_teach(Context::Open, action).as_ref());
        let is_here = keys.bindings_in(Context::Open).any(|b| b.action == action);
        assert!(!is_here || !offer.key.is_empty(), "{}", action.name());
    }
    for (action, key) in [(Action::Snooze, "s"), (Action::GoArchive, "g a"), (Action::Reopen, "")] {
        assert_eq!(
            palette.found().iter().find(|offer| offer.action == action).map(|offer| offer.key.as_str()),
            Some(key)
        );
    }
}

#[test]
fn typing_finds_by_name_and_by_sentence() {
    for (typed, action) in [
        ("snooze", Action::Snooze),
        ("arch", Action::GoArchive),
        ("complete", Action::Complete),
        ("zone", Action::ChooseZone),
        ("date", Action::SetDate),
        ("undo", Action::Undo),
        ("vmail", Action::OnlyType(TaskType::Voicemail)),
    ] {
        let mut desk = three();
        desk.press("Ctrl-k");
        desk.write_in(typed);
        assert_eq!(first(&desk), action, "{typed}");
    }
}

#[test]
fn a_name_does_what_its_key_does_and_escape_drops_the_line() {
    let mut desk = three();
    run(&mut desk, "go-archive");
    assert_eq!(desk.model.context(), Context::Archive);
    desk.press("g i :");
    desk.write_in("done");
    desk.press("Esc");
    assert!(desk.model.overlays.top().is_none());
    assert_eq!(desk.titles(ListName::Archive), ["Old"]);
    run(&mut desk, "done");
    assert_eq!(desk.titles(ListName::Archive), ["Send quote", "Old"]);
}

#[test]
fn done_and_reopen_mean_what_they_say_whatever_pane_has_the_keys() {
    let mut desk = three();
    desk.press("g a");
    run(&mut desk, "done");
    assert_eq!(desk.titles(ListName::Archive), ["Old"]);
    run(&mut desk, "reopen");
    assert!(desk.titles(ListName::Archive).is_empty());
}

#[test]
fn what_stands_behind_a_name_is_read_as_the_command_line_reads_it() {
    let mut desk = three();
    run(&mut desk, "snooze fri 9");
    assert!(desk.titles(ListName::Future).contains(&"Send quote".into()));
    run(&mut desk, "type voicemail");
    assert!(desk.model.choice.types().contains(TaskType::Voicemail));
    assert!(!desk.model.choice.types().contains(TaskType::Lead));
    run(&mut desk, "type all");
    assert!(desk.model.choice.types().is_all());
    run(&mut desk, "tz -8");
    assert_eq!((desk.model.today.zone.name().as_str(), desk.model.look.is_zone_here), ("UTC-8", false));
    run(&mut desk, "tz local");
    assert!(desk.model.look.is_zone_here, "it goes with the machine");
    run(&mut desk, "note wants net 60");
    let notes = desk.tasks.iter().flat_map(|row| &row.local.notes).map(|note| note.text.clone());
    assert_eq!(notes.collect::<Vec<_>>(), ["wants net 60"]);
}

#[test]
fn a_name_is_known_by_its_beginning_where_only_one_takes_something() {
    let mut desk = three();
    run(&mut desk, "sn +3d");
    assert!(desk.titles(ListName::Future).contains(&"Send quote".into()));
}

#[test]
fn marked_tasks_are_changed_together() {
    let mut desk = three();
    desk.press("* a");
    run(&mut desk, "date +3d");
    assert!(desk.titles(ListName::Inbox).is_empty());
    desk.press("u");
    assert!(!desk.titles(ListName::Inbox).is_empty());
}

/// A task of Megan, one of Bo, one of a rep with the id `meg`, and Bo at the keys.
fn of_megan_and_me() -> Desk {
    let draft = |text: &str| todo(text).due("2026-01-05");
    let zoe = draft("Theirs").with("assigned_to", "meg").with("assigned_to_name", "Zoe");
    let mut desk =
        inbox([draft("Hers").rep("Megan Ray"), draft("Mine").rep("Bo Ek"), zoe]).at("2026-01-05T09:00-05:00");
    desk.model.look.me = Some(RepId::new("user_Bo Ek"));
    desk
}

#[test]
fn a_word_that_is_understood_whole_wins_over_a_name_that_only_begins_so() {
    for (line, rep) in [
        ("assign me", "Bo Ek"),
        ("assign ME", "Bo Ek"),
        ("assign meg", "Zoe"),
        ("assign mega", "Megan Ray"),
        ("assign zoe", "Zoe"),
    ] {
        let mut desk = of_megan_and_me();
        run(&mut desk, line);
        assert_eq!(desk.tasks[0].task.rep.shown_name(), Some(rep), "{line}");
    }
    for (line, shown) in [("me", "Mine"), ("mine", "Mine"), ("meg", "Theirs"), ("megan", "Hers")] {
        let mut desk = of_megan_and_me();
        run(&mut desk, &format!("{} {line}", Action::ChoosePeople.name()));
        assert_eq!(desk.titles(ListName::Inbox), [shown], "{line}");
    }
    let mut unknown = of_megan_and_me();
    unknown.model.look.me = None;
    run(&mut unknown, "assign me");
    assert!(palette(&unknown).said.is_some(), "nobody is me: {}", unknown.notice());
    assert_eq!(unknown.tasks[0].task.rep.shown_name(), Some("Megan Ray"));
}

#[test]
fn who_sits_here_is_offered_first_where_that_is_known() {
    let mut desk = of_megan_and_me();
    desk.press(":").write_in("assign m");
    assert_eq!(palette(&desk).chosen().map(|offer| offer.line.as_str()), Some("assign me"));
    desk.press("Down Enter");
    assert_eq!(desk.tasks[0].task.rep.shown_name(), Some("Megan Ray"));
    desk.model.look.me = None;
    desk.press(":").write_in("assign m");
    assert_eq!(palette(&desk).chosen().map(|offer| offer.line.as_str()), Some("assign Megan Ray"));
}

#[test]
fn a_wrong_word_is_said_as_on_the_command_line_and_the_line_stays() {
    for (line, said) in [
        ("snooze frday", "\"frday\" is not a date."),
        ("date 03/04", "Ambiguous."),
        ("assign nobody", "There is no rep \"nobody\"; the file names"),
        ("type voicemial", "Unknown type \"voicemial\"; did you mean voicemail?"),
        ("tz New_Yrok", "Unknown time zone \"New_Yrok\". Did you mean America/New_York?"),
        ("undo many", "\"many\" is no number of steps."),
        ("done 12", "Nothing stands behind done."),
    ] {
        let mut desk = three();
        run(&mut desk, line);
        let open = palette(&desk);
        assert!(open.said.as_deref().is_some_and(|words| words.starts_with(said)), "{line}: {:?}", open.said);
        assert_eq!(open.field.text(), line);
        desk.press("x");
        assert_eq!(palette(&desk).said, None);
    }
}

#[test]
fn a_past_date_is_taken_only_twice() {
    let mut desk = three();
    run(&mut desk, "date 2015-01-05");
    let said = palette(&desk).said.clone().expect("a warning");
    assert!(said.ends_with("Enter again to keep it"), "{said}");
    desk.press("Enter");
    assert!(desk.model.overlays.top().is_none());
}

#[test]
fn a_type_is_asked_for_where_none_is_named() {
    let mut desk = three();
    run(&mut desk, "type");
    assert_eq!(palette(&desk).field.text(), "type ");
    assert!(palette(&desk).said.is_some());
}

#[test]
fn tab_takes_the_name_and_the_last_lines_stand_first() {
    let mut desk = three();
    desk.press(":");
    desk.write_in("snoo");
    desk.press("Tab");
    assert_eq!(palette(&desk).field.text(), "snooze ");
    desk.write_in("+3d");
    desk.press("Enter");
    desk.press(": Enter");
    assert!(desk.titles(ListName::Future).contains(&"Call Dana".into()));
}

#[test]
fn the_last_lines_are_known_on_the_next_start() {
    let mut desk = three();
    run(&mut desk, "snooze +3d");
    let kept = Memory::of(&desk.model).write();
    let mut next = three();
    Memory::read(Some(&kept)).unwrap().recall(&mut next.model);
    next.press(":");
    assert_eq!(palette(&next).chosen().map(|offer| offer.line.as_str()), Some("snooze +3d"));
}

#[test]
fn the_messages_are_the_last_two_hundred_newest_first() {
    let mut desk =
        inbox((0..210).map(|i| todo(&format!("Task {i:03}")).due("2026-01-05"))).at("2026-01-05T09:00-05:00");
    for _ in 0..210 {
        desk.press("e");
    }
    let said: Vec<String> = desk.model.notice.log().map(|said| said.text.clone()).collect();
    assert_eq!(said.len(), 200);
    assert!(said[0].contains("Task 209") && said[199].contains("Task 010"), "{} {}", said[0], said[199]);
    run(&mut desk, "messages");
    assert!(desk.screen().contains("MESSAGES"), "{}", desk.screen());
    desk.press("/");
    desk.write_in("task 150");
    desk.press("Enter");
    assert!(desk.screen().contains("Completed \"Task 150\"") && !desk.screen().contains("Task 151"));
    desk.press("q");
    assert!(desk.model.overlays.top().is_none());
}

#[test]
fn the_help_is_searched_and_escape_shows_it_whole_again() {
    let mut desk = three();
    desk.press("? /");
    desk.write_in("same lead");
    let screen = desk.screen();
    assert!(screen.contains("* l") && !screen.contains("Ctrl-z"), "{screen}");
    desk.press("Enter j Esc");
    assert!(desk.screen().contains("move-down") || desk.screen().contains("next row"));
    assert_eq!(desk.model.context(), Context::Help);
    desk.press("Esc");
    assert!(desk.model.overlays.top().is_none());
}

#[test]
fn a_letter_of_another_script_is_text_in_the_palette() {
    let mut desk = three();
    desk.press(":");
    desk.write_in("note щт");
    assert_eq!(palette(&desk).field.text(), "note щт");
}

/// What the screen shows of the arrangement that a line asks for.
fn after(line: &str) -> Desk {
    let mut desk = three();
    run(&mut desk, line);
    assert!(desk.model.overlays.top().is_none(), "{line}: {:?}", desk.model.overlays.top());
    desk
}

#[test]
fn what_is_arranged_by_keys_is_named_in_the_palette() {
    assert_eq!(after("theme High-contrast").model.look.theme.name(), "high-contrast");
    assert_eq!(after("sort -date").model.sorting.sort, Sort::Latest);
    assert_eq!(after("order-by date_created").model.sorting.sort, Sort::Oldest);
    assert!(after("group lead").model.sorting.by_lead);
    assert!(!after("group none").model.sorting.by_lead);
    assert_eq!(after("layout lists").model.panes.arrangement, Arrangement::ListsOnly);
    assert!(!after("mouse off").model.mouse.on);
    assert_eq!(after("zone -8").model.today.zone.name(), "UTC-8");
    let desk = after("search fabrikam");
    assert_eq!(
        (desk.titles(ListName::Inbox), desk.model.history.nth(0)),
        (vec!["Send quote".into()], Some("fabrikam"))
    );
    let mut desk = three();
    run(&mut desk, "help same lead");
    assert!(desk.screen().contains("* l") && !desk.screen().contains("Ctrl-z"), "{}", desk.screen());
}

#[test]
fn the_words_of_a_new_task_are_added_as_on_the_command_line_and_come_back_where_they_are_not() {
    for line in ["new Call the bank", "add Call the bank"] {
        let desk = after(line);
        assert_eq!(desk.current(), "Call the bank");
        let date = desk.tasks.last().and_then(|row| row.task.actionable());
        assert_eq!(date, Some(TaskDate::Day(desk.model.today.day)), "as on the command line");
    }
    let mut desk = three();
    desk.slow = true;
    run(&mut desk, "new Call the bank");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("the disk is full".into())));
    let form = desk.model.overlays.form_mut().expect("the form");
    assert_eq!(form.current().text(), "Call the bank");
}

#[test]
fn the_path_of_a_file_that_cannot_be_imported_comes_back() {
    let mut desk = three();
    desk.slow = true;
    run(&mut desk, "import tasks.json");
    let (number, _) = desk.waiting.remove(0);
    desk.send(Msg::Written(number, Err("there is no tasks.json".into())));
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::ImportPath(field)) if field.text() == "tasks.json"));
}

#[test]
fn behind_a_name_the_few_words_that_it_takes_are_offered_and_enter_takes_the_one_under_the_cursor() {
    let mut desk = three();
    desk.press(":").write_in("theme ");
    let lines = |desk: &Desk| palette(desk).found().iter().map(|offer| offer.line.clone()).collect::<Vec<_>>();
    assert_eq!(lines(&desk)[..3], ["theme", "theme default", "theme dark"]);
    desk.press("Enter");
    assert!(matches!(desk.model.overlays.top(), Some(Overlay::Themes(_))), "the name alone asks");
    desk.press("Esc :").write_in("theme d");
    assert_eq!(lines(&desk), ["theme default", "theme dark"]);
    desk.press("Down");
    assert_eq!(desk.model.theme().name(), "dark", "it shows before it is taken");
    desk.press("Enter");
    assert_eq!(desk.model.look.theme.name(), "dark");
    desk.press(":").write_in("sort date");
    assert_eq!(lines(&desk), ["sort date", "sort date_created"], "the whole word stands first");
    desk.press("Esc :").write_in("assigned-to ");
    assert_eq!(lines(&desk), ["assigned-to", "assigned-to everyone"]);
}

#[test]
fn a_saved_search_is_shown_by_its_name() {
    let mut desk = after("search quote");
    run(&mut desk, "save hot leads");
    desk.press("Esc");
    run(&mut desk, "saved");
    assert_eq!((palette(&desk).field.text(), palette(&desk).said.as_deref()), ("saved ", Some("There are hot leads.")));
    desk.press("Esc");
    run(&mut desk, "saved Hot Leads");
    assert_eq!(desk.titles(ListName::Inbox), ["Send quote"]);
    run(&mut desk, "saved cold");
    assert_eq!(palette(&desk).said.as_deref(), Some("There is no saved search \"cold\". There are hot leads."));
}

#[test]
fn a_wrong_word_of_an_arrangement_is_said_with_those_that_work() {
    for (line, said) in [
        ("theme drak", "Unknown theme \"drak\". There are default, dark, light, high-contrast, mono."),
        ("sort up", "Unknown order \"up\". There are date, -date, -date_created, date_created."),
        ("group rep", "Unknown group \"rep\". There are lead, none."),
        ("layout all-panes", "Unknown layout \"all-panes\". There are all, no-types, lists."),
        ("search tpye:lead", "Unknown field \"tpye\". Did you mean type?"),
    ] {
        let mut desk = three();
        run(&mut desk, line);
        assert_eq!(palette(&desk).said.as_deref(), Some(said), "{line}");
        assert_eq!(palette(&desk).field.text(), line);
    }
}

#[test]
fn several_steps_are_taken_back_at_once_and_told_in_one_sentence() {
    let mut desk = three();
    desk.press("e e");
    run(&mut desk, "undo 9");
    assert_eq!(desk.notice(), "Undone: 2 changes.");
    assert_eq!(desk.titles(ListName::Inbox).len(), 3);
    run(&mut desk, "redo 2");
    assert_eq!(desk.titles(ListName::Inbox).len(), 1);
}

#[test]
fn me_is_the_person_and_nobody_whose_name_begins_so() {
    let tasks = [todo("a").rep("Megan Ray").due("2026-01-05"), todo("b").rep("Bo Ek").due("2026-01-06")];
    let mut desk = inbox(tasks).at(super::MORNING);
    desk.model.look.me = Some(RepId::new("user_Bo Ek"));
    run(&mut desk, "assign me");
    assert_eq!(desk.tasks[0].task.rep.name.as_deref(), Some("Bo Ek"), "{}", desk.notice());
    for line in ["assigned-to me", "assigned-to mine"] {
        run(&mut desk, "assigned-to everyone");
        run(&mut desk, line);
        assert_eq!(desk.model.choice.people, People::Rep(RepId::new("user_Bo Ek")), "{line}");
    }
}
