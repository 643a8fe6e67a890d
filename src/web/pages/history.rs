//! Lịch sử: what happened to a report, by whom and when, and what changed from revision to revision.
//!
//! It shows events as they were recorded and judges none. A report the person may not see is not found.

use crate::eval::attached::AttachedFile;
use crate::eval::cell::Cell;
use crate::eval::figures::Entry;
use crate::plan::address::CellAddress;
use crate::plan::cell::{CellDefinition, ValueType};
use crate::reports::document::additions::Added;
use crate::reports::event::{Event, EventKind};
use crate::reports::key::CellKey;
use crate::service::view::{CellDifference, ReportView, RevisionView};
use crate::web::attached;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::findings::place;
use crate::web::office::Office;
use crate::web::pages::report::{ReasonView, cell_href, reasons};
use crate::web::pages::sending::lines;
use crate::web::pages::{page, report_of, report_path};
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::typed;
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct HistoryPage {
    chrome: Chrome,
    title: String,
    unit: String,
    period: String,
    events: Vec<EventLine>,
    revisions: Vec<RevisionSection>,
}

/// One event in words.
#[derive(Serialize)]
pub struct EventLine {
    code: &'static str,
    iso: String,
    when: String,
    text: String,
    reasons: Vec<ReasonView>,
}

#[derive(Serialize)]
struct RevisionSection {
    number: u32,
    href: String,
    label: String,
    differences: Vec<DifferenceLine>,
}

#[derive(Serialize)]
struct DifferenceLine {
    href: String,
    label: String,
    before: Told,
    after: Told,
}

/// An entry in words.
#[derive(Serialize)]
struct Told {
    text: String,
    /// Where a file is opened.
    href: Option<String>,
}

/// `GET /bao-cao/{regime}/{period}/{unit}/lich-su`
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(address): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let address = report_of(address)?;
    let (actor, now, asked) = (person.actor.clone(), office.now(), address.clone());
    let (view, history) = office
        .run(move |service| {
            Ok((
                service.report(&actor, &asked, now)?,
                service.history(&actor, &asked)?,
            ))
        })
        .await?;
    let language = person.language();
    let path = report_path(&address);
    let period = office.period_name(language, &address.regime, &address.period);
    let title = view.plan.header.title.clone();
    let crumbs = vec![
        Crumb::to("/", plain(language, "nav-work")),
        Crumb::to(path.clone(), format!("{title} · {period}")),
        Crumb::here(plain(language, "crumb-history")),
    ];
    let page_view = HistoryPage {
        chrome: chrome(&office, &person.visitor, Area::Work, crumbs),
        title,
        unit: view.unit_name.clone(),
        period,
        events: event_lines(language, &view, &path, &history.events),
        revisions: history
            .revisions
            .iter()
            .rev()
            .map(|one| section(language, &view, &path, one))
            .collect(),
    };
    page("history.html", &page_view)
}

/// Events newest first; saves of one person that follow one another are one line, with the time of the last.
fn event_lines(
    language: Language,
    view: &ReportView,
    path: &str,
    events: &[Event],
) -> Vec<EventLine> {
    let mut lines: Vec<EventLine> = Vec::new();
    for event in events.iter().rev() {
        let line = event_line(language, view, path, event);
        let repeats = lines.last().is_some_and(|last| {
            last.code == "saved" && line.code == "saved" && last.text == line.text
        });
        if !repeats {
            lines.push(line);
        }
    }
    lines
}

fn event_line(language: Language, view: &ReportView, path: &str, event: &Event) -> EventLine {
    let sign = |name: &str| {
        let form = view.plan.form_definition.find_form(name);
        form.map_or_else(|| name.to_string(), |(_, form)| form.sign.clone())
    };
    let mut line = told_event(language, event, &sign);
    if let EventKind::Returned { reasons: given, .. } = &event.kind {
        line.reasons = reasons(language, view, path, given);
    }
    line
}

/// An event in words; `sign` tells the printed sign of a form. Reasons of a return stand without their places.
pub fn told_event(language: Language, event: &Event, sign: &dyn Fn(&str) -> String) -> EventLine {
    let name = words::signer(language, &event.stamp);
    let of_revision = |key: &str, revision: &u32| {
        worded(
            language,
            key,
            &[
                ("name", name.clone().into()),
                ("revision", i64::from(*revision).into()),
            ],
        )
    };
    let mut why = Vec::new();
    let (code, text) = match &event.kind {
        EventKind::Saved { .. } => (
            "saved",
            worded(language, "event-saved", &[("name", name.clone().into())]),
        ),
        EventKind::OpeningDeclared { reason, .. } => {
            let arguments = [
                ("name", name.clone().into()),
                ("reason", reason.clone().into()),
            ];
            ("opening", worded(language, "event-opening", &arguments))
        }
        EventKind::Added { added, .. } => ("added", added_words(language, &name, added)),
        EventKind::Proposed { revision, .. } => {
            ("proposed", of_revision("event-proposed", revision))
        }
        EventKind::Approved { revision } => ("approved", of_revision("event-approved", revision)),
        EventKind::Sent {
            revision,
            late,
            days_late,
            forms,
            late_reason,
            dispatch,
            ..
        } => {
            let late_forms = forms.iter().filter(|form| form.late);
            why = late_forms
                .map(|sent| words::form_sent(language, sign(&sent.form), sent))
                .chain(lines(language, late_reason.as_deref(), dispatch.as_ref()))
                .map(ReasonView::remark)
                .collect();
            let arguments = [
                ("name", name.clone().into()),
                ("revision", i64::from(*revision).into()),
                ("days", i64::from(*days_late).into()),
            ];
            let text = match late {
                true => worded(language, "event-sent-late", &arguments),
                false => of_revision("event-sent", revision),
            };
            ("sent", text)
        }
        EventKind::Returned {
            revision,
            reasons: given,
            ..
        } => {
            why = given
                .iter()
                .map(|reason| ReasonView::remark(reason.text.clone()))
                .collect();
            ("returned", of_revision("event-returned", revision))
        }
        EventKind::Received { revision } => ("received", of_revision("event-received", revision)),
        EventKind::Accepted { revision } => ("accepted", of_revision("event-accepted", revision)),
        EventKind::Reopened { revision, reason } => {
            let arguments = [
                ("name", name.clone().into()),
                ("revision", i64::from(*revision).into()),
                ("reason", reason.clone().into()),
            ];
            ("reopened", worded(language, "event-reopened", &arguments))
        }
        EventKind::Withdrawn {
            revision, reason, ..
        } => {
            let arguments = [
                ("name", name.clone().into()),
                ("revision", i64::from(*revision).into()),
                ("reason", reason.clone().into()),
            ];
            ("withdrawn", worded(language, "event-withdrawn", &arguments))
        }
    };
    EventLine {
        code,
        iso: words::machine_date(event.stamp.at),
        when: words::moment(event.stamp.at),
        text,
        reasons: why,
    }
}

/// What a body added to its document, in words.
fn added_words(language: Language, name: &str, added: &Added) -> String {
    let name = ("name", name.to_string().into());
    match added {
        Added::Adjusted {
            number,
            cell,
            difference,
            reason,
            ..
        } => {
            let arguments = [
                name,
                ("number", i64::from(*number).into()),
                ("cell", cell.to_string().into()),
                ("difference", words::signed(difference).into()),
                ("reason", reason.clone().into()),
            ];
            worded(language, "event-adjusted", &arguments)
        }
        Added::TakenBack { number, reason } => {
            let arguments = [
                name,
                ("number", i64::from(*number).into()),
                ("reason", reason.clone().into()),
            ];
            worded(language, "event-adjustment-taken-back", &arguments)
        }
        Added::Reviewed { number, .. } => {
            let arguments = [name, ("number", i64::from(*number).into())];
            worded(language, "event-adjustment-reviewed", &arguments)
        }
        Added::MissingExplained { reasons } => {
            let arguments = [name, ("count", reasons.len().into())];
            worded(language, "event-missing-explained", &arguments)
        }
    }
}

fn section(
    language: Language,
    view: &ReportView,
    path: &str,
    one: &RevisionView,
) -> RevisionSection {
    let number = one.revision.number;
    let key = if number == 1 {
        "diff-first"
    } else {
        "diff-heading"
    };
    let listed = if number == 1 {
        &[][..]
    } else {
        &one.differences[..]
    };
    RevisionSection {
        number,
        href: path.to_string(),
        label: worded(language, key, &[("number", i64::from(number).into())]),
        differences: listed
            .iter()
            .filter_map(|one| difference(language, view, path, one))
            .collect(),
    }
}

fn difference(
    language: Language,
    view: &ReportView,
    path: &str,
    one: &CellDifference,
) -> Option<DifferenceLine> {
    let key = CellKey::new(&one.form, &one.row, &one.column).to_string();
    let at = CellAddress::parse(&key, &view.plan.form_definition)?;
    let form = view.plan.form_definition.form(at.form)?;
    let cell = form.cell(at.row.key(), at.column)?;
    let shown = |entry: &Option<Entry>| match entry {
        None => Told {
            text: plain(language, "blank"),
            href: None,
        },
        Some(entry) => told(path, entry, cell),
    };
    Some(DifferenceLine {
        href: cell_href(view, path, &at)?,
        label: place(view, language, &at),
        before: shown(&one.before),
        after: shown(&one.after),
    })
}

/// How many digits of a hash tell two files apart on a page.
const HASH_SHOWN: usize = 12;

/// An entry in words; a file with its hash, because another content may bear the same name.
fn told(path: &str, entry: &Entry, cell: &CellDefinition) -> Told {
    let file = match entry {
        Entry::Value(text) if cell.value == ValueType::File => AttachedFile::parse(text),
        _ => None,
    };
    let Some(file) = file else {
        return Told {
            text: typed::shown(Some(entry), cell),
            href: None,
        };
    };
    let hash: String = file.sha256.chars().take(HASH_SHOWN).collect();
    Told {
        text: format!("{} (SHA-256 {hash}…)", file.name),
        href: attached::href(path, &Cell::File(file)),
    }
}
