//! The form page's plain post: saves what was typed, then does what the pressed button asks.
//!
//! What was typed wrongly or crosses somebody else's work is shown again with the reason; everything else is saved. A repeated post changes nothing, because only differences are saved.

use crate::reports::command::{Command, DraftChange};
use crate::reports::key::RowKey;
use crate::reports::refusal::{ConflictingCell, Refusal};
use crate::service::files::ChosenFile;
use crate::service::view::{ReportAddress, ReportView};
use crate::web::attached;
use crate::web::findings::{cell_id, place};
use crate::web::form_data::{self, RefusedCell, TypedCell, field};
use crate::web::grid::Typed;
use crate::web::office::Office;
use crate::web::outline;
use crate::web::pages::report::{Aftermath, Conflict, ConflictCell, form_named, respond};
use crate::web::pages::steps::{done, step};
use crate::web::pages::{report_of, report_path};
use crate::web::posted::Posted;
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::typed;
use crate::web::visitor::SignedIn;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// `POST /bao-cao/{regime}/{period}/{unit}/luu`
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): Path<(String, String, String)>,
    Posted { fields, files }: Posted,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let base: u64 = field(&fields, "base")
        .parse()
        .map_err(|_| Problem::BadRequest)?;
    let action = field(&fields, "action").to_string();
    let language = person.language();
    let view = current(&office, &person, &address).await?;
    let (form_index, form) = form_named(&view, field(&fields, "form"))?;
    let cells = form_data::typed_cells(&fields, "o");
    let (mut change, mut refused) =
        form_data::change(&view, form, &cells, &form_data::explanations(&fields))?;
    let (mut files, not_files) = attached::chosen(&view, form, (&fields, files), &mut change)?;
    refused.extend(not_files);
    outline::change(&view, form_data::narratives(&fields), &mut change)?;
    match action.as_str() {
        "add-row" => form_data::add_row(&view, form, field(&fields, "new_row"), &mut change)?,
        "nil" => form_data::nil_the_rest(&view, form_index, form, &mut change),
        action => {
            if let Some(row) = action.strip_prefix("remove-row:") {
                change.cells.retain(|changed| changed.cell.row != row);
                files.retain(|chosen| chosen.cell.row != row);
                change.rows_removed.push(RowKey {
                    form: form.name.clone(),
                    row: row.to_string(),
                });
            }
        }
    }
    let files_typed = files.iter().map(|chosen| TypedCell {
        row: chosen.cell.row.clone(),
        column: chosen.cell.column.clone(),
        typed: chosen.name().to_owned(),
    });
    let cells: Vec<TypedCell> = cells.into_iter().chain(files_typed).collect();
    if !(form_data::is_empty(&change) && files.is_empty())
        && let Err(problem) = save(&office, &person, &address, (base, change), files).await
    {
        return not_saved(
            &office,
            &person,
            &address,
            &view,
            &cells,
            problem,
            form.name.clone(),
        )
        .await;
    }
    if !refused.is_empty() {
        let typed = refused
            .iter()
            .map(|cell| ((cell.row.clone(), cell.column.clone()), cell.typed.clone()))
            .collect();
        let aftermath = Aftermath {
            typed,
            problem: Some(refused_words(language, &view, form, &refused)),
            form: Some(form.name.clone()),
            ..Aftermath::default()
        };
        return respond(
            &office,
            &person,
            &address,
            StatusCode::UNPROCESSABLE_ENTITY,
            aftermath,
        )
        .await;
    }
    let path = report_path(&address);
    let form_query = format!("form={}", percent_encoded(&form.name));
    let to = match action.as_str() {
        "check" => format!("{path}?{form_query}&kiem_tra=1#loi"),
        "propose" => return propose(&office, &person, &address, &form_query).await,
        "nil" => format!("{path}?{form_query}&xong=khong-phat-sinh"),
        "add-row" => format!("{path}?{form_query}#them-dong"),
        "save" => format!("{path}?{form_query}&xong=luu"),
        _ => format!("{path}?{form_query}"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// The report as the person may see it now.
pub async fn current(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
) -> Result<ReportView, Problem> {
    let (actor, now, address) = (person.actor.clone(), office.now(), address.clone());
    office
        .run(move |service| service.report(&actor, &address, now))
        .await
}

/// Saves a change made on a draft number, with the files chosen for its cells.
pub async fn save(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    change: (u64, DraftChange),
    files: Vec<ChosenFile>,
) -> Result<(), Problem> {
    let (actor, now, address) = (person.actor.clone(), office.now(), address.clone());
    office
        .run(move |service| {
            service
                .save_with_files(&actor, &address, now, change, files)
                .map(|_| ())
        })
        .await
}

async fn propose(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    form_query: &str,
) -> Result<Response, Problem> {
    let saved = current(office, person, address).await?;
    let draft = saved.draft;
    let proposed = step(office, person, address, move |_| Command::Propose { draft }).await;
    match proposed {
        Err(problem) if matches!(problem.refusal(), Some(Refusal::Blocked { .. })) => {
            Ok(Redirect::to(&format!(
                "{}?{form_query}&kiem_tra=1#loi",
                report_path(address)
            ))
            .into_response())
        }
        outcome => done(office, person, address, "trinh", outcome).await,
    }
}

/// Typed texts that are no numbers and files that may not be attached, with the reason of each.
fn refused_words(
    language: Language,
    view: &ReportView,
    form: &crate::plan::form::Form,
    refused: &[RefusedCell],
) -> String {
    let one = |cell: &RefusedCell| {
        let at = crate::reports::key::CellKey::new(&form.name, &cell.row, &cell.column).to_string();
        let at = crate::plan::address::CellAddress::parse(&at, &view.plan.form_definition);
        let label = at.map(|at| place(view, language, &at)).unwrap_or_default();
        format!("{label}: {}", refused_text(language, cell))
    };
    refused.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// Why one typed text or file was not saved.
pub fn refused_text(language: Language, cell: &RefusedCell) -> String {
    let problem = typed::mistyped_text(language, &cell.problem);
    worded(
        language,
        "typed-refused",
        &[
            ("typed", cell.typed.clone().into()),
            ("problem", problem.into()),
        ],
    )
}

async fn not_saved(
    office: &Office,
    person: &SignedIn,
    address: &ReportAddress,
    view: &ReportView,
    cells: &[TypedCell],
    problem: Problem,
    form: String,
) -> Result<Response, Problem> {
    let language = person.language();
    let typed: Typed = cells
        .iter()
        .map(|cell| ((cell.row.clone(), cell.column.clone()), cell.typed.clone()))
        .collect();
    let (status, aftermath) = match problem.refusal() {
        Some(Refusal::Conflict {
            cells: conflicting, ..
        }) => {
            let cells = conflicting
                .iter()
                .filter_map(|cell| conflict_cell(language, view, cell, &typed))
                .collect();
            let conflict = Conflict {
                message: plain(language, "conflict-message"),
                cells,
            };
            (
                StatusCode::CONFLICT,
                Aftermath {
                    typed,
                    conflict: Some(conflict),
                    form: Some(form),
                    ..Aftermath::default()
                },
            )
        }
        Some(refusal) => {
            let words = crate::web::words::pick(language, refusal.wording());
            (
                problem.status(),
                Aftermath {
                    typed,
                    problem: Some(words),
                    form: Some(form),
                    ..Aftermath::default()
                },
            )
        }
        None => return Err(problem),
    };
    respond(office, person, address, status, aftermath).await
}

fn conflict_cell(
    language: Language,
    view: &ReportView,
    conflicting: &ConflictingCell,
    typed: &Typed,
) -> Option<ConflictCell> {
    let key = &conflicting.cell;
    let at =
        crate::plan::address::CellAddress::parse(&key.to_string(), &view.plan.form_definition)?;
    let form = view.plan.form_definition.form(at.form)?;
    let cell = form.cell(at.row.key(), at.column)?;
    let blank = |text: String| {
        if text.is_empty() {
            plain(language, "blank")
        } else {
            text
        }
    };
    Some(ConflictCell {
        href: format!("#{}", cell_id(form, &at)?),
        label: place(view, language, &at),
        stored: blank(typed::shown(conflicting.stored.as_ref(), cell)),
        yours: blank(
            typed
                .get(&(key.row.clone(), key.column.clone()))
                .cloned()
                .unwrap_or_default(),
        ),
    })
}
