//! The command palette: what it offers, and what a line in it does.

use super::moving::Motion;
use super::{Effect, act, arguments, changing, leaving, powering, saving};
use crate::app::find::FindError;
use crate::tui::action::Action;
use crate::tui::keymap::Keymap;
use crate::tui::model::Model;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::palette::{NO_COMMAND, Offer, Palette};
use crate::tui::request::Read;

/// So many lines are remembered.
const MOST_REMEMBERED: usize = 20;

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
    let (values, whole) = values(model);
    model.overlays.open(Overlay::Palette(Palette::new(all, recent, values, whole)));
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

/// A line for each of the few words that can stand behind a name, and for those that are
/// offered only where they are typed whole.
fn values(model: &Model) -> (Vec<Offer>, Vec<Offer>) {
    let lines = |words: fn(&Model, Action) -> Vec<String>| {
        let of = |action: Action| {
            let lines = words(model, action).into_iter();
            lines.map(move |value| Offer { action, line: format!("{} {value}", action.name()), key: String::new() })
        };
        offered(model).flat_map(of).collect()
    };
    (lines(arguments::values), lines(arguments::whole))
}

/// Who there is has come: a palette that is open can name them.
pub(super) fn renew(model: &mut Model) {
    let (values, whole) = values(model);
    if let Some(Overlay::Palette(palette)) = model.overlays.asking_mut() {
        palette.offer_values(values, whole);
    }
}

/// Opens the palette with a name that needs something behind it.
pub(super) fn ask(model: &mut Model, action: Action) -> Vec<Effect> {
    let effects = open(model);
    if let Some(Overlay::Palette(palette)) = model.overlays.top_mut() {
        palette.begin(action);
    }
    effects
}

/// Does what the line says. What is wrong with it is said, and the line stays.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Palette(palette)) = model.overlays.top() else { return Vec::new() };
    let Some((action, rest)) = palette.meant() else { return say(model, NO_COMMAND.to_owned()) };
    let (rest, line) = (rest.to_owned(), format!("{} {rest}", action.name()));
    let palette = palette.clone();
    let done = if rest.is_empty() { bare(model, action) } else { arguments::with(model, action, &rest) };
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
    let needs = match action {
        Action::Types => Some(FindError::NoType.to_string()),
        Action::Saved => Some(saving::known(model)),
        _ => None,
    };
    if let Some(needs) = needs {
        if let Some(Overlay::Palette(palette)) = model.overlays.top_mut() {
            palette.begin(action);
        }
        return Err(changing::sentence(&needs));
    }
    model.overlays.close();
    Ok(match action {
        // The name says which, whatever pane has the keys.
        Action::Complete => changing::complete(model, true),
        Action::Reopen => changing::complete(model, false),
        Action::Quit => leaving::quit(model),
        _ => act::perform(model, action),
    })
}
