//! The tables of targets: units, indicators and years that exist, given to whom the target may be given, and sums that agree where the target `adds up`.
//!
//! It deliberately does not look plan values up; that is evaluation's business. On broken input each bad line is reported with its number and field, and the
//! others are judged without it; without a table of units no unit is unknown.

use super::context::Context;
use super::model::cell::ValueType;
use super::model::words::Target;
use super::project::Project;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::plan_value::PlanValueProblem;
use crate::number::Number;
use crate::organisation::{
    Organisation, PLAN_VALUE_COLUMNS, PlanValue, Unit, parse_links, parse_plan_values, uneven,
};
use crate::syntax::ast::{Item, Spanned};
use crate::text::FileId;
use crate::text::table::{TableProblem, TableProblemKind};

/// Checks the table of every target.
pub(super) fn check(context: &mut Context, shared: &Shared) {
    let project = context.project;
    for source in &project.sources {
        for item in &source.tree.items {
            let Item::Target(written) = item else {
                continue;
            };
            let path = Project::table_path(&source.file, &written.table.value);
            let declared = shared.words.targets.named(&written.name.value);
            let declared = declared.filter(|target| target.table == path);
            // A table that is not there was reported where the target was declared.
            if let (Some(target), Some(text)) = (declared, project.tables.get(&path)) {
                check_table(
                    context,
                    shared,
                    (source.file.id, &written.table),
                    target,
                    text,
                );
            }
        }
    }
}

fn check_table(
    context: &mut Context,
    shared: &Shared,
    (file, named): (FileId, &Spanned<String>),
    target: &Target,
    text: &str,
) {
    let (values, mut problems) = parse_plan_values(text);
    let mut healthy: Vec<PlanValue> = Vec::new();
    for value in values {
        match fault(shared, target, &value) {
            Some(problem) => problems.push(problem),
            None => healthy.push(value),
        }
    }
    problems.sort_by_key(|problem| problem.line);
    super::words::report_table(context, file, named, problems);
    if target.adds_up {
        let links = shared.words.links_table.as_ref();
        let links = links.and_then(|path| context.project.tables.get(path));
        let links = links.map(|text| parse_links(text).0).unwrap_or_default();
        let organisation = Organisation::new(shared.units.clone(), Vec::new()).linked(links);
        for found in uneven(&healthy, &organisation) {
            let indicators = &shared.words.indicators;
            let problem = PlanValueProblem::DoesNotAddUp {
                file: named.value.clone(),
                line: found.line,
                unit: unit(shared, &found.unit.0)
                    .map_or_else(|| found.unit.0.clone(), |unit| unit.name.clone()),
                indicator: indicators
                    .named(&found.indicator)
                    .map_or_else(|| found.indicator.clone(), |known| known.label.clone()),
                year: found.year,
                whole: shown(&found.whole),
                sum: shown(&found.sum),
                parts: found.parts,
            };
            context.report(problem, file, named.span);
        }
    }
}

/// What is wrong with a line that could be read.
fn fault(shared: &Shared, target: &Target, value: &PlanValue) -> Option<TableProblem> {
    let problem = |column: usize, kind: TableProblemKind| TableProblem {
        line: value.line,
        field: PLAN_VALUE_COLUMNS
            .get(column)
            .map(|name| (*name).to_owned()),
        kind,
    };
    let indicators = &shared.words.indicators;
    let is_stray = shared.strays.contains(&value.indicator);
    if !is_stray && indicators.find(&value.indicator).is_none() {
        let text = value.indicator.clone();
        return Some(problem(1, TableProblemKind::Undeclared { text }));
    }
    if !is_stray && let Some(text) = finer(shared, value) {
        return Some(problem(3, TableProblemKind::NotANumber { text }));
    }
    // Without a readable table of units nothing can be said of one.
    shared.unit_names.as_ref()?;
    let text = value.unit.0.clone();
    match unit(shared, &value.unit.0) {
        None => Some(problem(0, TableProblemKind::Undeclared { text })),
        Some(unit) => {
            let is_meant = target.given_to.iter().any(|party| unit.is_meant_by(party));
            // An unreadable list of parties was reported where it stands.
            let is_known = target.given_to.is_empty() || is_meant;
            (!is_known).then(|| problem(0, TableProblemKind::NotGivenTo { text }))
        }
    }
}

/// The value with its decimals where these are more than the indicator has.
fn finer(shared: &Shared, value: &PlanValue) -> Option<String> {
    let indicator = shared.words.indicators.named(&value.indicator)?;
    let ValueType::Number {
        decimals, percent, ..
    } = indicator.cell.value
    else {
        return None;
    };
    let most = if percent {
        decimals.saturating_add(2)
    } else {
        decimals
    };
    let fits = value.value.decimals().is_some_and(|places| places <= most);
    (!fits).then(|| value.value.to_plain(None))
}

fn shown(number: &Number) -> String {
    match number.decimals() {
        Some(decimals) => number.to_vietnamese(decimals),
        None => number.to_plain(None),
    }
}

fn unit<'s>(shared: &'s Shared, id: &str) -> Option<&'s Unit> {
    shared.units.iter().find(|unit| unit.id.0 == id)
}
