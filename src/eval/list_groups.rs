//! The rows of a list in print (`rows grouped by`): under a heading for every value of the grouping fields, with the sums of the rows below it.
//!
//! Groups stand in the order of their catalogue, else in the order in which they first appear; rows keep theirs. It does not know pages. Rows that leave the field
//! unanswered stand together at the end; a list without grouping fields is only its rows.

use crate::eval::cell::Cell;
use crate::eval::operation::{self, Operand};
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Source, ValueType};
use crate::plan::form::{ColumnIndex, Form, FormDefinition, FormIndex};
use std::collections::BTreeMap;

/// A line of a list in print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupedLine<'a> {
    /// A heading over rows.
    Heading(GroupHeading),
    /// A row.
    Row(&'a Row),
}

/// The heading of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupHeading {
    /// How many groups it lies in.
    pub depth: usize,
    /// The grouping field.
    pub field: ColumnIndex,
    /// What its rows have in that field; none where they left it unanswered.
    pub value: Option<Cell>,
    /// The sums of its rows in the columns that add up.
    pub sums: BTreeMap<ColumnIndex, Cell>,
}

/// A list whose rows are printed.
#[derive(Clone, Copy)]
pub struct PrintedList<'p> {
    /// The definition that knows its catalogues.
    pub definition: &'p FormDefinition,
    /// Which form it is.
    pub index: FormIndex,
    /// The form.
    pub form: &'p Form,
    /// What stands in a cell.
    pub cell: &'p dyn Fn(&Row, ColumnIndex) -> Option<&'p Cell>,
}

impl PrintedList<'_> {
    /// The rows in the order of print with the headings of their groups.
    pub fn lines<'r>(&self, rows: &[&'r Row]) -> Vec<GroupedLine<'r>> {
        let fields = self
            .form
            .listed()
            .map_or(&[][..], |listed| listed.grouped_by.as_slice());
        let mut lines = Vec::new();
        self.add(rows, fields, 0, &mut lines);
        lines
    }

    fn add<'r>(
        &self,
        rows: &[&'r Row],
        fields: &[ColumnIndex],
        depth: usize,
        lines: &mut Vec<GroupedLine<'r>>,
    ) {
        let Some((field, others)) = fields.split_first() else {
            lines.extend(rows.iter().map(|row| GroupedLine::Row(row)));
            return;
        };
        let mut groups: Vec<(Option<&Cell>, Vec<&'r Row>)> = Vec::new();
        for row in rows {
            let value = (self.cell)(row, *field).filter(|cell| cell.is_answered());
            match groups.iter_mut().find(|(known, _)| *known == value) {
                Some((_, members)) => members.push(row),
                None => groups.push((value, vec![row])),
            }
        }
        groups.sort_by_key(|(value, _)| (value.is_none(), self.place(*field, *value)));
        for (value, members) in groups {
            lines.push(GroupedLine::Heading(GroupHeading {
                depth,
                field: *field,
                value: value.cloned(),
                sums: self.sums(&members),
            }));
            self.add(&members, others, depth + 1, lines);
        }
    }

    /// The place of an entry in its catalogue; other values have none and keep the order in which they appear.
    fn place(&self, field: ColumnIndex, value: Option<&Cell>) -> usize {
        let catalog = || match self.form.column(field)?.cell.value {
            ValueType::Choice(catalog) => self.definition.catalog(catalog),
            _ => None,
        };
        match (value, catalog()) {
            (Some(Cell::Entry(entry)), Some(catalog)) => {
                let mut entries = catalog.entries.iter();
                entries
                    .position(|known| known.name == entry.name)
                    .unwrap_or(usize::MAX)
            }
            _ => 0,
        }
    }

    fn sums(&self, rows: &[&Row]) -> BTreeMap<ColumnIndex, Cell> {
        let key = self.form.listed().map_or(&[][..], |listed| &listed.key);
        // What a formula makes of sums is not always the sum of what it makes.
        let adds = self.form.columns_indexed().filter(|(index, column)| {
            column.cell.adds()
                && !column.head
                && !key.contains(index)
                && !matches!(column.cell.source, Source::Computed(_))
        });
        adds.map(|(index, _)| {
            let operands = rows.iter().map(|row| {
                let at = CellAddress {
                    form: self.index,
                    row: (*row).clone(),
                    column: index,
                };
                (self.cell)(row, index).map_or(Operand::Nil, |cell| Operand::read(cell, &at))
            });
            (index, operation::sum(operands).into_cell())
        })
        .collect()
    }
}
