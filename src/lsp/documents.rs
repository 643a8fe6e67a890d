//! The documents the client has open: their texts win over what the disk has.
//!
//! It deliberately does not know projects beyond the place of each document. A change of a document that is not open, or of an older version than the one known, is dropped.

use super::uris::Root;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_lsp::lsp_types::{TextDocumentItem, Url, VersionedTextDocumentIdentifier};

/// One open document.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    /// Its address, as the client writes it.
    pub uri: Url,
    /// The version of its text.
    pub version: i32,
    /// Its text.
    pub text: Arc<str>,
    /// The project it belongs to.
    pub root: Root,
    /// Its path in the project.
    pub path: String,
}

/// All open documents, by address.
#[derive(Debug, Default)]
pub struct Documents {
    open: BTreeMap<Url, OpenDocument>,
}

impl Documents {
    /// How many are open.
    pub fn count(&self) -> usize {
        self.open.len()
    }

    /// Opens a document, or gives an open one a new text.
    pub fn open(&mut self, item: TextDocumentItem, root: Root, path: String) {
        let document = OpenDocument {
            uri: item.uri.clone(),
            version: item.version,
            text: Arc::from(item.text),
            root,
            path,
        };
        self.open.insert(item.uri, document);
    }

    /// Gives an open document a new text; none if it is not open or had this version already.
    pub fn change(
        &mut self,
        named: &VersionedTextDocumentIdentifier,
        text: String,
    ) -> Option<&OpenDocument> {
        let document = self.open.get_mut(&named.uri)?;
        if named.version <= document.version {
            return None;
        }
        document.version = named.version;
        document.text = Arc::from(text);
        Some(document)
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &Url) -> Option<OpenDocument> {
        self.open.remove(uri)
    }

    /// Whether a document is open.
    pub fn is_open(&self, uri: &Url) -> bool {
        self.open.contains_key(uri)
    }

    /// Whether other documents of its project are open beside a document.
    pub fn has_beside(&self, uri: &Url) -> bool {
        let own = self.open.get(uri);
        own.is_some_and(|own| self.of(&own.root).any(|other| other.uri != own.uri))
    }

    /// The open documents of a project.
    pub fn of<'d>(&'d self, root: &'d Root) -> impl Iterator<Item = &'d OpenDocument> {
        self.open.values().filter(move |open| open.root == *root)
    }

    /// All open documents; they may be moved to another project.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut OpenDocument> {
        self.open.values_mut()
    }
}
