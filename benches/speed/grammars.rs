//! The parser generator alone, without our tree: our grammar and the prototype it is compared with.
//!
//! The library does not show its generated parser, so it is generated once more from the same files. A text that is refused ends the program: both grammars are tolerant.

#![allow(missing_docs, reason = "the generated rules have no documentation")]

use pest::Parser;
use std::hint::black_box;

mod ours {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/regime.pest"]
    #[grammar = "grammar/keywords.pest"]
    pub struct Ours;
}

mod prototype {
    #[derive(pest_derive::Parser)]
    #[grammar = "benches/speed/prototype.pest"]
    pub struct Prototype;
}

/// Parses with our grammar and forgets the result.
pub fn ours(text: &str) {
    assert!(black_box(ours::Ours::parse(ours::Rule::file, text)).is_ok());
}

/// Parses with the grammar of the prototype and forgets the result.
pub fn prototype(text: &str) {
    assert!(black_box(prototype::Prototype::parse(prototype::Rule::file, text)).is_ok());
}
