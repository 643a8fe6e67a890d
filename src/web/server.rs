//! The server: layers around the addresses, listening, ending.
//!
//! It ends on SIGTERM or Ctrl-C after the requests under way are answered. Broken input: an address that cannot be listened on is a [`ServeProblem`] before anything is served.

use crate::plan::Bilingual;
use crate::service::Service;
use crate::service::files::MOST_FILE_BYTES;
use crate::web::clock::Clock;
use crate::web::mail::{self, Postman};
use crate::web::office::Office;
use crate::web::past::{self, Looking};
use crate::web::v1::fault;
use crate::web::{layers, metrics, routes, session};
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, StatusCode};
use axum::{Router, middleware};
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use tracing_subscriber::EnvFilter;

/// The largest body of a request.
pub const MOST_BODY_BYTES: usize = 1024 * 1024;
/// The largest body of a request with files: three of the largest, and the rest of the form.
pub const MOST_BODY_BYTES_WITH_FILES: usize = 3 * MOST_FILE_BYTES + MOST_BODY_BYTES;
/// The longest a request may take.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);
/// The longest a request with files may take: the largest one over a line of 1 Mbit/s.
const LONGEST_REQUEST_WITH_FILES: Duration = Duration::from_secs(5 * 60);
/// After this long, an ending server no longer waits for its requests.
const LONGEST_ENDING: Duration = Duration::from_secs(20);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How the server is started.
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its clock.
    pub clock: Clock,
    /// Whether it is the demonstration, said on every page.
    pub demo: bool,
    /// How often each key of the JSON interface may be used in a minute.
    pub api_requests_per_minute: u32,
    /// The address under which people reach the server, for letters and calendars.
    pub public_url: Option<String>,
    /// The mail server, where there is one.
    pub postman: Option<Postman>,
    /// What a reader of the counts has to know; none: only programs of this machine read them.
    pub metrics_token: Option<String>,
    /// Whether a proxy in front speaks https; cookies are then `Secure` and browsers are told to stay on https.
    pub behind_https: bool,
}

/// Why the server could not serve.
#[derive(Debug)]
pub enum ServeProblem {
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        error: std::io::Error,
    },
    /// The runtime or the listener failed.
    Io(std::io::Error),
}

impl ServeProblem {
    /// The problem in words.
    pub fn wording(&self) -> Bilingual {
        match self {
            ServeProblem::Listen { address, error }
                if error.kind() == std::io::ErrorKind::AddrInUse =>
            {
                Bilingual {
                    vi: format!("địa chỉ {address} đang được một chương trình khác sử dụng"),
                    en: format!("the address {address} is in use by another program"),
                }
            }
            ServeProblem::Listen { address, error } => Bilingual {
                vi: format!("không mở được địa chỉ {address}: {error}"),
                en: format!("cannot listen on {address}: {error}"),
            },
            ServeProblem::Io(error) => Bilingual {
                vi: format!("máy chủ dừng vì lỗi hệ thống: {error}"),
                en: format!("the server stopped on a failure of the system: {error}"),
            },
        }
    }
}

/// Writes logs to stderr, as text for people or one JSON object per line; `RUST_LOG` chooses how much.
pub fn start_logging(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let started = if json {
        logs.json().flatten_event(true).try_init()
    } else {
        logs.try_init()
    };
    if started.is_err() {
        tracing::debug!("logging had been started before");
    }
}

/// Serves until told to end; `started` is called once the address is listened on. Blocks; starts its own runtime.
pub fn serve(
    service: Arc<Service>,
    options: Options,
    started: impl FnOnce(SocketAddr),
) -> Result<(), ServeProblem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeProblem::Io)?;
    runtime.block_on(async move {
        let address = options.listen;
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| ServeProblem::Listen { address, error })?;
        let bound = listener.local_addr().map_err(ServeProblem::Io)?;
        let mut office = Office::new(service, options.clock, options.demo)
            .allowing(options.api_requests_per_minute);
        office.public_url = options.public_url;
        office.sends_mail = options.postman.is_some();
        office.metrics_token = options.metrics_token;
        let letters = mail::run(office.clone(), options.postman.map(Arc::new));
        let app = router(office, options.behind_https);
        started(bound);
        tracing::info!(%bound, "listening");
        let (asked, mut told) = tokio::sync::watch::channel(false);
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
            asked_to_end().await;
            tracing::info!("ending; requests under way are answered first");
            asked.send_replace(true);
        });
        let too_long = async move {
            // The sender lives as long as the server; when it goes, the server has ended and this waits for nobody.
            if told.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(LONGEST_ENDING).await;
        };
        tokio::select! {
            ended = serving => ended.map_err(ServeProblem::Io),
            () = letters => Ok(()),
            () = too_long => {
                tracing::warn!("a request did not end in time");
                Ok(())
            }
        }
    })
}

/// All addresses with their layers.
pub fn router(office: Office, behind_https: bool) -> Router {
    let looking = Looking::new(office.clone(), behind_https);
    let around = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(middleware::from_fn(layers::security_headers))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(looking, past::look));
    let app = addresses(&office, behind_https).layer(around);
    let app = if behind_https {
        app.layer(middleware::from_fn(layers::https_only))
    } else {
        app
    };
    app.with_state(office)
}

/// All addresses with what belongs to each of them: sessions, error pages, the guard against other sites, limits.
pub fn addresses(office: &Office, behind_https: bool) -> Router<Office> {
    let guarded = ServiceBuilder::new()
        .layer(session::layer(Arc::clone(office.service()), behind_https))
        .layer(middleware::from_fn_with_state(
            office.clone(),
            layers::error_pages,
        ))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new());
    let pages = limited(routes::pages(), LONGEST_REQUEST, MOST_BODY_BYTES);
    let with_files = limited(
        routes::with_files(),
        LONGEST_REQUEST_WITH_FILES,
        MOST_BODY_BYTES_WITH_FILES,
    );
    let pages = pages
        .merge(with_files)
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(guarded);
    let programs = limited(routes::of_programs(), LONGEST_REQUEST, MOST_BODY_BYTES).merge(limited(
        routes::of_programs_with_files(),
        LONGEST_REQUEST_WITH_FILES,
        MOST_FILE_BYTES + MOST_BODY_BYTES,
    ));
    let programs = programs.layer(
        ServiceBuilder::new()
            .layer(middleware::from_fn(fault::worded))
            .layer(CatchPanicLayer::new()),
    );
    // Nothing stands around these addresses that would word a failure.
    let open = routes::open().method_not_allowed_fallback(|| async {
        (StatusCode::METHOD_NOT_ALLOWED, "method not allowed")
    });
    let counting = middleware::from_fn_with_state(office.clone(), metrics::count);
    open.merge(programs).merge(pages).layer(counting)
}

/// Addresses with the longest time and the largest body of their requests.
fn limited(addresses: Router<Office>, longest: Duration, most: usize) -> Router<Office> {
    let limits = ServiceBuilder::new()
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            longest,
        ))
        .layer(RequestBodyLimitLayer::new(most));
    // The limit above is the one limit; the framework's own would be smaller.
    addresses.layer(DefaultBodyLimit::disable()).layer(limits)
}

/// Paths carry no figures and no names of people, so they may stand in the log; queries and bodies do not.
fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    let id = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

async fn asked_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
