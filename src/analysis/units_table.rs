//! The words of the table of units against those of the project, and calendars against each other.
//!
//! The table may come from another office and name more than a project needs: agencies that no regime names are left alone, unless the name is near to one that is declared and that no unit
//! bears. It deliberately does not know lines; a word is told once, with the first unit that bears it.

use super::context::Context;
use super::lists::nearest;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::project::{ProjectProblem, UnitField};
use crate::diagnostic::{Diagnostic, Note};
use crate::organisation::Unit;
use crate::syntax::ast::Item;
use crate::syntax::ast::words::{Calendar, FactsKind};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// So many words of one table are looked at: a table with more is that of another project.
const MOST_TOLD: usize = 50;

/// Looks at the table of units and at the calendars, when all words are known.
pub(super) fn check(context: &mut Context, shared: &Shared) {
    let mut units: Option<(FileId, Span)> = None;
    let mut calendars: Vec<(FileId, &Calendar)> = Vec::new();
    let project = context.project;
    for source in &project.sources {
        let file = source.file.id;
        for item in &source.tree.items {
            match item {
                Item::Facts(facts) if facts.kind == FactsKind::Units => {
                    units = units.or(Some((file, facts.file.span)));
                }
                Item::Calendar(calendar) => calendars.push((file, calendar)),
                _ => {}
            }
        }
    }
    if let Some((file, span)) = units {
        for problem in words(shared) {
            context.report(problem, file, span);
        }
    }
    in_calendars(context, &calendars);
}

/// A second calendar, and days that no decision fixes.
fn in_calendars(context: &mut Context, calendars: &[(FileId, &Calendar)]) {
    let unreadable = calendars.iter().any(|(_, one)| !one.strays.is_empty());
    let decided = calendars.iter().any(|(_, one)| !one.decisions.is_empty());
    if let Some((first_file, first)) = calendars.first() {
        for (file, other) in calendars.iter().skip(1) {
            let told = Diagnostic::new(ProjectProblem::SecondCalendar, *file, other.name.span);
            context.push(told.noting(Note::FirstHere, *first_file, first.name.span));
        }
    }
    if decided || unreadable {
        return;
    }
    for (file, calendar) in calendars {
        for holiday in &calendar.holidays {
            let Some(days) = holiday.decided.as_ref().filter(|days| days.value > 0) else {
                continue;
            };
            let problem = ProjectProblem::DecidedByNobody {
                holiday: holiday.label.value.clone(),
            };
            context.report(problem, *file, days.span);
        }
    }
}

/// The words that are not declared, each once.
fn words(shared: &Shared) -> Vec<ProjectProblem> {
    let words = &shared.words;
    let mut found: BTreeMap<(UnitField, &str), (&Unit, usize)> = BTreeMap::new();
    let items: BTreeMap<&str, BTreeSet<&str>> = words
        .levels
        .iter()
        .map(|level| {
            let items = level.items.iter().map(|(name, _)| name.as_str());
            (level.name.as_str(), items.collect())
        })
        .collect();
    for unit in &shared.units {
        let mut missing: Vec<(UnitField, &str)> = Vec::new();
        match items.get(unit.level.as_str()) {
            None => missing.push((UnitField::Level, &unit.level)),
            Some(items) if !items.is_empty() && !items.contains(unit.item.as_str()) => {
                let level = unit.level.clone();
                missing.push((UnitField::Item { level }, &unit.item));
            }
            Some(_) => {}
        }
        for tag in &unit.tags {
            if words.tags.find(tag).is_none() {
                missing.push((UnitField::Tag, tag));
            }
        }
        let agency = unit.agency.as_deref();
        if let Some(agency) = agency.filter(|agency| words.agencies.find(agency).is_none()) {
            let level = unit.level.clone();
            missing.push((UnitField::Agency { level }, agency));
        }
        for (name, entry) in &unit.attributes {
            match words.catalogs.named(name) {
                None => missing.push((UnitField::Attribute, name)),
                Some(catalog) if catalog.complete && catalog.entries.find(entry).is_none() => {
                    let catalog = name.clone();
                    missing.push((UnitField::Entry { catalog }, entry));
                }
                Some(_) => {}
            }
        }
        for (field, word) in missing {
            if shared.strays.contains(word) {
                continue;
            }
            let known = found.entry((field, word)).or_insert((unit, 0));
            known.1 = known.1.saturating_add(1);
        }
    }
    let told = found
        .into_iter()
        .take(MOST_TOLD)
        .filter_map(|((field, word), (unit, times))| {
            let nearest = near(shared, &field, word);
            if matches!(field, UnitField::Agency { .. }) && nearest.is_none() {
                return None;
            }
            Some(ProjectProblem::UnitWord {
                field,
                word: word.to_owned(),
                unit: unit.name.clone(),
                more: times.saturating_sub(1),
                nearest,
            })
        });
    told.collect()
}

/// The declared word that may be meant.
fn near(shared: &Shared, field: &UnitField, word: &str) -> Option<String> {
    let words = &shared.words;
    match field {
        UnitField::Level => nearest(word, words.levels.iter().map(|known| known.name.as_str())),
        UnitField::Item { level } => {
            let level = words.levels.named(level)?;
            nearest(word, level.items.iter().map(|(name, _)| name.as_str()))
        }
        UnitField::Agency { level } => {
            // A ministry and a department of one sector bear names that are near to each other.
            let on_level = words.agencies.iter().filter(|known| {
                let stands = known.level.as_ref();
                stands.is_none_or(|stands| stands == level)
            });
            let free = on_level.map(|known| known.name.as_str());
            nearest(
                word,
                free.filter(|name| !shared.borne_by_units.contains(*name)),
            )
        }
        UnitField::Tag => nearest(word, words.tags.iter().map(|known| known.name.as_str())),
        UnitField::Attribute => {
            nearest(word, words.catalogs.iter().map(|known| known.name.as_str()))
        }
        UnitField::Entry { catalog } => {
            let catalog = words.catalogs.named(catalog)?;
            nearest(
                word,
                catalog.entries.iter().map(|known| known.name.as_str()),
            )
        }
    }
}
