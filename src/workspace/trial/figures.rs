//! What a test supposes: reports of the unit under test, now and earlier, and reports of other units.
//!
//! It deliberately does not judge anything. Supposed history may set computed cells directly; the report under test may not.

use super::elsewhere::{OtherRegime, keep};
use crate::analysis::tests_model::{Given, GivenCell, GivenTime, TestCase, TestValue};
use crate::calendar::dates::iso_date;
use crate::calendar::{Date, Period, PeriodName};
use crate::eval::archive::{Archive, EndedEvent, PlanKey};
use crate::eval::attached::AttachedFile;
use crate::eval::earlier::window_during;
use crate::eval::evaluate::Evaluation;
use crate::eval::figures::{Entry, Figures};
use crate::eval::holdings::Holdings;
use crate::eval::needs::earlier_periods;
use crate::eval::sequence::{Part, evaluate_in_order};
use crate::organisation::{EventState, Succession, Unit, UnitId};
use crate::plan::CompiledRegime;
use std::collections::{BTreeMap, BTreeSet};

/// The supposed reports of one test, evaluated.
pub struct Suppositions<'c> {
    case: &'c TestCase,
    own: BTreeMap<Period, Evaluation>,
    /// Other units in the order they are first named, with their reports by period.
    others: Vec<(&'c str, BTreeMap<Period, Evaluation>)>,
    /// What is known of the other units themselves.
    known: BTreeMap<&'c str, Unit>,
    /// Units that gave way to others before the cut-off.
    ended: BTreeSet<&'c str>,
}

impl<'c> Suppositions<'c> {
    /// Evaluates everything a test supposes.
    pub fn of(
        plan: &CompiledRegime,
        case: &'c TestCase,
        unit: &Unit,
        others: &dyn Fn(&str) -> Option<Unit>,
        elsewhere: &[OtherRegime],
    ) -> Suppositions<'c> {
        let mut own = reports(case, None);
        // A report under test without a single given cell is still a report.
        let under_test = own.entry(case.period).or_default();
        under_test.narratives = case.narratives.iter().cloned().collect();
        let mut names: Vec<&str> = Vec::new();
        for name in case.given.iter().filter_map(|given| given.unit.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let known: BTreeMap<&str, Unit> = names
            .iter()
            .filter_map(|name| Some((*name, others(name)?)))
            .collect();
        let others: Vec<(&str, BTreeMap<Period, Evaluation>)> = names
            .into_iter()
            .map(|name| {
                // Other units' figures are what a consolidation rests on, not what is under test.
                let given = reports(case, Some(name));
                let base = assigned(case, Some(name));
                (
                    name,
                    evaluate(plan, &given, None, &base, (known.get(name), case)),
                )
            })
            .collect();
        let dates = case.event.as_ref().map(|event| event.dates);
        let cutoff = window_during(&plan.header, case.period, dates).map(|window| window.to);
        let mut base = match cutoff {
            Some(cutoff) => {
                let given = |period: Period| {
                    let mut given = case.given.iter();
                    given.any(|given| {
                        let of_unit = given.unit.is_none() && given.regime.is_none();
                        of_unit && period_of(case, given) == Some(period)
                    })
                };
                inherited(plan, case, &others, (&case.reporter.name, cutoff), &given)
            }
            None => Archive::default(),
        };
        assign(case, None, &mut base);
        base.events = ended_events(case);
        keep(elsewhere, &mut base);
        let own = evaluate(plan, &own, Some(case.period), &base, (Some(unit), case));
        let ended = case
            .successions
            .iter()
            .filter(|row| cutoff.is_some_and(|cutoff| row.from <= cutoff))
            .flat_map(|row| row.old.iter().map(String::as_str))
            .collect();
        Suppositions {
            case,
            own,
            others,
            known,
            ended,
        }
    }

    /// What is known of another unit itself.
    pub fn known(&self, name: &str) -> Option<&Unit> {
        self.known.get(name)
    }

    /// The report under test; none when the regime does not report its period.
    pub fn own(&self) -> Option<&Evaluation> {
        self.own.get(&self.case.period)
    }

    /// Whether the test is about figures of several units.
    pub fn is_consolidation(&self) -> bool {
        self.case.given.iter().any(|given| {
            given.time == GivenTime::Current
                && given
                    .unit
                    .as_deref()
                    .is_some_and(|unit| !self.ended.contains(unit))
        })
    }

    /// The other units with their reports; one that gave way to another is not due.
    pub fn units(&self) -> impl Iterator<Item = (&str, Option<&Evaluation>)> {
        self.others
            .iter()
            .filter(|(name, _)| !self.ended.contains(name))
            .map(|(name, reports)| (*name, reports.get(&self.case.period)))
    }

    /// What is known of the other units' earlier reports, and of those of the units that they took over from, by name.
    pub fn archives(&self, plan: &CompiledRegime) -> BTreeMap<&str, Archive<'_>> {
        let dates = self.case.event.as_ref().map(|event| event.dates);
        let cutoff = window_during(&plan.header, self.case.period, dates).map(|window| window.to);
        self.others
            .iter()
            .map(|(name, reports)| {
                let given = |period: Period| reports.contains_key(&period);
                let mut archive = match cutoff.filter(|_| self.is_heir(name)) {
                    Some(cutoff) => {
                        inherited(plan, self.case, &self.others, (name, cutoff), &given)
                    }
                    None => Archive::default(),
                };
                for (period, report) in reports {
                    archive.keep(*period, report);
                }
                (*name, archive)
            })
            .collect()
    }

    /// Whether a unit took over from others.
    fn is_heir(&self, name: &str) -> bool {
        let mut heirs = self.case.successions.iter().flat_map(|row| &row.heirs);
        heirs.any(|(heir, _)| heir == name)
    }

    /// The plan values of the unit under test.
    pub fn assigned(&self) -> Archive<'static> {
        assigned(self.case, None)
    }

    /// The report of another unit.
    pub fn of_unit(&self, name: &str) -> Option<&Evaluation> {
        self.units().find(|(unit, _)| *unit == name)?.1
    }
}

/// What a unit reads on a cut-off of the units it came from, beside the periods that are given of itself.
fn inherited<'e>(
    plan: &CompiledRegime,
    case: &TestCase,
    others: &'e [(&str, BTreeMap<Period, Evaluation>)],
    (unit, cutoff): (&str, Date),
    own: &dyn Fn(Period) -> bool,
) -> Archive<'e> {
    let mut holdings = Holdings::default();
    for (name, reports) in others {
        let reports = reports.iter().map(|(period, report)| (*period, report));
        holdings
            .reports
            .insert(UnitId::from(*name), reports.collect());
    }
    for row in &case.successions {
        for old in &row.old {
            for (heir, share) in &row.heirs {
                holdings.successions.push(Succession {
                    old: UnitId(old.clone()),
                    new: UnitId(heir.clone()),
                    date: row.from,
                    share: share.clone(),
                    basis: None,
                });
            }
        }
    }
    let unit = UnitId::from(unit);
    let exists = |period: Period| own(period) || holdings.knows(plan, &unit, cutoff, period);
    let needed: Vec<Period> = earlier_periods(plan, case.period, exists)
        .into_iter()
        .filter(|period| !own(*period))
        .collect();
    holdings.archive(plan, &unit, cutoff, needed)
}

/// An archive that knows the plan values of a unit and nothing else.
fn assigned(case: &TestCase, unit: Option<&str>) -> Archive<'static> {
    let mut archive = Archive::default();
    assign(case, unit, &mut archive);
    archive.events = ended_events(case);
    archive
}

/// The events of a test that are over, as the archive knows them.
fn ended_events(case: &TestCase) -> Vec<EndedEvent> {
    let known = case.ended_events.iter();
    known
        .filter_map(|(number, state)| {
            let name = PeriodName::new(&state.event)?;
            let end = state.dates.end?;
            Some(EndedEvent {
                end: Period::end_of(name, *number),
                last_day: Period::daily_of(name, *number, end.date()).ok(),
                dates: state.dates,
            })
        })
        .collect()
}

/// The event that a period follows.
fn event_of(case: &TestCase, period: Period) -> Option<&EventState> {
    let name = period.kind().event()?;
    let mut ended = case.ended_events.iter();
    ended
        .find(|(number, state)| *number == period.number() && name.as_str() == state.event)
        .map(|(_, state)| state)
        .or(case.event.as_ref())
}

fn assign(case: &TestCase, unit: Option<&str>, archive: &mut Archive<'_>) {
    for value in &case.plan_values {
        let year = value.year.or_else(|| case.period.year());
        // A table of plan values names every unit, the one under test too.
        let named = value.unit.as_deref();
        let of_reporter = unit.is_none() && named == Some(case.reporter.name.as_str());
        if let (true, Some(year)) = (named == unit || of_reporter, year) {
            archive.assign(
                PlanKey {
                    target: value.target.clone(),
                    indicator: value.indicator.clone(),
                    year,
                },
                value.value.clone(),
            );
        }
    }
}

fn evaluate(
    plan: &CompiledRegime,
    reports: &BTreeMap<Period, Figures>,
    judged: Option<Period>,
    base: &Archive,
    (reporter, case): (Option<&Unit>, &TestCase),
) -> BTreeMap<Period, Evaluation> {
    let parts = reports
        .iter()
        .map(|(period, figures)| {
            (
                *period,
                Part {
                    figures,
                    history: judged != Some(*period),
                    reporter,
                    event: event_of(case, *period),
                },
            )
        })
        .collect();
    evaluate_in_order(plan, &parts, base)
}

/// The reports a test gives for a unit under its own regime, by period.
fn reports(case: &TestCase, unit: Option<&str>) -> BTreeMap<Period, Figures> {
    reports_of(case, None, unit)
}

/// The reports a test gives for a unit under a regime, by period; a report said not to be sent is not among them.
pub(super) fn reports_of(
    case: &TestCase,
    regime: Option<&str>,
    unit: Option<&str>,
) -> BTreeMap<Period, Figures> {
    let mut reports: BTreeMap<Period, Figures> = BTreeMap::new();
    for given in case
        .given
        .iter()
        .filter(|given| given.unit.as_deref() == unit && given.regime.as_deref() == regime)
    {
        if let (Some(period), Some(cells)) = (period_of(case, given), &given.cells) {
            let form = reports
                .entry(period)
                .or_default()
                .forms
                .entry(given.form.clone())
                .or_default();
            for cell in cells {
                let row = form.rows.entry(cell.row.clone()).or_default();
                if let Some(entry) = entry(cell) {
                    row.insert(cell.column.clone(), entry);
                }
            }
        }
    }
    reports
}

fn period_of(case: &TestCase, given: &Given) -> Option<Period> {
    match given.time {
        GivenTime::Current => Some(case.period),
        GivenTime::Previous => case.period.previous(),
        GivenTime::In(period) => Some(period),
    }
}

fn entry(cell: &GivenCell) -> Option<Entry> {
    match &cell.value {
        TestValue::Number(number) => Some(Entry::Value(number.to_plain(None))),
        TestValue::Text(text) | TestValue::Entry(text) => Some(Entry::Value(text.clone())),
        TestValue::File(name) => AttachedFile::named(name).map(|file| Entry::Value(file.to_text())),
        TestValue::Day(day) => Some(Entry::Value(iso_date(*day))),
        TestValue::Truth(truth) => Some(Entry::Value(if *truth { "yes" } else { "no" }.to_owned())),
        TestValue::Nil => Some(Entry::Nil),
        TestValue::Blank => None,
        TestValue::Closed => Some(Entry::Closed),
    }
}
