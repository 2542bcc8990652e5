//! The cost of the receiver beside the cryptography that any receiver has to do.
//!
//! - `1 KiB`: against the same calls of `hmac`, `sha2`, `base64` and `serde_json` written out, and
//!   against `jsonwebtoken` with `sha2`.
//! - `1 MiB`: against SHA-256 of the body alone.
//! - `swapped`: against itself, while another thread adopts one next key after the other: into the same ring, or, to take
//!   up as much of the machine, into another one.
//!
//! The ratios come first: medians over pairs of measurements that take turns, so that whatever else the
//! machine does meanwhile meets both.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark may stop"
)]

mod baselines;
#[path = "../../src/figure.rs"]
#[expect(dead_code, reason = "only a part of it is needed here")]
mod figure;

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hmac::Hmac;
use jsonwebtoken::{DecodingKey, Validation};
use qstash_api::Timestamp;
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::{Delivery, Receiver};
use sha2::{Digest, Sha256};

use figure::{Figure, Wanted, ratios};

use baselines::{
    KEY, PROVIDER, URL, by_hand, by_hand_without_header, by_jsonwebtoken, keyed, now, token,
    validation,
};

const PAIRS: usize = 1001;

/// The duration of one call, over many.
fn time<T>(calls: u32, mut call: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(call());
    }
    start.elapsed().as_secs_f64() / f64::from(calls)
}

/// Prints how much longer `ours` takes than `theirs`.
fn ratio<T, U>(
    name: &str,
    wanted: Wanted,
    calls: u32,
    ours: impl Fn() -> T,
    theirs: impl Fn() -> U,
) {
    let ratios = ratios(PAIRS, || time(calls, &ours), || time(calls, &theirs));
    println!("{}", Figure::of(name, ratios, wanted).unwrap());
}

/// Everything that a comparison needs.
struct Bench {
    body: Vec<u8>,
    token: String,
    ring: KeyRing,
    receiver: Receiver,
    keyed: Hmac<Sha256>,
    key: DecodingKey,
    validation: Validation,
}

impl Bench {
    fn new(length: usize) -> Self {
        let body = vec![b'a'; length];
        let ring = KeyRing::new(KEY, "k0").unwrap();
        let bench = Self {
            token: token(&body),
            receiver: Receiver::new(&ring),
            body,
            ring,
            keyed: keyed(),
            key: DecodingKey::from_secret(KEY.as_bytes()),
            validation: validation(),
        };
        // Whoever accepts nothing is fast.
        assert_eq!(
            bench.receiver().as_deref(),
            Some("jwt_67kxXD6UBAk7DqU6hzuHMDdXFXfP")
        );
        assert_eq!(bench.receiver(), bench.by_hand());
        assert_eq!(bench.receiver(), bench.by_hand_without_header());
        assert_eq!(bench.receiver(), bench.jsonwebtoken());
        bench
    }

    fn receiver(&self) -> Option<String> {
        let delivery = Delivery::from(black_box(&self.token)).with_url(URL);
        let verified = self.receiver.verify(delivery, black_box(&self.body)).ok()?;
        Some(verified.jwt_id().to_owned())
    }

    fn by_hand(&self) -> Option<String> {
        by_hand(&self.keyed, black_box(&self.token), black_box(&self.body))
    }

    fn by_hand_without_header(&self) -> Option<String> {
        by_hand_without_header(&self.keyed, black_box(&self.token), black_box(&self.body))
    }

    fn jsonwebtoken(&self) -> Option<String> {
        let (key, validation) = (&self.key, &self.validation);
        by_jsonwebtoken(
            key,
            validation,
            black_box(&self.token),
            black_box(&self.body),
        )
    }

    fn sha_256(&self) -> impl Sized + use<> {
        Sha256::digest(black_box(&self.body))
    }

    /// Runs while another thread adopts into `ring` again and again, with this pause.
    fn while_swapping(ring: &KeyRing, pause: Duration, run: impl FnOnce()) {
        let start = Instant::now();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let swapper = scope.spawn(|| {
                let mut swaps = 0.0;
                let pairs = ["k1", "k0"].map(|next| KeyPair::new(KEY, next).unwrap());
                while !done.load(Ordering::Relaxed) {
                    for pair in &pairs {
                        ring.adopt_with_lifetime(
                            pair,
                            Timestamp::from_unix_secs(now()),
                            Duration::ZERO,
                        );
                        swaps += 1.0;
                        if !pause.is_zero() {
                            thread::sleep(pause);
                        }
                    }
                }
                swaps
            });
            run();
            done.store(true, Ordering::Relaxed);
            let swaps = swapper.join().unwrap() / start.elapsed().as_secs_f64();
            println!("  with {swaps:.0} swaps a second");
        });
    }
}

fn small(criterion: &mut Criterion) {
    let bench = Bench::new(1024);
    let stranger = Receiver::new(KeyRing::new("sig_other", "sig_next").unwrap());
    assert!(stranger.verify(&bench.token, &bench.body).is_err());
    let mut group = criterion.benchmark_group("1 KiB");
    group.bench_function("receiver", |bencher| bencher.iter(|| bench.receiver()));
    group.bench_function("by hand", |bencher| bencher.iter(|| bench.by_hand()));
    group.bench_function("by hand without header", |bencher| {
        bencher.iter(|| bench.by_hand_without_header());
    });
    group.bench_function("jsonwebtoken", |bencher| {
        bencher.iter(|| bench.jsonwebtoken());
    });
    group.bench_function("receiver, forged", |bencher| {
        bencher.iter(|| stranger.verify(black_box(&bench.token), black_box(&bench.body)));
    });
    group.finish();
}

fn large(criterion: &mut Criterion) {
    let bench = Bench::new(1024 * 1024);
    let mut group = criterion.benchmark_group("1 MiB");
    group.throughput(Throughput::Bytes(1024 * 1024));
    group.bench_function("receiver", |bencher| bencher.iter(|| bench.receiver()));
    group.bench_function("bare SHA-256", |bencher| bencher.iter(|| bench.sha_256()));
    group.finish();
}

fn compare(_: &mut Criterion) {
    let small = Bench::new(1024);
    ratio(
        "1 KiB: receiver / by hand",
        Wanted::AtMost(1.25),
        100,
        || small.receiver(),
        || small.by_hand(),
    );
    ratio(
        "1 KiB: receiver / by hand without header",
        Wanted::Nothing,
        100,
        || small.receiver(),
        || small.by_hand_without_header(),
    );
    ratio(
        "1 KiB: receiver / jsonwebtoken",
        Wanted::AtMost(1.0),
        100,
        || small.receiver(),
        || small.jsonwebtoken(),
    );
    let large = Bench::new(1024 * 1024);
    ratio(
        "1 MiB: receiver / bare SHA-256",
        Wanted::AtMost(1.05),
        1,
        || large.receiver(),
        || large.sha_256(),
    );
    for (name, pause) in [
        (
            "swapped 1000 times a second / at rest",
            Duration::from_millis(1),
        ),
        ("swapped without pause / at rest", Duration::ZERO),
    ] {
        // Both readers run beside the same thread; only one of them reads what it swaps.
        let other = Bench::new(1024);
        Bench::while_swapping(&small.ring, pause, || {
            ratio(
                name,
                Wanted::AtMost(1.02),
                2000,
                || small.receiver(),
                || other.receiver(),
            );
        });
    }
}

fn install() -> Criterion {
    PROVIDER
        .install_default()
        .expect("the first to install one");
    Criterion::default()
}

criterion_group! {
    name = benches;
    config = install();
    targets = compare, small, large
}
criterion_main!(benches);
