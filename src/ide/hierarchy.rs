//! Nguồn gốc chỉ tiêu: what a figure is made of, and what is made of it, across forms and regimes.
//!
//! Read off the model, so that formulas which could be read are followed also in a regime with mistakes elsewhere. Checks read figures too and are no origin. It deliberately does not know values; a figure that is
//! typed is made of nothing.

use super::meaning::{self, Meaning};
use super::names::{self, Target};
use crate::analysis::expression::{Cell, RowPick, Term, TermKind};
use crate::analysis::model::Regime;
use crate::analysis::model::cell::{CellDefinition, Source};
use crate::analysis::model::form::{Column, Form};
use crate::diagnostic::Label;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// A figure: a column in every row, a row in every column, or one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// The regime.
    pub regime: String,
    /// Its version.
    pub version: u32,
    /// The form.
    pub form: String,
    /// The key of the row; `total` for the total row; none: every row.
    pub row: Option<String>,
    /// The key of the column; none: every column.
    pub column: Option<String>,
}

/// A figure with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The figure.
    pub figure: Figure,
    /// As people write it: `XLD01[3]`.
    pub title: String,
    /// The labels of its row and column.
    pub label: String,
    /// The statement that declares it.
    pub declared: Target,
}

/// A figure that another one reads, or that reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other figure.
    pub origin: Origin,
    /// Where the one reads the other.
    pub places: BTreeSet<Label>,
}

/// The figure that is named at an offset.
pub fn prepare(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Origin> {
    let name = names::at(snapshot, file, offset)?;
    let figure = match meaning::of(snapshot, &name.target)? {
        Meaning::Column {
            regime,
            form,
            at,
            column,
        } => of_column(regime, form, (at, column)),
        Meaning::Row { regime, form, row } => Figure {
            row: form.row_key(row),
            ..of_form(regime, form)
        },
        _ => return None,
    };
    origin(snapshot, figure)
}

/// What a figure is made of: the figures that its formula reads.
pub fn made_of(snapshot: &Snapshot, figure: &Figure) -> Vec<Link> {
    let Some((regime, form)) = located(snapshot, figure) else {
        return Vec::new();
    };
    let mut found: BTreeMap<Figure, BTreeSet<Label>> = BTreeMap::new();
    for definition in definitions(form, figure) {
        let own = definition.row.or(figure.row.as_deref());
        reads(regime, definition.cell, &mut |read, span| {
            let read = in_row(read, form, own);
            found.entry(read).or_default().insert(Label {
                file: regime.place.label.file,
                span,
            });
        });
    }
    links(snapshot, found)
}

/// What is made of a figure: the figures whose formulas read it.
pub fn makes(snapshot: &Snapshot, figure: &Figure) -> Vec<Link> {
    let mut found: BTreeMap<Figure, BTreeSet<Label>> = BTreeMap::new();
    for regime in meaning::regimes(snapshot) {
        for form in &regime.forms {
            let every = of_form(regime, form);
            for definition in definitions(form, &every) {
                reads(regime, definition.cell, &mut |read, span| {
                    let reading = definition.is(regime, form, span);
                    let own = reading.row.clone();
                    let read = in_row(read, form, own.as_deref());
                    if meets(&read, figure) {
                        found.entry(reading).or_default().insert(Label {
                            file: regime.place.label.file,
                            span,
                        });
                    }
                });
            }
        }
    }
    links(snapshot, found)
}

fn links(snapshot: &Snapshot, found: BTreeMap<Figure, BTreeSet<Label>>) -> Vec<Link> {
    let link = |(figure, places)| {
        Some(Link {
            origin: origin(snapshot, figure)?,
            places,
        })
    };
    found.into_iter().filter_map(link).collect()
}

/// Whether a figure that is read is the one asked about, or a part of it, or holds it.
fn meets(read: &Figure, asked: &Figure) -> bool {
    let alike = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    (&read.regime, read.version, &read.form) == (&asked.regime, asked.version, &asked.form)
        && alike(&read.row, &asked.row)
        && alike(&read.column, &asked.column)
}

fn of_form(regime: &Regime, form: &Form) -> Figure {
    Figure {
        regime: regime.name.clone(),
        version: regime.version,
        form: form.name.clone(),
        row: None,
        column: None,
    }
}

fn of_column(regime: &Regime, form: &Form, (at, column): (usize, &Column)) -> Figure {
    Figure {
        column: Some(column.key(at)),
        ..of_form(regime, form)
    }
}

fn located<'s>(snapshot: &'s Snapshot, figure: &Figure) -> Option<(&'s Regime, &'s Form)> {
    let mut regimes = meaning::regimes(snapshot);
    let regime =
        regimes.find(|known| known.name == figure.regime && known.version == figure.version)?;
    let form = regime.forms.iter().find(|form| form.name == figure.form)?;
    Some((regime, form))
}

fn column_of<'f>(form: &'f Form, key: &str) -> Option<(usize, &'f Column)> {
    let mut columns = form.columns.iter().enumerate();
    columns.find(|(at, column)| column.key(*at) == key)
}

fn row_of(form: &Form, key: &str) -> Option<usize> {
    (0..form.written.len()).find(|row| form.row_key(*row).as_deref() == Some(key))
}

/// The figure with its words and its place: that of its row where only the row is one of many, else that of its column.
fn origin(snapshot: &Snapshot, figure: Figure) -> Option<Origin> {
    let (_, form) = located(snapshot, &figure)?;
    let column = figure
        .column
        .as_deref()
        .and_then(|key| column_of(form, key))
        .map(|(_, column)| column);
    let row = figure
        .row
        .as_deref()
        .and_then(|key| form.written.get(row_of(form, key)?));
    let place = match (column, row) {
        (Some(column), _) => column.place.label,
        (None, Some(row)) => row.place.label,
        (None, None) => form.place.label,
    };
    let labels = [
        row.map(|row| row.label.as_str()),
        column.map(|column| column.label.as_str()),
    ];
    let labels: Vec<&str> = labels.into_iter().flatten().collect();
    let name = &figure.form;
    let title = match (&figure.row, &figure.column) {
        (Some(row), Some(column)) => format!("{name}[{row}, {column}]"),
        (None, Some(column)) => format!("{name}[{column}]"),
        (Some(row), None) => format!("{name}.row[{row}]"),
        (None, None) => name.clone(),
    };
    Some(Origin {
        title,
        label: labels.join(" › "),
        declared: names::target(snapshot, place)?,
        figure,
    })
}

/// What a cell or all cells of a column are.
struct Definition<'f> {
    cell: &'f CellDefinition,
    row: Option<&'f str>,
    /// Position of the row, of a cell with a definition of its own.
    at: Option<usize>,
    column: usize,
}

impl Definition<'_> {
    /// The figure that a formula at a place makes: that of the column or row in whose statement it stands.
    fn is(&self, regime: &Regime, form: &Form, span: Span) -> Figure {
        let column = form.columns.get(self.column);
        let row = self.at.and_then(|row| form.written.get(row));
        let in_column = column.is_some_and(|column| column.place.label.span.contains(span));
        let in_row = row.is_some_and(|row| row.place.label.span.contains(span));
        let key = column.map(|column| column.key(self.column));
        Figure {
            row: self.row.filter(|_| !in_column).map(str::to_owned),
            column: key.filter(|_| in_column || !in_row || self.is_alone(form)),
            ..of_form(regime, form)
        }
    }

    /// Whether other cells of the row are made otherwise.
    fn is_alone(&self, form: &Form) -> bool {
        let Some(row) = self.at else { return true };
        let first = |cell: &CellDefinition| cell.chain.first().map(|side| side.term.span);
        let own = first(self.cell);
        form.cells
            .range((row, 0)..(row.saturating_add(1), 0))
            .any(|((_, column), cell)| *column != self.column && first(cell) != own)
    }
}

/// The definitions of the cells of a figure. In a form with written rows each cell has its own.
fn definitions<'f>(form: &'f Form, figure: &Figure) -> Vec<Definition<'f>> {
    let mut found = Vec::new();
    for (at, column) in form.columns.iter().enumerate() {
        if figure
            .column
            .as_ref()
            .is_some_and(|key| *key != column.key(at))
        {
            continue;
        }
        let of_rows: Vec<(usize, &CellDefinition)> = (0..=form.written.len())
            .filter_map(|row| Some((row, form.cells.get(&(row, at))?)))
            .collect();
        if of_rows.is_empty() {
            found.push(Definition {
                cell: &column.cell,
                row: None,
                at: None,
                column: at,
            });
        }
        for (row, cell) in of_rows {
            let key = match form.written.get(row) {
                Some(written) => written.code.as_deref().or(written.name.as_deref()),
                None => Some("total"),
            };
            if figure.row.is_none() || figure.row.as_deref() == key {
                found.push(Definition {
                    cell,
                    row: key,
                    at: Some(row),
                    column: at,
                });
            }
        }
    }
    found
}

/// Calls `visit` for every figure that the formula of a cell reads, and where.
fn reads(regime: &Regime, cell: &CellDefinition, visit: &mut dyn FnMut(Figure, Span)) {
    if !matches!(cell.source, Source::Computed | Source::Carried) {
        return;
    }
    if let Some(side) = cell.chain.first() {
        read_by(regime, &side.term, visit);
    }
}

fn read_by(regime: &Regime, term: &Term, visit: &mut dyn FnMut(Figure, Span)) {
    match &term.kind {
        TermKind::Cell(cell) => {
            if let Some(read) = figure_of(regime, cell) {
                visit(read, term.span);
            }
        }
        TermKind::Foreign(cell) => visit(
            Figure {
                regime: cell.regime.clone(),
                version: cell.version,
                form: cell.form.clone(),
                row: key_of(&cell.row),
                column: Some(cell.column.clone()),
            },
            term.span,
        ),
        TermKind::Over(over) => {
            // A count reads the rows of the list.
            if let (None, Some(list)) = (&over.value, regime.forms.get(over.list)) {
                visit(of_form(regime, list), term.span);
            }
            term.for_each_child(&mut |child| read_by(regime, child, visit));
        }
        _ => term.for_each_child(&mut |child| read_by(regime, child, visit)),
    }
}

fn figure_of(regime: &Regime, cell: &Cell) -> Option<Figure> {
    let form = regime.forms.get(cell.form)?;
    let column = form.columns.get(cell.column)?;
    Some(Figure {
        row: key_of(&cell.row),
        ..of_column(regime, form, (cell.column, column))
    })
}

fn key_of(row: &RowPick) -> Option<String> {
    match row {
        RowPick::Entry(key) => Some(key.clone()),
        RowPick::Total => Some("total".to_owned()),
        _ => None,
    }
}

/// A figure read in the row at hand of its own form is that row's.
fn in_row(read: Figure, form: &Form, own: Option<&str>) -> Figure {
    match own {
        Some(row) if read.row.is_none() && read.form == form.name => Figure {
            row: Some(row.to_owned()),
            ..read
        },
        _ => read,
    }
}
