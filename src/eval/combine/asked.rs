//! What a unit owes that sent nothing: a cell closed to it by its registry, its level or its agency is not missing from a sum.
//!
//! It knows no figures. Where nothing is registered of a unit it is taken as asked for everything that the form asks at all.

use super::{Combiner, Standing, is_below};
use crate::eval::compute::{Reading, Scope, data_rows};
use crate::eval::consolidate::Member;
use crate::eval::opens;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Source;

impl Combiner<'_, '_> {
    /// How a unit that sent nothing stands to a figure: a cell that its registry closes is not missing from it.
    pub(super) fn without_report(&self, member: &Member, at: &CellAddress) -> Standing {
        let Some(form) = self.plan.form_definition.form(at.form) else {
            return Standing::Missing;
        };
        let asked = |row: &Row| {
            let Some(cell) = form.cell(row.key(), at.column) else {
                return true;
            };
            let scope = Scope {
                plan: self.plan,
                cells: &self.cells,
                rows: &[],
                moment: self.moment,
                event: None,
                reporter: member.facts,
                reading: Reading::Stated,
                reader: None,
            };
            let period = self.moment.as_ref().map(|moment| &moment.period);
            let counts = |unit| match form.grouped_by {
                Some(by) => opens::may_count_in(&self.plan.form_definition, by, unit, row),
                None => true,
            };
            cell.source != Source::Closed
                && member.facts.is_none_or(counts)
                && member
                    .facts
                    .is_none_or(|unit| opens::is_asked(&scope, period, unit, form, row, cell))
        };
        let data = data_rows(self.rows(), at.form);
        let below = data
            .iter()
            .filter(|leaf| !leaf.inner && leaf.row != at.row && is_below(data, leaf, &at.row));
        let mut below = below.peekable();
        let due = match below.peek() {
            Some(_) => below.any(|leaf| asked(&leaf.row)),
            None => asked(&at.row),
        };
        match due {
            true => Standing::Missing,
            false => Standing::NotAsked,
        }
    }
}
