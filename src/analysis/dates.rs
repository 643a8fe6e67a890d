//! From dates, points in time and periods as written to those of the calendar.
//!
//! It deliberately does not know what they are used for. A day that does not exist is reported and gives `None`.

use super::context::Context;
use crate::calendar::dates::show_date;
use crate::calendar::{Clock, Date, MonthReference, Point, WindowRule, YearReference};
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::syntax::ast;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::time::{Extent, MonthOf, YearOf};
use crate::text::{FileId, Span};

/// A date of the calendar.
pub(super) fn date(
    context: &mut Context,
    file: FileId,
    written: &Spanned<ast::Date>,
) -> Option<Date> {
    let found = calendar_date(written.value);
    if found.is_none() {
        no_such_day(context, file, written.span);
    }
    found
}

/// The day as the calendar knows it; none for a day that does not exist.
pub(super) fn calendar_date(written: ast::Date) -> Option<Date> {
    let year = i16::try_from(written.year).ok()?;
    let month = i8::try_from(written.month).ok()?;
    let day = i8::try_from(written.day).ok()?;
    Date::new(year, month, day).ok()
}

/// Reports a day that does not exist.
pub(super) fn no_such_day(context: &mut Context, file: FileId, span: Span) {
    let day = context.text(file, span);
    context.report(RouteProblem::NoSuchDay { day }, file, span);
}

/// Both ends of a dated clause; an end before its beginning is reported and dropped.
pub(super) fn dated(
    context: &mut Context,
    file: FileId,
    written: Option<&ast::Dated>,
) -> (Option<Date>, Option<Date>) {
    let Some(written) = written else {
        return (None, None);
    };
    let from = written
        .from
        .as_ref()
        .and_then(|from| date(context, file, from));
    let until = written
        .until
        .as_ref()
        .and_then(|until| date(context, file, until));
    in_order(context, file, written.span, from, until)
}

/// The same two days, unless they are in the wrong order: that is reported and the end dropped.
pub(super) fn in_order(
    context: &mut Context,
    file: FileId,
    span: Span,
    from: Option<Date>,
    until: Option<Date>,
) -> (Option<Date>, Option<Date>) {
    if let (Some(first), Some(last)) = (from, until)
        && last < first
    {
        let problem = RouteProblem::DatesReversed {
            from: show_date(first),
            until: show_date(last),
        };
        context.report(problem, file, span);
        return (from, None);
    }
    (from, until)
}

/// Whether a day of the year exists; 29/02 does.
pub(super) fn day_exists(day: ast::DayMonth) -> bool {
    calendar_date(ast::Date {
        day: day.day,
        month: day.month,
        year: 2000,
    })
    .is_some()
}

/// A time of day; one that does not exist is reported as a day is.
pub(super) fn clock(
    context: &mut Context,
    file: FileId,
    span: Span,
    written: ast::Clock,
) -> Option<Clock> {
    let found = Clock::new(written.hour, written.minute);
    if found.is_none() {
        no_such_day(context, file, span);
    }
    found
}

/// A point in time.
pub(super) fn point(
    context: &mut Context,
    file: FileId,
    written: &Spanned<ast::time::Point>,
) -> Option<Point> {
    let found = match written.value {
        ast::time::Point::Date(date) => calendar_date(date).map(Point::Fixed),
        ast::time::Point::LastDay(month) => Some(Point::LastDayOf {
            month: month_of(month),
        }),
        ast::time::Point::DayOf(day, month) => u8::try_from(day)
            .ok()
            .filter(|day| (1..=31).contains(day))
            .map(|day| Point::DayOf {
                day,
                month: month_of(month),
            }),
        ast::time::Point::DayMonth(day, year) => day_exists(day).then_some(Point::DayAndMonth {
            day: day.day,
            month: day.month,
            year: match year {
                YearOf::Last => YearReference::Last,
                YearOf::Same => YearReference::Same,
                YearOf::Next => YearReference::Next,
            },
        }),
    };
    if found.is_none() {
        no_such_day(context, file, written.span);
    }
    found
}

fn month_of(month: MonthOf) -> MonthReference {
    match month {
        MonthOf::Before => MonthReference::Before,
        MonthOf::First => MonthReference::First,
        MonthOf::Last => MonthReference::Last,
        MonthOf::After => MonthReference::After,
    }
}

/// A window of figures.
pub(super) fn window(
    context: &mut Context,
    file: FileId,
    written: &Spanned<Extent>,
) -> Option<WindowRule> {
    match &written.value {
        Extent::Decree09 => Some(WindowRule::Decree09),
        Extent::Calendar => Some(WindowRule::Calendar),
        Extent::WholeEvent => Some(WindowRule::WholeEvent),
        Extent::At(at) => point(context, file, at).map(WindowRule::At),
        Extent::FromTo(from, to) => {
            let from = point(context, file, from);
            let to = point(context, file, to);
            from.zip(to).map(|(from, to)| WindowRule::FromTo(from, to))
        }
    }
}
