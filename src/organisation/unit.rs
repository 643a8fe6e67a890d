//! What a unit, a succession and a party of a report are.
//!
//! Deliberately does not know: other units; questions about several units belong to the organisation.
//! On broken input: there is none; tables are read elsewhere.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::number::Number;

/// The identity of a unit: one territory under one organisation, never re-used. `C17329.2025` is Xã Anh Sơn after
/// 1 July 2025, `C17329` the town that carried the same territorial code before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl UnitId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for UnitId {
    fn from(text: &str) -> UnitId {
        UnitId(text.to_owned())
    }
}

impl Borrow<str> for UnitId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One unit as long as it exists unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Identity.
    pub id: UnitId,
    /// Name of the level it stands on: `xa`, `tinh`, `so`.
    pub level: String,
    /// Kind on that level: `xa`, `phuong`, `thi_tran`; the level's own name where it has no kinds.
    pub item: String,
    /// Full official name: `Xã Anh Sơn`.
    pub name: String,
    /// Territorial code (mã đơn vị hành chính), if any. Never used to match units.
    pub area_code: Option<String>,
    /// The declared agency that this unit is, if any.
    pub agency: Option<String>,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Declared yes-or-no facts, sorted.
    pub tags: Vec<String>,
    /// Attributes in the registry of units (hồ sơ đơn vị), by the name of their catalog: `loai_hinh` is `cong_lap`.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// First day of existence; `None` means before all records.
    pub valid_from: Option<Date>,
    /// Last day of existence; `None` means it still exists.
    pub valid_to: Option<Date>,
}

impl Unit {
    /// Whether the unit exists on a date.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date <= to)
    }

    /// Whether a party means this unit: its level or its agency, with all the tags.
    pub fn is_meant_by(&self, party: &Party) -> bool {
        self.closeness(party).is_some()
    }

    /// How closely a party means this unit, `None` when it does not: an agency more closely than a level, and more
    /// tags more closely than fewer.
    pub(super) fn closeness(&self, party: &Party) -> Option<(bool, usize)> {
        let is_agency = self.agency.as_deref() == Some(party.name.as_str());
        let named = is_agency || self.level == party.name;
        let tagged = party.tags.iter().all(|tag| self.tags.contains(tag));
        if named && tagged {
            Some((is_agency, party.tags.len()))
        } else {
            None
        }
    }
}

/// One unit taking over from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The unit that ended.
    pub old: UnitId,
    /// The unit that took over.
    pub new: UnitId,
    /// First day of the new unit.
    pub date: Date,
    /// The part of the old unit that went over, above 0 and below 1; `None` when all of it did.
    pub share: Option<Number>,
    /// The resolution that ordered it, as cited.
    pub basis: Option<String>,
}

/// Who is meant in a regime: every unit of a level, or one agency, narrowed by tags.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Party {
    /// The name of a level or of an agency; both share one space of names.
    pub name: String,
    /// Tags that the unit must all have.
    pub tags: Vec<String>,
}

/// That a unit hangs below another one, for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The unit below.
    pub child: UnitId,
    /// The unit above.
    pub parent: UnitId,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Link {
    /// Whether it holds on a date; both days are included.
    pub fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}
