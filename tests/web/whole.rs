//! The consolidated form of many units: columns repeated per unit, headings and nested rows, lists that contradict one another, words beside figures, forms that do not apply.

use crate::world::{Browser, World, world_with};

const SHEETS: &str = r#"
regime TONG "Báo cáo quý" version 1 in force from 01/01/2024 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period quarter, year
  deadline xa, vp_ubnd_tinh local
  outline {
    section I "Kết quả" {
      sentence "Đã nhận {PL1[1, ket_qua]} văn bản."
      narrative "Khó khăn" optional
    }
    table PL1
    table PL2
  }
  form PL1 "Phụ lục 1" "KẾT QUẢ" {
    column "STT" shows code
    column "Chỉ tiêu" shows label
    total group "Toàn tỉnh"
    group each reporting unit { column ket_qua "Kết quả" }
    group I "Văn bản" {
      row 1 nhan "Đã nhận" measure van_ban split {
        row 1.1 giay "Bản giấy" measure van_ban
        row 1.2 dien_tu "Điện tử" measure van_ban
      }
    }
  }
  form PL2 "Phụ lục 2" "CẢ NĂM" {
    only in year
    column "Chỉ tiêu" shows label
    column 1 so "Số"
    row 1 tong "Tổng số" measure van_ban
  }
  list DS "03/DS" "VĂN BẢN QUY PHẠM" {
    field so_hieu "Số hiệu" text
    field chu_dau_tu "Đơn vị soạn" reporter optional
    key so_hieu unique
  }
  list CT "04/CT" "CÔNG TRÌNH" {
    field ten "Tên" text
    field linh_vuc "Lĩnh vực" choice linh_vuc optional
    field 1 von "Vốn" measure cai
    rows grouped by linh_vuc
  }
}
"#;

#[tokio::test]
async fn rows_of_a_list_stand_under_the_headings_of_their_groups_with_their_sums() {
    let world = world_with(SHEETS);
    let unit = "C17329.2025";
    let row = |key: &'static str, name: &'static str, amount: &'static str| {
        [("CT", key, "ten", name), ("CT", key, "1", amount)]
    };
    let mut cells = vec![
        ("PL1", "1.1", "ket_qua", "1"),
        ("PL1", "1.2", "ket_qua", "2"),
        ("DS", "1", "so_hieu", "1/QĐ"),
        ("CT", "1", "linh_vuc", "ho_tich"),
        ("CT", "2", "linh_vuc", "dat_dai"),
        ("CT", "3", "linh_vuc", "ho_tich"),
    ];
    cells.extend(row("1", "Nhà một cửa", "30"));
    cells.extend(row("2", "Kho hồ sơ", "7"));
    cells.extend(row("3", "Phòng tiếp dân", "12"));
    cells.extend(row("4", "Sân", "1"));
    world.filed(("TONG", "2026-Q3", unit), &cells);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let own = officer
        .get("/bao-cao/TONG/2026-Q3/C17329.2025?form=CT")
        .await
        .body;
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    let whole = leader.get("/tong-hop/TONG/2026-Q3/CT").await.body;
    for page in [own, whole] {
        let told: Vec<String> = page
            .split("<tr ")
            .skip(1)
            .filter(|row| row.contains("group-row") || row.contains("data-row"))
            .filter_map(|row| Some(words(row.split_once("</tr>")?.0)))
            .filter(|words| !words.is_empty())
            .collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}

/// The words of a piece of a page.
fn words(html: &str) -> String {
    let text = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    let words: Vec<&str> = text.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

fn province() -> World {
    let world = world_with(SHEETS);
    for (unit, paper, mail) in [("C17329.2025", "3", "5"), ("C17200.2025", "4", "8")] {
        let cells = [
            ("PL1", "1.1", "ket_qua", paper),
            ("PL1", "1.2", "ket_qua", mail),
            ("DS", "1", "so_hieu", "12/QĐ"),
            ("DS", "1", "chu_dau_tu", "Xã Anh Sơn"),
        ];
        world.filed(("TONG", "2026-Q3", unit), &cells);
    }
    world
}

#[tokio::test]
async fn columns_repeated_per_unit_stand_under_each_unit_and_under_all_of_them() {
    let world = province();
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    let page = leader.get("/tong-hop/TONG/2026-Q3/PL1").await;
    page.shows(">Xã Anh Sơn</th>")
        .shows(">Xã Mường Xén</th>")
        .shows(">Phường Trường Vinh</th>")
        .shows(">Toàn tỉnh</th>")
        .shows("id=\"o-1.1-ket_qua-C17329.2025\"")
        .shows("id=\"o-1.1-ket_qua-C17200.2025\"");
    // The heading of the rows, and rows nested in one another.
    page.shows(">Văn bản</th>").shows(">\u{2003}Bản giấy</th>");
    page.shows("Đã nhận 20 (mới có 2 trên 3) văn bản.");
}

#[tokio::test]
async fn two_units_that_list_the_same_thing_are_named_and_forms_of_other_periods_are_not_offered() {
    let world = province();
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    let page = leader.get("/tong-hop/TONG/2026-Q3/DS").await;
    page.shows("Danh sách của các đơn vị mâu thuẫn nhau")
        .shows("12/QĐ");
    leader
        .get("/tong-hop/TONG/2026-Q3")
        .await
        .shows("Phụ lục 1")
        .hides("Phụ lục 2");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer
        .get("/bao-cao/TONG/2026-Q3/C17329.2025")
        .await
        .shows("Không áp dụng trong báo cáo này: Phụ lục 2.")
        .hides("?form=PL2");
    officer
        .get("/bao-cao/TONG/2026/C17329.2025")
        .await
        .shows("?form=PL2")
        .hides("Không áp dụng trong báo cáo này");
}

#[tokio::test]
async fn a_cell_that_names_a_unit_offers_the_units_and_takes_no_other_name() {
    let world = world_with(SHEETS);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let path = "/bao-cao/TONG/2026-Q3/C17329.2025";
    let base = officer.get(path).await.field("base");
    let typed = |unit: &'static str| {
        [
            ("form", "DS"),
            ("o.1.so_hieu", "9/QĐ"),
            ("o.1.chu_dau_tu", unit),
        ]
    };
    let mut fields = vec![("base", base.as_str())];
    fields.extend(typed("Ban quản lý nào đó"));
    officer.post(&format!("{path}/luu"), &fields).await;
    let page = officer.get(&format!("{path}?form=DS&kiem_tra=1")).await;
    page.shows("chỉ nhận tên một đơn vị đang hoạt động")
        .shows("<option value=\"Xã Mường Xén\">");
}
