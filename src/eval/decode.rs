//! Entered texts become cells; what does not fit becomes a finding.
//!
//! It knows which cells are open for entry and what each accepts. It does not compute or judge. Nothing is dropped silently: every text ends as a cell
//! or as a finding.

use crate::calendar::Date;
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::evaluate::DataRow;
use crate::eval::figures::Entry;
use crate::eval::finding::{Finding, FindingKind, Verdict};
use crate::eval::{rows, values};
use crate::number::Number;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{CellDefinition, Source, ValueType};
use crate::plan::form::{ColumnIndex, Form, FormDefinition, FormIndex};
use crate::plan::validation::Severity;
use std::collections::{BTreeMap, BTreeSet};

/// Which cells may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// Those a person types.
    Entered,
    /// Those that are carried over, when openings are declared.
    Openings,
    /// Every cell, for history that is known only by its results.
    Everything,
}

/// How texts are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// For the entries of catalogues.
    pub definition: &'a FormDefinition,
    /// Entries must be valid on this day.
    pub cutoff: Date,
    /// Which cells may be given.
    pub accept: Accept,
    /// Names of the units that a cell of that type may hold; none: not looked at.
    pub reporters: Option<&'a BTreeSet<String>>,
}

/// Cells that were given, and what did not fit.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The cells, also those whose text does not fit: these wait for an answer.
    pub cells: BTreeMap<CellAddress, Cell>,
    /// What does not fit.
    pub findings: Vec<Finding>,
}

/// The row keys that name an available row; the others become findings.
pub fn named_rows<'a>(
    form: &Form,
    keys: impl Iterator<Item = &'a String>,
    available: &[DataRow],
    findings: &mut Vec<Finding>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for key in keys {
        let added = form.listed().is_some() && rows::is_list_key(key);
        if added || available.iter().any(|data| data.row.key() == key) {
            names.insert(key.clone());
        } else if !(form.has_rows() && key == Row::Total.key()
            || form.has_head() && key == Row::Own.key())
        {
            findings.push(Finding::failing(
                format!("{}[{key}]/row", form.name),
                FindingKind::UnknownRow {
                    form: form.name.clone(),
                    name: key.clone(),
                },
            ));
        }
    }
    names
}

/// The finding for figures of a form that the regime does not have.
pub fn unknown_form(name: &str) -> Finding {
    Finding::failing(
        format!("{name}/form"),
        FindingKind::UnknownForm {
            name: name.to_string(),
        },
    )
}

/// Decodes the cells of one form in the rows in effect; keys of other rows were reported with [`named_rows`].
pub fn decode(
    index: FormIndex,
    form: &Form,
    given: &BTreeMap<String, BTreeMap<String, Entry>>,
    rows: &[DataRow],
    reading: Reading,
    decoded: &mut Decoded,
) {
    let total = DataRow {
        row: Row::Total,
        parent: None,
        inner: true,
    };
    let head = DataRow {
        row: Row::Own,
        parent: None,
        inner: false,
    };
    let rows = rows
        .iter()
        .chain(form.has_rows().then_some(&total))
        .chain((form.has_rows() && form.has_head()).then_some(&head));
    for data in rows {
        let Some(cells) = given.get(data.row.key()) else {
            continue;
        };
        for (key, entry) in cells {
            match form.find_column(key) {
                Some((column_index, column))
                    if column.head == (data.row == Row::Own) || !form.has_rows() =>
                {
                    let at = CellAddress {
                        form: index,
                        row: data.row.clone(),
                        column: column_index,
                    };
                    let definition = form
                        .cell(data.row.key(), column_index)
                        .unwrap_or(&column.cell);
                    decode_cell(form, definition, data.inner, at, entry, reading, decoded);
                }
                _ => decoded.findings.push(Finding::failing(
                    format!("{}[{}, {key}]/column", form.name, data.row.key()),
                    FindingKind::UnknownColumn {
                        form: form.name.clone(),
                        row: data.row.key().to_string(),
                        name: key.clone(),
                    },
                )),
            }
        }
    }
}

fn decode_cell(
    form: &Form,
    definition: &CellDefinition,
    inner: bool,
    at: CellAddress,
    entry: &Entry,
    reading: Reading,
    decoded: &mut Decoded,
) {
    let open = match reading.accept {
        Accept::Entered => definition.source == Source::Entered && !inner,
        Accept::Openings => matches!(definition.source, Source::Carried(_)) && !inner,
        Accept::Everything => true,
    };
    let outcome = if decoded.cells.contains_key(&at) {
        Err(FindingKind::GivenTwice {
            typed: typed(entry),
        })
    } else if matches!(entry, Entry::Value(text) if text.trim().is_empty()) {
        return;
    } else if !open {
        Err(FindingKind::NotOpen {
            typed: typed(entry),
        })
    } else {
        value(definition, entry, reading)
    };
    match outcome {
        Ok(cell) => {
            decoded.cells.insert(at, cell);
        }
        Err(kind) => {
            // The cell waits for an answer that fits; what was computed from a wrong text would only repeat the mistake.
            let marked = kind == FindingKind::NotClosed;
            if open && !decoded.cells.contains_key(&at) {
                let cell = if marked {
                    Cell::Closed
                } else {
                    Cell::Blank(BlankReason::NotAnswered)
                };
                decoded.cells.insert(at.clone(), cell);
            }
            decoded.findings.push(about_cell(form, at, kind));
        }
    }
}

/// The cell an entry stands for in a column.
fn value(
    definition: &CellDefinition,
    entry: &Entry,
    reading: Reading,
) -> Result<Cell, FindingKind> {
    let accept = reading.accept;
    let text = match entry {
        Entry::Nil => return Ok(Cell::Nil),
        Entry::Closed if accept == Accept::Everything => return Ok(Cell::Closed),
        Entry::Closed => return Err(FindingKind::NotClosed),
        Entry::Value(text) => text,
    };
    let ValueType::Number {
        decimals,
        negative,
        percent,
    } = definition.value
    else {
        let is_unit = reading.reporters.is_none_or(|known| known.contains(text));
        if definition.value == ValueType::Reporter && !is_unit {
            let typed = text.clone();
            return Err(FindingKind::NotAUnit { typed });
        }
        return values::value(reading.definition, definition, text, reading.cutoff);
    };
    let typed = text.clone();
    let Ok(number) = Number::parse(text) else {
        return Err(FindingKind::NotANumber { typed });
    };
    if accept != Accept::Everything && number.decimals().is_none_or(|found| found > decimals) {
        return Err(FindingKind::TooManyDecimals {
            typed,
            allowed: decimals,
        });
    }
    if number.is_negative() && !negative {
        return Err(FindingKind::Negative { typed });
    }
    Ok(Cell::Given(if percent {
        number
            .checked_div(&Number::from_i64(100))
            .unwrap_or_else(Number::zero)
    } else {
        number
    }))
}

/// A required cell without an answer.
pub fn not_answered(form: &Form, at: CellAddress) -> Finding {
    about_cell(form, at, FindingKind::NotAnswered)
}

/// A value in a cell that a condition closes.
pub fn not_open(form: &Form, at: CellAddress, entry: Option<&Entry>) -> Finding {
    let typed = entry.map_or_else(String::new, typed);
    about_cell(form, at, FindingKind::NotOpen { typed })
}

fn typed(entry: &Entry) -> String {
    match entry {
        Entry::Value(text) => text.clone(),
        Entry::Nil => "-".to_string(),
        Entry::Closed => "x".to_string(),
    }
}

/// A finding about one cell, with its key.
pub fn about_cell(form: &Form, at: CellAddress, kind: FindingKind) -> Finding {
    let suffix = match kind {
        FindingKind::NotAnswered => "answer",
        FindingKind::NotOpen { .. } | FindingKind::NotClosed => "open",
        FindingKind::GivenTwice { .. } => "twice",
        FindingKind::KeyRepeated { .. } => "key",
        FindingKind::DoesNotAgree { .. } => "same",
        _ => "value",
    };
    Finding {
        kind,
        severity: Severity::Error,
        verdict: Verdict::Fails,
        key: format!("{}/{suffix}", cell_key(form, &at.row, at.column)),
        cells: vec![at.clone()],
        at: Some(at),
        explanation: None,
    }
}

fn cell_key(form: &Form, row: &Row, column: ColumnIndex) -> String {
    let key = form
        .column(column)
        .map(|found| found.key(column))
        .unwrap_or_default();
    match row {
        Row::Own => format!("{}[{key}]", form.name),
        row => format!("{}[{}, {key}]", form.name, row.key()),
    }
}
