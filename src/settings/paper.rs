//! docs/settings.md, made from the table.

use std::fmt::Write as _;

use super::Settings;
use super::calls::{CALLS, CALLS_ABOUT, OF_CALLS};
use super::file::defaults;
use super::keys::{KEYS, KEYS_ABOUT};
use super::table::{ALONE, KEEP, KEEP_ABOUT, write_keep};
use super::theme;
use crate::domain::kind::TaskType;

/// Every setting with its default and what it means.
pub fn page() -> String {
    let settings = Settings::default();
    let mut text = HEAD.to_owned();
    for setting in &ALONE {
        let default = (setting.write)(&settings);
        let default = default.map_or_else(|| format!("none, e.g. `{}`", setting.example), |value| format!("`{value}`"));
        _ = writeln!(text, "| `{}` | {default} | {} |", setting.name, cell(setting.about));
    }
    _ = writeln!(text, "\n## `[{KEEP}]`\n\n{}\n\n| setting | default |\n|---|---|", KEEP_ABOUT.replace('\n', " "));
    for task_type in TaskType::ALL {
        _ = writeln!(text, "| `{}` | `{}` |", task_type.wire_name(), write_keep(&settings, task_type));
    }
    let about = CALLS_ABOUT.replace('\n', " ");
    _ = writeln!(text, "\n## `[{CALLS}]`\n\n{about}\n\n| setting | default | meaning |\n|---|---|---|");
    for setting in &OF_CALLS {
        let default = (setting.write)(&settings).unwrap_or_default();
        _ = writeln!(text, "| `{}` | `{default}` | {} |", setting.name, cell(setting.about));
    }
    _ = writeln!(text, "\n## `[{KEYS}]`\n\n{} docs/keys.md has them all.", KEYS_ABOUT.replace('\n', " "));
    _ = writeln!(text, "\n## Themes\n\n{}", theme::page().trim_end());
    _ = writeln!(text, "\n## The file that `config init` makes\n\n```toml\n{}```", defaults());
    text
}

/// Lines as a cell of a table.
fn cell(about: &str) -> String {
    about.replace('\n', " ").replace('|', "\\|")
}

const HEAD: &str = "\
# Settings

Made from the code; a test holds that it is so.

A TOML file, which need not exist: `repbox config path` says where, `repbox config init` makes it with every setting at its default, `repbox config show` prints which hold and where each comes from. A name or a value that is not understood is an error that names the file, the line and the nearest right name. Options and the environment go before the file.

| setting | default | meaning |
|---|---|---|
";
