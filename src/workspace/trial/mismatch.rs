//! In what way an expectation was not met, worded in both languages.
//!
//! It deliberately repeats nothing of the expectation itself: a surface shows the author's own line above the words.

use crate::calendar::dates::show_date;
use crate::calendar::{DateRange, Due};
use crate::organisation::Step;
use crate::plan::Bilingual;

/// In what way an expectation was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The regime does not report the period of the test.
    NoReport,
    /// The report has no such cell, because the row was not chosen.
    NoCell,
    /// Rules fail, or required cells are unanswered.
    NotValid {
        /// Which.
        findings: Vec<Bilingual>,
    },
    /// The rule has another outcome.
    OtherOutcome {
        /// What is found about it, at least one.
        found: Vec<Bilingual>,
    },
    /// The rule holds.
    Holds,
    /// The rule was judged nowhere: another period, a condition that is not met, closed cells.
    Inapplicable,
    /// The cell has another value.
    Value {
        /// The value.
        found: Shown,
    },
    /// The figure rests on other reports than expected.
    Partial {
        /// Reports that answered.
        answered: u32,
        /// Reports due.
        due: u32,
    },
    /// The deadline is another one.
    Due {
        /// The deadline, if there is one.
        found: Option<Due>,
    },
    /// The span of days is another one.
    Window {
        /// The span, if there is one.
        found: Option<DateRange>,
    },
    /// The form goes somewhere else.
    Route {
        /// Where it goes, one step where the regime is clear.
        found: Vec<Step>,
    },
    /// The printed formula row is another one.
    Prints {
        /// The row, if there is one.
        found: Option<String>,
    },
}

/// The state of a cell with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A number or words.
    Value(String),
    /// Không phát sinh.
    Nil,
    /// Blank, and why.
    Blank(Bilingual),
    /// Closed.
    Closed,
}

impl Mismatch {
    /// The difference in words.
    pub fn wording(&self) -> Bilingual {
        match self {
            Mismatch::NoReport => say(
                "chế độ không báo cáo kỳ này",
                "the regime does not report this period",
            ),
            Mismatch::NoCell => say(
                "báo cáo không có ô này (dòng chưa được chọn)",
                "the report has no such cell (its row was not chosen)",
            ),
            Mismatch::NotValid { findings } => {
                let findings = listed(findings);
                say(
                    format!("chưa hợp lệ: {}", findings.vi),
                    format!("not valid: {}", findings.en),
                )
            }
            Mismatch::Holds => say("quy tắc đạt", "the rule holds"),
            Mismatch::Inapplicable => say(
                "quy tắc không áp dụng: không có gì để xét",
                "the rule does not apply: there is nothing to judge",
            ),
            Mismatch::OtherOutcome { found } => {
                let found = listed(found);
                say(
                    format!("kết quả khác: {}", found.vi),
                    format!("another outcome: {}", found.en),
                )
            }
            Mismatch::Value { found } => match found {
                Shown::Value(text) => {
                    say(format!("giá trị là {text}"), format!("the value is {text}"))
                }
                Shown::Nil => say("ô là không phát sinh", "the cell is nil"),
                Shown::Closed => say("ô đóng", "the cell is closed"),
                Shown::Blank(why) => say(
                    format!("ô trống: {}", why.vi),
                    format!("the cell is blank: {}", why.en),
                ),
            },
            Mismatch::Partial { answered, due } => say(
                format!("số liệu mới có {answered} trên {due}"),
                format!("the figure rests on {answered} of {due}"),
            ),
            Mismatch::Due { found: Some(due) } => {
                let clock = due
                    .clock
                    .map(|clock| format!(" {clock}"))
                    .unwrap_or_default();
                let date = show_date(due.date);
                say(
                    format!("hạn là {date}{clock}"),
                    format!("it is due {date}{clock}"),
                )
            }
            Mismatch::Due { found: None } => say(
                "không có hạn do chế độ đặt (địa phương quy định, hoặc không có chặng này)",
                "the regime sets no deadline here (local, or no such hop)",
            ),
            Mismatch::Window {
                found: Some(window),
            } => say(
                format!("khoảng thời gian là {window}"),
                format!("the span is {window}"),
            ),
            Mismatch::Window { found: None } => say(
                "chế độ không báo cáo kỳ này",
                "the regime does not report this period",
            ),
            Mismatch::Route { found } => {
                let all: Vec<Bilingual> = found.iter().map(step).collect();
                let vi: Vec<&str> = all.iter().map(|step| step.vi.as_str()).collect();
                let en: Vec<&str> = all.iter().map(|step| step.en.as_str()).collect();
                say(
                    format!("gửi {}", vi.join("; ")),
                    format!("it goes {}", en.join("; ")),
                )
            }
            Mismatch::Prints { found: Some(text) } => {
                say(format!("in ra \"{text}\""), format!("prints \"{text}\""))
            }
            Mismatch::Prints { found: None } => {
                say("cột không in công thức", "the column prints no formula")
            }
        }
    }
}

/// Sentences one behind the other.
fn listed(findings: &[Bilingual]) -> Bilingual {
    let vi: Vec<&str> = findings.iter().map(|one| one.vi.as_str()).collect();
    let en: Vec<&str> = findings.iter().map(|one| one.en.as_str()).collect();
    say(vi.join("; "), en.join("; "))
}

fn step(step: &Step) -> Bilingual {
    match step {
        Step::AlongTheTree => say("theo cây đơn vị", "along the tree"),
        Step::End => say("hết đường: không gửi tiếp", "nowhere: the way ends"),
        Step::To(parties) => {
            let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
            let names = names.join(", ");
            say(format!("đến {names}"), format!("to {names}"))
        }
        Step::Assigned(name) => say(format!("đến {name}"), format!("to {name}")),
    }
}

fn say(vi: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual {
        vi: vi.into(),
        en: en.into(),
    }
}
