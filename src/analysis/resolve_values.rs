//! From entries, days, conditions that choose and figures over lists as written to terms.
//!
//! A name beside a choice is an entry of its catalog; a name of a list alone counts its rows. It deliberately does not know types. A part that leads nowhere is
//! reported and becomes an unknown term.

use super::attributes::StatedType;
use super::dates;
use super::expression::{
    Cell, Comparison, Conditional, Entry, Over, OverFunction, RowPick, Term, TermKind,
};
use super::resolve::{Resolver, catalog_of};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::name::RowFault;
use crate::diagnostic::problem::meaning::operand::OperandFault;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::syntax::ast::Date as WrittenDate;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{
    Call, CellRef, Conditional as Written, Expr, ExprKind, Function, Pick,
};
use crate::text::Span;
use std::collections::BTreeSet;

/// What a name may mean at the place at hand, beyond columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Inside {
    /// The catalog whose entries are expected.
    pub entries: Option<usize>,
    /// Inside a figure over a list: the form in whose row it stands; none inside for a figure of no form.
    pub over: Option<Option<usize>>,
    /// Whether names are indicators, in the formula of an indicator.
    pub indicators: bool,
    /// The row that is meant in every form with written rows where none is named.
    pub matching: Option<Matching>,
}

/// A row that several forms have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Matching {
    /// The row with the key of this one.
    Row {
        /// Position of the form it is looked up in.
        form: usize,
        /// Its position there.
        row: usize,
    },
    /// The total row.
    Total,
}

impl Resolver<'_, '_, '_, '_> {
    /// A day.
    pub(super) fn day(&mut self, date: WrittenDate, span: Span) -> TermKind {
        match dates::date(self.context, self.file, &Spanned::new(date, span)) {
            Some(day) => TermKind::Day(day),
            None => TermKind::Unknown,
        }
    }

    /// One of two values by a condition.
    pub(super) fn either(&mut self, written: &Written) -> TermKind {
        let entries = self.inside.entries.take();
        let condition = self.term(&written.condition);
        self.inside.entries = entries;
        TermKind::If(Box::new(Conditional {
            condition,
            then: self.term(&written.then),
            otherwise: self.term(&written.otherwise),
        }))
    }

    /// Both sides of a comparison, in the author's order. Beside a choice a name is an entry of its catalog, and `row` the entry of the row at hand.
    pub(super) fn sides(&mut self, written: &[&Expr]) -> Vec<Term> {
        let waits = |expr: &Expr| {
            matches!(&expr.kind, ExprKind::Path(names) if names.len() == 1)
                || matches!(expr.kind, ExprKind::ThisRow)
        };
        let mut resolved: Vec<Option<Term>> = written
            .iter()
            .map(|expr| (!waits(expr)).then(|| self.term(expr)))
            .collect();
        let catalog = resolved
            .iter()
            .flatten()
            .find_map(|term| self.choice_of(term));
        let before = self.inside.entries;
        self.inside.entries = catalog.or(before);
        let others: Vec<&Term> = resolved.iter().flatten().collect();
        let is_unknown = others.iter().any(|term| term.has_unknown());
        let is_figure = others
            .iter()
            .any(|term| matches!(term.kind, TermKind::Cell(_)));
        for (place, expr) in resolved.iter_mut().zip(written) {
            if place.is_some() {
                continue;
            }
            // What an entry is compared with may be a choice that cannot be told, or should be one.
            let entry = self.inside.entries.is_none() && self.may_be_entry(expr);
            if entry && is_figure && !is_unknown {
                self.context
                    .report(PlaceProblem::NotAChoice, self.file, expr.span);
            }
            let unknown = entry && (is_unknown || is_figure);
            *place = Some(match unknown {
                true => Term::new(TermKind::Unknown, expr.span),
                false => self.term(expr),
            });
        }
        self.inside.entries = before;
        resolved.into_iter().flatten().collect()
    }

    /// Whether a name is that of an entry of some catalog, and of no column or list of the form at hand.
    fn may_be_entry(&self, expr: &Expr) -> bool {
        let ExprKind::Path(names) = &expr.kind else {
            return false;
        };
        let [name] = names.as_slice() else {
            return false;
        };
        let form = self.current.and_then(|form| self.forms.get(form));
        let is_column = form.is_some_and(|draft| draft.find(&name.value).is_some());
        let mut catalogs = self.shared.words.catalogs.iter();
        !is_column
            && self.list_named(&name.value).is_none()
            && catalogs.any(|catalog| catalog.entries.find(&name.value).is_some())
    }

    /// `[nguon] = row`: whether the entry belongs to the row at hand.
    pub(super) fn belongs(&mut self, first: &Expr, sign: Comparison, second: &Expr) -> TermKind {
        let (subject, row) = match &first.kind {
            ExprKind::ThisRow => (second, first),
            _ => (first, second),
        };
        let subject = self.term(subject);
        let catalog = self.choice_of(&subject);
        let outer = self.inside.over.map(|outer| {
            outer
                .and_then(|form| self.forms.get(form))
                .and_then(|draft| catalog_of(draft.form.rows))
        });
        let fits = matches!((outer, catalog), (Some(Some(rows)), Some(choice)) if rows == choice);
        if !fits {
            if !subject.has_unknown() {
                self.context
                    .report(TypeProblem::RowAlone, self.file, row.span);
            }
            return TermKind::Unknown;
        }
        let under = TermKind::Under(Box::new(subject));
        match sign {
            Comparison::Equal => under,
            Comparison::NotEqual => {
                TermKind::Not(Box::new(Term::new(under, first.span.cover(second.span))))
            }
            _ => {
                self.context
                    .report(TypeProblem::RowAlone, self.file, row.span);
                TermKind::Unknown
            }
        }
    }

    /// `row` where it is not compared with a choice over a list.
    pub(super) fn row_alone(&mut self, span: Span) -> TermKind {
        self.context.report(TypeProblem::RowAlone, self.file, span);
        TermKind::Unknown
    }

    /// `[loai] in (bao, lu)`.
    pub(super) fn is_in(
        &mut self,
        subject: &Expr,
        entries: &[Spanned<String>],
        span: Span,
    ) -> TermKind {
        let subject = self.term(subject);
        let Some(catalog) = self.choice_of(&subject) else {
            if subject.has_unknown() {
                return TermKind::Unknown;
            }
            self.context
                .report(PlaceProblem::NotAChoice, self.file, span);
            return TermKind::Unknown;
        };
        let mut names = Vec::new();
        let mut complete = true;
        for entry in entries {
            match self.entry(catalog, entry) {
                Some(_) => names.extend(self.with_all_below(catalog, &entry.value)),
                None => complete = false,
            }
        }
        if !complete {
            return TermKind::Unknown;
        }
        TermKind::In(Box::new(subject), names)
    }

    /// The entry of a name where one is expected.
    pub(super) fn expected_entry(&mut self, name: &Spanned<String>) -> Option<TermKind> {
        let catalog = self.inside.entries?;
        let found = self.shared.words.catalogs.get(catalog)?;
        found.entries.find(&name.value)?;
        let shared = self.shared;
        let entry = shared.entry(self.context, self.file, catalog, name)?;
        Some(TermKind::Entry(Entry {
            catalog,
            name: entry.name.clone(),
            label: entry.label.clone(),
        }))
    }

    /// What a name alone is, if it is no column: an entry where one is expected, or a list, whose rows it counts.
    pub(super) fn entry_or_list(&mut self, name: &Spanned<String>) -> Option<TermKind> {
        if let Some(entry) = self.expected_entry(name) {
            return Some(entry);
        }
        let is_column = self
            .current
            .and_then(|form| self.forms.get(form))
            .is_some_and(|draft| draft.find(&name.value).is_some());
        if is_column {
            return None;
        }
        if let Some(list) = self.list_named(&name.value) {
            return Some(TermKind::Over(Box::new(Over {
                list,
                function: OverFunction::Count,
                value: None,
                distinct: Vec::new(),
                condition: None,
            })));
        }
        let catalog = self.inside.entries?;
        self.entry(catalog, name);
        Some(TermKind::Unknown)
    }

    /// An entry of a catalog; an unknown one is reported unless entries of the catalog could not be read.
    pub(super) fn entry(&mut self, catalog: usize, name: &Spanned<String>) -> Option<String> {
        let found = self.shared.entry(self.context, self.file, catalog, name);
        found.map(|entry| entry.name.clone())
    }

    fn with_all_below(&self, catalog: usize, name: &str) -> Vec<String> {
        let Some(catalog) = self.shared.words.catalogs.get(catalog) else {
            return Vec::new();
        };
        let mut inside: BTreeSet<usize> = BTreeSet::new();
        // Parents stand before their children.
        for (position, entry) in catalog.entries.iter().enumerate() {
            let below = entry.parent.is_some_and(|parent| inside.contains(&parent));
            if entry.name == name || below {
                inside.insert(position);
            }
        }
        inside
            .into_iter()
            .filter_map(|position| catalog.entries.get(position))
            .map(|entry| entry.name.clone())
            .collect()
    }

    /// The catalog that a term takes its entries from.
    pub(super) fn choice_of(&self, term: &Term) -> Option<usize> {
        match &term.kind {
            TermKind::Cell(cell) => {
                let draft = self.forms.get(cell.form)?;
                let row = match &cell.row {
                    RowPick::Entry(key) => draft.find_row(key),
                    _ => None,
                };
                let stated = draft.made(row, cell.column)?.stated.value;
                match stated.or(draft.defaults.value) {
                    Some((StatedType::Choice(catalog), _)) => Some(catalog),
                    _ => None,
                }
            }
            TermKind::Entry(entry) => Some(entry.catalog),
            TermKind::Previous(inner) => self.choice_of(inner),
            TermKind::If(parts) => self
                .choice_of(&parts.then)
                .or_else(|| self.choice_of(&parts.otherwise)),
            _ => None,
        }
    }

    /// The position of a list of this name; a name alone counts the rows of a list.
    pub(super) fn list_named(&self, name: &str) -> Option<usize> {
        let found = self.context.form_places.get(name).copied()?;
        let is_list = self.forms.get(found)?.form.list;
        is_list.then_some(found)
    }

    /// A figure over the rows of a list; none where the function is applied to cells of a row.
    pub(super) fn over(&mut self, call: &Call) -> Option<TermKind> {
        let function = match call.function.value {
            Function::Count => OverFunction::Count,
            Function::Sum => OverFunction::Sum,
            Function::Min => OverFunction::Minimum,
            Function::Max => OverFunction::Maximum,
            _ => return None,
        };
        let narrowed = call.condition.is_some() || !call.distinct.is_empty();
        let about_list = match call.arguments.as_slice() {
            [argument] => self.list_of(argument).is_some(),
            _ => false,
        };
        if !narrowed && !about_list && function != OverFunction::Count {
            return None;
        }
        Some(self.over_list(call, function))
    }

    /// The list that an argument is about.
    fn list_of(&self, argument: &Expr) -> Option<usize> {
        match &argument.kind {
            ExprKind::Path(names) => match names.as_slice() {
                [name] => self.list_named(&name.value),
                _ => None,
            },
            ExprKind::Cell(cell) if is_every_row(cell) => match cell.path.as_slice() {
                [] => self
                    .current
                    .filter(|form| self.forms.get(*form).is_some_and(|draft| draft.form.list)),
                [name] => self.list_named(&name.value),
                _ => None,
            },
            _ => None,
        }
    }

    fn over_list(&mut self, call: &Call, function: OverFunction) -> TermKind {
        let [argument] = call.arguments.as_slice() else {
            return self.operands(call, "1");
        };
        let Some(list) = self.list_of(argument) else {
            return self.no_list(call, argument);
        };
        if self.inside.over.is_some() {
            let span = call.function.span;
            self.context
                .report(PlaceProblem::ListInsideList, self.file, span);
            return TermKind::Unknown;
        }
        if let Some(draft) = self.forms.get(list) {
            let place = match &argument.kind {
                ExprKind::Path(names) => names.first(),
                ExprKind::Cell(cell) => cell.path.first(),
                _ => None,
            };
            if let Some(name) = place {
                let declared = draft.form.place.label;
                self.context
                    .refer(NameKind::Form, self.file, name.span, declared);
            }
        }
        let column = match &argument.kind {
            ExprKind::Cell(cell) => cell.picks.last(),
            _ => None,
        };
        let before = (self.current, self.inside);
        let place = (self.row.take(), self.column.take());
        self.current = Some(list);
        self.inside = Inside {
            entries: None,
            over: Some(before.0),
            indicators: before.1.indicators,
            matching: None,
        };
        let value = column.map(|column| self.field(column, list));
        let distinct = call
            .distinct
            .iter()
            .map(|key| {
                self.term(&Expr {
                    kind: ExprKind::Cell(key.clone()),
                    span: key.span,
                })
            })
            .collect();
        let condition = call
            .condition
            .as_ref()
            .map(|condition| self.term(condition));
        (self.current, self.inside) = before;
        (self.row, self.column) = place;
        match (&value, function) {
            (None, OverFunction::Sum | OverFunction::Minimum | OverFunction::Maximum) => {
                let list = self.list_name(list);
                self.wrong_operands(call, OperandFault::NoField { list, field: None })
            }
            (Some(_), OverFunction::Count) => {
                let written = self.context.text(self.file, argument.span);
                let list = Some(self.list_name(list));
                self.wrong_operands(call, OperandFault::CountsNoList { written, list })
            }
            _ => TermKind::Over(Box::new(Over {
                list,
                function,
                value,
                distinct,
                condition,
            })),
        }
    }

    fn field(&mut self, pick: &Spanned<Pick>, list: usize) -> Term {
        let place = match &pick.value {
            Pick::Place(place) => place.clone(),
            _ => self.context.text(self.file, pick.span),
        };
        let kind = match self.column(&Spanned::new(place, pick.span), list) {
            Some(column) => TermKind::Cell(Cell {
                form: list,
                row: RowPick::Current,
                column,
            }),
            None => TermKind::Unknown,
        };
        Term::new(kind, pick.span)
    }

    fn no_list(&mut self, call: &Call, argument: &Expr) -> TermKind {
        let named = match &argument.kind {
            ExprKind::Path(names) => names.first(),
            ExprKind::Cell(cell) => cell.path.first(),
            _ => None,
        };
        let written = self.context.text(self.file, argument.span);
        let list = named.and_then(|name| self.list_named(&name.value));
        let fault = match (named, list) {
            (Some(name), None) => {
                if let Some(form) = self.form(name) {
                    self.fault(RowFault::NotAList, form, argument.span);
                }
                return TermKind::Unknown;
            }
            (_, Some(list)) if call.function.value != Function::Count => {
                let list = self.list_name(list);
                let field = field_of(argument);
                OperandFault::NoField { list, field }
            }
            (_, list) if call.function.value == Function::Count => {
                let list = list.map(|list| self.list_name(list));
                OperandFault::CountsNoList { written, list }
            }
            _ => OperandFault::NarrowsNoList { written },
        };
        self.wrong_operands(call, fault)
    }

    fn list_name(&self, list: usize) -> String {
        let draft = self.forms.get(list);
        draft.map_or(String::new(), |draft| draft.form.name.clone())
    }
}

/// The field of a list that an operand names.
fn field_of(argument: &Expr) -> Option<String> {
    let ExprKind::Cell(cell) = &argument.kind else {
        return None;
    };
    match cell.picks.as_slice() {
        [
            Spanned {
                value: Pick::Place(place),
                ..
            },
        ] => Some(place.clone()),
        _ => None,
    }
}

/// `DA[*, 3]`: one column in every row.
fn is_every_row(cell: &CellRef) -> bool {
    matches!(
        cell.picks.as_slice(),
        [
            Spanned {
                value: Pick::All,
                ..
            },
            _
        ]
    )
}
