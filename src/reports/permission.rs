//! Who may do what: one table that makes the code, the page that explains it and the tests.
//!
//! A right is a line of [`crate::reports::rights::TABLE`]: an action, a role, the relation of the role's unit to the report's unit, and the statuses in which it holds. What no
//! line allows is forbidden. The table does not know users' passwords, pages or figures; an actor holds only what is valid at the moment they act. Broken input: an actor
//! without grants may do nothing.

use crate::calendar::Date;
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::report::Status;
use crate::reports::rights::TABLE;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a person is, for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Fills in the unit's reports.
    Officer,
    /// Approves and sends the unit's reports.
    HeadOfUnit,
    /// Receives and consolidates other units' reports for a recipient.
    Aggregator,
    /// Reads what was sent, in the whole province.
    Leader,
    /// Writes regimes.
    Author,
    /// Puts regimes into force.
    Publisher,
    /// Keeps accounts and tables; sees no figures that were not sent.
    Administrator,
}

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Read the figures of a draft, and every event of the report.
    ViewDraft,
    /// Read figures that were sent, and the events from sending on.
    ViewSent,
    /// Read whether and when a report was sent, and how late.
    ViewStanding,
    /// Change a draft.
    Save,
    /// Declare opening figures by hand.
    DeclareOpening,
    /// Lay a draft before the head.
    Propose,
    /// Approve a proposal.
    Approve,
    /// Send an approved report.
    Send,
    /// Send a report back to be corrected.
    Return,
    /// Accept a sent report.
    Accept,
    /// Take a sent report in to look at it.
    Receive,
    /// Take a report back.
    Withdraw,
    /// Open an accepted report for correction.
    Reopen,
    /// Make a consolidated document of the reports received: adjust, explain who is missing, write the body's own words, propose.
    Consolidate,
    /// Read consolidated figures.
    ViewConsolidated,
    /// Remind a unit of a report that did not come.
    Remind,
    /// See mistakes in regime files.
    ViewRegimeProblems,
    /// Read and change drafts of regimes.
    AuthorRegime,
    /// Put a regime version into force.
    PublishRegime,
    /// Set the deadlines that a regime leaves to the province.
    SetLocalDeadline,
    /// Decide about what is owed: exempt, extend, lock.
    Rule,
    /// Create, change and disable accounts; load tables of units.
    Administer,
    /// Make and take back keys with which the programs of a unit use the JSON interface.
    ManageTokens,
}

/// How the unit of a grant stands to the unit of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is the reporting unit.
    Own,
    /// The report goes to it on its next hop.
    Recipient,
    /// Any unit of the province.
    Province,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// What may be done.
    pub action: Action,
    /// By whom.
    pub role: Role,
    /// For reports of which units.
    pub relation: Relation,
    /// In which statuses.
    pub statuses: &'static [Status],
}

/// A role held for a unit, for always or for some days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The unit acted for; for province-wide roles the body the person belongs to.
    pub unit: UnitId,
    /// The first day on which it is held; none where it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day on which it is held; none where no end is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Account.
    pub user: String,
    /// The name as it was then.
    pub name: String,
}

/// A grant lent by the person who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lent {
    /// What is lent.
    pub grant: Grant,
    /// By whom; what is done with it is done on their behalf.
    pub by: Person,
    /// The only things it may be used for, where it is lent to a program; none: everything that the role may do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Bounds>,
}

/// The only things for which a lent grant may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds(pub BTreeSet<Action>);

/// A person with what they hold at the moment they act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Account.
    pub user: String,
    /// Name shown.
    pub name: String,
    /// Roles by unit.
    pub grants: Vec<Grant>,
    /// What others lent them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lent: Vec<Lent>,
}

/// A grant that a person may use now, their own or a lent one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<'a> {
    /// The grant.
    pub grant: &'a Grant,
    /// On whose behalf it is used; none where it is the person's own.
    pub on_behalf_of: Option<&'a Person>,
    /// The only things it may be used for; none: everything that the role may do.
    pub within: Option<&'a Bounds>,
}

impl Held<'_> {
    /// Whether the grant is held for this action at all; what its role may do, the table says.
    fn is_for(&self, action: Action) -> bool {
        self.within.is_none_or(|bounds| bounds.0.contains(&action))
    }
}

impl Grant {
    /// A role held for a unit without an end.
    pub fn always(role: Role, unit: UnitId) -> Grant {
        Grant {
            role,
            unit,
            from: None,
            to: None,
        }
    }

    /// Whether it is held on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Actor {
    /// Everything the person may use, their own first.
    pub fn held(&self) -> impl Iterator<Item = Held<'_>> {
        let own = self.grants.iter().map(|grant| Held {
            grant,
            on_behalf_of: None,
            within: None,
        });
        let lent = self.lent.iter().map(|lent| Held {
            grant: &lent.grant,
            on_behalf_of: Some(&lent.by),
            within: lent.within.as_ref(),
        });
        own.chain(lent)
    }
}

/// The grants by which the actor may do this to a report of `unit` that goes to `recipients` and stands at `status`; their own first.
pub fn grants_for_report<'a>(
    actor: &'a Actor,
    action: Action,
    unit: &UnitId,
    recipients: &[UnitId],
    status: Status,
) -> impl Iterator<Item = Held<'a>> {
    actor
        .held()
        .filter(move |held| held.is_for(action))
        .filter(move |held| {
            TABLE.iter().any(|line| {
                line.action == action
                    && line.role == held.grant.role
                    && line.statuses.contains(&status)
                    && stands_in(held.grant, line.relation, unit, recipients)
            })
        })
}

/// The first of [`grants_for_report`].
pub fn grant_for_report<'a>(
    actor: &'a Actor,
    action: Action,
    unit: &UnitId,
    recipients: &[UnitId],
    status: Status,
) -> Option<Held<'a>> {
    grants_for_report(actor, action, unit, recipients, status).next()
}

/// Whether the actor may do this to a report of `unit` in some status, so that only the present status forbids it.
pub fn may_in_some_status(
    actor: &Actor,
    action: Action,
    unit: &UnitId,
    recipients: &[UnitId],
) -> bool {
    Status::ALL
        .into_iter()
        .any(|status| grant_for_report(actor, action, unit, recipients, status).is_some())
}

/// Whether the actor may do this for somebody, so that its page is shown.
pub fn may_somewhere(actor: &Actor, action: Action) -> bool {
    actor.held().filter(|held| held.is_for(action)).any(|held| {
        TABLE
            .iter()
            .any(|line| line.action == action && line.role == held.grant.role)
    })
}

/// The grant by which the actor may do something that concerns no single report, such as publishing a regime.
pub fn grant_for_province(actor: &Actor, action: Action) -> Option<Held<'_>> {
    actor
        .held()
        .filter(|held| held.is_for(action))
        .find(|held| {
            TABLE.iter().any(|line| {
                line.action == action
                    && line.role == held.grant.role
                    && line.relation == Relation::Province
            })
        })
}

/// The grant by which the actor may read what a recipient consolidates.
pub fn grant_for_consolidation<'a>(actor: &'a Actor, recipient: &UnitId) -> Option<Held<'a>> {
    let reading = Action::ViewConsolidated;
    actor
        .held()
        .filter(|held| held.is_for(reading))
        .find(|held| {
            TABLE.iter().any(|line| {
                line.action == reading
                    && line.role == held.grant.role
                    && (line.relation == Relation::Province || &held.grant.unit == recipient)
            })
        })
}

fn stands_in(grant: &Grant, relation: Relation, unit: &UnitId, recipients: &[UnitId]) -> bool {
    match relation {
        Relation::Own => &grant.unit == unit,
        Relation::Recipient => recipients.contains(&grant.unit),
        Relation::Province => true,
    }
}

fn words(vi: &str, en: &str) -> Bilingual {
    Bilingual {
        vi: vi.to_string(),
        en: en.to_string(),
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 7] = [
        Role::Officer,
        Role::HeadOfUnit,
        Role::Aggregator,
        Role::Leader,
        Role::Author,
        Role::Publisher,
        Role::Administrator,
    ];

    /// Whether the role may be lent: those that act on reports, where both names are kept. Writing regimes, putting them into force and keeping the system are given by name.
    pub fn may_be_lent(self) -> bool {
        matches!(
            self,
            Role::Officer | Role::HeadOfUnit | Role::Aggregator | Role::Leader
        )
    }

    /// The role in words.
    pub fn wording(self) -> Bilingual {
        match self {
            Role::Officer => words("Chuyên viên báo cáo", "Officer"),
            Role::HeadOfUnit => words("Lãnh đạo đơn vị", "Head of unit"),
            Role::Aggregator => words("Chuyên viên tổng hợp", "Aggregator"),
            Role::Leader => words("Lãnh đạo tỉnh", "Leader"),
            Role::Author => words("Người soạn chế độ báo cáo", "Author of regimes"),
            Role::Publisher => words("Người ban hành chế độ báo cáo", "Publisher of regimes"),
            Role::Administrator => words("Quản trị hệ thống", "Administrator"),
        }
    }
}

impl Action {
    /// All actions.
    pub const ALL: [Action; 23] = [
        Action::ViewDraft,
        Action::ViewSent,
        Action::ViewStanding,
        Action::Save,
        Action::DeclareOpening,
        Action::Propose,
        Action::Approve,
        Action::Send,
        Action::Return,
        Action::Receive,
        Action::Accept,
        Action::Withdraw,
        Action::Reopen,
        Action::Consolidate,
        Action::ViewConsolidated,
        Action::Remind,
        Action::ViewRegimeProblems,
        Action::AuthorRegime,
        Action::PublishRegime,
        Action::SetLocalDeadline,
        Action::Rule,
        Action::Administer,
        Action::ManageTokens,
    ];

    /// Whether it changes nothing.
    pub fn only_reads(self) -> bool {
        matches!(
            self,
            Action::ViewDraft
                | Action::ViewSent
                | Action::ViewStanding
                | Action::ViewConsolidated
                | Action::ViewRegimeProblems
        )
    }

    /// The action in words.
    pub fn wording(self) -> Bilingual {
        match self {
            Action::ViewDraft => words("Xem số liệu đang nhập", "Read figures being entered"),
            Action::ViewSent => words("Xem số liệu đã gửi", "Read figures that were sent"),
            Action::ViewStanding => {
                words("Xem tình trạng báo cáo", "Read the standing of a report")
            }
            Action::Save => words("Nhập và lưu số liệu", "Enter and save figures"),
            Action::DeclareOpening => words("Khai số đầu kỳ", "Declare opening figures"),
            Action::Propose => words("Trình lãnh đạo", "Propose to the head"),
            Action::Approve => words("Phê duyệt", "Approve"),
            Action::Send => words("Gửi báo cáo", "Send"),
            Action::Return => words("Trả lại", "Return"),
            Action::Receive => words("Nhận để xem xét", "Receive"),
            Action::Accept => words("Tiếp nhận", "Accept"),
            Action::Withdraw => words("Thu hồi", "Withdraw"),
            Action::Reopen => words("Mở lại để đính chính", "Open for correction"),
            Action::Consolidate => words("Lập bản tổng hợp", "Make a consolidated document"),
            Action::ViewConsolidated => words("Xem số liệu tổng hợp", "Read consolidated figures"),
            Action::Remind => words("Nhắc đơn vị gửi báo cáo", "Remind units of reports"),
            Action::ViewRegimeProblems => words(
                "Xem lỗi của tệp chế độ báo cáo",
                "See mistakes in regime files",
            ),
            Action::AuthorRegime => words("Soạn chế độ báo cáo", "Write regimes"),
            Action::PublishRegime => {
                words("Đưa chế độ báo cáo vào áp dụng", "Put a regime into force")
            }
            Action::SetLocalDeadline => {
                words("Đặt thời hạn do địa phương quy định", "Set local deadlines")
            }
            Action::Rule => words(
                "Miễn, gia hạn, khóa sổ kỳ báo cáo",
                "Exempt, extend and lock reports",
            ),
            Action::Administer => words(
                "Quản lý tài khoản và danh mục đơn vị",
                "Manage accounts and units",
            ),
            Action::ManageTokens => words("Cấp và thu hồi khóa API", "Make and revoke API keys"),
        }
    }
}

impl Relation {
    /// The relation in words.
    pub fn wording(self) -> Bilingual {
        match self {
            Relation::Own => words("Đơn vị mình", "Own unit"),
            Relation::Recipient => words(
                "Đơn vị gửi báo cáo đến mình",
                "Units reporting to one's own",
            ),
            Relation::Province => words("Toàn tỉnh", "Whole province"),
        }
    }
}
