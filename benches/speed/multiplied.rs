//! Sound regimes in which little text stands for much: products of rows and columns, ranges, repeated blocks, chains, and very much of what the other kinds do not have.
//!
//! The same texts on every run. Nothing here is measured.

use crate::anything::size;

const WORDS: &str = "level tinh \"Tỉnh\"\nlevel so \"Sở\" of tinh\nlevel xa \"Xã\" of tinh\nmeasure don \"đơn\"\nagency so_nv \"Sở Nội vụ\" level so\n";

/// One kind: what it is, how its text begins, what is repeated, how it ends.
struct Kind {
    what: &'static str,
    head: String,
    piece: Box<dyn Fn(usize) -> String>,
    tail: &'static str,
}

/// All kinds with a word for what each is.
pub fn texts() -> Vec<(String, String)> {
    let kinds = words().into_iter().chain(headers()).chain(columns());
    let kinds = kinds.chain(rows()).chain(rules()).chain(tests());
    kinds
        .map(|kind| {
            let mut text = kind.head;
            let mut at = 1;
            while text.len() + kind.tail.len() + 200 < size() {
                text.push_str(&(kind.piece)(at));
                at += 1;
            }
            text.push_str(kind.tail);
            (kind.what.to_owned(), text)
        })
        .collect()
}

fn kind(
    what: &'static str,
    head: impl Into<String>,
    piece: impl Fn(usize) -> String + 'static,
    tail: &'static str,
) -> Kind {
    let (head, piece) = (head.into(), Box::new(piece));
    Kind {
        what,
        head,
        piece,
        tail,
    }
}

/// So many of something where a whole file has so many, fewer in a smaller one.
fn share(whole: usize) -> usize {
    (whole * size() / (1024 * 1024)).max(3)
}

/// Numbered pieces one after another.
fn many(whole: usize, piece: impl Fn(usize) -> String) -> String {
    (1..=share(whole)).map(piece).collect()
}

fn regime(version: usize) -> String {
    format!(
        "regime A \"A\" version {version} in force from 01/01/2026 {{\n basis \"A\"\n issuer \"A\"\n reporters xa\n recipient so_nv\n channel system\n sign by leader\n \
         route xa -> so_nv\n window from day 16 of month before to day 15 of last month\n period month\n deadline xa by day 20 of last month\n"
    )
}

fn head() -> String {
    format!("{WORDS}{}", regime(1))
}

fn form() -> String {
    format!(
        "{}form F \"F\" \"F\" {{\n default measure don\n rows each reporting unit\n",
        head()
    )
}

fn written() -> String {
    format!(
        "{}form F \"F\" \"F\" {{\n default measure don\n column A \"A\" shows label\n",
        head()
    )
}

fn catalog(entries: usize) -> String {
    let entries: String = (1..=entries)
        .map(|at| format!("item e{at} \"E{at}\"\n"))
        .collect();
    format!("catalog d \"D\" {{\n{entries}}}\n")
}

fn agencies(whole: usize) -> String {
    many(whole, |at| format!("agency a{at} \"A\" level so\n"))
}

fn words() -> Vec<Kind> {
    vec![
        kind(
            "levels below one another",
            "level a0 \"A\"\n",
            |at| format!("level a{at} \"A\" of a{}\n", at - 1),
            "",
        ),
        kind(
            "deep catalogs",
            "",
            |at| {
                format!(
                    "catalog d{at} \"D\" {{ {}{} }}\n",
                    "item e \"E\" { ".repeat(50),
                    "}".repeat(50)
                )
            },
            "",
        ),
        kind(
            "kinds of period",
            "",
            |at| format!("period kind k{at} \"K\" = month 1 .. month 11\n"),
            "",
        ),
        kind(
            "holidays",
            "calendar c \"C\" {\n",
            |at| format!("holiday \"H{at}\" on 02/09\n"),
            "}\n",
        ),
        kind(
            "targets without tables",
            WORDS,
            |at| format!("target t{at} \"T\" given to xa from \"a.csv\"\n"),
            "",
        ),
        kind(
            "indicators with breakdowns",
            format!("{WORDS}{}", catalog(2)),
            |at| format!("indicator I{at} \"I\" measure don stock broken down by d\n"),
            "",
        ),
        kind(
            "indicators computed from one another",
            format!("{WORDS}indicator I0 \"I\" measure don\n"),
            |at| format!("indicator I{at} \"I\" measure don = I{}\n", at - 1),
            "",
        ),
    ]
}

fn headers() -> Vec<Kind> {
    let routes = format!("{WORDS}{}{}", agencies(8_000), regime(1));
    let senders = many(8_000, |at| format!("a{at}, "));
    vec![
        kind("periods", head(), |_| "period quarter\n".to_owned(), "}\n"),
        kind(
            "declared periods",
            format!(
                "{WORDS}{}{}",
                many(9_000, |at| format!(
                    "period kind k{at} \"K\" = month 1 .. month 11\n"
                )),
                regime(1)
            ),
            |at| format!("period k{at}\n"),
            "}\n",
        ),
        kind(
            "deadlines of agencies",
            routes.clone(),
            |at| format!("deadline a{at} by day 20 of last month\n"),
            "}\n",
        ),
        kind(
            "routes that follow one another",
            routes.clone(),
            |at| format!("route a{at} -> a{}\n", at + 1),
            "}\n",
        ),
        kind(
            "one route of many steps",
            format!("{routes}route xa"),
            |at| format!(" -> a{at}"),
            "\n}\n",
        ),
        kind(
            "one route from many to many",
            format!("{routes}route {senders}xa -> so_nv"),
            |at| format!(", a{at}"),
            "\n}\n",
        ),
        kind(
            "suspensions",
            head(),
            |_| "suspend xa -> so_nv from 01/10/2026 \"s\"\n".to_owned(),
            "}\n",
        ),
        kind(
            "events",
            head(),
            |at| {
                format!(
                    "event e{at} \"E\" {{ field f \"F\" integer; opened by xa; closed by xa }}\n"
                )
            },
            "}\n",
        ),
        kind(
            "sections",
            format!("{}outline {{\n", head()),
            |at| format!("section I \"S\" {{ narrative n{at} \"N\" }}\n"),
            "}\n}\n",
        ),
        kind(
            "versions that take over from one another",
            WORDS,
            |at| {
                let before = match at {
                    1 => String::new(),
                    _ => format!("migrate from version {} {{ same F[1] }}\n", at - 1),
                };
                format!(
                    "{}form F \"F\" \"F\" {{ rows each reporting unit; column 1 a \"A\" measure don }}\n{before}}}\n",
                    regime(at)
                )
            },
            "",
        ),
    ]
}

fn columns() -> Vec<Kind> {
    let list = || format!("{}list L \"L\" \"L\" {{ field f0 \"A\" text\n", head());
    vec![
        kind(
            "columns added to one another",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("column {} c{at} \"C\" = [{at}] + [1]\n", at + 1),
            "}\n}\n",
        ),
        kind(
            "columns that add the two before",
            format!("{}column 1 a \"A\"\ncolumn 2 b \"B\"\n", form()),
            |at| format!("column {} c{at} \"C\" = [{at}] + [{}]\n", at + 2, at + 1),
            "}\n}\n",
        ),
        kind(
            "sums of all columns before",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("column {} c{at} \"C\" = sum([1..{at}])\n", at + 1),
            "}\n}\n",
        ),
        kind(
            "parts of the column before",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("column {} c{at} \"C\" within [{at}]\n", at + 1),
            "}\n}\n",
        ),
        kind(
            "pairs in circles",
            form(),
            |at| {
                format!(
                    "column {0} c{0} \"C\" = [{1}]\ncolumn {1} c{1} \"C\" = [{0}]\n",
                    2 * at,
                    2 * at + 1
                )
            },
            "}\n}\n",
        ),
        kind(
            "names that lead nowhere",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("column {} cot_so_{at} \"C\" = cot_so_x{at}\n", at + 1),
            "}\n}\n",
        ),
        kind(
            "blocks repeated in repeated blocks",
            format!(
                "{}{}{}column 1 a \"A\"{}\n",
                catalog(200),
                form(),
                "group each d \"G\" { ".repeat(4),
                " }".repeat(4)
            ),
            |at| format!("column {} c{at} \"C\"\n", at + 1),
            "}\n}\n",
        ),
        kind(
            "divided columns",
            format!("{}{}column 1 a \"A\"\n", catalog(share(15_000)), form()),
            |at| {
                format!(
                    "group \"G\" split [1] by d {{ column {} e{at} \"C\" }}\n",
                    at + 1
                )
            },
            "}\n}\n",
        ),
        kind(
            "one chain of conditions",
            format!("{}column 1 a \"A\"\ncolumn 2 b \"B\" = ", form()),
            |at| format!("if [1] > {at} then {at} else "),
            "0\n}\n}\n",
        ),
        kind(
            "one chain of equal sides",
            format!("{}column 1 a \"A\"\ncolumn 2 b \"B\" = [1]", form()),
            |_| " = [1]".to_owned(),
            "\n}\n}\n",
        ),
        kind(
            "fields that are the same for one",
            list(),
            |at| format!("field f{at} \"F\" text same for [f0]\n"),
            "key f0 merged\n}\n}\n",
        ),
        kind(
            "counts of rows of a list",
            format!(
                "{}key f0 unique }}\nform F \"F\" \"F\" {{ rows each reporting unit; default measure don\n",
                list()
            ),
            |at| format!("column {at} c{at} \"C\" = count(L where [f0] = \"x\")\n"),
            "}\n}\n",
        ),
    ]
}

fn rows() -> Vec<Kind> {
    let traits = |whole: usize| -> String {
        (1..=whole)
            .map(|at| format!("trait t{at} \"T{at}\"\n"))
            .collect()
    };
    let wide = many(15_000, |at| format!("column {at} c{at} \"C\"\n"));
    let computed: String = (2..=20)
        .map(|at| format!("column {at} c{at} \"C\" = [{}]\n", at - 1))
        .collect();
    let forty: Vec<String> = (1..=40).map(|at| format!("t{at}")).collect();
    vec![
        kind(
            "rows of many columns",
            format!("{}{wide}", written()),
            |at| format!("row r{at} \"R\"\n"),
            "}\n}\n",
        ),
        kind(
            "rows of computed columns",
            format!("{}column 1 c1 \"C\"\n{computed}", written()),
            |at| format!("row r{at} \"R\"\n"),
            "}\n}\n",
        ),
        kind(
            "rows computed from one another",
            format!("{}column 1 c1 \"C\"\nrow r0 \"R\"\n", written()),
            |at| format!("row r{at} \"R\" = row[r{}]\n", at - 1),
            "}\n}\n",
        ),
        kind(
            "rows that add all before",
            format!("{}column 1 c1 \"C\"\nrow r0 \"R\"\n", written()),
            |at| format!("row r{at} \"R\" = sum(row[r0..r{}])\n", at - 1),
            "}\n}\n",
        ),
        kind(
            "rows of one indicator",
            format!(
                "indicator I \"I\" measure don\n{}column 1 c1 \"C\"\n",
                written()
            ),
            |at| format!("row r{at} \"R\" indicator I\n"),
            "}\n}\n",
        ),
        kind(
            "divided rows",
            format!("{}{}column 1 c1 \"C\"\n", catalog(200), written()),
            |at| format!("row r{at} \"R\" split by d\n"),
            "}\n}\n",
        ),
        kind(
            "rows that divide one",
            format!("{}column 1 c1 \"C\"\nrow 0 r0 \"T\" split {{\n", written()),
            |at| format!("row {at} r{at} \"R\"\n"),
            "}\n}\n}\n",
        ),
        kind(
            "rows with forty traits",
            format!("{}{}column 1 c1 \"C\"\n", traits(40), written()),
            {
                let all = forty.join(", ");
                move |at| format!("row r{at} \"R\" of which {all}\n")
            },
            "}\n}\n",
        ),
        kind(
            "one row with many traits",
            format!(
                "{}{}column 1 c1 \"C\"\nrow r0 \"R\" of which t1",
                traits(share(9_000)),
                written()
            ),
            |at| format!(", t{}", at + 1),
            "\n}\n}\n",
        ),
    ]
}

fn rules() -> Vec<Kind> {
    let wide = many(15_000, |at| format!("column {at} c{at} \"C\"\n"));
    let last = share(15_000);
    let high = many(15_000, |at| format!("row r{at} \"R\"\n"));
    vec![
        kind(
            "rules for each of many columns",
            format!("{}{wide}", form()),
            move |at| format!("check C{at} for each [1..{last}]: cell >= 0\n"),
            "}\n}\n",
        ),
        kind(
            "rules over many rows",
            format!("{}column 1 c1 \"C\"\n{high}", written()),
            |at| format!("check C{at}: [1] >= 0\n"),
            "}\n}\n",
        ),
        kind(
            "rules over whole rows",
            format!("{}{wide}row r1 \"R\"\nrow r2 \"R\"\n", written()),
            |at| format!("check C{at}: row[r1] >= row[r2]\n"),
            "}\n}\n",
        ),
        kind(
            "conditions around rules",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("when [1] = {at} {{ check D{at}: [1] > 0 }}\n"),
            "}\n}\n",
        ),
        kind(
            "one long message",
            format!("{}column 1 a \"A\"\ncheck C: [1] <= 9 message \"", form()),
            |_| "x {[1]} ".to_owned(),
            "\"\n}\n}\n",
        ),
        kind(
            "switches of rules that are none",
            format!(
                "{}column 1 a \"A\"\n{}}}\n}}\n",
                form(),
                many(9_000, |at| format!("check C{at}: [1] >= 0\n"))
            ),
            |at| format!("rule A.D{at} off from 01/10/2026 \"s\"\n"),
            "",
        ),
        kind(
            "rules over time",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("check C{at}: [1] >= previous([1])\n"),
            "}\n}\n",
        ),
        kind(
            "columns to date",
            format!("{}column 1 a \"A\"\n", form()),
            |at| format!("column {} c{at} \"C\" = year to date([1])\n", at + 1),
            "}\n}\n",
        ),
    ]
}

fn tests() -> Vec<Kind> {
    let test = format!(
        "{}column 1 a \"A\"\n}}\n test \"t\" {{ period month 5/2026\n reporter \"X\" level xa\n given F {{ 1: 1 }}\n",
        form()
    );
    vec![
        kind(
            "figures of other units",
            test.clone(),
            |at| format!("given F of \"X{at}\" {{ 1: 1 }}\n"),
            "expect valid }\n}\n",
        ),
        kind(
            "expectations",
            test,
            |_| "expect F[1] = 1\n".to_owned(),
            "}\n}\n",
        ),
    ]
}
