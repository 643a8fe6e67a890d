//! Columns: formulas resolved, what is stated checked against what is inferred, and the finished columns of the model.
//!
//! It deliberately does not know rules and tests.

mod ranges;
mod silent;
mod stated;

use super::attributes::StatedType;
use super::cell_type::classes::Formula;
use super::cell_type::operations::{Kind, Verdict, verdict};
use super::cell_type::value::Value;
use super::cells::{Made, fixed};
use super::closed_operands::left_side_closed;
use super::columns::{self, Columns, is_typed_ratio};
use super::context::Context;
use super::expression::{Cell, Quantity, RowPick, Sort, Term, TermKind};
use super::finished::{Finished, complete, written_columns};
use super::foreign_fit;
use super::forms::FormDraft;
use super::formulas::Parts as SlotParts;
use super::gathered;
use super::inference::Inference;
use super::levels;
use super::measures;
use super::model::{
    PeriodRule, Relation,
    cell::{FilledBy, Modality, Side, Source},
};
use super::natures::Nature;
use super::parts::Parts;
use super::shared::Shared;
use super::slots::{self, Slot};
use super::statements;
use super::uncomputable::{report_circle, report_undecided, total_refused};
use super::weights;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::operation::OperationWord;
use crate::diagnostic::problem::meaning::rows::RowsProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::said::SaidProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::number::Number;
use crate::syntax::ast::expression::Expr;
use crate::text::Span;
use ranges::{digits_of, empty_between};
use std::collections::{BTreeMap, BTreeSet};

/// Checks every column and completes the forms of the model.
pub(super) fn check(
    context: &mut Context,
    shared: &Shared,
    forms: &mut [FormDraft],
    mut parts: BTreeMap<Slot, SlotParts>,
    columns: &Columns,
    periods: &[PeriodRule],
) {
    for circle in &columns.circles {
        report_circle(context, forms, circle);
    }
    let in_circles: BTreeSet<Slot> = columns.circles.iter().flatten().copied().collect();
    for form in 0..forms.len() {
        report_undecided(context, forms, form, columns);
        if let Some(draft) = forms.get_mut(form) {
            let decided = slots::of_form(&columns.by_row, form);
            draft.decided_by_row(decided.filter_map(|slot| slot.row.map(|row| (row, slot.column))));
        }
        let Some(of_form) = forms.get(form).map(Parts::of_form) else {
            continue;
        };
        let slots = forms.get(form).map_or(Vec::new(), FormDraft::slots);
        let mut found = Vec::new();
        for (row, column) in slots {
            let slot = Slot { form, row, column };
            let mut own = parts.remove(&slot).unwrap_or_default();
            if columns.by_row.contains(&slot) {
                own.chain = std::mem::take(&mut own.by_row);
            } else if let Some(further) = own.by_row.get(1..)
                && own
                    .chain
                    .first()
                    .is_some_and(|column| Formula::of(column) == Formula::SUM)
            {
                // A sum that does not compute the cell still holds of it; of a ratio or a difference of sums it does not.
                own.chain.extend(further.iter().cloned());
            }
            let before = context.reported();
            let mut checker = Checker {
                context,
                shared,
                forms: &*forms,
                columns,
                parts: &of_form,
                derived: periods
                    .iter()
                    .any(|rule| matches!(rule.relation, Relation::DerivedFrom(_))),
                place: slot,
            };
            let finished = checker.slot(own, in_circles.contains(&slot));
            let head = forms
                .get(form)
                .zip(row)
                .and_then(|(draft, row)| Some(draft.rows.get(row)?.head));
            let problems = context.take_since(before);
            let measure = |slot: Slot| {
                let quantity = columns.at(slot);
                let dimension = quantity.dimension.as_ref()?;
                let words = &shared.words;
                let word = measures::in_words(words, dimension, &quantity.scale, quantity.percent);
                let word = word.wording();
                (quantity.sort == Sort::Figure).then(|| (word.vi.to_string(), word.en.to_string()))
            };
            let refused = || {
                let draft = forms.get(form)?;
                total_refused(draft, slot, &measure)
            };
            match refused().filter(|_| !problems.is_empty()) {
                Some(refused) => found.push((None, refused)),
                None => found.extend(problems.into_iter().map(|problem| (head, problem))),
            }
            if let (Some(finished), Some(draft)) = (finished, forms.get_mut(form)) {
                complete(shared, draft, slot, finished);
            }
        }
        let file = forms.get(form).map(|draft| draft.file);
        for diagnostic in gathered::by_cause(found, file) {
            context.push(diagnostic);
        }
        if let Some(draft) = forms.get_mut(form) {
            written_columns(shared, draft);
        }
    }
}

struct Checker<'k, 'a, 'p> {
    context: &'k mut Context<'p>,
    shared: &'k Shared,
    forms: &'k [FormDraft<'a>],
    columns: &'k Columns,
    /// What is part of what in the form.
    parts: &'k Parts,
    /// Whether a longer period is rolled up from shorter ones.
    derived: bool,
    place: Slot,
}

/// Whether an answer is words, which no formula yields.
pub(super) fn is_words(value: Option<(StatedType, Span)>) -> bool {
    matches!(
        value,
        Some((
            StatedType::Text | StatedType::Reporter | StatedType::File,
            _
        ))
    )
}

impl Checker<'_, '_, '_> {
    fn slot(&mut self, mut parts: SlotParts, in_circle: bool) -> Option<Finished> {
        let slot = self.place;
        let forms = self.forms;
        let draft = forms.get(slot.form)?;
        let made = draft.made(slot.row, slot.column)?;
        let shown = draft.form.columns.get(slot.column)?.shown();
        let source = slots::source_of(forms, slot)?;
        let own = Cell {
            form: slot.form,
            row: slot
                .row
                .and_then(|row| draft.row_pick(row))
                .unwrap_or(RowPick::Current),
            column: slot.column,
        };
        let quantity = self.columns.at(slot);
        let text = columns::is_text(made.stated, &draft.defaults);
        let shows_another = text && self.shows_words_of_another_time(&parts, quantity.sort);
        if text {
            self.text_column(draft, &made, shows_another);
        } else {
            match source {
                Source::Entered => self.entered(draft, &made, shown, &quantity),
                Source::Carried | Source::Computed => self.locked(&made, slot.row.is_some()),
                Source::Closed => {}
            }
        }
        if let (Some(printed), false) = (
            made.stated.printed_as,
            !draft.form.columns.get(slot.column)?.formula.is_empty(),
        ) {
            self.report(FormProblem::PrintedWithoutFormula, printed.span);
        }
        if let Some((_, span)) = made.stated.matching {
            let value = made.stated.value.or(draft.defaults.value);
            let words = matches!(value, Some((StatedType::Text | StatedType::Unknown, _)));
            if !words && !made.stated.unreadable {
                self.report(TypeProblem::PatternNotOnText, span);
            }
        }
        if let Some((required, span)) = made.stated.required_when {
            let text = self.context.text(draft.file, required.span);
            let mut closed = made.stated.closed_when.iter();
            let same = |one: &&(&Expr, Span)| self.context.text(draft.file, one.0.span) == text;
            if let Some((_, closed)) = closed.find(same) {
                let problem = RowsProblem::RequiredButClosed;
                let told = Diagnostic::new(problem, draft.file, span);
                self.context
                    .push(told.noting(Note::DisagreesHere, draft.file, *closed));
            }
        }
        let mut own_term = Term::new(TermKind::Cell(own.clone()), made.head);
        own_term.quantity = quantity.clone();
        let columns = self.columns;
        let lookup = |cell: &Cell| columns.of(cell, slot.row);
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
            .chain(&mut parts.weight)
            .chain(&mut parts.required_when)
            .chain(&mut parts.closed_when)
            .for_each(|term| inference.infer(term));
        for condition in parts.required_when.iter().chain(&parts.closed_when) {
            inference.condition(condition);
        }
        if let Some((low, high)) = &mut parts.range {
            inference.infer(low);
            inference.infer(high);
        }
        if text && !in_circle && !is_words(made.stated.value.or(draft.defaults.value)) {
            for side in &parts.chain {
                inference.compare(&[&own_term, side]);
            }
        }
        if !text && !in_circle {
            for side in parts.chain.iter().skip(1).chain(&parts.within) {
                inference.compare(&[&own_term, side]);
            }
            if let Some((low, high)) = &parts.range {
                inference.compare(&[&own_term, low, high]);
            }
            for side in parts.chain.iter().chain(&parts.weight) {
                inference.figure(side);
            }
        }
        let itself = |term: &Term| {
            let mut found = false;
            term.cells(&mut |cell, earlier| found |= !earlier && *cell == own);
            found
        };
        let range = parts.range.iter().flat_map(|(low, high)| [low, high]);
        for term in range
            .chain(&parts.required_when)
            .chain(&parts.closed_when)
            .filter(|term| itself(term))
        {
            let column = shown.to_owned();
            inference.report(SaidProblem::OnItself { column }, term.span);
        }
        let own_cell = |cell: &Cell| *cell == own;
        if let Some(weight) = &parts.weight
            && let Some(problem) = weights::problem(weight, &own_cell, shown)
        {
            inference.report(problem, weight.span);
        }
        let found = inference.found;
        // Advice takes nothing away from what a formula means.
        let clean = found
            .iter()
            .all(|one| one.problem.severity() == Severity::Advice);
        found
            .into_iter()
            .for_each(|diagnostic| self.context.push(diagnostic));
        if !text && !in_circle && clean {
            self.constants(draft, &made, slot.row.is_some(), &parts.chain);
            self.part_adds_up(&made, shown, &quantity, &parts.within);
            self.formula(draft, &made, shown, source, &parts);
        }
        for side in parts.chain.iter().skip(1).chain(&parts.within) {
            if matches!(&side.kind, TermKind::Cell(cell) if *cell == own) {
                let column = shown.to_owned();
                self.report(RuleProblem::ComparedWithItself { column }, side.span);
            }
        }
        if source == Source::Computed
            && let Some(span) = parts
                .chain
                .iter()
                .find_map(|side| left_side_closed(forms, slot.row, side))
        {
            let column = shown.to_owned();
            self.report(RowsProblem::LeftSideClosed { column }, span);
        }
        if !text {
            for side in &parts.chain {
                levels::check(
                    self.context,
                    (draft, self.parts),
                    &own,
                    side,
                    Some(slot.column),
                );
            }
        }
        let side = |context: &Context, term: Term| Side {
            text: context.text(draft.file, term.span),
            term,
        };
        let context = &*self.context;
        let mut by_parts = parts
            .by_row
            .into_iter()
            .next()
            .filter(|_| columns::cumulates(parts.chain.first()));
        if let Some(term) = &mut by_parts {
            // What does not fit in it is no mistake: the other way computes the cell.
            let mut silent = Inference {
                context: &*self.context,
                words: &self.shared.words,
                file: draft.file,
                cell: &lookup,
                found: Vec::new(),
            };
            silent.infer(term);
        }
        let by_parts = by_parts.filter(|row| Formula::of(row) == Formula::SUM);
        Some(Finished {
            by_parts,
            weight: parts.weight,
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
            required_when: parts.required_when,
            closed_when: parts.closed_when,
            quantity,
        })
    }

    fn report(&mut self, problem: impl Into<Problem>, span: Span) {
        if let Some(draft) = self.forms.get(self.place.form) {
            self.context.report(problem, draft.file, span);
        }
    }

    /// Whether a formula only shows the words or the file of an earlier report, which is all that can be made of them; `own` is what the column holds.
    fn shows_words_of_another_time(&self, parts: &SlotParts, own: Sort) -> bool {
        let [side] = parts.chain.as_slice() else {
            return false;
        };
        let (TermKind::Previous(inner) | TermKind::YearAgo(inner)) = &side.kind else {
            return false;
        };
        let TermKind::Cell(cell) = &inner.kind else {
            return false;
        };
        matches!(own, Sort::Text | Sort::File) && self.columns.of(cell, self.place.row).sort == own
    }

    /// Words have neither measure nor nature, and nothing is computed of them; `shown` are those of another report.
    fn text_column(&mut self, draft: &FormDraft, made: &Made, shown: bool) {
        if self.clashes(draft, made) {
            return;
        }
        let stated = made.stated;
        let wrong = [
            stated.measure.map(|(_, span)| span),
            stated.nature.map(|(_, span)| span),
            stated.carry.map(|(_, span)| span),
            stated.within.first().map(|(_, span)| *span),
            stated.range.map(|(_, _, span)| span),
            made.sides
                .filter(|_| !shown && is_words(stated.value.or(draft.defaults.value)))
                .map(|sides| sides.span()),
        ];
        if let Some(span) = wrong.into_iter().flatten().min() {
            let attribute = self.shown(span);
            let stated = stated.value.or(draft.defaults.value);
            let value = stated.and_then(|(value, _)| value.answer());
            let value = statements::value_word(&self.shared.words, value.unwrap_or(Value::Text));
            self.report(TypeProblem::AttributeOnText { attribute, value }, span);
        }
    }

    fn entered(&mut self, draft: &FormDraft, made: &Made, shown: &str, quantity: &Quantity) {
        let stated = made.stated;
        if stated.unreadable {
            return;
        }
        if self.clashes(draft, made) {
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
            self.report(problem, stated.nature.map_or(made.head, |(_, span)| span));
        }
        if quantity.sort == Sort::Figure
            && is_typed_ratio(quantity)
            && quantity.additivity.nature == Nature::Unknown
        {
            let column = shown.to_owned();
            let span = stated
                .value
                .or(draft.defaults.value)
                .map_or(made.head, |(_, span)| span);
            self.report(TimeProblem::TypedRatio { column }, span);
        } else if let (true, Some((Nature::Flow, span)), None) =
            (draft.moment, stated.nature, stated.since)
        {
            let column = shown.to_owned();
            self.report(TimeProblem::FlowAtMoment { column }, span);
        }
        if let Some((low, high, span)) = stated.range {
            let digits = digits_of(quantity);
            let least = if quantity.negative {
                None
            } else {
                Some(Number::zero())
            };
            if let (Some(low), Some(high)) = (fixed(low), fixed(high))
                && empty_between(&low, &high, least.as_ref(), digits)
            {
                let (low, high) = (low.to_plain(None), high.to_plain(None));
                let empty = FormProblem::EmptyRange { low, high };
                let ranges = made.places.iter().filter_map(|place| place.range);
                let others = ranges.filter(|(_, _, place)| *place != span);
                let told = others.fold(
                    Diagnostic::new(empty, draft.file, span),
                    |told, (_, _, place)| told.noting(Note::DisagreesHere, draft.file, place),
                );
                self.context.push(told);
            } else {
                self.bounds_outside((low, high, span), quantity);
            }
        }
    }

    /// Reports what row, column and indicator say against each other.
    fn clashes(&mut self, draft: &FormDraft, made: &Made) -> bool {
        let Err(clashes) = statements::layer(self.shared, &made.places) else {
            return false;
        };
        for clash in &clashes {
            let Some(problem) = statements::problem(&self.shared.words, clash) else {
                continue;
            };
            let mut said = made
                .places
                .iter()
                .filter_map(|stated| statements::said_at(clash, stated));
            let primary = said.next().unwrap_or(made.head);
            let diagnostic = Diagnostic::new(problem, draft.file, primary);
            let diagnostic = said
                .filter(|place| *place != primary)
                .fold(diagnostic, |told, place| {
                    told.noting(Note::DisagreesHere, draft.file, place)
                });
            self.context.push(diagnostic);
        }
        true
    }

    /// In a written row one cell may be computed and another typed, so there its attributes are for the typed ones.
    fn locked(&mut self, made: &Made, one_of_a_row: bool) {
        let stated = made.stated;
        let by_receiver = stated.filled_by.as_ref();
        let by_receiver = by_receiver.filter(|(who, _)| *who == FilledBy::Recipient);
        let wrong = [
            stated.optional,
            stated.range.map(|(_, _, span)| span),
            stated.required_when.map(|(_, span)| span),
            by_receiver.map(|(_, span)| *span),
        ];
        for span in wrong.into_iter().flatten().filter(|_| !one_of_a_row) {
            let attribute = self.shown(span);
            self.report(FormProblem::AttributeOnLocked { attribute }, span);
        }
    }

    fn shown(&self, span: Span) -> String {
        let file = self.forms.get(self.place.form).map(|draft| draft.file);
        file.map_or(String::new(), |file| self.context.shown(file, span))
    }

    /// What is stated about a computed or carried slot against what its first side gives.
    fn formula(
        &mut self,
        draft: &FormDraft,
        made: &Made,
        shown: &str,
        source: Source,
        parts: &SlotParts,
    ) {
        let Some(side) = parts.chain.first() else {
            return;
        };
        let inferred = &side.quantity;
        let stated = made.stated;
        if inferred.is_unknown() || stated.unreadable {
            return;
        }
        let before = self.context.reported();
        self.measure(draft, stated, side);
        if self.context.reported_since(before) {
            return;
        }
        if source == Source::Carried {
            self.carried(
                stated.carry.map_or(side.span, |(_, span)| span),
                stated.nature,
                inferred,
            );
            return;
        }
        self.value(draft, stated, side);
        for problem in foreign_fit::mismatches(self.context, self.shared, draft, made, side) {
            self.report(problem, side.span);
        }
        if self.context.reported_since(before) {
            return;
        }
        if let (Some(span), Some(Modality::Actual(_))) =
            (stated.planned, inferred.additivity.modality)
        {
            self.report(TimeProblem::ClaimsDisagree, span);
            return;
        }
        if self.claims_disagree(stated, inferred) {
            return;
        }
        match (stated.nature, inferred.additivity.nature) {
            (Some((nature, span)), found) if !found.may_be_stated_as(nature) => {
                self.nature_differs(nature, found, span);
            }
            (_, found) if !inferred.linear && found != Nature::Ratio => {
                let column = shown.to_owned();
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
}
