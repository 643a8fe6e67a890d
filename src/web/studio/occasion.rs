//! The occasions of a preview: periods that can be shown, and for an event or a request the days and the record that an author tries.
//!
//! Nothing has happened yet while a regime is written, so an event is made up: of today, and of the first answer of every field; the author changes it in fields that stand over the table. It knows neither
//! figures nor forms. Broken input: what is no day and no value of its field is as if it had not been typed.

use crate::calendar::dates::{parse_date, show_date};
use crate::calendar::{Date, DateRange, EventDates, Moment, Period, PeriodKind};
use crate::eval::earlier::window_during;
use crate::organisation::{Event, EventField, EventState, FieldKind};
use crate::plan::CompiledRegime;
use crate::plan::header::PeriodRule;
use crate::service::events::recorded;
use crate::web::texts::{Language, plain, worded};
use crate::web::words::{date, period_name};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most kinds of an event that are tried to find one in which a form applies.
const MOST_VARIANTS: usize = 60;
/// The most periods to choose from.
const MOST_PERIODS: usize = 40;

/// The days of an event among what was typed: `dot@start`. Its fields are `dot.loai`, and the day of a request `@day`.
const DAY: &str = "day";
const START: &str = "start";
const END: &str = "end";

/// A period that can be shown, with the event it follows.
#[derive(Clone)]
pub struct Occasion {
    /// The period.
    pub period: Period,
    /// What people call it.
    pub label: String,
    /// The legal window of its figures.
    pub window: DateRange,
    /// The event it follows.
    pub event: Option<EventState>,
    /// What can be said about the event or the request.
    pub fields: Vec<GivenField>,
}

/// One thing that can be said about an event or a request.
#[derive(Clone, Serialize)]
pub struct GivenField {
    /// What the field is called among what was typed.
    pub address: String,
    /// What people read.
    pub label: String,
    /// What is said now.
    pub text: String,
    /// What can be chosen, name and label; empty where anything may be typed.
    pub choices: Vec<(String, String)>,
}

/// What occasions are made of.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// The regime.
    pub plan: &'g CompiledRegime,
    /// Today.
    pub today: Date,
    /// What was typed, by address.
    pub values: &'g BTreeMap<String, String>,
    /// The language of labels.
    pub language: Language,
}

impl Ground<'_> {
    /// The periods of this year and the next, or of the first years of a regime that is not in force yet; one of each event and one on request.
    pub fn occasions(&self) -> Vec<Occasion> {
        let header = &self.plan.header;
        let year = self.today.year().max(header.in_force_from.year());
        let rules = || header.periods.iter();
        let named = [year, year.saturating_add(1)]
            .into_iter()
            .flat_map(|year| rules().flat_map(move |rule| rule.periods_in(year)));
        let mut seen: BTreeSet<Period> = BTreeSet::new();
        let regular = named
            .filter(|period| seen.insert(*period))
            .filter_map(|period| self.regular(period))
            .take(MOST_PERIODS);
        let mut found: Vec<Occasion> = regular.collect();
        found.extend(rules().filter_map(|rule| self.special(rule)));
        found
    }

    /// The occasions in the order in which they are tried when none was asked for: the one that today lies in, then one of each other kind, and of events one with each answer that nobody has given.
    pub fn by_nearness(&self, occasions: &[Occasion]) -> Vec<Occasion> {
        let holds = |one: &&Occasion| one.window.from <= self.today && self.today <= one.window.to;
        let mut kinds: BTreeSet<PeriodKind> = BTreeSet::new();
        let current = occasions.iter().filter(holds);
        let nearest: Vec<&Occasion> = current
            .chain(occasions)
            .filter(|one| kinds.insert(one.period.kind()))
            .collect();
        let variants = nearest.iter().flat_map(|one| self.variants(one));
        let variants: Vec<Occasion> = variants.take(MOST_VARIANTS).collect();
        nearest.into_iter().cloned().chain(variants).collect()
    }

    /// The same event with each other answer to one question.
    fn variants(&self, occasion: &Occasion) -> impl Iterator<Item = Occasion> + use<'_> {
        let kind = occasion.period.kind();
        let mut rules = self.plan.header.periods.iter();
        let rule = rules.find(|rule| rule.kind == kind);
        let open: Vec<(String, String)> = occasion
            .fields
            .iter()
            .filter(|field| !self.values.contains_key(&field.address))
            .flat_map(|field| {
                let others = field.choices.iter().skip(1);
                others.map(|(name, _)| (field.address.clone(), name.clone()))
            })
            .collect();
        open.into_iter().filter_map(move |(address, name)| {
            let mut values = self.values.clone();
            values.insert(address, name);
            let ground = Ground {
                values: &values,
                ..*self
            };
            ground.special(rule?)
        })
    }

    fn regular(&self, period: Period) -> Option<Occasion> {
        let header = &self.plan.header;
        let own = header
            .periods
            .iter()
            .find(|rule| rule.kind == period.kind());
        let label = match own.and_then(|rule| rule.label.as_ref()) {
            Some(label) => format!("{label} {}", period.shown_years()),
            None => period_name(self.language, &period),
        };
        Some(Occasion {
            period,
            label: label.trim_end().to_owned(),
            window: window_during(header, period, None)?,
            event: None,
            fields: Vec::new(),
        })
    }

    fn special(&self, rule: &PeriodRule) -> Option<Occasion> {
        if rule.kind == PeriodKind::OnRequest {
            return self.on_request();
        }
        let name = rule.kind.event()?;
        let header = &self.plan.header;
        let event = header
            .events
            .iter()
            .find(|event| event.name == name.as_str())?;
        let is_end = rule.kind == PeriodKind::EndOf(name);
        let said = |part: &str| self.day(&format!("{}@{part}", event.name));
        let start = said(START).unwrap_or(self.today);
        let last = said(END).unwrap_or(self.today).max(start);
        let day = said(DAY).unwrap_or(self.today).max(start);
        let dates = EventDates {
            start: Moment::start_of(start),
            end: is_end.then(|| Moment::start_of(last)),
        };
        let (period, label) = match is_end {
            true => (Period::end_of(name, 0), "period-end-of-event"),
            false => (Period::daily_of(name, 0, day).ok()?, "period-day-of-event"),
        };
        let title = ("title", event.label.clone().into());
        let mut fields: Vec<GivenField> = event
            .fields
            .iter()
            .map(|field| self.field(event, field))
            .collect();
        fields.push(self.of_day(&event.name, START, "preview-start", start));
        fields.push(match is_end {
            true => self.of_day(&event.name, END, "preview-end", last),
            false => self.of_day(&event.name, DAY, "preview-day", day),
        });
        Some(Occasion {
            period,
            label: match is_end {
                true => worded(self.language, label, &[title]),
                false => worded(self.language, label, &[("date", date(day).into()), title]),
            },
            window: window_during(header, period, Some(dates))?,
            event: Some(EventState {
                event: event.name.clone(),
                dates,
                fields: self.recorded(event, &fields),
            }),
            fields,
        })
    }

    fn on_request(&self) -> Option<Occasion> {
        let day = self.day(&format!("@{DAY}")).unwrap_or(self.today);
        let period = Period::on_request(day, 0).ok()?;
        let arguments = [("date", date(day).into())];
        Some(Occasion {
            period,
            label: worded(self.language, "preview-on-request", &arguments),
            window: window_during(&self.plan.header, period, None)?,
            event: None,
            fields: vec![self.of_day("", DAY, "preview-request-day", day)],
        })
    }

    /// The record as a person would have typed it; a field whose text is no value of it is left open.
    fn recorded(
        &self,
        event: &Event,
        fields: &[GivenField],
    ) -> BTreeMap<String, crate::organisation::FieldValue> {
        let one = |field: &EventField| {
            let address = format!("{}.{}", event.name, field.name);
            let said = fields.iter().find(|given| given.address == address)?;
            let typed = BTreeMap::from([(field.name.clone(), said.text.clone())]);
            recorded(event, &typed).ok()
        };
        event.fields.iter().filter_map(one).flatten().collect()
    }

    fn field(&self, event: &Event, field: &EventField) -> GivenField {
        let choices = match &field.kind {
            FieldKind::Choice { entries, .. } => entries.clone(),
            FieldKind::YesOrNo => vec![
                ("no".to_owned(), plain(self.language, "no")),
                ("yes".to_owned(), plain(self.language, "yes")),
            ],
            FieldKind::Text | FieldKind::Number { .. } | FieldKind::Date => Vec::new(),
        };
        let address = format!("{}.{}", event.name, field.name);
        let first = choices.first().map(|(name, _)| name.clone());
        GivenField {
            text: self
                .values
                .get(&address)
                .cloned()
                .or(first)
                .unwrap_or_default(),
            label: field.label.clone(),
            address,
            choices,
        }
    }

    fn of_day(&self, of: &str, part: &str, label: &str, day: Date) -> GivenField {
        let address = format!("{of}@{part}");
        // What is being typed is not taken out of the person's hands.
        let typed = self.values.get(&address).filter(|text| !text.is_empty());
        GivenField {
            text: typed.cloned().unwrap_or_else(|| show_date(day)),
            label: plain(self.language, label),
            address,
            choices: Vec::new(),
        }
    }

    fn day(&self, address: &str) -> Option<Date> {
        parse_date(self.values.get(address)?.trim()).ok()
    }
}

/// The occasion that was asked for: the same period, else one of the same kind, because the day of an event can have been changed.
pub fn asked<'o>(occasions: &'o [Occasion], wish: Option<&str>) -> Option<&'o Occasion> {
    let wish = wish?;
    let period: Option<Period> = wish.parse().ok();
    let is_special = |kind: PeriodKind| kind.event().is_some() || kind == PeriodKind::OnRequest;
    let same = occasions.iter().find(|one| one.period.to_string() == wish);
    same.or_else(|| {
        let kind = period
            .map(|period| period.kind())
            .filter(|kind| is_special(*kind))?;
        occasions.iter().find(|one| one.period.kind() == kind)
    })
}
