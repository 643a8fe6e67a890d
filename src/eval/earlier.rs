//! Which earlier reports a report reads: the one before it, and the one its opening figures come from.
//!
//! Pure choice over periods; it does not know figures, units or whether a report was accepted: the caller says which reports exist. With none there is nothing to
//! read, and the carried cells say so.

use crate::calendar::{DateRange, EventDates, Period};
use crate::plan::header::{PeriodRule, RegimeHeader};

/// What a report reads of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// The report of the preceding period of the same kind, for `previous(…)`.
    pub previous: Option<Period>,
    /// Where opening figures come from.
    pub carry: CarrySource,
}

/// Where opening figures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarrySource {
    /// The closing figures of the report whose window ends the day before.
    Closing(Period),
    /// The opening figures of a shorter report that begins on the same day.
    Opening(Period),
    /// There is neither.
    None,
}

/// Chooses among the reports that exist. Of several windows that end the day before, the one of the same kind is taken, else the shortest: their closing figures
/// stand at the same instant.
pub fn earlier(header: &RegimeHeader, period: Period, exists: impl Fn(Period) -> bool) -> Earlier {
    let previous = period.previous().filter(|before| exists(*before));
    let Some(window) = window_of(header, period) else {
        return Earlier {
            previous,
            carry: CarrySource::None,
        };
    };
    let years = window.from.year().saturating_sub(1)..=window.to.year().saturating_add(1);
    let mut candidates: Vec<(Period, DateRange)> = years
        .flat_map(|year| {
            let rules = header.periods.iter();
            rules.flat_map(move |rule| rule.periods_in(year))
        })
        // Days of an event are in no list.
        .chain(period.previous())
        .filter(|candidate| *candidate != period && exists(*candidate))
        .filter_map(|candidate| window_of(header, candidate).map(|window| (candidate, window)))
        .collect();
    candidates
        .sort_by_key(|(candidate, window)| (candidate.kind() != period.kind(), window.days()));
    let closing = candidates
        .iter()
        .find(|(_, other)| other.to == window.day_before());
    let opening = candidates
        .iter()
        .find(|(_, other)| other.from == window.from && other.to < window.to);
    let carry = match (closing, opening) {
        (Some((period, _)), _) => CarrySource::Closing(*period),
        (None, Some((period, _))) => CarrySource::Opening(*period),
        (None, None) => CarrySource::None,
    };
    Earlier { previous, carry }
}

/// The shortest other report whose window begins on the same day and ends earlier: it opens with the same figures.
pub fn beginning_with(
    header: &RegimeHeader,
    period: Period,
    exists: impl Fn(Period) -> bool,
) -> Option<Period> {
    let window = window_of(header, period)?;
    let years = window.from.year()..=window.to.year();
    years
        .flat_map(|year| {
            let rules = header.periods.iter();
            rules.flat_map(move |rule| rule.periods_in(year))
        })
        .filter(|other| *other != period && exists(*other))
        .filter_map(|other| Some((window_of(header, other)?, other)))
        .filter(|(other, _)| other.from == window.from && other.to < window.to)
        .min_by_key(|(other, period)| (other.to, *period))
        .map(|(_, period)| period)
}

/// The rule under which a period is reported: one that names the period's number wins over one for the whole kind; `None` when the regime does not report it.
pub fn rule_of(header: &RegimeHeader, period: Period) -> Option<&PeriodRule> {
    let of_kind = || {
        header
            .periods
            .iter()
            .filter(|rule| rule.kind == period.kind())
    };
    of_kind()
        .find(|rule| rule.index == Some(period.index()))
        .or_else(|| of_kind().find(|rule| rule.index.is_none()))
}

/// The legal window of a period; `None` when the regime does not report it.
pub fn window_of(header: &RegimeHeader, period: Period) -> Option<DateRange> {
    window_during(header, period, None)
}

/// The legal window of a period that follows an event; `None` also when the event has to be over and is not.
pub fn window_during(
    header: &RegimeHeader,
    period: Period,
    event: Option<EventDates>,
) -> Option<DateRange> {
    rule_of(header, period)?.window_of(&period, event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Date, KindDays, PeriodKind, WindowRule};
    use crate::plan::header::PeriodRelation;

    fn header(kinds: &[(PeriodKind, Option<u16>)]) -> RegimeHeader {
        RegimeHeader {
            name: "A".into(),
            title: "Chế độ A".into(),
            version: 1,
            in_force_from: Date::constant(2025, 1, 1),
            in_force_until: None,
            statistical: false,
            basis: Vec::new(),
            issuer: String::new(),
            reporters: Vec::new(),
            recipients: Vec::new(),
            channels: Vec::new(),
            sign_by: None,
            routes: Vec::new(),
            suspensions: Vec::new(),
            assignments: Vec::new(),
            periods: kinds
                .iter()
                .map(|(kind, index)| PeriodRule {
                    kind: *kind,
                    index: *index,
                    days: KindDays::Own,
                    relation: PeriodRelation::Independent,
                    window: WindowRule::Decree09,
                    covers: None,
                    deadlines: Vec::new(),
                    first_report: None,
                    label: None,
                    channels: None,
                    sign_by: None,
                    vintage: None,
                    waived_when: Vec::new(),
                })
                .collect(),
            events: Vec::new(),
            holidays: Vec::new(),
            lunar_months: Vec::new(),
            levels: Vec::new(),
            agencies: Vec::new(),
            tags: Vec::new(),
        }
    }

    fn chosen(kinds: &[(PeriodKind, Option<u16>)], period: &str, existing: &[&str]) -> String {
        let header = header(kinds);
        let existing: Vec<Period> = existing
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect();
        let Ok(period) = period.parse() else {
            return "not a period".into();
        };
        let found = earlier(&header, period, |candidate| existing.contains(&candidate));
        let previous = found
            .previous
            .map_or("-".to_owned(), |period| period.to_string());
        match found.carry {
            CarrySource::Closing(period) => format!("previous {previous}, closing of {period}"),
            CarrySource::Opening(period) => format!("previous {previous}, opening of {period}"),
            CarrySource::None => format!("previous {previous}, nothing to carry"),
        }
    }

    const ALL: &[(PeriodKind, Option<u16>)] = &[
        (PeriodKind::Quarter, None),
        (PeriodKind::FirstHalf, None),
        (PeriodKind::NineMonths, None),
        (PeriodKind::Year, None),
    ];

    #[test]
    fn a_quarter_opens_with_the_quarter_before() {
        assert_eq!(
            chosen(ALL, "2026-Q2", &["2026-Q1"]),
            "previous 2026-Q1, closing of 2026-Q1"
        );
    }

    #[test]
    fn the_first_quarter_opens_with_whatever_closed_the_year() {
        let kinds = &[(PeriodKind::Quarter, Some(1)), (PeriodKind::Year, None)];
        assert_eq!(
            chosen(kinds, "2027-Q1", &["2026"]),
            "previous -, closing of 2026"
        );
    }

    #[test]
    fn a_year_without_a_year_before_it_opens_as_its_first_quarter_did() {
        assert_eq!(
            chosen(ALL, "2026", &["2026-Q1", "2026-Q4"]),
            "previous -, opening of 2026-Q1"
        );
    }

    #[test]
    fn the_report_that_closed_the_day_before_is_preferred_to_a_shorter_one_of_the_same_start() {
        assert_eq!(
            chosen(ALL, "2026", &["2025", "2025-Q4", "2026-Q1"]),
            "previous 2025, closing of 2025"
        );
    }

    #[test]
    fn a_first_report_has_nothing_to_carry() {
        assert_eq!(
            chosen(ALL, "2026-Q2", &["2026-Q3", "2025-Q2"]),
            "previous -, nothing to carry"
        );
    }

    #[test]
    fn a_period_the_regime_does_not_report_has_no_window() {
        assert_eq!(
            window_of(
                &header(ALL),
                Period::new(PeriodKind::Month, 2026, 5).expect("a month")
            ),
            None
        );
    }
}
