//! Anticipated mistakes: quotation marks, numbers and signs of other programs. The grammar knows
//! them, so the statement around them is sound; here they are told, each with its fix.

use super::{Recover, blocks};
use crate::diagnostic::problem::syntax::{SignOf, SyntaxProblem};
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
                if parent.is_some_and(|text| text.ends_with(Rule::missing_quote)) {
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
                let (meant, from) = match written {
                    "<>" => ("≠", SignOf::Spreadsheet),
                    "!=" => ("≠", SignOf::Programming),
                    "==" => ("=", SignOf::Programming),
                    "=<" => ("≤", SignOf::Order),
                    "=>" => ("≥", SignOf::Order),
                    _ => return,
                };
                self.foreign(node, meant.to_owned(), from)
            }
            Rule::product_sign if node.text(self.text) == "÷" => {
                self.foreign(node, "/".to_owned(), SignOf::Paper)
            }
            Rule::braced => {
                let inside = node.text(self.text).trim_matches(['{', '}']).trim();
                self.foreign(node, format!("[{inside}]"), SignOf::Message)
            }
            Rule::comma
                if parent.is_some_and(|call| call.rule == Rule::call)
                    && is_decimal_comma(self.text, node.place) =>
            {
                let mut report = self.comma_number(around_comma(self.text, node.place));
                // Two arguments may be meant that stand too close together.
                for fix in &mut report.fixes {
                    fix.kind = FixKind::Likely;
                }
                report
            }
            Rule::product => {
                self.tight_divisions(node);
                return;
            }
            Rule::comparison if mixed(node, self.text) => {
                self.problem(SyntaxProblem::MixedComparison, node.place)
            }
            _ => return,
        };
        self.tell(report);
    }

    fn foreign(&self, node: &Node, meant: String, from: SignOf) -> Diagnostic {
        let written = node.text(self.text).to_owned();
        let problem = SyntaxProblem::ForeignSign {
            written,
            meant: meant.clone(),
            from,
        };
        self.problem(problem, node.place)
            .fixed_by(FixKind::Certain, node.span, meant)
    }

    /// Tells each division of two plain numbers that is written like a day: `15/12`.
    fn tight_divisions(&mut self, node: &Node) {
        for window in node.children.windows(3) {
            let [left, sign, right] = window else {
                continue;
            };
            let numbers = left.rule == Rule::number && right.rule == Rule::number;
            let touch = left.place.end == sign.place.start && sign.place.end == right.place.start;
            if !numbers || !touch || sign.text(self.text) != "/" {
                continue;
            }
            let place = left.place.cover(right.place);
            let written = place.of(self.text).to_owned();
            let meant = written.replace('/', " / ");
            let report = self
                .problem(
                    SyntaxProblem::TightDivision {
                        written,
                        meant: meant.clone(),
                    },
                    place,
                )
                .fixed_by(FixKind::Certain, self.origin.span(place), meant);
            self.tell(report);
        }
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

/// Whether a comma touches a digit on either side.
pub(in crate::syntax) fn is_decimal_comma(text: &str, comma: Span) -> bool {
    let before = text.get(..comma.start as usize).unwrap_or("");
    let after = text.get(comma.end as usize..).unwrap_or("");
    before.ends_with(|last: char| last.is_ascii_digit())
        && after.starts_with(|first: char| first.is_ascii_digit())
}

/// The number that a comma between digits stands in.
fn around_comma(text: &str, comma: Span) -> Span {
    let digit = |character: char| character.is_ascii_digit() || character == '_';
    let before = text.get(..comma.start as usize).unwrap_or("");
    let after = text.get(comma.end as usize..).unwrap_or("");
    let whole = before.len() - before.trim_end_matches(digit).len();
    let rest = after.trim_start_matches(digit);
    let fraction = after.len() - rest.len() + usize::from(rest.starts_with('%'));
    Span::new(
        comma.start - super::clip(whole),
        comma.end + super::clip(fraction),
    )
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
