//! The words all regimes share: units of measure, levels, bodies, catalogs, indicators, targets.
//!
//! It deliberately does not know regimes. A word whose definition is broken is kept with what could be read of it.

use crate::analysis::expression::Dimension;
use crate::analysis::model::cell::{CellDefinition, Vintage};
use crate::analysis::model::named::{Bears, Named};
use crate::calendar::lunar::LunarMonth;
use crate::calendar::{Date, HolidayRule, KindDays, PeriodChoice, PeriodKind};
use crate::diagnostic::Label;
use crate::number::Number;
use crate::organisation::Party;

/// Words shared by all regimes.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Units of measure.
    pub measures: Named<Measure>,
    /// Levels, the ladder and what hangs beside it, in the order written.
    pub levels: Named<Level>,
    /// Named bodies.
    pub agencies: Named<Agency>,
    /// Yes-or-no facts about units.
    pub tags: Named<Tag>,
    /// Catalogs with their entries.
    pub catalogs: Named<Catalog>,
    /// Indicators.
    pub indicators: Named<Indicator>,
    /// Sets of plan values.
    pub targets: Named<Target>,
    /// Traits.
    pub traits: Named<Trait>,
    /// Exchange formats.
    pub exports: Named<Export>,
    /// Kinds of period and campaigns, in the order written.
    pub period_kinds: Named<DeclaredKind>,
    /// Days of rest.
    pub holidays: Vec<HolidayRule>,
    /// Lunar months that go before the computed ones.
    pub lunar_months: Vec<LunarMonth>,
    /// Path of the table of units, if one is named.
    pub units_table: Option<String>,
    /// Path of the table of links between units, if one is named.
    pub links_table: Option<String>,
    /// Path of the table of successions, if one is named.
    pub successors_table: Option<String>,
    /// Paths of the tables of yearly decisions about days off.
    pub decision_tables: Vec<String>,
}

/// Where something is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The whole declaration.
    pub label: Label,
    /// Project-relative path of the file.
    pub path: String,
    /// Line of its beginning, from 1.
    pub line: u32,
}

/// A unit of measure (đơn vị tính).
#[derive(Clone, Debug)]
pub struct Measure {
    /// Name.
    pub name: String,
    /// Printed label; the name where none is given.
    pub label: String,
    /// What it is made of, in base measures; `None` if its definition is broken.
    pub dimension: Option<Dimension>,
    /// How many base units one of it is.
    pub scale: Number,
    /// Where it is declared.
    pub place: Place,
}

/// A level (cấp).
#[derive(Clone, Debug)]
pub struct Level {
    /// Name.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// The rung beside which it hangs.
    pub beside: Option<String>,
    /// Last day of the level, if it has ended.
    pub until: Option<Date>,
    /// Kinds of unit on it: name and label.
    pub items: Vec<(String, String)>,
    /// Where it is declared.
    pub place: Place,
}

/// A named body (cơ quan).
#[derive(Clone, Debug)]
pub struct Agency {
    /// Name.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// The level on which it stands.
    pub level: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A tag (nhãn).
#[derive(Clone, Debug)]
pub struct Tag {
    /// Name.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// Where it is declared.
    pub place: Place,
}

/// A catalog (danh mục).
#[derive(Clone, Debug)]
pub struct Catalog {
    /// Name.
    pub name: String,
    /// Printed label; the name where none is given.
    pub label: String,
    /// Code of the breakdown in the national exchange.
    pub code: Option<String>,
    /// Entries, parents before children.
    pub entries: Named<CatalogEntry>,
    /// How rows taken from it are numbered, by depth.
    pub numbered: Vec<String>,
    /// Whether the entries are known at all; false when the table is missing or lines of it are broken.
    pub complete: bool,
    /// Where it is declared.
    pub place: Place,
}

/// An entry of a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    /// Identifier.
    pub name: String,
    /// Printed label.
    pub label: String,
    /// Its code in exchange formats, printed where a form shows codes of rows.
    pub code: Option<String>,
    /// Position of its parent.
    pub parent: Option<usize>,
    /// First day of validity.
    pub from: Option<Date>,
    /// Last day of validity.
    pub until: Option<Date>,
    /// Where it is declared; nowhere in a source if it stands in a table.
    pub declared: Option<Label>,
}

/// First and last day, each only where there is one.
pub type Days = (Option<Date>, Option<Date>);

impl Catalog {
    /// The entries without entries of their own that an entry stands for: itself, or those below it. An unknown one stands for none.
    pub fn answers_of(&self, name: &str) -> Vec<&CatalogEntry> {
        let mut found = Vec::new();
        let mut open: Vec<usize> = self.entries.find(name).into_iter().collect();
        while let Some(position) = open.pop() {
            // Parents stand before their children, so the walk ends.
            let below = self
                .entries
                .iter()
                .enumerate()
                .skip(position.saturating_add(1));
            let below: Vec<usize> = below
                .filter(|(_, entry)| entry.parent == Some(position))
                .map(|(inner, _)| inner)
                .collect();
            match below.is_empty() {
                true => found.extend(self.entries.get(position)),
                false => open.extend(below.into_iter().rev()),
            }
        }
        found
    }

    /// Whether an entry has entries below it, so that it is never the answer of a choice.
    pub fn is_inner(&self, name: &str) -> bool {
        let position = self.entries.find(name);
        position.is_some() && self.entries.iter().any(|entry| entry.parent == position)
    }
}

impl CatalogEntry {
    /// Whether it is valid on some day between two; a day that is not known limits nothing.
    pub fn in_force(&self, (first, last): (Option<Date>, Option<Date>)) -> bool {
        let before = |until: Option<Date>, from: Option<Date>| {
            until.zip(from).is_some_and(|(until, from)| until < from)
        };
        !before(self.until, first) && !before(last, self.from)
    }

    /// Its first and last day, as far as they lie between two; `None` where it is valid all the time.
    pub fn days_within(&self, (first, last): Days) -> Option<Days> {
        let from = self
            .from
            .filter(|from| first.is_none_or(|first| *from > first));
        let until = self
            .until
            .filter(|until| last.is_none_or(|last| *until < last));
        (from.is_some() || until.is_some()).then_some((from, until))
    }
}

/// A kind of period or a campaign that the project declares.
#[derive(Clone, Debug)]
pub struct DeclaredKind {
    /// The kind.
    pub kind: PeriodKind,
    /// Printed label.
    pub label: String,
    /// Its days; not known where its definition is broken.
    pub days: Option<KindDays>,
    /// Where it is declared.
    pub place: Place,
}

impl DeclaredKind {
    /// The name it is declared under.
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            PeriodKind::Named(name) | PeriodKind::Campaign(name) => Some(name.as_str()),
            _ => None,
        }
    }
}

/// An indicator (chỉ tiêu): one meaning of a figure for all regimes. Its formula is over other indicators.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Code in the national exchange.
    pub code: Option<String>,
    /// What it means.
    pub definition: Option<String>,
    /// What its cells are.
    pub cell: CellDefinition,
    /// Vintages in which it is asked; empty: any.
    pub vintages: Vec<Vintage>,
    /// The agency that owns it, by name.
    pub owner: Option<String>,
    /// Catalogs and traits it may be broken down by, by name.
    pub broken_down_by: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A set of plan values (bộ kế hoạch).
#[derive(Clone, Debug)]
pub struct Target {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// The decision it rests on.
    pub basis: Option<String>,
    /// To whom values are given.
    pub given_to: Vec<Party>,
    /// Path of its table.
    pub table: String,
    /// Whether the units below make the whole.
    pub adds_up: bool,
    /// Where it is declared.
    pub place: Place,
}

/// A trait (đặc điểm): a yes-or-no property that overlaps freely with others.
#[derive(Clone, Debug)]
pub struct Trait {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// Export code.
    pub code: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// An exchange format (định dạng xuất): how it codes kinds of period. A kind without a code is not exported.
#[derive(Clone, Debug)]
pub struct Export {
    /// Name.
    pub name: String,
    /// Label.
    pub label: String,
    /// The codes, by kind of period.
    pub periods: Vec<(PeriodChoice, String)>,
    /// Where it is declared.
    pub place: Place,
}

/// Words that have one name.
macro_rules! by_name {
    ($($word:ty),*) => {
        $(impl Bears for $word {
            fn names(&self) -> impl Iterator<Item = &str> {
                std::iter::once(self.name.as_str())
            }
        })*
    };
}

by_name!(
    Measure,
    Level,
    Agency,
    Tag,
    Catalog,
    CatalogEntry,
    Indicator,
    Target,
    Trait,
    Export
);

impl Bears for DeclaredKind {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.name().into_iter()
    }
}
