//! The two human languages every word of the product exists in.
//!
//! It deliberately does not know where a choice of language comes from.

/// A human language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Tiếng Việt, the default everywhere.
    Vietnamese,
    /// English.
    English,
}
