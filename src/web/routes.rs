//! All addresses of the program in one table.
//!
//! What an address does is in its page; an address that is not here is not found.

use crate::web::office::Office;
use crate::web::pages::{
    admin, attachment, collections, consolidated, events, figure, help, history, home, regimes,
    report, save, sign_in, steps,
};
use crate::web::studio::{self, file, list, publish, socket};
use crate::web::{api, assets};
use axum::Router;
use axum::routing::{get, post};

/// The address of a report.
const REPORT: &str = "/bao-cao/{regime}/{period}/{unit}";

/// The addresses that belong to a session.
pub fn pages() -> Router<Office> {
    let step = |name: &str| format!("{REPORT}/{name}");
    Router::new()
        .route("/", get(home::show))
        .route("/dang-nhap", get(sign_in::show).post(sign_in::submit))
        .route("/dang-xuat", post(sign_in::sign_out))
        .route(REPORT, get(report::show))
        .route(&step("trinh"), post(steps::propose))
        .route(&step("duyet"), post(steps::approve))
        .route(&step("gui"), post(steps::send))
        .route(&step("tra-lai"), post(steps::return_report))
        .route(&step("nhan"), post(steps::receive))
        .route(&step("tiep-nhan"), post(steps::accept))
        .route(&step("mo-lai"), post(steps::reopen))
        .route(&step("thu-hoi"), post(steps::withdraw))
        .route(&step("mo-dau-ky"), post(steps::declare_opening))
        .route(&step("lich-su"), get(history::show))
        .route(&step("tep/{sha256}"), get(attachment::download))
        .route("/tong-hop", get(collections::list))
        .route("/tong-hop/{regime}/{period}", get(collections::board))
        .route(
            "/tong-hop/{regime}/{period}/{form}",
            get(consolidated::show),
        )
        .route(
            "/so-lieu/{regime}/{period}/{form}/{column}",
            get(figure::show),
        )
        .route("/che-do", get(regimes::list))
        .route("/che-do/{regime}/{version}", get(regimes::show))
        .route(events::PATH, get(events::show))
        .route("/dot/mo", post(events::open))
        .route("/dot/dong", post(events::close))
        .route(&format!("{}{{code}}", help::CODES), get(help::code))
        .route(studio::STUDIO, get(list::show))
        .route(
            &format!("{}{{*path}}", studio::FILES),
            get(file::show).post(file::submit),
        )
        .route(
            &format!("{}{{*path}}", studio::HISTORY),
            get(studio::history::show),
        )
        .route(studio::PUBLISH, get(publish::show).post(publish::submit))
        .route(studio::SOCKET, get(socket::open))
        .route(studio::SAVE, post(studio::save::submit))
        .route(
            &format!("{}{{*path}}", studio::NEWEST),
            get(studio::save::newest),
        )
        .route("/quan-tri", get(admin::show))
        .route("/api/bao-cao/{regime}/{period}/{unit}/o", post(api::cells))
}

/// The addresses that belong to a session and take files.
pub fn with_files() -> Router<Office> {
    Router::new().route(&format!("{REPORT}/luu"), post(save::submit))
}

/// The addresses that need no session.
pub fn open() -> Router<Office> {
    Router::new()
        .route("/suc-khoe", get(|| async { "ok" }))
        .route("/tai-nguyen/{file}", get(assets::asset))
}
