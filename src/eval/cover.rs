//! The periods whose figures make up a span: the year up to a report, or a longer period.
//!
//! It does not know figures. A span that the declared periods do not cover exactly has no parts; analysis refuses regimes that need one.

use crate::calendar::{DateRange, Period, covering, first_day_of_year, year_cover};
use crate::eval::earlier::rule_of;
use crate::plan::header::{PeriodRelation, RegimeHeader};

/// The periods that make up the year from its start to the end of a period, in order of time, the period itself last.
pub fn year_to_date(header: &RegimeHeader, period: Period) -> Option<Vec<Period>> {
    let own = span(header, period)?;
    let year = period.year()?;
    let rule = rule_of(header, period)?;
    let starts = rule.days.year_starts();
    let others: Vec<(Period, DateRange)> = header
        .periods
        .iter()
        .filter(|rule| rule.days.year_starts() == starts)
        .flat_map(|rule| rule.periods_in(year))
        .filter(|other| *other != period && other.year() == Some(year))
        .filter_map(|other| Some((other, span(header, other)?)))
        .collect();
    let first = first_day_of_year(&period, &rule.days, &rule.covers.unwrap_or(rule.window));
    year_cover(period, own, first, &others).ok()
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
    covering(whole, &candidates).ok()
}

/// How long periods are, as weights of a mean over time: in months where every one is made of months, as staff count them, else in days.
pub fn lengths(header: &RegimeHeader, periods: &[Period]) -> Vec<i32> {
    let months: Option<Vec<i32>> = periods
        .iter()
        .map(|part| part.kind().month_count().map(i32::from))
        .collect();
    let days = |part: &Period| span(header, *part).map_or(0, |span| span.days());
    months.unwrap_or_else(|| periods.iter().map(days).collect())
}

/// The span that a period's figures describe.
fn span(header: &RegimeHeader, period: Period) -> Option<DateRange> {
    rule_of(header, period)?.covers_of(&period, None)
}
