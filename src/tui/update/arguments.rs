//! What is typed behind a name in the palette, in the words of the command line.

use super::{Effect, changing, choosing, editing, ending, finding, forming, looks, pointing, saving, sorting};
use crate::app::find;
use crate::clock::{self, ZoneChoice};
use crate::domain::date::TaskDate;
use crate::domain::edit::{Changes, Edit};
use crate::domain::filter::People;
use crate::domain::kind::TaskType;
use crate::domain::outcome::{Ending, Outcome};
use crate::domain::task::{Party, RepId};
use crate::domain::when;
use crate::tui::action::Action;
use crate::tui::keymap::Context;
use crate::tui::model::Model;
use crate::tui::model::field::Field;
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Arrangement;
use crate::tui::model::sheet::{About, Sheet};
use crate::tui::model::sorting::Sort;

/// More steps at once are a slip of the finger.
const MOST_STEPS: u64 = 100;
/// Whether the mouse is ours.
const SWITCH: [(&str, bool); 2] = [("on", true), ("off", false)];
/// Whether a lead's tasks are one row.
const GROUPS: [(&str, bool); 2] = [("lead", true), ("none", false)];

/// What can stand behind a name, where that is one of a few words.
pub(super) fn values(model: &Model, action: Action) -> Vec<String> {
    fn words<T>(all: &[(&str, T)]) -> Vec<String> {
        all.iter().map(|(word, _)| (*word).to_owned()).collect()
    }
    let reps = || model.data.reps.iter().filter_map(|(rep, _)| rep.shown_name().map(str::to_owned));
    // Typed whole, they are no beginning of a name.
    let own = |word: &&&str| me(model).is_some() || !["me", "mine"].contains(word);
    let and_reps = |words: &[&str]| words.iter().filter(own).map(|word| (*word).to_owned()).chain(reps()).collect();
    match action {
        Action::Assign => and_reps(&["none", "me"]),
        Action::ChoosePeople => and_reps(&["everyone", "me", "mine"]),
        Action::ChooseTheme => model.look.themes.all().iter().map(|theme| theme.name().to_owned()).collect(),
        Action::CycleLayout => words(&Arrangement::WORDS),
        Action::Group => words(&GROUPS),
        Action::Saved => model.data.saved.iter().map(|(saved, _)| saved.name.clone()).collect(),
        Action::Sort => words(&Sort::WORDS),
        Action::ToggleMouse => words(&SWITCH),
        Action::Types => {
            std::iter::once("all").chain(TaskType::ALL.map(TaskType::wire_name)).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// What can stand there too, and is offered only once it is typed whole: no name that begins
/// so takes its place.
pub(super) fn whole(model: &Model, action: Action) -> Vec<String> {
    let words: &[&str] = match action {
        Action::Assign => &["me"],
        Action::ChoosePeople => &["mine", "me"],
        _ => return Vec::new(),
    };
    let ids = model.data.reps.iter().filter_map(|(rep, _)| rep.id.as_ref().map(RepId::as_str));
    words.iter().copied().chain(ids).map(str::to_owned).collect()
}

/// Does an action with what is typed behind its name.
///
/// # Errors
/// When it is not understood: what is wrong with it, then what works.
pub(super) fn with(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    match action {
        Action::Snooze | Action::SetDate => to_date(model, action, rest),
        Action::Assign => {
            let rep = rep(model, rest)?;
            Ok(on_tasks(model, Edit::Assign(rep)))
        }
        Action::ChoosePeople => {
            let people = people(model, rest)?;
            model.overlays.close();
            Ok(choosing::show_people(model, people.0, people.1))
        }
        Action::Types => types(model, rest),
        Action::ChooseZone => zone(model, rest),
        Action::Outcome => {
            let outcome = outcome(model, rest)?;
            model.overlays.close();
            let effects = ending::open(model);
            Ok(effects.into_iter().chain(ending::say(model, outcome)).collect())
        }
        Action::Note => note(model, rest),
        Action::New => {
            model.overlays.close();
            Ok(forming::add(model, rest))
        }
        Action::ImportFile => {
            model.overlays.close();
            Ok(choosing::import(model, Field::with(rest)))
        }
        Action::Undo | Action::Redo => steps(model, action, rest),
        _ => to_the_screen(model, action, rest),
    }
}

/// Changes what is shown, and how.
fn to_the_screen(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    model.overlays.close();
    Ok(match action {
        Action::Find => finding::look_for(model, rest)?,
        Action::SaveSearch => saving::save(model, rest)?,
        Action::Saved => saving::show_named(model, rest)?,
        Action::Sort => {
            let sort = one_of("order", rest, &Sort::WORDS)?;
            sorting::sort_by(model, sort)
        }
        Action::Group => {
            let by_lead = one_of("group", rest, &GROUPS)?;
            sorting::group_by(model, by_lead)
        }
        Action::CycleLayout => {
            let arrangement = one_of("layout", rest, &Arrangement::WORDS)?;
            looks::arrange(model, arrangement)
        }
        Action::ToggleMouse => {
            let on = one_of("switch", rest, &SWITCH)?;
            pointing::take_mouse(model, on)
        }
        Action::ChooseTheme => looks::take_named(model, rest)?,
        Action::Help => page(model, About::Keys(model.context()), rest),
        Action::Messages => page(model, About::Messages, rest),
        _ => return Err(format!("Nothing stands behind {}. Take {rest:?} away.", action.name())),
    })
}

/// One of a few words, in any letter case.
fn one_of<T: Copy>(what: &str, text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("Unknown {what} {text:?}. There are {}.", all.join(", "))
    })
}

/// `snooze fri 9`; a past date only when it is taken twice.
fn to_date(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    let date = when::parse(rest, &model.today).map_err(|e| e.to_string())?.date;
    if let Some(warning) = warning(model, date) {
        return Err(warning);
    }
    model.data.repeat = None;
    Ok(on_tasks(model, edit_of(action, date)))
}

/// Warns once of a date that is past.
fn warning(model: &mut Model, date: TaskDate) -> Option<String> {
    let (today, key) = (model.today, model.look.keys.key_in(Context::Palette, Action::Accept));
    let Some(Overlay::Palette(palette)) = model.overlays.top_mut() else { return None };
    let past = when::past(date, &today).filter(|_| palette.warned != Some(date))?;
    palette.warned = Some(date);
    Some(format!("{past}. {key} again to keep it"))
}

fn edit_of(action: Action, date: TaskDate) -> Edit {
    match action {
        Action::Snooze => Edit::Snooze(date.into()),
        _ => Edit::Fields(Box::new(Changes { date: Some(date), ..Changes::default() })),
    }
}

/// Edits the marked tasks, else the cursor's.
fn on_tasks(model: &mut Model, edit: Edit) -> Vec<Effect> {
    model.overlays.close();
    match editing::targets(model) {
        Some(tasks) => changing::wanted(model, tasks, edit),
        None => Vec::new(),
    }
}

fn types(model: &mut Model, rest: &str) -> Result<Vec<Effect>, String> {
    let is_held = |name: &str| model.data.other_types.iter().any(|held| held == name);
    let types = find::types_among(rest, is_held).map_err(|e| changing::sentence(&e.to_string()))?;
    model.overlays.close();
    Ok(choosing::types(model, |choice| choice.set(types)))
}

fn zone(model: &mut Model, rest: &str) -> Result<Vec<Effect>, String> {
    let choice = clock::zone_named(rest).map_err(|e| changing::sentence(&e.to_string()))?;
    model.overlays.close();
    Ok(match choice {
        ZoneChoice::Zone(zone) => choosing::choose_zone(model, zone),
        ZoneChoice::Local => choosing::go_with_the_machine(model),
    })
}

fn note(model: &mut Model, rest: &str) -> Result<Vec<Effect>, String> {
    model.overlays.close();
    let effects = editing::open_note(model);
    let Some(Overlay::Note(mut note)) = model.overlays.close() else { return Ok(effects) };
    note.field.paste(rest);
    Ok(editing::take_note(model, note))
}

/// `outcome no_answer`, `outcome call_back fri 14:30`; a past time only when it is taken twice.
fn outcome(model: &mut Model, rest: &str) -> Result<Outcome, String> {
    let known = Ending::WORDS.iter().find(|(word, _)| rest.split(' ').next() == Some(*word));
    let Some((word, ending)) = known else {
        let words: Vec<&str> = Ending::WORDS.iter().map(|(word, _)| *word).collect();
        return Err(format!("No call ends {rest:?}. Write {}.", words.join(", ")));
    };
    let behind = rest[word.len()..].trim();
    match Outcome::of(*ending) {
        Some(outcome) if behind.is_empty() => Ok(outcome),
        Some(_) => Err(format!("Nothing stands behind {word}. Take {behind:?} away.")),
        None => {
            let date = when::parse(behind, &model.today).map_err(|e| e.to_string())?.date;
            warning(model, date).map_or(Ok(Outcome::CallBack(date)), Err)
        }
    }
}

/// `undo 3`
fn steps(model: &mut Model, action: Action, rest: &str) -> Result<Vec<Effect>, String> {
    let steps = rest.parse().ok().filter(|steps| (1..=MOST_STEPS).contains(steps));
    let steps: u64 = steps.ok_or_else(|| format!("{rest:?} is no number of steps. Write 1 to {MOST_STEPS}."))?;
    model.overlays.close();
    Ok(match action {
        Action::Redo => changing::redo(model, steps),
        _ => changing::undo(model, steps),
    })
}

/// The help, or what was said, as far as it has these words.
fn page(model: &mut Model, about: About, rest: &str) -> Vec<Effect> {
    model.overlays.open(Overlay::Sheet(Sheet { find: Field::with(rest), ..Sheet::new(about) }));
    Vec::new()
}

/// Who `me` is, by id or name, where that is known.
fn me(model: &Model) -> Option<&str> {
    model.look.me.as_ref().map(RepId::as_str).or(model.look.my_name.as_deref())
}

/// A rep by id or name, `me`, or `none`.
fn rep(model: &Model, text: &str) -> Result<Party<RepId>, String> {
    if text == "none" {
        return Ok(Party { id: None, name: None });
    }
    let reps: Vec<Party<RepId>> = model.data.reps.iter().map(|(rep, _)| rep.clone()).collect();
    find::rep_among(&reps, text, me(model)).map_err(|e| changing::sentence(&e.to_string()))
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
