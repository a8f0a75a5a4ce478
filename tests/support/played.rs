//! Keys pressed in a terminal as a hand does it, and what the screen shows then.

use super::terminal::Terminal;
use super::typed;

/// Presses the keys of a text; waits until the screen shows all that is wanted, and no
/// complaint about a key.
pub(crate) fn play(terminal: &mut Terminal, text: &str, wanted: &[&str]) {
    for key in typed::keys(text) {
        if [".", "c"].contains(&key.name.as_str()) {
            // A hand sees what it acts on before it repeats it, or calls.
            terminal.settles();
        }
        terminal.key(std::str::from_utf8(&key.bytes).expect("text"));
        if key.name == "Esc" {
            // What follows at once would be a part of it.
            terminal.settles();
        }
    }
    terminal.shows(|screen| !screen.contains("No action on") && wanted.iter().all(|text| screen.contains(text)));
}
