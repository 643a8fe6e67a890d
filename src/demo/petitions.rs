//! Invented petitions of one unit: four quarters of forms 01 to 04/XLD that satisfy their rules.
//!
//! Form 01 is put together from the other three. Longer periods are the sums of their quarters. It does not know reports or people. Broken input: none.

use crate::demo::chance::Chance;
use crate::eval::figures::Entry;
use std::collections::BTreeMap;

/// Name of the form that puts the others together.
const SUMMARY: &str = "XLD01";

/// One of the forms of a single kind of petition: how its matters are divided.
struct Kind {
    /// Name of the form in the regime.
    form: &'static str,
    /// How many of ten petitions are of this kind.
    share: i64,
    /// Columns of the matters by content, with weights.
    content: &'static [(u32, i64)],
    /// By state.
    state: &'static [(u32, i64)],
    /// By outcome within the unit's competence.
    within: &'static [(u32, i64)],
    /// By outcome beyond it.
    beyond: &'static [(u32, i64)],
    /// Answers received after petitions were passed on.
    answers: Option<u32>,
    /// Column of the whole competence in [`SUMMARY`].
    competence: u32,
}

/// Complaints, denunciations, proposals.
const KINDS: [Kind; 3] = [
    Kind {
        form: "XLD02",
        share: 5,
        content: &[(10, 2), (11, 6), (12, 2), (13, 1), (14, 1), (15, 1)],
        state: &[(16, 6), (17, 2), (18, 1), (19, 3)],
        within: &[(21, 5), (22, 1)],
        beyond: &[(24, 3), (25, 1)],
        answers: Some(26),
        competence: 15,
    },
    Kind {
        form: "XLD03",
        share: 1,
        content: &[
            (10, 2),
            (11, 2),
            (12, 3),
            (13, 1),
            (14, 1),
            (15, 1),
            (16, 1),
            (17, 1),
        ],
        state: &[(18, 1), (19, 3), (20, 2)],
        within: &[(22, 4), (23, 1)],
        beyond: &[(25, 2), (26, 1)],
        answers: Some(27),
        competence: 16,
    },
    Kind {
        form: "XLD04",
        share: 4,
        content: &[(9, 2), (10, 5), (11, 1), (12, 3)],
        state: &[],
        within: &[(19, 5), (20, 2)],
        beyond: &[(17, 3), (18, 1)],
        answers: None,
        competence: 17,
    },
];

/// One unit's petitions of one form, in one quarter or in several added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petitions {
    /// Name of the form.
    pub form: &'static str,
    /// Carried over from the quarter before (column 2).
    pub opening: i64,
    /// Received (column 3).
    received: i64,
    /// Processed (column 4); typed in form 01 only.
    processed: i64,
    /// The other entered columns, by printed number.
    columns: BTreeMap<u32, i64>,
}

/// The four quarters of a unit, each with its four forms.
pub fn year_of(unit: &str, is_department: bool) -> Vec<Vec<Petitions>> {
    let story = Chance::of(&["petitions", unit]);
    let usual = if is_department {
        story.between("usual", 25, 90)
    } else {
        story.between("usual", 8, 40)
    };
    let mut openings: Vec<i64> = KINDS
        .iter()
        .map(|kind| story.between(&format!("opening{}", kind.form), 0, usual * kind.share / 50))
        .collect();
    (1..=4)
        .map(|quarter| {
            let chance = Chance::of(&["petitions", unit, &quarter.to_string()]);
            // Now and then a quarter has far more petitions than the one before, which the regime asks to explain.
            let surge = if chance.percent("surge", 4) { usual } else { 0 };
            let expected = chance.between("received", usual * 85 / 100, usual * 115 / 100) + surge;
            let weights: Vec<i64> = KINDS.iter().map(|kind| kind.share).collect();
            let received = chance.split("kinds", expected, &weights);
            let forms: Vec<Petitions> = KINDS
                .iter()
                .zip(received.iter().zip(&openings))
                .map(|(kind, (received, opening))| of_kind(&chance, kind, *opening, *received))
                .collect();
            openings = forms.iter().map(Petitions::closing).collect();
            let summary = summary(&chance, &forms);
            std::iter::once(summary).chain(forms).collect()
        })
        .collect()
}

fn of_kind(chance: &Chance, kind: &Kind, opening: i64, received: i64) -> Petitions {
    let named = |purpose: &str| format!("{}{purpose}", kind.form);
    let total = opening + received;
    let processed = total - chance.between(&named("closing"), 0, total / 8);
    let eligible = processed - chance.between(&named("ineligible"), 0, processed / 6);
    let matters = eligible - chance.between(&named("matters"), 0, eligible / 10);
    let beyond = chance.between(&named("beyond"), 0, matters * 4 / 10);
    // What was carried over is processed first.
    let carried = opening.min(processed);
    let mut columns = BTreeMap::from([(5, carried), (6, processed - carried), (7, eligible)]);
    let mut divide = |purpose: &str, whole: i64, parts: &[(u32, i64)]| {
        let weights: Vec<i64> = parts.iter().map(|(_, weight)| *weight).collect();
        let shares = chance.split(&named(purpose), whole, &weights);
        columns.extend(parts.iter().map(|(column, _)| *column).zip(shares));
    };
    divide("content", matters, kind.content);
    divide("state", matters, kind.state);
    divide("within", matters - beyond, kind.within);
    divide("sent_on", beyond, kind.beyond);
    if let Some(answers) = kind.answers {
        columns.insert(answers, chance.between(&named("answers"), 0, beyond / 2));
    }
    if kind.state.is_empty() {
        // Of proposals, those within the unit's competence are settled or not; those passed on count as not settled.
        let settled = columns.get(&19).copied().unwrap_or(0);
        columns.extend([(13, settled), (14, matters - settled)]);
    }
    Petitions {
        form: kind.form,
        opening,
        received,
        processed,
        columns,
    }
}

fn summary(chance: &Chance, forms: &[Petitions]) -> Petitions {
    let sum = |part: fn(&Petitions) -> i64| forms.iter().map(part).sum::<i64>();
    let eligible = sum(|form| form.column(7));
    let state = chance.split("state", eligible, &[6, 1, 3]);
    let mut columns = BTreeMap::from([
        (5, sum(Petitions::closing)),
        (7, eligible - chance.between("matters", 0, eligible / 10)),
    ]);
    columns.extend([11, 12, 13].into_iter().zip(state));
    let mut competent = 0;
    for ((kind, form), column) in KINDS.iter().zip(forms).zip([8, 9, 10]) {
        let own = form.column(7);
        let within = chance.between(kind.form, own * 6 / 10, own);
        competent += within;
        columns.extend([(column, own), (kind.competence, within)]);
    }
    let sent_on = chance.split("sent_on", eligible - competent, &[5, 4, 1]);
    let passed = sent_on.get(1).copied().unwrap_or(0);
    columns.extend([19, 20, 21].into_iter().zip(sent_on));
    columns.insert(22, chance.between("answers", 0, passed));
    Petitions {
        form: SUMMARY,
        opening: sum(|form| form.opening),
        received: sum(|form| form.received),
        processed: sum(|form| form.processed),
        columns,
    }
}

impl Petitions {
    /// Not processed at the end.
    pub fn closing(&self) -> i64 {
        self.opening + self.received - self.processed
    }

    fn column(&self, column: u32) -> i64 {
        self.columns.get(&column).copied().unwrap_or(0)
    }

    /// One form of several quarters in a row as one: the first one's opening, the last one's closing, everything else added.
    fn added(quarters: &[&Petitions]) -> Option<Petitions> {
        let (first, last) = (quarters.first()?, quarters.last()?);
        let sum = |part: &dyn Fn(&Petitions) -> i64| quarters.iter().map(|one| part(one)).sum();
        let processed: i64 = sum(&|one| one.processed);
        let mut columns: BTreeMap<u32, i64> = first
            .columns
            .keys()
            .map(|column| (*column, sum(&|one| one.column(*column))))
            .collect();
        if first.form == SUMMARY {
            columns.insert(5, last.closing());
        } else {
            let carried = first.opening.min(processed);
            columns.extend([(5, carried), (6, processed - carried)]);
        }
        Some(Petitions {
            form: first.form,
            opening: first.opening,
            received: sum(&|one| one.received),
            processed,
            columns,
        })
    }

    /// The forms of several quarters in a row, each as one.
    pub fn together(quarters: &[Vec<Petitions>]) -> Vec<Petitions> {
        let count = quarters.first().map_or(0, Vec::len);
        (0..count)
            .filter_map(|position| {
                let of_form: Vec<&Petitions> = quarters
                    .iter()
                    .filter_map(|forms| forms.get(position))
                    .collect();
                Petitions::added(&of_form)
            })
            .collect()
    }

    /// The entered cells, by printed column number; a nought is answered as nil.
    pub fn entries(&self) -> Vec<(String, Entry)> {
        let processed = (self.form == SUMMARY).then_some((4, self.processed));
        let all = self
            .columns
            .iter()
            .map(|(column, value)| (*column, *value))
            .chain([(3, self.received)])
            .chain(processed);
        all.map(|(column, value)| (column.to_string(), entry(value)))
            .collect()
    }
}

/// A figure as a person enters it.
pub fn entry(value: i64) -> Entry {
    if value == 0 {
        Entry::Nil
    } else {
        Entry::Value(value.to_string())
    }
}
