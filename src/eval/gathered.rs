//! The lists of several units as one: rows one after another with the unit each comes from, or merged where the list says so.
//!
//! It does not know sums over other forms. A row whose key is not answered is its own. Keys that may stand once and stand twice, and rows with one key that
//! say different things, are conflicts, told and never settled here.

use crate::eval::consolidate::Member;
use crate::eval::evaluate::DataRow;
use crate::eval::listed;
use crate::eval::naming::both;
use crate::eval::over::KeyPart;
use crate::organisation::UnitId;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{CellDefinition, Modality};
use crate::plan::form::{ColumnIndex, Form, FormIndex, Listed, Merging};
use crate::plan::{Bilingual, CompiledRegime};
use std::collections::BTreeMap;

/// A row of the common list, and the rows of units it is made of: position of the member, its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatheredRow {
    /// The row in the common list: the unit and the key of its first row.
    pub row: Row,
    /// Where it comes from, in the members' order.
    pub sources: Vec<(usize, Row)>,
}

/// Rows of units that contradict one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The list.
    pub form: FormIndex,
    /// The row of the common list, or the first of them.
    pub row: Row,
    /// The column that stands twice or does not agree.
    pub column: ColumnIndex,
    /// Whether the key stands twice; else the column does not agree.
    pub repeated: bool,
    /// The units, in the members' order.
    pub units: Vec<UnitId>,
}

/// The common list of some members.
pub fn gather(form: FormIndex, listed: &Listed, members: &[&Member]) -> Vec<GatheredRow> {
    let mut gathered: Vec<GatheredRow> = Vec::new();
    let mut known: BTreeMap<Vec<KeyPart>, usize> = BTreeMap::new();
    for (place, member) in members.iter().enumerate() {
        let Some(report) = member.report else {
            continue;
        };
        for data in report.rows_of(form) {
            let key = match listed.merging {
                Merging::Merged => listed::key(form, &listed.key, &data.row, &report.cells),
                Merging::PerUnit | Merging::Unique => None,
            };
            let source = (place, data.row.clone());
            let merged = key.as_ref().and_then(|key| known.get(key)).copied();
            match merged.and_then(|row| gathered.get_mut(row)) {
                Some(row) => row.sources.push(source),
                None => {
                    if let Some(key) = key {
                        known.insert(key, gathered.len());
                    }
                    gathered.push(GatheredRow {
                        row: Row::Entry(format!("{}:{}", member.unit.0, data.row.key())),
                        sources: vec![source],
                    });
                }
            }
        }
    }
    gathered
}

/// The rows of the common list as rows of a document.
pub fn rows(form: FormIndex, listed: &Listed, members: &[&Member]) -> Vec<DataRow> {
    let gathered = gather(form, listed, members).into_iter();
    gathered
        .map(|found| DataRow {
            row: found.row,
            parent: None,
            inner: false,
        })
        .collect()
}

/// Whether figures of one key are added when rows merge: facts add, plans and descriptions must agree.
pub fn adds_when_merged(listed: &Listed, column: ColumnIndex, cell: &CellDefinition) -> bool {
    cell.adds() && cell.modality != Modality::Planned && !listed.key.contains(&column)
}

/// Everything in the lists of some members that contradicts itself, form by form.
pub fn conflicts(plan: &CompiledRegime, members: &[&Member]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (place, form) in plan.form_definition.forms.iter().enumerate() {
        let index = FormIndex(place as u32);
        if let Some(listed) = form.listed() {
            found.extend(repeated_keys(index, listed, members));
            found.extend(disagreements(index, form, listed, members));
        }
    }
    found
}

fn repeated_keys(form: FormIndex, listed: &Listed, members: &[&Member]) -> Vec<Conflict> {
    let Some(column) = listed.key.first().copied() else {
        return Vec::new();
    };
    if listed.merging != Merging::Unique {
        return Vec::new();
    }
    let mut of_key: BTreeMap<Vec<KeyPart>, (Row, Vec<UnitId>)> = BTreeMap::new();
    for found in gather(form, listed, members) {
        for (place, row) in &found.sources {
            let Some((member, report)) = members
                .get(*place)
                .and_then(|member| Some((member, member.report?)))
            else {
                continue;
            };
            if let Some(key) = listed::key(form, &listed.key, row, &report.cells) {
                let entry = of_key
                    .entry(key)
                    .or_insert_with(|| (found.row.clone(), Vec::new()));
                if !entry.1.contains(&member.unit) {
                    entry.1.push(member.unit.clone());
                }
            }
        }
    }
    let twice = of_key.into_values().filter(|(_, units)| units.len() > 1);
    twice
        .map(|(row, units)| Conflict {
            form,
            row,
            column,
            repeated: true,
            units,
        })
        .collect()
}

/// Merged rows whose plans or descriptions differ.
fn disagreements(
    form: FormIndex,
    definition: &Form,
    listed: &Listed,
    members: &[&Member],
) -> Vec<Conflict> {
    let mut found = Vec::new();
    for gathered in gather(form, listed, members) {
        if gathered.sources.len() < 2 {
            continue;
        }
        for (column, described) in definition.columns_indexed() {
            let computed = matches!(
                described.cell.source,
                crate::plan::cell::Source::Computed(_)
            );
            if computed || adds_when_merged(listed, column, &described.cell) {
                continue;
            }
            let cells = gathered.sources.iter().filter_map(|(place, row)| {
                let member = members.get(*place)?;
                let at = CellAddress {
                    form,
                    row: row.clone(),
                    column,
                };
                let cell = member.report?.cells.get(&at)?;
                cell.is_answered().then_some((cell, &member.unit))
            });
            let answers: Vec<_> = cells.collect();
            let differs = answers
                .windows(2)
                .any(|pair| matches!(pair, [(one, _), (other, _)] if one != other));
            if differs {
                found.push(Conflict {
                    form,
                    row: gathered.row.clone(),
                    column,
                    repeated: false,
                    units: answers.iter().map(|(_, unit)| (*unit).clone()).collect(),
                });
            }
        }
    }
    found
}

/// A conflict in words.
pub fn told(plan: &CompiledRegime, conflict: &Conflict, members: &[&Member]) -> Bilingual {
    let names: Vec<&str> = conflict
        .units
        .iter()
        .filter_map(|unit| members.iter().find(|member| member.unit == *unit))
        .map(|member| member.name.as_str())
        .collect();
    let form = plan.form_definition.form(conflict.form);
    let sign = form.map_or("", |form| form.sign.as_str());
    let column = crate::eval::naming::column(plan, conflict.form, conflict.column);
    let units = names.join(", ");
    match conflict.repeated {
        true => both(
            format!("danh sách {sign}: {} trùng nhau giữa {units}", column.vi),
            format!("list {sign}: {} is the same at {units}", column.en),
        ),
        false => both(
            format!("danh sách {sign}: {} không khớp giữa {units}", column.vi),
            format!("list {sign}: {} differs between {units}", column.en),
        ),
    }
}
