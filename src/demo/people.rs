//! The people of the demonstration: eight accounts to sign in with, and an officer and a head in every other unit, all invented.
//!
//! It does not know passwords; the caller gives one hash for all. Broken input: two units with one name get different account names.

use crate::demo::chance::Chance;
use crate::organisation::{Unit, UnitId};
use crate::reports::permission::{Actor, Grant, Role};
use crate::text::normal::without_marks;
use std::collections::BTreeSet;

/// Xã Anh Sơn, whose year report is left open.
pub const ANH_SON: &str = "C17329.2025";

const FAMILY: [&str; 10] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Hồ", "Cao",
];
const MIDDLE: [&str; 8] = ["Thị", "Văn", "Minh", "Thanh", "Đức", "Thu", "Quốc", "Hồng"];
const GIVEN: [&str; 14] = [
    "Hoa", "Hùng", "Lan", "Sơn", "Bình", "Hà", "Dũng", "Mai", "Tuấn", "Ngọc", "Thủy", "Long",
    "Yến", "Phúc",
];

/// The officer and the head of one unit.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The unit.
    pub unit: UnitId,
    /// Fills in.
    pub officer: Actor,
    /// Approves and sends.
    pub head: Actor,
}

/// The accounts of the province's own desks: account, name, role, unit of the role.
pub fn desks() -> Vec<Actor> {
    let desk = |user: &str, name: &str, roles: &[Role], unit: &str| Actor {
        user: user.to_string(),
        name: name.to_string(),
        grants: roles
            .iter()
            .map(|role| Grant::always(*role, UnitId(unit.to_string())))
            .collect(),
        lent: Vec::new(),
    };
    vec![
        desk(
            "tonghop.vanphong",
            "Lê Thu Hà",
            &[Role::Aggregator],
            "P40-vp_ubnd_tinh",
        ),
        desk(
            "tonghop.thanhtra",
            "Trần Quốc Bình",
            &[Role::Aggregator],
            "P40-thanh_tra_tinh",
        ),
        desk(
            "chanhvanphong",
            "Đặng Minh Sơn",
            &[Role::HeadOfUnit],
            "P40-vp_ubnd_tinh",
        ),
        desk("lanhdao.tinh", "Phạm Minh Tuấn", &[Role::Leader], "P40"),
        desk(
            "tacgia.vanphong",
            "Hoàng Thanh Mai",
            &[Role::Author],
            "P40-vp_ubnd_tinh",
        ),
        desk(
            "quantri",
            "Cao Đức Long",
            &[Role::Administrator, Role::Publisher],
            "P40",
        ),
    ]
}

/// The officer and head of every unit that reports.
pub fn staff<'a>(units: impl IntoIterator<Item = &'a Unit>) -> Vec<Staff> {
    let mut taken = BTreeSet::new();
    units
        .into_iter()
        .map(|unit| {
            let mut short = short_name(unit);
            if !taken.insert(short.clone()) {
                short = format!(
                    "{short}.{}",
                    unit.area_code.as_deref().unwrap_or(unit.id.as_str())
                );
                taken.insert(short.clone());
            }
            let person = |prefix: &str, role: Role| Actor {
                user: format!("{prefix}.{short}"),
                name: person_name(&Chance::of(&["people", unit.id.as_str(), prefix])),
                grants: vec![Grant::always(role, unit.id.clone())],
                lent: Vec::new(),
            };
            Staff {
                unit: unit.id.clone(),
                officer: person("canbo", Role::Officer),
                head: person("chutich", Role::HeadOfUnit),
            }
        })
        .collect()
}

/// `Xã Anh Sơn` → `anhson`; a department by the name of its agency.
fn short_name(unit: &Unit) -> String {
    if let Some(agency) = &unit.agency {
        return agency.replace('_', "");
    }
    let name = without_marks(&unit.name).to_lowercase();
    let name = ["xa ", "phuong ", "thi tran ", "dac khu "]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .unwrap_or(&name);
    name.chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .collect()
}

fn person_name(chance: &Chance) -> String {
    let pick = |purpose: &str, names: &[&str]| {
        let position = chance.between(purpose, 0, names.len() as i64 - 1);
        usize::try_from(position)
            .ok()
            .and_then(|position| names.get(position))
            .copied()
            .unwrap_or_default()
            .to_string()
    };
    format!(
        "{} {} {}",
        pick("family", &FAMILY),
        pick("middle", &MIDDLE),
        pick("given", &GIVEN)
    )
}
