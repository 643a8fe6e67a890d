//! Advice about figures that an export format of the project cannot carry, because it has no code for their kind of period.
//!
//! It deliberately does not export anything. A regime whose figures have no coded indicator is exported nowhere and not spoken of.

use super::context::Context;
use super::kinds::choice_words;
use super::model::{Regime, words::Words};
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::text::{FileId, Span};
use std::collections::BTreeSet;

/// Reports each kind of period of a regime that a format has no code for.
pub(super) fn advise(
    context: &mut Context,
    words: &Words,
    regime: &Regime,
    (file, head): (FileId, Span),
) {
    let coded: BTreeSet<usize> = regime
        .forms
        .iter()
        .flat_map(|form| form.definitions())
        .filter_map(|cell| cell.indicator)
        .filter(|indicator| {
            let found = words.indicators.get(*indicator);
            found.is_some_and(|indicator| indicator.code.is_some())
        })
        .collect();
    if coded.is_empty() {
        return;
    }
    for export in &words.exports {
        // Every format is held against every period.
        if !context.spend(regime.periods.len(), file, head) {
            return;
        }
        for rule in &regime.periods {
            let known = export
                .periods
                .iter()
                .any(|(choice, _)| choice.meets(&rule.choice));
            if !known {
                let problem = Advice::NoExportCode {
                    export: export.name.clone(),
                    period: choice_words(rule.choice),
                    indicators: coded.len(),
                };
                context.report(problem, file, head);
            }
        }
    }
}
