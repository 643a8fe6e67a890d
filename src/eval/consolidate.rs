//! Consolidation: the figures of many units become one, with how many units they rest on and which are missing.
//!
//! Ratios are recomputed from combined figures, never averaged. It does not know who is due or whether a report was accepted; the caller says so
//! by the members it passes. A missing report leaves its group incomplete, never wrong.

use crate::calendar::{Date, Period};
use crate::eval::adjustment::Adjustment;
use crate::eval::archive::Archive;
use crate::eval::cell::{Basis, Cell};
use crate::eval::combine::Combiner;
use crate::eval::combined_rows::combined_rows;
use crate::eval::compute::data_rows;
use crate::eval::evaluate::Evaluation;
use crate::eval::gathered;
use crate::eval::together::{History, past};
use crate::organisation::{Unit, UnitId};
use crate::plan::address::{CellAddress, Row};
use crate::plan::expression::ExpressionId;
use crate::plan::form::{CatalogIndex, ColumnIndex, Form, FormIndex, Rows};
use crate::plan::{Bilingual, CompiledRegime};
use std::collections::BTreeMap;

/// A unit that is due to report.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The unit.
    pub unit: UnitId,
    /// Its name, for people.
    pub name: String,
    /// The level it stands on, by the level's name.
    pub level: String,
    /// The kind of unit on that level, by its name.
    pub item: String,
    /// What is registered of it, which closes cells also where its report is missing; where that is not known it is asked for everything.
    pub facts: Option<&'a Unit>,
    /// Its report, if one counts.
    pub report: Option<&'a Evaluation>,
}

impl Member<'_> {
    /// Whether a window that ended on a day has figures of the unit: it existed, or took over since from units that did. Where the day or the unit is not
    /// known it counts as one that has.
    pub fn has_figures_of(&self, archive: Option<&Archive<'_>>, end: Option<Date>) -> bool {
        let (Some(unit), Some(end)) = (self.facts, end) else {
            return true;
        };
        let taken_over = archive.is_some_and(|known| known.taken_over.iter().any(|day| *day > end));
        unit.is_valid_on(end) || taken_over
    }
}

/// Which units a figure covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// All members.
    Overall,
    /// The members of one level.
    Level(String),
    /// The members of one kind on a level.
    Item {
        /// The level's name.
        level: String,
        /// The kind's name.
        item: String,
    },
    /// The members of which one entry of a catalogue is registered; an empty entry: those of which none is.
    Registered {
        /// The catalogue's name.
        attribute: String,
        /// The entry's name.
        entry: String,
    },
}

/// One consolidated figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The combined cell; for words, which are shown side by side, closed.
    pub cell: Cell,
    /// Units that answered.
    pub answered: u32,
    /// Units asked: those whose cell is not closed.
    pub due: u32,
    /// The units' own cells, in the members' order; a unit without a report is not among them.
    pub contributions: Vec<(UnitId, Cell)>,
    /// Units that owe an answer, in the members' order. An optional cell left empty owes none.
    pub missing: Vec<UnitId>,
    /// The formula the cell was recomputed by; none when it is a sum.
    pub formula: Option<ExpressionId>,
    /// For a quotient whose two sides rest on different units: both sets.
    pub uneven: Option<Uneven>,
    /// Units whose latest report of the same event stands in for a missing one, with its period.
    pub stale: Vec<(UnitId, Period)>,
}

impl Figure {
    /// On how many of the reports due the figure rests, where some are missing: units, or the parts of a year where every unit answered for those that are known.
    pub fn rests_on(&self) -> Option<Basis> {
        let (answered, due) = (self.answered, self.due);
        match &self.cell {
            _ if answered < due => Some(Basis { answered, due }),
            Cell::Partial(_, basis) => Some(*basis),
            _ => None,
        }
    }
}

/// The two sets of units behind a quotient, where they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uneven {
    /// Units complete in the numerator.
    pub numerator: Vec<UnitId>,
    /// Units complete in the denominator.
    pub denominator: Vec<UnitId>,
}

/// How many reports a group rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Reports that count.
    pub received: u32,
    /// Units due.
    pub due: u32,
    /// Units without a report, in the members' order.
    pub missing: Vec<UnitId>,
}

/// A whole form, consolidated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consolidation {
    /// The form.
    pub form: FormIndex,
    /// Data rows that at least one unit reports, in catalogue order, then the total row of a form that has rows.
    pub rows: Vec<Row>,
    /// Groups with at least one member: overall, then each level followed by its kinds, in the regime's order.
    pub groups: Vec<Group>,
    /// Reports per group.
    pub coverage: BTreeMap<Group, Coverage>,
    /// Every figure.
    pub figures: BTreeMap<(Group, Row, ColumnIndex), Figure>,
    /// What lists of units say against one another, in this form.
    pub conflicts: Vec<Bilingual>,
}

/// Consolidates a whole form.
pub fn consolidate<'a>(
    plan: &'a CompiledRegime,
    form: FormIndex,
    members: &[Member<'a>],
    history: Option<&History<'a>>,
) -> Consolidation {
    let rows = combined_rows(plan, members);
    let definition = plan.form_definition.form(form);
    let mut printed: Vec<Row> = data_rows(&rows, form)
        .iter()
        .map(|data| data.row.clone())
        .collect();
    // Written rows may be of many measures: they have a total only where the form asks for one.
    let has_total = |form: &Form| match form.rows {
        Rows::Written(_) => form.total_row.is_some(),
        _ => form.has_rows(),
    };
    if definition.is_some_and(has_total) {
        printed.push(Row::Total);
    }
    let groups = match definition.and_then(|form| form.consolidated.as_ref()?.by_attribute) {
        Some(catalog) => registered_groups(plan, catalog, members),
        None => groups(plan, members),
    };
    let mut coverage = BTreeMap::new();
    let mut figures = BTreeMap::new();
    for group in &groups {
        let inside = of_group(members, group);
        coverage.insert(group.clone(), covered(&inside));
        let past = past(plan, &inside, history);
        let mut combiner = Combiner::new(plan, inside, &rows, past.moment())
            .standing_in(past.latest.clone())
            .adjusted_by(adjustments(group, history))
            .remembering(history);
        for row in &printed {
            for (column, _) in definition.iter().flat_map(|form| form.columns_indexed()) {
                let at = CellAddress {
                    form,
                    row: row.clone(),
                    column,
                };
                if let Some(figure) = combiner.figure(&at) {
                    figures.insert((group.clone(), at.row, column), figure);
                }
            }
        }
    }
    Consolidation {
        form,
        rows: printed,
        groups,
        coverage,
        figures,
        conflicts: told_conflicts(plan, form, members),
    }
}

/// The conflicts in a list of these units, in words.
fn told_conflicts(plan: &CompiledRegime, form: FormIndex, members: &[Member]) -> Vec<Bilingual> {
    let all: Vec<&Member> = members.iter().collect();
    gathered::conflicts(plan, &all)
        .iter()
        .filter(|conflict| conflict.form == form)
        .map(|conflict| gathered::told(plan, conflict, &all))
        .collect()
}

/// One figure on demand; none when the address names no figure column.
pub fn figure<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    group: &Group,
    at: &CellAddress,
    history: Option<&History<'a>>,
) -> Option<Figure> {
    let rows = combined_rows(plan, members);
    let inside = of_group(members, group);
    let past = past(plan, &inside, history);
    Combiner::new(plan, inside, &rows, past.moment())
        .standing_in(past.latest.clone())
        .adjusted_by(adjustments(group, history))
        .remembering(history)
        .figure(at)
}

/// The members a group covers, in their order.
pub fn of_group<'m, 'a>(members: &'m [Member<'a>], group: &Group) -> Vec<&'m Member<'a>> {
    members
        .iter()
        .filter(|member| match group {
            Group::Overall => true,
            Group::Level(level) => member.level == *level,
            Group::Item { level, item } => member.level == *level && member.item == *item,
            Group::Registered { attribute, entry } => {
                member.registered(attribute).unwrap_or_default() == entry
            }
        })
        .collect()
}

impl Member<'_> {
    /// The entry of a catalogue that is registered of the unit.
    fn registered(&self, catalog: &str) -> Option<&str> {
        let facts = self.facts?;
        facts.attributes.get(catalog).map(String::as_str)
    }
}

/// Groups with members: overall, then each entry of the catalogue in its order, then the units of which none is registered.
fn registered_groups(
    plan: &CompiledRegime,
    catalog: CatalogIndex,
    members: &[Member],
) -> Vec<Group> {
    let Some(catalog) = plan.form_definition.catalog(catalog) else {
        return vec![Group::Overall];
    };
    let known = catalog.entries.iter().map(|entry| entry.name.as_str());
    let used = known.chain(std::iter::once("")).filter(|entry| {
        members
            .iter()
            .any(|member| member.registered(&catalog.name).unwrap_or_default() == *entry)
    });
    let groups = used.map(|entry| Group::Registered {
        attribute: catalog.name.clone(),
        entry: entry.to_owned(),
    });
    std::iter::once(Group::Overall).chain(groups).collect()
}

/// Groups with members: overall, then each level followed by its kinds. Levels and kinds the regime does not declare come last.
fn groups(plan: &CompiledRegime, members: &[Member]) -> Vec<Group> {
    let declared = plan.header.levels.iter();
    let mut levels: Vec<&str> = declared.clone().map(|level| level.name.as_str()).collect();
    levels.extend(members.iter().map(|member| member.level.as_str()));
    let mut items: Vec<&str> = declared
        .flat_map(|level| level.items.iter().map(|(name, _)| name.as_str()))
        .collect();
    items.extend(members.iter().map(|member| member.item.as_str()));
    let mut groups = vec![Group::Overall];
    for level in levels {
        let inside: Vec<&Member> = members
            .iter()
            .filter(|member| member.level == level)
            .collect();
        let group = Group::Level(level.to_string());
        if inside.is_empty() || groups.contains(&group) {
            continue;
        }
        groups.push(group);
        // A level that the regime declares without kinds is not divided: its one kind would print the level's figures twice.
        let undivided = plan
            .header
            .levels
            .iter()
            .any(|declared| declared.name == level && declared.items.is_empty());
        if undivided {
            continue;
        }
        for item in &items {
            let group = Group::Item {
                level: level.to_string(),
                item: item.to_string(),
            };
            let used = inside.iter().any(|member| member.item == **item);
            if used && !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    groups
}

/// Differences belong to the whole document, not to a part of its units.
pub(super) fn adjustments<'h>(group: &Group, history: Option<&'h History<'_>>) -> &'h [Adjustment] {
    match (group, history) {
        (Group::Overall, Some(history)) => &history.adjustments,
        _ => &[],
    }
}

fn covered(members: &[&Member]) -> Coverage {
    let missing: Vec<UnitId> = members
        .iter()
        .filter(|member| member.report.is_none())
        .map(|member| member.unit.clone())
        .collect();
    let due = members.len() as u32;
    Coverage {
        received: due - missing.len() as u32,
        due,
        missing,
    }
}

impl Figure {
    /// Whether nobody owes an answer.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

impl Consolidation {
    /// One figure.
    pub fn figure(&self, group: &Group, row: &Row, column: ColumnIndex) -> Option<&Figure> {
        self.figures.get(&(group.clone(), row.clone(), column))
    }
}
