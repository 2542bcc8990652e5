//! Answers: their types, and reading them by status.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::text;
use super::{Template, ident};
use crate::core::{Answers, Api, Case, Content, Kind, Scope, Shape, Slot, Status};
use crate::settings::Settings;

/// Returns the unions of answers that statuses tell apart, for the module of types.
pub(in super::super) fn unions(api: &Api, settings: &Settings) -> TokenStream {
    let each = api.operations.iter().flat_map(|operation| {
        let template = Template {
            api,
            operation,
            settings,
            scope: Scope::types(),
        };
        [&operation.success, &operation.errors].map(|answers| {
            let name = answers.union.as_ref()?;
            Some(template.union(name, answers))
        })
    });
    each.flatten().collect()
}

impl Template<'_> {
    fn is_success(&self, answers: &Answers) -> bool {
        std::ptr::eq(answers, &self.operation.success)
    }

    fn union(&self, name: &str, answers: &Answers) -> TokenStream {
        let operation = self.operation;
        let is_success = self.is_success(answers);
        let sort = if is_success { "answers" } else { "errors" };
        let about = text::lines(&format!(
            "The {sort} of [`{method}`](super::Client::{method}), told apart by status.",
            method = operation.method_name
        ));
        let name = ident(name);
        let mut cases: Vec<&Case> = answers.cases.iter().collect();
        cases.retain(|case| is_success || case.content != Content::Empty);
        let variants = cases.iter().map(|case| {
            let variant = ident(&case.variant);
            let statuses = case.statuses.iter().map(ToString::to_string);
            let statuses: Vec<String> = statuses.collect();
            let mut text = format!("The content of `{}`.", statuses.join("`, `"));
            if !case.description.is_empty() {
                text.push_str("\n\n");
                text.push_str(case.description.trim());
            }
            let about = text::lines(&text);
            match self.content(&case.content, is_success) {
                None => quote!(#about #variant),
                Some(content) => quote!(#about #variant(#content)),
            }
        });
        let streams = is_success && cases.iter().any(|case| case.content == Content::Bytes);
        let derives = if streams {
            quote!(#[derive(Debug)])
        } else {
            quote!(#[derive(Clone, Debug)])
        };
        quote! {
            #about
            #derives
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        }
    }

    /// Returns the Rust type of what an answer holds.
    fn content(&self, content: &Content, is_success: bool) -> Option<TokenStream> {
        match content {
            Content::Empty => None,
            Content::Json(slot) => Some(self.rust(slot)),
            Content::Text => Some(quote!(::std::string::String)),
            Content::Bytes if is_success => Some(quote!(super::runtime::ByteStream)),
            Content::Bytes => Some(quote!(::bytes::Bytes)),
        }
    }

    /// Returns the Rust type of a slot.
    pub(super) fn rust(&self, slot: &Slot) -> TokenStream {
        self.scope.kind(&self.api.expand(slot), self.settings)
    }

    fn path(&self, union: &str) -> TokenStream {
        let name = ident(union);
        quote!(super::types::#name)
    }

    /// Returns the type of what a success holds.
    pub(super) fn success_type(&self) -> TokenStream {
        let answers = &self.operation.success;
        if let Some(union) = &answers.union {
            return self.path(union);
        }
        let contents = answers.cases.iter().map(|case| &case.content);
        match contents
            .filter_map(|content| self.content(content, true))
            .next()
        {
            None => quote!(()),
            Some(content) if may_be_empty(answers) => {
                quote!(::std::option::Option<#content>)
            }
            Some(content) => content,
        }
    }

    /// Returns the type of an error that the service describes.
    pub(super) fn error_type(&self) -> TokenStream {
        let answers = &self.operation.errors;
        if let Some(union) = &answers.union {
            return self.path(union);
        }
        let contents = answers.cases.iter().map(|case| &case.content);
        contents
            .filter_map(|content| self.content(content, false))
            .next()
            .unwrap_or_else(|| quote!(::std::convert::Infallible))
    }

    /// Returns the media types of everything that may come back.
    pub(super) fn accept(&self) -> Option<&'static str> {
        let cases = [&self.operation.success, &self.operation.errors];
        let mut contents = cases
            .into_iter()
            .flat_map(|answers| &answers.cases)
            .map(|case| &case.content);
        if contents.clone().any(|content| *content == Content::Bytes) {
            return Some("*/*");
        }
        let text = contents.clone().any(|content| *content == Content::Text);
        let json = contents.any(|content| matches!(content, Content::Json(_)));
        match (json, text) {
            (true, false) => Some("application/json"),
            (true, true) => Some("application/json, text/plain;q=0.9, */*;q=0.8"),
            (false, true) => Some("text/plain, */*;q=0.8"),
            (false, false) => None,
        }
    }

    /// Returns the closure that makes something of an answer.
    pub(super) fn reading(&self) -> TokenStream {
        let success = &self.operation.success;
        let arms = self.arms(|case| self.read_success(case), |case| self.read_error(case));
        // Where no success is declared, there is nothing to read in one.
        let undeclared = success
            .cases
            .is_empty()
            .then(|| quote!(200..=299 => ::std::result::Result::Ok(received.empty()),));
        quote! {
            |received| match received.status() {
                #undeclared
                #arms
            }
        }
    }

    /// Returns the closure that says of a status whether the body is left to the caller, if there is one of which it
    /// is.
    pub(super) fn streamed(&self) -> Option<TokenStream> {
        let mut cases = self.operation.success.cases.iter();
        cases.any(|case| case.content == Content::Bytes).then(|| {
            let arms = self.arms(
                |case| {
                    let streamed = case.content == Content::Bytes;
                    quote!(#streamed)
                },
                |_| quote!(false),
            );
            quote!(|status| match status { #arms })
        })
    }

    /// Returns an arm for every status, the most specific ones first.
    fn arms(
        &self,
        success: impl Fn(&Case) -> TokenStream,
        error: impl Fn(&Case) -> TokenStream,
    ) -> TokenStream {
        let (successes, errors) = (&self.operation.success, &self.operation.errors);
        let successes = successes.cases.iter().map(|it| (it, true, success(it)));
        let errors = errors.cases.iter().map(|it| (it, false, error(it)));
        let mut rows: BTreeMap<Status, TokenStream> = BTreeMap::new();
        for (case, is_success, read) in successes.chain(errors) {
            for status in &case.statuses {
                let status = match status {
                    // A success that stands for all that are not declared still is one.
                    Status::Default if is_success => Status::Class(2),
                    status => *status,
                };
                rows.entry(status).or_insert_with(|| read.clone());
            }
        }
        let otherwise = rows.remove(&Status::Default);
        let otherwise = otherwise.unwrap_or_else(|| error(&UNDECLARED));
        let arms = rows.into_iter().map(|(status, read)| match status {
            Status::Code(code) => quote!(#code => #read,),
            Status::Class(digit) => {
                let first = u16::from(digit) * 100;
                let last = first + 99;
                quote!(#first..=#last => #read,)
            }
            Status::Default => TokenStream::new(),
        });
        arms.chain([quote!(_ => #otherwise,)]).collect()
    }

    /// Reads what a success holds.
    fn read_success(&self, case: &Case) -> TokenStream {
        let answers = &self.operation.success;
        let optional = may_be_empty(answers);
        let read = match &case.content {
            Content::Empty => quote!(::std::result::Result::Ok(received.empty())),
            Content::Json(_) if optional => return quote!(received.optional_json()),
            Content::Json(slot) if self.is_list(slot) => {
                let members = case.members.iter();
                quote!(received.list(&[#(#members),*]))
            }
            Content::Json(slot) if self.is_collection(slot) => quote!(received.collection()),
            Content::Json(_) => quote!(received.json()),
            Content::Text => quote!(received.text()),
            Content::Bytes => quote!(received.stream()),
        };
        let form = match (&answers.union, &case.content) {
            (Some(union), content) => {
                let (path, variant) = (self.path(union), ident(&case.variant));
                match content {
                    Content::Empty => quote!(|()| #path::#variant),
                    _ => quote!(#path::#variant),
                }
            }
            (None, Content::Empty) if optional => quote!(|()| ::std::option::Option::None),
            (None, _) if optional => quote!(::std::option::Option::Some),
            (None, _) => return read,
        };
        quote!(#read.map(|response| super::runtime::Response::map(response, #form)))
    }

    /// Reads what an error holds.
    fn read_error(&self, case: &Case) -> TokenStream {
        if case.content == Content::Empty {
            return quote!(::std::result::Result::Err(received.unexpected()));
        }
        let union = self.operation.errors.union.as_ref();
        let form = match union {
            Some(union) => {
                let (path, variant) = (self.path(union), ident(&case.variant));
                quote!(#path::#variant)
            }
            _ => quote!(|value| value),
        };
        let error = match &case.content {
            Content::Empty => quote!(received.unexpected()),
            Content::Json(_) if union.is_none() => quote!(received.error()),
            Content::Json(_) => quote!(received.error_as(#form)),
            Content::Text => quote!(received.text_error(#form)),
            Content::Bytes => quote!(received.bytes_error(#form)),
        };
        quote!(::std::result::Result::Err(#error))
    }

    /// Returns whether an answer is a list that is read entry by entry, which those of a union are not: they may be told apart
    /// by their place.
    fn is_list(&self, slot: &Slot) -> bool {
        let resolved = self.api.expand(slot);
        let Kind::List(item) = resolved.kind else {
            return false;
        };
        let is_union = match &item.kind {
            Kind::Type(name) => self
                .api
                .types
                .get(name)
                .is_some_and(|named| matches!(named.shape, Shape::Union(_))),
            _ => false,
        };
        !resolved.nullable && !item.nullable && !is_union
    }

    /// Returns whether JSON `null` stands for an empty value.
    fn is_collection(&self, slot: &Slot) -> bool {
        let resolved = self.api.expand(slot);
        !resolved.nullable && matches!(resolved.kind, Kind::List(_) | Kind::Map(_))
    }
}

/// An answer that is not declared.
const UNDECLARED: Case = Case {
    variant: String::new(),
    statuses: Vec::new(),
    content: Content::Empty,
    members: Vec::new(),
    description: String::new(),
};

/// Returns whether an answer that holds something may also hold nothing.
fn may_be_empty(answers: &Answers) -> bool {
    let empty = |case: &Case| case.content == Content::Empty;
    answers.union.is_none() && answers.cases.iter().any(empty) && !answers.cases.iter().all(empty)
}
