//! Nghĩa vụ báo cáo: what is owed for a period, unit by unit, and the decisions about it: exempting, extending, locking, and taking that back.
//!
//! Who may decide the service says. Broken input: the page again, with the reason and with what was typed.

use crate::calendar::dates::{parse_date, parse_iso_date};
use crate::calendar::{Clock, Due};
use crate::organisation::UnitId;
use crate::reports::ruling::{Ruled, RulingKind};
use crate::service::rulings::{NewRuling, OwedView, PeriodView, RulingView};
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::collections::vietnamese_order;
use crate::web::pages::{page, period_of};
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, period_code, pick};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/nghia-vu";

/// What can be decided, by its name in a post.
const KINDS: [(&str, &str); 6] = [
    ("gia-han", "rule-extend"),
    ("mien", "rule-exempt"),
    ("khoa", "rule-lock"),
    ("mo-khoa", "rule-unlock"),
    ("thoi-gia-han", "rule-extension-ended"),
    ("thoi-mien", "rule-exemption-ended"),
];

#[derive(Serialize)]
struct PeriodsPage {
    chrome: Chrome,
    periods: Vec<PeriodLine>,
}

#[derive(Serialize)]
struct PeriodLine {
    href: String,
    title: String,
    period: String,
    owed: usize,
    exempted: usize,
    extended: usize,
    locked: usize,
}

#[derive(Serialize)]
struct ObligationsPage {
    chrome: Chrome,
    title: String,
    period: String,
    address: String,
    problem: Option<String>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    typed: Typed,
    owed: Vec<OwedLine>,
    rulings: Vec<RulingLine>,
}

/// What was typed, to be shown again.
#[derive(Default, Serialize)]
struct Typed {
    kind: String,
    unit: String,
    day: String,
    clock: String,
    reason: String,
}

#[derive(Serialize)]
struct OwedLine {
    id: String,
    name: String,
    due: Option<String>,
    standing: String,
    ruled: Vec<String>,
}

#[derive(Serialize)]
struct RulingLine {
    when: String,
    who: String,
    what: String,
    unit: Option<String>,
    reason: String,
}

/// `GET /nghia-vu`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let found = office
        .run(move |service| service.ruled_periods(&actor, now))
        .await?;
    let language = person.language();
    let crumbs = vec![Crumb::here(plain(language, "obligations"))];
    let line = |one: &PeriodView| PeriodLine {
        href: path_of(&one.regime, &one.period),
        title: one.regime_title.clone(),
        period: office.period_name(language, &one.regime, &one.period),
        owed: one.owed,
        exempted: one.exempted,
        extended: one.extended,
        locked: one.locked,
    };
    let view = PeriodsPage {
        periods: found.iter().map(line).collect(),
        chrome: chrome(&office, &person.visitor, Area::Obligations, crumbs),
    };
    page("obligation_periods.html", &view)
}

/// `GET /nghia-vu/{regime}/{period}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let place = (regime, period_of(&period)?);
    respond(
        &office,
        &person,
        &place,
        StatusCode::OK,
        None,
        Typed::default(),
    )
    .await
}

/// `POST /nghia-vu/{regime}/{period}`
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let place = (regime, period_of(&period)?);
    let language = person.language();
    let text = |name| field(&fields, name).trim().to_string();
    let typed = Typed {
        kind: text("viec"),
        unit: text("don_vi"),
        day: text("den_ngay"),
        clock: text("den_gio"),
        reason: text("ly_do").replace("\r\n", "\n"),
    };
    let Some(kind) = kind(&typed) else {
        let problem = Some(plain(language, "rule-no-day"));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return respond(&office, &person, &place, status, problem, typed).await;
    };
    let asked = NewRuling {
        regime: place.0.clone(),
        period: place.1,
        unit: Some(typed.unit.as_str())
            .filter(|unit| !unit.is_empty())
            .map(UnitId::from),
        kind,
        reason: typed.reason.clone(),
    };
    let (actor, now) = (person.actor.clone(), office.now());
    let outcome = office
        .run(move |service| service.rule(&actor, &asked, now))
        .await;
    match outcome {
        Ok(()) => {
            let path = path_of(&place.0, &place.1);
            Ok(Redirect::to(&format!("{path}?xong=quyet-dinh")).into_response())
        }
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            let words = problem.wording().map(|words| pick(language, words));
            respond(&office, &person, &place, problem.status(), words, typed).await
        }
        Err(problem) => Err(problem),
    }
}

/// The decision a post names; none where an extension names no day.
fn kind(typed: &Typed) -> Option<RulingKind> {
    Some(match typed.kind.as_str() {
        "mien" => RulingKind::Exempted,
        "khoa" => RulingKind::Locked,
        "mo-khoa" => RulingKind::Unlocked,
        "thoi-gia-han" => RulingKind::ExtensionEnded,
        "thoi-mien" => RulingKind::ExemptionEnded,
        _ => {
            let day = parse_iso_date(&typed.day).or_else(|_| parse_date(&typed.day));
            let clock = match typed.clock.as_str() {
                "" => None,
                clock => Some(Clock::parse(clock)?),
            };
            RulingKind::Extended(Due {
                date: day.ok()?,
                clock,
            })
        }
    })
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    (regime, period): &(String, crate::calendar::Period),
    status: StatusCode,
    problem: Option<String>,
    typed: Typed,
) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let asked = (regime.clone(), *period);
    let (title, mut owed, rulings) = office
        .run(move |service| service.rulings(&actor, &asked.0, &asked.1, now))
        .await?;
    let language = person.language();
    if let Some(order) = vietnamese_order() {
        owed.sort_by(|one, other| order.compare(&one.name, &other.name));
    }
    let period_words = office.period_name(language, regime, period);
    let crumbs = vec![
        Crumb::to(PATH, plain(language, "obligations")),
        Crumb::here(format!("{title} · {period_words}")),
    ];
    let unit = |one: &OwedView| Choice {
        value: one.unit.to_string(),
        label: one.name.clone(),
        selected: one.unit.as_str() == typed.unit,
    };
    let decision = |(value, key): &(&str, &str)| Choice {
        value: (*value).to_string(),
        label: plain(language, key),
        selected: *value == typed.kind,
    };
    let view = ObligationsPage {
        chrome: chrome(office, &person.visitor, Area::Obligations, crumbs),
        title,
        period: period_words,
        address: path_of(regime, period),
        problem,
        kinds: KINDS.iter().map(decision).collect(),
        units: owed.iter().map(unit).collect(),
        owed: owed.iter().map(|one| owed_line(language, one)).collect(),
        rulings: rulings
            .iter()
            .map(|one| ruling_line(language, one))
            .collect(),
        typed,
    };
    Ok(html(status, render("obligations.html", &view)?))
}

fn owed_line(language: Language, one: &OwedView) -> OwedLine {
    OwedLine {
        id: one.unit.to_string(),
        name: one.name.clone(),
        due: one.due.map(words::due),
        standing: pick(language, one.standing.wording()),
        ruled: ruled_lines(language, &one.ruled),
    }
}

/// What was decided about one report, in words.
pub fn ruled_lines(language: Language, ruled: &Ruled) -> Vec<String> {
    let line = |key: &str, reason: &str, when: String| {
        let arguments = [("when", when.into()), ("reason", reason.to_string().into())];
        worded(language, key, &arguments)
    };
    let exempted = ruled.exempted.as_ref().map(|ruling| {
        line(
            "ruled-exempted",
            &ruling.reason,
            words::moment(ruling.stamp.at),
        )
    });
    let extended = ruled
        .extended
        .as_ref()
        .map(|(due, ruling)| line("ruled-extended", &ruling.reason, words::due(*due)));
    let locked = ruled.locked.as_ref().map(|ruling| {
        line(
            "ruled-locked",
            &ruling.reason,
            words::moment(ruling.stamp.at),
        )
    });
    exempted.into_iter().chain(extended).chain(locked).collect()
}

fn ruling_line(language: Language, one: &RulingView) -> RulingLine {
    let ruling = &one.ruling;
    let what = pick(language, ruling.kind.wording());
    RulingLine {
        when: words::moment(ruling.stamp.at),
        who: ruling.stamp.name.clone(),
        what: match ruling.kind {
            RulingKind::Extended(due) => format!("{what}: {}", words::due(due)),
            _ => what,
        },
        unit: one.unit_name.clone(),
        reason: ruling.reason.clone(),
    }
}

fn path_of(regime: &str, period: &crate::calendar::Period) -> String {
    format!("{PATH}/{}/{}", percent_encoded(regime), period_code(period))
}
