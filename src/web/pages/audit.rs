//! *Nhật ký*: who did what when, looked for by person, unit, kind and days, page by page or as a file.
//!
//! What may be told the service says; figures never are. Broken input: a day that cannot be read, an unknown kind and a page that is no number are as none.

use crate::calendar::Date;
use crate::calendar::dates::{parse_date, parse_iso_date};
use crate::service::audit::{AuditView, Deed};
use crate::store::audit::{AuditKind, AuditQuery};
use crate::web::chrome::{Area, Choice, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::board_files::{csv_text, saved};
use crate::web::pages::page;
use crate::web::pages::people::account_event;
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, doer, pick};
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

/// The address of the page.
pub const PATH: &str = "/quan-tri/nhat-ky";

/// So many stand on a page.
const OF_A_PAGE: u32 = 100;
/// So many are kept in a file.
const OF_A_FILE: u32 = 20_000;

/// The kinds with their words.
const KINDS: [(AuditKind, &str); 9] = [
    (AuditKind::Report, "audit-kind-report"),
    (AuditKind::Document, "audit-kind-document"),
    (AuditKind::Account, "audit-kind-account"),
    (AuditKind::Ruling, "audit-kind-ruling"),
    (AuditKind::Reminder, "audit-kind-reminder"),
    (AuditKind::Regime, "audit-kind-regime"),
    (AuditKind::Opened, "audit-kind-opened"),
    (AuditKind::Closed, "audit-kind-closed"),
    (AuditKind::Table, "audit-kind-table"),
];

/// What happens to reports, by the names that the service has for it.
const DEEDS: [(&str, &str); 11] = [
    ("saved", "audit-saved"),
    ("added", "audit-added"),
    ("opening", "audit-opening"),
    ("proposed", "audit-proposed"),
    ("approved", "audit-approved"),
    ("sent", "audit-sent"),
    ("received", "audit-received"),
    ("returned", "audit-returned"),
    ("accepted", "audit-accepted"),
    ("withdrawn", "audit-withdrawn"),
    ("reopened", "audit-reopened"),
];

#[derive(Serialize)]
struct AuditPage {
    chrome: Chrome,
    user: String,
    about: String,
    from: String,
    to: String,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
    earlier: Option<String>,
    later: Option<String>,
    file: String,
}

#[derive(Serialize)]
struct Line {
    when: String,
    who: String,
    account: String,
    kind: String,
    about: String,
    subject: String,
    what: String,
}

/// What is asked for, as it stands in the address.
struct Asked {
    query: AuditQuery,
    typed: [(&'static str, String); 5],
    page: u32,
}

impl Asked {
    fn of(query: &str) -> Asked {
        let names = ["nguoi", "ve", "loai", "tu", "den"];
        let typed = names.map(|name| {
            let value = query_value(query, name).unwrap_or_default();
            (name, value.trim().to_string())
        });
        let [(_, user), (_, about), (_, kind), (_, from), (_, to)] = &typed;
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let page = query_value(query, "trang").and_then(|text| text.parse().ok());
        Asked {
            query: AuditQuery {
                user: some(user),
                about: some(about),
                kind: AuditKind::from_key(kind),
                from: day(from),
                to: day(to),
                skipped: 0,
                most: 0,
            },
            page: page.unwrap_or(1).max(1),
            typed,
        }
    }

    fn address(&self, path: &str, page: Option<u32>) -> String {
        let given = self.typed.iter().filter(|(_, value)| !value.is_empty());
        let mut parts: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
            .collect();
        parts.extend(page.map(|page| format!("trang={page}")));
        format!("{path}?{}", parts.join("&"))
    }
}

fn day(text: &str) -> Option<Date> {
    parse_iso_date(text).or_else(|_| parse_date(text)).ok()
}

/// `GET /quan-tri/nhat-ky`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let asked = Asked::of(&person.visitor.query);
    let query = AuditQuery {
        skipped: (asked.page - 1).saturating_mul(OF_A_PAGE),
        // One more tells whether there is a page after this.
        most: OF_A_PAGE + 1,
        ..asked.query.clone()
    };
    let actor = person.actor.clone();
    let mut found = office
        .run(move |service| service.audit(&actor, &query))
        .await?;
    let shown = usize::try_from(OF_A_PAGE).unwrap_or(usize::MAX);
    let has_more = found.len() > shown;
    found.truncate(shown);
    let language = person.language();
    let crumbs = vec![
        Crumb::to("/quan-tri", plain(language, "nav-admin")),
        Crumb::here(plain(language, "audit")),
    ];
    let kind = |(kind, key): &(AuditKind, &str)| Choice {
        value: kind.key().to_string(),
        label: plain(language, key),
        selected: asked.query.kind == Some(*kind),
    };
    let any = Choice {
        value: String::new(),
        label: plain(language, "audit-any-kind"),
        selected: asked.query.kind.is_none(),
    };
    let [(_, user), (_, about), _, (_, from), (_, to)] = asked.typed.clone();
    let view = AuditPage {
        chrome: chrome(&office, &person.visitor, Area::Admin, crumbs).wide(),
        user,
        about,
        from,
        to,
        kinds: std::iter::once(any).chain(KINDS.iter().map(kind)).collect(),
        lines: found.iter().map(|view| line(language, view)).collect(),
        earlier: has_more.then(|| asked.address(PATH, Some(asked.page.saturating_add(1)))),
        later: (asked.page > 1).then(|| asked.address(PATH, Some(asked.page - 1))),
        file: asked.address(&format!("{PATH}/tep"), None),
    };
    page("audit.html", &view)
}

/// `GET /quan-tri/nhat-ky/tep`
pub async fn download(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let query = AuditQuery {
        most: OF_A_FILE,
        ..Asked::of(&person.visitor.query).query
    };
    let actor = person.actor.clone();
    let found = office
        .run(move |service| service.audit(&actor, &query))
        .await?;
    let language = person.language();
    let head = [
        "audit-when",
        "audit-who",
        "account-name",
        "audit-kind",
        "audit-about",
        "audit-subject",
        "audit-what",
    ];
    let mut lines = vec![head.map(|key| plain(language, key)).to_vec()];
    for view in &found {
        let line = line(language, view);
        lines.push(vec![
            line.when,
            line.who,
            line.account,
            line.kind,
            line.about,
            line.subject,
            line.what,
        ]);
    }
    let text = csv_text(&lines)?;
    let kind = "text/csv; charset=utf-8";
    Ok(saved(text.into_bytes(), kind, "nhat-ky.csv"))
}

fn line(language: Language, view: &AuditView) -> Line {
    let record = &view.record;
    let kind = KINDS.iter().find(|(kind, _)| *kind == record.kind);
    let (name, on_behalf_of) = &view.who;
    Line {
        when: words::moment(record.at),
        who: doer(language, name, on_behalf_of.as_ref()),
        account: record.user.clone(),
        kind: kind.map_or_else(String::new, |(_, key)| plain(language, key)),
        about: view.about.clone(),
        subject: record.subject.clone(),
        what: what(language, &view.deed),
    }
}

fn what(language: Language, deed: &Deed) -> String {
    let with_reason = |text: String, reason: &str| match reason.is_empty() {
        true => text,
        false => format!("{text}: {reason}"),
    };
    match deed {
        Deed::Report(name, revision, reason) => {
            let known = DEEDS.iter().find(|(known, _)| known == name);
            let done = known.map_or_else(|| name.to_string(), |(_, key)| plain(language, key));
            let text = match revision {
                Some(revision) => {
                    let arguments = [
                        ("what", done.into()),
                        ("revision", i64::from(*revision).into()),
                    ];
                    worded(language, "audit-of-revision", &arguments)
                }
                None => done,
            };
            with_reason(text, reason)
        }
        Deed::Account(event) => {
            let line = account_event(language, event, &BTreeMap::new());
            with_reason(line.what, &line.reason)
        }
        Deed::Ruling(ruling) => with_reason(pick(language, ruling.kind.wording()), &ruling.reason),
        Deed::Reminder(words) => with_reason(plain(language, "remind"), words),
        Deed::Regime(reason) | Deed::Table(reason) => reason.clone(),
        Deed::Opened(title, reason) => with_reason(title.clone(), reason),
    }
}
