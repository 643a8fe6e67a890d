//! The meaning of regimes, text in and text out: each snapshot shows the source line, the place, the code and the words.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot read its own fixture has to fail"
)]

#[path = "analysis/demands.rs"]
mod demands;
#[path = "ide/mod.rs"]
mod ide;
#[path = "analysis/sizes.rs"]
mod sizes;
#[path = "analysis/written_rows.rs"]
mod written_rows;

use regime::analysis::project::{Project, Source};
use regime::analysis::{Analysis, analyse};
use regime::diagnostic::{Diagnostic, Severity};
use regime::plan::lower::compile;
use regime::text::line_index::LineIndex;
use regime::text::{FileId, SourceFile};
use std::fs;
use std::path::Path;
use std::sync::Arc;

const WORDS: &str = r#"
measure don "đơn"
measure vu_viec "vụ việc"
measure dong "đồng"
measure trieu_dong "triệu đồng" = 1_000_000 * dong
level xa "Cấp xã"
level huyen "Cấp huyện" until 30/06/2025
level tinh "Cấp tỉnh"
agency thanh_tra_tinh "Thanh tra tỉnh" level tinh
catalog linh_vuc "Lĩnh vực" { item dat_dai "Đất đai"; item ho_tich "Hộ tịch" }
"#;

/// A regime with a sound header around some lines.
fn regime_with(lines: &str) -> String {
    format!(
        "regime R \"Báo cáo\" version 1 in force from 01/01/2026 {{
  basis \"Quyết định 1\"
  issuer \"UBND tỉnh\"
  channel system
  route xa -> thanh_tra_tinh
  window decree 09
  period quarter
  deadline xa local
{lines}
}}
"
    )
}

/// A sound regime with one form around some lines.
fn form_with(lines: &str) -> String {
    regime_with(&format!(
        "  form B \"01/B\" \"BIỂU\" {{
    default measure don
    rows each reporting unit
{lines}
  }}"
    ))
}

fn project(files: &[(&str, &str)], tables: &[(&str, &str)]) -> Project {
    let sources = files
        .iter()
        .zip(0..)
        .map(|((path, text), id)| {
            let file = SourceFile::new(FileId(id), path, text);
            Source::read(file)
        })
        .collect();
    let tables = tables
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    Project {
        sources,
        tables: Arc::new(tables),
    }
}

fn analysed(text: &str) -> (Project, Analysis) {
    let project = project(&[("common.regime", WORDS), ("r.regime", text)], &[]);
    let analysis = analyse(&project);
    (project, analysis)
}

fn all(project: &Project, analysis: &Analysis) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = project
        .sources
        .iter()
        .flat_map(|source| source.problems.clone())
        .chain(analysis.problems.clone())
        .collect();
    found.sort_by_key(|diagnostic| diagnostic.primary);
    found
}

fn shown(project: &Project, diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let wording = diagnostic.problem.wording();
        let severity = match diagnostic.problem.severity() {
            Severity::Error => "lỗi",
            Severity::Warning => "cảnh báo",
            Severity::Advice => "gợi ý",
        };
        text.push_str(&format!(
            "{severity} {}: {}\n",
            diagnostic.problem.code(),
            wording.message.vi
        ));
        text.push_str(&underlined(project, diagnostic.primary));
        for secondary in &diagnostic.secondary {
            text.push_str(&format!(
                "{}:\n{}",
                secondary.note.wording().vi,
                underlined(project, secondary.label)
            ));
        }
        for fix in &diagnostic.fixes {
            text.push_str(&format!("cách sửa: {}\n", fix.wording().vi));
        }
        text.push('\n');
    }
    if text.is_empty() {
        "không có lỗi\n".to_owned()
    } else {
        text
    }
}

fn underlined(project: &Project, label: regime::diagnostic::Label) -> String {
    let source = project.source(label.file).expect("labels lie in sources");
    let lines = LineIndex::new(&source.file.text);
    let start = lines.display(&source.file.text, label.span.start);
    let line = lines.line_text(&source.file.text, start.line).trim_end();
    let indent = line.len() - line.trim_start().len();
    let width = label
        .span
        .of(&source.file.text)
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .count()
        .max(1);
    let before = usize::try_from(start.column)
        .expect("small")
        .saturating_sub(indent);
    format!(
        "  | {}\n  | {}{}\n",
        line.trim_start(),
        " ".repeat(before),
        "^".repeat(width)
    )
}

fn report(text: &str) -> String {
    let (project, analysis) = analysed(text);
    let found: Vec<Diagnostic> = all(&project, &analysis)
        .into_iter()
        .filter(|diagnostic| diagnostic.problem.code() != "R901")
        .collect();
    shown(&project, &found)
}

fn codes(text: &str) -> Vec<&'static str> {
    let (project, analysis) = analysed(text);
    all(&project, &analysis)
        .iter()
        .map(|diagnostic| diagnostic.problem.code())
        .filter(|code| *code != "R901")
        .collect()
}

fn real_project() -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
    let mut sources = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths.iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "regime")
    }) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        sources.push((name, fs::read_to_string(path).unwrap()));
    }
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder.join("data")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("data/{}", path.file_name().unwrap().to_str().unwrap());
        if let Ok(text) = fs::read_to_string(&path) {
            tables.push((name, text));
        }
    }
    let sources: Vec<(&str, &str)> = sources
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let tables: Vec<(&str, &str)> = tables
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    project(&sources, &tables)
}

#[test]
fn the_real_regimes_have_no_mistake_and_compile() {
    let project = real_project();
    let analysis = analyse(&project);
    let mut found = all(&project, &analysis);
    // Words that no regime of the folder uses yet are advice, not mistakes.
    found.retain(|diagnostic| diagnostic.problem.severity() != Severity::Advice);
    assert_eq!(shown(&project, &found), "không có lỗi\n");
    for regime in &analysis.model.regimes {
        assert!(
            compile(&analysis.model, regime).is_some(),
            "{}",
            regime.name
        );
        assert!(!regime.tests.is_empty(), "{}", regime.name);
    }
    assert!(analysis.model.regimes.len() >= 2);
}

#[test]
fn a_regime_with_everything_right_is_clean() {
    let text = form_with(
        "    column 1 tong \"Tổng\" = [2] + [3]
    column 2 a \"A\"
    column 3 b \"B\"
    check C1: [3] <= [2] message \"{[3]} lớn hơn {[2]}\"",
    );
    assert_eq!(report(&text), "không có lỗi\n");
}

#[test]
fn five_mistakes_give_five_reports() {
    insta::assert_snapshot!(report(&form_with(
        "    column 1 tong \"Tổng\" = [2] + [9]
    column 2 a \"A\"
    column 2 b \"B\"
    column 4 c \"C\" measure vu_vec
    column 5 d \"D\" measure vu_viec
    check C1: [2] <= [5]
    check C1: [2] + [4]"
    )));
}

#[test]
fn an_unknown_column_has_no_consequences() {
    let text = form_with(
        "    column 1 tong \"Tổng\" = [2] + [9]
    column 2 a \"A\"
    column 3 ty_le \"Tỷ lệ\" percent(1) = [1] / [2]
    column 4 x \"X\" = [1] - [2]
    check C1: [1] <= [2]
    warn W1: [3] >= 90% message \"{[1]}\"",
    );
    assert_eq!(codes(&text), ["R201"]);
}

#[test]
fn a_broken_measure_has_no_consequences() {
    let words = "measure ty \"tỷ\" = 2 + 3\n";
    let text = form_with(
        "    column 1 a \"A\" measure ty
    column 2 b \"B\" = [1] + [3]
    column 3 c \"C\"
    check C1: [1] <= [3]",
    );
    assert_eq!(codes(&format!("{words}{text}")), ["R210"]);
}

#[test]
fn a_line_that_cannot_be_read_hides_the_names_it_may_declare() {
    let text = form_with(
        "    column 1 a \"A\"
    colunm 2 b \"B\"
    check C1: [2] <= [1]",
    );
    let found = codes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found.first().is_some_and(|code| code.starts_with("R1")));
}

#[test]
fn a_part_said_by_an_unreadable_line_is_not_missing() {
    let text = regime_with("").replace("  basis \"Quyết định 1\"", "  basiss \"Quyết định 1\"");
    let found = codes(&text);
    assert!(
        !found.contains(&"R702") || found.iter().filter(|code| **code == "R702").count() == 1,
        "{found:?}"
    );
    assert!(report(&text).contains("chế độ thiếu nội dung báo cáo"));
    assert!(!report(&text).contains("chế độ thiếu căn cứ"));
}

#[test]
fn every_missing_legal_part_is_named_with_its_article() {
    insta::assert_snapshot!(report("regime R \"Báo cáo\" {\n}\n"));
}

#[test]
fn measures_of_two_dimensions_do_not_meet_and_scales_do() {
    insta::assert_snapshot!(report(&form_with(
        "    column 1 a \"A\" measure dong
    column 2 b \"B\" measure trieu_dong
    column 3 c \"C\" = [1] + [2]
    column 4 d \"D\"
    check C1: [4] <= [1]
    check C2: [1] + 5 <= [2]
    check C3: number([4]) <= number([1])"
    )));
}

#[test]
fn percentages_are_not_bare_numbers() {
    insta::assert_snapshot!(report(&form_with(
        "    column 1 a \"A\"
    column 2 b \"B\"
    column 3 t \"T\" percent(2) = [1] / [2]
    column 4 u \"U\" percent(2) = [1] / [2] * 100
    warn W1: [3] >= 90
    warn W2: [3] >= 90%
    warn W3: [1] <= 150% * [2]"
    )));
}

#[test]
fn natures_that_do_not_add_up_are_told() {
    insta::assert_snapshot!(report(&form_with(
        "    column 1 dau \"Đầu kỳ\" carry from [3]
    column 2 tang \"Tăng\"
    column 3 cuoi \"Cuối kỳ\" stock
    column 4 tong \"Tổng\" flow = [1] + [2]
    column 5 hai \"Hai lần\" = [1] + [3]
    column 6 ty_le \"Tỷ lệ\" percent(1) = [2] / [3]
    column 7 sai \"Sai\" = [2] + [6]
    column 8 mo \"Mở\" carry from [2]
    column 9 nhap \"Nhập\" percent(1)"
    )));
}

#[test]
fn computed_columns_that_need_one_another_are_one_circle() {
    insta::assert_snapshot!(report(&form_with(
        "    column 1 a \"A\" = [2] + [4]
    column 2 b \"B\" = [3] + [4]
    column 3 c \"C\" = [1] + [4]
    column 4 d \"D\"
    check C1: [1] <= [4]"
    )));
}

#[test]
fn a_sum_that_takes_a_part_of_its_neighbour_is_doubted() {
    insta::assert_snapshot!(report(&form_with(
        "    column 8 tong \"Số vụ việc\" = [15] + [18]
    column 15 a \"Thuộc thẩm quyền\"
    column 16 b \"Không thuộc\" = [17] + [18]
    column 17 c \"Chuyển\"
    column 18 d \"Đôn đốc\""
    )));
}

#[test]
fn ranges_leave_out_parts_of_their_members() {
    let text = form_with(
        "    column 14 tong \"Tổng\" = sum([15..18])
    column 15 a \"A\" = [16] + [17]
    column 16 b \"B\"
    column 17 c \"C\"
    column 18 d \"D\"",
    );
    let (_, analysis) = analysed(&text);
    let form = &analysis.model.regimes[0].forms[0];
    let mut read = Vec::new();
    form.columns[0].cell.chain[0]
        .term
        .cells(&mut |cell, _| read.push(form.columns[cell.column].shown().to_owned()));
    assert_eq!(read, ["15", "18"]);
}

#[test]
fn deadlines_hops_and_levels_are_checked_against_one_another() {
    let text = "regime R \"Báo cáo\" version 1 in force from 01/01/2026 {
  basis \"Quyết định 1\"
  issuer \"UBND tỉnh\"
  channel sytem
  route xa -> thanh_tra_tinh -> xa
  route xa -> huyen
  window decree 09
  period quarter, quarter 2
  period year derived from month
  deadline xa by day 14 of last month on holiday unchanged
  form B \"01/B\" \"BIỂU\" { rows each reporting unit; column 1 \"A\" }
}
";
    insta::assert_snapshot!(report(text));
}

#[test]
fn a_form_in_force_outside_its_regime_is_named_once_and_breaks_nothing() {
    let text = regime_with(
        "  form B \"01/B\" \"BIỂU\" version 1 in force from 01/01/2024 until 31/12/2025 {
    default measure don
    rows each reporting unit
    column 1 a \"A\"
    check C1: [1] <= 5
  }",
    );
    assert_eq!(codes(&text), ["R533"]);
}

#[test]
fn tests_are_checked_against_the_forms_they_fill() {
    insta::assert_snapshot!(report(&format!(
        "{}  test \"ca\" {{
    period month 2/2026
    given B {{ 1: 5  2: -3  2: 4  7: 1 }}
    expect B[2] = 5
    expect fails C9
    expect due huyen = 01/01/2026
  }}
}}
",
        form_with("    column 1 a \"A\" = [2]\n    column 2 b \"B\"")
            .trim_end()
            .trim_end_matches('}')
    )));
}

#[test]
fn a_regime_is_sound_unless_it_or_its_words_are_wrong() {
    let words = "measure hong \"hỏng\" = 1 + 1\nmeasure lanh \"lành\"\n";
    let clean = form_with("    column 1 \"A\" measure lanh");
    let broken = form_with("    column 1 \"A\" measure hong").replace("regime R", "regime S");
    let (_, analysis) = analysed(&format!("{words}{clean}{broken}"));
    let sound: Vec<(&str, bool)> = analysis
        .model
        .regimes
        .iter()
        .map(|regime| (regime.name.as_str(), regime.sound))
        .collect();
    assert_eq!(sound, [("R", true), ("S", false)]);
    for regime in &analysis.model.regimes {
        assert_eq!(compile(&analysis.model, regime).is_some(), regime.sound);
    }
}

#[test]
fn a_catalogue_table_is_read_with_the_line_of_each_mistake() {
    let text = form_with("    column 1 a \"A\"")
        .replace("rows each reporting unit", "rows chosen from nghe");
    let text = format!("catalog nghe \"Nghề\" from \"nghe.csv\"\n{text}");
    let table = "id,label,parent\na,Nghề A,\na,Nghề A nữa,\nb,Nghề B,z\n";
    let project = project(
        &[("common.regime", WORDS), ("r.regime", &text)],
        &[("nghe.csv", table)],
    );
    let analysis = analyse(&project);
    let told: Vec<String> = analysis
        .problems
        .iter()
        .filter(|found| found.problem.code() == "R206")
        .map(|found| found.problem.wording().message.vi)
        .collect();
    assert_eq!(
        told,
        [
            "`nghe.csv` dòng 3: `a` đã có ở dòng 2",
            "`nghe.csv` dòng 4: `z` ở ô `parent` không có trong bảng"
        ]
    );
}

#[test]
fn any_beginning_of_a_real_regime_is_analysed() {
    let mut project = real_project();
    project.tables = Arc::default();
    for source in &project.sources {
        let text = &source.file.text;
        for cut in (0..text.len())
            .step_by(509)
            .filter(|cut| text.is_char_boundary(*cut))
        {
            let mut half = project.clone();
            let file = SourceFile::new(source.file.id, &source.file.path, &text[..cut]);
            if let Some(place) = half
                .sources
                .iter_mut()
                .find(|other| other.file.id == source.file.id)
            {
                *place = Source::read(file);
            }
            let analysis = analyse(&half);
            let unsound = analysis
                .model
                .regimes
                .iter()
                .filter(|regime| !regime.sound)
                .count();
            // One mistake in a shared word keeps every regime that uses it from being compiled.
            assert!(unsound == 0 || !all(&half, &analysis).is_empty());
        }
    }
}
