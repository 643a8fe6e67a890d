//! The board of who sent in time, reminders of the calendar and the calendar as text, on small examples.

use super::{at, date};
use crate::calendar::{Clock, Due, Moment};
use crate::organisation::UnitId;
use crate::reports::board::{Mark, Tally};
use crate::reports::event::Stamp;
use crate::reports::icalendar::{Entry, calendar};
use crate::reports::reminder::{Cause, Reminder, of_calendar};
use proptest::prelude::*;

fn tally(marks: &[Mark]) -> Tally {
    let mut tally = Tally::default();
    for mark in marks {
        tally.add(*mark);
    }
    tally
}

#[test]
fn what_is_not_due_yet_and_what_is_exempted_makes_nobody_worse() {
    let found = tally(&[
        Mark::OnTime,
        Mark::Late { days: 2 },
        Mark::Overdue { days: 1 },
        Mark::Waiting { left: Some(3) },
        Mark::Exempted,
        Mark::NotOwed,
    ]);
    assert_eq!((found.owed(), found.sent(), found.counted()), (4, 2, 3));
    let shown = |share: Option<crate::reports::board::Share>| share.map(|share| share.shown());
    assert_eq!(shown(found.complete()).as_deref(), Some("66,7%"));
    assert_eq!(shown(found.punctual()).as_deref(), Some("33,3%"));
    assert_eq!(
        shown(tally(&[Mark::Waiting { left: None }]).complete()),
        None
    );
}

#[test]
fn only_all_is_a_hundred_percent() {
    let mut marks = vec![Mark::OnTime; 3_320];
    marks.push(Mark::Overdue { days: 0 });
    let nearly = tally(&marks).complete().map(|share| share.shown());
    assert_eq!(nearly.as_deref(), Some("99,9%"));
    marks.pop();
    let all = tally(&marks).complete().map(|share| share.shown());
    assert_eq!(all.as_deref(), Some("100%"));
}

proptest! {
    #[test]
    fn every_report_is_counted_once_and_no_share_is_more_than_all(kinds in proptest::collection::vec(0_u8..7, 0..60)) {
        let marks: Vec<Mark> = kinds.iter().map(|kind| match kind {
            0 => Mark::OnTime,
            1 => Mark::Late { days: 1 },
            2 => Mark::Returned,
            3 => Mark::Overdue { days: 1 },
            4 => Mark::Waiting { left: None },
            5 => Mark::Exempted,
            _ => Mark::NotOwed,
        }).collect();
        let found = tally(&marks);
        let not_owed = marks.iter().filter(|mark| **mark == Mark::NotOwed).count();
        prop_assert_eq!(found.owed() + found.exempted + not_owed, marks.len());
        prop_assert!(found.punctual() <= found.complete());
        prop_assert!(found.complete().is_none_or(|share| share.0 <= 1_000));
    }
}

fn due(day: i8, clock: Option<(u8, u8)>) -> Due {
    Due {
        date: date(2026, 6, day),
        clock: clock.map(|(hour, minute)| Clock::new(hour, minute).expect("a time")),
    }
}

#[test]
fn the_calendar_reminds_on_the_days_before_and_for_a_week_after() {
    let told: String = (1..=28)
        .map(
            |day| match of_calendar(Some(due(15, None)), date(2026, 6, day), 3) {
                None => '.',
                Some(Cause::Before) => 'b',
                Some(Cause::After) => 'a',
                Some(Cause::Person) => 'p',
            },
        )
        .collect();
    assert_eq!(told, "...........bbbbaaaaaaa......");
    assert_eq!(of_calendar(Some(due(15, None)), date(2026, 6, 15), 0), None);
    assert_eq!(of_calendar(None, date(2026, 6, 15), 3), None);
}

fn reminder(cause: Cause, moment: Moment, due: Due) -> Reminder {
    Reminder {
        regime: "TTHC_06A".to_string(),
        period: "2026-Q2".parse().expect("a period"),
        unit: UnitId::from("C1"),
        cause,
        words: String::new(),
        due: Some(due),
        stamp: Stamp {
            user: "tonghop".to_string(),
            name: "Lê Thu Hà".to_string(),
            unit: UnitId::from("VP"),
            on_behalf_of: None,
            at: moment,
        },
    }
}

#[test]
fn a_person_reminds_once_a_day_and_the_calendar_once_for_each_deadline() {
    let key = |cause, day, due_day| reminder(cause, at(day), due(due_day, None)).key();
    assert_eq!(key(Cause::Person, 3, 15), key(Cause::Person, 3, 20));
    assert_ne!(key(Cause::Person, 3, 15), key(Cause::Person, 4, 15));
    assert_eq!(key(Cause::Before, 3, 15), key(Cause::Before, 4, 15));
    assert_ne!(key(Cause::Before, 3, 15), key(Cause::Before, 3, 20));
    assert_ne!(key(Cause::Before, 3, 15), key(Cause::After, 3, 15));
}

#[test]
fn a_deadline_becomes_an_entry_whose_lines_are_folded_between_letters() {
    let entry = Entry {
        uid: "TTHC_06A.2026-Q2.C1@regime".to_string(),
        summary:
            "Hạn báo cáo: Tình hình, kết quả giải quyết; kiểm soát thủ tục hành chính \\ quý II"
                .to_string(),
        description: "Hạn gửi 15/06/2026 16:30.\nChưa gửi.".to_string(),
        due: due(15, Some((16, 30))),
        sequence: 2,
        changed_at: Moment::parse("01/06/2026 03:00").expect("a moment"),
        cancelled: false,
        link: None,
    };
    let text = calendar(
        "Xã Anh Sơn",
        &[
            entry.clone(),
            Entry {
                due: due(20, None),
                ..entry
            },
        ],
    );
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let begun = text.find("BEGIN:VEVENT").unwrap_or(0);
    insta::assert_snapshot!(text[begun..].replace("\r\n", "\n"));
}
