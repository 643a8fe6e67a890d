//! What becomes of the figures of an earlier version: every old figure is mapped once, and every step leads to a figure of this version.
//!
//! The earlier version is another regime of the same name in the project; where it is not there, only this version's side is checked. It deliberately does not
//! know reports. A step that leads nowhere is reported and left out.

use super::context::Context;
use super::lists::nearest;
use super::model::{
    Regime,
    cell::{CellDefinition, ValueType},
    form::Form,
    words::Words,
};
use super::natures::Nature;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::problem::meaning::rule::RuleProblem;
use crate::diagnostic::problem::meaning::version::VersionProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Pick};
use crate::syntax::ast::header::{self as tree, RegimeMember};
use crate::syntax::ast::migrate::{self as written, StepKind};
use crate::text::{FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What becomes of the figures of one earlier version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The earlier version.
    pub version: u32,
    /// Figures that live on.
    pub moves: Vec<Move>,
    /// Figures that end, with the reason.
    pub dropped: Vec<(OldCell, String)>,
}

/// Old figures that become one new figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The old cells, by the keys of data.
    pub from: Vec<OldCell>,
    /// Position of the new form.
    pub form: usize,
    /// Key of the new row; `None`: the rows keep their keys.
    pub row: Option<String>,
    /// Position of the new column.
    pub column: usize,
}

/// A cell of an earlier version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OldCell {
    /// Name of the form.
    pub form: String,
    /// Key of the row; `None`: every row.
    pub row: Option<String>,
    /// Key of the column.
    pub column: String,
}

/// Reads the migrations of a regime. `regimes` are all versions of the project, the regime at hand among them.
pub(super) fn read(
    context: &mut Context,
    regimes: &[Arc<Regime>],
    at: usize,
    file: FileId,
    (regime, words): (&tree::Regime, &Words),
) -> Vec<Migration> {
    let Some(new) = regimes.get(at) else {
        return Vec::new();
    };
    let mut found: Vec<Migration> = Vec::new();
    for member in &regime.members {
        let RegimeMember::Migration(block) = member else {
            continue;
        };
        let version = block.version.value;
        if version == 0 {
            context.report(VersionProblem::Zero, file, block.version.span);
            continue;
        }
        if version >= new.version && new.version > 0 {
            let problem = VersionProblem::NotEarlier {
                version,
                own: new.version,
            };
            context.report(problem, file, block.version.span);
            continue;
        }
        if found.iter().any(|known| known.version == version) {
            super::periods::repeated(context, file, block.head);
            continue;
        }
        let old = regimes
            .iter()
            .find(|known| known.name == new.name && known.version == version);
        let mut reader = Reader {
            context,
            words,
            new,
            old: old.map(Arc::as_ref),
            file,
            taken: BTreeMap::new(),
            filled: BTreeMap::new(),
            moves: Vec::new(),
            dropped: Vec::new(),
        };
        for step in &block.steps {
            reader.step(step);
        }
        if block.strays.is_empty() {
            reader.unmapped(block);
        }
        let (moves, dropped) = (reader.moves, reader.dropped);
        found.push(Migration {
            version,
            moves,
            dropped,
        });
    }
    found
}

struct Reader<'r, 'p> {
    context: &'r mut Context<'p>,
    words: &'r Words,
    new: &'r Regime,
    old: Option<&'r Regime>,
    file: FileId,
    /// Old cells that steps have taken.
    taken: BTreeMap<OldCell, Span>,
    /// New cells that steps have filled: form, row, column.
    filled: BTreeMap<(usize, Option<String>, usize), Span>,
    moves: Vec<Move>,
    dropped: Vec<(OldCell, String)>,
}

impl Reader<'_, '_> {
    fn step(&mut self, step: &written::MigrationStep) {
        match &step.kind {
            StepKind::Same(cell) => {
                for one in single_cells(cell, self.old.unwrap_or(self.new)) {
                    let to = self.new_cell(&one);
                    let from = self.old_cell(&one);
                    self.moved(from.into_iter().collect(), to, step.span);
                }
            }
            StepKind::Move { from, to } => {
                let from = self.old_cell(from);
                let to = self.new_cell(to);
                self.moved(from.into_iter().collect(), to, step.span);
            }
            StepKind::Merge { from, to } => {
                let regime = self.old.unwrap_or(self.new);
                let cells: Vec<CellRef> = from
                    .iter()
                    .flat_map(|cell| single_cells(cell, regime))
                    .collect();
                let from = cells
                    .iter()
                    .filter_map(|cell| self.old_cell(cell))
                    .collect();
                let to = self.new_cell(to);
                self.moved(from, to, step.span);
            }
            StepKind::Drop { cell, reason } => {
                for one in single_cells(cell, self.old.unwrap_or(self.new)) {
                    if let Some(old) = self.old_cell(&one) {
                        self.dropped.push((old, reason.value.clone()));
                    }
                }
            }
        }
    }

    fn moved(
        &mut self,
        from: Vec<OldCell>,
        to: Option<(usize, Option<String>, usize)>,
        span: Span,
    ) {
        let Some(to) = to else { return };
        if let Some(first) = self.filled.get(&to) {
            let column = self.shown(&to);
            let diagnostic = Diagnostic::new(
                VersionProblem::FilledTwice { cell: column },
                self.file,
                span,
            )
            .noting(Note::FirstHere, self.file, *first);
            self.context.push(diagnostic);
            return;
        }
        self.filled.insert(to.clone(), span);
        for cell in &from {
            if let Some(problem) = self.unlike(cell, &to) {
                self.context.report(problem, self.file, span);
            }
        }
        let (form, row, column) = to;
        if !from.is_empty() {
            self.moves.push(Move {
                from,
                form,
                row,
                column,
            });
        }
    }

    /// What makes an old cell no predecessor of a new one: another kind of value, measure or nature.
    fn unlike(
        &self,
        cell: &OldCell,
        to: &(usize, Option<String>, usize),
    ) -> Option<VersionProblem> {
        let form = self.old?.forms.named(&cell.form)?;
        let columns = form.columns.iter().enumerate();
        let column = columns
            .map(|(position, column)| (position, column.key(position)))
            .find(|(_, key)| *key == cell.column)?
            .0;
        let before = definition(form, cell.row.as_deref(), column)?;
        let (new_form, row, new_column) = to;
        let after = definition(self.new.forms.get(*new_form)?, row.as_deref(), *new_column)?;
        let (old, new) = (old_shown(cell), self.shown(to));
        let (ValueType::Number { percent: one, .. }, ValueType::Number { percent: two, .. }) =
            (before.value, after.value)
        else {
            let known = ![before.value, after.value].contains(&ValueType::Unknown);
            return (known && before.value != after.value)
                .then_some(VersionProblem::OtherKind { old, new });
        };
        let label = |measure: Option<usize>, percent: bool| match (percent, measure) {
            (true, _) => "%".to_owned(),
            (false, Some(position)) => {
                let measure = self.words.measures.get(position);
                measure.map_or(String::new(), |measure| measure.label.clone())
            }
            (false, None) => "1".to_owned(),
        };
        if one != two || before.measure != after.measure {
            let (from, to) = (label(before.measure, one), label(after.measure, two));
            return Some(VersionProblem::OtherMeasure { old, from, new, to });
        }
        match (before.nature.word(), after.nature.word()) {
            // A formula over figures of several natures has none of its own.
            (Some(from), Some(to))
                if from != to && !mixed(before.nature) && !mixed(after.nature) =>
            {
                Some(VersionProblem::OtherNature { old, from, new, to })
            }
            _ => None,
        }
    }

    fn shown(&self, to: &(usize, Option<String>, usize)) -> String {
        let (form, row, column) = to;
        let found = self.new.forms.get(*form);
        let name = found.map_or("", |form| form.name.as_str());
        let column = found
            .and_then(|form| Some(form.columns.get(*column)?.key(*column)))
            .unwrap_or_default();
        match row {
            Some(row) => format!("{name}[{row}, {column}]"),
            None => format!("{name}[{column}]"),
        }
    }

    /// A cell of this version.
    fn new_cell(&mut self, cell: &CellRef) -> Option<(usize, Option<String>, usize)> {
        let (position, form) = self.form_of(cell, self.new, true)?;
        let (row, column) = picks(cell)?;
        let row = match row {
            None => None,
            Some(row) => Some(self.row(form, &row, true)?),
        };
        let column = self.column(form, &column, true)?;
        Some((position, row, column))
    }

    /// A cell of the earlier version; taken once.
    fn old_cell(&mut self, cell: &CellRef) -> Option<OldCell> {
        let (row, column) = picks(cell)?;
        let old = match self.old {
            None => OldCell {
                form: cell
                    .path
                    .first()
                    .map(|name| name.value.clone())
                    .or_else(|| self.new.forms.first().map(|form| form.name.clone()))?,
                row: row.map(|row| row.value),
                column: column.value,
            },
            Some(old) => {
                let (_, form) = self.form_of(cell, old, false)?;
                let row = match row {
                    None => None,
                    Some(row) => Some(self.row(form, &row, false)?),
                };
                let column = self.column(form, &column, false)?;
                OldCell {
                    form: form.name.clone(),
                    row,
                    column: form.columns.get(column)?.key(column),
                }
            }
        };
        if let Some(first) = self.taken.get(&old) {
            let problem = VersionProblem::MappedTwice {
                cell: old_shown(&old),
            };
            let diagnostic = Diagnostic::new(problem, self.file, cell.span).noting(
                Note::FirstHere,
                self.file,
                *first,
            );
            self.context.push(diagnostic);
            return None;
        }
        self.taken.insert(old.clone(), cell.span);
        Some(old)
    }

    /// The form of a reference; without one it is the first, because the main form of a regime stands first.
    fn form_of<'f>(
        &mut self,
        cell: &CellRef,
        regime: &'f Regime,
        is_new: bool,
    ) -> Option<(usize, &'f Form)> {
        let name = match cell.path.as_slice() {
            [] => return Some((0, regime.forms.first()?)),
            [name] => name,
            [_, .., last] => {
                let column = self.context.text(self.file, cell.span);
                let problem = RuleProblem::FormNeeded { column };
                self.context.report(problem, self.file, last.span);
                return None;
            }
        };
        let found = regime
            .forms
            .find(&name.value)
            .and_then(|position| Some((position, regime.forms.get(position)?)));
        match found {
            Some((_, form)) => {
                self.context
                    .refer(NameKind::Form, self.file, name.span, form.place.label);
            }
            None => {
                let names = regime.forms.iter().map(|form| form.name.as_str());
                self.unknown(NameKind::Form, name, names, is_new);
            }
        }
        found
    }

    fn row(&mut self, form: &Form, name: &Spanned<String>, is_new: bool) -> Option<String> {
        if form.written.is_empty() {
            return Some(name.value.clone());
        }
        let found = form.written.iter().enumerate().find(|(_, row)| {
            !row.heading
                && (row.code.as_ref() == Some(&name.value)
                    || row.name.as_ref() == Some(&name.value))
        });
        match found {
            Some((position, row)) => {
                self.context
                    .refer(NameKind::Row, self.file, name.span, row.place.label);
                Some(row.key(position))
            }
            None => {
                let names = form
                    .written
                    .iter()
                    .flat_map(|row| row.code.as_deref().into_iter().chain(row.name.as_deref()));
                self.unknown(NameKind::Row, name, names, is_new);
                None
            }
        }
    }

    fn column(&mut self, form: &Form, name: &Spanned<String>, is_new: bool) -> Option<usize> {
        let found = form.find_column(&name.value);
        match found.and_then(|position| form.columns.get(position)) {
            Some(column) => {
                self.context.refer_column(self.file, name.span, column);
            }
            None => {
                self.unknown(NameKind::Column, name, form.column_places(), is_new);
            }
        }
        found
    }

    fn unknown<'n>(
        &mut self,
        kind: NameKind,
        name: &Spanned<String>,
        names: impl Iterator<Item = &'n str>,
        is_new: bool,
    ) {
        if self.context.has_unreadable_lines() {
            return;
        }
        if is_new {
            let nearest = nearest(&name.value, names);
            let problem = NameProblem::UnknownName {
                kind,
                name: name.value.clone(),
                nearest,
            };
            self.context.report(problem, self.file, name.span);
        } else {
            let problem = VersionProblem::NotInEarlier {
                kind,
                name: name.value.clone(),
                version: self.old.map_or(0, |old| old.version),
            };
            self.context.report(problem, self.file, name.span);
        }
    }

    /// Every figure of the earlier version is mapped or dropped.
    fn unmapped(&mut self, block: &written::Migration) {
        let Some(old) = self.old else { return };
        if self.context.has_unreadable_lines() {
            return;
        }
        let mut missing = Vec::new();
        for form in &old.forms {
            for (position, column) in form.columns.iter().enumerate() {
                let key = column.key(position);
                let whole = OldCell {
                    form: form.name.clone(),
                    row: None,
                    column: key.clone(),
                };
                if self.taken.contains_key(&whole)
                    || matches!(column.cell.value, ValueType::Text | ValueType::File)
                {
                    continue;
                }
                let rows = form
                    .written
                    .iter()
                    .enumerate()
                    .filter(|(_, row)| !row.heading);
                let rows: Vec<String> = rows.map(|(place, row)| row.key(place)).collect();
                if rows.is_empty() {
                    missing.push(old_shown(&whole));
                }
                for row in rows {
                    let cell = OldCell {
                        row: Some(row),
                        ..whole.clone()
                    };
                    if !self.taken.contains_key(&cell) {
                        missing.push(old_shown(&cell));
                    }
                }
            }
        }
        if !missing.is_empty() {
            let problem = VersionProblem::NotMapped {
                cells: missing,
                version: old.version,
            };
            let label = Label {
                file: self.file,
                span: block.head,
            };
            self.context.report(problem, label.file, label.span);
        }
    }
}

fn mixed(nature: Nature) -> bool {
    matches!(nature, Nature::Mixed | Nature::Ratio)
}

/// What a cell of a form is, by the key of its row.
fn definition<'f>(form: &'f Form, row: Option<&str>, column: usize) -> Option<&'f CellDefinition> {
    let position = row.and_then(|key| form.row_of_key(key));
    form.cell(position, column)
}

fn old_shown(cell: &OldCell) -> String {
    match &cell.row {
        Some(row) => format!("{}[{row}, {}]", cell.form, cell.column),
        None => format!("{}[{}]", cell.form, cell.column),
    }
}

/// Row and column of a reference; `None` for what is no single cell, which is left to the form's own words.
fn picks(cell: &CellRef) -> Option<(Option<Spanned<String>>, Spanned<String>)> {
    let place = |pick: &Spanned<Pick>| match &pick.value {
        Pick::Place(place) => Some(Spanned::new(place.clone(), pick.span)),
        Pick::Total => Some(Spanned::new("total".to_owned(), pick.span)),
        Pick::All | Pick::Unit(_) | Pick::Range(..) => None,
    };
    match cell.picks.as_slice() {
        [column] => Some((None, place(column)?)),
        [row, column] => Some((Some(place(row)?), place(column)?)),
        _ => None,
    }
}

/// The cells of a range over printed columns, one by one; any other reference is itself.
fn single_cells(cell: &CellRef, regime: &Regime) -> Vec<CellRef> {
    let Some(last) = cell.picks.last() else {
        return Vec::new();
    };
    let Pick::Range(from, to) = &last.value else {
        return vec![cell.clone()];
    };
    let form = match cell.path.first() {
        Some(name) => regime.forms.named(&name.value),
        None => regime.forms.first(),
    };
    let at = |name: &str| form?.find_column(name);
    let (Some(form), Some(first), Some(end)) = (form, at(&from.value), at(&to.value)) else {
        // Both ends are looked up by themselves, so that the one that leads nowhere is reported.
        return [from, to]
            .map(|end| with_column(cell, end.clone()))
            .to_vec();
    };
    form.columns
        .iter()
        .enumerate()
        .filter(|(position, _)| (first..=end).contains(position))
        .map(|(position, column)| with_column(cell, Spanned::new(column.key(position), last.span)))
        .collect()
}

fn with_column(cell: &CellRef, column: Spanned<String>) -> CellRef {
    let mut one = cell.clone();
    if let Some(last) = one.picks.last_mut() {
        *last = Spanned::new(Pick::Place(column.value), column.span);
    }
    one
}
