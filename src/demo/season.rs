//! One reporting season: everybody fills in, proposes, approves, sends; the recipient accepts or returns.
//!
//! Stated shares: [`MISTAKES`] in a hundred drafts are saved with one figure off, which the checks find; [`RETURNED`] in a hundred reports are returned once;
//! [`LATE`] in a hundred are sent late; [`MISSING`] in a hundred are never sent. In the season that is still running, [`NOT_YET`] in a hundred have not been sent, and what
//! is wrong or returned has not been corrected. It does not know how figures are invented. Broken input: a report that the checks do not let pass stays a draft.

use crate::calendar::dates::days_after;
use crate::calendar::{Date, Moment, Period, PeriodKind};
use crate::demo::chance::Chance;
use crate::demo::people::{ANH_SON, Staff};
use crate::demo::{NOW, PETITIONS, at, petitions, procedures};
use crate::eval::figures::Entry;
use crate::eval::finding::{Finding, FindingKind};
use crate::plan::form::Rows;
use crate::plan::validation::Severity;
use crate::reports::command::{
    CellChange, Command, DraftChange, ExplanationChange, NarrativeChange, ReturnReason,
};
use crate::reports::dispatch::SendingNote;
use crate::reports::key::{CellKey, ExplanationKey, RowKey};
use crate::reports::obligation::Obligation;
use crate::reports::permission::Actor;
use crate::reports::report::Report;
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::report::Batch;
use crate::service::view::{CarriedFrom, ReportAddress};
use std::collections::BTreeSet;

/// Drafts in a hundred saved with one figure off.
pub const MISTAKES: u64 = 3;
/// Reports in a hundred returned once by their recipient.
pub const RETURNED: u64 = 3;
/// Reports in a hundred sent late.
pub const LATE: u64 = 5;
/// Reports in a hundred never sent.
pub const MISSING: u64 = 2;
/// Reports in a hundred not sent yet in the season that is still running.
pub const NOT_YET: u64 = 14;

const OPENING_REASON: &str =
    "Chuyển số liệu cuối kỳ từ báo cáo giấy kỳ trước, có xác nhận của lãnh đạo đơn vị";
const EXPLANATION: &str = "Số hồ sơ tăng đột biến trong kỳ, đơn vị đã bố trí thêm người xử lý";
const NARRATIVE: &str = "Trong kỳ, công tác được triển khai theo kế hoạch; không có vụ việc nổi cộm. Nguyên nhân, tồn tại đã nêu trong báo cáo kỳ trước và đang được khắc phục.";
const LATE_REASON: &str =
    "Một số bộ phận gửi số liệu về đơn vị chậm, đơn vị phải đối chiếu lại trước khi gửi";
const CORRECTION: &str = "Đề nghị kiểm tra lại số liệu tiếp nhận, chênh lệch so với sổ theo dõi";

/// What becomes of one unit's report.
struct Fate {
    mistake: bool,
    returned: bool,
    late_days: i32,
    sent: bool,
    accepted: bool,
    running: bool,
}

/// One unit's report in this season.
struct Part<'a> {
    staff: &'a Staff,
    address: ReportAddress,
    obligation: Obligation,
    fate: Fate,
    /// Openings to declare, then entered cells.
    openings: Vec<Filled>,
    cells: Vec<Filled>,
}

/// One cell of a report as a person enters it.
#[derive(Debug, Clone)]
struct Filled {
    form: &'static str,
    row: String,
    column: String,
    entry: Entry,
}

/// Plays a season; answers how many reports were begun.
pub(super) fn play(
    service: &Service,
    staff: &[Staff],
    desks: &[Actor],
    regime: &str,
    period: Period,
) -> Result<usize, ServiceError> {
    let ground = service.ground()?;
    let mut parts = Vec::new();
    for staff in staff {
        let address = ReportAddress {
            regime: regime.to_string(),
            period,
            unit: staff.unit.clone(),
        };
        let Ok(obligation) = ground.obligation(&address) else {
            continue;
        };
        let is_department = ground
            .organisation
            .get(&staff.unit)
            .is_some_and(|unit| unit.level == "so");
        let fate = fate(&address, &obligation);
        // Xã Anh Sơn's year report of procedures is left for whoever tries the demonstration.
        let is_left_open = staff.unit.as_str() == ANH_SON
            && period.kind() == PeriodKind::Year
            && regime != PETITIONS;
        if is_left_open || (!fate.sent && !fate.mistake) {
            continue;
        }
        let (openings, cells) = figures(service, regime, period, &staff.unit.0, is_department)?;
        parts.push(Part {
            staff,
            address,
            obligation,
            fate,
            openings,
            cells,
        });
    }
    fill_in(service, &parts)?;
    send_on(service, &parts, desks)?;
    Ok(parts.len())
}

fn fate(address: &ReportAddress, obligation: &Obligation) -> Fate {
    let chance = Chance::of(&[
        "fate",
        &address.regime,
        &address.period.to_string(),
        address.unit.as_str(),
    ]);
    let (today, _, _) = NOW;
    let running = obligation.due.is_none_or(|due| due.date >= today);
    let is_anh_son = address.unit.as_str() == ANH_SON;
    let happens = |purpose: &str, share: u64| !is_anh_son && chance.percent(purpose, share);
    let mistake = happens("mistake", MISTAKES);
    let missing = happens("missing", if running { NOT_YET } else { MISSING });
    Fate {
        mistake,
        returned: happens("returned", RETURNED),
        late_days: if !running && happens("late", LATE) {
            chance.between("days", 1, 6) as i32
        } else {
            0
        },
        sent: !(missing || mistake && running),
        accepted: !running || happens("accepted", 70),
        running,
    }
}

/// Openings and cells of one report.
type Figures = (Vec<Filled>, Vec<Filled>);

fn figures(
    service: &Service,
    regime: &str,
    period: Period,
    unit: &str,
    is_department: bool,
) -> Result<Figures, ServiceError> {
    let quarters = match period.kind() {
        PeriodKind::Quarter => usize::from(period.index()) - 1..usize::from(period.index()),
        PeriodKind::FirstHalf => 0..2,
        PeriodKind::NineMonths => 0..3,
        _ => 0..4,
    };
    if regime == PETITIONS {
        let year = petitions::year_of(unit, is_department);
        let span = year.get(quarters).ok_or(ServiceError::NotFound)?;
        let forms = petitions::Petitions::together(span);
        let filled = |form: &'static str, column: String, entry: Entry| Filled {
            form,
            row: String::new(),
            column,
            entry,
        };
        let openings = forms
            .iter()
            .map(|form| filled(form.form, "2".to_string(), petitions::entry(form.opening)))
            .collect();
        let cells = forms
            .iter()
            .flat_map(|form| {
                let entries = form.entries().into_iter();
                entries.map(|(column, entry)| filled(form.form, column, entry))
            })
            .collect();
        return Ok((openings, cells));
    }
    let year = procedures::year_of(unit, is_department, &fields(service, regime, &period)?);
    let span = year.get(quarters).ok_or(ServiceError::NotFound)?;
    let (mut openings, mut cells) = (Vec::new(), Vec::new());
    for field in span
        .iter()
        .flat_map(|quarter| quarter.keys())
        .collect::<BTreeSet<_>>()
    {
        let of_field: Vec<_> = span
            .iter()
            .filter_map(|quarter| quarter.get(field))
            .collect();
        if let Some(cases) = procedures::Cases::together(&of_field) {
            let filled = |column: String, entry: Entry| Filled {
                form: procedures::FORM,
                row: field.clone(),
                column,
                entry,
            };
            openings.push(filled("6".to_string(), petitions::entry(cases.opening)));
            let entries = cases.entries().into_iter();
            cells.extend(entries.map(|(column, entry)| filled(column, entry)));
        }
    }
    Ok((openings, cells))
}

/// The entries of the catalogue that the form's rows are chosen from.
fn fields(service: &Service, regime: &str, period: &Period) -> Result<Vec<String>, ServiceError> {
    let ground = service.ground()?;
    let plan = ground.plan_of_period(regime, period)?;
    let definition = &plan.form_definition;
    let catalog = definition.forms.first().and_then(|form| match form.rows {
        Rows::ChosenFrom(catalog) | Rows::From(catalog) => definition.catalog(catalog),
        Rows::EachReportingUnit | Rows::Written(_) | Rows::Listed(_) => None,
    });
    Ok(catalog
        .map(|catalog| {
            catalog
                .entries
                .iter()
                .map(|entry| entry.name.clone())
                .collect()
        })
        .unwrap_or_default())
}

/// Officers save their drafts, some with a mistake, which those of past seasons then put right.
fn fill_in(service: &Service, parts: &[Part<'_>]) -> Result<(), ServiceError> {
    let mut needs_opening = Vec::new();
    for part in parts {
        let view = service.report(&part.staff.officer, &part.address, part.saved())?;
        needs_opening.push(view.carry == CarriedFrom::Undeclared);
    }
    let mut batch = service.batch()?;
    for (part, needs_opening) in parts.iter().zip(needs_opening) {
        let officer = &part.staff.officer;
        if needs_opening {
            for form in part.forms() {
                let of_form: Vec<Filled> = part
                    .openings
                    .iter()
                    .filter(|filled| filled.form == form)
                    .cloned()
                    .collect();
                let declared = Command::DeclareOpening {
                    form: form.to_string(),
                    cells: changes(&of_form),
                    reason: OPENING_REASON.to_string(),
                };
                batch.command(officer, &part.address, part.saved(), |_| declared)?;
            }
        }
        let rows: BTreeSet<(&str, &str)> = part
            .cells
            .iter()
            .filter(|filled| !filled.row.is_empty())
            .map(|filled| (filled.form, filled.row.as_str()))
            .collect();
        let rows_added = rows
            .into_iter()
            .map(|(form, row)| RowKey {
                form: form.to_string(),
                row: row.to_string(),
            })
            .collect();
        let mut cells = changes(&part.cells);
        if part.fate.mistake {
            spoil(&mut cells);
        }
        let change = DraftChange {
            cells,
            rows_added,
            ..DraftChange::default()
        };
        batch.command(officer, &part.address, part.saved(), |report| {
            Command::Save {
                base: report.draft,
                change,
            }
        })?;
        if part.fate.mistake && part.fate.sent {
            let right = DraftChange {
                cells: changes(&part.cells),
                ..DraftChange::default()
            };
            let later = part.saved().plus_seconds(600);
            batch.command(officer, &part.address, later, |report| Command::Save {
                base: report.draft,
                change: right,
            })?;
        }
    }
    batch.commit()
}

/// Explanations are written where the rules ask, then the report goes its way.
fn send_on(service: &Service, parts: &[Part<'_>], desks: &[Actor]) -> Result<(), ServiceError> {
    let mut ready = Vec::new();
    for part in parts.iter().filter(|part| part.fate.sent) {
        let view = service.report(&part.staff.officer, &part.address, part.saved())?;
        let findings = &view.evaluation.findings;
        let blocking: Vec<_> = findings.iter().filter(|finding| finding.blocks()).collect();
        if blocking
            .iter()
            .all(|finding| finding.severity == Severity::Explain || unwritten(finding).is_some())
        {
            let definition = &view.plan.form_definition;
            let keys: Vec<ExplanationKey> = blocking
                .iter()
                .filter(|finding| finding.severity == Severity::Explain)
                .filter_map(|finding| {
                    Some(ExplanationKey {
                        form: definition.form(finding.at.as_ref()?.form)?.name.clone(),
                        finding: finding.key.clone(),
                    })
                })
                .collect();
            let narratives: Vec<NarrativeChange> = blocking
                .iter()
                .filter_map(|finding| unwritten(finding))
                .collect();
            ready.push((part, keys, narratives));
        }
    }
    let mut batch = service.batch()?;
    for (part, keys, narratives) in ready {
        let explanations = keys
            .into_iter()
            .map(|explanation| ExplanationChange {
                explanation,
                text: Some(EXPLANATION.to_string()),
            })
            .collect();
        let change = DraftChange {
            explanations,
            narratives,
            ..DraftChange::default()
        };
        let officer = &part.staff.officer;
        batch.command(
            officer,
            &part.address,
            part.sent().plus_seconds(-5400),
            |report| Command::Save {
                base: report.draft,
                change,
            },
        )?;
        let report = part.through(&mut batch, 0)?;
        let Some(recipient) = part.recipient(desks) else {
            continue;
        };
        if part.fate.returned {
            let back = part
                .sent()
                .plus_seconds(if part.fate.running { 600 } else { 86_400 });
            let reasons = vec![ReturnReason {
                cell: part.first_cell(),
                text: CORRECTION.to_string(),
            }];
            let revision = newest(&report);
            batch.command(recipient, &part.address, back, |_| Command::Return {
                revision,
                reasons,
            })?;
            if !part.fate.running {
                let report = part.through(&mut batch, 2 * 86_400)?;
                accept(&mut batch, recipient, part, &report, 3 * 86_400)?;
            }
        } else if part.fate.accepted {
            accept(
                &mut batch,
                recipient,
                part,
                &report,
                if part.fate.running { 300 } else { 86_400 },
            )?;
        }
    }
    batch.commit()
}

/// A narrative that is still to be written, with words for it.
fn unwritten(finding: &Finding) -> Option<NarrativeChange> {
    let FindingKind::NarrativeMissing { key } = &finding.kind else {
        return None;
    };
    Some(NarrativeChange {
        narrative: key.clone(),
        text: Some(NARRATIVE.to_string()),
    })
}

fn accept(
    batch: &mut Batch<'_>,
    recipient: &Actor,
    part: &Part<'_>,
    report: &Report,
    seconds: i64,
) -> Result<(), ServiceError> {
    let revision = newest(report);
    let when = part.sent().plus_seconds(seconds);
    batch.command(recipient, &part.address, when, |_| Command::Accept {
        revision,
    })?;
    Ok(())
}

fn newest(report: &Report) -> u32 {
    report
        .newest_revision()
        .map_or(0, |revision| revision.number)
}

/// One figure off by one: the sums no longer agree.
fn spoil(cells: &mut [CellChange]) {
    let last_number = cells
        .iter_mut()
        .rev()
        .find_map(|change| match &mut change.entry {
            Some(Entry::Value(text)) if change.cell.column != "22" => Some(text),
            _ => None,
        });
    if let Some(text) = last_number
        && let Ok(value) = text.parse::<i64>()
    {
        *text = (value + 1).to_string();
    }
}

/// What a draft is told about some cells.
fn changes(cells: &[Filled]) -> Vec<CellChange> {
    let change = |filled: &Filled| CellChange {
        cell: CellKey::new(filled.form, &filled.row, &filled.column),
        entry: Some(filled.entry.clone()),
    };
    cells.iter().map(change).collect()
}

impl Part<'_> {
    fn chance(&self) -> Chance {
        Chance::of(&[
            "times",
            &self.address.regime,
            &self.address.period.to_string(),
            self.address.unit.as_str(),
        ])
    }

    fn minute(&self, purpose: &str, most: i64) -> u8 {
        u8::try_from(self.chance().between(purpose, 0, most)).unwrap_or(0)
    }

    /// The last day, or the day itself in the season that is still running.
    fn last_day(&self) -> Date {
        let (today, _, _) = NOW;
        if self.fate.running {
            today
        } else {
            self.obligation
                .due
                .map_or(days_after(self.obligation.window.to, 4), |due| due.date)
        }
    }

    /// When the draft was saved.
    fn saved(&self) -> Moment {
        let minute = self.minute("minute", 50);
        if self.fate.running {
            return at(self.last_day(), 7, minute / 2);
        }
        let first = days_after(self.obligation.window.to, 1);
        at(first, 14, minute)
    }

    /// When the report was sent for the first time.
    fn sent(&self) -> Moment {
        let minute = self.minute("sent", 40);
        if self.fate.running {
            // The explanation is written an hour and a half before; mornings begin early on the last days.
            return at(self.last_day(), 8, minute);
        }
        at(days_after(self.last_day(), self.fate.late_days), 9, minute)
    }

    /// Proposed, approved and sent, so many seconds after the first time.
    fn through(&self, batch: &mut Batch<'_>, after: i64) -> Result<Report, ServiceError> {
        let when = |seconds: i64| self.sent().plus_seconds(after + seconds);
        let propose = |report: &Report| Command::Propose {
            draft: report.draft,
        };
        let report = batch.command(&self.staff.officer, &self.address, when(-1200), propose)?;
        let revision = newest(&report);
        batch.command(&self.staff.head, &self.address, when(-60), |_| {
            Command::Approve { revision }
        })?;
        batch.command(&self.staff.head, &self.address, when(0), |_| {
            Command::Send {
                revision,
                note: SendingNote::late(LATE_REASON),
            }
        })
    }

    fn recipient<'d>(&self, desks: &'d [Actor]) -> Option<&'d Actor> {
        desks.iter().find(|desk| {
            desk.grants
                .iter()
                .any(|grant| self.obligation.recipients.contains(&grant.unit))
        })
    }

    /// The forms that have openings.
    fn forms(&self) -> BTreeSet<&'static str> {
        self.openings.iter().map(|filled| filled.form).collect()
    }

    fn first_cell(&self) -> Option<CellKey> {
        self.cells
            .first()
            .map(|filled| CellKey::new(filled.form, &filled.row, &filled.column))
    }
}
