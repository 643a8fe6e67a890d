//! Reading a project from disk: the only file of this room that does.
//!
//! A project is the nearest folder upward that holds `common.regime`, with everything below it except folders that are projects of their own. Files that cannot be read
//! are named and the rest is kept. Links to folders are not followed, so the walk ends.

use std::path::{Path, PathBuf};

/// The file that makes a folder a project.
pub const COMMON: &str = "common.regime";

/// The project folder that a file or folder belongs to.
pub fn find_project(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start
        .ancestors()
        .find(|folder| folder.join(COMMON).is_file())
        .map(Path::to_owned)
}
