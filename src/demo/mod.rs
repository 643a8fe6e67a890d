//! An honest demonstration province: the real units of Nghệ An, invented people and figures, entered through the same commands as a person's.
//!
//! The figures satisfy the rules of the two regimes of `regimes/` except for stated shares of mistakes, late and missing reports ([`season`]). This is the only room that
//! knows particular regimes, because it plays the people who fill them in. It does not know storage or pages. Broken input: a table that does not load stops the
//! demonstration with its problems.

pub mod chance;
pub mod people;
pub mod petitions;
pub mod procedures;
pub mod season;

use crate::calendar::{Clock, Date, Due, Moment, Period, PeriodDays, PeriodKind};
use crate::demo::people::{Staff, desks, staff};
use crate::plan::switch;
use crate::reports::obligation::LocalDeadline;
use crate::reports::permission::Actor;
use crate::service::Service;
use crate::service::people::administration::NewAccount;
use crate::service::problem::ServiceError;
use crate::service::regimes::Publishing;
use crate::service::tables::{Loading, Table};
use crate::text::table::TableProblem;
use crate::workspace::Snapshot;

/// The day the province began to report here; openings were declared on the first reports.
pub const OPENED: Date = Date::constant(2025, 12, 15);

/// The moment the demonstration stands at when it starts.
pub const NOW: (Date, u8, u8) = (Date::constant(2026, 12, 15), 9, 0);

/// The regime of petitions.
const PETITIONS: &str = "KNTC_XLD";
/// The regime of administrative procedures.
const PROCEDURES: &str = "TTHC_06A";

/// The facts of the province as text.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// Units.
    pub units: &'a str,
    /// Successions.
    pub successions: &'a str,
    /// Decisions on rest days.
    pub decisions: &'a str,
}

/// Why the demonstration could not be loaded.
#[derive(Debug)]
pub enum DemoProblem {
    /// A table has mistakes.
    Table(Vec<TableProblem>),
    /// A regime was not published.
    Regime(Publishing),
    /// A call was refused.
    Service(ServiceError),
}

impl From<ServiceError> for DemoProblem {
    fn from(error: ServiceError) -> DemoProblem {
        DemoProblem::Service(error)
    }
}

/// The decision and the reason of everything the demonstration puts in place.
const REASON: &str = "Dữ liệu trình diễn";

/// What was loaded.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// Accounts to sign in with: account, name, what it is for.
    pub accounts: Vec<Actor>,
    /// Reports begun.
    pub reports: usize,
}

/// The moment the demonstration stands at when it starts.
pub fn now() -> Moment {
    let (date, hour, minute) = NOW;
    at(date, hour, minute)
}

/// Loads the province into an empty store. `progress` hears what is being loaded.
pub fn load(
    service: &Service,
    snapshot: &Snapshot,
    tables: Tables<'_>,
    password_hash: &str,
    progress: &mut dyn FnMut(&str, &Period),
) -> Result<Loaded, DemoProblem> {
    let opened = at(OPENED, 7, 30);
    let account = |actor: &Actor| NewAccount {
        id: actor.user.clone(),
        name: actor.name.clone(),
        password_hash: password_hash.to_string(),
        grants: actor.grants.clone(),
        one_time: false,
    };
    let desks = desks();
    let Some(administrator) = desks.iter().find(|actor| actor.user == "quantri") else {
        return Err(DemoProblem::Service(ServiceError::NotFound));
    };
    service.create_first_account(&account(administrator), opened)?;
    let switches = switch::write(snapshot.switches()).map_err(ServiceError::Plan)?;
    for (table, source, text) in [
        (Table::Units, "units.csv", tables.units),
        (Table::Successions, "successors.csv", tables.successions),
        (Table::Decisions, "lich_nghi.csv", tables.decisions),
        (Table::RuleSwitches, "regimes", &switches),
    ] {
        if let Loading::Refused(problems) =
            service.load_table(administrator, table, source, text, opened)?
        {
            return Err(DemoProblem::Table(problems));
        }
    }
    // Only what somebody here fills in is in force: a regime nobody plays would leave every unit late.
    for publishing in service.publish_those(
        snapshot,
        |regime| [PETITIONS, PROCEDURES].contains(&regime),
        REASON,
        &administrator.user,
        opened,
    )? {
        if !publishing.outcome.is_in_force() {
            return Err(DemoProblem::Regime(publishing));
        }
    }
    for desk in desks.iter().filter(|desk| desk.user != administrator.user) {
        service.create_account(administrator, &account(desk), REASON, opened)?;
    }
    let ground = service.ground()?;
    let (today, _, _) = NOW;
    let reporting = ground
        .organisation
        .valid_on(today)
        .filter(|unit| unit.level == "xa" || unit.level == "so");
    let staff: Vec<Staff> = staff(reporting);
    for person in staff.iter().flat_map(|staff| [&staff.officer, &staff.head]) {
        service.create_account(administrator, &account(person), REASON, opened)?;
    }
    for deadline in local_deadlines() {
        service.set_local_deadline(administrator, &deadline, REASON, opened)?;
    }
    let mut loaded = Loaded {
        accounts: Vec::new(),
        reports: 0,
    };
    for (regime, period) in seasons(service)? {
        progress(&regime, &period);
        loaded.reports += season::play(service, &staff, &desks, &regime, period)?;
    }
    let of_anh_son = staff
        .iter()
        .filter(|staff| staff.unit.as_str() == people::ANH_SON);
    loaded.accounts = of_anh_son
        .flat_map(|staff| [staff.officer.clone(), staff.head.clone()])
        .chain(desks.iter().cloned())
        .collect();
    Ok(loaded)
}

/// The periods that have ended by now, in the order their windows end: a report carries over from those before it.
fn seasons(service: &Service) -> Result<Vec<(String, Period)>, ServiceError> {
    let ground = service.ground()?;
    let (today, _, _) = NOW;
    let mut seasons = Vec::new();
    for regime in [PETITIONS, PROCEDURES] {
        for period in ground.periods_begun(regime, today) {
            let plan = ground.plan_of_period(regime, &period)?;
            let window = ground.window(plan, period)?;
            if window.to < today {
                seasons.push((window.to, window.days(), regime.to_string(), period));
            }
        }
    }
    seasons.sort();
    Ok(seasons
        .into_iter()
        .map(|(_, _, regime, period)| (regime, period))
        .collect())
}

/// The deadlines of communes and departments that the circular leaves to the province: the 18th of the last month, or the next working day.
fn local_deadlines() -> Vec<LocalDeadline> {
    let kinds = [
        PeriodKind::Quarter,
        PeriodKind::FirstHalf,
        PeriodKind::NineMonths,
        PeriodKind::Year,
    ];
    let periods = kinds
        .into_iter()
        .flat_map(|kind| Period::all_in_year(kind, 2026));
    periods
        .flat_map(|period| {
            let last_month = PeriodDays::of(&period).map_or(12, |days| days.days.to.month());
            let date = crate::calendar::dates::day_of_month(2026, i16::from(last_month), 18);
            ["xa", "so"].map(|party| LocalDeadline {
                regime: PETITIONS.to_string(),
                party: party.to_string(),
                period,
                due: Due {
                    date,
                    clock: Clock::new(17, 0),
                },
            })
        })
        .collect()
}

/// A moment of the demonstration.
fn at(date: Date, hour: u8, minute: u8) -> Moment {
    Clock::new(hour, minute)
        .map_or_else(|| Moment::start_of(date), |clock| Moment::new(date, clock))
}
