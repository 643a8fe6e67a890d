//! R760 to R762: hops and deadlines that can be meant, and probably are not.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Hops and deadlines that can be meant, and probably are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HopProblem {
    /// R760: routes for units with one tag and with another, to different recipients: who bears both sends to both.
    GoesToBoth {
        /// Level or agency.
        who: String,
        /// The tags of the earlier route.
        one: Vec<String>,
        /// The tags of this one.
        other: Vec<String>,
        /// A unit of the project's table that bears all of them; none without a table.
        unit: Option<String>,
    },
    /// R761: whoever receives the report is said to make it.
    ReceivesItsOwn {
        /// Level or agency.
        who: String,
    },
    /// R762: a deadline on a public holiday, in a project that declares none.
    DueOnHoliday {
        /// The sender.
        who: String,
        /// The day, as shown.
        due: String,
    },
}

impl HopProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            HopProblem::GoesToBoth { .. } => "R760",
            HopProblem::ReceivesItsOwn { .. } => "R761",
            HopProblem::DueOnHoliday { .. } => "R762",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            HopProblem::GoesToBoth { unit: Some(_), .. } | HopProblem::ReceivesItsOwn { .. } => {
                Severity::Warning
            }
            HopProblem::GoesToBoth { unit: None, .. } | HopProblem::DueOnHoliday { .. } => {
                Severity::Advice
            }
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            HopProblem::GoesToBoth {
                who,
                one,
                other,
                unit,
            } => {
                let vi = |tags: &[String]| tags.join(" và ");
                let en = |tags: &[String]| tags.join(" and ");
                let (both_vi, both_en) = match unit {
                    Some(unit) => (
                        format!("`{unit}` mang cả hai nên gửi báo cáo đến cả hai nơi nhận"),
                        format!("`{unit}` bears both and sends its report to both recipients"),
                    ),
                    None => (
                        format!("`{who}` nào mang cả hai thì gửi báo cáo đến cả hai nơi nhận"),
                        format!("a `{who}` that bears both sends its report to both recipients"),
                    ),
                };
                Wording::new(
                    Text::new(
                        format!("một luồng cho `{who}` có {}, một luồng cho `{who}` có {}: {both_vi}", vi(one), vi(other)),
                        format!("one route is for `{who}` with {}, another for `{who}` with {}: {both_en}", en(one), en(other)),
                    ),
                    Text::new(
                        "một báo cáo thường chỉ có một nơi nhận; gửi hai nơi thì bị cộng hai lần khi hai nơi cùng gửi tiếp",
                        "a report usually has one recipient; sent to two it is added twice where both send on",
                    ),
                )
                .helped(Text::new(
                    format!("thêm một luồng cho `{who}` có {}: luồng nêu nhiều nhãn hơn được dùng", vi(&together(one, other))),
                    format!("add a route for `{who}` with {}: the one that names more tags is taken", en(&together(one, other))),
                ))
            }
            HopProblem::ReceivesItsOwn { who } => Wording::new(
                Text::new(
                    format!("`{who}` vừa là đối tượng báo cáo vừa là nơi nhận duy nhất"),
                    format!("`{who}` is said to report and to be the only recipient"),
                ),
                Text::new(
                    "không ai báo cáo cho chính mình; có thể ghi nhầm một trong hai",
                    "nobody reports to himself; one of the two may be wrong",
                ),
            )
            .helped(Text::new(
                "bỏ `đối tượng báo cáo` và `nơi nhận`: luồng đã cho biết ai gửi, ai nhận",
                "remove `reporters` and `recipient`: the routes tell who sends and who receives",
            )),
            HopProblem::DueOnHoliday { who, due } => Wording::new(
                Text::new(
                    format!("hạn gửi của `{who}` rơi vào {due}, là ngày lễ, nhưng dự án không khai báo lịch nghỉ"),
                    format!("the deadline of `{who}` falls on {due}, a public holiday, but the project declares no days off"),
                ),
                Text::new(
                    "không có khối `lịch` thì chỉ thứ bảy, chủ nhật là ngày nghỉ, nên hạn không lùi qua ngày lễ",
                    "without a `calendar` only Saturdays and Sundays are days off, so the deadline does not move past the holiday",
                ),
            )
            .helped(Text::new(
                "khai báo `lịch … { ngày nghỉ … }` ở tệp dùng chung, hoặc ghi `gặp ngày nghỉ giữ nguyên`",
                "declare a `calendar … { holiday … }` in the shared file, or write `on holiday unchanged`",
            )),
        }
    }
}

/// The tags of both, each once.
fn together(one: &[String], other: &[String]) -> Vec<String> {
    let more = other.iter().filter(|tag| !one.contains(tag));
    one.iter().chain(more).cloned().collect()
}
