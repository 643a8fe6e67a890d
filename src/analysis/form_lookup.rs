//! What is looked up in a form that is being read: its columns by number or name, their labels, whether they hold words; and forms by name.
//!
//! It deliberately does not report; a name that leads nowhere is answered with nothing. A printed number or name that several columns bear leads to the first.

use super::attributes::Stated;
use super::forms::FormDraft;
use super::model::form::Form;
use super::parts::InsideForm;
use crate::diagnostic::Label;
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Where forms stand by name; a name that two of them bear leads to neither.
pub(super) fn form_places(forms: &[FormDraft]) -> BTreeMap<String, usize> {
    let mut places = BTreeMap::new();
    let mut twice: BTreeSet<&str> = BTreeSet::new();
    for (position, draft) in forms.iter().enumerate() {
        let name = &draft.form.name;
        if places.insert(name.clone(), position).is_some() {
            twice.insert(name);
        }
    }
    places.retain(|name, _| !twice.contains(name.as_str()));
    places
}

impl FormDraft<'_> {
    /// A form of which nothing is stated beside what it says itself: one that is about to be read, or a finished one to look names up in.
    pub fn of_model(form: Form, file: FileId, head: Span) -> Self {
        FormDraft {
            total: form.total_row.as_ref().map(|_| head),
            form,
            columns: Vec::new(),
            rows: Vec::new(),
            cells: BTreeMap::new(),
            defaults: Stated::default(),
            stubs: BTreeSet::new(),
            strays: BTreeSet::new(),
            dated: Vec::new(),
            parts: BTreeSet::new(),
            only: Vec::new(),
            grouped_by: None,
            time: Vec::new(),
            moment: false,
            rules: Vec::new(),
            head,
            file,
            inside: InsideForm::default(),
        }
    }

    /// The position of a column by printed number or name.
    pub fn find(&self, place: &str) -> Option<usize> {
        self.form.find_column(place)
    }

    /// All printed numbers and names of figure columns.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.form.column_places()
    }

    /// The columns that have a number or name, with their labels.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.form.columns.iter().filter_map(|column| {
            let place = column.code.as_deref().or(column.name.as_deref())?;
            Some((place, column.label.as_str()))
        })
    }

    /// The rows that have a number or name, with their labels.
    pub fn row_labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.form.written.iter().filter_map(|row| {
            let place = row.code.as_deref().or(row.name.as_deref())?;
            Some((place, row.label.as_str()))
        })
    }

    /// Whether a column is a single entry at the head of the form.
    pub fn is_head(&self, column: usize) -> bool {
        let column = self.form.columns.get(column);
        column.is_some_and(|column| column.head)
    }

    /// Whether a column holds words.
    pub fn is_text(&self, column: usize) -> bool {
        let own = self
            .columns
            .get(column)
            .and_then(|draft| draft.stated.value);
        let value = own.or(self.defaults.value);
        value.is_some_and(|(value, _)| value.answer().is_some())
    }

    /// Where it is declared what is entered in a cell: with its column, unless only its row says so.
    pub fn kind_declared(&self, row: Option<usize>, column: usize) -> Label {
        let says = |stated: &Stated| stated.value.is_some() || stated.measure.is_some();
        let by_column = self.columns.get(column).map(|draft| says(&draft.stated));
        let row = row.filter(|row| {
            let by_row = self.rows.get(*row).map(|draft| says(&draft.stated));
            by_row == Some(true) || by_column != Some(true)
        });
        let of_row = row.and_then(|row| self.form.written.get(row));
        let of_column = self.form.columns.get(column);
        let place = of_row.map(|row| row.place.label);
        place
            .or_else(|| of_column.map(|column| column.place.label))
            .unwrap_or(self.form.place.label)
    }
}
