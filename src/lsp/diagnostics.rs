//! Mistakes as the protocol carries them, and which of them the client has been told.
//!
//! The whole set of a document is sent at once, and an empty set when it became clean or went away, because clients keep what they were told last. It deliberately finds no mistakes. A mistake in a file without
//! an address is not sent.

use super::outgoing::Outgoing;
use super::settings::Settings;
use super::view::ProjectView;
use crate::diagnostic::problem::Problem;
use crate::diagnostic::problem::meaning::MeaningProblem;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::{self, Fix, FixKind, Severity};
use crate::text::FileId;
use crate::text::language::Language;
use serde::Serialize;
use std::collections::BTreeMap;
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    NumberOrString, Range, Url,
};

/// The name of this server beside its mistakes.
const SOURCE: &str = "regime";

/// The mistakes of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The version of its text, if the client has it open.
    pub version: Option<i32>,
    /// Its mistakes.
    pub diagnostics: Vec<Diagnostic>,
}

/// The mistakes of a project by document: every document with a mistake, and every open one.
pub fn of_project(project: &ProjectView, settings: &Settings) -> BTreeMap<Url, Told> {
    let mut found: BTreeMap<Url, Told> = BTreeMap::new();
    let told = |file: FileId| {
        let (source, _) = project.file(file)?;
        let version = project.opened(&source.path).map(|open| open.version);
        let diagnostics = Vec::new();
        let told = Told {
            version,
            diagnostics,
        };
        Some((project.uri(file)?, told))
    };
    for file in project.snapshot.files() {
        if project.opened(&file.path).is_some() {
            found.extend(told(file.id));
        }
    }
    for mistake in project.snapshot.diagnostics() {
        let written = one(mistake, project, settings);
        let (Some(written), Some((uri, empty))) = (written, told(mistake.primary.file)) else {
            continue;
        };
        found.entry(uri).or_insert(empty).diagnostics.push(written);
    }
    found
}

/// The files of a project that could not be read, each with one mistake at its beginning. A file without an address is left out.
pub fn of_unread(
    project: &ProjectView,
    unread: &BTreeMap<String, Problem>,
    settings: &Settings,
) -> BTreeMap<Url, Told> {
    let told = unread.iter().filter_map(|(path, problem)| {
        let told = Told {
            version: None,
            diagnostics: vec![Diagnostic {
                range: Range::default(),
                severity: Some(severity(problem.severity())),
                code: Some(NumberOrString::String(problem.code().to_owned())),
                code_description: page(problem.code(), settings),
                source: Some(SOURCE.to_owned()),
                message: message(problem, settings.language),
                ..Diagnostic::default()
            }],
        };
        Some((project.root.uri(path)?, told))
    });
    told.collect()
}

fn page(code: &str, settings: &Settings) -> Option<CodeDescription> {
    let href = Url::parse(&settings.help_of(code)).ok()?;
    Some(CodeDescription { href })
}

/// One mistake; none if its file is not there.
pub fn one(
    mistake: &diagnostic::Diagnostic,
    project: &ProjectView,
    settings: &Settings,
) -> Option<Diagnostic> {
    let (_, lines) = project.file(mistake.primary.file)?;
    let code = mistake.problem.code();
    let related = mistake.secondary.iter().filter_map(|secondary| {
        let words = secondary.note.wording();
        Some(DiagnosticRelatedInformation {
            location: project.location(secondary.label)?,
            message: words.in_language(settings.language).to_owned(),
        })
    });
    let related: Vec<_> = related.collect();
    let fixes = mistake.fixes.iter();
    let fixes: Vec<_> = fixes.map(|way| fix(way, project, settings)).collect();
    let data = Data { fixes };
    Some(Diagnostic {
        range: lines.range(mistake.primary.span),
        severity: Some(severity(mistake.problem.severity())),
        code: Some(NumberOrString::String(code.to_owned())),
        code_description: page(code, settings),
        source: Some(SOURCE.to_owned()),
        message: message(&mistake.problem, settings.language),
        related_information: (!related.is_empty()).then_some(related),
        tags: tag(&mistake.problem).map(|tag| vec![tag]),
        data: (!data.fixes.is_empty())
            .then(|| serde_json::to_value(&data).ok())
            .flatten(),
    })
}

/// What a mistake carries for whoever offers its fixes.
#[derive(Serialize)]
struct Data {
    fixes: Vec<DataFix>,
}

#[derive(Serialize)]
struct DataFix {
    title: String,
    certain: bool,
    edits: Vec<DataEdit>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataEdit {
    uri: Url,
    range: Range,
    new_text: String,
}

fn fix(fix: &Fix, project: &ProjectView, settings: &Settings) -> DataFix {
    let edits = fix.edits.iter().filter_map(|edit| {
        let (_, lines) = project.file(edit.file)?;
        Some(DataEdit {
            uri: project.uri(edit.file)?,
            range: lines.range(edit.span),
            new_text: edit.replacement.clone(),
        })
    });
    DataFix {
        title: fix.wording().in_language(settings.language).to_owned(),
        certain: fix.kind == FixKind::Certain,
        edits: edits.collect(),
    }
}

/// What is wrong, then what to do, then why: lists of mistakes show only the first line.
fn message(problem: &Problem, language: Language) -> String {
    let wording = problem.wording();
    let mut message = wording.message.in_language(language).to_owned();
    if let Some(help) = &wording.help {
        message.push('\n');
        message.push_str(help.in_language(language));
    }
    let reason = match language {
        Language::Vietnamese => "lý do",
        Language::English => "why",
    };
    message.push_str(&format!(
        "\n{reason}: {}",
        wording.why.in_language(language)
    ));
    message
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Advice => DiagnosticSeverity::INFORMATION,
    }
}

/// How the place is to be drawn, where that says more than a line below it.
fn tag(problem: &Problem) -> Option<DiagnosticTag> {
    match problem {
        Problem::Meaning(MeaningProblem::Advice(Advice::Unused { .. })) => {
            Some(DiagnosticTag::UNNECESSARY)
        }
        _ => None,
    }
}

/// What the client has been told so far.
#[derive(Debug, Default)]
pub struct Bookkeeper {
    told: BTreeMap<Url, Told>,
}

impl Bookkeeper {
    /// What has to be said so that the client knows exactly this. A document with a new version is told again, so that the client can tell fresh mistakes from old ones.
    pub fn update(&mut self, now: BTreeMap<Url, Told>) -> Vec<Outgoing> {
        let gone = self.told.keys().filter(|uri| !now.contains_key(*uri));
        let clean = gone.map(|uri| Outgoing::Diagnostics {
            uri: uri.clone(),
            version: None,
            diagnostics: Vec::new(),
        });
        let fresh = now
            .iter()
            .filter(|(uri, told)| self.told.get(uri) != Some(told));
        let fresh = fresh.map(|(uri, told)| Outgoing::Diagnostics {
            uri: uri.clone(),
            version: told.version,
            diagnostics: told.diagnostics.clone(),
        });
        let said = clean.chain(fresh).collect();
        self.told = now;
        said
    }

    /// What has to be said so that the client knows this of one document; what it knows of others stays.
    pub fn tell(&mut self, uri: Url, told: Told) -> Option<Outgoing> {
        if self.told.get(&uri) == Some(&told) {
            return None;
        }
        let said = Outgoing::Diagnostics {
            uri: uri.clone(),
            version: told.version,
            diagnostics: told.diagnostics.clone(),
        };
        self.told.insert(uri, told);
        Some(said)
    }
}
