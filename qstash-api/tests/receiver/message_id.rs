//! The id of the message, which is in a header and in no claim.

use qstash_api::receiver::Delivery;

use crate::receiver::mint::{BODY, claims, receiver, signed};

#[test]
fn the_message_id_is_that_of_the_header_and_the_token_id_that_of_the_claim() {
    let token = signed(&claims());
    for (header, id) in [
        (None, None),
        (Some(&b"msg_1"[..]), Some("msg_1")),
        (Some(b" msg_1 "), Some("msg_1")),
        (Some(b""), None),
        (Some(b" "), None),
        (Some(b"\xff"), None),
    ] {
        let delivery = Delivery::from(&token).with_message_id(header);
        let verified = receiver().verify(delivery, BODY).unwrap();
        assert_eq!(verified.message_id(), id, "{header:?}");
        assert_eq!(verified.jwt_id(), "jwt_67kxXD6UBAk7DqU6hzuH");
        assert_eq!(verified.jwt_id(), verified.claims().jwt_id());
    }
}
