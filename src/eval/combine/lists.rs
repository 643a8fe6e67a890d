//! Figures of lists of several units: cells of the common list, its total row, and which units a figure over a list rests on.
//!
//! It does not know how rows come together, which [`crate::eval::gathered`] decides. Rows of one key that do not agree leave the figure blank.

use super::{Combiner, Standing, own_cell, standing};
use crate::eval::cell::{BlankReason, Cell};
use crate::eval::compute::data_rows;
use crate::eval::consolidate::Figure;
use crate::eval::gathered::{self, GatheredRow};
use crate::eval::operation::{self, Operand};
use crate::organisation::UnitId;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::CellDefinition;
use crate::plan::form::{FormIndex, Listed};

/// Cells of units with the units, and the standing of every member.
type ListCells = (Vec<(UnitId, Cell)>, Vec<Standing>);

impl Combiner<'_, '_> {
    /// The entered figure of a cell of a list; none where the form is no list.
    pub(super) fn of_list(&mut self, at: &CellAddress) -> Option<(Figure, Vec<Standing>)> {
        let plan = self.plan;
        let form = plan.form_definition.form(at.form)?;
        let listed = form.listed()?;
        let definition = &form.column(at.column)?.cell;
        if at.row == Row::Total {
            return Some(self.list_total(at, listed, definition));
        }
        let (contributions, standings) = self.list_cells(at)?;
        let cell = merged(at, listed, definition, &contributions);
        Some(self.counted(cell, contributions, standings, None, None))
    }

    /// The units' own cells behind a cell of the common list, and how each unit stands to it; none where the form is no list.
    pub(super) fn list_cells(&self, at: &CellAddress) -> Option<ListCells> {
        let rows = self.lists.get(&at.form)?;
        let found = rows.iter().find(|found| found.row == at.row).cloned();
        let sources = found.map_or(Vec::new(), |found: GatheredRow| found.sources);
        let mut standings = vec![Standing::NotAsked; self.members.len()];
        let mut contributions: Vec<(UnitId, Cell)> = Vec::new();
        for (place, row) in sources {
            let Some((member, report)) = self
                .members
                .get(place)
                .and_then(|member| Some((member, member.report?)))
            else {
                continue;
            };
            let own = CellAddress { row, ..at.clone() };
            let cell = own_cell(report, &own);
            if let Some(known) = standings.get_mut(place) {
                *known = (*known).max(standing(&cell));
            }
            contributions.push((member.unit.clone(), cell));
        }
        Some((contributions, standings))
    }

    fn list_total(
        &mut self,
        at: &CellAddress,
        listed: &Listed,
        definition: &CellDefinition,
    ) -> (Figure, Vec<Standing>) {
        let mut standings: Vec<Standing> = self
            .members
            .iter()
            .map(|member| match member.report {
                Some(_) => Standing::Answered,
                None => Standing::Missing,
            })
            .collect();
        let rows: Vec<CellAddress> = data_rows(self.rows(), at.form)
            .iter()
            .map(|data| CellAddress {
                row: data.row.clone(),
                ..at.clone()
            })
            .collect();
        let mut known = Vec::new();
        for row in &rows {
            self.require(row);
            if let Some(Some((figure, own))) = self.figures.get(row) {
                known.push(Operand::read(&figure.cell, row));
                for (all, one) in standings.iter_mut().zip(own) {
                    *all = (*all).max(*one);
                }
            }
        }
        let cell = match definition.adds() && !listed.key.contains(&at.column) {
            true => operation::sum(known).into_cell(),
            false => Cell::Closed,
        };
        self.counted(cell, Vec::new(), standings, None, None)
    }

    /// The rows of the document: those of lists are these members' own.
    pub(super) fn rows(&self) -> &[Vec<crate::eval::evaluate::DataRow>] {
        match &self.own_rows {
            Some(rows) => rows,
            None => self.rows,
        }
    }

    /// The common lists of the members, by form.
    pub(super) fn gather(&mut self) {
        let plan = self.plan;
        for (place, form) in plan.form_definition.forms.iter().enumerate() {
            let index = FormIndex(place as u32);
            if let Some(listed) = form.listed() {
                let rows = self.own_rows.get_or_insert_with(|| self.rows.to_vec());
                if let Some(own) = rows.get_mut(place) {
                    *own = gathered::rows(index, listed, &self.members);
                }
                self.lists
                    .insert(index, gathered::gather(index, listed, &self.members));
            }
        }
    }
}

/// One cell of rows with one key: facts are added, everything else must agree.
fn merged(
    at: &CellAddress,
    listed: &Listed,
    definition: &CellDefinition,
    contributions: &[(UnitId, Cell)],
) -> Cell {
    match contributions {
        [] => Cell::Closed,
        [(_, only)] => only.clone(),
        _ if gathered::adds_when_merged(listed, at.column, definition) => {
            let operands = contributions
                .iter()
                .map(|(_, cell)| Operand::read(cell, at));
            operation::sum(operands).into_cell()
        }
        _ => {
            let mut answers = contributions
                .iter()
                .map(|(_, cell)| cell)
                .filter(|cell| cell.is_answered());
            match answers.next() {
                None => contributions
                    .first()
                    .map_or(Cell::Closed, |(_, cell)| cell.clone()),
                Some(first) if answers.all(|other| other == first) => first.clone(),
                Some(_) => Cell::Blank(BlankReason::UnitsDisagree),
            }
        }
    }
}
