//! From a place in a form to where it is written, and back.
//!
//! Addresses are those of data: `FORM`, `FORM[column]`, `FORM[row, column]`, and `FORM[row, ]` for a whole row; the key of a rule stands for the rule. It deliberately does not read values. What names nothing leads nowhere.

use crate::analysis::model::Regime;
use crate::analysis::model::form::Form;
use crate::analysis::model::words::Place;
use crate::diagnostic::Label;
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;

/// The address of what is written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Name of the regime.
    pub regime: String,
    /// Name of the form.
    pub form: String,
    /// The address as text.
    pub text: String,
}

/// Where something of a regime is written; the regimes are asked in their order.
pub fn place(snapshot: &Snapshot, file: FileId, address: &str) -> Option<Label> {
    let regimes = snapshot.model().regimes.iter();
    let mut known: Vec<&Regime> = regimes.map(AsRef::as_ref).collect();
    // Two regimes may have forms of one name; the one of the file that is asked about is meant.
    known.sort_by_key(|regime| regime.place.label.file != file);
    known
        .iter()
        .find_map(|regime| place_in(regime, address.trim()))
}

fn place_in(regime: &Regime, address: &str) -> Option<Label> {
    let (name, inside) = match address.split_once('[') {
        Some((name, rest)) => (name.trim(), rest.strip_suffix(']')),
        None => (address, None),
    };
    let Some(form) = regime.forms.iter().find(|form| form.name == name) else {
        let mut rules = regime.rules.iter();
        let rule = rules.find(|rule| rule.id.as_deref() == Some(address))?;
        return Some(rule.place.label);
    };
    let Some(inside) = inside else {
        return Some(form.place.label);
    };
    let (row, column) = match inside.split_once(',') {
        Some((row, column)) => (row.trim(), column.trim()),
        None => ("", inside.trim()),
    };
    // A written row is a line of its own; every other row is what its column says.
    let column = column_of(form, column).and_then(|column| form.columns.get(column));
    written_row(form, row)
        .or_else(|| column.map(|column| column.place.label))
        .or(Some(form.place.label))
}

fn written_row(form: &Form, key: &str) -> Option<Label> {
    let mut rows = form.written.iter().enumerate();
    let (_, row) = rows.find(|(position, row)| {
        !key.is_empty() && (row.key(*position) == key || row.name.as_deref() == Some(key))
    })?;
    Some(row.place.label)
}

fn column_of(form: &Form, key: &str) -> Option<usize> {
    form.find_column(key).or_else(|| {
        let mut columns = form.columns.iter().enumerate();
        let (position, _) = columns.find(|(position, column)| column.key(*position) == key)?;
        Some(position)
    })
}

/// What is written at a place: the innermost form, column or row.
pub fn address(snapshot: &Snapshot, file: FileId, offset: u32) -> Option<Address> {
    let regimes = snapshot.model().regimes.iter();
    regimes.map(AsRef::as_ref).find_map(|regime: &Regime| {
        let mut forms = regime.forms.iter();
        let form = forms.find(|form| holds(&form.place, file, offset))?;
        let columns = form.columns.iter().enumerate();
        let columns = columns
            .filter(|(_, column)| holds(&column.place, file, offset))
            .map(|(position, column)| {
                (
                    column.place.label.span,
                    format!("[{}]", column.key(position)),
                )
            });
        let rows = form.written.iter().enumerate();
        let rows = rows
            .filter(|(_, row)| holds(&row.place, file, offset))
            .map(|(position, row)| (row.place.label.span, format!("[{}, ]", row.key(position))));
        let inner = columns.chain(rows).min_by_key(|(span, _)| span.len());
        let inside = inner.map(|(_, inside)| inside).unwrap_or_default();
        Some(Address {
            regime: regime.name.clone(),
            form: form.name.clone(),
            text: format!("{}{inside}", form.name),
        })
    })
}

fn holds(place: &Place, file: FileId, offset: u32) -> bool {
    place.label.file == file && place.label.span.contains(Span::at(offset))
}
