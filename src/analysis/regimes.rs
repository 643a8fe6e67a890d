//! One regime after another: header, forms, periods, routes, rules, tests, put together in the order in which they need one another.
//!
//! It deliberately decides nothing itself but which parts are looked at together.

use super::alone;
use super::applicability::Reported;
use super::beyond_cutoff;
use super::bounds;
use super::breakdowns::{self, Expanded};
use super::check_forms;
use super::check_rules::RuleReader;
use super::check_tests::TestReader;
use super::circles;
use super::columns;
use super::context::Context;
use super::events;
use super::export_codes;
use super::expression::Cell;
use super::facts;
use super::foregone;
use super::form_lookup::form_places;
use super::form_time;
use super::forms::{self, FormDraft};
use super::formulas;
use super::grouped_rows;
use super::header::{self, Header};
use super::hints;
use super::memory::{Found, Memory};
use super::model::{PeriodRule, Regime, Rule, form::Form, named::Named};
use super::never_at_once;
use super::never_falls;
use super::never_together;
use super::owners;
use super::rule_instances::Instance;
use super::shared::Shared;
use super::size::MOST_PARTS;
use super::spans_of_time;
use super::{
    migrations, open_lists, order, outline, periods, printed, routes, versions, where_applies,
};
use crate::calendar::Date;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::advice::Advice;
use crate::diagnostic::problem::meaning::route::{LegalPart, RouteProblem};
use crate::organisation::Party;
use crate::syntax::ast::form::Form as WrittenForm;
use crate::syntax::ast::header::{self as tree, RegimeMember};
use crate::syntax::ast::{Spanned, Stray};
use crate::text::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The regimes of a project, with what was found about each.
pub(super) type Analysed = (Vec<Arc<Regime>>, Vec<Arc<Found>>);

/// Analyses all regimes of the sources; takes over what an earlier analysis found about unchanged ones. Nothing if it was given up before a regime.
pub(super) fn analyse(
    context: &mut Context,
    shared: &Shared,
    earlier: Option<&Memory>,
    go_on: &mut dyn FnMut() -> bool,
) -> Option<Analysed> {
    let mut taken_over = BTreeSet::new();
    let mut firsts: BTreeMap<(&str, u32), Label> = BTreeMap::new();
    let mut places = Vec::new();
    for placed in order::in_order(context, earlier) {
        let (place, file, written) = (placed.place, placed.file, placed.written);
        let label = Label {
            file,
            span: written.span,
        };
        let unchanged = placed
            .needs
            .iter()
            .all(|(other, _)| taken_over.contains(other));
        let needs: Vec<Label> = placed.needs.into_iter().map(|(_, label)| label).collect();
        let source = context.project.source(file);
        let kept = earlier
            .filter(|_| unchanged)
            .zip(source)
            .and_then(|(memory, source)| memory.at(source, label))
            .filter(|kept| kept.found.needs == needs)
            // What is left of a file that stands for too much depends on what stands before it.
            .filter(|kept| !kept.found.cut)
            .filter(|kept| context.parts_of(file) + kept.found.parts <= MOST_PARTS);
        let (regime, found) = match kept {
            Some(kept) => {
                taken_over.insert(place);
                context.take_over(&kept.found.told);
                context.spend(kept.found.parts, file, written.span);
                (Arc::clone(&kept.regime), Arc::clone(&kept.found))
            }
            None if !go_on() => return None,
            None => {
                let before = context.told();
                let parts = context.parts_of(file);
                let regime = one(context, shared, file, written);
                let found = Found {
                    place: label,
                    pointed: placed.pointed,
                    needs,
                    told: context.told_since(before, Some((file, written))),
                    parts: context.parts_of(file).saturating_sub(parts),
                    cut: context.is_full(file),
                };
                (Arc::new(regime), Arc::new(found))
            }
        };
        let Some(name) = &written.name else { continue };
        let key = (name.value.as_str(), regime.version);
        let first = *firsts.entry(key).or_insert(regime.place.label);
        if first != regime.place.label {
            context.repeated(NameKind::Regime, name, file, first);
        }
        context.analysed.push(regime);
        places.push((place, (file, written), found));
    }
    let analysed = std::mem::take(&mut context.analysed);
    let mut all: Vec<_> = places.into_iter().zip(analysed).collect();
    all.sort_by_key(|((place, _, _), _)| *place);
    let mut regimes = Vec::new();
    let mut sources = Vec::new();
    let mut found = Vec::new();
    for ((_, source, about), regime) in all {
        sources.push(source);
        found.push(about);
        regimes.push(regime);
    }
    versions::check(context, &regimes, &sources);
    // An earlier version may stand in a later file.
    for (at, (file, written)) in sources.into_iter().enumerate() {
        let migrations = migrations::read(context, &regimes, at, file, (written, &shared.words));
        if let Some(regime) = regimes.get_mut(at)
            // One that was taken over with them stays the very same, and so does its plan.
            && regime.migrations != migrations
        {
            Arc::make_mut(regime).migrations = migrations;
        }
    }
    if !regimes.is_empty() && !context.has_unreadable_lines() {
        unused(context, shared);
    }
    Some((regimes, found))
}

fn one(context: &mut Context, shared: &Shared, file: FileId, written: &tree::Regime) -> Regime {
    alone::regime(context, file, written);
    context.event_places.clear();
    context.compared = 0;
    let events = events::read(context, shared, file, written);
    context.events = events.clone().into();
    let (mut header, time) = header::read(context, shared, file, written);
    context.in_force = (header.in_force_from, header.in_force_until);
    let found = periods::read(context, shared, file, &time);
    events::unused(context, file, written, &found.rules);
    header.deadlines_unreadable |= found.deadline_of_nobody;
    context.reported_parts = Arc::new(Reported {
        periods: found.rules.iter().map(|rule| rule.choice).collect(),
        rules: found.rules.clone(),
        senders: header.senders(),
        on_routes: header.on_routes(&shared.words),
    });
    let lists = lists_as_forms(written);
    let expanded = expand_forms(context, shared, file, written);
    let in_full = InFull {
        lists: &lists,
        expanded: &expanded,
    };
    let (mut drafts, form_strays) = read_forms(context, shared, file, written, in_full);
    context.form_places = form_places(&drafts);
    grouped_rows::settle(context, shared, &mut drafts);
    if found.window_missing {
        context.report(
            RouteProblem::MissingPart {
                part: LegalPart::Window,
                statistical: header.statistical,
            },
            file,
            written.head,
        );
    }
    let mut told = routes::check(context, shared, &header, &found.rules);
    let times = form_time::settle(context, shared, &mut drafts, &found.rules);

    let mut parts = formulas::resolve(context, shared, &drafts, &form_strays);
    let of_drafts = || {
        let members = written.members.iter().enumerate();
        members
            .filter(|(_, member)| matches!(member, RegimeMember::Form(_) | RegimeMember::List(_)))
            .map(|(place, _)| expanded.get(&place))
    };
    for (position, (draft, expanded)) in drafts.iter().zip(of_drafts()).enumerate() {
        let registered = expanded.map_or(&[][..], |expanded| &expanded.registered);
        breakdowns::registered::close_unregistered(position, draft, registered, &mut parts);
        let place = (position, draft);
        breakdowns::dated::close_outside(context, shared, place, expanded, &mut parts);
    }
    let types = columns::infer(context, shared, &drafts, &parts);
    circles::check(context, &drafts, &parts, &types);
    check_forms::check(context, shared, &mut drafts, parts, &types, &found.rules);
    beyond_cutoff::check(context, &shared.words, file, &time, &found.rules, &drafts);
    where_applies::attach(context, shared, &mut drafts, &form_strays, &types);
    let timed = (drafts.as_slice(), times.as_slice());
    form_time::check(context, shared, &header, &found, timed, &mut told);
    printed::advise(context, &drafts);

    let mut rules = RuleReader {
        context,
        shared,
        forms: &drafts,
        form_strays: &form_strays,
        columns: &types,
        file,
        parts: BTreeMap::new(),
        identifiers: BTreeMap::new(),
        instance: Instance::default(),
        scales_differ: false,
        rules: Vec::new(),
    };
    for (position, draft) in drafts.iter().enumerate() {
        for rule in &draft.rules {
            rules.read(rule, Some(position));
        }
    }
    for member in &written.members {
        if let RegimeMember::Rule(rule) = member {
            rules.read(rule, None);
        }
    }
    let written_outlines: Vec<_> = written
        .members
        .iter()
        .filter_map(|member| match member {
            RegimeMember::Outline(outline) => Some(outline),
            _ => None,
        })
        .collect();
    let outlines = outline::read(&mut rules, &written_outlines);
    let mut rules = rules.rules;
    foregone::check(context, &drafts, &rules, file);
    never_together::check(context, file, &found.rules, &drafts, &rules, &outlines);
    never_at_once::check(context, shared, &drafts, &rules, file);
    let compared = never_falls::compared(&rules);
    let of_time: Vec<Rule> = (0..drafts.len())
        .flat_map(|form| {
            never_falls::of_form(context, form, &drafts, &types, &found.rules, &compared)
        })
        .collect();
    rules.extend(of_time);
    for (position, (draft, expanded)) in drafts.iter().zip(of_drafts()).enumerate() {
        facts::check(context, shared, draft, expanded);
        hints::check(context, shared, &found.rules, draft);
        if let Some(expanded) = expanded {
            let quantity = |cell: &Cell| types.of(cell, None);
            rules.extend(bounds::of_form(
                context, position, draft, expanded, &quantity,
            ));
        }
    }

    let mut rule_strays = stray_names(&written.strays);
    for draft in &drafts {
        rule_strays.extend(draft.strays.iter().cloned());
    }
    let mut reader = TestReader {
        context,
        shared,
        forms: &drafts,
        form_strays: &form_strays,
        periods: &found.rules,
        rules: &rules,
        outlines: &outlines,
        rule_strays: &rule_strays,
        regime: written.name.as_ref().map_or("", |name| &name.value),
        file,
        added_rows: 0,
        period: None,
        at_hand: None,
        near_units: BTreeMap::new(),
        switched: None,
    };
    let mut tests = Vec::new();
    for member in &written.members {
        if let RegimeMember::Test(test) = member {
            tests.extend(reader.read(test));
        }
    }
    owners::fill(&shared.words, &reporters(&header), &mut drafts);
    let forms: Named<Form> = drafts.into_iter().map(|draft| draft.form).collect();
    spans_of_time::check(context, file, &found.rules, &forms, &rules);
    let mut regime = finish(context, file, written, header, found.rules, forms);
    export_codes::advise(context, &shared.words, &regime, (file, written.head));
    regime.events = events;
    regime.rules = rules;
    regime.outlines = outlines;
    regime.tests = tests;
    regime.evaluation_order = types.order;
    context.tell_size(file);
    regime
}

fn stray_names(strays: &[Stray]) -> BTreeSet<String> {
    strays
        .iter()
        .flat_map(|stray| stray.names.iter().map(|name| name.value.clone()))
        .collect()
}

/// The lists among the members, by position, as the forms that their fields make.
fn lists_as_forms(written: &tree::Regime) -> BTreeMap<usize, WrittenForm> {
    let members = written.members.iter().enumerate();
    let lists = members.filter_map(|(position, member)| match member {
        RegimeMember::List(list) => Some((position, open_lists::as_form(list))),
        _ => None,
    });
    lists.collect()
}

/// The forms among the members, by position, with their breakdowns written out.
fn expand_forms(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &tree::Regime,
) -> BTreeMap<usize, Expanded> {
    let members = written.members.iter().enumerate();
    let expanded = members.filter_map(|(position, member)| match member {
        RegimeMember::Form(form) => {
            breakdowns::expand(context, shared, file, form).map(|expanded| (position, expanded))
        }
        _ => None,
    });
    expanded.collect()
}

/// Members of a regime as forms that nothing is left out of, by position.
#[derive(Clone, Copy)]
struct InFull<'a> {
    /// Lists as the forms that their fields make.
    lists: &'a BTreeMap<usize, WrittenForm>,
    /// Forms with their breakdowns written out.
    expanded: &'a BTreeMap<usize, Expanded>,
}

fn read_forms<'a>(
    context: &mut Context,
    shared: &Shared,
    file: FileId,
    written: &'a tree::Regime,
    in_full: InFull<'a>,
) -> (Vec<FormDraft<'a>>, BTreeSet<String>) {
    let mut strays = stray_names(&written.strays);
    let mut drafts: Vec<FormDraft> = Vec::new();
    let mut firsts: BTreeMap<String, Label> = BTreeMap::new();
    for (position, member) in written.members.iter().enumerate() {
        let (draft, name) = match (member, in_full.lists.get(&position)) {
            (RegimeMember::Form(form), _) => {
                let expanded = in_full.expanded.get(&position);
                let whole = expanded.map_or(&**form, |expanded| &expanded.form);
                let parts = expanded.map_or_else(BTreeSet::new, Expanded::parts);
                let draft = forms::read(context, shared, file, whole, parts);
                open_lists::outside(context, &draft);
                (draft, &form.name)
            }
            (RegimeMember::List(list), Some(form)) => {
                let draft = open_lists::read(context, shared, file, list, form);
                (draft, &list.name)
            }
            _ => continue,
        };
        let label = draft.form.place.label;
        let first = firsts.entry(draft.form.name.clone()).or_insert(label);
        if let Some(name) = name
            && *first != label
            && !draft.form.name.is_empty()
        {
            context.repeated(NameKind::Form, name, file, *first);
            // Which of the two a reference means cannot be told, so that nothing is said about it.
            strays.insert(name.value.clone());
        }
        drafts.push(draft);
    }
    (drafts, strays)
}

/// Who reports: as stated, else whoever stands at the start of a route.
fn reporters(header: &Header) -> Vec<Party> {
    or_derived(&header.reporters_written, &header.routes.starts)
}

fn or_derived(stated: &[(Party, Span)], derived: &[Party]) -> Vec<Party> {
    match stated {
        [] => derived.to_vec(),
        stated => stated.iter().map(|(party, _)| party.clone()).collect(),
    }
}

fn finish(
    context: &Context,
    file: FileId,
    written: &tree::Regime,
    header: Header,
    periods: Vec<PeriodRule>,
    forms: Named<Form>,
) -> Regime {
    let text =
        |text: Option<&Spanned<String>>| text.map_or(String::new(), |text| text.value.clone());
    let reporters = reporters(&header);
    let recipients = or_derived(&header.recipients_written, &header.routes.ends);
    Regime {
        name: text(written.name.as_ref()),
        title: text(written.title.as_ref()),
        version: header.version,
        in_force_from: header.in_force_from.unwrap_or(Date::MIN),
        in_force_until: header.in_force_until,
        statistical: header.statistical,
        basis: header.basis,
        issuer: header.issuer,
        reporters,
        recipients,
        channels: header.channels,
        sign_by: header.sign_by,
        routes: header.routes.routes,
        assignments: header.routes.assignments,
        suspensions: header.routes.suspensions,
        events: Vec::new(),
        periods,
        forms,
        migrations: Vec::new(),
        outlines: Vec::new(),
        rules: Vec::new(),
        tests: Vec::new(),
        evaluation_order: Vec::new(),
        place: context.place(file, written.span),
        sound: false,
    }
}

/// Advises about words that nothing uses.
fn unused(context: &mut Context, shared: &Shared) {
    let words = &shared.words;
    let mut declared: Vec<(NameKind, String, Label)> = Vec::new();
    for measure in &words.measures {
        declared.push((NameKind::Measure, measure.name.clone(), measure.place.label));
    }
    for agency in &words.agencies {
        declared.push((NameKind::Agency, agency.name.clone(), agency.place.label));
    }
    for tag in &words.tags {
        declared.push((NameKind::Tag, tag.name.clone(), tag.place.label));
    }
    for catalog in &words.catalogs {
        declared.push((NameKind::Catalog, catalog.name.clone(), catalog.place.label));
    }
    for indicator in &words.indicators {
        let label = indicator.place.label;
        declared.push((NameKind::Indicator, indicator.name.clone(), label));
    }
    for target in &words.targets {
        declared.push((NameKind::Target, target.name.clone(), target.place.label));
    }
    for known in &words.traits {
        declared.push((NameKind::Trait, known.name.clone(), known.place.label));
    }
    for known in &words.period_kinds {
        let name = known.label.clone();
        declared.push((NameKind::PeriodKind, name, known.place.label));
    }
    for level in &words.levels {
        declared.push((NameKind::Level, level.name.clone(), level.place.label));
    }
    let labels = declared.iter().map(|(_, _, label)| *label).collect();
    let used = context.used_of(&labels);
    for (kind, name, label) in declared {
        let borne = match kind {
            NameKind::Agency | NameKind::Tag => shared.borne_by_units.contains(&name),
            NameKind::Level => shared.units.iter().any(|unit| unit.level == name),
            _ => false,
        };
        if !borne && !used.contains(&label) {
            context.report(Advice::Unused { kind, name }, label.file, label.span);
        }
    }
}
