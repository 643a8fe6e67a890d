//! Why a question of the editor has no answer, and how the protocol is told.
//!
//! It deliberately does not know the questions. A question about a document that is not known is no refusal: its answer is empty.

use tower_lsp::jsonrpc::{Error, ErrorCode};

/// The protocol's code for a request that was understood and is refused.
const REQUEST_FAILED: i64 = -32803;

/// What answering a question gives.
pub type Answer<R> = Result<R, Refusal>;

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be done, in words for the person who asked, in their language.
    Told(String),
    /// Answering panicked: a mistake of the program.
    Panicked,
    /// The server is ending.
    Ending,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        match refusal {
            Refusal::Told(words) => Error {
                code: ErrorCode::ServerError(REQUEST_FAILED),
                message: words.into(),
                data: None,
            },
            Refusal::Panicked => Error::internal_error(),
            Refusal::Ending => Error::request_cancelled(),
        }
    }
}
