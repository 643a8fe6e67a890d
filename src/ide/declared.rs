//! What a file declares, as a tree: regimes with their forms, columns, rows and rules, and the words of the project.
//!
//! Read off the typed tree alone, so that it is there for a text with any mistakes; a line that cannot be read but begins like a declaration stands in it with what it names. It deliberately
//! does not know what anything means.

use super::kind::Kind;
use crate::analysis::project::Source;
use crate::syntax::ast::event::{Event, EventMember};
use crate::syntax::ast::form::{Cells, Form, FormMember, Group, GroupMember, Row};
use crate::syntax::ast::header::{Regime, RegimeMember};
use crate::syntax::ast::list::{List, ListMember};
use crate::syntax::ast::migrate::Migration;
use crate::syntax::ast::outline::{Narrative, Outline, OutlineMember, Section};
use crate::syntax::ast::rule::{Rule, RuleKind};
use crate::syntax::ast::test::Test;
use crate::syntax::ast::words::{CatalogSource, Entry};
use crate::syntax::ast::{Item, Spanned, Stray};
use crate::text::Span;
use crate::text::normal::without_marks;

/// A declaration with those inside it.
#[derive(Clone, Debug)]
pub struct Declared<'s> {
    /// What it declares.
    pub kind: Kind,
    /// Its name.
    pub name: Option<&'s Spanned<String>>,
    /// Its printed number or sign.
    pub code: Option<&'s Spanned<String>>,
    /// What is printed or said of it.
    pub label: Option<&'s Spanned<String>>,
    /// The statement up to its block; the whole of it where there is none.
    pub head: Span,
    /// The whole statement.
    pub span: Span,
    /// What stands inside, in the order of the text.
    pub members: Vec<Declared<'s>>,
}

impl<'s> Declared<'s> {
    fn new(kind: Kind, name: Option<&'s Spanned<String>>, span: Span) -> Declared<'s> {
        Declared {
            kind,
            name,
            code: None,
            label: None,
            head: span,
            span,
            members: Vec::new(),
        }
    }

    fn labelled(self, label: Option<&'s Spanned<String>>) -> Declared<'s> {
        Declared { label, ..self }
    }

    fn coded(self, code: Option<&'s Spanned<String>>) -> Declared<'s> {
        Declared { code, ..self }
    }

    fn headed(self, head: Span) -> Declared<'s> {
        Declared { head, ..self }
    }

    fn holding(mut self, mut members: Vec<Declared<'s>>, strays: &'s [Stray]) -> Declared<'s> {
        members.extend(strays.iter().filter_map(stray));
        members.sort_by_key(|member| member.span);
        self.members = members;
        self
    }

    /// What stands for it in the text: its name, else its printed number, else its label; the statement where it bears none of them.
    pub fn selected(&self) -> Span {
        let written = self.name.or(self.code).or(self.label);
        written.map_or(self.head, |written| written.span)
    }

    /// Whether its name or printed number stands at an offset; which of them.
    pub fn bears(&self, offset: u32) -> Option<Span> {
        let touches = |word: &&Spanned<String>| {
            word.span.start <= offset && offset <= word.span.end && !word.span.is_empty()
        };
        let word = self.name.filter(touches);
        word.or_else(|| self.code.filter(touches))
            .map(|word| word.span)
    }

    /// Whether a word names it: its name, or its printed number.
    pub fn is_called(&self, word: &str) -> bool {
        let is = |own: &&Spanned<String>| own.value == word;
        self.name.filter(is).or(self.code.filter(is)).is_some()
    }
}

/// What a file declares.
pub fn of_source(source: &Source) -> Vec<Declared<'_>> {
    let strays = source.tree.strays.iter().filter_map(stray);
    let mut all: Vec<Declared> = source.tree.items.iter().filter_map(item).collect();
    all.extend(strays);
    all.sort_by_key(|declared| declared.span);
    all
}

/// Calls `visit` on each declaration and those around it, the outermost first.
pub fn walk<'d, 's>(
    all: &'d [Declared<'s>],
    around: &mut Vec<&'d Declared<'s>>,
    visit: &mut impl FnMut(&'d Declared<'s>, &[&'d Declared<'s>]),
) {
    for declared in all {
        visit(declared, around);
        around.push(declared);
        walk(&declared.members, around, visit);
        around.pop();
    }
}

/// The declaration that is a statement, with those around it, the outermost first.
pub fn with_span<'d, 's>(all: &'d [Declared<'s>], span: Span) -> Vec<&'d Declared<'s>> {
    let is_it = |declared: &Declared| declared.span == span || declared.head == span;
    path(all, span, &is_it)
}

/// The declaration whose name or printed number stands at an offset, with those around it.
pub fn naming<'d, 's>(all: &'d [Declared<'s>], offset: u32) -> Vec<&'d Declared<'s>> {
    path(all, Span::at(offset), &|declared: &Declared| {
        declared.bears(offset).is_some()
    })
}

/// The innermost declaration around an offset, with those around it.
pub fn around<'d, 's>(all: &'d [Declared<'s>], offset: u32) -> Vec<&'d Declared<'s>> {
    let mut found = Vec::new();
    let mut level = all;
    while let Some(inner) = level
        .iter()
        .find(|declared| declared.span.contains(Span::at(offset)))
    {
        found.push(inner);
        level = &inner.members;
    }
    found
}

fn path<'d, 's>(
    all: &'d [Declared<'s>],
    at: Span,
    is_it: &impl Fn(&Declared) -> bool,
) -> Vec<&'d Declared<'s>> {
    for declared in all.iter().filter(|declared| declared.span.contains(at)) {
        if is_it(declared) {
            return vec![declared];
        }
        let mut inner = path(&declared.members, at, is_it);
        if !inner.is_empty() {
            inner.insert(0, declared);
            return inner;
        }
    }
    Vec::new()
}

fn item(item: &Item) -> Option<Declared<'_>> {
    let of = |kind, name, label, span| Declared::new(kind, Some(name), span).labelled(label);
    Some(match item {
        Item::Measure(it) => of(Kind::Measure, &it.name, it.label.as_ref(), it.span),
        Item::Level(it) => of(Kind::Level, &it.name, Some(&it.label), it.span)
            .holding(entries(Kind::UnitKind, &it.entries), &it.strays),
        Item::Tag(it) => of(Kind::Tag, &it.name, Some(&it.label), it.span),
        Item::Agency(it) => of(Kind::Agency, &it.name, Some(&it.label), it.span),
        Item::Catalog(it) => {
            let inside = match &it.source {
                CatalogSource::Entries(written) => entries(Kind::Entry, written),
                CatalogSource::Table(_) => Vec::new(),
            };
            of(Kind::Catalog, &it.name, it.label.as_ref(), it.span).holding(inside, &it.strays)
        }
        Item::Calendar(it) => of(Kind::Calendar, &it.name, Some(&it.label), it.span),
        Item::PeriodKind(it) => of(Kind::PeriodKind, &it.name, Some(&it.label), it.span),
        Item::Campaign(it) => of(Kind::Campaign, &it.name, Some(&it.label), it.span),
        Item::Trait(it) => of(Kind::Trait, &it.name, Some(&it.label), it.span),
        Item::Indicator(it) => of(Kind::Indicator, &it.name, Some(&it.label), it.span),
        Item::Target(it) => of(Kind::Target, &it.name, Some(&it.label), it.span),
        Item::Export(it) => of(Kind::Export, &it.name, Some(&it.label), it.span).headed(it.head),
        Item::Regime(it) => regime(it),
        Item::Form(it) => form(it),
        Item::List(it) => list(it),
        Item::Test(it) => test(it),
        Item::Facts(_) | Item::RuleSwitch(_) => return None,
    })
}

fn entries<'s>(kind: Kind, written: &'s [Entry]) -> Vec<Declared<'s>> {
    let one = |entry: &'s Entry| {
        Declared::new(kind, Some(&entry.name), entry.span)
            .labelled(Some(&entry.label))
            .holding(entries(kind, &entry.entries), &entry.strays)
    };
    written.iter().map(one).collect()
}

fn regime<'t>(it: &'t Regime) -> Declared<'t> {
    let member = |member: &'t RegimeMember| match member {
        RegimeMember::Form(it) => Some(form(it)),
        RegimeMember::List(it) => Some(list(it)),
        RegimeMember::Event(it) => Some(event(it)),
        RegimeMember::Outline(it) => Some(outline(it)),
        RegimeMember::Rule(it) => Some(rule(it)),
        RegimeMember::Test(it) => Some(test(it)),
        RegimeMember::Migration(it) => Some(migration(it)),
        _ => None,
    };
    Declared::new(Kind::Regime, it.name.as_ref(), it.span)
        .labelled(it.title.as_ref())
        .headed(it.head)
        .holding(it.members.iter().filter_map(member).collect(), &it.strays)
}

fn form<'t>(it: &'t Form) -> Declared<'t> {
    let member = |member: &'t FormMember| match member {
        FormMember::Column(it) => Some(cells(Kind::Column, it)),
        FormMember::Field(it) => Some(cells(Kind::Field, it)),
        FormMember::Group(it) => Some(group(it)),
        FormMember::Row(it) => Some(row(it)),
        FormMember::Rule(it) => Some(rule(it)),
        _ => None,
    };
    let sign = it.sign.as_ref().filter(|_| it.title.is_some());
    Declared::new(Kind::Form, it.name.as_ref(), it.span)
        .coded(sign)
        .labelled(it.title.as_ref().or(it.sign.as_ref()))
        .headed(it.head)
        .holding(it.members.iter().filter_map(member).collect(), &it.strays)
}

fn list<'t>(it: &'t List) -> Declared<'t> {
    let member = |member: &'t ListMember| match member {
        ListMember::Field(it) => Some(cells(Kind::Field, it)),
        ListMember::Rule(it) => Some(rule(it)),
        _ => None,
    };
    let sign = it.sign.as_ref().filter(|_| it.title.is_some());
    Declared::new(Kind::List, it.name.as_ref(), it.span)
        .coded(sign)
        .labelled(it.title.as_ref().or(it.sign.as_ref()))
        .headed(it.head)
        .holding(it.members.iter().filter_map(member).collect(), &it.strays)
}

fn cells(kind: Kind, it: &Cells) -> Declared<'_> {
    Declared::new(kind, it.name.as_ref(), it.span)
        .coded(it.code.as_ref())
        .labelled(Some(&it.label))
}

fn row(it: &Row) -> Declared<'_> {
    Declared {
        span: it.span,
        ..cells(Kind::Row, &it.cells)
    }
    .holding(members(&it.members), &it.strays)
}

fn group(it: &Group) -> Declared<'_> {
    Declared::new(Kind::Group, None, it.span)
        .coded(it.code.as_ref())
        .labelled(it.label.as_ref())
        .headed(it.head)
        .holding(members(&it.members), &it.strays)
}

fn members<'t>(written: &'t [GroupMember]) -> Vec<Declared<'t>> {
    let one = |member: &'t GroupMember| match member {
        GroupMember::Column(it) => cells(Kind::Column, it),
        GroupMember::Group(it) => group(it),
        GroupMember::Row(it) => row(it),
    };
    written.iter().map(one).collect()
}

fn rule(it: &Rule) -> Declared<'_> {
    let declared = Declared::new(Kind::Rule, it.id.as_ref(), it.span);
    match &it.kind {
        RuleKind::When {
            condition,
            rules,
            strays,
        } => declared
            .headed(Span::new(it.span.start, condition.span.end))
            .holding(rules.iter().map(rule).collect(), strays),
        RuleKind::Balance(_) | RuleKind::Check(_) | RuleKind::Warn(_) => declared,
    }
}

fn event<'t>(it: &'t Event) -> Declared<'t> {
    let member = |member: &'t EventMember| match member {
        EventMember::Field(it) => Some(cells(Kind::EventField, it)),
        EventMember::OpenedBy(_) | EventMember::ClosedBy(_) => None,
    };
    Declared::new(Kind::Event, it.name.as_ref(), it.span)
        .labelled(it.label.as_ref())
        .headed(it.head)
        .holding(it.members.iter().filter_map(member).collect(), &it.strays)
}

fn outline(it: &Outline) -> Declared<'_> {
    Declared::new(Kind::Outline, None, it.span)
        .headed(it.head)
        .holding(of_outline(&it.members), &it.strays)
}

fn of_outline<'t>(written: &'t [OutlineMember]) -> Vec<Declared<'t>> {
    let member = |member: &'t OutlineMember| match member {
        OutlineMember::Section(it) => Some(section(it)),
        OutlineMember::Narrative(it) => Some(narrative(it)),
        OutlineMember::Only(_) | OutlineMember::Sentence(_) | OutlineMember::Table(_) => None,
    };
    written.iter().filter_map(member).collect()
}

fn section(it: &Section) -> Declared<'_> {
    Declared::new(Kind::Section, None, it.span)
        .coded(it.code.as_ref())
        .labelled(it.label.as_ref())
        .headed(it.head)
        .holding(of_outline(&it.members), &it.strays)
}

fn narrative(it: &Narrative) -> Declared<'_> {
    Declared::new(Kind::Narrative, it.name.as_ref(), it.span).labelled(it.label.as_ref())
}

fn migration(it: &Migration) -> Declared<'_> {
    Declared::new(Kind::Migration, None, it.span)
        .headed(it.head)
        .holding(Vec::new(), &it.strays)
}

fn test(it: &Test) -> Declared<'_> {
    Declared::new(Kind::Test, None, it.span)
        .labelled(it.title.as_ref())
        .headed(it.head)
        .holding(Vec::new(), &it.strays)
}

/// What an unreadable line most likely declares.
fn stray(it: &Stray) -> Option<Declared<'_>> {
    let kind = match it.keyword?.en {
        "regime" => Kind::Regime,
        "form" => Kind::Form,
        "list" => Kind::List,
        "group" => Kind::Group,
        "column" => Kind::Column,
        "row" => Kind::Row,
        "field" => Kind::Field,
        "event" => Kind::Event,
        "section" => Kind::Section,
        "narrative" => Kind::Narrative,
        "measure" => Kind::Measure,
        "level" => Kind::Level,
        "tag" => Kind::Tag,
        "trait" => Kind::Trait,
        "agency" => Kind::Agency,
        "catalog" => Kind::Catalog,
        "item" => Kind::Entry,
        "indicator" => Kind::Indicator,
        "target" => Kind::Target,
        "period kind" => Kind::PeriodKind,
        "campaign" => Kind::Campaign,
        "export" => Kind::Export,
        "check" | "warn" | "balance" => Kind::Rule,
        _ => return None,
    };
    let digit =
        |name: &&Spanned<String>| name.value.starts_with(|first: char| first.is_ascii_digit());
    let mut names = it.names.iter().skip(said(it)).peekable();
    let code = names.next_if(digit);
    let name = names.next();
    if name.is_none() && code.is_none() {
        return None;
    }
    Some(Declared::new(kind, name, it.span).coded(code))
}

/// How many words at the beginning of an unreadable line are its keyword.
fn said(it: &Stray) -> usize {
    let first = it.names.first().map(|name| without_marks(&name.value));
    let spellings = it
        .keyword
        .map_or([""; 2], |keyword| [keyword.vi, keyword.en]);
    let words = spellings.into_iter().find_map(|spelling| {
        let mut words = spelling.split(' ');
        let begins = words.next().map(without_marks) == first;
        begins.then(|| spelling.split(' ').count())
    });
    words.unwrap_or(1)
}
