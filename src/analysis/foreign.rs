//! Cells of other regimes: found in their models, with the type they have there.
//!
//! Regimes are analysed in an order in which each comes after those it names ([`super::order`]). It deliberately does not look into another regime's text. A regime that reads itself
//! through others, or that never shares a period or a reporter with the one it reads, is reported, and the cell becomes unknown.

use super::cell_type::extent::{Extent as Span, Start};
use super::cell_type::sums::Additivity;
use super::context::Context;
use super::expression::{ForeignCell, ForeignPrint, Quantity, RowPick, Sort, TermKind};
use super::foreign_fit;
use super::model::{
    self, Regime,
    cell::{CellDefinition, Extent, ValueType},
    form::Rows,
    words::Words,
};
use super::resolve::Resolver;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::foreign::ForeignProblem;
use crate::diagnostic::problem::meaning::name::{NameProblem, RowFault};
use crate::organisation::Party;
use crate::syntax::ast::expression::{CellRef, Pick};
use crate::syntax::ast::{Item, Spanned};
use crate::text::FileId;
use std::collections::BTreeSet;

impl Resolver<'_, '_, '_, '_> {
    /// A cell of another regime.
    pub(super) fn foreign(&mut self, written: &CellRef) -> TermKind {
        match self.found_elsewhere(written) {
            Some(cell) => TermKind::Foreign(Box::new(cell)),
            None => TermKind::Unknown,
        }
    }

    fn found_elsewhere(&mut self, written: &CellRef) -> Option<ForeignCell> {
        let (regime, form) = self.form_elsewhere(written)?;
        let (row, column) = match written.picks.as_slice() {
            [column] => (self.own_row_elsewhere(&form, column, written), column),
            [row, column] => (self.foreign_row(&form, row), column),
            _ => return None,
        };
        let column = self.foreign_column(&form, column);
        self.cell_elsewhere(&regime, &form, row?, column?)
    }

    /// The regime and the form of a reference; what can never be read there is reported.
    pub(super) fn form_elsewhere(
        &mut self,
        written: &CellRef,
    ) -> Option<(Regime, model::form::Form)> {
        let [regime_name, form_name] = written.path.as_slice() else {
            self.no_cell(written.span);
            return None;
        };
        let regime = regime(self.context, self.file, regime_name)?;
        if let Some(problem) = unlike(self.context, &self.shared.words, &regime) {
            self.context.report(problem, self.file, regime_name.span);
            return None;
        }
        let form = form(self.context, self.file, &regime, form_name)?;
        let own = self.current.and_then(|form| self.forms.get(form));
        if let Some(problem) = foreign_fit::of_days(self.context, own, &regime, &form) {
            self.context.report(problem, self.file, written.span);
        }
        Some((regime, form))
    }

    /// The row of a reference that names none: the unit's own, where the form has one.
    pub(super) fn own_row_elsewhere(
        &mut self,
        form: &model::form::Form,
        column: &Spanned<Pick>,
        written: &CellRef,
    ) -> Option<RowPick> {
        let named = match &column.value {
            Pick::Place(place) => form.find_column(place),
            _ => None,
        };
        let head = named.and_then(|column| form.columns.get(column));
        if head.is_some_and(|column| column.head) || form.rows == Rows::EachReportingUnit {
            return Some(RowPick::Current);
        }
        self.foreign_fault(form, RowFault::RowNeeded, written.span);
        None
    }

    /// One cell of another regime's form.
    pub(super) fn cell_elsewhere(
        &self,
        regime: &Regime,
        form: &model::form::Form,
        row: RowPick,
        column: usize,
    ) -> Option<ForeignCell> {
        let position = match &row {
            RowPick::Entry(key) => {
                let mut rows = form.written.iter().enumerate();
                rows.find(|(position, row)| row.key(*position) == *key)
                    .map(|(position, _)| position)
            }
            RowPick::Total if form.rows == Rows::Written => Some(form.written.len()),
            _ => None,
        };
        let definition = form.cell(position, column)?;
        let printed = self.printed_elsewhere(regime, form, &row, column)?;
        Some(ForeignCell {
            regime: regime.name.clone(),
            version: regime.version,
            form: form.name.clone(),
            row,
            column: form.columns.get(column)?.key(column),
            printed,
            quantity: foreign_fit::settled(quantity(&self.shared.words, definition), regime, form),
        })
    }

    /// How a cell of another regime's form is printed there.
    fn printed_elsewhere(
        &self,
        regime: &Regime,
        form: &model::form::Form,
        row: &RowPick,
        column: usize,
    ) -> Option<ForeignPrint> {
        let column = form.columns.get(column)?;
        let row = match (row, form.rows) {
            (RowPick::Entry(key), Rows::From(catalog) | Rows::ChosenFrom(catalog)) => {
                let catalog = self.shared.words.catalogs.get(catalog)?;
                let entry = catalog.entries.iter().find(|entry| entry.name == *key);
                entry.map(|entry| (None, entry.label.clone()))
            }
            (RowPick::Entry(key), _) => {
                let mut rows = form.written.iter().enumerate();
                rows.find(|(position, row)| row.key(*position) == *key)
                    .map(|(_, row)| (row.code.clone(), row.label.clone()))
            }
            _ => None,
        };
        Some(ForeignPrint {
            regime: regime.title.clone(),
            form: form.sign.clone(),
            column: (column.code.clone(), column.label.clone()),
            row,
        })
    }

    pub(super) fn foreign_column(
        &mut self,
        form: &model::form::Form,
        pick: &Spanned<Pick>,
    ) -> Option<usize> {
        let Pick::Place(place) = &pick.value else {
            let fault = RowFault::ManyOutsideSum;
            self.foreign_fault(form, fault, pick.span);
            return None;
        };
        let found = form.find_column(place);
        match found.and_then(|column| form.columns.get(column)) {
            Some(column) => {
                self.context.refer_column(self.file, pick.span, column);
            }
            None => {
                let names = form.column_places();
                let name = Spanned::new(place.clone(), pick.span);
                self.context
                    .unknown(NameKind::Column, &name, self.file, names, &BTreeSet::new());
            }
        }
        found
    }

    pub(super) fn foreign_row(
        &mut self,
        form: &model::form::Form,
        pick: &Spanned<Pick>,
    ) -> Option<RowPick> {
        match (&pick.value, form.rows) {
            (Pick::Total, Rows::Written) if form.total_row.is_none() => {
                self.foreign_fault(form, RowFault::NoTotal, pick.span);
                None
            }
            (Pick::Total, _) => Some(RowPick::Total),
            (Pick::Place(place), Rows::Written) => {
                let mut rows = form.written.iter().enumerate();
                let found = rows.find(|(_, row)| {
                    !row.heading
                        && (row.code.as_deref() == Some(place)
                            || row.name.as_deref() == Some(place))
                });
                if let Some((position, row)) = found {
                    self.context
                        .refer(NameKind::Row, self.file, pick.span, row.place.label);
                    return Some(RowPick::Entry(row.key(position)));
                }
                let names = form
                    .written
                    .iter()
                    .filter(|row| !row.heading)
                    .flat_map(|row| row.code.as_deref().into_iter().chain(row.name.as_deref()));
                let name = Spanned::new(place.clone(), pick.span);
                self.context
                    .unknown(NameKind::Row, &name, self.file, names, &BTreeSet::new());
                None
            }
            (Pick::Place(place), Rows::From(catalog) | Rows::ChosenFrom(catalog)) => {
                let name = Spanned::new(place.clone(), pick.span);
                let shared = self.shared;
                let entry = shared.entry(self.context, self.file, catalog, &name);
                entry.map(|entry| RowPick::Entry(entry.name.clone()))
            }
            (Pick::Unit(_), _) => {
                self.foreign_fault(form, RowFault::UnitRow, pick.span);
                None
            }
            (Pick::All | Pick::Range(..), _) => {
                self.foreign_fault(form, RowFault::ManyOutsideSum, pick.span);
                None
            }
            (Pick::Place(_), Rows::Listed) => {
                self.foreign_fault(form, RowFault::ListRow, pick.span);
                None
            }
            (Pick::Place(_), _) => {
                self.foreign_fault(form, RowFault::NoRows, pick.span);
                None
            }
        }
    }

    pub(super) fn foreign_fault(
        &mut self,
        form: &model::form::Form,
        fault: RowFault,
        span: crate::text::Span,
    ) {
        let problem = NameProblem::RowInReference {
            form: form.name.clone(),
            fault,
        };
        self.context.report(problem, self.file, span);
    }
}

/// The latest version of a regime that was analysed before this one; an unknown name and a circle are reported.
pub(super) fn regime(
    context: &mut Context,
    file: FileId,
    name: &Spanned<String>,
) -> Option<Regime> {
    let found = context
        .analysed
        .iter()
        .filter(|regime| regime.name == name.value)
        .max_by_key(|regime| regime.version)
        .map(|regime| regime.as_ref().clone());
    if let Some(regime) = &found {
        context.refer(NameKind::Regime, file, name.span, regime.place.label);
        return found;
    }
    let declared: Vec<String> = context
        .project
        .sources
        .iter()
        .flat_map(|source| &source.tree.items)
        .filter_map(|item| match item {
            Item::Regime(written) => written.name.as_ref().map(|name| name.value.clone()),
            _ => None,
        })
        .collect();
    if declared.contains(&name.value) {
        let regime = name.value.clone();
        context.report(ForeignProblem::ReadInCircle { regime }, file, name.span);
    } else {
        let names = declared.iter().map(String::as_str);
        context.unknown(NameKind::Regime, name, file, names, &BTreeSet::new());
    }
    None
}

/// A form of another regime; an unknown one is reported.
pub(super) fn form(
    context: &mut Context,
    file: FileId,
    regime: &Regime,
    name: &Spanned<String>,
) -> Option<model::form::Form> {
    let found = regime.forms.named(&name.value);
    match found {
        Some(form) => context.refer(NameKind::Form, file, name.span, form.place.label),
        None => {
            let names = regime.forms.iter().map(|form| form.name.as_str());
            context.unknown(NameKind::Form, name, file, names, &BTreeSet::new());
        }
    }
    found.cloned()
}

/// Why figures of a regime can never be read in the one at hand.
fn unlike(context: &Context, words: &Words, regime: &Regime) -> Option<ForeignProblem> {
    let own = &context.reported_parts;
    let together = own.periods.is_empty()
        || regime.periods.is_empty()
        || own
            .periods
            .iter()
            .any(|one| regime.periods.iter().any(|rule| rule.choice.meets(one)));
    if !together {
        return Some(ForeignProblem::NoCommonPeriod {
            regime: regime.name.clone(),
        });
    }
    let stops = regime
        .routes
        .iter()
        .flat_map(|route| route.hops.iter().flatten());
    let theirs: BTreeSet<&str> = stops
        .chain(&regime.reporters)
        .chain(&regime.recipients)
        .flat_map(|party| names_of(words, party))
        .collect();
    let mut ours = own.senders.iter().flat_map(|party| names_of(words, party));
    let shared =
        own.senders.is_empty() || theirs.is_empty() || ours.any(|name| theirs.contains(name));
    (!shared).then(|| ForeignProblem::NoCommonReporter {
        regime: regime.name.clone(),
    })
}

/// The name of a party, and the level on which an agency stands.
fn names_of<'w>(words: &'w Words, party: &'w Party) -> impl Iterator<Item = &'w str> {
    let agency = words.agencies.named(&party.name);
    let level = agency.and_then(|agency| agency.level.as_deref());
    std::iter::once(party.name.as_str()).chain(level)
}

/// What a finished cell yields.
fn quantity(words: &Words, cell: &CellDefinition) -> Quantity {
    let ValueType::Number {
        decimals,
        negative,
        percent,
    } = cell.value
    else {
        return match cell.value {
            ValueType::Unknown => Quantity::unknown(),
            ValueType::File => Quantity::answer(Sort::File),
            _ => Quantity::text(),
        };
    };
    let mut additivity = Additivity::actual(cell.nature);
    match cell.extent {
        Extent::Current | Extent::Previous | Extent::PlanYear => {}
        Extent::SinceYear | Extent::SinceYearToPrevious => {
            additivity.extent = Some(Span::since(Start::Year));
        }
        Extent::SinceEvent | Extent::SinceEventToPrevious => {
            additivity.extent = Some(Span::since(Start::Event));
        }
        Extent::SinceStart | Extent::SinceStartToPrevious => {
            additivity.extent = Some(Span::since(Start::Project));
        }
    }
    if cell.extent.ends_before() {
        additivity = additivity.shifted(-1, 0);
    }
    additivity.modality = Some(cell.modality);
    let measure = cell
        .measure
        .and_then(|position| words.measures.get(position));
    let pure = Quantity::pure(cell.nature);
    Quantity {
        sort: Sort::Figure,
        dimension: match measure {
            Some(measure) => measure.dimension.clone(),
            None => pure.dimension.clone(),
        },
        scale: measure.map_or(pure.scale.clone(), |measure| measure.scale.clone()),
        percent,
        negative,
        decimals: Some(match percent {
            true => decimals.saturating_add(2),
            false => decimals,
        }),
        additivity,
        ..pure
    }
}
