//! The places where two readings of a text are near each other, one after another as the design of the language numbers them (P01 to P27), in both spellings.
//!
//! Each test says which reading holds. What a misreading would cost is told by the design; words that are prefixes of others are compared in the tests of the keyword table, and
//! mistakes of braces, heads and quotes stand in the snapshots of mistakes.

use crate::{form, meaning, regime, source};
use regime::syntax::format::format;
use regime::syntax::parse;
use regime::syntax::spelling::convert_keywords;
use regime::text::language::Language;

fn codes(text: &str) -> Vec<&'static str> {
    let problems = parse(&source(text)).problems;
    problems.iter().map(|one| one.problem.code()).collect()
}

/// The meaning of a text without mistakes, which its Vietnamese twin shares.
fn sound(text: &str) -> String {
    assert_eq!(codes(text), [""; 0], "{text}");
    let twin = convert_keywords(text, Language::Vietnamese);
    assert_eq!(codes(&twin), [""; 0], "{twin}");
    let found = meaning(text);
    assert_eq!(found, meaning(&twin), "{twin}");
    found
}

#[track_caller]
fn alike(one: &str, other: &str) {
    assert_eq!(sound(one), sound(other), "{one}\n{other}");
}

#[track_caller]
fn apart(one: &str, other: &str) {
    assert_ne!(sound(one), sound(other), "{one}\n{other}");
}

#[test]
fn p01_a_statement_ends_with_its_line_or_at_a_semicolon() {
    let joined = form("    column 1 \"A\"\n    measure don\n    column 2 \"B\"\n");
    assert_eq!(codes(&joined).len(), 1);
    alike(
        &form("    column 1 \"A\"; column 2 \"B\"\n"),
        &form("    column 1 \"A\"\n    column 2 \"B\"\n"),
    );
}

#[test]
fn p02_a_longer_phrase_wins_over_its_first_word() {
    // Of each pair the shorter keyword begins the longer one; in each place where both may stand the longer is read.
    let rows = |lines: &str| form(&format!("    column 1 \"A\"\n{lines}"));
    for (longer, shorter) in [
        ("    total row \"T\"\n", "    row 1 \"T\"\n"),
        (
            "    column 2 \"B\" since year\n",
            "    column 2 \"B\" stock\n",
        ),
        (
            "    column 2 \"B\" period average\n",
            "    column 2 \"B\" average by [1]\n",
        ),
        (
            "    rows chosen from linh_vuc\n",
            "    rows from linh_vuc\n",
        ),
        (
            "    column 2 \"B\" closed when [1] > 0\n",
            "    column 2 \"B\" closed [1]\n",
        ),
        (
            "    column 2 \"B\" only in quarter 1\n",
            "    column 2 \"B\" only [1] = 5\n",
        ),
    ] {
        apart(&rows(longer), &rows(shorter));
    }
    let test = |lines: &str| {
        regime(&format!(
            "  test \"ca\" {{\n    reporter \"Xã A\"\n    period quarter 1/2026\n{lines}  }}\n"
        ))
    };
    for words in ["given previous", "given plan", "given event"] {
        apart(
            &test(&format!("    {words} XLD01 {{ 1: 2 }}\n")),
            &test("    given XLD01 { 1: 2 }\n"),
        );
    }
}

#[test]
fn p03_a_rule_has_an_identifier_only_before_a_colon() {
    let without = sound(&form("    check XLD01[1] = 0\n"));
    assert!(without.contains("id: None"), "{without}");
    let with = sound(&form("    check C1: XLD01[1] = 0\n"));
    assert!(!with.contains("id: None"), "{with}");
}

#[test]
fn p04_a_narrative_has_a_name_only_before_its_label() {
    let outline = |lines: &str| regime(&format!("  outline {{\n{lines}  }}\n"));
    apart(
        &outline("    narrative optional\n"),
        &outline("    narrative\n"),
    );
    let two = sound(&outline("    narrative\n    sentence \"A\"\n"));
    assert!(
        two.contains("Narrative") && two.contains("Sentence"),
        "{two}"
    );
    sound(&outline("    narrative optional \"A\"\n"));
}

#[test]
fn p05_a_division_is_no_day_and_a_date_no_division() {
    assert_eq!(codes(&form("    check C: [1] = 15/12\n")), ["R120"]);
    sound(&form("    check C: [1] = 15 / 12\n"));
    apart(
        &form("    check C: [1] = 01/02/2024\n"),
        &form("    check C: [1] = 1 / 2 / 2024\n"),
    );
}

#[test]
fn p06_a_set_of_entries_stands_in_parentheses() {
    sound(&form("    check C: [loai] in (bao, lu)\n"));
    assert!(!codes(&form("    check C: [loai] in [bao, lu]\n")).is_empty());
}

#[test]
fn p07_a_printed_number_between_brackets_is_a_text() {
    apart(
        &form("    check C: [1.1] = 0\n"),
        &form("    check C: [1.10] = 0\n"),
    );
    apart(
        &form("    check C: [2.50] = 0\n"),
        &form("    check C: [2.5] = 0\n"),
    );
}

#[test]
fn p08_a_number_does_not_eat_the_points_of_a_range() {
    alike(
        &form("    column 1 \"A\" range 0..100\n"),
        &form("    column 1 \"A\" range 0 .. 100\n"),
    );
    alike(
        &form("    check C: sum([20..24]) = 0\n"),
        &form("    check C: sum([20 .. 24]) = 0\n"),
    );
    assert!(!codes(&form("    check C: sum([20]..[24]) = 0\n")).is_empty());
}

#[test]
fn p09_a_cell_stands_in_brackets_and_a_block_in_braces() {
    let rule = |condition: &str| form(&format!("    when {condition} {{ check [1] = 0 }}\n"));
    sound(&rule("[loai, 3] = 1"));
    assert!(!codes(&rule("loai {loai, 3} = 1")).is_empty());
    assert!(!codes(&form("    check C: {loai, 3} = 1\n")).is_empty());
}

#[test]
fn p10_braces_hold_formulas_only_where_texts_have_them() {
    let rule = |text: &str| form(&format!("    check C: [6] = 0 message \"{text}\"\n"));
    apart(&rule("{[6]}"), &rule("{{[6]}}"));
    assert_eq!(codes(&rule("số {[6]")), ["R108"]);
    assert_eq!(codes(&rule("số {[6]} }")), ["R108"]);
    sound(&form("    column 1 \"A\" text matching \"[0-9]{7}\"\n"));
    sound(&form("    column 1 \"{A\"\n"));
}

#[test]
fn p11_a_text_never_crosses_a_line() {
    let text = form("    column 1 \"A\n    column 2 \"B\"\n");
    assert_eq!(codes(&text), ["R106"]);
    assert_eq!(meaning(&text).matches("Column(").count(), 2);
}

#[test]
fn p12_p13_sides_and_attributes_stand_in_any_order() {
    let chain = sound(&form("    column 1 \"A\" = [2] = [3]\n"));
    apart(
        &form("    column 1 \"A\" = [2] = [3]\n"),
        &form("    column 1 \"A\" = ([2] = [3])\n"),
    );
    assert!(!chain.contains("Comparison"), "{chain}");
    alike(
        &form("    column 1 \"A\" = [1] + [2] within [4]\n"),
        &form("    column 1 \"A\" within [4] = [1] + [2]\n"),
    );
}

#[test]
fn p14_a_line_goes_on_where_that_is_visible() {
    alike(
        &form("    column 1 \"A\" = [2] + [3]\n      + [4]\n      = [5] +\n        [6]\n"),
        &form("    column 1 \"A\" = [2] + [3] + [4] = [5] + [6]\n"),
    );
    alike(
        &form(
            "    check C: [1] = 0\n      or [2] = 0\n      and ([3]\n        = 0)\n      message \"A\"\n",
        ),
        &form("    check C: [1] = 0 or [2] = 0 and ([3] = 0) message \"A\"\n"),
    );
    alike(
        &regime("  reporters xa,\n    so\n"),
        &regime("  reporters xa, so\n"),
    );
}

#[test]
fn p15_p26_values_stand_side_by_side_without_commas() {
    let test = |lines: &str| regime(&format!("  test \"t\" {{\n{lines}  }}\n"));
    alike(
        &test("    given F { 2: 5  3: 40 }\n"),
        &test("    given F {\n      2: 5\n      3: 40\n    }\n"),
    );
    assert_eq!(codes(&test("    given F { 2: 8,5  3: 40 }\n")), ["R110"]);
    assert_eq!(codes(&test("    given F { 2: 1.734.000 }\n")), ["R111"]);
    sound(&test(
        "    given F {\n      columns 1 2 3\n      row a: 1 -2 3.5\n      row: nil closed blank\n    }\n",
    ));
    let negative = test("    given F {\n      columns 1 2\n      row a: 8 - 5\n    }\n");
    assert!(!codes(&negative).is_empty());
    sound(&regime("  deadline xa by 17:00\n"));
}

#[test]
fn p16_what_stands_in_a_broken_block_is_read() {
    let broken =
        regime("  biễu F \"F\" {\n    cột 1 \"A\"\n    cột 2 \"B\"\n  }\n  issuer \"C\"\n");
    assert_eq!(codes(&broken), ["R102"], "{broken}");
    assert!(meaning(&broken).contains("Issuer"));
    let missing = "form F \"F\" {\n  column 1 \"A\"\ncatalog c \"C\" { item a \"A\" }\n";
    assert_eq!(codes(missing), ["R104"]);
    assert!(meaning(missing).contains("Catalog("));
}

#[test]
fn p17_a_printed_number_of_capitals_is_no_name() {
    apart(&form("    row I \"A\"\n"), &form("    row i \"A\"\n"));
    sound(&form(
        "    row 1.2.a tong \"A\"\n    row II tong_hai \"B\"\n",
    ));
    sound("form TH02 \"A\" {\n  column 1 \"A\" = XLD.TH02[1]\n}\n");
}

#[test]
fn p18_periods_that_begin_with_a_number_are_periods() {
    alike(
        &regime("  period first half, nine months, month 9, month, year\n"),
        &regime("  kỳ 6 tháng đầu năm, 9 tháng, tháng 9, tháng, năm\n"),
    );
}

#[test]
fn p19_p20_words_of_statements_are_names_elsewhere() {
    for word in [
        "ten", "muc", "ky", "cap", "nam", "form", "sum", "year", "check", "message",
    ] {
        sound(&form(&format!(
            "    column 1 {word} \"A\"\n    check C: [{word}] = F[{word}] + {word}[1]\n"
        )));
    }
    // The reserved ones.
    for word in ["and", "or", "not", "yes", "no"] {
        let text = form(&format!("    check C: {word}.a = 1\n"));
        assert!(!codes(&text).is_empty(), "{word}");
    }
}

#[test]
fn p21_signs_pasted_from_elsewhere_are_read_or_rewritten() {
    alike(
        &form("    check C: [1] ≤ [2] × 3\n    check D: [1] ≥ 2 and [3] ≠ 4\n"),
        &form("    check C: [1] <= [2] * 3\n    check D: [1] >= 2 and [3] != 4\n")
            .replace("!=", "≠"),
    );
    alike(&regime("  route xa → so\n"), &regime("  route xa -> so\n"));
    for sign in ["<>", "!="] {
        let text = form(&format!("    check C: [1] {sign} [2]\n"));
        assert_eq!(codes(&text), ["R118"]);
        assert_eq!(codes(&format(&text)), [""; 0], "{sign} is laid out as ≠");
    }
}

#[test]
fn p22_parentheses_nest_to_a_depth_and_no_deeper() {
    let nested = |depth: usize| {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        form(&format!("    check C: {open}[1]{close} = 0\n"))
    };
    alike(&nested(30), &nested(1));
    // A thousand terms side by side are no deeper than two.
    sound(&form(&format!(
        "    check C: 0{} = 0\n",
        " + [1]".repeat(1_000)
    )));
    for depth in [200, 10_000] {
        assert_eq!(codes(&nested(depth)), ["R115"]);
    }
}

#[test]
fn p23_words_without_their_marks_are_never_taken() {
    let text = form("    kiểm tra C: trong([1])\n");
    assert_eq!(meaning(&text).matches("Blank").count(), 0);
    assert!(!codes(&text).is_empty(), "trong is not trống");
    assert_eq!(codes(&form("    cot 1 \"A\"\n")), ["R113"]);
}

#[test]
fn p24_by_is_not_taken_out_of_a_longer_word() {
    alike(
        &form("    nhóm \"G\" chia ra theo kế hoạch KH_TINH {\n      cột 1 \"A\"\n    }\n"),
        &form("    group \"G\" split plan KH_TINH {\n      column 1 \"A\"\n    }\n"),
    );
    alike(
        &form("    nhóm \"G\" chia ra theo loai {\n      cột 1 \"A\"\n    }\n"),
        &form("    group \"G\" split by loai {\n      column 1 \"A\"\n    }\n"),
    );
}

#[test]
fn p25_a_period_of_the_project_is_a_name() {
    // That `qúy` is no kind of period is told by the analysis, with the nearest one.
    sound(&regime("  period qúy\n"));
    apart(&regime("  period qúy\n"), &regime("  period quarter\n"));
}

#[test]
fn p27_row_before_a_bracket_is_a_reference() {
    let list = |condition: &str| {
        form(&format!(
            "    column 1 \"A\" = count(DA where [nguon] = {condition})\n"
        ))
    };
    apart(&list("row"), &list("row[1]"));
    let rows = sound(&form("    check C: row[1] = row[2]\n"));
    assert!(!rows.contains("ThisRow"), "{rows}");
}

#[test]
fn anticipated_mistakes_of_a_keyboard_are_named_with_their_fix() {
    for (lines, code, mended) in [
        (
            "kiểm tra C: [1] = kì trước([1])",
            "R114",
            "kiểm tra C: [1] = kỳ trước([1])",
        ),
        (
            "cột 1 \"A\" luỹ kế từ đầu năm",
            "R114",
            "cột 1 \"A\" lũy kế từ đầu năm",
        ),
        ("Cột 1 \"A\"", "R114", "cột 1 \"A\""),
        ("Column 1 \"A\"", "R114", "column 1 \"A\""),
        ("COLUMN 1 \"A\"", "R114", "column 1 \"A\""),
        ("cot 1 \"A\"", "R113", "cột 1 \"A\""),
        ("cột 1 “A”", "R109", "cột 1 \"A\""),
        ("kiểm tra C: [1] = 8,5", "R110", "kiểm tra C: [1] = 8.5"),
        (
            "kiểm tra C: [1] = 1.734.000",
            "R111",
            "kiểm tra C: [1] = 1_734_000",
        ),
        ("kiểm tra C: [1] <> [2]", "R118", "kiểm tra C: [1] ≠ [2]"),
        ("kiểm tra C: [1] => [2]", "R118", "kiểm tra C: [1] ≥ [2]"),
        ("kiểm tra C: [1] == [2]", "R118", "kiểm tra C: [1] = [2]"),
        ("kiểm tra C: [1] = 1/2", "R120", "kiểm tra C: [1] = 1 / 2"),
        ("cột 1 \"A", "R106", "cột 1 \"A\""),
    ] {
        let text = form(&format!("    {lines}\n"));
        let problems = parse(&source(&text)).problems;
        let found: Vec<_> = problems.iter().map(|one| one.problem.code()).collect();
        assert_eq!(found, [code], "{lines}");
        let mut edits: Vec<_> = problems[0]
            .fixes
            .first()
            .map(|fix| fix.edits.clone())
            .unwrap_or_default();
        assert!(!edits.is_empty(), "{lines} has no fix");
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        let mut fixed = text.clone();
        for edit in edits {
            fixed.replace_range(
                edit.span.start as usize..edit.span.end as usize,
                &edit.replacement,
            );
        }
        let wanted = form(&format!("    {mended}\n"));
        assert_eq!(codes(&fixed), [""; 0], "{fixed}");
        assert_eq!(meaning(&fixed), meaning(&wanted), "{fixed}");
    }
}
