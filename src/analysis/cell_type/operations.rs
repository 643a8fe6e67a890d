//! Natures × operations: the one table from which every question of legality is answered (language-types §1.7).
//!
//! Each answer is an outcome, or a refusal with its way out. It deliberately does not know places or formulas; a nature that could not be told is
//! asked nothing and refuses nothing.

use super::extent::Start;
use super::sums::Additivity;
use super::value::Value;
use crate::analysis::model::cell::Modality;
use crate::analysis::natures::Nature;
use crate::diagnostic::problem::meaning::operation::{OperationWord, Remedy};
use crate::diagnostic::problem::meaning::time::NatureWord;

/// The rows of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Số phát sinh trong kỳ.
    Flow,
    /// Lũy kế từ đầu năm.
    SinceYear,
    /// Lũy kế từ đầu đợt.
    SinceEvent,
    /// Lũy kế từ khởi công.
    SinceStart,
    /// Số cuối kỳ.
    Stock,
    /// Số đầu kỳ.
    Opening,
    /// Parts of different natures.
    Mixed,
    /// Tỷ lệ.
    Ratio,
    /// Chỉ số.
    Index,
    /// Bình quân kỳ.
    PeriodAverage,
    /// Bình quân theo quyền số.
    Average,
    /// Different keys, counted over a list.
    Distinct,
    /// Không cộng theo kỳ.
    NotOverTime,
    /// Điểm số.
    Score,
    /// Yes or no, or an entry of a catalog.
    Choice,
    /// Words, a day, a file.
    Words,
    /// The value of a plan.
    Plan,
}

/// What an operation gives where it is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The parts are added.
    Sum,
    /// The value at the end of the span.
    Last,
    /// The value at its start.
    First,
    /// The formula is computed again from its operands.
    Recompute,
    /// The mean of the windows, each by its length.
    TimeWeighted,
    /// The mean by the stated weights.
    Weighted,
    /// Keys are counted again over all lists.
    Recount,
    /// It is typed again.
    TypedAfresh,
    /// Shown side by side.
    Collect,
    /// The same of another window or year.
    Shifted,
    /// All windows of the year up to this one are added.
    Cumulated,
    /// The plan of the year.
    PlanOfYear,
    /// The level planned for the end of the year.
    PlannedLevel,
    /// A given value of the plan; else the formula over plans.
    GivenOrRecomputed,
    /// The figure at the moment before the window.
    AtStart,
    /// Nothing.
    Nothing,
}

/// An answer of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be done and gives this.
    Allowed(Outcome),
    /// It cannot be meant.
    Refused(Refusal),
}

/// Why an operation cannot be meant, and the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The operation.
    pub operation: OperationWord,
    /// What the figure is.
    pub kind: Kind,
    /// The way out.
    pub remedy: Remedy,
}

impl Kind {
    /// All rows of the table.
    pub const ALL: [Kind; 17] = [
        Kind::Flow,
        Kind::SinceYear,
        Kind::SinceEvent,
        Kind::SinceStart,
        Kind::Stock,
        Kind::Opening,
        Kind::Mixed,
        Kind::Ratio,
        Kind::Index,
        Kind::PeriodAverage,
        Kind::Average,
        Kind::Distinct,
        Kind::NotOverTime,
        Kind::Score,
        Kind::Choice,
        Kind::Words,
        Kind::Plan,
    ];

    /// The row of a figure; `None` for a literal and for what could not be told.
    pub fn of(value: Option<Value>, additivity: &Additivity) -> Option<Kind> {
        match value {
            Some(Value::YesOrNo | Value::Choice(_)) => return Some(Kind::Choice),
            Some(Value::Text | Value::Date | Value::File | Value::Reporter) => {
                return Some(Kind::Words);
            }
            Some(Value::Number(_)) | None => {}
        }
        if let (Some(modality), true) = (&additivity.modality, additivity.nature != Nature::Ratio)
            && matches!(modality, Modality::Plan(_))
        {
            return Some(Kind::Plan);
        }
        let start = additivity.extent.as_ref().and_then(|extent| extent.start());
        Some(match additivity.nature {
            Nature::Constant | Nature::Unknown => return None,
            Nature::None => Kind::Words,
            Nature::Flow => match start {
                Some(Start::Year) => Kind::SinceYear,
                Some(Start::Event) => Kind::SinceEvent,
                Some(Start::Project) => Kind::SinceStart,
                Some(Start::Window(_)) | None => Kind::Flow,
            },
            Nature::Stock => Kind::Stock,
            Nature::Opening => Kind::Opening,
            Nature::Mixed => Kind::Mixed,
            Nature::Ratio => Kind::Ratio,
            Nature::Index => Kind::Index,
            Nature::PeriodAverage => Kind::PeriodAverage,
            Nature::AverageBy => Kind::Average,
            Nature::Distinct => Kind::Distinct,
            Nature::NotOverTime => Kind::NotOverTime,
            Nature::Score => Kind::Score,
        })
    }

    /// The row in words.
    pub fn word(self) -> NatureWord {
        match self {
            Kind::Flow => NatureWord::Flow,
            Kind::SinceYear => NatureWord::SinceYear,
            Kind::SinceEvent => NatureWord::SinceEvent,
            Kind::SinceStart => NatureWord::SinceStart,
            Kind::Stock => NatureWord::Stock,
            Kind::Opening => NatureWord::Opening,
            Kind::Mixed => NatureWord::Mixed,
            Kind::Ratio => NatureWord::Ratio,
            Kind::Index => NatureWord::Index,
            Kind::PeriodAverage => NatureWord::PeriodAverage,
            Kind::Average => NatureWord::AverageBy,
            Kind::Distinct => NatureWord::Distinct,
            Kind::NotOverTime => NatureWord::NotOverTime,
            Kind::Score => NatureWord::Score,
            Kind::Choice => NatureWord::Choice,
            Kind::Words => NatureWord::Words,
            Kind::Plan => NatureWord::Plan,
        }
    }
}

/// Whether an operation may be done with a figure, and what it gives.
pub fn verdict(kind: Kind, operation: OperationWord) -> Verdict {
    match operation {
        OperationWord::SumOverUnits => over_units(kind),
        OperationWord::SumBelow => sum_below(kind),
        OperationWord::RollUp => roll_up(kind),
        OperationWord::Previous => previous(kind),
        OperationWord::YearToDate => year_to_date(kind),
        OperationWord::YearAgo => year_ago(kind),
        OperationWord::Plan => plan(kind),
        OperationWord::Opening => opening(kind),
        OperationWord::OverEvents => over_events(kind),
    }
}

fn refused(operation: OperationWord, kind: Kind, remedy: Remedy) -> Verdict {
    Verdict::Refused(Refusal {
        operation,
        kind,
        remedy,
    })
}

fn over_units(kind: Kind) -> Verdict {
    let no = |remedy| refused(OperationWord::SumOverUnits, kind, remedy);
    Verdict::Allowed(match kind {
        Kind::Flow
        | Kind::SinceYear
        | Kind::SinceEvent
        | Kind::SinceStart
        | Kind::Stock
        | Kind::Opening
        | Kind::PeriodAverage
        | Kind::NotOverTime => Outcome::Sum,
        Kind::Mixed | Kind::Ratio => Outcome::Recompute,
        Kind::Average => Outcome::Weighted,
        Kind::Distinct => Outcome::Recount,
        Kind::Words => Outcome::Collect,
        Kind::Index => return no(Remedy::EnterAbove),
        Kind::Score => return no(Remedy::RankingForm),
        Kind::Choice => return no(Remedy::CountThem),
        Kind::Plan => return no(Remedy::LookUp),
    })
}

/// `sum below` adds figures as they are; what is recomputed, weighted or recounted over units enters a form of the consolidating level by its own formula
/// only (language-types §1.8).
fn sum_below(kind: Kind) -> Verdict {
    let no = |remedy| refused(OperationWord::SumBelow, kind, remedy);
    match kind {
        Kind::Ratio | Kind::Average | Kind::Distinct => no(Remedy::AddItsParts),
        Kind::Words => no(Remedy::None),
        Kind::Mixed => Verdict::Allowed(Outcome::Sum),
        _ => match over_units(kind) {
            Verdict::Refused(refusal) => no(refusal.remedy),
            allowed => allowed,
        },
    }
}

fn roll_up(kind: Kind) -> Verdict {
    let no = |remedy| refused(OperationWord::RollUp, kind, remedy);
    Verdict::Allowed(match kind {
        Kind::Flow => Outcome::Sum,
        Kind::SinceYear | Kind::SinceEvent | Kind::SinceStart | Kind::Stock | Kind::Choice => {
            Outcome::Last
        }
        Kind::Opening => Outcome::First,
        Kind::Mixed | Kind::Ratio => Outcome::Recompute,
        Kind::PeriodAverage => Outcome::TimeWeighted,
        Kind::Average => Outcome::Weighted,
        Kind::Distinct => Outcome::Recount,
        Kind::NotOverTime => Outcome::TypedAfresh,
        Kind::Words => Outcome::Nothing,
        Kind::Plan => Outcome::PlanOfYear,
        Kind::Index => return no(Remedy::EnterAgain),
        Kind::Score => return no(Remedy::RankingForm),
    })
}

/// `previous` of a figure since the start of the year is nil in the first period of the year: the span is empty; since an event it is blank.
fn previous(kind: Kind) -> Verdict {
    match kind {
        Kind::Ratio | Kind::Mixed => Verdict::Allowed(Outcome::Recompute),
        Kind::Plan => Verdict::Allowed(Outcome::PlanOfYear),
        _ => Verdict::Allowed(Outcome::Shifted),
    }
}

fn year_to_date(kind: Kind) -> Verdict {
    let no = |remedy| refused(OperationWord::YearToDate, kind, remedy);
    Verdict::Allowed(match kind {
        Kind::Flow => Outcome::Cumulated,
        Kind::Mixed | Kind::Ratio => Outcome::Recompute,
        Kind::PeriodAverage => Outcome::TimeWeighted,
        Kind::Average => Outcome::Weighted,
        Kind::Distinct => Outcome::Recount,
        Kind::SinceYear | Kind::SinceEvent | Kind::SinceStart | Kind::Stock => {
            return no(Remedy::UseItself);
        }
        Kind::Opening => return no(Remedy::OpeningOfYear),
        Kind::Index | Kind::NotOverTime => return no(Remedy::EnterAgain),
        Kind::Score => return no(Remedy::RankingForm),
        Kind::Plan => return no(Remedy::UseItself),
        Kind::Choice | Kind::Words => return no(Remedy::None),
    })
}

fn year_ago(kind: Kind) -> Verdict {
    match kind {
        Kind::SinceEvent => refused(OperationWord::YearAgo, kind, Remedy::EventsDoNotRecur),
        Kind::Ratio | Kind::Mixed => Verdict::Allowed(Outcome::Recompute),
        Kind::Plan => Verdict::Allowed(Outcome::PlanOfYear),
        _ => Verdict::Allowed(Outcome::Shifted),
    }
}

fn plan(kind: Kind) -> Verdict {
    let no = |remedy| refused(OperationWord::Plan, kind, remedy);
    Verdict::Allowed(match kind {
        Kind::Flow
        | Kind::SinceYear
        | Kind::Index
        | Kind::PeriodAverage
        | Kind::Average
        | Kind::Distinct
        | Kind::NotOverTime
        | Kind::Score => Outcome::PlanOfYear,
        Kind::Stock | Kind::SinceStart => Outcome::PlannedLevel,
        Kind::Ratio => Outcome::GivenOrRecomputed,
        Kind::SinceEvent => return no(Remedy::EventsDoNotRecur),
        Kind::Opening => return no(Remedy::UseStock),
        Kind::Plan => return no(Remedy::UseItself),
        Kind::Mixed | Kind::Choice | Kind::Words => return no(Remedy::None),
    })
}

fn opening(kind: Kind) -> Verdict {
    match kind {
        Kind::Stock | Kind::Mixed => Verdict::Allowed(Outcome::AtStart),
        Kind::Opening => refused(OperationWord::Opening, kind, Remedy::UseItself),
        _ => refused(OperationWord::Opening, kind, Remedy::UseStock),
    }
}

fn over_events(kind: Kind) -> Verdict {
    match kind {
        Kind::SinceEvent => Verdict::Allowed(Outcome::Sum),
        _ => refused(OperationWord::OverEvents, kind, Remedy::SinceEvent),
    }
}
