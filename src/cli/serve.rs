//! `regime serve [--data DIR] [--listen ADDR] [--regimes DIR] [--demo] [--now TIME]`: the office as web pages.
//!
//! It deliberately only sets the table: opens the data folder, publishes what is new and clean, makes the first account, prints address and accounts. Regimes with mistakes
//! are listed and do not stop the server: what is in force stays in force.

use crate::analysis::project::Project;
use crate::calendar::{Moment, Period};
use crate::cli::arguments::ServeArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::{office, project};
use crate::demo::{self, DemoProblem};
use crate::organisation::UnitId;
use crate::plan::Bilingual;
use crate::reports::permission::{Actor, Grant, Role};
use crate::service::Service;
use crate::service::drafts::OPERATOR;
use crate::service::password;
use crate::service::people::administration::NewAccount;
use crate::service::project_tables::joined;
use crate::web::clock::Clock;
use crate::web::mail::{Postman, Protection, SmtpSettings};
use crate::web::server::{self, Options};
use crate::workspace::Snapshot;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is recorded as the decision when starting a server publishes a regime.
const DECISION: &str = "Đưa vào áp dụng khi khởi động máy chủ";

/// The first account of a new data folder.
const FIRST_ACCOUNT: &str = "quantri";

/// The file that keeps the accounts of a demonstration and their one password, so that every start can print them. Real accounts keep no password anywhere.
const DEMO_ACCOUNTS: &str = "demo-accounts.txt";

/// Runs the command until the server is told to stop.
pub fn run(console: Console, arguments: &ServeArguments) -> Result<Outcome, Failure> {
    if arguments.demo && !arguments.listen.ip().is_loopback() {
        return Err(Failure::NotLoopback {
            address: arguments.listen,
        });
    }
    let asked = arguments.now.as_deref().map(moment).transpose()?;
    let folder = office::data_folder(arguments.data.as_ref(), arguments.demo);
    let read = read(console, arguments)?;
    let snapshot = read.as_ref().map(|(_, snapshot)| snapshot);
    let service = Arc::new(office::open(&folder)?);
    let (accounts, start) = if arguments.demo {
        let accounts = demonstration(console, &service, snapshot, &folder)?;
        // A demonstration that was played with before goes on where it stopped: its clock never runs backwards.
        let last = service
            .last_activity()
            .map_err(|error| office::failed(&error))?;
        let start = asked.or_else(|| last.max(Some(demo::now())));
        (accounts, start)
    } else {
        if let Some(snapshot) = snapshot {
            let now = asked.map_or(Clock::Real, Clock::running_from).now();
            publish(console, &service, snapshot, now)?;
        }
        let now = asked.map_or(Clock::Real, Clock::running_from).now();
        (first_account(console, &service, now)?, asked)
    };
    let clock = start.map_or(Clock::Real, Clock::running_from);
    if let Some((project, _)) = &read {
        service
            .take_in_drafts(project, OPERATOR, clock.now())
            .map_err(|error| office::failed(&error))?;
    }
    let options = Options {
        listen: arguments.listen,
        clock,
        demo: arguments.demo,
        api_requests_per_minute: arguments.api_requests_per_minute,
        behind_https: arguments.behind_https,
        public_url: arguments.public_url.clone(),
        postman: postman(arguments)?,
        metrics_token: arguments
            .metrics_token_file
            .as_deref()
            .map(secret_in)
            .transpose()?,
    };
    server::start_logging(console.is_json());
    server::serve(service, options, |address| {
        let address = format!("http://{address}/");
        let folder = folder.display().to_string();
        if console.is_json() {
            console.json(&Started {
                address: &address,
                data: &folder,
                accounts: &accounts,
            });
            return;
        }
        console.result(&format!(
            "{}: {address}",
            console.choose("Địa chỉ", "Address")
        ));
        console.result(&format!(
            "{}: {folder}",
            console.choose("Kho dữ liệu", "Data folder")
        ));
        for line in &accounts {
            console.result(line);
        }
    })
    .map_err(|problem| Failure::Service {
        wording: problem.wording(),
    })?;
    Ok(Outcome::Clean)
}

/// The mail server as the operator named it; none where they named none.
fn postman(arguments: &ServeArguments) -> Result<Option<Postman>, Failure> {
    let Some(host) = arguments.smtp_host.clone() else {
        return Ok(None);
    };
    let (protection, usual_port) = match arguments.smtp_tls.as_str() {
        "none" => (Protection::None, 25),
        "tls" => (Protection::Tls, 465),
        _ => (Protection::StartTls, 587),
    };
    let password = match &arguments.smtp_password_file {
        Some(file) => secret_in(file)?,
        None => std::env::var("REGIME_SMTP_PASSWORD").unwrap_or_default(),
    };
    let settings = SmtpSettings {
        port: arguments.smtp_port.unwrap_or(usual_port),
        protection,
        credentials: arguments.smtp_user.clone().map(|user| (user, password)),
        sender: arguments
            .smtp_sender
            .clone()
            .unwrap_or_else(|| format!("regime@{host}")),
        host,
    };
    let postman = Postman::new(settings).map_err(|problem| Failure::Service {
        wording: problem.wording(),
    })?;
    Ok(Some(postman))
}

/// A secret from a file of its own, without the end of its line.
fn secret_in(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| Failure::Service {
        wording: Bilingual {
            vi: format!("không đọc được tệp {}: {error}", file.display()),
            en: format!("cannot read the file {}: {error}", file.display()),
        },
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_string())
}

#[derive(Serialize)]
struct Started<'s> {
    address: &'s str,
    data: &'s str,
    accounts: &'s [String],
}

fn hashed(secret: &str) -> Result<String, Failure> {
    password::hash(secret).map_err(|error| Failure::Service {
        wording: Bilingual {
            vi: error.detail.clone(),
            en: error.detail,
        },
    })
}

fn moment(text: &str) -> Result<Moment, Failure> {
    Moment::parse_iso(text)
        .or_else(|| Moment::parse(text))
        .ok_or_else(|| Failure::BadTime {
            text: text.to_owned(),
        })
}

/// The project whose regimes are published at start and whose files are the first drafts. Without `--regimes`, a server outside a project serves what the data folder holds.
fn read(
    console: Console,
    arguments: &ServeArguments,
) -> Result<Option<(Project, Snapshot)>, Failure> {
    let paths: Vec<PathBuf> = arguments.regimes.iter().cloned().collect();
    let found = match project::asked(&paths) {
        Ok(projects) => projects.into_iter().next(),
        Err(Failure::NoProject { .. }) if paths.is_empty() && !arguments.demo => None,
        Err(failure) => return Err(failure),
    };
    Ok(found.map(|asked| {
        project::show_mistakes(console, &asked);
        (asked.project, asked.snapshot)
    }))
}

/// Publishes what is new and clean; tells what is not.
fn publish(
    console: Console,
    service: &Service,
    snapshot: &Snapshot,
    now: Moment,
) -> Result<(), Failure> {
    office::load_tables(console, service, snapshot, now)?;
    let done = service
        .publish_those(snapshot, |_| true, DECISION, OPERATOR, now)
        .map_err(|error| office::failed(&error))?;
    for publishing in done {
        let wording = publishing.wording();
        console.note(&format!(
            "{} v{}: {}",
            publishing.name,
            publishing.version,
            console.of(&wording)
        ));
    }
    Ok(())
}

/// The administrator of a new data folder, with a password shown once; nothing when there are accounts already.
fn first_account(console: Console, service: &Service, now: Moment) -> Result<Vec<String>, Failure> {
    let exists = service
        .account(FIRST_ACCOUNT)
        .map_err(|error| office::failed(&error))?
        .is_some();
    if exists {
        return Ok(Vec::new());
    }
    let secret = password::random();
    let grants = [Role::Administrator, Role::Publisher]
        .into_iter()
        .map(|role| Grant::always(role, UnitId(String::new())))
        .collect();
    let account = NewAccount {
        id: FIRST_ACCOUNT.to_owned(),
        name: "Quản trị hệ thống".to_owned(),
        password_hash: hashed(&secret)?,
        grants,
        one_time: false,
    };
    service
        .create_first_account(&account, now)
        .map_err(|error| office::failed(&error))?;
    let shown_once = console.choose(
        "tài khoản quản trị đầu tiên, chỉ hiện một lần",
        "first administrator, shown this once only",
    );
    Ok(vec![
        format!("{shown_once}:"),
        format!(
            "{}: {FIRST_ACCOUNT}",
            console.choose("Tài khoản", "Account")
        ),
        format!("{}: {secret}", console.choose("Mật khẩu", "Password")),
    ])
}

/// Loads the demonstration province into a new data folder, and lists its accounts.
fn demonstration(
    console: Console,
    service: &Service,
    snapshot: Option<&Snapshot>,
    folder: &Path,
) -> Result<Vec<String>, Failure> {
    let kept = folder.join(DEMO_ACCOUNTS);
    if service
        .account(FIRST_ACCOUNT)
        .map_err(|error| office::failed(&error))?
        .is_some()
    {
        // The file is written after everything is loaded, so its absence tells of a start that was cut short.
        let text = std::fs::read_to_string(&kept).map_err(|_| Failure::DemoCutShort {
            folder: folder.to_owned(),
        })?;
        return Ok(text.lines().map(str::to_owned).collect());
    }
    let Some(snapshot) = snapshot else {
        return Err(Failure::NoProject {
            start: PathBuf::from("."),
        });
    };
    let secret = password::random();
    let people = load(console, service, snapshot, &hashed(&secret)?)?;
    let mut lines = vec![format!("{}:", console.choose("Tài khoản", "Accounts"))];
    lines.extend(
        people
            .iter()
            .map(|person| format!("  {:<20} {}", person.user, person.name)),
    );
    lines.push(format!(
        "{}: {secret}",
        console.choose("Mật khẩu chung", "Password of all")
    ));
    write_private(&kept, &lines.join("\n")).map_err(|detail| Failure::Unwritable {
        path: kept.clone(),
        detail,
    })?;
    Ok(lines)
}

/// Writes a file that only its owner may read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

fn load(
    console: Console,
    service: &Service,
    snapshot: &Snapshot,
    password_hash: &str,
) -> Result<Vec<Actor>, Failure> {
    let tables = snapshot.tables();
    let decisions = joined(&tables.decisions);
    let given = demo::Tables {
        units: tables.units.as_deref().unwrap_or_default(),
        successions: tables.successors.as_deref().unwrap_or_default(),
        decisions: &decisions,
    };
    console.note(console.choose("Đang nạp tỉnh mẫu…", "Loading the demonstration province…"));
    let mut progress =
        |regime: &str, period: &Period| console.note(&format!("  {regime} {period}"));
    match demo::load(service, snapshot, given, password_hash, &mut progress) {
        Ok(loaded) => Ok(loaded.accounts),
        Err(DemoProblem::Service(error)) => Err(office::failed(&error)),
        Err(DemoProblem::Regime(publishing)) => {
            let wording = publishing.wording();
            let name = format!("{} v{}", publishing.name, publishing.version);
            Err(Failure::Service {
                wording: Bilingual {
                    vi: format!("{name}: {}", wording.vi),
                    en: format!("{name}: {}", wording.en),
                },
            })
        }
        Err(DemoProblem::Table(problems)) => {
            for problem in &problems {
                console.note(&project::table_problem(
                    console,
                    Path::new("regimes"),
                    problem,
                ));
            }
            Err(Failure::DemoTables)
        }
    }
}
