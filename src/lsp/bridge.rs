//! One client, message by message: bare JSON in, bare JSON out.
//!
//! Notifications, and the sending part of requests, are carried out in the order they come; answers are waited for beside. It deliberately knows neither pipes nor sockets: both read and write messages for it. A
//! message that is no message is answered as the protocol says, and the next one is read.

use super::actor::Mailbox;
use super::clock::Clock;
use super::custom::preview::Renderer;
use super::desk::{Desk, Ground, Outside};
use super::outgoing;
use super::server::{self, Server};
use super::settings::Settings;
use super::view::PublishedReader;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use serde_json::Value;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower::Service;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ExitedError, LspService};

/// What a server is started with.
pub struct Options {
    /// Where projects come from.
    pub ground: Ground,
    /// The settings before the client says anything.
    pub settings: Settings,
    /// Makes the page of a form, if there is one that does.
    pub renderer: Option<Renderer>,
    /// Tells what is published, where there is a store.
    pub published: Option<PublishedReader>,
    /// Tells the day.
    pub clock: Clock,
    /// What a client may use.
    pub limits: Limits,
}

/// Where answers of the client go.
type Replies = Pin<Box<dyn Sink<Response, Error = ExitedError> + Send>>;

/// What a client may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest message, in bytes.
    pub message: usize,
    /// Most documents open at once.
    pub documents: usize,
}

impl Default for Limits {
    /// For a program on the author's own machine: generous, and bounded all the same.
    fn default() -> Limits {
        Limits {
            message: 64 * 1024 * 1024,
            documents: 10_000,
        }
    }
}

/// Whether there is more to come from a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// The next message may come.
    On,
    /// The client told the server to end; in order if it told it to shut down before.
    Ended {
        /// Whether it was told to shut down before.
        in_order: bool,
    },
}

/// One client.
pub struct Bridge {
    service: LspService<Server>,
    replies: Replies,
    out: UnboundedSender<String>,
    largest: usize,
    is_shut_down: bool,
    parent: Option<u32>,
}

impl Bridge {
    /// Starts a server for one client; what it says comes out of the receiver. Must be called where asynchronous tasks run. Fails only if the system gives no thread.
    pub fn open(options: Options) -> std::io::Result<(Bridge, UnboundedReceiver<String>)> {
        let desk = Desk::new(
            options.ground,
            options.settings,
            Outside {
                renderer: options.renderer,
                published: options.published,
                clock: options.clock,
            },
            options.limits.documents,
        );
        let (say, said) = unbounded_channel();
        let mailbox = Mailbox::start(desk, say)?;
        let (service, socket) = server::service(move |client| {
            tokio::spawn(outgoing::carry(client, said));
            mailbox
        });
        let (asked, replies) = socket.split();
        let replies: Replies = Box::pin(replies);
        let (out, messages) = unbounded_channel();
        tokio::spawn(forward(asked, out.clone()));
        let bridge = Bridge {
            service,
            replies,
            out,
            largest: options.limits.message,
            is_shut_down: false,
            parent: None,
        };
        Ok((bridge, messages))
    }

    /// The process that started the client, once it has introduced itself; the server ends with it.
    pub fn parent(&self) -> Option<u32> {
        self.parent
    }

    /// The largest message that is read, in bytes.
    pub fn largest(&self) -> usize {
        self.largest
    }

    /// Something came that is no message at all.
    pub fn unreadable(&self) {
        self.answer(Response::from_error(Id::Null, Error::parse_error()));
    }

    /// Takes one message.
    pub async fn receive(&mut self, message: &str) -> Going {
        if message.len() > self.largest {
            self.unreadable();
            return Going::On;
        }
        // Read in two steps: numbers are kept as they are written, and only a value that is whole can be read as one of several kinds.
        let Ok(mut value) = serde_json::from_str::<Value>(message) else {
            self.unreadable();
            return Going::On;
        };
        if value.get("method").is_none() && value.get("id").is_some() {
            if let Ok(reply) = serde_json::from_value::<Response>(value) {
                drop(self.replies.send(reply).await);
            }
            return Going::On;
        }
        // Some clients write that there are no parameters, some leave them out; the library knows only the latter.
        if let Value::Object(members) = &mut value
            && members.get("params").is_some_and(Value::is_null)
        {
            members.remove("params");
        }
        let id = value.get("id").cloned();
        match serde_json::from_value::<Request>(value) {
            Ok(request) => self.request(request).await,
            Err(_) => {
                let id = id.and_then(|id| serde_json::from_value(id).ok());
                let id = id.unwrap_or(Id::Null);
                self.answer(Response::from_error(id, Error::invalid_request()));
                Going::On
            }
        }
    }

    async fn request(&mut self, request: Request) -> Going {
        let method = request.method().to_owned();
        match method.as_str() {
            "initialize" => {
                let parent = request.params().and_then(|params| params.get("processId"));
                self.parent = parent
                    .and_then(Value::as_u64)
                    .and_then(|id| u32::try_from(id).ok());
            }
            // Noted here because an `exit` right behind it cancels its handler.
            "shutdown" => self.is_shut_down = true,
            _ => {}
        }
        // The service is not ready only while `initialize` is being answered, which is waited for below.
        if poll_fn(|context| self.service.poll_ready(context))
            .await
            .is_err()
        {
            return self.ended();
        }
        let is_notification = request.id().is_none();
        let mut answer = self.service.call(request);
        if is_notification || method == "initialize" {
            if let Ok(Some(response)) = answer.await {
                self.answer(response);
            }
            return if method == "exit" {
                self.ended()
            } else {
                Going::On
            };
        }
        // The first step puts the question into the mailbox, so a change that comes next cannot overtake it.
        let first = poll_fn(|context| Poll::Ready(Pin::new(&mut answer).poll(context))).await;
        match first {
            Poll::Ready(Ok(Some(response))) => self.answer(response),
            Poll::Ready(_) => {}
            Poll::Pending => {
                let out = self.out.clone();
                tokio::spawn(async move {
                    if let Ok(Some(response)) = answer.await {
                        put(&out, &response);
                    }
                });
            }
        }
        Going::On
    }

    fn ended(&self) -> Going {
        Going::Ended {
            in_order: self.is_shut_down,
        }
    }

    fn answer(&self, response: Response) {
        put(&self.out, &response);
    }
}

/// Carries what the server says and asks unasked.
async fn forward(mut asked: impl Stream<Item = Request> + Unpin, out: UnboundedSender<String>) {
    while let Some(request) = asked.next().await {
        put(&out, &request);
    }
}

fn put(out: &UnboundedSender<String>, message: &impl serde::Serialize) {
    match serde_json::to_string(message) {
        // Nobody reads any more only when the client is gone.
        Ok(text) => drop(out.send(text)),
        Err(error) => tracing::error!("a message could not be written: {error}"),
    }
}
