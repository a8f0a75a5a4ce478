//! Keys as the papers write them: `` `g` `` is a key, `` `Ctrl-s` `` too, *fri 9* is typed.

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    /// As a person calls it.
    pub(crate) name: String,
    /// What a terminal sends.
    pub(crate) bytes: Vec<u8>,
}

/// The keys of a text; what is in no marks is words between them.
pub(crate) fn keys(text: &str) -> Vec<Typed> {
    let (mut keys, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(['`', '*']) {
        let (mark, behind) = rest[at..].split_at(1);
        let (marked, behind) = behind.split_once(mark).expect("a second mark");
        match mark {
            "`" => keys.extend(marked.split(' ').map(key)),
            _ => keys.extend(marked.chars().map(|c| letter(c.to_string()))),
        }
        rest = behind;
    }
    keys
}

fn key(name: &str) -> Typed {
    let sent = match name {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "Space" => " ",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        _ => return with_control(name).unwrap_or_else(|| letter(name.to_owned())),
    };
    Typed { name: name.to_owned(), bytes: sent.as_bytes().to_vec() }
}

fn with_control(name: &str) -> Option<Typed> {
    let letter = name.strip_prefix("Ctrl-")?.bytes().next()?;
    Some(Typed { name: name.to_owned(), bytes: vec![letter & 0x1f] })
}

fn letter(text: String) -> Typed {
    let bytes = text.clone().into_bytes();
    assert_eq!(text.chars().count(), 1, "{text} is no key");
    Typed { name: text, bytes }
}
