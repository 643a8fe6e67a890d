//! From the composed text that is parsed back to the bytes of the file.
//!
//! Almost every file is composed already and the two are the same. It deliberately composes letter
//! by letter, so that each place of the composed text has one place in the file.

use crate::text::{Span, normal};
use unicode_normalization::char::is_combining_mark;

/// The way back from composed text.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// Where letters of another length begin: composed offset, offset in the file; in order. Empty
    /// for a composed file.
    steps: Vec<(u32, u32)>,
    /// Words with decomposed letters: their places in the file and their composed text.
    pub decomposed: Vec<(Span, String)>,
}

impl Origin {
    /// The composed text of a file and the way back; `None` if the file is composed.
    pub fn compose(text: &str) -> Option<(String, Origin)> {
        if normal::is_composed(text) {
            return None;
        }
        let mut composed = String::with_capacity(text.len());
        let mut origin = Origin::default();
        let mut letter_start = 0;
        let mut letters = text.char_indices().peekable();
        while letters.next().is_some() {
            while letters
                .peek()
                .is_some_and(|(_, character)| is_combining_mark(*character))
            {
                letters.next();
            }
            let letter_end = letters.peek().map_or(text.len(), |(offset, _)| *offset);
            let letter = text.get(letter_start..letter_end).unwrap_or("");
            let before = composed.len();
            composed.push_str(&normal::composed(letter));
            if composed.len() - before != letter.len() {
                origin.steps.push((clip(before), clip(letter_start)));
                origin.steps.push((clip(composed.len()), clip(letter_end)));
            }
            letter_start = letter_end;
        }
        origin.decomposed = decomposed_words(text);
        Some((composed, origin))
    }

    /// The place in the file of a place in the composed text.
    pub fn span(&self, place: Span) -> Span {
        if self.steps.is_empty() {
            return place;
        }
        Span::new(self.offset(place.start), self.offset(place.end))
    }

    fn offset(&self, composed: u32) -> u32 {
        let after = self.steps.partition_point(|(at, _)| *at <= composed);
        match after.checked_sub(1).and_then(|index| self.steps.get(index)) {
            Some((at, original)) => original + (composed - at),
            None => composed,
        }
    }
}

fn clip(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn decomposed_words(text: &str) -> Vec<(Span, String)> {
    let mut words = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(|character: char| {
        !character.is_alphanumeric() && character != '_' && !is_combining_mark(character)
    }) {
        let bare = word.trim_end_matches(|character: char| {
            !character.is_alphanumeric() && character != '_' && !is_combining_mark(character)
        });
        if !normal::is_composed(bare) {
            words.push((
                Span::from_offsets(start, start + bare.len()),
                normal::composed(bare),
            ));
        }
        start += word.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_decomposed_file_are_found_again() {
        let file = "bie\u{302}\u{309}u X \"đơn\" cuo\u{302}\u{301}i Y";
        let Some((composed, origin)) = Origin::compose(file) else {
            panic!("the file is decomposed");
        };
        assert_eq!(composed, "biểu X \"đơn\" cuối Y");
        for word in ["X", "đơn", "Y"] {
            let at = composed.find(word).unwrap();
            let place = Span::from_offsets(at, at + word.len());
            assert_eq!(origin.span(place).of(file), word);
        }
        let words: Vec<_> = origin
            .decomposed
            .iter()
            .map(|(_, word)| word.as_str())
            .collect();
        assert_eq!(words, ["biểu", "cuối"]);
    }

    #[test]
    fn a_composed_file_needs_no_way_back() {
        assert!(Origin::compose("biểu cuối").is_none());
    }
}
