//! The reports of one unit, evaluated in order of time, each reading those before it.
//!
//! It does not know units, storage or acceptance: the caller passes the reports that count. A period the regime does not report is left out; it has no window.

use crate::calendar::{Date, Period};
use crate::eval::archive::Archive;
use crate::eval::earlier::{CarrySource, earlier, window_during};
use crate::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate, evaluate_history};
use crate::eval::figures::Figures;
use crate::organisation::{EventState, Unit};
use crate::plan::CompiledRegime;
use std::collections::BTreeMap;

/// One report of the sequence.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// What was entered.
    pub figures: &'a Figures,
    /// Whether it is only known from history: computed and carried cells may be given, and nothing in it is judged.
    pub history: bool,
    /// The unit, for parts that are `only for` some.
    pub reporter: Option<&'a Unit>,
    /// The event that the period follows.
    pub event: Option<&'a EventState>,
}

/// Evaluates all reports of one unit; `base` is what is known beside them.
pub fn evaluate_in_order(
    plan: &CompiledRegime,
    reports: &BTreeMap<Period, Part>,
    base: &Archive,
) -> BTreeMap<Period, Evaluation> {
    evaluate_knowing(plan, reports, &|_, _| base.clone())
}

/// As [`evaluate_in_order`], with what is known beside each report: of its period, at its cut-off.
pub fn evaluate_knowing<'b>(
    plan: &CompiledRegime,
    reports: &BTreeMap<Period, Part>,
    base: &dyn Fn(Period, Date) -> Archive<'b>,
) -> BTreeMap<Period, Evaluation> {
    let mut order: Vec<_> = reports
        .iter()
        .filter_map(|(period, part)| {
            let event = part.event.map(|event| event.dates);
            window_during(&plan.header, *period, event).map(|window| (window, *period, part))
        })
        .collect();
    // Whatever a report reads of the past ends before it does.
    order.sort_by_key(|(window, period, _)| (window.to, std::cmp::Reverse(window.from), *period));
    let mut done: BTreeMap<Period, Evaluation> = BTreeMap::new();
    for (window, period, part) in order {
        let beside = base(period, window.to);
        let past = earlier(&plan.header, period, |candidate| {
            done.contains_key(&candidate) || beside.report(candidate).is_some()
        });
        // A unit formed by a merger opens with what the units before it closed with.
        let source = |period: Period| done.get(&period).or_else(|| beside.report(period));
        let declared = part
            .figures
            .forms
            .values()
            .any(|form| !form.declared_openings.is_empty());
        let carry = match past.carry {
            CarrySource::Closing(period) => source(period).map(Carry::Report),
            CarrySource::Opening(period) => source(period).map(Carry::Opening),
            CarrySource::None => declared.then_some(Carry::Declared),
        };
        let mut archive = beside.clone();
        for (period, evaluation) in &done {
            archive.keep(*period, evaluation);
        }
        let input = ReportInput {
            period,
            cutoff: window.to,
            reporter: part.reporter,
            event: part.event,
            figures: part.figures,
            archive: &archive,
            carry: carry
                .unwrap_or_else(|| Carry::Missing(beside.nothing_carried(&plan.header, period))),
        };
        let evaluation = if part.history {
            evaluate_history(plan, &input)
        } else {
            evaluate(plan, &input)
        };
        done.insert(period, evaluation);
    }
    done
}
