//! Leaves the builders of types to the programs that use them.
//!
//! rustc makes machine code of every function that is not generic, each time the crate is built, whether or not a
//! program calls it. `#[inline]` has it made where it is called. Most of what a program would never call are the
//! builders of the larger types. Retired when typify marks them.

use syn::{ImplItem, ImplItemFn, Item, ItemImpl, parse_quote};

use super::find;

/// Marks the functions that lead to a builder, and what is implemented for it.
pub(super) fn apply(types: &mut [Item]) {
    mark(types, |implementation, function| {
        implementation.trait_.is_none() && function.sig.ident == "builder"
    });
    // A document without objects has no such module.
    if let Some(builders) = find::module(types, "builder") {
        mark(builders, |implementation, _| {
            implementation.trait_.is_some()
        });
    }
}

fn mark(items: &mut [Item], wanted: impl Fn(&ItemImpl, &ImplItemFn) -> bool) {
    for item in items {
        let Item::Impl(implementation) = item else {
            continue;
        };
        let mut functions = std::mem::take(&mut implementation.items);
        for item in &mut functions {
            if let ImplItem::Fn(function) = item
                && wanted(implementation, function)
            {
                function.attrs.push(parse_quote!(#[inline]));
            }
        }
        implementation.items = functions;
    }
}
