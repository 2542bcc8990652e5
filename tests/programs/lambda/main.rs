//! A function behind a function URL, which gets bodies in base64.

#[path = "../delivery.rs"]
mod delivery;

use aws_lambda_events::lambda_function_urls::LambdaFunctionUrlRequest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use delivery::{BODY, SIGNATURE, URL};
use qstash_api::receiver::{Delivery, Receiver, Rejection};

fn handle(receiver: &Receiver, event: LambdaFunctionUrlRequest) -> Result<Vec<u8>, Rejection> {
    let text = event.body.unwrap_or_default();
    let body = match event.is_base64_encoded {
        true => STANDARD.decode(text).map_err(|_| Rejection::BodyMismatch)?,
        false => text.into_bytes(),
    };
    receiver.verify(Delivery::from_headers(&event.headers).with_url(URL), &body)?;
    Ok(body)
}

fn main() {
    let receiver = delivery::receiver();
    for (signature, expected) in [(SIGNATURE, Ok(BODY.into())), ("", Err(Rejection::Missing))] {
        let event = serde_json::json!({
            "version": "2.0",
            "headers": { "upstash-signature": signature },
            "requestContext": { "timeEpoch": 0, "http": { "method": "POST" } },
            "body": STANDARD.encode(BODY),
            "isBase64Encoded": true,
        });
        let event = serde_json::from_value(event).unwrap();
        assert_eq!(handle(&receiver, event), expected);
    }
}
