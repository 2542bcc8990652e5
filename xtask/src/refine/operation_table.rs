//! Adds the operation table to the generated code as a constant.
//!
//! progenitor gives its hooks the `operationId` of a request and nothing else, so what else there is to know
//! is looked up in this table. Retired when `OperationInfo` carries it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, parse_quote};

use super::ident;
use crate::table::{Operation, OperationTable, Parameter};

/// Adds the module `operations`.
pub(super) fn apply(file: &mut File, table: &OperationTable) {
    let rows = table.operations.iter().map(row);
    file.items.push(parse_quote! {
        /// The operation table: what there is to know about each operation beside its types.
        pub mod operations {
            pub use super::runtime::{HeaderFamily, Operation, Parameter, Place};

            /// All operations, in the order of the API description.
            pub const OPERATIONS: &[Operation] = &[#(#rows),*];

            /// The operation with this `operationId`.
            #[must_use]
            pub fn operation(id: &str) -> Option<&'static Operation> {
                OPERATIONS.iter().find(|operation| operation.id == id)
            }
        }
    });
}

fn row(operation: &Operation) -> TokenStream {
    let Operation {
        id,
        method,
        path,
        tag,
        summary,
        deprecated,
        idempotent,
        needs_filter,
        success,
        errors,
        ..
    } = operation;
    let parameters = operation.parameters.iter().map(parameter);
    let families = operation.header_families.iter().map(|family| {
        let prefix = &family.prefix;
        quote!(HeaderFamily { prefix: #prefix })
    });
    let body = operation.body.as_ref();
    let media_types = body
        .map(|body| body.media_types.as_slice())
        .unwrap_or_default();
    let body_required = body.is_some_and(|body| body.required);
    quote! {
        Operation {
            id: #id,
            method: #method,
            path: #path,
            tag: #tag,
            summary: #summary,
            deprecated: #deprecated,
            idempotent: #idempotent,
            needs_filter: &[#(#needs_filter),*],
            parameters: &[#(#parameters),*],
            header_families: &[#(#families),*],
            media_types: &[#(#media_types),*],
            body_required: #body_required,
            success: &[#(#success),*],
            errors: &[#(#errors),*],
        }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        name,
        required,
        raw,
        repeated,
        deprecated,
        ..
    } = parameter;
    let place = ident(match parameter.place.as_str() {
        "path" => "Path",
        "query" => "Query",
        _ => "Header",
    });
    quote! {
        Parameter {
            name: #name,
            place: Place::#place,
            required: #required,
            raw: #raw,
            repeated: #repeated,
            deprecated: #deprecated,
        }
    }
}
