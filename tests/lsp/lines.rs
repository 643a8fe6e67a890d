//! What stands between and above the lines, and that a client is told to ask again when something else than its own typing has changed it.

use crate::client::{Client, list, options, uri};
use crate::own_requests::office;
use regime::calendar::Date;
use regime::ide::lenses::{Published, PublishedVersion};
use regime::lsp::bridge::Options;
use regime::lsp::clock::Clock;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::tempdir;

/// The day and the publications that the server is told, which a test may change under its hands.
#[derive(Clone)]
struct World {
    today: Arc<Mutex<Date>>,
    published: Arc<Mutex<Published>>,
}

impl World {
    fn new() -> World {
        World {
            today: Arc::new(Mutex::new(Date::constant(2026, 2, 1))),
            published: Arc::default(),
        }
    }

    fn publish(&self, version: u32, units: usize) {
        let one = PublishedVersion { version, units };
        let mut published = self.published.lock().expect("nobody panicked");
        published.insert("TTHC_06A".to_owned(), one);
    }

    fn options(&self) -> Options {
        let (today, published) = (Arc::clone(&self.today), Arc::clone(&self.published));
        Options {
            clock: Clock {
                today: Arc::new(move || *today.lock().expect("nobody panicked")),
                look: Duration::from_millis(20),
            },
            published: Some(Arc::new(move || {
                published.lock().expect("nobody panicked").clone()
            })),
            ..options(None)
        }
    }
}

fn asks_again() -> Value {
    let able = json!({"refreshSupport": true});
    json!({"capabilities": {"workspace": {
        "inlayHint": able, "codeLens": able, "semanticTokens": able,
    }}})
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the regime")
}

fn line<'t>(text: &'t str, place: &Value) -> &'t str {
    let number = place["line"].as_u64().expect("a line");
    let number = usize::try_from(number).expect("small");
    text.lines().nth(number).expect("a line").trim()
}

/// The hints of a document, each behind its line.
async fn hints(client: &mut Client, regime: &str, text: &str) -> Vec<String> {
    let whole = json!({
        "textDocument": {"uri": regime},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}},
    });
    let found = client.ask("textDocument/inlayHint", whole).await;
    let told = list(&found).into_iter().map(|hint| {
        let label = hint["label"].as_str().expect("words");
        let more = hint["tooltip"].as_str().unwrap_or("");
        format!("{} ⟦{label}⟧ {more}", line(text, &hint["position"]))
    });
    told.collect()
}

/// The lenses of a document, each before its line.
async fn lenses(client: &mut Client, regime: &str, text: &str) -> Vec<String> {
    let document = json!({"textDocument": {"uri": regime}});
    let found = client.ask("textDocument/codeLens", document).await;
    let told = list(&found).into_iter().map(|lens| {
        let title = lens["command"]["title"].as_str().expect("words");
        let command = lens["command"]["command"].as_str().expect("a command");
        format!(
            "⟦{title}⟧ {command} {}",
            line(text, &lens["range"]["start"])
        )
    });
    told.collect()
}

/// Answers the next wish to ask again, of hints, lenses and colours in this order.
async fn asked_again(client: &mut Client) {
    for method in [
        "workspace/inlayHint/refresh",
        "workspace/codeLens/refresh",
        "workspace/semanticTokens/refresh",
    ] {
        let wish = loop {
            let place = client
                .heard
                .iter()
                .position(|said| said["method"] == method);
            if let Some(place) = place {
                break client.heard.remove(place);
            }
            let said = client.hear().await.expect("the server asks");
            client.heard.push(said);
        };
        let answer = json!({"jsonrpc": "2.0", "id": wish["id"], "result": null});
        client.send(&answer).await;
    }
}

fn has(lines: &[String], part: &str) -> bool {
    lines.iter().any(|line| line.contains(part))
}

#[tokio::test(flavor = "multi_thread")]
async fn sizes_days_and_figures_stand_between_the_lines_and_what_can_be_pressed_above_them() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let world = World::new();
    world.publish(3, 130);
    let mut client = Client::with(world.options(), folder.path(), json!({})).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = read(folder.path(), "tthc_06a.regime");

    let shown = hints(&mut client, &regime, &text).await;
    for part in [
        "window decree 09 ⟦→ Quý 1/2026: 15/12/2025 – 14/03/2026⟧",
        "by 2 working days after cutoff ⟦→ 17/03/2026⟧ hạn gửi tới, của Quý 1/2026",
        "{ ⟦13 cột⟧",
        "= [4] + [5] + [6] = [7] + [11] ⟦= ",
        "theo ca kiểm thử “một lĩnh vực”",
    ] {
        assert!(has(&shown, part), "{part}: {shown:#?}");
    }
    let few = json!({
        "textDocument": {"uri": regime},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}},
    });
    let few = client.ask("textDocument/inlayHint", few).await;
    assert_eq!(few, json!([]), "only those of the lines that are seen");

    let above = lenses(&mut client, &regime, &text).await;
    let tests = text.matches("\n  test \"").count();
    for part in [
        "⟦đã công bố: bản 3, 130 đơn vị⟧  regime TTHC_06A".to_owned(),
        format!("⟦▶ Chạy {tests} ca kiểm thử⟧ regime.runTests regime TTHC_06A"),
        "⟦Xem trước⟧ regime.preview form TTHC06A".to_owned(),
        "⟦▶ Chạy⟧ regime.runTests test \"một lĩnh vực\"".to_owned(),
    ] {
        assert!(has(&above, &part), "{part}: {above:#?}");
    }

    let english = json!({"settings": {"regime": {"language": "en"}}});
    client
        .tell("workspace/didChangeConfiguration", english)
        .await;
    let shown = hints(&mut client, &regime, &text).await;
    assert!(has(&shown, "{ ⟦13 columns⟧"), "{shown:#?}");
    let above = lenses(&mut client, &regime, &text).await;
    assert!(
        has(&above, "⟦published: version 3, 130 units⟧"),
        "{above:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lens_of_a_test_runs_that_one_also_among_tests_of_one_title() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = read(folder.path(), "tthc_06a.regime");
    let document = json!({"textDocument": {"uri": regime}});
    let found = list(&client.ask("textDocument/codeLens", document).await);
    let of_tests: Vec<&Value> = found
        .iter()
        .filter(|lens| lens["command"]["title"] == "▶ Chạy")
        .collect();
    assert_eq!(of_tests.len(), text.matches("\n  test \"").count());
    for lens in of_tests {
        let arguments = &lens["command"]["arguments"];
        let asked = json!({"uri": arguments[0], "title": arguments[1], "line": arguments[2]});
        let answer = client.ask("regime/runTests", asked).await;
        let results = list(&answer["results"]);
        assert_eq!(results.len(), 1, "{answer}");
        assert_eq!(results[0]["passed"], true);
        assert_eq!(
            results[0]["range"]["start"]["line"],
            lens["range"]["start"]["line"]
        );
    }
    // The second test gets the title of the first: the line still tells them apart.
    let second = text.match_indices("\n  test \"").nth(1).expect("a test").0;
    let (before, after) = text.split_at(second);
    let rest = after.splitn(3, '"').nth(2).expect("a title");
    let twice = format!("{before}\n  test \"một lĩnh vực\"{rest}");
    client.open(&regime, &twice).await;
    let all = json!({"uri": regime, "title": "một lĩnh vực"});
    let all = client.ask("regime/runTests", all).await;
    assert_eq!(list(&all["results"]).len(), 2);
    let line = all["results"][1]["range"]["start"]["line"].clone();
    let one = json!({"uri": regime, "title": "một lĩnh vực", "line": line});
    let one = client.ask("regime/runTests", one).await;
    assert_eq!(one["results"], json!([all["results"][1]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_a_publication_and_another_day_make_the_client_ask_again() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let world = World::new();
    let mut client = Client::with(world.options(), folder.path(), asks_again()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let common = uri(folder.path(), "common.regime");
    let text = read(folder.path(), "tthc_06a.regime");
    let words = read(folder.path(), "common.regime");
    client.open(&regime, &text).await;
    client.open(&common, &words).await;
    client.version(&common, 1).await;

    // A size of the form depends on the shared words.
    client
        .change(&common, 2, &format!("{words}\n// thêm"))
        .await;
    asked_again(&mut client).await;
    client.version(&common, 2).await;

    let above = lenses(&mut client, &regime, &text).await;
    assert!(has(&above, "⟦chưa công bố⟧"), "{above:#?}");
    world.publish(1, 42);
    asked_again(&mut client).await;
    let above = lenses(&mut client, &regime, &text).await;
    assert!(has(&above, "⟦đã công bố: bản 1, 42 đơn vị⟧"), "{above:#?}");

    let shown = hints(&mut client, &regime, &text).await;
    assert!(has(&shown, "⟦→ 17/03/2026⟧"), "{shown:#?}");
    *world.today.lock().expect("nobody panicked") = Date::constant(2026, 3, 18);
    asked_again(&mut client).await;
    let shown = hints(&mut client, &regime, &text).await;
    assert!(has(&shown, "⟦→ 16/06/2026⟧"), "{shown:#?}");

    let table = uri(folder.path(), "data/units.csv");
    let changed = json!({"changes": [{"uri": table, "type": 2}]});
    client
        .tell("workspace/didChangeWatchedFiles", changed)
        .await;
    asked_again(&mut client).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_in_the_only_open_file_and_a_client_that_cannot_ask_again_bring_no_wish() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let wishes = |client: &Client| {
        let heard = client.heard.iter();
        heard
            .filter(|said| {
                said["method"]
                    .as_str()
                    .is_some_and(|m| m.ends_with("/refresh"))
            })
            .count()
    };
    let common = uri(folder.path(), "common.regime");
    let words = read(folder.path(), "common.regime");
    let world = World::new();
    let mut client = Client::with(world.options(), folder.path(), asks_again()).await;
    client.open(&common, &words).await;
    client.version(&common, 1).await;
    client.change(&common, 2, &format!("{words}\n// a")).await;
    client.version(&common, 2).await;
    client.change(&common, 3, &format!("{words}\n// b")).await;
    client.version(&common, 3).await;
    assert_eq!(wishes(&client), 0, "{:?}", client.heard);

    let mut client = Client::with(world.options(), folder.path(), json!({})).await;
    client.open(&common, &words).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    client
        .open(&regime, &read(folder.path(), "tthc_06a.regime"))
        .await;
    world.publish(9, 9);
    for version in 2..5 {
        let other = format!("{words}\n// {version}");
        client.change(&common, version, &other).await;
        client.version(&common, version).await;
    }
    assert_eq!(wishes(&client), 0, "{:?}", client.heard);
}
