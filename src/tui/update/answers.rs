//! What the disk answers. Late answers are known by their number.

use super::forming::Asked;
use super::{
    Effect, ahead, changing, choosing, drafts, ending, failing, figures, finding, forming, handing, marking, powering,
    purging, reads, saving,
};
use crate::domain::edit::{Edit, are_gone};
use crate::repository::{Restored, Written};
use crate::tui::model::overlay::Overlay;
use crate::tui::model::panes::Pane;
use crate::tui::model::saving::Pending;
use crate::tui::model::{Loading, Model};
use crate::tui::request::{Answer, Everything, ListName, Looked, Number, Outcome, Part, SavedCount};

/// Takes an answer, unless it is late.
pub(super) fn take(model: &mut Model, number: Number, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Everything(everything) => take_everything(model, number, *everything),
        Answer::Part(name, part) => take_part(model, number, name, part),
        Answer::Card(task, card) => {
            if model.details.take(number, task, card) {
                model.touch();
            }
        }
        Answer::Saved(saved) => take_saved(model, saved),
        Answer::Reps(reps) => return choosing::take_reps(model, reps),
        Answer::Names { text, names, .. } if matches!(model.overlays.asking(), Some(Overlay::Find(_))) => {
            return finding::offered(model, &text, &names);
        }
        Answer::Names { of, text, lead, names } => {
            return forming::offered(model, of, &Asked { text, lead }, names);
        }
        Answer::Queue(queue, total) => return powering::begin(model, number, queue, total),
        Answer::Rows(rows) if model.data.draft_sought == Some(number) => return drafts::found(model, rows),
        Answer::Rows(rows) => powering::renew(model, number, &rows),
        Answer::Attempt(attempt) => return ending::know(model, attempt),
        Answer::NumberOf(task, number) => return handing::found(model, task, number),
        Answer::Whole(tasks) => return marking::marked(model, number, tasks),
        Answer::Stats(stats) => figures::take_stats(model, stats),
        Answer::Since(left, happened) => figures::take_since(model, left, &happened),
        Answer::Fortnight(days) => figures::take_fortnight(model, *days),
        Answer::Failed(kind, why) => failing::failed(model, number, kind, why),
    }
    Vec::new()
}

fn take_everything(model: &mut Model, number: Number, everything: Everything) {
    if number < model.data.everything {
        return;
    }
    let Everything { parts, mut counts, unsearched, next, done_today, hidden_marks, looked, other_types } = everything;
    let mut changed = !model.data.loaded || model.panes.goal.is_some();
    for (name, part) in ListName::ALL.into_iter().zip(parts) {
        if name == ListName::Archive && looked == Looked::NotYet {
            continue;
        }
        changed |= model.panes.list_mut(name).take(number, part);
    }
    let data = &mut model.data;
    if looked != Looked::Whole {
        counts.archive = data.counts.archive;
    }
    changed |= std::mem::replace(&mut data.looked, looked) != looked;
    let beside = (counts, unsearched, next, done_today, hidden_marks);
    changed |= beside != (data.counts, data.unsearched, data.next.clone(), data.done_today, model.marks.hidden);
    (data.counts, data.unsearched, data.next, data.done_today, model.marks.hidden) = beside;
    data.other_types = other_types;
    // Another question of the same kind may have taken its place.
    (data.loaded, data.loading, data.draft_sought) = (true, Loading::Idle, None);
    ahead::apply_pending(model);
    reach_goal(model);
    if changed {
        model.touch();
    }
}

/// Puts the cursor on the task that a change led to, wherever it is. A change that is not
/// on the disk yet leads there once it is, and so does what is still looked through.
fn reach_goal(model: &mut Model) {
    let Some(goal) = model.panes.goal else { return };
    let shows = |name: &ListName| model.panes.list(*name).row_with(goal).is_some();
    let list = ListName::ALL.into_iter().find(shows);
    if let Some(name) = list {
        model.panes.list_mut(name).go_to(goal);
        model.panes.focus_on(Pane::List(name));
    }
    let is_all = model.data.looked == Looked::Whole && model.saving.pending().is_empty();
    if list.is_some() || is_all {
        model.panes.goal = None;
    }
}

fn take_part(model: &mut Model, number: Number, name: ListName, part: Part) {
    if model.panes.list_mut(name).take(number, part) {
        ahead::apply_pending(model);
        model.touch();
    }
}

fn take_saved(model: &mut Model, saved: Vec<SavedCount>) {
    if model.data.saved != saved {
        model.data.saved = saved;
        model.panes.type_row = model.panes.type_row.min(model.side_rows().len() - 1);
        model.touch();
    }
}

/// A write came back.
pub(super) fn written(model: &mut Model, number: Number, outcome: Result<Outcome, String>) -> Vec<Effect> {
    let pending = model.saving.end(number);
    match outcome {
        Ok(Outcome::Remembered) => return Vec::new(),
        Ok(Outcome::Purged(purge)) => {
            if !purging::purged(model, purge, pending.is_some()) {
                return Vec::new();
            }
        }
        Ok(Outcome::Edited(edit, written)) => edited(model, &edit, &written),
        Ok(Outcome::Added(written, has_lead)) => forming::added(model, &written, has_lead),
        Ok(Outcome::ChangedSince(at, theirs)) => {
            model.data.leaving = false;
            if let Some(typed) = take_back(model, pending) {
                forming::conflict(model, typed, at, theirs);
            }
            return vec![reads::everything(model)];
        }
        Ok(Outcome::CallEnded) => {}
        Ok(Outcome::Undone(restored)) => restore(model, &restored, true),
        Ok(Outcome::Redone(restored)) => restore(model, &restored, false),
        Ok(Outcome::Imported(summary)) => imported(model, summary),
        Ok(Outcome::SearchSaved(saved)) => saving::saved(model, &saved),
        Ok(Outcome::SearchForgotten(saved)) => saving::forgotten(model, &saved),
        Err(why) => {
            if pending.as_ref().is_some_and(Pending::leads) {
                // It was meant for the task that the change would have led to.
                model.typed_ahead.clear();
            }
            // What was typed comes back with the row: nothing typed is lost.
            if let Some(typed) = take_back(model, pending) {
                model.saving.give_back(typed, None);
            }
            model.data.leaving = false;
            model.notice.error(why);
            return vec![reads::everything(model)];
        }
    }
    model.saving.saved(model.today.now);
    model.touch();
    vec![reads::everything(model)]
}

/// Takes back what a write showed; what it was typed in comes back.
fn take_back(model: &mut Model, pending: Option<Pending>) -> Option<Overlay> {
    let pending = pending?;
    ahead::take_back(model, &pending.shown);
    model.touch();
    pending.typed
}

/// Says how many of several tasks were so already, do not allow it, or are gone:
/// `Completed 10. 2 already done.`
fn edited(model: &mut Model, edit: &Edit, written: &Written) {
    let mut said = vec![written.summary.clone()];
    if !written.already.is_empty() {
        said.push(format!("{} {}", written.already.len(), edit.already()));
    }
    if let Some((_, why)) = written.refused.first() {
        said.push(format!("{} left as they were: {why}", written.refused.len()));
    }
    if !written.left_out.is_empty() {
        said.push(are_gone(written.left_out.len()));
    }
    let said: Vec<String> = said.into_iter().filter(|words| !words.is_empty()).collect();
    let is_partly = !written.already.is_empty() || !written.refused.is_empty() || !written.left_out.is_empty();
    if is_partly && written.changed.is_empty() {
        model.notice.note(format!("{}.", changing::capital(&said.join(". "))), model.today.now);
    } else if is_partly {
        model.notice.done(format!("{}.", said.join(". ")), model.today.now);
    }
}

fn restore(model: &mut Model, restored: &[Restored], undone: bool) {
    let Some(last) = restored.last() else {
        model.notice.note(if undone { "Nothing to undo." } else { "Nothing to redo." }, model.today.now);
        return;
    };
    let goal = last.changed.first().copied();
    if let Some(power) = &mut model.power {
        restored.iter().for_each(|step| {
            power.bring_back(&step.changed);
            power.change(&step.changed);
        });
    }
    (model.panes.goal, model.data.keep) = (goal, goal);
    model.data.changed = goal.or(model.data.changed);
    model.notice.restored(restored, undone, model.today.now);
}

fn imported(model: &mut Model, summary: String) {
    model.notice.done(format!("{summary}."), model.today.now);
}
