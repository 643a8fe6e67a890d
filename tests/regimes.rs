//! The regimes of the repository: sound, formatted, tested from both sides, and the same in both spellings.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot set its scene fails with a word about it"
)]

#[path = "regimes/edited.rs"]
mod edited;
#[path = "regimes/figures.rs"]
mod figures;
#[path = "regimes/reference.rs"]
mod reference;
#[path = "regimes/worked.rs"]
mod worked;

use regime::analysis::project::{Project, Source};
use regime::diagnostic::Severity;
use regime::plan::switch;
use regime::plan::validation::RuleKind;
use regime::syntax::format::format;
use regime::syntax::spelling::convert_keywords;
use regime::text::SourceFile;
use regime::text::language::Language;
use regime::workspace::load::load;
use regime::workspace::{Snapshot, trial};
use std::path::Path;

fn project() -> Project {
    let loaded = load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/regimes")));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.project
}

/// The project with all keywords in one spelling.
fn converted(original: &Project, spelling: Language) -> Project {
    let mut converted = original.clone();
    for source in &mut converted.sources {
        let text = convert_keywords(&source.file.text, spelling);
        let file = SourceFile::new(source.file.id, &source.file.path, &text);
        *source = Source::read(file);
    }
    converted
}

#[test]
fn the_real_regimes_have_no_mistake() {
    let snapshot = Snapshot::new(&project());
    let found: Vec<String> = snapshot
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.problem.severity() != Severity::Advice)
        .map(|diagnostic| {
            let wording = diagnostic.problem.wording();
            format!(
                "{} {:?}: {}",
                diagnostic.problem.code(),
                diagnostic.primary,
                wording.message.en
            )
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
    let names: Vec<(&str, u32, bool)> = snapshot
        .regimes()
        .map(|regime| (regime.name(), regime.version(), regime.plan().is_some()))
        .collect();
    assert_eq!(
        names,
        [
            ("ATGT", 1, true),
            ("BTNN", 1, true),
            ("CCHC", 1, true),
            ("DTC", 1, true),
            ("KH_PCTT", 1, true),
            ("KNTC_TCD", 2, true),
            ("KNTC_XLD", 2, true),
            ("KTXH", 1, true),
            ("THIEN_TAI", 1, true),
            ("TKGD_TH", 1, true),
            ("TTHC_06A", 1, true)
        ]
    );
}

#[test]
fn their_tests_pass_and_show_every_rule_held_and_failed() {
    let snapshot = Snapshot::new(&project());
    let mut ran = 0;
    for regime in snapshot.regimes() {
        let trial = trial::run(&snapshot, &regime).expect("a sound regime");
        let failures: Vec<_> = trial
            .cases
            .iter()
            .filter(|case| !case.failures.is_empty())
            .collect();
        assert!(failures.is_empty(), "{}: {failures:#?}", regime.name());
        assert_eq!(trial.unexercised, Vec::new(), "{}", regime.name());
        ran += trial.cases.len();
    }
    assert!(ran >= 20, "only {ran} tests ran");
}

#[test]
fn they_are_written_in_canonical_form() {
    for source in &project().sources {
        assert_eq!(
            format(&source.file.text),
            source.file.text.as_ref(),
            "{}",
            source.file.path
        );
    }
}

#[test]
fn they_and_the_examples_of_the_reference_are_canonical_in_both_spellings_and_convert_back_byte_for_byte()
 {
    let examples = load(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/language/vi-du"
    )));
    let mut seen = 0;
    for source in project().sources.iter().chain(&examples.project.sources) {
        let (path, text) = (&source.file.path, source.file.text.as_ref());
        let spelled = |spelling| convert_keywords(text, spelling);
        let (vietnamese, english) = (spelled(Language::Vietnamese), spelled(Language::English));
        assert!(
            (vietnamese == text) != (english == text),
            "{path} is in one spelling"
        );
        for (one, other, spelling) in [
            (&vietnamese, &english, Language::English),
            (&english, &vietnamese, Language::Vietnamese),
        ] {
            assert_eq!(&convert_keywords(one, spelling), other, "{path}");
            assert_eq!(&format(one), one, "{path}");
        }
        seen += 1;
    }
    assert!(seen > 20, "only {seen} files");
}

#[test]
fn both_spellings_mean_the_same_plans() {
    let original = project();
    let plans = |project: &Project| -> Vec<String> {
        let snapshot = Snapshot::new(project);
        snapshot
            .regimes()
            .map(|regime| {
                let mut plan = regime.plan().cloned().expect("a sound regime");
                // The author's words, kept for people, are in the author's spelling.
                plan.fingerprint.clear();
                for rule in &mut plan.validation_program.rules {
                    rule.text.clear();
                    match &mut rule.kind {
                        RuleKind::Chain { sides } | RuleKind::Balance { sides } => {
                            sides.iter_mut().for_each(|side| side.text.clear());
                        }
                        RuleKind::Within { whole } => whole.text.clear(),
                        RuleKind::Bounds {
                            lesser: one,
                            greater: two,
                        }
                        | RuleKind::Range {
                            low: one,
                            high: two,
                        } => {
                            one.text.clear();
                            two.text.clear();
                        }
                        RuleKind::Condition { .. } => {}
                    }
                }
                serde_json::to_string_pretty(&plan).expect("a plan is JSON")
            })
            .collect()
    };
    for spelling in [Language::Vietnamese, Language::English] {
        let converted = converted(&original, spelling);
        assert_eq!(plans(&converted), plans(&original));
    }
}

/// A regime with one rule, two ways in which the project switches it, and tests before, between and after.
const SWITCHED: &str = r#"
quy tắc THU.C1 thành cảnh báo giải trình từ 01/06/2026 đến hết 31/08/2026 "Chờ hướng dẫn"
quy tắc THU.C1 tắt từ 01/09/2026 "Không còn căn cứ"
chế độ THU "Chế độ thử" phiên bản 1 hiệu lực từ 01/01/2026 {
  căn cứ "Nghị định 09/2019/NĐ-CP"
  cơ quan ban hành "Thanh tra Chính phủ"
  phương thức gửi system
  luồng xa -> thanh_tra_tinh
  chốt số liệu theo lịch
  kỳ quý
  hạn gửi xa chậm nhất 2 ngày làm việc sau chốt số liệu
  biểu A "01/A" "BIỂU A" {
    mỗi dòng một đơn vị báo cáo
    cột 1 a "Tiếp nhận"
    cột 2 b "Đã xử lý"
    kiểm tra C1: [2] <= [1]
  }
  ca kiểm thử "trước ngày đổi, quy tắc là lỗi" {
    đơn vị báo cáo "Xã thử" cấp xa
    kỳ quý 1/2026
    cho A { 1: 1  2: 2 }
    mong đợi vi phạm C1
  }
  ca kiểm thử "đã đổi thành cảnh báo" {
    đơn vị báo cáo "Xã thử" cấp xa
    kỳ quý 2/2026
    cho A { 1: 1  2: 2 }
    mong đợi có cảnh báo C1
  }
  ca kiểm thử "đã tắt" {
    đơn vị báo cáo "Xã thử" cấp xa
    kỳ quý 3/2026
    cho A { 1: 1  2: 2 }
    mong đợi hợp lệ
  }
}
"#;

#[test]
fn a_switched_rule_speaks_by_the_cut_off_of_each_report() {
    let mut project = project();
    project
        .sources
        .retain(|source| source.file.path == "common.regime");
    let file = SourceFile::new(regime::text::FileId(1), "thu.regime", SWITCHED);
    project.sources.push(Source::read(file));
    let snapshot = Snapshot::new(&project);
    assert_eq!(snapshot.error_count(), 0, "{:#?}", snapshot.diagnostics());
    let regime = snapshot.regime("THU").expect("the regime is there");
    let trial = trial::run(&snapshot, &regime).expect("a sound regime");
    let failures: Vec<_> = trial
        .cases
        .iter()
        .filter(|case| !case.failures.is_empty())
        .collect();
    assert!(failures.is_empty(), "{failures:#?}");
    let plan = regime.plan().expect("a sound regime has a plan");
    let mut bare = plan.clone();
    bare.switch(&[]);
    assert_eq!(
        serde_json::to_string(plan).expect("a plan is text"),
        serde_json::to_string(&bare).expect("a plan is text"),
        "a switch is no part of a published plan"
    );
    let kept = switch::write(snapshot.switches()).expect("switches are text");
    assert_eq!(switch::read(&kept).as_deref(), Ok(snapshot.switches()));
}

#[test]
fn a_project_checked_again_after_an_edit_is_as_if_it_were_checked_anew() {
    let sound = project();
    let mut snapshot = Snapshot::new(&sound);
    let edited = |path: &str, from: &str, to: &str| {
        let mut project = sound.clone();
        let source = project
            .sources
            .iter_mut()
            .find(|source| source.file.path == path)
            .expect("the file is there");
        assert!(source.file.text.contains(from), "{path} has no `{from}`");
        let text = source.file.text.replacen(from, to, 1);
        let file = SourceFile::new(source.file.id, path, &text);
        *source = Source::read(file);
        project
    };
    let mut without_one = sound.clone();
    without_one
        .sources
        .retain(|source| source.file.path != "kntc_xld.regime");
    for project in [
        edited("kntc_xld.regime", "Tiếp nhận trong kỳ", "Tiếp nhận"),
        edited("kntc_xld.regime", "[2] + [3]", "[2] + [99]"),
        edited("common.regime", "measure don ", "measure don_thu "),
        edited(
            "tthc_06a.regime",
            "\nregime ",
            "\nquy tắc KNTC_XLD.C1 tắt từ 01/10/2026 \"thử\"\nregime ",
        ),
        edited("tthc_06a.regime", "\nregime ", "\nregimes "),
        without_one,
        sound.clone(),
        sound.clone(),
    ] {
        let anew = Snapshot::new(&project);
        snapshot = snapshot.after(&project);
        assert_eq!(snapshot.diagnostics(), anew.diagnostics());
        let plans = |snapshot: &Snapshot| -> Vec<_> {
            snapshot
                .regimes()
                .map(|regime| (regime.name().to_owned(), regime.plan().cloned()))
                .collect()
        };
        assert_eq!(plans(&snapshot), plans(&anew));
        assert_eq!(snapshot.organisation(), anew.organisation());
    }
}
