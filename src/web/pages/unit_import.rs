//! *Nạp bảng đơn vị*: tables of units from files or pasted text; what they would do is shown, and what was shown is confirmed with a reason.
//!
//! The same page confirms what a reform makes, because both are tables. Broken input: the mistakes line by line; nothing is changed.

use crate::organisation::unit_tables::UnitTable;
use crate::service::unit_changes::{Preview, Proposed};
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::field;
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::pages::unit_effects::{PreviewLines, field_of, preview_lines};
use crate::web::pages::units::PATH;
use crate::web::posted::Posted;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{Language, plain};
use crate::web::visitor::SignedIn;
use crate::web::words::pick;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// Where confirmed tables are sent.
pub const CONFIRM: &str = "/quan-tri/don-vi/ap-dung";

#[derive(Serialize)]
struct ImportPage {
    chrome: Chrome,
    problem: Option<String>,
    tables: Vec<TableField>,
}

#[derive(Serialize)]
struct TableField {
    name: String,
    label: String,
    columns: String,
    current: Option<String>,
}

#[derive(Serialize)]
struct PreviewPage {
    chrome: Chrome,
    title: String,
    problem: Option<String>,
    preview: PreviewLines,
    confirm: &'static str,
    reason: String,
}

/// `GET /quan-tri/don-vi/nap`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let view = import_page(&office, &person, None).await?;
    page("unit_import.html", &view)
}

async fn import_page(
    office: &Office,
    person: &SignedIn,
    problem: Option<String>,
) -> Result<ImportPage, Problem> {
    let language = person.language();
    let actor = person.actor.clone();
    let history = office
        .run(move |service| service.table_history(&actor))
        .await?;
    let field = |table: UnitTable| {
        use crate::organisation::{
            LINK_COLUMNS, SUCCESSION_COLUMNS, UNIT_COLUMNS, codes::CODE_COLUMNS,
        };
        let columns: &[&str] = match table {
            UnitTable::Units => &UNIT_COLUMNS,
            UnitTable::Links => &LINK_COLUMNS,
            UnitTable::Successions => &SUCCESSION_COLUMNS,
            UnitTable::Codes => &CODE_COLUMNS,
        };
        let name = match table {
            UnitTable::Units => "units",
            UnitTable::Links => "links",
            UnitTable::Successions => "successions",
            UnitTable::Codes => "codes",
        };
        let newest = history.iter().find(|change| change.name == name);
        TableField {
            name: field_of(table).to_owned(),
            label: pick(language, table.wording()),
            columns: columns.join(", "),
            current: newest.map(|change| format!("/quan-tri/bang/{}/tep", change.position)),
        }
    };
    Ok(ImportPage {
        chrome: chrome(
            office,
            &person.visitor,
            Area::Admin,
            crumbs(language, plain(language, "units-import")),
        ),
        problem,
        tables: UnitTable::ALL.into_iter().map(field).collect(),
    })
}

/// The way to a page below the list of units.
pub fn crumbs(language: Language, here: String) -> Vec<Crumb> {
    vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::to(PATH, plain(language, "units")),
        Crumb::here(here),
    ]
}

/// `POST /quan-tri/don-vi/nap`: what the tables would do.
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    posted: Posted,
) -> Result<Response, Problem> {
    let Some(proposed) = proposed(&posted) else {
        let problem = Some(plain(person.language(), "units-not-text"));
        let view = import_page(&office, &person, problem).await?;
        let page = render("unit_import.html", &view)?;
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    if proposed.texts.is_empty() {
        let problem = Some(plain(person.language(), "units-nothing-sent"));
        let view = import_page(&office, &person, problem).await?;
        let page = render("unit_import.html", &view)?;
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let (actor, today) = (person.actor.clone(), office.now().date());
    let asked = proposed.clone();
    let preview = office
        .run(move |service| service.preview_units(&actor, &asked, today))
        .await?;
    let status = if preview.is_sound() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    respond(&office, &person, status, None, (&proposed, &preview), "")
}

/// The tables of a post; none when a file is not text in UTF-8.
fn proposed(posted: &Posted) -> Option<Proposed> {
    let mut texts = Vec::new();
    let mut names = Vec::new();
    for table in UnitTable::ALL {
        let name = field_of(table);
        let file = posted.files.iter().find(|file| file.field == name);
        let pasted = field(&posted.fields, &format!("van_ban.{name}"));
        let text = match file {
            Some(file) => {
                names.push(file.name.clone());
                String::from_utf8(file.content.clone()).ok()?
            }
            None if !pasted.trim().is_empty() => pasted.to_string(),
            None => continue,
        };
        // What is shown comes back through a form, and browsers end its lines in their own way; what is confirmed must be what was shown.
        texts.push((table, text.replace("\r\n", "\n").replace('\r', "\n")));
    }
    let said = field(&posted.fields, "nguon").trim();
    let source = if said.is_empty() {
        names.join(", ")
    } else {
        said.chars().take(200).collect()
    };
    Some(Proposed { texts, source })
}

/// The page that shows what tables would do, with the form that confirms them.
pub fn respond(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    problem: Option<String>,
    (proposed, preview): (&Proposed, &Preview),
    reason: &str,
) -> Result<Response, Problem> {
    let language = person.language();
    let title = plain(language, "units-preview");
    let view = PreviewPage {
        chrome: chrome(
            office,
            &person.visitor,
            Area::Admin,
            crumbs(language, title.clone()),
        ),
        title,
        problem,
        preview: preview_lines(office, language, proposed, preview),
        confirm: CONFIRM,
        reason: reason.to_string(),
    };
    Ok(html(status, render("unit_preview.html", &view)?))
}

/// `POST /quan-tri/don-vi/ap-dung`: puts into force what was shown.
pub async fn confirm(
    State(office): State<Office>,
    person: SignedIn,
    posted: Posted,
) -> Result<Response, Problem> {
    let proposed = proposed(&posted).ok_or(Problem::BadRequest)?;
    let seen = field(&posted.fields, "dau").to_string();
    let reason = field(&posted.fields, "ly_do").replace("\r\n", "\n");
    let (actor, now) = (person.actor.clone(), office.now());
    let (asked, said) = (proposed.clone(), reason.clone());
    let outcome = office
        .run(move |service| service.apply_units(&actor, &asked, &seen, &said, now))
        .await;
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?xong=don-vi")).into_response()),
        Err(problem)
            if [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT]
                .contains(&problem.status()) =>
        {
            let words = problem
                .wording()
                .map(|words| pick(person.language(), words));
            let (actor, asked) = (person.actor.clone(), proposed.clone());
            let preview = office
                .run(move |service| service.preview_units(&actor, &asked, now.date()))
                .await?;
            let shown = (&proposed, &preview);
            respond(&office, &person, problem.status(), words, shown, &reason)
        }
        Err(problem) => Err(problem),
    }
}
