//! The rooms of the house, read from the page that describes them, and the tables that the page does not hold.
//!
//! The page is the one truth about arrows: a room is added there, not here. A page that cannot be read gives no rooms, and then every file breaks the rule.

use std::collections::BTreeMap;

/// The rooms with the rooms each may import, and the rooms of the spine.
pub struct House {
    arrows: BTreeMap<String, Vec<String>>,
    spine: Vec<String>,
}

impl House {
    /// Reads the table of rooms: `| `room` | duty | `a`, `b` | … |`. "the spine", "all above" and "all" stand for the rooms they name.
    pub fn read(page: &str) -> House {
        let spine = page
            .lines()
            .find_map(|line| line.strip_prefix("The *spine* is `")?.split('`').next())
            .map(|names| names.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default();
        let rows: Vec<(String, &str)> = page
            .lines()
            .filter_map(|line| {
                let cells: Vec<&str> = line.split('|').map(str::trim).collect();
                let room = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?;
                Some((room.to_owned(), *cells.get(3)?))
            })
            .collect();
        let names = |rows: &[(String, &str)]| -> Vec<String> {
            rows.iter().map(|(room, _)| room.clone()).collect()
        };
        let mut house = House {
            arrows: BTreeMap::new(),
            spine,
        };
        for (at, (room, cell)) in rows.iter().enumerate() {
            let mut allowed: Vec<String> = cell
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect();
            if cell.contains("the spine") {
                allowed.extend(house.spine.iter().cloned());
            }
            if cell.contains("all above") {
                allowed.extend(names(&rows[..at]));
            } else if *cell == "all" {
                allowed.extend(names(&rows));
            }
            house.arrows.insert(room.clone(), allowed);
        }
        house
    }

    /// Whether there is such a room.
    pub fn has(&self, room: &str) -> bool {
        self.arrows.contains_key(room)
    }

    /// Whether a room may name another.
    pub fn may_know(&self, room: &str, other: &str) -> bool {
        room == other
            || self
                .arrows
                .get(room)
                .is_some_and(|allowed| allowed.iter().any(|name| name == other))
    }

    /// Whether a room is without input and output, clock, randomness, floats and threads.
    pub fn in_spine(&self, room: &str) -> bool {
        self.spine.iter().any(|name| name == room)
    }
}

/// Libraries that only some rooms name.
pub const OWNERS: [(&str, &[&str]); 21] = [
    ("pest", &["syntax"]),
    ("pest_derive", &["syntax"]),
    ("rusqlite", &["store"]),
    ("refinery", &["store"]),
    ("axum", &["web"]),
    ("tower", &["web", "lsp"]),
    ("tower_http", &["web"]),
    ("tower_sessions", &["web"]),
    ("minijinja", &["web"]),
    ("schemars", &["web"]),
    ("rust_embed", &["web"]),
    ("fluent_bundle", &["web"]),
    ("clap", &["cli"]),
    ("annotate_snippets", &["cli"]),
    ("argon2", &["service"]),
    ("hmac", &["service"]),
    ("sha1", &["service"]),
    ("data_encoding", &["service"]),
    ("tokio", &["web", "cli", "main", "lsp"]),
    ("tower_lsp", &["lsp"]),
    ("futures_util", &["lsp", "web"]),
];

/// Rooms whose types are never stored or sent.
pub const WITHOUT_SERDE: [&str; 3] = ["syntax", "analysis", "ide"];

/// Files that may be longer than the others, each with its reason.
pub const LONGER: [(&str, &str); 0] = [];
