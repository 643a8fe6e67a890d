//! Figures cumulated from the start of the year (lũy kế từ đầu năm), each by its nature, over the reports that make up the year.
//!
//! What happened is added, each part in the best vintage known; a mean is weighted; a level is that of the end; a ratio is computed again from cumulated figures. It does
//! not choose which reports count. The year is made up of the reports whose days, as they hold for the form, follow one another. A report that is missing makes a sum partial and a mean blank.

use crate::calendar::Period;
use crate::eval::cell::{BlankReason, MissingPart};
use crate::eval::compute::{Reading, Scope};
use crate::eval::cover;
use crate::eval::operation::{self, Operand};
use crate::eval::over::Gathered;
use crate::eval::partial::PartialSum;
use crate::eval::vintages::moves;
use crate::number::Number;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Extent, Modality, Nature, Source, ValueType};
use crate::plan::expression::{Expression, ExpressionId, Over};
use crate::plan::header::RegimeHeader;

/// A part of the year: its period, and its report if there is one.
type Part<'a> = (Period, Option<Scope<'a>>);

impl<'a> Scope<'a> {
    /// `year to date(…)` in this document.
    pub(super) fn year_to_date(&self, inner: ExpressionId, row: &Row) -> Operand {
        Scope {
            reading: Reading::ToDate,
            ..*self
        }
        .operand(inner, row)
    }

    /// What is not put together from cumulated operands, while figures are cumulated; `None` for everything that is.
    pub(super) fn whole_to_date(&self, id: ExpressionId, row: &Row) -> Option<Operand> {
        let own = self.as_stated();
        match self.plan.validation_program.expression(id)? {
            // Runs since the start of the year already, or is meant for the whole of it.
            Expression::YearToDate(_) | Expression::Plan { .. } | Expression::Rank(_) => {
                Some(own.operand(id, row))
            }
            Expression::Over(over) => Some(self.list_to_date(over, row)),
            Expression::Opening(_) => {
                let header = self.header_of(id);
                Some(self.first(&header, |first| first.operand(id, row)))
            }
            // What other regimes say of a period is known without a report of this one.
            Expression::Foreign(reference) => {
                let header = self.header_of(id);
                let there = self.definition_elsewhere(reference);
                let before = there.is_some_and(|cell| cell.extent.ends_before());
                let of = |part: &Scope<'a>| (part.operand(id, row), None);
                Some(self.over_windows((&header, true, before), of))
            }
            // Cumulated up to the end of the period before.
            Expression::Previous(inner) => Some(self.previous(*inner, row)),
            Expression::OverEvents(_) | Expression::SumBelow(_) | Expression::CountBelow(_) => {
                let header = self.header_of(id);
                let of = |part: &Scope<'a>| (part.operand(id, row), None);
                Some(self.over_windows((&header, false, false), of))
            }
            _ => None,
        }
    }

    /// One cell, cumulated by its nature.
    pub(super) fn cell_to_date(&self, at: &CellAddress) -> Operand {
        let own = self.as_stated();
        let header = self.plan.header_for(at.form);
        let Some(definition) = self.definition(at) else {
            return own.stated(at);
        };
        let plan = matches!(definition.modality, Modality::Plan(_));
        let figure = matches!(definition.value, ValueType::Number { .. });
        let running = definition.extent.runs_up() || definition.extent == Extent::PlanYear;
        let before = definition.extent == Extent::Previous;
        let recomputed = match definition.source {
            Source::Computed(formula) => Some(formula),
            Source::Entered | Source::Carried(_) | Source::Closed => None,
        };
        match (definition.nature, recomputed) {
            _ if plan || !figure => own.stated(at),
            (Nature::Ratio | Nature::Mixed, Some(formula)) => self.operand(formula, &at.row),
            _ if running => own.stated(at),
            // Adding the results of such a formula would differ from computing it once more, and only the second is ever done.
            (Nature::Flow, Some(formula))
                if !is_linear(self.plan, formula) && !moves(self.plan, formula) =>
            {
                self.operand(formula, &at.row)
            }
            (Nature::Flow, _) => self.over_windows((&header, false, before), |part| {
                let at = self.same_cell(part, at);
                (part.stated(&at), Some(at))
            }),
            (Nature::Stock | Nature::NotOverTime, _) => own.stated(at),
            (Nature::Opening, _) => {
                self.first(&header, |first| first.stated(&self.same_cell(first, at)))
            }
            // What the first report says again is a figure of the year before.
            (Nature::PeriodAverage | Nature::AverageBy(_), _) if before => {
                Operand::Blank(BlankReason::PeriodMissing(MissingPart::Any))
            }
            (Nature::PeriodAverage, _) => self.mean(&header, at, |_, length| {
                Operand::Given(Number::from_i64(length.into()))
            }),
            (Nature::AverageBy(weight), _) => {
                self.mean(&header, at, |part, _| part.operand(weight, &at.row))
            }
            (Nature::Index | Nature::Score | Nature::None, _)
            | (Nature::Ratio | Nature::Mixed, None) => {
                Operand::Blank(BlankReason::PeriodMissing(MissingPart::Any))
            }
        }
    }

    /// The reports that make up the year up to this one, itself last, by the days that a header states.
    fn parts(&self, header: &RegimeHeader) -> Option<Vec<Part<'a>>> {
        let moment = self.moment?;
        let parts = cover::year_to_date(header, moment.period)?;
        let document = |period: Period| match period == moment.period {
            true => Some(self.as_stated()),
            false => self.at(period).ok(),
        };
        Some(
            parts
                .into_iter()
                .map(|period| (period, document(period)))
                .collect(),
        )
    }

    /// The sum over all parts of what `of` finds in each: the figure, and the cell it is if a later report may state it again. What is known elsewhere needs no
    /// report of its own. A figure about the period before runs to the end of that period: what the first report of the year says is of the year before.
    fn over_windows(
        &self,
        (header, elsewhere, before): (&RegimeHeader, bool, bool),
        of: impl Fn(&Scope<'a>) -> (Operand, Option<CellAddress>),
    ) -> Operand {
        let Some(parts) = self.parts(header) else {
            return Operand::Blank(BlankReason::NoEarlierReport);
        };
        let periods: Vec<Period> = parts.iter().map(|(period, _)| *period).collect();
        let left_out = match before {
            true => match of_the_year_before(&periods) {
                Some(first) => first,
                None => return Operand::Blank(BlankReason::PeriodMissing(MissingPart::Any)),
            },
            false => 0,
        };
        if left_out == parts.len() {
            return Operand::Nil;
        }
        let (own, _) = of(&self.as_stated());
        if matches!(
            own,
            Operand::Blank(_) | Operand::Value(_) | Operand::LeftOut(_)
        ) {
            return own;
        }
        let mut sum = PartialSum::new();
        for (period, document) in parts.into_iter().skip(left_out) {
            let without = || elsewhere.then(|| self.beside(period)).flatten();
            match document.or_else(without) {
                Some(document) => {
                    let (stated, cell) = of(&document);
                    let better = cell.map(|at| document.best(&at));
                    let better =
                        better.filter(|found| matches!(found, Operand::Given(_) | Operand::Nil));
                    sum.add_known(&stated, better);
                }
                None => {
                    // The report is missing, but the next one may state its figure again.
                    let (_, cell) = of(&self.as_stated());
                    let better = cell.and_then(|at| self.beside(period)?.revised(&at));
                    sum.add_known(&Operand::Blank(BlankReason::NoEarlierReport), better);
                }
            }
        }
        sum.finish()
    }

    /// A figure of the first part of the year.
    fn first(&self, header: &RegimeHeader, of: impl Fn(&Scope<'a>) -> Operand) -> Operand {
        let missing = || Operand::Blank(BlankReason::PeriodMissing(MissingPart::First));
        match self
            .parts(header)
            .and_then(|parts| parts.into_iter().next())
        {
            Some((_, Some(document))) => of(&document),
            Some((_, None)) | None => missing(),
        }
    }

    /// The mean of the parts by weights; a part without a report leaves it blank.
    fn mean(
        &self,
        header: &RegimeHeader,
        at: &CellAddress,
        weight: impl Fn(&Scope<'a>, i32) -> Operand,
    ) -> Operand {
        let Some(parts) = self.parts(header) else {
            return Operand::Blank(BlankReason::NoEarlierReport);
        };
        let missing = || Operand::Blank(BlankReason::PeriodMissing(MissingPart::Any));
        let periods: Vec<Period> = parts.iter().map(|(period, _)| *period).collect();
        let lengths = cover::lengths(header, &periods);
        operation::weighted_mean(
            parts
                .into_iter()
                .zip(lengths)
                .map(|((_, document), length)| match document {
                    Some(document) => {
                        let at = self.same_cell(&document, at);
                        let value = match document.best(&at) {
                            Operand::Blank(_) => missing(),
                            known => known,
                        };
                        let best = Scope {
                            reading: Reading::Best,
                            ..document
                        };
                        (value, weight(&best, length))
                    }
                    None => (missing(), missing()),
                }),
        )
    }

    /// A figure over the rows of the lists of all parts: keys are counted once in the whole year.
    fn list_to_date(&self, over: &Over, row: &Row) -> Operand {
        let Some(parts) = self.parts(&self.plan.header_for(over.list)) else {
            return Operand::Blank(BlankReason::NoEarlierReport);
        };
        let mut gathered = Gathered::default();
        let mut count = PartialSum::new();
        for (_, document) in parts {
            match document {
                Some(document) => {
                    document.gather(over, row, &mut gathered);
                    count.add(Operand::Nil);
                }
                None => count.add(Operand::Blank(BlankReason::NoEarlierReport)),
            }
        }
        let found = gathered.finish(over.function);
        match (count.finish(), found.number()) {
            (Operand::Partial(_, basis), Some(number)) => Operand::Partial(number, basis),
            _ => found,
        }
    }
}

/// How many of the periods that make up a year say of the period before what is of the year before: the first, unless its kind comes once a year. None where the periods are
/// not each the one before the next, so that what they say of the period before does not make up the year.
fn of_the_year_before(periods: &[Period]) -> Option<usize> {
    let in_a_row = periods
        .iter()
        .zip(periods.iter().skip(1))
        .all(|(one, next)| next.previous().as_ref() == Some(one));
    let first = periods.first()?;
    let same_year = |other: &Period| other.year() == first.year();
    let often = first.next().as_ref().is_some_and(same_year)
        || first.previous().as_ref().is_some_and(same_year);
    in_a_row.then_some(usize::from(often))
}

/// Whether a formula is a sum of cells times numbers, so that adding its results and computing it from sums come to the same.
fn is_linear(plan: &CompiledRegime, id: ExpressionId) -> bool {
    let linear = |id: &ExpressionId| is_linear(plan, *id);
    let number = |id: &ExpressionId| {
        matches!(
            plan.validation_program.expression(*id),
            Some(Expression::Literal(_))
        )
    };
    match plan.validation_program.expression(id) {
        Some(Expression::Cell(_)) => true,
        Some(Expression::Sum(terms)) => terms.iter().all(|(_, term)| linear(term)),
        Some(Expression::SumOf(terms)) => terms.iter().all(linear),
        Some(Expression::Negate(inner) | Expression::Scale(inner, _)) => linear(inner),
        Some(Expression::Product(left, right)) => {
            (number(left) && linear(right)) || (linear(left) && number(right))
        }
        Some(Expression::Quotient(above, below)) => linear(above) && number(below),
        _ => false,
    }
}
