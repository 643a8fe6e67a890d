//! Findings as pages show them: where, how strong, in words; their counts and their summary.
//!
//! Wording comes from [`crate::eval::describe`]; this module adds the place and sorts what is shown where. A blank form has dozens of unanswered cells and undecided rules: the first are
//! listed only when a person asks for a check, the second only colour their cells. Broken input: a finding that names no cell of the form stands without a link.

use crate::eval::describe::describe;
use crate::eval::finding::{Finding, FindingKind, Verdict};
use crate::plan::address::{CellAddress, Row};
use crate::plan::form::{Column, Form, FormIndex, Rows};
use crate::plan::validation::Severity;
use crate::service::view::ReportView;
use crate::web::texts::{Language, plain, worded};
use crate::web::words::pick;
use serde::Serialize;

/// So many findings are listed in the summary; more are only counted.
const MOST_LISTED: usize = 60;

/// One finding in words.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// Key under which it is explained.
    pub key: String,
    /// `error`, `explain` or `warning`.
    pub severity: &'static str,
    /// `fails` or `undecided`.
    pub verdict: &'static str,
    /// The column beside its row: `cột 3`.
    pub label: String,
    /// Row and column: `Đất đai, cột 3`.
    pub place: String,
    /// What is wrong, in figures.
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
    let plan = &view.plan;
    let one = |finding: &Finding| {
        let at = finding.at.clone();
        let (label, place) = at.as_ref().map_or_else(
            || {
                (
                    plain(language, "whole-report"),
                    plain(language, "whole-report"),
                )
            },
            |at| (column_label(view, language, at), place(view, language, at)),
        );
        let href = at.as_ref().and_then(|at| {
            let form = plan.form_definition.form(at.form)?;
            let id = cell_id(form, at)?;
            Some(if at.form == shown {
                format!("#{id}")
            } else {
                format!("{address}?form={}#{id}", form.name)
            })
        });
        FindingView {
            key: finding.key.clone(),
            severity: severity_key(finding.severity),
            verdict: match finding.verdict {
                Verdict::Fails => "fails",
                Verdict::Undecided => "undecided",
            },
            label,
            place,
            message: pick(language, describe(plan, &view.evaluation, finding)),
            blocks: finding.blocks(),
            asks: finding.severity == Severity::Explain && finding.verdict == Verdict::Fails,
            explanation: finding.explanation.clone().unwrap_or_default(),
            unanswered: finding.kind == FindingKind::NotAnswered,
            at,
            href,
        }
    };
    view.evaluation.findings.iter().map(one).collect()
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
    finding.verdict == "fails" && (checked || !finding.unanswered)
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
        let message = worded(language, "summary-unanswered", &[("count", more.into())]);
        items.push(SummaryItem {
            severity: "error",
            verdict: "fails",
            label: String::new(),
            message,
            href: None,
        });
    }
    let errors = counts.errors + if checked { counts.unanswered } else { 0 };
    let heading = match (errors, counts.explain) {
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

/// The printed label of a catalogue entry, or its name when the catalogue does not have it.
pub fn entry_label(
    definition: &crate::plan::form::FormDefinition,
    form: &Form,
    name: &str,
) -> String {
    let (Rows::ChosenFrom(catalog) | Rows::From(catalog)) = form.rows else {
        return name.to_string();
    };
    let entries = definition
        .catalog(catalog)
        .map(|catalog| catalog.entries.as_slice())
        .unwrap_or_default();
    entries
        .iter()
        .find(|entry| entry.name == name)
        .map_or_else(|| name.to_string(), |entry| entry.label.clone())
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
