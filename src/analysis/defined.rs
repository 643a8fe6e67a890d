//! Rows and columns whose indicator has a formula or an average's weight: it is written out over the rows or columns that bear the indicators it names.
//!
//! It deliberately does not know types. A formula that names an indicator which the form does not ask for is reported and left out; a row or column
//! with a formula of its own, and one that is typed, keeps it.

use super::alone::attributes::range_of;
use super::context::Context;
use super::definition::shape;
use super::shared::Shared;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::syntax::ast::expression::{Call, CellRef, Expr, ExprKind, Function, Pick, RowRef};
use crate::syntax::ast::form::{
    Attribute, Bound, Cells, FormMember, Formula, Group, GroupMember, Nature, Row,
};
use crate::syntax::ast::indicator::Indicator;
use crate::syntax::ast::{Item, Spanned};
use crate::text::{FileId, Span};
use std::collections::BTreeMap;

/// Printed numbers or names by indicator: rows, and columns.
#[derive(Default)]
struct Bearers {
    rows: BTreeMap<String, String>,
    columns: BTreeMap<String, String>,
    /// Indicators by printed number and by name: of rows, and of columns.
    of_rows: BTreeMap<String, String>,
    of_columns: BTreeMap<String, String>,
}

/// Writes the formulas of indicators out; tells whether there were any.
pub(super) fn write_out(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    members: &mut [FormMember],
) -> bool {
    let mut bearers = Bearers::default();
    for member in &*members {
        match member {
            FormMember::Row(row) => of_row(row, &mut bearers),
            FormMember::Group(group) => of_group(group, &mut bearers),
            FormMember::Column(cells) => of_column(cells, &mut bearers),
            _ => {}
        }
    }
    let mut writer = Writer {
        context,
        shared,
        file,
        bearers,
        changed: false,
    };
    for member in members {
        match member {
            FormMember::Row(row) => writer.row(row),
            FormMember::Group(group) => writer.group(group),
            FormMember::Column(cells) => writer.cells(cells, false),
            _ => {}
        }
    }
    writer.changed
}

fn of_row(row: &Row, bearers: &mut Bearers) {
    bear(&row.cells, &mut bearers.rows);
    name(&row.cells, &mut bearers.of_rows);
    of_members(&row.members, bearers);
}

fn of_group(group: &Group, bearers: &mut Bearers) {
    of_members(&group.members, bearers);
}

fn of_members(members: &[GroupMember], bearers: &mut Bearers) {
    for member in members {
        match member {
            GroupMember::Row(row) => of_row(row, bearers),
            GroupMember::Group(group) => of_group(group, bearers),
            GroupMember::Column(cells) => of_column(cells, bearers),
        }
    }
}

fn of_column(cells: &Cells, bearers: &mut Bearers) {
    bear(cells, &mut bearers.columns);
    name(cells, &mut bearers.of_columns);
}

/// Both ways to call a row or a column lead to its indicator.
fn name(cells: &Cells, known: &mut BTreeMap<String, String>) {
    if let Some(indicator) = indicator_of(cells) {
        let places = cells.code.iter().chain(&cells.name);
        known.extend(places.map(|place| (place.value.clone(), indicator.value.clone())));
    }
}

/// The first to bear an indicator is meant.
fn bear(cells: &Cells, known: &mut BTreeMap<String, String>) {
    let place = cells.code.as_ref().or(cells.name.as_ref());
    if let (Some(name), Some(place)) = (indicator_of(cells), place) {
        known
            .entry(name.value.clone())
            .or_insert_with(|| place.value.clone());
    }
}

fn indicator_of(cells: &Cells) -> Option<&Spanned<String>> {
    cells
        .attributes
        .iter()
        .find_map(|attribute| match &attribute.value {
            Attribute::Indicator(name) => Some(name),
            _ => None,
        })
}

struct Writer<'w, 'p> {
    context: &'w mut Context<'p>,
    shared: &'w Shared,
    file: FileId,
    bearers: Bearers,
    changed: bool,
}

impl Writer<'_, '_> {
    fn row(&mut self, row: &mut Row) {
        self.cells(&mut row.cells, true);
        self.members(&mut row.members);
    }

    fn group(&mut self, group: &mut Group) {
        self.members(&mut group.members);
    }

    fn members(&mut self, members: &mut [GroupMember]) {
        for member in members {
            match member {
                GroupMember::Row(row) => self.row(row),
                GroupMember::Group(group) => self.group(group),
                GroupMember::Column(cells) => self.cells(cells, false),
            }
        }
    }

    fn cells(&mut self, cells: &mut Cells, row: bool) {
        let other_source = |attribute: &Spanned<Attribute>| {
            matches!(
                attribute.value,
                Attribute::CarryFrom(_)
                    | Attribute::Split { .. }
                    | Attribute::Plan(_)
                    | Attribute::ForPrevious
            )
        };
        self.compare(cells, row);
        if cells.formula.is_some() || cells.attributes.iter().any(other_source) {
            return;
        }
        let Some(name) = indicator_of(cells).cloned() else {
            return;
        };
        if self.shared.circular.contains(&name.value) {
            return;
        }
        let formula = self.formula_of(&name.value);
        if formula.is_none() {
            self.limits(cells, &name, row);
        }
        let own_nature =
            |attribute: &Spanned<Attribute>| matches!(attribute.value, Attribute::Nature(_));
        let weight = match cells.attributes.iter().any(own_nature) {
            true => None,
            false => self.weight_of(&name.value),
        };
        let bearers = match row {
            true => &self.bearers.rows,
            false => &self.bearers.columns,
        };
        let refer = |indicator: &str| {
            let place = bearers.get(indicator)?;
            Some(match row {
                true => row_reference(place, name.span),
                false => column_reference(place, name.span),
            })
        };
        // A form that does not ask for the weight cannot average: its figure is typed again above.
        if let Some(Ok(weight)) = weight.map(|weight| over(&weight, &refer, name.span)) {
            let nature = Attribute::Nature(Nature::AverageBy(weight));
            cells.attributes.push(Spanned::new(nature, name.span));
            self.changed = true;
        }
        let Some(formula) = formula else {
            return;
        };
        let sides: Result<Vec<Expr>, String> = formula
            .iter()
            .map(|side| over(side, &refer, name.span))
            .collect();
        match sides {
            Ok(sides) => {
                cells.formula = Some(Formula {
                    sides,
                    span: name.span,
                });
                self.changed = true;
            }
            Err(missing) => {
                let problem = BreakdownProblem::OperandNotAsked {
                    indicator: name.value.clone(),
                    missing,
                };
                self.context.report(problem, self.file, name.span);
            }
        }
    }

    /// What an indicator says of its values holds wherever it is asked for, unless the place says it too.
    fn limits(&mut self, cells: &mut Cells, name: &Spanned<String>, row: bool) {
        let mut added = Vec::new();
        for found in self.declared(&name.value) {
            if let Some((low, high)) = range_of(found) {
                added.push(Attribute::Range(
                    bound_at(low, name.span),
                    bound_at(high, name.span),
                ));
            }
            added.extend(found.attributes.iter().filter_map(|one| match &one.value {
                Attribute::Optional => Some(Attribute::Optional),
                Attribute::Matching(pattern) if !row => Some(Attribute::Matching(Spanned::new(
                    pattern.value.clone(),
                    name.span,
                ))),
                _ => None,
            }));
        }
        for attribute in added {
            let kind = std::mem::discriminant(&attribute);
            let mut own = cells.attributes.iter();
            if !own.any(|own| std::mem::discriminant(&own.value) == kind) {
                cells.attributes.push(Spanned::new(attribute, name.span));
                self.changed = true;
            }
        }
    }

    /// A row or column with a formula of its own whose indicator has one too: over indicators both must say the same.
    fn compare(&mut self, cells: &Cells, row: bool) {
        let own = cells.formula.as_ref().and_then(|own| own.sides.first());
        let (Some(own), Some(indicator)) = (own, indicator_of(cells)) else {
            return;
        };
        let sides = self.formula_of(&indicator.value);
        let Some(defined) = sides.and_then(|sides| sides.into_iter().next()) else {
            return;
        };
        let in_place = |kind: &ExprKind| {
            let (pick, known) = match kind {
                ExprKind::Row(found) if row && found.form.is_none() => {
                    (&found.pick.value, &self.bearers.of_rows)
                }
                ExprKind::Cell(found) if !row && found.path.is_empty() => match &*found.picks {
                    [only] => (&only.value, &self.bearers.of_columns),
                    _ => return None,
                },
                _ => return None,
            };
            match pick {
                Pick::Place(place) => known.get(place).cloned(),
                _ => None,
            }
        };
        let by_name = |kind: &ExprKind| match kind {
            ExprKind::Path(names) => match names.as_slice() {
                [name] => Some(name.value.clone()),
                _ => None,
            },
            _ => None,
        };
        let shapes = (shape(own, &in_place), shape(&defined, &by_name));
        if let (Some(own_shape), Some(defined)) = shapes
            && own_shape != defined
        {
            let problem = TypeProblem::DefinedOtherwise {
                indicator: indicator.value.clone(),
            };
            self.context.report(problem, self.file, own.span);
        }
    }

    /// The sides of the formula of an indicator, where it has one.
    fn formula_of(&self, name: &str) -> Option<Vec<Expr>> {
        let mut found = self.declared(name);
        let formula = found.find_map(|found| found.formula.as_ref())?;
        (!formula.sides.is_empty()).then(|| formula.sides.clone())
    }

    /// The weight by which an indicator is averaged, where it has one.
    fn weight_of(&self, name: &str) -> Option<Expr> {
        let mut attributes = self.declared(name).flat_map(|found| &found.attributes);
        attributes.find_map(|attribute| match &attribute.value {
            Attribute::Nature(Nature::AverageBy(weight)) => Some(weight.clone()),
            _ => None,
        })
    }

    fn declared<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Indicator> {
        let items = self
            .context
            .project
            .sources
            .iter()
            .flat_map(|source| &source.tree.items);
        items.filter_map(move |item| match item {
            Item::Indicator(found) if found.name.value == name => Some(found.as_ref()),
            _ => None,
        })
    }
}

/// A bound of a range as if it stood at another place.
fn bound_at(bound: &Bound, span: Span) -> Bound {
    match bound {
        Bound::Number { negative, number } => Bound::Number {
            negative: *negative,
            number: Spanned::new(number.value.clone(), span),
        },
        Bound::Cell(cell) => Bound::Cell(cell.clone()),
    }
}

fn row_reference(place: &str, span: Span) -> ExprKind {
    ExprKind::Row(RowRef {
        form: None,
        pick: Spanned::new(Pick::Place(place.to_owned()), span),
        span,
    })
}

fn column_reference(place: &str, span: Span) -> ExprKind {
    ExprKind::Cell(CellRef {
        path: Vec::new(),
        picks: vec![Spanned::new(Pick::Place(place.to_owned()), span)],
        span,
    })
}

/// The formula with rows or columns for indicators, all at one place; or the indicator that nothing bears.
fn over(expr: &Expr, refer: &dyn Fn(&str) -> Option<ExprKind>, span: Span) -> Result<Expr, String> {
    let inner = |expr: &Expr| over(expr, refer, span);
    let boxed = |expr: &Expr| inner(expr).map(Box::new);
    let each = |parts: &[Expr]| parts.iter().map(inner).collect::<Result<Vec<_>, String>>();
    let kind = match &expr.kind {
        ExprKind::Path(names) => match names.as_slice() {
            [name] => refer(&name.value).ok_or_else(|| name.value.clone())?,
            _ => expr.kind.clone(),
        },
        ExprKind::Sum { first, rest } => ExprKind::Sum {
            first: boxed(first)?,
            rest: signed(rest, &inner)?,
        },
        ExprKind::Product { first, rest } => ExprKind::Product {
            first: boxed(first)?,
            rest: signed(rest, &inner)?,
        },
        ExprKind::Compare { first, rest } => ExprKind::Compare {
            first: boxed(first)?,
            rest: signed(rest, &inner)?,
        },
        ExprKind::Or(parts) => ExprKind::Or(each(parts)?),
        ExprKind::And(parts) => ExprKind::And(each(parts)?),
        ExprKind::Not(part) => ExprKind::Not(boxed(part)?),
        ExprKind::Negative(part) => ExprKind::Negative(boxed(part)?),
        // The indicator and the target of a plan value are called by their names wherever it stands.
        ExprKind::Call(call) if call.function.value == Function::Plan => expr.kind.clone(),
        ExprKind::Call(call) => ExprKind::Call(Box::new(Call {
            arguments: each(&call.arguments)?,
            ..(**call).clone()
        })),
        ExprKind::If(written) => {
            let mut written = written.clone();
            written.condition = inner(&written.condition)?;
            written.then = inner(&written.then)?;
            written.otherwise = inner(&written.otherwise)?;
            ExprKind::If(written)
        }
        kind => kind.clone(),
    };
    Ok(Expr { kind, span })
}

/// Signs with what stands after them.
fn signed<S: Clone>(
    rest: &[(S, Expr)],
    inner: &dyn Fn(&Expr) -> Result<Expr, String>,
) -> Result<Vec<(S, Expr)>, String> {
    rest.iter()
        .map(|(sign, part)| Ok((sign.clone(), inner(part)?)))
        .collect()
}
