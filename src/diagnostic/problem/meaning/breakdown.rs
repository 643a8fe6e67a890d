//! Breakdowns that cannot be written out or do not add up, R522 to R527, R530, R531 and R540 to R542.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Breakdowns that cannot be written out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BreakdownProblem {
    /// R522: a group of columns that divides no column.
    WhatIsSplit,
    /// R523: printed codes that are not as many as the rows they stand for.
    CodesDoNotMatch {
        /// How many codes are written.
        codes: usize,
        /// How many entries the catalog has, or how many parts `of which` names.
        rows: usize,
        /// The catalog's label; `None` for parts by traits.
        catalog: Option<String>,
    },
    /// R524: a member of a breakdown that cannot be addressed.
    MemberWithoutPlace {
        /// Its label.
        label: String,
    },
    /// R525: a member of a breakdown by a catalog that names no entry.
    MemberWithoutName {
        /// Its label.
        label: String,
        /// The catalog's label.
        catalog: String,
    },
    /// R526: a divided row without rows inside and without a catalog.
    NothingInside,
    /// R527: a breakdown that the indicator is not asked in.
    NotOfIndicator {
        /// The indicator.
        indicator: String,
        /// The catalog or trait.
        breakdown: String,
    },
    /// R530: an indicator with a formula over another one that the form does not ask for.
    OperandNotAsked {
        /// The indicator.
        indicator: String,
        /// The one it needs.
        missing: String,
    },
    /// R540: one trait or set of traits named twice.
    TraitTwice {
        /// The label of the row it makes.
        label: String,
    },
    /// R541: a breakdown by a catalog without all its entries.
    MemberMissing {
        /// The catalog's label.
        catalog: String,
        /// The names of the entries that no part is.
        missing: Vec<String>,
    },
    /// R542: a part of a breakdown that lies inside another part.
    MemberInsideMember {
        /// The entry.
        inner: String,
        /// The entry above it.
        outer: String,
    },
    /// R531: a plan column whose figures have no indicator.
    PlanWithoutIndicator,
}

impl BreakdownProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            BreakdownProblem::WhatIsSplit => "R522",
            BreakdownProblem::CodesDoNotMatch { .. } => "R523",
            BreakdownProblem::MemberWithoutPlace { .. } => "R524",
            BreakdownProblem::MemberWithoutName { .. } => "R525",
            BreakdownProblem::NothingInside => "R526",
            BreakdownProblem::NotOfIndicator { .. } => "R527",
            BreakdownProblem::OperandNotAsked { .. } => "R530",
            BreakdownProblem::PlanWithoutIndicator => "R531",
            BreakdownProblem::TraitTwice { .. } => "R540",
            BreakdownProblem::MemberMissing { .. } => "R541",
            BreakdownProblem::MemberInsideMember { .. } => "R542",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            BreakdownProblem::WhatIsSplit => Wording::new(
                Text::new(
                    "nhóm cột `chia ra` không nói chia cột nào",
                    "a group with `split` does not say which column it divides",
                ),
                Text::new(
                    "các cột trong nhóm cộng lại bằng cột được chia",
                    "the columns of the group add up to the column that is divided",
                ),
            )
            .helped(Text::new("viết `chia ra [1]`", "write `split [1]`")),
            BreakdownProblem::CodesDoNotMatch {
                codes,
                rows,
                catalog: None,
            } => Wording::new(
                Text::new(
                    format!("có {codes} mã số nhưng `trong đó` có {rows} phần"),
                    format!("{codes} codes are written but `of which` names {rows} parts"),
                ),
                Text::new(
                    "mỗi đặc điểm, hoặc mỗi tổ hợp đặc điểm, là một dòng, in dưới một mã số theo thứ tự ghi",
                    "each trait, and each set of traits, is one row, printed under one code in the order written",
                ),
            )
            .helped(Text::new(
                "ghi mỗi phần một mã số; bỏ `mã số` thì các phần lấy những số liền sau mã của dòng",
                "write one code for each part; without `code` the parts take the numbers after that of the row",
            )),
            BreakdownProblem::CodesDoNotMatch {
                codes,
                rows,
                catalog: Some(catalog),
            } => Wording::new(
                match codes {
                    0 => Text::new(
                        format!("`chia ra` không ghi mã số của {rows} dòng theo danh mục `{catalog}`"),
                        format!("`split` has no codes for the {rows} rows of catalog `{catalog}`"),
                    ),
                    _ => Text::new(
                        format!("có {codes} mã số nhưng danh mục `{catalog}` có {rows} mục"),
                        format!("{codes} codes are written but catalog `{catalog}` has {rows} entries"),
                    ),
                },
                Text::new(
                    "mỗi mục ngoài cùng của danh mục là một dòng, in dưới một mã số",
                    "each outermost entry of the catalog is a row, printed under one code",
                ),
            )
            .helped(Text::new(
                format!("ghi `mã số` với {rows} số, hoặc viết từng dòng trong ngoặc nhọn"),
                format!("write `code` with {rows} numbers, or write the rows in braces"),
            )),
            BreakdownProblem::MemberWithoutPlace { label } => Wording::new(
                Text::new(
                    format!("`{label}` được chia ra nhưng không có mã số hoặc tên"),
                    format!("`{label}` is part of a breakdown but has neither a number nor a name"),
                ),
                Text::new(
                    "tổng của phép chia phải gọi được từng phần",
                    "the sum of the breakdown has to address each part",
                ),
            )
            .helped(Text::new(
                "thêm mã số hoặc tên trước nhãn",
                "add a number or a name before the label",
            )),
            BreakdownProblem::MemberWithoutName { label, catalog } => Wording::new(
                Text::new(
                    format!("`{label}` không nói là mục nào của danh mục `{catalog}`"),
                    format!("`{label}` does not say which entry of catalog `{catalog}` it is"),
                ),
                Text::new(
                    "trong phép chia theo danh mục, mỗi dòng hoặc cột mang tên một mục",
                    "in a breakdown by a catalog each row or column bears the name of an entry",
                ),
            ),
            BreakdownProblem::NothingInside => Wording::new(
                Text::new(
                    "`chia ra` không có dòng nào bên trong và không có danh mục",
                    "`split` has neither rows inside nor a catalog",
                ),
                Text::new(
                    "phải biết dòng này chia thành những phần nào",
                    "the parts of the row have to be known",
                ),
            )
            .helped(Text::new(
                "viết các dòng trong ngoặc nhọn, hoặc `chia ra theo` một danh mục",
                "write the rows in braces, or `split by` a catalog",
            )),
            BreakdownProblem::TraitTwice { label } => Wording::new(
                Text::new(
                    format!("`trong đó` ghi hai lần `{label}`"),
                    format!("`of which` names `{label}` twice"),
                ),
                Text::new(
                    "mỗi đặc điểm, hoặc mỗi tổ hợp đặc điểm, là một dòng",
                    "each trait, and each set of traits, is one row",
                ),
            ),
            BreakdownProblem::MemberMissing { catalog, missing } => {
                let missing = missing.join("`, `");
                Wording::new(
                    Text::new(
                        format!("phép chia theo danh mục `{catalog}` thiếu `{missing}`"),
                        format!("the breakdown by catalog `{catalog}` has no part `{missing}`"),
                    ),
                    Text::new(
                        "`chia ra theo` một danh mục nghĩa là các phần cộng lại bằng tổng, nên phải đủ các mục",
                        "`split by` a catalog means that the parts add up to the whole, so every entry is needed",
                    ),
                )
                .helped(Text::new(
                    "thêm phần còn thiếu; nếu chỉ lấy một số mục thì dùng `nằm trong` thay cho `chia ra`",
                    "add what is missing; for some entries only use `within` instead of `split`",
                ))
            }
            BreakdownProblem::MemberInsideMember { inner, outer } => Wording::new(
                Text::new(
                    format!("`{inner}` nằm trong `{outer}` nên bị cộng hai lần"),
                    format!("`{inner}` lies inside `{outer}`, so it is counted twice"),
                ),
                Text::new(
                    "các phần của một phép chia loại trừ nhau",
                    "the parts of a breakdown exclude each other",
                ),
            )
            .helped(Text::new(
                format!("ghi `{inner}` bên trong `{outer}` bằng một phép `chia ra` nữa, hoặc bỏ một trong hai"),
                format!("put `{inner}` inside `{outer}` with a `split` of its own, or remove one of them"),
            )),
            BreakdownProblem::PlanWithoutIndicator => Wording::new(
                Text::new(
                    "cột kế hoạch không nói là kế hoạch của chỉ tiêu nào",
                    "the plan column does not say of which indicator",
                ),
                Text::new(
                    "số kế hoạch được tra theo đơn vị, chỉ tiêu và năm",
                    "plan values are looked up by unit, indicator and year",
                ),
            )
            .helped(Text::new(
                "ghi `chỉ tiêu X` cho cột hoặc cho từng dòng",
                "state `indicator X` on the column or on each row",
            )),
            BreakdownProblem::OperandNotAsked { indicator, missing } => Wording::new(
                Text::new(
                    format!("`{indicator}` tính từ `{missing}` nhưng biểu không có `{missing}`"),
                    format!("`{indicator}` is computed from `{missing}`, which the form does not ask for"),
                ),
                Text::new(
                    "công thức của chỉ tiêu cần các chỉ tiêu thành phần trong cùng biểu",
                    "the formula of an indicator needs its operands in the same form",
                ),
            )
            .helped(Text::new(
                format!("thêm một dòng hoặc cột `chỉ tiêu {missing}`, hoặc viết công thức riêng"),
                format!("add a row or column `indicator {missing}`, or write a formula of its own"),
            )),
            BreakdownProblem::NotOfIndicator {
                indicator,
                breakdown,
            } => Wording::new(
                Text::new(
                    format!("chỉ tiêu `{indicator}` không phân tổ theo `{breakdown}`"),
                    format!("indicator `{indicator}` is not broken down by `{breakdown}`"),
                ),
                Text::new(
                    "chỉ tiêu ghi rõ được phân tổ theo những danh mục, đặc điểm nào",
                    "an indicator says in which breakdowns it may be asked",
                ),
            )
            .helped(Text::new(
                "thêm vào `phân tổ` của chỉ tiêu, nếu đúng là thu thập theo đó",
                "add it to `broken down by` of the indicator if it is collected so",
            )),
        }
    }
}
