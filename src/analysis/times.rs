//! Sets of periods: in which of its periods a regime asks for a part, and in which two parts are asked for together.
//!
//! A set is kept by kinds and their numbers, as authors write them, so that two of them are compared in the time it takes to read the smaller one. It deliberately does not know
//! years: a part is asked for in every quarter 1 or in none. An empty list of choices means every period, as in [`super::model::cell::Applicability`].

use crate::calendar::{Period, PeriodChoice, PeriodKind};
use std::collections::{BTreeMap, BTreeSet};

/// A set of periods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Times {
    /// Every period.
    Always,
    /// Of each kind every period, or those of some numbers.
    Some(BTreeMap<PeriodKind, Option<BTreeSet<u16>>>),
}

impl Times {
    /// The periods of some choices; all where there are none.
    pub fn of(choices: &[PeriodChoice]) -> Times {
        if choices.is_empty() {
            return Times::Always;
        }
        let mut kinds: BTreeMap<PeriodKind, Option<BTreeSet<u16>>> = BTreeMap::new();
        for choice in choices {
            let known = kinds
                .entry(choice.kind)
                .or_insert_with(|| Some(BTreeSet::new()));
            match (choice.index, known.as_mut()) {
                (Some(index), Some(numbers)) => {
                    numbers.insert(index);
                }
                (Some(_), None) => {}
                (None, _) => *known = None,
            }
        }
        Times::Some(kinds)
    }

    /// Whether it holds no period.
    pub fn is_never(&self) -> bool {
        matches!(self, Times::Some(kinds) if kinds.is_empty())
    }

    /// Whether a period is in it.
    pub fn accepts(&self, period: &Period) -> bool {
        match self {
            Times::Always => true,
            Times::Some(kinds) => kinds.get(&period.kind()).is_some_and(|numbers| {
                numbers
                    .as_ref()
                    .is_none_or(|numbers| numbers.contains(&period.index()))
            }),
        }
    }

    /// The periods in both.
    pub fn and(&self, other: &Times) -> Times {
        let (one, other) = match (self, other) {
            (Times::Always, both) | (both, Times::Always) => return both.clone(),
            (Times::Some(one), Times::Some(other)) if one.len() <= other.len() => (one, other),
            (Times::Some(one), Times::Some(other)) => (other, one),
        };
        let both = one.iter().filter_map(|(kind, numbers)| {
            let meant = match (numbers, other.get(kind)?) {
                (None, numbers) | (numbers, None) => numbers.clone(),
                (Some(one), Some(other)) => Some(one & other),
            };
            let some = meant.as_ref().is_none_or(|numbers| !numbers.is_empty());
            some.then_some((*kind, meant))
        });
        Times::Some(both.collect())
    }

    /// The periods in one of them.
    pub fn or(&self, other: &Times) -> Times {
        let (Times::Some(one), Times::Some(other)) = (self, other) else {
            return Times::Always;
        };
        let mut all = one.clone();
        for (kind, numbers) in other {
            let known = all.entry(*kind).or_insert_with(|| Some(BTreeSet::new()));
            match (numbers, known.as_mut()) {
                (Some(numbers), Some(known)) => known.extend(numbers),
                (None, _) => *known = None,
                (Some(_), None) => {}
            }
        }
        Times::Some(all)
    }

    /// As authors write it; nothing for every period.
    pub fn choices(&self) -> Vec<PeriodChoice> {
        let Times::Some(kinds) = self else {
            return Vec::new();
        };
        let mut choices = Vec::new();
        for (kind, numbers) in kinds {
            match numbers {
                None => choices.push(PeriodChoice {
                    kind: *kind,
                    index: None,
                }),
                Some(numbers) => choices.extend(numbers.iter().map(|index| PeriodChoice {
                    kind: *kind,
                    index: Some(*index),
                })),
            }
        }
        choices
    }
}

/// One of the sets in a [`Pool`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimesId(usize);

/// Sets of periods that are met again and again: each is kept once, and what two of them have in common is worked out once.
#[derive(Debug, Default)]
pub(super) struct Pool {
    sets: Vec<Times>,
    known: BTreeMap<Times, usize>,
    common: BTreeMap<(TimesId, TimesId), TimesId>,
    either: BTreeMap<(TimesId, TimesId), TimesId>,
}

impl Pool {
    /// The place of a set.
    pub fn keep(&mut self, times: Times) -> TimesId {
        if let Some(place) = self.known.get(&times) {
            return TimesId(*place);
        }
        let place = self.sets.len();
        self.known.insert(times.clone(), place);
        self.sets.push(times);
        TimesId(place)
    }

    /// The place of every period.
    pub fn always(&mut self) -> TimesId {
        self.keep(Times::Always)
    }

    /// The set at a place.
    pub fn get(&self, id: TimesId) -> Times {
        self.sets.get(id.0).cloned().unwrap_or(Times::Always)
    }

    /// Whether the set at a place is empty.
    pub fn is_never(&self, id: TimesId) -> bool {
        self.sets.get(id.0).is_some_and(Times::is_never)
    }

    /// The periods in both.
    pub fn and(&mut self, one: TimesId, other: TimesId) -> TimesId {
        if one == other {
            return one;
        }
        let key = (one.min(other), one.max(other));
        if let Some(known) = self.common.get(&key) {
            return *known;
        }
        let both = match (self.sets.get(one.0), self.sets.get(other.0)) {
            (Some(one), Some(other)) => one.and(other),
            _ => Times::Always,
        };
        let found = self.keep(both);
        self.common.insert(key, found);
        found
    }

    /// The periods in one of them.
    pub fn or(&mut self, one: TimesId, other: TimesId) -> TimesId {
        if one == other {
            return one;
        }
        let key = (one.min(other), one.max(other));
        if let Some(known) = self.either.get(&key) {
            return *known;
        }
        let any = match (self.sets.get(one.0), self.sets.get(other.0)) {
            (Some(one), Some(other)) => one.or(other),
            _ => Times::Always,
        };
        let found = self.keep(any);
        self.either.insert(key, found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Times;
    use crate::calendar::{PeriodChoice, PeriodKind};

    fn quarters(numbers: &[u16]) -> Times {
        let choice = |index: &u16| PeriodChoice {
            kind: PeriodKind::Quarter,
            index: Some(*index),
        };
        Times::of(&numbers.iter().map(choice).collect::<Vec<_>>())
    }

    #[test]
    fn a_kind_without_a_number_holds_every_number_of_it() {
        let every = Times::of(&[PeriodChoice {
            kind: PeriodKind::Quarter,
            index: None,
        }]);
        assert_eq!(every.and(&quarters(&[1, 3])), quarters(&[1, 3]));
        assert_eq!(every.or(&quarters(&[1])), every);
    }

    #[test]
    fn different_numbers_and_different_kinds_have_nothing_in_common() {
        let year = Times::of(&[PeriodChoice {
            kind: PeriodKind::Year,
            index: None,
        }]);
        assert!(quarters(&[1]).and(&quarters(&[2])).is_never());
        assert!(quarters(&[1]).and(&year).is_never());
        assert!(!quarters(&[1]).or(&quarters(&[2])).is_never());
    }
}
