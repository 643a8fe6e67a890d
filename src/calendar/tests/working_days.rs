use proptest::prelude::*;

use super::d;
use crate::calendar::dates::{days_after, is_weekend, parse_iso_date};
use crate::calendar::{Date, Decision, HolidayDay, HolidayRule, WorkingCalendar};

fn rule(name: &str, day: Option<HolidayDay>, decided_days: u8) -> HolidayRule {
    HolidayRule {
        name: name.to_owned(),
        day,
        decided_days,
        from: None,
        until: None,
    }
}

fn civil(day: u8, month: u8) -> Option<HolidayDay> {
    Some(HolidayDay::Civil { day, month })
}

/// The holidays of the Labour Code 2019, Art. 112.
pub(super) fn labour_code() -> Vec<HolidayRule> {
    vec![
        rule("Tết Dương lịch", civil(1, 1), 0),
        rule("Tết Nguyên đán", None, 5),
        rule(
            "Giỗ Tổ Hùng Vương",
            Some(HolidayDay::Lunar { day: 10, month: 3 }),
            0,
        ),
        rule("Ngày Chiến thắng", civil(30, 4), 0),
        rule("Quốc tế lao động", civil(1, 5), 0),
        rule("Quốc khánh", civil(2, 9), 1),
    ]
}

/// Lines of `date,day,basis` without their header; the calendar does not know tables.
fn decisions(lines: &str) -> Vec<Decision> {
    let of_line = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        Decision {
            date: parse_iso_date(fields[0]).unwrap(),
            off: fields[1] == "off",
            basis: fields[2].to_owned(),
        }
    };
    lines.lines().map(of_line).collect()
}

pub(super) fn viet_nam() -> WorkingCalendar {
    let table = include_str!("../../../regimes/data/lich_nghi.csv");
    let (header, lines) = table.split_once('\n').unwrap();
    assert_eq!(header, "date,day,basis");
    WorkingCalendar::new(labour_code(), decisions(lines))
}

fn rest_days(calendar: &WorkingCalendar, from: &str, to: &str) -> Vec<String> {
    let mut days = Vec::new();
    let mut day = d(from);
    while day <= d(to) {
        if calendar.is_working_day(day) == is_weekend(day) {
            let what = if is_weekend(day) { "work" } else { "off" };
            days.push(format!(
                "{} {:?} {what}",
                crate::calendar::dates::show_date(day),
                day.weekday()
            ));
        }
        day = days_after(day, 1);
    }
    days
}

#[test]
fn the_rest_days_of_2025_and_2026_are_those_announced() {
    let calendar = viet_nam();
    insta::assert_snapshot!(rest_days(&calendar, "01/01/2025", "31/12/2026").join("\n"), @r"
    01/01/2025 Wednesday off
    27/01/2025 Monday off
    28/01/2025 Tuesday off
    29/01/2025 Wednesday off
    30/01/2025 Thursday off
    31/01/2025 Friday off
    07/04/2025 Monday off
    26/04/2025 Saturday work
    30/04/2025 Wednesday off
    01/05/2025 Thursday off
    02/05/2025 Friday off
    01/09/2025 Monday off
    02/09/2025 Tuesday off
    01/01/2026 Thursday off
    16/02/2026 Monday off
    17/02/2026 Tuesday off
    18/02/2026 Wednesday off
    19/02/2026 Thursday off
    20/02/2026 Friday off
    27/04/2026 Monday off
    30/04/2026 Thursday off
    01/05/2026 Friday off
    22/08/2026 Saturday work
    31/08/2026 Monday off
    01/09/2026 Tuesday off
    02/09/2026 Wednesday off
    ");
}

#[test]
fn two_working_days_after_14_february_2026_end_after_tet() {
    assert_eq!(
        viet_nam().add_working_days(d("14/02/2026"), 2),
        d("24/02/2026")
    );
}

#[test]
fn holidays_on_a_weekend_are_made_up_for_one_after_the_other() {
    // 30/04/2022 was a Saturday and 01/05/2022 a Sunday.
    let calendar = WorkingCalendar::new(labour_code(), Vec::new());
    assert_eq!(
        rest_days(&calendar, "20/04/2022", "10/05/2022"),
        ["02/05/2022 Monday off", "03/05/2022 Tuesday off"]
    );
    // In 2023 the tenth of the third lunar month was 29/04, a Saturday, with 30/04 a Sunday and 01/05 a Monday.
    assert_eq!(
        rest_days(&calendar, "20/04/2023", "10/05/2023"),
        [
            "01/05/2023 Monday off",
            "02/05/2023 Tuesday off",
            "03/05/2023 Wednesday off"
        ]
    );
    // 01/01/2028 is a Saturday: the day off in exchange lies after the turn of the year's first weekend.
    assert_eq!(
        rest_days(&calendar, "25/12/2027", "10/01/2028"),
        ["03/01/2028 Monday off"]
    );
}

#[test]
fn a_decided_day_never_serves_to_make_up_for_another() {
    // 02/09/2029 is a Sunday; a decision takes Monday 03/09, so the Sunday is made up for on Tuesday.
    let monday = Decision {
        date: d("03/09/2029"),
        off: true,
        basis: String::new(),
    };
    let calendar = WorkingCalendar::new(labour_code(), vec![monday]);
    assert_eq!(
        rest_days(&calendar, "25/08/2029", "10/09/2029"),
        ["03/09/2029 Monday off", "04/09/2029 Tuesday off"]
    );
}

#[test]
fn a_year_is_provisional_until_all_its_decided_days_are_known() {
    let calendar = viet_nam();
    assert!(
        !calendar.provisional(2025) && !calendar.provisional(2026) && calendar.provisional(2027)
    );
    let swap_only = decisions("2027-04-24,work,x\n2027-04-29,off,x\n2027-02-05,off,x");
    assert!(WorkingCalendar::new(labour_code(), swap_only).provisional(2027));
    let nothing_decided = vec![rule("Quốc tế lao động", civil(1, 5), 0)];
    assert!(!WorkingCalendar::new(nothing_decided, Vec::new()).provisional(2300));
    let lunar = vec![rule(
        "Giỗ Tổ",
        Some(HolidayDay::Lunar { day: 10, month: 3 }),
        0,
    )];
    let lunar = WorkingCalendar::new(lunar, Vec::new());
    assert!(lunar.provisional(2101) && !lunar.provisional(2100));
    assert!(
        lunar.is_working_day(d("01/04/2160")),
        "a day the lunar table does not reach is no holiday"
    );
}

#[test]
fn a_dated_holiday_holds_only_while_in_force() {
    let mut culture = rule("Ngày Văn hóa Việt Nam", civil(24, 11), 0);
    culture.from = Some(d("01/01/2026"));
    culture.until = Some(d("31/12/2026"));
    let calendar = WorkingCalendar::new(vec![culture], Vec::new());
    assert!(calendar.is_working_day(d("24/11/2025")));
    assert!(!calendar.is_working_day(d("24/11/2026")));
    assert!(calendar.is_working_day(d("24/11/2027")));
}

#[test]
fn working_days_are_counted_without_the_first_and_with_the_last_day() {
    let calendar = viet_nam();
    assert_eq!(
        calendar.working_days_between(d("14/02/2026"), d("24/02/2026")),
        2
    );
    assert_eq!(
        calendar.working_days_between(d("24/02/2026"), d("24/02/2026")),
        0
    );
    assert_eq!(
        calendar.working_days_between(d("25/02/2026"), d("24/02/2026")),
        0
    );
    assert_eq!(
        calendar.previous_working_day(d("22/02/2026")),
        d("13/02/2026")
    );
    assert_eq!(calendar.next_working_day(d("14/02/2026")), d("23/02/2026"));
    assert_eq!(calendar.next_working_day(d("22/08/2026")), d("22/08/2026"));
}

proptest! {
    #[test]
    fn a_term_ends_on_a_working_day_after_exactly_so_many(offset in 0_i32..730, days in 1_u32..30) {
        let calendar = viet_nam();
        let start: Date = days_after(d("01/01/2025"), offset);
        let end = calendar.add_working_days(start, days);
        prop_assert!(calendar.is_working_day(end));
        prop_assert_eq!(calendar.working_days_between(start, end), days);
    }
}
