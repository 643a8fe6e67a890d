//! From expressions as written to terms: every name becomes a position.
//!
//! It deliberately does not know types. A part that leads nowhere is reported and becomes an unknown term.

use super::context::Context;
use super::expression::{Cell, Comparison, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::model::Rows;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::number::Number;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{
    Call, CellRef, Comparison as Sign, Expr, ExprKind, Function, Pick, ProductSign, SumSign,
};
use crate::text::{FileId, Span};

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
    pub form_strays: &'r std::collections::BTreeSet<String>,
    /// The form at hand; none at regime level.
    pub current: Option<usize>,
    /// The file.
    pub file: FileId,
    /// Whether the expression is looked up in an earlier report already.
    pub earlier: bool,
}

impl Resolver<'_, '_, '_, '_> {
    /// Resolves an expression.
    pub fn term(&mut self, expr: &Expr) -> Term {
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
                [name] => self.bare_name(name),
                _ => self.unsupported(expr.span),
            },
            ExprKind::In { .. }
            | ExprKind::Date(_)
            | ExprKind::Row(_)
            | ExprKind::ThisRow
            | ExprKind::ThisCell
            | ExprKind::Nil
            | ExprKind::If(_) => self.unsupported(expr.span),
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

    fn unsupported(&mut self, span: Span) -> TermKind {
        self.context.unsupported(self.file, span);
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
        let first = Box::new(self.term(first));
        let sides: Vec<(Comparison, Term)> = rest
            .iter()
            .map(|(sign, side)| (comparison_of(sign.value), self.term(side)))
            .collect();
        if !point_one_way(&sides) {
            // Told while the text was read.
            return TermKind::Unknown;
        }
        TermKind::Compare(first, sides)
    }

    fn call(&mut self, call: &Call) -> TermKind {
        if let Some(condition) = &call.condition {
            return self.unsupported(condition.span);
        }
        if let Some(key) = call.distinct.first() {
            return self.unsupported(key.span);
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
                self.wrong_operands(call, "1")
            }
            (Function::Growth, _) => self.wrong_operands(call, "2"),
            (Function::Round, _) => self.wrong_operands(call, "1–2"),
            (
                Function::Count
                | Function::Rank
                | Function::YearAgo
                | Function::YearToDate
                | Function::Opening
                | Function::Plan
                | Function::SumBelow
                | Function::CountBelow
                | Function::OverEvents,
                _,
            ) => self.unsupported(call.function.span),
        }
    }

    fn wrong_operands(&mut self, call: &Call, expected: &'static str) -> TermKind {
        let function = self.context.text(self.file, call.function.span);
        let problem = TypeProblem::WrongOperands { function, expected };
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
                _ => terms.push(self.term(argument)),
            }
        }
        terms
    }

    fn cell(&mut self, cell: &CellRef) -> TermKind {
        if stands_for_many(cell) {
            let form = self.form_of(cell).and_then(|form| self.forms.get(form));
            if let Some(form) = form {
                let problem = NameProblem::RowInReference {
                    form: form.form.name.clone(),
                    fault: RowFault::ManyOutsideSum,
                };
                self.context.report(problem, self.file, cell.span);
            }
            return TermKind::Unknown;
        }
        let Some(form) = self.form_of(cell) else {
            return TermKind::Unknown;
        };
        let Some((row, column)) = self.picks(cell, form) else {
            return TermKind::Unknown;
        };
        let Pick::Place(place) = &column.value else {
            let name = Spanned::new(self.context.text(self.file, column.span), column.span);
            self.unknown_column(&name, form);
            return TermKind::Unknown;
        };
        let place = Spanned::new(place.clone(), column.span);
        match self.column(&place, form) {
            Some(column) => TermKind::Cell(Cell { form, row, column }),
            None => TermKind::Unknown,
        }
    }

    /// The cells that a range or `*` stands for.
    fn several(&mut self, cell: &CellRef) -> Vec<Term> {
        let unknown = vec![Term::new(TermKind::Unknown, cell.span)];
        let Some(form) = self.form_of(cell) else {
            return unknown;
        };
        let Some((row, column)) = self.picks(cell, form) else {
            return unknown;
        };
        let columns = match &column.value {
            Pick::Range(from, to) => self.range(from, to, form),
            Pick::Place(place) => {
                let place = Spanned::new(place.clone(), column.span);
                self.column(&place, form).map(|column| vec![column])
            }
            _ => {
                let name = Spanned::new(self.context.text(self.file, column.span), column.span);
                self.unknown_column(&name, form);
                None
            }
        };
        let Some(columns) = columns else {
            return unknown;
        };
        columns
            .into_iter()
            .map(|column| {
                Term::new(
                    TermKind::Cell(Cell {
                        form,
                        row: row.clone(),
                        column,
                    }),
                    cell.span,
                )
            })
            .collect()
    }

    /// Columns from one to another in printed order, without those that are parts of another member.
    fn range(
        &mut self,
        from: &Spanned<String>,
        to: &Spanned<String>,
        form: usize,
    ) -> Option<Vec<usize>> {
        let (first, last) = (self.column(from, form), self.column(to, form));
        let (first, last) = (first?, last?);
        if last < first {
            let problem = FormProblem::RangeBackwards {
                from: from.value.clone(),
                to: to.value.clone(),
            };
            self.context
                .report(problem, self.file, from.span.cover(to.span));
            return None;
        }
        let draft = self.forms.get(form)?;
        let members: Vec<usize> = (first..=last)
            .filter(|column| !draft.is_text(*column))
            .collect();
        let parts: Vec<usize> = members
            .iter()
            .flat_map(|member| super::parts::of(draft, *member))
            .collect();
        Some(
            members
                .into_iter()
                .filter(|member| !parts.contains(member))
                .collect(),
        )
    }

    /// The form of a reference.
    fn form_of(&mut self, cell: &CellRef) -> Option<usize> {
        match cell.path.as_slice() {
            [] if self.current.is_some() => self.current,
            [] => {
                let column = self.context.text(self.file, cell.span);
                let column = column.trim_matches(['[', ']']).to_owned();
                self.context
                    .report(RuleProblem::FormNeeded { column }, self.file, cell.span);
                None
            }
            [name] => self.form(name),
            _ => {
                self.context.unsupported(self.file, cell.span);
                None
            }
        }
    }

    /// The form of a name; an unknown one is reported.
    pub fn form(&mut self, name: &Spanned<String>) -> Option<usize> {
        let found = self
            .forms
            .iter()
            .position(|draft| draft.form.name == name.value);
        match found.and_then(|position| self.forms.get(position)) {
            Some(draft) => {
                self.context
                    .refer(NameKind::Form, self.file, name.span, draft.form.place.label);
            }
            None => {
                let names = self.forms.iter().map(|draft| draft.form.name.as_str());
                self.context
                    .unknown(NameKind::Form, name, self.file, names, self.form_strays);
            }
        }
        found
    }

    /// Row and column picks of a reference, the row resolved.
    fn picks<'x>(
        &mut self,
        cell: &'x CellRef,
        form: usize,
    ) -> Option<(RowPick, &'x Spanned<Pick>)> {
        match cell.picks.as_slice() {
            [column] => self.current_row(cell, form).map(|row| (row, column)),
            [row, column] => self.row(row, form).map(|row| (row, column)),
            _ => None,
        }
    }

    fn fault(&mut self, fault: RowFault, form: usize, span: Span) {
        let name = self
            .forms
            .get(form)
            .map_or(String::new(), |draft| draft.form.name.clone());
        self.context.report(
            NameProblem::RowInReference { form: name, fault },
            self.file,
            span,
        );
    }

    /// The row at hand, where the form has it.
    fn current_row(&mut self, cell: &CellRef, form: usize) -> Option<RowPick> {
        let target = self.forms.get(form).map(|draft| draft.form.rows)?;
        let here = self
            .current
            .and_then(|current| self.forms.get(current))
            .map(|draft| draft.form.rows);
        let fault = match (here, target) {
            (Some(here), target) if catalog_of(here).is_some() && catalog_of(target).is_some() => {
                (catalog_of(here) != catalog_of(target)).then_some(RowFault::OtherRows)
            }
            (Some(Rows::EachReportingUnit), target) if catalog_of(target).is_some() => {
                Some(RowFault::RowNeeded)
            }
            _ => None,
        };
        match fault {
            Some(fault) => {
                self.fault(fault, form, cell.span);
                None
            }
            None => Some(RowPick::Current),
        }
    }

    fn row(&mut self, row: &Spanned<Pick>, form: usize) -> Option<RowPick> {
        let rows = self.forms.get(form).map(|draft| draft.form.rows)?;
        match (&row.value, rows) {
            (Pick::Total, _) => Some(RowPick::Total),
            (Pick::Place(_) | Pick::All, Rows::EachReportingUnit) => {
                self.fault(RowFault::NoRows, form, row.span);
                None
            }
            (Pick::All, _) => Some(RowPick::Others),
            (Pick::Place(name), _) => {
                let catalog =
                    catalog_of(rows).and_then(|catalog| self.shared.words.catalogs.get(catalog))?;
                if catalog.entries.iter().any(|entry| entry.name == *name) {
                    return Some(RowPick::Entry(name.clone()));
                }
                if catalog.complete {
                    let names = catalog.entries.iter().map(|entry| entry.name.as_str());
                    let name = Spanned::new(name.clone(), row.span);
                    self.context.unknown(
                        NameKind::Entry,
                        &name,
                        self.file,
                        names,
                        &self.shared.strays,
                    );
                }
                None
            }
            (Pick::Unit(_) | Pick::Range(..), _) => {
                self.context.unsupported(self.file, row.span);
                None
            }
        }
    }

    /// The column of a printed number or name; an unknown one, or a stub, is reported.
    pub fn column(&mut self, place: &Spanned<String>, form: usize) -> Option<usize> {
        let draft = self.forms.get(form)?;
        if let Some(found) = draft.find(&place.value) {
            if let Some(column) = draft.form.columns.get(found) {
                self.context
                    .refer(NameKind::Column, self.file, place.span, column.place.label);
            }
            return Some(found);
        }
        self.unknown_column(place, form);
        None
    }

    fn unknown_column(&mut self, place: &Spanned<String>, form: usize) {
        let Some(draft) = self.forms.get(form) else {
            return;
        };
        if draft.stubs.contains(&place.value) {
            let problem = TypeProblem::TextInArithmetic {
                column: place.value.clone(),
            };
            self.context.report(problem, self.file, place.span);
            return;
        }
        self.context.unknown(
            NameKind::Column,
            place,
            self.file,
            draft.places(),
            &draft.strays,
        );
    }

    /// A name alone is a column of the form at hand.
    fn bare_name(&mut self, name: &Spanned<String>) -> TermKind {
        let Some(form) = self.current else {
            self.context.report(
                RuleProblem::FormNeeded {
                    column: name.value.clone(),
                },
                self.file,
                name.span,
            );
            return TermKind::Unknown;
        };
        match self.column(name, form) {
            Some(column) => TermKind::Cell(Cell {
                form,
                row: RowPick::Current,
                column,
            }),
            None => TermKind::Unknown,
        }
    }
}

/// The catalog of a form's rows.
pub(super) fn catalog_of(rows: Rows) -> Option<usize> {
    match rows {
        Rows::ChosenFrom(catalog) | Rows::From(catalog) => Some(catalog),
        Rows::EachReportingUnit | Rows::Written | Rows::Listed | Rows::Unknown => None,
    }
}

fn stands_for_many(cell: &CellRef) -> bool {
    let many = |pick: &Spanned<Pick>| matches!(pick.value, Pick::Range(..));
    cell.picks.last().is_some_and(many)
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
