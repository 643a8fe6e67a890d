//! *Lịch làm việc và thời hạn*: days off and swapped working days with their decisions, deadlines that regimes leave to the province, and which deadlines a change would move.
//!
//! What is confirmed is what was shown. Broken input: the page again, with the reason and with what was typed.

use crate::calendar::dates::{iso_date, parse_iso_date};
use crate::calendar::{Clock, Decision, Due};
use crate::reports::obligation::LocalDeadline;
use crate::service::calendars::{CalendarView, LocalLine};
use crate::service::problem::ServiceError;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::period_of;
use crate::web::pages::unit_effects::{RegimeLines, problem_line, regime_lines};
use crate::web::pages::units::typed_day;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{Language, plain};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, period_code, pick};
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/quan-tri/lich";

#[derive(Serialize)]
struct CalendarPage {
    chrome: Chrome,
    problem: Option<String>,
    decisions: Vec<DecisionLine>,
    local: Vec<DeadlineLine>,
    text: String,
    may_decide: bool,
    may_set: bool,
    typed: TypedDay,
}

#[derive(Serialize)]
struct DecisionLine {
    date: String,
    value: String,
    what: String,
    basis: String,
}

#[derive(Serialize)]
struct DeadlineLine {
    title: String,
    party: String,
    period: String,
    due: String,
    value: String,
    day: String,
    clock: String,
}

/// What was typed of one day.
#[derive(Default, Serialize)]
struct TypedDay {
    day: String,
    basis: String,
}

#[derive(Serialize)]
struct PreviewPage {
    chrome: Chrome,
    problem: Option<String>,
    problems: Vec<String>,
    lines: Vec<String>,
    regimes: Vec<RegimeLines>,
    sound: bool,
    confirm: String,
    hidden: Vec<(String, String)>,
    reason: String,
}

/// `GET /quan-tri/lich`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    respond(&office, &person, None, TypedDay::default()).await
}

async fn respond(
    office: &Office,
    person: &SignedIn,
    problem: Option<String>,
    typed: TypedDay,
) -> Result<Response, Problem> {
    let (actor, today) = (person.actor.clone(), office.now().date());
    let found = office
        .run(move |service| service.calendars(&actor, today))
        .await?;
    let language = person.language();
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::here(plain(language, "calendars")),
    ];
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let view = CalendarPage {
        chrome: chrome(office, &person.visitor, Area::Admin, crumbs),
        problem,
        decisions: found
            .decisions
            .iter()
            .rev()
            .map(|decision| decision_line(language, decision))
            .collect(),
        local: found
            .local
            .iter()
            .map(|line| deadline_line(office, language, line))
            .collect(),
        text: found.text.clone(),
        may_decide: found.may_decide,
        may_set: found.may_set,
        typed,
    };
    Ok(html(status, render("calendars.html", &view)?))
}

fn decision_line(language: Language, decision: &Decision) -> DecisionLine {
    DecisionLine {
        date: words::date(decision.date),
        value: iso_date(decision.date),
        what: plain(
            language,
            if decision.off {
                "calendar-off"
            } else {
                "calendar-work"
            },
        ),
        basis: decision.basis.clone(),
    }
}

fn deadline_line(office: &Office, language: Language, line: &LocalLine) -> DeadlineLine {
    let due = line.set.as_ref().map(|set| set.due);
    let clock = due.and_then(|due| due.clock);
    DeadlineLine {
        title: line.title.clone(),
        party: line.party_name.clone(),
        period: office.period_name(language, &line.regime, &line.period),
        due: due.map_or_else(|| plain(language, "due-unset"), words::due),
        value: format!(
            "{} {} {}",
            line.regime,
            line.party,
            period_code(&line.period)
        ),
        day: due.map(|due| iso_date(due.date)).unwrap_or_default(),
        clock: clock.map(|clock| clock.to_string()).unwrap_or_default(),
    }
}

/// The table of decisions that a form asks for: the one in force with a day more or less, or the whole text as typed.
fn wished(fields: &Fields, stood: &CalendarView) -> Option<String> {
    match field(fields, "viec") {
        "bang" => Some(field(fields, "van_ban").replace("\r\n", "\n")),
        "bo" => {
            let day = parse_iso_date(field(fields, "ngay")).ok()?;
            let kept = stood
                .decisions
                .iter()
                .filter(|decision| decision.date != day);
            Some(table(kept))
        }
        _ => {
            let day = typed_day(field(fields, "ngay"))?;
            let added = Decision {
                date: day,
                off: field(fields, "loai") != "lam",
                basis: field(fields, "can_cu").trim().to_owned(),
            };
            let mut all: Vec<Decision> = stood
                .decisions
                .iter()
                .filter(|decision| decision.date != day)
                .cloned()
                .collect();
            all.push(added);
            all.sort_by_key(|decision| decision.date);
            Some(table(all.iter()))
        }
    }
}

/// Decisions as their file says them.
fn table<'d>(decisions: impl Iterator<Item = &'d Decision>) -> String {
    let mut text = "date,day,basis\n".to_owned();
    for decision in decisions {
        let what = if decision.off { "off" } else { "work" };
        let basis = decision
            .basis
            .replace(['\r', '\n'], " ")
            .replace('"', "\"\"");
        text.push_str(&format!("{},{what},\"{basis}\"\n", iso_date(decision.date)));
    }
    text
}

/// `POST /quan-tri/lich/ngay-nghi`: shows what other days off would do, or, with what was shown, puts them into force.
pub async fn decide(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let language = person.language();
    let (actor, today) = (person.actor.clone(), office.now().date());
    let stood = office
        .run(move |service| service.calendars(&actor, today))
        .await?;
    if !stood.may_decide {
        return Err(ServiceError::Forbidden.into());
    }
    let typed = TypedDay {
        day: field(&fields, "ngay").to_string(),
        basis: field(&fields, "can_cu").to_string(),
    };
    let Some(text) = wished(&fields, &stood) else {
        let problem = Some(plain(language, "reform-no-day"));
        return respond(&office, &person, problem, typed).await;
    };
    let seen = field(&fields, "dau").to_string();
    let reason = field(&fields, "ly_do").replace("\r\n", "\n");
    let mut problem = None;
    let mut status = StatusCode::OK;
    if !seen.is_empty() {
        let (actor, now) = (person.actor.clone(), office.now());
        let (asked, said) = (text.clone(), reason.clone());
        let outcome = office
            .run(move |service| service.apply_decisions(&actor, &asked, &seen, &said, now))
            .await;
        match outcome {
            Ok(()) => return Ok(Redirect::to(&format!("{PATH}?xong=lich")).into_response()),
            Err(refused) => {
                status = refused.status();
                problem = worded_or_back(language, refused)?;
            }
        }
    }
    let (actor, asked) = (person.actor.clone(), text.clone());
    let preview = office
        .run(move |service| service.preview_decisions(&actor, &asked, today))
        .await?;
    let mark = |sign: &str, decision: &Decision| {
        let line = decision_line(language, decision);
        format!("{sign} {} · {} · {}", line.date, line.what, line.basis)
    };
    let removed = preview.removed.iter().map(|one| mark("−", one));
    let added = preview.added.iter().map(|one| mark("+", one));
    let sound = preview.problems.is_empty() && text != stood.text;
    if !preview.problems.is_empty() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let hidden = [
        ("viec", "bang".to_owned()),
        ("van_ban", text),
        ("dau", preview.fingerprint),
    ];
    let view = PreviewPage {
        chrome: chrome(&office, &person.visitor, Area::Admin, crumbs(language)),
        problem,
        problems: preview
            .problems
            .iter()
            .map(|one| {
                let table = crate::service::tables::Table::Decisions.wording();
                problem_line(language, table, one)
            })
            .collect(),
        lines: removed.chain(added).collect(),
        regimes: regime_lines(&office, language, &preview.regimes),
        sound,
        confirm: format!("{PATH}/ngay-nghi"),
        hidden: hidden
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        reason,
    };
    Ok(html(status, render("calendar_preview.html", &view)?))
}

/// A refusal in words; any other problem goes on.
fn worded_or_back(language: Language, problem: Problem) -> Result<Option<String>, Problem> {
    let told = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT];
    if told.contains(&problem.status()) {
        Ok(problem.wording().map(|words| pick(language, words)))
    } else {
        Err(problem)
    }
}

fn crumbs(language: Language) -> Vec<Crumb> {
    vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::to(PATH, plain(language, "calendars")),
        Crumb::here(plain(language, "units-preview")),
    ]
}

/// The deadline a form sets; none where its day or its place does not read.
fn deadline(fields: &Fields) -> Option<LocalDeadline> {
    let mut place = field(fields, "cho").split(' ');
    let (regime, party, period) = (place.next()?, place.next()?, place.next()?);
    let clock = match field(fields, "gio").trim() {
        "" => None,
        typed => Some(Clock::parse(typed)?),
    };
    Some(LocalDeadline {
        regime: regime.to_owned(),
        party: party.to_owned(),
        period: period_of(period).ok()?,
        due: Due {
            date: typed_day(field(fields, "ngay"))?,
            clock,
        },
    })
}

/// `POST /quan-tri/lich/thoi-han`: shows which deadlines would move, or, with what was shown, sets the deadline.
pub async fn set(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let language = person.language();
    let known = match deadline(&fields) {
        Some(deadline) => {
            let (actor, today) = (person.actor.clone(), office.now().date());
            let found = office
                .run(move |service| service.calendars(&actor, today))
                .await?;
            let mut lines = found.local.into_iter();
            let line = lines.find(|line| {
                line.regime == deadline.regime
                    && line.party == deadline.party
                    && line.period == deadline.period
            });
            line.map(|line| (deadline, line))
        }
        None => None,
    };
    let Some((deadline, line)) = known else {
        let problem = Some(plain(language, "reform-no-day"));
        return respond(&office, &person, problem, TypedDay::default()).await;
    };
    let seen = field(&fields, "dau").to_string();
    let reason = field(&fields, "ly_do").replace("\r\n", "\n");
    let mut problem = None;
    let mut status = StatusCode::OK;
    if !seen.is_empty() {
        let (actor, now) = (person.actor.clone(), office.now());
        let (asked, said) = (deadline.clone(), reason.clone());
        let outcome = office
            .run(move |service| service.apply_deadline(&actor, &asked, &seen, &said, now))
            .await;
        match outcome {
            Ok(()) => return Ok(Redirect::to(&format!("{PATH}?xong=lich")).into_response()),
            Err(refused) => {
                status = refused.status();
                problem = worded_or_back(language, refused)?;
            }
        }
    }
    let (actor, today, asked) = (person.actor.clone(), office.now().date(), deadline.clone());
    let preview = office
        .run(move |service| service.preview_deadline(&actor, &asked, today))
        .await?;
    let before = deadline_line(&office, language, &line);
    let hidden = [
        ("cho", before.value),
        ("ngay", iso_date(deadline.due.date)),
        (
            "gio",
            deadline
                .due
                .clock
                .map(|clock| clock.to_string())
                .unwrap_or_default(),
        ),
        ("dau", preview.fingerprint),
    ];
    let view = PreviewPage {
        chrome: chrome(&office, &person.visitor, Area::Admin, crumbs(language)),
        problem,
        problems: Vec::new(),
        lines: vec![format!(
            "{} · {} · {}: {} → {}",
            before.title,
            before.party,
            before.period,
            before.due,
            words::due(deadline.due)
        )],
        regimes: regime_lines(&office, language, &preview.regimes),
        sound: line.set.as_ref() != Some(&deadline),
        confirm: format!("{PATH}/thoi-han"),
        hidden: hidden
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        reason,
    };
    Ok(html(status, render("calendar_preview.html", &view)?))
}
