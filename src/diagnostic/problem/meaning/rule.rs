//! R6xx: rules and tests that cannot mean what they say.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R6xx: rules and tests that cannot mean what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleProblem {
    /// R601: two rules of one regime with one identifier.
    RepeatedRule {
        /// The identifier.
        id: String,
    },
    /// R620: two switches of one rule that hold for the same cut-off.
    SwitchedTwice {
        /// The rule, `REGIME.RULE`.
        rule: String,
    },
    /// R602: a place for a figure in a message that names no figure.
    NotAFigureInMessage,
    /// R603: a rule that looks at no cell.
    ReadsNothing,
    /// R604: a sum that counts a column and a part of its sibling (`15+18`).
    MixedLevels {
        /// The part, by printed number or name.
        part: String,
        /// The whole that it belongs to.
        whole: String,
    },
    /// R625: a sum that counts a whole and one of its parts.
    PartAndWhole {
        /// The part, by printed number or name.
        part: String,
        /// The whole that it belongs to.
        whole: String,
    },
    /// R605: a bare column in a rule outside every form.
    FormNeeded {
        /// The column as written.
        column: String,
    },
    /// R606: a column that is compared with itself, or part of itself.
    ComparedWithItself {
        /// The column.
        column: String,
    },
    /// R607: a part limited to periods that the regime does not collect.
    NeverInPeriod {
        /// The period in words of both languages.
        period: (String, String),
    },
    /// R609: a demand for an explanation, or a message, where none can be shown.
    TailNotHere {
        /// The word as written.
        tail: String,
    },
    /// R611: a test without the unit or the period that it is about.
    TestIncomplete {
        /// What is missing.
        missing: TestPart,
    },
    /// R612: a period in a test that the regime does not collect.
    PeriodNotCollected {
        /// The period in words of both languages.
        period: (String, String),
    },
    /// R613: a test value that the cell cannot take.
    ValueDoesNotFit {
        /// The value as written.
        value: String,
        /// The column.
        column: String,
    },
    /// R614: a test value for a cell that is computed.
    ValueInComputedCell {
        /// The column.
        column: String,
    },
    /// R615: one cell given twice in one test.
    RepeatedValue {
        /// The column.
        column: String,
    },
    /// R616: a rule expectation about a cell that has no rule of its own.
    CellWithoutRule {
        /// The cell as written.
        cell: String,
    },
    /// R617: an expectation that is no single cell and value.
    ExpectationTooWide,
    /// R618: a line of a table in a test with too few or too many values.
    TableLine {
        /// Columns of the table.
        expected: usize,
        /// Values on the line.
        found: usize,
    },
    /// R619: `cell` outside a rule for many cells.
    CellWithoutEach,
    /// R630: two expectations of one test that cannot both be met.
    ExpectationsContradict,
    /// R621: `rounded` on a rule that compares nothing but whole counts.
    NothingRounded,
}

/// A part that every test needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestPart {
    /// The reporting unit.
    Reporter,
    /// The period.
    Period,
    /// At least one expectation.
    Expectation,
}

impl RuleProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            RuleProblem::RepeatedRule { .. } => "R601",
            RuleProblem::SwitchedTwice { .. } => "R620",
            RuleProblem::NotAFigureInMessage => "R602",
            RuleProblem::ReadsNothing => "R603",
            RuleProblem::MixedLevels { .. } => "R604",
            RuleProblem::PartAndWhole { .. } => "R625",
            RuleProblem::FormNeeded { .. } => "R605",
            RuleProblem::ComparedWithItself { .. } => "R606",
            RuleProblem::NeverInPeriod { .. } => "R607",
            RuleProblem::TailNotHere { .. } => "R609",
            RuleProblem::TestIncomplete { .. } => "R611",
            RuleProblem::PeriodNotCollected { .. } => "R612",
            RuleProblem::ValueDoesNotFit { .. } => "R613",
            RuleProblem::ValueInComputedCell { .. } => "R614",
            RuleProblem::RepeatedValue { .. } => "R615",
            RuleProblem::CellWithoutRule { .. } => "R616",
            RuleProblem::ExpectationTooWide => "R617",
            RuleProblem::TableLine { .. } => "R618",
            RuleProblem::CellWithoutEach => "R619",
            RuleProblem::ExpectationsContradict => "R630",
            RuleProblem::NothingRounded => "R621",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            RuleProblem::MixedLevels { .. }
            | RuleProblem::PartAndWhole { .. }
            | RuleProblem::ExpectationsContradict
            | RuleProblem::NothingRounded => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            RuleProblem::RepeatedRule { id } => Wording::new(
                Text::new(
                    format!("hai quy tắc cùng mang ký hiệu `{id}`"),
                    format!("two rules are called `{id}`"),
                ),
                Text::new(
                    "ký hiệu của quy tắc là tên để giải trình và kiểm thử nên phải là duy nhất",
                    "explanations and tests name a rule by its identifier, so it must be unique",
                ),
            ),
            RuleProblem::SwitchedTwice { rule } => Wording::new(
                Text::new(
                    format!("quy tắc `{rule}` có hai lệnh đổi cùng hiệu lực"),
                    format!("two switches of the rule `{rule}` hold at the same time"),
                ),
                Text::new(
                    "mỗi ngày chốt số liệu chỉ được có một lệnh, để biết quy tắc đang tắt hay đang ở mức nào",
                    "for each cut-off at most one switch tells whether the rule is off, or how strong it is",
                ),
            )
            .helped(Text::new(
                "cho lệnh trước hết hiệu lực (`đến hết`) trước ngày lệnh sau bắt đầu",
                "let the earlier one end (`until`) before the later one begins",
            )),
            RuleProblem::NotAFigureInMessage => Wording::new(
                Text::new(
                    "trong ngoặc nhọn phải là một số liệu của báo cáo",
                    "braces hold a figure of the report",
                ),
                Text::new(
                    "số liệu được điền vào chỗ có ngoặc nhọn",
                    "figures are shown where braces stand",
                ),
            ),
            RuleProblem::CellWithoutEach => Wording::new(
                Text::new(
                    "`ô` chỉ dùng trong quy tắc viết `với mỗi …`",
                    "`cell` stands only in a rule written `for each …`",
                ),
                Text::new(
                    "`ô` là từng ô được kể sau `với mỗi`; ở đây không có ô nào được kể",
                    "`cell` is each of the cells listed after `for each`; none is listed here",
                ),
            ),
            RuleProblem::NothingRounded => Wording::new(
                Text::new(
                    "quy tắc cho phép làm tròn nhưng chỉ so các số đếm",
                    "the rule allows for rounding but compares whole counts only",
                ),
                Text::new(
                    "người, vụ, hồ sơ được đếm trọn, không làm tròn; cho phép làm tròn ở đây chỉ che mất chỗ lệch thật",
                    "people and cases are counted whole and never rounded; allowing for it here only hides a real difference",
                ),
            )
            .helped(Text::new(
                "bỏ `cho phép làm tròn`, hoặc khai `số thập phân(n)` cho các ô thật sự được làm tròn",
                "leave `rounded` out, or declare `decimal(n)` for the cells that really are rounded",
            )),
            RuleProblem::ReadsNothing => Wording::new(
                Text::new(
                    "quy tắc không xét ô nào",
                    "the rule looks at no cell",
                ),
                Text::new(
                    "một quy tắc luôn đúng hoặc luôn sai thì không kiểm tra được gì",
                    "a rule that is always true or always false checks nothing",
                ),
            ),
            RuleProblem::PartAndWhole { part, whole } => Wording::new(
                Text::new(
                    format!("tổng này cộng cả `{whole}` và `{part}`, mà `{part}` đã nằm trong `{whole}`"),
                    format!("the sum adds `{whole}` and `{part}`, but `{part}` is part of `{whole}`"),
                ),
                Text::new(
                    "một số vừa tính trong tổng vừa tính riêng là tính hai lần",
                    "a figure that stands in the total and beside it is counted twice",
                ),
            )
            .helped(Text::new(
                format!("bỏ `[{part}]`, hoặc cộng mọi phần thay cho `[{whole}]`"),
                format!("remove `[{part}]`, or add all parts instead of `[{whole}]`"),
            )),
            RuleProblem::MixedLevels { part, whole } => Wording::new(
                Text::new(
                    format!("tổng lấy `{part}` nhưng bỏ qua `{whole}` chứa nó"),
                    format!("the sum takes `{part}` but not `{whole}`, of which it is a part"),
                ),
                Text::new(
                    "các số cộng với nhau thường cùng một cấp; lấy một phần của số bên cạnh thường là ghi nhầm số cột hoặc số dòng",
                    "figures added together usually stand on one level; a part of a neighbour is often a misprinted number",
                ),
            )
            .helped(Text::new(
                format!("có phải `[{whole}]` không? nếu bản in chính thức ghi khác, dùng `in là`"),
                format!("did you mean `[{whole}]`? if the official print differs, use `printed as`"),
            )),
            RuleProblem::FormNeeded { column } => Wording::new(
                Text::new(
                    format!("ngoài biểu phải ghi tên biểu trước `[{column}]`"),
                    format!("outside a form `[{column}]` needs the form's name in front"),
                ),
                Text::new(
                    "số cột chỉ có nghĩa trong một biểu",
                    "a column number has a meaning only within a form",
                ),
            ),
            RuleProblem::ComparedWithItself { column } => Wording::new(
                Text::new(
                    format!("cột `{column}` được so với chính nó"),
                    format!("column `{column}` is compared with itself"),
                ),
                Text::new(
                    "quy tắc này không bao giờ bắt được lỗi nào",
                    "this rule can never find anything",
                ),
            ),
            RuleProblem::NeverInPeriod { period } => Wording::new(
                Text::new(
                    format!("chế độ không có kỳ {}", period.0),
                    format!("the regime has no {}", period.1),
                ),
                Text::new(
                    "phần chỉ dùng trong kỳ không báo cáo thì không bao giờ có hiệu lực",
                    "a part limited to a period that is not reported never applies",
                ),
            ),
            RuleProblem::TailNotHere { tail } => Wording::new(
                Text::new(
                    format!("`{tail}` không dùng cho quy tắc này"),
                    format!("`{tail}` cannot stand on this rule"),
                ),
                Text::new(
                    "chỉ cảnh báo mới đòi giải trình; mỗi quy tắc có một thông báo",
                    "only a warning asks for an explanation; a rule has one message",
                ),
            ),
            RuleProblem::TestIncomplete { missing } => {
                let missing = missing.wording();
                Wording::new(
                    Text::new(
                        format!("ca kiểm thử thiếu {}", missing.vi),
                        format!("the test has no {}", missing.en),
                    ),
                    Text::new(
                        "một ca kiểm thử là báo cáo của một đơn vị trong một kỳ với ít nhất một điều mong đợi",
                        "a test is one unit's report in one period, with at least one expectation",
                    ),
                )
            }
            RuleProblem::PeriodNotCollected { period } => Wording::new(
                Text::new(
                    format!("chế độ không thu báo cáo {}", period.0),
                    format!("the regime collects no report for {}", period.1),
                ),
                Text::new(
                    "kỳ trong ca kiểm thử phải là kỳ đã khai báo của chế độ",
                    "the period of a test is one that the regime declares",
                ),
            ),
            RuleProblem::ValueDoesNotFit { value, column } => Wording::new(
                Text::new(
                    format!("`{value}` không nhập được vào cột `{column}`"),
                    format!("`{value}` cannot be entered in column `{column}`"),
                ),
                Text::new(
                    "giá trị phải đúng kiểu của cột: số chữ số lẻ, số âm, số hay văn bản",
                    "a value has to fit the type of its column: decimals, sign, figure or text",
                ),
            ),
            RuleProblem::ValueInComputedCell { column } => Wording::new(
                Text::new(
                    format!("cột `{column}` được tính, không nhập được"),
                    format!("column `{column}` is computed and cannot be given"),
                ),
                Text::new(
                    "báo cáo đang kiểm thử chỉ cho số nhập tay; chỉ số liệu lịch sử mới cho được ô tính",
                    "the report under test is given by typed cells; only history may set computed ones",
                ),
            ),
            RuleProblem::RepeatedValue { column } => Wording::new(
                Text::new(
                    format!("ô ở cột `{column}` được cho hai lần"),
                    format!("the cell in column `{column}` is given twice"),
                ),
                Text::new(
                    "một ô chỉ có một giá trị",
                    "a cell has one value",
                ),
            ),
            RuleProblem::CellWithoutRule { cell } => Wording::new(
                Text::new(
                    format!("ô `{cell}` không có quy tắc riêng nào"),
                    format!("cell `{cell}` has no rule of its own"),
                ),
                Text::new(
                    "chỉ nêu theo ô được những quy tắc viết ngay tại ô: vế bằng thứ hai, `nằm trong`, `khoảng`, hoặc ô bắt buộc",
                    "only rules written at the cell are named by it: further sides, `within`, `range`, or a required cell",
                ),
            )
            .helped(Text::new(
                "nêu quy tắc theo ký hiệu của nó",
                "name the rule by its identifier",
            )),
            RuleProblem::ExpectationTooWide => Wording::new(
                Text::new(
                    "điều mong đợi phải nêu một ô và một giá trị",
                    "an expectation names one cell and one value",
                ),
                Text::new(
                    "khi sai, ca kiểm thử phải chỉ đúng ô sai",
                    "when it fails, a test has to point to the one cell that is wrong",
                ),
            ),
            RuleProblem::ExpectationsContradict => Wording::new(
                Text::new(
                    "điều mong đợi này trái với một điều mong đợi khác của cùng ca kiểm thử",
                    "the expectation contradicts another one of the same test",
                ),
                Text::new(
                    "hai điều không thể cùng xảy ra với một báo cáo, nên ca kiểm thử không bao giờ đạt",
                    "one report cannot meet both, so the test can never pass",
                ),
            )
            .helped(Text::new(
                "bỏ một trong hai, hoặc tách thành hai ca kiểm thử với số liệu khác nhau",
                "remove one of the two, or write two tests with different figures",
            )),
            RuleProblem::TableLine { expected, found } => Wording::new(
                Text::new(
                    format!("dòng có {found} giá trị nhưng bảng có {expected} cột"),
                    format!("the line has {found} values but the table has {expected} columns"),
                ),
                Text::new(
                    "mỗi giá trị thuộc về cột cùng vị trí; ô bỏ trống ghi `trống`",
                    "each value belongs to the column at its place; an empty cell is written `blank`",
                ),
            ),
        }
    }
}

impl TestPart {
    fn wording(self) -> Text {
        match self {
            TestPart::Reporter => Text::new("`đơn vị báo cáo`", "`reporter`"),
            TestPart::Period => Text::new("`kỳ`", "`period`"),
            TestPart::Expectation => Text::new("`mong đợi`", "`expect`"),
        }
    }
}
