//! References to cells: forms, rows and columns by printed number or name, ranges and `*`.
//!
//! It deliberately does not know types. A name that leads nowhere is reported with the nearest one, and the reference becomes unknown.

use super::expression::{Cell, RowPick, Term, TermKind};
use super::model::{cell::Source, form::Rows};
use super::parts;
use super::resolve::{Resolver, catalog_of, stands_for_many};
use super::rule_instances::This;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::value_word::ValueWord;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Pick, RowRef};
use crate::text::Span;
use std::collections::BTreeSet;

impl Resolver<'_, '_, '_, '_> {
    pub(super) fn cell(&mut self, cell: &CellRef) -> TermKind {
        if cell.path.len() > 1 {
            return self.foreign(cell);
        }
        if stands_for_many(cell) {
            let form = self.form_of(cell).and_then(|form| self.forms.get(form));
            if let Some(form) = form {
                let problem = NameProblem::RowInReference {
                    form: form.form.name.clone(),
                    fault: RowFault::ManyOutsideSum,
                };
                self.context.report(problem, self.file, cell.span);
            }
            return TermKind::Unknown;
        }
        let Some(form) = self.form_of(cell) else {
            return TermKind::Unknown;
        };
        let Some((row, column)) = self.picks(cell, form) else {
            return TermKind::Unknown;
        };
        let Pick::Place(place) = &column.value else {
            let name = Spanned::new(self.context.text(self.file, column.span), column.span);
            self.unknown_column(&name, form);
            return TermKind::Unknown;
        };
        let place = Spanned::new(place.clone(), column.span);
        match self.column(&place, form) {
            Some(column) => TermKind::Cell(self.at_head(Cell { form, row, column })),
            None => TermKind::Unknown,
        }
    }

    /// A single entry at the head of a form has no row.
    fn at_head(&self, cell: Cell) -> Cell {
        let draft = self.forms.get(cell.form);
        let column = draft.and_then(|draft| draft.form.columns.get(cell.column));
        match column {
            Some(column) if column.head => Cell {
                row: RowPick::Current,
                ..cell
            },
            _ => cell,
        }
    }

    /// `row[r]`: the cell of that row in the column at hand.
    pub(super) fn whole_row(&mut self, written: &RowRef) -> TermKind {
        let Some(form) = self.form_of_row(written) else {
            return TermKind::Unknown;
        };
        if self.names_many(written, form) {
            self.fault(RowFault::ManyOutsideSum, form, written.span);
            return TermKind::Unknown;
        }
        let Some(row) = self.row(&written.pick, form) else {
            return TermKind::Unknown;
        };
        match self.column_at_hand(written, form) {
            Some(column) => TermKind::Cell(Cell { form, row, column }),
            None => TermKind::Unknown,
        }
    }

    /// `row[*]` and `row[a..b]` inside a sum, minimum or maximum: the cells of those rows in the column at hand.
    pub(super) fn several_rows(&mut self, written: &RowRef) -> Vec<Term> {
        if self.context.is_full(self.file) {
            return vec![Term::new(TermKind::Unknown, written.span)];
        }
        let many =
            self.form_of_row(written)
                .and_then(|form| match self.names_many(written, form) {
                    true => {
                        let rows = self.rows_named(&written.pick, form)?;
                        Some((form, rows, self.column_at_hand(written, form)?))
                    }
                    false => {
                        let row = self.row(&written.pick, form)?;
                        Some((form, vec![row], self.column_at_hand(written, form)?))
                    }
                });
        let Some((form, rows, column)) = many else {
            return vec![Term::new(TermKind::Unknown, written.span)];
        };
        if !self.context.spend(rows.len(), self.file, written.span) {
            return vec![Term::new(TermKind::Unknown, written.span)];
        }
        let open: Vec<RowPick> = rows
            .into_iter()
            .filter(|row| !self.is_closed(form, row, column))
            .collect();
        self.rows_once(open, form)
            .into_iter()
            .map(|row| Term::new(TermKind::Cell(Cell { form, row, column }), written.span))
            .collect()
    }

    /// The rows without those that lie inside another one of them.
    fn rows_once(&self, rows: Vec<RowPick>, form: usize) -> Vec<RowPick> {
        let Some(draft) = self.forms.get(form).filter(|_| rows.len() > 1) else {
            return rows;
        };
        let position = |row: &RowPick| match row {
            RowPick::Entry(key) => draft.find_row(key),
            _ => None,
        };
        let members: Vec<usize> = rows.iter().filter_map(position).collect();
        let inside = parts::inside_others(&members, draft.rows_inside());
        let outside = |row: &RowPick| position(row).is_none_or(|row| !inside.contains(&row));
        rows.into_iter().filter(outside).collect()
    }

    fn form_of_row(&mut self, written: &RowRef) -> Option<usize> {
        if let Some(name) = &written.form {
            return self.form(name);
        }
        if self.current.is_none() {
            let column = self.context.text(self.file, written.span);
            self.context
                .report(RuleProblem::FormNeeded { column }, self.file, written.span);
        }
        self.current
    }

    /// Whether a reference stands for several written rows.
    fn names_many(&self, written: &RowRef, form: usize) -> bool {
        let draft = self.forms.get(form);
        draft.is_some_and(|draft| draft.form.rows == Rows::Written)
            && matches!(written.pick.value, Pick::All | Pick::Range(..))
    }

    /// The column at hand as the form of a reference to a whole row has it; reported where there is none.
    fn column_at_hand(&mut self, written: &RowRef, form: usize) -> Option<usize> {
        let column = match (self.column, self.current) {
            (Some(column), Some(current)) if current == form => Some(column),
            (Some(column), Some(current)) => self.same_column(column, current, form),
            _ => None,
        };
        if column.is_none() {
            self.fault(RowFault::ColumnNeeded, form, written.span);
        }
        column
    }

    /// Whether a written row closes its cell in a column.
    fn is_closed(&self, form: usize, row: &RowPick, column: usize) -> bool {
        let (RowPick::Entry(key), Some(draft)) = (row, self.forms.get(form)) else {
            return false;
        };
        let position = draft.find_row(key);
        let cell = draft.form.cell(position, column);
        position.is_some() && cell.is_some_and(|cell| cell.source == Source::Closed)
    }

    /// `cell`: each cell in its turn.
    pub(super) fn this_cell(&mut self, span: Span) -> TermKind {
        match self.this {
            Some(This::Cell(cell)) => TermKind::Cell(cell.clone()),
            Some(This::Row(row)) => self.whole_row(row),
            Some(This::Unknown) => TermKind::Unknown,
            None => {
                self.context
                    .report(RuleProblem::CellWithoutEach, self.file, span);
                TermKind::Unknown
            }
        }
    }

    /// The column of another form that bears the same number or name.
    fn same_column(&self, column: usize, current: usize, form: usize) -> Option<usize> {
        let own = self.forms.get(current)?.form.columns.get(column)?;
        self.forms.get(form)?.find(&own.key(column))
    }

    /// The cells that a range or `*` stands for.
    pub(super) fn several(&mut self, cell: &CellRef) -> Vec<Term> {
        let unknown = vec![Term::new(TermKind::Unknown, cell.span)];
        if self.context.is_full(self.file) {
            return unknown;
        }
        if cell.path.len() > 1 {
            return self.several_elsewhere(cell).unwrap_or(unknown);
        }
        let Some(form) = self.form_of(cell) else {
            return unknown;
        };
        let Some((rows, column)) = self.many_rows(cell, form) else {
            return unknown;
        };
        let columns = match &column.value {
            Pick::Range(from, to) => self.range(from, to, form),
            Pick::Place(place) => {
                let place = Spanned::new(place.clone(), column.span);
                self.column(&place, form).map(|column| vec![column])
            }
            _ => {
                let name = Spanned::new(self.context.text(self.file, column.span), column.span);
                self.unknown_column(&name, form);
                None
            }
        };
        let Some(columns) = columns else {
            return unknown;
        };
        let cells = rows.len().saturating_mul(columns.len());
        if !self.context.spend(cells, self.file, cell.span) {
            return unknown;
        }
        let open: Vec<(usize, BTreeSet<RowPick>)> = columns
            .into_iter()
            .map(|column| {
                let open = rows.iter().filter(|row| !self.is_closed(form, row, column));
                let counted = self.rows_once(open.cloned().collect(), form);
                (column, counted.into_iter().collect())
            })
            .collect();
        let in_row = |row: &RowPick| -> Vec<Cell> {
            let columns = open.iter().filter(|(_, rows)| rows.contains(row));
            let row = row.clone();
            columns
                .map(|(column, _)| Cell {
                    form,
                    row: row.clone(),
                    column: *column,
                })
                .collect()
        };
        rows.iter()
            .flat_map(in_row)
            .map(|one| Term::new(TermKind::Cell(one), cell.span))
            .collect()
    }

    /// The rows that a reference to many cells names, and its column. In a form with written rows `*` and ranges are the rows themselves.
    fn many_rows<'x>(
        &mut self,
        cell: &'x CellRef,
        form: usize,
    ) -> Option<(Vec<RowPick>, &'x Spanned<Pick>)> {
        let draft = self.forms.get(form)?;
        let written = draft.form.rows == Rows::Written;
        let (row, column) = match cell.picks.as_slice() {
            [row, column] if written => (row, column),
            _ => {
                return self
                    .picks(cell, form)
                    .map(|(row, column)| (vec![row], column));
            }
        };
        let rows = self.rows_named(row, form)?;
        Some((rows, column))
    }

    /// The written rows that a name, a range or `*` names.
    fn rows_named(&mut self, row: &Spanned<Pick>, form: usize) -> Option<Vec<RowPick>> {
        let draft = self.forms.get(form)?;
        let here = self.row.filter(|_| self.current == Some(form));
        let keys = |rows: Vec<usize>| -> Vec<RowPick> {
            rows.into_iter()
                .filter_map(|row| draft.row_key(row).map(RowPick::Entry))
                .collect()
        };
        match &row.value {
            Pick::All => {
                let others = draft.outermost_rows().filter(|row| Some(*row) != here);
                Some(keys(others.collect()))
            }
            Pick::Range(from, to) => {
                let first = draft.named_row(self.context, from);
                let last = draft.named_row(self.context, to);
                let (first, last) = (first?, last?);
                if last < first {
                    let problem = FormProblem::RangeBackwards {
                        from: from.value.clone(),
                        to: to.value.clone(),
                    };
                    self.context.report(problem, self.file, row.span);
                    return None;
                }
                let members = (first..=last).filter(|row| {
                    draft.is_figure_row(*row) && !draft.is_inside_one_from(*row, first)
                });
                Some(keys(members.collect()))
            }
            _ => self.row(row, form).map(|row| vec![row]),
        }
    }

    /// Columns from one to another in printed order, without those that are parts of another member.
    fn range(
        &mut self,
        from: &Spanned<String>,
        to: &Spanned<String>,
        form: usize,
    ) -> Option<Vec<usize>> {
        let (first, last) = (self.column(from, form), self.column(to, form));
        let (first, last) = (first?, last?);
        if last < first {
            let problem = FormProblem::RangeBackwards {
                from: from.value.clone(),
                to: to.value.clone(),
            };
            self.context
                .report(problem, self.file, from.span.cover(to.span));
            return None;
        }
        if self.context.is_full(self.file) {
            return None;
        }
        let draft = self.forms.get(form)?;
        let members: Vec<usize> = (first..=last)
            .filter(|column| !draft.is_text(*column) && !draft.is_head(*column))
            .collect();
        let inside = parts::inside_others(&members, draft.columns_inside());
        let outside = members.into_iter().filter(|one| !inside.contains(one));
        Some(outside.collect())
    }

    /// The form of a reference.
    fn form_of(&mut self, cell: &CellRef) -> Option<usize> {
        match cell.path.as_slice() {
            [] if self.current.is_some() => self.current,
            [] => {
                let column = self.context.text(self.file, cell.span);
                let column = column.trim_matches(['[', ']']).to_owned();
                self.context
                    .report(RuleProblem::FormNeeded { column }, self.file, cell.span);
                None
            }
            [name] => self.form(name),
            _ => {
                self.no_cell(cell.span);
                None
            }
        }
    }

    /// The form of a name; an unknown one is reported.
    pub fn form(&mut self, name: &Spanned<String>) -> Option<usize> {
        let found = self.context.form_places.get(&name.value).copied();
        match found.and_then(|position| self.forms.get(position)) {
            Some(draft) => {
                self.context
                    .refer(NameKind::Form, self.file, name.span, draft.form.place.label);
            }
            None => {
                let names = self.forms.iter().map(|draft| draft.form.name.as_str());
                self.context
                    .unknown(NameKind::Form, name, self.file, names, self.form_strays);
            }
        }
        found
    }

    /// Row and column picks of a reference, the row resolved.
    fn picks<'x>(
        &mut self,
        cell: &'x CellRef,
        form: usize,
    ) -> Option<(RowPick, &'x Spanned<Pick>)> {
        match cell.picks.as_slice() {
            [column] => self.current_row(cell, form).map(|row| (row, column)),
            [row, column] => self.row(row, form).map(|row| (row, column)),
            _ => None,
        }
    }

    pub(super) fn fault(&mut self, fault: RowFault, form: usize, span: Span) {
        let name = self
            .forms
            .get(form)
            .map_or(String::new(), |draft| draft.form.name.clone());
        self.context.report(
            NameProblem::RowInReference { form: name, fault },
            self.file,
            span,
        );
    }

    /// The row at hand, where the form has it.
    fn current_row(&mut self, cell: &CellRef, form: usize) -> Option<RowPick> {
        let draft = self.forms.get(form)?;
        let target = draft.form.rows;
        let named = cell.picks.last().and_then(|pick| match &pick.value {
            Pick::Place(place) => draft.find(place),
            _ => None,
        });
        if named.is_some_and(|column| draft.is_head(column)) {
            return Some(RowPick::Current);
        }
        if target == Rows::Written {
            let at_home = self.current == Some(form);
            return match self.row.filter(|_| at_home) {
                Some(row) => draft.row_pick(row),
                None if at_home => Some(RowPick::Current),
                None => {
                    let matching = self.matching_row(form);
                    if matching.is_none() {
                        self.fault(RowFault::RowNeeded, form, cell.span);
                    }
                    matching
                }
            };
        }
        let here = self
            .current
            .and_then(|current| self.forms.get(current))
            .map(|draft| draft.form.rows);
        let fault = match (here, target) {
            (_, Rows::Listed) if self.current != Some(form) => Some(RowFault::ListRow),
            (Some(Rows::Listed), target) if catalog_of(target).is_some() => {
                Some(RowFault::RowNeeded)
            }
            (Some(here), target) if catalog_of(here).is_some() && catalog_of(target).is_some() => {
                (catalog_of(here) != catalog_of(target)).then_some(RowFault::OtherRows)
            }
            (Some(Rows::EachReportingUnit), target) if catalog_of(target).is_some() => {
                Some(RowFault::RowNeeded)
            }
            _ => None,
        };
        match fault {
            Some(fault) => {
                self.fault(fault, form, cell.span);
                None
            }
            None => Some(RowPick::Current),
        }
    }

    fn row(&mut self, row: &Spanned<Pick>, form: usize) -> Option<RowPick> {
        let rows = self.forms.get(form).map(|draft| draft.form.rows)?;
        match (&row.value, rows) {
            (Pick::Place(name), Rows::Written) => {
                let name = Spanned::new(name.clone(), row.span);
                let draft = self.forms.get(form)?;
                let position = draft.named_row(self.context, &name)?;
                draft.row_key(position).map(RowPick::Entry)
            }
            (Pick::Total, Rows::Written) if self.forms.get(form)?.total.is_none() => {
                self.fault(RowFault::NoTotal, form, row.span);
                None
            }
            (Pick::Total, _) => Some(RowPick::Total),
            (Pick::Place(_) | Pick::All, Rows::EachReportingUnit) => {
                self.fault(RowFault::NoRows, form, row.span);
                None
            }
            (Pick::All | Pick::Place(_), Rows::Listed) => {
                self.fault(RowFault::ListRow, form, row.span);
                None
            }
            (Pick::All, _) => Some(RowPick::Others),
            (Pick::Place(name), _) => {
                let name = Spanned::new(name.clone(), row.span);
                let shared = self.shared;
                let entry = shared.entry(self.context, self.file, catalog_of(rows)?, &name);
                entry.map(|entry| RowPick::Entry(entry.name.clone()))
            }
            (Pick::Unit(_), _) => {
                self.fault(RowFault::UnitRow, form, row.span);
                None
            }
            (Pick::Range(..), _) => {
                self.fault(RowFault::ManyOutsideSum, form, row.span);
                None
            }
        }
    }

    /// The column of a printed number or name; an unknown one, or a stub, is reported.
    pub fn column(&mut self, place: &Spanned<String>, form: usize) -> Option<usize> {
        let draft = self.forms.get(form)?;
        // In a block repeated per entry a name means the column of the same entry first.
        let own = self.column.filter(|_| self.current == Some(form));
        let named = own.and_then(|column| draft.form.columns.get(column)?.name.as_deref());
        let beside =
            std::iter::successors(named, |name| name.rsplit_once('.').map(|(block, _)| block))
                .skip(1)
                .find_map(|block| draft.find(&format!("{block}.{}", place.value)));
        if let Some(found) = beside.or_else(|| draft.find(&place.value)) {
            if let Some(column) = draft.form.columns.get(found) {
                self.context.refer_column(self.file, place.span, column);
            }
            return Some(found);
        }
        self.unknown_column(place, form);
        None
    }

    fn unknown_column(&mut self, place: &Spanned<String>, form: usize) {
        let Some(draft) = self.forms.get(form) else {
            return;
        };
        if draft.stubs.contains(&place.value) {
            let problem = TypeProblem::TextInArithmetic {
                figure: place.value.clone(),
                value: ValueWord::Text,
            };
            self.context.report(problem, self.file, place.span);
            return;
        }
        self.context.unknown_among(
            NameKind::Column,
            place,
            self.file,
            draft.places(),
            draft.labels(),
            &draft.strays,
        );
    }

    /// A name alone is a column of the form at hand.
    pub(super) fn bare_name(&mut self, name: &Spanned<String>) -> TermKind {
        if let Some(found) = self.entry_or_list(name) {
            return found;
        }
        let Some(form) = self.current else {
            self.context.report(
                RuleProblem::FormNeeded {
                    column: name.value.clone(),
                },
                self.file,
                name.span,
            );
            return TermKind::Unknown;
        };
        match self.column(name, form) {
            Some(column) => {
                let row = match (self.row, self.forms.get(form)) {
                    (Some(row), Some(draft)) => draft.row_pick(row),
                    _ => None,
                };
                TermKind::Cell(self.at_head(Cell {
                    form,
                    row: row.unwrap_or(RowPick::Current),
                    column,
                }))
            }
            None => TermKind::Unknown,
        }
    }
}
