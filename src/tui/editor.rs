//! The person's own editor, for a long text.

use std::fs::{OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::process::Command;

/// Runs the editor of `VISUAL` or `EDITOR`, else `vi`, on the text; what it was saved as.
/// The file is private and its name tells nothing. An error is a sentence.
pub(super) fn run(text: &str) -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let editor = named.into_iter().find(|editor| !editor.trim().is_empty()).unwrap_or_else(|| "vi".to_owned());
    let failed = |error: io::Error| format!("the editor could not be used ({error}); the text is as it was");
    // A new folder that nobody else may enter.
    let folder = tempfile::Builder::new()
        .prefix("repbox-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir()
        .map_err(failed)?;
    let path = folder.path().join("task.txt");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    drop(file);
    // The variable may hold arguments, so the shell reads it, as it does for other programs.
    let status = Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg("sh").arg(&path).status();
    match status.map_err(failed)? {
        status if status.success() => std::fs::read_to_string(&path).map_err(failed),
        status => Err(format!("{editor} ended without saving ({status}); the text is as it was")),
    }
}
