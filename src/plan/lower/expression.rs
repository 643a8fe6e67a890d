//! Terms become an arena of expressions with every change of scale written out.
//!
//! The value of a cell is counted in its column's own measure; a percentage is the true ratio. Operands that are added or compared are brought to the finest scale among
//! them, and the result of a formula to the scale of its column. It does not know rules. A term that could not be resolved does not reach it; should one, it becomes a
//! comparison that can never be judged rather than a wrong number.

use super::form::Numbering;
use crate::analysis::expression as analysed;
use crate::analysis::expression::{
    Cell, Comparison as Sign, Quantity, RowPick, Term, TermKind, finest_scale,
};
use crate::analysis::model::{
    cell::{CellDefinition, ValueType},
    words::Words,
};
use crate::number::Number;
use crate::plan::expression::{
    CellReference, Comparison, EventTest, Expression, ExpressionId, ForeignReference, ForeignWords,
    Over, OverFunction, RowReference,
};
use crate::plan::form::{ColumnIndex, EntryName, FormIndex};

/// Expressions in the making.
pub(super) struct Arena<'w> {
    words: &'w Words,
    numbering: &'w Numbering,
    expressions: Vec<Expression>,
}

impl<'w> Arena<'w> {
    /// An empty arena.
    pub fn new(words: &'w Words, numbering: &'w Numbering) -> Arena<'w> {
        Arena {
            words,
            numbering,
            expressions: Vec::new(),
        }
    }

    /// The finished expressions.
    pub fn into_expressions(self) -> Vec<Expression> {
        self.expressions
    }

    /// A formula for a cell: its result is counted in the cell's measure.
    pub fn for_cell(&mut self, term: &Term, cell: &CellDefinition) -> ExpressionId {
        let wanted = match (
            cell.value,
            cell.measure
                .and_then(|position| self.words.measures.get(position)),
        ) {
            (ValueType::Number { percent: true, .. }, _) | (_, None) => None,
            (_, Some(measure)) => Some(measure.scale.clone()),
        };
        let made = self.term(term);
        match wanted {
            Some(wanted) => self.scaled(made, &term.quantity, &wanted),
            None => made,
        }
    }

    /// An expression on its own, such as a condition or a figure of a message.
    pub fn term(&mut self, term: &Term) -> ExpressionId {
        let expression = match &term.kind {
            TermKind::Number(number) => Expression::Literal(number.clone()),
            TermKind::Truth(truth) => Expression::Truth(*truth),
            TermKind::Cell(cell) => Expression::Cell(reference(cell)),
            TermKind::Foreign(cell) => Expression::Foreign(ForeignReference {
                regime: cell.regime.clone(),
                version: cell.version,
                form: cell.form.clone(),
                row: row(&cell.row),
                column: cell.column.clone(),
                words: Some(ForeignWords {
                    regime: cell.printed.regime.clone(),
                    form: cell.printed.form.clone(),
                    column: cell.printed.column.clone(),
                    row: cell.printed.row.clone(),
                }),
            }),
            TermKind::Registry { attribute, entry } => Expression::Registry {
                attribute: attribute.clone(),
                entry: entry.clone(),
            },
            TermKind::Valid { form, from, until } => Expression::Valid {
                form: FormIndex(*form as u32),
                from: *from,
                until: *until,
            },
            TermKind::Event(question) => Expression::Event(EventTest {
                event: question.event as u32,
                field: question.field as u32,
                test: question.test.clone(),
            }),
            TermKind::Sum(terms) => {
                let scale = finest_scale(terms.iter().map(|(_, term)| &term.quantity));
                Expression::Sum(
                    terms
                        .iter()
                        .map(|(plus, term)| (*plus, self.at_scale(term, scale.as_ref())))
                        .collect(),
                )
            }
            TermKind::Product(a, b) => Expression::Product(self.term(a), self.term(b)),
            TermKind::Quotient(a, b) => Expression::Quotient(self.term(a), self.term(b)),
            TermKind::Negate(a) => Expression::Negate(self.term(a)),
            TermKind::Absolute(a) => Expression::Absolute(self.term(a)),
            TermKind::Round(a, digits) => Expression::Round(self.term(a), *digits),
            // Dropping the measure changes no value: a cell is already counted in its own measure.
            TermKind::Bare(a) => return self.term(a),
            TermKind::Minimum(terms) => Expression::Minimum(self.all(terms)),
            TermKind::Maximum(terms) => Expression::Maximum(self.all(terms)),
            TermKind::SumOf(terms) => Expression::SumOf(self.all(terms)),
            TermKind::Growth(a, b) => {
                let scale = finest_scale([&a.quantity, &b.quantity].into_iter());
                Expression::Growth(
                    self.at_scale(a, scale.as_ref()),
                    self.at_scale(b, scale.as_ref()),
                )
            }
            TermKind::IsBlank(a) => Expression::IsBlank(self.term(a)),
            TermKind::Previous(a) => Expression::Previous(self.term(a)),
            TermKind::YearAgo(a) => Expression::YearAgo(self.term(a)),
            TermKind::YearToDate(a) => Expression::YearToDate(self.term(a)),
            TermKind::Opening(a) => Expression::Opening(self.term(a)),
            TermKind::Plan { indicator, target } => Expression::Plan {
                target: self
                    .numbering
                    .targets
                    .get(target)
                    .copied()
                    .unwrap_or_default(),
                indicator: self
                    .numbering
                    .indicators
                    .get(indicator)
                    .copied()
                    .unwrap_or_default(),
                otherwise: None,
            },
            TermKind::OverEvents(a) => Expression::OverEvents(self.term(a)),
            TermKind::SumBelow(a) => Expression::SumBelow(self.term(a)),
            TermKind::CountBelow(a) => Expression::CountBelow(self.term(a)),
            TermKind::Rank(a) => Expression::Rank(self.term(a)),
            TermKind::Compare(first, rest) => {
                let quantities = std::iter::once(&first.quantity)
                    .chain(rest.iter().map(|(_, term)| &term.quantity));
                let scale = finest_scale(quantities);
                let first = self.at_scale(first, scale.as_ref());
                let rest = rest
                    .iter()
                    .map(|(sign, term)| (comparison(*sign), self.at_scale(term, scale.as_ref())));
                Expression::Compare(first, rest.collect())
            }
            TermKind::And(terms) => {
                Expression::And(terms.iter().map(|term| self.term(term)).collect())
            }
            TermKind::Or(terms) => {
                Expression::Or(terms.iter().map(|term| self.term(term)).collect())
            }
            TermKind::Not(a) => Expression::Not(self.term(a)),
            TermKind::Day(day) => Expression::Day(*day),
            TermKind::Entry(entry) => Expression::Entry(EntryName {
                name: entry.name.clone(),
                label: entry.label.clone(),
            }),
            TermKind::Nil => Expression::Nil,
            TermKind::If(parts) => {
                let scale =
                    finest_scale([&parts.then.quantity, &parts.otherwise.quantity].into_iter());
                Expression::If(
                    self.term(&parts.condition),
                    self.at_scale(&parts.then, scale.as_ref()),
                    self.at_scale(&parts.otherwise, scale.as_ref()),
                )
            }
            TermKind::In(subject, entries) => Expression::In(self.term(subject), entries.clone()),
            TermKind::Chosen(value, field) => {
                let value = self.term(value);
                Expression::Chosen(value, self.term(field))
            }
            TermKind::Under(subject) => Expression::Under(self.term(subject)),
            TermKind::Over(over) => Expression::Over(Box::new(Over {
                list: FormIndex(over.list as u32),
                function: match over.function {
                    analysed::OverFunction::Count => OverFunction::Count,
                    analysed::OverFunction::Sum => OverFunction::Sum,
                    analysed::OverFunction::Minimum => OverFunction::Minimum,
                    analysed::OverFunction::Maximum => OverFunction::Maximum,
                },
                value: over.value.as_ref().map(|value| self.term(value)),
                distinct: over.distinct.iter().map(|key| self.term(key)).collect(),
                condition: over
                    .condition
                    .as_ref()
                    .map(|condition| self.term(condition)),
            })),
            TermKind::Unknown => Expression::Minimum(Vec::new()),
        };
        self.push(expression)
    }

    /// Operands of one kind of quantity, all at the finest scale among them.
    pub fn all<'t>(
        &mut self,
        terms: impl IntoIterator<Item = &'t Term> + Clone,
    ) -> Vec<ExpressionId> {
        let scale = finest_scale(terms.clone().into_iter().map(|term| &term.quantity));
        terms
            .into_iter()
            .map(|term| self.at_scale(term, scale.as_ref()))
            .collect()
    }

    fn at_scale(&mut self, term: &Term, wanted: Option<&Number>) -> ExpressionId {
        let made = self.term(term);
        match wanted {
            Some(wanted) => self.scaled(made, &term.quantity, wanted),
            None => made,
        }
    }

    fn scaled(&mut self, made: ExpressionId, quantity: &Quantity, wanted: &Number) -> ExpressionId {
        // A literal takes the measure of what it stands beside; a percentage is a true ratio already.
        if quantity.literal
            || quantity.percent
            || quantity.is_unknown()
            || quantity.scale == *wanted
        {
            return made;
        }
        match quantity.scale.checked_div(wanted) {
            Some(factor) => self.push(Expression::Scale(made, factor)),
            None => made,
        }
    }

    fn push(&mut self, expression: Expression) -> ExpressionId {
        let id = ExpressionId(self.expressions.len() as u32);
        self.expressions.push(expression);
        id
    }
}

/// A cell by its indices.
pub(super) fn reference(cell: &Cell) -> CellReference {
    CellReference {
        form: FormIndex(cell.form as u32),
        row: row(&cell.row),
        column: ColumnIndex(cell.column as u32),
    }
}

fn row(pick: &RowPick) -> RowReference {
    match pick {
        RowPick::Current => RowReference::Current,
        RowPick::Entry(entry) => RowReference::Entry(entry.clone()),
        RowPick::Total => RowReference::Total,
        RowPick::Others => RowReference::Others,
        RowPick::All => RowReference::All,
    }
}

fn comparison(sign: Sign) -> Comparison {
    match sign {
        Sign::Equal => Comparison::Equal,
        Sign::NotEqual => Comparison::NotEqual,
        Sign::Less => Comparison::Less,
        Sign::LessOrEqual => Comparison::LessOrEqual,
        Sign::Greater => Comparison::Greater,
        Sign::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}
