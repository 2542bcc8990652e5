//! Draws APIs in the core form: everything that the grammar can say, with names that are hard on generated
//! code.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use xtask::core::{
    About, Api, Enum, Kind, Property, Scalar, Shape, Slot, Struct, Tag, Type, Union, Value, Variant,
};
use xtask::names::{pascal, snake};
use xtask::settings::{RustPath, Settings};

use names::{FIELDS, NAMES, Unique, VALUES, pick};

mod names;
mod operations;

/// The settings under which everything that is drawn can be generated.
pub(crate) fn settings() -> Settings {
    Settings {
        formats: [
            ("span", "::std::time::Duration"),
            ("int64", "::std::time::SystemTime"),
        ]
        .map(|(format, path)| {
            let path = RustPath::try_from(path.to_owned());
            (format.to_owned(), path.expect("a path"))
        })
        .into(),
        ..Settings::default()
    }
}

/// A slot before the types are known.
#[derive(Clone, Debug)]
enum Sketch {
    Any,
    Scalar(Scalar),
    List(Box<Sketch>),
    Map(Box<Sketch>),
    Type(Index),
    OrNull(Box<Sketch>),
}

/// A member before the types are known: its name, its values, whether it is required, and whether it has aliases.
type Member = (Index, Sketch, bool, bool);

/// A type before the others are known.
#[derive(Clone, Debug)]
enum Plan {
    Struct(Vec<Member>, Option<Sketch>),
    Enum(Vec<Index>),
    Tagged(Vec<Index>),
    Untagged(Vec<Sketch>),
    Alias(Sketch),
}

/// APIs of up to nine types and three operations.
pub(crate) fn api() -> impl Strategy<Value = Api> {
    let types = vec((any::<Index>(), plan(), any::<bool>()), 1..10);
    let operations = vec(operations::plan(), 1..4);
    (types, operations).prop_map(|(types, operations)| build(&types, &operations))
}

/// Slots of any depth that is worth it.
fn sketch() -> impl Strategy<Value = Sketch> {
    let format = |json: &str, format: &str| Scalar::Format {
        json: json.to_owned(),
        format: format.to_owned(),
    };
    let scalar = prop::sample::select(vec![
        Scalar::Boolean,
        Scalar::Int32,
        Scalar::UInt32,
        Scalar::UInt64,
        Scalar::Float,
        Scalar::Double,
        Scalar::String,
        Scalar::Secret,
        format("string", "span"),
        format("integer", "span"),
        format("number", "span"),
        format("integer", "int64"),
    ]);
    let leaf = prop_oneof![
        1 => Just(Sketch::Any),
        4 => scalar.prop_map(Sketch::Scalar),
        6 => any::<Index>().prop_map(Sketch::Type),
    ];
    leaf.prop_recursive(3, 6, 1, |inner| {
        let boxed = inner.prop_map(Box::new);
        prop_oneof![
            boxed.clone().prop_map(Sketch::List),
            boxed.clone().prop_map(Sketch::Map),
            boxed.prop_map(Sketch::OrNull),
        ]
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    let member = (
        any::<Index>(),
        sketch(),
        any::<bool>(),
        prop::bool::weighted(0.2),
    );
    prop_oneof![
        4 => (vec(member, 0..6), prop::option::weighted(0.3, sketch())).prop_map(|(m, rest)| Plan::Struct(m, rest)),
        1 => vec(any::<Index>(), 1..5).prop_map(Plan::Enum),
        1 => vec(any::<Index>(), 1..4).prop_map(Plan::Tagged),
        1 => vec(sketch(), 1..4).prop_map(Plan::Untagged),
        1 => sketch().prop_map(Plan::Alias),
    ]
}

fn build(plans: &[(Index, Plan, bool)], operations: &[operations::Plan]) -> Api {
    let mut unique = Unique(Vec::new(), pascal);
    let names: Vec<String> = plans
        .iter()
        .map(|(at, ..)| unique.name(pick(at, NAMES)))
        .collect();
    let of_aliases: Vec<usize> = plans
        .iter()
        .enumerate()
        .filter(|(_, (_, plan, _))| matches!(plan, Plan::Alias(_)))
        .map(|(at, _)| at)
        .collect();
    let structs: Vec<&String> = plans
        .iter()
        .zip(&names)
        .filter(|((_, plan, _), _)| matches!(plan, Plan::Struct(..)))
        .map(|(_, name)| name)
        .collect();
    let mut types = Api::default().types;
    for (at, (_, plan, deprecated)) in plans.iter().enumerate() {
        // An alias stands for no later one, so that there are no rings of them.
        let allowed: Vec<&String> = names
            .iter()
            .enumerate()
            .filter(|(other, _)| {
                !matches!(plan, Plan::Alias(_)) || *other < at || !of_aliases.contains(other)
            })
            .map(|(_, name)| name)
            .collect();
        let shape = shape(plan, &allowed, &structs);
        let about = About {
            deprecated: *deprecated,
            ..About::default()
        };
        types.insert(
            names[at].clone(),
            Type {
                name: names[at].clone(),
                about,
                shape,
            },
        );
    }
    let mut api = Api {
        title: "Drawn".to_owned(),
        version: "1".to_owned(),
        types,
        ..Api::default()
    };
    let all: Vec<&String> = names.iter().collect();
    api.operations = operations::build(operations, &all);
    api
}

fn shape(plan: &Plan, allowed: &[&String], structs: &[&String]) -> Shape {
    match plan {
        Plan::Struct(members, rest) => {
            let mut fields = Unique(Vec::new(), snake);
            let mut wire = Vec::new();
            let mut properties = Vec::new();
            for (at, sketch, required, aliased) in members {
                let name = pick(at, FIELDS);
                if wire.contains(&name) {
                    continue;
                }
                wire.push(name);
                let slot = slot(sketch, allowed);
                properties.push(Property {
                    default: Some(7).filter(|_| slot.is_integer()),
                    field: fields.name(name),
                    name: name.to_owned(),
                    sensitive: false,
                    aliases: if *aliased {
                        vec![format!("{name}Alias"), "id".to_owned()]
                    } else {
                        Vec::new()
                    },
                    required: *required,
                    slot,
                    about: About {
                        deprecated: *required,
                        ..About::default()
                    },
                });
            }
            Shape::Struct(Struct {
                properties,
                rest: rest.as_ref().map(|rest| slot(rest, allowed)),
            })
        }
        Plan::Enum(values) => {
            let mut variants = Unique(Vec::new(), pascal);
            let mut texts: Vec<&str> = values.iter().map(|at| pick(at, VALUES)).collect();
            texts.sort_unstable();
            texts.dedup();
            Shape::Enum(Enum {
                values: texts
                    .into_iter()
                    .map(|value| Value {
                        variant: variants.name(value),
                        value: value.to_owned(),
                        description: String::new(),
                    })
                    .collect(),
            })
        }
        Plan::Tagged(picked) => {
            let mut variants = Unique(Vec::new(), pascal);
            let variants = picked.iter().enumerate().map(|(at, index)| Variant {
                name: variants.name(pick(index, VALUES)),
                slot: if structs.is_empty() {
                    Slot::new(Kind::Map(Box::new(Slot::any())))
                } else {
                    Slot::new(Kind::Type((*index.get(structs)).clone()))
                },
                tags: vec![format!("tag{at}"), format!("other{at}")],
                description: String::new(),
            });
            Shape::Union(Union {
                tag: Some(Tag {
                    name: "type".to_owned(),
                }),
                variants: variants.collect(),
            })
        }
        Plan::Untagged(sketches) => {
            let mut variants = Unique(Vec::new(), pascal);
            let variants = sketches.iter().enumerate().map(|(at, sketch)| Variant {
                name: variants.name(VALUES.get(at).unwrap_or(&"v")),
                slot: slot(sketch, allowed),
                tags: Vec::new(),
                description: String::new(),
            });
            Shape::Union(Union {
                tag: None,
                variants: variants.collect(),
            })
        }
        Plan::Alias(sketch) => {
            let mut target = slot(sketch, allowed);
            target.nullable = false;
            Shape::Alias(target)
        }
    }
}

fn slot(sketch: &Sketch, allowed: &[&String]) -> Slot {
    Slot::new(match sketch {
        Sketch::Any => Kind::Any,
        Sketch::Scalar(scalar) => Kind::Scalar(scalar.clone()),
        Sketch::List(inner) => Kind::List(Box::new(slot(inner, allowed))),
        Sketch::Map(inner) => Kind::Map(Box::new(slot(inner, allowed))),
        Sketch::Type(_) if allowed.is_empty() => Kind::Scalar(Scalar::String),
        Sketch::Type(index) => Kind::Type((*index.get(allowed)).clone()),
        Sketch::OrNull(inner) => return slot(inner, allowed).or_null(true),
    })
}
