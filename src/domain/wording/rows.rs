//! Rows in words.
use crate::domain::{
    kind::{Body, TaskType},
    task::Task,
};

/// The 4-cell tag: `TODO`, `MAIL`, `FOLL`, `MISS`, `ANSW`, `VM  `, `OPPO`, `SMS `, `CALL`; `OTHR` for `None`. Padded to 4.
pub fn tag(_task_type: Option<TaskType>) -> &'static str {
    todo!()
}
/// The sidebar's word: `To-do`, `Email`, `Follow-up`, `Missed call`, `Answered`, `Voicemail`, `Opportunity`, `SMS`, `Call`; `Other`.
pub fn label(_task_type: Option<TaskType>) -> &'static str {
    todo!()
}
/// For sentences: `to-dos`, `emails`, `follow-ups`, `missed calls`, `answered calls`, `voicemails`, `opportunities`, `messages`, `calls`; `tasks of other types`.
pub fn plural_label(_task_type: Option<TaskType>) -> &'static str {
    todo!()
}
/// The row's text as ux.md section 1 words each type, raw: make it [`Shown`](crate::domain::shown::Shown) before drawing.
pub fn row_text(_task: &Task) -> String {
    todo!()
}
/// What a notice calls the task: the to-do's text, the mail's subject, else the row text without the lead. Raw.
pub fn title(_task: &Task) -> String {
    let _: Option<Body> = None;
    todo!()
}
