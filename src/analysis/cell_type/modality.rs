//! Whether a figure is an actual one, of which vintage, or a plan: how two such claims meet and add up.
//!
//! It deliberately does not know plan values. A literal has no modality and takes that of what it stands beside.

use super::clash::Clash;
use crate::analysis::model::cell::Modality;

impl Modality {
    /// Whether it is a plan.
    pub fn is_plan(self) -> bool {
        !matches!(self, Modality::Actual(_))
    }

    /// Both at once.
    pub fn meet(self, other: Modality) -> Result<Modality, Clash> {
        match (self, other) {
            (Modality::Actual(None), Modality::Actual(_)) => Ok(other),
            (Modality::Actual(_), Modality::Actual(None)) => Ok(self),
            _ if self == other => Ok(self),
            _ => Err(Clash::Modalities(self, other)),
        }
    }

    /// What a sum of both is; the least final vintage labels it. `None`: an actual figure and a plan do not add up, nor do two plans of different
    /// targets.
    pub fn added(self, other: Modality) -> Option<Modality> {
        match (self, other) {
            (Modality::Actual(one), Modality::Actual(two)) => {
                Some(Modality::Actual(match (one, two) {
                    (Some(one), Some(two)) => Some(one.min(two)),
                    (one, two) => one.or(two),
                }))
            }
            _ if self == other => Some(self),
            _ => None,
        }
    }
}
