//! Refuses a bulk operation without a filter, unless the caller says that everything is meant.
//!
//! An operation that deletes what its filters select deletes everything where there is none, and an empty list
//! is none. progenitor knows nothing of this danger; the document says it with `x-needs-filter`. Retired when
//! OpenAPI can say it and progenitor knows it.

use quote::quote;
use syn::{Block, ImplItem, Stmt, parse_quote};

use super::{Builder, Missing, documentation, find, ident, state};

/// Adds a field and a method `all`, and the check before the request is sent.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    if builder.operation.needs_filter.is_empty() {
        return Ok(());
    }
    state::add(
        builder,
        &ident("acts_on_all"),
        &parse_quote!(bool),
        &parse_quote!(false),
    )?;
    builder.implementation.items.push(all(builder.operation));
    let request = builder.variable("request");
    let empty_lists: Vec<Stmt> = builder
        .operation
        .parameters
        .iter()
        .filter(|parameter| {
            parameter.repeated && builder.operation.needs_filter.contains(&parameter.name)
        })
        .map(|parameter| refuse_empty(&parameter.name, &parameter.setter_name()))
        .collect();
    let filters = &builder.operation.needs_filter;
    let request_variable = ident(&request);
    let check: Stmt = parse_quote! {
        if !acts_on_all {
            super::runtime::require_filter(#request_variable.url(), &[#(#filters),*])
                .map_err(Error::InvalidRequest)?;
        }
    };
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    insert(&mut send.block, &request, empty_lists, check)
}

fn all(operation: &crate::table::Operation) -> ImplItem {
    let doc = documentation::attributes(&format!(
        "Says that the whole collection is meant.\n\n\
         `{} {}` without a filter acts on everything. Without a filter, [`send`](Self::send) is an error \
         unless this was called.",
        operation.method, operation.path
    ));
    let tokens = quote! {
        #(#doc)*
        pub fn all(mut self) -> Self {
            self.acts_on_all = true;
            self
        }
    };
    parse_quote!(#tokens)
}

/// An empty list would be no filter at all, which is hardly what its caller means.
fn refuse_empty(name: &str, variable: &str) -> Stmt {
    let variable = ident(variable);
    parse_quote! {
        super::runtime::refuse_empty_list(#name, &#variable).map_err(Error::InvalidRequest)?;
    }
}

/// The lists are looked at before the request takes them, the filters on the finished request.
fn insert(
    block: &mut Block,
    request: &str,
    empty_lists: Vec<Stmt>,
    check: Stmt,
) -> Result<(), Missing> {
    let (at, _) = find::binding(block, request).ok_or("no `let request`".to_owned())?;
    block.stmts.insert(at + 1, check);
    block.stmts.splice(at..at, empty_lists);
    Ok(())
}
