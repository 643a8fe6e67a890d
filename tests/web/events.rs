//! Events that are opened and closed, reports asked for out of turn, and the reports that are owed because of them.

use crate::world::{Browser, World, world_with};
use axum::http::StatusCode;

const STORMS: &str = r#"
regime DOT_BAO "Thiệt hại theo đợt" version 1 in force from 01/01/2024 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  event dot "Đợt thiên tai" {
    field loai "Loại thiên tai" choice loai_thien_tai
    field cuc_bo "Cục bộ, ngắn ngày" yes or no
    opened by xa
    closed by vp_ubnd_tinh
  }
  period daily of dot {
    window whole event
    deadline first report by 24 hours after event start
    deadline xa by 17:00
    deadline vp_ubnd_tinh by 19:00
  }
  period end of dot {
    window whole event
    deadline xa, vp_ubnd_tinh by 15 days after event end
    waived when dot.cuc_bo = yes
  }
  period on request { deadline xa, vp_ubnd_tinh local }
  form BAO "01/B" "BÃO" {
    only when dot.loai = bao
    default since event
    column "Chỉ tiêu" shows label
    column so "Số lượng"
    row 1 nha "Nhà sập" measure cai
  }
  form LU "02/L" "LŨ" {
    only when dot.loai = lu
    default since event
    column "Chỉ tiêu" shows label
    column so "Số lượng"
    row 1 nha "Nhà ngập" measure cai
  }
}
"#;

const DAY: &str = "/bao-cao/DOT_BAO/daily:dot.1:2026-12-14/C17329.2025";
const END: &str = "/bao-cao/DOT_BAO/end:dot.1/C17329.2025";

async fn opened(world: &World, local: &str) -> Browser {
    let mut officer = Browser::signed_in(world, "canbo.muongxen").await;
    officer
        .get("/")
        .await
        .shows("href=\"/dot\">Đợt, sự kiện và yêu cầu báo cáo");
    officer
        .get("/dot")
        .await
        .shows("<option value=\"bao\">Bão</option>")
        .hides("Kết thúc đợt");
    let fields = [
        ("che_do", "DOT_BAO"),
        ("dot", "dot"),
        ("ten", "Bão số 3"),
        ("luc", "13/12/2026 06:00"),
        ("ghi.loai", "bao"),
        ("ghi.cuc_bo", local),
        ("don_vi", ""),
        ("ly_do", "Công điện 05/CĐ-UBND"),
    ];
    officer
        .post_and_follow("/dot/mo", &fields)
        .await
        .shows("Bão số 3")
        .shows("Công điện 05/CĐ-UBND");
    officer
}

async fn closed(world: &World) {
    let mut desk = Browser::signed_in(world, "tonghop").await;
    let fields = [
        ("che_do", "DOT_BAO"),
        ("dot", "end:dot.1"),
        ("ly_do", "Bão tan"),
    ];
    desk.post_and_follow("/dot/dong", &fields)
        .await
        .shows("Đã kết thúc");
    let again = desk.post("/dot/dong", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nobody_owes_a_day_of_an_event_before_it_is_opened_and_everybody_after() {
    let world = world_with(STORMS);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    assert_eq!(officer.get(DAY).await.status, StatusCode::NOT_FOUND);
    opened(&world, "no").await;
    // The form of the recorded kind of disaster is there, the other is named as not asked for.
    officer
        .get(DAY)
        .await
        .shows("Nhà sập")
        .shows("Không áp dụng trong báo cáo này: 02/L.")
        .shows("14/12/2026 17:00")
        .shows("Ngày 14/12/2026 – Bão số 3")
        .hides("của dot");
    officer.get("/").await.shows("daily:dot.1:2026-12-15");
    let before = DAY.replace("12-14", "12-12");
    assert_eq!(officer.get(&before).await.status, StatusCode::NOT_FOUND);
    assert_eq!(officer.get(END).await.status, StatusCode::NOT_FOUND);
    closed(&world).await;
    officer.get(END).await.shows("30/12/2026");
    officer
        .get("/")
        .await
        .shows("end:dot.1")
        .shows("Kết thúc – Bão số 3")
        .hides("Kết thúc dot");
}

#[tokio::test]
async fn the_final_report_of_a_local_event_is_waived_and_only_those_named_by_the_regime_close_it() {
    let world = world_with(STORMS);
    let mut officer = opened(&world, "yes").await;
    let fields = [
        ("che_do", "DOT_BAO"),
        ("dot", "end:dot.1"),
        ("ly_do", "Bão tan"),
    ];
    let refused = officer.post("/dot/dong", &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    closed(&world).await;
    assert_eq!(officer.get(END).await.status, StatusCode::NOT_FOUND);
    let anh_son = DAY.replace("C17329", "C17200");
    assert_eq!(officer.get(&anh_son).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_report_asked_for_is_owed_by_the_units_named_by_the_day_named() {
    let world = world_with(STORMS);
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    let fields = [
        ("che_do", "DOT_BAO"),
        ("dot", ""),
        ("ten", "Rà soát nhà tránh bão"),
        ("luc", "20/12/2026 17:00"),
        ("don_vi", "C17329.2025"),
        ("ly_do", "Văn bản 12/VP"),
    ];
    desk.post_and_follow("/dot/mo", &fields)
        .await
        .shows("Xã Anh Sơn");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let path = "/bao-cao/DOT_BAO/request:2026-12-15.1/C17329.2025";
    officer
        .get(path)
        .await
        .shows("20/12/2026 17:00")
        .shows("Kỳ báo cáo: Rà soát nhà tránh bão");
    let mut other = Browser::signed_in(&world, "canbo.muongxen").await;
    let theirs = path.replace("C17329", "C17200");
    assert_eq!(other.get(&theirs).await.status, StatusCode::NOT_FOUND);
    let nobody = [
        ("don_vi", "C1"),
        ("ten", "x"),
        ("ly_do", "y"),
        ("luc", "20/12/2026 17:00"),
        ("che_do", "DOT_BAO"),
        ("dot", ""),
    ];
    let refused = desk.post("/dot/mo", &nobody).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Không có đơn vị “C1”.");
}
