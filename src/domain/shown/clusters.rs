//! Text parted into graphemes. Most text is ASCII, where each character is one.

use unicode_segmentation::UnicodeSegmentation;

/// The graphemes of a text, in order.
#[derive(Clone, Debug)]
pub(super) struct Clusters<'a>(&'a str);

impl<'a> Clusters<'a> {
    /// Those of a text.
    pub(super) fn of(text: &'a str) -> Clusters<'a> {
        Clusters(text)
    }

    /// What is left.
    pub(super) fn as_str(&self) -> &'a str {
        self.0
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        // Nothing that is ASCII joins what stands before it, but for a line end of two characters.
        let length = match self.0.as_bytes() {
            [b' '..=b'~'] => 1,
            [b' '..=b'~', next, ..] if next.is_ascii() => 1,
            _ => self.0.graphemes(true).next()?.len(),
        };
        let (cluster, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(cluster)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn they_are_the_graphemes_of_unicode(
            parts in prop::collection::vec(prop_oneof![
                prop::sample::select(vec![
                    "a", "~", " ", "\r", "\n", "\r\n", "\t", "\u{7f}", "\u{301}", "\u{200d}", "\u{fe0f}", "👩", "🇱", "🇻",
                    "각", "ᄀ", "ᅡ", "क", "\u{94d}", "ष", "\u{600}", "見",
                ]).prop_map(str::to_owned),
                any::<char>().prop_map(String::from),
            ], 0..12),
        ) {
            let text = parts.concat();
            prop_assert_eq!(Clusters::of(&text).collect::<Vec<_>>(), text.graphemes(true).collect::<Vec<_>>());
        }
    }
}
