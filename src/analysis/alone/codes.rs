//! Export codes that two things share: whoever receives the data knows nothing else of them.
//!
//! Codes of indicators, of breakdowns (catalogs and traits), of the entries of one catalog and of the periods of one format are each a space of their
//! own. It deliberately does not know printed codes, which belong to rows. Codes in tables are compared where those are read.

use crate::analysis::context::Context;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::syntax::ast::form::Attribute;
use crate::syntax::ast::words::{CatalogSource, Code, Entry};
use crate::syntax::ast::{Item, Spanned};
use crate::text::FileId;
use std::collections::BTreeMap;

/// What bears a code first, and where.
type Space = BTreeMap<String, (String, Label)>;

/// Reports every code that something else of its space bears before.
pub(super) fn shared(context: &mut Context) {
    let project = context.project;
    let (mut indicators, mut breakdowns) = (Space::new(), Space::new());
    for source in &project.sources {
        let file = source.file.id;
        for item in &source.tree.items {
            match item {
                Item::Indicator(found) => {
                    for attribute in &found.attributes {
                        if let Attribute::Code(Code::Text(code)) = &attribute.value {
                            bear(context, file, &mut indicators, code, &found.label.value);
                        }
                    }
                }
                Item::Trait(found) => {
                    if let Some(Code::Text(code)) = &found.code {
                        bear(context, file, &mut breakdowns, code, &found.label.value);
                    }
                }
                Item::Catalog(found) => {
                    if let Some(Code::Text(code)) = &found.code {
                        let label = found.label.as_ref().unwrap_or(&found.name);
                        bear(context, file, &mut breakdowns, code, &label.value);
                    }
                    if let CatalogSource::Entries(inside) = &found.source {
                        entries(context, file, &mut Space::new(), inside);
                    }
                }
                Item::Export(found) => {
                    let mut periods = Space::new();
                    for period in &found.periods {
                        let which = context.text(file, period.which.span);
                        bear(context, file, &mut periods, &period.code, &which);
                    }
                }
                _ => {}
            }
        }
    }
}

fn entries(context: &mut Context, file: FileId, space: &mut Space, written: &[Entry]) {
    for entry in written {
        if let Some(Code::Text(code)) = &entry.code {
            bear(context, file, space, code, &entry.label.value);
        }
        entries(context, file, space, &entry.entries);
    }
}

fn bear(
    context: &mut Context,
    file: FileId,
    space: &mut Space,
    code: &Spanned<String>,
    bearer: &str,
) {
    // An empty code was reported as such.
    if code.value.trim().is_empty() {
        return;
    }
    let span = code.span;
    if code.value.trim() != code.value {
        let code = code.value.clone();
        context.report(DeclaredProblem::CodeWithBlanks { code }, file, span);
        return;
    }
    match space.get(&code.value) {
        Some((first, at)) => {
            let problem = DeclaredProblem::CodeShared {
                code: code.value.clone(),
                first: first.clone(),
            };
            context.push(Diagnostic::new(problem, file, span).noting(
                Note::FirstHere,
                at.file,
                at.span,
            ));
        }
        None => {
            let place = Label { file, span };
            space.insert(code.value.clone(), (bearer.to_owned(), place));
        }
    }
}
