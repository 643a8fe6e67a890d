//! Accounts as they stand: who may sign in, who acts, and what an administrator is shown.
//!
//! A person acts with what is valid on the day of the act. It changes nothing. Broken input: an unknown or disabled account is no actor.

use crate::calendar::Date;
use crate::organisation::UnitId;
use crate::reports::people::account::{Account, AccountEvent};
use crate::reports::people::delegation::{DelegationState, actor_on};
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::people::own::lacks_second_factor;
use crate::service::problem::ServiceError;
use crate::store::ReadTransaction;
use crate::store::records::User;
use std::collections::BTreeMap;

/// A signed-in person as they stand now.
#[derive(Debug, Clone)]
pub struct SignedInPerson {
    /// With what they hold today.
    pub actor: Actor,
    /// Whether they must first change a password that somebody else gave them.
    pub must_change_password: bool,
    /// Whether they must first set the second factor that their role demands.
    pub must_set_second_factor: bool,
}

/// One account with all that happened to it.
#[derive(Debug, Clone)]
pub struct AccountDetails {
    /// The account.
    pub account: Account,
    /// What it lent and was lent, by lender and number.
    pub delegations: Vec<DelegationState>,
    /// Its history, oldest first.
    pub events: Vec<AccountEvent>,
    /// Names of the units it speaks of.
    pub units: BTreeMap<UnitId, String>,
    /// Names of the persons of its delegations, by sign-in name.
    pub names: BTreeMap<String, String>,
}

impl Service {
    /// An account by its sign-in name, for checking a password.
    pub fn account(&self, user: &str) -> Result<Option<User>, ServiceError> {
        Ok(self.store.begin_read()?.user(user)?)
    }

    /// The person behind an account with what they hold on a day, lent rights included; a disabled account stops at once.
    pub fn actor(&self, user: &str, day: Date) -> Result<Option<Actor>, ServiceError> {
        Ok(self.signed_in(user, day)?.map(|person| person.actor))
    }

    /// As [`Service::actor`], with what they must do before anything else.
    pub fn signed_in(&self, user: &str, day: Date) -> Result<Option<SignedInPerson>, ServiceError> {
        let transaction = self.store.begin_read()?;
        let Some(user) = transaction.user(user)? else {
            return Ok(None);
        };
        let lent = lent_to(transaction.as_ref(), &user.account.id)?;
        let Some(actor) = actor_on(&user.account, &lent, day) else {
            return Ok(None);
        };
        Ok(Some(SignedInPerson {
            must_change_password: user.account.must_change_password,
            must_set_second_factor: lacks_second_factor(
                transaction.as_ref(),
                &user.account,
                &actor,
            )?,
            actor,
        }))
    }

    /// All accounts, by sign-in name, for an administrator.
    pub fn accounts(&self, actor: &Actor) -> Result<Vec<Account>, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let users = self.store.begin_read()?.users()?;
        Ok(users.into_iter().map(|user| user.account).collect())
    }

    /// The actor's own account with its history.
    pub fn own_account(&self, actor: &Actor) -> Result<AccountDetails, ServiceError> {
        self.details(&actor.user)
    }

    /// One account with its history, for an administrator.
    pub fn account_details(&self, actor: &Actor, id: &str) -> Result<AccountDetails, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        self.details(id)
    }

    fn details(&self, id: &str) -> Result<AccountDetails, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let account = transaction.user(id)?.ok_or(ServiceError::NotFound)?.account;
        let delegations = transaction.delegations_of(id)?;
        let events = transaction.account_events(id)?;
        let mut units: BTreeMap<UnitId, String> = BTreeMap::new();
        let granted = account.grants.iter().map(|grant| &grant.unit);
        let lent = delegations.iter().map(|state| &state.delegation.unit);
        let once = events.iter().flat_map(|event| event.units());
        for unit in granted.chain(lent).chain(once) {
            units.insert(unit.clone(), ground.unit_name(unit));
        }
        let mut names = BTreeMap::new();
        for state in &delegations {
            for person in [&state.delegation.lender, &state.delegation.delegate] {
                if let Some(user) = transaction.user(person)? {
                    names.insert(person.clone(), user.account.name);
                }
            }
        }
        Ok(AccountDetails {
            account,
            delegations,
            events,
            units,
            names,
        })
    }
}

/// What was lent to an account, with the lenders as they stand.
fn lent_to(
    transaction: &dyn ReadTransaction,
    delegate: &str,
) -> Result<Vec<(DelegationState, Account)>, ServiceError> {
    let mut lent = Vec::new();
    for state in transaction.delegations_of(delegate)? {
        if state.delegation.delegate != delegate || state.ended_at.is_some() {
            continue;
        }
        if let Some(lender) = transaction.user(&state.delegation.lender)? {
            lent.push((state, lender.account));
        }
    }
    Ok(lent)
}
