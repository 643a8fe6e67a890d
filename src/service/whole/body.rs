//! The bodies that consolidate a period, who may look at them, and what goes to each.
//!
//! Everything is computed from routes, obligations and the documents stored; nothing here is kept. It does not evaluate figures. Broken input: a body to which nothing goes is not found; a circle of
//! documents is followed once.

use crate::calendar::Period;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::reports::document::additions::{Additions, NotedAdjustment};
use crate::reports::document::whole::{Body as CountedBody, Whole};
use crate::reports::key::ReportKind;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Actor, grant_for_consolidation};
use crate::reports::report::Report;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::whole::contributors::{Owed, Wanted, place_of};
use crate::store::ReadTransaction;
use crate::store::records::ReportQuery;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All that goes to all bodies under a regime for a period.
pub struct Bodies {
    /// The plan of the period.
    pub plan: Arc<CompiledRegime>,
    /// The reports owed.
    pub obligations: Vec<Obligation>,
    /// The documents owed, by body.
    pub owed: BTreeMap<UnitId, Obligation>,
    /// The documents that exist, by body.
    pub documents: BTreeMap<UnitId, Report>,
    /// The units above each body, at the end of the window.
    above: BTreeMap<UnitId, Vec<UnitId>>,
}

/// What stands behind one body's consolidation.
#[derive(Debug, Clone, Default)]
pub struct Behind {
    /// The reports of units, in the order of levels, kinds and identities.
    pub owed: Vec<Owed>,
    /// The documents of bodies below, and the revisions of them that count.
    pub bodies: Vec<CountedBody>,
    /// What bodies below have adjusted, with the body.
    pub adjusted_below: Vec<(UnitId, NotedAdjustment)>,
}

impl Bodies {
    /// Reads a period.
    pub fn of(
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        regime: &str,
        period: &Period,
    ) -> Result<Bodies, ServiceError> {
        let plan = Arc::clone(ground.plan_of_period(regime, period)?);
        let obligations = ground.obligations(regime, period)?;
        let owed = ground.documents(regime, period, &obligations)?;
        let query = ReportQuery {
            regime: Some(regime.to_string()),
            period: Some(*period),
            ..ReportQuery::default()
        };
        let documents = transaction.documents(&query)?;
        let above = owed.iter().map(|owed| {
            let body = &owed.key.unit;
            let units = ground.organisation.ancestors(body, owed.window.to);
            let units = units.into_iter().map(|unit| unit.id.clone()).collect();
            (body.clone(), units)
        });
        Ok(Bodies {
            above: above.collect(),
            plan,
            obligations,
            owed: owed
                .into_iter()
                .map(|owed| (owed.key.unit.clone(), owed))
                .collect(),
            documents: documents
                .into_iter()
                .map(|document| (document.key.unit.clone(), document))
                .collect(),
        })
    }

    /// The bodies whose consolidation a person may read.
    pub fn readable<'b>(&'b self, actor: &'b Actor) -> impl Iterator<Item = &'b UnitId> {
        let bodies = self.owed.keys();
        bodies.filter(|body| grant_for_consolidation(actor, body).is_some())
    }

    /// The bodies that are a person's to look at: their own, those that lie below the unit they act for, and those to which units report directly. What a body outside of the province makes of the province's
    /// documents is not among them.
    pub fn listed<'b>(&'b self, actor: &'b Actor) -> impl Iterator<Item = &'b UnitId> {
        self.readable(actor).filter(|body| {
            let above = self.above.get(*body);
            let is_theirs = actor.held().any(|held| {
                let unit = &held.grant.unit;
                unit == *body || above.is_some_and(|above| above.contains(unit))
            });
            let mut owed = self.obligations.iter();
            is_theirs || owed.any(|owed| owed.recipients.contains(*body))
        })
    }

    /// The body whose consolidation a person looks at: the one they name, or the one to which most goes directly of those they may read.
    pub fn chosen(&self, actor: &Actor, named: Option<&UnitId>) -> Result<UnitId, ServiceError> {
        let found = match named {
            Some(named) => self.readable(actor).find(|body| *body == named),
            None => {
                let listed = self.listed(actor);
                listed.max_by_key(|body| self.direct(body).len())
            }
        };
        found.cloned().ok_or(ServiceError::NotFound)
    }

    /// The documents of other bodies that go to a body.
    pub fn documents_to<'b>(
        &'b self,
        body: &'b UnitId,
    ) -> impl Iterator<Item = &'b Obligation> + 'b {
        let all = self.owed.values();
        all.filter(move |owed| owed.recipients.contains(body) && owed.key.unit != *body)
    }

    /// What goes to a body directly: reports of units, then documents of bodies.
    pub fn direct<'b>(&'b self, body: &'b UnitId) -> Vec<&'b Obligation> {
        let reports = self.obligations.iter();
        reports
            .filter(|owed| owed.recipients.contains(body))
            .chain(self.documents_to(body))
            .collect()
    }

    /// What stands behind a body's consolidation as it is now.
    pub fn behind(&self, ground: &Ground, body: &UnitId) -> Behind {
        let mut behind = Behind::default();
        let mut seen = BTreeSet::from([body.clone()]);
        self.add_behind(body, None, &mut behind, &mut seen);
        self.put_in_order(ground, &mut behind);
        behind
    }

    /// What stands behind a document as it was frozen.
    pub fn behind_frozen(&self, ground: &Ground, body: &UnitId, whole: &Whole) -> Behind {
        let mut behind = Behind {
            bodies: whole.bodies.clone(),
            ..Behind::default()
        };
        if let Some(document) = self.owed.get(body) {
            self.add_frozen(document, None, whole, &mut behind.owed);
        }
        for below in &whole.bodies {
            let document = self.documents.get(&below.unit);
            let revision = document.and_then(|document| document.revision(below.revision?));
            if let Some(revision) = revision {
                add_adjustments(&below.unit, &revision.additions, &mut behind);
            }
        }
        self.put_in_order(ground, &mut behind);
        behind
    }

    /// Units by level, kind and identity, each once: a report that came directly goes before one that came through a body.
    fn put_in_order(&self, ground: &Ground, behind: &mut Behind) {
        let mut seen = BTreeSet::new();
        behind
            .owed
            .sort_by_cached_key(|one| (one.obligation.key.unit.clone(), one.through.is_some()));
        behind
            .owed
            .retain(|one| seen.insert(one.obligation.key.unit.clone()));
        behind.owed.sort_by_cached_key(|one| {
            let unit = &one.obligation.key.unit;
            let (level, item) = place_of(ground.organisation.get(unit));
            (position(&self.plan, &level, &item), unit.clone())
        });
    }

    fn add_behind(
        &self,
        body: &UnitId,
        through: Option<&UnitId>,
        behind: &mut Behind,
        seen: &mut BTreeSet<UnitId>,
    ) {
        let direct = self.obligations.iter();
        let direct = direct.filter(|owed| owed.recipients.contains(body));
        behind.owed.extend(direct.map(|obligation| Owed {
            obligation: obligation.clone(),
            through: through.cloned(),
            wanted: match through {
                Some(_) => Wanted::Nothing,
                None => Wanted::Received,
            },
        }));
        for owed in self.documents_to(body) {
            let below = &owed.key.unit;
            if !seen.insert(below.clone()) {
                continue;
            }
            let held = self.documents.get(below).and_then(|document| {
                let revision = document.received_revision()?;
                Some((revision, revision.whole.as_deref()?))
            });
            // Inside of a document that has not come, nothing below it has come either.
            match held.filter(|_| through.is_none()) {
                Some((revision, whole)) => {
                    behind.bodies.push(CountedBody {
                        unit: below.clone(),
                        revision: Some(revision.number),
                    });
                    behind.bodies.extend(whole.bodies.iter().cloned());
                    self.add_frozen(owed, Some(below), whole, &mut behind.owed);
                    add_adjustments(below, &revision.additions, behind);
                    for lower in &whole.bodies {
                        let document = self.documents.get(&lower.unit);
                        let revision =
                            document.and_then(|document| document.revision(lower.revision?));
                        if let Some(revision) = revision {
                            add_adjustments(&lower.unit, &revision.additions, behind);
                        }
                    }
                }
                None => {
                    behind.bodies.push(CountedBody {
                        unit: below.clone(),
                        revision: None,
                    });
                    self.add_behind(below, Some(below), behind, seen);
                }
            }
        }
    }

    /// The units of a frozen document; one that owes no report any more, because tables changed since, stays what it was.
    fn add_frozen(
        &self,
        document: &Obligation,
        through: Option<&UnitId>,
        whole: &Whole,
        owed: &mut Vec<Owed>,
    ) {
        for counted in &whole.units {
            let mut all = self.obligations.iter();
            let obligation = all.find(|owed| owed.key.unit == counted.unit).cloned();
            let obligation = obligation.unwrap_or_else(|| {
                let mut gone = document.clone();
                gone.key.unit = counted.unit.clone();
                gone.key.kind = ReportKind::OfUnit;
                gone
            });
            owed.push(Owed {
                obligation,
                through: through.or(counted.through.as_ref()).cloned(),
                wanted: counted.revision.map_or(Wanted::Nothing, Wanted::Revision),
            });
        }
    }
}

fn add_adjustments(body: &UnitId, additions: &Additions, behind: &mut Behind) {
    let holding = additions.holding().cloned();
    behind
        .adjusted_below
        .extend(holding.map(|adjustment| (body.clone(), adjustment)));
}

/// Where a level and kind stand in the regime's order; what it does not name comes last.
pub fn position(plan: &CompiledRegime, level: &str, item: &str) -> (usize, usize) {
    let levels = &plan.header.levels;
    let level_position = levels.iter().position(|found| found.name == level);
    let item_position = level_position
        .and_then(|position| levels.get(position))
        .and_then(|level| level.items.iter().position(|(name, _)| name == item));
    (
        level_position.unwrap_or(usize::MAX),
        item_position.unwrap_or(usize::MAX),
    )
}
