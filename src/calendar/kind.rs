//! Kinds of reporting period (loại kỳ) and choices among them, as `period quarter 1, year` says them.
//!
//! Deliberately does not know: dates. What a named kind or a campaign means is in [`super::KindDays`].
//! On broken input: there is none; names are checked by [`super::PeriodName`].

use serde::{Deserialize, Serialize};

use super::name::PeriodName;
use super::period::Period;

/// The first day of a week. A week belongs to the year in which its fourth day lies, which is ISO 8601 for Monday.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    /// thứ hai, the default
    #[default]
    Monday,
    /// thứ ba
    Tuesday,
    /// thứ tư
    Wednesday,
    /// thứ năm
    Thursday,
    /// thứ sáu
    Friday,
    /// thứ bảy
    Saturday,
    /// chủ nhật
    Sunday,
}

impl WeekStart {
    /// All days, Monday first.
    pub const ALL: [WeekStart; 7] = [
        WeekStart::Monday,
        WeekStart::Tuesday,
        WeekStart::Wednesday,
        WeekStart::Thursday,
        WeekStart::Friday,
        WeekStart::Saturday,
        WeekStart::Sunday,
    ];

    /// Days after Monday, 0–6.
    pub fn after_monday(self) -> i32 {
        match self {
            WeekStart::Monday => 0,
            WeekStart::Tuesday => 1,
            WeekStart::Wednesday => 2,
            WeekStart::Thursday => 3,
            WeekStart::Friday => 4,
            WeekStart::Saturday => 5,
            WeekStart::Sunday => 6,
        }
    }

    /// The name in Vietnamese.
    pub fn name_vi(self) -> &'static str {
        match self {
            WeekStart::Monday => "thứ hai",
            WeekStart::Tuesday => "thứ ba",
            WeekStart::Wednesday => "thứ tư",
            WeekStart::Thursday => "thứ năm",
            WeekStart::Friday => "thứ sáu",
            WeekStart::Saturday => "thứ bảy",
            WeekStart::Sunday => "chủ nhật",
        }
    }

    /// The name in English.
    pub fn name_en(self) -> &'static str {
        match self {
            WeekStart::Monday => "monday",
            WeekStart::Tuesday => "tuesday",
            WeekStart::Wednesday => "wednesday",
            WeekStart::Thursday => "thursday",
            WeekStart::Friday => "friday",
            WeekStart::Saturday => "saturday",
            WeekStart::Sunday => "sunday",
        }
    }
}

/// A kind of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// ngày
    Day,
    /// tuần
    Week(WeekStart),
    /// 10 ngày: the 1st–10th, the 11th–20th, the 21st to the end of a month
    TenDays,
    /// tháng
    Month,
    /// quý
    Quarter,
    /// 6 tháng đầu năm
    FirstHalf,
    /// 6 tháng cuối năm
    SecondHalf,
    /// 9 tháng
    NineMonths,
    /// năm
    Year,
    /// A kind that the project declares, once in each of its years.
    Named(PeriodName),
    /// A campaign (chiến dịch) that the project declares, once for all.
    Campaign(PeriodName),
    /// hằng ngày theo đợt: each day while an event is open
    DailyOf(PeriodName),
    /// kết thúc đợt: once when an event has ended
    EndOf(PeriodName),
    /// theo yêu cầu
    OnRequest,
}

impl PeriodKind {
    /// The kinds that the language itself names and that return in every year, the shortest first; weeks start on Monday.
    pub const STANDARD: [PeriodKind; 9] = [
        PeriodKind::Day,
        PeriodKind::Week(WeekStart::Monday),
        PeriodKind::TenDays,
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::FirstHalf,
        PeriodKind::SecondHalf,
        PeriodKind::NineMonths,
        PeriodKind::Year,
    ];

    /// How many months one period has, for kinds made of whole calendar months.
    pub fn month_count(self) -> Option<u8> {
        match self {
            PeriodKind::Month => Some(1),
            PeriodKind::Quarter => Some(3),
            PeriodKind::FirstHalf | PeriodKind::SecondHalf => Some(6),
            PeriodKind::NineMonths => Some(9),
            PeriodKind::Year => Some(12),
            PeriodKind::Day
            | PeriodKind::Week(_)
            | PeriodKind::TenDays
            | PeriodKind::Named(_)
            | PeriodKind::Campaign(_)
            | PeriodKind::DailyOf(_)
            | PeriodKind::EndOf(_)
            | PeriodKind::OnRequest => None,
        }
    }

    /// The event that a kind follows.
    pub fn event(self) -> Option<PeriodName> {
        match self {
            PeriodKind::DailyOf(event) | PeriodKind::EndOf(event) => Some(event),
            _ => None,
        }
    }

    /// The kind's name in Vietnamese; a declared kind is told by its name.
    pub fn name_vi(self) -> String {
        match self {
            PeriodKind::Day => "ngày".to_owned(),
            PeriodKind::Week(WeekStart::Monday) => "tuần".to_owned(),
            PeriodKind::Week(first) => format!("tuần bắt đầu {}", first.name_vi()),
            PeriodKind::TenDays => "10 ngày".to_owned(),
            PeriodKind::Month => "tháng".to_owned(),
            PeriodKind::Quarter => "quý".to_owned(),
            PeriodKind::FirstHalf => "6 tháng đầu năm".to_owned(),
            PeriodKind::SecondHalf => "6 tháng cuối năm".to_owned(),
            PeriodKind::NineMonths => "9 tháng".to_owned(),
            PeriodKind::Year => "năm".to_owned(),
            PeriodKind::Named(name) | PeriodKind::Campaign(name) => name.to_string(),
            PeriodKind::DailyOf(event) => format!("hằng ngày theo {event}"),
            PeriodKind::EndOf(event) => format!("kết thúc {event}"),
            PeriodKind::OnRequest => "theo yêu cầu".to_owned(),
        }
    }

    /// The kind's name in English.
    pub fn name_en(self) -> String {
        match self {
            PeriodKind::Day => "day".to_owned(),
            PeriodKind::Week(WeekStart::Monday) => "week".to_owned(),
            PeriodKind::Week(first) => format!("week starting {}", first.name_en()),
            PeriodKind::TenDays => "ten days".to_owned(),
            PeriodKind::Month => "month".to_owned(),
            PeriodKind::Quarter => "quarter".to_owned(),
            PeriodKind::FirstHalf => "first half".to_owned(),
            PeriodKind::SecondHalf => "second half".to_owned(),
            PeriodKind::NineMonths => "nine months".to_owned(),
            PeriodKind::Year => "year".to_owned(),
            PeriodKind::Named(name) | PeriodKind::Campaign(name) => name.to_string(),
            PeriodKind::DailyOf(event) => format!("daily of {event}"),
            PeriodKind::EndOf(event) => format!("end of {event}"),
            PeriodKind::OnRequest => "on request".to_owned(),
        }
    }
}

/// A kind of period, or one numbered period of that kind in every year: `quarter`, `quarter 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeriodChoice {
    /// The kind.
    pub kind: PeriodKind,
    /// The month or quarter of the year; `None` means every one.
    pub index: Option<u16>,
}

impl PeriodChoice {
    /// Whether a period is meant by this choice.
    pub fn accepts(&self, period: &Period) -> bool {
        self.kind == period.kind() && self.index.is_none_or(|index| index == period.index())
    }

    /// The choice in Vietnamese: `quý 1`.
    pub fn name_vi(&self) -> String {
        with_index(self.kind.name_vi(), self.index)
    }

    /// The choice in English: `quarter 1`.
    pub fn name_en(&self) -> String {
        with_index(self.kind.name_en(), self.index)
    }

    /// Whether some period is meant by both choices.
    pub fn meets(&self, other: &PeriodChoice) -> bool {
        self.kind == other.kind
            && (self.index.is_none() || other.index.is_none() || self.index == other.index)
    }
}

fn with_index(name: String, index: Option<u16>) -> String {
    match index {
        Some(index) => format!("{name} {index}"),
        None => name,
    }
}
