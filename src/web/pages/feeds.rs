//! *Lịch hạn báo cáo*: the address of a unit's calendar, made and ended by people of the unit, and the calendar itself.
//!
//! The secret part is shown once, when it is made, because only its hash is kept. Broken input: an address that never was or works no more is gone; which of both, nobody learns.

use crate::organisation::UnitId;
use crate::plan::fingerprint::hexadecimal;
use crate::reports::icalendar::calendar;
use crate::service::feeds::FeedView;
use crate::service::password::random;
use crate::service::problem::ServiceError;
use crate::service::view::ReportAddress;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::mail::link;
use crate::web::office::Office;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::plain;
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The address of the page.
pub const PATH: &str = "/lich";

/// So many random passwords make a secret: 48 signs, more than 250 bits.
const PARTS: usize = 3;

#[derive(Serialize)]
struct FeedsPage {
    chrome: Chrome,
    made: Option<String>,
    units: Vec<UnitLine>,
}

#[derive(Serialize)]
struct UnitLine {
    id: String,
    name: String,
    since: Option<String>,
}

/// `GET /lich`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    respond(&office, &person, None).await
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    made: Option<String>,
) -> Result<Response, Problem> {
    let actor = person.actor.clone();
    let feeds = office.run(move |service| service.own_feeds(&actor)).await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to("/", plain(language, "nav-work")),
        Crumb::here(plain(language, "feeds")),
    ];
    let line = |view: FeedView| UnitLine {
        id: view.unit.to_string(),
        name: view.name,
        since: view.feed.map(|feed| words::moment(feed.made_at)),
    };
    let view = FeedsPage {
        chrome: chrome(office, &person.visitor, Area::Work, crumbs),
        made,
        units: feeds.into_iter().map(line).collect(),
    };
    Ok(html(StatusCode::OK, render("feeds.html", &view)?))
}

/// `POST /lich/tao`: the page with the new address, which is never shown again.
pub async fn make(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let unit = UnitId(field(&fields, "don_vi").to_string());
    let secret: String = (0..PARTS).map(|_| random()).collect();
    let kept = hash_of(&secret);
    let made = office.run(move |service| service.make_feed(&actor, &unit, &kept, now));
    match made.await {
        Ok(()) => {
            let base = office.public_url.as_deref().unwrap_or_default();
            let address = format!("{}{PATH}/{secret}", base.trim_end_matches('/'));
            respond(&office, &person, Some(address)).await
        }
        Err(problem) => not_ones_own(problem),
    }
}

/// `POST /lich/thoi`
pub async fn end(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let unit = UnitId(field(&fields, "don_vi").to_string());
    let ended = office.run(move |service| service.end_feed(&actor, &unit, now));
    match ended.await {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?xong=lich-thoi")).into_response()),
        Err(problem) => not_ones_own(problem),
    }
}

/// A unit that is not one's own has no calendar here.
fn not_ones_own(problem: Problem) -> Result<Response, Problem> {
    match &problem {
        Problem::Service(error) if matches!(**error, ServiceError::NotFound) => {
            Err(Problem::BadRequest)
        }
        _ => Err(problem),
    }
}

/// `GET /lich/{secret}`: the calendar, for programs.
pub async fn read(State(office): State<Office>, Path(secret): Path<String>) -> Response {
    let secret = secret.strip_suffix(".ics").unwrap_or(&secret).to_string();
    let (now, base) = (office.now(), office.public_url.clone());
    let found = office
        .run(move |service| {
            let links = |address: &ReportAddress| link(base.as_deref(), address);
            service.calendar(&hash_of(&secret), &links, now)
        })
        .await;
    match found {
        Ok((name, entries)) => {
            let mut response = calendar(&name, &entries).into_response();
            let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        }
        Err(problem) if problem.status().is_server_error() => problem.into_response(),
        // A program that is told so stops asking, and a person who opens the address is told what to do.
        Err(_) => (StatusCode::GONE, ENDED).into_response(),
    }
}

/// What an address says that is no calendar any more. Its reader may be any program, so it is told in both languages.
const ENDED: &str = "Địa chỉ lịch này không còn dùng được; hãy lấy địa chỉ mới tại trang Lịch của đơn vị.\nThis calendar address is no longer valid; get a new one on the calendar page of the unit.\n";

fn hash_of(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}
