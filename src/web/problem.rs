//! What can go wrong with a request, and its page or JSON message.
//!
//! A handler answers a [`Problem`]; one layer turns it, and every failure of the layers around it, into a page in the reader's language. Causes go to the log under the request's
//! code, never onto the page. Broken input: none.

use crate::reports::refusal::Refusal;
use crate::service::problem::ServiceError;
use crate::service::unit_changes::UnitsFault;
use crate::store::error::StoreError;
use crate::web::visitor::First;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// What went wrong with a request.
#[derive(Debug, Clone)]
pub enum Problem {
    /// Nobody is signed in.
    SignInFirst {
        /// Where to go afterwards.
        next: String,
    },
    /// Whoever signed in must do something else first.
    FirstDo(First),
    /// No such page, or not the reader's to know.
    NotFound,
    /// The request cannot be read.
    BadRequest,
    /// The service refused or failed.
    Service(Arc<ServiceError>),
    /// A mistake of the program or its surroundings; the detail is only logged.
    Internal {
        /// For the log.
        detail: String,
    },
}

impl Problem {
    /// A mistake of the program or its surroundings.
    pub fn internal(detail: &str) -> Problem {
        Problem::Internal {
            detail: detail.to_string(),
        }
    }

    /// The refusal of the report's state machine, if that is what it is.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Problem::Service(error) => match error.as_ref() {
                ServiceError::Refused(refusal) => Some(refusal),
                _ => None,
            },
            _ => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::SignInFirst { .. } => StatusCode::UNAUTHORIZED,
            Problem::FirstDo(_) => StatusCode::FORBIDDEN,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::BadRequest => StatusCode::BAD_REQUEST,
            Problem::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Problem::Service(error) => match error.as_ref() {
                ServiceError::NotFound => StatusCode::NOT_FOUND,
                ServiceError::Forbidden => StatusCode::FORBIDDEN,
                ServiceError::Refused(refusal) => match refusal {
                    Refusal::NotPermitted { .. } | Refusal::OwnProposal => StatusCode::FORBIDDEN,
                    Refusal::WrongStatus { .. }
                    | Refusal::Conflict { .. }
                    | Refusal::OtherDraft { .. }
                    | Refusal::OtherRevision { .. } => StatusCode::CONFLICT,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                },
                ServiceError::Route(_)
                | ServiceError::Event(_)
                | ServiceError::Draft(_)
                | ServiceError::People(_)
                | ServiceError::Ruling(_)
                | ServiceError::Token(_)
                | ServiceError::File(_) => StatusCode::UNPROCESSABLE_ENTITY,
                ServiceError::Units(UnitsFault::ChangedSince) => StatusCode::CONFLICT,
                ServiceError::Units(_) => StatusCode::UNPROCESSABLE_ENTITY,
                ServiceError::Store(StoreError::DraftChanged { .. }) => StatusCode::CONFLICT,
                ServiceError::Store(StoreError::DiskFull) => StatusCode::INSUFFICIENT_STORAGE,
                ServiceError::Store(StoreError::Busy) => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// The words for the reader, where the service has them.
    pub fn wording(&self) -> Option<crate::plan::Bilingual> {
        match self {
            Problem::Service(error) => match error.as_ref() {
                ServiceError::NotFound => None,
                ServiceError::Store(
                    StoreError::DiskFull | StoreError::Busy | StoreError::DraftChanged { .. },
                ) => Some(error.wording()),
                ServiceError::Store(_) | ServiceError::Plan(_) => None,
                error => Some(error.wording()),
            },
            _ => None,
        }
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Problem {
        Problem::Service(Arc::new(error))
    }
}

impl From<tower_sessions::session::Error> for Problem {
    fn from(error: tower_sessions::session::Error) -> Problem {
        Problem::internal(&error.to_string())
    }
}

impl From<minijinja::Error> for Problem {
    fn from(error: minijinja::Error) -> Problem {
        // The alternate form names template, line and what was asked for.
        Problem::internal(&format!("{error:#}"))
    }
}

/// The answer carries the problem itself; the layer of error pages words it for the reader.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Problem::SignInFirst { next } = &self {
            let address = format!("/dang-nhap?tiep={}", percent_encoded(next));
            let mut response = Redirect::to(&address).into_response();
            response.extensions_mut().insert(self);
            return response;
        }
        if let Problem::FirstDo(first) = &self {
            let mut response = Redirect::to(first.path()).into_response();
            response.extensions_mut().insert(self);
            return response;
        }
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(problem = ?self, "a request failed");
        }
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response.extensions_mut().insert(self);
        response
    }
}

/// A text as one value of a query.
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// An HTML page.
pub fn html(status: StatusCode, page: String) -> Response {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}
