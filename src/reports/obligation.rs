//! Which reports are owed (nghĩa vụ báo cáo): by which units, for which periods, until when, to whom.
//!
//! Computed from the published headers, the units, the working calendar and the deadlines set by the province; nothing is stored. It does not know
//! what has been sent; [`crate::reports::standing`] compares. Broken input: a hop that leads nowhere is kept in the obligation as a problem, a deadline
//! that cannot be known is none with the reason; no obligation disappears because of either.

use crate::calendar::{
    Date, DateRange, Due, DueProblem, DueRule, EventDates, Period, PeriodDays, PeriodKind,
    WorkingCalendar, due,
};
use crate::eval::earlier::rule_of;
use crate::organisation::{Organisation, Party, RouteError, Routing, UnitId};
use crate::plan::Bilingual;
use crate::plan::header::{Deadline, PeriodRule, RegimeHeader};
use crate::reports::form_due::FormDue;
use crate::reports::key::{ReportKey, ReportKind};
use crate::reports::opened::Opened;
use crate::reports::ruling::{Ruled, Ruling};
use serde::{Deserialize, Serialize};

/// A deadline that the regime leaves to the province (`deadline xa local`), as the province has set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalDeadline {
    /// The regime's name.
    pub regime: String,
    /// Whose deadline: the name of the level or agency in the regime.
    pub party: String,
    /// The period.
    pub period: Period,
    /// The last day, with the time of day if one was set.
    pub due: Due,
}

/// One report that one unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// The report. Its version is the one in force on the last day of the window; a report already begun keeps the version it was begun under.
    pub key: ReportKey,
    /// The window of its figures.
    pub window: DateRange,
    /// The days its figures describe.
    pub covers: DateRange,
    /// The deadline of the unit's own hop, extensions included; none when it cannot be known, and then nothing is late.
    pub due: Option<Due>,
    /// Why the deadline is unknown or may still move.
    pub doubt: Option<Doubt>,
    /// Deadlines of forms that are not due with the report. A header knows no forms: [`crate::reports::form_due::with_forms`] adds them.
    pub forms: Vec<FormDue>,
    /// The units the report goes to next; the unit itself where it consolidates its own report with the others'.
    pub recipients: Vec<UnitId>,
    /// Why there is no recipient, when the routes lead nowhere or to several.
    pub route_problem: Option<RouteError>,
    /// What was decided about it. An exempted report stays listed, so that everybody sees why it is not there.
    pub ruled: Ruled,
}

/// Why a deadline is unknown or may still move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The regime leaves it to the province, and the province has not set it.
    LocalNotSet,
    /// The regime states none for this unit.
    NotStated,
    /// It counts from an event that is not known.
    NoEvent,
    /// The rest days of its year are not all decided yet.
    RestDaysNotDecided,
}

/// What obligations are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// All units with their history.
    pub organisation: &'a Organisation,
    /// The working calendar with the decisions known so far.
    pub calendar: &'a WorkingCalendar,
    /// Deadlines set by the province.
    pub local: &'a [LocalDeadline],
    /// Events and requests that were opened.
    pub opened: &'a [Opened],
    /// What was decided about what is owed, oldest first.
    pub rulings: &'a [Ruling],
}

impl<'a> Grounds<'a> {
    /// What brought a period: the event it follows, or the request; none inside for a period that returns by itself, none for one that nothing has brought.
    fn brought(&self, versions: &[&RegimeHeader], period: &Period) -> Option<Option<&'a Opened>> {
        if period.kind().event().is_none() && period.kind() != PeriodKind::OnRequest {
            return Some(None);
        }
        self.opened_for(&versions.first()?.name, period).map(Some)
    }

    fn opened_for(&self, regime: &str, period: &Period) -> Option<&'a Opened> {
        let mut known = self.opened.iter();
        known.find(|opened| opened.regime == regime && opened.brings(period))
    }

    /// From when to when the event is open that a period follows.
    pub(super) fn event_dates(&self, regime: &str, period: &Period) -> Option<EventDates> {
        self.opened_for(regime, period).and_then(Opened::dates)
    }
}

/// All reports owed under one regime for the periods named after one year, by period and unit. `versions` are all published versions of the regime.
pub fn obligations(versions: &[&RegimeHeader], grounds: Grounds<'_>, year: i16) -> Vec<Obligation> {
    let mut periods: Vec<Period> = Vec::new();
    for rule in versions.iter().flat_map(|header| &header.periods) {
        periods.extend(rule.periods_in(year));
    }
    periods.sort();
    periods.dedup();
    periods
        .iter()
        .flat_map(|period| obligations_of_period(versions, grounds, period))
        .collect()
}

/// All reports owed under one regime for one period, by unit.
pub fn obligations_of_period(
    versions: &[&RegimeHeader],
    grounds: Grounds<'_>,
    period: &Period,
) -> Vec<Obligation> {
    let Some(opened) = grounds.brought(versions, period) else {
        return Vec::new();
    };
    let dates = opened.and_then(Opened::dates);
    let Some((header, rule)) = rule_in_force(versions, period, dates) else {
        return Vec::new();
    };
    let Some(days) = rule.days_of(period, dates) else {
        return Vec::new();
    };
    let routing = routing(header);
    let cutoff = rule.window.window(&days).to;
    let units = grounds.organisation.reporters(&header.reporters, cutoff);
    units
        .into_iter()
        .filter(|unit| opened.is_none_or(|opened| opened.concerns(unit)))
        .map(|unit| obligation(header, rule, &routing, grounds, (period, &days), unit))
        .collect()
}

/// The report one unit owes for one period; none when it owes none.
pub fn obligation_of_unit(
    versions: &[&RegimeHeader],
    grounds: Grounds<'_>,
    period: &Period,
    unit: &UnitId,
) -> Option<Obligation> {
    let opened = grounds.brought(versions, period)?;
    let dates = opened.and_then(Opened::dates);
    let (header, rule) = rule_in_force(versions, period, dates)?;
    let days = rule.days_of(period, dates)?;
    let cutoff = rule.window.window(&days).to;
    let owes = header
        .reporters
        .iter()
        .any(|party| grounds.organisation.matches(unit, party, cutoff));
    let owes = owes && opened.is_none_or(|opened| opened.concerns(unit));
    owes.then(|| {
        obligation(
            header,
            rule,
            &routing(header),
            grounds,
            (period, &days),
            unit.clone(),
        )
    })
}

/// The version of a regime in force on a day: the newest one whose time covers it.
pub fn version_in_force<'a>(versions: &[&'a RegimeHeader], date: Date) -> Option<&'a RegimeHeader> {
    let covering = versions.iter().filter(|header| {
        header.in_force_from <= date && header.in_force_until.is_none_or(|until| date <= until)
    });
    covering.max_by_key(|header| header.version).copied()
}

/// The version and its rule for a period: the version in force on the last day of the window that it sets itself. `event` are the days of the event it follows.
pub fn rule_in_force<'a>(
    versions: &[&'a RegimeHeader],
    period: &Period,
    event: Option<EventDates>,
) -> Option<(&'a RegimeHeader, &'a PeriodRule)> {
    let candidates = versions.iter().filter_map(|header| {
        let rule = rule_of(header, *period)?;
        let in_force = version_in_force(versions, rule.window_of(period, event)?.to)?;
        (in_force.version == header.version).then_some((*header, rule))
    });
    candidates.max_by_key(|(header, _)| header.version)
}

/// The routes of a header in the form the organisation asks for.
pub fn routing(header: &RegimeHeader) -> Routing {
    Routing {
        assignments: header.assignments.clone(),
        routes: header.routes.clone(),
        suspensions: header.suspensions.clone(),
    }
}

fn obligation(
    header: &RegimeHeader,
    rule: &PeriodRule,
    routing: &Routing,
    grounds: Grounds<'_>,
    (period, days): (&Period, &PeriodDays),
    unit: UnitId,
) -> Obligation {
    let window = rule.window.window(days);
    let covers = rule
        .covers
        .as_ref()
        .map_or(window, |covers| covers.window(days));
    let ruled = Ruled::of(grounds.rulings, &header.name, period, &unit);
    let (regular, doubt) = deadline(header, rule, grounds, (period, days), &unit);
    let due = ruled.due(regular);
    // What the province has decided no longer moves.
    let doubt = doubt.filter(|_| due == regular);
    let organisation = grounds.organisation;
    let (recipients, route_problem) = if organisation.feeds_itself(&unit, routing, None, window.to)
    {
        (vec![unit.clone()], None)
    } else {
        match organisation.next_hop(&unit, routing, None, window.to) {
            Ok(recipients) => (recipients, None),
            Err(problem) => (Vec::new(), Some(problem)),
        }
    };
    let key = ReportKey {
        regime: header.name.clone(),
        version: header.version,
        period: *period,
        unit,
        kind: ReportKind::OfUnit,
    };
    Obligation {
        key,
        window,
        covers,
        due,
        doubt,
        forms: Vec::new(),
        recipients,
        route_problem,
        ruled,
    }
}

/// The deadline of the unit as a reporter. An agency that also consolidates has another one for sending on; the deadline of the party by which the unit
/// reports therefore goes first.
pub(super) fn deadline(
    header: &RegimeHeader,
    rule: &PeriodRule,
    grounds: Grounds<'_>,
    (period, days): (&Period, &PeriodDays),
    unit: &UnitId,
) -> (Option<Due>, Option<Doubt>) {
    let window = rule.window.window(days);
    let is_meant = |party: &Party| grounds.organisation.matches(unit, party, window.to);
    let reports_as = header.reporters.iter().filter(|party| is_meant(party));
    let as_reporter = reports_as
        .filter_map(|party| {
            rule.deadlines
                .iter()
                .find(|deadline| &deadline.party == party)
        })
        .next();
    let Some(deadline) = as_reporter.or_else(|| {
        rule.deadlines
            .iter()
            .find(|deadline| is_meant(&deadline.party))
    }) else {
        return (None, Some(Doubt::NotStated));
    };
    computed(header, rule, grounds, (period, days), deadline)
}

/// The deadline of a body for the document it sends on: that of a party by which it does not report itself, where there is one.
pub(super) fn deadline_of_body(
    header: &RegimeHeader,
    grounds: Grounds<'_>,
    period: &Period,
    body: &UnitId,
) -> (Option<Due>, Option<Doubt>) {
    let dates = grounds.event_dates(&header.name, period);
    let found =
        rule_of(header, *period).and_then(|rule| Some((rule, rule.days_of(period, dates)?)));
    let Some((rule, days)) = found else {
        return (None, Some(Doubt::NotStated));
    };
    let cutoff = rule.window.window(&days).to;
    let stated = || {
        let all = rule.deadlines.iter();
        all.filter(|one| grounds.organisation.matches(body, &one.party, cutoff))
    };
    let sends_on = stated().find(|one| !header.reporters.contains(&one.party));
    match sends_on.or_else(|| stated().next()) {
        Some(deadline) => computed(header, rule, grounds, (period, &days), deadline),
        None => (None, Some(Doubt::NotStated)),
    }
}

/// One stated deadline, counted.
fn computed(
    header: &RegimeHeader,
    rule: &PeriodRule,
    grounds: Grounds<'_>,
    (period, days): (&Period, &PeriodDays),
    deadline: &Deadline,
) -> (Option<Due>, Option<Doubt>) {
    let window = rule.window.window(days);
    let local = grounds.local.iter().find(|local| {
        local.regime == header.name && local.party == deadline.party.name && local.period == *period
    });
    let mut opened = grounds.opened.iter();
    let asked = opened
        .find(|opened| opened.regime == header.name && opened.key == *period)
        .and_then(Opened::due);
    // The report of the day on which an event began is the first of it.
    let is_first = days
        .event
        .is_some_and(|event| event.start.date() == days.days.from && days.days.days() == 1);
    let rule = rule
        .first_report
        .as_ref()
        .filter(|_| is_first)
        .unwrap_or(&deadline.rule);
    match due(
        rule,
        days,
        window,
        grounds.calendar,
        local.map(|local| local.due).or(asked),
    ) {
        Ok(due) => {
            let counted = *rule != DueRule::Local;
            let may_move = counted && grounds.calendar.provisional(due.date.year());
            (Some(due), may_move.then_some(Doubt::RestDaysNotDecided))
        }
        Err(DueProblem::LocalNotSet) => (None, Some(Doubt::LocalNotSet)),
        Err(DueProblem::NoEvent) => (None, Some(Doubt::NoEvent)),
    }
}

impl Doubt {
    /// The doubt in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            Doubt::LocalNotSet => (
                "Địa phương chưa quy định thời hạn",
                "The province has not set the deadline",
            ),
            Doubt::NotStated => (
                "Chế độ báo cáo không nêu thời hạn cho đơn vị này",
                "The regime states no deadline for this unit",
            ),
            Doubt::NoEvent => (
                "Chưa xác định được sự kiện để tính thời hạn",
                "The event the deadline counts from is not known",
            ),
            Doubt::RestDaysNotDecided => (
                "Tạm tính: chưa có quyết định về ngày nghỉ của năm",
                "Provisional: the year's rest days are not all decided",
            ),
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }
}
