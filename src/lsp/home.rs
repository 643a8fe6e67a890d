//! One loaded project of the server: its sources as they are edited, what is known of them, and what is wrong in them.
//!
//! It deliberately knows no events and sends nothing. A file that cannot be read is kept as such with the reason, and the rest of the project goes on.

use super::beyond::Beyond;
use super::diagnostics::{Told, of_project, of_unread, one};
use super::documents::Documents;
use super::settings::Settings;
use super::unread::read;
use super::uris::Root;
use super::view::{LineStarts, Opened, ProjectView};
use crate::analysis::project::Project;
use crate::diagnostic::problem::Problem;
use crate::text::FileId;
use crate::text::normal::composed;
use crate::workspace::Snapshot;
use crate::workspace::edited::{TableReader, Workspace};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp::lsp_types::Url;

/// What tables end with. In a project in memory they are edited like sources.
const TABLE: &str = ".csv";

/// One loaded project.
pub struct Home {
    /// Where it lies.
    pub root: Root,
    /// Its sources and tables.
    workspace: Workspace,
    /// The paths of its sources as the disk spells them, by their composed form.
    names: BTreeMap<String, String>,
    view: Option<Arc<ProjectView>>,
    told: Option<BTreeMap<Url, Told>>,
    /// What was last told of the words because of regimes.
    beyond: Beyond,
    /// The line starts that the last view knew.
    lines: LineStarts,
    /// Files that could not be read, by path.
    unread: BTreeMap<String, Problem>,
    /// Whether nothing panicked while it was changed.
    pub is_trusted: bool,
}

impl Home {
    /// A project just loaded, with what reads its further tables.
    pub fn new(root: Root, project: Project, table: TableReader) -> Home {
        let paths = project.sources.iter().map(|source| &source.file.path);
        let names = paths.map(|path| (composed(path), path.clone())).collect();
        Home {
            root,
            workspace: Workspace::new(project, table),
            names,
            view: None,
            told: None,
            beyond: Beyond::default(),
            lines: LineStarts::default(),
            unread: BTreeMap::new(),
            is_trusted: true,
        }
    }

    /// A path as the project spells it: a client may write letters composed that the disk has decomposed.
    pub fn spelled(&self, path: String) -> String {
        self.names.get(&composed(&path)).cloned().unwrap_or(path)
    }

    /// The project with the files that could not be read, by path.
    pub fn without(self, unread: BTreeMap<String, Problem>) -> Home {
        Home { unread, ..self }
    }

    /// Puts a text in the place of a document's.
    pub fn set(&mut self, path: &str, text: &str) {
        self.touch();
        if self.root.folder().is_none() && path.ends_with(TABLE) {
            self.workspace.set_table(path, text);
            return;
        }
        self.unread.remove(path);
        self.names.insert(composed(path), path.to_owned());
        self.workspace.set(path, text);
    }

    /// Takes a file of a project in memory away.
    pub fn remove(&mut self, path: &str) {
        self.touch();
        if path.ends_with(TABLE) {
            self.workspace.remove_table(path);
            return;
        }
        self.unread.remove(path);
        self.names.remove(&composed(path));
        self.workspace.remove(path);
    }

    /// Reads a table again.
    pub fn table_changed(&mut self, path: &str) {
        self.touch();
        self.unread.remove(path);
        if let Some(folder) = self.root.folder()
            && let Err(why) = read(&folder.join(path))
        {
            self.unread.insert(path.to_owned(), why);
        }
        self.workspace.table_changed(path);
    }

    /// A project in memory keeps what was typed; who keeps drafts has been told by other means.
    pub fn back_to_disk(&mut self, path: &str) {
        self.touch();
        self.unread.remove(path);
        let Some(folder) = self.root.folder() else {
            return;
        };
        match read(&folder.join(path)) {
            Ok(Some(text)) => self.set(path, &text),
            nothing => {
                if let Err(why) = nothing {
                    self.unread.insert(path.to_owned(), why);
                }
                self.names.remove(&composed(path));
                self.workspace.remove(path);
            }
        }
    }

    fn touch(&mut self) {
        if let Some(view) = self.view.take() {
            self.lines = view.line_starts();
        }
        self.told = None;
    }

    /// Settings changed: what was told may be worded in another way.
    pub fn reworded(&mut self) {
        self.told = None;
    }

    /// The project as it stands now.
    pub fn view(&mut self, documents: &Documents) -> Arc<ProjectView> {
        match &self.view {
            Some(view) => Arc::clone(view),
            None => {
                let snapshot = self.workspace.snapshot();
                self.keep(snapshot, documents)
            }
        }
    }

    /// The mistakes by document; nothing if it was given up.
    pub fn told(
        &mut self,
        documents: &Documents,
        settings: &Settings,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Option<&BTreeMap<Url, Told>> {
        if self.told.is_none() {
            let project = match &self.view {
                Some(view) => Arc::clone(view),
                None => {
                    let snapshot = self.workspace.snapshot_while(go_on)?;
                    self.keep(snapshot, documents)
                }
            };
            let mut told = of_project(&project, settings);
            told.extend(of_unread(&project, &self.unread, settings));
            self.beyond = Beyond::of(&project.snapshot);
            self.told = Some(told);
        }
        self.told.as_ref()
    }

    /// The mistakes of the open sources on which every regime depends, where all regimes have to be looked at again: those in the words as they are now, and those that come from how regimes use them as they were.
    pub fn words_first(&mut self, documents: &Documents, settings: &Settings) -> Vec<(Url, Told)> {
        let Some(snapshot) = self.workspace.words_first() else {
            return Vec::new();
        };
        let ground: Vec<FileId> = snapshot.ground().map(|source| source.file.id).collect();
        let carried = self.beyond.carried(&snapshot);
        let project = self.seen(snapshot, documents);
        let mut told = of_project(&project, settings);
        let of_ground = ground.into_iter().filter_map(|file| {
            let uri = project.uri(file)?;
            let mut told = told.remove(&uri).filter(|told| told.version.is_some())?;
            let carried = carried.iter().filter(|one| one.primary.file == file);
            let carried = carried.filter_map(|mistake| one(mistake, &project, settings));
            told.diagnostics.extend(carried);
            Some((uri, told))
        });
        of_ground.collect()
    }

    fn keep(&mut self, snapshot: Snapshot, documents: &Documents) -> Arc<ProjectView> {
        let view = Arc::new(self.seen(snapshot, documents));
        self.view = Some(Arc::clone(&view));
        view
    }

    fn seen(&self, snapshot: Snapshot, documents: &Documents) -> ProjectView {
        let open = documents.of(&self.root).map(|document| {
            let opened = Opened {
                uri: document.uri.clone(),
                version: document.version,
            };
            (document.path.clone(), opened)
        });
        ProjectView::new(self.root.clone(), snapshot, open.collect(), &self.lines)
    }
}
