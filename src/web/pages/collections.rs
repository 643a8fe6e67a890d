//! Tổng hợp: the regimes and periods a body consolidates, and who has and has not reported.
//!
//! Units are sorted by kind, then by name in Vietnamese order. Broken input: an unknown filter shows all.

use crate::reports::key::ReportKind;
use crate::reports::report::Status;
use crate::reports::standing::Standing;
use crate::service::view::{CollectionSummary, ReportAddress, UnitStatus};
use crate::service::whole::document::{DocumentAddress, Looking};
use crate::web::chrome::{Area, Chrome, Crumb, Link, chrome};
use crate::web::office::Office;
use crate::web::pages::{
    collection_path, document_path, looking_of, looking_query, page, period_of, report_path,
    with_query,
};
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, due_tag, status_tag};
use axum::extract::{Path, State};
use axum::response::Response;
use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;
use serde::Serialize;

/// So many missing units are named beside the coverage; the others unfold.
const MOST_NAMED: usize = 12;

/// One line of the list of collections.
#[derive(Debug, Clone, Serialize)]
pub struct CollectionLine {
    href: String,
    title: String,
    period: String,
    due: Option<String>,
    expected: usize,
    received: usize,
    accepted: usize,
    late: usize,
    returned: usize,
    forms: Vec<Link>,
}

/// How many reports a figure or form rests on, with the names of the missing.
#[derive(Debug, Clone, Serialize)]
pub struct CoverageView {
    received: usize,
    due: usize,
    text: String,
    missing: Vec<String>,
    more: Option<String>,
    others: Vec<String>,
}

#[derive(Serialize)]
struct CollectionsPage {
    chrome: Chrome,
    collections: Vec<CollectionLine>,
}

#[derive(Serialize)]
struct BoardPage {
    chrome: Chrome,
    title: String,
    period: String,
    due: Option<String>,
    coverage: CoverageView,
    filters: Vec<FilterLink>,
    forms: Vec<Link>,
    caption: String,
    units: Vec<UnitLine>,
    may_receive: bool,
    /// The bodies whose collections of the period the person may look at.
    bodies: Vec<Link>,
    /// The body's own document, with its state.
    document: Link,
}

#[derive(Serialize)]
struct FilterLink {
    href: String,
    label: String,
    number: usize,
    current: bool,
}

#[derive(Serialize)]
struct UnitLine {
    id: String,
    name: String,
    kind: String,
    code: &'static str,
    tag: String,
    tag_class: &'static str,
    timeliness: String,
    form_dues: Vec<String>,
    returned: Option<String>,
    sent_at: Option<String>,
    revision: Option<u32>,
    href: Option<String>,
    may_accept: bool,
}

/// The line of one collection.
pub fn collection_line(
    office: &Office,
    language: Language,
    summary: &CollectionSummary,
) -> CollectionLine {
    CollectionLine {
        href: board_path(summary),
        title: summary.regime_title.clone(),
        period: office.period_name(language, &summary.regime, &summary.period),
        due: summary.due.map(words::due),
        expected: summary.expected,
        received: summary.received,
        accepted: summary.accepted,
        late: summary.late,
        returned: summary.returned,
        forms: form_links(summary),
    }
}

/// The board of one body.
fn board_path(summary: &CollectionSummary) -> String {
    with_query(
        &collection_path(&summary.regime, &summary.period),
        &of_body(summary),
    )
}

fn of_body(summary: &CollectionSummary) -> String {
    looking_query(&Looking {
        body: Some(summary.recipient.clone()),
        revision: None,
    })
}

fn form_links(summary: &CollectionSummary) -> Vec<Link> {
    let path = collection_path(&summary.regime, &summary.period);
    let query = of_body(summary);
    let link = |(name, sign): &(String, String)| Link {
        href: with_query(&format!("{path}/{}", percent_encoded(name)), &query),
        label: sign.clone(),
        current: false,
    };
    summary.forms.iter().map(link).collect()
}

/// Coverage in words: `128/130 đơn vị (xã 96/98, phường 32/32), thiếu: …`. `parts` are kinds of unit with how many reported and how many owe.
pub fn coverage(
    language: Language,
    received: usize,
    due: usize,
    parts: Vec<(String, usize, usize)>,
    mut missing: Vec<String>,
) -> CoverageView {
    let text = |kind: String, received: usize, due: usize| {
        let arguments = [
            ("received", received.into()),
            ("due", due.into()),
            ("kind", kind.into()),
        ];
        worded(language, "coverage-of", &arguments)
    };
    let whole = text(plain(language, "coverage-units"), received, due);
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(kind, received, due)| text(kind, received, due))
        .collect();
    if let Some(order) = vietnamese_order() {
        missing.sort_by(|left, right| order.compare(left, right));
    }
    let others = if missing.len() > MOST_NAMED {
        missing.clone()
    } else {
        Vec::new()
    };
    let hidden = missing.len().saturating_sub(MOST_NAMED);
    missing.truncate(MOST_NAMED);
    CoverageView {
        received,
        due,
        text: if parts.len() > 1 {
            format!("{whole} ({})", parts.join(", "))
        } else {
            whole
        },
        missing,
        more: (hidden > 0).then(|| worded(language, "coverage-more", &[("count", hidden.into())])),
        others,
    }
}

/// Vietnamese order, in which `đ` follows `d` and tones come last.
pub fn vietnamese_order() -> Option<CollatorBorrowed<'static>> {
    icu_collator::Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok()
}

/// `GET /tong-hop`
pub async fn list(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let found = office
        .run(move |service| service.collections(&actor, now))
        .await?;
    let language = person.language();
    let crumbs = vec![Crumb::here(plain(language, "nav-collections"))];
    let view = CollectionsPage {
        chrome: chrome(&office, &person.visitor, Area::Collections, crumbs),
        collections: found
            .iter()
            .map(|summary| collection_line(&office, language, summary))
            .collect(),
    };
    page("collections.html", &view)
}

/// A group of units that the board can show alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    OnTime,
    Late,
    Returned,
    Missing,
}

impl Filter {
    const ALL: [(Filter, &'static str, &'static str); 5] = [
        (Filter::All, "", "filter-all"),
        (Filter::OnTime, "dung-han", "filter-on-time"),
        (Filter::Late, "tre", "filter-late"),
        (Filter::Returned, "tra-lai", "filter-returned"),
        (Filter::Missing, "chua-gui", "filter-missing"),
    ];

    fn takes(self, unit: &UnitStatus) -> bool {
        match self {
            Filter::All => true,
            Filter::OnTime => unit.status.is_received() && !is_late(unit.standing),
            Filter::Late => is_late(unit.standing),
            Filter::Returned => unit.status == Status::Returned,
            Filter::Missing => is_missing(unit),
        }
    }
}

/// Whether a report is owed that did not come.
fn is_missing(unit: &UnitStatus) -> bool {
    !unit.status.is_received() && unit.standing != Standing::Exempted
}

fn is_late(standing: Standing) -> bool {
    match standing {
        Standing::Late { .. } | Standing::SentLate { .. } => true,
        Standing::Accepted(lateness)
        | Standing::Returned(lateness)
        | Standing::Correcting(lateness) => lateness.late,
        Standing::NotYetOpen
        | Standing::Open
        | Standing::Exempted
        | Standing::DueSoon { .. }
        | Standing::SentOnTime => false,
    }
}

/// `GET /tong-hop/{regime}/{period}`
pub async fn board(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let period = period_of(&period)?;
    let (actor, now) = (person.actor.clone(), office.now());
    let looking = looking_of(&person.visitor.query)?;
    let found = {
        let regime = regime.clone();
        office
            .run(move |service| {
                service.collection(&actor, &regime, &period, looking.body.as_ref(), now)
            })
            .await?
    };
    let language = person.language();
    let summary = &found.summary;
    let wanted = query_value(&person.visitor.query, "loc").unwrap_or_default();
    let filter = Filter::ALL
        .iter()
        .find(|(_, code, _)| *code == wanted)
        .map_or(Filter::All, |(filter, _, _)| *filter);
    let path = board_path(summary);
    let document_at = DocumentAddress {
        regime: regime.clone(),
        period,
        body: summary.recipient.clone(),
    };
    let filters = Filter::ALL.iter().map(|(one, code, key)| FilterLink {
        href: if code.is_empty() {
            path.clone()
        } else {
            with_query(&path, &format!("loc={code}"))
        },
        label: plain(language, key),
        number: found.units.iter().filter(|unit| one.takes(unit)).count(),
        current: *one == filter,
    });
    // The service answers the units in the regime's order of kinds; within a kind they are sorted by name.
    let mut kinds: Vec<&str> = Vec::new();
    for unit in &found.units {
        if !kinds.contains(&unit.kind.as_str()) {
            kinds.push(&unit.kind);
        }
    }
    let order = vietnamese_order();
    let mut units: Vec<&UnitStatus> = found
        .units
        .iter()
        .filter(|unit| filter.takes(unit))
        .collect();
    units.sort_by(|left, right| {
        let kind = |unit: &UnitStatus| kinds.iter().position(|kind| *kind == unit.kind);
        let by_name = match &order {
            Some(order) => order.compare(&left.name, &right.name),
            None => left.name.cmp(&right.name),
        };
        kind(left).cmp(&kind(right)).then(by_name)
    });
    let missing = found
        .units
        .iter()
        .filter(|unit| is_missing(unit))
        .map(|unit| unit.name.clone())
        .collect();
    let parts = kinds.iter().map(|kind| {
        let expected = |unit: &&UnitStatus| unit.standing != Standing::Exempted;
        let of_kind = || {
            let units = found.units.iter().filter(|unit| unit.kind == *kind);
            units.filter(expected)
        };
        let received = of_kind().filter(|unit| unit.status.is_received()).count();
        (kind.to_string(), received, of_kind().count())
    });
    let parts = parts.collect();
    let period_words = office.period_name(language, &regime, &period);
    let crumbs = vec![
        Crumb::to("/tong-hop", plain(language, "nav-collections")),
        Crumb::here(format!("{} · {period_words}", summary.regime_title)),
    ];
    let caption = [
        ("shown", units.len().into()),
        ("total", found.units.len().into()),
    ];
    let view = BoardPage {
        chrome: chrome(&office, &person.visitor, Area::Collections, crumbs),
        title: summary.regime_title.clone(),
        period: period_words,
        due: summary.due.map(words::due),
        coverage: coverage(language, summary.received, summary.expected, parts, missing),
        filters: filters.collect(),
        forms: form_links(summary),
        caption: worded(language, "board-caption", &caption),
        units: units
            .into_iter()
            .map(|unit| {
                let path = match unit.report_kind {
                    ReportKind::OfUnit => report_path(&ReportAddress {
                        regime: regime.clone(),
                        period,
                        unit: unit.unit.clone(),
                    }),
                    ReportKind::Consolidated => document_path(&DocumentAddress {
                        regime: regime.clone(),
                        period,
                        body: unit.unit.clone(),
                    }),
                };
                unit_line(language, now, unit, &path, found.may_receive)
            })
            .collect(),
        may_receive: found.may_receive,
        bodies: found
            .bodies
            .iter()
            .map(|(body, name)| Link {
                href: with_query(
                    &collection_path(&regime, &period),
                    &format!("co-quan={}", percent_encoded(body.as_str())),
                ),
                label: name.clone(),
                current: *body == summary.recipient,
            })
            .collect(),
        document: Link {
            href: document_path(&document_at),
            label: words::pick(language, found.document.wording()),
            current: false,
        },
    };
    page("collection.html", &view)
}

fn unit_line(
    language: Language,
    now: crate::calendar::Moment,
    unit: &UnitStatus,
    path: &str,
    may_receive: bool,
) -> UnitLine {
    let tag = match unit.status {
        Status::Sent
        | Status::Received
        | Status::Accepted
        | Status::Correcting
        | Status::Returned => status_tag(language, unit.status),
        _ if unit.standing == Standing::Exempted => words::Tag {
            text: words::pick(language, Standing::Exempted.wording()),
            class: "tag-neutral",
        },
        Status::Draft | Status::Proposed | Status::Approved => words::Tag {
            text: plain(language, "not-sent"),
            class: if is_late(unit.standing) {
                "tag-late"
            } else {
                "tag-neutral"
            },
        },
    };
    let timeliness = match due_tag(language, unit.standing, unit.due, now) {
        Some(tag) => tag.text,
        None if unit.status.is_received() && unit.due.is_some() => plain(language, "on-time"),
        None => String::new(),
    };
    let returned = unit.returned.as_ref().and_then(|note| note.reasons.first());
    UnitLine {
        id: unit.unit.to_string(),
        name: unit.name.clone(),
        kind: match unit.report_kind {
            ReportKind::OfUnit => unit.kind.clone(),
            ReportKind::Consolidated => plain(language, "document"),
        },
        code: unit.status.key(),
        tag: tag.text,
        tag_class: tag.class,
        timeliness,
        form_dues: words::form_dues(language, &unit.forms, now),
        returned: returned.map(|reason| {
            worded(
                language,
                "work-reason",
                &[("reason", reason.text.clone().into())],
            )
        }),
        sent_at: unit.sent_at.map(words::moment),
        revision: unit.revision,
        href: unit.may_open.then(|| path.to_string()),
        may_accept: may_receive
            && unit.may_open
            && matches!(unit.status, Status::Sent | Status::Received),
    }
}

#[cfg(test)]
mod tests {
    use super::vietnamese_order;

    #[test]
    fn names_are_sorted_as_vietnamese_readers_expect() {
        let order = vietnamese_order().unwrap();
        let mut names = [
            "Xã Đô Lương",
            "Xã Anh Sơn",
            "Xã Diễn Châu",
            "Xã Ân Phú",
            "Xã Yên Thành",
            "Xã Ăn Khê",
            "Xã Dân Hóa",
        ];
        names.sort_by(|left, right| order.compare(left, right));
        assert_eq!(
            names,
            [
                "Xã Anh Sơn",
                "Xã Ăn Khê",
                "Xã Ân Phú",
                "Xã Dân Hóa",
                "Xã Diễn Châu",
                "Xã Đô Lương",
                "Xã Yên Thành"
            ]
        );
    }
}
