//! What an administrator does with accounts: create, rename, grant, take away, disable, reset a password.
//!
//! Nothing an administrator does is unseen: each change has a reason and stands in the account's history for ever, a grant to themselves too. There is always an administrator
//! left. It makes no passwords; hashes come in. Broken input: a [`PeopleFault`], and nothing was changed.

use crate::calendar::Moment;
use crate::reports::people::account::{Account, AccountEventKind};
use crate::reports::permission::{Action, Actor, Grant, Person, grant_for_province};
use crate::service::Service;
use crate::service::drafts::OPERATOR;
use crate::service::people::fault::PeopleFault;
use crate::service::people::{Change, MOST_CHARACTERS, existing};
use crate::service::problem::ServiceError;
use crate::store::WriteTransaction;
use crate::store::records::Secrets;

/// An account to be created.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Sign-in name.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// What it holds from the beginning.
    pub grants: Vec<Grant>,
    /// The hash of its first password.
    pub password_hash: String,
    /// Whether that password must be changed at the first sign-in.
    pub one_time: bool,
}

const LONGEST_ID: usize = 64;
const SHORTEST_ID: usize = 3;

impl Service {
    /// Creates an account.
    pub fn create_account(
        &self,
        actor: &Actor,
        new: &NewAccount,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        administers(actor)?;
        let change = Change::reasoned(actor, now, reason)?;
        for grant in &new.grants {
            self.sound(grant)?;
        }
        self.write_account(new, &change)
    }

    /// Creates the first administrator of an empty store; refused once any account exists.
    pub fn create_first_account(&self, new: &NewAccount, now: Moment) -> Result<(), ServiceError> {
        if !self.store.begin_read()?.users()?.is_empty() {
            return Err(ServiceError::Forbidden);
        }
        let change = Change {
            by: Person {
                user: OPERATOR.to_owned(),
                name: OPERATOR.to_owned(),
            },
            at: now,
            reason: None,
        };
        self.write_account(new, &change)
    }

    fn write_account(&self, new: &NewAccount, change: &Change) -> Result<(), ServiceError> {
        if !is_id(&new.id) {
            return Err(PeopleFault::BadId.into());
        }
        let name = named(&new.name)?;
        let transaction = self.store.begin_write()?;
        if transaction.user(&new.id)?.is_some() {
            return Err(PeopleFault::Exists.into());
        }
        let mut kinds = vec![AccountEventKind::Created { name }];
        if new.one_time {
            kinds.push(AccountEventKind::PasswordReset);
        }
        let grants = new.grants.iter().cloned();
        kinds.extend(grants.map(|grant| AccountEventKind::Granted { grant }));
        change.append(transaction.as_ref(), &new.id, kinds)?;
        let secrets = Secrets {
            password_hash: new.password_hash.clone(),
            second_factor: None,
        };
        transaction.save_secrets(&new.id, &secrets)?;
        Ok(transaction.commit()?)
    }

    /// Changes the name shown.
    pub fn rename_account(
        &self,
        actor: &Actor,
        id: &str,
        name: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let name = named(name)?;
        self.administer(actor, id, reason, now, |account, _| {
            Ok(if account.name == name {
                Vec::new()
            } else {
                vec![AccountEventKind::Renamed { name }]
            })
        })
    }

    /// Gives an account a role for a unit.
    pub fn grant(
        &self,
        actor: &Actor,
        id: &str,
        grant: Grant,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        administers(actor)?;
        self.sound(&grant)?;
        self.administer(actor, id, reason, now, |account, _| {
            if account.grants.iter().any(|held| overlap(held, &grant)) {
                return Err(PeopleFault::AlreadyGranted.into());
            }
            Ok(vec![AccountEventKind::Granted { grant }])
        })
    }

    /// Takes a grant away.
    pub fn withdraw_grant(
        &self,
        actor: &Actor,
        id: &str,
        grant: &Grant,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.administer(actor, id, reason, now, |account, _| {
            if !account.grants.contains(grant) {
                return Err(PeopleFault::NotGranted.into());
            }
            let grant = grant.clone();
            Ok(vec![AccountEventKind::Withdrawn { grant }])
        })
    }

    /// Disables an account, which ends its sessions at once.
    pub fn disable_account(
        &self,
        actor: &Actor,
        id: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.administer(actor, id, reason, now, |account, transaction| {
            if account.disabled {
                return Ok(Vec::new());
            }
            transaction.delete_sessions_of(id, None)?;
            Ok(vec![AccountEventKind::Disabled])
        })
    }

    /// Lets a disabled account be used again.
    pub fn enable_account(
        &self,
        actor: &Actor,
        id: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.administer(actor, id, reason, now, |account, _| {
            Ok(if account.disabled {
                vec![AccountEventKind::Enabled]
            } else {
                Vec::new()
            })
        })
    }

    /// Sets a password that must be changed at the next sign-in, and ends the account's sessions.
    pub fn reset_password(
        &self,
        actor: &Actor,
        id: &str,
        password_hash: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.administer(actor, id, reason, now, |account, transaction| {
            let user = existing(transaction, &account.id)?;
            let secrets = Secrets {
                password_hash: password_hash.to_owned(),
                ..user.secrets
            };
            transaction.save_secrets(id, &secrets)?;
            transaction.delete_sessions_of(id, None)?;
            Ok(vec![AccountEventKind::PasswordReset])
        })
    }

    /// Removes the second factor of somebody who lost it, and ends the account's sessions.
    pub fn remove_second_factor(
        &self,
        actor: &Actor,
        id: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.administer(actor, id, reason, now, |account, transaction| {
            let user = existing(transaction, &account.id)?;
            if user.secrets.second_factor.is_none() {
                return Err(PeopleFault::NoSecondFactor.into());
            }
            let secrets = Secrets {
                second_factor: None,
                ..user.secrets
            };
            transaction.save_secrets(id, &secrets)?;
            transaction.delete_sessions_of(id, None)?;
            Ok(vec![AccountEventKind::SecondFactorRemoved])
        })
    }

    /// Changes one account as an administrator, in one transaction; afterwards somebody must still keep the system.
    fn administer(
        &self,
        actor: &Actor,
        id: &str,
        reason: &str,
        now: Moment,
        decide: impl FnOnce(
            &Account,
            &dyn WriteTransaction,
        ) -> Result<Vec<AccountEventKind>, ServiceError>,
    ) -> Result<(), ServiceError> {
        administers(actor)?;
        let change = Change::reasoned(actor, now, reason)?;
        let transaction = self.store.begin_write()?;
        let account = existing(transaction.as_ref(), id)?.account;
        let kinds = decide(&account, transaction.as_ref())?;
        if kinds.is_empty() {
            return Ok(());
        }
        let kept = account.keeps_the_system(now.date());
        let after = change.append(transaction.as_ref(), id, kinds)?;
        if kept && !after.keeps_the_system(now.date()) {
            let users = transaction.users()?;
            if !users
                .iter()
                .any(|user| user.account.keeps_the_system(now.date()))
            {
                return Err(PeopleFault::LastAdministrator.into());
            }
        }
        Ok(transaction.commit()?)
    }

    fn sound(&self, grant: &Grant) -> Result<(), ServiceError> {
        if self.ground()?.organisation.get(&grant.unit).is_none() {
            return Err(PeopleFault::UnknownUnit.into());
        }
        if grant.from.zip(grant.to).is_some_and(|(from, to)| to < from) {
            return Err(PeopleFault::DaysReversed.into());
        }
        Ok(())
    }
}

fn administers(actor: &Actor) -> Result<(), ServiceError> {
    grant_for_province(actor, Action::Administer)
        .map(|_| ())
        .ok_or(ServiceError::Forbidden)
}

/// Whether two grants give the same on some day.
fn overlap(one: &Grant, other: &Grant) -> bool {
    let before = |end: Option<crate::calendar::Date>, begin: Option<crate::calendar::Date>| {
        end.zip(begin).is_some_and(|(end, begin)| end < begin)
    };
    one.role == other.role
        && one.unit == other.unit
        && !before(one.to, other.from)
        && !before(other.to, one.from)
}

fn is_id(id: &str) -> bool {
    let sign = |sign: char| {
        sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '.' | '-' | '_')
    };
    (SHORTEST_ID..=LONGEST_ID).contains(&id.len()) && id.chars().all(sign)
}

fn named(name: &str) -> Result<String, ServiceError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(PeopleFault::NoName.into());
    }
    if name.chars().count() > MOST_CHARACTERS {
        return Err(PeopleFault::TooLong.into());
    }
    Ok(name)
}
