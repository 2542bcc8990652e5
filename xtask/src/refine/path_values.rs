//! Checks path values before anything is sent, and lets raw ones go into the path as they are.
//!
//! progenitor percent-encodes every path value and sends whatever comes of it. An empty value then addresses
//! the collection, and `.` and `..` address something else altogether; a service that wants a URL in its path
//! refuses an encoded one. Retired when progenitor checks path values and knows `allowReserved` for paths.

use std::collections::HashSet;

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ItemStruct, Lit, Path, Stmt, Token, parse_quote};

use super::{Builder, Missing, find, ident};
use crate::settings::Settings;
use crate::table::Parameter;

/// Puts a check of each path value before the URL is made, which then takes it as it is.
///
/// The URL is joined of its parts in one step, where `format!` makes room for them one by one.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let variable = builder.variable("url");
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let (at, url) = find::binding(&mut send.block, &variable)
        .filter(|(_, url)| matches!(url, Expr::Macro(_)))
        .ok_or("no `let url = format!(…)`".to_owned())?;
    let mut encoded = HashSet::new();
    *url = joined(url, &mut encoded)?;
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
        .map(|parameter| check(parameter, builder.structure, builder.settings));
    send.block.stmts.splice(at..at, checks);
    Ok(())
}

/// `format!("{}/a/{}", client.baseurl, encode_path(&b.to_string()))` as its parts, joined; notes the path values.
fn joined(url: &Expr, encoded: &mut HashSet<String>) -> Result<Expr, Missing> {
    let missing = || "a URL that is not made of text and values".to_owned();
    let Expr::Macro(url) = url else {
        return Err(missing());
    };
    let mut arguments = Punctuated::<Expr, Token![,]>::parse_terminated
        .parse2(url.mac.tokens.clone())
        .map_err(|_| missing())?
        .into_iter();
    let Some(Expr::Lit(ExprLit {
        lit: Lit::Str(template),
        ..
    })) = arguments.next()
    else {
        return Err(missing());
    };
    let template = template.value();
    let mut parts: Vec<Expr> = Vec::new();
    for (number, text) in template.split("{}").enumerate() {
        if number > 0 {
            let value = arguments.next().ok_or_else(missing)?;
            parts.push(match encoded_variable(&value) {
                Some(variable) => {
                    let name = ident(&variable);
                    encoded.insert(variable);
                    parse_quote!(#name.as_str())
                }
                None => parse_quote!(#value.as_str()),
            });
        }
        // A brace of the path itself is doubled in the template.
        let text = text.replace("{{", "{").replace("}}", "}");
        if !text.is_empty() {
            parts.push(parse_quote!(#text));
        }
    }
    match arguments.next() {
        None => Ok(parse_quote!([#(#parts),*].concat())),
        Some(_) => Err(missing()),
    }
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

fn check(parameter: &Parameter, structure: &ItemStruct, settings: &Settings) -> Stmt {
    let name = &parameter.name;
    let setter = parameter.setter_name();
    let variable = ident(&setter);
    let text = find::text(structure, &setter, &parse_quote!(#variable));
    let function: Path = match (&settings.raw_path, parameter.raw) {
        (Some(function), true) => function.clone(),
        (None, true) => parse_quote!(super::runtime::raw_path),
        (_, false) => parse_quote!(super::runtime::segment),
    };
    parse_quote! {
        let #variable = #function(#name, #text)
            .map_err(Error::InvalidRequest)?;
    }
}
