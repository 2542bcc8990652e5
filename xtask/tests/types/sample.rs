//! A small API with one of everything, and the module of types that is generated for it.

use xtask::core::{
    About, Answers, Api, Body, BodyKind, Case, Content, Enum, Kind, Media, Method, Operation,
    Property, Retry, Scalar, Shape, Slot, Status, Struct, Tag, Type, Union, Value, Variant,
};

/// The API.
pub(crate) fn api() -> Api {
    let text = Slot::string;
    let order = Struct {
        properties: vec![
            property("orderId", true, text()),
            property("state", false, named("State")),
            property("tags", true, list(text())),
            property("labels", false, named("Labels")),
            property("token", false, Slot::new(Kind::Scalar(Scalar::Secret))),
            property("shape", false, named("Shape").or_null(true)),
        ],
        rest: Some(Slot::any()),
    };
    let mut cursor = property("cursor", false, text());
    cursor.aliases = vec!["nextCursor".to_owned(), "next".to_owned()];
    let mut orders = property("orders", true, list(named("Item")));
    orders.aliases = vec!["items".to_owned(), "cursor".to_owned()];
    let page = Struct {
        properties: vec![cursor, orders],
        rest: None,
    };
    let mut old = property("old", false, text());
    old.about.deprecated = true;
    old.about.description = "The former name.\n\nUse `name`.".to_owned();
    let new_order = Struct {
        properties: vec![
            property("name", true, text()),
            property("type", false, named("Mode")),
            property(
                "amount",
                true,
                Slot::new(Kind::Scalar(Scalar::Int64)).or_null(true),
            ),
            property("steps", false, list(named("Step"))),
            property("parent", false, named("NewOrder")),
            old,
        ],
        rest: None,
    };
    let circle = vec![
        property("kind", true, text()),
        property("radius", true, Slot::new(Kind::Scalar(Scalar::Double))),
    ];
    let frame = vec![property("content", false, named("Shape"))];
    let count = Property {
        default: Some(2),
        ..property("count", true, Slot::new(Kind::Scalar(Scalar::UInt32)))
    };
    let count = vec![count];
    let mut api = Api {
        title: "Sample".to_owned(),
        version: "1".to_owned(),
        ..Api::default()
    };
    for (name, shape) in [
        ("Order", Shape::Struct(order)),
        (
            "Item",
            Shape::Union(Union {
                tag: None,
                variants: vec![
                    variant("Order", named("Order"), &[]),
                    variant("Orders", list(named("Order")), &[]),
                    variant("Note", text(), &[]),
                    variant("Other", Slot::any(), &[]),
                ],
            }),
        ),
        ("Page", Shape::Struct(page)),
        ("NewOrder", Shape::Struct(new_order)),
        (
            "Labels",
            Shape::Alias(Slot::new(Kind::Map(Box::new(list(text()))))),
        ),
        ("State", values(&["CREATED", "in-transit"])),
        ("Mode", values(&["FAST", "slow"])),
        (
            "Shape",
            tagged(vec![
                variant("Circle", named("Circle"), &["circle", "disc"]),
                variant("Frame", named("Frame"), &["frame"]),
            ]),
        ),
        ("Circle", structure(circle)),
        ("Frame", structure(frame)),
        (
            "Step",
            tagged(vec![
                variant("Wait", named("Wait"), &["wait"]),
                variant("Repeat", named("Repeat"), &["repeat"]),
            ]),
        ),
        ("Wait", structure(Vec::new())),
        ("Repeat", structure(count)),
    ] {
        let named = Type {
            name: name.to_owned(),
            about: About::default(),
            shape,
        };
        api.types.insert(name.to_owned(), named);
    }
    api.operations = vec![operation(named("NewOrder"), named("Page"))];
    api
}

fn property(name: &str, required: bool, slot: Slot) -> Property {
    Property {
        default: None,
        field: xtask::names::snake(name),
        name: name.to_owned(),
        aliases: Vec::new(),
        sensitive: false,
        required,
        slot,
        about: About::default(),
    }
}

fn structure(properties: Vec<Property>) -> Shape {
    Shape::Struct(Struct {
        properties,
        rest: None,
    })
}

fn tagged(variants: Vec<Variant>) -> Shape {
    let tag = Some(Tag {
        name: "kind".to_owned(),
    });
    Shape::Union(Union { tag, variants })
}

fn values(values: &[&str]) -> Shape {
    let value = |value: &&str| Value {
        variant: xtask::names::pascal(value),
        value: (*value).to_owned(),
        description: String::new(),
    };
    Shape::Enum(Enum {
        values: values.iter().map(value).collect(),
    })
}

fn variant(name: &str, slot: Slot, tags: &[&str]) -> Variant {
    Variant {
        name: name.to_owned(),
        slot,
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        description: String::new(),
    }
}

fn named(name: &str) -> Slot {
    Slot::new(Kind::Type(name.to_owned()))
}

fn list(item: Slot) -> Slot {
    Slot::new(Kind::List(Box::new(item)))
}

/// An operation with a body and an answer in JSON.
fn operation(sent: Slot, answered: Slot) -> Operation {
    let body = Body {
        required: true,
        about: About::default(),
        media: vec![Media {
            setter: "body".to_owned(),
            media_type: "application/json".to_owned(),
            kind: BodyKind::Json(sent),
        }],
        declared: vec!["application/json".to_owned()],
    };
    let case = Case {
        variant: "Ok".to_owned(),
        statuses: vec![Status::Code(200)],
        content: Content::Json(answered),
        members: Vec::new(),
        description: String::new(),
    };
    Operation {
        id: "create_order".to_owned(),
        method_name: "create_order".to_owned(),
        builder_name: "CreateOrder".to_owned(),
        method: Method::named("post").expect("a method"),
        path: "/orders".to_owned(),
        tag: String::new(),
        summary: String::new(),
        about: About::default(),
        doc_aliases: Vec::new(),
        example: String::new(),
        idempotency_headers: Vec::new(),
        retry: Retry::default(),
        idempotent: false,
        needs_filter: Vec::new(),
        parameters: Vec::new(),
        header_families: Vec::new(),
        body: Some(body),
        success: Answers {
            union: None,
            cases: vec![case],
        },
        errors: Answers::default(),
    }
}
