//! The generated parser.
//!
//! The only place where the two grammar files become code. It deliberately holds nothing else.

// The generated rules have no documentation of their own where the grammar gives none.
#![allow(missing_docs)]

use pest_derive::Parser;

/// The parser of the regime language.
#[derive(Parser)]
#[grammar = "grammar/regime.pest"]
#[grammar = "grammar/keywords.pest"]
pub(super) struct Grammar;
