//! Reports as JSON lines: one line per form of one report.
//!
//! ```json
//! {"format":1,"regime":"TTHC_06A","version":1,"form":"TTHC06A","unit":"C17329.2025","period":"2026-Q2","cells":{"dat_dai":{"4":"120","5":"nil"}},"explanations":{"W1":"…"}}
//! ```
//! Lines of one unit and period are forms of one report. It deliberately does not judge figures: a number with too many decimals, or a value in a closed cell, is a
//! finding of `eval`, which the caller places with [`ReceivedReport::line_of`]. A line that cannot be used is reported as a [`LineProblem`]; the other lines, and the
//! other cells of its line, are kept.

mod problem;
mod repeats;
#[cfg(test)]
mod tests;

pub use problem::{LineProblem, LineProblemKind};

use crate::calendar::{DateRange, Period};
use crate::eval::earlier::window_of;
use crate::eval::figures::{Entry, Figures, FormFigures};
use crate::organisation::{Organisation, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::form::Form;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The format number of a line.
pub const FORMAT: u64 = 1;

/// The members of a line; all but the explanations and the narratives must be there. Narratives are the report's, so any of its lines may carry them.
const FIELDS: [&str; 9] = [
    "format",
    "regime",
    "version",
    "form",
    "unit",
    "period",
    "cells",
    "explanations",
    "narratives",
];

/// One report as it was received: all its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedReport {
    /// Name of the regime.
    pub regime: String,
    /// Version of the regime.
    pub version: u32,
    /// The reporting unit.
    pub unit: UnitId,
    /// The period.
    pub period: Period,
    /// What was entered.
    pub figures: Figures,
    lines: BTreeMap<String, u64>,
}

impl ReceivedReport {
    /// The line that holds a form of this report.
    pub fn line_of(&self, form: &str) -> Option<u64> {
        self.lines.get(form).copied()
    }

    /// The first line of the report.
    pub fn first_line(&self) -> u64 {
        self.lines.values().copied().min().unwrap_or(1)
    }
}

/// All that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// The reports, by period and unit.
    pub reports: Vec<ReceivedReport>,
    /// What could not be used, by line.
    pub problems: Vec<LineProblem>,
}

/// What the lines are read against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The regime versions that lines may name.
    pub regimes: &'a [&'a CompiledRegime],
    /// The units that lines may name; without it units are not checked.
    pub units: Option<&'a Organisation>,
}

/// Reads JSON lines. Empty lines are passed over.
pub fn read(text: &str, known: Known) -> Received {
    let mut reader = Reader {
        known,
        reports: BTreeMap::new(),
        problems: Vec::new(),
    };
    for (position, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if !line.trim().is_empty() {
            reader.line(position as u64 + 1, line);
        }
    }
    reader.problems.sort_by_key(|problem| problem.line);
    Received {
        reports: reader.reports.into_values().collect(),
        problems: reader.problems,
    }
}

type ReportKey = (Period, UnitId, String, u32);

struct Reader<'a> {
    known: Known<'a>,
    reports: BTreeMap<ReportKey, ReceivedReport>,
    problems: Vec<LineProblem>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: u64, text: &str) {
        let record = match serde_json::from_str(text) {
            Ok(Value::Object(record)) => record,
            Ok(_) => return self.problem(line, None, LineProblemKind::NotAnObject),
            Err(error) => {
                return self.problem(
                    line,
                    None,
                    LineProblemKind::NotJson {
                        column: error.column(),
                    },
                );
            }
        };
        for path in repeats::repeated_members(text) {
            self.problem(line, Some(&path), LineProblemKind::RepeatedField);
        }
        for name in record
            .keys()
            .filter(|name| !FIELDS.contains(&name.as_str()))
        {
            self.problem(line, Some(name), LineProblemKind::UnknownField);
        }
        if !record.contains_key("cells") {
            self.problem(line, Some("cells"), LineProblemKind::MissingField);
        } else if let Some((key, form)) = self.head(line, &record) {
            let figures = self.figures(line, form, &record);
            let narratives = self.texts(line, "narratives", &record);
            self.keep(line, key, &form.name, figures, narratives);
        }
    }

    /// The report and form a line belongs to. Every mistake of the head is named, not only the first.
    fn head(&mut self, line: u64, record: &Map<String, Value>) -> Option<(ReportKey, &'a Form)> {
        let format = self.whole_number(line, "format", record);
        if let Some(found) = format.filter(|found| *found != FORMAT) {
            self.problem(
                line,
                Some("format"),
                LineProblemKind::UnknownFormat { found },
            );
        }
        let regime = self.text(line, "regime", record);
        let version = self.whole_number(line, "version", record);
        let form = self.text(line, "form", record);
        let unit = self.text(line, "unit", record);
        let period = self.period(line, record);
        let compiled = self.regime(line, regime.as_deref()?, version?)?;
        let found_form = form
            .as_deref()
            .and_then(|name| compiled.form_definition.find_form(name));
        if let (Some(name), None) = (&form, &found_form) {
            self.problem(
                line,
                Some("form"),
                LineProblemKind::UnknownForm { name: name.clone() },
            );
        }
        let window = period.and_then(|period| window_of(&compiled.header, period));
        if let (Some(period), None) = (period, window) {
            self.problem(
                line,
                Some("period"),
                LineProblemKind::PeriodNotReported { period },
            );
        }
        let unit = self.unit(line, unit?, compiled, window);
        if format != Some(FORMAT) {
            return None;
        }
        let (_, form) = found_form?;
        Some((
            (
                window.and(period)?,
                unit?,
                compiled.header.name.clone(),
                compiled.header.version,
            ),
            form,
        ))
    }

    fn regime(&mut self, line: u64, name: &str, version: u64) -> Option<&'a CompiledRegime> {
        let named: Vec<&'a CompiledRegime> = self
            .known
            .regimes
            .iter()
            .copied()
            .filter(|regime| regime.header.name == name)
            .collect();
        if named.is_empty() {
            self.problem(
                line,
                Some("regime"),
                LineProblemKind::UnknownRegime {
                    name: name.to_owned(),
                },
            );
            return None;
        }
        let found = named
            .iter()
            .copied()
            .find(|regime| u64::from(regime.header.version) == version);
        if found.is_none() {
            let known = named.iter().map(|regime| regime.header.version).collect();
            self.problem(
                line,
                Some("version"),
                LineProblemKind::UnknownVersion {
                    found: version,
                    known,
                },
            );
        }
        found
    }

    /// The unit, if it exists and owes this report on the last day of its window.
    fn unit(
        &mut self,
        line: u64,
        id: String,
        compiled: &CompiledRegime,
        window: Option<DateRange>,
    ) -> Option<UnitId> {
        let id = UnitId(id);
        let Some(units) = self.known.units else {
            return Some(id);
        };
        let Some(unit) = units.get(&id) else {
            self.problem(
                line,
                Some("unit"),
                LineProblemKind::UnknownUnit { id: id.0 },
            );
            return None;
        };
        let date = window?.to;
        let reporters = &compiled.header.reporters;
        if reporters
            .iter()
            .any(|party| units.matches(&id, party, date))
        {
            return Some(id);
        }
        let name = unit.name.clone();
        self.problem(
            line,
            Some("unit"),
            LineProblemKind::NotAReporter { name, date },
        );
        None
    }

    fn period(&mut self, line: u64, record: &Map<String, Value>) -> Option<Period> {
        let code = self.text(line, "period", record)?;
        match code.parse() {
            Ok(period) => Some(period),
            Err(problem) => {
                self.problem(
                    line,
                    Some("period"),
                    LineProblemKind::BadPeriod { code, problem },
                );
                None
            }
        }
    }

    fn figures(&mut self, line: u64, form: &Form, record: &Map<String, Value>) -> FormFigures {
        let mut figures = FormFigures::default();
        match record.get("cells") {
            None => {}
            Some(cells) if form.has_rows() => {
                for (row, cells) in self.members(line, "cells", cells) {
                    let path = format!("cells.{row}");
                    let entries = self.entries(line, &path, cells);
                    // A row called by its code and by its name is one row given twice.
                    let key = form.row_key(row).to_owned();
                    if figures.rows.insert(key, entries).is_some() {
                        self.problem(line, Some(&path), LineProblemKind::RepeatedField);
                    }
                }
            }
            Some(cells) => {
                let entries = self.entries(line, "cells", cells);
                figures.rows.insert(String::new(), entries);
            }
        }
        figures.explanations = self.texts(line, "explanations", record);
        figures
    }

    /// The texts of a member that may be left out, by key.
    fn texts(
        &mut self,
        line: u64,
        member: &str,
        record: &Map<String, Value>,
    ) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        let Some(found) = record.get(member) else {
            return texts;
        };
        for (key, value) in self.members(line, member, found) {
            match value {
                Value::String(text) => {
                    texts.insert(key.clone(), text.clone());
                }
                _ => {
                    let field = format!("{member}.{key}");
                    self.problem(line, Some(&field), LineProblemKind::NotText);
                }
            }
        }
        texts
    }

    fn entries(&mut self, line: u64, path: &str, cells: &Value) -> BTreeMap<String, Entry> {
        let mut entries = BTreeMap::new();
        for (column, value) in self.members(line, path, cells) {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                // With arbitrary precision the number keeps the digits as they were written.
                Value::Number(number) => number.to_string(),
                Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                    let field = format!("{path}.{column}");
                    self.problem(line, Some(&field), LineProblemKind::NotACell);
                    continue;
                }
            };
            entries.insert(column.clone(), Entry::from_text(&text));
        }
        entries
    }

    /// The members of an object; of two with one name the last holds, and the repetition has been reported.
    fn members<'v>(
        &mut self,
        line: u64,
        path: &str,
        value: &'v Value,
    ) -> Vec<(&'v String, &'v Value)> {
        if let Value::Object(members) = value {
            return members.iter().collect();
        }
        self.problem(line, Some(path), LineProblemKind::NotAnObject);
        Vec::new()
    }

    fn keep(
        &mut self,
        line: u64,
        key: ReportKey,
        form: &str,
        figures: FormFigures,
        narratives: BTreeMap<String, String>,
    ) {
        let (period, unit, regime, version) = key.clone();
        let report = self.reports.entry(key).or_insert_with(|| ReceivedReport {
            regime,
            version,
            unit,
            period,
            figures: Figures::default(),
            lines: BTreeMap::new(),
        });
        if let Some(first_line) = report.lines.get(form).copied() {
            self.problem(line, None, LineProblemKind::RepeatedLine { first_line });
            return;
        }
        report.lines.insert(form.to_owned(), line);
        report.figures.forms.insert(form.to_owned(), figures);
        report.figures.narratives.extend(narratives);
    }

    fn text(
        &mut self,
        line: u64,
        field: &'static str,
        record: &Map<String, Value>,
    ) -> Option<String> {
        match record.get(field) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                self.problem(line, Some(field), LineProblemKind::NotText);
                None
            }
            None => {
                self.problem(line, Some(field), LineProblemKind::MissingField);
                None
            }
        }
    }

    fn whole_number(
        &mut self,
        line: u64,
        field: &'static str,
        record: &Map<String, Value>,
    ) -> Option<u64> {
        match record.get(field) {
            Some(value) => {
                let number = value.as_u64();
                if number.is_none() {
                    self.problem(line, Some(field), LineProblemKind::NotAWholeNumber);
                }
                number
            }
            None => {
                self.problem(line, Some(field), LineProblemKind::MissingField);
                None
            }
        }
    }

    fn problem(&mut self, line: u64, field: Option<&str>, kind: LineProblemKind) {
        self.problems.push(LineProblem {
            line,
            field: field.map(str::to_owned),
            kind,
        });
    }
}
