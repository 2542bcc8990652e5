//! Reads the operations: the methods of the client, their builders, and what the table knows of them.

use std::collections::HashMap;

use indexmap::IndexMap;
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, PathArguments, ReturnType,
    Signature, Type, TypeParamBound, Visibility, WherePredicate,
};

use super::super::api::{Operation, Setter};
use super::places::Places;
use super::{Ground, code, inline, plain, signature};
use crate::table::{self, OperationTable};

pub(super) fn read(ground: &Ground<'_>, table: &OperationTable) -> IndexMap<String, Operation> {
    let builders = builders(ground);
    let operations = table.operations.iter().map(|row| {
        let name = row.method_name();
        let parts = builders.get(&row.builder_name());
        (name, operation(ground, row, parts))
    });
    operations.collect()
}

/// The public functions of a client that take the client alone and return a builder.
pub(super) fn methods(item: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    functions(item).filter(|function| {
        function.sig.asyncness.is_none()
            && function.sig.inputs.len() == 1
            && matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)))
    })
}

/// The public functions of an `impl`.
fn functions(item: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    })
}

/// The parts of a builder: its code, and its public functions.
#[derive(Default)]
struct Builder<'a> {
    code: String,
    functions: HashMap<String, &'a Signature>,
}

fn builders<'a>(ground: &Ground<'a>) -> HashMap<String, Builder<'a>> {
    let mut builders: HashMap<String, Builder<'a>> = HashMap::new();
    for item in inline(ground.bare, "builder") {
        match item {
            Item::Struct(structure) => {
                let builder = builders.entry(structure.ident.to_string()).or_default();
                builder.code.push_str(&code(structure));
            }
            Item::Impl(implementation) => {
                let Some(name) = super::types::self_type(implementation) else {
                    continue;
                };
                let builder = builders.entry(name).or_default();
                builder.code.push_str(&code(implementation));
                let functions = functions(implementation);
                let functions =
                    functions.map(|function| (function.sig.ident.to_string(), &function.sig));
                builder.functions.extend(functions);
            }
            _ => {}
        }
    }
    builders
}

fn operation(
    ground: &Ground<'_>,
    row: &table::Operation,
    builder: Option<&Builder<'_>>,
) -> Operation {
    let function = |name: &str| builder.and_then(|builder| builder.functions.get(name).copied());
    let (success, error) = function("send").map(outcome).unwrap_or_default();
    let places = Places::of(ground.document, row);
    let parameters = row.parameters.iter().map(|parameter| {
        let name = parameter.setter_name();
        let mut setter = Setter {
            sent: sent(parameter),
            required: parameter.required,
            deprecated: parameter.deprecated,
            description: parameter.description.clone(),
            ..setter(function(&name), places.parameter(&parameter.name))
        };
        if parameter.repeated {
            setter.sent.push_str(", one for each value");
        }
        (name, setter)
    });
    let families = row.header_families.iter().map(|family| {
        let name = family.setter_name();
        let setter = Setter {
            sent: format!("headers `{}*`", family.prefix),
            description: family.description.clone(),
            ..setter(
                function(&name),
                places.parameter(&format!("{}*", family.prefix)),
            )
        };
        (name, setter)
    });
    let body = row.body.iter().map(|body| {
        let setter = Setter {
            sent: format!("body as {}", body.media_types.join(" or ")),
            required: body.required,
            description: body.description.clone(),
            ..setter(function("body"), places.body())
        };
        ("body".to_owned(), setter)
    });
    Operation {
        setters: parameters.chain(families).chain(body).collect(),
        row: row.clone(),
        success,
        error,
        code: builder
            .map(|builder| builder.code.clone())
            .unwrap_or_default(),
        location: places.operation(),
    }
}

/// ``query parameter `cursor` ``.
fn sent(parameter: &table::Parameter) -> String {
    let noun = match parameter.place.as_str() {
        "header" => "header",
        "path" if parameter.raw => "raw path value",
        "path" => "path value",
        _ => "query parameter",
    };
    format!("{noun} `{}`", parameter.name)
}

/// A setter of which only the code is known.
fn setter(function: Option<&Signature>, location: crate::finding::Location) -> Setter {
    Setter {
        signature: function.map(signature).unwrap_or_default(),
        takes: function.map(takes).unwrap_or_default(),
        sent: String::new(),
        required: false,
        deprecated: false,
        description: String::new(),
        location,
    }
}

/// The type that a setter converts its last argument to, a list where it takes items, or else its whole signature.
fn takes(function: &Signature) -> String {
    let predicates = function.generics.where_clause.iter();
    let predicates = predicates.flat_map(|clause| &clause.predicates);
    let bounds = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => Some(&predicate.bounds),
        _ => None,
    });
    let traits = bounds.flatten().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    let mut items = false;
    let mut target = None;
    for last in traits {
        items |= last.ident == "IntoIterator";
        if last.ident == "TryInto" || last.ident == "Into" {
            target = arguments(&last.arguments).into_iter().next().or(target);
        }
    }
    match target.map(plain) {
        Some(target) if items => format!("Vec<{target}>"),
        Some(target) => target,
        None => plain(&function.inputs),
    }
}

/// What `Result<ResponseValue<T>, Error<E>>` is about: `T` and `E`.
fn outcome(send: &Signature) -> (String, String) {
    let ReturnType::Type(_, result) = &send.output else {
        return <(String, String)>::default();
    };
    let of = |kind: &Type| inner(kind).into_iter().next().map(plain);
    match inner(result).as_slice() {
        [success, error] => (
            of(success).unwrap_or_else(|| plain(success)),
            of(error).unwrap_or_else(|| plain(error)),
        ),
        _ => (plain(result), String::new()),
    }
}

/// The type arguments of the path that a type is.
fn inner(kind: &Type) -> Vec<&Type> {
    match kind {
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.map(|last| arguments(&last.arguments))
                .unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn arguments(arguments: &PathArguments) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    let arguments = arguments.args.iter();
    arguments
        .filter_map(|argument| match argument {
            GenericArgument::Type(kind) => Some(kind),
            _ => None,
        })
        .collect()
}
