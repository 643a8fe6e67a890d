//! The way of letters out of the house: SMTP, with the settings of the operator, and the one task that sends.
//!
//! Each step of a sending is its own, so that it is known whether a letter surely did not go: everything that fails before its text is handed over did not. A failing mail server
//! never holds up a request; the task runs beside them. Broken input: a setting that cannot be used is a [`MailProblem`] before the server starts.

use crate::plan::Bilingual;
use crate::service::mails::Delivery;
use crate::service::problem::ServiceError;
use crate::service::view::ReportAddress;
use crate::store::notices::Mail;
use crate::web::office::Office;
use crate::web::pages::report_path;
use lettre::address::{Address, Envelope};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use std::sync::Arc;
use std::time::Duration;

/// The longest that one answer of a mail server is waited for.
const LONGEST_ANSWER: Duration = Duration::from_secs(20);
/// How often the task looks whether something is to be sent.
const EVERY: Duration = Duration::from_secs(10);
/// How often it looks for reminders of the calendar.
const CALENDAR_EVERY_ROUNDS: u32 = 90;
/// So many letters are sent in one round, so that a long queue does not keep the task from ending.
const MOST_OF_A_ROUND: usize = 50;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Not at all: a mail server on the same machine or network.
    None,
    /// Begun in the clear and then protected (port 587).
    StartTls,
    /// Protected from the first byte (port 465).
    Tls,
}

/// Where letters are handed over.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// Name or address of the mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// Account and password there, where it asks for them.
    pub credentials: Option<(String, String)>,
    /// Who letters are from: `Văn phòng UBND tỉnh <baocao@tinh.gov.vn>`.
    pub sender: String,
}

/// Why letters cannot be sent with these settings.
#[derive(Debug, Clone)]
pub enum MailProblem {
    /// The sender is no address.
    Sender(String),
    /// No protection can be set up.
    Protection(String),
}

impl MailProblem {
    /// The problem in words.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            MailProblem::Sender(text) => (
                format!("địa chỉ người gửi thư không dùng được: {text}"),
                format!("the sender of letters is no address: {text}"),
            ),
            MailProblem::Protection(detail) => (
                format!("không thiết lập được kết nối bảo vệ tới máy chủ thư: {detail}"),
                format!("no protected connection to the mail server can be set up: {detail}"),
            ),
        };
        Bilingual { vi, en }
    }
}

/// A mail server with which letters can be sent.
pub struct Postman {
    settings: SmtpSettings,
    sender: Mailbox,
    tls: Option<TlsParameters>,
}

impl Postman {
    /// Checks the settings; connects to nobody.
    pub fn new(settings: SmtpSettings) -> Result<Postman, MailProblem> {
        let sender: Mailbox = settings
            .sender
            .parse()
            .map_err(|error| MailProblem::Sender(format!("{} ({error})", settings.sender)))?;
        let tls = match settings.protection {
            Protection::None => None,
            Protection::StartTls | Protection::Tls => Some(
                TlsParameters::new(settings.host.clone())
                    .map_err(|error| MailProblem::Protection(error.to_string()))?,
            ),
        };
        Ok(Postman {
            settings,
            sender,
            tls,
        })
    }

    /// Sends one letter. `number` makes its identity, the same at every attempt, so that a mail server can tell a second one.
    pub fn send(&self, number: i64, mail: &Mail) -> Delivery {
        let Ok(to) = mail.to.parse::<Address>() else {
            return Delivery::Refused(format!("{}: không phải địa chỉ thư", mail.to));
        };
        let identity = format!("<regime-{number}@{}>", self.sender.email.domain());
        let message = Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(mail.subject.clone())
            .message_id(Some(identity))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone());
        let message = match message {
            Ok(message) => message.formatted(),
            Err(error) => return Delivery::Refused(error.to_string()),
        };
        let envelope = match Envelope::new(Some(self.sender.email.clone()), vec![to]) {
            Ok(envelope) => envelope,
            Err(error) => return Delivery::Refused(error.to_string()),
        };
        match self.prepared(&envelope) {
            Ok(connection) => hand_over(connection, &message),
            Err(error) => did_not_go(&error),
        }
    }

    /// A connection that waits for the text of a letter.
    fn prepared(&self, envelope: &Envelope) -> Result<SmtpConnection, Error> {
        let settings = &self.settings;
        let client = ClientId::default();
        let at_once = match settings.protection {
            Protection::Tls => self.tls.as_ref(),
            Protection::None | Protection::StartTls => None,
        };
        let mut connection = SmtpConnection::connect(
            (settings.host.as_str(), settings.port),
            Some(LONGEST_ANSWER),
            &client,
            at_once,
            None,
        )?;
        if let (Protection::StartTls, Some(tls)) = (settings.protection, &self.tls) {
            connection.starttls(tls, &client)?;
        }
        if let Some((account, password)) = &settings.credentials {
            let credentials = Credentials::new(account.clone(), password.clone());
            connection.auth(DEFAULT_MECHANISMS, &credentials)?;
        }
        connection.command(MailFrom::new(envelope.from().cloned(), Vec::new()))?;
        for to in envelope.to() {
            connection.command(Rcpt::new(to.clone(), Vec::new()))?;
        }
        connection.command(Data)?;
        Ok(connection)
    }
}

/// Hands over the text. An answer of the mail server says whether it took the letter; without one nobody knows.
fn hand_over(mut connection: SmtpConnection, message: &[u8]) -> Delivery {
    let answer = connection.message(message);
    match answer {
        Ok(response) => {
            let said = response.message().collect::<Vec<_>>().join(" ");
            // The letter has been taken; how the connection ends changes nothing.
            let _ = connection.quit();
            Delivery::Sent(said)
        }
        Err(error) if error.is_transient() || error.is_permanent() => did_not_go(&error),
        Err(error) => Delivery::Uncertain(words(&error)),
    }
}

fn did_not_go(error: &Error) -> Delivery {
    if error.is_permanent() {
        Delivery::Refused(words(error))
    } else {
        Delivery::NotNow(words(error))
    }
}

fn words(error: &Error) -> String {
    let mut told = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        let more = inner.to_string();
        if !told.contains(&more) {
            told = format!("{told}: {more}");
        }
        source = inner.source();
    }
    told
}

/// The address of a report's page, where the server knows its own.
pub fn link(base: Option<&str>, address: &ReportAddress) -> Option<String> {
    base.map(|base| format!("{}{}", base.trim_end_matches('/'), report_path(address)))
}

/// Sends until the server ends: what waits, and in between what the calendar has to remind of. Without a mail server reminders still stand on the pages.
pub async fn run(office: Office, postman: Option<Arc<Postman>>) {
    let now = office.now();
    if let Err(problem) = office.run(move |service| service.recover_mails(now)).await {
        tracing::error!(
            ?problem,
            "letters left over from before could not be looked at"
        );
    }
    let mut round = 0_u32;
    loop {
        if round.is_multiple_of(CALENDAR_EVERY_ROUNDS) {
            remind(&office).await;
        }
        round = round.wrapping_add(1);
        if let Some(postman) = &postman {
            send_waiting(&office, postman).await;
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn remind(office: &Office) {
    let (now, base) = (office.now(), office.public_url.clone());
    let reminding = office
        .run(move |service| {
            let links = |address: &ReportAddress| link(base.as_deref(), address);
            service.remind_by_calendar(&links, now)
        })
        .await;
    match reminding {
        Ok(0) => {}
        Ok(given) => tracing::info!(given, "reminders of the calendar"),
        Err(problem) => tracing::error!(?problem, "the calendar could not remind"),
    }
}

async fn send_waiting(office: &Office, postman: &Arc<Postman>) {
    for _ in 0..MOST_OF_A_ROUND {
        let (now, postman) = (office.now(), Arc::clone(postman));
        let sent = office
            .run(move |service| send_one(service, &postman, now))
            .await;
        match sent {
            Ok(true) => {}
            Ok(false) => return,
            Err(problem) => {
                tracing::error!(?problem, "a letter could not be sent");
                return;
            }
        }
    }
}

/// Sends the next letter whose time has come; answers whether there was one.
pub fn send_one(
    service: &crate::service::Service,
    postman: &Postman,
    now: crate::calendar::Moment,
) -> Result<bool, ServiceError> {
    let Some(mail) = service.take_mail(now)? else {
        return Ok(false);
    };
    let delivery = postman.send(mail.number, &mail.mail);
    if !matches!(delivery, Delivery::Sent(_)) {
        tracing::warn!(number = mail.number, ?delivery, "a letter did not go");
    }
    service.finish_mail(&mail, delivery, now)?;
    Ok(true)
}
