//! A declaration in a block that does not take it: one report, which says where it belongs, and a way to move it there.
//!
//! It deliberately does not decide what is misplaced; the tree says so. Where no place behind the block can be named, because the block is not closed, nothing is moved.

use super::{Recover, blocks, first_line};
use crate::diagnostic::problem::syntax::{Place, SyntaxProblem};
use crate::diagnostic::{Edit, Fix, FixKind};
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::misplaced::is_of_regime;
use crate::syntax::tree::Node;
use crate::text::Span;

impl Recover<'_> {
    /// Tells a declaration that stands in a block that does not take it.
    pub(super) fn misplaced(&mut self, node: &Node, block: &Node, tree: &Node) {
        if self.is_full() {
            self.count(node.place);
            return;
        }
        let Some(declaration) = node.children.first() else {
            return;
        };
        let keyword = declaration.children.first();
        let Some(keyword) = keyword.and_then(|first| keywords::of_rule(first.rule)) else {
            return;
        };
        let of_regime = is_of_regime(declaration.rule);
        let problem = SyntaxProblem::StatementNotHere {
            word: keyword.word,
            place: self.place_of(block),
            belongs: vec![match of_regime {
                true => Place::Block(keywords::word(Rule::kw_regime)),
                false => Place::File,
            }],
        };
        let brace = declaration.child(Rule::open_brace);
        let end = brace.map_or(declaration.place.end, |brace| brace.place.start);
        let head = Span::new(declaration.place.start, end).of(self.text);
        let start = declaration.place.start as usize;
        let place = Span::from_offsets(start, start + first_line(head).len());
        let mut report = self.problem(problem, place);
        report
            .fixes
            .extend(self.moved_out(declaration, tree, of_regime));
        self.tell(report);
    }

    /// Takes a declaration out of its line and puts it behind the block in which it cannot stand.
    fn moved_out(&self, declaration: &Node, tree: &Node, of_regime: bool) -> Option<Fix> {
        let around = |node: &'_ Node| -> Option<usize> {
            let encloses = |child: &Node| child.place.contains(declaration.place);
            node.children.iter().position(encloses)
        };
        let mut block = tree.children.get(around(tree)?)?;
        if of_regime && block.rule == Rule::regime {
            block = block.children.get(around(block)?)?;
        }
        let close = block.all(Rule::close_brace).last()?;
        let edit = |place: Span, replacement: String| Edit {
            file: self.file,
            span: self.origin.span(place),
            replacement,
        };
        let text = declaration.text(self.text).trim_end();
        let behind = Span::at(blocks::trimmed_end(self.text, close.place.end));
        Some(Fix {
            edits: vec![
                edit(self.whole_lines(declaration.place), String::new()),
                edit(behind, format!("\n{text}")),
            ],
            kind: FixKind::Likely,
        })
    }

    /// A place with its lines, where nothing else stands on them.
    fn whole_lines(&self, place: Span) -> Span {
        let before = self.text.get(..place.start as usize).unwrap_or("");
        let margin = before.len() - before.trim_end_matches([' ', '\t']).len();
        let behind = self.text.get(place.end as usize..).unwrap_or("");
        let begins = before.trim_end_matches([' ', '\t']).ends_with('\n');
        match behind.strip_prefix("\r\n").or(behind.strip_prefix('\n')) {
            Some(rest) if begins => Span::new(
                place.start - super::clip(margin),
                place.end + super::clip(behind.len() - rest.len()),
            ),
            _ => place,
        }
    }
}
