//! Adjustments of a consolidated document: signed differences with a reason, beside the reports they correct.
//!
//! A difference, not a replacement: when a unit sends its report again the sum moves and the adjustment stays, marked for review. It does not know storage or who may
//! adjust. Only typed figures that are added can be adjusted; everything else is refused with its reason.

use crate::calendar::Date;
use crate::eval::cell::Cell;
use crate::eval::consolidate::Figure;
use crate::number::Number;
use crate::organisation::UnitId;
use crate::plan::address::CellAddress;
use crate::plan::aggregation::OverUnits;
use crate::plan::{Bilingual, CompiledRegime};
use std::collections::BTreeMap;

/// A signed difference on one figure of a consolidated document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The figure.
    pub at: CellAddress,
    /// What is added to the sum of the units.
    pub difference: Number,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub author: String,
    /// The day on which it was made.
    pub date: Date,
    /// The units' own cells as they were then, as [`seen`] writes them.
    pub seen: BTreeMap<UnitId, String>,
}

/// Why a figure cannot be adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAdjustable {
    /// It is computed; what it is computed from is adjusted instead.
    Computed,
    /// It is a plan value, which is given and not counted.
    Plan,
    /// It is not a sum over units.
    NotAdded,
    /// The address names no figure.
    NoFigure,
}

impl NotAdjustable {
    /// The reason in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            NotAdjustable::Computed => (
                "ô tính toán không điều chỉnh được; hãy điều chỉnh các số nó được tính từ đó",
                "a computed figure is not adjusted; adjust what it is computed from",
            ),
            NotAdjustable::Plan => (
                "số kế hoạch được giao, không điều chỉnh khi tổng hợp",
                "a plan value is given and not adjusted in a consolidation",
            ),
            NotAdjustable::NotAdded => (
                "ô này không phải là tổng của các đơn vị",
                "this figure is not a sum over units",
            ),
            NotAdjustable::NoFigure => ("không có ô này", "there is no such figure"),
        };
        Bilingual {
            vi: vi.to_owned(),
            en: en.to_owned(),
        }
    }
}

/// Whether a figure may be adjusted.
pub fn adjustable(plan: &CompiledRegime, at: &CellAddress) -> Result<(), NotAdjustable> {
    let step = plan
        .aggregation_plan
        .step_of(at)
        .ok_or(NotAdjustable::NoFigure)?;
    match step.over_units {
        // A total row is the sum of the rows, which are adjusted one by one.
        OverUnits::Sum if at.row != crate::plan::address::Row::Total => Ok(()),
        OverUnits::Sum | OverUnits::Recompute(_) => Err(NotAdjustable::Computed),
        OverUnits::LookUp => Err(NotAdjustable::Plan),
        OverUnits::Assemble
        | OverUnits::Collect
        | OverUnits::Entered
        | OverUnits::Weighted(_)
        | OverUnits::None => Err(NotAdjustable::NotAdded),
    }
}

/// The sum of what the units sent and these differences; a cell without a number stays what it is.
pub fn adjusted<'d>(cell: &Cell, differences: impl Iterator<Item = &'d Adjustment>) -> Cell {
    let difference = differences
        .map(|adjustment| adjustment.difference.clone())
        .reduce(|sum, more| sum.add(&more));
    let Some(difference) = difference else {
        return cell.clone();
    };
    match cell {
        Cell::Given(number) => Cell::Given(number.add(&difference)),
        Cell::Partial(number, basis) => Cell::Partial(number.add(&difference), *basis),
        Cell::Nil => Cell::Given(difference),
        other => other.clone(),
    }
}

impl Adjustment {
    /// Whether a unit's cell has changed since it was made, so that somebody has to look at it again ("xem lại").
    pub fn needs_review(&self, figure: &Figure) -> bool {
        seen(figure) != self.seen
    }
}

/// The units' own cells behind a figure, as texts that are equal where the cells are.
pub fn seen(figure: &Figure) -> BTreeMap<UnitId, String> {
    let parts = figure.contributions.iter();
    parts
        .map(|(unit, cell)| (unit.clone(), cell.exact_text()))
        .collect()
}
