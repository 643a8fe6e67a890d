//! Tests of the tests: each rule removed and turned round, each sign of a formula changed, in the plan; a change that no test notices survives.
//!
//! Pure, and fast because nothing is compiled again: the plan is changed in memory, the tests run until one fails, the plan is put back. It deliberately does
//! not know whether a survivor could be noticed at all: a sign before a figure that is zero in every test survives, too.

use super::{Exercised, tried};
use crate::eval::references::{children, sides};
use crate::plan::address::{CellAddress, Row, RowScope};
use crate::plan::cell::{CellDefinition, Source};
use crate::plan::describe::{self, Place};
use crate::plan::expression::{CellReference, Comparison, Expression, ExpressionId, RowReference};
use crate::plan::form::FormIndex;
use crate::plan::validation::{Rule, RuleKind};
use crate::plan::{Bilingual, CompiledRegime};
use crate::workspace::{RegimeSource, Snapshot};
use std::collections::BTreeSet;

/// What became of all changes of one regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutations {
    /// How many changes were made.
    pub made: usize,
    /// Those that no test noticed, in the plan's order.
    pub survivors: Vec<Survivor>,
}

/// A change that no test noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// Key of the rule, or address of the computed cell.
    pub place: String,
    /// Line of the rule, from 1; a formula has none in a plan.
    pub line: Option<u32>,
    /// What was changed.
    pub change: Bilingual,
}

/// Makes every change; `None` while the regime has mistakes or one of its tests fails as it is.
pub fn mutate(snapshot: &Snapshot, regime: &RegimeSource) -> Option<Mutations> {
    let mut plan = regime.plan()?.clone();
    let noticed = |plan: &CompiledRegime| {
        let calendar = snapshot.working_calendar(plan);
        let mut seen = Exercised::default();
        let mut cases = regime.tests().iter();
        cases.any(|case| {
            let case = tried(snapshot, plan, &calendar, case, &mut seen);
            !case.failures.is_empty()
        })
    };
    if noticed(&plan) {
        return None;
    }
    let changes = changes(&plan);
    let made = changes.len();
    let mut survivors = Vec::new();
    for change in changes {
        let undo = change.kind.apply(&mut plan);
        if !noticed(&plan) {
            survivors.push(change.survivor);
        }
        undo.apply(&mut plan);
    }
    Some(Mutations { made, survivors })
}

/// One change, and what it is called if it survives.
struct Change {
    kind: Replacement,
    survivor: Survivor,
}

/// Something of a plan put in the place of something else.
enum Replacement {
    Rule(usize, RuleKind, Vec<Expression>),
    Expression(usize, Expression),
    /// Only expressions that were added are taken off again.
    Restored(usize, RuleKind, usize),
}

impl Replacement {
    /// Makes the change; the answer undoes it.
    fn apply(self, plan: &mut CompiledRegime) -> Replacement {
        let program = &mut plan.validation_program;
        match self {
            Replacement::Rule(index, kind, mut added) => {
                let before = program.expressions.len();
                program.expressions.append(&mut added);
                let old = put_rule(&mut program.rules, index, kind);
                Replacement::Restored(index, old, before)
            }
            Replacement::Restored(index, kind, before) => {
                program.expressions.truncate(before);
                let old = put_rule(&mut program.rules, index, kind);
                Replacement::Restored(index, old, before)
            }
            Replacement::Expression(index, mut expression) => {
                if let Some(place) = program.expressions.get_mut(index) {
                    std::mem::swap(place, &mut expression);
                }
                Replacement::Expression(index, expression)
            }
        }
    }
}

fn put_rule(rules: &mut [Rule], index: usize, mut kind: RuleKind) -> RuleKind {
    if let Some(rule) = rules.get_mut(index) {
        std::mem::swap(&mut rule.kind, &mut kind);
    }
    kind
}

/// All changes of a plan.
fn changes(plan: &CompiledRegime) -> Vec<Change> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, rule) in plan.validation_program.rules.iter().enumerate() {
        // Of what nobody wrote it is told what it demands.
        let demand = match &rule.kind {
            RuleKind::Bounds { .. } => format!(" `{}`", rule.text),
            _ => String::new(),
        };
        let survivor = |vi: &str, en: &str| Survivor {
            place: rule.key.clone(),
            line: Some(rule.origin.line),
            change: describe::both(format!("{vi}{demand}"), format!("{en}{demand}")),
        };
        found.push(Change {
            kind: always_holds(plan, index),
            survivor: survivor("bỏ quy tắc", "the rule removed"),
        });
        if let Some(kind) = turned_round(plan, index, rule) {
            found.push(Change {
                kind,
                survivor: survivor("đảo ngược quy tắc", "the rule turned round"),
            });
        }
        for side in sides(rule)
            .into_iter()
            .chain(rule.conditions.iter().copied())
        {
            let place = Place {
                form: rule.form,
                row: None,
            };
            signs(plan, place, side, &mut seen, &mut |kind, change| {
                found.push(Change {
                    kind,
                    survivor: Survivor {
                        place: rule.key.clone(),
                        line: Some(rule.origin.line),
                        change,
                    },
                });
            });
        }
    }
    for (form, definition) in plan.form_definition.forms.iter().zip(0u32..) {
        let form_index = FormIndex(definition);
        let columns = form.columns_indexed();
        let cells = columns
            .map(|(index, column)| (Row::Own, index, &column.cell))
            .chain(
                form.exceptions
                    .iter()
                    .map(|own| (Row::parse(&own.row, form), own.column, &own.cell)),
            );
        for (row, column, cell) in cells {
            let Some(formula) = formula(cell) else {
                continue;
            };
            let address = CellAddress {
                form: form_index,
                row: row.clone(),
                column,
            };
            let place = Place {
                form: Some(form_index),
                row: Some(row.key()).filter(|key| !key.is_empty()),
            };
            signs(plan, place, formula, &mut seen, &mut |kind, change| {
                found.push(Change {
                    kind,
                    survivor: Survivor {
                        place: address.text(&plan.form_definition),
                        line: None,
                        change,
                    },
                });
            });
        }
    }
    found
}

fn formula(cell: &CellDefinition) -> Option<ExpressionId> {
    match cell.source {
        Source::Computed(id) | Source::Carried(id) => Some(id),
        Source::Entered | Source::Closed => None,
    }
}

/// The rule demands nothing any more.
fn always_holds(plan: &CompiledRegime, index: usize) -> Replacement {
    let id = ExpressionId(plan.validation_program.expressions.len() as u32);
    let kind = RuleKind::Condition { expression: id };
    Replacement::Rule(index, kind, vec![Expression::Truth(true)])
}

/// The rule demands the contrary.
fn turned_round(plan: &CompiledRegime, index: usize, rule: &Rule) -> Option<Replacement> {
    let mut added = Added {
        first: plan.validation_program.expressions.len(),
        expressions: Vec::new(),
    };
    let held = match &rule.kind {
        RuleKind::Condition { expression } => *expression,
        RuleKind::Balance { sides } => {
            let (first, rest) = sides.split_first()?;
            let rest = rest
                .iter()
                .map(|side| (Comparison::Equal, side.expression))
                .collect();
            added.push(Expression::Compare(first.expression, rest))
        }
        RuleKind::Chain { sides } => {
            let own = added.own(rule)?;
            let rest = sides
                .iter()
                .map(|side| (Comparison::Equal, side.expression))
                .collect();
            added.push(Expression::Compare(own, rest))
        }
        RuleKind::Within { whole } => {
            let own = added.own(rule)?;
            let rest = vec![(Comparison::LessOrEqual, whole.expression)];
            added.push(Expression::Compare(own, rest))
        }
        RuleKind::Bounds { lesser, greater } => {
            let rest = vec![(Comparison::LessOrEqual, greater.expression)];
            added.push(Expression::Compare(lesser.expression, rest))
        }
        RuleKind::Range { low, high } => {
            let own = added.own(rule)?;
            let rest = vec![
                (Comparison::LessOrEqual, own),
                (Comparison::LessOrEqual, high.expression),
            ];
            added.push(Expression::Compare(low.expression, rest))
        }
    };
    let expression = added.push(Expression::Not(held));
    let kind = RuleKind::Condition { expression };
    Some(Replacement::Rule(index, kind, added.expressions))
}

/// Expressions put behind those of the plan.
struct Added {
    first: usize,
    expressions: Vec<Expression>,
}

impl Added {
    fn push(&mut self, expression: Expression) -> ExpressionId {
        let id = ExpressionId((self.first + self.expressions.len()) as u32);
        self.expressions.push(expression);
        id
    }

    /// The cell whose own rule it is.
    fn own(&mut self, rule: &Rule) -> Option<ExpressionId> {
        let cell = CellReference {
            form: rule.form?,
            row: match &rule.rows {
                RowScope::Every => RowReference::Current,
                RowScope::One(key) => RowReference::Entry(key.clone()),
            },
            column: rule.column?,
        };
        Some(self.push(Expression::Cell(cell)))
    }
}

/// Each sign of an expression and below it changed, once in the whole plan.
fn signs(
    plan: &CompiledRegime,
    place: Place<'_>,
    id: ExpressionId,
    seen: &mut BTreeSet<ExpressionId>,
    found: &mut dyn FnMut(Replacement, Bilingual),
) {
    if !seen.insert(id) {
        return;
    }
    let Some(expression) = plan.validation_program.expression(id) else {
        return;
    };
    let index = id.0 as usize;
    let told = |id: ExpressionId| describe::expression(plan, place, id);
    match expression {
        Expression::Sum(terms) => {
            for (position, (plus, term)) in terms.iter().enumerate().skip(1) {
                let mut changed = terms.clone();
                if let Some((sign, _)) = changed.get_mut(position) {
                    *sign = !*sign;
                }
                let (old, new) = if *plus { ("+", "−") } else { ("−", "+") };
                let term = told(*term);
                let change = describe::both(
                    format!("đổi dấu {old} trước {} thành {new}", term.vi),
                    format!("{old} before {} made {new}", term.en),
                );
                found(
                    Replacement::Expression(index, Expression::Sum(changed)),
                    change,
                );
            }
        }
        // A cell that is never asked for closes the whole result, whatever the sign.
        Expression::Product(a, b) | Expression::Quotient(a, b)
            if [a, b].into_iter().any(|id| is_closed(plan, place, *id)) => {}
        Expression::Product(a, b) => {
            let term = told(*b);
            let change = describe::both(
                format!("đổi dấu × trước {} thành ÷", term.vi),
                format!("× before {} made ÷", term.en),
            );
            let changed = Expression::Quotient(*a, *b);
            found(Replacement::Expression(index, changed), change);
        }
        Expression::Quotient(a, b) => {
            let term = told(*b);
            let change = describe::both(
                format!("đổi dấu ÷ trước {} thành ×", term.vi),
                format!("÷ before {} made ×", term.en),
            );
            let changed = Expression::Product(*a, *b);
            found(Replacement::Expression(index, changed), change);
        }
        _ => {}
    }
    for child in children(expression) {
        signs(plan, place, child, seen, found);
    }
}

/// Whether an operand is a cell of a written row that is closed in every report.
fn is_closed(plan: &CompiledRegime, place: Place<'_>, id: ExpressionId) -> bool {
    let Some(Expression::Cell(cell)) = plan.validation_program.expression(id) else {
        return false;
    };
    let row = match &cell.row {
        RowReference::Entry(key) => Some(key.as_str()),
        RowReference::Current => place.row,
        _ => None,
    };
    let form = plan.form_definition.form(cell.form);
    let definition = form
        .zip(row)
        .and_then(|(form, row)| form.cell(row, cell.column));
    definition.is_some_and(|definition| definition.source == Source::Closed)
}
