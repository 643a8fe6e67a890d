//! The words of a text with what they are, for colouring: keywords, names by what they lead to, labels, numbers, days.
//!
//! Lines that cannot be read keep the words that could be told. It deliberately does not know colours. Words are in the order of the text, do not overlap, and never go over the end of a line.

use super::declared::{self, Declared};
use super::kind::Kind;
use super::meaning;
use crate::analysis::model::Regime;
use crate::analysis::model::cell::{CellDefinition, Source as From};
use crate::calendar::Date;
use crate::diagnostic::Label;
use crate::syntax::ast::Item;
use crate::syntax::ast::header::RegimeMember;
use crate::syntax::tree::{Kind as NodeKind, Node};
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A keyword.
    Keyword,
    /// A name by what it leads to.
    Name(Kind),
    /// A name that leads nowhere, or a word of a closed list.
    Word,
    /// A text in quotation marks.
    Label,
    /// A legal act in quotation marks.
    LegalAct,
    /// A number.
    Number,
    /// A day, a time or a year.
    Date,
}

/// A word with what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it stands in its own declaration.
    pub declaration: bool,
    /// Whether it names a figure that is computed or carried over.
    pub computed: bool,
    /// Whether it names something that is no longer valid when the regime comes into force.
    pub ended: bool,
}

/// What is known of a declaration that is named.
#[derive(Clone, Copy)]
struct Known {
    kind: Kind,
    computed: bool,
    until: Option<Date>,
}

/// The words of a file, all or those that a range touches.
pub fn of_file(snapshot: &Snapshot, file: FileId, range: Option<Span>) -> Vec<Token> {
    let (Some(tree), Some(source)) = (snapshot.tree(file), snapshot.source(file)) else {
        return Vec::new();
    };
    let text = &source.file.text;
    let mut painter = Painter {
        snapshot,
        acts: legal_acts(&source.tree.items),
        named: BTreeMap::new(),
        own: BTreeMap::new(),
        computed: computed(snapshot, file),
        range,
        tokens: Vec::new(),
    };
    painter.declarations(file, &declared::of_source(source));
    painter.references(file);
    painter.node(&tree, text);
    painter.tokens
}

fn legal_acts(items: &[Item]) -> BTreeSet<Span> {
    let mut acts = BTreeSet::new();
    for item in items {
        let Item::Regime(regime) = item else { continue };
        for member in &regime.members {
            if let RegimeMember::Basis(basis) = member {
                acts.extend(basis.documents.iter().map(|act| act.span));
            }
        }
    }
    acts
}

/// The columns and rows of a file all of whose cells are computed or carried over, by their statements.
fn computed(snapshot: &Snapshot, file: FileId) -> BTreeSet<Label> {
    let made = |cell: &CellDefinition| matches!(cell.source, From::Computed | From::Carried);
    let mut found = BTreeSet::new();
    for regime in meaning::regimes(snapshot) {
        if regime.place.label.file != file && !is_read(snapshot, regime, file) {
            continue;
        }
        for form in &regime.forms {
            let columns = form.columns.iter();
            found.extend(
                columns
                    .filter(|column| made(&column.cell))
                    .map(|column| column.place.label),
            );
            for (at, row) in form.written.iter().enumerate() {
                let mut cells = form
                    .cells
                    .range((at, 0)..(at.saturating_add(1), 0))
                    .peekable();
                if cells.peek().is_some() && cells.all(|(_, cell)| made(cell)) {
                    found.insert(row.place.label);
                }
            }
        }
    }
    found
}

/// Whether a file names a regime that another file declares.
fn is_read(snapshot: &Snapshot, regime: &Regime, file: FileId) -> bool {
    let mut references = snapshot.references().of_file(file);
    references.any(|reference| reference.declared == regime.place.label)
}

struct Painter<'s> {
    snapshot: &'s Snapshot,
    acts: BTreeSet<Span>,
    /// What words of the file lead to, by their places.
    named: BTreeMap<Span, Known>,
    /// The words that declare something.
    own: BTreeMap<Span, Known>,
    computed: BTreeSet<Label>,
    range: Option<Span>,
    tokens: Vec<Token>,
}

impl Painter<'_> {
    fn declarations(&mut self, file: FileId, all: &[Declared]) {
        let mut own = BTreeMap::new();
        declared::walk(all, &mut Vec::new(), &mut |declared, _| {
            let known = Known {
                kind: declared.kind,
                computed: self.is_computed(file, declared),
                until: None,
            };
            for word in [declared.name, declared.code].into_iter().flatten() {
                own.insert(word.span, known);
            }
        });
        self.own = own;
    }

    fn is_computed(&self, file: FileId, declared: &Declared) -> bool {
        [declared.span, declared.head]
            .into_iter()
            .any(|span| self.computed.contains(&Label { file, span }))
    }

    fn references(&mut self, file: FileId) {
        let mut known: BTreeMap<Label, Option<Known>> = BTreeMap::new();
        let snapshot = self.snapshot;
        let ends = ends(snapshot);
        for reference in snapshot.references().of_file(file) {
            known.entry(reference.declared).or_insert(None);
        }
        let files: BTreeSet<FileId> = known.keys().map(|label| label.file).collect();
        for declaring in files {
            let Some(source) = snapshot.source(declaring) else {
                continue;
            };
            let all = declared::of_source(source);
            declared::walk(&all, &mut Vec::new(), &mut |declared, _| {
                for span in [declared.span, declared.head] {
                    let label = Label {
                        file: declaring,
                        span,
                    };
                    if let Some(place) = known.get_mut(&label) {
                        *place = Some(Known {
                            kind: declared.kind,
                            computed: self.is_computed(declaring, declared),
                            until: ends.get(&label).copied(),
                        });
                    }
                }
            });
        }
        for reference in snapshot.references().of_file(file) {
            if let Some(Some(found)) = known.get(&reference.declared) {
                self.named.insert(reference.used.span, *found);
            }
        }
        self.forgive(file);
    }

    /// A name that was still valid when the regime at hand came into force is not told as ended.
    fn forgive(&mut self, file: FileId) {
        let regimes = meaning::regimes(self.snapshot);
        let here: Vec<(Span, Date)> = regimes
            .filter(|regime| regime.place.label.file == file)
            .map(|regime| (regime.place.label.span, regime.in_force_from))
            .collect();
        for (span, known) in &mut self.named {
            let regime = here.iter().find(|(whole, _)| whole.contains(*span));
            let ended = known
                .until
                .zip(regime)
                .is_some_and(|(until, (_, from))| until < *from);
            if !ended {
                known.until = None;
            }
        }
    }

    fn node(&mut self, node: &Node, text: &str) {
        if let Some(range) = self.range
            && (node.span.end < range.start || node.span.start > range.end)
        {
            return;
        }
        let is_leaf = node.children.is_empty();
        match node.kind() {
            NodeKind::Keyword(_) => self.token(node.span, TokenKind::Keyword, None, text),
            NodeKind::Label => self.label(node, text),
            NodeKind::Literal => {
                let written = node.span.of(text);
                let kind = match written.contains(['/', ':']) {
                    true => TokenKind::Date,
                    false => TokenKind::Number,
                };
                self.token(node.span, kind, None, text);
            }
            NodeKind::Name if is_leaf => self.name(node.span, text),
            _ => {
                for child in &node.children {
                    self.node(child, text);
                }
            }
        }
    }

    /// A text between quotation marks; formulas in it are painted by themselves.
    fn label(&mut self, node: &Node, text: &str) {
        let kind = match self.acts.contains(&node.span) {
            true => TokenKind::LegalAct,
            false => TokenKind::Label,
        };
        let mut begin = node.span.start;
        let formulas = node
            .children
            .iter()
            .filter(|child| child.kind() == NodeKind::Part && child.span.of(text).starts_with('{'));
        for formula in
            formulas.filter(|part| part.children.iter().any(|inner| !inner.children.is_empty()))
        {
            self.token(Span::new(begin, formula.span.start), kind, None, text);
            for inner in &formula.children {
                self.node(inner, text);
            }
            begin = formula.span.end;
        }
        self.token(Span::new(begin, node.span.end), kind, None, text);
    }

    /// A name; one whose parts lead to different things is painted in parts.
    fn name(&mut self, span: Span, text: &str) {
        if let Some(own) = self.own.get(&span).copied() {
            self.token(span, TokenKind::Name(own.kind), Some((own, true)), text);
            return;
        }
        if let Some(known) = self.named.get(&span).copied() {
            self.token(
                span,
                TokenKind::Name(known.kind),
                Some((known, false)),
                text,
            );
            return;
        }
        let inside = self.named.range(span..);
        let parts: Vec<(Span, Known)> = inside
            .take_while(|(part, _)| part.start < span.end)
            .filter(|(part, _)| span.contains(**part))
            .map(|(part, known)| (*part, *known))
            .collect();
        if parts.is_empty() {
            self.token(span, TokenKind::Word, None, text);
        }
        for (part, known) in parts {
            self.token(
                part,
                TokenKind::Name(known.kind),
                Some((known, false)),
                text,
            );
        }
    }

    fn token(&mut self, span: Span, kind: TokenKind, known: Option<(Known, bool)>, text: &str) {
        let after_last = self
            .tokens
            .last()
            .is_none_or(|last| last.span.end <= span.start);
        let in_range = self
            .range
            .is_none_or(|range| span.start <= range.end && range.start <= span.end);
        if span.is_empty() || !after_last || !in_range || span.of(text).contains(['\n', '\r']) {
            return;
        }
        let declaration = known.is_some_and(|(_, own)| own);
        self.tokens.push(Token {
            span,
            kind,
            declaration,
            computed: known.is_some_and(|(known, _)| known.computed),
            ended: known.is_some_and(|(known, own)| known.until.is_some() && !own),
        });
    }
}

/// The last days of the levels and entries that end.
fn ends(snapshot: &Snapshot) -> BTreeMap<Label, Date> {
    let words = snapshot.words();
    let levels = words
        .levels
        .iter()
        .filter_map(|level| Some((level.place.label, level.until?)));
    let entries = words
        .catalogs
        .iter()
        .flat_map(|catalog| &catalog.entries)
        .filter_map(|entry| Some((entry.declared?, entry.until?)));
    levels.chain(entries).collect()
}
