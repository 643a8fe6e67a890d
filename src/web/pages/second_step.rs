//! The second step of signing in: a code of the second factor, or a recovery code.
//!
//! Between the steps the session holds who gave the right password, and nobody is signed in yet. Wrong codes count as failed sign-ins, and only the whole sign-in forgets them.
//! Broken input: the form again; after five minutes the first step.

use crate::web::chrome::{Area, Chrome, chrome};
use crate::web::clock::real_seconds;
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::sign_in::safe_next;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{plain, worded};
use crate::web::visitor::{self, Visitor};
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// The address of the page.
pub const PATH: &str = "/dang-nhap/ma";

/// The value of a session that holds who gave the right password.
const HALF_WAY: &str = "half_way";
/// So long after the password the code may be typed.
const LONGEST_SECONDS: i64 = 5 * 60;

/// Who gave the right password, when, and where they want to go.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct HalfWay {
    account: String,
    at: i64,
    next: String,
}

#[derive(Serialize)]
struct CodePage {
    chrome: Chrome,
    problem: Option<String>,
}

/// After the right password of an account with a second factor.
pub async fn begin(session: &Session, account: &str, next: &str) -> Result<Response, Problem> {
    session.cycle_id().await?;
    let half_way = HalfWay {
        account: account.to_string(),
        at: real_seconds(),
        next: next.to_string(),
    };
    session.insert(HALF_WAY, half_way).await?;
    Ok(Redirect::to(PATH).into_response())
}

async fn half_way(visitor: &Visitor) -> Result<Option<HalfWay>, Problem> {
    let found: Option<HalfWay> = visitor.session.get(HALF_WAY).await?;
    Ok(found.filter(|found| real_seconds().saturating_sub(found.at) <= LONGEST_SECONDS))
}

fn form(
    office: &Office,
    visitor: &Visitor,
    status: StatusCode,
    problem: Option<String>,
) -> Result<Response, Problem> {
    let chrome = chrome(office, visitor, Area::Outside, Vec::new());
    let page = CodePage { chrome, problem };
    Ok(html(status, render("sign_in_code.html", &page)?))
}

/// `GET /dang-nhap/ma`
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response, Problem> {
    match half_way(&visitor).await? {
        Some(_) => form(&office, &visitor, StatusCode::OK, None),
        None => Ok(Redirect::to("/dang-nhap").into_response()),
    }
}

/// `POST /dang-nhap/ma`
pub async fn submit(
    State(office): State<Office>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let Some(HalfWay { account, next, .. }) = half_way(&visitor).await? else {
        return Ok(Redirect::to("/dang-nhap").into_response());
    };
    let language = visitor.language;
    let wait = office.throttle.wait(&account, real_seconds());
    if wait > 0 {
        let words = worded(language, "sign-in-wait", &[("seconds", wait.into())]);
        let status = StatusCode::TOO_MANY_REQUESTS;
        return form(&office, &visitor, status, Some(words));
    }
    let (name, typed, now) = (
        account.clone(),
        field(&fields, "ma").to_string(),
        office.now(),
    );
    let proved = office
        .run(move |service| service.prove_second_factor(&name, &typed, real_seconds(), now))
        .await?;
    if !proved {
        office.throttle.failed(&account, real_seconds());
        tracing::warn!(%account, "a code of a second factor was wrong");
        let words = plain(language, "sign-in-code-failed");
        return form(&office, &visitor, StatusCode::UNAUTHORIZED, Some(words));
    }
    office.throttle.succeeded(&account);
    visitor.session.remove::<HalfWay>(HALF_WAY).await?;
    visitor::sign_in(&visitor.session, &account, &headers).await?;
    tracing::info!(%account, "signed in with a second factor");
    Ok(Redirect::to(&safe_next(&next)).into_response())
}
