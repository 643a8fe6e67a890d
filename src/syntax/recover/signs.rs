//! Anticipated mistakes: quotation marks, numbers and signs of other programs. The grammar knows
//! them, so the statement around them is sound; here they are told, each with its fix.

use super::{Recover, blocks};
use crate::diagnostic::problem::syntax::SyntaxProblem;
use crate::diagnostic::{Diagnostic, FixKind};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;
use crate::text::Span;

impl Recover<'_> {
    /// Tells the mistake that a single node is, if it is one.
    pub(super) fn sign(&mut self, node: &Node, parent: Option<&Node>) {
        let report = match node.rule {
            Rule::smart_text => self.smart_text(node),
            Rule::missing_quote => self.missing_quote(node, parent),
            Rule::bad_interpolation => {
                // In a text that is not closed, a brace is the block's or is cut off.
                if parent.is_some_and(|text| text.has(Rule::missing_quote)) {
                    return;
                }
                let content = node
                    .text(self.text)
                    .trim_matches(['{', '}'])
                    .trim()
                    .to_owned();
                self.problem(SyntaxProblem::BadInterpolation { content }, node.place)
            }
            Rule::thousands => {
                let written = node.text(self.text).to_owned();
                let meant = written.replace('.', "_");
                self.problem(
                    SyntaxProblem::ThousandsPoint {
                        written,
                        meant: meant.clone(),
                    },
                    node.place,
                )
                .fixed_by(FixKind::Certain, node.span, meant)
            }
            Rule::decimal_comma => self.comma_number(node.place),
            Rule::comparison_sign => {
                let written = node.text(self.text);
                let meant = match written {
                    "<>" | "!=" => "≠",
                    "==" => "=",
                    "=<" => "≤",
                    "=>" => "≥",
                    _ => return,
                };
                self.problem(
                    SyntaxProblem::ForeignSign {
                        written: written.to_owned(),
                        meant,
                    },
                    node.place,
                )
                .fixed_by(FixKind::Certain, node.span, meant)
            }
            Rule::comparison if mixed(node, self.text) => {
                self.problem(SyntaxProblem::MixedComparison, node.place)
            }
            _ => return,
        };
        self.found.push(report);
    }

    fn smart_text(&self, node: &Node) -> Diagnostic {
        let words = node.text(self.text).trim_matches(['“', '”', '„', '"']);
        self.problem(SyntaxProblem::SmartQuotes, node.place)
            .fixed_by(FixKind::Certain, node.span, format!("\"{words}\""))
    }

    fn missing_quote(&self, node: &Node, parent: Option<&Node>) -> Diagnostic {
        let text = parent.map_or("", |parent| parent.text(self.text));
        let start = parent.map_or(node.place, |parent| parent.place).start;
        // Opened straight and closed by a word processor.
        if let Some(at) = text.find('”') {
            let closing = start + super::clip(at);
            let closing = Span::new(closing, closing + super::clip('”'.len_utf8()));
            return self.problem(SyntaxProblem::SmartQuotes, closing).fixed_by(
                FixKind::Certain,
                self.origin.span(closing),
                "\"",
            );
        }
        let end = Span::at(blocks::trimmed_end(self.text, node.place.start));
        self.problem(
            SyntaxProblem::MissingQuote { opening: false },
            Span::new(start, end.end),
        )
        .fixed_by(FixKind::Likely, self.origin.span(end), "\"")
    }

    fn comma_number(&self, place: Span) -> Diagnostic {
        let written = place.of(self.text).to_owned();
        let meant = written.replace(',', ".");
        self.problem(
            SyntaxProblem::DecimalComma {
                written,
                meant: meant.clone(),
            },
            place,
        )
        .fixed_by(FixKind::Certain, self.origin.span(place), meant)
    }

    /// A decimal comma at the place where the reading of a line stopped.
    pub(super) fn decimal_comma(&self, start: usize, slice: &str, at: usize) -> Option<Diagnostic> {
        let before = slice.get(..at)?;
        let after = slice.get(at..)?.strip_prefix(',')?;
        let whole = before.len()
            - before
                .trim_end_matches(|character: char| character.is_ascii_digit() || character == '_')
                .len();
        let fraction = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let percent = usize::from(
            after
                .get(fraction..)
                .is_some_and(|rest| rest.starts_with('%')),
        );
        if whole == 0 || fraction == 0 {
            return None;
        }
        Some(self.comma_number(Span::from_offsets(
            start + at - whole,
            start + at + 1 + fraction + percent,
        )))
    }
}

/// Whether the signs of a chain point in different ways.
fn mixed(node: &Node, text: &str) -> bool {
    let mut signs = node
        .all(Rule::comparison_sign)
        .map(|sign| match sign.text(text) {
            "=" | "==" => 0,
            "<" | "<=" | "≤" | "=<" => 1,
            ">" | ">=" | "≥" | "=>" => 2,
            _ => 3,
        });
    let Some(first) = signs.next() else {
        return false;
    };
    let mut rest = signs.peekable();
    // A chain of `≠` says nothing about its ends and is taken apart as well.
    rest.peek().is_some() && (first == 3 || rest.any(|sign| sign != first))
}
