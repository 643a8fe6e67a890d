//! In which periods the cells of a regime are there: those of its own forms, and those of other regimes that it reads.
//!
//! A cell is there when its form, its row and its column apply. It deliberately knows only periods, and nothing of whose report it is or of conditions that are answered in it. What
//! could not be resolved is there always.

use super::expression::{Cell, ForeignCell, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::kinds::SAMPLE_YEAR;
use super::model::form::{Form, Rows};
use super::model::{PeriodRule, Regime};
use super::periods::periods_in;
use super::times::{Pool, Times, TimesId};
use crate::calendar::{Date, DateRange, Period, PeriodKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// When a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// In the report at hand, or in one of the same period.
    Now,
    /// In the report of the same period of the year before.
    LastYear,
    /// In the report of the period before.
    Before,
    /// In the report whose figures are carried over.
    Carried,
}

/// The form and the written row that a text is read in, where it stands in one.
pub(super) type At = Option<(usize, usize)>;

/// What is known of the cells that were asked about.
pub(super) struct There<'l, 'a> {
    /// The forms of the regime.
    pub forms: &'l [FormDraft<'a>],
    /// The sets of periods that were met.
    pub pool: Pool,
    /// The periods that the regime reports.
    pub reported: TimesId,
    periods: &'l [PeriodRule],
    /// By form, row and column.
    cells: BTreeMap<(usize, Option<usize>, usize), TimesId>,
    /// The regimes whose figures may be read.
    analysed: Vec<Arc<Regime>>,
    /// Where they stand by name and version, once that is asked.
    elsewhere: Option<BTreeMap<(String, u32), usize>>,
    /// The days of regimes that are never in force together with the one at hand.
    apart: BTreeMap<String, Option<(Date, Option<Date>)>>,
    /// The periods of two years with the days of their figures, for the report and for forms with days of their own.
    windows: BTreeMap<Option<usize>, Vec<(Period, DateRange)>>,
    /// Whether some earlier report has a cell, by the place that reads it and by the cell.
    earlier: BTreeMap<(Option<usize>, TimesId, TimesId, When), bool>,
}

impl<'l, 'a> There<'l, 'a> {
    /// Nothing was asked yet.
    pub fn of(
        periods: &'l [PeriodRule],
        forms: &'l [FormDraft<'a>],
        analysed: Vec<Arc<Regime>>,
    ) -> Self {
        let mut pool = Pool::default();
        let choices: Vec<_> = periods.iter().map(|rule| rule.choice).collect();
        let reported = pool.keep(Times::of(&choices));
        There {
            forms,
            pool,
            reported,
            periods,
            cells: BTreeMap::new(),
            analysed,
            elsewhere: None,
            apart: BTreeMap::new(),
            windows: BTreeMap::new(),
            earlier: BTreeMap::new(),
        }
    }

    /// The regimes that were lent to it, when nothing more is asked.
    pub fn gives_back(&mut self) -> Vec<Arc<Regime>> {
        std::mem::take(&mut self.analysed)
    }

    /// When a side has a figure: a sum when one of its parts has, everything else when all parts have.
    pub fn open(&mut self, term: &Term, at: At) -> TimesId {
        match &term.kind {
            TermKind::Cell(cell) => {
                let draft = self.forms.get(cell.form);
                let row = draft.and_then(|draft| own_row(&draft.form, cell, at));
                self.of_cell(cell.form, row, cell.column)
            }
            TermKind::Foreign(cell) => match self.of_foreign(cell) {
                Some((_, times)) => times,
                None => self.pool.always(),
            },
            TermKind::Sum(terms) => self.any(terms.iter().map(|(_, term)| term), at),
            TermKind::SumOf(terms) | TermKind::Minimum(terms) | TermKind::Maximum(terms) => {
                self.any(terms.iter(), at)
            }
            TermKind::Product(one, other)
            | TermKind::Quotient(one, other)
            | TermKind::Growth(one, other) => {
                let (one, other) = (self.open(one, at), self.open(other, at));
                self.pool.and(one, other)
            }
            TermKind::YearAgo(inner)
            | TermKind::Negate(inner)
            | TermKind::Absolute(inner)
            | TermKind::Round(inner, _)
            | TermKind::Bare(inner)
            | TermKind::SumBelow(inner)
            | TermKind::Rank(inner)
            | TermKind::Chosen(inner, _) => self.open(inner, at),
            TermKind::Over(over) => self.of_form(over.list),
            _ => self.pool.always(),
        }
    }

    fn any<'t>(&mut self, terms: impl Iterator<Item = &'t Term>, at: At) -> TimesId {
        let mut all = None;
        for term in terms {
            let open = self.open(term, at);
            all = Some(match all {
                Some(known) => self.pool.or(known, open),
                None => open,
            });
        }
        match all {
            Some(all) => all,
            None => self.pool.always(),
        }
    }

    /// When a form is there.
    pub fn of_form(&mut self, form: usize) -> TimesId {
        let Some(draft) = self.forms.get(form) else {
            return self.pool.always();
        };
        let own = Times::of(&draft.form.applicability.only_in);
        let own = self.pool.keep(own);
        self.pool.and(self.reported, own)
    }

    /// When a row of a form is there.
    pub fn of_row(&mut self, form: usize, row: usize, of_form: TimesId) -> TimesId {
        let draft = self.forms.get(form);
        let Some(row) = draft.and_then(|draft| draft.form.written.get(row)) else {
            return of_form;
        };
        let own = self.pool.keep(Times::of(&row.applicability.only_in));
        self.pool.and(of_form, own)
    }

    /// When a cell is there.
    pub fn of_cell(&mut self, form: usize, row: Option<usize>, column: usize) -> TimesId {
        let draft = self.forms.get(form);
        let written = draft.is_some_and(|draft| draft.form.rows == Rows::Written);
        let row = row.filter(|_| written);
        let key = (form, row, column);
        if let Some(known) = self.cells.get(&key) {
            return *known;
        }
        let of_form = self.of_form(form);
        let of_row = match row {
            Some(row) => self.of_row(form, row, of_form),
            None => of_form,
        };
        let cell = draft.and_then(|draft| draft.form.cell(row, column));
        let own = cell.map_or(Times::Always, |cell| Times::of(&cell.applicability.only_in));
        let own = self.pool.keep(own);
        let found = self.pool.and(of_row, own);
        self.cells.insert(key, found);
        found
    }

    /// The form of a cell of another regime, and when the cell is there.
    pub fn of_foreign(&mut self, cell: &ForeignCell) -> Option<(String, TimesId)> {
        let key = (cell.regime.clone(), cell.version);
        let analysed = &self.analysed;
        let places = self.elsewhere.get_or_insert_with(|| {
            let all = analysed.iter().enumerate();
            all.map(|(place, regime)| ((regime.name.clone(), regime.version), place))
                .collect()
        });
        let regime = Arc::clone(analysed.get(*places.get(&key)?)?);
        let form: &Form = regime.forms.named(&cell.form)?;
        let choices: Vec<_> = regime.periods.iter().map(|rule| rule.choice).collect();
        let own = form.columns.find(&cell.column);
        let own = own.and_then(|column| form.columns.get(column));
        let own = own.map_or(Times::Always, |own| {
            Times::of(&own.cell.applicability.only_in)
        });
        let times = Times::of(&choices).and(&Times::of(&form.applicability.only_in));
        let times = self.pool.keep(times.and(&own));
        Some((format!("{}.{}", cell.regime, cell.form), times))
    }

    /// The days of another regime where none of them is one of the regime at hand, as far as its versions are known: those of the latest.
    pub fn apart(
        &mut self,
        name: &str,
        in_force: (Option<Date>, Option<Date>),
    ) -> Option<(Date, Option<Date>)> {
        if let Some(known) = self.apart.get(name) {
            return *known;
        }
        let versions = self.analysed.iter().filter(|regime| regime.name == name);
        let mut latest: Option<(Date, Option<Date>)> = None;
        let mut meets = false;
        for regime in versions {
            let days = (regime.in_force_from, regime.in_force_until);
            let over = days
                .1
                .zip(in_force.0)
                .is_some_and(|(last, from)| last < from);
            let ahead = in_force.1.is_some_and(|last| last < days.0);
            meets = meets || !(over || ahead);
            latest = latest.max(Some(days));
        }
        let found = latest.filter(|_| !meets);
        self.apart.insert(name.to_owned(), found);
        found
    }

    /// Whether the earlier report of some period in which a place applies has a cell. What follows an event or a request has no list of periods, and may.
    pub fn had_before(
        &mut self,
        form: usize,
        (here, times): (TimesId, TimesId),
        when: When,
    ) -> bool {
        let own = self.forms.get(form).map(|draft| &draft.form.time);
        let own = own.filter(|time| time.window.is_some());
        let of = own.map(|_| form);
        if let Some(known) = self.earlier.get(&(of, here, times, when)) {
            return *known;
        }
        let (place, cell) = (self.pool.get(here), self.pool.get(times));
        let reported = self.pool.get(self.reported);
        let unlisted = place.choices().iter().any(|choice| {
            choice.kind.event().is_some()
                || matches!(choice.kind, PeriodKind::OnRequest | PeriodKind::Campaign(_))
        });
        let periods = self.periods;
        let windows = self.windows.entry(of).or_insert_with(|| match own {
            Some(time) => {
                let nearest: Vec<PeriodRule> =
                    periods.iter().map(|rule| rule.nearest(time)).collect();
                windows(&nearest)
            }
            None => windows(periods),
        });
        let in_year = |period: &Period| period.year() == Some(SAMPLE_YEAR);
        let mut asked = windows
            .iter()
            .filter(|(period, _)| in_year(period) && place.accepts(period))
            .peekable();
        let has = |period: &Period| reported.accepts(period) && cell.accepts(period);
        let found = unlisted
            || place == Times::Always
            || asked.peek().is_none()
            || match when {
                When::Now | When::LastYear => true,
                When::Before => {
                    asked.any(|(period, _)| period.previous().is_some_and(|before| has(&before)))
                }
                When::Carried => {
                    let ends: BTreeSet<_> = windows
                        .iter()
                        .filter(|(period, _)| has(period))
                        .map(|(_, window)| window.to)
                        .collect();
                    let mut begins: BTreeMap<_, _> = BTreeMap::new();
                    for (_, window) in windows.iter().filter(|(period, _)| has(period)) {
                        let first = begins.entry(window.from).or_insert(window.to);
                        *first = window.to.min(*first);
                    }
                    asked.any(|(_, window)| {
                        let shorter = begins.get(&window.from);
                        ends.contains(&window.day_before())
                            || shorter.is_some_and(|end| *end < window.to)
                    })
                }
            };
        self.earlier.insert((of, here, times, when), found);
        found
    }
}

/// The written row of a cell; none where it is that of no single one.
pub(super) fn own_row(form: &Form, cell: &Cell, at: At) -> Option<usize> {
    match &cell.row {
        RowPick::Entry(key) => form.row_of_key(key),
        RowPick::Current => at
            .filter(|(form, _)| *form == cell.form)
            .map(|(_, row)| row),
        RowPick::Total | RowPick::Others | RowPick::All => None,
    }
}

/// The periods of two years, with the days of their figures.
fn windows(periods: &[PeriodRule]) -> Vec<(Period, DateRange)> {
    let years = [SAMPLE_YEAR.saturating_sub(1), SAMPLE_YEAR].into_iter();
    let all = years.flat_map(|year| {
        let rules = periods.iter();
        rules.flat_map(move |rule| {
            let found = periods_in(rule, year).into_iter();
            found.filter_map(move |period| Some((period, rule.window_of(&period)?)))
        })
    });
    all.collect()
}
