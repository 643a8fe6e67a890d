//! Styles, scripts and pictures embedded in the program, served with an ETag and, when the address names their content, for ever.
//!
//! The files are built by `src/web/frontend` and committed; this module does not know what they do. A name that is not embedded is a 404; there is no way from here to the file system.

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use rust_embed::Embed;
use serde::Deserialize;

use crate::plan::fingerprint::hexadecimal;

#[derive(Embed)]
#[folder = "src/web/assets/"]
struct Assets;

/// The query of an asset's address: its content's tag, if the page knew it.
#[derive(Debug, Default, Deserialize)]
pub struct Tagged {
    v: Option<String>,
}

/// `GET /tai-nguyen/{file}`
pub async fn asset(
    Path(name): Path<String>,
    Query(tagged): Query<Tagged>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(file) = Assets::get(&name) else {
        return answer(StatusCode::NOT_FOUND, Body::empty());
    };
    let tag = content_tag(&file.metadata.sha256_hash());
    let quoted = format!("\"{tag}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == quoted)
        });
    let mut response = if known {
        answer(StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        answer(StatusCode::OK, Body::from(file.data.into_owned()))
    };
    // Only an address that carries the content's own tag can be kept for ever; the plain one must be asked about again.
    let caching = if tagged.v.as_deref() == Some(tag.as_str()) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = file.metadata.mimetype();
    let kind = if kind.starts_with("text/") && !kind.contains("charset") {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    for (name, value) in [
        (header::ETAG, quoted),
        (header::CACHE_CONTROL, caching.to_string()),
        (header::CONTENT_TYPE, kind),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The address of an asset with the tag of its content; without it when the asset is not embedded.
pub fn address(name: &str) -> String {
    match Assets::get(name) {
        Some(file) => format!(
            "/tai-nguyen/{name}?v={}",
            content_tag(&file.metadata.sha256_hash())
        ),
        None => format!("/tai-nguyen/{name}"),
    }
}

fn content_tag(hash: &[u8]) -> String {
    hexadecimal(hash).chars().take(16).collect()
}

fn answer(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}
