//! Rules: balances, checks, warnings, the conditions around them, and switches of published rules.
//!
//! Sides are expressions as written, neither resolved nor typed; a broken side is a stray of its line.

use super::expression::{CellRef, Expr, RowRef, Template};
use super::time::Only;
use super::{Dated, Spanned, Stray};
use crate::text::Span;

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its identifier; always absent for `when`.
    pub id: Option<Spanned<String>>,
    /// The cells it is written for, each of which is [`super::expression::ExprKind::ThisCell`] in
    /// its turn; empty for a rule that is one.
    pub each: Vec<Repeated>,
    /// What it demands.
    pub kind: RuleKind,
    /// What follows it, in the order written; always empty for `when`.
    pub tails: Vec<Tail>,
    /// The statement.
    pub span: Span,
}

/// The kinds of rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// `balance a = b = c`, cân đối: at least two sides.
    Balance(Vec<Expr>),
    /// `check`, kiểm tra: an error where it fails.
    Check(Expr),
    /// `warn`, cảnh báo: may be sent where it fails.
    Warn(Expr),
    /// `when c { … }`, khi: the rules inside count only if the condition holds.
    When {
        /// The condition.
        condition: Expr,
        /// The rules inside.
        rules: Vec<Rule>,
        /// Lines of its block that are no rule.
        strays: Vec<Stray>,
    },
}

/// One place of a rule for many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// `[9]`, or all cells of a printed range `[10..13]`.
    Cell(CellRef),
    /// `row[1.1]`.
    Row(RowRef),
}

/// What may follow a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tail {
    /// `message "…"`, thông báo.
    Message(Template),
    /// `explain`, giải trình.
    Explain(Span),
    /// `rounded`, cho phép làm tròn.
    Rounded(Span),
    /// `only in / for / when`.
    Only(Only),
}

/// `rule KNTC_XLD.W1 off from 01/10/2026 until 31/12/2026 "lý do"`: a published rule changed from a
/// date, without a new version of its regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSwitch {
    /// The regime and the identifier of the rule, joined by a point.
    pub rule: Vec<Spanned<String>>,
    /// What becomes of it.
    pub change: Spanned<RuleChange>,
    /// The cut-offs of the reports it holds for.
    pub dated: Dated,
    /// Why; shown where the rule would have spoken.
    pub reason: Spanned<String>,
    /// The statement.
    pub span: Span,
}

/// What becomes of a published rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleChange {
    /// `off`, tắt.
    Off,
    /// `becomes check`, thành kiểm tra.
    Check,
    /// `becomes warn`, thành cảnh báo.
    Warn,
    /// `becomes warn explain`, thành cảnh báo giải trình.
    WarnExplain,
}
