//! `regime/sourceAt`: from a cell of the preview to where it is written, and from a place in the text to the cell.
//!
//! What an address means is decided by the room of editor questions. What leads nowhere has the answer `null`.

use super::VERSION;
use crate::ide::source_at;
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{Position, Range, Url};

/// What is asked: either an address or a position.
#[derive(Clone, Debug, Deserialize)]
pub struct SourceAtParams {
    /// The document.
    pub uri: Url,
    /// An address as the preview carries it.
    pub address: Option<String>,
    /// A place in the document.
    pub position: Option<Position>,
}

/// The other end.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum SourceAt {
    /// Where an address is written.
    Source {
        /// Version of these requests.
        version: u32,
        /// The document, which may be another one than asked about.
        uri: Url,
        /// The place.
        range: Range,
    },
    /// What is written at a position.
    Address {
        /// Version of these requests.
        version: u32,
        /// Name of the regime.
        regime: String,
        /// Name of the form.
        form: String,
        /// The address.
        address: String,
    },
}

/// Answers the request.
pub fn answer(view: &View, asked: SourceAtParams) -> Answer<Option<SourceAt>> {
    let Some(document) = view.document(&asked.uri) else {
        return Ok(None);
    };
    let snapshot = document.snapshot();
    if let Some(address) = &asked.address {
        let label = source_at::place(snapshot, document.file, address);
        let place = label.and_then(|label| document.project.location(label));
        return Ok(place.map(|place| SourceAt::Source {
            version: VERSION,
            uri: place.uri,
            range: place.range,
        }));
    }
    let offset = asked.position.map(|position| document.offset(position));
    let found = offset.and_then(|offset| source_at::address(snapshot, document.file, offset));
    Ok(found.map(|found| SourceAt::Address {
        version: VERSION,
        regime: found.regime,
        form: found.form,
        address: found.text,
    }))
}
