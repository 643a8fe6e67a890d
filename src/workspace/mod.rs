//! A project of regimes as one immutable value: parsed, analysed, and compiled as far as it is asked for.
//!
//! Command line, server and (later) editors ask the same [`Snapshot`] and therefore agree. Only [`load`] touches the disk; everything else is pure and knows no screen
//! and no storage. Broken sources are part of a snapshot: they have diagnostics, and the regimes they spoil have no compiled form.

pub mod edited;
pub mod load;
pub mod tables;
pub mod trial;

use crate::analysis::model::words::Words;
use crate::analysis::model::{Model, Regime};
use crate::analysis::project::{Project, Source};
use crate::analysis::tests_model::TestCase;
use crate::analysis::uses::Uses;
use crate::analysis::{Analysis, analyse, analyse_while};
use crate::calendar::{Decision, WorkingCalendar};
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::syntax::SyntaxProblem;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::organisation::{
    Organisation, PlanTables, parse_decisions, parse_links, parse_plan_values, parse_successions,
    parse_units,
};
use crate::plan::switch::{self, RuleSwitch};
use crate::plan::{CompiledRegime, lower};
use crate::syntax::parse;
use crate::syntax::tree::Node;
use crate::text::{FileId, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// How many mistakes of one file are told: a file of the largest size can have a hundred thousand, and each one costs a frame.
pub const MOST_TOLD: usize = 200;

/// A project at one moment. Cheap to clone; never changes.
#[derive(Debug, Clone)]
pub struct Snapshot {
    contents: Arc<Contents>,
}

#[derive(Debug)]
struct Contents {
    files: Vec<SourceFile>,
    sources: Vec<Arc<Source>>,
    /// The concrete trees that were asked for, one place per source.
    trees: Vec<OnceLock<Option<Arc<Node>>>>,
    tables: Arc<Tables>,
    /// All tables of the project, by path.
    texts: Arc<BTreeMap<String, String>>,
    analysis: Analysis,
    /// The plans that were asked for, one place per regime.
    compiled: Vec<OnceLock<Option<Arc<CompiledRegime>>>>,
    diagnostics: Vec<Diagnostic>,
    switches: Vec<RuleSwitch>,
    organisation: Arc<Organisation>,
    decisions: Vec<Decision>,
}

impl Contents {
    /// The plan of a regime that is the very same as one of this snapshot, if it was asked for.
    fn plan_of(&self, regime: &Arc<Regime>) -> Option<OnceLock<Option<Arc<CompiledRegime>>>> {
        let mut known = self.analysis.model.regimes.iter().zip(&self.compiled);
        let found = known.find(|(known, _)| Arc::ptr_eq(known, regime));
        found.map(|(_, plan)| plan.clone())
    }

    /// The plan of the regime at a place; made when it is first asked for.
    fn plan(&self, place: usize) -> Option<&CompiledRegime> {
        let regime = self.analysis.model.regimes.get(place)?;
        let plan = self.compiled.get(place)?.get_or_init(|| {
            let mut plan = lower::compile(&self.analysis.model, regime)?;
            plan.switch(&self.switches);
            Some(Arc::new(plan))
        });
        plan.as_deref()
    }
}

/// The units of the project's tables. Mistakes in the tables are among the diagnostics, at the statements that name them; here only the healthy lines count.
fn organisation(tables: &Tables) -> Organisation {
    let units = tables.units.as_deref().map(|text| parse_units(text).0);
    let successions = tables
        .successors
        .as_deref()
        .map(|text| parse_successions(text).0);
    let links = tables.links.as_deref().map(|text| parse_links(text).0);
    Organisation::new(units.unwrap_or_default(), successions.unwrap_or_default())
        .linked(links.unwrap_or_default())
}

/// A place for the tree of each source; those of unchanged sources are taken over.
fn trees(project: &Project, earlier: Option<&Contents>) -> Vec<OnceLock<Option<Arc<Node>>>> {
    let of_source = |(place, source): (usize, &Arc<Source>)| {
        let known = earlier.and_then(|earlier| {
            let same = earlier.sources.get(place)?;
            let tree = earlier.trees.get(place)?;
            Arc::ptr_eq(same, source).then(|| tree.clone())
        });
        known.unwrap_or_default()
    };
    project.sources.iter().enumerate().map(of_source).collect()
}

/// The mistakes that are told, of all of them sorted by file and place: the first ones of each file, and how many more there are.
fn told(all: Vec<&Diagnostic>) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut of_file = 0;
    for diagnostic in all {
        let last = told.last_mut();
        let same = last.filter(|last| last.primary.file == diagnostic.primary.file);
        of_file = if same.is_some() { of_file + 1 } else { 1 };
        if of_file <= MOST_TOLD {
            told.push(diagnostic.clone());
            continue;
        }
        let (more_errors, more_others) = counted(diagnostic);
        let counts = same.map(|last| &mut last.problem);
        if let Some(Problem::Syntax(SyntaxProblem::MoreMistakes { errors, others, .. })) = counts {
            *errors += more_errors;
            *others += more_others;
            continue;
        }
        let more = SyntaxProblem::MoreMistakes {
            told: MOST_TOLD,
            errors: more_errors,
            others: more_others,
        };
        let Label { file, span } = diagnostic.primary;
        told.push(Diagnostic::new(more, file, span));
    }
    told
}

/// How many errors and how many other mistakes a diagnostic stands for: one, unless it counts those that the reading of a file did not look into.
fn counted(diagnostic: &Diagnostic) -> (usize, usize) {
    if let Problem::Syntax(SyntaxProblem::MoreMistakes { errors, others, .. }) = diagnostic.problem
    {
        return (errors, others);
    }
    let is_error = diagnostic.problem.severity() == Severity::Error;
    (usize::from(is_error), usize::from(!is_error))
}

/// The decisions of the project's tables.
fn decisions(tables: &Tables) -> Vec<Decision> {
    let texts = tables.decisions.iter();
    texts.flat_map(|text| parse_decisions(text).0).collect()
}

/// The texts of the project's tables of facts, as they are published with its regimes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// The units, if the project names their table.
    pub units: Option<String>,
    /// The links between units, if the project names their table.
    pub links: Option<String>,
    /// The successions, if the project names their table.
    pub successors: Option<String>,
    /// The yearly decisions about days off, one text per table.
    pub decisions: Vec<String>,
    /// The plan values, one text per target, by its name.
    pub plan_values: BTreeMap<String, String>,
}

/// One regime version of the project.
#[derive(Debug, Clone, Copy)]
pub struct RegimeSource<'s> {
    contents: &'s Contents,
    /// Which of the regimes it is.
    place: usize,
    /// Its meaning as far as it could be told.
    model: &'s Regime,
    /// The file that declares it.
    pub file: Option<&'s SourceFile>,
}

impl<'s> RegimeSource<'s> {
    /// Its name.
    pub fn name(&self) -> &'s str {
        &self.model.name
    }

    /// Its version; 0 while none is readable.
    pub fn version(&self) -> u32 {
        self.model.version
    }

    /// Its plans; none while it has mistakes. They are made when they are first asked for: in a project of many regimes an author looks at few.
    pub fn plan(&self) -> Option<&'s CompiledRegime> {
        self.contents.plan(self.place)
    }

    /// Path of the declaring file, relative to the project.
    pub fn path(&self) -> &'s str {
        &self.model.place.path
    }

    /// Its tests.
    pub fn tests(&self) -> &'s [TestCase] {
        &self.model.tests
    }
}

/// The paths of the tables that [`Tables`] holds.
fn facts(words: &Words) -> BTreeSet<&String> {
    let one = [
        &words.units_table,
        &words.links_table,
        &words.successors_table,
    ];
    let mut facts: BTreeSet<&String> = one.into_iter().flatten().collect();
    facts.extend(&words.decision_tables);
    facts.extend(words.targets.iter().map(|target| &target.table));
    facts
}

/// The tables of facts of a project with these words.
fn tables(project: &Project, words: &Words) -> Tables {
    let text = |path: &String| project.tables.get(path).cloned();
    let targets = words.targets.iter();
    let values = targets.filter_map(|target| Some((target.name.clone(), text(&target.table)?)));
    Tables {
        units: words.units_table.as_ref().and_then(text),
        links: words.links_table.as_ref().and_then(text),
        successors: words.successors_table.as_ref().and_then(text),
        decisions: words.decision_tables.iter().filter_map(text).collect(),
        plan_values: values.collect(),
    }
}

impl Snapshot {
    /// Analyses a project.
    pub fn new(project: &Project) -> Snapshot {
        Snapshot::of(project, analyse(project), None)
    }

    /// Whether a later state of the project can take anything over about its regimes: the words of all of them are unchanged.
    pub fn helps(&self, project: &Project) -> bool {
        self.contents.analysis.helps(project)
    }

    /// A project of which this snapshot is an earlier state: the same as [`Snapshot::new`], and what did not change is not made again.
    pub fn after(&self, project: &Project) -> Snapshot {
        Snapshot::made_while(Some(self), project, &mut || true)
    }

    /// A snapshot as far as it is worth while; see [`analyse_while`].
    fn made_while(
        earlier: Option<&Snapshot>,
        project: &Project,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Snapshot {
        let earlier = earlier.map(|earlier| &*earlier.contents);
        let analysis = analyse_while(earlier.map(|earlier| &earlier.analysis), project, go_on);
        Snapshot::of(project, analysis, earlier)
    }

    /// Whether the regimes were looked at; otherwise only the words are known.
    pub fn is_whole(&self) -> bool {
        self.contents.analysis.is_whole
    }

    /// The sources on which every regime depends.
    pub fn ground(&self) -> impl Iterator<Item = &Source> {
        self.contents.analysis.ground()
    }

    /// What is told of those sources only because of how regimes use them.
    pub fn beyond_words(&self) -> impl Iterator<Item = &Diagnostic> {
        self.contents.analysis.beyond_words()
    }

    fn of(project: &Project, analysis: Analysis, earlier: Option<&Contents>) -> Snapshot {
        let switches = switch::switches(&analysis.model);
        let compiled = analysis
            .model
            .regimes
            .iter()
            .map(|regime| {
                // A regime that is the very same was taken over, with the words it depends on.
                let kept = earlier
                    .filter(|earlier| earlier.switches == switches)
                    .and_then(|earlier| earlier.plan_of(regime));
                kept.unwrap_or_default()
            })
            .collect();
        let mut diagnostics: Vec<&Diagnostic> = project
            .sources
            .iter()
            .flat_map(|source| &source.problems)
            .chain(&analysis.problems)
            .collect();
        diagnostics.sort_by_key(|diagnostic| {
            (
                diagnostic.primary.file,
                diagnostic.primary.span.start,
                diagnostic.problem.code(),
            )
        });
        diagnostics.dedup();
        let diagnostics = told(diagnostics);
        let words = &analysis.model.words;
        // The very same words and the very same texts say the same facts; others may do so all the same.
        let unchanged = earlier.filter(|earlier| {
            Arc::ptr_eq(&earlier.analysis.model.words, words)
                && Arc::ptr_eq(&earlier.texts, &project.tables)
        });
        let tables = match unchanged {
            Some(earlier) => Arc::clone(&earlier.tables),
            None => Arc::new(tables(project, words)),
        };
        let same =
            |earlier: &&Contents| Arc::ptr_eq(&earlier.tables, &tables) || earlier.tables == tables;
        let kept = earlier.filter(same);
        let organisation = kept.map_or_else(
            || Arc::new(organisation(&tables)),
            |earlier| Arc::clone(&earlier.organisation),
        );
        let decisions =
            kept.map_or_else(|| decisions(&tables), |earlier| earlier.decisions.clone());
        Snapshot {
            contents: Arc::new(Contents {
                files: project
                    .sources
                    .iter()
                    .map(|source| source.file.clone())
                    .collect(),
                trees: trees(project, earlier),
                sources: project.sources.clone(),
                organisation,
                tables,
                texts: Arc::clone(&project.tables),
                decisions,
                switches,
                compiled,
                diagnostics,
                analysis,
            }),
        }
    }

    /// The source files, by path.
    pub fn files(&self) -> &[SourceFile] {
        &self.contents.files
    }

    /// The source of an identity.
    pub fn source(&self, id: FileId) -> Option<&Source> {
        self.place(id).map(|(_, source)| source)
    }

    /// The identity of a file by its path.
    pub fn file_of(&self, path: &str) -> Option<FileId> {
        let mut sources = self.contents.sources.iter();
        let source = sources.find(|source| source.file.path == path)?;
        Some(source.file.id)
    }

    /// The concrete tree of a file; read when it is first asked for. None for a file that is not read at all.
    pub fn tree(&self, id: FileId) -> Option<Arc<Node>> {
        let (place, source) = self.place(id)?;
        let tree = self.contents.trees.get(place)?;
        tree.get_or_init(|| parse(&source.file).tree.map(Arc::new))
            .clone()
    }

    /// Takes over the concrete tree of a file that has been read already: whoever asks about a text right behind a keystroke does not wait until the whole of it is read once more.
    fn know(&self, id: FileId, tree: &Arc<Node>) {
        let place = self.place(id).map(|(place, _)| place);
        if let Some(known) = place.and_then(|place| self.contents.trees.get(place)) {
            // One that was made meanwhile is the same.
            drop(known.set(Some(Arc::clone(tree))));
        }
    }

    fn place(&self, id: FileId) -> Option<(usize, &Source)> {
        let mut sources = self.contents.sources.iter().enumerate();
        let (place, source) = sources.find(|(_, source)| source.file.id == id)?;
        Some((place, source))
    }

    /// Everything that the project declares.
    pub fn model(&self) -> &Model {
        &self.contents.analysis.model
    }

    /// Each use of a name that leads to a declaration.
    pub fn references(&self) -> &Uses {
        &self.contents.analysis.references
    }

    /// Everything wrong in the sources, by file and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.contents.diagnostics
    }

    /// How many diagnostics forbid publishing.
    pub fn error_count(&self) -> usize {
        self.diagnostics()
            .iter()
            .filter(|diagnostic| diagnostic.problem.severity() == Severity::Error)
            .count()
    }

    /// The regime versions in the order of the sources.
    pub fn regimes(&self) -> impl Iterator<Item = RegimeSource<'_>> {
        let contents = &*self.contents;
        contents
            .analysis
            .model
            .regimes
            .iter()
            .enumerate()
            .map(move |(place, model)| RegimeSource {
                contents,
                place,
                model,
                file: contents
                    .files
                    .iter()
                    .find(|file| file.path == model.place.path),
            })
    }

    /// The newest version of the regime of this name.
    pub fn regime(&self, name: &str) -> Option<RegimeSource<'_>> {
        self.regimes()
            .filter(|regime| regime.name() == name)
            .max_by_key(RegimeSource::version)
    }

    /// The words that all regimes share.
    pub fn words(&self) -> &crate::analysis::model::words::Words {
        &self.contents.analysis.model.words
    }

    /// The project's tables of facts.
    pub fn tables(&self) -> &Tables {
        &self.contents.tables
    }

    /// The other tables that some sources name, with their paths.
    pub fn named_by<'s>(
        &'s self,
        files: &'s [&SourceFile],
    ) -> impl Iterator<Item = (&'s String, &'s String)> {
        let facts = facts(self.words());
        let sources = self.contents.sources.iter();
        let named: BTreeSet<String> = sources
            .filter(|source| files.iter().any(|file| file.id == source.file.id))
            .flat_map(|source| tables::named(source))
            .filter(|path| !facts.contains(path))
            .collect();
        let texts = self.contents.texts.iter();
        texts.filter(move |(path, _)| named.contains(*path))
    }

    /// The units of the project's table.
    pub fn organisation(&self) -> &Organisation {
        &self.contents.organisation
    }

    /// The plan values of all targets.
    pub fn plan_values(&self) -> PlanTables {
        let mut found = PlanTables::default();
        for (target, text) in &self.contents.tables.plan_values {
            found.add(target, parse_plan_values(text).0);
        }
        found
    }

    /// The switches of published rules.
    pub fn switches(&self) -> &[RuleSwitch] {
        &self.contents.switches
    }

    /// The yearly decisions about days off.
    pub fn decisions(&self) -> &[Decision] {
        &self.contents.decisions
    }

    /// The working calendar of a regime of this project.
    pub fn working_calendar(&self, plan: &CompiledRegime) -> WorkingCalendar {
        plan.header.working_calendar(self.decisions().to_vec())
    }
}
