//! Việc cần làm: what the person has to do today, most pressing first; for aggregators and leaders also how the reports come in.

use crate::calendar::Moment;
use crate::reports::permission::{Action, Role, may_somewhere};
use crate::reports::reminder::Cause;
use crate::reports::report::Status;
use crate::reports::work::WorkKind;
use crate::service::reminders::ReminderView;
use crate::service::view::{CollectionSummary, ReportAddress, WorkItem};
use crate::store::notices::MailState;
use crate::web::chrome::{Area, Chrome, chrome};
use crate::web::office::Office;
use crate::web::pages::collections::{CollectionLine, collection_line};
use crate::web::pages::{collection_path, events, page, report_path};
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
    opened: Vec<String>,
    reminders: Vec<ReminderLine>,
    sections: Vec<Section>,
    unanswered: Vec<WaitingLine>,
    missing: Vec<WaitingLine>,
    has_feeds: bool,
    letters: Option<String>,
    collections: Vec<CollectionLine>,
}

#[derive(Serialize)]
struct Section {
    code: &'static str,
    heading: String,
    tasks: Vec<Task>,
}

/// A reminder of a report that did not come yet.
#[derive(Serialize)]
struct ReminderLine {
    href: String,
    title: String,
    period: String,
    unit: String,
    who: String,
    words: String,
}

/// Reports of one regime and period that wait for the recipient, or for which the recipient waits.
#[derive(Serialize)]
struct WaitingLine {
    href: String,
    title: String,
    period: String,
    count: usize,
    due: Option<String>,
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
    on_behalf: Option<String>,
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
    let receives = actor.held().any(|held| held.grant.role == Role::Aggregator);
    let has_feeds = actor
        .held()
        .any(|held| matches!(held.grant.role, Role::Officer | Role::HeadOfUnit));
    let keeps = may_somewhere(&actor, Action::Administer);
    let (mut items, collections, events, reminders, letters) = office
        .run(move |service| {
            let collections = if sees_totals {
                service.collections(&actor, now)?
            } else {
                Vec::new()
            };
            // A link to a page that can only be empty helps nobody.
            let opened = service.opened(&actor, now)?;
            let has_events = !service.openable(&actor, now)?.is_empty() || !opened.is_empty();
            let open: Vec<String> = opened
                .into_iter()
                .filter(|view| view.opened.closed.is_none() && view.opened.event().is_some())
                .map(|view| view.opened.title)
                .collect();
            let letters = match keeps {
                true => service.outbox(&actor)?.counts,
                false => Vec::new(),
            };
            let reminders = service.reminders_for(&actor, now)?;
            let work = service.work(&actor, now)?;
            Ok((work, collections, (has_events, open), reminders, letters))
        })
        .await?;
    let language = person.language();
    let (has_events, opened) = events;
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
        opened,
        reminders: reminders
            .iter()
            .filter(|view| {
                let chosen = person.visitor.unit.as_ref();
                chosen.is_none_or(|unit| *unit == view.reminder.unit)
            })
            .map(|view| reminder_line(&office, language, view))
            .collect(),
        sections,
        unanswered: waiting(&office, language, &collections, receives, |summary| {
            (summary.unanswered, "")
        }),
        missing: waiting(&office, language, &collections, receives, |summary| {
            let missing = summary.expected.saturating_sub(summary.received);
            (missing, "?loc=chua-gui")
        }),
        has_feeds,
        letters: stopped_letters(language, &letters),
        collections: collections
            .iter()
            .map(|summary| collection_line(&office, language, summary))
            .collect(),
    };
    page("home.html", &view)
}

fn reminder_line(office: &Office, language: Language, view: &ReminderView) -> ReminderLine {
    let reminder = &view.reminder;
    let address = ReportAddress {
        regime: reminder.regime.clone(),
        period: reminder.period,
        unit: reminder.unit.clone(),
    };
    let who = match reminder.cause {
        Cause::Person => {
            let stamp = &reminder.stamp;
            let arguments = [
                ("name", words::signer(language, stamp).into()),
                ("when", words::moment(stamp.at).into()),
            ];
            worded(language, "reminded-by", &arguments)
        }
        Cause::Before => plain(language, "reminded-before"),
        Cause::After => plain(language, "reminded-after"),
    };
    ReminderLine {
        href: report_path(&address),
        title: view.regime_title.clone(),
        period: office.period_name(language, &reminder.regime, &reminder.period),
        unit: view.unit_name.clone(),
        who,
        words: reminder.words.clone(),
    }
}

/// The collections in which something is counted, the nearest deadline first; only for those who receive.
fn waiting(
    office: &Office,
    language: Language,
    collections: &[CollectionSummary],
    receives: bool,
    count: impl Fn(&CollectionSummary) -> (usize, &'static str),
) -> Vec<WaitingLine> {
    let mut found: Vec<&CollectionSummary> = collections
        .iter()
        .filter(|summary| receives && count(summary).0 > 0)
        .collect();
    found.sort_by_key(|summary| (summary.due.is_none(), summary.due.map(|due| due.date)));
    let line = |summary: &CollectionSummary| {
        let (count, filter) = count(summary);
        WaitingLine {
            href: format!(
                "{}{filter}",
                collection_path(&summary.regime, &summary.period)
            ),
            title: summary.regime_title.clone(),
            period: office.period_name(language, &summary.regime, &summary.period),
            count,
            due: summary.due.map(words::due),
        }
    };
    found.into_iter().map(line).collect()
}

/// What an administrator should know of letters that stopped on their way.
fn stopped_letters(language: Language, counts: &[(MailState, u64)]) -> Option<String> {
    let stopped = [MailState::Uncertain, MailState::GivenUp];
    let counted = counts.iter().filter(|(state, _)| stopped.contains(state));
    let count: u64 = counted.map(|(_, count)| count).sum();
    let shown = i64::try_from(count).unwrap_or(i64::MAX);
    (count > 0).then(|| worded(language, "letters-stopped", &[("count", shown.into())]))
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
        on_behalf: item.on_behalf_of.clone(),
        due_class: due.as_ref().map_or("", |tag| tag.class),
        due_tag: due.map(|tag| tag.text),
    }
}
