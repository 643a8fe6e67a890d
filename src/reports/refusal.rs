//! Why a command was not done, as data first and wording last.
//!
//! The list is closed; nothing else refuses a command. Wording is in Vietnamese and English side by side. Broken input: none.

use crate::calendar::Moment;
use crate::eval::adjustment::NotAdjustable;
use crate::eval::figures::Entry;
use crate::plan::Bilingual;
use crate::reports::event::Stamp;
use crate::reports::key::{CellKey, ExplanationKey};
use crate::reports::permission::Action;
use crate::reports::report::Status;

/// The longest text a person may write in one cell, explanation or reason, in characters.
pub const MOST_CHARACTERS: usize = 4_000;

/// [`MOST_CHARACTERS`] as people read it.
pub const MOST_SHOWN: &str = "4.000";

/// The longest narrative of an outline, in characters: some twenty printed pages.
pub const LONGEST_NARRATIVE: usize = 50_000;

/// Why a command was not done. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No grant of the actor allows this for this report, in any status.
    NotPermitted {
        /// What was asked.
        action: Action,
    },
    /// It is the actor's to do, but not in this status.
    WrongStatus {
        /// What was asked.
        action: Action,
        /// Where the report stands.
        status: Status,
    },
    /// The person who proposed may not approve.
    OwnProposal,
    /// Findings forbid sending.
    Blocked {
        /// How many.
        findings: u32,
    },
    /// The routes name no unit that would receive the report.
    NoRecipient,
    /// A document that goes to somebody outside of this system is sent by telling how it went.
    DispatchNeeded,
    /// Units are missing from a consolidated document without a reason.
    MissingUnexplained {
        /// How many.
        units: u32,
    },
    /// An adjustment by nothing.
    NoDifference,
    /// The figure cannot be adjusted.
    NotAdjustable {
        /// Why.
        why: NotAdjustable,
    },
    /// No adjustment of the document has this number.
    NoSuchAdjustment {
        /// The number named.
        number: u32,
    },
    /// Someone changed the same cells, rows or explanations since the draft that this save was made on.
    Conflict {
        /// The draft number now.
        draft: u64,
        /// The cells, with what is stored now.
        cells: Vec<ConflictingCell>,
        /// The explanations.
        explanations: Vec<ExplanationKey>,
        /// The narratives, by key.
        narratives: Vec<String>,
        /// Who saved last.
        saved: Option<Box<Stamp>>,
    },
    /// The period is locked.
    Locked {
        /// Since when.
        at: Moment,
        /// Why.
        reason: String,
    },
    /// The report is late, and why is not said.
    LateReasonNeeded,
    /// The official sending is declared for a moment that has not come.
    DispatchAhead {
        /// The moment declared.
        at: Moment,
    },
    /// The way declared is this system itself.
    DispatchedHere,
    /// The draft is not the one on the person's screen, or not the one that was evaluated.
    OtherDraft {
        /// The number named.
        seen: u64,
        /// The number now.
        draft: u64,
    },
    /// The revision is not the one on the person's screen.
    OtherRevision {
        /// The number named.
        seen: u32,
        /// The number now; 0 when there is none.
        revision: u32,
    },
    /// Returning, withdrawing and declaring openings need a reason.
    NoReason,
    /// A narrative is longer than [`LONGEST_NARRATIVE`].
    NarrativeTooLong,
    /// A text is longer than [`MOST_CHARACTERS`].
    TooLong {
        /// The cell it was typed in; none for a reason or an explanation.
        cell: Option<CellKey>,
    },
    /// No opening was given.
    NothingDeclared,
    /// An earlier report exists, so that openings are carried and not declared.
    EarlierReportExists,
    /// An opening of another form than the command's.
    OpeningOfOtherForm {
        /// The cell.
        cell: CellKey,
    },
}

/// A cell that someone else changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictingCell {
    /// The cell.
    pub cell: CellKey,
    /// What is stored now.
    pub stored: Option<Entry>,
}

impl Refusal {
    /// The refusal in words.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            Refusal::NotPermitted { action } => {
                let action = action.wording();
                (
                    format!(
                        "Tài khoản của bạn không có quyền thực hiện việc “{}” đối với báo cáo này.",
                        action.vi
                    ),
                    format!("Your account may not do this to the report: {}.", action.en),
                )
            }
            Refusal::WrongStatus { action, status } => {
                let (action, status) = (action.wording(), status.wording());
                (
                    format!(
                        "Không thể thực hiện việc “{}” khi báo cáo ở trạng thái “{}”.",
                        action.vi, status.vi
                    ),
                    format!(
                        "Not possible now ({}): the report is in the state “{}”.",
                        action.en, status.en
                    ),
                )
            }
            Refusal::OwnProposal => (
                "Người trình báo cáo không được tự phê duyệt báo cáo đó.".to_string(),
                "The person who proposed a report may not approve it.".to_string(),
            ),
            Refusal::Blocked { findings } => (
                format!(
                    "Chưa thể trình hoặc gửi: còn {findings} lỗi hoặc nội dung chưa giải trình."
                ),
                format!(
                    "Cannot be proposed or sent yet: {findings} mistakes or missing explanations remain."
                ),
            ),
            Refusal::DispatchNeeded => (
                "Nơi nhận bản tổng hợp này không dùng hệ thống. Hãy ghi cách gửi, ngày giờ gửi chính thức và số văn bản.".to_string(),
                "Whoever receives this document does not use this system. Say by which way, when and under which number it was sent.".to_string(),
            ),
            Refusal::MissingUnexplained { units } => (
                format!("Còn {units} đơn vị chưa có số liệu mà chưa nêu lý do. Hãy ghi lý do cho từng đơn vị trước khi trình."),
                format!("{units} units are missing without a reason. Give a reason for each before proposing."),
            ),
            Refusal::NoDifference => (
                "Số điều chỉnh phải khác 0.".to_string(),
                "An adjustment must differ from 0.".to_string(),
            ),
            Refusal::NotAdjustable { why } => {
                let why = why.wording();
                (
                    format!("Không điều chỉnh được: {}.", why.vi),
                    format!("Cannot be adjusted: {}.", why.en),
                )
            }
            Refusal::NoSuchAdjustment { number } => (
                format!("Bản tổng hợp không có điều chỉnh số {number}."),
                format!("The document has no adjustment number {number}."),
            ),
            Refusal::NoRecipient => (
                "Chưa xác định được nơi nhận báo cáo theo luồng gửi của chế độ báo cáo. Hãy báo quản trị hệ thống.".to_string(),
                "The routes of the regime name no unit that receives this report. Tell the administrator.".to_string(),
            ),
            Refusal::Conflict {
                cells,
                explanations,
                narratives,
                saved,
                ..
            } => conflict(cells, explanations, narratives, saved.as_deref()),
            Refusal::OtherDraft { seen, draft } => (
                format!(
                    "Số liệu đã thay đổi (bản nháp số {draft}, bạn đang xem bản số {seen}). Hãy tải lại trang rồi thực hiện lại."
                ),
                format!(
                    "The figures have changed (draft {draft}, you are looking at {seen}). Reload the page and try again."
                ),
            ),
            Refusal::OtherRevision { seen, revision } => (
                format!(
                    "Báo cáo đã có bản khác (bản trình số {revision}, bạn đang xem bản số {seen}). Hãy tải lại trang rồi thực hiện lại."
                ),
                format!(
                    "The report has another revision ({revision}, you are looking at {seen}). Reload the page and try again."
                ),
            ),
            Refusal::Locked { at, reason } => (
                format!("Kỳ báo cáo đã khóa sổ từ {at} ({reason}); số liệu không thay đổi được nữa. Muốn sửa, đề nghị cơ quan tổng hợp mở khóa."),
                format!("The period is locked since {at} ({reason}); figures do not change any more. Ask the office that locked it to unlock it."),
            ),
            Refusal::LateReasonNeeded => (
                "Báo cáo đã quá hạn: hãy nêu lý do gửi chậm rồi gửi lại.".to_string(),
                "The report is past its deadline: say why it is late, then send it again.".to_string(),
            ),
            Refusal::DispatchAhead { at } => (
                format!("Thời điểm gửi chính thức ({at}) chưa đến. Hãy nhập thời điểm đã gửi."),
                format!("The official sending ({at}) has not happened yet. Give the moment it was sent."),
            ),
            Refusal::DispatchedHere => (
                "Hãy chọn phương thức đã gửi ngoài hệ thống: trực tiếp, bưu chính, fax, thư điện tử hoặc hệ thống quản lý văn bản.".to_string(),
                "Choose the way it was sent outside this system: by hand, post, fax, e-mail or the document system.".to_string(),
            ),
            Refusal::NoReason => (
                "Phải nêu lý do.".to_string(),
                "A reason is needed.".to_string(),
            ),
            Refusal::TooLong { cell: Some(cell) } => (
                format!("Nội dung nhập ở ô {cell} dài quá {MOST_SHOWN} ký tự."),
                format!("The text in cell {cell} is longer than {MOST_SHOWN} characters."),
            ),
            Refusal::TooLong { cell: None } => (
                format!("Nội dung dài quá {MOST_SHOWN} ký tự."),
                format!("The text is longer than {MOST_SHOWN} characters."),
            ),
            Refusal::NarrativeTooLong => (
                "Nội dung của một mục dài quá 50.000 ký tự.".to_string(),
                "A narrative is longer than 50.000 characters.".to_string(),
            ),
            Refusal::NothingDeclared => (
                "Chưa nhập số đầu kỳ nào.".to_string(),
                "No opening figure was given.".to_string(),
            ),
            Refusal::EarlierReportExists => (
                "Đã có báo cáo kỳ trước; số đầu kỳ được chuyển từ báo cáo đó, không khai lại."
                    .to_string(),
                "An earlier report exists; openings are carried from it and not declared."
                    .to_string(),
            ),
            Refusal::OpeningOfOtherForm { cell } => (
                format!("Ô {cell} không thuộc biểu đang khai số đầu kỳ."),
                format!("Cell {cell} does not belong to the form whose openings are declared."),
            ),
        };
        Bilingual { vi, en }
    }
}

fn conflict(
    cells: &[ConflictingCell],
    explanations: &[ExplanationKey],
    narratives: &[String],
    saved: Option<&Stamp>,
) -> (String, String) {
    let mut names: Vec<String> = cells
        .iter()
        .map(|conflict| conflict.cell.to_string())
        .collect();
    names.extend(
        explanations
            .iter()
            .map(|explanation| explanation.finding.clone()),
    );
    names.extend(narratives.iter().cloned());
    let names = names.join("; ");
    let (by_vi, by_en) = match saved {
        Some(stamp) => (
            format!(" ({} lưu lúc {})", stamp.name, stamp.at),
            format!(" (saved by {} at {})", stamp.name, stamp.at),
        ),
        None => (String::new(), String::new()),
    };
    (
        format!(
            "Người khác đã sửa các ô bạn vừa nhập{by_vi}: {names}. Số liệu bạn nhập chưa được lưu."
        ),
        format!(
            "Someone else changed the cells you edited{by_en}: {names}. Your figures were not saved."
        ),
    )
}
