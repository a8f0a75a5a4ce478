//! The keys on paper: for `repbox help keys`, with the keys that hold, and for docs/keys.md.

use std::fmt::Write as _;

use super::{Binding, Context, Keymap, spell};
use crate::settings::{Keys, Preset, Space};
use crate::tui::action::Action;

/// The contexts with what the papers call them, in their order.
pub const CONTEXTS: [(Context, &str); 19] = [
    (Context::Open, "Inbox and future"),
    (Context::Archive, "Archive"),
    (Context::Types, "Types"),
    (Context::Details, "Details"),
    (Context::Empty, "A file without tasks"),
    (Context::Palette, "Commands"),
    (Context::Snooze, "The snooze menu"),
    (Context::Power, "Power mode"),
    (Context::Call, "Before a call"),
    (Context::Called, "After a call"),
    (Context::Calendar, "The next two weeks"),
    (Context::Stats, "What was done"),
    (Context::Form, "Forms"),
    (Context::Conflict, "Changed elsewhere"),
    (Context::Menu, "Menus"),
    (Context::Field, "Fields"),
    (Context::Find, "The field of a search"),
    (Context::Question, "Questions"),
    (Context::Help, "Help and messages"),
];

impl Keymap {
    /// The bindings of each context that no earlier one has, with its name.
    fn in_order(&self) -> Vec<(&'static str, Vec<&Binding>)> {
        let mut seen: Vec<*const Binding> = Vec::new();
        let mut blocks = Vec::new();
        for (context, words) in CONTEXTS {
            let fresh: Vec<&Binding> =
                self.bindings_in(context).filter(|b| !seen.contains(&std::ptr::from_ref(*b))).collect();
            seen.extend(fresh.iter().map(|b| std::ptr::from_ref::<Binding>(b)));
            if !fresh.is_empty() {
                blocks.push((words, fresh));
            }
        }
        blocks
    }

    /// Every key that holds, with the name that the settings and the palette have for what
    /// it does, as text.
    pub fn paper(&self) -> String {
        let mut text = "Keys. In the settings: [keys], then lines such as snooze = [\"s\", \"Ctrl-t\"].\n".to_owned();
        for (words, bindings) in self.in_order() {
            _ = writeln!(text, "\n{words}");
            for binding in bindings {
                let line = format!("  {:<18} {:<22} {}", all(binding), binding.action.name(), binding.action.help());
                _ = writeln!(text, "{}", line.trim_end());
            }
        }
        text.push_str("\nOnly in the palette\n");
        for action in Action::all().filter(|action| action.is_palette_only()) {
            _ = writeln!(text, "  {:<18} {:<22} {}", "", action.name(), action.help());
        }
        text
    }
}

/// `j, Down`
fn all(binding: &Binding) -> String {
    binding.keys.iter().map(|keys| spell(keys)).collect::<Vec<_>>().join(", ")
}

/// docs/keys.md, of both presets.
pub fn page() -> String {
    let default = Keymap::default();
    let gmail = Keymap::new(&Keys { preset: Preset::Gmail, own: Vec::new() }, Space::Complete).unwrap_or_default();
    let mut text = HEAD.to_owned();
    for (words, bindings) in default.in_order() {
        _ = writeln!(text, "\n## {words}\n\n| key | name | what it does |\n|---|---|---|");
        for b in bindings {
            _ = writeln!(text, "| {} | `{}` | {} |", cell(b), b.action.name(), b.action.help());
        }
    }
    text.push_str("\n## Only in the palette\n\n| name | what it does |\n|---|---|\n");
    for action in Action::all().filter(|action| action.is_palette_only()) {
        _ = writeln!(text, "| `{}` | {} |", action.name(), action.help());
    }
    text.push_str("\n## The preset `gmail`\n\nAs above, save:\n\n| key | name | instead of |\n|---|---|---|\n");
    let both = default.bindings().iter().zip(gmail.bindings());
    let mut rows: Vec<String> = Vec::new();
    for (ours, theirs) in both.filter(|(ours, theirs)| ours.keys != theirs.keys) {
        let row = format!("| {} | `{}` | {} |\n", cell(theirs), theirs.action.name(), cell(ours));
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    text.push_str(&rows.concat());
    text
}

/// Keys in a table of Markdown.
fn cell(binding: &Binding) -> String {
    let code = |keys: &Vec<_>| match spell(keys).as_str() {
        "|" => "`\\|`".to_owned(),
        keys => format!("`{keys}`"),
    };
    binding.keys.iter().map(code).collect::<Vec<_>>().join(" ")
}

const HEAD: &str = "\
# Keys

Made from the code; a test holds that it is so. `repbox help keys` prints those that hold for you, `?` shows them on the screen.

Each can be another. In the settings file (`repbox config path`):

```toml
[keys]
preset = \"default\"          # or \"gmail\"
snooze = [\"s\", \"Ctrl-t\"]    # instead of s and h
go-inbox = \"g i\"            # one after the other
delete = []                 # none
```

A key has the same meaning wherever the action has one. Letters stay letters where text is typed. An unknown name, an unknown key, and a key that would mean two things in one place are named with their line when the screen starts, and by `repbox doctor`. The keys of a yes, a no and of whose values stand are written in the question and stay.
";
