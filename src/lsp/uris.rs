//! Addresses of documents as editors write them, and the paths of a project they stand for.
//!
//! Editors escape letters outside ASCII each in their own way, and some systems keep the names of files decomposed; both are evened out here. It deliberately does not read any file. An address that lies
//! outside a project stands for no path of it.

use crate::text::normal::composed;
use std::path::{Path, PathBuf};
use tower_lsp::lsp_types::Url;

/// Where a project lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// In a folder of the disk.
    Folder(PathBuf),
    /// In memory, below an address that ends with a slash.
    Memory(Url),
    /// Nowhere: one document that belongs to no project and has this address.
    Alone(Url),
}

impl Root {
    /// The address of a file of the project; none for a path that no address can hold.
    pub fn uri(&self, path: &str) -> Option<Url> {
        match self {
            Root::Folder(folder) => Url::from_file_path(join(folder, path)).ok(),
            Root::Memory(base) => {
                let mut uri = base.clone();
                uri.path_segments_mut()
                    .ok()?
                    .pop_if_empty()
                    .extend(path.split('/'));
                Some(uri)
            }
            Root::Alone(uri) => Some(uri.clone()),
        }
    }

    /// The path of a document inside the project, with `/` between its parts; none if it lies elsewhere.
    pub fn path(&self, uri: &Url) -> Option<String> {
        match self {
            Root::Folder(folder) => {
                let path = file_path(uri)?;
                let inside = path.strip_prefix(folder).ok()?;
                let parts: Vec<_> = inside
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect();
                (!parts.is_empty()).then(|| parts.join("/"))
            }
            Root::Memory(base) => {
                let inside = uri.as_str().strip_prefix(base.as_str())?;
                let path = unescaped(inside.split(['?', '#']).next().unwrap_or(inside));
                let leads_down = !path.is_empty() && path.split('/').all(is_a_name);
                leads_down.then_some(path)
            }
            Root::Alone(own) => (own == uri).then(|| name(uri)),
        }
    }

    /// The folder on disk, if there is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Root::Folder(folder) => Some(folder),
            Root::Memory(_) | Root::Alone(_) => None,
        }
    }
}

/// The path on disk that an address stands for.
pub fn file_path(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() == "file" {
        uri.to_file_path().ok()
    } else {
        None
    }
}

/// Whether two paths are the same when letters that look alike are written alike.
pub fn same_path(one: &str, other: &str) -> bool {
    one == other || composed(one) == composed(other)
}

/// The last part of an address, for a document that has no path.
fn name(uri: &Url) -> String {
    let path = unescaped(uri.path());
    let last = path.rsplit('/').find(|part| !part.is_empty());
    last.unwrap_or("tep.regime").to_owned()
}

fn is_a_name(part: &str) -> bool {
    !matches!(part, "" | "." | "..")
}

fn join(folder: &Path, path: &str) -> PathBuf {
    let mut whole = folder.to_owned();
    whole.extend(path.split('/'));
    whole
}

/// A text without the escapes of an address; what is not UTF-8 afterwards is replaced by a sign that no name has.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let escaped = if *first == b'%' {
            behind
                .split_at_checked(2)
                .and_then(|(digits, after)| Some((byte(digits)?, after)))
        } else {
            None
        };
        let (byte, after) = escaped.unwrap_or((*first, behind));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn byte(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u8::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn a_vietnamese_path_survives_the_escapes_of_an_address() {
        let root = Root::Memory(uri("regime://soan/b%E1%BA%A3n-nh%C3%A1p/"));
        let path = "chế độ/tiếp dân 1.regime";
        let written = root.uri(path).expect("an address");
        assert_eq!(
            written.as_str(),
            "regime://soan/b%E1%BA%A3n-nh%C3%A1p/ch%E1%BA%BF%20%C4%91%E1%BB%99/ti%E1%BA%BFp%20d%C3%A2n%201.regime"
        );
        assert_eq!(root.path(&written).as_deref(), Some(path));
        let lower =
            uri("regime://soan/b%E1%BA%A3n-nh%C3%A1p/ch%e1%ba%bf%20%c4%91%e1%bb%99/a.regime");
        assert_eq!(root.path(&lower).as_deref(), Some("chế độ/a.regime"));
    }

    #[test]
    fn an_address_never_leads_out_of_its_project() {
        let root = Root::Memory(uri("regime://soan/a/"));
        for outside in [
            "regime://soan/b/x.regime",
            "regime://soan/a/%2e%2e/b/x.regime",
            "regime://soan/a/..%2Fb/x.regime",
            "regime://soan/a//x.regime",
            "regime://soan/a/",
            "file:///a/x.regime",
        ] {
            assert_eq!(root.path(&uri(outside)), None, "{outside}");
        }
        let disk = Root::Folder(PathBuf::from("/du-an"));
        assert_eq!(disk.path(&uri("file:///khac/x.regime")), None);
        assert_eq!(
            disk.path(&uri("file:///du-an/m/x.regime")).as_deref(),
            Some("m/x.regime")
        );
    }

    #[test]
    fn a_decomposed_name_is_the_same_name() {
        assert!(same_path(
            "che\u{302}\u{301} do\u{323}\u{302}.regime",
            "chế dộ.regime"
        ));
        assert!(!same_path("chế.regime", "che.regime"));
    }

    #[test]
    fn a_document_without_a_file_has_a_name() {
        let alone = Root::Alone(uri("untitled:Untitled-1"));
        assert_eq!(
            alone.path(&uri("untitled:Untitled-1")).as_deref(),
            Some("Untitled-1")
        );
        assert_eq!(alone.path(&uri("untitled:Untitled-2")), None);
    }

    #[test]
    fn a_broken_escape_is_taken_as_it_stands() {
        assert_eq!(unescaped("a%2"), "a%2");
        assert_eq!(unescaped("%+1%zz%41"), "%+1%zzA");
    }
}
