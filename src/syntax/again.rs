//! The tree of a text of which an earlier state was read: only the statement that was edited is read again.
//!
//! What a statement is depends on its own text and on what stands right behind it; so a statement that keeps its keyword and ends its line takes the place of the earlier one, and
//! what follows is moved. It deliberately does this for sound texts only. Whatever is in doubt, and every mistake, is left to a reading of the whole file.

use super::grammar::{Grammar, Rule};
use super::origin::Origin;
use super::tree::{Node, is_statement};
use super::{DEEPEST_NESTING, LARGEST_FILE, nesting, recover};
use crate::text::{FileId, Span, normal};
use pest::Parser;

/// The tree of a text after an edit; `None` if the whole text has to be read.
pub(super) fn tree(before: &str, mut tree: Node, after: &str) -> Option<Node> {
    let small = u64::try_from(after.len()).is_ok_and(|size| size <= LARGEST_FILE);
    let readable = small && normal::is_composed(after);
    if !readable || nesting::too_deep(after, DEEPEST_NESTING).is_some() {
        return None;
    }
    let edit = Edit::between(before, after)?;
    let (path, look) = edit.statement(&tree, before)?;
    edit.mend(&mut tree, &path, look, after)?;
    Some(tree)
}

/// What differs between two texts.
struct Edit {
    /// The bytes of the earlier text that are gone.
    gone: Span,
    /// How many bytes longer the text has become.
    longer: i64,
}

impl Edit {
    fn between(before: &str, after: &str) -> Option<Edit> {
        let same = |pair: &(u8, u8)| pair.0 == pair.1;
        let shorter = before.len().min(after.len());
        let start = before.bytes().zip(after.bytes()).take_while(same).count();
        let ends = before.bytes().rev().zip(after.bytes().rev());
        let end = ends.take_while(same).count().min(shorter - start);
        let longer = i64::try_from(after.len()).ok()? - i64::try_from(before.len()).ok()?;
        Some(Edit {
            gone: Span::from_offsets(start, before.len() - end),
            longer,
        })
    }

    /// The way to the innermost statement that holds the edit and can be read alone, and the reading it has in its block.
    fn statement(&self, tree: &Node, before: &str) -> Option<(Vec<usize>, Rule)> {
        let mut node = tree;
        let mut path = Vec::new();
        let mut found = None;
        loop {
            let holds = |child: &Node| {
                child.place.start < self.gone.start && self.gone.end <= child.place.end
            };
            let Some(at) = node.children.iter().position(holds) else {
                return found;
            };
            let child = node.children.get(at)?;
            path.push(at);
            if let Some(look) = recover::reading_of(node.rule)
                && self.keeps_its_place(child, before)
            {
                found = Some((path.clone(), look));
            }
            node = child;
        }
    }

    /// Whether a statement is still the same kind at the same place: it keeps its keyword and the end of its line.
    fn keeps_its_place(&self, statement: &Node, before: &str) -> bool {
        let alone = is_statement(statement.rule)
            && !matches!(
                statement.rule,
                Rule::pair
                    | Rule::event_moment
                    | Rule::given_table
                    | Rule::given_row
                    | Rule::table_row
            );
        let keyword = statement.children.first();
        let behind = before.get(statement.place.end as usize..).unwrap_or("");
        alone
            && keyword.is_some_and(|keyword| keyword.place.end < self.gone.start)
            && (behind.is_empty() || behind.starts_with(['\n', '\r']))
    }

    /// Puts the statement as it now reads in its place and moves what stands behind it.
    fn mend(&self, tree: &mut Node, path: &[usize], look: Rule, after: &str) -> Option<()> {
        let mut node = tree;
        for at in path {
            node.place.end = self.moved(node.place.end)?;
            node.span = node.place;
            for later in node.children.iter_mut().skip(at + 1) {
                self.shift(later)?;
            }
            node = node.children.get_mut(*at)?;
        }
        let place = Span::new(node.place.start, self.moved(node.place.end)?);
        let statement = read_alone(look, place.of(after), node.rule)?;
        *node = statement;
        Edit::by(place.start).shift(node)
    }

    fn by(bytes: u32) -> Edit {
        Edit {
            gone: Span::default(),
            longer: i64::from(bytes),
        }
    }

    fn moved(&self, offset: u32) -> Option<u32> {
        u32::try_from(i64::from(offset) + self.longer).ok()
    }

    fn shift(&self, node: &mut Node) -> Option<()> {
        node.place = Span::new(self.moved(node.place.start)?, self.moved(node.place.end)?);
        node.span = node.place;
        node.children
            .iter_mut()
            .try_for_each(|child| self.shift(child))
    }
}

/// A text that is one sound statement of a kind and nothing else.
fn read_alone(look: Rule, text: &str, rule: Rule) -> Option<Node> {
    let pairs = Grammar::parse(look, text).ok()?;
    let origin = Origin::default();
    let mut read = Node::build(pairs.tokens(), &origin).ok()?;
    let statement = read.children.first()?;
    let whole = Span::from_offsets(0, text.len());
    let only = read.children.len() == 1 && statement.rule == rule && statement.place == whole;
    let sound = only && recover::problems(&read, text, &origin, FileId(0)).is_empty();
    if sound { read.children.pop() } else { None }
}
