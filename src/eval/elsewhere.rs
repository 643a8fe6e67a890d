//! Cells of other regimes, read in the report of the same period.
//!
//! It does not choose which report counts: the archive holds it. A report that is not known, or a figure that is blank there, leaves the cell blank and says so.

use crate::eval::cell::BlankReason;
use crate::eval::compute::Scope;
use crate::eval::operation::Operand;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::CellDefinition;
use crate::plan::expression::{ForeignReference, RowReference};

impl Scope<'_> {
    /// The value of a cell of another regime in this document's period.
    pub(super) fn foreign(&self, reference: &ForeignReference) -> Operand {
        let blank = || Operand::Blank(BlankReason::NotKnownElsewhere(reference.regime.clone()));
        let found = self.moment.and_then(|moment| {
            let elsewhere = moment.archive.elsewhere.get(&reference.regime)?;
            let report = elsewhere.archive.report(moment.period)?;
            let at = address(elsewhere.plan, reference)?;
            Some(Scope::of_report(elsewhere.plan, report).read(&at))
        });
        match found {
            None | Some(Operand::Blank(_) | Operand::LeftOut(_)) => blank(),
            Some(known) => known,
        }
    }
    /// What a cell of another regime is there.
    pub(super) fn definition_elsewhere(
        &self,
        reference: &ForeignReference,
    ) -> Option<&CellDefinition> {
        let elsewhere = self.moment?.archive.elsewhere.get(&reference.regime)?;
        let at = address(elsewhere.plan, reference)?;
        let form = elsewhere.plan.form_definition.form(at.form)?;
        form.cell(at.row.key(), at.column)
    }
}

/// Where a cell of another regime stands in the plan of that regime.
fn address(plan: &CompiledRegime, reference: &ForeignReference) -> Option<CellAddress> {
    let (form, found) = plan.form_definition.find_form(&reference.form)?;
    let (column, _) = found.find_column(&reference.column)?;
    Some(CellAddress {
        form,
        row: match &reference.row {
            RowReference::Entry(key) => Row::Entry(key.clone()),
            RowReference::Total => Row::Total,
            _ => Row::Own,
        },
        column,
    })
}
