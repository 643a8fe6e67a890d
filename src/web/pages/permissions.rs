//! *Ai được làm gì*: the permission table in words, role by role, with what the reader themselves may do today.
//!
//! The page is made from the table that the program enforces, so that it cannot say anything else. It changes nothing. Everybody who signed in may read it: rules that people
//! cannot read are not kept.

use crate::reports::permission::{Action, Permission, Relation, Role};
use crate::reports::report::Status;
use crate::reports::rights::TABLE;
use crate::web::chrome::{Area, Chrome, Crumb, chrome};
use crate::web::office::Office;
use crate::web::pages::page;
use crate::web::pages::people::role_at;
use crate::web::problem::Problem;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::SignedIn;
use crate::web::words::pick;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

/// The address of the page.
pub const PATH: &str = "/quan-tri/quyen";

#[derive(Serialize)]
struct PermissionsPage {
    chrome: Chrome,
    own: Vec<String>,
    roles: Vec<RoleSection>,
    rules: Vec<String>,
    actions: Vec<ActionLine>,
    role_names: Vec<String>,
}

#[derive(Serialize)]
struct RoleSection {
    name: String,
    sentences: Vec<String>,
}

/// One action with, for each role, for whom and when.
#[derive(Serialize)]
struct ActionLine {
    name: String,
    cells: Vec<String>,
}

/// `GET /quan-tri/quyen`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let language = person.language();
    let actor = person.actor.clone();
    let own = office
        .run(move |service| {
            let ground = service.ground()?;
            let held = actor.held().map(|held| {
                let words = role_at(
                    language,
                    held.grant.role,
                    &ground.unit_name(&held.grant.unit),
                );
                match held.on_behalf_of {
                    None => words,
                    Some(lender) => {
                        let arguments = [
                            ("grant", words.into()),
                            ("lender", lender.name.clone().into()),
                        ];
                        worded(language, "lent-grant", &arguments)
                    }
                }
            });
            Ok(held.collect())
        })
        .await?;
    let crumbs = vec![
        Crumb::to("/", plain(language, "nav-work")),
        Crumb::here(plain(language, "permissions")),
    ];
    let view = PermissionsPage {
        chrome: chrome(&office, &person.visitor, Area::Outside, crumbs),
        own,
        roles: Role::ALL
            .into_iter()
            .map(|role| RoleSection {
                name: pick(language, role.wording()),
                sentences: of_role(role).map(|line| sentence(language, line)).collect(),
            })
            .collect(),
        rules: [
            "rule-own-draft",
            "rule-two-persons",
            "rule-days",
            "rule-lending",
            "rule-seen",
        ]
        .map(|key| plain(language, key))
        .to_vec(),
        actions: Action::ALL
            .into_iter()
            .map(|action| action_line(language, action))
            .collect(),
        role_names: Role::ALL
            .into_iter()
            .map(|role| pick(language, role.wording()))
            .collect(),
    };
    page("permissions.html", &view)
}

fn of_role(role: Role) -> impl Iterator<Item = &'static Permission> {
    TABLE.iter().filter(move |line| line.role == role)
}

/// `Phê duyệt: đơn vị mình, khi báo cáo ở tình trạng Đã trình lãnh đạo.`
fn sentence(language: Language, line: &Permission) -> String {
    let arguments = [
        ("action", pick(language, line.action.wording()).into()),
        ("relation", relation(language, line.relation).into()),
        ("statuses", statuses(language, line).into()),
    ];
    if is_of_reports(line) {
        worded(language, "permission-sentence", &arguments)
    } else {
        worded(language, "permission-sentence-province", &arguments[..1])
    }
}

/// Whether a line is about reports and not about the province as a whole.
fn is_of_reports(line: &Permission) -> bool {
    !matches!(
        line.action,
        Action::ViewRegimeProblems
            | Action::AuthorRegime
            | Action::PublishRegime
            | Action::SetLocalDeadline
            | Action::Administer
    )
}

fn relation(language: Language, relation: Relation) -> String {
    let words = pick(language, relation.wording());
    let mut letters = words.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn statuses(language: Language, line: &Permission) -> String {
    if line.statuses.len() == Status::ALL.len() {
        return plain(language, "statuses-any");
    }
    let words = line.statuses.iter();
    let words: Vec<String> = words
        .map(|status| pick(language, status.wording()))
        .collect();
    words.join(", ")
}

fn action_line(language: Language, action: Action) -> ActionLine {
    let cell = |role: Role| {
        let lines = of_role(role).filter(|line| line.action == action);
        let words: Vec<String> = lines
            .map(|line| {
                if is_of_reports(line) {
                    format!(
                        "{} ({})",
                        pick(language, line.relation.wording()),
                        statuses(language, line)
                    )
                } else {
                    plain(language, "permission-yes")
                }
            })
            .collect();
        words.join("; ")
    };
    ActionLine {
        name: pick(language, action.wording()),
        cells: Role::ALL.into_iter().map(cell).collect(),
    }
}
