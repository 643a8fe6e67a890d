//! R731 to R733: figures of other regimes that can never be read.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. All of them are errors: a cell that reads such a figure would be blank
//! for ever.

use crate::diagnostic::Severity;
use crate::diagnostic::problem::meaning::time::NatureWord;
use crate::diagnostic::wording::{Text, Wording};

/// R731 to R733: figures of other regimes that can never be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForeignProblem {
    /// R731: regimes that read one another in a circle.
    ReadInCircle {
        /// The regime read.
        regime: String,
    },
    /// R732: a regime that is never reported in the same period.
    NoCommonPeriod {
        /// The regime read.
        regime: String,
    },
    /// R733: a regime with other reporters.
    NoCommonReporter {
        /// The regime read.
        regime: String,
    },
    /// R764: a regime that is in force at another time.
    NeverInForce {
        /// The regime read.
        regime: String,
        /// First day of its latest version, as shown.
        from: String,
        /// Its last day, as shown.
        until: Option<String>,
    },
    /// R738: a figure that describes other days.
    OtherDays {
        /// The regime read.
        regime: String,
        /// An example period, in both languages.
        period: (String, String),
        /// The days described here, as shown.
        ours: String,
        /// The days described there, as shown.
        theirs: String,
    },
    /// R739: a figure of another nature.
    OtherNature {
        /// The regime read.
        regime: String,
        /// The nature here.
        ours: NatureWord,
        /// The nature there.
        theirs: NatureWord,
    },
    /// R740: a figure of another vintage.
    OtherVintage {
        /// The regime read.
        regime: String,
        /// The vintage here, in both languages.
        ours: (&'static str, &'static str),
        /// The vintage there, in both languages.
        theirs: (&'static str, &'static str),
    },
}

impl ForeignProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ForeignProblem::ReadInCircle { .. } => "R731",
            ForeignProblem::NoCommonPeriod { .. } => "R732",
            ForeignProblem::NoCommonReporter { .. } => "R733",
            ForeignProblem::NeverInForce { .. } => "R764",
            ForeignProblem::OtherDays { .. } => "R738",
            ForeignProblem::OtherNature { .. } => "R739",
            ForeignProblem::OtherVintage { .. } => "R740",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            ForeignProblem::ReadInCircle { regime } => Wording::new(
                Text::new(
                    format!("chế độ này và `{regime}` lấy số liệu của nhau"),
                    format!("this regime and `{regime}` read each other's figures"),
                ),
                Text::new(
                    "hai chế độ chờ nhau thì không chế độ nào tính được",
                    "regimes that wait for each other can never be computed",
                ),
            ),
            ForeignProblem::NoCommonPeriod { regime } => Wording::new(
                Text::new(
                    format!("`{regime}` không có kỳ báo cáo nào chung với chế độ này"),
                    format!("`{regime}` shares no reporting period with this regime"),
                ),
                Text::new(
                    "số liệu của chế độ khác được lấy từ báo cáo cùng kỳ",
                    "figures of another regime are read from its report of the same period",
                ),
            ),
            ForeignProblem::NeverInForce {
                regime,
                from,
                until,
            } => {
                let until = |word: &str| until.as_ref().map_or(String::new(), |day| format!(" {word} {day}"));
                Wording::new(
                    Text::new(
                        format!("`{regime}` có hiệu lực từ {from}{}, không có ngày nào chung với chế độ này", until("đến hết")),
                        format!("`{regime}` is in force from {from}{}, on no day on which this regime is", until("until")),
                    ),
                    Text::new(
                        "số liệu của chế độ khác được lấy từ báo cáo cùng kỳ; khi chế độ kia không có hiệu lực thì không có báo cáo ấy",
                        "figures of another regime are read from its report of the same period; while it is not in force there is no such report",
                    ),
                )
                .helped(Text::new(
                    "lấy số từ chế độ đang có hiệu lực, hoặc dùng `cùng kỳ(…)` nếu cần số của năm trước",
                    "read a regime that is in force, or use `year ago(…)` where the figure of last year is meant",
                ))
            }
            ForeignProblem::NoCommonReporter { regime } => Wording::new(
                Text::new(
                    format!(
                        "không đơn vị báo cáo nào của chế độ này có trong luồng của `{regime}`"
                    ),
                    format!("no reporter of this regime stands on the routes of `{regime}`"),
                ),
                Text::new(
                    "số liệu của chế độ khác được lấy từ báo cáo của chính đơn vị",
                    "figures of another regime are read from the unit's own report there",
                ),
            ),
            ForeignProblem::OtherDays {
                regime,
                period,
                ours,
                theirs,
            } => Wording::new(
                Text::new(
                    format!(
                        "số liệu của `{regime}` nói về những ngày khác: {}, ở đây {ours}, ở đó {theirs}",
                        period.0
                    ),
                    format!(
                        "the figures of `{regime}` describe other days: {}, here {ours}, there {theirs}",
                        period.1
                    ),
                ),
                Text::new(
                    "hai con số nói về hai khoảng thời gian khác nhau thì không thay cho nhau được",
                    "figures about different spans of time cannot stand for each other",
                ),
            )
            .helped(Text::new(
                "đặt `chốt số liệu` hoặc `phạm vi số liệu` của biểu này như ở chế độ kia",
                "give this form the `window` or `covers` that the other regime has",
            )),
            ForeignProblem::OtherNature {
                regime,
                ours,
                theirs,
            } => {
                let (ours, theirs) = (ours.wording(), theirs.wording());
                Wording::new(
                    Text::new(
                        format!(
                            "số liệu của `{regime}` là {}, ở đây là {}",
                            theirs.vi, ours.vi
                        ),
                        format!("the figure of `{regime}` is {}, here {}", theirs.en, ours.en),
                    ),
                    Text::new(
                        "tính chất quyết định cách cộng theo kỳ và theo đơn vị; lấy số liệu không đổi được tính chất của nó",
                        "the nature decides how a figure adds up over time and units; reading it does not change that",
                    ),
                )
            }
            ForeignProblem::OtherVintage {
                regime,
                ours,
                theirs,
            } => Wording::new(
                Text::new(
                    format!(
                        "số liệu của `{regime}` là số {}, ở đây là số {}",
                        theirs.0, ours.0
                    ),
                    format!("the figure of `{regime}` is {}, here {}", theirs.1, ours.1),
                ),
                Text::new(
                    "số ước tính lấy làm số chính thức thì không ai biết nó còn thay đổi",
                    "an estimate read as a final figure hides that it will still change",
                ),
            ),
        }
    }
}
