//! One file in the studio: the page for browsers with and without script, and what its form posts.
//!
//! The script takes the place of the form; both save the same drafts. Checking changes nothing and shows what was typed again. Broken input: a text that somebody else has changed
//! meanwhile comes back with the reason, never lost.

use super::{
    FILES, HISTORY, MistakeLine, NEWEST, PUBLISH, ROOT, SAVE, SOCKET, STUDIO, file_page,
    in_address, mistakes,
};
use crate::reports::permission::{Action, may_somewhere};
use crate::service::drafts::{DraftProject, is_path, is_source, project_of};
use crate::service::problem::ServiceError;
use crate::store::error::StoreError;
use crate::web::assets;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::help;
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::plain;
use crate::web::visitor::SignedIn;
use crate::web::words::pick;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct FilePage {
    chrome: Chrome,
    path: String,
    address: String,
    history: Option<String>,
    list: &'static str,
    text: String,
    base: u32,
    problem: Option<String>,
    checked: bool,
    mistakes: Vec<MistakeLine>,
    publish: Option<&'static str>,
    /// Where the script finds everything; none where the page shows again what a form brought.
    script: Option<Script>,
}

#[derive(Serialize)]
struct Script {
    script: String,
    stylesheet: String,
    socket: &'static str,
    root: &'static str,
    save: &'static str,
    newest: &'static str,
    pages: &'static str,
    history: &'static str,
    list: &'static str,
    help: &'static str,
    /// The files as JSON that can stand inside an element.
    files: String,
}

#[derive(Serialize)]
struct StoredFile<'d> {
    path: &'d str,
    text: &'d str,
    revision: u32,
}

/// What a post has left to be shown.
#[derive(Default)]
struct Aftermath {
    typed: Option<String>,
    base: Option<u32>,
    problem: Option<String>,
    checked: bool,
}

/// `GET /soan/tep/{*path}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    respond(
        &office,
        &person,
        &path,
        StatusCode::OK,
        Aftermath::default(),
    )
    .await
}

/// `POST /soan/tep/{*path}`: `kiem-tra`, `luu`, `cong-bo` or `xoa`.
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let base: u32 = field(&fields, "ban")
        .parse()
        .map_err(|_| Problem::BadRequest)?;
    // Forms send line ends of their own.
    let typed = field(&fields, "van_ban").replace("\r\n", "\n");
    let action = field(&fields, "action");
    let aftermath = |problem, checked| Aftermath {
        typed: Some(typed.clone()),
        base: Some(base),
        problem,
        checked,
    };
    if action == "kiem-tra" {
        return respond(
            &office,
            &person,
            &path,
            StatusCode::OK,
            aftermath(None, true),
        )
        .await;
    }
    let text = match action {
        "luu" | "cong-bo" => Some(typed.clone()),
        "xoa" => None,
        _ => return Err(Problem::BadRequest),
    };
    let (actor, now, of) = (person.actor.clone(), office.now(), path.clone());
    let saved = office
        .run(move |service| service.save_draft(&actor, &of, base, text.as_deref(), now))
        .await;
    let next = match action {
        "cong-bo" => format!("{PUBLISH}?tep={}", percent_encoded(&path)),
        "xoa" => format!("{STUDIO}?xong=xoa-tep"),
        _ => format!("{}?xong=luu-tep", file_page(&path)),
    };
    match saved {
        Ok(_) => Ok(Redirect::to(&next).into_response()),
        Err(Problem::Service(error)) => match error.as_ref() {
            ServiceError::Draft(_) | ServiceError::Store(StoreError::DraftChanged { .. }) => {
                let words = pick(person.language(), error.wording());
                let status = Problem::Service(Arc::clone(&error)).status();
                respond(
                    &office,
                    &person,
                    &path,
                    status,
                    aftermath(Some(words), false),
                )
                .await
            }
            _ => Err(Problem::Service(error)),
        },
        Err(problem) => Err(problem),
    }
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    path: &str,
    status: StatusCode,
    aftermath: Aftermath,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let drafts = office
        .run(move |service| service.drafts(&actor, now))
        .await?;
    if !is_path(path) {
        return Err(Problem::NotFound);
    }
    let language = person.language();
    let stored = drafts.files.iter().find(|file| file.path == path);
    let text = stored.and_then(|file| file.text.clone());
    let text = aftermath.typed.or(text).unwrap_or_default();
    let base = stored.map_or(0, |file| file.revision);
    let mistakes = match aftermath.checked {
        true => checked(office, &drafts, path, &text, language).await?,
        false => Vec::new(),
    };
    let crumbs = vec![
        Crumb::to(STUDIO, plain(language, "nav-studio")),
        Crumb::here(path),
    ];
    let may_publish = may_somewhere(&person.actor, Action::PublishRegime);
    let view = FilePage {
        chrome: chrome(office, &person.visitor, Area::Studio, crumbs).wide(),
        address: file_page(path),
        history: stored.map(|_| format!("{HISTORY}{}", in_address(path))),
        list: STUDIO,
        base: aftermath.base.unwrap_or(base),
        // What a form without script brought is shown again as it is; the script would begin with what is stored.
        script: match aftermath.base.is_none() {
            true => Some(script(&drafts, path, &text)?),
            false => None,
        },
        text,
        path: path.to_owned(),
        problem: aftermath.problem,
        checked: aftermath.checked,
        mistakes,
        publish: may_publish.then_some(PUBLISH),
    };
    Ok(html(status, render("studio.html", &view)?))
}

/// The mistakes of a text in the place of the stored one.
async fn checked(
    office: &Office,
    drafts: &Arc<DraftProject>,
    path: &str,
    text: &str,
    language: crate::web::texts::Language,
) -> Result<Vec<MistakeLine>, Problem> {
    let (drafts, path, text) = (Arc::clone(drafts), path.to_owned(), text.to_owned());
    office
        .run(move |_| {
            let mut texts: std::collections::BTreeMap<&str, &str> = drafts
                .files
                .iter()
                .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
                .collect();
            texts.insert(&path, &text);
            let project = project_of(texts.into_iter());
            let snapshot = drafts.snapshot.after(&project);
            Ok(mistakes(language, &snapshot, &path))
        })
        .await
}

fn script(drafts: &DraftProject, path: &str, text: &str) -> Result<Script, Problem> {
    // Sources first: they are told to the language server before it has as many documents as it takes.
    let (sources, tables): (Vec<_>, Vec<_>) =
        drafts.files.iter().partition(|file| is_source(&file.path));
    let mut files: Vec<StoredFile> = sources
        .into_iter()
        .chain(tables)
        .filter_map(|file| {
            Some(StoredFile {
                path: &file.path,
                text: file.text.as_deref()?,
                revision: file.revision,
            })
        })
        .collect();
    if !files.iter().any(|file| file.path == path) {
        files.push(StoredFile {
            path,
            text,
            revision: 0,
        });
    }
    let files = serde_json::to_string(&files)
        .map_err(|error| Problem::internal(&error.to_string()))?
        // Inside a script element only the sign that could end it has to be written otherwise.
        .replace('<', "\\u003c");
    Ok(Script {
        script: assets::address("studio.js"),
        stylesheet: assets::address("studio.css"),
        socket: SOCKET,
        root: ROOT,
        save: SAVE,
        newest: NEWEST,
        pages: FILES,
        history: HISTORY,
        list: STUDIO,
        help: help::CODES,
        files,
    })
}
