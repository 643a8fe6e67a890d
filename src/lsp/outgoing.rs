//! What the server says unasked, in the order it was decided.
//!
//! The actor is no part of the asynchronous world; it puts words here and a task carries them to the client. It deliberately waits for nothing the client answers. Words for a client that is gone are dropped.

use super::refresh::{Refresher, Refreshes};
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::Client;
use tower_lsp::lsp_types::{Diagnostic, MessageType, Url};

/// One thing said unasked.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// All mistakes of one document, in the place of those said before.
    Diagnostics {
        /// The document.
        uri: Url,
        /// The version of its text, if the client has it open.
        version: Option<i32>,
        /// The mistakes.
        diagnostics: Vec<Diagnostic>,
    },
    /// A line for the log of the client.
    Log(String),
    /// A sentence the person should read.
    Tell(String),
    /// Answers given before may be others now, though the text at hand is the same.
    Refresh(Refreshes),
}

/// Carries everything to the client until nothing more can come.
pub async fn carry(client: Client, mut words: UnboundedReceiver<Outgoing>) {
    let refresher = Refresher::start(client.clone());
    while let Some(said) = words.recv().await {
        match said {
            Outgoing::Diagnostics {
                uri,
                version,
                diagnostics,
            } => client.publish_diagnostics(uri, diagnostics, version).await,
            Outgoing::Log(line) => client.log_message(MessageType::ERROR, line).await,
            Outgoing::Tell(words) => client.show_message(MessageType::WARNING, words).await,
            Outgoing::Refresh(what) => refresher.wish(what),
        }
    }
}
