//! The operation template: all code of an operation, as it is written for every one.
//!
//! | file | its part |
//! |---|---|
//! | `client.rs` | the client, and its method for each operation |
//! | `fields.rs` | the fields of the builder |
//! | `request.rs` | the builder: `send`, and the request that it makes |
//! | `setters.rs` | the setters of parameters, headers and bodies |
//! | `answers.rs` | reading what comes back, by status |
//!
//! What is the same for all operations stands in `xtask/runtime`, and these templates call it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::{ident, text};
use crate::core::{About, Api, Operation, Scope};
use crate::settings::Settings;

mod answers;
mod client;
mod fields;
mod request;
mod setters;

pub(super) use answers::unions;

/// The context of the templates of one operation.
struct Template<'a> {
    api: &'a Api,
    operation: &'a Operation,
    settings: &'a Settings,
    /// The module that is written.
    scope: Scope,
}

/// Returns the code of all operations: the client, what is public beside it, and the builders.
pub fn code(api: &Api, settings: &Settings) -> TokenStream {
    let client = client::client(api, settings);
    let error = match &settings.operation_error {
        Some(error) => quote!(pub(crate) type OperationError = #error;),
        None => quote! {
            #[allow(unused_imports, reason = "a crate may keep it to itself")]
            pub use self::runtime::Error;
            pub(crate) type OperationError = runtime::Error;
        },
    };
    let builders = api.operations.iter().map(|operation| {
        request::builder(&Template {
            api,
            operation,
            settings,
            scope: Scope::beside_types(),
        })
    });
    quote! {
        //! The generated client: operations, types and the operation table.
        #![allow(
            clippy::all,
            clippy::pedantic,
            clippy::restriction,
            deprecated,
            unreachable_pub,
            unused_qualifications,
            reason = "these lints are about code that people write"
        )]
        #[allow(unused_imports, reason = "a crate may keep them to itself")]
        pub use self::runtime::{ByteStream, IntoList, RawRequest, Response, ResponseFuture, Secret};
        #error
        #client
        /// The operation table: the facts about each operation beside its types.
        pub mod operations;
        /// The run time of operations and types.
        pub mod runtime;
        /// Builders of requests, one for each operation.
        pub mod builder { #(#builders)* }
        /// Types of requests and answers.
        pub mod types;
    }
}

/// Returns the name of an operation's row among the constants of the operation table.
pub(crate) fn row(operation: &Operation) -> Ident {
    let mut name = operation.method_name.to_uppercase();
    if name == "OPERATIONS" {
        name.push('_');
    }
    ident(&name)
}

/// Returns the documentation of an item, and whether it is deprecated.
fn attributes(summary: String, about: &About) -> TokenStream {
    let mut words = summary;
    let description = about.description.trim();
    if !description.is_empty() {
        words.push_str("\n\n");
        words.push_str(description);
    }
    let (lines, deprecated) = (text::lines(&words), text::deprecated(about));
    quote!(#lines #deprecated)
}
