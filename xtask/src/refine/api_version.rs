//! Takes the `api-version` header out of every request.
//!
//! progenitor sends the version of the document with every request, a convention of its own house that other
//! services do not know. Retired when progenitor makes the header a setting.

use syn::{Block, Expr, Stmt};

use super::{Builder, Missing, find};

/// Removes the statement that appends the header.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let request = builder.variable("request");
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let statements = send.block.stmts.len();
    send.block
        .stmts
        .retain_mut(|stmt| !appends_api_version(stmt));
    if send.block.stmts.len() + 1 != statements {
        return Err("not exactly one `api-version` header".into());
    }
    let empty = builder.operation.header_families.is_empty()
        && builder
            .operation
            .parameters
            .iter()
            .all(|parameter| parameter.place != "header");
    if empty {
        remove_header_map(&mut send.block, &request)?;
    }
    Ok(())
}

/// Removes the map of headers, into which nothing is put any more.
fn remove_header_map(block: &mut Block, request: &str) -> Result<(), Missing> {
    let missing = || "no map of headers".to_owned();
    let (_, chain) = find::binding(block, request).ok_or_else(missing)?;
    find::take_from_chain(chain, &|call| {
        call.method == "headers"
            && call
                .args
                .first()
                .is_some_and(|map| find::is_variable(map, "header_map"))
    })
    .ok_or_else(missing)?;
    let (at, _) = find::binding(block, "header_map").ok_or_else(missing)?;
    block.stmts.remove(at);
    Ok(())
}

/// Whether the statement is `header_map.append(HeaderName::from_static("api-version"), …)`.
fn appends_api_version(stmt: &mut Stmt) -> bool {
    find::statement_call(stmt, "header_map", "append").is_some_and(|call| match call.args.first() {
        Some(Expr::Call(name)) => name.args.iter().any(|argument| {
            matches!(argument, Expr::Lit(literal)
                if matches!(&literal.lit, syn::Lit::Str(text) if text.value() == "api-version"))
        }),
        _ => false,
    })
}
