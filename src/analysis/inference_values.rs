//! What comes out of answers that are no figures, of conditions that choose, and of figures over lists.
//!
//! It goes on where the inference of arithmetic stops. It deliberately does not know columns. What is unknown absorbs its consequences.

use super::expression::{
    Comparison, Conditional, Dimension, Over, OverFunction, Quantity, Sort, Term, TermKind,
};
use super::inference::Inference;
use super::natures::Nature;
use crate::diagnostic::problem::meaning::figure::FigureProblem;
use crate::diagnostic::problem::meaning::time::{NatureWord, TimeProblem};
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::value_word::ValueWord;
use crate::diagnostic::{Diagnostic, Note};

impl Inference<'_, '_> {
    /// Whether sides are answers of one kind, or of kinds that do not meet, which is reported; figures are left to arithmetic. A text or a condition beside a
    /// figure is arithmetic's mistake.
    pub(super) fn answers(&mut self, sides: &[&Term]) -> bool {
        let known: Vec<&&Term> = sides
            .iter()
            .filter(|side| side.quantity.sort != Sort::Unknown)
            .collect();
        let Some(first) = known.first() else {
            return false;
        };
        let special =
            |side: &Term| matches!(side.quantity.sort, Sort::Day | Sort::File | Sort::Choice(_));
        let same = known
            .iter()
            .all(|side| side.quantity.sort == first.quantity.sort);
        if same {
            return first.quantity.sort != Sort::Figure;
        }
        if !known.iter().any(|side| special(side)) {
            return false;
        }
        if let Some(other) = known
            .iter()
            .find(|side| side.quantity.sort != first.quantity.sort)
        {
            self.disagree(first, other);
        }
        true
    }

    /// Whether a file stands among the sides, which is reported: two scans of one paper are different files, so that even "the same" would tell nothing.
    pub(super) fn never_compared(&mut self, sides: &[&Term]) -> bool {
        let file = sides.iter().find(|side| side.quantity.sort == Sort::File);
        if let Some(file) = file {
            let figure = self.shown(file);
            self.report(TypeProblem::FileCompared { figure }, file.span);
        }
        file.is_some()
    }

    /// Reports an answer that is compared with an entry that is never given: it has entries below it.
    pub(super) fn never_answered(&mut self, sides: &[&Term]) {
        for side in sides {
            if let TermKind::Entry(entry) = &side.kind
                && let Some(catalog) = self.words.catalogs.get(entry.catalog)
                && catalog.is_inner(&entry.name)
            {
                let entry = entry.name.clone();
                self.report(FigureProblem::InnerEntry { entry }, side.span);
            }
        }
    }

    /// Whether no ratio that is multiplied by 100 stands beside a percentage; reported at the ratio.
    pub(super) fn same_hundredth(&mut self, figures: &[&Term]) -> bool {
        let percent = figures.iter().any(|term| term.quantity.percent);
        let hundredfold = figures.iter().find(|term| term.quantity.hundredfold);
        let Some(term) = hundredfold.filter(|_| percent) else {
            return true;
        };
        let figure = self.shown(term);
        self.report(
            FigureProblem::HundredfoldBesidePercent { figure },
            term.span,
        );
        false
    }

    fn disagree(&mut self, one: &Term, other: &Term) {
        let problem = TypeProblem::KindsDiffer {
            one: self.kind(&one.quantity),
            two: self.kind(&other.quantity),
        };
        self.found
            .push(Diagnostic::new(problem, self.file, other.span).noting(
                Note::DisagreesHere,
                self.file,
                one.span,
            ));
    }

    fn kind(&self, quantity: &Quantity) -> ValueWord {
        match quantity.sort {
            Sort::Figure | Sort::Unknown => ValueWord::Number,
            Sort::Text => ValueWord::Text,
            Sort::Truth => ValueWord::YesOrNo,
            Sort::Day => ValueWord::Date,
            Sort::File => ValueWord::File,
            Sort::Choice(catalog) => {
                let catalog = self.words.catalogs.get(catalog);
                ValueWord::Choice(catalog.map_or(String::new(), |catalog| catalog.label.clone()))
            }
        }
    }

    /// Only figures and days can be more or less; reports a sign that asks it of anything else.
    pub(super) fn ordered(&mut self, first: &Term, signs: &[Comparison]) {
        let unordered = matches!(
            first.quantity.sort,
            Sort::Text | Sort::Truth | Sort::Choice(_)
        );
        let asked = signs
            .iter()
            .any(|sign| !matches!(sign, Comparison::Equal | Comparison::NotEqual));
        if unordered && asked {
            let kind = self.kind(&first.quantity);
            self.report(TypeProblem::NoOrder { kind }, first.span);
        }
    }

    /// One of two values: both figures of one measure, or both answers of one kind; nil goes with either.
    pub(super) fn either(&mut self, parts: &Conditional) -> Quantity {
        self.condition(&parts.condition);
        let (then, otherwise) = (&parts.then, &parts.otherwise);
        let is_nil = |term: &Term| matches!(term.kind, TermKind::Nil);
        if is_nil(then) || is_nil(otherwise) {
            let known = if is_nil(then) { otherwise } else { then };
            return Quantity {
                linear: false,
                ..known.quantity.clone()
            };
        }
        let sorts = (then.quantity.sort, otherwise.quantity.sort);
        match sorts {
            (Sort::Unknown, _) | (_, Sort::Unknown) => Quantity::unknown(),
            (Sort::Figure, Sort::Figure) => Quantity {
                linear: false,
                ..self.extreme(&[then, otherwise])
            },
            (one, other) if one == other => then.quantity.clone(),
            _ => {
                self.disagree(then, otherwise);
                Quantity::unknown()
            }
        }
    }

    /// A figure over the rows of a list. A count is a plain number that takes the measure of its place, as a literal does.
    pub(super) fn over(&mut self, over: &mut Over) -> Quantity {
        over.distinct.iter_mut().for_each(|key| self.infer(key));
        let keys: Vec<&Term> = over.distinct.iter().collect();
        self.never_compared(&keys);
        if let Some(condition) = &mut over.condition {
            self.infer(condition);
            self.condition(condition);
        }
        let Some(value) = &mut over.value else {
            let nature = match over.distinct.is_empty() {
                true => Nature::Flow,
                false => Nature::Mixed,
            };
            return Quantity {
                literal: true,
                dimension: Some(Dimension::default()),
                decimals: Some(0),
                ..Quantity::pure(nature)
            };
        };
        self.infer(value);
        let Some(quantity) = self.figure(value) else {
            return Quantity::unknown();
        };
        if over.function == OverFunction::Sum && over.distinct.is_empty() {
            if self.never_adds(value) {
                return Quantity::unknown();
            }
            return quantity;
        }
        let mut quantity = quantity;
        quantity.linear = false;
        quantity
    }

    /// A ratio, an index, points or an average in a sum over rows is reported.
    fn never_adds(&mut self, value: &Term) -> bool {
        let nature = value.quantity.additivity.nature;
        let adds = !matches!(
            nature,
            Nature::Ratio | Nature::Index | Nature::Score | Nature::AverageBy
        );
        if !adds {
            let figure = self.shown(value);
            let nature = nature.word().unwrap_or(NatureWord::Ratio);
            self.report(TimeProblem::NotAdditive { figure, nature }, value.span);
        }
        !adds
    }
}
