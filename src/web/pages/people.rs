//! Words shared by the pages about people: grants with their days, delegations, and what happened to an account.
//!
//! It words what `service` answered and decides nothing. Broken input: a unit that is no longer known is shown by its id.

use crate::calendar::Date;
use crate::calendar::dates::{iso_date, parse_date, parse_iso_date};
use crate::organisation::UnitId;
use crate::reports::people::account::{AccountEvent, AccountEventKind};
use crate::reports::people::delegation::DelegationState;
use crate::reports::permission::{Grant, Role};
use crate::service::people::fault::PeopleFault;
use crate::service::problem::ServiceError;
use crate::web::problem::Problem;
use crate::web::texts::{Argument, Language, plain, worded};
use crate::web::words::{self, pick};
use serde::Serialize;
use std::collections::BTreeMap;

/// Names of units by id.
pub type UnitNames = BTreeMap<UnitId, String>;

/// A delegation as a line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct DelegationLine {
    /// Account of the lender.
    pub lender: String,
    /// Number among the lender's.
    pub number: u32,
    /// The lender's name.
    pub lender_name: String,
    /// The delegate's name.
    pub delegate_name: String,
    /// The unit's name.
    pub unit: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Why.
    pub reason: String,
    /// How it stands.
    pub state: String,
    /// Whether it may still be ended.
    pub open: bool,
}

/// One thing that happened to an account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountEventLine {
    /// When, for machines.
    pub iso: String,
    /// When.
    pub when: String,
    /// By whom.
    pub who: String,
    /// What.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// The name of a unit, or its id where it is no longer known.
pub fn unit_name(units: &UnitNames, unit: &UnitId) -> String {
    let known = units.get(unit).filter(|name| !name.is_empty());
    known.cloned().unwrap_or_else(|| unit.to_string())
}

/// `Lãnh đạo đơn vị – Xã Anh Sơn, từ 01/01/2027 đến 31/03/2027`
pub fn grant(language: Language, grant: &Grant, units: &UnitNames) -> String {
    let role = role_at(language, grant.role, &unit_name(units, &grant.unit));
    match days(language, grant.from, grant.to) {
        Some(days) => format!("{role}, {days}"),
        None => role,
    }
}

/// A role for a unit; the first account of a store is for no unit.
pub fn role_at(language: Language, role: Role, unit: &str) -> String {
    let role = pick(language, role.wording());
    if unit.is_empty() {
        role
    } else {
        format!("{role} – {unit}")
    }
}

fn days(language: Language, from: Option<Date>, to: Option<Date>) -> Option<String> {
    let shown = |day: Date| Argument::from(words::date(day));
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some(worded(language, "days-from", &[("from", shown(from))])),
        (None, Some(to)) => Some(worded(language, "days-to", &[("to", shown(to))])),
        (Some(from), Some(to)) => Some(worded(
            language,
            "days-from-to",
            &[("from", shown(from)), ("to", shown(to))],
        )),
    }
}

/// A delegation as it stands on a day.
pub fn delegation(
    language: Language,
    state: &DelegationState,
    names: &BTreeMap<String, String>,
    units: &UnitNames,
    today: Date,
) -> DelegationLine {
    let lent = &state.delegation;
    let named = |account: &str| match names.get(account) {
        Some(name) => format!("{name} ({account})"),
        None => account.to_string(),
    };
    let standing = match state.ended_at {
        Some(at) => worded(
            language,
            "delegation-ended",
            &[("when", words::moment(at).into())],
        ),
        None if lent.to < today => plain(language, "delegation-over"),
        None if today < lent.from => plain(language, "delegation-coming"),
        None => plain(language, "delegation-holds"),
    };
    DelegationLine {
        lender: lent.lender.clone(),
        number: lent.number,
        lender_name: named(&lent.lender),
        delegate_name: named(&lent.delegate),
        unit: unit_name(units, &lent.unit),
        from: words::date(lent.from),
        to: words::date(lent.to),
        reason: lent.reason.clone(),
        state: standing,
        open: state.is_open(today),
    }
}

/// One event of an account in words.
pub fn account_event(
    language: Language,
    event: &AccountEvent,
    units: &UnitNames,
) -> AccountEventLine {
    let with = |key: &str, name: &str, text: String| worded(language, key, &[(name, text.into())]);
    let what = match &event.kind {
        AccountEventKind::Created { name } => with("people-created", "name", name.clone()),
        AccountEventKind::TakenOver { name, grants, .. } => {
            let grants: Vec<String> = grants
                .iter()
                .map(|one| grant(language, one, units))
                .collect();
            let arguments = [
                ("name", name.clone().into()),
                ("grants", grants.join("; ").into()),
            ];
            worded(language, "people-taken-over", &arguments)
        }
        AccountEventKind::Renamed { name } => with("people-renamed", "name", name.clone()),
        AccountEventKind::Granted { grant: given } => {
            with("people-granted", "grant", grant(language, given, units))
        }
        AccountEventKind::Withdrawn { grant: taken } => {
            with("people-withdrawn", "grant", grant(language, taken, units))
        }
        AccountEventKind::Disabled => plain(language, "people-disabled"),
        AccountEventKind::Enabled => plain(language, "people-enabled"),
        AccountEventKind::EmailSet { email: Some(email) } => {
            with("people-email-set", "email", email.clone())
        }
        AccountEventKind::EmailSet { email: None } => plain(language, "people-email-removed"),
        AccountEventKind::PasswordReset => plain(language, "people-password-reset"),
        AccountEventKind::PasswordChanged => plain(language, "people-password-changed"),
        AccountEventKind::SecondFactorSet => plain(language, "people-factor-set"),
        AccountEventKind::SecondFactorRemoved => plain(language, "people-factor-removed"),
        AccountEventKind::RecoveryCodeUsed { left } => worded(
            language,
            "people-recovery-used",
            &[("left", (*left).into())],
        ),
        AccountEventKind::RecoveryCodesRenewed => plain(language, "people-recovery-renewed"),
        AccountEventKind::SecondFactorDemanded { roles } => {
            let roles: Vec<String> = roles
                .iter()
                .map(|role| pick(language, role.wording()))
                .collect();
            match roles.is_empty() {
                true => plain(language, "people-factor-not-demanded"),
                false => with("people-factor-demanded", "roles", roles.join(", ")),
            }
        }
        AccountEventKind::SessionsEnded { count } => {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            worded(
                language,
                "people-sessions-ended",
                &[("count", count.into())],
            )
        }
        AccountEventKind::Delegated { delegation } => {
            let arguments = [
                ("delegate", delegation.delegate.clone().into()),
                ("unit", unit_name(units, &delegation.unit).into()),
                ("from", words::date(delegation.from).into()),
                ("to", words::date(delegation.to).into()),
            ];
            worded(language, "people-delegated", &arguments)
        }
        AccountEventKind::DelegationEnded { number } => worded(
            language,
            "people-delegation-ended",
            &[("number", i64::from(*number).into())],
        ),
    };
    AccountEventLine {
        iso: words::machine_date(event.at),
        when: words::moment(event.at),
        who: event.by.name.clone(),
        what,
        reason: event.reason.clone().unwrap_or_default(),
    }
}

/// A typed day: as a date field sends it, or as people write it. Empty is none.
pub fn typed_day(text: &str) -> Result<Option<Date>, PeopleFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = parse_iso_date(text).or_else(|_| parse_date(text));
    read.map(Some).map_err(|_| PeopleFault::BadDay)
}

/// A day as the value of a date field.
pub fn field_day(day: Date) -> String {
    iso_date(day)
}

/// The words of a fault that belongs beside the form that caused it; other problems have pages of their own.
pub fn fault_of(language: Language, problem: Problem) -> Result<String, Problem> {
    match &problem {
        Problem::Service(error) => match error.as_ref() {
            ServiceError::People(fault) => Ok(pick(language, fault.wording())),
            _ => Err(problem),
        },
        _ => Err(problem),
    }
}
