//! Quản trị: regime files with mistakes, published versions, and the ways to the accounts and to the permission table.
//!
//! It shows and changes nothing. Someone without the right gets the page that says so.

use crate::reports::permission::{Action, may_somewhere};
use crate::service::problem::ServiceError;
use crate::service::regimes::RegimeProblems;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::pages::regimes::{RegimeLine, regime_line};
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words::pick;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct AdminPage {
    chrome: Chrome,
    problems: Vec<FileLines>,
    versions: Vec<RegimeLine>,
    sees_accounts: bool,
    sees_calendars: bool,
}

#[derive(Serialize)]
struct FileLines {
    name: String,
    lines: Vec<MistakeLine>,
}

#[derive(Serialize)]
struct MistakeLine {
    severity: &'static str,
    tag: String,
    tag_class: &'static str,
    code: String,
    place: String,
    message: String,
}

/// `GET /quan-tri`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let actor = person.actor.clone();
    let sees_problems = may_somewhere(&actor, Action::ViewRegimeProblems);
    let sees_accounts = may_somewhere(&actor, Action::Administer);
    let sees_calendars = sees_accounts || may_somewhere(&actor, Action::SetLocalDeadline);
    if !sees_problems && !sees_accounts {
        return Err(ServiceError::Forbidden.into());
    }
    let (problems, versions) = office
        .run(move |service| {
            let problems = if sees_problems {
                service.regime_problems(&actor)?
            } else {
                Vec::new()
            };
            Ok((problems, service.regimes()?))
        })
        .await?;
    let language = person.language();
    let crumbs = vec![Crumb::here(plain(language, "nav-admin"))];
    let view = AdminPage {
        chrome: chrome(&office, &person.visitor, Area::Admin, crumbs),
        problems: problems
            .into_iter()
            .map(|file| file_lines(language, file))
            .collect(),
        versions: versions
            .iter()
            .map(|view| regime_line(language, view))
            .collect(),
        sees_accounts,
        sees_calendars,
    };
    page("admin.html", &view)
}

fn file_lines(language: Language, file: RegimeProblems) -> FileLines {
    let refused = file.refused.into_iter().map(|one| MistakeLine {
        severity: "error",
        tag: plain(language, "severity-error"),
        tag_class: "tag-error",
        code: format!("{} v{}", one.name, one.version),
        place: String::new(),
        message: pick(language, one.wording()),
    });
    let mistakes = file.mistakes.into_iter().map(|one| MistakeLine {
        severity: if one.is_error { "error" } else { "advice" },
        tag: plain(
            language,
            if one.is_error {
                "severity-error"
            } else {
                "severity-advice"
            },
        ),
        tag_class: if one.is_error {
            "tag-error"
        } else {
            "tag-neutral"
        },
        code: one.code,
        place: worded(
            language,
            "place",
            &[
                ("line", i64::from(one.line).into()),
                ("column", i64::from(one.column).into()),
            ],
        ),
        message: pick(language, one.message),
    });
    FileLines {
        name: file.path,
        lines: refused.chain(mistakes).collect(),
    }
}
