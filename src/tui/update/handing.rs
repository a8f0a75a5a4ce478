//! Hand-off: the call, the answer, the page in Close; what is copied. Source: ux.md, section 2.

use super::{Effect, ending};
use crate::domain::handoff::{self, Link, Target};
use crate::domain::kind::Call;
use crate::domain::number::PhoneNumber;
use crate::domain::shown::{Shown, Signs};
use crate::domain::task::TaskNumber;
use crate::tui::action::Action;
use crate::tui::model::overlay::{Calling, Overlay};
use crate::tui::model::{Model, Sought};
use crate::tui::opener::{NotDone, Order};
use crate::tui::request::{Read, Row};

/// Shows whom a call would reach, and what time it is there; a second press dials.
pub(super) fn call(model: &mut Model) -> Vec<Effect> {
    seek(model, Sought::ToCall)
}

/// Copies the number of the call that is open, else of the cursor's task.
pub(super) fn copy_number(model: &mut Model) -> Vec<Effect> {
    match model.overlays.top() {
        Some(Overlay::Call(calling)) => {
            let calling = calling.clone();
            model.overlays.close();
            copied(model, &calling)
        }
        _ => seek(model, Sought::ToCopy),
    }
}

/// Finds a number: the task's own, else one of another task of the same contact.
fn seek(model: &mut Model, sought: Sought) -> Vec<Effect> {
    let Some(row) = current(model) else { return Vec::new() };
    if let Some(number) = row.task.body.call().and_then(PhoneNumber::of) {
        return have(model, sought, Calling::of(&row, number, false));
    }
    match (&row.task.lead.id, &row.task.contact.id) {
        // What stands there is copied as it is; another number may be dialled for it.
        _ if sought == Sought::ToCopy && row.task.body.call().is_some_and(|call| call.number().is_some()) => {
            no_number(model, sought, &row)
        }
        (Some(lead), Some(contact)) => {
            model.data.sought = Some((row.number, sought));
            let (lead, contact) = (lead.clone(), contact.clone());
            vec![Effect::Read(model.data.next_number(), Read::NumberOf { task: row.number, lead, contact })]
        }
        _ => no_number(model, sought, &row),
    }
}

/// The disk has looked for the number of a task's contact.
pub(super) fn found(model: &mut Model, task: TaskNumber, number: Option<PhoneNumber>) -> Vec<Effect> {
    let Some((_, sought)) = model.data.sought.take_if(|(asked, _)| *asked == task) else { return Vec::new() };
    // The person may have gone on meanwhile.
    let is_free = matches!(model.overlays.top(), None | Some(Overlay::Called(_)));
    let here = model.current_task().filter(|row| row.number == task && is_free);
    let Some(row) = here.cloned() else { return Vec::new() };
    model.touch();
    match number {
        Some(number) => have(model, sought, Calling::of(&row, number, true)),
        None => no_number(model, sought, &row),
    }
}

fn have(model: &mut Model, sought: Sought, calling: Calling) -> Vec<Effect> {
    match sought {
        // There the number and the time stand on the screen already.
        Sought::ToCall if model.power.is_some() => {
            let effects = begin_call(model, &calling);
            let asked = model.data.called.map_or_else(Vec::new, |task| ending::ask(model, task));
            effects.into_iter().chain(asked).collect()
        }
        Sought::ToCall => {
            model.overlays.open(Overlay::Call(calling));
            Vec::new()
        }
        Sought::ToCopy => copied(model, &calling),
    }
}

fn copied(model: &mut Model, calling: &Calling) -> Vec<Effect> {
    let (number, origin) = (calling.number.shown().to_owned(), calling.origin());
    model.notice.note(format!("Copied {number}{origin}."), model.today.now);
    vec![Effect::Copy(number)]
}

/// What stands for a number is shown and copied as it is: an extension, letters, a code.
fn undiallable(model: &mut Model, sought: Sought, text: &str) -> Vec<Effect> {
    let number = Shown::line(text.trim(), Signs::Unicode).as_str().to_owned();
    match sought {
        Sought::ToCall => {
            let copy = model.look.keys.key(Action::CopyNumber);
            model.notice.note(format!("{number} cannot be dialled as it stands: {copy} copies it."), model.today.now);
            Vec::new()
        }
        Sought::ToCopy => {
            model.notice.note(format!("Copied {number}."), model.today.now);
            vec![Effect::Copy(number)]
        }
    }
}

fn no_number(model: &mut Model, sought: Sought, row: &Row) -> Vec<Effect> {
    if let Some(text) = row.task.body.call().and_then(Call::number) {
        return undiallable(model, sought, text);
    }
    let has_page = handoff::page(row, &model.look.lead_page).is_some();
    let open = model.look.keys.key(Action::Open);
    let remedy = if has_page { format!(" {open} opens the lead in Close.") } else { String::new() };
    model.notice.note(format!("No number on this task.{remedy}"), model.today.now);
    Vec::new()
}

/// Dials the number of the call that is open.
pub(super) fn dial(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Call(calling)) = model.overlays.top() else { return Vec::new() };
    let calling = calling.clone();
    model.overlays.close();
    begin_call(model, &calling)
}

fn begin_call(model: &mut Model, calling: &Calling) -> Vec<Effect> {
    // In power mode that is asked at once.
    let asked = match model.power {
        Some(_) => String::new(),
        None => format!(" {} says how it ended.", model.look.keys.key(Action::Outcome)),
    };
    let words = format!("Calling {}.{asked}", calling.number.shown());
    model.data.called = Some(calling.task);
    match &model.look.dialler {
        Some(dialler) => {
            let order = Order::Dial(dialler.command(&calling.number));
            model.notice.note(words, model.today.now);
            vec![Effect::Start(order)]
        }
        None => open_link(model, Link::dialling(&calling.number), words),
    }
}

/// Answers: a text message to the number, or the thread in Close.
pub(super) fn reply(model: &mut Model) -> Vec<Effect> {
    let Some(row) = current(model) else { return Vec::new() };
    match handoff::reply(&row, &model.look.lead_page) {
        Some(target) => open_target(model, &target),
        None => {
            model.notice.note("Nothing to answer here: no message, no mail, no number of its own.", model.today.now);
            Vec::new()
        }
    }
}

/// Opens the lead, the thread, the call or the recording.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    match page(model) {
        Some(target) => open_target(model, &target),
        None => Vec::new(),
    }
}

/// Opens the recording, else the first file that came along.
pub(super) fn open_recording(model: &mut Model) -> Vec<Effect> {
    let Some(row) = current(model) else { return Vec::new() };
    let targets = handoff::targets(&row, &model.look.lead_page);
    let is_meant = |target: &&Target| matches!(target, Target::Recording(_) | Target::File(_));
    match targets.iter().find(is_meant) {
        Some(target) => open_target(model, target),
        None => {
            model.notice.note("Nothing came with this task: no recording, no file.", model.today.now);
            Vec::new()
        }
    }
}

/// Copies the link that [`open`] opens.
pub(super) fn copy_link(model: &mut Model) -> Vec<Effect> {
    let Some(target) = page(model) else { return Vec::new() };
    let link = target.link().as_str().to_owned();
    model.notice.note(format!("Copied {link}"), model.today.now);
    vec![Effect::Copy(link)]
}

fn page(model: &mut Model) -> Option<Target> {
    let row = current(model)?;
    let page = handoff::page(&row, &model.look.lead_page);
    if page.is_none() {
        model.notice.note("This task has no page in Close: no lead, no thread, no call.", model.today.now);
    }
    page
}

fn current(model: &mut Model) -> Option<Row> {
    let row = model.current_task().cloned();
    if row.is_none() {
        model.notice.note("No task here.", model.today.now);
    }
    row
}

fn open_target(model: &mut Model, target: &Target) -> Vec<Effect> {
    let words = match target {
        Target::Lead(_) => "Opening the lead in Close.",
        Target::Thread(_) => "Opening the thread in Close.",
        Target::Call(_) => "Opening the call in Close.",
        Target::Message(_) => "Opening the message in Close.",
        Target::Recording(_) => "Opening the recording.",
        Target::File(_) => "Opening the file.",
        Target::Dial(_) | Target::Text(_) => "Opening a message to the number.",
    };
    open_link(model, target.link().clone(), words.to_owned())
}

/// Has the platform open a link. Over SSH it would open where nobody sits: there it is
/// copied to the terminal instead.
fn open_link(model: &mut Model, link: Link, words: String) -> Vec<Effect> {
    if !model.look.is_remote {
        model.notice.note(words, model.today.now);
        return vec![Effect::Start(Order::Open(link))];
    }
    let text = link.plain().to_owned();
    model.notice.note(format!("Copied {text} (over SSH nothing opens here)"), model.today.now);
    vec![Effect::Copy(text)]
}

/// A program could not be started, or has failed.
pub(super) fn failed(model: &mut Model, what: &NotDone) -> Vec<Effect> {
    let key = |action| model.look.keys.key(action);
    let remedy = match what.is_of_number {
        true => format!("{} copies the number", key(Action::CopyNumber)),
        false => format!("{} copies the link", key(Action::CopyLink)),
    };
    let own = if what.is_own { ", and the setting dialler names another" } else { "" };
    model.notice.error(format!("{}; {remedy}{own}", what.why));
    if what.is_call {
        ending::was_not_begun(model);
    }
    model.touch();
    Vec::new()
}
