//! One language, two spellings: exchanging every keyword of a file for its other spelling.
//!
//! Only keywords of the tree are touched, so names, texts, comments, space and stray lines stay as
//! they are, and a file wholly in one spelling converts there and back byte for byte. A file that
//! cannot be read is returned as it is.

use super::tree::{Kind, Node};
use super::{DEEPEST_NESTING, Origin, concrete, nesting};
use crate::text::language::Language;

/// The text with all keywords in one language.
pub fn convert_keywords(text: &str, language: Language) -> String {
    let composed = Origin::compose(text).map(|(composed, _)| composed);
    let text = composed.as_deref().unwrap_or(text);
    if nesting::too_deep(text, DEEPEST_NESTING).is_some() {
        return text.to_owned();
    }
    let Ok(tree) = concrete(text, &Origin::default()) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut copied = 0;
    tree.walk(&mut |node: &Node| {
        let Kind::Keyword(keyword) = node.kind() else {
            return true;
        };
        let written = node.text(text);
        let other = match language {
            Language::Vietnamese => keyword.word.vi,
            Language::English => keyword.word.en,
        };
        // What is in the language already keeps its inner space.
        if !written.split_whitespace().eq(other.split_whitespace()) {
            out.push_str(text.get(copied..node.place.start as usize).unwrap_or(""));
            out.push_str(other);
            copied = node.place.end as usize;
        }
        true
    });
    out.push_str(text.get(copied..).unwrap_or(""));
    out
}
