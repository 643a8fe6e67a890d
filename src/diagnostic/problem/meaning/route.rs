//! R7xx: reports that nobody receives, or nobody knows when to send; legal parts that are missing.
//!
//! Data and words only; what makes a source have the problem is decided in `analysis`.

use crate::diagnostic::Severity;
use crate::diagnostic::wording::{Text, Wording};

/// A part that Decree 09/2019/NĐ-CP demands of every regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegalPart {
    /// Tên báo cáo.
    Title,
    /// Version and date of force.
    Version,
    /// Căn cứ.
    Basis,
    /// Cơ quan ban hành.
    Issuer,
    /// Đối tượng báo cáo.
    Reporters,
    /// Nơi nhận.
    Recipient,
    /// Phương thức gửi.
    Channel,
    /// Kỳ báo cáo.
    Period,
    /// Chốt số liệu.
    Window,
    /// Biểu mẫu số liệu, mẫu đề cương.
    Forms,
}

/// R7xx: reports that nobody receives, or nobody knows when to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteProblem {
    /// R701: a hop of a route for which no deadline is set.
    HopWithoutDeadline {
        /// Who sends on that hop.
        who: String,
    },
    /// R702: a legal part that is missing.
    MissingPart {
        /// The part.
        part: LegalPart,
        /// Whether the regime is ordered under the statistics law instead of the decree.
        statistical: bool,
    },
    /// R703: a deadline less than one working day after the cut-off.
    DeadlineTooEarly {
        /// Whose deadline.
        who: String,
        /// An example period, in both languages.
        period: (String, String),
        /// Its cut-off, as shown.
        cutoff: String,
        /// Its deadline, as shown.
        due: String,
    },
    /// R728: a deadline before the last day that the figures are about, in a regime that Decree 09 does not bind.
    DueBeforeEnd {
        /// Whose deadline.
        who: String,
        /// An example period, in both languages.
        period: (String, String),
        /// Its last day, as shown.
        cutoff: String,
        /// Its deadline, as shown.
        due: String,
    },
    /// R704: two routes at one time for one sender.
    RouteOverlap {
        /// The sender.
        who: String,
    },
    /// R705: reports that come back to their sender.
    RouteCycle {
        /// The way round.
        path: Vec<String>,
    },
    /// R706: a level that has ended.
    DeadLevel {
        /// The level.
        name: String,
        /// Its last day, as shown.
        until: String,
        /// Whether a dated route names it, which can end with it.
        on_route: bool,
    },
    /// R707: a reporter from whom no route starts.
    ReporterWithoutRoute {
        /// The reporter.
        who: String,
    },
    /// R708: a stated recipient that no route reaches.
    RecipientNotReached {
        /// The recipient.
        who: String,
    },
    /// R709: a deadline for somebody who sends nothing.
    DeadlineForNobody {
        /// The party.
        who: String,
    },
    /// R710: a sender whose deadline comes after that of the next hop.
    DeadlineAfterNextHop {
        /// The sender.
        who: String,
        /// Its deadline, as shown.
        due: String,
        /// The receiver, who sends on.
        next: String,
        /// The receiver's own deadline, as shown.
        next_due: String,
    },
    /// R711: a kind of period declared twice.
    RepeatedPeriod {
        /// The period in both languages.
        period: (String, String),
    },
    /// R712: an end before its beginning.
    DatesReversed {
        /// Beginning, as shown.
        from: String,
        /// End, as shown.
        until: String,
    },
    /// R713: a number of a month or quarter that a year does not have.
    NoSuchPeriod {
        /// As written.
        period: String,
    },
    /// R714: a second deadline for one party in one place.
    RepeatedDeadline {
        /// The party.
        who: String,
    },
    /// R751: a reporter at the top of the unit tree, where nobody is to receive.
    NobodyReceives {
        /// The reporter.
        who: String,
    },
    /// R752: a suspension of a hop that no route has.
    SuspendsNothing {
        /// The sender.
        who: String,
    },
    /// R753: figures about days after the cut-off that are no estimates.
    CoversBeyondCutoff {
        /// An example period, in both languages.
        period: (String, String),
        /// Its cut-off, as shown.
        cutoff: String,
        /// The last day described, as shown.
        covers: String,
    },
    /// R715: a day of the year or date that does not exist.
    NoSuchDay {
        /// As written.
        day: String,
    },
}

impl RouteProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            RouteProblem::HopWithoutDeadline { .. } => "R701",
            RouteProblem::MissingPart { .. } => "R702",
            RouteProblem::DeadlineTooEarly { .. } => "R703",
            RouteProblem::DueBeforeEnd { .. } => "R728",
            RouteProblem::RouteOverlap { .. } => "R704",
            RouteProblem::RouteCycle { .. } => "R705",
            RouteProblem::DeadLevel { .. } => "R706",
            RouteProblem::ReporterWithoutRoute { .. } => "R707",
            RouteProblem::RecipientNotReached { .. } => "R708",
            RouteProblem::DeadlineForNobody { .. } => "R709",
            RouteProblem::DeadlineAfterNextHop { .. } => "R710",
            RouteProblem::RepeatedPeriod { .. } => "R711",
            RouteProblem::DatesReversed { .. } => "R712",
            RouteProblem::NoSuchPeriod { .. } => "R713",
            RouteProblem::RepeatedDeadline { .. } => "R714",
            RouteProblem::NoSuchDay { .. } => "R715",
            RouteProblem::NobodyReceives { .. } => "R751",
            RouteProblem::SuspendsNothing { .. } => "R752",
            RouteProblem::CoversBeyondCutoff { .. } => "R753",
        }
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            RouteProblem::DeadlineForNobody { .. }
            | RouteProblem::SuspendsNothing { .. }
            | RouteProblem::DueBeforeEnd { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is said about it.
    pub fn wording(&self) -> Wording {
        match self {
            RouteProblem::HopWithoutDeadline { who } => Wording::new(
                Text::new(
                    format!("`{who}` phải gửi báo cáo nhưng chưa có hạn gửi"),
                    format!("`{who}` has to send a report but has no deadline"),
                ),
                Text::new(
                    "Điều 8 khoản 5 điểm b Nghị định 09/2019/NĐ-CP: chế độ qua nhiều cấp phải quy định thời hạn gửi cho từng cấp",
                    "Decree 09/2019/NĐ-CP, article 8.5.b: a regime of several levels states a deadline for each level",
                ),
            )
            .helped(Text::new(
                format!("thêm `hạn gửi {who} chậm nhất …` hoặc `hạn gửi {who} địa phương quy định`"),
                format!("add `deadline {who} by …` or `deadline {who} local`"),
            )),
            RouteProblem::MissingPart { part, statistical } => {
                let (name, law) = part.wording();
                let law = if *statistical {
                    Text::new(
                        "Luật Thống kê 89/2015/QH13: chế độ báo cáo thống kê nêu rõ đơn vị báo cáo, đơn vị nhận, kỳ, thời hạn, phương thức gửi và biểu mẫu",
                        "Statistics Law 89/2015/QH13: a statistical reporting regime states who reports, who receives, the periods, deadlines, channel and forms",
                    )
                } else {
                    law
                };
                Wording::new(
                    Text::new(
                        format!("chế độ thiếu {}", name.vi),
                        format!("the regime has no {}", name.en),
                    ),
                    law,
                )
            }
            RouteProblem::DeadlineTooEarly { who, period, cutoff, due } => Wording::new(
                Text::new(
                    format!(
                        "hạn gửi của `{who}` không cách ngày chốt số liệu ít nhất một ngày làm việc: {}, chốt {cutoff}, hạn {due}",
                        period.0
                    ),
                    format!(
                        "the deadline of `{who}` is not one working day after the cut-off: {}, cut-off {cutoff}, due {due}",
                        period.1
                    ),
                ),
                Text::new(
                    "Điều 8 khoản 5 điểm b Nghị định 09/2019/NĐ-CP: hạn gửi sau thời điểm kết thúc lấy số liệu ít nhất một ngày làm việc",
                    "Decree 09/2019/NĐ-CP, article 8.5.b: a deadline is at least one working day after the data are closed",
                ),
            ),
            RouteProblem::DueBeforeEnd { who, period, cutoff, due } => Wording::new(
                Text::new(
                    format!(
                        "hạn gửi của `{who}` rơi vào trước khi hết kỳ: {}, số liệu đến {cutoff}, hạn {due}",
                        period.0
                    ),
                    format!(
                        "the deadline of `{who}` falls before the figures end: {}, figures to {cutoff}, due {due}",
                        period.1
                    ),
                ),
                Text::new(
                    "số liệu của kỳ chưa hết thì chưa báo cáo được",
                    "figures of a period that is not over cannot be reported",
                ),
            )
            .helped(Text::new(
                "có phải quên `năm sau`, `tháng sau kỳ`? nếu báo cáo ước tính thì ghi `số liệu là ước tính`",
                "is `next year` or `month after` missing? for estimates state `figures are estimate`",
            )),
            RouteProblem::RouteOverlap { who } => Wording::new(
                Text::new(
                    format!("`{who}` có hai nơi nhận khác nhau trong cùng một thời gian"),
                    format!("`{who}` has two different recipients at the same time"),
                ),
                Text::new(
                    "mỗi đơn vị, tại một thời điểm, gửi một biểu đến đúng một nơi tiếp theo",
                    "at any date a unit sends a form to one next recipient",
                ),
            )
            .helped(Text::new(
                "ghi thời hạn cho từng luồng bằng `từ` và `đến hết`",
                "date the routes with `from` and `until`",
            )),
            RouteProblem::RouteCycle { path } => {
                let path = path.join(" -> ");
                Wording::new(
                    Text::new(
                        format!("luồng báo cáo quay vòng: {path}"),
                        format!("the route goes round in a circle: {path}"),
                    ),
                    Text::new(
                        "báo cáo phải đi đến nơi nhận cuối cùng",
                        "a report has to arrive at a last recipient",
                    ),
                )
            }
            RouteProblem::DeadLevel {
                name,
                until,
                on_route,
            } => Wording::new(
                Text::new(
                    format!("cấp `{name}` chỉ tồn tại đến hết {until}"),
                    format!("level `{name}` ended on {until}"),
                ),
                Text::new(
                    "câu còn hiệu lực sau ngày đó không được nhắc đến cấp đã bỏ",
                    "what is in force after that day cannot name a level that no longer exists",
                ),
            )
            .helped(if *on_route {
                Text::new(
                    format!("ghi `đến hết {until}` cho luồng này và khai luồng mới"),
                    format!("end the route with `until {until}` and declare the new one"),
                )
            } else {
                Text::new(
                    format!("bỏ `{name}` khỏi câu này"),
                    format!("remove `{name}` from the statement"),
                )
            }),
            RouteProblem::ReporterWithoutRoute { who } => Wording::new(
                Text::new(
                    format!("`{who}` phải báo cáo nhưng không có luồng nào bắt đầu từ đó"),
                    format!("`{who}` has to report but no route starts there"),
                ),
                Text::new(
                    "khi chế độ đã khai luồng thì mọi đối tượng báo cáo đều phải có nơi gửi đến",
                    "where a regime declares routes every reporter needs somewhere to send to",
                ),
            ),
            RouteProblem::RecipientNotReached { who } => Wording::new(
                Text::new(
                    format!("nơi nhận `{who}` không nằm trên luồng nào"),
                    format!("no route reaches the recipient `{who}`"),
                ),
                Text::new(
                    "nơi nhận phải là nơi báo cáo thực sự được gửi đến",
                    "the recipient is where reports really arrive",
                ),
            ),
            RouteProblem::DeadlineForNobody { who } => Wording::new(
                Text::new(
                    format!("hạn gửi của `{who}` không có tác dụng vì `{who}` không gửi báo cáo ở chặng nào"),
                    format!("the deadline of `{who}` has no effect because `{who}` sends on no hop"),
                ),
                Text::new(
                    "hạn gửi tính cho người gửi của từng chặng",
                    "a deadline is that of the sender of a hop",
                ),
            ),
            RouteProblem::DeadlineAfterNextHop { who, due, next, next_due } => Wording::new(
                Text::new(
                    format!("`{who}` được gửi đến {due} nhưng `{next}` phải gửi tiếp trước, vào {next_due}"),
                    format!("`{who}` may send until {due} but `{next}` has to send on earlier, on {next_due}"),
                ),
                Text::new(
                    "nơi tổng hợp phải nhận được báo cáo trước khi đến hạn của chính mình",
                    "who consolidates has to receive the reports before its own deadline",
                ),
            ),
            RouteProblem::RepeatedPeriod { period } => Wording::new(
                Text::new(
                    format!("kỳ {} được khai hai lần", period.0),
                    format!("the {} is declared twice", period.1),
                ),
                Text::new(
                    "mỗi kỳ có một cách chốt số liệu và một bộ hạn gửi",
                    "a period has one window and one set of deadlines",
                ),
            ),
            RouteProblem::DatesReversed { from, until } => Wording::new(
                Text::new(
                    format!("bắt đầu {from} nhưng kết thúc {until}, sớm hơn"),
                    format!("it begins on {from} and ends earlier, on {until}"),
                ),
                Text::new(
                    "khoảng thời gian này không có ngày nào",
                    "this span has no day",
                ),
            ),
            RouteProblem::NoSuchPeriod { period } => Wording::new(
                Text::new(
                    format!("không có kỳ `{period}`"),
                    format!("there is no period `{period}`"),
                ),
                Text::new(
                    "một năm có 12 tháng và 4 quý",
                    "a year has 12 months and 4 quarters",
                ),
            ),
            RouteProblem::RepeatedDeadline { who } => Wording::new(
                Text::new(
                    format!("`{who}` có hai hạn gửi ở cùng một chỗ"),
                    format!("`{who}` has two deadlines at one place"),
                ),
                Text::new(
                    "mỗi chặng có một hạn gửi; muốn khác theo kỳ thì ghi trong khối của kỳ",
                    "a hop has one deadline; another one for a period stands in the block of the period",
                ),
            ),
            RouteProblem::NobodyReceives { who } => Wording::new(
                Text::new(
                    format!("không có ai nhận báo cáo của `{who}`: trên cấp này không còn cấp nào"),
                    format!("nobody receives the report of `{who}`: no level stands above it"),
                ),
                Text::new(
                    "báo cáo theo cây đơn vị đi từ một đơn vị lên cấp trên trực tiếp",
                    "along the tree a report goes from a unit to the one above it",
                ),
            )
            .helped(Text::new(
                format!("khai luồng: `luồng {who} -> …`"),
                format!("declare a route: `route {who} -> …`"),
            )),
            RouteProblem::SuspendsNothing { who } => Wording::new(
                Text::new(
                    format!("không có luồng nào từ `{who}` đến nơi nhận này để tạm dừng"),
                    format!("no route leads from `{who}` to this recipient, so nothing is suspended"),
                ),
                Text::new(
                    "`tạm dừng` dừng một chặng đã khai bằng `luồng`, trong thời gian chặng đó còn hiệu lực",
                    "`suspend` stops a hop that a `route` declares, while that hop is in force",
                ),
            ),
            RouteProblem::CoversBeyondCutoff { period, cutoff, covers } => Wording::new(
                Text::new(
                    format!(
                        "số liệu nói đến hết {covers} nhưng chốt ngày {cutoff} mà không ghi là số ước tính: {}",
                        period.0
                    ),
                    format!(
                        "the figures describe days until {covers} but are closed on {cutoff}, and are no estimates: {}",
                        period.1
                    ),
                ),
                Text::new(
                    "sau ngày chốt chưa có số thực; chỉ được ghi số ước tính",
                    "after the cut-off there are no actual figures yet; only estimates are lawful",
                ),
            )
            .helped(Text::new(
                "ghi `số liệu là ước tính`, hoặc ghi `ước tính` cho các cột nhập tay",
                "write `figures are estimate`, or `estimate` on the columns that are typed",
            )),
            RouteProblem::NoSuchDay { day } => no_such_day(day),
        }
    }
}

/// A day or a time of day that does not exist, as it is written.
fn no_such_day(written: &str) -> Wording {
    let words: Vec<&str> = written.split_whitespace().collect();
    let clock = words.iter().find(|word| word.contains(':'));
    let number = words.windows(2).find_map(|pair| match pair {
        ["ngày" | "day", number] => number.parse::<u32>().ok(),
        _ => None,
    });
    match (clock, number) {
        (_, Some(number)) if !(1..=31).contains(&number) => Wording::new(
            Text::new(
                format!("không có ngày {number} trong tháng nào"),
                format!("no month has a day {number}"),
            ),
            Text::new(
                "ngày trong tháng từ 1 đến 31; tháng ngắn hơn thì lấy ngày cuối tháng",
                "days of a month are 1 to 31; in a shorter month its last day is taken",
            ),
        ),
        (Some(clock), _) => Wording::new(
            Text::new(
                format!("không có giờ `{clock}`"),
                format!("there is no time `{clock}`"),
            ),
            Text::new(
                "giờ trong ngày từ 00:00 đến 23:59",
                "times of a day are 00:00 to 23:59",
            ),
        ),
        _ => Wording::new(
            Text::new(
                format!("không có ngày `{written}`"),
                format!("there is no day `{written}`"),
            ),
            Text::new(
                "ngày được viết theo lịch: ngày/tháng/năm",
                "days follow the calendar: day/month/year",
            ),
        ),
    }
}

impl LegalPart {
    /// The part in words, and the law that demands it.
    fn wording(self) -> (Text, Text) {
        match self {
            LegalPart::Title => (
                Text::new("tên báo cáo", "title"),
                demanded("tên báo cáo", "the title of the report"),
            ),
            LegalPart::Version => (
                Text::new("`phiên bản … hiệu lực từ …`", "`version … in force from …`"),
                Text::new(
                    "báo cáo được kiểm tra theo phiên bản có hiệu lực vào ngày chốt số liệu",
                    "a report is checked by the version in force on the cut-off day",
                ),
            ),
            LegalPart::Basis => (
                Text::new("căn cứ pháp lý (`căn cứ`)", "legal basis (`basis`)"),
                demanded("văn bản ban hành chế độ", "the act that orders the regime"),
            ),
            LegalPart::Issuer => (
                Text::new(
                    "cơ quan ban hành (`cơ quan ban hành`)",
                    "issuing body (`issuer`)",
                ),
                demanded("cơ quan ban hành", "the issuing body"),
            ),
            LegalPart::Reporters => (
                Text::new(
                    "đối tượng báo cáo (`đối tượng báo cáo` hoặc `luồng`)",
                    "reporters (`reporters` or `route`)",
                ),
                demanded("đối tượng thực hiện báo cáo", "who reports"),
            ),
            LegalPart::Recipient => (
                Text::new(
                    "nơi nhận (`nơi nhận` hoặc `luồng`)",
                    "recipient (`recipient` or `route`)",
                ),
                demanded("cơ quan nhận báo cáo", "who receives the report"),
            ),
            LegalPart::Channel => (
                Text::new("phương thức gửi (`phương thức gửi`)", "channel (`channel`)"),
                demanded("phương thức gửi, nhận báo cáo", "how reports are sent"),
            ),
            LegalPart::Period => (
                Text::new("kỳ báo cáo (`kỳ`)", "period (`period`)"),
                demanded("tần suất thực hiện báo cáo", "how often is reported"),
            ),
            LegalPart::Window => (
                Text::new(
                    "thời gian chốt số liệu (`chốt số liệu`)",
                    "data cut-off (`window`)",
                ),
                Text::new(
                    "Điều 7 và Điều 12 Nghị định 09/2019/NĐ-CP: chế độ phải quy định thời gian chốt số liệu",
                    "Decree 09/2019/NĐ-CP, articles 7 and 12: a regime states when data are closed",
                ),
            ),
            LegalPart::Forms => (
                Text::new(
                    "nội dung báo cáo (`biểu`, `danh sách` hoặc `đề cương`)",
                    "content (`form`, `list` or `outline`)",
                ),
                demanded(
                    "biểu mẫu số liệu, hoặc mẫu đề cương báo cáo",
                    "the forms for figures, or the outline for a report in words",
                ),
            ),
        }
    }
}

fn demanded(vi: &str, en: &str) -> Text {
    Text::new(
        format!("Điều 7 Nghị định 09/2019/NĐ-CP: nội dung chế độ báo cáo gồm {vi}"),
        format!("Decree 09/2019/NĐ-CP, article 7: a reporting regime states {en}"),
    )
}
