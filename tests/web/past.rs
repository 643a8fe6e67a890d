//! Figures that read other times: since the start of the year, a year ago across a merger, plan values; of one report and of the whole.

use crate::world::{Browser, World, world_with};
use regime::service::tables::Table;

/// A month's figure beside what it is compared with.
const MONTHLY: &str = r#"
regime THANG "Báo cáo tháng" version 1 in force from 01/01/2024 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period month
  deadline xa, vp_ubnd_tinh local
  form KT "01/KT" "THU NGÂN SÁCH" {
    column A "Chỉ tiêu" shows label
    column 1 kh "Kế hoạch năm" plan KH_TINH
    column 2 thang "Trong tháng"
    column 3 lk "Lũy kế từ đầu năm" = year to date([2])
    column 4 ck "Cùng kỳ năm trước" = year ago([2])
    column 5 so_kh "So với kế hoạch" percent(1) = [3] / [1]
    row 01 thu "Thu ngân sách" indicator THU_NS
  }
}
"#;

/// Xã Anh Sơn was formed from two communes on 1 July 2025.
const UNITS: &str = "\
id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to
VN,chinh_phu,chinh_phu,Chính phủ,,,,,,
VN-vp_chinh_phu,bo,bo,Văn phòng Chính phủ,,vp_chinh_phu,VN,,,
P40,tinh,tinh,Tỉnh Nghệ An,40,ubnd_tinh,VN,,,
P40-vp_ubnd_tinh,so,so,Văn phòng UBND tỉnh,,vp_ubnd_tinh,P40,,,
C17329,xa,thi_tran,Thị trấn Kim Nhan,17329,,P40,,,2025-06-30
C17332,xa,xa,Xã Thạch Sơn,17332,,P40,,,2025-06-30
C17329.2025,xa,xa,Xã Anh Sơn,17329,,P40,,2025-07-01,
C17200.2025,xa,xa,Xã Mường Xén,17200,,P40,,,
";
const SUCCESSIONS: &str = "\
old,new,date,share,basis
C17329,C17329.2025,2025-07-01,,
C17332,C17329.2025,2025-07-01,,
";
const PLANS: &str = "\
unit,indicator,year,value,from,basis
P40,THU_NS,2026,1000,2026-01-01,QĐ 1
C17329.2025,THU_NS,2026,400,2026-01-01,QĐ 1
C17329.2025,THU_NS,2026,500,2026-07-01,QĐ 2: điều chỉnh
C17200.2025,THU_NS,2026,500,2026-01-01,QĐ 1
";

fn province() -> World {
    let world = world_with(MONTHLY);
    world.load(Table::Units, UNITS);
    world.load(Table::Successions, SUCCESSIONS);
    world.load(Table::PlanValues("KH_TINH".into()), PLANS);
    let file = |period: &str, unit: &str, value: &str| {
        world.filed(("THANG", period, unit), &[("KT", "01", "2", value)]);
    };
    file("2025-02", "C17329", "30");
    file("2025-02", "C17332", "12");
    file("2025-02", "C17200.2025", "50");
    file("2026-01", "C17329.2025", "40");
    file("2026-01", "C17200.2025", "60");
    file("2026-02", "C17329.2025", "45");
    world
}

#[tokio::test]
async fn a_report_reads_its_earlier_months_its_plan_and_the_communes_it_was_formed_from() {
    let world = province();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let page = officer.get("/bao-cao/THANG/2026-02/C17329.2025").await;
    // Of two plan values the one in force at the cut-off in February.
    page.shows("id=\"o-01-1\"").shows("<output>400,0</output>");
    page.shows("<output>85,0</output>");
    page.shows("<output>42,0</output>");
    page.shows("<output>21,3%</output>");
}

#[tokio::test]
async fn the_whole_reads_the_months_of_all_units_its_own_plan_and_says_what_is_missing() {
    let world = province();
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    let page = leader.get("/tong-hop/THANG/2026-02/KT").await;
    page.shows("1.000,0");
    // January of both communes and February of one: 40 + 60 + 45.
    page.shows(">145,0<").shows("92,0");
    let figure = leader
        .get("/so-lieu/THANG/2026-02/KT/4?nhom=&dong=01")
        .await;
    figure.shows("92,0");
    // The months and the communes behind it, and where a commune's own past is that of the ones before it.
    figure
        .shows("Tháng 2/2025")
        .shows("ghép từ các đơn vị trước sáp nhập, chia tách: Xã Anh Sơn");
    let share = leader
        .get("/so-lieu/THANG/2026-02/KT/5?nhom=&dong=01")
        .await;
    share
        .shows("Kế hoạch tỉnh giao 2026 – Thu ngân sách trên địa bàn")
        .shows("1.000")
        .shows("Tháng 1/2026");
}
