//! Questions of an editor, text in and text out: `$0` in a text is the cursor, and an answer shows the lines it leads to with the words between `«` and `»`.

mod hierarchy;
mod hover;
mod names;
mod pieces;
mod real;
mod rename;
mod symbols;

use regime::analysis::project::{Project, Source};
use regime::diagnostic::Label;
use regime::text::{FileId, SourceFile, Span};
use regime::workspace::{Snapshot, load};
use std::path::Path;

/// Shared words and a small regime with one of nearly everything that bears a name.
const WORDS: &str = r#"measure don "đơn"
measure dong "đồng"
measure trieu_dong "triệu đồng" = 1_000_000 * dong
level xa "Cấp xã"
level tinh "Cấp tỉnh"
tag mien_nui "Miền núi"
agency thanh_tra_tinh "Thanh tra tỉnh" level tinh
catalog linh_vuc "Lĩnh vực" { item dat_dai "Đất đai"; item ho_tich "Hộ tịch" }
catalog nguon "Nguồn" { item nstw "Trung ương"; item nsdp "Địa phương" until 31/12/2020 }
indicator THU "Thu ngân sách" measure trieu_dong decimal(1) flow defined as "Tiền nộp vào ngân sách"
target KH "Kế hoạch năm" given to xa from "kh.csv"
"#;

const REGIME: &str = r#"regime R "Báo cáo đơn" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> thanh_tra_tinh
  window decree 09
  period quarter
  deadline xa local
  event dot "Đợt" { field loai "Loại" choice linh_vuc; opened by xa; closed by thanh_tra_tinh }
  outline { section I "Tình hình" { narrative tinh_hinh "Nêu khái quát"; table B } }

  form B "01/B" "BIỂU ĐƠN" {
    default measure don
    rows each reporting unit
    column 1 tong "Tổng số" = [2] + [trong_ky]
    column 2 "Kỳ trước chuyển sang" carry from [5]
    column 3 trong_ky "Tiếp nhận trong kỳ"
    column 4 thu "Số thu" measure trieu_dong decimal(1) indicator THU
    column 5 con_lai "Còn lại" stock within [1]
    column 6 lv "Lĩnh vực" choice linh_vuc optional
    check C1: [trong_ky] <= [tong] message "Số tiếp nhận {[trong_ky]} lớn hơn tổng số"
  }
  form K "02/B" "BIỂU NGUỒN VỐN" {
    default measure dong decimal(0)
    column "Chỉ tiêu" shows label
    group each nguon "Theo nguồn" { column von "Vốn" }
    row A dau_nam "Đầu năm"
    row B ca_nam "Cả năm" optional
    check C2: [ca_nam, nstw.von] >= [dau_nam, nstw.von]
  }

  test "đủ" {
    reporter "Xã A" level xa
    period quarter 2/2026
    given previous B { 3: 0  4: 0  5: 7  6: dat_dai }
    given B { trong_ky: 5  4: 12.5  5: 12 }
    given K { row dau_nam { nstw.von: 3 } row ca_nam { nstw.von: 9 } }
    expect B[tong] = 12
    expect fails C1
  }
}
"#;

#[test]
fn the_regime_that_is_asked_about_is_sound() {
    let snapshot = snapshot_of(REGIME);
    let told: Vec<String> = snapshot
        .diagnostics()
        .iter()
        .filter(|told| told.problem.severity() == regime::diagnostic::Severity::Error)
        .map(|told| format!("{:?} {}", told.problem, shown(&snapshot, told.primary)))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}

/// A project of the shared words and one text.
fn snapshot_of(text: &str) -> Snapshot {
    let sources = [("common.regime", WORDS), ("r.regime", text)]
        .into_iter()
        .zip(0..)
        .map(|((path, text), id)| Source::read(SourceFile::new(FileId(id), path, text)))
        .collect();
    let table = (
        "kh.csv".to_owned(),
        "unit,year,indicator,value\n".to_owned(),
    );
    Snapshot::new(&Project {
        sources,
        tables: std::sync::Arc::new([table].into_iter().collect()),
    })
}

/// The regime above with the cursor where a piece of it says `$0`, as text and offset.
fn cursor_in(piece: &str) -> (String, u32) {
    let plain = piece.replace("$0", "");
    assert_eq!(
        REGIME.matches(&plain).count(),
        1,
        "`{plain}` stands once in the regime"
    );
    let start = REGIME.find(&plain).unwrap() + piece.find("$0").unwrap();
    (REGIME.to_owned(), u32::try_from(start).unwrap())
}

/// The file of the regime.
const HERE: FileId = FileId(1);

/// A place as its line with the words marked.
fn shown(snapshot: &Snapshot, label: Label) -> String {
    let file = &snapshot.source(label.file).unwrap().file;
    let start = file.text[..label.span.start as usize]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let marked = label.span.of(&file.text);
    let first = marked.split('\n').next().unwrap();
    let rest = &file.text[label.span.start as usize + first.len()..];
    let rest = rest.split('\n').next().unwrap();
    let before = file.text[start..label.span.start as usize].trim_start();
    let more = if marked.len() > first.len() {
        "…"
    } else {
        ""
    };
    format!("{}: {before}«{first}{more}»{rest}", file.path)
}

/// The regimes of this repository.
fn real() -> Snapshot {
    Snapshot::new(&real_project())
}

fn real_project() -> Project {
    let loaded = load::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes"));
    assert!(loaded.problems.is_empty());
    loaded.project
}

fn at(file: FileId, span: Span) -> Label {
    Label { file, span }
}
