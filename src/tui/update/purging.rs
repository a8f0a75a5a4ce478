//! Tasks past their keep time: looked for each hour, asked about where it is unusual.

use chrono::TimeDelta;

use super::{Effect, changing};
use crate::app::purge::Purge;
use crate::domain::wording;
use crate::repository::Expired;
use crate::tui::model::Model;
use crate::tui::model::overlay::{Asked, Overlay, Question};
use crate::tui::request::Write;

/// Once the first lists have come, and once an hour, the archive gives up what is past
/// its keep time. A clock that was set back waits no longer than that.
pub(super) fn look(model: &mut Model) -> Option<Effect> {
    let (now, hour) = (model.today.now, TimeDelta::hours(1));
    let is_early = model.data.next_purge.is_some_and(|next| now < next && next - now <= hour);
    if !model.data.loaded || is_early {
        return None;
    }
    model.data.next_purge = now.checked_add_signed(hour);
    let write = Write::Purge { keep: model.look.keep, agreed: None, now };
    Some(Effect::Write(model.data.next_number(), write))
}

/// A person said yes to an unusual purge.
pub(super) fn agreed(model: &mut Model, agreed: Expired) -> Vec<Effect> {
    let (keep, now) = (model.look.keep, model.today.now);
    changing::write(model, Write::Purge { keep, agreed: Some(agreed), now })
}

/// Takes what a purge came to; whether it changed the file. `wanted`: a person said yes to it.
pub(super) fn purged(model: &mut Model, purge: Purge, wanted: bool) -> bool {
    let now = model.today.now;
    model.data.purge_question = None;
    match purge {
        Purge::Removed(removed) => {
            model.notice.done(format!("{}.", wording::removed(&removed.types)), now);
            return true;
        }
        Purge::Asks(expired, why) if model.data.purge_asked != Some(model.today.day) => {
            let words = wording::purge_question(&expired.types, why);
            model.data.purge_question = Some(Question { about: Asked::Purge(expired), words });
        }
        Purge::Nothing if wanted => {
            model.notice.note("No archived task is past its time any more.", now);
            model.touch();
        }
        Purge::Asks(..) | Purge::Nothing => {}
    }
    false
}

/// A no stands for the day on which it was said: one that is open counts for each of its days.
pub(super) fn keep_day(model: &mut Model) {
    if is_asking(model) {
        model.data.purge_asked = Some(model.today.day);
    }
}

fn is_asking(model: &Model) -> bool {
    let is_purge = |overlay: &Overlay| matches!(overlay, Overlay::Question(Question { about: Asked::Purge(_), .. }));
    model.overlays.iter().any(is_purge)
}
