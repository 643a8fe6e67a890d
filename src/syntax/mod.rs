//! From text to trees: the tolerant grammar, the typed tree, the formatter, the keyword spellings.
//!
//! The only room that names the parser generator. It deliberately does not know what anything
//! means: names are text here. Every text has a tree; what is wrong with it is reported beside it.

pub mod ast;
