//! A role for a unit and for some days as an administrator typed it.
//!
//! A unit is typed by its id or by its name; two units of one name are told apart by their ids only. It does not know accounts. Broken input: a role that no form offers is a bad
//! request; a day or a unit that cannot be read is a fault to be shown beside the form.

use crate::calendar::Date;
use crate::organisation::UnitId;
use crate::reports::permission::{Grant, Role};
use crate::service::Service;
use crate::service::people::fault::PeopleFault;
use crate::service::problem::ServiceError;
use crate::web::form_data::{Fields, field};
use crate::web::pages::people::typed_day;
use crate::web::problem::Problem;

/// The name of a role in forms.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Officer => "officer",
        Role::HeadOfUnit => "head_of_unit",
        Role::Aggregator => "aggregator",
        Role::Leader => "leader",
        Role::Author => "author",
        Role::Publisher => "publisher",
        Role::Administrator => "administrator",
    }
}

fn role_of(key: &str) -> Result<Role, Problem> {
    let found = Role::ALL.into_iter().find(|role| role_key(*role) == key);
    found.ok_or(Problem::BadRequest)
}

/// A grant as typed: role, unit by id or by name, and days.
pub struct TypedGrant {
    role: Role,
    unit: String,
    from: Option<Date>,
    to: Option<Date>,
}

/// Reads the fields of a form.
pub fn typed_grant(fields: &Fields) -> Result<TypedGrant, Problem> {
    let day = |name: &str| {
        typed_day(field(fields, name)).map_err(|fault| Problem::from(ServiceError::People(fault)))
    };
    Ok(TypedGrant {
        role: role_of(field(fields, "vai_tro"))?,
        unit: field(fields, "don_vi").to_string(),
        from: day("tu")?,
        to: day("den")?,
    })
}

impl TypedGrant {
    /// The grant, with the unit that was meant.
    pub fn resolved(self, service: &Service, today: Date) -> Result<Grant, ServiceError> {
        Ok(Grant {
            role: self.role,
            unit: unit_of(service, &self.unit, today)?,
            from: self.from,
            to: self.to,
        })
    }
}

/// The unit that was typed: its id, or the name that one unit of today bears.
fn unit_of(service: &Service, typed: &str, today: Date) -> Result<UnitId, ServiceError> {
    let typed = typed.trim();
    let ground = service.ground()?;
    let id = UnitId::from(typed);
    if ground.organisation.get(&id).is_some() {
        return Ok(id);
    }
    let name = typed.to_lowercase();
    let mut named = ground
        .organisation
        .valid_on(today)
        .filter(|unit| unit.name.to_lowercase() == name);
    match (named.next(), named.next()) {
        (Some(unit), None) => Ok(unit.id.clone()),
        _ => Err(PeopleFault::UnknownUnit.into()),
    }
}
