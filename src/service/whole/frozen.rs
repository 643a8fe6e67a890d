//! The whole as one: every figure over all units, its findings, and what of it is frozen in a document.
//!
//! It does not know people. Broken input: an adjustment of a cell that the plan no longer has, or whose number does not read, changes nothing and is shown as it was noted.

use crate::calendar::Period;
use crate::eval::adjustment::Adjustment;
use crate::eval::cell::Cell;
use crate::eval::consolidate::{Figure, Group, consolidate, figure};
use crate::eval::evaluate::Evaluation;
use crate::eval::figures::Figures;
use crate::eval::finding::Finding;
use crate::eval::judged::{Standpoint, judged};
use crate::number::Number;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::FormIndex;
use crate::reports::document::additions::{Additions, NotedAdjustment};
use crate::reports::document::whole::{Counted, Whole, WholeFigure};
use crate::reports::key::{CellKey, RevisionReference};
use crate::reports::opened::Opened;
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::past::Past;
use crate::service::problem::ServiceError;
use crate::service::whole::body::{Behind, Bodies};
use crate::service::whole::contributors::{Contributor, Named, members};
use crate::store::ReadTransaction;
use std::collections::BTreeMap;

/// The reports behind a body's figures, read and ready to be added up.
pub struct Gathered {
    /// The units.
    pub contributors: Vec<Contributor>,
    /// What the whole reads of other times, with every adjustment.
    pub(in crate::service) past: Past,
    /// The documents below.
    pub behind: Behind,
}

/// The whole with its meaning.
pub struct Meant {
    /// What would be frozen, reasons for missing units included.
    pub whole: Whole,
    /// What does not hold of the whole, or cannot be decided yet.
    pub findings: Vec<Finding>,
    /// Every figure of the whole, as findings are described with.
    pub evaluation: Evaluation,
    /// The revisions of other times that it reads.
    pub read: Vec<RevisionReference>,
}

impl Service {
    /// Reads what stands behind a body's figures, with what the body itself has added.
    pub(in crate::service) fn gathered(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        bodies: &Bodies,
        (period, behind): (&Period, Behind),
        (own, named): (Option<(&UnitId, &Additions)>, Option<&Named>),
    ) -> Result<Gathered, ServiceError> {
        let plan = &bodies.plan;
        let (contributors, past) = self.contributors(
            transaction,
            ground,
            plan,
            period,
            (behind.owed.as_slice(), named),
        )?;
        let mut adjustments: Vec<Adjustment> = behind
            .adjusted_below
            .iter()
            .filter_map(|(_, noted)| adjustment(plan, noted))
            .collect();
        if let Some((_, additions)) = own {
            adjustments.extend(additions.holding().filter_map(|one| adjustment(plan, one)));
        }
        Ok(Gathered {
            contributors,
            past: past.adjusted_by(adjustments),
            behind,
        })
    }
}

impl Gathered {
    /// Every figure of the whole, what does not hold of it, and what it rests on.
    pub fn meant(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        (body, period): (&UnitId, &Period),
        (additions, written): (&Additions, &Figures),
    ) -> Result<Meant, ServiceError> {
        let members = members(&self.contributors);
        let archives = self.past.archives(ground, plan);
        let history = self.past.history(ground, plan, &archives);
        let at = Standpoint {
            cutoff: ground.window(plan, *period)?.to,
            reporter: ground.organisation.get(body),
            event: ground
                .brought(&plan.header.name, period)
                .and_then(Opened::event),
            written: Some(written),
        };
        let judged = judged(plan, &members, &history, at);
        let mut figures: BTreeMap<String, BTreeMap<String, BTreeMap<String, WholeFigure>>> =
            BTreeMap::new();
        for (place, form) in plan.form_definition.forms.iter().enumerate() {
            let index = FormIndex(u32::try_from(place).unwrap_or(u32::MAX));
            let found = consolidate(plan, index, &members, Some(&history));
            for ((group, row, column), figure) in &found.figures {
                if *group != Group::Overall || figure.cell == Cell::Closed {
                    continue;
                }
                let key = form.column(*column).map(|known| known.key(*column));
                figures
                    .entry(form.name.clone())
                    .or_default()
                    .entry(row.key().to_string())
                    .or_default()
                    .insert(key.unwrap_or_default(), frozen(figure));
            }
        }
        let whole = Whole {
            units: self.counted(additions),
            bodies: self.behind.bodies.clone(),
            figures,
        };
        Ok(Meant {
            whole,
            findings: judged.findings,
            evaluation: judged.document,
            read: self.past.read(),
        })
    }

    /// Every unit due with the revision that counts, or why there is none.
    fn counted(&self, additions: &Additions) -> Vec<Counted> {
        let units = self.contributors.iter().map(|found| {
            let unit = &found.obligation.key.unit;
            let missing = match found.revision {
                Some(_) => None,
                None => additions.missing.get(unit).cloned(),
            };
            let version = found.report.as_ref().map(|report| report.key.version);
            Counted {
                unit: unit.clone(),
                through: found.through.clone(),
                version: version.filter(|_| found.revision.is_some()),
                revision: found.revision,
                missing,
            }
        });
        units.collect()
    }

    /// One figure over all units.
    pub fn figure(
        &self,
        ground: &Ground,
        plan: &CompiledRegime,
        at: &CellAddress,
    ) -> Option<Figure> {
        let members = members(&self.contributors);
        let archives = self.past.archives(ground, plan);
        let history = self.past.history(ground, plan, &archives);
        figure(plan, &members, &Group::Overall, at, Some(&history))
    }
}

fn frozen(figure: &Figure) -> WholeFigure {
    WholeFigure {
        value: match &figure.cell {
            // On how many reports it rests stands beside it.
            Cell::Partial(number, _) => number.to_plain(None),
            cell => cell.exact_text(),
        },
        answered: figure.answered,
        due: figure.due,
    }
}

/// The address of a noted cell in a plan.
pub fn address(plan: &CompiledRegime, cell: &CellKey) -> Option<CellAddress> {
    let (index, form) = plan.form_definition.find_form(&cell.form)?;
    let (column, _) = form.find_column(&cell.column)?;
    Some(CellAddress {
        form: index,
        row: Row::parse(&cell.row, form),
        column,
    })
}

/// The key of a figure, as it is noted.
pub fn cell_key(plan: &CompiledRegime, at: &CellAddress) -> Option<CellKey> {
    let form = plan.form_definition.form(at.form)?;
    let column = form.column(at.column)?;
    Some(CellKey::new(
        &form.name,
        at.row.key(),
        &column.key(at.column),
    ))
}

fn adjustment(plan: &CompiledRegime, noted: &NotedAdjustment) -> Option<Adjustment> {
    Some(Adjustment {
        at: address(plan, &noted.cell)?,
        difference: Number::parse(&noted.difference).ok()?,
        reason: noted.reason.clone(),
        author: noted.made.name.clone(),
        date: noted.made.at.date(),
        seen: noted.seen.clone(),
    })
}
