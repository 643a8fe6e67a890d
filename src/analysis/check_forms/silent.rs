//! Formulas and parts that can be computed and still cannot be meant: a formula without a cell, and a part that adds up where its whole does not.
//!
//! It deliberately does not know measures. What could not be resolved is meant by somebody.

use super::Checker;
use crate::analysis::cells::Made;
use crate::analysis::expression::{Quantity, Term, TermKind};
use crate::analysis::forms::FormDraft;
use crate::analysis::natures::Nature;
use crate::diagnostic::problem::meaning::figure::FigureProblem;
use crate::diagnostic::{Diagnostic, FixKind};

impl Checker<'_, '_, '_> {
    /// Reports sides that calculate with numbers alone; a single number is a constant that is meant.
    pub(super) fn constants(
        &mut self,
        draft: &FormDraft,
        made: &Made,
        by_row: bool,
        sides: &[Term],
    ) {
        // A carried figure and a total were not written as a calculation.
        let written = made.sides.map_or(&[][..], |sides| sides.all());
        for side in sides.iter().filter(|side| calculates(side)) {
            if !written.iter().any(|expr| expr.span == side.span) {
                continue;
            }
            let text = self.context.text(draft.file, side.span);
            let column = draft.columns.get(self.place.column);
            let of_row = by_row && column.is_some_and(|column| column.formula.is_none());
            let meant = with_references(&text, of_row);
            let problem = FigureProblem::ReadsNoCell {
                meant: meant.clone(),
            };
            let told = Diagnostic::new(problem, draft.file, side.span);
            self.context.push(match meant {
                Some((columns, _)) if !of_row => told.fixed_by(FixKind::Likely, side.span, columns),
                _ => told,
            });
        }
    }

    /// Reports a part that is added over periods within a whole of which one figure is taken, where longer periods are rolled up from shorter ones.
    pub(super) fn part_adds_up(
        &mut self,
        made: &Made,
        shown: &str,
        own: &Quantity,
        wholes: &[Term],
    ) {
        if !self.derived || own.additivity.nature != Nature::Flow {
            return;
        }
        let one_figure = |whole: &&Term| {
            let nature = whole.quantity.additivity.nature;
            matches!(
                nature,
                Nature::Stock | Nature::Opening | Nature::PeriodAverage
            )
        };
        for whole in wholes.iter().filter(one_figure) {
            let problem = FigureProblem::PartAddsUp {
                part: shown.to_owned(),
                whole: self.shown(whole.span),
            };
            let said = made.stated.within.iter();
            let mut at = said.filter(|(expr, _)| expr.span == whole.span);
            let span = at.next().map_or(whole.span, |(_, span)| *span);
            self.report(problem, span);
        }
    }
}

/// Whether a term calculates, and with numbers alone.
fn calculates(term: &Term) -> bool {
    fn only_numbers(term: &Term) -> bool {
        match &term.kind {
            TermKind::Number(_) => true,
            TermKind::Sum(_)
            | TermKind::SumOf(_)
            | TermKind::Product(..)
            | TermKind::Quotient(..)
            | TermKind::Negate(_)
            | TermKind::Minimum(_)
            | TermKind::Maximum(_) => {
                let mut only = true;
                let mut any = false;
                term.for_each_child(&mut |child| {
                    any = true;
                    only = only && only_numbers(child);
                });
                any && only
            }
            _ => false,
        }
    }
    let alone = match &term.kind {
        TermKind::Negate(inner) => matches!(inner.kind, TermKind::Number(_)),
        kind => matches!(kind, TermKind::Number(_)),
    };
    !alone && only_numbers(term)
}

/// The calculation with its numbers as places, in Vietnamese and English; `None` where one is no whole number.
fn with_references(text: &str, of_row: bool) -> Option<(String, String)> {
    let known = |letter: char| letter.is_ascii_digit() || " +-*/()×".contains(letter);
    if !text.chars().all(known) {
        return None;
    }
    let written = |word: &str| {
        let mut found = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if !letter.is_ascii_digit() {
                found.push(letter);
                continue;
            }
            found.push_str(word);
            found.push('[');
            found.push(letter);
            while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                found.push(digit);
            }
            found.push(']');
        }
        found
    };
    Some(match of_row {
        true => (written("dòng"), written("row")),
        false => (written(""), written("")),
    })
}
