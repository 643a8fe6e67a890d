//! The project's words as regimes look them up.
//!
//! Each look-up remembers the reference, and reports a name that leads nowhere once. It deliberately does not know how words are declared.

use super::cell_type::statement::Statement;
use super::context::Context;
use super::expression::Dimension;
use super::model::words::{Catalog, CatalogEntry, Words};
use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::number::Number;
use crate::organisation::{Party, Unit};
use crate::syntax::ast::{self, Spanned};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The words with what is needed to judge their uses.
#[derive(Debug)]
pub(super) struct Shared {
    /// The words.
    pub words: Arc<Words>,
    /// The first measure of each dimension and scale.
    pub measures_of: BTreeMap<(Dimension, Number), usize>,
    /// What each indicator states about its cells, in the order of the words.
    pub indicator_statements: Vec<Statement>,
    /// Indicators that are computed or averaged by themselves; what was told of them is not told again where they stand.
    pub circular: BTreeSet<String>,
    /// Names that unreadable lines may have declared.
    pub strays: BTreeSet<String>,
    /// The units of the project's table.
    pub units: Vec<Unit>,
    /// Official names of the units of the project; `None` without a readable table.
    pub unit_names: Option<BTreeSet<String>>,
    /// Agencies and tags that units bear.
    pub borne_by_units: BTreeSet<String>,
}

/// Levels and agencies share one space of names: both can report.
pub(super) fn party_label(words: &Words, name: &str) -> Option<Label> {
    let level = words.levels.named(name).map(|level| level.place.label);
    let agency = || words.agencies.named(name).map(|agency| agency.place.label);
    level.or_else(agency)
}

/// Reports an entry that is not valid on any day on which the regime at hand is in force.
fn in_time(
    context: &mut Context,
    file: FileId,
    catalog: &Catalog,
    entry: &CatalogEntry,
    span: Span,
) {
    if entry.in_force(context.in_force) {
        return;
    }
    let after = |from: &Date| context.in_force.1.is_some_and(|last| *from > last);
    let problem = NameProblem::EntryNotInForce {
        name: entry.name.clone(),
        catalog: catalog.label.clone(),
        from: entry.from.filter(after).map(show_date),
        until: entry.until.map(show_date),
    };
    context.report(problem, file, span);
}

impl Shared {
    /// The label of the level or agency of a name.
    pub fn party(&self, name: &str) -> Option<Label> {
        party_label(&self.words, name)
    }

    /// The names and labels of all levels and agencies.
    fn parties(&self) -> impl Iterator<Item = (&str, &str)> {
        let levels = self.words.levels.iter();
        let levels = levels.map(|level| (level.name.as_str(), level.label.as_str()));
        let agencies = self.words.agencies.iter();
        levels.chain(agencies.map(|agency| (agency.name.as_str(), agency.label.as_str())))
    }

    /// The entry of a catalog; an unknown one is reported unless entries of the catalog could not be read, and so is one that is not valid while the
    /// regime at hand is in force.
    pub fn entry(
        &self,
        context: &mut Context,
        file: FileId,
        catalog: usize,
        name: &Spanned<String>,
    ) -> Option<&CatalogEntry> {
        let catalog = self.words.catalogs.get(catalog)?;
        let known = &catalog.entries;
        let Some(entry) = known.named(&name.value) else {
            if catalog.complete {
                let names = known.iter().map(|known| known.name.as_str());
                let labels = known
                    .iter()
                    .map(|known| (known.name.as_str(), known.label.as_str()));
                context.unknown_among(NameKind::Entry, name, file, names, labels, &self.strays);
            }
            return None;
        };
        if let Some(declared) = entry.declared {
            context.refer(NameKind::Entry, file, name.span, declared);
        }
        in_time(context, file, catalog, entry, name.span);
        Some(entry)
    }

    /// Whether a name is that of a declared agency, which a test may mean without a unit of the project's table.
    pub fn is_agency_label(&self, name: &str) -> bool {
        let mut agencies = self.words.agencies.iter();
        agencies.any(|agency| agency.label == name)
    }

    /// The position of a measure; an unknown one is reported.
    pub fn measure(
        &self,
        context: &mut Context,
        file: FileId,
        name: &Spanned<String>,
    ) -> Option<usize> {
        let found = self.words.measures.find(&name.value);
        match found.and_then(|position| self.words.measures.get(position)) {
            Some(measure) => context.refer(NameKind::Measure, file, name.span, measure.place.label),
            None => {
                let known = &self.words.measures;
                let names = known.iter().map(|known| known.name.as_str());
                let labels = known
                    .iter()
                    .map(|known| (known.name.as_str(), known.label.as_str()));
                context.unknown_among(NameKind::Measure, name, file, names, labels, &self.strays);
            }
        }
        found
    }

    /// The first measure of a dimension and scale; none where the dimension could not be told.
    pub fn measure_of(&self, dimension: Option<&Dimension>, scale: &Number) -> Option<usize> {
        let key = (dimension?.clone(), scale.clone());
        self.measures_of.get(&key).copied()
    }

    /// The position of a catalog; an unknown one is reported.
    pub fn catalog(
        &self,
        context: &mut Context,
        file: FileId,
        name: &Spanned<String>,
    ) -> Option<usize> {
        let found = self.words.catalogs.find(&name.value);
        match found.and_then(|position| self.words.catalogs.get(position)) {
            Some(catalog) => context.refer(NameKind::Catalog, file, name.span, catalog.place.label),
            None => {
                let known = &self.words.catalogs;
                let names = known.iter().map(|known| known.name.as_str());
                let labels = known
                    .iter()
                    .map(|known| (known.name.as_str(), known.label.as_str()));
                context.unknown_among(NameKind::Catalog, name, file, names, labels, &self.strays);
            }
        }
        found
    }

    /// The position of an indicator; an unknown one is reported.
    pub fn indicator(
        &self,
        context: &mut Context,
        file: FileId,
        name: &Spanned<String>,
    ) -> Option<usize> {
        let known = &self.words.indicators;
        let found = known.find(&name.value);
        match found.and_then(|position| known.get(position)) {
            Some(found) => {
                context.refer(NameKind::Indicator, file, name.span, found.place.label);
            }
            None => {
                let names = known.iter().map(|known| known.name.as_str());
                let labels = known
                    .iter()
                    .map(|known| (known.name.as_str(), known.label.as_str()));
                context.unknown_among(NameKind::Indicator, name, file, names, labels, &self.strays);
            }
        }
        found
    }

    /// The position of a target; an unknown one is reported.
    pub fn target(
        &self,
        context: &mut Context,
        file: FileId,
        name: &Spanned<String>,
    ) -> Option<usize> {
        let known = &self.words.targets;
        let found = known.find(&name.value);
        match found.and_then(|position| known.get(position)) {
            Some(found) => context.refer(NameKind::Target, file, name.span, found.place.label),
            None => {
                let names = known.iter().map(|known| known.name.as_str());
                let labels = known
                    .iter()
                    .map(|known| (known.name.as_str(), known.label.as_str()));
                context.unknown_among(NameKind::Target, name, file, names, labels, &self.strays);
            }
        }
        found
    }

    /// The position of a trait; an unknown one is reported.
    pub fn trait_of(
        &self,
        context: &mut Context,
        file: FileId,
        name: &Spanned<String>,
    ) -> Option<usize> {
        let known = &self.words.traits;
        let found = known.find(&name.value);
        match found.and_then(|position| known.get(position)) {
            Some(found) => context.refer(NameKind::Trait, file, name.span, found.place.label),
            None => {
                let names = known.iter().map(|known| known.name.as_str());
                let labels = known
                    .iter()
                    .map(|known| (known.name.as_str(), known.label.as_str()));
                context.unknown_among(NameKind::Trait, name, file, names, labels, &self.strays);
            }
        }
        found
    }

    /// A party; unknown names are reported and give `None`.
    pub fn resolve_party(
        &self,
        context: &mut Context,
        file: FileId,
        who: &ast::Who,
    ) -> Option<Party> {
        let known = self.party(&who.name.value);
        match known {
            Some(declared) => context.refer(NameKind::Reporter, file, who.name.span, declared),
            None => context.unknown_among(
                NameKind::Reporter,
                &who.name,
                file,
                self.parties().map(|(name, _)| name),
                self.parties(),
                &self.strays,
            ),
        }
        let mut tags = Vec::new();
        for tag in &who.tags {
            if self.tag(context, file, tag) {
                tags.push(tag.value.clone());
            }
        }
        known.map(|_| Party {
            name: who.name.value.clone(),
            tags,
        })
    }

    /// Whether a tag is declared; an unknown one is reported.
    pub fn tag(&self, context: &mut Context, file: FileId, tag: &Spanned<String>) -> bool {
        let found = self.words.tags.named(&tag.value);
        match found {
            Some(known) => context.refer(NameKind::Tag, file, tag.span, known.place.label),
            None => {
                let names = self.words.tags.iter().map(|tag| tag.name.as_str());
                context.unknown(NameKind::Tag, tag, file, names, &self.strays);
            }
        }
        found.is_some()
    }
}
