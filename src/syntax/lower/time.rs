//! Periods, windows, deadlines, applicability.
//!
//! From the rough tree to the typed one; a day that does not exist is told later, by `analysis`.

use super::Lower;
use crate::syntax::ast::Spanned;
use crate::syntax::ast::time::{
    Anchor, Covers, Deadline, DeadlineOf, DelayUnit, Due, DueTime, Extent, Figures, MonthOf,
    OnHoliday, Only, OnlyKind, Period, PeriodMember, Point, Relation, RelationKind, Vintage,
    Weekday, Which, Window, YearOf,
};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn window(&self, node: &Node) -> Option<Window> {
        Some(Window {
            extent: self.extent(node)?,
            span: node.span,
        })
    }

    pub(super) fn covers(&self, node: &Node) -> Option<Covers> {
        Some(Covers {
            extent: self.extent(node)?,
            span: node.span,
        })
    }

    fn extent(&self, node: &Node) -> Option<Spanned<Extent>> {
        let node = node.child(Rule::extent)?;
        let mut points = node
            .all(Rule::point)
            .filter_map(|point| self.point_of(point));
        let extent = match node.children.first()?.rule {
            Rule::kw_decree_09 => Extent::Decree09,
            Rule::kw_calendar_window => Extent::Calendar,
            Rule::kw_whole_event => Extent::WholeEvent,
            Rule::kw_at => Extent::At(points.next()?),
            _ => Extent::FromTo(points.next()?, points.next()?),
        };
        Some(Spanned::new(extent, node.span))
    }

    pub(super) fn point_of(&self, node: &Node) -> Option<Spanned<Point>> {
        let month = node
            .child(Rule::month_of)
            .and_then(|month| month.children.first())
            .map(|word| match word.rule {
                Rule::kw_of_month_before => MonthOf::Before,
                Rule::kw_of_first_month => MonthOf::First,
                Rule::kw_of_last_month => MonthOf::Last,
                _ => MonthOf::After,
            });
        let point = match (month, self.integer(node)) {
            (Some(month), Some(day)) => Point::DayOf(day.value, month),
            (Some(month), None) => Point::LastDay(month),
            (None, _) => match self.date(node) {
                Some(date) => Point::Date(date.value),
                None => {
                    let year = if node.has(Rule::kw_last_year) {
                        YearOf::Last
                    } else if node.has(Rule::kw_next_year) {
                        YearOf::Next
                    } else {
                        YearOf::Same
                    };
                    Point::DayMonth(self.day_month(node)?.value, year)
                }
            },
        };
        Some(Spanned::new(point, node.span))
    }

    fn point(&self, node: &Node) -> Option<Spanned<Point>> {
        node.child(Rule::point)
            .and_then(|point| self.point_of(point))
    }

    pub(super) fn which_of(&self, node: &Node) -> Option<Spanned<Which>> {
        let number = self.integer(node).map(|number| number.value);
        let first = node.children.first()?;
        let which = match first.rule {
            Rule::kw_month => Which::Month(number),
            Rule::kw_quarter => Which::Quarter(number),
            Rule::kw_year => Which::Year(number),
            Rule::kw_first_half => Which::FirstHalf,
            Rule::kw_second_half => Which::SecondHalf,
            Rule::kw_nine_months => Which::NineMonths,
            Rule::kw_on_request => Which::OnRequest,
            Rule::kw_day => Which::Day,
            Rule::kw_week => Which::Week(
                node.child(Rule::weekday)
                    .map(|day| Spanned::new(weekday_of(day), day.span)),
            ),
            Rule::kw_ten_days => Which::TenDays,
            Rule::kw_daily_of => Which::DailyOf(self.name(node)?),
            Rule::kw_end_of => Which::EndOf(self.name(node)?),
            _ => Which::Named(self.of(first).to_owned()),
        };
        Some(Spanned::new(which, node.span))
    }

    fn whiches(&self, node: &Node) -> Vec<Spanned<Which>> {
        node.all(Rule::which)
            .filter_map(|which| self.which_of(which))
            .collect()
    }

    pub(super) fn period(&self, node: &Node) -> Period {
        let head = node.child(Rule::period_head);
        Period {
            kinds: head.map(|head| self.whiches(head)).unwrap_or_default(),
            relation: head.and_then(|head| self.relation(head)),
            members: node
                .children
                .iter()
                .filter_map(|child| self.period_member(child))
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        }
    }

    fn relation(&self, node: &Node) -> Option<Relation> {
        let node = node.child(Rule::relation)?;
        Some(Relation {
            kind: match node.children.first()?.rule {
                Rule::kw_derived_from => RelationKind::DerivedFrom,
                Rule::kw_checked_against => RelationKind::CheckedAgainst,
                _ => RelationKind::Independent,
            },
            to: self.whiches(node),
            span: node.span,
        })
    }

    fn period_member(&self, node: &Node) -> Option<PeriodMember> {
        Some(match node.rule {
            Rule::window => PeriodMember::Window(self.window(node)?),
            Rule::covers => PeriodMember::Covers(self.covers(node)?),
            Rule::deadline => PeriodMember::Deadline(self.deadline(node)?),
            Rule::channel => PeriodMember::Channel(self.channel(node)),
            Rule::sign_by => PeriodMember::SignBy(self.sign_by(node)?),
            Rule::figures => PeriodMember::Figures(self.figures(node)?),
            Rule::waived => PeriodMember::WaivedWhen(self.expr_in(node)?, node.span),
            _ => return None,
        })
    }

    pub(super) fn figures(&self, node: &Node) -> Option<Figures> {
        let vintage = node.child(Rule::vintage)?;
        Some(Figures {
            vintage: Spanned::new(vintage_of(vintage), vintage.span),
            span: node.span,
        })
    }

    pub(super) fn deadline(&self, node: &Node) -> Option<Deadline> {
        let of = if node.has(Rule::kw_first_report) {
            DeadlineOf::FirstReport
        } else {
            DeadlineOf::Who(self.who_list(node))
        };
        let due = if node.has(Rule::kw_local) {
            Due::Local
        } else if node.has(Rule::kw_before) {
            Due::Before(self.due(node)?)
        } else {
            Due::By(self.due(node)?)
        };
        let on_holiday = node.child(Rule::on_holiday).and_then(|clause| {
            let choice = match clause.children.last()?.rule {
                Rule::kw_next_holiday => OnHoliday::Next,
                Rule::kw_previous_holiday => OnHoliday::Previous,
                _ => OnHoliday::Unchanged,
            };
            Some(Spanned::new(choice, clause.span))
        });
        Some(Deadline {
            of,
            due,
            on_holiday,
            span: node.span,
        })
    }

    fn due(&self, node: &Node) -> Option<Spanned<DueTime>> {
        let node = node.child(Rule::due)?;
        let time = match node.children.first()?.rule {
            Rule::clock => DueTime::Clock(self.clock(node)?, self.point(node)),
            Rule::delay => self.delay(node.child(Rule::delay)?)?,
            _ => DueTime::Point(self.point(node)?, self.clock(node)),
        };
        Some(Spanned::new(time, node.span))
    }

    fn delay(&self, node: &Node) -> Option<DueTime> {
        let unit = if node.has(Rule::kw_working_days) {
            DelayUnit::WorkingDays
        } else if node.has(Rule::kw_hours) {
            DelayUnit::Hours
        } else {
            DelayUnit::Days
        };
        let anchor = match node.children.last()?.rule {
            Rule::kw_event_start => Anchor::EventStart,
            Rule::kw_event_end => Anchor::EventEnd,
            _ => Anchor::Cutoff,
        };
        Some(DueTime::After {
            count: self.integer(node)?.value,
            unit,
            anchor,
        })
    }

    pub(super) fn only(&self, node: &Node) -> Option<Only> {
        node.child(Rule::only).and_then(|only| self.only_of(only))
    }

    pub(super) fn only_of(&self, node: &Node) -> Option<Only> {
        let kind = match node.children.first()?.rule {
            Rule::kw_only_in => OnlyKind::In(self.whiches(node)),
            Rule::kw_only_for => OnlyKind::For(self.who_list(node)),
            _ => OnlyKind::When(self.expr_in(node)?),
        };
        Some(Only {
            kind,
            span: node.span,
        })
    }
}

fn weekday_of(node: &Node) -> Weekday {
    match node.children.first().map(|word| word.rule) {
        Some(Rule::kw_tuesday) => Weekday::Tuesday,
        Some(Rule::kw_wednesday) => Weekday::Wednesday,
        Some(Rule::kw_thursday) => Weekday::Thursday,
        Some(Rule::kw_friday) => Weekday::Friday,
        Some(Rule::kw_saturday) => Weekday::Saturday,
        Some(Rule::kw_sunday) => Weekday::Sunday,
        _ => Weekday::Monday,
    }
}

/// The vintage a node names.
pub(super) fn vintage_of(node: &Node) -> Vintage {
    if node.has(Rule::kw_estimate) {
        Vintage::Estimate
    } else if node.has(Rule::kw_preliminary) {
        Vintage::Preliminary
    } else {
        Vintage::Final
    }
}
