//! What a program sends for cells, compared with the plan: the same entries that pages take, in machine form.
//!
//! All or nothing: every value that cannot be used is named, and then nothing is saved. What is usable and wrong (too many decimals, a value in a closed cell) is saved and found,
//! as on pages. It does not know reports. Broken input: [`Fault::Unusable`].

use crate::calendar::dates::parse_iso_date;
use crate::eval::figures::Entry;
use crate::eval::rows::{entries, is_list_key};
use crate::number::Number;
use crate::plan::CompiledRegime;
use crate::plan::cell::{CellDefinition, Source, ValueType};
use crate::plan::form::{Form, Rows};
use crate::plan::outline::narratives;
use crate::reports::command::{CellChange, DraftChange, ExplanationChange, NarrativeChange};
use crate::reports::key::{CellKey, ExplanationKey, RowKey};
use crate::web::v1::fault::{Fault, Misfit, MisfitKind};
use crate::web::v1::requests::{OpeningRequest, RowInput, SaveRequest};
use unicode_normalization::UnicodeNormalization;

/// The change that a request makes of a draft.
pub fn change(plan: &CompiledRegime, request: SaveRequest) -> Result<DraftChange, Fault> {
    let mut misfits = Vec::new();
    let mut change = DraftChange::default();
    for cell in request.cells {
        let found =
            entered(plan, &cell.form, &cell.row, &cell.column).and_then(|(key, definition)| {
                let entry = cell
                    .value
                    .as_deref()
                    .map(|text| entry(plan, definition, text));
                Ok((key, entry.transpose()?))
            });
        match found {
            Ok((cell, entry)) => change.cells.push(CellChange { cell, entry }),
            Err(kind) => misfits.push(misfit(cell.form, cell.row, cell.column, kind)),
        }
    }
    change.rows_added = rows(plan, request.rows_added, &mut misfits);
    change.rows_removed = rows(plan, request.rows_removed, &mut misfits);
    for one in request.explanations {
        if plan.form_definition.find_form(&one.form).is_none() {
            let kind = MisfitKind::UnknownForm;
            misfits.push(misfit(one.form, String::new(), one.finding, kind));
            continue;
        }
        let explanation = ExplanationKey {
            form: one.form,
            finding: one.finding,
        };
        let text = one.text.as_deref().and_then(written);
        change
            .explanations
            .push(ExplanationChange { explanation, text });
    }
    for one in request.narratives {
        let outlines = plan.outlines.iter();
        let known = outlines
            .flat_map(|outline| narratives(&outline.parts))
            .any(|known| known.key == one.narrative);
        if !known {
            let kind = MisfitKind::UnknownNarrative;
            misfits.push(misfit(String::new(), String::new(), one.narrative, kind));
            continue;
        }
        change.narratives.push(NarrativeChange {
            narrative: one.narrative,
            text: one.text.as_deref().and_then(written),
        });
    }
    none(misfits)?;
    Ok(change)
}

/// The openings that a request declares.
pub fn openings(plan: &CompiledRegime, request: &OpeningRequest) -> Result<Vec<CellChange>, Fault> {
    let mut misfits = Vec::new();
    let mut cells = Vec::new();
    for cell in &request.cells {
        let found =
            known(plan, &request.form, &cell.row, &cell.column).and_then(|(key, definition)| {
                if !matches!(definition.source, Source::Carried(_)) {
                    return Err(MisfitKind::NotEntered);
                }
                let entry = cell
                    .value
                    .as_deref()
                    .map(|text| entry(plan, definition, text));
                Ok((key, entry.transpose()?))
            });
        match found {
            Ok((cell, entry)) => cells.push(CellChange { cell, entry }),
            Err(kind) => misfits.push(misfit(
                request.form.clone(),
                cell.row.clone(),
                cell.column.clone(),
                kind,
            )),
        }
    }
    none(misfits)?;
    Ok(cells)
}

/// The cell that a file is attached to.
pub fn file_cell(
    plan: &CompiledRegime,
    form: &str,
    row: &str,
    column: &str,
) -> Result<CellKey, Fault> {
    let found =
        entered(plan, form, row, column).and_then(|(key, definition)| match definition.value {
            ValueType::File => Ok(key),
            _ => Err(MisfitKind::NotForFiles),
        });
    found.map_err(|kind| {
        let one = misfit(form.to_string(), row.to_string(), column.to_string(), kind);
        Fault::Unusable(vec![one])
    })
}

/// A moment as programs write it.
pub fn moment(name: &str, text: &str) -> Result<crate::calendar::Moment, Fault> {
    crate::calendar::Moment::parse_iso(text).ok_or_else(|| {
        let kind = MisfitKind::NotAMoment;
        let one = misfit(String::new(), String::new(), name.to_string(), kind);
        Fault::Unusable(vec![one])
    })
}

fn none(misfits: Vec<Misfit>) -> Result<(), Fault> {
    if misfits.is_empty() {
        Ok(())
    } else {
        Err(Fault::Unusable(misfits))
    }
}

fn misfit(form: String, row: String, column: String, kind: MisfitKind) -> Misfit {
    Misfit {
        form,
        row,
        column,
        kind,
    }
}

/// A cell of the plan, by its canonical key.
fn known<'p>(
    plan: &'p CompiledRegime,
    form: &str,
    row: &str,
    column: &str,
) -> Result<(CellKey, &'p CellDefinition), MisfitKind> {
    let found = plan.form_definition.find_form(form);
    let (_, form) = found.ok_or(MisfitKind::UnknownForm)?;
    let (index, column) = form.find_column(column).ok_or(MisfitKind::UnknownColumn)?;
    let row = form.row_key(row);
    if !is_row(plan, form, row, column.head) {
        return Err(MisfitKind::UnknownRow);
    }
    let definition = form.cell(row, index).unwrap_or(&column.cell);
    Ok((
        CellKey::new(&form.name, row, &column.key(index)),
        definition,
    ))
}

fn entered<'p>(
    plan: &'p CompiledRegime,
    form: &str,
    row: &str,
    column: &str,
) -> Result<(CellKey, &'p CellDefinition), MisfitKind> {
    let (key, definition) = known(plan, form, row, column)?;
    match definition.source {
        Source::Entered => Ok((key, definition)),
        _ => Err(MisfitKind::NotEntered),
    }
}

/// Whether a form has a row of this key: fields at its head stand in its own row.
fn is_row(plan: &CompiledRegime, form: &Form, row: &str, head: bool) -> bool {
    if head || row.is_empty() {
        return row.is_empty() && (head || !form.has_rows());
    }
    match &form.rows {
        Rows::EachReportingUnit => false,
        Rows::Listed(_) => is_list_key(row),
        Rows::Written(_) => form.written_rows().any(
            |line| matches!(line, crate::plan::form::WrittenRow::Row { key, .. } if key == row),
        ),
        Rows::ChosenFrom(_) | Rows::From(_) => entries(&plan.form_definition, form)
            .iter()
            .any(|entry| entry.name == row),
    }
}

fn rows(plan: &CompiledRegime, rows: Vec<RowInput>, misfits: &mut Vec<Misfit>) -> Vec<RowKey> {
    let mut found = Vec::new();
    for RowInput { form, row } in rows {
        let kind = match plan.form_definition.find_form(&form) {
            None => Some(MisfitKind::UnknownForm),
            Some((_, known)) => {
                let may_be_added = matches!(known.rows, Rows::ChosenFrom(_) | Rows::Listed(_));
                let is_there = may_be_added && is_row(plan, known, &row, false);
                (!is_there || row.is_empty()).then_some(MisfitKind::UnknownRow)
            }
        };
        match kind {
            Some(kind) => misfits.push(misfit(form, row, String::new(), kind)),
            None => found.push(RowKey { form, row }),
        }
    }
    found
}

/// Words as they are kept; only spaces are none.
fn written(text: &str) -> Option<String> {
    let text: String = text.replace("\r\n", "\n").trim().nfc().collect();
    (!text.is_empty()).then_some(text)
}

/// The entry that a text in machine form is.
fn entry(
    plan: &CompiledRegime,
    definition: &CellDefinition,
    text: &str,
) -> Result<Entry, MisfitKind> {
    let text: String = text.nfc().collect();
    let found = Entry::from_text(&text);
    if found != Entry::Value(text.clone()) {
        return Ok(found);
    }
    if text.trim().is_empty() {
        return Err(MisfitKind::Empty);
    }
    let is_sound = match definition.value {
        ValueType::Number { .. } => Number::parse(&text).is_ok(),
        ValueType::Date => parse_iso_date(&text).is_ok(),
        ValueType::YesOrNo => matches!(text.as_str(), "yes" | "no"),
        ValueType::Choice(catalog) => plan
            .form_definition
            .catalog(catalog)
            .is_some_and(|catalog| catalog.entries.iter().any(|entry| entry.name == text)),
        ValueType::Text | ValueType::Reporter | ValueType::File => true,
    };
    match definition.value {
        _ if is_sound => Ok(Entry::Value(text)),
        ValueType::Date => Err(MisfitKind::NotADay),
        ValueType::YesOrNo => Err(MisfitKind::NotYesOrNo),
        ValueType::Choice(_) => Err(MisfitKind::NotAnEntry),
        _ => Err(MisfitKind::NotANumber),
    }
}
