//! Reading: what is owed, one report with its figures and findings, its revisions, its files.
//!
//! The same calls of `service` as the pages, with the same rights. Broken input: what the unit of the key may not know of is not found.

use crate::eval::describe::describe;
use crate::eval::finding::Verdict;
use crate::reports::event::EventKind;
use crate::reports::report::Revision;
use crate::service::view::{CellDifference, ReportView, WorkItem};
use crate::web::findings::severity_key;
use crate::web::office::Office;
use crate::web::pages::attachment;
use crate::web::texts::Language;
use crate::web::v1::answers::{
    self, CellAnswer, DeedAnswer, DueAnswer, FiguresAnswer, ReturnedAnswer, SentAnswer,
    StandingAnswer, TokenAnswer, deed,
};
use crate::web::v1::caller::{Asked, At, Caller, address_of};
use crate::web::v1::fault::{Fault, entry_text};
use crate::web::v1::requests::{NoQuery, ObligationQuery};
use crate::web::words::pick;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Serialize;

/// The parts of the address of a report.
pub type ReportAt = At<(String, String, String)>;

/// What the unit of the key owes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ObligationsAnswer {
    /// The reports, most pressing first.
    pub obligations: Vec<ObligationAnswer>,
}

/// One report that the unit owes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ObligationAnswer {
    /// The regime's name.
    regime: String,
    /// Its printed title.
    title: String,
    /// The period.
    period: String,
    /// The unit.
    unit: String,
    /// The unit's name.
    unit_name: String,
    /// Where the report stands.
    status: &'static str,
    /// How it stands against its deadline.
    standing: StandingAnswer,
    /// The deadline that presses; null where it is unknown.
    due: Option<DueAnswer>,
    /// Printed signs of the forms whose deadline it is, where it is not that of the whole report.
    due_forms: Vec<String>,
    /// Why the deadline is unknown or may move.
    doubt: Option<&'static str>,
    /// The return still to be answered.
    returned: Option<ReturnedAnswer>,
}

/// One report with its figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportAnswer {
    /// The regime's name.
    regime: String,
    /// The version it is made under.
    version: u32,
    /// The period.
    period: String,
    /// The unit.
    unit: String,
    /// The unit's name.
    unit_name: String,
    /// First day of the figures.
    from: String,
    /// Last day of the figures, the cut-off.
    to: String,
    /// Where it stands.
    status: &'static str,
    /// Against its deadline.
    standing: StandingAnswer,
    /// The deadline.
    due: Option<DueAnswer>,
    /// Why the deadline is unknown or may move.
    doubt: Option<&'static str>,
    /// The decision by which no report is owed.
    exempted: Option<String>,
    /// The decision by which nothing changes any more.
    locked: Option<String>,
    /// The draft number; the base of the next change.
    draft: u64,
    /// When the draft was last saved.
    saved_at: Option<String>,
    /// The newest revision's number; 0: none.
    revision: u32,
    /// What the key may do with it now.
    may: Vec<String>,
    /// What was entered.
    figures: FiguresAnswer,
    /// Every cell with its meaning.
    cells: Vec<CellAnswer>,
    /// The return still to be answered.
    returned: Option<ReturnedAnswer>,
    /// How it was last sent.
    sent: Option<SentAnswer>,
}

/// What is wrong in a report, or cannot be judged.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingsAnswer {
    /// The draft number that was checked; 0 where what was sent was checked.
    draft: u64,
    /// How many findings forbid proposing and sending.
    blocking: usize,
    /// The findings, by form, row and column.
    findings: Vec<FindingAnswer>,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingAnswer {
    /// Key under which it is explained.
    key: String,
    /// `error`, `explain` or `warning`.
    severity: &'static str,
    /// `fails`, or `undecided` where figures are missing.
    verdict: &'static str,
    /// Whether it forbids proposing and sending.
    blocks: bool,
    /// Form name of the cell to go to.
    form: Option<String>,
    /// Row key of it.
    row: Option<String>,
    /// Column key of it.
    column: Option<String>,
    /// What is wrong, in words.
    message: String,
    /// The explanation given.
    explanation: Option<String>,
}

/// The revisions of a report and what happened to it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RevisionsAnswer {
    /// Frozen revisions, oldest first.
    revisions: Vec<RevisionAnswer>,
    /// What happened, oldest first.
    events: Vec<EventAnswer>,
}

/// A frozen revision.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RevisionAnswer {
    /// Number, from 1.
    number: u32,
    /// The draft number frozen.
    draft: u64,
    /// Who proposed it.
    proposed: DeedAnswer,
    /// Who approved it.
    approved: Option<DeedAnswer>,
    /// How it was sent.
    sent: Option<SentAnswer>,
    /// Who received it.
    received: Option<DeedAnswer>,
    /// Who accepted it.
    accepted: Option<DeedAnswer>,
    /// Entered cells that differ from the revision before.
    differences: Vec<DifferenceAnswer>,
}

/// A cell that differs between two revisions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceAnswer {
    form: String,
    row: String,
    column: String,
    /// Before; null: blank.
    before: Option<String>,
    /// After; null: blank.
    after: Option<String>,
}

/// Something that happened.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventAnswer {
    /// `saved`, `opening_declared`, `added` (to a consolidated document), `proposed`, `approved`, `sent`, `received`, `returned`, `accepted`, `withdrawn` or `reopened`.
    kind: &'static str,
    /// Who and when.
    by: DeedAnswer,
    /// The revision it was about.
    revision: Option<u32>,
    /// The reason given.
    reason: Option<String>,
}

/// One frozen revision with its figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FrozenAnswer {
    /// The revision.
    revision: RevisionAnswer,
    /// What was entered in it.
    figures: FiguresAnswer,
}

/// `GET /api/v1/token`
pub async fn token(
    State(office): State<Office>,
    caller: Caller,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<TokenAnswer>, Fault> {
    let unit = caller.token.unit.clone();
    let unit_name = office
        .run(move |service| Ok(service.ground()?.unit_name(&unit)))
        .await?;
    let token = caller.token;
    Ok(Json(TokenAnswer {
        unit_name,
        unit: token.unit.to_string(),
        rights: token.rights.iter().map(|right| right.key()).collect(),
        on_behalf_of: token.responsible.name,
        from: token.from.to_string(),
        to: token.to.to_string(),
        now: answers::moment(office.now()),
        id: token.id,
        name: token.name,
    }))
}

/// `GET /api/v1/obligations`
pub async fn obligations(
    State(office): State<Office>,
    caller: Caller,
    Asked(query): Asked<ObligationQuery>,
) -> Result<Json<ObligationsAnswer>, Fault> {
    let (actor, now) = (caller.actor, office.now());
    let items = office.run(move |service| service.work(&actor, now)).await?;
    let wanted = |item: &WorkItem| {
        query
            .regime
            .as_ref()
            .is_none_or(|regime| *regime == item.address.regime)
    };
    let obligations = items
        .into_iter()
        .filter(wanted)
        .map(|item| ObligationAnswer {
            status: item.status.key(),
            standing: answers::standing(item.standing),
            due: item.due.map(answers::due),
            due_forms: item.due_forms,
            doubt: item.doubt.map(answers::doubt),
            returned: item.returned.as_ref().map(answers::returned),
            title: item.regime_title,
            period: item.address.period.to_string(),
            unit: item.address.unit.to_string(),
            unit_name: item.unit_name,
            regime: item.address.regime,
        });
    Ok(Json(ObligationsAnswer {
        obligations: obligations.collect(),
    }))
}

async fn view(
    office: &Office,
    caller: Caller,
    at: (String, String, String),
) -> Result<ReportView, Fault> {
    let address = address_of(at)?;
    let (actor, now) = (caller.actor, office.now());
    Ok(office
        .run(move |service| service.report(&actor, &address, now))
        .await?)
}

/// `GET /api/v1/reports/{regime}/{period}/{unit}`
pub async fn report(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<ReportAnswer>, Fault> {
    let view = view(&office, caller, at).await?;
    let action = |action: &crate::reports::permission::Action| {
        let name = serde_json::to_value(action).ok()?;
        name.as_str().map(str::to_string)
    };
    Ok(Json(ReportAnswer {
        regime: view.key.regime.clone(),
        version: view.key.version,
        period: view.key.period.to_string(),
        unit: view.key.unit.to_string(),
        from: view.window.from.to_string(),
        to: view.window.to.to_string(),
        status: view.status.key(),
        standing: answers::standing(view.standing),
        due: view.due.map(answers::due),
        doubt: view.doubt.map(answers::doubt),
        exempted: view
            .ruled
            .exempted
            .as_ref()
            .map(|ruling| ruling.reason.clone()),
        locked: view
            .ruled
            .locked
            .as_ref()
            .map(|ruling| ruling.reason.clone()),
        draft: view.draft,
        saved_at: view.saved_at.map(answers::moment),
        revision: view.revision,
        may: view.may.iter().filter_map(action).collect(),
        figures: answers::figures(&view.figures),
        cells: answers::cells(&view.plan, &view.evaluation),
        returned: view.last_return.as_ref().map(answers::returned),
        sent: view.sent.as_ref().map(answers::sent),
        unit_name: view.unit_name,
    }))
}

/// `GET /api/v1/reports/{regime}/{period}/{unit}/findings`
pub async fn findings(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<FindingsAnswer>, Fault> {
    let language = caller.language;
    let view = view(&office, caller, at).await?;
    Ok(Json(FindingsAnswer {
        draft: view.draft,
        blocking: crate::service::report::blocking(&view.evaluation.findings),
        findings: found(&view, language),
    }))
}

fn found(view: &ReportView, language: Language) -> Vec<FindingAnswer> {
    let one = |finding: &crate::eval::finding::Finding| {
        let at = finding.at.as_ref();
        let form = at.and_then(|at| view.plan.form_definition.form(at.form));
        let column = at.zip(form).and_then(|(at, form)| {
            let column = form.column(at.column)?;
            Some(column.key(at.column))
        });
        FindingAnswer {
            key: finding.key.clone(),
            severity: severity_key(finding.severity),
            verdict: match finding.verdict {
                Verdict::Fails => "fails",
                Verdict::Undecided => "undecided",
            },
            blocks: finding.blocks(),
            form: form.map(|form| form.name.clone()),
            row: at.map(|at| at.row.key().to_string()),
            column,
            message: pick(language, describe(&view.plan, &view.evaluation, finding)),
            explanation: finding.explanation.clone(),
        }
    };
    view.evaluation.findings.iter().map(one).collect()
}

/// `GET /api/v1/reports/{regime}/{period}/{unit}/revisions`
pub async fn revisions(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<RevisionsAnswer>, Fault> {
    let (actor, address) = (caller.actor, address_of(at)?);
    let history = office
        .run(move |service| service.history(&actor, &address))
        .await?;
    let event = |event: &crate::reports::event::Event| {
        let (kind, revision, reason) = told(&event.kind);
        EventAnswer {
            kind,
            by: deed(&event.stamp),
            revision,
            reason,
        }
    };
    let revisions = history.revisions.iter();
    Ok(Json(RevisionsAnswer {
        revisions: revisions
            .map(|one| revision(&one.revision, &one.differences))
            .collect(),
        events: history.events.iter().map(event).collect(),
    }))
}

fn told(kind: &EventKind) -> (&'static str, Option<u32>, Option<String>) {
    match kind {
        EventKind::Saved { .. } => ("saved", None, None),
        EventKind::OpeningDeclared { reason, .. } => {
            ("opening_declared", None, Some(reason.clone()))
        }
        EventKind::Added { .. } => ("added", None, None),
        EventKind::Proposed { revision, .. } => ("proposed", Some(*revision), None),
        EventKind::Approved { revision } => ("approved", Some(*revision), None),
        EventKind::Sent {
            revision,
            late_reason,
            ..
        } => ("sent", Some(*revision), late_reason.clone()),
        EventKind::Received { revision } => ("received", Some(*revision), None),
        EventKind::Returned {
            revision, reasons, ..
        } => {
            let texts: Vec<&str> = reasons.iter().map(|one| one.text.as_str()).collect();
            ("returned", Some(*revision), Some(texts.join("; ")))
        }
        EventKind::Accepted { revision } => ("accepted", Some(*revision), None),
        EventKind::Withdrawn {
            revision, reason, ..
        } => ("withdrawn", Some(*revision), Some(reason.clone())),
        EventKind::Reopened { revision, reason } => {
            ("reopened", Some(*revision), Some(reason.clone()))
        }
    }
}

fn revision(revision: &Revision, differences: &[CellDifference]) -> RevisionAnswer {
    let difference = |one: &CellDifference| DifferenceAnswer {
        form: one.form.clone(),
        row: one.row.clone(),
        column: one.column.clone(),
        before: one.before.as_ref().map(entry_text),
        after: one.after.as_ref().map(entry_text),
    };
    RevisionAnswer {
        number: revision.number,
        draft: revision.draft,
        proposed: deed(&revision.proposed),
        approved: revision.approved.as_ref().map(deed),
        sent: revision.sent.as_ref().map(answers::sent),
        received: revision.received.as_ref().map(deed),
        accepted: revision.accepted.as_ref().map(deed),
        differences: differences.iter().map(difference).collect(),
    }
}

/// `GET /api/v1/reports/{regime}/{period}/{unit}/revisions/{number}`
pub async fn frozen(
    State(office): State<Office>,
    caller: Caller,
    At((regime, period, unit, number)): At<(String, String, String, u32)>,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<FrozenAnswer>, Fault> {
    let (actor, address) = (caller.actor, address_of((regime, period, unit))?);
    let history = office
        .run(move |service| service.history(&actor, &address))
        .await?;
    let found = history
        .revisions
        .iter()
        .find(|one| one.revision.number == number)
        .ok_or(Fault::NotFound)?;
    Ok(Json(FrozenAnswer {
        revision: revision(&found.revision, &found.differences),
        figures: answers::figures(&found.revision.figures),
    }))
}

/// `GET /api/v1/reports/{regime}/{period}/{unit}/files/{sha256}`
pub async fn file(
    State(office): State<Office>,
    caller: Caller,
    At((regime, period, unit, sha256)): At<(String, String, String, String)>,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Response, Fault> {
    let address = address_of((regime, period, unit))?;
    let (actor, now) = (caller.actor, office.now());
    let (file, content) = office
        .run(move |service| service.attached_file(&actor, &address, now, &sha256))
        .await?;
    Ok(attachment::handed_out(
        &file,
        content,
        "application/octet-stream",
    )?)
}
