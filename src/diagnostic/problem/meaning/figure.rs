//! R332 to R334, R425 and R634: figures that would come out otherwise than they read.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. Each of them can be computed, which is why nothing else reports it.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Figures that would come out otherwise than they read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureProblem {
    /// R332: a ratio that its formula multiplies by 100, beside a percentage.
    HundredfoldBesidePercent {
        /// The ratio, as written.
        figure: String,
    },
    /// R333: a formula that calculates with numbers alone and reads no cell.
    ReadsNoCell {
        /// The same with references, in words of both languages; `None` where the numbers cannot be meant as places.
        meant: Option<(String, String)>,
    },
    /// R334: an entry with entries below it, where only one without can be the answer.
    InnerEntry {
        /// The entry.
        entry: String,
    },
    /// R634: figures of the period before one that has none before it.
    NothingBefore {
        /// The period under test, in both languages.
        period: (String, String),
        /// The event, where daily reports of it come before.
        event: Option<String>,
    },
    /// R425: a part that adds up over time within a whole of which the last or first figure is taken.
    PartAddsUp {
        /// The part, by printed number or name.
        part: String,
        /// The whole, as written.
        whole: String,
    },
}

impl FigureProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FigureProblem::HundredfoldBesidePercent { .. } => "R332",
            FigureProblem::ReadsNoCell { .. } => "R333",
            FigureProblem::InnerEntry { .. } => "R334",
            FigureProblem::NothingBefore { .. } => "R634",
            FigureProblem::PartAddsUp { .. } => "R425",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            FigureProblem::HundredfoldBesidePercent { figure } => Wording::new(
                Text::new(
                    format!("`{figure}` đã nhân 100 trong công thức nên không so được với số có `%`"),
                    format!("the formula of `{figure}` multiplies by 100, so it cannot stand beside a `%`"),
                ),
                Text::new(
                    "70% là 0,7 còn tỷ lệ nhân 100 là 70: hai số lệch nhau một trăm lần",
                    "70% is 0.7 while a ratio multiplied by 100 is 70: the two differ a hundredfold",
                ),
            )
            .helped(Text::new(
                "ghi kiểu `phần trăm(1)` và bỏ `* 100` trong công thức",
                "state the type `percent(1)` and leave `* 100` out of the formula",
            )),
            FigureProblem::ReadsNoCell { meant } => {
                let wording = Wording::new(
                    Text::new("công thức không đọc ô nào", "the formula reads no cell"),
                    Text::new(
                        "số đứng ngoài ngoặc vuông là hằng số, không phải số thứ tự của cột hay dòng: kết quả ở mọi báo cáo đều như nhau",
                        "a number outside brackets is a constant, not the number of a column or row: every report would show the same result",
                    ),
                );
                wording.helped(match meant {
                    Some((vi, en)) => Text::new(
                        format!("có phải `{vi}` không? nếu đúng là hằng số, viết thẳng kết quả"),
                        format!("did you mean `{en}`? if it is a constant, write the result"),
                    ),
                    None => Text::new(
                        "nếu đúng là hằng số, viết thẳng kết quả",
                        "if it is a constant, write the result",
                    ),
                })
            }
            FigureProblem::InnerEntry { entry } => Wording::new(
                Text::new(
                    format!("`{entry}` có mục con nên không bao giờ là câu trả lời"),
                    format!("`{entry}` has entries below it and is never the answer"),
                ),
                Text::new(
                    "`chọn một` chỉ nhận mục không có mục con",
                    "`choice` only takes entries without entries below them",
                ),
            )
            .helped(Text::new(
                format!("lấy cả nhánh thì viết `trong ({entry})`; một mục thì ghi tên mục con"),
                format!("for the whole branch write `in ({entry})`; for one entry, name an inner one"),
            )),
            FigureProblem::NothingBefore { period, event } => {
                let wording = Wording::new(
                    Text::new(
                        format!("`cho kỳ trước` không có tác dụng ở kỳ `{}`", period.0),
                        format!("`given previous` has no effect in period `{}`", period.1),
                    ),
                    Text::new(
                        "kỳ này không có kỳ trước cùng loại",
                        "no period of its kind comes before this one",
                    ),
                );
                wording.helped(match event {
                    Some(event) => Text::new(
                        format!("kỳ trước của báo cáo kết thúc là báo cáo hằng ngày cuối cùng: ghi `trong hằng ngày theo {event}` và ngày sau tên biểu"),
                        format!("before the final report comes the last daily one: write `in daily of {event}` and the day after the form"),
                    ),
                    None => Text::new("bỏ phần này", "remove this part"),
                })
            }
            FigureProblem::PartAddsUp { part, whole } => Wording::new(
                Text::new(
                    format!("`{part}` được cộng qua các kỳ, còn `{whole}` chứa nó thì không"),
                    format!("`{part}` is added over the periods, but `{whole}`, in which it lies, is not"),
                ),
                Text::new(
                    "kỳ dài cộng phần của mọi kỳ ngắn nhưng chỉ lấy một số của tổng, nên phần lớn hơn tổng và báo cáo không gửi được",
                    "the longer period adds the part of every shorter one but takes one figure of the whole: the part exceeds the whole and the report cannot be sent",
                ),
            )
            .helped(Text::new(
                "ghi cho phần cùng tính chất với tổng, chẳng hạn `số cuối kỳ`",
                "state the same nature for the part as for the whole, such as `stock`",
            )),
        }
    }
}
