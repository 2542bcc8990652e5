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
    let (send, into_future) = send(template);
    let request = request(template);
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

/// Returns `send`, and that a builder can be awaited in place of its future.
fn send(template: &Template<'_>) -> (TokenStream, TokenStream) {
    let operation = template.operation;
    let (name, row) = (ident(&operation.builder_name), row(operation));
    let content = template.success_type();
    let described = template.error_type();
    // An error that all operations have in common is the default one of the future.
    let (error, argument) = match &template.settings.operation_error {
        Some(error) => (quote!(#error), None),
        None => {
            let error = quote!(super::runtime::Error<#described>);
            (error.clone(), Some(quote!(, #error)))
        }
    };
    let read = template.reading();
    let (exchange, streamed) = match template.streamed() {
        None => (quote!(exchange), None),
        Some(streamed) => (quote!(exchange_streamed), Some(quote!(#streamed,))),
    };
    let future = quote!(super::runtime::ResponseFuture<#content #argument>);
    let send = quote! {
        /// Sends the request.
        ///
        /// # Errors
        ///
        /// A value that was set is wrong, no answer came, or the answer is none of success.
        pub fn send(mut self) -> #future {
            let request = self.request();
            super::runtime::#exchange::<_, #described, _>(
                self.client,
                &super::operations::#row,
                request,
                #streamed
                #read,
            )
        }
    };
    let into_future = quote! {
        impl ::std::future::IntoFuture for #name {
            type Output = ::std::result::Result<super::runtime::Response<#content>, #error>;
            type IntoFuture = #future;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
    (send, into_future)
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
