//! Rules: what each column demands of itself, then what the author wrote, with keys, texts and the cells read.
//!
//! It does not know how verdicts are reached. Broken input does not reach it.

use super::expression::{Arena, reference};
use crate::analysis::expression::{Cell, RowPick, Term};
use crate::analysis::model::{self, Column, Form, Regime, Strength};
use crate::plan::Origin;
use crate::plan::form::{ColumnIndex, FormIndex};
use crate::plan::validation::{Rule, RuleKind, Severity, Side, Template, TemplatePart};
use std::collections::BTreeSet;

/// All rules of a regime: the columns' own, form by form, then the written ones.
pub(super) fn rules(regime: &Regime, arena: &mut Arena<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (form_position, form) in regime.forms.iter().enumerate() {
        for (position, column) in form.columns.iter().enumerate() {
            let mut own = Own {
                form,
                form_position,
                column,
                position,
                arena,
            };
            rules.extend(own.chain());
            rules.extend(own.within());
            rules.extend(own.range());
        }
    }
    for (position, rule) in regime.rules.iter().enumerate() {
        rules.push(written(regime, rule, position, arena));
    }
    rules
}

/// The rules a column makes by itself.
struct Own<'r, 'a, 'w> {
    form: &'r Form,
    form_position: usize,
    column: &'r Column,
    position: usize,
    arena: &'a mut Arena<'w>,
}

impl Own<'_, '_, '_> {
    /// The first side of a computed column computes it; every other side must agree with it.
    fn chain(&mut self) -> Option<Rule> {
        let skipped = usize::from(self.column.source != model::Source::Entered);
        let checked: Vec<&model::Side> = self.column.chain.iter().skip(skipped).collect();
        if checked.is_empty() {
            return None;
        }
        let all: Vec<&str> = self
            .column
            .chain
            .iter()
            .map(|side| side.text.as_str())
            .collect();
        let text = format!("[{}] = {}", self.column.key(self.position), all.join(" = "));
        let sides = checked.iter().map(|side| self.side(side)).collect();
        let terms: Vec<&Term> = checked.iter().map(|side| &side.term).collect();
        Some(self.rule("chain", RuleKind::Chain { sides }, text, &terms))
    }

    fn within(&mut self) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (number, whole) in self.column.within.iter().enumerate() {
            let suffix = if number == 0 {
                "within".to_string()
            } else {
                format!("within{}", number + 1)
            };
            let text = format!("[{}] <= {}", self.column.key(self.position), whole.text);
            let kind = RuleKind::Within {
                whole: self.side(whole),
            };
            rules.push(self.rule(&suffix, kind, text, &[&whole.term]));
        }
        rules
    }

    fn range(&mut self) -> Option<Rule> {
        let (low, high) = self.column.range.as_ref()?;
        let text = format!(
            "{} <= [{}] <= {}",
            low.text,
            self.column.key(self.position),
            high.text
        );
        let kind = RuleKind::Range {
            low: self.side(low),
            high: self.side(high),
        };
        Some(self.rule("range", kind, text, &[&low.term, &high.term]))
    }

    fn side(&mut self, side: &model::Side) -> Side {
        Side {
            expression: self.arena.for_column(&side.term, self.column),
            text: side.text.clone(),
        }
    }

    fn rule(&self, suffix: &str, kind: RuleKind, text: String, terms: &[&Term]) -> Rule {
        let mut reads = Reads::of(terms.iter().copied());
        reads.cells.insert(Cell {
            form: self.form_position,
            row: RowPick::Current,
            column: self.position,
        });
        Rule {
            key: format!(
                "{}[{}]/{suffix}",
                self.form.name,
                self.column.key(self.position)
            ),
            identifier: None,
            form: Some(FormIndex(self.form_position as u32)),
            column: Some(ColumnIndex(self.position as u32)),
            kind,
            severity: Severity::Error,
            conditions: Vec::new(),
            only_in: Vec::new(),
            message: None,
            reads: reads.cells.iter().map(reference).collect(),
            reads_previous: reads.previous,
            origin: origin(&self.column.place),
            text,
        }
    }
}

fn written(regime: &Regime, rule: &model::Rule, position: usize, arena: &mut Arena<'_>) -> Rule {
    let form = rule.form.and_then(|position| regime.forms.get(position));
    let scope = form.map_or(regime.name.as_str(), |form| form.name.as_str());
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
    };
    let reads = Reads::of(terms.into_iter().chain(&rule.conditions));
    let message = rule.message.as_ref().map(|parts| Template {
        parts: parts
            .iter()
            .map(|part| match part {
                model::MessagePart::Text(text) => TemplatePart::Text(text.clone()),
                model::MessagePart::Figure(term) => TemplatePart::Figure(arena.term(term)),
            })
            .collect(),
    });
    Rule {
        key: rule
            .id
            .clone()
            .unwrap_or_else(|| format!("{scope}/check:{}", position + 1)),
        identifier: rule.id.clone(),
        form: rule.form.map(|position| FormIndex(position as u32)),
        column: None,
        kind,
        severity: match rule.strength {
            Strength::Error => Severity::Error,
            Strength::Explain => Severity::Explain,
            Strength::Warning => Severity::Warning,
        },
        conditions: rule
            .conditions
            .iter()
            .map(|term| arena.term(term))
            .collect(),
        only_in: rule.only_in.clone(),
        message,
        reads: reads.cells.iter().map(reference).collect(),
        reads_previous: reads.previous,
        origin: origin(&rule.place),
        text: rule.text.clone(),
    }
}

/// The sides of a balance, all counted in the finest measure among them.
fn balanced(sides: &[model::Side], arena: &mut Arena<'_>) -> Vec<Side> {
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

fn origin(place: &model::Place) -> Origin {
    Origin {
        file: place.path.clone(),
        line: place.line,
    }
}
