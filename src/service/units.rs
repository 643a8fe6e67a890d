//! Reading the units on a date: the tree, one unit with everything that is known of it in time.
//!
//! Every question takes the date it is asked for. It does not know pages. Broken input: a unit that never was is not found.

use crate::calendar::{Date, Moment};
use crate::organisation::codes::{CodeSystem, UnitCode};
use crate::organisation::{Organisation, Succession, Unit, UnitId};
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::store::records::ReportQuery;
use std::collections::{BTreeMap, BTreeSet};

/// One unit of the tree on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Which.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: String,
    /// Its kind in words.
    pub kind: String,
    /// Its territorial code on that date.
    pub code: Option<String>,
    /// Names of the units above, the nearest first.
    pub above: Vec<String>,
    /// How many units are above.
    pub depth: usize,
    /// How many hang directly below.
    pub below: usize,
}

/// One unit with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDetails {
    /// The unit.
    pub unit: Unit,
    /// Its kind in words.
    pub kind: String,
    /// Whether it exists on the date asked for.
    pub exists: bool,
    /// Its codes, by system and time.
    pub codes: Vec<UnitCode>,
    /// The units it hung below, in time: identity, name, from, until.
    pub parents: Vec<(UnitId, String, Option<Date>, Option<Date>)>,
    /// The units above on the date, the nearest first.
    pub above: Vec<(UnitId, String)>,
    /// The units below on the date.
    pub below: Vec<(UnitId, String)>,
    /// From whom it took over, with names.
    pub predecessors: Vec<(Succession, String)>,
    /// Who took over from it, with names.
    pub successors: Vec<(Succession, String)>,
    /// How many reports it has.
    pub reports: usize,
}

/// A level that units stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelOfUnits {
    /// Its name, `xa`.
    pub name: String,
    /// Its name in words.
    pub label: String,
    /// Its kinds, `phuong`, with their words.
    pub kinds: Vec<(String, String)>,
}

impl Service {
    /// The units that exist on a date, each below the one it hangs below; siblings by `order`.
    pub fn units(
        &self,
        actor: &Actor,
        date: Date,
        order: impl Fn(&str, &str) -> std::cmp::Ordering,
    ) -> Result<Vec<UnitLine>, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let organisation = &ground.organisation;
        let mut below: BTreeMap<Option<&UnitId>, Vec<&Unit>> = BTreeMap::new();
        for unit in organisation.valid_on(date) {
            let above = organisation.ancestors(&unit.id, date);
            let parent = above.first().map(|parent| &parent.id);
            below.entry(parent).or_default().push(unit);
        }
        let rank = ranks(&ground);
        for siblings in below.values_mut() {
            siblings.sort_by(|one, other| {
                let by_rank = rank.get(&one.level).cmp(&rank.get(&other.level));
                by_rank.then_with(|| order(&one.name, &other.name))
            });
        }
        let mut lines = Vec::new();
        let mut seen: BTreeSet<&UnitId> = BTreeSet::new();
        let mut open: Vec<(&Unit, Vec<String>)> = Vec::new();
        let roots = below.get(&None).into_iter().flatten();
        open.extend(roots.rev().map(|unit| (*unit, Vec::new())));
        while let Some((unit, above)) = open.pop() {
            if !seen.insert(&unit.id) {
                continue;
            }
            let children = below.get(&Some(&unit.id)).map_or(&[][..], Vec::as_slice);
            let mut own = vec![unit.name.clone()];
            own.extend(above.iter().cloned());
            open.extend(children.iter().rev().map(|child| (*child, own.clone())));
            lines.push(UnitLine {
                unit: unit.id.clone(),
                name: unit.name.clone(),
                level: unit.level.clone(),
                kind: ground.kind_name(&unit.level, &unit.item),
                code: organisation.code_on(&unit.id, CodeSystem::Area, date),
                depth: above.len(),
                above,
                below: children.len(),
            });
        }
        Ok(lines)
    }

    /// One unit with everything that is known of it; what hangs around it is asked for on the date.
    pub fn unit_details(
        &self,
        actor: &Actor,
        unit: &UnitId,
        date: Date,
    ) -> Result<UnitDetails, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let organisation = &ground.organisation;
        let found = organisation.get(unit).ok_or(ServiceError::NotFound)?;
        let name = |unit: &UnitId| ground.unit_name(unit);
        let pair = |unit: &Unit| (unit.id.clone(), unit.name.clone());
        let named = |rows: Vec<&Succession>, other: fn(&Succession) -> &UnitId| {
            let rows = rows.into_iter();
            rows.map(|row| (row.clone(), name(other(row)))).collect()
        };
        let query = ReportQuery {
            unit: Some(unit.clone()),
            ..ReportQuery::default()
        };
        let reports = self.store.begin_read()?.report_summaries(&query)?;
        Ok(UnitDetails {
            kind: ground.kind_name(&found.level, &found.item),
            exists: found.is_valid_on(date),
            codes: organisation.codes_of(unit),
            parents: parents(organisation, found)
                .into_iter()
                .map(|(parent, from, until)| (parent.clone(), name(parent), from, until))
                .collect(),
            above: organisation
                .ancestors(unit, date)
                .into_iter()
                .map(pair)
                .collect(),
            below: organisation
                .children_on(unit, date)
                .into_iter()
                .map(pair)
                .collect(),
            predecessors: named(organisation.predecessors(unit, Date::MAX), |row| &row.old),
            successors: named(organisation.successors(unit, Date::MAX), |row| &row.new),
            reports: reports.len(),
            unit: found.clone(),
        })
    }

    /// Every unit that can be named on a date, by identity: what the forms of reforms offer.
    pub fn nameable(
        &self,
        actor: &Actor,
        date: Date,
    ) -> Result<Vec<(UnitId, String, String)>, ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let ground = self.ground()?;
        let units = ground.organisation.valid_on(date);
        Ok(units
            .map(|unit| (unit.id.clone(), unit.name.clone(), unit.level.clone()))
            .collect())
    }

    /// The levels that units stand on at a date, from the largest down, each with its kinds.
    pub fn levels(&self, date: Date) -> Result<Vec<LevelOfUnits>, ServiceError> {
        let ground = self.ground()?;
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for unit in ground.organisation.valid_on(date) {
            found.entry(&unit.level).or_default().insert(&unit.item);
        }
        let rank = ranks(&ground);
        let mut levels: Vec<(&str, BTreeSet<&str>)> = found.into_iter().collect();
        levels.sort_by_key(|(level, _)| rank.get(*level).copied().unwrap_or(usize::MAX));
        let kinds = |level: &str, items: BTreeSet<&str>| {
            let items = items.into_iter();
            items
                .map(|item| (item.to_owned(), ground.kind_name(level, item)))
                .collect()
        };
        Ok(levels
            .into_iter()
            .map(|(level, items)| LevelOfUnits {
                name: level.to_owned(),
                label: ground.kind_name(level, ""),
                kinds: kinds(level, items),
            })
            .collect())
    }

    /// When tables were last changed, for the head of the list.
    pub fn units_changed_at(&self) -> Result<Option<Moment>, ServiceError> {
        let changes = self.store.begin_read()?.table_changes()?;
        let mut of_units = changes
            .iter()
            .rev()
            .filter(|change| ["units", "links", "successions", "codes"].contains(&&*change.name));
        Ok(of_units.next().map(|change| change.at))
    }
}

/// The units that one hung below, in time.
fn parents<'o>(
    organisation: &'o Organisation,
    unit: &'o Unit,
) -> Vec<(&'o UnitId, Option<Date>, Option<Date>)> {
    let links = organisation.links_of(&unit.id);
    if links.is_empty() {
        let own = unit.parent.iter();
        return own
            .map(|parent| (parent, unit.valid_from, unit.valid_to))
            .collect();
    }
    links
        .into_iter()
        .map(|link| (&link.parent, link.from, link.until))
        .collect()
}

/// The order of levels, as the regimes in force name them.
fn ranks(ground: &Ground) -> BTreeMap<String, usize> {
    let mut ranks = BTreeMap::new();
    for versions in ground.regimes.values() {
        for plan in versions.values() {
            for level in &plan.header.levels {
                let next = ranks.len();
                ranks.entry(level.name.clone()).or_insert(next);
            }
        }
    }
    ranks
}

impl Ground {
    /// A level or a kind in words, as any regime in force calls it; its own name where none does.
    pub fn kind_name(&self, level: &str, item: &str) -> String {
        let plans = self.regimes.values().flat_map(|versions| versions.values());
        let words = plans
            .flat_map(|plan| &plan.header.levels)
            .filter(|found| found.name == level)
            .find_map(|found| match item {
                "" => Some(found.label.clone()),
                _ => found
                    .items
                    .iter()
                    .find(|(name, _)| name == item)
                    .map(|(_, label)| label.clone())
                    .or_else(|| (item == level).then(|| found.label.clone())),
            });
        words.unwrap_or_else(|| if item.is_empty() { level } else { item }.to_owned())
    }
}
