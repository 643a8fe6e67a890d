//! The regime and its legal header: who reports to whom, by what way, on which basis.
//!
//! Names and dates are as written; whether they lead anywhere is decided in `analysis`.

use super::event::Event;
use super::form::Form;
use super::list::List;
use super::migrate::Migration;
use super::outline::Outline;
use super::rule::Rule;
use super::test::Test;
use super::time::{Covers, Deadline, Figures, Period, Window};
use super::{Date, Dated, Spanned, Stray, Who};
use crate::text::Span;

/// `regime NAME "title" version 1 in force from … { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regime {
    /// Its name; absent if the head is unreadable.
    pub name: Option<Spanned<String>>,
    /// Its title; absent if the head is unreadable.
    pub title: Option<Spanned<String>>,
    /// Its version.
    pub version: Option<Version>,
    /// Its parts in the order written.
    pub members: Vec<RegimeMember>,
    /// Lines of its block that are no part of a regime.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// `version 2 in force from 05/03/2024 until …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: Spanned<u32>,
    /// First day in force.
    pub from: Spanned<Date>,
    /// Last day in force.
    pub until: Option<Spanned<Date>>,
    /// The whole clause.
    pub span: Span,
}

/// A part of a regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegimeMember {
    /// `basis`, căn cứ.
    Basis(Basis),
    /// `issuer`, cơ quan ban hành.
    Issuer(Issuer),
    /// `track statistical`: under the statistics law instead of Decree 09.
    TrackStatistical(Span),
    /// `reporters`, đối tượng báo cáo.
    Reporters(WhoList),
    /// `recipient`, nơi nhận.
    Recipient(WhoList),
    /// `channel`, phương thức gửi.
    Channel(Channel),
    /// `sign by`, người ký.
    SignBy(SignBy),
    /// `route`, luồng.
    Route(Route),
    /// `suspend`, tạm dừng.
    Suspend(Suspend),
    /// `window`, chốt số liệu.
    Window(Window),
    /// `covers`, phạm vi số liệu.
    Covers(Covers),
    /// `period`, kỳ.
    Period(Period),
    /// `deadline`, hạn gửi.
    Deadline(Deadline),
    /// `figures are`, số liệu là.
    Figures(Figures),
    /// `form`, biểu.
    Form(Box<Form>),
    /// A rule over several forms.
    Rule(Rule),
    /// `test`, ca kiểm thử.
    Test(Test),
    /// `event`, đợt.
    Event(Event),
    /// `list`, danh sách.
    List(Box<List>),
    /// `outline`, đề cương.
    Outline(Outline),
    /// `migrate from version`, chuyển từ phiên bản.
    Migration(Migration),
}

/// Legal basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The documents, at least one.
    pub documents: Vec<Spanned<String>>,
    /// The statement.
    pub span: Span,
}

/// Issuing body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Its name in words.
    pub name: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// A list of levels and agencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoList {
    /// The members, at least one.
    pub who: Vec<Who>,
    /// The statement.
    pub span: Span,
}

/// The ways a report may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Groups of which any one suffices; all ways of a group must be used. `a, b and c` is
    /// `[[a], [b, c]]`.
    pub any: Vec<Vec<Spanned<String>>>,
    /// The statement.
    pub span: Span,
}

/// The role that signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignBy {
    /// Name of the role.
    pub role: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// The way of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its steps.
    pub path: RoutePath,
    /// When it holds.
    pub dated: Option<Dated>,
    /// The forms it is for; empty for all.
    pub forms: Vec<Spanned<String>>,
    /// The statement.
    pub span: Span,
}

/// The steps of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoutePath {
    /// `along the tree`, theo cây đơn vị.
    AlongTheTree,
    /// Out of a table.
    Table(Spanned<String>),
    /// Step by step, at least two; each step a list.
    Steps(Vec<Vec<Who>>),
}

/// A step that is no longer taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspend {
    /// Who sent.
    pub from: Who,
    /// Who received.
    pub to: Vec<Who>,
    /// Since when.
    pub dated: Dated,
    /// The forms it is about; empty for all.
    pub forms: Vec<Spanned<String>>,
    /// Why.
    pub reason: Spanned<String>,
    /// The statement.
    pub span: Span,
}
