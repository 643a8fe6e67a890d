//! The rules of a regime judged over one report: passed, failed, undecided, not applicable.
//!
//! It does not compute cells and words nothing. A rule never passes because something is missing: then it is undecided, or, where its condition is
//! undecided and it would hold, it stays silent.

use crate::eval::applies::applies;
use crate::eval::compute::{Scope, data_rows};
use crate::eval::evaluate::{Evaluation, ReportInput, Tally};
use crate::eval::figures::Figures;
use crate::eval::finding::{Compared, Finding, FindingKind, Verdict};
use crate::eval::operation::{self, Operand, Truth};
use crate::eval::references::{Read, reads, sides};
use crate::eval::rounded::{all_meet, opposite};
use crate::number::{Interval, Number};
use crate::plan::CompiledRegime;
use crate::plan::address::RowScope;
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::{Comparison, Expression, ExpressionId, RowReference};
use crate::plan::form::FormIndex;
use crate::plan::validation::{Rule, RuleIndex, RuleKind, Severity, Side, TemplatePart};
use std::collections::{BTreeMap, BTreeSet};

/// How a rule came out in one row.
struct Outcome {
    truth: Truth,
    sides: Vec<Option<Number>>,
    /// What may stand behind the sides, where figures are compared as shown.
    ranges: Vec<Option<Interval>>,
    comparison: Option<Compared>,
}

/// Judges every rule in every row it speaks about.
pub fn judge(
    plan: &CompiledRegime,
    report: &ReportInput,
    evaluation: &Evaluation,
) -> (Vec<Finding>, BTreeMap<RuleIndex, Tally>) {
    judge_rules(plan, report, evaluation, |_| true)
}

/// Judges those rules that speak about the document at hand; the others do not apply.
pub fn judge_rules(
    plan: &CompiledRegime,
    report: &ReportInput,
    evaluation: &Evaluation,
    speaks: impl Fn(&Rule) -> bool,
) -> (Vec<Finding>, BTreeMap<RuleIndex, Tally>) {
    let scope = report.scope(plan, &evaluation.cells, &evaluation.rows);
    let mut findings = Vec::new();
    let mut tallies: BTreeMap<RuleIndex, Tally> = BTreeMap::new();
    for (place, rule) in plan.validation_program.rules.iter().enumerate() {
        let index = RuleIndex(place as u32);
        let tally = tallies.entry(index).or_default();
        if !speaks(rule) || !applies(&scope, &rule.applicability, &report.period, report.reporter) {
            tally.not_applicable += 1;
            continue;
        }
        let switch = plan.switch_of(rule, report.cutoff);
        let severity = match switch {
            Some(switch) => switch.severity,
            None => Some(rule.severity),
        };
        let Some(severity) = severity else {
            tally.not_applicable += 1;
            continue;
        };
        for row in rows_judged(&scope, rule) {
            let Some((outcome, verdict)) = judge_row(&scope, rule, &row, tally) else {
                continue;
            };
            findings.push(finding(
                &scope,
                report.figures,
                index,
                (rule, severity),
                &row,
                outcome,
                verdict,
            ));
        }
    }
    (findings, tallies)
}

/// Judges one rule in one row; an outcome only when there is something to say.
fn judge_row(
    scope: &Scope,
    rule: &Rule,
    row: &Row,
    tally: &mut Tally,
) -> Option<(Outcome, Verdict)> {
    let condition = if rule.conditions.is_empty() {
        Truth::True
    } else {
        Truth::all(
            rule.conditions
                .iter()
                .map(|condition| scope.truth(*condition, row)),
        )
    };
    if matches!(condition, Truth::False | Truth::Skipped) {
        tally.not_applicable += 1;
        return None;
    }
    let outcome = outcome(scope, rule, row);
    match (condition, outcome.truth) {
        (Truth::True, Truth::True) => {
            tally.passed += 1;
            None
        }
        (Truth::True, Truth::False) => {
            tally.failed += 1;
            Some((outcome, Verdict::Fails))
        }
        (Truth::True, Truth::Undecided) | (Truth::Undecided, Truth::False) => {
            tally.undecided += 1;
            Some((outcome, Verdict::Undecided))
        }
        _ => {
            tally.not_applicable += 1;
            None
        }
    }
}

/// The rows a rule is judged in: every data row when it speaks of "this row", else once.
fn rows_judged(scope: &Scope, rule: &Rule) -> Vec<Row> {
    let plan = scope.plan;
    if let (RowScope::One(key), Some(form)) = (
        &rule.rows,
        rule.form.and_then(|form| plan.form_definition.form(form)),
    ) {
        return vec![Row::parse(key, form)];
    }
    let program = &plan.validation_program;
    let found: Vec<Read> = sides(rule)
        .into_iter()
        .chain(rule.conditions.iter().copied())
        .flat_map(|side| reads(program, side))
        .collect();
    // The only row of a form without rows is the same for every row of another form.
    let of_this_row = |read: &&Read| {
        matches!(read.cell.row, RowReference::Current | RowReference::Others)
            && (has_rows(plan, read.cell.form)
                || rule.form.is_none_or(|form| !has_rows(plan, form)))
    };
    let forms: BTreeSet<FormIndex> = match rule.form {
        Some(form) if rule.column.is_some() || found.iter().any(|read| of_this_row(&read)) => {
            BTreeSet::from([form])
        }
        Some(_) => BTreeSet::new(),
        None => found
            .iter()
            .filter(of_this_row)
            .map(|read| read.cell.form)
            .collect(),
    };
    let with_rows: Vec<FormIndex> = forms
        .iter()
        .copied()
        .filter(|form| has_rows(plan, *form))
        .collect();
    let Some((first, others)) = with_rows.split_first() else {
        return vec![if forms.is_empty() {
            only_row(plan, rule, &found)
        } else {
            Row::Own
        }];
    };
    let mut rows: Vec<Row> = data_rows(scope.rows, *first)
        .iter()
        .map(|data| data.row.clone())
        .filter(|row| {
            others.iter().all(|form| {
                data_rows(scope.rows, *form)
                    .iter()
                    .any(|data| data.row == *row)
            })
        })
        .collect();
    let totals = with_rows.iter().all(|form| {
        plan.form_definition
            .form(*form)
            .is_some_and(|form| form.total_row.is_some())
    });
    // A balance between forms also holds of what each form prints as its total.
    if rule.form.is_none() && totals {
        rows.push(Row::Total);
    }
    rows
}

/// The row to report a rule at that names its rows itself.
fn only_row(plan: &CompiledRegime, rule: &Rule, found: &[Read]) -> Row {
    found
        .iter()
        .filter(|read| has_rows(plan, read.cell.form))
        .filter(|read| rule.form.is_none_or(|form| form == read.cell.form))
        .find_map(|read| match &read.cell.row {
            RowReference::Entry(name) => Some(Row::Entry(name.clone())),
            RowReference::Total => Some(Row::Total),
            RowReference::Current | RowReference::Others | RowReference::All => None,
        })
        .unwrap_or(Row::Own)
}

fn has_rows(plan: &CompiledRegime, form: FormIndex) -> bool {
    plan.form_definition
        .form(form)
        .is_some_and(|form| form.has_rows())
}

fn outcome(scope: &Scope, rule: &Rule, row: &Row) -> Outcome {
    let own = || match (rule.form, rule.column) {
        (Some(form), Some(column)) => scope.read(&CellAddress {
            form,
            row: row.clone(),
            column,
        }),
        _ => Operand::Closed,
    };
    let values = |sides: &[Side]| -> Vec<Operand> {
        sides
            .iter()
            .map(|side| scope.operand(side.expression, row))
            .collect()
    };
    match &rule.kind {
        RuleKind::Chain { sides } => {
            let mut all = vec![own()];
            all.extend(values(sides));
            equal(&all)
        }
        RuleKind::Balance { sides } => {
            let exact = equal(&values(sides));
            match rule.rounded {
                true => as_shown(scope, sides, row, exact),
                false => exact,
            }
        }
        RuleKind::Within { whole } => {
            let (part, whole) = (own(), scope.operand(whole.expression, row));
            let truth = operation::compare(&part, Comparison::LessOrEqual, &whole);
            plain(truth, &[part, whole])
        }
        RuleKind::Range { low, high } => {
            let operands = [
                own(),
                scope.operand(low.expression, row),
                scope.operand(high.expression, row),
            ];
            plain(in_range(&operands), &operands)
        }
        RuleKind::Bounds { lesser, greater } => {
            let sides = values(&[lesser.clone(), greater.clone()]);
            let [less, more] = sides.as_slice() else {
                return plain(Truth::Skipped, &[]);
            };
            let truth = match has_closed_part(scope, rule) {
                true => Truth::Skipped,
                false => operation::compare(less, Comparison::LessOrEqual, more),
            };
            plain(truth, &sides)
        }
        RuleKind::Condition { expression } => condition(scope, rule.rounded, *expression, row),
    }
}

/// The outcome of an equality of shown figures: sides that differ may still stand for one value.
fn as_shown(scope: &Scope, sides: &[Side], row: &Row, exact: Outcome) -> Outcome {
    let ranges: Vec<Option<Interval>> = sides
        .iter()
        .map(|side| scope.interval(side.expression, row))
        .collect();
    let known: Vec<Interval> = ranges.iter().flatten().cloned().collect();
    let waits = exact.sides.iter().any(Option::is_none)
        && sides.iter().any(|side| {
            let operand = scope.operand(side.expression, row);
            operand.number().is_none() && operand != Operand::Closed
        });
    let truth = match exact.truth {
        Truth::False if !all_meet(&known) => Truth::False,
        Truth::False if waits => Truth::Undecided,
        Truth::False => Truth::True,
        other => other,
    };
    Outcome {
        truth,
        ranges,
        ..exact
    }
}

/// Whether one of the parts that bound each other is closed: then the others bound nothing.
fn has_closed_part(scope: &Scope, rule: &Rule) -> bool {
    let program = &scope.plan.validation_program;
    let cells = sides(rule)
        .into_iter()
        .flat_map(|side| reads(program, side));
    cells
        .filter_map(|read| match &read.cell.row {
            RowReference::Entry(key) => Some(CellAddress {
                form: read.cell.form,
                row: Row::Entry(key.clone()),
                column: read.cell.column,
            }),
            _ => None,
        })
        .any(|address| matches!(scope.read(&address), Operand::Closed))
}

/// Whether all known sides are equal. Two known sides that differ decide at once; an unknown side leaves the rest undecided; closed sides drop out, and
/// with fewer than two left there is nothing to compare.
fn equal(sides: &[Operand]) -> Outcome {
    let open: Vec<&Operand> = sides
        .iter()
        .filter(|side| !matches!(side, Operand::Closed))
        .collect();
    let known: Vec<Number> = open.iter().filter_map(|side| side.number()).collect();
    let differ = known
        .windows(2)
        .any(|pair| matches!(pair, [left, right] if left != right));
    let truth = if differ {
        Truth::False
    } else if open.len() < 2 {
        Truth::Skipped
    } else if known.len() < open.len() {
        Truth::Undecided
    } else {
        Truth::True
    };
    plain(truth, sides)
}

/// Whether a value lies between its bounds. Without a value there is nothing to check; a bound that is known and broken decides.
fn in_range(operands: &[Operand; 3]) -> Truth {
    let [value, low, high] = operands;
    if value.number().is_none() {
        return Truth::Skipped;
    }
    match Truth::all([
        operation::compare(low, Comparison::LessOrEqual, value),
        operation::compare(value, Comparison::LessOrEqual, high),
    ]) {
        Truth::Undecided => Truth::Skipped,
        decided => decided,
    }
}

fn condition(scope: &Scope, rounded: bool, expression: ExpressionId, row: &Row) -> Outcome {
    let truth = truth(scope, rounded, expression, row, false);
    let comparison = deciding(scope, rounded, expression, row, truth, false);
    let compared: Vec<ExpressionId> = comparison
        .iter()
        .flat_map(|compared| [compared.left, compared.right])
        .collect();
    let sides = compared.iter();
    let ranges = compared.iter().filter(|_| rounded);
    Outcome {
        truth,
        sides: sides
            .map(|side| scope.operand(*side, row).number())
            .collect(),
        ranges: ranges.map(|side| scope.interval(*side, row)).collect(),
        comparison,
    }
}

/// The truth of a condition or of its contrary, exactly or of figures as they are shown.
fn truth(scope: &Scope, rounded: bool, id: ExpressionId, row: &Row, negated: bool) -> Truth {
    match (rounded, negated) {
        (true, _) => scope.can_hold(id, row, negated),
        (false, true) => scope.truth(id, row).negated(),
        (false, false) => scope.truth(id, row),
    }
}

/// The first comparison that has the wanted truth and so explains why the whole has it. Under a negation the sign is turned round, so that the
/// comparison reads as what ought to hold.
fn deciding(
    scope: &Scope,
    rounded: bool,
    id: ExpressionId,
    row: &Row,
    wanted: Truth,
    negated: bool,
) -> Option<Compared> {
    match scope.plan.validation_program.expression(id)? {
        Expression::Compare(first, rest) => {
            let mut left = *first;
            for (sign, right) in rest {
                let sign = if negated { opposite(*sign) } else { *sign };
                let found = match rounded {
                    true => scope.may_compare(left, sign, *right, row),
                    false => operation::compare(
                        &scope.operand(left, row),
                        sign,
                        &scope.operand(*right, row),
                    ),
                };
                if found == wanted {
                    return Some(Compared {
                        left,
                        sign,
                        right: *right,
                    });
                }
                left = *right;
            }
            None
        }
        Expression::And(parts) | Expression::Or(parts) => parts
            .iter()
            .filter(|part| truth(scope, rounded, **part, row, negated) == wanted)
            .find_map(|part| deciding(scope, rounded, *part, row, wanted, negated)),
        Expression::Not(inner) => deciding(scope, rounded, *inner, row, wanted, !negated),
        _ => None,
    }
}

fn plain(truth: Truth, sides: &[Operand]) -> Outcome {
    Outcome {
        truth,
        sides: sides.iter().map(Operand::number).collect(),
        ranges: Vec::new(),
        comparison: None,
    }
}

fn finding(
    scope: &Scope,
    given: &Figures,
    index: RuleIndex,
    (rule, severity): (&Rule, Severity),
    row: &Row,
    outcome: Outcome,
    verdict: Verdict,
) -> Finding {
    let at = place(scope, rule, row);
    let mut cells: Vec<CellAddress> = rule
        .reads
        .iter()
        .flat_map(|reference| scope.resolve(reference, row))
        .chain(at.clone())
        .collect();
    cells.sort();
    cells.dedup();
    let key = match row {
        Row::Own => rule.key.clone(),
        row => format!("{}[{}]", rule.key, row.key()),
    };
    let figures = rule.message.iter().flat_map(|message| &message.parts);
    let figures = figures
        .filter_map(|part| match part {
            TemplatePart::Figure(expression) | TemplatePart::Change(expression) => {
                Some(scope.told(*expression, row))
            }
            TemplatePart::Text(_) => None,
        })
        .collect();
    Finding {
        kind: FindingKind::Rule {
            rule: index,
            sides: outcome.sides,
            ranges: outcome.ranges,
            figures,
            comparison: outcome.comparison,
        },
        severity,
        verdict,
        explanation: match severity {
            Severity::Explain => explanation(scope.plan, given, rule, &key),
            Severity::Error | Severity::Warning => None,
        },
        at,
        cells,
        key,
    }
}

/// The cell to go to: the rule's own column, else the first cell it reads in its form, else the first it reads at all.
fn place(scope: &Scope, rule: &Rule, row: &Row) -> Option<CellAddress> {
    if let (Some(form), Some(column)) = (rule.form, rule.column) {
        return Some(CellAddress {
            form,
            row: row.clone(),
            column,
        });
    }
    let found: Vec<Read> = sides(rule)
        .into_iter()
        .flat_map(|side| reads(&scope.plan.validation_program, side))
        .collect();
    let here = |read: &&Read| rule.form.is_none_or(|form| form == read.cell.form);
    let first = found
        .iter()
        .filter(|read| !read.earlier)
        .find(here)
        .or_else(|| found.iter().find(here))
        .or_else(|| found.first())?;
    scope.resolve(&first.cell, row).into_iter().next()
}

/// The explanation given for this row, else for the rule in every row.
fn explanation(plan: &CompiledRegime, given: &Figures, rule: &Rule, key: &str) -> Option<String> {
    let own = rule
        .form
        .and_then(|form| plan.form_definition.form(form))
        .and_then(|form| given.forms.get(&form.name));
    own.into_iter()
        .chain(given.forms.values())
        .find_map(|form| {
            form.explanations
                .get(key)
                .or_else(|| form.explanations.get(&rule.key))
        })
        .cloned()
}
