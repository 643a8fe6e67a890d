//! The resolved model of a project: what the authors mean, with positions instead of names.
//!
//! It deliberately does not know source text beyond places to point at, and nothing of plans. Parts that could not be resolved are empty; a
//! regime is complete only where [`Regime::sound`] says so.

use super::expression::{Dimension, Term};
use super::migrations::Migration;
use super::natures::Nature;
use super::outline_model::Outline;
use super::tests_model::TestCase;
use crate::calendar::lunar::LunarMonth;
use crate::calendar::{
    Date, DateRange, DueRule, HolidayRule, KindDays, Period, PeriodChoice, PeriodKind, WindowRule,
};
use crate::diagnostic::Label;
use crate::number::Number;
use crate::organisation::{Assignment, Event, Party, Route, Suspension};
use std::collections::BTreeMap;

/// Everything a project declares.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Words shared by all regimes.
    pub words: Words,
    /// The regimes in the order of the sources; one without a readable name is left out.
    pub regimes: Vec<Regime>,
    /// Switches of published rules.
    pub switches: Vec<super::switches::RuleSwitch>,
}

/// Words shared by all regimes.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Units of measure.
    pub measures: Vec<Measure>,
    /// Levels, the ladder and what hangs beside it, in the order written.
    pub levels: Vec<Level>,
    /// Named bodies.
    pub agencies: Vec<Agency>,
    /// Yes-or-no facts about units.
    pub tags: Vec<Tag>,
    /// Catalogs with their entries.
    pub catalogs: Vec<Catalog>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Sets of plan values.
    pub targets: Vec<Target>,
    /// Traits.
    pub traits: Vec<Trait>,
    /// Exchange formats.
    pub exports: Vec<Export>,
    /// Kinds of period and campaigns, in the order written.
    pub period_kinds: Vec<DeclaredKind>,
    /// Days of rest.
    pub holidays: Vec<HolidayRule>,
    /// Lunar months that go before the computed ones.
    pub lunar_months: Vec<LunarMonth>,
    /// Path of the table of units, if one is named.
    pub units_table: Option<String>,
    /// Path of the table of successions, if one is named.
    pub successors_table: Option<String>,
    /// Paths of the tables of yearly decisions about days off.
    pub decision_tables: Vec<String>,
}

/// Where something is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The whole declaration.
    pub label: Label,
    /// Project-relative path of the file.
    pub path: String,
    /// Line of its beginning, from 1.
    pub line: u32,
}

/// A unit of measure (đơn vị tính).
#[derive(Clone, Debug)]
pub struct Measure {
    /// Name.
    pub name: String,
    /// Printed label; the name where none is given.
    pub label: String,
    /// What it is made of, in base measures; `None` if its definition is broken.
    pub dimension: Option<Dimension>,
    /// How many base units one of it is.
    pub scale: Number,
    /// Where it is declared.
    pub place: Place,
}

/// A level (cấp).
#[derive(Clone, Debug)]
pub struct Level {
    /// Name.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// The rung beside which it hangs.
    pub beside: Option<String>,
    /// Last day of the level, if it has ended.
    pub until: Option<Date>,
    /// Kinds of unit on it: name and label.
    pub items: Vec<(String, String)>,
    /// Where it is declared.
    pub place: Place,
}

/// A named body (cơ quan).
#[derive(Clone, Debug)]
pub struct Agency {
    /// Name.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// The level on which it stands.
    pub level: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A tag (nhãn).
#[derive(Clone, Debug)]
pub struct Tag {
    /// Name.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// Where it is declared.
    pub place: Place,
}

/// A catalog (danh mục).
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Name.
    pub name: String,
    /// Printed label; the name where none is given.
    pub label: String,
    /// Code of the breakdown in the national exchange.
    pub code: Option<String>,
    /// Entries, parents before children.
    pub entries: Vec<CatalogEntry>,
    /// How rows taken from it are numbered, by depth.
    pub numbered: Vec<String>,
    /// Whether the entries are known at all; false when the table is missing or lines of it are broken.
    pub complete: bool,
    /// Where it is declared.
    pub place: Place,
}

/// An entry of a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    /// Identifier.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// Position of its parent.
    pub parent: Option<usize>,
    /// First day of validity.
    pub from: Option<Date>,
    /// Last day of validity.
    pub until: Option<Date>,
}

/// A kind of period or a campaign that the project declares.
#[derive(Clone, Debug)]
pub struct DeclaredKind {
    /// The kind.
    pub kind: PeriodKind,
    /// Printed label.
    pub label: String,
    /// Its days; not known where its definition is broken.
    pub days: Option<KindDays>,
    /// Where it is declared.
    pub place: Place,
}

/// An indicator (chỉ tiêu): one meaning of a figure for all regimes. Its formula is over other indicators.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Code in the national exchange.
    pub code: Option<String>,
    /// What it means.
    pub definition: Option<String>,
    /// What its cells are.
    pub cell: CellDefinition,
    /// Vintages in which it is asked; empty: any.
    pub vintages: Vec<Vintage>,
    /// The agency that owns it, by name.
    pub owner: Option<String>,
    /// Catalogs and traits it may be broken down by, by name.
    pub broken_down_by: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A set of plan values (bộ kế hoạch).
#[derive(Clone, Debug)]
pub struct Target {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// The decision it rests on.
    pub basis: Option<String>,
    /// To whom values are given.
    pub given_to: Vec<Party>,
    /// Path of its table.
    pub table: String,
    /// Whether the units below make the whole.
    pub adds_up: bool,
    /// Where it is declared.
    pub place: Place,
}

/// A trait (đặc điểm): a yes-or-no property that overlaps freely with others.
#[derive(Clone, Debug)]
pub struct Trait {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Export code.
    pub code: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// An exchange format (định dạng xuất): how it codes kinds of period. A kind without a code is not exported.
#[derive(Clone, Debug)]
pub struct Export {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// The codes, by kind of period.
    pub periods: Vec<(PeriodChoice, String)>,
    /// Where it is declared.
    pub place: Place,
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
    pub forms: Vec<Form>,
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

/// A form (biểu) or list (danh sách).
#[derive(Clone, Debug)]
pub struct Form {
    /// Name; empty if unreadable.
    pub name: String,
    /// Printed sign.
    pub sign: String,
    /// Printed title.
    pub title: String,
    /// Whether it is a list.
    pub list: bool,
    /// Where it applies.
    pub applicability: Applicability,
    /// Rows.
    pub rows: Rows,
    /// The lines of a form with written rows, in printed order.
    pub written: Vec<WrittenRow>,
    /// How the rows of a list are told apart.
    pub listed: Option<Listed>,
    /// Consolidated rows: `Some(true)` grouped by level.
    pub consolidated: Option<bool>,
    /// Label of the total row.
    pub total_row: Option<String>,
    /// Label of the total of repeated column groups.
    pub total_group: Option<String>,
    /// Printed header.
    pub header: Vec<HeaderNode>,
    /// Figure columns in printed order; also the fields at the head of a form, and those of a list.
    pub columns: Vec<Column>,
    /// Cells that are not what their column says, by position in [`Form::written`] and column. Every cell of a form with written rows stands here.
    pub cells: BTreeMap<(usize, usize), CellDefinition>,
    /// Where it is declared.
    pub place: Place,
}

/// A line of a form with written rows: a heading, or a row of figures.
#[derive(Clone, Debug)]
pub struct WrittenRow {
    /// A heading has no cells.
    pub heading: bool,
    /// Printed code.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Printed label.
    pub label: String,
    /// How many headings and rows it stands under.
    pub depth: u32,
    /// Position of the row it is nested in.
    pub parent: Option<usize>,
    /// Unit of measure printed for the row, a position in [`Words::measures`].
    pub measure: Option<usize>,
    /// Where it applies.
    pub applicability: Applicability,
    /// Where it is declared.
    pub place: Place,
}

/// How the rows of a list are told apart and come together.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Columns whose values identify a row.
    pub key: Vec<usize>,
    /// What rows of several units with one key mean.
    pub merging: Merging,
    /// Columns by which rows are ordered and subtotalled.
    pub grouped_by: Vec<usize>,
}

/// What rows of several units with one key mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merging {
    /// Different rows.
    #[default]
    PerUnit,
    /// A conflict.
    Unique,
    /// One row.
    Merged,
}

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

/// What the rows of a form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One per unit.
    EachReportingUnit,
    /// Picked from a catalog.
    ChosenFrom(usize),
    /// All entries of a catalog.
    From(usize),
    /// Those of [`Form::written`].
    Written,
    /// Added by the reporter: a list.
    Listed,
    /// Not said, or unreadable.
    Unknown,
}

/// A node of the printed header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderNode {
    /// A merged heading.
    Group {
        /// Printed label.
        label: String,
        /// What stands below.
        children: Vec<HeaderNode>,
    },
    /// A stub.
    Stub {
        /// Printed number.
        code: Option<String>,
        /// Printed label.
        label: String,
        /// What it shows.
        shows: Stub,
    },
    /// A figure column by position.
    Column(usize),
}

/// What a stub shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stub {
    /// Running number.
    Ordinal,
    /// Label of the row.
    Label,
    /// Unit of measure of the row.
    Measure,
    /// Code of the row.
    Code,
}

/// A figure column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Printed number.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Printed label.
    pub label: String,
    /// Whether it is a field at the head of a form.
    pub head: bool,
    /// What its cells are, where no row says otherwise.
    pub cell: CellDefinition,
    /// The sides of its formula as written.
    pub formula: Vec<String>,
    /// The official formula row, where it differs.
    pub printed_as: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// What a cell is.
#[derive(Clone, Debug)]
pub struct CellDefinition {
    /// Type of the value.
    pub value: ValueType,
    /// Unit of measure, a position in [`Words::measures`].
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
    pub required_when: Option<Term>,
    /// Is closed where this holds.
    pub closed_when: Option<Term>,
    /// The formula with all its sides: the first computes, or checks an entered cell; further ones check.
    pub chain: Vec<Side>,
    /// Wholes of which it is a part.
    pub within: Vec<Side>,
    /// Bounds.
    pub range: Option<(Side, Side)>,
    /// The weight of an average, with [`Nature::AverageBy`].
    pub weight: Option<Term>,
    /// Whose report opens it.
    pub filled_by: FilledBy,
    /// A pattern its text must match.
    pub matching: Option<String>,
    /// The column whose value determines this one in a list (`same for`).
    pub same_for: Option<usize>,
    /// Prefilled from the unit's attributes.
    pub from_registry: bool,
    /// The indicator it is a figure of, a position in [`Words::indicators`].
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
    /// The year of the plan.
    PlanYear,
}

/// What a figure claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// A fact, of a vintage if one is stated.
    Actual(Option<Vintage>),
    /// A value of a target, a position in [`Words::targets`].
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
    /// An entry of a catalog, a position in [`Words::catalogs`].
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
    /// Message.
    pub message: Option<Vec<MessagePart>>,
    /// As written, without message and tails.
    pub text: String,
    /// Where it is declared.
    pub place: Place,
}

/// What a rule demands.
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

impl PeriodRule {
    /// The window of a period's figures; `None` for one of another kind, and for one whose days depend on an event.
    pub fn window_of(&self, period: &Period) -> Option<DateRange> {
        let days = self.days.days(period, None)?;
        self.choice
            .accepts(period)
            .then(|| self.window.window(&days))
    }
}

impl Model {
    /// The regime of a name in its latest version.
    pub fn regime(&self, name: &str) -> Option<&Regime> {
        self.regimes
            .iter()
            .filter(|regime| regime.name == name)
            .max_by_key(|regime| regime.version)
    }
}

impl Form {
    /// The key of a written row in data; one past the last line is the total row.
    pub fn row_key(&self, position: usize) -> Option<String> {
        match self.written.get(position) {
            Some(row) => Some(row.key(position)),
            None if position == self.written.len() => {
                self.total_row.as_ref().map(|_| "total".to_owned())
            }
            None => None,
        }
    }

    /// What the cell of a written row is, else what the column says.
    pub fn cell(&self, row: Option<usize>, column: usize) -> Option<&CellDefinition> {
        row.and_then(|row| self.cells.get(&(row, column)))
            .or_else(|| self.columns.get(column).map(|column| &column.cell))
    }
}

impl WrittenRow {
    /// The key of the row in data: printed code, else name, else position.
    pub fn key(&self, position: usize) -> String {
        self.code
            .clone()
            .or_else(|| self.name.clone())
            .unwrap_or_else(|| format!("#{position}"))
    }
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

impl Column {
    /// How people name the column: its printed number, else its name, else its label.
    pub fn shown(&self) -> &str {
        self.code
            .as_deref()
            .or(self.name.as_deref())
            .unwrap_or(&self.label)
    }

    /// The key of the column in data: printed number, else name, else position.
    pub fn key(&self, position: usize) -> String {
        self.code
            .clone()
            .or_else(|| self.name.clone())
            .unwrap_or_else(|| format!("#{position}"))
    }
}
