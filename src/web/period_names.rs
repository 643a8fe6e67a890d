//! Periods as people call them: of an event or a request by the name under which it was opened, of a declared kind by its label.
//!
//! It does not know pages. A period that nothing brought, and a kind without a label, is called by the calendar's name.

use crate::calendar::{Period, PeriodKind};
use crate::service::ground::Ground;
use crate::web::office::Office;
use crate::web::texts::{Language, worded};
use crate::web::words;

impl Office {
    /// The name of a period of a regime, as titles and links show it.
    pub fn period_name(&self, language: Language, regime: &str, period: &Period) -> String {
        let ground = self.service().ground().ok();
        ground
            .and_then(|ground| own_name(&ground, language, regime, period))
            .unwrap_or_else(|| words::period_name(language, period))
    }
}

fn own_name(ground: &Ground, language: Language, regime: &str, period: &Period) -> Option<String> {
    let title = || Some(ground.brought(regime, period)?.title.clone());
    match period.kind() {
        PeriodKind::DailyOf(_) => {
            let date = words::date(period.date()?);
            let arguments = [("date", date.into()), ("title", title()?.into())];
            Some(worded(language, "period-day-of-event", &arguments))
        }
        PeriodKind::EndOf(_) => {
            let arguments = [("title", title()?.into())];
            Some(worded(language, "period-end-of-event", &arguments))
        }
        PeriodKind::OnRequest => title(),
        PeriodKind::Named(_) => {
            let plan = ground.plan_of_period(regime, period).ok()?;
            let mut rules = plan.header.periods.iter();
            let label = rules
                .find(|rule| rule.kind == period.kind())?
                .label
                .clone()?;
            Some(format!("{label} {}", period.shown_years()))
        }
        _ => None,
    }
}
