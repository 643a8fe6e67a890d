//! Expressions: formulas, conditions, references.
//!
//! Chains are lists, not nested pairs, so that a formula of a thousand terms is no deeper than one
//! of two. Parentheses leave no trace but the shape. Nesting is bounded by the parser.

use super::{Date, Spanned};
use crate::text::Span;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, without parentheses around it.
    pub span: Span,
}

impl Expr {
    /// Calls `visit` for every expression directly inside this one, in the order written.
    pub fn for_each_part<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match &self.kind {
            ExprKind::Or(parts) | ExprKind::And(parts) => parts.iter().for_each(visit),
            ExprKind::Not(part) | ExprKind::Negative(part) => visit(part),
            ExprKind::Compare { first, rest } => {
                visit(first);
                rest.iter().for_each(|(_, part)| visit(part));
            }
            ExprKind::Sum { first, rest } => {
                visit(first);
                rest.iter().for_each(|(_, part)| visit(part));
            }
            ExprKind::Product { first, rest } => {
                visit(first);
                rest.iter().for_each(|(_, part)| visit(part));
            }
            ExprKind::In { subject, .. } => visit(subject),
            ExprKind::Call(call) => {
                call.arguments.iter().for_each(&mut *visit);
                call.condition.iter().for_each(visit);
            }
            ExprKind::If(written) => {
                visit(&written.condition);
                visit(&written.then);
                visit(&written.otherwise);
            }
            ExprKind::Date(_)
            | ExprKind::Number(_)
            | ExprKind::Yes
            | ExprKind::No
            | ExprKind::Row(_)
            | ExprKind::Cell(_)
            | ExprKind::ThisRow
            | ExprKind::ThisCell
            | ExprKind::Nil
            | ExprKind::Path(_) => {}
        }
    }
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// At least two conditions of which one must hold.
    Or(Vec<Expr>),
    /// At least two conditions that must all hold.
    And(Vec<Expr>),
    /// The contrary of a condition.
    Not(Box<Expr>),
    /// `a < b <= c`: at least one comparison.
    Compare {
        /// The leftmost side.
        first: Box<Expr>,
        /// Each further side with the sign before it.
        rest: Vec<(Spanned<Comparison>, Expr)>,
    },
    /// `x in (a, b)`: one of the entries of a catalog.
    In {
        /// What is looked at.
        subject: Box<Expr>,
        /// Names of entries.
        entries: Vec<Spanned<String>>,
    },
    /// `a + b - c`: at least one sign.
    Sum {
        /// The leftmost term.
        first: Box<Expr>,
        /// Each further term with the sign before it.
        rest: Vec<(Spanned<SumSign>, Expr)>,
    },
    /// `a * b / c`: at least one sign, from left to right.
    Product {
        /// The leftmost factor.
        first: Box<Expr>,
        /// Each further factor with the sign before it.
        rest: Vec<(Spanned<ProductSign>, Expr)>,
    },
    /// `-a`; an even number of signs leaves none.
    Negative(Box<Expr>),
    /// A function applied.
    Call(Box<Call>),
    /// A date literal.
    Date(Date),
    /// A number literal.
    Number(Number),
    /// `yes`, có.
    Yes,
    /// `no`, không.
    No,
    /// `row[6]`, a row over all its figures.
    Row(RowRef),
    /// `[3]`, `[2.7, 3]`, `XLD01[3]`.
    Cell(CellRef),
    /// `row` alone: the entry of this row, inside `where`.
    ThisRow,
    /// `cell` alone, ô: each cell in its turn, in a rule for many cells.
    ThisCell,
    /// `nil`, không phát sinh: a branch of a condition.
    Nil,
    /// `if c then a else b`, nếu … thì … còn lại.
    If(Box<Conditional>),
    /// A name or names joined by points.
    Path(Vec<Spanned<String>>),
}

/// One of two values, by a condition. Each branch is a sum, [`ExprKind::Nil`] or the name of an
/// entry of a catalog, which is an [`ExprKind::Path`]; the last may be a condition again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// What decides.
    pub condition: Expr,
    /// The value where it holds.
    pub then: Expr,
    /// The value where it does not hold.
    pub otherwise: Expr,
}

/// A comparison sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    LessOrEqual,
    /// `>`
    Greater,
    /// `≥`
    GreaterOrEqual,
}

/// A sign between terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SumSign {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// A sign between factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProductSign {
    /// `*`
    Times,
    /// `/`
    Over,
}

/// A number as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Digits with at most one point, without the underscores between thousands, without a sign.
    pub digits: String,
    /// Whether a `%` follows: the number is a hundredth of its digits.
    pub percent: bool,
}

/// A function applied to arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which function.
    pub function: Spanned<Function>,
    /// The arguments, at least one.
    pub arguments: Vec<Expr>,
    /// Keys after `distinct`, không trùng.
    pub distinct: Vec<CellRef>,
    /// Condition after `where`, với điều kiện.
    pub condition: Option<Expr>,
}

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// `sum`, tổng.
    Sum,
    /// `count`, đếm.
    Count,
    /// `min`, nhỏ nhất.
    Min,
    /// `max`, lớn nhất.
    Max,
    /// `round`, làm tròn.
    Round,
    /// `abs`, trị tuyệt đối.
    Abs,
    /// `number`, trị số.
    Number,
    /// `blank`, trống.
    Blank,
    /// `growth`, tốc độ tăng.
    Growth,
    /// `rank`, hạng.
    Rank,
    /// `previous`, kỳ trước.
    Previous,
    /// `year ago`, cùng kỳ.
    YearAgo,
    /// `year to date`, lũy kế năm.
    YearToDate,
    /// `opening`, đầu kỳ.
    Opening,
    /// `plan`, kế hoạch.
    Plan,
    /// `sum below`, cộng cấp dưới.
    SumBelow,
    /// `count below`, đếm cấp dưới.
    CountBelow,
    /// `over events`, các đợt.
    OverEvents,
}

/// A reference to a column, or to a row and a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellRef {
    /// The form, with its regime before it if it is another's; empty for the form at hand.
    pub path: Vec<Spanned<String>>,
    /// One pick (a column) or two (a row, then a column).
    pub picks: Vec<Spanned<Pick>>,
    /// The whole reference.
    pub span: Span,
}

/// A reference to a row over all its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRef {
    /// The form, if it is not the one at hand.
    pub form: Option<Spanned<String>>,
    /// The row.
    pub pick: Spanned<Pick>,
    /// The whole reference.
    pub span: Span,
}

/// What stands between brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// `*`: the outermost data rows other than the row itself.
    All,
    /// `total`, tổng.
    Total,
    /// The row of a unit by its quoted name, in a test.
    Unit(String),
    /// A printed code or a name; codes are compared as text.
    Place(String),
    /// `20..24`, over printed order.
    Range(Spanned<String>, Spanned<String>),
}

/// A text with formulas in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The parts in order.
    pub parts: Vec<TemplatePart>,
    /// The whole text with its quotation marks.
    pub span: Span,
}

/// A part of a text with formulas in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePart {
    /// Words; `{{` and `}}` have become single braces.
    Text(String),
    /// The value of a formula.
    Value {
        /// The formula.
        expr: Expr,
        /// Whether it is told as a change: tăng, giảm or không đổi.
        as_change: bool,
    },
    /// Braces that hold no formula; already reported.
    Unreadable(Span),
}
