//! One account and its events.
//!
//! An event says who did it, when and why; the account is the events applied in order. It does not decide who may do what and holds no secret. Broken input: a stored text
//! that is no event of this format is an [`AccountEventProblem`]; nothing is skipped silently.

use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::reports::people::delegation::Delegation;
use crate::reports::permission::{Grant, Person, Role};
use serde::{Deserialize, Serialize};

/// The format number of stored events of accounts.
pub const ACCOUNT_EVENT_FORMAT: u32 = 1;

/// One thing that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEvent {
    /// Format, [`ACCOUNT_EVENT_FORMAT`] for events written by this program.
    pub v: u32,
    /// When.
    pub at: Moment,
    /// Who did it; the account's own person, an administrator, or the operator of the machine.
    pub by: Person,
    /// Why, where a reason was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What.
    pub kind: AccountEventKind,
}

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountEventKind {
    /// The account was created.
    Created {
        /// Name shown.
        name: String,
    },
    /// The account stood as it did when its history began to be kept.
    TakenOver {
        /// Name shown.
        name: String,
        /// Roles by unit.
        grants: Vec<Grant>,
        /// Whether it was disabled.
        disabled: bool,
    },
    /// The name shown changed.
    Renamed {
        /// The new name.
        name: String,
    },
    /// A role was given for a unit.
    Granted {
        /// The grant.
        grant: Grant,
    },
    /// A grant was taken away.
    Withdrawn {
        /// The grant as it was held.
        grant: Grant,
    },
    /// The account may do nothing any more.
    Disabled,
    /// The account may be used again.
    Enabled,
    /// The address at which reminders reach the person changed.
    EmailSet {
        /// The address; none: reminders come by the pages alone.
        email: Option<String>,
    },
    /// A password was set that must be changed at the next sign-in.
    PasswordReset,
    /// The person chose a new password.
    PasswordChanged,
    /// A second factor is asked for at sign-in from now on.
    SecondFactorSet,
    /// No second factor is asked for any more.
    SecondFactorRemoved,
    /// A recovery code stood in for the second factor.
    RecoveryCodeUsed {
        /// How many are left.
        left: usize,
    },
    /// New recovery codes were made; the earlier ones no longer work.
    RecoveryCodesRenewed,
    /// A second factor is demanded of these roles from now on, and of no others; it stands with the administrator who said so.
    SecondFactorDemanded {
        /// The roles.
        roles: Vec<Role>,
    },
    /// Sessions were ended.
    SessionsEnded {
        /// How many.
        count: u64,
    },
    /// The person lent their rights for a unit.
    Delegated {
        /// What was lent.
        delegation: Delegation,
    },
    /// What was lent came back before its last day.
    DelegationEnded {
        /// Which of the account's delegations.
        number: u32,
    },
}

/// An account as its events made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Sign-in name.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Roles by unit, whatever their days.
    pub grants: Vec<Grant>,
    /// A disabled account can do nothing, at once.
    pub disabled: bool,
    /// Whether the password was given by somebody else and must be changed first.
    pub must_change_password: bool,
    /// Whether a second factor is asked for at sign-in.
    pub second_factor: bool,
    /// The address at which reminders reach the person, if they gave one.
    pub email: Option<String>,
    /// How many events there were.
    pub events: u64,
}

/// Why a stored text is not an event of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountEventProblem {
    /// Written in another format.
    Format {
        /// The format found.
        found: u64,
    },
    /// Not an event; the reader's words are kept for the log.
    Unreadable {
        /// What the JSON reader said.
        detail: String,
    },
}

impl AccountEvent {
    /// The stored text of the event.
    pub fn to_text(&self) -> Result<String, AccountEventProblem> {
        serde_json::to_string(self).map_err(unreadable)
    }

    /// Reads a stored event.
    pub fn from_text(text: &str) -> Result<AccountEvent, AccountEventProblem> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(unreadable)?;
        match value.get("v").and_then(serde_json::Value::as_u64) {
            Some(found) if found == u64::from(ACCOUNT_EVENT_FORMAT) => {
                serde_json::from_value(value).map_err(unreadable)
            }
            found => Err(AccountEventProblem::Format {
                found: found.unwrap_or(0),
            }),
        }
    }
}

impl AccountEvent {
    /// The units the event speaks of.
    pub fn units(&self) -> Vec<&UnitId> {
        match &self.kind {
            AccountEventKind::TakenOver { grants, .. } => {
                grants.iter().map(|grant| &grant.unit).collect()
            }
            AccountEventKind::Granted { grant } | AccountEventKind::Withdrawn { grant } => {
                vec![&grant.unit]
            }
            AccountEventKind::Delegated { delegation } => vec![&delegation.unit],
            _ => Vec::new(),
        }
    }
}

fn unreadable(error: serde_json::Error) -> AccountEventProblem {
    AccountEventProblem::Unreadable {
        detail: error.to_string(),
    }
}

impl Account {
    /// An account to which nothing has happened yet.
    pub fn new(id: &str) -> Account {
        Account {
            id: id.to_string(),
            ..Account::default()
        }
    }

    /// The account that these events, in order, make.
    pub fn replay<'a>(id: &str, events: impl IntoIterator<Item = &'a AccountEvent>) -> Account {
        let mut account = Account::new(id);
        for event in events {
            account.apply(event);
        }
        account
    }

    /// Applies one event.
    pub fn apply(&mut self, event: &AccountEvent) {
        self.events += 1;
        match &event.kind {
            AccountEventKind::Created { name } => {
                self.name.clone_from(name);
                self.must_change_password = false;
            }
            AccountEventKind::TakenOver {
                name,
                grants,
                disabled,
            } => {
                self.name.clone_from(name);
                self.grants.clone_from(grants);
                self.disabled = *disabled;
            }
            AccountEventKind::Renamed { name } => self.name.clone_from(name),
            AccountEventKind::Granted { grant } => self.grants.push(grant.clone()),
            AccountEventKind::Withdrawn { grant } => {
                if let Some(place) = self.grants.iter().position(|held| held == grant) {
                    self.grants.remove(place);
                }
            }
            AccountEventKind::Disabled => self.disabled = true,
            AccountEventKind::Enabled => self.disabled = false,
            AccountEventKind::EmailSet { email } => self.email.clone_from(email),
            AccountEventKind::PasswordReset => self.must_change_password = true,
            AccountEventKind::PasswordChanged => self.must_change_password = false,
            AccountEventKind::SecondFactorSet => self.second_factor = true,
            AccountEventKind::SecondFactorRemoved => self.second_factor = false,
            AccountEventKind::RecoveryCodeUsed { .. }
            | AccountEventKind::RecoveryCodesRenewed
            | AccountEventKind::SecondFactorDemanded { .. }
            | AccountEventKind::SessionsEnded { .. }
            | AccountEventKind::Delegated { .. }
            | AccountEventKind::DelegationEnded { .. } => {}
        }
    }

    /// The person as events name them.
    pub fn person(&self) -> Person {
        Person {
            user: self.id.clone(),
            name: self.name.clone(),
        }
    }

    /// What is held on a day.
    pub fn grants_on(&self, day: Date) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.holds_on(day))
    }

    /// Whether the account keeps the system from this day on, without an end: somebody always must.
    pub fn keeps_the_system(&self, day: Date) -> bool {
        let lasting = |grant: &&Grant| grant.role == Role::Administrator && grant.to.is_none();
        !self.disabled && self.grants_on(day).any(|grant| lasting(&grant))
    }

    /// What may be lent for a unit on a day: the roles held there that act on reports.
    pub fn lendable(&self, unit: &UnitId, day: Date) -> impl Iterator<Item = &Grant> {
        let unit = unit.clone();
        self.grants_on(day)
            .filter(move |grant| grant.unit == unit && grant.role.may_be_lent())
    }
}
