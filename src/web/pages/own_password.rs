//! Choosing a new password: by the person's own wish, or because an administrator gave them one.
//!
//! Wrong guesses of the present password count as failed sign-ins. What was typed never comes back on the page. Broken input: the page again, with the reason.

use crate::reports::permission::Actor;
use crate::service::people::fault::PeopleFault;
use crate::service::people::policy;
use crate::service::problem::ServiceError;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::clock::real_seconds;
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::account;
use crate::web::pages::people::fault_of;
use crate::web::problem::{Problem, html};
use crate::web::session::stored_id;
use crate::web::templates::render;
use crate::web::texts::plain;
use crate::web::visitor::Owner;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// The address of the page.
pub const PATH: &str = "/tai-khoan/mat-khau";

#[derive(Serialize)]
struct PasswordPage {
    chrome: Chrome,
    problem: Option<String>,
    forced: bool,
    account: String,
}

/// `GET /tai-khoan/mat-khau`
pub async fn show(State(office): State<Office>, owner: Owner) -> Result<Response, Problem> {
    respond(&office, &owner, StatusCode::OK, None)
}

fn respond(
    office: &Office,
    owner: &Owner,
    status: StatusCode,
    problem: Option<String>,
) -> Result<Response, Problem> {
    let language = owner.visitor.language;
    let crumbs = vec![
        Crumb::to(account::PATH, plain(language, "my-account")),
        Crumb::here(plain(language, "password-change")),
    ];
    let page = PasswordPage {
        chrome: chrome(office, &owner.visitor, Area::Outside, crumbs),
        problem,
        forced: owner.visitor.held_up.is_some(),
        account: owner.actor.user.clone(),
    };
    Ok(html(status, render("own_password.html", &page)?))
}

/// `POST /tai-khoan/mat-khau`
pub async fn submit(
    State(office): State<Office>,
    owner: Owner,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let language = owner.visitor.language;
    match changed(&office, &owner, &fields).await {
        Ok(()) => {
            owner.visitor.session.cycle_id().await?;
            Ok(Redirect::to(&format!("{}?xong=mat-khau", account::PATH)).into_response())
        }
        Err(problem) => {
            let words = fault_of(language, problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(&office, &owner, status, Some(words))
        }
    }
}

async fn changed(office: &Office, owner: &Owner, fields: &Fields) -> Result<(), Problem> {
    let typed = |name: &str| field(fields, name).nfc().collect::<String>();
    let (present, new, again) = (typed("hien_tai"), typed("moi"), typed("nhap_lai"));
    let fault = |fault: PeopleFault| Problem::from(ServiceError::People(fault));
    let actor = owner.actor.clone();
    // What needs no secret is told first, before the slow look at the present password.
    if new != again {
        return Err(fault(PeopleFault::PasswordsDiffer));
    }
    policy::check(&new, &[&actor.user, &actor.name]).map_err(fault)?;
    prove_password(office, &actor, &present).await?;
    if new == present {
        return Err(fault(PeopleFault::PasswordSame));
    }
    let hash = office.hash_password(new).await?;
    let kept = owner.visitor.session.id().map(|id| stored_id(&id));
    let now = office.now();
    office
        .run(move |service| service.change_password(&actor, &hash, kept.as_deref(), now))
        .await
}

/// Checks the present password of whoever is about to change what protects their account. Wrong ones count as failed sign-ins.
pub async fn prove_password(office: &Office, actor: &Actor, typed: &str) -> Result<(), Problem> {
    let fault = |fault: PeopleFault| Problem::from(ServiceError::People(fault));
    let wait = office.throttle.wait(&actor.user, real_seconds());
    if wait > 0 {
        return Err(fault(PeopleFault::Wait(wait)));
    }
    let user = actor.user.clone();
    let stored = office
        .run(move |service| service.account(&user))
        .await?
        .map(|user| user.secrets.password_hash);
    let typed: String = typed.nfc().collect();
    if !office.verify_password(stored, typed).await? {
        office.throttle.failed(&actor.user, real_seconds());
        return Err(fault(PeopleFault::PasswordWrong));
    }
    office.throttle.succeeded(&actor.user);
    Ok(())
}
