//! Whether a figure of another regime says what the place that reads it says: about the same days, of the same nature, in the same vintage; and ranges of such figures.
//!
//! Measures are compared like those of any formula. It deliberately does not find regimes and forms; [`super::foreign`] does. What is not known is no mismatch.

use super::cell_type::statement::Statement;
use super::cells::Made;
use super::context::Context;
use super::expression::{ForeignCell, Quantity, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::kinds::SAMPLE_YEAR;
use super::model::{
    FormTime, PeriodRule, Regime,
    cell::{Modality, Source, Vintage},
    form::{Form, Rows},
};
use super::natures::Nature;
use super::periods::periods_in;
use super::resolve::Resolver;
use super::shared::Shared;
use super::statements;
use crate::calendar::{DateRange, Period};
use crate::diagnostic::problem::meaning::foreign::ForeignProblem;
use crate::diagnostic::problem::meaning::name::RowFault;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Pick};

/// A period in which two regimes describe other days.
fn days_apart(
    own: (&[PeriodRule], &FormTime),
    other: (&[PeriodRule], &FormTime),
) -> Option<(Period, DateRange, DateRange)> {
    let described = |rule: &PeriodRule, time: &FormTime, period: &Period| {
        rule.nearest(time).described().span(period)
    };
    own.0.iter().find_map(|rule| {
        periods_in(rule, SAMPLE_YEAR)
            .into_iter()
            .find_map(|period| {
                let there = other.0.iter().find(|there| there.choice.accepts(&period))?;
                let ours = described(rule, own.1, &period)?;
                let theirs = described(there, other.1, &period)?;
                (ours != theirs).then_some((period, ours, theirs))
            })
    })
}

/// The mismatch of the days described, if there is one.
pub(super) fn of_days(
    context: &Context,
    own: Option<&FormDraft>,
    regime: &Regime,
    form: &Form,
) -> Option<ForeignProblem> {
    let silent = FormTime::default();
    let own_time = own.map_or(&silent, |draft| &draft.form.time);
    let rules = &context.reported_parts.rules;
    let (period, ours, theirs) = days_apart((rules, own_time), (&regime.periods, &form.time))?;
    Some(ForeignProblem::OtherDays {
        regime: regime.name.clone(),
        period: (period.name_vi(), period.name_en()),
        ours: ours.to_string(),
        theirs: theirs.to_string(),
    })
}

/// What the figures of other regimes in a formula are and the place of the formula is not.
pub(super) fn mismatches(
    context: &Context,
    shared: &Shared,
    draft: &FormDraft,
    made: &Made,
    side: &Term,
) -> Vec<ForeignProblem> {
    let Ok(own) = statements::layer(shared, &made.places) else {
        return Vec::new();
    };
    let defaults = statements::of(&draft.defaults, &shared.words);
    let mut own = own.over(&defaults);
    if matches!(own.modality, None | Some(Modality::Actual(None))) {
        let vintage = common_vintage(&context.reported_parts.rules, &draft.form.time);
        own.modality = vintage.map(|vintage| Modality::Actual(Some(vintage)));
    }
    of_claims(&own, side)
}

/// What a cell of another regime yields, in the vintage of its regime, period or form where it states none itself.
pub(super) fn settled(mut found: Quantity, regime: &Regime, form: &Form) -> Quantity {
    if found.additivity.modality == Some(Modality::Actual(None)) {
        let vintage = common_vintage(&regime.periods, &form.time);
        found.additivity.modality = Some(Modality::Actual(vintage));
    }
    found
}

/// How settled the figures of a form are, where that is the same in every period.
fn common_vintage(rules: &[PeriodRule], time: &FormTime) -> Option<Vintage> {
    let of = |rule: &PeriodRule| time.vintage.or(rule.vintage);
    let (first, others) = rules.split_first()?;
    let vintage = of(first)?;
    let same = others.iter().all(|rule| of(rule) == Some(vintage));
    same.then_some(vintage)
}

/// The mismatches of nature and vintage between what a place states and the figures of other regimes that its formula is made of. A figure inside a product or a quotient
/// is no part of the result.
fn of_claims(stated: &Statement, side: &Term) -> Vec<ForeignProblem> {
    let mut cells = Vec::new();
    addends(side, &mut cells);
    let mut found = Vec::new();
    for cell in cells {
        let there = &cell.quantity.additivity;
        // A mixture or a ratio has no nature that could be stated of it.
        let mixed = matches!(there.nature, Nature::Mixed | Nature::Ratio);
        if let Some(nature) = stated.nature
            && !mixed
            && !there.nature.may_be_stated_as(nature)
            && let (Some(ours), Some(theirs)) = (nature.word(), there.nature.word())
        {
            let regime = cell.regime.clone();
            found.push(ForeignProblem::OtherNature {
                regime,
                ours,
                theirs,
            });
        }
        if let (Some(ours), Some(theirs)) = (vintage(stated.modality), vintage(there.modality))
            && ours != theirs
        {
            found.push(ForeignProblem::OtherVintage {
                regime: cell.regime.clone(),
                ours: vintage_word(ours),
                theirs: vintage_word(theirs),
            });
        }
    }
    found
}

fn vintage(modality: Option<Modality>) -> Option<Vintage> {
    match modality {
        Some(Modality::Actual(vintage)) => vintage,
        _ => None,
    }
}

fn vintage_word(vintage: Vintage) -> (&'static str, &'static str) {
    match vintage {
        Vintage::Estimate => ("ước tính", "an estimate"),
        Vintage::Preliminary => ("sơ bộ", "preliminary"),
        Vintage::Final => ("chính thức", "final"),
    }
}

fn addends<'t>(term: &'t Term, found: &mut Vec<&'t ForeignCell>) {
    match &term.kind {
        TermKind::Foreign(cell) => found.push(cell),
        TermKind::Sum(terms) => terms.iter().for_each(|(_, term)| addends(term, found)),
        TermKind::SumOf(terms) => terms.iter().for_each(|term| addends(term, found)),
        TermKind::Negate(inner) => addends(inner, found),
        _ => {}
    }
}

impl Resolver<'_, '_, '_, '_> {
    /// The cells that a range or `*` in another regime's form stands for; nothing where it leads nowhere.
    pub(super) fn several_elsewhere(&mut self, written: &CellRef) -> Option<Vec<Term>> {
        let (regime, form) = self.form_elsewhere(written)?;
        let (rows, column) = match written.picks.as_slice() {
            [column] => (
                vec![self.own_row_elsewhere(&form, column, written)?],
                column,
            ),
            [row, column] => (self.rows_elsewhere(&form, row)?, column),
            _ => return None,
        };
        let columns = match &column.value {
            Pick::Range(from, to) => {
                let from = Spanned::new(Pick::Place(from.value.clone()), from.span);
                let to = Spanned::new(Pick::Place(to.value.clone()), to.span);
                let first = self.foreign_column(&form, &from);
                let last = self.foreign_column(&form, &to);
                figures_between(&form, first?, last?)
            }
            _ => vec![self.foreign_column(&form, column)?],
        };
        let mut terms = Vec::new();
        for row in &rows {
            for column in &columns {
                let Some(cell) = self.cell_elsewhere(&regime, &form, row.clone(), *column) else {
                    continue;
                };
                terms.push(Term::new(TermKind::Foreign(Box::new(cell)), written.span));
            }
        }
        Some(terms)
    }

    fn rows_elsewhere(&mut self, form: &Form, pick: &Spanned<Pick>) -> Option<Vec<RowPick>> {
        let keys = |positions: &mut dyn Iterator<Item = usize>| -> Vec<RowPick> {
            positions
                .filter_map(|position| form.row_key(position).map(RowPick::Entry))
                .collect()
        };
        match (&pick.value, form.rows) {
            (Pick::All, Rows::Written) => {
                let rows = form.written.iter().enumerate();
                let outermost = rows.filter(|(_, row)| !row.heading && row.parent.is_none());
                Some(keys(&mut outermost.map(|(position, _)| position)))
            }
            (Pick::All, Rows::From(catalog) | Rows::ChosenFrom(catalog)) => {
                let entries = &self.shared.words.catalogs.get(catalog)?.entries;
                let outermost = entries.iter().filter(|entry| entry.parent.is_none());
                Some(
                    outermost
                        .map(|entry| RowPick::Entry(entry.name.clone()))
                        .collect(),
                )
            }
            (Pick::Range(from, to), Rows::Written) => {
                let position = |resolver: &mut Self, name: &Spanned<String>| {
                    let pick = Spanned::new(Pick::Place(name.value.clone()), name.span);
                    let RowPick::Entry(key) = resolver.foreign_row(form, &pick)? else {
                        return None;
                    };
                    let mut rows = form.written.iter().enumerate();
                    rows.find(|(place, row)| row.key(*place) == key)
                        .map(|(place, _)| place)
                };
                let (first, last) = (position(self, from), position(self, to));
                let (first, last) = (first?, last?);
                let inside = |row: usize| {
                    std::iter::successors(Some(row), |at| form.written.get(*at)?.parent)
                        .take(form.written.len())
                        .skip(1)
                        .any(|outer| outer >= first)
                };
                let meant = (first..=last).filter(|row| {
                    form.written.get(*row).is_some_and(|line| !line.heading) && !inside(*row)
                });
                Some(keys(&mut meant.into_iter()))
            }
            (Pick::Range(..), _) => {
                self.foreign_fault(form, RowFault::ManyOutsideSum, pick.span);
                None
            }
            _ => self.foreign_row(form, pick).map(|row| vec![row]),
        }
    }
}

/// The figure columns from one to another that are not parts of another one between them.
fn figures_between(form: &Form, first: usize, last: usize) -> Vec<usize> {
    let members: Vec<usize> = (first..=last)
        .filter(|column| {
            let found = form.columns.get(*column);
            found.is_some_and(|column| !column.head && column.cell.source != Source::Closed)
        })
        .collect();
    let parts: Vec<usize> = members
        .iter()
        .flat_map(|column| {
            let of_column = form.columns.get(*column).map(|column| &column.cell);
            let rows = form.cells.iter().filter(move |((_, of), _)| of == column);
            of_column.into_iter().chain(rows.map(|(_, cell)| cell))
        })
        .flat_map(
            |cell| match cell.chain.first().map(|side| &side.term.kind) {
                Some(TermKind::Sum(terms)) if terms.iter().all(|(plus, _)| *plus) => terms
                    .iter()
                    .filter_map(|(_, term)| match &term.kind {
                        TermKind::Cell(cell) => Some(cell.column),
                        _ => None,
                    })
                    .collect(),
                _ => Vec::new(),
            },
        )
        .collect();
    members
        .into_iter()
        .filter(|column| !parts.contains(column))
        .collect()
}
