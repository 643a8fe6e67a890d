//! *Đầy đủ – đúng hạn*: the board of units and periods of one regime, and of regimes and periods of one unit.
//!
//! One query reads the summaries of all reports of a board, and what is owed is computed from what [`Ground`] keeps; no report is read alone. Everybody sees those reports whose
//! standing they may know ([`Action::ViewStanding`]). It does not know pages. Broken input: a regime that is not published is not found; a unit of which the actor may know
//! nothing has an empty board.

use crate::calendar::{Moment, Period};
use crate::organisation::{Unit, UnitId};
use crate::reports::board::BoardMark;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{Action, Actor, grant_for_report};
use crate::reports::report::Status;
use crate::service::Service;
use crate::service::collection::outside;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::view::ReportAddress;
use crate::service::whole::body::position;
use crate::service::whole::contributors::place_of;
use crate::store::records::{ReportQuery, ReportSummary};
use std::collections::{BTreeMap, BTreeSet};

/// So many periods stand side by side; a regime with daily reports shows the newest.
pub const MOST_PERIODS: usize = 31;

/// The board of a regime in a year.
#[derive(Debug, Clone)]
pub struct BoardView {
    /// The regime's name.
    pub regime: String,
    /// Its printed title.
    pub title: String,
    /// The regimes that have a board: name and title.
    pub regimes: Vec<(String, String)>,
    /// The year in which the windows of the periods end.
    pub year: i16,
    /// The years that have periods, newest first.
    pub years: Vec<i16>,
    /// The periods, oldest first.
    pub periods: Vec<Period>,
    /// The units, in the regime's order of levels and kinds.
    pub units: Vec<BoardUnit>,
    /// The periods of which the actor may remind somebody.
    pub remindable: BTreeSet<Period>,
}

/// One unit of a board.
#[derive(Debug, Clone)]
pub struct BoardUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Level name.
    pub level: String,
    /// Label of its kind, e.g. `phường`.
    pub kind: String,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// That unit's name.
    pub parent_name: String,
    /// One cell for each period of the board.
    pub cells: Vec<BoardCell>,
}

/// One report on a board.
#[derive(Debug, Clone, Copy)]
pub struct BoardCell {
    /// How it stands.
    pub mark: BoardMark,
    /// When it was last sent.
    pub sent_at: Option<Moment>,
    /// Whether the actor may open its figures.
    pub may_open: bool,
}

/// One regime of a unit's board.
#[derive(Debug, Clone)]
pub struct BoardRegime {
    /// The regime's name.
    pub regime: String,
    /// Its printed title.
    pub title: String,
    /// What the unit owes, oldest period first.
    pub cells: Vec<(Period, BoardCell)>,
}

const NOT_OWED: BoardCell = BoardCell {
    mark: BoardMark::NOT_OWED,
    sent_at: None,
    may_open: false,
};

impl Service {
    /// The board of a regime in a year. Where no regime is named, of the first one under which the actor may know of a report; where no year is, of the present one.
    pub fn board(
        &self,
        actor: &Actor,
        regime: Option<&str>,
        year: Option<i16>,
        now: Moment,
    ) -> Result<BoardView, ServiceError> {
        let ground = self.ground()?;
        if regime.is_some() {
            return self.board_of(&ground, actor, regime, year, now);
        }
        let mut first = None;
        for name in ground.regimes.keys() {
            let board = self.board_of(&ground, actor, Some(name), year, now)?;
            if !board.units.is_empty() {
                return Ok(board);
            }
            first = first.or(Some(board));
        }
        first.ok_or(ServiceError::NotFound)
    }

    fn board_of(
        &self,
        ground: &Ground,
        actor: &Actor,
        regime: Option<&str>,
        year: Option<i16>,
        now: Moment,
    ) -> Result<BoardView, ServiceError> {
        let regimes: Vec<(String, String)> = ground
            .regimes
            .iter()
            .filter_map(|(name, versions)| {
                let (_, newest) = versions.iter().next_back()?;
                Some((name.clone(), newest.header.title.clone()))
            })
            .collect();
        let named = |name: &str| regimes.iter().find(|(found, _)| found == name);
        let (regime, title) = match regime {
            Some(name) => named(name),
            None => regimes.first(),
        }
        .cloned()
        .ok_or(ServiceError::NotFound)?;
        let mut by_year: BTreeMap<i16, Vec<Period>> = BTreeMap::new();
        for period in ground.periods_begun(&regime, now.date()) {
            let plan = ground.plan_of_period(&regime, &period)?;
            let ends = ground.window(plan, period)?.to;
            by_year.entry(ends.year()).or_default().push(period);
        }
        let years: Vec<i16> = by_year.keys().rev().copied().collect();
        let year = year
            .filter(|year| by_year.contains_key(year))
            .or(Some(now.date().year()).filter(|year| by_year.contains_key(year)))
            .or(years.first().copied())
            .unwrap_or(now.date().year());
        let mut periods = by_year.remove(&year).unwrap_or_default();
        let extra = periods.len().saturating_sub(MOST_PERIODS);
        periods.drain(..extra);
        let query = ReportQuery {
            regime: Some(regime.clone()),
            ..ReportQuery::default()
        };
        let summaries = by_report(self.store.begin_read()?.report_summaries(&query)?);
        let mut rows: BTreeMap<UnitId, Vec<BoardCell>> = BTreeMap::new();
        let mut remindable = BTreeSet::new();
        for (number, period) in periods.iter().enumerate() {
            for owed in ground.obligations(&regime, period)? {
                if !may(actor, Action::ViewStanding, &owed) {
                    continue;
                }
                let summary = summaries.get(&(regime.clone(), *period, owed.key.unit.clone()));
                let cell = cell(actor, &owed, summary, now);
                if cell.mark.mark.is_missing() && may(actor, Action::Remind, &owed) {
                    remindable.insert(*period);
                }
                let row = rows
                    .entry(owed.key.unit)
                    .or_insert_with(|| vec![NOT_OWED; periods.len()]);
                if let Some(place) = row.get_mut(number) {
                    *place = cell;
                }
            }
        }
        let plan = periods
            .last()
            .and_then(|period| ground.plan_of_period(&regime, period).ok());
        let mut units: Vec<BoardUnit> = rows
            .into_iter()
            .map(|(unit, cells)| board_unit(ground, plan.map(AsRef::as_ref), unit, cells))
            .collect();
        units.sort_by_cached_key(|row| {
            let (level, item) = place_of(ground.organisation.get(&row.unit));
            let place = plan.map(|plan| position(plan, &level, &item));
            (place, row.unit.clone())
        });
        Ok(BoardView {
            regime,
            title,
            regimes,
            year,
            years,
            periods,
            units,
            remindable,
        })
    }

    /// What one unit owes under every regime, as far as the actor may know it, with the unit's name.
    pub fn board_of_unit(
        &self,
        actor: &Actor,
        unit: &UnitId,
        now: Moment,
    ) -> Result<(String, Vec<BoardRegime>), ServiceError> {
        let ground = self.ground()?;
        let query = ReportQuery {
            unit: Some(unit.clone()),
            ..ReportQuery::default()
        };
        let summaries = by_report(self.store.begin_read()?.report_summaries(&query)?);
        let mut found = Vec::new();
        for (regime, versions) in &ground.regimes {
            let mut cells = Vec::new();
            for period in ground.periods_begun(regime, now.date()) {
                let address = ReportAddress {
                    regime: regime.clone(),
                    period,
                    unit: unit.clone(),
                };
                let Ok(owed) = ground.obligation(&address) else {
                    continue;
                };
                if may(actor, Action::ViewStanding, &owed) {
                    let summary = summaries.get(&(regime.clone(), period, unit.clone()));
                    cells.push((period, cell(actor, &owed, summary, now)));
                }
            }
            if let Some((_, newest)) = versions.iter().next_back()
                && !cells.is_empty()
            {
                found.push(BoardRegime {
                    regime: regime.clone(),
                    title: newest.header.title.clone(),
                    cells,
                });
            }
        }
        // The name of a unit is no secret where something of it may be known; elsewhere its address says nothing.
        let name = match found.is_empty() {
            true => unit.to_string(),
            false => ground.unit_name(unit),
        };
        Ok((name, found))
    }
}

type Reports = BTreeMap<(String, Period, UnitId), ReportSummary>;

fn by_report(summaries: Vec<ReportSummary>) -> Reports {
    let key = |summary: &ReportSummary| {
        let key = &summary.key;
        (key.regime.clone(), key.period, key.unit.clone())
    };
    summaries
        .into_iter()
        .map(|summary| (key(&summary), summary))
        .collect()
}

/// Whether the actor may do something that is allowed at every status or at none.
fn may(actor: &Actor, action: Action, owed: &Obligation) -> bool {
    grant_for_report(
        actor,
        action,
        &owed.key.unit,
        &owed.recipients,
        Status::Draft,
    )
    .is_some()
}

fn cell(
    actor: &Actor,
    owed: &Obligation,
    summary: Option<&ReportSummary>,
    now: Moment,
) -> BoardCell {
    let progress = summary.map(|summary| outside(summary.progress()));
    let status = progress.map_or(Status::Draft, |progress| progress.status);
    let sees = |action| {
        grant_for_report(actor, action, &owed.key.unit, &owed.recipients, status).is_some()
    };
    BoardCell {
        mark: BoardMark::of(owed, progress, now),
        sent_at: summary.and_then(|summary| summary.sent_at),
        may_open: sees(Action::ViewDraft) || sees(Action::ViewSent),
    }
}

fn board_unit(
    ground: &Ground,
    plan: Option<&crate::plan::CompiledRegime>,
    unit: UnitId,
    cells: Vec<BoardCell>,
) -> BoardUnit {
    let facts = ground.organisation.get(&unit);
    let (level, item) = place_of(facts);
    let parent = facts.and_then(|unit: &Unit| unit.parent.clone());
    BoardUnit {
        name: ground.unit_name(&unit),
        kind: plan.map_or_else(String::new, |plan| Ground::kind_label(plan, &level, &item)),
        parent_name: parent
            .as_ref()
            .map(|parent| ground.unit_name(parent))
            .unwrap_or_default(),
        level,
        parent,
        unit,
        cells,
    }
}
