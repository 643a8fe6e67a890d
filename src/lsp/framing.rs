//! Messages on a stream of bytes: a header with the length, an empty line, the JSON.
//!
//! Written here because the library's own reader ends at the first message it cannot read. It deliberately does not look into the JSON. A header without a usable length is skipped, a message beyond the
//! largest size is read over; both are told and the next message is read.

use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt,
};

/// Longest line of a header, in bytes.
const LONGEST_LINE: u64 = 4096;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A message.
    Message(String),
    /// Bytes that are no message: a header without a length, a text that is not UTF-8, or too much of it.
    Unreadable,
    /// The stream has ended.
    End,
}

/// Reads the next message of at most `largest` bytes.
pub async fn read<R: AsyncBufRead + Unpin>(
    input: &mut R,
    largest: usize,
) -> std::io::Result<Frame> {
    let mut length = None;
    let mut is_begun = false;
    loop {
        let mut line = Vec::new();
        let read = (&mut *input)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .await?;
        if read == 0 {
            return Ok(Frame::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\n', '\r']);
        if line.is_empty() {
            if is_begun {
                break;
            }
            continue;
        }
        is_begun = true;
        length = length.or_else(|| content_length(line));
    }
    let Some(length) = length else {
        return Ok(Frame::Unreadable);
    };
    if length > largest {
        skip(input, length).await?;
        return Ok(Frame::Unreadable);
    }
    let mut bytes = vec![0; length];
    match input.read_exact(&mut bytes).await {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(Frame::End),
        Err(error) => return Err(error),
    }
    Ok(String::from_utf8(bytes).map_or(Frame::Unreadable, Frame::Message))
}

/// Writes a message.
pub async fn write<W: AsyncWrite + Unpin>(output: &mut W, message: &str) -> std::io::Result<()> {
    let header = format!("Content-Length: {}\r\n\r\n", message.len());
    output.write_all(header.as_bytes()).await?;
    output.write_all(message.as_bytes()).await?;
    output.flush().await
}

fn content_length(line: &str) -> Option<usize> {
    let (name, value) = line.split_once(':')?;
    if name.trim().eq_ignore_ascii_case("content-length") {
        value.trim().parse().ok()
    } else {
        None
    }
}

async fn skip<R: AsyncRead + Unpin>(input: &mut R, length: usize) -> std::io::Result<()> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let mut passed = input.take(length);
    tokio::io::copy(&mut passed, &mut tokio::io::sink()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(bytes: &[u8]) -> Vec<Frame> {
        let mut input = bytes;
        let mut found = Vec::new();
        loop {
            let frame = read(&mut input, 20).await.expect("memory can be read");
            let is_end = frame == Frame::End;
            found.push(frame);
            if is_end {
                return found;
            }
        }
    }

    fn message(text: &str) -> Frame {
        Frame::Message(text.to_owned())
    }

    #[tokio::test]
    async fn what_is_no_message_is_passed_over_and_the_next_one_is_read() {
        let mut bytes = Vec::new();
        write(&mut bytes, "{\"ký\":1}")
            .await
            .expect("memory can be written");
        bytes.extend(b"rubbish\r\n\r\n");
        bytes.extend(b"Content-Length: many\r\n\r\n");
        bytes.extend(b"Content-Length: 2\r\n\r\n\xff\xfe");
        bytes.extend(b"content-length: 24\r\n\r\n012345678901234567890123");
        bytes.extend(b"Content-Type: x\r\nContent-Length: 2\r\n\r\n{}");
        bytes.extend(b"Content-Length: 9\r\n\r\n{");
        assert_eq!(
            frames(&bytes).await,
            [
                message("{\"ký\":1}"),
                Frame::Unreadable,
                Frame::Unreadable,
                Frame::Unreadable,
                Frame::Unreadable,
                message("{}"),
                Frame::End,
            ]
        );
    }

    #[tokio::test]
    async fn an_endless_line_is_cut_into_pieces_that_are_passed_over() {
        let mut bytes = vec![b'x'; 10_000];
        bytes.extend(b"\r\n\r\nContent-Length: 2\r\n\r\n{}");
        assert_eq!(
            frames(&bytes).await,
            [Frame::Unreadable, message("{}"), Frame::End]
        );
    }
}
