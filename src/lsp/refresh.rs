//! Asking the client to ask again: for what stands between and above the lines, and for colours, when something else than the text at hand has changed them.
//!
//! An editor asks anew about a text that it changes itself; it cannot know that another file, the day or a publication changed the answer. The asking is done beside everything else, one wish after the other, and wishes that pile up
//! become one. It deliberately does not decide when. A client that never answers is given up each time and holds nothing.

use super::capabilities::Abilities;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

/// How long the client is given to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a client asks again when it is told to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshes {
    /// What stands between the lines.
    pub hints: bool,
    /// What stands above statements.
    pub lenses: bool,
    /// Coloured words.
    pub colours: bool,
}

impl Refreshes {
    /// What a client with some abilities can be told to ask again; none if there is nothing.
    pub fn of(abilities: &Abilities) -> Option<Refreshes> {
        let able = abilities.refreshes;
        (able != Refreshes::default()).then_some(able)
    }
}

/// Where wishes are put. They are carried out until this is gone.
pub struct Refresher {
    wishes: UnboundedSender<Refreshes>,
}

impl Refresher {
    /// Begins to carry out wishes. Must be called where asynchronous tasks run.
    pub fn start(client: Client) -> Refresher {
        let (wishes, wished) = unbounded_channel();
        tokio::spawn(carry_out(client, wished));
        Refresher { wishes }
    }

    /// Wishes that the client asks again. Never waits.
    pub fn wish(&self, what: Refreshes) {
        if self.wishes.send(what).is_err() {
            tracing::debug!("the client is gone");
        }
    }
}

async fn carry_out(client: Client, mut wished: UnboundedReceiver<Refreshes>) {
    while let Some(wish) = wished.recv().await {
        // What was wished meanwhile is the same wish.
        while wished.try_recv().is_ok() {}
        if wish.hints {
            drop(tokio::time::timeout(PATIENCE, client.inlay_hint_refresh()).await);
        }
        if wish.lenses {
            drop(tokio::time::timeout(PATIENCE, client.code_lens_refresh()).await);
        }
        if wish.colours {
            drop(tokio::time::timeout(PATIENCE, client.semantic_tokens_refresh()).await);
        }
    }
}
