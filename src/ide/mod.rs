//! Questions of an editor about a project, answered as plain data: byte offsets in, labels, edits and words out.
//!
//! One file per subject. This room deliberately knows no protocol and no screen, reads no file and keeps nothing between two questions. Broken text is answered as far as its tree and its model reach.

pub mod actions;
mod around;
pub mod complete;
pub mod hints;
pub mod lenses;
pub mod signature;
pub mod source_at;
pub mod table_paths;
