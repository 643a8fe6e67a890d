//! Declarations in a block that does not take them, such as a catalog in a regime or a test in a form.
//!
//! For the grammar such a declaration ends every block at hand, because mostly the closing brace before it is missing. Where a brace further down then closes nothing, none was
//! missing: the text is read again with blanks for the declaration, and the declaration is put back into the block as `misplaced`. It deliberately knows braces, not meaning.
//! Where the second reading closes no more of the text than the first, the first stands.

use super::concrete;
use super::grammar::Rule;
use super::origin::Origin;
use super::tree::Node;
use crate::text::Span;

/// Longer texts are not read again: no regime is so long, and text of any kind has to be answered in time.
const LONGEST: usize = 128 * 1024;

/// How often a text is read again; each reading finds all declarations of one block.
const READINGS: usize = 4;

/// How many ends of blocks are looked at before one reading.
const ENDS: usize = 8;

/// The tree of a text with the declarations that its braces enclose put where they stand; `None` if there are none.
pub(super) fn put_inside(tree: &Node, text: &str, origin: &Origin) -> Option<Node> {
    let before = unmatched(tree);
    if before == 0 || text.len() > LONGEST {
        return None;
    }
    let mut blanked = text.to_owned();
    let mut found: Vec<Node> = Vec::new();
    let mut read: Option<Node> = None;
    for _ in 0..READINGS {
        let declarations = enclosed(read.as_ref().unwrap_or(tree), text);
        if declarations.is_empty() {
            break;
        }
        for declaration in &declarations {
            blanked = without(&blanked, declaration.place);
        }
        found.extend(declarations);
        read = Some(concrete(&blanked, origin).ok()?);
    }
    let mut read = read.filter(|read| unmatched(read) < before)?;
    for declaration in found {
        put(&mut read, declaration);
    }
    Some(read)
}

/// The declarations that stand in a block of a tree that does not take them, in the order of the text.
pub(super) fn of(tree: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    tree.walk(&mut |node| {
        if node.rule == Rule::misplaced {
            found.extend(node.children.first());
        }
        true
    });
    found
}

/// Whether a declaration belongs to a regime; the others stand outside every block.
pub(super) fn is_of_regime(declaration: Rule) -> bool {
    matches!(
        declaration,
        Rule::form | Rule::list | Rule::outline | Rule::test
    )
}

/// How many closing braces close nothing.
fn unmatched(tree: &Node) -> usize {
    tree.all(Rule::stray_close).count()
}

/// The declarations before the first brace that closes nothing that ended a block and stand before its brace.
fn enclosed(tree: &Node, text: &str) -> Vec<Node> {
    let Some(brace) = tree.child(Rule::stray_close) else {
        return Vec::new();
    };
    let mut ends: Vec<(u32, &Node)> = Vec::new();
    tree.walk(&mut |block| {
        let end = block.children.last();
        if let Some(end) = end.filter(|end| end.rule == Rule::missing_close)
            && end.place.start < brace.place.start
        {
            ends.push((end.place.start, block));
        }
        true
    });
    // Of blocks that end together the innermost is walked to last.
    ends.sort_by_key(|(end, _)| *end);
    let mut last = None;
    for (end, block) in ends.into_iter().rev().take(ENDS) {
        if last == Some(end) {
            continue;
        }
        last = Some(end);
        let found = behind(tree, end, block, brace.place.start, text);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The declarations from an offset to the next closing brace; none where one of them is a regime, which no block encloses.
fn behind(tree: &Node, offset: u32, block: &Node, before: u32, text: &str) -> Vec<Node> {
    let closes = |node: &&Node| {
        node.place.start < before
            && !matches!(
                node.rule,
                Rule::stray_close | Rule::close_brace | Rule::missing_close
            )
    };
    let siblings: Vec<&Node> = from(tree, offset).iter().take_while(closes).collect();
    if siblings.iter().any(|node| node.rule == Rule::regime) {
        return Vec::new();
    }
    // A form behind a form, no further in, is one whose own brace stands and the other's is missing.
    let further_in = |node: &Node| {
        !matches!(node.rule, Rule::form | Rule::list)
            || indent(text, node.place.start) > indent(text, block.place.start)
    };
    // What a regime takes stands where it belongs.
    let belongs = |node: &Node| block.rule == Rule::regime && is_of_regime(node.rule);
    siblings
        .into_iter()
        .filter(|node| is_declaration(node.rule) && further_in(node) && !belongs(node))
        .cloned()
        .collect()
}

/// The declaration at an offset and what stands behind it in the same block.
fn from(node: &Node, offset: u32) -> &[Node] {
    for (index, child) in node.children.iter().enumerate() {
        if child.place.start == offset && is_declaration(child.rule) {
            return node.children.get(index..).unwrap_or(&[]);
        }
        if child.place.start <= offset && offset < child.place.end {
            return from(child, offset);
        }
    }
    &[]
}

/// Whether a statement of this kind ends the blocks before it.
fn is_declaration(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::catalog
            | Rule::level
            | Rule::tag
            | Rule::r#trait
            | Rule::agency
            | Rule::target
            | Rule::indicator
            | Rule::measure
            | Rule::period_kind
            | Rule::calendar
            | Rule::export
            | Rule::campaign
            | Rule::rule_switch
    ) || is_of_regime(rule)
}

/// A text with blanks in a place, as many as it has bytes; its lines stay lines.
fn without(text: &str, place: Span) -> String {
    let (start, end) = (place.start as usize, place.end as usize);
    let blanks = |part: &str| -> String {
        let blank = |byte: u8| match byte {
            b'\n' | b'\r' => char::from(byte),
            _ => ' ',
        };
        part.bytes().map(blank).collect()
    };
    let part = |range: Option<&str>| range.unwrap_or("").to_owned();
    part(text.get(..start)) + &blanks(place.of(text)) + &part(text.get(end..))
}

/// Puts a declaration into the innermost block that encloses it.
fn put(node: &mut Node, declaration: Node) {
    let encloses = |child: &&mut Node| {
        child.place.start < declaration.place.start
            && declaration.place.end <= child.place.end
            && !child.children.is_empty()
    };
    if let Some(child) = node.children.iter_mut().find(encloses) {
        return put(child, declaration);
    }
    let behind = |child: &Node| child.place.start < declaration.place.start;
    let at = node.children.partition_point(behind);
    let misplaced = Node {
        rule: Rule::misplaced,
        span: declaration.span,
        place: declaration.place,
        children: vec![declaration],
    };
    node.children.insert(at, misplaced);
}

/// How far in the line at an offset begins.
fn indent(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_keep_every_offset_and_every_line() {
        let text = "a\nđơn vị \"Đ\"\r\nb";
        let place = Span::new(2, 17);
        let blanked = without(text, place);
        assert_eq!(blanked, format!("a\n{}\r\nb", " ".repeat(15)));
    }
}
