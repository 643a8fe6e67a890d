//! What a cell is: the type of its value, how it adds up, where it comes from, who fills it, where it applies.
//!
//! It deliberately does not know where the cell stands. What could not be told is unknown.

use crate::analysis::expression::Term;
use crate::analysis::natures::Nature;
use crate::calendar::PeriodChoice;
use crate::organisation::Party;

/// Where a part applies; empty: everywhere.
#[derive(Clone, Debug, Default)]
pub struct Applicability {
    /// Periods; empty: all.
    pub only_in: Vec<PeriodChoice>,
    /// Whose report; empty: everybody's.
    pub only_for: Vec<Party>,
    /// Conditions that must all hold.
    pub only_when: Vec<Term>,
}

/// What a cell is. There are very many, and most say little: what few of them say is boxed.
#[derive(Clone, Debug)]
pub struct CellDefinition {
    /// Type of the value.
    pub value: ValueType,
    /// Unit of measure, a position in [`crate::analysis::model::words::Words::measures`].
    pub measure: Option<usize>,
    /// How it adds up.
    pub nature: Nature,
    /// Over which span it runs.
    pub extent: Extent,
    /// What it claims.
    pub modality: Modality,
    /// Where the figure comes from.
    pub source: Source,
    /// Whether it must be answered.
    pub required: bool,
    /// Must be answered where this holds.
    pub required_when: Option<Box<Term>>,
    /// Is closed where this holds.
    pub closed_when: Option<Box<Term>>,
    /// The formula with all its sides: the first computes, or checks an entered cell; further ones check.
    pub chain: Vec<Side>,
    /// The same figure of a year to date as the sum of the rows it is made of: told from history where only they are known.
    pub by_parts: Option<Box<Term>>,
    /// Wholes of which it is a part.
    pub within: Vec<Side>,
    /// Bounds.
    pub range: Option<Box<(Side, Side)>>,
    /// The weight of an average, with [`Nature::AverageBy`].
    pub weight: Option<Box<Term>>,
    /// Whose report opens it.
    pub filled_by: FilledBy,
    /// A pattern its text must match.
    pub matching: Option<String>,
    /// The column whose value determines this one in a list (`same for`).
    pub same_for: Option<usize>,
    /// Prefilled from the unit's attributes.
    pub from_registry: bool,
    /// The indicator it is a figure of, a position in [`crate::analysis::model::words::Words::indicators`].
    pub indicator: Option<usize>,
    /// Where it applies.
    pub applicability: Applicability,
}

/// Over which span a figure runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The report's own window; for a stock its end.
    #[default]
    Current,
    /// The window before.
    Previous,
    /// Since the start of the year.
    SinceYear,
    /// Since the start of the event.
    SinceEvent,
    /// Since the start of the work.
    SinceStart,
    /// Since the start of the year, to the end of the window before.
    SinceYearToPrevious,
    /// Since the start of the event, to the end of the window before.
    SinceEventToPrevious,
    /// Since the start of the work, to the end of the window before.
    SinceStartToPrevious,
    /// The year of the plan.
    PlanYear,
}

impl Extent {
    /// Whether it ends with the window before, whatever it begins with.
    pub fn ends_before(self) -> bool {
        match self {
            Extent::Previous
            | Extent::SinceYearToPrevious
            | Extent::SinceEventToPrevious
            | Extent::SinceStartToPrevious => true,
            Extent::Current
            | Extent::SinceYear
            | Extent::SinceEvent
            | Extent::SinceStart
            | Extent::PlanYear => false,
        }
    }
}

/// What a figure claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// A fact, of a vintage if one is stated.
    Actual(Option<Vintage>),
    /// A value of a target, a position in [`crate::analysis::model::words::Words::targets`].
    Plan(usize),
    /// A typed plan.
    Planned,
}

/// How sure a figure is, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vintage {
    /// ước tính
    Estimate,
    /// sơ bộ
    Preliminary,
    /// chính thức
    Final,
}

/// Whose report opens a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FilledBy {
    /// Every reporter's.
    #[default]
    Reporters,
    /// Only these agencies'.
    Agencies(Vec<Party>),
    /// Only units of these levels.
    Levels(Vec<Party>),
    /// The receiver's.
    Recipient,
}

/// Type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A number.
    Number {
        /// Digits after the point.
        decimals: u32,
        /// May be below zero.
        negative: bool,
        /// A percentage.
        percent: bool,
    },
    /// Words.
    Text,
    /// A day.
    Date,
    /// Yes or no.
    YesOrNo,
    /// An entry of a catalog, a position in [`crate::analysis::model::words::Words::catalogs`].
    Choice(usize),
    /// A unit.
    Reporter,
    /// A file.
    File,
    /// Could not be told.
    Unknown,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Typed.
    Entered,
    /// The first side of [`CellDefinition::chain`].
    Computed,
    /// Carried over: the first side of the chain, in the earlier report.
    Carried,
    /// Nobody fills it.
    Closed,
}

/// A side of an equality, or a bound, with the author's words.
#[derive(Clone, Debug)]
pub struct Side {
    /// The expression.
    pub term: Term,
    /// As written.
    pub text: String,
}

impl Applicability {
    /// Whether it limits nothing.
    pub fn is_everywhere(&self) -> bool {
        self.only_in.is_empty() && self.only_for.is_empty() && self.only_when.is_empty()
    }
}

impl CellDefinition {
    /// Nothing is known of the cell yet but where its figure comes from.
    pub fn unknown(source: Source, required: bool) -> CellDefinition {
        CellDefinition {
            value: ValueType::Unknown,
            measure: None,
            nature: Nature::Unknown,
            extent: Extent::Current,
            modality: Modality::Actual(None),
            source,
            required,
            required_when: None,
            closed_when: None,
            chain: Vec::new(),
            by_parts: None,
            within: Vec::new(),
            range: None,
            weight: None,
            filled_by: FilledBy::Reporters,
            matching: None,
            same_for: None,
            from_registry: false,
            indicator: None,
            applicability: Applicability::default(),
        }
    }
}
