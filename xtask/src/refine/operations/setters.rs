//! The setters of a builder: one for each parameter, each family of headers, and each form of the body.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::text;
use super::fields::{body_type, has_field};
use super::{Template, attributes, ident};
use crate::core::{
    Body, BodyKind, HeaderFamily, Kind, Media, Parameter, Place, Scalar, Shape, Slot, Style,
};

/// Returns all setters of the builder that are public. Hand-written code sets the rest.
pub(super) fn setters(template: &Template<'_>) -> TokenStream {
    let operation = template.operation;
    let parameters = operation.parameters.iter();
    let parameters = parameters
        .filter(|parameter| !parameter.internal)
        .map(
            |parameter| match &template.api.resolve(&parameter.slot).kind {
                Kind::List(item) if parameter.style != Style::Json => {
                    list(template, parameter, item)
                }
                _ => single(template, parameter),
            },
        );
    let families = operation.header_families.iter();
    let families = families.filter(|family| !family.internal).map(family);
    let bodies = operation.body.iter().flat_map(|body| {
        body.media
            .iter()
            .map(move |media| self::body(template, body, media))
    });
    quote!(#(#parameters)* #(#families)* #(#bodies)*)
}

/// The way in which the value of a slot becomes text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    /// It is one.
    Itself,
    /// A number or a truth value, by `Display`.
    Display,
    /// A secret.
    Secret,
    /// A value without parts, as serde writes it.
    Serde,
    /// A value with parts, in the style of the parameter.
    Parts,
}

impl Text {
    fn of(template: &Template<'_>, parameter: &Parameter) -> Self {
        if parameter.style == Style::Json {
            return Self::Parts;
        }
        match &template.api.resolve(&parameter.slot).kind {
            Kind::Scalar(Scalar::String) => Self::Itself,
            Kind::Scalar(Scalar::Secret) => Self::Secret,
            Kind::Scalar(Scalar::Format { .. }) => Self::Serde,
            Kind::Scalar(_) => Self::Display,
            Kind::Type(name) => match template.api.types.get(name).map(|found| &found.shape) {
                Some(Shape::Enum(_)) => Self::Serde,
                _ => Self::Parts,
            },
            Kind::Any | Kind::List(_) | Kind::Map(_) => Self::Parts,
        }
    }
}

/// Returns the setter of a parameter with one value.
fn single(template: &Template<'_>, parameter: &Parameter) -> TokenStream {
    let kind = template.rust(&parameter.slot);
    let (name, setter) = (ident(&parameter.field), &parameter.field);
    let attributes = documented(parameter, "");
    let shown = shown(&kind);
    let store = store(template, parameter);
    quote! {
        #attributes
        pub fn #name<V>(mut self, value: V) -> Self
        where
            V: ::std::convert::TryInto<#kind>,
        {
            let value = super::runtime::convert::<#kind, V>(#setter, #shown, value);
            #store
            self
        }
    }
}

/// Returns the setter of a parameter with any number of values.
fn list(template: &Template<'_>, parameter: &Parameter, item: &Slot) -> TokenStream {
    let kind = template.rust(item);
    let (name, setter) = (ident(&parameter.field), &parameter.field);
    let attributes = documented(parameter, " Takes one value or several.");
    let shown = format!("Vec<{}>", shown(&kind));
    let store = store(template, parameter);
    // What is a list or may be one cannot be told from a list of it.
    let is_single = matches!(
        template.api.resolve(item).kind,
        Kind::Scalar(_) | Kind::Type(_)
    );
    let (generics, mark) = if is_single {
        (quote!(<V, M>), quote!(M))
    } else {
        (quote!(<V>), quote!(super::runtime::Many))
    };
    quote! {
        #attributes
        pub fn #name #generics(mut self, values: V) -> Self
        where
            V: super::runtime::IntoList<#kind, #mark>,
        {
            let value = super::runtime::IntoList::into_list(values)
                .ok_or_else(|| super::runtime::unfit(#setter, #shown));
            #store
            self
        }
    }
}

/// Returns the statement that keeps `value` until `send`.
fn store(template: &Template<'_>, parameter: &Parameter) -> TokenStream {
    let (field, setter, name) = (ident(&parameter.field), &parameter.field, &parameter.name);
    let style = style(parameter.style);
    let text = Text::of(template, parameter);
    if parameter.place == Place::Query && text == Text::Parts {
        return quote! {
            let pairs = value.and_then(|value| super::runtime::pairs(#name, #style, &value));
            self.parts.pairs(#setter, pairs);
        };
    }
    let value = match text {
        Text::Itself => quote!(value),
        Text::Display => quote!(value.map(|value| value.to_string())),
        Text::Secret => quote!(value.map(|value| value.expose().to_owned())),
        Text::Serde => quote!(value.and_then(|value| super::runtime::text(#name, &value))),
        Text::Parts => {
            quote!(value.and_then(|value| super::runtime::joined(#name, #style, &value)))
        }
    };
    if has_field(parameter) {
        return quote!(self.#field.set(#value););
    }
    match parameter.place {
        Place::Header => {
            let set = ident(match text {
                Text::Secret => "secret_header",
                _ => "header",
            });
            quote!(self.parts.#set(#setter, #name, #value);)
        }
        Place::Cookie => quote!(self.parts.cookie(#setter, #name, #value);),
        Place::Query | Place::Path => quote!(self.parts.query(#setter, #name, #value);),
    }
}

/// Returns whether the value must not be shown.
pub(super) fn is_secret(template: &Template<'_>, parameter: &Parameter) -> bool {
    Text::of(template, parameter) == Text::Secret
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Exploded => quote!(super::runtime::Style::Exploded),
        Style::Joined(separator) => quote!(super::runtime::Style::Joined(#separator)),
        Style::Deep => quote!(super::runtime::Style::Deep),
        Style::Json => quote!(super::runtime::Style::Json),
    }
}

/// Returns the setter of a family of headers.
fn family(family: &HeaderFamily) -> TokenStream {
    let (name, prefix) = (ident(&family.setter), &family.prefix);
    let mut text = format!("Adds a header `{prefix}{{name}}`; call it once for each.");
    if !family.description.is_empty() {
        text.push_str("\n\n");
        text.push_str(family.description.trim());
    }
    let documentation = text::lines(&text);
    quote! {
        #documentation
        pub fn #name<N, V>(mut self, name: N, value: V) -> Self
        where
            N: ::std::convert::AsRef<str>,
            V: ::std::convert::AsRef<str>,
        {
            self.parts.family(#prefix, name.as_ref(), value.as_ref());
            self
        }
    }
}

/// Returns the setter of one form of the body.
fn body(template: &Template<'_>, body: &Body, media: &Media) -> TokenStream {
    let (name, setter, media_type) = (ident(&media.setter), &media.setter, &media.media_type);
    let how = match &media.kind {
        BodyKind::Json(_) if media_type == "application/json" => String::new(),
        _ => format!(", as `{media_type}`"),
    };
    let required = if body.required { " Required." } else { "" };
    let attributes = attributes(
        format!("Sets the request body{how}.{required}"),
        &body.about,
    );
    // The other forms of the same body may be ones that can be sent once alone.
    let into = body_type(template.operation)
        .is_some_and(|(_, once)| once)
        .then(|| quote!(.map(::std::convert::Into::into)));
    let written = |kind: &TokenStream, write: &str| {
        let write = ident(write);
        let shown = shown(kind);
        quote! {
            #attributes
            pub fn #name<V>(mut self, value: V) -> Self
            where
                V: ::std::convert::TryInto<#kind>,
                V::Error: ::std::fmt::Display,
            {
                let body = value
                    .try_into()
                    .map_err(|error| ::std::format!("`{}` cannot be turned into `{}`: {error}", #setter, #shown))
                    .and_then(|value| super::runtime::Payload::#write(#media_type, &value));
                self.body = self.parts.checked("body", body) #into;
                self
            }
        }
    };
    match &media.kind {
        BodyKind::Json(slot) => written(&template.rust(slot), "json"),
        BodyKind::Form(slot) => written(&template.rust(slot), "form"),
        BodyKind::Text => quote! {
            #attributes
            pub fn #name(mut self, value: impl ::std::convert::Into<::std::string::String>) -> Self {
                let body = super::runtime::Payload::new(#media_type, value.into());
                self.body = ::std::option::Option::Some(body) #into;
                self
            }
        },
        BodyKind::Multipart => quote! {
            #attributes
            pub fn #name(mut self, form: ::reqwest::multipart::Form) -> Self {
                self.body = ::std::option::Option::Some(super::runtime::Upload::multipart(form));
                self
            }
        },
        BodyKind::Bytes => {
            let is_range = media_type.contains('*');
            let argument = is_range
                .then(|| quote!(media_type: impl ::std::convert::Into<::std::string::String>,));
            let media_type = if is_range {
                quote!(media_type.into())
            } else {
                quote!(#media_type)
            };
            quote! {
                #attributes
                pub fn #name<V>(mut self, #argument value: V) -> Self
                where
                    V: ::std::convert::TryInto<::reqwest::Body>,
                {
                    let body = super::runtime::convert::<::reqwest::Body, V>(#setter, "reqwest::Body", value)
                        .map(|body| super::runtime::Upload::new(#media_type, body));
                    self.body = self.parts.checked("body", body);
                    self
                }
            }
        }
    }
}

/// Returns the documentation of a parameter's setter.
fn documented(parameter: &Parameter, takes: &str) -> TokenStream {
    let name = &parameter.name;
    let mut text = match parameter.place {
        Place::Path => format!("Sets `{name}` in the path."),
        Place::Query => format!("Sets the query parameter `{name}`."),
        Place::Header => format!("Sets the header `{name}`."),
        Place::Cookie => format!("Sets the cookie `{name}`."),
    };
    text.push_str(takes);
    if parameter.required {
        text.push_str(" Required.");
    }
    attributes(text, &parameter.about)
}

/// Returns a type in a message: without the paths of its names.
fn shown(kind: &TokenStream) -> String {
    let text = kind.to_string().replace(' ', "");
    let paths = text.split_inclusive(['<', '>', ',']);
    let names = paths.map(|path| path.rsplit("::").next().unwrap_or(path));
    names.collect()
}
