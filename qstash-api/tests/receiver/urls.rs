//! The URL that a delivery is for, and tokens that hold long ones.

use qstash_api::Destination;
use qstash_api::receiver::{Delivery, MAX_DESTINATION_LEN, Malformed, Rejection};

use crate::receiver::mint::{BODY, URL, claims, receiver, signed};

#[test]
fn a_delivery_for_another_url_is_refused_with_both_urls_and_the_usual_cause() {
    let token = signed(&claims());
    let delivery = Delivery::from(&token).with_url("http://example.com/orders?a=1&b=2");
    let rejection = receiver().verify(delivery, BODY).unwrap_err();
    let Rejection::UrlMismatch(mismatch) = &rejection else {
        panic!("{rejection}");
    };
    assert_eq!(mismatch.signed(), URL);
    assert_eq!(mismatch.expected(), "http://example.com/orders?a=1&b=2");
    assert_eq!(
        rejection.to_string(),
        "the message was sent to `https://example.com/orders?a=1&b=2`, and \
         `http://example.com/orders?a=1&b=2` is expected here; the schemes differ: a proxy has taken the TLS off, so \
         expect the URL outside of it"
    );
    assert_eq!(
        (rejection.status().as_u16(), rejection.code()),
        (401, "url-mismatch")
    );
    // Either of two URLs passes, and nothing else.
    let both = Delivery::from(&token)
        .with_url("https://example.com")
        .or_url(URL);
    assert!(receiver().verify(both, BODY).is_ok());
}

#[test]
fn every_destination_that_can_be_published_to_can_be_verified() {
    for piece in ["a", "%20", "&"] {
        let url = |pieces: usize| format!("https://example.com/?{}", piece.repeat(pieces));
        let counts: Vec<usize> = (0..=MAX_DESTINATION_LEN).collect();
        let too_many = counts.partition_point(|count| Destination::new(url(*count)).is_ok());
        let url = url(too_many - 1);
        assert!(url.len() * if piece == "&" { 6 } else { 1 } > MAX_DESTINATION_LEN - 120);
        let mut claims = claims();
        claims["sub"] = url.clone().into();
        // The service writes JSON as Go does.
        let json = claims.to_string().replace('&', "\\u0026");
        let token = crate::receiver::mint::token(
            crate::receiver::mint::CURRENT,
            crate::receiver::mint::HEADER,
            json,
        );
        let delivery = Delivery::from(&token).with_url(&url);
        let verified = receiver().verify(delivery, BODY).unwrap();
        assert_eq!(verified.claims().subject(), url);
    }
}

#[test]
fn a_signature_with_an_authentication_scheme_before_it_says_so() {
    for scheme in ["Bearer", "bearer"] {
        let signature = format!("{scheme} {}", signed(&claims()));
        let rejection = receiver().verify(&signature, BODY).unwrap_err();
        assert_eq!(rejection, Rejection::Malformed(Malformed::Scheme));
        assert!(rejection.to_string().contains("`Bearer` stands before it"));
    }
}
