//! The words for changes of units: what is other, what does not fit, why a reform cannot be.
//!
//! Data comes from `organisation`; only wording stands here. Broken input: a unit without a name is called by its identity.

use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::eval::restate::Passing;
use crate::organisation::codes::CodeSystem;
use crate::organisation::difference::{Change, FactChange};
use crate::organisation::reform::ReformFault;
use crate::organisation::unit_tables::{TablesFault, UnitTable};
use crate::organisation::{Link, Succession, UnitId};
use crate::plan::Bilingual;
use crate::reports::refusal::MOST_SHOWN;
use crate::service::unit_changes::UnitsFault;
use std::collections::BTreeMap;

/// Names of units by identity.
pub type Names = BTreeMap<UnitId, String>;

fn words(vi: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual {
        vi: vi.into(),
        en: en.into(),
    }
}

/// `Xã Anh Sơn (C17329.2025)`
pub fn named(names: &Names, unit: &UnitId) -> String {
    match names.get(unit) {
        Some(name) => format!("{name} ({unit})"),
        None => unit.to_string(),
    }
}

/// From when to when, in words; the empty range is always.
pub fn dates(from: Option<Date>, until: Option<Date>) -> Bilingual {
    match (from.map(show_date), until.map(show_date)) {
        (None, None) => words("không ghi ngày", "no dates"),
        (Some(from), None) => words(format!("từ {from}"), format!("from {from}")),
        (None, Some(until)) => words(format!("đến hết {until}"), format!("until {until}")),
        (Some(from), Some(until)) => words(
            format!("từ {from} đến hết {until}"),
            format!("from {from} until {until}"),
        ),
    }
}

impl CodeSystem {
    /// The system in words.
    pub fn wording(self) -> Bilingual {
        match self {
            CodeSystem::Area => words("Mã đơn vị hành chính", "Territorial code"),
            CodeSystem::Agency => words(
                "Mã định danh điện tử (QĐ 20/2020/QĐ-TTg)",
                "Agency identifier (Decision 20/2020/QĐ-TTg)",
            ),
            CodeSystem::Agency102 => words(
                "Mã định danh cũ (QCVN 102:2016)",
                "Former identifier (QCVN 102:2016)",
            ),
        }
    }
}

impl UnitTable {
    /// What people call the table.
    pub fn wording(self) -> Bilingual {
        crate::service::unit_changes::table_of(self).wording()
    }
}

/// One difference in words, with a mark of its kind for the page: `added`, `removed`, `closed`, `changed`.
pub fn change(change: &Change, names: &Names) -> (&'static str, Bilingual) {
    match change {
        Change::Added(unit) => {
            let days = dates(unit.valid_from, unit.valid_to);
            let name = named(names, &unit.id);
            (
                "added",
                words(
                    format!("Thêm {name}, {}", days.vi),
                    format!("New: {name}, {}", days.en),
                ),
            )
        }
        Change::Removed(unit) => {
            let name = named(names, &unit.id);
            (
                "removed",
                words(
                    format!("Xóa khỏi danh sách: {name}"),
                    format!("Taken from the list: {name}"),
                ),
            )
        }
        Change::Unit { unit, facts, .. } => {
            let told: Vec<Bilingual> = facts.iter().map(|one| fact(one, names)).collect();
            let vi: Vec<&str> = told.iter().map(|one| one.vi.as_str()).collect();
            let en: Vec<&str> = told.iter().map(|one| one.en.as_str()).collect();
            let closes = facts
                .iter()
                .any(|one| matches!(one, FactChange::Ended(_, Some(_))));
            let name = named(names, unit);
            (
                if closes { "closed" } else { "changed" },
                words(
                    format!("{name}: {}", vi.join("; ")),
                    format!("{name}: {}", en.join("; ")),
                ),
            )
        }
        Change::LinkAdded(link) => ("added", link_words(link, names, "Thêm", "New")),
        Change::LinkRemoved(link) => ("removed", link_words(link, names, "Bỏ", "Removed")),
        Change::SuccessionAdded(row) => ("added", succession(row, names, "Thêm", "New")),
        Change::SuccessionRemoved(row) => ("removed", succession(row, names, "Bỏ", "Removed")),
        Change::CodeAdded(code) | Change::CodeRemoved(code) => {
            let added = matches!(change, Change::CodeAdded(_));
            let (vi, en) = if added {
                ("Thêm", "New")
            } else {
                ("Bỏ", "Removed")
            };
            let (name, system) = (named(names, &code.unit), code.system.wording());
            let days = dates(code.from, code.until);
            (
                if added { "added" } else { "removed" },
                words(
                    format!(
                        "{vi} mã {} của {name} ({}), {}",
                        code.code, system.vi, days.vi
                    ),
                    format!(
                        "{en} code {} of {name} ({}), {}",
                        code.code, system.en, days.en
                    ),
                ),
            )
        }
    }
}

fn link_words(link: &Link, names: &Names, vi: &str, en: &str) -> Bilingual {
    let (child, parent) = (named(names, &link.child), named(names, &link.parent));
    let days = dates(link.from, link.until);
    words(
        format!("{vi} liên hệ: {child} thuộc {parent}, {}", days.vi),
        format!("{en} link: {child} below {parent}, {}", days.en),
    )
}

fn succession(row: &Succession, names: &Names, vi: &str, en: &str) -> Bilingual {
    let (old, new) = (named(names, &row.old), named(names, &row.new));
    let day = show_date(row.date);
    let share = row
        .share
        .as_ref()
        .map(|share| share.to_vietnamese(share.decimals().unwrap_or(6)));
    let part = share.as_ref().map_or(words("", ""), |share| {
        words(format!(", phần {share}"), format!(", share {share}"))
    });
    words(
        format!("{vi} kế thừa: {new} nhận từ {old} ngày {day}{}", part.vi),
        format!(
            "{en} succession: {new} takes over from {old} on {day}{}",
            part.en
        ),
    )
}

fn fact(fact: &FactChange, names: &Names) -> Bilingual {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let unit = |unit: &Option<UnitId>| {
        unit.as_ref()
            .map_or_else(|| "–".to_owned(), |unit| named(names, unit))
    };
    let pairs = |all: &BTreeMap<String, String>| {
        let all: Vec<String> = all
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        all.join(" ")
    };
    let arrow = |vi: &str, en: &str, from: String, to: String| {
        words(
            format!("{vi}: {from} → {to}"),
            format!("{en}: {from} → {to}"),
        )
    };
    let day = |day: &Option<Date>| day.map_or_else(|| "–".to_owned(), show_date);
    match fact {
        FactChange::Began(from, to) => arrow("ngày đầu", "first day", day(from), day(to)),
        FactChange::Ended(None, Some(to)) => words(
            format!("kết thúc sau ngày {}", show_date(*to)),
            format!("ends after {}", show_date(*to)),
        ),
        FactChange::Ended(from, to) => arrow("ngày cuối", "last day", day(from), day(to)),
        FactChange::Renamed(from, to) => arrow("đổi tên", "renamed", from.clone(), to.clone()),
        FactChange::Kind(from, to) => arrow(
            "loại",
            "kind",
            format!("{}/{}", from.0, from.1),
            format!("{}/{}", to.0, to.1),
        ),
        FactChange::Moved(from, to) => arrow("thuộc", "below", unit(from), unit(to)),
        FactChange::Code(from, to) => arrow("mã", "code", or_none(from), or_none(to)),
        FactChange::Agency(from, to) => arrow("cơ quan", "agency", or_none(from), or_none(to)),
        FactChange::Tags(from, to) => arrow("nhãn", "tags", from.join(" "), to.join(" ")),
        FactChange::Attributes(from, to) => {
            arrow("thuộc tính", "attributes", pairs(from), pairs(to))
        }
    }
}

/// How the figures of a unit that ends go over, in words.
pub fn passing(passing: &Passing, heirs: &[String]) -> Bilingual {
    let heirs = heirs.join(", ");
    match passing {
        Passing::Stays => words(
            "không có đơn vị kế thừa: số liệu cũ chỉ xem theo ranh giới khi đó",
            "nobody takes over: its figures stand as then only",
        ),
        Passing::Whole(_) => words(
            format!("toàn bộ về {heirs}: so sánh được theo ranh giới mới"),
            format!("all goes to {heirs}: comparable in the new boundaries"),
        ),
        Passing::Divided(_) => words(
            format!("chia theo tỷ lệ cho {heirs}: số liệu cũ theo ranh giới mới là ước tính"),
            format!(
                "divided by shares among {heirs}: past figures in the new boundaries are estimates"
            ),
        ),
        Passing::Undeclared(_) => words(
            format!(
                "chia cho {heirs}, chưa có tỷ lệ: số liệu cũ không ghép vào đơn vị mới, để thành phần dư"
            ),
            format!(
                "divided among {heirs} without shares: past figures cannot be assigned and stay a residual"
            ),
        ),
    }
}

/// A fault across the tables, in words.
pub fn tables_fault(fault: &TablesFault, names: &Names) -> Bilingual {
    match fault {
        TablesFault::UnknownUnit { table, unit } => {
            let table = table.wording();
            words(
                format!(
                    "{}: đơn vị {unit} không có trong danh sách đơn vị",
                    table.vi
                ),
                format!("{}: the list of units has no {unit}", table.en),
            )
        }
        TablesFault::Circle { unit, date } => {
            let (unit, date) = (named(names, unit), show_date(*date));
            words(
                format!("{unit} lại thuộc chính mình vào ngày {date}"),
                format!("{unit} lies below itself on {date}"),
            )
        }
        TablesFault::NothingAbove { unit, parent, date } => {
            let (unit, parent) = (named(names, unit), named(names, parent));
            let date = show_date(*date);
            words(
                format!("{unit} thuộc {parent}, nhưng ngày {date} đơn vị này không tồn tại"),
                format!("{unit} lies below {parent}, which does not exist on {date}"),
            )
        }
        TablesFault::HeirNotThere { unit, date } => {
            let (unit, date) = (named(names, unit), show_date(*date));
            words(
                format!("{unit} nhận bàn giao ngày {date} nhưng không tồn tại vào ngày đó"),
                format!("{unit} takes over on {date} but does not exist on that day"),
            )
        }
        TablesFault::WholeTwice { unit, date } => {
            let (unit, date) = (named(names, unit), show_date(*date));
            words(
                format!("{unit} ngày {date} vừa chuyển toàn bộ vừa chuyển một phần"),
                format!("{unit} goes over on {date} both as a whole and in part"),
            )
        }
    }
}

/// Why a reform cannot be, in words.
pub fn reform_fault(fault: &ReformFault, names: &Names) -> Bilingual {
    let name = |unit: &UnitId| named(names, unit);
    match fault {
        ReformFault::TooFew { needed } => words(
            format!("Cần chọn ít nhất {needed} đơn vị."),
            format!("At least {needed} units are needed."),
        ),
        ReformFault::Twice(unit) => words(
            format!("{} được chọn hai lần.", name(unit)),
            format!("{} is named twice.", name(unit)),
        ),
        ReformFault::Unknown(unit) => words(
            format!("Không có đơn vị {unit}."),
            format!("There is no unit {unit}."),
        ),
        ReformFault::NotThere(unit) => words(
            format!("{} không tồn tại vào ngày sắp xếp.", name(unit)),
            format!("{} does not exist at the day of the reform.", name(unit)),
        ),
        ReformFault::AlreadyEnding(unit) => words(
            format!("{} đã có ngày kết thúc trong danh sách.", name(unit)),
            format!("{} already has a last day.", name(unit)),
        ),
        ReformFault::NoName => words("Chưa ghi tên đơn vị mới.", "The new unit has no name."),
        ReformFault::NoBasis => words(
            "Chưa ghi nghị quyết, quyết định làm căn cứ.",
            "The document it rests on is not named.",
        ),
        ReformFault::BadCode(code) => words(
            format!("Mã {code} không đúng dạng."),
            format!("{code} is not of the shape of such a code."),
        ),
        ReformFault::CodeTaken { code, by } => words(
            format!("Mã {code} đang là của {} vào ngày đó.", name(by)),
            format!("The code {code} is that of {} on that day.", name(by)),
        ),
        ReformFault::SameCode(code) => words(
            format!("Đơn vị đã có mã {code}."),
            format!("The unit already bears {code}."),
        ),
        ReformFault::SharesIncomplete => words(
            "Tỷ lệ phải ghi cho mọi phần hoặc không ghi phần nào.",
            "Either all parts have a share or none.",
        ),
        ReformFault::SharesNotWhole(sum) => {
            let sum = sum.to_vietnamese(sum.decimals().unwrap_or(6));
            words(
                format!("Các tỷ lệ cộng lại phải bằng 1, đang là {sum}."),
                format!("The shares have to come to 1; they come to {sum}."),
            )
        }
        ReformFault::BadShare(share) => {
            let share = share.to_vietnamese(share.decimals().unwrap_or(6));
            words(
                format!("Tỷ lệ phải lớn hơn 0 và nhỏ hơn 1, không phải {share}."),
                format!("A share lies above 0 and below 1, which {share} does not."),
            )
        }
        ReformFault::HasChildren { unit, count } => words(
            format!(
                "{} còn {count} đơn vị trực thuộc; hãy chuyển các đơn vị đó trước.",
                name(unit)
            ),
            format!("{count} units hang below {}; move them first.", name(unit)),
        ),
        ReformFault::EmptyLevel(level) => words(
            format!("Không có đơn vị nào thuộc cấp `{level}` vào ngày đó."),
            format!("No unit of the level `{level}` exists on that day."),
        ),
        ReformFault::BadParent(unit) => words(
            format!(
                "{} kết thúc cùng ngày nên không nhận được đơn vị khác.",
                name(unit)
            ),
            format!(
                "{} ends on that day and cannot take anything over.",
                name(unit)
            ),
        ),
        ReformFault::LaterLink(unit) => words(
            format!("{} đã có liên hệ khác bắt đầu sau ngày đó.", name(unit)),
            format!("{} has another link that begins later.", name(unit)),
        ),
    }
}

impl UnitsFault {
    /// The words for the person who asked.
    pub fn wording(&self) -> Bilingual {
        match self {
            UnitsFault::NoReason => words(
                "Phải ghi lý do hoặc văn bản làm căn cứ.",
                "Say why, or on which document it rests.",
            ),
            UnitsFault::TooLong => words(
                format!("Lý do dài quá {MOST_SHOWN} ký tự."),
                format!("The reason is longer than {MOST_SHOWN} characters."),
            ),
            UnitsFault::Nothing => words(
                "Không có gì khác với dữ liệu đang áp dụng.",
                "Nothing is other than what is in force.",
            ),
            UnitsFault::NotSound => words(
                "Dữ liệu còn lỗi nên chưa áp dụng được.",
                "There are mistakes; nothing was put into force.",
            ),
            UnitsFault::ChangedSince => words(
                "Dữ liệu đã thay đổi kể từ khi xem trước; hãy xem lại rồi xác nhận.",
                "It has changed since it was shown; look at it again and confirm.",
            ),
            UnitsFault::Reform(faults) => {
                let told: Vec<Bilingual> = faults
                    .iter()
                    .map(|fault| reform_fault(fault, &Names::new()))
                    .collect();
                let vi: Vec<&str> = told.iter().map(|one| one.vi.as_str()).collect();
                let en: Vec<&str> = told.iter().map(|one| one.en.as_str()).collect();
                words(vi.join(" "), en.join(" "))
            }
        }
    }
}
