//! Anything at all as a document and an overlay.
#![no_main]

mod subject;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| subject::check(input));
