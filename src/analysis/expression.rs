//! Resolved and typed expressions of the model.
//!
//! A term knows its quantity: dimension, exact scale, sign, decimals, nature. It deliberately does not know evaluation. A term that could not
//! be resolved is [`TermKind::Unknown`] and its quantity unknown; such terms exist only in regimes that are not sound.

use super::cell_type::sums::Additivity;
use super::natures::Nature;
use crate::calendar::Date;
use crate::diagnostic::problem::meaning::time::NatureWord;
use crate::number::Number;
use crate::organisation::FieldTest;
use crate::text::Span;
use std::collections::BTreeMap;

/// Powers of base measures; positions in [`super::model::words::Words::measures`]. Empty: a pure number. Powers are never 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension(pub BTreeMap<usize, i32>);

/// A resolved expression.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// What comes out; set by inference.
    pub quantity: Quantity,
    /// Where it is written.
    pub span: Span,
}

/// The kinds of term.
#[derive(Clone, Debug)]
pub enum TermKind {
    /// A literal; a percent literal is already divided by 100.
    Number(Number),
    /// `yes` or `no`.
    Truth(bool),
    /// A cell.
    Cell(Cell),
    /// A cell of another regime, in its report of the same period.
    Foreign(Box<ForeignCell>),
    /// A question about a field of the event that the report follows.
    Event(EventTest),
    /// Whether the unit's registry has this entry for this attribute.
    Registry {
        /// The attribute, by the name of its catalog.
        attribute: String,
        /// The entry.
        entry: String,
    },
    /// Whether the last day of a form's figures lies within the days of an entry.
    Valid {
        /// Position of the form.
        form: usize,
        /// First day, if there is one.
        from: Option<Date>,
        /// Last day, if there is one.
        until: Option<Date>,
    },
    /// Terms with their signs, true for plus.
    Sum(Vec<(bool, Term)>),
    /// `a * b`.
    Product(Box<Term>, Box<Term>),
    /// `a / b`.
    Quotient(Box<Term>, Box<Term>),
    /// `-a`.
    Negate(Box<Term>),
    /// `abs(a)`.
    Absolute(Box<Term>),
    /// `round(a, digits)`.
    Round(Box<Term>, u32),
    /// `number(a)`: the value without its measure.
    Bare(Box<Term>),
    /// `min(…)`.
    Minimum(Vec<Term>),
    /// `max(…)`.
    Maximum(Vec<Term>),
    /// `sum(…)`.
    SumOf(Vec<Term>),
    /// `growth(a, b)`.
    Growth(Box<Term>, Box<Term>),
    /// `blank(a)`.
    IsBlank(Box<Term>),
    /// `previous(a)`.
    Previous(Box<Term>),
    /// `year ago(a)`.
    YearAgo(Box<Term>),
    /// `year to date(a)`.
    YearToDate(Box<Term>),
    /// `opening(a)`.
    Opening(Box<Term>),
    /// `plan(indicator, TARGET)`.
    Plan {
        /// A position in [`super::model::words::Words::indicators`].
        indicator: usize,
        /// A position in [`super::model::words::Words::targets`].
        target: usize,
    },
    /// `over events(a)`.
    OverEvents(Box<Term>),
    /// `sum below(a)`.
    SumBelow(Box<Term>),
    /// `count below(a)`.
    CountBelow(Box<Term>),
    /// `rank(a)`.
    Rank(Box<Term>),
    /// A chain of comparisons.
    Compare(Box<Term>, Vec<(Comparison, Term)>),
    /// All hold.
    And(Vec<Term>),
    /// One holds.
    Or(Vec<Term>),
    /// Does not hold.
    Not(Box<Term>),
    /// A day.
    Day(Date),
    /// An entry of a catalog.
    Entry(Entry),
    /// Không phát sinh, as a branch of a condition.
    Nil,
    /// The second where the first holds, the third where it does not.
    If(Box<Conditional>),
    /// The entry is one of these; an inner one was written out with everything below it.
    In(Box<Term>, Vec<String>),
    /// The entry is that of the row at hand, or lies below it.
    Under(Box<Term>),
    /// The first, in reports whose field, the second, chooses the row at hand; others are not asked.
    Chosen(Box<Term>, Box<Term>),
    /// A figure over the rows of a list.
    Over(Box<Over>),
    /// Could not be resolved; already reported.
    Unknown,
}

/// One of two values, by a condition.
#[derive(Clone, Debug)]
pub struct Conditional {
    /// What decides.
    pub condition: Term,
    /// The value where it holds.
    pub then: Term,
    /// The value where it does not hold.
    pub otherwise: Term,
}

/// An entry of a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Position of the catalog in [`super::model::words::Words::catalogs`].
    pub catalog: usize,
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
}

/// A figure over the rows of a list. Cells of the list inside it are those of the row looked at.
#[derive(Clone, Debug)]
pub struct Over {
    /// Position of the list among the forms.
    pub list: usize,
    /// What is made of the rows.
    pub function: OverFunction,
    /// What is added or compared; counting needs none.
    pub value: Option<Term>,
    /// Rows that agree in all of these count once.
    pub distinct: Vec<Term>,
    /// Only rows where this holds.
    pub condition: Option<Term>,
}

/// What is made of the rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverFunction {
    /// How many.
    Count,
    /// Their sum.
    Sum,
    /// The smallest.
    Minimum,
    /// The largest.
    Maximum,
}

/// A comparison sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    LessOrEqual,
    /// `>`
    Greater,
    /// `≥`
    GreaterOrEqual,
}

/// A cell an expression reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Position of the form.
    pub form: usize,
    /// Which row.
    pub row: RowPick,
    /// Position of the column.
    pub column: usize,
}

/// A cell of another regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignCell {
    /// Name of the regime.
    pub regime: String,
    /// The version that was found.
    pub version: u32,
    /// Name of the form.
    pub form: String,
    /// Which row.
    pub row: RowPick,
    /// Key of the column.
    pub column: String,
    /// How it is printed there.
    pub printed: ForeignPrint,
    /// What it yields there.
    pub quantity: Quantity,
}

/// The printed words of a cell of another regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignPrint {
    /// Title of the regime.
    pub regime: String,
    /// Printed sign of the form.
    pub form: String,
    /// Printed number and label of the column.
    pub column: (Option<String>, String),
    /// Printed code and label of the row, where one is named.
    pub row: Option<(Option<String>, String)>,
}

/// A question about a field of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventTest {
    /// Position of the event in [`super::model::Regime::events`].
    pub event: usize,
    /// Position of the field.
    pub field: usize,
    /// The question.
    pub test: FieldTest,
}

/// Which row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowPick {
    /// The row at hand.
    Current,
    /// That of a catalog entry.
    Entry(String),
    /// The total row.
    Total,
    /// The outermost data rows other than the row at hand.
    Others,
    /// Every row of a list; only where a term is asked what it reads.
    All,
}

/// What a term yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Figure, words, truth or unknown.
    pub sort: Sort,
    /// Powers of base measures; `None` if the measure could not be told.
    pub dimension: Option<Dimension>,
    /// How many base units one of it is.
    pub scale: Number,
    /// Meant as a percentage.
    pub percent: bool,
    /// A plain literal that takes the measure of what it stands beside.
    pub literal: bool,
    /// May be below zero.
    pub negative: bool,
    /// Digits after the point; `None` if there may be endlessly many.
    pub decimals: Option<u32>,
    /// A difference of percentages (điểm %); it is then a percentage too.
    pub points: bool,
    /// How it adds up, the span it speaks about, and whether it is a plan.
    pub additivity: Additivity,
    /// Whether adding results and computing from sums come to the same.
    pub linear: bool,
    /// Whether its formula multiplies a ratio by 100, as people write percentages.
    pub hundredfold: bool,
    /// What it is computed from that has no year to date, and so neither has it.
    pub never_to_date: Option<NatureWord>,
}

/// The sorts of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A number.
    Figure,
    /// Words.
    Text,
    /// True or false.
    Truth,
    /// A day.
    Day,
    /// An entry of a catalog, by its position.
    Choice(usize),
    /// An attached file, which is shown and asked for and nothing else.
    File,
    /// Could not be told.
    Unknown,
}

impl Dimension {
    /// The dimension of a product (`sign` 1) or quotient (`sign` -1).
    pub fn combined(&self, other: &Dimension, sign: i32) -> Dimension {
        let mut powers = self.0.clone();
        for (base, power) in &other.0 {
            let entry = powers.entry(*base).or_insert(0);
            *entry = entry.saturating_add(power.saturating_mul(sign));
        }
        powers.retain(|_, power| *power != 0);
        Dimension(powers)
    }

    /// Whether it is a pure number.
    pub fn is_pure(&self) -> bool {
        self.0.is_empty()
    }
}

impl Quantity {
    /// Nothing is known.
    pub fn unknown() -> Quantity {
        Quantity {
            sort: Sort::Unknown,
            dimension: None,
            scale: Number::one(),
            percent: false,
            literal: false,
            negative: false,
            decimals: Some(0),
            points: false,
            additivity: Additivity::unknown(),
            linear: true,
            hundredfold: false,
            never_to_date: None,
        }
    }

    /// Words.
    pub fn text() -> Quantity {
        Quantity {
            sort: Sort::Text,
            additivity: Additivity {
                nature: Nature::None,
                ..Additivity::constant()
            },
            ..Quantity::unknown()
        }
    }

    /// True or false.
    pub fn truth() -> Quantity {
        Quantity {
            sort: Sort::Truth,
            ..Quantity::unknown()
        }
    }

    /// A day, or an entry of a catalog: an answer that is never added.
    pub fn answer(sort: Sort) -> Quantity {
        Quantity {
            sort,
            ..Quantity::text()
        }
    }

    /// A pure number of a nature.
    pub fn pure(nature: Nature) -> Quantity {
        Quantity {
            sort: Sort::Figure,
            dimension: Some(Dimension::default()),
            additivity: Additivity::actual(nature),
            ..Quantity::unknown()
        }
    }

    /// Whether anything at all is known about it.
    pub fn is_unknown(&self) -> bool {
        self.sort == Sort::Unknown
    }
}

impl Cell {
    /// The cells of a column in every row of a list.
    pub fn in_every_row(form: usize, column: usize) -> Cell {
        Cell {
            form,
            row: RowPick::All,
            column,
        }
    }
}

impl Term {
    /// A term whose quantity is not known yet.
    pub fn new(kind: TermKind, span: Span) -> Term {
        Term {
            kind,
            quantity: Quantity::unknown(),
            span,
        }
    }

    /// Calls `visit` for every cell read; the flag tells whether it is read from the period before.
    pub fn cells(&self, visit: &mut impl FnMut(&Cell, bool)) {
        self.cells_from(false, visit);
    }

    fn cells_from(&self, previous: bool, visit: &mut impl FnMut(&Cell, bool)) {
        match &self.kind {
            TermKind::Over(over) => {
                let list = over.list;
                // Also a mere count depends on the rows of the list.
                visit(&Cell::in_every_row(list, 0), previous);
                let mut in_row = |cell: &Cell, earlier: bool| {
                    let of_list = cell.form == list && cell.row == RowPick::Current;
                    match of_list {
                        true => visit(&Cell::in_every_row(list, cell.column), earlier),
                        false => visit(cell, earlier),
                    }
                };
                self.for_each_child(&mut |child| child.cells_dyn(previous, &mut in_row));
            }
            TermKind::Cell(cell) => visit(cell, previous),
            TermKind::Rank(inner) => {
                // A place among rows depends on all of them.
                inner.cells_dyn(previous, &mut |cell, earlier| {
                    visit(cell, earlier);
                    if cell.row == RowPick::Current {
                        let others = Cell {
                            row: RowPick::Others,
                            ..cell.clone()
                        };
                        visit(&others, earlier);
                    }
                });
            }
            TermKind::Previous(inner)
            | TermKind::YearAgo(inner)
            | TermKind::Opening(inner)
            | TermKind::OverEvents(inner)
            | TermKind::SumBelow(inner)
            | TermKind::CountBelow(inner) => inner.cells_from(true, visit),
            _ => self.for_each_child(&mut |child| child.cells_from(previous, visit)),
        }
    }

    /// As [`Term::cells`], without a type of its own for every visitor: figures over lists nest them.
    fn cells_dyn(&self, previous: bool, visit: &mut dyn FnMut(&Cell, bool)) {
        match &self.kind {
            TermKind::Cell(cell) => visit(cell, previous),
            TermKind::Previous(inner) => inner.cells_dyn(true, visit),
            _ => self.for_each_child(&mut |child| child.cells_dyn(previous, visit)),
        }
    }

    /// Calls `visit` for every direct operand.
    pub fn for_each_child<'t>(&'t self, visit: &mut dyn FnMut(&'t Term)) {
        match &self.kind {
            TermKind::Number(_)
            | TermKind::Truth(_)
            | TermKind::Cell(_)
            | TermKind::Plan { .. }
            | TermKind::Event(_)
            | TermKind::Registry { .. }
            | TermKind::Valid { .. }
            | TermKind::Day(_)
            | TermKind::Entry(_)
            | TermKind::Nil
            | TermKind::Foreign(_)
            | TermKind::Unknown => {}
            TermKind::In(a, _) | TermKind::Under(a) => visit(a),
            TermKind::If(parts) => {
                visit(&parts.condition);
                visit(&parts.then);
                visit(&parts.otherwise);
            }
            TermKind::Over(over) => {
                let parts = over.value.iter().chain(&over.distinct);
                parts.chain(&over.condition).for_each(visit);
            }
            TermKind::Sum(terms) => terms.iter().for_each(|(_, term)| visit(term)),
            TermKind::Product(a, b)
            | TermKind::Quotient(a, b)
            | TermKind::Growth(a, b)
            | TermKind::Chosen(a, b) => {
                visit(a);
                visit(b);
            }
            TermKind::Negate(a)
            | TermKind::Absolute(a)
            | TermKind::Round(a, _)
            | TermKind::Bare(a)
            | TermKind::IsBlank(a)
            | TermKind::Previous(a)
            | TermKind::YearAgo(a)
            | TermKind::YearToDate(a)
            | TermKind::Opening(a)
            | TermKind::OverEvents(a)
            | TermKind::SumBelow(a)
            | TermKind::CountBelow(a)
            | TermKind::Rank(a)
            | TermKind::Not(a) => visit(a),
            TermKind::Minimum(terms)
            | TermKind::Maximum(terms)
            | TermKind::SumOf(terms)
            | TermKind::And(terms)
            | TermKind::Or(terms) => terms.iter().for_each(visit),
            TermKind::Compare(first, rest) => {
                visit(first);
                rest.iter().for_each(|(_, term)| visit(term));
            }
        }
    }

    /// How many terms it is made of, itself among them.
    pub fn size(&self) -> usize {
        let mut size = 1_usize;
        self.for_each_child(&mut |child| size = size.saturating_add(child.size()));
        size
    }

    /// Whether it can be printed below a column as the sum of others: it looks at no list and chooses nothing.
    pub fn is_arithmetic(&self) -> bool {
        if matches!(self.kind, TermKind::Over(_) | TermKind::If(_)) {
            return false;
        }
        let mut arithmetic = true;
        self.for_each_child(&mut |child| arithmetic = arithmetic && child.is_arithmetic());
        arithmetic
    }

    /// Whether the term is, or holds, something that could not be resolved.
    pub fn has_unknown(&self) -> bool {
        if matches!(self.kind, TermKind::Unknown) {
            return true;
        }
        let mut found = false;
        self.for_each_child(&mut |child| found = found || child.has_unknown());
        found
    }
}

/// The finest scale among operands that are added or compared; literals take it over. `None` if only literals stand there.
pub fn finest_scale<'q>(quantities: impl Iterator<Item = &'q Quantity>) -> Option<Number> {
    quantities
        .filter(|quantity| !quantity.literal && !quantity.is_unknown())
        .map(|quantity| quantity.scale.clone())
        .min()
}
