//! A client at the other end of two streams of bytes, such as standard input and output.
//!
//! It ends when the client says so, also while the input stays open; when the input ends; and when the process that started the client is gone. It deliberately does not end the program: its caller does, since a
//! blocked read of the standard input would hold it.

use super::bridge::{Bridge, Going, Options};
use super::framing::{self, Frame};
use std::path::Path;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::sync::mpsc::UnboundedReceiver;

/// How often the process that started the client is looked for.
const WATCH: Duration = Duration::from_millis(500);

/// How long what was already said is still written after the end.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client told it to shut down and to exit.
    InOrder,
    /// The client told it to exit, or hung up, without telling it to shut down.
    Abruptly,
    /// The process that started the client is gone.
    Orphaned,
}

/// Serves one client until it ends.
pub async fn serve<I, O>(input: I, output: O, options: Options) -> std::io::Result<Ended>
where
    I: AsyncRead + Unpin,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let (mut bridge, messages) = Bridge::open(options)?;
    let mut writer = tokio::spawn(write_all(output, messages));
    let mut input = BufReader::new(input);
    let mut watch = tokio::time::interval(WATCH);
    let mut parent = None;
    let mut is_shut_down = false;
    let ended = loop {
        // A message is read to its end before anything else is looked at, so the watch must not cut a reading short.
        let reading = framing::read(&mut input, bridge.largest());
        tokio::pin!(reading);
        let frame = loop {
            tokio::select! {
                frame = &mut reading => break Some(frame?),
                _ = &mut writer => break None,
                _ = watch.tick() => {
                    if parent.is_some_and(is_gone) {
                        return Ok(Ended::Orphaned);
                    }
                }
            }
        };
        match frame {
            Some(Frame::Message(message)) => {
                if let Going::Ended { in_order } = bridge.receive(&message).await {
                    is_shut_down = in_order;
                    break if in_order {
                        Ended::InOrder
                    } else {
                        Ended::Abruptly
                    };
                }
                // A process that cannot be seen from here cannot be watched from here.
                parent = parent.or(bridge.parent().filter(|id| !is_gone(*id)));
            }
            Some(Frame::Unreadable) => bridge.unreadable(),
            // The client hung up, or does not listen any more.
            Some(Frame::End) | None => break Ended::Abruptly,
        }
    };
    drop(bridge);
    if is_shut_down {
        drop(tokio::time::timeout(FAREWELL, &mut writer).await);
    }
    writer.abort();
    Ok(ended)
}

async fn write_all<O: AsyncWrite + Unpin>(mut output: O, mut messages: UnboundedReceiver<String>) {
    while let Some(message) = messages.recv().await {
        if let Err(error) = framing::write(&mut output, &message).await {
            tracing::error!("the client does not listen any more: {error}");
            return;
        }
    }
}

/// Whether a process is known not to be there; where that cannot be told it is taken to be there.
fn is_gone(process: u32) -> bool {
    let processes = Path::new("/proc");
    processes.join("self").exists() && !processes.join(process.to_string()).exists()
}
