//! What a store keeps of reminders, letters by e-mail and calendars: the records and the calls.
//!
//! It decides nothing: when a letter is tried again, and whether a reminder is due, others say. Broken input: a stored text that cannot be read is named.

use crate::calendar::Moment;
use crate::organisation::UnitId;
use crate::reports::reminder::Reminder;
use crate::store::error::StoreError;
use serde::{Deserialize, Serialize};

/// A letter by e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The account it goes to.
    pub account: String,
    /// The address it goes to, as it was when the letter was queued.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailState {
    /// It waits for its time.
    Waiting,
    /// It was handed to the network; until its answer is written down nobody knows whether it went.
    Sending,
    /// The mail server took it.
    Sent,
    /// It may have gone: the answer was lost. It is not sent again by itself.
    Uncertain,
    /// It was refused for good, or tried too often.
    GivenUp,
}

impl MailState {
    /// All states.
    pub const ALL: [MailState; 5] = [
        MailState::Waiting,
        MailState::Sending,
        MailState::Sent,
        MailState::Uncertain,
        MailState::GivenUp,
    ];

    /// As it is stored.
    pub fn key(self) -> &'static str {
        match self {
            MailState::Waiting => "waiting",
            MailState::Sending => "sending",
            MailState::Sent => "sent",
            MailState::Uncertain => "uncertain",
            MailState::GivenUp => "given_up",
        }
    }

    /// The state of a stored key.
    pub fn from_key(key: &str) -> Option<MailState> {
        MailState::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// A letter with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// Its number.
    pub number: i64,
    /// The letter.
    pub mail: Mail,
    /// When it was queued.
    pub queued_at: Moment,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_at: Moment,
    /// When its state changed last.
    pub changed_at: Moment,
    /// What the mail server or the network said last.
    pub detail: String,
}

/// A change of where a letter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailChange {
    /// The new state.
    pub state: MailState,
    /// How often it has been tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_at: Moment,
    /// What was said.
    pub detail: String,
    /// When.
    pub at: Moment,
}

/// An address of a unit's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its number.
    pub number: i64,
    /// The unit.
    pub unit: UnitId,
    /// The hash of its secret part.
    pub token_hash: String,
    /// When it was made.
    pub made_at: Moment,
    /// The account that made it.
    pub made_by: String,
    /// When it was ended; none while it works.
    pub ended_at: Option<Moment>,
}

/// What calendars were told of one deadline last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The entry's identity.
    pub uid: String,
    /// What was told: the day, the hour and how the report stands.
    pub told: String,
    /// How often it has changed.
    pub sequence: u32,
    /// When it changed last.
    pub changed_at: Moment,
}

/// Reading.
pub trait ReadNotices {
    /// Reminders of a unit, or of all, the newest first, at most so many.
    fn reminders(&self, unit: Option<&UnitId>, most: u32) -> Result<Vec<Reminder>, StoreError>;
    /// Whether a reminder of this key was given.
    fn is_reminded(&self, key: &str) -> Result<bool, StoreError>;
    /// The newest letters.
    fn mails(&self, most: u32) -> Result<Vec<StoredMail>, StoreError>;
    /// Letters that wait and whose time has come, the oldest first.
    fn mails_due(&self, now: Moment, most: u32) -> Result<Vec<StoredMail>, StoreError>;
    /// Letters that were being sent when the server ended.
    fn mails_in_state(&self, state: MailState) -> Result<Vec<StoredMail>, StoreError>;
    /// How many letters stand in each state.
    fn mail_counts(&self) -> Result<Vec<(MailState, u64)>, StoreError>;
    /// The addresses of a unit's calendar, the newest first.
    fn feeds(&self, unit: &UnitId) -> Result<Vec<Feed>, StoreError>;
    /// The feed whose secret has this hash, while it works.
    fn feed(&self, token_hash: &str) -> Result<Option<Feed>, StoreError>;
    /// How many bytes the store takes.
    fn size(&self) -> Result<u64, StoreError>;
    /// What calendars were told of an entry.
    fn calendar_entry(&self, uid: &str) -> Result<Option<CalendarEntry>, StoreError>;
}

/// Writing.
pub trait WriteNotices {
    /// Adds a reminder; answers whether it is new.
    fn add_reminder(&self, reminder: &Reminder) -> Result<bool, StoreError>;
    /// Queues a letter; answers whether it is new.
    fn queue_mail(&self, key: &str, mail: &Mail, at: Moment) -> Result<bool, StoreError>;
    /// Changes where a letter stands, and keeps that it did.
    fn change_mail(&self, number: i64, change: &MailChange) -> Result<(), StoreError>;
    /// Makes an address of a unit's calendar.
    fn add_feed(
        &self,
        unit: &UnitId,
        token_hash: &str,
        by: &str,
        at: Moment,
    ) -> Result<(), StoreError>;
    /// Ends the addresses of a unit's calendar; answers how many.
    fn end_feeds(&self, unit: &UnitId, by: &str, at: Moment) -> Result<u64, StoreError>;
    /// Keeps what calendars were told of an entry.
    fn save_calendar_entry(&self, entry: &CalendarEntry) -> Result<(), StoreError>;
}
