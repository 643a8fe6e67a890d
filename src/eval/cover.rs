//! The periods whose figures make up a span: the year up to a report, or a longer period.
//!
//! It does not know figures. A span that the declared periods do not cover exactly has no parts; analysis refuses regimes that need one.

use crate::calendar::{DateRange, Period, PeriodKind, exact_cover};
use crate::eval::earlier::rule_of;
use crate::plan::header::{PeriodRelation, RegimeHeader};

/// The periods that make up the year from its start to the end of a period, in order of time, the period itself last. Periods of the same kind come before
/// others, so that a month reads months though quarters are reported, too.
pub fn year_to_date(header: &RegimeHeader, period: Period) -> Option<Vec<Period>> {
    let own = span(header, period)?;
    let year = period.year()?;
    let starts = rule_of(header, period)?.days.year_starts();
    let of_year: Vec<(Period, DateRange)> = header
        .periods
        .iter()
        .filter(|rule| rule.days.year_starts() == starts)
        .flat_map(|rule| rule.periods_in(year))
        .filter(|other| *other != period && other.year() == Some(year))
        .filter_map(|other| Some((other, span(header, other)?)))
        .collect();
    let begins_year = match period.kind() {
        PeriodKind::FirstHalf | PeriodKind::NineMonths | PeriodKind::Year => true,
        // A kind that comes once in its year begins it unless something is declared before.
        PeriodKind::SecondHalf | PeriodKind::Named(_) => {
            of_year.iter().all(|(_, days)| days.from >= own.from)
        }
        _ => period.index() == 1,
    };
    if begins_year {
        return Some(vec![period]);
    }
    let of_kind: Vec<(Period, DateRange)> = of_year
        .iter()
        .filter(|(other, _)| other.kind() == period.kind())
        .copied()
        .collect();
    [of_kind, of_year].iter().find_map(|candidates| {
        let before = DateRange {
            from: candidates.iter().map(|(_, days)| days.from).min()?,
            to: own.day_before(),
        };
        let mut parts = covering(before, candidates)?;
        parts.push(period);
        Some(parts)
    })
}

/// The shorter periods that make up a period by its relation, in order of time; `None` where it is independent or not covered.
pub fn parts_of(header: &RegimeHeader, period: Period) -> Option<Vec<Period>> {
    let rule = rule_of(header, period)?;
    let (PeriodRelation::DerivedFrom(choices) | PeriodRelation::CheckedAgainst(choices)) =
        &rule.relation
    else {
        return None;
    };
    let whole = span(header, period)?;
    let years = whole.from.year()..=whole.to.year();
    let mut candidates: Vec<(Period, DateRange)> = years
        .flat_map(|year| {
            header
                .periods
                .iter()
                .flat_map(move |rule| rule.periods_in(year))
        })
        .filter(|part| *part != period && choices.iter().any(|choice| choice.accepts(part)))
        .filter_map(|part| Some((part, span(header, part)?)))
        .collect();
    candidates.dedup();
    covering(whole, &candidates)
}

/// The span that a period's figures describe.
fn span(header: &RegimeHeader, period: Period) -> Option<DateRange> {
    rule_of(header, period)?.covers_of(&period, None)
}

fn covering(target: DateRange, candidates: &[(Period, DateRange)]) -> Option<Vec<Period>> {
    let days: Vec<DateRange> = candidates.iter().map(|(_, days)| *days).collect();
    let places = exact_cover(target, &days).ok()?;
    Some(
        places
            .into_iter()
            .filter_map(|place| candidates.get(place).map(|(period, _)| *period))
            .collect(),
    )
}
