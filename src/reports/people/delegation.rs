//! Ủy quyền: rights for a unit lent to another person, from a day to a day, with a reason.
//!
//! What is lent is always what the lender holds on the day of use, and only what they hold themselves: a lent right is never lent on, and what the lender loses is lost
//! to the delegate at once. It does not know storage. Broken input: a delegation whose last day is before its first covers no day.

use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::reports::people::account::Account;
use crate::reports::permission::{Actor, Lent};
use serde::{Deserialize, Serialize};

/// The longest that rights are lent at once, in days: a year. Whoever is away for longer hands over the post.
pub const LONGEST_DELEGATION: i32 = 366;

/// Rights lent for some days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Delegation {
    /// Account of the lender.
    pub lender: String,
    /// Number among the lender's delegations, from 1.
    pub number: u32,
    /// Account of the person who may act for the lender.
    pub delegate: String,
    /// The unit for which rights are lent.
    pub unit: UnitId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why, e.g. the document of the delegation.
    pub reason: String,
}

/// A delegation with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationState {
    /// What was lent.
    pub delegation: Delegation,
    /// When it was ended before its last day.
    pub ended_at: Option<Moment>,
}

impl DelegationState {
    /// Whether it may be used on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.ended_at.is_none() && self.delegation.from <= day && day <= self.delegation.to
    }

    /// Whether it may still be ended: it neither was nor has it run out.
    pub fn is_open(&self, day: Date) -> bool {
        self.ended_at.is_none() && day <= self.delegation.to
    }
}

/// The person behind an account on a day: their own grants, and what others lend them. None for a disabled account, which stops at once.
pub fn actor_on(
    account: &Account,
    delegations: &[(DelegationState, Account)],
    day: Date,
) -> Option<Actor> {
    if account.disabled {
        return None;
    }
    let mut lent = Vec::new();
    let useful = delegations.iter().filter(|(state, lender)| {
        state.covers(day)
            && state.delegation.delegate == account.id
            && state.delegation.lender == lender.id
            && !lender.disabled
    });
    for (state, lender) in useful {
        lent.extend(
            lender
                .lendable(&state.delegation.unit, day)
                .map(|grant| Lent {
                    grant: grant.clone(),
                    by: lender.person(),
                    within: None,
                }),
        );
    }
    Some(Actor {
        user: account.id.clone(),
        name: account.name.clone(),
        grants: account.grants_on(day).cloned().collect(),
        lent,
    })
}
