//! What a form posts: its fields, and the files chosen in it.
//!
//! A form without files comes as text, one with files in parts (`multipart/form-data`, RFC 7578), as browsers send it without script; the handler sees no difference. It does not know reports.
//! Broken input: a body that is neither, that ends before it says so, or a part without a name, is a bad request and nothing of it is taken; one beyond the limit is told so.

use crate::web::form_data::Fields;
use crate::web::problem::Problem;
use crate::web::server::MOST_BODY_BYTES;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A posted form.
#[derive(Debug, Default)]
pub struct Posted {
    /// Its fields in the order they came.
    pub fields: Fields,
    /// Its files; fields in which no file was chosen are not among them.
    pub files: Vec<PostedFile>,
}

/// A file of a posted form.
#[derive(Debug)]
pub struct PostedFile {
    /// The name of its field.
    pub field: String,
    /// The file's name as the browser gave it.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(mut request: Request, state: &S) -> Result<Posted, Response> {
        if !comes_in_parts(&request) {
            // Only files need more than a form of text.
            DefaultBodyLimit::max(MOST_BODY_BYTES).apply(&mut request);
            let form = Form::<Fields>::from_request(request, state).await;
            let Form(fields) = form.map_err(IntoResponse::into_response)?;
            return Ok(Posted {
                fields,
                files: Vec::new(),
            });
        }
        let parts = Multipart::from_request(request, state).await;
        read(parts.map_err(IntoResponse::into_response)?).await
    }
}

/// Whether a body is one of parts.
fn comes_in_parts(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("multipart/form-data")
}

async fn read(mut parts: Multipart) -> Result<Posted, Response> {
    let mut posted = Posted::default();
    while let Some(part) = parts.next_field().await.map_err(refused)? {
        let name = part.name().map(unescaped).ok_or_else(no_form)?;
        let file_name = part.file_name().map(unescaped);
        let content = part.bytes().await.map_err(refused)?;
        match file_name {
            None => {
                let text = String::from_utf8(content.into()).map_err(|_| no_form())?;
                posted.fields.push((name, text));
            }
            // A field in which nothing was chosen comes without a name and without content.
            Some(file_name) if file_name.is_empty() && content.is_empty() => {}
            Some(file_name) => posted.files.push(PostedFile {
                field: name,
                name: file_name,
                content: content.into(),
            }),
        }
    }
    Ok(posted)
}

/// A name as it was. Browsers write a quotation mark and line ends in it as `%22`, `%0D`, `%0A`, and everything else as it is.
fn unescaped(name: &str) -> String {
    let plain = name.replace("%22", "\"").replace("%0D", "\r");
    plain.replace("%0A", "\n")
}

fn refused(error: MultipartError) -> Response {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => error.into_response(),
        _ => no_form(),
    }
}

fn no_form() -> Response {
    Problem::BadRequest.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    async fn posted(kind: &str, body: &[u8]) -> Result<Posted, StatusCode> {
        let request = Request::builder()
            .method("POST")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body.to_vec()))
            .expect("a request");
        let read = Posted::from_request(request, &()).await;
        read.map_err(|refusal| refusal.status())
    }

    #[tokio::test]
    async fn fields_and_files_are_read_as_browsers_send_them_and_a_broken_body_is_no_form() {
        let kind = "multipart/form-data; boundary=----WebKitFormBoundaryA1";
        let body = "------WebKitFormBoundaryA1\r\nContent-Disposition: form-data; name=\"base\"\r\n\r\n3\r\n\
            ------WebKitFormBoundaryA1\r\nContent-Disposition: form-data; name=\"tep.o..3\"; filename=\"biên %22bản%22.pdf\"\r\n\
            Content-Type: application/pdf\r\n\r\n%PDF\r\n\r\n--\r\n------WebKitFormBoundaryA1\r\n\
            content-disposition: form-data; name=\"tep.o..4\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n\
            ------WebKitFormBoundaryA1--\r\n";
        let read = posted(kind, body.as_bytes()).await.expect("a form");
        assert_eq!(read.fields, [("base".to_owned(), "3".to_owned())]);
        let files: Vec<(&str, &str, &[u8])> = read
            .files
            .iter()
            .map(|file| (&*file.field, &*file.name, &*file.content))
            .collect();
        assert_eq!(
            files,
            [("tep.o..3", "biên \"bản\".pdf", b"%PDF\r\n\r\n--".as_slice())]
        );
        // Whatever is cut off is no form, and nothing of it is taken.
        for end in 0..body.len() - 4 {
            let cut = posted(kind, &body.as_bytes()[..end]).await;
            assert_eq!(cut.err(), Some(StatusCode::BAD_REQUEST), "{end}");
        }
        let refused = posted("multipart/form-data", body.as_bytes()).await;
        assert_eq!(refused.err(), Some(StatusCode::BAD_REQUEST));
    }
}
