//! Which of a row's and a column's formula decides the cell where they cross (language-types §1.5, T8).
//!
//! Sums come first, then definitions of ratios, then comparisons, so that a cell is a comparison of ratios of sums. It deliberately does not know
//! rows and columns: it sees two formulas. Where both orders give the same, nobody is asked.

use crate::analysis::expression::{Term, TermKind};

/// The classes, in the order in which they are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A sum of disjoint parts or adjacent spans.
    Assembling,
    /// A quotient or product of different figures of one report.
    Defining,
    /// One figure against itself at another time, or against its plan.
    Comparing,
    /// Everything else.
    Other,
}

/// What is known about a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Its class.
    pub class: Class,
    /// Whether it is a sum of figures times numbers: two such formulas commute.
    pub linear: bool,
}

/// Whose formula is computed last and so decides the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decides {
    /// The row's, over cells of its column.
    Row,
    /// The column's, over cells of its row; also where both come to the same.
    Column,
}

impl Formula {
    /// The sum of a total row, a split, or a tree of rows.
    pub const SUM: Formula = Formula {
        class: Class::Assembling,
        linear: true,
    };

    /// What a typed term is.
    pub fn of(term: &Term) -> Formula {
        let formula = |class, linear| Formula { class, linear };
        match &term.kind {
            TermKind::Cell(_) | TermKind::Foreign(_) | TermKind::Number(_) => Formula::SUM,
            TermKind::SumOf(terms) => all(terms.iter(), true),
            TermKind::Sum(terms) => {
                let plain = terms.iter().all(|(plus, _)| *plus);
                let parts = all(terms.iter().map(|(_, term)| term), plain);
                let compares = !plain && terms.iter().any(|(_, part)| differ(part, terms));
                match (parts.class, compares) {
                    (Class::Assembling | Class::Other, true) if parts.linear => {
                        formula(Class::Comparing, true)
                    }
                    (Class::Defining, true) => formula(Class::Comparing, false),
                    _ => parts,
                }
            }
            TermKind::Negate(inner) | TermKind::Bare(inner) => Formula::of(inner),
            TermKind::Previous(inner)
            | TermKind::YearAgo(inner)
            | TermKind::Opening(inner)
            | TermKind::YearToDate(inner) => Formula::of(inner),
            TermKind::OverEvents(_) | TermKind::SumBelow(_) => Formula::SUM,
            TermKind::Plan { .. } => Formula::SUM,
            TermKind::Product(a, b) => match (is_number(a), is_number(b)) {
                (true, _) => Formula::of(b).scaled(),
                (_, true) => Formula::of(a).scaled(),
                _ => formula(Class::Defining, false).after(a, b),
            },
            TermKind::Quotient(a, b) if is_number(b) => Formula::of(a).scaled(),
            TermKind::Quotient(a, b) => {
                let same = a.quantity.dimension == b.quantity.dimension;
                let apart = a.quantity.additivity.extent != b.quantity.additivity.extent
                    || a.quantity.additivity.modality != b.quantity.additivity.modality;
                match same && apart {
                    true => formula(Class::Comparing, false),
                    false => formula(Class::Defining, false).after(a, b),
                }
            }
            TermKind::Growth(..) => formula(Class::Comparing, false),
            TermKind::Round(inner, _) if Formula::of(inner).class == Class::Comparing => {
                formula(Class::Comparing, false)
            }
            _ => formula(Class::Other, false),
        }
    }

    /// A number times it: no sum any more unless something stronger.
    fn scaled(self) -> Formula {
        match self.class {
            Class::Assembling => Formula {
                class: Class::Other,
                linear: self.linear,
            },
            _ => self,
        }
    }

    /// A definition over operands that must themselves be computed no later.
    fn after(self, a: &Term, b: &Term) -> Formula {
        let latest = Formula::of(a).class.max(Formula::of(b).class);
        match latest {
            Class::Assembling | Class::Defining => self,
            _ => Formula {
                class: Class::Other,
                linear: false,
            },
        }
    }
}

fn is_number(term: &Term) -> bool {
    matches!(term.kind, TermKind::Number(_))
}

fn all<'t>(terms: impl Iterator<Item = &'t Term>, plain: bool) -> Formula {
    let mut class = Class::Assembling;
    let mut linear = true;
    for term in terms {
        let one = Formula::of(term);
        class = class.max(one.class);
        linear = linear && one.linear && !is_number(term);
    }
    if !plain && class == Class::Assembling {
        class = Class::Other;
    }
    Formula { class, linear }
}

/// Whether a term of a sum speaks about another time, or is a plan against an actual figure.
fn differ(part: &Term, terms: &[(bool, Term)]) -> bool {
    terms.iter().any(|(_, other)| {
        let (one, two) = (&part.quantity.additivity, &other.quantity.additivity);
        let stated = one.extent.is_some() && two.extent.is_some();
        stated && (one.extent != two.extent || one.modality != two.modality)
    })
}

/// Which formula decides a cell; `None`: neither order is meant by itself, the cell needs a formula of its own.
pub fn decides(row: Formula, column: Formula) -> Option<Decides> {
    if row.linear && column.linear {
        return Some(Decides::Column);
    }
    match (row.class, column.class) {
        // A total is computed like its rows, whatever the column's formula: T9 advises where adding the results would differ.
        (Class::Assembling, _) if row.linear => Some(Decides::Column),
        (Class::Other, _) | (_, Class::Other) | (Class::Comparing, Class::Comparing) => None,
        (row, column) if row > column => Some(Decides::Row),
        _ => Some(Decides::Column),
    }
}
