//! The server by itself, as a program.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use qstash_api::{Client, Message};

/// A program that ends with the test, however the test ends.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Program {
    start_with(arguments, &[])
}

fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qstash-dev-server"));
    for name in ["QSTASH_DEV_PORT", "QSTASH_DEV_LOG_PORT", "QSTASH_DEV_QUOTA"] {
        command.env_remove(name);
    }
    let child = command
        .args(arguments)
        .envs(variables.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    Program(child.unwrap())
}

/// Its standard error until it ends.
fn said(program: &mut Program) -> String {
    let mut text = String::new();
    let mut stderr = program.0.stderr.take().unwrap();
    stderr.read_to_string(&mut text).unwrap();
    text
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
    let client =
        Client::builder().env_from_lookup(move |name| environment.get(name).map(Into::into));
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
    let message = said(&mut program);
    assert!(!program.0.wait().unwrap().success());
    assert!(
        message.contains(&format!("port {port}")) && message.contains("--port 0"),
        "{message}"
    );
}

#[tokio::test]
async fn variables_choose_the_port_and_the_plan_and_lines_tell_what_happens() {
    let variables = [
        ("QSTASH_DEV_PORT", "0"),
        ("QSTASH_DEV_LOG_PORT", "0"),
        ("QSTASH_DEV_QUOTA", "free"),
    ];
    let mut program = start_with(&[], &variables);
    let environment = environment(&mut program);
    // Any port that is free, and not the one that it has if it is told nothing.
    let url = &environment[0].1;
    assert!(!url.ends_with(":8080"), "{url}");
    let client = client(&environment);
    for (retries, is_taken) in [(3, true), (4, false)] {
        let message = Message::text("hi")
            .retries(retries)
            .delay(Duration::from_secs(60));
        let publish = client.publish_message().destination("http://127.0.0.1:9/");
        let sent = publish.message(message).send().await;
        assert_eq!(sent.is_ok(), is_taken, "{sent:?}");
    }
    program.0.kill().unwrap();
    let lines = said(&mut program);
    for line in [
        &format!("{url}/ shows what there is"),
        "logs without a token: http://127.0.0.1:",
        "201 POST /v2/publish/http://127.0.0.1:9/",
        "412 POST /v2/publish/http://127.0.0.1:9/: quota exceeded",
    ] {
        assert!(lines.contains(line), "{line} is not in:\n{lines}");
    }
}

#[test]
fn a_plan_that_there_is_not_is_refused_with_those_that_there_are() {
    let mut program = start(&["--port", "0", "--quota", "gold"]);
    let message = said(&mut program);
    assert_eq!(program.0.wait().unwrap().code(), Some(2));
    assert!(message.contains("use free, payg or pro"), "{message}");
}
