//! Putting regimes into force, and telling which are.
//!
//! What is in force is only what the store holds. A version is published once: source, plans and fingerprint, never changed afterwards. A regime is published only
//! when it and the words it uses have no mistakes and its own tests pass. Broken input: the outcome says why a version was not published, and the version in
//! force stays.

use crate::calendar::Moment;
use crate::diagnostic::problem::meaning::version::VersionProblem;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::{Bilingual, fingerprint};
use crate::reports::permission::{Action, Actor, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::view::RegimeView;
use crate::store::error::StoreError;
use crate::store::records::{Publication, PublishedRegime, SourceFile};
use crate::text::line_index::LineIndex;
use crate::workspace::{RegimeSource, Snapshot, trial};
use std::sync::{Arc, PoisonError};

/// What publishing one version did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The version is now in force.
    Published,
    /// The same version was in force before; nothing changed.
    AlreadyInForce,
    /// Another text is in force under this number (R801); it stays. The number must be raised.
    TextChanged,
    /// The regime, or words it uses, have mistakes.
    Mistakes,
    /// So many of its own tests fail.
    TestsFail(usize),
}

/// What publishing did to one version of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// The regime's name.
    pub name: String,
    /// The version.
    pub version: u32,
    /// The file that declares it.
    pub path: String,
    /// What happened.
    pub outcome: Outcome,
}

/// What is wrong with one regime file, for the administrator's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeProblems {
    /// The file, relative to the project.
    pub path: String,
    /// Mistakes, by place.
    pub mistakes: Vec<RegimeMistake>,
    /// Versions of this file that were not published, and why.
    pub refused: Vec<Publishing>,
}

/// One mistake of a regime file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeMistake {
    /// The stable code.
    pub code: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Whether it forbids publishing.
    pub is_error: bool,
    /// What is wrong.
    pub message: Bilingual,
}

impl Service {
    /// Publishes the newest version of one regime of a project.
    pub fn publish(
        &self,
        actor: &Actor,
        snapshot: &Snapshot,
        name: &str,
        decision: &str,
        now: Moment,
    ) -> Result<Publishing, ServiceError> {
        grant_for_province(actor, Action::PublishRegime).ok_or(ServiceError::Forbidden)?;
        let regime = snapshot.regime(name).ok_or(ServiceError::NotFound)?;
        self.publish_source(snapshot, &regime, decision, &actor.user, now)
    }

    /// Publishes every version of the named regimes of a project that is new and clean, as the operator of the machine does by starting a server on it;
    /// remembers what is wrong with the files.
    pub fn publish_those(
        &self,
        snapshot: &Snapshot,
        named: impl Fn(&str) -> bool,
        decision: &str,
        operator: &str,
        now: Moment,
    ) -> Result<Vec<Publishing>, ServiceError> {
        let mut done = Vec::new();
        for regime in snapshot.regimes().filter(|regime| named(regime.name())) {
            done.push(self.publish_source(snapshot, &regime, decision, operator, now)?);
        }
        *self.problems.lock().unwrap_or_else(PoisonError::into_inner) =
            problems_of(snapshot, &done);
        Ok(done)
    }

    /// What is wrong with the regime files the server was started on.
    pub fn regime_problems(&self, actor: &Actor) -> Result<Vec<RegimeProblems>, ServiceError> {
        grant_for_province(actor, Action::ViewRegimeProblems).ok_or(ServiceError::Forbidden)?;
        Ok(self
            .problems
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }

    /// All published regime versions, by name and version.
    pub fn regimes(&self) -> Result<Vec<RegimeView>, ServiceError> {
        let ground = self.ground()?;
        let mut views = Vec::new();
        for (name, versions) in &ground.regimes {
            for version in versions.keys() {
                views.push(self.regime(name, *version)?);
            }
        }
        Ok(views)
    }

    /// One published version.
    pub fn regime(&self, name: &str, version: u32) -> Result<RegimeView, ServiceError> {
        let plan = Arc::clone(self.ground()?.plan(name, version)?);
        let stored = self
            .store
            .begin_read()?
            .regime(name, version)?
            .ok_or(ServiceError::NotFound)?;
        Ok(RegimeView {
            plan,
            sources: stored
                .sources
                .into_iter()
                .map(|source| (source.path, source.text))
                .collect(),
            decision: stored.decision,
            published_at: stored.published_at,
            published_by: stored.published_by,
        })
    }

    fn publish_source(
        &self,
        snapshot: &Snapshot,
        regime: &RegimeSource<'_>,
        decision: &str,
        by: &str,
        now: Moment,
    ) -> Result<Publishing, ServiceError> {
        let outcome = self.outcome_of(snapshot, regime, decision, by, now)?;
        Ok(Publishing {
            name: regime.name().to_string(),
            version: regime.version(),
            path: regime.path().to_string(),
            outcome,
        })
    }

    fn outcome_of(
        &self,
        snapshot: &Snapshot,
        regime: &RegimeSource<'_>,
        decision: &str,
        by: &str,
        now: Moment,
    ) -> Result<Outcome, ServiceError> {
        let Some(plan) = regime.plan() else {
            return Ok(Outcome::Mistakes);
        };
        let failing = trial::run(snapshot, regime).map_or(0, |trial| {
            trial
                .cases
                .iter()
                .filter(|case| !case.failures.is_empty())
                .count()
        });
        if failing > 0 {
            return Ok(Outcome::TestsFail(failing));
        }
        let unreadable = |error: serde_json::Error| {
            ServiceError::Plan(crate::plan::PlanProblem::Unreadable {
                detail: error.to_string(),
            })
        };
        let text = serde_json::to_string(plan).map_err(unreadable)?;
        // What was just written must read back as itself, or a report made under it could not be judged later.
        fingerprint::read(&text).map_err(ServiceError::Plan)?;
        let own = |path: &str| path == regime.path();
        let files: Vec<_> = snapshot
            .files()
            .iter()
            .filter(|file| own(&file.path) || file.path == crate::workspace::load::COMMON)
            .collect();
        let texts = files.iter().map(|file| SourceFile {
            path: file.path.clone(),
            text: file.text.to_string(),
        });
        // Catalogues, routes and given figures are part of the text, although they stand in tables.
        let tables = snapshot.named_by(&files).map(|(path, text)| SourceFile {
            path: path.clone(),
            text: text.clone(),
        });
        let mut sources: Vec<SourceFile> = texts.chain(tables).collect();
        sources.sort_by_key(|source| (!own(&source.path), source.path.clone()));
        let transaction = self.store.begin_write()?;
        let published = transaction.publish_regime(&PublishedRegime {
            name: plan.header.name.clone(),
            version: plan.header.version,
            sources,
            plan: text,
            fingerprint: plan.fingerprint.clone(),
            decision: decision.to_string(),
            published_at: now,
            published_by: by.to_string(),
        });
        let outcome = match published {
            Ok(Publication::New) => Outcome::Published,
            Ok(Publication::AlreadyPublished) => Outcome::AlreadyInForce,
            Err(StoreError::RegimeChanged { .. }) => return Ok(Outcome::TextChanged),
            Err(other) => return Err(other.into()),
        };
        transaction.commit()?;
        self.forget_ground();
        Ok(outcome)
    }
}

impl Publishing {
    /// What happened, in words.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match &self.outcome {
            Outcome::Published => ("đã đưa vào áp dụng".to_string(), "published".to_string()),
            Outcome::AlreadyInForce => (
                "đang áp dụng, không thay đổi".to_string(),
                "already in force, unchanged".to_string(),
            ),
            Outcome::TextChanged => {
                let problem = VersionProblem::ChangedAfterPublication {
                    regime: self.name.clone(),
                    version: self.version,
                };
                let (code, words) = (problem.code(), problem.wording());
                (
                    format!(
                        "{code}: {}; bản đã ban hành vẫn áp dụng, hãy tăng số phiên bản",
                        words.message.vi
                    ),
                    format!(
                        "{code}: {}; the published one stays in force, raise the number",
                        words.message.en
                    ),
                )
            }
            Outcome::Mistakes => (
                "còn lỗi, không công bố".to_string(),
                "has mistakes, not published".to_string(),
            ),
            Outcome::TestsFail(count) => (
                format!("{count} ca kiểm thử không đạt, không công bố"),
                format!("{count} tests fail, not published"),
            ),
        };
        Bilingual { vi, en }
    }
}

impl Outcome {
    /// Whether the version is in force as it stands in the project.
    pub fn is_in_force(&self) -> bool {
        matches!(self, Outcome::Published | Outcome::AlreadyInForce)
    }
}

fn problems_of(snapshot: &Snapshot, done: &[Publishing]) -> Vec<RegimeProblems> {
    let of_file = |file: &crate::text::SourceFile| RegimeProblems {
        path: file.path.clone(),
        mistakes: snapshot
            .diagnostics()
            .iter()
            .filter(|diagnostic| diagnostic.primary.file == file.id)
            .map(|diagnostic| mistake(file, diagnostic))
            .collect(),
        refused: done
            .iter()
            .filter(|publishing| publishing.path == file.path && !publishing.outcome.is_in_force())
            .cloned()
            .collect(),
    };
    let files = snapshot.files().iter().map(of_file);
    files
        .filter(|file| !file.mistakes.is_empty() || !file.refused.is_empty())
        .collect()
}

fn mistake(file: &crate::text::SourceFile, diagnostic: &Diagnostic) -> RegimeMistake {
    let wording = diagnostic.problem.wording();
    let place = LineIndex::new(&file.text).display(&file.text, diagnostic.primary.span.start);
    RegimeMistake {
        code: diagnostic.problem.code().to_string(),
        line: place.line + 1,
        column: place.column + 1,
        is_error: diagnostic.problem.severity() == Severity::Error,
        message: Bilingual {
            vi: wording.message.vi,
            en: wording.message.en,
        },
    }
}
