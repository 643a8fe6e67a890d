//! Events that tests suppose, and whether the units of a test exist at its cut-off.
//!
//! It deliberately does not know expectations. An event of which a test of its period says nothing has begun the day before the report under test.

use super::check_tests::TestReader;
use super::dates;
use super::events;
use super::kinds;
use crate::calendar::dates::{days_after, show_date};
use crate::calendar::{Date, EventDates, Moment, Period, PeriodKind};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::event::EventProblem;
use crate::organisation::EventState;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::test::{GivenEvent, Test, TestMember};
use crate::text::Span;
use std::collections::BTreeMap;

impl TestReader<'_, '_, '_> {
    /// The event that the period under test follows. One given for another event is reported, as is an end that the period needs and nobody says.
    pub(super) fn event_of(
        &mut self,
        period: Period,
        given: &[&GivenEvent],
        head: Span,
    ) -> Option<EventState> {
        let mut state: Option<EventState> = None;
        let followed = period.kind().event();
        let mut moments = (None, None);
        for said in given {
            let Some(name) = kinds::event(self.context, self.shared, self.file, &said.event) else {
                continue;
            };
            if followed.is_none() {
                continue;
            }
            if followed != Some(name) {
                let written = self.context.shown(self.file, said.span);
                let period = (period.name_vi(), period.name_en());
                let problem = EventProblem::PeriodWithoutEvent { written, period };
                self.report(problem, said.event.span);
                continue;
            }
            let (start, end) = self.moments(said);
            moments = (moments.0.or(start), moments.1.or(end));
            let fields = self.fields(said);
            let known = state.get_or_insert_with(|| EventState {
                event: name.to_string(),
                dates: EventDates {
                    start: Moment::start_of(crate::calendar::Date::MIN),
                    end: None,
                },
                fields: BTreeMap::new(),
            });
            known.fields.extend(fields);
        }
        let name = followed?;
        let usual_start = period
            .date()
            .map(|day| Moment::start_of(days_after(day, -1)));
        let missing = match period.kind() {
            PeriodKind::EndOf(_) => [(moments.0, false), (moments.1, true)]
                .into_iter()
                .find(|(moment, _)| moment.is_none()),
            _ => None,
        };
        if let Some((_, end)) = missing {
            let event = name.to_string();
            self.report(EventProblem::EventDatesMissing { event, end }, head);
            return None;
        }
        let dates = EventDates {
            start: moments.0.or(usual_start)?,
            end: moments.1,
        };
        let fields = state.map(|state| state.fields).unwrap_or_default();
        Some(EventState {
            event: name.to_string(),
            dates,
            fields,
        })
    }

    /// Events that were over before the end of a report that follows none; their final reports are what `over events` adds.
    pub(super) fn ended_events(&mut self, given: &[&GivenEvent]) -> Vec<(u16, EventState)> {
        let mut found: Vec<(u16, EventState)> = Vec::new();
        for said in given {
            // An unknown name was reported where the event of the period was looked for.
            let known = self.context.events.iter();
            if !known
                .map(|event| &event.name)
                .any(|name| *name == said.event.value)
            {
                continue;
            }
            let event = said.event.value.clone();
            let before = found.iter().filter(|(_, other)| other.event == event);
            let place = u32::try_from(before.count()).unwrap_or(u32::MAX);
            let (start, end) = self.moments(said);
            let fields = self.fields(said);
            let (Some(start), Some(last)) = (start, end) else {
                let end = start.is_some();
                let problem = EventProblem::EventDatesMissing { event, end };
                self.report(problem, said.event.span);
                continue;
            };
            let state = EventState {
                event,
                dates: EventDates {
                    start,
                    end: Some(last),
                },
                fields,
            };
            found.push((kinds::event_number(place.saturating_add(1)), state));
        }
        found
    }

    /// Start and end as far as they are said; of two the first counts.
    fn moments(&mut self, said: &GivenEvent) -> (Option<Moment>, Option<Moment>) {
        let mut moments = (None, None);
        for moment in &said.moments {
            let found = self.moment(&moment.date, moment.clock, moment.span);
            if moment.starts {
                moments.0 = moments.0.or(found);
            } else {
                moments.1 = moments.1.or(found);
            }
        }
        moments
    }

    fn moment(
        &mut self,
        date: &Spanned<crate::syntax::ast::Date>,
        clock: Option<crate::syntax::ast::Clock>,
        span: Span,
    ) -> Option<Moment> {
        let day = dates::date(self.context, self.file, date)?;
        match clock {
            Some(clock) => {
                let clock = dates::clock(self.context, self.file, span, clock)?;
                Some(Moment::new(day, clock))
            }
            None => Some(Moment::start_of(day)),
        }
    }

    fn fields(&mut self, said: &GivenEvent) -> BTreeMap<String, crate::organisation::FieldValue> {
        let declared = self.context.events.clone();
        let mut fields = BTreeMap::new();
        let Some(position) = declared
            .iter()
            .position(|event| event.name == said.event.value)
        else {
            return fields;
        };
        let Some(event) = declared.get(position) else {
            return fields;
        };
        for pair in &said.fields {
            let Some(name) = pair.place.first() else {
                continue;
            };
            let Some(field) = event
                .fields
                .iter()
                .position(|field| field.name == name.value)
            else {
                let names = event.fields.iter().map(|field| field.name.as_str());
                self.context.unknown(
                    NameKind::EventField,
                    name,
                    self.file,
                    names,
                    &self.shared.strays,
                );
                continue;
            };
            let known = Some(name.value.as_str());
            self.context
                .refer_event(self.file, name.span, &event.name, known);
            let place = (position, field);
            let value =
                events::field_value(self.context, self.shared, self.file, place, &pair.value);
            if let Some(value) = value {
                fields.insert(name.value.clone(), value);
            }
        }
        fields
    }

    /// The last day of the figures of a period, as far as it is known.
    pub(super) fn cutoff(&self, period: Period, event: Option<&EventState>) -> Option<Date> {
        let mut rules = self.periods.iter();
        let rule = rules.find(|rule| rule.choice.accepts(&period))?;
        let days = rule.days.days(&period, event.map(|event| event.dates))?;
        Some(rule.window.window(&days).to)
    }

    /// Reports units of the project's table that do not exist at the cut-off of a test.
    pub(super) fn units_then(
        &mut self,
        period: Period,
        event: Option<&EventState>,
        written: &Test,
    ) {
        let Some(cutoff) = self.cutoff(period, event) else {
            return;
        };
        let mut named: Vec<&Spanned<String>> = Vec::new();
        for member in &written.members {
            match member {
                TestMember::Reporter(said) if said.level.is_none() => named.push(&said.unit),
                TestMember::Given(said) if said.during.is_none() && !said.previous => {
                    named.extend(said.of.as_ref());
                }
                _ => {}
            }
        }
        for name in named {
            let mut units = self
                .shared
                .units
                .iter()
                .filter(|unit| unit.name == name.value)
                .peekable();
            let known = units.peek().is_some();
            if known && !units.any(|unit| unit.is_valid_on(cutoff)) {
                let problem = EventProblem::UnitNotThen {
                    unit: name.value.clone(),
                    cutoff: show_date(cutoff),
                };
                self.context.report(problem, self.file, name.span);
            }
        }
    }
}
