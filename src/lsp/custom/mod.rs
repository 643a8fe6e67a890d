//! Requests of our own, beside those of the protocol: preview, source of a cell, tests, a test out of typed figures, reading, plan, explanation of a code.
//!
//! They are described for the authors of clients in `docs/editor-protocol.md`. Each answer carries the version of these requests, so that a client can tell what it gets. An address that is not known has the answer `null`.

pub mod explain;
pub mod plan;
pub mod preview;
pub mod reading;
pub mod run_tests;
pub mod source_at;
pub mod test_from_sample;

use crate::plan::Bilingual;
use crate::text::language::Language;
use crate::workspace::RegimeSource;

/// The version of all requests of our own.
pub const VERSION: u32 = 1;

/// The language a request asks for, else that of the client.
fn language(asked: Option<&str>, client: Language) -> Language {
    match asked {
        Some("vi") => Language::Vietnamese,
        Some("en") => Language::English,
        _ => client,
    }
}

/// Words in the language of an answer.
fn in_language(words: Bilingual, language: Language) -> String {
    match language {
        Language::Vietnamese => words.vi,
        Language::English => words.en,
    }
}

/// The regimes that a file declares.
fn regimes<'v>(
    document: &super::view::Document<'v>,
) -> impl Iterator<Item = RegimeSource<'v>> + use<'v> {
    let path: &'v str = &document.source.path;
    let regimes = document.snapshot().regimes();
    regimes.filter(move |regime| regime.path() == path)
}
