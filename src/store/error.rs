//! What can go wrong with storage, as data first and wording last.
//!
//! It does not know SQL types; what the driver said is kept as text for the log and never shown to an officer. Broken input: none.

use crate::plan::Bilingual;

/// Why a store could not be opened, read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// Another server works on the same data directory.
    Locked {
        /// The directory.
        directory: String,
    },
    /// No room is left. Nothing acknowledged was lost; the transaction did not happen; reading goes on.
    DiskFull,
    /// The file is damaged or is no store.
    Corrupt {
        /// What the driver said.
        detail: String,
    },
    /// The store was written by a newer program.
    VersionTooNew {
        /// The version of the stored tables.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The store was written by an older program, and whoever only reads cannot bring it up to date.
    VersionTooOld {
        /// The version of the stored tables.
        found: u32,
        /// The version of this program.
        known: u32,
    },
    /// There is a file already where one is to be written.
    CopyExists {
        /// The file.
        path: String,
    },
    /// A reliability setting of the database did not take effect, so that durability could not be promised.
    SettingRefused {
        /// The setting.
        setting: String,
        /// The value needed.
        wanted: String,
        /// The value found.
        found: String,
    },
    /// Another text was published under this name and version; the stored one stays in force.
    RegimeChanged {
        /// The regime's name.
        name: String,
        /// The version.
        version: u32,
    },
    /// The report changed since it was read.
    ReportChanged {
        /// The report, as logs name it.
        report: String,
    },
    /// A file of the project was saved by somebody else since it was read; nothing was overwritten.
    DraftChanged {
        /// The file.
        path: String,
        /// Account that saved it.
        by: String,
    },
    /// An idempotency key was used twice.
    RequestReused {
        /// The key.
        key: String,
    },
    /// Another writer did not finish in time; trying again may help.
    Busy,
    /// The file system refused.
    Io {
        /// What it said.
        detail: String,
    },
    /// A stored text could not be read, or a value could not be stored. A mistake in the program or in the file.
    Unreadable {
        /// Of what.
        what: String,
        /// What the reader said.
        detail: String,
    },
    /// Any other answer of the database: a mistake in the program.
    Database {
        /// What it said.
        detail: String,
    },
}

impl StoreError {
    /// The error in words.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            StoreError::Locked { directory } => (
                format!("Một máy chủ khác đang dùng thư mục dữ liệu {directory}; mỗi thư mục chỉ chạy được một máy chủ."),
                format!("Another server uses the data directory {directory}; one directory serves one server only."),
            ),
            StoreError::DiskFull => (
                "Ổ đĩa của máy chủ đã đầy: số liệu vừa nhập chưa được lưu. Số liệu đã lưu trước đó vẫn còn nguyên. Hãy báo quản trị hệ thống.".to_string(),
                "The server's disk is full: the latest entry was not saved. Everything saved before is intact. Tell the administrator.".to_string(),
            ),
            StoreError::Corrupt { .. } => (
                "Tệp dữ liệu bị hỏng hoặc không phải là kho dữ liệu của hệ thống. Hãy khôi phục từ bản sao lưu.".to_string(),
                "The data file is damaged or is no store of this system. Restore it from a backup.".to_string(),
            ),
            StoreError::VersionTooNew { found, known } => (
                format!("Kho dữ liệu thuộc phiên bản mới hơn (bản {found}; chương trình này chỉ đọc được đến bản {known}). Hãy dùng chương trình mới hơn."),
                format!("The store belongs to a newer program (version {found}; this one reads up to {known}). Use the newer program."),
            ),
            StoreError::VersionTooOld { found, known } => (
                format!("Kho dữ liệu thuộc phiên bản cũ hơn (bản {found}; chương trình này dùng bản {known}). Hãy chạy máy chủ của chương trình này một lần để nâng cấp."),
                format!("The store belongs to an older program (version {found}; this one uses {known}). Start the server of this program once to bring it up to date."),
            ),
            StoreError::CopyExists { path } => (
                format!("Đã có tệp {path}; không ghi đè. Hãy chọn nơi khác."),
                format!("The file {path} exists and is not written over. Choose another place."),
            ),
            StoreError::SettingRefused { setting, wanted, found } => (
                format!("Không bảo đảm được an toàn dữ liệu: thiết lập {setting} phải là {wanted} nhưng là {found}."),
                format!("Data safety cannot be promised: setting {setting} must be {wanted} but is {found}."),
            ),
            StoreError::RegimeChanged { name, version } => (
                format!("Chế độ báo cáo {name} phiên bản {version} đã ban hành với nội dung khác; bản đã ban hành vẫn có hiệu lực. Hãy tăng số phiên bản."),
                format!("Regime {name} version {version} was published with another text; the published one stays in force. Raise the version number."),
            ),
            StoreError::ReportChanged { .. } => (
                "Báo cáo vừa được người khác thay đổi. Hãy tải lại trang rồi thực hiện lại.".to_string(),
                "The report was changed by someone else just now. Reload the page and try again.".to_string(),
            ),
            StoreError::DraftChanged { path, by } => (
                format!("Tệp {path} vừa được {by} lưu; nội dung đang soạn chưa được ghi đè lên. Hãy chép phần vừa soạn ra ngoài rồi tải lại trang."),
                format!("{by} has just saved the file {path}; it was not overwritten. Copy what you wrote and reload the page."),
            ),
            StoreError::RequestReused { .. } => (
                "Yêu cầu này đã được xử lý.".to_string(),
                "This request was already answered.".to_string(),
            ),
            StoreError::Busy => (
                "Hệ thống đang bận. Hãy thử lại sau ít phút.".to_string(),
                "The system is busy. Try again in a few minutes.".to_string(),
            ),
            StoreError::Io { .. } => (
                "Không đọc hoặc ghi được thư mục dữ liệu. Hãy báo quản trị hệ thống.".to_string(),
                "The data directory cannot be read or written. Tell the administrator.".to_string(),
            ),
            StoreError::Unreadable { .. } | StoreError::Database { .. } => (
                "Có lỗi khi đọc hoặc ghi kho dữ liệu; thay đổi chưa được lưu. Hãy báo quản trị hệ thống.".to_string(),
                "The store could not be read or written; the change was not saved. Tell the administrator.".to_string(),
            ),
        };
        Bilingual { vi, en }
    }

    /// What the log needs beyond the wording.
    pub fn detail(&self) -> &str {
        match self {
            StoreError::Corrupt { detail }
            | StoreError::Io { detail }
            | StoreError::Unreadable { detail, .. }
            | StoreError::Database { detail } => detail,
            StoreError::ReportChanged { report } => report,
            StoreError::RequestReused { key } => key,
            StoreError::Locked { .. }
            | StoreError::DiskFull
            | StoreError::VersionTooNew { .. }
            | StoreError::VersionTooOld { .. }
            | StoreError::CopyExists { .. }
            | StoreError::SettingRefused { .. }
            | StoreError::RegimeChanged { .. }
            | StoreError::DraftChanged { .. }
            | StoreError::Busy => "",
        }
    }
}
