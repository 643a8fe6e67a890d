//! What a person changes of their own account: the password, the second factor, their sessions.
//!
//! Whether the present password is the right one is the caller's to check, because checking is slow and bounded there. Codes are checked here, in the transaction that makes sure
//! that none is taken twice. Broken input: nothing was changed.

use crate::calendar::Moment;
use crate::reports::people::account::{Account, AccountEventKind};
use crate::reports::permission::{Action, Actor, Role, grant_for_province};
use crate::service::Service;
use crate::service::people::fault::PeopleFault;
use crate::service::people::second_factor::{Proof, proof};
use crate::service::people::{Change, existing, person_of};
use crate::service::problem::ServiceError;
use crate::store::records::{SecondFactor, Secrets, Session};
use crate::store::{ReadTransaction, WriteTransaction};

/// The longest address that mail servers take.
const LONGEST_EMAIL: usize = 254;

/// The setting that names the roles for which a second factor is demanded.
const DEMANDED: &str = "second_factor_roles";

impl Service {
    /// Sets the password that the actor chose, and ends their sessions but the one to be kept.
    pub fn change_password(
        &self,
        actor: &Actor,
        password_hash: &str,
        kept_session: Option<&str>,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.change_own(actor, now, |secrets, transaction| {
            transaction.delete_sessions_of(&actor.user, kept_session)?;
            let secrets = Secrets {
                password_hash: password_hash.to_owned(),
                ..secrets
            };
            Ok((secrets, AccountEventKind::PasswordChanged))
        })
    }

    /// Sets where reminders reach the actor by e-mail; an empty text: nowhere.
    pub fn set_own_email(
        &self,
        actor: &Actor,
        typed: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let email = Some(typed.trim().to_string()).filter(|text| !text.is_empty());
        if email.as_deref().is_some_and(|text| !is_email(text)) {
            return Err(PeopleFault::BadEmail.into());
        }
        self.change_own(actor, now, |secrets, _| {
            Ok((secrets, AccountEventKind::EmailSet { email }))
        })
    }

    /// Sets a second factor whose first code was shown to be right.
    pub fn set_second_factor(
        &self,
        actor: &Actor,
        factor: SecondFactor,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.change_own(actor, now, |secrets, _| {
            let secrets = Secrets {
                second_factor: Some(factor),
                ..secrets
            };
            Ok((secrets, AccountEventKind::SecondFactorSet))
        })
    }

    /// Removes the actor's second factor.
    pub fn remove_own_second_factor(&self, actor: &Actor, now: Moment) -> Result<(), ServiceError> {
        self.change_own(actor, now, |secrets, _| {
            if secrets.second_factor.is_none() {
                return Err(PeopleFault::NoSecondFactor.into());
            }
            let secrets = Secrets {
                second_factor: None,
                ..secrets
            };
            Ok((secrets, AccountEventKind::SecondFactorRemoved))
        })
    }

    /// Puts new recovery codes in place of the earlier ones.
    pub fn renew_recovery_codes(
        &self,
        actor: &Actor,
        hashes: Vec<String>,
        now: Moment,
    ) -> Result<(), ServiceError> {
        self.change_own(actor, now, |secrets, _| {
            let mut factor = secrets.second_factor.ok_or(PeopleFault::NoSecondFactor)?;
            factor.recovery = hashes;
            let secrets = Secrets {
                second_factor: Some(factor),
                ..secrets
            };
            Ok((secrets, AccountEventKind::RecoveryCodesRenewed))
        })
    }

    fn change_own(
        &self,
        actor: &Actor,
        now: Moment,
        decide: impl FnOnce(
            Secrets,
            &dyn WriteTransaction,
        ) -> Result<(Secrets, AccountEventKind), ServiceError>,
    ) -> Result<(), ServiceError> {
        let change = Change {
            by: person_of(actor),
            at: now,
            reason: None,
        };
        let transaction = self.store.begin_write()?;
        let user = existing(transaction.as_ref(), &actor.user)?;
        let (secrets, kind) = decide(user.secrets, transaction.as_ref())?;
        transaction.save_secrets(&actor.user, &secrets)?;
        change.append(transaction.as_ref(), &actor.user, vec![kind])?;
        Ok(transaction.commit()?)
    }

    /// Whether what was typed is a code of the account's second factor at this second (since 1970, as telephones count), or one of its recovery codes. Whatever is accepted is
    /// not accepted again.
    pub fn prove_second_factor(
        &self,
        account: &str,
        typed: &str,
        seconds: i64,
        now: Moment,
    ) -> Result<bool, ServiceError> {
        let transaction = self.store.begin_write()?;
        let Some(user) = transaction.user(account)? else {
            return Ok(false);
        };
        let factor = user.secrets.second_factor.as_ref();
        let accepted = factor.and_then(|factor| proof(factor, typed, seconds));
        let Some(accepted) = accepted.filter(|_| !user.account.disabled) else {
            return Ok(false);
        };
        let left = match accepted {
            Proof::Code(factor) => factor,
            Proof::Recovery(factor) => {
                let change = Change {
                    by: user.account.person(),
                    at: now,
                    reason: None,
                };
                let left = factor.recovery.len();
                let kinds = vec![AccountEventKind::RecoveryCodeUsed { left }];
                change.append(transaction.as_ref(), account, kinds)?;
                factor
            }
        };
        let secrets = Secrets {
            second_factor: Some(left),
            ..user.secrets
        };
        transaction.save_secrets(account, &secrets)?;
        transaction.commit()?;
        Ok(true)
    }

    /// The sessions of the actor that have not expired, newest end first.
    pub fn sessions(&self, actor: &Actor, now: Moment) -> Result<Vec<Session>, ServiceError> {
        Ok(self.store.begin_read()?.sessions_of(&actor.user, now)?)
    }

    /// Ends one session of the actor's own.
    pub fn end_session(
        &self,
        actor: &Actor,
        session: &str,
        expiring_after: Moment,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let transaction = self.store.begin_write()?;
        let own = transaction.sessions_of(&actor.user, expiring_after)?;
        if !own.iter().any(|one| one.id == session) {
            return Err(PeopleFault::NoSuchSession.into());
        }
        transaction.delete_session(session)?;
        let change = Change {
            by: person_of(actor),
            at: now,
            reason: None,
        };
        let kinds = vec![AccountEventKind::SessionsEnded { count: 1 }];
        change.append(transaction.as_ref(), &actor.user, kinds)?;
        Ok(transaction.commit()?)
    }

    /// Ends all sessions of the actor but one.
    pub fn end_other_sessions(
        &self,
        actor: &Actor,
        kept: Option<&str>,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let transaction = self.store.begin_write()?;
        let count = transaction.delete_sessions_of(&actor.user, kept)?;
        if count > 0 {
            let change = Change {
                by: person_of(actor),
                at: now,
                reason: None,
            };
            let kinds = vec![AccountEventKind::SessionsEnded { count }];
            change.append(transaction.as_ref(), &actor.user, kinds)?;
        }
        Ok(transaction.commit()?)
    }

    /// The roles for which a second factor is demanded.
    pub fn demanded_second_factor(&self) -> Result<Vec<Role>, ServiceError> {
        demanded(self.store.begin_read()?.as_ref())
    }

    /// Demands a second factor of whoever holds one of these roles, and of nobody else.
    pub fn demand_second_factor(
        &self,
        actor: &Actor,
        roles: Vec<Role>,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let change = Change::reasoned(actor, now, reason)?;
        let transaction = self.store.begin_write()?;
        let text = serde_json::to_string(&roles).map_err(|error| unreadable(&error))?;
        transaction.set_setting(DEMANDED, &text)?;
        let kinds = vec![AccountEventKind::SecondFactorDemanded { roles }];
        change.append(transaction.as_ref(), &actor.user, kinds)?;
        Ok(transaction.commit()?)
    }
}

/// Whether a second factor is demanded of a person who has none.
pub(super) fn lacks_second_factor(
    transaction: &dyn ReadTransaction,
    account: &Account,
    actor: &Actor,
) -> Result<bool, ServiceError> {
    if account.second_factor {
        return Ok(false);
    }
    let demanded = demanded(transaction)?;
    Ok(actor.held().any(|held| demanded.contains(&held.grant.role)))
}

fn demanded(transaction: &dyn ReadTransaction) -> Result<Vec<Role>, ServiceError> {
    match transaction.setting(DEMANDED)? {
        None => Ok(Vec::new()),
        Some(text) => serde_json::from_str(&text).map_err(|error| unreadable(&error)),
    }
}

fn unreadable(error: &serde_json::Error) -> ServiceError {
    ServiceError::Store(crate::store::error::StoreError::Unreadable {
        what: DEMANDED.to_owned(),
        detail: error.to_string(),
    })
}

/// Whether a text has the shape of an address; whether somebody reads it, only a letter tells.
fn is_email(text: &str) -> bool {
    let sign = |sign: char| sign.is_ascii_graphic() && !matches!(sign, '<' | '>' | ',' | ';' | '"');
    let parts = text.split_once('@');
    parts.is_some_and(|(local, domain)| {
        let labels = || domain.split('.');
        !local.is_empty()
            && text.len() <= LONGEST_EMAIL
            && text.chars().all(sign)
            && !domain.contains('@')
            && labels().count() >= 2
            && labels().all(|label| !label.is_empty())
    })
}
