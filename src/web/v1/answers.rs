//! What programs are answered, as types from which the document of the interface is made.
//!
//! Figures are exact decimals as text, moments carry their offset, words are in the language asked for. It does not know who asks. Broken input: none, answers are only made here.

use crate::calendar::{Due, Moment};
use crate::eval::cell::Cell;
use crate::eval::figures::{Entry, Figures};
use crate::plan::CompiledRegime;
use crate::plan::form::{ColumnIndex, Form};
use crate::reports::event::Stamp;
use crate::reports::obligation::Doubt;
use crate::reports::report::{Report, ReturnNote, Sending};
use crate::reports::standing::Standing;
use crate::web::v1::fault::entry_text;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The key that a program uses.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TokenAnswer {
    /// Its id, the part that is no secret.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The unit it acts for.
    pub unit: String,
    /// The unit's name.
    pub unit_name: String,
    /// `read`, `write`, `send`.
    pub rights: Vec<&'static str>,
    /// On whose behalf it acts.
    pub on_behalf_of: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The server's time now.
    pub now: String,
}

/// Who did something, and when.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeedAnswer {
    /// Name.
    pub name: String,
    /// The unit acted for.
    pub unit: String,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// When.
    pub at: String,
}

/// A deadline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DueAnswer {
    /// The last day.
    pub date: String,
    /// The last minute of that day; null: until midnight.
    pub clock: Option<String>,
}

/// How a report stands against its deadline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandingAnswer {
    /// `exempted`, `not_yet_open`, `open`, `due_soon`, `late`, `sent_on_time`, `sent_late`, `accepted`, `correcting` or `returned`.
    pub state: &'static str,
    /// Days left where it is due soon, days late where it is late.
    pub days: Option<u32>,
    /// Whether it is late, or was sent late.
    pub late: bool,
}

/// A report that was sent back.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReturnedAnswer {
    /// The revision.
    pub revision: u32,
    /// Who and when.
    pub by: DeedAnswer,
    /// What is to be corrected.
    pub reasons: Vec<ReasonAnswer>,
}

/// One thing to correct.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReasonAnswer {
    /// The cell, e.g. `TTHC06A[dat_dai, 4]`; null: the report as a whole.
    pub cell: Option<String>,
    /// The words.
    pub text: String,
}

/// What a report is and where it stands after a change.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangedAnswer {
    /// The regime's name.
    pub regime: String,
    /// Its version.
    pub version: u32,
    /// The period.
    pub period: String,
    /// The unit.
    pub unit: String,
    /// Where it stands: `draft`, `returned`, `proposed`, `approved`, `sent`, `received`, `accepted`, `correcting`.
    pub status: &'static str,
    /// The draft number; the base of the next change.
    pub draft: u64,
    /// The newest revision's number; 0: none.
    pub revision: u32,
    /// Who saved last.
    pub saved: Option<DeedAnswer>,
}

/// The figures of one form as they were entered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EnteredAnswer {
    /// Row key → column key → text; a cell that is not there is blank.
    pub rows: BTreeMap<String, BTreeMap<String, String>>,
    /// Explanations by key of the finding.
    pub explanations: BTreeMap<String, String>,
    /// Opening figures declared by hand.
    pub declared_openings: BTreeMap<String, BTreeMap<String, String>>,
    /// Why they were declared.
    pub opening_reason: Option<String>,
}

/// Everything entered in a report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FiguresAnswer {
    /// By form name.
    pub forms: BTreeMap<String, EnteredAnswer>,
    /// Narratives of the outline, by key.
    pub narratives: BTreeMap<String, String>,
}

/// One cell with its meaning, computed ones included.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CellAnswer {
    /// Form name.
    pub form: String,
    /// Row key; `total` for the total row.
    pub row: String,
    /// Column key.
    pub column: String,
    /// `given`, `partial`, `text`, `date`, `answer`, `entry`, `file`, `nil`, `blank` or `closed`.
    pub state: &'static str,
    /// The exact value: a decimal, or `numerator/denominator` where the decimal does not end; null without one.
    pub value: Option<String>,
    /// Of a partial sum: reports that answered.
    pub answered: Option<u32>,
    /// Of a partial sum: reports due.
    pub due: Option<u32>,
}

/// How a revision was sent.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SentAnswer {
    /// Who and when.
    pub by: DeedAnswer,
    /// The units it went to.
    pub recipients: Vec<String>,
    /// The deadline as it stood then.
    pub due: Option<DueAnswer>,
    /// Whether it was late.
    pub late: bool,
    /// Days after the last day.
    pub days_late: u32,
    /// Why it was late.
    pub late_reason: Option<String>,
}

/// A name with a key, for lists.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NamedAnswer {
    /// The key.
    pub id: String,
    /// The name.
    pub name: String,
}

/// Why the deadline is unknown or may move, for programs.
pub fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::LocalNotSet => "local_not_set",
        Doubt::NotStated => "not_stated",
        Doubt::NoEvent => "no_event",
        Doubt::RestDaysNotDecided => "rest_days_not_decided",
    }
}

/// A moment as it is answered.
pub fn moment(moment: Moment) -> String {
    moment.to_iso()
}

/// A deadline as it is answered.
pub fn due(due: Due) -> DueAnswer {
    DueAnswer {
        date: due.date.to_string(),
        clock: due.clock.map(|clock| clock.to_string()),
    }
}

/// A deed as it is answered.
pub fn deed(stamp: &Stamp) -> DeedAnswer {
    DeedAnswer {
        name: stamp.name.clone(),
        unit: stamp.unit.to_string(),
        on_behalf_of: stamp
            .on_behalf_of
            .as_ref()
            .map(|person| person.name.clone()),
        at: stamp.at.to_iso(),
    }
}

/// A standing as it is answered.
pub fn standing(standing: Standing) -> StandingAnswer {
    let (state, days, late) = match standing {
        Standing::Exempted => ("exempted", None, false),
        Standing::NotYetOpen => ("not_yet_open", None, false),
        Standing::Open => ("open", None, false),
        Standing::DueSoon { days_left } => ("due_soon", Some(days_left), false),
        Standing::Late { days } => ("late", Some(days), true),
        Standing::SentOnTime => ("sent_on_time", None, false),
        Standing::SentLate { days } => ("sent_late", Some(days), true),
        Standing::Accepted(lateness) => ("accepted", days(lateness), lateness.late),
        Standing::Correcting(lateness) => ("correcting", days(lateness), lateness.late),
        Standing::Returned(lateness) => ("returned", days(lateness), lateness.late),
    };
    StandingAnswer { state, days, late }
}

fn days(lateness: crate::reports::standing::Lateness) -> Option<u32> {
    lateness.late.then_some(lateness.days)
}

/// A return as it is answered.
pub fn returned(note: &ReturnNote) -> ReturnedAnswer {
    let reason = |reason: &crate::reports::command::ReturnReason| ReasonAnswer {
        cell: reason.cell.as_ref().map(ToString::to_string),
        text: reason.text.clone(),
    };
    ReturnedAnswer {
        revision: note.revision,
        by: deed(&note.stamp),
        reasons: note.reasons.iter().map(reason).collect(),
    }
}

/// A sending as it is answered.
pub fn sent(sending: &Sending) -> SentAnswer {
    SentAnswer {
        by: deed(&sending.stamp),
        recipients: sending.recipients.iter().map(ToString::to_string).collect(),
        due: sending.due.map(due),
        late: sending.late,
        days_late: sending.days_late,
        late_reason: sending.late_reason.clone(),
    }
}

/// A report after a change.
pub fn changed(report: &Report) -> ChangedAnswer {
    ChangedAnswer {
        regime: report.key.regime.clone(),
        version: report.key.version,
        period: report.key.period.to_string(),
        unit: report.key.unit.to_string(),
        status: report.status.key(),
        draft: report.draft,
        revision: report.newest_revision().map_or(0, |one| one.number),
        saved: report.last_saved.as_ref().map(deed),
    }
}

/// What was entered, as it is answered.
pub fn figures(figures: &Figures) -> FiguresAnswer {
    let texts = |rows: &BTreeMap<String, BTreeMap<String, Entry>>| {
        let row = |(row, cells): (&String, &BTreeMap<String, Entry>)| {
            let cell = |(column, entry): (&String, &Entry)| (column.clone(), entry_text(entry));
            (row.clone(), cells.iter().map(cell).collect())
        };
        rows.iter().map(row).collect()
    };
    let forms = figures.forms.iter().map(|(name, form)| {
        let entered = EnteredAnswer {
            rows: texts(&form.rows),
            explanations: form.explanations.clone(),
            declared_openings: texts(&form.declared_openings),
            opening_reason: form.opening_reason.clone(),
        };
        (name.clone(), entered)
    });
    FiguresAnswer {
        forms: forms.collect(),
        narratives: figures.narratives.clone(),
    }
}

/// A cell's state, its exact value, and on how many reports a partial one rests.
pub fn cell(form: &Form, row: &str, column: ColumnIndex, cell: &Cell) -> CellAnswer {
    let (value, basis) = match cell {
        Cell::Given(number) => (Some(number.to_plain(None)), None),
        Cell::Partial(number, basis) => (Some(number.to_plain(None)), Some(*basis)),
        Cell::Text(text) => (Some(text.clone()), None),
        Cell::Day(day) => (Some(day.to_string()), None),
        Cell::Truth(true) => (Some("yes".to_string()), None),
        Cell::Truth(false) => (Some("no".to_string()), None),
        Cell::Entry(entry) => (Some(entry.name.clone()), None),
        Cell::File(file) => (Some(file.to_text()), None),
        Cell::Nil | Cell::Blank(_) | Cell::Closed => (None, None),
    };
    CellAnswer {
        form: form.name.clone(),
        row: row.to_string(),
        column: form
            .column(column)
            .map(|found| found.key(column))
            .unwrap_or_default(),
        state: crate::web::grid::state_key(cell),
        value,
        answered: basis.map(|basis| basis.answered),
        due: basis.map(|basis| basis.due),
    }
}

/// The cells of an evaluation, in the order of forms, rows and columns.
pub fn cells(
    plan: &CompiledRegime,
    evaluation: &crate::eval::evaluate::Evaluation,
) -> Vec<CellAnswer> {
    let all = evaluation.cells.iter().filter_map(|(at, value)| {
        let form = plan.form_definition.form(at.form)?;
        Some(cell(form, at.row.key(), at.column, value))
    });
    all.collect()
}
