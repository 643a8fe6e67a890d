//! R2xx: names that do not lead anywhere, or lead to two things.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R2xx: names that do not lead anywhere, or lead to two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// R201: a name that nothing of its kind bears.
    UnknownName {
        /// What was looked for.
        kind: NameKind,
        /// The name as written.
        name: String,
        /// The nearest existing name, if one is near.
        nearest: Option<String>,
    },
}

impl NameProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            NameProblem::UnknownName { .. } => "R201",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            NameProblem::UnknownName { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            NameProblem::UnknownName {
                kind,
                name,
                nearest,
            } => {
                let kind = kind.wording();
                let wording = Wording::new(
                    Text::new(
                        format!("không có {} nào tên `{name}`", kind.vi),
                        format!("there is no {} named `{name}`", kind.en),
                    ),
                    Text::new(
                        "mọi tên dùng trong chế độ phải được khai báo trong chính chế độ hoặc trong `common.regime`",
                        "every name used in a regime is declared in the regime itself or in `common.regime`",
                    ),
                );
                match nearest {
                    Some(nearest) => wording.helped(Text::new(
                        format!("có phải `{nearest}` không?"),
                        format!("did you mean `{nearest}`?"),
                    )),
                    None => wording,
                }
            }
        }
    }
}
