//! Decisions about what is owed: the last word that concerns a unit holds.

use super::{COMMUNE, OFFICE, at, cells, date, facts, key, officer, refused, save};
use crate::calendar::{Clock, Due};
use crate::organisation::UnitId;
use crate::reports::event::Stamp;
use crate::reports::refusal::Refusal;
use crate::reports::report::Report;
use crate::reports::ruling::{Ruled, Ruling, RulingKind, later};
use proptest::prelude::*;

const OTHER: &str = "C17330.2025";

fn ruling(unit: Option<&str>, kind: RulingKind) -> Ruling {
    Ruling {
        regime: key().regime,
        period: key().period,
        unit: unit.map(UnitId::from),
        kind,
        reason: "bão số 12".to_string(),
        stamp: Stamp {
            user: "banhanh".to_string(),
            name: "Trần Thị Bình".to_string(),
            unit: UnitId::from(OFFICE),
            on_behalf_of: None,
            at: at(15),
        },
    }
}

fn due(day: i8, clock: Option<(u8, u8)>) -> Due {
    Due {
        date: date(2026, 6, day),
        clock: clock.map(|(hour, minute)| Clock::new(hour, minute).expect("a time")),
    }
}

fn holds(rulings: &[Ruling], unit: &str) -> Ruled {
    Ruled::of(rulings, &key().regime, &key().period, &UnitId::from(unit))
}

#[test]
fn what_is_said_of_all_holds_for_each_until_something_else_is_said_of_it() {
    let rulings = [
        ruling(None, RulingKind::Locked),
        ruling(Some(COMMUNE), RulingKind::Unlocked),
    ];
    assert!(holds(&rulings, COMMUNE).locked.is_none());
    assert!(holds(&rulings, OTHER).locked.is_some());
    let mut again = rulings.to_vec();
    again.push(ruling(None, RulingKind::Locked));
    assert!(holds(&again, COMMUNE).locked.is_some());
    let of_other_period = Ruled::of(
        &rulings,
        &key().regime,
        &"2026-Q3".parse().expect("a period"),
        &UnitId::from(OTHER),
    );
    assert_eq!(of_other_period, Ruled::default());
}

#[test]
fn an_extension_never_shortens_a_deadline_and_a_day_lasts_longer_than_its_hours() {
    let regular = Some(due(16, None));
    let extended = |until| holds(&[ruling(None, RulingKind::Extended(until))], COMMUNE);
    assert_eq!(extended(due(20, None)).due(regular), Some(due(20, None)));
    assert_eq!(extended(due(10, None)).due(regular), regular);
    assert_eq!(extended(due(16, Some((17, 0)))).due(regular), regular);
    let until = extended(due(20, Some((17, 0))));
    assert_eq!(until.due(None), Some(due(20, Some((17, 0)))));
    assert_eq!(Ruled::default().due(regular), regular);
    assert_eq!(
        later(Some(due(16, Some((9, 0)))), due(16, Some((8, 0)))).clock,
        due(16, Some((9, 0))).clock
    );
}

#[test]
fn nothing_about_a_locked_report_changes() {
    let report = Report::new(key());
    let mut locked = facts(0);
    locked.locked = Some(ruling(None, RulingKind::Locked));
    let change = save(0, cells(&[("dat_dai", "4", "1")]));
    assert_eq!(
        refused(&report, change, &locked, &officer()),
        Refusal::Locked {
            at: at(15),
            reason: "bão số 12".to_string()
        }
    );
}

fn kind() -> impl Strategy<Value = RulingKind> {
    prop::sample::select(vec![
        RulingKind::Exempted,
        RulingKind::ExemptionEnded,
        RulingKind::Extended(due(20, None)),
        RulingKind::ExtensionEnded,
        RulingKind::Locked,
        RulingKind::Unlocked,
    ])
}

proptest! {
    #[test]
    fn what_holds_is_what_the_last_word_of_each_sort_says(
        said in prop::collection::vec((prop::sample::select(vec![None, Some(COMMUNE), Some(OTHER)]), kind()), 0..12)
    ) {
        let rulings: Vec<Ruling> = said.iter().map(|(unit, kind)| ruling(*unit, *kind)).collect();
        for unit in [COMMUNE, OTHER] {
            let holds = holds(&rulings, unit);
            // Slow and obvious: the last of the two words of a sort, among those that concern the unit.
            let last = |yes: &dyn Fn(&RulingKind) -> bool, no: RulingKind| {
                let mut concerning = said.iter().filter(|(of, _)| of.is_none_or(|of| of == unit));
                let word = concerning.rfind(|(_, kind)| yes(kind) || *kind == no);
                word.is_some_and(|(_, kind)| yes(kind))
            };
            prop_assert_eq!(holds.exempted.is_some(), last(&|kind| *kind == RulingKind::Exempted, RulingKind::ExemptionEnded));
            prop_assert_eq!(holds.extended.is_some(), last(&|kind| matches!(kind, RulingKind::Extended(_)), RulingKind::ExtensionEnded));
            prop_assert_eq!(holds.locked.is_some(), last(&|kind| *kind == RulingKind::Locked, RulingKind::Unlocked));
        }
    }
}
