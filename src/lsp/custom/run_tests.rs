//! `regime/runTests`: the test blocks of a file, run against the text as it is being edited.
//!
//! It deliberately judges nothing itself. The tests of a regime with mistakes are listed as not run.

use super::{VERSION, in_language, regimes};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use crate::text::language::Language;
use crate::workspace::trial::{self, CaseTrial};
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{Range, Url};

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct RunTestsParams {
    /// The document.
    pub uri: Url,
    /// Only the tests of this regime.
    pub regime: Option<String>,
    /// Only the tests of this title.
    pub title: Option<String>,
    /// Only the test that begins on this line, counted from 0.
    pub line: Option<u32>,
}

/// What became of the tests.
#[derive(Clone, Debug, Serialize)]
pub struct TestResults {
    /// Version of these requests.
    pub version: u32,
    /// One per test, in the author's order.
    pub results: Vec<TestResult>,
}

/// What became of one test.
#[derive(Clone, Debug, Serialize)]
pub struct TestResult {
    /// Name of its regime.
    pub regime: String,
    /// What it shows.
    pub title: String,
    /// The document it is written in.
    pub uri: Url,
    /// Where it is written.
    pub range: Range,
    /// Whether it was run: the regime has no mistakes.
    pub run: bool,
    /// Whether it was run and passes.
    pub passed: bool,
    /// The expectations that were not met.
    pub failures: Vec<TestFailure>,
}

/// An expectation that was not met.
#[derive(Clone, Debug, Serialize)]
pub struct TestFailure {
    /// The document it is written in.
    pub uri: Url,
    /// Where it is written.
    pub range: Range,
    /// What is otherwise.
    pub message: String,
}

/// Answers the request.
pub fn answer(view: &View, asked: RunTestsParams) -> Answer<Option<TestResults>> {
    let Some(document) = view.document(&asked.uri) else {
        return Ok(None);
    };
    let wanted = |of: &Option<String>, name: &str| of.as_deref().is_none_or(|of| of == name);
    let mut results = Vec::new();
    for regime in regimes(&document).filter(|regime| wanted(&asked.regime, regime.name())) {
        for case in regime.tests() {
            let place = document.project.location(case.label);
            let (true, Some(place)) = (wanted(&asked.title, &case.title), place) else {
                continue;
            };
            if asked
                .line
                .is_some_and(|line| line != place.range.start.line)
            {
                continue;
            }
            let tried = trial::one(document.snapshot(), &regime, case);
            let failures = tried
                .as_ref()
                .map(|tried| failures(&document, tried, view.language()));
            results.push(TestResult {
                regime: regime.name().to_owned(),
                title: case.title.clone(),
                uri: place.uri,
                range: place.range,
                run: tried.is_some(),
                passed: tried.is_some_and(|tried| tried.failures.is_empty()),
                failures: failures.unwrap_or_default(),
            });
        }
    }
    Ok(Some(TestResults {
        version: VERSION,
        results,
    }))
}

fn failures(document: &Document, tried: &CaseTrial, language: Language) -> Vec<TestFailure> {
    let told = |words| in_language(words, language);
    let failures = tried.failures.iter().filter_map(|failure| {
        let place = document.project.location(failure.label)?;
        Some(TestFailure {
            uri: place.uri,
            range: place.range,
            message: told(failure.mismatch.wording()),
        })
    });
    failures.collect()
}
