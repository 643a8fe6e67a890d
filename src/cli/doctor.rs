//! `regime doctor [--data DIR]`: what an administrator should know of a data folder before it hurts: its file, its clock, its regimes, its units, its people.
//!
//! It deliberately mends nothing and stops at nothing: what cannot be looked at is one more line. Exit code 1 means that something needs a hand.

use crate::cli::arguments::StoreArguments;
use crate::cli::console::{Console, Outcome};
use crate::cli::failure::Failure;
use crate::cli::office;
use crate::plan::Bilingual;
use crate::reports::permission::{Action, grant_for_province};
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::store::sqlite::copy;
use serde::Serialize;
use std::path::Path;

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Good,
    Look,
    Bad,
}

#[derive(Debug, Serialize)]
struct Line {
    state: State,
    what: Bilingual,
}

#[derive(Serialize)]
struct Report<'r> {
    lines: &'r [Line],
}

/// Runs the command.
pub fn run(console: Console, arguments: &StoreArguments) -> Result<Outcome, Failure> {
    let folder = office::data_folder(arguments.data.as_ref(), false);
    let mut lines = Vec::new();
    let file = folder.join(copy::FILE);
    match copy::checked(&file) {
        Ok(()) => lines.push(line(
            State::Good,
            &format!("Tệp dữ liệu {} nguyên vẹn.", file.display()),
            &format!("The data file {} is sound.", file.display()),
        )),
        Err(error) => lines.push(Line {
            state: State::Bad,
            what: error.wording(),
        }),
    }
    match office::open_to_read(&folder) {
        Ok(service) => match looked(&service) {
            Ok(found) => lines.extend(found),
            Err(error) => lines.push(Line {
                state: State::Bad,
                what: error.wording(),
            }),
        },
        Err(failure) => lines.push(Line {
            state: State::Bad,
            what: failure.wording(),
        }),
    }
    lines.push(writable(&folder));
    if console.is_json() {
        console.json(&Report { lines: &lines });
    } else {
        for line in &lines {
            let sign = match line.state {
                State::Good => "✓",
                State::Look => "!",
                State::Bad => "✗",
            };
            console.result(&format!("{sign} {}", console.of(&line.what)));
        }
    }
    let clean = lines.iter().all(|line| line.state == State::Good);
    Ok(Outcome::clean_if(clean))
}

fn line(state: State, vi: &str, en: &str) -> Line {
    Line {
        state,
        what: Bilingual {
            vi: vi.to_owned(),
            en: en.to_owned(),
        },
    }
}

/// Everything that can be told from inside the store.
fn looked(service: &Service) -> Result<Vec<Line>, ServiceError> {
    let (ground, now) = (service.ground()?, office::now());
    let transaction = service.store().begin_read()?;
    let mut lines = Vec::new();
    lines.push(match service.last_activity()? {
        // A minute of difference is no clock that was set back.
        Some(last) if last.to_unix_seconds() > now.to_unix_seconds() + 60 => line(
            State::Bad,
            &format!("Đồng hồ máy chủ chạy lùi: việc cuối ghi lúc {last}, bây giờ là {now}. Hãy chỉnh giờ trước khi chạy tiếp."),
            &format!("The server's clock went back: something was recorded at {last}, and it is {now} now. Set the clock before going on."),
        ),
        _ => line(
            State::Good,
            &format!("Đồng hồ máy chủ: {now}."),
            &format!("The server's clock says {now}."),
        ),
    });
    let regimes = ground.regimes.len();
    lines.push(if regimes == 0 {
        line(
            State::Look,
            "Chưa có chế độ báo cáo nào được ban hành.",
            "No regime is in force.",
        )
    } else {
        let text = format!("{regimes} chế độ báo cáo, bản biên dịch đọc được.");
        let english = format!("{regimes} regimes; their plans can be read.");
        line(State::Good, &text, &english)
    });
    let units = ground.organisation.valid_on(now.date()).count();
    lines.push(if units == 0 {
        line(
            State::Look,
            "Chưa có đơn vị nào trong danh mục đơn vị hôm nay.",
            "No unit is valid today.",
        )
    } else {
        let text = format!("{units} đơn vị đang hoạt động.");
        line(
            State::Good,
            &text,
            &format!("{units} units are valid today."),
        )
    });
    let users = transaction.users()?;
    let administrators = users.iter().filter(|user| {
        let actor = crate::reports::permission::Actor {
            user: user.account.id.clone(),
            name: user.account.name.clone(),
            grants: user
                .account
                .grants
                .iter()
                .filter(|grant| grant.holds_on(now.date()))
                .cloned()
                .collect(),
            lent: Vec::new(),
        };
        !user.account.disabled && grant_for_province(&actor, Action::Administer).is_some()
    });
    let administrators = administrators.count();
    lines.push(if administrators == 0 {
        line(
            State::Bad,
            "Không có tài khoản quản trị nào dùng được.",
            "No administrator's account can be used.",
        )
    } else {
        let text = format!("{} tài khoản, {administrators} quản trị.", users.len());
        let english = format!("{} accounts, {administrators} administrators.", users.len());
        line(State::Good, &text, &english)
    });
    let nowhere = unrouted(service)?;
    if !nowhere.is_empty() {
        let names = nowhere.join(", ");
        lines.push(line(
            State::Look,
            &format!("Chưa xác định được nơi nhận báo cáo: {names}."),
            &format!("Reports without a recipient: {names}."),
        ));
    }
    Ok(lines)
}

/// The regimes of which some report owed now has no recipient.
fn unrouted(service: &Service) -> Result<Vec<String>, ServiceError> {
    let (ground, today) = (service.ground()?, office::now().date());
    let mut found = Vec::new();
    for regime in ground.regimes.keys() {
        let Some(period) = ground.periods_begun(regime, today).pop() else {
            continue;
        };
        let owed = ground.obligations(regime, &period)?;
        let lost = owed.iter().filter(|one| one.recipients.is_empty()).count();
        if lost > 0 {
            found.push(format!("{regime} {period} ({lost})"));
        }
    }
    Ok(found)
}

/// Whether the folder takes a new file, so that a full or read-only disk is told before an officer finds it out.
fn writable(folder: &Path) -> Line {
    let probe = folder.join("doctor.probe");
    let tried = std::fs::write(&probe, vec![0_u8; 1 << 20]);
    let _ = std::fs::remove_file(&probe);
    match tried {
        Ok(()) => line(
            State::Good,
            "Thư mục dữ liệu ghi được.",
            "The data folder can be written to.",
        ),
        Err(error) => line(
            State::Bad,
            &format!("Không ghi được vào thư mục dữ liệu: {error}."),
            &format!("The data folder cannot be written to: {error}."),
        ),
    }
}
