//! R221, R222, R225, R226, R746, R747 and R754 to R757: declarations of a project or regime that cannot serve what they are for.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use super::NameKind;
use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// Declarations that cannot serve what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredProblem {
    /// R221: one export code for two things.
    CodeShared {
        /// The code.
        code: String,
        /// What bears it first, as printed.
        first: String,
    },
    /// R222: an entry valid on days on which what it belongs to is not.
    EntryOutlives {
        /// The entry.
        entry: String,
        /// The entry or level above it.
        above: String,
        /// First and last day of what is above, as shown; empty where there is none.
        days: (String, String),
    },
    /// R225: two things of one kind that nobody can tell apart in print.
    LabelShared {
        /// What they are.
        kind: NameKind,
        /// The printed words, shortened.
        label: String,
    },
    /// R226: a code with blanks at its ends.
    CodeWithBlanks {
        /// The code as written.
        code: String,
    },
    /// R746: plan values that add up to nothing, because only one level is given any.
    NothingAbove {
        /// The target.
        target: String,
    },
    /// R747: two sets of plan values in one file.
    TargetsOfOneFile {
        /// The target that reads it first.
        first: String,
        /// The file.
        file: String,
    },
    /// R754: an event that nobody may open or close.
    EventOfNobody {
        /// The event.
        event: String,
        /// Whether nobody opens it; else nobody closes it.
        opening: bool,
    },
    /// R755: a kind of period that returns every year, on a fixed date.
    KindHappensOnce,
    /// R756: a number of days that no decision fixes.
    DecidedDays {
        /// As written.
        days: u32,
    },
    /// R757: a period made up of one that is not shorter.
    NotShorter {
        /// The longer one in both languages.
        period: (String, String),
        /// What it is to be made up of, in both languages; none for itself.
        of: Option<(String, String)>,
    },
}

impl DeclaredProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            DeclaredProblem::CodeShared { .. } => "R221",
            DeclaredProblem::EntryOutlives { .. } => "R222",
            DeclaredProblem::LabelShared { .. } => "R225",
            DeclaredProblem::CodeWithBlanks { .. } => "R226",
            DeclaredProblem::NothingAbove { .. } => "R746",
            DeclaredProblem::TargetsOfOneFile { .. } => "R747",
            DeclaredProblem::EventOfNobody { .. } => "R754",
            DeclaredProblem::KindHappensOnce => "R755",
            DeclaredProblem::DecidedDays { .. } => "R756",
            DeclaredProblem::NotShorter { .. } => "R757",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            DeclaredProblem::LabelShared { .. }
            | DeclaredProblem::NothingAbove { .. }
            | DeclaredProblem::TargetsOfOneFile { .. } => Severity::Warning,
            DeclaredProblem::CodeShared { .. }
            | DeclaredProblem::CodeWithBlanks { .. }
            | DeclaredProblem::EntryOutlives { .. }
            | DeclaredProblem::EventOfNobody { .. }
            | DeclaredProblem::KindHappensOnce
            | DeclaredProblem::DecidedDays { .. }
            | DeclaredProblem::NotShorter { .. } => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            DeclaredProblem::CodeShared { code, first } => Wording::new(
                Text::new(
                    format!("mã số `{code}` đã dùng cho “{first}”"),
                    format!("the code `{code}` belongs to “{first}” already"),
                ),
                Text::new(
                    "hệ thống nhận dữ liệu chỉ biết mã số: hai thứ một mã thì số liệu của chúng lẫn vào nhau",
                    "a receiving system knows codes only: of two things with one code the figures are mixed up",
                ),
            )
            .helped(Text::new(
                "ghi đúng mã của từng thứ theo danh mục mã",
                "give each its own code",
            )),
            DeclaredProblem::EntryOutlives { entry, above, days } => {
                let (from, until) = days;
                let (vi, en) = match (from.is_empty(), until.is_empty()) {
                    (false, true) => (format!("từ {from}"), format!("from {from}")),
                    (true, _) => (format!("đến hết {until}"), format!("until {until}")),
                    (false, false) => (
                        format!("từ {from} đến hết {until}"),
                        format!("from {from} until {until}"),
                    ),
                };
                Wording::new(
                    Text::new(
                        format!("`{entry}` có hiệu lực ngoài thời gian của `{above}` ({vi})"),
                        format!("`{entry}` is valid outside the time of `{above}` ({en})"),
                    ),
                    Text::new(
                        "một mục chỉ có trong khi mục hoặc cấp chứa nó còn hiệu lực; ngoài thời gian đó số của nó không cộng vào đâu",
                        "an entry exists only while what it belongs to does; on other days its figures add up to nothing",
                    ),
                )
            }
            DeclaredProblem::LabelShared { kind, label } => {
                let kind = kind.wording();
                Wording::new(
                    Text::new(
                        format!("đã có {} khác ghi “{label}”", kind.vi),
                        format!("another {} is printed as “{label}” already", kind.en),
                    ),
                    Text::new(
                        "người nhập và người đọc chỉ thấy chữ in ra và chữ gợi ý; hai thứ ghi như nhau thì không ai biết là thứ nào",
                        "who fills in and who reads sees the printed words only; of two that are printed alike nobody can tell which is which",
                    ),
                )
                .helped(Text::new(
                    "ghi rõ hơn ở một trong hai, hoặc bỏ bớt một",
                    "say more in one of the two, or remove one",
                ))
            }
            DeclaredProblem::CodeWithBlanks { code } => Wording::new(
                Text::new(
                    format!("mã số `{code}` thừa khoảng trắng ở đầu hoặc cuối"),
                    format!("the code `{code}` has blanks at its ends"),
                ),
                Text::new(
                    "mã số được so từng ký tự: mã có khoảng trắng là một mã khác, hệ thống nhận dữ liệu không nhận ra",
                    "codes are compared sign by sign: with a blank it is another code, which the receiving system does not know",
                ),
            )
            .helped(Text::new("bỏ khoảng trắng", "remove the blanks")),
            DeclaredProblem::NothingAbove { target } => Wording::new(
                Text::new(
                    format!("`cộng khớp` không có gì để so: bộ kế hoạch `{target}` chỉ giao cho một cấp"),
                    format!("`adds up` compares nothing: the target `{target}` is given to one level only"),
                ),
                Text::new(
                    "`cộng khớp` so kế hoạch của đơn vị cấp trên với tổng kế hoạch giao cho các đơn vị cấp dưới",
                    "`adds up` compares the plan of a unit with what is given to the units below it",
                ),
            )
            .helped(Text::new(
                "ghi thêm cấp trên vào `giao cho`, hoặc bỏ `cộng khớp`",
                "name the level above in `given to`, or remove `adds up`",
            )),
            DeclaredProblem::TargetsOfOneFile { first, file } => Wording::new(
                Text::new(
                    format!("tệp `{file}` đã là của bộ kế hoạch `{first}`"),
                    format!("the file `{file}` belongs to the target `{first}` already"),
                ),
                Text::new(
                    "hai bộ kế hoạch đọc một tệp thì luôn bằng nhau; có thể là ghi nhầm tên tệp",
                    "two targets of one file are always equal; another file may have been meant",
                ),
            ),
            DeclaredProblem::EventOfNobody { event, opening } => {
                let (vi, en, help) = match opening {
                    true => (
                        format!("đợt `{event}` chưa nói ai mở"),
                        format!("the event `{event}` does not say who opens it"),
                        Text::new(
                            "thêm `người mở …` vào khối của đợt",
                            "add `opened by …` to the event",
                        ),
                    ),
                    false => (
                        format!("đợt `{event}` chưa nói ai đóng"),
                        format!("the event `{event}` does not say who closes it"),
                        Text::new(
                            "thêm `người đóng …` vào khối của đợt",
                            "add `closed by …` to the event",
                        ),
                    ),
                };
                Wording::new(
                    Text::new(vi, en),
                    Text::new(
                        "không ai được mở thì không có báo cáo nào của đợt; không ai được đóng thì đợt kéo dài mãi",
                        "what nobody may open has no reports; what nobody may close never ends",
                    ),
                )
                .helped(help)
            }
            DeclaredProblem::KindHappensOnce => Wording::new(
                Text::new(
                    "loại kỳ lặp lại hằng năm nên không nhận một ngày có năm",
                    "a kind of period returns every year and takes no date with a year",
                ),
                Text::new(
                    "ngày có năm chỉ đến một lần: các năm khác không có kỳ nào",
                    "a date with a year comes once: in other years there would be no period",
                ),
            )
            .helped(Text::new(
                "bỏ năm (`tại 30/09`), hoặc khai báo `chiến dịch` nếu chỉ làm một lần",
                "leave the year out (`at 30/09`), or declare a `campaign` if it happens once",
            )),
            DeclaredProblem::DecidedDays { days } => Wording::new(
                Text::new(
                    format!("không quyết định nào cho nghỉ {days} ngày"),
                    format!("no decision fixes {days} days of rest"),
                ),
                Text::new(
                    "`theo quyết định` ghi số ngày nghỉ mà quyết định hằng năm ấn định thêm: từ 1 đến 31 ngày",
                    "`decided` is the number of further days that each year's decision fixes: 1 to 31",
                ),
            ),
            DeclaredProblem::NotShorter { period, of } => {
                let (vi, en) = match of {
                    Some((vi, en)) => (
                        format!("{} không gồm các {vi}: kỳ đó không ngắn hơn", period.0),
                        format!("the {} is not made up of {en}: it is no shorter", period.1),
                    ),
                    None => (
                        format!("{} không thể cộng từ hay đối chiếu với chính nó", period.0),
                        format!("the {} is neither derived from itself nor checked against itself", period.1),
                    ),
                };
                Wording::new(
                    Text::new(vi, en),
                    Text::new(
                        "số của một kỳ được cộng từ, hoặc đối chiếu với, các kỳ ngắn hơn nằm trong nó",
                        "the figures of a period are derived from, or checked against, shorter periods inside it",
                    ),
                )
                .helped(Text::new(
                    "ghi các kỳ ngắn hơn, hoặc `nhập riêng`",
                    "name the shorter periods, or say `independent`",
                ))
            }
        }
    }
}
