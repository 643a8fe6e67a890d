use crate::calendar::Date;
use crate::number::Number;
use crate::organisation::{
    PlanTables, UnitId, parse_decisions, parse_plan_values, parse_successions, parse_units,
    unknown_units,
};
use crate::text::table::TableProblem;

fn shown(problems: &[TableProblem]) -> String {
    let line = |problem: &TableProblem| {
        format!(
            "line {} {}: {:?}",
            problem.line,
            problem.field.as_deref().unwrap_or("-"),
            problem.kind
        )
    };
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_parts_of_a_unit_never_come_to_more_than_the_unit() {
    let text = "\
old,new,date,share
a,b,2025-07-01,0.7
a,c,2025-07-01,0.3
d,b,2025-07-01,0.7
d,c,2025-07-01,0.7
e,b,2025-07-01,
e,c,2025-07-01,0.3
f,b,2025-07-01,
f,c,2025-07-01,
";
    let (successions, problems) = parse_successions(text);
    // Unit f was divided, and nobody has said how.
    assert_eq!(successions.len(), 6);
    assert_eq!(
        shown(&problems),
        "line 5 share: MoreThanWhole { text: \"d\" }\nline 7 share: MoreThanWhole { text: \"e\" }"
    );
}

#[test]
fn every_mistake_of_a_table_of_units_is_named_and_the_healthy_lines_stay() {
    let text = "\
id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to
P,tinh,tinh,Tỉnh A,40,,,,,
C1,xa,xa,Xã Một,17329,,P,b a b,2025-07-01,
C1,xa,xa,Xã Một lần nữa,,,P,,,
C2,xa,xa,Xã Hai,,,X,,,
C3,xa,xa,Xã Ba,,,P,,2025-07-01,2025-06-30
C4,xa,xa,Xã Bốn,,,P,,01/07/2025,2025-02-30
C5,xa,xa,,,,P,,,
C6,xa,xa,Xã Sáu,,
C7,xa,xa,\"Xã Bảy,,,P,,,

C8,xa,xa,Xã Tám,,,C9,,,
C9,xa,xa,Xã Chín,,,C8,,,
C10,xa,xa,\"Xã Mười, mới\",,,P,,,
";
    let (units, problems) = parse_units(text);
    insta::assert_snapshot!(shown(&problems), @r#"
    line 4 id: Repeated { text: "C1", first_line: 3 }
    line 5 parent: UnknownReference { text: "X" }
    line 6 valid_to: DatesReversed
    line 7 valid_from: NotADate { text: "01/07/2025" }
    line 7 valid_to: NotADate { text: "2025-02-30" }
    line 8 name: Empty
    line 9 -: FieldCount { expected: 10, found: 6 }
    line 10 -: Unreadable
    line 12 parent: Cycle { text: "C9" }
    line 13 parent: Cycle { text: "C8" }
    "#);
    let kept: Vec<String> = units
        .iter()
        .map(|unit| format!("{} {}", unit.id, unit.name))
        .collect();
    assert_eq!(
        kept,
        [
            "P Tỉnh A",
            "C1 Xã Một",
            "C2 Xã Hai",
            "C8 Xã Tám",
            "C9 Xã Chín",
            "C10 Xã Mười, mới"
        ]
    );
    assert_eq!(units[1].tags, ["a", "b"]);
    assert_eq!(units[2].parent, None);
}

#[test]
fn columns_may_stand_in_another_order_and_optional_ones_may_be_missing() {
    let (units, problems) = parse_units(
        "\u{feff}name,item,level,id,valid_to\r\nXa\u{303} Mo\u{302}\u{323}t , xa,xa,C1,\r\n",
    );
    assert_eq!(problems, []);
    assert_eq!(
        (units[0].name.as_str(), units[0].id.as_str()),
        ("Xã Một", "C1")
    );
}

#[test]
fn a_header_without_its_columns_reads_nothing_and_says_why() {
    let (units, problems) = parse_units("id,level,item,nam,id\nC1,xa,xa,Xã Một,C1\n");
    assert_eq!(units, []);
    insta::assert_snapshot!(shown(&problems), @r"
    line 1 nam: UnknownColumn
    line 1 id: RepeatedColumn
    line 1 name: MissingColumn
    ");
    assert_eq!(shown(&parse_units("").1), "line 1 -: NoHeader");
    assert_eq!(shown(&parse_units("\n\n\"id\n").1), "line 3 -: Unreadable");
}

#[test]
fn shares_of_successions_lie_between_nothing_and_all() {
    let (successions, problems) = parse_successions(
        "old,new,date,share,basis\nA,B,2025-07-01,0.55,NQ\nA,C,2025-07-01,1,\nA,D,2025-07-01,0,\nA,E,2025-07-01,\"0,5\",\nA,B,2025-07-01,,\n,F,2025-07-01,,\n",
    );
    insta::assert_snapshot!(shown(&problems), @r#"
    line 3 share: NotANumber { text: "1" }
    line 4 share: NotANumber { text: "0" }
    line 5 share: NotANumber { text: "0,5" }
    line 6 new: Repeated { text: "B", first_line: 2 }
    line 7 old: Empty
    "#);
    assert_eq!(successions.len(), 1);
    assert_eq!(successions[0].share, Number::parse("0.55").ok());
    let missing: Vec<String> = unknown_units(&[], &successions)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(missing, ["A", "B"]);
}

#[test]
fn decisions_say_off_or_work_and_nothing_else() {
    let (decisions, problems) = parse_decisions(
        "date,day,basis\n2026-08-31,off,x\n2026-08-22,work,x\n2026-08-23,nghỉ,x\n2026-08-31,work,y\n",
    );
    assert_eq!(
        decisions
            .iter()
            .map(|decision| decision.off)
            .collect::<Vec<_>>(),
        [true, false]
    );
    insta::assert_snapshot!(shown(&problems), @r#"
    line 4 day: NotAllowed { text: "nghỉ" }
    line 5 date: Repeated { text: "2026-08-31", first_line: 2 }
    "#);
}

#[test]
fn every_mistake_of_a_table_of_plan_values_is_named_and_the_value_in_force_is_found() {
    let text = "\
unit,indicator,year,value,from,basis
C1,THU,2026,400,,
C1,THU,2026,-1.5,2026-07-01,QĐ 2
C1,TY_LE,2026,90%,,
C1,THU,2026,500,,
C1,THU,26,1,,
C1,THU,2026,1.000.000,,
C1,,2026,1,,
C1,THU,2027,1,01/01/2027,
";
    let (values, problems) = parse_plan_values(text);
    insta::assert_snapshot!(shown(&problems), @r#"
    line 5 indicator: Repeated { text: "THU", first_line: 2 }
    line 6 year: NotANumber { text: "26" }
    line 7 value: NotANumber { text: "1.000.000" }
    line 8 indicator: Empty
    line 9 from: NotADate { text: "01/01/2027" }
    "#);
    let mut tables = PlanTables::default();
    tables.add("KH", values);
    let on = |day: Date| -> Vec<String> {
        tables
            .in_force(&UnitId::from("C1"), day)
            .iter()
            .map(|(target, value)| {
                let number = value.value.to_plain(None);
                format!("{target} {} {}: {number}", value.indicator, value.year)
            })
            .collect()
    };
    assert_eq!(
        on(Date::constant(2026, 6, 30)),
        ["KH THU 2026: 400", "KH TY_LE 2026: 0.9"]
    );
    assert_eq!(
        on(Date::constant(2026, 7, 1)),
        ["KH THU 2026: -1.5", "KH TY_LE 2026: 0.9"]
    );
}
