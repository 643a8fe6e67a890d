//! Weights of averages: each is another figure, and one that adds up (language-types §1.7: Σ(x·w)/Σw).
//!
//! It deliberately does not know where a weight comes from. A weight that could not be told is not judged.

use super::attributes::Stated;
use super::cell_type::operations::Kind;
use super::context::Context;
use super::expression::{Cell, Sort, Term};
use super::indicators::{infer, over_indicators};
use super::shared::Shared;
use crate::diagnostic::problem::meaning::time::NatureWord;
use crate::diagnostic::problem::meaning::weight::WeightProblem;
use crate::syntax::ast::indicator::Indicator;
use crate::text::FileId;

/// What is wrong with a weight whose type is known; `own` tells the cell that is averaged, `figure` is its name.
pub(super) fn problem(
    weight: &Term,
    own: &dyn Fn(&Cell) -> bool,
    figure: &str,
) -> Option<WeightProblem> {
    let mut itself = false;
    weight.cells(&mut |cell, earlier| itself |= !earlier && own(cell));
    if itself {
        let figure = figure.to_owned();
        return Some(WeightProblem::Itself { figure });
    }
    let kind = Kind::of(None, &weight.quantity.additivity)?;
    let adds = match kind {
        Kind::Flow
        | Kind::SinceYear
        | Kind::SinceEvent
        | Kind::SinceStart
        | Kind::Stock
        | Kind::Opening
        | Kind::Mixed
        | Kind::PeriodAverage
        | Kind::Distinct
        | Kind::NotOverTime => true,
        Kind::Ratio | Kind::Index | Kind::Average | Kind::Score | Kind::Plan => false,
        // Words and choices were told where a figure is needed.
        Kind::Choice | Kind::Words => true,
    };
    let nature = kind.word();
    (!adds).then_some(WeightProblem::DoesNotAdd { nature })
}

/// Reads and judges the weights of indicators, whose names stand for other indicators.
pub(super) fn of_indicators(
    context: &mut Context,
    shared: &mut Shared,
    written: &[(FileId, &Indicator)],
    stated: &[Stated],
) {
    for (position, ((file, found), stated)) in written.iter().zip(stated).enumerate() {
        let Some((weight, _)) = stated.weight else {
            continue;
        };
        let mut term = over_indicators(context, shared, *file, weight);
        let before = context.reported();
        infer(context, shared, *file, &mut term);
        if context.reported_since(before) {
            continue;
        }
        let name = &found.name.value;
        let answer = match term.quantity.sort {
            Sort::Text => Some(NatureWord::Words),
            Sort::File => Some(NatureWord::File),
            Sort::Day => Some(NatureWord::Day),
            Sort::Choice(_) | Sort::Truth => Some(NatureWord::Choice),
            Sort::Figure | Sort::Unknown => None,
        };
        if let Some(nature) = answer {
            context.report(WeightProblem::DoesNotAdd { nature }, *file, term.span);
            continue;
        }
        let own = |cell: &Cell| cell.column == position;
        if let Some(problem) = problem(&term, &own, name) {
            if matches!(problem, WeightProblem::Itself { .. }) {
                shared.circular.insert(name.clone());
            }
            context.report(problem, *file, term.span);
        }
    }
}
