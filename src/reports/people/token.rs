//! Keys of the JSON interface (khóa API): for which unit a program acts, on whose behalf, within which rights and days.
//!
//! A key is no person. It borrows what a responsible person of the unit holds, cut down to its rights; approving, receiving and accepting are never among them, so that what a
//! person must decide no program decides. It does not know the secret, only what happened to the key. Broken input: applying an event never fails; a stored text that is no event
//! of this format is a [`TokenEventProblem`].

use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::people::account::Account;
use crate::reports::permission::{Action, Actor, Bounds, Lent, Person, Role};
use serde::{Deserialize, Serialize};

/// The format number of stored events of keys.
pub const TOKEN_EVENT_FORMAT: u32 = 1;

/// The longest time a key is valid, in days.
pub const LONGEST_TOKEN: i32 = 366;

/// What comes before the id of a key where it stands for an account; no account has a colon in its name.
const ACCOUNT: &str = "api:";

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenRight {
    /// Read what the responsible person reads of reports and of what is consolidated.
    Read,
    /// Save figures, declare openings, propose, take a proposal back.
    Write,
    /// Send what a head approved.
    Send,
}

/// A key as its events made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The part of the key that is no secret and by which it is recognised.
    pub id: String,
    /// The unit whose program uses it.
    pub unit: UnitId,
    /// What people call it, e.g. the name of the program.
    pub name: String,
    /// What it may be used for; reading is always among them.
    pub rights: Vec<TokenRight>,
    /// On whose behalf it acts: what it does is also this person's.
    pub responsible: Person,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// A key with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenState {
    /// The key.
    pub token: Token,
    /// Who made it and when.
    pub made: (Person, Moment),
    /// Who took it back and when.
    pub revoked: Option<(Person, Moment)>,
    /// When it was last used, to the minute.
    pub last_used: Option<Moment>,
}

/// One thing that happened to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenEvent {
    /// Format, [`TOKEN_EVENT_FORMAT`] for events written by this program.
    pub v: u32,
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by: Person,
    /// Why.
    pub reason: String,
    /// What.
    pub kind: TokenEventKind,
}

/// What happened to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenEventKind {
    /// It was made.
    Made(Token),
    /// It may not be used any more.
    Revoked,
}

/// Why a stored text is not an event of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenEventProblem {
    /// What is wrong, for the log.
    pub detail: String,
}

impl TokenRight {
    /// All rights.
    pub const ALL: [TokenRight; 3] = [TokenRight::Read, TokenRight::Write, TokenRight::Send];

    /// The word of the right in forms, addresses and answers.
    pub fn key(self) -> &'static str {
        match self {
            TokenRight::Read => "read",
            TokenRight::Write => "write",
            TokenRight::Send => "send",
        }
    }

    /// What a program may do with it, where the responsible person may.
    pub fn actions(self) -> &'static [Action] {
        match self {
            TokenRight::Read => &[
                Action::ViewDraft,
                Action::ViewSent,
                Action::ViewStanding,
                Action::ViewConsolidated,
            ],
            TokenRight::Write => &[
                Action::Save,
                Action::DeclareOpening,
                Action::Propose,
                Action::Withdraw,
            ],
            TokenRight::Send => &[Action::Send],
        }
    }

    /// The right in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            TokenRight::Read => ("Đọc", "Read"),
            TokenRight::Write => ("Nhập, trình, thu hồi", "Enter, propose, withdraw"),
            TokenRight::Send => ("Gửi báo cáo đã được phê duyệt", "Send what was approved"),
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }
}

impl Token {
    /// The actor that the key is on a day: for its unit, with what the responsible person holds there themselves, within the rights of the key. One whose person holds nothing any
    /// more may do nothing.
    pub fn actor_on(&self, responsible: &Account, day: Date) -> Actor {
        let borrows =
            |role: Role| matches!(role, Role::Officer | Role::HeadOfUnit | Role::Aggregator);
        let held = responsible
            .grants_on(day)
            .filter(|grant| grant.unit == self.unit && borrows(grant.role))
            .filter(|_| !responsible.disabled);
        Actor {
            user: format!("{ACCOUNT}{}", self.id),
            name: format!("{} (API {})", self.name, self.id),
            grants: Vec::new(),
            lent: held
                .map(|grant| Lent {
                    grant: grant.clone(),
                    by: responsible.person(),
                    within: Some(self.bounds()),
                })
                .collect(),
        }
    }

    /// What it may be used for, action by action.
    fn bounds(&self) -> Bounds {
        let rights = self.rights.iter();
        Bounds(rights.flat_map(|right| right.actions()).copied().collect())
    }

    /// Whether it may be used for something of this kind at all.
    pub fn has(&self, right: TokenRight) -> bool {
        self.rights.contains(&right)
    }
}

impl TokenState {
    /// Whether it may be used on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.revoked.is_none() && self.token.from <= day && day <= self.token.to
    }
}

impl TokenEvent {
    /// The stored text of the event.
    pub fn to_text(&self) -> Result<String, TokenEventProblem> {
        serde_json::to_string(self).map_err(unreadable)
    }

    /// Reads a stored event.
    pub fn from_text(text: &str) -> Result<TokenEvent, TokenEventProblem> {
        let event: TokenEvent = serde_json::from_str(text).map_err(unreadable)?;
        if event.v == TOKEN_EVENT_FORMAT {
            Ok(event)
        } else {
            Err(unreadable(format_args!("format {}", event.v)))
        }
    }
}

fn unreadable(detail: impl std::fmt::Display) -> TokenEventProblem {
    TokenEventProblem {
        detail: detail.to_string(),
    }
}
