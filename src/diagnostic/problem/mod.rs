//! The closed list of everything that can be wrong with an author's source.
//!
//! Families are nested so that the grammar and the meaning can grow apart: `Syntax` is R1xx, the
//! families of `Meaning` are R2xx to R9xx. A problem holds typed data and no prose; its words are
//! made by `wording`, in both languages in one place. It deliberately does not know where in the
//! text the problem is: that is the label's business.

pub mod meaning;
pub mod syntax;

use super::Severity;
use super::wording::Wording;
use meaning::MeaningProblem;
use syntax::{Expected, Found, SyntaxProblem};

/// A mistake or advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is not a sentence of the language.
    Syntax(SyntaxProblem),
    /// The sentence says something that cannot be meant.
    Meaning(MeaningProblem),
}

impl Problem {
    /// The stable code, `R101` and so on.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Syntax(problem) => problem.code(),
            Problem::Meaning(problem) => problem.code(),
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            Problem::Syntax(problem) => problem.severity(),
            Problem::Meaning(problem) => problem.severity(),
        }
    }

    /// Whether a block was opened without its brace, at the end of a line.
    pub fn lacks_brace(&self) -> bool {
        match self {
            Problem::Syntax(SyntaxProblem::MissingOpeningBrace { .. }) => true,
            Problem::Syntax(SyntaxProblem::Unexpected {
                expected, found, ..
            }) => *found == Found::LineEnd && expected.contains(&Expected::Sign("{")),
            _ => false,
        }
    }

    /// What is said about it, in both languages.
    pub fn wording(&self) -> Wording {
        match self {
            Problem::Syntax(problem) => problem.wording(),
            Problem::Meaning(problem) => problem.wording(),
        }
    }
}

impl From<SyntaxProblem> for Problem {
    fn from(problem: SyntaxProblem) -> Self {
        Problem::Syntax(problem)
    }
}

impl<P: Into<MeaningProblem>> From<P> for Problem {
    fn from(problem: P) -> Self {
        Problem::Meaning(problem.into())
    }
}
