//! A slow, obvious model of the life of a report, to compare the real one with.
//!
//! It keeps every draft that ever was and looks things up by scanning; permissions and transitions are written out case by case, independently of the
//! permission table.

use crate::reports::report::Status;
use std::collections::BTreeMap;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    OfficerA,
    OfficerB,
    Head,
    HeadWhoIsOfficerA,
    Aggregator,
    Stranger,
    Leader,
    Administrator,
}

/// What is asked; numbers on the screen are given as "how far behind".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Save {
        behind: u64,
        cells: Vec<(usize, usize, Option<&'static str>)>,
        remove_row: Option<usize>,
    },
    Propose {
        behind: u64,
        blocking: u32,
    },
    Approve {
        behind: u32,
    },
    Send {
        behind: u32,
        blocking: u32,
    },
    Return {
        behind: u32,
        reason: bool,
    },
    Accept {
        behind: u32,
    },
    Receive {
        behind: u32,
    },
    Reopen {
        behind: u32,
        reason: bool,
    },
    Withdraw {
        reason: bool,
    },
}

/// The answer, without details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Done,
    Nothing,
    NotPermitted,
    WrongStatus,
    OwnProposal,
    Blocked,
    Conflict,
    OtherDraft,
    OtherRevision,
    NoReason,
}

pub type Sheet = BTreeMap<(usize, usize), &'static str>;

/// The model. Rows exist as long as a cell of theirs was ever set and the row was not removed since.
#[derive(Debug, Clone)]
pub struct Model {
    pub status: Status,
    /// `drafts[n]` is draft n with its rows and the cells and rows touched by the save that made it.
    pub drafts: Vec<Draft>,
    /// Frozen sheets with the user who proposed.
    pub revisions: Vec<(Sheet, &'static str)>,
    /// What became of each revision, beside it.
    fates: Vec<Fate>,
}

/// What became of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It never left the unit, or came back.
    Inside,
    /// Its recipient has it.
    Out,
    /// Its recipient has accepted it.
    Accepted,
}

#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub sheet: Sheet,
    pub rows: Vec<usize>,
    touched: Vec<(usize, usize)>,
    removed: Option<usize>,
}

impl Person {
    pub const ALL: [Person; 8] = [
        Person::OfficerA,
        Person::OfficerB,
        Person::Head,
        Person::HeadWhoIsOfficerA,
        Person::Aggregator,
        Person::Stranger,
        Person::Leader,
        Person::Administrator,
    ];

    pub fn user(self) -> &'static str {
        match self {
            Person::OfficerA | Person::HeadWhoIsOfficerA => "a",
            Person::OfficerB => "b",
            Person::Head => "head",
            Person::Aggregator => "aggregator",
            Person::Stranger => "stranger",
            Person::Leader => "leader",
            Person::Administrator => "administrator",
        }
    }

    fn is_officer(self) -> bool {
        matches!(
            self,
            Person::OfficerA | Person::OfficerB | Person::HeadWhoIsOfficerA
        )
    }

    fn is_head(self) -> bool {
        matches!(self, Person::Head | Person::HeadWhoIsOfficerA)
    }
}

impl Model {
    pub fn new() -> Model {
        Model {
            status: Status::Draft,
            drafts: vec![Draft::default()],
            revisions: Vec::new(),
            fates: Vec::new(),
        }
    }

    /// The number of the last revision that its recipient has, or has accepted.
    pub fn held(&self) -> Option<u32> {
        self.last(|fate| fate != Fate::Inside)
    }

    /// The number of the last revision that was accepted.
    pub fn accepted(&self) -> Option<u32> {
        self.last(|fate| fate == Fate::Accepted)
    }

    fn last(&self, wanted: impl Fn(Fate) -> bool) -> Option<u32> {
        let place = self.fates.iter().rposition(|fate| wanted(*fate))?;
        Some(place as u32 + 1)
    }

    fn becomes(&mut self, fate: Fate) {
        *self.fates.last_mut().expect("a revision is on its way") = fate;
    }

    pub fn draft(&self) -> &Draft {
        self.drafts.last().expect("draft 0 is always there")
    }

    pub fn draft_number(&self) -> u64 {
        self.drafts.len() as u64 - 1
    }

    pub fn revision_number(&self) -> u32 {
        self.revisions.len() as u32
    }

    pub fn ask(&mut self, person: Person, asked: &Asked) -> Answer {
        use Status::{Accepted, Approved, Correcting, Draft, Proposed, Received, Returned, Sent};
        let status = self.status;
        let (ever, now) = match asked {
            Asked::Save { .. } | Asked::Propose { .. } => (
                person.is_officer(),
                matches!(status, Draft | Returned | Correcting),
            ),
            Asked::Approve { .. } => (person.is_head(), status == Proposed),
            Asked::Send { .. } => (person.is_head() || person.is_officer(), status == Approved),
            Asked::Accept { .. } => (
                person == Person::Aggregator,
                matches!(status, Sent | Received),
            ),
            Asked::Receive { .. } => (person == Person::Aggregator, status == Sent),
            Asked::Reopen { .. } => (person == Person::Aggregator, status == Accepted),
            Asked::Return { .. } if person == Person::Aggregator => {
                (true, matches!(status, Sent | Received))
            }
            Asked::Return { .. } => (person.is_head(), matches!(status, Proposed | Approved)),
            Asked::Withdraw { .. } if person.is_head() => {
                (true, matches!(status, Proposed | Approved | Sent))
            }
            Asked::Withdraw { .. } => (person.is_officer(), status == Proposed),
        };
        if !ever {
            return Answer::NotPermitted;
        }
        if !now {
            return Answer::WrongStatus;
        }
        match asked {
            Asked::Save {
                behind,
                cells,
                remove_row,
            } => self.save(*behind, cells, *remove_row),
            Asked::Propose { behind, .. } if *behind > 0 => Answer::OtherDraft,
            Asked::Approve { behind }
            | Asked::Send { behind, .. }
            | Asked::Return { behind, .. }
            | Asked::Accept { behind }
            | Asked::Receive { behind }
            | Asked::Reopen { behind, .. }
                if *behind > 0 =>
            {
                Answer::OtherRevision
            }
            Asked::Propose { blocking, .. } | Asked::Send { blocking, .. } if *blocking > 0 => {
                Answer::Blocked
            }
            Asked::Propose { .. } => {
                let sheet = self.draft().sheet.clone();
                self.revisions.push((sheet, person.user()));
                self.fates.push(Fate::Inside);
                self.go(Proposed)
            }
            Asked::Approve { .. } => {
                let proposer = self.revisions.last().map(|(_, user)| *user);
                if proposer == Some(person.user()) {
                    Answer::OwnProposal
                } else {
                    self.go(Approved)
                }
            }
            Asked::Send { .. } => {
                self.becomes(Fate::Out);
                self.go(Sent)
            }
            Asked::Receive { .. } => self.go(Received),
            Asked::Accept { .. } => {
                self.becomes(Fate::Accepted);
                self.go(Accepted)
            }
            Asked::Return { reason: true, .. } => {
                self.becomes(Fate::Inside);
                self.go(Returned)
            }
            Asked::Withdraw { reason: true } => {
                self.becomes(Fate::Inside);
                // A correction that is taken back is still a correction.
                self.go(if self.accepted().is_some() {
                    Correcting
                } else {
                    Draft
                })
            }
            Asked::Reopen { reason: true, .. } => self.go(Correcting),
            Asked::Return { .. } | Asked::Withdraw { .. } | Asked::Reopen { .. } => {
                Answer::NoReason
            }
        }
    }

    fn go(&mut self, status: Status) -> Answer {
        self.status = status;
        Answer::Done
    }

    fn save(
        &mut self,
        behind: u64,
        cells: &[(usize, usize, Option<&'static str>)],
        remove_row: Option<usize>,
    ) -> Answer {
        let base = self.drafts.len() - 1 - (behind as usize).min(self.drafts.len() - 1);
        let before = self.draft().clone();
        let mut after = Draft {
            touched: Vec::new(),
            removed: None,
            ..before.clone()
        };
        if let Some(row) = remove_row.filter(|row| before.rows.contains(row)) {
            after.sheet.retain(|(of, _), _| *of != row);
            after.rows.retain(|of| *of != row);
            after.removed = Some(row);
        }
        let start = after.clone();
        let mut last_word: BTreeMap<(usize, usize), Option<&'static str>> = BTreeMap::new();
        for (row, column, value) in cells {
            last_word.insert((*row, *column), *value);
        }
        for (place, value) in last_word {
            if start.sheet.get(&place).copied() == value {
                continue;
            }
            match value {
                Some(value) => {
                    after.sheet.insert(place, value);
                }
                None => {
                    after.sheet.remove(&place);
                }
            }
            if !after.rows.contains(&place.0) {
                after.rows.push(place.0);
            }
            after.touched.push(place);
        }
        if after.touched.is_empty() && after.removed.is_none() {
            return Answer::Nothing;
        }
        let since = &self.drafts[base + 1..];
        let touched_since =
            |place: &(usize, usize)| since.iter().any(|draft| draft.touched.contains(place));
        let row_gone_since = |row: usize| {
            !before.rows.contains(&row) && since.iter().any(|draft| draft.removed == Some(row))
        };
        let cell_conflict = after
            .touched
            .iter()
            .any(|place| touched_since(place) || row_gone_since(place.0));
        let row_conflict = after.removed.is_some_and(|row| {
            since
                .iter()
                .any(|draft| draft.touched.iter().any(|(of, _)| *of == row))
        });
        if cell_conflict || row_conflict {
            return Answer::Conflict;
        }
        self.drafts.push(after);
        Answer::Done
    }
}
