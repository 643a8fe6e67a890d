//! Opening and closing events (đợt), and asking for a report out of turn.
//!
//! Who may do it the regime says (`opened by`, `closed by`); an administrator may, too, because somebody has to when nobody of the body has an account. Every act has
//! a person and a reason. Broken input: a closed [`EventFault`], and nothing was opened.

use crate::calendar::dates::parse_date;
use crate::calendar::{Due, EventDates, Moment, Period, PeriodKind, PeriodName};
use crate::number::Number;
use crate::organisation::{Event, EventField, EventState, FieldKind, FieldValue, Party, UnitId};
use crate::plan::Bilingual;
use crate::plan::header::RegimeHeader;
use crate::reports::obligation::version_in_force;
use crate::reports::opened::{Act, Opened, What};
use crate::reports::permission::{Action, Actor, Held, Role, grant_for_province};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use std::collections::BTreeMap;

/// What a person says of the event or request they open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The regime's name.
    pub regime: String,
    /// What people call it.
    pub title: String,
    /// Why, or the document it rests on.
    pub reason: String,
    /// The units concerned; empty: all that report.
    pub units: Vec<UnitId>,
    /// What is opened.
    pub what: Wanted,
}

/// What is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// An event of this name.
    Event {
        /// The name declared in the regime.
        name: String,
        /// When it began.
        start: Moment,
        /// What is recorded, as typed: entries by name, `yes` or `no`, days `dd/mm/yyyy`.
        fields: BTreeMap<String, String>,
    },
    /// A report by a day.
    Request(Due),
}

/// Why an event was not opened or closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFault {
    /// Nothing is said of why, or what it is called.
    NotSaid,
    /// A recorded value that does not fit its field, by label.
    BadValue(String),
    /// A unit that does not exist, by what was typed.
    UnknownUnit(String),
    /// It is closed already, or its end lies before its start.
    NotOpen,
}

impl EventFault {
    /// The words for the person who asked.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            EventFault::NotSaid => (
                "Phải ghi tên gọi và lý do hoặc văn bản làm căn cứ.".to_owned(),
                "Say what it is called, and why or on which document it rests.".to_owned(),
            ),
            EventFault::BadValue(label) => (
                format!("Giá trị của “{label}” không đúng."),
                format!("The value of “{label}” does not fit."),
            ),
            EventFault::UnknownUnit(typed) => (
                format!("Không có đơn vị “{typed}”."),
                format!("There is no unit “{typed}”."),
            ),
            EventFault::NotOpen => (
                "Đợt đã kết thúc, hoặc thời điểm kết thúc trước thời điểm bắt đầu.".to_owned(),
                "It is closed already, or its end lies before its start.".to_owned(),
            ),
        };
        Bilingual { vi, en }
    }
}

/// An event or request as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedView {
    /// Itself.
    pub opened: Opened,
    /// The regime's printed title.
    pub regime_title: String,
    /// Names of the units concerned; empty: all that report.
    pub unit_names: Vec<String>,
    /// Whether the person may close it now.
    pub may_close: bool,
}

/// Something a person may open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openable {
    /// The regime's name.
    pub regime: String,
    /// The regime's printed title.
    pub regime_title: String,
    /// The event; none: a report on request.
    pub event: Option<Event>,
}

impl Service {
    /// Opens an event, or asks for a report.
    pub fn open(
        &self,
        actor: &Actor,
        opening: &Opening,
        now: Moment,
    ) -> Result<Opened, ServiceError> {
        let ground = self.ground()?;
        let headers = ground.headers(&opening.regime);
        let header = version_in_force(&headers, now.date()).ok_or(ServiceError::NotFound)?;
        // Who may not open it is told nothing about the units there are.
        let held = self.may_open(&ground, actor, header, &opening.what, now)?;
        if opening.title.trim().is_empty() || opening.reason.trim().is_empty() {
            return Err(EventFault::NotSaid.into());
        }
        for unit in &opening.units {
            if ground.organisation.get(unit).is_none() {
                return Err(EventFault::UnknownUnit(unit.0.clone()).into());
            }
        }
        let (key, what) = match &opening.what {
            Wanted::Event {
                name,
                start,
                fields,
            } => {
                let mut events = header.events.iter();
                let event = events.find(|event| event.name == *name);
                let event = event.ok_or(ServiceError::NotFound)?;
                let state = EventState {
                    event: name.clone(),
                    dates: EventDates {
                        start: *start,
                        end: None,
                    },
                    fields: recorded(event, fields)?,
                };
                let kind = PeriodName::new(name).ok_or(ServiceError::NotFound)?;
                let number = next_number(&ground, &opening.regime, PeriodKind::EndOf(kind));
                (Period::end_of(kind, number), What::Event(state))
            }
            Wanted::Request(due) => {
                let today = ground.opened.iter().filter(|opened| {
                    opened.regime == opening.regime
                        && opened.key.kind() == PeriodKind::OnRequest
                        && opened.key.date() == Some(now.date())
                });
                let number = u16::try_from(today.count() + 1).unwrap_or(u16::MAX);
                let key =
                    Period::on_request(now.date(), number).map_err(|_| ServiceError::NotFound)?;
                (key, What::Request(*due))
            }
        };
        let opened = Opened {
            regime: opening.regime.clone(),
            key,
            title: opening.title.trim().to_string(),
            what,
            units: opening.units.clone(),
            opened: act(actor, held, &opening.reason, now),
            closed: None,
        };
        self.keep(&opened)?;
        Ok(opened)
    }

    fn may_open<'a>(
        &self,
        ground: &Ground,
        actor: &'a Actor,
        header: &RegimeHeader,
        what: &Wanted,
        now: Moment,
    ) -> Result<Held<'a>, ServiceError> {
        match what {
            Wanted::Event { name, .. } => {
                let mut events = header.events.iter();
                let event = events.find(|event| event.name == *name);
                let event = event.ok_or(ServiceError::NotFound)?;
                self.allowed(ground, actor, &event.opened_by, now)
            }
            Wanted::Request(_) => may_ask(actor)
                .filter(|_| asks(header))
                .ok_or(ServiceError::Forbidden),
        }
    }

    /// Closes an event.
    pub fn close(
        &self,
        actor: &Actor,
        regime: &str,
        key: &Period,
        end: Moment,
        reason: &str,
        now: Moment,
    ) -> Result<Opened, ServiceError> {
        let ground = self.ground()?;
        let mut known = ground.opened.iter();
        let found = known.find(|opened| opened.regime == regime && opened.key == *key);
        let mut opened = found.cloned().ok_or(ServiceError::NotFound)?;
        let What::Event(state) = &mut opened.what else {
            return Err(ServiceError::NotFound);
        };
        let headers = ground.headers(regime);
        let parties = closers(&headers, &state.event);
        let held = self.allowed(&ground, actor, &parties, now)?;
        if reason.trim().is_empty() {
            return Err(EventFault::NotSaid.into());
        }
        if opened.closed.is_some() || end < state.dates.start {
            return Err(EventFault::NotOpen.into());
        }
        state.dates.end = Some(end);
        opened.closed = Some(act(actor, held, reason, now));
        self.keep(&opened)?;
        Ok(opened)
    }

    /// Everything that was opened, what is still open first, then the newest.
    pub fn opened(&self, actor: &Actor, now: Moment) -> Result<Vec<OpenedView>, ServiceError> {
        let ground = self.ground()?;
        let view = |opened: &Opened| {
            let headers = ground.headers(&opened.regime);
            let event = opened.event().map(|state| state.event.clone());
            let parties = event.map(|event| closers(&headers, &event));
            let may_close = opened.closed.is_none()
                && parties
                    .is_some_and(|parties| self.allowed(&ground, actor, &parties, now).is_ok());
            let title = headers.last().map(|header| header.title.clone());
            OpenedView {
                regime_title: title.unwrap_or_else(|| opened.regime.clone()),
                unit_names: opened
                    .units
                    .iter()
                    .map(|unit| ground.unit_name(unit))
                    .collect(),
                may_close,
                opened: opened.clone(),
            }
        };
        let mut found: Vec<OpenedView> = ground.opened.iter().map(view).collect();
        found.sort_by_key(|view| {
            let opened = &view.opened;
            (opened.closed.is_some(), std::cmp::Reverse(opened.opened.at))
        });
        Ok(found)
    }

    /// What the actor may open today.
    pub fn openable(&self, actor: &Actor, now: Moment) -> Result<Vec<Openable>, ServiceError> {
        let ground = self.ground()?;
        let mut found = Vec::new();
        for regime in ground.regimes.keys() {
            let headers = ground.headers(regime);
            let Some(header) = version_in_force(&headers, now.date()) else {
                continue;
            };
            let one = |event: Option<Event>| Openable {
                regime: regime.clone(),
                regime_title: header.title.clone(),
                event,
            };
            for event in &header.events {
                if self.allowed(&ground, actor, &event.opened_by, now).is_ok() {
                    found.push(one(Some(event.clone())));
                }
            }
            if asks(header) && may_ask(actor).is_some() {
                found.push(one(None));
            }
        }
        Ok(found)
    }

    fn keep(&self, opened: &Opened) -> Result<(), ServiceError> {
        let transaction = self.store.begin_write()?;
        transaction.save_opened(opened)?;
        transaction.commit()?;
        self.forget_ground();
        // What an event records decides which parts of a report apply.
        self.judgements.forget();
        Ok(())
    }

    /// Whether the actor acts for one of the bodies, or keeps the system.
    fn allowed<'a>(
        &self,
        ground: &Ground,
        actor: &'a Actor,
        parties: &[Party],
        now: Moment,
    ) -> Result<Held<'a>, ServiceError> {
        let acts = |role| matches!(role, Role::Officer | Role::HeadOfUnit | Role::Aggregator);
        let is_meant = |held: &Held<'_>| {
            let mut parties = parties.iter();
            let unit = &held.grant.unit;
            acts(held.grant.role)
                && parties.any(|party| ground.organisation.matches(unit, party, now.date()))
        };
        let meant = actor.held().find(is_meant);
        meant
            .or_else(|| grant_for_province(actor, Action::Administer))
            .ok_or(ServiceError::Forbidden)
    }
}

/// Who may close an event of a name, in any version that declares it.
fn closers(headers: &[&RegimeHeader], event: &str) -> Vec<Party> {
    let mut declared = headers.iter().rev().flat_map(|header| &header.events);
    let found = declared.find(|known| known.name == event);
    found.map_or_else(Vec::new, |event| event.closed_by.clone())
}

/// Whether reports may be asked for out of turn.
fn asks(header: &RegimeHeader) -> bool {
    header
        .periods
        .iter()
        .any(|rule| rule.kind == PeriodKind::OnRequest)
}

/// A recipient's desk asks for reports; so may an administrator.
fn may_ask(actor: &Actor) -> Option<Held<'_>> {
    let desk = actor
        .held()
        .find(|held| held.grant.role == Role::Aggregator);
    desk.or_else(|| grant_for_province(actor, Action::Administer))
}

fn next_number(ground: &Ground, regime: &str, kind: PeriodKind) -> u16 {
    let known = ground.opened.iter();
    let of_kind = known.filter(|opened| opened.regime == regime && opened.key.kind() == kind);
    let greatest = of_kind.map(|opened| opened.key.number()).max();
    greatest.unwrap_or(0).saturating_add(1)
}

fn act(actor: &Actor, held: Held<'_>, reason: &str, now: Moment) -> Act {
    Act {
        user: actor.user.clone(),
        name: actor.name.clone(),
        on_behalf_of: held.on_behalf_of.cloned(),
        at: now,
        reason: reason.trim().to_string(),
    }
}

/// The record of an event as typed; a field left empty is not recorded.
pub fn recorded(
    event: &Event,
    typed: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, FieldValue>, EventFault> {
    let mut found = BTreeMap::new();
    for (name, text) in typed {
        let text = text.trim();
        let Some(field) = event.fields.iter().find(|field| field.name == *name) else {
            return Err(EventFault::BadValue(name.clone()));
        };
        if !text.is_empty() {
            let value = value(field, text);
            let value = value.ok_or_else(|| EventFault::BadValue(field.label.clone()))?;
            found.insert(name.clone(), value);
        }
    }
    Ok(found)
}

fn value(field: &EventField, text: &str) -> Option<FieldValue> {
    match &field.kind {
        FieldKind::Choice { entries, .. } => {
            let mut known = entries.iter();
            let found = known.find(|(name, label)| name == text || label == text)?;
            Some(FieldValue::Entry(found.0.clone()))
        }
        FieldKind::YesOrNo => match text {
            "yes" | "có" => Some(FieldValue::Truth(true)),
            "no" | "không" => Some(FieldValue::Truth(false)),
            _ => None,
        },
        FieldKind::Text => Some(FieldValue::Text(text.to_string())),
        FieldKind::Number { .. } => Number::parse(text).ok().map(FieldValue::Number),
        FieldKind::Date => parse_date(text).ok().map(FieldValue::Date),
    }
}
