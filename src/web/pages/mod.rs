//! The pages, one file each: view data from the service's answers, and the template that shows it.
//!
//! A page decides nothing about rights or rules; it asks `service` and words the answer.

pub mod account;
pub mod accounts;
pub mod admin;
pub mod attachment;
pub mod audit;
pub mod board_files;
pub mod boards;
pub mod calendars;
pub mod collections;
pub mod consolidated;
pub mod document;
pub mod document_acts;
pub mod events;
pub mod feeds;
pub mod figure;
pub mod help;
pub mod help_api;
pub mod history;
pub mod home;
pub mod looking_back;
pub mod mails;
pub mod obligations;
pub mod openings;
pub mod own_factor;
pub mod own_password;
pub mod own_sessions;
pub mod people;
pub mod permissions;
pub mod regimes;
pub mod remind;
pub mod report;
pub mod save;
pub mod second_step;
pub mod sending;
pub mod sign_in;
pub mod steps;
pub mod table_history;
pub mod tokens;
pub mod total_rows;
pub mod typed_grant;
pub mod unit_effects;
pub mod unit_import;
pub mod unit_reforms;
pub mod units;

use crate::calendar::Period;
use crate::organisation::UnitId;
use crate::service::view::ReportAddress;
use crate::service::whole::document::{DocumentAddress, Looking};
use crate::web::problem::{Problem, html, percent_encoded};
use crate::web::templates::render;
use crate::web::visitor::query_value;
use crate::web::words::period_code;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

/// A rendered page.
pub fn page<V: Serialize>(template: &str, view: &V) -> Result<Response, Problem> {
    Ok(html(StatusCode::OK, render(template, view)?))
}

/// A period in an address; one that does not read is no page.
pub fn period_of(text: &str) -> Result<Period, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// The report an address means.
pub fn report_of(
    (regime, period, unit): (String, String, String),
) -> Result<ReportAddress, Problem> {
    Ok(ReportAddress {
        regime,
        period: period_of(&period)?,
        unit: UnitId(unit),
    })
}

/// `/bao-cao/TTHC_06A/2026-Q2/C17329.2025`
pub fn report_path(address: &ReportAddress) -> String {
    format!(
        "/bao-cao/{}/{}/{}",
        percent_encoded(&address.regime),
        period_code(&address.period),
        percent_encoded(address.unit.as_str())
    )
}

/// `/ban-tong-hop/TTHC_06A/2026-Q2/P40-vp_ubnd_tinh`
pub fn document_path(at: &DocumentAddress) -> String {
    format!(
        "/ban-tong-hop/{}/{}/{}",
        percent_encoded(&at.regime),
        period_code(&at.period),
        percent_encoded(at.body.as_str())
    )
}

/// What an address asks to look at: `co-quan` names a body, `ban` a frozen revision of its document. A number that does not read is no page.
pub fn looking_of(query: &str) -> Result<Looking, Problem> {
    let revision = query_value(query, "ban").map(|text| text.parse());
    Ok(Looking {
        body: query_value(query, "co-quan")
            .filter(|name| !name.is_empty())
            .map(UnitId),
        revision: revision.transpose().map_err(|_| Problem::NotFound)?,
    })
}

/// The same back in an address, without the sign before it; empty where nothing was asked for.
pub fn looking_query(looking: &Looking) -> String {
    let body = looking
        .body
        .iter()
        .map(|body| format!("co-quan={}", percent_encoded(body.as_str())));
    let revision = looking
        .revision
        .iter()
        .map(|revision| format!("ban={revision}"));
    body.chain(revision).collect::<Vec<_>>().join("&")
}

/// An address with a query behind it, if there is any.
pub fn with_query(path: &str, query: &str) -> String {
    match (query.is_empty(), path.contains('?')) {
        (true, _) => path.to_string(),
        (false, true) => format!("{path}&{query}"),
        (false, false) => format!("{path}?{query}"),
    }
}

/// `/tong-hop/TTHC_06A/2026-Q2`
pub fn collection_path(regime: &str, period: &Period) -> String {
    format!(
        "/tong-hop/{}/{}",
        percent_encoded(regime),
        period_code(period)
    )
}
