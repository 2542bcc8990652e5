//! What the generated operations and types call at run time.
#![allow(
    dead_code,
    unused_imports,
    reason = "which of these the operations need depends on the document"
)]

mod exchange;
mod filter;
mod header;
mod lenient;
mod member;
mod operation;
mod path;
mod response;
mod secret;
mod tagged;

pub use self::operation::{HeaderFamily, Operation, Parameter, Place};
pub use self::secret::Secret;

pub(crate) use self::{
    exchange::exchange,
    filter::{refuse_empty_list, require_filter},
    header::{Headers, header_value, set_headers},
    lenient::null_as_default,
    member::Member,
    path::{encode_spaces, has_dot_segment, raw_path, segment},
    response::{Answer, ReadBody, set_body, set_json_body},
    tagged::{read_variant, tag, write_variant},
};
