//! How figures add up: over units, over time, and inside one sum.
//!
//! The algebra of language-types §1.5 and §1.7 as far as one report needs it. It deliberately does not know columns or forms. An unknown nature
//! absorbs everything.

use crate::diagnostic::problem::meaning::time::NatureWord;

/// The nature of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// A literal: takes the nature of what it stands beside.
    Constant,
    /// Happens during the window.
    Flow,
    /// Stands at the end of the window.
    Stock,
    /// Stands at the start of the window.
    Opening,
    /// Adds over units only.
    NotOverTime,
    /// A quotient.
    Ratio,
    /// The mean level over the window.
    PeriodAverage,
    /// A mean weighted by another figure.
    AverageBy,
    /// A quotient without a formula.
    Index,
    /// Points.
    Score,
    /// Parts of different natures.
    Mixed,
    /// Two stocks of different moments added: one quantity counted twice.
    TwoInstants,
    /// Words: never added.
    None,
    /// Could not be told.
    Unknown,
}

/// A nature with the report it is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The nature.
    pub nature: Nature,
    /// Read from the report of the period before.
    pub previous: bool,
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
            Nature::PeriodAverage => NatureWord::PeriodAverage,
            Nature::AverageBy => NatureWord::AverageBy,
            Nature::Index => NatureWord::Index,
            Nature::Score => NatureWord::Score,
            Nature::Mixed | Nature::TwoInstants => NatureWord::Mixed,
            Nature::Constant | Nature::None | Nature::Unknown => return None,
        })
    }

    /// Whether a formula of nature `self` may be called `stated`.
    pub fn may_be_stated_as(self, stated: Nature) -> bool {
        match (self, stated) {
            (Nature::Unknown | Nature::Constant, _) | (_, Nature::Unknown) => true,
            // A balance `opening + in − out` is what is left at the end.
            (Nature::Mixed, Nature::Stock) => true,
            (Nature::Flow, Nature::NotOverTime) => true,
            (inferred, stated) => inferred == stated,
        }
    }
}

impl Dated {
    /// The nature of `a + b` or `a - b`.
    pub fn combine(self, other: Dated, minus: bool) -> Dated {
        use Nature::{
            Constant, Flow, Mixed, None, NotOverTime, Opening, Ratio, Stock, TwoInstants, Unknown,
        };
        let previous = self.previous && other.previous;
        let same_report = self.previous == other.previous;
        let nature = match (self.nature, other.nature) {
            (Unknown, _) | (_, Unknown) => Unknown,
            (Constant, _) => return other,
            (_, Constant) => return self,
            (None, _) | (_, None) => Unknown,
            (Ratio, _) | (_, Ratio) => Ratio,
            (Flow, Flow) => Flow,
            (NotOverTime, NotOverTime) if same_report => NotOverTime,
            (Stock, Stock) | (Opening, Opening) if same_report => self.nature,
            (Stock | Opening, Stock | Opening) if minus => Flow,
            (Stock | Opening, Stock | Opening) => TwoInstants,
            _ => Mixed,
        };
        Dated { nature, previous }
    }
}
