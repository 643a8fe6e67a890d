//! The legal header of a compiled regime: parties, routes, periods, windows, deadlines, calendar.
//!
//! It does not know forms or figures. Every rule here is the calendar's or the organisation's own type, so that the runtime asks
//! those rooms for windows, deadlines and next hops without interpreting anything itself.

use crate::calendar::lunar::LunarMonth;
use crate::calendar::{
    Date, DateRange, Decision, Described, DueRule, EventDates, HolidayRule, KindDays, Period,
    PeriodChoice, PeriodDays, PeriodKind, WindowRule, WorkingCalendar,
};
use crate::organisation::{Assignment, Event, Party, Route, Suspension};
use crate::plan::cell::Vintage;
use crate::plan::expression::ExpressionId;
use serde::{Deserialize, Serialize};

/// Name, version, legal parts and time rules of one regime version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegimeHeader {
    /// The regime's name, unique in the project, e.g. `TTHC_06A`.
    pub name: String,
    /// Title as printed.
    pub title: String,
    /// Version number; a published (name, version) never changes.
    pub version: u32,
    /// First day this version is in force.
    pub in_force_from: Date,
    /// Last day in force, if stated.
    pub in_force_until: Option<Date>,
    /// Whether it is ordered under the statistics law instead of Decree 09/2019/NĐ-CP.
    pub statistical: bool,
    /// Legal basis, in the author's order.
    pub basis: Vec<String>,
    /// Issuing body.
    pub issuer: String,
    /// Who reports.
    pub reporters: Vec<Party>,
    /// Where the last hop inside the province ends.
    pub recipients: Vec<Party>,
    /// Channels: any one of the outer list; all of an inner list.
    pub channels: Vec<Vec<Channel>>,
    /// Role that signs.
    pub sign_by: Option<SigningRole>,
    /// Routes of reports, dated.
    pub routes: Vec<Route>,
    /// Recipients of single units, out of tables of routes.
    pub assignments: Vec<Assignment>,
    /// Routes suspended from a date.
    pub suspensions: Vec<Suspension>,
    /// The kinds of period reported, each with its own window and deadlines already resolved (nearest scope wins).
    pub periods: Vec<PeriodRule>,
    /// What is recorded of events that periods follow.
    pub events: Vec<Event>,
    /// Rest days that deadlines count by; yearly decisions are data of the runtime, not of the plan.
    pub holidays: Vec<HolidayRule>,
    /// Lunar months that go before the computed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lunar_months: Vec<LunarMonth>,
    /// The rungs of the territorial ladder and what hangs beside them, with the kinds of unit on each, for grouping.
    pub levels: Vec<Level>,
    /// Named bodies the regime mentions.
    pub agencies: Vec<Agency>,
    /// Yes-or-no facts about units by which the regime narrows who is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// A level and its kinds of unit, in the author's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Name used in the language, e.g. `xa`.
    pub name: String,
    /// Label as printed.
    pub label: String,
    /// The rung this level hangs beside, if it is no rung itself.
    pub beside: Option<String>,
    /// Kinds of unit on the level: name and label.
    pub items: Vec<(String, String)>,
}

/// A named body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agency {
    /// Name used in the language, e.g. `thanh_tra_tinh`.
    pub name: String,
    /// Label as printed.
    pub label: String,
}

/// A yes-or-no fact about units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tag {
    /// Name used in the language, e.g. `chu_dau_tu`.
    pub name: String,
    /// Label as printed.
    pub label: String,
}

/// One kind of period that is reported, with its time rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodRule {
    /// Kind of period.
    pub kind: PeriodKind,
    /// Only this one of the year (`quarter 1`), or every one.
    pub index: Option<u16>,
    /// Where the days of the kind come from.
    pub days: KindDays,
    /// Relation to shorter kinds.
    pub relation: PeriodRelation,
    /// Legal data cut-off.
    pub window: WindowRule,
    /// The span the figures describe, when it is not the window.
    pub covers: Option<WindowRule>,
    /// Deadline of each hop.
    pub deadlines: Vec<Deadline>,
    /// Deadline of a unit's first report of an event, which takes the place of its usual one.
    pub first_report: Option<DueRule>,
    /// Label of a kind that the project declares.
    pub label: Option<String>,
    /// Channels, where the period has its own; as [`RegimeHeader::channels`].
    pub channels: Option<Vec<Vec<Channel>>>,
    /// Role that signs, where the period has its own.
    pub sign_by: Option<SigningRole>,
    /// How settled its figures are (`figures are preliminary`).
    pub vintage: Option<Vintage>,
    /// Conditions over the event, all of which must hold for no report to be expected.
    pub waived_when: Vec<ExpressionId>,
}

impl RegimeHeader {
    /// The working calendar of the regime with the decisions known so far.
    pub fn working_calendar(&self, decisions: Vec<Decision>) -> WorkingCalendar {
        WorkingCalendar::new(self.holidays.clone(), decisions).with_lunar(self.lunar_months.clone())
    }
}

impl PeriodRule {
    /// The kind with its number.
    pub fn choice(&self) -> PeriodChoice {
        PeriodChoice {
            kind: self.kind,
            index: self.index,
        }
    }

    /// The calendar days of a period reported under this rule. `None` for a period of another kind, and where the event it follows is
    /// not known or not over.
    pub fn days_of(&self, period: &Period, event: Option<EventDates>) -> Option<PeriodDays> {
        if self.choice().accepts(period) {
            self.days.days(period, event)
        } else {
            None
        }
    }

    /// The window of a period's figures. `None` as in [`PeriodRule::days_of`].
    pub fn window_of(&self, period: &Period, event: Option<EventDates>) -> Option<DateRange> {
        self.days_of(period, event)
            .map(|days| self.window.window(&days))
    }

    /// The span that a period's figures describe. `None` as in [`PeriodRule::days_of`].
    pub fn covers_of(&self, period: &Period, event: Option<EventDates>) -> Option<DateRange> {
        self.days_of(period, event)
            .map(|days| self.covers.unwrap_or(self.window).window(&days))
    }

    /// How the periods are reported, for the calendar to say which make up which.
    pub fn described(&self) -> Described<'_> {
        Described {
            choice: self.choice(),
            days: &self.days,
            covers: self.covers,
            window: self.window,
        }
    }

    /// The periods reported under this rule that are named after a year, the earliest first. Those of events and requests arise later.
    pub fn periods_in(&self, year: i16) -> Vec<Period> {
        self.days.periods(self.choice(), year)
    }
}

/// How a longer period stands to shorter ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodRelation {
    /// Nothing is derived or checked.
    Independent,
    /// Rolled up by nature and locked.
    DerivedFrom(Vec<PeriodChoice>),
    /// Prefilled and typed; a difference is a warning.
    CheckedAgainst(Vec<PeriodChoice>),
}

/// The deadline of one hop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deadline {
    /// Whose deadline this is: the sender of the hop.
    pub party: Party,
    /// When.
    pub rule: DueRule,
}

/// How a report may travel; a closed list of language version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The reporting system itself.
    System,
    /// The electronic document exchange.
    Edoc,
    /// Agency mail.
    Mail,
    /// By hand.
    Direct,
    /// Fax.
    Fax,
    /// Post.
    Post,
}

/// Who signs; a closed list of language version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningRole {
    /// Head of the unit or agency.
    Leader,
    /// Deputy head.
    Deputy,
    /// Head of a division.
    Head,
}
