//! Consolidation: the figures of many units become one, with how many units they rest on and which are missing.
//!
//! Ratios are recomputed from combined figures, never averaged. It does not know who is due or whether a report was accepted; the caller says so
//! by the members it passes. A missing report leaves its group incomplete, never wrong.

use crate::eval::cell::Cell;
use crate::eval::evaluate::Evaluation;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::ExpressionId;
use crate::plan::form::{ColumnIndex, FormIndex};
use std::collections::BTreeMap;

/// A unit that is due to report.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The unit.
    pub unit: UnitId,
    /// Its name, for people.
    pub name: String,
    /// The level it stands on, by the level's name.
    pub level: String,
    /// The kind of unit on that level, by its name.
    pub item: String,
    /// Its report, if one counts.
    pub report: Option<&'a Evaluation>,
}

/// Which units a figure covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// All members.
    Overall,
    /// The members of one level.
    Level(String),
    /// The members of one kind on a level.
    Item {
        /// The level's name.
        level: String,
        /// The kind's name.
        item: String,
    },
}

/// One consolidated figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The combined cell; for words, which are shown side by side, closed.
    pub cell: Cell,
    /// Units that answered.
    pub answered: u32,
    /// Units asked: those whose cell is not closed.
    pub due: u32,
    /// The units' own cells, in the members' order; a unit without a report is not among them.
    pub contributions: Vec<(UnitId, Cell)>,
    /// Units that owe an answer, in the members' order. An optional cell left empty owes none.
    pub missing: Vec<UnitId>,
    /// The formula the cell was recomputed by; none when it is a sum.
    pub formula: Option<ExpressionId>,
    /// For a quotient whose two sides rest on different units: both sets.
    pub uneven: Option<Uneven>,
}

/// The two sets of units behind a quotient, where they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uneven {
    /// Units complete in the numerator.
    pub numerator: Vec<UnitId>,
    /// Units complete in the denominator.
    pub denominator: Vec<UnitId>,
}

/// How many reports a group rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Reports that count.
    pub received: u32,
    /// Units due.
    pub due: u32,
    /// Units without a report, in the members' order.
    pub missing: Vec<UnitId>,
}

/// A whole form, consolidated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consolidation {
    /// The form.
    pub form: FormIndex,
    /// Data rows that at least one unit reports, in catalogue order, then the total row of a form that has rows.
    pub rows: Vec<Row>,
    /// Groups with at least one member: overall, then each level followed by its kinds, in the regime's order.
    pub groups: Vec<Group>,
    /// Reports per group.
    pub coverage: BTreeMap<Group, Coverage>,
    /// Every figure.
    pub figures: BTreeMap<(Group, Row, ColumnIndex), Figure>,
}

/// Consolidates a whole form.
pub fn consolidate(plan: &CompiledRegime, form: FormIndex, members: &[Member]) -> Consolidation {
    todo!("{} {form:?} {}", plan.format, members.len())
}

/// One figure on demand; none when the address names no figure column.
pub fn figure(
    plan: &CompiledRegime,
    members: &[Member],
    group: &Group,
    at: &CellAddress,
) -> Option<Figure> {
    todo!("{} {} {group:?} {at:?}", plan.format, members.len())
}

impl Consolidation {
    /// One figure.
    pub fn figure(&self, group: &Group, row: &Row, column: ColumnIndex) -> Option<&Figure> {
        self.figures.get(&(group.clone(), row.clone(), column))
    }
}
