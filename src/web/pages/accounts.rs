//! *Quản trị – Tài khoản*: the list of accounts with its search, one account with everything that happened to it, and the changes an administrator makes.
//!
//! Only an administrator sees these pages; the service says so. A password made here is shown once, on the answer to the post, and must be changed at the next sign-in. Broken
//! input: the page again, with the reason above its forms.

use crate::calendar::Date;
use crate::reports::people::account::Account;
use crate::reports::permission::Role;
use crate::service::Service;
use crate::service::password;
use crate::service::people::accounts::AccountDetails;
use crate::service::people::administration::NewAccount;
use crate::service::people::fault::PeopleFault;
use crate::service::problem::ServiceError;
use crate::text::normal::without_marks;
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::people::{
    AccountEventLine, DelegationLine, UnitNames, account_event, delegation, fault_of, grant,
};
use crate::web::pages::typed_grant::{role_key, typed_grant};
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::pick;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the list.
pub const PATH: &str = "/quan-tri/tai-khoan";

/// How many accounts a list shows; more are found by searching.
const MOST_SHOWN: usize = 200;

/// Units are offered to choose from as long as there are at most so many; more are typed.
const MOST_UNITS_OFFERED: usize = 800;

#[derive(Serialize)]
struct ListPage {
    chrome: Chrome,
    problem: Option<String>,
    asked: String,
    counted: String,
    accounts: Vec<AccountLine>,
    typed: Typed,
    choices: Choices,
    secret: Option<Secret>,
    demanded: Vec<Choice>,
}

#[derive(Serialize)]
struct AccountLine {
    href: String,
    id: String,
    name: String,
    disabled: bool,
    grants: Vec<String>,
}

/// What was typed into the form of a new account.
#[derive(Debug, Default, Serialize)]
struct Typed {
    id: String,
    name: String,
    unit: String,
    reason: String,
}

/// What the forms offer.
#[derive(Serialize)]
struct Choices {
    roles: Vec<Choice>,
    units: Vec<Choice>,
}

/// A password shown once.
#[derive(Serialize)]
struct Secret {
    account: String,
    password: String,
}

#[derive(Serialize)]
struct AccountPage {
    chrome: Chrome,
    problem: Option<String>,
    secret: Option<Secret>,
    id: String,
    action: String,
    name: String,
    disabled: bool,
    must_change: bool,
    second_factor: bool,
    grants: Vec<GrantLine>,
    delegations: Vec<DelegationLine>,
    events: Vec<AccountEventLine>,
    choices: Choices,
}

#[derive(Serialize)]
struct GrantLine {
    place: usize,
    words: String,
}

/// `GET /quan-tri/tai-khoan`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    respond_list(
        &office,
        &person,
        StatusCode::OK,
        None,
        None,
        Typed::default(),
    )
    .await
}

async fn respond_list(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    problem: Option<String>,
    secret: Option<Secret>,
    typed: Typed,
) -> Result<Response, Problem> {
    let language = person.language();
    let (actor, today) = (person.actor.clone(), office.now().date());
    let asked = query_value(&person.visitor.query, "tim").unwrap_or_default();
    let words = without_marks(&asked);
    let (found, total, choices, demanded) = office
        .run(move |service| {
            let ground = service.ground()?;
            let accounts = service.accounts(&actor)?;
            let total = accounts.len();
            let line = |account: &Account| {
                let names: UnitNames = account
                    .grants
                    .iter()
                    .map(|one| (one.unit.clone(), ground.unit_name(&one.unit)))
                    .collect();
                account_line(language, account, &names)
            };
            let found: Vec<AccountLine> = accounts
                .iter()
                .map(line)
                .filter(|line| is_found(line, &words))
                .collect();
            let demanded = service.demanded_second_factor()?;
            let choices = choices(service, language, today)?;
            Ok((found, total, choices, demanded))
        })
        .await?;
    let counted = worded(
        language,
        "accounts-counted",
        &[
            ("shown", found.len().min(MOST_SHOWN).into()),
            ("found", found.len().into()),
            ("total", total.into()),
        ],
    );
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::here(plain(language, "admin-accounts")),
    ];
    let page = ListPage {
        chrome: chrome(office, &person.visitor, Area::Admin, crumbs),
        problem,
        asked,
        counted,
        accounts: found.into_iter().take(MOST_SHOWN).collect(),
        typed,
        choices,
        secret,
        demanded: Role::ALL
            .into_iter()
            .map(|role| Choice {
                value: role_key(role).to_string(),
                label: pick(language, role.wording()),
                selected: demanded.contains(&role),
            })
            .collect(),
    };
    Ok(html(status, render("accounts.html", &page)?))
}

/// `POST /quan-tri/hai-lop`: of which roles a second factor is demanded.
pub async fn demand(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let roles = Role::ALL
        .into_iter()
        .filter(|role| !field(&fields, &format!("vai_tro.{}", role_key(*role))).is_empty())
        .collect();
    let (actor, now) = (person.actor.clone(), office.now());
    let reason = field(&fields, "ly_do").to_string();
    let outcome = office
        .run(move |service| service.demand_second_factor(&actor, roles, &reason, now))
        .await;
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{PATH}?xong=hai-lop")).into_response()),
        Err(problem) => {
            let words = fault_of(person.language(), problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond_list(
                &office,
                &person,
                status,
                Some(words),
                None,
                Typed::default(),
            )
            .await
        }
    }
}

fn account_line(language: Language, account: &Account, names: &UnitNames) -> AccountLine {
    AccountLine {
        href: address(&account.id),
        id: account.id.clone(),
        name: account.name.clone(),
        disabled: account.disabled,
        grants: account
            .grants
            .iter()
            .map(|one| grant(language, one, names))
            .collect(),
    }
}

/// Whether every word stands somewhere in the line, whatever its accents and case.
fn is_found(line: &AccountLine, words: &str) -> bool {
    let text = format!("{} {} {}", line.id, line.name, line.grants.join(" "));
    let text = without_marks(&text);
    words.split_whitespace().all(|word| text.contains(word))
}

fn choices(service: &Service, language: Language, today: Date) -> Result<Choices, ServiceError> {
    let roles = Role::ALL.into_iter().map(|role| Choice {
        value: role_key(role).to_string(),
        label: pick(language, role.wording()),
        selected: false,
    });
    let ground = service.ground()?;
    let mut units: Vec<Choice> = ground
        .organisation
        .valid_on(today)
        .map(|unit| Choice {
            value: unit.id.to_string(),
            label: unit.name.clone(),
            selected: false,
        })
        .collect();
    if units.len() > MOST_UNITS_OFFERED {
        units.clear();
    }
    Ok(Choices {
        roles: roles.collect(),
        units,
    })
}

fn address(account: &str) -> String {
    format!("{PATH}/{}", percent_encoded(account))
}

/// `POST /quan-tri/tai-khoan`: a new account with its first grant.
pub async fn create(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let typed = Typed {
        id: field(&fields, "tai_khoan").trim().to_string(),
        name: field(&fields, "ten").to_string(),
        unit: field(&fields, "don_vi").to_string(),
        reason: field(&fields, "ly_do").to_string(),
    };
    let secret = Secret {
        account: typed.id.clone(),
        password: password::random(),
    };
    let outcome = created(&office, &person, &typed, &fields, &secret.password).await;
    match outcome {
        Ok(()) => {
            let status = StatusCode::CREATED;
            respond_list(
                &office,
                &person,
                status,
                None,
                Some(secret),
                Typed::default(),
            )
            .await
        }
        Err(problem) => {
            let words = fault_of(person.language(), problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond_list(&office, &person, status, Some(words), None, typed).await
        }
    }
}

async fn created(
    office: &Office,
    person: &SignedIn,
    typed: &Typed,
    fields: &Fields,
    password: &str,
) -> Result<(), Problem> {
    allowed(office, person).await?;
    let first = typed_grant(fields)?;
    let (actor, now) = (person.actor.clone(), office.now());
    let (id, name, reason) = (typed.id.clone(), typed.name.clone(), typed.reason.clone());
    let password_hash = office.hash_password(password.to_string()).await?;
    office
        .run(move |service| {
            let new = NewAccount {
                id,
                name,
                grants: vec![first.resolved(service, now.date())?],
                password_hash,
                one_time: true,
            };
            service.create_account(&actor, &new, &reason, now)
        })
        .await
}

/// Whoever may not see the page may not make the server hash passwords either.
async fn allowed(office: &Office, person: &SignedIn) -> Result<(), Problem> {
    let actor = person.actor.clone();
    office
        .run(move |service| service.accounts(&actor).map(|_| ()))
        .await
}

/// `GET /quan-tri/tai-khoan/{account}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(account): Path<String>,
) -> Result<Response, Problem> {
    respond(&office, &person, StatusCode::OK, account, None, None).await
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    account: String,
    problem: Option<String>,
    secret: Option<Secret>,
) -> Result<Response, Problem> {
    let language = person.language();
    let (actor, today) = (person.actor.clone(), office.now().date());
    let (details, choices) = office
        .run(move |service| {
            let details = service.account_details(&actor, &account)?;
            Ok((details, choices(service, language, today)?))
        })
        .await?;
    let AccountDetails {
        account,
        delegations,
        events,
        units,
        names,
    } = details;
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::to(PATH, plain(language, "admin-accounts")),
        Crumb::here(account.name.clone()),
    ];
    let page = AccountPage {
        chrome: chrome(office, &person.visitor, Area::Admin, crumbs),
        problem,
        secret,
        action: address(&account.id),
        disabled: account.disabled,
        must_change: account.must_change_password,
        second_factor: account.second_factor,
        grants: (0..)
            .zip(&account.grants)
            .map(|(place, one)| GrantLine {
                place,
                words: grant(language, one, &units),
            })
            .collect(),
        delegations: delegations
            .iter()
            .rev()
            .map(|state| delegation(language, state, &names, &units, today))
            .collect(),
        events: events
            .iter()
            .rev()
            .map(|event| account_event(language, event, &units))
            .collect(),
        choices,
        id: account.id,
        name: account.name,
    };
    Ok(html(status, render("account_admin.html", &page)?))
}

/// `POST /quan-tri/tai-khoan/{account}/{change}`
pub async fn change(
    State(office): State<Office>,
    person: SignedIn,
    Path((account, change)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    allowed(&office, &person).await?;
    let outcome = changed(&office, &person, &account, &change, &fields).await;
    match outcome {
        Ok(None) => {
            let to = format!("{}?xong=tai-khoan", address(&account));
            Ok(Redirect::to(&to).into_response())
        }
        Ok(Some(password)) => {
            let secret = Secret {
                account: account.clone(),
                password,
            };
            respond(
                &office,
                &person,
                StatusCode::OK,
                account,
                None,
                Some(secret),
            )
            .await
        }
        Err(problem) => {
            let words = fault_of(person.language(), problem)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            respond(&office, &person, status, account, Some(words), None).await
        }
    }
}

/// Makes one change; answers the password that was made, if one was.
async fn changed(
    office: &Office,
    person: &SignedIn,
    account: &str,
    change: &str,
    fields: &Fields,
) -> Result<Option<String>, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let (id, reason) = (account.to_string(), field(fields, "ly_do").to_string());
    match change {
        "ten" => {
            let name = field(fields, "ten").to_string();
            office
                .run(move |service| service.rename_account(&actor, &id, &name, &reason, now))
                .await?;
        }
        "cap-quyen" => {
            let typed = typed_grant(fields)?;
            office
                .run(move |service| {
                    let grant = typed.resolved(service, now.date())?;
                    service.grant(&actor, &id, grant, &reason, now)
                })
                .await?;
        }
        "thu-quyen" => {
            // The words beside the place tell whether somebody changed the grants in between.
            let place: usize = field(fields, "so")
                .parse()
                .map_err(|_| Problem::BadRequest)?;
            let (seen, language) = (field(fields, "quyen").to_string(), person.language());
            office
                .run(move |service| {
                    let details = service.account_details(&actor, &id)?;
                    let held = details.account.grants.get(place);
                    let held = held.filter(|held| grant(language, held, &details.units) == seen);
                    let held = held.ok_or(PeopleFault::NotGranted)?;
                    service.withdraw_grant(&actor, &id, held, &reason, now)
                })
                .await?;
        }
        "ngung" => {
            office
                .run(move |service| service.disable_account(&actor, &id, &reason, now))
                .await?;
        }
        "mo-lai" => {
            office
                .run(move |service| service.enable_account(&actor, &id, &reason, now))
                .await?;
        }
        "mat-khau" => {
            let secret = password::random();
            let hash = office.hash_password(secret.clone()).await?;
            office
                .run(move |service| service.reset_password(&actor, &id, &hash, &reason, now))
                .await?;
            return Ok(Some(secret));
        }
        "tat-hai-lop" => {
            office
                .run(move |service| service.remove_second_factor(&actor, &id, &reason, now))
                .await?;
        }
        "het-uy-quyen" => {
            let lender = field(fields, "nguoi").to_string();
            let number = field(fields, "so")
                .parse()
                .map_err(|_| Problem::BadRequest)?;
            office
                .run(move |service| service.end_delegation(&actor, &lender, number, &reason, now))
                .await?;
        }
        _ => return Err(Problem::NotFound),
    }
    Ok(None)
}
