//! What the statements around a place are, as the author wrote them.
//!
//! It looks at the typed tree only and deliberately resolves nothing. A place in a line that cannot be read is around nothing smaller than its block.

use crate::syntax::ast::form::{Cells, Form, FormMember, Group, GroupMember, Row};
use crate::syntax::ast::header::{Regime, RegimeMember};
use crate::syntax::ast::list::ListMember;
use crate::syntax::ast::rule::{Rule, RuleKind};
use crate::syntax::ast::test::Test;
use crate::syntax::ast::{File, Item};
use crate::text::Span;

/// The statements around a place, from the widest to the narrowest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'t> {
    /// The regime.
    pub regime: Option<&'t Regime>,
    /// The form; none for a list.
    pub form: Option<&'t Form>,
    /// The column or field.
    pub column: Option<&'t Cells>,
    /// The row.
    pub row: Option<&'t Row>,
    /// The rule; the innermost one of a `when` block.
    pub rule: Option<&'t Rule>,
    /// The test.
    pub test: Option<&'t Test>,
}

impl<'t> Around<'t> {
    /// The statements around an offset of a file.
    pub fn at(file: &'t File, offset: u32) -> Around<'t> {
        let mut around = Around::default();
        for item in &file.items {
            match item {
                Item::Regime(regime) if holds(regime.span, offset) => {
                    around.regime = Some(regime);
                    around.in_regime(regime, offset);
                }
                Item::Form(form) if holds(form.span, offset) => around.in_form(form, offset),
                Item::Test(test) if holds(test.span, offset) => around.test = Some(test),
                _ => {}
            }
        }
        around
    }

    fn in_regime(&mut self, regime: &'t Regime, offset: u32) {
        for member in &regime.members {
            match member {
                RegimeMember::Form(form) if holds(form.span, offset) => self.in_form(form, offset),
                RegimeMember::Rule(rule) if holds(rule.span, offset) => self.in_rule(rule, offset),
                RegimeMember::Test(test) if holds(test.span, offset) => self.test = Some(test),
                RegimeMember::List(list) if holds(list.span, offset) => {
                    for member in &list.members {
                        match member {
                            ListMember::Field(cells) if holds(cells.span, offset) => {
                                self.column = Some(cells);
                            }
                            ListMember::Rule(rule) if holds(rule.span, offset) => {
                                self.in_rule(rule, offset);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn in_form(&mut self, form: &'t Form, offset: u32) {
        self.form = Some(form);
        for member in &form.members {
            match member {
                FormMember::Column(cells) | FormMember::Field(cells)
                    if holds(cells.span, offset) =>
                {
                    self.column = Some(cells);
                }
                FormMember::Group(group) if holds(group.span, offset) => {
                    self.in_group(group, offset);
                }
                FormMember::Row(row) if holds(row.span, offset) => self.in_row(row, offset),
                FormMember::Rule(rule) if holds(rule.span, offset) => self.in_rule(rule, offset),
                _ => {}
            }
        }
    }

    fn in_group(&mut self, group: &'t Group, offset: u32) {
        self.in_members(&group.members, offset);
    }

    fn in_row(&mut self, row: &'t Row, offset: u32) {
        self.row = Some(row);
        self.in_members(&row.members, offset);
    }

    fn in_members(&mut self, members: &'t [GroupMember], offset: u32) {
        for member in members {
            match member {
                GroupMember::Column(cells) if holds(cells.span, offset) => {
                    self.column = Some(cells);
                }
                GroupMember::Group(group) if holds(group.span, offset) => {
                    self.in_group(group, offset);
                }
                GroupMember::Row(row) if holds(row.span, offset) => self.in_row(row, offset),
                _ => {}
            }
        }
    }

    fn in_rule(&mut self, rule: &'t Rule, offset: u32) {
        self.rule = Some(rule);
        if let RuleKind::When { rules, .. } = &rule.kind {
            for rule in rules {
                if holds(rule.span, offset) {
                    self.in_rule(rule, offset);
                }
            }
        }
    }
}

fn holds(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

/// All columns of a form, in printed order.
pub fn columns(form: &Form) -> Vec<&Cells> {
    let mut found = Vec::new();
    for member in &form.members {
        match member {
            FormMember::Column(cells) => found.push(cells),
            FormMember::Group(group) => inside(&group.members, &mut found),
            _ => {}
        }
    }
    found
}

fn inside<'f>(members: &'f [GroupMember], found: &mut Vec<&'f Cells>) {
    for member in members {
        match member {
            GroupMember::Column(cells) => found.push(cells),
            GroupMember::Group(group) => inside(&group.members, found),
            GroupMember::Row(_) => {}
        }
    }
}
