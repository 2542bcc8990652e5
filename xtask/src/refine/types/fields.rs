//! The fields of a struct: how the core form has them, and what typify makes of them.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::ItemStruct;

use super::{Types, ident};
use crate::core::{About, Kind, Property, Slot, Struct};
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
        about: None,
    })
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

    /// Returns whether the field is one of all other members, whatever they are.
    pub(super) fn is_any_map(&self) -> bool {
        matches!(&self.slot.kind, Kind::Map(value) if value.kind == Kind::Any)
    }

    /// Writes the attributes with which serde writes the field.
    pub(super) fn serde(&self) -> TokenStream {
        let mut arguments = Vec::new();
        match self.wire {
            Some(wire) if self.name != wire => arguments.push(quote!(rename = #wire)),
            Some(_) => {}
            None => arguments.push(quote!(flatten)),
        }
        match self.absent {
            _ if self.wire.is_none() || self.required => {}
            Absent::Required => {}
            Absent::None => arguments.push(quote!(
                skip_serializing_if = "::std::option::Option::is_none"
            )),
            // `default` is for the JSON Schema, which takes the member for required otherwise.
            Absent::Empty(is_empty) => {
                arguments.push(quote!(default, skip_serializing_if = #is_empty));
            }
        }
        // Whoever compares two versions of the API learns the other names from here.
        arguments.extend(self.aliases.iter().map(|alias| quote!(alias = #alias)));
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
