//! Reads responses through the runtime, so that an error keeps its status and shows no secret.
//!
//! progenitor's own reading turns an error response with a body of another form (HTML of a proxy, plain text,
//! nothing) into a decode error without its status; prints a body that it cannot read, with any secret in it;
//! keeps the URL of the request in errors; and does not take `null` for an empty list. Retired when
//! `progenitor-client` does better on all four.

use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprCall, GenericArgument, ImplItemFn, PathArguments, ReturnType, Stmt, Type, parse_quote,
};

use super::{Builder, Missing, find, ident};

/// Rewrites how `send` reads the response.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let [response_name, result_name] = ["response", "result"].map(|name| builder.variable(name));
    let (response_variable, result_variable) = (ident(&response_name), ident(&result_name));
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let collection = succeeds_with_collection(send);
    let (_, response) =
        find::binding(&mut send.block, &response_name).ok_or("no `let response`".to_owned())?;
    if !matches!(response, Expr::Try(inner) if find::is_variable(&inner.expr, &result_name)) {
        return Err("no `let response = result?`".into());
    }
    *response = parse_quote!(#result_variable.map_err(::reqwest::Error::without_url)?);
    let mut reading = Reading {
        collection,
        answer: parse_quote!(super::runtime::Answer::of(#response_variable).await),
    };
    match send.block.stmts.last_mut() {
        Some(Stmt::Expr(expr @ Expr::Match(_), _)) => reading.visit_expr_mut(expr),
        _ => return Err("no `match` on the status at the end".into()),
    }
    Ok(())
}

struct Reading {
    collection: bool,
    /// The response, read whole.
    answer: Expr,
}

impl VisitMut for Reading {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let answer = &self.answer;
        if let Expr::Call(call) = &*expr
            && let Some(argument) = error_argument(call)
        {
            if names(argument, "ErrorResponse") && reads_response(argument) {
                *expr = parse_quote!(Err(#answer.error()));
                return;
            }
            if names(argument, "UnexpectedResponse") {
                *expr = parse_quote!(Err(#answer.unexpected()));
                return;
            }
        }
        if let Expr::Await(waiting) = &*expr
            && let Expr::Call(call) = &*waiting.base
            && calls(call, "from_response")
        {
            *expr = if self.collection {
                parse_quote!(#answer.decode_collection())
            } else {
                parse_quote!(#answer.decode())
            };
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// The argument of `Err(…)`.
fn error_argument(call: &ExprCall) -> Option<&Expr> {
    find::is_variable(&call.func, "Err")
        .then(|| call.args.first())
        .flatten()
}

/// Whether an expression is a call of the variant `Error::{variant}`.
fn names(expr: &Expr, variant: &str) -> bool {
    matches!(expr, Expr::Call(call) if calls(call, variant))
}

/// Whether an expression is the call that reads a response whole, as this pass writes it.
pub(super) fn is_answer(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if matches!(&*call.func, Expr::Path(path)
        if path.path.segments.iter().rev().map(|segment| &segment.ident).take(2).eq(["of", "Answer"])))
}

/// Whether this is a call of a function, or a variant, of this name.
pub(super) fn calls(call: &ExprCall, function: &str) -> bool {
    matches!(&*call.func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == function))
}

/// Whether the argument of an error variant is read from the response, and so has a type.
fn reads_response(error: &Expr) -> bool {
    match error {
        Expr::Call(call) => call.args.first().is_some_and(
            |argument| matches!(argument, Expr::Try(inner) if matches!(&*inner.expr, Expr::Await(_))),
        ),
        _ => false,
    }
}

/// Whether the success type of `-> Result<ResponseValue<T>, _>` is a list or a map.
fn succeeds_with_collection(send: &ImplItemFn) -> bool {
    let ReturnType::Type(_, result) = &send.sig.output else {
        return false;
    };
    first_argument(result)
        .and_then(first_argument)
        .is_some_and(is_collection)
}

/// `Error<E>` of `-> Result<_, Error<E>>`.
pub(super) fn error_of(output: &ReturnType) -> Option<&Type> {
    let ReturnType::Type(_, result) = output else {
        return None;
    };
    argument(result, 1)
}

/// The first type argument of a generic type.
pub(super) fn first_argument(kind: &Type) -> Option<&Type> {
    argument(kind, 0)
}

fn argument(kind: &Type, at: usize) -> Option<&Type> {
    let Type::Path(path) = kind else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.get(at)? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// Whether a generated type is a list or a map of the standard library.
pub(super) fn is_collection(kind: &Type) -> bool {
    find::last_segment(kind).is_some_and(|name| {
        ["Vec", "BTreeMap", "Map"]
            .iter()
            .any(|known| name == *known)
    }) && first_argument(kind).is_some()
}
