//! Given figures of a test: cells of the report under test, of history, of other units.
//!
//! It deliberately does not know expectations. A value that cannot be entered is reported and left out.

use super::check_tests::TestReader;
use super::foreign;
use super::form_lookup::form_places;
use super::forms::FormDraft;
use super::kinds;
use super::model::{
    cell::Source,
    form::{Form, Rows},
};
use super::tests_model::{Given, GivenCell, GivenTime};
use super::values::{self, Use};
use crate::calendar::{Date, Period};
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::figure::FigureProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::test as tree;
use crate::syntax::ast::test::{GivenCells, GivenData};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Identity of a given cell: form, report, unit; row; column.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GivenKey((usize, String, Option<String>), String, String);

impl TestReader<'_, '_, '_> {
    /// Reads the figures of one form of one report.
    pub(super) fn given(
        &mut self,
        written: &tree::Given,
        seen: &mut BTreeSet<GivenKey>,
    ) -> Option<Given> {
        if let [regime, form] = written.form.as_slice() {
            return self.given_elsewhere(regime, form, written, seen);
        }
        let form = self.form(&written.form, written.span)?;
        let time = match (&written.during, written.previous) {
            (Some(instance), _) => {
                let period =
                    kinds::instance(self.context, self.shared, self.file, instance, self.periods)?;
                self.collected(period, instance.span);
                GivenTime::In(period)
            }
            (None, true) => {
                let named = written.form.first().zip(written.form.last());
                let at = named.map_or(written.span, |(first, last)| first.span.cover(last.span));
                self.has_previous(at);
                GivenTime::Previous
            }
            (None, false) => GivenTime::Current,
        };
        self.at_hand = match time {
            GivenTime::Current => self.period,
            GivenTime::Previous => self.period.and_then(|period| period.previous()),
            GivenTime::In(period) => Some(period),
        };
        let unit = written.of.as_ref().map(|unit| unit.value.clone());
        let current = time == GivenTime::Current && unit.is_none();
        let cells = match &written.data {
            GivenData::Missing(_) => None,
            GivenData::Table(_) | GivenData::Cells(_) => {
                let mut cells = Vec::new();
                let key = (form, format!("{time:?}"), unit.clone());
                let first = GivenKey(key.clone(), String::new(), String::new());
                self.added_rows = seen
                    .range(first..)
                    .take_while(|known| known.0 == key)
                    .map(|known| &known.1)
                    .collect::<BTreeSet<_>>()
                    .len();
                match &written.data {
                    GivenData::Table(file) => {
                        if let Some((columns, rows)) = self.table_lines(form, file) {
                            self.lines(form, &columns, &rows, current, &mut cells);
                        }
                    }
                    GivenData::Cells(parts) => {
                        for part in parts {
                            self.given_cells(form, part, current, &mut cells);
                        }
                    }
                    GivenData::Missing(_) => {}
                }
                cells.retain(|(cell, span)| {
                    let fresh =
                        seen.insert(GivenKey(key.clone(), cell.row.clone(), cell.column.clone()));
                    if !fresh {
                        let column = cell.column.clone();
                        self.context.report(
                            RuleProblem::RepeatedValue { column },
                            self.file,
                            *span,
                        );
                    }
                    fresh
                });
                Some(cells.into_iter().map(|(cell, _)| cell).collect())
            }
        };
        let name = self.forms.get(form).map(|draft| draft.form.name.clone())?;
        Some(Given {
            regime: None,
            form: name,
            unit,
            time,
            cells,
            label: Label {
                file: self.file,
                span: written.span,
            },
        })
    }

    /// Reads the figures of a form of another regime, against that regime's model.
    fn given_elsewhere(
        &mut self,
        regime: &Spanned<String>,
        form: &Spanned<String>,
        written: &tree::Given,
        seen: &mut BTreeSet<GivenKey>,
    ) -> Option<Given> {
        let found = foreign::regime(self.context, self.file, regime)?;
        if self.context.is_full(self.file) {
            return None;
        }
        foreign::form(self.context, self.file, &found, form)?;
        let drafts: Vec<FormDraft> = found
            .forms
            .iter()
            .map(|form| FormDraft::of_model(form.clone(), self.file, written.span))
            .collect();
        let copied = drafts.iter().map(|draft| draft.form.definitions().count());
        self.context.spend(copied.sum(), self.file, written.span);
        let own = std::mem::replace(&mut self.context.form_places, form_places(&drafts));
        let none = BTreeSet::new();
        let mut reader = TestReader {
            context: &mut *self.context,
            shared: self.shared,
            forms: &drafts,
            form_strays: &none,
            periods: &found.periods,
            rules: &found.rules,
            rule_strays: &none,
            regime: &found.name,
            file: self.file,
            outlines: &[],
            added_rows: 0,
            period: self.period,
            at_hand: None,
            near_units: BTreeMap::new(),
            switched: None,
        };
        let alone = tree::Given {
            form: vec![form.clone()],
            ..written.clone()
        };
        let mut of_regime = BTreeSet::new();
        let given = reader.given(&alone, &mut of_regime);
        self.context.form_places = own;
        let mut given = given?;
        for GivenKey((position, time, unit), row, column) in of_regime {
            let place = (position, format!("{} {time}", found.name), unit);
            seen.insert(GivenKey(place, row, column));
        }
        given.regime = Some(found.name);
        Some(given)
    }

    /// Reports figures of the period before where the period under test has none before it.
    fn has_previous(&mut self, span: Span) {
        if let Some(period) = self.period
            && period.previous().is_none()
        {
            let event = period.kind().event();
            let problem = FigureProblem::NothingBefore {
                period: (period.name_vi(), period.name_en()),
                event: event.map(|event| event.to_string()),
            };
            self.report(problem, span);
        }
    }

    /// The day on which the entries of a report have to be valid; not known where days depend on an event, or the form has days of its own.
    pub(super) fn valid_on(&self, form: &Form, period: Option<Period>) -> Option<Date> {
        let period = period.filter(|_| form.time.window.is_none())?;
        let rules = self.periods.iter();
        let window = rules.filter_map(|rule| rule.window_of(&period)).next();
        window.map(|window| window.to)
    }

    fn given_cells(
        &mut self,
        form: usize,
        part: &GivenCells,
        current: bool,
        cells: &mut Vec<(GivenCell, Span)>,
    ) {
        match part {
            GivenCells::Pair(pair) => match pair.place.as_slice() {
                [place] => {
                    if let Some((row, column)) = self.row_alone(form, place) {
                        self.cell(form, &row, &column, &pair.value, current, cells);
                    } else if let Some(row) = self.own_row(form, place, pair.span) {
                        self.cell(form, &row, place, &pair.value, current, cells);
                    }
                }
                [row, column] => {
                    if let Some(row) = self.row(form, row) {
                        self.cell(form, &row, column, &pair.value, current, cells);
                    }
                }
                _ => {}
            },
            GivenCells::Row { row, pairs, .. } => {
                let Some(row) = self.row(form, row) else {
                    return;
                };
                for pair in pairs {
                    if let Some(column) = pair.place.last() {
                        self.cell(form, &row, column, &pair.value, current, cells);
                    }
                }
            }
            GivenCells::Table(table) => {
                self.lines(form, &table.columns, &table.rows, current, cells);
            }
        }
    }

    /// Lines of a table; the rows of a list are numbered in the order written.
    fn lines(
        &mut self,
        form: usize,
        columns: &[Spanned<String>],
        lines: &[tree::TableRow],
        current: bool,
        cells: &mut Vec<(GivenCell, Span)>,
    ) {
        let list = self
            .forms
            .get(form)
            .is_some_and(|draft| draft.form.rows == Rows::Listed);
        for line in lines {
            let row = match (&line.row, columns.first()) {
                (Some(row), _) => self.row(form, row),
                (None, _) if list => {
                    self.added_rows += 1;
                    Some(self.added_rows.to_string())
                }
                (None, Some(column)) => self.own_row(form, column, line.span),
                (None, None) => None,
            };
            if line.values.len() != columns.len() {
                let problem = RuleProblem::TableLine {
                    expected: columns.len(),
                    found: line.values.len(),
                };
                self.report(problem, line.span);
                continue;
            }
            let Some(row) = row else { continue };
            for (column, value) in columns.iter().zip(&line.values) {
                self.cell(form, &row, column, value, current, cells);
            }
        }
    }

    fn cell(
        &mut self,
        form: usize,
        row: &str,
        place: &Spanned<String>,
        value: &Spanned<tree::Value>,
        current: bool,
        cells: &mut Vec<(GivenCell, Span)>,
    ) {
        let Some(column) = self.column(form, place) else {
            return;
        };
        let Some(draft) = self.forms.get(form) else {
            return;
        };
        let position = draft.find_row(row);
        let (Some(model), Some(definition)) = (
            draft.form.columns.get(column),
            draft.form.cell(position, column),
        ) else {
            return;
        };
        let shown = model.shown();
        if current && definition.source == Source::Computed {
            let column = shown.to_owned();
            self.report(RuleProblem::ValueInComputedCell { column }, place.span);
            return;
        }
        // Whatever is typed into a closed cell is the mistake of a report, which a test may show.
        let usage = match definition.source {
            Source::Computed | Source::Closed => Use::Expected,
            _ => Use::Entered,
        };
        let Some(value_type) = values::type_of(&draft.form, position, column) else {
            return;
        };
        let cell = values::Cell {
            value: value_type,
            shown,
            declared: draft.kind_declared(position, column),
            on: self.valid_on(&draft.form, self.at_hand),
        };
        if let Some(value) = values::read(self.context, self.shared, self.file, &cell, value, usage)
        {
            cells.push((
                GivenCell {
                    row: row.to_owned(),
                    column: model.key(column),
                    value,
                },
                place.span,
            ));
        }
    }
}
