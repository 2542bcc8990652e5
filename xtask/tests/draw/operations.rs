//! Operations of drawn APIs: parameters, bodies and answers of every sort.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use xtask::core::{
    About, Answers, Body, BodyKind, Case, Content, HeaderFamily, Media, Method, Operation,
    Parameter, Place, RESERVED_METHODS, RESERVED_SETTERS, Retry, Slot, Status, Style,
};
use xtask::names::{pascal, snake};

use super::names::{FIELDS, Unique, pick};
use super::{Sketch, sketch, slot};

/// An operation before the types are known.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    name: Index,
    method: usize,
    parameters: Vec<(Index, Sketch, Place, Index, bool, bool)>,
    has_family: bool,
    body: Vec<(u8, Sketch)>,
    is_body_required: bool,
    success: Vec<Option<Result<Sketch, bool>>>,
    errors: Vec<Option<Result<Sketch, bool>>>,
    needs_filter: bool,
}

pub(super) fn plan() -> impl Strategy<Value = Plan> {
    let place = prop::sample::select(vec![
        Place::Path,
        Place::Query,
        Place::Query,
        Place::Header,
        Place::Cookie,
    ]);
    let parameter = (
        any::<Index>(),
        sketch(),
        place,
        any::<Index>(),
        any::<bool>(),
        any::<bool>(),
    );
    let content = || {
        prop_oneof![
            1 => Just(None),
            4 => sketch().prop_map(|sketch| Some(Ok(sketch))),
            2 => any::<bool>().prop_map(|is_text| Some(Err(is_text))),
        ]
    };
    let said = (
        any::<Index>(),
        0..8_usize,
        vec(parameter, 0..6),
        any::<bool>(),
        any::<bool>(),
    );
    let held = (
        vec((0..5_u8, sketch()), 0..4),
        any::<bool>(),
        vec(content(), 0..4),
        vec(content(), 0..4),
    );
    (said, held).prop_map(
        |((name, method, parameters, has_family, needs_filter), held)| {
            let (body, is_body_required, success, errors) = held;
            Plan {
                name,
                method,
                parameters,
                has_family,
                body,
                is_body_required,
                success,
                errors,
                needs_filter,
            }
        },
    )
}

/// Operations with methods and builders of different names.
pub(super) fn build(plans: &[Plan], types: &[&String]) -> Vec<Operation> {
    let mut methods = Unique::beside(&RESERVED_METHODS, snake);
    let mut builders = Unique::beside(&[], pascal);
    let operation = |plan: &Plan| operation(plan, &mut methods, &mut builders, types);
    plans.iter().map(operation).collect()
}

fn operation(
    plan: &Plan,
    methods: &mut Unique,
    builders: &mut Unique,
    types: &[&String],
) -> Operation {
    let id = pick(&plan.name, FIELDS);
    let builder_name = builders.name(id);
    let mut setters = Unique::beside(&RESERVED_SETTERS, snake);
    let mut path = "/v1/things".to_owned();
    let mut parameters: Vec<Parameter> = Vec::new();
    for (name, sketch, place, style, required, internal) in &plan.parameters {
        let name = pick(name, FIELDS);
        // A path cannot name what has braces or slashes in it, and a header only what HTTP can write.
        let name = match place {
            Place::Query | Place::Cookie => name.to_owned(),
            Place::Path | Place::Header => Unique::plain(name),
        };
        if parameters
            .iter()
            .any(|it| it.name == name && it.place == *place)
        {
            continue;
        }
        if *place == Place::Path {
            path.push_str(&format!("/{{{name}}}"));
        }
        let styles = match place {
            Place::Query => vec![
                Style::Exploded,
                Style::Joined(","),
                Style::Joined("|"),
                Style::Deep,
                Style::Json,
            ],
            _ => vec![Style::Joined(","), Style::Json],
        };
        let raw = *place == Place::Path && *internal;
        parameters.push(Parameter {
            field: setters.name(&name),
            place: *place,
            required: *required || *place == Place::Path,
            raw,
            echoed: false,
            internal: *internal && !*required && *place != Place::Path,
            excludes: Vec::new(),
            style: styles[style.index(styles.len())],
            slot: if raw {
                Slot::string()
            } else {
                Slot {
                    nullable: false,
                    ..slot(sketch, types)
                }
            },
            about: About {
                deprecated: *internal,
                ..About::default()
            },
            name,
        });
    }
    let filter = parameters
        .iter()
        .filter(|it| it.place == Place::Query && plan.needs_filter);
    let family = plan.has_family.then(|| HeaderFamily {
        setter: setters.name("meta header"),
        prefix: "X-Meta-".to_owned(),
        internal: false,
        description: String::new(),
    });
    Operation {
        id: builder_name.clone(),
        method_name: methods.name(id),
        method: Method::named(xtask::core::METHODS[plan.method]).expect("a method"),
        path,
        tag: String::new(),
        summary: String::new(),
        about: About::default(),
        doc_aliases: Vec::new(),
        example: String::new(),
        idempotency_headers: Vec::new(),
        retry: Retry::default(),
        idempotent: plan.needs_filter,
        needs_filter: filter.map(|it| it.name.clone()).collect(),
        parameters,
        header_families: family.into_iter().collect(),
        body: body(plan, &mut setters, types),
        success: answers(
            &plan.success,
            pascal(&format!("{builder_name}-response")),
            200,
            types,
        ),
        errors: answers(
            &plan.errors,
            pascal(&format!("{builder_name}-error")),
            400,
            types,
        ),
        builder_name,
    }
}

fn body(plan: &Plan, setters: &mut Unique, types: &[&String]) -> Option<Body> {
    let media: Vec<Media> = plan
        .body
        .iter()
        .enumerate()
        .map(|(at, (kind, sketch))| {
            let held = slot(sketch, types);
            let (media_type, kind) = match kind {
                0 => ("application/vnd.api+json", BodyKind::Json(held)),
                1 => (
                    "application/x-www-form-urlencoded",
                    BodyKind::Form(Slot {
                        nullable: false,
                        ..held
                    }),
                ),
                2 => ("multipart/form-data", BodyKind::Multipart),
                3 => ("text/plain", BodyKind::Text),
                _ => ("image/*", BodyKind::Bytes),
            };
            Media {
                setter: if at == 0 {
                    "body".to_owned()
                } else {
                    setters.name(&format!("body {media_type}"))
                },
                media_type: media_type.to_owned(),
                kind,
            }
        })
        .collect();
    (!media.is_empty()).then(|| Body {
        required: plan.is_body_required,
        about: About::default(),
        declared: media.iter().map(|media| media.media_type.clone()).collect(),
        media,
    })
}

/// Answers of different contents, the first under the status `first`, the last under all that are not declared.
fn answers(
    plans: &[Option<Result<Sketch, bool>>],
    union: String,
    first: u16,
    types: &[&String],
) -> Answers {
    let mut cases: Vec<Case> = Vec::new();
    let mut variants = Unique::beside(&[], pascal);
    for (at, plan) in (first..).zip(plans) {
        let content = match plan {
            None => Content::Empty,
            Some(Ok(sketch)) => Content::Json(slot(sketch, types)),
            Some(Err(true)) => Content::Text,
            Some(Err(false)) => Content::Bytes,
        };
        let is_known = cases.iter().any(|case| match (&case.content, &content) {
            (Content::Json(one), Content::Json(other)) => one.kind == other.kind,
            (one, other) => one == other,
        });
        if !is_known {
            let statuses = match usize::from(at - first) + 1 {
                1 => vec![
                    Status::Code(at),
                    Status::Class(if first == 200 { 2 } else { 5 }),
                ],
                count if count == plans.len() && first != 200 => vec![Status::Default],
                _ => vec![Status::Code(at)],
            };
            cases.push(Case {
                variant: variants.name(&format!("status {at}")),
                statuses,
                content,
                members: Vec::new(),
                description: String::new(),
            });
        }
    }
    let holding = cases
        .iter()
        .filter(|case| case.content != Content::Empty)
        .count();
    Answers {
        union: (holding > 1).then_some(union),
        cases,
    }
}
