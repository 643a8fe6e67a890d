//! R6xx: rules that cannot mean what they say.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R6xx: rules that cannot mean what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleProblem {
    /// R601: two rules of one regime with one identifier.
    RepeatedRule {
        /// The identifier.
        id: String,
    },
}

impl RuleProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            RuleProblem::RepeatedRule { .. } => "R601",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            RuleProblem::RepeatedRule { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            RuleProblem::RepeatedRule { id } => Wording::new(
                Text::new(
                    format!("hai quy tắc cùng mang ký hiệu `{id}`"),
                    format!("two rules are called `{id}`"),
                ),
                Text::new(
                    "ký hiệu của quy tắc là tên để giải trình và kiểm thử nên phải là duy nhất",
                    "explanations and tests name a rule by its identifier, so it must be unique",
                ),
            ),
        }
    }
}
