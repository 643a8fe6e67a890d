//! *Lịch sử các bảng*: every loading of every table of facts, with who, when and why; one loading with what it changed, and its text as a file.
//!
//! Nothing here changes anything. Broken input: a loading that never was is not found.

use crate::organisation::difference::difference;
use crate::organisation::unit_tables::{UnitTable, UnitTables};
use crate::service::problem::ServiceError;
use crate::service::unit_words::{Names, change};
use crate::store::records::{LoadedTable, TableChange};
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, pick};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The address of the list.
pub const PATH: &str = "/quan-tri/bang";

/// How many lines of difference a page shows.
const MOST_LINES: usize = 500;

#[derive(Serialize)]
struct HistoryPage {
    chrome: Chrome,
    changes: Vec<ChangeLine>,
}

#[derive(Serialize)]
struct ChangeLine {
    href: String,
    table: String,
    when: String,
    who: String,
    source: String,
    reason: String,
}

#[derive(Serialize)]
struct ChangePage {
    chrome: Chrome,
    change: ChangeLine,
    file: String,
    lines: Vec<Line>,
    more: usize,
}

#[derive(Serialize)]
struct Line {
    kind: &'static str,
    words: String,
}

fn crumbs(language: Language, here: Option<String>) -> Vec<Crumb> {
    let admin = Crumb::to("/quan-tri", plain(language, "nav-admin"));
    let list = plain(language, "table-history");
    match here {
        None => vec![admin, Crumb::here(list)],
        Some(here) => vec![admin, Crumb::to(PATH, list), Crumb::here(here)],
    }
}

/// What people call a stored table.
fn table_name(language: Language, name: &str) -> String {
    let key = match name {
        "units" => "table-units",
        "links" => "table-links",
        "successions" => "table-successions",
        "codes" => "table-codes",
        "decisions" => "table-decisions",
        "rule_switches" => "table-switches",
        "local_deadlines" => "table-deadlines",
        other => return other.to_owned(),
    };
    plain(language, key)
}

fn line(language: Language, change: &TableChange) -> ChangeLine {
    ChangeLine {
        href: format!("{PATH}/{}", change.position),
        table: table_name(language, &change.name),
        when: words::moment(change.at),
        who: change.by.clone(),
        source: change.source.clone(),
        reason: change.reason.clone(),
    }
}

/// `GET /quan-tri/bang`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let actor = person.actor.clone();
    let changes = office
        .run(move |service| service.table_history(&actor))
        .await?;
    let language = person.language();
    let view = HistoryPage {
        chrome: chrome(
            &office,
            &person.visitor,
            Area::Admin,
            crumbs(language, None),
        ),
        changes: changes
            .iter()
            .map(|change| line(language, change))
            .collect(),
    };
    page("table_history.html", &view)
}

async fn loaded(
    office: &Office,
    person: &SignedIn,
    position: i64,
) -> Result<(LoadedTable, Option<LoadedTable>), Problem> {
    let actor = person.actor.clone();
    office
        .run(move |service| service.table_of_change(&actor, position))
        .await
}

/// `GET /quan-tri/bang/{position}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(position): Path<i64>,
) -> Result<Response, Problem> {
    let (table, before) = loaded(&office, &person, position).await?;
    let language = person.language();
    let before = before.map(|before| before.text).unwrap_or_default();
    let mut lines = differences(language, &table.name, &before, &table.text);
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    let change = ChangeLine {
        href: format!("{PATH}/{position}"),
        table: table_name(language, &table.name),
        when: words::moment(table.loaded_at),
        who: table.loaded_by,
        source: table.source,
        reason: table.reason,
    };
    let here = format!("{}, {}", change.table, change.when);
    let view = ChangePage {
        chrome: chrome(
            &office,
            &person.visitor,
            Area::Admin,
            crumbs(language, Some(here)),
        ),
        file: format!("{PATH}/{position}/tep"),
        change,
        lines,
        more,
    };
    page("table_change.html", &view)
}

/// Units are told apart fact by fact, other tables line by line.
fn differences(language: Language, name: &str, before: &str, after: &str) -> Vec<Line> {
    let place = match name {
        "units" => Some(0),
        "links" => Some(1),
        "successions" => Some(2),
        "codes" => Some(3),
        _ => None,
    };
    if let Some(place) = place {
        let read = |text: &str| {
            let texts: [&str; UnitTable::ALL.len()] =
                std::array::from_fn(|at| if at == place { text } else { "" });
            UnitTables::read(texts).0
        };
        let (old, new) = (read(before), read(after));
        let units = old.units.iter().chain(&new.units);
        let names: Names = units
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect();
        let changes = difference(&old, &new);
        return changes
            .iter()
            .map(|one| {
                let (kind, words) = change(one, &names);
                let words = pick(language, words);
                Line { kind, words }
            })
            .collect();
    }
    // A list kept as JSON stands on one line.
    let split = |text: &str| -> Vec<String> {
        let text = text.replace("},{", "},\n{");
        text.lines().map(str::to_owned).collect()
    };
    let (old, new) = (split(before), split(after));
    let gone = old.iter().filter(|line| !new.contains(line));
    let came = new.iter().filter(|line| !old.contains(line));
    let line = |kind: &'static str, line: &String| Line {
        kind,
        words: line.clone(),
    };
    gone.map(|text| line("removed", text))
        .chain(came.map(|text| line("added", text)))
        .collect()
}

/// `GET /quan-tri/bang/{position}/tep`: the table as a file.
pub async fn file(
    State(office): State<Office>,
    person: SignedIn,
    Path(position): Path<i64>,
) -> Result<Response, Problem> {
    let (table, _) = loaded(&office, &person, position).await?;
    let is_json = table.name == crate::store::LOCAL_DEADLINES;
    let (kind, ending) = if is_json {
        ("application/json", "json")
    } else {
        ("text/csv; charset=utf-8", "csv")
    };
    let name: String = table
        .name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() {
                sign
            } else {
                '_'
            }
        })
        .collect();
    let disposition = format!("attachment; filename=\"{name}-{position}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    if table.text.is_empty() {
        return Err(ServiceError::NotFound.into());
    }
    Ok((headers, table.text).into_response())
}
