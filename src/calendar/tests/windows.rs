use proptest::prelude::*;

use super::d;
use crate::calendar::dates::{days_after, days_between};
use crate::calendar::{
    DateRange, Hole, MonthReference, Period, PeriodDays, PeriodKind, Point, WindowRule,
    YearReference, exact_cover,
};

fn window(rule: WindowRule, code: &str) -> String {
    rule.window(&days(code)).to_string()
}

/// The days of a period that says them itself.
pub(super) fn days(code: &str) -> PeriodDays {
    PeriodDays::of(&code.parse().unwrap()).unwrap()
}

fn range(from: &str, to: &str) -> DateRange {
    DateRange {
        from: d(from),
        to: d(to),
    }
}

#[test]
fn the_windows_of_decree_09_are_those_of_its_article_12() {
    let rows: Vec<String> = [
        "2026-01", "2026-02", "2026-03", "2026-12", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4",
        "2026-H1", "2026-H2", "2026-9M", "2026",
    ]
    .into_iter()
    .map(|code| format!("{code}: {}", window(WindowRule::Decree09, code)))
    .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    2026-01: 15/12/2025 – 14/01/2026
    2026-02: 15/01/2026 – 14/02/2026
    2026-03: 15/02/2026 – 14/03/2026
    2026-12: 15/11/2026 – 14/12/2026
    2026-Q1: 15/12/2025 – 14/03/2026
    2026-Q2: 15/03/2026 – 14/06/2026
    2026-Q3: 15/06/2026 – 14/09/2026
    2026-Q4: 15/09/2026 – 14/12/2026
    2026-H1: 15/12/2025 – 14/06/2026
    2026-H2: 15/06/2026 – 14/12/2026
    2026-9M: 15/12/2025 – 14/09/2026
    2026: 15/12/2025 – 14/12/2026
    ");
}

#[test]
fn other_windows_follow_the_points_of_the_regime() {
    let day = |day, month| Point::DayOf { day, month };
    let traffic = WindowRule::FromTo(
        day(16, MonthReference::Before),
        day(15, MonthReference::Last),
    );
    assert_eq!(window(traffic, "2015-05"), "16/04/2015 – 15/05/2015");
    assert_eq!(window(traffic, "2015-01"), "16/12/2014 – 15/01/2015");
    let thirteen_months = WindowRule::FromTo(
        Point::DayAndMonth {
            day: 1,
            month: 1,
            year: YearReference::Same,
        },
        Point::DayAndMonth {
            day: 31,
            month: 1,
            year: YearReference::Next,
        },
    );
    assert_eq!(window(thirteen_months, "2025"), "01/01/2025 – 31/01/2026");
    let moment = WindowRule::At(Point::DayAndMonth {
        day: 30,
        month: 9,
        year: YearReference::Last,
    });
    assert_eq!(window(moment, "2025"), "30/09/2024 – 30/09/2024");
    assert!(moment.is_moment() && !traffic.is_moment());
    assert_eq!(
        window(WindowRule::Calendar, "2028-02"),
        "01/02/2028 – 29/02/2028"
    );
    let to_the_end = WindowRule::FromTo(
        day(31, MonthReference::First),
        Point::LastDayOf {
            month: MonthReference::After,
        },
    );
    assert_eq!(window(to_the_end, "2026-Q2"), "30/04/2026 – 31/07/2026");
    assert_eq!(
        window(WindowRule::At(Point::Fixed(d("05/05/2026"))), "2020"),
        "05/05/2026 – 05/05/2026"
    );
    let leap_day = Point::DayAndMonth {
        day: 29,
        month: 2,
        year: YearReference::Same,
    };
    assert_eq!(
        window(WindowRule::At(leap_day), "2026"),
        "28/02/2026 – 28/02/2026"
    );
    let reversed = WindowRule::FromTo(
        day(20, MonthReference::Last),
        day(19, MonthReference::First),
    );
    assert!(reversed.window(&days("2026-05")).is_reversed());
}

#[test]
fn a_range_knows_its_days() {
    let june = range("01/06/2026", "30/06/2026");
    assert_eq!(june.days(), 30);
    assert_eq!(june.day_before(), d("31/05/2026"));
    assert!(june.contains(d("30/06/2026")) && !june.contains(d("01/07/2026")));
    assert!(
        june.overlaps(&range("30/06/2026", "01/07/2026"))
            && !june.overlaps(&range("01/07/2026", "02/07/2026"))
    );
    assert_eq!(range("02/01/2026", "01/01/2026").days(), 0);
}

fn decree(codes: &[&str]) -> Vec<DateRange> {
    codes
        .iter()
        .map(|code| WindowRule::Decree09.window(&days(code)))
        .collect()
}

#[test]
fn quarters_cover_halves_nine_months_and_the_year() {
    let quarters = decree(&["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
    let target = |code: &str| WindowRule::Decree09.window(&days(code));
    assert_eq!(exact_cover(target("2026"), &quarters), Ok(vec![0, 1, 2, 3]));
    assert_eq!(exact_cover(target("2026-H1"), &quarters), Ok(vec![0, 1]));
    assert_eq!(exact_cover(target("2026-9M"), &quarters), Ok(vec![0, 1, 2]));
    assert_eq!(exact_cover(target("2026-H2"), &quarters), Ok(vec![2, 3]));
}

#[test]
fn the_longest_windows_are_chosen_and_a_hole_is_named() {
    let parts = decree(&["2026-Q1", "2026-H1", "2026-Q3"]);
    let nine_months = WindowRule::Decree09.window(&days("2026-9M"));
    assert_eq!(exact_cover(nine_months, &parts), Ok(vec![1, 2]));
    let without_half = decree(&["2026-Q1", "2026-Q3"]);
    assert_eq!(
        exact_cover(nine_months, &without_half),
        Err(Hole(range("15/03/2026", "14/06/2026")))
    );
    assert_eq!(exact_cover(nine_months, &[]), Err(Hole(nine_months)));
    let calendar_quarters: Vec<DateRange> = Period::all_in_year(PeriodKind::Quarter, 2026)
        .iter()
        .map(|period| PeriodDays::of(period).unwrap().days)
        .collect();
    assert_eq!(
        exact_cover(nine_months, &calendar_quarters),
        Err(Hole(range("15/12/2025", "31/12/2025")))
    );
}

proptest! {
    /// The slow reference: a cover is right when every day of the target lies in exactly one of its windows.
    #[test]
    fn a_cover_counts_every_day_once_and_is_found_where_one_exists(
        cuts in prop::collection::btree_set(1_i32..60, 0..6),
        noise in prop::collection::vec((0_i32..60, 0_i32..30), 0..6),
        keep_cut in any::<bool>(),
    ) {
        let start = d("15/12/2025");
        let at = |from: i32, to: i32| DateRange { from: days_after(start, from), to: days_after(start, to) };
        let mut parts: Vec<DateRange> = noise.iter().map(|(from, length)| at(*from, from + length)).collect();
        let mut from = 0;
        for cut in cuts.iter().copied().chain([60]) {
            if keep_cut || from != 0 {
                parts.push(at(from, cut - 1));
            }
            from = cut;
        }
        let target = at(0, 59);
        match exact_cover(target, &parts) {
            Ok(cover) => {
                for day in 0..60 {
                    let date = days_after(start, day);
                    prop_assert_eq!(cover.iter().filter(|place| parts[**place].contains(date)).count(), 1);
                }
                let days: i32 = cover.iter().map(|place| parts[*place].days()).sum();
                prop_assert_eq!(days, 60);
            }
            Err(Hole(hole)) => {
                prop_assert!(!keep_cut, "the cuts alone are a cover");
                prop_assert!(days_between(hole.from, hole.to) >= 0 && target.contains(hole.from) && target.contains(hole.to));
            }
        }
    }
}
