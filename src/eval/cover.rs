//! The periods whose figures make up a span: the year up to a report, or a longer period.
//!
//! The calendar says which they are, by the spans that figures describe. It does not know figures. A span that the declared periods do not cover exactly has no parts;
//! analysis refuses regimes that need one.

use crate::calendar::{self, Described, Period};
use crate::eval::earlier::rule_of;
use crate::plan::header::{PeriodRelation, RegimeHeader};

/// The periods that make up the year from its start to the end of a period, in order of time, the period itself last.
pub fn year_to_date(header: &RegimeHeader, period: Period) -> Option<Vec<Period>> {
    calendar::year_to_date(&described(header), period)?.ok()
}

/// The shorter periods that make up a period by its relation, in order of time; `None` where it is independent or not covered.
pub fn parts_of(header: &RegimeHeader, period: Period) -> Option<Vec<Period>> {
    let rule = rule_of(header, period)?;
    let (PeriodRelation::DerivedFrom(choices) | PeriodRelation::CheckedAgainst(choices)) =
        &rule.relation
    else {
        return None;
    };
    calendar::made_of(&described(header), period, choices)?.ok()
}

/// How long periods are, as weights of a mean over time: in months where every one is made of months, as staff count them, else in days.
pub fn lengths(header: &RegimeHeader, periods: &[Period]) -> Vec<i32> {
    let months: Option<Vec<i32>> = periods
        .iter()
        .map(|part| part.kind().month_count().map(i32::from))
        .collect();
    let span = |part: &Period| rule_of(header, *part)?.covers_of(part, None);
    let days = |part: &Period| span(part).map_or(0, |span| span.days());
    months.unwrap_or_else(|| periods.iter().map(days).collect())
}

fn described(header: &RegimeHeader) -> Vec<Described<'_>> {
    header.periods.iter().map(|rule| rule.described()).collect()
}
