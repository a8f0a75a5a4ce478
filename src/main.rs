//! Arguments, the command or the screen, the exit status.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use repbox::app::find::{self, FindError};
use repbox::app::import::Options;
use repbox::app::undo::Direction;
use repbox::cli::args::{Cli, Command};
use repbox::cli::output::{Exit, Failure, line, say};
use repbox::cli::{
    World, adding, calling, changing, checking, completing, configuring, figures, files, manual, purging, reading,
    topics,
};
use repbox::domain::edit::Edit;
use repbox::domain::shown::Signs;
use repbox::repository::Repository;
use repbox::settings::theme::Themes;
use repbox::settings::{Loaded, Settings, SettingsError};
use repbox::tui;
use repbox::tui::keymap::Keymap;
use repbox::tui::view::areas::LEAST;

fn main() -> ExitCode {
    match completing::answer() {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(e) => return usage(&e),
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => return usage(&e),
    };
    let ended = match &cli.command {
        None => screen(&cli, Tasks::Own),
        Some(command) => run(&cli, command),
    };
    let exit = ended.unwrap_or_else(|failure| {
        if failure.is_closed_pipe() {
            return Exit::Done;
        }
        failure.tell();
        failure.exit()
    });
    tui::input::end_by_signal();
    ExitCode::from(match exit {
        Exit::Done => 0,
        Exit::Failed => 1,
        Exit::Usage => 2,
    })
}

/// Prints help as it is, and errors, which quote what was typed, made harmless.
fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        error.to_string().lines().for_each(|text| say(line(text).as_str()));
        return ExitCode::from(2);
    }
    match error.print().map_err(Failure::from) {
        Err(failure) if !failure.is_closed_pipe() => {
            failure.tell();
            ExitCode::from(1)
        }
        _ => ExitCode::SUCCESS,
    }
}

fn run(cli: &Cli, command: &Command) -> Result<Exit, Failure> {
    // Not locked: behind the demo's screen another thread may have to reset the terminal.
    let mut out = BufWriter::new(io::stdout());
    let done = perform(cli, command, &mut out)?;
    // What is not written is not done: the buffer would swallow the error.
    out.flush()?;
    Ok(done)
}

fn perform(cli: &Cli, command: &Command, out: &mut dyn Write) -> Result<Exit, Failure> {
    let world = || world(cli);
    match command {
        Command::List(args) => reading::list(&world()?, args, out),
        Command::Show { ids, output } => reading::show(&world()?, ids, *output, out),
        Command::Count { chosen, output, fail_if } => reading::count(&world()?, chosen, *output, *fail_if, out),
        Command::History { id, limit } => reading::history(&world()?, id.as_deref(), *limit, out),
        Command::Stats { since, output } => figures::stats(&world()?, since.as_deref(), *output, out),
        Command::Report { since, output } => figures::report(&world()?, since, *output, out),
        Command::Add(args) => adding::add(&world()?, args, out),
        Command::Edit(args) => changing::edit_fields(&world()?, args, out),
        Command::Snooze { tasks, until } => changing::snooze(&world()?, tasks, until, out),
        Command::Done(args) => changing::edit(&world()?, args, &Edit::Complete(true), out),
        Command::Reopen(args) => changing::edit(&world()?, args, &Edit::Complete(false), out),
        Command::Outcome(args) => calling::outcome(&world()?, args, out),
        Command::Assign { tasks, to } => changing::assign(&world()?, tasks, to, out),
        Command::Delete(args) => changing::edit(&world()?, args, &Edit::Delete, out),
        Command::Undo { steps } => changing::restore(&world()?, Direction::Undo, *steps, out),
        Command::Redo { steps } => changing::restore(&world()?, Direction::Redo, *steps, out),
        Command::Import { files: named, strict, dry_run } => {
            files::import(&world()?, named, Options { strict: *strict, dry_run: *dry_run }, out)
        }
        Command::Export { chosen, view, output } => files::export(&world()?, chosen, *view, *output, out),
        Command::Backup { file } => files::backup(&world()?, file, out),
        Command::Purge { dry_run, yes } => purging::purge(&world()?, *dry_run, *yes, out),
        Command::Demo { print: true, .. } => files::print_demo(&world()?, out),
        Command::Demo { into: true, .. } => files::demo_into(&world()?, out),
        Command::Demo { drill, .. } => demo(cli, *drill),
        // These must not fail with settings that cannot be read: they help to mend them.
        Command::Config { what } => configuring::config(&cli.global, *what, out),
        Command::Doctor => {
            let least = (LEAST.width, LEAST.height);
            let is_understood = |loaded: &Loaded| keymap(loaded).and_then(|_| themes(loaded)).map(drop);
            checking::doctor(&cli.global, is_understood, least, out)
        }
        Command::Help { what } => {
            let keys = || Ok(keymap(&Settings::load(cli.global.config.as_deref())?)?.paper());
            topics::help(&cli.global, what, keys, out)
        }
        Command::Completions { shell } => {
            completing::script(*shell, out)?;
            Ok(Exit::Done)
        }
        Command::Man { command } => manual::print(command.as_deref(), out),
    }
}

/// The file, zone and present of a command, told where it is wanted.
fn world(cli: &Cli) -> Result<World, Failure> {
    let world = World::new(&cli.global)?;
    if cli.global.verbose > 0 {
        say(&world.words());
    }
    Ok(world)
}

/// The keys that hold on the screen.
fn keymap(loaded: &Loaded) -> Result<Keymap, SettingsError> {
    let (keys, space) = (&loaded.settings.keys, loaded.settings.space);
    Keymap::new(keys, space).map_err(|e| loaded.wrong_keys(e.action(), e.to_string()))
}

/// The themes that the screen can have.
fn themes(loaded: &Loaded) -> Result<Themes, SettingsError> {
    Themes::load(loaded.path.as_deref(), &loaded.settings.theme)
}

/// Which tasks the screen shows.
enum Tasks<'a> {
    /// Those of the person's file.
    Own,
    /// The demo's, in this folder, with keys to practise or without.
    Demo { folder: &'a std::path::Path, is_drill: bool },
}

/// The screen on a throw-away file with the demo in it.
fn demo(cli: &Cli, is_drill: bool) -> Result<Exit, Failure> {
    let folder = tempfile::Builder::new().prefix("repbox-demo-").tempdir()?;
    screen(cli, Tasks::Demo { folder: folder.path(), is_drill })
}

fn screen(cli: &Cli, tasks: Tasks<'_>) -> Result<Exit, Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        say("repbox: the inbox needs a terminal; try: repbox list");
        return Ok(Exit::Usage);
    }
    let mut world = World::new(&cli.global)?;
    let keys = keymap(&world.loaded)?;
    if let Tasks::Demo { folder, .. } = tasks {
        world.path = folder.join("tasks.db");
    }
    let mut repository = Repository::open(&world.path).map_err(repbox::app::Error::from)?;
    repository.warning().into_iter().for_each(say);
    if let Tasks::Demo { .. } = tasks {
        repbox::app::demo::import(&mut repository, &world.today())?;
    }
    let me = find::who_is_here(&repository, world.me.as_deref())?.unwrap_or_else(|unknown| {
        // A new file does not know the rep yet: the inbox opens all the same.
        if !matches!(unknown, FindError::NoRep { .. }) {
            say(&format!("repbox: {unknown}"));
        }
        None
    });
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    let by = world.signature(&repository)?;
    let themes = themes(&world.loaded)?;
    let today = world.today();
    let look = tui::model::Look {
        signs: if cli.global.ascii || dumb { Signs::Ascii } else { Signs::Unicode },
        colour: cli.global.color.holds(true),
        theme: themes.set().clone(),
        themes,
        aliases: find::aliases(&repository, me.as_ref().and_then(|me| me.id.as_ref()), world.me.as_deref())?,
        my_name: me.as_ref().and_then(|me| me.shown_name().map(str::to_owned)),
        me: me.and_then(|me| me.id),
        here: Some(repbox::clock::system_zone()),
        is_zone_here: world.is_zone_here,
        after_move: world.after_move,
        keys,
        lead_page: world.lead_page,
        call_hours: world.call_hours,
        calls: world.calls,
        dialler: world.dialler,
        is_remote: ["SSH_CONNECTION", "SSH_TTY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty())),
        keep: world.keep,
    };
    let options = tui::run::Options {
        repository: repository.signed(by),
        today,
        clock: world.clock,
        look,
        is_drill: matches!(tasks, Tasks::Demo { is_drill: true, .. }),
        intake: tui::writer::Intake { file: files::intake, demo: files::intake_demo },
    };
    match tui::run::run(options) {
        Ok(()) => Ok(Exit::Done),
        Err(e) => {
            say(&format!("repbox: {e}"));
            Ok(Exit::Failed)
        }
    }
}
