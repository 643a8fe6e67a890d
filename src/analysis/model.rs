//! The resolved model of a project: what the authors mean, with positions instead of names.
//!
//! It deliberately does not know source text beyond places to point at, and nothing of plans. Parts that could not be resolved are empty; a
//! regime is complete only where [`Regime::sound`] says so.

pub mod cell;
pub mod form;
pub mod named;
pub mod rule_keys;
pub mod words;

use crate::analysis::expression::Term;
use crate::analysis::migrations::Migration;
use crate::analysis::model::cell::{Applicability, Side, Vintage};
use crate::analysis::model::form::Form;
use crate::analysis::model::named::Named;
use crate::analysis::model::words::{Place, Words};
use crate::analysis::outline_model::Outline;
use crate::analysis::tests_model::TestCase;
use crate::calendar::{
    Date, DateRange, Described, DueRule, KindDays, Period, PeriodChoice, WindowRule,
};
use crate::diagnostic::Label;
use crate::organisation::{Assignment, Event, Party, Route, Suspension};
use std::sync::Arc;

/// Everything a project declares.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Words shared by all regimes.
    pub words: Arc<Words>,
    /// The regimes in the order of the sources; one without a readable name is left out.
    pub regimes: Vec<Arc<Regime>>,
    /// Switches of published rules.
    pub switches: Vec<super::switches::RuleSwitch>,
}

/// One regime version.
#[derive(Clone, Debug)]
pub struct Regime {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Version number; 0 if none is given.
    pub version: u32,
    /// First day in force.
    pub in_force_from: Date,
    /// Last day in force.
    pub in_force_until: Option<Date>,
    /// Whether it is ordered under the statistics law instead of Decree 09.
    pub statistical: bool,
    /// Legal basis.
    pub basis: Vec<String>,
    /// Issuing body.
    pub issuer: String,
    /// Who reports, stated or derived from the routes.
    pub reporters: Vec<Party>,
    /// Who receives, stated or derived from the routes.
    pub recipients: Vec<Party>,
    /// Any of the outer list, all of an inner one.
    pub channels: Vec<Vec<Channel>>,
    /// Who signs.
    pub sign_by: Option<SigningRole>,
    /// Routes.
    pub routes: Vec<Route>,
    /// Recipients of single units, out of tables of routes.
    pub assignments: Vec<Assignment>,
    /// Suspended hops.
    pub suspensions: Vec<Suspension>,
    /// What is recorded of events that periods follow.
    pub events: Vec<Event>,
    /// Periods reported, with their own windows and deadlines.
    pub periods: Vec<PeriodRule>,
    /// Forms.
    pub forms: Named<Form>,
    /// What becomes of the figures of earlier versions.
    pub migrations: Vec<Migration>,
    /// Outlines, in the author's order.
    pub outlines: Vec<Outline>,
    /// Written rules, in the author's order; those inside `when` carry its condition.
    pub rules: Vec<Rule>,
    /// Tests.
    pub tests: Vec<TestCase>,
    /// What is computed and carried, each after all it reads in the same report.
    pub evaluation_order: Vec<Computation>,
    /// Where it is declared.
    pub place: Place,
    /// Whether nothing it says, and no word it uses, is wrong: it can be compiled and published.
    pub sound: bool,
}

/// A column, or one cell of it, to be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Computation {
    /// Position of the form.
    pub form: usize,
    /// Position of the row in a form with written rows; `None`: every row.
    pub row: Option<usize>,
    /// Position of the column.
    pub column: usize,
}

/// How a report may travel; a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// The reporting system itself.
    System,
    /// The electronic document exchange.
    Edoc,
    /// Agency mail.
    Mail,
    /// By hand.
    Direct,
    /// Fax.
    Fax,
    /// Post.
    Post,
}

/// Who signs; a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SigningRole {
    /// Head of the unit or agency.
    Leader,
    /// Deputy head.
    Deputy,
    /// Head of a division.
    Head,
}

/// One kind of period with everything that is decided for it.
#[derive(Clone, Debug)]
pub struct PeriodRule {
    /// The kind, or one of its kind.
    pub choice: PeriodChoice,
    /// Where the days of the kind come from.
    pub days: KindDays,
    /// Relation to shorter kinds.
    pub relation: Relation,
    /// Cut-off.
    pub window: WindowRule,
    /// Span described, where it differs.
    pub covers: Option<WindowRule>,
    /// Deadlines of the senders.
    pub deadlines: Vec<Deadline>,
    /// Deadline of a unit's first report of an event.
    pub first_report: Option<DueRule>,
    /// Label of a kind that the project declares.
    pub label: Option<String>,
    /// Channels of its own.
    pub channels: Option<Vec<Vec<Channel>>>,
    /// Who signs, where the period has its own.
    pub sign_by: Option<SigningRole>,
    /// How settled its figures are.
    pub vintage: Option<Vintage>,
    /// Conditions over the event that all must hold for no report to be expected.
    pub waived_when: Vec<Term>,
}

/// How a longer period stands to shorter ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Not at all.
    Independent,
    /// Rolled up and locked.
    DerivedFrom(Vec<PeriodChoice>),
    /// Typed and compared.
    CheckedAgainst(Vec<PeriodChoice>),
}

/// A deadline of one sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The sender.
    pub party: Party,
    /// When.
    pub rule: DueRule,
    /// Where it is written.
    pub label: Label,
}

/// A written rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Identifier.
    pub id: Option<String>,
    /// The form it stands in.
    pub form: Option<usize>,
    /// What must hold.
    pub kind: RuleKind,
    /// How strong it is.
    pub strength: Strength,
    /// Conditions of the `when` blocks around it.
    pub conditions: Vec<Term>,
    /// Where it applies.
    pub applicability: Applicability,
    /// Position of the row whose own rule it is, in a form with written rows.
    pub row: Option<usize>,
    /// Which of the cells it is, where one text stands for many rules: `9`, or `1.1, 3`.
    pub instance: Option<String>,
    /// Position of the column, for a rule that belongs to one cell.
    pub column: Option<usize>,
    /// Whether figures are compared as they are shown: it holds where the values behind them can agree.
    pub rounded: bool,
    /// Message.
    pub message: Option<Vec<MessagePart>>,
    /// As written, without message and tails.
    pub text: String,
    /// Where it is declared.
    pub place: Place,
}

/// What a rule demands. Rules are few and kept where they were made, so that boxing the larger ones would gain nothing.
#[allow(
    clippy::large_enum_variant,
    reason = "a regime has some hundred rules at most"
)]
#[derive(Clone, Debug)]
pub enum RuleKind {
    /// All sides are equal.
    Balance(Vec<Side>),
    /// A condition holds.
    Condition(Term),
    /// Overlapping parts of a whole keep within it: the first side is at most the second; nothing where one of the parts is closed.
    Bounds(Side, Side),
}

/// How strong a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Must hold.
    Error,
    /// May fail with an explanation.
    Explain,
    /// May fail.
    Warning,
}

/// A part of a message.
#[derive(Clone, Debug)]
pub enum MessagePart {
    /// Words.
    Text(String),
    /// A figure.
    Figure(Term),
    /// A figure told as a change: tăng, giảm or không đổi.
    Change(Term),
}

impl MessagePart {
    /// The figure of the part; words have none.
    pub fn term(&self) -> Option<&Term> {
        match self {
            MessagePart::Text(_) => None,
            MessagePart::Figure(term) | MessagePart::Change(term) => Some(term),
        }
    }
}

/// What a form says of its own time; what is absent holds from the period or the regime.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormTime {
    /// Cut-off of its figures.
    pub window: Option<WindowRule>,
    /// Span its figures describe.
    pub covers: Option<WindowRule>,
    /// Deadlines of senders.
    pub deadlines: Vec<Deadline>,
    /// Deadline of a unit's first report of an event.
    pub first_report: Option<DueRule>,
    /// Channels.
    pub channels: Option<Vec<Vec<Channel>>>,
    /// Who signs.
    pub sign_by: Option<SigningRole>,
    /// How settled its figures are.
    pub vintage: Option<Vintage>,
}

impl PeriodRule {
    /// The rule as it holds for a form: the nearest statement wins. A window that says nothing about the kind of period leaves the period's own.
    #[must_use]
    pub fn nearest(&self, own: &FormTime) -> PeriodRule {
        let window = own
            .window
            .filter(|window| window.is_about(self.choice.kind));
        let mut deadlines = own.deadlines.clone();
        for deadline in &self.deadlines {
            if !deadlines.iter().any(|known| known.party == deadline.party) {
                deadlines.push(deadline.clone());
            }
        }
        PeriodRule {
            window: window.unwrap_or(self.window),
            covers: own.covers.or(self.covers),
            deadlines,
            first_report: own.first_report.or(self.first_report),
            channels: own.channels.clone().or_else(|| self.channels.clone()),
            sign_by: own.sign_by.or(self.sign_by),
            vintage: own.vintage.or(self.vintage),
            ..self.clone()
        }
    }

    /// The window of a period's figures; `None` for one of another kind, and for one whose days depend on an event.
    pub fn window_of(&self, period: &Period) -> Option<DateRange> {
        let days = self.days.days(period, None)?;
        self.choice
            .accepts(period)
            .then(|| self.window.window(&days))
    }

    /// How the periods are reported, for the calendar to say which make up which.
    pub fn described(&self) -> Described<'_> {
        Described {
            choice: self.choice,
            days: &self.days,
            covers: self.covers,
            window: self.window,
        }
    }
}

impl Model {
    /// The regime of a name in its latest version.
    pub fn regime(&self, name: &str) -> Option<&Regime> {
        self.regimes
            .iter()
            .map(Arc::as_ref)
            .filter(|regime| regime.name == name)
            .max_by_key(|regime| regime.version)
    }
}
