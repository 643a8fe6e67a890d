//! The pages and the JSON interface, driven as a browser without script drives them: real routes, layers, sessions and store, no network.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper of a test may end the test"
)]

#[path = "web/access.rs"]
mod access;
#[path = "web/api.rs"]
mod api;
#[path = "web/api_matrix.rs"]
mod api_matrix;
#[path = "web/boards.rs"]
mod boards;
#[path = "web/corrections.rs"]
mod corrections;
#[path = "web/documents.rs"]
mod documents;
#[path = "web/entry.rs"]
mod entry;
#[path = "web/events.rs"]
mod events;
#[path = "web/files.rs"]
mod files;
#[path = "web/form_dues.rs"]
mod form_dues;
#[path = "web/garbage.rs"]
mod garbage;
#[path = "web/journey.rs"]
mod journey;
#[path = "web/kills.rs"]
mod kills;
#[path = "web/looking_back.rs"]
mod looking_back;
#[path = "web/matrix.rs"]
mod matrix;
#[path = "web/outside.rs"]
mod outside;
#[path = "web/past.rs"]
mod past;
#[path = "web/people.rs"]
mod people;
#[path = "web/rulings.rs"]
mod rulings;
#[path = "web/schemathesis.rs"]
mod schemathesis;
#[path = "web/second_factor.rs"]
mod second_factor;
#[path = "web/shapes.rs"]
mod shapes;
#[path = "web/studio.rs"]
mod studio;
#[path = "web/units.rs"]
mod units;
#[path = "web/whole.rs"]
mod whole;
#[path = "web/world.rs"]
mod world;
