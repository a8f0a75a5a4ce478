//! Text parted into graphemes. In most text each character is one.

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
        let mut chars = self.0.chars();
        let (first, second) = (chars.next()?, chars.next());
        let length = if second.is_none() || is_alone(first) && second.is_some_and(is_alone) {
            first.len_utf8()
        } else {
            self.0.graphemes(true).next()?.len()
        };
        let (cluster, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(cluster)
    }
}

/// Whether a character is a grapheme for itself beside any other one of these: those of most
/// writings and lines, and no more than is looked at quickly.
pub(super) fn is_alone(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{A1}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{370}'..='\u{482}'
        | '\u{48A}'..='\u{52F}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{20A0}'..='\u{20BF}'
        | '\u{2190}'..='\u{259F}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        // Syllables join the parts of one behind them, and no other syllable.
        | '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_a_grapheme_for_itself_joins_nothing_of_its_kind() {
        for c in ('\0'..=char::MAX).filter(|c| is_alone(*c)) {
            for other in ['a', 'é', '─', '見', '각', '가', c] {
                for pair in [[c, other], [other, c]].map(String::from_iter) {
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                }
            }
        }
    }

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
