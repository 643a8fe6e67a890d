//! Whether the server is well, and what is counted of it: for those who watch it, as text for Prometheus.
//!
//! Requests are counted by the address as the table of addresses has it, never by what somebody asked for, so that no name of a unit or person stands in a count. Only programs of
//! this machine read the counts, or whoever knows the token. Broken input: anybody else is told that there is nothing here.

use crate::reports::report::Status;
use crate::service::problem::ServiceError;
use crate::store::records::ReportQuery;
use crate::web::office::Office;
use axum::Json;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// The address of the counts.
pub const PATH: &str = "/metrics";
/// The address of what is known of the server's health.
pub const HEALTH_DETAIL: &str = "/suc-khoe/chi-tiet";

/// The upper ends of the classes of time, in milliseconds.
const CLASSES: [u128; 9] = [5, 10, 25, 50, 100, 250, 1_000, 5_000, 30_000];

/// What is counted of requests.
#[derive(Debug, Default)]
pub struct Counts {
    answers: Mutex<BTreeMap<(String, String, u16), u64>>,
    times: Mutex<Times>,
}

#[derive(Debug, Default, Clone)]
struct Times {
    classes: [u64; CLASSES.len()],
    count: u64,
    microseconds: u128,
}

impl Counts {
    fn add(&self, method: &str, route: &str, status: u16, microseconds: u128) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (method.to_string(), route.to_string(), status);
        *answers.entry(key).or_default() += 1;
        drop(answers);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.count += 1;
        times.microseconds += microseconds;
        for (count, end) in times.classes.iter_mut().zip(CLASSES) {
            *count += u64::from(microseconds <= end * 1_000);
        }
    }
}

/// Counts every answer and how long it took.
#[allow(
    clippy::disallowed_methods,
    reason = "how long an answer takes is measured, and decides nothing"
)]
pub async fn count(State(office): State<Office>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().to_string();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unknown", MatchedPath::as_str)
        .to_string();
    let response = next.run(request).await;
    let took = begun.elapsed().as_micros();
    office
        .counts
        .add(&method, &route, response.status().as_u16(), took);
    response
}

/// `GET /suc-khoe`: `ok` only where the store answers.
pub async fn health(State(office): State<Office>) -> Response {
    let asked = office.run(|service| Ok(service.store().begin_read()?.draft_position()?));
    match asked.await {
        Ok(_) => "ok".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "store").into_response(),
    }
}

/// `GET /suc-khoe/chi-tiet`: the same with its parts, and nothing that is a secret.
#[allow(
    clippy::disallowed_methods,
    reason = "how long the store takes is measured, and decides nothing"
)]
pub async fn health_detail(State(office): State<Office>) -> Response {
    let begun = Instant::now();
    let asked = office.run(|service| {
        let regimes = service.ground()?.regimes.len();
        Ok((service.store().begin_read()?.draft_position()?, regimes))
    });
    let answered = asked.await;
    let took = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (status, store, regimes) = match answered {
        Ok((_, regimes)) => (StatusCode::OK, true, regimes),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, false, 0),
    };
    let detail = json!({
        "status": if store { "ok" } else { "failing" },
        "version": env!("CARGO_PKG_VERSION"),
        "time": office.now().to_iso(),
        "store": { "answers": store, "milliseconds": took },
        "regimes_in_force": regimes,
        "sends_mail": office.sends_mail,
    });
    (status, Json(detail)).into_response()
}

/// `GET /metrics`
pub async fn show(State(office): State<Office>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if !may_read(&office, request.headers(), peer.map(|peer| peer.0)) {
        // As where there is nothing; no page stands around this address that would word it.
        return (StatusCode::NOT_FOUND, "not found\n").into_response();
    }
    let counts = std::sync::Arc::clone(&office.counts);
    let asked = office.run(move |service| counted(service, &counts));
    let Ok(text) = asked.await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "store\n").into_response();
    };
    let mut response = text.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"),
    );
    response
}

/// With a token, whoever shows it; without one, programs of this machine that do not speak for others.
fn may_read(office: &Office, headers: &HeaderMap, peer: Option<SocketAddr>) -> bool {
    match &office.metrics_token {
        Some(token) => headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .is_some_and(|shown| same(shown.as_bytes(), token.as_bytes())),
        None => {
            let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
            peer.is_some_and(|peer| peer.ip().is_loopback())
                && !forwarded.iter().any(|name| headers.contains_key(*name))
        }
    }
}

/// Whether two texts are the same, in a time that does not tell how far they are.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .fold(0, |difference, (left, right)| difference | (left ^ right))
            == 0
}

fn counted(service: &crate::service::Service, counts: &Counts) -> Result<String, ServiceError> {
    let transaction = service.store().begin_read()?;
    let reports = transaction.report_summaries(&ReportQuery::default())?;
    let mails = transaction.mail_counts()?;
    let size = transaction.size()?;
    drop(transaction);
    let mut text = String::new();
    head(
        &mut text,
        "regime_requests_total",
        "counter",
        "Answers by address and status",
    );
    let answers = counts
        .answers
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    for ((method, route, status), count) in answers {
        line(
            &mut text,
            &format!(
                "regime_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
            ),
        );
    }
    head(
        &mut text,
        "regime_request_duration_seconds",
        "histogram",
        "How long answers took",
    );
    let times = counts
        .times
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    for (count, end) in times.classes.iter().zip(CLASSES) {
        let (seconds, rest) = (end / 1_000, end % 1_000);
        line(
            &mut text,
            &format!(
                "regime_request_duration_seconds_bucket{{le=\"{seconds}.{rest:03}\"}} {count}"
            ),
        );
    }
    let (seconds, rest) = (
        times.microseconds / 1_000_000,
        times.microseconds % 1_000_000,
    );
    line(
        &mut text,
        &format!(
            "regime_request_duration_seconds_bucket{{le=\"+Inf\"}} {}\nregime_request_duration_seconds_sum {seconds}.{rest:06}\nregime_request_duration_seconds_count {}",
            times.count, times.count
        ),
    );
    head(&mut text, "regime_reports", "gauge", "Reports by status");
    for status in Status::ALL {
        let count = reports
            .iter()
            .filter(|report| report.status == status)
            .count();
        line(
            &mut text,
            &format!("regime_reports{{status=\"{}\"}} {count}", status.key()),
        );
    }
    head(&mut text, "regime_mails", "gauge", "Letters by state");
    for (state, count) in mails {
        line(
            &mut text,
            &format!("regime_mails{{state=\"{}\"}} {count}", state.key()),
        );
    }
    head(
        &mut text,
        "regime_store_bytes",
        "gauge",
        "Size of the store",
    );
    line(&mut text, &format!("regime_store_bytes {size}"));
    Ok(text)
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    line(text, &format!("# HELP {name} {help}\n# TYPE {name} {kind}"));
}

fn line(text: &mut String, content: &str) {
    // Writing to a text in memory does not fail.
    let _ = writeln!(text, "{content}");
}
