//! Time rules of a regime in words: kinds of period and deadlines.
//!
//! It words what the calendar computes and computes nothing. Broken input: none.

use crate::calendar::{
    DueMoment, DueRule, MonthReference, Point, TermAnchor, TermUnit, YearReference,
};
use crate::plan::header::PeriodRule;
use crate::web::texts::{Argument, Language, plain, worded};
use crate::web::words;

/// A kind of period, with its number where only one of the year is reported: `quý 1`.
pub fn period_rule_name(language: Language, rule: &PeriodRule) -> String {
    match language {
        Language::Vietnamese => rule.choice().name_vi(),
        Language::English => rule.choice().name_en(),
    }
}

/// A deadline: `chậm nhất 2 ngày làm việc sau ngày chốt số liệu`.
pub fn deadline_words(language: Language, rule: &DueRule) -> String {
    match rule {
        DueRule::Local => plain(language, "deadline-local"),
        DueRule::By {
            inclusive, moment, ..
        } => {
            let key = if *inclusive {
                "deadline-by"
            } else {
                "deadline-before"
            };
            worded(
                language,
                key,
                &[("moment", moment_words(language, moment).into())],
            )
        }
    }
}

fn moment_words(language: Language, moment: &DueMoment) -> String {
    match moment {
        DueMoment::After {
            amount,
            unit,
            anchor,
        } => {
            let key = match unit {
                TermUnit::WorkingDays => "term-working-days",
                TermUnit::Days => "term-days",
                TermUnit::Hours => "term-hours",
            };
            let anchor = plain(
                language,
                match anchor {
                    TermAnchor::Cutoff => "anchor-cutoff",
                    TermAnchor::EventStart => "anchor-event-start",
                    TermAnchor::EventEnd => "anchor-event-end",
                },
            );
            worded(
                language,
                key,
                &[
                    ("amount", i64::from(*amount).into()),
                    ("anchor", anchor.into()),
                ],
            )
        }
        DueMoment::At {
            point,
            clock: Some(clock),
        }
        | DueMoment::Clock {
            clock,
            point: Some(point),
        } => {
            let arguments = [
                ("clock", Argument::Text(clock.to_string())),
                ("day", point_words(language, point).into()),
            ];
            worded(language, "moment-clock-day", &arguments)
        }
        DueMoment::At { point, clock: None } => point_words(language, point),
        DueMoment::Clock { clock, point: None } => {
            let day = plain(language, "anchor-cutoff");
            worded(
                language,
                "moment-clock-day",
                &[
                    ("clock", Argument::Text(clock.to_string())),
                    ("day", day.into()),
                ],
            )
        }
    }
}

fn point_words(language: Language, point: &Point) -> String {
    match point {
        Point::Fixed(date) => words::date(*date),
        Point::DayAndMonth { day, month, year } => {
            let date = format!("{day:02}/{month:02}");
            let key = match year {
                YearReference::Last => "point-last-year",
                YearReference::Same => "point-same-year",
                YearReference::Next => "point-next-year",
            };
            worded(language, key, &[("date", date.into())])
        }
        Point::DayOf { day, month } => {
            let month = month_words(language, *month);
            worded(
                language,
                "point-day-of",
                &[("day", i64::from(*day).into()), ("month", month.into())],
            )
        }
        Point::LastDayOf { month } => worded(
            language,
            "point-last-day-of",
            &[("month", month_words(language, *month).into())],
        ),
    }
}

fn month_words(language: Language, month: MonthReference) -> String {
    plain(
        language,
        match month {
            MonthReference::Before => "month-before",
            MonthReference::First => "month-first",
            MonthReference::Last => "month-last",
            MonthReference::After => "month-after",
        },
    )
}
