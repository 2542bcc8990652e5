//! Gives the request its map of headers as it is, in place of copying it into another one.
//!
//! progenitor begins the request with an `Accept` header, which makes a map, and then copies each header of its own
//! map into that one: two maps, and every name hashed twice. Retired when progenitor fills one map.

use syn::{Stmt, parse_quote};

use super::{Builder, Missing, find, ident};

/// Puts `Accept` into `header_map`, and `header_map` onto the finished request.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let variable = builder.variable("request");
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let Some((begin, _)) = find::binding(&mut send.block, "header_map") else {
        return Ok(());
    };
    let (end, chain) =
        find::binding(&mut send.block, &variable).ok_or("no `let request`".to_owned())?;
    let accept = find::take_from_chain(chain, &|call| {
        call.method == "header" && call.args.first().is_some_and(find::names_accept)
    });
    find::take_from_chain(chain, &|call| call.method == "headers")
        .ok_or("no map of headers".to_owned())?;
    let request = ident(&variable);
    let give: Stmt = parse_quote! {
        super::runtime::set_headers(&mut #request, header_map);
    };
    send.block.stmts.insert(end + 1, give);
    if let Some(accept) = accept {
        let arguments = accept.args;
        let insert: Stmt = parse_quote!(header_map.insert(#arguments););
        send.block.stmts.insert(begin + 1, insert);
    }
    Ok(())
}
