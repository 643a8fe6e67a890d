//! How a report stands against its deadline (tình trạng): what is asked for on the pages of work to do and of who has reported.
//!
//! A pure comparison of an obligation, the progress of the report and the moment. It does not know people or pages. Broken input: without a deadline
//! nothing is late.

use crate::calendar::dates::days_between;
use crate::calendar::{DateRange, Due, Moment};
use crate::plan::Bilingual;
use crate::reports::report::{Report, Sending, Status};
use serde::{Deserialize, Serialize};

/// So many days before the last day, a report that was not sent is shown as due soon.
pub const SOON_DAYS: i32 = 5;

/// How late a report was sent: the later, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lateness {
    /// Whether it was after the deadline.
    pub late: bool,
    /// Whole days after the last day; 0 also where only the time of day was missed.
    pub days: u32,
}

/// As much of a report as its standing needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Where it stands.
    pub status: Status,
    /// Lateness of the sending that counts ([`Report::counted_sending`]), if it was ever sent.
    pub sent: Option<Lateness>,
    /// Whether its recipient holds a revision that counts, whatever the unit does meanwhile.
    pub held: bool,
}

/// How a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No report is owed, by decision.
    Exempted,
    /// Its window has not begun.
    NotYetOpen,
    /// Can be filled in.
    Open,
    /// The deadline is at most [`SOON_DAYS`] days away.
    DueSoon {
        /// Days to the last day; 0 on that day.
        days_left: u32,
    },
    /// Not sent although the deadline has passed.
    Late {
        /// Whole days since the last day; 0 where only the time of day has passed.
        days: u32,
    },
    /// Sent in time, or without a deadline.
    SentOnTime,
    /// Sent after the deadline.
    SentLate {
        /// Whole days after the last day.
        days: u32,
    },
    /// Accepted by the recipient.
    Accepted(Lateness),
    /// Accepted, and now being corrected; as late as what was accepted.
    Correcting(Lateness),
    /// Returned and not sent again; late when its deadline has passed meanwhile.
    Returned(Lateness),
}

impl Progress {
    /// Progress of a report.
    pub fn of(report: &Report) -> Progress {
        Progress {
            status: report.status,
            sent: report.counted_sending().map(Sending::lateness),
            held: report.received_revision().is_some(),
        }
    }

    /// Where the report stands as others than the unit may know it: what a unit does before it sends is its own affair, one that is being corrected stays returned, or
    /// opened for correction, until it is sent again, whatever happens to it inside the unit.
    pub fn seen_from_outside(self) -> Status {
        match self.status {
            Status::Sent | Status::Received | Status::Accepted => self.status,
            _ if self.held => Status::Correcting,
            Status::Returned | Status::Proposed | Status::Approved if self.sent.is_some() => {
                Status::Returned
            }
            _ => Status::Draft,
        }
    }
}

/// The standing at a moment of a report with this window and deadline; `progress` is none while nobody has begun it.
pub fn standing(
    window: DateRange,
    due: Option<Due>,
    progress: Option<Progress>,
    now: Moment,
) -> Standing {
    let sent = progress
        .and_then(|progress| progress.sent)
        .unwrap_or(Lateness {
            late: false,
            days: 0,
        });
    let held = progress.is_some_and(|progress| progress.held);
    match progress.map_or(Status::Draft, |progress| progress.status) {
        Status::Accepted => Standing::Accepted(sent),
        Status::Sent | Status::Received if sent.late => Standing::SentLate { days: sent.days },
        Status::Sent | Status::Received => Standing::SentOnTime,
        _ if held => Standing::Correcting(sent),
        Status::Returned => Standing::Returned(lateness(due, now)),
        Status::Draft | Status::Proposed | Status::Approved | Status::Correcting => {
            unsent(window, due, now)
        }
    }
}

fn unsent(window: DateRange, due: Option<Due>, now: Moment) -> Standing {
    let lateness = lateness(due, now);
    if lateness.late {
        return Standing::Late {
            days: lateness.days,
        };
    }
    if now.date() < window.from {
        return Standing::NotYetOpen;
    }
    let days_left = due.map(|due| days_between(now.date(), due.date));
    match days_left.filter(|days| *days <= SOON_DAYS) {
        Some(days) => Standing::DueSoon {
            days_left: days.unsigned_abs(),
        },
        None => Standing::Open,
    }
}

fn lateness(due: Option<Due>, now: Moment) -> Lateness {
    match due {
        Some(due) => Lateness {
            late: due.is_late(now),
            days: due.days_late(now),
        },
        None => Lateness {
            late: false,
            days: 0,
        },
    }
}

impl Standing {
    /// The standing in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            Standing::Exempted => ("Được miễn báo cáo".to_string(), "Exempted".to_string()),
            Standing::NotYetOpen => ("Chưa đến kỳ".to_string(), "Not yet open".to_string()),
            Standing::Open => ("Đang trong kỳ".to_string(), "Open".to_string()),
            Standing::DueSoon { days_left: 0 } => {
                ("Đến hạn hôm nay".to_string(), "Due today".to_string())
            }
            Standing::DueSoon { days_left } => (
                format!("Còn {days_left} ngày đến hạn"),
                format!("Due in {}", days_en(days_left)),
            ),
            Standing::Late { days: 0 } => {
                ("Quá giờ hạn".to_string(), "Past the hour due".to_string())
            }
            Standing::Late { days } => (
                format!("Quá hạn {days} ngày"),
                format!("Overdue by {}", days_en(days)),
            ),
            Standing::SentOnTime => ("Đã gửi đúng hạn".to_string(), "Sent on time".to_string()),
            Standing::SentLate { days } => (
                format!("Đã gửi, {}", late_vi(days)),
                format!("Sent, {}", late_en(days)),
            ),
            Standing::Accepted(Lateness { late: false, .. }) => {
                ("Đã tiếp nhận".to_string(), "Accepted".to_string())
            }
            Standing::Accepted(Lateness { days, .. }) => (
                format!("Đã tiếp nhận, gửi {}", late_vi(days)),
                format!("Accepted, sent {}", late_en(days)),
            ),
            Standing::Correcting(_) => (
                "Đã tiếp nhận, đang đính chính".to_string(),
                "Accepted, being corrected".to_string(),
            ),
            Standing::Returned(Lateness { late: false, .. }) => (
                "Bị trả lại, chưa gửi lại".to_string(),
                "Returned, not sent again".to_string(),
            ),
            Standing::Returned(Lateness { days, .. }) => (
                format!("Bị trả lại, chưa gửi lại, đã {}", late_vi(days)),
                format!("Returned, not sent again, {}", late_en(days)),
            ),
        };
        Bilingual { vi, en }
    }
}

fn late_vi(days: u32) -> String {
    if days == 0 {
        "quá giờ hạn".to_string()
    } else {
        format!("chậm {days} ngày")
    }
}

fn late_en(days: u32) -> String {
    if days == 0 {
        "past the hour due".to_string()
    } else {
        format!("{} late", days_en(days))
    }
}

fn days_en(days: u32) -> String {
    if days == 1 {
        "1 day".to_string()
    } else {
        format!("{days} days")
    }
}
