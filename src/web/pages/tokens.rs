//! *Khóa API*: the keys with which a unit's own programs use the JSON interface; made, listed and taken back by the unit's head or an administrator.
//!
//! A secret stands on the page that follows its making and nowhere else. Who may do what, the service decides. Broken input: the page again, with the reason beside the form.

use crate::calendar::Date;
use crate::organisation::UnitId;
use crate::reports::people::token::{TokenEvent, TokenEventKind, TokenRight, TokenState};
use crate::service::people::fault::PeopleFault;
use crate::service::problem::ServiceError;
use crate::service::tokens::NewToken;
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::people::{field_day, typed_day};
use crate::web::pages::{account, help_api, page};
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, pick};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the pages.
pub const PATH: &str = "/khoa-api";

#[derive(Serialize)]
struct ListPage {
    chrome: Chrome,
    units: Vec<UnitLine>,
    all: bool,
    help: &'static str,
}

#[derive(Serialize)]
struct UnitLine {
    name: String,
    href: String,
    holding: usize,
}

#[derive(Serialize)]
struct UnitPage {
    chrome: Chrome,
    name: String,
    action: String,
    problem: Option<String>,
    secret: Option<String>,
    tokens: Vec<TokenLine>,
    rights: Vec<Choice>,
    persons: Vec<Choice>,
    typed: Typed,
    help: &'static str,
}

#[derive(Serialize)]
struct TokenLine {
    id: String,
    name: String,
    rights: String,
    responsible: String,
    days: String,
    used: String,
    state: String,
    open: bool,
    events: Vec<String>,
}

/// What was typed into the form of a new key.
#[derive(Debug, Default, Serialize)]
struct Typed {
    name: String,
    from: String,
    to: String,
    reason: String,
}

/// `GET /khoa-api`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let (actor, today) = (person.actor.clone(), office.now().date());
    let (units, all) = office
        .run(move |service| {
            let all = service.manages_all_tokens(&actor);
            Ok((service.units_with_tokens(&actor, today)?, all))
        })
        .await?;
    if let Some(unit) = query_value(&person.visitor.query, "ma").filter(|_| all) {
        return Ok(Redirect::to(&address(&UnitId(unit))).into_response());
    }
    let language = person.language();
    let crumbs = vec![
        Crumb::to(account::PATH, plain(language, "my-account")),
        Crumb::here(plain(language, "tokens")),
    ];
    page(
        "tokens.html",
        &ListPage {
            chrome: chrome(&office, &person.visitor, Area::Outside, crumbs),
            units: units
                .into_iter()
                .map(|(unit, (name, holding))| UnitLine {
                    href: address(&unit),
                    name,
                    holding,
                })
                .collect(),
            all,
            help: help_api::PATH,
        },
    )
}

/// `GET /khoa-api/{unit}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(unit): Path<String>,
) -> Result<Response, Problem> {
    let today = office.now().date();
    let typed = Typed {
        from: field_day(today),
        ..Typed::default()
    };
    respond(
        &office,
        &person,
        UnitId(unit),
        (StatusCode::OK, None, None),
        typed,
    )
    .await
}

fn address(unit: &UnitId) -> String {
    format!("{PATH}/{}", percent_encoded(unit.as_str()))
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    unit: UnitId,
    (status, problem, secret): (StatusCode, Option<String>, Option<String>),
    typed: Typed,
) -> Result<Response, Problem> {
    let (actor, today) = (person.actor.clone(), office.now().date());
    let found = office
        .run(move |service| service.tokens_of(&actor, &unit, today))
        .await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to(PATH, plain(language, "tokens")),
        Crumb::here(found.name.clone()),
    ];
    let right = |right: &TokenRight| Choice {
        value: right.key().to_string(),
        label: pick(language, right.wording()),
        selected: false,
    };
    let page = UnitPage {
        chrome: chrome(office, &person.visitor, Area::Outside, crumbs),
        action: address(&found.unit),
        name: found.name,
        problem,
        secret,
        tokens: found
            .tokens
            .iter()
            .rev()
            .map(|(state, events)| line(language, state, events, today))
            .collect(),
        rights: TokenRight::ALL.iter().skip(1).map(right).collect(),
        persons: found
            .persons
            .into_iter()
            .map(|(value, name)| Choice {
                label: format!("{name} ({value})"),
                value,
                selected: false,
            })
            .collect(),
        typed,
        help: help_api::PATH,
    };
    Ok(html(status, render("tokens_unit.html", &page)?))
}

fn line(language: Language, state: &TokenState, events: &[TokenEvent], today: Date) -> TokenLine {
    let token = &state.token;
    let rights: Vec<String> = token
        .rights
        .iter()
        .map(|right| pick(language, right.wording()))
        .collect();
    let standing = match &state.revoked {
        Some(_) => "token-revoked",
        None if token.to < today => "delegation-over",
        None if today < token.from => "delegation-coming",
        None => "delegation-holds",
    };
    let event = |event: &TokenEvent| {
        let key = match event.kind {
            TokenEventKind::Made(_) => "token-event-made",
            TokenEventKind::Revoked => "token-event-revoked",
        };
        let arguments = [
            ("who", event.by.name.clone().into()),
            ("when", words::moment(event.at).into()),
            ("reason", event.reason.clone().into()),
        ];
        worded(language, key, &arguments)
    };
    TokenLine {
        id: token.id.clone(),
        name: token.name.clone(),
        rights: rights.join("; "),
        responsible: token.responsible.name.clone(),
        days: format!("{} – {}", words::date(token.from), words::date(token.to)),
        used: match state.last_used {
            Some(at) => words::moment(at),
            None => plain(language, "token-never-used"),
        },
        state: plain(language, standing),
        open: state.revoked.is_none() && today <= token.to,
        events: events.iter().map(event).collect(),
    }
}

/// `POST /khoa-api/{unit}`
pub async fn make(
    State(office): State<Office>,
    person: SignedIn,
    Path(unit): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let unit = UnitId(unit);
    let (actor, now) = (person.actor.clone(), office.now());
    // Who may not see the page learns nothing from what is wrong with the fields.
    let (seen, of) = (actor.clone(), unit.clone());
    office
        .run(move |service| service.tokens_of(&seen, &of, now.date()).map(|_| ()))
        .await?;
    let outcome = match new(&unit, &fields) {
        Ok(new) => {
            office
                .run(move |service| service.make_token(&actor, &new, now))
                .await
        }
        Err(fault) => Err(ServiceError::People(fault).into()),
    };
    match outcome {
        Ok(secret) => {
            let shown = (StatusCode::CREATED, None, Some(secret));
            let typed = Typed {
                from: field_day(now.date()),
                ..Typed::default()
            };
            respond(&office, &person, unit, shown, typed).await
        }
        Err(problem) => {
            let typed = |name: &str| field(&fields, name).to_string();
            let typed = Typed {
                name: typed("ten"),
                from: typed("tu"),
                to: typed("den"),
                reason: typed("ly_do"),
            };
            refused(&office, &person, unit, problem, typed).await
        }
    }
}

fn new(unit: &UnitId, fields: &Fields) -> Result<NewToken, PeopleFault> {
    let day = |name: &str| typed_day(field(fields, name))?.ok_or(PeopleFault::BadDay);
    let chosen = |right: &TokenRight| !field(fields, &format!("quyen.{}", right.key())).is_empty();
    Ok(NewToken {
        unit: unit.clone(),
        name: field(fields, "ten").to_string(),
        rights: TokenRight::ALL.into_iter().filter(chosen).collect(),
        responsible: field(fields, "phu_trach").to_string(),
        from: day("tu")?,
        to: day("den")?,
        reason: field(fields, "ly_do").to_string(),
    })
}

/// The page again with the reason; a failure that is no fault of the fields stays what it is.
async fn refused(
    office: &Office,
    person: &SignedIn,
    unit: UnitId,
    problem: Problem,
    typed: Typed,
) -> Result<Response, Problem> {
    let words = match &problem {
        Problem::Service(error) => match error.as_ref() {
            ServiceError::Token(_) | ServiceError::People(_) => {
                pick(person.language(), error.wording())
            }
            _ => return Err(problem),
        },
        _ => return Err(problem),
    };
    let shown = (StatusCode::UNPROCESSABLE_ENTITY, Some(words), None);
    respond(office, person, unit, shown, typed).await
}

/// `POST /khoa-api/{unit}/thu-hoi`
pub async fn revoke(
    State(office): State<Office>,
    person: SignedIn,
    Path(unit): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let unit = UnitId(unit);
    let (actor, now) = (person.actor.clone(), office.now());
    let id = field(&fields, "khoa").to_string();
    let reason = field(&fields, "ly_do").to_string();
    let of = unit.clone();
    let outcome = office
        .run(move |service| service.revoke_token(&actor, &of, &id, &reason, now))
        .await;
    match outcome {
        Ok(()) => {
            let to = format!("{}?xong=thu-hoi-khoa", address(&unit));
            Ok(Redirect::to(&to).into_response())
        }
        Err(problem) => {
            let typed = Typed {
                from: field_day(now.date()),
                ..Typed::default()
            };
            refused(&office, &person, unit, problem, typed).await
        }
    }
}
