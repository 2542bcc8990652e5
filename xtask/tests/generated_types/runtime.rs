//! The parts of the runtime that generated types need.

#[path = "../../runtime/member.rs"]
mod member;
#[allow(dead_code, reason = "the sample has not every kind of member")]
#[path = "../../runtime/members.rs"]
mod members;
#[path = "../../runtime/secret.rs"]
mod secret;
#[path = "../../runtime/tagged.rs"]
mod tagged;
#[allow(dead_code, reason = "the sample has not every kind of member")]
#[path = "../../runtime/varied.rs"]
mod varied;

pub(crate) use member::Member;
pub(crate) use members::{Members, from_members};
pub(crate) use secret::Secret;
pub(crate) use tagged::{read_variant, tag, write_variant};
