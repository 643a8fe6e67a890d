//! What one place states about a cell, how statements meet, and the type that comes of all layers (language-types §1.1 to §1.4).
//!
//! It deliberately does not know who states: rows, columns, indicators and groups are statements alike. Statements that cannot both hold come
//! back as every clash at once.

use super::clash::Clash;
use super::coordinates::{Axis, Coordinates};
use super::extent::Extent;
use super::operations::{Kind, Refusal, Verdict, verdict};
use super::sums::Additivity;
use super::value::{Bounds, Measured, Value};
use crate::analysis::model::cell::{Modality, Vintage};
use crate::analysis::natures::Nature;
use crate::diagnostic::problem::meaning::operation::OperationWord;

/// Where the figure of a cell comes from; the later holds over the earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// A person types it.
    #[default]
    Entered,
    /// A formula computes it.
    Computed,
    /// It is a constant of the form.
    Fixed,
    /// Nothing stands in it.
    Closed,
}

/// Whether a cell has to be answered; the later holds over the earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requirement {
    /// Always.
    #[default]
    Required,
    /// Never.
    Optional,
    /// Under a condition.
    When,
}

/// What one place states about a cell; what it leaves open is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Kind of value.
    pub value: Option<Value>,
    /// Least and greatest value.
    pub bounds: Bounds,
    /// Unit of measure.
    pub measure: Option<Measured>,
    /// Nature.
    pub nature: Option<Nature>,
    /// Span or moment, where it is not the one the nature has by itself.
    pub extent: Option<Extent>,
    /// Actual or plan.
    pub modality: Option<Modality>,
    /// Breakdown.
    pub coordinates: Coordinates,
    /// Where the figure comes from.
    pub lock: Lock,
    /// Whether it has to be answered.
    pub requirement: Requirement,
}

/// The type of a cell with nothing left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellType {
    /// Kind of value.
    pub value: Value,
    /// Least and greatest value.
    pub bounds: Bounds,
    /// Unit of measure; a pure number for words.
    pub measure: Measured,
    /// Nature, span and modality.
    pub additivity: Additivity,
    /// Breakdown.
    pub coordinates: Coordinates,
    /// Where the figure comes from.
    pub lock: Lock,
    /// Whether it has to be answered.
    pub requirement: Requirement,
}

/// How a view column speaks about the figure of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The plan of a target, by its position in the words of the project.
    Plan(usize),
    /// The period before, entered again with a vintage of its own.
    ForPrevious(Option<Vintage>),
}

impl Statement {
    /// Both at once; every attribute that cannot be both is a clash. `inside(axis, a, b)` tells whether entry `a` lies below entry `b`.
    pub fn meet(
        &self,
        other: &Statement,
        inside: &dyn Fn(&Axis, &str, &str) -> bool,
    ) -> Result<Statement, Vec<Clash>> {
        let mut clashes = Vec::new();
        let met = Statement {
            value: both(&self.value, &other.value, &mut clashes, |a, b| a.meet(*b)),
            bounds: keep(self.bounds.meet(&other.bounds), &mut clashes).unwrap_or_default(),
            measure: both(&self.measure, &other.measure, &mut clashes, Measured::meet),
            nature: both(&self.nature, &other.nature, &mut clashes, |a, b| {
                same(a, b, |a, b| Clash::Natures(*a, *b))
            }),
            extent: both(&self.extent, &other.extent, &mut clashes, |a, b| {
                same(a, b, |a, b| Clash::Extents(a.clone(), b.clone()))
            }),
            modality: both(&self.modality, &other.modality, &mut clashes, |a, b| {
                a.meet(*b)
            }),
            coordinates: keep(
                self.coordinates.meet(&other.coordinates, inside),
                &mut clashes,
            )
            .map(|met| met.coordinates)
            .unwrap_or_default(),
            lock: self.lock.max(other.lock),
            requirement: self.requirement.max(other.requirement),
        };
        if met.lock == Lock::Closed && met.requirement == Requirement::When {
            clashes.push(Clash::RequiredButClosed);
        }
        match clashes.is_empty() {
            true => Ok(met),
            false => Err(clashes),
        }
    }

    /// The same with what it leaves open taken from a lower layer, which never contradicts.
    #[must_use]
    pub fn over(&self, lower: &Statement) -> Statement {
        // A percentage has its measure in itself, and a kind of value brings its own sign.
        let numeric = self.value.is_none_or(Value::is_number);
        Statement {
            value: self.value.or(lower.value),
            bounds: match self.value {
                None => self
                    .bounds
                    .meet(&lower.bounds)
                    .unwrap_or_else(|_| self.bounds.clone()),
                Some(_) => self.bounds.clone(),
            },
            measure: self
                .measure
                .clone()
                .or_else(|| lower.measure.clone().filter(|_| numeric)),
            nature: self.nature.or(lower.nature),
            extent: match self.nature {
                None => self.extent.clone().or_else(|| lower.extent.clone()),
                Some(_) => self.extent.clone(),
            },
            modality: self.modality.or(lower.modality),
            coordinates: self.coordinates.clone(),
            lock: self.lock,
            requirement: self.requirement,
        }
    }

    /// The type of the cell where nothing lower states anything: a whole number from 0 on, a flow of the window, an actual figure. At a moment
    /// (`window at`) the nature is a stock.
    pub fn complete(&self, moment: bool) -> CellType {
        let value = self.value.unwrap_or(Value::Number(0));
        let nature = match (self.nature, moment) {
            _ if !value.is_number() => Nature::None,
            (Some(nature), _) => nature,
            (None, true) => Nature::Stock,
            (None, false) => Nature::Flow,
        };
        let bounds = match self.value {
            None => self
                .bounds
                .meet(&Bounds::not_negative())
                .unwrap_or_else(|_| self.bounds.clone()),
            Some(_) => self.bounds.clone(),
        };
        CellType {
            value,
            bounds,
            measure: self.measure.clone().unwrap_or_else(Measured::plain),
            additivity: Additivity {
                nature,
                extent: self.extent.clone().or_else(|| nature.own_extent()),
                modality: self.modality.or(Some(Modality::Actual(None))),
            },
            coordinates: self.coordinates.clone(),
            lock: self.lock,
            requirement: self.requirement,
        }
    }
}

impl CellType {
    /// The row of the table of operations.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of(Some(self.value), &self.additivity)
    }

    /// The cell of a view column in a row of this type (T3, T4), or why the view makes no sense there.
    pub fn view(&self, view: View) -> Result<CellType, Refusal> {
        let operation = match view {
            View::Plan(_) => OperationWord::Plan,
            View::ForPrevious(_) => OperationWord::Previous,
        };
        if let Some(kind) = self.kind()
            && let Verdict::Refused(refusal) = verdict(kind, operation)
        {
            return Err(refusal);
        }
        Ok(match view {
            View::Plan(target) => CellType {
                additivity: Additivity {
                    nature: self.additivity.nature,
                    extent: Some(Extent::PlanYear(0)),
                    modality: Some(Modality::Plan(target)),
                },
                lock: self.lock.max(Lock::Computed),
                ..self.clone()
            },
            View::ForPrevious(vintage) => CellType {
                additivity: Additivity {
                    modality: Some(Modality::Actual(vintage)),
                    ..self.additivity.shifted(-1, 0)
                },
                ..self.clone()
            },
        })
    }
}

fn both<T: Clone>(
    one: &Option<T>,
    two: &Option<T>,
    clashes: &mut Vec<Clash>,
    meet: impl Fn(&T, &T) -> Result<T, Clash>,
) -> Option<T> {
    match (one, two) {
        (Some(one), Some(two)) => keep(meet(one, two), clashes),
        (one, two) => one.clone().or_else(|| two.clone()),
    }
}

fn same<T: Clone + PartialEq>(
    one: &T,
    two: &T,
    clash: impl Fn(&T, &T) -> Clash,
) -> Result<T, Clash> {
    match one == two {
        true => Ok(one.clone()),
        false => Err(clash(one, two)),
    }
}

fn keep<T>(met: Result<T, Clash>, clashes: &mut Vec<Clash>) -> Option<T> {
    met.map_err(|clash| clashes.push(clash)).ok()
}
