//! What the options, the environment and the settings say before any command runs.

use std::io::IsTerminal;
use std::path::PathBuf;

use super::args;
use super::output::say;
use crate::app::{find, saved};
use crate::clock::{self, Clock};
use crate::domain::calling::CallHours;
use crate::domain::customs::Customs;
use crate::domain::date::TaskDate;
use crate::domain::filter::{Filter, People, TypeSet};
use crate::domain::handoff::LeadPage;
use crate::domain::number::Dialler;
use crate::domain::outcome::Rules;
use crate::domain::retention::KeepTimes;
use crate::domain::view::Today;
use crate::domain::when::{self, WhenError};
use crate::domain::wording;
use crate::domain::zone::Zone;
use crate::repository::Repository;
use crate::settings::{self, AfterMove, Loaded, Settings, SettingsError};

/// What every command knows: the file, the time, the zone, who sits here.
#[derive(Debug)]
pub struct World {
    /// The file's path.
    pub path: PathBuf,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Where days begin.
    pub zone: Zone,
    /// Whether that is where the machine is: no zone was chosen.
    pub is_zone_here: bool,
    /// What `me` means, as the settings say it.
    pub me: Option<String>,
    /// How calendars and clocks are read.
    pub customs: Customs,
    /// How long archived tasks are kept.
    pub keep: KeepTimes,
    /// What follows from a call that reached nobody.
    pub calls: Rules,
    /// Where the screen's cursor goes when a change takes its row away.
    pub after_move: AfterMove,
    /// The settings as they were read: the screen says what is wrong with its keys.
    pub loaded: Loaded,
    /// The page of a lead.
    pub lead_page: LeadPage,
    /// When people are called, where they are.
    pub call_hours: CallHours,
    /// What dials, where the person has chosen it.
    pub dialler: Option<Dialler>,
    /// Less is said on standard error.
    pub quiet: bool,
    /// Whether tables have colours.
    pub colours: bool,
}

impl World {
    /// Defaults, the settings file, the environment and the options, in this order.
    ///
    /// # Errors
    /// When the settings are not understood, or there is no place for the file.
    pub fn new(global: &args::Global) -> Result<World, SettingsError> {
        let loaded = Settings::load(global.config.as_deref())?;
        let settings = loaded.settings.clone();
        let zone = global.zone(settings.time_zone);
        Ok(World {
            path: global.db.clone().map_or_else(settings::default_database, Ok)?,
            clock: global.now.map_or(Clock::System, Clock::Fixed),
            zone: zone.unwrap_or_else(clock::system_zone),
            is_zone_here: zone.is_none(),
            me: settings.me,
            customs: settings.customs,
            keep: settings.keep,
            calls: settings.calls,
            after_move: settings.after_move,
            loaded,
            lead_page: settings.lead_page,
            call_hours: settings.call_hours,
            dialler: settings.dialler,
            quiet: global.quiet > 0,
            colours: global.color.holds(std::io::stdout().is_terminal()),
        })
    }

    /// The file, the zone and the time that hold, for `-v`.
    pub fn words(&self) -> String {
        let (now, zone) = (self.clock.now(), self.zone);
        let local = zone.local(now).format("%Y-%m-%d %H:%M");
        format!("file {}, zone {}, now {local} {}", self.path.display(), zone.name(), zone.abbreviation(now))
    }

    /// The present as this person reads it.
    pub fn today(&self) -> Today {
        Today::new(self.clock.now(), self.zone).with(self.customs)
    }

    pub(super) fn reader(&self) -> crate::app::Result<Repository> {
        Ok(self.warned(Repository::open_reader(&self.path)?))
    }

    pub(super) fn writer(&self) -> crate::app::Result<Repository> {
        let repository = self.warned(Repository::open(&self.path)?);
        let by = self.signature(&repository)?;
        Ok(repository.signed(by))
    }

    fn warned(&self, repository: Repository) -> Repository {
        repository.warning().into_iter().for_each(say);
        repository
    }

    /// The name that the history shows for who sits here: the file's, else as the settings have it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn signature(&self, repository: &Repository) -> crate::app::Result<Option<String>> {
        let rep = find::who_is_here(repository, self.me.as_deref())?.ok().flatten();
        Ok(rep.and_then(|rep| rep.shown_name().map(str::to_owned)).or_else(|| self.me.clone()))
    }

    /// The date that a text names. That it is past, and what clocks do to its time, is
    /// mentioned.
    pub(super) fn date(&self, text: &str) -> Result<TaskDate, WhenError> {
        let today = self.today();
        let when = when::parse(text, &today)?;
        let notes = when::notes(&when, &today);
        if !self.quiet && !notes.is_empty() {
            say(&format!("{text:?} is {}; {}", wording::typed_date(when.date, &today), notes.join("; ")));
        }
        if let Some(past) = when::past(when.date, &today).filter(|_| !self.quiet) {
            say(&format!("{text:?} is {}. {past}.", wording::typed_date(when.date, &today)));
        }
        Ok(when.date)
    }

    /// The filter of the options that list, count and export share.
    pub(super) fn filter(
        &self,
        repository: &Repository,
        chosen: &args::Chosen,
        default: TypeSet,
    ) -> crate::app::Result<Filter> {
        let saved = chosen.saved.as_deref().map(|name| saved::named(repository, name)).transpose()?;
        let texts = [saved.as_ref().map(|saved| saved.text.as_str()), chosen.search.as_deref()];
        let text = texts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let search = find::search(repository, &text, &self.today(), self.me.as_deref())?;
        let types = match &chosen.types {
            Some(words) => find::types(repository, words)?,
            // A query that says which types it means is not narrowed by the default.
            None if search.names_types() => TypeSet::ALL,
            // Who names tasks, or what was saved, wants them whatever their type.
            None if !chosen.id.is_empty() || saved.is_some() => TypeSet::ALL,
            None => default,
        };
        let people = match &chosen.assigned_to {
            Some(text) => find::people(repository, text, self.me.as_deref())?,
            None => People::Everyone,
        };
        let lead =
            chosen.lead.as_deref().map(|text| find::lead(repository, text)).transpose()?.and_then(|lead| lead.id);
        let only = match chosen.id.is_empty() {
            true => None,
            false => Some(find::tasks(repository, &chosen.id)?),
        };
        Ok(Filter { types, people, lead, only, search })
    }
}
