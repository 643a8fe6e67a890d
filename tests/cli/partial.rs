//! Figures of several units, some of which are missing: what is told, what opens to whom, and in which boundaries.
//!
//! The project is small and its own, so that every figure can be added up by hand.

use super::{regime, told};
use std::fs;

/// Three communes, two of which become one, in a project of their own.
const PARTIAL: &str = r#"
measure don "đơn"
level xa "Cấp xã" { item xa "xã" }
level tinh "Cấp tỉnh" { item tinh "tỉnh" }
agency thanh_tra "Thanh tra tỉnh" level tinh
units from "don_vi.csv"
successors from "ke_thua.csv"

regime DON "Đơn thư" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "Thanh tra tỉnh"
  channel system
  route xa -> thanh_tra
  window calendar
  period quarter
  deadline xa by 5 working days after cutoff
  form B "01/B" "ĐƠN" {
    default measure don
    rows each reporting unit
    column 1 vao "Tiếp nhận"
    column 2 lk "Từ đầu năm" = year to date([1])
    column 3 con "Còn lại" stock
    column 4 truoc "Kỳ trước còn lại" = previous([3])
    column 5 ty_le "Còn trên tiếp nhận" percent(1) = [3] / [1]
  }
}
"#;

#[test]
fn a_figure_that_rests_on_some_units_says_so_and_opens_to_who_is_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = fs::canonicalize(folder.path()).expect("the folder is there");
    let report = |unit: &str, quarter: u8, cells: &str| {
        format!(
            r#"{{"format":1,"regime":"DON","version":1,"form":"B","unit":"{unit}","period":"2026-Q{quarter}","cells":{{{cells}}}}}"#
        )
    };
    let files = [
        ("common.regime", PARTIAL.to_owned()),
        (
            "don_vi.csv",
            "id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to,attributes\n\
             t,tinh,tinh,Tỉnh Mẫu,01,thanh_tra,,,,,\n\
             a,xa,xa,Xã A,001,,t,,,2026-06-30,\n\
             b,xa,xa,Xã B,002,,t,,,2026-06-30,\n\
             c,xa,xa,Xã C,003,,t,,,,\n\
             e,xa,xa,Xã E,004,,t,,2026-07-01,,\n"
                .to_owned(),
        ),
        (
            "ke_thua.csv",
            "old,new,date,share,basis\na,e,2026-07-01,,\nb,e,2026-07-01,,\n".to_owned(),
        ),
        (
            "quy_2.jsonl",
            [
                report("a", 2, r#""1":5,"3":3"#),
                report("b", 2, r#""1":6,"3":4"#),
            ]
            .join("\n"),
        ),
        (
            "quy_1.jsonl",
            [
                report("a", 1, r#""1":2,"3":7"#),
                report("c", 1, r#""1":1,"3":1"#),
            ]
            .join("\n"),
        ),
    ];
    for (name, text) in files {
        fs::write(root.join(name), text).expect("a file is written");
    }
    let shared = [
        "aggregate",
        "DON",
        "--data",
        "quy_2.jsonl",
        "--previous",
        "quy_1.jsonl",
        "--units",
        "don_vi.csv",
        "--period",
        "2026-Q2",
    ];
    let with = |more: &[&'static str]| {
        let all: Vec<&str> = shared.iter().copied().chain(more.iter().copied()).collect();
        told(&root, &all)
    };
    insta::assert_snapshot!(with(&[]));
    // The commune that sent nothing is missing everywhere, the one without a report of the quarter before in what reads that quarter.
    insta::assert_snapshot!("partial_figure_explained", with(&["--explain", "B[2]"]));
    insta::assert_snapshot!("one_unit_explained", with(&["--explain", "B[\"Xã B\", 4]"]));
    insta::assert_snapshot!(
        "no_such_unit_explained",
        with(&["--explain", "B[\"Xã Z\", 4]"])
    );
    insta::assert_snapshot!(
        "explained_as_of_a_day",
        with(&["--explain", "B[1]", "--as-of", "01/07/2026"])
    );
    let json = regime(&root, &[shared.as_slice(), &["--format", "json"]].concat());
    let result: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let overall = &result["forms"][0]["groups"][0];
    assert_eq!(
        (&overall["received"], &overall["due"]),
        (&2.into(), &3.into())
    );
}
