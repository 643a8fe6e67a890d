//! Filling in a form: what was typed, what is wrong with it, and what another person changed meanwhile.

use crate::world::{Browser, REPORT, officer_with_sound_report, world};
use axum::http::StatusCode;

#[tokio::test]
async fn a_text_that_is_no_number_is_shown_again_with_the_reason_and_the_rest_is_saved() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let answer = officer
        .fill(
            &[
                ("o.dat_dai.4", "1.23"),
                ("o.dat_dai.5", "31"),
                ("o.dat_dai.8", "một <b>"),
            ],
            "save",
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .shows("value=\"1.23\"")
        .shows("value=\"một &lt;b&gt;\"")
        .shows("“1.23” chưa được lưu")
        .shows("value=\"31\"");
    let stored = officer.get(REPORT).await;
    stored
        .shows("name=\"o.dat_dai.4\" value=\"120\"")
        .shows("name=\"o.dat_dai.5\" value=\"31\"");
    let unknown = officer.fill(&[("o.dat_dai.99", "1")], "save").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let computed = officer.fill(&[("o.dat_dai.3", "1")], "save").await;
    assert_eq!(computed.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nothing_to_report_answers_the_flows_that_are_still_open_and_rows_come_and_go() {
    let world = world();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer
        .get(REPORT)
        .await
        .shows("Chưa chọn dòng nào.")
        .shows("<option value=\"dat_dai\">Đất đai</option>");
    officer.fill(&[("new_row", "dat_dai")], "add-row").await;
    officer.fill(&[("o.dat_dai.4", "7")], "nil").await;
    let page = officer.get(REPORT).await;
    page.shows("name=\"o.dat_dai.4\" value=\"7\"")
        .shows("name=\"o.dat_dai.5\" value=\"-\"")
        .shows("name=\"o.dat_dai.12\" value=\"\"");
    page.hides("<option value=\"dat_dai\">")
        .shows("data-state=\"nil\"");
    officer.fill(&[], "remove-row:dat_dai").await;
    officer
        .get(REPORT)
        .await
        .hides("o-dat_dai-4")
        .shows("<option value=\"dat_dai\">");
    assert_eq!(
        officer
            .fill(&[("new_row", "khong_co")], "add-row")
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn the_form_page_has_merged_headers_printed_numbers_locked_cells_and_labels() {
    let world = world();
    let page = officer_with_sound_report(&world).await.get(REPORT).await;
    page.shows("<th scope=\"colgroup\" colspan=\"4\">Số hồ sơ tiếp nhận</th>")
        .shows("<th scope=\"colgroup\" colspan=\"2\">Trong đó</th>")
        .shows("<tr class=\"numbers\">")
        .shows("<tr class=\"formulas\">")
        .shows("<td id=\"o-dat_dai-3\" class=\"cell computed")
        .shows("<output>162</output>")
        .shows("aria-label=\"Đất đai, cột 4 Trực tuyến\"")
        .shows("data-label=\"Số hồ sơ tiếp nhận › Trong đó › Trực tuyến (4)\"")
        .shows("data-api=\"/api/bao-cao/TTHC_06A/2026/C17329.2025/o\"")
        .shows("<tr data-row=\"total\" class=\"total\">")
        .shows("98,59%")
        .shows("Số đầu kỳ");
}

#[tokio::test]
async fn live_cells_are_computed_judged_and_refused_by_the_server() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let base = officer.get(REPORT).await.field("base");
    let api = format!("/api{REPORT}/o");
    let body = format!(
        r#"{{"base":{base},"form":"TTHC06A","cells":[{{"row":"dat_dai","column":"13","typed":"3"}},{{"row":"dat_dai","column":"5","typed":"1.2"}}]}}"#
    );
    let answer = officer.post_json(&api, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["saved_at"], "15/12/2026 09:00");
    assert_eq!(json["counts"]["errors"], 1);
    let cell = |column: &str| {
        json["cells"]
            .as_array()
            .unwrap()
            .iter()
            .find(|cell| cell["row"] == "dat_dai" && cell["column"] == column)
            .unwrap()
    };
    assert_eq!(
        (&cell("11")["display"], &cell("13")["display"]),
        (&"21".into(), &"3".into())
    );
    assert!(cell("5")["refused"].as_str().unwrap().contains("1.2"));
    let messages: Vec<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|finding| finding["message"].as_str())
        .collect();
    assert!(
        messages
            .iter()
            .any(|message| message.contains("162") && message.contains("163")),
        "{messages:?}"
    );

    // Another window of the same officer changes the same cell on the old draft.
    let mut other = officer.clone();
    let stale = format!(
        r#"{{"base":{base},"form":"TTHC06A","cells":[{{"row":"dat_dai","column":"13","typed":"4"}}]}}"#
    );
    let conflict = other.post_json(&api, &stale).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    conflict.shows("\"conflict\"").shows("\"stored\":\"3\"");
    let elsewhere = format!(
        r#"{{"base":{base},"form":"TTHC06A","cells":[{{"row":"dat_dai","column":"4","typed":"121"}}]}}"#
    );
    assert_eq!(
        other.post_json(&api, &elsewhere).await.status,
        StatusCode::OK
    );
    assert_eq!(
        other.post_json(&api, "{").await.status,
        StatusCode::BAD_REQUEST
    );
    let mut nobody = Browser::new(&world);
    let refused = nobody.post_json(&api, &stale).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    refused.shows("\"message\"");
}

#[tokio::test]
async fn a_plain_post_over_somebody_else_s_change_shows_both_values_and_saves_nothing() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let base = officer.get(REPORT).await.field("base");
    officer.fill(&[("o.dat_dai.4", "125")], "save").await;
    let stale = [
        ("base", base.as_str()),
        ("form", "TTHC06A"),
        ("action", "save"),
        ("o.dat_dai.4", "130"),
        ("o.dat_dai.5", "33"),
    ];
    let answer = officer.post(&format!("{REPORT}/luu"), &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer
        .shows("Có người khác vừa sửa cùng ô")
        .shows("<td class=\"number\">125</td><td class=\"number\">130</td>");
    answer.shows("name=\"o.dat_dai.5\" value=\"33\"");
    officer
        .get(REPORT)
        .await
        .shows("name=\"o.dat_dai.5\" value=\"30\"");
}
