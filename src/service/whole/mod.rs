//! What a body makes of the reports it receives: the units behind it, the consolidated document, its commands, and the proof that it is what the reports say.
//!
//! A body's figures are always computed from units' reports, whether they came directly or in the document of a body below; a document adds what the body itself added. It knows no pages and no SQL. Broken
//! input: a body to which nothing of a period goes is not found.

pub mod body;
pub mod contributors;
pub mod document;
pub mod frozen;
pub mod verify;
pub mod view;
mod words;
