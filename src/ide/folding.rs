//! What can be folded away: blocks between braces, comments of several lines, statements that go on over several lines.
//!
//! It knows the concrete tree only. A block whose brace is missing folds as far as it was read; what stands on one line is not folded.

use crate::syntax::tree::{Kind, Node};
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// A block between braces.
    Block,
    /// Comments.
    Comment,
    /// The further lines of a statement.
    Statement,
}

/// A piece of text over several lines that can be folded. Its first and last lines are those of the ends of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The piece: of a block from its opening to its closing brace.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// The folds of a file, in the order of their beginnings.
pub fn of_file(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let text = &source.file.text;
    let mut folds = comments(text);
    tree.walk(&mut |node| {
        let found = block(node, text).map(|span| Fold {
            span,
            kind: FoldKind::Block,
        });
        let found = found.or_else(|| {
            let last = node.children.iter().rfind(|child| !child.span.is_empty())?;
            (node.kind() == Kind::Statement).then_some(Fold {
                span: Span::new(node.span.start, last.span.end),
                kind: FoldKind::Statement,
            })
        });
        folds.extend(found.filter(|fold| fold.span.of(text).contains('\n')));
        true
    });
    folds.sort_unstable();
    folds.dedup_by_key(|fold| fold.span);
    folds
}

/// From the opening brace of a node to its closing one.
fn block(node: &Node, text: &str) -> Option<Span> {
    let is = |node: &&Node, sign: &str| node.kind() == Kind::Sign && node.span.of(text) == sign;
    let open = node.children.iter().find(|child| is(child, "{"))?;
    let close = node.children.iter().rfind(|child| is(child, "}"));
    let end = match close {
        Some(close) => close.span.end,
        None => node.children.iter().map(|child| child.span.end).max()?,
    };
    Some(Span::new(open.span.start, end))
}

/// Comments that stand on lines of their own, several in a row.
fn comments(text: &str) -> Vec<Fold> {
    let mut folds = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim();
        let indent = line.len() - line.trim_start().len();
        let span = Span::from_offsets(start + indent, start + indent + shown.len());
        start += line.len();
        if shown.starts_with("//") {
            open = Some(open.map_or(span, |known| known.cover(span)));
            continue;
        }
        folds.extend(open.take());
    }
    folds.extend(open);
    folds
        .into_iter()
        .filter(|span| span.of(text).contains('\n'))
        .map(|span| Fold {
            span,
            kind: FoldKind::Comment,
        })
        .collect()
}
