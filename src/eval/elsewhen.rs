//! Operators that read other times: previous, year ago, year to date, opening, plan, over events; and those over the reports below.
//!
//! It does not choose which reports count: the archive holds them. What is missing leaves the result blank with its own reason, or partial for a year to date; an
//! older figure never takes the place of a missing one.

use crate::calendar::{DateRange, Period, PeriodKind};
use crate::eval::archive::{Archive, Document, EndedEvent, PlanKey};
use crate::eval::cell::BlankReason;
use crate::eval::compute::{Reading, Scope, outermost};
use crate::eval::earlier::{CarrySource, earlier, window_of};
use crate::eval::evaluate::Evaluation;
use crate::eval::operation::Operand;
use crate::eval::partial::PartialSum;
use crate::eval::references::{children, reads};
use crate::plan::address::Row;
use crate::plan::cell::{Nature, Source};
use crate::plan::expression::{Expression, ExpressionId, RowReference};
use crate::plan::form::FormIndex;
use crate::plan::header::RegimeHeader;
use std::borrow::Cow;

/// Where in time a document stands, and what is known of other times.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The period of the document.
    pub period: Period,
    /// What is known beside it.
    pub archive: &'a Archive<'a>,
}

/// Why a document of another time cannot be read.
pub(super) enum Absent {
    /// There is none.
    NoReport,
    /// Reports of predecessors are missing, by name.
    Predecessors(Vec<String>),
}

impl Absent {
    fn reason(self, without: BlankReason) -> BlankReason {
        match self {
            Absent::NoReport => without,
            Absent::Predecessors(names) => BlankReason::PredecessorsMissing(names),
        }
    }
}

impl<'a> Scope<'a> {
    /// The document of another period as this one may read it.
    pub(super) fn at(&self, period: Period) -> Result<Scope<'a>, Absent> {
        let moment = self.moment.ok_or(Absent::NoReport)?;
        let document = |report: &'a Evaluation| Scope {
            moment: Some(Moment { period, ..moment }),
            reader: self.as_reader(),
            ..Scope::of_report(self.plan, report)
        };
        match moment.archive.document(period) {
            Some(Document::Report(report)) => Ok(document(report)),
            Some(Document::Restated(report)) => Ok(document(report)),
            Some(Document::PredecessorsMissing(names)) => Err(Absent::Predecessors(names.clone())),
            None => Err(Absent::NoReport),
        }
    }

    /// The document of another period for an expression. What other regimes say of that period is known without a report of this one.
    fn at_for(&self, period: Period, inner: ExpressionId) -> Result<Scope<'a>, Absent> {
        match self.at(period) {
            Err(Absent::NoReport) if reads(&self.plan.validation_program, inner).is_empty() => {
                self.beside(period).ok_or(Absent::NoReport)
            }
            found => found,
        }
    }

    /// A period without a report of its own: only what others say about it can be read.
    pub(super) fn beside(&self, period: Period) -> Option<Scope<'a>> {
        let moment = self.moment?;
        Some(Scope {
            moment: Some(Moment { period, ..moment }),
            reader: self.as_reader(),
            ..self.as_stated()
        })
    }

    /// The document that `previous(…)` reads: the preceding period of the kind, within an event its latest earlier report.
    pub(super) fn before(&self) -> Option<Scope<'a>> {
        self.at(preceding(&self.moment?)?).ok()
    }

    pub(super) fn previous(&self, inner: ExpressionId, row: &Row) -> Operand {
        let Some(moment) = self.moment else {
            return Operand::Blank(BlankReason::NoEarlierReport);
        };
        // Cumulated up to the end of the period before, where figures are cumulated.
        let to_date = self.reading == Reading::ToDate;
        let added_up = to_date && !self.is_level(inner, row);
        if is_first_of_year(moment.period) && (added_up || self.runs_since_year(inner, row)) {
            return Operand::Nil;
        }
        let found = preceding(&moment).ok_or(Absent::NoReport);
        match found.and_then(|period| self.at_for(period, inner)) {
            Ok(scope) => {
                let row = self.same_row(&scope, inner, row);
                let reading = match to_date {
                    true => Reading::ToDate,
                    false => Reading::Best,
                };
                let there = Scope { reading, ..scope };
                there.operand(inner, &row).from_earlier_report()
            }
            Err(absent) => Operand::Blank(absent.reason(BlankReason::NoEarlierReport)),
        }
    }

    /// Whether an expression yields a figure that runs from the start of the year, so that before the first report there is nothing to miss.
    fn runs_since_year(&self, id: ExpressionId, row: &Row) -> bool {
        let program = &self.plan.validation_program;
        match program.expression(id) {
            Some(Expression::YearToDate(_)) => true,
            Some(Expression::Scale(inner, _) | Expression::Negate(inner)) => {
                self.runs_since_year(*inner, row)
            }
            Some(Expression::Cell(reference)) => {
                let key = match &reference.row {
                    RowReference::Entry(name) => name.as_str(),
                    RowReference::Total => Row::Total.key(),
                    RowReference::Current | RowReference::Others | RowReference::All => row.key(),
                };
                let form = self.plan.form_definition.form(reference.form);
                let definition = form.and_then(|form| form.cell(key, reference.column));
                definition.is_some_and(|cell| {
                    let formula = match cell.source {
                        Source::Computed(formula) => program.expression(formula),
                        Source::Entered | Source::Carried(_) | Source::Closed => None,
                    };
                    cell.extent.runs_since_year()
                        || matches!(formula, Some(Expression::YearToDate(_)))
                })
            }
            Some(Expression::Foreign(reference)) => self
                .definition_elsewhere(reference)
                .is_some_and(|cell| cell.extent.runs_since_year()),
            Some(Expression::Sum(terms)) => terms
                .iter()
                .any(|(_, term)| self.runs_since_year(*term, row)),
            _ => false,
        }
    }

    /// Whether an expression is a cell of which the year has no sum: it stands at a moment.
    fn is_level(&self, id: ExpressionId, row: &Row) -> bool {
        let Some(Expression::Cell(reference)) = self.plan.validation_program.expression(id) else {
            return false;
        };
        let cells = self.resolve(reference, row);
        cells.iter().any(|at| {
            self.definition(at)
                .is_some_and(|cell| matches!(cell.nature, Nature::Stock | Nature::Opening))
        })
    }

    pub(super) fn year_ago(&self, inner: ExpressionId, row: &Row) -> Operand {
        let period = self.moment.and_then(|moment| moment.period.year_ago());
        let found = match period
            .ok_or(Absent::NoReport)
            .and_then(|at| self.at_for(at, inner))
        {
            Ok(scope) => {
                let row = self.same_row(&scope, inner, row);
                let reading = match self.reading {
                    Reading::ToDate => Reading::ToDate,
                    Reading::Stated | Reading::Best => Reading::Best,
                };
                Scope { reading, ..scope }.operand(inner, &row)
            }
            Err(absent) => Operand::Blank(absent.reason(BlankReason::NoYearAgo)),
        };
        match found {
            Operand::Blank(
                BlankReason::ZeroDivisor
                | BlankReason::PredecessorsMissing(_)
                | BlankReason::NotMergeable
                | BlankReason::NotDivided
                | BlankReason::NotAssigned,
            ) => found,
            Operand::Blank(_) | Operand::LeftOut(_) => Operand::Blank(BlankReason::NoYearAgo),
            known => known,
        }
    }

    /// The header as it holds for the form whose figures an expression reads.
    pub(super) fn header_of(&self, id: ExpressionId) -> Cow<'a, RegimeHeader> {
        match self.form_read(id) {
            Some(form) => self.plan.header_for(form),
            None => Cow::Borrowed(&self.plan.header),
        }
    }

    fn form_read(&self, id: ExpressionId) -> Option<FormIndex> {
        match self.plan.validation_program.expression(id)? {
            Expression::Cell(reference) => Some(reference.form),
            Expression::Over(over) => Some(over.list),
            other => children(other)
                .into_iter()
                .find_map(|child| self.form_read(child)),
        }
    }

    pub(super) fn opening(&self, inner: ExpressionId, row: &Row) -> Operand {
        let missing = || Operand::Blank(BlankReason::NoEarlierReport);
        let Some(moment) = self.moment else {
            return missing();
        };
        let known = |period: Period| moment.archive.document(period).is_some();
        match earlier(&self.header_of(inner), moment.period, known).carry {
            CarrySource::Closing(period) => match self.at(period) {
                Ok(scope) => {
                    let row = self.same_row(&scope, inner, row);
                    scope.operand(inner, &row).from_earlier_report()
                }
                Err(absent) => Operand::Blank(absent.reason(BlankReason::NoEarlierReport)),
            },
            // The shorter report begins on the same day, so it opens with the same figure.
            CarrySource::Opening(period) => match self.at(period) {
                Ok(scope) => scope.opening(inner, row),
                Err(absent) => Operand::Blank(absent.reason(BlankReason::NoEarlierReport)),
            },
            CarrySource::None => missing(),
        }
    }

    pub(super) fn plan_value(
        &self,
        target: u32,
        indicator: u32,
        otherwise: Option<ExpressionId>,
        row: &Row,
    ) -> Operand {
        let definition = &self.plan.form_definition;
        let found = || {
            let moment = self.moment?;
            let key = PlanKey {
                target: definition.targets.get(target as usize)?.name.clone(),
                indicator: definition.indicators.get(indicator as usize)?.name.clone(),
                year: moment.period.year()?,
            };
            moment.archive.plan_value(&key)
        };
        match (found(), otherwise) {
            (Some(value), _) => Operand::Given(value.clone()),
            (None, Some(formula)) => self.operand(formula, row),
            (None, None) => Operand::Blank(BlankReason::NotAssigned),
        }
    }

    pub(super) fn over_events(&self, inner: ExpressionId, row: &Row) -> Operand {
        let Some(moment) = self.moment else {
            return Operand::Blank(BlankReason::NoEarlierReport);
        };
        let Some(window) = window_of(&self.header_of(inner), moment.period) else {
            return Operand::Blank(BlankReason::NoEarlierReport);
        };
        let inside = |event: &&EndedEvent| ended_inside(event, window);
        let events = moment.archive.events.iter().filter(inside);
        let values: Vec<Operand> = events
            .map(|event| {
                let end = self.at(event.end).ok();
                let document = end.or_else(|| self.at(event.last_day?).ok());
                match document {
                    Some(document) => document.operand(inner, row),
                    None => Operand::Blank(BlankReason::NoEarlierReport),
                }
            })
            .collect();
        if values.is_empty() {
            return Operand::Nil;
        }
        counted(values.into_iter())
    }

    pub(super) fn sum_below(&self, inner: ExpressionId, row: &Row) -> Operand {
        counted(self.below(inner, row).into_iter())
    }

    pub(super) fn count_below(&self, inner: ExpressionId, row: &Row) -> Operand {
        let answers = self.below(inner, row).into_iter().map(|value| match value {
            Operand::Given(_) | Operand::Partial(..) | Operand::Nil | Operand::Value(_) => {
                Operand::Given(crate::number::Number::one())
            }
            other => other,
        });
        counted(answers)
    }

    fn below(&self, inner: ExpressionId, row: &Row) -> Vec<Operand> {
        let Some(moment) = self.moment else {
            return Vec::new();
        };
        moment
            .archive
            .below
            .iter()
            .map(|below| match (below.report, below.unit) {
                (Some(report), _) => Scope::of_report(self.plan, report).operand(inner, row),
                (None, Some(unit)) if !self.asks(unit, inner, row) => Operand::Closed,
                (None, _) => Operand::Blank(BlankReason::NoEarlierReport),
            })
            .collect()
    }

    pub(super) fn rank(&self, inner: ExpressionId, row: &Row) -> Operand {
        let program = &self.plan.validation_program;
        let form = match program.expression(inner) {
            Some(Expression::Cell(reference)) => reference.form,
            _ => return Operand::Blank(BlankReason::Missing(Vec::new())),
        };
        let own = self.operand(inner, row);
        let Some(value) = own.number() else {
            return match own {
                Operand::Closed => Operand::Closed,
                other => Operand::Blank(
                    other
                        .blank_reason()
                        .unwrap_or(BlankReason::Missing(Vec::new())),
                ),
            };
        };
        let others: Vec<Operand> = outermost(self.rows, form)
            .map(|other| self.operand(inner, other))
            .collect();
        // A place among rows of which one is not known yet would change without anybody changing it.
        if let Some(blank) = others.iter().find_map(Operand::blank_reason) {
            return Operand::Blank(blank);
        }
        let above = others
            .iter()
            .filter_map(Operand::number)
            .filter(|other| *other > value)
            .count();
        Operand::Given(crate::number::Number::from_i64(
            i64::try_from(above).unwrap_or(i64::MAX).saturating_add(1),
        ))
    }
}

/// The sum of what is known, partial where something is missing.
fn counted(values: impl Iterator<Item = Operand>) -> Operand {
    let mut sum = PartialSum::new();
    values.for_each(|value| sum.add(value));
    sum.finish()
}

fn ended_inside(event: &EndedEvent, window: DateRange) -> bool {
    event
        .dates
        .end
        .is_some_and(|end| window.contains(end.date()))
}

/// The period whose report `previous` reads.
pub(super) fn preceding(moment: &Moment) -> Option<Period> {
    match moment.period.kind() {
        PeriodKind::DailyOf(_) | PeriodKind::EndOf(_) => {
            latest_of_event(moment.archive, moment.period)
        }
        _ => moment.period.previous(),
    }
}

/// The latest earlier report of the event that a period follows.
pub(super) fn latest_of_event(archive: &Archive, period: Period) -> Option<Period> {
    let (PeriodKind::DailyOf(name) | PeriodKind::EndOf(name)) = period.kind() else {
        return None;
    };
    archive
        .periods()
        .filter(|day| day.kind() == PeriodKind::DailyOf(name) && day.number() == period.number())
        .filter(|day| match period.date() {
            Some(today) => day.date().is_some_and(|date| date < today),
            None => true,
        })
        .max_by_key(Period::date)
}

/// Whether a period is the first of several of its kind in its year; before one that comes once a year lies that of the year before.
fn is_first_of_year(period: Period) -> bool {
    let once = matches!(
        period.kind(),
        PeriodKind::NineMonths | PeriodKind::Year | PeriodKind::Named(_)
    );
    !once
        && period.year().is_some()
        && period
            .previous()
            .is_none_or(|before| before.year() != period.year())
}
