//! What is stated about a computed cell against what its formula gives: measure and type.
//!
//! It deliberately does not know natures. What could not be told about a formula contradicts nothing.

use super::Checker;
use crate::analysis::attributes::{Stated, StatedMeasure, StatedType};
use crate::analysis::cell_type::extent::Start;
use crate::analysis::cell_type::value::Share;
use crate::analysis::expression::{Dimension, Quantity, Term, TermKind};
use crate::analysis::forms::FormDraft;
use crate::analysis::inference::products::multiplied_by_hundred;
use crate::analysis::inference::thousands;
use crate::analysis::measures;
use crate::analysis::model::cell::Modality;
use crate::analysis::natures::Nature;
use crate::diagnostic::problem::meaning::time::{NatureWord, TimeProblem};
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::value_word::MeasureWord;
use crate::diagnostic::{Diagnostic, FixKind, Note};
use crate::text::Span;

impl Checker<'_, '_, '_> {
    /// A stated measure, or a percentage, must be what the formula gives.
    pub(super) fn measure(&mut self, draft: &FormDraft, stated: &Stated, side: &Term) {
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
            return self.measure_of_indicator(draft, stated, side, dimension);
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
            self.measure_differs(draft, stated, span, side);
        }
    }

    /// The formula of a cell has to give what its indicator is measured in.
    fn measure_of_indicator(
        &mut self,
        draft: &FormDraft,
        stated: &Stated,
        side: &Term,
        dimension: &Dimension,
    ) {
        let Some((Some(position), span)) = stated.indicator else {
            return;
        };
        let statement = self.shared.indicator_statements.get(position);
        let Some(measure) = statement.and_then(|statement| statement.measure.as_ref()) else {
            return;
        };
        let Some(known) = &measure.dimension else {
            return;
        };
        if !side.quantity.literal && known != dimension {
            let stated = measures::in_words(
                &self.shared.words,
                known,
                &measure.scale,
                measure.share != Share::Plain,
            );
            self.measure_differs(draft, stated, span, side);
        }
    }

    /// Reports a measure, stated at a place, that a side does not give.
    fn measure_differs(&mut self, draft: &FormDraft, stated: MeasureWord, at: Span, side: &Term) {
        let inferred = self.words_of(&side.quantity);
        let problem = TypeProblem::StatedMeasureDiffers { stated, inferred };
        self.context
            .push(Diagnostic::new(problem, draft.file, at).noting(
                Note::DisagreesHere,
                draft.file,
                side.span,
            ));
    }

    /// The span and the vintage that a view states must be those of its formula (T2); whether they are not, which is reported.
    pub(super) fn claims_disagree(&mut self, stated: &Stated, inferred: &Quantity) -> bool {
        let found = &inferred.additivity;
        if let (Some(start), Some((_, span)), Nature::Flow, Some(extent)) =
            (stated.since, stated.nature, found.nature, &found.extent)
            && extent.start() != Some(start)
        {
            let word = |start: Option<Start>| match start {
                Some(Start::Year) => NatureWord::SinceYear,
                Some(Start::Event) => NatureWord::SinceEvent,
                Some(Start::Project) => NatureWord::SinceStart,
                _ => NatureWord::Flow,
            };
            let problem = TimeProblem::NatureDiffers {
                stated: word(Some(start)),
                inferred: word(extent.start()),
            };
            self.report(problem, span);
            return true;
        }
        let vintages = stated.vintages.as_ref();
        let own = vintages.filter(|_| stated.for_previous.is_none());
        if let (Some((vintages, span)), Some(Modality::Actual(Some(found)))) = (own, found.modality)
            && inferred.additivity.nature != Nature::Ratio
            && let [vintage] = vintages.as_slice()
            && *vintage != found
        {
            self.report(TimeProblem::ClaimsDisagree, *span);
            return true;
        }
        false
    }

    fn words_of(&self, quantity: &Quantity) -> MeasureWord {
        let plain = Dimension::default();
        let dimension = quantity.dimension.as_ref().unwrap_or(&plain);
        measures::in_words(
            &self.shared.words,
            dimension,
            &quantity.scale,
            quantity.percent,
        )
    }

    fn typed_by_indicator(&self, stated: &Stated) -> bool {
        let position = stated.indicator.and_then(|(position, _)| position);
        let statement = position.and_then(|at| self.shared.indicator_statements.get(at));
        statement.is_some_and(|statement| statement.value.is_some())
    }

    /// A stated type must hold what the formula gives; a quotient needs one.
    pub(super) fn value(&mut self, draft: &FormDraft, stated: &Stated, side: &Term) {
        let inferred = &side.quantity;
        let whole = inferred.decimals == Some(0);
        let value = stated
            .value
            .or(draft.defaults.value)
            .map(|(value, _)| value);
        let counted = matches!(value, None | Some(StatedType::Count | StatedType::Integer));
        if counted && matches!(side.kind, TermKind::Number(_)) && !self.typed_by_indicator(stated) {
            let text = self.context.text(draft.file, side.span);
            if let Some(told) = thousands::point(&text, draft.file, side.span) {
                self.context.push(told);
                return;
            }
        }
        match stated.value {
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
            None if inferred.decimals.is_none()
                && draft.defaults.value.is_none()
                && !self.typed_by_indicator(stated) =>
            {
                self.report(TypeProblem::QuotientWithoutType, side.span);
            }
            _ => {}
        }
    }
}
