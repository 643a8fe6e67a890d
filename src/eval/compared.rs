//! A longer period against the shorter ones it is checked against: where a typed figure differs from what they come to, a reason is asked for.
//!
//! It does not know which periods are compared; the plan says so. Where a part is missing nothing is compared, because nothing is known.

use crate::calendar::Period;
use crate::eval::cell::Cell;
use crate::eval::earlier::{beginning_with, rule_of};
use crate::eval::evaluate::{Evaluation, ReportInput};
use crate::eval::finding::{Finding, FindingKind, Verdict};
use crate::eval::roll_up;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Nature, Source};
use crate::plan::form::FormIndex;
use crate::plan::header::PeriodRelation;
use crate::plan::validation::Severity;
use std::collections::BTreeMap;

/// What the shorter periods come to, offered where a person types the figure (`checked against`); empty for other periods.
pub fn offered(plan: &CompiledRegime, report: &ReportInput) -> BTreeMap<CellAddress, Cell> {
    let checked = rule_of(&plan.header, report.period)
        .is_some_and(|rule| matches!(rule.relation, PeriodRelation::CheckedAgainst(_)));
    let rolled = checked
        .then(|| roll_up::of_period(plan, report.period, report.archive))
        .flatten();
    let typed = |at: &CellAddress| {
        plan.form_definition
            .form(at.form)
            .and_then(|form| form.cell(at.row.key(), at.column))
            .is_some_and(|cell| cell.source == Source::Entered)
    };
    let mut cells = rolled.map(|rolled| rolled.cells).unwrap_or_default();
    cells.retain(|at, _| typed(at));
    cells
}

/// A finding for every opening figure that differs from that of a shorter report which begins on the same day: both stand at one moment. What is compared with its parts
/// is not told again.
pub(super) fn openings(
    plan: &CompiledRegime,
    report: &ReportInput,
    evaluation: &Evaluation,
    told: &[Finding],
) -> Vec<Finding> {
    let known = |period: Period| report.archive.report(period).is_some();
    // A form may have days of its own, so that another report begins with it.
    let forms = (0u32..).map(FormIndex).zip(&plan.form_definition.forms);
    let others: BTreeMap<FormIndex, (Period, &Evaluation)> = forms
        .filter_map(|(form, _)| {
            let period = beginning_with(&plan.header_for(form), report.period, known)?;
            Some((form, (period, report.archive.report(period)?)))
        })
        .collect();
    let definition = |at: &CellAddress| {
        let form = plan.form_definition.form(at.form)?;
        form.cell(at.row.key(), at.column)
    };
    let mut findings = Vec::new();
    for (at, cell) in &evaluation.cells {
        let Some((period, other)) = others.get(&at.form) else {
            continue;
        };
        let opening = definition(at).is_some_and(|cell| cell.nature == Nature::Opening);
        let leaf = evaluation
            .rows_of(at.form)
            .iter()
            .find(|data| data.row == at.row)
            .is_none_or(|data| !data.inner);
        if !opening
            || !leaf
            || at.row == Row::Total
            || told.iter().any(|one| one.at.as_ref() == Some(at))
        {
            continue;
        }
        let there = other.cells.get(at).and_then(Cell::number);
        let (Some(own), Some(there)) = (cell.number(), there) else {
            continue;
        };
        if own != there {
            let kind = FindingKind::OpeningDiffers {
                own,
                other: there,
                period: *period,
            };
            findings.extend(to_explain(plan, report, at, "opening", kind));
        }
    }
    findings
}

/// A finding that asks for a reason.
fn to_explain(
    plan: &CompiledRegime,
    report: &ReportInput,
    at: &CellAddress,
    suffix: &str,
    kind: FindingKind,
) -> Option<Finding> {
    let form = plan.form_definition.form(at.form)?;
    let key = format!("{}/{suffix}", at.text(&plan.form_definition));
    let explanation = report
        .figures
        .forms
        .get(&form.name)
        .and_then(|given| given.explanations.get(&key))
        .cloned();
    Some(Finding {
        kind,
        severity: Severity::Explain,
        verdict: Verdict::Fails,
        cells: vec![at.clone()],
        at: Some(at.clone()),
        key,
        explanation,
    })
}

/// A finding for every typed figure that differs from its parts.
pub(super) fn compared(
    plan: &CompiledRegime,
    report: &ReportInput,
    evaluation: &Evaluation,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, cell) in offered(plan, report) {
        let locked = evaluation
            .rows_of(at.form)
            .iter()
            .find(|data| data.row == at.row)
            .is_none_or(|data| data.inner);
        let typed = evaluation.cells.get(&at).and_then(Cell::number);
        let (Some(typed), Some(parts), false) = (typed, cell.number(), locked) else {
            continue;
        };
        if typed == parts {
            continue;
        }
        let kind = FindingKind::DiffersFromParts { typed, parts };
        findings.extend(to_explain(plan, report, &at, "parts", kind));
    }
    findings
}
