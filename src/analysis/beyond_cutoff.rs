//! Figures about days after the cut-off: only estimates can be given of them (language-types §1.9).
//!
//! The day until which data are taken and the span that the figures describe are two things. Where the span ends later and nothing that is typed is an
//! estimate, somebody would have to know what has not happened yet. It deliberately does not know deadlines. A regime that types no figures at all is
//! not judged, nor one whose windows could not be read.

use super::context::Context;
use super::forms::FormDraft;
use super::kinds::SAMPLE_YEAR;
use super::model::PeriodRule;
use super::model::cell::{CellDefinition, Extent, Modality, Source, ValueType, Vintage};
use super::model::words::Words;
use super::periods::{RegimeTime, periods_in};
use crate::calendar::dates::show_date;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::syntax::ast::time::PeriodMember;
use crate::text::{FileId, Span};

/// Checks every kind of period; one report for the statement that says what the figures describe.
pub(super) fn check(
    context: &mut Context,
    words: &Words,
    file: FileId,
    time: &RegimeTime,
    rules: &[PeriodRule],
    drafts: &[FormDraft],
) {
    let Some(span) = covers(time) else { return };
    let typed = || drafts.iter().flat_map(typed_now);
    if typed().next().is_none() || typed().any(|cell| is_estimate(words, cell)) {
        return;
    }
    let settled = rules
        .iter()
        .filter(|rule| rule.vintage != Some(Vintage::Estimate));
    for rule in settled {
        for period in periods_in(rule, SAMPLE_YEAR) {
            let described = rule.covers.as_ref().zip(rule.days.days(&period, None));
            let described = described.map(|(covers, days)| covers.window(&days));
            let Some((window, described)) = rule.window_of(&period).zip(described) else {
                continue;
            };
            if described.to > window.to && !window.is_reversed() {
                let problem = RouteProblem::CoversBeyondCutoff {
                    period: (period.name_vi(), period.name_en()),
                    cutoff: show_date(window.to),
                    covers: show_date(described.to),
                };
                context.report(problem, file, span);
                return;
            }
        }
    }
}

/// The first `covers`, of the regime or of a period.
fn covers(time: &RegimeTime) -> Option<Span> {
    let own = time.periods.iter().flat_map(|period| &period.members);
    let own = own.filter_map(|member| match member {
        PeriodMember::Covers(covers) => Some(covers.span),
        _ => None,
    });
    time.covers
        .map(|covers| covers.span)
        .into_iter()
        .chain(own)
        .next()
}

/// The figures of a form that a person types about the period of the report.
fn typed_now<'d>(draft: &'d FormDraft) -> impl Iterator<Item = &'d CellDefinition> {
    let columns = draft.form.columns.iter().map(|column| &column.cell);
    let plain = columns.filter(|_| draft.form.cells.is_empty());
    plain.chain(draft.form.cells.values()).filter(|cell| {
        cell.source == Source::Entered
            && matches!(cell.value, ValueType::Number { .. })
            && matches!(cell.modality, Modality::Actual(_))
            && !(cell.extent.ends_before() || cell.extent == Extent::PlanYear)
    })
}

/// Whether a figure is an estimate, or may be one: its indicator is asked as an estimate too.
fn is_estimate(words: &Words, cell: &CellDefinition) -> bool {
    let indicator = cell.indicator.and_then(|known| words.indicators.get(known));
    match cell.modality {
        Modality::Actual(Some(vintage)) => vintage == Vintage::Estimate,
        Modality::Actual(None) => {
            indicator.is_some_and(|indicator| indicator.vintages.contains(&Vintage::Estimate))
        }
        _ => false,
    }
}
