//! The span that a period's figures describe (phạm vi số liệu), and which reported periods make up another span: a longer period, or the year up to one.
//!
//! Figures are added by what they describe, not by when data were taken: a cut-off (chốt số liệu) in the middle of the month may stand beside figures of whole
//! months. This is the only place that says which periods make up a span; analysis refuses what the evaluator could not put together. Deliberately does not know: figures.
//! On broken input: a period without days of its own, or of no year, begins its year and is made of itself; a span that is not covered exactly tells its first hole.

use super::cover::{Hole, exact_cover};
use super::{Date, DateRange, KindDays, Period, PeriodChoice, PeriodKind, WindowRule};

/// How one choice of periods is reported: on which days, and what its figures describe.
#[derive(Clone, Copy, Debug)]
pub struct Described<'r> {
    /// The kind, and the number where only one of the year is meant.
    pub choice: PeriodChoice,
    /// Where the days of the kind come from.
    pub days: &'r KindDays,
    /// The span described, where it is said; else it is the window.
    pub covers: Option<WindowRule>,
    /// When data are taken.
    pub window: WindowRule,
}

impl Described<'_> {
    /// The rule by which the span described is reckoned.
    pub fn rule(&self) -> WindowRule {
        self.covers.unwrap_or(self.window)
    }

    /// The span that the figures of a period describe. `None` for a period of another choice, and for one whose days depend on an event.
    pub fn span(&self, period: &Period) -> Option<DateRange> {
        let days = self.days.days(period, None)?;
        self.choice
            .accepts(period)
            .then(|| self.rule().window(&days))
    }

    /// How long a period is, to tell what is shorter than what: the days described; of figures of one moment, the days of the period that it is taken in.
    pub fn length(&self, period: &Period) -> Option<i32> {
        match self.rule().is_moment() {
            true => Some(self.days.days(period, None)?.days.days()),
            false => Some(self.span(period)?.days()),
        }
    }

    /// The last day on which data of a period are taken.
    fn cutoff(&self, period: &Period) -> Option<Date> {
        Some(self.window.window(&self.days.days(period, None)?).to)
    }

    fn periods_in(&self, year: i16) -> Vec<Period> {
        self.days.periods(self.choice, year)
    }
}

/// Under what a period is reported: a rule that names the period's number wins over one for the whole kind. `None` where it is not reported.
pub fn reported_under<'r, 'd>(
    rules: &'r [Described<'d>],
    period: &Period,
) -> Option<&'r Described<'d>> {
    let accepting = || rules.iter().filter(|rule| rule.choice.accepts(period));
    accepting()
        .find(|rule| rule.choice.index.is_some())
        .or_else(|| accepting().next())
}

/// The reported periods that make up the year from its start to the end of a period, in order of time, itself last. Periods of its kind come before others, so that a
/// month reads months though quarters are reported, too. `None` where the period is not reported or is in no year.
pub fn year_to_date(rules: &[Described<'_>], period: Period) -> Option<Result<Vec<Period>, Hole>> {
    let rule = reported_under(rules, &period)?;
    let own = rule.span(&period)?;
    let year = period.year()?;
    let starts = rule.days.year_starts();
    let mut others: Vec<(Period, DateRange)> = Vec::new();
    for other in rules
        .iter()
        .filter(|rule| rule.days.year_starts() == starts)
        .flat_map(|rule| rule.periods_in(year))
        .filter(|other| *other != period && other.year() == Some(year))
    {
        others.extend(spanned(rules, other));
    }
    let earliest = || others.iter().map(|(_, days)| days.from).min();
    let from = first_day_of_year(&period, rule)
        .or_else(earliest)
        .unwrap_or(own.from);
    if from >= own.from {
        return Some(Ok(vec![period]));
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
    let parts = covering(before, &of_kind).or_else(|_| covering(before, &others));
    Some(parts.map(|mut parts| {
        parts.push(period);
        parts
    }))
}

/// The shorter reported periods, each of one of the choices, that make up a period, in order of time. A figure of one moment is that of the shorter period taken at the same
/// moment. `None` where the period is not reported or has no days of its own.
pub fn made_of(
    rules: &[Described<'_>],
    period: Period,
    choices: &[PeriodChoice],
) -> Option<Result<Vec<Period>, Hole>> {
    let rule = reported_under(rules, &period)?;
    let (whole, longest) = (rule.span(&period)?, rule.length(&period)?);
    let cutoff = rule.cutoff(&period)?;
    // A window may reach into the year before or after the one that its period is named after.
    let years = whole.from.year().saturating_sub(1)..=whole.to.year().saturating_add(1);
    let mut candidates: Vec<(Period, DateRange)> = years
        .flat_map(|year| rules.iter().flat_map(move |rule| rule.periods_in(year)))
        .filter(|part| *part != period && choices.iter().any(|choice| choice.accepts(part)))
        .filter(|part| {
            let rule = reported_under(rules, part);
            let shorter = rule.and_then(|rule| Some(rule.length(part)? < longest));
            // What is cut off later is not known yet when the longer period is reported.
            let known = rule.and_then(|rule| Some(rule.cutoff(part)? <= cutoff));
            shorter == Some(true) && known == Some(true)
        })
        .filter_map(|part| spanned(rules, part))
        .collect();
    candidates.dedup();
    if rule.rule().is_moment() {
        let then = candidates.iter().find(|(_, span)| *span == whole);
        return Some(then.map(|(part, _)| vec![*part]).ok_or(Hole(whole)));
    }
    Some(covering(whole, &candidates))
}

fn spanned(rules: &[Described<'_>], period: Period) -> Option<(Period, DateRange)> {
    Some((period, reported_under(rules, &period)?.span(&period)?))
}

/// The periods that make up a span, in order of time.
fn covering(target: DateRange, candidates: &[(Period, DateRange)]) -> Result<Vec<Period>, Hole> {
    let days: Vec<DateRange> = candidates.iter().map(|(_, days)| *days).collect();
    let places = exact_cover(target, &days)?;
    Ok(places
        .into_iter()
        .filter_map(|place| candidates.get(place).map(|(period, _)| *period))
        .collect())
}

/// The first day of the year of a period, as the spans of its kind have it: that of the first month may lie in December. None for kinds that a project declares and
/// for periods that follow an event.
fn first_day_of_year(period: &Period, rule: &Described<'_>) -> Option<Date> {
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
    Some(rule.rule().window(&rule.days.days(&first, None)?).from)
}
