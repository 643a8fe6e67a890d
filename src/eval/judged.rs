//! The rules of a regime judged over the figures of several units taken as one document.
//!
//! A rule holds of sums wherever it does not change when every figure is multiplied by the same amount; one with an absolute number or with rounding in it speaks about
//! the report of one unit only. It does not know who is due or who asks: the caller passes members. Where a member's report is missing the sums are partial and rules on
//! them wait.

use crate::calendar::Date;
use crate::eval::archive::Archive;
use crate::eval::cell::BlankReason;
use crate::eval::consolidate::Member;
use crate::eval::evaluate::{Carry, Evaluation, ReportInput, Tally};
use crate::eval::figures::Figures;
use crate::eval::finding::Finding;
use crate::eval::judge::judge_rules;
use crate::eval::references::{children, sides};
use crate::eval::together::{History, as_one};
use crate::organisation::{EventState, Unit};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row, RowScope};
use crate::plan::aggregation::OverUnits;
use crate::plan::cell::Nature;
use crate::plan::expression::{
    CellReference, Expression, ExpressionId, OverFunction, RowReference,
};
use crate::plan::validation::{Rule, RuleIndex, RuleKind, Side};
use std::collections::BTreeMap;

/// Where a document of several units stands.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint<'a> {
    /// Last day of the window; switches of rules look at it.
    pub cutoff: Date,
    /// The unit that consolidates, for rules that are `only for` some.
    pub reporter: Option<&'a Unit>,
    /// The event that the period follows.
    pub event: Option<&'a EventState>,
    /// What the body that consolidates wrote itself: its explanations of what does not hold.
    pub written: Option<&'a Figures>,
}

/// How the rules came out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// What does not hold or cannot be decided yet.
    pub findings: Vec<Finding>,
    /// How each rule came out over the rows it was judged for.
    pub tallies: BTreeMap<RuleIndex, Tally>,
    /// Every figure of the whole.
    pub document: Evaluation,
}

/// Judges every rule that holds of sums over the figures of all members.
pub fn judged<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    history: &History<'a>,
    at: Standpoint<'_>,
) -> Judged {
    let (document, archive) = as_one(plan, members, history);
    let nothing = Figures::default();
    let archive: &Archive<'_> = &archive;
    let input = ReportInput {
        period: history.period,
        cutoff: at.cutoff,
        reporter: at.reporter,
        event: at.event,
        figures: at.written.unwrap_or(&nothing),
        archive,
        carry: Carry::Missing(BlankReason::NotAnswered),
    };
    let (findings, tallies) = judge_rules(plan, &input, &document, |rule| of_sums(plan, rule));
    Judged {
        findings,
        tallies,
        document,
    }
}

/// Whether a rule speaks about sums of several units as it does about one report.
pub fn of_sums(plan: &CompiledRegime, rule: &Rule) -> bool {
    let reading = Reading { plan };
    // What rounding allows for in one report adds up over many, so that sums of figures that agree need not; a plan is compared with the whole as it is printed.
    if rule.rounded && !sides(rule).into_iter().any(|side| reading.of_plan(side)) {
        return false;
    }
    let own = match (rule.form, rule.column) {
        (Some(form), Some(column)) => reading.cell(&CellReference {
            form,
            row: match &rule.rows {
                RowScope::One(key) => RowReference::Entry(key.clone()),
                RowScope::Every => RowReference::Current,
            },
            column,
        }),
        _ => Growth::Any,
    };
    let of = |side: &Side| reading.of(side.expression);
    let together = match &rule.kind {
        RuleKind::Chain { sides } => sides.iter().map(of).fold(own, Growth::alike),
        RuleKind::Balance { sides } => sides.iter().map(of).fold(Growth::Any, Growth::alike),
        RuleKind::Within { whole } => own.alike(of(whole)),
        RuleKind::Bounds { lesser, greater } => of(lesser).alike(of(greater)),
        RuleKind::Range { low, high } => own.alike(of(low)).alike(of(high)),
        RuleKind::Condition { expression } => reading.of(*expression),
    };
    let conditions = rule.conditions.iter().map(|id| reading.of(*id));
    together != Growth::Apart && conditions.into_iter().all(|one| one != Growth::Apart)
}

/// How an expression grows when every figure grows by one factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    /// As any other: zero, nil, a plan value, a truth that itself does not change.
    Any,
    /// By this power of the factor: sums by one, ratios and numbers not at all.
    By(i32),
    /// By no power, or it has no value in a document of several units.
    Apart,
}

impl Growth {
    /// Both stand on one level: they are added or compared.
    fn alike(self, other: Growth) -> Growth {
        match (self, other) {
            (Growth::Apart, _) | (_, Growth::Apart) => Growth::Apart,
            (Growth::Any, one) | (one, Growth::Any) => one,
            (Growth::By(left), Growth::By(right)) if left == right => self,
            _ => Growth::Apart,
        }
    }

    fn times(self, other: Growth, sign: i32) -> Growth {
        match (self, other) {
            (Growth::Apart, _) | (_, Growth::Apart) => Growth::Apart,
            (Growth::Any, _) | (_, Growth::Any) => Growth::Any,
            (Growth::By(left), Growth::By(right)) => Growth::By(left + sign * right),
        }
    }

    /// The truth of something does not grow; it is fit for sums or it is not.
    fn decided(self) -> Growth {
        match self {
            Growth::Apart => Growth::Apart,
            _ => Growth::Any,
        }
    }
}

struct Reading<'p> {
    plan: &'p CompiledRegime,
}

impl Reading<'_> {
    fn all<'i>(&self, ids: impl IntoIterator<Item = &'i ExpressionId>) -> Growth {
        ids.into_iter()
            .map(|id| self.of(*id))
            .fold(Growth::Any, Growth::alike)
    }

    /// Whether a plan value is looked up in an expression.
    fn of_plan(&self, id: ExpressionId) -> bool {
        match self.plan.validation_program.expression(id) {
            Some(Expression::Plan { .. }) => true,
            Some(found) => children(found).into_iter().any(|part| self.of_plan(part)),
            None => false,
        }
    }

    fn of(&self, id: ExpressionId) -> Growth {
        let Some(expression) = self.plan.validation_program.expression(id) else {
            return Growth::Apart;
        };
        match expression {
            Expression::Literal(number) if number.is_zero() => Growth::Any,
            Expression::Literal(_) => Growth::By(0),
            Expression::Truth(_)
            | Expression::Event(_)
            | Expression::Valid { .. }
            | Expression::Nil
            | Expression::Plan { .. }
            | Expression::CountBelow(_) => Growth::Any,
            Expression::Cell(cell) => self.cell(cell),
            // What only the report of one unit has.
            Expression::Foreign(_)
            | Expression::Registry { .. }
            | Expression::Day(_)
            | Expression::Entry(_)
            | Expression::Rank(_)
            | Expression::Round(..) => Growth::Apart,
            Expression::Sum(terms) => self.all(terms.iter().map(|(_, id)| id)),
            Expression::Minimum(sides) | Expression::Maximum(sides) | Expression::SumOf(sides) => {
                self.all(sides)
            }
            Expression::Product(left, right) => self.of(*left).times(self.of(*right), 1),
            Expression::Quotient(left, right) => self.of(*left).times(self.of(*right), -1),
            Expression::Growth(now, before) => match self.of(*now).alike(self.of(*before)) {
                Growth::Apart => Growth::Apart,
                _ => Growth::By(0),
            },
            Expression::Negate(inner)
            | Expression::Scale(inner, _)
            | Expression::Absolute(inner)
            | Expression::Previous(inner)
            | Expression::YearAgo(inner)
            | Expression::YearToDate(inner)
            | Expression::Opening(inner)
            | Expression::OverEvents(inner)
            | Expression::SumBelow(inner) => self.of(*inner),
            Expression::Compare(first, rest) => rest
                .iter()
                .map(|(_, id)| self.of(*id))
                .fold(self.of(*first), Growth::alike)
                .decided(),
            Expression::And(sides) | Expression::Or(sides) => sides
                .iter()
                .map(|id| self.of(*id).decided())
                .fold(Growth::Any, Growth::alike),
            Expression::Not(inner) | Expression::IsBlank(inner) => self.of(*inner).decided(),
            Expression::If(condition, then, otherwise) => self
                .of(*condition)
                .decided()
                .alike(self.of(*then).alike(self.of(*otherwise))),
            Expression::Chosen(value, _) => self.of(*value),
            Expression::In(inner, _) | Expression::Under(inner) => self.of(*inner).decided(),
            Expression::Over(over) => match over.function {
                OverFunction::Count | OverFunction::Sum => Growth::By(1),
                OverFunction::Minimum | OverFunction::Maximum => Growth::Apart,
            },
        }
    }

    fn cell(&self, cell: &CellReference) -> Growth {
        let Some(form) = self.plan.form_definition.form(cell.form) else {
            return Growth::Apart;
        };
        let row = match &cell.row {
            RowReference::Entry(key) => Row::parse(key, form),
            RowReference::Total => Row::Total,
            RowReference::Current | RowReference::Others | RowReference::All => Row::Own,
        };
        let Some(definition) = form.cell(row.key(), cell.column) else {
            return Growth::Apart;
        };
        let at = CellAddress {
            form: cell.form,
            row,
            column: cell.column,
        };
        let combined = self.plan.aggregation_plan.step_of(&at);
        if combined
            .is_none_or(|step| matches!(step.over_units, OverUnits::Collect | OverUnits::Entered))
        {
            return Growth::Apart;
        }
        match definition.nature {
            Nature::Flow
            | Nature::Stock
            | Nature::Opening
            | Nature::NotOverTime
            | Nature::Mixed
            | Nature::PeriodAverage => Growth::By(1),
            Nature::Ratio | Nature::AverageBy(_) => Growth::By(0),
            Nature::Index | Nature::Score | Nature::None => Growth::Apart,
        }
    }
}
