//! The language server: questions and edits of an editor in, answers and mistakes out, over a pipe or a socket.
//!
//! The only room that names the protocol library. It deliberately decides nothing about regimes: the workspace analyses, the room of editor questions answers, and here their plain data is turned into the protocol's.
//! Whatever a client sends, whatever a text holds and even an answer that panics, the server goes on until it is told to end.

pub mod actor;
pub mod answers;
mod beyond;
pub mod bridge;
pub mod capabilities;
pub mod clock;
pub mod convert;
pub mod custom;
pub mod desk;
mod diagnostics;
mod documents;
mod files;
pub mod framing;
mod home;
mod outgoing;
pub mod refresh;
pub mod refusal;
pub mod server;
pub mod settings;
pub mod stdio;
mod unread;
pub mod uris;
pub mod view;
