//! One report, evaluated: entered cells decoded, carried and computed cells filled in, every rule judged.
//!
//! It does not know where figures were typed or stored, which report is the earlier one, or how findings are worded. Broken input becomes
//! findings; the evaluation itself is total.

use crate::calendar::{Date, Period};
use crate::eval::archive::Archive;
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::compared::{compared, openings};
use crate::eval::compute::{Reading, Scope};
use crate::eval::decode::Accept;
use crate::eval::elsewhen::Moment;
use crate::eval::figures::Figures;
use crate::eval::fill::fill;
use crate::eval::finding::Finding;
use crate::eval::judge::judge;
use crate::eval::outline::{OutlineLine, outline};
use crate::organisation::{EventState, Unit};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::validation::RuleIndex;
use std::collections::{BTreeMap, BTreeSet};

/// Everything one report is evaluated from.
#[derive(Debug, Clone)]
pub struct ReportInput<'a> {
    /// The period reported; rules limited by `only in` look at it.
    pub period: Period,
    /// Last day of the window; catalogue entries must be valid on it.
    pub cutoff: Date,
    /// The unit whose report it is, for parts that are `only for` some; not known in a report put together from several.
    pub reporter: Option<&'a Unit>,
    /// The event that the period follows.
    pub event: Option<&'a EventState>,
    /// What was entered.
    pub figures: &'a Figures,
    /// What was known of other times and other reports at the cut-off.
    pub archive: &'a Archive<'a>,
    /// Where carried cells come from.
    pub carry: Carry<'a>,
}

impl<'a> ReportInput<'a> {
    /// What expressions of the report see once its cells are filled.
    pub(super) fn scope<'s>(
        &self,
        plan: &'s CompiledRegime,
        cells: &'s BTreeMap<CellAddress, Cell>,
        rows: &'s [Vec<DataRow>],
    ) -> Scope<'s>
    where
        'a: 's,
    {
        Scope {
            plan,
            cells,
            rows,
            moment: Some(self.moment()),
            event: self.event,
            reporter: self.reporter,
            reading: Reading::Stated,
            reader: None,
        }
    }

    /// Where the report stands in time.
    pub(super) fn moment(&self) -> Moment<'a> {
        Moment {
            period: self.period,
            archive: self.archive,
        }
    }
}

/// Where carried cells (`carry from`) come from.
#[derive(Debug, Clone)]
pub enum Carry<'a> {
    /// The accepted report whose window ends the day before; the carry expression is evaluated there.
    Report(&'a Evaluation),
    /// A shorter report that begins on the same day; its own opening cell is taken.
    Opening(&'a Evaluation),
    /// Openings declared by hand, in the figures of this report.
    Declared,
    /// Nothing to carry from, and why.
    Missing(BlankReason),
}

/// One report with every cell known as far as it can be, and what is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evaluation {
    /// Every cell of every row in effect, total rows included.
    pub cells: BTreeMap<CellAddress, Cell>,
    /// The rows in effect, by form.
    pub rows: Vec<Vec<DataRow>>,
    /// Forms that do not apply in this report; all their cells are closed.
    pub absent: BTreeSet<FormIndex>,
    /// The outline as it reads in this report; empty where the regime has none for it.
    pub outline: Vec<OutlineLine>,
    /// What was found, sorted by form, row and printed column.
    pub findings: Vec<Finding>,
    /// How each rule came out over the rows it was judged for.
    pub tallies: BTreeMap<RuleIndex, Tally>,
}

/// A data row in effect; the total row is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataRow {
    /// The row.
    pub row: Row,
    /// The row it is summed into, in a form whose rows are a tree.
    pub parent: Option<Row>,
    /// Whether it is the sum of rows below it and therefore locked.
    pub inner: bool,
}

/// How a rule came out, counted over rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// It holds.
    pub passed: u32,
    /// It does not hold.
    pub failed: u32,
    /// It waits for figures.
    pub undecided: u32,
    /// It does not apply: another period, a condition that is not met, closed cells.
    pub not_applicable: u32,
}

/// Evaluates a report.
pub fn evaluate(plan: &CompiledRegime, report: &ReportInput) -> Evaluation {
    let mut evaluation = fill(plan, report, Accept::Entered);
    let (findings, tallies) = judge(plan, report, &evaluation);
    let mut compared = compared(plan, report, &evaluation);
    compared.extend(openings(plan, report, &evaluation, &compared));
    evaluation.findings.extend(compared);
    evaluation.findings.extend(findings);
    evaluation.tallies = tallies;
    let (lines, unwritten) = outline(plan, report, &evaluation);
    evaluation.outline = lines;
    evaluation.findings.extend(unwritten);
    sort(&mut evaluation);
    evaluation
}

/// Evaluates a report known only from history, as test blocks give it: a computed or carried cell that is given keeps the given value, no rule is judged
/// and nothing is a finding.
pub fn evaluate_history(plan: &CompiledRegime, report: &ReportInput) -> Evaluation {
    let mut evaluation = fill(plan, report, Accept::Everything);
    evaluation.findings.clear();
    evaluation.outline = outline(plan, report, &evaluation).0;
    evaluation
}

/// Whether nothing forbids sending.
pub fn sendable(evaluation: &Evaluation) -> bool {
    !evaluation.findings.iter().any(Finding::blocks)
}

/// Puts findings in the order of the printed form: form, row, column; what names no cell comes first. Findings of one cell keep the order of rules.
fn sort(evaluation: &mut Evaluation) {
    let mut findings = std::mem::take(&mut evaluation.findings);
    findings.sort_by_cached_key(|finding| {
        finding.at.as_ref().map(|at| {
            let place = evaluation
                .rows_of(at.form)
                .iter()
                .position(|data| data.row == at.row);
            (at.form, place.unwrap_or(usize::MAX), at.column)
        })
    });
    evaluation.findings = findings;
}

impl Evaluation {
    /// A cell, if its row is in effect.
    pub fn cell(&self, form: FormIndex, row: &Row, column: ColumnIndex) -> Option<&Cell> {
        self.cells.get(&CellAddress {
            form,
            row: row.clone(),
            column,
        })
    }

    /// The data rows of a form, in catalogue order.
    pub fn rows_of(&self, form: FormIndex) -> &[DataRow] {
        self.rows.get(form.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// How many rule outcomes passed, and how many rules did not apply.
    pub fn passed_and_not_applicable(&self) -> (u32, u32) {
        self.tallies
            .values()
            .fold((0, 0), |(passed, silent), tally| {
                (passed + tally.passed, silent + tally.not_applicable)
            })
    }
}
