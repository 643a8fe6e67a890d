//! R745 to R749: plan values that do not fit together.
//!
//! Data and words only; what makes a table have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R745 to R749: plan values that do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanValueProblem {
    /// R745: the values of the units below do not make that of the unit above, in a target that `adds up`.
    DoesNotAddUp {
        /// The file as written.
        file: String,
        /// The line of the value above.
        line: u64,
        /// Name of the unit above.
        unit: String,
        /// Label of the indicator.
        indicator: String,
        /// The year.
        year: i16,
        /// The value above, as written in Vietnamese.
        whole: String,
        /// What the values below come to, as written in Vietnamese.
        sum: String,
        /// How many units below have a value.
        parts: usize,
    },
}

impl PlanValueProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PlanValueProblem::DoesNotAddUp { .. } => "R745",
        }
    }

    /// How much it weighs: the assignment may be waiting for another decision, so it forbids nothing.
    pub fn severity(&self) -> Severity {
        match self {
            PlanValueProblem::DoesNotAddUp { .. } => Severity::Warning,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            PlanValueProblem::DoesNotAddUp {
                file,
                line,
                unit,
                indicator,
                year,
                whole,
                sum,
                parts,
            } => {
                Wording::new(
                    Text::new(
                        format!(
                            "`{file}` dòng {line}: kế hoạch {year} “{indicator}” của {unit} là {whole}, còn {parts} đơn vị bên dưới cộng lại được {sum}"
                        ),
                        format!(
                            "`{file}` line {line}: the {year} plan “{indicator}” of {unit} is {whole}, while the {parts} units below come to {sum}"
                        ),
                    ),
                    Text::new(
                        "bộ kế hoạch ghi `cộng khớp`: số giao cho các đơn vị bên dưới phải bằng số của đơn vị cấp trên",
                        "the target says `adds up`: what is given to the units below has to make the value of the unit above",
                    ),
                )
                .helped(Text::new(
                    "đối chiếu với quyết định giao chỉ tiêu; nếu còn phần chưa giao, bỏ `cộng khớp` hoặc ghi thêm dòng khi có quyết định",
                    "compare with the assignment decision; if a part is not given yet, leave `adds up` out or add the line once it is decided",
                ))
            }
        }
    }
}
