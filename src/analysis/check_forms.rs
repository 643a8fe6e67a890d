//! Columns: formulas resolved, what is stated checked against what is inferred, and the finished columns of the model.
//!
//! It deliberately does not know rules and tests.

use super::attributes::{StatedMeasure, StatedType};
use super::cell_type::operations::{Kind, Verdict, verdict};
use super::columns::{self, Columns, is_typed_ratio};
use super::context::Context;
use super::expression::{Cell, Dimension, Quantity, RowPick, Sort, Term, TermKind};
use super::forms::{ColumnDraft, FormDraft};
use super::inference::{Inference, multiplied_by_hundred};
use super::levels;
use super::model::{Modality, PeriodRule, Relation, Side, Source};
use super::natures::Nature;
use super::resolve::Resolver;
use super::shared::Shared;
use super::statements;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::operation::OperationWord;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::problem::meaning::types::{MeasureWord, TypeProblem};
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::number::Number;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::Expr;
use crate::syntax::ast::form::Bound;
use crate::text::Span;
use std::collections::BTreeSet;

/// The resolved parts of one column.
#[derive(Default)]
pub(super) struct Parts {
    /// Sides of the formula, or the carried expression alone.
    pub chain: Vec<Term>,
    within: Vec<Term>,
    range: Option<(Term, Term)>,
}

/// Resolves the parts of every column of every form.
pub(super) fn resolve_parts(
    context: &mut Context,
    shared: &Shared,
    forms: &[FormDraft],
    form_strays: &BTreeSet<String>,
) -> Vec<Vec<Parts>> {
    let mut all = Vec::new();
    for (position, draft) in forms.iter().enumerate() {
        let mut of_form = Vec::new();
        for written in &draft.columns {
            let mut resolver = Resolver {
                context,
                shared,
                forms,
                form_strays,
                current: Some(position),
                file: draft.file,
                earlier: false,
            };
            let mut parts = Parts::default();
            if let Some((carry, _)) = written.stated.carry {
                resolver.earlier = true;
                parts.chain.push(resolver.term(carry));
                resolver.earlier = false;
            } else if let Some(formula) = written.formula {
                parts.chain = formula
                    .sides
                    .iter()
                    .map(|side| resolver.term(side))
                    .collect();
            }
            parts.within = written
                .stated
                .within
                .iter()
                .map(|(whole, _)| resolver.term(whole))
                .collect();
            parts.range = written
                .stated
                .range
                .map(|(low, high, _)| (bound(&mut resolver, low), bound(&mut resolver, high)));
            of_form.push(parts);
        }
        all.push(of_form);
    }
    all
}

fn bound(resolver: &mut Resolver, bound: &Bound) -> Term {
    match bound {
        Bound::Number { negative, number } => {
            let value = Number::parse(&number.value.digits).unwrap_or_else(|_| Number::zero());
            let value = if number.value.percent {
                value.checked_div(&Number::from_i64(100)).unwrap_or(value)
            } else {
                value
            };
            let kind = TermKind::Number(if *negative { value.neg() } else { value });
            let mut term = Term::new(kind, number.span);
            term.quantity.percent = number.value.percent;
            term
        }
        Bound::Cell(cell) => {
            let kind = crate::syntax::ast::expression::ExprKind::Cell(cell.clone());
            resolver.term(&Expr {
                kind,
                span: cell.span,
            })
        }
    }
}

/// Checks every column and completes the forms of the model.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    forms: &mut [FormDraft],
    parts: Vec<Vec<Parts>>,
    columns: &Columns,
    periods: &[PeriodRule],
    moment: bool,
) {
    for circle in &columns.circles {
        report_circle(context, forms, circle);
    }
    for (form, of_form) in parts.into_iter().enumerate() {
        for (column, parts) in of_form.into_iter().enumerate() {
            let in_circle = columns
                .circles
                .iter()
                .flatten()
                .any(|place| *place == (form, column));
            let mut checker = Checker {
                context,
                shared,
                forms: &*forms,
                columns,
                derived: periods
                    .iter()
                    .any(|rule| matches!(rule.relation, Relation::DerivedFrom(_))),
                place: (form, column),
            };
            let finished = checker.column(parts, in_circle, moment);
            if let (Some(finished), Some(draft)) = (finished, forms.get_mut(form)) {
                complete(shared, draft, column, finished);
            }
        }
    }
}

fn report_circle(context: &mut Context, forms: &[FormDraft], circle: &[(usize, usize)]) {
    let several = circle
        .iter()
        .any(|(form, _)| Some(form) != circle.first().map(|(form, _)| form));
    let mut names: Vec<String> = circle
        .iter()
        .filter_map(|(form, column)| {
            let form = &forms.get(*form)?.form;
            let shown = form.columns.get(*column)?.shown();
            Some(if several {
                format!("{}[{shown}]", form.name)
            } else {
                shown.to_owned()
            })
        })
        .collect();
    names.extend(names.first().cloned());
    let Some((form, column)) = circle.first() else {
        return;
    };
    let Some(draft) = forms.get(*form) else {
        return;
    };
    let Some(span) = draft
        .columns
        .get(*column)
        .and_then(|column| column.formula)
        .map(|formula| formula.span)
    else {
        return;
    };
    context.report(FormProblem::Cycle { columns: names }, draft.file, span);
}

fn complete(shared: &Shared, draft: &mut FormDraft, column: usize, parts: Finished) {
    let quantity = parts.quantity;
    let measure = measure_of(shared, draft, column, &quantity);
    let Some(model) = draft.form.columns.get_mut(column) else {
        return;
    };
    model.cell.value = columns::value_type(&quantity);
    model.cell.nature = quantity.additivity.nature;
    model.cell.extent = statements::model_extent(quantity.additivity.extent.as_ref());
    model.cell.modality = quantity
        .additivity
        .modality
        .unwrap_or(Modality::Actual(None));
    model.cell.indicator = draft
        .columns
        .get(column)
        .and_then(|written| written.stated.indicator)
        .and_then(|(position, _)| position);
    model.cell.measure = measure;
    model.cell.chain = parts.chain;
    model.cell.within = parts.within;
    model.cell.range = parts.range;
}

/// The declared measure of a column: the stated one, the default, or any of the same dimension and scale.
fn measure_of(
    shared: &Shared,
    draft: &FormDraft,
    column: usize,
    quantity: &Quantity,
) -> Option<usize> {
    if quantity.percent
        || quantity.sort != Sort::Figure
        || quantity.dimension.as_ref().is_some_and(Dimension::is_pure)
    {
        return None;
    }
    let fits = |position: &usize| {
        shared.words.measures.get(*position).is_some_and(|measure| {
            measure.dimension == quantity.dimension && measure.scale == quantity.scale
        })
    };
    let stated = draft
        .columns
        .get(column)
        .and_then(|written| written.stated.measure);
    [stated, draft.defaults.measure]
        .into_iter()
        .flatten()
        .filter_map(|(measure, _)| match measure {
            StatedMeasure::Known(position) => Some(position),
            StatedMeasure::Unknown => None,
        })
        .chain(0..shared.words.measures.len())
        .find(fits)
}

struct Finished {
    chain: Vec<Side>,
    within: Vec<Side>,
    range: Option<(Side, Side)>,
    quantity: Quantity,
}

struct Checker<'k, 'a, 'p> {
    context: &'k mut Context<'p>,
    shared: &'k Shared,
    forms: &'k [FormDraft<'a>],
    columns: &'k Columns,
    /// Whether a longer period is rolled up from shorter ones.
    derived: bool,
    place: (usize, usize),
}

impl Checker<'_, '_, '_> {
    fn column(&mut self, mut parts: Parts, in_circle: bool, moment: bool) -> Option<Finished> {
        let (form, column) = self.place;
        let forms = self.forms;
        let draft = forms.get(form)?;
        let written = draft.columns.get(column)?;
        let model = draft.form.columns.get(column)?;
        let own = Cell {
            form,
            row: RowPick::Current,
            column,
        };
        let quantity = self.columns.of(&own);
        let text = draft.is_text(column);
        if text {
            self.text_column(draft, column);
        } else {
            match model.cell.source {
                Source::Entered => self.entered(draft, column, &quantity, moment),
                Source::Carried | Source::Computed | Source::Closed => self.locked(draft, column),
            }
        }
        if let (Some(printed), false) = (
            written.stated.printed_as,
            model.cell.source == Source::Computed,
        ) {
            self.report(FormProblem::PrintedWithoutFormula, printed.span);
        }
        let mut own_term = Term::new(TermKind::Cell(own.clone()), written.head);
        own_term.quantity = quantity.clone();
        let columns = self.columns;
        let lookup = |cell: &Cell| columns.of(cell);
        let mut inference = Inference {
            context: &*self.context,
            words: &self.shared.words,
            file: draft.file,
            cell: &lookup,
            found: Vec::new(),
        };
        parts
            .chain
            .iter_mut()
            .chain(&mut parts.within)
            .for_each(|term| inference.infer(term));
        if let Some((low, high)) = &mut parts.range {
            inference.infer(low);
            inference.infer(high);
        }
        if !text && !in_circle {
            for side in parts.chain.iter().skip(1).chain(&parts.within) {
                inference.compare(&[&own_term, side]);
            }
            if let Some((low, high)) = &parts.range {
                inference.compare(&[&own_term, low, high]);
            }
            for side in &parts.chain {
                inference.figure(side);
            }
        }
        let found = inference.found;
        let clean = found.is_empty();
        found
            .into_iter()
            .for_each(|diagnostic| self.context.push(diagnostic));
        if !text && !in_circle && clean {
            self.formula(draft, column, &parts);
        }
        for side in parts.chain.iter().skip(1).chain(&parts.within) {
            if matches!(&side.kind, TermKind::Cell(cell) if *cell == own) {
                let shown = model.shown().to_owned();
                self.report(RuleProblem::ComparedWithItself { column: shown }, side.span);
            }
        }
        if !text {
            for side in &parts.chain {
                levels::check(self.context, draft, form, side, Some(column));
            }
        }
        let side = |context: &Context, term: Term| Side {
            text: context.text(draft.file, term.span),
            term,
        };
        let context = &*self.context;
        Some(Finished {
            chain: parts
                .chain
                .into_iter()
                .map(|term| side(context, term))
                .collect(),
            within: parts
                .within
                .into_iter()
                .map(|term| side(context, term))
                .collect(),
            range: parts
                .range
                .map(|(low, high)| (side(context, low), side(context, high))),
            quantity,
        })
    }

    fn report(&mut self, problem: impl Into<Problem>, span: Span) {
        if let Some(draft) = self.forms.get(self.place.0) {
            self.context.report(problem, draft.file, span);
        }
    }

    fn text_column(&mut self, draft: &FormDraft, column: usize) {
        let Some(written) = draft.columns.get(column) else {
            return;
        };
        if self.clashes(draft, written) {
            return;
        }
        let stated = &written.stated;
        let wrong = [
            stated.measure.map(|(_, span)| span),
            stated.nature.map(|(_, span)| span),
            stated.carry.map(|(_, span)| span),
            stated.within.first().map(|(_, span)| *span),
            stated.range.map(|(_, _, span)| span),
            written.formula.map(|formula| formula.span),
        ];
        if let Some(span) = wrong.into_iter().flatten().min() {
            let attribute = self.context.shown(draft.file, span);
            self.report(TypeProblem::AttributeOnText { attribute }, span);
        }
    }

    fn entered(&mut self, draft: &FormDraft, column: usize, quantity: &Quantity, moment: bool) {
        let (Some(written), Some(model)) =
            (draft.columns.get(column), draft.form.columns.get(column))
        else {
            return;
        };
        if written.stated.unsupported {
            return;
        }
        if self.clashes(draft, written) {
            return;
        }
        if self.derived
            && let Some(kind) = Kind::of(None, &quantity.additivity)
            && let Verdict::Refused(refusal) = verdict(kind, OperationWord::RollUp)
        {
            let problem = TimeProblem::NotForThisNature {
                operation: refusal.operation,
                nature: refusal.kind.word(),
                remedy: refusal.remedy,
            };
            self.report(
                problem,
                written.stated.nature.map_or(written.head, |(_, span)| span),
            );
        }
        if quantity.sort == Sort::Figure
            && is_typed_ratio(quantity)
            && quantity.additivity.nature == Nature::Unknown
        {
            let column = model.shown().to_owned();
            let span = written
                .stated
                .value
                .or(draft.defaults.value)
                .map_or(written.head, |(_, span)| span);
            self.report(TimeProblem::TypedRatio { column }, span);
        } else if let (true, Some((Nature::Flow, span))) = (moment, written.stated.nature) {
            let column = model.shown().to_owned();
            self.report(TimeProblem::FlowAtMoment { column }, span);
        }
        if let Some((low, high, span)) = written.stated.range {
            let least = if quantity.negative {
                None
            } else {
                Some(Number::zero())
            };
            if let (Some(low), Some(high)) = (constant(low), constant(high))
                && (high < low || least.is_some_and(|least| high < least))
            {
                let (low, high) = (low.to_plain(None), high.to_plain(None));
                self.report(FormProblem::EmptyRange { low, high }, span);
            }
        }
    }

    /// Reports what the column and its indicator say against each other.
    fn clashes(&mut self, draft: &FormDraft, written: &ColumnDraft) -> bool {
        let Err(clashes) = statements::layer(self.shared, &[&written.stated]) else {
            return false;
        };
        for problem in clashes
            .iter()
            .filter_map(|clash| statements::problem(&self.shared.words, clash))
        {
            self.context.report(problem, draft.file, written.head);
        }
        true
    }

    fn locked(&mut self, draft: &FormDraft, column: usize) {
        let Some(stated) = draft.columns.get(column).map(|written| &written.stated) else {
            return;
        };
        let wrong = [stated.optional, stated.range.map(|(_, _, span)| span)];
        for span in wrong.into_iter().flatten() {
            let attribute = self.context.shown(draft.file, span);
            self.report(FormProblem::AttributeOnLocked { attribute }, span);
        }
    }

    /// What is stated about a computed or carried column against what its first side gives.
    fn formula(&mut self, draft: &FormDraft, column: usize, parts: &Parts) {
        let (Some(written), Some(model)) =
            (draft.columns.get(column), draft.form.columns.get(column))
        else {
            return;
        };
        let Some(side) = parts.chain.first() else {
            return;
        };
        let inferred = &side.quantity;
        let stated = &written.stated;
        if inferred.is_unknown() || stated.unsupported {
            return;
        }
        let before = self.context.reported();
        self.measure(draft, column, side);
        if self.context.reported_since(before) {
            return;
        }
        if model.cell.source == Source::Carried {
            self.carried(
                stated.carry.map_or(side.span, |(_, span)| span),
                stated.nature,
                inferred,
            );
            return;
        }
        self.value(draft, column, side);
        match (stated.nature, inferred.additivity.nature) {
            (Some((nature, span)), found) if !found.may_be_stated_as(nature) => {
                self.nature_differs(nature, found, span);
            }
            (_, found) if !inferred.linear && found != Nature::Ratio => {
                let column = model.shown().to_owned();
                self.report(Advice::NotLinear { column }, side.span);
            }
            _ => {}
        }
    }

    fn nature_differs(&mut self, stated: Nature, inferred: Nature, span: Span) {
        if let (Some(stated), Some(inferred)) = (stated.word(), inferred.word()) {
            self.report(TimeProblem::NatureDiffers { stated, inferred }, span);
        }
    }

    fn carried(&mut self, span: Span, stated: Option<(Nature, Span)>, inferred: &Quantity) {
        match inferred.additivity.nature {
            Nature::Stock | Nature::Mixed | Nature::Unknown => {}
            nature => {
                if let Some(nature) = nature.word() {
                    self.report(TimeProblem::CarryFromNonStock { nature }, span);
                    return;
                }
            }
        }
        if let Some((nature, span)) = stated
            && nature != Nature::Opening
        {
            self.nature_differs(nature, Nature::Opening, span);
        }
    }

    /// A stated measure, or a percentage, must be what the formula gives.
    fn measure(&mut self, draft: &FormDraft, column: usize, side: &Term) {
        let Some(stated) = draft.columns.get(column).map(|written| &written.stated) else {
            return;
        };
        let inferred = &side.quantity;
        let Some(dimension) = &inferred.dimension else {
            return;
        };
        if let Some((StatedType::Percent(_), span)) = stated.value {
            if multiplied_by_hundred(side) {
                self.report(TypeProblem::PercentTimesHundred, side.span);
            } else if !dimension.is_pure() {
                let inferred = self.words_of(inferred);
                self.report(
                    TypeProblem::StatedMeasureDiffers {
                        stated: MeasureWord::Percent,
                        inferred,
                    },
                    span,
                );
            }
            return;
        }
        let Some((StatedMeasure::Known(position), span)) = stated.measure else {
            return;
        };
        let Some(measure) = self.shared.words.measures.get(position) else {
            return;
        };
        if !inferred.literal
            && measure
                .dimension
                .as_ref()
                .is_some_and(|known| known != dimension)
        {
            let stated = MeasureWord::Named(measure.label.clone());
            let inferred = self.words_of(inferred);
            self.context.push(
                Diagnostic::new(
                    TypeProblem::StatedMeasureDiffers { stated, inferred },
                    draft.file,
                    span,
                )
                .noting(Note::DisagreesHere, draft.file, side.span),
            );
        }
    }

    fn words_of(&self, quantity: &Quantity) -> MeasureWord {
        let plain = Dimension::default();
        let dimension = quantity.dimension.as_ref().unwrap_or(&plain);
        super::measures::in_words(
            &self.shared.words,
            dimension,
            &quantity.scale,
            quantity.percent,
        )
    }

    /// A stated type must hold what the formula gives; a quotient needs one.
    fn value(&mut self, draft: &FormDraft, column: usize, side: &Term) {
        let Some(written) = draft.columns.get(column) else {
            return;
        };
        let inferred = &side.quantity;
        let whole = inferred.decimals == Some(0);
        match written.stated.value {
            Some((StatedType::Count | StatedType::Integer, span)) if !whole => {
                self.report(TypeProblem::DecimalsLost, span);
            }
            Some((StatedType::Count, span)) if inferred.negative => {
                let vietnamese = self.context.text(draft.file, span).contains('ố');
                let integer = if vietnamese {
                    "số nguyên"
                } else {
                    "integer"
                };
                self.context.push(
                    Diagnostic::new(TypeProblem::CountOfDifference, draft.file, span).fixed_by(
                        FixKind::Certain,
                        span,
                        integer,
                    ),
                );
            }
            None if inferred.decimals.is_none() && draft.defaults.value.is_none() => {
                self.report(TypeProblem::QuotientWithoutType, side.span);
            }
            _ => {}
        }
    }
}

fn constant(bound: &Bound) -> Option<Number> {
    let Bound::Number {
        negative,
        number: Spanned { value, .. },
    } = bound
    else {
        return None;
    };
    let number = Number::parse(&value.digits).ok()?;
    Some(if *negative { number.neg() } else { number })
}
