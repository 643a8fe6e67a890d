//! The real program on its standard streams: that it begins, and above all that it ends.

use crate::client::framed;
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::Duration;

struct Program {
    child: Child,
    input: Option<ChildStdin>,
}

impl Program {
    fn start(parent: Option<u32>) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_regime"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let mut program = Program { child, input };
        program.send(
            "initialize",
            Some(1),
            json!({"processId": parent, "capabilities": {}}),
        );
        let answer = program.hear();
        assert!(answer.contains("\"name\":\"regime\""), "{answer}");
        program.send("initialized", None, json!({}));
        program
    }

    fn send(&mut self, method: &str, id: Option<i64>, params: serde_json::Value) {
        let mut message = json!({"jsonrpc": "2.0", "method": method});
        if let Some(id) = id {
            message["id"] = json!(id);
        }
        if !params.is_null() {
            message["params"] = params;
        }
        let input = self.input.as_mut().expect("the input is open");
        input
            .write_all(&framed(&message.to_string()))
            .expect("the program reads");
        input.flush().expect("the program reads");
    }

    fn hear(&mut self) -> String {
        let mut output = BufReader::with_capacity(1, self.child.stdout.as_mut().expect("a pipe"));
        let mut line = String::new();
        output.read_line(&mut line).expect("a header");
        let length = line.trim().strip_prefix("Content-Length: ");
        let length: usize = length.expect("a length").parse().expect("a number");
        let mut body = vec![0; length + 2];
        output.read_exact(&mut body).expect("a message");
        String::from_utf8(body).expect("UTF-8")
    }

    fn ended(&mut self) -> ExitStatus {
        for _ in 0..1_000 {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A program that has ended cannot be ended again.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn it_ends_when_told_to_while_its_input_stays_open() {
    let mut program = Program::start(None);
    program.send("shutdown", Some(2), json!(null));
    assert!(program.hear().contains("\"id\":2"));
    program.send("exit", None, json!(null));
    assert!(program.ended().success());
    assert!(program.input.is_some(), "or the input was not open");
}

#[test]
fn it_ends_with_its_input() {
    let mut program = Program::start(None);
    program.input = None;
    assert_eq!(program.ended().code(), Some(1));
}

#[test]
fn it_ends_with_the_editor_that_started_it() {
    let mut editor = Command::new("sleep").arg("60").spawn().expect("a process");
    let mut program = Program::start(Some(editor.id()));
    std::thread::sleep(Duration::from_millis(100));
    assert!(program.child.try_wait().expect("a child").is_none());
    editor.kill().expect("the process ends");
    editor.wait().expect("the process has ended");
    assert_eq!(program.ended().code(), Some(1));
}
