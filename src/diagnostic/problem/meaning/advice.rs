//! R9xx: sound regimes that could be better.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R9xx: sound regimes that could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// R901: a declaration that nothing uses.
    Unused {
        /// What it declares.
        kind: NameKind,
        /// Its name.
        name: String,
    },
}

impl Advice {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Advice::Unused { .. } => "R901",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            Advice::Unused { .. } => Severity::Advice,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            Advice::Unused { kind, name } => {
                let kind = kind.wording();
                Wording::new(
                    Text::new(
                        format!("{} `{name}` được khai báo nhưng không dùng đến", kind.vi),
                        format!("{} `{name}` is declared and never used", kind.en),
                    ),
                    Text::new(
                        "khai báo thừa làm người đọc phải tìm chỗ dùng không có",
                        "a reader looks in vain for its use",
                    ),
                )
            }
        }
    }
}
