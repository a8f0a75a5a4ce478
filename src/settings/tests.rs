//! Each setting, each error, and the file that repbox writes.

use std::path::Path;

use chrono::Weekday;

use super::*;
use crate::domain::customs::Hours;
use crate::domain::kind::TaskType;
use crate::domain::retention::KeepTime;

fn read(text: &str) -> Settings {
    source::read(text, Path::new("config.toml")).unwrap().settings
}

fn error(text: &str) -> String {
    source::read(text, Path::new("config.toml")).unwrap_err().to_string()
}

#[test]
fn settings_are_read_and_may_be_left_out() {
    assert_eq!(read("# nothing\n"), Settings::default());
    let set = read(
        "time_zone = 'america/new_york'\nme = \"Ana Ruiz\"\nweek_starts = 'Sunday'\nclock = 12\n\
         after_move = 'follow'\nspace = 'mark'\nlead_page = 'https://a.example/{id}'\ndialler = ['dial', '{number}']\n\
         [keep]\nvoicemail = 30\nopportunity_due = 7\nmissed_call = 'ever'\n\
         [calls]\nno_answer = '3 Days'\nleft_voicemail = '1w'\ntries = 2\n",
    );
    let again = [&set.calls.no_answer, &set.calls.left_voicemail].map(|delay| delay.as_ref().expect("again").as_str());
    assert_eq!((again, set.calls.tries), (["3 days", "1w"], 2));
    assert_eq!(set.time_zone.unwrap().name(), "America/New_York");
    assert_eq!(set.me.as_deref(), Some("Ana Ruiz"));
    assert_eq!((set.customs.week_starts, set.customs.hours), (Weekday::Sun, Hours::Of12));
    assert_eq!((set.after_move, set.space), (AfterMove::Follow, Space::Mark));
    assert_eq!(set.lead_page.as_str(), "https://a.example/{id}");
    assert_eq!(set.dialler.unwrap().words(), ["dial", "{number}"]);
    let kept = [TaskType::Voicemail, TaskType::OpportunityDue, TaskType::MissedCall, TaskType::IncomingSms];
    let times = [KeepTime::Days(30), KeepTime::Days(7), KeepTime::Ever, KeepTime::Days(90)];
    assert_eq!(kept.map(|task_type| set.keep.of(task_type)), times);
}

#[test]
fn an_unknown_setting_is_named_with_file_line_and_the_nearest_right_name() {
    assert_eq!(
        error("\n\ntime_zoen = 'UTC'\n"),
        "config.toml:3: unknown setting \"time_zoen\"; did you mean time_zone?"
    );
    assert_eq!(
        error("[colours]\nx = 1"),
        "config.toml:1: unknown setting \"colours\"; there are time_zone, me, week_starts, clock, after_move, space, lead_page, dialler, theme, keep, calls, keys"
    );
    assert_eq!(
        error("me = 'a'\n[keep]\nvoicemial = 3"),
        "config.toml:3: unknown setting \"keep.voicemial\"; did you mean voicemail?"
    );
}

#[test]
fn a_wrong_value_is_named_with_file_line_and_what_works() {
    let cases = [
        ("me = 'a'\ntime_zone = -8", "config.toml:2: time_zone: -8 is a number; it must be a text in quotes"),
        (
            "time_zone = 'New_Yrok'",
            "config.toml:1: time_zone: Unknown time zone \"New_Yrok\". Did you mean America/New_York?",
        ),
        ("week_starts = 'sonday'", "config.toml:1: week_starts: \"sonday\" is not known; did you mean \"sunday\"?"),
        ("\nspace = 'x'", "config.toml:2: space: \"x\" is not known; write \"complete\" or \"mark\""),
        ("after_move = 1", "config.toml:1: after_move: 1 is not known; write \"next\" or \"follow\""),
        (
            "time_zone = ''",
            "config.toml:1: time_zone: Unknown time zone \"\". Zones look like America/New_York, utc, local or -8.",
        ),
        ("clock = 13", "config.toml:1: clock: 13 is no clock; write 12 or 24"),
        ("clock = '24'", "config.toml:1: clock: \"24\" is a text; write 12 or 24 without quotes"),
        ("clock = 24.0", "config.toml:1: clock: 24.0 is no clock; write 12 or 24"),
        ("clock = true", "config.toml:1: clock: true is no clock; write 12 or 24"),
        ("clock = 2026-01-05", "config.toml:1: clock: 2026-01-05 is no clock; write 12 or 24"),
        ("space = ['mark']", "config.toml:1: space: a list is not known; write \"complete\" or \"mark\""),
        (
            "lead_page = 'http://a.example/{id}'",
            "config.toml:1: lead_page: \"http://a.example/{id}\" is no page of a lead; write an https address with {id} once behind its host: \"https://app.close.com/lead/{id}/\"",
        ),
        (
            "dialler = 'linphone {number}'",
            "config.toml:1: dialler: \"linphone {number}\" is no list of texts; write [\"linphone\", \"--call\", \"{number}\"]",
        ),
        (
            "dialler = ['linphone']",
            "config.toml:1: dialler: no argument has {number}, so nothing would be dialled; write [\"linphone\", \"--call\", \"{number}\"]",
        ),
        (
            "dialler = [1]",
            "config.toml:1: dialler: a list is no list of texts; write [\"linphone\", \"--call\", \"{number}\"]",
        ),
        ("me = [1]", "config.toml:1: me: a list is no text; it must be a text in quotes"),
        ("\n[me]\nname = 'Ana'", "config.toml:2: me: a table is no text; it must be a text in quotes"),
        ("me.name = 'Ana'", "config.toml:1: me: a table is no text; it must be a text in quotes"),
        ("clock = 12\nme = ''", "config.toml:2: me: it is empty; write a name or an id, or leave the line out"),
        ("me = '  '", "config.toml:1: me: it is empty; write a name or an id, or leave the line out"),
        (
            "[[keep]]\nvoicemail = 3",
            "config.toml:1: keep: it is a table; write [keep], then lines such as voicemail = 90",
        ),
        (
            "[keep]\nvoicemail = 99999999999999999999",
            "config.toml:2: keep.voicemail: 99999999999999999999 is no time; write days, 1 to 36500, or \"ever\"",
        ),
        (
            "[keep.voicemail]\ndays = 3",
            "config.toml:1: keep.voicemail: a table is no time; write days, 1 to 36500, or \"ever\"",
        ),
        ("keep = 90", "config.toml:1: keep: it is a table; write [keep], then lines such as voicemail = 90"),
        ("keep.voicemail = 0", "config.toml:1: keep.voicemail: 0 is no time; write days, 1 to 36500, or \"ever\""),
        (
            "[keep]\nvoicemail = '90 days'",
            "config.toml:2: keep.voicemail: \"90 days\" is no time; write days, 1 to 36500, or \"ever\"",
        ),
        (
            "[calls]\nno_answer = '2h'",
            "config.toml:2: calls.no_answer: \"2h\" is no time; write \"2bd\", \"3d\", \"1w\" or \"never\"",
        ),
        (
            "[calls]\nhours = '21:00-08:00'",
            "config.toml:2: calls.hours: \"21:00-08:00\" are no hours; write from and to within a day: \"08:00-21:00\"",
        ),
        ("[calls]\ntries = 0", "config.toml:2: calls.tries: 0 is no number of tries; write 1 to 99"),
        ("calls = 6", "config.toml:1: calls: it is a table; write [calls], then lines such as no_answer = \"2bd\""),
        (
            "[keep]\nlead = 90",
            "config.toml:2: keep.lead: to-dos are never removed by themselves; write \"ever\", or delete them",
        ),
    ];
    for (text, said) in cases {
        assert_eq!(error(text), said);
    }
    let broken = error("me = 'a'\nme");
    assert!(broken.starts_with("config.toml:2: ") && broken.ends_with("time_zone = \"America/New_York\""), "{broken}");
}

#[test]
fn keys_are_one_or_several_and_begin_with_a_preset() {
    let set = read("[keys]\npreset = 'Gmail'\nsnooze = 's'\ngo-inbox = ['g i', 'F5']\ndelete = []\n");
    assert_eq!(set.keys.preset, Preset::Gmail);
    let own: BTreeMap<&str, String> = set.keys.own.iter().map(|(name, keys)| (name.as_str(), keys.join(","))).collect();
    let wanted = [("snooze", "s"), ("go-inbox", "g i,F5"), ("delete", "")];
    assert_eq!(own, wanted.map(|(name, keys)| (name, keys.to_owned())).into());
    for (text, said) in [
        ("keys = 's'", "config.toml:1: keys: it is a table; write [keys], then lines such as snooze = [\"s\", \"z\"]"),
        ("[keys]\npreset = 'vim'", "config.toml:2: keys.preset: \"vim\" is not known; write \"default\" or \"gmail\""),
        ("[keys]\nall-types = 0", "config.toml:2: keys.all-types: 0 is a number; write keys in quotes: \"0\""),
        ("[keys]\nmark = true", "config.toml:2: keys.mark: true is no text; it must be a text in quotes"),
        ("[keys]\nmark = 'x'\nmark = 'y'", "config.toml:3: mark is set twice; leave one of them out"),
    ] {
        assert_eq!(error(text), said);
    }
}

#[test]
fn what_is_wrong_with_a_key_is_named_with_its_line() {
    let loaded = source::read("[keys]\n\nsnoze = 's'", Path::new("config.toml")).unwrap();
    let said = loaded.wrong_keys("snoze", "there is no such action".to_owned()).to_string();
    assert_eq!(said, "config.toml:3: keys.snoze: there is no such action");
}

#[test]
fn a_setting_that_stands_twice_or_in_the_wrong_table_is_named_with_its_place() {
    for (text, said) in [
        ("me = 'a'\nme = 'b'", "config.toml:2: me is set twice; leave one of them out"),
        ("[keep]\nvoicemail = 3\n[keep]\nlead = 'ever'", "config.toml:3: keep is set twice; leave one of them out"),
        ("[keep]\nvoicemail = 3\n\nme = 'Ana'", "config.toml:4: unknown setting \"keep.me\"; me stands above [keep]"),
        ("tries = 3", "config.toml:1: unknown setting \"tries\"; it stands below [calls]"),
        ("[calls]\ntrys = 3", "config.toml:2: unknown setting \"calls.trys\"; did you mean tries?"),
        ("voicemail = 30", "config.toml:1: unknown setting \"voicemail\"; it stands below [keep]"),
    ] {
        assert_eq!(error(text), said);
    }
}

#[test]
fn bytes_that_are_no_text_are_named_with_their_line() {
    let said = source::read_bytes(b"me = 'Ana'\n\nspace = '\xff'\n", Path::new("config.toml")).unwrap_err();
    assert!(said.to_string().starts_with("config.toml:3: this is no UTF-8; "), "{said}");
}

#[test]
fn what_init_writes_is_read_back_as_the_defaults_and_names_every_setting() {
    let text = file::defaults();
    let loaded = source::read(&text, Path::new("config.toml")).unwrap();
    assert_eq!(loaded.settings, Settings::default());
    // `me` and `dialler` have no default: they stand there as examples.
    assert_eq!(loaded.lines.len(), table::ALONE.len() - 2 + TaskType::COUNT + calls::OF_CALLS.len() + 1);
    assert!(text.contains("# me = \"Ana Ruiz\"") && text.contains("\n# dialler = [\"linphone\""), "{text}");
}

#[test]
fn init_makes_a_private_file_and_never_overwrites_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/config.toml");
    init(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::write(&path, "me = 'Ana'").unwrap();
    let said = init(&path).unwrap_err().to_string();
    assert!(said.ends_with("exists and was left as it is; edit it, or name another file with --config"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "me = 'Ana'");
}

#[test]
fn what_show_prints_tells_where_each_comes_from_and_reads_back_the_same() {
    let loaded = source::read(
        "\nclock = 12\nkeep.voicemail = 7\ntime_zone = 'UTC'\ndialler = ['a b', '{number}']\n[keys]\n\"a b\" = []\nmark = ['v', 'x']\n",
        Path::new("c"),
    )
    .unwrap();
    let shown = loaded.show(&[("time_zone", "--tz or REPBOX_TZ")]);
    for line in [
        "clock = 12  # line 2",
        "voicemail = 7  # line 3",
        "time_zone = \"UTC\"  # --tz or REPBOX_TZ",
        "space = \"complete\"  # default",
        "mark = [\"v\", \"x\"]  # line 8",
        "missed_call = 90  # default",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} in {shown}");
    }
    assert_eq!(read(&shown), loaded.settings);
    let offset = source::read("time_zone = '+5.75'", Path::new("c")).unwrap();
    assert_eq!(read(&offset.show(&[])), offset.settings);
}

proptest::proptest! {
    #[test]
    fn no_bytes_are_too_strange_and_every_error_names_the_file_and_a_line(
        lines in proptest::collection::vec("(me|clock|keep|\\[keep\\]|voicemail|'|\"|=| |1|é|\\PC){0,8}", 0..5),
        byte: Option<u8>,
    ) {
        let bytes: Vec<u8> = lines.join("\n").into_bytes().into_iter().chain(byte).collect();
        if let Err(error) = source::read_bytes(&bytes, Path::new("config.toml")) {
            let said = error.to_string();
            let line = said.strip_prefix("config.toml:").and_then(|rest| rest.split_once(": "));
            let line: Option<usize> = line.and_then(|(line, _)| line.parse().ok());
            proptest::prop_assert!(line.is_some_and(|line| (1..=lines.len().max(1) + 1).contains(&line)), "{}", said);
        }
    }
}
