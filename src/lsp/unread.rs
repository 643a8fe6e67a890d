//! Files that are there and cannot be read, as mistakes at their own addresses.
//!
//! An author sees them where every other mistake is seen, and they go away when the file can be read. It deliberately does not know projects. A file that is not there is no such mistake.

use crate::diagnostic::problem::Problem;
use crate::workspace::load::LoadProblemKind;
use std::io::ErrorKind;
use std::path::Path;

/// The text of a file, none if there is no such file, or why it cannot be read.
pub fn read(path: &Path) -> Result<Option<String>, Problem> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(LoadProblemKind::Refused(error).problem()),
    };
    let text = String::from_utf8(bytes);
    text.map(Some)
        .map_err(|_| LoadProblemKind::NotUtf8.problem())
}
