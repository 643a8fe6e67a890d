//! Rules: what each column demands of itself, then what the author wrote, with keys, texts and the cells read.
//!
//! It does not know how verdicts are reached. Broken input does not reach it.

use super::cell::applicability;
use super::expression::{Arena, reference};
use super::form::scope;
use crate::analysis::expression::{Cell, RowPick, Term};
use crate::analysis::model::{self, Regime, Strength, cell::CellDefinition, form::Form, rule_keys};
use crate::plan::Origin;
use crate::plan::applicability::Applicability;
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::validation::{Rule, RuleKind, Severity, Side, Template, TemplatePart};
use std::collections::BTreeSet;

/// All rules of a regime: the columns' own, form by form, then the written ones.
pub(super) fn rules(regime: &Regime, arena: &mut Arena<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (form_position, form) in regime.forms.iter().enumerate() {
        for (position, column) in form.columns.iter().enumerate() {
            // In a form with written rows every cell that has something of its own says it itself.
            if form.rows != model::form::Rows::Written || column.head {
                let mut own = Own {
                    form,
                    form_position,
                    row: None,
                    cell: &column.cell,
                    place: &column.place,
                    position,
                    arena,
                };
                rules.extend(own.all());
            }
        }
        for ((row, position), cell) in &form.cells {
            let Some(line) = form.written.get(*row) else {
                continue;
            };
            let mut own = Own {
                form,
                form_position,
                row: Some(*row),
                cell,
                place: &line.place,
                position: *position,
                arena,
            };
            rules.extend(own.all());
        }
    }
    let keys = rule_keys::of_written(
        &regime.name,
        |position| regime.forms.get(position),
        &regime.rules,
    );
    for (rule, key) in regime.rules.iter().zip(keys) {
        rules.push(written(regime, rule, key, arena));
    }
    rules
}

/// The rules a column, or one cell of it, makes by itself.
struct Own<'r, 'a, 'w> {
    form: &'r Form,
    form_position: usize,
    row: Option<usize>,
    cell: &'r CellDefinition,
    place: &'r model::words::Place,
    position: usize,
    arena: &'a mut Arena<'w>,
}

impl Own<'_, '_, '_> {
    fn all(&mut self) -> Vec<Rule> {
        let mut rules = Vec::new();
        rules.extend(self.chain());
        rules.extend(self.within());
        rules.extend(self.range());
        rules
    }

    /// The cell as people write it between brackets.
    fn address(&self) -> String {
        rule_keys::address(self.form, self.row, self.position)
    }

    /// The first side of a computed column computes it; every other side must agree with it.
    fn chain(&mut self) -> Option<Rule> {
        let skipped = usize::from(self.cell.source != model::cell::Source::Entered);
        let checked: Vec<&model::cell::Side> = self.cell.chain.iter().skip(skipped).collect();
        if checked.is_empty() {
            return None;
        }
        let all: Vec<&str> = self
            .cell
            .chain
            .iter()
            .map(|side| side.text.as_str())
            .collect();
        let text = format!("[{}] = {}", self.address(), all.join(" = "));
        let sides = checked.iter().map(|side| self.side(side)).collect();
        let terms: Vec<&Term> = checked.iter().map(|side| &side.term).collect();
        Some(self.rule("chain", RuleKind::Chain { sides }, text, &terms))
    }

    fn within(&mut self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (number, whole) in self.cell.within.iter().enumerate() {
            let suffix = rule_keys::within(number);
            let text = format!("[{}] <= {}", self.address(), whole.text);
            let kind = RuleKind::Within {
                whole: self.side(whole),
            };
            rules.push(self.rule(&suffix, kind, text, &[&whole.term]));
        }
        rules
    }

    fn range(&mut self) -> Option<Rule> {
        let (low, high) = self.cell.range.as_deref()?;
        let text = format!("{} <= [{}] <= {}", low.text, self.address(), high.text);
        let kind = RuleKind::Range {
            low: self.side(low),
            high: self.side(high),
        };
        Some(self.rule("range", kind, text, &[&low.term, &high.term]))
    }

    fn side(&mut self, side: &model::cell::Side) -> Side {
        Side {
            expression: self.arena.for_cell(&side.term, self.cell),
            text: side.text.clone(),
        }
    }

    fn rule(&self, suffix: &str, kind: RuleKind, text: String, terms: &[&Term]) -> Rule {
        let mut reads = Reads::of(terms.iter().copied());
        reads.cells.insert(Cell {
            form: self.form_position,
            row: match self
                .row
                .and_then(|row| Some((row, self.form.written.get(row)?)))
            {
                Some((row, line)) => RowPick::Entry(line.key(row)),
                None => RowPick::Current,
            },
            column: self.position,
        });
        Rule {
            key: rule_keys::of_cell(self.form, self.row, self.position, suffix),
            identifier: None,
            form: Some(FormIndex(self.form_position as u32)),
            column: Some(ColumnIndex(self.position as u32)),
            rows: scope(Some(self.form), self.row),
            kind,
            severity: Severity::Error,
            conditions: Vec::new(),
            applicability: Applicability::default(),
            rounded: false,
            message: None,
            reads: reads.cells.iter().map(reference).collect(),
            reads_previous: reads.previous,
            origin: origin(self.place),
            text,
        }
    }
}

/// A written rule with its key.
fn written(regime: &Regime, rule: &model::Rule, key: String, arena: &mut Arena<'_>) -> Rule {
    let form = rule.form.and_then(|position| regime.forms.get(position));
    let (kind, terms): (RuleKind, Vec<&Term>) = match &rule.kind {
        model::RuleKind::Balance(sides) => (
            RuleKind::Balance {
                sides: balanced(sides, arena),
            },
            sides.iter().map(|side| &side.term).collect(),
        ),
        model::RuleKind::Condition(term) => (
            RuleKind::Condition {
                expression: arena.term(term),
            },
            vec![term],
        ),
        model::RuleKind::Bounds(lesser, greater) => {
            let mut sides = balanced(&[lesser.clone(), greater.clone()], arena).into_iter();
            let kind = match (sides.next(), sides.next()) {
                (Some(lesser), Some(greater)) => RuleKind::Bounds { lesser, greater },
                _ => RuleKind::Balance { sides: Vec::new() },
            };
            (kind, vec![&lesser.term, &greater.term])
        }
    };
    let reads = Reads::of(terms.into_iter().chain(&rule.conditions));
    let message = rule.message.as_ref().map(|parts| template(parts, arena));
    Rule {
        key,
        identifier: rule.id.clone(),
        form: rule.form.map(|position| FormIndex(position as u32)),
        column: rule.column.map(|position| ColumnIndex(position as u32)),
        rows: scope(form, rule.row),
        kind,
        severity: severity(rule.strength),
        conditions: rule
            .conditions
            .iter()
            .map(|term| arena.term(term))
            .collect(),
        applicability: applicability(&rule.applicability, arena),
        rounded: rule.rounded,
        message,
        reads: reads.cells.iter().map(reference).collect(),
        reads_previous: reads.previous,
        origin: origin(&rule.place),
        text: rule.text.clone(),
    }
}

/// Words with places for figures.
pub(super) fn template(parts: &[model::MessagePart], arena: &mut Arena<'_>) -> Template {
    Template {
        parts: parts
            .iter()
            .map(|part| match part {
                model::MessagePart::Text(text) => TemplatePart::Text(text.clone()),
                model::MessagePart::Figure(term) => TemplatePart::Figure(arena.term(term)),
                model::MessagePart::Change(term) => TemplatePart::Change(arena.term(term)),
            })
            .collect(),
    }
}

/// The sides of a balance, all counted in the finest measure among them.
fn balanced(sides: &[model::cell::Side], arena: &mut Arena<'_>) -> Vec<Side> {
    let expressions = arena.all(sides.iter().map(|side| &side.term));
    sides
        .iter()
        .zip(expressions)
        .map(|(side, expression)| Side {
            expression,
            text: side.text.clone(),
        })
        .collect()
}

/// The cells some terms read.
#[derive(Default)]
struct Reads {
    cells: BTreeSet<Cell>,
    previous: bool,
}

impl Reads {
    fn of<'t>(terms: impl Iterator<Item = &'t Term>) -> Reads {
        let mut reads = Reads::default();
        for term in terms {
            term.cells(&mut |cell, previous| {
                if previous {
                    reads.previous = true;
                } else {
                    reads.cells.insert(cell.clone());
                }
            });
        }
        reads
    }
}

fn origin(place: &model::words::Place) -> Origin {
    Origin {
        file: place.path.clone(),
        line: place.line,
    }
}

/// How strong a rule is.
pub(in crate::plan) fn severity(strength: Strength) -> Severity {
    match strength {
        Strength::Error => Severity::Error,
        Strength::Explain => Severity::Explain,
        Strength::Warning => Severity::Warning,
    }
}
