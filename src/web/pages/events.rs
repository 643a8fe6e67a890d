//! Đợt và yêu cầu: what was opened, by whom and why; forms to open an event, to close it, to ask for a report.
//!
//! Who may open what the service says; a person who may open nothing sees the list alone. Broken input: the page again, with the reason.

use crate::calendar::{Due, Moment, Period};
use crate::organisation::{EventField, FieldKind, UnitId};
use crate::reports::opened::What;
use crate::service::events::{Openable, OpenedView, Opening, Wanted};
use crate::service::problem::ServiceError;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{Language, plain};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, pick};
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use std::collections::BTreeMap;

/// The address of the page.
pub const PATH: &str = "/dot";

#[derive(Serialize)]
struct EventsPage {
    chrome: Chrome,
    problem: Option<String>,
    opened: Vec<OpenedLine>,
    forms: Vec<OpeningForm>,
}

#[derive(Serialize)]
struct OpenedLine {
    regime: String,
    key: String,
    title: String,
    of: String,
    from: String,
    to: String,
    who: String,
    reason: String,
    units: String,
    closed: Option<String>,
    may_close: bool,
}

#[derive(Serialize)]
struct OpeningForm {
    id: String,
    regime: String,
    regime_title: String,
    event: String,
    label: String,
    now: String,
    fields: Vec<FieldLine>,
}

#[derive(Serialize)]
struct FieldLine {
    name: String,
    label: String,
    choices: Vec<(String, String)>,
}

/// `GET /dot`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    respond(&office, &person, StatusCode::OK, None).await
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    problem: Option<String>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let (opened, openable) = office
        .run(move |service| Ok((service.opened(&actor, now)?, service.openable(&actor, now)?)))
        .await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to("/", plain(language, "nav-work")),
        Crumb::here(plain(language, "events")),
    ];
    let view = EventsPage {
        chrome: chrome(office, &person.visitor, Area::Work, crumbs),
        problem,
        opened: opened.iter().map(|view| line(language, view)).collect(),
        forms: (0..)
            .zip(&openable)
            .map(|(place, one)| form(language, place, one, now))
            .collect(),
    };
    Ok(html(status, render("events.html", &view)?))
}

fn line(language: Language, view: &OpenedView) -> OpenedLine {
    let opened = &view.opened;
    let (from, to) = match &opened.what {
        What::Event(state) => (
            words::moment(state.dates.start),
            state.dates.end.map(words::moment).unwrap_or_default(),
        ),
        What::Request(due) => (words::moment(opened.opened.at), words::due(*due)),
    };
    OpenedLine {
        regime: opened.regime.clone(),
        key: opened.key.to_string(),
        title: opened.title.clone(),
        of: view.regime_title.clone(),
        from,
        to,
        who: words::doer(
            language,
            &opened.opened.name,
            opened.opened.on_behalf_of.as_ref(),
        ),
        reason: opened.opened.reason.clone(),
        units: match view.unit_names.as_slice() {
            [] => plain(language, "events-all-units"),
            names => names.join(", "),
        },
        closed: opened.closed.as_ref().map(|act| {
            let who = words::doer(language, &act.name, act.on_behalf_of.as_ref());
            format!("{who}: {}", act.reason)
        }),
        may_close: view.may_close,
    }
}

fn form(language: Language, place: usize, openable: &Openable, now: Moment) -> OpeningForm {
    let event = openable.event.as_ref();
    OpeningForm {
        id: format!("mo-{place}"),
        regime: openable.regime.clone(),
        regime_title: openable.regime_title.clone(),
        event: event.map(|event| event.name.clone()).unwrap_or_default(),
        label: event.map_or_else(
            || plain(language, "events-request"),
            |event| event.label.clone(),
        ),
        now: words::moment(now),
        fields: event
            .into_iter()
            .flat_map(|event| &event.fields)
            .map(|field| field_line(language, field))
            .collect(),
    }
}

fn field_line(language: Language, field: &EventField) -> FieldLine {
    FieldLine {
        name: field.name.clone(),
        label: field.label.clone(),
        choices: match &field.kind {
            FieldKind::Choice { entries, .. } => entries.clone(),
            FieldKind::YesOrNo => vec![
                ("yes".to_string(), plain(language, "yes")),
                ("no".to_string(), plain(language, "no")),
            ],
            FieldKind::Text | FieldKind::Number { .. } | FieldKind::Date => Vec::new(),
        },
    }
}

/// `POST /dot/mo`
pub async fn open(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let event = field(&fields, "dot");
    let at = Moment::parse(field(&fields, "luc").trim()).ok_or(Problem::BadRequest)?;
    let what = if event.is_empty() {
        Wanted::Request(Due {
            date: at.date(),
            clock: Some(at.clock()),
        })
    } else {
        let recorded: BTreeMap<String, String> = fields
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("ghi.")?, value)))
            .map(|(name, value)| (name.to_string(), value.clone()))
            .collect();
        Wanted::Event {
            name: event.to_string(),
            start: at,
            fields: recorded,
        }
    };
    let units = field(&fields, "don_vi").split([',', ' ', '\n', '\r']);
    let opening = Opening {
        regime: field(&fields, "che_do").to_string(),
        title: field(&fields, "ten").to_string(),
        reason: field(&fields, "ly_do").to_string(),
        units: units
            .filter(|unit| !unit.is_empty())
            .map(UnitId::from)
            .collect(),
        what,
    };
    let (actor, now) = (person.actor.clone(), office.now());
    let outcome = office
        .run(move |service| service.open(&actor, &opening, now).map(|_| ()))
        .await;
    done(&office, &person, outcome).await
}

/// `POST /dot/dong`
pub async fn close(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let key: Period = field(&fields, "dot")
        .parse()
        .map_err(|_| Problem::BadRequest)?;
    let (actor, now) = (person.actor.clone(), office.now());
    let regime = field(&fields, "che_do").to_string();
    let reason = field(&fields, "ly_do").to_string();
    let outcome = office
        .run(move |service| {
            service
                .close(&actor, &regime, &key, now, &reason, now)
                .map(|_| ())
        })
        .await;
    done(&office, &person, outcome).await
}

async fn done(
    office: &Office,
    person: &SignedIn,
    outcome: Result<(), Problem>,
) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(Redirect::to(PATH).into_response()),
        Err(Problem::Service(error)) => match error.as_ref() {
            ServiceError::Event(fault) => {
                let words = pick(person.language(), fault.wording());
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                respond(office, person, status, Some(words)).await
            }
            _ => Err(Problem::Service(error)),
        },
        Err(problem) => Err(problem),
    }
}
