//! What the script of the studio saves: one file as JSON, answered with its new revision; and a file as it stands now, so that two people's changes can be put together.
//!
//! The same command and the same rights as the form. Broken input: a message in JSON, and nothing was saved; the text of somebody else is never overwritten.

use super::name_of;
use crate::web::office::Office;
use crate::web::problem::Problem;
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// A file as it is to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saving {
    path: String,
    text: String,
    base: u32,
}

#[derive(Serialize)]
struct Saved {
    revision: u32,
}

/// A file as it stands.
#[derive(Serialize)]
struct Newest {
    text: String,
    revision: u32,
    by: String,
    at: String,
}

/// `GET /api/soan/tep/{*path}`
pub async fn newest(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    let actor = person.actor.clone();
    let (draft, names) = office
        .run(move |service| {
            let draft = service.newest_draft(&actor, &path)?;
            Ok((draft, service.account_names(&actor)?))
        })
        .await?;
    let newest = Newest {
        by: name_of(&names, &draft.by, person.language()),
        at: words::moment(draft.at),
        revision: draft.revision,
        text: draft.text.unwrap_or_default(),
    };
    Ok(Json(newest).into_response())
}

/// `POST /api/soan/luu`
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    saving: Result<Json<Saving>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(saving) = saving.map_err(|_| Problem::BadRequest)?;
    let (actor, now) = (person.actor.clone(), office.now());
    let saved = office
        .run(move |service| {
            let text = Some(saving.text.as_str());
            service.save_draft(&actor, &saving.path, saving.base, text, now)
        })
        .await?;
    let revision = saved.revision;
    Ok(Json(Saved { revision }).into_response())
}
