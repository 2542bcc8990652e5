//! An HTTP endpoint that verifies what it gets, and counts.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use qstash_api::keys::refresh::{KeyRefresh, RefreshTask};
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::{Clock, Delivery, Receiver, RefreshingReceiver};
use qstash_tests::Gate;
use tokio::net::TcpListener;
use tokio::sync::watch;

pub(super) struct Endpoint {
    core: Arc<Core>,
    refresh: KeyRefresh,
    told: KeyRing,
    clock: Clock,
    refreshed: watch::Receiver<usize>,
    _task: RefreshTask,
}

struct Core {
    url: String,
    receiver: RefreshingReceiver,
    /// Beside it: a ring that stays as it is, and one that forgets the outgoing key.
    beside: [Receiver; 2],
    lost: [AtomicUsize; 2],
    accepted: AtomicUsize,
    refused: AtomicUsize,
    answered: watch::Sender<usize>,
    gate: Mutex<Gate>,
    arrived: watch::Sender<usize>,
}

impl Endpoint {
    pub(super) async fn start(refresh: KeyRefresh, pair: &KeyPair, clock: Clock) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (ticks, refreshed) = watch::channel(0);
        let refresh = refresh.observed_by(move |_| ticks.send_modify(|ticks| *ticks += 1));
        let [never, told] = [(); 2].map(|()| KeyRing::from(pair.clone()));
        let with_clock = |receiver: Receiver| receiver.with_clock(clock.clone());
        let core = Arc::new(Core {
            url: format!("http://{}", socket.local_addr().unwrap()),
            receiver: RefreshingReceiver::new(&refresh).with(with_clock),
            beside: [&never, &told].map(|ring| with_clock(Receiver::new(ring))),
            lost: Default::default(),
            accepted: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
            answered: watch::Sender::new(0),
            gate: Mutex::new(Gate::closed()),
            arrived: watch::Sender::new(0),
        });
        tokio::spawn(serve(socket, Arc::clone(&core)));
        Self {
            core,
            _task: refresh.spawn(),
            refresh,
            told,
            clock,
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
        let patience = Duration::from_secs(60);
        assert!(tokio::time::timeout(patience, waits).await.is_ok());
    }

    /// Gives the new pair to the ring beside that forgets at once.
    pub(super) fn tell_those_beside(&self, pair: &KeyPair) {
        let now = self.clock.now();
        self.told.adopt_keeping(pair, now, Duration::ZERO);
    }

    pub(super) fn answered(&self) -> watch::Receiver<usize> {
        self.core.answered.subscribe()
    }

    pub(super) fn accepted(&self) -> usize {
        self.core.accepted.load(Ordering::SeqCst)
    }

    pub(super) fn refused(&self) -> usize {
        self.core.refused.load(Ordering::SeqCst)
    }

    pub(super) fn lost_by_the_never_told(&self) -> usize {
        self.core.lost[0].load(Ordering::SeqCst)
    }

    pub(super) fn lost_by_the_told(&self) -> usize {
        self.core.lost[1].load(Ordering::SeqCst)
    }
}

/// Deliveries to `/held` that have arrived, and wait to be verified.
pub(super) struct Waiting {
    gate: Gate,
    arrived: Vec<watch::Receiver<usize>>,
}

impl Waiting {
    pub(super) fn begin(endpoints: &[Endpoint]) -> Self {
        let gate = Gate::closed();
        let arrived = endpoints.iter().map(|endpoint| {
            *endpoint.core.gate.lock().unwrap() = gate.clone();
            endpoint.core.arrived.send_replace(0);
            endpoint.core.arrived.subscribe()
        });
        let arrived = arrived.collect();
        Self { gate, arrived }
    }

    /// Waits until so many have arrived at each endpoint.
    pub(super) async fn have_arrived(&self, count: usize) {
        for arrived in &self.arrived {
            let mut arrived = arrived.clone();
            arrived.wait_for(|arrived| *arrived == count).await.unwrap();
        }
    }

    pub(super) fn end(self) {
        self.gate.open();
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

async fn answer(
    core: &Core,
    request: Request<Incoming>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let path = head.uri.path();
    if path == "/held" {
        let gate = core.gate.lock().unwrap().clone();
        core.arrived.send_modify(|arrived| *arrived += 1);
        gate.wait().await;
    }
    let url = format!("{}{path}", core.url);
    let delivery = Delivery::from(head.headers.get("upstash-signature")).with_url(&url);
    let is_genuine = core.receiver.verify(delivery, &body).await.is_ok();
    if is_genuine {
        core.accepted.fetch_add(1, Ordering::SeqCst);
        for (receiver, lost) in core.beside.iter().zip(&core.lost) {
            let is_lost = receiver.verify(delivery, &body).is_err();
            lost.fetch_add(usize::from(is_lost), Ordering::SeqCst);
        }
    } else {
        core.refused.fetch_add(1, Ordering::SeqCst);
    }
    if path == "/live" {
        core.answered.send_modify(|answered| *answered += 1);
    }
    let status = if is_genuine { 200 } else { 401 };
    let answer = Response::builder().status(status);
    Ok(answer.body(Empty::new()).unwrap())
}
