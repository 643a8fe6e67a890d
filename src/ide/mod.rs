//! Questions of an editor about a project, answered as plain data: byte offsets in, labels, edits and words out.
//!
//! One file per subject. This room deliberately knows no protocol and no screen, reads no file and keeps nothing between two questions. Broken text is answered as far as its tree and its model reach.

pub mod actions;
mod around;
pub mod complete;
pub mod declared;
pub mod folding;
pub mod hierarchy;
pub mod hints;
pub mod hover;
pub mod kind;
pub mod lenses;
pub mod meaning;
pub mod names;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod source_at;
pub mod symbols;
pub mod table_paths;
pub mod tokens;
