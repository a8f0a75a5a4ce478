//! The shells: the script that each loads, and the answer in its own form.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::env::{self, CompleteEnv, EnvCompleter, Shells};
use clap_complete::{Shell, engine};

use crate::cli::args::Cli;

/// The variable by which a shell's script asks.
const VARIABLE: &str = "COMPLETE";

const SHELLS: Shells<'static> = Shells(&[&Bash, &env::Elvish, &env::Fish, &env::Powershell, &env::Zsh]);

/// Answers a shell that asks what could be typed; false where none asks.
///
/// # Errors
/// When the answer cannot be written.
pub fn answer() -> clap::error::Result<bool> {
    // The name of the variable is a common one: what is no shell was not meant for repbox.
    let asks = std::env::var(VARIABLE).is_ok_and(|shell| SHELLS.completer(&shell).is_some());
    if !asks {
        return Ok(false);
    }
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(Cli::command)
        .var(VARIABLE)
        .shells(SHELLS)
        .try_complete(std::env::args_os(), folder.as_deref())
}

/// Writes the script that makes a shell ask this program.
///
/// # Errors
/// When it cannot be written.
pub fn script(shell: Shell, out: &mut dyn Write) -> io::Result<()> {
    let completer = SHELLS.completer(&shell.to_string()).ok_or(io::ErrorKind::Unsupported)?;
    completer.write_registration(VARIABLE, "repbox", "repbox", &this_program(), out)
}

/// As it was called: by name, or by a path, which is made whole.
fn this_program() -> String {
    let called = std::env::args_os().next().unwrap_or_else(|| OsString::from("repbox"));
    let path = Path::new(&called);
    let whole = if path.components().count() > 1 { std::path::absolute(path).ok() } else { None };
    whole.unwrap_or_else(|| path.to_owned()).to_string_lossy().into_owned()
}

/// As clap's own, except that what a person's name may hold cannot end the word or run.
struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        env::Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        env::Bash.is(name)
    }

    fn write_registration(
        &self,
        variable: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        env::Bash.write_registration(variable, name, bin, completer, out)
    }

    fn write_complete(
        &self,
        command: &mut Command,
        mut words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let at: usize = number("_CLAP_COMPLETE_INDEX").unwrap_or_default();
        let between = std::env::var("_CLAP_IFS").unwrap_or_else(|_| "\n".to_owned());
        for word in &mut words {
            *word = unescaped(&word.to_string_lossy()).into();
        }
        let found = engine::complete(command, words, at, folder)?;
        let values: Vec<String> = found.iter().map(|found| escaped(&found.get_value().to_string_lossy())).collect();
        write!(out, "{}", values.join(&between))
    }
}

/// A word as it was meant: without the quotes and backslashes that kept it together.
fn unescaped(word: &str) -> String {
    let mut letters = word.chars();
    let mut out = String::with_capacity(word.len());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            '\'' | '"' => {}
            _ => out.push(letter),
        }
    }
    out
}

/// A word that bash takes as it is. `~` stays, for it stands before paths.
fn escaped(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-+./,:=@%~".contains(c);
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if !is_plain(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_bash_is_read_back_as_it_was() {
        for text in ["Fabrikam", "Łódź Print Works", "$(rm -rf ~); `x` & 'y' \"z\"", "a\\b", "!x #y *"] {
            assert_eq!(unescaped(&escaped(text)), text);
        }
        assert_eq!(escaped("a b;$(c)"), "a\\ b\\;\\$\\(c\\)");
        assert_eq!(unescaped("'Acme In"), "Acme In");
    }
}
