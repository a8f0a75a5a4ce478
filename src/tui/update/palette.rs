//! The command palette: what it offers, and what a line in it does.

use std::path::PathBuf;

use super::moving::Motion;
use super::{Effect, act, changing, choosing, editing, ending, powering, saving};
use crate::app::find;
use crate::clock::{self, ZoneChoice};
use crate::domain::date::TaskDate;
use crate::domain::edit::{Changes, Edit};
use crate::domain::filter::People;
use crate::domain::outcome::{Ending, Outcome};
use crate::domain::task::{Party, RepId};
use crate::domain::when;
use crate::tui::action::Action;
use crate::tui::keymap::Keymap;
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::palette::{Offer, Palette};
use crate::tui::request::{Read, Write};

/// So many lines are remembered.
const MOST_REMEMBERED: usize = 20;
/// More steps at once are a slip of the finger.
const MOST_STEPS: usize = 100;

/// Opens the palette, and asks who there is.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let mut all: Vec<Offer> = offered(model).map(|action| offer(model, action, action.name())).collect();
    // What a finger knows without a name comes last, and before it what other panes do.
    let context = model.context();
    let is_elsewhere = |action| model.look.keys.bindings_in(context).all(|b| b.action != action);
    all.sort_by_key(|offer| {
        let is_move = Motion::of(offer.action).is_some() || offer.action.repeats();
        (is_move, is_elsewhere(offer.action))
    });
    let recent = model.data.commands.iter().filter_map(|line| {
        let action = Action::named(line.split(' ').next()?)?;
        all.iter().any(|offer| offer.action == action).then(|| offer(model, action, line.clone()))
    });
    let recent = recent.collect();
    model.overlays.open(Overlay::Palette(Palette::new(all, recent)));
    vec![Effect::Read(model.data.next_number(), Read::Reps)]
}

/// What can be done from a pane, each once, most used first.
fn offered(model: &Model) -> impl Iterator<Item = Action> {
    let is_first_run = model.is_first_run();
    let fits = move |action: &Action| match action {
        Action::LoadDemo => is_first_run,
        Action::Palette | Action::StepBack => false,
        _ => true,
    };
    let is_possible = |action: &Action| powering::refusal(model, *action).is_none();
    Keymap::actions_of_panes().filter(fits).filter(is_possible)
}

fn offer(model: &Model, action: Action, line: String) -> Offer {
    let key = model.look.keys.key_to_teach(model.context(), action).unwrap_or_default();
    Offer { action, line, key }
}

/// Opens the palette with the name that needs types behind it.
pub(super) fn ask_types(model: &mut Model) -> Vec<Effect> {
    let effects = open(model);
    if let Some(Overlay::Palette(palette)) = model.overlays.top_mut() {
        palette.paste(Action::Types.name().as_str());
        palette.take_name();
    }
    effects
}

/// Does what the line says. What is wrong with it is said, and the line stays.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = model.overlays.top() else { return Vec::new() };
    let (action, rest, line) = match (palette.named(), palette.chosen()) {
        (Some((action, rest)), _) => (action, rest.to_owned(), format!("{} {rest}", action.name())),
        (None, Some(offer)) => {
            let rest = offer.line.split_once(' ').map_or("", |(_, rest)| rest);
            (offer.action, rest.to_owned(), offer.line.clone())
        }
        (None, None) => return say(model, "No command is called so. Backspace takes letters back.".to_owned()),
    };
    let palette = palette.clone();
    let done = if rest.is_empty() { bare(model, action) } else { with(model, action, &rest) };
    match done {
        Ok(effects) => {
            remember(model, line.trim());
            effects
        }
        Err(why) => {
            if !matches!(model.overlays.top(), Some(Overlay::Palette(_))) {
                model.overlays.open(Overlay::Palette(palette));
            }
            say(model, why)
        }
    }
}

/// Begins the line with the name under the cursor.
pub(super) fn take_name(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Palette(palette)) = model.overlays.top_mut() {
        palette.take_name();
    }
    Vec::new()
}

fn say(model: &mut Model, words: String) -> Vec<Effect> {
    if let Some(Overlay::Palette(palette)) = model.overlays.top_mut() {
        palette.said = Some(words);
    }
    Vec::new()
}

fn remember(model: &mut Model, line: &str) {
    let commands = &mut model.data.commands;
    commands.retain(|known| known != line);
    commands.insert(0, line.to_owned());
    commands.truncate(MOST_REMEMBERED);
}

/// An action by its name alone: as its key does it, asking for what it needs.
fn bare(model: &mut Model, action: Action) -> Result<Vec<Effect>, String> {
    if action == Action::Types {
        if let Some(Overlay::Palette(palette)) = model.overlays.top_mut() {
            palette.take_name();
        }
        return Err(find::FindError::NoType.to_string());
    }
    model.overlays.close();
    Ok(match action {
        // The name says which, whatever pane has the keys.
        Action::Complete => changing::complete(model, true),
        Action::Reopen => changing::complete(model, false),
        _ => act::perform(model, action),
    })
}

/// An action with what is typed behind its name, in the words of the command line.
fn with(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    let text = |e: &dyn std::fmt::Display| changing::sentence(&e.to_string());
    match action {
        Action::Snooze | Action::SetDate => to_date(model, action, rest),
        Action::Assign => {
            let rep = rep(model, rest)?;
            Ok(on_tasks(model, action, Edit::Assign(rep)))
        }
        Action::ChoosePeople => {
            let people = people(model, rest)?;
            model.overlays.close();
            Ok(choosing::show_people(model, people.0, people.1))
        }
        Action::Types => {
            // Which unknown types the file has, only the disk knows.
            let is_held = |name: &str| model.has_others() && find::nearest_type(name).is_none();
            let types = find::types_among(rest, is_held).map_err(|e| text(&e))?;
            model.overlays.close();
            Ok(choosing::types(model, |choice| choice.set(types)))
        }
        Action::ChooseZone => {
            let choice = clock::zone_named(rest).map_err(|e| text(&e))?;
            model.overlays.close();
            Ok(match choice {
                ZoneChoice::Zone(zone) => choosing::choose_zone(model, zone),
                ZoneChoice::Local => choosing::go_with_the_machine(model),
            })
        }
        Action::SaveSearch => {
            let effects = saving::save(model, rest)?;
            model.overlays.close();
            Ok(effects)
        }
        Action::Outcome => {
            let outcome = outcome(model, rest)?;
            model.overlays.close();
            let effects = ending::open(model);
            Ok(effects.into_iter().chain(ending::say(model, outcome)).collect())
        }
        Action::Note => note(model, rest),
        Action::ImportFile => {
            model.overlays.close();
            let now = model.today.now;
            model.notice.note("Importing...", now);
            Ok(changing::write(model, Write::Import(PathBuf::from(rest), now)))
        }
        Action::Undo | Action::Redo => steps(model, action, rest),
        _ => Err(format!("Nothing stands behind {}. Take {rest:?} away.", action.name())),
    }
}

/// `snooze fri 9`; a past date only when it is taken twice.
fn to_date(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    let date = when::parse(rest, &model.today).map_err(|e| e.to_string())?.date;
    let warning = when::past_warning(date, &model.today);
    if let Some(Overlay::Palette(palette)) = model.overlays.top_mut()
        && let Some(warning) = warning.filter(|_| palette.warned != Some(date))
    {
        palette.warned = Some(date);
        return Err(warning);
    }
    model.data.repeat = None;
    Ok(on_tasks(model, action, edit_of(action, date)))
}

fn edit_of(action: Action, date: TaskDate) -> Edit {
    match action {
        Action::Snooze => Edit::Snooze(date.into()),
        _ => Edit::Fields(Box::new(Changes { date: Some(date), ..Changes::default() })),
    }
}

/// Edits the marked tasks, else the cursor's.
fn on_tasks(model: &mut Model, action: Action, edit: Edit) -> Vec<Effect> {
    model.overlays.close();
    match editing::targets(model, action) {
        Some(tasks) => changing::wanted(model, tasks, edit),
        None => Vec::new(),
    }
}

fn note(model: &mut Model, rest: &str) -> Result<Vec<Effect>, String> {
    model.overlays.close();
    let effects = editing::open_note(model);
    let Some(Overlay::Note(mut note)) = model.overlays.close() else { return Ok(effects) };
    note.field.paste(rest);
    Ok(editing::take_note(model, note))
}

/// `outcome no_answer`, `outcome call_back fri 14:30`
fn outcome(model: &Model, rest: &str) -> Result<Outcome, String> {
    let known = Ending::WORDS.iter().find(|(word, _)| rest.split(' ').next() == Some(*word));
    let Some((word, ending)) = known else {
        let words: Vec<&str> = Ending::WORDS.iter().map(|(word, _)| *word).collect();
        return Err(format!("No call ends {rest:?}. Write {}.", words.join(", ")));
    };
    let behind = rest[word.len()..].trim();
    match Outcome::of(*ending) {
        Some(outcome) if behind.is_empty() => Ok(outcome),
        Some(_) => Err(format!("Nothing stands behind {word}. Take {behind:?} away.")),
        None => Ok(Outcome::CallBack(when::parse(behind, &model.today).map_err(|e| e.to_string())?.date)),
    }
}

/// `undo 3`
fn steps(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    let steps = rest.parse().ok().filter(|steps| (1..=MOST_STEPS).contains(steps));
    let steps: usize = steps.ok_or_else(|| format!("{rest:?} is no number of steps. Write 1 to {MOST_STEPS}."))?;
    model.overlays.close();
    Ok((0..steps).flat_map(|_| act::perform(model, action)).collect())
}

/// A rep by id or name, `me`, or `none`.
fn rep(model: &Model, text: &str) -> Result<Party<RepId>, String> {
    if text == "none" {
        return Ok(Party { id: None, name: None });
    }
    let reps: Vec<Party<RepId>> = model.data.reps.iter().map(|(rep, _)| rep.clone()).collect();
    let me = model.look.me.as_ref().map(RepId::as_str).or(model.look.my_name.as_deref());
    find::rep_among(&reps, text, me).map_err(|e| changing::sentence(&e.to_string()))
}

/// Whose tasks: a rep's, or everyone's; with the words for the title.
fn people(model: &Model, text: &str) -> Result<(People, String), String> {
    if text == "everyone" {
        return Ok((People::Everyone, String::new()));
    }
    let rep = rep(model, if text == "mine" { "me" } else { text })?;
    let words = rep.shown_name().unwrap_or(text).to_owned();
    Ok((rep.id.map_or(People::Everyone, People::Rep), words))
}
