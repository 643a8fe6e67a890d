//! Regimes and figures as tests write them: text in, plans and entered cells out.
//!
//! It deliberately does not evaluate anything. A text that is not sound fails the test with what is said about it.

use regime::analysis::project::{Project, Source};
use regime::eval::figures::{Entry, Figures, FormFigures};
use regime::plan::CompiledRegime;
use regime::text::{FileId, SourceFile};
use regime::workspace::Snapshot;
use std::collections::BTreeMap;

/// The plans of the regimes of one text, by version.
pub fn plans(text: &str) -> BTreeMap<u32, CompiledRegime> {
    let file = SourceFile::new(FileId(0), "common.regime", text);
    let snapshot = Snapshot::new(&Project {
        sources: vec![Source::read(file)],
        tables: std::sync::Arc::default(),
    });
    let plans = snapshot.regimes().map(|one| match one.plan() {
        Some(plan) => (one.version(), plan.clone()),
        None => panic!("{:#?}", snapshot.diagnostics()),
    });
    plans.collect()
}

/// The only row of a form, by printed number or name of the column.
pub fn figures(form: &str, cells: &[(&str, &str)]) -> Figures {
    let row = cells
        .iter()
        .map(|(column, text)| (column.to_string(), Entry::from_text(text)))
        .collect();
    let figures = FormFigures {
        rows: BTreeMap::from([(String::new(), row)]),
        ..FormFigures::default()
    };
    Figures {
        forms: BTreeMap::from([(form.to_string(), figures)]),
        ..Figures::default()
    }
}
