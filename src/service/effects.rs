//! What a change of units, rest days or local deadlines would do: to what is owed and to whom, to deadlines, to reports being written, to people, to comparisons with the past.
//!
//! Both sides are computed by the same code that serves the office, on the ground as it is and as it would be; nothing is stored. It does not know pages. Broken input: none; a change that cannot be is
//! refused before it is looked at here.

use crate::calendar::dates::days_after;
use crate::calendar::{Date, Due, Period};
use crate::eval::restate::{Passing, passing};
use crate::organisation::UnitId;
use crate::reports::obligation::Obligation;
use crate::reports::report::Status;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::ReportAddress;
use crate::store::records::{ReportSummary, User};
use std::collections::{BTreeMap, BTreeSet};

/// How far into the future deadlines and routes are compared, in days.
const HORIZON: i32 = 366;

/// What a change would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// What is owed otherwise, by regime.
    pub regimes: Vec<RegimeEffect>,
    /// Reports being written that nobody would owe any more, or that would go to somebody else.
    pub drafts: Vec<DraftConcerned>,
    /// Units that end, with how their figures go over.
    pub comparisons: Vec<Comparison>,
    /// Periods in which figures were received from units whose figures cannot be put into the new boundaries, by title of the regime.
    pub not_comparable: Vec<(String, Vec<(String, Period)>)>,
    /// Accounts that hold a role at a unit that ends.
    pub accounts: Vec<AccountConcerned>,
}

/// What is owed otherwise under one regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeEffect {
    /// The regime's name.
    pub regime: String,
    /// Its printed title.
    pub title: String,
    /// By period.
    pub periods: Vec<PeriodEffect>,
}

/// What is owed otherwise for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodEffect {
    /// The period.
    pub period: Period,
    /// Names of units that owe the report no more.
    pub no_longer: Vec<String>,
    /// Names of units that owe it now.
    pub newly: Vec<String>,
    /// Units whose report goes to somebody else: from whom, to whom, which units.
    pub rerouted: Vec<(String, String, Vec<String>)>,
    /// Deadlines that move: from when, to when, of which units.
    pub moved: Vec<(Option<Due>, Option<Due>, Vec<String>)>,
}

/// A report being written that the change concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftConcerned {
    /// Which report.
    pub address: ReportAddress,
    /// The unit's name.
    pub unit_name: String,
    /// Its regime's title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Whether nobody would owe it any more; otherwise it goes to somebody else.
    pub no_longer_owed: bool,
}

/// How the figures of a unit that ends go over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The unit's name.
    pub name: String,
    /// How.
    pub passing: Passing,
    /// Names of those that take over.
    pub heirs: Vec<String>,
    /// How many reports of it were received.
    pub reports: usize,
}

/// An account that holds a role at a unit that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountConcerned {
    /// The account.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// The unit's name.
    pub unit: String,
}

/// What of the store the effects are told about.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// All reports.
    pub reports: &'a [ReportSummary],
    /// All accounts.
    pub users: &'a [User],
}

/// What is owed otherwise after than before, in periods whose window ends on a day or later; none where the change always holds.
pub fn owed(
    before: &Ground,
    after: &Ground,
    first_day: Option<Date>,
    today: Date,
) -> Result<Vec<RegimeEffect>, ServiceError> {
    let eve = first_day.map(|day| days_after(day, -1));
    let far = days_after(first_day.map_or(today, |day| day.max(today)), HORIZON);
    let mut regimes = Vec::new();
    for regime in before.regimes.keys() {
        let mut periods: BTreeSet<Period> = BTreeSet::new();
        for horizon in [today, far] {
            periods.extend(before.periods_begun(regime, horizon));
        }
        let mut effects = Vec::new();
        let mut title = String::new();
        for period in periods {
            let Ok(plan) = before.plan_of_period(regime, &period) else {
                continue;
            };
            let window = before.window(plan, period)?;
            if eve.is_some_and(|eve| window.to < eve) {
                continue;
            }
            title.clone_from(&plan.header.title);
            let effect = period_effect(before, after, regime, period)?;
            effects.extend(effect);
        }
        if !effects.is_empty() {
            regimes.push(RegimeEffect {
                regime: regime.clone(),
                title,
                periods: effects,
            });
        }
    }
    Ok(regimes)
}

fn period_effect(
    before: &Ground,
    after: &Ground,
    regime: &str,
    period: Period,
) -> Result<Option<PeriodEffect>, ServiceError> {
    let by_unit = |ground: &Ground| -> Result<BTreeMap<UnitId, Obligation>, ServiceError> {
        let owed = ground.obligations(regime, &period)?.into_iter();
        Ok(owed.map(|owed| (owed.key.unit.clone(), owed)).collect())
    };
    let (old, new) = (by_unit(before)?, by_unit(after)?);
    let mut effect = PeriodEffect {
        period,
        no_longer: Vec::new(),
        newly: Vec::new(),
        rerouted: Vec::new(),
        moved: Vec::new(),
    };
    let mut rerouted: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut moved: BTreeMap<(Option<Due>, Option<Due>), Vec<String>> = BTreeMap::new();
    for (unit, was) in &old {
        let Some(is) = new.get(unit) else {
            effect.no_longer.push(before.unit_name(unit));
            continue;
        };
        if was.recipients != is.recipients || was.route_problem != is.route_problem {
            let key = (recipients(before, was), recipients(after, is));
            rerouted.entry(key).or_default().push(after.unit_name(unit));
        }
        if was.due != is.due {
            let key = (was.due, is.due);
            moved.entry(key).or_default().push(after.unit_name(unit));
        }
    }
    let newly = new.keys().filter(|unit| !old.contains_key(*unit));
    effect.newly.extend(newly.map(|unit| after.unit_name(unit)));
    let flat = |((from, to), units): ((String, String), Vec<String>)| (from, to, units);
    effect.rerouted.extend(rerouted.into_iter().map(flat));
    let flat = |((from, to), units): ((Option<Due>, Option<Due>), Vec<String>)| (from, to, units);
    effect.moved.extend(moved.into_iter().map(flat));
    let is_any = !effect.no_longer.is_empty()
        || !effect.newly.is_empty()
        || !effect.rerouted.is_empty()
        || !effect.moved.is_empty();
    Ok(is_any.then_some(effect))
}

/// Names of the recipients; nothing where the way is not determined.
fn recipients(ground: &Ground, owed: &Obligation) -> String {
    let names: Vec<String> = owed
        .recipients
        .iter()
        .map(|unit| ground.unit_name(unit))
        .collect();
    names.join(", ")
}

/// All that a change of units would do. `ended` are the units that end, with the first day on which they are no more.
pub fn of_units(
    before: &Ground,
    after: &Ground,
    ended: &[(UnitId, Date)],
    first_day: Option<Date>,
    known: Known<'_>,
    today: Date,
) -> Result<Effects, ServiceError> {
    let mut effects = Effects {
        regimes: owed(before, after, first_day, today)?,
        ..Effects::default()
    };
    let title = |regime: &str, period: &Period| {
        let plan = before.plan_of_period(regime, period);
        plan.map_or_else(|_| regime.to_owned(), |plan| plan.header.title.clone())
    };
    for report in known.reports {
        let is_open = matches!(
            report.status,
            Status::Draft
                | Status::Returned
                | Status::Proposed
                | Status::Approved
                | Status::Correcting
        );
        let address = ReportAddress {
            regime: report.key.regime.clone(),
            period: report.key.period,
            unit: report.key.unit.clone(),
        };
        let Ok(was) = before.obligation(&address) else {
            continue;
        };
        let is = after.obligation(&address).ok();
        let concerned = is.as_ref().is_none_or(|is| is.recipients != was.recipients);
        if is_open && concerned {
            effects.drafts.push(DraftConcerned {
                unit_name: before.unit_name(&address.unit),
                title: title(&address.regime, &address.period),
                status: report.status,
                no_longer_owed: is.is_none(),
                address,
            });
        }
    }
    let mut lost: BTreeMap<String, BTreeSet<Period>> = BTreeMap::new();
    for (unit, day) in ended {
        let successions = after.organisation.successions();
        let (passing, _) = passing(successions, unit, days_after(*day, -1), *day);
        let heirs: Vec<&UnitId> = match &passing {
            Passing::Stays => Vec::new(),
            Passing::Whole(heir) => vec![heir],
            Passing::Divided(heirs) => heirs.iter().map(|(heir, _)| heir).collect(),
            Passing::Undeclared(heirs) => heirs.iter().collect(),
        };
        let received = |report: &&ReportSummary| report.key.unit == *unit && report.held.is_some();
        let received: Vec<&ReportSummary> = known.reports.iter().filter(received).collect();
        if matches!(passing, Passing::Stays | Passing::Undeclared(_)) {
            for report in &received {
                let periods = lost.entry(report.key.regime.clone()).or_default();
                periods.insert(report.key.period);
            }
        }
        effects.comparisons.push(Comparison {
            name: before.unit_name(unit),
            heirs: heirs.iter().map(|heir| after.unit_name(heir)).collect(),
            reports: received.len(),
            passing,
        });
    }
    effects.not_comparable = lost
        .into_iter()
        .filter_map(|(regime, periods)| {
            let first = *periods.first()?;
            let periods = periods.into_iter().map(|period| (regime.clone(), period));
            Some((title(&regime, &first), periods.collect()))
        })
        .collect();
    for user in known.users {
        for grant in &user.account.grants {
            let ends = ended
                .iter()
                .any(|(unit, day)| *unit == grant.unit && grant.to.is_none_or(|to| to >= *day));
            if ends && !user.account.disabled {
                effects.accounts.push(AccountConcerned {
                    account: user.account.id.clone(),
                    name: user.account.name.clone(),
                    unit: before.unit_name(&grant.unit),
                });
            }
        }
    }
    Ok(effects)
}
