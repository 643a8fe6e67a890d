//! The OpenAPI 3.1 document: made from the table of addresses and from the types of requests and answers.
//!
//! JSON Schema of a type is what OpenAPI 3.1 takes as it is, so nothing is written twice. It knows no reports. Broken input: none.

use crate::plan::Bilingual;
use crate::reports::people::token::TokenRight;
use crate::service::files::MOST_FILE_SHOWN;
use crate::web::texts::Language;
use crate::web::v1::caller::Asked;
use crate::web::v1::caller::LONGEST_IDEMPOTENCY_KEY;
use crate::web::v1::fault::{Fault, PROBLEM_JSON, ProblemAnswer, language_of};
use crate::web::v1::requests::NoQuery;
use crate::web::v1::{Answers, Carries, Endpoint, endpoints};
use crate::web::words::pick;
use axum::Json;
use axum::http::HeaderMap;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The version of the interface: the first number changes when a program has to change.
const VERSION: &str = "1.0.0";

/// `GET /api/v1/openapi.json`
pub async fn show(
    headers: HeaderMap,
    Asked(NoQuery {}): Asked<NoQuery>,
) -> Result<Json<&'static Value>, Fault> {
    let document = match language_of(&headers) {
        Language::Vietnamese => &*VIETNAMESE,
        Language::English => &*ENGLISH,
    };
    Ok(Json(document))
}

static VIETNAMESE: LazyLock<Value> = LazyLock::new(|| document(Language::Vietnamese));
static ENGLISH: LazyLock<Value> = LazyLock::new(|| document(Language::English));

/// The schemas of what is sent and of what is answered: a member that may be left out of a request is always there in an answer.
struct Schemas {
    sent: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Schemas {
    fn new() -> Schemas {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Schemas {
            sent: settings().for_deserialize().into_generator(),
            answered: settings().for_serialize().into_generator(),
        }
    }

    fn definitions(mut self) -> Map<String, Value> {
        let mut all = self.answered.take_definitions(true);
        all.extend(self.sent.take_definitions(true));
        all
    }
}

/// The document in a language.
pub fn document(language: Language) -> Value {
    let mut generators = Schemas::new();
    let problem = generators.answered.subschema_for::<ProblemAnswer>();
    let mut paths = Map::new();
    for endpoint in endpoints() {
        let operation = operation(&endpoint, language, &mut generators);
        let path = paths
            .entry(endpoint.path.to_string())
            .or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(endpoint.method.to_lowercase(), operation);
        }
    }
    let schemas = generators.definitions();
    let words = |vi: &str, en: &str| {
        pick(
            language,
            Bilingual {
                vi: vi.to_string(),
                en: en.to_string(),
            },
        )
    };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": words("API báo cáo dành cho phần mềm của đơn vị", "Reports: the interface for programs of units"),
            "version": VERSION,
            "description": words(
                "Mọi số là số thập phân chính xác viết dạng chuỗi. Lỗi trả về theo RFC 9457 với mã ổn định.",
                "All figures are exact decimals written as text. Errors follow RFC 9457 and have stable codes."
            ),
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": {
                "Problem": {
                    "description": words("Lỗi", "A problem"),
                    "content": { PROBLEM_JSON: { "schema": problem } },
                },
            },
        },
    })
}

fn operation(endpoint: &Endpoint, language: Language, schemas: &mut Schemas) -> Value {
    let (vi, en) = endpoint.summary;
    let summary = match language {
        Language::Vietnamese => vi,
        Language::English => en,
    };
    let mut parameters = path_parameters(endpoint.path);
    if let Some(query) = endpoint.query {
        let query = query(&mut schemas.sent);
        parameters.extend(query_parameters(&query, &schemas.sent));
    }
    if endpoint.method == "POST" {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "schema": { "type": "string", "pattern": "^[!-~]+$", "minLength": 1, "maxLength": LONGEST_IDEMPOTENCY_KEY },
        }));
    }
    let mut operation = json!({
        "operationId": endpoint.id,
        "summary": summary,
        "parameters": parameters,
        "responses": responses(endpoint, &mut schemas.answered),
    });
    let Some(members) = operation.as_object_mut() else {
        return operation;
    };
    match endpoint.right {
        Some(right) => {
            members.insert("security".to_string(), json!([{ "token": [] }]));
            members.insert("x-right".to_string(), json!(TokenRight::key(right)));
        }
        None => {
            members.insert("security".to_string(), json!([]));
        }
    }
    let content = match endpoint.carries {
        Carries::Nothing => None,
        Carries::Json(schema) => {
            Some(json!({ "application/json": { "schema": schema(&mut schemas.sent) } }))
        }
        Carries::Bytes => Some(
            json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary", "description": MOST_FILE_SHOWN } } }),
        ),
    };
    if let Some(content) = content {
        let body = json!({ "required": true, "content": content });
        members.insert("requestBody".to_string(), body);
    }
    operation
}

/// The parameters in the braces of a path.
fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let schema = match name {
                "version" | "number" => json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
                "sha256" => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
                "period" => json!({ "type": "string", "minLength": 4, "maxLength": 60, "examples": ["2026-Q2"] }),
                _ => json!({ "type": "string", "minLength": 1, "maxLength": 120 }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect()
}

/// The members of a type as parameters of a query.
fn query_parameters(schema: &Schema, generator: &SchemaGenerator) -> Vec<Value> {
    let name = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.rsplit('/').next());
    let known = name.and_then(|name| generator.definitions().get(name));
    let object = known.unwrap_or(schema.as_value());
    let required: Vec<&str> = object
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let Some(members) = object.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    let one = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        // A query has no null: what is not there is left out.
        if let Some(kinds) = schema.get_mut("type").filter(|kinds| kinds.is_array()) {
            *kinds = json!("string");
        }
        if let Some(members) = schema.as_object_mut() {
            members.shift_remove("default");
        }
        json!({
            "name": name,
            "in": "query",
            "required": required.contains(&name.as_str()),
            "schema": schema,
        })
    };
    members.iter().map(one).collect()
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let content = match endpoint.answers {
        Answers::Json(schema) => json!({ "application/json": { "schema": schema(generator) } }),
        Answers::Bytes => {
            json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } })
        }
        Answers::Document => json!({ "application/json": { "schema": { "type": "object" } } }),
    };
    let mut all = Map::new();
    all.insert(
        "200".to_string(),
        json!({ "description": "OK", "content": content }),
    );
    let problems: &[&str] = match (endpoint.right, endpoint.method) {
        (None, _) => &["400"],
        (Some(_), "GET") => &["400", "401", "403", "404", "429", "503"],
        _ => &[
            "400", "401", "403", "404", "409", "413", "415", "422", "429", "503", "507",
        ],
    };
    for status in problems {
        all.insert(
            (*status).to_string(),
            json!({ "$ref": "#/components/responses/Problem" }),
        );
    }
    Value::Object(all)
}
