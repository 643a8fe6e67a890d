//! R3xx: figures whose kinds or units of measure do not fit.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::operand::OperandFault;
use super::value_word::{MeasureWord, ValueWord};
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R3xx: figures whose kinds or units of measure do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeProblem {
    /// R301: two units of measure that cannot be compared or added.
    MeasureMismatch {
        /// Unit of measure of the left side.
        left: MeasureWord,
        /// Unit of measure of the right side.
        right: MeasureWord,
    },
    /// R302: a bare number where a percentage is meant.
    BareNumberAgainstPercent {
        /// The number as written.
        number: String,
        /// The percentage that is meant.
        meant: String,
    },
    /// R303: a quotient times 100 in a percentage.
    PercentTimesHundred,
    /// R304: a stated unit of measure that the formula does not give.
    StatedMeasureDiffers {
        /// What is stated.
        stated: MeasureWord,
        /// What the formula gives.
        inferred: MeasureWord,
    },
    /// R305: a count that may be below zero.
    CountOfDifference,
    /// R306: words where a figure is needed.
    TextInArithmetic {
        /// The column, or the expression as written.
        figure: String,
        /// What it is.
        value: ValueWord,
    },
    /// R307: a figure where a condition is needed.
    FigureAsCondition,
    /// R308: a condition where a figure is needed.
    ConditionAsFigure,
    /// R309: a whole-number type on a formula with decimals.
    DecimalsLost,
    /// R310: a quotient without a type.
    QuotientWithoutType,
    /// R311: a division by the number 0.
    DivisionByZero,
    /// R325: a formula over indicators that is not the one by which its own indicator is defined.
    DefinedOtherwise {
        /// The indicator.
        indicator: String,
    },
    /// R312: a function with other operands than it takes.
    WrongOperands {
        /// The function as written.
        function: String,
        /// What is wrong with them.
        fault: OperandFault,
    },
    /// R313: digits of rounding that are no plain whole number.
    RoundDigits,
    /// R314: an attribute that answers which are no figures cannot have.
    AttributeOnText {
        /// The attribute as written.
        attribute: String,
        /// What is entered there.
        value: ValueWord,
    },
    /// R315: two attributes of one sort at one place.
    RepeatedAttribute {
        /// The later one as written.
        attribute: String,
    },
    /// R316: more decimals than a figure can have.
    TooManyDecimals {
        /// What is written.
        decimals: String,
    },
    /// R317: two scales of one dimension on one typed cell.
    TwoScales {
        /// One.
        one: MeasureWord,
        /// The other.
        two: MeasureWord,
    },
    /// R330: a pattern of texts on something that is no text.
    PatternNotOnText,
    /// R331: measures of two kinds on one typed cell.
    TwoMeasures {
        /// One.
        one: MeasureWord,
        /// The other.
        two: MeasureWord,
    },
    /// R319: two members of one breakdown on one cell.
    MembersExclude {
        /// One.
        one: String,
        /// The other.
        two: String,
    },
    /// R318: two kinds of value on one cell.
    ValuesDisagree {
        /// One.
        one: ValueWord,
        /// The other.
        two: ValueWord,
    },
    /// R320: `as change` of a figure that is never below zero.
    NeverFalls,
    /// R321: more or less of something that has no order.
    NoOrder {
        /// What it is.
        kind: ValueWord,
    },
    /// R322: a pattern outside the finite ones.
    Pattern {
        /// The pattern as written.
        pattern: String,
    },
    /// R335: a file compared with something.
    FileCompared {
        /// The column, or the expression as written.
        figure: String,
    },
    /// R323: `row` that no entry of a list can belong to.
    RowAlone,
    /// R324: values of two kinds compared, or chosen between.
    KindsDiffer {
        /// One kind.
        one: ValueWord,
        /// The other.
        two: ValueWord,
    },
}

/// The most digits after the decimal point that a type may state.
pub const MOST_DECIMALS: u32 = 10;

impl TypeProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TypeProblem::MeasureMismatch { .. } => "R301",
            TypeProblem::BareNumberAgainstPercent { .. } => "R302",
            TypeProblem::PercentTimesHundred => "R303",
            TypeProblem::StatedMeasureDiffers { .. } => "R304",
            TypeProblem::CountOfDifference => "R305",
            TypeProblem::TextInArithmetic { .. } => "R306",
            TypeProblem::FigureAsCondition => "R307",
            TypeProblem::ConditionAsFigure => "R308",
            TypeProblem::DecimalsLost => "R309",
            TypeProblem::QuotientWithoutType => "R310",
            TypeProblem::DefinedOtherwise { .. } => "R325",
            TypeProblem::DivisionByZero => "R311",
            TypeProblem::WrongOperands { .. } => "R312",
            TypeProblem::RoundDigits => "R313",
            TypeProblem::AttributeOnText { .. } => "R314",
            TypeProblem::RepeatedAttribute { .. } => "R315",
            TypeProblem::TooManyDecimals { .. } => "R316",
            TypeProblem::TwoScales { .. } => "R317",
            TypeProblem::PatternNotOnText => "R330",
            TypeProblem::TwoMeasures { .. } => "R331",
            TypeProblem::ValuesDisagree { .. } => "R318",
            TypeProblem::NeverFalls => "R320",
            TypeProblem::MembersExclude { .. } => "R319",
            TypeProblem::NoOrder { .. } => "R321",
            TypeProblem::FileCompared { .. } => "R335",
            TypeProblem::Pattern { .. } => "R322",
            TypeProblem::RowAlone => "R323",
            TypeProblem::KindsDiffer { .. } => "R324",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        Severity::Error
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            TypeProblem::MeasureMismatch { left, right } => {
                let (left, right) = (left.wording(), right.wording());
                Wording::new(
                Text::new(
                    format!("đơn vị tính không khớp: {} và {}", left.vi, right.vi),
                    format!("measures do not fit: {} and {}", left.en, right.en),
                ),
                Text::new(
                    "chỉ cộng, trừ, so sánh được các số cùng loại đơn vị tính",
                    "only figures of one dimension can be added, subtracted or compared",
                ),
            )
            .helped(Text::new(
                "nếu cố ý so sánh hai loại khác nhau, dùng `trị số(…)` để bỏ đơn vị tính",
                "if the two are compared on purpose, `number(…)` drops the measure",
            ))
            }
            TypeProblem::BareNumberAgainstPercent { number, meant } => Wording::new(
                Text::new(
                    format!("`{number}` đứng cạnh một tỷ lệ nhưng không có dấu `%`"),
                    format!("`{number}` stands against a percentage without `%`"),
                ),
                Text::new(
                    "90 và 90% khác nhau một trăm lần; với tỷ lệ phải ghi rõ `%`",
                    "90 and 90% differ a hundredfold; against a percentage the sign is written",
                ),
            )
            .helped(Text::new(
                format!("viết `{meant}`"),
                format!("write `{meant}`"),
            )),
            TypeProblem::PercentTimesHundred => Wording::new(
                Text::new(
                    "tỷ lệ phần trăm bị nhân thêm 100",
                    "a percentage is multiplied by 100 once more",
                ),
                Text::new(
                    "ô phần trăm tự nhân 100 khi hiện; công thức chỉ viết thương",
                    "a percent cell multiplies by 100 when it is shown; the formula is just the quotient",
                ),
            )
            .helped(Text::new("bỏ `* 100`", "remove `* 100`")),
            TypeProblem::StatedMeasureDiffers { stated, inferred } => {
                let (stated, inferred) = (stated.wording(), inferred.wording());
                Wording::new(
                    Text::new(
                        format!("cột ghi đơn vị tính {} nhưng công thức cho {}", stated.vi, inferred.vi),
                        format!("the column states {} but its formula gives {}", stated.en, inferred.en),
                    ),
                    Text::new(
                        "đơn vị tính của ô tính toán suy ra từ công thức; điều ghi thêm phải khớp",
                        "the measure of a computed cell follows from its formula; what is stated has to agree",
                    ),
                )
                .helped(Text::new(
                    "ghi ở ô này đơn vị tính mà công thức cho, hoặc ghi lại đơn vị tính của các ô trong công thức",
                    "state here what the formula gives, or state the measure of the cells in the formula anew",
                ))
            }
            TypeProblem::CountOfDifference => Wording::new(
                Text::new(
                    "`số đếm` không âm nhưng công thức này có thể âm",
                    "a `count` is never below zero but this formula may be",
                ),
                Text::new(
                    "một hiệu có thể nhỏ hơn 0",
                    "a difference may be below 0",
                ),
            )
            .helped(Text::new(
                "dùng `số nguyên`",
                "use `integer`",
            )),
            TypeProblem::TextInArithmetic { figure, value } => {
                let kind = value;
                let value = value.wording();
                // An expression is no column, nor is each of several cells.
                let (column_vi, column_en) = match figure.contains('(') || matches!(&**figure, "ô" | "cell") {
                    true => ("", ""),
                    false => ("cột ", "column "),
                };
                Wording::new(
                    Text::new(
                        format!("{column_vi}`{figure}` là {}, không tính toán được", value.vi),
                        format!(
                            "{column_en}`{figure}` is {} and cannot be calculated with",
                            value.en
                        ),
                    ),
                    why_no_figure(kind),
                )
            }
            TypeProblem::FigureAsCondition => Wording::new(
                Text::new(
                    "chỗ này cần một điều kiện nhưng gặp một con số",
                    "a condition is needed here, not a figure",
                ),
                Text::new(
                    "quy tắc phải nói điều gì đúng, chẳng hạn `[6] <= [4]`",
                    "a rule says what must hold, such as `[6] <= [4]`",
                ),
            ),
            TypeProblem::ConditionAsFigure => Wording::new(
                Text::new(
                    "chỗ này cần một con số nhưng gặp một điều kiện",
                    "a figure is needed here, not a condition",
                ),
                Text::new(
                    "đúng hay sai không cộng trừ được",
                    "yes and no cannot be added",
                ),
            ),
            TypeProblem::DecimalsLost => Wording::new(
                Text::new(
                    "cột ghi số nguyên nhưng công thức cho số lẻ",
                    "the column states a whole number but its formula gives decimals",
                ),
                Text::new(
                    "phần lẻ sẽ bị mất khi hiện số",
                    "the decimals would be lost when the figure is shown",
                ),
            )
            .helped(Text::new(
                "dùng `số thập phân(n)`, `phần trăm(n)` hoặc `làm tròn(…, 0)`",
                "use `decimal(n)`, `percent(n)` or `round(…, 0)`",
            )),
            TypeProblem::QuotientWithoutType => Wording::new(
                Text::new(
                    "công thức có phép chia nhưng cột không ghi kiểu số",
                    "the formula divides but the column states no type",
                ),
                Text::new(
                    "một thương có thể có vô số chữ số lẻ; phải ghi hiện bao nhiêu chữ số",
                    "a quotient may have endless decimals; say how many are shown",
                ),
            )
            .helped(Text::new(
                "thêm `phần trăm(2)` hoặc `số thập phân(2)`",
                "add `percent(2)` or `decimal(2)`",
            )),
            TypeProblem::DefinedOtherwise { indicator } => Wording::new(
                Text::new(
                    format!("công thức khác với định nghĩa của chỉ tiêu `{indicator}`"),
                    format!("the formula is not the one that defines the indicator `{indicator}`"),
                ),
                Text::new(
                    "một chỉ tiêu có một nghĩa trong mọi chế độ; hai công thức cho hai số khác nhau dưới cùng một tên",
                    "an indicator means one thing in all regimes; two formulas give two figures under one name",
                ),
            )
            .helped(Text::new(
                "bỏ công thức ở đây, nó được viết ra từ chỉ tiêu; hoặc bỏ `chỉ tiêu`",
                "leave the formula out here, it is written out from the indicator; or leave `indicator` out",
            )),
            TypeProblem::DivisionByZero => Wording::new(
                Text::new("chia cho 0", "division by 0"),
                Text::new(
                    "thương này không bao giờ có giá trị",
                    "this quotient never has a value",
                ),
            ),
            TypeProblem::WrongOperands { function, fault } => fault.wording(function),
            TypeProblem::RoundDigits => Wording::new(
                Text::new(
                    "số chữ số làm tròn phải là một số nguyên từ 0 đến 10",
                    "digits of rounding are a plain whole number from 0 to 10",
                ),
                Text::new(
                    "cách làm tròn là một phần của chế độ, không phụ thuộc số liệu",
                    "how a figure is rounded is part of the regime and never depends on figures",
                ),
            ),
            TypeProblem::AttributeOnText { attribute, value } => {
                let value = value.wording();
                Wording::new(
                    Text::new(
                        format!("`{attribute}` không dùng cho cột {}", value.vi),
                        format!("`{attribute}` cannot stand where {} is entered", value.en),
                    ),
                    Text::new(
                        format!("{} không có đơn vị tính, không cộng và không tính từ số khác được", value.vi),
                        format!("{} has no measure, does not add up and is not reckoned", value.en),
                    ),
                )
            }
            TypeProblem::RepeatedAttribute { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` trùng hoặc trái với thuộc tính đã ghi"),
                    format!("`{attribute}` repeats or contradicts an attribute already given"),
                ),
                Text::new(
                    "mỗi thuộc tính của một ô chỉ ghi một lần",
                    "each attribute of a cell is given once",
                ),
            )
            .helped(Text::new("bỏ một trong hai", "remove one of them")),
            TypeProblem::TooManyDecimals { decimals } => Wording::new(
                Text::new(
                    format!("`{decimals}` chữ số sau dấu phẩy là quá nhiều"),
                    format!("`{decimals}` decimals are too many"),
                ),
                Text::new(
                    format!("một số có nhiều nhất {MOST_DECIMALS} chữ số sau dấu phẩy"),
                    format!("a figure has at most {MOST_DECIMALS} decimals"),
                ),
            ),
            TypeProblem::PatternNotOnText => Wording::new(
                Text::new(
                    "`theo mẫu` chỉ dùng cho văn bản",
                    "`matching` is for texts only",
                ),
                Text::new(
                    "mẫu nói một đoạn chữ gồm những ký tự nào; số, ngày và lựa chọn không viết bằng mẫu",
                    "a pattern says which characters a text has; figures, days and choices have none",
                ),
            )
            .helped(Text::new(
                "ghi `văn bản` cho trường này, hoặc dùng `khoảng` để giới hạn một con số",
                "state `text`, or use `range` to bound a figure",
            )),
            TypeProblem::TwoMeasures { one, two } => {
                let (one, two) = (one.wording(), two.wording());
                Wording::new(
                    Text::new(
                        format!("một ô không thể vừa tính bằng {} vừa tính bằng {}", one.vi, two.vi),
                        format!("a cell cannot be counted in {} and in {}", one.en, two.en),
                    ),
                    Text::new(
                        "chỉ tiêu, dòng và cột cùng nói về một ô nên phải ghi cùng một đơn vị tính",
                        "indicator, row and column speak of one cell and have to state one measure",
                    ),
                )
                .helped(Text::new(
                    "chỉ ghi đơn vị tính ở một chỗ; cột có đơn vị tính riêng cạnh các dòng khác đơn vị thì ghi `đơn vị tính riêng`",
                    "state the measure in one place; a column with its own beside rows that have another says `own measure`",
                ))
            }
            TypeProblem::TwoScales { one, two } => {
                let (one, two) = (one.wording(), two.wording());
                Wording::new(
                    Text::new(
                        format!("một ô nhập tay có hai đơn vị tính: {} và {}", one.vi, two.vi),
                        format!("a typed cell has two measures: {} and {}", one.en, two.en),
                    ),
                    Text::new(
                        "người nhập không biết phải ghi theo đơn vị nào; chỉ ô tính toán mới tự đổi đơn vị",
                        "whoever types it cannot tell which is meant; only a computed cell is converted",
                    ),
                )
                .helped(Text::new(
                    "ghi cùng một đơn vị tính ở cả hai chỗ, hoặc chỉ ghi ở một chỗ",
                    "state the same measure at both places, or at one of them only",
                ))
            }
            TypeProblem::MembersExclude { one, two } => Wording::new(
                Text::new(
                    format!("một ô không thể vừa thuộc `{one}` vừa thuộc `{two}`"),
                    format!("a cell cannot be of `{one}` and of `{two}` at once"),
                ),
                Text::new(
                    "các mục của một phân tổ loại trừ nhau nên không đếm được gì vào ô này",
                    "members of one breakdown exclude each other, so nothing can be counted in this cell",
                ),
            ),
            TypeProblem::FileCompared { figure } => Wording::new(
                Text::new(
                    format!("`{figure}` là tệp, không so sánh được"),
                    format!("`{figure}` is a file and cannot be compared"),
                ),
                Text::new(
                    "hai lần quét một văn bản cho hai tệp khác nhau; máy giữ tệp đúng như đã gửi chứ không đọc nội dung",
                    "two scans of one paper are two different files; a file is kept as it was sent and never read",
                ),
            )
            .helped(Text::new(
                "hỏi có tệp hay chưa bằng `trống(…)`; điều cần so sánh thì ghi ở một cột riêng, ví dụ ngày văn bản",
                "ask whether there is one with `blank(…)`; what is to be compared stands in a column of its own, such as the day of the document",
            )),
            TypeProblem::NoOrder { kind } => {
                let kind = kind.wording();
                Wording::new(
                    Text::new(
                        format!("giá trị kiểu {} không so sánh lớn nhỏ được", kind.vi),
                        format!("{} cannot be more or less than another", kind.en),
                    ),
                    Text::new(
                        "chỉ số và ngày tháng có thứ tự; các giá trị khác chỉ so sánh bằng `=`, `≠`",
                        "only figures and dates have an order; other values are compared with `=` and `≠`",
                    ),
                )
            }
            TypeProblem::Pattern { pattern } => Wording::new(
                Text::new(
                    format!("mẫu `{pattern}` không viết được trong ngôn ngữ này"),
                    format!("the pattern `{pattern}` cannot be written in this language"),
                ),
                Text::new(
                    "mẫu gồm ký tự, lớp ký tự như `[0-9]`, `.`, `\\d`, số lần lặp `{7}`, `{2,3}`, `?` và các lựa chọn tách bằng `|`; không có ngoặc tròn, `*`, `+`",
                    "a pattern is made of characters, classes such as `[0-9]`, `.`, `\\d`, repetitions `{7}`, `{2,3}`, `?`, and alternatives parted by `|`; it has no parentheses, `*` or `+`",
                ),
            ),
            TypeProblem::RowAlone => Wording::new(
                Text::new(
                    "`dòng` chỉ đứng trong điều kiện trên danh sách, so với một trường chọn trong đúng danh mục của các dòng",
                    "`row` stands only in a condition over a list, beside a choice from the very catalog of the rows",
                ),
                Text::new(
                    "`[nguon] = dòng` nghĩa là dòng của danh sách thuộc mục của dòng đang tính",
                    "`[nguon] = row` means that the list's row belongs to the entry of the row at hand",
                ),
            ),
            TypeProblem::KindsDiffer { one, two } => {
                let (one, two) = (one.wording(), two.wording());
                Wording::new(
                    Text::new(
                        format!("hai giá trị khác kiểu: {} và {}", one.vi, two.vi),
                        format!("two values of different kinds: {} and {}", one.en, two.en),
                    ),
                    Text::new(
                        "hai vế so sánh, hoặc hai nhánh của một điều kiện, phải cùng kiểu",
                        "both sides of a comparison, and both branches of a condition, must be of one kind",
                    ),
                )
            }
            TypeProblem::ValuesDisagree { one, two } => {
                let (one, two) = (one.wording(), two.wording());
                Wording::new(
                    Text::new(
                        format!("một ô không thể vừa là {} vừa là {}", one.vi, two.vi),
                        format!("a cell cannot be {} and {} at once", one.en, two.en),
                    ),
                    Text::new(
                        "dòng và cột cùng nói về một ô nên phải ghi cùng một kiểu",
                        "row and column speak about one cell and have to agree on its type",
                    ),
                )
            }
            TypeProblem::NeverFalls => Wording::new(
                Text::new(
                    "`dạng tăng giảm` cần một số có thể âm, số này không bao giờ nhỏ hơn 0",
                    "`as change` needs a figure that may be below zero, this one never is",
                ),
                Text::new(
                    "chỉ một hiệu số hoặc tốc độ tăng mới có tăng và giảm",
                    "only a difference or a growth rises and falls",
                ),
            )
            .helped(Text::new(
                "ghi hiệu số, ví dụ `[1] - kỳ trước([1])`, hoặc bỏ `dạng tăng giảm`",
                "write a difference such as `[1] - previous([1])`, or remove `as change`",
            )),
        }
    }
}

/// Why a value cannot stand where a figure is needed.
fn why_no_figure(value: &ValueWord) -> Text {
    match value {
        ValueWord::Date => Text::new(
            "ngày tháng chỉ so sánh được với ngày tháng, hoặc trừ đi một ngày tháng thì ra số ngày",
            "a date is compared with dates only; a date taken from a date gives days",
        ),
        ValueWord::Choice(_) => Text::new(
            "mục của danh mục chỉ so sánh bằng hay khác với một mục",
            "an entry of a catalog only equals another one or does not",
        ),
        _ => Text::new(
            "phép tính và so sánh chỉ dùng với số",
            "arithmetic and comparison need figures",
        ),
    }
}
