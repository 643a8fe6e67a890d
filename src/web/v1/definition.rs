//! Regimes for programs: the published versions, and what each form of a version asks for, in shapes and in words.
//!
//! Everything is derived from the plan; words are those of the regime's own pages, in the language asked for. It does not know reports. Broken input: a version that was never published is not
//! found.

use crate::plan::CompiledRegime;
use crate::plan::cell::{CellDefinition, Nature, Source, ValueType};
use crate::plan::describe::{self, Place};
use crate::plan::form::{Catalog, ColumnIndex, Form, FormIndex, Rows, WrittenRow};
use crate::plan::outline::narratives;
use crate::service::view::RegimeView;
use crate::web::findings::severity_key;
use crate::web::office::Office;
use crate::web::texts::Language;
use crate::web::v1::answers;
use crate::web::v1::caller::{Asked, At, Caller};
use crate::web::v1::fault::Fault;
use crate::web::v1::requests::NoQuery;
use crate::web::words::pick;
use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

/// The published versions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegimesAnswer {
    /// By name and version.
    regimes: Vec<RegimeAnswer>,
}

/// A published version of a regime.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegimeAnswer {
    /// Name.
    name: String,
    /// Version.
    version: u32,
    /// Printed title.
    title: String,
    /// First day in force.
    in_force_from: String,
    /// The decision by which it was put into force.
    decision: String,
    /// When it was published.
    published_at: String,
    /// Fingerprint of its plan; another text with the same meaning has the same.
    fingerprint: String,
}

/// What a version asks for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DefinitionAnswer {
    /// The version.
    regime: RegimeAnswer,
    /// Forms and lists in the author's order.
    forms: Vec<FormAnswer>,
    /// Catalogues that rows and values are chosen from.
    catalogs: Vec<CatalogAnswer>,
    /// What is checked.
    rules: Vec<RuleAnswer>,
    /// What is to be written in the outline.
    narratives: Vec<NarrativeAnswer>,
}

/// A form or list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FormAnswer {
    /// Name in data.
    name: String,
    /// Printed sign.
    sign: String,
    /// Printed title.
    title: String,
    /// Whether it is a list.
    list: bool,
    /// What its rows are: `own` (one row, key empty), `chosen` (entries of the catalogue, added by the reporter), `catalog` (every entry), `written`, `added` (keys chosen by the reporter).
    rows: &'static str,
    /// The catalogue that rows come from.
    catalog: Option<String>,
    /// The rows that the author wrote.
    written_rows: Vec<WrittenRowAnswer>,
    /// Label of the total row, whose key is `total`.
    total_row: Option<String>,
    /// Columns in printed order.
    columns: Vec<ColumnAnswer>,
    /// Cells that are not what their column says.
    exceptions: Vec<ExceptionAnswer>,
}

/// A row that the author wrote.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WrittenRowAnswer {
    /// Key in data; null for a heading.
    key: Option<String>,
    /// Printed code.
    code: Option<String>,
    /// Printed label.
    label: String,
    /// How many headings and rows it stands under.
    depth: u32,
}

/// A column.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ColumnAnswer {
    /// Key in data.
    key: String,
    /// Name, if the author gave one; it may be used in place of the key.
    name: Option<String>,
    /// Printed label.
    label: String,
    /// Whether it is a field at the head of the form, whose row key is empty.
    head: bool,
    /// What its cells are.
    cell: KindAnswer,
}

/// A cell that is not what its column says.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExceptionAnswer {
    /// Row key.
    row: String,
    /// Column key.
    column: String,
    /// What it is.
    cell: KindAnswer,
}

/// What a cell is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KindAnswer {
    /// `number`, `text`, `date`, `yes_or_no`, `choice`, `unit` or `file`.
    r#type: &'static str,
    /// Digits after the decimal point, of a number.
    decimals: Option<u32>,
    /// Whether it may be below zero, of a number.
    negative: Option<bool>,
    /// Whether it is a percentage (90 means 90 %), of a number.
    percent: Option<bool>,
    /// The catalogue, of a choice.
    catalog: Option<String>,
    /// Unit of measure as printed.
    measure: Option<String>,
    /// `flow`, `stock`, `opening`, `not_over_time`, `ratio`, `mixed`, `period_average`, `average_by`, `index`, `score` or `none`: how it adds up.
    nature: &'static str,
    /// `entered`, `computed`, `carried` or `closed`.
    source: &'static str,
    /// Whether it must be answered, with a value or `nil`, before proposing.
    required: bool,
    /// Where it must be answered, in words.
    required_when: Option<String>,
    /// Where it is closed, in words.
    closed_when: Option<String>,
    /// How it is computed or carried, in words.
    formula: Option<String>,
    /// The pattern that a text must match.
    matching: Option<String>,
}

/// A catalogue.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CatalogAnswer {
    /// Name.
    name: String,
    /// Printed label.
    label: String,
    /// Entries, those above before those below.
    entries: Vec<EntryAnswer>,
}

/// An entry of a catalogue.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryAnswer {
    /// Name in data.
    name: String,
    /// Printed label.
    label: String,
    /// Code in exchange formats.
    code: Option<String>,
    /// Name of the entry above.
    parent: Option<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    until: Option<String>,
}

/// A rule.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RuleAnswer {
    /// Its stable key.
    key: String,
    /// The form it stands in.
    form: Option<String>,
    /// `error`, `explain` or `warning`.
    severity: &'static str,
    /// What must hold, in words.
    words: String,
    /// As the author wrote it.
    text: String,
}

/// Something to be written in the outline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NarrativeAnswer {
    /// Key in data.
    key: String,
    /// What to write about.
    label: Option<String>,
    /// Whether it must be written before proposing.
    required: bool,
}

/// `GET /api/v1/regimes`
pub async fn list(
    State(office): State<Office>,
    _caller: Caller,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<RegimesAnswer>, Fault> {
    let views = office.run(|service| service.regimes()).await?;
    Ok(Json(RegimesAnswer {
        regimes: views.iter().map(regime).collect(),
    }))
}

/// `GET /api/v1/regimes/{regime}/versions/{version}`
pub async fn show(
    State(office): State<Office>,
    caller: Caller,
    At((name, version)): At<(String, u32)>,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<DefinitionAnswer>, Fault> {
    let view = office
        .run(move |service| service.regime(&name, version))
        .await?;
    let (plan, language) = (&view.plan, caller.language);
    let definition = &plan.form_definition;
    let forms = definition.forms.iter().zip(0_u32..);
    let rule = |rule: &crate::plan::validation::Rule| RuleAnswer {
        key: rule.key.clone(),
        form: rule
            .form
            .and_then(|form| definition.form(form))
            .map(|form| form.name.clone()),
        severity: severity_key(rule.severity),
        words: pick(language, describe::rules::rule(plan, rule)),
        text: rule.text.clone(),
    };
    let outlines = plan.outlines.iter();
    let written = outlines.flat_map(|outline| narratives(&outline.parts));
    Ok(Json(DefinitionAnswer {
        regime: regime(&view),
        forms: forms
            .map(|(one, position)| form(plan, language, FormIndex(position), one))
            .collect(),
        catalogs: definition.catalogs.iter().map(catalog).collect(),
        rules: plan.validation_program.rules.iter().map(rule).collect(),
        narratives: written
            .map(|narrative| NarrativeAnswer {
                key: narrative.key.clone(),
                label: narrative.label.clone(),
                required: narrative.required,
            })
            .collect(),
    }))
}

fn regime(view: &RegimeView) -> RegimeAnswer {
    let header = &view.plan.header;
    RegimeAnswer {
        name: header.name.clone(),
        version: header.version,
        title: header.title.clone(),
        in_force_from: header.in_force_from.to_string(),
        decision: view.decision.clone(),
        published_at: answers::moment(view.published_at),
        fingerprint: view.plan.fingerprint.clone(),
    }
}

fn form(plan: &CompiledRegime, language: Language, index: FormIndex, form: &Form) -> FormAnswer {
    let (rows, chosen_from) = match &form.rows {
        Rows::EachReportingUnit => ("own", None),
        Rows::ChosenFrom(catalog) => ("chosen", Some(*catalog)),
        Rows::From(catalog) => ("catalog", Some(*catalog)),
        Rows::Written(_) => ("written", None),
        Rows::Listed(_) => ("added", None),
    };
    let lines: &[WrittenRow] = match &form.rows {
        Rows::Written(lines) => lines,
        _ => &[],
    };
    let key = |column: ColumnIndex| {
        let found = form.column(column);
        found.map(|found| found.key(column)).unwrap_or_default()
    };
    FormAnswer {
        name: form.name.clone(),
        sign: form.sign.clone(),
        title: form.title.clone(),
        list: form.list,
        rows,
        catalog: chosen_from
            .and_then(|catalog| plan.form_definition.catalog(catalog))
            .map(|catalog| catalog.name.clone()),
        written_rows: lines.iter().map(written_row).collect(),
        total_row: form.total_row.clone(),
        columns: form
            .columns_indexed()
            .map(|(position, column)| ColumnAnswer {
                key: column.key(position),
                name: column.name.clone(),
                label: column.label.clone(),
                head: column.head,
                cell: kind(plan, language, (index, None), &column.cell),
            })
            .collect(),
        exceptions: form
            .exceptions
            .iter()
            .map(|exception| ExceptionAnswer {
                row: exception.row.clone(),
                column: key(exception.column),
                cell: kind(
                    plan,
                    language,
                    (index, Some(&exception.row)),
                    &exception.cell,
                ),
            })
            .collect(),
    }
}

fn written_row(line: &WrittenRow) -> WrittenRowAnswer {
    match line {
        WrittenRow::Heading { code, label, depth } => WrittenRowAnswer {
            key: None,
            code: code.clone(),
            label: label.clone(),
            depth: *depth,
        },
        WrittenRow::Row {
            key,
            code,
            label,
            depth,
            ..
        } => WrittenRowAnswer {
            key: Some(key.clone()),
            code: code.clone(),
            label: label.clone(),
            depth: *depth,
        },
    }
}

fn kind(
    plan: &CompiledRegime,
    language: Language,
    (form, row): (FormIndex, Option<&str>),
    cell: &CellDefinition,
) -> KindAnswer {
    let place = Place {
        form: Some(form),
        row,
    };
    let words = |id| pick(language, describe::expression(plan, place, id));
    let number = match cell.value {
        ValueType::Number {
            decimals,
            negative,
            percent,
        } => Some((decimals, negative, percent)),
        _ => None,
    };
    let (source, formula) = match cell.source {
        Source::Entered => ("entered", None),
        Source::Computed(id) => ("computed", Some(id)),
        Source::Carried(id) => ("carried", Some(id)),
        Source::Closed => ("closed", None),
    };
    let measures = &plan.form_definition.measures;
    let measure = cell.measure.and_then(|at| measures.get(at as usize));
    KindAnswer {
        r#type: type_key(cell.value),
        decimals: number.map(|(decimals, _, _)| decimals),
        negative: number.map(|(_, negative, _)| negative),
        percent: number.map(|(_, _, percent)| percent),
        catalog: match cell.value {
            ValueType::Choice(catalog) => plan
                .form_definition
                .catalog(catalog)
                .map(|catalog| catalog.name.clone()),
            _ => None,
        },
        measure: measure.map(|measure| measure.label.clone()),
        nature: nature_key(cell.nature),
        source,
        required: cell.required,
        required_when: cell.required_when.map(words),
        closed_when: cell.closed_when.map(words),
        formula: formula.map(words),
        matching: cell.matching.clone(),
    }
}

fn type_key(value: ValueType) -> &'static str {
    match value {
        ValueType::Number { .. } => "number",
        ValueType::Text => "text",
        ValueType::Date => "date",
        ValueType::YesOrNo => "yes_or_no",
        ValueType::Choice(_) => "choice",
        ValueType::Reporter => "unit",
        ValueType::File => "file",
    }
}

fn nature_key(nature: Nature) -> &'static str {
    match nature {
        Nature::Flow => "flow",
        Nature::Stock => "stock",
        Nature::Opening => "opening",
        Nature::NotOverTime => "not_over_time",
        Nature::Ratio => "ratio",
        Nature::Mixed => "mixed",
        Nature::PeriodAverage => "period_average",
        Nature::AverageBy(_) => "average_by",
        Nature::Index => "index",
        Nature::Score => "score",
        Nature::None => "none",
    }
}

fn catalog(catalog: &Catalog) -> CatalogAnswer {
    let entry = |entry: &crate::plan::form::CatalogEntry| EntryAnswer {
        name: entry.name.clone(),
        label: entry.label.clone(),
        code: entry.code.clone(),
        parent: entry
            .parent
            .and_then(|parent| catalog.entries.get(parent as usize))
            .map(|parent| parent.name.clone()),
        from: entry.from.map(|day| day.to_string()),
        until: entry.until.map(|day| day.to_string()),
    };
    CatalogAnswer {
        name: catalog.name.clone(),
        label: catalog.label.clone(),
        entries: catalog.entries.iter().map(entry).collect(),
    }
}
