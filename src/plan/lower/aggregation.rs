//! The aggregation plan: one step per figure column, from its nature (language reference, natures × operations).
//!
//! It does not know units or periods. Broken input does not reach it.

use crate::plan::address::RowScope;
use crate::plan::aggregation::{AggregationPlan, OverTime, OverUnits, Step};
use crate::plan::cell::{CellDefinition, FilledBy, Modality, Nature, Source, ValueType};
use crate::plan::form::{ColumnIndex, FormDefinition, FormIndex};
use crate::plan::validation::Computation;

/// Steps in evaluation order: what is added first, then what is recomputed, in the order of computing.
pub(super) fn plan(forms: &FormDefinition, order: &[Computation]) -> AggregationPlan {
    let mut steps = Vec::new();
    for (position, form) in forms.forms.iter().enumerate() {
        let form_index = FormIndex(position as u32);
        for (column, found) in form.columns_indexed() {
            if !matches!(found.cell.source, Source::Computed(_)) {
                steps.push(step(form_index, RowScope::Every, column, &found.cell));
            }
        }
        for exception in &form.exceptions {
            if !matches!(exception.cell.source, Source::Computed(_)) {
                let rows = RowScope::One(exception.row.clone());
                steps.push(step(form_index, rows, exception.column, &exception.cell));
            }
        }
    }
    for computation in order {
        let Some(form) = forms.form(computation.form) else {
            continue;
        };
        let found = match &computation.rows {
            RowScope::Every => form.column(computation.column).map(|column| &column.cell),
            RowScope::One(row) => form.cell(row, computation.column),
        };
        if let Some(found) = found.filter(|found| matches!(found.source, Source::Computed(_))) {
            steps.push(step(
                computation.form,
                computation.rows.clone(),
                computation.column,
                found,
            ));
        }
    }
    AggregationPlan { steps }
}

fn step(form: FormIndex, rows: RowScope, column: ColumnIndex, found: &CellDefinition) -> Step {
    Step {
        form,
        rows,
        column,
        over_units: over_units(found),
        over_time: over_time(found),
    }
}

fn over_units(found: &CellDefinition) -> OverUnits {
    match (&found.source, found.value, found.nature) {
        (Source::Closed, _, _) => OverUnits::None,
        (Source::Computed(_), _, _) if matches!(found.modality, Modality::Plan(_)) => {
            OverUnits::LookUp
        }
        (Source::Computed(formula), ValueType::Number { .. }, _) => OverUnits::Recompute(*formula),
        _ if matches!(found.filled_by, FilledBy::Agencies(_)) => OverUnits::Assemble,
        (Source::Entered, ValueType::Number { .. }, Nature::AverageBy(weight)) => {
            OverUnits::Weighted(weight)
        }
        (Source::Entered, ValueType::Number { .. }, Nature::Index | Nature::Score) => {
            OverUnits::Entered
        }
        (
            Source::Entered | Source::Carried(_),
            ValueType::Number { .. },
            Nature::Flow
            | Nature::Stock
            | Nature::Opening
            | Nature::NotOverTime
            | Nature::PeriodAverage,
        )
        | (Source::Carried(_), _, _) => OverUnits::Sum,
        _ => OverUnits::Collect,
    }
}

fn over_time(found: &CellDefinition) -> OverTime {
    let figure = matches!(found.value, ValueType::Number { .. });
    match (&found.source, found.nature) {
        (Source::Closed, _) => OverTime::None,
        (Source::Computed(formula), _) if figure => OverTime::Recompute(*formula),
        (Source::Carried(_), _) => OverTime::First,
        (Source::Entered, _) if figure && found.extent.ends_before() => typed_again(found),
        (Source::Entered, Nature::Opening) if figure => OverTime::First,
        (Source::Entered, Nature::Flow) if figure && found.extent.runs_up() => OverTime::Last,
        (Source::Entered, Nature::Flow) if figure => OverTime::Sum,
        (Source::Entered, Nature::Stock) if figure => OverTime::Last,
        (Source::Entered, Nature::NotOverTime | Nature::Index) if figure => OverTime::TypedAfresh,
        (Source::Entered, Nature::PeriodAverage) if figure => OverTime::TimeWeighted,
        (Source::Entered, Nature::AverageBy(weight)) if figure => OverTime::Weighted(weight),
        // What was answered last holds for the longer period.
        (Source::Entered, _)
            if matches!(found.value, ValueType::YesOrNo | ValueType::Choice(_)) =>
        {
            OverTime::Last
        }
        _ => OverTime::None,
    }
}

/// A figure about the period before. What stood, or had come together, when the longer period began is said by the first of its parts; what happened in the longer period
/// before is said by the reports that follow each part of that one. Means of it cannot be told from what is at hand.
fn typed_again(found: &CellDefinition) -> OverTime {
    match found.nature {
        Nature::Flow if found.extent.runs_up() => OverTime::First,
        Nature::Stock => OverTime::First,
        Nature::Flow => OverTime::Before,
        Nature::Score | Nature::None => OverTime::None,
        Nature::Opening
        | Nature::NotOverTime
        | Nature::Ratio
        | Nature::Mixed
        | Nature::PeriodAverage
        | Nature::AverageBy(_)
        | Nature::Index => OverTime::TypedAfresh,
    }
}
