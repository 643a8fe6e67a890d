//! Every cell of a form with written rows: what its row and its column state together, and which formulas reach it.
//!
//! Language-types §1.3: a value column meets its row, a view column infers, a note column ignores the row's measure. It deliberately does not resolve
//! anything. Exceptions of a row (`entered`, `closed`, `only`) that name no column are reported and leave the cells as they were.

use super::attributes::Stated;
use super::forms::{ColumnDraft, FormDraft, Reader, RowDraft};
use super::model::{
    cell::{CellDefinition, FilledBy, Source},
    form::Rows,
};
use super::size::CELL;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::rows::RowsProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::number::Number;
use crate::organisation::Party;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Expr, Pick};
use crate::syntax::ast::form::{Bound, Formula};
use crate::text::Span;
use std::collections::BTreeMap;

/// A cell of a form with written rows.
pub(super) struct CellDraft<'a> {
    /// What its row and column state together, as far as the column's formula or none decides it.
    pub stated: Stated<'a>,
    /// Whose statements meet in its type: row and column, or the column alone.
    pub meets_row: bool,
    /// The formula that computes it: its own, its column's, or its row's where the column has none.
    pub sides: Option<Sides<'a>>,
    /// Where a formula of its row reaches it too: what holds if that one decides.
    pub by_row: Option<(Stated<'a>, Sides<'a>)>,
}

/// A formula as written.
#[derive(Clone, Copy)]
pub(super) enum Sides<'a> {
    /// A chain `= a = b` of a row or column.
    Chain(&'a Formula),
    /// The formula of this cell alone.
    Own(&'a Expr),
    /// The sum of the outermost rows, asked for at a place.
    Total(Span),
    /// The plan value of an indicator, both by their positions in the words.
    Plan {
        /// The indicator of the row.
        indicator: usize,
        /// The target.
        target: usize,
        /// Where the plan is asked for.
        span: Span,
    },
}

/// What a row says about one of its cells alone.
#[derive(Clone, Copy)]
enum Exception<'a> {
    Entered,
    Closed,
    Only(&'a Expr),
}

impl<'a> Sides<'a> {
    /// The sides as written; a total or a plan has none.
    pub fn all(self) -> &'a [Expr] {
        match self {
            Sides::Chain(formula) => &formula.sides,
            Sides::Own(side) => std::slice::from_ref(side),
            Sides::Total(_) | Sides::Plan { .. } => &[],
        }
    }

    /// The whole formula.
    pub fn span(self) -> Span {
        match self {
            Sides::Chain(formula) => formula.span,
            Sides::Own(side) => side.span,
            Sides::Total(span) | Sides::Plan { span, .. } => span,
        }
    }
}

/// What a slot is made of.
pub(super) struct Made<'d, 'a> {
    /// What is stated about it.
    pub stated: &'d Stated<'a>,
    /// Whose statements meet in its type.
    pub places: Vec<&'d Stated<'a>>,
    /// Its formula.
    pub sides: Option<Sides<'a>>,
    /// Where to point.
    pub head: Span,
}

impl<'a> FormDraft<'a> {
    /// The slots of the form: every column, or every cell where rows are written.
    pub fn slots(&self) -> Vec<(Option<usize>, usize)> {
        let columns = self.form.columns.iter().enumerate();
        let plain = columns
            .filter(|(_, column)| self.form.rows != Rows::Written || column.head)
            .map(|(column, _)| (None, column));
        let cells = self.cells.keys();
        plain
            .chain(cells.map(|(row, column)| (Some(*row), *column)))
            .collect()
    }

    /// Leaves only the first lines; what the others were named may be meant all the same.
    fn keep_rows(&mut self, most: usize) {
        for row in self.form.written.iter().skip(most) {
            self.strays
                .extend(row.code.iter().chain(&row.name).cloned());
        }
        self.form.written.truncate(most);
        self.rows.truncate(most);
    }

    /// What the slot is made of.
    pub fn made(&self, row: Option<usize>, column: usize) -> Option<Made<'_, 'a>> {
        let Some(row) = row else {
            let draft = self.columns.get(column)?;
            return Some(Made {
                stated: &draft.stated,
                places: vec![&draft.stated],
                sides: draft
                    .formula
                    .map(Sides::Chain)
                    .or_else(|| plan(&draft.stated, &draft.stated)),
                head: draft.head,
            });
        };
        let cell = self.cells.get(&(row, column))?;
        let own = self.rows.get(row);
        let column = self.columns.get(column)?;
        Some(Made {
            stated: &cell.stated,
            places: match own {
                Some(own) if cell.meets_row => vec![&own.stated, &column.stated],
                _ => vec![&column.stated],
            },
            sides: cell.sides,
            head: own.map_or(self.head, |own| own.head),
        })
    }

    /// Lets the formulas of rows decide the cells where they are computed last.
    pub fn decided_by_row(&mut self, cells: impl Iterator<Item = (usize, usize)>) {
        for place in cells {
            if let Some(cell) = self.cells.get_mut(&place)
                && let Some((stated, sides)) = cell.by_row.take()
            {
                cell.stated = stated;
                cell.sides = Some(sides);
                cell.meets_row = true;
            }
        }
    }
}

/// Builds the cells of a form whose rows are written.
pub(super) fn build(reader: &mut Reader, draft: &mut FormDraft) {
    for column in &draft.columns {
        let own = &column.stated;
        let cells = own.entered.iter().chain(&own.closed).map(|cell| cell.span);
        let only = own.only_cells.iter().map(|(cell, _)| cell.span);
        if let Some(span) = cells.chain(only).min() {
            reader
                .context
                .report(RowsProblem::ExceptionWithoutRow, reader.file, span);
        }
    }
    if draft.form.rows != Rows::Written {
        for column in &draft.columns {
            let without = plan(&column.stated, &column.stated).is_none();
            if let (Some((Some(_), span)), true) = (column.stated.plan, without) {
                let problem = BreakdownProblem::PlanWithoutIndicator;
                reader.context.report(problem, reader.file, span);
            }
        }
        return;
    }
    for row in 0..draft.rows.len() {
        let span = draft.rows.get(row).map_or(draft.head, |row| row.head);
        let parts = CELL.saturating_mul(draft.columns.len());
        if !reader.context.spend(parts, reader.file, span) {
            draft.keep_rows(row);
            break;
        }
        if draft.form.written.get(row).is_none_or(|line| line.heading) {
            continue;
        }
        let exceptions = exceptions(reader, draft, row);
        let Some(stated) = draft.rows.get(row) else {
            continue;
        };
        let mut made = Vec::new();
        let mut own = Vec::new();
        let mut opened: BTreeMap<Span, Option<usize>> = BTreeMap::new();
        for (position, column) in draft.columns.iter().enumerate() {
            if draft
                .form
                .columns
                .get(position)
                .is_none_or(|model| model.head)
            {
                continue;
            }
            let part = draft.form.written.get(row).is_some_and(|line| {
                let place = line.code.as_ref().or(line.name.as_ref());
                place.is_some_and(|place| reader.parts.contains(place))
            });
            let exception = exceptions.get(&position).map(|(exception, _)| *exception);
            if let Some((Exception::Closed, span)) = exceptions.get(&position) {
                required_but_closed(reader, stated, column, *span);
            }
            filled_by_both(reader, stated, column);
            if let Some((Exception::Entered, span)) = exceptions.get(&position) {
                // Of a range some cells may be typed anyway, as long as one of them is opened.
                let typed = cell(stated, column, None, part).0 == Source::Entered;
                let known = opened.entry(*span).or_insert(Some(position));
                *known = known.filter(|_| typed);
            }
            if let Some((Exception::Only(side), span)) = exceptions.get(&position)
                && own_as_anyway(reader, stated, column, side)
            {
                own.push((position, *span));
            }
            let (source, cell) = cell(stated, column, exception, part);
            let by_recipient = matches!(cell.stated.filled_by, Some((FilledBy::Recipient, _)));
            let required = source == Source::Entered
                && !by_recipient
                && cell.stated.optional.is_none()
                && cell.stated.required_when.is_none();
            made.push((position, source, required, cell));
        }
        for (column, span) in own {
            if let Some(model) = draft.form.columns.get(column) {
                let column = model.shown().to_owned();
                let problem = RowsProblem::OwnFormulaOfNothing { column };
                reader.context.report(problem, reader.file, span);
            }
        }
        for (span, column) in opened {
            let model = column.and_then(|column| draft.form.columns.get(column));
            if let Some(model) = model {
                let column = model.shown().to_owned();
                let problem = RowsProblem::ExceptionOfNothing { column };
                reader.context.report(problem, reader.file, span);
            }
        }
        for (position, source, required, cell) in made {
            draft
                .form
                .cells
                .insert((row, position), CellDefinition::unknown(source, required));
            draft.cells.insert((row, position), cell);
        }
    }
    total(draft);
}

/// The cells of the total row, one past the written lines: sums of the outermost rows, or what their column computes.
fn total(draft: &mut FormDraft) {
    let Some(span) = draft.total else { return };
    let row = draft.form.written.len();
    let mut made = Vec::new();
    for (position, column) in draft.columns.iter().enumerate() {
        if draft.is_head(position) {
            continue;
        }
        let total = Sides::Total(span);
        let stated = Stated {
            optional: None,
            within: Vec::new(),
            range: None,
            carry: None,
            ..column.stated.clone()
        };
        let (source, sides, by_row) = match (is_note(column), column.formula) {
            (true, _) => (Source::Closed, None, None),
            (false, None) => (Source::Computed, Some(total), None),
            (false, Some(formula)) => (
                Source::Computed,
                Some(Sides::Chain(formula)),
                Some((stated.clone(), total)),
            ),
        };
        let cell = CellDraft {
            stated,
            meets_row: false,
            sides,
            by_row,
        };
        made.push((position, source, cell));
    }
    for (position, source, cell) in made {
        draft
            .form
            .cells
            .insert((row, position), CellDefinition::unknown(source, false));
        draft.cells.insert((row, position), cell);
    }
}

/// The exceptions of a row by column. Of two for one cell the first holds.
fn exceptions<'a>(
    reader: &mut Reader,
    draft: &FormDraft<'a>,
    row: usize,
) -> BTreeMap<usize, (Exception<'a>, Span)> {
    let mut found: BTreeMap<usize, (Exception<'a>, Span)> = BTreeMap::new();
    let Some(stated) = draft.rows.get(row).map(|row| &row.stated) else {
        return BTreeMap::new();
    };
    let said = (stated
        .entered
        .iter()
        .map(|cell| (*cell, Exception::Entered)))
    .chain(stated.closed.iter().map(|cell| (*cell, Exception::Closed)))
    .chain(
        stated
            .only_cells
            .iter()
            .map(|(cell, side)| (*cell, Exception::Only(side))),
    );
    for (cell, exception) in said {
        for column in columns(reader, draft, cell) {
            match found.get(&column) {
                Some((_, first)) => reader.context.push(
                    Diagnostic::new(RowsProblem::TwoExceptions, reader.file, cell.span).noting(
                        Note::FirstHere,
                        reader.file,
                        *first,
                    ),
                ),
                None => {
                    found.insert(column, (exception, cell.span));
                }
            }
        }
    }
    found
}

/// Whether a formula of one cell is the only side of its column's formula, which would compute the cell without it.
fn own_as_anyway(reader: &Reader, row: &RowDraft, column: &ColumnDraft, own: &Expr) -> bool {
    let [side] = column.formula.map_or(&[][..], |formula| &formula.sides) else {
        return false;
    };
    let text = |side: &Expr| reader.context.text(reader.file, side.span);
    row.formula.is_none() && text(side) == text(own)
}

/// A cell that its row closes has nothing to answer, whatever asks for an answer.
fn required_but_closed(reader: &mut Reader, row: &RowDraft, column: &ColumnDraft, closed: Span) {
    let condition = row.stated.required_when.or(column.stated.required_when);
    if let Some((_, span)) = condition {
        reader.context.push(
            Diagnostic::new(RowsProblem::RequiredButClosed, reader.file, closed).noting(
                Note::DisagreesHere,
                reader.file,
                span,
            ),
        );
    }
}

/// A row that an agency fills, in a column that a level fills, or the other way round.
fn filled_by_both(reader: &mut Reader, row: &RowDraft, column: &ColumnDraft) {
    let said = [&row.stated, &column.stated].map(|stated| stated.filled_by.as_ref());
    let [Some((of_row, at)), Some((of_column, beside))] = said else {
        return;
    };
    let first = |parties: &[Party]| parties.first().map(|party| party.name.clone());
    let both = match (of_row, of_column) {
        (FilledBy::Agencies(agencies), FilledBy::Levels(levels))
        | (FilledBy::Levels(levels), FilledBy::Agencies(agencies)) => {
            first(agencies).zip(first(levels))
        }
        _ => None,
    };
    if let Some((agency, level)) = both {
        let problem = RowsProblem::FilledByBoth { agency, level };
        reader
            .context
            .push(Diagnostic::new(problem, reader.file, *at).noting(
                Note::DisagreesHere,
                reader.file,
                *beside,
            ));
    }
}

/// The columns that an exception names: one, or a printed range.
fn columns(reader: &mut Reader, draft: &FormDraft, cell: &CellRef) -> Vec<usize> {
    let mut one = |place: &str, span: Span| {
        let found = draft.find(place);
        match found.and_then(|column| draft.form.columns.get(column)) {
            Some(column) => {
                reader.context.refer_column(reader.file, span, column);
            }
            None => reader.context.unknown(
                NameKind::Column,
                &Spanned::new(place.to_owned(), span),
                reader.file,
                draft.places(),
                &draft.strays,
            ),
        }
        found
    };
    let found = match (cell.path.as_slice(), cell.picks.as_slice()) {
        ([], [Spanned { value, span }]) => match value {
            Pick::Place(place) => Some(one(place, *span).into_iter().collect()),
            Pick::Range(from, to) => {
                let (first, last) = (one(&from.value, from.span), one(&to.value, to.span));
                match (first, last) {
                    (Some(first), Some(last)) if first <= last => Some((first..=last).collect()),
                    (Some(_), Some(_)) => {
                        let problem = FormProblem::RangeBackwards {
                            from: from.value.clone(),
                            to: to.value.clone(),
                        };
                        reader.context.report(problem, reader.file, *span);
                        Some(Vec::new())
                    }
                    _ => Some(Vec::new()),
                }
            }
            _ => None,
        },
        _ => None,
    };
    found.unwrap_or_else(|| {
        reader
            .context
            .report(RowsProblem::ExceptionNotAColumn, reader.file, cell.span);
        Vec::new()
    })
}

/// The cell where a row and a column cross.
fn cell<'a>(
    row: &RowDraft<'a>,
    column: &ColumnDraft<'a>,
    exception: Option<Exception<'a>>,
    part: bool,
) -> (Source, CellDraft<'a>) {
    let alone = |source, stated, sides| {
        let cell = CellDraft {
            stated,
            meets_row: false,
            sides,
            by_row: None,
        };
        (source, cell)
    };
    let together = |source, sides| {
        let cell = CellDraft {
            stated: met(row, column),
            meets_row: true,
            sides,
            by_row: None,
        };
        (source, cell)
    };
    if is_note(column) {
        return match exception {
            Some(Exception::Closed) => alone(Source::Closed, column.stated.clone(), None),
            Some(Exception::Only(side)) => alone(
                Source::Computed,
                column.stated.clone(),
                Some(Sides::Own(side)),
            ),
            _ => alone(Source::Entered, noted(row, column), None),
        };
    }
    if column.stated.plan.is_some() && exception.is_none() {
        // A plan is given for an indicator as a whole: a part of a breakdown has none, nor has a row without an indicator.
        return match plan(&row.stated, &column.stated).filter(|_| !part) {
            Some(sides) => together(Source::Computed, Some(sides)),
            None => together(Source::Closed, None),
        };
    }
    match (exception, column.formula, row.formula) {
        (Some(Exception::Closed), _, _) => together(Source::Closed, None),
        // What a view column says of its cells holds of the typed one too.
        (Some(Exception::Entered), Some(_), _)
            if column.stated.value.is_some() || column.stated.measure.is_some() =>
        {
            alone(Source::Entered, noted(row, column), None)
        }
        (Some(Exception::Entered), _, _) => together(Source::Entered, None),
        (Some(Exception::Only(side)), _, _) => together(Source::Computed, Some(Sides::Own(side))),
        (None, _, _) if column.stated.carry.is_some() => together(Source::Carried, None),
        (None, None, _) if row.stated.carry.is_some() => together(Source::Carried, None),
        (None, Some(own), None) => alone(
            Source::Computed,
            noted(row, column),
            Some(Sides::Chain(own)),
        ),
        (None, None, Some(formula)) => together(Source::Computed, Some(Sides::Chain(formula))),
        (None, Some(own), Some(formula)) => (
            Source::Computed,
            CellDraft {
                stated: noted(row, column),
                meets_row: false,
                sides: Some(Sides::Chain(own)),
                by_row: Some((met(row, column), Sides::Chain(formula))),
            },
        ),
        (None, None, None) => together(Source::Entered, None),
    }
}

/// What a `plan` column shows in a row: the plan value of the row's indicator.
fn plan<'a>(row: &Stated, column: &Stated) -> Option<Sides<'a>> {
    let (target, span) = column.plan?;
    let (indicator, _) = row.indicator.or(column.indicator)?;
    Some(Sides::Plan {
        indicator: indicator?,
        target: target?,
        span,
    })
}

/// A note column holds words and the like and has nothing of the row's figures.
pub(super) fn is_note(column: &ColumnDraft) -> bool {
    let value = column.stated.value;
    value.is_some_and(|(value, _)| value.answer().is_some())
}

/// What a note takes from its row: who fills it, whether it must be answered, where it is closed.
fn noted<'a>(row: &RowDraft<'a>, column: &ColumnDraft<'a>) -> Stated<'a> {
    let mut stated = column.stated.clone();
    stated.filled_by = stated.filled_by.or_else(|| row.stated.filled_by.clone());
    stated
        .closed_when
        .extend(row.stated.closed_when.iter().copied());
    stated
}

/// What row and column state together, to point at; where both speak they were compared as types, and the column's word is pointed at.
fn met<'a>(row: &RowDraft<'a>, column: &ColumnDraft<'a>) -> Stated<'a> {
    let mut stated = noted(row, column);
    let own = &row.stated;
    stated.value = stated.value.or(own.value);
    stated.measure = stated.measure.or(own.measure);
    if stated.nature.is_none() {
        stated.nature = own.nature;
        stated.since = own.since;
        stated.weight = own.weight;
    }
    stated.indicator = stated.indicator.or(own.indicator);
    stated.plan = stated.plan.or(own.plan);
    stated.planned = stated.planned.or(own.planned);
    if stated.for_previous.is_none() && stated.vintages.is_none() {
        stated.vintages.clone_from(&own.vintages);
    }
    stated.optional = stated.optional.or(own.optional);
    stated.carry = stated.carry.or(own.carry);
    stated.range = narrower(stated.range, own.range);
    stated.required_when = stated.required_when.or(own.required_when);
    stated.within.extend(own.within.iter().copied());
    stated.unreadable |= own.unreadable;
    stated
}

/// A range as written: both ends, and where it stands.
type Range<'a> = (&'a Bound, &'a Bound, Span);

/// Both ranges at once: of two fixed ends the nearer holds. Where an end is a cell the column's range holds alone.
fn narrower<'a>(column: Option<Range<'a>>, row: Option<Range<'a>>) -> Option<Range<'a>> {
    let (Some((low, high, span)), Some((other_low, other_high, _))) = (column, row) else {
        return column.or(row);
    };
    let ends = [low, high, other_low, other_high].map(fixed);
    let [Some(least), Some(most), Some(other_least), Some(other_most)] = ends else {
        return column;
    };
    let low = if other_least > least { other_low } else { low };
    let high = if other_most < most { other_high } else { high };
    Some((low, high, span))
}

/// The number that an end of a range is, if it is no cell.
pub(super) fn fixed(bound: &Bound) -> Option<Number> {
    let Bound::Number { negative, number } = bound else {
        return None;
    };
    let number = Number::parse(&number.value.digits).ok()?;
    Some(if *negative { number.neg() } else { number })
}
