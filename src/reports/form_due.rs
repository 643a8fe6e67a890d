//! Deadlines of single forms (hạn riêng của biểu): until when each is owed, and whether what was sent was in time for it.
//!
//! A report stays one report and is sent whole, so it is in time only if it is in time for all its forms, and until it is sent its earliest deadline presses. It does not
//! know figures: a form that a condition may leave out is owed. Broken input: a deadline that cannot be known is none with the reason, and then the form is not late.

use crate::calendar::{Clock, Due, Moment};
use crate::eval::earlier::rule_of;
use crate::plan::CompiledRegime;
use crate::plan::form::Form;
use crate::reports::obligation::{Doubt, Grounds, Obligation, deadline};
use crate::reports::report::{Report, Sending};
use crate::reports::standing::{Lateness, Progress, Standing, standing};
use serde::{Deserialize, Serialize};

/// The deadline of a form that is not due with its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormDue {
    /// Form name.
    pub form: String,
    /// Its printed sign.
    pub sign: String,
    /// The deadline of the unit's own hop; none when it cannot be known.
    pub due: Option<Due>,
    /// Why the deadline is unknown or may still move.
    pub doubt: Option<Doubt>,
}

/// How a form that is not due with its report was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSent {
    /// Form name.
    pub form: String,
    /// Its deadline as it stood then.
    pub due: Due,
    /// Whether it was after the deadline.
    pub late: bool,
    /// Whole days after the last day; 0 also where only the time of day was missed.
    pub days_late: u32,
}

/// How a form that is not due with its report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormStanding {
    /// The form and its deadline.
    pub due: FormDue,
    /// How it stands.
    pub standing: Standing,
}

/// An obligation under a plan with the deadlines of those forms that are not due with it: its own word, or its own cut-off from which the days are counted.
#[must_use]
pub fn with_forms(
    plan: &CompiledRegime,
    grounds: Grounds<'_>,
    obligation: Obligation,
) -> Obligation {
    let header = &plan.header;
    let period = obligation.key.period;
    let event = grounds.event_dates(&header.name, &period);
    let (Some(rule), unit) = (rule_of(header, period), &obligation.key.unit) else {
        return obligation;
    };
    let Some(days) = rule.days_of(&period, event) else {
        return obligation;
    };
    let cutoff = obligation.window.to;
    let applies = |form: &&Form| {
        let only_for = &form.applicability.only_for;
        let mut parties = only_for.iter();
        form.applicability.in_time(&period)
            && form.version.is_none_or(|version| version.holds_on(cutoff))
            && (only_for.is_empty()
                || parties.any(|party| grounds.organisation.matches(unit, party, cutoff)))
    };
    let forms = plan.form_definition.forms.iter();
    let forms = forms
        .filter(|form| !form.time.is_silent())
        .filter(applies)
        .map(|form| {
            let own = rule.nearest(&form.time);
            let (due, doubt) = deadline(header, &own, grounds, (&period, &days), unit);
            // A report that may be sent later may be sent later as a whole.
            let due = obligation.ruled.due(due);
            FormDue {
                form: form.name.clone(),
                sign: form.sign.clone(),
                due,
                doubt,
            }
        })
        .filter(|form| form.due != obligation.due)
        .collect();
    Obligation {
        forms,
        ..obligation
    }
}

impl Obligation {
    /// The deadline that presses until the report is sent: the earliest of its own and those of its forms. None when none is known.
    pub fn pressing(&self) -> Option<Due> {
        let forms = self.forms.iter().filter_map(|form| form.due);
        self.due.into_iter().chain(forms).min_by_key(last_minute)
    }

    /// How the report stands as a whole: late as soon as one of its deadlines is missed.
    pub fn standing(&self, progress: Option<Progress>, now: Moment) -> Standing {
        let owed = standing(self.window, self.pressing(), progress, now);
        let sent = progress.is_some_and(|progress| progress.sent.is_some());
        match &self.ruled.exempted {
            Some(_) if !sent => Standing::Exempted,
            _ => owed,
        }
    }

    /// How the forms stand that are not due with the report.
    pub fn form_standings(
        &self,
        progress: Option<Progress>,
        report: Option<&Report>,
        now: Moment,
    ) -> Vec<FormStanding> {
        let sending = report.and_then(Report::counted_sending);
        let of_form = |form: &FormDue| {
            let sent = sending.map(|sending| sending.lateness_of(form));
            let progress = progress.map(|progress| Progress {
                sent: progress.sent.and(sent),
                ..progress
            });
            FormStanding {
                due: form.clone(),
                standing: standing(self.window, form.due, progress, now),
            }
        };
        self.forms.iter().map(of_form).collect()
    }
}

impl FormDue {
    /// How the form is sent at a moment; nothing where its deadline is not known.
    pub fn sent_at(&self, now: Moment) -> Option<FormSent> {
        self.due.map(|due| FormSent {
            form: self.form.clone(),
            due,
            late: due.is_late(now),
            days_late: due.days_late(now),
        })
    }
}

impl Sending {
    /// How late the report was as a whole: as late as the latest of its parts.
    pub fn lateness(&self) -> Lateness {
        let own = Lateness {
            late: self.late,
            days: self.days_late,
        };
        let forms = self.forms.iter().map(FormSent::lateness);
        forms.fold(own, Lateness::max)
    }

    /// How late a form was: as it was recorded; what was sent before its deadline was known is measured by the one known now.
    fn lateness_of(&self, form: &FormDue) -> Lateness {
        let recorded = self.forms.iter().find(|sent| sent.form == form.form);
        let measured = || form.sent_at(self.stamp.at);
        let on_time = Lateness {
            late: false,
            days: 0,
        };
        recorded
            .map(FormSent::lateness)
            .or_else(|| measured().as_ref().map(FormSent::lateness))
            .unwrap_or(on_time)
    }
}

impl FormSent {
    /// How late it was.
    pub fn lateness(&self) -> Lateness {
        Lateness {
            late: self.late,
            days: self.days_late,
        }
    }
}

/// A deadline without a time of day lasts until the end of its day.
fn last_minute(due: &Due) -> (crate::calendar::Date, bool, Option<Clock>) {
    (due.date, due.clock.is_none(), due.clock)
}
