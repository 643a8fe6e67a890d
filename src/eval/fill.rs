//! The cells of one report: entered ones from the figures, carried ones from the earlier report, computed ones from both.
//!
//! It judges nothing beyond what decoding finds. Order: rows in effect, entered cells, then carried and computed columns in the plan's order, each with
//! its sums over rows, so that every formula finds what it reads.

mod carried;
mod chosen;

use crate::eval::asked;
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::compute::{Scope, data_rows, outermost};
use crate::eval::decode::{self, Accept, Decoded, Reading};
use crate::eval::display;
use crate::eval::earlier::rule_of;
use crate::eval::evaluate::{Carry, DataRow, Evaluation, ReportInput};
use crate::eval::figures::FormFigures;
use crate::eval::finding::{Finding, FindingKind};
use crate::eval::listed;
use crate::eval::opens::{self, LimitedRows};
use crate::eval::operation::{self, Operand, Truth};
use crate::eval::roll_up::{self, RolledUp};
use crate::eval::rows;
use crate::eval::vintages::computed_revisions;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row, RowScope};
use crate::plan::aggregation::OverTime;
use crate::plan::cell::{CellDefinition, Source};
use crate::plan::expression::ExpressionId;
use crate::plan::form::{ColumnIndex, Form, FormIndex, Rows};
use crate::plan::header::PeriodRelation;
use crate::plan::validation::Computation;
use std::collections::{BTreeMap, BTreeSet};

/// The report under construction.
struct Filling<'a> {
    plan: &'a CompiledRegime,
    report: &'a ReportInput<'a>,
    /// Whether it is only known from history.
    history: bool,
    /// Cells as they were given.
    given: BTreeMap<CellAddress, Cell>,
    /// Declared openings.
    openings: BTreeMap<CellAddress, Cell>,
    cells: BTreeMap<CellAddress, Cell>,
    rows: Vec<Vec<DataRow>>,
    /// The rows that do not apply everywhere.
    limited: LimitedRows<'a>,
}

/// Fills in every cell; the findings are those of decoding and of missing answers.
pub fn fill(plan: &CompiledRegime, report: &ReportInput, accept: Accept) -> Evaluation {
    let definition = &plan.form_definition;
    let mut entered = Decoded::default();
    let mut openings = Decoded::default();
    let mut all_rows = Vec::new();
    let empty = FormFigures::default();
    let reading = |accept, cutoff| Reading {
        definition,
        cutoff,
        accept,
        reporters: report.archive.reporters.as_deref(),
    };
    // What is only known from history keeps the figures it was given.
    let derived = (accept == Accept::Entered)
        .then(|| derived(plan, report))
        .flatten();
    for name in report.figures.forms.keys() {
        if definition.find_form(name).is_none() {
            entered.findings.push(decode::unknown_form(name));
        }
    }
    for (place, form) in definition.forms.iter().enumerate() {
        let index = FormIndex(place as u32);
        let figures = report.figures.forms.get(&form.name).unwrap_or(&empty);
        let cutoff = chosen::own_cutoff(plan, index, report);
        let available = rows::available(definition, form, cutoff);
        if matches!(report.carry, Carry::Declared) {
            let declared = &figures.declared_openings;
            decode::named_rows(form, declared.keys(), &available, &mut openings.findings);
            decode::decode(
                index,
                form,
                declared,
                &available,
                reading(Accept::Openings, cutoff),
                &mut openings,
            );
        }
        let mut carried = carried::rows(plan, index, form, report, &openings.cells);
        if let Some(rolled) = &derived {
            carried.extend(roll_up::row_keys(rolled, index).map(str::to_owned));
        }
        let rows = rows_in_effect(
            plan,
            form,
            figures,
            available,
            &carried,
            &mut entered.findings,
        );
        decode::decode(
            index,
            form,
            &figures.rows,
            &rows,
            reading(accept, cutoff),
            &mut entered,
        );
        all_rows.push(rows);
    }
    if let Some(rolled) = &derived {
        lock(plan, rolled, &all_rows, &mut entered);
    }
    let mut filling = Filling {
        plan,
        report,
        history: accept == Accept::Everything,
        given: entered.cells,
        openings: openings.cells,
        cells: BTreeMap::new(),
        rows: all_rows,
        limited: LimitedRows::of(definition),
    };
    filling.entered_columns();
    filling.settle();
    filling.compute();
    // A condition may look at what was computed; what it changes is computed with. What a formula states again is read once it is computed.
    if filling.settle() || computed_revisions(plan) {
        filling.compute();
    }
    let mut findings = entered.findings;
    findings.append(&mut openings.findings);
    findings.append(&mut filling.closed_but_given());
    findings.append(&mut listed::findings(
        definition,
        &filling.cells,
        &filling.rows,
    ));
    findings.append(&mut filling.unanswered(&findings));
    let absent = filling.absent();
    Evaluation {
        cells: filling.cells,
        rows: filling.rows,
        absent,
        outline: Vec::new(),
        findings,
        tallies: BTreeMap::new(),
    }
}

/// The figures of a period that follows from shorter ones (`derived from`).
fn derived(plan: &CompiledRegime, report: &ReportInput) -> Option<RolledUp> {
    let rule = rule_of(&plan.header, report.period)?;
    match rule.relation {
        PeriodRelation::DerivedFrom(_) => roll_up::of_period(plan, report.period, report.archive),
        PeriodRelation::CheckedAgainst(_) | PeriodRelation::Independent => None,
    }
}

/// Locks what is rolled up: a figure typed there is not used, and told. Words, and figures that are typed afresh for the longer period, stay open.
fn lock(plan: &CompiledRegime, rolled: &RolledUp, rows: &[Vec<DataRow>], entered: &mut Decoded) {
    for step in &plan.aggregation_plan.steps {
        if matches!(
            step.over_time,
            OverTime::None | OverTime::TypedAfresh | OverTime::Recompute(_)
        ) {
            continue;
        }
        let Some(form) = plan.form_definition.form(step.form) else {
            continue;
        };
        let leaves = data_rows(rows, step.form).iter().filter(|data| !data.inner);
        for data in leaves.filter(|data| step.rows.names(&data.row)) {
            let at = address(step.form, &data.row, step.column);
            let Some(cell) = rolled.cells.get(&at) else {
                continue;
            };
            if let Some(given) = entered.cells.insert(at.clone(), cell.clone()) {
                let typed = form
                    .cell(at.row.key(), at.column)
                    .map(|definition| display::display(&given, definition))
                    .unwrap_or_default();
                let kind = FindingKind::NotOpen { typed };
                entered.findings.push(decode::about_cell(form, at, kind));
            }
        }
    }
}

fn rows_in_effect(
    plan: &CompiledRegime,
    form: &Form,
    figures: &FormFigures,
    available: Vec<DataRow>,
    carried: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Vec<DataRow> {
    let definition = &plan.form_definition;
    if form.listed().is_some() {
        decode::named_rows(form, figures.rows.keys(), &[], findings);
        return rows::added(figures.rows.keys());
    }
    if !matches!(form.rows, Rows::ChosenFrom(_)) {
        decode::named_rows(form, figures.rows.keys(), &available, findings);
        return available;
    }
    // A row that something is carried into may be filled in although its entry is no longer valid.
    let mut choices = available;
    choices.extend(rows::chosen(definition, form, carried));
    let mut names = decode::named_rows(form, figures.rows.keys(), &choices, findings);
    names.extend(carried.iter().cloned());
    rows::chosen(definition, form, &names)
}

impl Filling<'_> {
    fn compute(&mut self) {
        for computation in &self.plan.validation_program.order {
            self.ordered(computation);
        }
    }

    /// Closes and asks for cells as their conditions say; whether anything changed.
    fn settle(&mut self) -> bool {
        let changed = asked::settle(&self.scope());
        let any = !changed.is_empty();
        self.cells.extend(changed);
        any
    }

    /// A finding for every value in a cell that a condition closed.
    fn closed_but_given(&self) -> Vec<Finding> {
        let closed = self
            .given
            .iter()
            .filter(|(at, given)| given.is_answered() && self.cells.get(at) == Some(&Cell::Closed));
        closed
            .filter_map(|(at, _)| {
                let form = self.plan.form_definition.form(at.form)?;
                let key = form.column(at.column)?.key(at.column);
                let rows = &self.report.figures.forms.get(&form.name)?.rows;
                let entry = rows.get(at.row.key()).and_then(|row| row.get(&key));
                Some(decode::not_open(form, at.clone(), entry))
            })
            .collect()
    }

    fn entered_columns(&mut self) {
        let plan = self.plan;
        let forms = || plan.form_definition.forms.iter().enumerate();
        // Entries at the head decide where other parts apply.
        for (place, form) in forms() {
            let index = FormIndex(place as u32);
            for (column_index, column) in form.columns_indexed().filter(|(_, one)| one.head) {
                self.head_cell(index, column_index, &column.cell);
            }
        }
        for (place, form) in forms() {
            let index = FormIndex(place as u32);
            for (column_index, column) in form.columns_indexed().filter(|(_, one)| !one.head) {
                if matches!(form.rows, Rows::Written(_)) {
                    self.written_column(index, form, column_index);
                } else if matches!(column.cell.source, Source::Entered | Source::Closed) {
                    self.column(index, form, column_index, |filling, at| {
                        filling.entered(&column.cell, at)
                    });
                }
            }
        }
    }

    /// The one cell of a field at the head of a form.
    fn head_cell(&mut self, index: FormIndex, column: ColumnIndex, definition: &CellDefinition) {
        let at = address(index, &Row::Own, column);
        let cell = self.entered(definition, &at);
        self.cells.insert(at, cell);
    }

    /// The typed and the closed cells of a column in a form with written rows; computed ones follow in their order.
    fn written_column(&mut self, index: FormIndex, form: &Form, column: ColumnIndex) {
        for data in data_rows(&self.rows, index).to_vec() {
            let at = address(index, &data.row, column);
            if let Some(definition) = form.cell(data.row.key(), column)
                && matches!(definition.source, Source::Entered | Source::Closed)
            {
                let cell = self.entered(definition, &at);
                self.cells.insert(at, cell);
            }
        }
    }

    fn ordered(&mut self, computation: &Computation) {
        let plan = self.plan;
        let (index, column_index) = (computation.form, computation.column);
        let Some(form) = plan.form_definition.form(index) else {
            return;
        };
        let (definition, one) = match &computation.rows {
            RowScope::Every => (form.column(column_index).map(|column| &column.cell), None),
            RowScope::One(key) => (form.cell(key, column_index), Some(Row::parse(key, form))),
        };
        let Some(definition) = definition else {
            return;
        };
        match (&definition.source, one) {
            (Source::Entered | Source::Closed, _) => {}
            (Source::Carried(expression), None) => {
                self.column(index, form, column_index, |filling, at| {
                    let (plan, report) = (filling.plan, filling.report);
                    carried::cell(plan, report, &filling.openings, at, *expression).into_cell()
                });
            }
            (Source::Carried(expression), Some(row)) => {
                let at = address(index, &row, column_index);
                let cell = match self.given.get(&at) {
                    Some(cell) => cell.clone(),
                    None => carried::cell(plan, self.report, &self.openings, &at, *expression)
                        .into_cell(),
                };
                self.cells.insert(at, cell);
            }
            (Source::Computed(expression), one) => {
                let rows = match one {
                    Some(row) => vec![row],
                    None => self.all_rows(index, form),
                };
                for row in rows {
                    let at = address(index, &row, column_index);
                    let closed = definition.closed_when.is_some_and(|condition| {
                        row != Row::Total && self.scope().truth(condition, &row) == Truth::True
                    });
                    let cell = match self.given.get(&at) {
                        Some(cell) => cell.clone(),
                        None if closed => Cell::Closed,
                        None if !self.is_open(definition, &at) => Cell::Closed,
                        None => self.computed(definition, *expression, &row).into_cell(),
                    };
                    self.cells.insert(at, cell);
                }
            }
        }
    }

    /// What a formula gives; of a report known from history a figure since the start of the year may be known from its parts alone.
    fn computed(
        &self,
        definition: &CellDefinition,
        expression: ExpressionId,
        row: &Row,
    ) -> Operand {
        let scope = self.scope();
        let found = scope.operand(expression, row);
        let known = |operand: &Operand| matches!(operand, Operand::Given(_) | Operand::Nil);
        let parts = definition
            .by_parts
            .filter(|_| self.history && !known(&found));
        parts
            .map(|parts| scope.operand(parts, row))
            .filter(known)
            .unwrap_or(found)
    }

    /// Fills an entered or carried column: each leaf row by itself, then sums, the innermost first, then the total.
    fn column(
        &mut self,
        index: FormIndex,
        form: &Form,
        column: ColumnIndex,
        leaf: impl Fn(&Filling, &CellAddress) -> Cell,
    ) {
        let key = form
            .listed()
            .is_some_and(|listed| listed.key.contains(&column));
        let words = form
            .column(column)
            .is_some_and(|column| key || !column.cell.adds());
        let rows = data_rows(&self.rows, index).to_vec();
        for data in rows.iter().rev() {
            let at = address(index, &data.row, column);
            let below: Vec<Row> = if data.inner {
                rows.iter()
                    .filter(|other| other.parent.as_ref() == Some(&data.row))
                    .map(|other| other.row.clone())
                    .collect()
            } else {
                Vec::new()
            };
            let cell = match self.given.get(&at) {
                Some(cell) => cell.clone(),
                None if !data.inner => leaf(self, &at),
                None if words => Cell::Closed,
                None => self.sum(index, &below, column),
            };
            self.cells.insert(at, cell);
        }
        if form.has_rows() {
            let at = address(index, &Row::Total, column);
            let cell = match self.given.get(&at) {
                Some(cell) => cell.clone(),
                None if words => Cell::Closed,
                None => {
                    let rows: Vec<Row> = outermost(&self.rows, index).cloned().collect();
                    self.sum(index, &rows, column)
                }
            };
            self.cells.insert(at, cell);
        }
    }

    fn entered(&self, definition: &CellDefinition, at: &CellAddress) -> Cell {
        match self.given.get(at) {
            _ if !self.is_open(definition, at) => Cell::Closed,
            Some(cell) => cell.clone(),
            None if definition.source == Source::Closed => Cell::Closed,
            None if definition.from_registry => self.registered(definition),
            None if definition.required => Cell::Blank(BlankReason::NotAnswered),
            None => Cell::Blank(BlankReason::Optional),
        }
    }

    /// Whether the form, the row and the cell apply in this report, and its unit fills the cell.
    fn is_open(&self, definition: &CellDefinition, at: &CellAddress) -> bool {
        let form = self.plan.form_definition.form(at.form);
        let scope = self.scope();
        form.is_some_and(|form| {
            opens::form_applies(&scope, self.report, form)
                && self.counts_in(form, &at.row)
                && opens::is_open(&scope, self.report, &self.limited, at, definition)
        })
    }

    /// The forms that do not apply.
    fn absent(&self) -> BTreeSet<FormIndex> {
        let scope = self.scope();
        let forms = (0u32..).zip(&self.plan.form_definition.forms);
        forms
            .filter(|(_, form)| !opens::form_applies(&scope, self.report, form))
            .map(|(index, _)| FormIndex(index))
            .collect()
    }

    fn sum(&self, index: FormIndex, rows: &[Row], column: ColumnIndex) -> Cell {
        let scope = self.scope();
        operation::sum(
            rows.iter()
                .map(|row| scope.read(&address(index, row, column))),
        )
        .into_cell()
    }

    /// Data rows in an order in which sums stand after what they add, and the total row last.
    fn all_rows(&self, index: FormIndex, form: &Form) -> Vec<Row> {
        data_rows(&self.rows, index)
            .iter()
            .rev()
            .map(|data| data.row.clone())
            .chain(form.has_rows().then_some(Row::Total))
            .collect()
    }

    fn scope(&self) -> Scope<'_> {
        self.report.scope(self.plan, &self.cells, &self.rows)
    }

    /// A finding for every required cell without an answer that has no finding yet.
    fn unanswered(&self, findings: &[Finding]) -> Vec<Finding> {
        let found: BTreeSet<&CellAddress> = findings
            .iter()
            .filter_map(|finding| finding.at.as_ref())
            .collect();
        self.cells
            .iter()
            .filter(|(_, cell)| **cell == Cell::Blank(BlankReason::NotAnswered))
            .filter(|(at, _)| !found.contains(at))
            .filter_map(|(at, _)| {
                let form = self.plan.form_definition.form(at.form)?;
                let cell = form.cell(at.row.key(), at.column)?;
                (cell.required || cell.required_when.is_some())
                    .then(|| decode::not_answered(form, at.clone()))
            })
            .collect()
    }
}

fn address(form: FormIndex, row: &Row, column: ColumnIndex) -> CellAddress {
    CellAddress {
        form,
        row: row.clone(),
        column,
    }
}
