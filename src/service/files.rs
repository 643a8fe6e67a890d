//! Files attached to cells: what may be attached, that a saved cell names a file this unit really attached, and handing the content to whoever may see the report.
//!
//! Content and reference are written in one transaction, so that an acknowledged save never names a file that is not there. Only a file that the unit itself attached may
//! stand in its cells: whoever merely knows a hash cannot open another unit's file by naming it. It does not know HTTP. Broken input: a closed [`FileFault`], and nothing was changed.

use crate::calendar::Moment;
use crate::eval::attached::AttachedFile;
use crate::eval::cell::Cell;
use crate::eval::figures::{Entry, Figures};
use crate::organisation::UnitId;
use crate::plan::cell::ValueType;
use crate::plan::{Bilingual, CompiledRegime};
use crate::reports::command::{CellChange, Command, DraftChange};
use crate::reports::key::CellKey;
use crate::reports::permission::Actor;
use crate::reports::report::Report;
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::report::Batch;
use crate::service::view::ReportAddress;
use crate::store::ReadTransaction;
use crate::store::error::StoreError;

/// The largest attached file in bytes: a scanned document of some fifty pages. Everything is kept for ever in one store that is copied whole every night, and larger
/// files take minutes on the line of a remote commune.
pub const MOST_FILE_BYTES: usize = 10 * 1024 * 1024;

/// [`MOST_FILE_BYTES`] as people read it.
pub const MOST_FILE_SHOWN: &str = "10 MiB";

/// Bytes of a mebibyte, in which sizes are told.
const MEBIBYTE: u64 = 1024 * 1024;

/// Why a file was not attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// Larger than a file may be.
    TooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// Without content.
    Empty,
    /// Nothing is left of its name.
    NoName,
    /// A text that names no file.
    NotAFile {
        /// What was given.
        typed: String,
    },
    /// A file that this unit never attached.
    NotAttached {
        /// Its name.
        name: String,
    },
}

impl FileFault {
    /// The fault in words, as the end of a sentence.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            FileFault::TooLarge { size } => {
                // Tenths, rounded up, so that what is too large never reads like the limit itself.
                let tenths = size.saturating_mul(10).div_ceil(MEBIBYTE);
                let (whole, tenth) = (tenths / 10, tenths % 10);
                (
                    format!(
                        "tệp dài {whole},{tenth} MiB, mỗi tệp đính kèm không quá {MOST_FILE_SHOWN}; hãy quét ở độ phân giải thấp hơn"
                    ),
                    format!(
                        "the file has {whole}.{tenth} MiB and an attached file at most {MOST_FILE_SHOWN}; scan it at a lower resolution"
                    ),
                )
            }
            FileFault::Empty => (
                "tệp không có nội dung".to_string(),
                "the file is empty".to_string(),
            ),
            FileFault::NoName => (
                "tệp không có tên".to_string(),
                "the file has no name".to_string(),
            ),
            FileFault::NotAFile { typed } => (
                format!(
                    "“{typed}” không phải là một tệp đính kèm; một tệp được ghi là sha256:MÃ_BĂM SỐ_BYTE TÊN"
                ),
                format!(
                    "“{typed}” is no attached file; a file is written as sha256:HASH BYTES NAME"
                ),
            ),
            FileFault::NotAttached { name } => (
                format!(
                    "đơn vị này chưa đính kèm tệp “{name}” có nội dung ấy; hãy đính kèm tệp ở trang nhập báo cáo"
                ),
                format!(
                    "this unit has attached no file “{name}” with that content; attach it on the page of the report"
                ),
            ),
        };
        Bilingual { vi, en }
    }
}

impl From<FileFault> for ServiceError {
    fn from(fault: FileFault) -> ServiceError {
        ServiceError::File(fault)
    }
}

/// A file chosen for a cell, which may be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenFile {
    /// The cell it is for.
    pub cell: CellKey,
    file: AttachedFile,
    content: Vec<u8>,
}

impl ChosenFile {
    /// The file of a name and a content for a cell, if it may be attached.
    pub fn of(cell: CellKey, name: &str, content: Vec<u8>) -> Result<ChosenFile, FileFault> {
        let file = checked(name, &content)?;
        Ok(ChosenFile {
            cell,
            file,
            content,
        })
    }

    /// Its name, as the report will tell it.
    pub fn name(&self) -> &str {
        &self.file.name
    }
}

fn checked(name: &str, content: &[u8]) -> Result<AttachedFile, FileFault> {
    let file = AttachedFile::of(name, content).ok_or(FileFault::NoName)?;
    match content.len() {
        0 => Err(FileFault::Empty),
        size if size > MOST_FILE_BYTES => Err(FileFault::TooLarge { size: file.size }),
        _ => Ok(file),
    }
}

/// Whether every file that a change puts into a cell was attached by the unit.
pub(super) fn known(
    transaction: &dyn ReadTransaction,
    plan: &CompiledRegime,
    unit: &UnitId,
    change: &DraftChange,
) -> Result<(), ServiceError> {
    for CellChange { cell, entry } in &change.cells {
        let Some(Entry::Value(text)) = entry else {
            continue;
        };
        if text.trim().is_empty() || value_type(plan, cell) != Some(ValueType::File) {
            continue;
        }
        let Some(file) = AttachedFile::parse(text) else {
            let typed = text.clone();
            return Err(FileFault::NotAFile { typed }.into());
        };
        if !transaction.is_attached(unit, &file)? {
            return Err(FileFault::NotAttached { name: file.name }.into());
        }
    }
    Ok(())
}

fn value_type(plan: &CompiledRegime, cell: &CellKey) -> Option<ValueType> {
    let (_, form) = plan.form_definition.find_form(&cell.form)?;
    let (index, column) = form.find_column(&cell.column)?;
    let definition = form.cell(&cell.row, index).unwrap_or(&column.cell);
    Some(definition.value)
}

impl Batch<'_> {
    /// Saves a change of a draft with the files chosen for its cells.
    pub fn save(
        &mut self,
        actor: &Actor,
        address: &ReportAddress,
        now: Moment,
        (base, mut change): (u64, DraftChange),
        files: Vec<ChosenFile>,
    ) -> Result<Report, ServiceError> {
        for ChosenFile {
            cell,
            file,
            content,
        } in files
        {
            self.transaction
                .attach(&address.unit, (&file, &content), &actor.user, now)?;
            change.cells.push(CellChange {
                cell,
                entry: Some(Entry::Value(file.to_text())),
            });
        }
        self.command(actor, address, now, |_| Command::Save { base, change })
    }
}

impl Service {
    /// Saves a change of a draft with the files chosen for its cells; after `Ok` both survive loss of power.
    pub fn save_with_files(
        &self,
        actor: &Actor,
        address: &ReportAddress,
        now: Moment,
        change: (u64, DraftChange),
        files: Vec<ChosenFile>,
    ) -> Result<Report, ServiceError> {
        let mut batch = self.batch()?;
        let report = batch.save(actor, address, now, change, files)?;
        batch.commit()?;
        Ok(report)
    }

    /// A file of a report with its content, for whoever may see the report: one that stands in its cells as they are shown, also that of the period before, or in a
    /// revision that the actor may know of.
    pub fn attached_file(
        &self,
        actor: &Actor,
        address: &ReportAddress,
        now: Moment,
        sha256: &str,
    ) -> Result<(AttachedFile, Vec<u8>), ServiceError> {
        let view = self.report(actor, address, now)?;
        let shown = view.evaluation.cells.values().find_map(|cell| match cell {
            Cell::File(file) if file.sha256 == sha256 => Some(file.clone()),
            _ => None,
        });
        let file = match shown {
            Some(file) => file,
            None => {
                let history = self.history(actor, address)?;
                let revisions = history.revisions.iter();
                let mut figures = revisions.map(|one| &one.revision.figures);
                figures
                    .find_map(|figures| named(&view.plan, figures, sha256))
                    .ok_or(ServiceError::NotFound)?
            }
        };
        let content = self.store.begin_read()?.file_content(sha256)?;
        let content = content.ok_or_else(|| StoreError::Corrupt {
            detail: format!("the content of the attached file {sha256} is missing"),
        })?;
        Ok((file, content))
    }
}

/// The file of a hash that figures name in a cell for files.
fn named(plan: &CompiledRegime, figures: &Figures, sha256: &str) -> Option<AttachedFile> {
    let forms = figures.forms.iter();
    let mut entries = forms.flat_map(|(form, figures)| {
        figures.rows.iter().flat_map(move |(row, cells)| {
            let cell = move |column: &String| CellKey::new(form, row, column);
            cells
                .iter()
                .map(move |(column, entry)| (cell(column), entry))
        })
    });
    entries.find_map(|(cell, entry)| match entry {
        Entry::Value(text) if value_type(plan, &cell) == Some(ValueType::File) => {
            AttachedFile::parse(text).filter(|file| file.sha256 == sha256)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FileFault, MOST_FILE_BYTES, checked};

    #[test]
    fn a_file_has_a_name_a_content_and_no_more_than_the_most() {
        let most = vec![b'a'; MOST_FILE_BYTES];
        let more = vec![b'a'; MOST_FILE_BYTES + 1];
        assert!(checked("a.pdf", &most).is_ok());
        assert_eq!(checked("/", b"a"), Err(FileFault::NoName));
        assert_eq!(checked("a.pdf", b""), Err(FileFault::Empty));
        let fault = checked("a.pdf", &more).expect_err("too large");
        insta::assert_snapshot!(fault.wording().vi, @"tệp dài 10,1 MiB, mỗi tệp đính kèm không quá 10 MiB; hãy quét ở độ phân giải thấp hơn");
    }
}
