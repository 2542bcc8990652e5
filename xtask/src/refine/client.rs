//! Makes the client's own code fit for a library.
//!
//! - `Client::new` goes: it panics where the TLS library cannot be set up. `new_with_client` stays.
//! - The documentation of a method says what the operation does; the parameters are documented at the
//!   setters, and an example that cannot be compiled helps nobody.
//! - The client says what it is, and that its clones share what it holds.
//! - Where the client carries state, `new_with_client` is the crate's own: the state is no part of its API.
//! - Deprecated operations are marked.
//! - The module `prelude` goes: what a crate re-exports is its own decision.
//!
//! Retired when progenitor's constructor returns a `Result` and it marks what is deprecated.

use std::collections::HashMap;

use syn::{Attribute, File, ImplItem, ImplItemFn, Item, parse_quote};

use super::{Missing, documentation, find, marks};
use crate::settings::Settings;
use crate::table::{Operation, OperationTable};

/// Rewrites the inherent `impl`s of the client.
pub(super) fn apply(
    file: &mut File,
    table: &OperationTable,
    settings: &Settings,
) -> Result<(), Missing> {
    let operations: HashMap<String, &Operation> = table
        .operations
        .iter()
        .map(|operation| (operation.method_name(), operation))
        .collect();
    file.items
        .retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    let mut constructors = 0;
    let mut methods = 0;
    for item in &mut file.items {
        if let Item::Struct(item) = item
            && item.ident == "Client"
        {
            introduce(&mut item.attrs);
        }
        let Item::Impl(item) = item else { continue };
        if item.trait_.is_some() || find::self_type(item).as_deref() != Some("Client") {
            continue;
        }
        let before = item.items.len();
        item.items
            .retain(|item| !matches!(item, ImplItem::Fn(function) if is_constructor(function)));
        constructors += before - item.items.len();
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item
                && settings.client_state.is_some()
                && function.sig.ident == "new_with_client"
            {
                function.vis = parse_quote!(pub(crate));
            }
            if let ImplItem::Fn(function) = item
                && let Some(operation) = operations.get(&function.sig.ident.to_string())
            {
                document(function, operation);
                methods += 1;
            }
        }
    }
    if constructors != 1 {
        return Err(format!("{constructors} functions `Client::new`"));
    }
    if methods != operations.len() {
        return Err(format!(
            "{methods} methods of the client for {} operations",
            operations.len()
        ));
    }
    Ok(())
}

/// Whether a function is `Client::new`, which takes no client of reqwest.
///
/// An operation named `new` would give a method of that name; preflight refuses it.
fn is_constructor(function: &ImplItemFn) -> bool {
    function.sig.ident == "new"
}

/// Says what the client is, after the title and the description that progenitor takes from the document.
fn introduce(attributes: &mut Vec<Attribute>) {
    let said: Vec<String> = attributes.iter().filter_map(documentation::text).collect();
    let said = said.join("\n");
    let (about, version) = said.rsplit_once("Version: ").unwrap_or((&said, ""));
    let mut text = format!(
        "{}\n\nEach operation is a method, which gives a builder with a setter for each parameter; `send` sends \
         the request. A client is cheap to clone, and its clones share their connections.",
        about.trim()
    );
    if !version.is_empty() {
        text.push_str(&format!(
            "\n\nGenerated from version {} of the API description.",
            version.trim()
        ));
    }
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.extend(documentation::attributes(&text));
}

fn document(function: &mut ImplItemFn, operation: &Operation) {
    let mut text = if operation.summary.is_empty() {
        format!("`{}` as a request.", operation.id)
    } else {
        format!("{}.", operation.summary.trim_end_matches(['.', ',']))
    };
    if !operation.description.is_empty() {
        text.push_str("\n\n");
        text.push_str(operation.description.trim_end());
    }
    text.push_str(&format!(
        "\n\nSends `{} {}`.",
        operation.method, operation.path
    ));
    if !operation.idempotent {
        text.push_str(" Not idempotent: sent twice, it takes effect twice.");
    }
    if !operation.needs_filter.is_empty() {
        let filters: Vec<String> = operation
            .needs_filter
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        text.push_str(&format!(
            "\n\nWithout any of the filters {}, it acts on the whole collection.",
            filters.join(", ")
        ));
    }
    function
        .attrs
        .retain(|attribute| !attribute.path().is_ident("doc"));
    function.attrs.extend(documentation::attributes(&text));
    if operation.deprecated {
        function.attrs.push(marks::deprecated());
    }
}
