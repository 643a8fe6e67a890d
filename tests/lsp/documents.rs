//! Documents that are opened, changed, closed, renamed: their mistakes reach the client, and only those.

use crate::client::{Client, codes, list, options, uri};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

const COMMON: &str = "measure ho \"hộ\"\n";
const REPEATED: &str = "measure ho \"hộ\"\nmeasure ho \"hộ dân\"\n";
const UNREADABLE: &str = "measur ho\n";

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn range(mistake: &Value) -> [u64; 4] {
    let range = &mistake["range"];
    let at = |end: &str, what: &str| range[end][what].as_u64().expect("a number");
    [
        at("start", "line"),
        at("start", "character"),
        at("end", "line"),
        at("end", "character"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_of_files_that_nobody_opened_are_pushed_and_taken_back() {
    let folder = project(&[
        ("common.regime", COMMON),
        ("x.regime", "measure ho \"h\"\n"),
    ]);
    let (common, x) = (
        uri(folder.path(), "common.regime"),
        uri(folder.path(), "x.regime"),
    );
    let mut client = Client::at(folder.path()).await;
    let pushed = client.pushed(&x, |_| true).await;
    assert_eq!(codes(&pushed), ["R202"]);
    let related = list(&pushed[0]["relatedInformation"]);
    assert_eq!(related[0]["message"], "đã có ở đây");
    assert_eq!(related[0]["location"]["uri"], json!(common));
    let page = &pushed[0]["codeDescription"]["href"];
    assert_eq!(page, "regime-help:/R202.md");
    client.open(&x, "").await;
    assert_eq!(client.version(&x, 1).await, Vec::<Value>::new());
    let named = json!({"textDocument": {"uri": x}});
    client.tell("textDocument/didClose", named).await;
    // The disk still has the mistake.
    let again = client
        .pushed(&x, |params| params["version"].is_null())
        .await;
    assert_eq!(codes(&again), ["R202"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_project_is_diagnosed_alone_until_it_gets_one() {
    let folder = project(&[("le/x.regime", REPEATED), ("le/y.regime", UNREADABLE)]);
    let x = uri(folder.path(), "le/x.regime");
    let mut client = Client::at(folder.path()).await;
    client.open(&x, REPEATED).await;
    assert!(
        codes(&client.version(&x, 1).await).contains(&"R202"),
        "a repeated name"
    );
    assert!(
        client
            .heard
            .iter()
            .all(|said| !said.to_string().contains("y.regime")),
        "its neighbour is nobody's"
    );
    write(folder.path(), "le/common.regime", "");
    let created = json!({"changes": [{"uri": uri(folder.path(), "le/common.regime"), "type": 1}]});
    client
        .tell("workspace/didChangeWatchedFiles", created)
        .await;
    let y = uri(folder.path(), "le/y.regime");
    assert!(!client.pushed(&y, |_| true).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_was_never_saved_is_diagnosed_and_forgotten_when_closed() {
    let folder = project(&[]);
    let mut client = Client::at(folder.path()).await;
    client.open("untitled:Untitled-1", REPEATED).await;
    assert!(!client.version("untitled:Untitled-1", 1).await.is_empty());
    let named = json!({"textDocument": {"uri": "untitled:Untitled-1"}});
    client.tell("textDocument/didClose", named).await;
    assert!(
        client
            .pushed("untitled:Untitled-1", |_| true)
            .await
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_text_never_takes_the_place_of_a_newer_one() {
    let folder = project(&[("common.regime", COMMON)]);
    let common = uri(folder.path(), "common.regime");
    let mut client = Client::at(folder.path()).await;
    client.open(&common, COMMON).await;
    client.change(&common, 5, REPEATED).await;
    client.change(&common, 4, COMMON).await;
    client.change(&common, 5, COMMON).await;
    assert!(codes(&client.version(&common, 5).await).contains(&"R202"));
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_text_keeps_its_other_mistakes_and_those_of_other_files() {
    let folder = project(&[("common.regime", REPEATED), ("b.regime", "")]);
    let b = uri(folder.path(), "b.regime");
    let common = uri(folder.path(), "common.regime");
    let mut client = Client::at(folder.path()).await;
    assert!(codes(&client.pushed(&common, |_| true).await).contains(&"R202"));
    let broken = "regime {\nmeasure x \"mét\n}}} cột ??? \nmeasure y \"y\"\nmeasure y \"y\"\n";
    client.open(&b, broken).await;
    let found = client.version(&b, 1).await;
    let found = codes(&found);
    assert!(found.iter().any(|code| code.starts_with("R1")), "{found:?}");
    assert!(found.contains(&"R202"), "{found:?}");
    assert!(
        !client
            .heard
            .iter()
            .any(|said| said["params"]["uri"] == json!(common)),
        "what did not change is not said again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn decomposed_text_and_file_names_have_the_columns_of_the_editor() {
    // One letter that the disk and the text decompose, the address of the client composes.
    let folder = project(&[("common.regime", ""), ("ho\u{323}.regime", "")]);
    let composed = uri(folder.path(), "h\u{1ecd}.regime");
    let mut client = Client::at(folder.path()).await;
    let text = "measure ho \"ho\u{323}\" measure\n";
    client.open(&composed, text).await;
    let found = client.version(&composed, 1).await;
    let mut others = found.iter().filter(|one| one["code"] != "R112");
    let junk = others.next().expect("a mistake behind the letter");
    assert_eq!(
        range(junk)[1],
        17,
        "two units for the letter and its mark: {junk}"
    );
    let other = client.heard.iter().any(|said| {
        said["params"]["uri"] != json!(composed)
            && said["method"] == "textDocument/publishDiagnostics"
            && !list(&said["params"]["diagnostics"]).is_empty()
    });
    assert!(!other, "the file has one address: {:?}", client.heard);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_of_the_client_is_spoken_and_can_be_changed() {
    let folder = project(&[("common.regime", REPEATED)]);
    let common = uri(folder.path(), "common.regime");
    let english = json!({"locale": "en-GB"});
    let mut client = Client::with(options(None), folder.path(), english).await;
    let message = |found: Vec<Value>| found[0]["message"].as_str().expect("words").to_owned();
    let said = message(client.pushed(&common, |_| true).await);
    assert!(said.contains("\nwhy: "), "{said}");
    let settings = json!({"settings": {"regime": {"language": "vi"}}});
    client
        .tell("workspace/didChangeConfiguration", settings)
        .await;
    let said = message(client.pushed(&common, |_| true).await);
    assert!(said.contains("\nlý do: "), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fix_comes_along_with_its_mistake() {
    let folder = project(&[("common.regime", COMMON)]);
    let common = uri(folder.path(), "common.regime");
    let mut client = Client::at(folder.path()).await;
    client.open(&common, "measur ho \"hộ\"\n").await;
    let found = client.version(&common, 1).await;
    let fix = &found[0]["data"]["fixes"][0];
    assert_eq!(fix["edits"][0]["newText"], "measure", "{found:?}");
    assert_eq!(fix["edits"][0]["uri"], json!(common));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_changes_on_disk_is_read_again() {
    let common = "calendar lich \"Lịch\" {\n  decisions from \"nghi.csv\"\n}\n";
    let folder = project(&[("common.regime", common)]);
    let address = uri(folder.path(), "common.regime");
    let mut client = Client::at(folder.path()).await;
    client.open(&address, common).await;
    let missing = client.version(&address, 1).await;
    write(folder.path(), "nghi.csv", "date,kind\n");
    let created = json!({"changes": [{"uri": uri(folder.path(), "nghi.csv"), "type": 1}]});
    client
        .tell("workspace/didChangeWatchedFiles", created)
        .await;
    let found = client.pushed(&address, |_| true).await;
    assert_ne!(codes(&found), codes(&missing));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_table_is_renamed_where_it_is_named() {
    let common = "units from \"bang/don_vi.csv\"\n";
    let folder = project(&[
        ("common.regime", common),
        ("bang/don_vi.csv", "id\n"),
        ("con/x.regime", "links from \"noi.csv\"\n"),
        ("con/noi.csv", "id\n"),
    ]);
    let at = |path: &str| uri(folder.path(), path);
    let mut client = Client::at(folder.path()).await;
    let files =
        json!({"files": [{"oldUri": at("bang/don_vi.csv"), "newUri": at("bang/đơn vị.csv")}]});
    let edit = client.ask("workspace/willRenameFiles", files).await;
    assert_eq!(
        edit["changes"][at("common.regime")],
        json!([{
            "range": {"start": {"line": 0, "character": 12}, "end": {"line": 0, "character": 27}},
            "newText": "bang/đơn vị.csv",
        }])
    );
    // A source that moves into another folder can only name what lies below it.
    let files = json!({"files": [
        {"oldUri": at("con/x.regime"), "newUri": at("x.regime")},
        {"oldUri": at("con/noi.csv"), "newUri": at("con/noi_hai.csv")},
    ]});
    let edit = client.ask("workspace/willRenameFiles", files).await;
    assert_eq!(
        edit["changes"][at("con/x.regime")][0]["newText"],
        "con/noi_hai.csv"
    );
    let nothing = json!({"files": [{"oldUri": at("khac.csv"), "newUri": at("nua.csv")}]});
    assert_eq!(
        client.ask("workspace/willRenameFiles", nothing).await,
        Value::Null
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_read_has_a_mistake_at_its_own_address_until_it_can() {
    let folder = project(&[("common.regime", COMMON), ("lon.regime", "")]);
    fs::write(
        folder.path().join("cu.regime"),
        b"measure x \"\xb5\xa5n\"\n",
    )
    .expect("a file");
    // A few bytes more than are read.
    let large = format!("// {}\n", "x".repeat(1 << 20));
    write(folder.path(), "lon.regime", &large);
    let (old, large) = (
        uri(folder.path(), "cu.regime"),
        uri(folder.path(), "lon.regime"),
    );
    let mut client = Client::at(folder.path()).await;
    let found = client.pushed(&old, |_| true).await;
    assert_eq!(codes(&found), ["R123"]);
    let words = found[0]["message"].as_str().expect("words");
    assert!(
        words.starts_with("tệp không phải văn bản UTF-8\n"),
        "{words}"
    );
    assert_eq!(found[0]["codeDescription"]["href"], "regime-help:/R123.md");
    assert_eq!(range(&found[0]), [0, 0, 0, 0]);
    let found = client.pushed(&large, |_| true).await;
    assert_eq!(codes(&found), ["R116"]);

    write(folder.path(), "cu.regime", "measure x \"đơn\"\n");
    let changed = json!({"changes": [{"uri": old, "type": 2}]});
    client
        .tell("workspace/didChangeWatchedFiles", changed)
        .await;
    assert!(!codes(&client.pushed(&old, |_| true).await).contains(&"R123"));
    let told = client
        .heard
        .iter()
        .any(|said| said["method"] == "window/showMessage");
    assert!(!told, "a mistake at the file is enough: {:?}", client.heard);

    fs::write(folder.path().join("cu.regime"), b"\xff").expect("a file");
    let changed = json!({"changes": [{"uri": old, "type": 2}]});
    client
        .tell("workspace/didChangeWatchedFiles", changed)
        .await;
    let found = client.pushed(&old, |_| true).await;
    assert_eq!(codes(&found), ["R123"]);
    // The client sends the text that it could read.
    client.open(&old, "measure x \"đơn\"\n").await;
    assert!(!codes(&client.version(&old, 1).await).contains(&"R123"));
}
