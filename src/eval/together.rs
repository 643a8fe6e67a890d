//! The reports of several units taken as one document, now and in earlier periods: what a consolidation, and a unit formed by a merger, read of other times.
//!
//! Sums first, formulas recomputed from them, in order of time, so that a figure since the start of the year finds the months before it. It does not know who is due:
//! the caller passes members. Where a member's report is missing the sums are partial.

use crate::calendar::Period;
use crate::eval::adjustment::Adjustment;
use crate::eval::archive::{Archive, Below, Document};
use crate::eval::cell::{Basis, BlankReason, Cell};
use crate::eval::combine::Combiner;
use crate::eval::combined_rows::combined_rows;
use crate::eval::compute::data_rows;
use crate::eval::consolidate::Member;
use crate::eval::earlier::window_during;
use crate::eval::elsewhen::{Moment, latest_of_event};
use crate::eval::evaluate::{Carry, DataRow, Evaluation, ReportInput};
use crate::eval::figures::Figures;
use crate::eval::needs;
use crate::eval::outline::{OutlineLine, outline};
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::aggregation::OverUnits;
use crate::plan::form::FormIndex;
use std::collections::BTreeMap;

/// The outline of the whole: headings, sentences with the figures of all units, the places of tables. What the units wrote stays with each of them.
pub fn whole_outline<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    history: &History<'a>,
) -> Vec<OutlineLine> {
    if plan.outlines.is_empty() {
        return Vec::new();
    }
    let all: Vec<&Member> = members.iter().collect();
    let past = past(plan, &all, Some(history));
    let evaluation = document(plan, members, past.moment());
    let mut events = history.own.events.iter();
    let event = events.find(|event| event.end == history.period);
    let dates = event.map(|event| event.dates);
    let Some(window) = window_during(&plan.header, history.period, dates) else {
        return Vec::new();
    };
    let report = ReportInput {
        period: history.period,
        cutoff: window.to,
        reporter: None,
        event: None,
        figures: &Figures::default(),
        archive: &past.archive,
        carry: Carry::Missing(BlankReason::NoEarlierReport),
    };
    outline(plan, &report, &evaluation).0
}

/// What is known of other times when figures of several units become one.
#[derive(Debug, Clone)]
pub struct History<'a> {
    /// The period of the figures.
    pub period: Period,
    /// What is known of each unit's other reports.
    pub units: BTreeMap<UnitId, &'a Archive<'a>>,
    /// What is known beside its reports of the unit that consolidates: its plan values.
    pub own: Archive<'a>,
    /// Signed differences on figures of this period.
    pub adjustments: Vec<Adjustment>,
}

/// The reports of some units in one period as one document.
pub(super) fn document<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    moment: Option<Moment<'_>>,
) -> Evaluation {
    let rows = combined_rows(plan, members);
    let combiner = Combiner::new(plan, members.iter().collect(), &rows, moment).known_by_results();
    let cells = all_cells(plan, &rows, combiner);
    Evaluation {
        cells,
        rows,
        ..Evaluation::default()
    }
}

/// The reports of some units in the period at hand as one document, differences added, and what is known beside it of other times.
pub(super) fn as_one<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    history: &History<'a>,
) -> (Evaluation, Archive<'a>) {
    let rows = combined_rows(plan, members);
    let all: Vec<&Member> = members.iter().collect();
    let past = past_of(plan, &all, Some(history), ReadBy::RulesToo);
    let combiner = Combiner::new(plan, all, &rows, past.moment())
        .standing_in(past.latest.clone())
        .adjusted_by(&history.adjustments)
        .remembering(Some(history));
    let cells = all_cells(plan, &rows, combiner);
    let document = Evaluation {
        cells,
        rows,
        ..Evaluation::default()
    };
    (document, past.archive)
}

/// Every figure a combiner makes, as a cell.
fn all_cells(
    plan: &CompiledRegime,
    rows: &[Vec<DataRow>],
    mut combiner: Combiner<'_, '_>,
) -> BTreeMap<CellAddress, Cell> {
    let mut cells = BTreeMap::new();
    for (place, form) in plan.form_definition.forms.iter().enumerate() {
        let index = FormIndex(place as u32);
        let total = form.has_rows().then_some(Row::Total);
        let all = data_rows(rows, index).iter().map(|data| data.row.clone());
        for row in all.chain(total) {
            for (column, _) in form.columns_indexed() {
                let at = CellAddress {
                    form: index,
                    row: row.clone(),
                    column,
                };
                if let Some(figure) = combiner.figure(&at) {
                    let cell = match figure.cell {
                        Cell::Given(number) if figure.answered < figure.due => Cell::Partial(
                            number,
                            Basis {
                                answered: figure.answered,
                                due: figure.due,
                            },
                        ),
                        cell => cell,
                    };
                    cells.insert(at, cell);
                }
            }
        }
    }
    cells
}

/// What the members' earlier reports come to, period by period.
fn archive<'a>(
    plan: &'a CompiledRegime,
    members: &[&Member<'a>],
    history: &History<'a>,
    readers: ReadBy,
) -> Archive<'a> {
    let mut archive = history.own.beside();
    archive.below = members
        .iter()
        .map(|member| Below {
            unit: member.facts,
            report: member.report,
        })
        .collect();
    let of_member = |member: &Member<'a>, period: Period| -> Option<&'a Evaluation> {
        history.units.get(&member.unit)?.report(period)
    };
    let exists = |period: Period| {
        members
            .iter()
            .any(|member| of_member(member, period).is_some())
    };
    let mut needed = match readers {
        ReadBy::Cells => needs::of_cells(plan, history.period, exists),
        ReadBy::RulesToo => needs::earlier_periods(plan, history.period, exists),
    };
    for event in &history.own.events {
        needed.extend(event.last_day.into_iter().chain([event.end]));
    }
    let mut periods: Vec<Period> = needed
        .into_iter()
        .filter(|period| exists(*period))
        .collect();
    let ends = |period: Period| {
        let events = history.own.events.iter();
        let dates = events
            .filter(|event| event.end == period || event.last_day == Some(period))
            .map(|event| event.dates)
            .next();
        window_during(&plan.header, period, dates).map(|window| window.to)
    };
    periods.sort_by_key(|period| ends(*period));
    for period in periods {
        // A unit that did not exist then and took over from none is not missing from that period.
        let asked = |member: &&&Member<'a>| {
            let known = history.units.get(&member.unit).copied();
            of_member(member, period).is_some() || member.has_figures_of(known, ends(period))
        };
        let then: Vec<Member<'a>> = members
            .iter()
            .filter(asked)
            .map(|member| Member {
                report: of_member(member, period),
                ..(*member).clone()
            })
            .collect();
        let moment = Moment {
            period,
            archive: &archive,
        };
        let made = document(plan, &then, Some(moment));
        archive.keep_restated(period, Document::Restated(Box::new(made)));
    }
    archive
}

/// What a group of units reads of other times.
pub(super) struct Past<'a> {
    period: Option<Period>,
    archive: Archive<'a>,
    /// Each unit's latest earlier report of the same event.
    pub latest: BTreeMap<UnitId, (Period, &'a Evaluation)>,
}

impl<'a> Past<'a> {
    /// Where the group's document stands in time.
    pub fn moment(&self) -> Option<Moment<'_>> {
        self.period.map(|period| Moment {
            period,
            archive: &self.archive,
        })
    }
}

/// Who reads what the units reported at other times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadBy {
    /// Computed cells.
    Cells,
    /// Computed cells and rules.
    RulesToo,
}

/// What the figures of a group of units read of other times; without a history they read nothing.
pub(super) fn past<'a>(
    plan: &'a CompiledRegime,
    members: &[&Member<'a>],
    history: Option<&History<'a>>,
) -> Past<'a> {
    past_of(plan, members, history, ReadBy::Cells)
}

fn past_of<'a>(
    plan: &'a CompiledRegime,
    members: &[&Member<'a>],
    history: Option<&History<'a>>,
    readers: ReadBy,
) -> Past<'a> {
    let Some(history) = history else {
        return Past {
            period: None,
            archive: Archive::default(),
            latest: BTreeMap::new(),
        };
    };
    let latest = members
        .iter()
        .filter_map(|member| {
            let archive = *history.units.get(&member.unit)?;
            let period = latest_of_event(archive, history.period)?;
            Some((member.unit.clone(), (period, archive.report(period)?)))
        })
        .collect();
    Past {
        period: Some(history.period),
        archive: archive(plan, members, history, readers),
        latest,
    }
}

/// A document of several predecessors of one unit: what does not add up over a merger is blank and says so.
pub(super) fn merged<'a>(
    plan: &'a CompiledRegime,
    members: &[Member<'a>],
    moment: Moment<'_>,
) -> Evaluation {
    let mut made = document(plan, members, Some(moment));
    for (at, cell) in &mut made.cells {
        let lost = plan
            .aggregation_plan
            .step_of(at)
            .is_some_and(|step| matches!(step.over_units, OverUnits::Collect | OverUnits::Entered));
        if lost {
            *cell = Cell::Blank(BlankReason::NotMergeable);
        }
    }
    made
}
