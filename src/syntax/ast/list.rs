//! Open lists: their fields, the key of a row, how rows are grouped.
//!
//! A field is written like a column of a form; whether the key names fields is not known here. A
//! list whose head is unreadable keeps its parts.

use super::form::{Cells, Default, Total};
use super::header::{Channel, SignBy};
use super::rule::Rule;
use super::time::{Covers, Deadline, Figures, Only, Window};
use super::{Spanned, Stray};
use crate::text::Span;

/// `list NAME "printed sign" "title" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its name; absent if the head is unreadable.
    pub name: Option<Spanned<String>>,
    /// The printed sign, or the title if only one text is given.
    pub sign: Option<Spanned<String>>,
    /// The title.
    pub title: Option<Spanned<String>>,
    /// Its parts in the order written.
    pub members: Vec<ListMember>,
    /// Lines of its block that are no part of a list.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListMember {
    /// `field`, trường.
    Field(Cells),
    /// `key`, khóa.
    Key(Key),
    /// `rows grouped by`, dòng nhóm theo.
    GroupedBy(GroupedBy),
    /// `default`, mặc định.
    Default(Default),
    /// `only in / for / when`.
    Only(Only),
    /// `window`.
    Window(Window),
    /// `covers`.
    Covers(Covers),
    /// `deadline`.
    Deadline(Deadline),
    /// `channel`.
    Channel(Channel),
    /// `sign by`.
    SignBy(SignBy),
    /// `figures are`.
    Figures(Figures),
    /// `total row`, dòng tổng.
    TotalRow(Total),
    /// A rule of the list.
    Rule(Rule),
}

/// `key ma_da, nguon merged`: the identity of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Names of fields, at least one.
    pub fields: Vec<Spanned<String>>,
    /// What one key in the lists of two units means.
    pub sharing: KeySharing,
    /// The statement.
    pub span: Span,
}

/// What one key in the lists of two units means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeySharing {
    /// Nothing: a row is known by its unit and its key.
    Plain,
    /// `unique`, duy nhất: a conflict to be settled.
    Unique,
    /// `merged`, gộp chung: one row, merged by the nature of each field.
    Merged,
}

/// `rows grouped by nguon, cdt`: order on screen and in print, with subtotals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupedBy {
    /// Names of fields, outermost first; at least one.
    pub fields: Vec<Spanned<String>>,
    /// The statement.
    pub span: Span,
}
