//! What service calls answer: plain data for pages, commands and the JSON API.
//!
//! Views hold plans, cells and names, never words of a language or markup. They do not know who is looking; the call that made a view has already left out what the
//! actor may not see. Broken input: none, views are only made here.

use crate::calendar::{DateRange, Due, Moment, Period};
use crate::eval::adjustment::Adjustment;
use crate::eval::cell::Cell;
use crate::eval::consolidate::{Consolidation, Group};
use crate::eval::evaluate::Evaluation;
use crate::eval::figures::{Entry, Figures};
use crate::eval::outline::OutlineLine;
use crate::eval::provenance::Provenance;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::CellAddress;
use crate::plan::form::FormIndex;
use crate::reports::event::{Event, Stamp};
use crate::reports::form_due::FormStanding;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::obligation::Doubt;
use crate::reports::permission::Action;
use crate::reports::report::{ReturnNote, Revision, Sending, Status};
use crate::reports::ruling::Ruled;
use crate::reports::standing::Standing;
use crate::reports::work::WorkKind;
use crate::service::whole::document::{DocumentAddress, Looking};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which report a person means: the version follows from the period, or from the report once begun.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportAddress {
    /// The regime's name.
    pub regime: String,
    /// The period.
    pub period: Period,
    /// The reporting unit.
    pub unit: UnitId,
}

/// One thing for a person to do, or done lately.
#[derive(Debug, Clone)]
pub struct WorkItem {
    /// What kind of work.
    pub kind: WorkKind,
    /// The report.
    pub address: ReportAddress,
    /// The regime's printed title.
    pub regime_title: String,
    /// The unit's name.
    pub unit_name: String,
    /// Where the report stands.
    pub status: Status,
    /// How it stands against its deadline.
    pub standing: Standing,
    /// The deadline that presses, if one is known: the earliest of the report and its forms.
    pub due: Option<Due>,
    /// Printed signs of the forms whose deadline it is, where it is not that of the whole report.
    pub due_forms: Vec<String>,
    /// Why the deadline is unknown or may move.
    pub doubt: Option<Doubt>,
    /// The return that is still to be answered.
    pub returned: Option<ReturnNote>,
    /// In whose name the person acts, where the right was lent.
    pub on_behalf_of: Option<String>,
}

/// One regime and period that a body consolidates.
#[derive(Debug, Clone)]
pub struct CollectionSummary {
    /// The regime's name.
    pub regime: String,
    /// Its printed title.
    pub regime_title: String,
    /// The period.
    pub period: Period,
    /// The recipient that consolidates.
    pub recipient: UnitId,
    /// The window of the figures.
    pub window: DateRange,
    /// The latest deadline among the units, if any is known.
    pub due: Option<Due>,
    /// The forms: name and printed sign.
    pub forms: Vec<(String, String)>,
    /// Units that owe a report.
    pub expected: usize,
    /// Reports sent or accepted.
    pub received: usize,
    /// Reports sent that wait for an answer of the recipient: to be received, accepted or returned.
    pub unanswered: usize,
    /// Reports accepted.
    pub accepted: usize,
    /// Reports sent late, or not sent and overdue.
    pub late: usize,
    /// Reports returned and not sent again.
    pub returned: usize,
}

/// Who has and who has not reported.
#[derive(Debug, Clone)]
pub struct CollectionView {
    /// The figures of the whole.
    pub summary: CollectionSummary,
    /// The units, in the order of levels and kinds.
    pub units: Vec<UnitStatus>,
    /// Whether the actor may accept and return.
    pub may_receive: bool,
    /// The bodies whose collections of this period the actor may look at, with their names.
    pub bodies: Vec<(UnitId, String)>,
    /// Where the body's own document stands.
    pub document: Status,
}

/// How one unit's report, or one body's document, stands.
#[derive(Debug, Clone)]
pub struct UnitStatus {
    /// The unit.
    pub unit: UnitId,
    /// Whether it is the unit's own report or a consolidated document.
    pub report_kind: ReportKind,
    /// Its name.
    pub name: String,
    /// Level name, for grouping.
    pub level: String,
    /// Label of the kind of unit, e.g. `phường`.
    pub kind: String,
    /// Where the report stands.
    pub status: Status,
    /// Against its deadlines.
    pub standing: Standing,
    /// The earliest of the deadlines of the report and its forms.
    pub due: Option<Due>,
    /// The forms that are not due with the report.
    pub forms: Vec<FormStanding>,
    /// When it was last sent.
    pub sent_at: Option<Moment>,
    /// The revision the recipient holds.
    pub revision: Option<u32>,
    /// The return still to be answered.
    pub returned: Option<ReturnNote>,
    /// Whether the actor may open the figures.
    pub may_open: bool,
}

/// One report with its meaning.
#[derive(Debug, Clone)]
pub struct ReportView {
    /// The report.
    pub key: ReportKey,
    /// The plan it is made under.
    pub plan: Arc<CompiledRegime>,
    /// The unit's name.
    pub unit_name: String,
    /// Where it stands.
    pub status: Status,
    /// Against the deadline.
    pub standing: Standing,
    /// The draft number on the screen; 0 where nothing was saved or the actor may not see drafts.
    pub draft: u64,
    /// When the draft was last saved.
    pub saved_at: Option<Moment>,
    /// The figures shown: the draft, or the revision the recipient holds.
    pub figures: Figures,
    /// Their meaning.
    pub evaluation: Arc<Evaluation>,
    /// What the actor may do now.
    pub may: BTreeSet<Action>,
    /// The window of the figures; its last day is the cut-off.
    pub window: DateRange,
    /// The deadline of the report.
    pub due: Option<Due>,
    /// The earliest of the deadlines of the report and its forms.
    pub pressing: Option<Due>,
    /// The forms that are not due with the report.
    pub forms: Vec<FormStanding>,
    /// Why the deadline is unknown or may move.
    pub doubt: Option<Doubt>,
    /// What was decided about it.
    pub ruled: Ruled,
    /// The return still to be answered, or the last one while the correction is on its way.
    pub last_return: Option<ReturnNote>,
    /// The newest revision's number; 0 when never proposed.
    pub revision: u32,
    /// How it was last sent.
    pub sent: Option<Sending>,
    /// Where carried figures come from.
    pub carry: CarriedFrom,
    /// Names of units, where a cell may name one.
    pub nameable_units: BTreeSet<String>,
}

/// Where the carried figures of a report come from, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarriedFrom {
    /// The regime has none.
    NotNeeded,
    /// The closing figures of this period's accepted report.
    Closing(Period),
    /// The opening figures of this shorter period's accepted report.
    Opening(Period),
    /// Declared by hand, for this reason.
    Declared(String),
    /// There is no earlier report; they must be declared.
    Undeclared,
}

/// The whole life of a report, as far as the actor may know.
#[derive(Debug, Clone)]
pub struct HistoryView {
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// Frozen revisions with what changed since the one before.
    pub revisions: Vec<RevisionView>,
}

/// A revision and its differences from the one before.
#[derive(Debug, Clone)]
pub struct RevisionView {
    /// The revision.
    pub revision: Revision,
    /// Cells that differ: address as text, before, after.
    pub differences: Vec<CellDifference>,
}

/// One entered cell that differs between two revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDifference {
    /// Form name.
    pub form: String,
    /// Row key.
    pub row: String,
    /// Column key.
    pub column: String,
    /// The entry before.
    pub before: Option<Entry>,
    /// The entry after.
    pub after: Option<Entry>,
}

/// A consolidated form.
#[derive(Debug, Clone)]
pub struct ConsolidatedView {
    /// The plan.
    pub plan: Arc<CompiledRegime>,
    /// The form.
    pub form: FormIndex,
    /// Whose consolidation it is.
    pub at: DocumentAddress,
    /// The body's name.
    pub body_name: String,
    /// What was asked for: a body, a frozen revision.
    pub looking: Looking,
    /// The differences that were added to the sums of units.
    pub adjusted: Vec<Adjustment>,
    /// The figures of the whole: who is due, received, late.
    pub summary: CollectionSummary,
    /// The figures.
    pub consolidation: Consolidation,
    /// Every unit due, in the order of levels and kinds.
    pub units: Vec<ConsolidatedUnit>,
    /// The outline of the whole, its sentences with the figures of all units; what units wrote stands with each unit.
    pub outline: Vec<OutlineLine>,
    /// Names of units, for the lists of missing ones.
    pub names: BTreeMap<UnitId, String>,
}

/// One unit's line of a consolidated form.
#[derive(Debug, Clone)]
pub struct ConsolidatedUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Level name.
    pub level: String,
    /// Kind name on the level.
    pub item: String,
    /// What is registered of it.
    pub attributes: BTreeMap<String, String>,
    /// Its report, if it counts.
    pub report: Option<Arc<Evaluation>>,
}

/// One consolidated figure, opened.
#[derive(Debug, Clone)]
pub struct FigureView {
    /// The plan.
    pub plan: Arc<CompiledRegime>,
    /// Which cell.
    pub at: CellAddress,
    /// Which units.
    pub group: Group,
    /// How it came about.
    pub provenance: Provenance,
    /// Each unit's part with revision, author and time.
    pub parts: Vec<FigurePart>,
    /// Whose consolidation it is.
    pub document: DocumentAddress,
    /// The body's name.
    pub body_name: String,
    /// What was asked for: a body, a frozen revision.
    pub looking: Looking,
    /// Where the actor may adjust the figure now: the draft number of the document.
    pub adjustable_at: Option<u64>,
    /// Units that are missing.
    pub missing: Vec<(UnitId, String)>,
    /// Names of the units due.
    pub names: BTreeMap<UnitId, String>,
    /// Units due.
    pub due: u32,
    /// Units that answered.
    pub answered: u32,
}

impl FigureView {
    /// The name of a unit behind the figure.
    pub fn name_of(&self, unit: &UnitId) -> String {
        let name = self.names.get(unit);
        name.cloned().unwrap_or_else(|| unit.to_string())
    }
}

/// One unit's part of a consolidated figure.
#[derive(Debug, Clone)]
pub struct FigurePart {
    /// The report.
    pub address: ReportAddress,
    /// The unit's name.
    pub unit_name: String,
    /// The cell there.
    pub at: CellAddress,
    /// Its value.
    pub cell: Cell,
    /// The revision it stands in.
    pub revision: u32,
    /// The body in whose document it came; none where the report came directly.
    pub through: Option<String>,
    /// Who proposed that revision.
    pub proposed_by: Stamp,
    /// Who approved it.
    pub approved_by: Option<Stamp>,
    /// When it was sent.
    pub sent_at: Option<Moment>,
}

/// A published version of a regime.
#[derive(Debug, Clone)]
pub struct RegimeView {
    /// The plan.
    pub plan: Arc<CompiledRegime>,
    /// Source files: name and text.
    pub sources: Vec<(String, String)>,
    /// The decision it was published under.
    pub decision: String,
    /// When.
    pub published_at: Moment,
    /// By whom.
    pub published_by: String,
}
