//! The layers around every page: error pages, security headers, the guard against requests from other sites, limits.
//!
//! They know requests and answers, not reports. Broken input: a request that breaks a limit gets an error page of its own kind; a panic of one handler becomes a 500 of that request.

use crate::web::chrome::{Area, Chrome, chrome};
use crate::web::office::Office;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::plain;
use crate::web::visitor::Visitor;
use crate::web::words::pick;
use axum::Json;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

/// Only what this program serves may run, style or be loaded; nobody may frame the pages; forms go only here.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// Puts the security headers on every answer.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let private = !request.uri().path().starts_with("/tai-nguyen/");
    let mut response = next.run(request).await;
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if private {
        // Figures of a report do not stay in the cache of a shared computer.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Over https, the browser is told to use nothing else for two years.
pub async fn https_only(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=63072000; includeSubDomains"),
    );
    response
}

#[derive(Serialize)]
struct ErrorPage {
    chrome: Chrome,
    heading: String,
    message: String,
    reference: Option<String>,
}

/// Words every failure for the reader: a page, or JSON for the interface. Answers that are already worded pass.
pub async fn error_pages(State(office): State<Office>, request: Request, next: Next) -> Response {
    let interface = request.uri().path().starts_with("/api/");
    let (mut parts, body) = request.into_parts();
    let mut kept = parts.clone();
    parts.extensions = kept.extensions.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let problem = response.extensions().get::<Problem>().cloned();
    let signed_out = matches!(problem, Some(Problem::SignInFirst { .. }));
    if interface && signed_out {
        return json_message(
            StatusCode::UNAUTHORIZED,
            plain(Default::default(), "error-signed-out"),
        );
    }
    if interface && matches!(problem, Some(Problem::FirstDo(_))) {
        let words = plain(Default::default(), "error-first-do");
        return json_message(StatusCode::FORBIDDEN, words);
    }
    if !(response.status().is_client_error() || response.status().is_server_error())
        || is_worded(response.headers())
    {
        return response;
    }
    let status = response.status();
    let Ok(visitor) = Visitor::from_request_parts(&mut kept, &office).await else {
        return (status, status.canonical_reason().unwrap_or("error")).into_response();
    };
    let language = visitor.language;
    let (heading, fallback) = match (&problem, status) {
        // No handler was reached: the guard against requests from other sites answered.
        (None, StatusCode::FORBIDDEN) => ("error-forbidden", "error-cross-site"),
        _ => keys_of(status),
    };
    let wording = problem
        .as_ref()
        .and_then(Problem::wording)
        .map(|words| pick(language, words));
    let message = wording.unwrap_or_else(|| plain(language, fallback));
    if interface {
        return json_message(status, message);
    }
    let reference = kept
        .headers
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_string);
    let page = ErrorPage {
        chrome: chrome(&office, &visitor, Area::Outside, Vec::new()),
        heading: plain(language, heading),
        message,
        reference: reference.filter(|_| status.is_server_error()),
    };
    match render("error.html", &page) {
        Ok(page) => html(status, page),
        Err(error) => {
            tracing::error!(error = %format!("{error:#}"), "the error page failed");
            (status, status.canonical_reason().unwrap_or("error")).into_response()
        }
    }
}

fn keys_of(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            ("error-not-found", "error-not-found-text")
        }
        StatusCode::FORBIDDEN => ("error-forbidden", "error-forbidden-text"),
        StatusCode::CONFLICT => ("error-refused", "error-bad-request-text"),
        StatusCode::PAYLOAD_TOO_LARGE => ("error-too-large", "error-too-large-text"),
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            ("error-timeout", "error-timeout-text")
        }
        StatusCode::INSUFFICIENT_STORAGE | StatusCode::SERVICE_UNAVAILABLE => {
            ("error-storage", "error-timeout-text")
        }
        status if status.is_server_error() => ("error-internal", "error-internal-text"),
        StatusCode::UNPROCESSABLE_ENTITY => ("error-refused", "error-bad-request-text"),
        _ => ("error-bad-request", "error-bad-request-text"),
    }
}

fn is_worded(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/json"))
}

/// A JSON answer with a message for the person.
pub fn json_message(status: StatusCode, message: String) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}
