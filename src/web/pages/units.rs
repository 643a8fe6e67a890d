//! *Quản trị – Đơn vị*: the units on a day as a tree with a search, and one unit with everything that is known of it in time.
//!
//! Every page is asked for a day; without one it is today. Broken input: a day that does not read is today; a unit that never was is not found.

use crate::calendar::Date;
use crate::calendar::dates::{iso_date, parse_date, parse_iso_date};
use crate::organisation::{Succession, UnitId};
use crate::service::unit_words;
use crate::service::units::{UnitDetails, UnitLine};
use crate::text::normal::without_marks;
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::collections::vietnamese_order;
use crate::web::pages::page;
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, pick};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

/// The address of the list.
pub const PATH: &str = "/quan-tri/don-vi";

/// How many units a list shows; more are found by searching.
const MOST_SHOWN: usize = 400;

#[derive(Serialize)]
struct ListPage {
    chrome: Chrome,
    day: String,
    asked: String,
    levels: Vec<Choice>,
    counted: String,
    changed: String,
    units: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    id: String,
    name: String,
    kind: String,
    code: String,
    above: String,
    depth: usize,
    below: usize,
}

#[derive(Serialize)]
struct UnitPage {
    chrome: Chrome,
    name: String,
    id: String,
    day: String,
    facts: Vec<(String, String)>,
    exists: bool,
    codes: Vec<(String, String, String)>,
    parents: Vec<(Named, String)>,
    above: Vec<Named>,
    below: Vec<Named>,
    predecessors: Vec<SuccessionLine>,
    successors: Vec<SuccessionLine>,
}

#[derive(Serialize)]
struct Named {
    href: String,
    name: String,
}

#[derive(Serialize)]
struct SuccessionLine {
    unit: Named,
    date: String,
    share: String,
    basis: String,
}

/// The day a page is asked for.
pub fn day_asked(office: &Office, query: &str) -> Date {
    let typed = query_value(query, "ngay").unwrap_or_default();
    typed_day(&typed).unwrap_or_else(|| office.now().date())
}

/// A day as a form sends it or as people write it.
pub fn typed_day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    parse_iso_date(typed).or_else(|_| parse_date(typed)).ok()
}

/// `/quan-tri/don-vi/xem/C17329.2025?ngay=2026-12-15`
pub fn unit_path(unit: &UnitId, day: Date) -> String {
    format!(
        "{PATH}/xem/{}?ngay={}",
        percent_encoded(unit.as_str()),
        iso_date(day)
    )
}

/// `GET /quan-tri/don-vi`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let language = person.language();
    let day = day_asked(&office, &person.visitor.query);
    let asked = query_value(&person.visitor.query, "tim").unwrap_or_default();
    let level = query_value(&person.visitor.query, "cap").unwrap_or_default();
    let actor = person.actor.clone();
    let (units, levels, changed) = office
        .run(move |service| {
            let order = vietnamese_order();
            let compare = |one: &str, other: &str| {
                order
                    .as_ref()
                    .map_or_else(|| one.cmp(other), |order| order.compare(one, other))
            };
            Ok((
                service.units(&actor, day, compare)?,
                service.levels(day)?,
                service.units_changed_at()?,
            ))
        })
        .await?;
    let total = units.len();
    let sought = without_marks(&asked);
    let found: Vec<&UnitLine> = units
        .iter()
        .filter(|unit| (level.is_empty() || unit.level == level) && is_found(unit, &sought))
        .collect();
    let arguments = [
        ("shown", found.len().min(MOST_SHOWN).into()),
        ("found", found.len().into()),
        ("total", total.into()),
        ("day", words::date(day).into()),
    ];
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::here(plain(language, "units")),
    ];
    let all = Choice {
        value: String::new(),
        label: plain(language, "units-all-levels"),
        selected: level.is_empty(),
    };
    let levels = levels.into_iter().map(|one| Choice {
        selected: one.name == level,
        value: one.name,
        label: one.label,
    });
    let view = ListPage {
        chrome: chrome(&office, &person.visitor, Area::Admin, crumbs),
        day: iso_date(day),
        counted: worded(language, "units-counted", &arguments),
        changed: changed.map_or_else(String::new, words::moment),
        levels: std::iter::once(all).chain(levels).collect(),
        asked,
        units: found
            .into_iter()
            .take(MOST_SHOWN)
            .map(|unit| line(unit, day))
            .collect(),
    };
    page("units.html", &view)
}

fn line(unit: &UnitLine, day: Date) -> Line {
    Line {
        href: unit_path(&unit.unit, day),
        id: unit.unit.to_string(),
        name: unit.name.clone(),
        kind: unit.kind.clone(),
        code: unit.code.clone().unwrap_or_default(),
        above: unit.above.first().cloned().unwrap_or_default(),
        depth: unit.depth,
        below: unit.below,
    }
}

/// Whether every word stands in the name, the identity, the code or the kind, whatever its accents and case.
fn is_found(unit: &UnitLine, sought: &str) -> bool {
    let code = unit.code.as_deref().unwrap_or_default();
    let text = format!("{} {} {code} {}", unit.name, unit.unit, unit.kind);
    let text = without_marks(&text);
    sought.split_whitespace().all(|word| text.contains(word))
}

/// `GET /quan-tri/don-vi/xem/{unit}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(unit): Path<String>,
) -> Result<Response, Problem> {
    let language = person.language();
    let day = day_asked(&office, &person.visitor.query);
    let (actor, unit) = (person.actor.clone(), UnitId(unit));
    let found = office
        .run(move |service| service.unit_details(&actor, &unit, day))
        .await?;
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::to(
            format!("{PATH}?ngay={}", iso_date(day)),
            plain(language, "units"),
        ),
        Crumb::here(found.unit.name.clone()),
    ];
    let named = |(unit, name): &(UnitId, String)| Named {
        href: unit_path(unit, day),
        name: name.clone(),
    };
    let view = UnitPage {
        chrome: chrome(&office, &person.visitor, Area::Admin, crumbs),
        name: found.unit.name.clone(),
        id: found.unit.id.to_string(),
        day: iso_date(day),
        facts: facts(language, &found),
        exists: found.exists,
        codes: found
            .codes
            .iter()
            .map(|code| {
                let days = unit_words::dates(code.from, code.until);
                let system = pick(language, code.system.wording());
                (code.code.clone(), system, pick(language, days))
            })
            .collect(),
        parents: found
            .parents
            .iter()
            .map(|(unit, name, from, until)| {
                let days = pick(language, unit_words::dates(*from, *until));
                (named(&(unit.clone(), name.clone())), days)
            })
            .collect(),
        above: found.above.iter().map(named).collect(),
        below: found.below.iter().map(named).collect(),
        predecessors: found
            .predecessors
            .iter()
            .map(|(row, name)| succession(row, named(&(row.old.clone(), name.clone()))))
            .collect(),
        successors: found
            .successors
            .iter()
            .map(|(row, name)| succession(row, named(&(row.new.clone(), name.clone()))))
            .collect(),
    };
    page("unit.html", &view)
}

fn facts(language: Language, found: &UnitDetails) -> Vec<(String, String)> {
    let unit = &found.unit;
    let days = pick(language, unit_words::dates(unit.valid_from, unit.valid_to));
    let attributes = unit.attributes.iter();
    let attributes: Vec<String> = attributes
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let all = [
        ("unit-exists", days),
        (
            "col-kind",
            format!("{} ({}/{})", found.kind, unit.level, unit.item),
        ),
        ("unit-agency", unit.agency.clone().unwrap_or_default()),
        ("unit-tags", unit.tags.join(", ")),
        ("unit-attributes", attributes.join(", ")),
        ("unit-reports", found.reports.to_string()),
    ];
    let all = all.into_iter().filter(|(_, text)| !text.is_empty());
    all.map(|(key, text)| (plain(language, key), text))
        .collect()
}

fn succession(row: &Succession, unit: Named) -> SuccessionLine {
    let share = row.share.as_ref();
    SuccessionLine {
        unit,
        date: words::date(row.date),
        share: share
            .map(|share| share.to_vietnamese(share.decimals().unwrap_or(6)))
            .unwrap_or_default(),
        basis: row.basis.clone().unwrap_or_default(),
    }
}
