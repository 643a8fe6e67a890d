//! The questions of the protocol, one file per subject: what the client asks is turned into bytes, and plain data into what it understands.
//!
//! What is answered is decided by the room of editor questions. A question about a document that is not known has an empty answer.

pub mod actions;
pub mod completion;
pub mod formatting;
pub mod hierarchy;
pub mod hints;
pub mod hover;
pub mod lenses;
pub mod names;
pub mod outline;
pub mod pieces;
pub mod signature;
