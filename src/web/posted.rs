//! What a form posts: its fields, and the files chosen in it.
//!
//! A form without files comes as text, one with files in parts; the handler sees no difference. It does not know reports. Broken input: a body that is neither is a bad
//! request, one beyond the limit is told so.

use crate::web::form_data::Fields;
use crate::web::multipart::{boundary, parts};
use crate::web::problem::Problem;
use crate::web::server::MOST_BODY_BYTES;
use axum::Form;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// A posted form.
#[derive(Debug, Default)]
pub struct Posted {
    /// Its fields in the order they came.
    pub fields: Fields,
    /// Its files; fields in which no file was chosen are not among them.
    pub files: Vec<PostedFile>,
}

/// A file of a posted form.
#[derive(Debug)]
pub struct PostedFile {
    /// The name of its field.
    pub field: String,
    /// The file's name as the browser gave it.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(mut request: Request, state: &S) -> Result<Posted, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let Some(between) = boundary(kind).map(str::to_owned) else {
            // Only files need more than a form of text.
            DefaultBodyLimit::max(MOST_BODY_BYTES).apply(&mut request);
            let form = Form::<Fields>::from_request(request, state).await;
            let Form(fields) = form.map_err(IntoResponse::into_response)?;
            return Ok(Posted {
                fields,
                files: Vec::new(),
            });
        };
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(IntoResponse::into_response)?;
        read(&between, &body).ok_or_else(|| Problem::BadRequest.into_response())
    }
}

fn read(between: &str, body: &[u8]) -> Option<Posted> {
    let mut posted = Posted::default();
    for part in parts(between, body)? {
        match part.file_name {
            None => {
                let text = std::str::from_utf8(part.content).ok()?;
                posted.fields.push((part.name, text.to_owned()));
            }
            // A field in which nothing was chosen comes without a name and without content.
            Some(name) if name.is_empty() && part.content.is_empty() => {}
            Some(name) => posted.files.push(PostedFile {
                field: part.name,
                name,
                content: part.content.to_vec(),
            }),
        }
    }
    Some(posted)
}
