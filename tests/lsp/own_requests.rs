//! The requests of our own: tests, reading, source of a cell, preview, explanation of a code.

use crate::client::{Client, list, options, uri};
use regime::calendar::Date;
use regime::lsp::custom::preview::{Choice, Draft, Page};
use regime::web::studio::preview::renderer;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::tempdir;

/// A project with one regime that has no mistakes.
pub fn office(folder: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
    for name in ["common.regime", "tthc_06a.regime"] {
        fs::copy(from.join(name), folder.join(name)).expect("a copy");
    }
    fs::create_dir(folder.join("data")).expect("a folder");
    for entry in fs::read_dir(from.join("data")).expect("the tables") {
        let entry = entry.expect("a table");
        fs::copy(entry.path(), folder.join("data").join(entry.file_name())).expect("a copy");
    }
}

fn line_of(text: &str, needle: &str) -> usize {
    let mut lines = text.lines();
    lines
        .position(|line| line.contains(needle))
        .expect("a line of the regime")
}

fn page(draft: &Draft) -> Page {
    let form = &draft.plan.form_definition.forms[0];
    Page {
        html: format!("<p>{} {:?}</p>", form.name, draft.language),
        forms: vec![Choice {
            name: form.name.clone(),
            label: form.title.clone(),
        }],
        form: draft.form.map(str::to_owned),
        problems: Vec::new(),
        ..Page::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_regime_is_tested_read_previewed_and_traced_to_its_text() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let options = options(Some(Arc::new(page)));
    let mut client = Client::with(options, folder.path(), json!({})).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");

    let tests = client.ask("regime/runTests", json!({"uri": regime})).await;
    let results = list(&tests["results"]);
    assert_eq!(results.len(), text.matches("\n  test \"").count());
    assert!(results.iter().all(|test| test["passed"] == true), "{tests}");
    let first = &results[0];
    assert_eq!(first["title"], "một lĩnh vực");
    assert_eq!(
        first["range"]["start"]["line"],
        line_of(&text, "test \"một lĩnh vực\"")
    );

    let reading = client
        .ask("regime/reading", json!({"uri": regime, "language": "en"}))
        .await;
    assert_eq!(reading["sections"][0]["title"], "The regime");
    assert!(!list(&reading["sections"][0]["items"]).is_empty());

    let line = line_of(&text, "column 4 truc_tuyen");
    let position = json!({"line": line, "character": 10});
    let address = client
        .ask(
            "regime/sourceAt",
            json!({"uri": regime, "position": position}),
        )
        .await;
    assert_eq!(address["address"], "TTHC06A[4]");
    let back = json!({"uri": regime, "address": "TTHC06A[dat_dai, 4]"});
    let source = client.ask("regime/sourceAt", back).await;
    assert_eq!(source["range"]["start"]["line"], line);
    assert_eq!(source["uri"], json!(regime));
    let form = client
        .ask(
            "regime/sourceAt",
            json!({"uri": regime, "address": "TTHC06A"}),
        )
        .await;
    assert_eq!(
        form["range"]["start"]["line"],
        line_of(&text, "form TTHC06A")
    );
    let nowhere = json!({"uri": regime, "address": "KHAC[1]"});
    assert_eq!(client.ask("regime/sourceAt", nowhere).await, Value::Null);

    let preview = json!({"uri": regime, "form": "TTHC06A"});
    let preview = client.ask("regime/preview", preview).await;
    assert_eq!(preview["html"], "<p>TTHC06A Vietnamese</p>");
    assert_eq!(preview["regime"], "TTHC_06A");
    assert_eq!(preview["form"], "TTHC06A");

    let broken = text.replace("measure ho_so", "measure khong_co");
    client.open(&regime, &broken).await;
    let preview = client.ask("regime/preview", json!({"uri": regime})).await;
    assert_eq!(
        (&preview["sound"], &preview["html"]),
        (&json!(false), &json!(""))
    );
    let tests = client.ask("regime/runTests", json!({"uri": regime})).await;
    assert!(
        list(&tests["results"])
            .iter()
            .all(|test| test["run"] == false)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_test_says_where_and_what_it_found() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");
    let expected = text
        .lines()
        .find(|line| line.contains("expect TTHC06A[dat_dai, 3] = "))
        .expect("an expectation of a value");
    let (cell, _) = expected.split_once(" = ").expect("a value");
    let wrong = format!("{cell} = 987654");
    let changed = text.replacen(expected, &wrong, 1);
    client.open(&regime, &changed).await;
    let tests = client.ask("regime/runTests", json!({"uri": regime})).await;
    let failed: Vec<Value> = list(&tests["results"])
        .into_iter()
        .filter(|test| test["passed"] == false)
        .collect();
    assert_eq!(failed.len(), 1, "{tests}");
    let failure = &failed[0]["failures"][0];
    assert_eq!(failure["range"]["start"]["line"], line_of(&changed, &wrong));
    assert!(!failure["message"].as_str().expect("words").is_empty());
    let named = json!({"uri": regime, "title": failed[0]["title"]});
    let only = client.ask("regime/runTests", named).await;
    assert_eq!(list(&only["results"]).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_code_is_given_and_an_unknown_code_has_none() {
    let folder = tempdir().expect("a folder");
    let mut client = Client::at(folder.path()).await;
    let page = client.ask("regime/explain", json!({"code": "R203"})).await;
    let markdown = page["markdown"].as_str().expect("a page");
    assert!(markdown.starts_with("# R203"));
    let none = client.ask("regime/explain", json!({"code": "R000"})).await;
    assert_eq!(none, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_were_typed_become_a_test_that_begins_where_the_preview_began() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let text = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");
    let values = json!({
        "TTHC06A[dat_dai, 4]": "120", "TTHC06A[dat_dai, 5]": "30", "TTHC06A[dat_dai, 6]": "12",
        "TTHC06A[dat_dai, 8]": "100", "TTHC06A[dat_dai, 9]": "40", "TTHC06A[dat_dai, 10]": "2",
        "TTHC06A[dat_dai, 12]": "18", "TTHC06A[dat_dai, 13]": "2",
        "TTHC06A[dat_dai, 3]": "7", "KHAC[1]": "1",
    });
    let asked = json!({
        "uri": regime, "period": "2026-Q2", "unit": "C17329.2025", "values": values, "title": "mẫu của tôi",
    });
    let saved = client.ask("regime/testFromSample", asked).await;
    assert_eq!(saved["title"], "mẫu của tôi");
    let edit = &saved["edit"]["changes"][&regime][0];
    let block = edit["newText"].as_str().expect("a text");
    assert_eq!(
        block,
        "  test \"mẫu của tôi\" {\n    reporter \"Xã Anh Sơn\"\n    period quarter 2/2026\n    given previous TTHC06A {\n      row dat_dai { 11: 12 }\n    }\n    given TTHC06A {\n      row dat_dai { 4: 120 5: 30 8: 100 9: 40 10: 2 12: 18 13: 2 }\n    }\n    expect valid\n  }\n"
    );
    assert_eq!(edit["range"], saved["range"]);
    let place = text.rfind('}').expect("the end of the regime");
    let (before, after) = text.split_at(place);
    let sharper = block.replace(
        "expect valid",
        "expect valid\n    expect TTHC06A[dat_dai, 6] = 12",
    );
    let whole = format!("{before}{sharper}{after}");
    client.open(&regime, &whole).await;
    let asked = json!({"uri": regime, "title": "mẫu của tôi"});
    let tried = client.ask("regime/runTests", asked).await;
    assert_eq!(tried["results"][0]["passed"], true, "{tried}");
    let asked = json!({"uri": regime, "period": "bao giờ", "unit": "X", "values": {}});
    let id = client.begin("regime/testFromSample", asked).await;
    let refused = client.reply(id).await;
    let words = refused["error"]["message"].as_str().expect("a reason");
    assert!(words.contains("kỳ này"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_on_request_typed_in_a_preview_is_a_test_that_passes() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes/thien_tai.regime");
    let text = fs::read_to_string(from).expect("the regime");
    let regime = uri(folder.path(), "thien_tai.regime");
    let mut client = Client::at(folder.path()).await;
    client.open(&regime, &text).await;
    let asked = json!({
        "uri": regime, "period": "request:2025-09-28", "unit": "C17329.2025", "values": {}, "title": "yêu cầu",
    });
    let saved = client.ask("regime/testFromSample", asked).await;
    let edit = &saved["edit"]["changes"][&regime][0];
    let block = edit["newText"].as_str().expect("a text");
    assert_eq!(
        block,
        "  test \"yêu cầu\" {\n    reporter \"Xã Anh Sơn\"\n    period on request 28/09/2025\n    expect valid\n  }\n"
    );
    let (before, after) = text.split_at(text.rfind('}').expect("the end of the regime"));
    let whole = format!("{before}{block}{after}");
    let version = 2;
    client.change(&regime, version, &whole).await;
    let asked = json!({"uri": regime, "title": "yêu cầu"});
    let tried = client.ask("regime/runTests", asked).await;
    assert_eq!(tried["results"][0]["passed"], true, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_chosen_in_a_preview_is_known_by_its_name_and_given_by_it_in_a_test() {
    const TEXT: &str = "regime KEM \"Kèm tệp\" version 1 in force from 01/01/2026 {
  basis \"Quyết định 1\"
  issuer \"Văn phòng Chính phủ\"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period quarter
  deadline xa, vp_ubnd_tinh local
  form KT \"01/KT\" \"KẾT QUẢ\" {
    rows each reporting unit
    column 1 cuoc \"Số cuộc\" measure don
    column 2 ket_luan \"Kết luận\" file
  }
}
";
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let options = options(Some(renderer(|| Date::constant(2026, 12, 15))));
    let mut client = Client::with(options, folder.path(), json!({})).await;
    let regime = uri(folder.path(), "kem.regime");
    client.open(&regime, TEXT).await;
    let values = json!({"KT[1]": "2", "KT[2]": "C:\\fakepath\\kết luận.pdf"});
    let asked = json!({
        "uri": regime, "period": "2026-Q2", "unit": "C17329.2025", "values": values,
    });
    let preview = client.ask("regime/preview", asked.clone()).await;
    let html = preview["html"].as_str().expect("a page");
    for part in [
        "<output>kết luận.pdf</output>",
        "type=\"file\" name=\"tep.o..2\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(
        !html.contains("bo.o..2") && !html.contains("/tep/"),
        "{html}"
    );
    let saved = client.ask("regime/testFromSample", asked).await;
    let edit = &saved["edit"]["changes"][&regime][0];
    let block = edit["newText"].as_str().expect("a text");
    assert!(block.contains("1: 2 2: \"kết luận.pdf\""), "{block}");
    let (before, after) = TEXT.split_at(TEXT.rfind('}').expect("the end of the regime"));
    client
        .change(&regime, 2, &format!("{before}{block}{after}"))
        .await;
    let tried = client.ask("regime/runTests", json!({"uri": regime})).await;
    assert_eq!(tried["results"][0]["passed"], true, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_regime_is_compiled_to_is_told_in_words() {
    let folder = tempdir().expect("a folder");
    office(folder.path());
    let mut client = Client::at(folder.path()).await;
    let regime = uri(folder.path(), "tthc_06a.regime");
    let plan = client.ask("regime/plan", json!({"uri": regime})).await;
    assert_eq!(plan["version"], 1);
    let text = plan["text"].as_str().expect("a text");
    for part in [
        "TTHC_06A phiên bản 1: 1 biểu, ",
        "Chương trình kiểm tra: tính theo thứ tự\n",
        "W1 (nếu không đúng thì phải giải trình): ",
        "Kế hoạch tổng hợp: II.06a/VPCP/KSTT\n",
        "cột 4 (Trực tuyến): nhiều đơn vị: cộng; nhiều kỳ: cộng\n",
        "cột 12 (Trong hạn): nhiều đơn vị: cộng; nhiều kỳ: lấy kỳ cuối\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let asked = json!({"uri": regime, "language": "en", "regime": "TTHC_06A"});
    let english = client.ask("regime/plan", asked).await;
    let english = english["text"].as_str().expect("a text");
    assert_eq!(english.lines().count(), text.lines().count());
    assert!(
        english.contains("over units: added; over periods: the last one"),
        "{english}"
    );
    let source = fs::read_to_string(folder.path().join("tthc_06a.regime")).expect("the regime");
    let broken = source.replace("measure ho_so", "measure khong_co");
    client.open(&regime, &broken).await;
    let plan = client.ask("regime/plan", json!({"uri": regime})).await;
    assert_eq!(
        plan["text"],
        "TTHC_06A phiên bản 1: còn lỗi nên chưa biên dịch được\n"
    );
    let nowhere = json!({"uri": "file:///khong/co.regime"});
    assert_eq!(client.ask("regime/plan", nowhere).await, Value::Null);
}
