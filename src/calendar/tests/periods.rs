use proptest::prelude::*;

use super::d;
use crate::calendar::dates::{DateProblem, iso_date, parse_date, parse_iso_date, show_date};
use crate::calendar::{
    Clock, EventDates, KindDays, LONGEST_NAME, Moment, Period, PeriodChoice, PeriodDays,
    PeriodKind, PeriodName, PeriodProblem, Point, WeekStart, WindowRule, YearReference, YearStart,
};

fn p(code: &str) -> Period {
    code.parse().unwrap()
}

#[test]
fn codes_of_periods_are_read_and_named() {
    let rows: Vec<String> = [
        "2026-03-05",
        "2026-W07",
        "2026-W07-thu",
        "2026-05-T1",
        "2026-02-T3",
        "2026-05",
        "2026-Q2",
        "2026-H1",
        "2026-H2",
        "2026-9M",
        "2026",
        "dau_nam_hoc:2025-2026",
        "cả_vụ:2025",
        "kiem_ke",
        "daily:dot:2025-09-27",
        "daily:dot.3:2025-09-27",
        "end:dot",
        "end:dot.3",
        "request:2026-03-05",
        "request:2026-03-05.2",
    ]
    .into_iter()
    .map(|code| {
        let period = p(code);
        assert_eq!(period.to_string(), code);
        let days = PeriodDays::of(&period).map_or("-".to_owned(), |days| days.days.to_string());
        let (vi, en) = (period.name_vi(), period.name_en());
        format!("{code} | {vi} | {en} | {days}")
    })
    .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    2026-03-05 | Ngày 05/03/2026 | Day 05/03/2026 | 05/03/2026 – 05/03/2026
    2026-W07 | Tuần 7/2026 | Week 7/2026 | 09/02/2026 – 15/02/2026
    2026-W07-thu | Tuần 7/2026 (từ thứ năm) | Week 7/2026 (from thursday) | 12/02/2026 – 18/02/2026
    2026-05-T1 | 10 ngày đầu tháng 5/2026 | Ten days 1 of month 5/2026 | 01/05/2026 – 10/05/2026
    2026-02-T3 | 10 ngày cuối tháng 2/2026 | Ten days 3 of month 2/2026 | 21/02/2026 – 28/02/2026
    2026-05 | Tháng 5/2026 | Month 5/2026 | 01/05/2026 – 31/05/2026
    2026-Q2 | Quý 2/2026 | Quarter 2/2026 | 01/04/2026 – 30/06/2026
    2026-H1 | 6 tháng đầu năm 2026 | First half of 2026 | 01/01/2026 – 30/06/2026
    2026-H2 | 6 tháng cuối năm 2026 | Second half of 2026 | 01/07/2026 – 31/12/2026
    2026-9M | 9 tháng năm 2026 | Nine months of 2026 | 01/01/2026 – 30/09/2026
    2026 | Năm 2026 | Year 2026 | 01/01/2026 – 31/12/2026
    dau_nam_hoc:2025-2026 | dau_nam_hoc 2025-2026 | dau_nam_hoc 2025-2026 | -
    cả_vụ:2025 | cả_vụ 2025 | cả_vụ 2025 | -
    kiem_ke | kiem_ke | kiem_ke | -
    daily:dot:2025-09-27 | Ngày 27/09/2025 của dot | Day 27/09/2025 of dot | 27/09/2025 – 27/09/2025
    daily:dot.3:2025-09-27 | Ngày 27/09/2025 của dot 3 | Day 27/09/2025 of dot 3 | 27/09/2025 – 27/09/2025
    end:dot | Kết thúc dot | End of dot | -
    end:dot.3 | Kết thúc dot 3 | End of dot 3 | -
    request:2026-03-05 | Theo yêu cầu ngày 05/03/2026 | On request of 05/03/2026 | 05/03/2026 – 05/03/2026
    request:2026-03-05.2 | Theo yêu cầu ngày 05/03/2026 2 | On request of 05/03/2026 2 | 05/03/2026 – 05/03/2026
    ");
}

#[test]
fn wrong_codes_are_told_apart() {
    use PeriodProblem::{Malformed, OutOfRange};
    for (code, problem) in [
        ("2026-13", OutOfRange),
        ("2026-00", OutOfRange),
        ("2026-Q5", OutOfRange),
        ("2026-Q0", OutOfRange),
        ("2026-H3", OutOfRange),
        ("2026-W54", OutOfRange),
        ("2025-W53", OutOfRange),
        ("2026-05-T4", OutOfRange),
        ("2026-13-T1", OutOfRange),
        ("2026-02-29", OutOfRange),
        ("dau_nam_hoc:2025-2027", OutOfRange),
        ("dau_nam_hoc:1025", OutOfRange),
        ("daily:bao:2025-02-30", OutOfRange),
        ("1026-Q1", OutOfRange),
        ("9999", OutOfRange),
        ("", Malformed),
        ("2026-", Malformed),
        ("2026-5", Malformed),
        ("2026-q2", Malformed),
        ("26-Q2", Malformed),
        ("2026-Q22", Malformed),
        ("2026-05-1", Malformed),
        ("2026-W07-xyz", Malformed),
        ("Q2/2026", Malformed),
        ("quý 2", Malformed),
        ("end:", Malformed),
        ("end:dot.0", Malformed),
        ("daily:dot.01:2025-09-27", Malformed),
        ("request:05/03/2026", Malformed),
        (":2026", Malformed),
        ("daily:bao", Malformed),
        ("daily:bao:27/09/2025", Malformed),
        ("+026-Q1", Malformed),
    ] {
        assert_eq!(code.parse::<Period>(), Err(problem), "{code}");
    }
}

#[test]
fn the_previous_period_is_of_the_same_kind_and_halves_alternate() {
    for (code, before) in [
        ("2026-01", "2025-12"),
        ("2026-Q1", "2025-Q4"),
        ("2026-Q3", "2026-Q2"),
        ("2026-H1", "2025-H2"),
        ("2026-H2", "2026-H1"),
        ("2026-9M", "2025-9M"),
        ("2026", "2025"),
    ] {
        assert_eq!(p(code).previous(), Some(p(before)), "{code}");
        assert_eq!(p(before).next(), Some(p(code)), "{code}");
    }
    assert_eq!(p("1900-Q1").previous(), None);
    assert_eq!(p("2199").next(), None);
    assert_eq!(p("2026-Q3").year_ago(), Some(p("2025-Q3")));
}

#[test]
fn a_choice_means_one_quarter_or_all() {
    let first = PeriodChoice {
        kind: PeriodKind::Quarter,
        index: Some(1),
    };
    assert!(
        first.accepts(&p("2026-Q1"))
            && !first.accepts(&p("2026-Q2"))
            && !first.accepts(&p("2026-01"))
    );
    let all = PeriodChoice {
        kind: PeriodKind::Quarter,
        index: None,
    };
    assert!(
        Period::all_in_year(PeriodKind::Quarter, 2026)
            .iter()
            .all(|period| all.accepts(period))
    );
}

#[test]
fn periods_and_moments_are_stored_as_text() {
    assert_eq!(serde_json::to_string(&p("2026-9M")).unwrap(), "\"2026-9M\"");
    assert_eq!(
        serde_json::from_str::<Period>("\"2026-Q2\"").unwrap(),
        p("2026-Q2")
    );
    assert!(serde_json::from_str::<Period>("\"2026-Q9\"").is_err());
    let moment = Moment::parse("15/12/2026 09:00").unwrap();
    assert_eq!(
        serde_json::to_string(&moment).unwrap(),
        "\"2026-12-15T09:00:00+07:00\""
    );
    assert_eq!(
        serde_json::from_str::<Moment>("\"2026-12-15T02:00:00Z\"").unwrap(),
        moment
    );
    assert!(serde_json::from_str::<Moment>("\"15/12/2026\"").is_err());
    assert_eq!(
        serde_json::to_string(&d("14/06/2026")).unwrap(),
        "\"2026-06-14\""
    );
}

#[test]
fn dates_are_read_strictly_and_shown_as_people_write_them() {
    assert_eq!(show_date(d("01/02/2026")), "01/02/2026");
    assert_eq!(parse_date("31/02/2026"), Err(DateProblem::NoSuchDay));
    assert_eq!(parse_date("00/01/2026"), Err(DateProblem::NoSuchDay));
    for text in [
        "1/2/2026",
        "2026-02-01",
        "01/02/26",
        "01/02/2026 ",
        "",
        "//",
        "01/02/2026/",
    ] {
        assert_eq!(parse_date(text), Err(DateProblem::Malformed), "{text}");
    }
    assert_eq!(parse_iso_date("2026-06-14"), Ok(d("14/06/2026")));
    assert_eq!(iso_date(d("14/06/2026")), "2026-06-14");
    assert_eq!(parse_iso_date("2026-6-14"), Err(DateProblem::Malformed));
}

#[test]
fn a_moment_is_local_time_without_a_look_at_any_zone_table() {
    let moment = Moment::parse("01/01/1970 07:00").unwrap();
    assert_eq!(moment.to_unix_seconds(), 0);
    assert_eq!(Moment::from_unix_seconds(0), Some(moment));
    assert_eq!(
        Moment::parse_iso("2026-12-15T09:00:30"),
        Some(Moment::parse("15/12/2026 09:00").unwrap().plus_seconds(30))
    );
    assert_eq!(
        Moment::parse_iso("2026-12-15T09:00"),
        Moment::parse("15/12/2026 09:00")
    );
    assert_eq!(moment.plus_hours(17).to_string(), "02/01/1970 00:00");
    for text in [
        "15/12/2026 24:00",
        "15/12/2026 9:00",
        "15/12/2026",
        "32/12/2026 09:00",
        "15/12/2026 09:60",
    ] {
        assert_eq!(Moment::parse(text), None, "{text}");
    }
    for text in [
        "2026-12-15",
        "2026-12-15T09",
        "2026-12-15T09:00:61",
        "2026-13-15T09:00",
    ] {
        assert_eq!(Moment::parse_iso(text), None, "{text}");
    }
    assert_eq!(
        Clock::parse("17:05").map(|clock| clock.minutes()),
        Some(1025)
    );
}

fn any_period() -> impl Strategy<Value = Period> {
    (0_usize..9, 0_usize..7, 1901_i16..2199, 0_usize..366).prop_map(|(kind, first, year, index)| {
        let kind = match PeriodKind::STANDARD[kind] {
            PeriodKind::Week(_) => PeriodKind::Week(WeekStart::ALL[first]),
            other => other,
        };
        let all = Period::all_in_year(kind, year);
        all[index % all.len()]
    })
}

/// The slow reference: walk from a day that is known, week after week.
#[test]
fn weeks_belong_to_the_year_of_their_fourth_day_whatever_day_they_start_on() {
    for first in WeekStart::ALL {
        // 01/01/1900 was a Monday.
        let mut day = crate::calendar::dates::days_after(d("01/01/1900"), first.after_monday());
        let mut number = (1900, 0_u16);
        for _ in 0..15_600 {
            let year = crate::calendar::dates::days_after(day, 3).year();
            number = if year == number.0 {
                (year, number.1 + 1)
            } else {
                (year, 1)
            };
            let end = crate::calendar::dates::days_after(day, 6);
            if (1901..2199).contains(&year) {
                let week = Period::new(PeriodKind::Week(first), year, number.1).unwrap();
                let days = PeriodDays::of(&week).unwrap().days;
                assert_eq!((days.from, days.to), (day, end), "{week}");
            }
            day = crate::calendar::dates::days_after(day, 7);
        }
    }
}

#[test]
fn weeks_that_start_on_monday_are_those_of_iso_8601() {
    for text in [
        "01/01/2021",
        "04/01/2021",
        "31/12/2024",
        "29/12/2025",
        "01/01/2027",
        "31/12/2026",
    ] {
        let iso = d(text).iso_week_date();
        let code = format!("{:04}-W{:02}", iso.year(), iso.week());
        assert!(
            PeriodDays::of(&p(&code)).unwrap().days.contains(d(text)),
            "{text} {code}"
        );
    }
}

#[test]
fn a_day_of_an_event_has_a_day_before_and_other_things_that_do_not_recur_have_none() {
    for (code, before, year_ago) in [
        ("daily:dot:2025-09-01", "daily:dot:2025-08-31", "-"),
        ("daily:dot.2:2026-01-01", "daily:dot.2:2025-12-31", "-"),
        ("end:dot", "-", "-"),
        ("kiem_ke", "-", "-"),
        ("request:2026-03-05", "-", "-"),
        (
            "dau_nam_hoc:2025-2026",
            "dau_nam_hoc:2024-2025",
            "dau_nam_hoc:2024-2025",
        ),
        ("ca_vu:2025", "ca_vu:2024", "ca_vu:2024"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-W01", "2025-W52", "2025-W01"),
        ("2021-W01", "2020-W53", "2020-W01"),
        ("2020-W53", "2020-W52", "-"),
        ("2026-01-T1", "2025-12-T3", "2025-01-T1"),
    ] {
        let shown =
            |period: Option<Period>| period.map_or("-".to_owned(), |found| found.to_string());
        assert_eq!(shown(p(code).previous()), before, "{code}");
        assert_eq!(shown(p(code).year_ago()), year_ago, "{code}");
    }
}

#[test]
fn a_declared_kind_has_one_period_in_each_of_its_own_years() {
    let on = |day, month| Point::DayAndMonth {
        day,
        month,
        year: YearReference::Same,
    };
    let school = KindDays::Declared {
        from: on(30, 9),
        to: on(30, 9),
        year_starts: YearStart { day: 1, month: 9 },
    };
    let days = school.days(&p("dau_nam_hoc:2025-2026"), None).unwrap();
    assert_eq!(days.days.to_string(), "30/09/2025 – 30/09/2025");
    let of = |rule: WindowRule| rule.window(&days).to_string();
    assert_eq!(of(WindowRule::At(on(10, 10))), "10/10/2025 – 10/10/2025");
    assert_eq!(of(WindowRule::At(on(31, 5))), "31/05/2026 – 31/05/2026");
    let kind = PeriodKind::Named(PeriodName::new("dau_nam_hoc").unwrap());
    let choice = PeriodChoice { kind, index: None };
    assert_eq!(
        school.periods(choice, 2025),
        vec![p("dau_nam_hoc:2025-2026")]
    );
    let eleven_months = KindDays::Declared {
        from: on(1, 1),
        to: on(31, 11),
        year_starts: YearStart::JANUARY,
    };
    let days = eleven_months.days(&p("muoi_mot:2026"), None).unwrap();
    assert_eq!(
        WindowRule::Decree09.window(&days).to_string(),
        "15/12/2025 – 14/11/2026"
    );
    assert_eq!(
        WindowRule::Calendar.window(&days).to_string(),
        "01/01/2026 – 30/11/2026"
    );
    assert_eq!(school.days(&p("2026-Q1"), None), None);
}

#[test]
fn the_days_of_an_event_reach_back_to_its_beginning() {
    let event = EventDates {
        start: Moment::parse("26/09/2025 13:00").unwrap(),
        end: None,
    };
    let daily = KindDays::Own
        .days(&p("daily:dot:2025-09-28"), Some(event))
        .unwrap();
    assert_eq!(
        WindowRule::WholeEvent.window(&daily).to_string(),
        "26/09/2025 – 28/09/2025"
    );
    assert_eq!(
        WindowRule::Calendar.window(&daily).to_string(),
        "28/09/2025 – 28/09/2025"
    );
    assert_eq!(KindDays::Own.days(&p("end:dot"), Some(event)), None);
    let over = EventDates {
        end: Moment::parse("03/10/2025 08:00"),
        ..event
    };
    let end = KindDays::Own.days(&p("end:dot"), Some(over)).unwrap();
    assert_eq!(
        WindowRule::WholeEvent.window(&end).to_string(),
        "26/09/2025 – 03/10/2025"
    );
}

#[test]
fn a_name_is_as_long_as_fits_into_a_period() {
    let longest = "a".repeat(LONGEST_NAME);
    assert_eq!(
        PeriodName::new(&longest).map(|name| name.as_str().to_owned()),
        Some(longest.clone())
    );
    for text in [
        format!("{longest}a"),
        String::new(),
        "1a".into(),
        "a b".into(),
        "a:b".into(),
        "a.b".into(),
    ] {
        assert_eq!(PeriodName::new(&text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn every_period_comes_back_from_its_code_and_from_its_neighbours(period in any_period()) {
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        prop_assert_eq!(period.previous().and_then(|before| before.next()), Some(period));
    }

    #[test]
    fn every_second_comes_back_from_its_text(seconds in -2_000_000_000_i64..6_000_000_000) {
        let moment = Moment::from_unix_seconds(seconds).unwrap();
        prop_assert_eq!(moment.to_unix_seconds(), seconds);
        prop_assert_eq!(Moment::parse_iso(&moment.to_iso()), Some(moment));
    }

    #[test]
    fn no_text_is_read_as_a_period_that_writes_another_code(text in "[0-9QHWMT:._a-z-]{0,12}") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string(), text);
        }
    }
}
