//! What is decided beforehand in a regime that is otherwise understood: comparisons that always or never hold, rules that a cell states itself, totals of nothing, records that
//! know nothing.
//!
//! It works on finished cells and rules and deliberately knows only what holds of every report at every level: that counts are not negative, that whole figures stay whole, and
//! the range of what is never added. What could not be told is decided by nothing.

use super::context::Context;
use super::expression::{Cell, Comparison, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::model::cell::{CellDefinition, Source, ValueType};
use super::model::form::Rows;
use super::model::{Rule, RuleKind};
use super::natures::Nature;
use super::same_figure;
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::number::Number;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The longest comparison that is shown.
const SHOWN: usize = 60;

/// Looks at all forms and written rules of a regime.
pub(super) fn check(context: &mut Context, forms: &[FormDraft], rules: &[Rule], file: FileId) {
    let mut look = Look {
        context,
        forms,
        file,
        looked_at: BTreeSet::new(),
        limits: BTreeMap::new(),
        closed: BTreeMap::new(),
    };
    for draft in forms {
        look.form(draft);
    }
    for rule in rules {
        look.rule(rule);
    }
}

struct Look<'l, 'a, 'p> {
    context: &'l mut Context<'p>,
    forms: &'l [FormDraft<'a>],
    file: FileId,
    /// What is written once may stand for many cells.
    looked_at: BTreeSet<Span>,
    /// The limits of columns over all written rows, by form and column.
    limits: BTreeMap<(usize, usize), Option<Limits>>,
    /// Whether all cells of a column are closed, by form and column.
    closed: BTreeMap<(usize, usize), bool>,
}

/// Between which numbers a figure lies in every report.
#[derive(Clone, Debug)]
struct Limits {
    low: Option<Number>,
    high: Option<Number>,
    /// Digits after the point, if it never has more.
    digits: Option<u32>,
}

impl Look<'_, '_, '_> {
    fn form(&mut self, draft: &FormDraft) {
        for definition in draft.form.definitions() {
            for side in definition.chain.iter().chain(&definition.within) {
                self.term(&side.term, None);
            }
            let conditions = definition.required_when.iter();
            for condition in conditions.chain(&definition.closed_when) {
                self.term(condition, None);
            }
        }
        for (row, column) in draft.slots() {
            let definition = draft.form.cell(row, column);
            let made = draft.made(row, column);
            let span = made.and_then(|made| made.stated.from_registry);
            let (Some(definition), Some(span)) = (definition, span) else {
                continue;
            };
            // Beside a formula it was reported as such.
            if definition.source != Source::Entered {
                continue;
            }
            let chosen = matches!(definition.value, ValueType::Choice(_) | ValueType::Unknown);
            if !chosen && self.looked_at.insert(span) {
                self.context
                    .report(ForegoneProblem::NotInRegistry, self.file, span);
            }
        }
        self.total(draft);
    }

    /// A total row of columns that do not add up.
    fn total(&mut self, draft: &FormDraft) {
        let mut columns = draft.form.columns.iter().filter(|column| !column.head);
        let adds = columns.any(|column| {
            matches!(
                column.cell.value,
                ValueType::Number { .. } | ValueType::Unknown
            )
        });
        if let (Some(span), false) = (draft.total, adds || draft.form.columns.is_empty()) {
            self.context
                .report(ForegoneProblem::NothingToTotal, self.file, span);
        }
    }

    fn rule(&mut self, rule: &Rule) {
        for condition in &rule.conditions {
            self.term(condition, rule.row);
        }
        match &rule.kind {
            RuleKind::Balance(sides) => {
                for side in sides {
                    self.term(&side.term, rule.row);
                }
            }
            RuleKind::Condition(term) => self.term(term, rule.row),
            // Made by the machine out of a breakdown.
            RuleKind::Bounds(..) => return,
        }
        self.said_by_cell(rule);
        self.reads_closed(rule);
    }

    /// A rule that compares a cell which its row closes for good, so that it is never judged.
    fn reads_closed(&mut self, rule: &Rule) {
        let RuleKind::Condition(Term {
            kind: TermKind::Compare(first, rest),
            ..
        }) = &rule.kind
        else {
            return;
        };
        let sides = std::iter::once(&**first).chain(rest.iter().map(|(_, side)| side));
        for side in sides {
            let TermKind::Cell(cell) = &side.kind else {
                continue;
            };
            let Some(column) = self.always_closed(cell, rule.row) else {
                continue;
            };
            if self.looked_at.insert(side.span) {
                let problem = ForegoneProblem::ReadsClosed { column };
                self.context.report(problem, self.file, side.span);
            }
            return;
        }
    }

    /// The column of a cell that is closed in the row that is meant, or in every row.
    fn always_closed(&mut self, cell: &Cell, row: Option<usize>) -> Option<String> {
        let draft = self.forms.get(cell.form)?;
        let column = draft.form.columns.get(cell.column)?;
        if draft.form.rows != Rows::Written || column.head {
            return None;
        }
        let row = match &cell.row {
            RowPick::Entry(key) => Some(draft.form.row_of_key(key)?),
            RowPick::Current => row,
            _ => return None,
        };
        let closed = match row {
            Some(row) => draft.form.cell(Some(row), cell.column)?.source == Source::Closed,
            None => {
                let cells = draft.form.cells.iter();
                let of_column = || {
                    let mut sources = cells
                        .filter(|((_, column), _)| *column == cell.column)
                        .map(|(_, cell)| cell.source);
                    sources.next() == Some(Source::Closed)
                        && sources.all(|source| source == Source::Closed)
                };
                *self
                    .closed
                    .entry((cell.form, cell.column))
                    .or_insert_with(of_column)
            }
        };
        closed.then(|| column.shown().to_owned())
    }

    /// One formula or condition, and everything in it.
    fn term(&mut self, term: &Term, row: Option<usize>) {
        if self.looked_at.insert(term.span) {
            same_figure::check(self.context, self.forms, self.file, term);
            self.comparisons(term, row);
        }
    }

    fn comparisons(&mut self, term: &Term, row: Option<usize>) {
        if let TermKind::Compare(first, rest) = &term.kind {
            let mut before: &Term = first;
            let mut links = Vec::new();
            for (sign, side) in rest {
                links.push(self.decided(before, *sign, side, row));
                before = side;
            }
            let comparison = || {
                let text = self.context.text(self.file, term.span);
                text.chars().take(SHOWN).collect()
            };
            let problem = if links.contains(&Some(false)) {
                Some(ForegoneProblem::NeverHolds {
                    comparison: comparison(),
                })
            } else if links.iter().all(|link| *link == Some(true)) {
                Some(ForegoneProblem::AlwaysHolds {
                    comparison: comparison(),
                })
            } else {
                None
            };
            if let Some(problem) = problem {
                self.context.report(problem, self.file, term.span);
            }
        }
        term.for_each_child(&mut |part| self.comparisons(part, row));
    }

    /// What a comparison of a cell with a number comes to in every report, if that is known.
    fn decided(
        &mut self,
        left: &Term,
        sign: Comparison,
        right: &Term,
        row: Option<usize>,
    ) -> Option<bool> {
        match (&left.kind, &right.kind) {
            (TermKind::Cell(cell), _) => {
                let number = number_of(right)?;
                self.limits_of(cell, row)?.compared(sign, &number)
            }
            (_, TermKind::Cell(cell)) => {
                let number = number_of(left)?;
                self.limits_of(cell, row)?.compared(turned(sign), &number)
            }
            _ => None,
        }
    }

    fn limits_of(&mut self, cell: &Cell, row: Option<usize>) -> Option<Limits> {
        let draft = self.forms.get(cell.form)?;
        let head = draft.form.columns.get(cell.column)?.head;
        let written = draft.form.rows == Rows::Written && !head;
        let row = match (&cell.row, written) {
            (RowPick::Current, false) => return Limits::of(draft.form.cell(None, cell.column)?),
            (RowPick::Entry(key), true) => draft.form.row_of_key(key),
            (RowPick::Current, true) => row,
            _ => return None,
        };
        if let Some(row) = row {
            return Limits::of(draft.form.cell(Some(row), cell.column)?);
        }
        let of_column = || {
            let cells = draft.form.cells.iter();
            let cells = cells.filter(|((_, column), _)| *column == cell.column);
            let open = cells.filter(|(_, cell)| cell.source != Source::Closed);
            let mut all = open.map(|(_, cell)| Limits::of(cell));
            let first = all.next()??;
            all.try_fold(first, |known, one| Some(known.widened(&one?)))
        };
        self.limits
            .entry((cell.form, cell.column))
            .or_insert_with(of_column)
            .clone()
    }

    /// A rule that only says what `within` or a side of the formula of a cell says.
    fn said_by_cell(&mut self, rule: &Rule) {
        if !rule.conditions.is_empty() || !rule.applicability.is_everywhere() || rule.rounded {
            return;
        }
        let found = match &rule.kind {
            RuleKind::Condition(term) => match &term.kind {
                TermKind::Compare(first, rest) => match rest.as_slice() {
                    [(Comparison::LessOrEqual, whole)] => self.part_of(first, whole, rule.row),
                    [(Comparison::GreaterOrEqual, part)] => self.part_of(part, first, rule.row),
                    [(Comparison::Equal, other)] => self.equal_to(first, other, rule.row),
                    _ => None,
                },
                _ => None,
            },
            RuleKind::Balance(sides) => match sides.as_slice() {
                [one, other] => self.equal_to(&one.term, &other.term, rule.row),
                _ => None,
            },
            RuleKind::Bounds(..) => None,
        };
        let Some((column, at)) = found else { return };
        let span = rule.place.label.span;
        if self.looked_at.insert(span) {
            let told = Diagnostic::new(ForegoneProblem::SaidByCell { column }, self.file, span);
            self.context
                .push(told.noting(Note::AlsoHere, self.file, at));
        }
    }

    /// The column of a part that lies within the whole by its own words, and where it says so.
    fn part_of(&self, part: &Term, whole: &Term, row: Option<usize>) -> Option<(String, Span)> {
        let TermKind::Cell(whole) = &whole.kind else {
            return None;
        };
        let (shown, definition) = self.cell(part, row)?;
        let mut said = definition.within.iter();
        let said =
            said.find(|side| matches!(&side.term.kind, TermKind::Cell(known) if known == whole))?;
        Some((shown, said.term.span))
    }

    /// The column of a cell that is equal to the other side by its own words, and where it says so.
    fn equal_to(&self, one: &Term, other: &Term, row: Option<usize>) -> Option<(String, Span)> {
        let says = |cell: &Term, side: &Term| {
            let (shown, definition) = self.cell(cell, row)?;
            let text = self.context.text(self.file, side.span);
            let computed = definition.source == Source::Computed;
            let said = definition.chain.iter().find(|known| known.text == text)?;
            computed.then_some((shown, said.term.span))
        };
        says(one, other).or_else(|| says(other, one))
    }

    /// The definition of a cell of the form at hand, with how its column is called.
    fn cell(&self, term: &Term, row: Option<usize>) -> Option<(String, &CellDefinition)> {
        let TermKind::Cell(cell) = &term.kind else {
            return None;
        };
        let draft = self.forms.get(cell.form)?;
        let row = match (&cell.row, draft.form.rows) {
            (RowPick::Current, Rows::Written) => Some(row?),
            (RowPick::Current, _) => None,
            (RowPick::Entry(key), Rows::Written) => Some(draft.form.row_of_key(key)?),
            _ => return None,
        };
        let shown = draft.form.columns.get(cell.column)?.shown().to_owned();
        Some((shown, draft.form.cell(row, cell.column)?))
    }
}

impl Limits {
    /// The limits of a cell that hold at every level: a range that is typed in holds of single reports only, unless the figure is never added.
    fn of(cell: &CellDefinition) -> Option<Limits> {
        let ValueType::Number {
            decimals,
            negative,
            percent,
        } = cell.value
        else {
            return None;
        };
        let mut limits = Limits {
            low: (!negative).then(Number::zero),
            high: None,
            digits: None,
        };
        if cell.source != Source::Entered {
            return Some(limits);
        }
        if matches!(
            cell.nature,
            Nature::Flow | Nature::Stock | Nature::Opening | Nature::NotOverTime
        ) {
            limits.digits = (!percent).then_some(decimals);
        }
        if let Some((low, high)) = cell.range.as_deref()
            && matches!(cell.nature, Nature::Index | Nature::Score)
        {
            limits.low = limits.low.max(number_of(&low.term));
            limits.high = number_of(&high.term);
        }
        Some(limits)
    }

    /// What holds of both.
    fn widened(&self, other: &Limits) -> Limits {
        let both = |one: &Option<Number>, two: &Option<Number>| one.clone().zip(two.clone());
        Limits {
            low: both(&self.low, &other.low).map(|(one, two)| one.min(two)),
            high: both(&self.high, &other.high).map(|(one, two)| one.max(two)),
            digits: self.digits.zip(other.digits).map(|(one, two)| one.max(two)),
        }
    }

    /// What the comparison of every figure between the limits with a number comes to, if it is one and the same.
    fn compared(&self, sign: Comparison, number: &Number) -> Option<bool> {
        let above = self.low.as_ref().is_some_and(|low| low > number);
        let not_below = self.low.as_ref().is_some_and(|low| low >= number);
        let below = self.high.as_ref().is_some_and(|high| high < number);
        let not_above = self.high.as_ref().is_some_and(|high| high <= number);
        let finer = self
            .digits
            .is_some_and(|digits| number.decimals().is_some_and(|places| places > digits));
        let (always, never) = match sign {
            Comparison::GreaterOrEqual => (not_below, below),
            Comparison::Greater => (above, not_above),
            Comparison::LessOrEqual => (not_above, above),
            Comparison::Less => (below, not_below),
            Comparison::Equal => (false, above || below || finer),
            Comparison::NotEqual => (above || below || finer, false),
        };
        match (always, never) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}

/// The number that a term is.
fn number_of(term: &Term) -> Option<Number> {
    match &term.kind {
        TermKind::Number(number) => Some(number.clone()),
        TermKind::Negate(inner) => match &inner.kind {
            TermKind::Number(number) => Some(number.neg()),
            _ => None,
        },
        _ => None,
    }
}

/// The sign as read from the right.
fn turned(sign: Comparison) -> Comparison {
    match sign {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Equal | Comparison::NotEqual => sign,
    }
}
