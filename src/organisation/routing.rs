//! The way of a report (luồng gửi): dated routes as one graph, with the tree of units as the fall-back.
//!
//! Deliberately does not know: deadlines and permissions.
//! On broken input: a [`RouteError`] when a hop has no recipient or more than one; nothing is chosen silently.

use serde::{Deserialize, Serialize};

use super::Organisation;
use super::unit::{Party, Unit, UnitId};
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

/// The recipient of one unit, as a table of routes says it: for units that are not worth a line of the regime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Who sends.
    pub unit: UnitId,
    /// Name of the sender when the table was read, for people; none where the project's table of units does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<String>,
    /// Who receives: the id of a unit, or the name of an agency.
    pub recipient: String,
    /// Name of the recipient when the table was read, where it is a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_name: Option<String>,
    /// First day; `None` means always.
    pub from: Option<Date>,
    /// Last day; `None` means for ever.
    pub until: Option<Date>,
    /// The forms it is for; empty means all.
    pub forms: Vec<String>,
}

/// Where a unit sends next, before it is asked which units that are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the unit above: no route in force means the sender.
    AlongTheTree,
    /// Nowhere: the way ends here.
    End,
    /// To the units that these parties mean.
    To(Vec<Party>),
    /// To the unit of this id, or the agency of this name.
    Assigned(String),
}

/// All routes of a regime with their suspensions, as a regime holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routing {
    /// The rows of tables of routes.
    pub assignments: Vec<Assignment>,
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
    /// No unit, or more than one, is the declared recipient on that date.
    NoRecipient(Party),
    /// Two routes lead the unit to different recipients.
    SeveralRoutes(Vec<UnitId>),
}

impl Organisation {
    /// Where a unit sends its report: at most one unit, except on the last step of a route. Empty at the end of the
    /// way. Without a route, the unit above.
    ///
    /// Of the places where routes mean a unit the nearest count ([`Routing::steps`]): Thanh tra tỉnh, though on the level `so`, goes on
    /// from `thanh_tra_tinh` in `so -> thanh_tra_tinh -> thanh_tra_chinh_phu`, and does not send to itself.
    pub fn next_hop(
        &self,
        unit: &UnitId,
        routing: &Routing,
        form: Option<&str>,
        date: Date,
    ) -> Result<Vec<UnitId>, RouteError> {
        let Some(sender) = self.get(unit).filter(|unit| unit.is_valid_on(date)) else {
            return Err(RouteError::UnknownUnit(unit.clone()));
        };
        let above = || {
            let above = self.ancestors(unit, date).into_iter().next();
            above.map(|parent| parent.id.clone()).into_iter().collect()
        };
        let mut recipients: Vec<Vec<UnitId>> = Vec::new();
        for step in routing.steps(sender, form, date) {
            let mut found = match step {
                Step::AlongTheTree => above(),
                Step::End => Vec::new(),
                Step::To(parties) => self.recipients(unit, &parties, date)?,
                Step::Assigned(name) => vec![self.assigned(unit, name, date)?],
            };
            found.sort();
            if !recipients.contains(&found) {
                recipients.push(found);
            }
        }
        match recipients.len() {
            0 => Ok(Vec::new()),
            1 => Ok(recipients.swap_remove(0)),
            _ => {
                let mut all: Vec<UnitId> = recipients.into_iter().flatten().collect();
                all.sort();
                all.dedup();
                Err(RouteError::SeveralRoutes(all))
            }
        }
    }

    /// The units whose reports arrive directly at a recipient, by id. A recipient that is also meant by the hop before
    /// its own feeds itself: its own report is one more of those it consolidates (phần của cơ quan mình). Whether a
    /// unit reports at all is not asked here.
    pub fn feeders(
        &self,
        recipient: &UnitId,
        routing: &Routing,
        form: Option<&str>,
        date: Date,
    ) -> Vec<UnitId> {
        let sends_here = |id: &UnitId| match self.next_hop(id, routing, form, date) {
            Ok(next) => next.contains(recipient),
            Err(_) => false,
        };
        self.valid_on(date)
            .filter(|unit| {
                if unit.id == *recipient {
                    self.feeds_itself(recipient, routing, form, date)
                } else {
                    sends_here(&unit.id)
                }
            })
            .map(|unit| unit.id.clone())
            .collect()
    }

    /// Whether a recipient's own report is one of those it consolidates: it is also meant by the hop before its own.
    pub fn feeds_itself(
        &self,
        recipient: &UnitId,
        routing: &Routing,
        form: Option<&str>,
        date: Date,
    ) -> bool {
        self.get(recipient)
            .filter(|unit| unit.is_valid_on(date))
            .is_some_and(|unit| {
                routing.places_of(unit, form, date).iter().any(|place| {
                    place.next.is_some_and(|parties| {
                        parties.iter().any(|party| unit.closeness(party).is_some())
                    })
                })
            })
    }

    /// The unit that a row of a table of routes names.
    fn assigned(&self, sender: &UnitId, name: String, date: Date) -> Result<UnitId, RouteError> {
        let by_id = self.get(&UnitId(name.clone()));
        by_id
            .filter(|unit| unit.is_valid_on(date))
            .or_else(|| self.agency(&name, sender, date))
            .map(|unit| unit.id.clone())
            .ok_or(RouteError::NoRecipient(Party {
                name,
                tags: Vec::new(),
            }))
    }

    /// The units that the parties of a hop mean, seen from the sender: a level means the unit above on that level.
    fn recipients(
        &self,
        sender: &UnitId,
        parties: &[Party],
        date: Date,
    ) -> Result<Vec<UnitId>, RouteError> {
        let mut found = Vec::new();
        for party in parties {
            let unit = self
                .agency(&party.name, sender, date)
                .or_else(|| self.ancestor_at_level(sender, &party.name, date))
                .filter(|unit| unit.closeness(party).is_some())
                .ok_or_else(|| RouteError::NoRecipient(party.clone()))?;
            found.push(unit.id.clone());
        }
        Ok(found)
    }
}

/// One place in the routes that means a unit.
struct Place<'r> {
    closeness: (bool, usize),
    /// Whether the route is for some forms only; such a route is nearer than one for all.
    of_form: bool,
    /// The parties of the next hop; `None` on the last.
    next: Option<&'r [Party]>,
}

impl Routing {
    /// Where a unit sends next on a date: one step where the regime is clear. A row of a table goes before a route, a route of some forms before one of
    /// all, an agency before its level. What is suspended is passed over; with nothing left the report goes along the tree.
    ///
    /// A unit in the middle of a way sends on, although it also ends another: the last place of a route counts only where no other goes on.
    pub fn steps(&self, sender: &Unit, form: Option<&str>, date: Date) -> Vec<Step> {
        let assigned = self.assignments.iter().filter(|row| {
            row.unit == sender.id
                && applies(row.from, row.until, &row.forms, form, date)
                && !self.is_assignment_suspended(sender, row, form, date)
        });
        let mut steps: Vec<Step> = Vec::new();
        for row in assigned {
            let step = Step::Assigned(row.recipient.clone());
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        if !steps.is_empty() {
            return steps;
        }
        let places: Vec<Place<'_>> = self
            .places_of(sender, form, date)
            .into_iter()
            .filter(|place| !self.is_suspended(sender, place, form, date))
            .collect();
        let nearest = |place: &Place<'_>| (place.of_form, place.closeness);
        let best = places.iter().map(nearest).max();
        let mut ends = false;
        for place in places.iter().filter(|place| Some(nearest(place)) == best) {
            match place.next {
                None => ends = true,
                Some(parties) => {
                    let step = Step::To(parties.to_vec());
                    if !steps.contains(&step) {
                        steps.push(step);
                    }
                }
            }
        }
        if steps.is_empty() {
            steps.push(if ends { Step::End } else { Step::AlongTheTree });
        }
        steps
    }

    fn is_assignment_suspended(
        &self,
        sender: &Unit,
        row: &Assignment,
        form: Option<&str>,
        date: Date,
    ) -> bool {
        self.suspensions.iter().any(|suspension| {
            let (from, until) = (suspension.from, suspension.until);
            applies(from, until, &suspension.forms, form, date)
                && sender.is_meant_by(&suspension.sender)
                && suspension
                    .recipients
                    .iter()
                    .any(|party| party.name == row.recipient)
        })
    }

    /// Everywhere the routes in force mean a unit.
    fn places_of(&self, unit: &Unit, form: Option<&str>, date: Date) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        for route in self
            .routes
            .iter()
            .filter(|route| applies(route.from, route.until, &route.forms, form, date))
        {
            for (index, parties) in route.hops.iter().enumerate() {
                if let Some(closeness) = parties
                    .iter()
                    .filter_map(|party| unit.closeness(party))
                    .max()
                {
                    places.push(Place {
                        closeness,
                        of_form: !route.forms.is_empty(),
                        next: route.hops.get(index + 1).map(Vec::as_slice),
                    });
                }
            }
        }
        places
    }

    fn is_suspended(
        &self,
        sender: &Unit,
        place: &Place<'_>,
        form: Option<&str>,
        date: Date,
    ) -> bool {
        self.suspensions.iter().any(|suspension| {
            applies(
                suspension.from,
                suspension.until,
                &suspension.forms,
                form,
                date,
            ) && sender.closeness(&suspension.sender).is_some()
                && place.next.is_some_and(|next| {
                    next.iter()
                        .all(|party| suspension.recipients.contains(party))
                })
        })
    }
}

fn applies(
    from: Option<Date>,
    until: Option<Date>,
    forms: &[String],
    form: Option<&str>,
    date: Date,
) -> bool {
    let of_form =
        forms.is_empty() || form.is_some_and(|form| forms.iter().any(|name| name == form));
    of_form && from.is_none_or(|from| from <= date) && until.is_none_or(|until| date <= until)
}
