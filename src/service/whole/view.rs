//! What a person sees of a consolidated document, as plain data.
//!
//! It knows no pages. Broken input: none.

use crate::calendar::{DateRange, Due, Moment};
use crate::eval::evaluate::Evaluation;
use crate::eval::finding::Finding;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::reports::document::additions::NotedAdjustment;
use crate::reports::document::whole::Whole;
use crate::reports::event::Event;
use crate::reports::key::ReportKey;
use crate::reports::obligation::Doubt;
use crate::reports::permission::Action;
use crate::reports::report::{ReturnNote, Revision, Status};
use crate::reports::ruling::Ruling;
use crate::reports::standing::Standing;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A consolidated document as one person may see it.
pub struct DocumentView {
    /// Which document.
    pub key: ReportKey,
    /// The plan.
    pub plan: Arc<CompiledRegime>,
    /// Names of all units concerned.
    pub names: BTreeMap<UnitId, String>,
    /// Where it stands, as the person may know it.
    pub status: Status,
    /// Against its deadline.
    pub standing: Standing,
    /// The deadline, if it is known.
    pub due: Option<Due>,
    /// Why it is not.
    pub doubt: Option<Doubt>,
    /// The window of the figures.
    pub window: DateRange,
    /// The bodies of this system it goes to; empty where it goes to somebody outside.
    pub recipients: Vec<UnitId>,
    /// Draft number; 0 for who sees only what was sent.
    pub draft: u64,
    /// Number of the revision shown, or of the newest; 0 when there is none.
    pub revision: u32,
    /// Whether the figures are those of that revision, and not those of today.
    pub is_frozen: bool,
    /// The figures and the units behind them.
    pub whole: Whole,
    /// What does not hold of the whole.
    pub findings: Vec<Finding>,
    /// Every figure of the whole, as findings are described with.
    pub evaluation: Evaluation,
    /// Adjustments of the body, those taken back included.
    pub adjustments: Vec<AdjustmentView>,
    /// Adjustments of bodies below.
    pub adjusted_below: Vec<(UnitId, NotedAdjustment)>,
    /// Documents of the bodies below, as they stand.
    pub below: Vec<BelowView>,
    /// The body's own words beside those of the units.
    pub words: Vec<WordsView>,
    /// What the person may do now.
    pub may: BTreeSet<Action>,
    /// The return still to be answered.
    pub last_return: Option<ReturnNote>,
    /// Why nothing changes any more.
    pub locked: Option<Ruling>,
    /// What happened, as far as the person may know, oldest first.
    pub events: Vec<Event>,
    /// The frozen revisions that the person may see, oldest first.
    pub revisions: Vec<Revision>,
    /// When it was last changed.
    pub saved_at: Option<Moment>,
}

/// An adjustment with what became of the figure.
#[derive(Debug, Clone)]
pub struct AdjustmentView {
    /// As it is noted.
    pub noted: NotedAdjustment,
    /// Whether units' figures have moved since somebody looked at it ("xem lại").
    pub needs_review: bool,
}

/// A document of a body below.
#[derive(Debug, Clone)]
pub struct BelowView {
    /// The body.
    pub body: UnitId,
    /// Where its document stands, seen from outside.
    pub status: Status,
    /// The revision that counts, if any.
    pub revision: Option<u32>,
}

/// A narrative of the outline: what the body wrote, beside what the units wrote.
#[derive(Debug, Clone)]
pub struct WordsView {
    /// Key of the narrative.
    pub key: String,
    /// What to write about.
    pub label: String,
    /// The body's own words.
    pub own: Option<String>,
    /// What the units wrote.
    pub units: Vec<(UnitId, String)>,
}
