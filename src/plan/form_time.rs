//! The time of a form's own, and the header as it holds for a form: the nearest statement wins.
//!
//! Deadlines and windows are the calendar's rules; nothing is computed here. A form without a word about time has that of the period.

use crate::calendar::{Date, DueRule, WindowRule};
use crate::plan::CompiledRegime;
use crate::plan::cell::Vintage;
use crate::plan::form::{Form, FormIndex};
use crate::plan::header::{Channel, Deadline, PeriodRule, RegimeHeader, SigningRole};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a form says of its own time; what is absent holds from the period or the regime.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FormTime {
    /// Cut-off of its figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowRule>,
    /// Span its figures describe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<WindowRule>,
    /// Deadlines of senders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Deadline of a unit's first report of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_report: Option<DueRule>,
    /// Channels; any of the outer list, all of an inner one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<Vec<Channel>>>,
    /// Role that signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_by: Option<SigningRole>,
    /// How settled its figures are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vintage: Option<Vintage>,
}

/// A version of a form's own, inside the version of its regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersion {
    /// The number, printed with the form.
    pub number: u32,
    /// First day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl FormVersion {
    /// Whether the form is asked for in a report with this cut-off.
    pub fn holds_on(&self, cutoff: Date) -> bool {
        self.from.is_none_or(|from| from <= cutoff)
            && self.until.is_none_or(|until| cutoff <= until)
    }
}

impl FormTime {
    /// Whether the form has the time of its period in everything.
    pub fn is_silent(&self) -> bool {
        *self == FormTime::default()
    }

    /// Whether its figures are of other days than those of the period.
    pub fn has_days(&self) -> bool {
        self.window.is_some() || self.covers.is_some()
    }
}

impl PeriodRule {
    /// The rule as it holds for a form. A window that says nothing about the kind of period leaves the period's own.
    #[must_use]
    pub fn nearest(&self, own: &FormTime) -> PeriodRule {
        let window = own.window.filter(|window| window.is_about(self.kind));
        let mut deadlines = own.deadlines.clone();
        for deadline in &self.deadlines {
            if !deadlines.iter().any(|known| known.party == deadline.party) {
                deadlines.push(deadline.clone());
            }
        }
        PeriodRule {
            window: window.unwrap_or(self.window),
            covers: own.covers.or(self.covers),
            deadlines,
            first_report: own.first_report.or(self.first_report),
            channels: own.channels.clone().or_else(|| self.channels.clone()),
            sign_by: own.sign_by.or(self.sign_by),
            vintage: own.vintage.or(self.vintage),
            ..self.clone()
        }
    }
}

impl CompiledRegime {
    /// The header with the days that hold for a form's figures.
    pub fn header_for(&self, form: FormIndex) -> Cow<'_, RegimeHeader> {
        match self.form_definition.form(form) {
            Some(form) if form.time.has_days() => Cow::Owned(self.header.nearest(form)),
            _ => Cow::Borrowed(&self.header),
        }
    }

    /// Every header that holds for some form: that of the regime first, then those of forms with days of their own.
    pub fn headers(&self) -> Vec<Cow<'_, RegimeHeader>> {
        let forms = self.form_definition.forms.iter();
        let own = forms.filter(|form| form.time.has_days());
        std::iter::once(Cow::Borrowed(&self.header))
            .chain(own.map(|form| Cow::Owned(self.header.nearest(form))))
            .collect()
    }
}

impl RegimeHeader {
    fn nearest(&self, form: &Form) -> RegimeHeader {
        RegimeHeader {
            periods: self
                .periods
                .iter()
                .map(|rule| rule.nearest(&form.time))
                .collect(),
            ..self.clone()
        }
    }
}
