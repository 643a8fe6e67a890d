//! A report on its way from the officer to the province and back.

use crate::world::{Browser, REPORT, officer_with_sound_report, world};
use axum::http::StatusCode;

#[tokio::test]
async fn a_report_goes_from_the_officer_to_the_province_total_and_back_to_its_cell() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;

    // One figure too many: the chain 3 = 7 + 11 is broken and said in figures.
    officer.fill(&[("o.dat_dai.13", "3")], "save").await;
    let checked = officer.fill(&[], "check").await;
    assert!(
        checked.location().ends_with("&kiem_tra=1#loi"),
        "{}",
        checked.location()
    );
    let page = officer.get(checked.location()).await;
    page.shows("Có 1 lỗi")
        .shows("<title>Lỗi:")
        .shows("href=\"#o-dat_dai-3\"")
        .shows("162")
        .shows("163")
        .shows("has-error");
    let blocked = officer.fill(&[], "propose").await;
    assert!(
        blocked.location().contains("kiem_tra=1#loi"),
        "{}",
        blocked.location()
    );

    // Corrected and proposed; the head returns one cell.
    officer.fill(&[("o.dat_dai.13", "2")], "save").await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}",
        proposed.location()
    );
    officer
        .get(REPORT)
        .await
        .hides("data-report")
        .shows("Đã trình lãnh đạo");
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    head.get("/")
        .await
        .shows("Chờ phê duyệt")
        .shows("Tình hình, kết quả giải quyết thủ tục hành chính");
    let seen = head.get(&format!("{REPORT}?o=dat_dai.13")).await;
    seen.shows("Phê duyệt và gửi")
        .shows("value=\"dat_dai.13\" selected")
        .shows("Trả lại ô này");
    let revision = seen.field("ban");
    let reason = [
        ("ban", revision.as_str()),
        ("form", "TTHC06A"),
        ("o", "dat_dai.13"),
        ("ly_do", "Kiểm tra lại số quá hạn <b>"),
    ];
    let empty = [
        ("ban", revision.as_str()),
        ("form", "TTHC06A"),
        ("o", ""),
        ("ly_do", "  "),
    ];
    let without = head.post(&format!("{REPORT}/tra-lai"), &empty).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    head.post_and_follow(&format!("{REPORT}/tra-lai"), &reason)
        .await
        .shows("Đã trả lại báo cáo kèm lý do.");
    head.post_and_follow(&format!("{REPORT}/tra-lai"), &reason)
        .await
        .shows("Việc này đã được thực hiện trước đó.");

    // The officer finds the reason at home and at the cell, corrects and proposes again.
    officer
        .get("/")
        .await
        .shows("Bị trả lại")
        .shows("Kiểm tra lại số quá hạn &lt;b&gt;");
    let returned = officer.get(REPORT).await;
    returned
        .shows("Lãnh đạo đơn vị trả lại")
        .shows("class=\"remark\"")
        .shows("Phan Văn Đức trả lại 15/12/2026 09:00");
    officer
        .fill(&[("o.dat_dai.12", "19"), ("o.dat_dai.13", "1")], "save")
        .await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}",
        proposed.location()
    );
    let revision = head.get(REPORT).await.field("ban");
    assert_eq!(revision, "2");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", "2")])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
    head.post_and_follow(&format!("{REPORT}/duyet"), &[("ban", "2")])
        .await
        .shows("Việc này đã được thực hiện trước đó.");
    let history = officer.get(&format!("{REPORT}/lich-su")).await;
    history
        .shows("Phan Văn Đức trả lại bản 1")
        .shows("Phan Văn Đức gửi bản 2")
        .shows("Bản 2: thay đổi so với bản trước");

    // The aggregator sees who has reported, opens the total and comes back to the cell.
    let mut office = Browser::signed_in(&world, "tonghop").await;
    office.get("/").await.shows("/tong-hop/TTHC_06A/2026");
    let board = office.get("/tong-hop/TTHC_06A/2026").await;
    board
        .shows("1/")
        .shows("Xã Mường Xén")
        .shows("đúng hạn")
        .shows("Tiếp nhận");
    office
        .get("/tong-hop/TTHC_06A/2026?loc=dung-han")
        .await
        .shows("data-unit=\"C17329.2025\"")
        .hides("data-unit=\"C17200.2025\"");
    let total = office.get("/tong-hop/TTHC_06A/2026/TTHC06A").await;
    total
        .shows("thiếu:")
        .shows("Xã Mường Xén")
        .shows("/so-lieu/TTHC_06A/2026/TTHC06A/13?nhom=&amp;dong=total")
        .shows("incomplete");
    let by_entry = office
        .get("/tong-hop/TTHC_06A/2026/TTHC06A?theo=linh_vuc")
        .await;
    by_entry
        .shows("data-row=\"dat_dai\"")
        .shows("nhom=&amp;dong=dat_dai");
    let figure = office
        .get("/so-lieu/TTHC_06A/2026/TTHC06A/13?nhom=&dong=dat_dai")
        .await;
    figure
        .shows("<strong data-figure>1</strong>")
        .shows("Nguyễn Thị Hòa")
        .shows("Phan Văn Đức");
    figure.shows(&format!("{REPORT}?form=TTHC06A#o-dat_dai-13"));
    let ratio = office
        .get("/so-lieu/TTHC_06A/2026/TTHC06A/ty_le_dung_han?nhom=xa&dong=total")
        .await;
    ratio.shows("Tính lại từ các số tổng hợp").shows("98,59%");
    let cell = office.get(&format!("{REPORT}?form=TTHC06A")).await;
    cell.shows("id=\"o-dat_dai-13\"")
        .shows("name=\"ban\" value=\"2\"")
        .hides("data-report");
    let accept = [("ban", "2"), ("ve", "bang")];
    office
        .post_and_follow(&format!("{REPORT}/tiep-nhan"), &accept)
        .await
        .shows("Đã tiếp nhận báo cáo.");
    office
        .post_and_follow(&format!("{REPORT}/tiep-nhan"), &accept)
        .await
        .shows("Việc này đã được thực hiện trước đó.");
    Browser::signed_in(&world, "lanhdao")
        .await
        .get("/tong-hop/TTHC_06A/2026/TTHC06A")
        .await
        .shows("Xã Anh Sơn");
}

#[tokio::test]
async fn a_unit_never_sees_another_unit_s_draft_and_only_the_right_role_does_a_step() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    for account in ["canbo.muongxen", "tonghop", "lanhdao", "quantri"] {
        let mut other = Browser::signed_in(&world, account).await;
        for path in [REPORT.to_string(), format!("{REPORT}/lich-su")] {
            let answer = other.get(&path).await;
            assert!(
                matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
                "{account} {path} {}",
                answer.status
            );
            answer.hides("120").hides("Theo báo cáo giấy");
        }
        let save = [
            ("base", "3"),
            ("form", "TTHC06A"),
            ("action", "save"),
            ("o.dat_dai.4", "1"),
        ];
        let refused = other.post(&format!("{REPORT}/luu"), &save).await;
        assert!(
            matches!(
                refused.status,
                StatusCode::NOT_FOUND | StatusCode::FORBIDDEN
            ),
            "{account} {}",
            refused.status
        );
        let api =
            r#"{"base":3,"form":"TTHC06A","cells":[{"row":"dat_dai","column":"4","typed":"1"}]}"#;
        let refused = other.post_json(&format!("/api{REPORT}/o"), api).await;
        assert!(
            matches!(
                refused.status,
                StatusCode::NOT_FOUND | StatusCode::FORBIDDEN
            ),
            "{account} {}",
            refused.status
        );
        refused.shows("\"message\"");
    }
    officer.fill(&[], "propose").await;
    let mine = officer
        .post(&format!("{REPORT}/duyet"), &[("ban", "1")])
        .await;
    assert_eq!(mine.status, StatusCode::FORBIDDEN);
    officer.get("/quan-tri").await.shows("không có quyền");
    officer
        .get("/tong-hop/TTHC_06A/2026")
        .await
        .hides("Xã Mường Xén");
}

#[tokio::test]
async fn an_explanation_is_asked_for_beside_the_row_and_opens_the_way() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    // On time: (50 + 40) of 142, and 52 late; the balance still holds.
    officer
        .fill(&[("o.dat_dai.8", "50"), ("o.dat_dai.10", "52")], "save")
        .await;
    let blocked = officer.fill(&[], "propose").await;
    let page = officer.get(blocked.location()).await;
    page.shows("1 chỗ cần giải trình")
        .shows("name=\"giai_trinh.W1[dat_dai]\"")
        .shows("63,38%");
    officer
        .fill(
            &[(
                "giai_trinh.W1[dat_dai]",
                "Hệ thống gián đoạn 5 ngày\r\ntrong tháng 10",
            )],
            "save",
        )
        .await;
    let proposed = officer.fill(&[], "propose").await;
    assert!(
        proposed.location().contains("xong=trinh"),
        "{}\n{}",
        proposed.location(),
        proposed.body
    );
    officer.get(REPORT).await.shows("Hệ thống gián đoạn 5 ngày");
}
