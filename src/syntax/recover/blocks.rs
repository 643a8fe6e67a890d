//! Missing braces: which block they belong to, and how that is told once.
//!
//! It knows braces and indentation, not meaning; a file that is all braces ends like any other.

use super::{LOOKED_AT, Recover};
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::syntax::{SyntaxProblem, Word};
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::tree::Node;
use crate::text::Span;

impl Recover<'_> {
    pub(super) fn missing_open(&mut self, node: &Node, block: &Node) {
        // A text that is not closed swallows the brace; that text is what is told.
        if quote_missing_in_head(block) {
            return;
        }
        let at = trimmed_end(self.text, node.place.start);
        let report = self
            .problem(
                SyntaxProblem::MissingOpeningBrace {
                    block: word_of(block),
                },
                Span::at(at),
            )
            .fixed_by(FixKind::Likely, self.origin.span(Span::at(at)), " {");
        self.tell(report);
    }

    /// A brace that is missing before a declaration; one missing at the end of the file is told by
    /// [`Recover::unclosed_at_the_end`].
    pub(super) fn missing_close(&mut self, node: &Node, block: &Node) {
        if block.has(Rule::missing_open) || at_end(self.text, node) {
            return;
        }
        self.unclosed(block, node);
    }

    /// Where an opening brace is missing, what follows stands in the wrong block up to a closing brace too many, and neither is a mistake of its own.
    pub(super) fn after_a_lost_block(&mut self) {
        let is_stray = |one: &Diagnostic| {
            matches!(
                one.problem,
                Problem::Syntax(SyntaxProblem::StrayClosingBrace)
            )
        };
        let start = |one: &Diagnostic| one.primary.span.start;
        let lacks = self.found.iter().filter(|one| one.problem.lacks_brace());
        let first = lacks.map(start).min();
        let last = self
            .found
            .iter()
            .filter(|one| is_stray(one))
            .map(start)
            .max();
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        self.found.retain(|one| {
            let is_consequence = matches!(
                one.problem,
                Problem::Syntax(SyntaxProblem::StatementNotHere { .. })
            );
            let between = (first..last).contains(&start(one));
            !(is_consequence && between || is_stray(one) && start(one) > first)
        });
    }

    fn unclosed(&mut self, block: &Node, node: &Node) {
        let at = trimmed_end(self.text, node.place.start);
        let mut report = self
            .problem(
                SyntaxProblem::MissingClosingBrace {
                    block: word_of(block),
                },
                Span::at(at),
            )
            .fixed_by(FixKind::Likely, self.origin.span(Span::at(at)), "\n}");
        if let Some(opener) = block.children.first() {
            report = report.noting(Note::OpenedHere, self.file, opener.span);
        }
        self.tell(report);
    }

    /// Tells the braces that are missing at the end of the file. The blocks that end there are the
    /// outermost; the one whose brace is missing is the first whose brace stands further left than
    /// the line that opens it.
    pub(super) fn unclosed_at_the_end(&mut self, tree: &Node) {
        let mut open: Vec<(&Node, &Node)> = Vec::new();
        let mut shifted: Option<&Node> = None;
        tree.walk(&mut |block| {
            if block.has(Rule::missing_open) {
                return true;
            }
            if let Some(end) = block.child(Rule::missing_close)
                && at_end(self.text, end)
            {
                open.push((block, end));
            }
            if let Some(brace) = block.all(Rule::close_brace).last() {
                let closes_further_left = first_on_line(self.text, brace.place.start)
                    && indent(self.text, brace.place.start) < indent(self.text, block.place.start);
                if closes_further_left {
                    // The innermost one: later blocks in this order lie inside earlier ones.
                    shifted = match shifted {
                        Some(earlier) if !earlier.place.contains(block.place) => Some(earlier),
                        _ => Some(block),
                    };
                }
            }
            true
        });
        let last = open.len().saturating_sub(1);
        for (index, (block, end)) in open.into_iter().enumerate() {
            let told = match shifted {
                Some(shifted) if index == last => shifted,
                _ => block,
            };
            self.unclosed(told, end);
            // What stands in it because its brace is missing is no mistake of its own.
            self.found.retain(|one| {
                let is_consequence = matches!(
                    one.problem,
                    Problem::Syntax(SyntaxProblem::StatementNotHere { .. })
                );
                !(is_consequence && told.span.contains(one.primary.span))
            });
        }
    }
}

fn word_of(block: &Node) -> Option<Word> {
    keywords::of_rule(block.children.first()?.rule).map(|keyword| keyword.word)
}

fn at_end(text: &str, node: &Node) -> bool {
    text.get(node.place.start as usize..)
        .is_none_or(|rest| rest.trim_start().is_empty())
}

fn quote_missing_in_head(block: &Node) -> bool {
    let mut missing = false;
    for child in &block.children {
        if child.rule == Rule::missing_open {
            break;
        }
        child.walk(&mut |node| {
            missing |= node.rule == Rule::missing_quote;
            true
        });
    }
    missing
}

/// The end of the last word before an offset.
pub(super) fn trimmed_end(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or("");
    super::clip(before.trim_end().len())
}

/// What stands before an offset on its line; of an enormous line the end of that.
fn line_before(text: &str, offset: u32) -> &str {
    let end = offset as usize;
    let start = text.floor_char_boundary(end.saturating_sub(LOOKED_AT));
    let before = text.get(start..end).unwrap_or("");
    before.rsplit('\n').next().unwrap_or("")
}

fn first_on_line(text: &str, offset: u32) -> bool {
    line_before(text, offset).trim().is_empty()
}

fn indent(text: &str, offset: u32) -> usize {
    let line = line_before(text, offset);
    line.len() - line.trim_start().len()
}
