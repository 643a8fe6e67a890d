//! Letters on their way: what is sent next, what came of it, when it is tried again, and what an administrator sees and does about it.
//!
//! A letter is marked as being sent before it is handed to the network, and its answer is written down after. Where the answer was lost nobody knows whether it went, and it is
//! not sent again until a person says so: a letter too few is asked for, a letter too many is not believed. The room speaks no SMTP. Broken input: none.

use crate::calendar::Moment;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::store::notices::{MailChange, MailState, StoredMail};

/// The pauses before a letter is tried again, in seconds; after the last one it is given up.
const PAUSES: [i64; 8] = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 86_400];
/// So many letters an administrator sees.
const MOST_SHOWN: u32 = 200;
/// So many letters of what a mail server said are kept.
const LONGEST_DETAIL: usize = 500;

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server took the letter.
    Sent(String),
    /// It surely did not go, and may go later.
    NotNow(String),
    /// The mail server refused it for good.
    Refused(String),
    /// It may have gone; the answer was lost.
    Uncertain(String),
}

/// What an administrator sees of the letters.
#[derive(Debug, Clone)]
pub struct OutboxView {
    /// The newest letters.
    pub mails: Vec<StoredMail>,
    /// How many stand in each state.
    pub counts: Vec<(MailState, u64)>,
    /// How many days before a deadline the calendar reminds.
    pub days_before: u32,
}

impl Service {
    /// Takes the next letter whose time has come, and marks it as being sent.
    pub fn take_mail(&self, now: Moment) -> Result<Option<StoredMail>, ServiceError> {
        if self.store.begin_read()?.mails_due(now, 1)?.is_empty() {
            return Ok(None);
        }
        let transaction = self.store.begin_write()?;
        let Some(mail) = transaction.mails_due(now, 1)?.into_iter().next() else {
            return Ok(None);
        };
        let change = MailChange {
            state: MailState::Sending,
            attempts: mail.attempts.saturating_add(1),
            next_at: now,
            detail: String::new(),
            at: now,
        };
        transaction.change_mail(mail.number, &change)?;
        transaction.commit()?;
        Ok(Some(StoredMail {
            attempts: change.attempts,
            state: MailState::Sending,
            ..mail
        }))
    }

    /// Writes down what came of an attempt.
    pub fn finish_mail(
        &self,
        mail: &StoredMail,
        delivery: Delivery,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let attempt = usize::try_from(mail.attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let pause = PAUSES.get(attempt);
        let (state, detail, pause) = match delivery {
            Delivery::Sent(detail) => (MailState::Sent, detail, 0),
            Delivery::Refused(detail) => (MailState::GivenUp, detail, 0),
            Delivery::Uncertain(detail) => (MailState::Uncertain, detail, 0),
            Delivery::NotNow(detail) => match pause {
                Some(pause) => (MailState::Waiting, detail, *pause),
                None => (MailState::GivenUp, detail, 0),
            },
        };
        let change = MailChange {
            state,
            attempts: mail.attempts,
            next_at: now.plus_seconds(pause),
            detail: detail.chars().take(LONGEST_DETAIL).collect(),
            at: now,
        };
        let transaction = self.store.begin_write()?;
        transaction.change_mail(mail.number, &change)?;
        Ok(transaction.commit()?)
    }

    /// After a start: letters that were being sent when the server ended may have gone, and nobody knows.
    pub fn recover_mails(&self, now: Moment) -> Result<usize, ServiceError> {
        let transaction = self.store.begin_write()?;
        let left = transaction.mails_in_state(MailState::Sending)?;
        for mail in &left {
            let change = MailChange {
                state: MailState::Uncertain,
                attempts: mail.attempts,
                next_at: now,
                detail: "máy chủ dừng trong lúc gửi".to_string(),
                at: now,
            };
            transaction.change_mail(mail.number, &change)?;
        }
        transaction.commit()?;
        Ok(left.len())
    }

    /// The letters, for whoever keeps the system.
    pub fn outbox(&self, actor: &Actor) -> Result<OutboxView, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let transaction = self.store.begin_read()?;
        let mails = transaction.mails(MOST_SHOWN)?;
        let counts = transaction.mail_counts()?;
        drop(transaction);
        Ok(OutboxView {
            mails,
            counts,
            days_before: self.reminder_days()?,
        })
    }

    /// Sends a letter again that was given up or whose answer was lost, because a person says so.
    pub fn resend_mail(&self, actor: &Actor, number: i64, now: Moment) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let transaction = self.store.begin_write()?;
        let stopped = [MailState::GivenUp, MailState::Uncertain];
        let mut found = Vec::new();
        for state in stopped {
            found.extend(transaction.mails_in_state(state)?);
        }
        let is_stopped = found.iter().any(|mail| mail.number == number);
        if !is_stopped {
            return Err(ServiceError::NotFound);
        }
        let change = MailChange {
            state: MailState::Waiting,
            attempts: 0,
            next_at: now,
            detail: format!("{} cho gửi lại", actor.name),
            at: now,
        };
        transaction.change_mail(number, &change)?;
        Ok(transaction.commit()?)
    }
}
