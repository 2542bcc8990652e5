//! A delivery that was signed at a known time, and a receiver that lives then.

use qstash_api::Timestamp;
use qstash_api::keys::KeyRing;
use qstash_api::receiver::{Clock, Receiver};

pub const URL: &str = "https://example.com/orders";
pub const BODY: &str = r#"{"order":7}"#;
pub const SIGNATURE: &str = concat!(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiIiLCJib2R5IjoiaTh1czVLaGJfV1ZTWk5VR1k5RUFBSktDVFpRaDF",
    "CYTJoVUFxaWhqcU10TT0iLCJleHAiOjE3NjAwMDAzMDAsImlhdCI6MTc2MDAwMDAwMCwiaXNzIjoiVXBzdGFzaCIsImp0aSI6Imp",
    "3dF9hIiwibmJmIjoxNzYwMDAwMDAwLCJzdWIiOiJodHRwczovL2V4YW1wbGUuY29tL29yZGVycyJ9.IiLf3j5y4OP5ux2aYxruMW",
    "5luUeDgBWnT7nDhhQjAHM",
);

pub fn receiver() -> Receiver {
    let ring = KeyRing::new("sig_current", "sig_next").unwrap();
    Receiver::new(ring).with_clock(Clock::fixed(Timestamp::from_unix_secs(1_760_000_100)))
}
