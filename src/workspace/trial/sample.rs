//! What the figures of a test are once everything is computed: for an author who wants to see a formula at work.
//!
//! It deliberately judges nothing. A test that consolidates several units has no figures of its own, and one of a regime with mistakes has none at all.

use super::figures::Suppositions;
use super::{elsewhere, time};
use crate::analysis::tests_model::TestCase;
use crate::eval::display::display;
use crate::plan::address::Row;
use crate::plan::cell::Source;
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::workspace::{RegimeSource, Snapshot};

/// A computed figure of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// Name of the form.
    pub form: String,
    /// The row; the only one of a form with one row for each unit.
    pub row: Row,
    /// The column.
    pub column: ColumnIndex,
    /// The figure as it is shown, `1.234,5`.
    pub shown: String,
}

/// The computed figures of the report under test, in the order of forms, rows and columns.
pub fn computed(snapshot: &Snapshot, regime: &RegimeSource, case: &TestCase) -> Vec<Computed> {
    let Some(plan) = regime.plan() else {
        return Vec::new();
    };
    let unit = time::reporter(snapshot, plan, case);
    let others = elsewhere::other_regimes(snapshot, case, &unit);
    let other_unit = |name: &str| time::other(snapshot, plan, case, name);
    let suppositions = Suppositions::of(plan, case, &unit, &other_unit, &others);
    let Some(own) = suppositions
        .own()
        .filter(|_| !suppositions.is_consolidation())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (form, at) in plan.form_definition.forms.iter().zip(0..) {
        let at = FormIndex(at);
        for row in own.rows_of(at) {
            for (column, _) in form.columns_indexed() {
                let definition = form.cell(row.row.key(), column);
                let computed = definition.filter(|cell| matches!(cell.source, Source::Computed(_)));
                let cell = own.cell(at, &row.row, column);
                if let Some((definition, cell)) = computed.zip(cell) {
                    found.push(Computed {
                        form: form.name.clone(),
                        row: row.row.clone(),
                        column,
                        shown: display(cell, definition),
                    });
                }
            }
        }
    }
    found
}
