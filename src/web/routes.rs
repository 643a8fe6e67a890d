//! All addresses of the program in one table: method, path, who gets an answer there, and what answers.
//!
//! The router is made from the table and from nothing else, so an address that does not say whose it is cannot be reached; the matrix of tests asks every address of the table
//! as every role from every unit. What an address does is in its page; an address that is not here is not found.

use crate::reports::people::token::TokenRight;
use crate::reports::permission::Action;
use crate::web::office::Office;
use crate::web::pages::{
    account, accounts, admin, attachment, audit, board_files, boards, calendars, collections,
    consolidated, document, document_acts, events, feeds, figure, help, help_api, history, home,
    looking_back, mails, obligations, own_factor, own_password, own_sessions, permissions, regimes,
    remind, report, save, second_step, sign_in, steps, table_history, tokens, unit_import,
    unit_reforms, units,
};
use crate::web::studio::{self, file, list, publish, socket};
use crate::web::v1::fault::Fault;
use crate::web::v1::{self, Carries};
use crate::web::{api, assets, metrics};
use axum::Router;
use axum::routing::{MethodRouter, any, get, post};

/// The address of a report.
const REPORT: &str = "/bao-cao/{regime}/{period}/{unit}";
/// The address of a consolidated document.
const DOCUMENT: &str = "/ban-tong-hop/{regime}/{period}/{body}";

/// Who gets an answer at an address; everybody else is refused or told that there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Anybody, signed in or not.
    Anybody,
    /// Whoever signed in, for what concerns their own account, even before they have done what must be done first.
    Owner,
    /// Whoever signed in; what is shown or done is their own or everybody's.
    SignedIn,
    /// Whoever may do one of these for somebody, whatever unit they act for.
    Province(&'static [Action]),
    /// Whoever may do one of these to the report of the address as it stands now.
    Report(&'static [Action]),
    /// Whoever may do this to the report of the address in some status; in another one they are told so.
    Step(Action),
    /// Whoever reads what the body consolidates to which the reports go.
    Consolidation,
    /// Whoever reads what the body of the address consolidates, or receives its document once it is sent.
    Document,
    /// Whoever may do this to the document of the address in some status; in another one they are told so.
    DocumentStep(Action),
    /// Programs that watch the server, by where they are or by what they know; no person by their role.
    Machine,
    /// Whoever acts for a body that the regime names, or keeps the system.
    NamedBody,
    /// Whoever may do this for some unit.
    Somewhere(Action),
    /// Whoever may do this for the unit of the address.
    Unit(Action),
    /// A program with a key that has this right, for the unit of the key; no person.
    Program(TokenRight),
}

/// What stands around an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Sessions, error pages, the guard against other sites.
    Session,
    /// The same with room and time for files.
    Files,
    /// Nothing; no session is read.
    Nothing,
    /// Problems in JSON; no session is read.
    Program,
    /// The same with room and time for files.
    ProgramFiles,
}

/// One address of the program.
#[derive(Debug, Clone)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: String,
    /// Who gets an answer.
    pub door: Door,
    around: Around,
    to: MethodRouter<Office>,
}

const SEES_REPORT: Door = Door::Report(&[Action::ViewDraft, Action::ViewSent]);
const AUTHOR: Door = Door::Province(&[Action::AuthorRegime]);
const PUBLISHER: Door = Door::Province(&[Action::PublishRegime]);
const RULES: Door = Door::Province(&[Action::Rule]);
const ADMINISTRATOR: Door = Door::Province(&[Action::Administer]);

fn route(
    method: &'static str,
    path: impl Into<String>,
    door: Door,
    to: MethodRouter<Office>,
) -> Route {
    Route {
        method,
        path: path.into(),
        door,
        around: Around::Session,
        to,
    }
}

/// A page to be read.
fn read(path: impl Into<String>, door: Door, to: MethodRouter<Office>) -> Route {
    route("GET", path, door, to)
}

/// Something to be done.
fn act(path: impl Into<String>, door: Door, to: MethodRouter<Office>) -> Route {
    route("POST", path, door, to)
}

/// Every address there is.
pub fn table() -> Vec<Route> {
    let mut all = vec![
        read("/", Door::SignedIn, get(home::show)),
        read(feeds::PATH, Door::SignedIn, get(feeds::show)),
        act("/lich/tao", Door::SignedIn, post(feeds::make)),
        act("/lich/thoi", Door::SignedIn, post(feeds::end)),
        Route {
            around: Around::Nothing,
            ..read("/lich/{secret}", Door::Anybody, get(feeds::read))
        },
        read("/che-do", Door::SignedIn, get(regimes::list)),
        read(
            "/che-do/{regime}/{version}",
            Door::SignedIn,
            get(regimes::show),
        ),
        read(events::PATH, Door::SignedIn, get(events::show)),
        act("/dot/mo", Door::NamedBody, post(events::open)),
        act("/dot/dong", Door::NamedBody, post(events::close)),
        read(
            format!("{}{{code}}", help::CODES),
            Door::Anybody,
            get(help::code),
        ),
        Route {
            around: Around::Nothing,
            ..read("/suc-khoe", Door::Anybody, get(metrics::health))
        },
        Route {
            around: Around::Nothing,
            ..read(
                metrics::HEALTH_DETAIL,
                Door::Anybody,
                get(metrics::health_detail),
            )
        },
        Route {
            around: Around::Nothing,
            ..read(metrics::PATH, Door::Machine, get(metrics::show))
        },
        Route {
            around: Around::Nothing,
            ..read("/tai-nguyen/{file}", Door::Anybody, get(assets::asset))
        },
    ];
    all.extend(people());
    all.extend(facts());
    all.extend(reports());
    all.extend(owed());
    all.extend(boards());
    all.extend(consolidations());
    all.extend(documents());
    all.extend(studios());
    all.extend(programs());
    all
}

/// Keys of programs, and what programs ask with them.
fn programs() -> Vec<Route> {
    let of_unit = format!("{}/{{unit}}", tokens::PATH);
    let mut all = vec![
        read(help_api::PATH, Door::Anybody, get(help_api::show)),
        read(
            tokens::PATH,
            Door::Somewhere(Action::ManageTokens),
            get(tokens::list),
        ),
        read(
            of_unit.clone(),
            Door::Unit(Action::ManageTokens),
            get(tokens::show),
        ),
        act(
            of_unit.clone(),
            Door::Unit(Action::ManageTokens),
            post(tokens::make),
        ),
        act(
            format!("{of_unit}/thu-hoi"),
            Door::Unit(Action::ManageTokens),
            post(tokens::revoke),
        ),
    ];
    all.extend(v1::endpoints().into_iter().map(|endpoint| Route {
        method: endpoint.method,
        path: endpoint.path.to_string(),
        door: endpoint.right.map_or(Door::Anybody, Door::Program),
        around: match endpoint.carries {
            Carries::Bytes => Around::ProgramFiles,
            _ => Around::Program,
        },
        to: endpoint.to,
    }));
    all
}

/// Signing in, one's own account, other people's accounts.
fn people() -> Vec<Route> {
    vec![
        read("/dang-nhap", Door::Anybody, get(sign_in::show)),
        act("/dang-nhap", Door::Anybody, post(sign_in::submit)),
        read(second_step::PATH, Door::Anybody, get(second_step::show)),
        act(second_step::PATH, Door::Anybody, post(second_step::submit)),
        act("/dang-xuat", Door::Anybody, post(sign_in::sign_out)),
        read(account::PATH, Door::SignedIn, get(account::show)),
        act("/tai-khoan/thu", Door::SignedIn, post(account::set_email)),
        read(audit::PATH, ADMINISTRATOR, get(audit::show)),
        read("/quan-tri/nhat-ky/tep", ADMINISTRATOR, get(audit::download)),
        read(mails::PATH, ADMINISTRATOR, get(mails::show)),
        act(mails::PATH, ADMINISTRATOR, post(mails::submit)),
        act(
            "/tai-khoan/uy-quyen",
            Door::SignedIn,
            post(account::delegate),
        ),
        act(
            "/tai-khoan/uy-quyen/ket-thuc",
            Door::SignedIn,
            post(account::end_delegation),
        ),
        read(own_password::PATH, Door::Owner, get(own_password::show)),
        act(own_password::PATH, Door::Owner, post(own_password::submit)),
        read(own_factor::PATH, Door::Owner, get(own_factor::show)),
        act(own_factor::PATH, Door::Owner, post(own_factor::confirm)),
        act(
            "/tai-khoan/hai-lop/ma-du-phong",
            Door::Owner,
            post(own_factor::renew),
        ),
        act(
            "/tai-khoan/hai-lop/tat",
            Door::Owner,
            post(own_factor::remove),
        ),
        act(
            "/tai-khoan/phien/ket-thuc",
            Door::SignedIn,
            post(own_sessions::end),
        ),
        act(
            "/tai-khoan/phien/ket-thuc-khac",
            Door::SignedIn,
            post(own_sessions::end_others),
        ),
        act("/quan-tri/hai-lop", ADMINISTRATOR, post(accounts::demand)),
        read(
            "/quan-tri",
            Door::Province(&[Action::ViewRegimeProblems, Action::Administer]),
            get(admin::show),
        ),
        read(permissions::PATH, Door::SignedIn, get(permissions::show)),
        read(looking_back::PATH, Door::SignedIn, get(looking_back::show)),
        act(looking_back::PATH, Door::SignedIn, post(looking_back::set)),
        act("/xem-lai/thoi", Door::SignedIn, post(looking_back::end)),
        read(accounts::PATH, ADMINISTRATOR, get(accounts::list)),
        act(accounts::PATH, ADMINISTRATOR, post(accounts::create)),
        read(
            "/quan-tri/tai-khoan/{account}",
            ADMINISTRATOR,
            get(accounts::show),
        ),
        act(
            "/quan-tri/tai-khoan/{account}/{change}",
            ADMINISTRATOR,
            post(accounts::change),
        ),
    ]
}

/// Units in time, days off, deadlines set by the province, and the history of their tables.
fn facts() -> Vec<Route> {
    let with_files = |route: Route| Route {
        around: Around::Files,
        ..route
    };
    let keepers = Door::Province(&[Action::Administer, Action::SetLocalDeadline]);
    let setters = Door::Province(&[Action::SetLocalDeadline]);
    vec![
        read(units::PATH, ADMINISTRATOR, get(units::list)),
        read(
            "/quan-tri/don-vi/xem/{unit}",
            ADMINISTRATOR,
            get(units::show),
        ),
        with_files(read(
            "/quan-tri/don-vi/nap",
            ADMINISTRATOR,
            get(unit_import::show),
        )),
        with_files(act(
            "/quan-tri/don-vi/nap",
            ADMINISTRATOR,
            post(unit_import::submit),
        )),
        with_files(act(
            unit_import::CONFIRM,
            ADMINISTRATOR,
            post(unit_import::confirm),
        )),
        read(unit_reforms::PATH, ADMINISTRATOR, get(unit_reforms::show)),
        act(
            unit_reforms::PATH,
            ADMINISTRATOR,
            post(unit_reforms::submit),
        ),
        read(table_history::PATH, ADMINISTRATOR, get(table_history::list)),
        read(
            "/quan-tri/bang/{position}",
            ADMINISTRATOR,
            get(table_history::show),
        ),
        read(
            "/quan-tri/bang/{position}/tep",
            ADMINISTRATOR,
            get(table_history::file),
        ),
        read(calendars::PATH, keepers, get(calendars::show)),
        act(
            "/quan-tri/lich/ngay-nghi",
            ADMINISTRATOR,
            post(calendars::decide),
        ),
        act("/quan-tri/lich/thoi-han", setters, post(calendars::set)),
    ]
}

/// What is owed, and decisions about it.
fn owed() -> Vec<Route> {
    let of_period = format!("{}/{{regime}}/{{period}}", obligations::PATH);
    vec![
        read(obligations::PATH, RULES, get(obligations::list)),
        read(of_period.clone(), RULES, get(obligations::show)),
        act(of_period, RULES, post(obligations::submit)),
    ]
}

/// Who sent in time and who did not, and reminding them.
fn boards() -> Vec<Route> {
    let remind = format!("{}/{{regime}}/{{period}}/nhac", boards::PATH);
    vec![
        read(boards::PATH, Door::SignedIn, get(boards::show)),
        read(
            "/dung-han/tep/{format}",
            Door::SignedIn,
            get(board_files::download),
        ),
        read(
            "/dung-han/don-vi/{unit}",
            Door::SignedIn,
            get(boards::of_unit),
        ),
        read(
            remind.clone(),
            Door::Somewhere(Action::Remind),
            get(remind::show),
        ),
        act(
            remind,
            Door::Somewhere(Action::Remind),
            post(remind::submit),
        ),
    ]
}

/// One report: its page, its steps, its history, its files.
fn reports() -> Vec<Route> {
    let at = |name: &str| format!("{REPORT}/{name}");
    let step = |name: &str, action, to| act(at(name), Door::Step(action), to);
    vec![
        read(REPORT, SEES_REPORT, get(report::show)),
        read(at("lich-su"), SEES_REPORT, get(history::show)),
        read(at("tep/{sha256}"), SEES_REPORT, get(attachment::download)),
        Route {
            around: Around::Files,
            ..step("luu", Action::Save, post(save::submit))
        },
        step("trinh", Action::Propose, post(steps::propose)),
        step("duyet", Action::Approve, post(steps::approve)),
        step("gui", Action::Send, post(steps::send)),
        step("tra-lai", Action::Return, post(steps::return_report)),
        step("nhan", Action::Receive, post(steps::receive)),
        step("tiep-nhan", Action::Accept, post(steps::accept)),
        step("mo-lai", Action::Reopen, post(steps::reopen)),
        step("thu-hoi", Action::Withdraw, post(steps::withdraw)),
        step(
            "mo-dau-ky",
            Action::DeclareOpening,
            post(steps::declare_opening),
        ),
        act(
            "/api/bao-cao/{regime}/{period}/{unit}/o",
            Door::Step(Action::Save),
            post(api::cells),
        ),
    ]
}

/// What a body makes of the reports it receives.
fn consolidations() -> Vec<Route> {
    vec![
        read("/tong-hop", Door::SignedIn, get(collections::list)),
        read(
            "/tong-hop/{regime}/{period}",
            Door::Consolidation,
            get(collections::board),
        ),
        read(
            "/tong-hop/{regime}/{period}/{form}",
            Door::Consolidation,
            get(consolidated::show),
        ),
        read(
            "/so-lieu/{regime}/{period}/{form}/{column}",
            Door::Consolidation,
            get(figure::show),
        ),
    ]
}

/// The consolidated document of a body: its page and its steps.
fn documents() -> Vec<Route> {
    let at = |name: &str| format!("{DOCUMENT}/{name}");
    let step = |name: &str, action, to| act(at(name), Door::DocumentStep(action), to);
    vec![
        read(DOCUMENT, Door::Document, get(document::show)),
        step(
            "dieu-chinh",
            Action::Consolidate,
            post(document_acts::adjust),
        ),
        step(
            "thoi-dieu-chinh",
            Action::Consolidate,
            post(document_acts::take_back),
        ),
        step(
            "da-xem-lai",
            Action::Consolidate,
            post(document_acts::review),
        ),
        step(
            "ly-do-thieu",
            Action::Consolidate,
            post(document_acts::explain_missing),
        ),
        step("loi-van", Action::Consolidate, post(document_acts::write)),
        step("trinh", Action::Consolidate, post(document_acts::propose)),
        step("duyet", Action::Approve, post(document_acts::approve)),
        step("gui", Action::Send, post(document_acts::send)),
        step(
            "tra-lai",
            Action::Return,
            post(document_acts::return_document),
        ),
        step("nhan", Action::Receive, post(document_acts::receive)),
        step("tiep-nhan", Action::Accept, post(document_acts::accept)),
        step("mo-lai", Action::Reopen, post(document_acts::reopen)),
        step("thu-hoi", Action::Withdraw, post(document_acts::withdraw)),
    ]
}

/// Writing regimes and putting them into force.
fn studios() -> Vec<Route> {
    let below = |folder: &str| format!("{folder}{{*path}}");
    vec![
        read(studio::STUDIO, AUTHOR, get(list::show)),
        read(below(studio::FILES), AUTHOR, get(file::show)),
        act(below(studio::FILES), AUTHOR, post(file::submit)),
        read(below(studio::HISTORY), AUTHOR, get(studio::history::show)),
        read(studio::PUBLISH, PUBLISHER, get(publish::show)),
        act(studio::PUBLISH, PUBLISHER, post(publish::submit)),
        read(studio::SOCKET, AUTHOR, get(socket::open)),
        act(studio::SAVE, AUTHOR, post(studio::save::submit)),
        read(below(studio::NEWEST), AUTHOR, get(studio::save::newest)),
    ]
}

fn router(around: Around) -> Router<Office> {
    table()
        .into_iter()
        .filter(|route| route.around == around)
        .fold(Router::new(), |router, route| {
            router.route(&route.path, route.to)
        })
}

/// The addresses that belong to a session.
pub fn pages() -> Router<Office> {
    router(Around::Session)
}

/// The addresses that belong to a session and take files.
pub fn with_files() -> Router<Office> {
    router(Around::Files)
}

/// The addresses that programs ask; what begins like them and is none is told to programs as well.
pub fn of_programs() -> Router<Office> {
    let nothing = || any(|| async { Fault::NotFound });
    router(Around::Program)
        .route(v1::BASE, nothing())
        .route(&format!("{}/{{*nothing}}", v1::BASE), nothing())
}

/// The addresses that programs ask with files.
pub fn of_programs_with_files() -> Router<Office> {
    router(Around::ProgramFiles)
}

/// The addresses that need no session.
pub fn open() -> Router<Office> {
    router(Around::Nothing)
}
