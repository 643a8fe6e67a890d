//! Rows named in tests: entries of catalogs, written rows, rows of lists, and the rows that need not be named.
//!
//! It deliberately does not know values. A row that leads nowhere is reported, and what is said about it is left out.

use super::check_tests::TestReader;
use super::model::form::Rows;
use super::resolve::catalog_of;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::syntax::ast::Spanned;
use crate::text::Span;

impl TestReader<'_, '_, '_> {
    /// The key of a row; the total row where `total` is allowed.
    pub(super) fn row(&mut self, form: usize, name: &Spanned<String>) -> Option<String> {
        let draft = self.forms.get(form)?;
        if draft.form.rows == Rows::Listed {
            return Some(name.value.clone());
        }
        if draft.form.rows == Rows::Written {
            let position = draft.named_row(self.context, name)?;
            return draft.row_key(position);
        }
        let Some(catalog) = catalog_of(draft.form.rows) else {
            if draft.form.rows == super::model::form::Rows::EachReportingUnit {
                let form = draft.form.name.clone();
                self.report(
                    NameProblem::RowInReference {
                        form,
                        fault: RowFault::NoRows,
                    },
                    name.span,
                );
            }
            return None;
        };
        let found = self.shared.entry(self.context, self.file, catalog, name);
        found.map(|entry| entry.name.clone())
    }

    /// In a form with written rows and one figure column, a row alone names its cell.
    pub(super) fn row_alone(
        &mut self,
        form: usize,
        place: &Spanned<String>,
    ) -> Option<(String, Spanned<String>)> {
        let draft = self.forms.get(form)?;
        let row = draft.find_row(&place.value)?;
        let written = draft.columns.iter().zip(&draft.form.columns).enumerate();
        let mut figures =
            written.filter(|(_, (column, model))| !model.head && !super::cells::is_note(column));
        let (Some((position, (_, only))), None) = (figures.next(), figures.next()) else {
            return None;
        };
        if draft.find(&place.value).is_some() {
            return None;
        }
        let column = Spanned::new(only.key(position), place.span);
        Some((draft.row_key(row)?, column))
    }

    /// The row of a cell whose row is not named: that of a single entry at the head, or of a form that needs none to be named.
    pub(super) fn own_row(
        &mut self,
        form: usize,
        column: &Spanned<String>,
        span: Span,
    ) -> Option<String> {
        let draft = self.forms.get(form)?;
        let head = draft
            .find(&column.value)
            .is_some_and(|column| draft.is_head(column));
        let written = draft.form.rows == super::model::form::Rows::Written;
        if !head && (written || catalog_of(draft.form.rows).is_some()) {
            let form = draft.form.name.clone();
            self.report(
                NameProblem::RowInReference {
                    form,
                    fault: RowFault::RowNeeded,
                },
                span,
            );
            return None;
        }
        Some(String::new())
    }
}
