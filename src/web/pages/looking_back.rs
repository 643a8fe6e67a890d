//! Xem lại: choosing the moment as of which pages are shown, and coming back to today.
//!
//! It sets and clears a cookie and shows nothing of any moment itself. Broken input: a moment that does not read, or has not come, is told and nothing is set.

use crate::calendar::Moment;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::past::COOKIE;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::plain;
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The page's address.
pub const PATH: &str = "/xem-lai";

#[derive(Serialize)]
struct LookingBackPage {
    chrome: Chrome,
    latest: String,
    typed: String,
    back: String,
    problem: Option<String>,
}

/// `GET /xem-lai?ve=PATH`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let back = query_value(&person.visitor.query, "ve").unwrap_or_default();
    page(
        &office,
        &person,
        StatusCode::OK,
        (String::new(), back),
        None,
    )
}

fn page(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    (typed, back): (String, String),
    problem: Option<String>,
) -> Result<Response, Problem> {
    let crumbs = vec![Crumb::here(plain(person.language(), "looking-back"))];
    let view = LookingBackPage {
        chrome: chrome(office, &person.visitor, Area::Outside, crumbs),
        latest: words::machine_date(office.now()),
        typed,
        back: local(&back),
        problem,
    };
    Ok(html(status, render("looking_back.html", &view)?))
}

/// A path of this server; anything else leads to the first page.
fn local(path: &str) -> String {
    let is_path = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if is_path {
        path.to_string()
    } else {
        "/".to_string()
    }
}

/// `POST /xem-lai`: from now on pages are shown as they were known at this moment.
pub async fn set(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (typed, back) = (field(&fields, "luc").trim(), field(&fields, "ve"));
    let moment = Moment::parse_iso(typed)
        .or_else(|| Moment::parse(typed))
        .filter(|moment| moment.to_unix_seconds() < office.now().to_unix_seconds());
    match moment {
        Some(moment) => Ok(with_cookie(
            &local(back),
            &format!(
                "{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict",
                moment.to_iso()
            ),
        )),
        None => page(
            &office,
            &person,
            StatusCode::UNPROCESSABLE_ENTITY,
            (typed.to_string(), back.to_string()),
            Some(plain(person.language(), "looking-back-no-moment")),
        ),
    }
}

/// `POST /xem-lai/thoi`: back to today.
pub async fn end(_person: SignedIn, Form(fields): Form<Fields>) -> Response {
    with_cookie(
        &local(field(&fields, "ve")),
        &format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"),
    )
}

fn with_cookie(to: &str, cookie: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
