//! An answer that was read, to its types.
//!
//! The client's own code for this is not public, so its file is part of the benchmark as well.

use std::hint::black_box;
use std::time::Instant;

use bytes::Bytes;
use qstash_api::types::LogPage;
use reqwest::Response;
use tokio::runtime::Runtime;

use super::figure::{Wanted, ratios};
use super::server::page;

#[expect(
    dead_code,
    reason = "only a part of it is needed here"
)]
#[rustfmt::skip]
#[path = "../../../../qstash-api/src/generated/runtime/response.rs"]
mod response;

const CALLS: usize = 20;

pub(crate) fn ratio(runtime: &Runtime) {
    let bytes = Bytes::from(page());
    let answer = || {
        let mut answer = Response::from(http::Response::new(""));
        let read = response::ReadBody(bytes.clone());
        answer.extensions_mut().insert(read);
        answer
    };
    let ours = || {
        let answers: Vec<_> = (0..CALLS).map(|_| answer()).collect();
        runtime.block_on(async {
            let start = Instant::now();
            for answer in answers {
                let answer = response::Answer::of(answer).await;
                let page = answer.decode::<LogPage, ()>().unwrap();
                black_box(page.into_inner());
            }
            start.elapsed().as_secs_f64()
        })
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
