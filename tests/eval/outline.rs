//! Outlines as they read in a report: regime text in, lines of the outline out.

use super::texts;
use regime::calendar::Period;
use regime::eval::archive::Archive;
use regime::eval::cell::BlankReason;
use regime::eval::describe::describe;
use regime::eval::evaluate::{Carry, Evaluation, ReportInput, evaluate, sendable};
use regime::eval::figures::Figures;
use regime::eval::outline::OutlineKind;
use regime::plan::CompiledRegime;

const REGIME: &str = r#"
đơn vị tính vu "vụ"
cấp xa "Cấp xã"
cấp tinh "Cấp tỉnh"
cơ quan ban_atgt "Ban An toàn giao thông" cấp tinh
chế độ TAI_NAN "Tai nạn giao thông" phiên bản 1 hiệu lực từ 01/01/2026 {
  căn cứ "Thông tư 1"
  cơ quan ban hành "Bộ Công an"
  phương thức gửi system
  luồng xa -> ban_atgt
  chốt số liệu theo lịch
  kỳ tháng
  hạn gửi xa địa phương quy định
  đề cương {
    mục I "Khái quát" {
      câu mẫu "Trong tháng xảy ra {TN[1]} vụ, {TN[1] - kỳ trước(TN[1]) dạng tăng giảm} so với tháng trước ({TN[3] dạng tăng giảm}), đã xử lý {TN[4]}."
      nội dung nguyen_nhan "Nguyên nhân chủ yếu"
      mục 1 "Kiến nghị" { nội dung không bắt buộc }
    }
    mục II "Phương hướng" chỉ trong tháng 6, tháng 7 { nội dung "Nhiệm vụ trọng tâm" của kỳ sau }
    bảng TN
  }
  biểu TN "TN-01" "TAI NẠN" {
    mỗi dòng một đơn vị báo cáo
    cột 1 vu "Số vụ" đơn vị tính vu
    cột 2 xu_ly "Đã xử lý" đơn vị tính vu
    cột 3 tang "Tốc độ tăng" phần trăm(1) = tốc độ tăng([1], kỳ trước([1]))
    cột 4 ty_le "Tỷ lệ xử lý" phần trăm(1) = [2] / [1]
  }
}
"#;

fn plan() -> CompiledRegime {
    texts::plans(REGIME).remove(&1).expect("one version")
}

fn figures(cells: &[(&str, &str)], narratives: &[(&str, &str)]) -> Figures {
    let told = narratives.iter();
    Figures {
        narratives: told
            .map(|(key, text)| (key.to_string(), text.to_string()))
            .collect(),
        ..texts::figures("TN", cells)
    }
}

fn report(month: &str, figures: &Figures, previous: Option<&Evaluation>) -> Evaluation {
    let period: Period = month.parse().expect("a month");
    let plan = plan();
    let window = regime::eval::earlier::window_of(&plan.header, period).expect("it is reported");
    let mut archive = Archive::default();
    for (before, report) in period.previous().into_iter().zip(previous) {
        archive.keep(before, report);
    }
    evaluate(
        &plan,
        &ReportInput {
            period,
            cutoff: window.to,
            reporter: None,
            event: None,
            figures,
            archive: &archive,
            carry: Carry::Missing(BlankReason::NoEarlierReport),
        },
    )
}

/// The outline as a person reads it, then what is found.
fn read(evaluation: &Evaluation) -> String {
    let mut text = String::new();
    for line in &evaluation.outline {
        let told = match &line.kind {
            OutlineKind::Section { code, label } => {
                format!("{}. {label}", code.as_deref().unwrap_or("-"))
            }
            OutlineKind::Narrative {
                key,
                label,
                text,
                required,
                context,
                ..
            } => format!(
                "[{key}{}] {}: {}{}",
                if *required { "*" } else { "" },
                label.as_deref().unwrap_or("-"),
                text.as_deref().unwrap_or("(chưa viết)"),
                context
                    .as_ref()
                    .map(|before| format!(" (kỳ trước nêu: {before})"))
                    .unwrap_or_default()
            ),
            OutlineKind::Sentence { text, unknown } => {
                let why: Vec<&str> = unknown.iter().map(|why| why.vi.as_str()).collect();
                format!("“{text}” {why:?}")
            }
            OutlineKind::Table(form) => format!("bảng {}", form.0),
        };
        text.push_str(&"  ".repeat(line.depth as usize));
        text.push_str(&told);
        text.push('\n');
    }
    let plan = plan();
    for finding in &evaluation.findings {
        text.push_str(&format!("! {}\n", describe(&plan, evaluation, finding).vi));
    }
    text
}

#[test]
fn an_outline_reads_with_its_figures_and_asks_for_what_is_not_written() {
    let may = figures(&[("1", "10"), ("2", "9")], &[("nguyen_nhan", "Đường hẹp")]);
    let may = report("2026-05", &may, None);
    let june = figures(&[("1", "8"), ("2", "nil")], &[]);
    let june = report("2026-06", &june, Some(&may));
    insta::assert_snapshot!(format!("{}---\n{}", read(&may), read(&june)));
    assert!(!sendable(&june));
}

#[test]
fn what_was_said_about_the_next_period_is_offered_there_and_blank_figures_say_why() {
    let june = figures(
        &[("1", "8"), ("2", "nil")],
        &[("nguyen_nhan", "Trời mưa"), ("#3", "Lắp biển báo")],
    );
    let june = report("2026-06", &june, None);
    assert!(sendable(&june));
    let next = figures(&[("1", "8")], &[("nguyen_nhan", "  "), ("khac", "?")]);
    let next = report("2026-07", &next, Some(&june));
    insta::assert_snapshot!(read(&next));
}

#[test]
fn narratives_are_stored_beside_the_forms() {
    let figures = figures(&[("1", "8")], &[("nguyen_nhan", "Trời mưa")]);
    let text = serde_json::to_string(&figures).expect("plain data");
    insta::assert_snapshot!(text);
    assert_eq!(
        serde_json::from_str::<Figures>(&text).expect("read back"),
        figures
    );
}
