//! What is owed and how it stands, on a small province.

use super::{at, date};
use crate::calendar::{
    Clock, Date, DateRange, Due, DueMoment, DueRule, KindDays, Moment, MonthReference, OnHoliday,
    PeriodKind, Point, TermAnchor, TermUnit, WindowRule, WorkingCalendar,
};
use crate::organisation::{Organisation, Party, Route, Succession, Unit, UnitId};
use crate::plan::header::{Channel, Deadline, PeriodRelation, PeriodRule, RegimeHeader};
use crate::reports::obligation::{
    Doubt, Grounds, LocalDeadline, Obligation, obligation_of_unit, obligations,
    obligations_of_period, version_in_force,
};
use crate::reports::report::Status;
use crate::reports::standing::{Lateness, Progress, Standing, standing};

fn party(name: &str) -> Party {
    Party {
        name: name.to_string(),
        tags: Vec::new(),
    }
}

pub(super) fn unit(
    id: &str,
    level: &str,
    agency: Option<&str>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
) -> Unit {
    Unit {
        id: UnitId::from(id),
        level: level.to_string(),
        item: level.to_string(),
        name: id.to_string(),
        area_code: None,
        agency: agency.map(str::to_string),
        parent: (level != "tinh").then(|| UnitId::from("P40")),
        tags: Vec::new(),
        attributes: std::collections::BTreeMap::new(),
        valid_from,
        valid_to,
    }
}

/// A town and a commune that became one commune on 01/07/2025, and the office they report to.
fn province() -> Organisation {
    let (last, first) = (Some(date(2025, 6, 30)), Some(date(2025, 7, 1)));
    let units = vec![
        unit("P40", "tinh", None, None, None),
        unit("VP", "so", Some("vp_ubnd_tinh"), None, None),
        unit("TT", "so", Some("thanh_tra_tinh"), None, None),
        unit("C1", "xa", None, None, last),
        unit("C2", "xa", None, None, last),
        unit("C1.2025", "xa", None, first, None),
    ];
    let successions = ["C1", "C2"].map(|old| Succession {
        old: UnitId::from(old),
        new: UnitId::from("C1.2025"),
        date: date(2025, 7, 1),
        share: None,
        basis: None,
    });
    Organisation::new(units, successions.to_vec())
}

fn two_working_days_after_cutoff() -> DueRule {
    DueRule::By {
        inclusive: true,
        moment: DueMoment::After {
            amount: 2,
            unit: TermUnit::WorkingDays,
            anchor: TermAnchor::Cutoff,
        },
        on_holiday: OnHoliday::Next,
    }
}

fn header(version: u32, in_force_from: (i16, i8, i8)) -> RegimeHeader {
    let (year, month, day) = in_force_from;
    RegimeHeader {
        name: "TTHC_06A".to_string(),
        title: "Tình hình giải quyết thủ tục hành chính".to_string(),
        version,
        in_force_from: date(year, month, day),
        in_force_until: None,
        statistical: false,
        basis: Vec::new(),
        issuer: "Văn phòng Chính phủ".to_string(),
        reporters: vec![party("xa")],
        recipients: vec![party("vp_ubnd_tinh")],
        channels: vec![vec![Channel::System]],
        sign_by: None,
        routes: vec![Route {
            hops: vec![vec![party("xa")], vec![party("vp_ubnd_tinh")]],
            from: None,
            until: None,
            forms: Vec::new(),
        }],
        suspensions: Vec::new(),
        assignments: Vec::new(),
        periods: vec![period_rule(
            PeriodKind::Quarter,
            None,
            two_working_days_after_cutoff(),
        )],
        events: Vec::new(),
        holidays: Vec::new(),
        lunar_months: Vec::new(),
        levels: Vec::new(),
        agencies: Vec::new(),
        tags: Vec::new(),
    }
}

fn period_rule(kind: PeriodKind, index: Option<u16>, rule: DueRule) -> PeriodRule {
    PeriodRule {
        kind,
        index,
        relation: PeriodRelation::Independent,
        days: KindDays::Own,
        window: WindowRule::Decree09,
        covers: None,
        first_report: None,
        label: None,
        channels: None,
        sign_by: None,
        vintage: None,
        waived_when: Vec::new(),
        deadlines: vec![Deadline {
            party: party("xa"),
            rule,
        }],
    }
}

/// `2025-Q2 C1 v1 15/03/2025 – 14/06/2025 due 17/06/2025 to VP`
fn line(obligation: &Obligation) -> String {
    let due = match (obligation.due, obligation.doubt) {
        (Some(due), doubt) => format!("due {due}{}", if doubt.is_some() { "?" } else { "" }),
        (None, doubt) => format!("{doubt:?}"),
    };
    let recipients: Vec<&str> = obligation.recipients.iter().map(UnitId::as_str).collect();
    let key = &obligation.key;
    format!(
        "{} {} v{} {} {due} to {}",
        key.period,
        key.unit,
        key.version,
        obligation.window,
        recipients.join(", ")
    )
}

fn lines(versions: &[&RegimeHeader], local: &[LocalDeadline], year: i16) -> Vec<String> {
    let (organisation, calendar) = (province(), WorkingCalendar::default());
    let grounds = Grounds {
        organisation: &organisation,
        calendar: &calendar,
        local,
        opened: &[],
        rulings: &[],
    };
    obligations(versions, grounds, year)
        .iter()
        .map(line)
        .collect()
}

#[test]
fn units_owe_reports_for_the_periods_at_whose_cutoff_they_exist() {
    insta::assert_snapshot!(lines(&[&header(1, (2024, 1, 1))], &[], 2025).join("\n"), @r"
    2025-Q1 C1 v1 15/12/2024 – 14/03/2025 due 18/03/2025 to VP
    2025-Q1 C2 v1 15/12/2024 – 14/03/2025 due 18/03/2025 to VP
    2025-Q2 C1 v1 15/03/2025 – 14/06/2025 due 17/06/2025 to VP
    2025-Q2 C2 v1 15/03/2025 – 14/06/2025 due 17/06/2025 to VP
    2025-Q3 C1.2025 v1 15/06/2025 – 14/09/2025 due 16/09/2025 to VP
    2025-Q4 C1.2025 v1 15/09/2025 – 14/12/2025 due 16/12/2025 to VP
    ");
}

#[test]
fn the_version_in_force_on_the_last_day_of_the_window_applies() {
    let (first, second) = (header(1, (2024, 1, 1)), header(2, (2025, 9, 14)));
    let versions: Vec<String> = lines(&[&first, &second], &[], 2025)
        .iter()
        .filter_map(|line| line.split(' ').nth(2).map(str::to_string))
        .collect();
    assert_eq!(versions, ["v1", "v1", "v1", "v1", "v2", "v2"]);
    assert_eq!(
        version_in_force(&[&first, &second], date(2025, 9, 13)).map(|header| header.version),
        Some(1)
    );
    assert_eq!(
        version_in_force(&[&first, &second], date(2023, 12, 31)),
        None
    );
}

#[test]
fn nothing_is_owed_before_a_regime_is_in_force_or_after_it_ended() {
    let mut regime = header(1, (2025, 6, 15));
    regime.in_force_until = Some(date(2025, 9, 14));
    assert_eq!(lines(&[&regime], &[], 2025).len(), 1);
}

#[test]
fn a_numbered_period_is_owed_once_a_year_and_its_rule_goes_before_the_general_one() {
    let mut regime = header(1, (2024, 1, 1));
    let at_month_end = DueRule::By {
        inclusive: true,
        moment: DueMoment::At {
            point: Point::LastDayOf {
                month: MonthReference::Last,
            },
            clock: None,
        },
        on_holiday: OnHoliday::Unchanged,
    };
    regime.periods = vec![period_rule(PeriodKind::Quarter, Some(3), at_month_end)];
    assert_eq!(
        lines(&[&regime], &[], 2025),
        ["2025-Q3 C1.2025 v1 15/06/2025 – 14/09/2025 due 30/09/2025 to VP"]
    );
    regime.periods.insert(
        0,
        period_rule(PeriodKind::Quarter, None, two_working_days_after_cutoff()),
    );
    assert!(lines(&[&regime], &[], 2025)[4].contains("due 30/09/2025"));
}

#[test]
fn a_deadline_left_to_the_province_is_unknown_until_it_is_set() {
    let mut regime = header(1, (2024, 1, 1));
    regime.periods = vec![period_rule(PeriodKind::Quarter, Some(4), DueRule::Local)];
    assert_eq!(
        lines(&[&regime], &[], 2025),
        ["2025-Q4 C1.2025 v1 15/09/2025 – 14/12/2025 Some(LocalNotSet) to VP"]
    );
    let clock = Clock::new(17, 0);
    let set = |period: &str| LocalDeadline {
        regime: "TTHC_06A".to_string(),
        party: "xa".to_string(),
        period: period.parse().expect("a period"),
        due: Due {
            date: date(2025, 12, 18),
            clock,
        },
    };
    assert_eq!(
        lines(&[&regime], &[set("2025-Q3"), set("2025-Q4")], 2025),
        ["2025-Q4 C1.2025 v1 15/09/2025 – 14/12/2025 due 18/12/2025 17:00 to VP"]
    );
}

#[test]
fn an_agency_that_reports_itself_has_the_deadline_of_a_reporter_and_not_of_a_consolidator() {
    let mut regime = header(1, (2024, 1, 1));
    regime.reporters = vec![party("so")];
    regime.routes[0].hops = vec![vec![party("so")], vec![party("thanh_tra_tinh")]];
    let day_25 = DueRule::By {
        inclusive: true,
        moment: DueMoment::At {
            point: Point::DayOf {
                day: 25,
                month: MonthReference::Last,
            },
            clock: None,
        },
        on_holiday: OnHoliday::Next,
    };
    regime.periods = vec![PeriodRule {
        deadlines: vec![
            Deadline {
                party: party("thanh_tra_tinh"),
                rule: day_25,
            },
            Deadline {
                party: party("so"),
                rule: two_working_days_after_cutoff(),
            },
        ],
        ..period_rule(PeriodKind::Quarter, Some(4), DueRule::Local)
    }];
    let lines = lines(&[&regime], &[], 2025);
    assert!(
        lines
            .iter()
            .all(|line| line.contains("due 16/12/2025 to TT")),
        "{lines:#?}"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_unit_without_a_stated_deadline_still_owes_its_report() {
    let mut regime = header(1, (2024, 1, 1));
    regime.periods[0].deadlines.clear();
    let (organisation, calendar) = (province(), WorkingCalendar::default());
    let grounds = Grounds {
        organisation: &organisation,
        calendar: &calendar,
        local: &[],
        opened: &[],
        rulings: &[],
    };
    let period = "2026-Q1".parse().expect("a period");
    let owed = obligations_of_period(&[&regime], grounds, &period);
    assert_eq!(owed.len(), 1);
    assert_eq!((owed[0].due, owed[0].doubt), (None, Some(Doubt::NotStated)));
}

#[test]
fn a_report_with_no_way_to_go_is_still_owed_and_says_why() {
    let mut regime = header(1, (2024, 1, 1));
    regime.routes[0].hops[1] = vec![party("so_tu_phap")];
    let (organisation, calendar) = (province(), WorkingCalendar::default());
    let grounds = Grounds {
        organisation: &organisation,
        calendar: &calendar,
        local: &[],
        opened: &[],
        rulings: &[],
    };
    let period = "2026-Q1".parse().expect("a period");
    let unit = UnitId::from("C1.2025");
    let owed = obligation_of_unit(&[&regime], grounds, &period, &unit).expect("an obligation");
    assert!(owed.recipients.is_empty() && owed.route_problem.is_some());
    assert_eq!(
        Some(owed),
        obligations_of_period(&[&regime], grounds, &period)
            .into_iter()
            .next()
    );
    assert_eq!(
        obligation_of_unit(&[&regime], grounds, &period, &UnitId::from("C1")),
        None
    );
}

#[test]
fn the_standing_follows_the_days() {
    let window = DateRange {
        from: date(2026, 3, 15),
        to: date(2026, 6, 14),
    };
    let due = Due {
        date: date(2026, 6, 16),
        clock: Clock::new(17, 0),
    };
    let on = |day: &str| Moment::parse(day).expect("a moment");
    let days = [
        "14/03/2026 23:59",
        "15/03/2026 00:00",
        "10/06/2026 12:00",
        "11/06/2026 12:00",
        "16/06/2026 17:00",
        "16/06/2026 17:01",
        "17/06/2026 08:00",
        "30/06/2026 08:00",
    ];
    let words: Vec<String> = days
        .iter()
        .map(|day| {
            format!(
                "{day}  {}",
                standing(window, Some(due), None, on(day)).wording().vi
            )
        })
        .collect();
    insta::assert_snapshot!(words.join("\n"), @r"
    14/03/2026 23:59  Chưa đến kỳ
    15/03/2026 00:00  Đang trong kỳ
    10/06/2026 12:00  Đang trong kỳ
    11/06/2026 12:00  Còn 5 ngày đến hạn
    16/06/2026 17:00  Đến hạn hôm nay
    16/06/2026 17:01  Quá giờ hạn
    17/06/2026 08:00  Quá hạn 1 ngày
    30/06/2026 08:00  Quá hạn 14 ngày
    ");
}

#[test]
fn the_standing_of_a_sent_report_is_how_it_was_sent_and_of_a_returned_one_how_late_it_is_now() {
    let window = DateRange {
        from: date(2026, 3, 15),
        to: date(2026, 6, 14),
    };
    let due = Some(Due {
        date: date(2026, 6, 16),
        clock: None,
    });
    let held = |status| matches!(status, Status::Sent | Status::Received | Status::Accepted);
    let stands = |status, sent| {
        let held = held(status);
        let progress = Progress { status, sent, held };
        standing(window, due, Some(progress), at(20))
    };
    let on_time = Lateness {
        late: false,
        days: 0,
    };
    let late = Lateness {
        late: true,
        days: 3,
    };
    assert_eq!(stands(Status::Sent, Some(on_time)), Standing::SentOnTime);
    assert_eq!(
        stands(Status::Sent, Some(late)),
        Standing::SentLate { days: 3 }
    );
    assert_eq!(
        stands(Status::Accepted, Some(late)),
        Standing::Accepted(late)
    );
    assert_eq!(
        stands(Status::Returned, Some(on_time)),
        Standing::Returned(Lateness {
            late: true,
            days: 4
        })
    );
    assert_eq!(stands(Status::Approved, None), Standing::Late { days: 4 });
    // What was accepted counts while its correction is on its way, wherever that is.
    for status in [Status::Correcting, Status::Proposed, Status::Returned] {
        let progress = Progress {
            status,
            sent: Some(on_time),
            held: true,
        };
        let stands = standing(window, due, Some(progress), at(20));
        assert_eq!(stands, Standing::Correcting(on_time), "{status:?}");
    }
}

#[test]
fn without_a_deadline_nothing_is_late() {
    let window = DateRange {
        from: date(2026, 3, 15),
        to: date(2026, 6, 14),
    };
    let years_later = Moment::start_of(date(2030, 1, 1));
    assert_eq!(standing(window, None, None, years_later), Standing::Open);
    let returned = Progress {
        status: Status::Returned,
        sent: None,
        held: false,
    };
    assert_eq!(
        standing(window, None, Some(returned), years_later),
        Standing::Returned(Lateness {
            late: false,
            days: 0
        })
    );
}
