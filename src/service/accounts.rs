//! Accounts: who may sign in, and what they may do.
//!
//! Passwords are handled by [`crate::service::password`]; this module only keeps their hashes. It does not know sessions. Broken input: an unknown or disabled account
//! is no actor.

use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::view::AccountView;
use crate::store::records::User;

impl Service {
    /// An account by its sign-in name, for checking a password.
    pub fn account(&self, user: &str) -> Result<Option<User>, ServiceError> {
        Ok(self.store.begin_read()?.user(user)?)
    }

    /// The person behind an account as they stand now; a disabled account stops at once.
    pub fn actor(&self, user: &str) -> Result<Option<Actor>, ServiceError> {
        let found = self.account(user)?.filter(|user| !user.disabled);
        Ok(found.map(|user| Actor {
            user: user.id,
            name: user.name,
            grants: user.grants,
        }))
    }

    /// All accounts, for an administrator.
    pub fn accounts(&self, actor: &Actor) -> Result<Vec<AccountView>, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let users = self.store.begin_read()?.users()?;
        let view = |user: User| AccountView {
            user: user.id,
            name: user.name,
            roles: user
                .grants
                .into_iter()
                .map(|grant| {
                    let name = ground.unit_name(&grant.unit);
                    (grant.role, grant.unit, name)
                })
                .collect(),
            disabled: user.disabled,
        };
        Ok(users.into_iter().map(view).collect())
    }

    /// Creates or changes an account.
    pub fn save_account(&self, actor: &Actor, user: &User) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        self.write_account(user)
    }

    /// Creates the first administrator of an empty store; refused once any account exists.
    pub fn create_first_account(&self, user: &User) -> Result<(), ServiceError> {
        if !self.store.begin_read()?.users()?.is_empty() {
            return Err(ServiceError::Forbidden);
        }
        self.write_account(user)
    }

    fn write_account(&self, user: &User) -> Result<(), ServiceError> {
        let transaction = self.store.begin_write()?;
        transaction.save_user(user)?;
        transaction.commit()?;
        Ok(())
    }
}
