//! One report: reading it, saving it, moving it on its way.
//!
//! Every command loads the state, judges the figures with their history, asks [`crate::reports::step`] and stores its events, all in one transaction. This module decides
//! nothing itself. Broken input: figures become findings, refused commands become [`ServiceError::Refused`].

use crate::calendar::{Moment, Period};
use crate::eval::figures::Figures;
use crate::eval::finding::Finding;
use crate::organisation::UnitId;
use crate::plan::CompiledRegime;
use crate::reports::command::{Command, Facts};
use crate::reports::dispatch::SendingNote;
use crate::reports::form_due::FormDue;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{
    Action, Actor, grant_for_report, grants_for_report, may_in_some_status,
};
use crate::reports::report::{Report, Revision};
use crate::reports::standing::Progress;
use crate::reports::step::{is_own_proposal, step};
use crate::service::Service;
use crate::service::files;
use crate::service::ground::Ground;
use crate::service::judgement::{Judgement, Siblings, regimes_read};
use crate::service::past::add_predecessors;
use crate::service::problem::ServiceError;
use crate::service::view::{
    CarriedFrom, CellDifference, HistoryView, ReportAddress, ReportView, RevisionView,
};
use crate::store::records::ReportQuery;
use crate::store::{ReadTransaction, WriteTransaction};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Several commands in one transaction: all of them happen, or none. Used where one person's click means two steps, and where many reports are loaded at once.
pub struct Batch<'a> {
    service: &'a Service,
    ground: Arc<Ground>,
    pub(super) transaction: Box<dyn WriteTransaction + 'a>,
}

impl Batch<'_> {
    /// Runs one command and answers the new state.
    pub fn command(
        &mut self,
        actor: &Actor,
        address: &ReportAddress,
        now: Moment,
        command: impl FnOnce(&Report) -> Command,
    ) -> Result<Report, ServiceError> {
        let transaction = as_reading(self.transaction.as_ref());
        let obligation = self.ground.obligation(address)?;
        let stored = transaction.report(&address.regime, &address.period, &address.unit)?;
        let report = stored.unwrap_or_else(|| Report::new(obligation.key.clone()));
        let command = command(&report);
        let facts = self.service.facts(
            &self.ground,
            transaction,
            &report,
            &obligation,
            command.action(report.key.kind),
        )?;
        let events = step(&report, &command, &facts, now, actor)?;
        if events.is_empty() {
            return Ok(report);
        }
        if let Command::Save { change, .. } = &command {
            let plan = self.ground.plan(&address.regime, report.key.version)?;
            files::known(transaction, plan, &address.unit, change)?;
        }
        Ok(self.transaction.append_events(&report, &events)?)
    }

    /// The plan that a report of the address is made under, for whoever may see the report; everybody else learns as little as from [`Service::report`].
    pub fn plan(
        &self,
        actor: &Actor,
        address: &ReportAddress,
    ) -> Result<Arc<CompiledRegime>, ServiceError> {
        let obligation = self.ground.obligation(address)?;
        let stored = self
            .transaction
            .report(&address.regime, &address.period, &address.unit)?;
        let report = stored.unwrap_or_else(|| Report::new(obligation.key.clone()));
        let sees = |action| sees(actor, action, &obligation, &report);
        if !sees(Action::ViewDraft) && !sees(Action::ViewSent) {
            return Err(hidden(actor, address, &obligation));
        }
        Ok(Arc::clone(
            self.ground.plan(&address.regime, report.key.version)?,
        ))
    }

    /// Makes it all durable.
    pub fn commit(self) -> Result<(), ServiceError> {
        Ok(self.transaction.commit()?)
    }
}

impl Service {
    /// Begins several commands in one transaction.
    pub fn batch(&self) -> Result<Batch<'_>, ServiceError> {
        Ok(Batch {
            service: self,
            ground: self.ground()?,
            transaction: self.store.begin_write()?,
        })
    }

    /// Runs one command; after `Ok` it survives loss of power.
    pub fn command(
        &self,
        actor: &Actor,
        address: &ReportAddress,
        now: Moment,
        command: impl FnOnce(&Report) -> Command,
    ) -> Result<Report, ServiceError> {
        let mut batch = self.batch()?;
        let report = batch.command(actor, address, now, command)?;
        batch.commit()?;
        Ok(report)
    }

    /// The head's one button: approves the revision on the screen and sends it.
    pub fn approve_and_send(
        &self,
        actor: &Actor,
        address: &ReportAddress,
        (revision, note): (u32, SendingNote),
        now: Moment,
    ) -> Result<Report, ServiceError> {
        let mut batch = self.batch()?;
        batch.command(actor, address, now, |_| Command::Approve { revision })?;
        let report = batch.command(actor, address, now, |_| Command::Send { revision, note })?;
        batch.commit()?;
        Ok(report)
    }

    /// One report as the actor may see it: the draft of one's own unit, else the revision that was sent.
    pub fn report(
        &self,
        actor: &Actor,
        address: &ReportAddress,
        now: Moment,
    ) -> Result<ReportView, ServiceError> {
        let ground = self.ground()?;
        let obligation = ground.obligation(address)?;
        let transaction = self.store.begin_read()?;
        let mut siblings = siblings(transaction.as_ref(), &ground, address)?;
        let report = siblings
            .get(&address.period)
            .cloned()
            .unwrap_or_else(|| Report::new(obligation.key.clone()));
        let plan = Arc::clone(ground.plan(&address.regime, report.key.version)?);
        add_elsewhere(transaction.as_ref(), &mut siblings, &address.unit, &plan)?;
        let sees = |action| sees(actor, action, &obligation, &report);
        let sees_draft = sees(Action::ViewDraft);
        if !sees_draft && !sees(Action::ViewSent) {
            return Err(hidden(actor, address, &obligation));
        }
        // Who may not see what the unit works on sees what counts meanwhile.
        let shown = match sees_draft {
            true => on_its_way(&report),
            false => report.received_revision(),
        };
        let (judgement, figures) = match shown {
            Some(revision) => (
                self.judgements
                    .of_revision(&ground, &plan, &siblings, &report.key, revision)?,
                &revision.figures,
            ),
            None => (
                self.judgements.of_draft(
                    &ground,
                    &plan,
                    &siblings,
                    &report.key,
                    &report.figures,
                )?,
                &report.figures,
            ),
        };
        let may = Action::ALL
            .into_iter()
            .filter(|action| sees(*action))
            .collect::<BTreeSet<_>>();
        let mut may = without_impossible(may, actor, &report, &judgement);
        if obligation.ruled.locked.is_some() {
            may.retain(|action| action.only_reads());
        }
        Ok(ReportView {
            key: report.key.clone(),
            unit_name: ground.unit_name(&address.unit),
            status: match sees_draft {
                true => report.status,
                false => Progress::of(&report).seen_from_outside(),
            },
            standing: obligation.standing(Some(Progress::of(&report)), now),
            forms: obligation.form_standings(Some(Progress::of(&report)), Some(&report), now),
            pressing: obligation.pressing(),
            draft: if sees_draft { report.draft } else { 0 },
            saved_at: report
                .last_saved
                .as_ref()
                .filter(|_| sees_draft)
                .map(|stamp| stamp.at),
            figures: figures.clone(),
            evaluation: judgement.evaluation,
            may,
            window: obligation.window,
            ruled: obligation.ruled.clone(),
            due: obligation.due,
            doubt: obligation.doubt,
            last_return: report
                .last_return
                .clone()
                .filter(|note| sees_draft || note.from.is_with_recipient()),
            revision: match sees_draft {
                true => report.newest_revision(),
                false => report.received_revision(),
            }
            .map_or(0, |revision| revision.number),
            sent: report.newest_sending().cloned(),
            carry: judgement.carry,
            nameable_units: ground
                .nameable_units(&plan, obligation.window.to)
                .unwrap_or_default(),
            plan,
        })
    }

    /// The events and revisions of a report, as far as the actor may know them.
    pub fn history(
        &self,
        actor: &Actor,
        address: &ReportAddress,
    ) -> Result<HistoryView, ServiceError> {
        let ground = self.ground()?;
        let obligation = ground.obligation(address)?;
        let transaction = self.store.begin_read()?;
        let report = transaction
            .report(&address.regime, &address.period, &address.unit)?
            .unwrap_or_else(|| Report::new(obligation.key.clone()));
        let sees = |action| sees(actor, action, &obligation, &report);
        let sees_draft = sees(Action::ViewDraft);
        if !sees_draft && !sees(Action::ViewSent) {
            return Err(hidden(actor, address, &obligation));
        }
        let stored = transaction.report_events(&address.regime, &address.period, &address.unit)?;
        let events = stored
            .into_iter()
            .map(|stored| stored.event)
            .filter(|event| sees_draft || event.kind.concerns_recipient());
        let mut revisions = Vec::new();
        let mut before: Option<&Revision> = None;
        for revision in report
            .revisions
            .iter()
            .filter(|revision| sees_draft || revision.sent.is_some())
        {
            let differences = before.map_or_else(Vec::new, |before| {
                differences(&before.figures, &revision.figures)
            });
            revisions.push(RevisionView {
                revision: revision.clone(),
                differences,
            });
            before = Some(revision);
        }
        Ok(HistoryView {
            events: events.collect(),
            revisions,
        })
    }

    fn facts(
        &self,
        ground: &Ground,
        transaction: &dyn ReadTransaction,
        report: &Report,
        obligation: &Obligation,
        action: Action,
    ) -> Result<Facts, ServiceError> {
        let key = &report.key;
        let plan = ground.plan(&key.regime, key.version)?;
        let mut facts = Facts {
            draft: report.draft,
            plan: plan.fingerprint.clone(),
            blocking: 0,
            due: obligation.due,
            forms: Vec::new(),
            recipients: obligation.recipients.clone(),
            locked: obligation.ruled.locked.clone(),
            read: Vec::new(),
            whole: None,
            may_declare_opening: false,
        };
        // A save is acknowledged whatever the figures say, so it need not wait for their meaning.
        if !matches!(
            action,
            Action::Propose | Action::Send | Action::DeclareOpening
        ) {
            return Ok(facts);
        }
        if let Some(problem) = obligation
            .route_problem
            .as_ref()
            .filter(|_| action == Action::Send)
        {
            return Err(ServiceError::Route(problem.clone()));
        }
        let address = ReportAddress {
            regime: key.regime.clone(),
            period: key.period,
            unit: key.unit.clone(),
        };
        let mut siblings = siblings(transaction, ground, &address)?;
        add_elsewhere(transaction, &mut siblings, &address.unit, plan)?;
        let judgement = match on_its_way(report) {
            Some(revision) if action == Action::Send => self
                .judgements
                .of_revision(ground, plan, &siblings, key, revision)?,
            _ => self
                .judgements
                .of_draft(ground, plan, &siblings, key, &report.figures)?,
        };
        facts.blocking =
            u32::try_from(blocking(&judgement.evaluation.findings)).unwrap_or(u32::MAX);
        facts.may_declare_opening = is_declarable(&judgement);
        let asked = |form: &&FormDue| {
            let found = plan.form_definition.find_form(&form.form);
            found.is_some_and(|(index, _)| !judgement.evaluation.absent.contains(&index))
        };
        facts.forms = obligation.forms.iter().filter(asked).cloned().collect();
        facts.read = judgement.read;
        Ok(facts)
    }
}

/// All reports of the address's unit under its regime, with those of the units it took over from.
fn siblings(
    transaction: &dyn ReadTransaction,
    ground: &Ground,
    address: &ReportAddress,
) -> Result<Siblings, ServiceError> {
    let mut of_unit = |unit: &UnitId| {
        Ok(Siblings {
            reports: reports_under(transaction, &address.regime, unit)?,
            ..Siblings::default()
        })
    };
    let mut siblings = of_unit(&address.unit)?;
    let cutoff = ground.obligation(address)?.window.to;
    add_predecessors(ground, &address.unit, &mut siblings, cutoff, &mut of_unit)?;
    Ok(siblings)
}

/// Adds the unit's reports under the regimes whose cells a plan reads.
fn add_elsewhere(
    transaction: &dyn ReadTransaction,
    siblings: &mut Siblings,
    unit: &UnitId,
    plan: &CompiledRegime,
) -> Result<(), ServiceError> {
    for name in regimes_read(plan) {
        let others = Siblings {
            reports: reports_under(transaction, name, unit)?,
            ..Siblings::default()
        };
        siblings.elsewhere.insert(name.to_string(), others);
    }
    Ok(())
}

fn reports_under(
    transaction: &dyn ReadTransaction,
    regime: &str,
    unit: &UnitId,
) -> Result<BTreeMap<Period, Report>, ServiceError> {
    let query = ReportQuery {
        regime: Some(regime.to_string()),
        unit: Some(unit.clone()),
        ..ReportQuery::default()
    };
    Ok(transaction
        .reports(&query)?
        .into_iter()
        .map(|report| (report.key.period, report))
        .collect())
}

/// The findings that forbid sending.
pub fn blocking(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.blocks()).count()
}

/// Differences between the entered cells of two sets of figures, by form, row and column.
pub fn differences(before: &Figures, after: &Figures) -> Vec<CellDifference> {
    let cells = |figures: &Figures| -> BTreeSet<(String, String, String)> {
        let forms = figures.forms.iter();
        let rows = forms.flat_map(|(form, figures)| {
            figures
                .rows
                .iter()
                .map(move |(row, cells)| (form, row, cells))
        });
        rows.flat_map(|(form, row, cells)| {
            cells
                .keys()
                .map(move |column| (form.clone(), row.clone(), column.clone()))
        })
        .collect()
    };
    let entry = |figures: &Figures, (form, row, column): &(String, String, String)| {
        figures.forms.get(form)?.rows.get(row)?.get(column).cloned()
    };
    let all: BTreeSet<_> = cells(before).union(&cells(after)).cloned().collect();
    let pairs = all
        .into_iter()
        .map(|place| (entry(before, &place), entry(after, &place), place));
    let differing = pairs.filter(|(before, after, _)| before != after);
    differing
        .map(|(before, after, (form, row, column))| CellDifference {
            form,
            row,
            column,
            before,
            after,
        })
        .collect()
}

fn as_reading(transaction: &dyn WriteTransaction) -> &dyn ReadTransaction {
    transaction
}

/// The frozen revision that is before the head, its recipient, or accepted.
fn on_its_way(report: &Report) -> Option<&Revision> {
    report
        .newest_revision()
        .filter(|_| !report.status.is_editable())
}

fn is_declarable(judgement: &Judgement) -> bool {
    matches!(
        judgement.carry,
        CarriedFrom::Declared(_) | CarriedFrom::Undeclared
    )
}

/// Rights that hold by status but that the report's own state takes away: approving one's own proposal, declaring what is carried.
fn without_impossible(
    mut may: BTreeSet<Action>,
    actor: &Actor,
    report: &Report,
    judgement: &Judgement,
) -> BTreeSet<Action> {
    let unit = &report.key.unit;
    // A head approves for the own unit only, so that no recipient has to be known here.
    let approves = grants_for_report(actor, Action::Approve, unit, &[], report.status)
        .any(|held| !is_own_proposal(report, actor, held));
    if !approves {
        may.remove(&Action::Approve);
    }
    if !is_declarable(judgement) {
        may.remove(&Action::DeclareOpening);
    }
    may
}

/// Whether the actor may do this now; who stands outside of the unit, by what is seen from there.
fn sees(actor: &Actor, action: Action, obligation: &Obligation, report: &Report) -> bool {
    let status = match action {
        Action::ViewSent => Progress::of(report).seen_from_outside(),
        _ => report.status,
    };
    let (unit, recipients) = (&obligation.key.unit, &obligation.recipients);
    grant_for_report(actor, action, unit, recipients, status).is_some()
}

/// What a person is told who may not see the figures: whoever knows that the report is owed is told so, everyone else learns nothing.
fn hidden(actor: &Actor, address: &ReportAddress, obligation: &Obligation) -> ServiceError {
    let knows = may_in_some_status(
        actor,
        Action::ViewStanding,
        &address.unit,
        &obligation.recipients,
    );
    if knows {
        ServiceError::Forbidden
    } else {
        ServiceError::NotFound
    }
}
