//! The state of the server: the projects that are loaded, the documents that are open, the settings.
//!
//! Changes come in one after the other; views and sets of mistakes go out. It deliberately knows neither threads nor the transport. A document that belongs to no project is a project of its own; a change that makes
//! no sense changes nothing.

use super::capabilities::Abilities;
use super::clock::Clock;
use super::custom::preview::Renderer;
use super::diagnostics::Bookkeeper;
use super::documents::Documents;
use super::home::Home;
use super::outgoing::Outgoing;
use super::refresh::Refreshes;
use super::settings::Settings;
use super::unread::read;
use super::uris::{Root, file_path};
use super::view::{PublishedReader, View};
use crate::analysis::project::Project;
use crate::calendar::Date;
use crate::diagnostic::wording::Text;
use crate::ide::lenses::Published;
use crate::workspace::load::{COMMON, find_project, load};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, FileChangeType, FileEvent, InitializeParams, TextDocumentItem, Url,
};

/// The extension of sources.
const EXTENSION: &str = "regime";

/// The name of the language among those of editors.
const LANGUAGE: &str = "regime";

/// Where projects come from.
pub enum Ground {
    /// From the disk: whatever the client opens.
    Disk,
    /// From memory: one project. Nothing is ever read from the disk.
    Memory {
        /// The address it lies below, which ends with a slash.
        base: Url,
        /// The project.
        project: Project,
        /// Tells what has become of the project where others write it too; what this client has open stays as it is here.
        newer: Option<ProjectReader>,
    },
}

/// Tells a project as it stands now; none if that cannot be told now.
pub type ProjectReader = Arc<dyn Fn() -> Option<Project> + Send + Sync>;

/// Something that happened at the client.
#[derive(Debug)]
pub enum Change {
    /// It introduced itself.
    Introduced(Box<InitializeParams>),
    /// It is ready to be told things.
    Ready,
    /// A document was opened.
    Opened(TextDocumentItem),
    /// The text of a document changed.
    Changed(DidChangeTextDocumentParams),
    /// A document was closed.
    Closed(Url),
    /// Files changed on disk.
    Watched(Vec<FileEvent>),
    /// Settings changed.
    Configured(serde_json::Value),
}

/// What a change has brought about.
#[derive(Debug, Default)]
pub struct Effect {
    /// Whether mistakes may be others now.
    pub is_changed: bool,
    /// What the client is told at once.
    pub said: Vec<Outgoing>,
}

impl Effect {
    fn changed(is_changed: bool) -> Effect {
        Effect {
            is_changed,
            said: Vec::new(),
        }
    }
}

/// What answers depend on beside texts and settings.
#[derive(Clone)]
pub struct Outside {
    /// Makes the page of a form, if there is one that does.
    pub renderer: Option<Renderer>,
    /// Tells what is published, where there is a store.
    pub published: Option<PublishedReader>,
    /// Tells the day.
    pub clock: Clock,
}

/// The state.
pub struct Desk {
    ground: Ground,
    settings: Settings,
    abilities: Abilities,
    outside: Outside,
    /// The day and what was published when it was last looked.
    seen: Option<(Date, Option<Published>)>,
    /// Whether answers about a text may be others now though the text is the same.
    is_stale: bool,
    most_documents: usize,
    folders: Vec<PathBuf>,
    documents: Documents,
    homes: Vec<Home>,
    books: Bookkeeper,
    view: Option<Arc<View>>,
}

impl Desk {
    /// An empty desk. At most so many documents can be open at once.
    pub fn new(
        ground: Ground,
        settings: Settings,
        outside: Outside,
        most_documents: usize,
    ) -> Desk {
        Desk {
            ground,
            settings,
            abilities: Abilities::default(),
            outside,
            seen: None,
            is_stale: false,
            most_documents,
            folders: Vec::new(),
            documents: Documents::default(),
            homes: Vec::new(),
            books: Bookkeeper::default(),
            view: None,
        }
    }

    /// How long a text must be still before its mistakes are published.
    pub fn debounce(&self) -> Duration {
        self.settings.debounce
    }

    /// How often it is looked whether the day, or what is published, has changed.
    pub fn look_every(&self) -> Duration {
        self.outside.clock.look
    }

    /// Looks whether the day, what is published, or what others have written is another than before. A client that cannot be told to ask again is not looked for.
    pub fn look(&mut self) -> bool {
        if Refreshes::of(&self.abilities).is_none() {
            return false;
        }
        let is_newer = self.take_in();
        let published = self.outside.published.as_ref().map(|read| read());
        let seen = Some(((self.outside.clock.today)(), published));
        let is_other = self.seen.is_some() && self.seen != seen;
        self.seen = seen;
        self.is_stale |= is_other || is_newer;
        is_other || is_newer
    }

    /// Takes in what others have written; whether there was something.
    fn take_in(&mut self) -> bool {
        let Ground::Memory {
            base,
            project,
            newer: Some(newer),
        } = &mut self.ground
        else {
            return false;
        };
        let Some(now) = newer() else { return false };
        let before = std::mem::replace(project, now.clone());
        let changed: Vec<(String, Option<String>)> = changed(&before, &now);
        let root = Root::Memory(base.clone());
        let Some(home) = self.homes.iter_mut().find(|home| home.root == root) else {
            return false;
        };
        let open: BTreeSet<&str> = self.documents.of(&root).map(|open| &*open.path).collect();
        let mut is_newer = false;
        for (path, text) in &changed {
            if !open.contains(path.as_str()) {
                is_newer = true;
                match text {
                    Some(text) => home.set(path, text),
                    None => home.remove(path),
                }
            }
        }
        if is_newer {
            self.view = None;
        }
        is_newer
    }

    /// Applies a change.
    pub fn apply(&mut self, change: Change) -> Effect {
        self.view = None;
        self.is_stale |= match &change {
            // What an editor asks about the text that it changes itself it asks anew.
            Change::Changed(change) => self.documents.has_beside(&change.text_document.uri),
            Change::Introduced(_) | Change::Ready | Change::Opened(_) => false,
            Change::Closed(_) | Change::Watched(_) | Change::Configured(_) => true,
        };
        match change {
            Change::Introduced(client) => {
                self.settings = self.settings.clone().introduced(&client);
                self.abilities = Abilities::of(&client.capabilities);
                self.folders = folders(&client);
                Effect::default()
            }
            Change::Ready => self.load_folders(),
            Change::Opened(item) => self.open(item),
            Change::Changed(change) => self.change(change),
            Change::Closed(uri) => Effect::changed(self.close(&uri)),
            Change::Watched(events) => self.watched(&events),
            Change::Configured(settings) => {
                self.settings = self.settings.clone().changed(&settings);
                self.homes.iter_mut().for_each(Home::reworded);
                Effect::changed(true)
            }
        }
    }

    /// The state now. It is made once and kept until something changes.
    pub fn view(&mut self) -> Arc<View> {
        self.mend();
        if let Some(view) = &self.view {
            return Arc::clone(view);
        }
        let documents = &self.documents;
        let homes = self.homes.iter_mut();
        let view = Arc::new(View {
            projects: homes.map(|home| home.view(documents)).collect(),
            settings: self.settings.clone(),
            abilities: self.abilities,
            outside: self.outside.clone(),
        });
        self.view = Some(Arc::clone(&view));
        view
    }

    /// What can be told of the words at once where all regimes of a project have to be looked at again.
    pub fn publish_words(&mut self) -> Vec<Outgoing> {
        self.mend();
        let mut said = Vec::new();
        for home in &mut self.homes {
            for (uri, told) in home.words_first(&self.documents, &self.settings) {
                said.extend(self.books.tell(uri, told));
            }
        }
        said
    }

    /// What the client has to be told so that it knows all mistakes; nothing if it was given up, which is asked before each regime that has to be looked at.
    pub fn publish_while(&mut self, go_on: &mut dyn FnMut() -> bool) -> Option<Vec<Outgoing>> {
        self.mend();
        let mut all = BTreeMap::new();
        for home in &mut self.homes {
            all.extend(home.told(&self.documents, &self.settings, go_on)?.clone());
        }
        let mut said = self.books.update(all);
        if std::mem::take(&mut self.is_stale) {
            said.extend(Refreshes::of(&self.abilities).map(Outgoing::Refresh));
        }
        Some(said)
    }

    /// Something panicked halfway: every project is read anew before it is looked at again.
    pub fn distrust(&mut self) {
        self.view = None;
        for home in &mut self.homes {
            home.is_trusted = false;
        }
    }

    fn mend(&mut self) {
        for place in 0..self.homes.len() {
            let Some(home) = self.homes.get(place).filter(|home| !home.is_trusted) else {
                continue;
            };
            // Only a project that could be read to its end takes the place of the doubtful one.
            let root = home.root.clone();
            let mut fresh = self.loaded(root.clone());
            for document in self.documents.of(&root) {
                fresh.set(&document.path, &document.text);
            }
            if let Some(home) = self.homes.get_mut(place) {
                *home = fresh;
            }
        }
    }

    fn load_folders(&mut self) -> Effect {
        if let Ground::Memory { base, .. } = &self.ground {
            let root = Root::Memory(base.clone());
            return self.load_home(root);
        }
        let mut effect = Effect::changed(true);
        let folders = self.folders.clone();
        for root in folders.iter().flat_map(|folder| projects_at(folder)) {
            effect.said.extend(self.load_home(Root::Folder(root)).said);
        }
        effect
    }

    /// Loads a project unless it is loaded.
    fn load_home(&mut self, root: Root) -> Effect {
        let effect = Effect::changed(true);
        if !self.homes.iter().any(|home| home.root == root) {
            let home = self.loaded(root);
            self.homes.push(home);
        }
        effect
    }

    fn loaded(&self, root: Root) -> Home {
        match (&root, &self.ground) {
            (Root::Folder(folder), Ground::Disk) => {
                let loaded = load(folder);
                let tables = folder.clone();
                let table = move |path: &str| read(&tables.join(path)).ok().flatten();
                let unread = loaded.problems.iter().filter_map(|problem| {
                    let path = problem.path.strip_prefix(folder).ok()?;
                    Some((in_project(path), problem.kind.problem()))
                });
                let unread = unread.collect();
                let home = Home::new(root.clone(), loaded.project, Box::new(table));
                home.without(unread)
            }
            (Root::Memory(_), Ground::Memory { project, .. }) => {
                let project = project.clone();
                Home::new(root, project, Box::new(|_| None))
            }
            _ => Home::new(root, Project::default(), Box::new(|_| None)),
        }
    }

    /// The project that a document belongs to; none for a document that is no source.
    fn root_of(&self, item: &TextDocumentItem) -> Option<Root> {
        if let Ground::Memory { base, .. } = &self.ground {
            let root = Root::Memory(base.clone());
            return root.path(&item.uri).map(|_| root);
        }
        let path = file_path(&item.uri);
        let is_source = path
            .as_ref()
            .is_some_and(|path| path.extension().is_some_and(|is| is == EXTENSION));
        if !is_source && item.language_id != LANGUAGE {
            return None;
        }
        let root = path.filter(|_| is_source).and_then(|path| {
            let root = find_project(&path)?;
            // A file that is reached by other names than its project has none in it.
            path.starts_with(&root).then_some(Root::Folder(root))
        });
        Some(root.unwrap_or_else(|| Root::Alone(item.uri.clone())))
    }

    fn open(&mut self, item: TextDocumentItem) -> Effect {
        if self.documents.count() >= self.most_documents && !self.documents.is_open(&item.uri) {
            let most = self.most_documents;
            let words = Text::new(
                format!("đã mở {most} tài liệu, là số nhiều nhất; hãy đóng bớt"),
                format!("{most} documents are open, which is the most; close some"),
            );
            let words = words.in_language(self.settings.language).to_owned();
            return Effect {
                is_changed: false,
                said: vec![Outgoing::Tell(words)],
            };
        }
        let Some(root) = self.root_of(&item) else {
            return Effect::default();
        };
        let effect = self.load_home(root.clone());
        let Some(home) = self.homes.iter_mut().find(|home| home.root == root) else {
            return effect;
        };
        let Some(path) = root.path(&item.uri) else {
            return effect;
        };
        let path = home.spelled(path);
        home.set(&path, &item.text);
        self.documents.open(item, root, path);
        effect
    }

    fn change(&mut self, mut change: DidChangeTextDocumentParams) -> Effect {
        // Whole texts are what was offered; the last one holds.
        let Some(last) = change
            .content_changes
            .pop()
            .filter(|last| last.range.is_none())
        else {
            return Effect::default();
        };
        let Some(document) = self.documents.change(&change.text_document, last.text) else {
            return Effect::default();
        };
        let home = self
            .homes
            .iter_mut()
            .find(|home| home.root == document.root);
        if let Some(home) = home {
            home.set(&document.path, &document.text);
        }
        Effect::changed(true)
    }

    /// A closed document is what the disk has, or is gone.
    fn close(&mut self, uri: &Url) -> bool {
        let Some(closed) = self.documents.close(uri) else {
            return false;
        };
        if let Root::Alone(_) = closed.root {
            self.homes.retain(|home| home.root != closed.root);
            return true;
        }
        let home = self.homes.iter_mut().find(|home| home.root == closed.root);
        if let Some(home) = home {
            home.back_to_disk(&closed.path);
        }
        true
    }

    fn watched(&mut self, events: &[FileEvent]) -> Effect {
        if let Ground::Memory { .. } = self.ground {
            return Effect::default();
        }
        let is_other_project = events.iter().any(|event| {
            let path = file_path(&event.uri);
            let is_common = path.is_some_and(|path| path.ends_with(COMMON));
            is_common && event.typ != FileChangeType::CHANGED
        });
        if is_other_project {
            return self.regroup();
        }
        let mut is_changed = false;
        for event in events {
            if self.documents.is_open(&event.uri) {
                continue;
            }
            let found = self.homes.iter_mut().find_map(|home| {
                let folder = home.root.folder()?.to_owned();
                let path = home.root.path(&event.uri)?;
                Some((home, folder, path))
            });
            let Some((home, folder, path)) = found else {
                continue;
            };
            is_changed = true;
            let is_source = Path::new(&path)
                .extension()
                .is_some_and(|is| is == EXTENSION);
            if !is_source {
                home.table_changed(&path);
            } else if find_project(&folder.join(&path)).is_some_and(|root| root == folder) {
                let path = home.spelled(path);
                home.back_to_disk(&path);
            }
        }
        Effect::changed(is_changed)
    }

    /// Projects have come or gone: every open document looks for its own again.
    fn regroup(&mut self) -> Effect {
        let roots: Vec<Root> = self.homes.drain(..).map(|home| home.root).collect();
        let mut open: Vec<TextDocumentItem> = Vec::new();
        for document in self.documents.all_mut() {
            open.push(TextDocumentItem {
                uri: document.uri.clone(),
                language_id: LANGUAGE.to_owned(),
                version: document.version,
                text: document.text.to_string(),
            });
        }
        let still = roots.into_iter().filter(|root| {
            root.folder()
                .is_some_and(|folder| folder.join(COMMON).is_file())
        });
        let mut effect = Effect::changed(true);
        for root in still {
            effect.said.extend(self.load_home(root).said);
        }
        for item in open {
            effect.said.extend(self.open(item).said);
        }
        effect
    }
}

/// The files of a project in memory that are others than before, with their texts; none for one that is gone.
fn changed(before: &Project, now: &Project) -> Vec<(String, Option<String>)> {
    // It is looked often, and nearly always nobody wrote anything: then they are the very same.
    let same_tables = Arc::ptr_eq(&before.tables, &now.tables);
    let same_number = before.sources.len() == now.sources.len();
    let mut sources = before.sources.iter().zip(&now.sources);
    if same_tables && same_number && sources.all(|(one, other)| Arc::ptr_eq(one, other)) {
        return Vec::new();
    }
    let (before, now) = (texts(before), texts(now));
    let fresh = now
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text));
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let fresh = fresh.map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())));
    fresh
        .chain(gone.map(|path| ((*path).to_owned(), None)))
        .collect()
}

fn texts(project: &Project) -> BTreeMap<&str, &str> {
    let sources = project.sources.iter().map(|source| &source.file);
    let sources = sources.map(|file| (file.path.as_str(), &*file.text));
    let tables = project.tables.iter();
    sources
        .chain(tables.map(|(path, text)| (path.as_str(), text.as_str())))
        .collect()
}

/// The folders a client works in.
fn folders(client: &InitializeParams) -> Vec<PathBuf> {
    let several = client.workspace_folders.iter().flatten();
    let mut folders: Vec<PathBuf> = several
        .filter_map(|folder| file_path(&folder.uri))
        .collect();
    #[allow(deprecated, reason = "clients of the older protocol know only this")]
    let one = client.root_uri.as_ref().and_then(file_path);
    if folders.is_empty() {
        folders.extend(one);
    }
    folders
}

/// The project a folder belongs to, or the projects right below it.
fn projects_at(folder: &Path) -> Vec<PathBuf> {
    if let Some(root) = find_project(folder) {
        return vec![root];
    }
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let below = entries.flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = below.filter(|path| path.join(COMMON).is_file()).collect();
    found.sort();
    found
}

/// A path inside a project with `/` between its parts, on every system.
fn in_project(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
