//! The consolidated document of a body: reading it, adding to it, moving it on its way.
//!
//! Every command loads the state, puts the whole together afresh, asks [`crate::reports::step`] and stores its events, all in one transaction, as for the report of a unit. What a document holds before it is
//! proposed is computed at every look; what was proposed is frozen. Broken input: refused, and nothing was changed.

use crate::calendar::{Moment, Period};
use crate::eval::adjustment::{adjustable, seen};
use crate::number::Number;
use crate::organisation::UnitId;
use crate::reports::command::{Command, DraftChange, ExplanationChange, Facts, NarrativeChange};
use crate::reports::dispatch::SendingNote;
use crate::reports::document::additions::{Adding, Seen};
use crate::reports::document::whole::Whole;
use crate::reports::key::{CellKey, RevisionReference};
use crate::reports::obligation::Obligation;
use crate::reports::permission::{
    Action, Actor, grant_for_consolidation, grant_for_report, grants_for_report, may_in_some_status,
};
use crate::reports::refusal::Refusal;
use crate::reports::report::{Report, Revision, Status};
use crate::reports::standing::{Progress, standing};
use crate::reports::step::{is_own_proposal, step};
use crate::service::Service;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::report::blocking;
use crate::service::whole::body::Bodies;
use crate::service::whole::contributors::Named;
use crate::service::whole::frozen::{Gathered, address};
use crate::service::whole::view::{AdjustmentView, BelowView, DocumentView};
use crate::service::whole::words::{labelled, words};
use crate::store::{ReadTransaction, WriteTransaction};
use std::collections::{BTreeMap, BTreeSet};

/// One document: a regime, a period, a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentAddress {
    /// The regime's name.
    pub regime: String,
    /// The period.
    pub period: Period,
    /// The body that consolidates.
    pub body: UnitId,
}

/// Which consolidation a person looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looking {
    /// Of this body; none means the one to which most goes of those the person may read.
    pub body: Option<UnitId>,
    /// This frozen revision of its document; none means as it is now.
    pub revision: Option<u32>,
}

/// What a person asks to do to a document.
#[derive(Debug, Clone)]
pub enum DocumentCommand {
    /// Adjust a figure by a difference.
    Adjust {
        /// The draft number on the screen.
        base: u64,
        /// The figure.
        cell: CellKey,
        /// The difference.
        difference: Number,
        /// Why.
        reason: String,
    },
    /// Take an adjustment back.
    TakeBack {
        /// The draft number on the screen.
        base: u64,
        /// Its number.
        number: u32,
        /// Why.
        reason: String,
    },
    /// Say that an adjustment still holds.
    Review {
        /// The draft number on the screen.
        base: u64,
        /// Its number.
        number: u32,
    },
    /// Say why units are missing.
    ExplainMissing {
        /// The draft number on the screen.
        base: u64,
        /// Reasons by unit.
        reasons: BTreeMap<UnitId, String>,
    },
    /// Write the body's own words.
    Write {
        /// The draft number on the screen.
        base: u64,
        /// Words by the key of the narrative; empty ones take words back.
        words: BTreeMap<String, String>,
        /// Why rules do not hold of the whole.
        explanations: Vec<ExplanationChange>,
    },
    /// A step of the way, as for any report.
    Step(Command),
    /// The head's one button.
    ApproveAndSend {
        /// The revision on the screen.
        revision: u32,
        /// How it is sent.
        note: SendingNote,
    },
}

/// Everything a document is looked at with.
struct Looked {
    bodies: Bodies,
    owed: Obligation,
    report: Report,
}

impl Service {
    /// A document as a person may see it. `revision` asks for a frozen one.
    pub fn document(
        &self,
        actor: &Actor,
        at: &DocumentAddress,
        revision: Option<u32>,
        now: Moment,
    ) -> Result<DocumentView, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let transaction = transaction.as_ref();
        let looked = looked(transaction, &ground, at)?;
        let (report, owed) = (&looked.report, &looked.owed);
        let outside = Progress::of(report).seen_from_outside();
        let of_body = grant_for_consolidation(actor, &at.body).is_some();
        if !of_body && !receives(actor, owed, outside) {
            return Err(ServiceError::NotFound);
        }
        let visible = |one: &&Revision| of_body || one.sent.is_some();
        let shown = match revision {
            Some(number) => Some(
                report
                    .revision(number)
                    .filter(visible)
                    .ok_or(ServiceError::NotFound)?,
            ),
            None if of_body => report
                .newest_revision()
                .filter(|_| !report.status.is_editable()),
            None => Some(report.received_revision().ok_or(ServiceError::NotFound)?),
        };
        let gathered = self.gathered_for(transaction, &ground, &looked, shown)?;
        let plan = &looked.bodies.plan;
        let (additions, figures) = match shown {
            Some(revision) => (&revision.additions, &revision.figures),
            None => (&report.additions, &report.figures),
        };
        let meant = gathered.meant(&ground, plan, (&at.body, &at.period), (additions, figures))?;
        let whole = shown.and_then(|revision| revision.whole.as_deref().cloned());
        let adjustments = additions.adjustments.iter().map(|noted| {
            let moved = || {
                let at = address(plan, &noted.cell)?;
                let figure = gathered.figure(&ground, plan, &at)?;
                Some(seen(&figure) != noted.seen)
            };
            AdjustmentView {
                needs_review: noted.taken_back.is_none() && moved().unwrap_or(true),
                noted: noted.clone(),
            }
        });
        let stored = transaction.document_events(&at.regime, &at.period, &at.body)?;
        let events = stored.into_iter().map(|stored| stored.event);
        let may = may(actor, owed, report);
        Ok(DocumentView {
            names: names(&ground, &looked, &gathered),
            status: if of_body { report.status } else { outside },
            standing: standing(owed.window, owed.due, Some(Progress::of(report)), now),
            due: owed.due,
            doubt: owed.doubt,
            window: owed.window,
            recipients: owed.recipients.clone(),
            draft: if of_body { report.draft } else { 0 },
            revision: shown
                .or(report.newest_revision().filter(|_| of_body))
                .map_or(0, |revision| revision.number),
            is_frozen: shown.is_some(),
            whole: whole.unwrap_or(meant.whole),
            findings: meant.findings,
            evaluation: meant.evaluation,
            adjustments: adjustments.collect(),
            adjusted_below: gathered.behind.adjusted_below.clone(),
            below: below(&looked, at),
            words: words(plan, &at.period, &gathered, figures),
            last_return: report
                .last_return
                .clone()
                .filter(|note| of_body || note.from.is_with_recipient()),
            locked: owed.ruled.locked.clone(),
            events: events
                .filter(|event| of_body || event.kind.concerns_recipient())
                .collect(),
            revisions: report.revisions.iter().filter(visible).cloned().collect(),
            saved_at: report
                .last_saved
                .as_ref()
                .filter(|_| of_body)
                .map(|stamp| stamp.at),
            key: report.key.clone(),
            plan: plan.clone(),
            may,
        })
    }

    /// What a person looks at: the period, the body, and what stands behind its figures. Who may not read a body's consolidation reads the revisions of its document that were sent to them.
    pub(in crate::service) fn looked_at(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        actor: &Actor,
        (regime, period): (&str, &Period),
        looking: &Looking,
    ) -> Result<(Bodies, UnitId, Gathered), ServiceError> {
        let bodies = Bodies::of(transaction, ground, regime, period)?;
        let body = match (bodies.chosen(actor, looking.body.as_ref()), &looking.body) {
            (Ok(body), _) => body,
            (Err(_), Some(body)) => body.clone(),
            (Err(error), None) => return Err(error),
        };
        let at = DocumentAddress {
            regime: regime.to_string(),
            period: *period,
            body: body.clone(),
        };
        let looked = looked(transaction, ground, &at)?;
        let of_body = grant_for_consolidation(actor, &body).is_some();
        let outside = Progress::of(&looked.report).seen_from_outside();
        let revision = match looking.revision {
            None if of_body => None,
            None => return Err(ServiceError::NotFound),
            Some(number) => {
                let sees = of_body || receives(actor, &looked.owed, outside);
                let revision = looked.report.revision(number);
                let revision = revision.filter(|one| sees && (of_body || one.sent.is_some()));
                Some(revision.ok_or(ServiceError::NotFound)?)
            }
        };
        let gathered = self.gathered_for(transaction, ground, &looked, revision)?;
        Ok((looked.bodies, body, gathered))
    }

    /// Does something to a document; after `Ok` it survives loss of power.
    pub fn document_command(
        &self,
        actor: &Actor,
        at: &DocumentAddress,
        command: DocumentCommand,
        now: Moment,
    ) -> Result<Report, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_write()?;
        let stepped = |command: Command| {
            self.document_step(transaction.as_ref(), &ground, actor, (at, command), now)
        };
        let report = match command {
            DocumentCommand::Adjust {
                base,
                cell,
                difference,
                reason,
            } => {
                let seen = self.seen_now(transaction.as_ref(), &ground, actor, at, &cell)?;
                stepped(Command::Add {
                    base,
                    adding: Adding::Adjust {
                        cell,
                        difference,
                        reason,
                        seen,
                    },
                })?
            }
            DocumentCommand::TakeBack {
                base,
                number,
                reason,
            } => stepped(Command::Add {
                base,
                adding: Adding::TakeBack { number, reason },
            })?,
            DocumentCommand::Review { base, number } => {
                let looked = looked(as_reading(transaction.as_ref()), &ground, at)?;
                may_add(actor, &looked)?;
                let mut all = looked.report.additions.adjustments.iter();
                let noted = all.find(|noted| noted.number == number);
                let cell = noted.map(|noted| noted.cell.clone());
                let cell = cell.ok_or(Refusal::NoSuchAdjustment { number })?;
                let seen = self.seen_now(transaction.as_ref(), &ground, actor, at, &cell)?;
                stepped(Command::Add {
                    base,
                    adding: Adding::Review { number, seen },
                })?
            }
            DocumentCommand::ExplainMissing { base, reasons } => stepped(Command::Add {
                base,
                adding: Adding::ExplainMissing { reasons },
            })?,
            DocumentCommand::Write {
                base,
                words,
                explanations,
            } => {
                let plan = ground.plan_of_period(&at.regime, &at.period)?;
                let known: BTreeSet<String> =
                    labelled(plan).into_iter().map(|(key, _)| key).collect();
                let narratives = words
                    .into_iter()
                    .filter(|(key, _)| known.contains(key))
                    .map(|(narrative, text)| NarrativeChange {
                        narrative,
                        text: Some(text).filter(|text| !text.trim().is_empty()),
                    });
                stepped(Command::Save {
                    base,
                    change: DraftChange {
                        narratives: narratives.collect(),
                        explanations,
                        ..DraftChange::default()
                    },
                })?
            }
            DocumentCommand::Step(command) => stepped(command)?,
            DocumentCommand::ApproveAndSend { revision, note } => {
                stepped(Command::Approve { revision })?;
                stepped(Command::Send { revision, note })?
            }
        };
        transaction.commit()?;
        Ok(report)
    }

    fn document_step(
        &self,
        transaction: &dyn WriteTransaction,
        ground: &Ground,
        actor: &Actor,
        (at, command): (&DocumentAddress, Command),
        now: Moment,
    ) -> Result<Report, ServiceError> {
        let looked = looked(as_reading(transaction), ground, at)?;
        let facts = self.document_facts(as_reading(transaction), ground, &looked, &command)?;
        let events = step(&looked.report, &command, &facts, now, actor)?;
        if events.is_empty() {
            return Ok(looked.report);
        }
        Ok(transaction.append_events(&looked.report, &events)?)
    }

    fn document_facts(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        looked: &Looked,
        command: &Command,
    ) -> Result<Facts, ServiceError> {
        let (owed, report, plan) = (&looked.owed, &looked.report, &looked.bodies.plan);
        let mut facts = Facts {
            draft: report.draft,
            plan: plan.fingerprint.clone(),
            blocking: 0,
            due: owed.due,
            forms: Vec::new(),
            recipients: owed.recipients.clone(),
            read: Vec::new(),
            locked: owed.ruled.locked.clone(),
            whole: None,
            may_declare_opening: false,
        };
        if let (Command::Send { .. }, Some(problem)) = (command, &owed.route_problem) {
            return Err(ServiceError::Route(problem.clone()));
        }
        if matches!(command, Command::Propose { .. }) {
            let gathered = self.gathered_for(transaction, ground, looked, None)?;
            let meant = gathered.meant(
                ground,
                plan,
                (&report.key.unit, &report.key.period),
                (&report.additions, &report.figures),
            )?;
            facts.blocking = u32::try_from(blocking(&meant.findings)).unwrap_or(u32::MAX);
            facts.read = meant.read;
            facts.whole = Some(meant.whole);
        }
        Ok(facts)
    }

    /// What stands behind a document: of a frozen revision what it named, else everything as it is now.
    fn gathered_for(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        looked: &Looked,
        revision: Option<&Revision>,
    ) -> Result<Gathered, ServiceError> {
        let (bodies, key) = (&looked.bodies, &looked.report.key);
        let frozen = revision.and_then(|revision| Some((revision, revision.whole.as_deref()?)));
        match frozen {
            Some((revision, whole)) => self.gathered(
                transaction,
                ground,
                bodies,
                (&key.period, bodies.behind_frozen(ground, &key.unit, whole)),
                (
                    Some((&key.unit, &revision.additions)),
                    Some(&named(&revision.read)),
                ),
            ),
            None => self.gathered(
                transaction,
                ground,
                bodies,
                (&key.period, bodies.behind(ground, &key.unit)),
                (Some((&key.unit, &looked.report.additions)), None),
            ),
        }
    }

    /// The figures of a frozen revision, computed again from the revisions it names.
    pub(in crate::service) fn recomputed(
        &self,
        transaction: &dyn ReadTransaction,
        ground: &Ground,
        report: &Report,
        revision: &Revision,
    ) -> Result<Whole, ServiceError> {
        let at = DocumentAddress {
            regime: report.key.regime.clone(),
            period: report.key.period,
            body: report.key.unit.clone(),
        };
        let looked = looked(transaction, ground, &at)?;
        let gathered = self.gathered_for(transaction, ground, &looked, Some(revision))?;
        let meant = gathered.meant(
            ground,
            &looked.bodies.plan,
            (&at.body, &at.period),
            (&revision.additions, &revision.figures),
        )?;
        Ok(meant.whole)
    }

    /// The units' cells behind a figure as they are now, for who may adjust it.
    fn seen_now(
        &self,
        transaction: &dyn WriteTransaction,
        ground: &Ground,
        actor: &Actor,
        at: &DocumentAddress,
        cell: &CellKey,
    ) -> Result<Seen, ServiceError> {
        let looked = looked(as_reading(transaction), ground, at)?;
        may_add(actor, &looked)?;
        let plan = &looked.bodies.plan;
        let place = address(plan, cell).ok_or(ServiceError::NotFound)?;
        adjustable(plan, &place).map_err(|why| Refusal::NotAdjustable { why })?;
        let gathered = self.gathered_for(as_reading(transaction), ground, &looked, None)?;
        let figure = gathered.figure(ground, plan, &place);
        Ok(seen(&figure.ok_or(ServiceError::NotFound)?))
    }
}

fn as_reading(transaction: &dyn WriteTransaction) -> &dyn ReadTransaction {
    transaction
}

fn looked(
    transaction: &dyn ReadTransaction,
    ground: &Ground,
    at: &DocumentAddress,
) -> Result<Looked, ServiceError> {
    let bodies = Bodies::of(transaction, ground, &at.regime, &at.period)?;
    let owed = bodies.owed.get(&at.body).cloned();
    let owed = owed.ok_or(ServiceError::NotFound)?;
    let report = bodies.documents.get(&at.body).cloned();
    let mut bodies = bodies;
    if let Some(report) = &report {
        // A document keeps the version it was begun under.
        bodies.plan = ground.plan(&at.regime, report.key.version)?.clone();
    }
    Ok(Looked {
        report: report.unwrap_or_else(|| Report::new(owed.key.clone())),
        owed,
        bodies,
    })
}

/// Whoever may never add to the document learns nothing of what is in it, not even whether something is there.
fn may_add(actor: &Actor, looked: &Looked) -> Result<(), Refusal> {
    let (unit, recipients) = (&looked.owed.key.unit, &looked.owed.recipients);
    let action = Action::Consolidate;
    may_in_some_status(actor, action, unit, recipients)
        .then_some(())
        .ok_or(Refusal::NotPermitted { action })
}

/// Whether somebody may see what the body has sent.
fn receives(actor: &Actor, owed: &Obligation, outside: Status) -> bool {
    grant_for_report(
        actor,
        Action::ViewSent,
        &owed.key.unit,
        &owed.recipients,
        outside,
    )
    .is_some()
}

/// What a person may do to a document now.
fn may(actor: &Actor, owed: &Obligation, report: &Report) -> BTreeSet<Action> {
    let unit = &owed.key.unit;
    let holds = |action: &Action| {
        grant_for_report(actor, *action, unit, &owed.recipients, report.status).is_some()
    };
    let mut may: BTreeSet<Action> = Action::ALL.into_iter().filter(holds).collect();
    // Filling in is another right, about the body's own figures.
    may.remove(&Action::Save);
    may.remove(&Action::Propose);
    may.remove(&Action::DeclareOpening);
    let approves = grants_for_report(actor, Action::Approve, unit, &[], report.status)
        .any(|held| !is_own_proposal(report, actor, held));
    if !approves {
        may.remove(&Action::Approve);
    }
    if owed.ruled.locked.is_some() {
        may.retain(|action| action.only_reads());
    }
    may
}

/// The revisions of other times that a frozen revision named.
fn named(read: &[RevisionReference]) -> Named {
    let read = read.iter();
    read.map(|one| (one.report.clone(), one.revision)).collect()
}

fn below(looked: &Looked, at: &DocumentAddress) -> Vec<BelowView> {
    let bodies = looked.bodies.documents_to(&at.body);
    bodies
        .map(|owed| {
            let document = looked.bodies.documents.get(&owed.key.unit);
            BelowView {
                body: owed.key.unit.clone(),
                status: document.map_or(Status::Draft, |document| {
                    Progress::of(document).seen_from_outside()
                }),
                revision: document
                    .and_then(Report::received_revision)
                    .map(|revision| revision.number),
            }
        })
        .collect()
}

fn names(ground: &Ground, looked: &Looked, gathered: &Gathered) -> BTreeMap<UnitId, String> {
    let units = gathered
        .contributors
        .iter()
        .map(|found| &found.obligation.key.unit);
    let bodies = looked.bodies.owed.values();
    let bodies = bodies.flat_map(|owed| owed.recipients.iter().chain([&owed.key.unit]));
    units
        .chain(bodies)
        .map(|unit| (unit.clone(), ground.unit_name(unit)))
        .collect()
}
