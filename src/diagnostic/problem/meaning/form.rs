//! R5xx: forms whose shape cannot be printed or filled.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::rows::RowsProblem;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R5xx: forms whose shape cannot be printed or filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormProblem {
    /// R501: a printed number or name that two columns of one form bear.
    RepeatedCode {
        /// The printed number or name.
        code: String,
    },
    /// R502: a form without a figure column.
    NoColumns {
        /// The form.
        form: String,
    },
    /// R503: a form that does not say what its rows are.
    NoRows {
        /// The form.
        form: String,
    },
    /// R504: a statement that may stand once in its block and stands twice.
    RepeatedStatement {
        /// The statement's first words as written.
        statement: String,
    },
    /// R505: a printed stub column with attributes of a figure.
    FigureOnStub {
        /// The attribute as written.
        attribute: String,
    },
    /// R506: a group without columns.
    EmptyGroup,
    /// R507: an attribute for typed cells on a cell that nobody types.
    AttributeOnLocked {
        /// The attribute as written.
        attribute: String,
    },
    /// R508: bounds between which nothing lies.
    EmptyRange {
        /// Smallest value.
        low: String,
        /// Largest value.
        high: String,
    },
    /// R509: computed columns that need one another.
    Cycle {
        /// The columns in order, by printed number or name.
        columns: Vec<String>,
    },
    /// R510: a printed range whose end comes before its start.
    RangeBackwards {
        /// First place.
        from: String,
        /// Last place.
        to: String,
    },
    /// R511: consolidated rows that repeat what the form already has, or group what cannot be grouped.
    ConsolidatedRows,
    /// R512: an official formula row without a formula.
    PrintedWithoutFormula,
    /// R513 to R521: written rows and their cells.
    Rows(RowsProblem),
}

impl FormProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FormProblem::RepeatedCode { .. } => "R501",
            FormProblem::NoColumns { .. } => "R502",
            FormProblem::NoRows { .. } => "R503",
            FormProblem::RepeatedStatement { .. } => "R504",
            FormProblem::FigureOnStub { .. } => "R505",
            FormProblem::EmptyGroup => "R506",
            FormProblem::AttributeOnLocked { .. } => "R507",
            FormProblem::EmptyRange { .. } => "R508",
            FormProblem::Cycle { .. } => "R509",
            FormProblem::RangeBackwards { .. } => "R510",
            FormProblem::ConsolidatedRows => "R511",
            FormProblem::PrintedWithoutFormula => "R512",
            FormProblem::Rows(problem) => problem.code(),
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
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
                    "số thứ tự và tên của cột là địa chỉ của ô nên không được trùng",
                    "printed numbers and names of columns are addresses of cells and must differ",
                ),
            ),
            FormProblem::NoColumns { form } => Wording::new(
                Text::new(
                    format!("biểu `{form}` không có cột số liệu nào"),
                    format!("form `{form}` has no column for figures"),
                ),
                Text::new(
                    "biểu mẫu số liệu phải có ít nhất một cột để nhập hoặc tính",
                    "a form needs at least one column to type or compute",
                ),
            ),
            FormProblem::NoRows { form } => Wording::new(
                Text::new(
                    format!("biểu `{form}` chưa nói các dòng là gì"),
                    format!("form `{form}` does not say what its rows are"),
                ),
                Text::new(
                    "không biết dòng thì không biết mỗi số thuộc về đâu",
                    "without rows nobody knows what a figure belongs to",
                ),
            )
            .helped(Text::new(
                "thêm `mỗi dòng một đơn vị báo cáo`, `dòng chọn từ …` hoặc `dòng lấy từ …`",
                "add `rows each reporting unit`, `rows chosen from …` or `rows from …`",
            )),
            FormProblem::RepeatedStatement { statement } => Wording::new(
                Text::new(
                    format!("`{statement}` chỉ được ghi một lần ở đây"),
                    format!("`{statement}` may stand here only once"),
                ),
                Text::new(
                    "hai câu cùng loại thì không biết câu nào có giá trị",
                    "of two such statements nobody can tell which one holds",
                ),
            ),
            FormProblem::FigureOnStub { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` không dùng cho cột chỉ để in"),
                    format!("`{attribute}` cannot stand on a printed stub column"),
                ),
                Text::new(
                    "cột có `hiện …` chỉ in số thứ tự, tên dòng, đơn vị tính hoặc mã số, không chứa số liệu",
                    "a column with `shows …` prints the ordinal, label, measure or code and never a figure",
                ),
            ),
            FormProblem::EmptyGroup => Wording::new(
                Text::new("nhóm không có cột nào", "a group without columns"),
                Text::new(
                    "tiêu đề gộp phải đứng trên ít nhất một cột",
                    "a merged heading stands over at least one column",
                ),
            ),
            FormProblem::AttributeOnLocked { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` không có tác dụng vì ô này không nhập tay"),
                    format!("`{attribute}` has no effect because nobody types this cell"),
                ),
                Text::new(
                    "ô tính toán và ô kết chuyển bị khóa",
                    "computed and carried cells are locked",
                ),
            ),
            FormProblem::EmptyRange { low, high } => Wording::new(
                Text::new(
                    format!("khoảng {low} .. {high} không chứa số nào nhập được"),
                    format!("no value can be entered between {low} and {high}"),
                ),
                Text::new(
                    "giá trị nhỏ nhất phải không lớn hơn giá trị lớn nhất, và số đếm không âm",
                    "the smallest value is at most the largest, and a count is never negative",
                ),
            ),
            FormProblem::Cycle { columns } => {
                let path = columns.join(" → ");
                Wording::new(
                    Text::new(
                        format!("công thức quay vòng: {path}"),
                        format!("formulas go round in a circle: {path}"),
                    ),
                    Text::new(
                        "để tính cột này phải biết trước chính nó",
                        "each of these columns needs itself to be computed",
                    ),
                )
                .helped(Text::new(
                    "để một cột được nhập tay; đẳng thức thứ hai viết bằng `cân đối`",
                    "let one of them be typed; say the other equality with `balance`",
                ))
            }
            FormProblem::RangeBackwards { from, to } => Wording::new(
                Text::new(
                    format!("dãy `{from}..{to}` bị ngược: cột `{to}` in trước cột `{from}`"),
                    format!(
                        "the range `{from}..{to}` runs backwards: `{to}` is printed before `{from}`"
                    ),
                ),
                Text::new(
                    "dãy chạy theo thứ tự in",
                    "a range follows the printed order",
                ),
            ),
            FormProblem::ConsolidatedRows => Wording::new(
                Text::new(
                    "dòng của bản tổng hợp chỉ nhận `mỗi dòng một đơn vị báo cáo`, có thể nhóm theo cấp",
                    "consolidated rows are `each reporting unit`, grouped by level if wished",
                ),
                Text::new(
                    "bản tổng hợp in lại đúng các ô của đơn vị, xếp theo đơn vị",
                    "the consolidated form prints the units' own cells, arranged by unit",
                ),
            ),
            FormProblem::PrintedWithoutFormula => Wording::new(
                Text::new(
                    "`in là` đứng ở cột không có công thức",
                    "`printed as` stands on a column without a formula",
                ),
                Text::new(
                    "`in là` thay dòng công thức in trên biểu; cột nhập tay không có dòng đó",
                    "`printed as` replaces the printed formula; a typed column has none",
                ),
            ),
            FormProblem::Rows(problem) => problem.wording(),
        }
    }
}

impl From<RowsProblem> for crate::diagnostic::problem::Problem {
    fn from(problem: RowsProblem) -> Self {
        FormProblem::Rows(problem).into()
    }
}
