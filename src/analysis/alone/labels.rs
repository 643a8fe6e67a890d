//! Two things of one kind that are printed alike: nobody who fills in a form, reads one, or lets names be completed can tell them apart.
//!
//! Words of the project are compared over all files, blocks of a regime with one another, columns, rows and narratives with their neighbour only: forms do print `Trong đó: nữ`
//! again and again, each time below another line. It deliberately does not compare things of different kinds, nor measures in another case (`mW`, `MW`). What has ended may lend its
//! label to what follows it.

use super::Judge;
use crate::analysis::context::Context;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::syntax::ast::event::{Event, EventMember};
use crate::syntax::ast::form::{Attribute, Form, FormMember, GroupMember};
use crate::syntax::ast::header::{Regime, RegimeMember};
use crate::syntax::ast::indicator::Indicator;
use crate::syntax::ast::list::{List, ListMember};
use crate::syntax::ast::outline::OutlineMember;
use crate::syntax::ast::{Item, Spanned};
use crate::text::FileId;
use std::collections::BTreeMap;

/// The longest piece of a label that is shown.
const SHOWN: usize = 60;

/// Where each label stands first.
type Firsts = BTreeMap<String, Label>;

/// Reports words of the project that are printed like another of their kind.
pub(super) fn shared(context: &mut Context) {
    let project = context.project;
    let mut firsts: BTreeMap<NameKind, Firsts> = BTreeMap::new();
    for source in &project.sources {
        let file = source.file.id;
        for item in &source.tree.items {
            let (kind, label) = match item {
                Item::Measure(found) => match &found.label {
                    Some(label) => (NameKind::Measure, label),
                    None => continue,
                },
                // A level that has ended may have left its label to another.
                Item::Level(found) if found.dated.is_none() => (NameKind::Level, &found.label),
                Item::Tag(found) => (NameKind::Tag, &found.label),
                Item::Agency(found) => (NameKind::Agency, &found.label),
                Item::Catalog(found) => match &found.label {
                    Some(label) => (NameKind::Catalog, label),
                    None => continue,
                },
                Item::PeriodKind(found) => (NameKind::PeriodKind, &found.label),
                Item::Campaign(found) => (NameKind::PeriodKind, &found.label),
                Item::Trait(found) => (NameKind::Trait, &found.label),
                Item::Indicator(found) => (NameKind::Indicator, &found.label),
                Item::Target(found) => (NameKind::Target, &found.label),
                Item::Export(found) => (NameKind::Export, &found.label),
                _ => continue,
            };
            let mut key = folded(kind, &label.value);
            if let Item::Indicator(found) = item {
                // One thing counted in two measures is two figures that print apart.
                key.push_str(&measure(context, file, found));
            }
            bear(
                context,
                file,
                (kind, key),
                label,
                firsts.entry(kind).or_default(),
            );
        }
    }
}

/// The measure of an indicator as written.
fn measure(context: &Context, file: FileId, written: &Indicator) -> String {
    let mut attributes = written.attributes.iter();
    let measure = attributes.find(|one| matches!(one.value, Attribute::Measure(_)));
    measure.map_or_else(String::new, |one| {
        format!("\n{}", context.text(file, one.span))
    })
}

/// A label as people compare it; nothing for an empty one, which was reported as such.
fn folded(kind: NameKind, label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    let text = words.join(" ");
    match kind {
        NameKind::Measure => text,
        _ => text.to_lowercase(),
    }
}

fn bear(
    context: &mut Context,
    file: FileId,
    (kind, key): (NameKind, String),
    label: &Spanned<String>,
    firsts: &mut Firsts,
) {
    if label.value.trim().is_empty() {
        return;
    }
    let place = Label {
        file,
        span: label.span,
    };
    let first = *firsts.entry(key).or_insert(place);
    if first != place {
        let problem = DeclaredProblem::LabelShared {
            kind,
            label: label.value.chars().take(SHOWN).collect(),
        };
        context.push(Diagnostic::new(problem, file, label.span).noting(
            Note::FirstHere,
            first.file,
            first.span,
        ));
    }
}

impl Judge<'_, '_> {
    /// Forms by their printed sign, events by their label. A form with days of its own may follow another of its sign.
    pub(super) fn labels_of_regime(&mut self, written: &Regime) {
        let (mut signs, mut events) = (Firsts::new(), Firsts::new());
        for member in &written.members {
            match member {
                RegimeMember::Form(form) if form.version.is_none() => {
                    self.sign(
                        form.sign.as_ref().filter(|_| form.title.is_some()),
                        &mut signs,
                    );
                }
                RegimeMember::List(list) => {
                    self.sign(
                        list.sign.as_ref().filter(|_| list.title.is_some()),
                        &mut signs,
                    );
                }
                RegimeMember::Event(event) => {
                    if let Some(label) = &event.label {
                        self.label(NameKind::Event, label, &mut events);
                    }
                    self.labels_of_event(event);
                }
                _ => {}
            }
        }
    }

    fn sign(&mut self, sign: Option<&Spanned<String>>, signs: &mut Firsts) {
        if let Some(sign) = sign {
            self.label(NameKind::Form, sign, signs);
        }
    }

    fn label(&mut self, kind: NameKind, label: &Spanned<String>, firsts: &mut Firsts) {
        let key = folded(kind, &label.value);
        bear(self.context, self.file, (kind, key), label, firsts);
    }

    fn labels_of_event(&mut self, event: &Event) {
        let mut firsts = Firsts::new();
        for member in &event.members {
            if let EventMember::Field(cells) = member {
                self.label(NameKind::EventField, &cells.label, &mut firsts);
            }
        }
    }

    /// Members of one block in their order: whoever is printed like the one right before it.
    fn neighbours<'w>(
        &mut self,
        members: impl Iterator<Item = Option<(NameKind, &'w Spanned<String>)>>,
    ) {
        let mut before: Option<(NameKind, &Spanned<String>)> = None;
        for member in members {
            if let (Some((kind, label)), Some((other, first))) = (member, before)
                && kind == other
            {
                let mut firsts = Firsts::new();
                self.label(kind, first, &mut firsts);
                self.label(kind, label, &mut firsts);
            }
            before = member;
        }
    }

    pub(super) fn labels_of_form(&mut self, form: &Form) {
        self.neighbours(form.members.iter().map(|member| match member {
            FormMember::Column(cells) => Some((NameKind::Column, &cells.label)),
            FormMember::Field(cells) => Some((NameKind::Field, &cells.label)),
            FormMember::Row(row) => Some((NameKind::Row, &row.cells.label)),
            _ => None,
        }));
    }

    pub(super) fn labels_of_group(&mut self, members: &[GroupMember]) {
        self.neighbours(members.iter().map(|member| match member {
            GroupMember::Column(cells) => Some((NameKind::Column, &cells.label)),
            GroupMember::Row(row) => Some((NameKind::Row, &row.cells.label)),
            GroupMember::Group(_) => None,
        }));
    }

    pub(super) fn labels_of_list(&mut self, list: &List) {
        self.neighbours(list.members.iter().map(|member| match member {
            ListMember::Field(cells) => Some((NameKind::Field, &cells.label)),
            _ => None,
        }));
    }

    pub(super) fn labels_of_outline(&mut self, members: &[OutlineMember]) {
        self.neighbours(members.iter().map(|member| match member {
            OutlineMember::Narrative(narrative) => {
                let label = narrative.label.as_ref()?;
                // What is written about this period and about the next may bear one label.
                (!narrative.about_next).then_some((NameKind::Narrative, label))
            }
            _ => None,
        }));
    }
}
