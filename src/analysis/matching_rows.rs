//! A balance between forms with written rows: it holds in every row that all of them have, and on the total.
//!
//! Rows match by their keys, the printed code first. It deliberately does not compare labels. Where the forms have no row in common the rule is read once, so that the
//! missing row is told.

use super::check_rules::RuleReader;
use super::expression::{Cell, RowPick};
use super::forms::FormDraft;
use super::model::form::Rows;
use super::resolve::Resolver;
use super::resolve_values::Matching;
use super::rule_instances::Instance;
use crate::syntax::ast::expression::{CellRef, Expr, ExprKind, Pick};
use crate::syntax::ast::rule as tree;

impl RuleReader<'_, '_, '_> {
    /// The rules that a balance outside of forms stands for: one per row that all forms named in it without a row have, and one for their totals.
    pub(super) fn by_matching_row(
        &self,
        written: &tree::Rule,
        form: Option<usize>,
    ) -> Vec<Instance> {
        let mut cells = Vec::new();
        if let (tree::RuleKind::Balance(sides), None) = (&written.kind, form) {
            sides
                .iter()
                .for_each(|side| self.without_row(side, &mut cells));
        }
        let several = cells
            .first()
            .is_some_and(|(first, _)| cells.iter().any(|(form, _)| form != first));
        let mut found = Vec::new();
        if let (true, Some((first, _))) = (several, cells.first()) {
            for row in self.rows_of(Some(*first)) {
                found.extend(self.in_row(*first, row, &cells));
            }
            let total = |form: &usize| {
                self.forms
                    .get(*form)
                    .is_some_and(|draft| draft.total.is_some())
            };
            if cells.iter().all(|(form, _)| total(form)) {
                found.push(Instance {
                    matching: Some(Matching::Total),
                    shown: Some("total".to_owned()),
                    ..Instance::default()
                });
            }
        }
        match found.is_empty() {
            true => vec![Instance::default()],
            false => found,
        }
    }

    /// The rule in one row, where every form has it and no cell of it is closed.
    fn in_row(&self, form: usize, row: usize, cells: &[(usize, usize)]) -> Option<Instance> {
        let key = self.forms.get(form)?.row_key(row)?;
        let open = cells.iter().all(|(form, column)| {
            let there = self.forms.get(*form).and_then(|draft| row_of(draft, &key));
            there.is_some_and(|row| {
                let (form, column) = (*form, *column);
                !self.is_closed(&Cell { form, row, column })
            })
        });
        open.then(|| Instance {
            matching: Some(Matching::Row { form, row }),
            shown: Some(key),
            ..Instance::default()
        })
    }

    /// The cells of forms with written rows that an expression names without a row, as form and column.
    fn without_row(&self, expr: &Expr, found: &mut Vec<(usize, usize)>) {
        if let ExprKind::Cell(cell) = &expr.kind {
            found.extend(self.column_without_row(cell));
        }
        expr.for_each_part(&mut |part| self.without_row(part, found));
    }

    fn column_without_row(&self, cell: &CellRef) -> Option<(usize, usize)> {
        let ([form], [pick]) = (cell.path.as_slice(), cell.picks.as_slice()) else {
            return None;
        };
        let mut forms = self.forms.iter();
        let position = forms.position(|draft| draft.form.name == form.value)?;
        let draft = self.forms.get(position)?;
        let Pick::Place(place) = &pick.value else {
            return None;
        };
        let column = draft.find(place)?;
        (draft.form.rows == Rows::Written && !draft.is_head(column)).then_some((position, column))
    }
}

/// The row of figures of a form that goes by this printed code or name.
fn row_of(draft: &FormDraft, key: &str) -> Option<RowPick> {
    let row = draft.find_row(key)?;
    let figures = draft.figure_rows().any(|figures| figures == row);
    draft.row_pick(row).filter(|_| figures)
}

impl Resolver<'_, '_, '_, '_> {
    /// The row of a form that is meant where a rule between forms names none.
    pub(super) fn matching_row(&self, form: usize) -> Option<RowPick> {
        let draft = self.forms.get(form)?;
        match self.inside.matching? {
            Matching::Total => draft.total.map(|_| RowPick::Total),
            Matching::Row { form, row } => {
                let key = self.forms.get(form)?.row_key(row)?;
                row_of(draft, &key)
            }
        }
    }
}
