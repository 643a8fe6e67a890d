//! Products and quotients: their measures multiply and divide, and a quotient of figures is a ratio.
//!
//! It deliberately does not know sums. A division by zero is reported; whatever is unknown absorbs its consequences.

use super::Inference;
use crate::analysis::cell_type::extent::Extent;
use crate::analysis::expression::{Dimension, Quantity, Sort, Term, TermKind};
use crate::analysis::model::cell::Modality;
use crate::analysis::natures::Nature;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::number::Number;
use crate::text::Span;

impl Inference<'_, '_> {
    pub(super) fn product(&mut self, a: &Term, b: &Term) -> Quantity {
        let (Some(a), Some(b)) = (self.figure(a), self.figure(b)) else {
            return Quantity::unknown();
        };
        let dimension = a
            .dimension
            .as_ref()
            .zip(b.dimension.as_ref())
            .map(|(a, b)| a.combined(b, 1));
        let constants = (
            a.additivity.nature == Nature::Constant,
            b.additivity.nature == Nature::Constant,
        );
        let pure = dimension.as_ref().is_some_and(Dimension::is_pure);
        Quantity {
            sort: Sort::Figure,
            scale: a.scale.mul(&b.scale),
            percent: pure && ((a.percent && b.literal) || (b.percent && a.literal)),
            literal: a.literal && b.literal,
            negative: a.negative || b.negative,
            decimals: a.decimals.zip(b.decimals).map(|(a, b)| a.saturating_add(b)),
            points: false,
            additivity: match constants {
                (true, _) => b.additivity.clone(),
                (_, true) => a.additivity.clone(),
                _ => a.additivity.mixed(),
            },
            linear: a.linear && b.linear && (constants.0 || constants.1),
            dimension,
            hundredfold: false,
            never_to_date: None,
        }
    }

    pub(super) fn quotient(&mut self, a: &Term, b: &Term) -> Quantity {
        if is_zero(b) {
            self.report(TypeProblem::DivisionByZero, b.span);
            return Quantity::unknown();
        }
        let below = if let TermKind::Number(value) = &b.kind {
            Some(value.clone())
        } else {
            None
        };
        self.spans(a, b);
        let (Some(a), Some(b)) = (self.figure(a), self.figure(b)) else {
            return Quantity::unknown();
        };
        let constant = b.additivity.nature == Nature::Constant;
        // A divisor such as 1000 gives a finite number of further decimals; 3 does not.
        let further = below
            .and_then(|value| Number::one().checked_div(&value))
            .and_then(|inverse| inverse.decimals());
        Quantity {
            sort: Sort::Figure,
            dimension: a
                .dimension
                .as_ref()
                .zip(b.dimension.as_ref())
                .map(|(a, b)| a.combined(b, -1)),
            scale: a.scale.checked_div(&b.scale).unwrap_or_else(Number::one),
            percent: constant && a.percent,
            literal: a.literal && b.literal,
            negative: a.negative || b.negative,
            decimals: a.decimals.zip(further).map(|(a, b)| a.saturating_add(b)),
            points: false,
            additivity: match constant {
                true => a.additivity.clone(),
                false => a.additivity.ratio(&b.additivity),
            },
            linear: a.linear && constant,
            hundredfold: false,
            never_to_date: None,
        }
    }
}

impl Inference<'_, '_> {
    /// Advises against a quotient of figures of two spans, unless they are those that people do compare: one window or one year apart.
    fn spans(&mut self, above: &Term, below: &Term) {
        let flows = [above, below].iter().all(|term| {
            let additivity = &term.quantity.additivity;
            matches!(additivity.nature, Nature::Flow | Nature::Mixed)
                && matches!(additivity.extent, Some(Extent::Spans(_)))
        });
        let extents = (
            &above.quantity.additivity.extent,
            &below.quantity.additivity.extent,
        );
        // A plan is of its year, whatever span it is compared with.
        let planned = [above, below].iter().any(|term| {
            matches!(
                term.quantity.additivity.modality,
                Some(Modality::Plan(_) | Modality::Planned)
            )
        });
        let (true, false, (Some(one), Some(two))) = (flows, planned, extents) else {
            return;
        };
        let apart = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)];
        if !apart
            .iter()
            .any(|(windows, years)| one.shifted(*windows, *years) == *two)
        {
            let problem = TimeProblem::QuotientOfSpans {
                above: self.shown(above),
                below: self.shown(below),
            };
            self.report(problem, below.span);
        }
    }
}

pub(super) fn is_zero(term: &Term) -> bool {
    matches!(&term.kind, TermKind::Number(value) if value.is_zero())
}

/// Remembers of a ratio that it is multiplied by 100; nobody knows it of its cell otherwise.
pub(super) fn remember_hundredfold(term: &mut Term) {
    let pure = term
        .quantity
        .dimension
        .as_ref()
        .is_some_and(Dimension::is_pure);
    let plain = pure && !term.quantity.percent;
    term.quantity.hundredfold |= plain && multiplied_by_hundred(term);
}

/// The percentage meant by a number without its sign, as it is written: 0.7 is 70%, and 90 is 90%.
pub(in crate::analysis) fn percentage_meant(digits: &str) -> String {
    let value = Number::parse(digits).unwrap_or_else(|_| Number::zero());
    match !value.is_zero() && value.abs() < Number::one() {
        true => format!("{}%", value.mul(&Number::from_i64(100)).to_plain(None)),
        false => format!("{digits}%"),
    }
}

/// What is written where so that a number becomes the percentage that is meant: the sign behind it, or another number in its place.
pub(in crate::analysis) fn percent_fix(number: &str, meant: &str, span: Span) -> (Span, String) {
    match meant.strip_suffix('%') == Some(number) {
        true => (Span::at(span.end), "%".to_owned()),
        false => (span, meant.to_owned()),
    }
}

/// Whether a quotient is multiplied by 100, as people write percentages.
pub(in crate::analysis) fn multiplied_by_hundred(term: &Term) -> bool {
    let hundred = |term: &Term| {
        matches!(&term.kind, TermKind::Number(value) if *value == Number::from_i64(100))
            && term.quantity.literal
    };
    match &term.kind {
        TermKind::Product(a, b) => {
            (hundred(a) && divides(b)) || (hundred(b) && divides(a)) || multiplied_by_hundred(a)
        }
        TermKind::Quotient(a, _) => {
            matches!(&a.kind, TermKind::Product(x, y) if hundred(x) || hundred(y))
                || multiplied_by_hundred(a)
        }
        _ => false,
    }
}

fn divides(term: &Term) -> bool {
    match &term.kind {
        TermKind::Quotient(..) => true,
        TermKind::Cell(_) => term.quantity.percent,
        TermKind::Product(a, b) => divides(a) || divides(b),
        TermKind::Round(inner, _) | TermKind::Negate(inner) => divides(inner),
        _ => false,
    }
}
