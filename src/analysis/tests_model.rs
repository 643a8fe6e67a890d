//! Tests of a regime as plain data: whose report, which period, what is given, what is expected.
//!
//! It deliberately does not know how a test is run. Keys are those of data: form name, row key (empty for the own row, `total` for the total
//! row), column key. Only resolved parts are kept; what could not be resolved has been reported.

use crate::calendar::{Clock, Date, DateRange, Period};
use crate::diagnostic::Label;
use crate::number::Number;
use crate::organisation::{EventState, Party};

/// One test.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// What it shows.
    pub title: String,
    /// Where it is written.
    pub label: Label,
    /// Line of its beginning, from 1.
    pub line: u32,
    /// The unit whose report is tested.
    pub reporter: TestReporter,
    /// The period.
    pub period: Period,
    /// The event that the period follows, with what is given of it.
    pub event: Option<EventState>,
    /// Events that are over, which figures over events read; each with the number of its periods.
    pub ended_events: Vec<(u16, EventState)>,
    /// What is given, in the author's order.
    pub given: Vec<Given>,
    /// Plan values that are assigned.
    pub plan_values: Vec<GivenPlanValue>,
    /// Mergers and divisions.
    pub successions: Vec<GivenSuccession>,
    /// What the registry holds of units: the unit's name, the attribute, the entry.
    pub registry: Vec<(String, String, String)>,
    /// Narratives that are written: key and text.
    pub narratives: Vec<(String, String)>,
    /// What is expected, in the author's order.
    pub expectations: Vec<Expectation>,
}

/// The unit of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestReporter {
    /// Its official name.
    pub name: String,
    /// Its level, when the unit exists in this test only.
    pub level: Option<String>,
    /// Its tags, when the unit exists in this test only.
    pub tags: Vec<String>,
}

/// Figures of one form of one report.
#[derive(Clone, Debug)]
pub struct Given {
    /// Another regime than the one under test, by its name.
    pub regime: Option<String>,
    /// The form.
    pub form: String,
    /// Another unit than the reporter, by its official name.
    pub unit: Option<String>,
    /// Which report.
    pub time: GivenTime,
    /// The figures; `None`: that report was not sent.
    pub cells: Option<Vec<GivenCell>>,
    /// Where it is written.
    pub label: Label,
}

/// A plan value of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenPlanValue {
    /// Name of the target.
    pub target: String,
    /// Name of the indicator.
    pub indicator: String,
    /// Another unit than the reporter, by its official name.
    pub unit: Option<String>,
    /// The year, if it is not that of the period under test.
    pub year: Option<i16>,
    /// The value.
    pub value: Number,
}

/// A merger or a division in a test, by the names of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenSuccession {
    /// The units that end.
    pub old: Vec<String>,
    /// The units that follow, each with its share.
    pub heirs: Vec<(String, Option<Number>)>,
    /// The first day of the heirs.
    pub from: Date,
}

/// Which report a test gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenTime {
    /// The report under test.
    Current,
    /// That of the period before, of the same kind.
    Previous,
    /// That of another period.
    In(Period),
}

/// One given cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenCell {
    /// Row key.
    pub row: String,
    /// Column key.
    pub column: String,
    /// The value.
    pub value: TestValue,
}

/// A value in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestValue {
    /// A number as a person types it: 90 % in a percent column is 90. In an expectation on a percent column likewise.
    Number(Number),
    /// Words.
    Text(String),
    /// A day.
    Day(Date),
    /// Yes or no.
    Truth(bool),
    /// An entry of a catalog, by its name.
    Entry(String),
    /// An attached file, by its name.
    File(String),
    /// Không phát sinh.
    Nil,
    /// Not answered.
    Blank,
    /// Closed.
    Closed,
}

/// A cell that a test looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TestCell {
    /// The form.
    pub form: String,
    /// The unit of the row, by its official name, at a consolidating body.
    pub unit: Option<String>,
    /// Row key.
    pub row: String,
    /// Column key.
    pub column: String,
}

/// One expectation.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is expected.
    pub kind: ExpectationKind,
    /// Where it is written.
    pub label: Label,
}

/// The kinds of expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectationKind {
    /// No rule fails and no required cell is unanswered.
    Valid,
    /// As [`ExpectationKind::Valid`], and every narrative that is asked for is written.
    Complete,
    /// A rule, or one of a cell's own rules, has this outcome.
    Outcome(Outcome, RuleTarget),
    /// A cell has this value.
    Value {
        /// The cell.
        cell: TestCell,
        /// The value.
        value: TestValue,
        /// The reason of a blank, in words.
        reason: Option<String>,
        /// Reports it rests on, of reports due.
        partial: Option<(u32, u32)>,
    },
    /// The deadline of a sender.
    Due {
        /// Forms whose own deadline is meant; none: that of the report.
        forms: Vec<String>,
        /// Name of the level or agency.
        party: String,
        /// The day.
        date: Date,
        /// The time, if one is said.
        clock: Option<Clock>,
    },
    /// The window of the figures.
    Window {
        /// Forms whose own window is meant; none: that of the report.
        forms: Vec<String>,
        /// The days.
        days: DateRange,
    },
    /// The span described.
    Covers {
        /// Forms whose own span is meant; none: that of the report.
        forms: Vec<String>,
        /// The days.
        days: DateRange,
    },
    /// The next recipient of a form at the cut-off; `None`: along the tree.
    Route {
        /// The form.
        form: String,
        /// The recipient.
        next: Option<Party>,
    },
    /// The printed formula row of a column.
    Prints {
        /// The form.
        form: String,
        /// Column key.
        column: String,
        /// The text.
        text: String,
    },
}

/// Outcomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fails and forbids sending.
    Fails,
    /// It fails and may be sent.
    Warns,
    /// It cannot be judged.
    Undecided,
    /// It is judged and has nothing to say.
    Holds,
    /// It is judged nowhere: another period, a condition that is not met, closed cells.
    Inapplicable,
}

/// The rule that an expectation is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleTarget {
    /// By identifier.
    Rule(String),
    /// The rules of the cells of one row.
    Row {
        /// The form.
        form: String,
        /// Row key.
        row: String,
    },
    /// The rules of a cell: chain, within, range, required.
    Cell(TestCell),
    /// One of the rules of a cell.
    Own {
        /// The cell.
        cell: TestCell,
        /// Key of the rule.
        key: String,
    },
    /// One of the rules that a text stands for, or one without an identifier, by its key.
    One(String),
}
