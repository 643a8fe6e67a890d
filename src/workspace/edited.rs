//! A project that is being edited: one owner changes texts, everybody else gets snapshots.
//!
//! It deliberately does not know where texts and tables lie; a reader of tables is given to it, and whoever owns it says when a text has changed. A text with mistakes is a text like any other,
//! and a file that is not there is removed without a word.

use super::{Snapshot, tables};
use crate::analysis::project::{Project, Source};
use crate::syntax::tree::Node;
use crate::syntax::{parse, parse_after};
use crate::text::{FileId, SourceFile};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Gives the text of a table by its path relative to the project; `None` if there is none.
pub type TableReader = Box<dyn Fn(&str) -> Option<String> + Send>;

/// The files of a project, some of them edited.
pub struct Workspace {
    project: Project,
    table: TableReader,
    /// The file edited last with its concrete tree, if it had no mistake of form: the next edit is nearly always in the same file, and then only one statement is read.
    edited: Option<(FileId, Arc<Node>)>,
    last: Option<Snapshot>,
    /// Whether something changed since the last snapshot.
    stale: bool,
}

impl fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Workspace")
            .field("files", &self.project.sources.len())
            .field("stale", &self.stale)
            .finish_non_exhaustive()
    }
}

impl Workspace {
    /// A project to be edited, with what reads its further tables.
    pub fn new(project: Project, table: TableReader) -> Workspace {
        let mut workspace = Workspace {
            project,
            table,
            edited: None,
            last: None,
            stale: true,
        };
        for source in workspace.project.sources.clone() {
            workspace.read_tables(&source);
        }
        workspace
    }

    /// The text of a file as it stands here.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.place(path)
            .and_then(|place| self.project.sources.get(place))
            .map(|source| &source.file.text)
    }

    /// Puts a text in the place of a file's, or adds the file.
    pub fn set(&mut self, path: &str, text: &str) {
        let Some(place) = self.place(path) else {
            let mut texts = self.texts();
            texts.insert(path.to_owned(), Arc::from(text));
            self.renumber(texts);
            return;
        };
        let Some(source) = self.project.sources.get_mut(place) else {
            return;
        };
        if *source.file.text == *text {
            return;
        }
        let file = SourceFile::new(source.file.id, path, text);
        let sound = self.edited.take().filter(|(id, _)| *id == file.id);
        let mut read = match sound {
            Some((_, sound)) => parse_after(&source.file.text, Arc::unwrap_or_clone(sound), &file),
            None => parse(&file),
        };
        let tree = read.tree.take().filter(|_| read.problems.is_empty());
        self.edited = tree.map(|tree| (file.id, Arc::new(tree)));
        let read = Source::of(file, read);
        *source = Arc::clone(&read);
        self.read_tables(&read);
        self.stale = true;
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        let mut texts = self.texts();
        if texts.remove(path).is_some() {
            self.renumber(texts);
        }
    }

    /// Reads a table again that may have changed; one that no source names is forgotten.
    pub fn table_changed(&mut self, path: &str) {
        Arc::make_mut(&mut self.project.tables).remove(path);
        for source in self.project.sources.clone() {
            self.read_tables(&source);
        }
        self.stale = true;
    }

    /// Puts a text in the place of a table's, or adds the table.
    pub fn set_table(&mut self, path: &str, text: &str) {
        let tables = Arc::make_mut(&mut self.project.tables);
        let before = tables.insert(path.to_owned(), text.to_owned());
        self.stale |= before.is_none_or(|before| before != text);
    }

    /// Takes a table away.
    pub fn remove_table(&mut self, path: &str) {
        let before = Arc::make_mut(&mut self.project.tables).remove(path);
        self.stale |= before.is_some();
    }

    /// The project as it stands now.
    pub fn snapshot(&mut self) -> Snapshot {
        self.made_while(&mut || true)
    }

    /// The project as it stands now; nothing if it was given up, which is asked before each regime that has to be looked at.
    pub fn snapshot_while(&mut self, go_on: &mut dyn FnMut() -> bool) -> Option<Snapshot> {
        Some(self.made_while(go_on)).filter(Snapshot::is_whole)
    }

    /// The words of the project without its regimes, where something changed on which every regime depends: looking at all regimes again takes a while, and what is wrong in the words can be told before.
    pub fn words_first(&mut self) -> Option<Snapshot> {
        let helps = |last: &Snapshot| last.helps(&self.project);
        let takes_a_while = self.stale && !self.last.as_ref().is_none_or(helps);
        takes_a_while.then(|| self.made_while(&mut || false))
    }

    fn made_while(&mut self, go_on: &mut dyn FnMut() -> bool) -> Snapshot {
        if let Some(last) = self.last.as_ref().filter(|_| !self.stale) {
            return last.clone();
        }
        // An earlier state that helps with nothing goes before the new one comes, so that both are never held at once.
        let last = self.last.take().filter(|last| last.helps(&self.project));
        let snapshot = Snapshot::made_while(last.as_ref(), &self.project, go_on);
        if let Some((file, tree)) = &self.edited {
            snapshot.know(*file, tree);
        }
        self.last = Some(snapshot.clone());
        self.stale = !snapshot.is_whole();
        snapshot
    }

    fn place(&self, path: &str) -> Option<usize> {
        let sources = &self.project.sources;
        sources.iter().position(|source| source.file.path == path)
    }

    fn texts(&self) -> BTreeMap<String, Arc<str>> {
        let sources = self.project.sources.iter();
        sources
            .map(|source| (source.file.path.clone(), Arc::clone(&source.file.text)))
            .collect()
    }

    /// Gives the files their identities by the order of their paths, so that what is found never depends on the order in which they were opened.
    fn renumber(&mut self, texts: BTreeMap<String, Arc<str>>) {
        let read = |((path, text), id): ((String, Arc<str>), u32)| {
            Source::read(SourceFile {
                id: FileId(id),
                path,
                text,
            })
        };
        self.project.sources = texts.into_iter().zip(0..).map(read).collect();
        self.edited = None;
        for source in self.project.sources.clone() {
            self.read_tables(&source);
        }
        self.stale = true;
    }

    fn read_tables(&mut self, source: &Source) {
        for path in tables::named(source) {
            if !self.project.tables.contains_key(&path)
                && let Some(text) = (self.table)(&path)
            {
                Arc::make_mut(&mut self.project.tables).insert(path, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = "measure ho \"hộ\"\nunits from \"don_vi.csv\"\n";
    const UNITS: &str = "code,name,level,kind,parent,from,until\n";

    fn workspace() -> Workspace {
        let table = |path: &str| (path == "don_vi.csv").then(|| UNITS.to_owned());
        Workspace::new(Project::default(), Box::new(table))
    }

    fn codes(snapshot: &Snapshot) -> Vec<String> {
        let told = snapshot.diagnostics().iter();
        told.map(|told| format!("{}:{}", told.primary.file.0, told.problem.code()))
            .collect()
    }

    #[test]
    fn what_is_found_does_not_depend_on_the_order_of_opening() {
        let mut one = workspace();
        one.set("b.regime", "measure ho \"hộ\"\n");
        one.set("a.regime", COMMON);
        let mut other = workspace();
        other.set("a.regime", COMMON);
        other.set("b.regime", "measure ho \"hộ\"\n");
        let found = codes(&one.snapshot());
        assert_eq!(found, codes(&other.snapshot()));
        assert!(
            found.iter().any(|code| code.starts_with("1:R2")),
            "{found:?}"
        );
    }

    #[test]
    fn an_edited_project_is_as_if_it_were_read_anew() {
        let mut edited = workspace();
        edited.set("a.regime", COMMON);
        edited.snapshot();
        for text in ["measure h\n", "measure hoc_sinh \"em\"\n", COMMON, ""] {
            edited.set("a.regime", text);
            let mut anew = workspace();
            anew.set("a.regime", text);
            assert_eq!(
                edited.snapshot().diagnostics(),
                anew.snapshot().diagnostics()
            );
        }
        edited.remove("a.regime");
        assert_eq!(edited.snapshot().files().len(), 0);
        assert_eq!(edited.text("a.regime"), None);
    }

    #[test]
    fn words_are_known_before_the_regimes_and_giving_up_loses_nothing() {
        let regime = "regime A \"A\" version 1 in force from 01/01/2026 {\n  form B \"B\" \"B\" { column 1 a \"A\" measure ho }\n}\n";
        let mut edited = workspace();
        edited.set("a.regime", COMMON);
        edited.set("b.regime", regime);
        let whole = edited.snapshot();
        assert!(edited.words_first().is_none(), "nothing changed");
        edited.set(
            "b.regime",
            &regime.replace("\"A\" measure", "\"AA\" measure"),
        );
        assert!(
            edited.words_first().is_none(),
            "one regime is soon looked at"
        );
        edited.set("b.regime", regime);
        let renamed = COMMON.replace("measure ho ", "measure nha ");
        edited.set("a.regime", &renamed);
        let words = edited.words_first().expect("words alone");
        assert!(!words.is_whole());
        assert_eq!(words.regimes().count(), 0);
        assert!(
            words
                .words()
                .measures
                .iter()
                .any(|known| known.name == "nha")
        );
        assert!(edited.snapshot_while(&mut || false).is_none());
        assert!(edited.words_first().is_none(), "they are told already");
        let now = edited.snapshot();
        assert!(now.is_whole());
        assert_ne!(now.diagnostics(), whole.diagnostics());
        let mut anew = workspace();
        anew.set("a.regime", &renamed);
        anew.set("b.regime", regime);
        assert_eq!(now.diagnostics(), anew.snapshot().diagnostics());
    }
}
