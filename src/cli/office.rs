//! The data folder a command works on, and the service over it.
//!
//! It deliberately does nothing with reports. The person at the machine, who owns the folder, acts as its operator. A folder in use by a running server is refused by
//! the store.

use crate::calendar::{Date, Moment};
use crate::cli::failure::Failure;
use crate::organisation::UnitId;
use crate::plan::{Bilingual, switch};
use crate::reports::permission::{Actor, Grant, Role};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::tables::{Loading, Table};
use crate::store::sqlite::SqliteStore;
use crate::text::table::TableProblem;
use crate::workspace::Snapshot;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// The name under which the operator's acts are recorded.
pub const OPERATOR: &str = "van-hanh";

/// The data folder: as typed, else the person's own data folder; the demonstration never shares a folder with real data.
pub fn data_folder(typed: Option<&PathBuf>, demo: bool) -> PathBuf {
    if let Some(typed) = typed {
        return typed.clone();
    }
    let name = if demo { "regime-demo" } else { "regime" };
    let base = std::env::var_os("XDG_DATA_HOME")
        .filter(|base| !base.is_empty())
        .map(PathBuf::from);
    let home =
        || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local").join("share"));
    base.or_else(home)
        .unwrap_or_else(|| PathBuf::from("."))
        .join(name)
}

/// Opens the service over a data folder, making the folder where there is none.
pub fn open(folder: &std::path::Path) -> Result<Service, Failure> {
    let store = SqliteStore::open(folder).map_err(|error| Failure::Store {
        path: folder.to_owned(),
        wording: error.wording(),
    })?;
    Ok(Service::new(Arc::new(store)))
}

/// The person at the machine.
pub fn operator() -> Actor {
    let grants = [Role::Publisher, Role::Administrator]
        .into_iter()
        .map(|role| Grant {
            role,
            unit: UnitId(String::new()),
        })
        .collect();
    Actor {
        user: OPERATOR.to_owned(),
        name: "Người vận hành".to_owned(),
        grants,
    }
}

/// The machine's clock.
#[allow(
    clippy::disallowed_methods,
    reason = "a command that publishes from the terminal stamps it with the real time"
)]
pub fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let seconds = i64::try_from(since).unwrap_or(i64::MAX);
    Moment::from_unix_seconds(seconds)
        .unwrap_or_else(|| Moment::start_of(Date::constant(1970, 1, 1)))
}

/// Loads the project's tables of facts; the mistakes of tables that were refused.
pub fn load_tables(
    service: &Service,
    snapshot: &Snapshot,
    now: Moment,
) -> Result<Vec<TableProblem>, ServiceError> {
    let operator = operator();
    let tables = snapshot.tables();
    let decisions = (!tables.decisions.is_empty()).then(|| joined(&tables.decisions));
    let switches = switch::write(snapshot.switches()).map_err(ServiceError::Plan)?;
    let mut refused = Vec::new();
    let plan_values = tables
        .plan_values
        .iter()
        .map(|(target, text)| (Table::PlanValues(target.clone()), Some(text.clone())));
    for (table, text) in [
        (Table::Units, tables.units.clone()),
        (Table::Links, tables.links.clone()),
        (Table::Successions, tables.successors.clone()),
        (Table::Decisions, decisions),
        (Table::RuleSwitches, Some(switches)),
    ]
    .into_iter()
    .chain(plan_values)
    {
        if let Some(text) = text
            && let Loading::Refused(problems) =
                service.load_table(&operator, table, "regimes", &text, now)?
        {
            refused.extend(problems);
        }
    }
    Ok(refused)
}

/// Several tables with the same header as one: the header of the first, the lines of all.
pub fn joined(tables: &[String]) -> String {
    let mut whole = String::new();
    for (position, table) in tables.iter().enumerate() {
        let body = if position == 0 {
            table.as_str()
        } else {
            table.split_once('\n').map_or("", |(_, rest)| rest)
        };
        whole.push_str(body);
        if !whole.ends_with('\n') {
            whole.push('\n');
        }
    }
    whole
}

/// A failure of the service as a failure of the command.
pub fn failed(error: &ServiceError) -> Failure {
    let wording: Bilingual = error.wording();
    Failure::Service { wording }
}
