//! The program as a person or a script meets it: exit codes, streams, words.

#![allow(
    clippy::expect_used,
    reason = "a test that cannot set its scene fails with a word about it"
)]

#[path = "cli/messages.rs"]
mod messages;
#[path = "cli/partial.rs"]
mod partial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const REGIMES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/regimes");

fn regime(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_regime"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("REGIME_LANG")
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

/// Exit code, standard output, standard error as one text for a snapshot, with the temporary folder named `DIR`.
fn told(folder: &Path, arguments: &[&str]) -> String {
    let output = regime(folder, arguments);
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.replace(&folder.display().to_string(), "DIR")
    };
    let shown = arguments
        .join(" ")
        .replace(&folder.display().to_string(), "DIR");
    format!(
        "$ regime {shown}\n{}--- stderr ---\n{}--- exit {} ---",
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().unwrap_or(-1)
    )
}

fn code(folder: &Path, arguments: &[&str]) -> Option<i32> {
    regime(folder, arguments).status.code()
}

/// A copy of the real project in a folder of its own.
fn copied_project() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = fs::canonicalize(folder.path()).expect("the folder is there");
    copy(Path::new(REGIMES), &root);
    (folder, root)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder is read").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}

fn edit(path: &Path, changes: &[(&str, &str)]) {
    let mut text = fs::read_to_string(path).expect("a source");
    for (old, new) in changes {
        assert!(text.contains(old), "{old} is not in {}", path.display());
        text = text.replacen(old, new, 1);
    }
    fs::write(path, text).expect("a source is written");
}

const XLD_LINE: &str = r#"{"format":1,"regime":"KNTC_XLD","version":2,"form":"XLD01","unit":"UNIT","period":"2026-Q2","cells":CELLS}"#;
const TTHC_LINE: &str = r#"{"format":1,"regime":"TTHC_06A","version":1,"form":"TTHC06A","unit":"UNIT","period":"2026-Q2","cells":CELLS}"#;
const ANH_SON: &str = "C17329.2025";
const ANH_SON_DONG: &str = "C17365.2025";

fn line(shape: &str, unit: &str, cells: &str) -> String {
    shape.replace("UNIT", unit).replace("CELLS", cells)
}

#[test]
fn a_sound_project_is_clean_tested_and_formatted() {
    let (_kept, root) = copied_project();
    assert_eq!(code(&root, &["check"]), Some(0));
    assert_eq!(code(&root, &["test", "--coverage"]), Some(0));
    assert_eq!(code(&root, &["fmt", "--check"]), Some(0));
}

#[test]
fn five_different_mistakes_are_reported_as_five() {
    let (_kept, root) = copied_project();
    edit(
        &root.join("kntc_xld.regime"),
        &[
            ("= [2] + [3] = [4] + [5]", "= [2] + [33] = [4] + [5]"),
            ("đơn vị tính vu_viec", "đơn vị tính vu_viecc"),
            ("nơi nhận thanh_tra_tinh", "noi nhận thanh_tra_tinh"),
            ("kiểm tra C1: [6] <= [4]", "kiểm tra C1: [22] <= [4]"),
            (
                "chậm nhất ngày 25 tháng cuối kỳ",
                "chậm nhất ngày 10 tháng cuối kỳ",
            ),
        ],
    );
    insta::assert_snapshot!(told(&root, &["check"]));
    let json = regime(&root, &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let errors: Vec<&str> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["severity"] == "error")
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(report["format"], 1);
    assert_eq!(errors.len(), 5, "{errors:?}");
}

#[test]
fn a_broken_regime_does_not_spoil_another_one() {
    let (_kept, root) = copied_project();
    edit(
        &root.join("kntc_xld.regime"),
        &[("= [2] + [3] = [4] + [5]", "= [2] + [33] = [4] + [5]")],
    );
    assert_eq!(code(&root, &["compile", "KNTC_XLD", "-o", "out"]), Some(1));
    assert_eq!(code(&root, &["compile", "TTHC_06A", "-o", "out"]), Some(0));
    let text = fs::read_to_string(root.join("out/TTHC_06A.v1.json")).expect("the plans");
    regime::plan::fingerprint::read(&text).expect("the plans read back with their fingerprint");
    assert!(!root.join("out/KNTC_XLD.v2.json").exists());
}

#[test]
fn a_file_that_is_not_utf8_is_named_and_the_others_are_checked() {
    let (_kept, root) = copied_project();
    fs::write(root.join("cu.regime"), [0x63, 0xf4, 0x74]).expect("a file");
    insta::assert_snapshot!(told(&root, &["check"]));
}

#[test]
fn formatting_restores_the_canonical_text_and_converts_keywords_there_and_back() {
    let (_kept, root) = copied_project();
    let path = root.join("kntc_xld.regime");
    let canonical = fs::read_to_string(&path).expect("a source");
    edit(&path, &[("  căn cứ ", "     căn cứ    ")]);
    assert_eq!(code(&root, &["fmt", "--check"]), Some(1));
    assert_ne!(
        fs::read_to_string(&path).expect("a source"),
        canonical,
        "--check writes nothing"
    );
    assert_eq!(code(&root, &["fmt"]), Some(0));
    assert_eq!(fs::read_to_string(&path).expect("a source"), canonical);
    assert_eq!(code(&root, &["fmt", "--keywords", "en"]), Some(0));
    assert!(
        fs::read_to_string(&path)
            .expect("a source")
            .contains("column 1 phai_xu_ly")
    );
    assert_eq!(code(&root, &["check"]), Some(0));
    assert_eq!(
        code(&root, &["fmt", "--keywords", "vi", "kntc_xld.regime"]),
        Some(0)
    );
    assert_eq!(fs::read_to_string(&path).expect("a source"), canonical);
}

#[test]
fn a_failing_test_and_a_rule_without_a_test_are_named() {
    let (_kept, root) = copied_project();
    edit(
        &root.join("kntc_xld.regime"),
        &[
            ("mong đợi XLD01[1] = 45", "mong đợi XLD01[1] = 46"),
            ("mong đợi vi phạm C1", "mong đợi XLD01[6] = 34"),
        ],
    );
    insta::assert_snapshot!(told(&root, &["test", "--coverage", "kntc_xld.regime"]));
}

/// Words that a small project needs.
const SMALL: &str = r#"
đơn vị tính don "đơn"
cấp xa "Cấp xã"
cấp tinh "Cấp tỉnh"
cơ quan thanh_tra "Thanh tra tỉnh" cấp tinh
chế độ DON "Kết quả xử lý đơn" phiên bản 1 hiệu lực từ 01/01/2026 {
  căn cứ "Thông tư 1"
  cơ quan ban hành "Thanh tra Chính phủ"
  phương thức gửi system
  luồng xa -> thanh_tra
  chốt số liệu nghị định 09
  kỳ quý
  hạn gửi xa địa phương quy định
  đề cương {
    chỉ trong quý 1
    mục I "Tình hình" {
      câu mẫu "Đã xử lý {DON01[4]} trên {DON01[1]} đơn."
      nội dung nguyen_nhan "Nguyên nhân"
    }
    bảng DON01
  }
  biểu DON01 "01/DON" "KẾT QUẢ XỬ LÝ ĐƠN" {
    mặc định đơn vị tính don
    mỗi dòng một đơn vị báo cáo
    nhóm "Phải xử lý" {
      cột 1 phai_xu_ly "Tổng số" = [2] + [3]
      cột 2 ky_truoc "Kỳ trước chuyển sang"
      cột 3 trong_ky "Tiếp nhận trong kỳ"
    }
    cột 4 da_xu_ly "Đã xử lý" nằm trong [1]
    cột 5 ty_le "Tỷ lệ xử lý" phần trăm(1) = [4] / [1]
    kiểm tra C1: [3] >= [2]
    cảnh báo W1: [5] >= 50%
  }
  ca kiểm thử "đủ" {
    đơn vị báo cáo "Xã Mẫu" cấp xa
    kỳ quý 2/2026
    cho DON01 { 2: 0  3: 10  4: 9 }
    mong đợi hợp lệ
    mong đợi DON01[5] = 90%
  }
  ca kiểm thử "nhiều hơn số phải xử lý" {
    đơn vị báo cáo "Xã Mẫu" cấp xa
    kỳ quý 2/2026
    cho DON01 { 2: 0  3: 10  4: 11 }
    mong đợi vi phạm DON01[4]
  }
  ca kiểm thử "quý 1 có lời văn" {
    đơn vị báo cáo "Xã Mẫu" cấp xa
    kỳ quý 1/2026
    cho DON01 { 2: 0  3: 10  4: 9 }
    cho nội dung nguyen_nhan "Đơn tăng do thu hồi đất."
    mong đợi đầy đủ
  }
}
"#;

/// A project of one file.
fn small_project() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = fs::canonicalize(folder.path()).expect("the folder is there");
    fs::write(root.join("common.regime"), SMALL).expect("a source is written");
    (folder, root)
}

#[test]
fn changes_that_no_test_notices_are_named_in_both_languages() {
    let (_kept, root) = small_project();
    let vietnamese = told(&root, &["test", "--coverage", "--mutate"]);
    let english = told(&root, &["--lang", "en", "test", "--mutate"]);
    let json = told(&root, &["--format", "json", "test", "--mutate"]);
    insta::assert_snapshot!(format!("{vietnamese}\n{english}\n{json}"));
}

#[test]
fn a_test_that_notices_nothing_more_leaves_no_survivor() {
    let (_kept, root) = small_project();
    edit(
        &root.join("common.regime"),
        &[
            (
                "cho DON01 { 2: 0  3: 10  4: 9 }\n    mong đợi hợp lệ",
                "cho DON01 { 2: 2  3: 8  4: 9 }\n    mong đợi hợp lệ",
            ),
            (
                "  ca kiểm thử \"quý 1",
                "  ca kiểm thử \"ít\" {
    đơn vị báo cáo \"Xã Mẫu\" cấp xa
    kỳ quý 2/2026
    cho DON01 { 2: 9  3: 8  4: 1 }
    mong đợi vi phạm C1
    mong đợi có cảnh báo W1
    mong đợi DON01[1] = 17
  }
  ca kiểm thử \"không cảnh báo\" {
    đơn vị báo cáo \"Xã Mẫu\" cấp xa
    kỳ quý 2/2026
    cho DON01 { 2: 2  3: 8 }
    mong đợi chưa xét được W1
  }
  ca kiểm thử \"quý 1",
            ),
        ],
    );
    insta::assert_snapshot!(told(&root, &["test", "--coverage", "--mutate"]));
}

#[test]
fn a_regime_is_read_aloud() {
    let (_kept, root) = small_project();
    let vietnamese = told(&root, &["read", "DON"]);
    let english = told(&root, &["read", "DON", "--lang", "en"]);
    insta::assert_snapshot!(format!("{vietnamese}\n{english}"));
}

#[test]
fn a_narrative_that_is_not_written_is_no_mistake_of_the_figures() {
    let (_kept, root) = small_project();
    edit(
        &root.join("common.regime"),
        &[
            (
                "    cho nội dung nguyen_nhan \"Đơn tăng do thu hồi đất.\"\n",
                "",
            ),
            ("mong đợi đầy đủ", "mong đợi hợp lệ\n    mong đợi đầy đủ"),
        ],
    );
    insta::assert_snapshot!(told(&root, &["test"]));
}

#[test]
fn figures_are_judged_with_the_reports_before_them() {
    let (_kept, root) = copied_project();
    let previous = r#"{"format":1,"regime":"TTHC_06A","version":1,"form":"TTHC06A","unit":"C17329.2025","period":"2026-Q1","cells":{"dat_dai":{"11":12}}}"#;
    fs::write(root.join("truoc.jsonl"), previous).expect("a file");
    let sound = line(
        TTHC_LINE,
        ANH_SON,
        r#"{"dat_dai":{"4":120,"5":30,"8":100,"9":40,"10":2,"12":18,"13":2}}"#,
    );
    fs::write(root.join("dung.jsonl"), sound).expect("a file");
    let wrong = line(
        TTHC_LINE,
        ANH_SON,
        r#"{"dat_dai":{"4":120,"5":30,"8":10,"9":40,"10":92,"12":18,"13":3}}"#,
    );
    fs::write(root.join("sai.jsonl"), wrong).expect("a file");
    let told = [
        told(
            &root,
            &[
                "validate",
                "TTHC_06A",
                "--data",
                "dung.jsonl",
                "--previous",
                "truoc.jsonl",
            ],
        ),
        told(
            &root,
            &[
                "validate",
                "TTHC_06A",
                "--data",
                "sai.jsonl",
                "--previous",
                "truoc.jsonl",
            ],
        ),
        told(
            &root,
            &[
                "validate",
                "TTHC_06A",
                "--data",
                "dung.jsonl",
                "--lang",
                "en",
            ],
        ),
    ];
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn every_kind_of_bad_input_is_named_with_line_and_field_and_nothing_else_is_lost() {
    let (_kept, root) = copied_project();
    let good = r#"{"3":"40","4":"38","5":"7"}"#;
    let lines = [
        "{ \"format\": 1, ".to_owned(),
        line(XLD_LINE, ANH_SON, good),
        line(XLD_LINE, ANH_SON, good),
        line(XLD_LINE, "17329", good),
        line(
            XLD_LINE,
            ANH_SON_DONG,
            r#"{"1":"5","3":"4.5","4":"-1","5":"1.000","99":"1"}"#,
        ),
        line(XLD_LINE, ANH_SON, good).replace("2026-Q2", "2026-05"),
        line(XLD_LINE, ANH_SON, good).replace("XLD01", "XLD09"),
        line(XLD_LINE, ANH_SON, good).replace("\"version\":2", "\"version\":1"),
        line(XLD_LINE, ANH_SON, good).replace("KNTC_XLD", "KNTC"),
    ];
    fs::write(root.join("so_lieu.jsonl"), lines.join("\n")).expect("a file");
    let output = regime(
        &root,
        &[
            "validate",
            "kntc_xld.regime",
            "--data",
            "so_lieu.jsonl",
            "--format",
            "json",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let mut result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    // Cells without an answer are another test's matter.
    for report in result["reports"].as_array_mut().into_iter().flatten() {
        if let Some(findings) = report["findings"].as_array_mut() {
            findings.retain(|finding| {
                let words = finding["message"]["vi"].as_str().unwrap_or_default();
                finding["verdict"] == "fails" && !words.contains("chưa trả lời")
            });
        }
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&result).expect("JSON"));
}

#[test]
fn figures_of_all_units_become_one_with_who_is_missing() {
    let (_kept, root) = copied_project();
    let units = fs::read_to_string(root.join("data/units.csv")).expect("the units");
    let kept: Vec<&str> = units
        .lines()
        .enumerate()
        .filter(|(position, line)| {
            let wanted = [ANH_SON, ANH_SON_DONG, "C16681.2025", "P40", "VN"];
            *position == 0 || wanted.iter().any(|id| line.starts_with(&format!("{id},")))
        })
        .map(|(_, line)| line)
        .collect();
    fs::write(root.join("ba_xa.csv"), kept.join("\n")).expect("a file");
    let data = [
        line(
            TTHC_LINE,
            ANH_SON,
            r#"{"dat_dai":{"4":90,"5":10,"8":40,"9":50,"10":10,"12":"nil","13":"nil"}}"#,
        ),
        line(
            TTHC_LINE,
            ANH_SON_DONG,
            r#"{"ho_tich":{"4":5,"5":5,"8":1,"9":"nil","10":9,"12":"nil","13":"nil"}}"#,
        ),
    ];
    fs::write(root.join("so_lieu.jsonl"), data.join("\n")).expect("a file");
    let previous: Vec<String> = [(ANH_SON, "dat_dai"), (ANH_SON_DONG, "ho_tich")]
        .iter()
        .map(|(unit, row)| {
            line(TTHC_LINE, unit, &format!(r#"{{"{row}":{{"11":"nil"}}}}"#))
                .replace("2026-Q2", "2026-Q1")
        })
        .collect();
    fs::write(root.join("truoc.jsonl"), previous.join("\n")).expect("a file");
    let shared = [
        "aggregate",
        "TTHC_06A",
        "--data",
        "so_lieu.jsonl",
        "--previous",
        "truoc.jsonl",
        "--units",
        "ba_xa.csv",
    ];
    let with = |more: &[&'static str]| -> Vec<&str> {
        shared.iter().copied().chain(more.iter().copied()).collect()
    };
    insta::assert_snapshot!(told(&root, &with(&["--period", "2026-Q2"])));
    assert_eq!(
        code(&root, &with(&["--period", "2026-Q4"])),
        Some(2),
        "not a period of this regime"
    );
    let json = regime(&root, &with(&["--period", "2026-Q2", "--format", "json"]));
    let result: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let overall = &result["forms"][0]["groups"][0];
    assert_eq!(
        (&overall["received"], &overall["due"]),
        (&2.into(), &3.into())
    );
    let total = overall["rows"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["row"] == "total"))
        .expect("a total row");
    assert_eq!(total["cells"]["3"]["value"], "110");
    assert_eq!(
        total["cells"]["ty_le_dung_han"]["value"], "91/110",
        "the ratio of the sums, exactly"
    );
}

#[test]
fn a_version_is_published_once_and_its_text_never_changes() {
    let (_kept, root) = copied_project();
    let publish = [
        "publish",
        "TTHC_06A",
        "--data",
        "kho",
        "--decision",
        "Quyết định 1/QĐ-UBND",
    ];
    assert_eq!(code(&root, &publish), Some(0));
    assert_eq!(
        code(&root, &publish),
        Some(0),
        "the same text again changes nothing"
    );
    edit(
        &root.join("tthc_06a.regime"),
        &[
            (">= 90% explain", ">= 80% explain"),
            ("dưới 90%", "dưới 80%"),
        ],
    );
    let output = regime(&root, &publish);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("R801"));
}

#[test]
fn a_backup_is_proved_and_restored_only_where_there_is_nothing() {
    let (_kept, root) = copied_project();
    let publish = [
        "publish",
        "TTHC_06A",
        "--data",
        "kho",
        "--decision",
        "Quyết định 1/QĐ-UBND",
    ];
    assert_eq!(code(&root, &publish), Some(0));
    assert_eq!(
        code(&root, &["backup", "sao-luu.sqlite", "--data", "kho"]),
        Some(0)
    );
    let again = regime(&root, &["backup", "sao-luu.sqlite", "--data", "kho"]);
    assert_eq!(again.status.code(), Some(2), "nothing is written over");
    let full = regime(&root, &["restore", "sao-luu.sqlite", "--data", "kho"]);
    assert_eq!(full.status.code(), Some(2), "nothing is written over");
    assert_eq!(
        code(&root, &["restore", "sao-luu.sqlite", "--data", "moi"]),
        Some(0)
    );
    let told = told(&root, &["verify", "--data", "moi"]);
    insta::assert_snapshot!(told, @r"
    $ regime verify --data moi
    0 báo cáo, 0 bản tổng hợp (0 bản đã trình, 0 số tính lại), 0 tài khoản, 1 chế độ, 0 tệp: 0 sai lệch
    --- stderr ---
    --- exit 0 ---
    ");
    assert_eq!(
        code(
            &root,
            &publish.map(|word| if word == "kho" { "moi" } else { word })
        ),
        Some(0),
        "the restored folder works on"
    );
    // One byte that changed on the way is told before anything is restored.
    let copy = root.join("sao-luu.sqlite");
    let mut bytes = std::fs::read(&copy).expect("a copy");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&copy, bytes).expect("damaged");
    let damaged = regime(&root, &["restore", "sao-luu.sqlite", "--data", "khac"]);
    assert_eq!(damaged.status.code(), Some(2));
    assert!(!root.join("khac").exists(), "nothing was begun");
}

#[test]
fn a_doctor_tells_what_an_administrator_should_do() {
    let (_kept, root) = copied_project();
    let nothing = regime(&root, &["doctor", "--data", "kho"]);
    assert_eq!(nothing.status.code(), Some(1));
    let publish = ["publish", "TTHC_06A", "--data", "kho", "--decision", "QĐ 1"];
    assert_eq!(code(&root, &publish), Some(0));
    let told = regime(&root, &["--lang", "en", "doctor", "--data", "kho"]);
    let text = String::from_utf8_lossy(&told.stdout);
    assert_eq!(told.status.code(), Some(1), "{text}");
    for line in [
        "is sound.",
        "1 regimes; their plans can be read.",
        "No administrator's account can be used.",
        "The data folder can be written to.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn wrong_usage_is_told_in_the_readers_language_and_exits_with_2() {
    let (_kept, root) = copied_project();
    let outside = tempfile::tempdir().expect("a temporary folder");
    let told = [
        told(&root, &["chek"]),
        told(&root, &["--lang", "en", "validate", "TTHC_06A"]),
        told(&root, &["compile", "TTHC_06"]),
        told(&root, &["check", "khong_co.regime"]),
        told(&root, &["explain", "R999"]),
        told(
            &root,
            &["serve", "--demo", "--listen", "0.0.0.0:0", "--data", "kho"],
        ),
        told(&root, &["serve", "--now", "mai", "--data", "kho"]),
    ];
    insta::assert_snapshot!(told.join("\n\n"));
    assert_eq!(code(outside.path(), &["check"]), Some(2));
    assert_eq!(code(&root, &["--help"]), Some(0));
}

#[test]
fn tables_of_units_are_checked_and_compared() {
    let (_kept, root) = copied_project();
    let changed = root.join("sau");
    std::fs::create_dir(&changed).expect("a folder");
    let text = std::fs::read_to_string(root.join("data/units.csv")).expect("units");
    let text = text.replace("Xã Anh Sơn", "Xã Anh Sơn Mới");
    std::fs::write(changed.join("units.csv"), text).expect("written");
    let successors = "old,new,date\nC17329,C0,2025-07-01\n";
    std::fs::write(changed.join("successors.csv"), successors).expect("written");
    std::fs::write(
        changed.join("codes.csv"),
        "unit,system,code\nP40,agency,41\n",
    )
    .expect("written");
    let found = regime(&root, &["units", "sau", "--before", "data"]);
    assert_eq!(found.status.code(), Some(1));
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    for line in [
        "codes.csv:2:",
        "Đơn vị kế thừa: đơn vị C0 không có trong danh sách đơn vị",
        "đổi tên: Xã Anh Sơn → Xã Anh Sơn Mới",
    ] {
        assert!(found.contains(line), "{line}\n{found}");
    }
    assert_eq!(code(&root, &["units", "data"]), Some(0));
    assert_eq!(code(&root, &["units", "khong_co"]), Some(2));
}

#[test]
fn a_code_is_explained_from_its_page() {
    let (_kept, root) = copied_project();
    let output = regime(&root, &["explain", "r201"]);
    assert_eq!(output.status.code(), Some(0));
    let page = regime::diagnostic::codes::document("R201").expect("a page");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim_end(),
        page.trim_end()
    );
}
