//! The outline of a report: sections, narratives, generated sentences, the places of tables.
//!
//! Whether a table names a form is not known here; a section whose head is unreadable keeps what it
//! holds.

use super::expression::Template;
use super::time::Only;
use super::{Spanned, Stray};
use crate::text::Span;

/// `outline { … }`, đề cương.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its parts in the order written.
    pub members: Vec<OutlineMember>,
    /// Lines of its block that are no part of an outline.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// A part of an outline or of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineMember {
    /// `only in / for / when`, for all that is inside.
    Only(Only),
    /// `section`, mục.
    Section(Section),
    /// `narrative`, nội dung.
    Narrative(Narrative),
    /// `sentence`, câu mẫu.
    Sentence(Sentence),
    /// `table`, bảng.
    Table(OutlineTable),
}

/// `section I "Tình hình" only in year { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Printed number.
    pub code: Option<Spanned<String>>,
    /// Its heading; absent if the head is unreadable.
    pub label: Option<Spanned<String>>,
    /// Where it applies.
    pub only: Vec<Only>,
    /// What it holds; empty for a heading alone.
    pub members: Vec<OutlineMember>,
    /// Lines of its block that are no part of a section.
    pub strays: Vec<Stray>,
    /// The head, up to the brace.
    pub head: Span,
    /// The whole block.
    pub span: Span,
}

/// `narrative tinh_hinh "Nêu khái quát" optional`: words that the officer writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrative {
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// What to write about.
    pub label: Option<Spanned<String>>,
    /// Whether it may be left empty, `optional`.
    pub optional: bool,
    /// Whether it is about the period after, `for next`.
    pub about_next: bool,
    /// Where it applies.
    pub only: Vec<Only>,
    /// The statement.
    pub span: Span,
}

/// `sentence "Xảy ra {TN[tong, 1]} vụ."`: words that are generated and locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The words with their figures.
    pub template: Template,
    /// Where it applies.
    pub only: Option<Only>,
    /// The statement.
    pub span: Span,
}

/// `table NV`: a form or list printed at this place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineTable {
    /// The form or list.
    pub form: Spanned<String>,
    /// The statement.
    pub span: Span,
}
