//! Reading a project from disk: the only file of this room that does.
//!
//! A project is the nearest folder upward that holds `common.regime`, with everything below it except folders that are projects of their own. Files that cannot be read
//! are named and the rest is kept. Links to folders are not followed, so the walk ends.

use super::tables;
use crate::analysis::project::{Project, Source};
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::syntax::{SyntaxProblem, Unreadable};
use crate::text::{FileId, SourceFile};
use std::collections::btree_map::Entry;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file that makes a folder a project.
pub const COMMON: &str = "common.regime";

/// A project in memory, with what could not be read.
#[derive(Debug)]
pub struct Loaded {
    /// The sources and their tables.
    pub project: Project,
    /// What could not be read, by path.
    pub problems: Vec<LoadProblem>,
}

/// A file or folder that could not be read.
#[derive(Debug)]
pub struct LoadProblem {
    /// Its path.
    pub path: PathBuf,
    /// Why.
    pub kind: LoadProblemKind,
}

/// Why a file could not be read.
#[derive(Debug)]
pub enum LoadProblemKind {
    /// It is not UTF-8 text.
    NotUtf8,
    /// The system refused.
    Refused(io::Error),
}

impl LoadProblemKind {
    /// The mistake that is told at the file.
    pub fn problem(&self) -> Problem {
        let why = match self {
            LoadProblemKind::NotUtf8 => Unreadable::NotUtf8,
            LoadProblemKind::Refused(error) => match error.kind() {
                io::ErrorKind::PermissionDenied => Unreadable::Denied,
                io::ErrorKind::IsADirectory => Unreadable::Folder,
                _ => Unreadable::Refused(error.to_string()),
            },
        };
        SyntaxProblem::Unreadable { why }.into()
    }
}

/// The project folder that a file or folder belongs to.
pub fn find_project(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start
        .ancestors()
        .find(|folder| folder.join(COMMON).is_file())
        .map(Path::to_owned)
}

/// Reads a project.
pub fn load(root: &Path) -> Loaded {
    let mut problems = Vec::new();
    let mut paths = Vec::new();
    walk(root, root, &mut paths, &mut problems);
    paths.sort();
    let mut project = Project::default();
    for path in paths {
        let Some(text) = read(&path, &mut problems) else {
            continue;
        };
        let id = FileId(u32::try_from(project.sources.len()).unwrap_or(u32::MAX));
        let file = SourceFile::new(id, &relative(root, &path), &text);
        project.sources.push(Source::read(file));
    }
    let mut table = |path: &str| {
        let path = root.join(path);
        // A table that is not there is reported where it is named, by the analysis.
        path.is_file().then(|| read(&path, &mut problems)).flatten()
    };
    let known = Arc::make_mut(&mut project.tables);
    for source in &project.sources {
        for path in tables::named(source) {
            if let Entry::Vacant(place) = known.entry(path)
                && let Some(text) = table(place.key())
            {
                place.insert(text);
            }
        }
    }
    Loaded { project, problems }
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<PathBuf>, problems: &mut Vec<LoadProblem>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(LoadProblem {
                path: folder.to_owned(),
                kind: LoadProblemKind::Refused(error),
            });
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if hidden {
            continue;
        }
        if is_folder {
            let is_other_project = path != root && path.join(COMMON).is_file();
            if !is_other_project {
                walk(root, &path, found, problems);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "regime")
        {
            found.push(path);
        }
    }
}

fn read(path: &Path, problems: &mut Vec<LoadProblem>) -> Option<String> {
    let kind = match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Some(text),
            Err(_) => LoadProblemKind::NotUtf8,
        },
        Err(error) => LoadProblemKind::Refused(error),
    };
    problems.push(LoadProblem {
        path: path.to_owned(),
        kind,
    });
    None
}

/// The path inside the project with `/` between its parts, on every system.
fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
