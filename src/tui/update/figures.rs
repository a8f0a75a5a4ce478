//! What was done, in charts; the next two weeks, in a strip; what happened meanwhile.

use chrono::{DateTime, Utc};

use super::{Effect, changing, marking, reads};
use crate::domain::date::TaskDate;
use crate::domain::edit::Edit;
use crate::domain::snooze::Until;
use crate::domain::stats::Stats;
use crate::domain::wording::{self, Meanwhile};
use crate::repository::Happened;
use crate::tui::model::Model;
use crate::tui::model::charts::Charts;
use crate::tui::model::fortnight::{DAYS, DayOfTasks, Fortnight};
use crate::tui::model::overlay::Overlay;
use crate::tui::request::Read;

/// Opens the charts, and asks for the figures.
pub(super) fn open_stats(model: &mut Model) -> Vec<Effect> {
    model.overlays.open(Overlay::Stats(Charts::default()));
    let today = model.today;
    vec![Effect::Read(model.data.next_number(), Read::Stats { today })]
}

/// The figures have come.
pub(super) fn take_stats(model: &mut Model, stats: Box<Stats>) {
    if let Some(Overlay::Stats(charts)) = model.overlays.asking_mut() {
        charts.stats = Some(stats);
        model.touch();
    }
}

/// Opens the next two weeks, and asks what stands there.
pub(super) fn open_calendar(model: &mut Model) -> Vec<Effect> {
    model.overlays.open(Overlay::Calendar(Fortnight::new(model.today.day)));
    let scope = reads::scope(model);
    vec![Effect::Read(model.data.next_number(), Read::Fortnight { scope })]
}

/// The days have come.
pub(super) fn take_fortnight(model: &mut Model, days: [DayOfTasks; DAYS]) {
    if let Some(Overlay::Calendar(strip)) = model.overlays.asking_mut() {
        strip.days = Some(days);
        model.touch();
    }
}

/// Goes so many days on.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Overlay::Calendar(strip)) = model.overlays.top_mut() {
        strip.step(by);
    }
    Vec::new()
}

/// Goes to the first task of the day.
pub(super) fn see_day(model: &mut Model, strip: &Fortnight) -> Vec<Effect> {
    match strip.tasks().first {
        Some(task) => {
            model.panes.goal = Some(task);
            vec![reads::everything(model)]
        }
        None => {
            let day = wording::typed_date(TaskDate::Day(strip.day(strip.cursor)), &model.today);
            model.notice.note(format!("Nothing on {day}."), model.today.now);
            Vec::new()
        }
    }
}

/// Snoozes the marked tasks, else the cursor's, to the day.
pub(super) fn snooze_to_day(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Calendar(strip)) = model.overlays.close() else { return Vec::new() };
    let tasks = marking::targets(model);
    if tasks.is_empty() {
        model.notice.note("No task here.", model.today.now);
        return Vec::new();
    }
    model.data.repeat = None;
    let until = Until::on(strip.day(strip.cursor), &model.today);
    changing::wanted(model, tasks, Edit::Snooze(until))
}

/// Says what happened since the screen was left.
pub(super) fn take_since(model: &mut Model, left: DateTime<Utc>, happened: &Happened) {
    let done = happened.done.iter().map(|deed| (deed.task.task.body.task_type(), deed.by.as_deref()));
    let meanwhile = Meanwhile { came: &happened.came, done: &done.collect::<Vec<_>>(), me: &model.look.aliases };
    if let Some(words) = wording::since(left, &meanwhile, &model.today) {
        model.notice.note_in_turn(words, model.today.now);
        model.touch();
    }
}
