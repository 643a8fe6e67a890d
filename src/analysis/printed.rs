//! The formula row that a form prints below its column numbers: `6=8+9+10=11+12+13`.
//!
//! It deliberately does not know layout. A column without a printed number or without a formula has
//! none, nor one whose formula looks at a list or chooses by a condition: no circular prints these.

use super::context::Context;
use super::expression::{Cell, RowPick, Term, TermKind};
use super::forms::FormDraft;
use super::model::{
    cell::Source,
    form::{Column, Form},
};
use crate::diagnostic::problem::meaning::advice::Advice;

/// The formula row of a column: the official one where it is stated, else the generated one.
pub fn formula_row(form: &Form, column: &Column) -> Option<String> {
    column
        .printed_as
        .clone()
        .or_else(|| generated(form, column))
}

fn generated(form: &Form, column: &Column) -> Option<String> {
    let code = column.code.as_ref()?;
    let printable = column
        .cell
        .chain
        .iter()
        .all(|side| side.term.is_arithmetic());
    if column.cell.source == Source::Carried || column.formula.is_empty() || !printable {
        return None;
    }
    let terms = column.cell.chain.iter().map(|side| Some(&side.term));
    let terms = terms.chain(std::iter::repeat(None));
    let sides = column.formula.iter().zip(terms);
    let sides: Option<Vec<String>> = sides
        .map(|(side, term)| match has_words(side) {
            false => Some(printed(form, side)),
            // A sum of columns is printed as the columns it adds.
            true if side.contains("[") && !names_a_form(side) => expanded(form, term?, false),
            true => None,
        })
        .collect();
    let all = std::iter::once(code.clone()).chain(sides?);
    Some(all.collect::<Vec<_>>().join("="))
}

/// A formula over columns of its own row with every `sum(…)` written out; none for anything that circulars do not print.
fn expanded(form: &Form, term: &Term, subtracted: bool) -> Option<String> {
    let joined = |terms: &mut dyn Iterator<Item = (bool, &Term)>| {
        let mut shown = String::new();
        for (plus, term) in terms {
            if !(plus && shown.is_empty()) {
                shown.push(if plus { '+' } else { '-' });
            }
            shown.push_str(&expanded(form, term, !plus)?);
        }
        Some(match subtracted {
            true => format!("({shown})"),
            false => shown,
        })
    };
    match &term.kind {
        TermKind::Cell(Cell {
            row: RowPick::Current,
            column,
            ..
        }) => form.columns.get(*column)?.code.clone(),
        TermKind::SumOf(terms) => joined(&mut terms.iter().map(|term| (true, term))),
        TermKind::Sum(terms) => joined(&mut terms.iter().map(|(plus, term)| (*plus, term))),
        _ => None,
    }
}

/// Whether a side reads another form, whose name stands before the bracket.
fn names_a_form(side: &str) -> bool {
    let mut before = ' ';
    side.chars().any(|letter| {
        let named = letter == '[' && (before.is_alphanumeric() || before == '_');
        before = letter;
        named
    })
}

/// Whether a side names an operation in words, which would print differently in each spelling. The name of a form before a bracket is none.
fn has_words(side: &str) -> bool {
    let mut depth = 0_usize;
    let mut word = false;
    for letter in side.chars() {
        match letter {
            '[' => {
                depth += 1;
                word = false;
            }
            ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if letter.is_alphabetic() => word = true,
            _ if letter.is_alphanumeric() || matches!(letter, '_' | '.') => {}
            _ if word => return true,
            _ => {}
        }
    }
    word
}

/// A side as the circular prints it: `[8] + [9]` becomes `8+9`, a column named in words by its printed number.
fn printed(form: &Form, text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        shown.push_str(before);
        let Some((inside, following)) = after.split_once(']') else {
            shown.push('[');
            rest = after;
            continue;
        };
        let named = form.columns.named(inside);
        let code = named
            .and_then(|column| column.code.as_deref())
            .unwrap_or(inside);
        let is_of_other_form =
            before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        if is_of_other_form {
            shown.push_str(&format!("[{code}]"));
        } else {
            shown.push_str(code);
        }
        rest = following;
    }
    shown.push_str(rest);
    without_spaces(&shown)
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Advises where an official formula row only repeats the generated one.
pub(super) fn advise(context: &mut Context, forms: &[FormDraft]) {
    for draft in forms {
        for (written, column) in draft.columns.iter().zip(&draft.form.columns) {
            let Some(official) = written.stated.printed_as else {
                continue;
            };
            if generated(&draft.form, column) == Some(without_spaces(&official.value)) {
                context.report(Advice::PrintedAsGenerated, draft.file, official.span);
            }
        }
    }
}
