//! One task of a type in a file of its own, as the Tasks page words its fields.

use crate::support::world::World;

/// A task as Close writes it, on a line; `own` are fields of its type.
pub(crate) fn task(kind: &str, id: &str, own: &str) -> String {
    format!(
        "{{\"_type\":\"{kind}\",\"id\":\"task_{id}\",\"is_complete\":false,\"date\":\"2015-01-12\",\"assigned_to\":\"user_ana\",\"assigned_to_name\":\"Ana\",\"lead_id\":\"lead_1\",\"lead_name\":\"Fabrikam\",\"date_created\":\"2015-01-12T10:00:00+00:00\",{own}}}\n"
    )
}

/// A file with this one task.
pub(crate) fn one(kind: &str, own: &str) -> World {
    World::with(&task(kind, "one", own))
}

/// What the rows say, each from the type's word on.
pub(crate) fn rows(world: &World) -> Vec<String> {
    let listed = world.out(&["list", "--type", "all", "--view", "all", "--plain"]);
    listed.lines().map(|line| line.split_once(": ").expect("a number").1.to_owned()).collect()
}

/// The lines that `show` has for a label of task 1.
pub(crate) fn detail(world: &World, label: &str) -> Vec<String> {
    let shown = world.out(&["show", "1"]);
    let begin = format!("  {label} ");
    let mut lines = shown.lines().skip_while(|line| !line.starts_with(&begin));
    let first = lines.next().map(|line| line[begin.len()..].trim().to_owned());
    first
        .into_iter()
        .chain(lines.take_while(|line| line.starts_with("   ")).map(|line| line.trim().to_owned()))
        .collect()
}

/// The value of a field of task 1 on the wire; null where it has none.
pub(crate) fn field(world: &World, name: &str) -> serde_json::Value {
    let task: serde_json::Value = serde_json::from_str(&world.out(&["show", "1", "--output", "json"])).expect("JSON");
    task[name].clone()
}

/// The values of a field of the listed tasks, in their order.
pub(crate) fn listed(world: &World, name: &str, args: &[&str]) -> Vec<String> {
    let lines = world.out(&[&["list", "--output", "ndjson"], args].concat());
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")[name].clone();
    lines.lines().map(|line| value(line).as_str().expect("a text").to_owned()).collect()
}
