//! Events: records with a start and an end moment, with fields of their own.
//!
//! Nothing about the moments is known here, only who may open and close an event; an event whose
//! head is unreadable keeps its fields.

use super::form::Cells;
use super::header::WhoList;
use super::{Spanned, Stray};
use crate::text::Span;

/// `event dot "Đợt thiên tai" { field …; opened by xa; closed by bch_pctt }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name; absent if the head is unreadable.
    pub name: Option<Spanned<String>>,
    /// What is printed.
    pub label: Option<Spanned<String>>,
    /// Its parts in the order written.
    pub members: Vec<EventMember>,
    /// Lines of its block that are no part of an event.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// A part of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventMember {
    /// `field`, trường: frozen in each report made during the event.
    Field(Cells),
    /// `opened by`, người mở.
    OpenedBy(WhoList),
    /// `closed by`, người đóng.
    ClosedBy(WhoList),
}
