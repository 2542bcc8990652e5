//! The builder of an operation: its fields, `send`, and the request that it makes.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::text;
use super::fields::{body_type, fields};
use super::{Template, ident, row, setters};
use crate::core::{Operation, Parameter, Place};

/// Returns the builder of an operation.
pub(super) fn builder(template: &Template<'_>) -> TokenStream {
    let operation = template.operation;
    let name = ident(&operation.builder_name);
    let about = text::lines(&format!(
        "A request of [`Client::{method}`](super::Client::{method}).",
        method = operation.method_name
    ));
    // What a stream is made of can be sent once.
    let derives = if body_type(operation).is_some_and(|(_, once)| once) {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Clone, Debug)])
    };
    let given: Vec<_> = fields(operation)
        .map(|parameter| ident(&parameter.field))
        .collect();
    let body = body_type(operation)
        .map(|(kind, _)| quote!(pub(crate) body: ::std::option::Option<#kind>,));
    let no_body = body
        .is_some()
        .then(|| quote!(body: ::std::option::Option::None,));
    let guarded = !operation.needs_filter.is_empty();
    let acts_on_all = guarded.then(|| quote!(acts_on_all: bool,));
    let acts_on_some = guarded.then(|| quote!(acts_on_all: false,));
    let setters = setters::setters(template);
    let all = guarded.then(|| all(operation));
    let (send, output) = send(template);
    let request = request(template);
    let into_future = into_future(operation, &output);
    quote! {
        #about
        #derives
        #[must_use = "a request is sent by `send`"]
        pub struct #name {
            pub(crate) client: super::Client,
            #(pub(crate) #given: super::runtime::Given,)*
            #body
            pub(crate) parts: super::runtime::Parts,
            #acts_on_all
        }

        impl #name {
            pub(super) fn new(client: super::Client) -> Self {
                Self {
                    client,
                    #(#given: ::std::default::Default::default(),)*
                    #no_body
                    parts: ::std::default::Default::default(),
                    #acts_on_some
                }
            }
            #setters
            #all

            /// Adds a header that no setter is for. One that the request has already is an error of
            /// [`send`](Self::send).
            pub fn header(
                mut self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                self.parts.add_header(name.as_ref(), value.as_ref());
                self
            }

            /// Adds a parameter of the query that no setter is for. One that the request has already is an error
            /// of [`send`](Self::send).
            pub fn query(
                mut self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                self.parts.add_query(name.as_ref(), value.as_ref());
                self
            }

            #send
            #request
        }

        #into_future
    }
}

fn all(operation: &Operation) -> TokenStream {
    let about = text::lines(&format!(
        "Says that the whole collection is meant.\n\n\
         `{} {}` without a filter acts on everything. Without a filter, [`send`](Self::send) is an error unless \
         this was called.",
        operation.method.name().to_ascii_uppercase(),
        operation.path
    ));
    quote! {
        #about
        pub fn all(mut self) -> Self {
            self.acts_on_all = true;
            self
        }
    }
}

fn send(template: &Template<'_>) -> (TokenStream, TokenStream) {
    let operation = template.operation;
    let row = row(operation);
    let content = template.success_type();
    let described = template.error_type();
    let described = quote!(super::runtime::Error<#described>);
    let (error, map_error) = match &template.settings.operation_error {
        Some(error) => {
            let id = &operation.id;
            let map_error = quote! {
                .map_err(|error: #described| <#error>::from(error).with_operation(#id))
            };
            (quote!(#error), map_error)
        }
        None => (described, TokenStream::new()),
    };
    let read = template.reading();
    let exchange = match template.streamed() {
        None => quote! {
            super::runtime::exchange(self.client, &super::operations::#row, request, #read)
        },
        Some(streamed) => quote! {
            super::runtime::exchange_streamed(
                self.client,
                &super::operations::#row,
                request,
                #streamed,
                #read,
            )
        },
    };
    let output = quote!(::std::result::Result<super::runtime::Response<#content>, #error>);
    let send = quote! {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// A value that was set is wrong, no answer came, or the answer is none of success.
        pub async fn send(mut self) -> #output {
            let request = self.request();
            #exchange.await #map_error
        }
    };
    (send, output)
}

/// A builder can be awaited in place of the future of its `send`.
fn into_future(operation: &Operation, output: &TokenStream) -> TokenStream {
    let name = ident(&operation.builder_name);
    quote! {
        impl ::std::future::IntoFuture for #name {
            type Output = #output;
            type IntoFuture =
                ::std::pin::Pin<::std::boxed::Box<dyn ::std::future::Future<Output = Self::Output> + ::std::marker::Send>>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }
    }
}

/// Returns the request, or what is wrong with a value that was set.
fn request(template: &Template<'_>) -> TokenStream {
    let operation = template.operation;
    let paths = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Path)
        .map(|parameter| {
            let (field, setter, name) =
                (ident(&parameter.field), &parameter.field, &parameter.name);
            let check = match (&template.settings.raw_path, parameter.raw) {
                (Some(check), true) => quote!(#check),
                (None, true) => quote!(super::runtime::raw_path),
                (_, false) => quote!(super::runtime::segment),
            };
            quote!(let #field = #check(#name, self.#field.require(#setter)?)?;)
        });
    let url = url(operation);
    let accept = match template.accept() {
        Some(accept) => quote!(::std::option::Option::Some(#accept)),
        None => quote!(::std::option::Option::None),
    };
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .filter_map(|parameter| required(template, parameter));
    let body = operation.body.as_ref().map(|body| {
        body.required
            .then(|| quote!(parts.require("body", self.body.is_some())?;))
    });
    let take_body = match &body {
        Some(_) => quote!(self.body.take().map(::std::convert::Into::into)),
        None => quote!(::std::option::Option::None),
    };
    let require_body = body.flatten();
    let method = ident(&operation.method.name().to_ascii_uppercase());
    let filters = &operation.needs_filter;
    let guard = (!filters.is_empty()).then(|| {
        quote! {
            if !self.acts_on_all {
                super::runtime::require_filter(&request, &[#(#filters),*])?;
            }
        }
    });
    let make = quote!(parts.into_request(::reqwest::Method::#method, &url, #take_body));
    let make = match guard {
        None => make,
        Some(guard) => quote! {
            let request = #make?;
            #guard
            ::std::result::Result::Ok(request)
        },
    };
    quote! {
        #[inline]
        pub(crate) fn request(
            &mut self,
        ) -> ::std::result::Result<::reqwest::Request, ::std::string::String> {
            #(#paths)*
            let url = [self.client.state.base_url(), #(#url),*].concat();
            let mut parts = ::std::mem::take(&mut self.parts);
            parts.complete(#accept)?;
            #(#required)*
            #require_body
            #make
        }
    }
}

/// Returns the path template as texts and values, one after the other.
fn url(operation: &Operation) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let mut rest = operation.path.as_str();
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let parameter = operation
            .parameters
            .iter()
            .find(|parameter| parameter.place == Place::Path && parameter.name == name);
        if !text.is_empty() {
            parts.push(quote!(#text));
        }
        if let Some(parameter) = parameter {
            let value = ident(&parameter.field);
            parts.push(quote!(#value.as_str()));
        }
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(quote!(#rest));
    }
    parts
}

/// Returns the check that a required parameter outside of the path was given.
fn required(template: &Template<'_>, parameter: &Parameter) -> Option<TokenStream> {
    let (field, setter, name) = (ident(&parameter.field), &parameter.field, &parameter.name);
    match parameter.place {
        Place::Path => None,
        Place::Header => {
            let is_secret = setters::is_secret(template, parameter);
            Some(quote! {
                let #field = self.#field.require(#setter)?;
                parts.require_header(#setter, #name, #field, #is_secret)?;
            })
        }
        Place::Query => Some(quote!(parts.require_query(#setter)?;)),
        Place::Cookie => Some(quote!(parts.require_cookie(#setter, #name)?;)),
    }
}
