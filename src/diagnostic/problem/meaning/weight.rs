//! R420 and R421: weights by which nothing can be averaged.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::time::NatureWord;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Weights by which nothing can be averaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightProblem {
    /// R420: an average weighed by itself.
    Itself {
        /// The column, row or indicator.
        figure: String,
    },
    /// R421: a weight that does not add up.
    DoesNotAdd {
        /// What it is.
        nature: NatureWord,
    },
}

impl WeightProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            WeightProblem::Itself { .. } => "R420",
            WeightProblem::DoesNotAdd { .. } => "R421",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            WeightProblem::Itself { figure } => Wording::new(
                Text::new(
                    format!("`{figure}` là bình quân theo chính nó"),
                    format!("`{figure}` is an average weighed by itself"),
                ),
                Text::new(
                    "quyền số là một số khác, chẳng hạn số người hoặc diện tích mà giá trị bình quân nói về",
                    "the weight is another figure: the people or the area that the average is about",
                ),
            ),
            WeightProblem::DoesNotAdd { nature } => {
                let nature = nature.wording();
                Wording::new(
                    Text::new(
                        format!("quyền số không thể là {}", nature.vi),
                        format!("a weight cannot be {}", nature.en),
                    ),
                    Text::new(
                        "bình quân của nhiều đơn vị là tổng các tích chia cho tổng quyền số, nên quyền số phải cộng được",
                        "the average of several units is divided by the sum of their weights, so weights have to add up",
                    ),
                )
            }
        }
    }
}
