//! Bản tổng hợp: the document that a body makes of the reports it received: its units and who is missing, what was adjusted, the body's own words, its way and its history.
//!
//! A page decides nothing: what may be done is what the service says. Broken input: a document that the person may not see is not found.

use crate::eval::describe::describe;
use crate::eval::finding::{Finding, Verdict};
use crate::number::Number;
use crate::organisation::UnitId;
use crate::plan::validation::Severity;
use crate::reports::document::additions::NotedAdjustment;
use crate::reports::document::whole::{Whole, WholeFigure};
use crate::reports::key::CellKey;
use crate::reports::permission::Action;
use crate::reports::report::Revision;
use crate::service::whole::document::{DocumentAddress, Looking};
use crate::service::whole::frozen::address;
use crate::service::whole::view::DocumentView;
use crate::web::chrome::{Area, Chrome, Crumb, Link, chrome};
use crate::web::findings::{column_words, entry_label, severity_text};
use crate::web::office::Office;
use crate::web::pages::consolidated::figure_href;
use crate::web::pages::history::{EventLine, told_event};
use crate::web::pages::sending::{Sending, TypedNote, sending_after};
use crate::web::pages::{
    collection_path, document_path, looking_of, looking_query, period_of, with_query,
};
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

/// The parts of an address.
pub type DocumentPath = Path<(String, String, String)>;

#[derive(Serialize)]
struct DocumentPage {
    chrome: Chrome,
    title: String,
    body: String,
    period: String,
    period_line: String,
    recipients: String,
    due: Option<String>,
    tag: String,
    tag_class: &'static str,
    due_tag: Option<String>,
    due_class: &'static str,
    revision_note: Option<String>,
    received: String,
    address: String,
    base: u64,
    revision: u32,
    problem: Option<String>,
    locked: Option<String>,
    returned: Vec<String>,
    forms: Vec<Link>,
    board: String,
    missing: Vec<MissingLine>,
    below: Vec<BelowLine>,
    adjustments: Vec<AdjustmentLine>,
    adjusted_below: Vec<AdjustmentLine>,
    words: Vec<WordsLine>,
    findings: Vec<FindingLine>,
    may: May,
    sending: Sending,
    events: Vec<EventLine>,
    revisions: Vec<RevisionLine>,
}

#[derive(Serialize)]
struct May {
    consolidate: bool,
    approve: bool,
    send: bool,
    receive: bool,
    accept: bool,
    return_document: bool,
    withdraw: bool,
    reopen: bool,
}

#[derive(Serialize)]
struct MissingLine {
    unit: String,
    name: String,
    through: Option<String>,
    reason: String,
}

#[derive(Serialize)]
struct BelowLine {
    href: String,
    name: String,
    tag: String,
    tag_class: &'static str,
    revision: Option<u32>,
}

#[derive(Serialize)]
struct AdjustmentLine {
    number: u32,
    body: Option<String>,
    href: Option<String>,
    cell: String,
    difference: String,
    reason: String,
    author: String,
    when: String,
    review: bool,
    taken_back: Option<String>,
}

#[derive(Serialize)]
struct WordsLine {
    key: String,
    id: String,
    label: String,
    own: String,
    units: Vec<(String, String)>,
}

#[derive(Serialize)]
struct FindingLine {
    severity: String,
    message: String,
    blocks: bool,
    /// The field of the explanation, where one is asked for.
    field: Option<String>,
    explanation: String,
}

#[derive(Serialize)]
struct RevisionLine {
    number: u32,
    href: String,
    label: String,
    differences: Vec<DifferenceLine>,
}

#[derive(Serialize)]
struct DifferenceLine {
    cell: String,
    before: String,
    after: String,
}

/// What an act left to be shown.
#[derive(Debug, Default)]
pub struct Aftermath {
    /// Why it was refused.
    pub problem: Option<String>,
    /// What was typed beside a sending.
    pub sending: TypedNote,
}

/// The document an address means.
pub fn document_of(
    (regime, period, body): (String, String, String),
) -> Result<DocumentAddress, Problem> {
    Ok(DocumentAddress {
        regime,
        period: period_of(&period)?,
        body: UnitId(body),
    })
}

/// `GET /ban-tong-hop/{regime}/{period}/{body}`, with `?ban=` for a frozen revision.
pub async fn show(
    State(office): State<Office>,
    person: SignedIn,
    Path(path): DocumentPath,
) -> Result<Response, Problem> {
    let at = document_of(path)?;
    respond(&office, &person, &at, StatusCode::OK, Aftermath::default()).await
}

/// The page, with what an act left to be shown.
pub async fn respond(
    office: &Office,
    person: &SignedIn,
    at: &DocumentAddress,
    status: StatusCode,
    aftermath: Aftermath,
) -> Result<Response, Problem> {
    let (actor, now, asked) = (person.actor.clone(), office.now(), at.clone());
    let revision = looking_of(&person.visitor.query)?.revision;
    let view = office
        .run(move |service| service.document(&actor, &asked, revision, now))
        .await?;
    let page = page_of(office, person, at, &view, aftermath);
    Ok(html(status, render("document.html", &page)?))
}

fn page_of(
    office: &Office,
    person: &SignedIn,
    at: &DocumentAddress,
    view: &DocumentView,
    aftermath: Aftermath,
) -> DocumentPage {
    let language = person.language();
    let now = office.now();
    let name = |unit: &UnitId| {
        let known = view.names.get(unit).cloned();
        known.unwrap_or_else(|| unit.to_string())
    };
    let title = view.plan.header.title.clone();
    let period = office.period_name(language, &at.regime, &at.period);
    let board = with_query(
        &collection_path(&at.regime, &at.period),
        &format!("co-quan={}", percent_encoded(at.body.as_str())),
    );
    let crumbs = vec![
        Crumb::to("/tong-hop", plain(language, "nav-collections")),
        Crumb::to(board.clone(), format!("{title} · {period}")),
        Crumb::here(plain(language, "document")),
    ];
    let tag = words::status_tag(language, view.status);
    let due_tag = words::due_tag(language, view.standing, view.due, now);
    let looking = Looking {
        body: Some(at.body.clone()),
        revision: Some(view.revision).filter(|_| view.is_frozen),
    };
    let may = |action| view.may.contains(&action);
    let frozen = view.is_frozen;
    let counted = view
        .whole
        .units
        .iter()
        .filter(|unit| unit.revision.is_some());
    DocumentPage {
        chrome: chrome(office, &person.visitor, Area::Collections, crumbs).wide(),
        body: name(&at.body),
        period_line: words::period_line(language, period.clone(), view.window),
        period,
        recipients: match view.recipients.as_slice() {
            [] => plain(language, "document-outside"),
            units => units.iter().map(name).collect::<Vec<_>>().join(", "),
        },
        due: view.due.map(words::due),
        tag: tag.text,
        tag_class: tag.class,
        due_class: due_tag.as_ref().map_or("", |tag| tag.class),
        due_tag: due_tag.map(|tag| tag.text),
        revision_note: (view.revision > 0).then(|| {
            let number = [("number", i64::from(view.revision).into())];
            let key = if frozen {
                "document-shown"
            } else {
                "document-last"
            };
            worded(language, key, &number)
        }),
        received: worded(
            language,
            "document-received",
            &[
                ("received", counted.count().into()),
                ("due", view.whole.units.len().into()),
            ],
        ),
        address: document_path(at),
        base: view.draft,
        revision: view.revision,
        problem: aftermath.problem,
        locked: view.locked.as_ref().map(|ruling| {
            worded(
                language,
                "document-locked",
                &[("reason", ruling.reason.clone().into())],
            )
        }),
        returned: view.last_return.as_ref().map_or_else(Vec::new, |note| {
            note.reasons.iter().map(|one| one.text.clone()).collect()
        }),
        forms: form_links(view, at, &looking),
        board,
        missing: missing(view, &name),
        below: view
            .below
            .iter()
            .map(|below| {
                let tag = words::status_tag(language, below.status);
                BelowLine {
                    href: document_path(&DocumentAddress {
                        body: below.body.clone(),
                        ..at.clone()
                    }),
                    name: name(&below.body),
                    tag: tag.text,
                    tag_class: tag.class,
                    revision: below.revision,
                }
            })
            .collect(),
        adjustments: view
            .adjustments
            .iter()
            .map(|one| AdjustmentLine {
                review: one.needs_review && !frozen,
                ..adjustment(language, view, &one.noted, (at, &looking), None)
            })
            .collect(),
        adjusted_below: view
            .adjusted_below
            .iter()
            .map(|(body, noted)| {
                adjustment(language, view, noted, (at, &looking), Some(name(body)))
            })
            .collect(),
        words: view
            .words
            .iter()
            .enumerate()
            .map(|(place, one)| WordsLine {
                key: one.key.clone(),
                id: format!("loi-van-{place}"),
                label: one.label.clone(),
                own: one.own.clone().unwrap_or_default(),
                units: one
                    .units
                    .iter()
                    .map(|(unit, text)| (name(unit), text.clone()))
                    .collect(),
            })
            .collect(),
        findings: findings(language, view),
        may: May {
            consolidate: may(Action::Consolidate) && !frozen,
            approve: may(Action::Approve),
            send: may(Action::Send) && !may(Action::Approve),
            receive: may(Action::Receive),
            accept: may(Action::Accept),
            return_document: may(Action::Return),
            withdraw: may(Action::Withdraw),
            reopen: may(Action::Reopen),
        },
        sending: sending_after(language, view.due.into_iter(), now, aftermath.sending),
        events: view
            .events
            .iter()
            .rev()
            .map(|event| {
                told_event(language, event, &|form| {
                    let found = view.plan.form_definition.find_form(form);
                    found.map_or_else(|| form.to_string(), |(_, form)| form.sign.clone())
                })
            })
            .collect(),
        revisions: revisions(language, view, at),
        title,
    }
}

fn form_links(view: &DocumentView, at: &DocumentAddress, looking: &Looking) -> Vec<Link> {
    let forms = view.plan.form_definition.forms.iter();
    let path = collection_path(&at.regime, &at.period);
    forms
        .filter(|form| form.applicability.in_time(&at.period))
        .map(|form| Link {
            href: with_query(
                &format!("{path}/{}", percent_encoded(&form.name)),
                &looking_query(looking),
            ),
            label: format!("{} – {}", form.sign, form.title),
            current: false,
        })
        .collect()
}

fn missing(view: &DocumentView, name: &dyn Fn(&UnitId) -> String) -> Vec<MissingLine> {
    let units = view.whole.units.iter();
    units
        .filter(|unit| unit.revision.is_none())
        .map(|unit| MissingLine {
            unit: unit.unit.to_string(),
            name: name(&unit.unit),
            through: unit.through.as_ref().map(name),
            reason: unit.missing.clone().unwrap_or_default(),
        })
        .collect()
}

fn adjustment(
    language: Language,
    view: &DocumentView,
    noted: &NotedAdjustment,
    (at, looking): (&DocumentAddress, &Looking),
    body: Option<String>,
) -> AdjustmentLine {
    let place = address(&view.plan, &noted.cell);
    AdjustmentLine {
        number: noted.number,
        body,
        href: place.as_ref().map(|place| {
            figure_href(
                &at.regime,
                &at.period,
                &noted.cell.form,
                &noted.cell.column,
                (&crate::eval::consolidate::Group::Overall, looking),
                &place.row,
            )
        }),
        cell: cell_words(language, view, &noted.cell),
        difference: words::signed(&noted.difference),
        reason: noted.reason.clone(),
        author: words::signer(language, &noted.made),
        when: words::moment(noted.made.at),
        review: false,
        taken_back: noted.taken_back.as_ref().map(|taken| {
            worded(
                language,
                "adjustment-taken-back",
                &[
                    ("name", words::signer(language, &taken.stamp).into()),
                    ("when", words::moment(taken.stamp.at).into()),
                    ("reason", taken.reason.clone().into()),
                ],
            )
        }),
    }
}

/// A cell in words: the form's sign, its row and its column.
fn cell_words(language: Language, view: &DocumentView, cell: &CellKey) -> String {
    let definition = &view.plan.form_definition;
    let Some((_, form)) = definition.find_form(&cell.form) else {
        return cell.to_string();
    };
    let column = match form.find_column(&cell.column) {
        Some((_, column)) if column.code.is_some() => {
            format!("{} – {}", column_words(language, column), column.label)
        }
        Some((_, column)) => column.label.clone(),
        None => cell.column.clone(),
    };
    let row = match cell.row.as_str() {
        "" => return format!("{} · {column}", form.sign),
        "total" => plain(language, "row-total"),
        row => entry_label(definition, form, row),
    };
    format!("{} · {row} · {column}", form.sign)
}

fn findings(language: Language, view: &DocumentView) -> Vec<FindingLine> {
    let line = |finding: &Finding| {
        let asks = finding.severity == Severity::Explain && finding.verdict == Verdict::Fails;
        let form = finding.at.as_ref();
        let form = form.and_then(|at| view.plan.form_definition.form(at.form));
        FindingLine {
            severity: match finding.verdict {
                Verdict::Fails => plain(language, severity_text(finding.severity)),
                Verdict::Undecided => plain(language, "document-undecided"),
            },
            message: words::pick(language, describe(&view.plan, &view.evaluation, finding)),
            blocks: finding.blocks(),
            field: form
                .filter(|_| asks)
                .map(|form| format!("gt.{}.{}", form.name, finding.key)),
            explanation: finding.explanation.clone().unwrap_or_default(),
        }
    };
    let fails = view.findings.iter();
    // What waits for missing units is told by who is missing; only a complete document tells what still cannot be judged.
    let complete = view.whole.units.iter().all(|unit| unit.revision.is_some());
    fails
        .filter(|finding| finding.verdict == Verdict::Fails || complete)
        .map(line)
        .collect()
}

fn revisions(language: Language, view: &DocumentView, at: &DocumentAddress) -> Vec<RevisionLine> {
    let mut lines = Vec::new();
    let mut before: Option<&Whole> = None;
    for revision in &view.revisions {
        let whole = revision.whole.as_deref();
        let differences = before.zip(whole).map_or_else(Vec::new, |(before, after)| {
            before
                .differences(after)
                .into_iter()
                .map(|one| {
                    let (form, row, column) = one.place;
                    DifferenceLine {
                        cell: cell_words(language, view, &CellKey::new(form, row, column)),
                        before: shown(language, one.before),
                        after: shown(language, one.after),
                    }
                })
                .collect()
        });
        before = whole;
        lines.push(RevisionLine {
            number: revision.number,
            href: format!("{}?ban={}", document_path(at), revision.number),
            label: revision_words(language, revision),
            differences,
        });
    }
    lines.reverse();
    lines
}

fn revision_words(language: Language, revision: &Revision) -> String {
    worded(
        language,
        "revision-link",
        &[
            ("number", i64::from(revision.number).into()),
            ("when", words::moment(revision.proposed.at).into()),
        ],
    )
}

/// A frozen figure in words, with on how many units it rests where some are missing.
fn shown(language: Language, figure: Option<&WholeFigure>) -> String {
    let Some(figure) = figure else {
        return plain(language, "blank");
    };
    let value = match figure.value.as_str() {
        "blank" => plain(language, "blank"),
        "nil" => "-".to_string(),
        text => match Number::parse(text) {
            Ok(number) => number.to_vietnamese(number.decimals().unwrap_or(2)),
            Err(_) => text.to_string(),
        },
    };
    if figure.answered < figure.due {
        let (answered, due) = (i64::from(figure.answered), i64::from(figure.due));
        let counts = [
            ("value", value.into()),
            ("answered", answered.into()),
            ("due", due.into()),
        ];
        worded(language, "figure-of-units", &counts)
    } else {
        value
    }
}
