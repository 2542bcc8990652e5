//! Generated types, read, written and built: what the test `types` generates, and keeps fresh.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::HashSet;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use runtime::Secret;
use types::{Circle, Item, Mode, NewOrder, Order, Page, Repeat, Shape, State, Step, Wait, builder};

#[allow(
    unreachable_pub,
    reason = "it is public in the crate that it is copied into"
)]
mod runtime;
mod widened;

/// The generated module.
#[allow(
    dead_code,
    deprecated,
    unreachable_pub,
    reason = "these lints are about code that people write"
)]
mod types {
    include!("sample.generated");
}

/// Reads `value`, and asserts that it is written as it was read.
fn round_trip<T: DeserializeOwned + Serialize + Debug>(value: Value) -> T {
    let read = serde_json::from_value(value.clone()).expect("it is read");
    assert_eq!(serde_json::to_value(&read).expect("it is written"), value);
    read
}

fn error<T: DeserializeOwned + Debug>(value: Value) -> String {
    serde_json::from_value::<T>(value)
        .expect_err("it is refused")
        .to_string()
}

#[test]
fn an_answer_keeps_a_value_that_no_release_names_and_text_becomes_none() {
    assert_eq!(round_trip::<State>(json!("in-transit")), State::InTransit);
    let lost: State = round_trip(json!("LOST"));
    assert_eq!(lost, State::Unknown("LOST".to_owned()));
    assert_eq!(format!("[{lost:>6}]"), "[  LOST]");
    assert_eq!("CREATED".parse::<State>().unwrap(), State::Created);
    let refused = State::try_from("LOST").expect_err("misspelt");
    assert_eq!(
        refused.to_string(),
        "the values are `CREATED` and `in-transit`"
    );
    assert!(
        HashSet::from([State::Created]).contains(&State::try_from("CREATED".to_owned()).unwrap())
    );
}

#[test]
fn a_value_that_is_only_sent_is_one_that_the_document_names() {
    let mode: Mode = round_trip(json!("slow"));
    let copy = mode;
    assert_eq!(
        (mode, copy.as_str(), copy.as_ref()),
        (Mode::Slow, "slow", "slow")
    );
    assert!(error::<Mode>(json!("idle")).contains("unknown variant `idle`"));
}

#[test]
fn a_tag_decides_which_variant_is_read() {
    let circle: Shape = round_trip(json!({ "kind": "disc", "radius": 2.0 }));
    assert!(matches!(&circle, Shape::Circle(Circle { kind, .. }) if kind == "disc"));
    let frame: Shape = round_trip(json!({
        "kind": "frame", "content": { "kind": "frame", "content": { "kind": "circle", "radius": 1.5 } }
    }));
    assert!(matches!(frame, Shape::Frame(_)));
    assert!(error::<Shape>(json!({ "kind": "circle" })).contains("missing field `radius`"));
}

#[test]
fn an_answer_with_a_tag_that_no_release_names_is_kept_as_it_is() {
    for value in [
        json!({ "kind": "blob", "size": 1 }),
        json!({ "size": 1 }),
        json!("text"),
        json!({ "kind": null }),
    ] {
        assert_eq!(round_trip::<Shape>(value.clone()), Shape::Unknown(value));
    }
}

#[test]
fn a_tag_that_is_only_sent_is_one_that_the_document_names() {
    assert!(error::<Step>(json!({ "kind": "stop" })).contains("unknown variant `stop`"));
    assert!(error::<Step>(json!({ "kind": true })).contains("unknown variant `true`"));
    assert!(error::<Step>(json!({ "count": 1 })).contains("missing field `kind`"));
}

#[test]
fn a_variant_is_written_with_the_tag_that_its_value_lacks() {
    let repeat: Repeat = Repeat::builder().count(3_u8).build().unwrap();
    let steps = [
        Step::from(repeat),
        Step::from(Wait::builder().build().unwrap()),
    ];
    assert_eq!(
        serde_json::to_value(steps).unwrap(),
        json!([{ "count": 3, "kind": "repeat" }, { "kind": "wait" }])
    );
}

#[test]
fn without_a_tag_the_first_variant_that_fits_is_read() {
    let order = json!({ "orderId": "1", "tags": [] });
    assert!(matches!(round_trip(order.clone()), Item::Order(_)));
    assert!(matches!(round_trip(json!([order])), Item::Orders(orders) if orders.len() == 1));
    assert!(matches!(round_trip(json!("text")), Item::Note(note) if note == "text"));
    assert!(matches!(round_trip(json!({ "else": 1 })), Item::Other(_)));
    assert!(matches!(Item::from("text".to_owned()), Item::Note(_)));
}

#[test]
fn two_names_of_one_property_in_one_answer_are_no_error() {
    for (value, expected) in [
        (
            json!({ "cursor": "a", "nextCursor": "b", "next": "c" }),
            Some("a"),
        ),
        (
            json!({ "cursor": null, "nextCursor": "b", "next": "c" }),
            Some("b"),
        ),
        (json!({ "next": "c" }), Some("c")),
        (json!({}), None),
    ] {
        for orders in ["orders", "items"] {
            let mut value = value.clone();
            value[orders] = json!(["text"]);
            let page: Page = serde_json::from_value(value).expect("it is read");
            assert_eq!((page.cursor.as_deref(), page.orders.len()), (expected, 1));
        }
    }
    assert!(error::<Page>(json!({ "cursor": "a" })).contains("missing field `orders`"));
    let wrong = error::<Page>(json!({ "orders": 1 }));
    assert!(
        wrong.contains("invalid type") && wrong.ends_with(", in `orders`"),
        "{wrong}"
    );
    // A list is no object, whatever its values are.
    assert!(error::<Page>(json!([null, []])).contains("expected a map"));
}

#[test]
fn null_is_an_empty_list_or_map_and_an_empty_one_that_is_optional_is_not_written() {
    let value =
        json!({ "orderId": "1", "tags": null, "labels": null, "state": null, "shape": null });
    let order: Order = serde_json::from_value(value).expect("it is read");
    assert!(order.tags.is_empty() && order.labels.is_empty() && order.state.is_none());
    assert_eq!(
        serde_json::to_value(order).unwrap(),
        json!({ "orderId": "1", "tags": [] })
    );
    assert!(error::<Order>(json!({ "orderId": "1" })).contains("missing field `tags`"));
}

#[test]
fn members_that_no_release_names_are_kept_where_the_document_speaks_of_them() {
    let order: Order = round_trip(
        json!({ "orderId": "1", "tags": [], "more": { "a": [1] }, "labels": { "b": ["c"] } }),
    );
    assert_eq!(order.extra.get("more"), Some(&json!({ "a": [1] })));
    assert_eq!(order.extra.len(), 1);
}

#[test]
fn a_secret_is_not_shown() {
    let order: Order = round_trip(json!({ "orderId": "1", "tags": [], "token": "hidden" }));
    assert_eq!(order.token.as_ref().map(Secret::expose), Some("hidden"));
    let shown = format!(
        "{order:?} {:?}",
        Page::clone(&Page {
            cursor: None,
            orders: vec![Item::Order(order.clone())]
        })
    );
    assert!(!shown.contains("hidden") && shown.contains("order_id"));
}

#[test]
fn a_builder_takes_what_becomes_a_value_and_says_what_is_missing_or_wrong() {
    let parent = NewOrder::builder()
        .name("parent")
        .amount(None::<i64>)
        .build()
        .unwrap();
    let order = NewOrder::builder()
        .name("child")
        .amount(Some(3))
        .type_("slow")
        .parent(parent)
        .steps([Step::from(Wait::builder().build().unwrap())]);
    assert_eq!(
        serde_json::to_value(order.clone().build().unwrap()).unwrap(),
        json!({
            "amount": 3, "name": "child", "parent": { "amount": null, "name": "parent" },
            "steps": [{ "kind": "wait" }], "type": "slow"
        })
    );
    let refused = |order: builder::NewOrder| {
        NewOrder::try_from(order)
            .expect_err("it is refused")
            .to_string()
    };
    assert_eq!(
        refused(NewOrder::builder().name("n")),
        "`amount` is required and was not given"
    );
    assert_eq!(
        refused(order.type_("quick")),
        "`type_` is not valid: the values are `FAST` and `slow`"
    );
}
