//! Members that stand twice in one JSON object.
//!
//! A JSON reader silently keeps one of them, so a figure would be lost without a word; this walk over the text finds them. It deliberately does not know what the
//! members mean. Text that is no JSON has no repeated members; the reader proper reports it.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// Paths of repeated members, such as `cells.dat_dai.4`, in the order of the text.
pub fn repeated_members(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let walk = Walk {
        path: String::new(),
        found: &mut found,
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    match walk.deserialize(&mut reader) {
        Ok(()) | Err(_) => found,
    }
}

/// One value on the walk. Every kind of value must be looked at alike, hence the many one-line answers below.
struct Walk<'w> {
    path: String,
    found: &'w mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while members
            .next_element_seed(Walk {
                path: self.path.clone(),
                found: self.found,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            let path = if self.path.is_empty() {
                name.clone()
            } else {
                format!("{}.{}", self.path, name)
            };
            if !seen.insert(name) {
                self.found.push(path.clone());
            }
            members.next_value_seed(Walk {
                path,
                found: self.found,
            })?;
        }
        Ok(())
    }
}
