//! What generated types need of the runtime.

#[path = "../../runtime/lenient.rs"]
mod lenient;
#[path = "../../runtime/member.rs"]
mod member;
#[path = "../../runtime/secret.rs"]
mod secret;
#[path = "../../runtime/tagged.rs"]
mod tagged;

pub(crate) use lenient::{null_as_default, object};
pub(crate) use member::Member;
pub(crate) use secret::Secret;
pub(crate) use tagged::{read_variant, tag, write_variant};
