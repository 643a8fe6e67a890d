//! Persistence behind one trait: what is in force, what happened, who may sign in.
//!
//! The log of report events is the truth; the projection of reports can always be rebuilt from it. Published regimes and events are never changed.
//! Reading and writing are different types of transaction: what is not committed never happened. The room knows neither HTTP nor what figures mean,
//! and no SQL type leaves it. Calls are synchronous; an asynchronous caller uses its own blocking threads.
//! Broken input: every failure is a [`error::StoreError`] that says whether trying again can help.

pub mod audit;
pub mod drafts;
pub mod error;
pub mod notices;
pub mod past;
pub mod records;
pub mod sqlite;

use crate::calendar::{Moment, Period};
use crate::eval::attached::AttachedFile;
use crate::organisation::UnitId;
use crate::reports::event::Event;
use crate::reports::obligation::LocalDeadline;
use crate::reports::opened::Opened;
use crate::reports::people::account::{Account, AccountEvent};
use crate::reports::people::delegation::DelegationState;
use crate::reports::people::token::{Token, TokenEvent, TokenState};
use crate::reports::report::Report;
use crate::reports::ruling::Ruling;
use audit::ReadAudit;
use drafts::{Draft, DraftChange};
use error::StoreError;
use notices::{ReadNotices, WriteNotices};
use records::{
    LoadedTable, Publication, PublishedRegime, RegimeSummary, ReportQuery, ReportSummary, Secrets,
    Session, StoredAnswer, StoredEvent, TableChange, User,
};

/// The name of the table of deadlines set by the province; its text is a JSON list.
pub const LOCAL_DEADLINES: &str = "local_deadlines";

/// A place where everything is kept.
pub trait Store: Send + Sync {
    /// Begins reading; the transaction sees one unchanging state. Several may read while one writes.
    fn begin_read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError>;

    /// Begins writing. Waits for another writer to end.
    fn begin_write(&self) -> Result<Box<dyn WriteTransaction + '_>, StoreError>;
}

/// Reading. Lists are in a stable order, named at each method.
pub trait ReadTransaction: ReadNotices + ReadAudit {
    /// All published regimes, by name and version.
    fn regimes(&self) -> Result<Vec<RegimeSummary>, StoreError>;
    /// One published regime.
    fn regime(&self, name: &str, version: u32) -> Result<Option<PublishedRegime>, StoreError>;

    /// The report of a unit for a period; none while nobody has begun it. A unit has one report of a regime for a period, whatever the version.
    fn report(
        &self,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Result<Option<Report>, StoreError>;
    /// The reports that meet all stated conditions, by regime, period and unit.
    fn reports(&self, query: &ReportQuery) -> Result<Vec<Report>, StoreError>;
    /// As [`ReadTransaction::reports`], without figures and revisions.
    fn report_summaries(&self, query: &ReportQuery) -> Result<Vec<ReportSummary>, StoreError>;
    /// The events of one report, oldest first.
    fn report_events(
        &self,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// The reports that meet all stated conditions as they were known at a moment, replayed from their events, each with when something had last happened to it; by regime, period and unit. The status
    /// asked for is the one of then.
    fn reports_known_at(
        &self,
        query: &ReportQuery,
        moment: Moment,
    ) -> Result<Vec<(Report, Moment)>, StoreError>;
    /// As [`ReadTransaction::reports_known_at`], consolidated documents.
    fn documents_known_at(
        &self,
        query: &ReportQuery,
        moment: Moment,
    ) -> Result<Vec<(Report, Moment)>, StoreError>;

    /// The consolidated document of a body for a period; none while nobody has begun it.
    fn document(
        &self,
        regime: &str,
        period: &Period,
        body: &UnitId,
    ) -> Result<Option<Report>, StoreError>;
    /// The consolidated documents that meet all stated conditions, by regime, period and body.
    fn documents(&self, query: &ReportQuery) -> Result<Vec<Report>, StoreError>;
    /// The events of one document, oldest first.
    fn document_events(
        &self,
        regime: &str,
        period: &Period,
        body: &UnitId,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// The table of that name in force: the one loaded last.
    fn table(&self, name: &str) -> Result<Option<LoadedTable>, StoreError>;
    /// The table of that name as it was known at a moment: the last one loaded by then.
    fn table_known_at(&self, name: &str, moment: Moment)
    -> Result<Option<LoadedTable>, StoreError>;
    /// The table of that name that came last from one source, in force or not.
    fn table_from(&self, name: &str, source: &str) -> Result<Option<LoadedTable>, StoreError>;
    /// The table that one change brought.
    fn table_of_change(&self, position: i64) -> Result<Option<LoadedTable>, StoreError>;
    /// Every loading of every table, oldest first.
    fn table_changes(&self) -> Result<Vec<TableChange>, StoreError>;
    /// All events and requests that were opened, by regime and key.
    fn opened(&self) -> Result<Vec<Opened>, StoreError>;
    /// All deadlines set by the province, by regime, party and period; they are the table [`LOCAL_DEADLINES`], so their history is kept with the others'.
    fn local_deadlines(&self) -> Result<Vec<LocalDeadline>, StoreError>;

    /// All decisions about what is owed, oldest first.
    fn rulings(&self) -> Result<Vec<Ruling>, StoreError>;

    /// The newest state of every file of the project, removed ones too, by path.
    fn drafts(&self) -> Result<Vec<Draft>, StoreError>;
    /// The newest state of one file of the project; none if there never was one.
    fn draft(&self, path: &str) -> Result<Option<Draft>, StoreError>;
    /// Every change of a file of the project, oldest first.
    fn draft_changes(&self, path: &str) -> Result<Vec<DraftChange>, StoreError>;
    /// How many changes of files of the project there have been, so that somebody can tell whether anything changed since.
    fn draft_position(&self) -> Result<i64, StoreError>;

    /// The content of an attached file by its hash; none where nobody attached it. [`StoreError::Corrupt`] when it is not what the hash says.
    fn file_content(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// The hashes of all attached contents, in order.
    fn attached_hashes(&self) -> Result<Vec<String>, StoreError>;
    /// Whether a unit attached a file of this content and size.
    fn is_attached(&self, unit: &UnitId, file: &AttachedFile) -> Result<bool, StoreError>;

    /// All accounts, by id.
    fn users(&self) -> Result<Vec<User>, StoreError>;
    /// One account.
    fn user(&self, id: &str) -> Result<Option<User>, StoreError>;
    /// The events of an account, oldest first.
    fn account_events(&self, id: &str) -> Result<Vec<AccountEvent>, StoreError>;
    /// The delegations an account gave or was given, by lender and number.
    fn delegations_of(&self, id: &str) -> Result<Vec<DelegationState>, StoreError>;
    /// The sessions of an account that have not expired at `now`, newest end first.
    fn sessions_of(&self, account: &str, now: Moment) -> Result<Vec<Session>, StoreError>;
    /// A session that has not expired at `now`.
    fn session(&self, id: &str, now: Moment) -> Result<Option<Session>, StoreError>;
    /// The keys of the JSON interface of a unit, or all, by unit and the order in which they were made.
    fn tokens(&self, unit: Option<&UnitId>) -> Result<Vec<TokenState>, StoreError>;
    /// One key by its id.
    fn token(&self, id: &str) -> Result<Option<TokenState>, StoreError>;
    /// The key whose secret has this hash.
    fn token_of_hash(&self, hash: &str) -> Result<Option<TokenState>, StoreError>;
    /// The events of a key, oldest first.
    fn token_events(&self, id: &str) -> Result<Vec<TokenEvent>, StoreError>;
    /// The answer once given to a request with this idempotency key.
    fn answer(&self, key: &str) -> Result<Option<StoredAnswer>, StoreError>;
    /// A setting.
    fn setting(&self, name: &str) -> Result<Option<String>, StoreError>;
}

/// Writing, with all of reading. Dropped without [`WriteTransaction::commit`], nothing happened.
pub trait WriteTransaction: ReadTransaction + WriteNotices {
    /// Publishes a regime version. The same text or the same plan again is no change; another one is [`StoreError::RegimeChanged`].
    fn publish_regime(&self, regime: &PublishedRegime) -> Result<Publication, StoreError>;

    /// Appends events to the report, or the consolidated document, they were decided on, and keeps the projection in step. Answers the new state. [`StoreError::ReportChanged`] when
    /// `before` is not the stored state any more, or a report of another version stands in its place.
    fn append_events(&self, before: &Report, events: &[Event]) -> Result<Report, StoreError>;
    /// Makes the projections of all reports and documents afresh from the events; answers how many there are.
    fn rebuild_projections(&self) -> Result<u64, StoreError>;

    /// Loads a table; from now on it is in force in place of the one of the same name, which stays in the history.
    fn load_table(&self, table: &LoadedTable) -> Result<(), StoreError>;
    /// Keeps the deadlines set by the province, in place of all earlier ones; `signed` is who and when.
    fn load_local_deadlines(
        &self,
        deadlines: &[LocalDeadline],
        source: &str,
        signed: (&str, Moment),
        reason: &str,
    ) -> Result<(), StoreError>;

    /// Adds a decision about what is owed.
    fn add_ruling(&self, ruling: &Ruling) -> Result<(), StoreError>;

    /// Keeps an event or a request, in place of what was known of it.
    fn save_opened(&self, opened: &Opened) -> Result<(), StoreError>;
    /// Saves a file of the project, or removes it where there is no text; answers its new state. [`StoreError::DraftChanged`] when `base` is not its newest
    /// revision (0 for a file that never was) and the texts differ.
    fn save_draft(
        &self,
        path: &str,
        base: u32,
        text: Option<&str>,
        by: &str,
        at: Moment,
    ) -> Result<Draft, StoreError>;
    /// Keeps the content of a file that a unit attaches, for ever.
    fn attach(
        &self,
        unit: &UnitId,
        file: (&AttachedFile, &[u8]),
        by: &str,
        at: Moment,
    ) -> Result<(), StoreError>;

    /// Appends events to an account, making it where there is none, and keeps its row and its delegations in step. Answers the new state.
    fn append_account_events(
        &self,
        id: &str,
        events: &[AccountEvent],
    ) -> Result<Account, StoreError>;
    /// Keeps what an account proves itself by, in place of what it did before.
    fn save_secrets(&self, id: &str, secrets: &Secrets) -> Result<(), StoreError>;
    /// Ends the sessions of an account, but the one to be kept; answers how many.
    fn delete_sessions_of(&self, account: &str, kept: Option<&str>) -> Result<u64, StoreError>;
    /// Creates or changes a session.
    fn save_session(&self, session: &Session) -> Result<(), StoreError>;
    /// Ends a session.
    fn delete_session(&self, id: &str) -> Result<(), StoreError>;
    /// Forgets sessions that expired before a moment; answers how many.
    fn delete_expired_sessions(&self, now: Moment) -> Result<u64, StoreError>;
    /// Makes a key of the JSON interface with the hash of its secret.
    fn make_token(&self, token: &Token, hash: &str, event: &TokenEvent) -> Result<(), StoreError>;
    /// Keeps what happened to a key, and its row in step.
    fn append_token_event(&self, id: &str, event: &TokenEvent) -> Result<(), StoreError>;
    /// Keeps when a key was last used.
    fn touch_token(&self, id: &str, at: Moment) -> Result<(), StoreError>;
    /// Keeps the answer to a request. [`StoreError::RequestReused`] when the key already has an answer.
    fn remember_answer(&self, answer: &StoredAnswer) -> Result<(), StoreError>;
    /// Forgets answers given before a moment; answers how many.
    fn delete_answers_before(&self, moment: Moment) -> Result<u64, StoreError>;
    /// Sets a setting.
    fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError>;

    /// Makes everything written durable. After `Ok`, it survives loss of power.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
