//! The server by itself, as a program.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use qstash_api::Client;

/// A program that ends with the test, however the test ends.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Program {
    let child = Command::new(env!("CARGO_BIN_EXE_qstash-dev-server"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    Program(child.unwrap())
}

/// Reads the lines that a shell is to evaluate.
fn environment(program: &mut Program) -> Vec<(String, String)> {
    let out = BufReader::new(program.0.stdout.take().unwrap());
    let read = |line: std::io::Result<String>| {
        let line = line.unwrap();
        let assignment = line.strip_prefix("export ").unwrap();
        let (name, value) = assignment.split_once('=').unwrap();
        (name.to_owned(), value.trim_matches('\'').to_owned())
    };
    out.lines().take(4).map(read).collect()
}

fn client(environment: &[(String, String)]) -> Client {
    let environment: HashMap<_, _> = environment.iter().cloned().collect();
    let client = Client::builder().variables(move |name| environment.get(name).map(Into::into));
    client.build().unwrap()
}

#[tokio::test]
async fn the_program_prints_its_environment_and_serves_until_it_is_interrupted() {
    let mut program = start(&["--port", "0"]);
    let environment = environment(&mut program);
    let names: Vec<&str> = environment.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "QSTASH_URL",
        "QSTASH_TOKEN",
        "QSTASH_CURRENT_SIGNING_KEY",
        "QSTASH_NEXT_SIGNING_KEY",
    ];
    assert_eq!(names, expected);
    let keys = client(&environment)
        .get_signing_keys()
        .send()
        .await
        .unwrap();
    let keys = keys.into_inner();
    assert_eq!(keys.current.expose(), environment[2].1);
    assert_eq!(keys.next.expose(), environment[3].1);

    if cfg!(unix) {
        let id = program.0.id().to_string();
        let interrupted = Command::new("kill").args(["-INT", &id]).status();
        assert!(interrupted.unwrap().success());
        assert!(program.0.wait().unwrap().success());
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_a_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut program = start(&["--port", &port]);
    assert!(!program.0.wait().unwrap().success());
    let mut message = String::new();
    let mut stderr = program.0.stderr.take().unwrap();
    stderr.read_to_string(&mut message).unwrap();
    assert!(
        message.contains(&format!("port {port}")) && message.contains("--port 0"),
        "{message}"
    );
}
