//! The fields of a struct: how the core form has them, and what typify makes of them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::ItemStruct;

use super::{Types, ident};
use crate::core::{About, Kind, Property, Scalar, Slot, Struct};
use crate::refine::text;

/// The value of a field when the member is absent or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// None: the member has to be there.
    Required,
    /// `None`.
    None,
    /// An empty list or map; the string is the path of the function that recognises one.
    Empty(&'static str),
}

/// A field of a struct.
pub(super) struct Field<'a> {
    /// The Rust name.
    pub(super) name: Ident,
    /// The name on the wire; `None` for the field of all other members.
    pub(super) wire: Option<&'a str>,
    /// Other names under which it is read.
    pub(super) aliases: &'a [String],
    /// The member has to be there.
    pub(super) required: bool,
    /// `Debug` shows its keys at most.
    pub(super) sensitive: bool,
    /// The value that a builder has before it is set, where the member has to be there.
    pub(super) default: Option<i32>,
    /// The value when the member is absent or `null`.
    pub(super) absent: Absent,
    /// The values, without the `None` that stands for an absent one.
    pub(super) slot: Slot,
    /// The struct holds itself through this field.
    pub(super) boxed: bool,
    /// The function that reads what is near to a value, such as a number that is a text: where the struct has a place
    /// for all other members, its service is known to vary what it sends.
    pub(super) lenient: Option<&'static str>,
    /// The type of the entries of a list that are read one by one, for the same reason: an entry that cannot be read
    /// is kept among the other members.
    pub(super) entries: Option<String>,
    /// Its documentation; `None` for the field of all other members.
    pub(super) about: Option<&'a About>,
}

impl Types<'_> {
    /// Returns the fields of a struct, in the order of their names, as typify has them; says where typify made another
    /// struct.
    pub(super) fn fields<'a>(
        &self,
        object: &'a Struct,
        made: Option<&ItemStruct>,
    ) -> Result<Vec<Field<'a>>, String> {
        let made = made.ok_or("no struct")?;
        let mut fields: Vec<Field<'a>> =
            object.properties.iter().map(|it| self.field(it)).collect();
        fields.sort_by(|one, other| one.name.cmp(&other.name));
        if matches!(&object.rest, Some(rest) if rest.kind == Kind::Any) {
            for field in &mut fields {
                field.lenient = lenient(field);
                field.entries = entries(field);
            }
        }
        fields.extend(rest(object));
        for field in &mut fields {
            let found = made
                .fields
                .iter()
                .find(|found| found.ident.as_ref() == Some(&field.name))
                .ok_or_else(|| format!("no field `{}`", field.name))?;
            let (made, boxed) = written(found.ty.to_token_stream());
            let kind = self.kind(&self.api.expand(&field.slot));
            let (expected, _) = written(field.kind(kind));
            if made != expected {
                return Err(format!(
                    "a field `{}` of the type `{made}` where `{expected}` is meant",
                    field.name,
                ));
            }
            field.boxed = boxed;
        }
        if made.fields.len() > fields.len() {
            return Err("more fields than properties".to_owned());
        }
        Ok(fields)
    }

    fn field<'a>(&self, property: &'a Property) -> Field<'a> {
        let resolved = self.api.resolve(&property.slot);
        let nullable = property.slot.nullable || resolved.nullable;
        let absent = match &resolved.kind {
            Kind::List(_) if !nullable => Absent::Empty("::std::vec::Vec::is_empty"),
            Kind::Map(value) if !nullable => map(value),
            Kind::Any if property.required => Absent::Required,
            _ if nullable || !property.required => Absent::None,
            _ => Absent::Required,
        };
        let mut slot = property.slot.clone();
        slot.nullable = false;
        Field {
            name: ident(&property.field),
            wire: Some(&property.name),
            aliases: &property.aliases,
            required: property.required,
            sensitive: property.sensitive,
            default: property.default.filter(|_| property.required),
            absent,
            slot,
            boxed: false,
            lenient: None,
            entries: None,
            about: Some(&property.about),
        }
    }
}

/// Returns the field of all members that have none of their own.
fn rest(object: &Struct) -> Option<Field<'_>> {
    let value = object.rest.as_ref()?;
    Some(Field {
        name: ident(&object.rest_field()?),
        wire: None,
        aliases: &[],
        required: false,
        sensitive: object.properties.iter().any(|it| it.sensitive),
        default: None,
        absent: map(value),
        slot: Slot::new(Kind::Map(Box::new(value.clone()))),
        boxed: false,
        lenient: None,
        entries: None,
        about: None,
    })
}

/// Returns the function that reads a field leniently that may be absent.
fn lenient(field: &Field<'_>) -> Option<&'static str> {
    let is_empty = matches!(field.absent, Absent::Empty(_)) && !field.required;
    let is_text = |slot: &Slot| *slot == Slot::string();
    Some(match (&field.slot.kind, field.absent) {
        (Kind::Scalar(Scalar::Boolean), Absent::None) => "super::runtime::truth",
        (Kind::Scalar(Scalar::Int64), Absent::None) => "super::runtime::integer",
        (Kind::Scalar(Scalar::String), Absent::None) => "super::runtime::lenient_text",
        (Kind::Scalar(Scalar::Format { .. }), Absent::None) => "super::runtime::lenient_value",
        (Kind::List(item), _) if is_empty && is_text(item) => "super::runtime::texts",
        (Kind::Map(value), _) if is_empty => match &value.kind {
            Kind::List(item) if is_text(item) && !value.nullable => "super::runtime::lists",
            _ if is_text(value) => "super::runtime::texts_by_name",
            _ => return None,
        },
        _ => return None,
    })
}

/// Returns the type of the entries, where a field is a list of them and may be absent.
fn entries(field: &Field<'_>) -> Option<String> {
    match (&field.slot.kind, field.absent) {
        (Kind::List(item), Absent::Empty(_)) if !field.required && !item.nullable => {
            match &item.kind {
                Kind::Type(name) => Some(name.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

fn map(value: &Slot) -> Absent {
    Absent::Empty(if value.kind == Kind::Any {
        "::serde_json::Map::is_empty"
    } else {
        "::std::collections::BTreeMap::is_empty"
    })
}

impl Field<'_> {
    /// Returns the documentation of the field.
    pub(super) fn text(&self) -> String {
        match (self.about, self.wire) {
            (Some(about), _) if !about.description.trim().is_empty() => {
                about.description.trim().to_owned()
            }
            (_, Some(wire)) => format!("The property `{wire}`."),
            (_, None) => {
                "All other members, and what of a list cannot be read, by the name of the list."
                    .to_owned()
            }
        }
    }

    /// Returns the attribute of what the document marks as deprecated.
    pub(super) fn deprecated(&self) -> Option<TokenStream> {
        self.about.and_then(text::deprecated)
    }

    /// Returns the type of the field, of the type of its values.
    pub(super) fn kind(&self, value: TokenStream) -> TokenStream {
        match (self.boxed, self.absent == Absent::None) {
            (false, false) => value,
            (true, false) => quote!(::std::boxed::Box<#value>),
            (false, true) => quote!(::std::option::Option<#value>),
            (true, true) => quote!(::std::option::Option<::std::boxed::Box<#value>>),
        }
    }

    /// Writes the attributes of the field for serde, perhaps with its other names.
    pub(super) fn serde(&self, with_aliases: bool) -> TokenStream {
        let mut arguments = Vec::new();
        match self.wire {
            Some(wire) if self.name != wire => arguments.push(quote!(rename = #wire)),
            Some(_) => {}
            None => arguments.push(quote!(flatten)),
        }
        match self.absent {
            _ if self.wire.is_none() => {}
            Absent::Required => {}
            Absent::None if self.required => {}
            Absent::None => {
                if let Some(read) = self.lenient {
                    arguments.push(quote!(default, deserialize_with = #read));
                }
                arguments.push(quote!(
                    skip_serializing_if = "::std::option::Option::is_none"
                ));
            }
            Absent::Empty(is_empty) => {
                if !self.required {
                    arguments.push(quote!(default));
                    arguments.push(quote!(skip_serializing_if = #is_empty));
                }
                let read = self.lenient.unwrap_or("super::runtime::null_as_default");
                arguments.push(quote!(deserialize_with = #read));
            }
        }
        if with_aliases {
            arguments.extend(self.aliases.iter().map(|alias| quote!(alias = #alias)));
        }
        if arguments.is_empty() {
            TokenStream::new()
        } else {
            quote!(#[serde(#(#arguments),*)])
        }
    }
}

/// Returns a type as text, and whether there is a box in it: without spaces, boxes, and the path of the module of
/// types, which a replaced type has.
fn written(kind: TokenStream) -> (String, bool) {
    const BOX: &str = "::std::boxed::Box<";
    let text: String = kind.to_string().split_whitespace().collect();
    let mut plain = text.replace("super::types::", "").replace(BOX, "");
    let boxes = text.matches(BOX).count();
    // All brackets of a type close at its end.
    plain.truncate(plain.len().saturating_sub(boxes));
    (plain, boxes > 0)
}
