//! What may be typed after `regime`: commands, options and their shapes.
//!
//! It deliberately holds no words for people (`help` has them, in both languages) and does nothing. A line that does not fit is refused by clap before any command runs.

use crate::text::language::Language;
use crate::web::allowance::REQUESTS_PER_MINUTE;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "regime", version, disable_help_subcommand = true)]
pub struct Arguments {
    #[arg(long, global = true, value_enum, env = "REGIME_LANG", default_value_t = LanguageChoice::Vi, hide_env = true)]
    pub lang: LanguageChoice,
    #[arg(long, global = true, value_enum, default_value_t = OutputFormat::Text)]
    pub format: OutputFormat,
    #[command(subcommand)]
    pub command: Command,
}

/// A human language as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageChoice {
    Vi,
    En,
}

impl LanguageChoice {
    /// The language meant.
    pub fn language(self) -> Language {
        match self {
            LanguageChoice::Vi => Language::Vietnamese,
            LanguageChoice::En => Language::English,
        }
    }
}

/// Who reads the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    // For a person. No documentation comment: clap would print it, in one language only.
    Text,
    // For a program; every object carries `"format": 1`.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Check(CheckArguments),
    Fmt(FmtArguments),
    Test(TestArguments),
    Explain(ExplainArguments),
    Read(ReadArguments),
    Compile(CompileArguments),
    Validate(ValidateArguments),
    Aggregate(AggregateArguments),
    Units(UnitsArguments),
    Publish(PublishArguments),
    Serve(ServeArguments),
    Verify(StoreArguments),
    Doctor(StoreArguments),
    Backup(BackupArguments),
    Restore(RestoreArguments),
    Lsp(LspArguments),
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct FmtArguments {
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long)]
    pub check: bool,
    #[arg(long, value_enum)]
    pub keywords: Option<LanguageChoice>,
}

#[derive(Debug, Args)]
pub struct TestArguments {
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long)]
    pub coverage: bool,
    #[arg(long)]
    pub mutate: bool,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    #[arg(value_name = "CODE")]
    pub code: String,
}

#[derive(Debug, Args)]
pub struct ReadArguments {
    #[arg(value_name = "REGIME")]
    pub regime: String,
}

#[derive(Debug, Args)]
pub struct CompileArguments {
    #[arg(value_name = "REGIME")]
    pub regime: String,
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
}

#[derive(Debug, Args)]
pub struct ValidateArguments {
    #[arg(value_name = "REGIME")]
    pub regime: String,
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub units: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct AggregateArguments {
    #[arg(value_name = "REGIME")]
    pub regime: String,
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub units: PathBuf,
    #[arg(long, value_name = "PERIOD")]
    pub period: String,
    #[arg(long, value_name = "CELL")]
    pub explain: Option<String>,
    #[arg(long, value_name = "DATE", requires = "explain")]
    pub as_of: Option<String>,
}

#[derive(Debug, Args)]
pub struct UnitsArguments {
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub before: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct PublishArguments {
    #[arg(value_name = "REGIME")]
    pub regime: String,
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    pub decision: String,
}

#[derive(Debug, Args)]
pub struct ServeArguments {
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[arg(long, value_name = "DIR")]
    pub regimes: Option<PathBuf>,
    #[arg(long)]
    pub demo: bool,
    #[arg(long)]
    pub behind_https: bool,
    #[arg(long, value_name = "NUMBER", default_value_t = REQUESTS_PER_MINUTE)]
    pub api_requests_per_minute: u32,
    #[arg(long, value_name = "URL", env = "REGIME_PUBLIC_URL")]
    pub public_url: Option<String>,
    #[arg(long, value_name = "HOST", env = "REGIME_SMTP_HOST")]
    pub smtp_host: Option<String>,
    #[arg(long, value_name = "PORT", env = "REGIME_SMTP_PORT")]
    pub smtp_port: Option<u16>,
    #[arg(long, value_name = "MODE", env = "REGIME_SMTP_TLS", default_value = "starttls", value_parser = ["none", "starttls", "tls"])]
    pub smtp_tls: String,
    #[arg(
        long,
        value_name = "NAME",
        env = "REGIME_SMTP_USER",
        requires = "smtp_host"
    )]
    pub smtp_user: Option<String>,
    #[arg(
        long,
        value_name = "FILE",
        env = "REGIME_SMTP_PASSWORD_FILE",
        requires = "smtp_user"
    )]
    pub smtp_password_file: Option<PathBuf>,
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "REGIME_SMTP_SENDER",
        requires = "smtp_host"
    )]
    pub smtp_sender: Option<String>,
    #[arg(long, value_name = "FILE", env = "REGIME_METRICS_TOKEN_FILE")]
    pub metrics_token_file: Option<PathBuf>,
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Debug, Args)]
pub struct StoreArguments {
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct BackupArguments {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct RestoreArguments {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct LspArguments {
    // Editors pass it by habit; there is no other way.
    #[arg(long)]
    pub stdio: bool,
}
