//! Kinds of period: those the language names, those a project declares, those that follow an event; and single periods of them.
//!
//! It deliberately does not know what is done in a period. A kind that leads nowhere is reported and gives `None`.

use super::context::Context;
use super::dates;
use super::model::{
    PeriodRule,
    words::{DeclaredKind, Words},
};
use super::shared::Shared;
use crate::calendar::dates::show_date;
use crate::calendar::{
    DateRange, KindDays, LONGEST_NAME, Period, PeriodChoice, PeriodKind, PeriodName, PeriodProblem,
    Point, WeekStart, YearReference, YearStart,
};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::diagnostic::problem::meaning::route::RouteProblem;
use crate::syntax::ast::test::Instance;
use crate::syntax::ast::time::{Weekday, Which};
use crate::syntax::ast::{Spanned, words as tree};
use crate::text::{FileId, Span};

/// A year in which kinds, windows and covers are tried out; an ordinary one, so that no rule depends on the day of the analysis.
pub(super) const SAMPLE_YEAR: i16 = 2026;

/// Spellings of the kinds of the language, for suggestions.
const KIND_WORDS: [&str; 18] = [
    "ngày",
    "tuần",
    "10 ngày",
    "tháng",
    "quý",
    "6 tháng đầu năm",
    "6 tháng cuối năm",
    "9 tháng",
    "năm",
    "day",
    "week",
    "ten days",
    "month",
    "quarter",
    "first half",
    "second half",
    "nine months",
    "year",
];

/// Declares a kind of period of the project.
pub(super) fn declare_kind(
    context: &mut Context,
    file: FileId,
    words: &mut Words,
    written: &tree::PeriodKind,
) {
    let days = kind_days(context, file, written);
    declare(
        context,
        file,
        words,
        (&written.name, &written.label, written.span),
        PeriodKind::Named,
        days,
    );
}

/// Declares a campaign.
pub(super) fn declare_campaign(
    context: &mut Context,
    file: FileId,
    words: &mut Words,
    written: &tree::Campaign,
) {
    let from = dates::date(context, file, &written.from);
    let to = dates::date(context, file, &written.to);
    let (from, to) = dates::in_order(context, file, written.span, from, to);
    let days = from
        .zip(to)
        .map(|(from, to)| KindDays::Fixed(DateRange { from, to }));
    declare(
        context,
        file,
        words,
        (&written.name, &written.label, written.span),
        PeriodKind::Campaign,
        days,
    );
}

fn declare(
    context: &mut Context,
    file: FileId,
    words: &mut Words,
    (name, label, span): (&Spanned<String>, &Spanned<String>, Span),
    kind: fn(PeriodName) -> PeriodKind,
    days: Option<KindDays>,
) {
    let Some(short) = short_name(context, file, name) else {
        return;
    };
    let kind = kind(short);
    let known = words.period_kinds.named(short.as_str());
    if let Some(first) = known {
        let first = first.place.label;
        context.repeated(NameKind::PeriodKind, name, file, first);
        return;
    }
    words.period_kinds.push(DeclaredKind {
        kind,
        label: label.value.clone(),
        days,
        place: context.place(file, span),
    });
}

/// The name as periods carry it; one that is too long is reported.
pub(super) fn short_name(
    context: &mut Context,
    file: FileId,
    name: &Spanned<String>,
) -> Option<PeriodName> {
    let short = PeriodName::new(&name.value);
    if short.is_none() {
        let problem = EventProblem::NameTooLong {
            name: name.value.clone(),
            most: LONGEST_NAME,
        };
        context.report(problem, file, name.span);
    }
    short
}

fn name_of(kind: PeriodKind) -> Option<PeriodName> {
    match kind {
        PeriodKind::Named(name) | PeriodKind::Campaign(name) => Some(name),
        _ => None,
    }
}

fn kind_days(context: &mut Context, file: FileId, written: &tree::PeriodKind) -> Option<KindDays> {
    let year_starts = match &written.year_starts {
        None => YearStart::JANUARY,
        Some(day) if dates::day_exists(day.value) => YearStart {
            day: day.value.day,
            month: day.value.month,
        },
        Some(day) => {
            dates::no_such_day(context, file, day.span);
            return None;
        }
    };
    let written_points = match &written.extent {
        tree::KindExtent::At(at) => vec![at],
        tree::KindExtent::FromTo(from, to) => vec![from, to],
        tree::KindExtent::Union(..) => Vec::new(),
    };
    for point in written_points {
        if matches!(point.value, crate::syntax::ast::time::Point::Date(_)) {
            context.report(DeclaredProblem::KindHappensOnce, file, point.span);
            return None;
        }
    }
    let (from, to) = match &written.extent {
        tree::KindExtent::At(at) => {
            let at = dates::point(context, file, at)?;
            (at, at)
        }
        tree::KindExtent::FromTo(from, to) => {
            let from = dates::point(context, file, from);
            let to = dates::point(context, file, to);
            from.zip(to)?
        }
        tree::KindExtent::Union(first, last) => {
            let first = months_of(context, file, first);
            let last = months_of(context, file, last);
            let (first, last) = first.zip(last)?;
            let on = |day, month| Point::DayAndMonth {
                day,
                month,
                year: YearReference::Same,
            };
            (on(1, first.0), on(31, last.1))
        }
    };
    let days = KindDays::Declared {
        from,
        to,
        year_starts,
    };
    let name = PeriodName::new("x")?;
    let sample = Period::named(name, SAMPLE_YEAR, true).ok()?;
    let range = days.days(&sample, None)?.days;
    if range.is_reversed() {
        let problem = RouteProblem::DatesReversed {
            from: show_date(range.from),
            until: show_date(range.to),
        };
        context.report(problem, file, written.span);
        return None;
    }
    Some(days)
}

/// First and last month of an end of a union: only months, quarters and halves stand there.
fn months_of(context: &mut Context, file: FileId, written: &Spanned<Which>) -> Option<(u8, u8)> {
    let numbered = |number: u32, months: u8| {
        let number = u8::try_from(number).ok()?;
        let last = number.checked_mul(months).filter(|last| *last <= 12)?;
        Some((last.checked_sub(months)? + 1, last))
    };
    let months = match &written.value {
        Which::Month(Some(number)) => numbered(*number, 1),
        Which::Quarter(Some(number)) => numbered(*number, 3),
        Which::FirstHalf => Some((1, 6)),
        Which::SecondHalf => Some((7, 12)),
        _ => None,
    };
    if months.is_none() {
        no_such_period(context, file, written.span);
    }
    months
}

/// A kind that the project declares under a name.
fn declared<'s>(shared: &'s Shared, name: &str) -> Option<&'s DeclaredKind> {
    shared.words.period_kinds.named(name)
}

/// The declaration of a kind, for its days and its label.
pub(super) fn declaration(shared: &Shared, kind: PeriodKind) -> Option<&DeclaredKind> {
    let name = name_of(kind)?;
    let declared = shared.words.period_kinds.named(name.as_str());
    declared.filter(|declared| declared.kind == kind)
}

/// A kind of period as written; one that leads nowhere is reported.
pub(super) fn choice(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Spanned<Which>,
) -> Option<PeriodChoice> {
    let kind = match &written.value {
        Which::Day => PeriodKind::Day,
        Which::Week(first) => {
            let first = first.as_ref().map(|first| week_start(first.value));
            PeriodKind::Week(first.unwrap_or_default())
        }
        Which::TenDays => PeriodKind::TenDays,
        Which::Month(number) => {
            return numbered(context, file, written.span, PeriodKind::Month, *number);
        }
        Which::Quarter(number) => {
            return numbered(context, file, written.span, PeriodKind::Quarter, *number);
        }
        Which::Year(None) => PeriodKind::Year,
        Which::Year(Some(_)) => {
            no_such_period(context, file, written.span);
            return None;
        }
        Which::FirstHalf => PeriodKind::FirstHalf,
        Which::SecondHalf => PeriodKind::SecondHalf,
        Which::NineMonths => PeriodKind::NineMonths,
        Which::OnRequest => PeriodKind::OnRequest,
        Which::DailyOf(name) => PeriodKind::DailyOf(event(context, shared, file, name)?),
        Which::EndOf(name) => PeriodKind::EndOf(event(context, shared, file, name)?),
        Which::Named(name) => {
            let name = Spanned::new(name.clone(), written.span);
            named(context, shared, file, &name)?
        }
    };
    Some(PeriodChoice { kind, index: None })
}

fn no_such_period(context: &mut Context, file: FileId, span: Span) {
    let period = context.text(file, span);
    context.report(RouteProblem::NoSuchPeriod { period }, file, span);
}

/// A kind of the project by its name; an unknown one is reported.
fn named(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    name: &Spanned<String>,
) -> Option<PeriodKind> {
    if let Some(declared) = declared(shared, &name.value) {
        let place = declared.place.label;
        context.refer(NameKind::PeriodKind, file, name.span, place);
        return Some(declared.kind);
    }
    let own = shared.words.period_kinds.iter();
    // Names are only walked along as far as they are compared.
    let candidates = KIND_WORDS
        .into_iter()
        .chain(own.filter_map(DeclaredKind::name));
    context.unknown(NameKind::PeriodKind, name, file, candidates, &shared.strays);
    None
}

/// The event of a name; an unknown one is reported.
pub(super) fn event(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    name: &Spanned<String>,
) -> Option<PeriodName> {
    let events = context.events.clone();
    if events.iter().any(|event| event.name == name.value) {
        context.refer_event(file, name.span, &name.value, None);
        return PeriodName::new(&name.value);
    }
    let names = events.iter().map(|event| event.name.as_str());
    context.unknown(NameKind::Event, name, file, names, &shared.strays);
    None
}

/// The number in periods of the event that stands at a place, counted from 1: the first of a name has none, as if it were the only one.
pub(super) fn event_number(place: u32) -> u16 {
    match place {
        0 | 1 => 0,
        further => u16::try_from(further).unwrap_or(u16::MAX),
    }
}

/// One period of time, in a test. `periods` tells on which day weeks start.
pub(super) fn instance(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &Spanned<Instance>,
    periods: &[PeriodRule],
) -> Option<Period> {
    let year = |year: u32| i16::try_from(year).unwrap_or(i16::MAX);
    let index = |index: u32| u16::try_from(index).unwrap_or(u16::MAX);
    let found = match &written.value {
        Instance::Month(number, of) => Period::new(PeriodKind::Month, year(*of), index(*number)),
        Instance::Quarter(number, of) => {
            Period::new(PeriodKind::Quarter, year(*of), index(*number))
        }
        Instance::FirstHalf(of) => Period::new(PeriodKind::FirstHalf, year(*of), 1),
        Instance::SecondHalf(of) => Period::new(PeriodKind::SecondHalf, year(*of), 1),
        Instance::NineMonths(of) => Period::new(PeriodKind::NineMonths, year(*of), 1),
        Instance::Year(of) => Period::new(PeriodKind::Year, year(*of), 1),
        Instance::Day(day) => {
            let day = Spanned::new(*day, written.span);
            Period::day(dates::date(context, file, &day)?)
        }
        Instance::OnRequest(day) => {
            let day = Spanned::new(*day, written.span);
            Period::on_request(dates::date(context, file, &day)?, 0)
        }
        Instance::Week(number, of) => {
            let start = periods.iter().find_map(|rule| match rule.choice.kind {
                PeriodKind::Week(first) => Some(first),
                _ => None,
            });
            let kind = PeriodKind::Week(start.unwrap_or_default());
            Period::new(kind, year(*of), index(*number))
        }
        Instance::TenDays(part, month, of) => {
            let within = (1..=3).contains(part) && (1..=12).contains(month);
            let number = if within { (month - 1) * 3 + part } else { 0 };
            Period::new(PeriodKind::TenDays, year(*of), index(number))
        }
        Instance::DailyOf(name, day) => {
            let name = event(context, shared, file, name)?;
            let day = Spanned::new(*day, written.span);
            Period::daily_of(name, 0, dates::date(context, file, &day)?)
        }
        Instance::EndOf(name, which) => {
            let name = event(context, shared, file, name)?;
            Ok(Period::end_of(name, event_number(which.unwrap_or(1))))
        }
        Instance::Named(name, first, second) => {
            let kind = named(context, shared, file, name)?;
            let spans_years = declaration(shared, kind)
                .and_then(|declared| declared.days)
                .is_some_and(|days| days.year_starts() != YearStart::JANUARY);
            match (kind, *first, *second) {
                (PeriodKind::Campaign(name), None, None) => Ok(Period::campaign(name)),
                (PeriodKind::Named(name), Some(first), second)
                    if second.is_none_or(|second| spans_years && second == first + 1) =>
                {
                    Period::named(name, year(first), spans_years)
                }
                _ => Err(PeriodProblem::OutOfRange),
            }
        }
    };
    if found.is_err() {
        no_such_period(context, file, written.span);
    }
    found.ok()
}

fn week_start(day: Weekday) -> WeekStart {
    match day {
        Weekday::Monday => WeekStart::Monday,
        Weekday::Tuesday => WeekStart::Tuesday,
        Weekday::Wednesday => WeekStart::Wednesday,
        Weekday::Thursday => WeekStart::Thursday,
        Weekday::Friday => WeekStart::Friday,
        Weekday::Saturday => WeekStart::Saturday,
        Weekday::Sunday => WeekStart::Sunday,
    }
}

fn numbered(
    context: &mut Context,
    file: FileId,
    span: Span,
    kind: PeriodKind,
    number: Option<u32>,
) -> Option<PeriodChoice> {
    let Some(number) = number else {
        return Some(PeriodChoice { kind, index: None });
    };
    match u16::try_from(number) {
        Ok(index) if Period::new(kind, SAMPLE_YEAR, index).is_ok() => Some(PeriodChoice {
            kind,
            index: Some(index),
        }),
        _ => {
            no_such_period(context, file, span);
            None
        }
    }
}

/// A kind of period in words of both languages: `quý 1`, `quarter 1`.
pub(super) fn choice_words(choice: PeriodChoice) -> (String, String) {
    (choice.name_vi(), choice.name_en())
}
