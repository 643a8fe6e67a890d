//! R329, R547 to R549, R622, R628, R629, R631 to R633, R635 to R638, R758 and R759: what is decided beforehand, whatever anybody reports.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`. What only says nothing is a warning; what can never hold, or never gets a figure, is an
//! error.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// What is decided beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForegoneProblem {
    /// R329: an operation on a figure and the same figure.
    WithItself {
        /// What comes of it.
        gives: Given,
    },
    /// R547: a bound that no value of the cell can pass.
    BoundOutside {
        /// The bound as written.
        bound: String,
        /// Digits after the point that the cell has; none where the bound lies below zero.
        digits: Option<u32>,
    },
    /// R548: a total row over nothing that adds up.
    NothingToTotal,
    /// R549: prefilled from the record of a unit, which knows no such thing.
    NotInRegistry,
    /// R622: a switch that leaves its rule as it is.
    SwitchOfNothing {
        /// The rule, `REGIME.RULE`.
        rule: String,
        /// Whether the rule is that strong anyway; else no version with it is in force in that time.
        anyway: bool,
    },
    /// R628: a comparison that holds whatever is typed.
    AlwaysHolds {
        /// As written, shortened.
        comparison: String,
    },
    /// R629: a comparison that never holds.
    NeverHolds {
        /// As written, shortened.
        comparison: String,
    },
    /// R631: a rule that says what a cell says itself.
    SaidByCell {
        /// The column, by printed number or name.
        column: String,
    },
    /// R632: a cell added twice in one sum.
    AddedTwice {
        /// The column, by printed number or name.
        column: String,
    },
    /// R633: a test of a period in which the regime is not in force.
    TestOutsideForce {
        /// The period in both languages.
        period: (String, String),
    },
    /// R635: a rule that compares a cell which nobody fills.
    ReadsClosed {
        /// The column, by printed number or name.
        column: String,
    },
    /// R636: a rule for many cells that looks at none of them.
    EachOfNothing,
    /// R637: a unit of a test divided into more than the whole.
    SharesAboveWhole,
    /// R638: since an event, in a regime without any.
    SinceNoEvent,
    /// R758: a report at the end of an event that is waived, without daily reports that answer for it.
    WaivedForNothing {
        /// The event.
        event: String,
    },
    /// R759: a route that ends before its regime is in force, or begins after it.
    RouteOutsideForce {
        /// Whether it suspends a route.
        suspension: bool,
    },
}

/// What comes of an operation on a figure and the same figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A difference or a growth: 0.
    Zero,
    /// A quotient: 1.
    One,
    /// The figure: the larger or smaller of two equal ones, or both branches of a condition.
    Itself,
}

impl ForegoneProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ForegoneProblem::WithItself { .. } => "R329",
            ForegoneProblem::BoundOutside { .. } => "R547",
            ForegoneProblem::NothingToTotal => "R548",
            ForegoneProblem::NotInRegistry => "R549",
            ForegoneProblem::SwitchOfNothing { .. } => "R622",
            ForegoneProblem::AlwaysHolds { .. } => "R628",
            ForegoneProblem::NeverHolds { .. } => "R629",
            ForegoneProblem::SaidByCell { .. } => "R631",
            ForegoneProblem::AddedTwice { .. } => "R632",
            ForegoneProblem::TestOutsideForce { .. } => "R633",
            ForegoneProblem::ReadsClosed { .. } => "R635",
            ForegoneProblem::EachOfNothing => "R636",
            ForegoneProblem::SharesAboveWhole => "R637",
            ForegoneProblem::SinceNoEvent => "R638",
            ForegoneProblem::WaivedForNothing { .. } => "R758",
            ForegoneProblem::RouteOutsideForce { .. } => "R759",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            ForegoneProblem::NotInRegistry
            | ForegoneProblem::NeverHolds { .. }
            | ForegoneProblem::SharesAboveWhole
            | ForegoneProblem::SinceNoEvent => Severity::Error,
            ForegoneProblem::WithItself { .. }
            | ForegoneProblem::BoundOutside { .. }
            | ForegoneProblem::NothingToTotal
            | ForegoneProblem::SwitchOfNothing { .. }
            | ForegoneProblem::AlwaysHolds { .. }
            | ForegoneProblem::SaidByCell { .. }
            | ForegoneProblem::AddedTwice { .. }
            | ForegoneProblem::TestOutsideForce { .. }
            | ForegoneProblem::WaivedForNothing { .. }
            | ForegoneProblem::ReadsClosed { .. }
            | ForegoneProblem::EachOfNothing
            | ForegoneProblem::RouteOutsideForce { .. } => Severity::Warning,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            ForegoneProblem::WithItself { gives } => {
                let what = match gives {
                    Given::Zero => Text::new(
                        "phép tính của một số với chính nó luôn bằng 0",
                        "the operation of a figure with itself is always 0",
                    ),
                    Given::One => Text::new(
                        "phép chia một số cho chính nó luôn bằng 1 (100%)",
                        "a figure divided by itself is always 1 (100%)",
                    ),
                    Given::Itself => Text::new(
                        "chọn giữa hai số giống nhau thì kết quả luôn là số đó",
                        "a choice between two equal figures is always that figure",
                    ),
                };
                Wording::new(
                    what,
                    Text::new(
                        "kết quả như nhau ở mọi báo cáo; có thể định ghi một ô khác",
                        "the result is the same in every report; another cell may have been meant",
                    ),
                )
            }
            ForegoneProblem::BoundOutside { bound, digits: None } => Wording::new(
                Text::new(
                    format!("giới hạn `{bound}` nhỏ hơn 0 nhưng ô này không bao giờ nhỏ hơn 0"),
                    format!("the bound `{bound}` lies below 0, and the cell never does"),
                ),
                Text::new(
                    "số đếm bắt đầu từ 0, nên giới hạn này không chặn gì; có thể ô cần kiểu khác",
                    "a count begins at 0, so the bound keeps nothing out; the cell may need another type",
                ),
            )
            .helped(Text::new(
                "ghi `0`; nếu số có thể âm thì thêm `số nguyên`",
                "write `0`; if the figure may be below zero add `integer`",
            )),
            ForegoneProblem::BoundOutside { bound, digits: Some(digits) } => Wording::new(
                Text::new(
                    format!("giới hạn `{bound}` có nhiều chữ số thập phân hơn ô này ({digits})"),
                    format!("the bound `{bound}` has more decimals than the cell ({digits})"),
                ),
                Text::new(
                    "không số nào nhập được lại bằng giới hạn này; có thể ô cần thêm chữ số thập phân",
                    "no value that can be typed is equal to the bound; the cell may need more decimals",
                ),
            )
            .helped(Text::new(
                "ghi giới hạn theo số chữ số của ô, hoặc thêm `số thập phân(…)`",
                "write the bound with the decimals of the cell, or add `decimal(…)`",
            )),
            ForegoneProblem::NothingToTotal => Wording::new(
                Text::new(
                    "dòng tổng không có số nào để cộng",
                    "the total row has no figures to add",
                ),
                Text::new(
                    "mọi cột ở đây là chữ, ngày hoặc mục chọn; dòng tổng in ra sẽ trống",
                    "every column here is words, days or choices; the total row is printed empty",
                ),
            )
            .helped(Text::new(
                "bỏ dòng tổng; muốn biết có bao nhiêu dòng thì ghi `đếm(…)` ở một biểu",
                "remove the total row; to know how many rows there are write `count(…)` in a form",
            )),
            ForegoneProblem::NotInRegistry => Wording::new(
                Text::new(
                    "hồ sơ đơn vị không có gì để lấy vào ô này",
                    "the record of a unit holds nothing for this cell",
                ),
                Text::new(
                    "hồ sơ chỉ ghi mỗi đơn vị thuộc mục nào của một danh mục; nó không có số liệu, chữ hay ngày",
                    "a record only tells to which entry of a catalog the unit belongs; it has no figures, words or days",
                ),
            )
            .helped(Text::new(
                "dùng với `chọn một …`, hoặc bỏ `lấy từ hồ sơ đơn vị`",
                "use it with `choice …`, or remove `from registry`",
            )),
            ForegoneProblem::SwitchOfNothing { rule, anyway: true } => Wording::new(
                Text::new(
                    format!("lệnh này không đổi gì: quy tắc `{rule}` vốn đã như vậy"),
                    format!("the switch changes nothing: the rule `{rule}` is that strong anyway"),
                ),
                Text::new(
                    "lệnh đổi một quy tắc đã ban hành thành mức khác, hoặc tắt quy tắc; có thể ghi nhầm quy tắc",
                    "a switch makes a published rule milder or stricter, or turns it off; another rule may have been meant",
                ),
            ),
            ForegoneProblem::SwitchOfNothing { rule, anyway: false } => Wording::new(
                Text::new(
                    format!("lệnh này không đổi gì: trong thời gian ấy quy tắc `{rule}` không có hiệu lực"),
                    format!("the switch changes nothing: in that time the rule `{rule}` is not in force"),
                ),
                Text::new(
                    "lệnh đổi chỉ có tác dụng với báo cáo chốt số liệu khi phiên bản có quy tắc đó còn hiệu lực; có thể ghi nhầm ngày",
                    "a switch works on reports whose cut-off lies in the time of a version that has the rule; another date may have been meant",
                ),
            ),
            ForegoneProblem::AlwaysHolds { comparison } => Wording::new(
                Text::new(
                    format!("`{comparison}` luôn đúng"),
                    format!("`{comparison}` always holds"),
                ),
                Text::new(
                    "kiểu và khoảng của ô đã loại mọi số làm cho điều này sai, nên ghi thêm không xét được gì; có thể ghi nhầm số hoặc dấu so sánh",
                    "type and range of the cell leave no number for which it fails, so nothing is judged; the number or the sign may be wrong",
                ),
            )
            .helped(Text::new(
                "bỏ phần này; muốn hỏi ô đã trả lời chưa thì ghi `không phải trống(…)`",
                "remove it; to ask whether a cell is answered write `not blank(…)`",
            )),
            ForegoneProblem::NeverHolds { comparison } => Wording::new(
                Text::new(
                    format!("`{comparison}` không bao giờ đúng"),
                    format!("`{comparison}` never holds"),
                ),
                Text::new(
                    "kiểu và khoảng của ô không có số nào làm cho điều này đúng: kiểm tra thì báo cáo nào cũng sai, điều kiện thì không bao giờ tới",
                    "type and range of the cell hold no number for which it is true: as a rule every report fails, as a condition it is never met",
                ),
            )
            .helped(Text::new(
                "xem lại số, dấu so sánh, kiểu hoặc khoảng của ô",
                "look again at the number, the sign, the type or the range of the cell",
            )),
            ForegoneProblem::SaidByCell { column } => Wording::new(
                Text::new(
                    format!("quy tắc này nhắc lại điều cột `{column}` đã ghi"),
                    format!("the rule repeats what column `{column}` says itself"),
                ),
                Text::new(
                    "`nằm trong` và các vế sau `=` của một cột đã được xét ở mọi báo cáo; ghi thêm quy tắc thì một sai sót bị báo hai lần",
                    "`within` and the sides after `=` of a column are judged in every report; with the rule one mistake is told twice",
                ),
            )
            .helped(Text::new(
                "bỏ quy tắc, hoặc sửa cột nếu định xét điều khác",
                "remove the rule, or change its columns if something else was meant",
            )),
            ForegoneProblem::AddedTwice { column } => Wording::new(
                Text::new(
                    format!("cột `{column}` được cộng hai lần trong một tổng"),
                    format!("column `{column}` is added twice in one sum"),
                ),
                Text::new(
                    "thường là sao chép rồi quên sửa số cột; muốn nhân đôi thì ghi `2 * […]`",
                    "usually it was copied and the number not changed; to double a figure write `2 * […]`",
                ),
            ),
            ForegoneProblem::TestOutsideForce { period } => Wording::new(
                Text::new(
                    format!("vào ngày chốt số liệu {} chế độ không có hiệu lực", period.0),
                    format!("the regime is not in force at the cut-off of {}", period.1),
                ),
                Text::new(
                    "báo cáo của kỳ này không bao giờ được lập theo phiên bản này, nên ca kiểm thử không cho biết điều gì; có thể ghi nhầm năm",
                    "no report of this period is ever made under this version, so the test shows nothing; the year may be wrong",
                ),
            ),
            ForegoneProblem::ReadsClosed { column } => Wording::new(
                Text::new(
                    format!("quy tắc so ô ở cột `{column}`, nhưng ô này luôn đóng"),
                    format!("the rule compares the cell in column `{column}`, which is always closed"),
                ),
                Text::new(
                    "không ai nhập ô đóng, nên quy tắc không bao giờ được xét; có thể ghi nhầm dòng hoặc cột",
                    "nobody fills a closed cell, so the rule is never judged; another row or column may have been meant",
                ),
            ),
            ForegoneProblem::EachOfNothing => Wording::new(
                Text::new(
                    "quy tắc ghi `với mỗi` nhưng không xét `ô` nào",
                    "the rule says `for each` and looks at no `cell`",
                ),
                Text::new(
                    "`ô` là từng ô được kể sau `với mỗi`; không có `ô` thì cùng một điều được xét nhiều lần và báo lỗi nhiều lần",
                    "`cell` is each of the cells after `for each` in its turn; without it one thing is judged, and told, several times",
                ),
            )
            .helped(Text::new(
                "ghi `ô` vào chỗ của cột, ví dụ `ô <= [8]`, hoặc bỏ `với mỗi`",
                "write `cell` in the place of the column, such as `cell <= [8]`, or remove `for each`",
            )),
            ForegoneProblem::SharesAboveWhole => Wording::new(
                Text::new(
                    "các phần chia cho đơn vị mới cộng lại hơn 100%",
                    "the shares of the new units come to more than 100%",
                ),
                Text::new(
                    "số liệu của đơn vị cũ được chia theo các phần này; hơn 100% thì số liệu tự tăng lên",
                    "the figures of the old unit are divided by these shares; above 100% they would grow by themselves",
                ),
            ),
            ForegoneProblem::SinceNoEvent => Wording::new(
                Text::new(
                    "lũy kế từ đầu đợt, nhưng chế độ không có đợt nào",
                    "since the event, but the regime has no event",
                ),
                Text::new(
                    "số này tính từ ngày một đợt bắt đầu; không có đợt thì không biết tính từ ngày nào",
                    "the figure runs from the day on which an event began; without one nobody knows from which day",
                ),
            )
            .helped(Text::new(
                "khai báo `đợt …`, hoặc ghi `lũy kế từ đầu năm`, `lũy kế từ khởi công`",
                "declare an `event …`, or write `since year` or `since start`",
            )),
            ForegoneProblem::RouteOutsideForce { suspension: true } => Wording::new(
                Text::new(
                    "lệnh tạm dừng này không có ngày nào trong thời gian chế độ có hiệu lực",
                    "the suspension holds on no day on which the regime is in force",
                ),
                Text::new(
                    "ngoài thời gian có hiệu lực không có báo cáo nào đi theo luồng, nên không có gì để dừng; có thể ghi nhầm năm",
                    "outside that time no report takes a route, so there is nothing to suspend; the year may be wrong",
                ),
            ),
            ForegoneProblem::WaivedForNothing { event } => Wording::new(
                Text::new(
                    format!("được miễn báo cáo kết thúc `{event}` thì không còn báo cáo nào của đợt"),
                    format!("where the report at the end of `{event}` is waived nothing is reported of the event at all"),
                ),
                Text::new(
                    "`miễn khi` để báo cáo hằng ngày cuối cùng thay cho báo cáo kết thúc; chế độ này không thu báo cáo hằng ngày của đợt",
                    "`waived when` lets the last daily report answer for the one at the end; the regime has no daily reports of the event",
                ),
            )
            .helped(Text::new(
                format!("thêm `kỳ hằng ngày theo {event}`, hoặc bỏ `miễn khi`"),
                format!("add `period daily of {event}`, or remove `waived when`"),
            )),
            ForegoneProblem::RouteOutsideForce { suspension: false } => Wording::new(
                Text::new(
                    "luồng này không có ngày nào trong thời gian chế độ có hiệu lực",
                    "the route holds on no day on which the regime is in force",
                ),
                Text::new(
                    "luồng hết hiệu lực trước ngày đầu, hoặc bắt đầu sau ngày cuối của chế độ, nên không báo cáo nào đi theo; có thể ghi nhầm năm",
                    "it ends before the first day of the regime or begins after the last, so no report takes it; the year may be wrong",
                ),
            ),
        }
    }
}
