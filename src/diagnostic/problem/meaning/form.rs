//! R5xx: forms whose shape cannot be printed or filled.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R5xx: forms whose shape cannot be printed or filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormProblem {
    /// R501: a printed number or name that two cells of one form bear.
    RepeatedCode {
        /// The printed number or name.
        code: String,
    },
}

impl FormProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FormProblem::RepeatedCode { .. } => "R501",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            FormProblem::RepeatedCode { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            FormProblem::RepeatedCode { code } => Wording::new(
                Text::new(
                    format!("`{code}` xuất hiện hai lần trong cùng một biểu"),
                    format!("`{code}` occurs twice in one form"),
                ),
                Text::new(
                    "số thứ tự và tên của cột, dòng là địa chỉ của ô nên không được trùng",
                    "printed numbers and names of columns and rows are addresses of cells and must differ",
                ),
            ),
        }
    }
}
