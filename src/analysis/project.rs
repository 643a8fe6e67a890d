//! What is analysed: the parsed sources of a project and the tables they name, all in memory.
//!
//! It deliberately does not know where the texts came from. A table that is not there is reported by the analysis at the place that names it.

use crate::diagnostic::Diagnostic;
use crate::syntax::{Parsed, ast, parse};
use crate::text::{FileId, SourceFile};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sources and tables of one project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The `.regime` files, in an order that does not change from run to run.
    pub sources: Vec<Arc<Source>>,
    /// Texts of the tables named by `from "…"`, by project-relative path with `/` between its parts. A table that is not needed does no harm. They are held once by all states of a project in
    /// which they are the same.
    pub tables: Arc<BTreeMap<String, String>>,
}

/// One parsed source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub file: SourceFile,
    /// Its tree.
    pub tree: ast::File,
    /// The mistakes of form found while it was parsed.
    pub problems: Vec<Diagnostic>,
}

impl Source {
    /// Reads a file.
    pub fn read(file: SourceFile) -> Arc<Source> {
        let parsed = parse(&file);
        Source::of(file, parsed)
    }

    /// A file with what was read of it.
    pub fn of(file: SourceFile, parsed: Parsed) -> Arc<Source> {
        Arc::new(Source {
            file,
            tree: parsed.ast,
            problems: parsed.problems,
        })
    }
}

impl Project {
    /// The source of an identity.
    pub fn source(&self, id: FileId) -> Option<&Arc<Source>> {
        let is_it = |source: &&Arc<Source>| source.file.id == id;
        // Nearly always the identity is the place.
        let place = usize::try_from(id.0).ok();
        let there = place.and_then(|place| self.sources.get(place));
        there
            .filter(is_it)
            .or_else(|| self.sources.iter().find(is_it))
    }

    /// The path of a table as the project keys it: relative to the folder of the source that names it.
    pub fn table_path(source: &SourceFile, named: &str) -> String {
        match source.path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{named}"),
            None => named.to_owned(),
        }
    }
}
