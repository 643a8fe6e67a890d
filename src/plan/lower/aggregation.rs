//! The aggregation plan: one step per figure column, from its nature (language reference, natures × operations).
//!
//! It does not know units or periods. Broken input does not reach it.

use crate::plan::address::RowScope;
use crate::plan::aggregation::{AggregationPlan, OverTime, OverUnits, Step};
use crate::plan::cell::{CellDefinition, Extent, FilledBy, Modality, Nature, Source, ValueType};
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
    let running = matches!(
        found.extent,
        Extent::SinceYear | Extent::SinceEvent | Extent::SinceStart
    );
    match (&found.source, found.value, found.nature) {
        (Source::Closed, _, _) => OverTime::None,
        (Source::Computed(formula), ValueType::Number { .. }, _) => OverTime::Recompute(*formula),
        (Source::Carried(_), _, _)
        | (Source::Entered, ValueType::Number { .. }, Nature::Opening) => OverTime::First,
        (Source::Entered, ValueType::Number { .. }, Nature::Flow) if running => OverTime::Last,
        (Source::Entered, ValueType::Number { .. }, Nature::Flow) => OverTime::Sum,
        (Source::Entered, ValueType::Number { .. }, Nature::Stock) => OverTime::Last,
        (Source::Entered, ValueType::Number { .. }, Nature::NotOverTime) => OverTime::TypedAfresh,
        (Source::Entered, ValueType::Number { .. }, Nature::PeriodAverage) => {
            OverTime::TimeWeighted
        }
        (Source::Entered, ValueType::Number { .. }, Nature::AverageBy(weight)) => {
            OverTime::Weighted(weight)
        }
        (Source::Entered, ValueType::Number { .. }, Nature::Index) => OverTime::TypedAfresh,
        _ => OverTime::None,
    }
}
