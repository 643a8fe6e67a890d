//! `regime validate REGIME --data FILE.jsonl`: the findings of reports given as JSON lines.
//!
//! It deliberately judges nothing itself. Lines that cannot be used are named with line and field; the other reports are still checked.

use crate::calendar::Period;
use crate::cli::arguments::ValidateArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::evaluated::{self, Batch, ProblemLine};
use crate::cli::failure::Failure;
use crate::cli::project;
use crate::eval::describe::describe;
use crate::eval::evaluate::{Evaluation, sendable};
use crate::eval::finding::{Finding, Verdict};
use crate::exchange::jsonl::ReceivedReport;
use crate::plan::validation::Severity;
use crate::plan::{Bilingual, CompiledRegime};
use serde::Serialize;

/// Runs the command.
pub fn run(console: Console, arguments: &ValidateArguments) -> Result<Outcome, Failure> {
    let Some(regime) = project::compiled(console, &arguments.regime)? else {
        return Ok(Outcome::Findings);
    };
    let plan = &regime.plan;
    let only = match &arguments.period {
        Some(code) => Some(project::period(plan, code)?),
        None => None,
    };
    let units = regime.units(console, arguments.units.as_deref())?;
    let data = evaluated::read_batch(&arguments.data, plan, Some(&units))?;
    let previous = match &arguments.previous {
        Some(path) => Some(evaluated::read_batch(path, plan, Some(&units))?),
        None => None,
    };
    let history = previous
        .as_ref()
        .map_or(&[][..], |batch| &batch.received.reports);
    let known = evaluated::Known {
        plan,
        units: &units,
        plan_values: regime.snapshot.plan_values(),
    };
    let evaluations = evaluated::evaluate_all(&known, &data.received.reports, history);
    let reports: Vec<Checked> = data
        .received
        .reports
        .iter()
        .filter(|report| only.is_none_or(|period| period == report.period))
        .filter_map(|report| {
            let evaluation = evaluations.get(&report.unit)?.get(&report.period)?;
            let name = units
                .get(&report.unit)
                .map_or_else(|| report.unit.0.clone(), |unit| unit.name.clone());
            Some(checked(plan, report, name, evaluation))
        })
        .collect();
    let batches: Vec<&Batch> = std::iter::once(&data).chain(&previous).collect();
    let problems = evaluated::problem_lines(&batches);
    let clean = problems.is_empty()
        && reports
            .iter()
            .all(|report| report.findings.iter().all(|finding| finding.explained));
    if console.is_json() {
        console.json(&Validated {
            regime: &plan.header.name,
            version: plan.header.version,
            problems,
            reports,
        });
    } else {
        for line in evaluated::problem_texts(console, &batches) {
            console.result(&line);
        }
        for report in &reports {
            print(console, &data.path, report);
        }
        summary(console, &batches, &reports);
    }
    Ok(Outcome::clean_if(clean))
}

#[derive(Serialize)]
struct Validated<'r> {
    regime: &'r str,
    version: u32,
    problems: Vec<ProblemLine<'r>>,
    reports: Vec<Checked>,
}

#[derive(Serialize)]
struct Checked {
    unit: String,
    unit_name: String,
    #[serde(skip)]
    heading: Bilingual,
    period: Period,
    sendable: bool,
    findings: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    line: u64,
    key: String,
    severity: Severity,
    verdict: &'static str,
    at: Option<String>,
    cells: Vec<String>,
    message: Bilingual,
    explanation: Option<String>,
    explained: bool,
    blocks: bool,
}

fn checked(
    plan: &CompiledRegime,
    report: &ReceivedReport,
    unit_name: String,
    evaluation: &Evaluation,
) -> Checked {
    Checked {
        unit: report.unit.0.clone(),
        heading: Bilingual {
            vi: format!("{unit_name}, {}", report.period.name_vi()),
            en: format!("{unit_name}, {}", report.period.name_en()),
        },
        unit_name,
        period: report.period,
        sendable: sendable(evaluation),
        findings: evaluation
            .findings
            .iter()
            .map(|finding| found(plan, report, evaluation, finding))
            .collect(),
    }
}

fn found(
    plan: &CompiledRegime,
    report: &ReceivedReport,
    evaluation: &Evaluation,
    finding: &Finding,
) -> Found {
    let definition = &plan.form_definition;
    let form = finding.at.as_ref().and_then(|at| definition.form(at.form));
    let line = form
        .and_then(|form| report.line_of(&form.name))
        .unwrap_or_else(|| report.first_line());
    let explained = finding.severity == Severity::Explain
        && !finding.blocks()
        && finding.verdict == Verdict::Fails;
    Found {
        line,
        key: finding.key.clone(),
        severity: finding.severity,
        verdict: match finding.verdict {
            Verdict::Fails => "fails",
            Verdict::Undecided => "undecided",
        },
        at: finding.at.as_ref().map(|at| at.text(definition)),
        cells: finding
            .cells
            .iter()
            .map(|cell| cell.text(definition))
            .collect(),
        message: describe(plan, evaluation, finding),
        explanation: finding.explanation.clone(),
        explained,
        blocks: finding.blocks(),
    }
}

fn print(console: Console, path: &str, report: &Checked) {
    let state = match (report.findings.is_empty(), report.sendable) {
        (true, _) => console.choose("hợp lệ", "valid"),
        (false, true) => console.choose("gửi được", "may be sent"),
        (false, false) => console.choose("chưa gửi được", "cannot be sent yet"),
    };
    console.result(&format!("{}: {state}", console.of(&report.heading)));
    for finding in &report.findings {
        let kind = match (finding.verdict, finding.severity) {
            ("undecided", _) => console.choose("chưa xét được", "undecided"),
            (_, Severity::Error) => console.choose("lỗi", "error"),
            (_, Severity::Explain) if finding.explained => {
                console.choose("đã giải trình", "explained")
            }
            (_, Severity::Explain) => console.choose("cần giải trình", "needs an explanation"),
            (_, Severity::Warning) => console.choose("cảnh báo", "warning"),
        };
        let at = finding.at.as_deref().unwrap_or("-");
        console.result(&format!(
            "  {path}:{}: {kind}: {at}: {}",
            finding.line,
            console.of(&finding.message)
        ));
    }
}

fn summary(console: Console, batches: &[&Batch], reports: &[Checked]) {
    let unusable: usize = batches
        .iter()
        .map(|batch| batch.received.problems.len())
        .sum();
    let refused = reports.iter().filter(|report| !report.sendable).count();
    let all = reports.len();
    console.note(&console.say(
        format!("{all} báo cáo, {refused} chưa gửi được, {unusable} lỗi dòng dữ liệu"),
        format!("{all} reports, {refused} cannot be sent yet, {unusable} mistakes in lines"),
    ));
}
