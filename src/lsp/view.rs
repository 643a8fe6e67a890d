//! What an answer may look at: every loaded project at one moment, with the addresses the client uses for its documents.
//!
//! A view never changes and is cheap to keep, so slow answers take one along. It deliberately does not know how it came about. A question about a document that is not known finds nothing.

use super::capabilities::Abilities;
use super::convert::Lines;
use super::desk::Outside;
use super::refusal::Refusal;
use super::settings::Settings;
use super::uris::{Root, same_path};
use crate::calendar::Date;
use crate::diagnostic::wording::Text;
use crate::diagnostic::{Edit, Label};
use crate::ide::lenses::Published;
use crate::text::language::Language;
use crate::text::line_index::LineIndex;
use crate::text::{FileId, SourceFile, Span};
use crate::workspace::Snapshot;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};
use tower_lsp::lsp_types::{
    Location, Position, Range, TextDocumentPositionParams, TextEdit, Url, WorkspaceEdit,
};

/// Tells which regimes are published, where a store knows it.
pub type PublishedReader = Arc<dyn Fn() -> Published + Send + Sync>;

/// Everything at one moment.
#[derive(Clone)]
pub struct View {
    /// The projects, in the order they were opened.
    pub projects: Vec<Arc<ProjectView>>,
    /// What the client has set.
    pub settings: Settings,
    /// What the client can do.
    pub abilities: Abilities,
    /// What else answers depend on.
    pub outside: Outside,
}

/// One project at one moment.
pub struct ProjectView {
    /// Where it lies.
    pub root: Root,
    /// What is known of it.
    pub snapshot: Snapshot,
    lines: LineStarts,
    open: BTreeMap<String, Opened>,
}

/// The line starts of texts, as far as they were asked for, in the order of the files.
#[derive(Clone, Debug, Default)]
pub struct LineStarts(Vec<(Arc<str>, Arc<OnceLock<LineIndex>>)>);

/// How the client knows a document that it has opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its address, as the client writes it.
    pub uri: Url,
    /// The version the client gave its text.
    pub version: i32,
}

impl ProjectView {
    /// A project with the documents that are open, by path. Line starts of unchanged texts are taken over from an earlier view; nothing else of it is held.
    pub fn new(
        root: Root,
        snapshot: Snapshot,
        open: BTreeMap<String, Opened>,
        earlier: &LineStarts,
    ) -> ProjectView {
        let of_file = |(place, file): (usize, &SourceFile)| {
            let known = earlier.0.get(place);
            let known = known.filter(|(text, _)| Arc::ptr_eq(text, &file.text));
            let lines = known.map(|(_, lines)| Arc::clone(lines));
            (Arc::clone(&file.text), lines.unwrap_or_default())
        };
        let files = snapshot.files().iter().enumerate();
        let lines = LineStarts(files.map(of_file).collect());
        ProjectView {
            root,
            snapshot,
            lines,
            open,
        }
    }

    /// The line starts that are known, for the view after this one.
    pub fn line_starts(&self) -> LineStarts {
        self.lines.clone()
    }

    /// A file with its line starts.
    pub fn file(&self, id: FileId) -> Option<(&SourceFile, Lines<'_>)> {
        let files = self.snapshot.files();
        // Nearly always the identity is the place.
        let place = usize::try_from(id.0).ok();
        let place = place
            .filter(|place| files.get(*place).is_some_and(|file| file.id == id))
            .or_else(|| files.iter().position(|file| file.id == id))?;
        let file = files.get(place)?;
        let (_, index) = self.lines.0.get(place)?;
        let lines = Lines {
            text: &file.text,
            index: index.get_or_init(|| LineIndex::new(&file.text)),
        };
        Some((file, lines))
    }

    /// The address of a file: the client's own one if it has it open.
    pub fn uri(&self, id: FileId) -> Option<Url> {
        let (file, _) = self.file(id)?;
        match self.open.get(&file.path) {
            Some(open) => Some(open.uri.clone()),
            None => self.root.uri(&file.path),
        }
    }

    /// How the client knows a file, if it has it open.
    pub fn opened(&self, path: &str) -> Option<&Opened> {
        self.open.get(path)
    }

    /// A place as the client counts it.
    pub fn location(&self, label: Label) -> Option<Location> {
        let (_, lines) = self.file(label.file)?;
        Some(Location::new(
            self.uri(label.file)?,
            lines.range(label.span),
        ))
    }

    /// Edits as the client applies them. Edits of files that are not there are left out.
    pub fn workspace_edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let mut changes: HashMap<Url, Vec<TextEdit>> = HashMap::new();
        for edit in edits {
            if let Some((_, lines)) = self.file(edit.file)
                && let Some(uri) = self.uri(edit.file)
            {
                let range = lines.range(edit.span);
                let edit = TextEdit::new(range, edit.replacement.clone());
                changes.entry(uri).or_default().push(edit);
            }
        }
        WorkspaceEdit::new(changes)
    }

    fn document(&self, uri: &Url) -> Option<FileId> {
        let path = self.root.path(uri)?;
        let files = self.snapshot.files();
        files
            .iter()
            .find(|file| file.path == path)
            .or_else(|| files.iter().find(|file| same_path(&file.path, &path)))
            .map(|file| file.id)
    }
}

impl View {
    /// The document at an address, if it is one of a loaded project.
    pub fn document(&self, uri: &Url) -> Option<Document<'_>> {
        self.projects.iter().find_map(|project| {
            let file = project.document(uri)?;
            let (source, lines) = project.file(file)?;
            Some(Document {
                project,
                file,
                source,
                lines,
            })
        })
    }

    /// The document and the byte offset a client points at.
    pub fn at(&self, place: &TextDocumentPositionParams) -> Option<(Document<'_>, u32)> {
        let document = self.document(&place.text_document.uri)?;
        let offset = document.offset(place.position);
        Some((document, offset))
    }

    /// The day it is, asked now.
    pub fn today(&self) -> Date {
        (self.outside.clock.today)()
    }

    /// What is published now; none where no store is known.
    pub fn published(&self) -> Option<Published> {
        self.outside.published.as_ref().map(|read| read())
    }

    /// The language of the client.
    pub fn language(&self) -> Language {
        self.settings.language
    }

    /// A refusal in the language of the client.
    pub fn refusal(&self, words: &Text) -> Refusal {
        Refusal::Told(words.in_language(self.language()).to_owned())
    }
}

/// One document of a view.
#[derive(Clone, Copy)]
pub struct Document<'v> {
    /// Its project.
    pub project: &'v ProjectView,
    /// Its identity in the snapshot of the project.
    pub file: FileId,
    /// Its text.
    pub source: &'v SourceFile,
    /// Its line starts.
    pub lines: Lines<'v>,
}

impl<'v> Document<'v> {
    /// The snapshot of the project it belongs to.
    pub fn snapshot(&self) -> &'v Snapshot {
        &self.project.snapshot
    }

    /// The byte offset of a place.
    pub fn offset(&self, position: Position) -> u32 {
        self.lines.offset(position)
    }

    /// The span of bytes of a range.
    pub fn span(&self, range: Range) -> Span {
        self.lines.span(range)
    }

    /// The range of a span of bytes.
    pub fn range(&self, span: Span) -> Range {
        self.lines.range(span)
    }

    /// Edits of this document alone, as the client applies them.
    pub fn text_edits(&self, edits: &[Edit]) -> Vec<TextEdit> {
        let own = edits.iter().filter(|edit| edit.file == self.file);
        own.map(|edit| TextEdit::new(self.range(edit.span), edit.replacement.clone()))
            .collect()
    }
}
