//! What an analysis leaves for the next one of nearly the same project: the words, and the regimes whose text is unchanged, with everything that was found about them.
//!
//! Words are taken over while every source that declares more than regimes, and every table, is unchanged; a regime moreover only if its own source and every regime that its text names is
//! unchanged. It deliberately does not look into what was found. Whatever is in doubt is not taken over and is found again.

use super::context::Context;
use super::model::Regime;
use super::project::{Project, Source};
use super::shared::Shared;
use super::size::Spent;
use super::uses::Told;
use super::words;
use crate::diagnostic::{Diagnostic, Label};
use crate::syntax::ast::Item;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What can be taken over.
#[derive(Clone, Debug)]
pub struct Memory {
    /// Sources that declare more than regimes and switches of their rules.
    ground: Vec<Arc<Source>>,
    tables: Arc<BTreeMap<String, String>>,
    words: Arc<FoundWords>,
    regimes: BTreeMap<Label, Kept>,
}

/// The words of a project, and what was found while they were read.
#[derive(Debug)]
pub(super) struct FoundWords {
    /// The words as regimes look them up.
    pub shared: Shared,
    /// Places that every regime depends on.
    pub places: Vec<Label>,
    /// What is wrong in them, and where their names lead.
    pub told: Arc<Told>,
    /// What the files stand for when they are read.
    spent: Spent,
}

/// What was found about one regime of a project.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Its source.
    source: Arc<Source>,
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
    /// Words of its text that stand before a point.
    pub pointed: Arc<BTreeSet<String>>,
    /// The regimes that its text names.
    pub needs: Vec<Label>,
    /// What is wrong in it, and where its names lead.
    pub told: Arc<Told>,
    /// How many parts it stands for, as its file counts them.
    pub parts: usize,
    /// Whether its file stood for too much when it was read.
    pub cut: bool,
}

impl Memory {
    /// What an analysis leaves: the words, and the regimes in the order of their places.
    pub(super) fn new(
        project: &Project,
        words: Arc<FoundWords>,
        regimes: &[Arc<Regime>],
        found: &[Arc<Found>],
    ) -> Memory {
        let kept = regimes.iter().zip(found).filter_map(|(regime, found)| {
            let kept = Kept {
                source: Arc::clone(project.source(found.place.file)?),
                found: Arc::clone(found),
                regime: Arc::clone(regime),
            };
            Some((found.place, kept))
        });
        Memory {
            ground: ground(project).cloned().collect(),
            tables: Arc::clone(&project.tables),
            words,
            regimes: kept.collect(),
        }
    }

    /// Whether everything that all regimes depend on is unchanged.
    pub(super) fn stands(&self, project: &Project) -> bool {
        let mut now = ground(project);
        let are_same = |known: &Arc<Source>| now.next().is_some_and(|now| is_as_read(known, now));
        let same_tables =
            Arc::ptr_eq(&self.tables, &project.tables) || self.tables == project.tables;
        same_tables && self.ground.iter().all(are_same) && now.next().is_none()
    }

    /// The sources on which every regime depends.
    pub(super) fn ground(&self) -> impl Iterator<Item = &Source> {
        self.ground.iter().map(Arc::as_ref)
    }

    /// What is told of the words alone.
    pub(super) fn told_of_words(&self) -> &[Diagnostic] {
        &self.words.told.problems
    }

    /// What was found about the regime at a place of an unchanged source.
    pub(super) fn at(&self, source: &Arc<Source>, place: Label) -> Option<&Kept> {
        let kept = self.regimes.get(&place)?;
        is_as_read(&kept.source, source).then_some(kept)
    }
}

impl FoundWords {
    /// The words of the project: those of an earlier analysis if it stands.
    pub(super) fn read(context: &mut Context, earlier: Option<&Memory>) -> Arc<FoundWords> {
        if let Some(memory) = earlier {
            memory.words.take_over(context);
            return Arc::clone(&memory.words);
        }
        let shared = words::analyse(context);
        for source in &context.project.sources {
            context.tell_size(source.file.id);
        }
        Arc::new(FoundWords {
            shared,
            places: context.shared.clone(),
            told: context.told_since((0, 0), None),
            spent: context.spent.clone(),
        })
    }

    /// The words as if they were read now.
    pub(super) fn take_over(&self, context: &mut Context) {
        context.shared.extend_from_slice(&self.places);
        context.take_over(&self.told);
        context.spent = self.spent.clone();
    }
}

/// Whether a source is another one as it was read. Sources that were not read again are the very same.
fn is_as_read(one: &Arc<Source>, other: &Arc<Source>) -> bool {
    let (first, second) = (&one.file, &other.file);
    let same = || first.id == second.id && first.path == second.path && first.text == second.text;
    Arc::ptr_eq(one, other) || same()
}

fn ground(project: &Project) -> impl Iterator<Item = &Arc<Source>> {
    let only_regimes = |item: &Item| matches!(item, Item::Regime(_) | Item::RuleSwitch(_));
    project.sources.iter().filter(move |source| {
        !source.tree.strays.is_empty() || !source.tree.items.iter().all(only_regimes)
    })
}
