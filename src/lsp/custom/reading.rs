//! `regime/reading`: the regimes of a file in plain words.
//!
//! It deliberately adds no words of its own. A regime with mistakes is named and has no sentences.

use super::{VERSION, in_language, language, regimes};
use crate::lsp::refusal::Answer;
use crate::lsp::view::View;
use crate::plan::reading::reading;
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::Url;

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct ReadingParams {
    /// The document.
    pub uri: Url,
    /// `vi` or `en`; that of the client if left out.
    pub language: Option<String>,
}

/// The reading.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// Version of these requests.
    pub version: u32,
    /// The regimes of the document.
    pub regimes: Vec<ReadRegime>,
    /// Their chapters, one regime after the other.
    pub sections: Vec<Section>,
}

/// A regime of the document.
#[derive(Clone, Debug, Serialize)]
pub struct ReadRegime {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// Whether it has no mistakes, so that it can be read.
    pub sound: bool,
}

/// A chapter.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Name of the regime.
    pub regime: String,
    /// Its title.
    pub title: String,
    /// Its sentences.
    pub items: Vec<String>,
}

/// Answers the request.
pub fn answer(view: &View, asked: ReadingParams) -> Answer<Option<Reading>> {
    let Some(document) = view.document(&asked.uri) else {
        return Ok(None);
    };
    let language = language(asked.language.as_deref(), view.language());
    let words = |text| in_language(text, language);
    let mut found = Reading {
        version: VERSION,
        regimes: Vec::new(),
        sections: Vec::new(),
    };
    for regime in regimes(&document) {
        found.regimes.push(ReadRegime {
            name: regime.name().to_owned(),
            version: regime.version(),
            sound: regime.plan().is_some(),
        });
        let chapters = regime.plan().map(reading).unwrap_or_default();
        found
            .sections
            .extend(chapters.into_iter().map(|chapter| Section {
                regime: regime.name().to_owned(),
                title: words(chapter.title),
                items: chapter.sentences.into_iter().map(words).collect(),
            }));
    }
    Ok(Some(found))
}
