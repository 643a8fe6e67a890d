//! What may be written at a place: keywords of the file's own spelling, statements to fill in, and the names that lead somewhere from there.
//!
//! Names are found by what they are called and by what is printed for them, with or without accents. It deliberately does not know any editor: an item says what is replaced by what. In a text
//! with mistakes everything around the statement at hand still answers; where a statement cannot be read up to the place there is nothing to offer.

mod governing;
mod names;
pub mod snippets;
pub mod texts;
mod values;

use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::syntax::Expected;
use crate::ide::signature;
use crate::organisation::Unit;
use crate::syntax::ahead::{Opening, ahead, spelling};
use crate::syntax::ast::File;
use crate::syntax::keywords::Keyword;
use crate::text::language::Language;
use crate::text::{FileId, Span, normal};
use crate::workspace::Snapshot;
use governing::{governing, leading, without_end};
use names::{Name, Site};
use std::collections::BTreeSet;
use texts::{Asked, written_text};
use values::{open_parenthesis, supposed};

/// Most names that are offered at once; what is written further narrows them.
const MOST_NAMES: usize = 200;

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is.
    pub kind: CompletionKind,
    /// What is shown in the list.
    pub label: String,
    /// What is shown beside it: the printed label of a name, the other spelling of a keyword.
    pub detail: String,
    /// What is written, in the notation of editors for places to fill in if [`Completion::is_snippet`].
    pub insert: String,
    /// Whether the text holds places to fill in.
    pub is_snippet: bool,
    /// What it takes the place of.
    pub replaces: Span,
    /// What an editor compares with the text it replaces.
    pub filter: String,
    /// Its place in the list, by text order.
    pub order: String,
}

/// What may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A keyword inside a statement.
    Keyword,
    /// A keyword that begins a statement, with what follows it.
    Statement,
    /// A function of formulas.
    Function,
    /// A name.
    Name(NameKind),
    /// A text in quotation marks: a legal act, a unit, a file.
    Text,
}

/// Everything that may be written at an offset of a file.
pub fn complete(
    snapshot: &Snapshot,
    file: FileId,
    offset: u32,
    language: Language,
) -> Vec<Completion> {
    let Some((source, tree)) = snapshot.source(file).zip(snapshot.tree(file)) else {
        return Vec::new();
    };
    let text = &source.file.text;
    let found = ahead(text, &tree, offset);
    let site = Site::at(snapshot.model(), file, offset, language);
    let mut list = List {
        snapshot,
        tree: &source.tree,
        site,
        spelling: spelling(text, &tree).unwrap_or(language),
        language,
        offset,
        items: Vec::new(),
    };
    if let Some((span, before)) = &found.text {
        let own = written_text(text, span.start);
        list.texts(*span, span.of(text), &texts::asked(before), own, false);
    }
    for opening in &found.openings {
        list.opening(opening);
    }
    list.items
}

struct List<'s> {
    snapshot: &'s Snapshot,
    tree: &'s File,
    site: Site<'s>,
    spelling: Language,
    language: Language,
    offset: u32,
    items: Vec<Completion>,
}

impl List<'_> {
    fn opening(&mut self, opening: &Opening) {
        let replaces = Span::new(opening.start, self.offset);
        for keyword in &opening.keywords {
            self.keyword(opening, keyword, replaces);
        }
        let names = self.names(opening);
        self.offer(names, &opening.written, replaces);
        if opening.expected.contains(&Expected::Label) {
            let asked = texts::asked(&opening.before);
            self.texts(replaces, &opening.written, &asked, "", true);
        }
    }

    fn keyword(&mut self, opening: &Opening, keyword: &Keyword, replaces: Span) {
        let (word, other) = match self.spelling {
            Language::Vietnamese => (keyword.word.vi, keyword.word.en),
            Language::English => (keyword.word.en, keyword.word.vi),
        };
        let begins = opening.before.trim().is_empty() && opening.block != "formula";
        let snippet = begins
            .then(|| snippets::of(keyword.rule, opening.block))
            .flatten();
        let mut functions = signature::functions().iter();
        let is_function = opening.expected.contains(&Expected::Expression)
            && functions.any(|one| one.keyword.rule == keyword.rule);
        let (kind, insert) = match snippet {
            Some(snippet) => (
                CompletionKind::Statement,
                snippet.body(self.spelling, self.language),
            ),
            None if is_function => (CompletionKind::Function, format!("{word}(${{1}})")),
            None => (CompletionKind::Keyword, word.to_owned()),
        };
        let known = self.items.iter().any(|item| {
            item.label == word
                && item.replaces == replaces
                && !matches!(item.kind, CompletionKind::Name(_))
        });
        if known {
            return;
        }
        let place = self.items.len();
        self.items.push(Completion {
            kind,
            label: word.to_owned(),
            detail: if other == word {
                String::new()
            } else {
                other.to_owned()
            },
            is_snippet: kind != CompletionKind::Keyword,
            insert,
            replaces,
            filter: format!("{word} {} {other}", normal::without_marks(word)),
            order: format!("2{place:04}"),
        });
    }

    /// The names that may stand in an opening.
    fn names(&self, opening: &Opening) -> Vec<Name> {
        let before = opening.before.as_str();
        if let Some(inside) = bracket(before) {
            return self.places(inside);
        }
        if SUPPOSING.contains(&opening.block)
            && let Some(within) = supposed(self.tree, self.offset)
        {
            return self.site.supposable(within, before);
        }
        if let Some(entries) = self.site.compared(before) {
            return entries;
        }
        let path = before.trim_end();
        if let Some(regime) = path.strip_suffix('.').map(last_path) {
            return self.site.forms_of(regime);
        }
        let expects = |what: &Expected| opening.expected.contains(what);
        if expects(&Expected::Expression) {
            return self.in_formula(opening);
        }
        let named = [
            Expected::Name,
            Expected::Who,
            Expected::PeriodKind,
            Expected::Code,
        ];
        if !named.iter().any(expects) {
            return Vec::new();
        }
        match declares(before) {
            true => Vec::new(),
            false => self.site.behind(&governing(before)),
        }
    }

    /// What may stand in brackets: the columns of the form, and its rows where a column may follow.
    fn places(&self, inside: Inside<'_>) -> Vec<Name> {
        let form = match inside.path {
            "" => self.site.form,
            path => self.site.form(path),
        };
        if inside.of_row {
            return self.site.rows(form);
        }
        let mut found = self.site.columns(form);
        if inside.first {
            found.extend(self.site.rows(form));
        }
        found
    }

    fn in_formula(&self, opening: &Opening) -> Vec<Name> {
        let outside = self.site.regime.is_none();
        let of_measure = leading(&opening.before).is_some_and(|one| one.rule == "kw_measure");
        if of_measure && outside {
            let own = last_path(opening.before.split('"').next().unwrap_or("").trim_end());
            let mut found = self.site.measures();
            found.retain(|measure| measure.written != own);
            return found;
        }
        let of_plan = open_parenthesis(&opening.before)
            .filter(|(function, _)| without_end(function, "kw_plan_function").is_some());
        if let Some((_, commas)) = of_plan {
            return match commas {
                0 => self.site.indicators(),
                _ => self.site.targets(),
            };
        }
        let of_indicator = leading(&opening.before).is_some_and(|one| one.rule == "kw_indicator");
        if of_indicator && outside {
            return self.site.indicators();
        }
        let bracketed = |name: Name, path: &str| Name {
            also: Some(format!(
                "{} {}",
                name.written,
                name.also.unwrap_or_default()
            )),
            written: format!("{path}[{}]", name.written),
            ..name
        };
        let columns = self.site.columns(self.site.form);
        let mut found: Vec<Name> = columns
            .into_iter()
            .map(|name| bracketed(name, ""))
            .collect();
        found.extend(self.site.forms());
        found
    }

    /// Texts in quotation marks that are known. `own` is the whole text at the place, which is no news; where the marks are not written yet they come along.
    fn texts(&mut self, span: Span, written: &str, asked: &Asked, own: &str, marked: bool) {
        let plain = |texts: Vec<String>| -> Vec<(String, String)> {
            let texts = texts.into_iter();
            texts.map(|text| (text, String::new())).collect()
        };
        let texts = match asked {
            Asked::Act => plain(self.site.legal_acts(own)),
            Asked::Issuer => plain(self.site.issuers(own)),
            Asked::Unit => self.units(),
            Asked::Nothing => Vec::new(),
        };
        let wanted = normal::without_marks(&normal::composed(written));
        let fits = |(text, _): &(String, String)| normal::without_marks(text).contains(&wanted);
        let texts = texts.into_iter().filter(fits).take(MOST_NAMES);
        for (place, (text, detail)) in texts.enumerate() {
            self.items.push(Completion {
                kind: CompletionKind::Text,
                filter: format!("{text} {}", normal::without_marks(&text)),
                insert: match marked {
                    true => format!("\"{text}\""),
                    false => text.clone(),
                },
                label: text,
                detail,
                is_snippet: false,
                replaces: span,
                order: format!("1{place:04}"),
            });
        }
    }

    /// All units by their names, those that report the regime at hand first.
    fn units(&self) -> Vec<(String, String)> {
        let organisation = self.snapshot.organisation();
        let asked = self.site.regime.map(|regime| {
            let reporters = organisation.reporters(&regime.reporters, regime.in_force_from);
            reporters.into_iter().collect::<BTreeSet<_>>()
        });
        let reports = |unit: &Unit| asked.as_ref().is_some_and(|asked| asked.contains(&unit.id));
        let mut units: Vec<&Unit> = organisation.units().collect();
        units.sort_by_key(|unit| !reports(unit));
        units
            .into_iter()
            .map(|unit| (unit.name.clone(), unit.id.to_string()))
            .collect()
    }

    /// Offers names that fit what has been written.
    fn offer(&mut self, names: Vec<Name>, written: &str, replaces: Span) {
        let wanted = normal::without_marks(written);
        let several = wanted.contains(' ');
        let many = names.len() > MOST_NAMES;
        let fits = |name: &Name| {
            if wanted.is_empty() || !(several || many) {
                return true;
            }
            let folded = |text: &str| normal::without_marks(text).replace('_', " ");
            let also = name.also.as_deref().unwrap_or("");
            [name.written.as_str(), name.label.as_str(), also]
                .into_iter()
                .any(|text| folded(text).contains(&wanted))
        };
        let fitting = names.into_iter().filter(fits).take(MOST_NAMES);
        for (place, name) in fitting.enumerate() {
            let detail = match (&name.also, name.label.as_str()) {
                (Some(code), label) if name.kind != NameKind::Entry => {
                    format!("{label} ({})", code.trim())
                }
                (_, label) => label.to_owned(),
            };
            let also = name.also.unwrap_or_default();
            let filter = format!(
                "{} {} {} {also} {}",
                name.written,
                name.written.replace('_', " "),
                normal::without_marks(&name.label),
                name.label,
            );
            // More of what has been written means it more surely.
            let kind = CompletionKind::Name(name.kind);
            self.items
                .retain(|item| item.kind != kind || item.label != name.written);
            self.items.push(Completion {
                kind,
                label: name.written.clone(),
                detail,
                insert: name.written,
                is_snippet: false,
                replaces,
                filter,
                order: format!("0{place:04}"),
            });
        }
    }
}

/// The blocks of a test that suppose something.
const SUPPOSING: [&str; 3] = ["given", "given event", "facts"];

/// Where in brackets a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Inside<'t> {
    /// The form before the bracket.
    path: &'t str,
    /// Whether it is `row[…]`.
    of_row: bool,
    /// Whether nothing has been picked yet.
    first: bool,
}

/// The brackets that are still open at the end of a beginning of a statement.
fn bracket(before: &str) -> Option<Inside<'_>> {
    let (outside, inside) = before.rsplit_once('[')?;
    if inside.contains(']') {
        return None;
    }
    let path = last_path(outside);
    let of_row = ["row", "dòng"].contains(&path.rsplit('.').next().unwrap_or(path));
    Some(Inside {
        path: if of_row {
            path.rsplit_once('.').map_or("", |(form, _)| form)
        } else {
            path
        },
        of_row,
        first: !inside.contains(',') && !inside.contains(".."),
    })
}

/// The name, or names joined by points, at the end of a text.
fn last_path(text: &str) -> &str {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.');
    let rest = text.trim_end_matches(is_part);
    text.get(rest.len()..).unwrap_or("")
}

/// Whether only a keyword has been written behind which a new name is declared.
fn declares(before: &str) -> bool {
    leading(before).is_some_and(|keyword| {
        DECLARING.contains(&keyword.rule)
            && [keyword.word.vi, keyword.word.en].contains(&before.trim())
    })
}

/// Keywords behind which a new name is declared.
const DECLARING: [&str; 20] = [
    "kw_measure",
    "kw_level",
    "kw_tag",
    "kw_trait",
    "kw_agency",
    "kw_catalog",
    "kw_item",
    "kw_indicator",
    "kw_target",
    "kw_period_kind",
    "kw_calendar",
    "kw_campaign",
    "kw_export",
    "kw_regime",
    "kw_form",
    "kw_list",
    "kw_event",
    "kw_field",
    "kw_column",
    "kw_row",
];

#[cfg(test)]
mod tests;
