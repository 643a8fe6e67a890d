//! The language server as a client meets it: real framing over pipes in memory, and the real program over its standard streams.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that finds something else than it expects has failed"
)]

#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/documents.rs"]
mod documents;
#[path = "lsp/hardship.rs"]
mod hardship;
#[path = "lsp/lines.rs"]
mod lines;
#[path = "lsp/names.rs"]
mod names;
#[path = "lsp/own_requests.rs"]
mod own_requests;
#[path = "lsp/program.rs"]
mod program;
#[path = "lsp/socket.rs"]
mod socket;
#[path = "lsp/writing.rs"]
mod writing;
