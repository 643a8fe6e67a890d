//! The aggregation plan: one step per figure column, from its nature (language reference, natures × operations).
//!
//! It does not know units or periods. Broken input does not reach it.

use crate::plan::aggregation::{AggregationPlan, OverTime, OverUnits, Step};
use crate::plan::form::{
    Column, ColumnIndex, FormDefinition, FormIndex, Nature, Source, ValueType,
};

/// Steps in evaluation order: what is added first, then what is recomputed, in the order of computing.
pub(super) fn plan(forms: &FormDefinition, order: &[(FormIndex, ColumnIndex)]) -> AggregationPlan {
    let mut steps = Vec::new();
    for (position, form) in forms.forms.iter().enumerate() {
        for (column, found) in form.columns_indexed() {
            if !matches!(found.source, Source::Computed(_)) {
                steps.push(step(FormIndex(position as u32), column, found));
            }
        }
    }
    for (form, column) in order {
        let found = forms.form(*form).and_then(|form| form.column(*column));
        if let Some(found) = found.filter(|found| matches!(found.source, Source::Computed(_))) {
            steps.push(step(*form, *column, found));
        }
    }
    AggregationPlan { steps }
}

fn step(form: FormIndex, column: ColumnIndex, found: &Column) -> Step {
    let (over_units, over_time) = match (&found.source, found.value, found.nature) {
        (_, ValueType::Text, _) => (OverUnits::Collect, OverTime::None),
        (Source::Computed(formula), _, _) => (
            OverUnits::Recompute(*formula),
            OverTime::Recompute(*formula),
        ),
        (Source::Carried(_), _, _) | (Source::Entered, _, Nature::Opening) => {
            (OverUnits::Sum, OverTime::First)
        }
        (Source::Entered, _, Nature::Flow) => (OverUnits::Sum, OverTime::Sum),
        (Source::Entered, _, Nature::Stock) => (OverUnits::Sum, OverTime::Last),
        (Source::Entered, _, Nature::NotOverTime) => (OverUnits::Sum, OverTime::TypedAfresh),
        (Source::Entered, _, Nature::Ratio | Nature::Mixed | Nature::None) => {
            (OverUnits::Collect, OverTime::None)
        }
    };
    Step {
        form,
        column,
        over_units,
        over_time,
    }
}
