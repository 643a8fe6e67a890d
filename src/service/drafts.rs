//! Drafts of regimes: who writes them, what they are together, and how a version of them is put into force.
//!
//! The drafts of all authors are one project, as it will be published. It begins with the folder the server is started on, else with what is published. Saving never overwrites what somebody else
//! has written. It knows neither editors nor pages. Broken input: a [`DraftFault`], and nothing was changed; a draft with mistakes is a draft like any other and only
//! cannot be published.

use crate::analysis::project::{Project, Source};
use crate::calendar::dates::show_date;
use crate::calendar::{Date, Moment};
use crate::diagnostic::Severity;
use crate::plan::Bilingual;
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::project_tables::{PendingTable, named_tables, stored_name};
use crate::service::regimes::{Outcome, Publishing};
use crate::store::ReadTransaction;
use crate::store::drafts::{Draft, DraftChange};
use crate::text::{FileId, SourceFile};
use crate::workspace::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

/// The largest draft, in bytes; the longest regime of a ministry has a tenth of that.
pub const MOST_BYTES: usize = 400_000;
/// The most files a project of drafts has.
pub const MOST_FILES: usize = 1_000;
/// The name under which the acts of the person at the machine are recorded, who has no account.
pub const OPERATOR: &str = "van-hanh";
/// The longest path of a file.
const LONGEST_PATH: usize = 120;
/// What sources end with; everything else is a table.
const SOURCE: &str = ".regime";
const TABLE: &str = ".csv";

/// Why something was not done with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftFault {
    /// The name is no name of a file of a project.
    BadPath {
        /// The name.
        path: String,
    },
    /// The text is too large.
    TooLarge,
    /// The project has as many files as it can have.
    TooManyFiles,
    /// Neither a regime nor a table was chosen.
    Nothing,
    /// A table has mistakes and was not put into force.
    BadTable {
        /// Its file.
        path: String,
        /// The first line with a mistake, from 1.
        line: u64,
    },
    /// The decision was not said.
    NoDecision,
    /// The day was not said, or is no day.
    NoDate,
    /// The day that was said is not the one that the text says.
    OtherDate {
        /// What the person said.
        said: Date,
        /// What the text says.
        written: Date,
    },
    /// A draft was changed since the person looked.
    ChangedSince,
    /// The regime was not published; what happened to it says why.
    NotPublished {
        /// What happened.
        publishing: Publishing,
        /// How many mistakes its file and the common words have.
        mistakes: usize,
    },
}

/// All drafts as one project at one moment.
#[derive(Debug)]
pub struct DraftProject {
    /// How many changes there had been; it grows with every change.
    pub position: i64,
    /// The files that are there, by path.
    pub files: Vec<Draft>,
    /// Sources and tables.
    pub project: Project,
    /// What they mean.
    pub snapshot: Snapshot,
}

/// What an author wants to put into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPublication {
    /// Name of the regime; empty where only tables are put into force.
    pub regime: String,
    /// The tables that come along, by their names in the store.
    pub tables: BTreeSet<String>,
    /// Number of the decision, as cited.
    pub decision: String,
    /// The day from which it is in force, as the decision says.
    pub from: Option<Date>,
    /// The state of the drafts the person has seen.
    pub seen: i64,
}

/// The whole history of a file.
#[derive(Debug, Clone)]
pub struct DraftHistory {
    /// Every change, oldest first.
    pub changes: Vec<DraftChange>,
    /// Names of the accounts, by account.
    pub names: BTreeMap<String, String>,
}

/// Whether a text can be the path of a draft: parts of letters, digits, `-`, `_` and `.`, that lead only downward.
pub fn is_path(path: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
    let is_part =
        |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(is_sign);
    path.len() <= LONGEST_PATH
        && (is_source(path) || path.ends_with(TABLE))
        && path.split('/').all(is_part)
}

/// Whether a path is that of a source and not of a table.
pub fn is_source(path: &str) -> bool {
    path.ends_with(SOURCE)
}

impl Service {
    /// All drafts, for somebody who may write regimes.
    pub fn drafts(&self, actor: &Actor, now: Moment) -> Result<Arc<DraftProject>, ServiceError> {
        grant_for_province(actor, Action::AuthorRegime).ok_or(ServiceError::Forbidden)?;
        let position = self.begun(now)?;
        let mut kept = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.as_ref().filter(|known| known.position == position) {
            return Ok(Arc::clone(known));
        }
        let transaction = self.store.begin_read()?;
        let position = transaction.draft_position()?;
        let mut files = transaction.drafts()?;
        files.retain(|file| file.text.is_some());
        drop(transaction);
        let texts = files
            .iter()
            .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)));
        let project = project_of(texts);
        let snapshot = match kept.as_ref() {
            Some(known) => known.snapshot.after(&project),
            None => Snapshot::new(&project),
        };
        let found = Arc::new(DraftProject {
            position,
            files,
            project,
            snapshot,
        });
        *kept = Some(Arc::clone(&found));
        Ok(found)
    }

    /// The names of accounts, by account, for pages that say who wrote what.
    pub fn account_names(&self, actor: &Actor) -> Result<BTreeMap<String, String>, ServiceError> {
        grant_for_province(actor, Action::AuthorRegime).ok_or(ServiceError::Forbidden)?;
        let users = self.store.begin_read()?.users()?;
        Ok(users
            .into_iter()
            .map(|user| (user.account.id, user.account.name))
            .collect())
    }

    /// One file as it stands now, with the name of who saved it last.
    pub fn newest_draft(&self, actor: &Actor, path: &str) -> Result<Draft, ServiceError> {
        grant_for_province(actor, Action::AuthorRegime).ok_or(ServiceError::Forbidden)?;
        let found = self.store.begin_read()?.draft(path)?;
        found.ok_or(ServiceError::NotFound)
    }

    /// Saves a draft, or removes it where there is no text. `base` is the revision it was made from, 0 for a new file.
    pub fn save_draft(
        &self,
        actor: &Actor,
        path: &str,
        base: u32,
        text: Option<&str>,
        now: Moment,
    ) -> Result<Draft, ServiceError> {
        grant_for_province(actor, Action::AuthorRegime).ok_or(ServiceError::Forbidden)?;
        if !is_path(path) {
            let path = path.chars().take(LONGEST_PATH).collect();
            return Err(DraftFault::BadPath { path }.into());
        }
        if text.is_some_and(|text| text.len() > MOST_BYTES) {
            return Err(DraftFault::TooLarge.into());
        }
        self.begun(now)?;
        let transaction = self.store.begin_write()?;
        if base == 0 && transaction.drafts()?.len() >= MOST_FILES {
            return Err(DraftFault::TooManyFiles.into());
        }
        let saved = transaction.save_draft(path, base, text, &actor.user, now)?;
        transaction.commit()?;
        Ok(saved)
    }

    /// The history of a file.
    pub fn draft_history(&self, actor: &Actor, path: &str) -> Result<DraftHistory, ServiceError> {
        let names = self.account_names(actor)?;
        let changes = self.store.begin_read()?.draft_changes(path)?;
        if changes.is_empty() {
            return Err(ServiceError::NotFound);
        }
        Ok(DraftHistory { changes, names })
    }

    /// Takes the files of the folder a server is started on into the drafts. What a person has changed in a draft stays; what only the operator brought follows the folder.
    pub fn take_in_drafts(
        &self,
        project: &Project,
        operator: &str,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let sources = project.sources.iter().map(|source| {
            let file = &source.file;
            (file.path.as_str(), &*file.text)
        });
        let tables = project.tables.iter();
        let tables = tables.map(|(path, text)| (path.as_str(), text.as_str()));
        let transaction = self.store.begin_write()?;
        for (path, text) in sources.chain(tables).filter(|(path, _)| is_path(path)) {
            let known = transaction.draft(path)?;
            let base = known.as_ref().map_or(0, |known| known.revision);
            if known.is_none_or(|known| known.by == operator) {
                transaction.save_draft(path, base, Some(text), operator, now)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Puts the drafts' version of a regime into force under a decision, and the tables that were ticked. The text says version and day; what the person says must agree with it.
    pub fn publish_draft(
        &self,
        actor: &Actor,
        wanted: &DraftPublication,
        now: Moment,
    ) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::PublishRegime).ok_or(ServiceError::Forbidden)?;
        let drafts = self.drafts(actor, now)?;
        if wanted.regime.is_empty() && wanted.tables.is_empty() {
            return Err(DraftFault::Nothing.into());
        }
        if drafts.position != wanted.seen {
            return Err(DraftFault::ChangedSince.into());
        }
        if !wanted.regime.is_empty() {
            self.publish_regime_of(actor, &drafts, wanted, now)?;
        }
        let pending = self.pending_tables(actor, &drafts)?;
        let ticked: Vec<PendingTable> = pending
            .into_iter()
            .filter(|one| wanted.tables.contains(&stored_name(&one.table.table)))
            .collect();
        for PendingTable { table, paths } in ticked {
            let source = paths.join(", ");
            let refused = self.load_project(actor, &[table], &source, now)?;
            if let Some(first) = refused.first() {
                let line = first.line;
                return Err(DraftFault::BadTable { path: source, line }.into());
            }
        }
        Ok(())
    }

    fn publish_regime_of(
        &self,
        actor: &Actor,
        drafts: &DraftProject,
        wanted: &DraftPublication,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let decision = wanted.decision.trim();
        if decision.is_empty() {
            return Err(DraftFault::NoDecision.into());
        }
        let said = wanted.from.ok_or(DraftFault::NoDate)?;
        let snapshot = &drafts.snapshot;
        let regime = snapshot
            .regime(&wanted.regime)
            .ok_or(ServiceError::NotFound)?;
        if let Some(plan) = regime.plan()
            && plan.header.in_force_from != said
        {
            let written = plan.header.in_force_from;
            return Err(DraftFault::OtherDate { said, written }.into());
        }
        let publishing = self.publish(actor, snapshot, &wanted.regime, decision, now)?;
        if publishing.outcome == Outcome::Published {
            return Ok(());
        }
        let mistakes = mistakes_of(snapshot, regime.path());
        Err(DraftFault::NotPublished {
            publishing,
            mistakes,
        }
        .into())
    }

    /// Makes sure that there is something to begin with; answers how many changes there have been.
    fn begun(&self, now: Moment) -> Result<i64, ServiceError> {
        let position = self.store.begin_read()?.draft_position()?;
        if position > 0 {
            return Ok(position);
        }
        let transaction = self.store.begin_write()?;
        if transaction.draft_position()? == 0 {
            for (path, (text, by)) in published(transaction.as_ref())? {
                transaction.save_draft(&path, 0, Some(&text), &by, now)?;
            }
        }
        let position = transaction.draft_position()?;
        transaction.commit()?;
        Ok(position)
    }
}

/// How many mistakes forbid publishing what a file declares: its own and those of the words that all share.
pub fn mistakes_of(snapshot: &Snapshot, path: &str) -> usize {
    let counts = |path: &str| path == crate::workspace::load::COMMON;
    let files = snapshot.files().iter();
    let files: Vec<FileId> = files
        .filter(|file| file.path == path || counts(&file.path))
        .map(|file| file.id)
        .collect();
    let told = snapshot.diagnostics().iter();
    told.filter(|told| told.problem.severity() == Severity::Error)
        .filter(|told| files.contains(&told.primary.file))
        .count()
}

/// A project of texts by path; the order of the paths is that of the sources.
pub fn project_of<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Project {
    let mut project = Project::default();
    for (path, text) in texts {
        if is_source(path) {
            let id = FileId(u32::try_from(project.sources.len()).unwrap_or(u32::MAX));
            let file = SourceFile::new(id, path, text);
            project.sources.push(Source::read(file));
        } else {
            Arc::make_mut(&mut project.tables).insert(path.to_owned(), text.to_owned());
        }
    }
    project
}

/// What is published, as files with who published them: the sources of the newest versions, and the loaded tables where those sources name them.
fn published(
    transaction: &dyn ReadTransaction,
) -> Result<BTreeMap<String, (String, String)>, ServiceError> {
    let mut summaries = transaction.regimes()?;
    summaries.sort_by_key(|summary| std::cmp::Reverse((summary.published_at, summary.version)));
    let mut files: BTreeMap<String, (String, String)> = BTreeMap::new();
    for summary in summaries {
        let stored = transaction.regime(&summary.name, summary.version)?;
        for source in stored.into_iter().flat_map(|stored| stored.sources) {
            if is_path(&source.path) {
                let by = summary.published_by.clone();
                files.entry(source.path).or_insert((source.text, by));
            }
        }
    }
    let texts = files
        .iter()
        .map(|(path, (text, _))| (path.as_str(), text.as_str()));
    let named = named_tables(&project_of(texts));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (path, table) in named {
        let name = stored_name(&table);
        // Several tables of days off were loaded as one: the first path has them all.
        let is_first = taken.insert(name.clone());
        if let Some(table) = transaction.table(&name)?.filter(|_| is_first)
            && is_path(&path)
        {
            files.insert(path, (table.text, table.loaded_by));
        }
    }
    Ok(files)
}

impl DraftFault {
    /// The fault in words.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            DraftFault::BadPath { path } => (
                format!(
                    "“{path}” không dùng làm tên tệp được: chỉ gồm chữ cái không dấu, chữ số, dấu -, _ và ., kết thúc bằng {SOURCE} hoặc {TABLE}."
                ),
                format!(
                    "“{path}” cannot be the name of a file: use letters without marks, digits, -, _ and ., ending in {SOURCE} or {TABLE}."
                ),
            ),
            DraftFault::TooLarge => (
                "Tệp quá lớn; hãy tách thành nhiều tệp.".to_owned(),
                "The file is too large; divide it.".to_owned(),
            ),
            DraftFault::TooManyFiles => (
                "Dự án đã có quá nhiều tệp.".to_owned(),
                "The project has too many files.".to_owned(),
            ),
            DraftFault::Nothing => (
                "Chưa chọn chế độ hay bảng nào để công bố.".to_owned(),
                "Neither a regime nor a table was chosen.".to_owned(),
            ),
            DraftFault::BadTable { path, line } => (
                format!(
                    "Bảng {path} có lỗi ở dòng {line} nên chưa được áp dụng; hãy sửa rồi công bố lại."
                ),
                format!(
                    "The table {path} has a mistake in line {line} and is not in force; correct it and publish again."
                ),
            ),
            DraftFault::NoDecision => (
                "Chưa ghi số quyết định ban hành.".to_owned(),
                "The number of the decision is missing.".to_owned(),
            ),
            DraftFault::NoDate => (
                "Chưa ghi ngày có hiệu lực, hoặc ngày không đúng dạng ngày/tháng/năm.".to_owned(),
                "The day from which it is in force is missing, or is no day/month/year.".to_owned(),
            ),
            DraftFault::OtherDate { said, written } => {
                let (said, written) = (show_date(*said), show_date(*written));
                (
                    format!(
                        "Ngày có hiệu lực đã nhập là {said} nhưng văn bản ghi {written}; hãy sửa một trong hai cho khớp với quyết định."
                    ),
                    format!(
                        "The day typed is {said} but the text says {written}; correct the one that differs from the decision."
                    ),
                )
            }
            DraftFault::ChangedSince => (
                "Bản soạn vừa được thay đổi sau khi trang này mở ra; hãy xem lại rồi công bố."
                    .to_owned(),
                "The drafts have changed since this page was opened; look again, then publish."
                    .to_owned(),
            ),
            DraftFault::NotPublished {
                publishing,
                mistakes,
            } => {
                let words = publishing.wording();
                let name = format!("{} v{}", publishing.name, publishing.version);
                let (vi, en) = match mistakes {
                    0 => (String::new(), String::new()),
                    count => (format!(" ({count} lỗi)"), format!(" ({count} mistakes)")),
                };
                (
                    format!("{name}: {}{vi}.", words.vi),
                    format!("{name}: {}{en}.", words.en),
                )
            }
        };
        Bilingual { vi, en }
    }
}
