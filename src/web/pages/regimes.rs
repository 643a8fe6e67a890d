//! Chế độ báo cáo: which regimes are in force, and one regime's legal header, periods, forms, rules and source.
//!
//! It reads what the store holds, never the files of the project. A version that does not exist is not found.

use crate::organisation::Party;
use crate::plan::CompiledRegime;
use crate::plan::form::{Form, Rows};
use crate::plan::header::{PeriodRule, RegimeHeader};
use crate::plan::reading::{form_time, reading};
use crate::service::view::RegimeView;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::findings::severity_text;
use crate::web::header_layout::{HeaderLayout, layout};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::{Problem, percent_encoded};
use crate::web::regime_words::{deadline_words, period_rule_name};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, pick};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct RegimesPage {
    chrome: Chrome,
    regimes: Vec<RegimeLine>,
}

/// One version in a list.
#[derive(Debug, Clone, Serialize)]
pub struct RegimeLine {
    href: String,
    title: String,
    name: String,
    version: u32,
    in_force: String,
    published: String,
    decision: String,
    fingerprint: String,
}

#[derive(Serialize)]
struct RegimePage {
    chrome: Chrome,
    title: String,
    facts: Vec<Lines>,
    periods: Vec<Lines>,
    forms: Vec<FormShape>,
    rules: Vec<RuleLine>,
    reading: Vec<Lines>,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Lines {
    label: String,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct FormShape {
    name: String,
    sign: String,
    title: String,
    rows: String,
    time: Option<String>,
    header: HeaderLayout,
}

#[derive(Serialize)]
struct RuleLine {
    key: String,
    severity: String,
    text: String,
}

#[derive(Serialize)]
struct Source {
    name: String,
    text: String,
}

/// The line of one version.
pub fn regime_line(language: Language, view: &RegimeView) -> RegimeLine {
    let header = &view.plan.header;
    let when = words::moment(view.published_at);
    let arguments = [
        ("when", when.into()),
        ("name", view.published_by.clone().into()),
    ];
    RegimeLine {
        href: format!(
            "/che-do/{}/{}",
            percent_encoded(&header.name),
            header.version
        ),
        title: header.title.clone(),
        name: header.name.clone(),
        version: header.version,
        in_force: in_force(language, header),
        published: worded(language, "published-by", &arguments),
        decision: view.decision.clone(),
        fingerprint: view.plan.fingerprint.chars().take(16).collect(),
    }
}

fn in_force(language: Language, header: &RegimeHeader) -> String {
    let from = words::date(header.in_force_from);
    match header.in_force_until {
        Some(until) => {
            let arguments = [("from", from.into()), ("until", words::date(until).into())];
            worded(language, "in-force-between", &arguments)
        }
        None => worded(language, "in-force-from", &[("from", from.into())]),
    }
}

/// `GET /che-do`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let found = office.run(|service| service.regimes()).await?;
    let language = person.language();
    let crumbs = vec![Crumb::here(plain(language, "nav-regimes"))];
    let view = RegimesPage {
        chrome: chrome(&office, &person.visitor, Area::Regimes, crumbs),
        regimes: found
            .iter()
            .map(|view| regime_line(language, view))
            .collect(),
    };
    page("regimes.html", &view)
}

/// `GET /che-do/{regime}/{version}`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path((name, version)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let version: u32 = version.parse().map_err(|_| Problem::NotFound)?;
    let view = office
        .run(move |service| service.regime(&name, version))
        .await?;
    let language = person.language();
    let header = &view.plan.header;
    let fact = |key: &str, lines: Vec<String>| Lines {
        label: plain(language, key),
        lines,
    };
    let line = regime_line(language, &view);
    let definition = &view.plan.form_definition;
    let crumbs = vec![
        Crumb::to("/che-do", plain(language, "nav-regimes")),
        Crumb::here(header.name.clone()),
    ];
    let page_view = RegimePage {
        chrome: chrome(&office, &person.visitor, Area::Regimes, crumbs).wide(),
        title: header.title.clone(),
        facts: vec![
            fact("regime-basis", header.basis.clone()),
            fact("regime-issuer", vec![header.issuer.clone()]),
            fact(
                "fact-unit",
                header
                    .reporters
                    .iter()
                    .map(|party| party_name(header, party))
                    .collect(),
            ),
            fact(
                "fact-recipient",
                header
                    .recipients
                    .iter()
                    .map(|party| party_name(header, party))
                    .collect(),
            ),
            fact("regime-version", vec![header.version.to_string()]),
            fact("regime-in-force", vec![line.in_force]),
            fact(
                "regime-decision",
                vec![view.decision.clone(), line.published],
            ),
        ],
        periods: header
            .periods
            .iter()
            .map(|rule| period_lines(language, header, rule))
            .collect(),
        forms: definition
            .forms
            .iter()
            .map(|form| shape(language, &view.plan, form))
            .collect(),
        rules: rules(language, &view),
        reading: reading(&view.plan)
            .into_iter()
            .map(|chapter| Lines {
                label: pick(language, chapter.title),
                lines: chapter
                    .sentences
                    .into_iter()
                    .map(|sentence| pick(language, sentence))
                    .collect(),
            })
            .collect(),
        sources: view
            .sources
            .iter()
            .map(|(name, text)| Source {
                name: name.clone(),
                text: text.clone(),
            })
            .collect(),
    };
    page("regime.html", &page_view)
}

fn party_name(header: &RegimeHeader, party: &Party) -> String {
    let level = header
        .levels
        .iter()
        .find(|level| level.name == party.name)
        .map(|level| &level.label);
    let agency = header
        .agencies
        .iter()
        .find(|agency| agency.name == party.name)
        .map(|agency| &agency.label);
    level.or(agency).unwrap_or(&party.name).clone()
}

fn period_lines(language: Language, header: &RegimeHeader, rule: &PeriodRule) -> Lines {
    let lines = rule.deadlines.iter().map(|deadline| {
        format!(
            "{}: {}",
            party_name(header, &deadline.party),
            deadline_words(language, &deadline.rule)
        )
    });
    Lines {
        label: period_rule_name(language, rule),
        lines: lines.collect(),
    }
}

fn shape(language: Language, plan: &CompiledRegime, form: &Form) -> FormShape {
    let definition = &plan.form_definition;
    let of_catalog = |key: &str, catalog| {
        let label = definition
            .catalog(catalog)
            .map(|catalog| catalog.label.clone())
            .unwrap_or_default();
        worded(language, key, &[("catalog", label.into())])
    };
    FormShape {
        name: form.name.clone(),
        sign: form.sign.clone(),
        title: form.title.clone(),
        rows: match &form.rows {
            Rows::EachReportingUnit => plain(language, "rows-each-unit"),
            Rows::ChosenFrom(catalog) => of_catalog("rows-chosen", *catalog),
            Rows::From(catalog) => of_catalog("rows-from", *catalog),
            Rows::Written(_) => plain(language, "rows-written"),
            Rows::Listed(_) => plain(language, "rows-listed"),
        },
        time: form_time(plan, form).map(|note| pick(language, note)),
        header: layout(form, &plain(language, "col-unit")),
    }
}

fn rules(language: Language, view: &RegimeView) -> Vec<RuleLine> {
    let line = |rule: &crate::plan::validation::Rule| RuleLine {
        key: rule.key.clone(),
        severity: plain(language, severity_text(rule.severity)),
        text: rule.text.clone(),
    };
    view.plan
        .validation_program
        .rules
        .iter()
        .map(line)
        .collect()
}
