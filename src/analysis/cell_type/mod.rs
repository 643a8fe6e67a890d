//! The type of a cell: what a figure is, and what may be done with it.
//!
//! A pure algebra: rows, columns, indicators and defaults each state something ([`statement::Statement`]); statements of one layer meet, lower
//! layers fill holes, and a formula gives a type of its own. It deliberately does not know places in a source, names of forms or the wording of
//! mistakes: whatever does not fit comes back as data ([`clash::Clash`], [`operations::Refusal`]) and the caller adds the place. Whatever could
//! not be told is absent and absorbs its consequences.

pub mod clash;
pub mod classes;
pub mod coordinates;
pub mod extent;
pub mod modality;
pub mod operations;
pub mod overlaps;
pub mod statement;
pub mod sums;
#[cfg(test)]
mod tests;
pub mod value;
