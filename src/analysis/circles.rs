//! Cells that lead back to themselves by other ways than a formula of one report: parts of each other, cells that close each other, figures that begin with their own past.
//!
//! Formulas that go round within one report are found where columns are ordered, and a cell that names itself where its attributes are read; both are left out here. It
//! deliberately does not know values: what leads round in principle is told. A reference that leads nowhere leads round nothing.

use super::cell_type::extent::{Extent, Start};
use super::columns::Columns;
use super::context::Context;
use super::cycles;
use super::expression::{Cell, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::formulas::Parts;
use super::model::{cell::Source, form::Rows};
use super::slots::{self, Slot};
use super::uncomputable::way;
use crate::diagnostic::problem::meaning::round::RoundProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Reports every circle once, however many rows it goes through.
pub(super) fn check(
    context: &mut Context,
    forms: &[FormDraft],
    parts: &BTreeMap<Slot, Parts>,
    columns: &Columns,
) {
    let formulas: BTreeSet<Slot> = columns.circles.iter().flatten().copied().collect();
    let look = Look {
        forms,
        parts,
        columns,
        formulas: &formulas,
    };
    let mut told = BTreeSet::new();
    for (kind, needs) in [
        (Kind::Within, look.wholes()),
        (Kind::Closing, look.closing()),
        (Kind::Past, look.past()),
    ] {
        for circle in round(&needs) {
            let spans: Vec<Span> = circle
                .iter()
                .filter_map(|slot| look.place(kind, *slot))
                .collect();
            let Some((first, others)) = spans.split_first() else {
                continue;
            };
            let file = circle.first().and_then(|slot| forms.get(slot.form));
            let Some(file) = file.map(|draft| draft.file) else {
                continue;
            };
            if !told.insert(*first) {
                continue;
            }
            let columns = way(forms, &circle);
            let problem = match kind {
                Kind::Within => RoundProblem::PartsOfEachOther { columns },
                Kind::Closing => RoundProblem::CloseEachOther { columns },
                Kind::Past => RoundProblem::NeverBegins { columns },
            };
            let others = others.iter().filter(|other| *other != first);
            let told = Diagnostic::new(problem, file, *first);
            context.push(others.fold(told, |told, other| {
                told.noting(Note::AlsoHere, file, *other)
            }));
        }
    }
}

/// What leads from one cell to the next.
#[derive(Clone, Copy)]
enum Kind {
    Within,
    Closing,
    Past,
}

/// Where each slot leads.
type Needs = BTreeMap<Slot, Vec<Slot>>;

/// The circles among slots.
fn round(needs: &Needs) -> Vec<Vec<Slot>> {
    if needs.is_empty() {
        return Vec::new();
    }
    let slots: Vec<Slot> = needs.keys().copied().collect();
    let places: BTreeMap<Slot, usize> = slots.iter().copied().zip(0..).collect();
    let edges: Vec<Vec<usize>> = needs
        .values()
        .map(|to| to.iter().filter_map(|slot| places.get(slot).copied()))
        .map(Iterator::collect)
        .collect();
    let circles = cycles::order(&edges).circles.into_iter();
    let slot = |place: usize| slots.get(place).copied();
    circles
        .map(|circle| circle.into_iter().filter_map(slot).collect())
        .collect()
}

struct Look<'l, 'a> {
    forms: &'l [FormDraft<'a>],
    parts: &'l BTreeMap<Slot, Parts>,
    columns: &'l Columns,
    /// Slots on circles of formulas, which were reported.
    formulas: &'l BTreeSet<Slot>,
}

impl Look<'_, '_> {
    /// The slot of a cell, if it is one and the same cell whenever it is read from that row.
    fn slot(&self, cell: &Cell, row: Option<usize>) -> Option<Slot> {
        let form = self.forms.get(cell.form)?;
        let named = form.form.rows == Rows::Written && cell.row != RowPick::Others;
        (named || cell.row == RowPick::Current)
            .then(|| self.columns.slot(cell, row))
            .flatten()
    }

    /// From parts to their wholes.
    fn wholes(&self) -> Needs {
        let mut needs = Needs::new();
        for (slot, parts) in self.parts {
            let wholes = parts.within.iter().filter_map(|whole| match &whole.kind {
                TermKind::Cell(cell) => self.slot(cell, slot.row),
                _ => None,
            });
            let wholes: Vec<Slot> = wholes.filter(|whole| whole != slot).collect();
            if !wholes.is_empty() {
                needs.insert(*slot, wholes);
            }
        }
        needs
    }

    /// From cells to what closes them, and from computed cells to what they are made of.
    fn closing(&self) -> Needs {
        let mut needs = Needs::new();
        if !self.parts.values().any(|parts| parts.closed_when.is_some()) {
            return needs;
        }
        for (slot, parts) in self.parts {
            let mut leads = Vec::new();
            let mut add = |cell: &Cell, earlier: bool| {
                let to = self.slot(cell, slot.row).filter(|to| to != slot);
                leads.extend(to.filter(|_| !earlier));
            };
            if let Some(condition) = &parts.closed_when {
                condition.cells(&mut add);
            }
            if let Some(side) = self.computing(*slot, parts) {
                side.cells(&mut add);
            }
            if !leads.is_empty() {
                needs.insert(*slot, leads);
            }
        }
        needs
    }

    /// From computed cells to what they cannot be without, of this report or of the one before.
    fn past(&self) -> Needs {
        let mut needs = Needs::new();
        for (slot, parts) in self.parts {
            let Some(side) = self.computing(*slot, parts) else {
                continue;
            };
            let additivity = self.columns.at(*slot).additivity;
            // In the first period of a year the figure before it is nil.
            if additivity.extent == Some(Extent::since(Start::Year)) {
                continue;
            }
            let mut leads = Vec::new();
            cannot_be_without(side, &mut |cell| {
                leads.extend(self.slot(cell, slot.row));
            });
            if !leads.is_empty() {
                needs.insert(*slot, leads);
            }
        }
        needs
    }

    /// The side that computes a slot.
    fn computing<'p>(&self, slot: Slot, parts: &'p Parts) -> Option<&'p Term> {
        let computed = slots::source_of(self.forms, slot) == Some(Source::Computed);
        let by_row = self.columns.by_row.contains(&slot);
        let sides = match by_row {
            true => &parts.by_row,
            false => &parts.chain,
        };
        sides
            .first()
            .filter(|_| computed && !self.formulas.contains(&slot))
    }

    /// Where a slot of a circle says what leads on.
    fn place(&self, kind: Kind, slot: Slot) -> Option<Span> {
        let made = self.forms.get(slot.form)?.made(slot.row, slot.column)?;
        match kind {
            Kind::Within => made.stated.within.first().map(|(_, span)| *span),
            Kind::Closing => made.stated.closed_when.first().map(|(_, span)| *span),
            Kind::Past => made.sides.map(|sides| sides.span()),
        }
    }
}

/// Calls `visit` for the cells without which a term is blank.
fn cannot_be_without(term: &Term, visit: &mut dyn FnMut(&Cell)) {
    match &term.kind {
        TermKind::Cell(cell) => visit(cell),
        TermKind::Sum(terms) => terms
            .iter()
            .for_each(|(_, term)| cannot_be_without(term, visit)),
        TermKind::SumOf(terms) => terms.iter().for_each(|term| cannot_be_without(term, visit)),
        TermKind::Product(a, b) | TermKind::Quotient(a, b) | TermKind::Growth(a, b) => {
            cannot_be_without(a, visit);
            cannot_be_without(b, visit);
        }
        TermKind::Negate(a)
        | TermKind::Absolute(a)
        | TermKind::Round(a, _)
        | TermKind::Bare(a)
        | TermKind::Previous(a)
        | TermKind::YearAgo(a) => cannot_be_without(a, visit),
        _ => {}
    }
}
