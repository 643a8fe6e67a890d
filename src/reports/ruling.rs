//! Decisions about what is owed: a unit is exempted, a deadline is extended, a period is locked (khóa sổ), and each of them is taken back.
//!
//! They are only ever added; the last word that concerns a unit holds, whether it was said of that unit or of all. It does not know who may decide, nor
//! regimes: a decision about a unit that owes nothing changes nothing. Broken input: an extension before the deadline it extends shortens nothing, the later day holds.

use crate::calendar::{Due, Period};
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::event::Stamp;
use serde::{Deserialize, Serialize};

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The regime's name.
    pub regime: String,
    /// The period.
    pub period: Period,
    /// The unit; none: every unit that owes the report.
    pub unit: Option<UnitId>,
    /// What is decided.
    pub kind: RulingKind,
    /// Why, or the document it rests on.
    pub reason: String,
    /// Who and when.
    pub stamp: Stamp,
}

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// No report is owed.
    Exempted,
    /// It is owed again.
    ExemptionEnded,
    /// It may be sent until then.
    Extended(Due),
    /// The deadline is that of the regime again.
    ExtensionEnded,
    /// Nothing about it changes any more.
    Locked,
    /// It may change again.
    Unlocked,
}

/// What holds for one report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruled {
    /// The decision by which no report is owed.
    pub exempted: Option<Ruling>,
    /// The decision by which it may be sent later, with its day.
    pub extended: Option<(Due, Ruling)>,
    /// The decision by which nothing changes any more.
    pub locked: Option<Ruling>,
}

impl Ruled {
    /// What the decisions, oldest first, make of one unit's report.
    pub fn of<'r>(
        rulings: impl IntoIterator<Item = &'r Ruling>,
        regime: &str,
        period: &Period,
        unit: &UnitId,
    ) -> Ruled {
        let mut ruled = Ruled::default();
        let concerns = |ruling: &&Ruling| {
            ruling.regime == regime
                && ruling.period == *period
                && ruling.unit.as_ref().is_none_or(|one| one == unit)
        };
        for ruling in rulings.into_iter().filter(concerns) {
            let this = || Some(ruling.clone());
            match ruling.kind {
                RulingKind::Exempted => ruled.exempted = this(),
                RulingKind::ExemptionEnded => ruled.exempted = None,
                RulingKind::Extended(due) => ruled.extended = Some((due, ruling.clone())),
                RulingKind::ExtensionEnded => ruled.extended = None,
                RulingKind::Locked => ruled.locked = this(),
                RulingKind::Unlocked => ruled.locked = None,
            }
        }
        ruled
    }

    /// A deadline, moved to the extension where that is later. A report without a known deadline has that of its extension.
    pub fn due(&self, regular: Option<Due>) -> Option<Due> {
        match &self.extended {
            Some((extended, _)) => Some(later(regular, *extended)),
            None => regular,
        }
    }
}

/// The later of a deadline, if there is one, and an extension.
pub fn later(regular: Option<Due>, extended: Due) -> Due {
    regular
        .filter(|regular| ends(regular) > ends(&extended))
        .unwrap_or(extended)
}

/// When a deadline has passed: one without a time of day lasts until the end of its day.
fn ends(due: &Due) -> (crate::calendar::Date, bool, Option<crate::calendar::Clock>) {
    (due.date, due.clock.is_none(), due.clock)
}

impl RulingKind {
    /// The decision in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            RulingKind::Exempted => ("Miễn báo cáo", "Exempted"),
            RulingKind::ExemptionEnded => ("Thôi miễn báo cáo", "No longer exempted"),
            RulingKind::Extended(_) => ("Gia hạn", "Extended"),
            RulingKind::ExtensionEnded => ("Thôi gia hạn", "No longer extended"),
            RulingKind::Locked => ("Khóa sổ", "Locked"),
            RulingKind::Unlocked => ("Mở khóa", "Unlocked"),
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }
}
