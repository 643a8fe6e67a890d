//! *Tài khoản của tôi*: what a person may do and until when, what they lent and were lent, and what happened to their account.
//!
//! A person changes only what is their own; the service decides. Broken input: the page again, with the reason beside the form.

use crate::organisation::UnitId;
use crate::reports::permission::{Action, Lent, Role, may_somewhere};
use crate::service::people::accounts::AccountDetails;
use crate::service::people::delegations::{Lendable, Lending};
use crate::service::people::fault::PeopleFault;
use crate::service::problem::ServiceError;
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::own_sessions::{self, SessionLine};
use crate::web::pages::people::{
    AccountEventLine, DelegationLine, account_event, delegation, fault_of, field_day, grant,
    role_at, typed_day, unit_name,
};
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/tai-khoan";

#[derive(Serialize)]
struct AccountPage {
    chrome: Chrome,
    account: String,
    name: String,
    grants: Vec<String>,
    lent: Vec<String>,
    problem: Option<String>,
    lendable: Vec<Choice>,
    colleagues: Vec<Choice>,
    typed: Typed,
    given: Vec<DelegationLine>,
    received: Vec<DelegationLine>,
    events: Vec<AccountEventLine>,
    sessions: Vec<SessionLine>,
    second_factor: bool,
    manages_tokens: bool,
    email: String,
}

/// What was typed into the form of a delegation.
#[derive(Debug, Default, Serialize)]
struct Typed {
    delegate: String,
    from: String,
    to: String,
    reason: String,
}

/// `GET /tai-khoan`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let typed = Typed {
        from: field_day(office.now().date()),
        ..Typed::default()
    };
    respond(&office, &person, StatusCode::OK, None, typed).await
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    problem: Option<String>,
    typed: Typed,
) -> Result<Response, Problem> {
    let (actor, today) = (person.actor.clone(), office.now().date());
    let (own, can_lend) = office
        .run(move |service| {
            Ok((
                service.own_account(&actor)?,
                service.lendable(&actor, today)?,
            ))
        })
        .await?;
    let sessions = own_sessions::lines(office, person).await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to("/", plain(language, "nav-work")),
        Crumb::here(plain(language, "my-account")),
    ];
    let (given, received): (Vec<_>, Vec<_>) = own
        .delegations
        .iter()
        .rev()
        .partition(|state| state.delegation.lender == own.account.id);
    let line = |state| delegation(language, state, &own.names, &own.units, today);
    let page = AccountPage {
        chrome: chrome(office, &person.visitor, Area::Outside, crumbs),
        account: own.account.id.clone(),
        name: own.account.name.clone(),
        grants: own
            .account
            .grants
            .iter()
            .map(|one| grant(language, one, &own.units))
            .collect(),
        lent: lent(language, person, &own),
        problem,
        lendable: lendable(language, &can_lend),
        colleagues: can_lend
            .colleagues
            .into_iter()
            .map(|(value, label)| Choice {
                value,
                label,
                selected: false,
            })
            .collect(),
        typed,
        sessions,
        second_factor: own.account.second_factor,
        manages_tokens: may_somewhere(&person.actor, Action::ManageTokens),
        email: own.account.email.clone().unwrap_or_default(),
        given: given.into_iter().map(line).collect(),
        received: received.into_iter().map(line).collect(),
        events: own
            .events
            .iter()
            .rev()
            .map(|event| account_event(language, event, &own.units))
            .collect(),
    };
    Ok(html(status, render("account.html", &page)?))
}

/// What the person may do today with rights that others lent.
fn lent(language: Language, person: &SignedIn, own: &AccountDetails) -> Vec<String> {
    let line = |lent: &Lent| {
        let unit = unit_name(&own.units, &lent.grant.unit);
        let arguments = [
            ("grant", role_at(language, lent.grant.role, &unit).into()),
            ("lender", lent.by.name.clone().into()),
        ];
        worded(language, "lent-grant", &arguments)
    };
    person.actor.lent.iter().map(line).collect()
}

fn lendable(language: Language, can_lend: &Lendable) -> Vec<Choice> {
    let choice = |(unit, (name, roles)): (&UnitId, &(String, Vec<Role>))| {
        let roles: Vec<String> = roles
            .iter()
            .map(|role| role_at(language, *role, ""))
            .collect();
        Choice {
            value: unit.to_string(),
            label: format!("{name} ({})", roles.join(", ")),
            selected: false,
        }
    };
    can_lend.units.iter().map(choice).collect()
}

/// `POST /tai-khoan/uy-quyen`
pub async fn delegate(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let outcome = match lending(&fields) {
        Ok(lending) => {
            office
                .run(move |service| service.delegate(&actor, &lending, now))
                .await
        }
        Err(fault) => Err(ServiceError::People(fault).into()),
    };
    let typed = |name: &str| field(&fields, name).to_string();
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?xong=uy-quyen")).into_response()),
        Err(problem) => {
            let words = fault_of(person.language(), problem)?;
            let typed = Typed {
                delegate: typed("tai_khoan"),
                from: typed("tu"),
                to: typed("den"),
                reason: typed("ly_do"),
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(&office, &person, status, Some(words), typed).await
        }
    }
}

fn lending(fields: &Fields) -> Result<Lending, PeopleFault> {
    let day = |name: &str| typed_day(field(fields, name))?.ok_or(PeopleFault::BadDay);
    Ok(Lending {
        delegate: field(fields, "tai_khoan").trim().to_lowercase(),
        unit: UnitId(field(fields, "don_vi").to_string()),
        from: day("tu")?,
        to: day("den")?,
        reason: field(fields, "ly_do").to_string(),
    })
}

/// `POST /tai-khoan/uy-quyen/ket-thuc`
pub async fn end_delegation(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let number = field(&fields, "so")
        .parse()
        .map_err(|_| Problem::BadRequest)?;
    let reason = field(&fields, "ly_do").to_string();
    let outcome = office
        .run(move |service| service.end_delegation(&actor, &actor.user, number, &reason, now))
        .await;
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?xong=het-uy-quyen")).into_response()),
        Err(problem) => {
            let words = fault_of(person.language(), problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(&office, &person, status, Some(words), Typed::default()).await
        }
    }
}

/// `POST /tai-khoan/thu`: where reminders reach the person by e-mail.
pub async fn set_email(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let typed = field(&fields, "thu").to_string();
    let outcome = office
        .run(move |service| service.set_own_email(&actor, &typed, now))
        .await;
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?xong=thu-dien-tu")).into_response()),
        Err(problem) => {
            let words = fault_of(person.language(), problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(&office, &person, status, Some(words), Typed::default()).await
        }
    }
}
