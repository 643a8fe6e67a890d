//! What a change of units or calendars would do, worded for a page: changes unit by unit, what is owed otherwise, reports being written, comparisons, accounts.
//!
//! It only words what the service found. Broken input: none.

use crate::diagnostic::problem::meaning::name::table_fault;
use crate::plan::Bilingual;
use crate::service::effects::{Effects, PeriodEffect, RegimeEffect};
use crate::service::unit_changes::{Preview, Proposed};
use crate::service::unit_words;
use crate::text::table::TableProblem;
use crate::web::office::Office;
use crate::web::pages::report_path;
use crate::web::texts::{Language, plain, worded};
use crate::web::words::{self, pick};
use serde::Serialize;

/// How many names a line of effects shows.
const MOST_NAMED: usize = 12;

/// How many changes a page lists.
const MOST_CHANGES: usize = 500;

/// A preview as a page shows it.
#[derive(Debug, Default, Serialize)]
pub struct PreviewLines {
    /// Whether it can be confirmed.
    pub sound: bool,
    /// What is wrong, line by line.
    pub problems: Vec<String>,
    /// How many changes of each kind.
    pub counted: String,
    /// The changes.
    pub changes: Vec<ChangeLine>,
    /// How many more there are.
    pub more: usize,
    /// What is owed otherwise.
    pub regimes: Vec<RegimeLines>,
    /// Reports being written.
    pub drafts: Vec<DraftLine>,
    /// How figures of units that end go over.
    pub comparisons: Vec<String>,
    /// Periods that no longer compare.
    pub not_comparable: Vec<String>,
    /// Accounts that hold a role at a unit that ends.
    pub accounts: Vec<String>,
    /// What confirming names.
    pub fingerprint: String,
    /// The tables, to be sent again when confirming.
    pub texts: Vec<TextField>,
    /// Where they come from.
    pub source: String,
}

/// One change.
#[derive(Debug, Serialize)]
pub struct ChangeLine {
    kind: &'static str,
    words: String,
}

/// What is owed otherwise under one regime.
#[derive(Debug, Serialize)]
pub struct RegimeLines {
    title: String,
    periods: Vec<PeriodLines>,
}

#[derive(Debug, Serialize)]
struct PeriodLines {
    period: String,
    lines: Vec<String>,
}

/// A report being written.
#[derive(Debug, Serialize)]
pub struct DraftLine {
    href: String,
    words: String,
}

/// A table to be sent again.
#[derive(Debug, Serialize)]
pub struct TextField {
    name: String,
    text: String,
}

/// The name of a table's field in a form.
pub fn field_of(table: crate::organisation::unit_tables::UnitTable) -> &'static str {
    use crate::organisation::unit_tables::UnitTable;
    match table {
        UnitTable::Units => "don_vi",
        UnitTable::Links => "lien_he",
        UnitTable::Successions => "ke_thua",
        UnitTable::Codes => "ma",
    }
}

/// A mistake of a table in words, with its line.
pub fn problem_line(language: Language, table: Bilingual, problem: &TableProblem) -> String {
    let fault = table_fault(problem);
    let arguments = [
        ("table", pick(language, table).into()),
        (
            "line",
            i64::try_from(problem.line).unwrap_or(i64::MAX).into(),
        ),
        (
            "problem",
            pick(
                language,
                Bilingual {
                    vi: fault.vi,
                    en: fault.en,
                },
            )
            .into(),
        ),
    ];
    worded(language, "units-problem-line", &arguments)
}

/// A preview in words.
pub fn preview_lines(
    office: &Office,
    language: Language,
    proposed: &Proposed,
    preview: &Preview,
) -> PreviewLines {
    let mut problems: Vec<String> = preview
        .problems
        .iter()
        .map(|(table, problem)| problem_line(language, table.wording(), problem))
        .collect();
    let faults = preview.faults.iter();
    problems.extend(
        faults.map(|fault| pick(language, unit_words::tables_fault(fault, &preview.names))),
    );
    let removed = preview.removed_with_reports.iter();
    problems.extend(removed.map(|(unit, count)| {
        let arguments = [("unit", unit.clone().into()), ("count", (*count).into())];
        worded(language, "units-removed-with-reports", &arguments)
    }));
    let changes: Vec<ChangeLine> = preview
        .changes
        .iter()
        .map(|change| {
            let (kind, words) = unit_words::change(change, &preview.names);
            ChangeLine {
                kind,
                words: pick(language, words),
            }
        })
        .collect();
    let of_kind = |kind: &str| changes.iter().filter(|change| change.kind == kind).count();
    let counted = worded(
        language,
        "units-counted-changes",
        &[
            ("added", of_kind("added").into()),
            ("closed", of_kind("closed").into()),
            ("changed", of_kind("changed").into()),
            ("removed", of_kind("removed").into()),
        ],
    );
    let more = changes.len().saturating_sub(MOST_CHANGES);
    let effects = &preview.effects;
    PreviewLines {
        sound: preview.is_sound() && !preview.changes.is_empty(),
        problems,
        counted,
        changes: changes.into_iter().take(MOST_CHANGES).collect(),
        more,
        regimes: regime_lines(office, language, &effects.regimes),
        drafts: drafts(office, language, effects),
        comparisons: comparisons(language, effects),
        not_comparable: effects
            .not_comparable
            .iter()
            .map(|(title, periods)| {
                let names: Vec<String> = periods
                    .iter()
                    .map(|(regime, period)| office.period_name(language, regime, period))
                    .collect();
                format!("{title}: {}", names.join(", "))
            })
            .collect(),
        accounts: effects
            .accounts
            .iter()
            .map(|one| format!("{} ({}) – {}", one.name, one.account, one.unit))
            .collect(),
        fingerprint: preview.fingerprint.clone(),
        texts: proposed
            .texts
            .iter()
            .map(|(table, text)| TextField {
                name: field_of(*table).to_owned(),
                text: text.clone(),
            })
            .collect(),
        source: proposed.source.clone(),
    }
}

fn comparisons(language: Language, effects: &Effects) -> Vec<String> {
    let line = |one: &crate::service::effects::Comparison| {
        let words = pick(language, unit_words::passing(&one.passing, &one.heirs));
        let arguments = [("count", one.reports.into())];
        let reports = worded(language, "units-received-reports", &arguments);
        format!("{}: {words}; {reports}", one.name)
    };
    effects.comparisons.iter().map(line).collect()
}

fn drafts(office: &Office, language: Language, effects: &Effects) -> Vec<DraftLine> {
    let line = |one: &crate::service::effects::DraftConcerned| {
        let key = if one.no_longer_owed {
            "units-draft-not-owed"
        } else {
            "units-draft-rerouted"
        };
        let period = office.period_name(language, &one.address.regime, &one.address.period);
        let status = pick(language, one.status.wording());
        DraftLine {
            href: report_path(&one.address),
            words: format!(
                "{} – {}, {period} ({status}): {}",
                one.unit_name,
                one.title,
                plain(language, key)
            ),
        }
    };
    effects.drafts.iter().map(line).collect()
}

/// What is owed otherwise, in words.
pub fn regime_lines(
    office: &Office,
    language: Language,
    regimes: &[RegimeEffect],
) -> Vec<RegimeLines> {
    let lines = |regime: &RegimeEffect| RegimeLines {
        title: regime.title.clone(),
        periods: grouped(regime.periods.iter().map(|period| PeriodLines {
            period: office.period_name(language, &regime.regime, &period.period),
            lines: period_lines(language, period),
        })),
    };
    regimes.iter().map(lines).collect()
}

/// Periods in which the same is otherwise, as one.
fn grouped(periods: impl Iterator<Item = PeriodLines>) -> Vec<PeriodLines> {
    let mut groups: Vec<PeriodLines> = Vec::new();
    for period in periods {
        match groups.iter_mut().find(|group| group.lines == period.lines) {
            Some(group) => {
                group.period.push_str(", ");
                group.period.push_str(&period.period);
            }
            None => groups.push(period),
        }
    }
    groups
}

fn period_lines(language: Language, period: &PeriodEffect) -> Vec<String> {
    let line = |key: &str, units: &[String], more: &[(&str, String)]| {
        let mut arguments: Vec<(&str, crate::web::texts::Argument)> = vec![
            ("count", units.len().into()),
            ("units", named(units).into()),
        ];
        arguments.extend(more.iter().map(|(name, text)| (*name, text.clone().into())));
        worded(language, key, &arguments)
    };
    let due = |due: &Option<crate::calendar::Due>| {
        due.map_or_else(|| plain(language, "due-unset"), words::due)
    };
    let unset = |text: &String| {
        if text.is_empty() {
            plain(language, "units-no-recipient")
        } else {
            text.clone()
        }
    };
    let mut lines = Vec::new();
    if !period.no_longer.is_empty() {
        lines.push(line("units-no-longer-owed", &period.no_longer, &[]));
    }
    if !period.newly.is_empty() {
        lines.push(line("units-newly-owed", &period.newly, &[]));
    }
    for (from, to, units) in &period.rerouted {
        let more = [("from", unset(from)), ("to", unset(to))];
        lines.push(line("units-rerouted", units, &more));
    }
    for (from, to, units) in &period.moved {
        let more = [("from", due(from)), ("to", due(to))];
        lines.push(line("units-due-moved", units, &more));
    }
    lines
}

/// The first names of a list, with how many more there are.
fn named(units: &[String]) -> String {
    let mut text = units
        .iter()
        .take(MOST_NAMED)
        .cloned()
        .collect::<Vec<String>>()
        .join(", ");
    if units.len() > MOST_NAMED {
        text.push_str(&format!(", … (+{})", units.len() - MOST_NAMED));
    }
    text
}
