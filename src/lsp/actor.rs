//! The one owner of all state: a thread that applies changes and answers questions in the order they came.
//!
//! Handlers only put events into its mailbox, so nothing is locked and nothing overtakes. It deliberately does not know the protocol's transport. A panic while a question is answered fails that question
//! alone; a panic while a change is applied has the project read anew; both leave a line in the log. A question nobody waits for any more is not answered.

use super::desk::{Change, Desk};
use super::outgoing::Outgoing;
use super::refusal::{Answer, Refusal};
use super::view::View;
use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

/// The stack of the threads that analyse: trees are walked recursively.
const STACK: usize = 32 * 1024 * 1024;

/// How much later than wished mistakes are published while events keep coming.
const LATEST: Duration = Duration::from_millis(400);

/// How long answering takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Milliseconds: answered before the next event.
    Quick,
    /// Perhaps seconds: answered beside, from the state at the time of asking.
    Slow,
}

enum Event {
    Change(Change),
    Ask(Pace, Question),
}

/// A question with the way back to whoever asked. Told a view, or why there is none, it answers, and returns the words of a panic.
type Question = Box<dyn FnOnce(Answer<&View>) -> Option<String> + Send>;

/// Where events are put. The actor ends when every mailbox is gone.
#[derive(Clone)]
pub struct Mailbox {
    events: Sender<Event>,
}

impl Mailbox {
    /// Starts the actor on a thread of its own. Fails only if the system gives no thread.
    pub fn start(desk: Desk, outgoing: UnboundedSender<Outgoing>) -> std::io::Result<Mailbox> {
        let (events, received) = channel();
        let (slow, asked) = channel();
        let worker_outgoing = outgoing.clone();
        Builder::new()
            .name("regime-lsp-slow".to_owned())
            .stack_size(STACK)
            .spawn(move || answer_slowly(&asked, &worker_outgoing))?;
        let look = now() + desk.look_every();
        let actor = Actor {
            desk,
            outgoing,
            slow,
            queue: VecDeque::new(),
            waiting: None,
            look,
        };
        Builder::new()
            .name("regime-lsp".to_owned())
            .stack_size(STACK)
            .spawn(move || actor.run(&received))?;
        Ok(Mailbox { events })
    }

    /// Tells of a change. Never waits.
    pub fn tell(&self, change: Change) {
        // Nobody listens only when the program is ending.
        drop(self.events.send(Event::Change(change)));
    }

    /// Asks a question; it is put into the mailbox at once, the answer is waited for.
    pub fn ask<P, R, F>(
        &self,
        pace: Pace,
        asked: P,
        answer: F,
    ) -> impl Future<Output = Answer<R>> + Send + use<P, R, F>
    where
        P: Send + 'static,
        R: Send + 'static,
        F: FnOnce(&View, P) -> Answer<R> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let question: Question = Box::new(move |view| {
            if sender.is_closed() {
                return None;
            }
            let result = match view {
                Ok(view) => caught(|| answer(view, asked)),
                Err(refusal) => Ok(Err(refusal)),
            };
            let (result, panic) = match result {
                Ok(result) => (result, None),
                Err(words) => (Err(Refusal::Panicked), Some(words)),
            };
            drop(sender.send(result));
            panic
        });
        drop(self.events.send(Event::Ask(pace, question)));
        async move { receiver.await.unwrap_or(Err(Refusal::Ending)) }
    }
}

struct Actor {
    desk: Desk,
    outgoing: UnboundedSender<Outgoing>,
    slow: Sender<(Arc<View>, Question)>,
    /// Events that were taken from the mailbox while mistakes were looked for, in their order.
    queue: VecDeque<Event>,
    /// When mistakes are to be published, if something changed.
    waiting: Option<Waiting>,
    /// When it is next looked whether the day, or what is published, has changed.
    look: Instant,
}

/// Mistakes that have changed and are not published yet.
#[derive(Clone, Copy)]
struct Waiting {
    /// When the text will have been still long enough.
    due: Instant,
    /// When they are published even if it is not.
    latest: Instant,
}

impl Waiting {
    fn until(self) -> Instant {
        self.due.min(self.latest)
    }
}

impl Actor {
    fn run(mut self, events: &Receiver<Event>) {
        loop {
            let wake = self
                .waiting
                .map_or(self.look, |waiting| waiting.until().min(self.look));
            let next = match self.queue.pop_front() {
                Some(event) => Ok(event),
                None => events.recv_timeout(wake.saturating_duration_since(now())),
            };
            match next {
                Ok(event) => self.handle(event),
                Err(RecvTimeoutError::Timeout) => self.wake(events),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            // A client that never pauses still sees its mistakes.
            if self.waiting.is_some_and(|waiting| waiting.latest <= now()) {
                self.publish(events);
            }
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Change(change) => match caught(|| self.desk.apply(change)) {
                Ok(effect) => {
                    for said in effect.said {
                        self.say(said);
                    }
                    if effect.is_changed {
                        self.wait();
                    }
                }
                Err(words) => {
                    self.desk.distrust();
                    self.wait();
                    self.log(words);
                }
            },
            Event::Ask(pace, question) => {
                let panic = match (self.view(), pace) {
                    (Some(view), Pace::Slow) => {
                        // The worker is there as long as the actor is.
                        drop(self.slow.send((view, question)));
                        None
                    }
                    (Some(view), Pace::Quick) => question(Ok(&view)),
                    (None, _) => question(Err(Refusal::Panicked)),
                };
                panic.into_iter().for_each(|words| self.log(words));
            }
        }
    }

    /// The state now; none if looking at it panicked.
    fn view(&mut self) -> Option<Arc<View>> {
        match caught(|| self.desk.view()) {
            Ok(view) => Some(view),
            Err(words) => {
                self.desk.distrust();
                self.log(words);
                None
            }
        }
    }

    /// Nothing came until something was to be done.
    fn wake(&mut self, events: &Receiver<Event>) {
        let now = now();
        if self.waiting.is_some_and(|waiting| waiting.until() <= now) {
            self.publish(events);
        }
        if self.look <= now {
            self.look = now + self.desk.look_every();
            match caught(|| self.desk.look()) {
                Ok(true) => {
                    self.waiting.get_or_insert(Waiting {
                        due: now,
                        latest: now + LATEST,
                    });
                }
                Ok(false) => {}
                Err(words) => self.log(words),
            }
        }
    }

    /// Something changed: mistakes are published when nothing more changes for a while.
    fn wait(&mut self) {
        let due = now() + self.desk.debounce();
        let latest = self.waiting.map_or(due + LATEST, |waiting| waiting.latest);
        self.waiting = Some(Waiting { due, latest });
    }

    /// Tells the mistakes: those in the words before all others where every regime has to be looked at again, and that is given up when something changes meanwhile.
    fn publish(&mut self, events: &Receiver<Event>) {
        self.waiting = None;
        let said = caught(|| self.desk.publish_words()).map(Some);
        self.tell(said);
        let (desk, queue) = (&mut self.desk, &mut self.queue);
        let said = caught(|| {
            desk.publish_while(&mut || {
                queue.extend(events.try_iter());
                !queue.iter().any(|event| matches!(event, Event::Change(_)))
            })
        });
        self.tell(said);
    }

    /// Says what a step gives; if it was given up, it is taken again later.
    fn tell(&mut self, said: Result<Option<Vec<Outgoing>>, String>) {
        match said {
            Ok(Some(said)) => said.into_iter().for_each(|said| self.say(said)),
            Ok(None) => self.wait(),
            Err(words) => {
                self.desk.distrust();
                self.log(words);
            }
        }
    }

    fn log(&self, words: String) {
        self.say(Outgoing::Log(words));
    }

    fn say(&self, said: Outgoing) {
        drop(self.outgoing.send(said));
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a pause in typing is measured by the machine's clock and shows in no answer"
)]
fn now() -> Instant {
    Instant::now()
}

fn answer_slowly(asked: &Receiver<(Arc<View>, Question)>, outgoing: &UnboundedSender<Outgoing>) {
    while let Ok((view, question)) = asked.recv() {
        if let Some(words) = question(Ok(&view)) {
            drop(outgoing.send(Outgoing::Log(words)));
        }
    }
}

/// What a step gives, or the words of its panic. What it was changing when it panicked is not looked at again: a view is read only, and a desk is distrusted.
fn caught<R>(step: impl FnOnce() -> R) -> Result<R, String> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|panic| words(&*panic))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let said = panic
        .downcast_ref::<&str>()
        .map(|said| (*said).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panic: {}", said.unwrap_or_default())
}
