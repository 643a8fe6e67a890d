//! The outline of one report as it reads: headings, what was written, sentences with their figures, the places of tables.
//!
//! A sentence is generated and locked, always in Vietnamese, so that text and table cannot disagree. It does not know pages, and judges nothing
//! but whether what must be written is. A figure that is not known stands as `…` with its reason beside the sentence.

use crate::eval::applies::applies;
use crate::eval::cell::{Basis, BlankReason, Cell};
use crate::eval::compute::Scope;
use crate::eval::display;
use crate::eval::evaluate::{Evaluation, ReportInput};
use crate::eval::finding::{Finding, FindingKind};
use crate::eval::naming::{self, both};
use crate::eval::operation::Operand;
use crate::plan::address::Row;
use crate::plan::applicability::Applicability;
use crate::plan::expression::ExpressionId;
use crate::plan::form::FormIndex;
use crate::plan::outline::{Narrative, OutlinePart};
use crate::plan::validation::{Template, TemplatePart};
use crate::plan::{Bilingual, CompiledRegime};
use std::collections::BTreeSet;

/// A figure that is not known.
const UNKNOWN: char = '…';

/// One line of an outline, with the number of headings it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLine {
    /// How many headings it stands under.
    pub depth: u32,
    /// What it is.
    pub kind: OutlineKind,
}

/// What a line of an outline is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutlineKind {
    /// A heading.
    Section {
        /// Printed number.
        code: Option<String>,
        /// Words.
        label: String,
    },
    /// Words that the officer writes.
    Narrative {
        /// Key in data.
        key: String,
        /// What to write about.
        label: Option<String>,
        /// What is written; none yet.
        text: Option<String>,
        /// Must be written before sending.
        required: bool,
        /// It is about the period after.
        about_next: bool,
        /// What the report of the period before said about this one, offered as context.
        context: Option<String>,
    },
    /// A generated sentence.
    Sentence {
        /// The words.
        text: String,
        /// Why figures are not known, in their order.
        unknown: Vec<Bilingual>,
    },
    /// A form or list printed here.
    Table(FormIndex),
}

/// The outline of a report, and what is found about its narratives.
pub fn outline(
    plan: &CompiledRegime,
    report: &ReportInput,
    evaluation: &Evaluation,
) -> (Vec<OutlineLine>, Vec<Finding>) {
    let mut teller = Teller {
        report,
        scope: report.scope(plan, &evaluation.cells, &evaluation.rows),
        lines: Vec::new(),
        findings: Vec::new(),
        known: BTreeSet::new(),
    };
    for outline in &plan.outlines {
        if teller.applies(&outline.applicability) {
            teller.parts(&outline.parts, 0);
        }
    }
    teller.unknown_narratives();
    (teller.lines, teller.findings)
}

/// A narrative as messages name it: by its label, else by the heading it stands under.
pub fn narrative_name(plan: &CompiledRegime, key: &str) -> Bilingual {
    let found = plan
        .outlines
        .iter()
        .find_map(|outline| heading(&outline.parts, key, None));
    let name = found.unwrap_or_else(|| key.to_string());
    both(format!("“{name}”"), format!("“{name}”"))
}

/// The parser bounds how deep sections are nested.
fn heading(parts: &[OutlinePart], key: &str, above: Option<&str>) -> Option<String> {
    parts.iter().find_map(|part| match part {
        OutlinePart::Narrative(narrative) if narrative.key == key => {
            let words = narrative.label.as_deref().or(above);
            Some(words.unwrap_or(key).to_string())
        }
        OutlinePart::Section { label, parts, .. } => heading(parts, key, Some(label)),
        _ => None,
    })
}

struct Teller<'a> {
    report: &'a ReportInput<'a>,
    scope: Scope<'a>,
    lines: Vec<OutlineLine>,
    findings: Vec<Finding>,
    /// Keys of the narratives that this report has.
    known: BTreeSet<&'a str>,
}

impl<'a> Teller<'a> {
    fn applies(&self, applicability: &Applicability) -> bool {
        let report = self.report;
        applies(&self.scope, applicability, &report.period, report.reporter)
    }

    fn parts(&mut self, parts: &'a [OutlinePart], depth: u32) {
        for part in parts {
            self.part(part, depth);
        }
    }

    fn part(&mut self, part: &'a OutlinePart, depth: u32) {
        let kind = match part {
            OutlinePart::Section {
                code,
                label,
                applicability,
                parts,
            } => {
                if self.applies(applicability) {
                    let (code, label) = (code.clone(), label.clone());
                    let kind = OutlineKind::Section { code, label };
                    self.lines.push(OutlineLine { depth, kind });
                    self.parts(parts, depth + 1);
                }
                return;
            }
            OutlinePart::Narrative(narrative) if self.applies(&narrative.applicability) => {
                self.narrative(narrative)
            }
            OutlinePart::Sentence {
                template,
                applicability,
            } if self.applies(applicability) => {
                let (text, unknown) = self.sentence(template);
                OutlineKind::Sentence { text, unknown }
            }
            OutlinePart::Table(form) => OutlineKind::Table(*form),
            OutlinePart::Narrative(_) | OutlinePart::Sentence { .. } => return,
        };
        self.lines.push(OutlineLine { depth, kind });
    }

    fn narrative(&mut self, narrative: &'a Narrative) -> OutlineKind {
        let key = &narrative.key;
        self.known.insert(key);
        let written = self.report.figures.narratives.get(key);
        let text = written.filter(|text| !text.trim().is_empty()).cloned();
        if narrative.required && text.is_none() {
            let kind = FindingKind::NarrativeMissing { key: key.clone() };
            self.findings.push(about_narrative(key, kind));
        }
        OutlineKind::Narrative {
            key: key.clone(),
            label: narrative.label.clone(),
            text,
            required: narrative.required,
            about_next: narrative.about_next,
            context: narrative
                .about_next
                .then(|| self.said_before(key))
                .flatten(),
        }
    }

    /// What the report of the period before said about this one.
    fn said_before(&self, wanted: &str) -> Option<String> {
        let before = self.report.archive.report(self.report.period.previous()?)?;
        before.outline.iter().find_map(|line| match &line.kind {
            OutlineKind::Narrative { key, text, .. } if key == wanted => text.clone(),
            _ => None,
        })
    }

    fn unknown_narratives(&mut self) {
        for name in self.report.figures.narratives.keys() {
            if !self.known.contains(name.as_str()) {
                let kind = FindingKind::UnknownNarrative { name: name.clone() };
                self.findings.push(about_narrative(name, kind));
            }
        }
    }

    fn sentence(&self, template: &Template) -> (String, Vec<Bilingual>) {
        let mut text = String::new();
        let mut unknown = Vec::new();
        for part in &template.parts {
            let told = match part {
                TemplatePart::Text(words) => Ok(words.clone()),
                TemplatePart::Figure(id) => self.figure(*id),
                TemplatePart::Change(id) => self.change(*id),
            };
            match told {
                Ok(words) => text.push_str(&words),
                Err(why) => {
                    text.push(UNKNOWN);
                    unknown.push(why);
                }
            }
        }
        (text, unknown)
    }

    /// A figure as a sentence tells it; nil is told as 0, because a sentence counts.
    fn figure(&self, id: ExpressionId) -> Result<String, Bilingual> {
        if let Some(words) = self.scope.words(id, &Row::Own) {
            return Ok(words);
        }
        let operand = self.scope.operand(id, &Row::Own);
        let shape = naming::shape(self.scope.plan, id);
        match operand.amount() {
            Some((number, basis)) => Ok(resting(display::in_sentence(&number, shape), basis)),
            None => Err(self.why(operand)),
        }
    }

    fn change(&self, id: ExpressionId) -> Result<String, Bilingual> {
        let operand = self.scope.operand(id, &Row::Own);
        let shape = naming::shape(self.scope.plan, id);
        match operand.amount() {
            Some((number, basis)) => Ok(resting(display::change(&number, shape), basis)),
            None => Err(self.why(operand)),
        }
    }

    fn why(&self, operand: Operand) -> Bilingual {
        match operand.into_cell() {
            Cell::Blank(reason) => naming::reason(self.scope.plan, &reason),
            Cell::Closed => both("không áp dụng", "not asked for"),
            _ => naming::reason(self.scope.plan, &BlankReason::NotAnswered),
        }
    }
}

/// A figure that rests on some of what is due says so.
fn resting(text: String, basis: Option<Basis>) -> String {
    match basis {
        Some(Basis { answered, due }) => format!("{text} (mới có {answered} trên {due})"),
        None => text,
    }
}

fn about_narrative(key: &str, kind: FindingKind) -> Finding {
    Finding::failing(format!("narrative/{key}"), kind)
}
