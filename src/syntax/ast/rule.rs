//! Rules: balances, checks, warnings and the conditions around them.
//!
//! Sides are expressions as written, neither resolved nor typed; a broken side is a stray of its line.

use super::expression::{Expr, Template};
use super::time::Only;
use super::{Spanned, Stray};
use crate::text::Span;

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its identifier; always absent for `when`.
    pub id: Option<Spanned<String>>,
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
