//! Checks path values before anything is sent, and lets raw ones go into the path as they are.
//!
//! progenitor percent-encodes every path value and sends whatever comes of it. An empty value then addresses
//! the collection, and `.` and `..` address something else altogether; a service that wants a URL in its path
//! refuses an encoded one. Retired when progenitor checks path values and knows `allowReserved` for paths.

use std::collections::HashSet;

use quote::quote;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Path, Stmt, Token, parse_quote};

use super::{Builder, Missing, find, ident};
use crate::settings::Settings;
use crate::table::Parameter;

/// Puts a check of each path value before the `format!` that makes the URL, which then takes it as it is.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let variable = builder.variable("url");
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let (at, url) = match find::binding(&mut send.block, &variable) {
        Some((at, Expr::Macro(url))) => (at, url),
        _ => return Err("no `let url = format!(…)`".into()),
    };
    let mut arguments = Punctuated::<Expr, Token![,]>::parse_terminated
        .parse2(url.mac.tokens.clone())
        .map_err(|_| "a URL that is not made of expressions".to_owned())?;
    let mut encoded = HashSet::new();
    for argument in &mut arguments {
        if let Some(variable) = encoded_variable(argument) {
            let name = ident(&variable);
            *argument = parse_quote!(#name);
            encoded.insert(variable);
        }
    }
    url.mac.tokens = quote!(#arguments);
    let parameters: Vec<&Parameter> = builder
        .operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .collect();
    for parameter in &parameters {
        if !encoded.remove(&parameter.setter_name()) {
            return Err(format!("no path value `{}`", parameter.name));
        }
    }
    if let Some(variable) = encoded.iter().next() {
        return Err(format!(
            "a path value `{variable}` that the document does not have"
        ));
    }
    let checks = parameters
        .into_iter()
        .map(|parameter| check(parameter, builder.settings));
    send.block.stmts.splice(at..at, checks);
    Ok(())
}

/// The variable of `encode_path(&variable.to_string())`.
fn encoded_variable(argument: &Expr) -> Option<String> {
    let Expr::Call(call) = argument else {
        return None;
    };
    if !find::is_variable(&call.func, "encode_path") {
        return None;
    }
    let Some(Expr::Reference(reference)) = call.args.first() else {
        return None;
    };
    match &*reference.expr {
        Expr::MethodCall(text) if text.method == "to_string" => match &*text.receiver {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        },
        _ => None,
    }
}

fn check(parameter: &Parameter, settings: &Settings) -> Stmt {
    let name = &parameter.name;
    let variable = ident(&parameter.setter_name());
    let function: Path = match (&settings.raw_path, parameter.raw) {
        (Some(function), true) => function.clone(),
        (None, true) => parse_quote!(super::runtime::raw_path),
        (_, false) => parse_quote!(super::runtime::segment),
    };
    parse_quote! {
        let #variable = #function(#name, #variable.to_string())
            .map_err(Error::InvalidRequest)?;
    }
}
