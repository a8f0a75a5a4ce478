//! The settings file, by the real binary.

mod support {
    pub(crate) mod world;
}

use std::os::unix::fs::PermissionsExt;

use support::world::{World, todo};

#[test]
fn config_init_makes_the_file_that_config_path_names_and_never_overwrites_it() {
    let world = World::new();
    let path = world.out(&["config", "path"]).trim_end().to_owned();
    assert!(path.starts_with(&*world.folder().to_string_lossy()) && path.ends_with("config.toml"), "{path}");
    assert_eq!(world.out(&["config", "init"]), format!("Made {path}: every setting at its default\n"));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let again = world.run(&["config", "init"]);
    assert_eq!(again.status.code(), Some(1));
    let shown = world.out(&["config", "show"]);
    assert!(shown.contains("voicemail = 90  # line ") && shown.contains("\"-08:00\"  # --tz or REPBOX_TZ"), "{shown}");
}

#[test]
fn a_broken_file_is_named_with_its_line_and_can_still_be_found() {
    let world = World::new();
    let path = world.folder().join("mine.toml");
    std::fs::write(&path, "me = 'Ana'\nclok = 12\n").unwrap();
    let path = path.to_string_lossy().into_owned();
    let listed = world.run(&["--config", &path, "list"]);
    assert_eq!(listed.status.code(), Some(1));
    let said = String::from_utf8(listed.stderr).unwrap();
    assert_eq!(said, format!("repbox: {path}:2: unknown setting \"clok\"; did you mean clock?\n"));
    assert_eq!(world.out(&["--config", &path, "config", "path"]), format!("{path}\n"));
}

#[test]
fn the_zone_is_the_options_else_the_settings_else_the_systems() {
    let world = World::new();
    let path = world.folder().join("mine.toml");
    let zone = |text: &str, args: &[&str]| {
        std::fs::write(&path, text).unwrap();
        let mut command = world.command(&[args, &["-v", "count"]].concat());
        let output = command.env("REPBOX_CONFIG", &path).env_remove("REPBOX_TZ").env("TZ", "Europe/Riga").output();
        let said = String::from_utf8(output.unwrap().stderr).unwrap();
        said.split_once("zone ").unwrap().1.split(',').next().unwrap().to_owned()
    };
    assert_eq!(zone("time_zone = 'Asia/Tokyo'", &["--tz", "+5.75"]), "UTC+5:45");
    assert_eq!(zone("time_zone = 'Asia/Tokyo'", &[]), "Asia/Tokyo");
    assert_eq!(zone("time_zone = 'local'", &[]), "Europe/Riga");
    assert_eq!(zone("", &[]), "Europe/Riga");
    assert_eq!(zone("time_zone = 'Asia/Tokyo'", &["--tz", "local"]), "Europe/Riga");
}

#[test]
fn the_clock_and_the_week_are_as_the_person_is_used_to() {
    let world = World::with(&todo("aaaaaa", "2015-01-12T22:30:00+00:00"));
    let path = world.folder().join("mine.toml");
    std::fs::write(&path, "clock = 12\nweek_starts = 'sunday'\n").unwrap();
    assert!(world.out(&["list"]).contains("Today 14:30"));
    let path = path.to_string_lossy().into_owned();
    assert!(world.out(&["--config", &path, "list"]).contains("Today 2:30pm"));
    let end_of_week = |args: &[&str]| world.out(&[args, &["snooze", "1", "--until", "eow"]].concat());
    assert!(end_of_week(&[]).contains("Sun 18 Jan 2015"));
    assert!(end_of_week(&["--config", &path]).contains("Sat 17 Jan 2015"));
}

#[test]
fn a_theme_that_stops_the_screen_is_named_with_its_line_by_doctor() {
    let world = World::new();
    let path = world.folder().join("config.toml");
    let theme = world.folder().join("themes").join("mine.toml");
    std::fs::create_dir(theme.parent().unwrap()).unwrap();
    std::fs::write(&path, "theme = \"mine\"\n").unwrap();
    let doctor = |alarm: &str| {
        std::fs::write(&theme, format!("# late\nalarm = \"{alarm}\"\n")).unwrap();
        let output = world.command(&["doctor"]).env("REPBOX_CONFIG", &path).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = doctor("redd");
    assert!(code == Some(1) && said.contains("mine.toml:2: alarm: \"redd\" is no colour"), "{said}");
    let (_, said) = doctor("red");
    assert!(said.contains("ok   settings"), "{said}");
}

#[test]
fn a_key_that_means_nothing_or_two_things_is_named_with_its_line_by_doctor() {
    let world = World::new();
    let path = world.folder().join("mine.toml");
    let said = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let output = world.command(&["doctor"]).env("REPBOX_CONFIG", &path).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let line = said.lines().find(|line| line.contains(" settings ")).unwrap().to_owned();
        line.rsplit_once("mine.toml").unwrap().1.to_owned()
    };
    assert_eq!(said("[keys]\nsnooze = ['b', 'Ctrl-t']\n"), "");
    assert!(
        said("me = 'Ana'\n[keys]\nsnoze = 'b'\n").starts_with(":3: keys.snoze: there is no such action; did you mean")
    );
    assert!(said("[keys]\npreset = 'gmail'\nsnooze = 'x'\n").starts_with(":3: keys.snooze: \"x\" also means mark;"));
}
