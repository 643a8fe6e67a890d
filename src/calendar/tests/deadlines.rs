use super::d;
use super::windows::days;
use super::working_days::viet_nam;
use crate::calendar::{
    Clock, Due, DueMoment, DueProblem, DueRule, Moment, MonthReference, OnHoliday, Point,
    TermAnchor, TermUnit, WindowRule, YearReference, due,
};

fn by(moment: DueMoment) -> DueRule {
    DueRule::By {
        inclusive: true,
        moment,
        on_holiday: OnHoliday::Next,
    }
}

fn before(moment: DueMoment) -> DueRule {
    DueRule::By {
        inclusive: false,
        moment,
        on_holiday: OnHoliday::Next,
    }
}

fn after_cutoff(amount: u32, unit: TermUnit) -> DueMoment {
    DueMoment::After {
        amount,
        unit,
        anchor: TermAnchor::Cutoff,
    }
}

fn day_of_last_month(day: u8) -> DueMoment {
    DueMoment::At {
        point: Point::DayOf {
            day,
            month: MonthReference::Last,
        },
        clock: None,
    }
}

fn due_on(rule: DueRule, window: WindowRule, code: &str) -> String {
    let period = days(code);
    due(&rule, &period, window.window(&period), &viet_nam(), None)
        .unwrap()
        .to_string()
}

#[test]
fn deadlines_fall_on_the_days_of_the_examples() {
    use WindowRule::{Calendar, Decree09};
    let working_days = |amount| by(after_cutoff(amount, TermUnit::WorkingDays));
    for (rule, window, code, expected) in [
        (working_days(5), Decree09, "2026-Q2", "19/06/2026"),
        (by(day_of_last_month(25)), Decree09, "2026-Q2", "25/06/2026"),
        (by(day_of_last_month(25)), Decree09, "2025-Q2", "25/06/2025"),
        (working_days(2), Decree09, "2026-02", "24/02/2026"),
        (working_days(2), Decree09, "2026", "16/12/2026"),
        (working_days(5), Calendar, "2026-05", "05/06/2026"),
        (
            by(after_cutoff(10, TermUnit::Days)),
            Calendar,
            "2026-05",
            "10/06/2026",
        ),
        (by(day_of_last_month(20)), Decree09, "2025-9M", "22/09/2025"),
        (by(day_of_last_month(20)), Decree09, "2026-02", "23/02/2026"),
        (by(day_of_last_month(25)), Decree09, "2026", "25/12/2026"),
    ] {
        assert_eq!(due_on(rule, window, code), expected, "{code} {rule:?}");
    }
}

#[test]
fn before_excludes_the_day_it_names_and_by_includes_it() {
    let fifteenth = DueMoment::At {
        point: Point::DayAndMonth {
            day: 15,
            month: 7,
            year: YearReference::Same,
        },
        clock: None,
    };
    assert_eq!(
        due_on(by(fifteenth), WindowRule::Calendar, "2026-H1"),
        "15/07/2026"
    );
    assert_eq!(
        due_on(before(fifteenth), WindowRule::Calendar, "2026-H1"),
        "14/07/2026"
    );
    let next_year = DueMoment::At {
        point: Point::DayAndMonth {
            day: 31,
            month: 1,
            year: YearReference::Next,
        },
        clock: None,
    };
    // 30/01/2027 is a Saturday.
    assert_eq!(
        due_on(before(next_year), WindowRule::Calendar, "2026"),
        "01/02/2027"
    );
    let terms = [
        (TermUnit::WorkingDays, "15/06/2026", "16/06/2026"),
        (TermUnit::Days, "15/06/2026", "16/06/2026"),
    ];
    for (unit, exclusive, inclusive) in terms {
        assert_eq!(
            due_on(
                before(after_cutoff(2, unit)),
                WindowRule::Decree09,
                "2026-Q2"
            ),
            exclusive
        );
        assert_eq!(
            due_on(by(after_cutoff(2, unit)), WindowRule::Decree09, "2026-Q2"),
            inclusive
        );
    }
}

#[test]
fn a_rest_day_moves_a_deadline_as_the_regime_says() {
    // 20/06/2026 is a Saturday.
    for (on_holiday, expected) in [
        (OnHoliday::Next, "22/06/2026"),
        (OnHoliday::Previous, "19/06/2026"),
        (OnHoliday::Unchanged, "20/06/2026"),
    ] {
        let rule = DueRule::By {
            inclusive: true,
            moment: day_of_last_month(20),
            on_holiday,
        };
        assert_eq!(due_on(rule, WindowRule::Decree09, "2026-Q2"), expected);
    }
}

#[test]
fn times_of_day_are_kept_to_the_minute() {
    let five = Clock::new(17, 0).unwrap();
    let on_cutoff = DueMoment::Clock {
        clock: five,
        point: None,
    };
    assert_eq!(
        due_on(by(on_cutoff), WindowRule::Calendar, "2026-06"),
        "30/06/2026 17:00"
    );
    assert_eq!(
        due_on(before(on_cutoff), WindowRule::Calendar, "2026-06"),
        "30/06/2026 16:59"
    );
    let at = DueMoment::At {
        point: Point::LastDayOf {
            month: MonthReference::After,
        },
        clock: Some(five),
    };
    assert_eq!(
        due_on(by(at), WindowRule::Calendar, "2026-06"),
        "31/07/2026 17:00"
    );
    let hours = after_cutoff(36, TermUnit::Hours);
    assert_eq!(
        due_on(by(hours), WindowRule::Calendar, "2026-06"),
        "02/07/2026 12:00"
    );
}

#[test]
fn a_local_deadline_is_the_one_the_province_set() {
    let period = days("2026-Q2");
    let window = WindowRule::Decree09.window(&period);
    assert_eq!(
        due(&DueRule::Local, &period, window, &viet_nam(), None),
        Err(DueProblem::LocalNotSet)
    );
    let set = Due {
        date: d("17/06/2026"),
        clock: None,
    };
    assert_eq!(
        due(&DueRule::Local, &period, window, &viet_nam(), Some(set)),
        Ok(set)
    );
    let fixed = by(day_of_last_month(25));
    let not_asked = due(&fixed, &period, window, &viet_nam(), Some(set)).unwrap();
    assert_eq!(
        not_asked.date,
        d("25/06/2026"),
        "a local date does not override the regime"
    );
    let event = by(DueMoment::After {
        amount: 24,
        unit: TermUnit::Hours,
        anchor: TermAnchor::EventStart,
    });
    assert_eq!(
        due(&event, &period, window, &viet_nam(), None),
        Err(DueProblem::NoEvent)
    );
}

#[test]
fn lateness_is_counted_in_whole_days() {
    let at = |text: &str| Moment::parse(text).unwrap();
    let midnight = Due {
        date: d("19/06/2026"),
        clock: None,
    };
    for (sent, late, days) in [
        ("18/06/2026 08:00", false, 0),
        ("19/06/2026 23:59", false, 0),
        ("20/06/2026 00:00", true, 1),
        ("22/06/2026 07:00", true, 3),
    ] {
        assert_eq!(
            (midnight.is_late(at(sent)), midnight.days_late(at(sent))),
            (late, days),
            "{sent}"
        );
    }
    let five = Due {
        date: d("19/06/2026"),
        clock: Clock::new(17, 0),
    };
    assert!(
        !five.is_late(at("19/06/2026 17:00"))
            && !five.is_late(at("19/06/2026 17:00").plus_seconds(59))
    );
    assert!(five.is_late(at("19/06/2026 17:01")));
    assert_eq!(five.days_late(at("19/06/2026 17:01")), 0);
}

#[test]
fn rules_are_stored_and_read_back() {
    for rule in [
        DueRule::Local,
        by(day_of_last_month(25)),
        before(after_cutoff(2, TermUnit::WorkingDays)),
        by(DueMoment::Clock {
            clock: Clock::new(17, 0).unwrap(),
            point: Some(Point::Fixed(d("01/07/2026"))),
        }),
    ] {
        let stored = serde_json::to_string(&rule).unwrap();
        assert_eq!(
            serde_json::from_str::<DueRule>(&stored).unwrap(),
            rule,
            "{stored}"
        );
    }
}
