//! What can be wrong with a JSON line, and how it is said in both languages.
//!
//! It deliberately does not know where the line came from; a surface puts file name and line in front.

use crate::calendar::dates::show_date;
use crate::calendar::{Date, Period, PeriodProblem};
use crate::plan::Bilingual;

/// One mistake in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// The line, from 1.
    pub line: u64,
    /// The member, such as `cells.dat_dai.4`, when the mistake lies in one.
    pub field: Option<String>,
    /// What is wrong.
    pub kind: LineProblemKind,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineProblemKind {
    /// The line is not JSON; the reader stopped at this character, counted in bytes from 1.
    NotJson {
        /// Where the reader stopped.
        column: usize,
    },
    /// An object was expected.
    NotAnObject,
    /// A member that must be there is not.
    MissingField,
    /// A member nobody reads; probably a slip in its name.
    UnknownField,
    /// A member stands twice; the last one was read.
    RepeatedField,
    /// Text was expected.
    NotText,
    /// A whole number was expected.
    NotAWholeNumber,
    /// A cell that is neither text nor number nor null.
    NotACell,
    /// A format number this program does not read.
    UnknownFormat {
        /// The number found.
        found: u64,
    },
    /// A regime that is not known here.
    UnknownRegime {
        /// Its name.
        name: String,
    },
    /// A version of a known regime that is not known here.
    UnknownVersion {
        /// The version found.
        found: u64,
        /// The versions known.
        known: Vec<u32>,
    },
    /// A form the regime does not have.
    UnknownForm {
        /// Its name.
        name: String,
    },
    /// An id no unit has; codes are no ids.
    UnknownUnit {
        /// The id.
        id: String,
    },
    /// A unit that exists, but does not report this regime on the last day of the window.
    NotAReporter {
        /// Its name.
        name: String,
        /// The last day of the window.
        date: Date,
    },
    /// A period code that cannot be used.
    BadPeriod {
        /// The code.
        code: String,
        /// Why.
        problem: PeriodProblem,
    },
    /// A period that the regime does not report.
    PeriodNotReported {
        /// The period.
        period: Period,
    },
    /// The same form of the same report stands on an earlier line; the earlier line holds.
    RepeatedLine {
        /// The earlier line.
        first_line: u64,
    },
}

impl LineProblemKind {
    /// The mistake in words.
    pub fn wording(&self) -> Bilingual {
        match self {
            Self::NotJson { column } => say(
                format!("không phải JSON, sai ở byte thứ {column} của dòng"),
                format!("not JSON; the mistake is at byte {column} of the line"),
            ),
            Self::NotAnObject => say(
                "phải là một đối tượng JSON `{…}`",
                "must be a JSON object `{…}`",
            ),
            Self::MissingField => say("thiếu trường này", "this field is missing"),
            Self::UnknownField => say(
                "không có trường nào tên như vậy",
                "there is no field of that name",
            ),
            Self::RepeatedField => say(
                "trường này có hai lần, giá trị sau được dùng",
                "this field stands twice; the last value was used",
            ),
            Self::NotText => say("phải là chuỗi ký tự", "must be text"),
            Self::NotAWholeNumber => say("phải là số nguyên không âm", "must be a whole number"),
            Self::NotACell => say(
                "giá trị của ô phải là chuỗi, số hoặc null",
                "a cell is text, a number or null",
            ),
            Self::UnknownFormat { found } => say(
                format!("định dạng {found} không đọc được, chỉ đọc định dạng 1"),
                format!("format {found} cannot be read, only format 1"),
            ),
            Self::UnknownRegime { name } => say(
                format!("không có chế độ báo cáo `{name}`"),
                format!("there is no regime `{name}`"),
            ),
            Self::UnknownVersion { found, known } => {
                let known = known
                    .iter()
                    .map(u32::to_string)
                    .collect::<Vec<_>>()
                    .join(", ");
                say(
                    format!("không có phiên bản {found}, chỉ có phiên bản {known}"),
                    format!("there is no version {found}, only version {known}"),
                )
            }
            Self::UnknownForm { name } => say(
                format!("chế độ không có biểu `{name}`"),
                format!("the regime has no form `{name}`"),
            ),
            Self::UnknownUnit { id } => say(
                format!(
                    "không có đơn vị nào có định danh `{id}` (dùng cột id của bảng đơn vị, không dùng mã)"
                ),
                format!(
                    "no unit has the id `{id}` (use the id column of the units table, not a code)"
                ),
            ),
            Self::NotAReporter { name, date } => {
                let date = show_date(*date);
                say(
                    format!("{name} không phải đối tượng báo cáo của chế độ này vào ngày {date}"),
                    format!("{name} does not report this regime on {date}"),
                )
            }
            Self::BadPeriod { code, problem } => match problem {
                PeriodProblem::Malformed => say(
                    format!(
                        "`{code}` không phải mã kỳ báo cáo (ví dụ 2026-05, 2026-Q2, 2026-H1, 2026-9M, 2026)"
                    ),
                    format!(
                        "`{code}` is not the code of a period (such as 2026-05, 2026-Q2, 2026-H1, 2026-9M, 2026)"
                    ),
                ),
                PeriodProblem::OutOfRange => say(
                    format!("kỳ `{code}` nằm ngoài năm hoặc ngoài lịch"),
                    format!("the period `{code}` lies outside its year or the calendar"),
                ),
            },
            Self::PeriodNotReported { period } => say(
                format!("chế độ không báo cáo kỳ `{period}`"),
                format!("the regime does not report the period `{period}`"),
            ),
            Self::RepeatedLine { first_line } => say(
                format!(
                    "biểu này của báo cáo này đã có ở dòng {first_line}, dòng này không được dùng"
                ),
                format!(
                    "this form of this report already stands on line {first_line}; this line was not used"
                ),
            ),
        }
    }
}

fn say(vi: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual {
        vi: vi.into(),
        en: en.into(),
    }
}
