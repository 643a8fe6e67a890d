//! Keys of the JSON interface: a head of a unit or an administrator makes and takes them back; a program acts with one.
//!
//! The secret is made here, handed out once and kept as its SHA-256 alone; it has 200 random bits, so that nothing slower is needed against guessing. Who may do it, the permission table
//! says. It does not know HTTP. Broken input: a [`TokenFault`], and nothing was changed; a key that does not hold today is no key.

use crate::calendar::dates::days_between;
use crate::calendar::{Date, Moment};
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::plan::fingerprint::hexadecimal;
use crate::reports::people::token::{
    LONGEST_TOKEN, TOKEN_EVENT_FORMAT, Token, TokenEvent, TokenEventKind, TokenRight, TokenState,
};
use crate::reports::permission::{
    Action, Actor, Person, Role, grant_for_province, grant_for_report, may_somewhere,
};
use crate::reports::report::Status;
use crate::service::Service;
use crate::service::problem::ServiceError;
use rand::seq::IndexedRandom;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a secret begins with, so that one that lies about is recognised for what it is.
pub const PREFIX: &str = "regime_";
/// Signs of the id and of the rest of a secret.
const ID_SIGNS: usize = 8;
const SECRET_SIGNS: usize = 40;
/// The longest name and reason, in characters.
const LONGEST_NAME: usize = 100;
const LONGEST_REASON: usize = 2_000;
/// More keys that hold at once no unit needs.
const MOST_HOLDING: usize = 20;
/// The last use of a key is written at most this often, because each writing waits for the disk.
const SEEN_EVERY_SECONDS: i64 = 60;

/// Why nothing was done with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenFault {
    /// No name was given, or a too long one.
    BadName,
    /// No reason was given, or a too long one.
    BadReason,
    /// The days are no days, reversed, past, or longer than a year.
    BadDays,
    /// The responsible person holds nothing for the unit.
    NotOfTheUnit,
    /// The unit has as many keys as it can have.
    TooMany,
    /// It was taken back before.
    RevokedBefore,
}

impl TokenFault {
    /// The fault in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            TokenFault::BadName => (
                "Ghi tên khóa (thường là tên phần mềm), không quá 100 ký tự.",
                "Give the key a name (usually that of the program) of at most 100 characters.",
            ),
            TokenFault::BadReason => (
                "Ghi lý do hoặc căn cứ, không quá 2.000 ký tự.",
                "Give a reason of at most 2,000 characters.",
            ),
            TokenFault::BadDays => (
                "Ngày cuối không trước ngày đầu, chưa qua và cách ngày đầu không quá một năm.",
                "The last day is not before the first, not past, and at most a year after the first.",
            ),
            TokenFault::NotOfTheUnit => (
                "Người phụ trách phải là chuyên viên báo cáo, lãnh đạo hoặc chuyên viên tổng hợp đang hoạt động của đơn vị.",
                "The responsible person must be an officer, a head or an aggregator of the unit with an account in use.",
            ),
            TokenFault::TooMany => (
                "Đơn vị đã có 20 khóa đang dùng; hãy thu hồi khóa không cần nữa.",
                "The unit has 20 keys in use; revoke one that is not needed any more.",
            ),
            TokenFault::RevokedBefore => {
                ("Khóa này đã được thu hồi.", "This key was revoked before.")
            }
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }
}

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The unit.
    pub unit: UnitId,
    /// What it is called.
    pub name: String,
    /// What it may be used for beside reading.
    pub rights: Vec<TokenRight>,
    /// Account of the responsible person.
    pub responsible: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why.
    pub reason: String,
}

/// The keys of a unit as whoever looks after them sees them.
#[derive(Debug, Clone)]
pub struct UnitTokens {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its keys with their histories, in the order in which they were made.
    pub tokens: Vec<(TokenState, Vec<TokenEvent>)>,
    /// Who may be responsible: account and name.
    pub persons: Vec<(String, String)>,
}

/// A program with a key that holds.
#[derive(Debug, Clone)]
pub struct TokenCaller {
    /// The key.
    pub token: Token,
    /// What it acts as.
    pub actor: Actor,
}

/// What is kept of a secret.
pub fn hash_of(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

impl Service {
    /// Makes a key; answers its secret, which is never told again.
    pub fn make_token(
        &self,
        actor: &Actor,
        new: &NewToken,
        now: Moment,
    ) -> Result<String, ServiceError> {
        manages(actor, &new.unit)?;
        let ground = self.ground()?;
        if ground.organisation.get(&new.unit).is_none() {
            return Err(ServiceError::NotFound);
        }
        let name = bounded(&new.name, LONGEST_NAME).ok_or(TokenFault::BadName)?;
        let reason = bounded(&new.reason, LONGEST_REASON).ok_or(TokenFault::BadReason)?;
        let days = days_between(new.from, new.to);
        if !(0..LONGEST_TOKEN).contains(&days) || new.to < now.date() {
            return Err(TokenFault::BadDays.into());
        }
        let mut rights = vec![TokenRight::Read];
        rights.extend(
            new.rights
                .iter()
                .filter(|right| **right != TokenRight::Read),
        );
        let transaction = self.store.begin_write()?;
        let responsible = transaction
            .user(&new.responsible)?
            .filter(|user| !user.account.disabled)
            .map(|user| user.account)
            .filter(|account| {
                account
                    .grants_on(now.date())
                    .any(|grant| grant.unit == new.unit && may_answer(grant.role))
            })
            .ok_or(TokenFault::NotOfTheUnit)?;
        let known = transaction.tokens(Some(&new.unit))?;
        if known.iter().filter(|one| one.holds_on(now.date())).count() >= MOST_HOLDING {
            return Err(TokenFault::TooMany.into());
        }
        let id = signs(ID_SIGNS);
        let secret = format!("{PREFIX}{id}_{}", signs(SECRET_SIGNS));
        let token = Token {
            id,
            unit: new.unit.clone(),
            name,
            rights,
            responsible: responsible.person(),
            from: new.from,
            to: new.to,
        };
        let kind = TokenEventKind::Made(token.clone());
        let event = event(actor, now, reason, kind);
        transaction.make_token(&token, &hash_of(&secret), &event)?;
        transaction.commit()?;
        Ok(secret)
    }

    /// Takes a key back; it is refused from the next request on.
    pub fn revoke_token(
        &self,
        actor: &Actor,
        unit: &UnitId,
        id: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        manages(actor, unit)?;
        let reason = bounded(reason, LONGEST_REASON).ok_or(TokenFault::BadReason)?;
        let transaction = self.store.begin_write()?;
        let state = transaction
            .token(id)?
            .filter(|state| state.token.unit == *unit)
            .ok_or(ServiceError::NotFound)?;
        if state.revoked.is_some() {
            return Err(TokenFault::RevokedBefore.into());
        }
        let event = event(actor, now, reason, TokenEventKind::Revoked);
        transaction.append_token_event(id, &event)?;
        Ok(transaction.commit()?)
    }

    /// The keys of a unit, for whoever looks after them.
    pub fn tokens_of(
        &self,
        actor: &Actor,
        unit: &UnitId,
        today: Date,
    ) -> Result<UnitTokens, ServiceError> {
        manages(actor, unit)?;
        let ground = self.ground()?;
        if ground.organisation.get(unit).is_none() {
            return Err(ServiceError::NotFound);
        }
        let transaction = self.store.begin_read()?;
        let mut tokens = Vec::new();
        for state in transaction.tokens(Some(unit))? {
            let events = transaction.token_events(&state.token.id)?;
            tokens.push((state, events));
        }
        let answers = transaction.users()?.into_iter().filter(|user| {
            !user.account.disabled
                && user
                    .account
                    .grants_on(today)
                    .any(|grant| grant.unit == *unit && may_answer(grant.role))
        });
        Ok(UnitTokens {
            name: ground.unit_name(unit),
            unit: unit.clone(),
            persons: answers
                .map(|user| (user.account.id, user.account.name))
                .collect(),
            tokens,
        })
    }

    /// The units whose keys the actor looks after, with how many hold today: their own, and for an administrator every unit that has one.
    pub fn units_with_tokens(
        &self,
        actor: &Actor,
        today: Date,
    ) -> Result<BTreeMap<UnitId, (String, usize)>, ServiceError> {
        if !may_somewhere(actor, Action::ManageTokens) {
            return Err(ServiceError::Forbidden);
        }
        let ground = self.ground()?;
        let mut found: BTreeMap<UnitId, (String, usize)> = BTreeMap::new();
        let own = actor.held().map(|held| &held.grant.unit);
        for unit in own.filter(|unit| ground.organisation.get(unit).is_some()) {
            if manages(actor, unit).is_ok() {
                found.insert(unit.clone(), (ground.unit_name(unit), 0));
            }
        }
        for state in self.store.begin_read()?.tokens(None)? {
            let unit = &state.token.unit;
            if manages(actor, unit).is_ok() {
                let known = found
                    .entry(unit.clone())
                    .or_insert_with(|| (ground.unit_name(unit), 0));
                known.1 += usize::from(state.holds_on(today));
            }
        }
        Ok(found)
    }

    /// Whether the actor looks after the keys of every unit.
    pub fn manages_all_tokens(&self, actor: &Actor) -> bool {
        grant_for_province(actor, Action::ManageTokens).is_some()
    }

    /// The program that shows a secret, if its key holds today. Keeps, to the minute, that it was used.
    pub fn token_caller(
        &self,
        secret: &str,
        now: Moment,
    ) -> Result<Option<TokenCaller>, ServiceError> {
        let transaction = self.store.begin_read()?;
        let Some(state) = transaction
            .token_of_hash(&hash_of(secret))?
            .filter(|state| state.holds_on(now.date()))
        else {
            return Ok(None);
        };
        let Some(responsible) = transaction.user(&state.token.responsible.user)? else {
            return Ok(None);
        };
        drop(transaction);
        let actor = state.token.actor_on(&responsible.account, now.date());
        let stale = |last: Moment| now.seconds_since(last).abs() >= SEEN_EVERY_SECONDS;
        if state.last_used.is_none_or(stale) {
            // Where nothing can be written any more, programs still read.
            let _ = self.touch(&state.token.id, now);
        }
        Ok(Some(TokenCaller {
            token: state.token,
            actor,
        }))
    }

    fn touch(&self, id: &str, now: Moment) -> Result<(), ServiceError> {
        let transaction = self.store.begin_write()?;
        transaction.touch_token(id, now)?;
        Ok(transaction.commit()?)
    }
}

/// Whether somebody of this role may answer for a key.
fn may_answer(role: Role) -> bool {
    matches!(role, Role::Officer | Role::HeadOfUnit | Role::Aggregator)
}

fn manages(actor: &Actor, unit: &UnitId) -> Result<(), ServiceError> {
    // Keys do not belong to a report; any status will do, because the table names all of them.
    grant_for_report(actor, Action::ManageTokens, unit, &[], Status::Draft)
        .map(|_| ())
        .ok_or(ServiceError::Forbidden)
}

fn event(actor: &Actor, at: Moment, reason: String, kind: TokenEventKind) -> TokenEvent {
    TokenEvent {
        v: TOKEN_EVENT_FORMAT,
        at,
        by: Person {
            user: actor.user.clone(),
            name: actor.name.clone(),
        },
        reason,
        kind,
    }
}

fn bounded(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let is_sound = !text.is_empty()
        && text.chars().count() <= most
        && !text.chars().any(|sign| sign.is_control() && sign != '\n');
    is_sound.then(|| text.to_string())
}

/// Random letters and digits that are not mistaken for each other, five bits each.
fn signs(count: usize) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut source = rand::rng();
    (0..count)
        .filter_map(|_| SIGNS.choose(&mut source))
        .map(|sign| char::from(*sign))
        .collect()
}
