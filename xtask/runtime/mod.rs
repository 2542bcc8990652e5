//! The run time of the generated operations and types.
#![allow(
    dead_code,
    unused_imports,
    reason = "which of these the operations need depends on the document"
)]

mod body;
mod error;
mod exchange;
mod filter;
mod header;
mod list;
mod member;
mod members;
mod operation;
mod parts;
mod path;
mod raw_request;
mod received;
mod response;
mod secret;
mod tagged;
mod value;
mod varied;

pub use self::error::Error;
pub use self::exchange::ResponseFuture;
pub use self::list::{IntoList, Many, One};
pub use self::operation::{HeaderFamily, Operation, Parameter, Place, Retry};
pub use self::raw_request::RawRequest;
pub use self::response::{ByteStream, Response};
pub use self::secret::Secret;

pub(crate) use self::{
    body::{Payload, Upload},
    exchange::{FromError, exchange, exchange_streamed},
    filter::require_filter,
    member::Member,
    members::{Members, from_members},
    parts::Parts,
    path::{encode_spaces, has_dot_segment, raw_path, segment},
    received::{Content, Received},
    tagged::{read_variant, tag, write_variant},
    value::{Given, Style, convert, joined, pairs, text, unfit},
};
