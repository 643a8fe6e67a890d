//! Pages and the JSON interface: what officers, heads, aggregators and leaders see and do in a browser.
//!
//! The room turns requests into calls of `service` and answers into pages. Every page works as plain form posts without script; the browser holds no rules. It knows no SQL and
//! no rule of any regime; templates get plain view data, never plans. Whether somebody may see or do something is decided by `service` through the permission table, here only
//! shown. Broken input: a closed [`problem::Problem`] that becomes a page or a JSON message; what was typed and refused is shown again with the reason.

pub mod allowance;
pub mod api;
pub mod assets;
mod attached;
pub mod chrome;
pub mod clock;
pub mod findings;
pub mod form_data;
pub mod grid;
mod grid_marks;
pub mod header_layout;
pub mod layers;
mod list_rows;
pub mod mail;
pub mod metrics;
pub mod office;
pub mod outline;
mod pages;
pub mod past;
mod period_names;
mod posted;
pub mod problem;
pub mod regime_words;
pub mod routes;
pub mod server;
pub mod session;
pub mod studio;
pub mod templates;
pub mod texts;
pub mod throttle;
pub mod typed;
pub mod v1;
pub mod visitor;
pub mod words;
