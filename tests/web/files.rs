//! Files attached to cells: chosen on the form page without script, kept with the draft, opened by whoever may see the report and by nobody else.

use crate::world::{Answer, Browser, World, approved, world_with};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use regime::eval::attached::AttachedFile;
use regime::service::files::MOST_FILE_BYTES;

/// A regime with a file of the form and one in a list.
const KEPT: &str = r#"
regime KIEM_TRA "Kết quả kiểm tra" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Văn phòng Chính phủ"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period year
  deadline xa, vp_ubnd_tinh local
  form KT "01/KT" "KẾT QUẢ" {
    rows each reporting unit
    column 1 cuoc "Số cuộc" measure don
    column 2 ket_luan "Kết luận" file required when [1] > 0
    column 3 khac "Văn bản khác" file optional
  }
}
"#;

const REPORT: &str = "/bao-cao/KIEM_TRA/2026/C17329.2025";
const BETWEEN: &str = "----kiem-thu-7ee1";

/// Posts the form page with files, as a browser without script does.
async fn attach(
    browser: &mut Browser,
    fields: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> Answer {
    let base = browser.get(REPORT).await.field("base");
    let mut body = Vec::new();
    let mut part = |head: String, content: &[u8]| {
        body.extend_from_slice(
            format!("--{BETWEEN}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in [("base", base.as_str()), ("form", "KT")]
        .iter()
        .chain(fields)
    {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, file, content) in files {
        part(
            format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/pdf"),
            content,
        );
    }
    body.extend_from_slice(format!("--{BETWEEN}--\r\n").as_bytes());
    let request = browser
        .request(Method::POST, &format!("{REPORT}/luu"))
        .header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={BETWEEN}"),
        )
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request");
    browser.send(request).await
}

fn address(name: &str, content: &[u8]) -> String {
    let file = AttachedFile::of(name, content).expect("a file");
    format!("{REPORT}/tep/{}", file.sha256)
}

async fn officer_with_file(world: &World) -> Browser {
    let mut officer = Browser::signed_in(world, "canbo.anhson").await;
    let saved = attach(
        &mut officer,
        &[("action", "save"), ("o..1", "2")],
        &[
            ("tep.o..2", "C:\\scan\\kết luận.pdf", b"%PDF lan 1"),
            ("tep.o..3", "", b""),
        ],
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    officer
}

#[tokio::test]
async fn a_file_is_chosen_on_the_form_page_stays_with_the_draft_and_is_taken_out_again() {
    let world = world_with(KEPT);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer
        .get(REPORT)
        .await
        .shows("enctype=\"multipart/form-data\"")
        .shows("<input class=\"input no-print\" type=\"file\" name=\"tep.o..2\"")
        .shows("Mỗi tệp đính kèm không quá 10 MiB")
        .hides("name=\"bo.o..2\"");
    let mut officer = officer_with_file(&world).await;
    let link = format!(
        "<output><a href=\"{}\">kết luận.pdf</a></output>",
        address("kết luận.pdf", b"%PDF lan 1")
    );
    officer
        .get(REPORT)
        .await
        .shows(&link)
        .shows("name=\"o..1\" value=\"2\"")
        .shows("name=\"bo.o..2\"");
    // Saving other cells, with script or without, leaves the file where it is.
    attach(&mut officer, &[("action", "save"), ("o..1", "3")], &[]).await;
    let base = officer.get(REPORT).await.shows(&link).field("base");
    let body =
        format!(r#"{{"base":{base},"form":"KT","cells":[{{"row":"","column":"1","typed":"4"}}]}}"#);
    let live = officer.post_json(&format!("/api{REPORT}/o"), &body).await;
    assert_eq!(live.status, StatusCode::OK, "{}", live.body);
    live.shows("\"state\":\"file\",\"display\":\"kết luận.pdf\"");
    officer.get(REPORT).await.shows(&link);
    attach(&mut officer, &[("bo.o..2", "1")], &[]).await;
    officer
        .get(&format!("{REPORT}?kiem_tra=1"))
        .await
        .hides(&link)
        .shows("chưa đính kèm tệp");
}

#[tokio::test]
async fn a_file_that_is_too_large_or_empty_is_refused_in_words_and_the_rest_is_saved() {
    let world = world_with(KEPT);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let large = vec![b'a'; MOST_FILE_BYTES + 1];
    let answer = attach(
        &mut officer,
        &[("action", "save"), ("o..1", "2")],
        &[
            ("tep.o..2", "lon.pdf", &large),
            ("tep.o..3", "rong.pdf", b""),
        ],
    )
    .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .shows("“lon.pdf” chưa được lưu: tệp dài 10,1 MiB, mỗi tệp đính kèm không quá 10 MiB")
        .shows("“rong.pdf” chưa được lưu: tệp không có nội dung")
        .shows("name=\"o..1\" value=\"2\"");
    let most = attach(&mut officer, &[], &[("tep.o..2", "vua.pdf", &large[1..])]).await;
    assert_eq!(most.status, StatusCode::SEE_OTHER, "{}", most.body);
    let figure = attach(&mut officer, &[], &[("tep.o..1", "a.pdf", b"a")]).await;
    assert_eq!(figure.status, StatusCode::BAD_REQUEST);
    let several = attach(
        &mut officer,
        &[],
        &[
            ("tep.o..2", "a.pdf", &large),
            ("tep.o..2", "b.pdf", &large),
            ("tep.o..3", "c.pdf", &large),
            ("tep.o..3", "d.pdf", &large),
        ],
    )
    .await;
    assert_eq!(several.status, StatusCode::PAYLOAD_TOO_LARGE);
    several.shows("mỗi tệp không quá 10 MiB");
}

#[tokio::test]
async fn a_file_is_opened_by_whoever_may_see_the_report_and_by_nobody_else() {
    let world = world_with(KEPT);
    let mut officer = officer_with_file(&world).await;
    let file = address("kết luận.pdf", b"%PDF lan 1");
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let mut stranger = Browser::signed_in(&world, "canbo.muongxen").await;
    let own = officer.get(&file).await;
    assert_eq!(
        (own.status, own.body.as_str()),
        (StatusCode::OK, "%PDF lan 1")
    );
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        (
            "content-disposition",
            "attachment; filename=\"k_t lu_n.pdf\"; filename*=UTF-8''k%E1%BA%BFt%20lu%E1%BA%ADn.pdf",
        ),
    ] {
        assert_eq!(
            own.headers.get(name).and_then(|value| value.to_str().ok()),
            Some(value)
        );
    }
    // A draft is the unit's own.
    for browser in [&mut desk, &mut stranger] {
        let hidden = browser.get(&file).await;
        assert!(hidden.status.is_client_error(), "{}", hidden.status);
        hidden.hides("%PDF");
    }
    let unknown = officer.get(&address("khác.pdf", b"khac")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    sent(&world, &mut officer).await;
    assert_eq!(desk.get(&file).await.body, "%PDF lan 1");
    desk.get("/tong-hop/KIEM_TRA/2026/KT")
        .await
        .shows(&format!("href=\"{file}\""))
        .shows("kết luận.pdf");
    assert!(stranger.get(&file).await.status.is_client_error());
    let mut nobody = Browser::new(&world);
    let sent_away = nobody.get(&file).await;
    assert_eq!(sent_away.status, StatusCode::SEE_OTHER);
}

/// Proposes, approves and sends.
async fn sent(world: &World, officer: &mut Browser) {
    let proposed = attach(officer, &[("action", "propose")], &[]).await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}",
        proposed.body
    );
    approved(world, REPORT).await;
}

#[tokio::test]
async fn what_was_sent_is_not_swapped_and_another_content_under_the_same_name_is_seen() {
    let world = world_with(KEPT);
    let mut officer = officer_with_file(&world).await;
    sent(&world, &mut officer).await;
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let revision = desk.get(REPORT).await.field("ban");
    let back = [
        ("ban", revision.as_str()),
        ("form", "KT"),
        ("ly_do", "Bản quét mờ"),
    ];
    desk.post_and_follow(&format!("{REPORT}/tra-lai"), &back)
        .await;
    let again = attach(
        &mut officer,
        &[],
        &[("tep.o..2", "kết luận.pdf", b"%PDF lan 2")],
    )
    .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    sent(&world, &mut officer).await;
    let (first, second) = (
        address("kết luận.pdf", b"%PDF lan 1"),
        address("kết luận.pdf", b"%PDF lan 2"),
    );
    let history = desk.get(&format!("{REPORT}/lich-su")).await;
    for address in [&first, &second] {
        let hash = address.rsplit('/').next().unwrap_or_default();
        history.shows(&format!(
            "<a href=\"{address}\">kết luận.pdf (SHA-256 {}…)</a>",
            &hash[..12]
        ));
    }
    assert_eq!(desk.get(&first).await.body, "%PDF lan 1");
    assert_eq!(desk.get(&second).await.body, "%PDF lan 2");
}

#[tokio::test]
async fn the_interface_takes_a_file_only_where_its_own_unit_has_attached_it() {
    let world = world_with(KEPT);
    let mut officer = officer_with_file(&world).await;
    let mut stranger = Browser::signed_in(&world, "canbo.muongxen").await;
    let file = AttachedFile::of("kết luận.pdf", b"%PDF lan 1").expect("a file");
    let unknown = AttachedFile::of("là.pdf", b"khong ai gui").expect("a file");
    let longer = AttachedFile {
        size: file.size + 1,
        ..file.clone()
    };
    let body = |base: &str, typed: &str| {
        format!(
            r#"{{"base":{base},"form":"KT","cells":[{{"row":"","column":"3","typed":"{typed}"}}]}}"#
        )
    };
    let api = format!("/api{REPORT}/o");
    let base = officer.get(REPORT).await.field("base");
    for wrong in [unknown.to_text(), longer.to_text()] {
        let refused = officer.post_json(&api, &body(&base, &wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Đơn vị này chưa đính kèm tệp");
    }
    let name = officer.post_json(&api, &body(&base, "ket-luan.pdf")).await;
    name.shows("“ket-luan.pdf” không phải là một tệp đính kèm");
    // Knowing the hash of another unit's file does not open it.
    let own = api.replace("C17329.2025", "C17200.2025");
    let taken = stranger.post_json(&own, &body("0", &file.to_text())).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let moved = officer.post_json(&api, &body(&base, &file.to_text())).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.body);
    officer.get(REPORT).await.shows("name=\"bo.o..3\"");
}
