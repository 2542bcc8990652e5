//! An HTTP endpoint that verifies what it gets, and counts.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use qstash_api::keys::KeyPair;
use qstash_api::keys::refresh::{KeyRefresh, RefreshGuard};
use qstash_api::receiver::{Clock, Delivery, Receiver, RefreshingReceiver};
use tokio::net::TcpListener;
use tokio::sync::watch;

pub(super) struct Endpoint {
    core: Arc<Core>,
    refresh: KeyRefresh,
    refreshed: watch::Receiver<usize>,
    _task: RefreshGuard,
}

struct Core {
    url: String,
    receiver: RefreshingReceiver,
    accepted: AtomicUsize,
    lost: AtomicUsize,
    forged_accepted: AtomicUsize,
    arrived: watch::Sender<usize>,
    answered: watch::Sender<usize>,
    time: watch::Receiver<u64>,
}

impl Endpoint {
    pub(super) async fn start(
        refresh: KeyRefresh,
        clock: Clock,
        time: watch::Receiver<u64>,
    ) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (ticks, refreshed) = watch::channel(0);
        let refresh = refresh.on_result(move |_| ticks.send_modify(|ticks| *ticks += 1));
        let with_clock = |receiver: Receiver| receiver.with_clock(clock);
        let core = Arc::new(Core {
            url: format!("http://{}", socket.local_addr().unwrap()),
            receiver: RefreshingReceiver::new(&refresh).map_receiver(with_clock),
            accepted: AtomicUsize::new(0),
            lost: AtomicUsize::new(0),
            forged_accepted: AtomicUsize::new(0),
            arrived: watch::Sender::new(0),
            answered: watch::Sender::new(0),
            time,
        });
        tokio::spawn(serve(socket, Arc::clone(&core)));
        Self {
            core,
            _task: refresh.spawn(),
            refresh,
            refreshed,
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.core.url
    }

    pub(super) fn holds(&self, pair: &KeyPair) -> bool {
        self.refresh.ring().keys().is_pair(pair)
    }

    /// Waits until the ring has followed the service.
    pub(super) async fn has_adopted(&self, pair: &KeyPair) {
        let mut refreshed = self.refreshed.clone();
        let waits = async {
            while !self.holds(pair) {
                refreshed.changed().await.unwrap();
            }
        };
        let patience = Duration::from_secs(600);
        assert!(tokio::time::timeout(patience, waits).await.is_ok());
    }

    /// The number of genuine deliveries so far, answered or not.
    pub(super) fn arrived(&self) -> watch::Receiver<usize> {
        self.core.arrived.subscribe()
    }

    /// The number of those that were answered.
    pub(super) fn answered(&self) -> watch::Receiver<usize> {
        self.core.answered.subscribe()
    }

    pub(super) fn accepted(&self) -> usize {
        self.core.accepted.load(Ordering::SeqCst)
    }

    /// The number of genuine deliveries that were refused.
    pub(super) fn lost(&self) -> usize {
        self.core.lost.load(Ordering::SeqCst)
    }

    pub(super) fn forged_accepted(&self) -> usize {
        self.core.forged_accepted.load(Ordering::SeqCst)
    }
}

async fn serve(socket: TcpListener, core: Arc<Core>) {
    loop {
        let (stream, _) = socket.accept().await.unwrap();
        let core = Arc::clone(&core);
        tokio::spawn(async move {
            let answer = service_fn(|request| answer(&core, request));
            let connection = hyper::server::conn::http1::Builder::new();
            // A peer that leaves is no fault.
            let _ = connection
                .serve_connection(TokioIo::new(stream), answer)
                .await;
        });
    }
}

/// Answers a delivery. Its path says for how many seconds it is under way; none is forged but
/// those to `/forged`.
async fn answer(
    core: &Core,
    request: Request<Incoming>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let path = head.uri.path();
    let travel: Option<u64> = path.trim_start_matches('/').parse().ok();
    if let Some(travel) = travel {
        let mut time = core.time.clone();
        let arrives = *time.borrow() + travel;
        core.arrived.send_modify(|arrived| *arrived += 1);
        time.wait_for(|now| *now >= arrives).await.unwrap();
    }
    let url = format!("{}{path}", core.url);
    let delivery = Delivery::from(head.headers.get("upstash-signature")).with_url(&url);
    let is_accepted = core.receiver.verify(delivery, &body).await.is_ok();
    match (travel, is_accepted) {
        (Some(_), true) => _ = core.accepted.fetch_add(1, Ordering::SeqCst),
        (Some(_), false) => _ = core.lost.fetch_add(1, Ordering::SeqCst),
        (None, true) => _ = core.forged_accepted.fetch_add(1, Ordering::SeqCst),
        (None, false) => {}
    }
    if travel.is_some() {
        core.answered.send_modify(|answered| *answered += 1);
    }
    let status = if is_accepted { 200 } else { 401 };
    let answer = Response::builder().status(status);
    Ok(answer.body(Empty::new()).unwrap())
}
