//! How figures add up inside one sum: natures, extents and modalities together (language-types §1.5).
//!
//! It deliberately does not know measures, which are checked before. An unknown nature absorbs everything; a sum that cannot be meant comes back
//! as a [`SumFault`].

use super::extent::{Extent, Joined, Subtracted};
use crate::analysis::model::cell::Modality;
use crate::analysis::natures::Nature;

/// How a figure adds up: what the table of operations and every sum need to know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Additivity {
    /// The nature.
    pub nature: Nature,
    /// The span or moment; absent for a literal, and where it could not be told.
    pub extent: Option<Extent>,
    /// Actual or plan; absent for a literal.
    pub modality: Option<Modality>,
}

/// Why two figures cannot stand in one sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SumFault {
    /// A ratio, an index, an average or a score.
    NotAdditive(Nature),
    /// Spans that overlap without being one: the shared part counts twice.
    CountedTwice,
    /// A stock at two moments: one quantity counted twice.
    TwoInstants,
    /// An actual figure and a plan.
    PlanAndActual,
}

impl Additivity {
    /// A literal, which takes everything from what it stands beside.
    pub fn constant() -> Additivity {
        Additivity {
            nature: Nature::Constant,
            extent: None,
            modality: None,
        }
    }

    /// Nothing is known.
    pub fn unknown() -> Additivity {
        Additivity {
            nature: Nature::Unknown,
            ..Additivity::constant()
        }
    }

    /// An actual figure of a nature with the extent that the nature has by itself.
    pub fn actual(nature: Nature) -> Additivity {
        Additivity {
            nature,
            extent: nature.own_extent(),
            modality: Some(Modality::Actual(None)),
        }
    }

    /// A quotient of two figures.
    pub fn ratio(&self, below: &Additivity) -> Additivity {
        let modality = match (&self.modality, &below.modality) {
            (Some(Modality::Actual(_)), _) | (_, None) => self.modality,
            (_, Some(other)) => Some(*other),
        };
        Additivity {
            nature: Nature::Ratio,
            extent: self.extent.clone().or_else(|| below.extent.clone()),
            modality,
        }
    }

    /// Parts of different natures.
    pub fn mixed(&self) -> Additivity {
        Additivity {
            nature: Nature::Mixed,
            ..self.clone()
        }
    }

    /// The same figure, so many windows and years later.
    pub fn shifted(&self, windows: i32, years: i32) -> Additivity {
        Additivity {
            extent: self
                .extent
                .as_ref()
                .map(|extent| extent.shifted(windows, years)),
            ..self.clone()
        }
    }

    /// Whether it is read from another report than the one at hand.
    pub fn is_elsewhere(&self) -> bool {
        self.extent
            .as_ref()
            .is_some_and(|extent| !extent.is_current())
    }

    /// Both in one sum.
    pub fn plus(&self, other: &Additivity) -> Result<Additivity, SumFault> {
        if let Some(settled) = self.settled(other) {
            return Ok(settled);
        }
        if let Some(nature) = not_additive(self.nature).or(not_additive(other.nature)) {
            return Err(SumFault::NotAdditive(nature));
        }
        let modality = match (&self.modality, &other.modality) {
            (Some(one), Some(two)) => Some(one.added(*two).ok_or(SumFault::PlanAndActual)?),
            (one, two) => one.or(*two),
        };
        let joined = match (&self.extent, &other.extent) {
            (Some(one), Some(two)) => one.joined(two),
            _ => Joined::Same,
        };
        let together = |nature, extent| Additivity {
            nature,
            extent,
            modality,
        };
        let extent = self.extent.clone().or_else(|| other.extent.clone());
        let instants = |nature| matches!(nature, Nature::Stock | Nature::Opening);
        match (self.nature, other.nature) {
            (one, two) if one == two || (instants(one) && instants(two)) => match joined {
                Joined::Same if one == two => Ok(together(one, extent)),
                Joined::Union(extent) if one == Nature::Flow => Ok(together(one, Some(extent))),
                Joined::CountedTwice if one == Nature::Flow => Err(SumFault::CountedTwice),
                _ if instants(one) => Err(SumFault::TwoInstants),
                _ => Ok(together(Nature::Mixed, extent)),
            },
            _ => Ok(together(Nature::Mixed, extent)),
        }
    }

    /// The other taken away.
    pub fn minus(&self, other: &Additivity) -> Result<Additivity, SumFault> {
        if let Some(settled) = self.settled(other) {
            return Ok(settled);
        }
        if self.nature == Nature::Ratio && other.nature == Nature::Ratio {
            return Ok(self.clone());
        }
        if let Some(nature) = not_additive(self.nature).or(not_additive(other.nature)) {
            return Err(SumFault::NotAdditive(nature));
        }
        let compared = match (&self.modality, &other.modality) {
            (Some(one), Some(two)) => one.added(*two).is_none(),
            _ => false,
        };
        let subtracted = match (&self.extent, &other.extent) {
            (Some(one), Some(two)) => one.subtracted(two),
            _ => Subtracted::Same,
        };
        let instants = |nature| matches!(nature, Nature::Stock | Nature::Opening);
        let left = |nature, extent| Additivity {
            nature,
            extent,
            modality: self.modality,
        };
        let same_sort =
            self.nature == other.nature || (instants(self.nature) && instants(other.nature));
        if compared || !same_sort {
            return Ok(self.mixed());
        }
        Ok(match subtracted {
            Subtracted::Same if self.nature == other.nature => {
                left(self.nature, self.extent.clone())
            }
            Subtracted::Rest(extent) if self.nature == Nature::Flow => {
                left(Nature::Flow, Some(extent))
            }
            Subtracted::Between(extent) => left(Nature::Flow, Some(extent)),
            _ => self.mixed(),
        })
    }

    /// What comes out whatever the sign, where one side decides alone.
    fn settled(&self, other: &Additivity) -> Option<Additivity> {
        match (self.nature, other.nature) {
            (Nature::Unknown | Nature::None, _) | (_, Nature::Unknown | Nature::None) => {
                Some(Additivity::unknown())
            }
            (Nature::Constant, _) => Some(other.clone()),
            (_, Nature::Constant) => Some(self.clone()),
            _ => None,
        }
    }
}

fn not_additive(nature: Nature) -> Option<Nature> {
    let never = matches!(
        nature,
        Nature::Ratio | Nature::Index | Nature::Score | Nature::AverageBy
    );
    never.then_some(nature)
}
