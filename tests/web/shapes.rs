//! Forms of other shapes: rows that are written out, narratives beside figures.

use crate::world::{Browser, world, world_with};
use axum::http::StatusCode;

/// A regime whose form has its rows written out, beside the words of the project.
const WRITTEN: &str = r#"
regime CHI_TIEU "Chỉ tiêu hành chính" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Văn phòng Chính phủ"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period year
  deadline xa, vp_ubnd_tinh local
  form PL1 "Phụ lục 1" "CÁC CHỈ TIÊU" {
    field lap "Người lập biểu" text optional
    column "STT" shows code
    column "Chỉ tiêu" shows label
    column "Đơn vị tính" shows measure
    column ket_qua "Kết quả"
    column ghi_chu "Ghi chú" text optional
    group I "Văn bản" {
      row 1.1 nhan "Đã nhận" measure van_ban
      row 1.1.a xu_ly "Đã xử lý" measure van_ban within row[1.1]
      row 1.2 "Tỷ lệ xử lý" percent(1) closed [ghi_chu] = row[xu_ly] / row[nhan]
    }
    group II "Của cấp tỉnh" {
      row 2.1 "Đơn thư" measure don filled by vp_ubnd_tinh
    }
  }
}
"#;

#[tokio::test]
async fn written_rows_stand_on_the_page_under_their_headings_and_are_saved_by_their_numbers() {
    let world = world_with(WRITTEN);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let path = "/bao-cao/CHI_TIEU/2026/C17329.2025";
    let page = officer.get(path).await;
    page.shows("<th scope=\"row\" colspan=\"4\">Văn bản</th>")
        .shows("name=\"o..lap\"")
        .shows("name=\"o.1~1~a.ket_qua\"")
        .shows("<td id=\"o-1.2-ket_qua\" class=\"cell computed")
        .shows("<td id=\"o-1.2-ghi_chu\" class=\"cell closed\"")
        // Another body's row is not asked of the commune.
        .shows("<td id=\"o-2.1-ket_qua\" class=\"cell closed\"")
        .shows("văn bản")
        .shows("<td class=\"ordinal\">%</td>");
    let base = page.field("base");
    let saved = officer
        .post(
            &format!("{path}/luu"),
            &[
                ("base", &base),
                ("form", "PL1"),
                ("o..lap", "Nguyễn Thị Hòa"),
                ("o.1~1.ket_qua", "16"),
                ("o.1~1~a.ket_qua", "12"),
                ("o.1~1~a.ghi_chu", "chờ bổ sung"),
            ],
        )
        .await;
    assert!(saved.status.is_redirection() || saved.status == StatusCode::OK);
    officer
        .get(path)
        .await
        .shows("<output>75,0%</output>")
        .shows("value=\"Nguyễn Thị Hòa\"")
        .shows("value=\"chờ bổ sung\"");
}

#[tokio::test]
async fn narratives_are_written_beside_the_figures_and_sentences_follow_them() {
    const YEAR: &str = "/bao-cao/KNTC_XLD/2026/C17329.2025";
    let world = world();
    let mut browser = Browser::signed_in(&world, "canbo.anhson").await;
    let page = browser.get(YEAR).await;
    page.shows("name=\"noi_dung.tinh_hinh\"")
        .shows("data-sentence>Trong kỳ phải xử lý … đơn")
        .shows("?form=XLD02");
    let base = page.field("base");
    let fields = [
        ("base", base.as_str()),
        ("form", "XLD01"),
        ("action", "save"),
        ("o..4", "9"),
        ("noi_dung.tinh_hinh", "Đơn <tăng> do thu hồi đất."),
    ];
    browser
        .post_and_follow(&format!("{YEAR}/luu"), &fields)
        .await
        .shows("Đơn &lt;tăng&gt; do thu hồi đất.")
        .shows("đã xử lý 9 đơn.");
    let base = browser.get(YEAR).await.field("base");
    let body = format!(
        "{{\"base\":{base},\"form\":\"XLD01\",\"cells\":[{{\"row\":\"\",\"column\":\"4\",\"typed\":\"10\"}}],\"narratives\":{{\"tinh_hinh\":\"Đơn giảm.\"}}}}"
    );
    browser
        .post_json(&format!("/api{YEAR}/o"), &body)
        .await
        .shows("đã xử lý 10 đơn.");
    browser.get(YEAR).await.shows("Đơn giảm.");
    let base = browser.get(YEAR).await.field("base");
    let unknown = [
        ("base", base.as_str()),
        ("form", "XLD01"),
        ("noi_dung.khac", "?"),
    ];
    let answer = browser.post(&format!("{YEAR}/luu"), &unknown).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
