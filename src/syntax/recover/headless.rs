//! Statements of a block whose head is missing: one report for all of them, which names the block that they belong to.
//!
//! The head may be deleted, misspelt beyond recognition, or joined to the comment before it. It deliberately does not guess names or labels of the block. A single statement that
//! stands in no block is told by itself, as one in the wrong place.

use super::{Recover, first_line, look};
use crate::diagnostic::problem::syntax::{Place, SyntaxProblem};
use crate::syntax::keywords;
use crate::syntax::tree::Node;
use crate::text::Span;

impl Recover<'_> {
    /// Tells that a run of statements stands in no block.
    pub(super) fn headless(&mut self, node: &Node) {
        let mut belongs: Option<Vec<Place>> = None;
        for statement in &node.children {
            let keyword = statement.children.first();
            let keyword = keyword.and_then(|first| keywords::of_rule(first.rule));
            let places = keyword.map_or_else(Vec::new, |keyword| look::places(keyword.word));
            // A word that stands in many blocks tells nothing about this one.
            if places.is_empty() {
                continue;
            }
            belongs = Some(match belongs {
                None => places,
                Some(before) => {
                    let both = before.into_iter().filter(|place| places.contains(place));
                    both.collect()
                }
            });
        }
        let problem = SyntaxProblem::HeadMissing {
            statements: node.children.len(),
            belongs: belongs.unwrap_or_default(),
        };
        let start = node.place.start as usize;
        let line = first_line(self.text.get(start..).unwrap_or(""));
        let report = self.problem(problem, Span::from_offsets(start, start + line.len()));
        self.tell(report);
    }
}
