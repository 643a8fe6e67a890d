//! The meaning of a project: names, types, units of measure, natures, periods, rules; a model and everything wrong.
//!
//! [`analyse`] is total: whatever the trees hold, it answers. It deliberately does not know files, clocks, storage or plans; trees and tables
//! arrive as input. On broken input a name that leads nowhere, or a figure whose type cannot be told, becomes *unknown* and absorbs its
//! consequences, so that one mistake gives one report and two mistakes give two.

mod alone;
mod applicability;
mod attributes;
mod beyond_cutoff;
mod bounds;
mod breakdowns;
pub mod cell_type;
mod cells;
mod check_forms;
mod check_rules;
mod check_tests;
mod circles;
mod closed_operands;
mod columns;
mod consequences;
mod context;
mod cycles;
mod dates;
mod deadlines;
mod defined;
mod definition;
mod elsewhen;
mod event_tests;
mod events;
mod export_codes;
pub mod expression;
mod facts;
mod finished;
mod foregone;
mod foreign;
mod foreign_fit;
mod form_lookup;
mod form_time;
mod forms;
mod formulas;
mod gathered;
mod given;
mod given_history;
mod given_table;
mod grouped_rows;
mod groups;
mod header;
mod hints;
mod indicators;
mod inference;
mod inference_values;
mod kinds;
mod layout;
mod levels;
mod lists;
mod matching_rows;
mod measures;
mod memory;
pub mod migrations;
pub mod model;
pub mod natures;
mod never_at_once;
mod never_falls;
mod never_together;
mod one_cause;
mod open_lists;
mod order;
mod outline;
pub mod outline_model;
mod owners;
mod parts;
pub mod pattern;
mod periods;
mod plan_tables;
pub mod printed;
pub mod project;
mod references;
mod regimes;
mod relations;
mod resolve;
mod resolve_values;
mod rounding;
mod routes;
mod rule_instances;
mod rule_targets;
mod same_figure;
mod shared;
mod size;
mod slots;
mod soundness;
mod spans_of_time;
mod statements;
pub mod switches;
mod test_contradictions;
mod test_rows;
mod test_units;
mod tests_in_force;
pub mod tests_model;
mod times;
mod uncomputable;
mod units_table;
pub mod uses;
mod validity;
mod values;
mod versions;
mod weights;
mod where_applies;
mod where_there;
mod words;
mod written;

use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::{Diagnostic, Label};
use crate::text::FileId;
use memory::{FoundWords, Memory};
use model::Model;
use project::{Project, Source};
use std::collections::BTreeSet;
use std::sync::Arc;
use uses::Uses;

/// What is known about a project.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Everything the sources declare, resolved as far as it can be.
    pub model: Model,
    /// Each use of a name that leads to a declaration.
    pub references: Uses,
    /// What is wrong in meaning, sorted by place. Mistakes of form are with the sources ([`project::Source::problems`]).
    pub problems: Vec<Diagnostic>,
    /// Whether the regimes were looked at; otherwise only the words are known, and what is told of them alone.
    pub is_whole: bool,
    /// What the next analysis of nearly the same project can take over.
    memory: Memory,
}

/// A use of a name and the declaration it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What is named.
    pub kind: NameKind,
    /// Where it is used.
    pub used: Label,
    /// Where it is declared.
    pub declared: Label,
}

impl Analysis {
    /// Whether an analysis of a later state of the project can take over regimes: what all of them depend on is unchanged.
    pub fn helps(&self, project: &Project) -> bool {
        self.memory.stands(project)
    }

    /// The sources on which every regime depends: those that declare more than regimes.
    pub fn ground(&self) -> impl Iterator<Item = &Source> {
        self.memory.ground()
    }

    /// What is told of the sources on which every regime depends only because of how regimes use them.
    pub fn beyond_words(&self) -> impl Iterator<Item = &Diagnostic> {
        let files: BTreeSet<FileId> = self.ground().map(|source| source.file.id).collect();
        let words = self.memory.told_of_words();
        let of_ground = move |told: &&Diagnostic| files.contains(&told.primary.file);
        let all = self.problems.iter().filter(of_ground);
        all.filter(|told| !words.contains(told))
    }
}

/// Analyses a project. Never fails.
pub fn analyse(project: &Project) -> Analysis {
    run(None, project, &mut || true)
}

/// Analyses a project of which an earlier state may have been analysed. What is found is the same as without it; regimes that did not change are not looked at again. Before each regime that has to be looked
/// at it is asked whether to go on; given up, the analysis holds the words alone, and is a good earlier state of the next one.
pub fn analyse_while(
    earlier: Option<&Analysis>,
    project: &Project,
    go_on: &mut dyn FnMut() -> bool,
) -> Analysis {
    run(earlier.map(|earlier| &earlier.memory), project, go_on)
}

fn run(earlier: Option<&Memory>, project: &Project, go_on: &mut dyn FnMut() -> bool) -> Analysis {
    let earlier = earlier.filter(|memory| memory.stands(project));
    let mut context = context::Context::new(project);
    let words = FoundWords::read(&mut context, earlier);
    let looked_at = regimes::analyse(&mut context, &words.shared, earlier, go_on);
    let Some((regimes, found)) = looked_at else {
        return of_words(project, words);
    };
    let switches = switches::read(&mut context, &words.shared, &regimes);
    let model = Model {
        words: Arc::clone(&words.shared.words),
        regimes,
        switches,
    };
    finished(context, model, |model| {
        Memory::new(project, words, &model.regimes, &found)
    })
}

/// What is known without the regimes.
fn of_words(project: &Project, words: Arc<FoundWords>) -> Analysis {
    let mut context = context::Context::new(project);
    words.take_over(&mut context);
    let model = Model {
        words: Arc::clone(&words.shared.words),
        regimes: Vec::new(),
        switches: Vec::new(),
    };
    let analysis = finished(context, model, |_| Memory::new(project, words, &[], &[]));
    Analysis {
        is_whole: false,
        ..analysis
    }
}

fn finished(
    context: context::Context,
    mut model: Model,
    memory: impl FnOnce(&Model) -> Memory,
) -> Analysis {
    let (problems, references) = context.finish(&mut model);
    let memory = memory(&model);
    Analysis {
        model,
        references,
        problems,
        is_whole: true,
        memory,
    }
}
