//! The parts of the runtime that generated types need.

#[path = "../../runtime/lenient.rs"]
mod lenient;
#[path = "../../runtime/member.rs"]
mod member;
#[path = "../../runtime/secret.rs"]
mod secret;
#[path = "../../runtime/tagged.rs"]
mod tagged;
#[allow(dead_code, reason = "the sample has not every kind of member")]
#[path = "../../runtime/varied.rs"]
mod varied;

pub(crate) use lenient::{null_as_default, object};
pub(crate) use member::Member;
pub(crate) use secret::Secret;
pub(crate) use tagged::{read_variant, tag, write_variant};
#[allow(unused_imports, reason = "the sample has not every kind of member")]
pub(crate) use varied::{
    Entries, integer, lists, lists_if_any, text as lenient_text, texts, texts_by_name,
    texts_by_name_if_any, texts_if_any, truth, value as lenient_value,
};
