//! *Đầy đủ – đúng hạn*: units against periods of one regime, and regimes against periods of one unit, with counts, shares, filters, order and pages.
//!
//! What is on the board the service says; this page narrows and orders it. Broken input: an unknown filter, year or page is as none; an unknown regime is not found.

use crate::calendar::Period;
use crate::organisation::UnitId;
use crate::reports::board::{Mark, MarkKind, Share, Tally};
use crate::service::boards::{BoardCell, BoardRegime, BoardUnit, BoardView};
use crate::service::view::ReportAddress;
use crate::text::normal::without_marks;
use crate::web::chrome::{Area, Choice, Chrome, Crumb, Link, chrome};
use crate::web::office::Office;
use crate::web::pages::collections::vietnamese_order;
use crate::web::pages::{page, report_path};
use crate::web::problem::{Problem, percent_encoded};
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::{self, period_code, pick};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

/// The address of the board.
pub const PATH: &str = "/dung-han";

/// So many units stand on a page.
const UNITS_OF_A_PAGE: usize = 100;

/// The kinds of marks by their names in addresses, with their words.
const KINDS: [(MarkKind, &str, &str); 7] = [
    (MarkKind::OnTime, "dung-han", "mark-on-time"),
    (MarkKind::Late, "tre", "mark-late"),
    (MarkKind::Returned, "tra-lai", "mark-returned"),
    (MarkKind::Overdue, "qua-han", "mark-overdue"),
    (MarkKind::Waiting, "chua-gui", "mark-waiting"),
    (MarkKind::Exempted, "mien", "mark-exempted"),
    (MarkKind::NotOwed, "khong-phai", "mark-not-owed"),
];

/// The orders by their names in addresses.
const ORDERS: [(Order, &str, &str); 3] = [
    (Order::Name, "", "order-name"),
    (Order::LeastPunctual, "it-dung-han", "order-punctual"),
    (Order::MostMissing, "con-thieu", "order-missing"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Name,
    LeastPunctual,
    MostMissing,
}

/// What a person asks of the board, as it stands in the address.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    regime: String,
    year: String,
    level: String,
    parent: String,
    state: String,
    text: String,
    order: String,
    page: usize,
}

impl Asked {
    /// Reads a query.
    pub fn of(query: &str) -> Asked {
        let value = |name: &str| query_value(query, name).unwrap_or_default();
        Asked {
            regime: value("che_do"),
            year: value("nam"),
            level: value("cap"),
            parent: value("thuoc"),
            state: value("tinh_trang"),
            text: value("tim"),
            order: value("sap"),
            page: value("trang").parse().unwrap_or(1).max(1),
        }
    }

    /// The regime named, if any.
    pub fn regime(&self) -> Option<&str> {
        Some(self.regime.as_str()).filter(|name| !name.is_empty())
    }

    /// The year named, if any.
    pub fn year(&self) -> Option<i16> {
        self.year.parse().ok()
    }

    fn kind(&self) -> Option<MarkKind> {
        let named = KINDS.iter().find(|(_, code, _)| *code == self.state);
        named.map(|(kind, _, _)| *kind)
    }

    fn order(&self) -> Order {
        let named = ORDERS.iter().find(|(_, code, _)| *code == self.order);
        named.map_or(Order::Name, |(order, _, _)| *order)
    }

    fn query(&self) -> String {
        let parts = [
            ("che_do", &self.regime),
            ("nam", &self.year),
            ("cap", &self.level),
            ("thuoc", &self.parent),
            ("tinh_trang", &self.state),
            ("tim", &self.text),
            ("sap", &self.order),
        ];
        let parts = parts.iter().filter(|(_, value)| !value.is_empty());
        let parts: Vec<String> = parts
            .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
            .collect();
        parts.join("&")
    }

    /// Whether a unit of the board is asked for.
    fn takes(&self, unit: &BoardUnit) -> bool {
        let level = self.level.is_empty() || unit.level == self.level;
        let parent = self.parent.is_empty()
            || unit.parent.as_ref().map(UnitId::as_str) == Some(self.parent.as_str());
        let state = self.kind().is_none_or(|kind| {
            let mut marks = unit.cells.iter().map(|cell| cell.mark.mark.kind());
            marks.any(|found| found == kind)
        });
        level && parent && state && holds(&unit.name, &self.text)
    }
}

/// Whether a name holds all that was typed, whatever the marks and capitals.
fn holds(name: &str, typed: &str) -> bool {
    let (name, typed) = (folded(name), folded(typed));
    typed.split_whitespace().all(|word| name.contains(word))
}

fn folded(text: &str) -> String {
    without_marks(&text.to_lowercase())
}

/// The units of a board that are asked for, in the order asked for.
pub fn chosen<'v>(view: &'v BoardView, asked: &Asked) -> Vec<&'v BoardUnit> {
    let mut kinds: Vec<&str> = Vec::new();
    for unit in &view.units {
        if !kinds.contains(&unit.kind.as_str()) {
            kinds.push(&unit.kind);
        }
    }
    let mut units: Vec<(&BoardUnit, Tally)> = view
        .units
        .iter()
        .filter(|unit| asked.takes(unit))
        .map(|unit| (unit, tally(unit)))
        .collect();
    let order = vietnamese_order();
    let by_name = |left: &BoardUnit, right: &BoardUnit| {
        let kind = |unit: &BoardUnit| kinds.iter().position(|kind| *kind == unit.kind);
        let names = match &order {
            Some(order) => order.compare(&left.name, &right.name),
            None => left.name.cmp(&right.name),
        };
        kind(left).cmp(&kind(right)).then(names)
    };
    units.sort_by(|(left, of_left), (right, of_right)| {
        let first = match asked.order() {
            Order::Name => std::cmp::Ordering::Equal,
            // Where nothing counts yet nobody is the least punctual.
            Order::LeastPunctual => {
                let share = |tally: &Tally| (tally.punctual().is_none(), tally.punctual());
                share(of_left).cmp(&share(of_right))
            }
            Order::MostMissing => {
                let missing = |tally: &Tally| tally.overdue + tally.returned;
                missing(of_right).cmp(&missing(of_left))
            }
        };
        first.then_with(|| by_name(left, right))
    });
    units.into_iter().map(|(unit, _)| unit).collect()
}

/// The counts of one unit.
pub fn tally(unit: &BoardUnit) -> Tally {
    let mut tally = Tally::default();
    for cell in &unit.cells {
        tally.add(cell.mark.mark);
    }
    tally
}

#[derive(Serialize)]
struct BoardPage {
    chrome: Chrome,
    title: String,
    regimes: Vec<Choice>,
    years: Vec<Choice>,
    levels: Vec<Choice>,
    parents: Vec<Choice>,
    states: Vec<Choice>,
    orders: Vec<Choice>,
    typed: String,
    caption: String,
    periods: Vec<PeriodHead>,
    shown: Vec<UnitLine>,
    whole: TallyLine,
    by_level: Vec<LevelLine>,
    pages: Vec<Link>,
    files: Vec<Link>,
}

#[derive(Serialize)]
struct PeriodHead {
    label: String,
    tally: TallyLine,
    remind: Option<String>,
}

#[derive(Serialize)]
struct UnitLine {
    id: String,
    href: String,
    name: String,
    kind: String,
    cells: Vec<CellView>,
    tally: TallyLine,
}

#[derive(Serialize)]
struct LevelLine {
    name: String,
    tally: TallyLine,
}

/// A cell of a board in words.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    text: String,
    class: &'static str,
    title: String,
    notes: Vec<String>,
    href: Option<String>,
}

/// Counts in words.
#[derive(Debug, Clone, Serialize)]
pub struct TallyLine {
    owed: usize,
    sent: usize,
    on_time: usize,
    late: usize,
    returned: usize,
    overdue: usize,
    waiting: usize,
    exempted: usize,
    complete: String,
    punctual: String,
}

impl TallyLine {
    fn of(tally: &Tally) -> TallyLine {
        let shown = |share: Option<Share>| share.map_or_else(|| "–".to_string(), Share::shown);
        TallyLine {
            owed: tally.owed(),
            sent: tally.sent(),
            on_time: tally.on_time,
            late: tally.late,
            returned: tally.returned,
            overdue: tally.overdue,
            waiting: tally.waiting,
            exempted: tally.exempted,
            complete: shown(tally.complete()),
            punctual: shown(tally.punctual()),
        }
    }
}

/// `GET /dung-han`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let asked = Asked::of(&person.visitor.query);
    let view = read(&office, &person, &asked).await?;
    let language = person.language();
    let crumbs = vec![Crumb::here(plain(language, "boards"))];
    let chrome = chrome(&office, &person.visitor, Area::Boards, crumbs).wide();
    page(
        "board.html",
        &board(&office, language, chrome, asked, &view),
    )
}

/// The board that is asked for.
pub async fn read(office: &Office, person: &SignedIn, asked: &Asked) -> Result<BoardView, Problem> {
    let (actor, now) = (person.actor.clone(), office.now());
    let (regime, year) = (asked.regime().map(str::to_string), asked.year());
    office
        .run(move |service| service.board(&actor, regime.as_deref(), year, now))
        .await
}

fn board(
    office: &Office,
    language: Language,
    chrome: Chrome,
    mut asked: Asked,
    view: &BoardView,
) -> BoardPage {
    asked.regime.clone_from(&view.regime);
    asked.year = view.year.to_string();
    let units = chosen(view, &asked);
    let number_of_pages = units.len().div_ceil(UNITS_OF_A_PAGE).max(1);
    let current = asked.page.min(number_of_pages);
    let mut whole = Tally::default();
    let mut of_periods = vec![Tally::default(); view.periods.len()];
    let mut of_kinds: Vec<(&str, Tally)> = Vec::new();
    for unit in &units {
        if !of_kinds.iter().any(|(kind, _)| *kind == unit.kind) {
            of_kinds.push((&unit.kind, Tally::default()));
        }
        let mut of_kind = of_kinds.iter_mut().find(|(kind, _)| *kind == unit.kind);
        for (cell, of_period) in unit.cells.iter().zip(&mut of_periods) {
            whole.add(cell.mark.mark);
            of_period.add(cell.mark.mark);
            if let Some((_, tally)) = &mut of_kind {
                tally.add(cell.mark.mark);
            }
        }
    }
    let base = asked.query();
    let skipped = (current - 1) * UNITS_OF_A_PAGE;
    let periods = view.periods.iter().zip(&of_periods);
    let periods = periods.map(|(period, tally)| PeriodHead {
        label: office.period_name(language, &view.regime, period),
        tally: TallyLine::of(tally),
        remind: view
            .remindable
            .contains(period)
            .then(|| remind_path(&view.regime, period)),
    });
    let line = |unit: &&BoardUnit| UnitLine {
        id: unit.unit.to_string(),
        href: format!("{PATH}/don-vi/{}", percent_encoded(unit.unit.as_str())),
        name: unit.name.clone(),
        kind: unit.kind.clone(),
        cells: unit
            .cells
            .iter()
            .zip(&view.periods)
            .map(|(cell, period)| cell_view(language, (&view.regime, period, &unit.unit), cell))
            .collect(),
        tally: TallyLine::of(&tally(unit)),
    };
    let caption = [
        ("shown", units.len().into()),
        ("total", view.units.len().into()),
    ];
    BoardPage {
        title: view.title.clone(),
        regimes: choices(
            view.regimes
                .iter()
                .map(|(name, title)| (name.clone(), title.clone())),
            &view.regime,
        ),
        years: choices(
            view.years
                .iter()
                .map(|year| (year.to_string(), year.to_string())),
            &asked.year,
        ),
        levels: levels(language, view, &asked),
        parents: parents(language, view, &asked),
        states: choices(
            std::iter::once((String::new(), plain(language, "board-any-state"))).chain(
                KINDS
                    .iter()
                    .map(|(_, code, key)| (code.to_string(), plain(language, key))),
            ),
            &asked.state,
        ),
        orders: choices(
            ORDERS
                .iter()
                .map(|(_, code, key)| (code.to_string(), plain(language, key))),
            &asked.order,
        ),
        typed: asked.text.clone(),
        caption: worded(language, "boards-caption", &caption),
        periods: periods.collect(),
        shown: units
            .iter()
            .skip(skipped)
            .take(UNITS_OF_A_PAGE)
            .map(line)
            .collect(),
        whole: TallyLine::of(&whole),
        by_level: of_kinds
            .iter()
            .map(|(kind, tally)| LevelLine {
                name: kind.to_string(),
                tally: TallyLine::of(tally),
            })
            .collect(),
        pages: (1..=number_of_pages)
            .filter(|_| number_of_pages > 1)
            .map(|number| Link {
                href: format!("{PATH}?{base}&trang={number}"),
                label: number.to_string(),
                current: number == current,
            })
            .collect(),
        files: ["xlsx", "csv"]
            .map(|format| Link {
                href: format!("{PATH}/tep/{format}?{base}"),
                label: worded(
                    language,
                    "board-file",
                    &[("format", format.to_uppercase().into())],
                ),
                current: false,
            })
            .to_vec(),
        chrome,
    }
}

/// Where units are reminded of a period.
pub fn remind_path(regime: &str, period: &Period) -> String {
    format!(
        "{PATH}/{}/{}/nhac",
        percent_encoded(regime),
        period_code(period)
    )
}

fn choices(options: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    options
        .map(|(value, label)| Choice {
            selected: value == chosen,
            value,
            label,
        })
        .collect()
}

fn levels(language: Language, view: &BoardView, asked: &Asked) -> Vec<Choice> {
    let mut known: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for unit in &view.units {
        let labels = known.entry(unit.level.clone()).or_default();
        if !labels.contains(&unit.kind.as_str()) {
            labels.push(&unit.kind);
        }
    }
    let all = std::iter::once((String::new(), plain(language, "board-any-level")));
    let known = known
        .into_iter()
        .map(|(level, labels)| (level, labels.join(", ")));
    choices(all.chain(known), &asked.level)
}

fn parents(language: Language, view: &BoardView, asked: &Asked) -> Vec<Choice> {
    let known: BTreeMap<String, String> = view
        .units
        .iter()
        .filter_map(|unit| Some((unit.parent.as_ref()?.to_string(), unit.parent_name.clone())))
        .collect();
    let all = std::iter::once((String::new(), plain(language, "board-any-parent")));
    choices(all.chain(known), &asked.parent)
}

/// A cell in words: what it says in short, what it says in full, and where it leads.
pub fn cell_view(
    language: Language,
    (regime, period, unit): (&str, &Period, &UnitId),
    cell: &BoardCell,
) -> CellView {
    let mark = cell.mark;
    let class = match mark.mark.kind() {
        MarkKind::OnTime => "mark-on-time",
        MarkKind::Late => "mark-late",
        MarkKind::Returned => "mark-returned",
        MarkKind::Overdue => "mark-overdue",
        MarkKind::Waiting => "mark-waiting",
        MarkKind::Exempted | MarkKind::NotOwed => "mark-none",
    };
    let mut notes = Vec::new();
    let mut note = |holds: bool, key: &str| {
        if holds {
            notes.push(plain(language, key));
        }
    };
    note(mark.accepted, "mark-accepted");
    note(mark.extended, "mark-extended");
    note(mark.locked, "mark-locked");
    let owed = !matches!(mark.mark, Mark::NotOwed | Mark::Exempted);
    let mut title = Vec::new();
    if owed {
        title.push(match mark.due {
            Some(due) => worded(language, "due-on", &[("date", words::due(due).into())]),
            None => plain(language, "due-unset"),
        });
    }
    if let Some(at) = cell.sent_at {
        title.push(worded(
            language,
            "mark-sent-at",
            &[("when", words::moment(at).into())],
        ));
    }
    let address = ReportAddress {
        regime: regime.to_string(),
        period: *period,
        unit: unit.clone(),
    };
    CellView {
        text: pick(language, mark.mark.wording()),
        class,
        title: title.join(", "),
        notes,
        href: (cell.may_open && owed).then(|| report_path(&address)),
    }
}

#[derive(Serialize)]
struct UnitPage {
    chrome: Chrome,
    unit: String,
    regimes: Vec<RegimeLine>,
}

#[derive(Serialize)]
struct RegimeLine {
    title: String,
    tally: TallyLine,
    cells: Vec<PeriodCell>,
}

#[derive(Serialize)]
struct PeriodCell {
    period: String,
    cell: CellView,
}

/// `GET /dung-han/don-vi/{unit}`
pub async fn of_unit(
    State(office): State<Office>,
    person: SignedIn,
    Path(unit): Path<String>,
) -> Result<Response, Problem> {
    let (actor, now, unit) = (person.actor.clone(), office.now(), UnitId(unit));
    let (name, found) = {
        let unit = unit.clone();
        office
            .run(move |service| service.board_of_unit(&actor, &unit, now))
            .await?
    };
    let language = person.language();
    let crumbs = vec![
        Crumb::to(PATH, plain(language, "boards")),
        Crumb::here(name.clone()),
    ];
    let regime = |one: &BoardRegime| {
        let mut tally = Tally::default();
        for (_, cell) in &one.cells {
            tally.add(cell.mark.mark);
        }
        // The newest period is what a reader looks for.
        let cells = one.cells.iter().rev().map(|(period, cell)| PeriodCell {
            period: office.period_name(language, &one.regime, period),
            cell: cell_view(language, (&one.regime, period, &unit), cell),
        });
        RegimeLine {
            title: one.title.clone(),
            tally: TallyLine::of(&tally),
            cells: cells.collect(),
        }
    };
    let view = UnitPage {
        chrome: chrome(&office, &person.visitor, Area::Boards, crumbs),
        unit: name,
        regimes: found.iter().map(regime).collect(),
    };
    page("board_unit.html", &view)
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_name_is_found_by_words_typed_without_marks() {
        assert!(holds("Xã Đô Lương", "do luong"));
        assert!(holds("Xã Đô Lương", "LƯƠNG xa"));
        assert!(holds("Xã Đô Lương", ""));
        assert!(!holds("Xã Đô Lương", "anh son"));
    }
}
