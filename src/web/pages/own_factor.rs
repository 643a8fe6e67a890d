//! Setting, renewing and removing the second factor of one's own account.
//!
//! The key is shown as text and as a link for applications; it is kept only once a code of it was typed. Recovery codes are shown once. Every change asks for the present password,
//! and wrong ones count as failed sign-ins. Broken input: the page again, with the reason.

use crate::service::people::fault::PeopleFault;
use crate::service::people::second_factor::{
    accepted_step, link, new_key, recovery_codes, recovery_hash,
};
use crate::service::problem::ServiceError;
use crate::store::records::SecondFactor;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::clock::real_seconds;
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::account;
use crate::web::pages::own_password::prove_password;
use crate::web::pages::people::fault_of;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::plain;
use crate::web::visitor::{First, Owner};
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/tai-khoan/hai-lop";

/// The value of a session that holds a key which was shown and not confirmed yet.
const SHOWN_KEY: &str = "second_factor_key";

/// How many signs of a key stand together, so that it can be typed.
const SIGNS_TOGETHER: usize = 4;

#[derive(Serialize)]
struct FactorPage {
    chrome: Chrome,
    problem: Option<String>,
    forced: bool,
    account: String,
    is_set: bool,
    left: usize,
    key: String,
    link: String,
    codes: Vec<String>,
}

/// `GET /tai-khoan/hai-lop`
pub async fn show(State(office): State<Office>, owner: Owner) -> Result<Response, Problem> {
    respond(&office, &owner, StatusCode::OK, None, Vec::new()).await
}

async fn respond(
    office: &Office,
    owner: &Owner,
    status: StatusCode,
    problem: Option<String>,
    codes: Vec<String>,
) -> Result<Response, Problem> {
    let user = owner.actor.user.clone();
    let stored = office.run(move |service| service.account(&user)).await?;
    let factor = stored.and_then(|user| user.secrets.second_factor);
    let key = match &factor {
        Some(_) => String::new(),
        None => shown_key(owner).await?,
    };
    let language = owner.visitor.language;
    let crumbs = vec![
        Crumb::to(account::PATH, plain(language, "my-account")),
        Crumb::here(plain(language, "second-factor")),
    ];
    let issuer = format!("{} {}", plain(language, "product"), office.province());
    let page = FactorPage {
        chrome: chrome(office, &owner.visitor, Area::Outside, crumbs),
        problem,
        forced: owner
            .visitor
            .held_up
            .as_ref()
            .is_some_and(|held_up| held_up.first == First::SetSecondFactor)
            && factor.is_none(),
        account: owner.actor.user.clone(),
        is_set: factor.is_some(),
        left: factor.map_or(0, |factor| factor.recovery.len()),
        link: link(&key, issuer.trim(), &owner.actor.user),
        key: grouped(&key),
        codes,
    };
    Ok(html(status, render("own_factor.html", &page)?))
}

/// The key this session was shown, or a new one: whoever opens the page again sees the same.
async fn shown_key(owner: &Owner) -> Result<String, Problem> {
    let session = &owner.visitor.session;
    if let Some(key) = session.get::<String>(SHOWN_KEY).await? {
        return Ok(key);
    }
    let key = new_key();
    session.insert(SHOWN_KEY, key.clone()).await?;
    Ok(key)
}

fn grouped(key: &str) -> String {
    let signs: Vec<char> = key.chars().collect();
    let groups: Vec<String> = signs
        .chunks(SIGNS_TOGETHER)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// `POST /tai-khoan/hai-lop`: the first code confirms the key.
pub async fn confirm(
    State(office): State<Office>,
    owner: Owner,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let outcome = confirmed(&office, &owner, &fields).await;
    with_codes(&office, &owner, outcome).await
}

async fn with_codes(
    office: &Office,
    owner: &Owner,
    outcome: Result<Vec<String>, Problem>,
) -> Result<Response, Problem> {
    match outcome {
        Ok(codes) => respond(office, owner, StatusCode::OK, None, codes).await,
        Err(problem) => {
            let words = fault_of(owner.visitor.language, problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(office, owner, status, Some(words), Vec::new()).await
        }
    }
}

async fn confirmed(
    office: &Office,
    owner: &Owner,
    fields: &Fields,
) -> Result<Vec<String>, Problem> {
    let session = &owner.visitor.session;
    let key = session.get::<String>(SHOWN_KEY).await?;
    let typed = field(fields, "ma");
    let step = key
        .as_deref()
        .and_then(|key| accepted_step(key, typed, 0, real_seconds()));
    let (Some(key), Some(last_step)) = (key, step) else {
        return Err(ServiceError::People(PeopleFault::WrongCode).into());
    };
    prove_password(office, &owner.actor, field(fields, "mat_khau")).await?;
    let codes = recovery_codes();
    let factor = SecondFactor {
        key,
        last_step,
        recovery: codes.iter().map(|code| recovery_hash(code)).collect(),
    };
    let (actor, now) = (owner.actor.clone(), office.now());
    office
        .run(move |service| service.set_second_factor(&actor, factor, now))
        .await?;
    session.remove::<String>(SHOWN_KEY).await?;
    Ok(codes)
}

/// `POST /tai-khoan/hai-lop/ma-du-phong`
pub async fn renew(
    State(office): State<Office>,
    owner: Owner,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let outcome = renewed(&office, &owner, &fields).await;
    with_codes(&office, &owner, outcome).await
}

async fn renewed(office: &Office, owner: &Owner, fields: &Fields) -> Result<Vec<String>, Problem> {
    prove_password(office, &owner.actor, field(fields, "mat_khau")).await?;
    let codes = recovery_codes();
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    let (actor, now) = (owner.actor.clone(), office.now());
    office
        .run(move |service| service.renew_recovery_codes(&actor, hashes, now))
        .await?;
    Ok(codes)
}

/// `POST /tai-khoan/hai-lop/tat`
pub async fn remove(
    State(office): State<Office>,
    owner: Owner,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let removed = async {
        prove_password(&office, &owner.actor, field(&fields, "mat_khau")).await?;
        let (actor, now) = (owner.actor.clone(), office.now());
        office
            .run(move |service| service.remove_own_second_factor(&actor, now))
            .await
    };
    match removed.await {
        Ok(()) => Ok(Redirect::to(&format!("{}?xong=tai-khoan", account::PATH)).into_response()),
        Err(problem) => with_codes(&office, &owner, Err(problem)).await,
    }
}
