//! Unicode normal form C, in which all names and keywords of the language are compared, and the
//! folding that tells which accented word somebody meant who typed without accents.
//!
//! It deliberately does not decide what is a mistake; it only compares and converts.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text in normal form C.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Whether the text already is in normal form C.
pub fn is_composed(text: &str) -> bool {
    is_nfc(text)
}

/// The text in lower case without any Vietnamese mark: `Chế độ` becomes `che do`. For suggestions
/// only; two different words may fold to the same text.
pub fn without_marks(text: &str) -> String {
    text.nfd()
        .filter(|character| !is_combining_mark(*character))
        .map(|character| match character {
            'đ' | 'Đ' => 'd',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The text folded so that accepted variants of Vietnamese spelling become one: lower case, `y` and
/// `i` alike as a final vowel (`kì`, `kỳ`), and the tone mark put at the end of its syllable
/// (`luỹ`, `lũy`).
pub fn spelling_key(text: &str) -> String {
    let lower: String = text.to_lowercase();
    lower
        .split(' ')
        .map(syllable_key)
        .collect::<Vec<_>>()
        .join(" ")
}

fn syllable_key(syllable: &str) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut letters = String::new();
    let mut tones = String::new();
    for character in syllable.nfd() {
        if TONES.contains(&character) {
            tones.push(character);
        } else {
            letters.push(if character == 'y' { 'i' } else { character });
        }
    }
    letters.push_str(&tones);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decomposed_word_is_recognised_and_composed() {
        let decomposed = "bie\u{302}\u{309}u";
        assert!(!is_composed(decomposed));
        assert_eq!(composed(decomposed), "biểu");
        assert!(is_composed("biểu"));
    }

    #[test]
    fn marks_are_dropped_for_comparison_only() {
        assert_eq!(without_marks("Chế độ Đơn vị"), "che do don vi");
    }

    #[test]
    fn variants_of_one_spelling_share_a_key() {
        assert_eq!(spelling_key("kì"), spelling_key("Kỳ"));
        assert_eq!(spelling_key("luỹ kế"), spelling_key("lũy kế"));
        assert_eq!(spelling_key("khoá"), spelling_key("khóa"));
        assert_ne!(spelling_key("trong"), spelling_key("trống"));
    }
}
