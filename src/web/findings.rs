//! Findings as pages show them: where, how strong, in words; their counts and their summary.
//!
//! Wording comes from [`crate::eval::describe`]; this module adds the place and sorts what is shown where. A blank form has dozens of unanswered cells and undecided rules: the first are
//! listed only when a person asks for a check, the second only colour their cells. Broken input: a finding that names no cell of the form stands without a link.

use crate::eval::describe::describe;
use crate::eval::finding::{Finding, FindingKind, Verdict};
use crate::eval::rows;
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{Column, Form, FormIndex};
use crate::plan::validation::Severity;
use crate::service::view::ReportView;
use crate::web::outline::narrative_id;
use crate::web::texts::{Language, plain, worded};
use crate::web::words::pick;
use serde::Serialize;
use std::collections::BTreeMap;

/// So many findings are listed in the summary; more are only counted.
const MOST_LISTED: usize = 60;

/// One finding in words.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// Key, without spaces so that it can be part of an id.
    pub key: String,
    /// Key under which it is explained.
    pub explains: String,
    /// `error`, `explain` or `warning`.
    pub severity: &'static str,
    /// `fails` or `undecided`.
    pub verdict: &'static str,
    /// The strength in words, because colour alone says nothing to some readers: `Lỗi`.
    pub label: String,
    /// The row it stands in: `Đất đai`; empty for the only row of a form.
    pub place: String,
    /// What is wrong, in figures; it names the column and not the row.
    pub message: String,
    /// Whether it forbids sending.
    pub blocks: bool,
    /// Whether an explanation is asked for.
    pub asks: bool,
    /// The explanation given; empty without one.
    pub explanation: String,
    /// Whether it only says that a cell is not answered.
    pub unanswered: bool,
    /// The cell.
    #[serde(skip)]
    pub at: Option<CellAddress>,
    /// Link to the cell.
    pub href: Option<String>,
    /// The finding that speaks for this one: several unanswered cells of a row are told in one line.
    #[serde(skip)]
    pub told_by: Option<String>,
}

/// How many findings of each kind a report has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Errors that fail, unanswered cells apart.
    pub errors: usize,
    /// Failing rules that still want an explanation.
    pub explain: usize,
    /// Warnings that fail.
    pub warnings: usize,
    /// Rules that cannot be judged yet.
    pub undecided: usize,
    /// Required cells without an answer.
    pub unanswered: usize,
}

/// The error summary.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// `Có 1 lỗi và 1 chỗ cần giải trình`.
    pub heading: String,
    /// All counts in words.
    pub counts: String,
    /// How many errors there are, unanswered cells included when they are listed.
    pub errors: usize,
    /// What is listed.
    pub items: Vec<SummaryItem>,
}

/// A line of the error summary.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryItem {
    severity: &'static str,
    verdict: &'static str,
    label: String,
    message: String,
    href: Option<String>,
}

/// Every finding of a report in words. `shown` is the form on the page; cells of other forms are linked through their page.
pub fn findings(
    view: &ReportView,
    language: Language,
    shown: FormIndex,
    address: &str,
) -> Vec<FindingView> {
    let all = view.evaluation.findings.iter();
    let mut findings: Vec<FindingView> = all
        .map(|finding| worded_finding(view, language, shown, address, finding))
        .collect();
    tell_unanswered_together(view, language, &mut findings);
    findings
}

fn worded_finding(
    view: &ReportView,
    language: Language,
    shown: FormIndex,
    address: &str,
    finding: &Finding,
) -> FindingView {
    let plan = &view.plan;
    let at = finding.at.clone();
    let form = at
        .as_ref()
        .and_then(|at| plan.form_definition.form(at.form));
    let place = match (&at, form) {
        (
            Some(CellAddress {
                row: row @ (Row::Entry(_) | Row::Total),
                ..
            }),
            Some(form),
        ) => row_label(view, language, form, row),
        _ => String::new(),
    };
    let href = at.as_ref().zip(form).and_then(|(at, form)| {
        let id = cell_id(form, at)?;
        Some(if at.form == shown {
            format!("#{id}")
        } else {
            format!("{address}?form={}#{id}", form.name)
        })
    });
    let href = href.or_else(|| match &finding.kind {
        FindingKind::NarrativeMissing { key } => Some(format!("#{}", narrative_id(key))),
        _ => None,
    });
    let message = pick(language, describe(plan, &view.evaluation, finding));
    // The description begins with the row; here the row stands in front anyway, or the finding stands below it.
    let message = message
        .strip_prefix(&format!("{place}: "))
        .map_or(message.clone(), str::to_string);
    FindingView {
        key: finding.key.replace(' ', ""),
        explains: finding.key.clone(),
        severity: severity_key(finding.severity),
        verdict: match finding.verdict {
            Verdict::Fails => "fails",
            Verdict::Undecided => "undecided",
        },
        label: plain(language, severity_text(finding.severity)),
        place,
        message,
        blocks: finding.blocks(),
        asks: finding.severity == Severity::Explain && finding.verdict == Verdict::Fails,
        explanation: finding.explanation.clone().unwrap_or_default(),
        unanswered: matches!(
            finding.kind,
            FindingKind::NotAnswered | FindingKind::NarrativeMissing { .. }
        ),
        at,
        href,
        told_by: None,
    }
}

/// Several unanswered cells of one row become one line; the others name the line that speaks for them.
fn tell_unanswered_together(view: &ReportView, language: Language, findings: &mut [FindingView]) {
    let mut rows: BTreeMap<(FormIndex, Row), Vec<usize>> = BTreeMap::new();
    for (position, finding) in findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.unanswered)
    {
        if let Some(at) = &finding.at {
            rows.entry((at.form, at.row.clone()))
                .or_default()
                .push(position);
        }
    }
    for positions in rows.into_values().filter(|positions| positions.len() > 1) {
        let columns = positions.iter().filter_map(|position| {
            let at = findings.get(*position)?.at.as_ref()?;
            let column = view.plan.form_definition.form(at.form)?.column(at.column)?;
            Some(column.code.clone().unwrap_or_else(|| column.label.clone()))
        });
        let columns: Vec<String> = columns.collect();
        let arguments = [
            ("count", positions.len().into()),
            ("columns", columns.join(", ").into()),
        ];
        let message = worded(language, "unanswered-cells", &arguments);
        let mut speaker: Option<String> = None;
        for position in positions {
            let Some(finding) = findings.get_mut(position) else {
                continue;
            };
            match &speaker {
                None => {
                    finding.message.clone_from(&message);
                    speaker = Some(finding.key.clone());
                }
                speaks => finding.told_by.clone_from(speaks),
            }
        }
    }
}

/// The key of a strength's word.
pub fn severity_text(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::Explain => "severity-explain",
        Severity::Warning => "severity-warning",
    }
}

/// The counts of all findings.
pub fn counts(findings: &[FindingView]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        if finding.unanswered {
            counts.unanswered += 1;
        } else if finding.verdict == "undecided" {
            counts.undecided += 1;
        } else {
            match finding.severity {
                "error" => counts.errors += 1,
                "explain" if finding.blocks => counts.explain += 1,
                "explain" => {}
                _ => counts.warnings += 1,
            }
        }
    }
    counts
}

/// Whether a finding is listed and stands below its row; unanswered cells only when a person asked for a check.
pub fn is_listed(finding: &FindingView, checked: bool) -> bool {
    finding.verdict == "fails" && (checked || !finding.unanswered) && finding.told_by.is_none()
}

/// The error summary. `checked` also lists cells that are not answered.
pub fn summary(findings: &[FindingView], language: Language, checked: bool) -> Summary {
    let counts = counts(findings);
    let listed: Vec<&FindingView> = findings
        .iter()
        .filter(|finding| is_listed(finding, checked))
        .collect();
    let mut items: Vec<SummaryItem> = listed
        .iter()
        .take(MOST_LISTED)
        .map(|finding| SummaryItem {
            severity: finding.severity,
            verdict: finding.verdict,
            label: finding.place.clone(),
            message: finding.message.clone(),
            href: finding.href.clone(),
        })
        .collect();
    if let Some(more) = listed
        .len()
        .checked_sub(MOST_LISTED)
        .filter(|more| *more > 0)
    {
        let message = worded(language, "summary-more", &[("count", more.into())]);
        items.push(SummaryItem {
            severity: "error",
            verdict: "fails",
            label: String::new(),
            message,
            href: None,
        });
    }
    let errors = counts.errors + if checked { counts.unanswered } else { 0 };
    let heading = match (counts.errors, counts.explain) {
        (0, 0) if checked && counts.unanswered > 0 => worded(
            language,
            "summary-unanswered",
            &[("count", counts.unanswered.into())],
        ),
        (0, 0) => plain(language, "summary-warnings"),
        (errors, 0) => worded(language, "summary-errors", &[("errors", errors.into())]),
        (0, explain) => worded(language, "summary-explain", &[("explain", explain.into())]),
        (errors, explain) => worded(
            language,
            "summary-both",
            &[("errors", errors.into()), ("explain", explain.into())],
        ),
    };
    Summary {
        heading,
        counts: counts_line(counts, language),
        errors,
        items,
    }
}

fn counts_line(counts: Counts, language: Language) -> String {
    worded(
        language,
        "summary-counts",
        &[
            ("errors", counts.errors.into()),
            ("explain", counts.explain.into()),
            ("warnings", counts.warnings.into()),
            ("undecided", counts.undecided.into()),
            ("unanswered", counts.unanswered.into()),
        ],
    )
}

/// The word of a strength in markup and the interface.
pub fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Explain => "explain",
        Severity::Warning => "warning",
    }
}

/// `cột 3`, or the label of a column without a printed number.
pub fn column_words(language: Language, column: &Column) -> String {
    match &column.code {
        Some(code) => worded(language, "column", &[("column", code.clone().into())]),
        None => column.label.clone(),
    }
}

/// The id of a cell on its page: `o-dat_dai-3`.
pub fn cell_id(form: &Form, at: &CellAddress) -> Option<String> {
    let column = form.column(at.column)?;
    Some(format!("o-{}-{}", at.row.key(), column.key(at.column)))
}

/// The label of a row as printed: the entry's, the total row's, or the unit's name.
pub fn row_label(view: &ReportView, language: Language, form: &Form, row: &Row) -> String {
    match row {
        Row::Own => view.unit_name.clone(),
        Row::Total => form
            .total_row
            .clone()
            .unwrap_or_else(|| plain(language, "row-total")),
        Row::Entry(name) => entry_label(&view.plan.form_definition, form, name),
    }
}

/// The printed label of a catalogue entry or a written row, or its name when the form does not have it.
pub fn entry_label(
    definition: &crate::plan::form::FormDefinition,
    form: &Form,
    name: &str,
) -> String {
    rows::label(definition, form, name)
        .unwrap_or(name)
        .to_string()
}

fn column_label(view: &ReportView, language: Language, at: &CellAddress) -> String {
    let form = view.plan.form_definition.form(at.form);
    form.and_then(|form| form.column(at.column))
        .map(|column| column_words(language, column))
        .unwrap_or_default()
}

/// Row and column of a cell in words: `Đất đai, cột 3`; the own row is not named.
pub fn place(view: &ReportView, language: Language, at: &CellAddress) -> String {
    let column = column_label(view, language, at);
    match (&at.row, view.plan.form_definition.form(at.form)) {
        (Row::Own, _) | (_, None) => column,
        (row, Some(form)) => {
            let row = row_label(view, language, form, row);
            worded(
                language,
                "cell-label",
                &[("row", row.into()), ("column", column.into())],
            )
        }
    }
}
