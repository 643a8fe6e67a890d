//! From text to trees: the tolerant grammar, the typed tree, the formatter, the keyword spellings.
//!
//! The only room that names the parser generator. It deliberately does not know what anything
//! means: names are text here. Every text has a tree; what is wrong with it is reported beside it.

mod again;
pub mod ahead;
pub mod ast;
pub mod format;
mod grammar;
pub mod keywords;
mod lower;
mod misplaced;
mod nesting;
mod origin;
mod phrase;
mod recover;
pub mod spelling;
pub mod tree;

use crate::diagnostic::problem::syntax::SyntaxProblem;
use crate::diagnostic::{Diagnostic, Edit, Fix, FixKind};
use crate::text::{SourceFile, Span};
use grammar::{Grammar, Rule};
use origin::Origin;
use pest::Parser;
use std::num::NonZeroUsize;
use std::sync::Once;
use tree::Node;

/// Largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 1024 * 1024;

/// Deepest nesting of braces, parentheses and brackets that is read.
pub const DEEPEST_NESTING: u32 = 64;

/// Bound on the steps of one parse; whatever a file of the largest size holds, it stays below.
pub const MOST_STEPS: usize = 200_000_000;

static BOUNDED: Once = Once::new();

/// A file as the parser sees it.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// Every word and sign with its place; absent for a file that is not read at all.
    pub tree: Option<Node>,
    /// The statements.
    pub ast: ast::File,
    /// What is wrong with the form of the file, in the order of the text.
    pub problems: Vec<Diagnostic>,
}

/// Reads a file. Total: any text gives a tree and a list of problems, in bounded time.
pub fn parse(file: &SourceFile) -> Parsed {
    let size = u64::try_from(file.text.len()).unwrap_or(u64::MAX);
    if size > LARGEST_FILE {
        let problem = SyntaxProblem::FileTooLarge {
            size,
            limit: LARGEST_FILE,
        };
        return refused(Diagnostic::new(problem, file.id, Span::at(0)));
    }
    let (composed, origin) = match Origin::compose(&file.text) {
        Some((composed, origin)) => (Some(composed), origin),
        None => (None, Origin::default()),
    };
    let text = composed.as_deref().unwrap_or(&file.text);
    let deep = |place: Span| {
        let limit = DEEPEST_NESTING;
        let problem = SyntaxProblem::NestedTooDeep { limit };
        refused(Diagnostic::new(problem, file.id, origin.span(place)))
    };
    if let Some(place) = nesting::too_deep(text, DEEPEST_NESTING) {
        return deep(place);
    }
    let tree = match concrete(text, &origin) {
        Ok(tree) => tree,
        Err(Some(at)) => return deep(Span::at(at)),
        Err(None) => {
            let problem = SyntaxProblem::TooComplex;
            return refused(Diagnostic::new(problem, file.id, Span::at(0)));
        }
    };
    let (tree, misplaced) = match misplaced::put_inside(&tree, text, &origin) {
        Some(tree) => (tree, true),
        None => (tree, false),
    };
    let mut problems = recover::problems(&tree, text, &origin, file.id);
    if let Some((first, word)) = origin.decomposed.first() {
        let mut report = Diagnostic::new(
            SyntaxProblem::Decomposed {
                composed: word.clone(),
            },
            file.id,
            *first,
        );
        report.fixes.push(Fix {
            edits: origin
                .decomposed
                .iter()
                .map(|(span, word)| Edit {
                    file: file.id,
                    span: *span,
                    replacement: word.clone(),
                })
                .collect(),
            kind: FixKind::Certain,
        });
        problems.insert(0, report);
    }
    let ast = lower::file(&tree, text, misplaced);
    Parsed {
        tree: Some(tree),
        ast,
        problems,
    }
}

/// Reads a file of which an earlier text was read and had no mistake of form. What is found is the same as by [`parse`]; only the statement that was edited is read again.
pub fn parse_after(before: &str, sound: Node, file: &SourceFile) -> Parsed {
    match again::tree(before, sound, &file.text) {
        Some(tree) => Parsed {
            ast: lower::file(&tree, &file.text, false),
            tree: Some(tree),
            problems: Vec::new(),
        },
        None => parse(file),
    }
}

fn refused(problem: Diagnostic) -> Parsed {
    Parsed {
        tree: None,
        ast: ast::File::default(),
        problems: vec![problem],
    }
}

/// The concrete tree of a composed text; the place where it becomes too deep, or nothing if it takes too long.
fn concrete(text: &str, origin: &Origin) -> Result<Node, Option<u32>> {
    // The bound is one number for the whole process, so it is set once and never by request.
    BOUNDED.call_once(|| pest::set_call_limit(NonZeroUsize::new(MOST_STEPS)));
    let pairs = Grammar::parse(Rule::file, text).map_err(|_| None)?;
    Node::build(pairs.tokens(), origin).map_err(Some)
}
