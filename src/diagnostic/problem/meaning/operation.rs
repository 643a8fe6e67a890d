//! Operations on figures, and the ways out where one cannot be meant, in words.
//!
//! Data and words only; which operation is refused for which figure is decided by the table in `analysis`.

use crate::diagnostic::wording::Text;

/// What is done with a figure: the columns of the table of natures and operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationWord {
    /// Added over units.
    SumOverUnits,
    /// `sum below`, cộng cấp dưới.
    SumBelow,
    /// Made into the figure of a longer period.
    RollUp,
    /// `previous`, kỳ trước.
    Previous,
    /// `year to date`, lũy kế năm.
    YearToDate,
    /// `year ago`, cùng kỳ.
    YearAgo,
    /// `plan`, kế hoạch.
    Plan,
    /// `opening`, số đầu kỳ.
    Opening,
    /// `over events`, qua các đợt.
    OverEvents,
}

impl OperationWord {
    /// All columns of the table.
    pub const ALL: [OperationWord; 9] = [
        OperationWord::SumOverUnits,
        OperationWord::SumBelow,
        OperationWord::RollUp,
        OperationWord::Previous,
        OperationWord::YearToDate,
        OperationWord::YearAgo,
        OperationWord::Plan,
        OperationWord::Opening,
        OperationWord::OverEvents,
    ];

    /// The operation in words, as it stands inside a sentence.
    pub fn wording(self) -> Text {
        match self {
            OperationWord::SumOverUnits => Text::new("cộng các đơn vị", "adding up units"),
            OperationWord::SumBelow => Text::new("`cộng cấp dưới`", "`sum below`"),
            OperationWord::RollUp => Text::new("cộng từ các kỳ ngắn", "adding up shorter periods"),
            OperationWord::Previous => Text::new("`kỳ trước`", "`previous`"),
            OperationWord::YearToDate => Text::new("`lũy kế năm`", "`year to date`"),
            OperationWord::YearAgo => Text::new("`cùng kỳ`", "`year ago`"),
            OperationWord::Plan => Text::new("`kế hoạch`", "`plan`"),
            OperationWord::Opening => Text::new("`số đầu kỳ`", "`opening`"),
            OperationWord::OverEvents => Text::new("`qua các đợt`", "`over events`"),
        }
    }
}

/// The way out of a refused operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// The figure itself is what is meant.
    UseItself,
    /// The opening figure of the year is meant.
    OpeningOfYear,
    /// A stock is needed.
    UseStock,
    /// Typed at the consolidating level.
    EnterAbove,
    /// Typed in each period.
    EnterAgain,
    /// A form of the consolidating level computes it.
    RankingForm,
    /// A form of the consolidating level counts.
    CountThem,
    /// Plans are given for each level.
    LookUp,
    /// An event has no counterpart in another year.
    EventsDoNotRecur,
    /// A figure since the start of an event is needed.
    SinceEvent,
    /// What the figure is computed from is added, and the formula computed again.
    AddItsParts,
    /// There is none.
    None,
}

impl Remedy {
    /// The way out in words.
    pub fn wording(self) -> Option<Text> {
        Some(match self {
            Remedy::UseItself => Text::new(
                "dùng chính số đó, không cần lũy kế hay lấy lại",
                "use the figure itself",
            ),
            Remedy::OpeningOfYear => Text::new(
                "dùng số đầu kỳ của kỳ đầu tiên trong năm",
                "use the opening figure of the year",
            ),
            Remedy::UseStock => Text::new(
                "dùng một số cuối kỳ (`số cuối kỳ`)",
                "use a figure that is a `stock`",
            ),
            Remedy::EnterAbove => Text::new(
                "đơn vị tổng hợp tự nhập: `nhập tay` hoặc `cơ quan nhập …`",
                "let the consolidating body enter it: `entered` or `filled by …`",
            ),
            Remedy::EnterAgain => Text::new(
                "nhập riêng cho từng kỳ (`nhập tay [c]`)",
                "enter it in each period (`entered [c]`)",
            ),
            Remedy::RankingForm => Text::new(
                "lập biểu xếp hạng ở cấp tổng hợp",
                "make a ranking form of the consolidating level",
            ),
            Remedy::CountThem => Text::new(
                "đếm bằng `đếm cấp dưới(…)` trong biểu của cấp tổng hợp",
                "count with `count below(…)` in a form of the consolidating level",
            ),
            Remedy::LookUp => Text::new(
                "kế hoạch của mỗi cấp tra trong bộ kế hoạch, không cộng từ dưới lên",
                "the plan of each level is looked up, never added from below",
            ),
            Remedy::EventsDoNotRecur => Text::new(
                "đợt thiên tai, sự kiện không lặp lại theo năm; so sánh các đợt bằng `qua các đợt`",
                "events do not recur; compare them with `over events`",
            ),
            Remedy::SinceEvent => Text::new(
                "ghi `lũy kế từ đầu đợt` cho số cần cộng",
                "state `since event` on the figure",
            ),
            Remedy::AddItsParts => Text::new(
                "cộng tử số và mẫu số rồi chia: `cộng cấp dưới(…) / cộng cấp dưới(…)`",
                "add what it is computed from and divide: `sum below(…) / sum below(…)`",
            ),
            Remedy::None => return None,
        })
    }
}
