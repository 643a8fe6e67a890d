//! The program that calls: its key, its unit, what it may do; and how requests are read.
//!
//! A handler that takes a [`Caller`] cannot be reached without a key that holds and has the right that the address asks for. What the request is made of is compared with the shapes of the
//! document before anything else happens. It knows no reports. Broken input: a [`Fault`] that says what is wrong.

use crate::organisation::UnitId;
use crate::plan::fingerprint::hexadecimal;
use crate::reports::people::token::{Token, TokenRight};
use crate::reports::permission::Actor;
use crate::service::once::Once;
use crate::service::view::ReportAddress;
use crate::web::clock::real_seconds;
use crate::web::office::Office;
use crate::web::texts::Language;
use crate::web::v1::fault::{Fault, language_of};
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// The header under which a program asks that something be done once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The longest key of that kind.
pub const LONGEST_IDEMPOTENCY_KEY: usize = 200;

/// The right that an address asks for; the table of addresses puts it on the request.
#[derive(Debug, Clone, Copy)]
pub struct Needed(pub TokenRight);

/// A program with a key that holds.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The key.
    pub token: Token,
    /// What it acts as.
    pub actor: Actor,
    /// The language it prefers.
    pub language: Language,
}

impl FromRequestParts<Office> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Caller, Fault> {
        let language = language_of(&parts.headers);
        let secret = bearer(&parts.headers).ok_or(Fault::NoToken)?.to_string();
        let now = office.now();
        let found = office
            .run(move |service| service.token_caller(&secret, now))
            .await?;
        let caller = found.ok_or(Fault::NoToken)?;
        office
            .allowance
            .take(&caller.token.id, real_seconds())
            .map_err(Fault::TooManyRequests)?;
        let Some(Needed(right)) = parts.extensions.get::<Needed>() else {
            return Err(Fault::Internal(
                "an address without a right was reached".to_string(),
            ));
        };
        if !caller.token.has(*right) {
            return Err(Fault::RightMissing(*right));
        }
        Ok(Caller {
            token: caller.token,
            actor: caller.actor,
            language,
        })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(secret.trim())
}

/// The parts of the path.
#[derive(Debug)]
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Office> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<At<T>, Fault> {
        let found: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, office).await;
        found.map(|Path(at)| At(at)).map_err(|_| Fault::NotFound)
    }
}

/// The report of an address; a period that does not read is no report.
pub fn address_of(
    (regime, period, unit): (String, String, String),
) -> Result<ReportAddress, Fault> {
    Ok(ReportAddress {
        regime,
        period: period.parse().map_err(|_| Fault::NotFound)?,
        unit: UnitId(unit),
    })
}

/// The query, with no name that the document does not know.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Office> for Asked<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Office) -> Result<Asked<T>, Fault> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(asked)| Asked(asked))
            .map_err(|error| Fault::Malformed(error.body_text()))
    }
}

/// A body in JSON, and under which key it is done once.
#[derive(Debug)]
pub struct Sent<T> {
    /// The body.
    pub body: T,
    /// The key, if one was given.
    pub once: Option<RequestKey>,
}

/// A body as it is, and under which key it is done once.
#[derive(Debug)]
pub struct SentBytes {
    /// The body.
    pub body: Vec<u8>,
    /// The key, if one was given.
    pub once: Option<RequestKey>,
}

/// The key of a request with the hash of all that it asks.
#[derive(Debug, Clone)]
pub struct RequestKey {
    key: String,
    hash: String,
}

impl Caller {
    /// Under which key a request of this program is done once. A key belongs to the program that chose it.
    pub fn once(&self, request: Option<RequestKey>) -> Option<Once> {
        request.map(|request| Once {
            key: format!("{}:{}", self.token.id, request.key),
            request_hash: request.hash,
        })
    }
}

impl<T: DeserializeOwned> FromRequest<Office> for Sent<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, office: &Office) -> Result<Sent<T>, Fault> {
        let (bytes, once) = read(request, office, "application/json").await?;
        let body =
            serde_json::from_slice(&bytes).map_err(|error| Fault::Malformed(error.to_string()))?;
        Ok(Sent { body, once })
    }
}

impl FromRequest<Office> for SentBytes {
    type Rejection = Fault;

    async fn from_request(request: Request, office: &Office) -> Result<SentBytes, Fault> {
        let (bytes, once) = read(request, office, "application/octet-stream").await?;
        Ok(SentBytes {
            body: bytes.to_vec(),
            once,
        })
    }
}

async fn read(
    request: Request,
    office: &Office,
    kind: &str,
) -> Result<(Bytes, Option<RequestKey>), Fault> {
    let sent_as = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    if !sent_as.trim().eq_ignore_ascii_case(kind) {
        return Err(Fault::WrongContentType);
    }
    let mut hash = Sha256::new();
    hash.update(request.method().as_str());
    hash.update(request.uri().to_string());
    let key = key_of(request.headers())?;
    let bytes = Bytes::from_request(request, office)
        .await
        .map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
            _ => Fault::Malformed(error.body_text()),
        })?;
    hash.update(&bytes);
    let hash = hexadecimal(&hash.finalize());
    Ok((bytes, key.map(|key| RequestKey { key, hash })))
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let bad = || Fault::Malformed("Idempotency-Key: 1–200 ASCII".to_string());
    let key = value.to_str().map_err(|_| bad())?;
    let is_key = (1..=LONGEST_IDEMPOTENCY_KEY).contains(&key.len())
        && key.chars().all(|sign| sign.is_ascii_graphic());
    if is_key {
        Ok(Some(key.to_string()))
    } else {
        Err(bad())
    }
}
