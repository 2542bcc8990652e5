//! A server that is not reached, and deliveries that the service recognises when they come again.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use qstash_api::{ClientBuilder, CredentialsIn, ErrorKind};
use qstash_dev_server::Fault;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::expectation::{Class, Fate, class, is_sent_again};
use super::plan::policy;
use super::secrets;
use crate::client::http;
use crate::operations::cases;
use crate::operations::world::{World, builder};

/// Knows every name, and sends the first so many who ask to an address where nobody listens.
struct Misleading {
    first: usize,
    asked: AtomicUsize,
}

impl Misleading {
    fn the_first(first: usize) -> Arc<Self> {
        Arc::new(Self {
            first,
            asked: AtomicUsize::new(0),
        })
    }

    /// The number of attempts to connect.
    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Misleading {
    fn resolve(&self, _: Name) -> Resolving {
        let is_misled = self.asked.fetch_add(1, Ordering::SeqCst) < self.first;
        let address = Ipv4Addr::new(127, 0, 0, if is_misled { 2 } else { 1 });
        let addresses: Addrs = Box::new(std::iter::once(SocketAddr::from((address, 0))));
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// A builder of clients that look for the server by its name.
fn named(world: &World, place: CredentialsIn, resolver: &Arc<Misleading>) -> ClientBuilder {
    let url = world.server.url().replace("127.0.0.1", "qstash.test");
    builder(&world.server, place)
        .base_url(url)
        .allow_http()
        .http_client_builder(http().dns_resolver(Arc::clone(resolver)))
        .retry(policy())
}

#[tokio::test]
async fn what_was_never_sent_is_sent_again_unless_it_is_a_rotation() {
    for place in [CredentialsIn::Header, CredentialsIn::Query] {
        for row in cases::all() {
            let operation = row.operation();
            let again = is_sent_again(class(operation), Fate::NotSent);
            assert_eq!(again, class(operation) != Class::Rotation);
            let world = World::start().await;
            let subject = row.arrange(&world).await;
            let before = world.server.effects_of(operation);
            world.server.take_requests();

            let always = Misleading::the_first(usize::MAX);
            let client = named(&world, place, &always).build().unwrap();
            let error = row.call(&client, &subject).await.unwrap_err();
            secrets::check(&error, operation.name());
            assert_eq!(error.operation_id(), Some(operation.name()));
            assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
            assert!(error.is_connect() && error.is_retryable(), "{error:?}");
            assert_eq!(always.asked(), if again { 3 } else { 1 }, "{operation}");
            assert_eq!(world.server.effects_of(operation), before);

            let once = Misleading::the_first(1);
            let client = named(&world, place, &once).build().unwrap();
            let ended = row.call(&client, &subject).await;
            assert_eq!(ended.is_ok(), again, "{operation}: {ended:?}");
            let sent = world.server.take_requests().len();
            assert_eq!(sent, usize::from(again), "{operation}");
            if class(operation) != Class::Repeatable {
                let effects = world.server.effects_of(operation) - before;
                assert_eq!(effects, usize::from(again), "{operation}");
            }
        }
    }
}

#[tokio::test]
async fn deliveries_with_an_id_are_sent_again_and_arrive_once() {
    let deliveries = cases::all();
    let deliveries = deliveries
        .iter()
        .filter(|row| class(row.operation()) == Class::Delivery);
    let mut count = 0;
    for row in deliveries {
        let operation = row.operation();
        for fault in [
            Fault::reset_before_reading(),
            Fault::reset(),
            Fault::reset().applied(),
            Fault::truncate(),
        ] {
            let world = World::start().await;
            let subject = row.arrange(&world).await;
            let client = builder(&world.server, CredentialsIn::Header)
                .retry(policy().deduplicate(true))
                .build()
                .unwrap();
            world.server.take_requests();
            world.server.faults().once(operation, fault);
            row.call(&client, &subject).await.unwrap();
            assert_eq!(world.server.requests().len(), 2, "{operation}");
            assert_eq!(world.server.effects_of(operation), 1, "{operation}");
            assert_eq!(world.server.snapshot().messages.len(), 1, "{operation}");
        }
        count += 1;
    }
    assert_eq!(count, 3);
}
