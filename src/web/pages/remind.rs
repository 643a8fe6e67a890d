//! Reminding: the units of a period whose reports did not come, with a box to tick for each and a word to all.
//!
//! Whom a person may remind the service says. Broken input: the page again, with the reason and with what was typed.

use crate::calendar::Period;
use crate::organisation::UnitId;
use crate::service::problem::ServiceError;
use crate::service::reminders::{MissingUnit, NewReminder};
use crate::service::view::ReportAddress;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::mail::link;
use crate::web::office::Office;
use crate::web::pages::boards::{self, remind_path};
use crate::web::pages::collections::vietnamese_order;
use crate::web::pages::period_of;
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::{plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, pick};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

#[derive(Serialize)]
struct RemindPage {
    chrome: Chrome,
    title: String,
    period: String,
    address: String,
    problem: Option<String>,
    units: Vec<UnitLine>,
    typed: String,
    sends_mail: bool,
}

#[derive(Serialize)]
struct UnitLine {
    id: String,
    name: String,
    state: String,
    due: Option<String>,
    reminded: Option<String>,
}

/// `GET /dung-han/{regime}/{period}/nhac`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let period = period_of(&period)?;
    respond(&office, &person, (regime, period), StatusCode::OK, None, "").await
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    (regime, period): (String, Period),
    status: StatusCode,
    problem: Option<String>,
    typed: &str,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let (title, mut units) = {
        let regime = regime.clone();
        office
            .run(move |service| service.missing_units(&actor, &regime, &period, now))
            .await?
    };
    if let Some(order) = vietnamese_order() {
        units.sort_by(|left, right| order.compare(&left.name, &right.name));
    }
    let language = person.language();
    let board = format!("{}?che_do={}", boards::PATH, percent_encoded(&regime));
    let crumbs = vec![
        Crumb::to(board, plain(language, "boards")),
        Crumb::here(plain(language, "remind")),
    ];
    let line = |unit: &MissingUnit| UnitLine {
        id: unit.unit.to_string(),
        name: unit.name.clone(),
        state: pick(language, unit.mark.wording()),
        due: unit.due.map(words::due),
        reminded: unit.reminded.as_ref().map(|(at, name)| {
            let arguments = [
                ("name", name.clone().into()),
                ("when", words::moment(*at).into()),
            ];
            worded(language, "said-by", &arguments)
        }),
    };
    let view = RemindPage {
        chrome: chrome(office, &person.visitor, Area::Boards, crumbs),
        title,
        period: office.period_name(language, &regime, &period),
        address: remind_path(&regime, &period),
        problem,
        units: units.iter().map(line).collect(),
        typed: typed.to_string(),
        sends_mail: office.sends_mail,
    };
    Ok(html(status, render("remind.html", &view)?))
}

/// `POST /dung-han/{regime}/{period}/nhac`
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let period = period_of(&period)?;
    let ticked = fields.iter().filter(|(name, _)| name == "don_vi");
    let units: Vec<UnitId> = ticked.map(|(_, unit)| UnitId(unit.clone())).collect();
    let words = field(&fields, "loi_nhan").to_string();
    if units.is_empty() {
        let problem = plain(person.language(), "remind-nobody");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return respond(
            &office,
            &person,
            (regime, period),
            status,
            Some(problem),
            &words,
        )
        .await;
    }
    let asked = NewReminder {
        regime: regime.clone(),
        period,
        units,
        words: words.clone(),
    };
    let (actor, now, base) = (
        person.actor.clone(),
        office.now(),
        office.public_url.clone(),
    );
    let outcome = office
        .run(move |service| {
            let links = |address: &ReportAddress| link(base.as_deref(), address);
            service.remind(&actor, &asked, &links, now)
        })
        .await;
    match outcome {
        Ok(_) => {
            let to = format!(
                "{}?che_do={}&xong=nhac",
                boards::PATH,
                percent_encoded(&regime)
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(Problem::Service(error)) if matches!(*error, ServiceError::Ruling(_)) => {
            let problem = pick(person.language(), error.wording());
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(
                &office,
                &person,
                (regime, period),
                status,
                Some(problem),
                &words,
            )
            .await
        }
        Err(problem) => Err(problem),
    }
}
