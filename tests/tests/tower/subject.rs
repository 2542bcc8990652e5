//! The servers under test: the same handler behind the layer, in axum and on plain hyper.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use http_body_util::BodyExt;
use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use qstash_api::receiver::{Verified, Verify};
use qstash_api::tower::{RequestBody, VerifyLayer};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_layer::Layer;
use tower_service::Service;

/// The URL that a handler saw.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) verified: Verified,
}

type Answer = dyn Fn(&Seen) -> Response<String> + Send + Sync;

/// The handler: keeps what it saw, and answers.
#[derive(Clone)]
pub(crate) struct Handler {
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<Answer>,
}

impl Handler {
    pub(crate) fn new(answer: impl Fn(&Seen) -> Response<String> + Send + Sync + 'static) -> Self {
        Self {
            seen: Arc::default(),
            answer: Arc::new(answer),
        }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn runs(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    fn run(&self, parts: &Parts, body: Bytes) -> Response<String> {
        let seen = Seen {
            method: parts.method.clone(),
            target: parts.uri.to_string(),
            headers: parts.headers.clone(),
            body,
            verified: parts.extensions.get().cloned().unwrap(),
        };
        let response = (self.answer)(&seen);
        self.seen.lock().unwrap().push(seen);
        response
    }
}

impl Default for Handler {
    fn default() -> Self {
        Self::new(|_| Response::new("handled".to_owned()))
    }
}

/// The handler as a plain service. Its requests have their bodies in memory.
impl Service<Request<RequestBody>> for Handler {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (parts, body) = request.into_parts();
        // A body in memory gives all of itself at once.
        let mut body = std::pin::pin!(body.collect());
        let waker = std::task::Waker::noop();
        let Poll::Ready(Ok(body)) = body.as_mut().poll(&mut Context::from_waker(waker)) else {
            panic!("a body in memory is there");
        };
        ready(Ok(self.run(&parts, body.to_bytes())))
    }
}

/// The server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Axum,
    Hyper,
}

pub(crate) const BOTH: [Kind; 2] = [Kind::Axum, Kind::Hyper];

/// A server with the layer and the handler. It ends when it is dropped.
pub(crate) struct Subject {
    pub(crate) handler: Handler,
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
}

impl Subject {
    /// Starts a server; `layer` is given its base URL.
    pub(crate) async fn start<V>(
        kind: Kind,
        handler: Handler,
        layer: impl FnOnce(&str) -> VerifyLayer<V>,
    ) -> Self
    where
        V: Verify + Clone + Send + Sync + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let layer = layer(&format!("http://{address}"));
        let server = match kind {
            Kind::Axum => tokio::spawn(serve_axum(listener, layer, handler.clone())),
            Kind::Hyper => tokio::spawn(serve_hyper(listener, layer, handler.clone())),
        };
        Self {
            handler,
            address,
            server,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve_axum<V>(listener: TcpListener, layer: VerifyLayer<V>, handler: Handler)
where
    V: Verify + Clone + Send + Sync + 'static,
{
    let handle = async move |request: axum::extract::Request| {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        handler.run(&parts, body)
    };
    let app = Router::new()
        .fallback(handle)
        .layer(DefaultBodyLimit::disable())
        .layer(layer);
    axum::serve(listener, app).await.unwrap();
}

async fn serve_hyper<V>(listener: TcpListener, layer: VerifyLayer<V>, handler: Handler)
where
    V: Verify + Clone + Send + Sync + 'static,
{
    let service = TowerToHyperService::new(layer.layer(handler));
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let service = service.clone();
        tokio::spawn(async move {
            // Connections that break are part of the tests.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
