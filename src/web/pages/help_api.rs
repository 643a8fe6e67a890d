//! The page about the JSON interface for those who write a unit's programs: how to get a key, every address, worked examples.
//!
//! The list of addresses is the table from which the router is made. It needs no account. Broken input: none.

use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain};
use crate::web::v1::{DOCUMENT, endpoints};
use crate::web::visitor::Visitor;
use crate::web::words::pick;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/tro-giup/api";

#[derive(Serialize)]
struct HelpPage {
    chrome: Chrome,
    document: &'static str,
    endpoints: Vec<EndpointLine>,
    examples: Vec<Example>,
}

#[derive(Serialize)]
struct EndpointLine {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    right: String,
}

#[derive(Serialize)]
struct Example {
    title: String,
    text: &'static str,
}

/// Worked examples: the key of their heading, and what is typed.
const EXAMPLES: [(&str, &str); 6] = [
    (
        "api-example-owed",
        "export KHOA='regime_…'\nexport MAY_CHU='https://baocao.example.gov.vn'\ncurl -H \"Authorization: Bearer $KHOA\" \"$MAY_CHU/api/v1/obligations\"",
    ),
    (
        "api-example-read",
        "curl -H \"Authorization: Bearer $KHOA\" \"$MAY_CHU/api/v1/reports/TTHC_06A/2026/C17329.2025\"",
    ),
    (
        "api-example-save",
        "curl -X POST -H \"Authorization: Bearer $KHOA\" -H 'Content-Type: application/json' -H \"Idempotency-Key: $(uuidgen)\" \\\n  -d '{\"base\":0,\"rows_added\":[{\"form\":\"TTHC06A\",\"row\":\"dat_dai\"}],\"cells\":[{\"form\":\"TTHC06A\",\"row\":\"dat_dai\",\"column\":\"4\",\"value\":\"120\"},{\"form\":\"TTHC06A\",\"row\":\"dat_dai\",\"column\":\"5\",\"value\":\"nil\"}]}' \\\n  \"$MAY_CHU/api/v1/reports/TTHC_06A/2026/C17329.2025/draft\"",
    ),
    (
        "api-example-check",
        "curl -H \"Authorization: Bearer $KHOA\" \"$MAY_CHU/api/v1/reports/TTHC_06A/2026/C17329.2025/findings\"",
    ),
    (
        "api-example-propose",
        "curl -X POST -H \"Authorization: Bearer $KHOA\" -H 'Content-Type: application/json' -H \"Idempotency-Key: $(uuidgen)\" \\\n  -d '{\"draft\":1}' \"$MAY_CHU/api/v1/reports/TTHC_06A/2026/C17329.2025/propose\"",
    ),
    (
        "api-example-send",
        "curl -X POST -H \"Authorization: Bearer $KHOA\" -H 'Content-Type: application/json' -H \"Idempotency-Key: $(uuidgen)\" \\\n  -d '{\"revision\":1}' \"$MAY_CHU/api/v1/reports/TTHC_06A/2026/C17329.2025/send\"",
    ),
];

/// `GET /tro-giup/api`
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response, Problem> {
    let language = visitor.language;
    let crumbs = vec![Crumb::here(plain(language, "api"))];
    let line = |endpoint: crate::web::v1::Endpoint| {
        let (vi, en) = endpoint.summary;
        EndpointLine {
            method: endpoint.method,
            path: endpoint.path,
            summary: match language {
                Language::Vietnamese => vi,
                Language::English => en,
            },
            right: endpoint.right.map_or_else(
                || plain(language, "api-right-none"),
                |right| pick(language, right.wording()),
            ),
        }
    };
    page(
        "help_api.html",
        &HelpPage {
            chrome: chrome(&office, &visitor, Area::Outside, crumbs),
            document: DOCUMENT,
            endpoints: endpoints().into_iter().map(line).collect(),
            examples: EXAMPLES
                .into_iter()
                .map(|(key, text)| Example {
                    title: plain(language, key),
                    text,
                })
                .collect(),
        },
    )
}
