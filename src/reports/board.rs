//! *Đầy đủ – đúng hạn*: the mark of one report on the board of units and periods, and the counts and shares of many.
//!
//! A pure comparison of what is owed with what came, as whoever stands outside the unit may know it; it does not know people, names or pages. Broken input: without a deadline
//! nothing is late, and a share of nothing is none.

use crate::calendar::dates::days_between;
use crate::calendar::{Due, Moment};
use crate::plan::Bilingual;
use crate::reports::obligation::Obligation;
use crate::reports::report::Status;
use crate::reports::standing::{Lateness, Progress, Standing};

/// How a report stands on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Sent in time, or without a deadline.
    OnTime,
    /// Sent after the deadline, by so many whole days; 0 where only the time of day was missed.
    Late {
        /// Whole days after the last day.
        days: u32,
    },
    /// Returned and not sent again.
    Returned,
    /// Not sent, and the deadline has passed by so many whole days.
    Overdue {
        /// Whole days since the last day.
        days: u32,
    },
    /// Not sent, and nobody may ask for it yet.
    Waiting {
        /// Days to the last day; none without a deadline.
        left: Option<u32>,
    },
    /// Not owed, by decision.
    Exempted,
    /// The unit owes no such report.
    NotOwed,
}

/// The kinds of marks, as the board is filtered by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// See [`Mark::OnTime`].
    OnTime,
    /// See [`Mark::Late`].
    Late,
    /// See [`Mark::Returned`].
    Returned,
    /// See [`Mark::Overdue`].
    Overdue,
    /// See [`Mark::Waiting`].
    Waiting,
    /// See [`Mark::Exempted`].
    Exempted,
    /// See [`Mark::NotOwed`].
    NotOwed,
}

/// One cell of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardMark {
    /// How the report stands.
    pub mark: Mark,
    /// Whether its recipient has accepted it.
    pub accepted: bool,
    /// Whether its deadline was extended.
    pub extended: bool,
    /// Whether nothing about it changes any more.
    pub locked: bool,
    /// The deadline that presses, if one is known.
    pub due: Option<Due>,
}

impl BoardMark {
    /// The cell of a unit that owes no such report.
    pub const NOT_OWED: BoardMark = BoardMark {
        mark: Mark::NotOwed,
        accepted: false,
        extended: false,
        locked: false,
        due: None,
    };

    /// The cell of an owed report; `progress` is what others than the unit may know of it, none while nobody has begun it.
    pub fn of(obligation: &Obligation, progress: Option<Progress>, now: Moment) -> BoardMark {
        let status = progress.map_or(Status::Draft, |progress| progress.status);
        let standing = obligation.standing(progress, now);
        let due = obligation.pressing();
        let sent = |lateness: Lateness| match lateness.late {
            true => Mark::Late {
                days: lateness.days,
            },
            false => Mark::OnTime,
        };
        let mark = match standing {
            Standing::Exempted => Mark::Exempted,
            Standing::NotYetOpen | Standing::Open | Standing::DueSoon { .. } => Mark::Waiting {
                left: due.map(|due| days_between(now.date(), due.date).unsigned_abs()),
            },
            Standing::Late { days } => Mark::Overdue { days },
            Standing::SentOnTime => Mark::OnTime,
            Standing::SentLate { days } => Mark::Late { days },
            Standing::Accepted(lateness) | Standing::Correcting(lateness) => sent(lateness),
            Standing::Returned(_) => Mark::Returned,
        };
        BoardMark {
            mark,
            accepted: matches!(status, Status::Accepted | Status::Correcting),
            extended: obligation.ruled.extended.is_some(),
            locked: obligation.ruled.locked.is_some(),
            due,
        }
    }
}

impl Mark {
    /// Its kind.
    pub fn kind(self) -> MarkKind {
        match self {
            Mark::OnTime => MarkKind::OnTime,
            Mark::Late { .. } => MarkKind::Late,
            Mark::Returned => MarkKind::Returned,
            Mark::Overdue { .. } => MarkKind::Overdue,
            Mark::Waiting { .. } => MarkKind::Waiting,
            Mark::Exempted => MarkKind::Exempted,
            Mark::NotOwed => MarkKind::NotOwed,
        }
    }

    /// Whether a report is owed that did not come: what a reminder can be about.
    pub fn is_missing(self) -> bool {
        matches!(
            self.kind(),
            MarkKind::Returned | MarkKind::Overdue | MarkKind::Waiting
        )
    }

    /// The mark in words, short enough for a cell.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            Mark::OnTime => ("Đúng hạn".to_string(), "On time".to_string()),
            Mark::Late { days: 0 } => ("Trễ giờ".to_string(), "Hours late".to_string()),
            Mark::Late { days } => (format!("Trễ {days} ngày"), format!("{days} d late")),
            Mark::Returned => ("Trả lại".to_string(), "Returned".to_string()),
            Mark::Overdue { days: 0 } => ("Quá giờ".to_string(), "Hours overdue".to_string()),
            Mark::Overdue { days } => (format!("Quá hạn {days} ngày"), format!("{days} d overdue")),
            Mark::Waiting { .. } => ("Chưa gửi".to_string(), "Not sent".to_string()),
            Mark::Exempted => ("Được miễn".to_string(), "Exempted".to_string()),
            Mark::NotOwed => ("–".to_string(), "–".to_string()),
        };
        Bilingual { vi, en }
    }
}

impl MarkKind {
    /// All kinds, in the order in which the board offers them.
    pub const ALL: [MarkKind; 7] = [
        MarkKind::OnTime,
        MarkKind::Late,
        MarkKind::Returned,
        MarkKind::Overdue,
        MarkKind::Waiting,
        MarkKind::Exempted,
        MarkKind::NotOwed,
    ];
}

/// Counts of the marks of many reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sent in time.
    pub on_time: usize,
    /// Sent late.
    pub late: usize,
    /// Returned and not sent again.
    pub returned: usize,
    /// Not sent, the deadline has passed.
    pub overdue: usize,
    /// Not sent, the deadline has not passed.
    pub waiting: usize,
    /// Exempted.
    pub exempted: usize,
}

/// A share in tenths of a percent, so that it needs no fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub usize);

impl Tally {
    /// Counts one mark.
    pub fn add(&mut self, mark: Mark) {
        let count = match mark.kind() {
            MarkKind::OnTime => &mut self.on_time,
            MarkKind::Late => &mut self.late,
            MarkKind::Returned => &mut self.returned,
            MarkKind::Overdue => &mut self.overdue,
            MarkKind::Waiting => &mut self.waiting,
            MarkKind::Exempted => &mut self.exempted,
            MarkKind::NotOwed => return,
        };
        *count += 1;
    }

    /// Reports owed: all but the exempted.
    pub fn owed(&self) -> usize {
        self.on_time + self.late + self.returned + self.overdue + self.waiting
    }

    /// Reports that came, in time or late.
    pub fn sent(&self) -> usize {
        self.on_time + self.late
    }

    /// Reports that count for the shares: what has been sent, and what could have been asked for. What is not due yet makes nobody worse.
    pub fn counted(&self) -> usize {
        self.owed() - self.waiting
    }

    /// How much of what counts came (đầy đủ); none where nothing counts.
    pub fn complete(&self) -> Option<Share> {
        share(self.sent(), self.counted())
    }

    /// How much of what counts came in time (đúng hạn); none where nothing counts.
    pub fn punctual(&self) -> Option<Share> {
        share(self.on_time, self.counted())
    }
}

/// Rounded half up; 100 % only where it is all.
fn share(part: usize, whole: usize) -> Option<Share> {
    if whole == 0 {
        return None;
    }
    let rounded = part.saturating_mul(2_000).saturating_add(whole) / whole.saturating_mul(2);
    Some(Share(if part < whole {
        rounded.min(999)
    } else {
        rounded
    }))
}

impl Share {
    /// `97,5%`, as Vietnamese figures are written; whole shares without a decimal.
    pub fn shown(self) -> String {
        let (whole, tenth) = (self.0 / 10, self.0 % 10);
        if tenth == 0 {
            format!("{whole}%")
        } else {
            format!("{whole},{tenth}%")
        }
    }
}
