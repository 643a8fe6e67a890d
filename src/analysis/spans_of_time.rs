//! Whether the declared periods bear what formulas ask of time: a year to date needs periods that cover the year up to it, and some words mean less than they seem to.
//!
//! It deliberately does not know figures. A formula that stands in many cells is told once; one that is limited to some periods is asked only of those.

use super::context::Context;
use super::expression::{Term, TermKind};
use super::kinds::{SAMPLE_YEAR, choice_words};
use super::model::cell::Applicability;
use super::model::{PeriodRule, Rule, RuleKind, form::Form};
use super::periods::periods_in;
use crate::calendar::dates::show_date;
use crate::calendar::{
    Described, Hole, Period, PeriodChoice, PeriodKind, reported_under, year_to_date,
};
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What one formula asks of time, and in which periods.
#[derive(Default)]
struct Asked {
    /// Periods in which a year to date is read, with the form whose days count, where it has days of its own.
    to_date: BTreeSet<(Option<usize>, Period)>,
    /// Periods in which the period before is read.
    previous: BTreeSet<Period>,
}

/// Checks all formulas of a regime.
pub(super) fn check(
    context: &mut Context,
    file: FileId,
    periods: &[PeriodRule],
    forms: &[Form],
    rules: &[Rule],
) {
    let found = over_time(forms, rules);
    if found.is_empty() {
        return;
    }
    let all: Vec<Period> = periods
        .iter()
        .flat_map(|rule| periods_in(rule, SAMPLE_YEAR))
        .filter(|period| period.year() == Some(SAMPLE_YEAR))
        .collect();
    let always: BTreeSet<Period> = all.iter().copied().collect();
    let mut asked: BTreeMap<Span, Asked> = BTreeMap::new();
    for (term, limits) in found {
        match limits.iter().all(|limit| limit.only_in.is_empty()) {
            true => collect(forms, term, &always, &mut asked),
            false => collect(forms, term, &limited(&all, &limits), &mut asked),
        }
    }
    let own: BTreeMap<usize, Vec<PeriodRule>> = forms
        .iter()
        .enumerate()
        .filter(|(_, form)| has_days(form))
        .map(|(place, form)| {
            let nearest = periods.iter().map(|rule| rule.nearest(&form.time));
            (place, nearest.collect())
        })
        .collect();
    // Many formulas ask for the same periods, and each is held against all others of the year.
    let mut known: Covers = BTreeMap::new();
    for (span, asked) in asked {
        for (form, period) in &asked.to_date {
            let own = form.and_then(|form| own.get(&form)).map(Vec::as_slice);
            let covered = || cover(own.unwrap_or(periods), *period);
            known.entry((*form, *period)).or_insert_with(covered);
        }
        let covers = asked.to_date.iter();
        let covers = covers.filter_map(|asked| Some((asked.1, known.get(asked)?.as_ref()?)));
        let covers = covers.collect();
        report(context, file, span, covers, &asked.previous);
    }
}

/// Whether the figures of a form are of other days than those of its report.
fn has_days(form: &Form) -> bool {
    form.time.window.is_some() || form.time.covers.is_some()
}

/// The forms with days of their own that a term reads; that none is named means the days of the report.
fn whose_days(forms: &[Form], term: &Term) -> BTreeSet<Option<usize>> {
    let mut found = BTreeSet::new();
    term.cells(&mut |cell, _| {
        let own = forms.get(cell.form).is_some_and(has_days);
        found.insert(own.then_some(cell.form));
    });
    if found.is_empty() {
        found.insert(None);
    }
    found
}

/// The formulas that look at other times, each with what limits it.
fn over_time<'m>(forms: &'m [Form], rules: &'m [Rule]) -> Vec<(&'m Term, Vec<&'m Applicability>)> {
    let mut found = Vec::new();
    for form in forms {
        let columns = form.columns.iter().map(|column| (None, &column.cell));
        let cells = form.cells.iter();
        let cells = cells.map(|((row, _), cell)| (Some(*row), cell));
        for (row, cell) in columns.chain(cells) {
            for side in cell.chain.iter().chain(&cell.within) {
                if looks_back(&side.term) {
                    let row = row.and_then(|row| form.written.get(row));
                    let of_row = row.map(|row| &row.applicability).into_iter();
                    let limits = of_row.chain([&form.applicability, &cell.applicability]);
                    found.push((&side.term, limits.collect()));
                }
            }
        }
    }
    for rule in rules {
        let mut terms: Vec<&Term> = rule.conditions.iter().collect();
        match &rule.kind {
            RuleKind::Balance(sides) => terms.extend(sides.iter().map(|side| &side.term)),
            RuleKind::Condition(term) => terms.push(term),
            RuleKind::Bounds(..) => {}
        }
        for term in terms.into_iter().filter(|term| looks_back(term)) {
            let form = rule.form.and_then(|form| forms.get(form));
            let of_form = form.map(|form| &form.applicability).into_iter();
            found.push((term, of_form.chain([&rule.applicability]).collect()));
        }
    }
    found
}

fn looks_back(term: &Term) -> bool {
    let mut found = matches!(term.kind, TermKind::YearToDate(_) | TermKind::Previous(_));
    term.for_each_child(&mut |child| found = found || looks_back(child));
    found
}

/// The reported periods that make up the year up to each period, for the days of the report or of one form; `None` where they are not known beforehand.
type Covers = BTreeMap<(Option<usize>, Period), Option<Result<Vec<Period>, Hole>>>;

fn report(
    context: &mut Context,
    file: FileId,
    span: Span,
    covers: Vec<(Period, &Result<Vec<Period>, Hole>)>,
    previous: &BTreeSet<Period>,
) {
    let hole = covers
        .iter()
        .find_map(|(period, cover)| Some((period, cover.as_ref().err()?)));
    if let Some((period, Hole(days))) = hole {
        let problem = TimeProblem::HoleInYear {
            period: choice_words(PeriodChoice {
                kind: period.kind(),
                index: Some(period.index()).filter(|_| comes_often(period.kind())),
            }),
            hole: (show_date(days.from), show_date(days.to)),
        };
        context.report(problem, file, span);
    } else if !covers.is_empty()
        && covers
            .iter()
            .all(|(_, cover)| cover.as_ref().is_ok_and(|parts| parts.len() == 1))
        && covers.iter().all(|(period, _)| !comes_often(period.kind()))
    {
        context.report(TimeProblem::YearToDateIsItself, file, span);
    }
    if previous
        .iter()
        .any(|period| period.kind() == PeriodKind::NineMonths)
    {
        context.report(TimeProblem::PreviousIsYearAgo, file, span);
    }
}

/// Whether a year has several periods of the kind.
fn comes_often(kind: PeriodKind) -> bool {
    matches!(
        kind,
        PeriodKind::Day
            | PeriodKind::Week(_)
            | PeriodKind::TenDays
            | PeriodKind::Month
            | PeriodKind::Quarter
    )
}

/// The reported periods that make up the year up to a period; `None` where its days are not known beforehand, and for figures of a moment, which are not added over time.
fn cover(periods: &[PeriodRule], period: Period) -> Option<Result<Vec<Period>, Hole>> {
    let rules: Vec<Described> = periods.iter().map(PeriodRule::described).collect();
    let moment = reported_under(&rules, &period)?.rule().is_moment();
    (!moment).then(|| year_to_date(&rules, period))?
}

/// The periods in which all parts apply.
fn limited(all: &[Period], limits: &[&Applicability]) -> BTreeSet<Period> {
    all.iter()
        .filter(|period| {
            limits.iter().all(|limit| {
                limit.only_in.is_empty()
                    || limit.only_in.iter().any(|choice| choice.accepts(period))
            })
        })
        .copied()
        .collect()
}

fn collect(
    forms: &[Form],
    term: &Term,
    open: &BTreeSet<Period>,
    asked: &mut BTreeMap<Span, Asked>,
) {
    match &term.kind {
        TermKind::YearToDate(_) => {
            let here = asked.entry(term.span).or_default();
            for form in whose_days(forms, term) {
                // A formula is met in every row; the periods do not become more.
                let known = |period: &Period| here.to_date.contains(&(form, *period));
                if !open.iter().all(known) {
                    here.to_date
                        .extend(open.iter().map(|period| (form, *period)));
                }
            }
        }
        TermKind::Previous(_) => {
            let here = asked.entry(term.span).or_default();
            if here.previous.len() < open.len() || !open.is_subset(&here.previous) {
                here.previous.extend(open);
            }
        }
        _ => {}
    }
    term.for_each_child(&mut |child| collect(forms, child, open, asked));
}
