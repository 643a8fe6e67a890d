//! What a declaration declares, as an editor shows it.
//!
//! Finer than the kinds of names in reports: parts of a regime that bear no name stand here too. It deliberately does not know where anything is declared.

use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::wording::Text;

/// A kind of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `measure`, đơn vị tính.
    Measure,
    /// `level`, cấp.
    Level,
    /// `item` of a level: a kind of unit.
    UnitKind,
    /// `tag`, nhãn.
    Tag,
    /// `agency`, cơ quan.
    Agency,
    /// `catalog`, danh mục.
    Catalog,
    /// `item` of a catalog, mã.
    Entry,
    /// `calendar`, lịch.
    Calendar,
    /// `period kind`, loại kỳ.
    PeriodKind,
    /// `campaign`, chiến dịch.
    Campaign,
    /// `trait`, đặc điểm.
    Trait,
    /// `indicator`, chỉ tiêu.
    Indicator,
    /// `target`, bộ kế hoạch.
    Target,
    /// `export`, xuất.
    Export,
    /// `regime`, chế độ.
    Regime,
    /// `event`, đợt.
    Event,
    /// `field` of an event.
    EventField,
    /// `form`, biểu.
    Form,
    /// `list`, danh sách.
    List,
    /// `group`, nhóm.
    Group,
    /// `column`, cột.
    Column,
    /// `row`, dòng.
    Row,
    /// `field`, trường.
    Field,
    /// A balance, a check, a warning or a condition around them.
    Rule,
    /// `outline`, đề cương.
    Outline,
    /// `section`, mục.
    Section,
    /// `narrative`, nội dung.
    Narrative,
    /// `migrate from version`, chuyển từ phiên bản.
    Migration,
    /// `test`, ca kiểm thử.
    Test,
}

impl Kind {
    /// The kind in words, as they stand inside a sentence.
    pub fn wording(self) -> Text {
        match self {
            Kind::Measure => NameKind::Measure.wording(),
            Kind::Level => NameKind::Level.wording(),
            Kind::UnitKind => Text::new("loại đơn vị", "kind of unit"),
            Kind::Tag => NameKind::Tag.wording(),
            Kind::Agency => NameKind::Agency.wording(),
            Kind::Catalog => NameKind::Catalog.wording(),
            Kind::Entry => NameKind::Entry.wording(),
            Kind::Calendar => Text::new("lịch ngày nghỉ", "calendar"),
            Kind::PeriodKind => NameKind::PeriodKind.wording(),
            Kind::Campaign => Text::new("chiến dịch", "campaign"),
            Kind::Trait => NameKind::Trait.wording(),
            Kind::Indicator => NameKind::Indicator.wording(),
            Kind::Target => NameKind::Target.wording(),
            Kind::Export => NameKind::Export.wording(),
            Kind::Regime => NameKind::Regime.wording(),
            Kind::Event => NameKind::Event.wording(),
            Kind::EventField => NameKind::EventField.wording(),
            Kind::Form => NameKind::Form.wording(),
            Kind::List => Text::new("danh sách", "list"),
            Kind::Group => Text::new("nhóm", "group"),
            Kind::Column => NameKind::Column.wording(),
            Kind::Row => NameKind::Row.wording(),
            Kind::Field => NameKind::Field.wording(),
            Kind::Rule => NameKind::Rule.wording(),
            Kind::Outline => Text::new("đề cương", "outline"),
            Kind::Section => Text::new("mục", "section"),
            Kind::Narrative => NameKind::Narrative.wording(),
            Kind::Migration => Text::new("chuyển phiên bản", "migration"),
            Kind::Test => Text::new("ca kiểm thử", "test"),
        }
    }

    /// Whether things of this kind are of the whole project and not of one regime.
    pub fn is_shared(self) -> bool {
        match self {
            Kind::Measure
            | Kind::Level
            | Kind::UnitKind
            | Kind::Tag
            | Kind::Agency
            | Kind::Catalog
            | Kind::Entry
            | Kind::Calendar
            | Kind::PeriodKind
            | Kind::Campaign
            | Kind::Trait
            | Kind::Indicator
            | Kind::Target
            | Kind::Export
            | Kind::Regime => true,
            Kind::Event
            | Kind::EventField
            | Kind::Form
            | Kind::List
            | Kind::Group
            | Kind::Column
            | Kind::Row
            | Kind::Field
            | Kind::Rule
            | Kind::Outline
            | Kind::Section
            | Kind::Narrative
            | Kind::Migration
            | Kind::Test => false,
        }
    }
}
