//! Every right there is, line by line: the table that the code, the page that explains it and the tests are made from.
//!
//! It deliberately does not know how a person is compared with a line; that is [`crate::reports::permission`]. Broken input: what no line allows is forbidden.

use crate::reports::permission::{Action, Permission, Relation, Role};
use crate::reports::report::Status;

const ANY: &[Status] = &Status::ALL;
const EDITABLE: &[Status] = &[Status::Draft, Status::Returned, Status::Correcting];
/// What a recipient holds; which statuses a recipient sees, [`crate::reports::standing::Progress::seen_from_outside`] tells.
const HELD: &[Status] = &[
    Status::Sent,
    Status::Received,
    Status::Accepted,
    Status::Correcting,
];
const UNDER_REVIEW: &[Status] = &[Status::Sent, Status::Received];

const fn allow(
    action: Action,
    role: Role,
    relation: Relation,
    statuses: &'static [Status],
) -> Permission {
    Permission {
        action,
        role,
        relation,
        statuses,
    }
}

/// Every right there is.
pub const TABLE: &[Permission] = &[
    allow(Action::ViewDraft, Role::Officer, Relation::Own, ANY),
    allow(Action::ViewDraft, Role::HeadOfUnit, Relation::Own, ANY),
    allow(Action::ViewSent, Role::Officer, Relation::Own, HELD),
    allow(Action::ViewSent, Role::HeadOfUnit, Relation::Own, HELD),
    allow(
        Action::ViewSent,
        Role::Aggregator,
        Relation::Recipient,
        HELD,
    ),
    allow(Action::ViewSent, Role::Leader, Relation::Province, HELD),
    allow(Action::ViewStanding, Role::Officer, Relation::Own, ANY),
    allow(Action::ViewStanding, Role::HeadOfUnit, Relation::Own, ANY),
    allow(
        Action::ViewStanding,
        Role::Aggregator,
        Relation::Recipient,
        ANY,
    ),
    allow(Action::ViewStanding, Role::Leader, Relation::Province, ANY),
    allow(
        Action::ViewStanding,
        Role::Administrator,
        Relation::Province,
        ANY,
    ),
    allow(Action::Save, Role::Officer, Relation::Own, EDITABLE),
    allow(
        Action::DeclareOpening,
        Role::Officer,
        Relation::Own,
        EDITABLE,
    ),
    allow(Action::Propose, Role::Officer, Relation::Own, EDITABLE),
    allow(
        Action::Approve,
        Role::HeadOfUnit,
        Relation::Own,
        &[Status::Proposed],
    ),
    allow(
        Action::Send,
        Role::Officer,
        Relation::Own,
        &[Status::Approved],
    ),
    allow(
        Action::Send,
        Role::HeadOfUnit,
        Relation::Own,
        &[Status::Approved],
    ),
    allow(
        Action::Return,
        Role::HeadOfUnit,
        Relation::Own,
        &[Status::Proposed, Status::Approved],
    ),
    allow(
        Action::Receive,
        Role::Aggregator,
        Relation::Recipient,
        &[Status::Sent],
    ),
    allow(
        Action::Return,
        Role::Aggregator,
        Relation::Recipient,
        UNDER_REVIEW,
    ),
    allow(
        Action::Accept,
        Role::Aggregator,
        Relation::Recipient,
        UNDER_REVIEW,
    ),
    allow(
        Action::Reopen,
        Role::Aggregator,
        Relation::Recipient,
        &[Status::Accepted],
    ),
    allow(
        Action::Withdraw,
        Role::Officer,
        Relation::Own,
        &[Status::Proposed],
    ),
    allow(
        Action::Withdraw,
        Role::HeadOfUnit,
        Relation::Own,
        &[Status::Proposed, Status::Approved, Status::Sent],
    ),
    allow(
        Action::Consolidate,
        Role::Aggregator,
        Relation::Own,
        EDITABLE,
    ),
    allow(
        Action::ViewConsolidated,
        Role::HeadOfUnit,
        Relation::Recipient,
        ANY,
    ),
    allow(
        Action::ViewConsolidated,
        Role::Aggregator,
        Relation::Recipient,
        ANY,
    ),
    allow(
        Action::ViewConsolidated,
        Role::Leader,
        Relation::Province,
        ANY,
    ),
    allow(Action::Remind, Role::Aggregator, Relation::Recipient, ANY),
    allow(Action::Remind, Role::Leader, Relation::Province, ANY),
    allow(
        Action::ViewRegimeProblems,
        Role::Author,
        Relation::Province,
        ANY,
    ),
    allow(
        Action::ViewRegimeProblems,
        Role::Publisher,
        Relation::Province,
        ANY,
    ),
    allow(
        Action::ViewRegimeProblems,
        Role::Administrator,
        Relation::Province,
        ANY,
    ),
    allow(Action::AuthorRegime, Role::Author, Relation::Province, ANY),
    allow(
        Action::AuthorRegime,
        Role::Publisher,
        Relation::Province,
        ANY,
    ),
    allow(
        Action::PublishRegime,
        Role::Publisher,
        Relation::Province,
        ANY,
    ),
    allow(
        Action::SetLocalDeadline,
        Role::Publisher,
        Relation::Province,
        ANY,
    ),
    allow(
        Action::SetLocalDeadline,
        Role::Administrator,
        Relation::Province,
        ANY,
    ),
    allow(Action::Rule, Role::Publisher, Relation::Province, ANY),
    allow(
        Action::Administer,
        Role::Administrator,
        Relation::Province,
        ANY,
    ),
    allow(Action::ManageTokens, Role::HeadOfUnit, Relation::Own, ANY),
    allow(
        Action::ManageTokens,
        Role::Administrator,
        Relation::Province,
        ANY,
    ),
];
