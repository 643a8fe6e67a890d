//! `regime aggregate REGIME --data FILE.jsonl --units units.csv --period P`: figures of all units due, with completeness.
//!
//! It deliberately knows no approval: every report in the file counts. A unit without one leaves the figures partial and is named.

use crate::calendar::dates::parse_date;
use crate::calendar::{Date, Period};
use crate::cli::arguments::AggregateArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::evaluated::{self, Batch, Evaluated, Known, ProblemLine};
use crate::cli::failure::Failure;
use crate::cli::{boundaries, named, origin, project};
use crate::eval::archive::Archive;
use crate::eval::cell::Cell;
use crate::eval::consolidate::{Consolidation, Group, Member, consolidate};
use crate::eval::display::display;
use crate::eval::earlier::window_of;
use crate::eval::elsewhen::Moment;
use crate::eval::evaluate::sendable;
use crate::eval::provenance::{of_cell, of_figure};
use crate::eval::rows;
use crate::eval::together::History;
use crate::eval::values::text_of;
use crate::organisation::{Organisation, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{Form, FormIndex};
use serde::Serialize;
use std::collections::BTreeMap;

/// Runs the command.
pub fn run(console: Console, arguments: &AggregateArguments) -> Result<Outcome, Failure> {
    let Some(regime) = project::compiled(console, &arguments.regime)? else {
        return Ok(Outcome::Findings);
    };
    let plan = &regime.plan;
    let period = project::period(plan, &arguments.period)?;
    let units = regime.units(console, Some(&arguments.units))?;
    let data = evaluated::read_batch(&arguments.data, plan, Some(&units))?;
    let previous = match &arguments.previous {
        Some(path) => Some(evaluated::read_batch(path, plan, Some(&units))?),
        None => None,
    };
    let earlier = previous
        .as_ref()
        .map_or(&[][..], |batch| &batch.received.reports);
    let known = evaluated::Known {
        plan,
        units: &units,
        plan_values: regime.snapshot.plan_values(),
    };
    let evaluations = evaluated::evaluate_all(&known, &data.received.reports, earlier);
    let members = members(plan, &units, period, &evaluations);
    let unsound: Vec<&str> = members
        .iter()
        .filter(|member| member.report.is_some_and(|report| !sendable(report)))
        .map(|member| member.name.as_str())
        .collect();
    let archives = archives(&known, &members, period, &evaluations);
    let history = history_of(&known, period, &archives);
    let batches: Vec<&Batch> = std::iter::once(&data).chain(&previous).collect();
    let problems = evaluated::problem_lines(&batches);
    let clean = problems.is_empty() && unsound.is_empty();
    if let Some(typed) = &arguments.explain {
        let of_whole =
            |at: &CellAddress| of_figure(plan, &members, &Group::Overall, at, history.as_ref());
        let of_unit = |unit: &UnitId, at: &CellAddress| {
            let report = evaluations.get(unit)?.get(&period)?;
            let archive = archives.get(unit);
            let moment = archive.map(|archive| Moment { period, archive });
            of_cell(plan, report, at, moment)
        };
        let origin = match named::figure(typed, &plan.form_definition, &members) {
            Some((None, at)) => of_whole(&at),
            Some((Some(unit), at)) => of_unit(&unit, &at),
            None => None,
        };
        let Some(origin) = origin else {
            return Err(Failure::NoFigure {
                typed: typed.clone(),
            });
        };
        for line in origin::lines(console, plan, &members, &origin) {
            console.result(&line);
        }
        if let Some(typed) = &arguments.as_of {
            let as_of = parse_date(typed).map_err(|_| Failure::BadDate {
                typed: typed.clone(),
            })?;
            let all: Vec<UnitId> = archives.keys().cloned().collect();
            let cutoff = window_of(&plan.header, period).map(|window| window.to);
            let body = cutoff.and_then(|cutoff| units.around(&all, cutoff));
            let body = body.map_or(UnitId(String::new()), |body| body.id.clone());
            let when = (period, as_of);
            for line in boundaries::lines(console, plan, (&units, &body), &origin, when) {
                console.result(&line);
            }
        }
        return Ok(Outcome::clean_if(clean));
    }
    let forms: Vec<FormTable> = (0u32..)
        .zip(&plan.form_definition.forms)
        .map(|(position, form)| {
            table(
                form,
                &consolidate(plan, FormIndex(position), &members, history.as_ref()),
                &members,
            )
        })
        .collect();
    if console.is_json() {
        let header = &plan.header;
        console.json(&Aggregated {
            regime: &header.name,
            version: header.version,
            period,
            problems,
            with_errors: unsound,
            forms,
        });
    } else {
        for line in evaluated::problem_texts(console, &batches) {
            console.note(&line);
        }
        if !unsound.is_empty() {
            let what = console.choose(
                "báo cáo còn lỗi (xem `regime validate`)",
                "reports with errors (see `regime validate`)",
            );
            console.note(&format!("{what}: {}", unsound.join(", ")));
        }
        for form in &forms {
            print(console, plan, period, form);
        }
    }
    Ok(Outcome::clean_if(clean))
}

/// The units due on the last day of the window, each with its report if there is one.
fn members<'e>(
    plan: &CompiledRegime,
    units: &'e Organisation,
    period: Period,
    evaluations: &'e Evaluated,
) -> Vec<Member<'e>> {
    let Some(window) = window_of(&plan.header, period) else {
        return Vec::new();
    };
    units
        .reporters(&plan.header.reporters, window.to)
        .into_iter()
        .filter_map(|id| units.get(&id))
        .map(|unit| Member {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            level: unit.level.clone(),
            item: unit.item.clone(),
            facts: Some(unit),
            report: evaluations.get(&unit.id).and_then(|all| all.get(&period)),
        })
        .collect()
}

/// What is known of each member's other reports.
fn archives<'e>(
    known: &Known,
    members: &[Member],
    period: Period,
    evaluations: &'e Evaluated,
) -> BTreeMap<UnitId, Archive<'e>> {
    let window = window_of(&known.plan.header, period);
    let cutoff = window.map(|window| window.to);
    let archive = |cutoff: Date, unit: &UnitId| {
        let moment = (period, cutoff);
        let archive = known.archive(evaluations, unit, moment, &|_| false);
        (unit.clone(), archive)
    };
    let units = members.iter().map(|member| &member.unit);
    cutoff
        .map(|cutoff| units.map(|unit| archive(cutoff, unit)).collect())
        .unwrap_or_default()
}

/// The history of the whole: plan values are those of the nearest unit that all members lie below.
fn history_of<'a>(
    known: &Known,
    period: Period,
    archives: &'a BTreeMap<UnitId, Archive<'a>>,
) -> Option<History<'a>> {
    let cutoff = window_of(&known.plan.header, period)?.to;
    let units: Vec<UnitId> = archives.keys().cloned().collect();
    let mut own = Archive::default();
    if let Some(around) = known.units.around(&units, cutoff) {
        own.assign_from(&known.plan_values, &around.id, cutoff);
    }
    Some(History {
        period,
        units: archives
            .iter()
            .map(|(unit, archive)| (unit.clone(), archive))
            .collect(),
        own,
        adjustments: Vec::new(),
    })
}

#[derive(Serialize)]
struct Aggregated<'r> {
    regime: &'r str,
    version: u32,
    period: Period,
    problems: Vec<ProblemLine<'r>>,
    with_errors: Vec<&'r str>,
    forms: Vec<FormTable>,
}

#[derive(Serialize)]
struct FormTable {
    form: String,
    sign: String,
    title: String,
    groups: Vec<GroupTable>,
}

#[derive(Serialize)]
struct GroupTable {
    level: Option<String>,
    item: Option<String>,
    received: u32,
    due: u32,
    missing: Vec<UnitName>,
    rows: Vec<RowLine>,
}

#[derive(Serialize, Clone)]
struct UnitName {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct RowLine {
    row: String,
    #[serde(skip)]
    is_total: bool,
    cells: BTreeMap<String, CellValue>,
}

#[derive(Serialize)]
struct CellValue {
    state: &'static str,
    value: Option<String>,
    answered: u32,
    due: u32,
    missing: Vec<String>,
    shown: String,
}

fn table(form: &Form, consolidation: &Consolidation, members: &[Member]) -> FormTable {
    let names: BTreeMap<&UnitId, &str> = members
        .iter()
        .map(|member| (&member.unit, member.name.as_str()))
        .collect();
    let name = |id: &UnitId| UnitName {
        id: id.0.clone(),
        name: names
            .get(id)
            .map_or_else(|| id.0.clone(), |name| (*name).to_owned()),
    };
    let groups = consolidation.groups.iter().map(|group| {
        let coverage = consolidation
            .coverage
            .get(group)
            .cloned()
            .unwrap_or_default();
        let (level, item) = match group {
            Group::Overall => (None, None),
            Group::Level(level) => (Some(level.clone()), None),
            Group::Registered { attribute, entry } => {
                (Some(attribute.clone()), Some(entry.clone()))
            }
            Group::Item { level, item } => (Some(level.clone()), Some(item.clone())),
        };
        GroupTable {
            level,
            item,
            received: coverage.received,
            due: coverage.due,
            missing: coverage.missing.iter().map(name).collect(),
            rows: consolidation
                .rows
                .iter()
                .map(|row| line(form, consolidation, group, row))
                .collect(),
        }
    });
    FormTable {
        form: form.name.clone(),
        sign: form.sign.clone(),
        title: form.title.clone(),
        groups: groups.collect(),
    }
}

fn line(form: &Form, consolidation: &Consolidation, group: &Group, row: &Row) -> RowLine {
    let cells = form.columns_indexed().filter_map(|(index, column)| {
        let figure = consolidation.figure(group, row, index)?;
        let basis = figure.rests_on();
        let (answered, due) = basis.map_or((figure.answered, figure.due), |basis| {
            (basis.answered, basis.due)
        });
        let (state, value) = match &figure.cell {
            Cell::Given(number) if basis.is_none() => ("given", Some(number.to_plain(None))),
            Cell::Given(number) | Cell::Partial(number, _) => {
                ("partial", Some(number.to_plain(None)))
            }
            Cell::Text(text) => ("text", Some(text.clone())),
            Cell::File(file) => ("file", Some(file.to_text())),
            other @ (Cell::Day(_) | Cell::Truth(_) | Cell::Entry(_)) => ("value", text_of(other)),
            Cell::Nil => ("nil", None),
            Cell::Blank(_) => ("blank", None),
            Cell::Closed => ("closed", None),
        };
        Some((
            column.key(index),
            CellValue {
                state,
                value,
                answered,
                due,
                missing: figure.missing.iter().map(|unit| unit.0.clone()).collect(),
                shown: display(&figure.cell, &column.cell),
            },
        ))
    });
    RowLine {
        row: row.key().to_owned(),
        is_total: *row == Row::Total,
        cells: cells.collect(),
    }
}

fn print(console: Console, plan: &CompiledRegime, period: Period, form: &FormTable) {
    let name = console.say(period.name_vi(), period.name_en());
    console.result(&format!("{} {} — {name}", form.sign, form.title));
    let Some((_, definition)) = plan.form_definition.find_form(&form.form) else {
        return;
    };
    for group in &form.groups {
        console.result("");
        console.result(&heading(console, plan, group));
        // Without a report every figure is blank, which the heading has said.
        if group.received == 0 {
            continue;
        }
        for row in &group.rows {
            if definition.has_rows() {
                let label = if row.is_total {
                    definition
                        .total_row
                        .clone()
                        .unwrap_or_else(|| console.choose("Tổng", "Total").to_owned())
                } else {
                    rows::label(&plan.form_definition, definition, &row.row)
                        .unwrap_or(&row.row)
                        .to_owned()
                };
                console.result(&format!("  {label}"));
            }
            for (index, column) in definition.columns_indexed() {
                let key = column.key(index);
                if let Some(cell) = row.cells.get(&key) {
                    let partial = if cell.answered < cell.due {
                        format!(
                            " ({} {}/{})",
                            console.choose("mới có", "only"),
                            cell.answered,
                            cell.due
                        )
                    } else {
                        String::new()
                    };
                    console.result(&format!(
                        "    {key:<18} {:>14}{partial}  {}",
                        cell.shown, column.label
                    ));
                }
            }
        }
    }
}

fn heading(console: Console, plan: &CompiledRegime, group: &GroupTable) -> String {
    let level = group
        .level
        .as_ref()
        .and_then(|name| plan.header.levels.iter().find(|level| level.name == *name));
    let label = match (level, &group.item) {
        (None, _) => console.choose("Toàn bộ", "Overall").to_owned(),
        (Some(level), None) => level.label.clone(),
        (Some(level), Some(item)) => {
            let kind = level
                .items
                .iter()
                .find(|(name, _)| name == item)
                .map_or(item, |(_, label)| label);
            format!("{}, {kind}", level.label)
        }
    };
    let missing: Vec<&str> = group
        .missing
        .iter()
        .take(5)
        .map(|unit| unit.name.as_str())
        .collect();
    let more = if group.missing.len() > missing.len() {
        ", …"
    } else {
        ""
    };
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!(
            ", {}: {}{more}",
            console.choose("thiếu", "missing"),
            missing.join(", ")
        )
    };
    let units = console.choose("đơn vị", "units");
    format!("{label}: {}/{} {units}{missing}", group.received, group.due)
}
