//! An answer that was read, to its types.

use std::hint::black_box;
use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use qstash_api::Response;
use qstash_api::types::LogPage;

use super::figure::{Wanted, ratios};
use super::server::page;

const CALLS: usize = 20;

pub(crate) fn ratio() {
    let bytes = Bytes::from(page());
    let answer = || Response::new(bytes.clone(), StatusCode::OK, HeaderMap::new());
    let ours = || {
        let answers: Vec<_> = (0..CALLS).map(|_| answer()).collect();
        let start = Instant::now();
        for answer in answers {
            let page: LogPage = answer.json().unwrap();
            black_box(page);
        }
        start.elapsed().as_secs_f64()
    };
    let bare = || {
        let start = Instant::now();
        for _ in 0..CALLS {
            let page: LogPage = serde_json::from_slice(black_box(&bytes)).unwrap();
            black_box(page);
        }
        start.elapsed().as_secs_f64()
    };
    super::print(
        "decoding a page of 100 log entries / serde_json, time",
        ratios(super::PAIRS, ours, bare),
        Wanted::AtMost(1.1),
    );
}
