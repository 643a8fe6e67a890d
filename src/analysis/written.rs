//! Written rows: rows with numbers, names and attributes, rows inside rows, headings whose attributes pass to the rows below them.
//!
//! It deliberately does not know cells: what a row states meets its columns in [`super::cells`]. A line that cannot stand among rows is
//! reported and left out.

use super::attributes::Stated;
use super::context::Context;
use super::expression::RowPick;
use super::forms::{FormDraft, Reader, RowDraft, text_of};
use super::model::{cell::Applicability, form::WrittenRow};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::rows::RowsProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form as tree;
use crate::syntax::ast::form::GroupMember;
use crate::text::Span;

/// What stands around a line.
#[derive(Clone, Default)]
pub(super) struct Above<'a> {
    /// Attributes of the headings around it, outermost first.
    layers: Vec<&'a [Spanned<tree::Attribute>]>,
    /// How many lines it stands under.
    depth: u32,
    /// The row it is nested in.
    parent: Option<usize>,
}

/// Whether a group stands among rows: it holds a row at any depth.
pub(super) fn is_heading(group: &tree::Group) -> bool {
    group.members.iter().any(|member| match member {
        GroupMember::Row(_) => true,
        GroupMember::Group(inner) => is_heading(inner),
        GroupMember::Column(_) => false,
    })
}

impl Reader<'_, '_> {
    /// Reads a heading with everything below it.
    pub(super) fn heading<'a>(
        &mut self,
        group: &'a tree::Group,
        above: &Above<'a>,
        draft: &mut FormDraft<'a>,
    ) {
        if let Some(each) = &group.each {
            self.context
                .report(RowsProblem::RowsRepeated, self.file, each.span);
        }
        let head = group.code.as_ref().or(group.label.as_ref());
        draft.form.written.push(WrittenRow {
            heading: true,
            code: group.code.as_ref().map(|code| code.value.clone()),
            name: None,
            label: text_of(group.label.as_ref()),
            depth: above.depth,
            parent: above.parent,
            measure: None,
            applicability: Applicability::default(),
            place: self.context.place(self.file, group.span),
        });
        draft.rows.push(RowDraft {
            stated: Stated::default(),
            formula: None,
            head: head.map_or(group.head, |head| head.span),
        });
        let mut below = above.clone();
        below.layers.push(&group.attributes);
        below.depth = below.depth.saturating_add(1);
        for stray in &group.strays {
            draft
                .strays
                .extend(stray.names.iter().map(|name| name.value.clone()));
        }
        self.lines(&group.members, &below, draft);
    }

    fn lines<'a>(
        &mut self,
        members: &'a [GroupMember],
        above: &Above<'a>,
        draft: &mut FormDraft<'a>,
    ) {
        for member in members {
            match member {
                GroupMember::Row(row) => self.row(row, above, draft),
                GroupMember::Group(group) => self.heading(group, above, draft),
                GroupMember::Column(column) => {
                    self.context
                        .report(RowsProblem::ColumnAmongRows, self.file, column.span);
                }
            }
        }
    }

    /// Reads a row with the rows inside it.
    pub(super) fn row<'a>(
        &mut self,
        written: &'a tree::Row,
        above: &Above<'a>,
        draft: &mut FormDraft<'a>,
    ) {
        let cells = &written.cells;
        self.row_address(cells.code.as_ref());
        self.row_address(cells.name.as_ref());
        let mut stated = Stated::default();
        for layer in &above.layers {
            stated.read(self.context, self.shared, self.file, layer);
        }
        stated.read(self.context, self.shared, self.file, &cells.attributes);
        let head = cells.code.as_ref().or(cells.name.as_ref());
        let position = draft.form.written.len();
        draft.form.written.push(WrittenRow {
            heading: false,
            code: cells.code.as_ref().map(|code| code.value.clone()),
            name: cells.name.as_ref().map(|name| name.value.clone()),
            label: cells.label.value.clone(),
            depth: above.depth,
            parent: above.parent,
            measure: None,
            applicability: Applicability::default(),
            place: self.context.place(self.file, cells.span),
        });
        self.only_of_columns(&stated, cells.span);
        draft.rows.push(RowDraft {
            stated,
            formula: cells.formula.as_ref(),
            head: head.map_or(cells.label.span, |head| head.span),
        });
        for stray in &written.strays {
            draft
                .strays
                .extend(stray.names.iter().map(|name| name.value.clone()));
        }
        let below = Above {
            depth: above.depth.saturating_add(1),
            parent: Some(position),
            layers: above.layers.clone(),
        };
        self.lines(&written.members, &below, draft);
    }

    fn row_address(&mut self, place: Option<&Spanned<String>>) {
        if let Some(place) = place {
            let first = self.row_places.get(&place.value).copied();
            self.row_places
                .entry(place.value.clone())
                .or_insert(place.span);
            self.taken(place, first);
        }
    }

    /// Attributes that belong to a printed stub or to the print of a column.
    fn only_of_columns(&mut self, stated: &Stated, row: Span) {
        let shows = stated.shows.map(|(_, span)| span);
        let printed = stated.printed_as.map(|text| text.span);
        // What a cell shows, asks from elsewhere or is read by is said by its column; a row would say it of all its columns at once.
        let of_cells = [
            stated.plan.map(|(_, span)| span),
            stated.for_previous,
            stated.from_registry,
            stated.same_for.map(|(_, span)| span),
            stated.matching.map(|(_, span)| span),
        ];
        for span in [shows, printed].into_iter().chain(of_cells).flatten() {
            if row.contains(span) {
                let attribute = self.context.shown(self.file, span);
                let problem = RowsProblem::NotOnRow { attribute };
                self.context.report(problem, self.file, span);
            }
        }
    }
}

impl FormDraft<'_> {
    /// The position of a row of figures by printed number or name.
    pub fn find_row(&self, place: &str) -> Option<usize> {
        self.form.written.find(place)
    }

    /// The key of a written row in data and addresses.
    pub fn row_key(&self, position: usize) -> Option<String> {
        self.form.row_key(position)
    }

    /// How a reference names a written row, or the total row.
    pub fn row_pick(&self, position: usize) -> Option<RowPick> {
        match self.form.written.get(position) {
            Some(row) => Some(RowPick::Entry(row.key(position))),
            None => self.total.map(|_| RowPick::Total),
        }
    }

    /// All printed numbers and names of rows of figures.
    pub fn row_places(&self) -> impl Iterator<Item = &str> {
        let rows = self.form.written.iter().filter(|row| !row.heading);
        rows.flat_map(|row| row.code.as_deref().into_iter().chain(row.name.as_deref()))
    }

    /// The position of a row by printed number or name, used in the file of the form; an unknown one is reported.
    pub fn named_row(&self, context: &mut Context, name: &Spanned<String>) -> Option<usize> {
        let found = self.find_row(&name.value);
        match found.and_then(|row| self.form.written.get(row)) {
            Some(row) => {
                let declared = row.place.label;
                context.refer(NameKind::Row, self.file, name.span, declared);
            }
            None => context.unknown_among(
                NameKind::Row,
                name,
                self.file,
                self.row_places(),
                self.row_labels(),
                &self.strays,
            ),
        }
        found
    }

    /// Positions of the rows of figures, in printed order.
    pub fn figure_rows(&self) -> impl Iterator<Item = usize> {
        let rows = self.form.written.iter().enumerate();
        rows.filter(|(_, row)| !row.heading)
            .map(|(position, _)| position)
    }

    /// The rows of figures that are not nested in another one.
    pub fn outermost_rows(&self) -> impl Iterator<Item = usize> {
        self.figure_rows().filter(|position| {
            self.form
                .written
                .get(*position)
                .is_none_or(|row| row.parent.is_none())
        })
    }

    /// Whether a line is a row of figures.
    pub fn is_figure_row(&self, position: usize) -> bool {
        let row = self.form.written.get(position);
        row.is_some_and(|row| !row.heading)
    }

    /// Whether a row stands, at any depth, inside a row that stands at a place or after it.
    pub fn is_inside_one_from(&self, row: usize, first: usize) -> bool {
        let found = self.form.written.get(row);
        // The row it is nested in stands nearest before it.
        found.is_some_and(|row| row.parent.is_some_and(|parent| parent >= first))
    }
}
