//! Counts the steps of verification, which must be the same whatever a forged MAC and the keys are.
//!
//! `cargo bench -p qstash-benchmarks --bench constant_time` runs this program once for each case under `valgrind`, which
//! counts instructions exactly, and compares. It needs `valgrind` on the path.
//!
//! The cases: a MAC that differs in one bit, for every bit, and one that differs in all; the same with other keys of
//! the same length; and the comparison of a pair of keys with one of which the first, the second, both or none differ.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark may stop"
)]

use std::collections::BTreeMap;
use std::env;
use std::hint::black_box;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use qstash_api::keys::{KeyPair, KeyRing};
use qstash_api::receiver::{Clock, Receiver};
use serde_json::json;
use sha2::{Digest, Sha256};

const NOW: i64 = 1_760_000_000;
const BODY: &[u8] = &[b'a'; 1024];

/// Keys of the length that the service's have.
const KEYS: [&str; 4] = [
    "sig_7kYjw48mhY7kAjqNGcy6cr29RJ6r",
    "sig_5ZB6DVzB1wjE8S6rZ7eenA8Pdnhs",
    "sig_zzzzzzzzzzzzzzzzzzzzzzzzzzzz",
    "sig_AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

/// The functions that are counted, with everything below them.
#[inline(never)]
fn counted_verification(receiver: &Receiver, signature: &str) -> bool {
    receiver.verify(signature, BODY).is_ok()
}

#[inline(never)]
fn counted_comparison(ring: &KeyRing, pair: &KeyPair) -> bool {
    ring.keys().is_pair(pair)
}

/// A signature by this key, with some bits of its MAC turned over.
fn signature(key: &str, turned: impl Fn(usize) -> bool) -> String {
    let claims = json!({
        "aud": "", "body": URL_SAFE_NO_PAD.encode(Sha256::digest(BODY)), "exp": NOW + 300,
        "iat": NOW, "iss": "Upstash", "jti": "jwt_a", "nbf": 0, "sub": "https://example.com",
    });
    let signed = [json!({"alg": "HS256", "typ": "JWT"}), claims]
        .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    let mut mac: [u8; 32] = mac.chain_update(&signed).finalize().into_bytes().into();
    for bit in (0..256).filter(|bit| turned(*bit)) {
        mac[bit / 8] ^= 1 << (bit % 8);
    }
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
}

/// One case, in the process whose instructions are counted.
fn case(arguments: &[String]) {
    let number = |at: usize| arguments[at].parse::<usize>().unwrap();
    let (current, next) = (KEYS[number(1)], KEYS[number(2)]);
    let ring = KeyRing::new(current, next).unwrap();
    if arguments[0] == "verification" {
        let receiver = Receiver::new(&ring)
            .with_clock(Clock::fixed(qstash_api::Timestamp::from_unix_secs(NOW)));
        let bit = number(3);
        let signature = signature(current, |at| at == bit || bit == 256);
        black_box(counted_verification(&receiver, black_box(&signature)));
    } else {
        let pair = KeyPair::new(KEYS[number(3)], KEYS[number(4)]).unwrap();
        black_box(counted_comparison(&ring, black_box(&pair)));
    }
}

/// The number of instructions of a case.
fn count(arguments: &[String]) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(["--collect-atstart=no", "--toggle-collect=*::counted_*"])
        .arg(env::current_exe().unwrap())
        .arg("case")
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("valgrind does not run: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1));
    match collected.and_then(|count| count.trim().parse().ok()) {
        Some(count) if count > 0 => count,
        _ => panic!("valgrind counted nothing: {said}"),
    }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(("case", rest)) = arguments
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    {
        return case(rest);
    }
    let verification = (0..=256)
        .map(|bit| (0, bit))
        .chain((1..KEYS.len()).flat_map(|key| [0, 255, 256].map(|bit| (key, bit))))
        .map(|(key, bit)| {
            vec![
                "verification".to_owned(),
                key.to_string(),
                ((key + 1) % 4).to_string(),
                bit.to_string(),
            ]
        });
    let comparison = [[0, 1], [2, 1], [0, 2], [2, 3]].map(|[current, next]| {
        vec![
            "comparison".to_owned(),
            "0".to_owned(),
            "1".to_owned(),
            format!("{current}"),
            format!("{next}"),
        ]
    });
    let mut counts = BTreeMap::<String, BTreeMap<u64, usize>>::new();
    for case in verification.chain(comparison) {
        let of_kind = counts.entry(case[0].clone()).or_default();
        *of_kind.entry(count(&case)).or_default() += 1;
    }
    for (kind, counts) in counts {
        let (cases, different) = (counts.values().sum::<usize>(), counts.len());
        println!("{kind}: {cases} cases, {different} different counts of instructions: {counts:?}");
        assert_eq!(different, 1, "the time of a {kind} depends on its secrets");
    }
}
