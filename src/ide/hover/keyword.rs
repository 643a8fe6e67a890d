//! What a keyword says: one sentence of the reference and its other spelling.
//!
//! It knows the concrete tree only, and therefore speaks in any text whose line still begins with the keyword. Elsewhere it has no answer.

use super::Hover;
use crate::syntax::keywords::Keyword;
use crate::syntax::tree::{Kind, Node};
use crate::text::FileId;
use crate::text::language::Language;
use crate::workspace::Snapshot;

/// What is told about the keyword at an offset.
pub(super) fn at(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    language: Language,
) -> Option<Hover> {
    let tree = snapshot.tree(file)?;
    let mut found = None;
    tree.walk(&mut |node: &Node| {
        if node.span.start > offset || node.span.end < offset {
            return false;
        }
        if let Kind::Keyword(keyword) = node.kind() {
            // Between two keywords the one that begins goes first.
            let ends = node.span.end == offset;
            if found.is_none() || !ends {
                found = Some((keyword, node.span));
            }
        }
        true
    });
    let (keyword, span) = found?;
    Some(Hover {
        span,
        markdown: told(keyword, language)?,
    })
}

fn told(keyword: &Keyword, language: Language) -> Option<String> {
    let sentence = keyword.sentence()?;
    let (own, other, said) = match language {
        Language::Vietnamese => (keyword.word.vi, keyword.word.en, sentence.vi),
        Language::English => (keyword.word.en, keyword.word.vi, sentence.en),
    };
    Some(format!("**`{own}`** · `{other}`\n\n{said}"))
}
