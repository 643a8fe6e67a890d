//! The rules of a regime in words, each demand once: what is demanded of many cells alike is one sentence.
//!
//! It does not know figures. What a plan does not have is left out.

use super::limits;
use crate::plan::applicability::Applicability;
use crate::plan::describe::rules::{Subject, Told, told, weight};
use crate::plan::describe::{self, Place, both, listed};
use crate::plan::validation::Rule;
use crate::plan::{Bilingual, CompiledRegime};

/// One demand, with the cells it is made of.
struct Demand {
    /// “Quy tắc C1 (bắt buộc)”.
    name: Bilingual,
    /// The sentence of its first cell.
    told: Told,
    /// Where else it holds.
    limits: Bilingual,
    /// All its cells; empty where the sentence is about no single cell.
    subjects: Vec<Subject>,
}

/// All rules, in the author's order.
pub(super) fn sentences(plan: &CompiledRegime) -> Vec<Bilingual> {
    let mut demands: Vec<Demand> = Vec::new();
    for rule in &plan.validation_program.rules {
        let (name, told, limits) = (name(plan, rule), told(plan, rule), elsewhere(plan, rule));
        let alike = demands.iter_mut().find(|known| {
            known.name == name
                && known.limits == limits
                && known.told.before == told.before
                && known.told.after == told.after
                && known.told.subject.is_some() == told.subject.is_some()
        });
        match alike {
            Some(known) => {
                let new = told.subject.filter(|one| !known.subjects.contains(one));
                known.subjects.extend(new);
            }
            None => demands.push(Demand {
                subjects: told.subject.clone().into_iter().collect(),
                name,
                told,
                limits,
            }),
        }
    }
    demands.iter().map(Demand::sentence).collect()
}

fn name(plan: &CompiledRegime, rule: &Rule) -> Bilingual {
    let form = rule.form.and_then(|form| plan.form_definition.form(form));
    let name = match (&rule.identifier, form) {
        (Some(identifier), _) => both(identifier.clone(), identifier.clone()),
        (None, Some(form)) => {
            let kind = describe::kind(form);
            both(
                format!("của {} {}", kind.vi, form.sign),
                format!("of {} {}", kind.en, form.sign),
            )
        }
        (None, None) => both("chung", "over all forms"),
    };
    let weight = weight(rule.severity);
    both(
        format!("Quy tắc {} ({})", name.vi, weight.vi),
        format!("Rule {} ({})", name.en, weight.en),
    )
}

/// Where else a rule holds; its periods stand in its own words.
fn elsewhere(plan: &CompiledRegime, rule: &Rule) -> Bilingual {
    let place = Place {
        form: rule.form,
        row: None,
    };
    let applicability = Applicability {
        only_in: Vec::new(),
        ..rule.applicability.clone()
    };
    limits(plan, place, &applicability)
}

impl Demand {
    fn sentence(&self) -> Bilingual {
        let text = match self.subjects.as_slice() {
            [] | [_] => self.told.text(),
            several => {
                let (before, after) = (&self.told.before, &self.told.after);
                let cells = cells(several);
                both(
                    format!("{}{}{}", before.vi, cells.vi, after.vi),
                    format!("{}{}{}", before.en, cells.en, after.en),
                )
            }
        };
        let (name, limits) = (&self.name, &self.limits);
        both(
            format!("{}: {}{}.", name.vi, text.vi, limits.vi),
            format!("{}: {}{}.", name.en, text.en, limits.en),
        )
    }
}

/// Several cells: columns and rows are said once where every column has every row, cell by cell otherwise.
fn cells(subjects: &[Subject]) -> Bilingual {
    let mut columns: Vec<Bilingual> = Vec::new();
    let mut rows: Vec<Bilingual> = Vec::new();
    for subject in subjects {
        if !columns.contains(&subject.column) {
            columns.push(subject.column.clone());
        }
        if let Some(row) = &subject.row
            && !rows.contains(row)
        {
            rows.push(row.clone());
        }
    }
    let all_rows = subjects.iter().all(|subject| subject.row.is_some());
    let no_rows = rows.is_empty();
    let (named, whole) = (
        listed(&columns, "và", "and"),
        subjects.len() == columns.len() * rows.len().max(1),
    );
    if no_rows {
        return both(
            format!("mỗi ô của {}", named.vi),
            format!("each of {}", named.en),
        );
    }
    if all_rows && whole {
        let rows = listed(&rows, "và", "and");
        return both(
            format!("mỗi ô của {} ở {}", named.vi, rows.vi),
            format!("each cell of {} in {}", named.en, rows.en),
        );
    }
    let each: Vec<Bilingual> = subjects
        .iter()
        .map(|subject| {
            let text = subject.text();
            both(format!("({})", text.vi), format!("({})", text.en))
        })
        .collect();
    let each = listed(&each, "và", "and");
    both(
        format!("mỗi ô trong {}", each.vi),
        format!("each of {}", each.en),
    )
}
