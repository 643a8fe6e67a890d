//! People: who has an account, what they may do and for how long, whom they lend it to, and what happened to all of it.
//!
//! Each change is an event with who, when and why, written in one transaction with what follows from it. Passwords come in as hashes. The rooms above know sessions and pages;
//! this one only ends sessions where an account may not go on with them. Broken input: a closed [`fault::PeopleFault`], and nothing was changed.

pub mod accounts;
pub mod administration;
pub mod delegations;
pub mod fault;
pub mod own;
pub mod policy;
pub mod second_factor;

use crate::calendar::Moment;
use crate::reports::people::account::{
    ACCOUNT_EVENT_FORMAT, Account, AccountEvent, AccountEventKind,
};
use crate::reports::permission::{Actor, Person};
use crate::service::people::fault::PeopleFault;
use crate::service::problem::ServiceError;
use crate::store::WriteTransaction;
use crate::store::records::User;

/// The longest reason or name.
pub const MOST_CHARACTERS: usize = 2_000;

/// The person of an actor, as events name them.
pub fn person_of(actor: &Actor) -> Person {
    Person {
        user: actor.user.clone(),
        name: actor.name.clone(),
    }
}

/// A reason as it is kept; there must be one.
fn reasoned(reason: &str) -> Result<String, ServiceError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(PeopleFault::NoReason.into());
    }
    if reason.chars().count() > MOST_CHARACTERS {
        return Err(PeopleFault::TooLong.into());
    }
    Ok(reason.to_string())
}

/// Who changes something, when and why.
struct Change {
    by: Person,
    at: Moment,
    reason: Option<String>,
}

impl Change {
    /// A change by an actor for a reason that must be given.
    fn reasoned(actor: &Actor, at: Moment, reason: &str) -> Result<Change, ServiceError> {
        Ok(Change {
            by: person_of(actor),
            at,
            reason: Some(reasoned(reason)?),
        })
    }

    fn event(&self, kind: AccountEventKind) -> AccountEvent {
        AccountEvent {
            v: ACCOUNT_EVENT_FORMAT,
            at: self.at,
            by: self.by.clone(),
            reason: self.reason.clone(),
            kind,
        }
    }

    /// Appends what happened to an account.
    fn append(
        &self,
        transaction: &dyn WriteTransaction,
        id: &str,
        kinds: Vec<AccountEventKind>,
    ) -> Result<Account, ServiceError> {
        let events: Vec<AccountEvent> = kinds.into_iter().map(|kind| self.event(kind)).collect();
        Ok(transaction.append_account_events(id, &events)?)
    }
}

/// An account that must be there.
fn existing(transaction: &dyn WriteTransaction, id: &str) -> Result<User, ServiceError> {
    transaction.user(id)?.ok_or(ServiceError::NotFound)
}
