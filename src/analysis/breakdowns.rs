//! Breakdowns written out: `split` and `of which` become ordinary rows and formulas before a form is read (language-types §1.6).
//!
//! A divided row is the sum of its members; where it has a formula too, the formula computes and the sum checks. Rows of traits are made for the
//! divided row and for every member, and add up over the members like it. It deliberately does not know types: what is made is read, typed and
//! checked like anything an author wrote. A breakdown by a name that leads nowhere is reported and left out.

mod complete;
pub(super) mod dated;
mod made;
pub(super) mod pieces;
pub(super) mod registered;
mod traits;

use self::pieces::{
    add_side, breaks_down, column_reference, for_each_column, passed_on, place_of, row_reference,
    sum,
};
use super::cell_type::clash::Clash;
use super::cell_type::coordinates::{Axis, Coordinates};
use super::context::Context;
use super::defined;
use super::shared::Shared;
use super::statements;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::breakdown::BreakdownProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{CellRef, Expr, Pick};
use crate::syntax::ast::form::{Attribute, Cells, Form, FormMember, Group, GroupMember, Row};
use crate::syntax::ast::words::Code;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

/// A form with its breakdowns written out.
pub(super) struct Expanded {
    /// The form.
    pub form: Form,
    /// Where rows and columns stand in breakdowns.
    pub places: Vec<Placed>,
    /// Rows of traits below the row they are parts of.
    pub overlaps: Vec<Overlap>,
    /// Columns that only units with an attribute in their registry fill.
    pub registered: Vec<Registered>,
}

impl Expanded {
    /// Printed numbers and names of rows that are parts of a whole.
    pub fn parts(&self) -> BTreeSet<String> {
        let rows = self.places.iter().filter(|placed| placed.row);
        rows.map(|placed| placed.place.clone()).collect()
    }
}

/// Where a row or column stands in breakdowns.
pub(super) struct Placed {
    /// Printed number or name.
    pub place: String,
    /// Whether it is a row.
    pub row: bool,
    /// Where it stands.
    pub coordinates: Coordinates,
}

/// Rows of traits of one whole.
pub(super) struct Overlap {
    /// Printed number or name of the whole.
    pub whole: String,
    /// Printed numbers or names of the parts with the traits of each.
    pub parts: Vec<(String, Vec<usize>)>,
    /// Where `of which` is written.
    pub span: Span,
}

/// A column for units with one attribute in their registry.
pub(super) struct Registered {
    /// Printed number or name of the column.
    column: String,
    /// The attribute, which is the catalog's name.
    attribute: String,
    /// The entry that opens the column.
    entry: String,
    /// Where the column is written.
    span: Span,
}

/// Writes the breakdowns of a form out; `None` where it has none.
pub(super) fn expand(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Form,
) -> Option<Expanded> {
    let mut form = written.clone();
    let defined = defined::write_out(context, shared, file, &mut form.members);
    if !defined && !written.members.iter().any(breaks_down) {
        return None;
    }
    let mut writer = Writer {
        context,
        shared,
        file,
        latest: BTreeMap::new(),
        labels: BTreeMap::new(),
        expanded: Expanded {
            form,
            places: Vec::new(),
            overlaps: Vec::new(),
            registered: Vec::new(),
        },
    };
    let mut members = std::mem::take(&mut writer.expanded.form.members);
    let mut divided = Vec::new();
    for member in &mut members {
        match member {
            FormMember::Row(row) => writer.row(row, &[], &Coordinates::total()),
            FormMember::Group(group) => {
                writer.group(group, &[], &Coordinates::total(), &mut divided)
            }
            _ => {}
        }
    }
    let mut wholes: Vec<Spanned<String>> = Vec::new();
    let mut sums: BTreeMap<String, Vec<(Span, Expr)>> = BTreeMap::new();
    for (column, sum) in divided {
        let known = sums.entry(column.value.clone()).or_default();
        known.push((column.span, sum));
        wholes.push(column);
    }
    for_each_column(&mut members, &mut |cells| {
        let named = [&cells.code, &cells.name].into_iter().flatten();
        let found: Vec<(Span, Expr)> = named
            .filter_map(|place| sums.remove(&place.value))
            .flatten()
            .collect();
        let declared = Label {
            file,
            span: cells.span,
        };
        for (used, sum) in found {
            let kind = NameKind::Column;
            writer.context.refer(kind, file, used, declared);
            add_side(cells, sum);
        }
    });
    // A column that is not there is reported where the formula would be read.
    for column in wholes
        .iter()
        .filter(|whole| sums.contains_key(&whole.value))
    {
        writer.unknown_column(column);
    }
    writer.expanded.form.members = members;
    Some(writer.expanded)
}

/// What is said about the breakdown of one row.
#[derive(Default)]
struct Said {
    split: Option<(Option<Spanned<String>>, Span)>,
    of_which: Option<(Vec<Vec<Spanned<String>>>, Span)>,
    /// Printed codes of the rows to be made.
    codes: Vec<Spanned<String>>,
}

impl Said {
    /// Where the printed codes stand.
    fn codes_at(&self) -> Option<Span> {
        let ends = self.codes.first().zip(self.codes.last());
        ends.map(|(first, last)| first.span.cover(last.span))
    }
}

/// Parts of a whole by traits: their rows, and the traits of each.
type Parts = Vec<(Spanned<String>, Vec<usize>)>;

struct Writer<'w, 'p> {
    context: &'w mut Context<'p>,
    shared: &'w Shared,
    file: FileId,
    /// Where the last parts by traits of a whole stand among all of them.
    latest: BTreeMap<String, usize>,
    /// The first entry of each label, by catalog.
    labels: BTreeMap<usize, BTreeMap<String, String>>,
    expanded: Expanded,
}

impl Writer<'_, '_> {
    /// A heading among rows, or a group of columns.
    fn group(
        &mut self,
        group: &mut Group,
        inherited: &[Spanned<Attribute>],
        at: &Coordinates,
        divided: &mut Vec<(Spanned<String>, Expr)>,
    ) {
        let mut split = None;
        group.attributes.retain(|attribute| match &attribute.value {
            Attribute::Split {
                of,
                by,
                from_registry,
            } => {
                split = Some((of.clone(), by.clone(), *from_registry, attribute.span));
                false
            }
            _ => true,
        });
        if let Some((of, by, from_registry, span)) = split {
            divided.extend(self.divided_column(group, of, by, from_registry, span));
        }
        for member in &mut group.members {
            match member {
                GroupMember::Row(row) => self.row(row, inherited, at),
                GroupMember::Group(inner) => self.group(inner, inherited, at, divided),
                GroupMember::Column(_) => {}
            }
        }
    }

    /// The column that a group divides, with the sum of the group's columns.
    fn divided_column(
        &mut self,
        group: &Group,
        of: Option<CellRef>,
        by: Option<Spanned<String>>,
        from_registry: bool,
        span: Span,
    ) -> Option<(Spanned<String>, Expr)> {
        let whole = of.as_ref().and_then(|cell| match cell.picks.as_slice() {
            [pick] if cell.path.is_empty() => match &pick.value {
                Pick::Place(place) => Some(Spanned::new(place.clone(), pick.span)),
                _ => None,
            },
            _ => None,
        });
        let Some(whole) = whole else {
            self.context
                .report(BreakdownProblem::WhatIsSplit, self.file, span);
            return None;
        };
        let catalog = match &by {
            Some(name) => Some(self.shared.catalog(self.context, self.file, name)?),
            None => None,
        };
        let columns: Vec<&Cells> = group
            .members
            .iter()
            .filter_map(|member| match member {
                GroupMember::Column(cells) => Some(cells),
                _ => None,
            })
            .collect();
        let mut members = Vec::new();
        let mut parts = Vec::new();
        for cells in columns {
            let Some(place) = place_of(cells) else {
                self.unaddressed(cells);
                continue;
            };
            parts.push(column_reference(&place.value, span));
            let axis = self.member(catalog, cells, &whole.value);
            if let (true, Some(by), Some((_, entry))) = (from_registry, &by, &axis) {
                self.expanded.registered.push(Registered {
                    column: place.value.clone(),
                    attribute: by.value.clone(),
                    entry: entry.clone(),
                    span: cells.span,
                });
            }
            members.push((
                axis.as_ref().map(|(_, entry)| entry.clone()),
                cells.label.span,
            ));
            let mut coordinates = Coordinates::total();
            coordinates.members.extend(axis);
            self.expanded.places.push(Placed {
                place: place.value.clone(),
                row: false,
                coordinates,
            });
        }
        if let Some(position) = catalog {
            complete::check(
                self.context,
                self.shared,
                self.file,
                position,
                &members,
                span,
            );
        }
        Some((whole, sum(parts, span)?))
    }

    /// Which member of a breakdown a row or column is, by its name; a name that is no entry of the catalog is reported.
    fn member(
        &mut self,
        catalog: Option<usize>,
        cells: &Cells,
        whole: &str,
    ) -> Option<(Axis, String)> {
        let Some(position) = catalog else {
            let own = place_of(cells)?.value.clone();
            return Some((Axis::Split(whole.to_owned()), own));
        };
        let Some(name) = &cells.name else {
            let catalog = self.shared.words.catalogs.get(position)?;
            let problem = BreakdownProblem::MemberWithoutName {
                label: cells.label.value.clone(),
                catalog: catalog.label.clone(),
            };
            self.context.report(problem, self.file, cells.label.span);
            return None;
        };
        let entry = self.shared.entry(self.context, self.file, position, name)?;
        Some((Axis::Catalog(position), entry.name.clone()))
    }

    fn unaddressed(&mut self, cells: &Cells) {
        let problem = BreakdownProblem::MemberWithoutPlace {
            label: cells.label.value.clone(),
        };
        self.context.report(problem, self.file, cells.label.span);
    }

    fn unknown_column(&mut self, column: &Spanned<String>) {
        let places = self.expanded.places.iter().filter(|placed| !placed.row);
        let names = places.map(|placed| placed.place.as_str());
        let strays = &self.shared.strays;
        self.context
            .unknown(NameKind::Column, column, self.file, names, strays);
    }

    /// Writes the breakdowns of one row out. `inherited` is what its divided row passes on.
    fn row(&mut self, row: &mut Row, inherited: &[Spanned<Attribute>], at: &Coordinates) {
        let mut said = self.take(row, inherited);
        if let Some(place) = place_of(&row.cells)
            && *at != Coordinates::total()
        {
            let place = place.value.clone();
            self.expanded.places.push(Placed {
                place,
                row: true,
                coordinates: at.clone(),
            });
        }
        let Some((by, span)) = &said.split.clone() else {
            let parts = self.parts(row, &said, at);
            self.inner_rows(row, &[], at);
            let parts = parts.into_iter().map(|(row, ..)| GroupMember::Row(row));
            row.members.splice(0..0, parts);
            return;
        };
        let Some(whole) = place_of(&row.cells).cloned() else {
            let cells = row.cells.clone();
            return self.unaddressed(&cells);
        };
        let mut passed = passed_on(&row.cells);
        if let Some((sets, span)) = &said.of_which {
            passed.push(Spanned::new(Attribute::OfWhich(sets.clone()), *span));
        }
        let catalog = match by {
            Some(name) => match self.shared.catalog(self.context, self.file, name) {
                Some(position) => Some(position),
                None => return,
            },
            None => None,
        };
        let is_row = |member: &GroupMember| matches!(member, GroupMember::Row(_));
        let made = !row.members.iter().any(is_row);
        if made {
            match catalog {
                Some(position) => {
                    let made = self.members_of(position, &said, *span, &whole);
                    // The printed codes are those of the members; parts by traits follow the code of their whole.
                    said.codes.clear();
                    row.members.extend(made.into_iter().map(GroupMember::Row));
                }
                None => {
                    self.context
                        .report(BreakdownProblem::NothingInside, self.file, *span);
                    return;
                }
            }
        }
        let mut places = Vec::new();
        let mut entries = Vec::new();
        let mut members = std::mem::take(&mut row.members);
        for member in &mut members {
            let GroupMember::Row(inner) = member else {
                continue;
            };
            let Some(place) = place_of(&inner.cells).cloned() else {
                let cells = inner.cells.clone();
                self.unaddressed(&cells);
                continue;
            };
            let member = self.member_of_row(catalog, inner, &whole.value, made);
            let entry = member.as_ref().map(|(_, entry)| entry.clone());
            entries.push((entry, inner.cells.label.span));
            let inside = self.narrowed(at, member, inner.cells.label.span);
            self.row(inner, &passed, &inside);
            places.push(place);
        }
        if let Some(position) = catalog {
            complete::check(
                self.context,
                self.shared,
                self.file,
                position,
                &entries,
                *span,
            );
        }
        let references = |places: &[Spanned<String>]| -> Vec<Expr> {
            let of = |place: &Spanned<String>| row_reference(&place.value, *span);
            places.iter().map(of).collect()
        };
        if let Some(sum) = sum(references(&places), *span) {
            add_side(&mut row.cells, sum);
        }
        let mut parts = self.parts(row, &said, at);
        for (part, traits) in &mut parts {
            // The same part of every member: the girls of all grades are the girls of the school.
            if !self.context.spend(places.len(), self.file, *span) {
                break;
            }
            let of_members: Vec<Spanned<String>> = places
                .iter()
                .filter_map(|place| {
                    let overlap = self.latest.get(&place.value)?;
                    let overlap = self.expanded.overlaps.get(*overlap)?;
                    let found = overlap.parts.iter().find(|(_, own)| own == traits)?;
                    Some(Spanned::new(found.0.clone(), place.span))
                })
                .collect();
            if let Some(sum) = sum(references(&of_members), *span) {
                add_side(&mut part.cells, sum);
            }
        }
        let parts = parts.into_iter().map(|(row, ..)| GroupMember::Row(row));
        row.members = parts.chain(members).collect();
    }

    /// Where a member of a breakdown stands, inside what stands around it; two members of one breakdown that exclude each other are reported.
    fn narrowed(
        &mut self,
        at: &Coordinates,
        member: Option<(Axis, String)>,
        span: Span,
    ) -> Coordinates {
        let mut own = Coordinates::total();
        own.members.extend(member);
        match at.meet(&own, &statements::inside(self.shared)) {
            Ok(met) => met.coordinates,
            Err(clash) => {
                if let Clash::Members(_, one, two) = clash {
                    let problem = TypeProblem::MembersExclude { one, two };
                    self.context.report(problem, self.file, span);
                }
                at.clone()
            }
        }
    }

    fn inner_rows(&mut self, row: &mut Row, passed: &[Spanned<Attribute>], at: &Coordinates) {
        let mut none = Vec::new();
        for member in &mut row.members {
            match member {
                GroupMember::Row(inner) => self.row(inner, passed, at),
                GroupMember::Group(group) => self.group(group, passed, at, &mut none),
                GroupMember::Column(_) => {}
            }
        }
    }

    /// Takes what is said about the breakdown off a row, and adds what is passed on to it and not said otherwise.
    fn take(&mut self, row: &mut Row, inherited: &[Spanned<Attribute>]) -> Said {
        let own: Vec<_> = row
            .cells
            .attributes
            .iter()
            .map(|attribute| discriminant(&attribute.value))
            .collect();
        let further = inherited
            .iter()
            .filter(|attribute| !own.contains(&discriminant(&attribute.value)))
            .cloned();
        row.cells.attributes.extend(further);
        let mut said = Said::default();
        let mut printed = None;
        row.cells
            .attributes
            .retain(|attribute| match &attribute.value {
                Attribute::Split { by, .. } => {
                    said.split = Some((by.clone(), attribute.span));
                    false
                }
                Attribute::OfWhich(sets) => {
                    said.of_which = Some((sets.clone(), attribute.span));
                    false
                }
                Attribute::Code(Code::Printed(codes)) => {
                    printed = Some(codes.clone());
                    false
                }
                _ => true,
            });
        said.codes = printed.unwrap_or_default();
        said
    }

    fn member_of_row(
        &mut self,
        catalog: Option<usize>,
        inner: &Row,
        whole: &str,
        made: bool,
    ) -> Option<(Axis, String)> {
        // A generated row bears no name of its own in print; it was made from its entry.
        let made = catalog
            .filter(|_| made || inner.cells.name.is_none())
            .and_then(|position| {
                let catalog = self.shared.words.catalogs.get(position)?;
                let labels = self.labels.entry(position).or_insert_with(|| {
                    let entries = catalog.entries.iter().rev();
                    entries
                        .map(|entry| (entry.label.clone(), entry.name.clone()))
                        .collect()
                });
                let found = labels.get(&inner.cells.label.value)?;
                Some((Axis::Catalog(position), found.clone()))
            });
        made.or_else(|| self.member(catalog, &inner.cells, whole))
    }
}
