//! What can go wrong at the JSON interface for programs, as RFC 9457 problems with stable codes.
//!
//! A handler answers a [`Fault`]; one layer words it in the language that the program prefers, and everything that failed before a handler was reached. A body that the document of the
//! interface does not allow is 400, one that it allows and that is refused all the same is 409 or 422. It knows no reports beyond what a refusal says of them. Broken input: none.

use crate::eval::figures::Entry;
use crate::plan::Bilingual;
use crate::plan::describe::both;
use crate::reports::people::token::TokenRight;
use crate::reports::refusal::Refusal;
use crate::service::problem::ServiceError;
use crate::store::error::StoreError;
use crate::web::problem::Problem;
use crate::web::texts::Language;
use crate::web::words::pick;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// The kind of content of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What went wrong.
#[derive(Debug, Clone)]
pub enum Fault {
    /// No key, or one that does not hold today.
    NoToken,
    /// The key may not be used for this.
    RightMissing(TokenRight),
    /// The key was used too often; so many seconds are to be waited.
    TooManyRequests(i64),
    /// Path, query, header or body are not what the document of the interface says.
    Malformed(String),
    /// The body is of another kind than the document says.
    WrongContentType,
    /// The body is too large.
    TooLarge,
    /// There is nothing at the address.
    NotFound,
    /// Values that have the right shape and cannot be used.
    Unusable(Vec<Misfit>),
    /// The service refused or failed.
    Service(Arc<ServiceError>),
    /// A mistake of the program; the detail is only logged.
    Internal(String),
}

/// One value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Form name; empty where it is about no form.
    pub form: String,
    /// Row key.
    pub row: String,
    /// Column key, finding key or key of a narrative.
    pub column: String,
    /// What is wrong with it.
    pub kind: MisfitKind,
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MisfitKind {
    /// The regime has no such form.
    UnknownForm,
    /// The form has no such row.
    UnknownRow,
    /// The form has no such column.
    UnknownColumn,
    /// The regime has no such narrative.
    UnknownNarrative,
    /// The cell is computed, carried or closed.
    NotEntered,
    /// The text is no decimal.
    NotANumber,
    /// The text is no day.
    NotADay,
    /// The text is neither `yes` nor `no`.
    NotYesOrNo,
    /// The text is no entry of the catalogue.
    NotAnEntry,
    /// The cell takes no file.
    NotForFiles,
    /// The text is empty; a blank cell is `null`.
    Empty,
    /// The text is no moment.
    NotAMoment,
}

/// A problem as it is sent (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProblemAnswer {
    /// `urn:regime:problem:` and the code.
    r#type: String,
    /// What kind of problem it is, in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong here, in words.
    detail: String,
    /// The stable code, for programs.
    code: &'static str,
    /// The draft number as it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<u64>,
    /// The revision number as it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    /// Who saved meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_by: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_at: Option<String>,
    /// Cells that somebody else changed, with what stands there now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<ConflictAnswer>,
    /// Values that cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<MisfitAnswer>,
}

/// A cell that somebody else changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConflictAnswer {
    form: String,
    row: String,
    column: String,
    /// What stands there now; null: blank. What the request said stands in the request.
    stored: Option<String>,
}

/// A value that cannot be used.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MisfitAnswer {
    form: String,
    row: String,
    column: String,
    /// The stable code, for programs.
    code: &'static str,
    /// What is wrong, in words.
    detail: String,
}

impl MisfitKind {
    fn told(self) -> (&'static str, Bilingual) {
        let (code, vi, en) = match self {
            MisfitKind::UnknownForm => (
                "unknown_form",
                "Chế độ báo cáo không có biểu này.",
                "The regime has no such form.",
            ),
            MisfitKind::UnknownRow => (
                "unknown_row",
                "Biểu không có dòng này.",
                "The form has no such row.",
            ),
            MisfitKind::UnknownColumn => (
                "unknown_column",
                "Biểu không có cột này.",
                "The form has no such column.",
            ),
            MisfitKind::UnknownNarrative => (
                "unknown_narrative",
                "Đề cương không có mục này.",
                "The outline has no such narrative.",
            ),
            MisfitKind::NotEntered => (
                "not_entered",
                "Ô này không do đơn vị nhập (ô tính, ô chuyển số hoặc ô đóng).",
                "The cell is not entered: it is computed, carried or closed.",
            ),
            MisfitKind::NotANumber => (
                "not_a_number",
                "Không phải số thập phân viết dạng máy, ví dụ -12.5.",
                "Not a decimal in machine form such as -12.5.",
            ),
            MisfitKind::NotADay => (
                "not_a_day",
                "Không phải ngày viết dạng 2026-12-31.",
                "Not a day written 2026-12-31.",
            ),
            MisfitKind::NotYesOrNo => ("not_yes_or_no", "Chỉ nhận yes hoặc no.", "Only yes or no."),
            MisfitKind::NotAnEntry => (
                "not_an_entry",
                "Không có trong danh mục của cột.",
                "Not an entry of the column's catalogue.",
            ),
            MisfitKind::NotForFiles => (
                "not_for_files",
                "Ô này không nhận tệp.",
                "The cell takes no file.",
            ),
            MisfitKind::Empty => (
                "empty",
                "Chuỗi rỗng; ô trống ghi null.",
                "An empty text; a blank cell is null.",
            ),
            MisfitKind::NotAMoment => (
                "not_a_moment",
                "Không phải thời điểm viết dạng 2026-12-31T09:00:00+07:00.",
                "Not a moment written 2026-12-31T09:00:00+07:00.",
            ),
        };
        (code, both(vi, en))
    }
}

impl From<ServiceError> for Fault {
    fn from(error: ServiceError) -> Fault {
        Fault::Service(Arc::new(error))
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Fault {
        match problem {
            Problem::Service(error) => Fault::Service(error),
            Problem::NotFound => Fault::NotFound,
            Problem::Internal { detail } => Fault::Internal(detail),
            other => Fault::Internal(format!("{other:?}")),
        }
    }
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Fault::NoToken => StatusCode::UNAUTHORIZED,
            Fault::RightMissing(_) => StatusCode::FORBIDDEN,
            Fault::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Fault::Malformed(_) => StatusCode::BAD_REQUEST,
            Fault::WrongContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Unusable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Fault::Service(error) => match error.as_ref() {
                ServiceError::Store(StoreError::RequestReused { .. }) => {
                    StatusCode::UNPROCESSABLE_ENTITY
                }
                // The writer of the same moment was faster; asked again, the request meets what it wrote.
                ServiceError::Store(StoreError::ReportChanged { .. }) => StatusCode::CONFLICT,
                _ => Problem::Service(Arc::clone(error)).status(),
            },
        }
    }

    /// The stable code, for programs.
    fn code(&self) -> &'static str {
        match self {
            Fault::NoToken => "no_token",
            Fault::RightMissing(_) => "right_missing",
            Fault::TooManyRequests(_) => "too_many_requests",
            Fault::Malformed(_) => "malformed",
            Fault::WrongContentType => "wrong_content_type",
            Fault::TooLarge => "too_large",
            Fault::NotFound => "not_found",
            Fault::Unusable(_) => "unusable_values",
            Fault::Internal(_) => "internal",
            Fault::Service(error) => match error.as_ref() {
                ServiceError::NotFound => "not_found",
                ServiceError::Forbidden => "forbidden",
                ServiceError::Refused(refusal) => refusal_code(refusal),
                ServiceError::Route(_) => "no_recipient",
                ServiceError::File(_) => "file_refused",
                ServiceError::Store(StoreError::RequestReused { .. }) => "idempotency_key_reused",
                ServiceError::Store(StoreError::ReportChanged { .. }) => "conflict",
                ServiceError::Store(StoreError::DiskFull) => "storage_full",
                ServiceError::Store(StoreError::Busy) => "busy",
                _ => "internal",
            },
        }
    }

    fn detail(&self) -> Bilingual {
        match self {
            Fault::NoToken => both(
                "Thiếu khóa API, hoặc khóa không còn hiệu lực. Gửi khóa trong tiêu đề Authorization: Bearer.",
                "The API key is missing or does not hold. Send it in the header Authorization: Bearer.",
            ),
            Fault::RightMissing(right) => {
                let right = right.wording();
                both(
                    format!("Khóa API không có quyền “{}”.", right.vi),
                    format!("The API key lacks the right “{}”.", right.en),
                )
            }
            Fault::TooManyRequests(seconds) => both(
                format!("Khóa API được dùng quá nhiều lần; thử lại sau {seconds} giây."),
                format!("The API key was used too often; try again in {seconds} seconds."),
            ),
            Fault::Malformed(detail) => both(
                format!("Yêu cầu không đúng tài liệu của API: {detail}"),
                format!("The request is not what the document of the interface says: {detail}"),
            ),
            Fault::WrongContentType => both(
                "Kiểu nội dung (Content-Type) không đúng tài liệu của API.",
                "The content type is not the one that the document of the interface says.",
            ),
            Fault::TooLarge => both("Nội dung gửi lên quá lớn.", "The body is too large."),
            Fault::NotFound => ServiceError::NotFound.wording(),
            Fault::Unusable(misfits) => both(
                format!("Có {} giá trị không dùng được; chưa lưu gì.", misfits.len()),
                format!(
                    "{} values cannot be used; nothing was saved.",
                    misfits.len()
                ),
            ),
            Fault::Internal(_) => internal(),
            Fault::Service(error) => match error.as_ref() {
                ServiceError::Store(StoreError::RequestReused { .. }) => both(
                    "Khóa chống lặp (Idempotency-Key) này đã dùng cho một yêu cầu khác.",
                    "This idempotency key was used for another request.",
                ),
                ServiceError::Store(StoreError::ReportChanged { .. }) => both(
                    "Báo cáo vừa được người khác thay đổi; hãy gửi lại yêu cầu.",
                    "Somebody changed the report at this moment; send the request again.",
                ),
                ServiceError::Store(StoreError::DiskFull | StoreError::Busy) => error.wording(),
                ServiceError::Store(_) | ServiceError::Plan(_) => internal(),
                error => error.wording(),
            },
        }
    }

    /// The problem as it is sent.
    fn answer(&self, language: Language) -> ProblemAnswer {
        let status = self.status();
        let mut answer = plain(language, status, self.code(), pick(language, self.detail()));
        if let Fault::Unusable(misfits) = self {
            let one = |misfit: &Misfit| {
                let (code, words) = misfit.kind.told();
                MisfitAnswer {
                    form: misfit.form.clone(),
                    row: misfit.row.clone(),
                    column: misfit.column.clone(),
                    code,
                    detail: pick(language, words),
                }
            };
            answer.errors = misfits.iter().map(one).collect();
        }
        if let Fault::Service(error) = self
            && let ServiceError::Refused(refusal) = error.as_ref()
        {
            match refusal {
                Refusal::Conflict {
                    draft,
                    cells,
                    saved,
                    ..
                } => {
                    answer.draft = Some(*draft);
                    answer.saved_by = saved.as_ref().map(|stamp| stamp.name.clone());
                    answer.saved_at = saved.as_ref().map(|stamp| stamp.at.to_iso());
                    let conflicts = cells.iter().map(|one| ConflictAnswer {
                        form: one.cell.form.clone(),
                        row: one.cell.row.clone(),
                        column: one.cell.column.clone(),
                        stored: one.stored.as_ref().map(entry_text),
                    });
                    answer.conflicts = conflicts.collect();
                }
                Refusal::OtherDraft { draft, .. } => answer.draft = Some(*draft),
                Refusal::OtherRevision { revision, .. } => answer.revision = Some(*revision),
                _ => {}
            }
        }
        answer
    }
}

/// An entry as the interface writes it.
pub fn entry_text(entry: &Entry) -> String {
    match entry {
        Entry::Value(text) => text.clone(),
        Entry::Nil => "nil".to_string(),
        Entry::Closed => "closed".to_string(),
    }
}

fn refusal_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotPermitted { .. } => "not_permitted",
        Refusal::WrongStatus { .. } => "wrong_status",
        Refusal::OwnProposal => "own_proposal",
        Refusal::Blocked { .. } => "blocked_by_findings",
        Refusal::NoRecipient => "no_recipient",
        Refusal::Conflict { .. } => "conflict",
        Refusal::Locked { .. } => "locked",
        Refusal::LateReasonNeeded => "late_reason_needed",
        Refusal::DispatchAhead { .. } | Refusal::DispatchedHere | Refusal::DispatchNeeded => {
            "dispatch_refused"
        }
        Refusal::MissingUnexplained { .. } => "missing_unexplained",
        Refusal::NoDifference
        | Refusal::NotAdjustable { .. }
        | Refusal::NoSuchAdjustment { .. } => "adjustment_refused",
        Refusal::OtherDraft { .. } => "other_draft",
        Refusal::OtherRevision { .. } => "other_revision",
        Refusal::NoReason => "no_reason",
        Refusal::NarrativeTooLong | Refusal::TooLong { .. } => "too_long",
        Refusal::NothingDeclared
        | Refusal::EarlierReportExists
        | Refusal::OpeningOfOtherForm { .. } => "opening_refused",
    }
}

fn internal() -> Bilingual {
    both(
        "Máy chủ gặp lỗi khi xử lý yêu cầu; chưa thay đổi gì.",
        "The server failed at the request; nothing was changed.",
    )
}

fn title(status: StatusCode) -> Bilingual {
    let (vi, en) = match status {
        StatusCode::BAD_REQUEST => ("Yêu cầu sai dạng", "Malformed request"),
        StatusCode::UNAUTHORIZED => ("Chưa xác thực", "Not authenticated"),
        StatusCode::FORBIDDEN => ("Không có quyền", "Not permitted"),
        StatusCode::NOT_FOUND => ("Không tìm thấy", "Not found"),
        StatusCode::METHOD_NOT_ALLOWED => ("Phương thức không được hỗ trợ", "Method not allowed"),
        StatusCode::CONFLICT => ("Xung đột", "Conflict"),
        StatusCode::PAYLOAD_TOO_LARGE => ("Nội dung quá lớn", "Too large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("Sai kiểu nội dung", "Wrong content type"),
        StatusCode::UNPROCESSABLE_ENTITY => ("Bị từ chối", "Refused"),
        StatusCode::TOO_MANY_REQUESTS => ("Quá nhiều yêu cầu", "Too many requests"),
        status if status.is_server_error() => ("Lỗi máy chủ", "Server failure"),
        _ => ("Lỗi", "Error"),
    };
    both(vi, en)
}

fn plain(
    language: Language,
    status: StatusCode,
    code: &'static str,
    detail: String,
) -> ProblemAnswer {
    ProblemAnswer {
        r#type: format!("urn:regime:problem:{code}"),
        title: pick(language, title(status)),
        status: status.as_u16(),
        detail,
        code,
        draft: None,
        revision: None,
        saved_by: None,
        saved_at: None,
        conflicts: Vec::new(),
        errors: Vec::new(),
    }
}

/// The answer carries the fault; [`worded`] makes the problem of it.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        if self.status().is_server_error() {
            tracing::error!(fault = ?self, "a request of a program failed");
        }
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        response.extensions_mut().insert(self);
        response
    }
}

/// The language a program prefers, Vietnamese where it does not say.
pub fn language_of(headers: &HeaderMap) -> Language {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut best: Option<(u32, Language)> = None;
    for part in wanted.split(',') {
        let mut pieces = part.trim().split(';');
        let tag = pieces.next().unwrap_or_default().trim();
        let code = tag.split('-').next().unwrap_or_default();
        let Some(language) = Language::from_code(&code.to_ascii_lowercase()) else {
            continue;
        };
        let weight = pieces
            .find_map(|piece| piece.trim().strip_prefix("q="))
            .map_or(1000, thousandths);
        if weight > 0 && best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language).unwrap_or_default()
}

/// A quality such as `0.8` in thousandths; one that cannot be read is the least.
fn thousandths(text: &str) -> u32 {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits: String = rest.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u32>()) {
        ("1", _) => 1000,
        ("0", Ok(part)) => part,
        _ => 1,
    }
}

/// Words every failure as a problem; answers that succeeded pass.
pub async fn worded(request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let fault = response.extensions().get::<Fault>().cloned();
    let answer = match &fault {
        Some(fault) => fault.answer(language),
        None => {
            let (code, words) = unreached(status);
            plain(language, status, code, pick(language, words))
        }
    };
    let body = serde_json::to_vec(&answer).unwrap_or_default();
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut set = |name, value: HeaderValue| {
        parts.headers.insert(name, value);
    };
    set(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    set(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(language.code()),
    );
    if status == StatusCode::UNAUTHORIZED {
        set(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer realm=\"regime\""),
        );
    }
    if let Some(Fault::TooManyRequests(seconds)) = fault {
        set(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, Body::from(body))
}

/// What failed before a handler was reached.
fn unreached(status: StatusCode) -> (&'static str, Bilingual) {
    match status {
        StatusCode::NOT_FOUND => ("not_found", Fault::NotFound.detail()),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method_not_allowed",
            both(
                "Địa chỉ này không nhận phương thức ấy; xem tiêu đề Allow.",
                "The address does not take this method; see the header Allow.",
            ),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => ("too_large", Fault::TooLarge.detail()),
        StatusCode::GATEWAY_TIMEOUT | StatusCode::REQUEST_TIMEOUT => (
            "timeout",
            both("Yêu cầu xử lý quá lâu.", "The request took too long."),
        ),
        status if status.is_server_error() => ("internal", internal()),
        _ => (
            "malformed",
            both("Yêu cầu không đọc được.", "The request cannot be read."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::language_of;
    use crate::web::texts::Language;
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn a_program_gets_the_language_it_prefers_and_vietnamese_otherwise() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text));
            language_of(&headers)
        };
        assert_eq!(of("en-US,en;q=0.9,vi;q=0.8"), Language::English);
        assert_eq!(of("vi-VN, en;q=0.9"), Language::Vietnamese);
        assert_eq!(of("fr, en;q=0.3, vi;q=0.25"), Language::English);
        assert_eq!(of("en;q=0, de"), Language::Vietnamese);
        assert_eq!(of(",,;q=x"), Language::Vietnamese);
        assert_eq!(language_of(&HeaderMap::new()), Language::Vietnamese);
    }
}
