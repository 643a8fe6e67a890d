//! Why a command could not do its work: exit code 2, worded in both languages in one place.
//!
//! It deliberately does not hold what a command *finds*; findings are results. Every failure says what to do next where that can be said.

use crate::calendar::PeriodProblem;
use crate::plan::Bilingual;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// No folder upward holds `common.regime`.
    NoProject {
        /// Where the search began.
        start: PathBuf,
    },
    /// A file or folder cannot be read.
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        detail: io::Error,
    },
    /// A file that must be UTF-8 text is not.
    NotUtf8 {
        /// Its path.
        path: PathBuf,
    },
    /// A file cannot be written.
    Unwritable {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        detail: io::Error,
    },
    /// No regime of the project has this name.
    UnknownRegime {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The file named declares no regime.
    NoRegimeInFile {
        /// Its path.
        path: PathBuf,
    },
    /// There is no such code of a mistake.
    UnknownCode {
        /// The code asked for.
        code: String,
        /// The nearest code there is.
        nearest: Option<&'static str>,
    },
    /// The text names no consolidated figure.
    NoFigure {
        /// The text.
        typed: String,
    },
    /// The text is no date.
    BadDate {
        /// The text.
        typed: String,
    },
    /// The text is no period.
    BadPeriod {
        /// The text.
        code: String,
        /// Why.
        problem: PeriodProblem,
    },
    /// The regime does not report this period.
    PeriodNotReported {
        /// The regime.
        regime: String,
        /// The period.
        code: String,
    },
    /// The text is no moment.
    BadTime {
        /// The text.
        text: String,
    },
    /// The demonstration may be reached from this machine only.
    NotLoopback {
        /// The address asked for.
        address: SocketAddr,
    },
    /// The data folder cannot be opened.
    Store {
        /// The folder.
        path: PathBuf,
        /// What the store said.
        wording: Bilingual,
    },
    /// The service could not do what was asked.
    Service {
        /// What it said.
        wording: Bilingual,
    },
    /// Loading the demonstration was interrupted; what is there is not whole.
    DemoCutShort {
        /// The data folder.
        folder: PathBuf,
    },
    /// The tables of the project have mistakes, which have been named.
    DemoTables,
    /// The plan cannot be written as JSON.
    NotSerialisable {
        /// What the writer said.
        detail: String,
    },
}

impl Failure {
    /// The failure in words, with the next step.
    pub fn wording(&self) -> Bilingual {
        let say = |vi: String, en: String| Bilingual { vi, en };
        match self {
            Failure::NoProject { start } => say(
                format!(
                    "không có dự án: từ `{}` trở lên không thư mục nào có tệp common.regime",
                    start.display()
                ),
                format!(
                    "no project: no folder from `{}` upward holds common.regime",
                    start.display()
                ),
            ),
            Failure::Unreadable { path, detail } => {
                let why = system(detail);
                say(
                    format!("không đọc được `{}`: {}", path.display(), why.vi),
                    format!("cannot read `{}`: {}", path.display(), why.en),
                )
            }
            Failure::NotUtf8 { path } => say(
                format!(
                    "tệp `{}` không phải văn bản UTF-8; hãy lưu lại với mã UTF-8",
                    path.display()
                ),
                format!("`{}` is not UTF-8 text; save it as UTF-8", path.display()),
            ),
            Failure::Unwritable { path, detail } => {
                let why = system(detail);
                say(
                    format!("không ghi được `{}`: {}", path.display(), why.vi),
                    format!("cannot write `{}`: {}", path.display(), why.en),
                )
            }
            Failure::UnknownRegime { name, known } => say(
                format!(
                    "không có chế độ báo cáo `{name}`; dự án có: {}",
                    known.join(", ")
                ),
                format!(
                    "there is no regime `{name}`; the project has: {}",
                    known.join(", ")
                ),
            ),
            Failure::NoRegimeInFile { path } => say(
                format!("tệp `{}` không khai báo chế độ báo cáo nào", path.display()),
                format!("`{}` declares no regime", path.display()),
            ),
            Failure::UnknownCode { code, nearest } => {
                let (vi, en) = match nearest {
                    Some(nearest) => (
                        format!("; có phải `{nearest}` không?"),
                        format!("; did you mean `{nearest}`?"),
                    ),
                    None => (String::new(), String::new()),
                };
                say(
                    format!("không có mã lỗi `{code}`{vi}"),
                    format!("there is no code `{code}`{en}"),
                )
            }
            Failure::NoFigure { typed } => say(
                format!(
                    "không có số liệu `{typed}`; viết như BIEU[dòng, cột], của một đơn vị: BIEU[\"Xã A\", dòng, cột]"
                ),
                format!(
                    "there is no figure `{typed}`; write it as FORM[row, column], of one unit: FORM[\"Xã A\", row, column]"
                ),
            ),
            Failure::BadDate { typed } => say(
                format!("`{typed}` không phải ngày; viết như 31/12/2025"),
                format!("`{typed}` is no date; write it as 31/12/2025"),
            ),
            Failure::BadPeriod { code, problem } => match problem {
                PeriodProblem::Malformed => say(
                    format!(
                        "`{code}` không phải mã kỳ báo cáo, ví dụ 2026-05, 2026-Q2, 2026-H1, 2026-9M, 2026"
                    ),
                    format!(
                        "`{code}` is not the code of a period, such as 2026-05, 2026-Q2, 2026-H1, 2026-9M, 2026"
                    ),
                ),
                PeriodProblem::OutOfRange => say(
                    format!("kỳ `{code}` nằm ngoài năm hoặc ngoài lịch"),
                    format!("the period `{code}` lies outside its year or the calendar"),
                ),
            },
            Failure::PeriodNotReported { regime, code } => say(
                format!("chế độ `{regime}` không báo cáo kỳ `{code}`"),
                format!("the regime `{regime}` does not report the period `{code}`"),
            ),
            Failure::BadTime { text } => say(
                format!("`{text}` không phải thời điểm, ví dụ 2026-12-15T09:00"),
                format!("`{text}` is not a moment, such as 2026-12-15T09:00"),
            ),
            Failure::NotLoopback { address } => say(
                format!(
                    "bản demo chỉ nghe trên máy này (127.0.0.1 hoặc [::1]), không nghe trên {address}"
                ),
                format!(
                    "the demonstration listens on this machine only (127.0.0.1 or [::1]), not on {address}"
                ),
            ),
            Failure::Store { path, wording } => say(
                format!("kho dữ liệu `{}`: {}", path.display(), wording.vi),
                format!("data folder `{}`: {}", path.display(), wording.en),
            ),
            Failure::Service { wording } => wording.clone(),
            Failure::DemoCutShort { folder } => say(
                format!(
                    "lần nạp tỉnh mẫu trước chưa xong; hãy xóa thư mục `{}` rồi chạy lại",
                    folder.display()
                ),
                format!(
                    "loading the demonstration was cut short; delete the folder `{}` and start again",
                    folder.display()
                ),
            ),
            Failure::DemoTables => say(
                "bảng dữ liệu của dự án có lỗi (nêu ở trên), chưa nạp được tỉnh mẫu".to_owned(),
                "the project's tables have mistakes (named above); the demonstration was not loaded".to_owned(),
            ),
            Failure::NotSerialisable { detail } => say(
                format!("không ghi được kế hoạch thành JSON: {detail}"),
                format!("the plan cannot be written as JSON: {detail}"),
            ),
        }
    }
}

/// What the system said about a file, in words a person at a terminal knows; anything rare as the system says it.
pub fn system(error: &io::Error) -> Bilingual {
    let say = |vi: &str, en: &str| Bilingual {
        vi: vi.to_owned(),
        en: en.to_owned(),
    };
    match error.kind() {
        io::ErrorKind::NotFound => say(
            "không có tệp hoặc thư mục này",
            "there is no such file or folder",
        ),
        io::ErrorKind::PermissionDenied => say("không có quyền", "permission denied"),
        io::ErrorKind::StorageFull => say("đĩa đầy", "the disk is full"),
        io::ErrorKind::IsADirectory => say("đây là thư mục", "it is a folder"),
        io::ErrorKind::NotADirectory => say(
            "một phần của đường dẫn không phải thư mục",
            "part of the path is no folder",
        ),
        _ => say(&error.to_string(), &error.to_string()),
    }
}
