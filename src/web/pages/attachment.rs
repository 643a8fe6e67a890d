//! A file of a report, handed out to be kept on the reader's computer.
//!
//! Whoever may see the report may open its files, and nobody else learns whether there is one. A file is what some person sent: it is never shown as a page of this server, only
//! saved. Broken input: an address that names no file of the report is not found.

use crate::eval::attached::AttachedFile;
use crate::web::office::Office;
use crate::web::pages::report_of;
use crate::web::problem::{Problem, percent_encoded};
use crate::web::visitor::SignedIn;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// Kinds of file that are told by their name; everything else is only bytes.
const KINDS: [(&str, &str); 5] = [
    (".pdf", "application/pdf"),
    (".png", "image/png"),
    (".jpg", "image/jpeg"),
    (".jpeg", "image/jpeg"),
    (".tif", "image/tiff"),
];

/// `GET /bao-cao/{regime}/{period}/{unit}/tep/{sha256}`
pub async fn download(
    State(office): State<Office>,
    person: SignedIn,
    Path((regime, period, unit, sha256)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let address = report_of((regime, period, unit))?;
    let (actor, now) = (person.actor.clone(), office.now());
    let (file, content) = office
        .run(move |service| service.attached_file(&actor, &address, now, &sha256))
        .await?;
    let lower = file.name.to_lowercase();
    let kind = KINDS.iter().find(|(end, _)| lower.ends_with(end));
    let kind = kind.map_or("application/octet-stream", |(_, kind)| *kind);
    handed_out(&file, content, kind)
}

/// A file as an answer of a kind, to be saved under its name.
pub fn handed_out(
    file: &AttachedFile,
    content: Vec<u8>,
    kind: &'static str,
) -> Result<Response, Problem> {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let saved_as = HeaderValue::from_str(&disposition(&file.name));
    let saved_as = saved_as.map_err(|error| Problem::internal(&error.to_string()))?;
    headers.insert(header::CONTENT_DISPOSITION, saved_as);
    Ok(response)
}

/// Saved, not shown; the name for old browsers in plain letters, for all others as it is (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| match sign {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => sign,
            _ => '_',
        })
        .collect();
    let whole = percent_encoded(name);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_of_any_letters_is_safe_in_a_header() {
        insta::assert_snapshot!(
            disposition("Biên bản \"số 5\".pdf"),
            @r#"attachment; filename="Bi_n b_n _s_ 5_.pdf"; filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n%20%22s%E1%BB%91%205%22.pdf"#
        );
    }
}
