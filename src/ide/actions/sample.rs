//! A test out of figures that somebody typed, or an empty one to fill in.
//!
//! The figures are written as the language writes them, in the order of the form. It deliberately expects only that the report is valid, which the author then sharpens; periods that the language
//! cannot write as one word of time give no test.

use super::{Action, ActionKind, Place, word};
use crate::calendar::dates::show_date;
use crate::calendar::{Date, Period, PeriodKind};
use crate::diagnostic::wording::Text;
use crate::organisation::{Party, Unit};
use crate::text::Span;
use crate::text::language::Language;

/// A figure that was typed: form, row (empty for the only one), column, and the value as the language writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Name of the form.
    pub form: String,
    /// Key of the row; empty for a form of one row for each unit.
    pub row: String,
    /// Printed number or name of the column.
    pub column: String,
    /// The value in the notation of the language, such as `1_200` or `"chữ"`.
    pub value: String,
}

/// What a test is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What the test shows.
    pub title: String,
    /// Official name of the unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The figures of the period before that this one begins with, in the order of the form.
    pub before: Vec<Typed>,
    /// The event it follows.
    pub event: Option<SampleEvent>,
    /// The figures, in the order of the form.
    pub typed: Vec<Typed>,
}

/// What is said of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleEvent {
    /// Name of its sort.
    pub name: String,
    /// Recorded values as the language writes them, by field.
    pub fields: Vec<(String, String)>,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
}

/// A `test` block with an indent before each line; `None` for a period that cannot be written.
pub fn written(sample: &Sample, indent: &str, spelling: Language) -> Option<String> {
    let word = |rule: &str| word(rule, spelling);
    let mut out = format!(
        "{indent}{} \"{}\" {{\n",
        word("kw_test"),
        sample.title.replace('"', "'")
    );
    out.push_str(&format!(
        "{indent}  {} \"{}\"\n",
        word("kw_reporter"),
        sample.unit
    ));
    let period = instance(&sample.period, spelling)?;
    out.push_str(&format!("{indent}  {} {period}\n", word("kw_period")));
    if let Some(event) = &sample.event {
        let fields = event.fields.iter();
        let mut said: Vec<String> = fields
            .map(|(field, value)| format!("{field}: {value}"))
            .collect();
        for (rule, day) in [
            ("kw_event_begins", event.start),
            ("kw_event_ends", event.end),
        ] {
            said.extend(day.map(|day| format!("{}: {}", word(rule), show_date(day))));
        }
        if !said.is_empty() {
            let (given, said) = (word("kw_given_event"), said.join(" "));
            out.push_str(&format!("{indent}  {given} {} {{ {said} }}\n", event.name));
        }
    }
    given(
        &sample.before,
        word("kw_given_previous"),
        indent,
        spelling,
        &mut out,
    );
    given(&sample.typed, word("kw_given"), indent, spelling, &mut out);
    out.push_str(&format!(
        "{indent}  {} {}\n{indent}}}\n",
        word("kw_expect"),
        word("kw_valid")
    ));
    Some(out)
}

/// Figures as `given` blocks, one for each form.
fn given(all: &[Typed], begin: &str, indent: &str, spelling: Language, out: &mut String) {
    let mut forms: Vec<&str> = Vec::new();
    for typed in all {
        if !forms.contains(&typed.form.as_str()) {
            forms.push(&typed.form);
        }
    }
    for form in forms {
        let of_form: Vec<&Typed> = all.iter().filter(|typed| typed.form == form).collect();
        out.push_str(&format!("{indent}  {begin} {form} {{\n"));
        let mut rows: Vec<&str> = Vec::new();
        for typed in &of_form {
            if !rows.contains(&typed.row.as_str()) {
                rows.push(&typed.row);
            }
        }
        for row in rows {
            let cells: Vec<String> = of_form
                .iter()
                .filter(|typed| typed.row == row)
                .map(|typed| format!("{}: {}", typed.column, typed.value))
                .collect();
            let cells = cells.join(" ");
            match row {
                "" => out.push_str(&format!("{indent}    {cells}\n")),
                row => out.push_str(&format!(
                    "{indent}    {} {row} {{ {cells} }}\n",
                    word("kw_row", spelling)
                )),
            }
        }
        out.push_str(&format!("{indent}  }}\n"));
    }
}

/// A period as the language writes it in a test.
pub fn instance(period: &Period, spelling: Language) -> Option<String> {
    let word = |rule: &str| word(rule, spelling);
    let index = period.index();
    let year = period.year().map_or(String::new(), |year| year.to_string());
    let date = || period.date().map(show_date);
    Some(match period.kind() {
        PeriodKind::Month => format!("{} {index}/{year}", word("kw_month")),
        PeriodKind::Quarter => format!("{} {index}/{year}", word("kw_quarter")),
        PeriodKind::Week(_) => format!("{} {index}/{year}", word("kw_week")),
        PeriodKind::TenDays => format!(
            "{} {} {} {}/{year}",
            word("kw_ten_days"),
            (index.saturating_sub(1)) % 3 + 1,
            word("kw_month"),
            (index.saturating_sub(1)) / 3 + 1,
        ),
        PeriodKind::FirstHalf => format!("{} {year}", word("kw_first_half")),
        PeriodKind::SecondHalf => format!("{} {year}", word("kw_second_half")),
        PeriodKind::NineMonths => format!("{} {year}", word("kw_nine_months")),
        PeriodKind::Year => format!("{} {year}", word("kw_year")),
        PeriodKind::Named(name) if period.spans_years() => {
            let next = period.year()?.saturating_add(1);
            format!("{} {year}-{next}", name.as_str())
        }
        PeriodKind::Named(name) => format!("{} {year}", name.as_str()),
        PeriodKind::Campaign(name) => name.as_str().to_owned(),
        PeriodKind::Day => format!("{} {}", word("kw_day"), date()?),
        PeriodKind::DailyOf(event) => {
            format!("{} {} {}", word("kw_daily_of"), event.as_str(), date()?)
        }
        PeriodKind::EndOf(event) if period.number() > 0 => {
            format!(
                "{} {} {}",
                word("kw_end_of"),
                event.as_str(),
                period.number()
            )
        }
        PeriodKind::EndOf(event) => format!("{} {}", word("kw_end_of"), event.as_str()),
        // Only the first request of a day has words.
        PeriodKind::OnRequest if period.number() > 0 => return None,
        PeriodKind::OnRequest => format!("{} {}", word("kw_on_request"), date()?),
    })
}

/// An empty test of the regime at the place, for a unit that reports it.
pub(super) fn test(place: &Place) -> Option<Action> {
    let regime = place.around.regime?;
    let name = regime.name.as_ref()?;
    let compiled = place.snapshot.regime(&name.value)?;
    let plan = compiled.plan()?;
    let kind = plan.header.periods.iter().map(|rule| rule.choice().kind);
    let year = plan.header.in_force_from.year();
    let period = kind
        .filter_map(|kind| Period::new(kind, year, 1).ok())
        .find(|period| instance(period, place.spelling).is_some())?;
    let unit = reporter(place, plan.header.in_force_from, &plan.header.reporters)?;
    let sample = Sample {
        title: match place.spelling {
            Language::Vietnamese => "ca kiểm thử mới".to_owned(),
            Language::English => "a new test".to_owned(),
        },
        unit: unit.name.clone(),
        period,
        before: Vec::new(),
        event: None,
        typed: Vec::new(),
    };
    let end = regime.span.end.checked_sub(1)?;
    let indent = format!("{}  ", place.indent(regime.span.start));
    let written = written(&sample, &indent, place.spelling)?;
    let title = Text::new(
        format!("thêm ca kiểm thử cho `{}`", name.value),
        format!("add a test of `{}`", name.value),
    );
    let closes = Span::new(end, regime.span.end).of(place.text) == "}";
    let edit = place.edit(Span::at(end), written);
    closes.then(|| place.action(ActionKind::Add, title, vec![edit]))
}

fn reporter<'s>(place: &'s Place, date: Date, parties: &[Party]) -> Option<&'s Unit> {
    let organisation = place.snapshot.organisation();
    let units = organisation.reporters(parties, date);
    units.first().and_then(|unit| organisation.get(unit))
}
