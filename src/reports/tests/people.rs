//! Grants with days, lent rights, and that lending never lets one person both propose and approve: compared with a slow, obvious reference.

use super::{COMMUNE, OFFICE, at, cells, date, done, facts, key, save};
use crate::organisation::UnitId;
use crate::reports::command::Command;
use crate::reports::event::Event;
use crate::reports::people::account::{Account, AccountEvent, AccountEventKind};
use crate::reports::people::delegation::{Delegation, DelegationState, actor_on};
use crate::reports::permission::{Actor, Grant, Person, Role};
use crate::reports::refusal::Refusal;
use crate::reports::report::Report;
use crate::reports::step::step;

fn account(id: &str, roles: &[Role]) -> Account {
    Account {
        id: id.to_string(),
        name: format!("Nguyễn {id}"),
        grants: roles
            .iter()
            .map(|role| Grant::always(*role, UnitId::from(COMMUNE)))
            .collect(),
        ..Account::default()
    }
}

fn lending(lender: &str, delegate: &str, from: i8, to: i8) -> DelegationState {
    DelegationState {
        delegation: Delegation {
            lender: lender.to_string(),
            number: 1,
            delegate: delegate.to_string(),
            unit: UnitId::from(COMMUNE),
            from: date(2026, 6, from),
            to: date(2026, 6, to),
            reason: "Đi công tác".to_string(),
        },
        ended_at: None,
    }
}

fn lent_roles(actor: &Actor) -> Vec<(Role, &str)> {
    let lent = actor.lent.iter();
    lent.map(|lent| (lent.grant.role, lent.by.user.as_str()))
        .collect()
}

#[test]
fn a_grant_holds_from_its_first_day_to_its_last_and_no_other() {
    let grant = Grant {
        role: Role::Officer,
        unit: UnitId::from(COMMUNE),
        from: Some(date(2026, 6, 10)),
        to: Some(date(2026, 6, 20)),
    };
    let held: Vec<bool> = [9, 10, 20, 21]
        .into_iter()
        .map(|day| grant.holds_on(date(2026, 6, day)))
        .collect();
    assert_eq!(held, [false, true, true, false]);
    let mut officer = account("a", &[]);
    officer.grants.push(grant);
    for (day, count) in [(9, 0), (15, 1), (21, 0)] {
        let actor = actor_on(&officer, &[], date(2026, 6, day)).expect("an actor");
        assert_eq!(actor.grants.len(), count, "on the {day}th");
    }
}

#[test]
fn what_is_lent_is_what_the_lender_holds_that_day_and_comes_to_nobody_else() {
    let day = |day| date(2026, 6, day);
    let mut lender = account("dau", &[Role::HeadOfUnit, Role::Administrator]);
    lender
        .grants
        .push(Grant::always(Role::Leader, UnitId::from("P40")));
    let delegate = account("pho", &[]);
    let lent = |state: DelegationState, lender: &Account, of: i8| {
        let actor = actor_on(&delegate, &[(state, lender.clone())], day(of)).expect("an actor");
        lent_roles(&actor)
            .into_iter()
            .map(|(role, _)| role)
            .collect::<Vec<_>>()
    };
    // Not the unit that was not named, and never keeping the system.
    assert_eq!(
        lent(lending("dau", "pho", 10, 20), &lender, 10),
        [Role::HeadOfUnit]
    );
    assert_eq!(
        lent(lending("dau", "pho", 10, 20), &lender, 20),
        [Role::HeadOfUnit]
    );
    assert!(lent(lending("dau", "pho", 10, 20), &lender, 9).is_empty());
    assert!(lent(lending("dau", "pho", 10, 20), &lender, 21).is_empty());
    assert!(lent(lending("dau", "khac", 10, 20), &lender, 15).is_empty());
    let mut ended = lending("dau", "pho", 10, 20);
    ended.ended_at = Some(at(12));
    assert!(lent(ended, &lender, 15).is_empty());
    let mut gone = lender.clone();
    gone.disabled = true;
    assert!(lent(lending("dau", "pho", 10, 20), &gone, 15).is_empty());
    let mut short = lender.clone();
    for grant in &mut short.grants {
        grant.to = Some(day(14));
    }
    assert_eq!(
        lent(lending("dau", "pho", 10, 20), &short, 14),
        [Role::HeadOfUnit]
    );
    assert!(lent(lending("dau", "pho", 10, 20), &short, 15).is_empty());
    let mut disabled = delegate.clone();
    disabled.disabled = true;
    assert!(
        actor_on(
            &disabled,
            &[(lending("dau", "pho", 10, 20), lender)],
            day(15)
        )
        .is_none()
    );
}

#[test]
fn a_lent_right_is_never_lent_on() {
    let (head, deputy, third) = (
        account("dau", &[Role::HeadOfUnit]),
        account("pho", &[]),
        account("ba", &[]),
    );
    let chain = [
        (lending("dau", "pho", 1, 30), head),
        (lending("pho", "ba", 1, 30), deputy.clone()),
    ];
    let day = date(2026, 6, 15);
    let second = actor_on(&deputy, &chain, day).expect("an actor");
    assert_eq!(lent_roles(&second), [(Role::HeadOfUnit, "dau")]);
    assert!(
        actor_on(&third, &chain, day)
            .expect("an actor")
            .lent
            .is_empty()
    );
}

/// The four persons of the comparison: an officer, a head, somebody who is both, and somebody who is nothing.
const PERSONS: [(&str, &[Role]); 4] = [
    ("a", &[Role::Officer]),
    ("b", &[Role::HeadOfUnit]),
    ("c", &[Role::Officer, Role::HeadOfUnit]),
    ("d", &[]),
];

/// Which of two rights a person has, by themselves or by whom: written out, apart from the code.
fn ways(person: &str, role: Role, lent: &[(&'static str, &'static str)]) -> Vec<Vec<String>> {
    let holds = |who: &str| {
        PERSONS
            .iter()
            .any(|(name, roles)| *name == who && roles.contains(&role))
    };
    let mut ways = Vec::new();
    if holds(person) {
        ways.push(vec![person.to_string()]);
    }
    for (lender, delegate) in lent {
        if *delegate == person && holds(lender) {
            ways.push(vec![person.to_string(), (*lender).to_string()]);
        }
    }
    ways
}

#[test]
fn no_delegation_lets_one_person_both_propose_and_approve_compared_with_a_reference() {
    let pairs: Vec<(&str, &str)> = PERSONS
        .iter()
        .filter(|(_, roles)| !roles.is_empty())
        .flat_map(|(lender, _)| {
            PERSONS
                .iter()
                .map(move |(delegate, _)| (*lender, *delegate))
        })
        .filter(|(lender, delegate)| lender != delegate)
        .collect();
    let accounts: Vec<Account> = PERSONS
        .iter()
        .map(|(id, roles)| account(id, roles))
        .collect();
    let of = |id: &str| {
        let found = accounts.iter().find(|account| account.id == id);
        found.expect("an account").clone()
    };
    let mut saved = Report::new(key());
    let officer = actor_on(&of("a"), &[], date(2026, 6, 15)).expect("an actor");
    done(
        &mut saved,
        save(0, cells(&[("dat_dai", "4", "120")])),
        &facts(0),
        15,
        &officer,
    );
    let (mut compared, mut approved, mut own) = (0, 0, 0);
    for chosen in 0_u32..1 << pairs.len() {
        let lent: Vec<(&str, &str)> = (0..)
            .zip(&pairs)
            .filter(|(place, _)| chosen & (1 << place) != 0)
            .map(|(_, pair)| *pair)
            .collect();
        let states: Vec<(DelegationState, Account)> = lent
            .iter()
            .map(|(lender, delegate)| (lending(lender, delegate, 1, 30), of(lender)))
            .collect();
        let actors: Vec<Actor> = accounts
            .iter()
            .map(|account| actor_on(account, &states, date(2026, 6, 15)).expect("an actor"))
            .collect();
        for proposer in &actors {
            let may_propose = ways(&proposer.user, Role::Officer, &lent);
            let proposed = step(
                &saved,
                &Command::Propose { draft: 1 },
                &facts(1),
                at(15),
                proposer,
            );
            let Some(names) = may_propose.first() else {
                assert!(
                    proposed.is_err(),
                    "{} proposes with {lent:?}",
                    proposer.user
                );
                continue;
            };
            let events = proposed.expect("an officer proposes");
            let mut report = saved.clone();
            events.iter().for_each(|event| report.apply(event));
            for approver in &actors {
                let may = ways(&approver.user, Role::HeadOfUnit, &lent);
                let free = may
                    .iter()
                    .any(|way| way.iter().all(|name| !names.contains(name)));
                let answer = step(
                    &report,
                    &Command::Approve { revision: 1 },
                    &facts(1),
                    at(16),
                    approver,
                );
                compared += 1;
                match (may.is_empty(), free) {
                    (true, _) => assert!(matches!(answer, Err(Refusal::NotPermitted { .. }))),
                    (false, false) => {
                        own += 1;
                        assert_eq!(answer, Err(Refusal::OwnProposal), "{names:?} {may:?}");
                    }
                    (false, true) => {
                        approved += 1;
                        let events = answer.expect("approved");
                        let stamp = &events[0].stamp;
                        let by: Vec<&str> = stamp.in_the_name_of().collect();
                        assert!(
                            by.iter().all(|name| !names.contains(&(*name).to_string())),
                            "{names:?} proposed, {by:?} approved"
                        );
                    }
                }
            }
        }
    }
    assert_eq!((compared, approved, own), (7168, 3520, 2784));
}

#[test]
fn a_lent_right_is_stamped_with_both_names_and_older_events_stay_readable() {
    let head = account("dau", &[Role::HeadOfUnit]);
    let lent = [(lending("dau", "pho", 1, 30), head)];
    let deputy = actor_on(&account("pho", &[]), &lent, date(2026, 6, 15)).expect("an actor");
    let officer = actor_on(&account("a", &[Role::Officer]), &[], date(2026, 6, 15));
    let officer = officer.expect("an actor");
    let mut report = Report::new(key());
    done(
        &mut report,
        save(0, cells(&[("dat_dai", "4", "1")])),
        &facts(0),
        15,
        &officer,
    );
    done(
        &mut report,
        Command::Propose { draft: 1 },
        &facts(1),
        15,
        &officer,
    );
    let events = done(
        &mut report,
        Command::Approve { revision: 1 },
        &facts(1),
        15,
        &deputy,
    );
    let text = events[0].to_text().expect("a text");
    assert_eq!(
        text,
        r#"{"v":1,"stamp":{"user":"pho","name":"Nguyễn pho","unit":"C17329.2025","on_behalf_of":{"user":"dau","name":"Nguyễn dau"},"at":"2026-06-15T09:00:00+07:00"},"kind":{"approved":{"revision":1}}}"#
    );
    assert_eq!(Event::from_text(&text), Ok(events[0].clone()));
    let older = text.replace(r#""on_behalf_of":{"user":"dau","name":"Nguyễn dau"},"#, "");
    let read = Event::from_text(&older).expect("an older event");
    assert_eq!(read.stamp.on_behalf_of, None);
}

#[test]
fn an_account_is_its_events_and_holds_no_secret() {
    let by = Person {
        user: "quantri".to_string(),
        name: "Cao Đức Long".to_string(),
    };
    let grant = Grant::always(Role::Aggregator, UnitId::from(OFFICE));
    let kinds = [
        AccountEventKind::Created {
            name: "Lê Thu Hà".to_string(),
        },
        AccountEventKind::PasswordReset,
        AccountEventKind::Granted {
            grant: grant.clone(),
        },
        AccountEventKind::PasswordChanged,
        AccountEventKind::SecondFactorSet,
        AccountEventKind::Renamed {
            name: "Lê Thị Thu Hà".to_string(),
        },
        AccountEventKind::Disabled,
    ];
    let events: Vec<AccountEvent> = kinds
        .into_iter()
        .map(|kind| AccountEvent {
            v: 1,
            at: at(15),
            by: by.clone(),
            reason: None,
            kind,
        })
        .collect();
    let account = Account::replay("tonghop", &events);
    let expected = Account {
        id: "tonghop".to_string(),
        name: "Lê Thị Thu Hà".to_string(),
        grants: vec![grant],
        disabled: true,
        must_change_password: false,
        second_factor: true,
        email: None,
        events: 7,
    };
    assert_eq!(account, expected);
    for event in &events {
        let text = event.to_text().expect("a text");
        assert_eq!(AccountEvent::from_text(&text).as_ref(), Ok(event));
    }
    assert!(AccountEvent::from_text(r#"{"v":2}"#).is_err());
}
