//! Indicators, targets, traits and export formats: the words that give figures one meaning for all regimes.
//!
//! A formula of an indicator is read as if all indicators were columns of one form, so that it is typed like any other. It deliberately does not
//! know where indicators are used. A word whose definition is broken stays a word, so that its uses are not reported too.

use super::attributes::Stated;
use super::cell_type::statement::Statement;
use super::cell_type::value::{Bounds, Measured, Share, Value};
use super::check_forms::is_words;
use super::columns;
use super::context::Context;
use super::cycles;
use super::expression::{Cell, Quantity, Term};
use super::inference::Inference;
use super::kinds;
use super::model::{
    cell::{CellDefinition, Modality, Side, Source, Vintage},
    words::{Export, Indicator, Target, Trait},
};
use super::resolve::Resolver;
use super::resolve_values::Inside;
use super::shared::Shared;
use super::statements;
use super::weights;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::problem::meaning::value_word::MeasureWord;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::expression::Expr;
use crate::syntax::ast::form::Attribute;
use crate::syntax::ast::words::Code;
use crate::syntax::ast::{Item, Spanned, indicator as tree};
use crate::text::FileId;
use std::sync::Arc;

/// Collects the words; measures, levels, agencies and catalogs are known already.
pub(super) fn declare(context: &mut Context, shared: &mut Shared) {
    let project = context.project;
    let mut written = Vec::new();
    for source in &project.sources {
        let file = source.file.id;
        for item in &source.tree.items {
            match item {
                Item::Trait(found) => declare_trait(context, file, shared, found),
                Item::Target(found) => declare_target(context, file, shared, found),
                Item::Export(found) => declare_export(context, file, shared, found),
                Item::Indicator(found) if name_indicator(context, file, shared, found) => {
                    written.push((file, found.as_ref()));
                }
                _ => {}
            }
        }
    }
    define(context, shared, &written);
}

/// The export code written as a text; printed codes belong to rows.
pub(super) fn code_text(code: Option<&Code>) -> Option<String> {
    match code {
        Some(Code::Text(text)) => Some(text.value.clone()),
        Some(Code::Printed(_)) | None => None,
    }
}

fn declare_trait(context: &mut Context, file: FileId, shared: &mut Shared, written: &tree::Trait) {
    let known = &mut Arc::make_mut(&mut shared.words).traits;
    if let Some(first) = known.named(&written.name.value) {
        let first = first.place.label;
        context.repeated(NameKind::Trait, &written.name, file, first);
        return;
    }
    known.push(Trait {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        code: code_text(written.code.as_ref()),
        place: context.place(file, written.span),
    });
}

fn declare_target(
    context: &mut Context,
    file: FileId,
    shared: &mut Shared,
    written: &tree::Target,
) {
    let known = &shared.words.targets;
    if let Some(first) = known.named(&written.name.value) {
        let first = first.place.label;
        context.repeated(NameKind::Target, &written.name, file, first);
        return;
    }
    let table = context.table(file, &written.table).map(|(_, path)| path);
    let given_to = written
        .given_to
        .iter()
        .filter_map(|who| shared.resolve_party(context, file, who))
        .collect();
    if let (Some(span), [only]) = (written.adds_up, written.given_to.as_slice())
        && shared
            .words
            .levels
            .iter()
            .any(|level| level.name == only.name.value)
    {
        let target = written.name.value.clone();
        context.report(DeclaredProblem::NothingAbove { target }, file, span);
    }
    let same_file = |known: &&Target| Some(&known.table) == table.as_ref();
    if let Some(first) = shared.words.targets.iter().find(same_file) {
        let problem = DeclaredProblem::TargetsOfOneFile {
            first: first.name.clone(),
            file: written.table.value.clone(),
        };
        let first = first.place.label;
        context.push(Diagnostic::new(problem, file, written.table.span).noting(
            Note::FirstHere,
            first.file,
            first.span,
        ));
    }
    let place = context.place(file, written.span);
    Arc::make_mut(&mut shared.words).targets.push(Target {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        basis: written.basis.as_ref().map(|basis| basis.value.clone()),
        given_to,
        table: table.unwrap_or_else(|| written.table.value.clone()),
        adds_up: written.adds_up.is_some(),
        place,
    });
}

fn declare_export(
    context: &mut Context,
    file: FileId,
    shared: &mut Shared,
    written: &tree::Export,
) {
    let known = &shared.words.exports;
    if let Some(first) = known.named(&written.name.value) {
        let first = first.place.label;
        context.repeated(NameKind::Export, &written.name, file, first);
        return;
    }
    let mut periods = Vec::new();
    for line in &written.periods {
        let Some(choice) = kinds::choice(context, shared, file, &line.which) else {
            continue;
        };
        if periods.iter().any(|(known, _)| *known == choice) {
            let statement = context.shown(file, line.span);
            context.report(
                FormProblem::RepeatedStatement { statement },
                file,
                line.span,
            );
            continue;
        }
        periods.push((choice, line.code.value.clone()));
    }
    let place = context.place(file, written.span);
    Arc::make_mut(&mut shared.words).exports.push(Export {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        periods,
        place,
    });
}

/// Gives an indicator its place among the words; false for a repeated name.
fn name_indicator(
    context: &mut Context,
    file: FileId,
    shared: &mut Shared,
    written: &tree::Indicator,
) -> bool {
    let known = &mut Arc::make_mut(&mut shared.words).indicators;
    if let Some(first) = known.named(&written.name.value) {
        let first = first.place.label;
        context.repeated(NameKind::Indicator, &written.name, file, first);
        return false;
    }
    let source = match written.formula {
        Some(_) => Source::Computed,
        None => Source::Entered,
    };
    known.push(Indicator {
        name: written.name.value.clone(),
        label: written.label.value.clone(),
        code: None,
        definition: None,
        cell: CellDefinition::unknown(source, true),
        vintages: Vec::new(),
        owner: None,
        broken_down_by: Vec::new(),
        place: context.place(file, written.span),
    });
    shared.indicator_statements.push(Statement::default());
    true
}

fn define(context: &mut Context, shared: &mut Shared, written: &[(FileId, &tree::Indicator)]) {
    let mut all_stated = Vec::new();
    for (position, (file, found)) in written.iter().enumerate() {
        let mut stated = Stated::default();
        for attribute in &found.attributes {
            match of_indicators_only(&attribute.value) {
                true => describe(context, shared, *file, position, attribute),
                false => stated.add(context, shared, *file, attribute),
            }
        }
        if let Some((_, span)) = stated.indicator {
            let attribute = context.shown(*file, span);
            context.report(PlaceProblem::AttributeHere { attribute }, *file, span);
        }
        if is_words(stated.value) {
            let wrong = [
                stated.measure.map(|(_, span)| span),
                stated.nature.map(|(_, span)| span),
                stated.range.map(|(_, _, span)| span),
            ];
            if let Some(span) = wrong.into_iter().flatten().min() {
                let attribute = context.shown(*file, span);
                let value = stated.value.and_then(|(value, _)| value.answer());
                let value = value.unwrap_or(Value::Text);
                let value = statements::value_word(&shared.words, value);
                let problem = TypeProblem::AttributeOnText { attribute, value };
                context.report(problem, *file, span);
            }
        }
        let statement = statements::of(&stated, &shared.words);
        if let Some(place) = shared.indicator_statements.get_mut(position) {
            *place = statement;
        }
        if let Some(indicator) = Arc::make_mut(&mut shared.words)
            .indicators
            .get_mut(position)
        {
            indicator.vintages = stated
                .vintages
                .as_ref()
                .map(|(vintages, _)| vintages.clone())
                .unwrap_or_default();
        }
        all_stated.push(stated);
    }
    formulas(context, shared, written, &all_stated);
    weights::of_indicators(context, shared, written, &all_stated);
    for position in 0..written.len() {
        complete(shared, position);
    }
}

/// Attributes that only an indicator has.
fn of_indicators_only(attribute: &Attribute) -> bool {
    matches!(
        attribute,
        Attribute::Code(_)
            | Attribute::Owner(_)
            | Attribute::BrokenDownBy(_)
            | Attribute::DefinedAs(_)
    )
}

fn describe(
    context: &mut Context,
    shared: &mut Shared,
    file: FileId,
    position: usize,
    attribute: &Spanned<Attribute>,
) {
    let mut broken_down_by = Vec::new();
    match &attribute.value {
        Attribute::Owner(name) => {
            let known = shared.words.agencies.named(&name.value);
            match known {
                Some(known) => context.refer(NameKind::Agency, file, name.span, known.place.label),
                None => {
                    let names = shared
                        .words
                        .agencies
                        .iter()
                        .map(|known| known.name.as_str());
                    context.unknown(NameKind::Agency, name, file, names, &shared.strays);
                }
            }
        }
        Attribute::BrokenDownBy(names) => {
            for name in names {
                let trait_known = shared
                    .words
                    .traits
                    .iter()
                    .any(|known| known.name == name.value);
                let known = match trait_known {
                    true => shared.trait_of(context, file, name).is_some(),
                    false => shared.catalog(context, file, name).is_some(),
                };
                if known {
                    broken_down_by.push(name.value.clone());
                }
            }
        }
        _ => {}
    }
    let Some(indicator) = Arc::make_mut(&mut shared.words)
        .indicators
        .get_mut(position)
    else {
        return;
    };
    match &attribute.value {
        Attribute::Code(code) => indicator.code = code_text(Some(code)),
        Attribute::Owner(name) => indicator.owner = Some(name.value.clone()),
        Attribute::DefinedAs(text) => indicator.definition = Some(text.value.clone()),
        Attribute::BrokenDownBy(_) => indicator.broken_down_by = broken_down_by,
        _ => {}
    }
}

/// Resolves and types the formulas, each after those it reads.
fn formulas(
    context: &mut Context,
    shared: &mut Shared,
    written: &[(FileId, &tree::Indicator)],
    stated: &[Stated],
) {
    let mut terms: Vec<Vec<Term>> = Vec::new();
    for (file, found) in written {
        let sides = found.formula.iter().flat_map(|formula| &formula.sides);
        terms.push(
            sides
                .map(|side| over_indicators(context, shared, *file, side))
                .collect(),
        );
    }
    let needs: Vec<Vec<usize>> = terms
        .iter()
        .map(|sides| {
            let mut needed = Vec::new();
            for side in sides {
                side.cells(&mut |cell, _| needed.push(cell.column));
            }
            needed
        })
        .collect();
    let order = cycles::order(&needs);
    for circle in &order.circles {
        let Some((file, found)) = circle.first().and_then(|first| written.get(*first)) else {
            continue;
        };
        let mut columns: Vec<String> = circle
            .iter()
            .filter_map(|position| written.get(*position))
            .map(|(_, found)| found.name.value.clone())
            .collect();
        columns.extend(columns.first().cloned());
        context.report(FormProblem::Cycle { columns }, *file, found.name.span);
        let names = circle.iter().filter_map(|position| written.get(*position));
        let names = names.map(|(_, found)| found.name.value.clone());
        shared.circular.extend(names);
    }
    for position in order.sorted {
        let (Some((file, found)), Some(stated)) = (written.get(position), stated.get(position))
        else {
            continue;
        };
        let mut chain = Vec::new();
        for mut term in terms.get(position).cloned().unwrap_or_default() {
            let quantity = infer(context, shared, *file, &mut term);
            // The first side computes; what the others give is compared with it where the indicator stands in a form.
            if chain.is_empty() {
                check_formula(context, shared, *file, found, stated, &term);
                if let Some(statement) = shared.indicator_statements.get_mut(position) {
                    *statement = over(statement, &quantity);
                }
            }
            let text = context.text(*file, term.span);
            chain.push(Side { term, text });
        }
        if let Some(indicator) = Arc::make_mut(&mut shared.words)
            .indicators
            .get_mut(position)
        {
            indicator.cell.chain = chain;
        }
    }
}

pub(super) fn infer(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    term: &mut Term,
) -> Quantity {
    let lookup = |cell: &Cell| {
        let statement = shared.indicator_statements.get(cell.column);
        statement.map_or_else(Quantity::unknown, |statement| {
            Quantity::of(&statement.complete(false))
        })
    };
    let mut inference = Inference {
        context: &*context,
        words: &shared.words,
        file,
        cell: &lookup,
        found: Vec::new(),
    };
    inference.infer(term);
    let found = inference.found;
    found
        .into_iter()
        .for_each(|diagnostic| context.push(diagnostic));
    term.quantity.clone()
}

/// What is stated about an indicator over what its formula gives.
fn over(stated: &Statement, inferred: &Quantity) -> Statement {
    let mut statement = stated.clone();
    if inferred.is_unknown() {
        return statement;
    }
    statement.nature = statement.nature.or(Some(inferred.additivity.nature));
    statement.modality = statement.modality.or(match inferred.additivity.modality {
        Some(Modality::Actual(Some(_))) | None => None,
        modality => modality,
    });
    if statement.measure.is_none() {
        statement.measure = Some(Measured {
            dimension: inferred.dimension.clone(),
            scale: inferred.scale.clone(),
            share: match (inferred.points, inferred.percent) {
                (true, _) => Share::Points,
                (false, true) => Share::Percent,
                (false, false) => Share::Plain,
            },
        });
    }
    if statement.value.is_none() {
        statement.value = inferred.decimals.map(Value::Number);
        if !inferred.negative {
            statement.bounds = Bounds::not_negative();
        }
    }
    statement
}

fn check_formula(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &tree::Indicator,
    stated: &Stated,
    term: &Term,
) {
    let inferred = &term.quantity;
    if inferred.is_unknown() {
        return;
    }
    let own = statements::of(stated, &shared.words);
    if let (Some(measure), Some(dimension)) = (&own.measure, &inferred.dimension)
        && measure
            .dimension
            .as_ref()
            .is_some_and(|known| known != dimension)
    {
        let words = &shared.words;
        let plain = super::expression::Dimension::default();
        let problem = TypeProblem::StatedMeasureDiffers {
            stated: match measure.share {
                Share::Plain => super::measures::in_words(
                    words,
                    measure.dimension.as_ref().unwrap_or(&plain),
                    &measure.scale,
                    false,
                ),
                Share::Percent | Share::Points => MeasureWord::Percent,
            },
            inferred: super::measures::in_words(
                words,
                dimension,
                &inferred.scale,
                inferred.percent,
            ),
        };
        let span = stated
            .measure
            .map(|(_, span)| span)
            .or(stated.value.map(|(_, span)| span))
            .unwrap_or(written.name.span);
        context.report(problem, file, span);
    } else if own.value.is_none() && inferred.decimals.is_none() {
        context.report(TypeProblem::QuotientWithoutType, file, term.span);
    }
}

/// The cell definition of an indicator, for those who read the words.
fn complete(shared: &mut Shared, position: usize) {
    let Some(statement) = shared.indicator_statements.get(position) else {
        return;
    };
    let cell = statement.complete(false);
    let quantity = Quantity::of(&cell);
    let measure = match quantity.percent {
        true => None,
        false => shared.measure_of(quantity.dimension.as_ref(), &quantity.scale),
    };
    if let Some(indicator) = Arc::make_mut(&mut shared.words)
        .indicators
        .get_mut(position)
    {
        indicator.cell.value = columns::value_type(&quantity);
        indicator.cell.measure = measure.filter(|_| statement.measure.is_some());
        indicator.cell.nature = cell.additivity.nature;
        indicator.cell.modality = cell.additivity.modality.unwrap_or(Modality::Actual(None));
        if let (Modality::Actual(None), [only]) =
            (indicator.cell.modality, indicator.vintages.as_slice())
        {
            indicator.cell.modality = Modality::Actual(Some::<Vintage>(*only));
        }
    }
}

/// An expression whose names are indicators.
pub(super) fn over_indicators(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    expr: &Expr,
) -> Term {
    let inside = Inside {
        indicators: true,
        ..Inside::default()
    };
    Resolver::without_forms(context, shared, file, inside).term(expr)
}
