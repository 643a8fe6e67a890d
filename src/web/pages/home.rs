//! Việc cần làm: what the person has to do today, most pressing first; for aggregators and leaders also how the reports come in.

use crate::calendar::Moment;
use crate::reports::permission::{Action, may_somewhere};
use crate::reports::report::Status;
use crate::service::view::{WorkItem, WorkKind};
use crate::web::chrome::{Area, Chrome, chrome};
use crate::web::office::Office;
use crate::web::pages::collections::{CollectionLine, collection_line};
use crate::web::pages::{events, page, report_path};
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words::{self, Tag, due_tag, status_tag};
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

/// So many finished reports are shown for reassurance.
const MOST_DONE: usize = 12;

#[derive(Serialize)]
struct HomePage {
    chrome: Chrome,
    caption: String,
    /// The page of events and requests, while a regime in force has any; else empty.
    events: &'static str,
    sections: Vec<Section>,
    collections: Vec<CollectionLine>,
}

#[derive(Serialize)]
struct Section {
    code: &'static str,
    heading: String,
    tasks: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    href: String,
    title: String,
    period: String,
    unit: String,
    due: Option<String>,
    due_forms: Vec<String>,
    reasons: Vec<String>,
    tag: String,
    tag_class: &'static str,
    due_tag: Option<String>,
    due_class: &'static str,
}

const SECTIONS: [(WorkKind, &str, &str); 6] = [
    (WorkKind::Returned, "returned", "work-returned"),
    (WorkKind::ToApprove, "to-approve", "work-to-approve"),
    (WorkKind::ToSend, "to-send", "work-to-send"),
    (WorkKind::ToFill, "to-fill", "work-to-fill"),
    (WorkKind::Upcoming, "upcoming", "work-upcoming"),
    (WorkKind::Done, "done", "work-done"),
];

/// `GET /`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let now = office.now();
    let actor = person.actor.clone();
    let sees_totals = may_somewhere(&actor, Action::ViewConsolidated);
    let (mut items, collections, has_events) = office
        .run(move |service| {
            let collections = if sees_totals {
                service.collections(&actor, now)?
            } else {
                Vec::new()
            };
            // A link to a page that can only be empty helps nobody.
            let has_events = !service.openable(&actor, now)?.is_empty()
                || !service.opened(&actor, now)?.is_empty();
            Ok((service.work(&actor, now)?, collections, has_events))
        })
        .await?;
    let language = person.language();
    if let Some(unit) = &person.visitor.unit {
        items.retain(|item| &item.address.unit == unit);
    }
    // The nearest deadline first; what has none comes after everything that has one.
    items.sort_by_key(|item| (item.due.is_none(), item.due.map(|due| due.date)));
    let sections = SECTIONS
        .iter()
        .filter_map(|(kind, code, key)| section(&office, language, now, &items, *kind, code, key))
        .collect();
    let date = words::date(now.date());
    let caption = match &person.visitor.unit {
        Some(unit) => {
            let ground = office.service().ground()?;
            worded(
                language,
                "work-caption",
                &[
                    ("unit", ground.unit_name(unit).into()),
                    ("date", date.into()),
                ],
            )
        }
        None => worded(language, "work-caption-all", &[("date", date.into())]),
    };
    let view = HomePage {
        chrome: chrome(&office, &person.visitor, Area::Work, Vec::new()),
        caption,
        events: if has_events { events::PATH } else { "" },
        sections,
        collections: collections
            .iter()
            .map(|summary| collection_line(&office, language, summary))
            .collect(),
    };
    page("home.html", &view)
}

fn section(
    office: &Office,
    language: Language,
    now: Moment,
    items: &[WorkItem],
    kind: WorkKind,
    code: &'static str,
    key: &str,
) -> Option<Section> {
    let of_kind = items.iter().filter(|item| item.kind == kind);
    let most = if kind == WorkKind::Done {
        MOST_DONE
    } else {
        usize::MAX
    };
    let tasks: Vec<Task> = of_kind
        .take(most)
        .map(|item| task(office, language, now, item))
        .collect();
    (!tasks.is_empty()).then(|| Section {
        code,
        heading: plain(language, key),
        tasks,
    })
}

fn task(office: &Office, language: Language, now: Moment, item: &WorkItem) -> Task {
    let reasons = item
        .returned
        .iter()
        .filter(|_| item.kind == WorkKind::Returned)
        .flat_map(|note| &note.reasons);
    let status = match (item.kind, item.status) {
        (WorkKind::ToFill | WorkKind::Upcoming, Status::Draft) => Tag {
            text: plain(language, "not-sent"),
            class: "tag-draft",
        },
        (_, status) => status_tag(language, status),
    };
    let due = due_tag(language, item.standing, item.due, now);
    Task {
        href: report_path(&item.address),
        title: item.regime_title.clone(),
        period: office.period_name(language, &item.address.regime, &item.address.period),
        unit: item.unit_name.clone(),
        due: item.due.map(words::due),
        due_forms: item
            .due_forms
            .iter()
            .map(|sign| worded(language, "form-sign", &[("sign", sign.clone().into())]))
            .collect(),
        reasons: reasons
            .map(|reason| {
                worded(
                    language,
                    "work-reason",
                    &[("reason", reason.text.clone().into())],
                )
            })
            .collect(),
        tag: status.text,
        tag_class: status.class,
        due_class: due.as_ref().map_or("", |tag| tag.class),
        due_tag: due.map(|tag| tag.text),
    }
}
