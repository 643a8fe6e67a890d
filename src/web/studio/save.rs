//! What the script of the studio saves: one file as JSON, answered with its new revision.
//!
//! The same command and the same rights as the form. Broken input: a message in JSON, and nothing was saved; the text of somebody else is never overwritten.

use crate::web::office::Office;
use crate::web::problem::Problem;
use crate::web::visitor::SignedIn;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
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
