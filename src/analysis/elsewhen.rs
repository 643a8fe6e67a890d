//! Operators that look at other times and at the reports below: `year ago`, `year to date`, `opening`, `plan`, `over events`, `sum below`, `rank`.
//!
//! Names become positions here; whether a figure has a nature that the operator makes sense of is told by inference. An operator with other operands than it takes is
//! reported and becomes an unknown term.

use super::cell_type::extent::Extent;
use super::cell_type::sums::Additivity;
use super::expression::{Cell, Dimension, Quantity, RowPick, Sort, Term, TermKind};
use super::model::{
    cell::{CellDefinition, Modality, ValueType},
    words::Words,
};
use super::natures::Nature;
use super::resolve::Resolver;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::number::Number;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{Call, Expr, ExprKind, Function};

impl Resolver<'_, '_, '_, '_> {
    /// A call of one of these operators.
    pub(super) fn elsewhen(&mut self, call: &Call) -> TermKind {
        let function = call.function.value;
        match (function, call.arguments.as_slice()) {
            (Function::Plan, [indicator, target]) => self.plan(indicator, target),
            (Function::Plan, _) => self.operands(call, "2"),
            (_, [value]) => {
                // What stands inside may look back itself: `year ago(year to date([1]))`, but only one of them may be `previous`.
                let mut inner = Box::new(self.term(value));
                if matches!(function, Function::SumBelow | Function::CountBelow) {
                    inner = self.of_this_row(inner);
                }
                match function {
                    Function::YearAgo => TermKind::YearAgo(inner),
                    Function::YearToDate => TermKind::YearToDate(inner),
                    Function::Opening => TermKind::Opening(inner),
                    Function::OverEvents => TermKind::OverEvents(inner),
                    Function::SumBelow => TermKind::SumBelow(inner),
                    Function::CountBelow => TermKind::CountBelow(inner),
                    Function::Rank => TermKind::Rank(inner),
                    _ => TermKind::Unknown,
                }
            }
            _ => self.operands(call, "1"),
        }
    }

    /// In a form whose rows are grouped by a field only those reports count in a row whose field chooses it.
    fn of_this_row(&self, inner: Box<Term>) -> Box<Term> {
        let own = self.current.and_then(|form| self.forms.get(form));
        let Some((form, column)) = own.and_then(|draft| draft.form.grouped_by) else {
            return inner;
        };
        let span = inner.span;
        let field = TermKind::Cell(Cell {
            form,
            row: RowPick::Current,
            column,
        });
        let field = Box::new(Term::new(field, span));
        Box::new(Term::new(TermKind::Chosen(inner, field), span))
    }

    /// `plan(indicator, TARGET)`.
    fn plan(&mut self, indicator: &Expr, target: &Expr) -> TermKind {
        let (indicator, target) = (self.named(indicator), self.named(target));
        let indicator =
            indicator.and_then(|name| self.shared.indicator(self.context, self.file, &name));
        let target = target.and_then(|name| self.shared.target(self.context, self.file, &name));
        match (indicator, target) {
            (Some(indicator), Some(target)) => TermKind::Plan { indicator, target },
            _ => TermKind::Unknown,
        }
    }

    fn no_name(&mut self, expr: &Expr) -> Option<Spanned<String>> {
        let written = self.context.text(self.file, expr.span);
        self.context
            .report(PlaceProblem::NameExpected { written }, self.file, expr.span);
        None
    }

    fn named(&mut self, expr: &Expr) -> Option<Spanned<String>> {
        match &expr.kind {
            ExprKind::Path(names) => match names.as_slice() {
                [name] => Some(name.clone()),
                _ => self.no_name(expr),
            },
            _ => self.no_name(expr),
        }
    }
}

/// What a plan value of an indicator yields: a figure of the indicator's measure for its year.
pub(super) fn plan_quantity(words: &Words, indicator: &CellDefinition, target: usize) -> Quantity {
    let ValueType::Number {
        decimals,
        negative,
        percent,
    } = indicator.value
    else {
        return Quantity::unknown();
    };
    let measure = indicator
        .measure
        .and_then(|position| words.measures.get(position));
    Quantity {
        sort: Sort::Figure,
        dimension: match measure {
            Some(measure) => measure.dimension.clone(),
            None => Some(Dimension::default()),
        },
        scale: measure.map_or_else(Number::one, |measure| measure.scale.clone()),
        percent,
        negative,
        decimals: Some(decimals),
        additivity: Additivity {
            nature: match indicator.nature {
                Nature::Unknown => Nature::Flow,
                nature => nature,
            },
            extent: Some(Extent::PlanYear(0)),
            modality: Some(Modality::Plan(target)),
        },
        ..Quantity::unknown()
    }
}
