//! Names, outlines, colours and the origin of figures, asked by an editor.

use crate::client::{Client, list, options, uri};
use crate::own_requests::office;
use regime::calendar::Date;
use regime::ide::lenses::{Published, PublishedVersion};
use regime::lsp::bridge::Options;
use regime::lsp::clock::Clock;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::tempdir;

/// The place in the middle of a piece of a text, marked by `|`.
fn place(uri: &str, text: &str, piece: &str) -> Value {
    let plain = piece.replace('|', "");
    let start = text.find(&plain).expect("the piece stands in the text");
    let at = start + piece.find('|').expect("a mark");
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .encode_utf16()
        .count();
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}})
}

/// The text of a range.
fn written<'t>(text: &'t str, range: &Value) -> &'t str {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
    let line = text
        .lines()
        .nth(number(&range["start"]["line"]))
        .expect("a line");
    let offset = |column: usize| {
        let mut units = 0;
        let mut letters = line.char_indices();
        let found = letters.find(|(_, letter)| {
            let here = units == column;
            units += letter.len_utf16();
            here
        });
        found.map_or(line.len(), |(at, _)| at)
    };
    let (from, to) = (
        number(&range["start"]["character"]),
        number(&range["end"]["character"]),
    );
    &line[offset(from)..offset(to)]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_followed_told_and_changed() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let common = uri(folder.path(), "common.regime");
    let text = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");
    let words = fs::read_to_string(folder.path().join("common.regime")).expect("the words");

    let measure = place(&regime, &text, "measure ho_|so");
    let found = client.ask("textDocument/definition", measure.clone()).await;
    assert_eq!(found[0]["uri"], json!(common), "{found}");
    assert_eq!(written(&words, &found[0]["range"]), "ho_so");

    let column = place(&regime, &text, "column 4 truc_|tuyen");
    let found = client
        .ask("textDocument/typeDefinition", column.clone())
        .await;
    assert_eq!(written(&words, &found[0]["range"]), "ho_so");

    let mut asked = column.clone();
    asked["context"] = json!({"includeDeclaration": true});
    let uses = client.ask("textDocument/references", asked).await;
    let uses: Vec<&str> = uses
        .as_array()
        .expect("uses")
        .iter()
        .map(|used| written(&text, &used["range"]))
        .collect();
    assert!(
        uses.contains(&"truc_tuyen") && uses.contains(&"4"),
        "{uses:?}"
    );
    let marks = client
        .ask("textDocument/documentHighlight", column.clone())
        .await;
    assert_eq!(list(&marks).len(), uses.len());

    let hover = client.ask("textDocument/hover", column.clone()).await;
    let told = hover["contents"]["value"].as_str().expect("words");
    assert!(
        told.contains("Trực tuyến") && told.contains("hồ sơ"),
        "{told}"
    );
    let keyword = place(&regime, &text, "rows chosen| from");
    let hover = client.ask("textDocument/hover", keyword).await;
    let told = hover["contents"]["value"].as_str().expect("words");
    assert!(told.contains("dòng chọn từ"), "{told}");

    let allowed = client
        .ask("textDocument/prepareRename", column.clone())
        .await;
    assert_eq!(allowed["placeholder"], "truc_tuyen");
    let mut asked = column.clone();
    asked["newName"] = json!("qua_mang");
    let edit = client.ask("textDocument/rename", asked.clone()).await;
    let edits = list(&edit["changes"][&regime]);
    assert!(edits.iter().all(|edit| edit["newText"] == "qua_mang"));
    assert!(
        edits
            .iter()
            .all(|edit| written(&text, &edit["range"]) == "truc_tuyen")
    );
    asked["newName"] = json!("tiep_nhan");
    let id = client.begin("textDocument/rename", asked).await;
    let refused = client.reply(id).await;
    let words = refused["error"]["message"].as_str().expect("a reason");
    assert!(words.contains("đã có"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_outlined_coloured_folded_and_its_figures_traced() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");
    let document = json!({"textDocument": {"uri": regime}});

    let outline = client
        .ask("textDocument/documentSymbol", document.clone())
        .await;
    assert_eq!(outline[0]["name"], "TTHC_06A");
    let form = list(&outline[0]["children"])
        .into_iter()
        .find(|symbol| symbol["name"] == "TTHC06A")
        .expect("the form");
    assert!(list(&form["children"]).len() > 3);
    let found = client
        .ask("workspace/symbol", json!({"query": "truc tuyen"}))
        .await;
    assert_eq!(found[0]["containerName"], "TTHC06A", "{found}");

    let folds = client
        .ask("textDocument/foldingRange", document.clone())
        .await;
    assert!(list(&folds).len() > 5);
    let mut asked = document.clone();
    let at = place(&regime, &text, "column 4 truc_|tuyen");
    asked["positions"] = json!([at["position"]]);
    let around = client.ask("textDocument/selectionRange", asked).await;
    assert_eq!(written(&text, &around[0]["range"]), "truc_tuyen");

    let whole = client
        .ask("textDocument/semanticTokens/full", document.clone())
        .await;
    let numbers = list(&whole["data"]);
    assert!(numbers.len() > 500 && numbers.len().is_multiple_of(5));
    let mut asked = document.clone();
    asked["range"] = json!({
        "start": {"line": 20, "character": 0}, "end": {"line": 30, "character": 0},
    });
    let part = client.ask("textDocument/semanticTokens/range", asked).await;
    let part = list(&part["data"]);
    assert!(!part.is_empty() && part.len() < numbers.len());

    let common = json!({"textDocument": {"uri": uri(folder.path(), "common.regime")}});
    let links = client.ask("textDocument/documentLink", common).await;
    let targets: Vec<&str> = links
        .as_array()
        .expect("links")
        .iter()
        .filter_map(|link| link["target"].as_str())
        .collect();
    assert!(
        targets
            .iter()
            .any(|target| target.ends_with("/data/units.csv")),
        "{targets:?}"
    );

    let at = place(&regime, &text, "column 3 tiep_|nhan");
    let figures = client.ask("textDocument/prepareCallHierarchy", at).await;
    assert_eq!(figures[0]["name"], "TTHC06A[3]");
    let item = json!({"item": figures[0]});
    let of = client
        .ask("callHierarchy/outgoingCalls", item.clone())
        .await;
    let of: Vec<Value> = list(&of)
        .iter()
        .map(|call| call["to"]["name"].clone())
        .collect();
    assert_eq!(of, ["TTHC06A[4]", "TTHC06A[5]", "TTHC06A[6]"]);
    let to = client.ask("callHierarchy/incomingCalls", item).await;
    assert_eq!(to, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_name_is_changed_in_a_new_version_and_with_a_migration_only() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let one = PublishedVersion {
        version: 1,
        units: 130,
    };
    let published = Published::from([("TTHC_06A".to_owned(), one)]);
    let told = Options {
        published: Some(Arc::new(move || published.clone())),
        ..options(None)
    };
    let mut client = Client::with(told, folder.path(), json!({})).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");
    let mut asked = place(&regime, &text, "form TTHC06|A");
    asked["newName"] = json!("KET_QUA");
    let id = client.begin("textDocument/rename", asked.clone()).await;
    let refused = client.reply(id).await;
    let words = refused["error"]["message"].as_str().expect("a reason");
    assert!(words.contains("phiên bản 1 đã công bố"), "{words}");
    let next = text.replace("version 1 in force", "version 2 in force");
    client.open(&regime, &next).await;
    let edit = client.ask("textDocument/rename", asked).await;
    let edits = edit["changes"][&regime].to_string();
    assert!(
        edits.contains("migrate from version 1") && edits.contains("-> KET_QUA["),
        "{edits}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_file_is_known_by_its_new_name_and_links_lead_to_it() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let (old, new) = (
        uri(folder.path(), "tthc_06a.regime"),
        uri(folder.path(), "thu tuc.regime"),
    );
    let reading = client.ask("regime/reading", json!({"uri": old})).await;
    assert_eq!(reading["regimes"][0]["name"], "TTHC_06A");
    let moved = json!({"files": [{"oldUri": old, "newUri": new}]});
    // It names no table, so that nothing has to be rewritten.
    let edit = client.ask("workspace/willRenameFiles", moved.clone()).await;
    assert_eq!(edit, Value::Null);
    fs::rename(
        folder.path().join("tthc_06a.regime"),
        folder.path().join("thu tuc.regime"),
    )
    .expect("the file moves");
    client.tell("workspace/didRenameFiles", moved).await;
    let reading = client.ask("regime/reading", json!({"uri": new})).await;
    assert_eq!(reading["regimes"][0]["name"], "TTHC_06A");
    let gone = client.ask("regime/reading", json!({"uri": old})).await;
    assert_eq!(gone, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hover_tells_meaning_type_measure_nature_reading_size_and_burden() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes/ktxh.regime");
    fs::copy(from, folder.path().join("ktxh.regime")).expect("a copy");
    let settings = json!({"initializationOptions": {"minutesPerCell": 3}});
    let clock = Clock {
        today: Arc::new(|| Date::constant(2026, 2, 1)),
        ..Clock::of_the_machine()
    };
    let fixed = Options {
        clock,
        ..options(None)
    };
    let mut client = Client::with(fixed, folder.path(), settings).await;
    let mut told = Vec::new();
    for (file, piece) in [
        ("common.regime", "indicator H|S"),
        ("tthc_06a.regime", "column 11 dang|_gq"),
        ("tthc_06a.regime", "column 4 truc|_tuyen"),
        ("ktxh.regime", "form KT|01"),
    ] {
        let text = fs::read_to_string(folder.path().join(file)).expect("the regime");
        let at = place(&uri(folder.path(), file), &text, piece);
        let hover = client.ask("textDocument/hover", at).await;
        let words = hover["contents"]["value"].as_str().expect("words");
        told.push(format!("## {piece}\n{words}"));
    }
    let told = told.join("\n\n");
    for part in [
        "> Số học sinh đang học tại thời điểm 30/9",
        "- kiểu: số nguyên, không âm",
        "- đơn vị tính: hồ sơ TTHC (`ho_so`)",
        "- tính chất: số cuối kỳ",
        "- tính chất: số phát sinh",
        "bằng tổng của cột 12 (Trong hạn) và cột 13 (Quá hạn)",
        "- mỗi dòng thêm vào có 1 ô nhập × ",
        "- 10 ô nhập × ",
        " đơn vị × 12 kỳ mỗi năm",
        " giờ công mỗi năm (180 giây một ô)",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
