//! Letters of other scripts, read as the Latin key in the same place of the keyboard.
//!
//! So that a rep who writes Russian or Greek need not change the layout to press `j`.

/// A layout's keys in the order of [`LATIN`]; a blank is a key that types no single letter.
const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";

const LAYOUTS: [&str; 7] = [
    // Russian
    "йцукенгшщзхъфывапролджэячсмитьбю",
    // Ukrainian
    "йцукенгшщзхїфівапролджєячсмитьбю",
    // Bulgarian and Serbian share too few places with one table; their users have Latin beside.
    // Greek
    " ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ  ",
    // Hebrew
    "  קראטוןםפ  שדגכעיחלךף זסבהנמצתץ",
    // Arabic
    "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوز",
    // Thai
    "ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใ",
    // Thai with Shift: the same keys, read as capitals.
    "๐ ฎฑธํ๊ณฯญฐ ฤฆฏโฌ็๋ษศซ  ฉฮฺ์  ฒฬ",
];

/// The layouts that stand for capitals as they are.
const SHIFTED: usize = 6;

/// The Latin character of the key that types `c`; `c` itself where no table has it.
pub(super) fn in_latin(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let small = c.to_lowercase().next().unwrap_or(c);
    for (i, layout) in LAYOUTS.iter().enumerate() {
        if let Some(place) = layout.chars().position(|letter| letter == small) {
            let latin = LATIN.chars().nth(place).unwrap_or(c);
            let capital = i == SHIFTED || small != c;
            return if capital { latin.to_ascii_uppercase() } else { latin };
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layout_has_a_place_for_every_latin_key() {
        for layout in LAYOUTS {
            assert_eq!(layout.chars().count(), LATIN.chars().count(), "{layout}");
        }
    }

    #[test]
    fn letters_are_read_by_their_place() {
        let read = |text: &str| text.chars().map(in_latin).collect::<String>();
        assert_eq!(read("оле"), "jkt");
        assert_eq!(read("ПФ"), "GA");
        assert_eq!(read("ξκγ"), "jkg");
        assert_eq!(read("חל"), "jk");
        assert_eq!(read("تن"), "jk");
        assert_eq!(read("่า"), "jk");
        assert_eq!(read("é日"), "é日");
    }
}
