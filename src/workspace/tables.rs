//! The tables that a source names by `from "…"`.
//!
//! It deliberately does not know whether they exist, nor what is in them. A path that leads out of the project is no path of a table.

use crate::analysis::project::{Project, Source};
use crate::syntax::ast::header::{RegimeMember, RoutePath};
use crate::syntax::ast::test::{GivenData, Test, TestMember};
use crate::syntax::ast::words::CatalogSource;
use crate::syntax::ast::{File, Item, Spanned};
use std::path::{Component, Path};

/// The paths of the tables that a source names, as the project keys them.
pub fn named(source: &Source) -> impl Iterator<Item = String> {
    named_tables(&source.tree)
        .into_iter()
        .filter(|named| stays_inside(&named.value))
        .map(|named| Project::table_path(&source.file, &named.value))
}

/// Whether a path only leads downward, so that a source cannot read other people's files.
pub fn stays_inside(named: &str) -> bool {
    Path::new(named)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The tables a file names by `from "…"`.
pub fn named_tables(tree: &File) -> Vec<&Spanned<String>> {
    let mut found: Vec<&Spanned<String>> = Vec::new();
    for item in &tree.items {
        match item {
            Item::Facts(facts) => found.push(&facts.file),
            Item::Target(target) => found.push(&target.table),
            Item::Catalog(catalog) => {
                if let CatalogSource::Table(file) = &catalog.source {
                    found.push(file);
                }
            }
            Item::Calendar(calendar) => {
                found.extend(calendar.lunar.iter().chain(&calendar.decisions));
            }
            Item::Test(test) => found.extend(tables_of_test(test)),
            Item::Regime(regime) => {
                for member in &regime.members {
                    match member {
                        RegimeMember::Test(test) => found.extend(tables_of_test(test)),
                        RegimeMember::Route(route) => {
                            if let RoutePath::Table(file) = &route.path {
                                found.push(file);
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn tables_of_test(test: &Test) -> impl Iterator<Item = &Spanned<String>> {
    test.members.iter().filter_map(|member| match member {
        TestMember::Given(given) => table_of(&given.data),
        TestMember::GivenPlan(given) => table_of(&given.data),
        _ => None,
    })
}

fn table_of(data: &GivenData) -> Option<&Spanned<String>> {
    match data {
        GivenData::Table(file) => Some(file),
        GivenData::Missing(_) | GivenData::Cells(_) => None,
    }
}
