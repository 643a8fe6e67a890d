//! What an analysis leaves for the next one of nearly the same project: the regimes whose text is unchanged, with everything that was found about them.
//!
//! A regime is taken over only if all that it can depend on is unchanged: every source that declares more than regimes, every table, and every regime that its text names. It
//! deliberately does not look into what was found. Whatever is in doubt is not taken over and is found again.

use super::Reference;
use super::model::Regime;
use super::project::Project;
use crate::diagnostic::{Diagnostic, Label};
use crate::syntax::ast::Item;
use crate::text::SourceFile;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What can be taken over.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Sources that declare more than regimes and switches of their rules.
    ground: Vec<SourceFile>,
    tables: BTreeMap<String, String>,
    regimes: Vec<Kept>,
}

/// What was found about one regime of a project.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Its source.
    source: SourceFile,
    /// What was found.
    pub found: Arc<Found>,
    /// The regime itself.
    pub regime: Arc<Regime>,
}

/// What was found while one regime was analysed.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it stands.
    pub place: Label,
    /// The regimes that its text names.
    pub needs: Vec<Label>,
    /// What is wrong in it.
    pub problems: Vec<Diagnostic>,
    /// Where its names lead.
    pub references: Vec<Reference>,
}

impl Memory {
    /// What an analysis leaves; the regimes in the order of their places.
    pub(super) fn new(project: &Project, regimes: &[Arc<Regime>], found: &[Arc<Found>]) -> Memory {
        let kept = regimes.iter().zip(found).filter_map(|(regime, found)| {
            Some(Kept {
                source: project.source(found.place.file)?.file.clone(),
                found: Arc::clone(found),
                regime: Arc::clone(regime),
            })
        });
        Memory {
            ground: ground(project).cloned().collect(),
            tables: project.tables.clone(),
            regimes: kept.collect(),
        }
    }

    /// Whether everything that all regimes depend on is unchanged.
    pub(super) fn stands(&self, project: &Project) -> bool {
        self.tables == project.tables
            && self
                .ground
                .iter()
                .map(as_read)
                .eq(ground(project).map(as_read))
    }

    /// What was found about the regime at a place that names these others.
    pub(super) fn of(&self, source: &SourceFile, place: Label, needs: &[Label]) -> Option<&Kept> {
        self.regimes.iter().find(|kept| {
            kept.found.place == place
                && kept.found.needs == needs
                && as_read(&kept.source) == as_read(source)
        })
    }
}

fn as_read(file: &SourceFile) -> (u32, &str, &str) {
    (file.id.0, &file.path, &file.text)
}

fn ground(project: &Project) -> impl Iterator<Item = &SourceFile> {
    let only_regimes = |item: &Item| matches!(item, Item::Regime(_) | Item::RuleSwitch(_));
    project
        .sources
        .iter()
        .filter(move |source| {
            !source.tree.strays.is_empty() || !source.tree.items.iter().all(only_regimes)
        })
        .map(|source| &source.file)
}
