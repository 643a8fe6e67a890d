//! What a body adds to the sum: signed adjustments with their reasons, and why units are missing.
//!
//! An adjustment is a difference, never a replacement, and is never changed: it is taken back with a reason, and stays in the document. It does not know whether a figure may be adjusted; whoever
//! holds the plan asks [`crate::eval::adjustment::adjustable`]. Broken input: an empty reason, a difference of nothing and a number that names no adjustment are refused.

use crate::number::Number;
use crate::organisation::UnitId;
use crate::reports::event::Stamp;
use crate::reports::key::CellKey;
use crate::reports::refusal::{MOST_CHARACTERS, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The cells of the units behind a figure, as texts: what somebody saw when they adjusted it.
pub type Seen = BTreeMap<UnitId, String>;

/// All that a body has added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Additions {
    /// Adjustments, oldest first; number n is at position n − 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<NotedAdjustment>,
    /// Why a unit's report is missing, by unit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<UnitId, String>,
}

/// An adjustment as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedAdjustment {
    /// Number in the document, from 1.
    pub number: u32,
    /// The figure.
    pub cell: CellKey,
    /// What is added to the sum of the units, as decimal text.
    pub difference: String,
    /// Why.
    pub reason: String,
    /// Who made it, and when.
    pub made: Stamp,
    /// The units' cells when somebody last looked at it.
    pub seen: Seen,
    /// Who last looked at it again after units' figures had moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Stamp>,
    /// Who took it back, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back: Option<TakenBack>,
}

/// How an adjustment ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Who and when.
    pub stamp: Stamp,
    /// Why.
    pub reason: String,
}

/// What a person asks to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adding {
    /// Điều chỉnh: a signed difference on one figure.
    Adjust {
        /// The figure.
        cell: CellKey,
        /// What is added to the sum of the units.
        difference: Number,
        /// Why.
        reason: String,
        /// The units' cells as the person saw them.
        seen: Seen,
    },
    /// Takes an adjustment back.
    TakeBack {
        /// Its number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// Says that an adjustment still holds although units' figures have moved.
    Review {
        /// Its number.
        number: u32,
        /// The units' cells as the person saw them.
        seen: Seen,
    },
    /// Says why units are missing; an empty text takes a reason back.
    ExplainMissing {
        /// Reasons by unit.
        reasons: BTreeMap<UnitId, String>,
    },
}

/// What was added: the part of the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Added {
    /// A figure was adjusted.
    Adjusted {
        /// Number in the document.
        number: u32,
        /// The figure.
        cell: CellKey,
        /// Decimal text.
        difference: String,
        /// Why.
        reason: String,
        /// The units' cells then.
        seen: Seen,
    },
    /// An adjustment was taken back.
    TakenBack {
        /// Its number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// An adjustment was looked at again.
    Reviewed {
        /// Its number.
        number: u32,
        /// The units' cells then.
        seen: Seen,
    },
    /// Reasons for missing units changed; an empty text takes one back.
    MissingExplained {
        /// Reasons by unit.
        reasons: BTreeMap<UnitId, String>,
    },
}

impl Additions {
    /// Whether nothing was ever added.
    pub fn is_empty(&self) -> bool {
        self.adjustments.is_empty() && self.missing.is_empty()
    }

    /// The adjustments that hold.
    pub fn holding(&self) -> impl Iterator<Item = &NotedAdjustment> {
        let all = self.adjustments.iter();
        all.filter(|adjustment| adjustment.taken_back.is_none())
    }

    /// What an asking becomes; none where it changes nothing, so that a repeated request does no harm.
    pub fn decide(&self, adding: &Adding) -> Result<Option<Added>, Refusal> {
        match adding {
            Adding::Adjust {
                cell,
                difference,
                reason,
                seen,
            } => {
                if difference.is_zero() {
                    return Err(Refusal::NoDifference);
                }
                let number = u32::try_from(self.adjustments.len()).unwrap_or(u32::MAX);
                Ok(Some(Added::Adjusted {
                    number: number.saturating_add(1),
                    cell: cell.clone(),
                    difference: difference.to_plain(None),
                    reason: checked(reason)?,
                    seen: seen.clone(),
                }))
            }
            Adding::TakeBack { number, reason } => {
                let reason = checked(reason)?;
                let held = self.held(*number)?;
                Ok(held.then_some(Added::TakenBack {
                    number: *number,
                    reason,
                }))
            }
            Adding::Review { number, seen } => {
                let held = self.held(*number)?;
                let moved = self
                    .adjustment(*number)
                    .is_some_and(|adjustment| adjustment.seen != *seen);
                Ok((held && moved).then(|| Added::Reviewed {
                    number: *number,
                    seen: seen.clone(),
                }))
            }
            Adding::ExplainMissing { reasons } => {
                let mut changed = BTreeMap::new();
                for (unit, reason) in reasons {
                    let reason = reason.trim();
                    if reason.chars().count() > MOST_CHARACTERS {
                        return Err(Refusal::TooLong { cell: None });
                    }
                    let known = self.missing.get(unit).map_or("", String::as_str);
                    if known != reason {
                        changed.insert(unit.clone(), reason.to_string());
                    }
                }
                Ok((!changed.is_empty()).then_some(Added::MissingExplained { reasons: changed }))
            }
        }
    }

    /// Applies what was added; a number that names no adjustment changes nothing, so that a log can always be replayed.
    pub fn apply(&mut self, added: &Added, stamp: &Stamp) {
        match added {
            Added::Adjusted {
                number,
                cell,
                difference,
                reason,
                seen,
            } => self.adjustments.push(NotedAdjustment {
                number: *number,
                cell: cell.clone(),
                difference: difference.clone(),
                reason: reason.clone(),
                made: stamp.clone(),
                seen: seen.clone(),
                reviewed: None,
                taken_back: None,
            }),
            Added::TakenBack { number, reason } => self.with(*number, |adjustment| {
                adjustment.taken_back = Some(TakenBack {
                    stamp: stamp.clone(),
                    reason: reason.clone(),
                });
            }),
            Added::Reviewed { number, seen } => self.with(*number, |adjustment| {
                adjustment.seen = seen.clone();
                adjustment.reviewed = Some(stamp.clone());
            }),
            Added::MissingExplained { reasons } => {
                for (unit, reason) in reasons {
                    if reason.is_empty() {
                        self.missing.remove(unit);
                    } else {
                        self.missing.insert(unit.clone(), reason.clone());
                    }
                }
            }
        }
    }

    fn adjustment(&self, number: u32) -> Option<&NotedAdjustment> {
        let mut all = self.adjustments.iter();
        all.find(|adjustment| adjustment.number == number)
    }

    /// Whether the adjustment of that number still holds.
    fn held(&self, number: u32) -> Result<bool, Refusal> {
        let found = self.adjustment(number);
        let found = found.ok_or(Refusal::NoSuchAdjustment { number })?;
        Ok(found.taken_back.is_none())
    }

    fn with(&mut self, number: u32, change: impl FnOnce(&mut NotedAdjustment)) {
        let mut all = self.adjustments.iter_mut();
        if let Some(adjustment) = all.find(|adjustment| adjustment.number == number) {
            change(adjustment);
        }
    }
}

fn checked(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::NoReason);
    }
    if reason.chars().count() > MOST_CHARACTERS {
        return Err(Refusal::TooLong { cell: None });
    }
    Ok(reason.to_string())
}
