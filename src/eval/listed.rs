//! Rows of a list held against one another: keys that stand twice, and columns that must agree for one key.
//!
//! It does not know units: rows of several units are the business of consolidation. A row whose key is not answered is compared with none.

use crate::eval::cell::Cell;
use crate::eval::compute::data_rows;
use crate::eval::decode;
use crate::eval::evaluate::DataRow;
use crate::eval::finding::{Finding, FindingKind};
use crate::eval::operation::Operand;
use crate::eval::over::{KeyPart, key_part};
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{ColumnIndex, Form, FormDefinition, FormIndex};
use std::collections::BTreeMap;

/// The findings about rows of the lists of one report.
pub fn findings(
    definition: &FormDefinition,
    cells: &BTreeMap<CellAddress, Cell>,
    rows: &[Vec<DataRow>],
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (place, form) in definition.forms.iter().enumerate() {
        let index = FormIndex(place as u32);
        let Some(listed) = form.listed() else {
            continue;
        };
        let rows = data_rows(rows, index);
        if let Some(at) = listed.key.first() {
            for (first, again) in repeated(index, &listed.key, rows, cells) {
                let at = address(index, again, *at);
                found.push(about(
                    form,
                    at,
                    FindingKind::KeyRepeated {
                        first: first.clone(),
                    },
                ));
            }
        }
        for agreement in &listed.agreements {
            let pairs = disagreeing(index, agreement.column, agreement.with, rows, cells);
            for (first, again) in pairs {
                let at = address(index, again, agreement.column);
                let kind = FindingKind::DoesNotAgree {
                    other: first.clone(),
                    with: agreement.with,
                };
                found.push(about(form, at, kind));
            }
        }
    }
    found
}

/// The key of a row; none unless every part of it is answered.
pub fn key(
    form: FormIndex,
    columns: &[ColumnIndex],
    row: &Row,
    cells: &BTreeMap<CellAddress, Cell>,
) -> Option<Vec<KeyPart>> {
    let parts = columns.iter().map(|column| {
        let at = address(form, row, *column);
        key_part(&Operand::read(cells.get(&at)?, &at))
    });
    parts
        .collect::<Option<Vec<_>>>()
        .filter(|key| !key.is_empty())
}

/// Pairs of a row and a later one with the same key.
fn repeated<'r>(
    form: FormIndex,
    columns: &[ColumnIndex],
    rows: &'r [DataRow],
    cells: &BTreeMap<CellAddress, Cell>,
) -> Vec<(&'r Row, &'r Row)> {
    let mut first: BTreeMap<Vec<KeyPart>, &Row> = BTreeMap::new();
    let mut pairs = Vec::new();
    for data in rows {
        let Some(key) = key(form, columns, &data.row, cells) else {
            continue;
        };
        match first.get(&key) {
            Some(earlier) => pairs.push((*earlier, &data.row)),
            None => {
                first.insert(key, &data.row);
            }
        }
    }
    pairs
}

/// Pairs of a row and a later one that agree in one column and not in another.
fn disagreeing<'r>(
    form: FormIndex,
    column: ColumnIndex,
    with: ColumnIndex,
    rows: &'r [DataRow],
    cells: &BTreeMap<CellAddress, Cell>,
) -> Vec<(&'r Row, &'r Row)> {
    let mut first: BTreeMap<Vec<KeyPart>, (Vec<KeyPart>, &Row)> = BTreeMap::new();
    let mut pairs = Vec::new();
    for data in rows {
        let (Some(of), Some(value)) = (
            key(form, &[with], &data.row, cells),
            key(form, &[column], &data.row, cells),
        ) else {
            continue;
        };
        match first.get(&of) {
            Some((known, earlier)) if *known != value => pairs.push((*earlier, &data.row)),
            Some(_) => {}
            None => {
                first.insert(of, (value, &data.row));
            }
        }
    }
    pairs
}

fn about(form: &Form, at: CellAddress, kind: FindingKind) -> Finding {
    decode::about_cell(form, at, kind)
}

fn address(form: FormIndex, row: &Row, column: ColumnIndex) -> CellAddress {
    CellAddress {
        form,
        row: row.clone(),
        column,
    }
}
