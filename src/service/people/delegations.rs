//! Lending one's rights for a unit to another person for some days, and taking them back.
//!
//! Only the holder lends, and only what is their own; the holder or an administrator ends it. What is done with a lent right bears the lender's name beside the doer's. Broken
//! input: a [`PeopleFault`], and nothing was changed.

use crate::calendar::dates::days_between;
use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::reports::people::account::{Account, AccountEventKind};
use crate::reports::people::delegation::{Delegation, DelegationState, LONGEST_DELEGATION};
use crate::reports::permission::{Action, Actor, Role, grant_for_province};
use crate::service::Service;
use crate::service::people::fault::PeopleFault;
use crate::service::people::{Change, existing};
use crate::service::problem::ServiceError;
use std::collections::BTreeMap;

/// What somebody wants to lend.
#[derive(Debug, Clone)]
pub struct Lending {
    /// Account of the person who may act.
    pub delegate: String,
    /// The unit.
    pub unit: UnitId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why.
    pub reason: String,
}

/// What a person can lend on a day, and to whom most likely.
#[derive(Debug, Clone, Default)]
pub struct Lendable {
    /// The units for which they hold something that can be lent: name, and the roles held there.
    pub units: BTreeMap<UnitId, (String, Vec<Role>)>,
    /// Others who act for the same units: names by sign-in name.
    pub colleagues: BTreeMap<String, String>,
}

impl Service {
    /// Lends the actor's own rights for a unit.
    pub fn delegate(
        &self,
        actor: &Actor,
        lending: &Lending,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let change = Change::reasoned(actor, now, &lending.reason)?;
        if lending.to < lending.from {
            return Err(PeopleFault::DaysReversed.into());
        }
        if lending.to < now.date() || days_between(lending.from, lending.to) >= LONGEST_DELEGATION {
            return Err(PeopleFault::BadTerm.into());
        }
        if lending.delegate == actor.user {
            return Err(PeopleFault::ToOneself.into());
        }
        let transaction = self.store.begin_write()?;
        let lender = existing(transaction.as_ref(), &actor.user)?.account;
        let delegate = transaction
            .user(&lending.delegate)?
            .filter(|user| !user.account.disabled);
        if delegate.is_none() {
            return Err(PeopleFault::NoSuchAccount.into());
        }
        if !holds_some_day(&lender, &lending.unit, lending.from, lending.to) {
            return Err(PeopleFault::NothingToLend.into());
        }
        let before = transaction.delegations_of(&actor.user)?;
        let own = before
            .iter()
            .filter(|state| state.delegation.lender == actor.user);
        let same = |state: &&DelegationState| {
            let known = &state.delegation;
            state.ended_at.is_none()
                && known.delegate == lending.delegate
                && known.unit == lending.unit
                && known.from <= lending.to
                && lending.from <= known.to
        };
        if own.clone().any(|state| same(&state)) {
            return Err(PeopleFault::AlreadyLent.into());
        }
        let number = own.map(|state| state.delegation.number).max().unwrap_or(0);
        let delegation = Delegation {
            lender: actor.user.clone(),
            number: number.saturating_add(1),
            delegate: lending.delegate.clone(),
            unit: lending.unit.clone(),
            from: lending.from,
            to: lending.to,
            reason: change.reason.clone().unwrap_or_default(),
        };
        let kinds = vec![AccountEventKind::Delegated { delegation }];
        change.append(transaction.as_ref(), &actor.user, kinds)?;
        Ok(transaction.commit()?)
    }

    /// Ends a delegation before its last day: its lender, or an administrator.
    pub fn end_delegation(
        &self,
        actor: &Actor,
        lender: &str,
        number: u32,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        if lender != actor.user && grant_for_province(actor, Action::Administer).is_none() {
            return Err(ServiceError::Forbidden);
        }
        let change = Change::reasoned(actor, now, reason)?;
        let transaction = self.store.begin_write()?;
        let known = transaction.delegations_of(lender)?;
        let state = known
            .iter()
            .find(|state| state.delegation.lender == lender && state.delegation.number == number)
            .ok_or(ServiceError::NotFound)?;
        if !state.is_open(now.date()) {
            return Err(PeopleFault::Ended.into());
        }
        let kinds = vec![AccountEventKind::DelegationEnded { number }];
        change.append(transaction.as_ref(), lender, kinds)?;
        Ok(transaction.commit()?)
    }

    /// What the actor can lend on a day.
    pub fn lendable(&self, actor: &Actor, day: Date) -> Result<Lendable, ServiceError> {
        let ground = self.ground()?;
        let users = self.store.begin_read()?.users()?;
        let mut view = Lendable::default();
        let Some(own) = users.iter().find(|user| user.account.id == actor.user) else {
            return Ok(view);
        };
        for unit in own.account.grants.iter().map(|grant| &grant.unit) {
            let roles: Vec<Role> = own
                .account
                .lendable(unit, day)
                .map(|grant| grant.role)
                .collect();
            if !roles.is_empty() {
                view.units
                    .insert(unit.clone(), (ground.unit_name(unit), roles));
            }
        }
        for account in users.iter().map(|user| &user.account) {
            let mut held = account.grants_on(day);
            let is_other = account.id != actor.user && !account.disabled;
            if is_other && held.any(|grant| view.units.contains_key(&grant.unit)) {
                view.colleagues
                    .insert(account.id.clone(), account.name.clone());
            }
        }
        Ok(view)
    }
}

/// Whether anything that can be lent is held for the unit on some of the days.
fn holds_some_day(lender: &Account, unit: &UnitId, from: Date, to: Date) -> bool {
    lender.grants.iter().any(|grant| {
        &grant.unit == unit
            && grant.role.may_be_lent()
            && grant.from.is_none_or(|first| first <= to)
            && grant.to.is_none_or(|last| from <= last)
    })
}
