//! The receiving side alone: no HTTP client, no runtime.

#[path = "../delivery.rs"]
mod delivery;

use delivery::{BODY, SIGNATURE, URL};
use qstash_api::receiver::{Delivery, Rejection};

fn main() {
    let receiver = delivery::receiver();
    let genuine = Delivery::new(Some(SIGNATURE)).with_url(URL);
    let verified = receiver.verify(genuine, BODY.as_bytes()).unwrap();
    assert_eq!(verified.claims().subject(), URL);
    let refused = receiver.verify(genuine, b"{}");
    assert_eq!(refused.unwrap_err(), Rejection::BodyMismatch);
}
