//! How a figure adds up, as far as it is stated or inferred: the closed list of natures.
//!
//! What may be done with each is in `cell_type::operations`, how they meet in a sum in `cell_type::sums`. It deliberately does not know columns or
//! forms. An unknown nature absorbs everything.

use super::cell_type::extent::Extent;
use crate::diagnostic::problem::meaning::time::NatureWord;

/// The nature of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// A literal: takes the nature of what it stands beside.
    Constant,
    /// Happens during the window, or during a longer span.
    Flow,
    /// Stands at the end of the window.
    Stock,
    /// Stands at the start of the window.
    Opening,
    /// Adds over units only.
    NotOverTime,
    /// A quotient.
    Ratio,
    /// A ratio without a formula.
    Index,
    /// The average of the window.
    PeriodAverage,
    /// An average with a weight.
    AverageBy,
    /// How many different keys a list has.
    Distinct,
    /// A score.
    Score,
    /// Parts of different natures.
    Mixed,
    /// Words: never added.
    None,
    /// Could not be told.
    Unknown,
}

impl Nature {
    /// The nature in words for diagnostics; none for those that are never spoken about.
    pub fn word(self) -> Option<NatureWord> {
        Some(match self {
            Nature::Flow => NatureWord::Flow,
            Nature::Stock => NatureWord::Stock,
            Nature::Opening => NatureWord::Opening,
            Nature::NotOverTime => NatureWord::NotOverTime,
            Nature::Ratio => NatureWord::Ratio,
            Nature::Index => NatureWord::Index,
            Nature::PeriodAverage => NatureWord::PeriodAverage,
            Nature::AverageBy => NatureWord::AverageBy,
            Nature::Distinct => NatureWord::Distinct,
            Nature::Score => NatureWord::Score,
            Nature::Mixed => NatureWord::Mixed,
            Nature::Constant | Nature::None | Nature::Unknown => return None,
        })
    }

    /// The span or moment that a figure of this nature speaks about where nothing else is said.
    pub fn own_extent(self) -> Option<Extent> {
        match self {
            Nature::Stock => Some(Extent::at_end()),
            Nature::Opening => Some(Extent::at_start()),
            Nature::Constant | Nature::None | Nature::Unknown => None,
            _ => Some(Extent::current()),
        }
    }

    /// Whether a formula of nature `self` may be called `stated`.
    pub fn may_be_stated_as(self, stated: Nature) -> bool {
        match (self, stated) {
            (Nature::Unknown | Nature::Constant, _) | (_, Nature::Unknown) => true,
            // A balance `opening + in − out` is what is left at the end.
            (Nature::Mixed, Nature::Stock) => true,
            (Nature::Flow, Nature::NotOverTime) => true,
            // What is defined by a quotient may be averaged by its weight, or be an index by itself.
            (Nature::Ratio, Nature::AverageBy | Nature::Index) => true,
            (inferred, stated) => inferred == stated,
        }
    }
}
