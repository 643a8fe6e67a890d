//! Problems of meaning, R2xx to R9xx, one file per family.
//!
//! The list is closed; each family words itself. What makes a source have a problem is decided in
//! `analysis`.

pub mod advice;
pub mod breakdown;
pub mod declared;
pub mod event;
pub mod figure;
pub mod foregone;
pub mod foreign;
pub mod form;
pub mod form_time;
pub mod hint;
pub mod hop;
pub mod list;
pub mod name;
pub mod operand;
pub mod operation;
pub mod place;
pub mod plan_value;
pub mod project;
pub mod round;
pub mod route;
pub mod rows;
pub mod rule;
pub mod said;
pub mod size;
pub mod tested;
pub mod time;
pub mod together;
pub mod types;
pub mod value_word;
pub mod version;
pub mod versions;
pub mod weight;

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};
use advice::Advice;
use breakdown::BreakdownProblem;
use declared::DeclaredProblem;
use event::EventProblem;
use figure::FigureProblem;
use foregone::ForegoneProblem;
use foreign::ForeignProblem;
use form::FormProblem;
use form_time::FormTimeProblem;
use hint::HintProblem;
use hop::HopProblem;
use list::ListProblem;
use name::NameProblem;
use place::PlaceProblem;
use plan_value::PlanValueProblem;
use project::ProjectProblem;
use round::RoundProblem;
use route::RouteProblem;
use rule::RuleProblem;
use said::SaidProblem;
use size::SizeProblem;
use tested::TestedProblem;
use time::TimeProblem;
use together::TogetherProblem;
use types::TypeProblem;
use version::VersionProblem;
use versions::VersionsProblem;
use weight::WeightProblem;

/// A problem of meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeaningProblem {
    /// R2xx: names that do not lead anywhere, or lead to two things.
    Name(NameProblem),
    /// R3xx: figures whose kinds or units of measure do not fit.
    Type(TypeProblem),
    /// R4xx: figures added over a time over which they do not add.
    Time(TimeProblem),
    /// R5xx: forms whose shape cannot be printed or filled.
    Form(FormProblem),
    /// R5xx: breakdowns that cannot be written out.
    Breakdown(BreakdownProblem),
    /// R5xx: lists whose rows cannot be told apart or compared.
    List(ListProblem),
    /// R6xx: rules that cannot mean what they say.
    Rule(RuleProblem),
    /// R7xx: reports that nobody receives, or nobody knows when to send.
    Route(RouteProblem),
    /// R716 to R739: periods, events and parts whose time does not fit together.
    Event(EventProblem),
    /// R731 to R733: figures of other regimes that can never be read.
    Foreign(ForeignProblem),
    /// R745 to R749: plan values that do not fit together.
    PlanValue(PlanValueProblem),
    /// R737: forms whose own time does not fit their report.
    FormTime(FormTimeProblem),
    /// R211 to R217, R532 to R536: statements and attributes where they mean nothing.
    Place(PlaceProblem),
    /// R122: files that stand for too much.
    Size(SizeProblem),
    /// R8xx: conflicts with a version that is already in force.
    Version(VersionProblem),
    /// R220 to R224, R326 to R328, R626 and R627: what is said twice, what says nothing, what says two things at once.
    Said(SaidProblem),
    /// R221, R222 and R746 to R757: declarations that cannot serve what they are for.
    Declared(DeclaredProblem),
    /// R811 to R813: versions that do not follow one another.
    Versions(VersionsProblem),
    /// R424, R545 and R546: cells that lead back to themselves.
    Round(RoundProblem),
    /// R329, R547 to R549, R622, R628, R629, R631 to R633, R635 to R638, R758 and R759: what is decided beforehand.
    Foregone(ForegoneProblem),
    /// R332 to R334, R425, R634: figures that come out otherwise than they read.
    Figure(FigureProblem),
    /// R420 and R421: weights by which nothing can be averaged.
    Weight(WeightProblem),
    /// R639 to R644 and R650: figures that are never asked for when they are needed.
    Together(TogetherProblem),
    /// R760 to R762: hops and deadlines that can be meant, and probably are not.
    Hop(HopProblem),
    /// R645 to R649: tests of reports that are never made.
    Tested(TestedProblem),
    /// R227 to R230: words, tables and calendars of a project that do not reach what they are for.
    Project(ProjectProblem),
    /// R336, R426 and R550: cells that are asked for otherwise than their words let expect.
    Hint(HintProblem),
    /// R9xx: sound regimes that could be better.
    Advice(Advice),
}

impl MeaningProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            MeaningProblem::Name(problem) => problem.code(),
            MeaningProblem::Type(problem) => problem.code(),
            MeaningProblem::Time(problem) => problem.code(),
            MeaningProblem::Form(problem) => problem.code(),
            MeaningProblem::Breakdown(problem) => problem.code(),
            MeaningProblem::List(problem) => problem.code(),
            MeaningProblem::Rule(problem) => problem.code(),
            MeaningProblem::Route(problem) => problem.code(),
            MeaningProblem::Event(problem) => problem.code(),
            MeaningProblem::Foreign(problem) => problem.code(),
            MeaningProblem::PlanValue(problem) => problem.code(),
            MeaningProblem::FormTime(problem) => problem.code(),
            MeaningProblem::Place(problem) => problem.code(),
            MeaningProblem::Size(problem) => problem.code(),
            MeaningProblem::Version(problem) => problem.code(),
            MeaningProblem::Said(problem) => problem.code(),
            MeaningProblem::Declared(problem) => problem.code(),
            MeaningProblem::Versions(problem) => problem.code(),
            MeaningProblem::Round(problem) => problem.code(),
            MeaningProblem::Foregone(problem) => problem.code(),
            MeaningProblem::Figure(problem) => problem.code(),
            MeaningProblem::Weight(problem) => problem.code(),
            MeaningProblem::Together(problem) => problem.code(),
            MeaningProblem::Hop(problem) => problem.code(),
            MeaningProblem::Tested(problem) => problem.code(),
            MeaningProblem::Project(problem) => problem.code(),
            MeaningProblem::Hint(problem) => problem.code(),
            MeaningProblem::Advice(problem) => problem.code(),
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            MeaningProblem::Name(problem) => problem.severity(),
            MeaningProblem::Type(problem) => problem.severity(),
            MeaningProblem::Time(problem) => problem.severity(),
            MeaningProblem::Form(problem) => problem.severity(),
            MeaningProblem::Breakdown(problem) => problem.severity(),
            MeaningProblem::List(problem) => problem.severity(),
            MeaningProblem::Rule(problem) => problem.severity(),
            MeaningProblem::Route(problem) => problem.severity(),
            MeaningProblem::Event(problem) => problem.severity(),
            MeaningProblem::Foreign(problem) => problem.severity(),
            MeaningProblem::PlanValue(problem) => problem.severity(),
            MeaningProblem::FormTime(problem) => problem.severity(),
            MeaningProblem::Place(problem) => problem.severity(),
            MeaningProblem::Size(problem) => problem.severity(),
            MeaningProblem::Version(problem) => problem.severity(),
            MeaningProblem::Said(problem) => problem.severity(),
            MeaningProblem::Declared(problem) => problem.severity(),
            MeaningProblem::Versions(problem) => problem.severity(),
            MeaningProblem::Round(problem) => problem.severity(),
            MeaningProblem::Foregone(problem) => problem.severity(),
            MeaningProblem::Figure(problem) => problem.severity(),
            MeaningProblem::Weight(problem) => problem.severity(),
            MeaningProblem::Together(problem) => problem.severity(),
            MeaningProblem::Hop(problem) => problem.severity(),
            MeaningProblem::Tested(problem) => problem.severity(),
            MeaningProblem::Project(problem) => problem.severity(),
            MeaningProblem::Hint(problem) => problem.severity(),
            MeaningProblem::Advice(problem) => problem.severity(),
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            MeaningProblem::Name(problem) => problem.wording(),
            MeaningProblem::Type(problem) => problem.wording(),
            MeaningProblem::Time(problem) => problem.wording(),
            MeaningProblem::Form(problem) => problem.wording(),
            MeaningProblem::Breakdown(problem) => problem.wording(),
            MeaningProblem::List(problem) => problem.wording(),
            MeaningProblem::Rule(problem) => problem.wording(),
            MeaningProblem::Route(problem) => problem.wording(),
            MeaningProblem::Event(problem) => problem.wording(),
            MeaningProblem::Foreign(problem) => problem.wording(),
            MeaningProblem::PlanValue(problem) => problem.wording(),
            MeaningProblem::FormTime(problem) => problem.wording(),
            MeaningProblem::Place(problem) => problem.wording(),
            MeaningProblem::Size(problem) => problem.wording(),
            MeaningProblem::Version(problem) => problem.wording(),
            MeaningProblem::Said(problem) => problem.wording(),
            MeaningProblem::Declared(problem) => problem.wording(),
            MeaningProblem::Versions(problem) => problem.wording(),
            MeaningProblem::Round(problem) => problem.wording(),
            MeaningProblem::Foregone(problem) => problem.wording(),
            MeaningProblem::Figure(problem) => problem.wording(),
            MeaningProblem::Weight(problem) => problem.wording(),
            MeaningProblem::Together(problem) => problem.wording(),
            MeaningProblem::Hop(problem) => problem.wording(),
            MeaningProblem::Tested(problem) => problem.wording(),
            MeaningProblem::Project(problem) => problem.wording(),
            MeaningProblem::Hint(problem) => problem.wording(),
            MeaningProblem::Advice(problem) => problem.wording(),
        }
    }
}

impl From<NameProblem> for MeaningProblem {
    fn from(problem: NameProblem) -> Self {
        MeaningProblem::Name(problem)
    }
}

impl From<TypeProblem> for MeaningProblem {
    fn from(problem: TypeProblem) -> Self {
        MeaningProblem::Type(problem)
    }
}

impl From<TimeProblem> for MeaningProblem {
    fn from(problem: TimeProblem) -> Self {
        MeaningProblem::Time(problem)
    }
}

impl From<FormProblem> for MeaningProblem {
    fn from(problem: FormProblem) -> Self {
        MeaningProblem::Form(problem)
    }
}

impl From<BreakdownProblem> for MeaningProblem {
    fn from(problem: BreakdownProblem) -> Self {
        MeaningProblem::Breakdown(problem)
    }
}

impl From<ListProblem> for MeaningProblem {
    fn from(problem: ListProblem) -> Self {
        MeaningProblem::List(problem)
    }
}

impl From<RuleProblem> for MeaningProblem {
    fn from(problem: RuleProblem) -> Self {
        MeaningProblem::Rule(problem)
    }
}

impl From<RouteProblem> for MeaningProblem {
    fn from(problem: RouteProblem) -> Self {
        MeaningProblem::Route(problem)
    }
}

impl From<ForeignProblem> for MeaningProblem {
    fn from(problem: ForeignProblem) -> Self {
        MeaningProblem::Foreign(problem)
    }
}

impl From<EventProblem> for MeaningProblem {
    fn from(problem: EventProblem) -> Self {
        MeaningProblem::Event(problem)
    }
}

impl From<PlanValueProblem> for MeaningProblem {
    fn from(problem: PlanValueProblem) -> Self {
        MeaningProblem::PlanValue(problem)
    }
}

impl From<FormTimeProblem> for MeaningProblem {
    fn from(problem: FormTimeProblem) -> Self {
        MeaningProblem::FormTime(problem)
    }
}

impl From<PlaceProblem> for MeaningProblem {
    fn from(problem: PlaceProblem) -> Self {
        MeaningProblem::Place(problem)
    }
}

impl From<SizeProblem> for MeaningProblem {
    fn from(problem: SizeProblem) -> Self {
        MeaningProblem::Size(problem)
    }
}

impl From<VersionProblem> for MeaningProblem {
    fn from(problem: VersionProblem) -> Self {
        MeaningProblem::Version(problem)
    }
}

impl From<SaidProblem> for MeaningProblem {
    fn from(problem: SaidProblem) -> Self {
        MeaningProblem::Said(problem)
    }
}

impl From<DeclaredProblem> for MeaningProblem {
    fn from(problem: DeclaredProblem) -> Self {
        MeaningProblem::Declared(problem)
    }
}

impl From<VersionsProblem> for MeaningProblem {
    fn from(problem: VersionsProblem) -> Self {
        MeaningProblem::Versions(problem)
    }
}

impl From<RoundProblem> for MeaningProblem {
    fn from(problem: RoundProblem) -> Self {
        MeaningProblem::Round(problem)
    }
}

impl From<ForegoneProblem> for MeaningProblem {
    fn from(problem: ForegoneProblem) -> Self {
        MeaningProblem::Foregone(problem)
    }
}

impl From<FigureProblem> for MeaningProblem {
    fn from(problem: FigureProblem) -> Self {
        MeaningProblem::Figure(problem)
    }
}

impl From<WeightProblem> for MeaningProblem {
    fn from(problem: WeightProblem) -> Self {
        MeaningProblem::Weight(problem)
    }
}

impl From<TogetherProblem> for MeaningProblem {
    fn from(problem: TogetherProblem) -> Self {
        MeaningProblem::Together(problem)
    }
}

impl From<HopProblem> for MeaningProblem {
    fn from(problem: HopProblem) -> Self {
        MeaningProblem::Hop(problem)
    }
}

impl From<TestedProblem> for MeaningProblem {
    fn from(problem: TestedProblem) -> Self {
        MeaningProblem::Tested(problem)
    }
}

impl From<ProjectProblem> for MeaningProblem {
    fn from(problem: ProjectProblem) -> Self {
        MeaningProblem::Project(problem)
    }
}

impl From<HintProblem> for MeaningProblem {
    fn from(problem: HintProblem) -> Self {
        MeaningProblem::Hint(problem)
    }
}

impl From<Advice> for MeaningProblem {
    fn from(problem: Advice) -> Self {
        MeaningProblem::Advice(problem)
    }
}

/// The kinds of thing a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// Measure, đơn vị tính.
    Measure,
    /// Level, cấp.
    Level,
    /// Tag, nhãn.
    Tag,
    /// Agency, cơ quan.
    Agency,
    /// Level or agency, cấp, cơ quan báo cáo.
    Reporter,
    /// Catalog, danh mục.
    Catalog,
    /// Catalog entry, mã danh mục.
    Entry,
    /// Period kind, loại kỳ.
    PeriodKind,
    /// Event, đợt.
    Event,
    /// Field of an event, trường của đợt.
    EventField,
    /// Regime, chế độ.
    Regime,
    /// Form, biểu.
    Form,
    /// Column, cột.
    Column,
    /// Row, dòng.
    Row,
    /// Field, trường.
    Field,
    /// Rule, quy tắc.
    Rule,
    /// Channel, phương thức gửi.
    Channel,
    /// Role, chức danh người ký.
    Role,
    /// Unit, đơn vị.
    Unit,
    /// Table file, tệp dữ liệu.
    Table,
    /// Narrative, nội dung.
    Narrative,
    /// Sender with a deadline, đơn vị gửi có hạn gửi.
    Sender,
    /// Indicator, chỉ tiêu.
    Indicator,
    /// Set of plan values, bộ kế hoạch.
    Target,
    /// Trait, đặc điểm.
    Trait,
    /// Exchange format, định dạng xuất.
    Export,
}

impl NameKind {
    /// The kind in words, as they stand inside a sentence.
    pub fn wording(self) -> Text {
        match self {
            NameKind::Measure => Text::new("đơn vị tính", "measure"),
            NameKind::Level => Text::new("cấp", "level"),
            NameKind::Tag => Text::new("nhãn", "tag"),
            NameKind::Agency => Text::new("cơ quan", "agency"),
            NameKind::Reporter => Text::new("cấp, cơ quan báo cáo", "level or agency"),
            NameKind::Catalog => Text::new("danh mục", "catalog"),
            NameKind::Entry => Text::new("mã danh mục", "catalog entry"),
            NameKind::PeriodKind => Text::new("loại kỳ", "period kind"),
            NameKind::Event => Text::new("đợt", "event"),
            NameKind::EventField => Text::new("trường của đợt", "field of the event"),
            NameKind::Regime => Text::new("chế độ", "regime"),
            NameKind::Form => Text::new("biểu", "form"),
            NameKind::Column => Text::new("cột", "column"),
            NameKind::Row => Text::new("dòng", "row"),
            NameKind::Field => Text::new("trường", "field"),
            NameKind::Rule => Text::new("quy tắc", "rule"),
            NameKind::Channel => Text::new("phương thức gửi", "channel"),
            NameKind::Role => Text::new("chức danh người ký", "role"),
            NameKind::Unit => Text::new("đơn vị", "unit"),
            NameKind::Table => Text::new("tệp dữ liệu", "table file"),
            NameKind::Narrative => Text::new("nội dung", "narrative"),
            NameKind::Sender => Text::new("đơn vị gửi có hạn gửi", "sender with a deadline"),
            NameKind::Indicator => Text::new("chỉ tiêu", "indicator"),
            NameKind::Target => Text::new("bộ kế hoạch", "target"),
            NameKind::Trait => Text::new("đặc điểm", "trait"),
            NameKind::Export => Text::new("định dạng xuất", "export"),
        }
    }
}
