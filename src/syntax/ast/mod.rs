//! The typed tree of one source file: what the author wrote, statement by statement, with spans.
//!
//! Nothing is resolved or checked here: names are text, dates may not exist, numbers are digits.
//! Parts the author left out are `None` or empty. A line that is no statement is a [`Stray`] of the
//! block it stands in. So any text whatever has a typed tree, and whatever the grammar reads has a
//! place in it.

pub mod event;
pub mod expression;
pub mod form;
pub mod header;
pub mod indicator;
pub mod list;
pub mod migrate;
pub mod outline;
pub mod rule;
pub mod test;
pub mod time;
pub mod words;

use crate::diagnostic::problem::syntax::Word;
use crate::text::Span;

/// A value with the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The declarations in the order written.
    pub items: Vec<Item>,
    /// Lines that are no declaration.
    pub strays: Vec<Stray>,
}

/// A declaration at the top of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `measure`, đơn vị tính.
    Measure(words::Measure),
    /// `level`, cấp.
    Level(words::Level),
    /// `units from`, `links from`, `successors from`.
    Facts(words::Facts),
    /// `tag`, nhãn.
    Tag(words::Tag),
    /// `agency`, cơ quan.
    Agency(words::Agency),
    /// `catalog`, danh mục.
    Catalog(words::Catalog),
    /// `calendar`, lịch.
    Calendar(words::Calendar),
    /// `period kind`, loại kỳ.
    PeriodKind(words::PeriodKind),
    /// `regime`, chế độ.
    Regime(Box<header::Regime>),
    /// `form`, biểu, declared outside a regime.
    Form(Box<form::Form>),
    /// `test`, ca kiểm thử, declared outside a regime.
    Test(test::Test),
    /// `trait`, đặc điểm.
    Trait(indicator::Trait),
    /// `indicator`, chỉ tiêu.
    Indicator(Box<indicator::Indicator>),
    /// `target`, bộ kế hoạch.
    Target(indicator::Target),
    /// `export`, xuất.
    Export(indicator::Export),
    /// `campaign`, chiến dịch.
    Campaign(words::Campaign),
    /// `rule … off`, `rule … becomes …`, quy tắc.
    RuleSwitch(rule::RuleSwitch),
    /// `list`, danh sách, declared outside a regime.
    List(Box<list::List>),
}

/// A line, with the block it opens if it opens one, that is no statement of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The word the line begins with or most likely means, if that can be told; a part of the
    /// regime said by such a line is not missing, only unreadable.
    pub keyword: Option<Word>,
    /// Names and codes before the first quotation mark: what the line may have declared.
    pub names: Vec<Spanned<String>>,
    /// The whole line, or the whole block.
    pub span: Span,
}

/// A day as written; whether the calendar has it is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Day of the month as written, 0 to 99.
    pub day: u8,
    /// Month as written, 0 to 99.
    pub month: u8,
    /// Year as written, four digits.
    pub year: u16,
}

/// A day of any year as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayMonth {
    /// Day of the month as written, 0 to 99.
    pub day: u8,
    /// Month as written, 0 to 99.
    pub month: u8,
}

/// A time of day as written, 0 to 99 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Hour as written.
    pub hour: u8,
    /// Minute as written.
    pub minute: u8,
}

/// From and until which day something holds; both days included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// First day.
    pub from: Option<Spanned<Date>>,
    /// Last day.
    pub until: Option<Spanned<Date>>,
    /// Both with their words.
    pub span: Span,
}

/// A level or an agency, narrowed by tags that must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Name of the level or agency.
    pub name: Spanned<String>,
    /// Names of the tags.
    pub tags: Vec<Spanned<String>>,
    /// The whole of it.
    pub span: Span,
}
