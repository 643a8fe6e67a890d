//! Expressions, references and texts with formulas.
//!
//! Levels of precedence without an operator are gone already; each kind of node is one kind of
//! expression. A number that is no number of the language stays as its digits; it is reported.

use super::Lower;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{
    Call, CellRef, Comparison, Conditional, Expr, ExprKind, Function, Number, Pick, ProductSign,
    RowRef, SumSign, Template, TemplatePart,
};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    /// The first formula or condition among the children.
    pub(super) fn expr_in(&self, node: &Node) -> Option<Expr> {
        node.children
            .iter()
            .find(|child| matches!(child.rule, Rule::sum | Rule::expr | Rule::conditional))
            .and_then(|child| self.expr(child))
    }

    /// All sums among the children.
    pub(super) fn sums(&self, node: &Node) -> Vec<Expr> {
        node.all(Rule::sum)
            .filter_map(|sum| self.expr(sum))
            .collect()
    }

    /// All sides of a chain among the children: sums and conditions.
    pub(super) fn sides(&self, node: &Node) -> Vec<Expr> {
        node.children
            .iter()
            .filter(|child| matches!(child.rule, Rule::sum | Rule::conditional))
            .filter_map(|side| self.expr(side))
            .collect()
    }

    pub(super) fn expr(&self, node: &Node) -> Option<Expr> {
        let kind = match node.rule {
            Rule::expr => return self.joined(node, Rule::kw_or, ExprKind::Or),
            Rule::conjunction => return self.joined(node, Rule::kw_and, ExprKind::And),
            Rule::negation => return self.negation(node),
            Rule::comparison => self.comparison(node)?,
            Rule::sum => return self.sum(node),
            Rule::product => self.product(node)?,
            Rule::factor => return self.factor(node),
            Rule::parenthesis => return self.expr_in(node),
            Rule::call => ExprKind::Call(Box::new(self.call(node)?)),
            Rule::full_date => ExprKind::Date(self.date_of(node)?.value),
            Rule::number | Rule::thousands | Rule::decimal_comma => {
                ExprKind::Number(self.number_of(node))
            }
            Rule::kw_yes => ExprKind::Yes,
            Rule::kw_no => ExprKind::No,
            Rule::row_reference => ExprKind::Row(self.row_of(node)?),
            Rule::cell => ExprKind::Cell(self.cell_of(node)),
            Rule::braced => ExprKind::Cell(self.braced(node)),
            Rule::this_row => ExprKind::ThisRow,
            Rule::this_cell => ExprKind::ThisCell,
            Rule::kw_nil => ExprKind::Nil,
            Rule::conditional => ExprKind::If(Box::new(self.conditional(node)?)),
            Rule::name_path => ExprKind::Path(self.path_of(node)),
            _ => return None,
        };
        Some(Expr {
            kind,
            span: node.span,
        })
    }

    /// Conditions joined by one word; alone, the condition itself.
    fn joined(&self, node: &Node, word: Rule, make: fn(Vec<Expr>) -> ExprKind) -> Option<Expr> {
        let mut parts: Vec<Expr> = node
            .children
            .iter()
            .filter(|child| child.rule != word)
            .filter_map(|child| self.expr(child))
            .collect();
        if parts.len() < 2 {
            return parts.pop();
        }
        Some(Expr {
            kind: make(parts),
            span: node.span,
        })
    }

    fn negation(&self, node: &Node) -> Option<Expr> {
        let inner = self.expr(node.children.last()?)?;
        if node.all(Rule::kw_not).count().is_multiple_of(2) {
            return Some(inner);
        }
        Some(Expr {
            kind: ExprKind::Not(Box::new(inner)),
            span: node.span,
        })
    }

    fn comparison(&self, node: &Node) -> Option<ExprKind> {
        let first = Box::new(self.expr(node.children.first()?)?);
        if node.has(Rule::kw_in) {
            return Some(ExprKind::In {
                subject: first,
                entries: self.children(node, Rule::name),
            });
        }
        let signs = node
            .all(Rule::comparison_sign)
            .filter_map(|sign| Some(Spanned::new(comparison_sign(self.of(sign))?, sign.span)));
        let sides = self.sums(node).into_iter().skip(1);
        Some(ExprKind::Compare {
            first,
            rest: signs.zip(sides).collect(),
        })
    }

    fn sum(&self, node: &Node) -> Option<Expr> {
        let first = self.expr(node.children.first()?)?;
        let mut rest = Vec::new();
        for pair in node.children.get(1..).unwrap_or_default().chunks_exact(2) {
            let [sign, term] = pair else { continue };
            let value = match self.of(sign) {
                "-" => SumSign::Minus,
                _ => SumSign::Plus,
            };
            rest.push((Spanned::new(value, sign.span), self.expr(term)?));
        }
        if rest.is_empty() {
            return Some(first);
        }
        Some(Expr {
            kind: ExprKind::Sum {
                first: Box::new(first),
                rest,
            },
            span: node.span,
        })
    }

    fn product(&self, node: &Node) -> Option<ExprKind> {
        let first = Box::new(self.expr(node.children.first()?)?);
        let mut rest = Vec::new();
        for pair in node.children.get(1..).unwrap_or_default().chunks_exact(2) {
            let [sign, factor] = pair else { continue };
            let value = match self.of(sign) {
                "/" | "÷" => ProductSign::Over,
                _ => ProductSign::Times,
            };
            rest.push((Spanned::new(value, sign.span), self.expr(factor)?));
        }
        Some(ExprKind::Product { first, rest })
    }

    fn factor(&self, node: &Node) -> Option<Expr> {
        let inner = self.expr(node.children.last()?)?;
        if node.all(Rule::minus).count().is_multiple_of(2) {
            return Some(inner);
        }
        Some(Expr {
            kind: ExprKind::Negative(Box::new(inner)),
            span: node.span,
        })
    }

    fn conditional(&self, node: &Node) -> Option<Conditional> {
        let mut branches = node
            .children
            .iter()
            .filter(|child| matches!(child.rule, Rule::sum | Rule::kw_nil | Rule::conditional));
        Some(Conditional {
            condition: self.expr(node.child(Rule::expr)?)?,
            then: self.expr(branches.next()?)?,
            otherwise: self.expr(branches.next()?)?,
        })
    }

    fn call(&self, node: &Node) -> Option<Call> {
        let function = node.child(Rule::function)?;
        Some(Call {
            function: Spanned::new(function_of(function.children.first()?.rule)?, function.span),
            arguments: self.sums(node),
            distinct: self.cells(node),
            condition: node
                .child(Rule::expr)
                .and_then(|condition| self.expr(condition)),
        })
    }

    pub(super) fn number_of(&self, node: &Node) -> Number {
        let written = self.of(node);
        let digits = written.trim_end_matches('%');
        let digits = match node.rule {
            Rule::thousands => digits.replace('.', ""),
            Rule::decimal_comma => digits.replace(',', "."),
            _ => digits.replace('_', ""),
        };
        Number {
            digits,
            percent: written.ends_with('%'),
        }
    }

    /// The names of a dotted path, each with its place.
    pub(super) fn path_of(&self, node: &Node) -> Vec<Spanned<String>> {
        let mut names = Vec::new();
        let mut start = node.span.start;
        for name in self.of(node).split('.') {
            let length = u32::try_from(name.len()).unwrap_or(0);
            let end = start.saturating_add(length).min(node.span.end);
            names.push(Spanned::new(
                name.to_owned(),
                crate::text::Span::new(start, end),
            ));
            start = end.saturating_add(1);
        }
        names
    }

    /// The references in a list of cells among the children.
    pub(super) fn cells(&self, node: &Node) -> Vec<CellRef> {
        node.all(Rule::cells)
            .flat_map(|cells| cells.all(Rule::cell))
            .map(|cell| self.cell_of(cell))
            .collect()
    }

    /// The first reference among the children.
    pub(super) fn cell(&self, node: &Node) -> Option<CellRef> {
        node.child(Rule::cell).map(|cell| self.cell_of(cell))
    }

    pub(super) fn cell_of(&self, node: &Node) -> CellRef {
        CellRef {
            path: node
                .child(Rule::cell_path)
                .map(|path| self.path_of(path))
                .unwrap_or_default(),
            picks: node
                .all(Rule::pick)
                .filter_map(|pick| self.pick(pick))
                .collect(),
            span: node.span,
        }
    }

    /// The cell that braces were written around instead of brackets.
    fn braced(&self, node: &Node) -> CellRef {
        let place = self.of(node).trim_matches(['{', '}', ' ', '\t', '\u{A0}']);
        CellRef {
            path: Vec::new(),
            picks: vec![Spanned::new(Pick::Place(place.to_owned()), node.span)],
            span: node.span,
        }
    }

    pub(super) fn row_of(&self, node: &Node) -> Option<RowRef> {
        Some(RowRef {
            form: node.child(Rule::row_form).map(|form| {
                let name = self.of(form).trim_end_matches('.');
                Spanned::new(name.to_owned(), form.span)
            }),
            pick: self.pick(node.child(Rule::pick)?)?,
            span: node.span,
        })
    }

    pub(super) fn pick(&self, node: &Node) -> Option<Spanned<Pick>> {
        let first = node.children.first()?;
        let pick = match first.rule {
            Rule::star => Pick::All,
            Rule::kw_total => Pick::Total,
            Rule::label => Pick::Unit(self.label_of(first).value),
            _ => match node.all(Rule::place).nth(1) {
                Some(last) => Pick::Range(self.spanned(first), self.spanned(last)),
                None => Pick::Place(self.of(first).to_owned()),
            },
        };
        Some(Spanned::new(pick, node.span))
    }

    pub(super) fn template(&self, node: &Node) -> Option<Template> {
        let node = node.child(Rule::template)?;
        let parts = node
            .children
            .iter()
            .filter_map(|part| match part.rule {
                Rule::template_text => Some(TemplatePart::Text(
                    self.of(part).replace("{{", "{").replace("}}", "}"),
                )),
                Rule::smart_text => Some(TemplatePart::Text(
                    self.of(part).trim_matches(['“', '”', '„', '"']).to_owned(),
                )),
                Rule::interpolation => {
                    let inner = part.child(Rule::interpolated)?;
                    Some(TemplatePart::Value {
                        expr: self.expr_in(inner)?,
                        as_change: inner.has(Rule::kw_as_change),
                    })
                }
                Rule::bad_interpolation => Some(TemplatePart::Unreadable(part.span)),
                _ => None,
            })
            .collect();
        Some(Template {
            parts,
            span: node.span,
        })
    }
}

fn comparison_sign(sign: &str) -> Option<Comparison> {
    Some(match sign {
        "=" | "==" => Comparison::Equal,
        "≠" | "<>" | "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "≤" | "<=" | "=<" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        "≥" | ">=" | "=>" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn function_of(rule: Rule) -> Option<Function> {
    Some(match rule {
        Rule::kw_sum => Function::Sum,
        Rule::kw_count_function => Function::Count,
        Rule::kw_min => Function::Min,
        Rule::kw_max => Function::Max,
        Rule::kw_round => Function::Round,
        Rule::kw_abs => Function::Abs,
        Rule::kw_number => Function::Number,
        Rule::kw_blank_function => Function::Blank,
        Rule::kw_growth => Function::Growth,
        Rule::kw_rank => Function::Rank,
        Rule::kw_previous_function => Function::Previous,
        Rule::kw_year_ago => Function::YearAgo,
        Rule::kw_year_to_date => Function::YearToDate,
        Rule::kw_opening_function => Function::Opening,
        Rule::kw_plan_function => Function::Plan,
        Rule::kw_sum_below => Function::SumBelow,
        Rule::kw_count_below => Function::CountBelow,
        Rule::kw_over_events => Function::OverEvents,
        _ => return None,
    })
}
