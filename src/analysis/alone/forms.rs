//! Forms, lists, events and outlines, part by part.
//!
//! It deliberately only visits: what is judged stands beside it in files of one subject each.

use super::Judge;
use crate::analysis::forms::fits_default;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::event::{Event, EventMember};
use crate::syntax::ast::form::{Attribute, Cells, Form, FormMember, Group, GroupMember, Row};
use crate::syntax::ast::list::{List, ListMember};
use crate::syntax::ast::outline::{Outline, OutlineMember};
use crate::syntax::ast::rule::Rule;
use crate::syntax::ast::time::Only;

impl Judge<'_, '_> {
    pub(super) fn form(&mut self, form: &Form) {
        for text in form.sign.iter().chain(&form.title) {
            self.text(text);
        }
        self.detached(&form.members);
        self.labels_of_form(form);
        self.years(form);
        let mut conditions: Vec<&Only> = Vec::new();
        let mut rules: Vec<&Rule> = Vec::new();
        for member in &form.members {
            match member {
                FormMember::Default(part) => self.default(&part.attributes),
                FormMember::Only(only) => conditions.push(only),
                FormMember::Channel(channel) => self.channel(channel),
                FormMember::TotalRow(total) => self.text(&total.label),
                FormMember::TotalGroup(total) => {
                    self.text(&total.label);
                    // It adds up groups that are repeated.
                    if !form.members.iter().any(repeats) {
                        self.means_nothing(total.span);
                    }
                }
                FormMember::Column(cells) => self.cells(cells),
                FormMember::Field(cells) => self.field(cells),
                FormMember::Group(group) => self.group(group),
                FormMember::Row(row) => self.row(row),
                FormMember::Rule(rule) => rules.push(rule),
                FormMember::Window(_)
                | FormMember::Covers(_)
                | FormMember::Deadline(_)
                | FormMember::SignBy(_)
                | FormMember::Figures(_)
                | FormMember::Rows(_)
                | FormMember::ConsolidatedRows(_) => {}
            }
        }
        self.conditions(&conditions);
        self.rules(rules.into_iter());
    }

    pub(super) fn list(&mut self, list: &List) {
        for text in list.sign.iter().chain(&list.title) {
            self.text(text);
        }
        self.detached(&list.members);
        self.labels_of_list(list);
        let mut conditions: Vec<&Only> = Vec::new();
        let mut rules: Vec<&Rule> = Vec::new();
        for member in &list.members {
            match member {
                ListMember::Field(cells) => self.field(cells),
                ListMember::GroupedBy(grouped) => self.names(&grouped.fields),
                ListMember::Default(part) => self.default(&part.attributes),
                ListMember::Only(only) => conditions.push(only),
                ListMember::Channel(channel) => self.channel(channel),
                ListMember::TotalRow(total) => self.text(&total.label),
                ListMember::Rule(rule) => rules.push(rule),
                ListMember::Key(_)
                | ListMember::Window(_)
                | ListMember::Covers(_)
                | ListMember::Deadline(_)
                | ListMember::SignBy(_)
                | ListMember::Figures(_) => {}
            }
        }
        self.conditions(&conditions);
        self.rules(rules.into_iter());
    }

    pub(super) fn event(&mut self, event: &Event) {
        if let Some(label) = &event.label {
            self.text(label);
        }
        let (mut openers, mut closers) = (Vec::new(), Vec::new());
        for member in &event.members {
            match member {
                EventMember::Field(cells) => self.text(&cells.label),
                EventMember::OpenedBy(who) => openers.extend(&who.who),
                EventMember::ClosedBy(who) => closers.extend(&who.who),
            }
        }
        self.parties(openers);
        self.parties(closers);
    }

    pub(super) fn outline(&mut self, outline: &Outline) {
        self.outline_members(&outline.members);
    }

    fn outline_members(&mut self, members: &[OutlineMember]) {
        self.detached(members);
        self.labels_of_outline(members);
        let mut conditions: Vec<&Only> = Vec::new();
        let codes = members.iter().filter_map(|member| match member {
            OutlineMember::Section(section) => section.code.as_ref(),
            _ => None,
        });
        self.once(codes.map(|code| (code.value.as_str(), code.span)));
        for member in members {
            match member {
                OutlineMember::Only(only) => conditions.push(only),
                OutlineMember::Section(section) => {
                    if let Some(label) = &section.label {
                        self.text(label);
                    }
                    let own: Vec<&Only> = section.only.iter().collect();
                    self.conditions(&own);
                    self.outline_members(&section.members);
                }
                OutlineMember::Narrative(narrative) => {
                    if let Some(label) = &narrative.label {
                        self.text(label);
                    }
                    let own: Vec<&Only> = narrative.only.iter().collect();
                    self.conditions(&own);
                }
                OutlineMember::Sentence(sentence) => {
                    self.template(&sentence.template);
                    let own: Vec<&Only> = sentence.only.iter().collect();
                    self.conditions(&own);
                }
                OutlineMember::Table(_) => {}
            }
        }
        self.conditions(&conditions);
    }

    /// Attributes for the cells of a form. One that means nothing there is reported where it is read and contradicts nothing.
    fn default(&mut self, attributes: &[Spanned<Attribute>]) {
        let fit = attributes.iter().filter(|one| fits_default(&one.value));
        let fit: Vec<Spanned<Attribute>> = fit.cloned().collect();
        self.attributes(&fit, None);
    }

    fn conditions(&mut self, conditions: &[&Only]) {
        for only in conditions {
            self.only(only);
        }
        self.together(conditions);
    }

    fn group(&mut self, group: &Group) {
        if let Some(label) = &group.label {
            self.text(label);
        }
        self.attributes(&group.attributes, None);
        self.single_vintage(&group.attributes);
        let of_rows = group
            .members
            .iter()
            .any(|member| matches!(member, GroupMember::Row(_)));
        for attribute in &group.attributes {
            if let Attribute::Split {
                by, from_registry, ..
            } = &attribute.value
                && (of_rows || (*from_registry && by.is_none()))
            {
                self.means_nothing(attribute.span);
            }
        }
        self.group_members(&group.members);
    }

    fn row(&mut self, row: &Row) {
        self.cells(&row.cells);
        for attribute in &row.cells.attributes {
            if let Attribute::Split {
                of, from_registry, ..
            } = &attribute.value
                && (of.is_some() || *from_registry)
            {
                self.means_nothing(attribute.span);
            }
        }
        self.group_members(&row.members);
    }

    fn group_members(&mut self, members: &[GroupMember]) {
        self.labels_of_group(members);
        for member in members {
            match member {
                GroupMember::Column(cells) => self.cells(cells),
                GroupMember::Group(group) => self.group(group),
                GroupMember::Row(row) => self.row(row),
            }
        }
    }

    /// A single entry at the head of a form, or a field of a list: nothing there is only printed.
    fn field(&mut self, cells: &Cells) {
        for attribute in &cells.attributes {
            if matches!(attribute.value, Attribute::Shows(_)) {
                self.means_nothing(attribute.span);
            }
        }
        self.cells(cells);
    }

    /// A figure has one vintage; only an indicator tells in which ones it is asked for.
    fn single_vintage(&mut self, attributes: &[Spanned<Attribute>]) {
        for attribute in attributes {
            if matches!(&attribute.value, Attribute::Vintages(several) if several.len() > 1) {
                self.means_nothing(attribute.span);
            }
        }
    }

    fn cells(&mut self, cells: &Cells) {
        // The head of a printed stub is blank on many forms.
        let stub = |one: &Attribute| matches!(one, Attribute::Shows(_));
        if !cells.attributes.iter().any(|one| stub(&one.value)) {
            self.text(&cells.label);
        }
        self.single_vintage(&cells.attributes);
        self.attributes(&cells.attributes, cells.formula.as_ref());
    }
}

/// Whether a group of columns is repeated, itself or inside.
fn repeats(member: &FormMember) -> bool {
    matches!(member, FormMember::Group(group) if group_repeats(group))
}

fn group_repeats(group: &Group) -> bool {
    let mut inside = group.members.iter();
    let inner =
        |member: &GroupMember| matches!(member, GroupMember::Group(inner) if group_repeats(inner));
    group.each.is_some() || inside.any(inner)
}
