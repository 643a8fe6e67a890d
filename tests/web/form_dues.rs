//! Forms that are due before their report: what presses a unit, what its recipient sees of it, and what stays written.

use crate::world::{Browser, world_with};

/// A quarter's report with a form of its own cut-off and deadline.
const QUARTERLY: &str = r#"
regime LAO_DONG "Lao động, việc làm" version 1 in force from 01/01/2024 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period quarter
  deadline xa by day 20 of last month
  deadline vp_ubnd_tinh by day 25 of last month
  form VL "01/VL" "VIỆC LÀM" {
    default measure nguoi
    rows each reporting unit
    column 1 moi "Việc làm mới"
  }
  form TN "02/TN" "THẤT NGHIỆP" {
    window from day 2 of month before to day 1 of last month
    deadline xa by day 3 of last month
    default measure nguoi
    rows each reporting unit
    column 1 huong "Đang hưởng trợ cấp"
  }
}
"#;

#[tokio::test]
async fn a_form_due_before_its_report_presses_by_its_own_day_and_stays_late_when_sent() {
    let world = world_with(QUARTERLY);
    let sent = ("LAO_DONG", "2026-Q4", "C17329.2025");
    world.filed(sent, &[("VL", "", "1", "5"), ("TN", "", "1", "7")]);
    // Nothing is sent on 15/12: the report is due on Monday the 21st, the form was due on the 3rd.
    let mut waiting = Browser::signed_in(&world, "canbo.muongxen").await;
    waiting
        .get("/")
        .await
        .shows("hạn 03/12/2026 (Biểu 02/TN)")
        .shows("trễ 12 ngày");
    waiting
        .get("/bao-cao/LAO_DONG/2026-Q4/C17200.2025")
        .await
        .shows("<dd>21/12/2026<br>Biểu 02/TN: hạn 03/12/2026, trễ 12 ngày</dd>");
    let mut desk = Browser::signed_in(&world, "tonghop").await;
    desk.get("/tong-hop/LAO_DONG/2026-Q4")
        .await
        .shows("Biểu 02/TN: hạn 03/12/2026, trễ 12 ngày")
        .shows("Biểu 02/TN: hạn 03/12/2026, gửi trễ 2 ngày");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer
        .get("/bao-cao/LAO_DONG/2026-Q4/C17329.2025/lich-su")
        .await
        .shows("gửi bản 1")
        .shows("Biểu 02/TN: hạn 03/12/2026, gửi trễ 2 ngày")
        .hides("gửi bản 1, trễ");
}
