//! The periods that make up a year from its start to the end of one of them (lũy kế từ đầu năm).
//!
//! Deliberately does not know: figures, and which periods a regime declares; they are arguments.
//! On broken input: a period without days of its own, or of no year, begins its year and is made of itself.

use super::cover::{Hole, exact_cover};
use super::{Date, DateRange, KindDays, Period, PeriodKind, WindowRule};

/// The periods of the year that end with a period, in order of time, itself last. Periods of its kind come before others, so that a month reads months though
/// quarters are reported, too. `first` is the first day of the year, where the kind tells it; otherwise the year begins with the earliest of the others.
pub fn year_cover(
    period: Period,
    own: DateRange,
    first: Option<Date>,
    others: &[(Period, DateRange)],
) -> Result<Vec<Period>, Hole> {
    let earliest = || others.iter().map(|(_, days)| days.from).min();
    let from = first.or_else(earliest).unwrap_or(own.from);
    if from >= own.from {
        return Ok(vec![period]);
    }
    let before = DateRange {
        from,
        to: own.day_before(),
    };
    let of_kind: Vec<(Period, DateRange)> = others
        .iter()
        .filter(|(other, _)| other.kind() == period.kind())
        .copied()
        .collect();
    let mut parts = covering(before, &of_kind).or_else(|_| covering(before, others))?;
    parts.push(period);
    Ok(parts)
}

/// The periods that make up a span, in order of time.
pub fn covering(
    target: DateRange,
    candidates: &[(Period, DateRange)],
) -> Result<Vec<Period>, Hole> {
    let days: Vec<DateRange> = candidates.iter().map(|(_, days)| *days).collect();
    let places = exact_cover(target, &days)?;
    Ok(places
        .into_iter()
        .filter_map(|place| candidates.get(place).map(|(period, _)| *period))
        .collect())
}

/// The first day of the year of a period, as the windows of its kind have it: that of the first month may lie in December. None for kinds that a project declares and
/// for periods that follow an event.
pub fn first_day_of_year(period: &Period, days: &KindDays, window: &WindowRule) -> Option<Date> {
    let kind = match period.kind() {
        PeriodKind::Named(_)
        | PeriodKind::Campaign(_)
        | PeriodKind::DailyOf(_)
        | PeriodKind::EndOf(_)
        | PeriodKind::OnRequest => return None,
        PeriodKind::SecondHalf => PeriodKind::FirstHalf,
        kind => kind,
    };
    let first = Period::all_in_year(kind, period.year()?)
        .into_iter()
        .next()?;
    Some(window.window(&days.days(&first, None)?).from)
}
