//! From the cursor outward: the word, the part, the statement, the block, the file.
//!
//! It knows the concrete tree only, so that it has an answer in any text that is read at all.

use crate::syntax::tree::{Kind, Node};
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;

/// The pieces of text around an offset, the smallest first; each lies in the next.
pub fn around(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Span> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let text = &source.file.text;
    let at = Span::at(offset);
    let mut found = Vec::new();
    tree.walk(&mut |node: &Node| {
        let inside = node.span.contains(at);
        if inside {
            found.push(node.span);
            if node.kind() == Kind::Label {
                found.extend(words(node.span, text, offset));
            }
            found.extend(between_braces(node, text).filter(|inner| inner.contains(at)));
        }
        inside
    });
    for span in &mut found {
        let written = span.of(text);
        let begin = span.start as usize + (written.len() - written.trim_start().len());
        *span = Span::from_offsets(begin, begin + written.trim().len());
    }
    found.push(Span::from_offsets(0, text.len()));
    found.retain(|span| !span.is_empty() && span.contains(at));
    found.sort_by_key(|span| (span.len(), span.start));
    found.dedup();
    // Where the cursor stands between two words, only one of them can be in what is around.
    let mut chain: Vec<Span> = Vec::new();
    for span in found {
        if chain.last().is_none_or(|inner| span.contains(*inner)) {
            chain.push(span);
        }
    }
    chain
}

/// The word and the whole text inside quotation marks.
fn words(label: Span, text: &str, offset: u32) -> Vec<Span> {
    let written = label.of(text);
    let closed = written.len() > 1 && written.ends_with(['"', '”']);
    let first = written.chars().next().map_or(0, char::len_utf8);
    let last = match written.chars().next_back().filter(|_| closed) {
        Some(mark) => mark.len_utf8(),
        None => 0,
    };
    let start = label.start as usize + first;
    let end = (label.end as usize).saturating_sub(last).max(start);
    let inner = Span::from_offsets(start, end);
    if !inner.contains(Span::at(offset)) {
        return Vec::new();
    }
    let at = offset as usize;
    let before = text.get(start..at).unwrap_or("");
    let after = text.get(at..end).unwrap_or("");
    let letter =
        |letter: &char| letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(letter);
    let back: usize = before
        .chars()
        .rev()
        .take_while(letter)
        .map(char::len_utf8)
        .sum();
    let forth: usize = after.chars().take_while(letter).map(char::len_utf8).sum();
    vec![Span::from_offsets(at - back, at + forth), inner]
}

/// What stands between the braces of a block, without the space at its ends.
fn between_braces(node: &Node, text: &str) -> impl Iterator<Item = Span> {
    let is = |node: &&Node, sign: &str| node.kind() == Kind::Sign && node.span.of(text) == sign;
    let open = node.children.iter().find(|child| is(child, "{"));
    let close = node.children.iter().rfind(|child| is(child, "}"));
    let inside = open
        .zip(close)
        .map(|(open, close)| Span::new(open.span.end, close.span.start));
    inside.into_iter().map(|span| {
        let written = span.of(text);
        let start = span.start as usize + (written.len() - written.trim_start().len());
        Span::from_offsets(start, start + written.trim().len())
    })
}
