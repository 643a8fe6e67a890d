//! Which keyword an author meant who wrote something close to one.
//!
//! It deliberately proposes nothing where nothing is near: a wrong guess is worse than none.

use crate::diagnostic::problem::syntax::Word;
use crate::syntax::keywords;
use crate::text::normal::{spelling_key, without_marks};

/// How the written words differ from the keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Another accepted spelling, or capital letters.
    Variant,
    /// The Vietnamese marks are missing.
    Marks,
    /// So many letters are different.
    Letters(usize),
}

/// A keyword that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Near<'s> {
    /// The keyword.
    pub word: Word,
    /// The spelling of it that is near.
    pub spelling: &'static str,
    /// The words as written.
    pub written: &'s str,
    /// How near.
    pub nearness: Nearness,
}

/// The keyword that a text begins with, the longest one.
pub(super) fn leading(text: &str) -> Option<Word> {
    keywords::table()
        .iter()
        .flat_map(|keyword| {
            [
                (keyword.word.vi, keyword.word),
                (keyword.word.en, keyword.word),
            ]
        })
        .filter(|(spelling, _)| {
            first_words(text, words_of(spelling))
                .is_some_and(|written| written.split_whitespace().eq(spelling.split_whitespace()))
        })
        .max_by_key(|(spelling, _)| spelling.len())
        .map(|(_, word)| word)
}

/// The nearest of the candidates to the words a text begins with.
pub(super) fn nearest<'s>(text: &'s str, candidates: &[Word]) -> Option<Near<'s>> {
    candidates
        .iter()
        .flat_map(|word| [(word.vi, *word), (word.en, *word)])
        .filter_map(|(spelling, word)| {
            let written = first_words(text, words_of(spelling))?;
            Some(Near {
                word,
                spelling,
                written,
                nearness: nearness(written, spelling)?,
            })
        })
        .min_by_key(|near| (near.nearness, usize::MAX - near.spelling.len()))
}

fn nearness(written: &str, spelling: &str) -> Option<Nearness> {
    if written == spelling {
        return None;
    }
    if spelling_key(written) == spelling_key(spelling) {
        return Some(Nearness::Variant);
    }
    let bare = without_marks(written);
    if bare == without_marks(spelling) {
        let typed_bare = written.to_lowercase() == bare;
        return Some(if typed_bare {
            Nearness::Marks
        } else {
            Nearness::Letters(0)
        });
    }
    let length = spelling.chars().count();
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let distance = strsim::damerau_levenshtein(&written.to_lowercase(), spelling);
    (distance <= allowed).then_some(Nearness::Letters(distance))
}

fn words_of(spelling: &str) -> usize {
    spelling.split(' ').count()
}

/// The first `count` words of a text, as they stand in it; a word ends before a sign.
fn first_words(text: &str, count: usize) -> Option<&str> {
    let mut words = 0;
    let mut inside = false;
    for (offset, character) in text.char_indices() {
        let part = character.is_alphanumeric() || character == '_' || "->".contains(character);
        if part && !inside {
            if words == count {
                return text.get(..offset).map(str::trim_end);
            }
            words += 1;
        } else if !part {
            if words == count {
                return text.get(..offset).map(str::trim_end);
            }
            if !matches!(character, ' ' | '\t' | '\u{A0}') {
                return None;
            }
        }
        inside = part;
    }
    (words == count).then_some(text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGIME: Word = Word {
        vi: "chế độ",
        en: "regime",
    };
    const PERIOD: Word = Word {
        vi: "kỳ",
        en: "period",
    };
    const COLUMN: Word = Word {
        vi: "cột",
        en: "column",
    };

    fn guess(text: &str) -> Option<(Word, Nearness)> {
        nearest(text, &[REGIME, PERIOD, COLUMN]).map(|near| (near.word, near.nearness))
    }

    #[test]
    fn typing_without_marks_is_recognised() {
        assert_eq!(guess("che do X"), Some((REGIME, Nearness::Marks)));
    }

    #[test]
    fn an_accepted_spelling_and_a_capital_are_variants() {
        assert_eq!(guess("kì quý"), Some((PERIOD, Nearness::Variant)));
        assert_eq!(guess("Cột 3"), Some((COLUMN, Nearness::Variant)));
    }

    #[test]
    fn a_slip_of_the_finger_is_near_and_another_word_is_not() {
        assert_eq!(guess("colum 3"), Some((COLUMN, Nearness::Letters(1))));
        assert_eq!(guess("paragraph 3"), None);
    }

    #[test]
    fn the_longest_keyword_leads() {
        assert_eq!(
            leading("dòng tổng \"A\"").map(|word| word.en),
            Some("total row")
        );
        assert_eq!(leading("dòngtổng"), None);
    }
}
