//! One consolidated figure at a time: sums over units first, formulas recomputed from them, each remembered.
//!
//! It knows which units stand behind each figure. It does not know groups or printing. Figures of a formula that reads itself stay blank; a compiled plan
//! has none.

use crate::calendar::Period;
use crate::eval::adjustment::{Adjustment, adjusted};
use crate::eval::beside::{Beside, beside};
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::compute::{Reading, Scope, data_rows};
use crate::eval::consolidate::{Figure, Member, Uneven};
use crate::eval::elsewhen::Moment;
use crate::eval::evaluate::{DataRow, Evaluation};
use crate::eval::gathered::GatheredRow;
use crate::eval::operation::{self, Operand};
use crate::eval::references::{children, looks_at_list};
use crate::eval::together::History;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row, RowScope};
use crate::plan::aggregation::OverUnits;
use crate::plan::cell::{Extent, Nature, Source};
use crate::plan::expression::{Expression, ExpressionId};
use crate::plan::form::{ColumnIndex, FormIndex, Rows};
use std::collections::BTreeMap;

mod asked;
mod earlier;
mod lists;

/// How a unit stands to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// Its cell is closed.
    NotAsked,
    /// Its optional cell is empty.
    LeftEmpty,
    /// It answered.
    Answered,
    /// It owes an answer.
    Missing,
}

/// Figures of one group of units.
pub struct Combiner<'a, 'm> {
    plan: &'a CompiledRegime,
    members: Vec<&'m Member<'a>>,
    rows: &'m [Vec<DataRow>],
    /// The rows where lists are among them: only those of these members.
    own_rows: Option<Vec<Vec<DataRow>>>,
    lists: BTreeMap<FormIndex, Vec<GatheredRow>>,
    steps: BTreeMap<(FormIndex, ColumnIndex, Option<&'a str>), OverUnits>,
    figures: BTreeMap<CellAddress, Option<(Figure, Vec<Standing>)>>,
    cells: BTreeMap<CellAddress, Cell>,
    moment: Option<Moment<'m>>,
    latest: BTreeMap<UnitId, (Period, &'a Evaluation)>,
    adjustments: &'m [Adjustment],
    history: Option<&'m History<'a>>,
    results: bool,
}

impl<'a, 'm> Combiner<'a, 'm> {
    /// A combiner for these units; `rows` are the rows of [`crate::eval::combined_rows::combined_rows`].
    pub fn new(
        plan: &'a CompiledRegime,
        members: Vec<&'m Member<'a>>,
        rows: &'m [Vec<DataRow>],
        moment: Option<Moment<'m>>,
    ) -> Combiner<'a, 'm> {
        let mut combiner = Combiner {
            plan,
            members,
            rows,
            own_rows: None,
            lists: BTreeMap::new(),
            steps: plan
                .aggregation_plan
                .steps
                .iter()
                .map(|step| {
                    let row = match &step.rows {
                        RowScope::Every => None,
                        RowScope::One(row) => Some(row.as_str()),
                    };
                    ((step.form, step.column, row), step.over_units)
                })
                .collect(),
            figures: BTreeMap::new(),
            cells: BTreeMap::new(),
            moment,
            latest: BTreeMap::new(),
            adjustments: &[],
            history: None,
            results: false,
        };
        combiner.gather();
        combiner
    }

    /// Lets sums that cannot be computed again be added from the units' own: of the past often only the results are known.
    pub fn known_by_results(mut self) -> Combiner<'a, 'm> {
        self.results = true;
        self
    }

    /// Adds signed differences to the sums before anything is computed from them.
    pub fn adjusted_by(mut self, adjustments: &'m [Adjustment]) -> Combiner<'a, 'm> {
        self.adjustments = adjustments;
        self
    }

    /// Lets formulas that read other periods tell which units are missing there.
    pub fn remembering(mut self, history: Option<&'m History<'a>>) -> Combiner<'a, 'm> {
        self.history = history;
        self
    }

    /// Lets figures that run from the start of an event take a unit's latest report of it where that of the day is missing.
    pub fn standing_in(
        mut self,
        latest: BTreeMap<UnitId, (Period, &'a Evaluation)>,
    ) -> Combiner<'a, 'm> {
        self.latest = latest;
        self
    }

    /// The figure at an address; none where the plan combines nothing.
    pub fn figure(&mut self, at: &CellAddress) -> Option<Figure> {
        self.require(at);
        let known = self.figures.get(at)?.as_ref()?;
        Some(known.0.clone())
    }

    fn require(&mut self, at: &CellAddress) {
        if self.figures.contains_key(at) {
            return;
        }
        // Entered before it is computed, so that a circle ends in a blank.
        self.figures.insert(at.clone(), None);
        let own = self.steps.get(&(at.form, at.column, Some(at.row.key())));
        let Some(step) = own.or_else(|| self.steps.get(&(at.form, at.column, None))) else {
            return;
        };
        let step = *step;
        let entered = match step {
            OverUnits::Recompute(_) => None,
            _ => self.of_list(at),
        };
        if let Some(made) = entered {
            self.cells.insert(at.clone(), made.0.cell.clone());
            self.figures.insert(at.clone(), Some(made));
            return;
        }
        let made = match step {
            // Where one body fills a cell the others' are closed and drop out of the sum.
            OverUnits::Sum | OverUnits::Assemble | OverUnits::None => self.sum(at),
            OverUnits::Recompute(expression) => self.recompute(at, expression),
            OverUnits::LookUp => self.look_up(at),
            OverUnits::Weighted(weight) => self.weighted(at, weight),
            OverUnits::Collect | OverUnits::Entered => self.collect(at),
        };
        self.cells.insert(at.clone(), made.0.cell.clone());
        self.figures.insert(at.clone(), Some(made));
    }

    fn sum(&self, at: &CellAddress) -> (Figure, Vec<Standing>) {
        let mut contributions = Vec::new();
        let mut known = Vec::new();
        let mut standings = Vec::new();
        let mut stale = Vec::new();
        for member in &self.members {
            let stands_in = || {
                let (period, report) = self.latest.get(&member.unit)?;
                self.runs_since_event(at).then_some((*period, *report))
            };
            let report = match (member.report, stands_in()) {
                (Some(report), _) => report,
                (None, Some((period, report))) => {
                    stale.push((member.unit.clone(), period));
                    report
                }
                (None, None) => {
                    standings.push(self.without_report(member, at));
                    continue;
                }
            };
            let (cell, standing) = unit_sum(report, at);
            if cell.number().is_some() {
                known.push(Operand::read(&cell, at));
            }
            contributions.push((member.unit.clone(), cell));
            standings.push(standing);
        }
        let cell = if !known.is_empty() {
            operation::sum(known).into_cell()
        } else {
            match standings.iter().max() {
                Some(Standing::NotAsked) => Cell::Closed,
                Some(Standing::LeftEmpty) => Cell::Blank(BlankReason::Optional),
                _ => Cell::Blank(BlankReason::NotAnswered),
            }
        };
        let data = data_rows(self.rows, at.form);
        let inside = |row: &Row| {
            let leaf = data.iter().find(|leaf| leaf.row == *row);
            at.row == *row || leaf.is_some_and(|leaf| is_below(data, leaf, &at.row))
        };
        let differences = self.adjustments.iter().filter(|adjustment| {
            let own = &adjustment.at;
            own.form == at.form && own.column == at.column && inside(&own.row)
        });
        let cell = adjusted(&cell, differences);
        let (mut figure, standings) = self.counted(cell, contributions, standings, None, None);
        figure.stale = stale;
        (figure, standings)
    }

    fn runs_since_event(&self, at: &CellAddress) -> bool {
        self.plan
            .form_definition
            .form(at.form)
            .and_then(|form| form.cell(at.row.key(), at.column))
            .is_some_and(|cell| {
                matches!(
                    cell.extent,
                    Extent::SinceEvent | Extent::SinceEventToPrevious
                )
            })
    }

    /// The value of a plan, which is never added: it is looked up for the unit that consolidates.
    fn look_up(&mut self, at: &CellAddress) -> (Figure, Vec<Standing>) {
        let form = self.plan.form_definition.form(at.form);
        match form.and_then(|form| form.cell(at.row.key(), at.column)) {
            Some(cell) => match cell.source {
                Source::Computed(formula) => self.recompute(at, formula),
                _ => self.collect(at),
            },
            None => self.collect(at),
        }
    }

    fn recompute(&mut self, at: &CellAddress, expression: ExpressionId) -> (Figure, Vec<Standing>) {
        for operand in self.operands(expression, &at.row) {
            self.require(&operand);
        }
        let revising = self.scope().revising(expression, &at.row);
        for again in revising {
            self.require(&again);
        }
        let cell = self.scope().operand(expression, &at.row).into_cell();
        let added = match cell {
            Cell::Blank(_) if self.results => self.added_results(at),
            _ => None,
        };
        let (cell, standings) = match added {
            Some(added) => {
                let own = self.members.iter().map(|member| match member.report {
                    Some(report) => standing(&own_cell(report, at)),
                    None => self.without_report(member, at),
                });
                (added, own.collect())
            }
            None => (cell, self.standings(expression, &at.row)),
        };
        let uneven = self.uneven(expression, &at.row);
        let own = match self.list_cells(at) {
            Some((cells, _)) => cells,
            None => self.own_cells(at),
        };
        self.counted(cell, own, standings, Some(expression), uneven)
    }

    /// The sum of a computed figure that adds up, from the units' own cells.
    fn added_results(&self, at: &CellAddress) -> Option<Cell> {
        let definition = self
            .plan
            .form_definition
            .form(at.form)
            .and_then(|form| form.cell(at.row.key(), at.column))?;
        if !adds_up(definition.nature) {
            return None;
        }
        let own = self.own_cells(at);
        let refused = own.iter().find_map(|(_, cell)| match cell {
            Cell::Blank(BlankReason::NotDivided | BlankReason::NotMergeable) => Some(cell.clone()),
            _ => None,
        });
        let numbers = own.iter().filter(|(_, cell)| cell.number().is_some());
        match refused {
            Some(cell) => Some(cell),
            None if own.is_empty() || numbers.count() < own.len() => None,
            None => {
                let values = own.iter().map(|(_, cell)| Operand::read(cell, at));
                Some(operation::sum(values).into_cell())
            }
        }
    }

    /// The mean over the units by a weight that each states.
    fn weighted(&self, at: &CellAddress, weight: ExpressionId) -> (Figure, Vec<Standing>) {
        let form = self.plan.form_definition.form(at.form);
        // Where each unit is a row, the total is over the units' own rows.
        let at = &match (&at.row, form.map(|form| &form.rows)) {
            (Row::Total, Some(Rows::EachReportingUnit)) => CellAddress {
                row: Row::Own,
                ..at.clone()
            },
            _ => at.clone(),
        };
        let mut pairs = Vec::new();
        let mut standings = Vec::new();
        for member in &self.members {
            let Some(report) = member.report else {
                standings.push(self.without_report(member, at));
                continue;
            };
            let cell = own_cell(report, at);
            let weight = Scope::of_report(self.plan, report).operand(weight, &at.row);
            let known = weight.number().is_some() || matches!(weight, Operand::Closed);
            let standing = standing(&cell);
            standings.push(match known {
                true => standing,
                false => standing.max(Standing::Missing),
            });
            if known && cell.number().is_some() {
                pairs.push((Operand::read(&cell, at), weight));
            }
        }
        let cell = match standings.iter().max() {
            Some(Standing::NotAsked) | None => Cell::Closed,
            _ if pairs.is_empty() => Cell::Blank(BlankReason::NotAnswered),
            _ => operation::weighted_mean(pairs).into_cell(),
        };
        self.counted(cell, self.own_cells(at), standings, None, None)
    }

    fn collect(&self, at: &CellAddress) -> (Figure, Vec<Standing>) {
        let standings = self
            .members
            .iter()
            .map(|member| match member.report {
                Some(report) => standing(&own_cell(report, at)),
                None => self.without_report(member, at),
            })
            .collect();
        self.counted(Cell::Closed, self.own_cells(at), standings, None, None)
    }

    fn counted(
        &self,
        cell: Cell,
        contributions: Vec<(UnitId, Cell)>,
        standings: Vec<Standing>,
        formula: Option<ExpressionId>,
        uneven: Option<Uneven>,
    ) -> (Figure, Vec<Standing>) {
        let count = |wanted: Standing| standings.iter().filter(|one| **one == wanted).count();
        let asked = standings.len() - count(Standing::NotAsked);
        let figure = Figure {
            cell,
            answered: count(Standing::Answered) as u32,
            due: asked as u32,
            contributions,
            missing: self.units(&standings, Standing::Missing),
            formula,
            uneven,
            stale: Vec::new(),
        };
        (figure, standings)
    }

    fn units(&self, standings: &[Standing], wanted: Standing) -> Vec<UnitId> {
        self.members
            .iter()
            .zip(standings)
            .filter(|(_, standing)| **standing == wanted)
            .map(|(member, _)| member.unit.clone())
            .collect()
    }

    fn own_cells(&self, at: &CellAddress) -> Vec<(UnitId, Cell)> {
        self.members
            .iter()
            .filter_map(|member| Some((member.unit.clone(), own_cell(member.report?, at))))
            .collect()
    }

    /// The cells of this group that a formula reads, once each, in the order they are written.
    pub fn operands(&self, expression: ExpressionId, row: &Row) -> Vec<CellAddress> {
        self.scope().operands(expression, row)
    }

    /// What a formula reads of other times, and its plan values; `history` tells from which units.
    pub fn beside(
        &self,
        expression: ExpressionId,
        row: &Row,
        history: Option<&History<'_>>,
    ) -> Vec<Beside> {
        beside(&self.scope(), expression, row, (history, &self.members))
    }

    /// How each unit stands to everything a formula reads: one missing cell is enough to owe an answer.
    fn standings(&self, expression: ExpressionId, row: &Row) -> Vec<Standing> {
        let mut combined = match looks_at_list(&self.plan.validation_program, expression) {
            true => self
                .members
                .iter()
                .map(|member| match member.report {
                    Some(_) => Standing::Answered,
                    None => Standing::Missing,
                })
                .collect(),
            false => vec![Standing::NotAsked; self.members.len()],
        };
        self.stand_then(expression, row, &mut combined);
        for at in self.operands(expression, row) {
            if let Some(Some((_, standings))) = self.figures.get(&at) {
                for (all, one) in combined.iter_mut().zip(standings) {
                    *all = (*all).max(*one);
                }
            }
        }
        combined
    }

    /// The first quotient inside a formula whose operands rest on different units.
    fn uneven(&self, expression: ExpressionId, row: &Row) -> Option<Uneven> {
        let node = self.plan.validation_program.expression(expression)?;
        if let Expression::Quotient(above, below) | Expression::Growth(above, below) = node {
            let mut sets = self
                .operands(*above, row)
                .into_iter()
                .chain(self.operands(*below, row))
                .filter_map(|at| Some(&self.figures.get(&at)?.as_ref()?.1))
                .map(|standings| self.units(standings, Standing::Answered));
            let first = sets.next();
            if let Some(first) = first
                && sets.any(|set| set != first)
            {
                return Some(Uneven {
                    numerator: self.units(&self.standings(*above, row), Standing::Answered),
                    denominator: self.units(&self.standings(*below, row), Standing::Answered),
                });
            }
        }
        children(node)
            .into_iter()
            .find_map(|child| self.uneven(child, row))
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            plan: self.plan,
            cells: &self.cells,
            rows: self.rows(),
            moment: self.moment,
            event: None,
            reporter: None,
            reading: Reading::Stated,
            reader: None,
        }
    }
}

/// A unit's own cell; nil where its report does not have the row.
fn own_cell(report: &Evaluation, at: &CellAddress) -> Cell {
    match report.cells.get(at) {
        Some(cell) => cell.clone(),
        None if matches!(at.row, Row::Entry(_)) => Cell::Nil,
        None => Cell::Blank(BlankReason::NotAnswered),
    }
}

/// What a unit adds to a sum, and how it stands to it. A row that is itself a sum is added leaf by leaf, so that the printed rows always add up to the
/// printed total, also where a unit left one of them blank.
fn unit_sum(report: &Evaluation, at: &CellAddress) -> (Cell, Standing) {
    let data = report.rows_of(at.form);
    let summed = at.row == Row::Total || data.iter().any(|data| data.inner && data.row == at.row);
    if !summed {
        let cell = own_cell(report, at);
        let standing = standing(&cell);
        return (cell, standing);
    }
    let leaves: Vec<Cell> = data
        .iter()
        .filter(|leaf| !leaf.inner && is_below(data, leaf, &at.row))
        .map(|leaf| {
            own_cell(
                report,
                &CellAddress {
                    row: leaf.row.clone(),
                    ..at.clone()
                },
            )
        })
        .collect();
    if leaves.is_empty() {
        return (Cell::Nil, Standing::Answered);
    }
    let standing = leaves
        .iter()
        .map(standing)
        .max()
        .unwrap_or(Standing::NotAsked);
    let known: Vec<Operand> = leaves
        .iter()
        .filter(|cell| cell.number().is_some())
        .map(|cell| Operand::read(cell, at))
        .collect();
    let cell = if known.is_empty() {
        own_cell(report, at)
    } else {
        operation::sum(known).into_cell()
    };
    (cell, standing)
}

/// Whether a leaf is summed, directly or through other rows, into a row.
fn is_below(rows: &[DataRow], leaf: &DataRow, row: &Row) -> bool {
    if *row == Row::Total {
        return true;
    }
    let mut parent = leaf.parent.as_ref();
    // No walk upwards is longer than the number of rows.
    for _ in rows {
        match parent {
            Some(found) if found == row => return true,
            Some(found) => {
                parent = rows
                    .iter()
                    .find(|data| data.row == *found)
                    .and_then(|data| data.parent.as_ref());
            }
            None => return false,
        }
    }
    false
}

fn standing(cell: &Cell) -> Standing {
    match cell {
        Cell::Given(_)
        | Cell::Text(_)
        | Cell::Day(_)
        | Cell::Truth(_)
        | Cell::Entry(_)
        | Cell::File(_)
        | Cell::Nil => Standing::Answered,
        Cell::Blank(BlankReason::Optional) => Standing::LeftEmpty,
        Cell::Blank(_) | Cell::Partial(..) => Standing::Missing,
        Cell::Closed => Standing::NotAsked,
    }
}

/// Whether figures of a nature add up over units.
pub fn adds_up(nature: Nature) -> bool {
    matches!(
        nature,
        Nature::Flow
            | Nature::Stock
            | Nature::Opening
            | Nature::NotOverTime
            | Nature::PeriodAverage
    )
}
