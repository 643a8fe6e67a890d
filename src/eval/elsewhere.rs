//! Cells of other regimes, read in the report of the same period.
//!
//! It does not choose which report counts: the archive holds it. A report that is not known, or a figure that is blank there, leaves the cell blank and says so.

use crate::eval::cell::BlankReason;
use crate::eval::compute::Scope;
use crate::eval::operation::Operand;
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::{ForeignReference, RowReference};

impl Scope<'_> {
    /// The value of a cell of another regime in this document's period.
    pub(super) fn foreign(&self, reference: &ForeignReference) -> Operand {
        let name = reference.regime.as_str();
        let blank = || Operand::Blank(BlankReason::NotKnownElsewhere(name.to_owned()));
        let found = self.moment.and_then(|moment| {
            let elsewhere = moment.archive.elsewhere.get(name)?;
            let report = elsewhere.archive.report(moment.period)?;
            let definition = &elsewhere.plan.form_definition;
            let (form, found) = definition.find_form(&reference.form)?;
            let (column, _) = found.find_column(&reference.column)?;
            let at = CellAddress {
                form,
                row: match &reference.row {
                    RowReference::Entry(key) => Row::Entry(key.clone()),
                    RowReference::Total => Row::Total,
                    _ => Row::Own,
                },
                column,
            };
            Some(Scope::of_report(elsewhere.plan, report).read(&at))
        });
        match found {
            None | Some(Operand::Blank(_) | Operand::LeftOut(_)) => blank(),
            Some(known) => known,
        }
    }
}
