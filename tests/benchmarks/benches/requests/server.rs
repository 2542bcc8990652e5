//! A server that always answers the same, as cheaply as it can, on a thread of its own.

use std::sync::{Arc, Mutex};
use std::{str, thread};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const KEYS: &str =
    r#"{"current":"sig_3Cq7vQm9TzWb2LxUeRk5abcdef","next":"sig_5kXbVt8QpRn1YdWe7Lz2ghijkl"}"#;
const PUBLISHED: &str = r#"{"messageId":"msg_26hZCxZCuWyyTWPmSVBrNCtiJGNsUr4pVTVBWXRY","url":"https://example.com/orders/incoming"}"#;
const ENTRIES: usize = 100;

pub(crate) struct Server {
    pub(crate) url: String,
    last: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let last = Arc::new(Mutex::new(Vec::new()));
        let kept = last.clone();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            runtime.enable_io().build().unwrap().block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                let answers = Arc::new(answers());
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, answers.clone(), kept.clone()));
                }
            });
        });
        Self { url, last }
    }

    /// The last request: its line, its headers in one order, and its body.
    pub(crate) fn last(&self) -> (String, Vec<String>, String) {
        let last = self.last.lock().unwrap();
        let text = str::from_utf8(&last).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines().map(str::to_owned);
        let line = lines.next().unwrap();
        let mut headers: Vec<_> = lines.collect();
        headers.sort_unstable();
        (line, headers, body.to_owned())
    }
}

/// The beginning of a request line, and the whole answer to it.
type Answers = [(&'static str, String); 3];

fn answers() -> Answers {
    let answer = |body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    [
        ("GET /v2/keys ", answer(KEYS)),
        ("POST /v2/publish/", answer(PUBLISHED)),
        ("GET /v2/logs ", answer(&page())),
    ]
}

async fn serve(mut stream: TcpStream, answers: Arc<Answers>, last: Arc<Mutex<Vec<u8>>>) {
    let _ = stream.set_nodelay(true);
    let mut read = Vec::with_capacity(4096);
    loop {
        while !is_whole(&read) {
            if stream.read_buf(&mut read).await.unwrap_or(0) == 0 {
                return;
            }
        }
        let known = answers
            .iter()
            .find(|(line, _)| read.starts_with(line.as_bytes()));
        let (_, answer) = known.unwrap();
        std::mem::swap(&mut *last.lock().unwrap(), &mut read);
        read.clear();
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// Returns whether this is a request with its body.
fn is_whole(read: &[u8]) -> bool {
    let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return false;
    };
    let head = str::from_utf8(&read[..end]).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.parse::<usize>().unwrap())
    });
    read.len() >= end + 4 + length.unwrap_or(0)
}

/// A page of log entries as the service writes them.
pub(crate) fn page() -> String {
    let states = ["CREATED", "ACTIVE", "DELIVERED", "RETRY"];
    let entry = |number: usize| {
        serde_json::json!({
            "time": 1_700_000_000_000_u64 + number as u64,
            "messageId": format!("msg_26hZCxZCuWyyTWPmSVBrNCtiJGNsUr4pVTVB{number:04}"),
            "header": {
                "Content-Type": ["application/json"],
                "Traceparent": ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
                "User-Agent": ["Upstash-QStash"],
            },
            "body": "eyJvcmRlciI6NywiaXRlbXMiOlsxLDIsM119",
            "state": states[number % 4],
            "responseStatus": 200,
            "responseHeaders": { "Content-Type": ["text/plain"], "Date": ["Tue, 14 Nov 2023 22:13:20 GMT"] },
            "responseBody": "b2s=",
            "url": "https://example.com/orders/incoming",
            "method": "POST",
            "maxRetries": 3,
            "labels": ["billing", "eu"],
        })
    };
    let logs: Vec<_> = (0..ENTRIES).map(entry).collect();
    serde_json::json!({ "cursor": "1700000000000-100", "logs": logs }).to_string()
}
