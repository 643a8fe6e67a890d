//! `regime/testFromSample`: figures that were typed in a preview, as a test block of the regime.
//!
//! The text of the block is made by the room of editor questions; here addresses and typed texts are read. What was typed and is no figure of its cell is left out, as the preview has already said. A regime
//! with mistakes has no cells, and a period that a test cannot name is refused in words.

use super::{VERSION, regimes};
use crate::calendar::dates::{parse_date, parse_iso_date, show_date};
use crate::calendar::{Period, PeriodKind};
use crate::diagnostic::Edit;
use crate::diagnostic::wording::Text;
use crate::eval::attached::AttachedFile;
use crate::eval::display::read_typed;
use crate::eval::figures::Entry;
use crate::ide::actions::sample::{Sample, SampleEvent, Typed, instance, written};
use crate::ide::actions::{spelling_of, word};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{Document, View};
use crate::number::Number;
use crate::organisation::{FieldKind, UnitId};
use crate::plan::CompiledRegime;
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{CellDefinition, Source, ValueType};
use crate::plan::expression::{Expression, ExpressionId, RowReference};
use crate::syntax::ast::Item;
use crate::text::Span;
use crate::text::language::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tower_lsp::lsp_types::{Range, Url, WorkspaceEdit};

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct SampleParams {
    /// The document.
    pub uri: Url,
    /// Name of the regime; the newest sound one of the document if left out.
    pub regime: Option<String>,
    /// Name of the form that is shown; figures of other forms are taken as well.
    pub form: Option<String>,
    /// Code of the period.
    pub period: String,
    /// Identity of the unit.
    pub unit: String,
    /// What was typed, by address.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// What the test shows.
    pub title: Option<String>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct SampleTest {
    /// Version of these requests.
    pub version: u32,
    /// What the test shows.
    pub title: String,
    /// The change that puts the test into the text.
    pub edit: WorkspaceEdit,
    /// Where it is put.
    pub range: Range,
}

/// Answers the request.
pub fn answer(view: &View, asked: SampleParams) -> Answer<Option<SampleTest>> {
    let Some(document) = view.document(&asked.uri) else {
        return Ok(None);
    };
    let named = |name: &str| asked.regime.as_deref().is_none_or(|asked| asked == name);
    let regime = regimes(&document)
        .filter(|regime| named(regime.name()) && regime.plan().is_some())
        .max_by_key(|regime| regime.version());
    let plan = regime.and_then(|regime| regime.plan());
    let Some((plan, end)) = plan.and_then(|plan| Some((plan, end(&document, plan)?))) else {
        let words = Text::new(
            "chế độ báo cáo còn lỗi nên chưa lưu được ca kiểm thử; hãy sửa lỗi trước",
            "the regime has mistakes, so no test can be made; correct them first",
        );
        return Err(view.refusal(&words));
    };
    let spelling = spelling_of(document.snapshot(), document.file, view.language());
    let no_period = || {
        let words = Text::new(
            "kỳ này không viết được trong ca kiểm thử; hãy chọn kỳ khác",
            "this period cannot be written in a test; choose another one",
        );
        view.refusal(&words)
    };
    let period: Period = asked.period.parse().map_err(|_| no_period())?;
    instance(&period, spelling).ok_or_else(no_period)?;
    let unit = document
        .snapshot()
        .organisation()
        .get(&UnitId(asked.unit.clone()));
    let unit = unit.map_or(asked.unit, |unit| unit.name.clone());
    let title = asked.title.filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| format!("{unit}, {}", period.name_vi()));
    let title: String = title.chars().filter(|sign| !sign.is_control()).collect();
    let (before, typed) = typed(plan, &asked.values, spelling);
    let sample = Sample {
        title: title.clone(),
        unit,
        period,
        before,
        event: event(plan, &period, &asked.values, spelling),
        typed,
    };
    let text = written(&sample, "  ", spelling).ok_or_else(no_period)?;
    let place = Span::at(end);
    let edit = Edit {
        file: document.file,
        span: place,
        replacement: text,
    };
    Ok(Some(SampleTest {
        version: VERSION,
        title,
        range: document.range(place),
        edit: document.project.workspace_edit(&[edit]),
    }))
}

/// The offset of the brace that closes the newest regime of that name in a document.
fn end(document: &Document, plan: &CompiledRegime) -> Option<u32> {
    let source = document.snapshot().source(document.file)?;
    let items = source.tree.items.iter().filter_map(|item| match item {
        Item::Regime(regime) => Some(regime),
        _ => None,
    });
    let named = items.filter(|regime| {
        let name = regime.name.as_ref();
        name.is_some_and(|name| name.value == plan.header.name)
    });
    let mut ends = named.filter_map(|regime| {
        let end = regime.span.end.checked_sub(1)?;
        let closes = Span::new(end, regime.span.end).of(&source.file.text) == "}";
        closes.then_some(end)
    });
    ends.next_back()
}

/// What was said of the event that the period follows: `dot.loai` and the days `dot@start` and `dot@end`. What is no value of its field is left out.
fn event(
    plan: &CompiledRegime,
    period: &Period,
    values: &BTreeMap<String, String>,
    spelling: Language,
) -> Option<SampleEvent> {
    let name = period.kind().event()?;
    let mut events = plan.header.events.iter();
    let event = events.find(|event| event.name == name.as_str())?;
    let day = |part: &str| {
        let text = values.get(&format!("{}@{part}", event.name))?;
        parse_date(text.trim()).ok()
    };
    let fields = event.fields.iter().filter_map(|field| {
        let text = values
            .get(&format!("{}.{}", event.name, field.name))?
            .trim();
        let value = match &field.kind {
            FieldKind::Choice { entries, .. } => {
                let mut entries = entries.iter();
                entries.find(|(name, _)| name == text)?.0.clone()
            }
            FieldKind::YesOrNo => match text {
                "yes" => word("kw_yes", spelling).to_owned(),
                "no" => word("kw_no", spelling).to_owned(),
                _ => return None,
            },
            FieldKind::Text if text.is_empty() => return None,
            FieldKind::Text => format!("\"{}\"", text.replace('"', "'")),
            FieldKind::Number { .. } => Number::parse(text).ok().map(|_| text.to_owned())?,
            FieldKind::Date => show_date(parse_date(text).ok()?),
        };
        Some((field.name.clone(), value))
    });
    let end = day("end").filter(|_| matches!(period.kind(), PeriodKind::EndOf(_)));
    Some(SampleEvent {
        name: event.name.clone(),
        fields: fields.collect(),
        start: day("start"),
        end,
    })
}

/// The figures in the order of the forms, their rows and their columns: those of the period before that this one begins with, and those of this one.
fn typed(
    plan: &CompiledRegime,
    values: &BTreeMap<String, String>,
    spelling: Language,
) -> (Vec<Typed>, Vec<Typed>) {
    let definition = &plan.form_definition;
    let mut before = BTreeMap::new();
    let mut own = BTreeMap::new();
    for (address, text) in values {
        let found = CellAddress::parse(address, definition).and_then(|at| {
            let cell = definition.form(at.form)?.cell(at.row.key(), at.column)?;
            Some((at, cell))
        });
        let Some((at, cell)) = found else { continue };
        let (place, figures) = match cell.source {
            Source::Entered => (Some(at), &mut own),
            Source::Carried(from) => (carried_from(plan, &at, from), &mut before),
            Source::Computed(_) | Source::Closed => (None, &mut own),
        };
        let entry = read_typed(text, cell.value).ok().flatten();
        let value = entry.and_then(|entry| in_language(plan, cell, entry, spelling));
        if let Some((place, value)) = place.zip(value) {
            figures.insert(place, value);
        }
    }
    let written = |figures: BTreeMap<CellAddress, String>| -> Vec<Typed> {
        let figures = figures.into_iter();
        let written = figures.filter_map(|(at, value)| {
            let form = definition.form(at.form)?;
            Some(Typed {
                form: form.name.clone(),
                value,
                column: form.column(at.column)?.key(at.column),
                row: at.row.key().to_owned(),
            })
        });
        written.collect()
    };
    (written(before), written(own))
}

/// The one cell of the earlier report that a cell is carried over from; none where it is made of several.
fn carried_from(
    plan: &CompiledRegime,
    at: &CellAddress,
    from: ExpressionId,
) -> Option<CellAddress> {
    let Expression::Cell(cell) = plan.validation_program.expression(from)? else {
        return None;
    };
    let form = plan.form_definition.form(cell.form)?;
    let row = match &cell.row {
        RowReference::Current => at.row.clone(),
        RowReference::Entry(key) => Row::parse(key, form),
        RowReference::Total | RowReference::Others | RowReference::All => return None,
    };
    Some(CellAddress {
        form: cell.form,
        row,
        column: cell.column,
    })
}

/// An entry as the language writes it; none for what it cannot write.
fn in_language(
    plan: &CompiledRegime,
    definition: &CellDefinition,
    entry: Entry,
    spelling: Language,
) -> Option<String> {
    let text = match entry {
        Entry::Nil => return Some(word("kw_nil", spelling).to_owned()),
        Entry::Closed => return Some(word("kw_closed_value", spelling).to_owned()),
        Entry::Value(text) => text,
    };
    match definition.value {
        ValueType::Number { .. } => Some(text),
        ValueType::Date => parse_iso_date(&text).ok().map(show_date),
        ValueType::YesOrNo => match text.as_str() {
            "yes" | "có" => Some(word("kw_yes", spelling).to_owned()),
            "no" | "không" => Some(word("kw_no", spelling).to_owned()),
            _ => None,
        },
        ValueType::Choice(catalog) => {
            let mut entries = plan.form_definition.catalog(catalog)?.entries.iter();
            let found = entries.find(|entry| entry.name == text || entry.label == text)?;
            Some(found.name.clone())
        }
        ValueType::Text | ValueType::Reporter => Some(format!("\"{}\"", text.replace('"', "'"))),
        ValueType::File => {
            AttachedFile::named(&text).map(|file| format!("\"{}\"", file.name.replace('"', "'")))
        }
    }
}
