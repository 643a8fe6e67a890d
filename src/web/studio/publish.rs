//! Công bố: a version of a regime is put into force under a decision.
//!
//! Tables and switches of rules that the drafts have otherwise than what is in force come along when they are ticked. Version and day stand in the text and are the truth; the person says number of the decision and day as the decision has them, and a disagreement is refused. Broken input: the page again
//! with what was typed and the reason.

use super::{PUBLISH, STUDIO, file_page};
use crate::calendar::dates::parse_date;
use crate::reports::permission::{Action, grant_for_province};
use crate::service::drafts::{DraftProject, DraftPublication, mistakes_of};
use crate::service::problem::ServiceError;
use crate::service::project_tables::{PendingTable, stored_name};
use crate::service::view::RegimeView;
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, pick};
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct PublishPage {
    chrome: Chrome,
    problem: Option<String>,
    address: &'static str,
    /// The regimes that could be published, in the order of their files.
    choices: Vec<Choice>,
    /// Tables and switches that are not in force as the drafts have them.
    tables: Vec<TableChoice>,
    seen: i64,
    decision: String,
    date: String,
    /// Regimes with mistakes.
    spoilt: Vec<Spoilt>,
}

#[derive(Serialize)]
struct TableChoice {
    value: String,
    label: String,
    paths: Vec<(String, String)>,
    ticked: bool,
}

#[derive(Serialize)]
struct Spoilt {
    name: String,
    href: String,
    path: String,
    mistakes: usize,
}

/// What was typed, to be shown again.
#[derive(Default)]
struct Typed {
    regime: String,
    decision: String,
    date: String,
    /// The tables that were ticked; none before anything was.
    tables: Option<BTreeSet<String>>,
    problem: Option<String>,
}

/// `GET /soan/cong-bo`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    respond(&office, &person, StatusCode::OK, Typed::default()).await
}

/// `POST /soan/cong-bo`
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    // One field for each table that is ticked: a form can send a name once only.
    let tables: BTreeSet<String> = fields
        .iter()
        .filter_map(|(name, _)| Some(name.strip_prefix("bang.")?.to_owned()))
        .collect();
    let wanted = DraftPublication {
        regime: field(&fields, "che_do").to_owned(),
        tables: tables.clone(),
        decision: field(&fields, "so_qd").to_owned(),
        from: parse_date(field(&fields, "ngay").trim()).ok(),
        seen: field(&fields, "den")
            .parse()
            .map_err(|_| Problem::BadRequest)?,
    };
    let (actor, now) = (person.actor.clone(), office.now());
    let outcome = office
        .run(move |service| service.publish_draft(&actor, &wanted, now))
        .await;
    match outcome {
        Ok(_) => Ok(Redirect::to(&format!("{PUBLISH}?xong=cong-bo")).into_response()),
        Err(Problem::Service(error)) => match error.as_ref() {
            ServiceError::Draft(fault) => {
                let typed = Typed {
                    regime: field(&fields, "che_do").to_owned(),
                    decision: field(&fields, "so_qd").to_owned(),
                    date: field(&fields, "ngay").to_owned(),
                    tables: Some(tables),
                    problem: Some(pick(person.language(), fault.wording())),
                };
                respond(&office, &person, StatusCode::UNPROCESSABLE_ENTITY, typed).await
            }
            _ => Err(Problem::Service(error)),
        },
        Err(problem) => Err(problem),
    }
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    typed: Typed,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let (drafts, published, pending) = office
        .run(move |service| {
            grant_for_province(&actor, Action::PublishRegime).ok_or(ServiceError::Forbidden)?;
            let drafts = service.drafts(&actor, now)?;
            let pending = service.pending_tables(&actor, &drafts)?;
            Ok((drafts, service.regimes()?, pending))
        })
        .await?;
    let language = person.language();
    let of_file = query_value(&person.visitor.query, "tep").unwrap_or_default();
    let crumbs = vec![
        Crumb::to(STUDIO, plain(language, "nav-studio")),
        Crumb::here(plain(language, "studio-publish")),
    ];
    let view = PublishPage {
        chrome: chrome(office, &person.visitor, Area::Studio, crumbs),
        problem: typed.problem,
        address: PUBLISH,
        choices: choices(language, &drafts, &published, &typed.regime, &of_file),
        tables: pending
            .into_iter()
            .map(|one| table_choice(language, one, typed.tables.as_ref()))
            .collect(),
        seen: drafts.position,
        decision: typed.decision,
        date: typed.date,
        spoilt: spoilt(&drafts),
    };
    Ok(html(status, render("studio_publish.html", &view)?))
}

fn table_choice(
    language: Language,
    pending: PendingTable,
    ticked: Option<&BTreeSet<String>>,
) -> TableChoice {
    let value = stored_name(&pending.table.table);
    TableChoice {
        label: pick(language, pending.table.table.wording()),
        ticked: ticked.is_none_or(|ticked| ticked.contains(&value)),
        paths: pending
            .paths
            .into_iter()
            .map(|path| (file_page(&path), path))
            .collect(),
        value,
    }
}

/// The newest version of each regime that has plans and is not published under its number.
fn choices(
    language: Language,
    drafts: &DraftProject,
    published: &[RegimeView],
    chosen: &str,
    of_file: &str,
) -> Vec<Choice> {
    let snapshot = &drafts.snapshot;
    let newest = snapshot.regimes().filter(|regime| {
        let newest = snapshot.regime(regime.name());
        newest.is_some_and(|newest| newest.version() == regime.version())
    });
    let fresh = newest.filter_map(|regime| {
        let plan = regime.plan()?;
        let known = published.iter().any(|one| {
            let header = &one.plan.header;
            header.name == regime.name() && header.version == regime.version()
        });
        (!known).then_some((regime, plan))
    });
    fresh
        .map(|(regime, plan)| Choice {
            value: regime.name().to_owned(),
            label: worded(
                language,
                "studio-choice",
                &[
                    ("name", regime.name().into()),
                    ("title", plan.header.title.clone().into()),
                    ("version", i64::from(regime.version()).into()),
                    ("from", words::date(plan.header.in_force_from).into()),
                ],
            ),
            selected: regime.name() == chosen || (chosen.is_empty() && regime.path() == of_file),
        })
        .collect()
}

fn spoilt(drafts: &DraftProject) -> Vec<Spoilt> {
    let regimes = drafts.snapshot.regimes();
    let broken = regimes.filter(|regime| regime.plan().is_none());
    broken
        .map(|regime| Spoilt {
            name: regime.name().to_owned(),
            href: file_page(regime.path()),
            path: regime.path().to_owned(),
            mistakes: mistakes_of(&drafts.snapshot, regime.path()),
        })
        .collect()
}
