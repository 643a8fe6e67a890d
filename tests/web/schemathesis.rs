//! The JSON interface over a real connection, driven by a program that others wrote: schemathesis reads the OpenAPI document and looks for anything that the server does otherwise.
//!
//! It is asked twice: with whatever the document allows in addresses, and with the addresses of a report that is there. `tests/all` installs the program and runs this; `REGIME_SCHEMATHESIS`
//! says where it is. Anything it finds ends the test with its report.

use crate::api::key;
use crate::matrix::{OWN, office};
use regime::reports::people::token::TokenRight;
use regime::web::clock::Clock;
use regime::web::office::Office;
use regime::web::server::router;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs schemathesis, which tests/all installs"]
async fn schemathesis_finds_nothing() {
    let program =
        std::env::var("REGIME_SCHEMATHESIS").expect("REGIME_SCHEMATHESIS says where it is");
    let world = office().await;
    let secret = key(&world, OWN, "officer.own", &TokenRight::ALL);
    let clock = Clock::Fixed(crate::world::moment("15/12/2026 09:00"));
    let office = Office::new(Arc::clone(&world.service), clock, false).allowing(u32::MAX);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = router(office, false);
    tokio::spawn(async move { axum::serve(listener, app).await });
    for config in ["any", "known"] {
        let config = format!(
            "{}/tests/schemathesis/{config}.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let mut command = std::process::Command::new(&program);
        command
            .args(["--config-file", &config, "run"])
            .arg(format!("http://{address}/api/v1/openapi.json"))
            .args(["--header", &format!("Authorization: Bearer {secret}")])
            .current_dir(std::env::temp_dir())
            .env("REGIME_KEY", &secret);
        let run = tokio::task::spawn_blocking(move || command.output()).await;
        let output = run.expect("a thread").expect("schemathesis runs");
        let report = String::from_utf8_lossy(&output.stdout).to_string();
        assert!(
            output.status.success(),
            "{config}\n{report}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        println!("{report}");
    }
}
