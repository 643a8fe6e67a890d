//! The span or the moment a figure speaks about, seen from the window of the report.
//!
//! Windows are counted from the report's own: 0 is the current one, -1 the one before. A flow has a set of disjoint spans, a stock a moment. It
//! deliberately does not know dates: whether windows tile a year is the business of the periods. Nothing here fails.

use std::collections::BTreeSet;

/// Where a span begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// With the start of a project (lũy kế từ khởi công).
    Project,
    /// With the event (lũy kế từ đầu đợt).
    Event,
    /// With the year of the regime (lũy kế từ đầu năm).
    Year,
    /// With a window.
    Window(i32),
}

/// One unbroken span: from its start to the end of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Years later; -1 is a year ago.
    pub years: i32,
    /// Where it begins.
    pub start: Start,
    /// The window with whose end it ends.
    pub end: i32,
}

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Years later.
    pub years: i32,
    /// The window.
    pub window: i32,
    /// At its start, not at its end.
    pub opening: bool,
}

/// What a figure speaks about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Disjoint spans; those that touch are one.
    Spans(BTreeSet<Span>),
    /// A moment.
    Moment(Edge),
    /// The year of a plan, by years later.
    PlanYear(i32),
}

/// What comes of two extents in a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined {
    /// They are one and the same.
    Same,
    /// They follow one another or lie apart; together they are this.
    Union(Extent),
    /// A part of the span is in both.
    CountedTwice,
    /// They are of different sorts.
    Apart,
}

/// What comes of two extents in a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subtracted {
    /// They are one and the same.
    Same,
    /// The second is the beginning of the first; this is left.
    Rest(Extent),
    /// Two moments: what happened between them.
    Between(Extent),
    /// Nothing is left over: the two are compared.
    Compared,
}

impl Span {
    /// The window of the report.
    pub fn current() -> Span {
        Span {
            years: 0,
            start: Start::Window(0),
            end: 0,
        }
    }

    /// From a start to the end of the report's window.
    pub fn since(start: Start) -> Span {
        Span {
            start,
            ..Span::current()
        }
    }

    /// Whether the other begins in the very moment in which this one ends.
    fn touches(&self, next: &Span) -> bool {
        self.years == next.years && next.start == Start::Window(self.end.saturating_add(1))
    }

    fn overlaps(&self, other: &Span) -> bool {
        if self.years != other.years {
            return false;
        }
        let begins_after = |span: &Span, other: &Span| matches!(span.start, Start::Window(first) if first > other.end);
        !begins_after(self, other) && !begins_after(other, self)
    }

    fn shifted(&self, windows: i32, years: i32) -> Span {
        Span {
            years: self.years.saturating_add(years),
            start: match self.start {
                Start::Window(first) => Start::Window(first.saturating_add(windows)),
                start => start,
            },
            end: self.end.saturating_add(windows),
        }
    }
}

impl Extent {
    /// One span.
    pub fn of(span: Span) -> Extent {
        Extent::Spans(BTreeSet::from([span]))
    }

    /// The window of the report.
    pub fn current() -> Extent {
        Extent::of(Span::current())
    }

    /// From a start to the end of the report's window.
    pub fn since(start: Start) -> Extent {
        Extent::of(Span::since(start))
    }

    /// The end of the report's window.
    pub fn at_end() -> Extent {
        Extent::Moment(Edge {
            years: 0,
            window: 0,
            opening: false,
        })
    }

    /// The start of the report's window.
    pub fn at_start() -> Extent {
        Extent::Moment(Edge {
            years: 0,
            window: 0,
            opening: true,
        })
    }

    /// Where the only span begins, if there is one.
    pub fn start(&self) -> Option<Start> {
        match self {
            Extent::Spans(spans) if spans.len() == 1 => spans.first().map(|span| span.start),
            _ => None,
        }
    }

    /// By how many windows and years its only span lies later than the report's own; not at all where it has several.
    pub fn shift(&self) -> (i32, i32) {
        match self {
            Extent::Spans(spans) if spans.len() == 1 => {
                spans.first().map_or((0, 0), |span| (span.end, span.years))
            }
            _ => (0, 0),
        }
    }

    /// Whether its only span ends with the window before.
    pub fn ends_before(&self) -> bool {
        self.shift().0 == -1
    }

    /// Whether it lies in the report's own window and year.
    pub fn is_current(&self) -> bool {
        match self {
            Extent::Spans(spans) => spans.iter().all(|span| span.years == 0 && span.end == 0),
            Extent::Moment(instant) => instant.years == 0 && instant.window == 0,
            Extent::PlanYear(years) => *years == 0,
        }
    }

    /// The same, so many windows and years later. A plan of the period before is that of its year.
    pub fn shifted(&self, windows: i32, years: i32) -> Extent {
        match self {
            Extent::Spans(spans) => Extent::Spans(
                spans
                    .iter()
                    .map(|span| span.shifted(windows, years))
                    .collect(),
            ),
            Extent::Moment(instant) => Extent::Moment(Edge {
                years: instant.years.saturating_add(years),
                window: instant.window.saturating_add(windows),
                ..*instant
            }),
            Extent::PlanYear(year) => Extent::PlanYear(year.saturating_add(years)),
        }
    }

    /// What a sum of figures over both spans speaks about.
    pub fn joined(&self, other: &Extent) -> Joined {
        match (self, other) {
            _ if self == other => Joined::Same,
            (Extent::Spans(one), Extent::Spans(two)) => {
                if one
                    .iter()
                    .any(|span| two.iter().any(|other| span.overlaps(other)))
                {
                    return Joined::CountedTwice;
                }
                let mut spans: Vec<Span> = one.union(two).copied().collect();
                let pair = |spans: &[Span]| {
                    spans.iter().enumerate().find_map(|(first, span)| {
                        spans
                            .iter()
                            .position(|next| span.touches(next))
                            .map(|next| (first, next))
                    })
                };
                while let Some((first, next)) = pair(&spans) {
                    let end = spans.get(next).map_or(0, |span| span.end);
                    if let Some(span) = spans.get_mut(first) {
                        span.end = end;
                    }
                    spans.remove(next);
                }
                Joined::Union(Extent::Spans(spans.into_iter().collect()))
            }
            (Extent::Moment(_), Extent::Moment(_)) => Joined::CountedTwice,
            _ => Joined::Apart,
        }
    }

    /// What a difference of figures over both spans speaks about.
    pub fn subtracted(&self, other: &Extent) -> Subtracted {
        match (self, other) {
            _ if self == other => Subtracted::Same,
            (Extent::Moment(later), Extent::Moment(earlier)) if later.years == earlier.years => {
                // The start of a window and the end of the one before are one moment.
                let edge = |instant: &Edge| match instant.opening {
                    true => instant.window,
                    false => instant.window.saturating_add(1),
                };
                let (from, to) = (edge(earlier), edge(later).saturating_sub(1));
                match from <= to {
                    true => Subtracted::Between(Extent::of(Span {
                        years: later.years,
                        start: Start::Window(from),
                        end: to,
                    })),
                    false => Subtracted::Compared,
                }
            }
            (Extent::Spans(whole), Extent::Spans(part)) => {
                match (whole.first(), part.first(), whole.len(), part.len()) {
                    (Some(whole), Some(part), 1, 1)
                        if whole.years == part.years
                            && whole.start == part.start
                            && part.end < whole.end =>
                    {
                        Subtracted::Rest(Extent::of(Span {
                            start: Start::Window(part.end.saturating_add(1)),
                            ..*whole
                        }))
                    }
                    _ => Subtracted::Compared,
                }
            }
            _ => Subtracted::Compared,
        }
    }

    /// In how many of the ways that may be meant the extents of a quotient differ: the plan's year, the period before, a year ago, and a moment
    /// under a flow. More than one, or any other difference, is seldom meant.
    pub fn may_be_divided_by(&self, other: &Extent) -> bool {
        match (self, other) {
            _ if self == other => true,
            (Extent::PlanYear(_), _) | (_, Extent::PlanYear(_)) => true,
            (Extent::Moment(_), Extent::Spans(_)) | (Extent::Spans(_), Extent::Moment(_)) => true,
            _ => {
                let shifts = [(0, -1), (-1, 0), (0, 1), (1, 0)];
                shifts
                    .into_iter()
                    .any(|(windows, years)| self.shifted(windows, years) == *other)
            }
        }
    }
}
