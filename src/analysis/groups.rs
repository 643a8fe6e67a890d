//! Groups of columns: headings over columns, blocks repeated for every entry of a catalog or for every reporting unit.
//!
//! It deliberately does not know what a column is. A group without columns is reported and printed nowhere.

use super::forms::{FormDraft, Reader, text_of};
use super::gathered;
use super::model::form::HeaderNode;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::form as tree;
use crate::syntax::ast::form::{Each, GroupMember};

impl Reader<'_, '_> {
    /// Reads a group of columns, repeated where it says so.
    pub(super) fn group<'a>(
        &mut self,
        group: &'a tree::Group,
        above: &[&'a [Spanned<tree::Attribute>]],
        draft: &mut FormDraft<'a>,
        header: &mut Vec<HeaderNode>,
    ) {
        match group.each.as_ref().map(|each| &each.value) {
            Some(Each::Entry(catalog)) => {
                let span = group.each.as_ref().map_or(group.head, |each| each.span);
                let catalog = Spanned::new(catalog.clone(), span);
                self.per_entry(group, &catalog, above, draft, header);
                return;
            }
            // A unit's own report has the block once.
            Some(Each::ReportingUnit) | None => {}
        }
        self.block(group, above, draft, header);
    }

    /// The name of a column with those of the entries for which its blocks are being repeated.
    pub(super) fn in_blocks(&self, name: &Spanned<String>) -> Spanned<String> {
        let entries = self.entries.iter().map(|(entry, _)| entry.as_str());
        let parts: Vec<&str> = entries.chain([name.value.as_str()]).collect();
        Spanned::new(parts.join("."), name.span)
    }

    /// The block repeated for every entry of a catalog, each under its label; cells are named `nam.so_luong`.
    fn per_entry<'a>(
        &mut self,
        group: &'a tree::Group,
        catalog: &Spanned<String>,
        above: &[&'a [Spanned<tree::Attribute>]],
        draft: &mut FormDraft<'a>,
        header: &mut Vec<HeaderNode>,
    ) {
        let found = self.shared.catalog(self.context, self.file, catalog);
        let Some(catalog) = found.and_then(|found| self.shared.words.catalogs.get(found)) else {
            // The columns are there; which ones cannot be told.
            draft.strays.insert(catalog.value.clone());
            return;
        };
        let in_force = self.context.in_force;
        let before = self.context.reported();
        let mut blocks = Vec::new();
        // A block inside a block is repeated for each of both: `nam.duoi_15.so_luong`.
        for entry in catalog
            .entries
            .iter()
            .filter(|entry| entry.in_force(in_force))
        {
            if self.context.is_full(self.file) {
                draft.strays.insert(entry.name.clone());
                break;
            }
            self.entries.push((entry.name.clone(), entry.declared));
            let mut inside = Vec::new();
            let first = draft.form.columns.len();
            self.block(group, above, draft, &mut inside);
            self.entries.pop();
            let days = entry.days_within(in_force);
            let made = first..draft.form.columns.len();
            draft.dated.extend(
                days.into_iter()
                    .flat_map(|days| made.clone().map(move |column| (column, days))),
            );
            for node in inside {
                if let HeaderNode::Group { children, .. } = node {
                    blocks.push(HeaderNode::Group {
                        label: entry.label.clone(),
                        children,
                    });
                }
            }
        }
        for diagnostic in gathered::once(self.context.take_since(before)) {
            self.context.push(diagnostic);
        }
        match &group.label {
            Some(label) => header.push(HeaderNode::Group {
                label: label.value.clone(),
                children: blocks,
            }),
            None => header.extend(blocks),
        }
    }

    fn block<'a>(
        &mut self,
        group: &'a tree::Group,
        above: &[&'a [Spanned<tree::Attribute>]],
        draft: &mut FormDraft<'a>,
        header: &mut Vec<HeaderNode>,
    ) {
        let mut layers = above.to_vec();
        layers.push(&group.attributes);
        let mut children = Vec::new();
        for stray in &group.strays {
            draft
                .strays
                .extend(stray.names.iter().map(|name| name.value.clone()));
        }
        let mut empty = group.strays.is_empty();
        let first = draft.form.columns.len();
        for member in &group.members {
            empty = false;
            match member {
                GroupMember::Column(column) => self.column(column, &layers, draft, &mut children),
                GroupMember::Group(inner) => self.group(inner, &layers, draft, &mut children),
                // A group with rows is a heading and is not read here.
                GroupMember::Row(_) => {}
            }
        }
        if empty {
            self.context
                .report(FormProblem::EmptyGroup, self.file, group.head);
        }
        let per_unit = matches!(&group.each, Some(each) if each.value == Each::ReportingUnit);
        if per_unit {
            for column in draft.form.columns.iter_mut().skip(first) {
                column.per_unit = true;
            }
        }
        match &group.label {
            // Without a label of its own the block of a unit's own report has no heading.
            None if per_unit => header.extend(children),
            label => header.push(HeaderNode::Group {
                label: text_of(label.as_ref()),
                children,
            }),
        }
    }
}
