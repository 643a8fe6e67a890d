//! The legal header: parties, routes, periods with their windows and deadlines, rest days, levels.
//!
//! It does not know forms. Broken input does not reach it: only sound regimes are lowered.

use super::expression::Arena;
use super::named;
use crate::analysis::model::{self, Regime, words::Words};
use crate::plan::form_time::FormTime;
use crate::plan::header::{
    Channel, Deadline, Level, PeriodRelation, PeriodRule, RegimeHeader, SigningRole,
};

/// The header of a regime.
pub(super) fn header(words: &Words, regime: &Regime, arena: &mut Arena<'_>) -> RegimeHeader {
    RegimeHeader {
        name: regime.name.clone(),
        title: regime.title.clone(),
        version: regime.version,
        in_force_from: regime.in_force_from,
        in_force_until: regime.in_force_until,
        statistical: regime.statistical,
        basis: regime.basis.clone(),
        issuer: regime.issuer.clone(),
        reporters: regime.reporters.clone(),
        recipients: regime.recipients.clone(),
        channels: channels(&regime.channels),
        sign_by: regime.sign_by.as_ref().map(signing_role),
        routes: regime.routes.clone(),
        assignments: regime.assignments.clone(),
        suspensions: regime.suspensions.clone(),
        periods: regime
            .periods
            .iter()
            .map(|rule| period(rule, arena))
            .collect(),
        events: regime.events.clone(),
        holidays: words.holidays.clone(),
        lunar_months: words.lunar_months.clone(),
        levels: words.levels.iter().map(level).collect(),
        agencies: named::agencies(words, regime),
        tags: named::tags(words, regime),
    }
}

fn level(level: &model::words::Level) -> Level {
    Level {
        name: level.name.clone(),
        label: level.label.clone(),
        beside: level.beside.clone(),
        items: level.items.clone(),
    }
}

fn period(rule: &model::PeriodRule, arena: &mut Arena<'_>) -> PeriodRule {
    PeriodRule {
        kind: rule.choice.kind,
        index: rule.choice.index,
        days: rule.days,
        relation: match &rule.relation {
            model::Relation::Independent => PeriodRelation::Independent,
            model::Relation::DerivedFrom(shorter) => PeriodRelation::DerivedFrom(shorter.clone()),
            model::Relation::CheckedAgainst(shorter) => {
                PeriodRelation::CheckedAgainst(shorter.clone())
            }
        },
        window: rule.window,
        covers: rule.covers,
        deadlines: deadlines(&rule.deadlines),
        first_report: rule.first_report,
        label: rule.label.clone(),
        channels: rule.channels.as_deref().map(channels),
        sign_by: rule.sign_by.as_ref().map(signing_role),
        vintage: rule.vintage.map(super::cell::vintage),
        waived_when: rule
            .waived_when
            .iter()
            .map(|condition| arena.term(condition))
            .collect(),
    }
}

/// The time of a form's own.
pub(super) fn form_time(time: &model::FormTime) -> FormTime {
    FormTime {
        window: time.window,
        covers: time.covers,
        deadlines: deadlines(&time.deadlines),
        first_report: time.first_report,
        channels: time.channels.as_deref().map(channels),
        sign_by: time.sign_by.as_ref().map(signing_role),
        vintage: time.vintage.map(super::cell::vintage),
    }
}

fn deadlines(all: &[model::Deadline]) -> Vec<Deadline> {
    all.iter()
        .map(|deadline| Deadline {
            party: deadline.party.clone(),
            rule: deadline.rule,
        })
        .collect()
}

fn channels(any: &[Vec<model::Channel>]) -> Vec<Vec<Channel>> {
    any.iter()
        .map(|all| all.iter().map(channel).collect())
        .collect()
}

fn channel(channel: &model::Channel) -> Channel {
    match channel {
        model::Channel::System => Channel::System,
        model::Channel::Edoc => Channel::Edoc,
        model::Channel::Mail => Channel::Mail,
        model::Channel::Direct => Channel::Direct,
        model::Channel::Fax => Channel::Fax,
        model::Channel::Post => Channel::Post,
    }
}

fn signing_role(role: &model::SigningRole) -> SigningRole {
    match role {
        model::SigningRole::Leader => SigningRole::Leader,
        model::SigningRole::Deputy => SigningRole::Deputy,
        model::SigningRole::Head => SigningRole::Head,
    }
}
