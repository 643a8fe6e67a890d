//! The shape of forms: columns, groups, stubs, rows. Formulas are kept as written, to be resolved when all forms are known.
//!
//! It deliberately does not know what formulas mean. A column with a broken attribute stays a column.

use super::attributes::Stated;
use super::breakdowns;
use super::cells::{self, CellDraft};
use super::context::Context;
use super::form_time;
use super::model::{
    FormTime,
    cell::{Applicability, CellDefinition, Source},
    form::{Column, Form, HeaderNode, Rows, Stub},
    named::Named,
};
use super::parts::InsideForm;
use super::shared::Shared;
use super::size::CELL;
use super::written::{self, Above};
use crate::analysis::model::words::Days;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::rows::RowsProblem;
use crate::diagnostic::problem::meaning::time::TimeProblem;
use crate::diagnostic::{Diagnostic, Label, Note};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::CellRef;
use crate::syntax::ast::form as tree;
use crate::syntax::ast::form::{Cells, FormMember, Formula, RowSource, Shows, UnitGrouping};
use crate::syntax::ast::rule::Rule;
use crate::syntax::ast::time::{Only, PeriodMember};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A form whose formulas are not resolved yet.
pub(super) struct FormDraft<'a> {
    /// What is known.
    pub form: Form,
    /// What is stated about each column, in the order of `form.columns`.
    pub columns: Vec<ColumnDraft<'a>>,
    /// What is stated about each written line, in the order of `form.written`.
    pub rows: Vec<RowDraft<'a>>,
    /// What is stated about each cell of a form with written rows, by row and column.
    pub cells: BTreeMap<(usize, usize), CellDraft<'a>>,
    /// What the form's defaults state.
    pub defaults: Stated<'a>,
    /// Printed numbers and names of stub columns.
    pub stubs: BTreeSet<String>,
    /// Names and codes that unreadable lines may have declared.
    pub strays: BTreeSet<String>,
    /// Columns of blocks repeated for entries that are not valid all the time, with the days of the entry.
    pub dated: Vec<(usize, Days)>,
    /// Printed numbers and names of rows that a breakdown made parts of the row around them.
    pub parts: BTreeSet<String>,
    /// Where it applies, as written.
    pub only: Vec<&'a Only>,
    /// The field that its rows are grouped by, as written.
    pub grouped_by: Option<CellRef>,
    /// Its time statements.
    pub time: Vec<PeriodMember>,
    /// Whether its figures are those of one moment in every period.
    pub moment: bool,
    /// Where its total row is asked for.
    pub total: Option<Span>,
    /// Its rules.
    pub rules: Vec<&'a Rule>,
    /// Where the name stands, for reports about the whole form.
    pub head: Span,
    /// The file.
    pub file: FileId,
    /// What lies inside each of its columns and rows; found when the first sum over several of them is read, which is after the whole form.
    pub inside: InsideForm,
}

/// A column as written.
pub(super) struct ColumnDraft<'a> {
    /// Its own attributes and those of the groups around it.
    pub stated: Stated<'a>,
    /// Its formula.
    pub formula: Option<&'a Formula>,
    /// Its number, name or label, to point at.
    pub head: Span,
}

/// A written line: a heading, or a row of figures.
pub(super) struct RowDraft<'a> {
    /// Its own attributes and those of the groups around it.
    pub stated: Stated<'a>,
    /// Its formula.
    pub formula: Option<&'a Formula>,
    /// Its number, name or label, to point at.
    pub head: Span,
}

/// Reads one form.
pub(super) fn read<'a>(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &'a tree::Form,
    parts: BTreeSet<String>,
) -> FormDraft<'a> {
    let mut reader = Reader {
        context,
        shared,
        file,
        places: BTreeMap::new(),
        row_places: BTreeMap::new(),
        parts,
        entries: Vec::new(),
        last_number: None,
        told: false,
    };
    let head = written.name.as_ref().map_or(written.head, |name| name.span);
    let form = Form {
        name: text_of(written.name.as_ref()),
        sign: text_of(written.sign.as_ref()),
        title: text_of(written.title.as_ref().or(written.sign.as_ref())),
        list: false,
        applicability: Applicability::default(),
        version: None,
        time: FormTime::default(),
        rows: Rows::Unknown,
        written: Named::default(),
        listed: None,
        consolidated: None,
        grouped_by: None,
        units_by: None,
        total_row: None,
        total_group: None,
        header: Vec::new(),
        columns: Named::default(),
        cells: BTreeMap::new(),
        place: reader.context.place(file, written.span),
    };
    let mut draft = FormDraft::of_model(form, file, head);
    reader.form(written, &mut draft);
    draft.parts = reader.parts;
    draft
}

/// The parts of one form on their way into its draft.
pub(super) struct Reader<'c, 'p> {
    pub(super) context: &'c mut Context<'p>,
    pub(super) shared: &'c Shared,
    pub(super) file: FileId,
    /// Where each printed number and name of a column stands.
    places: BTreeMap<String, Span>,
    /// Where each printed number and name of a row stands.
    pub(super) row_places: BTreeMap<String, Span>,
    /// Printed numbers and names of rows that are parts of a breakdown.
    pub(super) parts: BTreeSet<String>,
    /// The entries for which blocks of columns are being repeated, the outermost first, and where they are declared.
    pub(super) entries: Vec<(String, Option<Label>)>,
    last_number: Option<u32>,
    told: bool,
}

impl Reader<'_, '_> {
    fn form<'a>(&mut self, written: &'a tree::Form, draft: &mut FormDraft<'a>) {
        for stray in &written.strays {
            draft
                .strays
                .extend(stray.names.iter().map(|name| name.value.clone()));
        }
        draft.form.version = written
            .version
            .as_ref()
            .map(|version| form_time::version(self.context, self.file, version));
        let mut header = Vec::new();
        let mut rows_said = false;
        for member in &written.members {
            match member {
                FormMember::Default(default) => self.default(default, draft),
                FormMember::Rows(rows) => {
                    if draft.form.rows == Rows::Written {
                        self.rows_twice(rows.span);
                    } else if rows_said {
                        self.repeated_statement(rows.span);
                    } else {
                        draft.form.rows = self.rows(rows, draft);
                    }
                    rows_said = true;
                }
                FormMember::ConsolidatedRows(rows) => {
                    if draft.form.consolidated.is_some() {
                        self.repeated_statement(rows.span);
                    } else {
                        self.consolidated(rows, draft);
                    }
                }
                FormMember::TotalRow(total) => {
                    if draft.form.total_row.is_some() {
                        self.repeated_statement(total.span);
                    } else {
                        draft.form.total_row = Some(total.label.value.clone());
                        draft.total = Some(total.span);
                    }
                }
                FormMember::Column(column) => self.column(column, &[], draft, &mut header),
                FormMember::Group(group) if written::is_heading(group) => {
                    self.rows_written(rows_said, group.head, draft);
                    rows_said = true;
                    self.heading(group, &Above::default(), draft);
                }
                FormMember::Group(group) => self.group(group, &[], draft, &mut header),
                FormMember::Rule(rule) => draft.rules.push(rule),
                FormMember::Only(part) => draft.only.push(part),
                FormMember::Window(part) => draft.time.push(PeriodMember::Window(part.clone())),
                FormMember::Covers(part) => draft.time.push(PeriodMember::Covers(part.clone())),
                FormMember::Deadline(part) => draft.time.push(PeriodMember::Deadline(part.clone())),
                FormMember::Channel(part) => draft.time.push(PeriodMember::Channel(part.clone())),
                FormMember::SignBy(part) => draft.time.push(PeriodMember::SignBy(part.clone())),
                FormMember::Figures(part) => draft.time.push(PeriodMember::Figures(part.clone())),
                FormMember::TotalGroup(total) => {
                    if draft.form.total_group.is_some() {
                        self.repeated_statement(total.span);
                    } else {
                        draft.form.total_group = Some(total.label.value.clone());
                    }
                }
                FormMember::Row(row) => {
                    self.rows_written(rows_said, row.cells.label.span, draft);
                    rows_said = true;
                    self.row(row, &Above::default(), draft);
                }
                FormMember::Field(field) => self.field(field, draft),
            }
        }
        draft.form.header = header;
        cells::build(self, draft);
        let readable =
            written.strays.is_empty() && draft.strays.is_empty() && written.name.is_some();
        let heads_only =
            !draft.form.columns.is_empty() && draft.form.columns.iter().all(|column| column.head);
        if heads_only && !rows_said {
            // A form of single entries: its head is all there is.
            draft.form.rows = Rows::EachReportingUnit;
            return;
        }
        if draft.form.columns.is_empty() && readable {
            let problem = FormProblem::NoColumns {
                form: draft.form.name.clone(),
            };
            self.context.report(problem, self.file, draft.head);
        } else if !rows_said && readable {
            let problem = FormProblem::NoRows {
                form: draft.form.name.clone(),
            };
            self.context.report(problem, self.file, draft.head);
        }
    }

    /// Written rows begin; another source of rows beside them is a contradiction.
    fn rows_written(&mut self, rows_said: bool, span: Span, draft: &mut FormDraft) {
        match (rows_said, draft.form.rows) {
            (_, Rows::Written) => {}
            (true, _) => self.rows_twice(span),
            (false, _) => draft.form.rows = Rows::Written,
        }
    }

    fn rows_twice(&mut self, span: Span) {
        self.context.report(RowsProblem::RowsTwice, self.file, span);
    }

    fn repeated_statement(&mut self, span: Span) {
        let statement = self.context.shown(self.file, span);
        self.context.report(
            FormProblem::RepeatedStatement { statement },
            self.file,
            span,
        );
    }

    fn default<'a>(&mut self, default: &'a tree::Default, draft: &mut FormDraft<'a>) {
        draft
            .defaults
            .read(self.context, self.shared, self.file, &default.attributes);
        for attribute in &default.attributes {
            let fits = fits_default(&attribute.value);
            // These were reported while they were read.
            let told = matches!(
                attribute.value,
                tree::Attribute::Code(_)
                    | tree::Attribute::Split { .. }
                    | tree::Attribute::OfWhich(_)
                    | tree::Attribute::Owner(_)
                    | tree::Attribute::BrokenDownBy(_)
                    | tree::Attribute::DefinedAs(_)
            );
            if !fits && !told {
                let span = attribute.span;
                let attribute = self.context.shown(self.file, span);
                let problem = PlaceProblem::AttributeHere { attribute };
                self.context.report(problem, self.file, span);
            }
        }
    }

    fn rows(&mut self, rows: &tree::Rows, draft: &mut FormDraft) -> Rows {
        match &rows.source {
            RowSource::EachReportingUnit { grouped_by } => {
                if let Some(grouping) = grouped_by {
                    self.grouping(grouping, draft);
                }
                Rows::EachReportingUnit
            }
            RowSource::ChosenFrom(catalog) => {
                match self.shared.catalog(self.context, self.file, catalog) {
                    Some(position) => Rows::ChosenFrom(position),
                    None => Rows::Unknown,
                }
            }
            RowSource::From {
                catalog,
                grouped_by,
            } => {
                draft.grouped_by = grouped_by.clone();
                match self.shared.catalog(self.context, self.file, catalog) {
                    Some(position) => Rows::From(position),
                    None => Rows::Unknown,
                }
            }
        }
    }

    fn consolidated(&mut self, rows: &tree::Rows, draft: &mut FormDraft) {
        draft.form.consolidated = Some(false);
        match &rows.source {
            RowSource::EachReportingUnit { grouped_by: None } => {}
            RowSource::EachReportingUnit {
                grouped_by: Some(grouping),
            } => self.grouping(grouping, draft),
            RowSource::ChosenFrom(_) | RowSource::From { .. } => {
                self.context
                    .report(FormProblem::ConsolidatedRows, self.file, rows.span);
            }
        }
    }

    /// How the consolidated form groups its units: by level, or by the entry of a catalog that is registered of each.
    fn grouping(&mut self, grouping: &Spanned<UnitGrouping>, draft: &mut FormDraft) {
        match &grouping.value {
            UnitGrouping::Level => draft.form.consolidated = Some(true),
            UnitGrouping::Named(name) => {
                let name = Spanned::new(name.clone(), grouping.span);
                draft.form.units_by = self.shared.catalog(self.context, self.file, &name);
                draft.form.consolidated = Some(false);
            }
        }
    }

    /// A single entry at the head of the form.
    fn field<'a>(&mut self, written: &'a Cells, draft: &mut FormDraft<'a>) {
        let mut nowhere = Vec::new();
        let before = draft.form.columns.len();
        self.column(written, &[], draft, &mut nowhere);
        if let Some(column) = draft.form.columns.get_mut(before) {
            column.head = true;
        }
    }

    pub(super) fn column<'a>(
        &mut self,
        written: &'a Cells,
        layers: &[&'a [Spanned<tree::Attribute>]],
        draft: &mut FormDraft<'a>,
        header: &mut Vec<HeaderNode>,
    ) {
        let is_repeated = !self.entries.is_empty();
        if is_repeated && !self.context.spend(CELL, self.file, written.label.span) {
            let named = written.code.iter().chain(&written.name);
            draft.strays.extend(named.map(|place| place.value.clone()));
            return;
        }
        let code = written.code.as_ref().filter(|_| !is_repeated);
        let name = written.name.as_ref().map(|name| self.in_blocks(name));
        self.address(code);
        if code.is_some_and(|code| self.places.get(&code.value) != Some(&code.span)) {
            // The second of two columns of one number probably was to bear the next one.
            let next = self.last_number.and_then(|last| last.checked_add(1));
            draft.strays.extend(next.map(|next| next.to_string()));
        }
        self.address(name.as_ref());
        self.number(code);
        let mut stated = Stated::default();
        for layer in layers {
            stated.read(self.context, self.shared, self.file, layer);
        }
        stated.read(self.context, self.shared, self.file, &written.attributes);
        let code = code.map(|code| code.value.clone());
        let name = name.map(|name| name.value);
        if let Some((shows, _)) = stated.shows {
            self.stub(written);
            draft.stubs.extend(code.iter().chain(name.iter()).cloned());
            header.push(HeaderNode::Stub {
                code,
                label: written.label.value.clone(),
                shows: stub_of(shows),
            });
            return;
        }
        if let (Some((_, carry)), Some(formula)) = (stated.carry, &written.formula) {
            self.context.push(
                Diagnostic::new(TimeProblem::TwoSources, self.file, formula.span).noting(
                    Note::DisagreesHere,
                    self.file,
                    carry,
                ),
            );
            stated.unreadable = true;
        }
        let source = match (&stated.carry, &written.formula) {
            (Some(_), _) => Source::Carried,
            (None, Some(_)) => Source::Computed,
            (None, None) if stated.plan.is_some() => Source::Computed,
            (None, None) => Source::Entered,
        };
        header.push(HeaderNode::Column(draft.form.columns.len()));
        draft.form.columns.push(Column {
            code,
            name,
            label: written.label.value.clone(),
            head: false,
            blocks: self.entries.iter().map(|(_, place)| *place).collect(),
            cell: CellDefinition::unknown(
                source,
                source == Source::Entered
                    && stated.optional.is_none()
                    && stated.required_when.is_none(),
            ),
            formula: written
                .formula
                .iter()
                .flat_map(|formula| &formula.sides)
                .map(|side| {
                    breakdowns::pieces::made_text(side)
                        .unwrap_or_else(|| self.context.text(self.file, side.span))
                })
                .collect(),
            per_unit: false,
            printed_as: stated.printed_as.map(|text| text.value.clone()),
            place: self.context.place(self.file, written.span),
        });
        let head = [written.code.as_ref(), written.name.as_ref()]
            .into_iter()
            .flatten()
            .next()
            .map_or(written.label.span, |place| place.span);
        draft.columns.push(ColumnDraft {
            stated,
            formula: written.formula.as_ref(),
            head,
        });
    }

    /// A stub column has nothing of a figure.
    fn stub(&mut self, written: &Cells) {
        let attribute = written
            .attributes
            .iter()
            .find(|attribute| !matches!(attribute.value, tree::Attribute::Shows(_)));
        let wrong = attribute
            .map(|attribute| attribute.span)
            .or_else(|| written.formula.as_ref().map(|formula| formula.span));
        if let Some(span) = wrong {
            let attribute = self.context.shown(self.file, span);
            self.context
                .report(FormProblem::FigureOnStub { attribute }, self.file, span);
        }
    }

    /// Printed numbers and names share one space: both address cells.
    fn address(&mut self, place: Option<&Spanned<String>>) {
        if let Some(place) = place {
            let first = self.places.get(&place.value).copied();
            self.places.entry(place.value.clone()).or_insert(place.span);
            self.taken(place, first);
        }
    }

    /// Reports a printed number or name that something before it bears.
    pub(super) fn taken(&mut self, place: &Spanned<String>, first: Option<Span>) {
        if let Some(first) = first {
            self.context.push(
                Diagnostic::new(
                    FormProblem::RepeatedCode {
                        code: place.value.clone(),
                    },
                    self.file,
                    place.span,
                )
                .noting(Note::FirstHere, self.file, first),
            );
        }
    }

    /// Advises once per form where plain numbers do not rise.
    fn number(&mut self, code: Option<&Spanned<String>>) {
        let Some(code) = code else { return };
        let Ok(number) = code.value.parse::<u32>() else {
            return;
        };
        if let Some(before) = self.last_number
            && number < before
            && !self.told
        {
            self.told = true;
            let problem = Advice::NumbersDoNotRise {
                before: before.to_string(),
                after: code.value.clone(),
            };
            self.context.report(problem, self.file, code.span);
        }
        self.last_number = Some(number);
    }
}

pub(super) fn text_of(text: Option<&Spanned<String>>) -> String {
    text.map_or(String::new(), |text| text.value.clone())
}

fn stub_of(shows: Shows) -> Stub {
    match shows {
        Shows::Ordinal => Stub::Ordinal,
        Shows::Label => Stub::Label,
        Shows::Measure => Stub::Measure,
        Shows::Code => Stub::Code,
    }
}

/// Whether an attribute may be a default of all cells of a form.
pub(super) fn fits_default(attribute: &tree::Attribute) -> bool {
    matches!(
        attribute,
        tree::Attribute::Measure(_)
            | tree::Attribute::Type(_)
            | tree::Attribute::Nature(_)
            | tree::Attribute::Optional
            | tree::Attribute::Planned
            | tree::Attribute::Vintages(_)
    )
}
