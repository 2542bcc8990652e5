//! A server that follows a script, one line for each connection, and remembers what it was sent.

use std::collections::VecDeque;
use std::future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use qstash_api::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const TOKEN: &str = "eyJVc2VySUQi+s3cr3t/0=";

/// The treatment of a connection.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// Answers with these bytes and closes.
    Answer(String),
    /// Closes without an answer.
    Close,
    /// Never answers.
    Stall,
}

/// An answer with a status, header lines and a body.
pub(crate) fn answer(status: u16, headers: &[&str], body: &str) -> Line {
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    Line::Answer(format!(
        "HTTP/1.1 {status} \r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ))
}

/// An answer of success that breaks off in the middle of its body.
pub(crate) fn broken_off() -> Line {
    Line::Answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{".to_owned())
}

/// A running server; it ends with the runtime of the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
}

impl Server {
    /// Follows the script; the last line serves for every connection after it.
    pub(crate) async fn start(script: impl IntoIterator<Item = Line>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
            connections: Arc::default(),
        };
        let (requests, connections) = (server.requests.clone(), server.connections.clone());
        let mut script: VecDeque<Line> = script.into_iter().collect();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                *connections.lock().unwrap() += 1;
                let line = if script.len() > 1 {
                    script.pop_front()
                } else {
                    script.front().cloned()
                };
                tokio::spawn(serve(stream, line.unwrap_or(Line::Close), requests.clone()));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server, without timeouts: they would fire early on a paused clock.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder()
            .token(TOKEN)
            .base_url(self.url())
            .timeout(std::time::Duration::MAX)
            .attempt_timeout(std::time::Duration::MAX)
    }

    /// The requests so far, each as it was on the wire.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn serve(mut stream: TcpStream, line: Line, requests: Arc<Mutex<Vec<String>>>) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    requests.lock().unwrap().push(request);
    match line {
        Line::Answer(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
        Line::Close => {}
        Line::Stall => future::pending().await,
    }
}

/// One request with its body, or nothing where the client went away.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let complete = if head.contains("transfer-encoding: chunked") {
            body.ends_with("0\r\n\r\n")
        } else {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            body.len() >= length.map_or(0, |length| length.parse().unwrap())
        };
        if complete {
            return Some(text.into_owned());
        }
    }
}
