//! R4xx: figures added over a time over which they do not add.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::operation::{OperationWord, Remedy};
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// How a figure adds up, as far as words need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NatureWord {
    /// Phát sinh.
    Flow,
    /// Số cuối kỳ.
    Stock,
    /// Số đầu kỳ.
    Opening,
    /// Không cộng theo kỳ.
    NotOverTime,
    /// Tỷ lệ.
    Ratio,
    /// Hỗn hợp.
    Mixed,
    /// Lũy kế từ đầu năm.
    SinceYear,
    /// Lũy kế từ đầu đợt.
    SinceEvent,
    /// Lũy kế từ khởi công.
    SinceStart,
    /// Chỉ số.
    Index,
    /// Bình quân kỳ.
    PeriodAverage,
    /// Bình quân theo quyền số.
    AverageBy,
    /// Số đếm không trùng.
    Distinct,
    /// Điểm số.
    Score,
    /// Có hay không, chọn một.
    Choice,
    /// Văn bản.
    Words,
    /// A day.
    Day,
    /// Tệp.
    File,
    /// Số kế hoạch.
    Plan,
}

impl NatureWord {
    /// The nature in words, as they stand inside a sentence.
    pub fn wording(self) -> Text {
        match self {
            NatureWord::Flow => Text::new("số phát sinh", "a flow"),
            NatureWord::Stock => Text::new("số cuối kỳ", "a stock"),
            NatureWord::Opening => Text::new("số đầu kỳ", "an opening figure"),
            NatureWord::NotOverTime => Text::new(
                "số không cộng theo kỳ",
                "a figure that is not added over time",
            ),
            NatureWord::Ratio => Text::new("tỷ lệ", "a ratio"),
            NatureWord::Mixed => Text::new(
                "số gộp từ các phần có tính chất khác nhau",
                "a sum of parts of different natures",
            ),
            NatureWord::SinceYear => Text::new(
                "số lũy kế từ đầu năm",
                "a figure since the start of the year",
            ),
            NatureWord::SinceEvent => Text::new(
                "số lũy kế từ đầu đợt",
                "a figure since the start of the event",
            ),
            NatureWord::SinceStart => Text::new(
                "số lũy kế từ khởi công",
                "a figure since the start of the project",
            ),
            NatureWord::Index => Text::new("chỉ số", "an index"),
            NatureWord::PeriodAverage => Text::new("số bình quân kỳ", "an average of the period"),
            NatureWord::AverageBy => Text::new("số bình quân có quyền số", "a weighted average"),
            NatureWord::Distinct => Text::new("số đếm không trùng", "a count of different keys"),
            NatureWord::Score => Text::new("điểm số", "a score"),
            NatureWord::Choice => Text::new("lựa chọn", "a choice"),
            NatureWord::Words => Text::new("văn bản", "text"),
            NatureWord::Day => Text::new("ngày tháng", "a date"),
            NatureWord::File => Text::new("tệp", "a file"),
            NatureWord::Plan => Text::new("số kế hoạch", "a plan"),
        }
    }
}

/// R4xx: figures added over a time over which they do not add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeProblem {
    /// R401: a ratio, an index or another figure that never adds up in a sum.
    NotAdditive {
        /// The figure, by its printed code or name, or as written.
        figure: String,
        /// What it is.
        nature: NatureWord,
    },
    /// R402: a stated nature that the formula does not have.
    NatureDiffers {
        /// What is stated.
        stated: NatureWord,
        /// What the formula gives.
        inferred: NatureWord,
    },
    /// R403: a ratio that is typed instead of computed.
    TypedRatio {
        /// The column.
        column: String,
    },
    /// R404: an opening figure carried from something that does not stand at the end of a period.
    CarryFromNonStock {
        /// What the expression is.
        nature: NatureWord,
    },
    /// R405: `previous` inside `previous` or inside a carried figure.
    NestedPrevious,
    /// R406: a period said to be made of shorter ones that do not cover it.
    NoExactCover {
        /// The longer period in words of both languages.
        longer: (String, String),
        /// First and last day that nothing covers, as shown.
        hole: (String, String),
    },
    /// R407: the same stock at two moments added up.
    TwoInstants,
    /// R408: a carried opening that is given another formula, or the other way round.
    TwoSources,
    /// R409: a row of a moment that is typed as a flow.
    FlowAtMoment {
        /// The column.
        column: String,
    },
    /// R410: an operation that has no meaning for such a figure.
    NotForThisNature {
        /// What is done.
        operation: OperationWord,
        /// What the figure is.
        nature: NatureWord,
        /// The way out.
        remedy: Remedy,
    },
    /// R411: figures of overlapping spans in one sum.
    CountedTwice {
        /// The later of the two figures, as written.
        figure: String,
    },
    /// R412: an actual figure and a plan in one sum.
    PlanAndActual {
        /// The later of the two figures, as written.
        figure: String,
    },
    /// R413: two natures on one cell.
    NaturesDisagree {
        /// One.
        one: NatureWord,
        /// The other.
        two: NatureWord,
    },
    /// R414: two spans on one cell.
    SpansDisagree,
    /// R416: one fact asked for in two cells of a form.
    AskedTwice {
        /// The indicator.
        indicator: String,
    },
    /// R415: a plan and an actual figure, or two vintages, on one cell.
    ClaimsDisagree,
    /// R417: the year up to a period is not made up of reported periods.
    HoleInYear {
        /// The period in words of both languages.
        period: (String, String),
        /// First and last day that nothing covers, as shown.
        hole: (String, String),
    },
    /// R418: a year to date in periods that all begin the year.
    YearToDateIsItself,
    /// R419: the period before the nine months is the nine months of last year.
    PreviousIsYearAgo,
    /// R423: a quotient of figures of two spans that nobody compares: a month over the year to date.
    QuotientOfSpans {
        /// The figure above, as written.
        above: String,
        /// The figure below, as written.
        below: String,
    },
}

impl TimeProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TimeProblem::NotAdditive { .. } => "R401",
            TimeProblem::NatureDiffers { .. } => "R402",
            TimeProblem::TypedRatio { .. } => "R403",
            TimeProblem::CarryFromNonStock { .. } => "R404",
            TimeProblem::NestedPrevious => "R405",
            TimeProblem::NoExactCover { .. } => "R406",
            TimeProblem::TwoInstants => "R407",
            TimeProblem::TwoSources => "R408",
            TimeProblem::FlowAtMoment { .. } => "R409",
            TimeProblem::NotForThisNature { .. } => "R410",
            TimeProblem::CountedTwice { .. } => "R411",
            TimeProblem::PlanAndActual { .. } => "R412",
            TimeProblem::NaturesDisagree { .. } => "R413",
            TimeProblem::SpansDisagree => "R414",
            TimeProblem::ClaimsDisagree => "R415",
            TimeProblem::AskedTwice { .. } => "R416",
            TimeProblem::HoleInYear { .. } => "R417",
            TimeProblem::YearToDateIsItself => "R418",
            TimeProblem::PreviousIsYearAgo => "R419",
            TimeProblem::QuotientOfSpans { .. } => "R423",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            TimeProblem::AskedTwice { .. } => Severity::Warning,
            TimeProblem::YearToDateIsItself
            | TimeProblem::PreviousIsYearAgo
            | TimeProblem::QuotientOfSpans { .. } => Severity::Advice,
            _ => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            TimeProblem::QuotientOfSpans { above, below } => Wording::new(
                Text::new(
                    format!("`{above}` và `{below}` nói về hai khoảng thời gian khác nhau"),
                    format!("`{above}` and `{below}` speak about two different spans"),
                ),
                Text::new(
                    "tỷ lệ thường so hai số của cùng một khoảng, hoặc với kế hoạch năm, kỳ trước, cùng kỳ; số trong tháng chia cho số lũy kế thường là ghi nhầm cột",
                    "a ratio usually compares figures of one span, or with the plan of the year, the period before or a year ago; a month over the year to date is often the wrong column",
                ),
            )
            .helped(Text::new(
                "dùng số cùng khoảng, ví dụ `lũy kế năm(…)` ở cả tử số và mẫu số",
                "use figures of one span, for example `year to date(…)` both above and below",
            )),
            TimeProblem::NotAdditive { figure, nature } => {
                let nature = nature.wording();
                Wording::new(
                    Text::new(
                        format!("`{figure}` là {}, không cộng trừ được", nature.vi),
                        format!("`{figure}` is {} and cannot stand in a sum", nature.en),
                    ),
                    Text::new(
                        "tỷ lệ của tổng phải tính lại từ tử số và mẫu số, không phải là tổng các tỷ lệ",
                        "the ratio of a total is recomputed from its parts; it is not a sum of ratios",
                    ),
                )
            }
            TimeProblem::NatureDiffers { stated, inferred } => {
                let (stated, inferred) = (stated.wording(), inferred.wording());
                Wording::new(
                    Text::new(
                        format!(
                            "cột ghi là {} nhưng công thức cho {}",
                            stated.vi, inferred.vi
                        ),
                        format!(
                            "the column states {} but its formula gives {}",
                            stated.en, inferred.en
                        ),
                    ),
                    Text::new(
                        "cách cộng theo kỳ của ô tính toán suy ra từ công thức; số đầu kỳ và số cuối kỳ không cộng qua các kỳ",
                        "how a computed cell adds up over time follows from its formula; opening and closing stocks do not add up over periods",
                    ),
                )
            }
            TimeProblem::TypedRatio { column } => Wording::new(
                Text::new(
                    format!("tỷ lệ ở cột `{column}` được nhập tay nên không tổng hợp được"),
                    format!("the ratio in column `{column}` is typed and cannot be consolidated"),
                ),
                Text::new(
                    "không cộng được các tỷ lệ; tỷ lệ chung chỉ có khi có công thức",
                    "ratios do not add up; a common ratio exists only through a formula",
                ),
            )
            .helped(Text::new(
                "viết công thức, ví dụ `phần trăm(2) = [4] / [3]`",
                "write the formula, for example `percent(2) = [4] / [3]`",
            )),
            TimeProblem::CarryFromNonStock { nature } => {
                let nature = nature.wording();
                Wording::new(
                    Text::new(
                        format!("kết chuyển từ {}, không phải từ số cuối kỳ", nature.vi),
                        format!("carried from {}, not from a closing stock", nature.en),
                    ),
                    Text::new(
                        "số kỳ trước chuyển sang là số còn lại ở cuối kỳ trước",
                        "what is carried over is what stood at the end of the period before",
                    ),
                )
                .helped(Text::new(
                    "ghi `số cuối kỳ` cho cột nguồn, hoặc dùng biểu thức cho số còn lại",
                    "state `stock` on the source column, or use an expression for what is left",
                ))
            }
            TimeProblem::NestedPrevious => Wording::new(
                Text::new(
                    "`kỳ trước` nằm trong một phép lấy số kỳ trước khác",
                    "`previous` stands inside another look at the period before",
                ),
                Text::new(
                    "chỉ xem được kỳ liền trước; hai kỳ trước không có báo cáo để đối chiếu",
                    "only the period just before can be read",
                ),
            ),
            TimeProblem::NoExactCover { longer, hole } => Wording::new(
                Text::new(
                    format!(
                        "các kỳ ngắn không phủ kín kỳ {}: thiếu từ {} đến {}",
                        longer.0, hole.0, hole.1
                    ),
                    format!(
                        "the shorter periods do not cover the {}: {} to {} is missing",
                        longer.1, hole.0, hole.1
                    ),
                ),
                Text::new(
                    "chỉ cộng hoặc đối chiếu được khi các kỳ ngắn nối nhau kín thời gian của kỳ dài",
                    "adding up or checking needs shorter periods that follow one another without a gap",
                ),
            ),
            TimeProblem::TwoInstants => Wording::new(
                Text::new(
                    "cộng hai số dư ở hai thời điểm khác nhau",
                    "two stocks of different moments are added",
                ),
                Text::new(
                    "số đầu kỳ và số cuối kỳ nói về cùng một lượng ở hai thời điểm; cộng lại là tính hai lần",
                    "opening and closing figures show one quantity at two moments; their sum counts it twice",
                ),
            ),
            TimeProblem::TwoSources => Wording::new(
                Text::new(
                    "cột vừa kết chuyển vừa có công thức",
                    "the column is both carried over and computed",
                ),
                Text::new(
                    "một ô chỉ có một nguồn số liệu",
                    "a cell has one source of its figure",
                ),
            ),
            TimeProblem::FlowAtMoment { column } => Wording::new(
                Text::new(
                    format!(
                        "cột `{column}` ghi là số phát sinh nhưng số liệu chốt tại một thời điểm"
                    ),
                    format!("column `{column}` states a flow but the window is a moment"),
                ),
                Text::new(
                    "tại một thời điểm chỉ có số cuối kỳ",
                    "at a moment every figure is a stock",
                ),
            ),
            TimeProblem::NotForThisNature {
                operation,
                nature,
                remedy,
            } => {
                let (operation, nature) = (operation.wording(), nature.wording());
                let wording = Wording::new(
                    Text::new(
                        format!("{} không dùng được cho {}", operation.vi, nature.vi),
                        format!("{} has no meaning for {}", operation.en, nature.en),
                    ),
                    Text::new(
                        "mỗi tính chất số liệu chỉ chịu được một số phép tính theo đơn vị và theo thời gian",
                        "what may be done with a figure over units and over time follows from its nature",
                    ),
                );
                match remedy.wording() {
                    Some(remedy) => wording.helped(remedy),
                    None => wording,
                }
            }
            TimeProblem::CountedTwice { figure } => Wording::new(
                Text::new(
                    format!("cộng `{figure}` thì một phần thời gian bị tính hai lần"),
                    format!("with `{figure}` a part of the time is counted twice"),
                ),
                Text::new(
                    "số lũy kế đã gồm số phát sinh của kỳ; chỉ cộng được các khoảng thời gian nối tiếp, không chồng lên nhau",
                    "a cumulative figure already holds the period's own; only spans that follow one another add up",
                ),
            )
            .helped(Text::new(
                "cộng số lũy kế đến hết kỳ trước với số trong kỳ, hoặc chỉ dùng số lũy kế",
                "add the cumulative figure of the period before and the period's own, or use the cumulative figure alone",
            )),
            TimeProblem::PlanAndActual { figure } => Wording::new(
                Text::new(
                    format!("cộng `{figure}` là cộng số kế hoạch với số thực hiện"),
                    format!("with `{figure}` a plan and an actual figure are added"),
                ),
                Text::new(
                    "kế hoạch và thực hiện chỉ so sánh được (trừ, chia), không cộng được",
                    "a plan and an actual figure can be compared, by difference or quotient, but not added",
                ),
            ),
            TimeProblem::NaturesDisagree { one, two } => {
                let (one, two) = (one.wording(), two.wording());
                Wording::new(
                    Text::new(
                        format!("một ô không thể vừa là {} vừa là {}", one.vi, two.vi),
                        format!("a cell cannot be {} and {} at once", one.en, two.en),
                    ),
                    Text::new(
                        "chỉ tiêu, dòng và cột cùng nói về một ô nên phải ghi cùng một tính chất",
                        "indicator, row and column speak about one cell and have to agree on its nature",
                    ),
                )
            }
            TimeProblem::AskedTwice { indicator } => Wording::new(
                Text::new(
                    format!("`{indicator}` được hỏi hai lần trong một biểu"),
                    format!("`{indicator}` is asked twice in one form"),
                ),
                Text::new(
                    "cùng chỉ tiêu, cùng phân tổ, cùng khoảng thời gian: người nhập có thể ghi hai số khác nhau",
                    "one indicator, one breakdown, one span: two different figures might be entered",
                ),
            )
            .helped(Text::new(
                "nếu là hai số khác nhau, nói rõ khác ở đâu (phân tổ, khoảng thời gian, mức chính thức); nếu không, dùng công thức cho một ô",
                "if they are two figures, say where they differ (breakdown, span, vintage); otherwise compute one of them",
            )),
            TimeProblem::SpansDisagree => Wording::new(
                Text::new(
                    "một ô được ghi hai khoảng thời gian khác nhau",
                    "a cell is said to speak about two different spans",
                ),
                Text::new(
                    "số trong kỳ, số lũy kế và số kỳ trước là các số khác nhau",
                    "a figure of the period, a cumulative one and one of the period before are different figures",
                ),
            ),
            TimeProblem::HoleInYear { period, hole } => Wording::new(
                Text::new(
                    format!(
                        "lũy kế năm đến hết kỳ {} thiếu từ {} đến {}: không kỳ nào báo cáo thời gian này",
                        period.0, hole.0, hole.1
                    ),
                    format!(
                        "the year to date of {} lacks {} to {}: no period reports that time",
                        period.1, hole.0, hole.1
                    ),
                ),
                Text::new(
                    "lũy kế cộng các kỳ đã báo cáo nối nhau kín từ đầu năm",
                    "a year to date adds up reported periods that follow one another from the start of the year without a gap",
                ),
            )
            .helped(Text::new(
                "thêm kỳ còn thiếu, nhập thẳng số lũy kế (`lũy kế từ đầu năm`), hoặc giới hạn công thức bằng `chỉ trong`",
                "add the missing period, let the figure be typed as `since year`, or limit the formula with `only in`",
            )),
            TimeProblem::YearToDateIsItself => Wording::new(
                Text::new(
                    "lũy kế năm ở đây chính là số trong kỳ",
                    "the year to date is here the figure of the period itself",
                ),
                Text::new(
                    "mọi kỳ mà công thức này áp dụng đều bắt đầu từ đầu năm",
                    "every period to which this formula applies begins with the year",
                ),
            )
            .helped(Text::new(
                "dùng thẳng ô bên trong `lũy kế năm(…)`",
                "use what stands inside `year to date(…)` by itself",
            )),
            TimeProblem::PreviousIsYearAgo => Wording::new(
                Text::new(
                    "`kỳ trước` của 9 tháng là 9 tháng năm trước",
                    "`previous` of the nine months is the nine months of last year",
                ),
                Text::new(
                    "kỳ trước là kỳ liền trước cùng loại, không phải quý hay 6 tháng vừa qua",
                    "the period before is the preceding one of the same kind, not the quarter or half year just gone",
                ),
            )
            .helped(Text::new(
                "nếu đúng ý, viết `cùng kỳ`; nếu không, giới hạn công thức bằng `chỉ trong`",
                "if that is meant, write `year ago`; if not, limit the formula with `only in`",
            )),
            TimeProblem::ClaimsDisagree => Wording::new(
                Text::new(
                    "một ô được ghi vừa là số kế hoạch vừa là số thực hiện, hoặc hai mức chính thức khác nhau",
                    "a cell is said to be both a plan and an actual figure, or of two vintages",
                ),
                Text::new(
                    "kế hoạch, ước tính, sơ bộ và chính thức là các số khác nhau về cùng một việc",
                    "a plan, an estimate, a preliminary and a final figure are different figures of one thing",
                ),
            ),
        }
    }
}
