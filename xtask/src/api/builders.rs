//! Reads the operations: the methods of the client and the builders that they return.

use std::collections::HashMap;

use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, Item, PathArguments, ReturnType, Signature, Type,
    TypeParamBound, Visibility, WherePredicate,
};

use super::code::{self, Code, plain};
use super::{Api, Function, Operation, Placed, take};

/// The names of functions that no parameter is behind.
const SEND: &str = "send";

/// Takes the methods of the client and the module `builder` into the operations of the API.
pub(super) fn read(items: &mut Vec<Placed>, api: &mut Api) {
    let mut owners = HashMap::new();
    for placed in items.iter_mut().filter(|placed| placed.module.is_empty()) {
        let Item::Impl(item) = &mut placed.item else {
            continue;
        };
        if item.trait_.is_some() {
            continue;
        }
        item.items.retain(|item| {
            let ImplItem::Fn(method) = item else {
                return true;
            };
            let name = method.sig.ident.to_string();
            let Some((builder, operation)) =
                returned(&method.sig).zip(api.operations.get_mut(&name))
            else {
                return true;
            };
            operation.rest.add(method);
            operation.builder.clone_from(&builder);
            owners.insert(builder, name);
            false
        });
    }
    let parts = take(items, |placed| {
        if placed.module.first()? != "builder" {
            return None;
        }
        match &placed.item {
            Item::Struct(item) => owners.get(&item.ident.to_string()).cloned(),
            Item::Impl(item) => owners.get(&code::self_type(item)?).cloned(),
            _ => None,
        }
    });
    for (name, item) in parts {
        if let Some(operation) = api.operations.get_mut(&name) {
            part(operation, item);
        }
    }
}

/// The name of the type that a function returns.
fn returned(signature: &Signature) -> Option<String> {
    match &signature.output {
        ReturnType::Type(_, of) => code::last_segment(of),
        ReturnType::Default => None,
    }
}

/// Adds a part of a builder: the struct, or an `impl`.
fn part(operation: &mut Operation, item: Item) {
    let Item::Impl(mut block) = item else {
        // The documentation of the struct refers to that of the method.
        let Code { code, .. } = Code::of(&item);
        operation.rest.code.push_str(&code);
        operation.names[0].extend(code::names(&item));
        return;
    };
    let inherent = block.trait_.is_none();
    block.items.retain(|item| {
        let ImplItem::Fn(function) = item else {
            return true;
        };
        if inherent && function.sig.ident == SEND {
            operation.outcome = outcome(&function.sig);
            operation.names[1].extend(code::names(&function.sig.output));
        }
        if !inherent || !is_setter(function) {
            return true;
        }
        operation.names[0].extend(code::names(&function.sig));
        let described = Function {
            signature: code::signature(&function.sig),
            takes: takes(&function.sig),
            code: Code::of(function),
        };
        operation
            .functions
            .insert(function.sig.ident.to_string(), described);
        false
    });
    operation.rest.code.push_str(&Code::of(&block).code);
}

/// Returns whether callers chain a function: it is public, takes the builder, and returns one.
fn is_setter(function: &ImplItemFn) -> bool {
    let takes_self = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
    matches!(function.vis, Visibility::Public(_)) && takes_self && function.sig.ident != SEND
}

/// The type that a setter converts its last argument to, a list where it takes items, or else its arguments.
fn takes(function: &Signature) -> String {
    let mut bounds = Vec::new();
    for parameter in function.generics.type_params() {
        bounds.extend(&parameter.bounds);
    }
    for predicate in function
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
    {
        if let WherePredicate::Type(predicate) = predicate {
            bounds.extend(&predicate.bounds);
        }
    }
    let traits = bounds.into_iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    let (mut items, mut target) = (false, None);
    for last in traits {
        items |= ["IntoIterator", "IntoList"]
            .iter()
            .any(|name| last.ident == name);
        if ["TryInto", "Into", "IntoList"]
            .iter()
            .any(|name| last.ident == name)
        {
            target = arguments(&last.arguments).into_iter().next().or(target);
        }
    }
    match target.map(plain) {
        Some(target) if items => format!("Vec<{target}>"),
        Some(target) => target,
        None => {
            let values = function.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(value) => Some(plain(&value.ty)),
                FnArg::Receiver(_) => None,
            });
            values.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns `T` and `E` of `Result<Answer<T>, Error<E>>`, or what stands in their places.
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
    let arguments = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    });
    arguments.collect()
}
