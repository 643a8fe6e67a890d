//! The files of the project of drafts: who changed them last, and how they stand to what is published.
//!
//! It shows and changes nothing; a new file is begun by opening the page of its name. Someone who may not write regimes gets the page that says so.

use super::{HISTORY, PUBLISH, STUDIO, file_page, in_address, name_of};
use crate::reports::permission::{Action, may_somewhere};
use crate::service::drafts::{DraftProject, is_source, mistakes_of};
use crate::service::view::RegimeView;
use crate::store::drafts::Draft;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct ListPage {
    chrome: Chrome,
    groups: Vec<Group>,
    publish: Option<&'static str>,
    address: &'static str,
}

/// Files of one sort under their heading.
#[derive(Serialize)]
struct Group {
    id: &'static str,
    title: String,
    is_source: bool,
    files: Vec<FileLine>,
}

#[derive(Serialize)]
struct StateLine {
    text: String,
    title: String,
    class: &'static str,
    tag: String,
}

#[derive(Serialize)]
struct FileLine {
    path: String,
    href: String,
    history: String,
    saved: String,
    by: String,
    mistakes: usize,
    states: Vec<StateLine>,
}

/// `GET /soan`, and with a name in its query the way to a new file.
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    if let Some(name) = query_value(&person.visitor.query, "ten") {
        let name = name.trim();
        let path = match name.contains('.') {
            true => name.to_owned(),
            false => format!("{name}.regime"),
        };
        return Ok(Redirect::to(&file_page(&path)).into_response());
    }
    let (actor, now) = (person.actor.clone(), office.now());
    let (drafts, names, published) = office
        .run(move |service| {
            let drafts = service.drafts(&actor, now)?;
            Ok((drafts, service.account_names(&actor)?, service.regimes()?))
        })
        .await?;
    let language = person.language();
    let crumbs = vec![Crumb::here(plain(language, "nav-studio"))];
    let view = ListPage {
        chrome: chrome(&office, &person.visitor, Area::Studio, crumbs),
        groups: [
            ("che-do", "studio-sources", true),
            ("bang", "studio-tables-files", false),
        ]
        .into_iter()
        .map(|(id, title, sources)| Group {
            id,
            title: plain(language, title),
            is_source: sources,
            files: drafts
                .files
                .iter()
                .filter(|file| is_source(&file.path) == sources)
                .map(|file| line(language, &drafts, file, &names, &published))
                .collect(),
        })
        .collect(),
        publish: may_somewhere(&person.actor, Action::PublishRegime).then_some(PUBLISH),
        address: STUDIO,
    };
    page("studio_list.html", &view)
}

fn line(
    language: Language,
    drafts: &DraftProject,
    file: &Draft,
    names: &BTreeMap<String, String>,
    published: &[RegimeView],
) -> FileLine {
    FileLine {
        path: file.path.clone(),
        href: file_page(&file.path),
        history: format!("{HISTORY}{}", in_address(&file.path)),
        saved: words::moment(file.at),
        by: name_of(names, &file.by, language),
        mistakes: match is_source(&file.path) {
            true => mistakes_of(&drafts.snapshot, &file.path),
            false => 0,
        },
        states: states(language, drafts, file, published),
    }
}

/// How each regime of a file stands to what is published.
fn states(
    language: Language,
    drafts: &DraftProject,
    file: &Draft,
    published: &[RegimeView],
) -> Vec<StateLine> {
    let own = drafts.snapshot.regimes();
    let own = own.filter(|regime| regime.path() == file.path);
    own.map(|regime| {
        let (name, version) = (regime.name(), regime.version());
        let same = published.iter().find(|one| {
            let header = &one.plan.header;
            header.name == name && header.version == version
        });
        let is_as_written = same.is_some_and(|one| {
            let sources = &mut one.sources.iter();
            sources.any(|(path, text)| {
                *path == file.path && Some(text.as_str()) == file.text.as_deref()
            })
        });
        let (key, class) = match (same, is_as_written) {
            (None, _) => ("studio-not-published", "tag-neutral"),
            (Some(_), true) => ("studio-published", "tag-accepted"),
            (Some(_), false) => ("studio-differs", "tag-due"),
        };
        let arguments = [
            ("name", name.into()),
            ("version", i64::from(version).into()),
        ];
        StateLine {
            text: worded(language, "studio-version", &arguments),
            title: regime
                .plan()
                .map_or_else(String::new, |plan| plan.header.title.clone()),
            class,
            tag: plain(language, key),
        }
    })
    .collect()
}
