//! The name under the cursor: what it is, where it is declared, where else it is used.
//!
//! Uses come from the analysis, declarations from the typed tree. A name of which the analysis knows nothing, because the text around it cannot be read, is looked up among the declarations of
//! the same name: those of the nearest block first, then those of the file, then the words of the project. It deliberately does not know what a name means; an offset without a name has no
//! answer.

use super::declared::{self, Declared};
use super::kind::Kind;
use super::meaning::{self, Meaning};
use crate::analysis::Reference;
use crate::analysis::model::cell::{CellDefinition, ValueType};
use crate::diagnostic::Label;
use crate::organisation::FieldKind;
use crate::syntax::tree::{Kind as NodeKind, Node};
use crate::text::normal::composed;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use std::collections::BTreeSet;

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word under the cursor.
    pub at: Label,
    /// What it leads to.
    pub target: Target,
    /// Whether the word is that declaration's own.
    pub is_declaration: bool,
    /// Whether the analysis says so; otherwise it is the likeliest declaration of the name.
    pub certain: bool,
}

/// A declaration that names lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What it declares.
    pub kind: Kind,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its printed number or sign.
    pub code: Option<String>,
    /// What is printed of it.
    pub label: Option<String>,
    /// Its name in the text, else its printed number, else its label.
    pub selected: Label,
    /// The words in its statement that name it: its name and its printed number.
    pub words: Vec<Label>,
    /// The whole statement.
    pub whole: Label,
    /// The statement up to its block.
    pub head: Label,
    /// The form it stands in, else the regime.
    pub within: Option<String>,
}

impl Target {
    /// A target out of a path of declarations, the outermost first.
    pub fn of(file: FileId, path: &[&Declared]) -> Option<Target> {
        let (declared, around) = path.split_last()?;
        let word = |word: Option<&crate::syntax::ast::Spanned<String>>| {
            word.map(|word| word.value.clone())
        };
        let holder = around.iter().rev().find(|outer| {
            matches!(
                outer.kind,
                Kind::Form | Kind::List | Kind::Regime | Kind::Catalog | Kind::Event
            )
        });
        Some(Target {
            kind: declared.kind,
            name: word(declared.name),
            code: word(declared.code),
            label: word(declared.label),
            selected: Label {
                file,
                span: declared.selected(),
            },
            words: [declared.name, declared.code]
                .into_iter()
                .flatten()
                .map(|word| Label {
                    file,
                    span: word.span,
                })
                .collect(),
            whole: Label {
                file,
                span: declared.span,
            },
            head: Label {
                file,
                span: declared.head,
            },
            within: holder.and_then(|holder| word(holder.name)),
        })
    }

    /// Whether a place that the analysis tells is this declaration.
    pub fn is_at(&self, place: Label) -> bool {
        place == self.whole || place == self.head
    }

    /// Whether a place that the analysis tells is that of a row which this one is divided into; it stands where the name or number of this one does.
    fn is_whole_of(&self, place: Label) -> bool {
        self.kind == Kind::Row && self.words.contains(&place)
    }

    /// Whether a word in the text names it.
    fn is_called(&self, word: &str) -> bool {
        let word = composed(word);
        let is = |own: &Option<String>| own.as_deref() == Some(word.as_str());
        is(&self.name) || is(&self.code)
    }
}

/// The name at an offset.
pub fn at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Name> {
    let source = snapshot.source(file)?;
    let all = declared::of_source(source);
    let own = declared::naming(&all, offset);
    if let (Some(target), Some(span)) = (
        Target::of(file, &own),
        own.last().and_then(|declared| declared.bears(offset)),
    ) {
        return Some(Name {
            at: Label { file, span },
            target,
            is_declaration: true,
            certain: true,
        });
    }
    if let Some(reference) = reference_at(snapshot, file, offset) {
        return Some(Name {
            at: reference.used,
            target: target(snapshot, reference.declared)?,
            is_declaration: false,
            certain: true,
        });
    }
    if let Some(target) = made_at(snapshot, file, offset) {
        return Some(Name {
            at: target.selected,
            target,
            is_declaration: true,
            certain: true,
        });
    }
    let at = word_at(snapshot, file, offset)?;
    let word = composed(at.of(&source.file.text));
    Some(Name {
        at: Label { file, span: at },
        target: likeliest(snapshot, file, &all, &word, offset)?,
        is_declaration: false,
        certain: false,
    })
}

/// The reference whose word stands at an offset; where words stand in one another the shortest.
fn reference_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<&Reference> {
    let text = &snapshot.source(file)?.file.text;
    let touches = |used: Label| used.span.start <= offset && offset <= used.span.end;
    let found = snapshot
        .references()
        .of_file(file)
        .filter(|reference| touches(reference.used) && is_word(reference.used.span.of(text)));
    // Before a comma the cursor is at the end of one name; a name that begins there goes first.
    found.min_by_key(|reference| {
        let span = reference.used.span;
        (span.end == offset, span.len())
    })
}

/// The row that a word in the statement of another one makes: a printed number of `split by … code 02, 03`.
fn made_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Target> {
    let text = &snapshot.source(file)?.file.text;
    let mut places = snapshot
        .references()
        .iter()
        .map(|reference| reference.declared);
    let place = places.find(|place| {
        place.file == file
            && place.span.start <= offset
            && offset <= place.span.end
            && is_word(place.span.of(text))
    })?;
    target(snapshot, place)
}

/// Whether a text is a name or a printed number and not, say, the name of a file.
fn is_word(text: &str) -> bool {
    let inside = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.');
    // A letter may be written with its marks apart.
    let marked = |character: char| ('\u{300}'..='\u{36f}').contains(&character);
    !text.is_empty() && text.chars().all(|letter| inside(letter) || marked(letter))
}

/// The declaration at a place that the analysis tells. A row that another one is divided into has its place in the other's statement.
pub fn target(snapshot: &Snapshot, place: Label) -> Option<Target> {
    let source = snapshot.source(place.file)?;
    let all = declared::of_source(source);
    let path = declared::with_span(&all, place.span);
    if let Some(target) = Target::of(place.file, &path) {
        return Some(target);
    }
    let whole = Target::of(place.file, &declared::around(&all, place.span.start))?;
    if whole.words.contains(&place) {
        return Some(whole);
    }
    let written = place.span.of(&source.file.text);
    is_word(written).then(|| Target {
        name: None,
        code: Some(composed(written)),
        selected: place,
        words: vec![place],
        whole: place,
        head: place,
        ..whole
    })
}

/// The name in the concrete tree at an offset.
pub(super) fn word_at(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Span> {
    let tree = snapshot.tree(file)?;
    let mut found = None;
    let mut is_value = false;
    tree.walk(&mut |node: &Node| {
        if node.span.start > offset || node.span.end < offset {
            return false;
        }
        match node.kind() {
            NodeKind::Name => found = Some(node.span),
            // A number that was read as one is no printed number of a column.
            NodeKind::Literal => is_value = true,
            _ => {}
        }
        true
    });
    if found.is_none() && !is_value {
        found = lost_word(&snapshot.source(file)?.file.text, offset);
    }
    found.filter(|span| !span.is_empty())
}

/// The word at an offset of a line that cannot be read, outside quotation marks.
fn lost_word(text: &str, offset: u32) -> Option<Span> {
    let (before, after) = text.split_at_checked(offset as usize)?;
    let line = before.rsplit('\n').next().unwrap_or("");
    if line.matches('"').count() % 2 == 1 || line.contains("//") {
        return None;
    }
    let part = |character: &char| is_word(character.encode_utf8(&mut [0; 4]));
    let length = |letters: &mut dyn Iterator<Item = char>| {
        letters.take_while(part).map(char::len_utf8).sum::<usize>()
    };
    let start = before.len() - length(&mut before.chars().rev());
    let end = before.len() + length(&mut after.chars());
    Some(Span::from_offsets(start, end))
}

/// The declaration that a word most likely means where the analysis says nothing.
fn likeliest(
    snapshot: &Snapshot,
    file: FileId,
    all: &[Declared],
    word: &str,
    offset: u32,
) -> Option<Target> {
    let here: BTreeSet<Span> = declared::around(all, offset)
        .iter()
        .map(|around| around.span)
        .collect();
    let mut best: Option<(usize, Target)> = None;
    declared::walk(all, &mut Vec::new(), &mut |declared, around| {
        if !declared.is_called(word) {
            return;
        }
        let shared = around.iter().filter(|outer| here.contains(&outer.span));
        let near = shared.count();
        if best.as_ref().is_none_or(|(known, _)| near > *known) {
            let path: Vec<&Declared> = around.iter().copied().chain([declared]).collect();
            best = Target::of(file, &path).map(|target| (near, target));
        }
    });
    if let Some((_, target)) = best {
        return Some(target);
    }
    let others = snapshot.files().iter().filter(|other| other.id != file);
    others
        .filter_map(|other| snapshot.source(other.id))
        .find_map(|source| {
            let all = declared::of_source(source);
            let mut found = None;
            declared::walk(&all, &mut Vec::new(), &mut |declared, around| {
                if found.is_none() && declared.kind.is_shared() && declared.is_called(word) {
                    let path: Vec<&Declared> = around.iter().copied().chain([declared]).collect();
                    found = Target::of(source.file.id, &path);
                }
            });
            found
        })
}

/// What the thing of a name is one of: a figure's indicator, catalog and unit of measure; an agency's level; an entry's catalog.
pub fn type_definition(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Target> {
    let Some(name) = at(snapshot, file, offset) else {
        return Vec::new();
    };
    let words = snapshot.words();
    let of_cell = |cell: &CellDefinition| {
        let indicator = cell.indicator.and_then(|at| words.indicators.get(at));
        let catalog = match cell.value {
            ValueType::Choice(at) => words.catalogs.get(at),
            _ => None,
        };
        let measure = cell.measure.and_then(|at| words.measures.get(at));
        let places = [
            indicator.map(|found| found.place.label),
            catalog.map(|found| found.place.label),
            measure.map(|found| found.place.label),
        ];
        places.into_iter().flatten().collect::<Vec<Label>>()
    };
    let level = |name: &str| {
        let mut levels = words.levels.iter();
        levels
            .find(|level| level.name == name)
            .map(|level| level.place.label)
    };
    let places = match meaning::of(snapshot, &name.target) {
        Some(Meaning::Column { column, .. }) => of_cell(&column.cell),
        Some(Meaning::Row { form, row, .. }) => {
            let cells = form.cells.range((row, 0)..(row.saturating_add(1), 0));
            let mut places: Vec<Label> = cells.flat_map(|(_, cell)| of_cell(cell)).collect();
            let mut seen = BTreeSet::new();
            places.retain(|place| seen.insert(*place));
            places
        }
        Some(Meaning::Indicator(indicator)) => of_cell(&indicator.cell),
        Some(Meaning::Agency(agency)) => {
            agency.level.iter().filter_map(|name| level(name)).collect()
        }
        Some(Meaning::Entry(catalog, _)) => vec![catalog.place.label],
        Some(Meaning::EventField(_, field)) => {
            let catalog = match &field.kind {
                FieldKind::Choice { catalog, .. } => {
                    words.catalogs.iter().find(|known| known.name == *catalog)
                }
                _ => None,
            };
            catalog.map(|known| known.place.label).into_iter().collect()
        }
        _ => Vec::new(),
    };
    places
        .into_iter()
        .filter_map(|place| target(snapshot, place))
        .collect()
}

/// All uses of the name at an offset in the project, in the order of files and places; with the declaration's own words if asked.
pub fn references(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    with_declaration: bool,
) -> Vec<Label> {
    match at(snapshot, file, offset) {
        Some(name) => {
            let mut found = uses(snapshot, &name.target);
            if with_declaration {
                found.extend(own_words(&name.target));
            }
            found.into_iter().collect()
        }
        None => Vec::new(),
    }
}

/// The places where a declaration is named, by its name or its printed number.
pub fn uses(snapshot: &Snapshot, target: &Target) -> BTreeSet<Label> {
    let references = snapshot.references().iter();
    let called = |used: Label| {
        let source = snapshot.source(used.file);
        source.is_some_and(|source| target.is_called(used.span.of(&source.file.text)))
    };
    let word = |used: Label| {
        let source = snapshot.source(used.file);
        source.is_some_and(|source| is_word(used.span.of(&source.file.text)))
    };
    references
        .filter(|reference| {
            let (used, declared) = (reference.used, reference.declared);
            target.is_at(declared) && called(used) || target.is_whole_of(declared) && word(used)
        })
        .map(|reference| reference.used)
        .collect()
}

/// The name and the printed number in the declaration itself; what is printed on a form is not its name.
fn own_words(target: &Target) -> impl Iterator<Item = Label> {
    let is_headed = matches!(target.kind, Kind::Form | Kind::List);
    let words = target.words.iter();
    words
        .filter(move |word| !is_headed || **word == target.selected)
        .copied()
}

/// A place to be highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// The word.
    pub span: Span,
    /// Whether it is the declaration's own.
    pub is_declaration: bool,
}

/// The places in one file that name the same thing as the word at an offset.
pub fn highlights(snapshot: &Snapshot, file: FileId, offset: u32) -> Vec<Highlight> {
    let Some(name) = at(snapshot, file, offset) else {
        return Vec::new();
    };
    let used = uses(snapshot, &name.target).into_iter();
    let mut found: BTreeSet<Highlight> = own_words(&name.target)
        .map(|own| (own, true))
        .chain(used.map(|used| (used, false)))
        .filter(|(label, _)| label.file == file)
        .map(|(label, is_declaration)| Highlight {
            span: label.span,
            is_declaration,
        })
        .collect();
    if !name.certain {
        found.insert(Highlight {
            span: name.at.span,
            is_declaration: false,
        });
    }
    found.into_iter().collect()
}
