//! What a body consolidates: its regimes and periods, who has reported, the figures of the whole.
//!
//! Only for keys of units to which reports go, with what the responsible person reads. Broken input: what the unit does not consolidate is not found.

use crate::calendar::Period;
use crate::eval::consolidate::Group;
use crate::service::view::{CollectionSummary, UnitStatus};
use crate::service::whole::document::Looking;
use crate::web::office::Office;
use crate::web::v1::answers::{self, CellAnswer, DueAnswer, StandingAnswer};
use crate::web::v1::caller::{Asked, At, Caller};
use crate::web::v1::fault::Fault;
use crate::web::v1::requests::NoQuery;
use crate::web::words::pick;
use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

/// What the unit consolidates.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConsolidationsAnswer {
    /// Newest first.
    consolidations: Vec<SummaryAnswer>,
}

/// One regime and period that is consolidated.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SummaryAnswer {
    /// The regime's name.
    regime: String,
    /// Its printed title.
    title: String,
    /// The period.
    period: String,
    /// The body that consolidates.
    recipient: String,
    /// First day of the figures.
    from: String,
    /// Last day of the figures.
    to: String,
    /// The latest deadline of the units.
    due: Option<DueAnswer>,
    /// Names of the forms.
    forms: Vec<String>,
    /// Units that owe a report.
    expected: usize,
    /// Reports that count.
    received: usize,
    /// Reports accepted.
    accepted: usize,
    /// Reports late.
    late: usize,
    /// Reports returned and not sent again.
    returned: usize,
}

/// Who has and who has not reported.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BoardAnswer {
    /// The whole.
    summary: SummaryAnswer,
    /// The units, in the order of levels and kinds.
    units: Vec<UnitAnswer>,
}

/// How one unit's report stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UnitAnswer {
    /// The unit.
    unit: String,
    /// Its name.
    name: String,
    /// Name of its level.
    level: String,
    /// Its kind in words.
    kind: String,
    /// Where the report stands.
    status: &'static str,
    /// Against its deadline.
    standing: StandingAnswer,
    /// The deadline.
    due: Option<DueAnswer>,
    /// When it was last sent.
    sent_at: Option<String>,
    /// The revision that counts.
    revision: Option<u32>,
}

/// A consolidated form.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConsolidatedAnswer {
    /// The whole.
    summary: SummaryAnswer,
    /// Form name.
    form: String,
    /// Groups of units, the whole first.
    groups: Vec<GroupAnswer>,
    /// What lists of units say against one another.
    conflicts: Vec<String>,
}

/// The figures of a group of units.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GroupAnswer {
    /// `overall`, `level`, `item` or `registered`.
    kind: &'static str,
    /// Name of the level, or of the catalogue of what is registered.
    of: Option<String>,
    /// Name of the kind of unit, or of the entry.
    value: Option<String>,
    /// Reports that count.
    received: u32,
    /// Units due.
    due: u32,
    /// Units without a report.
    missing: Vec<String>,
    /// Its figures.
    cells: Vec<CellAnswer>,
}

/// `GET /api/v1/consolidations`
pub async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<ConsolidationsAnswer>, Fault> {
    let (actor, now) = (caller.actor, office.now());
    let found = office
        .run(move |service| service.collections(&actor, now))
        .await?;
    Ok(Json(ConsolidationsAnswer {
        consolidations: found.iter().map(summary).collect(),
    }))
}

/// `GET /api/v1/consolidations/{regime}/{period}`
pub async fn board(
    State(office): State<Office>,
    caller: Caller,
    At((regime, period)): At<(String, String)>,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<BoardAnswer>, Fault> {
    let period = period.parse().map_err(|_| Fault::NotFound)?;
    let (actor, now, body) = (caller.actor, office.now(), caller.token.unit);
    let view = office
        .run(move |service| service.collection(&actor, &regime, &period, Some(&body), now))
        .await?;
    Ok(Json(BoardAnswer {
        summary: summary(&view.summary),
        units: view.units.iter().map(unit).collect(),
    }))
}

/// `GET /api/v1/consolidations/{regime}/{period}/{form}`
pub async fn form(
    State(office): State<Office>,
    caller: Caller,
    At((regime, period, form)): At<(String, String, String)>,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<ConsolidatedAnswer>, Fault> {
    let period: Period = period.parse().map_err(|_| Fault::NotFound)?;
    let (actor, now, language) = (caller.actor, office.now(), caller.language);
    let looking = Looking {
        body: Some(caller.token.unit),
        revision: None,
    };
    let view = office
        .run(move |service| service.consolidated(&actor, (&regime, &period), &looking, &form, now))
        .await?;
    let definition = view
        .plan
        .form_definition
        .form(view.form)
        .ok_or(Fault::NotFound)?;
    let whole = &view.consolidation;
    let groups = whole.groups.iter().map(|group| {
        let (kind, of, value) = named(group);
        let coverage = whole.coverage.get(group).cloned().unwrap_or_default();
        let cells = whole.figures.iter().filter(|((of, _, _), _)| of == group);
        GroupAnswer {
            kind,
            of,
            value,
            received: coverage.received,
            due: coverage.due,
            missing: coverage.missing.iter().map(ToString::to_string).collect(),
            cells: cells
                .map(|((_, row, column), figure)| CellAnswer {
                    answered: Some(figure.answered),
                    due: Some(figure.due),
                    ..answers::cell(definition, row.key(), *column, &figure.cell)
                })
                .collect(),
        }
    });
    Ok(Json(ConsolidatedAnswer {
        summary: summary(&view.summary),
        form: definition.name.clone(),
        groups: groups.collect(),
        conflicts: whole
            .conflicts
            .iter()
            .map(|words| pick(language, words.clone()))
            .collect(),
    }))
}

fn named(group: &Group) -> (&'static str, Option<String>, Option<String>) {
    match group {
        Group::Overall => ("overall", None, None),
        Group::Level(level) => ("level", Some(level.clone()), None),
        Group::Item { level, item } => ("item", Some(level.clone()), Some(item.clone())),
        Group::Registered { attribute, entry } => {
            ("registered", Some(attribute.clone()), Some(entry.clone()))
        }
    }
}

fn summary(summary: &CollectionSummary) -> SummaryAnswer {
    SummaryAnswer {
        regime: summary.regime.clone(),
        title: summary.regime_title.clone(),
        period: summary.period.to_string(),
        recipient: summary.recipient.to_string(),
        from: summary.window.from.to_string(),
        to: summary.window.to.to_string(),
        due: summary.due.map(answers::due),
        forms: summary.forms.iter().map(|(name, _)| name.clone()).collect(),
        expected: summary.expected,
        received: summary.received,
        accepted: summary.accepted,
        late: summary.late,
        returned: summary.returned,
    }
}

fn unit(unit: &UnitStatus) -> UnitAnswer {
    UnitAnswer {
        unit: unit.unit.to_string(),
        name: unit.name.clone(),
        level: unit.level.clone(),
        kind: unit.kind.clone(),
        status: unit.status.key(),
        standing: answers::standing(unit.standing),
        due: unit.due.map(answers::due),
        sent_at: unit.sent_at.map(answers::moment),
        revision: unit.revision,
    }
}
