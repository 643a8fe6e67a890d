//! Why a name is not changed.
//!
//! Data first, wording in both languages last. It deliberately does not decide anything.

use crate::diagnostic::wording::Text;
use crate::diagnostic::{Edit, Label};

/// Why a name is not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No name stands there that the analysis is certain of.
    NotAName,
    /// What stands there has a printed number or a label only.
    NoName,
    /// The new name is no word.
    NotAWord {
        /// The new name.
        name: String,
    },
    /// Names of columns, rows and fields begin with a small letter.
    CapitalLetter {
        /// The new name.
        name: String,
    },
    /// The new name is a word of the language.
    Keyword {
        /// The new name.
        name: String,
    },
    /// Something beside it bears the new name already.
    Taken {
        /// The new name.
        name: String,
        /// What bears it.
        first: Label,
    },
    /// A table of the project says the name, and tables are not changed here.
    InTable {
        /// The table's path.
        table: String,
    },
    /// The column or row is named after an entry, which is to be renamed instead.
    NamedAfter {
        /// The entry.
        declared: Label,
    },
    /// The version is published, or figures of published versions are kept under the name for good.
    Published {
        /// The regime.
        regime: String,
        /// Its published version.
        version: u32,
    },
    /// Figures of the published version need to be told where they go.
    NeedsMigration {
        /// The old name.
        name: String,
        /// The published version.
        version: u32,
        /// The new name everywhere, with the migration.
        offer: Vec<Edit>,
    },
}

impl Refusal {
    /// The reason in words, with a way out where there is one.
    pub fn wording(&self) -> Text {
        match self {
            Refusal::NotAName => Text::new(
                "chỗ này không phải là tên đổi được",
                "this is no name that can be changed",
            ),
            Refusal::NoName => Text::new(
                "ở đây chỉ có số in hoặc nhãn; đặt tên cho nó trước",
                "this has only a printed number or a label; give it a name first",
            ),
            Refusal::NotAWord { name } => Text::new(
                format!(
                    "`{name}` không làm tên được: tên gồm chữ, số và dấu `_`, bắt đầu bằng chữ"
                ),
                format!(
                    "`{name}` cannot be a name: letters, digits and `_`, beginning with a letter"
                ),
            ),
            Refusal::CapitalLetter { name } => Text::new(
                format!(
                    "`{name}` không làm tên được: tên cột, dòng, trường bắt đầu bằng chữ thường"
                ),
                format!(
                    "`{name}` cannot be a name: columns, rows and fields begin with a small letter"
                ),
            ),
            Refusal::Keyword { name } => Text::new(
                format!("`{name}` là từ khóa của ngôn ngữ"),
                format!("`{name}` is a word of the language"),
            ),
            Refusal::Taken { name, .. } => Text::new(
                format!("tên `{name}` đã có"),
                format!("the name `{name}` is taken"),
            ),
            Refusal::InTable { table } => Text::new(
                format!("bảng `{table}` ghi tên này; đổi trong bảng trước rồi sửa khai báo"),
                format!(
                    "the table `{table}` says this name; change the table first, then the declaration"
                ),
            ),
            Refusal::NamedAfter { .. } => Text::new(
                "cột, dòng này mang tên một mục của danh mục; đổi tên mục ấy",
                "this column or row bears the name of an entry of a catalogue; rename the entry",
            ),
            Refusal::Published { regime, version } => Text::new(
                format!(
                    "`{regime}` phiên bản {version} đã công bố và giữ số liệu theo tên này; lập phiên bản mới trước khi đổi"
                ),
                format!(
                    "`{regime}` version {version} is published and keeps figures under this name; make a new version first"
                ),
            ),
            Refusal::NeedsMigration { name, version, .. } => Text::new(
                format!(
                    "số liệu của phiên bản {version} giữ theo tên `{name}`; đổi tên phải kèm `chuyển từ phiên bản {version}`"
                ),
                format!(
                    "figures of version {version} are kept under `{name}`; the new name needs `migrate from version {version}`"
                ),
            ),
        }
    }
}
