//! Requests are recorded byte for byte.

use qstash_dev_server::QStash;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::common::Caller;

/// Writes raw bytes and reads until the end of one answer without a body, or of the connection.
async fn exchange(stream: &mut TcpStream, bytes: &[u8]) -> String {
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    let mut buffer = [0; 1024];
    while !String::from_utf8_lossy(&answer).contains("\r\n\r\n{") {
        let read = stream.read(&mut buffer).await.unwrap();
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(answer).unwrap()
}

async fn connect(server: &QStash) -> TcpStream {
    let address = server.url();
    TcpStream::connect(address.trim_start_matches("http://"))
        .await
        .unwrap()
}

#[tokio::test]
async fn targets_headers_and_bodies_are_kept_byte_for_byte() {
    let server = QStash::start().await.unwrap();
    server.hold_deliveries();
    let mut stream = connect(&server).await;
    let targets = [
        "/v2/publish/https://user:pw@EXAMPLE.com:8443/a//b/./%2e%2e/c;d@|^[]/?x=1&x=%20&y",
        "/v2/publish/https://example.com",
        "/v2/publish/https://example.com/?",
        "/v2/publish/https:%2F%2Fexample.com%2Fa",
        "/v2/../v2/messages/%2e",
    ];
    for target in targets {
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: h\r\nx-second: 2\r\nX-First:  spaced  \r\nX-SECOND: two\r\n\
             authorization: Bearer {}\r\nContent-Length: 3\r\n\r\n",
            server.token()
        );
        exchange(&mut stream, format!("{head}\u{0}\r\n").as_bytes()).await;
        let request = server.take_requests().pop().unwrap();
        assert_eq!(request.target(), target);
        assert_eq!(request.head(), head.as_bytes());
        assert_eq!(request.body().as_ref(), b"\0\r\n");
        let names: Vec<&str> = request.headers().map(|(name, _)| name).collect();
        let sent = [
            "Host",
            "x-second",
            "X-First",
            "X-SECOND",
            "authorization",
            "Content-Length",
        ];
        assert_eq!(names, sent);
        assert_eq!(request.header("x-first"), Some("spaced"));
        assert_eq!(request.header_values("X-Second"), [b"2".as_slice(), b"two"]);
    }
}

#[tokio::test]
async fn a_chunked_body_is_joined_and_does_not_disturb_the_next_request() {
    let server = QStash::start().await.unwrap();
    let mut stream = connect(&server).await;
    let token = server.token();
    let head = format!("POST /v2/batch HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\n");
    let chunked =
        format!("{head}Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n1\r\n}}\r\n0\r\n\r\n");
    exchange(&mut stream, chunked.as_bytes()).await;
    let plain = format!("{head}Content-Length: 2\r\n\r\n[}}");
    exchange(&mut stream, plain.as_bytes()).await;
    let requests = server.requests();
    assert_eq!(requests[0].body().as_ref(), b"{}");
    assert_eq!(requests[1].body().as_ref(), b"[}");
    assert_eq!(
        requests[1].head(),
        format!("{head}Content-Length: 2\r\n\r\n").as_bytes()
    );
}

#[tokio::test]
async fn refused_requests_are_recorded_too() {
    let caller = Caller::start().await;
    let reply = caller.get("/v2/nothing?a=1").await;
    assert_eq!(reply.status, 404);
    let request = &caller.server.requests()[0];
    assert_eq!(
        (request.path(), request.query()),
        ("/v2/nothing", Some("a=1"))
    );
}
