//! A reform of units (sắp xếp đơn vị): merging, dividing, handing over a part, renaming, a new code, the end of a level, as changes of the tables.
//!
//! Identity is territory: a unit that loses anything ends, and what goes on is a unit of a new identity; a unit that only takes over goes on. Deliberately does not know: reports, people, why.
//! On broken input: every reason why the reform cannot be is told ([`ReformFault`]), and the tables stay as they were.

use std::collections::BTreeSet;

use super::Organisation;
use super::codes::{CodeSystem, UnitCode};
use super::unit::{Link, Succession, Unit, UnitId};
use super::unit_tables::UnitTables;
use crate::calendar::Date;
use crate::calendar::dates::days_after;
use crate::number::Number;

/// What is ordered, from which day, by which document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reform {
    /// The first day on which units are otherwise.
    pub date: Date,
    /// The resolution, as cited.
    pub basis: String,
    /// What is ordered.
    pub step: ReformStep,
}

/// What is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReformStep {
    /// Units become one (sáp nhập, hợp nhất).
    Merge {
        /// The units that end.
        old: Vec<UnitId>,
        /// Who takes over.
        into: Heir,
    },
    /// A unit is divided among several (chia, tách).
    Split {
        /// The unit that ends.
        old: UnitId,
        /// Who takes over, with the part of the figures, above 0 and below 1; either all have one or none.
        into: Vec<(Heir, Option<Number>)>,
    },
    /// Part of a unit goes over to another one that exists (điều chỉnh địa giới). The rest goes on under a new identity, with the same name and code.
    Transfer {
        /// The unit that loses a part.
        from: UnitId,
        /// The unit that takes it over.
        to: UnitId,
        /// The part of the figures that goes over; none where nobody has said.
        share: Option<Number>,
    },
    /// A unit gets another name or kind; all of it goes over (đổi tên, thành lập phường từ xã).
    Rename {
        /// The unit that ends.
        old: UnitId,
        /// What it is from then on.
        new: NewUnit,
    },
    /// A unit gets another code; it stays the same unit.
    Recode {
        /// The unit.
        unit: UnitId,
        /// By which system.
        system: CodeSystem,
        /// The code.
        code: String,
    },
    /// All units of a level end; what hangs below them hangs below another unit from then on (kết thúc hoạt động của một cấp).
    AbolishLevel {
        /// The level.
        level: String,
        /// Who they hang below; none: whatever the ended unit itself hung below.
        children_to: Option<UnitId>,
    },
}

/// Who takes over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heir {
    /// A unit that exists already and goes on.
    Existing(UnitId),
    /// A new one.
    New(NewUnit),
}

/// A unit that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    /// Full official name.
    pub name: String,
    /// Level; none: that of the unit that ends.
    pub level: Option<String>,
    /// Kind; none: that of the unit that ends.
    pub item: Option<String>,
    /// Territorial code; none where it has none.
    pub area_code: Option<String>,
    /// The unit above; none: that of the unit that ends.
    pub parent: Option<UnitId>,
}

/// Why a reform cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReformFault {
    /// Fewer units are named than the step needs.
    TooFew {
        /// How many it needs.
        needed: usize,
    },
    /// A unit is named twice.
    Twice(UnitId),
    /// There is no such unit.
    Unknown(UnitId),
    /// The unit does not exist on the day before the reform, or not on the day itself where it is to go on.
    NotThere(UnitId),
    /// The unit is to end, but somebody has ended it already on that day or later.
    AlreadyEnding(UnitId),
    /// The name is empty.
    NoName,
    /// The document is not named.
    NoBasis,
    /// Not a territorial code.
    BadCode(String),
    /// Another unit bears the code on that day.
    CodeTaken {
        /// The code.
        code: String,
        /// Who bears it.
        by: UnitId,
    },
    /// The unit bears this code already.
    SameCode(String),
    /// Some parts have a share and some have none.
    SharesIncomplete,
    /// The shares do not come to one.
    SharesNotWhole(Number),
    /// A share is not above 0 and below 1.
    BadShare(Number),
    /// Units hang below the unit that is divided; nobody has said where they go.
    HasChildren {
        /// The unit.
        unit: UnitId,
        /// How many.
        count: usize,
    },
    /// No unit of the level exists on the day before.
    EmptyLevel(String),
    /// The unit above would hang below itself, or ends with the reform.
    BadParent(UnitId),
    /// Somebody has already said what happens below the unit from a later day on.
    LaterLink(UnitId),
}

/// The tables after a reform.
pub fn reformed(tables: &UnitTables, reform: &Reform) -> Result<UnitTables, Vec<ReformFault>> {
    let mut work = Work {
        organisation: tables.organisation(),
        tables: tables.clone(),
        reform,
        faults: Vec::new(),
        begun: BTreeSet::new(),
    };
    if reform.basis.trim().is_empty() {
        work.faults.push(ReformFault::NoBasis);
    }
    work.apply();
    if work.faults.is_empty() {
        Ok(work.tables)
    } else {
        Err(work.faults)
    }
}

struct Work<'r> {
    organisation: Organisation,
    tables: UnitTables,
    reform: &'r Reform,
    faults: Vec<ReformFault>,
    begun: BTreeSet<UnitId>,
}

impl Work<'_> {
    fn apply(&mut self) {
        match &self.reform.step {
            ReformStep::Merge { old, into } => self.merge(old, into),
            ReformStep::Split { old, into } => self.split(old, into),
            ReformStep::Transfer { from, to, share } => self.transfer(from, to, share.as_ref()),
            ReformStep::Rename { old, new } => {
                self.merge_from(std::slice::from_ref(old), &Heir::New(new.clone()));
            }
            ReformStep::Recode { unit, system, code } => self.recode(unit, *system, code),
            ReformStep::AbolishLevel { level, children_to } => {
                self.abolish(level, children_to.as_ref());
            }
        }
    }

    fn last_day(&self) -> Date {
        days_after(self.reform.date, -1)
    }

    /// The unit as it stands on the day before, if it can end on that day.
    fn ending(&mut self, id: &UnitId) -> Option<Unit> {
        let unit = self.there(id)?;
        // An end that is already set to a later day, or to that very day, is somebody else's decision.
        if unit.valid_to.is_some() {
            self.faults.push(ReformFault::AlreadyEnding(id.clone()));
            return None;
        }
        Some(unit)
    }

    fn there(&mut self, id: &UnitId) -> Option<Unit> {
        let Some(unit) = self.tables.unit(id).cloned() else {
            self.faults.push(ReformFault::Unknown(id.clone()));
            return None;
        };
        if !unit.is_valid_on(self.last_day()) {
            self.faults.push(ReformFault::NotThere(id.clone()));
            return None;
        }
        Some(unit)
    }

    fn merge(&mut self, old: &[UnitId], into: &Heir) {
        let needed = match into {
            Heir::Existing(_) => 1,
            Heir::New(_) => 2,
        };
        if old.len() < needed {
            self.faults.push(ReformFault::TooFew { needed });
        }
        self.merge_from(old, into);
    }

    fn merge_from(&mut self, old: &[UnitId], into: &Heir) {
        let mut seen = BTreeSet::new();
        let heir_named = match into {
            Heir::Existing(id) => Some(id),
            Heir::New(_) => None,
        };
        for id in old.iter().chain(heir_named) {
            if !seen.insert(id) {
                self.faults.push(ReformFault::Twice(id.clone()));
            }
        }
        let ending: Vec<Unit> = old.iter().filter_map(|id| self.ending(id)).collect();
        let Some(first) = ending.first().cloned() else {
            return;
        };
        let going: Vec<UnitId> = ending.iter().map(|unit| unit.id.clone()).collect();
        let Some(heir) = self.heir(into, &first, &going) else {
            return;
        };
        for unit in &ending {
            self.end(&unit.id);
            self.succeed(&unit.id, &heir, None);
            self.move_children(&unit.id, Some(&heir), &going);
        }
    }

    fn split(&mut self, old: &UnitId, into: &[(Heir, Option<Number>)]) {
        if into.len() < 2 {
            self.faults.push(ReformFault::TooFew { needed: 2 });
        }
        let Some(unit) = self.ending(old) else {
            return;
        };
        self.check_shares(into.iter().map(|(_, share)| share.as_ref()));
        let children = self.children(old);
        if !children.is_empty() {
            let (unit, count) = (old.clone(), children.len());
            self.faults.push(ReformFault::HasChildren { unit, count });
        }
        let going = [old.clone()];
        let mut named = BTreeSet::from([old.clone()]);
        for (heir, share) in into {
            if let Heir::Existing(id) = heir
                && !named.insert(id.clone())
            {
                self.faults.push(ReformFault::Twice(id.clone()));
                continue;
            }
            if let Some(heir) = self.heir(heir, &unit, &going) {
                self.succeed(old, &heir, share.clone());
            }
        }
        self.end(old);
    }

    fn transfer(&mut self, from: &UnitId, to: &UnitId, share: Option<&Number>) {
        if from == to {
            self.faults.push(ReformFault::Twice(from.clone()));
        }
        let Some(unit) = self.ending(from) else {
            return;
        };
        let rest = share.map(|share| Number::one().sub(share));
        self.check_shares([share, rest.as_ref()].into_iter());
        let going = [from.clone()];
        let same = NewUnit {
            name: unit.name.clone(),
            level: None,
            item: None,
            area_code: self
                .organisation
                .code_on(from, CodeSystem::Area, self.last_day()),
            parent: None,
        };
        let Some(other) = self.heir(&Heir::Existing(to.clone()), &unit, &going) else {
            return;
        };
        let Some(rest_unit) = self.heir(&Heir::New(same), &unit, &going) else {
            return;
        };
        self.end(from);
        self.succeed(from, &rest_unit, rest);
        self.succeed(from, &other, share.cloned());
        self.move_children(from, Some(&rest_unit), &going);
    }

    fn recode(&mut self, id: &UnitId, system: CodeSystem, code: &str) {
        if self.there(id).is_none() {
            return;
        }
        let date = self.reform.date;
        if !system.fits(code) {
            self.faults.push(ReformFault::BadCode(code.to_owned()));
            return;
        }
        if self.organisation.code_on(id, system, date).as_deref() == Some(code) {
            self.faults.push(ReformFault::SameCode(code.to_owned()));
            return;
        }
        if system == CodeSystem::Area {
            self.code_is_free(code, std::slice::from_ref(id));
        }
        let last = self.last_day();
        for row in &mut self.tables.codes {
            if row.unit == *id && row.system == system && row.holds_on(last) && row.until.is_none()
            {
                row.until = Some(last);
            }
        }
        self.tables.codes.push(UnitCode {
            unit: id.clone(),
            system,
            code: code.to_owned(),
            from: Some(date),
            until: None,
        });
    }

    fn abolish(&mut self, level: &str, children_to: Option<&UnitId>) {
        let last = self.last_day();
        let of_level: Vec<Unit> = self
            .organisation
            .valid_on(last)
            .filter(|unit| unit.level == level)
            .cloned()
            .collect();
        if of_level.is_empty() {
            self.faults.push(ReformFault::EmptyLevel(level.to_owned()));
            return;
        }
        let going: Vec<UnitId> = of_level.iter().map(|unit| unit.id.clone()).collect();
        if let Some(parent) = children_to {
            self.stands(parent, &going);
        }
        for unit in &of_level {
            let Some(unit) = self.ending(&unit.id) else {
                continue;
            };
            let above = self.organisation.parent_on(&unit, last).cloned();
            let to = children_to.cloned().or(above);
            self.end(&unit.id);
            self.move_children(&unit.id, to.as_ref(), &going);
        }
    }

    /// The id of whoever takes over; a new unit is put into the tables.
    fn heir(&mut self, heir: &Heir, like: &Unit, going: &[UnitId]) -> Option<UnitId> {
        match heir {
            Heir::Existing(id) => {
                self.stands(id, going);
                self.tables.unit(id).map(|unit| unit.id.clone())
            }
            Heir::New(new) => self.begin(new, like, going),
        }
    }

    /// Whether a unit exists on the day and goes on.
    fn stands(&mut self, id: &UnitId, going: &[UnitId]) {
        let Some(unit) = self.tables.unit(id) else {
            self.faults.push(ReformFault::Unknown(id.clone()));
            return;
        };
        if going.contains(id) {
            self.faults.push(ReformFault::BadParent(id.clone()));
        } else if !unit.is_valid_on(self.reform.date) {
            self.faults.push(ReformFault::NotThere(id.clone()));
        }
    }

    fn begin(&mut self, new: &NewUnit, like: &Unit, going: &[UnitId]) -> Option<UnitId> {
        let name = new.name.trim().to_owned();
        if name.is_empty() {
            self.faults.push(ReformFault::NoName);
            return None;
        }
        if let Some(code) = &new.area_code {
            if CodeSystem::Area.fits(code) {
                self.code_is_free(code, going);
            } else {
                self.faults.push(ReformFault::BadCode(code.clone()));
            }
        }
        let above = self.organisation.parent_on(like, self.last_day()).cloned();
        let parent = new.parent.clone().or(above);
        if let Some(parent) = &parent {
            self.stands(parent, going);
        }
        let id = self.fresh_id(new.area_code.as_deref(), like);
        self.begun.insert(id.clone());
        self.tables.units.push(Unit {
            id: id.clone(),
            level: new.level.clone().unwrap_or_else(|| like.level.clone()),
            item: new.item.clone().unwrap_or_else(|| like.item.clone()),
            name,
            area_code: new.area_code.clone(),
            agency: like.agency.clone(),
            parent,
            tags: like.tags.clone(),
            attributes: like.attributes.clone(),
            valid_from: Some(self.reform.date),
            valid_to: None,
        });
        Some(id)
    }

    /// A code may be used again, but never by two units on one day.
    fn code_is_free(&mut self, code: &str, going: &[UnitId]) {
        let date = self.reform.date;
        let taken = self.organisation.units_of_area_code(code, date);
        let begun = self.tables.units.iter().filter(|unit| {
            self.begun.contains(&unit.id) && unit.area_code.as_deref() == Some(code)
        });
        let taken = taken
            .into_iter()
            .find(|id| !going.contains(*id))
            .or_else(|| begun.map(|unit| &unit.id).next());
        if let Some(by) = taken.cloned() {
            let code = code.to_owned();
            self.faults.push(ReformFault::CodeTaken { code, by });
        }
    }

    /// `C17329.2026`: the code or the identity that ends, with the year; numbered where that is taken, because an identity is never used twice.
    fn fresh_id(&self, code: Option<&str>, like: &Unit) -> UnitId {
        let stem = like.id.as_str();
        let stem = stem.split_once('.').map_or(stem, |(stem, _)| stem);
        let letters: String = stem
            .chars()
            .take_while(|sign| sign.is_ascii_alphabetic())
            .collect();
        let is_plain = stem
            .chars()
            .skip(letters.len())
            .all(|sign| sign.is_ascii_digit());
        let stem = match code {
            Some(code) if is_plain => format!("{letters}{code}"),
            _ => stem.to_owned(),
        };
        let year = self.reform.date.year();
        let mut id = UnitId(format!("{stem}.{year}"));
        let mut number = 2_u32;
        while self.tables.unit(&id).is_some() {
            id = UnitId(format!("{stem}.{year}-{number}"));
            number = number.saturating_add(1);
        }
        id
    }

    fn check_shares<'n>(&mut self, shares: impl Iterator<Item = Option<&'n Number>>) {
        let shares: Vec<Option<&Number>> = shares.collect();
        let given: Vec<&Number> = shares.iter().copied().flatten().collect();
        if given.is_empty() {
            return;
        }
        if given.len() < shares.len() {
            self.faults.push(ReformFault::SharesIncomplete);
            return;
        }
        for share in &given {
            if **share <= Number::zero() || **share >= Number::one() {
                self.faults.push(ReformFault::BadShare((*share).clone()));
            }
        }
        let sum = given
            .iter()
            .fold(Number::zero(), |sum, share| sum.add(share));
        if sum != Number::one() {
            self.faults.push(ReformFault::SharesNotWhole(sum));
        }
    }

    fn end(&mut self, id: &UnitId) {
        let last = self.last_day();
        for unit in &mut self.tables.units {
            if unit.id == *id {
                unit.valid_to = Some(last);
            }
        }
        for code in &mut self.tables.codes {
            if code.unit == *id && code.until.is_none_or(|until| until > last) {
                code.until = Some(last);
            }
        }
        for link in &mut self.tables.links {
            if link.child == *id && link.holds_on(last) {
                link.until = Some(last);
            }
        }
    }

    fn succeed(&mut self, old: &UnitId, new: &UnitId, share: Option<Number>) {
        self.tables.successions.push(Succession {
            old: old.clone(),
            new: new.clone(),
            date: self.reform.date,
            share,
            basis: Some(self.reform.basis.trim().to_owned()).filter(|basis| !basis.is_empty()),
        });
    }

    /// The units that hang below one on the day before and still exist on the day.
    fn children(&self, id: &UnitId) -> Vec<UnitId> {
        let last = self.last_day();
        let below = self.organisation.children_on(id, last).into_iter();
        below
            .filter(|child| child.is_valid_on(self.reform.date))
            .map(|child| child.id.clone())
            .collect()
    }

    /// Hangs what hung below a unit that ends below another from the day on. What itself ends with the reform stays where it was.
    fn move_children(&mut self, id: &UnitId, to: Option<&UnitId>, going: &[UnitId]) {
        let (date, last) = (self.reform.date, self.last_day());
        for child in self.children(id) {
            if going.contains(&child) {
                continue;
            }
            let Some(to) = to else {
                self.faults.push(ReformFault::BadParent(id.clone()));
                continue;
            };
            let mut linked = false;
            for link in &mut self.tables.links {
                if link.child != child {
                    continue;
                }
                linked = true;
                if link.from.is_some_and(|from| from >= date) {
                    self.faults.push(ReformFault::LaterLink(child.clone()));
                } else if link.holds_on(last) {
                    link.until = Some(last);
                }
            }
            if !linked {
                self.tables.links.push(Link {
                    child: child.clone(),
                    parent: id.clone(),
                    from: None,
                    until: Some(last),
                });
            }
            self.tables.links.push(Link {
                child,
                parent: to.clone(),
                from: Some(date),
                until: None,
            });
        }
    }
}
