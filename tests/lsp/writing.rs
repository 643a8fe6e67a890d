//! Writing a regime in an editor: what is offered, what is mended, how it is laid out, and that a broken text keeps all of it.

use crate::client::{Client, codes, list, uri};
use crate::own_requests::office;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

const REGIME: &str = "chế độ THU \"Thử\" phiên bản 1 hiệu lực từ 01/01/2026 {\n  biểu A \"A\" \"Biểu\" {\n    mỗi dòng một đơn vị báo cáo\n    cột 1 trong_ky \"Tiếp nhận trong kỳ\" đơn vị tính don số đếm\n    cột 2 khac \"Khác\" đơn vị tính don số đếm\n    cột 3 ca_hai \"Cả hai\" = tổng([1], [trong ky\n    cột 4 nua \"Nữa\" đơn vị tính \n    cộ\n    cột 5 sai \"Sai\" đơn vị tính khong_co\n  }\n}\n";

async fn begun(text: &str) -> (TempDir, Client, String) {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "thu.regime");
    client.open(&regime, text).await;
    (folder, client, regime)
}

/// The place behind a piece of a text.
fn behind(regime: &str, text: &str, piece: &str) -> Value {
    let at = text.find(piece).expect("the piece stands in the text") + piece.len();
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("");
    let column = column.encode_utf16().count();
    json!({"textDocument": {"uri": regime}, "position": {"line": line, "character": column}})
}

async fn offered(client: &mut Client, place: Value) -> Vec<Value> {
    let answer = client.ask("textDocument/completion", place).await;
    list(&answer["items"])
}

fn labelled<'i>(items: &'i [Value], label: &str) -> &'i Value {
    let mut found = items.iter().filter(|item| item["label"] == label);
    found.next().unwrap_or_else(|| {
        let labels: Vec<&Value> = items.iter().map(|item| &item["label"]).collect();
        panic!("{label} is not among {labels:?}")
    })
}

/// A text after edits of one document, applied as an editor does.
fn applied(text: &str, edits: &Value) -> String {
    let offset = |place: &Value| {
        let number = |what: &str| {
            let number = place[what].as_u64().expect("a number");
            usize::try_from(number).expect("small")
        };
        let mut lines = text.split_inclusive('\n');
        let start: usize = lines.by_ref().take(number("line")).map(str::len).sum();
        let line = text[start..].lines().next().unwrap_or("");
        let mut units = 0;
        let mut letters = line.char_indices();
        let within = letters.find(|(_, letter)| {
            let here = units >= number("character");
            units += letter.len_utf16();
            here
        });
        start + within.map_or(line.len(), |(at, _)| at)
    };
    let mut edits: Vec<(usize, usize, String)> = list(edits)
        .iter()
        .map(|edit| {
            let new = edit["newText"].as_str().expect("a text").to_owned();
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), new)
        })
        .collect();
    edits.sort();
    let ends = edits.windows(2).all(|two| two[0].1 <= two[1].0);
    assert!(ends, "edits never overlap: {edits:?}");
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn keywords_names_and_functions_are_offered_where_they_may_stand_in_a_broken_text() {
    let (_folder, mut client, regime) = begun(REGIME).await;
    let place = behind(&regime, REGIME, "tổng([1], [trong ky");
    let names = offered(&mut client, place.clone()).await;
    let column = labelled(&names, "trong_ky");
    assert_eq!(column["detail"], "Tiếp nhận trong kỳ (1)");
    assert_eq!(column["textEdit"]["newText"], "trong_ky");
    let edit = json!([column["textEdit"]]);
    let completed = applied(REGIME, &edit);
    assert!(completed.contains("tổng([1], [trong_ky\n"), "{completed}");

    let operands = client.ask("textDocument/signatureHelp", place).await;
    let operands = &operands["signatures"][0];
    let label = operands["label"].as_str().expect("words");
    assert!(label.starts_with("tổng("), "{label}");

    let place = behind(&regime, REGIME, "\"Nữa\" đơn vị tính ");
    let measures = offered(&mut client, place).await;
    assert_eq!(labelled(&measures, "ho_so")["detail"], "hồ sơ TTHC");
    let place = behind(&regime, REGIME, "\n    cộ");
    let keywords = offered(&mut client, place).await;
    // A client without snippets gets the word alone.
    assert_eq!(labelled(&keywords, "cột")["detail"], "column");

    let place = behind(&regime, REGIME, "cột 1 trong_k");
    let hover = client.ask("textDocument/hover", place).await;
    let told = hover["contents"]["value"].as_str().expect("words");
    assert!(told.contains("Tiếp nhận trong kỳ"), "{told}");
    let document = json!({"textDocument": {"uri": regime}});
    let outline = client.ask("textDocument/documentSymbol", document).await;
    let columns = &outline[0]["children"][0]["children"];
    let names: Vec<&str> = columns
        .as_array()
        .expect("columns")
        .iter()
        .filter_map(|column| column["name"].as_str())
        .collect();
    assert!(
        ["trong_ky", "khac", "sai"]
            .iter()
            .all(|name| names.iter().any(|known| known.contains(name))),
        "{names:?}"
    );
    let found = client.version(&regime, 1).await;
    let found = codes(&found);
    assert!(found.contains(&"R201"), "{found:?}");
    assert!(found.iter().any(|code| code.starts_with("R1")), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_words_are_offered_with_what_the_project_declares() {
    let text = "measure nghin_ho_so \"nghìn hồ sơ\" = 1_000 * ho\nregime B \"B\" \n";
    let (_folder, mut client, regime) = begun(text).await;
    let place = behind(&regime, text, "1_000 * ho");
    let names = offered(&mut client, place).await;
    labelled(&names, "ho_so");
    let forms = names.iter().filter(|item| item["kind"] == 7);
    assert_eq!(forms.count(), 0, "a measure is made of measures: {names:?}");
    assert!(names.iter().all(|item| item["label"] != "nghin_ho_so"));
    let place = behind(&regime, text, "regime B \"B\" ");
    let words = offered(&mut client, place).await;
    labelled(&words, "version");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_mended_and_a_text_is_rewritten_by_actions() {
    let text = "measur ho_moi \"hộ\"\nmeasure nghin \"nghìn\" = 1_000 * ho_moii\n";
    let (_folder, mut client, regime) = begun(text).await;
    let mut asked = behind(&regime, text, "mea");
    asked["range"] = json!({"start": asked["position"], "end": asked["position"]});
    asked["context"] = json!({"diagnostics": []});
    let actions = list(&client.ask("textDocument/codeAction", asked.clone()).await);
    let fix = actions
        .iter()
        .find(|action| action["kind"] == "quickfix")
        .expect("a way out");
    assert_eq!(fix["diagnostics"][0]["code"], "R102");
    let after = applied(text, &fix["edit"]["changes"][&regime]);
    assert!(after.starts_with("measure ho_moi"), "{after}");
    let kinds = |actions: &[Value]| -> Vec<String> {
        let kinds = actions.iter().filter_map(|action| action["kind"].as_str());
        kinds.map(str::to_owned).collect()
    };
    let spelled = "refactor.rewrite.keywords.vi".to_owned();
    assert!(kinds(&actions).contains(&spelled), "{actions:?}");
    asked["context"]["only"] = json!(["refactor"]);
    let only = list(&client.ask("textDocument/codeAction", asked).await);
    assert!(kinds(&only).iter().all(|kind| kind.starts_with("refactor")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_a_range_and_the_line_just_ended_are_laid_out() {
    let text = "\n\nmeasure   ho \"hộ\"\n\n\n\nregime B \"B\" version 1 in force from 01/01/2026 {\nbasis   \"Luật\"\n      issuer \"Bộ\"\n}\n\n";
    let (_folder, mut client, regime) = begun(text).await;
    let document = json!({"uri": regime});
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let asked = json!({"textDocument": document, "options": options});
    let edits = client.ask("textDocument/formatting", asked.clone()).await;
    let whole = applied(text, &edits);
    assert_eq!(
        whole,
        "measure ho \"hộ\"\n\nregime B \"B\" version 1 in force from 01/01/2026 {\n  basis \"Luật\"\n  issuer \"Bộ\"\n}\n"
    );
    let line = |number: u32, column: u32| json!({"line": number, "character": column});
    let mut part = asked.clone();
    part["range"] = json!({"start": line(7, 0), "end": line(7, 5)});
    let edits = client.ask("textDocument/rangeFormatting", part).await;
    let after = applied(text, &edits);
    assert_eq!(after, text.replace("basis   \"Luật\"", "  basis \"Luật\""));
    // The spare lines of the author wait until somebody asks for them.
    let mut typed = asked.clone();
    typed["position"] = line(9, 0);
    typed["ch"] = json!("\n");
    let edits = client.ask("textDocument/onTypeFormatting", typed).await;
    let after = applied(text, &edits);
    assert_eq!(after, text.replace("      issuer", "  issuer"));
    client.change(&regime, 2, &whole).await;
    let again = client.ask("textDocument/formatting", asked).await;
    assert_eq!(again, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_uses_is_greyed_and_leads_to_its_page() {
    let (_folder, mut client, regime) = begun("measure bo_di \"bỏ đi\"\n").await;
    // What is wrong in the words alone may be told before it is known who uses them.
    let told = |params: &Value| codes(&list(&params["diagnostics"])).contains(&"R901");
    let found = client.pushed(&regime, told).await;
    let unused = found.iter().find(|one| one["code"] == "R901");
    let unused = unused.expect("a measure that no regime uses");
    assert_eq!(unused["tags"], json!([1]));
    assert_eq!(unused["severity"], 3);
    assert_eq!(unused["codeDescription"]["href"], "regime-help:/R901.md");
}
