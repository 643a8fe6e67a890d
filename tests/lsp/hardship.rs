//! What a client must not be able to break: order, liveness, the end.

use crate::client::{Client, codes, list, options, uri};
use regime::lsp::custom::preview::{Draft, Page};
use regime::lsp::stdio::Ended;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::tempdir;

const REPEATED: &str = "measure ho \"hộ\"\nmeasure ho \"hộ dân\"\n";

async fn alone(folder: &Path) -> (Client, String) {
    fs::write(folder.join("common.regime"), "").expect("a file");
    let client = Client::at(folder).await;
    (client, uri(folder, "common.regime"))
}

/// A regime with a name of its own, so that an answer tells which text it saw.
fn text(number: i32) -> String {
    format!("regime T{number} \"Chế độ {number}\" {{\n}}\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn four_hundred_rapid_edits_with_questions_between_them_stay_in_order() {
    let folder = tempdir().expect("a folder");
    let (mut client, common) = alone(folder.path()).await;
    client.open(&common, &text(0)).await;
    let mut asked = Vec::new();
    for number in 1..=400 {
        client.change(&common, number + 1, &text(number)).await;
        if number % 5 == 0 {
            let id = client.begin("regime/reading", json!({"uri": common})).await;
            asked.push((id, format!("T{number}")));
        }
    }
    client.change(&common, 402, REPEATED).await;
    for (id, name) in asked {
        let reply = client.reply(id).await;
        assert_eq!(reply["result"]["regimes"][0]["name"], json!(name));
    }
    let last = client.version(&common, 402).await;
    assert!(codes(&last).contains(&"R202"), "{last:?}");
    let versions: Vec<i64> = client
        .heard
        .iter()
        .filter(|said| said["params"]["uri"] == json!(common))
        .filter_map(|said| said["params"]["version"].as_i64())
        .collect();
    assert!(versions.is_sorted(), "{versions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_told_to_also_while_its_input_stays_open() {
    let folder = tempdir().expect("a folder");
    let (mut client, _) = alone(folder.path()).await;
    assert_eq!(client.ask("shutdown", Value::Null).await, Value::Null);
    client.tell("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ended::InOrder);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_right_behind_the_shutdown_is_in_order_too() {
    let folder = tempdir().expect("a folder");
    let (mut client, common) = alone(folder.path()).await;
    client.open(&common, REPEATED).await;
    client
        .begin("regime/runTests", json!({"uri": common}))
        .await;
    client.begin("shutdown", Value::Null).await;
    client.tell("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ended::InOrder);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_without_a_shutdown_and_a_hang_up_are_not_in_order() {
    let folder = tempdir().expect("a folder");
    let (mut client, _) = alone(folder.path()).await;
    client.tell("exit", Value::Null).await;
    assert_eq!(client.ended().await, Ended::Abruptly);
    let (mut client, _) = alone(folder.path()).await;
    client.hang_up();
    assert_eq!(client.ended().await, Ended::Abruptly);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_answers_nothing_is_served_all_the_same() {
    let folder = tempdir().expect("a folder");
    fs::write(folder.path().join("common.regime"), REPEATED).expect("a file");
    let able = json!({"capabilities": {"workspace": {
        "configuration": true,
        "didChangeWatchedFiles": {"dynamicRegistration": true},
    }}});
    let mut client = Client::with(options(None), folder.path(), able).await;
    let common = uri(folder.path(), "common.regime");
    for _ in 0..200 {
        client
            .tell(
                "workspace/didChangeConfiguration",
                json!({"settings": null}),
            )
            .await;
    }
    assert!(!client.pushed(&common, |_| true).await.is_empty());
    let reading = client.ask("regime/reading", json!({"uri": common})).await;
    assert_eq!(reading["version"], 1);
    let asked = client
        .heard
        .iter()
        .filter(|said| said["method"] == "workspace/configuration");
    assert!(asked.count() > 0, "otherwise this test shows nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_the_client_answers_with_hold() {
    let folder = tempdir().expect("a folder");
    fs::write(folder.path().join("common.regime"), REPEATED).expect("a file");
    let able = json!({"capabilities": {"workspace": {"configuration": true}}});
    let mut client = Client::with(options(None), folder.path(), able).await;
    let common = uri(folder.path(), "common.regime");
    let asked = loop {
        let said = client.hear().await.expect("the server asks");
        if said["method"] == "workspace/configuration" {
            break said;
        }
    };
    assert_eq!(asked["params"]["items"][0]["section"], "regime");
    let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": [{"language": "en"}]});
    client.send(&answer).await;
    let english = |params: &Value| params["diagnostics"].to_string().contains("why: ");
    assert!(!client.pushed(&common, english).await.is_empty());
}

fn unmade(_: &Draft) -> Page {
    panic!("the page cannot be made")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_panics_fails_alone() {
    let folder = tempdir().expect("a folder");
    crate::own_requests::office(folder.path());
    let options = options(Some(Arc::new(unmade)));
    let mut client = Client::with(options, folder.path(), json!({})).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    for _ in 0..3 {
        let id = client.begin("regime/preview", json!({"uri": regime})).await;
        let reply = client.reply(id).await;
        assert_eq!(reply["error"]["code"], -32603, "{reply}");
    }
    let reading = client.ask("regime/reading", json!({"uri": regime})).await;
    assert!(!list(&reading["sections"]).is_empty());
    let logged = client.heard.iter().any(|said| {
        said["method"] == "window/logMessage"
            && said.to_string().contains("the page cannot be made")
    });
    assert!(logged, "{:?}", client.heard);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_answered_as_the_protocol_says() {
    let folder = tempdir().expect("a folder");
    let (mut client, common) = alone(folder.path()).await;
    let code = |reply: &Value| reply["error"]["code"].as_i64().expect("an error");
    client.bytes(&crate::client::framed("{\"jsonrpc\": ")).await;
    client.bytes(b"rubbish\r\n\r\n").await;
    client.bytes(b"Content-Length: 3\r\n\r\n\xff\xff\xff").await;
    for _ in 0..3 {
        let reply = client.reply_to_nobody().await;
        assert_eq!(code(&reply), -32700, "{reply}");
    }
    client.send(&json!([1, 2])).await;
    assert_eq!(code(&client.reply_to_nobody().await), -32600);
    client
        .send(&json!({"jsonrpc": "2.0", "id": 900, "method": 7}))
        .await;
    assert_eq!(code(&client.reply(900).await), -32600);
    let id = client.begin("regime/unknown", json!({})).await;
    assert_eq!(code(&client.reply(id).await), -32601);
    client.tell("$/unknown", json!({})).await;
    client
        .tell("textDocument/didChange", json!({"textDocument": 3}))
        .await;
    client.change("file:///nowhere/x.regime", 2, "x").await;
    client.open("regime://elsewhere/x.txt", "x").await;
    for line in [
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(99_999_999_999_i64),
        json!("1"),
    ] {
        let position = json!({"line": line, "character": 0});
        let id = client
            .begin(
                "regime/sourceAt",
                json!({"uri": common, "position": position}),
            )
            .await;
        assert_eq!(code(&client.reply(id).await), -32602, "{line}");
    }
    let far = json!({"uri": common, "position": {"line": u32::MAX, "character": u32::MAX}});
    assert_eq!(client.ask("regime/sourceAt", far).await, Value::Null);
    let unknown = json!({"uri": "file:///nowhere/y.regime"});
    assert_eq!(client.ask("regime/reading", unknown).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_answered_before_the_client_has_introduced_itself() {
    let mut client = Client::raw(options(None));
    let id = client
        .begin("regime/explain", json!({"code": "R202"}))
        .await;
    assert_eq!(client.reply(id).await["error"]["code"], -32002);
    client.ask("initialize", json!({"capabilities": {}})).await;
    let page = client.ask("regime/explain", json!({"code": "r202"})).await;
    assert_eq!(page["code"], "R202");
}
