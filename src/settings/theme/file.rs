//! A theme as a TOML file: `alarm = "bold red"`, a line for each role.

use std::path::Path;

use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Role, Theme};
use crate::settings::SettingsError;
use crate::settings::source::{line_at, one_of};

/// The 16 colours of terminals, by the names that themes write.
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// Nothing of it blinks.
const ATTRIBUTES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Stands before the colour of the ground.
const ON: &str = "on";

/// How a theme is written, for the paper on settings.
pub(in crate::settings) fn page() -> String {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let (colours, attributes) = (COLOURS.map(|(name, _)| name), ATTRIBUTES.map(|(name, _)| name));
    let mut page = format!(
        "A theme is a file such as `themes/mine.toml` beside the settings: a line for each role that is to look \
         other than in the default theme, for instance `alarm = \"bold red on 236\"`. A line has attributes \
         ({}), the colour of the letters, and behind `{ON}` that of the ground. A colour is one of the terminal's \
         own ({}), a number of its 256, or `\"#ff8700\"`. What is not understood is told with file and line.\n\n\
         | role | what it is |\n|---|---|\n",
        quoted(&attributes),
        quoted(&colours),
    );
    for role in Role::ALL {
        page.push_str(&format!("| `{}` | {} |\n", role.name(), role.about()));
    }
    page
}

/// Reads a theme; roles that are left out look as in `base`.
///
/// # Errors
/// When it is no TOML, or names a role, a colour or an attribute that there is not.
pub(super) fn read(text: &str, path: &Path, base: &Theme) -> Result<Theme, SettingsError> {
    let wrong = |at: usize, what: String| {
        let line = line_at(text.as_bytes(), at);
        SettingsError::Theme { path: path.to_owned(), line, what }
    };
    let table = DeTable::parse(text).map_err(|e| {
        let what = e.message().lines().next().unwrap_or_default();
        wrong(e.span().unwrap_or_default().start, format!("{what}; themes look like: alarm = \"bold red\""))
    })?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut theme = Theme { name: name.into_owned(), ..base.clone() };
    for (key, value) in table.get_ref() {
        let typed = key.get_ref().as_ref();
        let Some(role) = Role::ALL.into_iter().find(|role| role.name() == typed) else {
            let what = format!("unknown role {typed:?}; {}", one_of(typed, &Role::ALL.map(Role::name)));
            return Err(wrong(key.span().start, what));
        };
        let style = words(value).and_then(|words| style(&words));
        theme.styles[role as usize] = style.map_err(|what| wrong(value.span().start, format!("{typed}: {what}")))?;
    }
    Ok(theme)
}

fn words(value: &Spanned<DeValue<'_>>) -> Result<String, String> {
    match value.get_ref() {
        DeValue::String(words) => Ok(words.to_string()),
        _ => Err("it must be a text in quotes, such as \"bold red on 236\"".to_owned()),
    }
}

/// `bold red on 236`: attributes, the colour of the letters, `on` and that of the ground.
fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut is_ground = false;
    for word in words.split_whitespace() {
        match ATTRIBUTES.iter().find(|(name, _)| *name == word) {
            Some((_, attribute)) if !is_ground => style = style.add_modifier(*attribute),
            None if word == ON && !is_ground => is_ground = true,
            _ => {
                let slot = if std::mem::take(&mut is_ground) { &mut style.bg } else { &mut style.fg };
                if slot.is_some() {
                    return Err(format!("{word:?} is a colour too many; a ground follows \"on\""));
                }
                *slot = Some(colour(word)?);
            }
        }
    }
    if is_ground { Err("a colour is missing behind \"on\"".to_owned()) } else { Ok(style) }
}

fn colour(word: &str) -> Result<Color, String> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Ok(*colour);
    }
    if let Ok(index) = word.parse::<u8>() {
        return Ok(Color::Indexed(index));
    }
    if word.starts_with('#') {
        return word.parse().map_err(|_| format!("{word:?} is no colour; write it as \"#ff8700\""));
    }
    let names = COLOURS.iter().map(|(name, _)| *name).chain(ATTRIBUTES.iter().map(|(name, _)| *name));
    let names: Vec<&str> = names.chain([ON, "0 to 255", "\"#ff8700\""]).collect();
    Err(format!("{word:?} is no colour and no attribute; {}", one_of(word, &names)))
}
