//! R737: forms whose own time does not fit the report they are a part of.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R737: forms whose own time does not fit the report they are a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormTimeProblem {
    /// R737: a form that is due after the report it is a part of.
    DueAfterReport {
        /// The sender.
        who: String,
        /// The form's deadline, as shown.
        due: String,
        /// The report's deadline, as shown.
        report_due: String,
    },
}

impl FormTimeProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FormTimeProblem::DueAfterReport { .. } => "R737",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            FormTimeProblem::DueAfterReport {
                who,
                due,
                report_due,
            } => Wording::new(
                Text::new(
                    format!("biểu có hạn gửi của `{who}` là {due}, sau hạn {report_due} của cả báo cáo"),
                    format!("the form's deadline of `{who}` is {due}, after that of the whole report, {report_due}"),
                ),
                Text::new(
                    "mỗi kỳ, đơn vị gửi một báo cáo gồm tất cả các biểu; biểu chỉ có thể đến hạn sớm hơn hoặc cùng ngày",
                    "a unit sends one report with all its forms per period; a form can only be due earlier or on the same day",
                ),
            )
            .helped(Text::new(
                "đặt hạn của chế độ hoặc của kỳ theo biểu gửi muộn nhất, hoặc tách biểu này thành một chế độ riêng",
                "let the deadline of the regime or period be that of its latest form, or make the form a regime of its own",
            )),
        }
    }
}
