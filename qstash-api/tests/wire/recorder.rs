//! A loopback HTTP server that keeps what it is sent, byte for byte.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use qstash_api::{Client, RetryPolicy};

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    /// The target of the request line, undecoded.
    pub(crate) target: String,
    /// The headers in their order, with names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values.next();
        assert_eq!(values.next(), None, "`{name}` was sent twice");
        value.map(|(_, value)| value.as_str())
    }

    /// The headers that belong to the message.
    pub(crate) fn message_headers(&self) -> Vec<(&str, &str)> {
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| name == "content-type" || name.starts_with("upstash-"))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        headers.sort_unstable();
        headers
    }
}

type Answer = dyn Fn(usize, &Recorded) -> String + Send + Sync;

/// The server. It answers each request with status 200 and a JSON body, until the test ends.
pub(crate) struct Recorder {
    base_url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

impl Recorder {
    /// A server that always gives the same answer.
    pub(crate) fn answering(answer: &'static str) -> Self {
        Self::start(move |_, _| answer.to_owned())
    }

    /// A server that answers with what `answer` makes of the number of earlier requests and the request.
    pub(crate) fn start(
        answer: impl Fn(usize, &Recorded) -> String + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, kept): (Arc<Answer>, _) = (Arc::new(answer), Arc::clone(&requests));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (answer, kept) = (Arc::clone(&answer), Arc::clone(&kept));
                std::thread::spawn(move || serve(&stream.unwrap(), &kept, &*answer));
            }
        });
        Self { base_url, requests }
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder()
            .token("token")
            .base_url(&self.base_url)
            .retry(RetryPolicy::never())
            .timeout(std::time::Duration::MAX)
            .attempt_timeout(std::time::Duration::MAX)
            .build()
            .unwrap()
    }

    /// The requests so far, which are forgotten.
    pub(crate) fn take(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }

    /// The only request so far, which is forgotten.
    pub(crate) fn only(&self) -> Recorded {
        let mut requests = self.take();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

/// Answers requests on one connection until it is closed.
fn serve(stream: &TcpStream, kept: &Mutex<Vec<Recorded>>, answer: &Answer) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let mut kept = kept.lock().unwrap();
        let body = answer(kept.len(), &request);
        kept.push(request);
        drop(kept);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        let response = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        if (&mut &*stream).write_all(response.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Recorded> {
    let mut line = || {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        Some(
            String::from_utf8(line)
                .unwrap()
                .trim_end_matches(['\r', '\n'])
                .to_owned(),
        )
    };
    let first = line()?;
    let (method, rest) = first.split_once(' ')?;
    let target = rest.strip_suffix(" HTTP/1.1").unwrap();
    let mut headers = Vec::new();
    loop {
        let header = line()?;
        let Some((name, value)) = header.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(Recorded {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body,
    })
}
