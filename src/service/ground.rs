//! What every call stands on: plans in force, units, rest days and local deadlines, read once and kept until something publishes or imports.
//!
//! It does not know reports or people. Broken input: a stored plan that cannot be read stops the call with [`ServiceError::Plan`]; it is never skipped silently.

use crate::calendar::{Date, DateRange, Decision, EventDates, Period, WorkingCalendar};
use crate::eval::archive::EndedEvent;
use crate::eval::earlier;
use crate::eval::waiver::is_waived;
use crate::organisation::codes::parse_codes;
use crate::organisation::{
    Organisation, PlanTables, UnitId, parse_decisions, parse_links, parse_plan_values,
    parse_successions, parse_units,
};
use crate::plan::cell::ValueType;
use crate::plan::form::Form;
use crate::plan::header::RegimeHeader;
use crate::plan::{CompiledRegime, fingerprint, switch};
use crate::reports::document::owed::documents_owed;
use crate::reports::form_due::with_forms;
use crate::reports::key::ReportKey;
use crate::reports::obligation::{self, Grounds, LocalDeadline, Obligation};
use crate::reports::opened::Opened;
use crate::reports::ruling::Ruling;
use crate::service::problem::ServiceError;
use crate::service::view::ReportAddress;
use crate::store::ReadTransaction;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Name of the table of units in the store.
pub const TABLE_UNITS: &str = "units";
/// Name of the table of links between units in the store.
pub const TABLE_LINKS: &str = "links";
/// Name of the table of successions in the store.
pub const TABLE_SUCCESSIONS: &str = "successions";
/// Name of the table of codes of units in the store.
pub const TABLE_CODES: &str = "codes";
/// Name of the table of yearly decisions on rest days in the store.
pub const TABLE_DECISIONS: &str = "decisions";
/// Name of the table of switches of published rules in the store.
pub const TABLE_RULE_SWITCHES: &str = "rule_switches";

/// Name of the table of a target's plan values in the store.
pub fn plan_values_table(target: &str) -> String {
    format!("plan_values/{target}")
}

/// All versions of one regime, by number.
pub type Versions = BTreeMap<u32, Arc<CompiledRegime>>;

/// Plans, units, rest days and local deadlines as they stand.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Published regimes by name and version.
    pub regimes: BTreeMap<String, Versions>,
    /// Units with their history.
    pub organisation: Organisation,
    /// Deadlines set by the province.
    pub local: Vec<LocalDeadline>,
    /// Events and requests that were opened.
    pub opened: Vec<Opened>,
    /// What was decided about what is owed, oldest first.
    pub rulings: Vec<Ruling>,
    /// Plan values of the targets that published regimes read.
    pub plan_values: PlanTables,
    since: BTreeMap<String, Date>,
    calendars: BTreeMap<String, WorkingCalendar>,
}

impl Ground {
    /// Reads everything from the store.
    pub fn read(transaction: &dyn ReadTransaction) -> Result<Ground, ServiceError> {
        let mut regimes: BTreeMap<String, Versions> = BTreeMap::new();
        let mut since: BTreeMap<String, Date> = BTreeMap::new();
        let switches = transaction.table(TABLE_RULE_SWITCHES)?;
        let switches = switch::read(switches.as_ref().map_or("", |table| &table.text))
            .map_err(ServiceError::Plan)?;
        for summary in transaction.regimes()? {
            let published = summary.published_at.date();
            since
                .entry(summary.name.clone())
                .and_modify(|first| *first = published.min(*first))
                .or_insert(published);
            let Some(stored) = transaction.regime(&summary.name, summary.version)? else {
                continue;
            };
            let mut plan = fingerprint::read(&stored.plan).map_err(ServiceError::Plan)?;
            plan.switch(&switches);
            regimes
                .entry(stored.name)
                .or_default()
                .insert(stored.version, Arc::new(plan));
        }
        // Tables were checked when they were loaded; a row that does not read any more can only come from a damaged file, which the store reports.
        let table = |name: &str| -> Result<String, ServiceError> {
            Ok(transaction
                .table(name)?
                .map(|table| table.text)
                .unwrap_or_default())
        };
        let (decisions, _) = parse_decisions(&table(TABLE_DECISIONS)?);
        let (units, _) = parse_units(&table(TABLE_UNITS)?);
        let (links, _) = parse_links(&table(TABLE_LINKS)?);
        let (successions, _) = parse_successions(&table(TABLE_SUCCESSIONS)?);
        let (codes, _) = parse_codes(&table(TABLE_CODES)?);
        let plans = regimes.values().flat_map(BTreeMap::values);
        let targets: BTreeSet<&str> = plans
            .flat_map(|plan| &plan.form_definition.targets)
            .map(|target| target.name.as_str())
            .collect();
        let mut plan_values = PlanTables::default();
        for target in targets {
            let (values, _) = parse_plan_values(&table(&plan_values_table(target))?);
            plan_values.add(target, values);
        }
        let calendars = calendars(&regimes, &decisions);
        Ok(Ground {
            regimes,
            organisation: Organisation::new(units, successions)
                .linked(links)
                .coded(codes),
            local: transaction.local_deadlines()?,
            opened: transaction.opened()?,
            rulings: transaction.rulings()?,
            plan_values,
            since,
            calendars,
        })
    }

    /// The same with other units, to see what a change would do.
    pub fn with_organisation(&self, organisation: Organisation) -> Ground {
        Ground {
            organisation,
            ..self.clone()
        }
    }

    /// The same with other decisions on rest days.
    pub fn with_decisions(&self, decisions: &[Decision]) -> Ground {
        Ground {
            calendars: calendars(&self.regimes, decisions),
            ..self.clone()
        }
    }

    /// The same with other deadlines set by the province.
    pub fn with_local(&self, local: Vec<LocalDeadline>) -> Ground {
        Ground {
            local,
            ..self.clone()
        }
    }

    /// A published plan.
    pub fn plan(&self, regime: &str, version: u32) -> Result<&Arc<CompiledRegime>, ServiceError> {
        self.regimes
            .get(regime)
            .and_then(|versions| versions.get(&version))
            .ok_or(ServiceError::NotFound)
    }

    /// The plan under which a period is reported.
    pub fn plan_of_period(
        &self,
        regime: &str,
        period: &Period,
    ) -> Result<&Arc<CompiledRegime>, ServiceError> {
        let headers = self.headers(regime);
        let (header, _) =
            obligation::rule_in_force(&headers, period, self.event_dates(regime, period))
                .ok_or(ServiceError::NotFound)?;
        self.plan(regime, header.version)
    }

    /// The headers of all versions of a regime.
    pub fn headers(&self, regime: &str) -> Vec<&RegimeHeader> {
        self.regimes
            .get(regime)
            .into_iter()
            .flat_map(|versions| versions.values())
            .map(|plan| &plan.header)
            .collect()
    }

    /// The report one unit owes.
    pub fn obligation(&self, address: &ReportAddress) -> Result<Obligation, ServiceError> {
        if self.is_waived(&address.regime, &address.period) {
            return Err(ServiceError::NotFound);
        }
        let calendar = self.calendar(&address.regime)?;
        let owed = obligation::obligation_of_unit(
            &self.headers(&address.regime),
            self.grounds(calendar),
            &address.period,
            &address.unit,
        );
        let owed = owed.ok_or(ServiceError::NotFound)?;
        let plan = self.plan(&owed.key.regime, owed.key.version)?;
        Ok(with_forms(plan, self.grounds(calendar), owed))
    }

    /// Every report owed under a regime for a period, by unit.
    pub fn obligations(
        &self,
        regime: &str,
        period: &Period,
    ) -> Result<Vec<Obligation>, ServiceError> {
        if self.is_waived(regime, period) {
            return Ok(Vec::new());
        }
        let calendar = self.calendar(regime)?;
        let owed = obligation::obligations_of_period(
            &self.headers(regime),
            self.grounds(calendar),
            period,
        );
        let with_forms = |owed: Obligation| {
            let plan = self.plan(regime, owed.key.version)?;
            Ok(with_forms(plan, self.grounds(calendar), owed))
        };
        owed.into_iter().map(with_forms).collect()
    }

    /// The consolidated documents owed under a regime for a period, by body, given the reports owed.
    pub fn documents(
        &self,
        regime: &str,
        period: &Period,
        owed: &[Obligation],
    ) -> Result<Vec<Obligation>, ServiceError> {
        let grounds = self.grounds(self.calendar(regime)?);
        Ok(documents_owed(&self.headers(regime), grounds, period, owed))
    }

    /// The periods of a regime from the year before a day to the year after it whose windows have begun by that day, by the end of their windows. Windows that
    /// ended before the regime was first published here were reported by other means and are left out.
    pub fn periods_begun(&self, regime: &str, today: Date) -> Vec<Period> {
        let headers = self.headers(regime);
        let since = self.since.get(regime).copied().unwrap_or(today);
        // A window may begin in December of the year before, so the year to come is looked at too.
        let years = [today.year() - 1, today.year(), today.year() + 1];
        let rules = || headers.iter().flat_map(|header| &header.periods);
        let mut periods: Vec<Period> = years
            .into_iter()
            .flat_map(|year| rules().flat_map(move |rule| rule.periods_in(year)))
            .collect();
        let opened = self.opened.iter().filter(|opened| opened.regime == regime);
        periods.extend(opened.flat_map(|opened| opened.periods_by(today)));
        periods.sort();
        periods.dedup();
        let windows = periods.into_iter().filter_map(|period| {
            let event = self.event_dates(regime, &period);
            let (_, rule) = obligation::rule_in_force(&headers, &period, event)?;
            Some((rule.window_of(&period, event)?, period))
        });
        let mut begun: Vec<(DateRange, Period)> = windows
            .filter(|(window, _)| window.to >= since && window.from <= today)
            .collect();
        begun.sort_by_key(|(window, period)| (window.to, window.from, *period));
        begun.into_iter().map(|(_, period)| period).collect()
    }

    /// A unit's name, or its identity when the table does not have it.
    pub fn unit_name(&self, unit: &UnitId) -> String {
        self.organisation
            .get(unit)
            .map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }

    /// Names of the units that exist on a day, for plans in which a cell may name one.
    pub fn nameable_units(&self, plan: &CompiledRegime, day: Date) -> Option<BTreeSet<String>> {
        let forms = plan.form_definition.forms.iter();
        forms
            .flat_map(Form::definitions)
            .any(|cell| cell.value == ValueType::Reporter)
            .then(|| {
                let units = self.organisation.valid_on(day);
                units.map(|unit| unit.name.clone()).collect()
            })
    }

    /// Whether a report of this key can be read together with one of that plan: another version numbers its columns differently.
    pub fn same_version(key: &ReportKey, plan: &CompiledRegime) -> bool {
        key.version == plan.header.version
    }

    /// The label of a kind of unit under a regime, e.g. `phường`.
    pub fn kind_label(plan: &CompiledRegime, level: &str, item: &str) -> String {
        let level_found = plan.header.levels.iter().find(|found| found.name == level);
        let item_label = level_found
            .and_then(|found| found.items.iter().find(|(name, _)| name == item))
            .map(|(_, label)| label);
        item_label
            .or(level_found.map(|found| &found.label))
            .cloned()
            .unwrap_or_else(|| item.to_string())
    }

    /// The window of a period under a plan.
    pub fn window(&self, plan: &CompiledRegime, period: Period) -> Result<DateRange, ServiceError> {
        let event = self.event_dates(&plan.header.name, &period);
        earlier::window_during(&plan.header, period, event).ok_or(ServiceError::NotFound)
    }

    /// What brought a period: the event it follows, or the request.
    pub fn brought(&self, regime: &str, period: &Period) -> Option<&Opened> {
        let mut known = self.opened.iter();
        known.find(|opened| opened.regime == regime && opened.brings(period))
    }

    fn event_dates(&self, regime: &str, period: &Period) -> Option<EventDates> {
        self.brought(regime, period).and_then(Opened::dates)
    }

    /// The events of a regime that are over, in the order in which they ended.
    pub fn ended_events(&self, regime: &str) -> Vec<EndedEvent> {
        let of_regime = self.opened.iter().filter(|opened| opened.regime == regime);
        let mut ended: Vec<EndedEvent> = of_regime.filter_map(Opened::ended).collect();
        ended.sort_by_key(|event| event.dates.end);
        ended
    }

    /// Whether no report of a period is expected, as its event was recorded.
    fn is_waived(&self, regime: &str, period: &Period) -> bool {
        let event = self.brought(regime, period).and_then(Opened::event);
        let plan = self.plan_of_period(regime, period);
        event.is_some_and(|event| plan.is_ok_and(|plan| is_waived(plan, period, event)))
    }

    fn calendar(&self, regime: &str) -> Result<&WorkingCalendar, ServiceError> {
        self.calendars.get(regime).ok_or(ServiceError::NotFound)
    }

    fn grounds<'a>(&'a self, calendar: &'a WorkingCalendar) -> Grounds<'a> {
        Grounds {
            organisation: &self.organisation,
            calendar,
            local: &self.local,
            opened: &self.opened,
            rulings: &self.rulings,
        }
    }
}

/// The working calendar of each regime.
fn calendars(
    regimes: &BTreeMap<String, Versions>,
    decisions: &[Decision],
) -> BTreeMap<String, WorkingCalendar> {
    let newest = regimes
        .iter()
        .filter_map(|(name, versions)| Some((name, versions.values().next_back()?)));
    newest
        .map(|(name, plan)| {
            let calendar = plan.header.working_calendar(decisions.to_vec());
            (name.clone(), calendar)
        })
        .collect()
}
