//! Everything a person can do on the screen, each with its name and its help. Where the
//! command line does the same, the name is its word.
//!
//! Which keys mean what, and where, is in [`keymap`](super::keymap); what an action does,
//! in [`update`](super::update).

use crate::domain::kind::TaskType;
use crate::domain::outcome::Ending;
use crate::domain::snooze::Choice;

macro_rules! actions {
    ($($variant:ident $name:literal $help:literal)+) => {
        /// Something a person can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
            /// One type alone.
            OnlyType(TaskType),
            /// The line of the snooze menu with this key.
            SnoozeTo(char),
            /// The saved search at this place.
            GoSaved(u8),
            /// How a call ended.
            Ended(Ending),
        }

        /// Those that stand for themselves.
        const PLAIN: &[Action] = &[$(Action::$variant),+];

        impl Action {
            /// Its name in kebab case, as settings and the palette write it.
            pub fn name(self) -> String {
                match self {
                    $(Action::$variant => $name.to_owned(),)+
                    Action::OnlyType(task_type) => format!("only-{}", task_type.wire_name().replace('_', "-")),
                    Action::SnoozeTo(key) => format!("snooze-{key}"),
                    Action::GoSaved(place) => format!("go-saved-{place}"),
                    Action::Ended(ending) => ending.word().replace('_', "-"),
                }
            }

            /// What it does, for the help.
            pub fn help(self) -> String {
                match self {
                    $(Action::$variant => $help.to_owned(),)+
                    Action::OnlyType(task_type) => {
                        format!("only {}", crate::domain::wording::plural_label(Some(task_type)))
                    }
                    Action::SnoozeTo(key) => snooze_help(key),
                    Action::GoSaved(place) => format!("saved search {place}"),
                    Action::Ended(ending) => format!("the call ended: {}", ending.label()),
                }
            }
        }
    };
}

actions! {
    MoveDown "move-down" "next row"
    MoveUp "move-up" "previous row"
    First "first" "first row"
    Last "last" "last row"
    HalfPageDown "half-page-down" "half a page down"
    HalfPageUp "half-page-up" "half a page up"
    PageDown "page-down" "page down"
    PageUp "page-up" "page up"
    DetailsDown "details-down" "scroll the details down"
    DetailsUp "details-up" "scroll the details up"
    NextPane "next-pane" "next pane"
    PreviousPane "previous-pane" "previous pane"
    OpenDetails "open-details" "the task's details; unfold the lead's tasks"
    Fold "fold" "fold the lead's tasks again"
    Sort "sort" "sort: date up or down, newest or oldest first"
    Group "group" "a lead's tasks as one row, or each its own"
    CloseDetails "close-details" "back to the list"
    GoInbox "go-inbox" "go to the inbox"
    GoArchive "go-archive" "go to the archive"
    GoFuture "go-future" "go to the future"
    GoTypes "go-types" "go to the types"
    GoLastChanged "go-last-changed" "go to the task changed last"
    ToggleFuture "toggle-future" "show or hide the future"
    Complete "done" "complete the task, or all marked ones"
    Reopen "reopen" "re-open the task, or all marked ones"
    New "new" "new task"
    Edit "edit" "edit the task"
    Snooze "snooze" "snooze: put off to another time"
    SetDate "date" "type a date"
    Power "power" "power mode, one task at a time; and back"
    Later "later" "later: it comes back at the end"
    Earlier "earlier" "back to the one before"
    Call "call" "call: number and time first; at once in power mode"
    Dial "dial" "dial the number"
    Outcome "outcome" "how the call ended"
    AlsoDone "also-done" "also done, or not: what the same number waits for"
    Reply "reply" "answer by text message, or in the thread in Close"
    Open "open" "open the lead, thread or call in Close"
    OpenRecording "open-recording" "open the recording, or the file that came along"
    CopyNumber "copy-number" "copy the number"
    CopyLink "copy-link" "copy the link to Close"
    Assign "assign" "give to a rep"
    Note "note" "write a note, only here"
    Repeat "repeat" "repeat the last change on this task"
    Pin "pin" "pin to the top of its section; in the archive: keep"
    Delete "delete" "delete the task, or all marked ones"
    Undo "undo" "undo the last change"
    Redo "redo" "redo what was undone"
    Decide "decide" "turn to the question that waits"
    Mark "mark" "mark the row"
    MarkDown "mark-down" "mark the row, go down"
    MarkUp "mark-up" "mark the row, go up"
    MarkAll "mark-all" "mark all of this list"
    MarkOverdue "mark-overdue" "mark the overdue ones of this list"
    MarkType "mark-type" "mark those of the same type"
    MarkLead "mark-lead" "mark the open tasks of the same lead, of all types"
    MarkNone "mark-none" "take all marks away"
    MarksBack "marks-back" "bring the last marks back"
    AllTypes "all-types" "all types, or the last choice"
    ApplyType "apply-type" "only this type"
    AddType "add-type" "add this type, or take it out"
    ChoosePeople "assigned-to" "whose tasks to show"
    ChooseZone "tz" "time zone"
    Stats "stats" "how much was done, and how fast"
    Calendar "calendar" "the next two weeks: see a day, or snooze to it"
    NextDay "next-day" "next day"
    PreviousDay "previous-day" "previous day"
    NextWeek "next-week" "the same day of the next week"
    PreviousWeek "previous-week" "the same day of this week"
    SnoozeToDay "snooze-to-day" "snooze to this day"
    Find "search" "search as you type"
    EarlierSearch "earlier-search" "an earlier search"
    LaterSearch "later-search" "a later search"
    SaveSearch "save" "save the search under a name"
    ForgetSearch "forget-search" "delete the saved search"
    CompleteWord "complete-word" "complete a field or a value"
    CompleteBack "complete-back" "the completion before"
    ChooseTheme "theme" "theme: how the screen looks"
    ToggleMouse "mouse" "mouse on, or left to the terminal"
    CycleLayout "layout" "next layout: all panes, no types, lists only"
    Enlarge "enlarge" "a larger pane, all of the screen, and back"
    LoadDemo "demo" "fill this file with a demo"
    ImportFile "import" "import a file of tasks"
    Sync "sync" "sync now, or say what works instead"
    Connect "connect" "connect to Close, or say what works instead"
    Help "help" "this help"
    Palette "palette" "find a command by its name"
    TakeName "take-name" "the name, so that what follows can be typed"
    Types "type" "only these types: voicemail,missed_call, or all"
    Saved "saved" "a saved search, by its name"
    Messages "messages" "what was said: the last 200 messages"
    FindHere "find-here" "search this page"
    StepBack "step-back" "one step back"
    NextField "next-field" "next field"
    PreviousField "previous-field" "previous field"
    NextOffer "next-offer" "next name offered"
    PreviousOffer "previous-offer" "previous name offered"
    SwitchKind "switch-kind" "a call, or a to-do again"
    SaveForm "save-form" "save"
    OpenEditor "open-editor" "the text in your editor"
    Mine "mine" "mine stands"
    Theirs "theirs" "theirs stays"
    Accept "accept" "take what the menu offers"
    Onward "onward" "next field; on the last one, save"
    Agree "agree" "yes, do it"
    Refuse "refuse" "leave everything as it is"
    Close "close" "close this"
    Quit "quit" "quit"
    QuitNow "quit-now" "quit from anywhere; asks where typed text would be lost"
    Suspend "suspend" "to the shell; fg comes back"
    Redraw "redraw" "draw the screen anew"
}

fn snooze_help(key: char) -> String {
    Choice::from_key(key).map_or_else(|| "type a date".to_owned(), |choice| choice.label().to_owned())
}

impl Action {
    /// Every action, each once.
    pub fn all() -> impl Iterator<Item = Action> {
        let types = TaskType::ALL.into_iter().map(Action::OnlyType);
        let snoozes = Choice::ALL.into_iter().map(|choice| Action::SnoozeTo(choice.key()));
        PLAIN
            .iter()
            .copied()
            .chain(types)
            .chain(snoozes)
            .chain([Action::SnoozeTo('d')])
            .chain((1..=9).map(Action::GoSaved))
            .chain(Ending::WORDS.into_iter().map(|(_, ending)| Action::Ended(ending)))
    }

    /// Whether it has no key, only its name.
    pub fn is_palette_only(self) -> bool {
        matches!(self, Action::Types | Action::Saved | Action::Messages | Action::Stats | Action::Outcome)
    }

    /// What is typed behind its name in the palette, if anything can be.
    pub fn takes(self) -> Option<&'static str> {
        Some(match self {
            Action::Snooze | Action::SetDate => "WHEN",
            Action::Assign | Action::ChoosePeople => "REP",
            Action::Types => "TYPES",
            Action::Outcome => "ENDING",
            Action::SaveSearch | Action::Saved | Action::ChooseTheme => "NAME",
            Action::ChooseZone => "ZONE",
            Action::New | Action::Note => "TEXT",
            Action::Find => "QUERY",
            Action::Sort => "ORDER",
            Action::Group => "lead|none",
            Action::CycleLayout => "LAYOUT",
            Action::ToggleMouse => "on|off",
            Action::Help | Action::Messages => "WORDS",
            Action::ImportFile => "FILE",
            Action::Undo | Action::Redo => "N",
            _ => return None,
        })
    }

    /// What else it is called in the palette: by the command line, or by its own help.
    pub fn also(self) -> Option<&'static str> {
        Some(match self {
            Action::New => "add",
            Action::ChooseZone => "zone",
            Action::ChoosePeople => "whose",
            Action::Sort => "order-by",
            _ => return None,
        })
    }

    /// The action of a name.
    pub fn named(name: &str) -> Option<Action> {
        Action::all().find(|action| action.name() == name)
    }

    /// Whether holding the key may repeat it: movement and marking do, changes do not.
    pub fn repeats(self) -> bool {
        use Action::*;
        matches!(
            self,
            MoveDown
                | MoveUp
                | HalfPageDown
                | HalfPageUp
                | PageDown
                | PageUp
                | DetailsDown
                | DetailsUp
                | MarkDown
                | MarkUp
        )
    }
}
