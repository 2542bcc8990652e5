//! The receiver, with input that knows where its code branches. What must hold is in `check.rs`.
#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    check::check(input);
});
