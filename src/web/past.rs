//! Looking back: any page of reports, figures, units and regimes as it was known at a moment.
//!
//! The moment comes from the address (`?luc=`, for one page that can be shared) or from a cookie that the page of [`crate::web::pages::looking_back`] sets (for going about in the past). The same pages are then
//! served over the store as it was known then, with the clock standing still; who may look is decided by the rights of today. Nothing can be changed from there. Broken input: a moment that does not read, or has not
//! come, is none.

use crate::calendar::Moment;
use crate::service::Service;
use crate::web::office::Office;
use crate::web::pages::looking_back::PATH;
use crate::web::server::addresses;
use crate::web::visitor::query_value;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::{Arc, Mutex, PoisonError};
use tower::ServiceExt;

/// Name of the cookie that holds the moment.
pub const COOKIE: &str = "regime-luc";

/// So many pasts are kept ready; each holds the plans and units of its moment.
const MOST_KEPT: usize = 4;

/// Addresses that are about now, whatever moment is looked at: signing in, one's own account, other accounts, letters, calendars, what watches the server, writing regimes, programs.
const ALWAYS_NOW: [&str; 14] = [
    PATH,
    "/dang-nhap",
    "/dang-xuat",
    "/tai-khoan",
    "/quan-tri/tai-khoan",
    "/khoa-api",
    "/soan",
    "/api/",
    "/lich",
    "/quan-tri/thu",
    "/quan-tri/nhat-ky",
    "/suc-khoe",
    "/metrics",
    "/tai-nguyen/",
];

/// Services of moments, the one asked for first in front.
type Pasts = Vec<(Moment, Arc<Service>)>;

/// What looking back needs of the server.
#[derive(Clone)]
pub struct Looking {
    office: Office,
    behind_https: bool,
    kept: Arc<Mutex<Pasts>>,
}

impl Looking {
    /// Over the office of today.
    pub fn new(office: Office, behind_https: bool) -> Looking {
        Looking {
            office,
            behind_https,
            kept: Arc::new(Mutex::new(Vec::new())),
        }
    }

    fn service_at(&self, moment: Moment) -> Arc<Service> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, service)) = kept.iter().find(|(at, _)| *at == moment) {
            return Arc::clone(service);
        }
        let service = Arc::new(self.office.service().as_known_at(moment));
        if kept.len() >= MOST_KEPT {
            kept.remove(0);
        }
        kept.push((moment, Arc::clone(&service)));
        service
    }
}

/// Serves a request from the past where one is asked for.
pub async fn look(State(looking): State<Looking>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_now = ALWAYS_NOW.iter().any(|prefix| path.starts_with(prefix));
    let asked = match is_now {
        true => None,
        false => moment_of(request.uri().query().unwrap_or_default(), request.headers()),
    };
    let now = looking.office.now();
    let Some(moment) = asked.filter(|asked| asked.to_unix_seconds() < now.to_unix_seconds()) else {
        return next.run(request).await;
    };
    if !request.method().is_safe() {
        return Redirect::to(&format!("{PATH}?xong=chi-xem")).into_response();
    }
    let office = looking
        .office
        .as_known_at(looking.service_at(moment), moment);
    let past = addresses(&office, looking.behind_https).with_state(office);
    match past.oneshot(afresh(request)).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// The same request as if no address had been found for it yet: what the routing of today left in it would be taken for parts of its address a second time.
fn afresh(request: Request) -> Request {
    let (parts, body) = request.into_parts();
    let mut fresh = Request::new(body);
    *fresh.method_mut() = parts.method;
    *fresh.uri_mut() = parts.uri;
    *fresh.version_mut() = parts.version;
    *fresh.headers_mut() = parts.headers;
    fresh
}

/// The moment that a request asks for.
fn moment_of(query: &str, headers: &HeaderMap) -> Option<Moment> {
    let stated = query_value(query, "luc").or_else(|| cookie(headers))?;
    Moment::parse_iso(&stated)
}

/// The moment of the cookie, as it was set.
pub fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == COOKIE && !value.is_empty()).then(|| value.to_string())
        })
}
