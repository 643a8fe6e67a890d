//! The proof that what is kept is what happened: states against their events, frozen documents against the reports they name, published plans against their fingerprints, files against their hashes.
//!
//! It changes nothing and runs beside a working server. Every figure of every frozen document is computed again from nothing but the revisions that it names. Broken input: what cannot be read is a
//! fault of its own, and the rest is still looked at.

use crate::plan::{Bilingual, fingerprint};
use crate::reports::document::whole::WholeFigure;
use crate::reports::people::account::Account;
use crate::reports::report::Report;
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::store::ReadTransaction;
use crate::store::records::ReportQuery;
use serde::Serialize;

/// What was looked at, and what is not as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Reports of units, replayed from their events.
    pub reports: u64,
    /// Consolidated documents, replayed from their events.
    pub documents: u64,
    /// Frozen revisions of documents, computed again.
    pub revisions: u64,
    /// Figures of them that were compared.
    pub figures: u64,
    /// Accounts, replayed from their events.
    pub accounts: u64,
    /// Published regime versions.
    pub regimes: u64,
    /// Attached files.
    pub files: u64,
    /// What differs.
    pub faults: Vec<Fault>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The state of a report or a document is not what its events make of it.
    StateDiffers {
        /// Which, as logs name it.
        report: String,
    },
    /// A figure of a frozen document is not what the reports come to.
    FigureDiffers {
        /// Which document, as logs name it.
        document: String,
        /// The revision.
        revision: u32,
        /// Form, row and column.
        figure: String,
        /// What is kept.
        kept: String,
        /// What the reports come to.
        computed: String,
    },
    /// An account is not what its events make of it.
    AccountDiffers {
        /// Which.
        account: String,
    },
    /// A published plan is not the one of its fingerprint.
    PlanDiffers {
        /// The regime's name.
        regime: String,
        /// The version.
        version: u32,
    },
    /// Something cannot be read.
    Unreadable {
        /// What.
        what: String,
        /// What the reader said.
        detail: String,
    },
}

impl Service {
    /// Looks at everything that is kept. `progress` is told how many things have been looked at.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> Result<Verification, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let transaction = transaction.as_ref();
        let mut found = Verification::default();
        let mut looked_at = 0_u64;
        let mut step = || {
            looked_at += 1;
            progress(looked_at);
        };
        for report in transaction.reports(&ReportQuery::default())? {
            let key = &report.key;
            let stored = transaction.report_events(&key.regime, &key.period, &key.unit)?;
            let events = stored.iter().map(|stored| &stored.event);
            if Report::replay(key.clone(), events) != report {
                found.faults.push(Fault::StateDiffers {
                    report: key.to_string(),
                });
            }
            found.reports += 1;
            step();
        }
        for document in transaction.documents(&ReportQuery::default())? {
            self.verify_document(transaction, &ground, &document, &mut found)?;
            step();
        }
        for user in transaction.users()? {
            let id = &user.account.id;
            let events = transaction.account_events(id)?;
            if Account::replay(id, &events) != user.account {
                found.faults.push(Fault::AccountDiffers {
                    account: id.clone(),
                });
            }
            found.accounts += 1;
            step();
        }
        for summary in transaction.regimes()? {
            let stored = transaction.regime(&summary.name, summary.version)?;
            let plan = stored.map(|stored| fingerprint::read(&stored.plan));
            if !matches!(plan, Some(Ok(plan)) if plan.fingerprint == summary.fingerprint) {
                found.faults.push(Fault::PlanDiffers {
                    regime: summary.name,
                    version: summary.version,
                });
            }
            found.regimes += 1;
            step();
        }
        for sha256 in transaction.attached_hashes()? {
            if let Err(error) = transaction.file_content(&sha256) {
                found.faults.push(Fault::Unreadable {
                    what: sha256,
                    detail: format!("{error:?}"),
                });
            }
            found.files += 1;
            step();
        }
        Ok(found)
    }

    fn verify_document(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        document: &Report,
        found: &mut Verification,
    ) -> Result<(), ServiceError> {
        let key = &document.key;
        let stored = transaction.document_events(&key.regime, &key.period, &key.unit)?;
        let events = stored.iter().map(|stored| &stored.event);
        if Report::replay(key.clone(), events) != *document {
            found.faults.push(Fault::StateDiffers {
                report: key.to_string(),
            });
        }
        found.documents += 1;
        for revision in &document.revisions {
            let Some(kept) = revision.whole.as_deref() else {
                continue;
            };
            let computed = match self.recomputed(transaction, ground, document, revision) {
                Ok(computed) => computed,
                Err(error) => {
                    found.faults.push(Fault::Unreadable {
                        what: format!("{key}, {}", revision.number),
                        detail: format!("{error:?}"),
                    });
                    continue;
                }
            };
            let counted = kept.figures.values().flat_map(|rows| rows.values());
            found.figures += counted.map(|columns| columns.len() as u64).sum::<u64>();
            found.revisions += 1;
            for difference in kept.differences(&computed) {
                let (form, row, column) = difference.place;
                let text = |figure: Option<&WholeFigure>| {
                    figure.map_or_else(String::new, |figure| {
                        format!("{} ({}/{})", figure.value, figure.answered, figure.due)
                    })
                };
                found.faults.push(Fault::FigureDiffers {
                    document: key.to_string(),
                    revision: revision.number,
                    figure: format!("{form}[{row}, {column}]"),
                    kept: text(difference.before),
                    computed: text(difference.after),
                });
            }
        }
        Ok(())
    }
}

impl Fault {
    /// The fault in words.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            Fault::StateDiffers { report } => (
                format!("Trạng thái lưu của {report} không đúng với nhật ký."),
                format!("The stored state of {report} is not what its events make of it."),
            ),
            Fault::FigureDiffers {
                document,
                revision,
                figure,
                kept,
                computed,
            } => (
                format!(
                    "Bản tổng hợp {document}, bản {revision}: ô {figure} đang lưu {kept}, tính lại từ các báo cáo được {computed}."
                ),
                format!(
                    "Document {document}, revision {revision}: {figure} is kept as {kept}; the reports come to {computed}."
                ),
            ),
            Fault::AccountDiffers { account } => (
                format!("Tài khoản {account} không đúng với nhật ký của tài khoản."),
                format!("The account {account} is not what its events make of it."),
            ),
            Fault::PlanDiffers { regime, version } => (
                format!(
                    "Bản biên dịch của {regime} phiên bản {version} không khớp dấu vân tay khi ban hành."
                ),
                format!(
                    "The plan of {regime} version {version} does not have the fingerprint it was published with."
                ),
            ),
            Fault::Unreadable { what, detail } => (
                format!("Không đọc được {what}: {detail}"),
                format!("{what} cannot be read: {detail}"),
            ),
        };
        Bilingual { vi, en }
    }
}
