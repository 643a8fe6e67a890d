//! What a formula reads beside its own document: other periods, in which vintage and from which units, plan values.
//!
//! One level deep: each line names a cell of another document, which has an origin of its own. It does not know authors or links. Without a history nothing is read.

use crate::calendar::Period;
use crate::eval::archive::{Document, PlanKey};
use crate::eval::cell::Cell;
use crate::eval::compute::{Reading, Scope};
use crate::eval::consolidate::Member;
use crate::eval::cover;
use crate::eval::earlier::{CarrySource, earlier, window_of};
use crate::eval::elsewhen::preceding;
use crate::eval::operation::Operand;
use crate::eval::references::{children, reads};
use crate::eval::together::History;
use crate::number::Number;
use crate::organisation::UnitId;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::Vintage;
use crate::plan::expression::{Expression, ExpressionId};

/// Something a formula reads beside its own document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// A cell of another period.
    Period(Box<CellThen>),
    /// A plan value.
    Plan {
        /// The target, a position in the plan's list.
        target: u32,
        /// The indicator, a position in the plan's list.
        indicator: u32,
        /// The year.
        year: i16,
        /// The value; none where none is assigned.
        value: Option<Number>,
    },
}

/// A cell of another period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellThen {
    /// The period.
    pub period: Period,
    /// The cell there.
    pub at: CellAddress,
    /// What is stated there; none where nothing is known of the period.
    pub stated: Option<Cell>,
    /// How settled that is.
    pub vintage: Option<Vintage>,
    /// What a later report states instead, where that is read.
    pub revised: Option<Cell>,
    /// How settled what the later report states is.
    pub revised_vintage: Option<Vintage>,
    /// Units whose figures of that period are those of the units they took over from.
    pub restated: Vec<UnitId>,
    /// Units of which nothing is known in that period.
    pub missing: Vec<UnitId>,
}

/// What a formula reads beside its document, in the order it is written. `members` are the units that stand behind the document, if it is put together from several.
pub fn beside(
    scope: &Scope<'_>,
    expression: ExpressionId,
    row: &Row,
    (history, members): (Option<&History<'_>>, &[&Member<'_>]),
) -> Vec<Beside> {
    let mut teller = Teller {
        scope,
        row,
        history,
        members,
        found: Vec::new(),
    };
    teller.walk(expression);
    teller.found
}

struct Teller<'t, 'a> {
    scope: &'t Scope<'a>,
    row: &'t Row,
    history: Option<&'t History<'t>>,
    members: &'t [&'t Member<'t>],
    found: Vec<Beside>,
}

impl Teller<'_, '_> {
    fn walk(&mut self, id: ExpressionId) {
        let plan = self.scope.plan;
        let (Some(moment), Some(expression)) =
            (self.scope.moment, plan.validation_program.expression(id))
        else {
            return;
        };
        let others: Vec<Period> = match expression {
            Expression::Previous(_) => preceding(&moment).into_iter().collect(),
            Expression::YearAgo(_) => moment.period.year_ago().into_iter().collect(),
            Expression::YearToDate(_) => {
                let header = self.scope.header_of(id);
                let parts = cover::year_to_date(&header, moment.period).unwrap_or_default();
                let earlier = parts.into_iter().filter(|part| *part != moment.period);
                earlier.collect()
            }
            Expression::Opening(_) => {
                let known = |period: Period| moment.archive.document(period).is_some();
                match earlier(&self.scope.header_of(id), moment.period, known).carry {
                    CarrySource::Closing(period) | CarrySource::Opening(period) => vec![period],
                    CarrySource::None => Vec::new(),
                }
            }
            Expression::Plan {
                target, indicator, ..
            } => {
                self.plan_value(*target, *indicator);
                Vec::new()
            }
            Expression::OverEvents(_) => {
                let events = moment.archive.events.iter();
                let ends = events.map(|event| event.end);
                ends.filter(|end| moment.archive.document(*end).is_some())
                    .collect()
            }
            _ => Vec::new(),
        };
        for period in others {
            self.cells_of(period, id);
        }
        for child in children(expression) {
            // What stands inside an operator over time is told with the period it moves to.
            if !moves(expression) || is_plan(self.scope, child) {
                self.walk(child);
            }
        }
    }

    fn cells_of(&mut self, period: Period, operator: ExpressionId) {
        let plan = self.scope.plan;
        let there = self.scope.at(period).ok();
        for read in reads(&plan.validation_program, operator) {
            for at in self.scope.resolve(&read.cell, self.row) {
                let stated = there
                    .as_ref()
                    .and_then(|there| there.cells.get(&at).cloned());
                let best = match &there {
                    Some(there) => {
                        let best = Scope {
                            reading: Reading::Best,
                            ..*there
                        };
                        Some(best.read(&at))
                    }
                    // A period without a report may still be stated again by the one that follows it.
                    None => self.scope.beside(period).and_then(|none| none.revised(&at)),
                };
                let best = best.map(Operand::into_cell);
                let (vintage, revised_vintage) = self.scope.vintages(&at);
                let revised = best.filter(|best| {
                    let told = match best {
                        Cell::Given(_) => true,
                        Cell::Nil => stated.is_some(),
                        _ => false,
                    };
                    told && stated.as_ref() != Some(best)
                });
                let line = Beside::Period(Box::new(CellThen {
                    period,
                    vintage: vintage.filter(|_| stated.is_some()),
                    revised_vintage: revised_vintage.filter(|_| revised.is_some()),
                    revised,
                    stated,
                    at,
                    restated: self.units_of(period, |_, document| {
                        matches!(document, Some(Document::Restated(_)))
                    }),
                    missing: self.units_of(period, |existed, document| match document {
                        Some(document) => document.evaluation().is_none(),
                        None => existed,
                    }),
                }));
                if !self.found.contains(&line) {
                    self.found.push(line);
                }
            }
        }
    }

    /// The units of which something is true in a period: whether there is anything to know of them, and what is known.
    fn units_of(
        &self,
        period: Period,
        wanted: impl Fn(bool, Option<&Document<'_>>) -> bool,
    ) -> Vec<UnitId> {
        let Some(history) = self.history else {
            return Vec::new();
        };
        let end = window_of(&self.scope.plan.header, period).map(|window| window.to);
        let is_wanted = |member: &&&Member<'_>| {
            let archive = history.units.get(&member.unit).copied();
            let existed = member.has_figures_of(archive, end);
            wanted(existed, archive.and_then(|known| known.document(period)))
        };
        let found = self.members.iter().filter(is_wanted);
        found.map(|member| member.unit.clone()).collect()
    }

    fn plan_value(&mut self, target: u32, indicator: u32) {
        let definition = &self.scope.plan.form_definition;
        let (Some(moment), Some(of), Some(what)) = (
            self.scope.moment,
            definition.targets.get(target as usize),
            definition.indicators.get(indicator as usize),
        ) else {
            return;
        };
        if let Some(year) = moment.period.year() {
            let key = PlanKey {
                target: of.name.clone(),
                indicator: what.name.clone(),
                year,
            };
            self.found.push(Beside::Plan {
                target,
                indicator,
                year,
                value: moment.archive.plan_value(&key).cloned(),
            });
        }
    }
}

fn moves(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Previous(_)
            | Expression::YearAgo(_)
            | Expression::YearToDate(_)
            | Expression::Opening(_)
            | Expression::OverEvents(_)
    )
}

fn is_plan(scope: &Scope<'_>, id: ExpressionId) -> bool {
    matches!(
        scope.plan.validation_program.expression(id),
        Some(Expression::Plan { .. })
    )
}
