//! R9xx: sound regimes that could be better.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R9xx: sound regimes that could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// R901: a declaration that nothing uses.
    Unused {
        /// What it declares.
        kind: NameKind,
        /// Its name.
        name: String,
    },
    /// R902: a formula whose total differs from the total of its results.
    NotLinear {
        /// The column.
        column: String,
    },
    /// R903: printed numbers that do not rise.
    NumbersDoNotRise {
        /// The number before.
        before: String,
        /// The number after.
        after: String,
    },
    /// R904: an official formula row that equals the generated one.
    PrintedAsGenerated,
    /// R905: a form that one outline prints at two places.
    PrintedTwice {
        /// The form.
        form: String,
    },
    /// R906: a form that no outline prints, where others are printed.
    PrintedNowhere {
        /// The form.
        form: String,
    },
    /// R907: an outline that asks for no words.
    OutlineWithoutNarrative,
    /// R908: a kind of period that an export format has no code for.
    NoExportCode {
        /// The format.
        export: String,
        /// The period, in both languages.
        period: (String, String),
        /// How many coded indicators the regime reports.
        indicators: usize,
    },
    /// R909: last year's value of an index that compares with last year itself.
    ComparedTwice {
        /// The column.
        column: String,
    },
}

impl Advice {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Advice::Unused { .. } => "R901",
            Advice::NotLinear { .. } => "R902",
            Advice::NumbersDoNotRise { .. } => "R903",
            Advice::PrintedAsGenerated => "R904",
            Advice::PrintedTwice { .. } => "R905",
            Advice::PrintedNowhere { .. } => "R906",
            Advice::OutlineWithoutNarrative => "R907",
            Advice::NoExportCode { .. } => "R908",
            Advice::ComparedTwice { .. } => "R909",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Advice
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            Advice::Unused { kind, name } => {
                let kind = kind.wording();
                Wording::new(
                    Text::new(
                        format!("{} `{name}` được khai báo nhưng không dùng đến", kind.vi),
                        format!("{} `{name}` is declared and never used", kind.en),
                    ),
                    Text::new(
                        "khai báo thừa làm người đọc phải tìm chỗ dùng không có",
                        "a reader looks in vain for its use",
                    ),
                )
            }
            Advice::NotLinear { column } => Wording::new(
                Text::new(
                    format!("khi tổng hợp, cột `{column}` được tính lại từ tổng chứ không cộng kết quả của các đơn vị"),
                    format!("when consolidated, column `{column}` is recomputed from totals, not added from the units' results"),
                ),
                Text::new(
                    "với `nhỏ nhất`, `lớn nhất`, làm tròn, giá trị tuyệt đối hoặc tích, hai cách cho kết quả khác nhau",
                    "with `min`, `max`, rounding, absolute values or products the two differ",
                ),
            )
            .helped(Text::new(
                "nếu muốn cộng kết quả của từng đơn vị, để cột nhập tay và kiểm tra bằng quy tắc",
                "if the units' results should add up, let the column be typed and check it with a rule",
            )),
            Advice::ComparedTwice { column } => Wording::new(
                Text::new(
                    format!("cột `{column}` đã so với cùng kỳ năm trước rồi"),
                    format!("column `{column}` compares with the year before already"),
                ),
                Text::new(
                    "`cùng kỳ` của một chỉ số như vậy là chỉ số của năm trước, nói về năm trước nữa",
                    "`year ago` of such an index is the index of last year, which speaks of the year before that",
                ),
            )
            .helped(Text::new(
                "so với 100%, hoặc lấy `cùng kỳ` của số gốc",
                "compare it with 100%, or take `year ago` of the figure it is made of",
            )),
            Advice::NumbersDoNotRise { before, after } => Wording::new(
                Text::new(
                    format!("cột `{after}` in sau cột `{before}`"),
                    format!("column `{after}` is printed after column `{before}`"),
                ),
                Text::new(
                    "số cột thường tăng dần từ trái sang phải; có thể là đặt nhầm chỗ",
                    "column numbers usually rise from left to right; one may be misplaced",
                ),
            ),
            Advice::NoExportCode {
                export,
                period,
                indicators,
            } => Wording::new(
                Text::new(
                    format!("`{export}` không có mã cho kỳ {}, nên {indicators} chỉ tiêu có mã của chế độ không xuất được ở kỳ này", period.0),
                    format!("`{export}` has no code for the {}, so {indicators} coded indicators of the regime are not exported for it", period.1),
                ),
                Text::new(
                    "định dạng xuất ghi kỳ bằng mã; kỳ không có mã thì nơi nhận không biết số liệu của kỳ nào",
                    "an export names the period by its code; without one the receiver cannot tell of which period the figures are",
                ),
            )
            .helped(Text::new(
                format!("thêm dòng `kỳ …` vào `xuất {export}` nếu quy chuẩn có mã"),
                format!("add a line `period …` to `export {export}` if the standard has a code"),
            )),
            Advice::PrintedAsGenerated => Wording::new(
                Text::new(
                    "`in là` trùng với dòng công thức tự sinh",
                    "`printed as` equals the generated formula row",
                ),
                Text::new(
                    "chỉ cần `in là` khi bản in chính thức khác công thức",
                    "`printed as` is needed only where the official print differs",
                ),
            )
            .helped(Text::new("bỏ `in là`", "remove `printed as`")),
            Advice::PrintedTwice { form } => Wording::new(
                Text::new(
                    format!("đề cương in biểu `{form}` hai lần"),
                    format!("the outline prints form `{form}` twice"),
                ),
                Text::new(
                    "cùng một bảng số liệu đứng hai chỗ làm người đọc tưởng là hai bảng khác nhau",
                    "a reader takes the same table at two places for two tables",
                ),
            ),
            Advice::PrintedNowhere { form } => Wording::new(
                Text::new(
                    format!("đề cương không in biểu `{form}` ở chỗ nào"),
                    format!("the outline prints form `{form}` nowhere"),
                ),
                Text::new(
                    "các biểu khác đứng trong lời văn, biểu này nằm ngoài; có thể là bỏ sót",
                    "other forms stand in the text and this one beside it; it may have been forgotten",
                ),
            )
            .helped(Text::new(
                format!("thêm `bảng {form}` vào mục có liên quan"),
                format!("add `table {form}` to the section it belongs to"),
            )),
            Advice::OutlineWithoutNarrative => Wording::new(
                Text::new(
                    "đề cương không yêu cầu viết nội dung nào",
                    "the outline asks for no words",
                ),
                Text::new(
                    "báo cáo có đề cương thường có phần thuyết minh do người lập viết",
                    "a report with an outline usually has a part that its author writes",
                ),
            )
            .helped(Text::new(
                "thêm `nội dung \"…\"` vào mục, hoặc bỏ đề cương nếu chỉ có biểu số liệu",
                "add `narrative \"…\"` to a section, or remove the outline if there are only forms",
            )),
        }
    }
}
