//! The client: what it holds, and a method for each operation.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::super::text;
use super::{attributes, ident};
use crate::core::{Api, Operation};
use crate::settings::Settings;

/// Returns the client.
pub(super) fn client(api: &Api, settings: &Settings) -> TokenStream {
    let documentation = text::lines(&introduction(api));
    let state = match &settings.client_state {
        Some(state) => quote!(#state),
        None => quote!(runtime::State),
    };
    let constructors = match &settings.client_state {
        Some(_) => TokenStream::new(),
        None => constructors(),
    };
    let groups = groups(api, settings);
    quote! {
        #documentation
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) state: ::std::sync::Arc<#state>,
        }

        impl Client {
            #constructors

            /// Begins a request that no operation is for, to a path below the base URL.
            pub fn request(
                &self,
                method: ::reqwest::Method,
                path: impl ::std::convert::Into<::std::string::String>,
            ) -> runtime::RawRequest {
                runtime::RawRequest::new(<Self as ::std::clone::Clone>::clone(self), method, path.into())
            }
        }

        #(#groups)*
    }
}

/// Returns the methods of the operations, by their tags, in the order of the document.
fn groups(api: &Api, settings: &Settings) -> Vec<TokenStream> {
    let mut groups: IndexMap<&str, Vec<TokenStream>> = IndexMap::new();
    for operation in &api.operations {
        let methods = groups.entry(operation.tag.trim()).or_default();
        methods.push(method(operation, settings));
    }
    groups
        .into_iter()
        .map(|(tag, methods)| {
            let heading = (!tag.is_empty()).then(|| text::lines(&format!("# {tag}")));
            quote!(#heading impl Client { #(#methods)* })
        })
        .collect()
}

/// Writes the constructors of a client that has no state of a crate's own.
fn constructors() -> TokenStream {
    quote! {
        /// Makes a client for the service at this URL.
        ///
        /// # Errors
        ///
        /// The TLS library cannot be set up.
        pub fn new(
            base_url: impl ::std::convert::AsRef<str>,
        ) -> ::std::result::Result<Self, ::reqwest::Error> {
            let http = ::reqwest::Client::builder().build()?;
            ::std::result::Result::Ok(Self::with_client(base_url, http))
        }

        /// Makes a client that sends its requests with this HTTP client, which may have credentials among its
        /// default headers.
        pub fn with_client(
            base_url: impl ::std::convert::AsRef<str>,
            http: ::reqwest::Client,
        ) -> Self {
            let state = runtime::State::new(base_url.as_ref(), http);
            Self { state: ::std::sync::Arc::new(state) }
        }
    }
}

/// Returns the method that begins an operation.
fn method(operation: &Operation, settings: &Settings) -> TokenStream {
    let name = ident(&operation.method_name);
    let builder = ident(&operation.builder_name);
    let attributes = attributes(summary(operation), &operation.about);
    let mut facts = facts(operation);
    if let Some(example) = settings.example(&operation.example) {
        facts.push_str(&format!("\n\n{example}"));
    }
    let (sent, aliases) = (text::lines(&facts), &operation.doc_aliases);
    quote! {
        #attributes
        #[doc = ""]
        #sent
        #(#[doc(alias = #aliases)])*
        pub fn #name(&self) -> builder::#builder {
            builder::#builder::new(<Self as ::std::clone::Clone>::clone(self))
        }
    }
}

fn introduction(api: &Api) -> String {
    let mut text = if api.title.is_empty() {
        "A client of the API.".to_owned()
    } else {
        format!("A client of {}.", api.title.trim().trim_end_matches('.'))
    };
    if !api.description.trim().is_empty() {
        text.push_str("\n\n");
        text.push_str(api.description.trim());
    }
    text.push_str(
        "\n\nEach operation is a method, which gives a builder with a setter for each parameter; `send` sends the \
         request. A client is cheap to clone, and its clones share their connections.",
    );
    if !api.version.is_empty() {
        text.push_str(&format!(
            "\n\nGenerated from version {} of the API description.",
            api.version
        ));
    }
    text
}

fn summary(operation: &Operation) -> String {
    let summary = operation.summary.trim().trim_end_matches(['.', ',']);
    if summary.is_empty() {
        format!("`{}` as a request.", operation.id)
    } else {
        format!("{summary}.")
    }
}

/// Returns the facts about an operation that matter before it is sent.
fn facts(operation: &Operation) -> String {
    let method = operation.method.name().to_ascii_uppercase();
    let mut text = format!("Sends `{method} {}`.", operation.path);
    if !operation.idempotent {
        text.push_str(" Not idempotent: sent twice, it takes effect twice.");
    }
    if !operation.needs_filter.is_empty() {
        text.push_str(&format!(
            "\n\nWithout any of the filters `{}`, it acts on the whole collection.",
            operation.needs_filter.join("`, `")
        ));
    }
    text
}
