//! `doctor`: everything that repbox stands on, a line each.

use std::io::{self, IsTerminal, Write};

use super::args::Global;
use super::output::{Exit, Failure, line};
use crate::clock::{self, Clock};
use crate::domain::zone::Zone;
use crate::repository::{Finding, examine};
use crate::settings::{self, Loaded, Settings, SettingsError};

/// `repbox doctor`. What the keys and the theme of the settings mean, the screen knows:
/// `is_understood` asks it;
/// and which size is the `least` that it can use, in columns and rows.
///
/// # Errors
/// When the output cannot be written. What is wrong is told by the exit status.
pub fn doctor(
    global: &Global,
    is_understood: impl Fn(&Loaded) -> Result<(), SettingsError>,
    least: (u16, u16),
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut findings = Vec::new();
    let (found, settings) = read_settings(global, is_understood);
    findings.push(found);
    match global.db.clone().map_or_else(settings::default_database, Ok) {
        Ok(path) => findings.extend(examine(&path)),
        Err(e) => findings.push(Finding::bad("file", e.to_string(), "name a file with --db")),
    }
    findings.extend([zone(global, &settings), terminal(global, least), Finding::ok("sync", "not connected")]);
    for finding in &findings {
        let (mark, subject, said) = (mark(finding), finding.subject, line(&finding.said));
        match &finding.remedy {
            None => writeln!(out, "{mark:<4} {subject:<9}  {said}")?,
            Some(remedy) => writeln!(out, "{mark:<4} {subject:<9}  {said}: {}", line(remedy))?,
        }
    }
    Ok(if findings.iter().any(|finding| finding.remedy.is_some()) { Exit::Failed } else { Exit::Done })
}

fn mark(finding: &Finding) -> &'static str {
    if finding.remedy.is_none() { "ok" } else { "bad" }
}

fn read_settings(global: &Global, is_understood: impl Fn(&Loaded) -> Result<(), SettingsError>) -> (Finding, Settings) {
    let named = settings::file_that_counts(global.config.as_deref());
    match Settings::load(global.config.as_deref()).and_then(|loaded| is_understood(&loaded).map(|()| loaded)) {
        Ok(loaded) => {
            let said = match named {
                Some(path) if path.exists() => path.display().to_string(),
                Some(path) => format!("{} does not exist; the defaults hold", path.display()),
                None => "no home folder; the defaults hold".to_owned(),
            };
            (Finding::ok("settings", said), loaded.settings)
        }
        Err(e) => {
            let remedy = "mend that line, or name another file with --config";
            (Finding::bad("settings", e.to_string(), remedy), Settings::default())
        }
    }
}

fn zone(global: &Global, settings: &Settings) -> Finding {
    let now = global.now.map_or(Clock::System, Clock::Fixed).now();
    let system = clock::system_zone();
    let zone = global.zone(settings.time_zone).unwrap_or(system);
    let here = if zone == system { String::new() } else { format!("; the system's is {}", system.name()) };
    let local = zone.local(now).format("%Y-%m-%d %H:%M %:z");
    let (name, rules) = (zone.name(), Zone::RULES);
    Finding::ok("zone", format!("{name}, now {local} {}, rules of {rules}{here}", zone.abbreviation(now)))
}

fn terminal(global: &Global, least: (u16, u16)) -> Finding {
    if !io::stdout().is_terminal() {
        return Finding::ok("terminal", "none here; the commands need none, the inbox does");
    }
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let term = variable("TERM");
    let (columns, rows) = crossterm::terminal::size().unwrap_or_default();
    let colour = if global.color.holds(true) { "colours" } else { "no colours" };
    let said = format!("{term}, {columns}x{rows}, {colour}");
    if columns < least.0 || rows < least.1 {
        let remedy = format!("make it {}x{} or larger; the commands work at any size", least.0, least.1);
        return Finding::bad("terminal", said, remedy);
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable).into_iter().find(|value| !value.is_empty());
    let is_utf8 = locale.is_some_and(|value| value.to_lowercase().replace('-', "").contains("utf8"));
    let letters = if is_utf8 { "UTF-8" } else { "no UTF-8 locale: --ascii draws without it" };
    Finding::ok("terminal", format!("{said}, {letters}"))
}
