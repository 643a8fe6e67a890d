//! Files that are renamed: what has to be rewritten before, and what has changed after.
//!
//! Sources name tables by path, so moving a table or a source can make such a path wrong. It deliberately does not move anything. A table that its source could not name at its new place is left as it is, and the analysis
//! then says that it is missing.

use super::refusal::Answer;
use super::uris::same_path;
use super::view::{ProjectView, View};
use crate::diagnostic::Edit;
use crate::ide::table_paths::{named, written_as};
use tower_lsp::lsp_types::{FileChangeType, FileEvent, RenameFilesParams, Url, WorkspaceEdit};

/// The edits that keep every named table found.
pub fn edits(view: &View, asked: RenameFilesParams) -> Answer<Option<WorkspaceEdit>> {
    let mut whole: Option<WorkspaceEdit> = None;
    for project in &view.projects {
        let moves = asked.files.iter().filter_map(|file| {
            let from = project.root.path(&Url::parse(&file.old_uri).ok()?)?;
            let to = project.root.path(&Url::parse(&file.new_uri).ok()?)?;
            Some((from, to))
        });
        let moves: Vec<(String, String)> = moves.collect();
        let edits = edits_of(project, &moves);
        if edits.is_empty() {
            continue;
        }
        let edit = project.workspace_edit(&edits);
        match &mut whole {
            None => whole = Some(edit),
            Some(whole) => {
                let changes = whole.changes.get_or_insert_default();
                changes.extend(edit.changes.unwrap_or_default());
            }
        }
    }
    Ok(whole)
}

fn edits_of(project: &ProjectView, moves: &[(String, String)]) -> Vec<Edit> {
    let moved = |path: &str| {
        let mut moves = moves.iter();
        let found = moves.find(|(from, _)| same_path(from, path));
        found.map(|(_, to)| to.as_str())
    };
    let mut edits = Vec::new();
    for file in project.snapshot.files() {
        let source = moved(&file.path);
        for table in named(&project.snapshot, file.id) {
            let target = moved(&table.path);
            if source.is_none() && target.is_none() {
                continue;
            }
            let source = source.unwrap_or(&file.path);
            let target = target.unwrap_or(&table.path);
            let replacement = written_as(source, target).filter(|new| *new != table.written);
            edits.extend(replacement.map(|replacement| Edit {
                file: file.id,
                span: table.span,
                replacement,
            }));
        }
    }
    edits
}

/// What renamed files mean for whoever reads them: the old ones are gone, the new ones are there.
pub fn events(told: &RenameFilesParams) -> Vec<FileEvent> {
    let event = |uri: &str, what| Some(FileEvent::new(Url::parse(uri).ok()?, what));
    let files = told.files.iter();
    files
        .flat_map(|file| {
            let gone = event(&file.old_uri, FileChangeType::DELETED);
            let fresh = event(&file.new_uri, FileChangeType::CREATED);
            gone.into_iter().chain(fresh)
        })
        .collect()
}
