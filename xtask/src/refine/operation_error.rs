//! Gives operations the error type of the crate, which knows the operation that failed.
//!
//! The error of progenitor has no place for the operation, and a type of its own for each form of an error
//! body. Where the settings name an error type, `send` returns that. A `send` that is one exchange translates the
//! error of it; any other goes on as a private function that `send` calls. Retired when progenitor's errors name
//! their operation.

use std::mem;

use syn::{Expr, ExprMethodCall, ImplItem, ImplItemFn, Path, ReturnType, Type, parse_quote};

use super::{Builder, Missing, documentation, exchange, find, ident};

/// The name of the function that keeps what progenitor wrote as `send`.
const INNER: &str = "send_typed";

/// Puts a `send` with the crate's own error before the one that is there.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let Some(error) = builder.settings.operation_error.clone() else {
        return Ok(());
    };
    // A parameter of this name has a setter of this name.
    let inner_name = ident(&builder.variable(INNER));
    let id = builder.operation.id.clone();
    let position = builder
        .implementation
        .items
        .iter()
        .position(|item| matches!(item, ImplItem::Fn(function) if function.sig.ident == "send"))
        .ok_or("no function `send`".to_owned())?;
    let inner =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let output = with_error(&inner.sig.output, &error)
        .ok_or("no `send` that returns `Result<_, Error<_>>`".to_owned())?;
    let mut attributes = mem::take(&mut inner.attrs);
    attributes.push(parse_quote!(#[doc = ""]));
    attributes.extend(documentation::attributes(ERRORS));
    if let Some(exchange) = exchange::of_send(inner) {
        let mut mapped: ExprMethodCall = parse_quote! {
            exchange.map_err(|error| <#error>::from(error).with_operation(#id))
        };
        // What is long is moved and not quoted: quoting writes it as tokens and reads it again.
        mem::swap(&mut *mapped.receiver, exchange);
        *exchange = Expr::MethodCall(mapped);
        inner.sig.output = output;
        inner.attrs = attributes;
        return Ok(());
    }
    let mut outer: ImplItemFn = parse_quote! {
        pub async fn send(self) #output {
            self.#inner_name()
                .await
                .map_err(|error| <#error>::from(error).with_operation(#id))
        }
    };
    outer.attrs = attributes;
    inner.sig.ident = inner_name;
    inner.vis = syn::Visibility::Inherited;
    builder
        .implementation
        .items
        .insert(position, ImplItem::Fn(outer));
    Ok(())
}

const ERRORS: &str = "\
# Errors

A value that was set is wrong, no answer came, or the answer is none of success. The error names the operation.";

/// `-> Result<T, Error<E>>` with another error.
fn with_error(output: &ReturnType, error: &Path) -> Option<ReturnType> {
    let ReturnType::Type(_, result) = output else {
        return None;
    };
    if find::last_segment(result)? != "Result" {
        return None;
    }
    let success: &Type = super::responses::first_argument(result)?;
    Some(parse_quote!(-> Result<#success, #error>))
}
