//! Joints of sentences: two parts with a sign between them, a part between words.
//!
//! It deliberately knows neither cells nor formulas. Empty parts stay empty.

use super::both;
use crate::plan::Bilingual;

/// Two parts with a sign between them, the same in both languages.
pub(super) fn joined(a: &Bilingual, sign: &str, b: &Bilingual) -> Bilingual {
    both(
        format!("{} {sign} {}", a.vi, b.vi),
        format!("{} {sign} {}", a.en, b.en),
    )
}

/// A part after words of each language and before a sign.
pub(super) fn around(vi: &str, text: &Bilingual, en: &str, after: &str) -> Bilingual {
    both(
        format!("{vi}{}{after}", text.vi),
        format!("{en}{}{after}", text.en),
    )
}
