//! One form of one report as a table: header, rows, cells with their states, findings below their rows.
//!
//! It knows shapes and states, not rules. Entered cells are boxes while the person may edit; computed, carried and closed cells are locked. Broken input: a row the catalogue does not
//! have is shown by its name, so that nothing typed disappears from sight.

use crate::eval::cell::{BlankReason, Cell};
use crate::eval::display::display;
use crate::eval::evaluate::DataRow;
use crate::eval::figures::Entry;
use crate::eval::list_groups::GroupedLine;
use crate::eval::naming::{basis, reason};
use crate::eval::ordinals;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{Source, ValueType};
use crate::plan::form::{ColumnIndex, Form, FormDefinition, FormIndex, Rows, Stub, WrittenRow};
use crate::service::files::MOST_FILE_SHOWN;
use crate::service::view::ReportView;
use crate::web::attached;
use crate::web::findings::{FindingView, cell_id, is_listed, row_label};
use crate::web::form_data::row_in_field;
use crate::web::grid_marks::{marks, remarks};
use crate::web::header_layout::{HeaderLayout, Leaf, LeafKind, layout};
use crate::web::list_rows;
use crate::web::texts::{Language, plain, worded};
use crate::web::typed;
use crate::web::words;
use serde::Serialize;
use std::collections::BTreeMap;

/// A form as a table.
#[derive(Debug, Clone, Serialize)]
pub struct Grid {
    /// Title for screen readers.
    pub caption: String,
    /// Unit of measure that most columns have.
    pub measure: Option<String>,
    /// The header.
    pub header: HeaderLayout,
    /// The rows, the total row last.
    pub rows: Vec<GridRow>,
    /// Values that cells of a column may take, to choose from while typing.
    pub choices: Vec<ColumnChoices>,
    /// How large a file that is chosen in it may be; none where none are chosen.
    pub files: Option<&'static str>,
}

/// The values that cells of one column may take.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnChoices {
    /// Id that its cells name.
    pub id: String,
    /// The texts.
    pub texts: Vec<String>,
}

/// A row with what stands below it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GridRow {
    /// Row key.
    pub key: String,
    /// Style class: `total`, `group-row` for a heading, `field-row` for an entry at the head of the form; empty for others.
    pub class: &'static str,
    /// Whether the person may take it out.
    pub removable: bool,
    /// Its cells from the left.
    pub cells: Vec<GridCell>,
    /// Findings of the row.
    pub findings: Vec<FindingView>,
    /// What was said about its cells when the report was returned.
    pub remarks: Vec<Remark>,
}

/// A cell as it is written.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GridCell {
    /// `heading`, `stub`, `entered`, `file` (a file is chosen there), `closed`, `computed` or `fixed`.
    pub kind: &'static str,
    /// What stands in it.
    pub text: String,
    /// How many columns it spans, where it spans more than its own.
    pub span: usize,
    /// Its id.
    pub id: String,
    /// Column key.
    pub column: String,
    /// Field name.
    pub name: String,
    /// State of the cell.
    pub state: &'static str,
    /// Style classes, each with a space in front.
    pub classes: String,
    /// Labels of its header, for narrow screens.
    pub path: String,
    /// Row and column, for screen readers.
    pub label: String,
    /// Whether it takes words.
    pub words: bool,
    /// Id of the values it may take; empty: any.
    pub choices: String,
    /// Whether a mistake is in it.
    pub invalid: bool,
    /// Ids of its findings.
    pub described_by: String,
    /// Why it is blank.
    pub reason: Option<String>,
    /// Where the file that stands in it is opened.
    pub file_href: Option<String>,
    /// Where its return is written.
    pub return_href: Option<String>,
    /// Its address, where the page leads from cells to the text they are written in; empty elsewhere.
    pub address: String,
}

/// A remark of a return about one cell.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) text: String,
}

/// What a person typed and the server did not take, by row and column key.
pub type Typed = BTreeMap<(String, String), String>;

/// What the table is made from.
#[derive(Clone, Copy)]
pub struct GridInput<'a> {
    /// The report.
    pub view: &'a ReportView,
    /// Which form.
    pub form_index: FormIndex,
    /// That form.
    pub form: &'a Form,
    /// The language.
    pub language: Language,
    /// Whether the person may type.
    pub editable: bool,
    /// Whether a check was asked for.
    pub checked: bool,
    /// The findings in words.
    pub findings: &'a [FindingView],
    /// What was typed and not taken.
    pub typed: &'a Typed,
    /// Where returns are written, when the person may return the report.
    pub return_address: Option<&'a str>,
}

/// An em space before the label of a nested row for each row it is nested in: it survives copying and print, and is not read aloud.
pub const INDENT: &str = "\u{2003}";

/// The table of a form.
pub fn grid(input: GridInput<'_>) -> Grid {
    let GridInput {
        view,
        form,
        form_index,
        language,
        ..
    } = input;
    let header = layout(form, &plain(language, list_rows::heading(form)));
    let mut rows: Vec<GridRow> = Vec::new();
    for (column, field) in form.columns_indexed().filter(|(_, column)| column.head) {
        rows.push(field_row(input, &header, column, &field.label));
    }
    let shown = view.evaluation.rows_of(form_index);
    let mut ordinal = 0;
    let mut numbered = |rows: &mut Vec<GridRow>, data: &DataRow| {
        ordinal += 1;
        rows.push(row(input, &header.leaves, &data.row, Some(data), ordinal));
    };
    match &form.rows {
        Rows::Written(lines) => {
            for line in lines {
                match line {
                    WrittenRow::Heading { code, label, .. } => {
                        rows.push(heading_row(&header.leaves, code.as_deref(), label));
                    }
                    WrittenRow::Row { key, .. } => {
                        let found = shown.iter().find(|data| data.row.key() == key);
                        if let Some(data) = found {
                            numbered(&mut rows, data);
                        }
                    }
                }
            }
        }
        Rows::Listed(_) => {
            for line in list_rows::in_groups(view, form_index, form) {
                match line {
                    GroupedLine::Heading(heading) => rows.push(list_rows::group_row(
                        language,
                        form,
                        &header.leaves,
                        &heading,
                    )),
                    GroupedLine::Row(row) => {
                        let found = shown.iter().find(|data| data.row == *row);
                        found.into_iter().for_each(|data| numbered(&mut rows, data));
                    }
                }
            }
        }
        Rows::EachReportingUnit | Rows::From(_) | Rows::ChosenFrom(_) => {
            shown.iter().for_each(|data| numbered(&mut rows, data));
        }
    }
    if form.has_rows() && form.total_row.is_some() && !rows.is_empty() {
        rows.push(row(input, &header.leaves, &Row::Total, None, 0));
    }
    Grid {
        choices: match input.editable {
            true => column_choices(view, form),
            false => Vec::new(),
        },
        files: rows
            .iter()
            .any(|row| row.cells.iter().any(|cell| cell.kind == "file"))
            .then_some(MOST_FILE_SHOWN),
        caption: form.title.clone(),
        measure: common_measure(view, form),
        header,
        rows,
    }
}

fn common_measure(view: &ReportView, form: &Form) -> Option<String> {
    // Where rows are written each row prints its own.
    if matches!(form.rows, Rows::Written(_)) {
        return None;
    }
    let mut counted: BTreeMap<u32, usize> = BTreeMap::new();
    for measure in form.columns.iter().filter_map(|column| column.cell.measure) {
        *counted.entry(measure).or_default() += 1;
    }
    let (most, _) = counted
        .into_iter()
        .max_by_key(|(measure, count)| (*count, std::cmp::Reverse(*measure)))?;
    view.plan
        .form_definition
        .measures
        .get(most as usize)
        .map(|measure| measure.label.clone())
}

/// A heading among written rows: its number where numbers are printed, its label over the rest.
fn heading_row(leaves: &[Leaf], code: Option<&str>, label: &str) -> GridRow {
    let before = leaves
        .iter()
        .take_while(|leaf| leaf.shows != LeafKind::Stub(Stub::Label));
    let mut cells: Vec<GridCell> = before
        .map(|leaf| GridCell {
            kind: "stub",
            text: match leaf.shows {
                LeafKind::Stub(Stub::Code) => code.unwrap_or_default().to_string(),
                _ => String::new(),
            },
            ..GridCell::default()
        })
        .collect();
    let rest = leaves.len().saturating_sub(cells.len());
    cells.push(GridCell {
        kind: "heading",
        text: label.to_string(),
        span: rest.max(1),
        ..GridCell::default()
    });
    GridRow {
        class: "group-row",
        cells,
        ..GridRow::default()
    }
}

/// A single entry at the head of the form.
fn field_row(
    input: GridInput<'_>,
    header: &HeaderLayout,
    column: ColumnIndex,
    label: &str,
) -> GridRow {
    let leaf = Leaf {
        shows: LeafKind::Column(column),
        path: label.to_string(),
    };
    let own = DataRow {
        row: Row::Own,
        parent: None,
        inner: false,
    };
    let heading = GridCell {
        kind: "heading",
        text: label.to_string(),
        ..GridCell::default()
    };
    let entry = GridCell {
        span: header.width.saturating_sub(1).max(1),
        ..cell(input, &leaf, &Row::Own, Some(&own), column, "")
    };
    GridRow {
        class: "field-row",
        cells: vec![heading, entry],
        findings: of_row(input, &Row::Own),
        ..GridRow::default()
    }
}

/// The findings told below a row.
fn of_row(input: GridInput<'_>, row: &Row) -> Vec<FindingView> {
    let here = |finding: &&FindingView| {
        let at = finding.at.as_ref();
        is_listed(finding, input.checked)
            && at.is_some_and(|at| at.form == input.form_index && &at.row == row)
    };
    input.findings.iter().filter(here).cloned().collect()
}

fn row(
    input: GridInput<'_>,
    leaves: &[Leaf],
    row: &Row,
    data: Option<&DataRow>,
    ordinal: usize,
) -> GridRow {
    let GridInput {
        view,
        form,
        language,
        editable,
        ..
    } = input;
    let label = row_label(view, language, form, row);
    let in_effect = view.evaluation.rows_of(input.form_index);
    let indent = INDENT.repeat(ordinals::nesting(form, in_effect, row));
    let cells = leaves.iter().map(|leaf| match leaf.shows {
        LeafKind::Stub(Stub::Label) => GridCell {
            kind: "heading",
            text: format!("{indent}{label}"),
            ..GridCell::default()
        },
        LeafKind::Stub(stub) => GridCell {
            kind: "stub",
            text: numbered(view, form, stub, row)
                .unwrap_or_else(|| stub_text(&view.plan.form_definition, form, stub, row, ordinal)),
            ..GridCell::default()
        },
        LeafKind::Column(column) => cell(input, leaf, row, data, column, &label),
    });
    GridRow {
        key: row.key().to_string(),
        class: if *row == Row::Total { "total" } else { "" },
        removable: editable
            && matches!(form.rows, Rows::ChosenFrom(_) | Rows::Listed(_))
            && *row != Row::Total,
        cells: cells.collect(),
        findings: of_row(input, row),
        remarks: remarks(input, row),
    }
}

/// The values that cells of each column may take, where there are few.
fn column_choices(view: &ReportView, form: &Form) -> Vec<ColumnChoices> {
    let columns = form.columns_indexed();
    columns
        .map(|(index, column)| ColumnChoices {
            id: choices_id(form, index),
            texts: list_rows::choices(view, &column.cell),
        })
        .filter(|choices| !choices.texts.is_empty())
        .collect()
}

fn choices_id(form: &Form, column: ColumnIndex) -> String {
    format!("chon-{}-{}", form.name, column.0)
}

/// The running number of a row of a tree whose catalogue numbers its entries.
fn numbered(view: &ReportView, form: &Form, stub: Stub, row: &Row) -> Option<String> {
    let definition = &view.plan.form_definition;
    let (index, _) = definition.find_form(&form.name)?;
    let rows = view.evaluation.rows_of(index);
    match stub {
        Stub::Ordinal => ordinals::ordinal(definition, form, rows, row),
        Stub::Label | Stub::Measure | Stub::Code => None,
    }
}

/// What a printed stub shows in a row.
pub fn stub_text(
    definition: &FormDefinition,
    form: &Form,
    stub: Stub,
    row: &Row,
    ordinal: usize,
) -> String {
    let written = form.written_rows().find_map(|line| match line {
        WrittenRow::Row {
            key, code, measure, ..
        } if key == row.key() => Some((code, *measure)),
        _ => None,
    });
    match (stub, written) {
        (Stub::Ordinal, _) if ordinal > 0 => ordinal.to_string(),
        (Stub::Code, Some((code, _))) => code.clone().unwrap_or_default(),
        (Stub::Code, None) if *row != Row::Total => {
            entry_code(definition, form, row).unwrap_or_else(|| row.key().to_string())
        }
        (Stub::Measure, Some((_, Some(measure)))) => {
            let measure = definition.measures.get(measure as usize);
            measure.map_or(String::new(), |measure| measure.label.clone())
        }
        (Stub::Measure, Some((_, None))) if is_percent(form, row) => "%".to_string(),
        _ => String::new(),
    }
}

/// The code of the catalogue's entry that a row is, if it has one.
fn entry_code(definition: &FormDefinition, form: &Form, row: &Row) -> Option<String> {
    let (Rows::From(catalog) | Rows::ChosenFrom(catalog)) = form.rows else {
        return None;
    };
    let mut entries = definition.catalog(catalog)?.entries.iter();
    entries
        .find(|entry| entry.name == row.key())
        .and_then(|entry| entry.code.clone())
}

/// Whether the figures of a row are percentages.
fn is_percent(form: &Form, row: &Row) -> bool {
    form.columns_indexed().any(|(column, _)| {
        let cell = form.cell(row.key(), column);
        cell.is_some_and(|cell| matches!(cell.value, ValueType::Number { percent: true, .. }))
    })
}

fn cell(
    input: GridInput<'_>,
    leaf: &Leaf,
    row: &Row,
    data: Option<&DataRow>,
    index: ColumnIndex,
    row_label: &str,
) -> GridCell {
    let GridInput {
        view,
        form,
        form_index,
        language,
        editable,
        ..
    } = input;
    let at = CellAddress {
        form: form_index,
        row: row.clone(),
        column: index,
    };
    let (Some(column), Some(definition), Some(id)) = (
        form.column(index),
        form.cell(row.key(), index),
        cell_id(form, &at),
    ) else {
        return GridCell {
            kind: "stub",
            ..GridCell::default()
        };
    };
    let key = column.key(index);
    let stored = entry(view, form, row.key(), &key);
    let value = view
        .evaluation
        .cell(form_index, row, index)
        .cloned()
        .unwrap_or(Cell::Blank(BlankReason::NotAnswered));
    let open = definition.source == Source::Entered && data.is_some_and(|data| !data.inner);
    let is_words = !matches!(definition.value, ValueType::Number { .. });
    let chosen = matches!(definition.value, ValueType::YesOrNo | ValueType::Choice(_));
    let (mut classes, described_by, invalid) = marks(input, &at);
    if is_words {
        classes.push_str(" text");
    }
    let column_words = match &column.code {
        Some(code) => worded(
            language,
            "column-name",
            &[
                ("code", code.clone().into()),
                ("label", column.label.clone().into()),
            ],
        ),
        None => column.label.clone(),
    };
    let label = worded(
        language,
        "cell-label",
        &[("row", row_label.into()), ("column", column_words.into())],
    );
    let shared = GridCell {
        id,
        name: format!("o.{}.{key}", row_in_field(row.key())),
        state: state_key(&value),
        path: leaf.path.clone(),
        label,
        words: is_words,
        choices: match chosen {
            true => choices_id(form, index),
            false => String::new(),
        },
        described_by,
        reason: blank_reason(view, language, &value),
        file_href: attached::file_href(view, &value),
        classes,
        invalid,
        return_href: input.return_address.map(|address| {
            let row = row_in_field(row.key());
            format!("{address}?form={}&o={row}.{key}#tra-lai", form.name)
        }),
        column: key.clone(),
        address: String::new(),
        span: 0,
        kind: "computed",
        text: String::new(),
    };
    let closed = definition.source == Source::Closed || open;
    if closed && value == Cell::Closed && stored.is_none() {
        return GridCell {
            kind: "closed",
            ..shared
        };
    }
    if open && editable {
        let place = (row.key().to_string(), key);
        let refused = input.typed.get(&place);
        let is_file = definition.value == ValueType::File;
        let text = refused
            .filter(|_| !is_file)
            .cloned()
            .or_else(|| list_rows::shown(&value))
            .unwrap_or_else(|| typed::shown(stored, definition));
        let classes = if refused.is_some() {
            format!("{} has-error", shared.classes)
        } else {
            shared.classes
        };
        return GridCell {
            kind: if is_file { "file" } else { "entered" },
            text,
            classes,
            invalid: shared.invalid || refused.is_some(),
            ..shared
        };
    }
    let kind = if open { "fixed" } else { "computed" };
    let text = match (&value, stored) {
        // An entry that fits no cell is still shown as it was given.
        (Cell::Blank(_), Some(_)) if open => typed::shown(stored, definition),
        _ => display(&value, definition),
    };
    GridCell {
        kind,
        text,
        ..shared
    }
}

/// The stored entry of a cell.
pub fn entry<'a>(view: &'a ReportView, form: &Form, row: &str, column: &str) -> Option<&'a Entry> {
    view.figures
        .forms
        .get(&form.name)?
        .rows
        .get(row)?
        .get(column)
}

/// The word of a cell's state in markup and the interface.
pub fn state_key(cell: &Cell) -> &'static str {
    match cell {
        Cell::Given(_) => "given",
        Cell::Partial(..) => "partial",
        Cell::Text(_) => "text",
        Cell::Day(_) => "date",
        Cell::Truth(_) => "answer",
        Cell::Entry(_) => "entry",
        Cell::File(_) => "file",
        Cell::Nil => "nil",
        Cell::Blank(_) => "blank",
        Cell::Closed => "closed",
    }
}

/// Why a computed cell is blank or only partial; none for a cell that a person has simply not filled in.
pub fn blank_reason(view: &ReportView, language: Language, cell: &Cell) -> Option<String> {
    match cell {
        Cell::Blank(BlankReason::NotAnswered | BlankReason::Optional) => None,
        Cell::Blank(why) => Some(words::pick(language, reason(&view.plan, why))),
        Cell::Partial(_, rests_on) => Some(words::pick(language, basis(*rests_on))),
        _ => None,
    }
}
