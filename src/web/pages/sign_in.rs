//! Signing in and out.
//!
//! An unknown name, a wrong password and a disabled account get the same answer at the same cost. Broken input: a next page outside this site is ignored.

use crate::web::chrome::{Area, Chrome, chrome};
use crate::web::clock::real_seconds;
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::second_step;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{plain, worded};
use crate::web::visitor::{self, Visitor, query_value};
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use tower_sessions::Session;
use unicode_normalization::UnicodeNormalization;

#[derive(Serialize)]
struct SignInPage {
    chrome: Chrome,
    problem: Option<String>,
    next: String,
    account: String,
}

/// `GET /dang-nhap`
pub async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response, Problem> {
    if visitor.actor.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    if let Some(held_up) = &visitor.held_up {
        return Ok(Redirect::to(held_up.first.path()).into_response());
    }
    let next = query_value(&visitor.query, "tiep").unwrap_or_default();
    form(
        &office,
        &visitor,
        StatusCode::OK,
        None,
        safe_next(&next),
        String::new(),
    )
}

fn form(
    office: &Office,
    visitor: &Visitor,
    status: StatusCode,
    problem: Option<String>,
    next: String,
    account: String,
) -> Result<Response, Problem> {
    let chrome = chrome(office, visitor, Area::Outside, Vec::new());
    Ok(html(
        status,
        render(
            "sign_in.html",
            &SignInPage {
                chrome,
                problem,
                next,
                account,
            },
        )?,
    ))
}

/// `POST /dang-nhap`
pub async fn submit(
    State(office): State<Office>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let account: String = field(&fields, "tai_khoan")
        .trim()
        .nfc()
        .collect::<String>()
        .to_lowercase();
    let password: String = field(&fields, "mat_khau").nfc().collect();
    let next = safe_next(field(&fields, "tiep"));
    let language = visitor.language;
    let wait = office.throttle.wait(&account, real_seconds());
    if wait > 0 {
        let problem = worded(language, "sign-in-wait", &[("seconds", wait.into())]);
        return form(
            &office,
            &visitor,
            StatusCode::TOO_MANY_REQUESTS,
            Some(problem),
            next,
            account,
        );
    }
    let name = account.clone();
    let user = office
        .run(move |service| service.account(&name))
        .await?
        .filter(|user| !user.account.disabled);
    let has_second_factor = user
        .as_ref()
        .is_some_and(|user| user.secrets.second_factor.is_some());
    if office
        .verify_password(user.map(|user| user.secrets.password_hash), password)
        .await?
    {
        if has_second_factor {
            return second_step::begin(&visitor.session, &account, &next).await;
        }
        office.throttle.succeeded(&account);
        visitor::sign_in(&visitor.session, &account, &headers).await?;
        tracing::info!(%account, "signed in");
        return Ok(Redirect::to(&next).into_response());
    }
    office.throttle.failed(&account, real_seconds());
    tracing::warn!(%account, "a sign-in failed");
    let problem = plain(language, "sign-in-failed");
    form(
        &office,
        &visitor,
        StatusCode::UNAUTHORIZED,
        Some(problem),
        next,
        account,
    )
}

/// `POST /dang-xuat`
pub async fn sign_out(session: Session) -> Result<Response, Problem> {
    session.flush().await?;
    Ok(Redirect::to("/dang-nhap").into_response())
}

/// A path of this site, or the home page. A browser reads `//` and `/\` as another site.
pub fn safe_next(next: &str) -> String {
    let is_path = next.starts_with('/') && !next.starts_with("//");
    let is_plain = !next.contains(['\\', '\n', '\r', '\t']) && !next.starts_with("/dang-");
    if is_path && is_plain {
        next.to_string()
    } else {
        "/".to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn after_signing_in_one_stays_on_this_site() {
        assert_eq!(
            safe_next("/bao-cao/TTHC_06A/2026/C1?form=A"),
            "/bao-cao/TTHC_06A/2026/C1?form=A"
        );
        for elsewhere in [
            "",
            "//x.vn",
            "/\\x.vn",
            "https://x.vn",
            "javascript:alert(1)",
            "/\t/x.vn",
            "/dang-xuat",
        ] {
            assert_eq!(safe_next(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
