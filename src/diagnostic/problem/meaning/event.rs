//! R716 to R739: periods, events and parts of a regime whose time does not fit together.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// R716 to R739: periods, events and parts whose time does not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventProblem {
    /// R716: a name of a kind of period or an event that is too long to stand in the code of every report.
    NameTooLong {
        /// The name.
        name: String,
        /// The most bytes it may have.
        most: usize,
    },
    /// R717: a window that means nothing for the kind of period.
    WindowNotForPeriod {
        /// The window as written.
        window: (String, String),
        /// The period in both languages.
        period: (String, String),
    },
    /// R718: something reckoned from an event in a period that follows none.
    PeriodWithoutEvent {
        /// As written.
        written: String,
        /// The period in both languages.
        period: (String, String),
    },
    /// R719: a part for a unit that does not report.
    NeverForReporter {
        /// The level or agency.
        who: String,
    },
    /// R720: an attribute that a field of an event cannot have.
    NotOfEventField {
        /// The attribute as written.
        attribute: String,
    },
    /// R721: a value that a field of an event cannot take.
    ValueNotOfField {
        /// The value as written.
        value: String,
        /// The field.
        field: String,
    },
    /// R722: a field of an event where it is not compared with a value.
    FieldOnlyCompared {
        /// As written.
        written: String,
    },
    /// R723: a condition on a part that reads figures of the report.
    ConditionReadsFigures {
        /// As written.
        written: String,
    },
    /// R724: a test of an event that does not say when it began or ended.
    EventDatesMissing {
        /// The event.
        event: String,
        /// Whether its end is missing, not its start.
        end: bool,
    },
    /// R725: a part inside another one that never applies when the outer does.
    NeverWithOuter {
        /// The period in both languages.
        period: (String, String),
    },
    /// R726: the windows of two periods that follow one another overlap, or leave days between them.
    WindowsDoNotMeet {
        /// The earlier period in both languages.
        earlier: (String, String),
        /// Last day of its window, as shown.
        ends: String,
        /// The later one.
        later: (String, String),
        /// First day of its window, as shown.
        begins: String,
    },
    /// R727: a unit in a test that does not exist at the cut-off.
    UnitNotThen {
        /// The unit.
        unit: String,
        /// The cut-off, as shown.
        cutoff: String,
    },
}

impl EventProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            EventProblem::NameTooLong { .. } => "R716",
            EventProblem::WindowNotForPeriod { .. } => "R717",
            EventProblem::PeriodWithoutEvent { .. } => "R718",
            EventProblem::NeverForReporter { .. } => "R719",
            EventProblem::NotOfEventField { .. } => "R720",
            EventProblem::ValueNotOfField { .. } => "R721",
            EventProblem::FieldOnlyCompared { .. } => "R722",
            EventProblem::ConditionReadsFigures { .. } => "R723",
            EventProblem::EventDatesMissing { .. } => "R724",
            EventProblem::NeverWithOuter { .. } => "R725",
            EventProblem::WindowsDoNotMeet { .. } => "R726",
            EventProblem::UnitNotThen { .. } => "R727",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            EventProblem::WindowsDoNotMeet { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            EventProblem::NameTooLong { name, most } => Wording::new(
                Text::new(
                    format!("tên `{name}` quá dài"),
                    format!("the name `{name}` is too long"),
                ),
                Text::new(
                    format!("tên này nằm trong mã của mọi báo cáo thuộc kỳ, nên dài nhất {most} byte (chữ có dấu chiếm 2 đến 3 byte)"),
                    format!("the name stands in the code of every report of the period, so it has at most {most} bytes (a letter with marks takes 2 or 3)"),
                ),
            ),
            EventProblem::WindowNotForPeriod { window, period } => Wording::new(
                Text::new(
                    format!("cách chốt số liệu `{}` không có nghĩa với kỳ {}", window.0, period.0),
                    format!("the window `{}` means nothing for the period {}", window.1, period.1),
                ),
                Text::new(
                    "Điều 12 Nghị định 09/2019/NĐ-CP quy định theo tháng, quý, 6 tháng, năm; `cả đợt` chỉ dùng cho kỳ theo đợt",
                    "Decree 09/2019/NĐ-CP, article 12, is about months, quarters, halves and years; `whole event` is for periods of an event",
                ),
            )
            .helped(Text::new(
                "ghi `chốt số liệu theo lịch` trong khối của kỳ, hoặc từ ngày nào đến ngày nào",
                "write `window calendar` in the block of the period, or from which day to which",
            )),
            EventProblem::PeriodWithoutEvent { written, period } => Wording::new(
                Text::new(
                    format!("`{written}` tính theo đợt, nhưng kỳ {} không theo đợt nào", period.0),
                    format!("`{written}` is reckoned from an event, but the period {} follows none", period.1),
                ),
                Text::new(
                    "chỉ kỳ `hằng ngày theo …` và `kết thúc …` mới có ngày bắt đầu và kết thúc đợt",
                    "only the periods `daily of …` and `end of …` have an event that begins and ends",
                ),
            )
            .helped(Text::new(
                "ghi câu này trong khối của kỳ theo đợt",
                "write it in the block of the period that follows the event",
            )),
            EventProblem::NeverForReporter { who } => Wording::new(
                Text::new(
                    format!("`{who}` không báo cáo theo chế độ này nên phần này không bao giờ áp dụng"),
                    format!("`{who}` does not report this regime, so the part never applies"),
                ),
                Text::new(
                    "`chỉ với` nêu đơn vị gửi báo cáo: một cấp, hoặc cơ quan thuộc một cấp, có trong luồng",
                    "`only for` names a sender: a level of the routes, or an agency on such a level",
                ),
            ),
            EventProblem::NotOfEventField { attribute } => Wording::new(
                Text::new(
                    format!("`{attribute}` không dùng được cho trường của đợt"),
                    format!("`{attribute}` cannot stand with a field of an event"),
                ),
                Text::new(
                    "trường của đợt chỉ nêu kiểu: chọn một, có hay không, văn bản, ngày tháng hoặc số",
                    "a field of an event states its type only: choice, yes or no, text, date or a number",
                ),
            ),
            EventProblem::ValueNotOfField { value, field } => Wording::new(
                Text::new(
                    format!("`{value}` không phải giá trị của trường `{field}`"),
                    format!("`{value}` is no value of the field `{field}`"),
                ),
                Text::new(
                    "giá trị phải đúng kiểu của trường; trường chọn một nhận mã của danh mục",
                    "a value has the type of its field; a choice takes an entry of its catalog",
                ),
            ),
            EventProblem::FieldOnlyCompared { written } => Wording::new(
                Text::new(
                    format!("`{written}` chỉ dùng được trong điều kiện"),
                    format!("`{written}` can stand in a condition only"),
                ),
                Text::new(
                    "trường của đợt được so với một giá trị viết sẵn, không đem tính toán",
                    "a field of an event is compared with a written value, not computed with",
                ),
            )
            .helped(Text::new(
                "ví dụ: `dot.loai in (bao, lu)` hoặc `dot.cuc_bo = có`",
                "for example: `dot.loai in (bao, lu)` or `dot.cuc_bo = yes`",
            )),
            EventProblem::ConditionReadsFigures { written } => Wording::new(
                Text::new(
                    format!("`{written}` đọc số liệu của báo cáo"),
                    format!("`{written}` reads figures of the report"),
                ),
                Text::new(
                    "`chỉ khi` và `miễn khi` quyết định trước khi nhập số liệu, nên chỉ đọc trường của đợt và trường ở đầu biểu",
                    "`only when` and `waived when` decide before figures are typed, so they read the event and the fields at the head of a form only",
                ),
            )
            .helped(Text::new(
                "dùng `đóng khi` cho ô phụ thuộc số liệu, `khi … { }` cho quy tắc",
                "use `closed when` for a cell that depends on figures, `when … { }` for rules",
            )),
            EventProblem::EventDatesMissing { event, end } => {
                let (vi, en) = if *end {
                    ("kết thúc", "end")
                } else {
                    ("bắt đầu", "start")
                };
                Wording::new(
                    Text::new(
                        format!("ca kiểm thử chưa nêu ngày {vi} của đợt `{event}`"),
                        format!("the test does not say the {en} of the event `{event}`"),
                    ),
                    Text::new(
                        "ngày chốt số liệu của kỳ kết thúc đợt là ngày đợt kết thúc",
                        "the period of the end of an event is reckoned from its days",
                    ),
                )
                .helped(Text::new(
                    format!("thêm `cho đợt {event} {{ bắt đầu: …  kết thúc: … }}`"),
                    format!("add `given event {event} {{ start: …  end: … }}`"),
                ))
            }
            EventProblem::NeverWithOuter { period } => Wording::new(
                Text::new(
                    format!("phần chứa câu này không áp dụng trong kỳ {}", period.0),
                    format!("the part around this one does not apply in the period {}", period.1),
                ),
                Text::new(
                    "phần bên trong chỉ áp dụng khi phần bên ngoài áp dụng",
                    "a part inside another one applies only where the outer one does",
                ),
            ),
            EventProblem::WindowsDoNotMeet {
                earlier,
                ends,
                later,
                begins,
            } => Wording::new(
                Text::new(
                    format!(
                        "{} chốt đến {ends} nhưng {} bắt đầu lấy số liệu từ {begins}",
                        earlier.0, later.0
                    ),
                    format!(
                        "the window of {} ends on {ends} but that of {} begins on {begins}",
                        earlier.1, later.1
                    ),
                ),
                Text::new(
                    "giữa hai kỳ liền nhau không được có ngày bị bỏ sót hoặc tính hai lần",
                    "no day may be left out or counted twice between two periods that follow one another",
                ),
            )
            .helped(Text::new(
                "sửa thời gian chốt số liệu; nếu đúng như văn bản thì ghi `nhập riêng` sau tên kỳ",
                "correct the window; where the act says so, write `independent` after the period",
            )),
            EventProblem::UnitNotThen { unit, cutoff } => Wording::new(
                Text::new(
                    format!("`{unit}` không tồn tại vào ngày chốt số liệu {cutoff}"),
                    format!("`{unit}` does not exist on the cut-off day {cutoff}"),
                ),
                Text::new(
                    "đơn vị trong bảng của dự án phải còn hiệu lực vào ngày chốt; đơn vị chỉ có trong ca kiểm thử thì ghi rõ cấp",
                    "a unit of the project's tables must be valid at the cut-off; a unit of the test only states its level",
                ),
            ),
        }
    }
}
