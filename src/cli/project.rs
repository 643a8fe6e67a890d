//! From what a person typed to a project, a regime, a period.
//!
//! It deliberately shows nothing but mistakes that stop the command. A name that leads nowhere is a failure that lists what there is.

use crate::analysis::project::Project;
use crate::calendar::Period;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::{evaluated, frame};
use crate::diagnostic::Severity;
use crate::diagnostic::problem::meaning::name::table_fault;
use crate::eval::earlier::window_of;
use crate::organisation::{Organisation, parse_units};
use crate::plan::CompiledRegime;
use crate::text::table::TableProblem;
use crate::workspace::load::{LoadProblem, find_project, load};
use crate::workspace::{RegimeSource, Snapshot};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A project that was read, with the part of it that was asked for.
pub struct Asked {
    /// The project folder.
    pub root: PathBuf,
    /// Its sources and tables.
    pub project: Project,
    /// What they mean.
    pub snapshot: Snapshot,
    /// What could not be read.
    pub unread: Vec<LoadProblem>,
    /// The files and folders asked for, relative to the project; empty for all of it.
    scope: Vec<String>,
}

impl Asked {
    /// Whether a file of the project was asked for.
    pub fn includes(&self, path: &str) -> bool {
        self.scope.is_empty()
            || self.scope.iter().any(|part| {
                path.strip_prefix(part.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
}

/// The projects that paths belong to, each read once. Without paths, the project of the current folder.
pub fn asked(paths: &[PathBuf]) -> Result<Vec<Asked>, Failure> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut projects: Vec<(PathBuf, Vec<String>, bool)> = Vec::new();
    for path in paths {
        let place = std::fs::canonicalize(path).map_err(|detail| Failure::Unreadable {
            path: path.clone(),
            detail,
        })?;
        let (root, inside) = match find_project(&place) {
            Some(root) => {
                let inside = place.strip_prefix(&root).unwrap_or(&place).to_owned();
                (root, inside)
            }
            // A folder above projects, such as the top of a repository, stands for the project right below it.
            None => match single_project_below(&place) {
                Some(root) => (root, PathBuf::new()),
                None => {
                    return Err(Failure::NoProject {
                        start: path.clone(),
                    });
                }
            },
        };
        let parts: Vec<_> = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let inside = parts.join("/");
        let position = projects
            .iter()
            .position(|(known, _, _)| *known == root)
            .unwrap_or_else(|| {
                projects.push((root, Vec::new(), false));
                projects.len() - 1
            });
        if let Some((_, scope, whole)) = projects.get_mut(position) {
            *whole |= inside.is_empty();
            scope.push(inside);
        }
    }
    Ok(projects
        .into_iter()
        .map(|(root, scope, whole)| {
            let loaded = load(&root);
            Asked {
                snapshot: Snapshot::new(&loaded.project),
                project: loaded.project,
                unread: loaded.problems,
                scope: if whole { Vec::new() } else { scope },
                root,
            }
        })
        .collect())
}

/// The only project among the folders right below; none if there are several.
fn single_project_below(folder: &Path) -> Option<PathBuf> {
    let mut found = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join(crate::workspace::load::COMMON).is_file());
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// A regime that was asked for and compiles.
pub struct Compiled {
    /// Its project.
    pub snapshot: Snapshot,
    /// Its plans.
    pub plan: CompiledRegime,
}

impl Compiled {
    /// The units of a table, or of the project. Lines of the table with mistakes are named and left out.
    pub fn units(&self, console: Console, path: Option<&Path>) -> Result<Organisation, Failure> {
        let Some(path) = path else {
            return Ok(self.snapshot.organisation().clone());
        };
        let (units, problems) = parse_units(&evaluated::read_text(path)?);
        for problem in &problems {
            console.note(&table_problem(console, path, problem));
        }
        let successions = self.snapshot.organisation().successions().to_vec();
        Ok(Organisation::new(units, successions))
    }
}

/// The regime of a name or path. When it has mistakes they are shown and there is none.
pub fn compiled(console: Console, typed: &str) -> Result<Option<Compiled>, Failure> {
    let path = PathBuf::from(typed);
    let is_path = typed.ends_with(".regime") || typed.contains(['/', '\\']);
    let projects = if is_path {
        asked(std::slice::from_ref(&path))?
    } else {
        asked(&[])?
    };
    let Some(project) = projects.into_iter().next() else {
        return Err(Failure::NoProject { start: path });
    };
    let snapshot = project.snapshot.clone();
    let regime: RegimeSource = if is_path {
        let inside = snapshot
            .regimes()
            .filter(|regime| project.includes(regime.path()));
        inside
            .max_by_key(RegimeSource::version)
            .ok_or(Failure::NoRegimeInFile { path })?
    } else {
        snapshot
            .regime(typed)
            .ok_or_else(|| Failure::UnknownRegime {
                name: typed.to_owned(),
                // Versions of one regime share their name.
                known: snapshot
                    .regimes()
                    .map(|regime| regime.name().to_owned())
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
            })?
    };
    let Some(plan) = regime.plan().cloned() else {
        show_mistakes(console, &project);
        return Ok(None);
    };
    Ok(Some(Compiled {
        plan,
        snapshot: project.snapshot,
    }))
}

/// The mistakes that stop a command from using a regime, on standard error.
pub fn show_mistakes(console: Console, project: &Asked) {
    let snapshot = &project.snapshot;
    for problem in &project.unread {
        console.note(&unread(console, problem));
    }
    for diagnostic in snapshot
        .diagnostics()
        .iter()
        .filter(|one| one.problem.severity() == Severity::Error)
    {
        console.note(&frame::render(
            diagnostic,
            snapshot.files(),
            console.language,
            false,
        ));
        console.note("");
    }
}

/// A file that could not be read, in words.
pub fn unread(console: Console, problem: &LoadProblem) -> String {
    let found = problem.kind.problem();
    let wording = found.wording();
    let language = console.language;
    let help = wording.help.as_ref();
    format!(
        "{} {}: {}: {}{}",
        console.choose("lỗi", "error"),
        found.code(),
        problem.path.display(),
        wording.message.in_language(language),
        help.map_or(String::new(), |help| format!(
            "; {}",
            help.in_language(language)
        ))
    )
}

/// A mistake of a table, in words.
pub fn table_problem(console: Console, path: &Path, problem: &TableProblem) -> String {
    let wording = table_fault(problem);
    format!(
        "{}:{}: {}",
        path.display(),
        problem.line,
        wording.in_language(console.language)
    )
}

/// The period of a code, if the regime reports it.
pub fn period(plan: &CompiledRegime, code: &str) -> Result<Period, Failure> {
    let period: Period = code.parse().map_err(|problem| Failure::BadPeriod {
        code: code.to_owned(),
        problem,
    })?;
    match window_of(&plan.header, period) {
        Some(_) => Ok(period),
        None => Err(Failure::PeriodNotReported {
            regime: plan.header.name.clone(),
            code: code.to_owned(),
        }),
    }
}
