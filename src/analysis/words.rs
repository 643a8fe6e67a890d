//! The words of a project: measures, levels, agencies, tags, catalogs, days of rest, tables of units.
//!
//! It deliberately does not know regimes. A word whose definition is broken stays a word, so that its uses are not reported too.

use super::context::Context;
use super::dates;
use super::expression::Dimension;
use super::indicators;
use super::kinds;
use super::measures::Definitions;
use super::model::named::Named;
use super::model::words::{Agency, Catalog, CatalogEntry, Level, Measure, Tag, Words};
use super::shared::{Shared, party_label};
use super::validity;
use crate::calendar::{HolidayDay, HolidayRule};
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::project::ProjectProblem;
use crate::number::Number;
use crate::organisation::{
    parse_decisions, parse_links, parse_lunar, parse_successions, parse_units,
};
use crate::syntax::ast::{Item, Spanned, words as tree};
use crate::text::table::{TableProblem, TableProblemKind, read_table};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More days of rest than any yearly decision fixes for one holiday.
const MOST_DECIDED_DAYS: u32 = 31;

/// Ways to number the rows of a tree.
const NUMBERINGS: [&str; 4] = ["A", "a", "I", "1"];

/// Collects the words of all sources.
pub(super) fn analyse(context: &mut Context) -> Shared {
    let mut shared = Shared {
        words: Arc::default(),
        measures_of: BTreeMap::new(),
        indicator_statements: Vec::new(),
        circular: BTreeSet::new(),
        strays: BTreeSet::new(),
        unit_names: None,
        units: Vec::new(),
        borne_by_units: BTreeSet::new(),
    };
    let mut definitions = BTreeMap::new();
    for source in &context.project.sources {
        let file = source.file.id;
        for stray in &source.tree.strays {
            shared
                .strays
                .extend(stray.names.iter().map(|name| name.value.clone()));
        }
        for item in &source.tree.items {
            let words = Arc::make_mut(&mut shared.words);
            match item {
                Item::Measure(measure) => {
                    declare_measure(context, file, words, measure);
                    let span = measure.span;
                    definitions.entry(Label { file, span }).or_insert(measure);
                }
                Item::Level(level) => declare_level(context, file, words, level),
                Item::Agency(agency) => declare_agency(context, file, words, agency),
                Item::Tag(tag) => declare_tag(context, file, words, tag),
                Item::Catalog(catalog) => declare_catalog(context, file, words, catalog),
                Item::Calendar(calendar) => declare_calendar(context, file, words, calendar),
                Item::Facts(facts) => declare_facts(context, file, &mut shared, facts),
                Item::PeriodKind(kind) => {
                    kinds::declare_kind(context, file, words, kind);
                }
                Item::Form(form) => outside_regime(context, file, form.head),
                Item::Test(test) => outside_regime(context, file, test.head),
                Item::Campaign(campaign) => {
                    kinds::declare_campaign(context, file, words, campaign);
                }
                // Read when all other words are known: they name them.
                Item::Trait(_) | Item::Indicator(_) | Item::Target(_) | Item::Export(_) => {}
                Item::List(written) => {
                    shared
                        .strays
                        .extend(written.name.iter().map(|name| name.value.clone()));
                    outside_regime(context, file, written.head);
                }
                Item::Regime(_) | Item::RuleSwitch(_) => {}
            }
        }
    }
    super::measures::define(context, &mut shared, &definitions);
    for (position, measure) in shared.words.measures.iter().enumerate() {
        if let Some(dimension) = &measure.dimension {
            let key = (dimension.clone(), measure.scale.clone());
            shared.measures_of.entry(key).or_insert(position);
        }
    }
    check_levels(context, &mut shared);
    super::indicators::declare(context, &mut shared);
    super::plan_tables::check(context, &shared);
    super::units_table::check(context, &shared);
    bare_numbers(context, &shared, &definitions);
    super::alone::words(context);
    shared
}

/// Advises about measures that are a multiple of nothing. A share such as one in a thousand is meant.
fn bare_numbers(context: &mut Context, shared: &Shared, definitions: &Definitions) {
    for measure in &shared.words.measures {
        let label = measure.place.label;
        let right = definitions.get(&label);
        let right = right.and_then(|written| written.definition.as_ref());
        let bare = measure.dimension.as_ref().is_some_and(Dimension::is_pure);
        if let Some(right) = right.filter(|_| bare && measure.scale >= Number::one()) {
            let problem = ProjectProblem::BareNumber {
                measure: measure.name.clone(),
            };
            context.report(problem, label.file, right.span);
        }
    }
}

/// Reports a part of a regime that stands in no regime.
fn outside_regime(context: &mut Context, file: FileId, span: Span) {
    let statement = context.shown(file, span);
    // Where a brace is missing before it, the regime ended too early.
    let ended_early = context.source(file).is_some_and(|source| {
        let before = source.problems.iter();
        let mut before = before.take_while(|problem| problem.primary.span.start < span.start);
        before.any(|problem| problem.problem.lacks_brace())
    });
    if !ended_early {
        context.report(PlaceProblem::OutsideRegime { statement }, file, span);
    }
}

fn declare_measure(
    context: &mut Context,
    file: FileId,
    words: &mut Words,
    written: &tree::Measure,
) {
    if !context.declare(NameKind::Measure, &written.name, file, written.span) {
        return;
    }
    words.measures.push(Measure {
        name: written.name.value.clone(),
        label: label_or_name(written.label.as_ref(), &written.name),
        dimension: None,
        scale: Number::one(),
        place: context.place(file, written.span),
    });
}

fn declare_level(context: &mut Context, file: FileId, words: &mut Words, written: &tree::Level) {
    if let Some(first) = party_label(words, &written.name.value) {
        context.repeated(NameKind::Level, &written.name, file, first);
        return;
    }
    let (from, until) = dates::dated(context, file, written.dated.as_ref());
    let mut items: Vec<(String, String)> = Vec::new();
    for entry in &written.entries {
        if items.iter().any(|(name, _)| *name == entry.name.value) {
            context.repeated(
                NameKind::Entry,
                &entry.name,
                file,
                Label {
                    file,
                    span: written.span,
                },
            );
            continue;
        }
        let days = dates::dated(context, file, entry.dated.as_ref());
        let level = (written.name.value.as_str(), (from, until));
        validity::inside(context, file, entry, days, level);
        for inner in &entry.entries {
            let level = written.name.value.clone();
            context.report(PlaceProblem::NestedItem { level }, file, inner.span);
        }
        items.push((entry.name.value.clone(), entry.label.value.clone()));
    }
    words.levels.push(Level {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        beside: written.of.as_ref().map(|of| of.value.clone()),
        until,
        items,
        place: context.place(file, written.span),
    });
}

fn declare_agency(context: &mut Context, file: FileId, words: &mut Words, written: &tree::Agency) {
    if let Some(first) = party_label(words, &written.name.value) {
        context.repeated(NameKind::Agency, &written.name, file, first);
        return;
    }
    words.agencies.push(Agency {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        level: written.level.as_ref().map(|level| level.value.clone()),
        place: context.place(file, written.span),
    });
}

fn declare_tag(context: &mut Context, file: FileId, words: &mut Words, written: &tree::Tag) {
    if !context.declare(NameKind::Tag, &written.name, file, written.span) {
        return;
    }
    words.tags.push(Tag {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        place: context.place(file, written.span),
    });
}

fn declare_catalog(
    context: &mut Context,
    file: FileId,
    words: &mut Words,
    written: &tree::Catalog,
) {
    if !context.declare(NameKind::Catalog, &written.name, file, written.span) {
        return;
    }
    let strange = written
        .numbered
        .iter()
        .find(|style| !NUMBERINGS.contains(&style.value.as_str()));
    if let Some(style) = strange {
        let problem = PlaceProblem::Numbering {
            style: style.value.clone(),
        };
        context.report(problem, file, style.span);
    }
    let before = context.reported();
    let mut entries = Named::default();
    match &written.source {
        tree::CatalogSource::Entries(tree) => {
            let mut names = BTreeSet::new();
            add_entries(
                context,
                file,
                written.span,
                tree,
                (None, &mut names),
                &mut entries,
            );
        }
        tree::CatalogSource::Table(named) => {
            if let Some((text, _)) = context.table(file, named) {
                let (rows, problems) = catalog_table(text);
                entries = rows;
                report_table(context, file, named, problems);
            }
        }
    }
    let complete = written.strays.is_empty() && !context.reported_since(before);
    words.catalogs.push(Catalog {
        name: written.name.value.clone(),
        label: label_or_name(written.label.as_ref(), &written.name),
        code: indicators::code_text(written.code.as_ref()),
        entries,
        numbered: written
            .numbered
            .iter()
            .map(|style| style.value.clone())
            .collect(),
        complete,
        place: context.place(file, written.span),
    });
}

fn add_entries<'w>(
    context: &mut Context,
    file: FileId,
    catalog: Span,
    written: &'w [tree::Entry],
    (parent, names): (Option<usize>, &mut BTreeSet<&'w str>),
    entries: &mut Named<CatalogEntry>,
) {
    for entry in written {
        if !names.insert(&entry.name.value) {
            context.repeated(
                NameKind::Entry,
                &entry.name,
                file,
                Label {
                    file,
                    span: catalog,
                },
            );
            continue;
        }
        let days = dates::dated(context, file, entry.dated.as_ref());
        let above = parent.and_then(|parent| entries.get(parent));
        let (from, until) = match above {
            Some(above) => {
                let days_above = (above.from, above.until);
                validity::inside(context, file, entry, days, (&above.name, days_above))
            }
            None => days,
        };
        let position = entries.len();
        entries.push(CatalogEntry {
            name: entry.name.value.clone(),
            label: entry.label.value.clone(),
            code: indicators::code_text(entry.code.as_ref()),
            parent,
            from,
            until,
            declared: Some(Label {
                file,
                span: entry.span,
            }),
        });
        add_entries(
            context,
            file,
            catalog,
            &entry.entries,
            (Some(position), names),
            entries,
        );
    }
}

/// The columns of a table of catalog entries; the first two must be there.
const CATALOG_COLUMNS: [&str; 6] = ["id", "label", "parent", "from", "until", "code"];

fn catalog_table(text: &str) -> (Named<CatalogEntry>, Vec<TableProblem>) {
    let (rows, mut problems) = read_table(text, &CATALOG_COLUMNS, 2);
    let mut entries: Named<CatalogEntry> = Named::default();
    let mut lines = Vec::new();
    let mut codes: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        let mut report = |column: usize, kind: TableProblemKind| {
            let field = CATALOG_COLUMNS.get(column).map(|name| (*name).to_owned());
            problems.push(TableProblem {
                line: row.line,
                field,
                kind,
            });
        };
        let (Some(name), Some(label)) = (row.optional(0), row.optional(1)) else {
            report(
                usize::from(row.optional(0).is_some()),
                TableProblemKind::Empty,
            );
            continue;
        };
        if !is_name(name) {
            let text = name.to_owned();
            report(0, TableProblemKind::NotAName { text });
            continue;
        }
        if let Some(code) = row.optional(5) {
            let first_line = *codes.entry(code.to_owned()).or_insert(row.line);
            if first_line != row.line {
                let text = code.to_owned();
                report(5, TableProblemKind::Repeated { text, first_line });
            }
        }
        if let Some(first) = entries.find(name) {
            let first_line = lines.get(first).copied().unwrap_or(0);
            report(
                0,
                TableProblemKind::Repeated {
                    text: name.to_owned(),
                    first_line,
                },
            );
            continue;
        }
        let parent = row.optional(2).and_then(|parent| {
            let found = entries.find(parent);
            if found.is_none() {
                report(
                    2,
                    TableProblemKind::UnknownReference {
                        text: parent.to_owned(),
                    },
                );
            }
            found
        });
        let mut day = |column: usize| {
            let text = row.optional(column)?;
            let day = crate::calendar::dates::parse_iso_date(text).ok();
            if day.is_none() {
                report(
                    column,
                    TableProblemKind::NotADate {
                        text: text.to_owned(),
                    },
                );
            }
            day
        };
        let (from, until) = (day(3), day(4));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            report(4, TableProblemKind::DatesReversed);
        }
        lines.push(row.line);
        entries.push(CatalogEntry {
            name: name.to_owned(),
            label: label.to_owned(),
            code: row.optional(5).map(str::to_owned),
            parent,
            from,
            until,
            declared: None,
        });
    }
    (entries, problems)
}

/// Whether a text could be a name in a source.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = |letter: char| letter.is_alphabetic() || letter == '_';
    letters.next().is_some_and(begins)
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
}

pub(super) fn report_table(
    context: &mut Context,
    file: FileId,
    named: &Spanned<String>,
    problems: Vec<TableProblem>,
) {
    for problem in problems {
        let problem = NameProblem::BadTableLine {
            file: named.value.clone(),
            problem,
        };
        context.report(problem, file, named.span);
    }
}

fn declare_calendar(
    context: &mut Context,
    file: FileId,
    words: &mut Words,
    written: &tree::Calendar,
) {
    context.shared.push(Label {
        file,
        span: written.span,
    });
    for holiday in &written.holidays {
        let (from, until) = dates::dated(context, file, holiday.dated.as_ref());
        let day = holiday.day.and_then(|fixed| {
            let (day, month) = (fixed.day.day, fixed.day.month);
            if fixed.lunar && (1..=30).contains(&day) && (1..=12).contains(&month) {
                return Some(HolidayDay::Lunar { day, month });
            }
            if !fixed.lunar && dates::day_exists(fixed.day) {
                return Some(HolidayDay::Civil { day, month });
            }
            dates::no_such_day(context, file, fixed.span);
            None
        });
        if let Some(days) = &holiday.decided
            && !(1..=MOST_DECIDED_DAYS).contains(&days.value)
        {
            let problem = DeclaredProblem::DecidedDays { days: days.value };
            context.report(problem, file, days.span);
        }
        let decided = holiday.decided.as_ref().map_or(0, |days| days.value);
        words.holidays.push(HolidayRule {
            name: holiday.label.value.clone(),
            day,
            decided_days: u8::try_from(decided).unwrap_or(u8::MAX),
            from,
            until,
        });
    }
    for named in &written.lunar {
        if let Some((text, _)) = context.table(file, named) {
            let (months, problems) = parse_lunar(text);
            report_table(context, file, named, problems);
            words.lunar_months.extend(months);
        }
    }
    for named in &written.decisions {
        if let Some((text, path)) = context.table(file, named) {
            report_table(context, file, named, parse_decisions(text).1);
            words.decision_tables.push(path);
        }
    }
}

fn declare_facts(context: &mut Context, file: FileId, shared: &mut Shared, written: &tree::Facts) {
    context.shared.push(Label {
        file,
        span: written.span,
    });
    let words = Arc::make_mut(&mut shared.words);
    let taken = match written.kind {
        tree::FactsKind::Units => words.units_table.is_some(),
        tree::FactsKind::Successors => words.successors_table.is_some(),
        tree::FactsKind::Links => words.links_table.is_some(),
    };
    if taken {
        let statement = context.shown(file, written.span);
        context.report(
            FormProblem::RepeatedStatement { statement },
            file,
            written.span,
        );
        return;
    }
    let Some((text, path)) = context.table(file, &written.file) else {
        return;
    };
    if written.kind == tree::FactsKind::Links {
        report_table(context, file, &written.file, parse_links(text).1);
        words.links_table = Some(path);
    } else if written.kind == tree::FactsKind::Units {
        let (units, problems) = parse_units(text);
        report_table(context, file, &written.file, problems);
        for unit in &units {
            shared
                .borne_by_units
                .extend(unit.agency.iter().chain(&unit.tags).cloned());
        }
        shared.unit_names = Some(units.iter().map(|unit| unit.name.clone()).collect());
        shared.units = units;
        words.units_table = Some(path);
    } else {
        report_table(context, file, &written.file, parse_successions(text).1);
        words.successors_table = Some(path);
    }
}

/// Levels hang beside rungs, and agencies stand on levels.
fn check_levels(context: &mut Context, shared: &mut Shared) {
    for source in &context.project.sources {
        let file = source.file.id;
        for item in &source.tree.items {
            let (named, kind) = match item {
                Item::Level(level) => (level.of.as_ref(), NameKind::Level),
                Item::Agency(agency) => (agency.level.as_ref(), NameKind::Agency),
                _ => continue,
            };
            let Some(named) = named else { continue };
            let Some(level) = shared.words.levels.named(&named.value) else {
                let names = shared.words.levels.iter().map(|level| level.name.as_str());
                context.unknown(NameKind::Level, named, file, names, &shared.strays);
                continue;
            };
            context.refer(NameKind::Level, file, named.span, level.place.label);
            if let Item::Level(written) = item
                && kind == NameKind::Level
                && level.beside.is_some()
            {
                let problem = NameProblem::NotARung {
                    name: written.name.value.clone(),
                    beside: named.value.clone(),
                };
                context.report(problem, file, named.span);
            }
        }
    }
}

fn label_or_name(label: Option<&Spanned<String>>, name: &Spanned<String>) -> String {
    label.map_or_else(|| name.value.clone(), |label| label.value.clone())
}
