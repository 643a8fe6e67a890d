//! Whether a figure is an actual one, of which vintage, or a plan.
//!
//! It deliberately does not know plan values. A literal has no modality and takes that of what it stands beside.

use super::clash::Clash;

/// How final an actual figure is (ước tính, sơ bộ, chính thức).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vintage {
    /// Ước tính.
    Estimate,
    /// Sơ bộ.
    Preliminary,
    /// Chính thức.
    Final,
}

/// Whether a figure is an actual one or a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// An actual figure; without a vintage where the regime distinguishes none.
    Actual(Option<Vintage>),
    /// The plan of a target, by its position in the words of the project.
    Plan(usize),
    /// A plan that is typed.
    Planned,
}

impl Modality {
    /// Whether it is a plan.
    pub fn is_plan(&self) -> bool {
        !matches!(self, Modality::Actual(_))
    }

    /// Both at once.
    pub fn meet(&self, other: &Modality) -> Result<Modality, Clash> {
        match (self, other) {
            (Modality::Actual(None), Modality::Actual(_)) => Ok(other.clone()),
            (Modality::Actual(_), Modality::Actual(None)) => Ok(self.clone()),
            _ if self == other => Ok(self.clone()),
            _ => Err(Clash::Modalities(self.clone(), other.clone())),
        }
    }

    /// What a sum of both is; the least final vintage labels it. `None`: an actual figure and a plan do not add up, nor do two plans of different
    /// targets.
    pub fn added(&self, other: &Modality) -> Option<Modality> {
        match (self, other) {
            (Modality::Actual(one), Modality::Actual(two)) => {
                Some(Modality::Actual(match (one, two) {
                    (Some(one), Some(two)) => Some(*one.min(two)),
                    (one, two) => one.or(*two),
                }))
            }
            _ if self == other => Some(self.clone()),
            _ => None,
        }
    }
}
