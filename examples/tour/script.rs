//! What is pressed for the film and for the pictures, and what the screen shows then. Keys
//! stand as in docs/guide.md; a test presses them all.

/// The moment and the place of it all.
pub(crate) const NOW: [&str; 4] = ["--tz", "America/New_York", "--now", "2026-11-24T19:07:00Z"];

/// The settings: a dialler that calls nobody.
pub(crate) const SETTINGS: &str = "dialler = [\"true\", \"{number}\"]\n";

/// Keys, what they are for, what the screen shows then, and for how many seconds.
pub(crate) struct Step {
    pub(crate) keys: &'static str,
    pub(crate) words: &'static str,
    pub(crate) shows: &'static str,
    pub(crate) seconds: f64,
}

const fn step(keys: &'static str, words: &'static str, shows: &'static str, seconds: f64) -> Step {
    Step { keys, words, shows, seconds }
}

/// The film's size, in columns and rows.
pub(crate) const SIZE: (u16, u16) = (120, 30);

pub(crate) const FILM: [Step; 29] = [
    step("", "what is due up to the end of today, and the archive", "To-do only", 3.0),
    step("`0`", "all nine types of Close, not only to-dos", "* Inbox 26", 2.0),
    step("`e`", "done: it is in the archive, the next one has the cursor", "Completed \"Send revised quote\"", 2.0),
    step("`u`", "undone; also tomorrow, also forty at once", "Undone: Completed", 2.0),
    step("`* l`", "all that is open for this lead, in the future too", "today  +4", 2.0),
    step("`e`", "the lead is swept, in one step", "Completed 4", 2.0),
    step("`s`", "not now: each line says where it would go", "goes to Future", 2.5),
    step("`t`", "tomorrow", "Snoozed", 1.6),
    step("`.`", "the next one too", "8 in future", 1.6),
    step("`d` *fri 9*", "a date as you say it, with what it means", "= Fri 27 Nov 09:00", 2.0),
    step("`Enter`", "taken", "9 in future", 1.4),
    step("`/` *lead:acme*", "search: lists and counts follow each letter", "found", 2.5),
    step("`Esc`", "one step back", "* Inbox", 1.0),
    step("`4`", "one key a type: missed calls", "*4 Missed call", 1.4),
    step("`c`", "whom a call reaches, and what time it is there", "19:07 there", 3.0),
    step("`Esc` `p`", "power mode: one task at a time, over the whole screen", "POWER 1/2", 2.5),
    step("`c`", "dialled, and asked how it ended, with what follows", "How did it end?", 3.0),
    step("`2`", "no answer: done, planned anew, and the next one shows", "No answer: again Thu 26 Nov", 3.0),
    step("`u`", "all of it in one step", "Undone: Called", 2.0),
    step("`Esc` `0`", "all types again", "*0 All", 1.2),
    step("`B`", "a lead's tasks as one row", "A lead's tasks are one row", 2.5),
    step("`B`", "each its own again", "Each task is a row", 1.0),
    step("`g d`", "the next two weeks: a day to see, or to snooze to", "The next two weeks", 2.5),
    step("`Esc` `:` *snoo*", "every action by its name, with its key", "snooze", 2.5),
    step("`Esc` `:` *stats* `Enter`", "what was done", "Done in the last year", 2.5),
    step("`Esc` `T`", "how it looks", "Theme", 1.5),
    step("`Down`", "seen before it is kept", "Theme", 1.5),
    step("`Esc` `?`", "and every key", "HELP", 3.0),
    step("`Esc`", "repbox", "* Inbox", 2.0),
];

/// A picture: its name, keys, and what a wide screen shows then.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) keys: &'static str,
    pub(crate) shows: &'static str,
}

const fn scene(name: &'static str, keys: &'static str, shows: &'static str) -> Scene {
    Scene { name, keys, shows }
}

/// The sizes of the pictures: wide, two narrow ones, tiny.
pub(crate) const SIZES: [(u16, u16); 4] = [(140, 40), (100, 30), (80, 24), (40, 12)];

pub(crate) const SCENES: [Scene; 29] = [
    scene("inbox", "`0`", "* Inbox 26"),
    scene("to-dos", "", "To-do only"),
    scene("future", "`0` `g f`", "Future 8"),
    scene("archive", "`0` `Tab`", "* Archive"),
    scene("details", "`0` `Enter`", "* To-do"),
    scene("snooze", "`0` `s`", "goes to Future"),
    scene("date", "`0` `d` *fri 9*", "= Fri 27 Nov 09:00"),
    scene("marks", "`0` `* l`", "today  +4"),
    scene("leads", "`0` `B`", "one row"),
    scene("search", "`0` `/` *lead:fab*", "5 found"),
    scene("search-refused", "`0` `/` *tpye:voicemail*", "Did you mean type?"),
    scene("saved", "`0` `/` *type:missed_call,voicemail* `Ctrl-s` *call back* `Enter`", "g1 call back"),
    scene("call", "`4` `c`", "19:07 there"),
    scene("power", "`0` `p`", "POWER 1/"),
    scene("call-ended", "`4` `p` `c`", "How did it end?"),
    scene("palette", "`0` `:` *snooze fri 9*", "Fri 27 Nov"),
    scene("calendar", "`0` `g d`", "The next two weeks"),
    scene("stats", "`:` *stats* `Enter`", "Done in the last year"),
    scene("form", "`n` *Ask for the PO*", "New to-do"),
    scene("reps", "`@`", "Ben Okafor"),
    scene("zone", "`g z` *riga*", "Europe/Riga"),
    scene("theme", "`0` `T` `Down`", "Theme"),
    scene("help", "`?`", "HELP"),
    scene("types", "`0` `g t`", "Missed call"),
    scene("delete", "`0` `#`", "y/N"),
    scene("messages", "`0` `e` `:` *messages* `Enter`", "Completed"),
    scene("nothing-found", "`0` `/` *zzz* `Enter`", "Nothing matches"),
    scene("all-clear", "`0` `* a` `e` `y`", "All clear"),
    scene("first-run", "`u`", "No tasks yet"),
];
