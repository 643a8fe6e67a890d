//! Reminding units of reports that did not come: by a person for some or all units, or by the calendar as the province has set it.
//!
//! A reminder stands on *Việc cần làm* of the unit's officers and heads until the report is sent, and goes by e-mail to those of them who gave an address. It is never changed.
//! The room does not know addresses of pages: whoever calls gives the link. Broken input: a unit that owes nothing, or has sent, is passed over.

use crate::calendar::dates::show_date;
use crate::calendar::{Date, Due, Moment, Period};
use crate::organisation::UnitId;
use crate::reports::board::{BoardMark, Mark};
use crate::reports::event::Stamp;
use crate::reports::obligation::Obligation;
use crate::reports::permission::{
    Action, Actor, Role, grant_for_province, grant_for_report, may_somewhere,
};
use crate::reports::refusal::MOST_CHARACTERS;
use crate::reports::reminder::{Cause, Reminder, of_calendar};
use crate::reports::report::Status;
use crate::service::Service;
use crate::service::collection::outside;
use crate::service::ground::Ground;
use crate::service::problem::ServiceError;
use crate::service::rulings::RulingFault;
use crate::service::view::ReportAddress;
use crate::store::notices::Mail;
use crate::store::records::{ReportQuery, User};
use crate::store::{ReadTransaction, WriteTransaction};
use std::collections::{BTreeMap, BTreeSet};

/// The setting that says how many days before a deadline the calendar reminds.
const DAYS_BEFORE: &str = "reminder_days_before";
/// What holds while the province has set nothing.
const USUAL_DAYS_BEFORE: u32 = 3;
/// The most days that can be set.
pub const MOST_DAYS_BEFORE: u32 = 30;
/// So many reminders of one unit are looked through for its page.
const MOST_READ: u32 = 200;
/// Who the calendar's reminders are by.
const SYSTEM: &str = "he-thong";

/// Gives the address of a report's page, or nothing where the server does not know its own.
pub type Links<'a> = &'a dyn Fn(&ReportAddress) -> Option<String>;

/// What a person asks to be reminded of.
#[derive(Debug, Clone)]
pub struct NewReminder {
    /// The regime's name.
    pub regime: String,
    /// The period.
    pub period: Period,
    /// The units; those that owe nothing any more are passed over.
    pub units: Vec<UnitId>,
    /// What is said.
    pub words: String,
}

/// A unit whose report did not come.
#[derive(Debug, Clone)]
pub struct MissingUnit {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// How its report stands.
    pub mark: Mark,
    /// The deadline.
    pub due: Option<Due>,
    /// When it was last reminded, and by whom.
    pub reminded: Option<(Moment, String)>,
}

/// A reminder for somebody's page.
#[derive(Debug, Clone)]
pub struct ReminderView {
    /// The reminder.
    pub reminder: Reminder,
    /// The regime's printed title.
    pub regime_title: String,
    /// The unit's name.
    pub unit_name: String,
}

impl Service {
    /// The units of a period whose reports did not come and whom the actor may remind, with the regime's title.
    pub fn missing_units(
        &self,
        actor: &Actor,
        regime: &str,
        period: &Period,
        now: Moment,
    ) -> Result<(String, Vec<MissingUnit>), ServiceError> {
        if !may_somewhere(actor, Action::Remind) {
            return Err(ServiceError::Forbidden);
        }
        let ground = self.ground()?;
        let title = ground.plan_of_period(regime, period)?.header.title.clone();
        let transaction = self.store.begin_read()?;
        let missing = missing(&ground, transaction.as_ref(), regime, period, now)?;
        let mut last: BTreeMap<UnitId, (Moment, String)> = BTreeMap::new();
        for reminder in transaction.reminders(None, u32::MAX)? {
            if reminder.regime == regime && reminder.period == *period {
                last.entry(reminder.unit)
                    .or_insert((reminder.stamp.at, reminder.stamp.name));
            }
        }
        let mut found = Vec::new();
        for (owed, mark) in missing {
            if !may_remind(actor, &owed) {
                continue;
            }
            found.push(MissingUnit {
                name: ground.unit_name(&owed.key.unit),
                mark: mark.mark,
                due: owed.pressing(),
                reminded: last.remove(&owed.key.unit),
                unit: owed.key.unit,
            });
        }
        Ok((title, found))
    }

    /// Reminds; answers how many units were reminded that were not before, today and by this person.
    pub fn remind(
        &self,
        actor: &Actor,
        asked: &NewReminder,
        links: Links<'_>,
        now: Moment,
    ) -> Result<usize, ServiceError> {
        let words = asked.words.trim();
        if words.chars().count() > MOST_CHARACTERS {
            return Err(RulingFault::TooLong.into());
        }
        let transaction = self.store.begin_write()?;
        let ground = Ground::read(transaction.as_ref())?;
        if !may_somewhere(actor, Action::Remind) {
            return Err(ServiceError::Forbidden);
        }
        let missing = missing(
            &ground,
            transaction.as_ref(),
            &asked.regime,
            &asked.period,
            now,
        )?;
        let letters = Letters::new(&ground, transaction.as_ref(), links)?;
        let mut given = 0;
        for (owed, _) in missing {
            if !asked.units.contains(&owed.key.unit) {
                continue;
            }
            let held = grant_for_report(
                actor,
                Action::Remind,
                &owed.key.unit,
                &owed.recipients,
                Status::Draft,
            );
            let Some(held) = held else {
                return Err(ServiceError::Forbidden);
            };
            let stamp = Stamp {
                user: actor.user.clone(),
                name: actor.name.clone(),
                unit: held.grant.unit.clone(),
                on_behalf_of: held.on_behalf_of.cloned(),
                at: now,
            };
            let reminder = reminder(&owed, Cause::Person, words, stamp);
            given += usize::from(letters.give(transaction.as_ref(), &reminder)?);
        }
        transaction.commit()?;
        Ok(given)
    }

    /// Gives the reminders of the day that the calendar has to give and has not given yet; answers how many.
    pub fn remind_by_calendar(&self, links: Links<'_>, now: Moment) -> Result<usize, ServiceError> {
        let days = self.reminder_days()?;
        if days == 0 {
            return Ok(0);
        }
        let ground = self.ground()?;
        let mut due = Vec::new();
        {
            let transaction = self.store.begin_read()?;
            for regime in ground.regimes.keys() {
                for period in ground.periods_begun(regime, now.date()) {
                    for (owed, _) in missing(&ground, transaction.as_ref(), regime, &period, now)? {
                        let Some(cause) = of_calendar(owed.pressing(), now.date(), days) else {
                            continue;
                        };
                        let reminder = reminder(&owed, cause, "", system(now));
                        if !transaction.is_reminded(&reminder.key())? {
                            due.push(reminder);
                        }
                    }
                }
            }
        }
        if due.is_empty() {
            return Ok(0);
        }
        let transaction = self.store.begin_write()?;
        let letters = Letters::new(&ground, transaction.as_ref(), links)?;
        let mut given = 0;
        for reminder in &due {
            given += usize::from(letters.give(transaction.as_ref(), reminder)?);
        }
        transaction.commit()?;
        Ok(given)
    }

    /// The reminders of the units that the actor fills in or heads, as long as their reports did not come; the newest of each report first.
    pub fn reminders_for(
        &self,
        actor: &Actor,
        now: Moment,
    ) -> Result<Vec<ReminderView>, ServiceError> {
        let ground = self.ground()?;
        let transaction = self.store.begin_read()?;
        let units: BTreeSet<&UnitId> = actor
            .held()
            .filter(|held| matches!(held.grant.role, Role::Officer | Role::HeadOfUnit))
            .map(|held| &held.grant.unit)
            .collect();
        let mut found = Vec::new();
        for unit in units {
            let query = ReportQuery {
                unit: Some(unit.clone()),
                ..ReportQuery::default()
            };
            let reports = transaction.report_summaries(&query)?;
            let mut seen: BTreeSet<(String, Period)> = BTreeSet::new();
            for reminder in transaction.reminders(Some(unit), MOST_READ)? {
                if !seen.insert((reminder.regime.clone(), reminder.period)) {
                    continue;
                }
                let address = ReportAddress {
                    regime: reminder.regime.clone(),
                    period: reminder.period,
                    unit: unit.clone(),
                };
                let Ok(owed) = ground.obligation(&address) else {
                    continue;
                };
                let report = reports.iter().find(|report| reminder.is_about(&report.key));
                let progress = report.map(|report| outside(report.progress()));
                if !BoardMark::of(&owed, progress, now).mark.is_missing() {
                    continue;
                }
                let plan = ground.plan(&owed.key.regime, owed.key.version)?;
                found.push(ReminderView {
                    regime_title: plan.header.title.clone(),
                    unit_name: ground.unit_name(unit),
                    reminder,
                });
            }
        }
        found.sort_by_key(|view| std::cmp::Reverse(view.reminder.stamp.at));
        Ok(found)
    }

    /// How many days before a deadline the calendar reminds; 0: it is silent.
    pub fn reminder_days(&self) -> Result<u32, ServiceError> {
        let setting = self.store.begin_read()?.setting(DAYS_BEFORE)?;
        Ok(setting
            .and_then(|text| text.parse().ok())
            .unwrap_or(USUAL_DAYS_BEFORE))
    }

    /// Sets it. What is more than [`MOST_DAYS_BEFORE`] is that.
    pub fn set_reminder_days(&self, actor: &Actor, days: u32) -> Result<(), ServiceError> {
        grant_for_province(actor, Action::Administer).ok_or(ServiceError::Forbidden)?;
        let transaction = self.store.begin_write()?;
        transaction.set_setting(DAYS_BEFORE, &days.min(MOST_DAYS_BEFORE).to_string())?;
        Ok(transaction.commit()?)
    }
}

fn may_remind(actor: &Actor, owed: &Obligation) -> bool {
    grant_for_report(
        actor,
        Action::Remind,
        &owed.key.unit,
        &owed.recipients,
        Status::Draft,
    )
    .is_some()
}

/// What is owed for a period and did not come; what is locked cannot come any more.
fn missing(
    ground: &Ground,
    transaction: &dyn ReadTransaction,
    regime: &str,
    period: &Period,
    now: Moment,
) -> Result<Vec<(Obligation, BoardMark)>, ServiceError> {
    let query = ReportQuery {
        regime: Some(regime.to_string()),
        period: Some(*period),
        ..ReportQuery::default()
    };
    let progress: BTreeMap<UnitId, _> = transaction
        .report_summaries(&query)?
        .into_iter()
        .map(|report| (report.key.unit.clone(), outside(report.progress())))
        .collect();
    let marked = |owed: Obligation| {
        let mark = BoardMark::of(&owed, progress.get(&owed.key.unit).copied(), now);
        (owed, mark)
    };
    let owed = ground.obligations(regime, period)?.into_iter().map(marked);
    Ok(owed
        .filter(|(_, mark)| mark.mark.is_missing() && !mark.locked)
        .collect())
}

fn reminder(owed: &Obligation, cause: Cause, words: &str, stamp: Stamp) -> Reminder {
    Reminder {
        regime: owed.key.regime.clone(),
        period: owed.key.period,
        unit: owed.key.unit.clone(),
        cause,
        words: words.to_string(),
        due: owed.pressing(),
        stamp,
    }
}

fn system(now: Moment) -> Stamp {
    Stamp {
        user: SYSTEM.to_string(),
        name: "Hệ thống".to_string(),
        unit: UnitId(String::new()),
        on_behalf_of: None,
        at: now,
    }
}

/// What letters about reminders are made from.
struct Letters<'a> {
    ground: &'a Ground,
    users: Vec<User>,
    links: Links<'a>,
}

impl<'a> Letters<'a> {
    fn new(
        ground: &'a Ground,
        transaction: &dyn ReadTransaction,
        links: Links<'a>,
    ) -> Result<Letters<'a>, ServiceError> {
        let users = transaction.users()?;
        let users = users.into_iter().filter(|user| {
            let account = &user.account;
            !account.disabled && account.email.is_some()
        });
        Ok(Letters {
            ground,
            users: users.collect(),
            links,
        })
    }

    /// Keeps a reminder and queues its letters; answers whether it is new.
    fn give(
        &self,
        transaction: &dyn WriteTransaction,
        reminder: &Reminder,
    ) -> Result<bool, ServiceError> {
        if !transaction.add_reminder(reminder)? {
            return Ok(false);
        }
        let today = reminder.stamp.at.date();
        for user in &self.users {
            let account = &user.account;
            let concerned = account.grants_on(today).any(|grant| {
                grant.unit == reminder.unit
                    && matches!(grant.role, Role::Officer | Role::HeadOfUnit)
            });
            let Some(to) = account.email.clone().filter(|_| concerned) else {
                continue;
            };
            let (subject, text) = self.letter(reminder, &account.name, today);
            let mail = Mail {
                account: account.id.clone(),
                to,
                subject,
                text,
            };
            let key = format!("{}/{}", reminder.key(), account.id);
            transaction.queue_mail(&key, &mail, reminder.stamp.at)?;
        }
        Ok(true)
    }

    fn letter(&self, reminder: &Reminder, name: &str, today: Date) -> (String, String) {
        let title = self
            .ground
            .plan_of_period(&reminder.regime, &reminder.period)
            .map_or_else(
                |_| reminder.regime.clone(),
                |plan| plan.header.title.clone(),
            );
        let period = reminder.period.name_vi();
        let due = match reminder.due {
            Some(due) => format!("hạn gửi {}", shown(due)),
            None => "chưa có hạn gửi".to_string(),
        };
        let stands = match reminder
            .due
            .map(|due| crate::calendar::dates::days_between(today, due.date))
        {
            Some(left) if left > 0 => format!(", còn {left} ngày"),
            Some(0) => ", hạn hôm nay".to_string(),
            Some(left) => format!(", đã quá hạn {} ngày", left.unsigned_abs()),
            None => String::new(),
        };
        let unit = self.ground.unit_name(&reminder.unit);
        let mut text = format!(
            "Kính gửi {name},\n\n{unit} chưa gửi báo cáo “{title}”, {period}, {due}{stands}.\n"
        );
        if reminder.cause == Cause::Person {
            text.push_str(&format!("\nNgười nhắc: {}.\n", reminder.stamp.name));
        }
        if !reminder.words.is_empty() {
            text.push_str(&format!("Nội dung: {}\n", reminder.words));
        }
        let address = ReportAddress {
            regime: reminder.regime.clone(),
            period: reminder.period,
            unit: reminder.unit.clone(),
        };
        if let Some(link) = (self.links)(&address) {
            text.push_str(&format!("\nMở báo cáo: {link}\n"));
        }
        text.push_str("\nThư do Hệ thống thông tin báo cáo tự động gửi, xin không trả lời thư này. Địa chỉ nhận thư được đặt ở trang Tài khoản của tôi.\n");
        (format!("[Nhắc báo cáo] {title} – {period}, {due}"), text)
    }
}

fn shown(due: Due) -> String {
    match due.clock {
        Some(clock) => format!("{clock} ngày {}", show_date(due.date)),
        None => show_date(due.date),
    }
}
