//! Which earlier reports a report of a period may read, told from the plan alone, so that nobody loads a whole history to check one figure.
//!
//! It does not know which of them exist; what is not needed is never asked for. A plan without time operators needs nothing.

use crate::calendar::Period;
use crate::eval::cover;
use crate::eval::earlier::{CarrySource, beginning_with, earlier};
use crate::eval::references::children;
use crate::plan::CompiledRegime;
use crate::plan::aggregation::OverTime;
use crate::plan::cell::{Modality, Nature, Source};
use crate::plan::expression::{Expression, ExpressionId};
use crate::plan::form::Form;
use crate::plan::header::RegimeHeader;
use crate::plan::outline::Outline;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The earlier periods that may be read, in order; `exists` tells which reports there are, for openings, which are taken from the nearest one.
pub fn earlier_periods(
    plan: &CompiledRegime,
    period: Period,
    exists: impl Fn(Period) -> bool,
) -> BTreeSet<Period> {
    let mut needs = Needs {
        plan,
        exists: &exists,
        found: BTreeSet::new(),
        headers: plan.headers(),
        revised: plan
            .form_definition
            .forms
            .iter()
            .flat_map(Form::definitions)
            .any(|cell| cell.revised_by.is_some()),
    };
    for expression in &plan.validation_program.expressions {
        needs.walk(expression, period);
    }
    let carries = plan
        .form_definition
        .forms
        .iter()
        .flat_map(Form::definitions)
        .any(|cell| matches!(cell.source, Source::Carried(_)));
    if carries {
        needs.opening(period);
    }
    let opens = plan
        .form_definition
        .forms
        .iter()
        .flat_map(Form::definitions)
        .any(|cell| cell.nature == Nature::Opening);
    if opens {
        let same_day = |header: &Cow<RegimeHeader>| beginning_with(header, period, &exists);
        needs
            .found
            .extend(plan.headers().iter().filter_map(same_day));
    }
    let parts = |header: &Cow<RegimeHeader>| cover::parts_of(header, period);
    needs
        .found
        .extend(plan.headers().iter().filter_map(parts).flatten());
    let mut steps = plan.aggregation_plan.steps.iter();
    if steps.any(|step| step.over_time == OverTime::Before) {
        for header in plan.headers() {
            let before = period.previous();
            let parts = before.and_then(|before| cover::parts_of(&header, before));
            let following = parts.into_iter().flatten().filter_map(|part| part.next());
            needs.found.extend(following);
        }
    }
    if plan.outlines.iter().any(Outline::reads_previous) {
        needs.found.extend(period.previous());
    }
    needs.found.remove(&period);
    needs.found
}

/// The earlier periods that may be read, with those that their own cells read in turn, as far as anything is known of them.
pub fn far_periods(
    plan: &CompiledRegime,
    period: Period,
    exists: impl Fn(Period) -> bool,
) -> BTreeSet<Period> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Period> = earlier_periods(plan, period, &exists).into_iter().collect();
    while let Some(period) = open.pop() {
        if exists(period) && found.insert(period) {
            open.extend(of_cells(plan, period, &exists));
        }
    }
    found
}

/// The earlier periods that cells, not rules, may read.
pub fn of_cells(
    plan: &CompiledRegime,
    period: Period,
    exists: impl Fn(Period) -> bool,
) -> BTreeSet<Period> {
    let mut needs = Needs {
        plan,
        exists: &exists,
        found: BTreeSet::new(),
        headers: plan.headers(),
        revised: true,
    };
    for form in &plan.form_definition.forms {
        for cell in form.definitions() {
            if let Source::Computed(formula) = cell.source {
                needs.inside(formula, period);
            }
        }
    }
    needs.found.remove(&period);
    needs.found
}

/// Whether anything is read from targets.
pub fn reads_plan_values(plan: &CompiledRegime) -> bool {
    let named = plan
        .validation_program
        .expressions
        .iter()
        .any(|expression| matches!(expression, Expression::Plan { .. }));
    named
        || plan.form_definition.forms.iter().any(|form| {
            form.columns
                .iter()
                .any(|column| matches!(column.cell.modality, Modality::Plan(_)))
        })
}

/// So many cells deep are formulas followed that a cumulated figure is computed from; a formula may lead back through the year before for ever.
const DEEPEST: usize = 8;

struct Needs<'n> {
    plan: &'n CompiledRegime,
    exists: &'n dyn Fn(Period) -> bool,
    found: BTreeSet<Period>,
    /// Whether some figure is stated again one period later.
    revised: bool,
    /// The headers that hold for the forms.
    headers: Vec<Cow<'n, RegimeHeader>>,
}

impl Needs<'_> {
    fn walk(&mut self, expression: &Expression, period: Period) {
        let elsewhere: Vec<Period> = match expression {
            Expression::Previous(_) => period.previous().into_iter().collect(),
            Expression::YearAgo(_) => {
                let then = period.year_ago();
                let next = then.and_then(|then| then.next()).filter(|_| self.revised);
                self.found.extend(next);
                then.into_iter().collect()
            }
            Expression::YearToDate(_) => {
                let parts = |header: &Cow<RegimeHeader>| cover::year_to_date(header, period);
                self.headers.iter().filter_map(parts).flatten().collect()
            }
            Expression::Opening(_) => {
                self.opening(period);
                return;
            }
            _ => Vec::new(),
        };
        if let Expression::YearToDate(inner) = expression {
            self.cumulated(*inner, period, DEEPEST);
        }
        for other in elsewhere {
            self.found.insert(other);
            if other != period {
                for child in children(expression) {
                    self.inside(child, other);
                }
            }
        }
    }

    /// A ratio since the start of the year is computed again from what its formula reads, which may be the year before.
    fn cumulated(&mut self, id: ExpressionId, period: Period, depth: usize) {
        let plan = self.plan;
        let (Some(expression), true) = (plan.validation_program.expression(id), depth > 0) else {
            return;
        };
        match expression {
            Expression::Cell(reference) => {
                let forms = &plan.form_definition;
                let definitions = forms
                    .form(reference.form)
                    .into_iter()
                    .flat_map(|form| form.definitions_of(reference.column));
                for definition in definitions {
                    let recomputed = matches!(
                        definition.nature,
                        Nature::Ratio | Nature::Mixed | Nature::Flow
                    );
                    if let (true, Source::Computed(formula)) = (recomputed, &definition.source) {
                        self.cumulated(*formula, period, depth - 1);
                    }
                }
            }
            Expression::YearAgo(inner) => {
                if let Some(then) = period.year_ago() {
                    let parts = |header: &Cow<RegimeHeader>| cover::year_to_date(header, then);
                    let parts = self.headers.iter().filter_map(parts).flatten();
                    self.found.extend(parts);
                    self.found.extend(then.next().filter(|_| self.revised));
                    self.cumulated(*inner, then, depth - 1);
                }
            }
            other => {
                for child in children(other) {
                    self.cumulated(child, period, depth);
                }
            }
        }
    }

    /// What stands inside an operator is read at the time the operator moves to.
    fn inside(&mut self, id: ExpressionId, period: Period) {
        let plan = self.plan;
        if let Some(expression) = plan.validation_program.expression(id) {
            self.walk(expression, period);
            if !moves(expression) {
                for child in children(expression) {
                    self.inside(child, period);
                }
            }
        }
    }

    fn opening(&mut self, period: Period) {
        let exists = |candidate: Period| (self.exists)(candidate);
        for header in &self.headers {
            match earlier(header, period, exists).carry {
                CarrySource::Closing(from) => {
                    self.found.insert(from);
                }
                CarrySource::Opening(from) => {
                    self.found.insert(from);
                    // Its own opening is read, which lies before it.
                    if let CarrySource::Closing(before) = earlier(header, from, exists).carry {
                        self.found.insert(before);
                    }
                }
                CarrySource::None => {}
            }
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
    )
}
