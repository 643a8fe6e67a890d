//! Live cells: the form page posts what was typed and gets computed cells and findings back.
//!
//! The same session, the same commands and the same rights as the pages; an interface without a session gets 401, never a redirect. Broken input: a text that is no number is
//! named at its cell and nothing else is lost.

use crate::eval::display::display;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Source;
use crate::plan::form::{Form, FormIndex};
use crate::reports::key::CellKey;
use crate::reports::refusal::Refusal;
use crate::service::view::ReportView;
use crate::web::findings::{self, Counts, FindingView, column_words, is_listed, row_label};
use crate::web::form_data::{self, RefusedCell, TypedCell};
use crate::web::grid::{blank_reason, entry, state_key};
use crate::web::office::Office;
use crate::web::outline;
use crate::web::pages::report::form_named;
use crate::web::pages::save::{current, refused_text, save};
use crate::web::pages::{report_of, report_path};
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain};
use crate::web::typed;
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// Changed cells and explanations of one form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    base: u64,
    form: String,
    #[serde(default)]
    cells: Vec<ChangedCell>,
    #[serde(default)]
    explanations: BTreeMap<String, String>,
    #[serde(default)]
    narratives: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedCell {
    row: String,
    column: String,
    typed: String,
}

#[derive(Serialize)]
struct Answer {
    draft: u64,
    saved_at: String,
    cells: Vec<CellAnswer>,
    findings: Vec<FindingAnswer>,
    counts: Counts,
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct CellAnswer {
    row: String,
    column: String,
    state: &'static str,
    display: String,
    reason: Option<String>,
    refused: Option<String>,
}

#[derive(Serialize)]
struct FindingAnswer {
    key: String,
    severity: &'static str,
    verdict: &'static str,
    row: Option<String>,
    column: Option<String>,
    strength: String,
    place: String,
    message: String,
    blocks: bool,
    explanation: Option<String>,
}

/// `POST /api/bao-cao/{regime}/{period}/{unit}/o`
pub async fn cells(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): Path<(String, String, String)>,
    body: Result<Json<Changes>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(changes) = body.map_err(|_| Problem::BadRequest)?;
    let address = report_of(address)?;
    let language = person.language();
    let view = current(&office, &person, &address).await?;
    let (_, form) = form_named(&view, &changes.form)?;
    let typed: Vec<TypedCell> = changes
        .cells
        .into_iter()
        .map(|cell| TypedCell {
            row: cell.row,
            column: cell.column,
            typed: cell.typed,
        })
        .collect();
    let explanations: Vec<(String, String)> = changes.explanations.into_iter().collect();
    let (mut change, refused) = form_data::change(&view, form, &typed, &explanations)?;
    outline::change(&view, changes.narratives, &mut change)?;
    if !form_data::is_empty(&change)
        && let Err(problem) = save(
            &office,
            &person,
            &address,
            (changes.base, change),
            Vec::new(),
        )
        .await
    {
        return match problem.refusal() {
            Some(Refusal::Conflict { .. }) => Ok(conflict(language, &view, &problem)),
            _ => Err(problem),
        };
    }
    let saved = current(&office, &person, &address).await?;
    let (form_index, form) = form_named(&saved, &changes.form)?;
    let found = findings::findings(&saved, language, form_index, &report_path(&address));
    let answer = Answer {
        draft: saved.draft,
        saved_at: saved.saved_at.map(words::moment).unwrap_or_default(),
        cells: cell_answers(&saved, language, form_index, form, &refused),
        findings: finding_answers(&saved, language, form_index, form, &found, &refused),
        counts: findings::counts(&found),
        sentences: outline::sentences(&saved),
    };
    Ok(Json(answer).into_response())
}

fn conflict(language: Language, view: &ReportView, problem: &Problem) -> Response {
    let Some(Refusal::Conflict {
        draft,
        cells,
        saved,
        ..
    }) = problem.refusal()
    else {
        return StatusCode::CONFLICT.into_response();
    };
    let cells: Vec<_> = cells
        .iter()
        .map(|cell| {
            let at = CellAddress::parse(&cell.cell.to_string(), &view.plan.form_definition);
            let definition = at.and_then(|at| {
                let form = view.plan.form_definition.form(at.form)?;
                form.cell(at.row.key(), at.column)
            });
            let stored = definition.map(|cell_of| typed::shown(cell.stored.as_ref(), cell_of));
            json!({ "row": cell.cell.row, "column": cell.cell.column, "stored": stored })
        })
        .collect();
    let message = plain(language, "conflict-heading");
    let by = saved.as_ref().map(|stamp| words::signer(language, stamp));
    let body =
        json!({ "message": message, "conflict": { "draft": draft, "cells": cells, "by": by } });
    (StatusCode::CONFLICT, Json(body)).into_response()
}

/// Every cell of the form as the server holds it; a refused one with its reason.
fn cell_answers(
    view: &ReportView,
    language: Language,
    index: FormIndex,
    form: &Form,
    refused: &[RefusedCell],
) -> Vec<CellAnswer> {
    let mut rows: Vec<(&Row, bool)> = view
        .evaluation
        .rows_of(index)
        .iter()
        .map(|data| (&data.row, !data.inner))
        .collect();
    if form.has_rows() && form.total_row.is_some() {
        rows.push((&Row::Total, false));
    }
    let mut answers = Vec::new();
    for (row, is_leaf) in rows {
        for (column_index, column) in form.columns_indexed() {
            let Some(value) = view.evaluation.cell(index, row, column_index) else {
                continue;
            };
            let Some(definition) = form.cell(row.key(), column_index) else {
                continue;
            };
            let key = column.key(column_index);
            let stored = entry(view, form, row.key(), &key);
            let is_open = is_leaf && definition.source == Source::Entered;
            let refusal = refused
                .iter()
                .find(|cell| cell.row == row.key() && cell.column == key);
            answers.push(CellAnswer {
                row: row.key().to_string(),
                state: state_key(value),
                display: if is_open {
                    typed::shown(stored, definition)
                } else {
                    display(value, definition)
                },
                reason: blank_reason(view, language, value),
                refused: refusal.map(|cell| refused_text(language, cell)),
                column: key,
            });
        }
    }
    answers
}

/// What is shown while typing: failing and undecided findings of this form; unanswered cells are only counted.
fn finding_answers(
    view: &ReportView,
    language: Language,
    index: FormIndex,
    form: &Form,
    found: &[FindingView],
    refused: &[RefusedCell],
) -> Vec<FindingAnswer> {
    let column_key = |at: &CellAddress| form.column(at.column).map(|column| column.key(at.column));
    let shown = found.iter().filter(|finding| {
        let here = finding.at.as_ref().is_none_or(|at| at.form == index);
        here && (is_listed(finding, false) || finding.verdict == "undecided")
    });
    let answers = shown.map(|finding| FindingAnswer {
        key: finding.key.clone(),
        severity: finding.severity,
        verdict: finding.verdict,
        row: finding.at.as_ref().map(|at| at.row.key().to_string()),
        column: finding.at.as_ref().and_then(column_key),
        strength: finding.label.clone(),
        place: finding.place.clone(),
        message: finding.message.clone(),
        blocks: finding.blocks,
        explanation: Some(finding.explanation.clone())
            .filter(|text| finding.asks && !text.is_empty()),
    });
    let typed = refused.iter().map(|cell| {
        let at = CellKey::new(&form.name, &cell.row, &cell.column);
        let column = form
            .find_column(&cell.column)
            .map(|(_, column)| column_words(language, column));
        FindingAnswer {
            key: format!("typed/{at}").replace(' ', ""),
            severity: "error",
            verdict: "fails",
            row: Some(cell.row.clone()),
            column: Some(cell.column.clone()),
            strength: plain(language, "severity-error"),
            place: match Row::parse(&cell.row, form) {
                Row::Own => String::new(),
                row => row_label(view, language, form, &row),
            },
            message: format!(
                "{} {}",
                column.unwrap_or_default(),
                refused_text(language, cell)
            ),
            blocks: true,
            explanation: None,
        }
    });
    typed.chain(answers).collect()
}
