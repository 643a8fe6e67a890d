//! Codes of units in time: the territorial code and the identifiers of an agency in both national styles.
//!
//! A code says how others call a unit on a date and never which unit it is: codes are given to other territory after a reform. Deliberately does not know: who issues them.
//! On broken input: a code that has not the shape of its system, or a second one of the same system from the same day, is named with its line; healthy lines are kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Organisation;
use super::tables::Reading;
use super::unit::UnitId;
use crate::calendar::Date;
use crate::text::table::{TableProblem, TableProblemKind};

/// The columns of the table of codes.
pub const CODE_COLUMNS: [&str; 5] = ["unit", "system", "code", "from", "until"];

/// The longest agency identifier of QĐ 20/2020/QĐ-TTg, in characters.
const LONGEST_IDENTIFIER: usize = 35;

/// By which system a code is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeSystem {
    /// Mã đơn vị hành chính (QĐ 124/2004/QĐ-TTg, since 2025 QĐ 19/2025/QĐ-TTg): digits.
    Area,
    /// Mã định danh điện tử of QĐ 20/2020/QĐ-TTg: the largest group first, `H41.12.3`.
    Agency,
    /// The older identifier of QCVN 102:2016/BTTTT: the province last, `000.00.12.H41`.
    Agency102,
}

/// One code of a unit for some time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitCode {
    /// Whose.
    pub unit: UnitId,
    /// By which system.
    pub system: CodeSystem,
    /// The code.
    pub code: String,
    /// First day; none where it always was.
    pub from: Option<Date>,
    /// Last day; none where no end is set.
    pub until: Option<Date>,
}

impl UnitCode {
    /// Whether it is in use on a date; both days are included.
    pub fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

impl CodeSystem {
    /// All systems.
    pub const ALL: [CodeSystem; 3] = [CodeSystem::Area, CodeSystem::Agency, CodeSystem::Agency102];

    /// The name in tables and addresses.
    pub fn key(self) -> &'static str {
        match self {
            CodeSystem::Area => "area",
            CodeSystem::Agency => "agency",
            CodeSystem::Agency102 => "agency_102",
        }
    }

    /// The system of that name.
    pub fn from_key(key: &str) -> Option<CodeSystem> {
        CodeSystem::ALL
            .into_iter()
            .find(|system| system.key() == key)
    }

    /// Whether a code has the shape of the system.
    pub fn fits(self, code: &str) -> bool {
        let groups: Vec<&str> = code.split('.').collect();
        let sound = |group: &&str| {
            !group.is_empty()
                && group
                    .chars()
                    .all(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase())
        };
        let body = |group: Option<&&str>| group.is_some_and(|group| is_body(group));
        match self {
            CodeSystem::Area => {
                (1..=5).contains(&code.len()) && code.chars().all(|sign| sign.is_ascii_digit())
            }
            CodeSystem::Agency => {
                code.len() <= LONGEST_IDENTIFIER && groups.iter().all(sound) && body(groups.first())
            }
            CodeSystem::Agency102 => {
                groups.len() == 4 && groups.iter().all(sound) && body(groups.last())
            }
        }
    }
}

/// The group of a ministry or a province: one letter and two digits.
fn is_body(group: &str) -> bool {
    let mut signs = group.chars();
    signs.next().is_some_and(|first| first.is_ascii_uppercase())
        && group.len() == 3
        && signs.all(|sign| sign.is_ascii_digit())
}

/// Reads the table of codes. Whether the units exist is seen when both tables are at hand.
pub fn parse_codes(text: &str) -> (Vec<UnitCode>, Vec<TableProblem>) {
    let (rows, mut reading) = Reading::start(text, &CODE_COLUMNS, 3);
    let mut codes = Vec::new();
    let mut seen = BTreeMap::new();
    for row in rows {
        let unit = reading.filled(&row, 0);
        let system = CodeSystem::from_key(row.field(1));
        let code = reading.filled(&row, 2);
        let from = reading.optional_date(&row, 3);
        let until = reading.optional_date(&row, 4);
        let Some(system) = system else {
            let text = row.field(1).to_owned();
            reading.report(&row, 1, TableProblemKind::NotAllowed { text });
            continue;
        };
        let (Some(unit), Some(code), Some(from), Some(until)) = (unit, code, from, until) else {
            continue;
        };
        if !system.fits(&code) {
            reading.report(&row, 2, TableProblemKind::NotAllowed { text: code });
            continue;
        }
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            reading.report(&row, 4, TableProblemKind::DatesReversed);
            continue;
        }
        if reading.unrepeated(&row, 0, (unit.clone(), system, from), &mut seen) {
            codes.push(UnitCode {
                unit: UnitId(unit),
                system,
                code,
                from,
                until,
            });
        }
    }
    (codes, reading.finish())
}

impl Organisation {
    /// The same with codes in time.
    #[must_use]
    pub fn coded(mut self, codes: Vec<UnitCode>) -> Organisation {
        self.codes = codes;
        self
    }

    /// All codes of a unit in the order in which they began. The code that the table of units names counts as its first territorial one, until the table of codes gives it another.
    pub fn codes_of(&self, id: &UnitId) -> Vec<UnitCode> {
        let mut codes: Vec<UnitCode> = self
            .codes
            .iter()
            .filter(|code| code.unit == *id)
            .cloned()
            .collect();
        let first_other = codes
            .iter()
            .filter(|code| code.system == CodeSystem::Area)
            .map(|code| code.from)
            .min();
        if let Some(unit) = self.get(id)
            && let Some(code) = &unit.area_code
            && first_other != Some(None)
        {
            let ends = first_other.flatten();
            codes.push(UnitCode {
                unit: id.clone(),
                system: CodeSystem::Area,
                code: code.clone(),
                from: unit.valid_from,
                until: ends
                    .map(|begins| crate::calendar::dates::days_after(begins, -1))
                    .or(unit.valid_to),
            });
        }
        codes.sort_by_key(|code| (code.system, code.from));
        codes
    }

    /// The code of a unit on a date.
    pub fn code_on(&self, id: &UnitId, system: CodeSystem, date: Date) -> Option<String> {
        let mut of_system = self
            .codes_of(id)
            .into_iter()
            .filter(|code| code.system == system && code.holds_on(date));
        of_system.next_back().map(|code| code.code)
    }

    /// The units that bear a territorial code on a date; the same code may be another unit's on another date.
    pub fn units_of_area_code(&self, code: &str, date: Date) -> Vec<&UnitId> {
        let bears = |id: &UnitId| {
            self.code_on(id, CodeSystem::Area, date)
                .is_some_and(|found| found == code)
        };
        self.valid_on(date)
            .map(|unit| &unit.id)
            .filter(|id| bears(id))
            .collect()
    }

    /// All codes, in the order of their table.
    pub fn codes(&self) -> &[UnitCode] {
        &self.codes
    }
}
