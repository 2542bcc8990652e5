//! Adds the operation table to the generated code.
//!
//! progenitor gives its hooks the `operationId` of a request and nothing else, so what else there is to know
//! is looked up in this table. Retired when `OperationInfo` carries it.
//!
//! The table itself is data, which render writes as it is.

use syn::{File, parse_quote};

/// Declares the module `operations`.
pub(super) fn apply(file: &mut File) {
    file.items.push(parse_quote! {
        /// The operation table: what there is to know about each operation beside its types.
        pub mod operations;
    });
}
