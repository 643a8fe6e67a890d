//! How the rules a test looks at came out.
//!
//! It deliberately judges nothing: findings and tallies are those of the evaluation. A target that leads nowhere in the plan has no findings and was judged nowhere.

use super::{Exercised, Mismatch, Runner};
use crate::analysis::tests_model::{Outcome, RuleTarget, TestCell};
use crate::eval::cell::Cell;
use crate::eval::consolidate::{Group, Member, figure};
use crate::eval::finding::{Finding, FindingKind, Verdict};
use crate::eval::judged::Judged;
use crate::eval::{gathered, naming};
use crate::plan::Bilingual;
use crate::plan::address::{CellAddress, Row, RowScope};
use crate::plan::validation::{Rule, RuleIndex, Severity};

impl Runner<'_> {
    /// Whether the rules of a target came out as expected.
    pub(super) fn outcome(
        &self,
        outcome: Outcome,
        target: &RuleTarget,
        seen: &mut Exercised,
    ) -> Option<Mismatch> {
        let Some(judged) = &self.judged else {
            return Some(Mismatch::NoReport);
        };
        let aimed: Vec<&Finding> = judged
            .findings
            .iter()
            .filter(|finding| self.is_about(finding, target))
            .collect();
        let conflicts = self.contradicts(target);
        if outcome == Outcome::Fails && conflicts {
            return None;
        }
        let fails = |finding: &Finding| finding.verdict == Verdict::Fails;
        let blocks = |finding: &Finding| finding.severity == Severity::Error;
        let met = match outcome {
            Outcome::Fails => aimed.iter().any(|one| fails(one) && blocks(one)),
            Outcome::Warns => aimed.iter().any(|one| fails(one) && !blocks(one)),
            Outcome::Undecided => aimed.iter().any(|one| !fails(one)),
            Outcome::Holds => aimed.is_empty() && !conflicts && self.was_judged(judged, target),
            Outcome::Inapplicable => {
                aimed.is_empty() && !conflicts && !self.was_judged(judged, target)
            }
        };
        if !met {
            let mut found: Vec<Bilingual> =
                aimed.iter().map(|finding| self.told(finding)).collect();
            if conflicts {
                found.extend(self.conflicts());
            }
            return Some(match (found.is_empty(), self.was_judged(judged, target)) {
                (false, _) => Mismatch::OtherOutcome { found },
                (true, true) => Mismatch::Holds,
                (true, false) => Mismatch::Inapplicable,
            });
        }
        if matches!(outcome, Outcome::Fails | Outcome::Warns) {
            seen.failed
                .extend(aimed.iter().filter_map(|finding| match &finding.kind {
                    FindingKind::Rule { rule, .. } if finding.verdict == Verdict::Fails => {
                        Some(*rule)
                    }
                    _ => None,
                }));
        }
        None
    }

    /// Whether anything of a target was looked at where it has nothing to say: one of its rules held, or a cell without such rules is answered.
    fn was_judged(&self, judged: &Judged, target: &RuleTarget) -> bool {
        let rules = self.plan.validation_program.rules.iter().zip(0u32..);
        let aimed: Vec<RuleIndex> = rules
            .filter(|(rule, _)| self.belongs(rule, target))
            .map(|(_, position)| RuleIndex(position))
            .collect();
        let held = aimed.iter().any(|rule| {
            let tally = judged.tallies.get(rule);
            tally.is_some_and(|tally| tally.passed > 0)
        });
        match target {
            RuleTarget::Rule(_) | RuleTarget::One(_) => held,
            // Tallies are counted over rows, so that the cell itself has to be there, too.
            RuleTarget::Own { .. } => held && self.answered(target),
            RuleTarget::Row { .. } | RuleTarget::Cell(_) => {
                (held || aimed.is_empty()) && self.answered(target)
            }
        }
    }

    /// Whether a rule is the target's own.
    fn belongs(&self, rule: &Rule, target: &RuleTarget) -> bool {
        let at = |form: &str, row: &str| {
            let found = self.plan.form_definition.find_form(form);
            let (index, _) = found.filter(|(index, _)| rule.form == Some(*index))?;
            let here = match &rule.rows {
                RowScope::Every => true,
                RowScope::One(key) => key == row,
            };
            (here && rule.column.is_some()).then_some(index)
        };
        match target {
            RuleTarget::Rule(name) => rule.identifier.as_deref() == Some(name),
            RuleTarget::One(key) | RuleTarget::Own { key, .. } => rule.key == *key,
            RuleTarget::Row { form, row } => at(form, row).is_some(),
            RuleTarget::Cell(cell) => {
                let column = self.address(cell).map(|address| address.column);
                at(&cell.form, &cell.row).is_some() && rule.column == column
            }
        }
    }

    /// Whether some cell of a target has an answer.
    fn answered(&self, target: &RuleTarget) -> bool {
        let definition = &self.plan.form_definition;
        let aimed: Vec<CellAddress> = match target {
            RuleTarget::Rule(_) | RuleTarget::One(_) => Vec::new(),
            RuleTarget::Cell(cell) | RuleTarget::Own { cell, .. } => {
                self.address(cell).into_iter().collect()
            }
            RuleTarget::Row { form, row } => match definition.find_form(form) {
                Some((index, form)) => form
                    .columns_indexed()
                    .map(|(column, _)| CellAddress {
                        form: index,
                        row: Row::parse(row, form),
                        column,
                    })
                    .collect(),
                None => Vec::new(),
            },
        };
        let there = |cell: &Cell| !matches!(cell, Cell::Blank(_) | Cell::Closed);
        aimed.iter().any(|address| {
            let listed = definition.form(address.form).is_some_and(|form| {
                // In a list a cell without a row means the field in any row.
                form.listed().is_some() && address.row == Row::Own
            });
            if listed {
                let own = self.suppositions.own().into_iter();
                let others = self.suppositions.units().filter_map(|(_, report)| report);
                return own.chain(others).any(|report| {
                    let mut cells = report.cells.iter();
                    cells.any(|(at, cell)| {
                        (at.form, at.column) == (address.form, address.column) && there(cell)
                    })
                });
            }
            if self.suppositions.is_consolidation() {
                let found = self.together(|members, history| {
                    figure(self.plan, members, &Group::Overall, address, Some(history))
                });
                return found.is_some_and(|found| there(&found.cell));
            }
            let own = self.suppositions.own();
            own.and_then(|own| own.cells.get(address))
                .is_some_and(there)
        })
    }

    /// Where lists of several units contradict one another, in words.
    pub(super) fn conflicts(&self) -> Vec<Bilingual> {
        if !self.suppositions.is_consolidation() {
            return Vec::new();
        }
        let members = self.members();
        let all: Vec<&Member> = members.iter().collect();
        gathered::conflicts(self.plan, &all)
            .iter()
            .map(|conflict| {
                let words = gathered::told(self.plan, conflict, &all);
                naming::both(format!("✗ {}", words.vi), format!("✗ {}", words.en))
            })
            .collect()
    }

    /// Whether lists of several units contradict one another in the column of a target.
    fn contradicts(&self, target: &RuleTarget) -> bool {
        let RuleTarget::Cell(cell) = target else {
            return false;
        };
        let Some(aimed) = self.address(cell) else {
            return false;
        };
        let members = self.members();
        let all: Vec<&Member> = members.iter().collect();
        gathered::conflicts(self.plan, &all)
            .iter()
            .any(|conflict| (conflict.form, conflict.column) == (aimed.form, aimed.column))
    }

    fn is_about(&self, finding: &Finding, target: &RuleTarget) -> bool {
        let rule = match &finding.kind {
            FindingKind::Rule { rule, .. } => {
                self.plan.validation_program.rules.get(rule.0 as usize)
            }
            _ => None,
        };
        match target {
            RuleTarget::Rule(name) => {
                rule.is_some_and(|rule| rule.identifier.as_deref() == Some(name))
            }
            RuleTarget::Row { form, row } => finding.at.as_ref().is_some_and(|at| {
                let named = self.plan.form_definition.form(at.form);
                named.is_some_and(|named| named.name == *form)
                    && at.row.key() == row
                    && rule.is_none_or(|rule| rule.column.is_some())
            }),
            RuleTarget::One(key) => rule.is_some_and(|rule| rule.key == *key),
            RuleTarget::Own { cell, key } => {
                self.stands_at(finding, cell) && rule.is_some_and(|rule| rule.key == *key)
            }
            // A written rule that happens to point at the cell is not one of the cell's own.
            RuleTarget::Cell(cell) => {
                self.stands_at(finding, cell) && rule.is_none_or(|rule| rule.column.is_some())
            }
        }
    }

    /// Whether a finding is about a cell; in a list a cell without a row means the field in any row.
    fn stands_at(&self, finding: &Finding, cell: &TestCell) -> bool {
        let Some(at) = &finding.at else {
            return false;
        };
        self.address(cell).is_some_and(|aimed| {
            let form = self.plan.form_definition.form(aimed.form);
            let listed = form.is_some_and(|form| form.listed().is_some());
            match listed && aimed.row == Row::Own {
                true => (at.form, at.column) == (aimed.form, aimed.column),
                false => *at == aimed,
            }
        })
    }
}
