//! What a person changes of their own account: the password.
//!
//! Whether the present password is the right one is the caller's to check, because checking is slow and bounded there. Broken input: nothing was changed.

use crate::calendar::Moment;
use crate::reports::people::account::AccountEventKind;
use crate::reports::permission::Actor;
use crate::service::Service;
use crate::service::people::{Change, existing, person_of};
use crate::service::problem::ServiceError;
use crate::store::records::Secrets;

impl Service {
    /// Sets the password that the actor chose, and ends their sessions but the one to be kept.
    pub fn change_password(
        &self,
        actor: &Actor,
        password_hash: &str,
        kept_session: Option<&str>,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let change = Change {
            by: person_of(actor),
            at: now,
            reason: None,
        };
        let transaction = self.store.begin_write()?;
        let user = existing(transaction.as_ref(), &actor.user)?;
        let secrets = Secrets {
            password_hash: password_hash.to_owned(),
            ..user.secrets
        };
        transaction.save_secrets(&actor.user, &secrets)?;
        transaction.delete_sessions_of(&actor.user, kept_session)?;
        let kinds = vec![AccountEventKind::PasswordChanged];
        change.append(transaction.as_ref(), &actor.user, kinds)?;
        Ok(transaction.commit()?)
    }
}
