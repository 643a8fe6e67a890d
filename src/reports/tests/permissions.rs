//! The permission table as people read it, and what must never be in it.

use super::{COMMUNE, OFFICE, actor};
use crate::organisation::UnitId;
use crate::reports::permission::{
    Action, Grant, Relation, Role, grant_for_consolidation, grant_for_province, grant_for_report,
    may_in_some_status,
};
use crate::reports::report::Status;
use crate::reports::rights::TABLE;

const STRANGER: &str = "C17330.2025";

fn may(role: Role, unit: &str, action: Action, status: Status) -> bool {
    let (commune, office) = (UnitId::from(COMMUNE), UnitId::from(OFFICE));
    grant_for_report(
        &actor("ai", role, unit),
        action,
        &commune,
        &[office],
        status,
    )
    .is_some()
}

#[test]
fn the_table_reads_as_people_were_told() {
    let mut text = String::new();
    for action in Action::ALL {
        text.push_str(&format!(
            "{} ({})\n",
            action.wording().vi,
            action.wording().en
        ));
        for line in TABLE.iter().filter(|line| line.action == action) {
            let statuses: Vec<&str> = line.statuses.iter().map(|status| status.key()).collect();
            let statuses = if line.statuses.len() == Status::ALL.len() {
                "any status".to_string()
            } else {
                statuses.join(", ")
            };
            text.push_str(&format!(
                "    {} · {} · {statuses}\n",
                line.role.wording().vi,
                line.relation.wording().vi
            ));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_code_allows_exactly_what_the_table_says() {
    for action in Action::ALL {
        for role in Role::ALL {
            for (unit, relations) in [
                (COMMUNE, vec![Relation::Own, Relation::Province]),
                (OFFICE, vec![Relation::Recipient, Relation::Province]),
                (STRANGER, vec![Relation::Province]),
            ] {
                for status in Status::ALL {
                    let said = TABLE.iter().any(|line| {
                        line.action == action
                            && line.role == role
                            && relations.contains(&line.relation)
                            && line.statuses.contains(&status)
                    });
                    assert_eq!(
                        may(role, unit, action, status),
                        said,
                        "{role:?} of {unit}: {action:?} at {status:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_unit_sees_anothers_draft_and_no_role_of_the_province_sees_a_draft_at_all() {
    for role in Role::ALL {
        for unit in [OFFICE, STRANGER] {
            for status in Status::ALL {
                assert!(
                    !may(role, unit, Action::ViewDraft, status),
                    "{role:?} of {unit} at {status:?}"
                );
                let unsent = !status.is_received();
                assert!(
                    !(unsent && may(role, unit, Action::ViewSent, status)),
                    "{role:?} of {unit} at {status:?}"
                );
            }
        }
    }
}

#[test]
fn an_administrator_an_author_and_a_publisher_read_no_figures() {
    for role in [Role::Administrator, Role::Author, Role::Publisher] {
        for unit in [COMMUNE, OFFICE, STRANGER] {
            for action in [
                Action::ViewDraft,
                Action::ViewSent,
                Action::Save,
                Action::ViewConsolidated,
            ] {
                for status in Status::ALL {
                    assert!(
                        !may(role, unit, action, status),
                        "{role:?} of {unit}: {action:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn nobody_of_another_unit_changes_a_report_except_its_recipient_after_sending() {
    let changes = [
        Action::Save,
        Action::DeclareOpening,
        Action::Propose,
        Action::Approve,
        Action::Send,
        Action::Receive,
        Action::Return,
        Action::Accept,
        Action::Withdraw,
        Action::Reopen,
    ];
    for role in Role::ALL {
        for action in changes {
            for status in Status::ALL {
                assert!(
                    !may(role, STRANGER, action, status),
                    "{role:?}: {action:?} at {status:?}"
                );
                if may(role, OFFICE, action, status) {
                    let after_sending = [Status::Sent, Status::Received, Status::Accepted];
                    assert_eq!(role, Role::Aggregator, "{action:?}");
                    assert!(after_sending.contains(&status), "{action:?} at {status:?}");
                }
            }
        }
    }
}

#[test]
fn no_line_stands_twice_and_every_action_is_allowed_to_someone() {
    for (position, line) in TABLE.iter().enumerate() {
        let same = |other: &&crate::reports::permission::Permission| {
            (other.action, other.role, other.relation) == (line.action, line.role, line.relation)
        };
        assert_eq!(
            TABLE.iter().position(|other| same(&other)),
            Some(position),
            "{line:?}"
        );
    }
    for action in Action::ALL {
        assert!(TABLE.iter().any(|line| line.action == action), "{action:?}");
    }
}

#[test]
fn a_person_acts_by_the_grant_that_fits_and_without_grants_not_at_all() {
    let commune = UnitId::from(COMMUNE);
    let mut person = actor("ai", Role::Officer, STRANGER);
    person
        .grants
        .push(Grant::always(Role::HeadOfUnit, commune.clone()));
    let grant = grant_for_report(&person, Action::Approve, &commune, &[], Status::Proposed)
        .expect("a grant");
    assert_eq!(grant.grant.unit, commune);
    person.grants.clear();
    for action in Action::ALL {
        assert!(!may_in_some_status(&person, action, &commune, &[]));
        assert!(grant_for_province(&person, action).is_none());
    }
}

#[test]
fn consolidated_figures_are_for_the_recipients_aggregator_and_for_leaders() {
    let office = UnitId::from(OFFICE);
    let reads = |role, unit| grant_for_consolidation(&actor("ai", role, unit), &office).is_some();
    assert!(reads(Role::Aggregator, OFFICE));
    assert!(reads(Role::Leader, "P40"));
    assert!(!reads(Role::Aggregator, COMMUNE));
    assert!(!reads(Role::Officer, OFFICE));
    assert!(!reads(Role::Administrator, OFFICE));
}

#[test]
fn rights_of_the_province_do_not_come_from_rights_over_reports() {
    assert!(
        grant_for_province(&actor("ai", Role::Publisher, "P40"), Action::PublishRegime).is_some()
    );
    assert!(grant_for_province(&actor("ai", Role::Author, "P40"), Action::PublishRegime).is_none());
    assert!(grant_for_province(&actor("ai", Role::Officer, COMMUNE), Action::Save).is_none());
}
