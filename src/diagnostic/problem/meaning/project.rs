//! R227 to R230: words, tables and calendars of a project that do not reach what they are for.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. A unit of a level that nobody declares never reports, which is an error; whatever else is lost may be
//! lost on purpose.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Words, tables and calendars of a project that do not reach what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectProblem {
    /// R227: a word in the table of units that the project does not declare.
    UnitWord {
        /// What it stands for.
        field: UnitField,
        /// The word.
        word: String,
        /// Name of the first unit that bears it.
        unit: String,
        /// How many further units bear it.
        more: usize,
        /// The declared word that may be meant.
        nearest: Option<String>,
    },
    /// R228: a second calendar.
    SecondCalendar,
    /// R229: days off that a decision fixes every year, and no table of decisions.
    DecidedByNobody {
        /// The days off as printed.
        holiday: String,
    },
    /// R230: a measure that is made of no other one.
    BareNumber {
        /// The measure.
        measure: String,
    },
}

/// A field of the table of units.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitField {
    /// Its level.
    Level,
    /// The kind of unit on a level.
    Item {
        /// The level.
        level: String,
    },
    /// The agency that it is.
    Agency {
        /// The level on which the unit stands.
        level: String,
    },
    /// One of its tags.
    Tag,
    /// The name of an attribute, that of a catalog.
    Attribute,
    /// The value of an attribute, an entry.
    Entry {
        /// The catalog.
        catalog: String,
    },
}

impl ProjectProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ProjectProblem::UnitWord { .. } => "R227",
            ProjectProblem::SecondCalendar => "R228",
            ProjectProblem::DecidedByNobody { .. } => "R229",
            ProjectProblem::BareNumber { .. } => "R230",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            ProjectProblem::UnitWord {
                field: UnitField::Level,
                ..
            } => Severity::Error,
            ProjectProblem::UnitWord { .. }
            | ProjectProblem::SecondCalendar
            | ProjectProblem::DecidedByNobody { .. } => Severity::Warning,
            ProjectProblem::BareNumber { .. } => Severity::Advice,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            ProjectProblem::UnitWord {
                field,
                word,
                unit,
                more,
                nearest,
            } => {
                let (vi, en) = field.said(word);
                let (more_vi, more_en) = match more {
                    0 => (String::new(), String::new()),
                    more => (
                        format!(" và {more} đơn vị khác"),
                        format!(" and {more} more"),
                    ),
                };
                let wording = Wording::new(
                    Text::new(
                        format!("bảng đơn vị: {vi} (`{unit}`{more_vi})"),
                        format!("the table of units: {en} (`{unit}`{more_en})"),
                    ),
                    field.why(),
                );
                match nearest {
                    Some(nearest) => wording.helped(Text::new(
                        format!("có phải `{nearest}`?"),
                        format!("is `{nearest}` meant?"),
                    )),
                    None => wording,
                }
            }
            ProjectProblem::SecondCalendar => Wording::new(
                Text::new(
                    "dự án đã có một khối `lịch`; ngày nghỉ của cả hai cùng được tính",
                    "the project has a `calendar` already; the days off of both count",
                ),
                Text::new(
                    "mọi chế độ dùng chung một lịch; không chế độ nào chọn được lịch riêng",
                    "all regimes share one calendar; none can choose its own",
                ),
            )
            .helped(Text::new(
                "gộp hai khối thành một, hoặc bỏ khối không dùng",
                "write them as one block, or remove the one that is not meant",
            )),
            ProjectProblem::DecidedByNobody { holiday } => Wording::new(
                Text::new(
                    format!("`{holiday}` nghỉ theo quyết định hằng năm nhưng lịch không có bảng quyết định"),
                    format!("`{holiday}` is fixed by a decision each year, but the calendar has no table of decisions"),
                ),
                Text::new(
                    "không có bảng thì những ngày này không bao giờ được tính là ngày nghỉ",
                    "without a table these days never count as days off",
                ),
            )
            .helped(Text::new(
                "thêm `quyết định từ \"…csv\"` vào khối `lịch`",
                "add `decisions from \"…csv\"` to the `calendar`",
            )),
            ProjectProblem::BareNumber { measure } => Wording::new(
                Text::new(
                    format!("`{measure}` chỉ là một con số, không gồm đơn vị tính nào"),
                    format!("`{measure}` is a mere number, made of no measure"),
                ),
                Text::new(
                    "số ghi theo đơn vị này không biết đếm cái gì, nên cộng hay so được với mọi số không có đơn vị",
                    "nobody knows what is counted in it, so it can be added to and compared with any plain number",
                ),
            )
            .helped(Text::new(
                "nhân với đơn vị được đếm, ví dụ `= 12 * cai`",
                "multiply it by what is counted, for example `= 12 * cai`",
            )),
        }
    }
}

impl UnitField {
    fn said(&self, word: &str) -> (String, String) {
        match self {
            UnitField::Level => (
                format!("cấp `{word}` chưa được khai báo"),
                format!("level `{word}` is not declared"),
            ),
            UnitField::Item { level } => (
                format!("cấp `{level}` không có loại đơn vị `{word}`"),
                format!("level `{level}` has no kind of unit `{word}`"),
            ),
            UnitField::Agency { .. } => (
                format!("cơ quan `{word}` chưa được khai báo"),
                format!("agency `{word}` is not declared"),
            ),
            UnitField::Tag => (
                format!("nhãn `{word}` chưa được khai báo"),
                format!("tag `{word}` is not declared"),
            ),
            UnitField::Attribute => (
                format!("đặc điểm `{word}` không phải là tên danh mục nào"),
                format!("attribute `{word}` is the name of no catalog"),
            ),
            UnitField::Entry { catalog } => (
                format!("danh mục `{catalog}` không có mã `{word}`"),
                format!("catalog `{catalog}` has no entry `{word}`"),
            ),
        }
    }

    fn why(&self) -> Text {
        match self {
            UnitField::Level => Text::new(
                "không chế độ nào gọi được đơn vị của cấp không khai báo, nên đơn vị này không bao giờ báo cáo",
                "no regime can mean units of a level that is not declared, so the unit never reports",
            ),
            UnitField::Item { .. } => Text::new(
                "loại đơn vị được in ở đầu báo cáo và phải là một `mục` của cấp",
                "the kind of a unit is printed on its reports and has to be an `item` of its level",
            ),
            UnitField::Agency { .. } => Text::new(
                "luồng và hạn gửi gọi cơ quan theo tên đã khai báo; đơn vị mang tên khác không nhận và không gửi gì",
                "routes and deadlines call agencies by their declared names; a unit with another name neither sends nor receives",
            ),
            UnitField::Tag => Text::new(
                "`có …` chỉ gọi được nhãn đã khai báo, nên nhãn này không bao giờ chọn được đơn vị nào",
                "`with …` names declared tags only, so this one never selects a unit",
            ),
            UnitField::Attribute | UnitField::Entry { .. } => Text::new(
                "`lấy từ hồ sơ đơn vị` tra danh mục theo tên và mã; ghi sai thì ô không được điền sẵn",
                "`from registry` looks a catalog up by name and entry; a misspelt one prefills nothing",
            ),
        }
    }
}
