//! The tables that a source names by `from "…"`: where the name stands and which file of the project it means.
//!
//! It deliberately does not know whether the file is there. A path that leads out of the project means no file of it.

use crate::analysis::project::Project;
use crate::text::{FileId, Span};
use crate::workspace::{Snapshot, tables};

/// A table as a source names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTable {
    /// The path as it is written.
    pub written: String,
    /// Where it is written, without the quotation marks.
    pub span: Span,
    /// The path of the file in the project.
    pub path: String,
}

/// The tables a file names, in the order of the text.
pub fn named(snapshot: &Snapshot, file: FileId) -> Vec<NamedTable> {
    let Some(source) = snapshot.source(file) else {
        return Vec::new();
    };
    let names = tables::named_tables(&source.tree).into_iter();
    names
        .filter(|name| tables::stays_inside(&name.value))
        .map(|name| NamedTable {
            written: name.value.clone(),
            span: inside_quotes(name.span, &source.file.text),
            path: Project::table_path(&source.file, &name.value),
        })
        .collect()
}

/// How a source at one path names a table at another; none where it cannot, since names only lead downward.
pub fn written_as(source: &str, table: &str) -> Option<String> {
    match source.rsplit_once('/') {
        None => Some(table.to_owned()),
        Some((folder, _)) => Some(table.strip_prefix(folder)?.strip_prefix('/')?.to_owned()),
    }
}

fn inside_quotes(span: Span, text: &str) -> Span {
    let written = span.of(text);
    if written.len() > 1 && written.starts_with('"') && written.ends_with('"') {
        Span::new(span.start + 1, span.end - 1)
    } else {
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_from_the_folder_of_its_source() {
        let named = |source, table| written_as(source, table);
        assert_eq!(
            named("common.regime", "bang/dv.csv").as_deref(),
            Some("bang/dv.csv")
        );
        assert_eq!(named("a/x.regime", "a/dv.csv").as_deref(), Some("dv.csv"));
        assert_eq!(named("a/x.regime", "ab/dv.csv"), None);
        assert_eq!(named("a/x.regime", "dv.csv"), None);
    }
}
