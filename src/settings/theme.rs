//! How the screen looks: a style for each role.
//!
//! | what | file |
//! |---|---|
//! | what a piece of text is | `role` |
//! | how a theme is written | `file`; the built-in ones: `assets/themes/` |

mod file;
mod role;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ratatui::style::Style;

pub use role::Role;

use super::SettingsError;

/// A style for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    name: String,
    /// By [`Role`].
    styles: [Style; Role::COUNT],
}

/// The built-in themes by name, the default first.
const BUILT_IN: [(&str, &str); 5] = [
    ("default", include_str!("../../assets/themes/default.toml")),
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

static READY: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    let bare = Theme { name: String::new(), styles: [Style::new(); Role::COUNT] };
    let read = |(name, text): &(&str, &str)| file::read(text, Path::new(name), &bare);
    BUILT_IN.iter().map(|theme| read(theme).expect("a test reads the built-in themes")).collect()
});

impl Theme {
    /// Bold, underline and reverse alone.
    pub fn mono() -> &'static Theme {
        &READY[BUILT_IN.len() - 1]
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a role looks on whatever ground there is.
    pub fn on_any_ground(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// How a role looks on the ground of this theme.
    pub fn style(&self, role: Role) -> Style {
        self.styles[Role::Plain as usize].patch(self.styles[role as usize])
    }
}

impl Default for Theme {
    fn default() -> Theme {
        READY[0].clone()
    }
}

/// The themes at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themes {
    all: Vec<Theme>,
    /// What is wrong with the files that are no themes.
    broken: Vec<String>,
    /// The one that the settings name.
    set: Theme,
}

impl Default for Themes {
    fn default() -> Themes {
        Themes { all: READY.clone(), broken: Vec::new(), set: Theme::default() }
    }
}

impl Themes {
    /// The built-in themes and those beside the settings file; one of one's own takes the
    /// place of a built-in one of its name. `set` is the one that the settings name.
    ///
    /// # Errors
    /// When the file of the one that is set is not understood.
    pub fn load(settings: Option<&Path>, set: &str) -> Result<Themes, SettingsError> {
        let mut themes = Themes::default();
        for path in settings.map(files).unwrap_or_default() {
            match read(&path) {
                Ok(theme) => themes.take(theme),
                Err(error) if name_of(&path) == set => return Err(error),
                Err(error) => themes.broken.push(error.to_string()),
            }
        }
        // Reading the settings has found its name; by now the file may be gone.
        themes.set = themes.named(set).cloned().unwrap_or_default();
        Ok(themes)
    }

    fn take(&mut self, theme: Theme) {
        match self.all.iter_mut().find(|known| known.name == theme.name) {
            Some(known) => *known = theme,
            None => self.all.push(theme),
        }
    }

    /// The one that the settings name.
    pub fn set(&self) -> &Theme {
        &self.set
    }

    /// All of them, the built-in ones first.
    pub fn all(&self) -> &[Theme] {
        &self.all
    }

    /// The one of this name.
    pub fn named(&self, name: &str) -> Option<&Theme> {
        self.all.iter().find(|theme| theme.name == name)
    }

    /// What is wrong with files that are no themes, each with its file and line.
    pub fn broken(&self) -> &[String] {
        &self.broken
    }
}

pub(super) use file::page;

/// The names of the themes that a settings file can set.
pub(super) fn names(settings: &Path) -> Vec<String> {
    let built_in = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    built_in.chain(files(settings).iter().map(|path| name_of(path))).collect()
}

/// The files of themes beside a settings file, by name. Without their folder there are none.
fn files(settings: &Path) -> Vec<PathBuf> {
    let folder = settings.with_file_name("themes");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<Theme, SettingsError> {
    let bytes = std::fs::read(path).map_err(|source| SettingsError::Read { path: path.to_owned(), source })?;
    let text = str::from_utf8(&bytes).map_err(|e| SettingsError::Theme {
        path: path.to_owned(),
        line: super::source::line_at(&bytes, e.valid_up_to()),
        what: "this is no UTF-8".to_owned(),
    })?;
    file::read(text, path, &Theme::default())
}
