//! The way of a report (luồng gửi): dated routes as one graph, with the tree of units as the fall-back.
//!
//! Deliberately does not know: deadlines and permissions.
//! On broken input: a [`RouteError`] when a hop has no recipient or more than one; nothing is chosen silently.

use serde::{Deserialize, Serialize};

use super::Organisation;
use super::unit::{Party, UnitId};
use crate::calendar::Date;

/// One declared route, hop after hop: `xa -> huyen -> thanh_tra_tinh until 30/06/2025`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The parties of each hop; several recipients stand only on the last. Empty: along the tree of units.
    pub hops: Vec<Vec<Party>>,
    /// First day; `None` means always.
    pub from: Option<Date>,
    /// Last day; `None` means for ever.
    pub until: Option<Date>,
    /// The forms it is for; empty means all.
    pub forms: Vec<String>,
}

/// A hop that is no longer used. From its first day the fall-back holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The party that no longer sends.
    pub sender: Party,
    /// The parties that no longer receive from it.
    pub recipients: Vec<Party>,
    /// First day; `None` means always.
    pub from: Option<Date>,
    /// Last day; `None` means for ever.
    pub until: Option<Date>,
    /// The forms it is for; empty means all.
    pub forms: Vec<String>,
    /// Why, as declared.
    pub reason: String,
}

/// All routes of a regime with their suspensions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routing {
    /// The routes, in the order of the regime.
    pub routes: Vec<Route>,
    /// The suspensions, in the order of the regime.
    pub suspensions: Vec<Suspension>,
}

/// Why the next hop of a report is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// No such unit, or it does not exist on that date.
    UnknownUnit(UnitId),
    /// No unit is the declared recipient on that date, or more than one is.
    NoRecipient(Party),
    /// Two routes lead the unit to different recipients.
    SeveralRoutes(Vec<UnitId>),
}

impl Organisation {
    /// Where a unit sends its report: at most one unit, except on the last step of a route. Empty at the end of the
    /// way. Without a route, the unit above.
    pub fn next_hop(
        &self,
        unit: &UnitId,
        routing: &Routing,
        form: Option<&str>,
        date: Date,
    ) -> Result<Vec<UnitId>, RouteError> {
        todo!("{unit:?} {routing:?} {form:?} {date}")
    }

    /// The units whose reports arrive directly at a recipient, by id. A recipient that also reports itself feeds
    /// itself: its own report is one more of those it consolidates (phần của cơ quan mình).
    pub fn feeders(
        &self,
        recipient: &UnitId,
        routing: &Routing,
        form: Option<&str>,
        date: Date,
    ) -> Vec<UnitId> {
        todo!("{recipient:?} {routing:?} {form:?} {date}")
    }
}
