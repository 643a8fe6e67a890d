//! What the author of a rule says, with what stands in the cells: figures, days, words, answers and days between two days.
//!
//! One report with one mistake; a cell without an answer tells nothing.

use super::told;
use std::fs;

const TIMELY: &str = r#"
level xa "Cấp xã"
level tinh "Cấp tỉnh"
agency so_tu_phap "Sở Tư pháp" level tinh
catalog loai "Loại vụ việc" { item dan_su "Dân sự"; item hinh_su "Hình sự" }

regime HAN "Thời hạn" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Sở Tư pháp"
  channel system
  route xa -> so_tu_phap
  window calendar
  period quarter
  deadline xa by 5 working days after cutoff
  form B "01/B" "VỤ VIỆC" {
    rows each reporting unit
    column 1 ten "Tên" text
    column 2 loai "Loại" choice loai
    column 3 nhan "Thụ lý" date
    column 4 xong "Giải quyết xong" date
    column 5 bao "Đã báo trước" yes or no
    column 6 ghi "Ghi chú" text optional
    check H1: [4] - [3] <= 60
      message "{[1]} ({[2]}, báo trước: {[5]}): từ {[3]} đến {[4]} là {[4] - [3]} ngày. {[6]}"
    warn H2: [4] - [3] <= 30
  }
}
"#;

#[test]
fn a_message_tells_days_words_and_answers_as_a_table_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = fs::canonicalize(folder.path()).expect("the folder is there");
    let files = [
        ("common.regime", TIMELY),
        (
            "don_vi.csv",
            "id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to,attributes\na,xa,xa,Xã A,001,,,,,,\n",
        ),
        (
            "quy_1.jsonl",
            r#"{"format":1,"regime":"HAN","version":1,"form":"B","unit":"a","period":"2026-Q1","cells":{"1":"Vụ số 7","2":"hinh_su","3":"2026-01-01","4":"2026-03-05","5":"no"}}"#,
        ),
    ];
    for (name, text) in files {
        fs::write(root.join(name), text).expect("a file is written");
    }
    let shared = [
        "validate",
        "HAN",
        "--data",
        "quy_1.jsonl",
        "--units",
        "don_vi.csv",
    ];
    insta::assert_snapshot!(told(&root, &shared));
}
