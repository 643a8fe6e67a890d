//! Which keyword an author meant who wrote something close to one.
//!
//! It deliberately proposes nothing where nothing is near: a wrong guess is worse than none.

use crate::diagnostic::problem::syntax::Word;
use crate::syntax::keywords;
use crate::text::normal::{spelling_key, without_marks};
use std::sync::LazyLock;

/// So many bytes no keyword has, in whatever spelling.
const LONGEST: usize = 200;

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

/// One spelling of a keyword, with all that does not depend on what was written.
struct Spelling {
    word: Word,
    spelling: &'static str,
    words: usize,
    letters: usize,
    key: String,
    bare: String,
}

/// Both spellings of every keyword, those of one word first.
static SPELLINGS: LazyLock<Vec<Spelling>> = LazyLock::new(|| {
    let both = keywords::table().iter().flat_map(|keyword| {
        let word = keyword.word;
        [(word.vi, word), (word.en, word)]
    });
    let mut all: Vec<Spelling> = both
        .map(|(spelling, word)| Spelling {
            word,
            spelling,
            words: spelling.split(' ').count(),
            letters: spelling.chars().count(),
            key: spelling_key(spelling),
            bare: without_marks(spelling),
        })
        .collect();
    all.sort_by_key(|spelling| spelling.words);
    all
});

/// The first words of a text, ready to be compared.
struct Written<'s> {
    text: &'s str,
    lower: String,
    letters: usize,
    key: String,
    bare: String,
}

impl<'s> Written<'s> {
    fn new(text: &'s str) -> Written<'s> {
        let lower = text.to_lowercase();
        Written {
            text,
            letters: lower.chars().count(),
            key: spelling_key(text),
            bare: without_marks(text),
            lower,
        }
    }

    fn nearness(&self, spelling: &Spelling) -> Option<Nearness> {
        if self.text == spelling.spelling {
            return None;
        }
        if self.key == spelling.key {
            return Some(Nearness::Variant);
        }
        if self.bare == spelling.bare {
            return Some(match self.lower == self.bare {
                true => Nearness::Marks,
                false => Nearness::Letters(0),
            });
        }
        let allowed = match spelling.letters {
            0..=2 => 0,
            3..=4 => 1,
            5..=8 => 2,
            _ => 3,
        };
        if self.letters.abs_diff(spelling.letters) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&self.lower, spelling.spelling);
        (distance <= allowed).then_some(Nearness::Letters(distance))
    }
}

/// The keyword that a text begins with, the longest one; of several with one spelling the first that is preferred, else the first.
pub(super) fn leading(text: &str, preferred: &[Word]) -> Option<Word> {
    let mut longest: Option<&Spelling> = None;
    let mut written = String::new();
    let mut words = 0;
    for spelling in SPELLINGS.iter() {
        if spelling.words > words {
            words = spelling.words;
            let Some(first) = first_words(text, words) else {
                break;
            };
            written = first.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        if written != spelling.spelling {
            continue;
        }
        let better = longest.is_none_or(|known| {
            known.spelling.len() < spelling.spelling.len()
                || (preferred.contains(&spelling.word) && !preferred.contains(&known.word))
        });
        if better {
            longest = Some(spelling);
        }
    }
    longest.map(|spelling| spelling.word)
}

/// The nearest keyword to the words a text begins with, of those that are candidates.
pub(super) fn nearest<'s>(text: &'s str, candidate: impl Fn(Word) -> bool) -> Option<Near<'s>> {
    let mut found: Vec<Near<'s>> = Vec::new();
    let mut written: Option<Written<'s>> = None;
    let mut words = 0;
    for spelling in SPELLINGS.iter() {
        if spelling.words > words {
            words = spelling.words;
            written = first_words(text, words).map(Written::new);
        }
        let Some(written) = &written else { break };
        let Some(nearness) = written.nearness(spelling) else {
            continue;
        };
        if candidate(spelling.word) {
            found.push(Near {
                word: spelling.word,
                spelling: spelling.spelling,
                written: written.text,
                nearness,
            });
        }
    }
    found
        .into_iter()
        .min_by_key(|near| (near.nearness, usize::MAX - near.spelling.len(), near.word))
}

/// The nearest keyword that begins like the one a text begins with and is longer: `hạn gữi` for `hạn gửi`, although `hạn` is a keyword too.
pub(super) fn longer<'s>(
    text: &'s str,
    leading: Word,
    candidate: impl Fn(Word) -> bool,
) -> Option<Near<'s>> {
    let words = |text: &str| text.split_whitespace().count();
    let written = match text.starts_with(leading.vi) {
        true => leading.vi,
        false => leading.en,
    };
    let begins_alike = |near: &Near<'_>| {
        near.spelling.starts_with(written) && words(near.written) > words(written)
    };
    nearest(text, candidate).filter(begins_alike)
}

/// The keyword of several words of which a text begins with the first ones only; none where several begin so.
pub(super) fn begun<'s>(text: &'s str, candidate: impl Fn(Word) -> bool) -> Option<Near<'s>> {
    let longest = SPELLINGS.last().map_or(0, |spelling| spelling.words);
    for count in (1..longest).rev() {
        let Some(written) = first_words(text, count) else {
            continue;
        };
        let begins = |spelling: &&Spelling| {
            let mut words = spelling.spelling.split(' ');
            spelling.words > count
                && written
                    .split_whitespace()
                    .all(|one| words.next() == Some(one))
                && candidate(spelling.word)
        };
        let mut found = SPELLINGS.iter().filter(begins);
        let Some(spelling) = found.next() else {
            continue;
        };
        let others = found.any(|other| other.word != spelling.word);
        return (!others).then_some(Near {
            word: spelling.word,
            spelling: spelling.spelling,
            written,
            nearness: Nearness::Letters(0),
        });
    }
    None
}

/// The first `count` words of a text, as they stand in it; a word ends before a sign. None are found in a line whose words are longer than any keyword.
fn first_words(text: &str, count: usize) -> Option<&str> {
    let mut words = 0;
    let mut inside = false;
    for (offset, character) in text.char_indices() {
        if offset > LONGEST {
            return None;
        }
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
        let candidate = |word| [REGIME, PERIOD, COLUMN].contains(&word);
        nearest(text, candidate).map(|near| (near.word, near.nearness))
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
    fn a_word_longer_than_any_keyword_is_near_none() {
        let long = "cột".repeat(100_000);
        assert_eq!(guess(&long), None);
        assert_eq!(leading(&long, &[]), None);
    }

    #[test]
    fn the_longest_keyword_leads() {
        assert_eq!(
            leading("dòng tổng \"A\"", &[]).map(|word| word.en),
            Some("total row")
        );
        assert_eq!(leading("dòngtổng", &[]), None);
    }
}
