//! What comes out of a term: sort, measure with exact scale, sign, decimals, nature; and everything that does not fit.
//!
//! Language-types §1.5. It deliberately does not know columns: cells are looked up by a function. Whatever is unknown absorbs its consequences.

mod days;
pub(super) mod products;
pub(super) mod thousands;
mod to_date;

use self::products::{
    is_zero, multiplied_by_hundred, percent_fix, percentage_meant, remember_hundredfold,
};
use super::cell_type::extent::{Extent, Start};
use super::cell_type::operations::{Kind, Verdict, verdict};
use super::cell_type::sums::{Additivity, SumFault};
use super::context::Context;
use super::expression::{
    Cell, Comparison, Dimension, Quantity, Sort, Term, TermKind, finest_scale,
};
use super::measures;
use super::model::{cell::Modality, words::Words};
use super::natures::Nature;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::operation::{OperationWord, Remedy};
use crate::diagnostic::problem::meaning::time::{NatureWord, TimeProblem};
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::value_word::ValueWord;
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::number::Number;
use crate::text::{FileId, Span};

/// One inference over the terms of one place.
pub(super) struct Inference<'i, 'p> {
    /// For the author's words.
    pub context: &'i Context<'p>,
    /// For the names of measures.
    pub words: &'i Words,
    /// The file of the terms.
    pub file: FileId,
    /// What a cell yields.
    pub cell: &'i dyn Fn(&Cell) -> Quantity,
    /// What does not fit; dropped by those who only want quantities.
    pub found: Vec<Diagnostic>,
}

impl Inference<'_, '_> {
    /// Sets the quantity of a term and of everything in it.
    pub fn infer(&mut self, term: &mut Term) {
        let span = term.span;
        let percent_sign = term.quantity.percent;
        term.quantity = match &mut term.kind {
            TermKind::Unknown => Quantity::unknown(),
            TermKind::Truth(_)
            | TermKind::Event(_)
            | TermKind::Registry { .. }
            | TermKind::Valid { .. } => Quantity::truth(),
            TermKind::Cell(cell) => (self.cell)(cell),
            TermKind::Foreign(cell) => cell.quantity.clone(),
            TermKind::Number(value) => literal(value, percent_sign),
            TermKind::Sum(terms) => {
                terms.iter_mut().for_each(|(_, term)| self.infer(term));
                let signed: Vec<(bool, &Term)> =
                    terms.iter().map(|(plus, term)| (*plus, term)).collect();
                self.sum(&signed)
            }
            TermKind::SumOf(terms) => {
                terms.iter_mut().for_each(|term| self.infer(term));
                let signed: Vec<(bool, &Term)> = terms.iter().map(|term| (true, term)).collect();
                self.sum(&signed)
            }
            TermKind::Minimum(terms) | TermKind::Maximum(terms) => {
                terms.iter_mut().for_each(|term| self.infer(term));
                let sides: Vec<&Term> = terms.iter().collect();
                self.extreme(&sides)
            }
            TermKind::Product(a, b) => {
                self.infer(a);
                self.infer(b);
                self.product(a, b)
            }
            TermKind::Quotient(a, b) => {
                self.infer(a);
                self.infer(b);
                self.quotient(a, b)
            }
            TermKind::Growth(now, before) => {
                self.infer(now);
                self.infer(before);
                self.growth(now, before)
            }
            TermKind::Negate(inner) => {
                self.infer(inner);
                self.figure(inner)
                    .map_or_else(Quantity::unknown, |q| Quantity {
                        negative: true,
                        ..q
                    })
            }
            TermKind::Absolute(inner) => {
                self.infer(inner);
                let changed = |q: Quantity| Quantity {
                    linear: !q.negative && q.linear,
                    negative: false,
                    ..q
                };
                self.figure(inner).map_or_else(Quantity::unknown, changed)
            }
            TermKind::Round(inner, digits) => {
                self.infer(inner);
                let decimals = Some(*digits);
                let changed = |q: Quantity| Quantity {
                    linear: false,
                    decimals,
                    ..q
                };
                self.figure(inner).map_or_else(Quantity::unknown, changed)
            }
            TermKind::Bare(inner) => {
                self.infer(inner);
                let bare = |q: Quantity| Quantity {
                    dimension: Some(Dimension::default()),
                    scale: Number::one(),
                    percent: false,
                    ..q
                };
                self.figure(inner).map_or_else(Quantity::unknown, bare)
            }
            TermKind::Previous(inner) => {
                self.infer(inner);
                if !self.allowed(OperationWord::Previous, inner) {
                    return;
                }
                let mut quantity = inner.quantity.clone();
                quantity.additivity = quantity.additivity.shifted(-1, 0);
                quantity
            }
            TermKind::YearAgo(inner) => {
                self.infer(inner);
                if !self.allowed(OperationWord::YearAgo, inner) {
                    return;
                }
                let mut quantity = inner.quantity.clone();
                quantity.additivity = quantity.additivity.shifted(0, -1);
                quantity
            }
            TermKind::YearToDate(inner) => {
                self.infer(inner);
                if !self.allowed(OperationWord::YearToDate, inner) {
                    return;
                }
                let mut quantity = inner.quantity.clone();
                let (windows, years) = quantity
                    .additivity
                    .extent
                    .as_ref()
                    .map_or((0, 0), Extent::shift);
                let until_then = Extent::since(Start::Year).shifted(windows, years);
                quantity.additivity.extent = Some(until_then);
                quantity
            }
            TermKind::OverEvents(inner) => {
                self.infer(inner);
                if !self.allowed(OperationWord::OverEvents, inner) {
                    return;
                }
                let mut quantity = inner.quantity.clone();
                quantity.additivity.extent = Some(Extent::current());
                quantity
            }
            TermKind::Opening(inner) => {
                self.infer(inner);
                if !self.allowed(OperationWord::Opening, inner) {
                    return;
                }
                let mut quantity = inner.quantity.clone();
                quantity.additivity.nature = Nature::Opening;
                quantity.additivity.extent = Some(Extent::at_start());
                quantity
            }
            TermKind::Plan { indicator, target } => match self.words.indicators.get(*indicator) {
                Some(indicator) => {
                    super::elsewhen::plan_quantity(self.words, &indicator.cell, *target)
                }
                None => Quantity::unknown(),
            },
            TermKind::SumBelow(inner) => {
                self.infer(inner);
                if !self.allowed(OperationWord::SumBelow, inner) {
                    return;
                }
                self.figure(inner).unwrap_or_else(Quantity::unknown)
            }
            TermKind::CountBelow(inner) => {
                self.infer(inner);
                // A count has no measure of its own, it takes that of its place.
                Quantity {
                    literal: true,
                    ..Quantity::pure(Nature::Flow)
                }
            }
            TermKind::Rank(inner) => {
                self.infer(inner);
                self.figure(inner);
                Quantity {
                    literal: true,
                    ..Quantity::pure(Nature::Index)
                }
            }
            TermKind::IsBlank(inner) => {
                self.infer(inner);
                Quantity::truth()
            }
            TermKind::Compare(first, rest) => {
                self.infer(first);
                rest.iter_mut().for_each(|(_, side)| self.infer(side));
                let sides: Vec<&Term> = std::iter::once(&**first)
                    .chain(rest.iter().map(|(_, side)| side))
                    .collect();
                let told = self.found.len();
                self.compare(&sides);
                // Of sides that cannot be compared at all nothing asks which is more.
                if self.found.len() == told {
                    let signs: Vec<Comparison> = rest.iter().map(|(sign, _)| *sign).collect();
                    self.ordered(first, &signs);
                }
                self.never_answered(&sides);
                Quantity::truth()
            }
            TermKind::And(terms) | TermKind::Or(terms) => {
                terms.iter_mut().for_each(|term| self.infer(term));
                terms.iter().for_each(|term| self.condition(term));
                Quantity::truth()
            }
            TermKind::Not(inner) => {
                self.infer(inner);
                self.condition(inner);
                Quantity::truth()
            }
            TermKind::Day(_) => Quantity::answer(Sort::Day),
            TermKind::Entry(entry) => Quantity::answer(Sort::Choice(entry.catalog)),
            TermKind::Nil => literal(&Number::zero(), false),
            TermKind::In(subject, _) | TermKind::Under(subject) => {
                self.infer(subject);
                Quantity::truth()
            }
            TermKind::If(parts) => {
                self.infer(&mut parts.condition);
                self.infer(&mut parts.then);
                self.infer(&mut parts.otherwise);
                self.either(parts)
            }
            TermKind::Chosen(value, field) => {
                self.infer(field);
                self.infer(value);
                value.quantity.clone()
            }
            TermKind::Over(over) => self.over(over),
        };
        term.span = span;
        remember_hundredfold(term);
        to_date::remember(term);
    }

    /// Reports a term that is no condition.
    pub fn condition(&mut self, term: &Term) {
        if !matches!(term.quantity.sort, Sort::Truth | Sort::Unknown) {
            self.report(TypeProblem::FigureAsCondition, term.span);
        }
    }

    /// Reports sides that cannot be compared with one another.
    pub fn compare(&mut self, sides: &[&Term]) {
        if self.never_compared(sides) || self.answers(sides) {
            return;
        }
        let figures: Vec<&Term> = sides
            .iter()
            .copied()
            .filter(|side| self.figure(side).is_some())
            .collect();
        if figures.iter().any(|side| side.quantity.percent) {
            for side in &figures {
                if multiplied_by_hundred(side) {
                    self.report(TypeProblem::PercentTimesHundred, side.span);
                    return;
                }
            }
        }
        self.same_measure(&figures);
    }

    pub(super) fn report(&mut self, problem: impl Into<Problem>, span: Span) {
        self.found.push(Diagnostic::new(problem, self.file, span));
    }

    /// The quantity of a term that has to be a figure; anything else is reported.
    pub fn figure(&mut self, term: &Term) -> Option<Quantity> {
        match term.quantity.sort {
            Sort::Figure => Some(term.quantity.clone()),
            Sort::Unknown => None,
            Sort::Truth => {
                self.report(TypeProblem::ConditionAsFigure, term.span);
                None
            }
            Sort::Text | Sort::Day | Sort::File | Sort::Choice(_) => {
                let figure = self.shown(term);
                let value = match term.quantity.sort {
                    Sort::Day => ValueWord::Date,
                    Sort::File => ValueWord::File,
                    Sort::Choice(catalog) => {
                        let catalog = self.words.catalogs.get(catalog);
                        ValueWord::Choice(catalog.map_or(String::new(), |one| one.label.clone()))
                    }
                    _ => ValueWord::Text,
                };
                let problem = TypeProblem::TextInArithmetic { figure, value };
                self.report(problem, term.span);
                None
            }
        }
    }

    /// The author's words for a term, without brackets around a single column.
    pub(super) fn shown(&self, term: &Term) -> String {
        let text = self.context.text(self.file, term.span);
        let inner = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        inner
            .filter(|inner| !inner.contains('['))
            .unwrap_or(&text)
            .to_owned()
    }

    /// Whether all figures have one dimension; the first that has not is reported. Plain literals take any, except a percentage.
    fn same_measure(&mut self, figures: &[&Term]) -> bool {
        if !self.same_hundredth(figures) {
            return false;
        }
        let Some(first) = figures
            .iter()
            .find(|term| !term.quantity.literal && term.quantity.dimension.is_some())
        else {
            return true;
        };
        self.thousands(figures);
        let dimension = first.quantity.dimension.clone();
        let percent = figures.iter().any(|term| term.quantity.percent);
        for term in figures {
            if term.quantity.literal {
                if percent && !is_zero(term) && dimension.as_ref().is_some_and(Dimension::is_pure) {
                    let number = self.context.text(self.file, term.span);
                    let meant = percentage_meant(&number);
                    let (at, text) = percent_fix(&number, &meant, term.span);
                    let problem = TypeProblem::BareNumberAgainstPercent { number, meant };
                    let told = Diagnostic::new(problem, self.file, term.span);
                    self.found.push(told.fixed_by(FixKind::Likely, at, text));
                    return false;
                }
                continue;
            }
            if term.quantity.dimension.is_some() && term.quantity.dimension != dimension {
                let problem = TypeProblem::MeasureMismatch {
                    left: self.measure(&first.quantity),
                    right: self.measure(&term.quantity),
                };
                self.found
                    .push(Diagnostic::new(problem, self.file, term.span).noting(
                        Note::DisagreesHere,
                        self.file,
                        first.span,
                    ));
                return false;
            }
        }
        true
    }

    /// The measure of a quantity in words.
    pub fn measure(
        &self,
        quantity: &Quantity,
    ) -> crate::diagnostic::problem::meaning::value_word::MeasureWord {
        let plain = Dimension::default();
        let dimension = quantity.dimension.as_ref().unwrap_or(&plain);
        measures::in_words(self.words, dimension, &quantity.scale, quantity.percent)
    }

    fn sum(&mut self, signed: &[(bool, &Term)]) -> Quantity {
        if let Some(together) = days::together(signed) {
            let terms = together.iter().map(|(plus, term)| (*plus, term));
            return self.sum(&terms.collect::<Vec<_>>());
        }
        let mut figures = Vec::new();
        let mut complete = true;
        for (_, term) in signed {
            match self.figure(term) {
                Some(_) => figures.push(*term),
                None => complete = false,
            }
        }
        // What never adds up is named before measures that do not fit: it is the nearer reason.
        let additivity = match added(signed) {
            Ok(additivity) => additivity,
            Err((fault, term)) => {
                let ratio = matches!(fault, SumFault::NotAdditive(_));
                if complete && (ratio || self.same_measure(&figures)) {
                    self.sum_fault(fault, term, signed);
                }
                return Quantity::unknown();
            }
        };
        if !self.same_measure(&figures) || !complete {
            return Quantity::unknown();
        }
        let negative = signed
            .iter()
            .any(|(plus, term)| !*plus || term.quantity.negative);
        let difference = signed.len() == 2
            && signed
                .iter()
                .all(|(_, term)| term.quantity.percent && !term.quantity.literal)
            && signed.iter().any(|(plus, _)| !*plus);
        let quantity = self.common(&figures, additivity, negative);
        // A number added to a figure is added once for the whole, and once for every unit where results are added.
        let shifted = !quantity.literal
            && figures
                .iter()
                .any(|term| term.quantity.literal && !is_zero(term));
        Quantity {
            linear: quantity.linear && !shifted,
            points: quantity.percent
                && (difference || figures.iter().all(|term| term.quantity.points)),
            ..quantity
        }
    }

    fn sum_fault(&mut self, fault: SumFault, term: &Term, signed: &[(bool, &Term)]) {
        let guilty = |nature: Nature| {
            let found = signed
                .iter()
                .find(|(_, term)| term.quantity.additivity.nature == nature);
            found.map_or(term, |(_, term)| *term)
        };
        match fault {
            SumFault::NotAdditive(nature) => {
                let guilty = guilty(nature);
                let figure = self.shown(guilty);
                let nature = nature.word().unwrap_or(NatureWord::Ratio);
                self.report(TimeProblem::NotAdditive { figure, nature }, guilty.span);
            }
            SumFault::CountedTwice => {
                let figure = self.shown(term);
                self.report(TimeProblem::CountedTwice { figure }, term.span);
            }
            SumFault::TwoInstants => self.report(TimeProblem::TwoInstants, term.span),
            SumFault::PlanAndActual => {
                let figure = self.shown(term);
                self.report(TimeProblem::PlanAndActual { figure }, term.span);
            }
        }
    }

    /// Whether an operation may be done with a figure; a refusal is reported with its way out.
    pub fn allowed(&mut self, operation: OperationWord, term: &Term) -> bool {
        let Some(kind) = Kind::of(None, &term.quantity.additivity) else {
            return true;
        };
        // A plan that is typed is no more added over units or months than one that is looked up.
        let planned = term.quantity.additivity.modality == Some(Modality::Planned);
        let kind = match operation {
            OperationWord::SumBelow | OperationWord::YearToDate if planned => Kind::Plan,
            _ => kind,
        };
        match verdict(kind, operation) {
            Verdict::Allowed(_) => match (operation, term.quantity.never_to_date) {
                (OperationWord::YearToDate, Some(nature)) => {
                    let problem = TimeProblem::NotForThisNature {
                        operation,
                        nature,
                        remedy: Remedy::EnterAgain,
                    };
                    self.report(problem, term.span);
                    false
                }
                _ => true,
            },
            Verdict::Refused(refusal) => {
                let nature = match term.quantity.sort {
                    Sort::Day => NatureWord::Day,
                    Sort::Choice(_) | Sort::Truth => NatureWord::Choice,
                    Sort::File => NatureWord::File,
                    Sort::Figure | Sort::Text | Sort::Unknown => refusal.kind.word(),
                };
                let problem = TimeProblem::NotForThisNature {
                    operation,
                    nature,
                    remedy: refusal.remedy,
                };
                self.report(problem, term.span);
                false
            }
        }
    }

    /// The quantity of figures of one dimension put together.
    fn common(&self, figures: &[&Term], additivity: Additivity, negative: bool) -> Quantity {
        let quantities = || figures.iter().map(|term| &term.quantity);
        let literal = quantities().all(|quantity| quantity.literal);
        let measured = quantities().find(|quantity| !quantity.literal);
        let known = quantities()
            .filter(|quantity| !quantity.literal)
            .all(|quantity| quantity.dimension.is_some());
        Quantity {
            sort: Sort::Figure,
            dimension: match measured {
                Some(quantity) if known => quantity.dimension.clone(),
                Some(_) => None,
                None => Some(Dimension::default()),
            },
            scale: finest_scale(quantities()).unwrap_or_else(Number::one),
            percent: quantities().any(|quantity| quantity.percent),
            literal,
            negative,
            decimals: quantities().try_fold(0, |most, quantity| {
                quantity.decimals.map(|own| own.max(most))
            }),
            points: false,
            additivity,
            linear: quantities().all(|quantity| quantity.linear),
            hundredfold: quantities().any(|quantity| quantity.hundredfold),
            never_to_date: None,
        }
    }

    pub(super) fn extreme(&mut self, sides: &[&Term]) -> Quantity {
        let complete = sides
            .iter()
            .filter(|side| self.figure(side).is_some())
            .count()
            == sides.len();
        if !complete || !self.same_measure(sides) {
            return Quantity::unknown();
        }
        let mut figures = sides
            .iter()
            .map(|side| &side.quantity.additivity)
            .filter(|additivity| additivity.nature != Nature::Constant);
        let first = figures.next().cloned().unwrap_or_else(Additivity::constant);
        let additivity = match figures.all(|additivity| *additivity == first) {
            true => first,
            false => first.mixed(),
        };
        let negative = sides.iter().any(|side| side.quantity.negative);
        let quantity = self.common(sides, additivity, negative);
        Quantity {
            linear: sides.len() < 2,
            ..quantity
        }
    }

    fn growth(&mut self, now: &Term, before: &Term) -> Quantity {
        let complete = self.figure(now).is_some() & self.figure(before).is_some();
        if !complete || !self.same_measure(&[now, before]) {
            return Quantity::unknown();
        }
        Quantity {
            percent: true,
            negative: true,
            decimals: None,
            linear: false,
            ..Quantity::pure(Nature::Ratio)
        }
    }
}

fn literal(value: &Number, percent_sign: bool) -> Quantity {
    Quantity {
        percent: percent_sign,
        literal: !percent_sign,
        negative: value.is_negative(),
        decimals: value.decimals(),
        ..Quantity::pure(Nature::Constant)
    }
}

/// How the terms of a sum add up together, or the first that does not.
fn added<'t>(signed: &[(bool, &'t Term)]) -> Result<Additivity, (SumFault, &'t Term)> {
    let mut sum = Additivity::constant();
    for (position, (plus, term)) in signed.iter().enumerate() {
        let own = &term.quantity.additivity;
        let next = match *plus || position == 0 {
            true => sum.plus(own),
            false => sum.minus(own),
        };
        sum = next.map_err(|fault| (fault, *term))?;
    }
    Ok(sum)
}
