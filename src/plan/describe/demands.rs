//! What a rule demands, what a unit's record says, and cells of other regimes, in plain words.
//!
//! It goes on where the speaker of arithmetic stops and does not know figures or verdicts. What a plan does not have is told by its name.

use super::{Bilingual, Speaker, around, both, column, listed, row};
use crate::plan::address::RowScope;
use crate::plan::cell::ValueType;
use crate::plan::expression::{Expression, ExpressionId, ForeignReference, RowReference};
use crate::plan::form::ColumnIndex;
use crate::plan::validation::{Rule, RuleKind, Side};

impl Speaker<'_> {
    pub(super) fn demand(&self, rule: &Rule) -> Bilingual {
        let own = || {
            let found = rule
                .form
                .and_then(|form| self.plan.form_definition.form(form))
                .zip(rule.column)
                .and_then(|(form, index)| Some((form, form.column(index)?)));
            let Some((form, found)) = found else {
                return both(rule.key.clone(), rule.key.clone());
            };
            let text = column(found);
            match &rule.rows {
                RowScope::Every => text,
                RowScope::One(key) => {
                    let row = row(self.plan, form, key);
                    both(
                        format!("{}, {}", text.vi, row.vi),
                        format!("{}, {}", text.en, row.en),
                    )
                }
            }
        };
        let told = |sides: &[Side]| {
            sides
                .iter()
                .map(|side| self.tell(side.expression, 0))
                .collect::<Vec<_>>()
        };
        match &rule.kind {
            RuleKind::Chain { sides } => {
                let sides = listed(&told(sides), "và bằng", "and");
                let own = own();
                both(
                    format!("{} bằng {}", own.vi, sides.vi),
                    format!("{} equals {}", own.en, sides.en),
                )
            }
            RuleKind::Balance { sides } => {
                let sides = told(sides);
                let vi: Vec<&str> = sides.iter().map(|side| side.vi.as_str()).collect();
                let en: Vec<&str> = sides.iter().map(|side| side.en.as_str()).collect();
                both(vi.join(" bằng "), en.join(" equals "))
            }
            RuleKind::Within { whole } => {
                let (own, whole) = (own(), self.tell(whole.expression, 0));
                both(
                    format!(
                        "{} không lớn hơn {}, vì là một phần của số đó",
                        own.vi, whole.vi
                    ),
                    format!("{} is at most {}, of which it is a part", own.en, whole.en),
                )
            }
            RuleKind::Bounds { lesser, greater } => {
                // They compare rows of one column, in every column alike: the rows say enough.
                let rows = Speaker {
                    row: None,
                    column: rule.column.or_else(|| self.column_of(lesser.expression)),
                    ..*self
                };
                let lesser = rows.tell(lesser.expression, 0);
                let greater = rows.tell(greater.expression, 0);
                both(
                    format!(
                        "trong cùng một cột, {} không lớn hơn {}",
                        lesser.vi, greater.vi
                    ),
                    format!(
                        "in one and the same column, {} is at most {}",
                        lesser.en, greater.en
                    ),
                )
            }
            RuleKind::Range { low, high } => {
                let percent = self.is_percent(rule);
                let (own, low, high) = (
                    own(),
                    self.tell_as(low.expression, 0, percent),
                    self.tell_as(high.expression, 0, percent),
                );
                both(
                    format!("{} từ {} đến {}", own.vi, low.vi, high.vi),
                    format!("{} from {} to {}", own.en, low.en, high.en),
                )
            }
            RuleKind::Condition { expression } => self.tell(*expression, 0),
        }
    }

    pub(super) fn registry(&self, attribute: &str, entry: &str) -> Bilingual {
        let (attribute, entry) = self.recorded(attribute, entry);
        both(
            format!("hồ sơ đơn vị ghi “{attribute}” là “{entry}”"),
            format!("the unit's registry has “{entry}” for “{attribute}”"),
        )
    }

    /// The labels of an attribute of units and of one of its entries.
    fn recorded<'e>(&'e self, attribute: &'e str, entry: &'e str) -> (&'e str, &'e str) {
        let catalogs = &self.plan.form_definition.catalogs;
        let catalog = catalogs.iter().find(|catalog| catalog.name == attribute);
        let found = catalog
            .and_then(|catalog| catalog.entries.iter().find(|known| known.name == entry))
            .map_or(entry, |known| known.label.as_str());
        let attribute = catalog.map_or(attribute, |catalog| catalog.label.as_str());
        (attribute, found)
    }

    /// The column of the first cell of an expression.
    fn column_of(&self, id: ExpressionId) -> Option<ColumnIndex> {
        match self.plan.validation_program.expression(id)? {
            Expression::Cell(cell) => Some(cell.column),
            Expression::Sum(terms) => self.column_of(terms.first()?.1),
            _ => None,
        }
    }

    /// Whether the cell a rule belongs to is a percentage.
    fn is_percent(&self, rule: &Rule) -> bool {
        let form = rule
            .form
            .and_then(|form| self.plan.form_definition.form(form));
        let cell = form
            .zip(rule.column)
            .and_then(|(form, column)| match &rule.rows {
                RowScope::One(key) => form.cell(key, column),
                RowScope::Every => form.column(column).map(|column| &column.cell),
            });
        cell.is_some_and(|cell| matches!(cell.value, ValueType::Number { percent: true, .. }))
    }

    /// That something does not hold: of a unit's record as people say it, of anything else with a colon.
    pub(super) fn denied(&self, id: ExpressionId, depth: usize) -> Bilingual {
        if let Some(Expression::Registry { attribute, entry }) =
            self.plan.validation_program.expression(id)
        {
            let (attribute, entry) = self.recorded(attribute, entry);
            return both(
                format!("hồ sơ đơn vị ghi “{attribute}” khác “{entry}”"),
                format!("the unit's registry has another “{attribute}” than “{entry}”"),
            );
        }
        if let Some(Expression::IsBlank(a)) = self.plan.validation_program.expression(id) {
            let a = self.bracketed(*a, depth + 1);
            return both(
                format!("{} không để trống", a.vi),
                format!("{} is not blank", a.en),
            );
        }
        around("không phải: ", &self.clause(id, depth + 1), "not: ", "")
    }

    /// Whether [`Self::denied`] has words of its own for it, that need no colon.
    pub(super) fn is_denied_in_words(&self, id: ExpressionId) -> bool {
        matches!(
            self.plan.validation_program.expression(id),
            Some(Expression::Registry { .. } | Expression::IsBlank(_))
        )
    }
}

/// A cell of another regime: “cột 3 (Tổng số), dòng tổng của biểu II.06a/VPCP/KSTT (chế độ “…”)”; as the author wrote it where its labels were not kept.
pub(super) fn foreign(reference: &ForeignReference) -> Bilingual {
    let Some(words) = &reference.words else {
        return both(reference.text(), reference.text());
    };
    let (form, regime) = (&words.form, &words.regime);
    let column = match &words.column {
        (Some(code), label) => (
            format!("cột {code} ({label})"),
            format!("column {code} ({label})"),
        ),
        (None, label) => (format!("cột “{label}”"), format!("column “{label}”")),
    };
    let row = match (&reference.row, &words.row) {
        (RowReference::Total, _) => (", dòng tổng".to_owned(), ", the total row".to_owned()),
        (_, Some((Some(code), label))) => (
            format!(", dòng {code} ({label})"),
            format!(", row {code} ({label})"),
        ),
        (_, Some((None, label))) => (format!(", dòng “{label}”"), format!(", row “{label}”")),
        (_, None) => (String::new(), String::new()),
    };
    both(
        format!("{}{} của biểu {form} (chế độ “{regime}”)", column.0, row.0),
        format!("{}{} of form {form} (regime “{regime}”)", column.1, row.1),
    )
}
