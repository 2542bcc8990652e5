//! The fields of a builder.

use proc_macro2::TokenStream;
use quote::quote;

use crate::core::{BodyKind, Operation, Parameter, Place};

/// Returns the parameters that have a field of their own: those of the path, and headers that must be given.
pub(super) fn fields(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .parameters
        .iter()
        .filter(|parameter| has_field(parameter))
}

pub(super) fn has_field(parameter: &Parameter) -> bool {
    match parameter.place {
        Place::Path => true,
        Place::Header => parameter.required,
        Place::Query | Place::Cookie => false,
    }
}

/// Returns the type of the field `body`, and whether it holds what can be sent once alone.
pub(super) fn body_type(operation: &Operation) -> Option<(TokenStream, bool)> {
    let body = operation.body.as_ref()?;
    let once = body
        .media
        .iter()
        .any(|media| matches!(media.kind, BodyKind::Bytes | BodyKind::Multipart));
    Some(if once {
        (quote!(super::runtime::Upload), true)
    } else {
        (quote!(super::runtime::Payload), false)
    })
}
