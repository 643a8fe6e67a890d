use proptest::prelude::*;

use super::d;
use crate::calendar::dates::{DateProblem, iso_date, parse_date, parse_iso_date, show_date};
use crate::calendar::{
    Clock, Moment, Period, PeriodChoice, PeriodKind, PeriodProblem, UnsupportedPeriod,
};

fn p(code: &str) -> Period {
    code.parse().unwrap()
}

#[test]
fn codes_of_periods_are_read_and_named() {
    let rows: Vec<String> = [
        "2026-05", "2026-Q2", "2026-H1", "2026-H2", "2026-9M", "2026",
    ]
    .into_iter()
    .map(|code| {
        let period = p(code);
        assert_eq!(period.to_string(), code);
        format!(
            "{code} | {} | {} | months {:?}",
            period.name_vi(),
            period.name_en(),
            period.months()
        )
    })
    .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    2026-05 | Tháng 5/2026 | Month 5/2026 | months 5..=5
    2026-Q2 | Quý 2/2026 | Quarter 2/2026 | months 4..=6
    2026-H1 | 6 tháng đầu năm 2026 | First half of 2026 | months 1..=6
    2026-H2 | 6 tháng cuối năm 2026 | Second half of 2026 | months 7..=12
    2026-9M | 9 tháng năm 2026 | Nine months of 2026 | months 1..=9
    2026 | Năm 2026 | Year 2026 | months 1..=12
    ");
}

#[test]
fn wrong_codes_are_told_apart() {
    use PeriodProblem::*;
    for (code, problem) in [
        ("2026-W07", Unsupported(UnsupportedPeriod::Week)),
        (
            "dau_nam_hoc:2025-2026",
            Unsupported(UnsupportedPeriod::Named),
        ),
        ("KIND:2025-2026", Unsupported(UnsupportedPeriod::Named)),
        (
            "daily:EVENT:2025-09-27",
            Unsupported(UnsupportedPeriod::DailyOfEvent),
        ),
        ("end:EVENT", Unsupported(UnsupportedPeriod::EndOfEvent)),
        ("2026-13", OutOfRange),
        ("2026-00", OutOfRange),
        ("2026-Q5", OutOfRange),
        ("2026-Q0", OutOfRange),
        ("2026-H3", OutOfRange),
        ("2026-W54", OutOfRange),
        ("daily:bao:2025-02-30", OutOfRange),
        ("1026-Q1", OutOfRange),
        ("9999", OutOfRange),
        ("", Malformed),
        ("2026-", Malformed),
        ("2026-5", Malformed),
        ("2026-q2", Malformed),
        ("26-Q2", Malformed),
        ("2026-Q22", Malformed),
        ("2026-05-01", Malformed),
        ("Q2/2026", Malformed),
        ("end:", Malformed),
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
    (0_usize..6, 1901_i16..2199, 1_u8..=12).prop_map(|(kind, year, index)| {
        let kind = PeriodKind::ALL[kind];
        Period::new(kind, year, (index - 1) % kind.per_year() + 1).unwrap()
    })
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
    fn no_text_is_read_as_a_period_that_writes_another_code(text in "[0-9QHWM:a-z-]{0,12}") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string(), text);
        }
    }
}
