//! From expressions as written to terms: every name becomes a position.
//!
//! It deliberately does not know types. A part that leads nowhere is reported and becomes an unknown term.

use super::context::Context;
use super::events;
use super::expression::{Cell, Comparison, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::model::form::Rows;
use super::resolve_values::Inside;
use super::rule_instances::This;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::operand::OperandFault;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::number::Number;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{
    Call, CellRef, Comparison as Sign, Expr, ExprKind, Function, Pick, ProductSign, SumSign,
};
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// The most digits to which a figure may be rounded.
const MOST_ROUNDED: u32 = 10;

/// Where an expression stands.
pub(super) struct Resolver<'r, 'a, 'c, 'p> {
    /// Reports and references.
    pub context: &'c mut Context<'p>,
    /// The project's words.
    pub shared: &'r Shared,
    /// The forms of the regime.
    pub forms: &'r [FormDraft<'a>],
    /// Names of forms that unreadable lines may have declared.
    pub form_strays: &'r BTreeSet<String>,
    /// The form at hand; none at regime level.
    pub current: Option<usize>,
    /// The written row at hand.
    pub row: Option<usize>,
    /// The column at hand, where `row[…]` stands for a cell of it.
    pub column: Option<usize>,
    /// What `cell` stands for.
    pub this: Option<&'r This>,
    /// The file.
    pub file: FileId,
    /// Whether the expression is looked up in an earlier report already.
    pub earlier: bool,
    /// What names may mean beyond columns.
    pub inside: Inside,
}

/// Where there are no forms, no unreadable line can have declared one.
static NO_STRAYS: BTreeSet<String> = BTreeSet::new();

impl<'r, 'c, 'p> Resolver<'r, '_, 'c, 'p> {
    /// A resolver for what is said where no form is open: indicators, waivers.
    pub fn without_forms(
        context: &'c mut Context<'p>,
        shared: &'r Shared,
        file: FileId,
        inside: Inside,
    ) -> Self {
        Resolver {
            context,
            shared,
            forms: &[],
            form_strays: &NO_STRAYS,
            current: None,
            row: None,
            column: None,
            this: None,
            file,
            earlier: false,
            inside,
        }
    }
}

impl Resolver<'_, '_, '_, '_> {
    /// Resolves an expression.
    pub fn term(&mut self, expr: &Expr) -> Term {
        let in_bound = self.context.spend(1, self.file, expr.span);
        // What is read once is as long as its text; only what is read again for rows and cells can become too much.
        let again = self.row.is_some() || self.this.is_some();
        if again && !in_bound {
            return Term::new(TermKind::Unknown, expr.span);
        }
        if let Some(kind) = events::question(self.context, self.shared, self.file, expr) {
            return Term::new(kind, expr.span);
        }
        let kind = match &expr.kind {
            ExprKind::Or(parts) => TermKind::Or(self.terms(parts)),
            ExprKind::And(parts) => TermKind::And(self.terms(parts)),
            ExprKind::Not(inner) => TermKind::Not(Box::new(self.term(inner))),
            ExprKind::Compare { first, rest } => self.comparison(first, rest),
            ExprKind::Sum { first, rest } => {
                let mut terms = vec![(true, self.term(first))];
                for (sign, term) in rest {
                    terms.push((sign.value == SumSign::Plus, self.term(term)));
                }
                TermKind::Sum(terms)
            }
            ExprKind::Product { first, rest } => return self.product(first, rest),
            ExprKind::Negative(inner) => TermKind::Negate(Box::new(self.term(inner))),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Number(number) => match Number::parse(&number.digits) {
                Ok(value) if number.percent => {
                    TermKind::Number(value.checked_div(&Number::from_i64(100)).unwrap_or(value))
                }
                Ok(value) => TermKind::Number(value),
                Err(_) => TermKind::Unknown,
            },
            ExprKind::Yes => TermKind::Truth(true),
            ExprKind::No => TermKind::Truth(false),
            ExprKind::Cell(cell) => self.cell(cell),
            ExprKind::Path(names) => match names.as_slice() {
                [name] if self.inside.indicators => self.indicator(name),
                [name] => self.bare_name(name),
                _ => self.no_cell(expr.span),
            },
            ExprKind::Row(row) => self.whole_row(row),
            ExprKind::ThisCell => self.this_cell(expr.span),
            ExprKind::In { subject, entries } => self.is_in(subject, entries, expr.span),
            ExprKind::Date(date) => self.day(*date, expr.span),
            ExprKind::Nil => TermKind::Nil,
            ExprKind::If(written) => self.either(written),
            ExprKind::ThisRow => self.row_alone(expr.span),
        };
        let mut term = Term::new(kind, expr.span);
        if let ExprKind::Number(number) = &expr.kind {
            term.quantity.percent = number.percent;
        }
        term
    }

    fn terms(&mut self, parts: &[Expr]) -> Vec<Term> {
        parts.iter().map(|part| self.term(part)).collect()
    }

    /// Names with points between them that lead to no cell.
    pub(super) fn no_cell(&mut self, span: Span) -> TermKind {
        let path = self.context.text(self.file, span);
        self.context
            .report(PlaceProblem::PathIsNoCell { path }, self.file, span);
        TermKind::Unknown
    }

    /// A name in the formula of an indicator: another indicator.
    fn indicator(&mut self, name: &Spanned<String>) -> TermKind {
        match self.shared.indicator(self.context, self.file, name) {
            Some(column) => TermKind::Cell(Cell {
                form: 0,
                row: RowPick::Current,
                column,
            }),
            None => TermKind::Unknown,
        }
    }

    fn narrowed(&mut self, call: &Call, span: Span) -> TermKind {
        let function = self.context.text(self.file, call.function.span);
        self.context
            .report(PlaceProblem::NarrowedCall { function }, self.file, span);
        TermKind::Unknown
    }

    fn product(&mut self, first: &Expr, rest: &[(Spanned<ProductSign>, Expr)]) -> Term {
        let mut result = self.term(first);
        for (sign, factor) in rest {
            let factor = self.term(factor);
            let span = first.span.cover(factor.span);
            let pair = (Box::new(result), Box::new(factor));
            let kind = match sign.value {
                ProductSign::Times => TermKind::Product(pair.0, pair.1),
                ProductSign::Over => TermKind::Quotient(pair.0, pair.1),
            };
            result = Term::new(kind, span);
        }
        result
    }

    fn comparison(&mut self, first: &Expr, rest: &[(Spanned<Sign>, Expr)]) -> TermKind {
        if let [(sign, second)] = rest
            && [first, second]
                .iter()
                .any(|side| matches!(side.kind, ExprKind::ThisRow))
        {
            return self.belongs(first, comparison_of(sign.value), second);
        }
        let written: Vec<&Expr> = std::iter::once(first)
            .chain(rest.iter().map(|(_, side)| side))
            .collect();
        let mut resolved = self.sides(&written).into_iter();
        let Some(first) = resolved.next().map(Box::new) else {
            return TermKind::Unknown;
        };
        let sides: Vec<(Comparison, Term)> = rest
            .iter()
            .map(|(sign, _)| comparison_of(sign.value))
            .zip(resolved)
            .collect();
        if !point_one_way(&sides) {
            // Told while the text was read.
            return TermKind::Unknown;
        }
        TermKind::Compare(first, sides)
    }

    fn call(&mut self, call: &Call) -> TermKind {
        if let Some(over) = self.over(call) {
            return over;
        }
        if let Some(condition) = &call.condition {
            return self.narrowed(call, condition.span);
        }
        if let Some(key) = call.distinct.first() {
            return self.narrowed(call, key.span);
        }
        let arguments = call.arguments.as_slice();
        match (call.function.value, arguments) {
            (Function::Sum, _) => TermKind::SumOf(self.many(arguments)),
            (Function::Min, _) => TermKind::Minimum(self.many(arguments)),
            (Function::Max, _) => TermKind::Maximum(self.many(arguments)),
            (Function::Round, [value]) => TermKind::Round(Box::new(self.term(value)), 0),
            (Function::Round, [value, digits]) => {
                let value = Box::new(self.term(value));
                match rounding_digits(digits) {
                    Some(digits) => TermKind::Round(value, digits),
                    None => {
                        self.context
                            .report(TypeProblem::RoundDigits, self.file, digits.span);
                        TermKind::Unknown
                    }
                }
            }
            (Function::Abs, [value]) => TermKind::Absolute(Box::new(self.term(value))),
            (Function::Number, [value]) => TermKind::Bare(Box::new(self.term(value))),
            (Function::Blank, [value]) => TermKind::IsBlank(Box::new(self.term(value))),
            (Function::Growth, [now, before]) => {
                let now = Box::new(self.term(now));
                TermKind::Growth(now, Box::new(self.term(before)))
            }
            (Function::Previous, [value]) => self.previous(call, value),
            (Function::Abs | Function::Number | Function::Blank | Function::Previous, _) => {
                self.operands(call, "1")
            }
            (Function::Growth, _) => self.operands(call, "2"),
            (Function::Round, _) => self.operands(call, "1–2"),
            (
                Function::Rank
                | Function::YearAgo
                | Function::YearToDate
                | Function::Opening
                | Function::Plan
                | Function::SumBelow
                | Function::CountBelow
                | Function::OverEvents,
                _,
            ) => self.elsewhen(call),
            (Function::Count, _) => self.operands(call, "1"),
        }
    }

    /// Reports too few or too many operands.
    pub(super) fn operands(&mut self, call: &Call, takes: &'static str) -> TermKind {
        let given = call.arguments.len();
        self.wrong_operands(call, OperandFault::Number { takes, given })
    }

    pub(super) fn wrong_operands(&mut self, call: &Call, fault: OperandFault) -> TermKind {
        let function = self.context.text(self.file, call.function.span);
        let problem = TypeProblem::WrongOperands { function, fault };
        self.context.report(problem, self.file, call.function.span);
        TermKind::Unknown
    }

    fn previous(&mut self, call: &Call, value: &Expr) -> TermKind {
        if self.earlier {
            self.context
                .report(TimeProblem::NestedPrevious, self.file, call.function.span);
            return TermKind::Unknown;
        }
        self.earlier = true;
        let value = self.term(value);
        self.earlier = false;
        TermKind::Previous(Box::new(value))
    }

    /// Operands of a sum, minimum or maximum, where ranges and `*` may stand.
    fn many(&mut self, arguments: &[Expr]) -> Vec<Term> {
        let mut terms = Vec::new();
        for argument in arguments {
            match &argument.kind {
                ExprKind::Cell(cell) if stands_for_many(cell) => terms.extend(self.several(cell)),
                ExprKind::Row(row) => terms.extend(self.several_rows(row)),
                _ => terms.push(self.term(argument)),
            }
        }
        terms
    }
}

/// The catalog of a form's rows.
pub(super) fn catalog_of(rows: Rows) -> Option<usize> {
    match rows {
        Rows::ChosenFrom(catalog) | Rows::From(catalog) => Some(catalog),
        Rows::EachReportingUnit | Rows::Written | Rows::Listed | Rows::Unknown => None,
    }
}

pub(super) fn stands_for_many(cell: &CellRef) -> bool {
    let many = |pick: &Spanned<Pick>| matches!(pick.value, Pick::Range(..));
    cell.picks.iter().any(many)
        || (cell.picks.len() == 2 && cell.picks.first().is_some_and(|row| row.value == Pick::All))
}

fn comparison_of(sign: Sign) -> Comparison {
    match sign {
        Sign::Equal => Comparison::Equal,
        Sign::NotEqual => Comparison::NotEqual,
        Sign::Less => Comparison::Less,
        Sign::LessOrEqual => Comparison::LessOrEqual,
        Sign::Greater => Comparison::Greater,
        Sign::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

fn rounding_digits(expr: &Expr) -> Option<u32> {
    let ExprKind::Number(number) = &expr.kind else {
        return None;
    };
    let digits: u32 = number.digits.parse().ok()?;
    (!number.percent && digits <= MOST_ROUNDED).then_some(digits)
}

/// Several signs must all be equal signs, or all point the same way.
fn point_one_way(sides: &[(Comparison, Term)]) -> bool {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let all = |allowed: &[Comparison]| sides.iter().all(|(sign, _)| allowed.contains(sign));
    sides.len() < 2 || all(&[Equal]) || all(&[Less, LessOrEqual]) || all(&[Greater, GreaterOrEqual])
}
