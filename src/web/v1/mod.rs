//! The JSON interface for the programs of units, version 1: every address with what it is for, what it takes and what it answers.
//!
//! One table makes the router, the rights, the OpenAPI document and the page for people, so that none of them can leave an address out. What an address does is what the pages do: the same calls
//! of `service`, the same permission table. Broken input: [`fault::Fault`].

pub mod answers;
pub mod caller;
pub mod changes;
pub mod checked;
pub mod consolidated;
pub mod definition;
pub mod document;
pub mod fault;
pub mod reports;
pub mod requests;

use crate::reports::people::token::TokenRight;
use crate::web::office::Office;
use axum::Extension;
use axum::routing::{MethodRouter, get, post};
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// What all addresses begin with.
pub const BASE: &str = "/api/v1";
/// The address of the document.
pub const DOCUMENT: &str = "/api/v1/openapi.json";

/// The schema of a type, put among the shared ones of the document.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What a request carries.
#[derive(Debug, Clone, Copy)]
pub enum Carries {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(SchemaOf),
    /// A file.
    Bytes,
}

/// What is answered.
#[derive(Debug, Clone, Copy)]
pub enum Answers {
    /// JSON.
    Json(SchemaOf),
    /// A file.
    Bytes,
    /// The document itself.
    Document,
}

/// One address.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The right that a key needs; none: anybody may ask.
    pub right: Option<TokenRight>,
    /// Name of the operation, for programs made from the document.
    pub id: &'static str,
    /// What it is for: Vietnamese, English.
    pub summary: (&'static str, &'static str),
    /// The query.
    pub query: Option<SchemaOf>,
    /// What a request carries.
    pub carries: Carries,
    /// What is answered.
    pub answers: Answers,
    /// What answers.
    pub to: MethodRouter<Office>,
}

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn read<T: JsonSchema>(
    path: &'static str,
    id: &'static str,
    summary: (&'static str, &'static str),
    to: MethodRouter<Office>,
) -> Endpoint {
    Endpoint {
        method: "GET",
        path,
        right: Some(TokenRight::Read),
        id,
        summary,
        query: None,
        carries: Carries::Nothing,
        answers: Answers::Json(schema::<T>),
        to: to.layer(Extension(caller::Needed(TokenRight::Read))),
    }
}

fn act<T: JsonSchema>(
    path: &'static str,
    right: TokenRight,
    id: &'static str,
    summary: (&'static str, &'static str),
    to: MethodRouter<Office>,
) -> Endpoint {
    Endpoint {
        method: "POST",
        path,
        right: Some(right),
        id,
        summary,
        query: None,
        carries: Carries::Json(schema::<T>),
        answers: Answers::Json(schema::<answers::ChangedAnswer>),
        to: to.layer(Extension(caller::Needed(right))),
    }
}

/// Every address.
pub fn endpoints() -> Vec<Endpoint> {
    let mut all = vec![
        Endpoint {
            right: None,
            answers: Answers::Document,
            ..read::<serde_json::Value>(
                DOCUMENT,
                "getDocument",
                ("Tài liệu OpenAPI này", "This OpenAPI document"),
                get(document::show),
            )
        },
        read::<answers::TokenAnswer>(
            "/api/v1/token",
            "getToken",
            (
                "Khóa API đang dùng: đơn vị, quyền, thời hạn",
                "The API key in use: unit, rights, days",
            ),
            get(reports::token),
        ),
        Endpoint {
            query: Some(schema::<requests::ObligationQuery>),
            ..read::<reports::ObligationsAnswer>(
                "/api/v1/obligations",
                "listObligations",
                (
                    "Các báo cáo đơn vị phải gửi, kèm thời hạn và trạng thái",
                    "The reports that the unit owes, with deadlines and states",
                ),
                get(reports::obligations),
            )
        },
        read::<definition::RegimesAnswer>(
            "/api/v1/regimes",
            "listRegimes",
            (
                "Các chế độ báo cáo đang và đã áp dụng",
                "The regimes in force, now and before",
            ),
            get(definition::list),
        ),
        read::<definition::DefinitionAnswer>(
            "/api/v1/regimes/{regime}/versions/{version}",
            "getDefinition",
            (
                "Biểu, cột, dòng, danh mục và quy tắc kiểm tra của một phiên bản chế độ",
                "Forms, columns, rows, catalogues and rules of a version of a regime",
            ),
            get(definition::show),
        ),
        read::<consolidated::ConsolidationsAnswer>(
            "/api/v1/consolidations",
            "listConsolidations",
            (
                "Các kỳ đơn vị tổng hợp, nếu đơn vị là nơi nhận báo cáo",
                "What the unit consolidates, where reports go to it",
            ),
            get(consolidated::list),
        ),
        read::<consolidated::BoardAnswer>(
            "/api/v1/consolidations/{regime}/{period}",
            "getBoard",
            (
                "Đơn vị nào đã gửi, chưa gửi, chậm",
                "Who has reported, who has not, who is late",
            ),
            get(consolidated::board),
        ),
        read::<consolidated::ConsolidatedAnswer>(
            "/api/v1/consolidations/{regime}/{period}/{form}",
            "getConsolidated",
            (
                "Số liệu tổng hợp của một biểu",
                "The consolidated figures of a form",
            ),
            get(consolidated::form),
        ),
    ];
    all.extend(of_reports());
    all
}

fn of_reports() -> Vec<Endpoint> {
    vec![
        read::<reports::ReportAnswer>(
            "/api/v1/reports/{regime}/{period}/{unit}",
            "getReport",
            (
                "Một báo cáo: trạng thái, số đã nhập, mọi ô kèm giá trị tính được",
                "One report: its state, what was entered, every cell with its value",
            ),
            get(reports::report),
        ),
        read::<reports::FindingsAnswer>(
            "/api/v1/reports/{regime}/{period}/{unit}/findings",
            "getFindings",
            (
                "Kiểm tra báo cáo: lỗi, nội dung cần giải trình, cảnh báo",
                "What is wrong in the report: errors, what is to be explained, warnings",
            ),
            get(reports::findings),
        ),
        read::<reports::RevisionsAnswer>(
            "/api/v1/reports/{regime}/{period}/{unit}/revisions",
            "listRevisions",
            (
                "Các bản đã trình, khác biệt giữa các bản và lịch sử báo cáo",
                "The revisions, what differs between them, and what happened",
            ),
            get(reports::revisions),
        ),
        read::<reports::FrozenAnswer>(
            "/api/v1/reports/{regime}/{period}/{unit}/revisions/{number}",
            "getRevision",
            (
                "Số liệu của một bản đã trình",
                "The figures of one revision",
            ),
            get(reports::frozen),
        ),
        Endpoint {
            answers: Answers::Bytes,
            ..read::<serde_json::Value>(
                "/api/v1/reports/{regime}/{period}/{unit}/files/{sha256}",
                "getFile",
                ("Tải tệp đính kèm", "A file attached to the report"),
                get(reports::file),
            )
        },
        act::<requests::SaveRequest>(
            "/api/v1/reports/{regime}/{period}/{unit}/draft",
            TokenRight::Write,
            "saveDraft",
            (
                "Lưu ô, dòng, giải trình, thuyết minh vào bản nháp",
                "Save cells, rows, explanations and narratives into the draft",
            ),
            post(changes::save),
        ),
        Endpoint {
            query: Some(schema::<requests::FileQuery>),
            carries: Carries::Bytes,
            ..act::<serde_json::Value>(
                "/api/v1/reports/{regime}/{period}/{unit}/files",
                TokenRight::Write,
                "attachFile",
                ("Đính kèm tệp vào một ô", "Attach a file to a cell"),
                post(changes::attach),
            )
        },
        act::<requests::OpeningRequest>(
            "/api/v1/reports/{regime}/{period}/{unit}/opening",
            TokenRight::Write,
            "declareOpening",
            (
                "Khai số đầu kỳ khi chưa có báo cáo kỳ trước",
                "Declare opening figures where no earlier report exists",
            ),
            post(changes::declare_opening),
        ),
        act::<requests::ProposeRequest>(
            "/api/v1/reports/{regime}/{period}/{unit}/propose",
            TokenRight::Write,
            "propose",
            (
                "Trình lãnh đạo; việc phê duyệt do người có thẩm quyền thực hiện trên trang báo cáo",
                "Lay the draft before the head, who approves on the page of the report",
            ),
            post(changes::propose),
        ),
        act::<requests::WithdrawRequest>(
            "/api/v1/reports/{regime}/{period}/{unit}/withdraw",
            TokenRight::Write,
            "withdraw",
            ("Thu hồi bản đã trình", "Take a proposal back"),
            post(changes::withdraw),
        ),
        act::<requests::SendRequest>(
            "/api/v1/reports/{regime}/{period}/{unit}/send",
            TokenRight::Send,
            "send",
            (
                "Gửi báo cáo đã được lãnh đạo phê duyệt",
                "Send what the head approved",
            ),
            post(changes::send),
        ),
    ]
}
