//! Leaves the builders of types to the programs that use them.
//!
//! rustc makes machine code of every function that is not generic, each time the crate is built, whether or not a
//! program calls it. `#[inline]` has it made where it is called. Most of what a program would never call are the
//! builders of the larger types. Retired when typify marks them.

use syn::{Ident, ImplItem, Item, parse_quote};

use super::find;

/// Marks the functions that lead to a builder, and what is implemented for it.
pub(super) fn apply(types: &mut [Item]) {
    mark(types, |of_trait, name| !of_trait && name == "builder");
    // A document without objects has no such module.
    if let Some(builders) = find::module(types, "builder") {
        mark(builders, |of_trait, _| of_trait);
    }
}

/// Marks the functions that are `wanted`, by whether they are of a trait, and their names.
fn mark(items: &mut [Item], wanted: impl Fn(bool, &Ident) -> bool) {
    for item in items {
        let Item::Impl(implementation) = item else {
            continue;
        };
        let of_trait = implementation.trait_.is_some();
        for item in &mut implementation.items {
            if let ImplItem::Fn(function) = item
                && wanted(of_trait, &function.sig.ident)
            {
                function.attrs.push(parse_quote!(#[inline]));
            }
        }
    }
}
