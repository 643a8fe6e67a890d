//! Invented administrative procedures of one unit: quarters and the year of form II.06a that satisfy its rules.
//!
//! The year is the sum of four quarters, of which the fourth is not reported by itself. It does not know reports or people. Broken input: none.

use crate::demo::chance::Chance;
use crate::demo::petitions::entry;
use crate::eval::figures::Entry;
use std::collections::BTreeMap;

/// Name of the form in the regime.
pub const FORM: &str = "TTHC06A";

/// Fields that every commune has cases in, with how many in a usual quarter.
const COMMUNE_FIELDS: [(&str, i64); 4] = [
    ("dat_dai", 90),
    ("ho_tich", 140),
    ("chung_thuc", 260),
    ("bao_tro_xa_hoi", 45),
];

/// One field's cases of one quarter, or of several added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// Carried over (column 6).
    pub opening: i64,
    online: i64,
    direct: i64,
    early: i64,
    on_time: i64,
    late: i64,
    pending: i64,
    overdue: i64,
}

/// The four quarters of a unit: field → cases.
pub fn year_of(unit: &str, is_department: bool, fields: &[String]) -> Vec<BTreeMap<String, Cases>> {
    let story = Chance::of(&["procedures", unit]);
    let mut openings: BTreeMap<String, i64> = BTreeMap::new();
    let chosen = chosen(&story, is_department, fields);
    (1..=4)
        .map(|quarter| {
            let cases = |(field, usual): &(String, i64)| {
                let chance = Chance::of(&["procedures", unit, field, &quarter.to_string()]);
                let opening = openings
                    .get(field)
                    .copied()
                    .unwrap_or_else(|| chance.between("opening", 0, usual / 12));
                let cases = quarter_of(&chance, *usual, opening, is_department);
                openings.insert(field.clone(), cases.closing());
                (field.clone(), cases)
            };
            chosen.iter().map(cases).collect()
        })
        .collect()
}

fn chosen(story: &Chance, is_department: bool, fields: &[String]) -> Vec<(String, i64)> {
    let known = |name: &str| fields.iter().any(|field| field == name);
    let always = COMMUNE_FIELDS
        .iter()
        .filter(|(name, _)| !is_department && known(name));
    let mut chosen: Vec<(String, i64)> = always
        .map(|(name, usual)| {
            (
                (*name).to_string(),
                story.between(name, usual / 2, usual * 2),
            )
        })
        .collect();
    let wanted = if is_department {
        story.between("wanted", 2, 5)
    } else {
        story.between("wanted", 6, 9)
    };
    let mut position = story.between("first", 0, 30);
    while (chosen.len() as i64) < wanted && position < 400 {
        let field = usize::try_from(position)
            .ok()
            .and_then(|position| fields.get(position % fields.len().max(1)));
        if let Some(field) = field.filter(|field| chosen.iter().all(|(name, _)| name != *field)) {
            chosen.push((
                field.clone(),
                story.between(field, 10, if is_department { 220 } else { 60 }),
            ));
        }
        position += 7;
    }
    chosen
}

fn quarter_of(chance: &Chance, usual: i64, opening: i64, is_department: bool) -> Cases {
    let received = chance.between("received", usual * 8 / 10, usual * 12 / 10);
    let online = received * chance.between("online", if is_department { 80 } else { 45 }, 98) / 100;
    let total = opening + received;
    let closing = chance.between("closing", 0, total / 12);
    let overdue = if chance.percent("overdue", 15) {
        chance.between("overdue_cases", 0, closing.min(4))
    } else {
        0
    };
    let done = total - closing;
    // A few fields fall below the nine tenths that the regime asks to explain.
    let late_share = if chance.percent("slow", 3) { 14 } else { 3 };
    let late = chance.between("late", 0, done * late_share / 100);
    let early = chance.between("early", (done - late) / 2, (done - late) * 8 / 10);
    Cases {
        opening,
        online,
        direct: received - online,
        early,
        on_time: done - late - early,
        late,
        pending: closing - overdue,
        overdue,
    }
}

impl Cases {
    /// Being handled at the end (column 11).
    pub fn closing(&self) -> i64 {
        self.pending + self.overdue
    }

    /// Several quarters in a row as one: the first one's opening, the last one's closing, the rest added.
    pub fn together(quarters: &[&Cases]) -> Option<Cases> {
        let (first, last) = (quarters.first()?, quarters.last()?);
        let sum = |part: fn(&Cases) -> i64| quarters.iter().map(|cases| part(cases)).sum();
        Some(Cases {
            opening: first.opening,
            online: sum(|cases| cases.online),
            direct: sum(|cases| cases.direct),
            early: sum(|cases| cases.early),
            on_time: sum(|cases| cases.on_time),
            late: sum(|cases| cases.late),
            pending: last.pending,
            overdue: last.overdue,
        })
    }

    /// The entered cells, by printed column number; a nought is answered as nil.
    pub fn entries(&self) -> Vec<(String, Entry)> {
        let values = [
            (4, self.online),
            (5, self.direct),
            (8, self.early),
            (9, self.on_time),
            (10, self.late),
            (12, self.pending),
            (13, self.overdue),
        ];
        values
            .into_iter()
            .map(|(column, value)| (column.to_string(), entry(value)))
            .collect()
    }
}
